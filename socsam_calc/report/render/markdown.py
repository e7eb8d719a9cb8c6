"""Blocks as Markdown, for reports and pull requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from ...amounts import plain
from ...problems import Place
from ..told.tables import Bars, Block, Excerpts, Heading, Item, Lines, Outline, Table
from .line import DEEPEST, printable

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render(blocks: Iterable[Block | Outline]) -> Iterator[str]:
    """The blocks as Markdown text, piece by piece. Text from a file can never become markup."""
    for block in blocks:
        match block:
            case Heading(text, level):
                yield f"{'#' * level} {escaped(text)}\n\n"
            case Lines(title, told):
                if told:
                    yield from _titled(title, (f"- {escaped(line.text.removeprefix('- '))}\n" for line in told))
            case Outline(title, items):
                yield from _titled(title, map(_item, items))
            case Table():
                yield from _titled(block.title, _table(block))
            case Excerpts(title, entries):
                yield from _titled(title, (part for text, place in entries for part in _excerpt(text, place)))
            case Bars():
                pass  # they say nothing that a table does not say
            case _:
                assert_never(block)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines below their title, and a free line."""
    if title:
        yield f"**{escaped(title)}**\n\n"
    yield from lines
    yield "\n"


def _item(item: Item) -> str:
    margin = "  " * min(item.depth, DEEPEST)
    lines = [f"**{escaped(item.text)}**", *map(escaped, item.details)]
    return f"{margin}- " + f"\\\n{margin}  ".join(lines) + "\n"


def _excerpt(text: str, place: Place) -> Iterator[str]:
    """A line of a file below what it is shown for, as code: indented, so that no mark in it can end it."""
    yield f"- {escaped(text)}\n\n"
    yield from (f"      {printable(line)}\n" for line in place.marked())
    yield "\n"


def _table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(escaped(column.title) for column in table.columns) + " |\n"
    yield "|" + "|".join("---:" if column.numeric else ":---" for column in table.columns) + "|\n"
    for row, total in table.marked():
        strong = "**" if total else ""
        yield "| " + " | ".join(f"{strong}{escaped(cell.text)}{strong}" if cell.text else "" for cell in row) + " |\n"


def escaped(text: str) -> str:
    """Text shown literally."""
    return _SPECIAL.sub(r"\\\1", plain(printable(text)))
