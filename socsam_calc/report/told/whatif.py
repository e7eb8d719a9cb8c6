"""Cases of an agreement side by side, as blocks of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ...amounts import SPACE, plain
from ...answers.bounds import Bounded
from ...answers.whatif.cases import Case, Held, minus
from ...answers.whatif.outcomes import Outcome
from ...answers.whatif.whatif import Comparison
from ...engine.figures import PartyResult
from ...problems import Place
from ...rules.rule import ERROR
from ..data.verdicts import Verdict
from .effect import without_effect
from .notes import assumptions
from .pen import AmountCells, OreScale
from .refusals import Refusals
from .tables import BAD, MOST_BARS, Bar, Bars, Block, Cell, Column, Heading, Lines, Table
from .words import Words

_BY_YEAR: Final = 12
"""With no more cases than this, each year has a table of its own before all years together."""


def report(comparison: Comparison, words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """The cases as tables: a row for each, every party's figure and its difference to the base case."""
    agreement = comparison.document.agreement
    unit, words = unit or agreement.unit, words.under(agreement.law)
    writer = _Writer(comparison, words, unit)
    title = comparison.title or f"{agreement.area}: {words('what if')}"
    yield Heading(f"{title}. {words('Amounts in {unit}', unit=unit)}.")
    yield Lines("", [Cell(line) for line in writer.about()])
    years = comparison.years
    if len(years) > 1 and len(comparison.outcomes) <= _BY_YEAR:
        for year in years:
            yield writer.table([year], writer.together([year]))
    yield writer.table(years, writer.together(years), reasons=True)
    yield from writer.bars(years)
    yield from writer.what_is_set()
    yield from writer.bounds()
    yield from writer.remarks()
    yield from without_effect(comparison.idle, comparison.document.file, words)
    yield from assumptions(agreement.assumptions, words)
    if hints and len(years) > 1 and len(comparison.outcomes) > _BY_YEAR:
        yield Lines("", [Cell(words("`--year {year}` shows one year alone; JSON and CSV hold every year.", year=years[-1]))])


def case_label(case: Case, words: Words) -> str:
    """A case's name as a table shows it; the base case has none of its own."""
    if case.area is not None:
        under = words("terms of {area}", area=case.area)
        return f"{under}, {', '.join(f'{change.path}={change.text}' for change in case.changes)}" if case.changes else under
    return case.name or words("as it stands")


def bound_text(bounded: Bounded, amount: Callable[[int], str], words: Words) -> str:
    """A bound in words: `at least −6 000 tkr`; where it is one of a change, with the agreement's own figure, and of the budget with that."""
    told = (
        words(text, amount=amount(units))
        for units, text in ((bounded.equals, "just {amount}"), (bounded.least, "at least {amount}"), (bounded.most, "at most {amount}"))
        if units is not None
    )
    text = words(" and ").join(told)
    if bounded.budget is not None:
        text = words("{bound}, as the budget is {budget}", bound=text, budget=amount(bounded.budget))
    return text if bounded.own is None else words("{bound}, as in the agreement it is {own}", bound=text, own=amount(bounded.own))


def told_bound(outcome: Outcome, held: Held, amount: Callable[[int], str], words: Words) -> tuple[str, Place]:
    """What came of a bound in a case, and the line that says so: that of the side which is missed, or its own."""
    wanted = bound_text(held.bounded, amount, words)
    case = case_label(outcome.case, words)
    if held.value is None:
        text = words("{case}: {figure} is not known; it should be {bound}", case=case, figure=held.figure, bound=wanted)
    else:
        value = amount(held.value)
        text = words("{case}: {figure} is {value}; it should be {bound}", case=case, figure=held.figure, value=value, bound=wanted)
    names = held.missed[0].names if held.missed else ()
    at = held.bounded.at
    return plain(text), at.side(*names) if at.tree.knows((*at.path, *names)) else at.place


def verdicts(comparison: Comparison, words: Words, unit: str | None = None) -> Iterator[Verdict]:
    """Of each bound in each case whether it is met."""
    agreement = comparison.document.agreement
    scale = OreScale(agreement.rounding, unit or agreement.unit)

    def amount(units: int) -> str:
        return scale.with_unit(units * scale.factor)

    for outcome in comparison.outcomes:
        for held in outcome.held:
            text, place = told_bound(outcome, held, amount, words)
            title = f"{case_label(outcome.case, words)}: {held.figure}"
            said = "\n".join(filter(None, (text, held.reason)))
            yield Verdict(comparison.file, "bound", title, None if held.met else ERROR, place, said)


def _beside_its_difference(title: str) -> tuple[Column, Column]:
    """A figure's column, and that of its difference to the base case."""
    return Column(title, wanted=True), Column(f"±{SPACE}{title}")


