"""What came of a question about an agreement, as blocks of a report: cases, what differs between two versions, or the values that meet a goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from ...amounts import DASH
from ...answers.whatif.ask import Answered, Solved, Versions
from ...answers.whatif.solve import Found, Stretch
from ...answers.whatif.whatif import Comparison
from .effect import without_effect
from .notes import assumptions
from .pen import AmountCells, OreScale
from .refusals import Refusals
from .tables import BAD, Block, Cell, Column, Heading, Lines, Table
from .whatif import report
from .words import Words


def blocks(one: Answered, words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """The cases side by side, what differs between two versions, or the values that meet a goal."""
    match one:
        case Comparison():
            return report(one, words, unit, hints=hints)
        case Versions():
            return differences(one, words, unit)
        case _:
            return answer(one, words, unit)


def differences(versions: Versions, words: Words, unit: str | None = None) -> Iterator[Block]:
    """What differs between two versions of an agreement, and nothing else."""
    agreement = versions.after.agreement
    unit = unit or agreement.unit
    yield Heading(
        f"{agreement.area}: {words('{after} against {before}', after=versions.after.file, before=versions.before.file)}. {words('Amounts in {unit}', unit=unit)}."
    )
    if versions.fields:
        rows = [[Cell(field.path), Cell(_cut(field.before)), Cell(_cut(field.after))] for field in versions.fields]
        yield Table(
            words("Fields that differ"),
            [Column(words("field"), False), Column(words("before"), False), Column(words("after"), False)],
            rows,
        )
    else:
        yield Lines("", [Cell(words("No field differs."))])
    if versions.figures:
        amounts = [amount for change in versions.figures for amount in (change.before, change.after)]
        pen = AmountCells(OreScale(agreement.rounding, unit, amounts))
        columns = [Column(words("figure"), False), *(Column(words(title)) for title in ("before", "after", "difference"))]
        rows = [
            [Cell(change.path), pen.plain(change.before), pen.plain(change.after), pen.signed(change.difference)]
            for change in versions.figures
        ]
        yield Table(words("Figures that differ"), columns, rows)
    else:
        yield Lines("", [Cell(words("No figure differs."))])
    if versions.payments:
        scale = OreScale(agreement.rounding, unit, [amount for _, _, amount in versions.payments])
        text, names = "{payee} receives {amount} from {payer}", {"body": words("body")}
        lines = [
            Cell(words(text, payee=names.get(payee, payee), amount=scale.with_unit(amount), payer=names.get(payer, payer)))
            for payer, payee, amount in versions.payments
        ]
        yield Lines(words("Because of it, over all years"), lines)


def _cut(text: str | None) -> str:
    """A field's text on one line, a long one cut."""
    if text is None:
        return DASH
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def answer(solved: Solved, words: Words, unit: str | None = None) -> Iterator[Block]:
    """Which values make the figure come out as asked, or that none does."""
    found, agreement = solved.answer, solved.document.agreement
    unit = unit or agreement.unit
    scale = OreScale(agreement.rounding, unit, [found.goal, found.lowest, found.highest])
    over, amount = found.range, scale.with_unit
    goal = {"path": over.name, "figure": found.figure, "goal": amount(found.goal)}
    searched = {"first": over.text(over.first), "last": over.text(over.last)}

    def ends(stretch: Stretch | Found) -> dict[str, str]:
        return {"first": about(over.text, stretch.first), "last": about(over.text, stretch.last)}

    lines: list[Cell] = []
    for one in found.found:
        lines.append(Cell(words("{path} = {value} makes {figure} {goal}.", value=over.text(one.value), **goal)))
        if one.first != one.last:
            text = "From about {first} to {last} it is that or, where rounding has it so, a little beside it."
            lines.append(Cell(words(text, **ends(one))))
    if not found.found:
        text = "No value of {path} from {first} to {last} was found that makes {figure} {goal}."
        lines += [Cell(words(text, **goal, **searched), BAD), Cell(_reached(solved, words, amount))]
    for jump in found.jumps:
        text = words(
            "It passes it without meeting it: {before} up to {value_before}, {after} from {value_after}.",
            before=amount(jump.figure_before), after=amount(jump.figure_after), value_before=about(over.text, jump.before), value_after=about(over.text, jump.after),
        )  # fmt: skip
        lines.append(Cell(text))
    text = "From about {first} to {last} it cannot be settled: {reason}."
    lines += [Cell(words(text, **ends(stretch), reason=Refusals(words).sentence(stretch.reason))) for stretch in found.refused]
    if found.lowest is not None:
        lines += [Cell(words("From about {first} to {last} it is not known.", **ends(stretch))) for stretch in found.unknown]
    if len(found.found) > 1:
        lines.append(Cell(words("{count} answers: each of them is right.", count=len(found.found))))
    text = "Searched from {first} to {last}, with {count} settlements; each answer was settled."
    lines.append(Cell(words(text, count=found.settlements, **searched)))
    yield Heading(f"{agreement.area}: {words('goal seek')}. {words('Amounts in {unit}', unit=unit)}.")
    yield Lines("", lines)
    yield from without_effect(solved.idle, solved.document.file, words)
    yield from assumptions(agreement.assumptions, words)


def _reached(solved: Solved, words: Words, amount: Callable[[int | None], str]) -> str:
    """Between which amounts the figure lies where no value meets the goal; or why it is not known."""
    found, years = solved.answer, solved.document.agreement.years
    if found.lowest is not None:
        return words("It lies between {lowest} and {highest} there.", lowest=amount(found.lowest), highest=amount(found.highest))
    year = int(found.figure.partition(".")[0])
    budget = years[year].costs is None and years[year].result is None
    return words("It is not known there: {year} is a budget." if budget else "It is not known there.", year=year)


def about(text: Callable[[Fraction], str], value: Fraction) -> str:
    """A value that need not be short, cut to what a person reads."""
    exact = text(value)
    return exact if len(exact) <= 14 else text(Fraction(round(value * 10**6), 10**6))
