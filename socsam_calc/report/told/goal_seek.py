"""The values that meet a goal, or that none does, as blocks of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from ...answers.whatif.ask import Solved
from .amount_cells import OreScale
from .tables import BAD, Block, Cell, Heading, Lines
from .whatif import assumptions
from .words import Words


def answer(solved: Solved, words: Words, unit: str | None = None) -> Iterator[Block]:
    """Which values make the figure come out as asked, or that none does."""
    found, agreement = solved.answer, solved.document.agreement
    unit = unit or agreement.unit
    scale = OreScale(agreement.rounding, unit, [found.goal, found.lowest, found.highest])
    over, amount = found.range, scale.with_unit
    lines: list[Cell] = []
    for one in found.found:
        lines.append(
            Cell(
                words(
                    "{path} = {value} makes {figure} {goal}.",
                    path=over.name,
                    value=over.text(one.value),
                    figure=found.figure,
                    goal=amount(found.goal),
                )
            )
        )
        if one.first != one.last:
            lines.append(
                Cell(
                    words(
                        "From about {first} to {last} it is that or, where rounding has it so, a little beside it.",
                        first=about(over.text, one.first),
                        last=about(over.text, one.last),
                    )
                )
            )
    if not found.found:
        lines.append(
            Cell(
                words(
                    "No value of {path} from {first} to {last} was found that makes {figure} {goal}.",
                    path=over.name,
                    first=over.text(over.first),
                    last=over.text(over.last),
                    figure=found.figure,
                    goal=amount(found.goal),
                ),
                BAD,
            )
        )
        if found.lowest is not None:
            lines.append(
                Cell(words("It lies between {lowest} and {highest} there.", lowest=amount(found.lowest), highest=amount(found.highest)))
            )
        else:
            year = int(found.figure.partition(".")[0])
            budget = agreement.years[year].costs is None and agreement.years[year].result is None
            text = "It is not known there: {year} is a budget." if budget else "It is not known there."
            lines.append(Cell(words(text, year=year)))
    for jump in found.jumps:
        text = words(
            "It passes it without meeting it: {before} up to {value_before}, {after} from {value_after}.",
            before=amount(jump.figure_before), after=amount(jump.figure_after), value_before=about(over.text, jump.before), value_after=about(over.text, jump.after),
        )  # fmt: skip
        lines.append(Cell(text))
    for stretch in found.refused:
        ends = {"first": about(over.text, stretch.first), "last": about(over.text, stretch.last)}
        lines.append(Cell(words("From about {first} to {last} it cannot be settled: {reason}.", **ends, reason=stretch.reason)))
    if found.lowest is not None:
        for stretch in found.unknown:
            ends = {"first": about(over.text, stretch.first), "last": about(over.text, stretch.last)}
            lines.append(Cell(words("From about {first} to {last} it is not known.", **ends)))
    if len(found.found) > 1:
        lines.append(Cell(words("{count} answers: each of them is right.", count=len(found.found))))
    lines.append(
        Cell(
            words(
                "Searched from {first} to {last}, with {count} settlements; each answer was settled.",
                first=over.text(over.first),
                last=over.text(over.last),
                count=found.settlements,
            )
        )
    )
    yield Heading(f"{agreement.area}: {words('goal seek')}. {words('Amounts in {unit}', unit=unit)}.")
    yield Lines("", lines)
    yield from assumptions(agreement, words)


def about(text: Callable[[Fraction], str], value: Fraction) -> str:
    """A value that need not be short, cut to what a person reads."""
    exact = text(value)
    return exact if len(exact) <= 14 else text(Fraction(round(value * 10**6), 10**6))
