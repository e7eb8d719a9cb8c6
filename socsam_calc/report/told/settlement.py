"""A settlement as blocks of a report: a year in full, several years a line each, or several agreements side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from ...engine.results import Settlement, YearResult
from .notes import assumptions, notes, sources_and_notes, total_only, why_unknown
from .pen import common_unit, figure_name, gained, wanted_text
from .running import RunningWriter
from .settlement_tables import Groups, overview, really
from .tables import (
    BAD,
    GOOD,
    MOST_BARS,
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Heading,
    Lines,
    Table,
    keyed,
    merged_columns,
    on_screen,
)  # fmt: skip
from .together import for_the_board, payments_over_the_years, told_payments
from .words import Words


def report(
    settlement: Settlement, years: Iterable[YearResult], words: Words, unit: str | None = None, *, hints: bool = True
) -> Iterator[Block]:
    """The settlement's blocks: a single year in full, several years as an overview. ``unit`` None is the file's own."""
    chosen = list(years)
    writer = Writer(settlement, chosen, words, unit or settlement.agreement.unit)
    yield writer.heading()
    yield from writer.rests_on()
    if len(chosen) == 1:
        yield from writer.year(chosen[0])
    else:
        yield writer.overview()
        yield from writer.bars()
        yield from payments_over_the_years(writer)
        yield from writer.unknown(chosen)
        yield from writer.expectations(chosen)
    yield from for_the_board(writer)
    yield from writer.assumptions()
    if len(chosen) > 1 and hints:
        yield Lines("", [Cell(words("`--year {year}` shows a year in full.", year=chosen[-1].year))])


_RESULTS: Final = {
    (False, 1): "The frame is {frame} and the cost {actual}: a surplus of {result}.",
    (False, -1): "The frame is {frame} and the cost {actual}: a deficit of {result}.",
    (False, 0): "The frame is {frame} and the cost {actual}: neither surplus nor deficit.",
    (True, 1): "The frame is {frame} and the planned cost {actual}: a surplus of {result}.",
    (True, -1): "The frame is {frame} and the planned cost {actual}: a deficit of {result}.",
    (True, 0): "The frame is {frame} and the planned cost {actual}: neither surplus nor deficit.",
}
"""What came of a year, by whether it is a plan and by the sign of its result."""


class Writer(RunningWriter):
    """Writes a report of all years asked for, and what stands under it."""

    def year(self, year: YearResult) -> Iterator[Block]:
        """One year in full, in the order of ``cli.md``."""
        yield Heading(f"{year.year}{self.standing(year)}", 2)
        yield self.summary(year)
        yield from self.figures(year)
        yield from self.notes([year])
        yield from self.expectations([year])

    def notes(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """Sources and notes of the file, the years, and their parties and activities; each once."""
        yield from sources_and_notes(dict.fromkeys(entry for year in years for entry in notes(self.agreement, year)), self.words)

    # --- one year --------------------------------------------------------------------------------------------------------

    def summary(self, year: YearResult) -> Lines:
        """The year in a few sentences."""
        return Lines("", [Cell(line) for line in self._summary(year)])

    def figures(self, year: YearResult) -> Iterator[Block]:
        """The tables of a year: frame, settlement, payments, split, balances, shortfall; of a budget the frame and who contributes."""
        if year.activities:
            yield on_screen(self.frame_table(year))
        yield from self.running(year)
        if year.activities or year.settled:
            yield on_screen(self.settlement_table(year))
        capital = self.reserve_table(year)
        if capital is not None:
            yield on_screen(capital)
            if not year.settled:
                yield Lines("", [Cell(self.words("Own capital is shown unchanged: no costs are planned."))])
        if year.settled:
            yield from self.unknown([year])
            yield from self._payments(year)
            yield from self.corrected(year)
            yield from self._split(year)
            if any(holder.units("carried") for holder in (*year.parties, year.body)):
                balances = on_screen(self.balances_table(year))
                yield balances._replace(rows=balances.rows[:-1], totals=0)  # that they add up to 0 goes without saying
        yield from self._shortfall(year)

    def _summary(self, year: YearResult) -> Iterator[str]:
        words, totals, amount = self.words, year.totals, self.scale.with_unit
        frame, result = totals.units("final_frame"), totals.units("result")
        if result is None:
            no_frame = "No frame is given for this year, and no cost is known yet."
            yield words(no_frame) if frame is None else words("The frame is {frame}; no cost is known yet.", frame=amount(frame))
            return
        if frame is None:
            yield words("No frame is given for this year; the result is {result}.", result=amount(result, signed=True))
        else:
            sentence = _RESULTS[year.status == "budget", (result > 0) - (result < 0)]
            yield words(sentence, frame=amount(frame), actual=amount(totals.units("actual")), result=amount(abs(result)))
        if (running := year.to_date) is not None:
            text = "Booked through {through}: {booked}; expected to remain: {remaining}. The budget is {budget}: {difference}."
            figures = {name: amount(running.totals.units(name)) for name in ("booked", "remaining", "budget")}
            yield words(text, through=running.through, difference=amount(running.totals.units("difference"), signed=True), **figures)
        aside = (year.reserve.units("set_aside") or 0) if year.reserve is not None else 0
        sentence = {
            "surplus": "Shared: {shared}, by the key for a surplus.",
            "deficit": "Shared: {shared}, by the key for a deficit.",
        }.get(year.sharing.key or "", "Shared: {shared}.")
        if not aside or aside != totals.units("shared"):  # what own capital takes or gives whole is not shared with anybody
            yield words(sentence, shared=amount(totals.units("shared"), signed=True))
        if year.sharing.withheld is not None and (withheld := year.sharing.withheld.value):
            text = "Before the bands: {before}; they withhold {withheld}."
            before = withheld + (totals.units("shared") or 0)
            yield words(text, withheld=amount(withheld, signed=True), before=amount(before, signed=True))
        if aside:
            text = "Set aside in own capital: {amount}." if aside > 0 else "Covered by own capital: {amount}."
            yield words(text, amount=amount(abs(aside)))
        if totals.units("uses"):
            yield words("Used in the area: {uses}.", uses=amount(totals.units("uses")))

    def unknown(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """One line for each kind of dash."""
        return why_unknown(self.words, [year for year in years if total_only(year)])

    def _payments(self, year: YearResult) -> Iterator[Block]:
        words = self.words
        if total_only(year):
            return
        if not year.sharing.distribution and not year.transferred:
            text = "No year of distribution: nothing moves this year, repayments of costs included. What each is owed (+) or owes (−) is carried."
            yield Lines(words("Payments"), [Cell(words(text))])
            return
        lines = [Cell(told, figure=f"{year.year}.payments.{number}") for number, told in enumerate(told_payments(self, year.payments))] or [
            Cell(words("Nobody pays anybody."))
        ]
        if self.flow(year) == "real":
            lines.append(Cell(words(really(year))))
        title = "Planned payments" if year.status == "budget" else "Payments"
        yield Lines(words(title), lines)

    def _split(self, year: YearResult) -> Iterator[Block]:
        split = year.state_split
        if split is None:
            return
        words, amount = self.words, self.scale.with_unit
        sentence = words(
            "Of the {settled} of {office}, the office takes {part} and the state {state}.",
            settled=amount(year.party(split.party).units("settled"), signed=True),
            office=self.node(split.party),
            part=amount(split.units("office"), signed=True),
            state=amount(split.units("state"), signed=True),
        )
        lines = [Cell(sentence, figure=f"{year.year}.state_split.office {year.year}.state_split.state")]
        lines.append(Cell(words(self.split_reading(year))))
        if split.limited:
            lines.append(Cell(words("The cap on administration limits the office's part.")))
        yield Lines(words("Split between office and state"), lines)

    def _shortfall(self, year: YearResult) -> Iterator[Block]:
        if year.shortfall is None:
            return
        words, amount = self.words, self.scale.with_unit
        path, whole = f"{year.year}.shortfall", amount(year.shortfall.amount.value)
        lines = [Cell(words("The association could not pay {amount}.", amount=whole), figure=f"{path}.amount")]
        lines += [
            Cell(words("{party} adds {amount}", party=self.node(party), amount=amount(part.value)), figure=f"{path}.parties.{party}")
            for party, part in year.shortfall.parties.items()
        ]
        if not year.shortfall.parties:
            lines.append(Cell(words("Who adds how much is not known: the agreement states no association shares.")))
        yield Lines(words("Shortfall"), lines)

    # --- several years ---------------------------------------------------------------------------------------------------

    def overview(self) -> Table:
        """One line a year."""
        return on_screen(overview(self, Groups.by_party(self)))

    def bars(self) -> Iterator[Bars]:
        """What each party ends with, year by year, where that is known; nothing where parties and years are too many."""
        bars = [
            Bar(party, str(year.year), amount, self.signed(amount))
            for party in self.agreement.parties
            for year in self.years
            for one in year.parties
            if one.id == party and (amount := one.units("settled")) is not None
        ]
        if len(bars) <= MOST_BARS and any(bar.length for bar in bars):
            yield Bars(self.words("Settled"), bars)

    # --- expectations and assumptions --------------------------------------------------------------------------------------

    def expectations(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """How many of these years' were met; each one that was not, and each known error of a source."""
        lines = self.expectation_lines(years)
        if lines:
            yield Lines(self.words("Expectations"), lines)

    def expectation_lines(self, years: Sequence[YearResult], area: str = "") -> list[Cell]:
        """The lines themselves; ``area`` says whose they are where several agreements are shown."""
        held = [(year.year, expectation) for year in years for expectation in year.expectations]
        if not held:
            return []
        words, amount = self.words, self.scale.amount
        whose = f"{area}: " if area else ""
        met = sum(expectation.met for _, expectation in held)
        text = "{met} of {all} expectation met" if len(held) == 1 else "{met} of {all} expectations met"
        lines = [Cell(whose + words(text, met=met, all=len(held)), GOOD if met == len(held) else BAD)]
        for year, expectation in held:
            signed = gained(expectation.path)
            figures = {
                "expected": wanted_text(expectation, partial(amount, signed=signed), words),
                "computed": amount(expectation.computed, signed=signed),
            }
            label = f"{whose}{year} {self.figure_label(expectation.path)}: "
            if not expectation.met and expectation.known_error:
                lines.append(Cell(label + words("the known error did come out: {why}", why=expectation.known_error), BAD))
            elif not expectation.met:
                lines.append(Cell(label + words("expected {expected}, computed {computed}", **figures), BAD))
            elif expectation.known_error:
                text = "the source prints {expected}, the program computes {computed}; known error: {why}"
                plain = {"expected": amount(expectation.expected), "computed": amount(expectation.computed)}
                lines.append(Cell(label + words(text, **plain, why=expectation.known_error)))
            elif expectation.expected is None:
                lines.append(Cell(label + words("{computed}, as expected: {expected}", **figures)))
        return lines

    def figure_label(self, path: str) -> str:
        """The figure's name as people say it."""
        part, owner = path.split(".")[1:3]
        label = figure_name(path, self.words)
        return f"{label} ({self.node(owner)})" if part == "parties" else label

    def rests_on(self) -> Iterator[Block]:
        """That the result rests on assumptions, at its top, where it does."""
        if self.agreement.assumptions:
            yield Lines("", [Cell(self.words("Rests on assumptions, which stand at the end."))])

    def assumptions(self) -> Iterator[Block]:
        """The file's assumptions, under every result."""
        yield from assumptions(self.agreement.assumptions, self.words)


