"""What is known of a year, and what the dashes of a report stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...amounts import DASH
from ...engine.figures import Result
from ...engine.results import YearResult
from .tables import Block, Cell, Lines
from .words import Words


def total_only(year: YearResult) -> bool:
    """Whether only the total result of the year is known."""
    return year.status != "budget" and year.body.units("paid") is None


def why_unknown(words: Words, years: Sequence[YearResult]) -> Iterator[Block]:
    """The lines that say what the dashes stand for; ``years`` are those of which only the total is known."""
    lines = []
    if any(year.totals.units("final_frame") is None for year in years):
        lines.append(words("Where no frame is given, contributions and cost are not known."))
    if years:
        lines.append(words("Where only the total result is known: what each activity cost, what each party paid, and payments are not."))
    if any(party.units("settled") is None for year in years for party in year.parties):
        lines.append(words("Where moreover only a part of the result is shared: what each party keeps and ends with is not known either."))
    if lines:
        yield Lines("", [Cell(f"{DASH} {line}") for line in lines])


def amounts(years: Iterable[YearResult]) -> Iterator[int | None]:
    """Every amount that a report of these years may show."""
    for year in years:
        of_some = [one for one in (year.state_split, year.reserve) if one is not None]
        results: list[Result] = [year.totals, *year.activities, *year.parties, year.body, *of_some]
        for result in results:
            for figure in result.figures:
                yield result.units(figure)
        if year.shortfall is not None:
            yield year.shortfall.amount.value
            yield from (part.value for part in year.shortfall.parties.values())
        yield from (expectation.expected for expectation in year.expectations)
        if year.sharing.withheld is not None:
            yield year.sharing.withheld.value
