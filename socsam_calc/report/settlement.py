"""A settlement as blocks of a report: one year in full, or several years a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..engine.results import ExpectationResult, PartyResult, Result, Settlement, YearResult
from .known import amounts, frame_of, total_only, why_unknown
from .notes import notes
from .numbers import Scale
from .tables import BAD, GOOD, Bar, Bars, Block, Cell, Column, Heading, Lines, Table, tone
from .words import Words

STATUS: Final = {
    "budget": "budget: only the frame is known",
    "estimate": "estimate: the costs are estimated",
    "preliminary": "preliminary: a national outcome or an earlier year is still open",
    "final": "final",
}
ROLES: Final = {
    "insurance_office": "insurance office",
    "county_council": "county council",
    "municipality": "municipality",
    "employment_service": "employment service",
}
_COLUMNS: Final = {
    "contribution": "contribution",
    "before_sharing": "before sharing",
    "in_hand": "in hand",
    "kept": "kept",
    "allocated": "allocated",
    "used": "used",
    "settled": "settled",
    "brought": "carried in",
    "transfer": "receives/pays",
}
_FIGURE: Final = {
    "preliminary_frame": "preliminary frame",
    "final_frame": "final frame",
    "actual": "actual cost",
    "result": "result",
    "shared": "shared",
    "kept": "kept",
    "settled": "settled",
}


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


def _path(owner: str, figure: str) -> str:
    """The path of a figure in the settlement's table; empty for what only the table adds up or turns about."""
    if owner.endswith(".totals"):
        named = {"contribution": "final_frame", "kept": "kept", "allocated": "shared", "settled": "result"}.get(figure)
    elif owner.endswith(".body"):
        named = figure if figure == "transfer" else None
    else:
        named = None if figure in ("used", "brought") else figure
    return f"{owner}.{named}" if named else ""


