"""Who bears the next krona, and who pays for whom, as blocks of a report, JSON (schema ``socsam.incentives/1``) and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from ...amounts import MINUS, Scale
from ...answers.incentives.crossing import RESERVE, CrossPayments
from ...answers.incentives.incentives import ActivityIncentives, Point, YearIncentives
from ...engine.figures import Totals
from ...engine.results import Settlement
from ...model.agreement import Agreement
from ...model.keys import ABOUT, percent_text
from ...money import ORE_PER, round_fraction
from ..data.json import Kronor, decimal, entries, head, kronor
from ..data.records import ORE, Field, Records, Value, amounts, texts
from .notes import assumptions
from .pen import AmountCells
from .tables import Block, Cell, Column, Heading, Lines, Number, Table
from .words import Words

SCHEMA: Final = "socsam.incentives/1"

Found = tuple[str, Settlement, Sequence[YearIncentives]]
"""A file, what it comes to, and its incentives in the years that were asked for."""

_DIGITS: Final = 12
"""The decimals of a part of a krona."""


def report(
    settlement: Settlement, years: Sequence[YearIncentives], words: Words, unit: str | None = None, *, hints: bool = True
) -> Iterator[Block]:
    """The last of the years in full; the others by `--year`."""
    agreement = settlement.agreement
    unit, words = unit or agreement.unit, words.under(agreement.law)
    yield Heading(f"{agreement.area}: {words('incentives')}. {words('Amounts in {unit}', unit=unit)}.")
    if not years:
        yield Lines("", [Cell(words("No year has a result yet."))])
        return
    year = years[-1]
    yield Heading(str(year.year), 2)
    writer = _Writer(agreement, settlement, year, words, unit)
    yield writer.slopes()
    yield from writer.notes()
    if year.cross_payments is not None:
        yield writer.matrix(year.cross_payments)
        text = "A party's own result is that of the activities that it funds. Each row says where it ends; each column what a party keeps and is allocated."
        yield Lines("", [Cell(words(text))])
    yield from assumptions(agreement.assumptions, words)
    if hints and len(years) > 1:
        others = ", ".join(str(other.year) for other in years[:-1])
        yield Lines("", [Cell(words("Shown: {year}. `--year` shows another year: {others}.", year=year.year, others=others))])


class _Writer(AmountCells):
    """What the parts of the report need."""

    def __init__(self, agreement: Agreement, settlement: Settlement, year: YearIncentives, words: Words, unit: str) -> None:
        self.agreement, self.year, self.words = agreement, year, words
        self.settled = settlement.year(year.year)
        bearing = {party for activity in year.activities for point in activity.points for party, part in point.bears.items() if part}
        present = agreement.parties_of(year.year)
        self.parties = [party for party in agreement.parties if party in present or party in bearing]
        if agreement.has_capital:
            self.parties.append(RESERVE)
        amounts = [round_fraction(point.cost) for activity in year.activities for point in activity.points]
        if year.cross_payments is not None:
            amounts += [amount for ends in year.cross_payments.ends.values() for amount in ends.values()]
        super().__init__(Scale(agreement.rounding, unit, amounts))

    def slopes(self) -> Table:
        """A row for each point of each activity; the activity is named once."""
        words, whole = self.words, any(activity.id is None for activity in self.year.activities)
        unknown = any(point.unknown for activity in self.year.activities for point in activity.points)
        columns = [
            Column(words("activity"), False),
            Column(words("where"), False),
            Column(words("at result" if whole else "at cost"), wanted=True),
        ]
        columns += [Column(self._named(party), wanted=True) for party in self.parties]
        columns += [Column(words("not known"), wanted=True)] if unknown else []
        parts = [part for activity in self.year.activities for point in activity.points for part in (*point.bears.values(), point.unknown)]
        decimals = 0 if all(round_fraction(part * 10_000) % 100 == 0 for part in parts) else 2
        rows = []
        for activity in self.year.activities:
            for number, point in enumerate(activity.points):
                label = (activity.id or words("the whole")) if not number else ""
                cells = [Cell(label), Cell(self._where(point)), Cell(self._at(activity, point))]
                borne = [*(point.bears.get(party, Fraction(0)) for party in self.parties), *([point.unknown] if unknown else [])]
                rows.append([*cells, *(Cell(Number(part * 100, decimals)) for part in borne)])
        return Table(words("Who bears one more krona of cost, and keeps one saved"), columns, rows)

    def _named(self, party: str) -> str:
        """A party by its id; own capital in words."""
        return self.words("own capital") if party == RESERVE else party

    def _at(self, activity: ActivityIncentives, point: Point) -> str:
        if activity.id is None:
            frame = self.settled.totals.units("final_frame") or 0
            return self.scale.amount(round_fraction(frame - point.cost), signed=True)
        return self.scale.amount(round_fraction(point.cost))

    def _where(self, point: Point) -> str:
        words = self.words
        match point.where:
            case "now" | "more" | "saved":
                return words({"now": "now", "more": "one more, now", "saved": "one saved, now"}[point.where])
            case "zero":
                return words({1: "beyond zero, in surplus", -1: "beyond zero, in deficit"}.get(point.sign, "beyond zero"))
            case "row_zero":
                return words("beyond its own zero")
            case "uses":
                return words("beyond what is used")
            case "floor":
                return words("beyond what own capital covers" if point.direction > 0 else "where own capital covers all again")
            case "ceiling":
                return words("beyond the room below the ceiling" if point.direction < 0 else "where there is room below the ceiling again")
            case _:
                limit = percent_text(point.band, words(ABOUT)) if isinstance(point.band, Fraction) else self.scale.with_unit(point.band)
                return words("beyond {limit} of surplus" if point.sign > 0 else "beyond {limit} of deficit", limit=limit)

    def notes(self) -> Iterator[Block]:
        """What the numbers are, and what they move in the next year."""
        words = self.words
        lines = [words("Öre of the krona, derived from the terms without rounding. Costs are where the row begins to hold.")]
        if any(point.unknown for activity in self.year.activities for point in activity.points):
            lines.append(
                words("The rest of the krona stays with whoever funds the activity; only totals are known, so who that is is not.")
            )
        yield Lines("", [Cell(line) for line in lines])
        text = "One more krona in {activity} raises the frame of {year} too. What each then bears more (+) or less (−), in öre: {moved}."
        moved = []
        for activity in self.year.activities:
            if activity.points and activity.points[0].next_year:
                by_party = ", ".join(
                    f"{self._named(party)} {ore_text(part, signed=True)}" for party, part in activity.points[0].next_year.items()
                )
                moved.append(Cell(words(text, activity=activity.id, year=self.year.year + 1, moved=by_party)))
        if moved:
            yield Lines(words("Next year"), moved)

    def matrix(self, payments: CrossPayments) -> Table:
        """Where each party's own result ends."""
        words, parties = self.words, list(payments.own)
        places = [*parties, *([RESERVE] if self.agreement.has_capital else [])]
        columns = [
            Column(words("own result of"), False),
            *(Column(words("ends at {party}", party=self._named(party)), wanted=True) for party in places),
            Column(words("own result"), wanted=True),
        ]
        rows = [
            [Cell(party), *(self.signed(payments.ends[party][other]) for other in places), self.signed(payments.own[party])]
            for party in parties
        ]
        sums = [sum(payments.ends[party][other] for party in parties) for other in places]
        rows.append([Cell(words("total")), *(self.signed(amount) for amount in sums), self.signed(sum(payments.own.values()))])
        return Table(words("Who pays for whom"), columns, rows, 1)


