"""Books entered into an agreement: every file of a year read, each krona given to its activity, rounded once, and put where costs stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Final, NamedTuple

from ...model.agreement import Period
from ...model.books import Books, is_own_result
from ...money import ORE_PER, round_half_away
from ...problems import AgreementError, Path, Place, Problem, nearest
from ..tree import Tree
from .accounts import AccountSum, Assigned, assigned, unknown_objects
from .booked import Booked, OfFile
from .bookings import BooksOfYear
from .complete import vouchers_twice
from .entered import outcome_of, put
from .rows import years_of
from .sie import read
from .sie_fields import kronor
from .year import Wanted, year_of

_LABEL: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*#[A-Za-z]{2,}[ \t\r\n]")
EXPORTS: Final = (".se", ".si", ".sie")
_MOST_CREDITS: Final = 3


class Mapped(NamedTuple):
    """A mapping that stands at ``path`` of an agreement, with the content of the file that it names and the name to show of it."""

    path: Path
    books: Books
    file: str
    raw: bytes


class _Year(NamedTuple):
    """One file's year, with its mapping."""

    mapped: Mapped
    books: BooksOfYear
    months: Collection[int]
    assigned: Assigned


def is_export(name: str, raw: bytes) -> bool:
    """Whether a file is an accounting export: by its name, or by the label that it begins with."""
    return FilePath(name).suffix.lower() in EXPORTS or _LABEL.match(raw[:200]) is not None


def enter(tree: Tree, mapped: Sequence[Mapped], period: Period) -> tuple[list[Problem], list[Booked]]:
    """Put the costs of these books into the tree; what is wrong with them, and what they came to. Where anything is wrong, nothing is entered."""
    problems: list[Problem] = []
    years: dict[int, list[_Year]] = defaultdict(list)
    for one in mapped:
        wanted = Wanted(one.books, tree.place(one.path), tree.place((*one.path, "through")), tree.place((*one.path, "year")), period)
        try:
            found = [year_of(read(one.file, one.raw), wanted)] if is_export(one.file, one.raw) else years_of(one.file, one.raw, wanted)
        except AgreementError as error:
            problems += error.problems
            continue
        for books in found:
            _, months = outcome_of(books.year, books.through, period)
            made = assigned(books, one.books, months, tree.place((*one.path, "accounts")))
            years[books.year].append(_Year(one, books, months, made))
    booked: list[Booked] = []
    for number, files in sorted(years.items()):
        wrong = list(_together(tree, number, files))
        if not wrong and not problems:
            wrong += _enter_year(tree, number, files, period, booked)
        problems += wrong
    return problems, booked


def _together(tree: Tree, year: int, files: Sequence[_Year]) -> Iterator[Problem]:
    """What is wrong with the files of a year, each by itself and beside the others."""
    for one in files:
        yield from one.assigned.problems
        for activity, dimension, object_ in unknown_objects(one.mapped.books, (other.books for other in files)):
            there = sorted({name for other in files for where, name in other.books.objects if where == dimension})
            near = nearest(object_, there)
            which = f"in dimension {dimension} " if dimension else ""
            held = ", ".join(f"`{name}`" for name in there[:12]) or "none"
            place = tree.place((*one.mapped.path, "accounts", activity, "objects"))
            text = f"`{activity}`: no file of {year} has the object `{object_}` {which}".rstrip()
            yield Problem("figures", place, text, f"did you mean `{near}`?" if near else f"there is: {held}")
    yield from vouchers_twice([one.books for one in files])
    first, *others = files
    for other in others:
        if other.books.through != first.books.through:
            text = f"{other.books.file} goes through {other.books.through}, and {first.books.file} through {first.books.through}"
            yield Problem(
                "figures", tree.place(other.mapped.path), text, f"let all files of {year} go through the same month: say `through:`"
            )
    given: dict[tuple[str, int], _Year] = {}
    for one in files:
        twice: dict[tuple[str, str], list[int]] = {}
        for activity, sums in one.assigned.monthly.items():
            for month in sums:
                other = given.setdefault((activity, month), one)
                if other is not one:
                    twice.setdefault((activity, other.books.file), []).append(month)
        for (activity, file), months in twice.items():
            text = f"`{activity}` has bookings of {year}-{min(months):02d} here and in {file}"
            yield Problem(
                "figures", tree.place((*one.mapped.path, "accounts", activity)), text, "let each month of an activity come from one file"
            )


