"""One year of a settlement as blocks of a report: its sentences, and its tables as a screen has room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...engine.results import YearResult
from .known import total_only, why_unknown
from .tables import Block, Cell, Lines, on_screen
from .year_tables import REALLY, TableWriter


class YearWriter(TableWriter):
    """Writes what a report says of one year."""

    def summary(self, year: YearResult) -> Lines:
        """The year in a few sentences."""
        return Lines("", [Cell(line) for line in self._summary(year)])

    def figures(self, year: YearResult) -> Iterator[Block]:
        """The tables of a year: frame, settlement, payments, split, balances, shortfall; of a budget the frame and who contributes."""
        if year.activities:
            yield on_screen(self.frame_table(year))
        if year.activities or year.status != "budget":
            yield on_screen(self.settlement_table(year))
        capital = self.reserve_table(year)
        if capital is not None:
            yield on_screen(capital)
        if year.status != "budget":
            yield from self.unknown([year])
            yield from self._payments(year)
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
        aside = (year.reserve.units("set_aside") or 0) if year.reserve is not None else 0
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
            lines.append(Cell(words(REALLY)))
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
