"""A table on a terminal: which of its columns stand side by side, and how wide each is. Numbers are never cut or wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, assert_never

from ...amounts import DASH, SPACE
from ..told.tables import Amount, Cell, Number, Table, chosen_columns, pieces
from .line import cell_len

BETWEEN_COLUMNS: Final = 3  # two of padding, one of the divider
_FOLDED: Final = 8  # a word is broken before a column gets narrower than this


class Aside(NamedTuple):
    """A line over the whole width of a table: above or ``below`` a row of it."""

    row: int
    cell: Cell
    below: bool


class Fitted(NamedTuple):
    """A table as it fits: one or several, each with the lines between its rows; then lines that tell what had no room."""

    pieces: Sequence[tuple[Table, Sequence[Aside]]]
    told: Sequence[str] = ()
    named: Sequence[tuple[str, str]] = ()


def fitted(table: Table, width: int | None) -> Fitted:
    """The table as it fits, ``width`` None being as wide as it likes.

    What goes first are sentences, which stand below their rows, and names, which are told aside; then texts give way to their short forms,
    and columns that are 0 throughout go. After that texts are wrapped, what the table is read for goes where it is 0 throughout, and is
    said to be, and rows that share their first text stand below it. What still has no room stands in several tables, and what the table is
    read for together in the first of them, with as much of what it is made of as there is room for.
    """
    if width is None:
        return Fitted([(table, ())])
    layout = _Layout(table, width)
    return Fitted(list(layout.pieces()), layout.told, layout.named)


class _Layout:
    """Which columns are kept, and what becomes of those that are not."""

    def __init__(self, table: Table, width: int) -> None:
        self.table, self.width = table, width
        self.keep = list(range(len(table.columns)))
        self.sentences: list[int] = []
        self.told: list[str] = []
        self.named: list[tuple[str, str]] = []
        self.grouped = False
        if not self._at_ease():
            self.sentences = [index for index in self.keep if table.columns[index].sentence]
            self.keep = [index for index in self.keep if index not in self.sentences]
        for index in [index for index in self.keep if table.columns[index].optional]:
            if not self._at_ease():
                self._name_aside(index)
        if not self._at_ease():
            self.table = table._replace(rows=[[cell._replace(value=cell.short or cell.value) for cell in row] for row in table.rows])
        wanted = {index for index in self.keep if table.columns[index].wanted}
        zero = [index for index in self.keep if wanted and self._is_zero(index)]
        if not self._at_ease():
            self.keep = [index for index in self.keep if index not in zero or index in wanted]
        if not self._fits(self.keep) and (said := [table.columns[index].title for index in zero if index in wanted]):
            self.keep = [index for index in self.keep if index not in zero]
            self.told.append(f"{', '.join(said)}{SPACE}={SPACE}0")
        if not self._fits(self.keep):
            self._group()

    def pieces(self) -> Iterator[tuple[Table, Sequence[Aside]]]:
        """The tables that the columns kept fit into, in which no row stands without a figure twice."""
        if self._fits(self.keep):
            yield self._set(chosen_columns(self.table, self.keep, self.table.title))
            return
        labels = [index for index in self.keep if not self.table.columns[index].numeric]
        first = self._read_for(labels)
        others = [index for index in self.keep if index not in first and index not in labels]
        split = [*(self._split(labels, first) if first else ()), *(self._split(labels, others) if others else ())]
        for number, piece in enumerate(split):
            yield self._set(piece._replace(title="" if number else self.table.title), again=number > 0)

    def _split(self, labels: Sequence[int], figures: Sequence[int]) -> Iterator[Table]:
        return pieces(self.table, [*labels, *figures], self._fits)

    def _at_ease(self) -> bool:
        """Whether the columns kept fit with nothing wrapped."""
        return _needed(self.table, _widths(self.table), self.keep, shrink=False) <= self.width

    def _fits(self, chosen: Sequence[int]) -> bool:
        columns = [index for index in chosen if not (self.grouped and index == 0)]
        return _needed(self.table, _widths(self.table), columns, shrink=True) <= self.width

    def _name_aside(self, index: int) -> None:
        """Leave a column of names out, and tell what each row that has one is called."""
        self.keep.remove(index)
        self.named += [
            (row[0].text, row[index].text) for row in self.table.rows if row[index].text not in ("", row[0].text) and self._is_label(index)
        ]

    def _is_label(self, index: int) -> bool:
        return index > 0 and not self.table.columns[index].numeric

    def _group(self) -> None:
        """Where rows share the text that they begin with, or leave it out, and have more to tell them apart: let that stand above them."""
        columns, heads = self.table.columns, [row[0] for row in self.table.rows]
        for at, head in enumerate(heads):
            heads[at] = head if head.text or not at else heads[at - 1]
        several = len(columns) > 1 and not columns[0].numeric and not columns[1].numeric
        if several and not self.table.totals and any(head.text == before.text for before, head in pairwise(heads)):
            self.grouped = True
            self.table = self.table._replace(rows=[[head, *row[1:]] for head, row in zip(heads, self.table.rows, strict=True)])

    def _is_zero(self, index: int) -> bool:
        return self.table.columns[index].numeric and all(_is_zero(row[index]) for row in self.table.rows)

    def _read_for(self, labels: Sequence[int]) -> list[int]:
        """What the table is read for, and as much of what stands before it as there is room for."""
        figures = [index for index in self.keep if index not in labels]
        chosen = [index for index in figures if self.table.columns[index].wanted]
        for index in reversed(figures[: figures.index(chosen[0])] if chosen else []):
            if not self._fits([*labels, index, *chosen]):
                break
            chosen.insert(0, index)
        return chosen

    def _set(self, table: Table, *, again: bool = False) -> tuple[Table, Sequence[Aside]]:
        """A table with its lines between: sentences where rows stand for the first time; ``again`` without the rows that say no more."""
        sentences = [] if again else [[row[index] for index in self.sentences] for row in self.table.rows]
        if again:
            says = [any(cell.text for column, cell in zip(table.columns, row, strict=True) if column.numeric) for row in table.rows]
            first_total = len(table.rows) - table.totals
            kept = [number for number, said in enumerate(says) if said or number >= first_total]
            table = table._replace(rows=[table.rows[number] for number in kept])
        asides = [Aside(number, cell, True) for number, said in enumerate(sentences) for cell in said if cell.text]
        if self.grouped:
            title, heads = table.columns[0].title, [row[0] for row in table.rows]
            begins = [at for at, head in enumerate(heads) if not at or head.text != heads[at - 1].text]
            named = (
                head if head.text[:1].isalpha() else head._replace(value=f"{title}: {head.text}") for head in (heads[at] for at in begins)
            )
            asides += [Aside(at, head, False) for at, head in zip(begins, named, strict=True)]
            table = chosen_columns(table, range(1, len(table.columns)), table.title)
        return table, asides


def _is_zero(cell: Cell) -> bool:
    match cell.value:
        case Amount(units):
            return units == 0
        case Number(value):
            return value == 0
        case str() | int():
            return cell.value in ("", DASH)
        case _:
            assert_never(cell.value)


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
