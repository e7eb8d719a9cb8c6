"""Look into books: what a file of them holds, account by account and month by month, and which activity of an agreement each goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from ..model.agreement import Period
from ..model.books import Books, is_own_result
from ..problems import AgreementError, Place
from ..source.document import context, read_tree, unreadable
from ..source.ledger.accounts import Assigned, assigned
from ..source.ledger.bookings import Booking, BooksOfYear, Months, Results, Rows, Vouchers, totals
from ..source.ledger.books import is_export
from ..source.ledger.entered import outcome_of
from ..source.ledger.figures import named_files
from ..source.ledger.foreign import recognised
from ..source.ledger.letters import LARGEST_BOOKS
from ..source.ledger.rows import years_of
from ..source.ledger.sie import read
from ..source.ledger.year import Wanted, year_of
from ..source.opened import content
from ..source.tree import Tree

_ANY_TIME: Final = date(1900, 1, 1)


class Account(NamedTuple):
    """An account with bookings in the months that count: each month's sum and what goes to each activity, in öre, debit +.

    ``left`` is what no activity takes; ``outside`` whether the mapping leaves it out, or it is that of the year's own result.
    """

    number: str
    name: str
    is_result: bool
    months: Mapping[int, int]
    activities: Mapping[str, int]
    left: int
    outside: bool

    @property
    def sum(self) -> int:
        """The sum of the months that count."""
        return sum(self.months.values())


class Object(NamedTuple):
    """An object with bookings on result accounts: its dimension, its number, its name, and their sum in öre."""

    dimension: str
    number: str
    name: str
    sum: int


class Looked(NamedTuple):
    """A year of a file of books; ``assigned`` is what an agreement's mapping makes of it, None where none was named."""

    books: BooksOfYear
    months: Sequence[int]
    accounts: Sequence[Account]
    objects: Sequence[Object]
    assigned: Assigned | None
    agreement: str | None

    @property
    def source(self) -> str:
        """From what of the file it is read: a label of SIE, or its rows."""
        match self.books.source:
            case Vouchers():
                return "#TRANS"
            case Months():
                return "#PSALDO"
            case Results():
                return "#RES"
            case Rows():
                return "rows"


def look(file: str, agreement: str | None = None) -> list[Looked]:
    """What a file of books holds, each year by itself; with an agreement, what its mapping makes of it.

    Raises AgreementError where one of the files cannot be read, or the agreement has no mapping for this one.
    """
    raw = _content(file)
    mapping, period, place = Books.model_construct(file=file), Period.model_construct(start=_ANY_TIME, end=None), Place(file)
    if agreement is not None:
        tree = read_tree(agreement)
        mapping, period, place = _mapping(tree, file)
    wanted = Wanted(mapping, place, place, place, period, whole=True)
    years = [year_of(read(file, raw), wanted)] if is_export(file, raw) else years_of(file, raw, wanted)
    return [_looked(books, mapping, period, place, agreement) for books in years]


def _content(file: str) -> bytes:
    try:
        raw = content(file, LARGEST_BOOKS)
    except (OSError, ValueError) as error:
        raise AgreementError([unreadable(file, error)]) from None
    if known := recognised(raw):
        raise AgreementError.of("figures", Place(file), *known)
    return raw


def _mapping(tree: Tree, file: str) -> tuple[Books, Period, Place]:
    """The mapping that an agreement has for a file: the one that names it, or the only one."""
    if tree.problems:
        raise AgreementError(tree.problems)
    figures: Any = tree.data.get("figures")
    stated = [(at[:-1], name, _at(figures, at)) for at, name in named_files(figures) if at[-1] == "file"]
    mapped = [(path, name, entry) for path, name, entry in stated if "accounts" in entry]
    own = [one for one in mapped if FilePath(one[1]).name == FilePath(file).name]
    if len(own or mapped) != 1:
        text = (
            "the agreement maps no accounts"
            if not mapped
            else f"the agreement maps accounts of several files, and none of them is {FilePath(file).name}"
        )
        raise AgreementError.of(
            "figures",
            tree.place(("figures",)),
            text,
            "write `figures: {file: …, accounts: …}`; without --agreement a first mapping is shown",
        )
    path, _, entry = (own or mapped)[0]
    known = context(tree.data)
    try:
        period = Period.model_validate(tree.data.get("period"), context=known)
        return Books.model_validate(entry, context=known), period, tree.place((*path, "accounts"))
    except ValidationError:
        raise AgreementError.of(
            "figures", tree.place(path), "the mapping, or the period, cannot be read", f"`socsam settle {tree.file}` says why"
        ) from None


def _at(figures: Any, path: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = figures if len(path) == 2 else figures[path[1]]
    return found


def _looked(books: BooksOfYear, mapping: Books, period: Period, place: Place, agreement: str | None) -> Looked:
    _, months = outcome_of(books.year, books.through, period)
    made = assigned(books, mapping, months, place) if agreement is not None else None
    counted = [one for one in totals(books.source) if one.month in months]
    return Looked(books, months, _accounts(books, counted, made), _objects(books, months), made, agreement)


def _accounts(books: BooksOfYear, counted: Sequence[Booking], made: Assigned | None) -> list[Account]:
    sums: dict[str, dict[int, int]] = {}
    for one in counted:
        months = sums.setdefault(one.account, {})
        months[one.month] = months.get(one.month, 0) + one.amount
    taken: dict[str, dict[str, int]] = {}
    left_out: set[str] = set()
    if made is not None:
        for activity, accounts in made.rows.items():
            for each in accounts:
                taken.setdefault(each.account, {})[activity] = each.amount
        left_out = {each.account for each in made.outside}
    return [
        Account(
            account, books.names.get(account, ""), books.is_result(account), dict(sorted(months.items())), taken.get(account, {}),
            sum(months.values()) - sum(taken.get(account, {}).values()), account in left_out or is_own_result(account),
        )
        for account, months in sorted(sums.items())
    ]  # fmt: skip


def _objects(books: BooksOfYear, months: Sequence[int]) -> list[Object]:
    """The objects with bookings on result accounts, in the order of their dimensions."""
    match books.source:
        case Vouchers(bookings) | Rows(bookings):
            parts = bookings
        case Months(parts=balances):
            parts = balances
        case Results():
            parts = ()
    sums: dict[tuple[str, str], int] = {}
    for one in parts:
        if one.month in months and books.is_result(one.account) and not is_own_result(one.account):
            for pair in one.objects:
                sums[pair] = sums.get(pair, 0) + one.amount
    names = books.object_names
    return [Object(dimension, number, names.get((dimension, number), ""), amount) for (dimension, number), amount in sorted(sums.items())]
