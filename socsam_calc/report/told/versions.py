"""What differs between two versions of an agreement, as blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator

from ...amounts import DASH
from ...answers.whatif.against import Versions
from .amount_cells import AmountCells, OreScale
from .tables import Block, Cell, Column, Heading, Lines, Table
from .words import Words


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


def _cut(text: str | None) -> str:
    """A field's text on one line, a long one cut."""
    if text is None:
        return DASH
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
