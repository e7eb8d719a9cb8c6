"""A settlement as blocks of a report: one year in full, or several years a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...engine.results import ExpectationResult, Settlement, YearResult
from .notes import assumptions, notes, sources_and_notes
from .overview import Groups, overview
from .pen import figure_name, gained
from .tables import BAD, GOOD, MOST_BARS, Bar, Bars, Block, Cell, Heading, Lines, Table, on_screen
from .words import Words
from .year import YearWriter


def report(
    settlement: Settlement, years: Iterable[YearResult], words: Words, unit: str | None = None, *, hints: bool = True
) -> Iterator[Block]:
    """The settlement's blocks: a single year in full, several years as an overview. ``unit`` None is the file's own."""
    chosen = list(years)
    writer = Writer(settlement, chosen, words, unit or settlement.agreement.unit)
    yield writer.heading()
    if len(chosen) == 1:
        yield from writer.year(chosen[0])
    else:
        yield writer.overview()
        yield from writer.bars()
        yield from writer.unknown(chosen)
        yield from writer.all_expectations()
    yield from writer.assumptions()
    if len(chosen) > 1 and hints:
        yield Lines("", [Cell(words("`--year {year}` shows a year in full.", year=chosen[-1].year))])


class Writer(YearWriter):
    """Writes a report of all years asked for, and what stands under it."""

    def year(self, year: YearResult) -> Iterator[Block]:
        """One year in full, in the order of ``cli.md``."""
        yield Heading(f"{year.year}{self.standing(year)}", 2)
        yield self.summary(year)
        yield from self.figures(year)
        yield from self.notes([year])
        yield from self.expectations([(year.year, expectation) for expectation in year.expectations])

    def notes(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """Sources and notes of the file, the years, and their parties and activities; each once."""
        yield from sources_and_notes(dict.fromkeys(entry for year in years for entry in notes(self.agreement, year)), self.words)

    # --- several years ---------------------------------------------------------------------------------------------------

    def overview(self) -> Table:
        """One line a year."""
        return on_screen(overview(self, Groups.by_party(self)))

    def bars(self) -> Iterator[Bars]:
        """What each party ends with, year by year, where that is known; nothing where parties and years are too many."""
        bars = []
        for party in self.agreement.parties:
            for year in self.years:
                held = next((one for one in year.parties if one.id == party), None)
                amount = None if held is None else held.units("settled")
                if amount is not None:
                    bars.append(Bar(party, str(year.year), amount, self.signed(amount)))
        if len(bars) <= MOST_BARS and any(bar.length for bar in bars):
            yield Bars(self.words("Settled"), bars)

    # --- expectations and assumptions --------------------------------------------------------------------------------------

    def all_expectations(self) -> Iterator[Block]:
        """The expectations of all years shown."""
        yield from self.expectations([(year.year, expectation) for year in self.years for expectation in year.expectations])

    def expectations(self, held: list[tuple[int, ExpectationResult]]) -> Iterator[Block]:
        """How many were met; each one that was not, and each known error of a source."""
        if held:
            yield Lines(self.words("Expectations"), self.expectation_lines(held))

    def expectation_lines(self, held: Sequence[tuple[int, ExpectationResult]], area: str = "") -> list[Cell]:
        """The lines themselves; ``area`` says whose they are where several agreements are shown."""
        if not held:
            return []
        words, amount = self.words, self.scale.amount
        whose = f"{area}: " if area else ""
        met = sum(expectation.met for _, expectation in held)
        text = "{met} of {all} expectation met" if len(held) == 1 else "{met} of {all} expectations met"
        lines = [Cell(whose + words(text, met=met, all=len(held)), GOOD if met == len(held) else BAD)]
        for year, expectation in held:
            signed = gained(expectation.path)
            figures = {"expected": amount(expectation.expected, signed=signed), "computed": amount(expectation.computed, signed=signed)}
            label = f"{whose}{year} {self.figure_label(expectation.path)}: "
            if not expectation.met and expectation.known_error:
                lines.append(Cell(label + words("the known error did come out: {why}", why=expectation.known_error), BAD))
            elif not expectation.met:
                lines.append(Cell(label + words("expected {expected}, computed {computed}", **figures), BAD))
            elif expectation.known_error:
                text = "the source prints {expected}, the program computes {computed}; known error: {why}"
                plain = {"expected": amount(expectation.expected), "computed": amount(expectation.computed)}
                lines.append(Cell(label + words(text, **plain, why=expectation.known_error)))
        return lines

    def figure_label(self, path: str) -> str:
        """The figure's name as people say it."""
        part, owner = path.split(".")[1:3]
        label = figure_name(path, self.words)
        return f"{label} ({owner})" if part == "parties" else label

    def assumptions(self) -> Iterator[Block]:
        """The file's assumptions, under every result."""
        yield from assumptions(self.agreement.assumptions, self.words)
