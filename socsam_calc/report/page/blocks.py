"""Blocks as a page shows them: in which unit, in which colours, how broad, and what their rows are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, assert_never

from ..told.pen import told_apart
from ..told.tables import BAD, WARN, Amount, Block, Cell, Lines, Number, Table, pieces
from ..told.words import Words

_WRAPPED: Final = 24  # letters of a text before it is wrapped
_BETWEEN: Final = 2
_NAMED: Final = 13  # letters that a name has at least room for
_WIDEST: Final = 117  # letters of a line that an upright sheet of A4 holds at 7 points
_GAINS: Final = ("result", "shared", "kept", "allocated", "used", "settled", "divided", "set_aside", "all")
"""The columns whose amounts are gains and burdens; claims, changes of a frame and differences to a budget are not."""


def letters(table: Table, columns: Sequence[int] | None = None) -> int:
    """How many letters a line of the table takes, or some of its columns: its numbers, texts wrapped, and the room between columns."""
    widths = []
    for number in range(len(table.columns)) if columns is None else columns:
        column = table.columns[number]
        if column.optional:
            continue  # stands in the place of the id before it
        title = max(map(len, column.title.split(" ")), default=0)
        longest = max([len(row[number].text) for row in table.rows], default=0)
        if number + 1 < len(table.columns) and table.columns[number + 1].optional:
            title = max(title, _NAMED)
        widths.append(max(title, longest if column.numeric else min(longest, _WRAPPED)) + _BETWEEN)
    return sum(widths)


def in_unit(block: Block, unit: str) -> Block:
    """A table whose title says what its amounts are in."""
    return block._replace(title=f"{block.title}, {unit}") if isinstance(block, Table) else block


def in_pieces(block: Block) -> Iterator[Block]:
    """A table that no sheet of paper holds at a size that can be read, as several."""
    if isinstance(block, Table) and letters(block) > _WIDEST:
        found = list(pieces(block, range(len(block.columns)), lambda chosen: letters(block, chosen) <= _WIDEST))
        yield from (piece._replace(title=f"{block.title} ({number}/{len(found)})".lstrip()) for number, piece in enumerate(found, 1))
    else:
        yield block


def quoted(block: Block, words: Words) -> Block:
    """A block with quotation marks around what one would type: backticks are for plain text."""

    def told(cell: Cell) -> Cell:
        match cell.value:
            case str(text):
                return cell._replace(value=in_quotes(text, words))
            case int() | Amount() | Number():
                return cell
            case _:
                assert_never(cell.value)

    return _each(block, lambda cell, _: told(cell))


def in_quotes(text: str, words: Words) -> str:
    """A text with quotation marks in the place of backticks."""
    return re.sub("`([^`]*)`", lambda found: words("“{heading}”", heading=found[1]), text)


def of_gains(block: Block) -> Block:
    """A block in which green and red are gains and burdens and nothing else: what else is amiss is marked as a warning."""

    def told(cell: Cell, key: str | None) -> Cell:
        if key is None:
            return cell._replace(tone=WARN if cell.tone == BAD else "")
        return cell if key.partition(".")[0] in _GAINS or key.isdecimal() else cell._replace(tone="")

    return _each(block, told)


def _each(block: Block, told: Callable[[Cell, str | None], Cell]) -> Block:
    """A block with each of its cells changed; a cell of a table comes with the key of its column."""
    if isinstance(block, Table):
        keys = [column.key for column in block.columns]
        return block._replace(rows=[[told(cell, key) for cell, key in zip(row, keys, strict=True)] for row in block.rows])
    return block._replace(lines=[told(line, None) for line in block.lines]) if isinstance(block, Lines) else block


def row_names(table: Table) -> list[str]:
    """What the rows are called: by their names where there are some, told apart where these are alike, else by what stands first."""
    named = len(table.columns) > 1 and table.columns[1].optional
    first = [row[0].text for row in table.rows]
    if not named:
        return first
    names = {str(at): row[1].text or first[at] for at, row in enumerate(table.rows)}
    apart = told_apart(names)
    return [names[at] if apart[at] == names[at] else f"{names[at]} ({first[int(at)]})" for at in names]
