"""§ 1 of the arithmetic: the cells of a year's frame, preliminary, adjusted, corrected and converted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model.agreement import Activity, Agreement, YearBase
from ..model.costs import StatedCosts, costs_of
from ..model.dividing import resolved
from ..model.year import Conversion, Correction, Year
from ..problems import Path, Refused
from .costs import Given, RowCost, row_cost
from .dividing import Basis, divide
from .refusing import one
from .steps import Exact, Money, Step, Unrounded, given, less, parts, scaled, total, zero

Cells = dict[str, Money]
"""Amounts by party, in the order of the agreement's parties."""


@dataclass(slots=True, eq=False, repr=False)
class Row:
    """One activity of the frame in one year, at each stage. ``final`` holds the cells as they stand so far.

    ``whole`` is the row's amount so far where a key divides it as a whole, so that no cell is rounded by itself; None where cells are given.
    """

    activity: str
    preliminary: Cells
    whole: Money | None = None
    adjusted: Cells = field(default_factory=dict)
    corrections: list[Money] = field(default_factory=list)
    conversions: list[Money] = field(default_factory=list)
    final: Cells = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """A year's frame: its rows in the order of the activities, whether it awaits a national outcome, and what each row costs, if the
    year has costs."""

    year: int
    months: int
    rows: dict[str, Row]
    awaits: bool
    costs: Mapping[str, RowCost] | None


def _below_zero(value: Any) -> bool:
    """Whether an amount lies below 0; one that is not rounded may do so by what rounding would make good."""
    return not isinstance(value, Unrounded) and bool(value < 0)


def _steps(*steps: Step[Any]) -> list[Step[Any]]:
    return list(steps)


def build(
    agreement: Agreement, number: int, amount: Given = given, before: Frame | None = None, only: Collection[str] | None = None
) -> Frame:
    """The frame of one year, of the amounts as ``amount`` gives them. ``before`` is that of the year before, where that has one.

    ``only`` names the rows that are wanted, those with them between which money is converted; all by default. Raises Refused where a cell falls below 0 or an amount has nobody to bear it.
    """
    year = agreement.years[number]
    builder = _Builder(agreement, number, year, amount, before)
    rows: dict[str, Row] = {}
    for activity in agreement.rows(number):
        if only is None or activity in only:
            rows[activity] = builder.row(activity)
    for position, correction in enumerate(year.corrections):
        if correction.activity in rows:
            builder.correct(rows[correction.activity], correction, ("years", str(number), "corrections", position))
    for activity in dict.fromkeys(correction.activity for correction in year.corrections):
        if activity in rows:
            builder.divide_anew(rows[activity])
    for position, conversion in enumerate(year.conversions):
        if conversion.from_ not in rows:
            continue
        builder.convert(rows[conversion.from_], rows[conversion.to], conversion, ("years", str(number), "conversions", position))
    return Frame(number, builder.months, rows, builder.awaits, builder.costs_of_rows(rows))