def ore_text(part: Fraction, *, signed: bool = False) -> str:
    """A part of a krona in öre, with two decimals at most."""
    hundredths = round_fraction(part * 10_000)
    whole, rest = divmod(abs(hundredths), 100)
    text = f"{whole},{rest:02}".rstrip("0").rstrip(",")
    return (MINUS if hundredths < 0 else "+" if signed and hundredths else "") + text


# --- JSON and rows -----------------------------------------------------------------------------------------------------


def document(files: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, a file at a time."""
    return entries(SCHEMA, "files", files)


def data(file: str, settlement: Settlement, years: Iterable[YearIncentives]) -> dict[str, Any]:
    """One agreement's incentives. A part of a krona is written as an exact fraction, and as a decimal of twelve digits."""
    return {**head(file, settlement.agreement), "years": [_year(year, settlement) for year in years]}


def _year(year: YearIncentives, settlement: Settlement) -> dict[str, Any]:
    payments, rounding = year.cross_payments, settlement.agreement.rounding
    totals = settlement.year(year.year).totals
    return {
        "year": year.year,
        "activities": [
            {
                "id": activity.id,
                "name": activity.name or None,
                "cost": kronor(totals.units("actual") if activity.id is None else activity.cost, rounding),
                "points": [_point(activity, point, totals) for point in activity.points],
            }
            for activity in year.activities
        ],
        "cross_payments": None
        if payments is None
        else [
            {
                "party": party,
                "own_result": kronor(own, rounding),
                "ends": [{"party": other, "amount": kronor(amount, rounding)} for other, amount in payments.ends[party].items()],
            }
            for party, own in payments.own.items()
        ],
    }


def _point(activity: ActivityIncentives, point: Point, totals: Totals) -> dict[str, Any]:
    cost, result = _place(activity, point, totals)
    return {
        "where": point.where,
        "direction": point.direction,
        "cost": cost,
        "result": result,
        "shared": _SIGNS[point.sign],
        "limit": _limit(point, totals.rounding),
        "bears": [_part(party, part) for party, part in point.bears.items()],
        "not_known": str(point.unknown),
        "next_year": [_part(party, part) for party, part in point.next_year.items()],
    }


def _place(activity: ActivityIncentives, point: Point, totals: Totals) -> tuple[Kronor | None, Kronor | None]:
    """At which cost the point lies; where only the total is known, at which result, and at which cost if a frame is stated."""
    if activity.id is not None:
        return _exact_kronor(point.cost, totals.rounding), None
    frame = totals.units("final_frame")
    cost = None if frame is None else _exact_kronor(point.cost, totals.rounding)
    return cost, _exact_kronor((frame or 0) - point.cost, totals.rounding)


_SIGNS: Final = {1: "surplus", -1: "deficit", 0: None}


def _part(party: str, part: Fraction) -> dict[str, Any]:
    return {"party": party, "part": str(part), "decimal": decimal(part, _DIGITS)}


def _exact_kronor(units: Fraction, rounding: str) -> Kronor:
    """A cost that need not be a whole number of rounding units, to the nearest öre."""
    return decimal(units * ORE_PER[rounding] / 100, 2)


def _limit(point: Point, rounding: str) -> Any:
    if isinstance(point.band, Fraction):
        return percent_text(point.band)
    return kronor(point.band, rounding)


def point_records(found: Iterable[Found]) -> Records:
    """A row per file, year, activity, point and party; ``part`` is a decimal of twelve digits, ``party`` empty for what is not known."""
    fields = [
        *texts("file", "area"),
        Field("year", 0),
        *texts("activity", "where"),
        Field("direction", 0),
        *amounts(ORE, "cost", "result"),
    ]
    return Records([*fields, *texts("shared", "limit", "party"), Field("part", _DIGITS)], _point_rows(found))


def _point_rows(found: Iterable[Found]) -> Iterator[list[Value]]:
    for file, settlement, years in found:
        agreement = settlement.agreement
        for year in years:
            totals = settlement.year(year.year).totals
            for activity in year.activities:
                for point in activity.points:
                    labels: list[Value] = [file, agreement.area, year.year, activity.id, point.where, point.direction]
                    labels += [*_place(activity, point, totals), _SIGNS[point.sign], _limit(point, agreement.rounding)]
                    for party, part in [*point.bears.items(), *([(None, point.unknown)] if point.unknown else [])]:
                        yield [*labels, party, decimal(part, _DIGITS)]


def payment_records(found: Iterable[Found], *, places: int = ORE) -> Records:
    """A row per file, year, party whose own result it is, and party where it ends."""
    fields = [*texts("file", "area"), Field("year", 0), *texts("own_result_of", "ends_at"), *amounts(places, "amount")]
    return Records(fields, _payment_rows(found))


def _payment_rows(found: Iterable[Found]) -> Iterator[list[Value]]:
    for file, settlement, years in found:
        agreement = settlement.agreement
        for year in years:
            for party, ends in (year.cross_payments.ends if year.cross_payments else {}).items():
                for other, amount in ends.items():
                    yield [file, agreement.area, year.year, party, other, kronor(amount, agreement.rounding)]
