"""Settlements as the sheets of a workbook: overview, frame, settlement, payments, balances, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ..engine.results import PartyResult, Settlement, YearResult
from ..money import ORE_PER
from .known import frame_of, total_only
from .notes import notes
from .pen import STATUS
from .sheets import Amount, Column, Row, Sheet, Span, Spot, Terms
from .words import Words

_CELL: Final = "cell "
_SETTLED: Final = "settled "


def sheets(settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str | None = None) -> list[Sheet]:
    """The sheets of one agreement or several. ``unit`` None is that of the first file; years are those to show."""
    return _Book(settled, words, unit or settled[0][0].agreement.unit).sheets()


def title(settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words) -> str:
    """What the workbook is about."""
    return settled[0][0].agreement.area if len(settled) == 1 else words("Settlements")


class _Part:
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


class _Book:
    """What every sheet needs: the settlements, the words, the unit; and where the sums stand that the overview shows."""

    def __init__(self, settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str) -> None:
        self.settled, self.words, self.unit = settled, words, unit
        self.several = len(settled) > 1
        self.years = [(settlement, year) for settlement, years in settled for year in years]
        self.spots: dict[tuple[int, str], Spot] = {}
        self.balances_of: dict[int, Span] = {}

    def sheets(self) -> list[Sheet]:
        parts = [self.frame(), self.settlement(), self.payments(), self.balances()]
        parts += [self.split(), self.shortfall(), self.expectations(), self.sources()]
        heading = title(self.settled, self.words)
        unit = self.words("Amounts in {unit}", unit=self.unit)
        return [
            Sheet(part.name, f"{heading}: {part.name}. {unit}.", part.columns, part.rows, part.kept)
            for part in [self.overview(), *parts]
            if part.rows
        ]

    def part(self, name: str, *columns: tuple[str, str, str]) -> _Part:
        """A sheet whose rows belong to a year; with the area before it where there are several agreements."""
        heads = [Column(key, title, kind) for key, title, kind in columns]
        labels = [Column("area", self.words("area"), "text")] if self.several else []
        kept = len(labels) + 1 + next((number for number, head in enumerate(heads) if head.kind != "text"), len(heads))
        return _Part(name, [*labels, Column("year", self.words("year"), "text"), *heads], min(kept, len(labels) + 2))

    def label(self, settlement: Settlement, year: YearResult) -> dict[str, str | int | Amount]:
        return {**({"area": settlement.agreement.area} if self.several else {}), "year": year.year}

    def exact(self, settlement: Settlement, units: int | None) -> Amount:
        """An amount in the workbook's unit."""
        if units is None:
            return Amount(None)
        return Amount(Decimal(units * ORE_PER[settlement.agreement.rounding]) / ORE_PER[self.unit])

    # --- the parts of a settlement ---------------------------------------------------------------------------------------

    def frame(self) -> _Part:
        """A row for each activity: preliminary + adjustment + correction + conversion = final, final − actual = result."""
        words = self.words
        parties = [] if self.several else list(self.settled[0][0].agreement.parties)
        part = self.part(
            words("Frame"),
            ("activity", words("activity"), "text"),
            ("name", words("name"), "text"),
            ("preliminary", words("preliminary"), "plain"),
            *((figure, words(title), "signed") for figure, title in _CHANGES.items()),
            ("final", words("final"), "plain"),
            *((_CELL + party, words("of which {party}", party=party), "plain") for party in parties),
            ("actual", words("actual cost"), "plain"),
            *((figure, words(title), "signed") for figure, title in _RESULTS.items()),
        )
        for number, (settlement, year) in enumerate(self.years):
            first = len(part.rows)
            label = self.label(settlement, year)
            for activity in year.activities:
                cells: dict[str, str | int | Amount] = {**label, "activity": activity.id, "name": activity.name}
                cells |= {figure: self.exact(settlement, activity.units(figure)) for figure in activity.figures}
                held = {party: cell.value for party, cell in activity.cells.items()}
                cells |= {_CELL + party: self.exact(settlement, held.get(party, 0)) for party in parties}
                for figure, text in _ACTIVITY_FORMULAS.items():
                    cells[figure] = Amount(self.exact(settlement, activity.units(figure)).value, part.terms(text))
                part.rows.append(Row(cells))
            if year.activities:
                totals = {figure: self.exact(settlement, year.totals.units(figure)) for figure in ("actual", "result", "shared", "kept")}
                totals |= {
                    figure: self.exact(settlement, sum(row.units(figure) or 0 for row in year.activities))
                    for figure in ("preliminary", *_CHANGES, "final")
                }
                for party in parties:
                    totals[_CELL + party] = self.exact(
                        settlement, sum(row.cells[party].value for row in year.activities if party in row.cells)
                    )
                self.spots |= {(number, figure): part.here(figure) for figure in totals}
                part.total({**label, "activity": words("total")}, first, totals)
        return part

    def settlement(self) -> _Part:
        """A row for each party and the body: kept + allocated + used = settled. What the body is given to use it holds."""
        words = self.words
        part = self.part(
            words("Settlement"),
            ("party", words("party"), "text"),
            ("name", words("name"), "text"),
            ("preliminary", words("preliminary"), "plain"),
            ("contribution", words("contribution"), "plain"),
            ("paid", words("actual cost"), "plain"),
            *((figure, words(title), "signed") for figure, title in _SETTLEMENT.items()),
        )
        for number, (settlement, year) in enumerate(self.years):
            if year.status == "budget":
                continue
            first, label = len(part.rows), self.label(settlement, year)
            entries = [(party.id, party.name, _of_party(year, party)) for party in year.parties]
            entries.append((words("body"), "", _of_body(year)))
            for id_, name, figures in entries:
                cells: dict[str, str | int | Amount] = {figure: self.exact(settlement, units) for figure, units in figures.items()}
                cells["settled"] = Amount(self.exact(settlement, figures["settled"]).value, part.terms("kept + allocated + used"))
                self.spots[number, _SETTLED + id_] = part.here("settled")
                part.rows.append(Row({**label, "party": id_, "name": name, **cells}))
            sums: dict[str, Amount] = {}
            for figure in _of_body(year):
                amounts = [figures[figure] for _, _, figures in entries]
                known = [amount for amount in amounts if amount is not None]
                whole = sum(known) if len(known) == len(amounts) else _known_total(year, figure)
                sums[figure] = self.exact(settlement, whole)
            self.spots[number, "settled"] = part.here("settled")
            part.total({**label, "party": words("total")}, first, sums)
        return part

    def payments(self) -> _Part:
        """A row for each payment, or why there is none."""
        words = self.words
        columns = (("from", words("from"), "text"), ("to", words("to"), "text"), ("amount", words("amount"), "plain"))
        part = self.part(words("Payments"), *columns, ("note", words("note"), "text"))
        for settlement, year in self.years:
            first, label = len(part.rows), self.label(settlement, year)
            for payer, payee, amount in year.payments:
                names = {key: words("body") if name == "body" else name for key, name in (("from", payer), ("to", payee))}
                part.rows.append(Row({**label, **names, "amount": self.exact(settlement, amount)}))
            if year.payments:
                whole = self.exact(settlement, sum(amount for _, _, amount in year.payments))
                part.total({**label, "from": words("total"), **self._flow(settlement, year)}, first, {"amount": whole})
            else:
                part.rows.append(Row({**label, "note": words(_why_nobody_pays(year))}))
        return part

    def _flow(self, settlement: Settlement, year: YearResult) -> dict[str, str | int | Amount]:
        if settlement.agreement.terms()[year.year].flow != "real":
            return {}
        text = "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer."
        return {"note": self.words(text)}

    def balances(self) -> _Part:
        """Carried in + this year's claim − received or paid = carried; over all who take part each column comes to 0."""
        words = self.words
        part = self.part(
            words("Balances"),
            ("party", words("party"), "text"),
            *((figure, words(title), "signed") for figure, title in _BALANCES.items()),
        )
        for number, (settlement, year) in enumerate(self.years):
            if year.body.units("carried") is None:
                continue
            first, label = len(part.rows), self.label(settlement, year)
            holders = [(party.id, party) for party in year.parties] + [(words("body"), year.body)]
            for name, holder in holders:
                units = {figure: holder.units(figure) or 0 for figure in ("brought", "transfer", "carried")}
                claim = units["transfer"] + units["carried"] - units["brought"]
                cells = {figure: self.exact(settlement, amount) for figure, amount in {**units, "claim": claim}.items()}
                cells["carried"] = Amount(cells["carried"].value, part.terms("brought + claim − transfer"))
                part.rows.append(Row({**label, "party": name, **cells}))
            self.balances_of[number] = Span(Spot(part.name, first, "carried"), len(part.rows) - 1, positive=True)
            part.total({**label, "party": words("total")}, first, dict.fromkeys(_BALANCES, Amount(Decimal(0))))
        return part

    def split(self) -> _Part:
        """How the office's part is divided between it and the state."""
        words = self.words
        part = self.part(
            words("Office and state"),
            ("party", words("party"), "text"),
            *((key, words(title), "signed") for key, title in (("settled", "settled"), ("office", "falls to the office"), ("state", "falls to the state"))),
            ("limited", words("limited by the cap"), "text"),
        )  # fmt: skip
        for settlement, year in self.years:
            split = year.state_split
            if split is not None:
                amounts = {figure: self.exact(settlement, split.units(figure)) for figure in ("office", "state")}
                whole = self.exact(settlement, year.party(split.party).units("settled"))
                cells = {"settled": whole, **amounts, "state": Amount(amounts["state"].value, part.terms("settled − office"))}
                limited = words("yes") if split.limited else words("no")
                part.rows.append(Row({**self.label(settlement, year), "party": split.party, **cells, "limited": limited}))
        return part

    def shortfall(self) -> _Part:
        """What an association could not pay, by who adds it."""
        words = self.words
        part = self.part(words("Shortfall"), ("party", words("party"), "text"), ("amount", words("amount"), "plain"))
        for settlement, year in self.years:
            if year.shortfall is not None:
                first, label = len(part.rows), self.label(settlement, year)
                for party, added in year.shortfall.parties.items():
                    part.rows.append(Row({**label, "party": party, "amount": self.exact(settlement, added.value)}))
                whole = self.exact(settlement, year.shortfall.amount.value)
                if year.shortfall.parties:
                    part.total({**label, "party": words("total")}, first, {"amount": whole})
                else:
                    part.rows.append(Row({**label, "party": words("total"), "amount": whole}, total=True))
        return part

    def expectations(self) -> _Part:
        """What should come out, and what did."""
        words = self.words
        part = self.part(
            words("Expectations"),
            ("figure", words("figure"), "text"),
            *((figure, words(figure), "signed") for figure in ("expected", "computed", "difference")),
            ("met", words("met"), "text"),
            *((key, words(title), "text") for key, title in (("source", "source"), ("known_error", "known error"))),
        )
        for settlement, year in self.years:
            for held in year.expectations:
                amounts = {key: self.exact(settlement, units) for key, units in (("expected", held.expected), ("computed", held.computed))}
                apart = None if held.computed is None else held.computed - held.expected
                amounts["difference"] = Amount(self.exact(settlement, apart).value, part.terms("computed − expected"))
                texts = {"figure": held.path, "met": words("yes") if held.met else words("no")}
                texts |= {"source": held.source or "", "known_error": held.known_error or ""}
                part.rows.append(Row({**self.label(settlement, year), **texts, **amounts}))
        return part

    # --- what stands beside and before them ----------------------------------------------------------------------------------

    def sources(self) -> _Part:
        """Assumptions, sources and notes, each once."""
        words = self.words
        labels = [Column("area", words("area"), "text")] if self.several else []
        columns = [
            *labels,
            Column("about", words("about"), "text"),
            Column("kind", words("kind"), "text"),
            Column("text", words("text"), "text"),
        ]
        part = _Part(words("Sources and assumptions"), columns, 1)
        for settlement, years in self.settled:
            label: dict[str, str | int | Amount] = {"area": settlement.agreement.area} if self.several else {}
            for line in settlement.agreement.assumptions:
                part.rows.append(Row({**label, "kind": words("assumption"), "text": line}))
            held = dict.fromkeys(entry for year in years for entry in notes(settlement.agreement, year))
            for about, source, note in held:
                for kind, text in ((words("source"), source), (words("note"), note)):
                    if text:
                        part.rows.append(Row({**label, "about": about, "kind": kind, "text": text}))
        return part

    def overview(self) -> _Part:
        """A row a year, every amount taken live from its sheet; with one agreement, the years added up."""
        words = self.words
        everybody = [(settlement, party) for settlement, year in self.years for party in year.parties]
        if self.several:
            shown = list(dict.fromkeys(party.role for _, party in everybody))
            titles = {role: words("settled {party}", party=words(role.replace("_", " "))) for role in shown}
        else:
            shown = [name for name in self.settled[0][0].agreement.parties if any(party.id == name for _, party in everybody)]
            titles = {name: words("settled {party}", party=name) for name in shown}
        part = self.part(
            words("Overview"),
            ("status", words("status"), "text"),
            ("final", words("frame"), "plain"),
            ("actual", words("actual cost"), "plain"),
            *((figure, words(figure), "signed") for figure in ("result", "shared", "kept")),
            *((_SETTLED + key, titles[key], "signed") for key in shown),
            ("carried", words("carried"), "plain"),
        )
        for number, (settlement, year) in enumerate(self.years):
            cells: dict[str, str | int | Amount] = {**self.label(settlement, year), "status": words(STATUS[year.status])}
            for column in ("final", "actual", "result", "shared", "kept"):
                units = frame_of(year) if column == "final" else year.totals.units(column)
                if column == "actual" and not year.activities:
                    units = None  # without a frame, what the total result says is not a cost
                cells[column] = self.linked(settlement, units, [(number, column)])
            for key in shown:
                held = [party for party in year.parties if key == (party.role if self.several else party.id)]
                if not held:
                    continue  # nobody of this kind takes part in the year
                amounts = [party.units("settled") for party in held]
                known = [amount for amount in amounts if amount is not None]
                whole = sum(known) if len(known) == len(held) else None
                cells[_SETTLED + key] = self.linked(settlement, whole, [(number, _SETTLED + party.id) for party in held])
            carried = [holder.units("carried") for holder in (*year.parties, year.body)]
            waiting = None if None in carried else sum(amount for amount in carried if amount and amount > 0)
            cells["carried"] = Amount(self.exact(settlement, waiting).value, self.balances_of.get(number))
            part.rows.append(Row(cells))
        if not self.several and len(part.rows) > 1:
            self._over_the_years(part, [column.key for column in part.columns if column.kind != "text" and column.key != "carried"])
        return part

    def linked(self, settlement: Settlement, units: int | None, keys: Sequence[tuple[int, str]]) -> Amount:
        """An amount that is taken from where it was first written, if it was."""
        spots = [self.spots[key] for key in keys if key in self.spots]
        formula = Terms([(1, spot) for spot in spots]) if spots and len(spots) == len(keys) else None
        return Amount(self.exact(settlement, units).value, formula)

    def _over_the_years(self, part: _Part, keys: Sequence[str]) -> None:
        sums: dict[str, Amount] = {}
        for key in keys:
            cells = [row.cells[key] for row in part.rows if key in row.cells]
            values = [cell.value if isinstance(cell, Amount) else None for cell in cells]
            known = [value for value in values if value is not None]
            sums[key] = Amount(sum(known, Decimal(0)) if len(known) == len(values) else None)
        part.total({"status": self.words("total")}, 0, sums)