class _Builder:
    """The parts of a year's frame that several rows need."""

    def __init__(self, agreement: Agreement, number: int, year: Year, amount: Given, before: Frame | None) -> None:
        self.agreement, self.number, self.year, self.amount, self.before = agreement, number, year, amount, before
        self.costs = costs_of(agreement, number)
        self.followed: dict[str, RowCost] = {}
        self.months = agreement.period.months(number)
        self.parties = agreement.parties_of(number)
        self.awaits = False

    def _months(self) -> list[Step[int]]:
        return [given("months", self.number, (), self.months, ("period",))]

    def _twelve(self) -> list[Step[int]]:
        return [given("months in a year", self.number, (), 12, None)]

    def _points(self, names: Sequence[str], kind: Literal["outcome", "forecast"], year: int) -> list[Exact] | None:
        """The outcomes or forecasts of a year of several series, whose product is N or N̂; None where one is not known."""
        found: list[Exact] = []
        for name in names:
            point = self.agreement.series[name].point(kind, year)
            if point is None:
                return None
            stated, value = point
            called = "agreed index" if self.agreement.series[name].agreed else f"national {kind}"
            found.append(given(called, year, (name,), value, ("series", name, stated, str(year))))
        return found

    def _adjusting(self, name: str, activity: Activity) -> tuple[list[Exact], list[Exact]] | None:
        """What an amount row is multiplied and divided by; None where the outcome is not known, and the year awaits it.

        An agreed index is in the amount already, and would stand on both sides.
        """
        names = [one for one in activity.series if not self.agreement.series[one].agreed]
        if not names:
            return None
        outcome, forecast = self._points(names, "outcome", self.number), self._points(names, "forecast", self.number)
        if outcome is None:
            self.awaits = True
            return None
        assert forecast is not None, "refused by the model: an amount row whose outcome is known needs the forecast"
        return outcome, forecast

    def _divided(self, label: str, name: str, whole: Money) -> Cells:
        """A row's amount divided by the activity's key; nobody's where it is 0."""
        if not whole.value:
            return {}
        by = self.agreement.activities[name].by
        assert by is not None
        key = resolved(self.agreement, by, "share", ("activities", name, "by"), self.number)
        return divide(label, whole, key, Basis(self.number, self.parties, {}, {}), (name,))

    def row(self, name: str) -> Row:
        """Steps 1 and 2: the preliminary cells, and the cells after the national adjustment."""
        activity = self.agreement.activities[name]
        if self.agreement.based(self.number, name):
            return self._base_row(name, activity)
        if self.agreement.divided_whole(self.number, name):
            return self._whole_row(name, activity)
        row = Row(name, self._amounts(name, activity))
        row.adjusted = row.preliminary
        if activity.follows_outcome:
            if self.costs is not None:
                cost = self._followed(name, total("preliminary", self.number, (name,), row.preliminary.values()))
                row.adjusted = self._spread("adjusted cell", name, cost, row.preliminary, self._cost_place(name))
        elif activity.series and row.preliminary and (by := self._adjusting(name, activity)) is not None:
            outcome, forecast = by
            row.adjusted = {
                party: scaled("adjusted cell", self.number, (name, party), [cell, *outcome], forecast)
                for party, cell in row.preliminary.items()
            }
        row.final = dict(row.adjusted)
        return row

    def _whole_row(self, name: str, activity: Activity) -> Row:
        """A row given as one amount, or not at all, that the activity's key divides: adjusted as a whole, and divided anew."""
        about, number = (name,), self.number
        whole = zero("row", number, about)
        if name in self.year.frame:
            stated = self.year.frame[name]
            assert isinstance(stated, int)
            whole = self.amount("frame amount", number, about, stated, ("years", str(number), "frame", name))
            if self.year.annual_amounts:
                whole = scaled("preliminary row", number, about, [whole, *self._months()], self._twelve())
        row = Row(name, self._divided("preliminary cell", name, whole), whole)
        row.adjusted = row.preliminary
        if activity.follows_outcome:
            if self.costs is not None:
                row.whole = self._followed(name, whole)
                row.adjusted = self._divided("adjusted cell", name, row.whole)
        elif activity.series and name in self.year.frame and (by := self._adjusting(name, activity)) is not None:
            outcome, forecast = by
            row.whole = scaled("adjusted row", number, about, [whole, *outcome], forecast)
            row.adjusted = self._divided("adjusted cell", name, row.whole)
        row.final = dict(row.adjusted)
        return row

    def _amounts(self, name: str, activity: Activity) -> Cells:
        """The preliminary cells as given, or scaled to the year's months."""
        if name not in self.year.frame:
            return {}
        amount = self.year.frame[name]
        path: Path = ("years", str(self.number), "frame", name)
        if isinstance(amount, int):
            assert activity.funder is not None, "refused by the model: a plain amount needs a funder"
            stated = {activity.funder: self.amount("frame amount", self.number, (name, activity.funder), amount, path)}
        else:
            stated = {
                party: self.amount("frame amount", self.number, (name, party), amount[party], (*path, party))
                for party in self.parties
                if party in amount
            }
        if not self.year.annual_amounts:
            return stated
        return {
            party: scaled("preliminary cell", self.number, (name, party), [cell, *self._months()], self._twelve())
            for party, cell in stated.items()
        }

    def _base_row(self, name: str, activity: Activity) -> Row:
        """A row computed from its base: B × N̂(y)/N(b) × m/12, then with the outcome in the forecast's place."""
        if isinstance(activity.base, YearBase):
            base_year = activity.base.year
            base: list[Step[int]] = [self.amount("base", base_year, (name,), activity.base.amount, ("activities", name, "base", "amount"))]
            divisors: list[Step[int]] = []
        else:
            base_year = self.number - 1
            base = [self._cost_before(name), *self._twelve()]
            divisors = [given("months", base_year, (), self.agreement.period.months(base_year), ("period",))]
        names = activity.series
        at_base = self._points(names, "outcome", base_year)
        outcome, forecast = self._points(names, "outcome", self.number), self._points(names, "forecast", self.number)
        expected = forecast if forecast is not None else outcome
        assert at_base is not None and expected is not None, "refused by the model: what an adjusted row needs"
        divisors_all: list[Step[Any]] = [*divisors, *at_base, *self._twelve()]
        preliminary = self._based(name, activity, "preliminary", _steps(*base, *expected, *self._months()), divisors_all)
        row = Row(name, preliminary[1], preliminary[0])
        if outcome is None:
            self.awaits = True
            row.adjusted = row.preliminary
        else:
            row.whole, row.adjusted = self._based(name, activity, "adjusted", _steps(*base, *outcome, *self._months()), divisors_all)
        row.final = dict(row.adjusted)
        return row

    def _based(
        self, name: str, activity: Activity, stage: str, factors: Sequence[Step[Any]], divisors: Sequence[Step[Any]]
    ) -> tuple[Money | None, Cells]:
        """A base row at a stage: the funder's cell, or, where a key divides it, its amount and the cells."""
        if activity.funder is not None:
            return None, {activity.funder: scaled(f"{stage} cell", self.number, (name, activity.funder), factors, divisors)}
        whole = scaled(f"{stage} row", self.number, (name,), factors, divisors)
        return whole, self._divided(f"{stage} cell", name, whole)

    def _cost_before(self, name: str) -> Money:
        """What the activity cost in the year before, as far as that is known."""
        number = self.number - 1
        costs = costs_of(self.agreement, number)
        if isinstance(costs, StatedCosts):
            return row_cost(costs, number, name, zero("nothing", number), self.amount).cost
        if self.before is None or self.before.costs is None:
            raise Refused([])  # the year before is refused itself, and says why
        return self.before.costs[name].cost

    def _followed(self, name: str, preliminary: Money) -> Money:
        """`adjust: outcome`: the row equals the cost; what of this is still expected is taken from its preliminary amount."""
        self.followed[name] = row_cost(self.costs, self.number, name, preliminary, self.amount)
        return self.followed[name].cost

    def costs_of_rows(self, rows: Mapping[str, Row]) -> dict[str, RowCost] | None:
        """What each row costs, once the frame is final."""
        if self.costs is None:
            return None
        found = {}
        for name, row in rows.items():
            final = total("final", self.number, (name,), row.final.values())
            found[name] = self.followed.get(name) or row_cost(self.costs, self.number, name, final, self.amount)
        return found

    def _cost_place(self, name: str) -> Path:
        return (*self.costs.place, name) if self.costs is not None else ("years", str(self.number))

    def _spread(self, label: str, name: str, amount: Money, cells: Cells, path: Path) -> Cells:
        """An amount apportioned over a row's cells; the funder's where all of them are zero."""
        if any(cell.value for cell in cells.values()):
            return parts(label, self.number, (name,), amount, cells)
        if not amount.value:
            return dict(cells)
        funder = self.agreement.activities[name].funder
        if funder is None or funder not in self.parties:
            raise one(
                path,
                f"nobody bears this amount: `{name}` has no money in the frame of {self.number} and no funder",
                "give the activity a `funder`, or name parties in the year's frame",
            )
        return {funder: total(label, self.number, (name, funder), [amount])}

    def correct(self, row: Row, correction: Correction, path: Path) -> None:
        """Step 3: an amount, or a percentage of the row, apportioned over its cells."""
        if correction.amount is not None:
            amount = self.amount("correction", self.number, (row.activity,), correction.amount, (*path, "amount"))
        else:
            assert correction.percent is not None
            percent = given("percentage", self.number, (row.activity,), correction.percent, (*path, "percent"))
            whole = row.whole if row.whole is not None else total("row", self.number, (row.activity,), row.final.values())
            amount = scaled("correction", self.number, (row.activity,), [whole, percent])
        if not amount.value:
            return
        if row.whole is not None:
            row.whole = total("corrected row", self.number, (row.activity,), [row.whole, amount])
            if _below_zero(row.whole.value):
                raise one(
                    path,
                    f"the row of `{row.activity}` would fall below 0 in {self.number}",
                    "no row may fall below 0: make the reduction smaller",
                )
            row.corrections.append(amount)
            return
        spread = self._spread("correction's part", row.activity, amount, row.final, path)
        self._enter(row, spread, "corrected cell", path)
        row.corrections.append(amount)

    def divide_anew(self, row: Row) -> None:
        """Step 3, of a row that a key divides: after all its corrections the whole row is divided, not each change of it."""
        if row.whole is not None and row.corrections:
            row.final = self._divided("corrected cell", row.activity, row.whole)

    def convert(self, source: Row, target: Row, conversion: Conversion, path: Path) -> None:
        """Step 4: the amount leaves the cells of one row and enters the same parties' cells of another."""
        amount = self.amount("conversion", self.number, (source.activity, target.activity), conversion.amount, (*path, "amount"))
        held = sum(cell.value for cell in source.final.values())
        if _below_zero(held - amount.value):
            raise one(
                (*path, "amount"),
                f"the conversion takes more than `{source.activity}` holds in {self.number}",
                "no cell may fall below 0: convert less, or correct the row first",
            )
        leaving = parts("conversion's part", self.number, (source.activity, target.activity), amount, source.final)
        for party, part in leaving.items():
            if part.value:
                source.final[party] = less("converted cell", self.number, (source.activity, party), source.final[party], part)
        self._enter(target, leaving, "converted cell", path)
        source.conversions.append(less("conversion out", self.number, (source.activity,), zero("nothing", self.number), amount))
        target.conversions.append(amount)

    def _enter(self, row: Row, amounts: Cells, label: str, path: Path) -> None:
        """Add amounts to a row's cells, keeping the order of the parties."""
        cells = row.final
        for party, part in amounts.items():
            if not part.value:
                continue
            before = [cells[party]] if party in cells else []
            cells[party] = total(label, self.number, (row.activity, party), [*before, part])
            if _below_zero(cells[party].value):
                raise one(
                    path,
                    f"the cell of `{party}` in `{row.activity}` would fall below 0 in {self.number}",
                    "no cell may fall below 0: make the reduction smaller",
                )
        row.final = {party: cells[party] for party in self._ordered(cells)}

    def _ordered(self, cells: Cells) -> Iterator[str]:
        return (party for party in self.parties if party in cells)
