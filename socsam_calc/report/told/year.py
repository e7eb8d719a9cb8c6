"""One year of a settlement as blocks of a report: its sentences, frame, settlement, payments, split, balances and shortfall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...engine.figures import PartyResult, Result
from ...engine.results import YearResult
from .known import total_only, why_unknown
from .pen import Pen
from .tables import Block, Cell, Column, Lines, Table

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


def _path(owner: str, figure: str) -> str:
    """The path of a figure in the settlement's table; empty for what only the table adds up or turns about."""
    if owner.endswith(".totals"):
        named = {"contribution": "final_frame", "kept": "kept", "allocated": "shared", "settled": "result"}.get(figure)
    elif owner.endswith(".body"):
        named = figure if figure == "transfer" else None
    else:
        named = figure
    return f"{owner}.{named}" if named else ""


class YearWriter(Pen):
    """Writes what a report says of one year."""

    def summary(self, year: YearResult) -> Lines:
        """The year in a few sentences."""
        return Lines("", [Cell(line) for line in self._summary(year)])

    def figures(self, year: YearResult) -> Iterator[Block]:
        """The tables of a year: frame, settlement, payments, split, balances, shortfall; of a budget the frame and who contributes."""
        if year.activities:
            yield self._frame(year)
        if year.status == "budget":
            yield from self._contributions(year)
        else:
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
            no_frame = "No frame is given for this year, and no cost is known yet."
            yield words(no_frame) if frame is None else words("The frame is {frame}; no cost is known yet.", frame=amount(frame))
            return
        if frame is None:
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
        if year.sharing.withheld is not None and (withheld := year.sharing.withheld.value):
            text = "Before the bands: {before}; they withhold {withheld}."
            before = withheld + (totals.units("shared") or 0)
            yield words(text, withheld=amount(withheld, signed=True), before=amount(before, signed=True))
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
            changed = " ".join(f"{path}.{change}" for change in ("correction", "conversion") if len(parts) == 1 and add(change))
            cells = [
                Cell(label),
                Cell(name),
                self.plain(whole.units(preliminary), f"{path}.{preliminary}"),
                self.signed(add("adjustment"), f"{path}.adjustment" if "adjustment" in whole.figures else ""),
                self.signed(add("correction", "conversion"), changed),
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

    def _contributions(self, year: YearResult) -> Iterator[Table]:
        """What each party puts into the frame of a budget year: all that is known of it by party."""
        if not year.activities:
            return
        words = self.words
        columns = [Column(words("party"), False), Column(words("name"), False, True)]
        columns += [Column(words(title)) for title in ("preliminary contribution", "final contribution")]
        held: list[tuple[str, str, Result, str, tuple[str, str]]] = [
            (party.id, party.name, party, f"{year.year}.parties.{party.id}", ("preliminary", "contribution")) for party in year.parties
        ]
        held.append((words("total"), "", year.totals, f"{year.year}.totals", ("preliminary_frame", "final_frame")))
        rows = [
            [Cell(label), Cell(name), *(self.plain(whole.units(figure), f"{path}.{figure}") for figure in figures)]
            for label, name, whole, path, figures in held
        ]
        yield Table(words("Contributions"), columns, rows, 1)

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
        return -amount if figure == "used" and amount else amount

    def _of_body(self, year: YearResult, uses: int) -> dict[str, int | None]:
        """The body's row: it holds what is used, so that the column of what is settled adds up to the result."""
        known = any(party.units("settled") is not None for party in year.parties)
        return {
            "contribution": None if year.totals.units("final_frame") is None else 0,
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
        lines = []
        for number, (payer, payee, amount) in enumerate(year.payments):
            named = {"payee": self.node(payee), "amount": self.scale.with_unit(amount), "payer": self.node(payer)}
            lines.append(Cell(words("{payee} receives {amount} from {payer}", **named), figure=f"{year.year}.payments.{number}"))
        if not lines:
            lines.append(Cell(words("Nobody pays anybody.")))
        if self.flow(year) == "real":
            text = "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer."
            lines.append(Cell(words(text)))
        yield Lines(words("Payments"), lines)

    def _split(self, year: YearResult) -> Iterator[Block]:
        split = year.state_split
        if split is None:
            return
        words, amount = self.words, self.scale.with_unit
        sentence = words(
            "Of the {settled} of {office}, the office takes {part} and the state {state}.",
            settled=amount(year.party(split.party).units("settled"), signed=True),
            office=split.party,
            part=amount(split.units("office"), signed=True),
            state=amount(split.units("state"), signed=True),
        )
        lines = [Cell(sentence, figure=f"{year.year}.state_split.office {year.year}.state_split.state")]
        if split.limited:
            lines.append(Cell(words("The cap on administration limits the office's part.")))
        yield Lines(words("Split between office and state"), lines)

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
        path, whole = f"{year.year}.shortfall", amount(year.shortfall.amount.value)
        lines = [Cell(words("The association could not pay {amount}.", amount=whole), figure=f"{path}.amount")]
        for party, part in year.shortfall.parties.items():
            sentence = words("{party} adds {amount}", party=party, amount=amount(part.value))
            lines.append(Cell(sentence, figure=f"{path}.parties.{party}"))
        if not year.shortfall.parties:
            lines.append(Cell(words("Who adds how much is not known: the agreement states no association shares.")))
        yield Lines(words("Shortfall"), lines)
