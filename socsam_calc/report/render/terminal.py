"""Blocks on a terminal, or in a pipe: tables that never cut or wrap a number."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO, assert_never

from rich import box
from rich.bar import Bar as RichBar
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ...amounts import SPACE, plain
from ..told.tables import Bars, Block, Cell, Excerpts, Heading, Lines, Outline, Table
from .narrow import BETWEEN_COLUMNS, fitted, named_aside, set_widths

_TONES = {"good": "green", "bad": "red", "warn": "yellow", "": ""}
_PIPE_WIDTH = 100_000  # a pipe has no edge: tables have their natural width
DEEPEST = 40  # levels of an outline: a balance may have come through hundreds of years
_GAP = 2
_MARGIN = 8  # the number of a source line, and what divides it from the line
_WIDEST_BARS = 60
_WIDEST_GROUP = 20
_WIDEST_LABEL = 32
_BOX = box.Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")
"""A line under the head, and one above the sums."""


class _Plain(Console):
    """A console that leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def show(blocks: Iterable[Block | Outline], stream: TextIO, *, width: int | None = None, colour: bool = False) -> None:
    """Write blocks to a stream. ``width`` None means a pipe: natural width, nothing wrapped."""
    console = _Plain(
        file=stream,
        width=width or _PIPE_WIDTH,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        legacy_windows=False,
        emoji=False,
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    named: list[tuple[str, str]] = []  # a name is told once
    for block in blocks:
        match block:
            case Heading(text, level):
                _print_lines(console, [Cell(text)], width, "bold")
                if level == 1:
                    console.print()
            case Lines(title, told):
                _print_title(console, title)
                _print_lines(console, told, width)
                console.print()
            case Excerpts(title, entries):
                _print_title(console, title)
                for text, place in entries:
                    _print_lines(console, [Cell(text)], width)
                    for line in place.marked(*([] if width is None else [max(width - _MARGIN, 40)])):
                        console.print(Text(line))
                console.print()
            case Bars(title):
                if width is not None:
                    _print_title(console, title)
                    console.print(_drawn(block, width), soft_wrap=False)
                    console.print()
            case Outline():
                _print_outline(console, block, width)
            case Table():
                for piece in fitted(block, width):
                    _print_title(console, piece.title)
                    _print_table(console, piece, width)
                    console.print()
                if legend := [pair for pair in named_aside(block, width) if pair not in named]:
                    named += legend
                    _print_lines(console, [Cell("; ".join(map(": ".join, legend)))], width)
                    console.print()
            case _:
                assert_never(block)


def _print_title(console: Console, title: str) -> None:
    if title:
        console.print(Text(printable(title), style="bold"))


def _print_lines(console: Console, told: Iterable[Cell], width: int | None, style: str = "") -> None:
    for line in told:
        for part in _wrapped(printable(line.text), width):
            console.print(Text(part, style=style or _TONES[line.tone]))


def _print_outline(console: Console, outline: Outline, width: int | None) -> None:
    """Each entry below the one it belongs to; on a narrow terminal the indentation gives way to the text."""
    _print_title(console, outline.title)
    deepest = min((width or _PIPE_WIDTH) // 6, DEEPEST)
    for item in outline.items:
        margin = "  " * min(item.depth, deepest)
        for part in _wrapped(printable(item.text), width, margin, margin + "    "):
            console.print(Text(part, style="bold"))
        for detail in item.details:
            for part in _wrapped(printable(detail), width, margin + "    ", margin + "      "):
                console.print(Text(part))
    console.print()


def printable(text: str) -> str:
    """Text from a file as it may reach a terminal: on one line, with control characters made visible."""
    text = text.replace("\n", " ")
    return text if text.isprintable() else "".join(c if c.isprintable() or c == SPACE else f"\\x{ord(c):02x}" for c in text)


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


def _print_table(console: Console, table: Table, width: int | None) -> None:
    if width is None and console.color_system is None:
        headings = [plain(printable(column.title)) for column in table.columns]
        console.file.writelines(lines(table, [headings, *([plain(printable(cell.text)) for cell in row] for row in table.rows)]))
        return
    drawn = RichTable(
        box=_BOX, show_edge=False, pad_edge=False, padding=(0, BETWEEN_COLUMNS - 1, 0, 0), collapse_padding=True, header_style=""
    )
    widths = set_widths(table, width)
    heads = [_text(Cell(column.title), widths[index]) for index, column in enumerate(table.columns)]
    tallest = max(title.plain.count("\n") for title in heads)
    for index, column in enumerate(table.columns):
        justify: Literal["left", "right"] = "right" if column.numeric else "left"
        title = Text("\n" * (tallest - heads[index].plain.count("\n"))) + heads[index]  # titles end above the rule
        drawn.add_column(title, justify=justify, no_wrap=True, width=widths[index])
    first_total = len(table.rows) - table.totals
    for number, row in enumerate(table.rows):
        cells = [_text(cell, widths[index]) for index, cell in enumerate(row)]
        drawn.add_row(*cells, style="bold" if number >= first_total else "", end_section=number == first_total - 1)
    with console.capture() as written:
        console.print(drawn, soft_wrap=False)
    console.file.writelines(f"{line.rstrip()}\n" for line in written.get().splitlines())


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


BETWEEN = "   "


def lines(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The table's lines. ``rows`` holds its texts, the titles first, as they are printed."""
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(table.columns))]
    rule = "─" * (sum(widths) + len(BETWEEN) * (len(widths) - 1)) + "\n"
    first_total = len(rows) - table.totals
    for number, row in enumerate(rows):
        if number == 1 or (number == first_total and table.totals and number > 1):
            yield rule
        cells = []
        for column, width, text in zip(table.columns, widths, row, strict=True):
            space = " " * (width - cell_len(text))
            cells.append(space + text if column.numeric else text + space)
        yield BETWEEN.join(cells).rstrip() + "\n"
    if len(rows) == 1:
        yield rule
