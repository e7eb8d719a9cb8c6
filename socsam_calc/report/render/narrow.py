"""A table on a terminal: which of its columns stand side by side, and how wide each is. Numbers are never cut or wrapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, assert_never

from ..told.tables import Amount, Cell, Number, Table, chosen_columns, pieces
from .line import cell_len

BETWEEN_COLUMNS: Final = 3  # two of padding, one of the divider
_FOLDED: Final = 8  # a word is broken before a column gets narrower than this


def fitted(table: Table, width: int | None) -> Iterator[Table]:
    """The table as it fits, None being as wide as it likes.

    What goes first are optional columns, then those that are 0 throughout; what is left stands in several pieces, and what the table is
    read for stands together in the first of them, with as much of what it is made of as there is room for.
    """
    if width is None:
        yield table
        return

    def fits(chosen: Sequence[int]) -> bool:
        return _needed(table, _widths(table), chosen, shrink=True) <= width

    keep = _kept(table, width)
    if _needed(table, _widths(table), keep, shrink=False) > width and any(column.wanted for column in table.columns):
        keep = [index for index in keep if not _says_nothing(table, index)]
    if fits(keep):
        yield chosen_columns(table, keep, table.title)
    else:
        first = _wanted(table, keep, fits)
        others = [index for index in keep if index not in first or not _is_figure(table, index)]
        if first:
            yield chosen_columns(table, first, table.title)
        yield from pieces(table._replace(title="") if first else table, others, fits)


def named_aside(table: Table, width: int | None) -> Iterator[tuple[str, str]]:
    """What a row is called and its name, where the names had no room beside."""
    gone = set() if width is None else {*range(len(table.columns))} - {*_kept(table, width)}
    for index in sorted(gone):
        if not table.columns[index].numeric and index:
            yield from ((row[index - 1].text, row[index].text) for row in table.rows if row[index].text not in ("", row[index - 1].text))


def _kept(table: Table, width: int) -> list[int]:
    """The columns without the optional ones that have no room."""
    widths, keep = _widths(table), list(range(len(table.columns)))
    for index, column in enumerate(table.columns):
        if column.optional and _needed(table, widths, keep, shrink=False) > width:
            keep.remove(index)
    return keep


def _says_nothing(table: Table, index: int) -> bool:
    """Whether a column is 0 throughout, and is not what the table is read for."""
    return _is_figure(table, index) and not table.columns[index].wanted and all(_is_zero(row[index]) for row in table.rows)


def _is_zero(cell: Cell) -> bool:
    match cell.value:
        case Amount(units):
            return units == 0
        case Number(value):
            return value == 0
        case str() | int():
            return cell.value == ""
        case _:
            assert_never(cell.value)


def _is_figure(table: Table, index: int) -> bool:
    return table.columns[index].numeric


def _wanted(table: Table, keep: Sequence[int], fits: Callable[[Sequence[int]], bool]) -> list[int]:
    """What the table is read for, with the columns before it that there is room for; nothing where even that does not fit."""
    figures = [index for index in keep if _is_figure(table, index)]
    chosen = {index for index in keep if not _is_figure(table, index)} | {index for index in figures if table.columns[index].wanted}
    if not any(table.columns[index].wanted for index in chosen) or not fits(sorted(chosen)):
        return []
    for index in reversed(figures):
        if fits(sorted(chosen | {index})):
            chosen.add(index)
        else:
            break
    return sorted(chosen)


def _widths(table: Table) -> list[int]:
    """The natural width of each column."""
    return [max([cell_len(column.title), *(cell_len(row[index].text) for row in table.rows)]) for index, column in enumerate(table.columns)]


def _narrowest(table: Table, index: int) -> int:
    """How far a column can shrink: a text and a title to their longest words, a number not at all."""
    column, texts = table.columns[index], [row[index].text for row in table.rows]
    parts = texts if column.numeric else [word for text in texts for word in text.split(" ")]
    return max(cell_len(part) for part in [*column.title.split(" "), *parts])


def _needed(table: Table, widths: Sequence[int], keep: Sequence[int], *, shrink: bool) -> int:
    """The width of the columns kept, with texts wrapped where ``shrink``."""
    return sum(_narrowest(table, index) if shrink else widths[index] for index in keep) + BETWEEN_COLUMNS * (len(keep) - 1)


def set_widths(table: Table, width: int | None) -> list[int]:
    """The width of each column: its natural one, or what texts can be wrapped to so that the whole fits ``width``.

    Set here because Rich, asked to shrink several texts at once, would cut the last of them.
    """
    natural = _widths(table)
    columns = range(len(natural))
    if width is None or sum(natural) + BETWEEN_COLUMNS * (len(natural) - 1) <= width:
        return natural
    widths = [_narrowest(table, index) for index in columns]
    spare = width - BETWEEN_COLUMNS * (len(natural) - 1) - sum(widths)
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
