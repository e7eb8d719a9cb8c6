"""§ 1 as formulas, costs to date: what a row costs in a year. The counterpart of ``engine/costs.py``."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from ...model.costs import AsFrame, AsSoFar, Costs, CostsToDate, StatedCosts, Weighed
from ...model.dividing import Stated
from .cells import Value, units
from .entered import Entered
from .steps import NOT_BELOW, Label, Steps


class RowCost(NamedTuple):
    """What a row costs; in a year that still runs, what of it is booked and what is expected to remain."""

    cost: Value
    booked: Value = 0
    remaining: Value = 0


class Coster:
    """Writes what rows cost in a year."""

    def __init__(self, steps: Steps, entered: Entered, year: int) -> None:
        self.steps, self.entered, self.year = steps, entered, year

    def of(self, costs: Costs | None, activity: str, frame: Value) -> RowCost:
        """What an activity costs; ``frame`` is what its rest is taken from where the frame decides it."""
        match costs:
            case None:
                return RowCost(0)
            case StatedCosts():
                if activity not in costs.amounts:
                    return RowCost(0)
                place = (*costs.place, activity)
                return RowCost(self.entered.amount("cost", costs.amounts[activity], place, year=self.year, activity=activity))
            case CostsToDate():
                return self._expected(costs, activity, frame) if activity in costs.booked else RowCost(0)
            case _:
                assert_never(costs)

    def _expected(self, costs: CostsToDate, activity: str, frame: Value) -> RowCost:
        label = Label("remaining", self.year, activity)
        booked = self.entered.amount("booked", costs.booked[activity], (*costs.place, activity), year=self.year, activity=activity)
        match rest := costs.rest[activity]:
            case AsSoFar():
                so_far, of_frame = (
                    self._scaled(label, booked, rest.ahead, rest.past),
                    self._of_frame(label, costs.unbooked[activity], frame),
                )
                today = units(so_far if booked.value > 0 else of_frame)
                remaining: Value = self.steps.computed(label, today, "IF(", booked, ">0,", so_far, ",", of_frame, ")")
            case AsFrame():
                remaining = self._of_frame(label, rest, frame)
            case Stated():
                remaining = self.entered.amount("remaining", rest.value, rest.place, year=self.year, activity=activity)
            case _:
                assert_never(rest)
        cost = self.steps.total(Label("cost", self.year, activity), [booked, remaining])
        self.steps.must(Label("cost", self.year, activity), NOT_BELOW, units(cost), cost)
        return RowCost(cost, booked, remaining)

    def _of_frame(self, label: Label, rest: AsFrame, frame: Value) -> Value:
        return self._scaled(label, frame, rest.ahead, rest.whole)

    def _scaled(self, label: Label, amount: Value, ahead: Weighed, whole: Weighed) -> Value:
        """The amount × what the months ahead weigh ÷ what all of them do; 0 where these weigh nothing, which is refused if it matters."""
        if not whole.total:
            return 0
        if ahead.weights is None or whole.weights is None:
            return self.steps.scaled(label, amount, [len(ahead.months)], [len(whole.months)])
        return self.steps.scaled(label, amount, [self._weight(label, ahead)], [self._weight(label, whole)])

    def _weight(self, label: Label, months: Weighed) -> Value:
        """What months weigh by the row's profile."""
        counted = self.entered.profile(label.activity)
        return self.steps.total(label._replace(name="weights of the year"), [counted[month] for month in months.months])