def _enter_year(tree: Tree, year: int, files: Sequence[_Year], period: Period, booked: list[Booked]) -> Iterator[Problem]:
    """Put a year's costs into the tree."""
    closed = all(one.mapped.books.closed for one in files)
    outcome, months = outcome_of(year, files[0].books.through, period, closed=closed)
    unit = tree.data.get("rounding", "kr")
    size = ORE_PER.get(unit, 1) if isinstance(unit, str) else 1
    accounts: dict[str, list[AccountSum]] = {}
    monthly: dict[str, dict[int, int]] = {}
    places: dict[str, Place] = {}
    refused: set[str] = set()
    for one in files:
        for activity, sums in one.assigned.rows.items():
            accounts.setdefault(activity, []).extend(sums)
            places.setdefault(activity, tree.place((*one.mapped.path, "accounts", activity), on_key=True))
            if one.mapped.books.rounding == "refused":
                refused.add(activity)
            for month, amount in one.assigned.monthly[activity].items():
                held = monthly.setdefault(activity, {})
                held[month] = held.get(month, 0) + amount
    rounded: dict[str, dict[int, int]] = {}
    wrong = False
    for activity in accounts:
        by_month, finer = _rounded(monthly.get(activity, {}), months, size)
        if finer is not None and activity in refused:
            month, amount = finer
            text = f"`{activity}`: {kronor(amount)} through {year}-{month:02d} is finer than the agreement's rounding ({unit})"
            yield Problem("too-fine", places[activity], text, "say `rounding: nearest` in the mapping, or `rounding: öre` in the agreement")
            wrong = True
        rounded[activity] = by_month
        total = sum(by_month.values())
        if total < 0 and outcome != "to_date":
            yield _below_zero(activity, total * size, accounts[activity], places[activity])
            wrong = True
    if wrong:
        return
    made = Booked(
        year, files[0].books.through, outcome, {name: tuple(sums) for name, sums in accounts.items()}, rounded, places,
        tuple(_of_file(one) for one in files),
    )  # fmt: skip
    booked.append(made)
    ore = {activity: sum(sums.values()) * size for activity, sums in rounded.items()}
    yield from put(tree, made, ore, tree.place(files[0].mapped.path))


def _rounded(sums: Mapping[int, int], months: Iterable[int], size: int) -> tuple[dict[int, int], tuple[int, int] | None]:
    """Each month as the difference of two sums from the year's start, each rounded once; and the first such sum that is finer, with its month."""
    made: dict[int, int] = {}
    exact = before = 0
    finer = None
    for month in sorted(months):
        exact += sums.get(month, 0)
        if exact % size and finer is None:
            finer = month, exact
        here = round_half_away(exact, size)
        made[month], before = here - before, here
    return made, finer


def _below_zero(activity: str, ore: int, accounts: Sequence[AccountSum], place: Place) -> Problem:
    """A year's cost below 0, with what makes it so."""
    credits = sorted((one for one in accounts if one.amount < 0), key=lambda one: one.amount)[:_MOST_CREDITS]
    listed = ", ".join(f"{one.account}{f' {one.name}' if one.name else ''} {kronor(one.amount)}" for one in credits)
    text = f"`{activity}` costs {kronor(ore)}, which is below 0; its largest credits: {listed}"
    return Problem("negative", place, text, "leave income outside, or let the activity hold the costs that it belongs to")


def _of_file(one: _Year) -> OfFile:
    """What is to be remembered of a file."""
    made, mapping, books = one.assigned, one.mapped.books, one.books
    contributed = mapping.contributions
    outside = tuple(
        each for each in made.outside
        if each.amount and books.is_result(each.account) and not is_own_result(each.account) and not any(span.holds(each.account) for span in contributed)
    )  # fmt: skip
    return OfFile(
        mapping.file, one.mapped.path, outside, made.contributed if contributed else None,
        _capital(mapping, books.opening), _capital(mapping, books.closing), made.later, tuple(books.silent), tuple(made.unmet), made.below,
    )  # fmt: skip


def _capital(mapping: Books, balances: Mapping[str, int] | None) -> int | None:
    """Own capital in öre: the balances of its accounts, signs turned, and the result that is not yet carried to one, which is the sum of all balances."""
    if not mapping.capital or balances is None:
        return None
    own = sum(amount for account, amount in balances.items() if any(span.holds(account) for span in mapping.capital))
    return sum(balances.values()) - own
