"""Charts of money that flows from one side to the other: bands as broad as the amount, between nodes with their names and numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple

from ..render.terminal import printable
from . import svg
from .charts import FONT, WIDTH, Chart, block, canvas
from .labels import LETTER, LINE, NODE_LETTERS, wide, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BESIDE: Final = 130  # room for the names beside a flow; more where a number needs it
_BANDS: Final = 90  # the least room for the bands: beyond that, numbers are written smaller
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
    def room(self) -> float:
        """The least height that it takes, for its text."""
        return self.tall + 8


class Flow(NamedTuple):
    """Money between the columns of ``nodes``, two or three: ``bands`` maps (column, from, to) to an amount, to being in the next column."""

    nodes: Sequence[Sequence[Node]]
    bands: Mapping[tuple[int, int, int], int]


_Places = list[tuple[float, float]]
"""Top and height of each node of a column."""


def flow(key: str, title: str, drawn: Flow, described: str) -> Chart:
    """Bands between columns of nodes, as broad as the amount."""
    columns = drawn.nodes
    height = max(_tall(column, 0) for column in columns) + 80
    scale = (height - 24) / max(sum(node.size for node in column) for column in columns)
    while max(_tall(column, scale) for column in columns) > height - 20:
        scale *= 0.95
    left, right = _sides(_longest(columns[0]), _longest(columns[-1]))
    last = WIDTH - right - _BAR
    across = [left, last] if len(columns) == 2 else [left, (left + last) / 2, last]
    places = [_places(column, scale, height) for column in columns]
    below = 0.0
    if len(columns) == 3:
        places[1], below = _with_text_above(columns, places, last - left)
    places = [[(top + below, size) for top, size in placed] for placed in places]
    figure, axes = canvas(height + below)
    entering = [[top for top, _ in placed] for placed in places]
    leaving = [[top for top, _ in placed] for placed in places]
    for (number, source, sink), amount in drawn.bands.items():
        thick = amount * scale
        _band(axes, across[number] + _BAR, leaving[number][source], across[number + 1], entering[number + 1][sink], thick)
        leaving[number][source] += thick
        entering[number + 1][sink] += thick
    sides = ["right", "left"] if len(columns) == 2 else ["right", "center", "left"]
    for nodes, placed, x, side in zip(columns, places, across, sides, strict=True):
        room = {"right": left, "left": right, "center": WIDTH}[side] - _GAP
        font = min(FONT, floor(FONT * room / _longest(nodes) * 10) / 10)
        for node, (top, size) in zip(nodes, placed, strict=True):
            _node(axes, node, x, top, size, side, font)
    return Chart(title, svg.svg(figure, key, title, printable(described)))


def _longest(column: Iterable[Node]) -> float:
    """The width of the longest number of a column."""
    return max(wide(line) for node in column for line in node.numbers)


def _sides(left: float, right: float) -> tuple[float, float]:
    """The room at either side for numbers as long as these: as much as they take, as far as the bands keep the least that they need."""
    left, right = (max(_BESIDE, number + _GAP) for number in (left, right))
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
    broad = max([*(LETTER * len(line) for line in node.names), *map(wide, node.numbers)])
    beside = [
        (min(upper, upper + (tall - other.tall) / 2), max(upper + tall, upper + (tall + other.tall) / 2))
        for number in (0, 2)
        for other, (upper, tall) in zip(columns[number], places[number], strict=True)
    ]
    if broad > apart - _BAR - _GAP and any(upper < top and lower > top - text for upper, lower in beside):
        top = min(upper for upper, _ in beside)
    return [(top, size)], max(0.0, text - top)


def _node(axes: Axes, node: Node, x: float, top: float, size: float, side: str, font: float) -> None:
    """A node with its name and number: to its `right` or `left` edge, or in the `center` above it. ``font`` is the size of the number."""
    block(axes, x, top, _BAR, max(size, 1.5), svg.TOTAL)
    lines = [(line, "normal", FONT) for line in node.names] + [(line, "bold", font) for line in node.numbers]
    at, y = {
        "right": (x - _GAP, top + size / 2 - LINE * (len(lines) - 1) / 2),
        "left": (x + _BAR + _GAP, top + size / 2 - LINE * (len(lines) - 1) / 2),
        "center": (x + _BAR / 2, top - 4 - LINE * (len(lines) - 0.5)),
    }[side]
    for offset, (line, weight, points) in enumerate(lines):
        axes.text(at, y + LINE * offset, line, ha=side, va="center", color=svg.INK, weight=weight, size=points)


def _band(axes: Axes, x0: float, y0: float, x1: float, y1: float, thick: float) -> None:
    """A curved band from one node to another."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    bend = (x0 + x1) / 2
    corners = [(x0, y0), (bend, y0), (bend, y1), (x1, y1), (x1, y1 + thick), (bend, y1 + thick), (bend, y0 + thick), (x0, y0 + thick)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path([*corners, corners[0]], codes), facecolor=svg.BAND, edgecolor=svg.TOTAL, linewidth=0.6))


def _tall(column: Iterable[Node], scale: float) -> float:
    return sum(max(node.size * scale + 8, node.room) for node in column)


def _places(column: Sequence[Node], scale: float, height: float) -> _Places:
    """Top and height of each node; a thin one has room for its text all the same."""
    top = (height - _tall(column, scale)) / 2
    places = []
    for node in column:
        size = node.size * scale
        room = max(size + 8, node.room)
        places.append((top + (room - size) / 2, size))
        top += room
    return places
