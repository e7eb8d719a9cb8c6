"""A year that runs, its plan and its instalments, and a closed year that was corrected, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.figures import Result
from ...engine.results import YearResult
from .settlement_tables import TableWriter
from .tables import WORKBOOK, Block, Cell, Column, Lines, Table, keyed, on_screen


class RunningWriter(TableWriter):
    """Writes what is known of a year's plan, of its books so far, and of what was really paid."""

    def against_the_plan(self, year: YearResult) -> Table | None:
        """By activity and in all: what was planned, what it cost or is expected to cost, and the difference; None where there is no plan
        to hold costs against."""
        words, running = self.words, year.to_date
        columns = [Column(words("activity"), False, key="activity"), Column(words("name"), False, True, key="name")]
        columns += [Column(words("budget"), key="budget")]
        if running is not None:
            columns += [
                Column(words("booked"), key="booked"),
                Column(words("expected to remain"), key="remaining"),
                Column(words("expected cost"), key="expected", made="booked + remaining"),
                Column(words("difference"), key="difference", made="budget − expected"),
            ]
            path = f"{year.year}.to_date"
            rows = [self._held(row, row.id, row.name, f"{path}.activities.{row.id}") for row in running.activities]
            return keyed(
                words("Budget and forecast"), columns, [*rows, self._held(running.totals, words("total"), "", f"{path}.totals")], 1
            )
        if year.status == "budget" or year.totals.units("budget") is None or year.totals.units("actual") is None:
            return None
        columns += [Column(words("actual cost"), key="actual"), Column(words("difference"), key="difference", made="budget − actual")]
        rows = [self._held(row, row.id, row.name, f"{year.year}.activities.{row.id}") for row in year.activities]
        return keyed(words("Budget and cost"), columns, [*rows, self._held(year.totals, words("total"), "", f"{year.year}.totals")], 1)

    def _held(self, result: Result, label: str, name: str, path: str) -> dict[str, Cell]:
        figures = {figure: self.figure(result, figure, path) for figure in result.figures}
        if "difference" not in figures:
            budget, actual = result.units("budget") or 0, result.units("actual") or 0
            figures |= {"budget": self.plain(budget, f"{path}.budget"), "difference": self.signed(budget - actual)}
        return {**figures, "activity": Cell(label), "name": Cell(name)}

    def instalments_table(self, year: YearResult) -> Table | None:
        """Who pays what in on which day, a row for each; None where no plan is agreed."""
        if not year.instalments:
            return None
        words = self.words
        columns = [Column(words("date"), False, key="date"), Column(words("party"), False, key="party")]
        columns += [Column(words("name"), False, True, key="name"), Column(words("amount"), key="amount")]
        rows = [
            {"date": Cell(one.day), "party": Cell(one.party), "name": Cell(self.name(one.party)), "amount": self.plain(one.amount.value, f"{year.year}.instalments.{at}")}
            for at, one in enumerate(year.instalments)
        ]  # fmt: skip
        total = {"date": Cell(words("total")), "amount": self.plain(sum(one.amount.value for one in year.instalments))}
        return keyed(words("Instalments"), columns, [*rows, total], 1)

    def instalments_by_day(self, year: YearResult) -> Table | None:
        """The same with a row for each day and a column for each party, as a screen shows it."""
        if not year.instalments:
            return None
        words = self.words
        parties = [party for party in self.agreement.parties if any(one.party == party for one in year.instalments)]
        columns = [Column(words("date"), False, key="date"), *(Column(self.node(party), key=party) for party in parties)]
        columns += [Column(words("total"), key="‹total›")]

        def row(label: str, day: str | None) -> dict[str, Cell]:
            held = [(at, one) for at, one in enumerate(year.instalments) if day in (None, one.day)]
            cells = {"date": Cell(label), "‹total›": self.plain(sum(one.amount.value for _, one in held))}
            for party in parties:
                own = [(at, one.amount.value) for at, one in held if one.party == party]
                figures = " ".join(f"{year.year}.instalments.{at}" for at, _ in own) if day is not None else ""
                cells[party] = self.plain(sum(amount for _, amount in own), figures) if own else Cell("")
            return cells

        days = list(dict.fromkeys(one.day for one in year.instalments))
        return keyed(words("Instalments"), columns, [*(row(day, day) for day in days), row(words("total"), None)], 1)

    def transferred_table(self, year: YearResult) -> Table | None:
        """What was really paid in a closed year, beside what its figures come to today; None where the file does not say."""
        if not year.transferred:
            return None
        words, path = self.words, f"{year.year}.transferred"
        columns = [
            *self._who(),
            Column(words("received/paid"), key="stated"),
            Column(words("by today's figures"), key="computed"),
            Column(words("difference"), key="difference", made="computed − stated"),
            Column(words("paid in the year"), False, key="paid_in", only=WORKBOOK),
        ]
        rows = [
            {
                "party": Cell(one.party),
                "name": Cell(self.name(one.party)),
                **{figure: self.figure(one, figure, f"{path}.{one.party}") for figure in one.figures},
                "paid_in": Cell(str(one.paid_in or "")),
            }
            for one in year.transferred
        ]
        return keyed(words("Received and paid when the year was closed"), columns, rows)

    def running(self, year: YearResult) -> Iterator[Block]:
        """The plan, the forecast and the instalments of a year."""
        for table in (self.against_the_plan(year), self.instalments_by_day(year)):
            if table is not None:
                yield on_screen(table)

    def corrected(self, year: YearResult) -> Iterator[Block]:
        """What was really paid in a closed year, and when the difference is paid; in the year in which it is paid, whose it is."""
        words = self.words
        if (table := self.transferred_table(year)) is not None:
            yield on_screen(table)
            differs, paid_in = any(one.units("difference") for one in year.transferred), year.transferred[0].paid_in
            text = "What was paid is what the year's figures come to."
            if differs and paid_in is not None:
                text = "The difference, correction of {year}, is carried and paid in {paid_in}."
            elif differs:
                text = "The difference, correction of {year}, is carried and remains to be paid: no later year of the file takes it up."
            yield Lines("", [Cell(words(text, year=year.year, paid_in=paid_in or ""))])
        lines = []
        for earlier in dict.fromkeys(one.year for one in year.takes_up):
            parts = ", ".join(
                f"{self.node(one.party)} {self.scale.amount(one.units('difference'), signed=True)}"
                for one in year.takes_up
                if one.year == earlier
            )
            lines.append(Cell(words("Correction of {year}, in what is received and paid: {parts}.", year=earlier, parts=parts)))
        if lines:
            yield Lines("", lines)
