"""A report as data: headings, tables, bars and lines of text, in the order in which they are read. How they look is decided later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

GOOD, BAD, WARN = "good", "bad", "warn"


class Cell(NamedTuple):
    """One field of a table. ``tone`` is `good` for a surplus, `bad` for a deficit or an error, `warn` for a warning, empty otherwise.

    ``figure`` is the path of the figure that it shows, as in `1998.parties.kassa.settled`; empty for text and for sums of its table alone.
    """

    text: str
    tone: str = ""
    figure: str = ""


class Column(NamedTuple):
    """A column: numbers are set to the right and never cut; an optional column is the first to go where there is no room."""

    title: str
    numeric: bool = True
    optional: bool = False


MOST_BARS = 40
"""More bars than this fill the screen and say less than their table: then there are none."""


class Table(NamedTuple):
    """Rows under a title; the last ``totals`` rows are sums."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: int = 0


def chosen_columns(table: Table, chosen: Sequence[int], title: str) -> Table:
    """The table with some of its columns."""
    return Table(title, [table.columns[index] for index in chosen], [[row[index] for index in chosen] for row in table.rows], table.totals)


def pieces(table: Table, keep: Sequence[int], fits: Callable[[Sequence[int]], bool]) -> Iterator[Table]:
    """The columns kept, in as many tables as it takes for each to fit; what a row is called stands in every one, the title above the first."""
    texts = next((position for position, index in enumerate(keep) if table.columns[index].numeric), 1)
    labels, others = keep[: max(1, texts)], keep[max(1, texts) :]
    piece: list[int] = []
    title = table.title
    for index in others:
        if piece and not fits([*labels, *piece, index]):
            yield chosen_columns(table, [*labels, *piece], title)
            piece, title = [], ""
        piece.append(index)
    yield chosen_columns(table, [*labels, *piece], title)


class Lines(NamedTuple):
    """Sentences under a title, each a line of its own."""

    title: str
    lines: Sequence[Cell]


class Bar(NamedTuple):
    """A signed length and the number that stands beside it. ``group`` names bars that belong together, ``label`` one of them."""

    group: str
    label: str
    length: int
    number: Cell


class Bars(NamedTuple):
    """Bars about a common zero, for the eye alone: they say nothing that a table does not say, and only a terminal draws them."""

    title: str
    bars: Sequence[Bar]


class Heading(NamedTuple):
    """The name of what follows."""

    text: str
    level: int = 1


class Item(NamedTuple):
    """An entry of an outline: how deep it stands, what it says, and what more there is to say of it.

    ``elsewhere`` is the path of the figure that it cites where that is derived with another year.
    """

    depth: int
    text: str
    details: Sequence[str] = ()
    elsewhere: str = ""


class Outline(NamedTuple):
    """Entries that rest on one another, each indented below the one that it belongs to."""

    title: str
    items: Sequence[Item]


Block = Heading | Table | Lines | Bars


def tone(amount: int | None) -> str:
    """Green for what somebody gains, red for what somebody bears."""
    return GOOD if amount and amount > 0 else BAD if amount and amount < 0 else ""
