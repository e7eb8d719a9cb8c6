"""A report as data: headings, tables, bars and lines of text, in the order in which they are read. How they look is decided later.

A cell holds an amount, a number, a year or a text, not how that is written. What a sum or a difference is made of is said once: a screen
shows what it comes to, a workbook the formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from ...amounts import DASH, Scale, rounded
from ...problems import Place

GOOD, BAD, WARN = "good", "bad", "warn"
SCREEN, WORKBOOK = "screen", "workbook"


class Amount(NamedTuple):
    """Money as a count of rounding units, None where it is not known, and the scale that it is written in; ``signed`` marks what is above 0 too."""

    units: int | None
    scale: Scale
    signed: bool = False


class Number(NamedTuple):
    """An exact number that is written with so many decimals: a share, or an amount that is rounded only here; None where it is not known."""

    value: Fraction | None
    decimals: int = 0
    signed: bool = False


Value = str | int | Amount | Number
"""What a cell holds: a text, a year (whose digits have no gaps), money, or another number."""


class Cell(NamedTuple):
    """One field of a table. ``tone`` is `good` for a surplus, `bad` for a deficit or an error, `warn` for a warning, empty otherwise.

    ``figure`` is the path of the figure that it shows, as in `1998.parties.kassa.settled`; empty for text and for sums of its table alone.
    ``claims`` are the paths of the balances whose claims it adds up: those above 0. ``live`` is what a workbook takes it from where it shows
    no figure of its own, a path after `−` with its sign turned. ``short`` is a text that says enough where there is little room.
    """

    value: Value
    tone: str = ""
    figure: str = ""
    claims: Sequence[str] = ()
    live: str = ""
    short: str = ""

    @property
    def text(self) -> str:
        """What it says, in the scale and with the decimals of its value."""
        match self.value:
            case str(text):
                return text
            case int(year):
                return str(year)
            case Amount(units, scale, signed):
                return scale.amount(units, signed=signed)
            case Number(value, decimals, signed):
                return DASH if value is None else rounded(value, decimals, signed=signed)
            case _:
                assert_never(self.value)


class Column(NamedTuple):
    """A column: numbers are set to the right and never cut; an optional column is the first to go where there is no room.

    ``key`` names its cells in a sum, and ``made`` says how each is made of others in its row, as in `kept + allocated + used`. ``only`` is
    WORKBOOK for one that a screen has no room for, SCREEN for what stands in place of those. ``wanted`` are those that the table is read for;
    a ``sentence`` is text of any length, which may stand below its row.
    """

    title: str
    numeric: bool = True
    optional: bool = False
    key: str = ""
    made: str = ""
    only: str = ""
    wanted: bool = False
    sentence: bool = False


MOST_BARS = 40
"""More bars than this fill the screen and say less than their table: then there are none."""


class Table(NamedTuple):
    """Rows under a title; the last ``totals`` rows are sums."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: int = 0

    def marked(self) -> Iterator[tuple[Sequence[Cell], bool]]:
        """The rows, each with whether it is a sum."""
        return ((row, number >= len(self.rows) - self.totals) for number, row in enumerate(self.rows))


def merged_columns(tables: Iterable[Table]) -> list[Column]:
    """The columns that any of the tables has, each where its neighbours stand."""
    found: list[Column] = []
    for table in tables:
        keys, at = [column.key for column in found], 0
        for column in table.columns:
            if column.key in keys:
                at = keys.index(column.key)
            else:
                found.insert(at, column)
                keys.insert(at, column.key)
            at += 1
    return found


def keyed(title: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]], totals: int = 0) -> Table:
    """A table of rows that hold their cells by the columns' keys; what a row does not hold is empty."""
    return Table(title, columns, [[row.get(column.key, Cell("")) for column in columns] for row in rows], totals)


def added(rows: Sequence[Mapping[str, Cell]], keys: Iterable[str]) -> dict[str, Amount]:
    """The sum of each of these columns that holds amounts: not known where one of them is not."""
    sums = {}
    for key in keys:
        held = [row[key].value for row in rows if key in row]
        amounts = [value for value in held if isinstance(value, Amount)]
        if amounts:
            units = [amount.units for amount in amounts if amount.units is not None]
            sums[key] = amounts[0]._replace(units=sum(units) if len(units) == len(amounts) else None)
    return sums


def money(amount: Amount, figure: str = "", claims: Sequence[str] = ()) -> Cell:
    """An amount as a cell: a signed one has the tone of what it is to whom it belongs, and what is not known shows no figure."""
    return Cell(amount, tone(amount.units) if amount.signed else "", "" if amount.units is None else figure, claims)


def on_screen(table: Table) -> Table:
    """The table without the columns that only a workbook has room for."""
    return chosen_columns(table, [index for index, column in enumerate(table.columns) if column.only != WORKBOOK], table.title)


class Part(NamedTuple):
    """A table among others of its shape, with the cells that say whose it is; ``owner`` counts the settlements that are shown, from 0."""

    owner: int
    labels: Sequence[Cell]
    table: Table


class Stack(NamedTuple):
    """Tables of one shape below each other: a sheet of a workbook. ``labels`` are the columns that say whose each is.

    ``kept`` columns on the left stay in view; a ``summary`` takes its figures from where the other sheets have them.
    """

    title: str
    labels: Sequence[Column]
    parts: Sequence[Part]
    kept: int = 2
    summary: bool = False


def in_workbook(table: Table) -> Table:
    """The table without what only a screen shows in place of those."""
    return chosen_columns(table, [index for index, column in enumerate(table.columns) if column.only != SCREEN], table.title)


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


class Excerpts(NamedTuple):
    """Lines of a file under a title, each with what it is shown for, and a mark under the spot that is meant."""

    title: str
    entries: Sequence[tuple[str, Place]]


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


Block = Heading | Table | Lines | Bars | Excerpts


def tone(amount: int | Fraction | None) -> str:
    """Green for what somebody gains, red for what somebody bears."""
    return GOOD if amount and amount > 0 else BAD if amount and amount < 0 else ""
