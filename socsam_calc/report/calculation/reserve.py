"""§ 4a as formulas: own capital. The counterpart of ``engine/reserve.py``."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from ...model.terms import CeilingStep, Terms
from .cells import Value, units
from .entered import Entered
from .steps import Label, Steps


class Capitalist:
    """Writes what own capital takes of a year's result, or gives."""

    def __init__(self, steps: Steps, entered: Entered, terms: Terms) -> None:
        self.steps, self.entered, self.terms = steps, entered, terms

    def _label(self, name: str) -> Label:
        return Label(name, self.terms.year)

    def ceiling(self, final_frame: Value) -> Value | None:
        """How much own capital there should be at most; None where nothing limits it."""
        if self.terms.reserve is None or not self.terms.reserve.ceiling:
            return None
        *stepped, last = self.terms.reserve.ceiling
        limit = self._limit(last, final_frame)
        for step in reversed(stepped):
            assert step.to is not None, "refused by the model: only the last step has no end"
            own, to = self._limit(step, final_frame), self.entered.amount("ceiling", step.to.value, step.to.place)
            today = units(own) if units(final_frame) <= to.value else units(limit)
            limit = self.steps.computed(self._label("ceiling"), today, "IF(", final_frame, "<=", to, ",", own, ",", limit, ")")
        return limit

    def _limit(self, step: CeilingStep, final_frame: Value) -> Value:
        match step.limit.value:
            case Fraction() as percent:
                exact = self.entered.exact("ceiling in percent", step.limit._replace(value=percent))
                return self.steps.scaled(self._label("ceiling"), final_frame, [exact.counted], [exact.of])
            case int() as amount:
                return self.entered.amount("ceiling", amount, step.limit.place)
            case other:
                assert_never(other)

    def set_aside(self, shared: Value, uses: Value, opening: Value, ceiling: Value | None) -> Value:
        """A: what of a surplus own capital takes; below 0 what it gives for a deficit. One of the two is 0."""
        reserve, steps = self.terms.reserve, self.steps
        if reserve is None or isinstance(shared, int):
            return 0
        part = self.entered.exact("part of the surplus set aside", reserve.surplus)
        left = steps.not_below_zero(self._label("surplus after uses"), ("", shared), ("-", uses))
        saved = steps.scaled(self._label("to be set aside"), left, [part.counted], [part.of])
        if reserve.divides_above and ceiling is not None:
            room = steps.not_below_zero(self._label("room below the ceiling"), ("", ceiling), ("-", opening))
            saved = steps.least(self._label("set aside"), saved, room)
        covers = self.entered.exact("part of the deficit covered", reserve.deficit)
        deficit = steps.not_below_zero(self._label("deficit without its sign"), ("-", shared))
        wanted = steps.scaled(self._label("to be covered"), deficit, [covers.counted], [covers.of])
        floor = self.entered.amount("floor", reserve.floor.value, reserve.floor.place)
        there = steps.not_below_zero(self._label("above the floor"), ("", opening), ("-", floor))
        covered = steps.least(self._label("covered by own capital"), wanted, there)
        return steps.less(self._label("set aside"), saved, covered)
