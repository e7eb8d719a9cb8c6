"""Charts of money that flows from one side to the other: bands as broad as the amount, between nodes with their names and numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from ..render.terminal import printable
from .labels import LINE, NODE_LETTERS, wide, wrapped
from .svg import WIDTH, Anchor, Chart, Drawing

_BESIDE: Final = 130  # room for the names beside a flow; more where a number needs it
_BANDS: Final = 90  # the least room for the bands: beyond that, numbers are squeezed
_BAR: Final = 10  # how broad a node is
_GAP: Final = 6  # between a node and its text


class Node(NamedTuple):
    """A place that money passes: its name, and the amounts that it shows."""

    label: str
    number: str
    size: int

    @property
    def names(self) -> Sequence[str]:
        """Its name, line by line."""
        return wrapped(self.label, NODE_LETTERS)

    @property
    def numbers(self) -> Sequence[str]:
        """Its number, and what is said with it, line by line; a number is never broken."""
        return textwrap.wrap(self.number, NODE_LETTERS - 2, break_long_words=False)

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
    """Bands between columns of nodes, as broad as the amount."""
    columns = drawn.nodes
    height = max(_tall(column, 0) for column in columns) + 80
    scale = (height - 24) / max(sum(node.size for node in column) for column in columns)
    while max(_tall(column, scale) for column in columns) > height - 20:
        scale *= 0.95
    left, right = _sides(columns[0], columns[-1])
    last = WIDTH - right - _BAR
    across = [left, last] if len(columns) == 2 else [left, (left + last) / 2, last]
    places = [_places(column, scale, height) for column in columns]
    below = 0.0
    if len(columns) == 3:
        places[1], below = _with_text_above(columns, places, last - left)
    places = [[(top + below, size) for top, size in placed] for placed in places]
    drawing = Drawing(key)
    entering, leaving = ([[top for top, _ in placed] for placed in places] for _ in range(2))
    for (number, source, sink), amount in drawn.bands.items():
        start, end = leaving[number][source], entering[number + 1][sink]
        drawing.band((across[number] + _BAR, start), (across[number + 1], end), amount * scale)
        leaving[number][source] += amount * scale
        entering[number + 1][sink] += amount * scale
    texts: list[tuple[float, float, Anchor]] = [(left - _GAP, left - _GAP, "end"), (last + _BAR + _GAP, right - _GAP, "start")]
    if len(columns) == 3:
        texts.insert(1, (across[1] + _BAR / 2, WIDTH, "middle"))
    for nodes, placed, x, (at, room, anchor) in zip(columns, places, across, texts, strict=True):
        for node, (top, size) in zip(nodes, placed, strict=True):
            drawing.box(x, top, _BAR, max(size, 1.5), "total")
            middle = top - 4 - node.tall / 2 if anchor == "middle" else top + size / 2
            drawing.lines(at, middle, [*node.names, *node.numbers], room, anchor, strong=len(node.numbers))
    return drawing.chart(height + below, title, printable(described))


def _sides(first: Iterable[Node], last: Iterable[Node]) -> tuple[float, float]:
    """The room at either side for these: as much as their texts take, as far as the bands keep the least that they need."""
    left, right = (max(_BESIDE, *(node.broad + _GAP for node in nodes)) for nodes in (first, last))
    both = WIDTH - _BAR - _BANDS
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
    if node.broad > apart - _BAR - _GAP and any(upper < top and lower > top - text for upper, lower in beside):
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
