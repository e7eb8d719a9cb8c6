"""§ 1 of the arithmetic on graphs: the cells of each year's frame. The counterpart of ``engine/frame.py``, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..model.agreement import Activity, Agreement, YearBase
from ..model.paths import dotted
from ..model.year import Conversion, Correction
from ..problems import Path
from .graph import Graph, Node, Value, high
from .inputs import kind_of
from .rounding import Exact, apportion, exact, over_cells, scaled

Cells = dict[str, Value]


@dataclass(slots=True)
class Row:
    """One activity of the frame in one year, at each stage."""

    activity: str
    preliminary: Cells
    adjusted: Cells
    correction: Value = 0
    conversion: Value = 0
    final: Cells = field(default_factory=dict)


class Leaves:
    """The values of the file: fixed ones as they stand, varying ones as inputs of the graph."""

    def __init__(self, graph: Graph, agreement: Agreement, bounds: Mapping[str, tuple[int, int]], denominators: Mapping[str, int]) -> None:
        self.graph, self.agreement, self.bounds, self.denominators = graph, agreement, bounds, denominators

    def amount(self, value: int, *path: str | int) -> Value:
        """An amount in rounding units."""
        name = dotted(path)
        if name not in self.bounds:
            return value
        kind = kind_of(self.agreement, path)
        node = self._input(name, None if kind == "amount" else 0)
        if kind == "positive":
            self.graph.require(self.graph.compare("greater", node, 0))
        return node

    def exact(self, value: Fraction, *path: str | int) -> Exact:
        """A number of a series, a share or a percentage."""
        name = dotted(path)
        if name not in self.bounds:
            return exact(value)
        kind = kind_of(self.agreement, path)
        node = self._input(name, None if kind == "percent" else 0)
        if kind == "number":
            self.graph.require(self.graph.compare("greater", node, 0))
        if kind == "share":
            self.graph.require(self.graph.compare("greater_equal", self.denominators[name], node))
        return Exact(node, self.denominators[name])

    def _input(self, name: str, least: int | None) -> Node:
        lo, hi = self.bounds[name]
        return self.graph.input(name, lo if least is None else max(lo, least), hi)


class FrameBuilder:
    """Builds the rows of one year."""

    def __init__(self, leaves: Leaves, number: int) -> None:
        self.leaves, self.graph, self.agreement, self.number = leaves, leaves.graph, leaves.agreement, number
        self.year = self.agreement.years[number]
        self.months = self.agreement.period.months(number)
        self.parties = self.agreement.parties_of(number)

    def rows(self) -> dict[str, Row]:
        """The rows in the order of the activities."""
        rows = {name: self._row(name) for name in self.agreement.rows(self.number)}
        for position, correction in enumerate(self.year.corrections):
            self._correct(rows[correction.activity], correction, position)
        for position, conversion in enumerate(self.year.conversions):
            self._convert(rows[conversion.from_], rows[conversion.to], conversion, position)
        return rows

    def _point(self, activity: Activity, kind: str, year: int) -> Exact | None:
        assert activity.adjust is not None
        series = self.agreement.series[activity.adjust]
        value: Fraction | None = (series.outcome if kind == "outcome" else series.forecast).get(year)
        return None if value is None else self.leaves.exact(value, "series", activity.adjust, kind, str(year))

    def cost(self, year: int, name: str) -> Value:
        """What an activity cost, 0 where the file gives none."""
        stated = self.agreement.years[year]
        kind = "actual" if stated.actual is not None else "estimate"
        return self.leaves.amount((stated.costs or {}).get(name, 0), "years", str(year), kind, name)

    def _row(self, name: str) -> Row:
        """Steps 1 and 2."""
        activity = self.agreement.activities[name]
        if self.agreement.based(self.number, name):
            row = self._base_row(name, activity)
        else:
            cells = self._amounts(name, activity)
            row = Row(name, cells, cells)
            if activity.adjust == "outcome":
                if self.year.costs is not None:
                    row.adjusted = self._spread(name, self.cost(self.number, name), cells)
            elif activity.adjust is not None and cells:
                outcome, forecast = self._point(activity, "outcome", self.number), self._point(activity, "forecast", self.number)
                if outcome is not None and forecast is not None:
                    row.adjusted = {party: scaled(self.graph, [cell, outcome], [forecast]) for party, cell in cells.items()}
        row.final = dict(row.adjusted)
        return row

    def _amounts(self, name: str, activity: Activity) -> Cells:
        if name not in self.year.frame:
            return {}
        amount, path = self.year.frame[name], ("years", str(self.number), "frame", name)
        if isinstance(amount, int):
            assert activity.funder is not None
            cells = {activity.funder: self.leaves.amount(amount, *path)}
        else:
            cells = {party: self.leaves.amount(amount[party], *path, party) for party in self.parties if party in amount}
        if not self.year.annual_amounts:
            return cells
        return {party: scaled(self.graph, [cell, self.months], [12]) for party, cell in cells.items()}

    def _base_row(self, name: str, activity: Activity) -> Row:
        assert activity.funder is not None
        factors: list[Any] = [self.months]
        divisors: list[Any] = [12]
        if isinstance(activity.base, YearBase):
            base_year = activity.base.year
            factors.append(self.leaves.amount(activity.base.amount, "activities", name, "base", "amount"))
        else:
            base_year = self.number - 1
            factors += [self.cost(base_year, name), 12]
            divisors.append(self.agreement.period.months(base_year))
        at_base = self._point(activity, "outcome", base_year)
        outcome, forecast = self._point(activity, "outcome", self.number), self._point(activity, "forecast", self.number)
        expected = forecast if forecast is not None else outcome
        assert at_base is not None and expected is not None
        divisors.append(at_base)
        preliminary: Cells = {activity.funder: scaled(self.graph, [*factors, expected], divisors)}
        adjusted = preliminary if outcome is None else {activity.funder: scaled(self.graph, [*factors, outcome], divisors)}
        return Row(name, preliminary, adjusted)

    def _spread(self, name: str, amount: Value, cells: Cells) -> Cells:
        """An amount apportioned over a row's cells; the funder's where all of them are zero."""
        graph = self.graph
        funder = self.agreement.activities[name].funder
        if funder is not None and list(cells) == [funder]:
            return {funder: amount}
        parts, to_funder = over_cells(graph, amount, cells)
        if to_funder == 0:
            return parts
        if funder is None or funder not in self.parties:
            graph.require(graph.compare("equal", to_funder, 0))
            return parts
        parts[funder] = graph.add(parts.get(funder, 0), to_funder)
        return self._ordered(parts)

    def _correct(self, row: Row, correction: Correction, position: int) -> None:
        """Step 3."""
        path: Path = ("years", str(self.number), "corrections", position)
        if correction.amount is not None:
            amount = self.leaves.amount(correction.amount, *path, "amount")
        else:
            assert correction.percent is not None
            percent = self.leaves.exact(correction.percent, *path, "percent")
            amount = scaled(self.graph, [self.graph.total(row.final.values()), percent])
        self._enter(row, self._spread(row.activity, amount, row.final))
        row.correction = self.graph.add(row.correction, amount)

    def _convert(self, source: Row, target: Row, conversion: Conversion, position: int) -> None:
        """Step 4."""
        graph = self.graph
        amount = self.leaves.amount(conversion.amount, "years", str(self.number), "conversions", position, "amount")
        held = graph.total(source.final.values())
        graph.require(graph.compare("greater_equal", held, amount))
        leaving = dict(zip(source.final, apportion(graph, amount, list(source.final.values()), held), strict=True))
        for party, part in leaving.items():
            cell = source.final[party]
            source.final[party] = graph.subtract(cell, part, within=(0, max(high(cell), 0)))
        self._enter(target, leaving)
        source.conversion = graph.subtract(source.conversion, amount)
        target.conversion = graph.add(target.conversion, amount)

    def _enter(self, row: Row, amounts: Cells) -> None:
        cells = dict(row.final)
        for party, part in amounts.items():
            cells[party] = self.graph.at_least_zero(self.graph.add(cells.get(party, 0), part))
        row.final = self._ordered(cells)

    def _ordered(self, cells: Cells) -> Cells:
        return {party: cells[party] for party in self.parties if party in cells}
