"""§ 1 as formulas: the cells of each year's frame, preliminary, adjusted, corrected and converted. The counterpart of ``engine/frame.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...model.agreement import Activity, YearBase
from ...model.costs import costs_of
from ...model.dividing import Stated, resolved
from ...model.year import Conversion, Correction
from .cells import Value, units
from .costs import Coster, RowCost
from .dividing import Basis, Cells, divide
from .entered import Entered
from .steps import NOT_BELOW, NOTHING, Label, Steps


@dataclass(slots=True)
class Row:
    """One activity of the frame in one year, at each stage; ``whole`` where a key divides its amount as a whole."""

    activity: str
    preliminary: Cells
    adjusted: Cells = field(default_factory=dict)
    whole: Value | None = None
    corrections: list[Value] = field(default_factory=list)
    conversions: list[tuple[str, Value]] = field(default_factory=list)
    final: Cells = field(default_factory=dict)


class FrameOfYear:
    """Writes the rows of one year and what they cost. ``before`` holds the costs of the year before, by activity."""

    def __init__(self, steps: Steps, entered: Entered, number: int, before: Mapping[str, RowCost]) -> None:
        self.steps, self.entered, self.number, self.before = steps, entered, number, before
        self.agreement = entered.agreement
        self.year = self.agreement.years[number]
        self.months, self.parties = self.agreement.period.months(number), self.agreement.parties_of(number)
        self.coster, self.given = Coster(steps, entered, number), costs_of(self.agreement, number)
        self._followed: dict[str, RowCost] = {}
        self.rows = {name: self._begun(name) for name in self.agreement.rows(number)}
        for at, correction in enumerate(self.year.corrections):
            self._correct(self.rows[correction.activity], correction, at)
        for row in self.rows.values():
            if row.whole is not None and row.corrections:
                row.final = self._divided("corrected cell", row.activity, row.whole)
        for at, conversion in enumerate(self.year.conversions):
            self._convert(self.rows[conversion.from_], self.rows[conversion.to], conversion, at)
        self.finals = {name: self._sum("final", row, row.final) for name, row in self.rows.items()}
        self.preliminary = {name: self._sum("preliminary", row, row.preliminary) for name, row in self.rows.items()}
        self.costs = {name: self._followed.get(name) or self.coster.of(self.given, name, self.finals[name]) for name in self.rows}
        for row in self.rows.values():
            self._figures(row)

    def label(self, name: str, activity: str = "", party: str = "", figure: str = "") -> Label:
        """What a step of this year is called; ``figure`` is its path within the year."""
        return Label(name, self.number, activity, party, f"{self.number}.{figure}" if figure else "")

    def _sum(self, name: str, row: Row, cells: Cells) -> Value:
        return self.steps.total(self.label(name, row.activity, figure=f"activities.{row.activity}.{name}"), cells.values())

    def _figures(self, row: Row) -> None:
        """What changed the row, and its cells, as figures."""
        at = f"activities.{row.activity}"
        adjusted = self.steps.total(self.label("adjusted", row.activity), row.adjusted.values())
        self.steps.less(self.label("adjustment", row.activity, figure=f"{at}.adjustment"), adjusted, self.preliminary[row.activity])
        self.steps.total(self.label("correction", row.activity, figure=f"{at}.correction"), row.corrections)
        taken = [amount for sign, amount in row.conversions if sign == "-"]
        came = self.steps.total(self.label("conversion", row.activity), [amount for sign, amount in row.conversions if sign == "+"])
        self.steps.less(self.label("conversion", row.activity, figure=f"{at}.conversion"), came, *taken)
        for party in self.parties:
            self.steps.total(self.label("final", row.activity, party, f"{at}.cells.{party}"), [row.final.get(party, 0)])

    # --- steps 1 and 2: preliminary and adjusted --------------------------------------------------------------------------

    def _begun(self, name: str) -> Row:
        activity = self.agreement.activities[name]
        if self.agreement.based(self.number, name):
            row = self._from_base(name, activity)
        elif self.agreement.divided_whole(self.number, name):
            row = self._as_whole(name, activity)
        else:
            row = self._by_cells(name, activity)
        row.final = dict(row.adjusted)
        return row

    def _by_cells(self, name: str, activity: Activity) -> Row:
        """A row that gives its cells, or one amount of its funder."""
        cells = self._stated(name, activity)
        row = Row(name, cells, cells)
        if activity.follows_outcome:
            if self.given is not None:
                cost = self._follow(name, self.steps.total(self.label("preliminary", name), cells.values()))
                row.adjusted = self._spread("adjusted cell", name, cost, cells)
        elif cells and (ratio := self._adjusting(activity)) is not None:
            row.adjusted = {
                party: self.steps.scaled(self.label("adjusted cell", name, party), cell, *ratio) for party, cell in cells.items()
            }
        return row

    def _as_whole(self, name: str, activity: Activity) -> Row:
        """A row that is one amount, or none, which the activity's key divides."""
        whole: Value = 0
        if name in self.year.frame:
            whole = self._for_months("preliminary row", name, "", self._frame_amount(name))
        cells = self._divided("preliminary cell", name, whole)
        row = Row(name, cells, cells, whole)
        if activity.follows_outcome:
            if self.given is not None:
                row.whole = self._follow(name, whole)
        elif name in self.year.frame and (ratio := self._adjusting(activity)) is not None:
            row.whole = self.steps.scaled(self.label("adjusted row", name), whole, *ratio)
        if row.whole is not whole:
            row.adjusted = self._divided("adjusted cell", name, row.whole or 0)
        return row

    def _from_base(self, name: str, activity: Activity) -> Row:
        """A row computed from its base, with the forecast and then with the outcome."""
        amount, times, over = self._base(name, activity)
        outcome, forecast = self._points(activity.series, "outcome", self.number), self._points(activity.series, "forecast", self.number)
        expected = forecast if forecast is not None else outcome
        assert expected is not None, "refused by the model: a base row needs a forecast or an outcome"
        preliminary = self.steps.scaled(self.label("preliminary row", name), amount, [*times, *expected], over)
        final = preliminary
        if outcome is not None and outcome != expected:
            final = self.steps.scaled(self.label("adjusted row", name), amount, [*times, *outcome], over)
        if activity.funder is not None:
            return Row(name, {activity.funder: preliminary}, {activity.funder: final})
        cells = self._divided("preliminary cell", name, preliminary)
        return Row(name, cells, cells if final is preliminary else self._divided("adjusted cell", name, final), final)

    def _base(self, name: str, activity: Activity) -> tuple[Value, list[Value], list[Value]]:
        """The base's amount, and what it is multiplied and divided by beside the year's own point of the series."""
        if isinstance(activity.base, YearBase):
            year, own = activity.base.year, 12
            amount: Value = self.entered.amount("base", activity.base.amount, ("activities", name, "base", "amount"), activity=name)
        else:
            year = self.number - 1
            own = self.agreement.period.months(year)
            before = self.before.get(name)
            amount = before.cost if before is not None else self.coster.of(costs_of(self.agreement, year), name, 0).cost
        at_base = self._points(activity.series, "outcome", year)
        assert at_base is not None, "refused by the model: a base needs its outcome"
        return amount, [self.months], [own, *at_base]

    def _stated(self, name: str, activity: Activity) -> Cells:
        """The preliminary cells as given, or scaled to the year's months."""
        stated = self.year.frame.get(name, {})
        if isinstance(stated, dict):
            given: Cells = {party: self._frame_amount(name, party) for party in self.parties if party in stated}
        else:
            assert activity.funder is not None, "refused by the model: a plain amount needs a funder"
            given = {activity.funder: self._frame_amount(name)}
        return {party: self._for_months("preliminary cell", name, party, amount) for party, amount in given.items()}

    def _frame_amount(self, name: str, party: str = "") -> Value:
        stated = self.year.frame[name]
        place = ("years", str(self.number), "frame", name, *([party] if party else []))
        value = stated[party] if isinstance(stated, dict) else stated
        return self.entered.amount("frame amount", value, place, year=self.number, activity=name, party=party)

    def _for_months(self, called: str, name: str, party: str, amount: Value) -> Value:
        if not self.year.annual_amounts:
            return amount
        return self.steps.scaled(self.label(called, name, party), amount, [self.months], [12])

    def _points(self, names: list[str], kind: Literal["outcome", "forecast"], year: int) -> list[Value] | None:
        """The outcomes or forecasts of several series, whose product is N or N̂; None where one is not known."""
        found = [self.entered.point(kind, name, year) for name in names]
        return None if None in found else [point for point in found if point is not None]

    def _adjusting(self, activity: Activity) -> tuple[list[Value], list[Value]] | None:
        """What an amount row is multiplied and divided by; None where no series adjusts it, or the outcome is not known."""
        names = [name for name in activity.series if not self.agreement.series[name].agreed]
        outcome, forecast = self._points(names, "outcome", self.number), self._points(names, "forecast", self.number)
        return None if not names or outcome is None or forecast is None else (outcome, forecast)

    def _follow(self, name: str, preliminary: Value) -> Value:
        """The cost of a row whose frame is what it costs; the rest of a year that still runs is taken from its preliminary amount."""
        self._followed[name] = self.coster.of(self.given, name, preliminary)
        return self._followed[name].cost

    def _divided(self, called: str, name: str, whole: Value) -> Cells:
        """A row's amount divided by the activity's key."""
        by = self.agreement.activities[name].by
        assert by is not None, "asked only of rows that a key divides"
        key = resolved(self.agreement, by, "share", ("activities", name, "by"), self.number)
        return divide(self.steps, self.entered, self.label(called, name), whole, key, Basis(self.parties, {}, {}))

    # --- steps 3 and 4: corrections and conversions -----------------------------------------------------------------------

    def _spread(self, called: str, name: str, amount: Value, cells: Cells) -> Cells:
        """An amount apportioned over a row's cells; the funder's where all of them are zero."""
        funder = self.agreement.activities[name].funder
        if funder is not None and set(cells) <= {funder}:
            return {funder: amount}
        label = self.label(called, name)
        whole = self.steps.sum_of(label, cells.values())
        empty = not sum(map(units, cells.values()))
        over = self.steps.computed(label, 0 if empty else units(amount), "IF(", *whole, "=0,0,", amount, ")") if cells else 0
        parts = self.steps.parts(label, over, cells)
        rest = self.steps.less(label._replace(party=funder or ""), amount, over)
        if funder is None or funder not in self.parties:
            self.steps.must(label, NOTHING, units(rest), rest)
            return parts
        parts[funder] = self.steps.total(label._replace(party=funder), [parts.get(funder, 0), rest])
        return self._ordered(parts)

    def _correct(self, row: Row, correction: Correction, at: int) -> None:
        """Step 3: an amount, or a percentage of the row."""
        name, place = row.activity, ("years", str(self.number), "corrections", at)
        if correction.amount is not None:
            amount: Value = self.entered.amount("correction", correction.amount, (*place, "amount"), year=self.number, activity=name)
        else:
            percent = self.entered.exact("percentage", Stated(correction.percent, (*place, "percent")), f"{name} {self.number}")
            whole = row.whole if row.whole is not None else self.steps.total(self.label("row", name), row.final.values())
            amount = self.steps.scaled(self.label("correction", name), percent.counted, [whole], [percent.of])
        row.corrections.append(amount)
        if row.whole is None:
            self._enter(row, self._spread("correction's part", name, amount, row.final), "corrected cell")
            return
        row.whole = self.steps.total(self.label("corrected row", name), [row.whole, amount])
        self._not_below("corrected row", name, row.whole)

    def _convert(self, source: Row, target: Row, conversion: Conversion, at: int) -> None:
        """Step 4: the amount leaves the cells of one row and enters the same parties' cells of another."""
        label = self.label("conversion", source.activity)
        place = ("years", str(self.number), "conversions", at, "amount")
        amount = self.entered.amount(
            "conversion", conversion.amount, place, year=self.number, activity=f"{source.activity} → {target.activity}"
        )
        held = list(source.final.values())
        self.steps.must(label, NOT_BELOW, sum(map(units, held)) - amount.value, *self.steps.sum_of(label, held), "-", amount)
        leaving = self.steps.parts(self.label("conversion's part", source.activity), amount, source.final)
        for party, part in leaving.items():
            source.final[party] = self.steps.less(self.label("converted cell", source.activity, party), source.final[party], part)
        self._enter(target, leaving, "converted cell")
        source.conversions.append(("-", amount))
        target.conversions.append(("+", amount))

    def _enter(self, row: Row, amounts: Cells, called: str) -> None:
        cells = dict(row.final)
        for party, part in amounts.items():
            cells[party] = self.steps.total(self.label(called, row.activity, party), [cells.get(party, 0), part])
            self._not_below(called, row.activity, cells[party], party)
        row.final = self._ordered(cells)

    def _not_below(self, called: str, activity: str, value: Value, party: str = "") -> None:
        if not isinstance(value, int):
            self.steps.must(self.label(called, activity, party), NOT_BELOW, value.value, value)

    def _ordered(self, cells: Cells) -> Cells:
        return {party: cells[party] for party in self.parties if party in cells}
