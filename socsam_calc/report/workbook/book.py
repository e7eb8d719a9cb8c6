"""A workbook in the making: the settlements that it shows, the sheets that are being filled, and where the sums stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...engine.results import Settlement, YearResult
from ...money import ORE_PER
from ..render.sheets import Amount, Column, Row, Span, Spot, Terms
from ..told.words import Words


class Part:
    """A sheet in the making."""

    def __init__(self, name: str, columns: list[Column], kept: int) -> None:
        self.name, self.columns, self.kept = name, columns, kept
        self.rows: list[Row] = []

    def here(self, column: str) -> Spot:
        """The cell of this column in the row that comes next."""
        return Spot(self.name, len(self.rows), column)

    def terms(self, text: str) -> Terms:
        """``a + b − c`` of cells in the row that comes next."""
        signs, names = text.split()[1::2], text.split()[::2]
        return Terms([(-1 if sign == "−" else 1, self.here(name)) for sign, name in zip(["+", *signs], names, strict=True)])

    def total(self, labels: dict[str, str | int | Amount], first: int, figures: dict[str, Amount]) -> None:
        """The sums of the rows since ``first``; ``figures`` says what each comes to."""
        last = len(self.rows) - 1
        cells = {key: Amount(amount.value, Span(Spot(self.name, first, key), last)) for key, amount in figures.items()}
        self.rows.append(Row({**labels, **cells}, total=True))


class Book:
    """What every sheet needs: the settlements, the words, the unit; and where the sums stand that the overview shows."""

    def __init__(self, settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str) -> None:
        self.settled, self.words, self.unit = settled, words, unit
        self.several = len(settled) > 1
        self.years = [(settlement, year) for settlement, years in settled for year in years]
        self.spots: dict[tuple[int, str], Spot] = {}
        self.balances_of: dict[int, Span] = {}

    def part(self, name: str, *columns: tuple[str, str, str]) -> Part:
        """A sheet whose rows belong to a year; with the area before it where there are several agreements."""
        heads = [Column(key, title, kind) for key, title, kind in columns]
        labels = [Column("area", self.words("area"), "text")] if self.several else []
        kept = len(labels) + 1 + next((number for number, head in enumerate(heads) if head.kind != "text"), len(heads))
        return Part(name, [*labels, Column("year", self.words("year"), "text"), *heads], min(kept, len(labels) + 2))

    def label(self, settlement: Settlement, year: YearResult) -> dict[str, str | int | Amount]:
        return {**({"area": settlement.agreement.area} if self.several else {}), "year": year.year}

    def exact(self, settlement: Settlement, units: int | None) -> Amount:
        """An amount in the workbook's unit."""
        if units is None:
            return Amount(None)
        return Amount(Decimal(units * ORE_PER[settlement.agreement.rounding]) / ORE_PER[self.unit])

    def linked(self, settlement: Settlement, units: int | None, keys: Sequence[tuple[int, str]]) -> Amount:
        """An amount that is taken from where it was first written, if it was."""
        spots = [self.spots[key] for key in keys if key in self.spots]
        formula = Terms([(1, spot) for spot in spots]) if spots and len(spots) == len(keys) else None
        return Amount(self.exact(settlement, units).value, formula)
