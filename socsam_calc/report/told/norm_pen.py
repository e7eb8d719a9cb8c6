"""What every part of a report of the norm is written with."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...amounts import Scale, grouped, rounded
from ...answers.norm.norm import LeftOut
from ...model.panel import Cost
from ...money import round_fraction
from ...problems import cut, spans
from ..data.norm import Case
from .evaluation import span
from .tables import Amount, Cell, Heading, Number, money, tone
from .words import Words


class NormPen:
    """Writes of the norm of one panel in one language and unit. Of an index there are no amounts."""

    def __init__(self, case: Case, words: Words, unit: str | None) -> None:
        self.case, self.norm, self.panel, self.words = case, case.norm, case.norm.panel, words
        rounding = self.panel.rounding
        self.scale = None if rounding is None or self.panel.unit == "index" else Scale(rounding, unit or self.panel.unit, self._amounts())

    def _amounts(self) -> Iterator[int | None]:
        for base in self.norm.bases:
            for one in (base.together, self.norm.compared(base), *base.years.values()):
                if one is not None:
                    yield from (round_fraction(Fraction(units)) for units in (one.sum_surplus, one.sum_deficit, one.frame))
        yield from (int(cost) for costs in self.panel.costs.values() for cost in costs.values() if isinstance(cost, int))

    def amount(self, units: Cost, *, signed: bool = True) -> Cell:
        """An amount, as a cell; a dash of an index."""
        if self.scale is None:
            return Cell(Number(None))
        return money(Amount(round_fraction(Fraction(units)), self.scale, signed))

    def share(self, value: Fraction | None) -> Cell:
        """A result in percent of the frame."""
        return Cell(Number(value, 2, signed=True), tone(None if value is None else round_fraction(value * 100)))

    def plain(self, units: Cost, *, signed: bool = False) -> str:
        """An amount in a sentence; of an index the number, to two decimals."""
        if self.scale is None:
            return rounded(Fraction(units), 2, signed=signed)
        return self.scale.amount(round_fraction(Fraction(units)), signed=signed)

    def heading(self) -> Heading:
        """Whose norm it is: the panel, how many areas, which years."""
        words, panel = self.words, self.panel
        text = words("{file}: the norm, {areas} areas, {years}", file=panel.file, areas=grouped(len(panel.costs)), years=span(panel.years))
        return Heading(f"{text}. {words('Amounts in {unit}', unit=self.scale.unit) if self.scale else words('An index: percents only')}.")

    def why(self, one: LeftOut) -> str:
        values = {"area": cut(one.area), "years": spans(one.years), "lacking": spans(one.lacking)}
        if one.country:
            return self.words("{area} is left out in {years}: the country has no cost in {lacking}.", **values)
        return self.words("{area} is left out in {years}: it has no cost in {lacking}.", **values)
