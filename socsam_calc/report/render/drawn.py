"""On a terminal, drawn by Rich: lines in bold and in colour, tables whose texts are wrapped to the room there is, and bars."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, TextIO

from rich import box
from rich.bar import Bar as RichBar
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ...amounts import plain
from ..told.tables import Bars, Cell, Table
from .line import cell_len, printable
from .narrow import BETWEEN_COLUMNS, Aside, set_widths

_TONES = {"good": "green", "bad": "red", "warn": "yellow", "": ""}
_GAP = 2
_WIDEST_BARS = 60
_WIDEST_GROUP = 20
_WIDEST_LABEL = 32
_BOX = box.Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")


class _Plain(Console):
    """A console that leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Drawn:
    """What writes on a terminal of this width."""

    def __init__(self, stream: TextIO, width: int, *, colour: bool) -> None:
        self._width = width
        self._console = _Plain(
            file=stream,
            width=width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            legacy_windows=False,
            emoji=False,
            highlight=False,
            markup=False,
            soft_wrap=True,
        )

    def line(self, text: str = "", tone: str = "", *, bold: bool = False) -> None:
        self._console.print(Text(text, style="bold" if bold else _TONES[tone]))

    def bars(self, bars: Bars) -> None:
        if bars.title:
            self.line(printable(bars.title), bold=True)
        self._console.print(_drawn(bars, self._width), soft_wrap=False)
        self.line()

    def table(self, table: Table, asides: Sequence[Aside] = ()) -> None:
        """The table, with lines over its whole width above and below rows."""
        drawn = RichTable(
            box=_BOX, show_edge=False, pad_edge=False, padding=(0, BETWEEN_COLUMNS - 1, 0, 0), collapse_padding=True, header_style=""
        )
        widths = set_widths(table, self._width)
        heads = [_text(Cell(column.title), widths[index]) for index, column in enumerate(table.columns)]
        tallest = max(map(_height, heads))
        for index, column in enumerate(table.columns):
            justify: Literal["left", "right"] = "right" if column.numeric else "left"
            title = Text("\n" * (tallest - _height(heads[index]))) + heads[index]  # titles end above the rule
            drawn.add_column(title, justify=justify, no_wrap=True, width=widths[index])
        first_total, heights = len(table.rows) - table.totals, []
        for number, row in enumerate(table.rows):
            cells = [_text(cell, widths[index]) for index, cell in enumerate(row)]
            ends = number == first_total - 1
            heights.append(max(map(_height, cells)) + (ends and table.totals > 0))
            drawn.add_row(*cells, style="bold" if number >= first_total else "", end_section=ends)
        with self._console.capture() as written:
            self._console.print(drawn, soft_wrap=False)
        lines = iter(written.get().splitlines())
        self._write(lines, tallest + 1)
        for number, height in enumerate(heights):
            self._asides(asides, number, below=False)
            self._write(lines, height)
            self._asides(asides, number, below=True)

    def _write(self, lines: Iterator[str], most: int) -> None:
        self._console.file.writelines(f"{line.rstrip()}\n" for line in islice(lines, most))

    def _asides(self, asides: Sequence[Aside], row: int, *, below: bool) -> None:
        margin = " " * _GAP if below else ""
        for aside in asides:
            if (aside.row, aside.below) == (row, below):
                for part in textwrap.wrap(
                    printable(aside.cell.text), self._width, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
                ):
                    self.line(plain(part), aside.cell.tone, bold=not below)


def _drawn(block: Bars, width: int) -> RichTable:
    """Bars about an axis at zero, burdens to its left and gains to its right, each with its number beside."""
    group = min(max(cell_len(bar.group) for bar in block.bars), _WIDEST_GROUP, width // 4)
    label = min(max(cell_len(bar.label) for bar in block.bars), _WIDEST_LABEL, width // 3)
    number = max(cell_len(bar.number.text) for bar in block.bars)
    room = max(min(width - group - label - number - 3 * _GAP - 1, _WIDEST_BARS), 4)
    least, most = min(0, *(bar.length for bar in block.bars)), max(0, *(bar.length for bar in block.bars))
    left = max(1, round(room * -least / (most - least))) if least else 0
    left = min(left, room - 1) if most else left  # a side that is next to nothing still has its column
    right = room - left if most else 0
    scale = max(-least / left if left else 0, most / right if right else 0)
    grid = RichTable.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(width=group, no_wrap=True, overflow="ellipsis")
    grid.add_column(width=label, no_wrap=True, overflow="ellipsis")
    grid.add_column(width=left + 1 + right, no_wrap=True)
    grid.add_column(width=number, no_wrap=True, justify="right")
    before = ""
    for bar in block.bars:
        length = bar.length / scale
        colour = _TONES[bar.number.tone] or "default"
        sides: list[tuple[int, RichBar | str]] = [(1, "│")]
        if left:
            sides.insert(0, (left, RichBar(left, left + min(length, 0), left, width=left, color=colour)))
        if right:
            sides.append((right, RichBar(right, 0, max(length, 0), width=right, color=colour)))
        both = RichTable.grid(padding=0)
        for wide, _ in sides:
            both.add_column(width=wide, no_wrap=True)
        both.add_row(*(side for _, side in sides))
        shown = Text(printable(bar.group) if bar.group != before else "")
        grid.add_row(shown, Text(printable(bar.label)), both, Text(plain(printable(bar.number.text)), style=_TONES[bar.number.tone]))
        before = bar.group
    return grid


def _text(cell: Cell, width: int) -> Text:
    """A cell, wrapped between words to its column's width; a number in a text is not broken."""
    shown = printable(cell.text)
    if cell_len(shown) > width:
        shown = "\n".join(textwrap.wrap(shown, width, break_on_hyphens=False))
    return Text(plain(shown), style=_TONES[cell.tone])


def _height(text: Text) -> int:
    """The lines of a cell."""
    return text.plain.count("\n") + 1