def comparison(
    settled: Sequence[tuple[Settlement, Sequence[YearResult]]],
    words: Words,
    unit: str | None = None,
    *,
    hints: bool = True,
    assumed: bool = True,
) -> Iterator[Block]:
    """Several agreements side by side: a line for each year, the parties by their roles, and what each agreement assumes, if ``assumed``."""
    unit = unit or common_unit(settlement.agreement.unit for settlement, _ in settled)
    writers = [Writer(settlement, list(years), words, unit) for settlement, years in settled]
    groups = Groups.by_roles(writers, words)
    compared = [on_screen(overview(writer, groups)) for writer in writers]
    columns = merged_columns(compared)
    rows = [
        {"area": Cell(writer.agreement.area), **{column.key: cell for column, cell in zip(table.columns, row, strict=True)}}
        for writer, table in zip(writers, compared, strict=True)
        for row in table.rows
    ]
    yield Heading(f"{words('Settlements')}. {words('Amounts in {unit}', unit=unit)}.")
    resting = [writer.agreement.area for writer in writers if assumed and writer.agreement.assumptions]
    if resting:
        yield Lines("", [Cell(words("Rest on assumptions, which stand at the end: {areas}.", areas=", ".join(resting)))])
    yield keyed("", [Column(words("area"), False, key="area"), *columns], rows)
    if any(_shares_a_role(writer) for writer in writers):
        yield Lines("", [Cell(words("Parties with the same role are added up."))])
    yield from why_unknown(words, [year for writer in writers for year in writer.years if total_only(year)])
    lines = [line for writer in writers for line in writer.expectation_lines(writer.years, writer.agreement.area)]
    if lines:
        yield Lines(words("Expectations"), lines)
    if assumed:
        yield from assumptions((f"{writer.agreement.area}: {line}" for writer in writers for line in writer.agreement.assumptions), words)
    if hints:
        yield Lines("", [Cell(words("One file alone, or `--year`, is shown in more detail."))])


def _shares_a_role(writer: Writer) -> bool:
    """Whether two parties of the agreement have the same role."""
    roles = [party.role for party in writer.agreement.parties.values()]
    return len(set(roles)) < len(roles)
