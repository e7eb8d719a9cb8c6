"""What a page's charts are drawn as: horizontal bars, and money that flows from one side to the other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from ..render.line import printable
from .svg import LINE, NODE_LETTERS, WIDTH, Anchor, Chart, Drawing, Kind, Stretched, wide, wrapped

_ROW: Final = 24
_HEAD: Final = 26
_LABELS: Final = 140  # the most room for the labels at the left; the numbers end at the right edge
_SHEET: Final = 720  # what the first sheet of paper holds below its heading, with two charts side by side
_BAR: Final = 14
_APART: Final = 12
_OVER: Final = 3  # how far the mark of a limit reaches over its bar
_LETTERS: Final = 18
_TITLE_LETTERS: Final = 44


class Row(NamedTuple):
    """A bar from ``start`` to ``end``; ``total`` for an amount as a whole, else what is added or taken; ``limit`` is marked across it.

    What is added is somebody's ``gain``, what is taken a burden; or a change that is neither.
    """

    label: str
    start: int
    end: int
    number: str
    total: bool = False
    limit: int | None = None
    gain: bool = True

    @property
    def lines(self) -> Sequence[str]:
        """Its label, on as many lines as it takes."""
        return wrapped(self.label, _LETTERS)

    @property
    def tall(self) -> float:
        """Its height."""
        return _ROW + LINE * (len(self.lines) - 1)


class Panel(NamedTuple):
    """Rows on one scale; ``joined`` where each goes on where the one before it ended."""

    title: str
    rows: Sequence[Row]
    joined: bool = False

    @property
    def lines(self) -> Sequence[str]:
        """Its title, on as many lines as it takes."""
        return wrapped(self.title, _TITLE_LETTERS) if self.title else ()

    @property
    def head(self) -> float:
        """The height of its title."""
        return _HEAD + LINE * (len(self.lines) - 1) if self.title else 0

    @property
    def tall(self) -> float:
        """Its height."""
        return self.head + sum(row.tall for row in self.rows) + 8

    @property
    def reach(self) -> tuple[int, int]:
        """The least and the greatest amount that it reaches, 0 among them."""
        ends = [0, *(end for row in self.rows for end in (row.start, row.end, row.limit or 0))]
        return min(ends), max(ends)


_Scaled = tuple[Panel, tuple[int, int]]
"""A panel, and the least and the greatest amount that its scale reaches."""


def bars(keys: Iterator[str], title: str, panels: Sequence[Panel], *, one_scale: bool = False) -> Iterator[Chart]:
    """Horizontal bars, panel under panel, each on a scale of its own or all on one."""
    whole = panels[0]._replace(rows=[row for panel in panels for row in panel.rows])
    yield from _on_sheets(keys, title, [(panel, whole.reach if one_scale else panel.reach) for panel in panels])


def _on_sheets(keys: Iterator[str], title: str, panels: Sequence[_Scaled]) -> Iterator[Chart]:
    """One chart, or several where one would be higher than a sheet of paper: then panels may go on in the next, on the same scale."""
    sheets: list[list[_Scaled]] = [[]]
    for panel, reach in panels:
        for piece in _pieces(panel):
            if sheets[-1] and sum(held.tall for held, _ in sheets[-1]) + piece.tall > _SHEET:
                sheets.append([])
            sheets[-1].append((piece, reach))
    rows = [row for panel, _ in panels for row in panel.rows]
    left = min(_LABELS, max(wide(line) for row in rows for line in row.lines) + _APART)
    right = max(wide(row.number, strong=True) for row in rows) + _APART
    for number, sheet in enumerate(sheets, 1):
        yield _bars(next(keys), f"{title} ({number}/{len(sheets)})" if len(sheets) > 1 else title, sheet, left, right)


def _pieces(panel: Panel) -> Iterator[Panel]:
    """The panel in pieces that each fit on a sheet."""
    rows: list[Row] = []
    for row in panel.rows:
        if rows and panel._replace(rows=[*rows, row]).tall > _SHEET:
            yield panel._replace(rows=rows)
            rows = []
        rows.append(row)
    yield panel._replace(rows=rows)


def _bars(key: str, title: str, panels: Sequence[_Scaled], left: float, right: float) -> Chart:
    """Horizontal bars, panel under panel, each as far as it is told to reach; ``left`` is the room for labels, ``right`` that for numbers."""
    drawing, top = Stretched(key, left, right), 4.0
    for panel, reach in panels:
        drawing.lines(0, top + panel.head / 2, panel.lines, WIDTH, strong=len(panel.lines))
        _panel(drawing, panel, top + panel.head, reach, left, right)
        top += panel.tall
    described = ". ".join(
        (f"{panel.title}: " if panel.title else "") + "; ".join(f"{row.label} {row.number}" for row in panel.rows) for panel, _ in panels
    )
    return drawing.chart(top, title, printable(described) + ".")


def _panel(drawing: Stretched, panel: Panel, top: float, reach: tuple[int, int], left: float, right: float) -> None:
    least, most = reach

    def across(amount: int) -> float:
        return (amount - least) / ((most - least) or 1)

    tops = list(accumulate((row.tall for row in panel.rows), initial=top))
    middles = [(upper + lower) / 2 for upper, lower in pairwise(tops)]
    for row, middle in zip(panel.rows, middles, strict=True):
        start, end = sorted((across(row.start), across(row.end)))
        if row.total or row.start != row.end:
            kind: Kind = "total" if row.total else "changed" if not row.gain else "gained" if row.end > row.start else "lost"
            drawing.box(start, middle - _BAR / 2, end - start, _BAR, kind)
        if row.limit is not None:
            drawing.upright(across(row.limit), middle - _BAR / 2 - _OVER, middle + _BAR / 2 + _OVER, "limit")
        drawing.lines(0, middle, row.lines, left - _APART / 3)
        drawing.lines(WIDTH, middle, [row.number], right, "end", strong=row.total)
    drawing.upright(across(0), top, tops[-1], "axis")
    if panel.joined:
        for (row, following), (middle, next_middle) in zip(pairwise(panel.rows), pairwise(middles), strict=True):
            if row.end in (following.start, following.end):
                drawing.upright(across(row.end), middle + _BAR / 2, next_middle - _BAR / 2, "joint")


_WIDE: Final = 720
"""How wide a flow is where there is room: its names need not be taken apart there, and its style sheet says from which window on."""
_WIDE_LETTERS: Final = 36
_BESIDE: Final = 130  # room for the names beside a flow; more where a number needs it
_BANDS: Final = 90  # the least room for the bands: beyond that, numbers are squeezed
_NODE: Final = 10  # how broad a node is
_GAP: Final = 6  # between a node and its text


class Node(NamedTuple):
    """A place that money passes: its name, and the amounts that it shows, on lines of so many ``letters``."""

    label: str
    number: str
    size: int
    letters: int = NODE_LETTERS

    @property
    def names(self) -> Sequence[str]:
        """Its name, line by line."""
        return wrapped(self.label, self.letters)

    @property
    def numbers(self) -> Sequence[str]:
        """Its number, and what is said with it, line by line; a number is never broken."""
        return textwrap.wrap(self.number, self.letters - 2, break_long_words=False)

    @property
    def tall(self) -> float:
        """The height of its text."""
        return LINE * (len(self.names) + len(self.numbers))

    @property
    def broad(self) -> float:
        """The width of its text."""
        return max(*map(wide, self.names), *(wide(line, strong=True) for line in self.numbers))

    def height(self, scale: float) -> float:
        """The height that it takes where an amount of 1 has that of ``scale``; a thin one has room for its text all the same."""
        return max(self.size * scale, self.tall) + 8


class Flow(NamedTuple):
    """Money between the columns of ``nodes``, two or three: ``bands`` maps (column, from, to) to an amount, to being in the next column."""

    nodes: Sequence[Sequence[Node]]
    bands: Mapping[tuple[int, int, int], int]


_Places = list[tuple[float, float]]
"""Top and height of each node of a column."""


def through(sources: Sequence[Node], middle: Node, sinks: Sequence[Node]) -> Flow:
    """All that goes from ``sources`` through the ``middle`` to ``sinks``."""
    bands = {(0, number, 0): node.size for number, node in enumerate(sources)}
    return Flow([sources, [middle], sinks], bands | {(1, 0, number): node.size for number, node in enumerate(sinks)})


def flow(key: str, title: str, drawn: Flow, described: str) -> Chart:
    """Bands between columns of nodes, as broad as the amount; drawn for the narrowest window, and once more for wide ones."""
    narrow = _flow(Drawing(key, "slim"), title, drawn.nodes, drawn.bands, described)
    broad = [[node._replace(letters=_WIDE_LETTERS) for node in column] for column in drawn.nodes]
    return narrow._replace(wide=_flow(Drawing(f"{key}-broad", "broad", _WIDE), title, broad, drawn.bands, described).drawing)


def _flow(
    drawing: Drawing, title: str, columns: Sequence[Sequence[Node]], bands: Mapping[tuple[int, int, int], int], described: str
) -> Chart:
    height = max(_tall(column, 0) for column in columns) + 80
    scale = (height - 24) / max(sum(node.size for node in column) for column in columns)
    while max(_tall(column, scale) for column in columns) > height - 20:
        scale *= 0.95
    left, right = _sides(columns[0], columns[-1], drawing.width)
    last = drawing.width - right - _NODE
    across = [left, last] if len(columns) == 2 else [left, (left + last) / 2, last]
    places = [_places(column, scale, height) for column in columns]
    below = 0.0
    if len(columns) == 3:
        places[1], below = _with_text_above(columns, places, last - left)
    places = [[(top + below, size) for top, size in placed] for placed in places]
    entering, leaving = ([[top for top, _ in placed] for placed in places] for _ in range(2))
    for (number, source, sink), amount in bands.items():
        start, end = leaving[number][source], entering[number + 1][sink]
        drawing.band((across[number] + _NODE, start), (across[number + 1], end), amount * scale)
        leaving[number][source] += amount * scale
        entering[number + 1][sink] += amount * scale
    texts: list[tuple[float, float, Anchor]] = [(left - _GAP, left - _GAP, "end"), (last + _NODE + _GAP, right - _GAP, "start")]
    if len(columns) == 3:
        texts.insert(1, (across[1] + _NODE / 2, drawing.width, "middle"))
    for nodes, placed, x, (at, room, anchor) in zip(columns, places, across, texts, strict=True):
        for node, (top, size) in zip(nodes, placed, strict=True):
            drawing.box(x, top, _NODE, max(size, 1.5), "total")
            middle = top - 4 - node.tall / 2 if anchor == "middle" else top + size / 2
            drawing.lines(at, middle, [*node.names, *node.numbers], room, anchor, strong=len(node.numbers))
    return drawing.chart(height + below, title, printable(described))


def _sides(first: Iterable[Node], last: Iterable[Node], width: float) -> tuple[float, float]:
    """The room at either side for these, of a drawing so wide: as much as their texts take, as far as the bands keep the least that they need."""
    left, right = (max(_BESIDE, *(node.broad + _GAP for node in nodes)) for nodes in (first, last))
    both = width - _NODE - _BANDS
    if left + right > both:
        left, right = min(left, max(both / 2, both - right)), min(right, max(both / 2, both - left))
    return left, right


def _with_text_above(columns: Sequence[Sequence[Node]], places: Sequence[_Places], apart: float) -> tuple[_Places, float]:
    """The places of the node in the middle, and how far everything moves down for the text above it.

    Where the text is broader than the room between its neighbours and would lie over them, it has a row of its own.
    """
    [node], [(top, size)] = columns[1], places[1]
    text = node.tall + _GAP
    beside = [
        (min(upper, upper + (tall - other.tall) / 2), max(upper + tall, upper + (tall + other.tall) / 2))
        for number in (0, 2)
        for other, (upper, tall) in zip(columns[number], places[number], strict=True)
    ]
    if node.broad > apart - _NODE - _GAP and any(upper < top and lower > top - text for upper, lower in beside):
        top = min(upper for upper, _ in beside)
    return [(top, size)], max(0.0, text - top)


def _tall(column: Iterable[Node], scale: float) -> float:
    return sum(node.height(scale) for node in column)


def _places(column: Sequence[Node], scale: float, height: float) -> _Places:
    """Top and height of each node."""
    top = (height - _tall(column, scale)) / 2
    places = []
    for node in column:
        size, room = node.size * scale, node.height(scale)
        places.append((top + (room - size) / 2, size))
        top += room
    return places
