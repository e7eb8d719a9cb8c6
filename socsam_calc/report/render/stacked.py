"""Told tables as the sheets of a workbook: one below the other, each cell by what it is, each sum and difference as a formula.

A figure is written once: where another sheet has it already, its cell takes it from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, assert_never

from ...amounts import DASH
from ...money import round_fraction
from ..told.pen import common_unit
from ..told.sheets import Settled, stacks, title_of
from ..told.tables import Amount, Cell, Column, Number, Part, Stack, in_workbook, merged_columns
from ..told.words import Words
from . import grid as written
from .grid import Content, Formula, Piece, Row, Said, Sheet, Span, Spot, Terms, Written
from .sheets import quoted

_EMPTY: Final = ("", DASH)
"""What says that there is nothing, and stays empty in a sheet; an amount that is not known is a dash there too."""


class Taken(NamedTuple):
    """A figure of the calculation in rounding units, and the cell that has it; None where it is the same whatever is changed."""

    units: int
    cell: Spot | None


Figures = Mapping[str, Taken]
"""The figures of a settlement by their paths."""


def sheets(settled: Settled, words: Words, unit: str | None = None, live: Sequence[Figures] = ()) -> list[Sheet]:
    """The sheets of one agreement or several, each headed by what it is about and what its amounts are in.

    ``unit`` None is the files' own, the smallest where they differ; years are those to show. ``live`` says for each where the calculation
    has its figures: what no sum or other sheet gives is taken from there.
    """
    unit = unit or common_unit(settlement.agreement.unit for settlement, _ in settled)
    title, amounts = title_of(settled, words), words("Amounts in {unit}", unit=unit)
    if any(settlement.agreement.assumptions for settlement, _ in settled):
        amounts = f"{amounts}. {words('Rests on assumptions')}"
    told = [
        stack._replace(parts=[part._replace(table=in_workbook(part.table)) for part in stack.parts])
        for stack in stacks(settled, words, unit)
    ]
    homes: dict[int, dict[str, Spot]] = {}
    for stack in told:
        for line, (part, row, _) in enumerate(_lines(stack)):
            for column, cell in zip(part.table.columns, row, strict=True):
                if cell.figure and not stack.summary:
                    homes.setdefault(part.owner, {}).setdefault(cell.figure, Spot(stack.title, line, column.key))
    return [_sheet(stack, f"{title}: {stack.title}. {amounts}.", homes, live, words) for stack in told]


def _sheet(stack: Stack, heading: str, homes: Mapping[int, Mapping[str, Spot]], live: Sequence[Figures], words: Words) -> Sheet:
    rows: list[Row] = []
    lines = _lines(stack)
    below: dict[int, list[int]] = {}
    for line, (part, _, total) in enumerate(lines):
        if not total:
            below.setdefault(id(part), []).append(line)
    for part, row, total in lines:
        own = homes.get(part.owner, {})
        here, cells = Spot(stack.title, len(rows), ""), dict[str, str | int | written.Amount | Said]()
        for column, cell in zip([*stack.labels, *part.table.columns], [*part.labels, *row], strict=True):
            formula: Formula | None
            if total:
                formula = Span(Spot(stack.title, below[id(part)][0], column.key), below[id(part)][-1])
            else:
                formula = _formula(column, cell, here, own) or (_taken(cell, live[part.owner]) if live else None)
            held = _held(cell, formula)
            if held not in _EMPTY:
                cells[column.key] = held
        if "met" in cells and live:
            cells["met"] = _met(here, cells, words)
        rows.append(Row(cells, total))
    heads = [
        written.Column(column.key, column.title, "plain" if column.numeric else "text")
        for column in (*stack.labels, *merged_columns(part.table for part in stack.parts))
    ]
    return Sheet(stack.title, heading, heads, rows, stack.kept)


def _lines(stack: Stack) -> list[tuple[Part, Sequence[Cell], bool]]:
    """The rows of a sheet: those of all its tables, and below them their sums, each with its table and whether it is a sum."""
    marked = [(part, row, total) for part in stack.parts for row, total in part.table.marked()]
    return sorted(marked, key=lambda line: line[2])


def _held(cell: Cell, formula: Formula | None) -> str | int | written.Amount:
    match cell.value:
        case str() | int():
            return cell.value
        case Amount(units, scale, signed):
            return written.Amount(None if units is None else scale.exact(units), formula, "signed" if signed else "plain")
        case Number(value, decimals):
            rounded = None if value is None else Decimal(round_fraction(value * 10**decimals)).scaleb(-decimals)
            return written.Amount(rounded, formula, "exact")
        case _:
            assert_never(cell.value)


def _formula(column: Column, cell: Cell, here: Spot, homes: Mapping[str, Spot]) -> Terms | Span | None:
    """What an amount is made of: others in its row, or figures that stand in other sheets."""
    if column.made:
        signs, keys = ["+", *column.made.split()[1::2]], column.made.split()[::2]
        return Terms([(-1 if sign == "−" else 1, here._replace(column=key)) for sign, key in zip(signs, keys, strict=True)])
    spots = [homes[path] for path in cell.claims or cell.figure.split() if path in homes]
    if not spots or len(spots) < len(cell.claims or cell.figure.split()) or spots[0].sheet == here.sheet:
        return None
    return Span(spots[0], spots[-1].row, positive=True) if cell.claims else Terms([(1, spot) for spot in spots])


def _met(here: Spot, cells: Content, words: Words) -> str | int | written.Amount | Said:
    """Whether what is expected came out, as it follows from the cells of its row; where the source is known to be wrong, it must not."""
    computed = cells.get("computed")
    if not isinstance(computed, written.Amount) or computed.formula is None:
        return cells["met"]
    at = {name: here._replace(column=name) for name in ("computed", "difference", "least", "most")}
    held: list[Piece] = [at["difference"], "=0"]
    if "difference" not in cells:
        bounds: list[Piece] = []
        for name, sign in (("least", ">="), ("most", "<=")):
            bounds += [",", at["computed"], sign, at[name]] if name in cells else []
        held = ["AND(", *bounds[1:], ")"]
    yes, no = (quoted(words(answer)) for answer in (("no", "yes") if cells.get("known_error") else ("yes", "no")))
    return Said(str(cells["met"]), Written(["IF(", *held, f",{yes},{no})"]))


def _taken(cell: Cell, live: Figures) -> Written | None:
    """The cells of the calculation that a figure is taken from, in the unit that is shown; None where none of them is live."""
    paths = (cell.live or cell.figure).split()
    found = [(-1 if path.startswith("−") else 1, live[name]) for path in paths if (name := path.removeprefix("−")) in live]
    if (
        not isinstance(cell.value, Amount)
        or cell.value.units is None
        or len(found) < len(paths)
        or all(one.cell is None for _, one in found)
    ):
        return None
    today = sum(sign * one.units for sign, one in found)
    if today != cell.value.units:
        raise AssertionError(f"{paths} come to {today}, not {cell.value.units}")
    pieces: list[Piece] = []
    for sign, one in found:
        pieces += ["-" if sign < 0 else "+" if pieces else "", str(one.units) if one.cell is None else one.cell]
    size = cell.value.scale.exact(1)
    if size == 1:
        return Written(pieces)
    return Written(["(", *pieces, f")*{int(size)}" if size > 1 else f")/{int(1 / size)}"])
