"""The body's own capital against what the file says of it: its ceiling, its floor of nought, and money that is stated twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ...problems import Path
from ..facts import Case, year_path
from ..rule import INFO, WARNING, Hit, hit
from ..said import Money, Said, say
from . import rule

_GUIDANCE: Final = "guidance, Försäkringskassan 2015-01-22"
_NEAR: Final = Fraction(1, 100)


@rule(
    "SOC561",
    WARNING,
    """
    title: Own capital above its ceiling
    statement: The body's own capital stays at or below the ceiling that the file states.
    why: Capital that grows is money that was put in and not used. A coordination association's lowers the state's money of the next
        year where it lies above the council's steps.
    remedy: Plan for its use, or put in less; `above: divide` divides what lies above between the parties, where their law allows it.
    message: own capital is above its ceiling: {years}
    sources: this program's reading
    """,
    reads="figures",
)
def below_the_ceiling(case: Case) -> Iterator[Hit]:
    over: dict[Path, list[Said]] = {}
    for year in case.settled_years:
        closing = year.reserve.units("closing") if year.reserve is not None else None
        ceiling = year.reserve.units("ceiling") if year.reserve is not None else None
        if closing is not None and ceiling is not None and closing > ceiling:
            said = say(
                "{year} by {over} ({closing}, ceiling {ceiling})",
                year=year.year,
                over=Money(closing - ceiling),
                closing=Money(closing),
                ceiling=Money(ceiling),
            )
            over.setdefault(case.terms[year.year].place("reserve"), []).append(said)
    for place, years in over.items():
        yield hit((*place, "ceiling"), years=years, sources=_GUIDANCE if case.agreement.law == "2003:1210" else "")


@rule(
    "SOC562",
    WARNING,
    """
    title: Own capital below nought
    statement: The body's own capital is not negative.
    why: A body that owes more than it owns pays with money that it does not have; whoever must fill the gap has not put it into any
        frame.
    remedy: Put in more, spend less, or write `floor: 0` under `reserve`, so that the parties bear what own capital cannot.
    message: own capital is below nought: {years}
    sources: arithmetic
    """,
    reads="figures",
)
def not_below_nought(case: Case) -> Iterator[Hit]:
    below = {
        year.year: closing for year in case.settled_years if year.reserve and (closing := year.reserve.units("closing")) and closing < 0
    }
    if below:
        years = [say("{year}: {amount}", year=year, amount=Money(amount)) for year, amount in below.items()]
        yield hit(year_path(min(below)), years=years)


@rule(
    "SOC566",
    WARNING,
    """
    title: Money from before stated twice
    statement: Money that the body holds from before is own capital or a row of the frame, not both.
    why: An opening balance in the frame becomes part of the year's result, and own capital takes it in: if it is what own capital began
        with, the same money is counted twice.
    remedy: Take the row out where `opening: {reserve}` or the year before has the money; keep it only for money that own capital does
        not hold.
    message: {activity}: {amount} from before stands in the frame of {year} beside own capital of {capital}
    sources: arithmetic
    """,
    reads="figures",
)
def stated_once(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        opening = year.reserve.units("opening") if year.reserve is not None else None
        for row in year.activities:
            amount = row.units("final")
            if opening and amount and case.agreement.activities[row.id].is_only("opening_balance"):
                path = year_path(year.year, "frame", row.id)
                yield hit(path, activity=case.activity(row.id), amount=Money(amount), year=year.year, capital=Money(opening))


@rule(
    "SOC568",
    INFO,
    """
    title: Frame near a step of the ceiling
    statement: It is known when a year's frame lies near the edge of a step.
    why: At an edge a krona more of frame changes the whole ceiling at once: a late correction can put own capital above it.
    remedy: Look at both limits before the budget is decided.
    message: {year}: the frame of {frame} is within 1 % of the step at {edge}, where the ceiling changes
    sources: this program's reading
    """,
    reads="figures",
)
def near_a_step(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        reserve, frame = case.terms[year.year].reserve, year.totals.units("final_frame")
        for step in reserve.ceiling if reserve is not None and frame is not None else ():
            if step.to is not None and frame is not None and abs(frame - step.to.value) <= step.to.value * _NEAR:
                yield hit(step.to.place, year=year.year, frame=Money(frame), edge=Money(step.to.value))
