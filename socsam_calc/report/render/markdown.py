"""Blocks as Markdown, for reports and pull requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...amounts import plain
from ..told.tables import Block, Heading, Lines, Outline, Table
from .terminal import DEEPEST, printable

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render(blocks: Iterable[Block | Outline]) -> Iterator[str]:
    """The blocks as Markdown text, piece by piece. Text from a file can never become markup."""
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {escaped(block.text)}\n\n"
        elif isinstance(block, Lines):
            if not block.lines:
                continue
            if block.title:
                yield f"**{escaped(block.title)}**\n\n"
            yield "".join(f"- {escaped(line.text.removeprefix('- '))}\n" for line in block.lines) + "\n"
        elif isinstance(block, Outline):
            if block.title:
                yield f"**{escaped(block.title)}**\n\n"
            for item in block.items:
                margin = "  " * min(item.depth, DEEPEST)
                lines = [f"**{escaped(item.text)}**", *map(escaped, item.details)]
                yield f"{margin}- " + f"\\\n{margin}  ".join(lines) + "\n"
            yield "\n"
        elif isinstance(block, Table):
            if block.title:
                yield f"**{escaped(block.title)}**\n\n"
            yield "| " + " | ".join(escaped(column.title) for column in block.columns) + " |\n"
            yield "|" + "|".join("---:" if column.numeric else ":---" for column in block.columns) + "|\n"
            first_total = len(block.rows) - block.totals
            for number, row in enumerate(block.rows):
                strong = "**" if number >= first_total else ""
                yield "| " + " | ".join(f"{strong}{escaped(cell.text)}{strong}" if cell.text else "" for cell in row) + " |\n"
            yield "\n"


def escaped(text: str) -> str:
    """Text shown literally."""
    return _SPECIAL.sub(r"\\\1", plain(printable(text)))
