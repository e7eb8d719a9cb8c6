"""Room on a line: what may stand there, how wide it is, and which columns of a table there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...amounts import SPACE
from ..told.tables import Table, chosen_columns, pieces

DEEPEST: Final = 40
"""Levels of an outline: a balance may have come through hundreds of years."""

BETWEEN: Final = "   "
"""Stands between two columns."""

_FOLDED: Final = 8  # a word is broken before a column gets narrower than this
_ONE_WIDE: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x300)))) | set("−–…“”→─│±≈×")


def cell_len(text: str) -> int:
    """How many columns of a screen a text takes. Rich knows every letter, and is asked where one is none that we see every day."""
    if _ONE_WIDE.issuperset(text):
        return len(text)
    from rich import cells

    return cells.cell_len(text)


def printable(text: str) -> str:
    """Text from a file as it may reach a terminal: on one line, with control characters made visible."""
    text = text.replace("\n", " ")
    return text if text.isprintable() else "".join(c if c.isprintable() or c == SPACE else f"\\x{ord(c):02x}" for c in text)


def fitted(table: Table, width: int | None) -> Iterator[Table]:
    """The table, without its optional columns where they do not fit, and in several pieces where the rest does not."""
    if width is None:
        yield table
        return
    widths = _widths(table)
    keep = list(range(len(table.columns)))
    for index, column in enumerate(table.columns):
        if column.optional and _needed(table, widths, keep, shrink=False) > width:
            keep.remove(index)
    if _needed(table, widths, keep, shrink=True) <= width:
        yield chosen_columns(table, keep, table.title)
        return
    yield from pieces(table, keep, lambda chosen: _needed(table, widths, chosen, shrink=True) <= width)


def _widths(table: Table) -> list[int]:
    """The natural width of each column."""
    return [max([cell_len(column.title), *(cell_len(row[index].text) for row in table.rows)]) for index, column in enumerate(table.columns)]


def _narrowest(table: Table, index: int) -> int:
    """How far a column can shrink: a text to its longest word, a number not at all."""
    texts = [table.columns[index].title, *(row[index].text for row in table.rows)]
    if table.columns[index].numeric:
        return max(cell_len(text) for text in texts)
    return max(cell_len(word) for text in texts for word in text.split(" "))


def _needed(table: Table, widths: Sequence[int], keep: Sequence[int], *, shrink: bool) -> int:
    """The width of the columns kept, with texts wrapped where ``shrink``."""
    return sum(_narrowest(table, index) if shrink else widths[index] for index in keep) + len(BETWEEN) * (len(keep) - 1)


def set_widths(table: Table, width: int | None) -> list[int]:
    """The width of each column: its natural one, or what texts can be wrapped to so that the whole fits ``width``.

    Set here because Rich, asked to shrink several texts at once, would cut the last of them.
    """
    natural = _widths(table)
    columns = range(len(natural))
    if width is None or sum(natural) + len(BETWEEN) * (len(natural) - 1) <= width:
        return natural
    widths = [_narrowest(table, index) for index in columns]
    spare = width - len(BETWEEN) * (len(natural) - 1) - sum(widths)
    if spare >= 0:  # those that want least get it first, so that a short text is not wrapped for the sake of a long one
        for left, index in enumerate(sorted(columns, key=lambda one: natural[one] - widths[one])):
            given = min(natural[index] - widths[index], spare // (len(natural) - left))
            widths[index] += given
            spare -= given
        return widths
    texts = [index for index in columns if not table.columns[index].numeric]
    while spare < 0 and texts and widths[widest := max(texts, key=widths.__getitem__)] > _FOLDED:
        widths[widest] -= 1
        spare += 1
    return widths