class Writer:
    """What every part of the report needs: the words, and how amounts are written."""

    def __init__(self, settlement: Settlement, years: list[YearResult], words: Words, unit: str) -> None:
        self.settlement, self.agreement, self.years, self.words = settlement, settlement.agreement, years, words
        self.scale = Scale(settlement.agreement.rounding, unit, amounts(years))

    def plain(self, units: int | None, figure: str = "") -> Cell:
        return Cell(self.scale.amount(units), figure="" if units is None else figure)

    def signed(self, units: int | None, figure: str = "") -> Cell:
        return Cell(self.scale.amount(units, signed=True), tone(units), "" if units is None else figure)

    def title(self) -> str:
        """The area, and what the trial is called there."""
        agreement = self.agreement
        return f"{agreement.area}: {agreement.title}" if agreement.title and agreement.title != agreement.area else agreement.area

    def heading(self) -> Heading:
        return Heading(f"{self.title()}. {self.words('Amounts in {unit}', unit=self.scale.unit)}.")

    # --- one year ------------------------------------------------------------------------------------------------------

    def year(self, year: YearResult) -> Iterator[Block]:
        """One year in full, in the order of ``cli.md``."""
        yield Heading(f"{year.year}{self.standing(year)}", 2)
        yield self.summary(year)
        yield from self.figures(year)
        yield from self.notes([year])
        yield from self.expectations([(year.year, expectation) for expectation in year.expectations])

    def standing(self, year: YearResult) -> str:
        """What follows the year in its heading: how long it was, and whether it is closed."""
        months = f" ({self.words('{months} months', months=year.months)})" if year.months < 12 else ""
        return f"{months}, {self.words(STATUS[year.status])}"

    def summary(self, year: YearResult) -> Lines:
        """The year in a few sentences."""
        return Lines("", [Cell(line) for line in self._summary(year)])

    def figures(self, year: YearResult) -> Iterator[Block]:
        """The tables of a year: frame, settlement, payments, split, balances, shortfall."""
        if year.activities:
            yield self._frame(year)
        if year.status != "budget":
            yield self._settlement(year)
            yield from self.unknown([year])
            yield from self._payments(year)
            yield from self._split(year)
            yield from self._balances(year)
        yield from self._shortfall(year)

    def _summary(self, year: YearResult) -> Iterator[str]:
        words, totals, amount = self.words, year.totals, self.scale.with_unit
        frame, result = totals.units("final_frame"), totals.units("result")
        if result is None:
            yield words("The frame is {frame}; no cost is known yet.", frame=amount(frame))
            return
        if frame_of(year) is None:
            yield words("No frame is given for this year; the result is {result}.", result=amount(result, signed=True))
        else:
            sentence = (
                "The frame is {frame} and the cost {actual}: a surplus of {result}."
                if result > 0
                else "The frame is {frame} and the cost {actual}: a deficit of {result}."
                if result < 0
                else "The frame is {frame} and the cost {actual}: neither surplus nor deficit."
            )
            yield words(sentence, frame=amount(frame), actual=amount(totals.units("actual")), result=amount(abs(result)))
        sentence = {
            "surplus": "Shared: {shared}, by the key for a surplus.",
            "deficit": "Shared: {shared}, by the key for a deficit.",
        }.get(year.sharing.key or "", "Shared: {shared}.")
        yield words(sentence, shared=amount(totals.units("shared"), signed=True))
        if year.sharing.withheld is not None and year.sharing.withheld.value:
            yield words("The bands withhold {withheld}.", withheld=amount(year.sharing.withheld.value, signed=True))
        if totals.units("uses"):
            yield words("Used in the area: {uses}.", uses=amount(totals.units("uses")))

    def _frame(self, year: YearResult) -> Table:
        words = self.words
        columns = [Column(words("activity"), False), Column(words("name"), False, True)]
        columns += [Column(words(title)) for title in ("preliminary", "adjustment", "other changes", "final")]
        settled = year.status != "budget"
        if settled:
            columns += [Column(words("actual cost")), Column(words("result"))]

        def row(label: str, name: str, whole: Result, parts: Sequence[Result], path: str, frames: tuple[str, str]) -> list[Cell]:
            def add(*figures: str) -> int:
                return sum(one.units(figure) or 0 for one in parts for figure in figures)

            preliminary, final = frames
            cells = [
                Cell(label),
                Cell(name),
                self.plain(whole.units(preliminary), f"{path}.{preliminary}"),
                self.signed(add("adjustment"), f"{path}.adjustment" if "adjustment" in whole.figures else ""),
                self.signed(add("correction", "conversion")),
                self.plain(whole.units(final), f"{path}.{final}"),
            ]
            if settled:
                cells += [self.plain(whole.units("actual"), f"{path}.actual"), self.signed(whole.units("result"), f"{path}.result")]
            return cells

        frames = ("preliminary", "final")
        rows = [
            row(activity.id, activity.name, activity, [activity], f"{year.year}.activities.{activity.id}", frames)
            for activity in year.activities
        ]
        frames = ("preliminary_frame", "final_frame")
        rows.append(row(words("total"), "", year.totals, year.activities, f"{year.year}.totals", frames))
        return Table(words("Frame"), columns, rows, 1)

    def _settlement(self, year: YearResult) -> Table:
        """By party, the body last. Every column adds up, and so does every row:

        kept + allocated + used = settled, and settled − before sharing + carried in = receives/pays in a year when money moves; where
        it really flowed, what each has in hand takes the place of before sharing.
        """
        words = self.words
        uses = year.totals.units("uses") or 0
        brought = any(party.units("brought") for party in year.parties)
        figures = [
            "contribution", "before_sharing", *(["in_hand"] if self._really_flowed(year) else []), "kept", "allocated", *(["used"] if uses else []), "settled", *(["brought"] if brought else []), "transfer",
        ]  # fmt: skip
        columns = [
            Column(words("party"), False),
            Column(words("name"), False, True),
            *(Column(words(_COLUMNS[figure])) for figure in figures),
        ]
        entries = [(party.id, party.name, {figure: self._of_party(year, party, figure) for figure in figures}) for party in year.parties]
        entries.append((words("body"), "", self._of_body(year, uses)))
        sums: dict[str, int | None] = {}
        for figure in figures:
            amounts = [amounts[figure] for _, _, amounts in entries]
            known = [amount for amount in amounts if amount is not None]
            sums[figure] = sum(known) if len(known) == len(amounts) else self._known_total(year, figure)
        entries.append((words("total"), "", sums))
        paths = [f"{year.year}.parties.{party.id}" for party in year.parties] + [f"{year.year}.body", f"{year.year}.totals"]
        rows = []
        for (label, name, held), path in zip(entries, paths, strict=True):
            cells = [self.plain(held["contribution"], _path(path, "contribution"))]
            cells += [self.signed(held[figure], _path(path, figure)) for figure in figures[1:]]
            rows.append([Cell(label), Cell(name), *cells])
        return Table(words("Settlement"), columns, rows, 1)

    def _known_total(self, year: YearResult, figure: str) -> int | None:
        """The sum of a column whose parts are not all known."""
        if figure == "settled":
            return year.totals.units("result")
        return year.totals.units("kept") if figure == "kept" else None

    def _of_party(self, year: YearResult, party: PartyResult, figure: str) -> int | None:
        amount = party.units(figure)
        if figure == "contribution" and not year.activities:
            return None
        return -amount if figure == "used" and amount else amount

    def _of_body(self, year: YearResult, uses: int) -> dict[str, int | None]:
        """The body's row: it holds what is used, so that the column of what is settled adds up to the result."""
        known = any(party.units("settled") is not None for party in year.parties)
        return {
            "contribution": 0 if year.activities else None,
            "before_sharing": self._held_by_body(year),
            "in_hand": self._left_with_body(year),
            "kept": 0 if known else None,
            "allocated": 0,
            "used": uses,
            "settled": uses if known else None,
            "brought": year.body.units("brought"),
            "transfer": year.body.units("transfer"),
        }

    def _really_flowed(self, year: YearResult) -> bool:
        return not total_only(year) and self.flow(year) == "real"

    def _left_with_body(self, year: YearResult) -> int | None:
        """What the body has in hand where money really flowed: the preliminary contributions, minus all costs."""
        actual = year.totals.units("actual")
        return None if actual is None else (year.totals.units("preliminary_frame") or 0) - actual

    def _held_by_body(self, year: YearResult) -> int | None:
        """What the body has before sharing: opening balances that it holds, minus what it paid."""
        before = [party.units("before_sharing") for party in year.parties]
        result = year.totals.units("result")
        if result is None or any(amount is None for amount in before):
            return None
        return result - sum(amount or 0 for amount in before)

    def unknown(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """One line for each kind of dash."""
        return why_unknown(self.words, [year for year in years if total_only(year)])

    def _payments(self, year: YearResult) -> Iterator[Block]:
        words = self.words
        if total_only(year):
            return
        if not year.sharing.distribution:
            text = "No year of distribution: nothing moves this year, repayments of costs included. What each is owed (+) or owes (−) is carried."
            yield Lines(words("Payments"), [Cell(words(text))])
            return
        lines = [
            words(
                "{payee} receives {amount} from {payer}",
                payee=self.node(payee),
                amount=self.scale.with_unit(amount),
                payer=self.node(payer),
            )
            for payer, payee, amount in year.payments
        ] or [words("Nobody pays anybody.")]
        if self.flow(year) == "real":
            lines.append(
                words(
                    "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer."
                )
            )
        yield Lines(words("Payments"), [Cell(line) for line in lines])

    def name(self, party: str) -> str:
        """A party's full name, or the body in the reader's language."""
        return self.words("body") if party == "body" else self.agreement.parties[party].name or party

    def node(self, name: str) -> str:
        """A party's id, or the body in the reader's language."""
        return self.words("body") if name == "body" else name

    def flow(self, year: YearResult) -> str:
        """How money flowed in the year."""
        return self.agreement.terms()[year.year].flow

    def _split(self, year: YearResult) -> Iterator[Block]:
        split = year.state_split
        if split is None:
            return
        words, amount = self.words, self.scale.with_unit
        lines = [
            words(
                "Of the {settled} of {office}, the office takes {part} and the state {state}.",
                settled=amount(year.party(split.party).units("settled"), signed=True),
                office=split.party,
                part=amount(split.units("office"), signed=True),
                state=amount(split.units("state"), signed=True),
            )
        ]
        if split.limited:
            lines.append(words("The cap on administration limits the office's part."))
        yield Lines(words("Split between office and state"), [Cell(line) for line in lines])

    def _balances(self, year: YearResult) -> Iterator[Block]:
        words = self.words
        held: list[tuple[str, str, Result, str]] = [(party.id, party.name, party, f"parties.{party.id}") for party in year.parties]
        held.append((words("body"), "", year.body, "body"))
        if any(one.units("carried") for _, _, one, _ in held):
            columns = [Column(words("party"), False), Column(words("name"), False, True), Column(words("claim or debt"))]
            rows = [
                [Cell(label), Cell(name), self.signed(one.units("carried"), f"{year.year}.{path}.carried")]
                for label, name, one, path in held
            ]
            yield Table(words("Balances"), columns, rows)

    def _shortfall(self, year: YearResult) -> Iterator[Block]:
        if year.shortfall is None:
            return
        words, amount = self.words, self.scale.with_unit
        lines = [words("The association could not pay {amount}.", amount=amount(year.shortfall.amount.value))]
        lines += [words("{party} adds {amount}", party=party, amount=amount(part.value)) for party, part in year.shortfall.parties.items()]
        if not year.shortfall.parties:
            lines.append(words("Who adds how much is not known: the agreement states no association shares."))
        yield Lines(words("Shortfall"), [Cell(line) for line in lines])

    def notes(self, years: Sequence[YearResult]) -> Iterator[Block]:
        """Sources and notes of the file, the years, and their parties and activities; each once."""
        held = dict.fromkeys(entry for year in years for entry in notes(self.agreement, year))
        lines = []
        for label, source, note in held:
            prefix = f"{label}: " if label else ""
            lines += [prefix + self.words("Source: {text}", text=source)] if source else []
            lines += [prefix + self.words("Note: {text}", text=note)] if note else []
        if lines:
            yield Lines(self.words("Sources and notes"), [Cell(line) for line in lines])

    # --- several years ---------------------------------------------------------------------------------------------------

    def overview(self) -> Table:
        """One line a year: status, frame, result, shared, settled per party, carried."""
        words = self.words
        parties = [name for name in self.agreement.parties if any(party.id == name for year in self.years for party in year.parties)]
        columns = [Column(words("year"), False), Column(words("status"), False)]
        columns += [Column(words(title)) for title in ("frame", "result", "shared")]
        columns += [Column(words("settled {party}", party=party)) for party in parties] + [Column(words("carried"))]
        rows = []
        for year in self.years:
            settled = {party.id: party.units("settled") for party in year.parties}
            path = f"{year.year}.totals"
            row = [Cell(str(year.year)), Cell(words(year.status)), self.plain(frame_of(year), f"{path}.final_frame")]
            row += [self.signed(year.totals.units(figure), f"{path}.{figure}") for figure in ("result", "shared")]
            row += [
                self.signed(settled.get(party), f"{year.year}.parties.{party}.settled" if party in settled else "") for party in parties
            ]
            row.append(self.plain(self.waiting(year)))
            rows.append(row)
        return Table(words("Years"), columns, rows)

    def bars(self) -> Iterator[Bars]:
        """What each party ends with, year by year, where that is known."""
        bars = []
        for party in self.agreement.parties:
            for year in self.years:
                held = next((one for one in year.parties if one.id == party), None)
                amount = None if held is None else held.units("settled")
                if amount is not None:
                    bars.append(Bar(party, str(year.year), amount, self.signed(amount)))
        if any(bar.length for bar in bars):
            yield Bars(self.words("Settled"), bars)

    def waiting(self, year: YearResult) -> int | None:
        """What waits for a year of distribution: all claims together."""
        balances = [party.units("carried") for party in year.parties] + [year.body.units("carried")]
        if any(balance is None for balance in balances):
            return None
        return sum(balance for balance in balances if balance and balance > 0)

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
        lines = [Cell(whose + words("{met} of {all} expectations met", met=met, all=len(held)), GOOD if met == len(held) else BAD)]
        for year, expectation in held:
            figures = {"expected": amount(expectation.expected, signed=True), "computed": amount(expectation.computed, signed=True)}
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
        _, *middle, figure = path.split(".")
        label = self.words(_FIGURE[figure])
        return f"{label} ({middle[1]})" if middle[0] == "parties" else label

    def assumptions(self) -> Iterator[Block]:
        """The file's assumptions, under every result."""
        if self.agreement.assumptions:
            yield Lines(self.words("Assumptions"), [Cell(f"- {line}") for line in self.agreement.assumptions])