class _Writer(AmountCells):
    """What every part of the report needs."""

    scale: OreScale

    def __init__(self, comparison: Comparison, words: Words, unit: str) -> None:
        amounts = [amount for outcome in comparison.outcomes for amount in outcome.amounts.values()]
        super().__init__(OreScale(comparison.document.agreement.rounding, unit, amounts))
        self.comparison, self.words = comparison, words
        self.figure = PartyResult.figures[comparison.figure]

    def span(self, years: Sequence[int]) -> str:
        """Years as people write them: 1997–1999, or 1997, 1999."""
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            return f"{years[0]}–{years[-1]}"
        return ", ".join(map(str, years))

    def planned(self, years: Sequence[int]) -> list[int]:
        """Those of these years that are plans: nothing of them came about yet."""
        return [year.year for year in self.comparison.settlement.years if year.year in years and year.status == "budget"]

    def together(self, years: Sequence[int]) -> str:
        """Several years added up, and which of them are plans; one by its number, where the agreement has others."""
        words, planned = self.words, self.planned(years)
        if len(years) == 1:
            text = words("{years}, planned", years=years[0]) if planned else str(years[0])
            return text if len(self.comparison.settlement.years) > 1 else ""
        text = words("{years} together", years=self.span(years))
        return words("{years}, of which planned: {planned}", years=text, planned=self.span(planned)) if planned else text

    def about(self) -> Iterator[str]:
        """What the tables show, and what they leave out."""
        words, comparison = self.words, self.comparison
        shown = words(self.figure.of_each)
        yield words("Shown: {figure} ({id}); ± is the difference to the agreement as it stands.", figure=shown, id=comparison.figure)
        if (other := comparison.differs_instead()) is not None:
            named = words(PartyResult.figures[other].of_each)
            yield words("It is the same in every case. What differs is {figure}: `--figure {id}`.", figure=named, id=other)
        settlement = comparison.settlement
        left_out = [year.year for year in settlement.years if year.year not in comparison.years]
        if left_out and 1 < len(comparison.years) < len(settlement.years):
            yield words("Left out, because it is not known: {years}.", years=self.span(left_out))
        if comparison.figure == "allocated" and any(
            party.units("allocated") is not None and party.units("settled") is None for year in settlement.years for party in year.parties
        ):
            yield words("Only total results are known, so what each party keeps of the part that is not shared is not.")

    def table(self, years: Sequence[int], title: str, *, reasons: bool = False) -> Table:
        """A row for each case; of one that cannot be settled dashes, and where ``reasons`` are wanted why."""
        words, comparison = self.words, self.comparison
        varied = comparison.varied
        columns = [Column(change.path, False) for change in varied] or [Column(words("scenario"), False)]
        columns.append(Column(words("result"), wanted=True))
        own_capital = comparison.own_capital(comparison.base, years) is not None
        if own_capital:
            columns += _beside_its_difference(words("own capital"))
        columns += [column for party in comparison.parties for column in _beside_its_difference(party)]
        rows, amount = [], self.shown(gained=self.figure.gained)
        for position, outcome in enumerate(comparison.outcomes):
            cells = [*self._labels(outcome.case, len(varied)), self.signed(comparison.result(outcome, years))]
            if own_capital:
                held, before = (comparison.own_capital(one, years) for one in (outcome, comparison.base))
                cells += [self.signed(held), self.signed(minus(held, before)) if position else Cell("")]
            for party in comparison.parties:
                differs = self.signed(comparison.difference(outcome, party, years)) if position else Cell("")
                cells += [amount(comparison.amount(outcome, party, years)), differs]
            rows.append(cells)
        if reasons and any(outcome.problems for outcome in comparison.outcomes):
            columns.append(Column(words("cannot be settled, because"), False, sentence=True))
            for cells, outcome in zip(rows, comparison.outcomes, strict=True):
                cells.append(Cell(self._why(outcome), BAD if outcome.problems else ""))
        return Table(title, columns, rows)

    def _why(self, outcome: Outcome) -> str:
        """Why a case cannot be settled, in the words of a refusal."""
        refusals = Refusals(self.words)
        return "; ".join(dict.fromkeys(refusals.sentence(problem.text) for problem in outcome.problems))

    def bars(self, years: Sequence[int]) -> Iterator[Bars]:
        """The last table once more, for the eye: the cases of each party below one another; nothing where they are too many, or alike.

        Of a figure that nobody gains, which is large and alike in every case, only the differences to the base case show.
        """
        comparison, differences, drawn = self.comparison, not self.figure.gained, []
        amount_of = comparison.difference if differences else comparison.amount
        names = [
            ", ".join(cell.text for cell in self._labels(one.case, len(comparison.varied))) if at else case_label(one.case, self.words)
            for at, one in enumerate(comparison.outcomes)
        ]
        for party in comparison.parties:
            for position, (outcome, name) in enumerate(zip(comparison.outcomes, names, strict=True)):
                left_out = outcome.problems or (differences and not position)
                amount = None if left_out else amount_of(outcome, party, years)
                if amount is not None:
                    drawn.append(Bar(party, name, amount, self.signed(amount)))
        cases = len({bar.label for bar in drawn})
        if cases > (0 if differences else 1) and len(drawn) <= MOST_BARS and any(bar.length for bar in drawn):
            shown = self.words(self.figure.of_each)
            figure = shown if len(years) == 1 else f"{shown}, {self.together(years)}"
            title = self.words("{figure}: difference to the agreement as it stands", figure=figure) if differences else figure
            yield Bars(f"{title[:1].upper()}{title[1:]}", drawn)

    def _labels(self, case: Case, varied: int) -> list[Cell]:
        if not varied:
            return [Cell(case_label(case, self.words))]
        if not case.name and not case.changes:
            stated, base = [change.text for change in self.comparison.varied], self.words("as it stands")
            return [Cell(f"{stated[0]} ({base})" if stated[0] else base), *map(Cell, stated[1:])]
        return [Cell(change.text) for change in case.changes[-varied:]]

    def what_is_set(self) -> Iterator[Block]:
        """What each named scenario sets, and why."""
        words, lines = self.words, []
        if varied := len(self.comparison.varied):
            everywhere = self.comparison.outcomes[-1].case.changes[:-varied]
            if everywhere:
                yield Lines(words("What is set in every case"), [Cell(f"- {change.path} = {change.text}") for change in everywhere])
            return
        for outcome in self.comparison.outcomes[1:]:
            case = outcome.case
            said = [words("terms of {area}", area=case.terms)] if case.terms and case.area is None else []
            said += [f"{change.path} = {change.text}" for change in case.changes]
            if case.area is None and said and case.name != ", ".join(f"{change.path}={change.text}" for change in case.changes):
                lines.append(Cell(f"- {case.name} ({'; '.join(said)}): {case.note}" if case.note else f"- {case.name}: {'; '.join(said)}"))
            elif case.note:
                lines.append(Cell(f"- {case_label(case, words)}: {case.note}"))
        if lines:
            yield Lines(words("What is set"), lines)

    def bounds(self) -> Iterator[Block]:
        """How many bounds are met, and each that is not."""
        words = self.words
        held = [(outcome, one) for outcome in self.comparison.outcomes for one in outcome.held]
        if not held:
            return
        met = sum(one.met for _, one in held)
        text = "{met} of {all} bound met" if len(held) == 1 else "{met} of {all} bounds met"
        lines = [Cell(words(text, met=met, all=len(held)), "" if met == len(held) else BAD)]
        lines += [Cell(f"- {line}") for line in self._met(held)]
        for outcome, one in held:
            if not one.met:
                value = self._amount(one.value) if one.value is not None else words("not known")
                bound = bound_text(one.bounded, self._amount, words)
                text = words("{figure} is {value}; it should be {bound}", figure=one.figure, value=value, bound=bound)
                reason = f" ({one.reason})" if one.reason else ""
                lines.append(Cell(f"- {case_label(outcome.case, words)}: {text}{reason}", BAD))
        yield Lines(words("Bounds"), lines)

    def _met(self, held: Sequence[tuple[Outcome, Held]]) -> Iterator[str]:
        """Each bound that is met, with what its figure comes to: from the least to the greatest of the cases that meet it."""
        words, by_bound = self.words, dict[int, list[tuple[Outcome, Held]]]()
        for outcome, one in held:
            by_bound.setdefault(id(one.bounded), []).append((outcome, one))
        for alike in by_bound.values():
            met = [(outcome, one) for outcome, one in alike if one.met and one.value is not None]
            if not met:
                continue
            bounded, values = met[0][1].bounded, sorted(one.value or 0 for _, one in met)
            least, most = self._amount(values[0]), self._amount(values[-1])
            value = least if least == most else words("from {first} to {last}", first=least, last=most)
            told = {"figure": bounded.figure, "value": value, "bound": bound_text(bounded, self._amount, words)}
            if len(alike) == 1:
                yield f"{case_label(met[0][0].case, words)}: {words('{figure} is {value}: {bound}, met', **told)}"
            else:
                yield words("{figure} is {value}: {bound}, met in {met} of {all} cases", **told, met=len(met), all=len(alike))

    def _amount(self, units: int) -> str:
        return self.scale.with_unit(units * self.scale.factor)

    def remarks(self) -> Iterator[Block]:
        """What should be known of the terms of another agreement."""
        words = self.words
        refusals = Refusals(words)  # a value of a remark may be why something was refused
        lines = [
            Cell(
                f"- {case_label(outcome.case, words)}: "
                + words(remark.text, **{name: refusals.sentence(value) for name, value in remark.values})
            )
            for outcome in self.comparison.outcomes
            for remark in outcome.case.remarks
        ]
        if lines:
            lent = any(outcome.case.terms for outcome in self.comparison.outcomes)
            yield Lines(words("How the terms were carried over" if lent else "What cannot be formed, or not in every year"), lines)
