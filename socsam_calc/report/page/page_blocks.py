"""Tables and lines as a page has them: in pieces that a sheet of paper holds, and with quotation marks around what one would type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from ..told.tables import Amount, Block, Cell, Lines, Number, Table, pieces
from ..told.words import Words

_WRAPPED: Final = 24  # letters of a text before it is wrapped
_BETWEEN: Final = 2
_WIDEST: Final = 117  # letters of a line that an upright sheet of A4 holds at 7 points


def letters(table: Table, columns: Sequence[int] | None = None) -> int:
    """How many letters a line of the table takes, or some of its columns: its numbers, texts wrapped, and the room between columns."""
    widths = []
    for number in range(len(table.columns)) if columns is None else columns:
        column = table.columns[number]
        if column.optional:
            continue  # stands with the name before it
        title = max(map(len, column.title.split(" ")), default=0)
        longest = max([len(row[number].text) for row in table.rows], default=0)
        widths.append(max(title, longest if column.numeric else min(longest, _WRAPPED)) + _BETWEEN)
    return sum(widths)


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

    if isinstance(block, Table):
        return block._replace(rows=[[told(cell) for cell in row] for row in block.rows])
    return block._replace(lines=[told(line) for line in block.lines]) if isinstance(block, Lines) else block


def in_quotes(text: str, words: Words) -> str:
    """A text with quotation marks in the place of backticks."""
    return re.sub("`([^`]*)`", lambda found: words("“{heading}”", heading=found[1]), text)
