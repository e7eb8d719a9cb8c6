"""Blocks on a terminal, or in a pipe: tables that never cut or wrap a number."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TextIO, assert_never

from ...amounts import plain
from ..told.tables import Bars, Block, Cell, Excerpts, Heading, Lines, Outline, Table
from .line import DEEPEST, cell_len, printable
from .narrow import BETWEEN_COLUMNS, Aside, fitted

_BETWEEN = " " * BETWEEN_COLUMNS
_MARGIN = 8  # the number of a source line, and what divides it from the line
_NARROWEST_INDENT = 6  # columns for each level of an outline


class Pen(Protocol):
    """What writes lines, tables and bars: with colours where there is a terminal, in natural width in a pipe."""

    def line(self, text: str = "", tone: str = "", *, bold: bool = False) -> None: ...

    def table(self, table: Table, asides: Sequence[Aside] = ()) -> None: ...

    def bars(self, bars: Bars) -> None: ...


class _Piped:
    """What writes into a pipe: tables have their natural width, and there are no bars. It needs no library."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def line(self, text: str = "", tone: str = "", *, bold: bool = False) -> None:
        self._stream.write(f"{text}\n")

    def table(self, table: Table, asides: Sequence[Aside] = ()) -> None:
        """The table; ``asides`` are for who has too little room."""
        headings = [plain(printable(column.title)) for column in table.columns]
        self._stream.writelines(lines(table, [headings, *([plain(printable(cell.text)) for cell in row] for row in table.rows)]))

    def bars(self, bars: Bars) -> None:
        """Nothing: what they show stands in the tables."""


def show(blocks: Iterable[Block | Outline], stream: TextIO, *, width: int | None = None, colour: bool = False) -> None:
    """Write blocks to a stream. ``width`` None means a pipe: natural width, nothing wrapped, no colours."""
    pen: Pen
    if width is None:
        pen = _Piped(stream)
    else:
        from .drawn import Drawn

        pen = Drawn(stream, width, colour=colour)
    named: list[tuple[str, str]] = []  # a name is told once
    for block in blocks:
        match block:
            case Heading(text, level):
                _write_lines(pen, [Cell(text)], width, bold=True)
                if level == 1:
                    pen.line()
            case Lines(title, told):
                _write_title(pen, title)
                _write_lines(pen, told, width)
                pen.line()
            case Excerpts(title, entries):
                _write_title(pen, title)
                for text, place in entries:
                    _write_lines(pen, [Cell(text)], width)
                    for line in place.marked(*([] if width is None else [max(width - _MARGIN, 40)])):
                        pen.line(line)
                pen.line()
            case Bars():
                pen.bars(block)
            case Outline():
                _write_outline(pen, block, width)
            case Table():
                fit = fitted(block, width)
                for piece, asides in fit.pieces:
                    _write_title(pen, piece.title)
                    pen.table(piece, asides)
                    pen.line()
                legend = [pair for pair in dict.fromkeys(fit.named) if pair not in named]
                named += legend
                if below := [*fit.told, *(["; ".join(map(": ".join, legend))] if legend else [])]:
                    _write_lines(pen, map(Cell, below), width)
                    pen.line()
            case _:
                assert_never(block)


def _write_title(pen: Pen, title: str) -> None:
    if title:
        pen.line(printable(title), bold=True)


def _write_lines(pen: Pen, told: Iterable[Cell], width: int | None, *, bold: bool = False) -> None:
    for line in told:
        for part in _wrapped(printable(line.text), width):
            pen.line(part, line.tone, bold=bold)


def _write_outline(pen: Pen, outline: Outline, width: int | None) -> None:
    """Each entry below the one it belongs to; on a narrow terminal the indentation gives way to the text."""
    _write_title(pen, outline.title)
    deepest = DEEPEST if width is None else min(width // _NARROWEST_INDENT, DEEPEST)
    for item in outline.items:
        margin = "  " * min(item.depth, deepest)
        for part in _wrapped(printable(item.text), width, margin, margin + "    "):
            pen.line(part, bold=True)
        for detail in item.details:
            for part in _wrapped(printable(detail), width, margin + "    ", margin + "      "):
                pen.line(part)
    pen.line()


def _wrapped(text: str, width: int | None, first: str = "", others: str | None = None) -> Iterator[str]:
    """The lines of a text, the first one indented by ``first`` and the others by ``others``; a list entry hangs below its dash."""
    if width is None:
        yield first + plain(text)
        return
    if others is None:
        others = "  " if text.startswith("- ") else ""
    lines = textwrap.wrap(
        text, max(width, 20), initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    for part in lines or [""]:
        yield plain(part)


def lines(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The table's lines. ``rows`` holds its texts, the titles first, as they are printed."""
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(table.columns))]
    rule = "─" * (sum(widths) + BETWEEN_COLUMNS * (len(widths) - 1)) + "\n"
    first_total = len(rows) - table.totals
    for number, row in enumerate(rows):
        if number == 1 or (number == first_total and table.totals and number > 1):
            yield rule
        cells = []
        for column, width, text in zip(table.columns, widths, row, strict=True):
            space = " " * (width - cell_len(text))
            cells.append(space + text if column.numeric else text + space)
        yield _BETWEEN.join(cells).rstrip() + "\n"
    if len(rows) == 1:
        yield rule
