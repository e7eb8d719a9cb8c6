"""What is set and has no effect: nothing read it while the agreement was settled, or something else stands in its place.

What was read is known exactly: every figure is a step that leads to the places that it was made from, and the year says which of its
terms divided anything. What no step names, such as a word, is settled once more without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeVar

from ..engine.results import Settlement, YearResult
from ..engine.steps import Step
from ..engine.values import known_figures
from ..model.agreement import Agreement
from ..model.paths import dotted, overlap, value_at, within
from ..model.terms import Terms, terms_by_year
from ..problems import AgreementError, Path, Place
from ..source.document import Document
from ..source.loader import Overlaid, Override, anew, overlaid, warm
from .settle import settle

MOST: Final = 200
"""So many cases of a line, a grid or a simulation are looked at for one that reads what is varied."""

T = TypeVar("T")

Why = Literal["years", "frames", "unused", "later", "beside", "unread"]
"""Years that set their own, frames that state the row, a series or a key that nothing uses, what is set after it or beside it, or nothing."""


class Idle(NamedTuple):
    """Something that is set and has no effect: its path, why, and where what stands in its place is; ``case`` where it is so in one alone.

    ``seen`` counts the cases that were looked at, where these are not all.
    """

    path: str
    why: Why
    years: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    case: str = ""
    seen: int | None = None


def idle_in(document: Document, settlement: Settlement | None = None) -> tuple[Idle, ...]:
    """What was set in a document and has no effect. Raises AgreementError where it cannot be settled."""
    return tuple(idle for _, idle, moves in _idle(document, None, settlement) if moves)


def spread(cases: Sequence[T], most: int) -> Sequence[T]:
    """So many of the cases at most, the first and the last among them and the others between."""
    return cases if len(cases) <= most else [cases[(len(cases) - 1) * number // (most - 1)] for number in range(most)]


def idle_in_cases(base: Document, cases: Sequence[Sequence[Override]], wanted: Iterable[Path], *, some: bool = False) -> Iterator[Idle]:
    """What is set in every one of these cases and has no effect in any. ``some``: they are some of many."""
    left, read, moving, looked = set(wanted), warm(base), dict[Path, Idle](), 0
    for overrides in cases:
        if not left:
            return
        try:
            found = {override.path: (idle, moves) for override, idle, moves in _idle(overlaid(base, overrides, read), left)}
        except AgreementError:
            continue  # the case is refused, and said to be
        left, looked = left & set(found), looked + 1
        moving |= {path: idle for path, (idle, moves) in found.items() if moves}
    seen = looked if some else None
    yield from (idle._replace(seen=seen if idle.why == "unread" else None) for path, idle in moving.items() if path in left)


def _idle(
    document: Document, wanted: Collection[Path] | None, settlement: Settlement | None = None
) -> Iterator[tuple[Override, Idle, bool]]:
    """What was set, all of it or what is ``wanted``, and has no effect; with each whether that is worth a word: what the file says already
    need not be said to do nothing, unless something stands in its place."""
    tree = document.tree
    if not isinstance(tree, Overlaid):
        return
    settlement = settlement or settle(document)
    read = _read(settlement)
    for position, override in enumerate(tree.overrides):
        if wanted is not None and override.path not in wanted:
            continue
        again = next((one for one in tree.overrides[position + 1 :] if within(override.path, one.path)), None)
        if again is not None:
            value = f"={override.value}" if isinstance(override.value, str) and again.path == override.path else ""
            yield override, Idle(f"{override.name}{value}", "later", (), (again.place,)), True
        elif not any(overlap(override.path, place) for place in read):
            without = _without(document, tree, override)
            if without is not None and _comes_to(settle(without)) == _comes_to(settlement):
                idle = _why(document, override.path)
                yield override, idle, bool(idle.places) or document.agreement != without.agreement


def _without(document: Document, tree: Overlaid, override: Override) -> Document | None:
    """The same without one of the values that are set; None where it cannot be settled without it."""
    try:
        without = anew(document, Overlaid(tree.under, [one for one in tree.overrides if one is not override]))
        settle(without)
    except AgreementError:
        return None
    return without


def _comes_to(settlement: Settlement) -> Any:
    """All that a settlement says."""
    figures = {path: None if step is None else step.value for path, step in known_figures(settlement).items()}
    return figures, [(year.status, year.months, year.payments, year.sharing.distribution, year.expectations) for year in settlement.years]


# --- what is read -----------------------------------------------------------------------------------------------------


def _read(settlement: Settlement) -> set[Path]:
    """The places of the file that the figures were made from."""
    terms = terms_by_year(settlement.agreement)
    places = {place for year in settlement.years for place in _terms_read(year, terms[year.year])}
    steps: list[Step[Any]] = [step for step in known_figures(settlement).values() if step is not None]
    seen: set[int] = set()
    while steps:
        step = steps.pop()
        if id(step) in seen:
            continue
        seen.add(id(step))
        steps += step.inputs
        if step.place is not None:
            places.add(step.place)
    return places


def _terms_read(year: YearResult, terms: Terms) -> Iterator[Path]:
    """The keys that divided something in the year; their shares and weights are steps."""
    keys = {"surplus": terms.surplus, "deficit": terms.deficit, "association_shares": terms.association_shares}
    used = {year.sharing.key, "surplus" if year.totals.units("uses") else None}
    used |= {"association_shares" if year.shortfall is not None and year.shortfall.parties else None}
    for name, key in keys.items():
        if name in used and key is not None:
            yield terms.place(name)
            yield key.place
    if year.reserve is not None and year.reserve.units("divided"):
        yield terms.at_end.place


# --- what stands in its place -----------------------------------------------------------------------------------------


def _why(document: Document, path: Path) -> Idle:
    """What stands in the place of a value that has no effect."""
    agreement, name = document.agreement, dotted(path)
    match path:
        case ("sharing", term, *_):
            origins = {year: terms.place(str(term)) for year, terms in terms_by_year(agreement).items()}
            stated = {place: year for year, place in reversed(origins.items()) if place[0] == "years"}
            if stated and ("sharing", term) not in origins.values():
                years = dict(sorted((year, place) for place, year in stated.items()))
                return Idle(name, "years", tuple(years), tuple(document.place(place[:-1], on_key=True) for place in years.values()))
        case ("activities", activity, "base" | "funder" | "by", *_):
            stated_rows = _rows_stated(agreement, str(activity), whole=path[2] == "base")
            if stated_rows:
                places = [document.place(("years", str(year), "frame", str(activity)), on_key=True) for year in stated_rows]
                return Idle(name, "frames", tuple(stated_rows), tuple(places))
        case ("series", series, *_) if all(series not in (activity.adjust or ()) for activity in agreement.activities.values()):
            return Idle(name, "unused")
        case _:
            pass
    if "measured" in path and (place := _administration(document, path)) is not None:
        return Idle(name, "beside", (), (place,))
    return Idle(name, "unread")


def _rows_stated(agreement: Agreement, activity: str, *, whole: bool) -> list[int]:
    """The years whose frame states the row, in place of a base; or states it by party, in place of a funder or a key."""
    frames = {year: stated.frame[activity] for year, stated in agreement.years.items() if activity in stated.frame}
    return [year for year, amount in frames.items() if whole or isinstance(amount, dict)]


def _administration(document: Document, path: Path) -> Place | None:
    """Where the administration's share is stated, so that it is not measured."""
    at = (*path[: path.index("measured")], "administration")
    return None if value_at(document.tree.data, at) is None else document.place(at, on_key=True)
