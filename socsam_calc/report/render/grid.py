"""A workbook as data: sheets of typed cells, and the formulas that give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple


class Column(NamedTuple):
    """A column: ``kind`` is `text`, `plain` (an amount), `signed` (an amount that is gained or borne), `exact`, `entered` (a number that may be
    changed; `entered units` a whole one), `units` (whole numbers) or `check` (a count that turns red above 0).

    An exact or entered number has the decimals that its own column needs; plain and signed amounts have the same throughout the workbook.
    """

    key: str
    title: str
    kind: str = "plain"


class Spot(NamedTuple):
    """A cell of the workbook: its sheet, the number of its row from 0, below the head, and its column's key."""

    sheet: str
    row: int
    column: str


class Terms(NamedTuple):
    """Cells added up, each with its sign."""

    cells: Sequence[tuple[int, Spot]]


class Span(NamedTuple):
    """Cells of one column added up, from a first row to a last; ``positive`` adds only those above 0."""

    first: Spot
    last: int
    positive: bool = False


class Area(NamedTuple):
    """Cells of one column, from a first to that of a last row."""

    first: Spot
    last: int


Piece = str | Spot | Area


class Written(NamedTuple):
    """A formula written out: its text, with cells and areas where they stand in it. What it gives is computed by who writes it."""

    pieces: Sequence[Piece]


Formula = Terms | Span | Written


class Amount(NamedTuple):
    """An exact amount in the workbook's unit, None where it is not known; with the formula that gives it, if any.

    ``kind`` is that of its column where it is empty.
    """

    value: Decimal | None
    formula: Formula | None = None
    kind: str = ""


class Said(NamedTuple):
    """A text that follows from figures: what it is today, and the formula that gives it."""

    text: str
    formula: Written


Content = Mapping[str, str | int | Amount | Said]
"""The cells of a row, by their columns."""


class Row(NamedTuple):
    """One line of a sheet; what has no entry stays empty."""

    cells: Content
    total: bool = False


class Sheet(NamedTuple):
    """A sheet: its name (at most 31 characters), the heading above the columns, and how many columns on the left stay in view.

    Its rows are a table with a filter on every column; the sums, which are its last rows, stand apart below it. ``warned`` are a cell and a text: while that cell is not 0, the text stands behind the
    heading, in red.
    """

    name: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    kept: int = 1
    warned: tuple[Sequence[Spot], str] | None = None
