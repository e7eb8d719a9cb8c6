"""Figures that the file expects, and figures that a source prints wrongly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from ...engine.figures import KRONOR
from ...engine.results import ExpectationResult
from ...problems import Path
from ..facts import Case, year_path
from ..rule import AS_IN_TRIALS, ERROR, INFO, Hit, hit
from ..said import Money, Said, Source, Value, say
from . import rule


class _Doubt(NamedTuple):
    """A figure of a published table that cannot be right beside its neighbours; amounts in kronor."""

    area: str
    year: int
    role: str
    part: int
    total: int
    table: Source
    note: Said


_DOUBTFUL: Final = (
    _Doubt(
        area="Haninge",
        year=2000,
        role="county_council",
        part=363_708_000,
        total=925_155_000,
        table=Source("Report 4.1.1, table 7"),
        note=say("the parts add up to 867 278 tkr, the printed total is 925 155; 421 585 for the county council would fit it"),
    ),
)


@rule(
    "SOC610",
    ERROR,
    """
    title: Expectation not met
    statement: A figure that the file expects comes out.
    why: The file says what the books or the report say; if the arithmetic differs, an input, a term or the source is wrong.
    remedy: Find the input that differs (`socsam explain`); if the source is wrong write `known_error` with what is wrong.
    message: {figure}: expected {expected}, {outcome}
    sources: arithmetic; Report 4.1.2
    elsewhere: arithmetic
    """,
    reads="figures",
)
def expectation_met(case: Case) -> Iterator[Hit]:
    for expectation in _expectations(case):
        if expectation.met or expectation.known_error:
            continue
        if expectation.computed is None or expectation.missed_by is None:
            outcome = say("it is not known")
        else:
            computed, difference = Money(expectation.computed), Money(expectation.missed_by)
            outcome = say("computed {computed} (difference {difference})", computed=computed, difference=difference)
        yield hit(expectation.place, figure=expectation.path, expected=_wanted(expectation), outcome=outcome)


def _wanted(expectation: ExpectationResult) -> Value:
    """The figure that should come out, or the bounds that it should keep; with the budget, where they are percentages of that."""
    bound = _amounts(expectation)
    if expectation.budget is None:
        return bound
    return say("{bound}, as the budget is {budget}", bound=bound, budget=Money(expectation.budget))


def _amounts(expectation: ExpectationResult) -> Value:
    match expectation.expected, expectation.least, expectation.most:
        case int(figure), _, _:
            return Money(figure)
        case _, int(least), int(most):
            return say("at least {least} and at most {most}", least=Money(least), most=Money(most))
        case _, int(least), _:
            return say("at least {amount}", amount=Money(least))
        case _, _, most:
            assert most is not None, "refused by the model"
            return say("at most {amount}", amount=Money(most))


def _expectations(case: Case) -> Iterator[ExpectationResult]:
    """The figures that the file expects, of the years that were settled."""
    return (expectation for year in case.settled_years for expectation in year.expectations)


@rule(
    "SOC611",
    INFO,
    """
    title: Known error in the source
    statement: Where the source is known to be wrong the difference is shown.
    why: A reader who compares with the source must find the difference explained. In the report's table 7 Haninge's parts add up to 867
        278 tkr, while the printed total is 925 155.
    remedy: None needed; correct the value if a better source turns up.
    message: {figure}: {source} has {expected}, computed {computed} (difference {difference}): {known_error}
    sources: Report 4.1.1, table 7; arithmetic
    elsewhere: arithmetic
    """,
    reads="figures",
)
def known_error(case: Case) -> Iterator[Hit]:
    for expectation in _expectations(case):
        if expectation.known_error and expectation.met and expectation.computed is not None and expectation.missed_by is not None:
            yield hit(
                expectation.place,
                figure=expectation.path, source=expectation.source or say("the source"), expected=_wanted(expectation),
                computed=Money(expectation.computed), difference=Money(expectation.missed_by),
                known_error=expectation.known_error,
            )  # fmt: skip


@rule(
    "SOC612",
    ERROR,
    """
    title: Known error that is none
    statement: A figure marked with a known error differs from the source's.
    why: If it matches, either the mark is out of date or an input was bent to fit a wrong source.
    remedy: Remove `known_error`, or restore the input.
    message: {figure}: marked as a known error, but {expected} comes out
    sources: arithmetic
    """,
    reads="figures",
)
def known_error_differs(case: Case) -> Iterator[Hit]:
    differing = [one for one in _expectations(case) if one.known_error and not one.met]
    return (hit((*one.place, "known_error"), figure=one.path, expected=_wanted(one)) for one in differing)


@rule(
    "SOC613",
    INFO,
    """
    title: Doubtful figure in a published table
    statement: A figure taken from a table that does not add up is marked as such.
    why: In table 7 Haninge's parts and total disagree by 57 877 tkr; 421 585 for the county council would fit the total, and nearly the
        printed 45 %. Which figure is wrong cannot be told from the report.
    remedy: Use the parts and mark the total with `known_error`, or say in `assumptions` which figure was changed.
    message: a figure of this year is doubtful in {table} ({area}): {note}
    sources: Report 4.1.1, table 7
    """,
    laws=AS_IN_TRIALS,
)
def doubtful_figure(case: Case) -> Iterator[Hit]:
    area = unicodedata.normalize("NFC", case.agreement.area).casefold()
    for doubt in _DOUBTFUL:
        settled = next((year for year in case.settled_years if year.year == doubt.year), None)
        if settled is None or doubt.area.casefold() not in area:
            continue
        expect = case.agreement.years[doubt.year].expect
        totals = [(name, getattr(expect, name)) for name in ("preliminary_frame", "final_frame") if expect and getattr(expect, name)]
        if any(expected.known_error for _, expected in totals):
            continue  # SOC611 tells of it
        parts = [party.id for party in settled.parties if party.role == doubt.role and party.preliminary == doubt.part]
        per_unit = KRONOR[case.agreement.rounding]
        at = [year_path(doubt.year, "expect", name) for name, one in totals if one.value * per_unit == doubt.total]
        at += [place for party in parts for place in _rows_of(case, doubt.year, party)]
        if at:
            yield hit(at[0], table=doubt.table, area=doubt.area, note=doubt.note)


def _rows_of(case: Case, year: int, party: str) -> list[Path]:
    """Where the party's part of the year's frame stands first."""
    rows = [activity for activity in case.agreement.years[year].frame if party in case.payers(year, activity)]
    return [year_path(year, "frame", rows[0])] if rows else []
