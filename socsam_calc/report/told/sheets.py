"""What a workbook of settlements holds: the tables that a screen shows with all their columns, and those that only a workbook has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...engine.results import ExpectationResult, Settlement, YearResult
from .notes import notes, total_only
from .pen import gained
from .settlement import Writer
from .settlement_tables import Groups, over_the_years, overview, real_and_planned, really
from .tables import Cell, Column, Part, Stack, Table, added, keyed, money
from .words import Words

Settled = Sequence[tuple[Settlement, Sequence[YearResult]]]


def stacks(settled: Settled, words: Words, unit: str) -> list[Stack]:
    """The sheets of one agreement or several in the order in which they are read, each with its rows year by year; those without rows left out."""
    pens = [Sheets(settlement, list(years), words, unit) for settlement, years in settled]
    several = len(pens) > 1
    areas = [Column(words("area"), False, key="area")] if several else []

    def stack(title: str, told: Callable[[Sheets, YearResult], Table | None]) -> Stack:
        parts = [
            Part(owner, [*pen.area(several), Cell(year.year)], table)
            for owner, pen in enumerate(pens)
            for year in pen.years
            if (table := told(pen, year)) is not None and table.rows
        ]
        return Stack(title, [*areas, Column(words("year"), False, key="year")], parts, 2 + several)

    sheets = [
        _overview(pens, words),
        stack(
            words("Frame"),
            lambda pen, year: pen.frame_table(year, [] if several else list(pen.agreement.parties)) if year.activities else None,
        ),
        stack(words("Budget and forecast"), lambda pen, year: pen.against_the_plan(year) if year.to_date is not None else None),
        stack(words("Budget and cost"), lambda pen, year: pen.against_the_plan(year) if year.to_date is None else None),
        stack(words("Instalments"), Sheets.instalments_table),
        stack(words("Settlement"), lambda pen, year: pen.settlement_table(year) if year.activities or year.settled else None),
        stack(words("Payments"), Sheets.payments_table),
        stack(words("Received and paid"), Sheets.transferred_table),
        stack(words("Balances"), lambda pen, year: None if year.body.units("carried") is None else pen.balances_table(year)),
        stack(words("Own capital"), Sheets.reserve_table),
        stack(words("Office and state"), Sheets.split_table),
        stack(words("Shortfall"), Sheets.shortfall_table),
        stack(words("Expectations"), Sheets.expectations_table),
        Stack(
            words("Sources and assumptions"),
            areas,
            [Part(owner, pen.area(several), pen.sources_table()) for owner, pen in enumerate(pens)],
            1,
        ),
    ]
    return [sheet for sheet in sheets if any(part.table.rows for part in sheet.parts)]


def title_of(settled: Settled, words: Words) -> str:
    """What the workbook is about."""
    return settled[0][0].agreement.area if len(settled) == 1 else words("Settlements")


def _overview(pens: Sequence[Sheets], words: Words) -> Stack:
    """A row a year, every amount taken from its sheet; with one agreement, the years added up that are more than plans."""
    if len(pens) > 1:
        groups = Groups.by_roles(pens, words)
        parts = [Part(owner, pen.area(True), overview(pen, groups)) for owner, pen in enumerate(pens)]
        return Stack(words("Overview"), [Column(words("area"), False, key="area")], parts, 3, summary=True)
    pen, groups = pens[0], Groups.by_party(pens[0])
    real, plans = real_and_planned(pen)
    parts = [Part(0, [], overview(pen, groups, years)) for years in (real, plans) if years]
    if len(real) > 1:
        parts[0] = parts[0]._replace(table=over_the_years(parts[0].table, words, total="total without plans" if plans else "total"))
    return Stack(words("Overview"), [], parts, 2, summary=True)


class Sheets(Writer):
    """Writes the tables that say for a workbook what a screen says in sentences."""

    def area(self, several: bool) -> list[Cell]:
        """Whose rows these are, where there are several agreements."""
        return [Cell(self.agreement.area)] if several else []

    def payments_table(self, year: YearResult) -> Table:
        """A row for each payment, or why there is none."""
        words = self.words
        columns = [Column(words(title), False, key=title) for title in ("from", "to")]
        columns += [Column(words("amount"), key="amount"), Column(words("note"), False, key="note")]
        rows = [
            {"from": Cell(self.node(payer)), "to": Cell(self.node(payee)), "amount": self.plain(amount, f"{year.year}.payments.{number}")}
            for number, (payer, payee, amount) in enumerate(year.payments)
        ]
        if not rows:
            return keyed(words("Payments"), columns, [{"note": Cell(words(_why_nobody_pays(year)))}])
        note = words(really(year)) if self.flow(year) == "real" else ""
        total = {"from": Cell(words("total")), "amount": money(added(rows, ["amount"])["amount"]), "note": Cell(note)}
        return keyed(words("Payments"), columns, [*rows, total], 1)

    def split_table(self, year: YearResult) -> Table | None:
        """How the office's part is divided between it and the state."""
        words, split = self.words, year.state_split
        if split is None:
            return None
        columns = [
            Column(words("party"), False, key="party"),
            Column(words("settled"), key="settled"),
            Column(words("falls to the office"), key="office"),
            Column(words("falls to the state"), key="state", made="settled − office"),
            Column(words("limited by the cap"), False, key="limited"),
            Column(words("reading"), False, key="reading"),
        ]
        office = [self.figure(one, "settled", f"{year.year}.parties.{one.id}") for one in year.parties if one.id == split.party]
        row = {
            "party": Cell(split.party),
            "settled": office[0] if office else self.signed(0),  # it left, and nothing is settled with it
            **{figure: self.figure(split, figure, f"{year.year}.state_split") for figure in split.figures},
            "limited": self._yes_or_no(split.limited),
            "reading": Cell(words(self.split_reading(year))),
        }
        return keyed(words("Office and state"), columns, [row])

    def shortfall_table(self, year: YearResult) -> Table | None:
        """What an association could not pay, by who adds it."""
        words, path = self.words, f"{year.year}.shortfall"
        if year.shortfall is None:
            return None
        columns = [Column(words("party"), False, key="party"), Column(words("amount"), key="amount")]
        rows = [
            {"party": Cell(party), "amount": self.plain(part.value, f"{path}.parties.{party}")}
            for party, part in year.shortfall.parties.items()
        ]
        total = {"party": Cell(words("total")), "amount": self.plain(year.shortfall.amount.value, f"{path}.amount")}
        return keyed(words("Shortfall"), columns, [*rows, total], 1)

    def expectations_table(self, year: YearResult) -> Table:
        """What should come out, and what did."""
        words, bounded = self.words, any(held.expected is None for held in year.expectations)
        columns = [
            Column(words("figure"), False, key="figure"),
            Column(words("expected"), key="expected"),
            *(Column(words(title), key=key) for key, title in (("least", "at least"), ("most", "at most")) if bounded),
            Column(words("computed"), key="computed"),
            Column(words("difference"), key="difference", made="computed − expected"),
            Column(words("met"), False, key="met"),
            Column(words("source"), False, key="source"),
            Column(words("known error"), False, key="known_error"),
        ]
        rows = [
            {
                "figure": Cell(held.path),
                **self._wanted(held),
                "computed": self.shown(gained=gained(held.path))(held.computed)._replace(live=held.path),
                "met": self._yes_or_no(held.met),
                "source": Cell(held.source or ""),
                "known_error": Cell(held.known_error or ""),
            }
            for held in year.expectations
        ]
        return keyed(words("Expectations"), columns, rows)

    def _wanted(self, held: ExpectationResult) -> dict[str, Cell]:
        """The figure that should come out and the difference to it, or the bounds that it should keep."""
        amount = self.shown(gained=gained(held.path))
        if held.expected is not None:
            return {"expected": amount(held.expected), "difference": self.signed(held.missed_by)}
        return {key: amount(units) for key, units in (("least", held.least), ("most", held.most)) if units is not None}

    def sources_table(self) -> Table:
        """Assumptions, sources and notes, each once."""
        words = self.words
        columns = [Column(words(key), False, key=key) for key in ("about", "kind", "text")]
        said = [("", words("assumption"), line) for line in self.agreement.assumptions]
        for about, source, note in dict.fromkeys(entry for year in self.years for entry in notes(self.agreement, year)):
            said += [(about, words("source"), source or ""), (about, words("note"), note or "")]
        rows = [[Cell(about), Cell(kind), Cell(text)] for about, kind, text in said if text]
        return Table(words("Sources and assumptions"), columns, rows)

    def _yes_or_no(self, held: bool) -> Cell:
        return Cell(self.words("yes") if held else self.words("no"))


def _why_nobody_pays(year: YearResult) -> str:
    if not year.settled:
        return "No cost is known yet."
    if total_only(year):
        return "Only the total result is known."
    return "Nobody pays anybody." if year.sharing.distribution else "No year of distribution: nothing moves this year."