_CHANGES: Final = {"adjustment": "adjustment", "correction": "correction", "conversion": "conversion"}
_RESULTS: Final = {"result": "result", "shared": "shared", "kept": "kept"}
_ACTIVITY_FORMULAS: Final = {
    "final": "preliminary + adjustment + correction + conversion",
    "result": "final − actual",
    "kept": "result − shared",
}
_SETTLEMENT: Final = {
    "before_sharing": "before sharing", "kept": "kept", "allocated": "allocated", "used": "used", "settled": "settled",
    "transfer": "receives/pays",
}  # fmt: skip
_BALANCES: Final = {"brought": "carried in", "claim": "claim of the year", "transfer": "receives/pays", "carried": "carried"}


def _of_party(year: YearResult, party: PartyResult) -> dict[str, int | None]:
    """A party's figures; what is used counts against it."""
    figures = {figure: party.units(figure) for figure in ("preliminary", "contribution", "paid", *_SETTLEMENT)}
    if not year.activities:
        figures |= {"preliminary": None, "contribution": None}
    used = figures["used"]
    return {**figures, "used": None if used is None else -used}


def _known_total(year: YearResult, figure: str) -> int | None:
    """The sum of a column whose parts are not all known, where the year's total is."""
    total = {"settled": "result", "kept": "kept", **({"paid": "actual"} if year.activities else {})}.get(figure)
    return None if total is None else year.totals.units(total)


def _of_body(year: YearResult) -> dict[str, int | None]:
    """The body's figures: it holds what is used, and what it brought before sharing is what the parties did not."""
    before = [party.units("before_sharing") for party in year.parties]
    result = year.totals.units("result") or 0
    known = all(party.units("settled") is not None for party in year.parties)
    put_in, uses = (0 if year.activities else None), year.totals.units("uses")
    return {
        "preliminary": put_in, "contribution": put_in, "paid": year.body.units("paid"),
        "before_sharing": None if None in before else result - sum(amount or 0 for amount in before),
        "kept": 0 if known else None, "allocated": 0, "used": uses, "settled": uses if known else None,
        "transfer": year.body.units("transfer"),
    }  # fmt: skip


def _why_nobody_pays(year: YearResult) -> str:
    if year.status == "budget":
        return "No cost is known yet."
    if total_only(year):
        return "Only the total result is known."
    return "Nobody pays anybody." if year.sharing.distribution else "No year of distribution: nothing moves this year."
