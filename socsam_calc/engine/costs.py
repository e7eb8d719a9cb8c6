"""§ 1 of the arithmetic, costs to date: what a row of a year cost, or, in a year that still runs, what is booked and what the rest is expected to cost."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, assert_never

from ..model.costs import AsFrame, AsSoFar, Costs, CostsToDate, StatedCosts, Weighed
from ..model.dividing import Stated
from ..problems import Path
from .refusing import one
from .steps import Exact, Money, Step, added, given, scaled, total, zero

Given = Callable[[str, int, tuple[str, ...], int, Path], Money]
"""Makes a step of an amount that stands in the file: its name, year, owners, value and place."""


class RowCost(NamedTuple):
    """What a row costs in a year; in a year that still runs, what of it is ``booked`` and what is expected to remain."""

    cost: Money
    booked: Money | None = None
    remaining: Money | None = None


def row_cost(costs: Costs | None, year: int, activity: str, frame: Money, amount: Given) -> RowCost:
    """What an activity costs in the year, 0 where the file gives nothing; ``frame`` is the row's amount that its rest is taken from.

    Raises Refused where the weights of months that divide are 0, or the cost falls below 0.
    """
    match costs:
        case None:
            return RowCost(zero("cost", year, (activity,)))
        case StatedCosts():
            return RowCost(amount("cost", year, (activity,), costs.amounts.get(activity, 0), (*costs.place, activity)))
        case CostsToDate():
            return _expected(costs, year, activity, frame, amount)
        case _:
            assert_never(costs)


def _expected(costs: CostsToDate, year: int, activity: str, frame: Money, amount: Given) -> RowCost:
    """The year's cost of a row, of what is booked so far."""
    about, place = (activity,), (*costs.place, activity)
    if activity not in costs.booked:  # an opening balance costs nothing where it is left out
        return RowCost(zero("cost", year, about), zero("booked", year, about), zero("remaining", year, about))
    booked = amount("booked", year, about, costs.booked[activity], place)
    rest = costs.rest[activity]
    if isinstance(rest, AsSoFar) and booked.value <= 0:
        rest = costs.unbooked[activity]
    match rest:
        case AsSoFar():
            by, past = [booked, _weight(rest.ahead, "ahead", year, about)], _divisor(rest.past, "past", costs, year, activity)
            remaining = scaled("remaining", year, about, by, [past])
        case AsFrame():
            by, whole = [frame, _weight(rest.ahead, "ahead", year, about)], _divisor(rest.whole, "of the year", costs, year, activity)
            remaining = scaled("remaining", year, about, by, [whole])
        case Stated():
            remaining = amount("remaining", year, about, rest.value, rest.place)
        case _:
            assert_never(rest)
    cost = total("cost", year, about, [booked, remaining])
    if cost.value < 0:
        raise one(
            place,
            f"`{activity}` would cost less than nothing in {year}",
            "no cost of a year may fall below 0: correct what is booked, or what is expected to remain",
        )
    return RowCost(cost, booked, remaining)


def _divisor(months: Weighed, which: str, costs: CostsToDate, year: int, activity: str) -> Step[int] | Exact:
    """What the months weigh that the rest is divided by. Raises Refused where that is 0."""
    if not months.total:
        what = "the months so far" if which == "past" else f"the months of {year}"
        raise one(
            ("profiles", activity),
            f"the profile of `{activity}` gives {what} no weight, and the rest of {year} is divided by it",
            "give one of them a weight above 0, or write the rest as an amount under `remaining:`",
        )
    return _weight(months, which, year, (activity,))


def _weight(months: Weighed, which: str, year: int, about: tuple[str, ...]) -> Step[int] | Exact:
    """What some months weigh together: how many they are where no profile weighs them."""
    if months.weights is None:
        return given(f"months {which}", year, (), len(months.months), ("years", str(year), "to_date", "through"))
    stated = [
        given("weight of a month", year, (*about, str(month)), Fraction(weight.value), weight.place)
        for month, weight in zip(months.months, months.weights, strict=True)
    ]
    return added(f"weights {which}", year, about, stated)
