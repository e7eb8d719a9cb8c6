"""§ 1 of the arithmetic on graphs: the cells of each year's frame. The counterpart of ``engine/frame.py``, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model.agreement import Activity, YearBase
from ..model.costs import costs_of
from ..model.dividing import resolved
from ..model.year import Conversion, Correction
from ..problems import Path
from .costs import RowCost, row_cost
from .dividing import Basis, Cells, divide
from .graph import Value, high
from .leaves import Leaves
from .rounding import Exact, apportion, over_cells, scaled


@dataclass(slots=True)
class Row:
    """One activity of the frame in one year, at each stage; ``whole`` where a key divides its amount as a whole."""

    activity: str
    preliminary: Cells
    adjusted: Cells
    whole: Value | None = None
    correction: Value = 0
    conversion: Value = 0
    final: Cells = field(default_factory=dict)


class FrameBuilder:
    """Builds the rows of one year. ``before`` is what the rows of the year before cost, where that has costs."""

    def __init__(self, leaves: Leaves, number: int, before: Mapping[str, RowCost]) -> None:
        self.before, self.followed = before, dict[str, RowCost]()
        self.leaves, self.graph, self.agreement, self.number = leaves, leaves.graph, leaves.agreement, number
        self.year = self.agreement.years[number]
        self.months = self.agreement.period.months(number)
        self.parties = self.agreement.parties_of(number)

    def rows(self) -> dict[str, Row]:
        """The rows in the order of the activities."""
        rows = {name: self._row(name) for name in self.agreement.rows(self.number)}
        for position, correction in enumerate(self.year.corrections):
            self._correct(rows[correction.activity], correction, position)
        for activity in dict.fromkeys(correction.activity for correction in self.year.corrections):
            row = rows[activity]
            if row.whole is not None:
                row.final = self._divided(activity, row.whole)
        for position, conversion in enumerate(self.year.conversions):
            self._convert(rows[conversion.from_], rows[conversion.to], conversion, position)
        return rows

    def _points(self, names: Sequence[str], kind: Literal["outcome", "forecast"], year: int) -> list[Exact] | None:
        """The outcomes or forecasts of several series, whose product is N or N̂; None where one is not known."""
        found = []
        for name in names:
            point = self.agreement.series[name].point(kind, year)
            if point is None:
                return None
            found.append(self.leaves.exact(point[1], "series", name, point[0], str(year)))
        return found

    def _adjusting(self, activity: Activity) -> tuple[list[Exact], list[Exact]] | None:
        """What an amount row is multiplied and divided by; None where the outcome is not known."""
        names = [one for one in activity.series if not self.agreement.series[one].agreed]
        outcome, forecast = self._points(names, "outcome", self.number), self._points(names, "forecast", self.number)
        return None if outcome is None or forecast is None else (outcome, forecast)

    def cost(self, name: str, frame: Value) -> RowCost:
        """What an activity costs in the year, 0 where the file gives none; ``frame`` is what its rest is taken from."""
        return row_cost(self.leaves, costs_of(self.agreement, self.number), name, frame)

    def costs_of_rows(self, rows: Mapping[str, Row]) -> dict[str, RowCost]:
        """What each row costs, once the frame is final."""
        return {name: self.followed.get(name) or self.cost(name, self.graph.total(row.final.values())) for name, row in rows.items()}

    def _followed(self, name: str, preliminary: Value) -> Value:
        self.followed[name] = self.cost(name, preliminary)
        return self.followed[name].cost

    def _row(self, name: str) -> Row:
        """Steps 1 and 2."""
        activity = self.agreement.activities[name]
        if self.agreement.based(self.number, name):
            row = self._base_row(name, activity)
        elif self.agreement.divided_whole(self.number, name):
            row = self._whole_row(name, activity)
        else:
            cells = self._amounts(name, activity)
            row = Row(name, cells, cells)
            if activity.follows_outcome:
                if self.year.costs is not None:
                    row.adjusted = self._spread(name, self._followed(name, self.graph.total(cells.values())), cells)
            elif activity.series and cells and (by := self._adjusting(activity)) is not None:
                outcome, forecast = by
                row.adjusted = {party: scaled(self.graph, [cell, *outcome], forecast) for party, cell in cells.items()}
        row.final = dict(row.adjusted)
        return row

    def _divided(self, name: str, whole: Value) -> Cells:
        """A row's amount divided by the activity's key."""
        by = self.agreement.activities[name].by
        assert by is not None
        key = resolved(self.agreement, by, "share", ("activities", name, "by"), self.number)
        return divide(self.graph, whole, key, Basis(self.parties, {}, {}))

    def _whole_row(self, name: str, activity: Activity) -> Row:
        """A row given as one amount, or not at all, that the activity's key divides."""
        whole: Value = 0
        if name in self.year.frame:
            stated = self.year.frame[name]
            assert isinstance(stated, int)
            whole = self.leaves.amount(stated, "years", str(self.number), "frame", name)
            if self.year.annual_amounts:
                whole = scaled(self.graph, [whole, self.months], [12])
        cells = self._divided(name, whole)
        row = Row(name, cells, cells, whole)
        if activity.follows_outcome:
            if self.year.costs is not None:
                row.whole = self._followed(name, whole)
                row.adjusted = self._divided(name, row.whole)
        elif activity.series and name in self.year.frame and (by := self._adjusting(activity)) is not None:
            outcome, forecast = by
            row.whole = scaled(self.graph, [whole, *outcome], forecast)
            row.adjusted = self._divided(name, row.whole)
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
        factors: list[Any] = [self.months]
        divisors: list[Any] = [12]
        if isinstance(activity.base, YearBase):
            base_year = activity.base.year
            factors.append(self.leaves.amount(activity.base.amount, "activities", name, "base", "amount"))
        else:
            base_year = self.number - 1
            factors += [self.before[name].cost, 12]
            divisors.append(self.agreement.period.months(base_year))
        names = activity.series
        at_base = self._points(names, "outcome", base_year)
        outcome, forecast = self._points(names, "outcome", self.number), self._points(names, "forecast", self.number)
        expected = forecast if forecast is not None else outcome
        assert at_base is not None
        assert expected is not None
        divisors += at_base
        expected_row = scaled(self.graph, [*factors, *expected], divisors)
        row = expected_row if outcome is None else scaled(self.graph, [*factors, *outcome], divisors)
        if activity.funder is None:
            preliminary = self._divided(name, expected_row)
            return Row(name, preliminary, preliminary if outcome is None else self._divided(name, row), row)
        preliminary = {activity.funder: expected_row}
        return Row(name, preliminary, preliminary if outcome is None else {activity.funder: row})

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
            whole = row.whole if row.whole is not None else self.graph.total(row.final.values())
            amount = scaled(self.graph, [whole, percent])
        if row.whole is not None:
            row.whole = self.graph.at_least_zero(self.graph.add(row.whole, amount))
            row.correction = self.graph.add(row.correction, amount)
            return
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
            source.final[party] = graph.subtract(cell, part, within=(0, high(cell)))
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
