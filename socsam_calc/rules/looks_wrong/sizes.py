"""Sizes that do not go together: what a file begins with, what was paid, forecasts; and costs that are another figure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Final

from ...engine.results import YearResult
from ..facts import Case, year_path
from ..rule import WARNING, Hit, hit
from ..said import Money
from . import rule
from .rows import figures_of_rows
from .terms import number


@rule(
    "SOC714",
    WARNING,
    """
    title: An opening amount large against the frame
    statement: What the file begins with, own capital or a party's claim or debt, is no more than the file's threshold, 500 % of the first
        frame that is known.
    why: It comes from some years' results, each of some percent of a frame. One of more than five frames is in another unit.
    remedy: Write the amount in the file's unit, or give it its own: `1 150 000 kr`; if it is right raise `thresholds: {opening: …}`.
    message: `{entry}` is {amount}, the frame of {year} is {frame}
    """,
)
def opening_against_the_frame(case: Case) -> Iterator[Hit]:
    opening = case.agreement.opening
    frames = ((year.year, year.totals.units("final_frame") or 0) for year in case.settled_years)
    year, frame = next(((year, frame) for year, frame in frames if frame), (0, 0))
    stated = {"reserve": opening.reserve or 0, **opening.claims}
    for entry, amount in stated.items() if frame else ():
        if abs(amount) > frame * case.agreement.thresholds.opening:
            yield hit(("opening", entry), entry=entry, amount=Money(amount), year=year, frame=Money(frame))


@rule(
    "SOC715",
    WARNING,
    """
    title: A payment too large to be believed
    statement: What a party received or paid when a year was closed is no more than the file's threshold, 200 % of the larger of the year's
        frame and what its figures give that party.
    why: The difference to what the figures give is carried, and the others pay it in the next year of distribution. More than twice a whole
        year's frame never changed hands; the amount is in another unit.
    remedy: Write the amount in the file's unit, or give it its own; if it is right raise `thresholds: {transferred: …}`.
    message: {party}: {stated} when {year} was closed; the figures give {computed}, and the frame is {frame}
    """,
)
def payment_believable(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        frame = year.totals.units("final_frame") or 0
        for one in year.transferred:
            stated, computed = one.units("stated") or 0, one.units("computed") or 0
            if frame and abs(stated) > max(frame, abs(computed)) * case.agreement.thresholds.transferred:
                path = year_path(year.year, "transferred", one.party)
                yield hit(
                    path, party=one.party, stated=Money(stated), year=year.year, computed=Money(computed), frame=Money(frame)
                )  # fmt: skip


@rule(
    "SOC716",
    WARNING,
    """
    title: Every cost equal to its frame
    statement: In a year whose costs are booked, they are not the frame's amounts in every one of two or more rows.
    why: Books do not meet a budget to the krona. The block of the frame was copied, and the costs were not entered.
    remedy: Enter the costs; if the rows are paid by the frame and by nothing else, say so: `adjust: outcome`.
    message: {year}: the cost of every row is its frame
    """,
)
def own_costs(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        if case.agreement.years[year.year].actual is not None:
            costs = {name: units for name, units in _free(case, year, "actual").items() if units}
            frames = [{name: units for name, units in _free(case, year, kind).items() if units} for kind in ("preliminary", "final")]
            if len(costs) > 1 and costs in frames:
                yield hit(year_path(year.year, "actual"), year=year.year)


@rule(
    "SOC717",
    WARNING,
    """
    title: Two costs exchanged
    statement: No two rows of a year cost what the other's frame was, each more than the file's threshold, 25 % of the larger of the two, from
        its own.
    why: A surplus here and a deficit of the same size there are two lines of the books in each other's place. The result is the same, and
        who bears it is not, where rows are shared or funded apart.
    remedy: Compare both rows with their source; if they are right raise `thresholds: {exchanged: …}`.
    message: {year}: {activity} costs {cost} with a frame of {frame}, {other} {other_cost} with {other_frame}
    """,
)
def costs_in_their_place(case: Case) -> Iterator[Hit]:
    least = case.agreement.thresholds.exchanged
    for year in case.settled_years:
        stated = case.agreement.years[year.year]
        if stated.actual is None and stated.estimate is None:
            continue
        costs, frames = _free(case, year, "actual"), _free(case, year, "final")
        far = [name for name, cost in costs.items() if cost and frames.get(name) and _apart(cost, frames[name]) > least]
        for one, other in combinations(far, 2) if len(far) <= _MOST else ():
            own = abs(costs[one] - frames[one]) + abs(costs[other] - frames[other])
            crossed = abs(costs[one] - frames[other]) + abs(costs[other] - frames[one])
            if crossed * _NEARER <= own:
                block = "actual" if stated.actual is not None else "estimate"
                yield hit(
                    year_path(year.year, block, one), related=(year_path(year.year, block, other),), year=year.year,
                    activity=case.activity(one), cost=Money(costs[one]), frame=Money(frames[one]),
                    other=case.activity(other), other_cost=Money(costs[other]), other_frame=Money(frames[other]),
                )  # fmt: skip


@rule(
    "SOC718",
    WARNING,
    """
    title: A forecast that jumps
    statement: The forecast of a year whose outcome is not known is no more than the file's threshold for series, 40 % of the larger of the
        two, from the year before's outcome, or its forecast where that has none.
    why: Until the outcome is known the frame follows the forecast alone, and nothing else shows a point that is lost or another base.
    remedy: Give all years of a series in the same unit and base; if they are right raise `thresholds: {series: …}`.
    message: {series}: the forecast of {year} is {now}; {before_year} has {before}
    """,
)
def forecast_jumps(case: Case) -> Iterator[Hit]:
    for name, series in case.agreement.series.items():
        for year, now in series.forecast.items():
            kind = "outcome" if year - 1 in series.outcome else "forecast"
            before = getattr(series, kind).get(year - 1)
            if (
                year not in series.outcome
                and before is not None
                and abs(now - before) / max(now, before) > case.agreement.thresholds.series
            ):
                yield hit(
                    ("series", name, "forecast", str(year)), related=(("series", name, kind, str(year - 1)),),
                    series=series.name or name, year=year, now=number(now), before_year=year - 1, before=number(before),
                )  # fmt: skip


_NEARER: Final = 5
"""So many times as near to the other's frame as to their own: two rows of chance are not."""
_MOST: Final = 100
"""Rows that are far from their frames, of which each two are compared; a year with more has another slip."""


def _free(case: Case, year: YearResult, figure: str) -> dict[str, int]:
    """A figure of the rows whose frame is not their cost by agreement."""
    activities = case.agreement.activities
    return {name: units for name, units in figures_of_rows(case, year, figure).items() if not activities[name].follows_outcome}


def _apart(one: int, other: int) -> Fraction:
    """How far two amounts are apart, in parts of the larger."""
    return Fraction(abs(one - other), max(one, other))
