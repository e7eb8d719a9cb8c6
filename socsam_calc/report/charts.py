"""Charts of a settlement, drawn by Matplotlib: waterfall, flows of money, parties year by year.

Every bar and every band carries its number, gains and burdens differ by pattern and sign as well as by colour, and a text says the same.
"""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from . import svg
from .terminal import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH: Final = 372  # little more than the narrowest window holds, so that texts are hardly smaller there than around them
_ROW: Final = 24
_HEAD: Final = 26
_LABELS: Final = 140  # the most room for the labels at the left; the numbers end at the right edge
_LETTER: Final = 7.6
_DIGIT: Final = 7.9  # the width of a bold figure
_SHEET: Final = 720  # what the first sheet of paper holds below its heading, with two charts side by side
_MOST_ROWS: Final = 30
_BAR: Final = 14
_LINE: Final = 14  # the height of a line of text
_LETTERS: Final = 18
_TITLE_LETTERS: Final = 44
_NODE_LETTERS: Final = 17
_LINES: Final = 3
_BESIDE: Final = 130  # room for the names beside a flow


class Chart(NamedTuple):
    """A drawing for the page: its caption, and the SVG with its text alternative."""

    title: str
    drawing: str


class Row(NamedTuple):
    """A bar from ``start`` to ``end``; ``total`` for an amount as a whole, else what is added or taken."""

    label: str
    start: int
    end: int
    number: str
    total: bool = False


class Panel(NamedTuple):
    """Rows on one scale; ``joined`` where each goes on where the one before it ended."""

    title: str
    rows: Sequence[Row]
    joined: bool = False


class Node(NamedTuple):
    """A place that money passes: its name, and the amounts that it shows."""

    label: str
    number: str
    size: int


class Flow(NamedTuple):
    """Money between the columns of ``nodes``: ``bands`` maps (column, from, to) to an amount, to being in the next column."""

    nodes: Sequence[Sequence[Node]]
    bands: Mapping[tuple[int, int, int], int]


def on_one_scale(keys: Iterator[str], title: str, panels: Sequence[Panel]) -> Iterator[Chart]:
    """Horizontal bars, all on one scale: one chart, or several where one would be higher than a sheet of paper."""
    pieces = [Panel(panel.title, panel.rows[at : at + _MOST_ROWS]) for panel in panels for at in range(0, len(panel.rows), _MOST_ROWS)]
    sheets: list[list[Panel]] = [[]]
    for piece in pieces:
        if sheets[-1] and sum(map(_tall_panel, [*sheets[-1], piece])) > _SHEET:
            sheets.append([])
        sheets[-1].append(piece)
    ranges = [_range(panel) for panel in panels]
    reach = min(least for least, _ in ranges), max(most for _, most in ranges)
    for number, held in enumerate(sheets, 1):
        yield bars(next(keys), f"{title} ({number}/{len(sheets)})" if len(sheets) > 1 else title, held, reach)


def bars(key: str, title: str, panels: Sequence[Panel], reach: tuple[int, int] | None = None) -> Chart:
    """Horizontal bars, panel under panel, each on a scale of its own or all reaching as far."""
    figure, axes = _canvas(sum(map(_tall_panel, panels)) + 4)
    rows = [row for panel in panels for row in panel.rows]
    left = min(_LABELS, _LETTER * max(len(row.label) for row in rows) + 12)
    length = _WIDTH - left - _DIGIT * max(len(row.number) for row in rows) - 12
    top = 4.0
    for panel in panels:
        if panel.title:
            for number, line in enumerate(_wrapped(panel.title, _TITLE_LETTERS)):
                axes.text(0, top + _HEAD / 2 + _LINE * number, line, va="center", weight="bold", color=svg.INK)
            top += _head(panel)
        _panel(axes, panel, top, reach or _range(panel), left, length)
        top += sum(map(_high, panel.rows)) + 8
    described = ". ".join(
        (f"{panel.title}: " if panel.title else "") + "; ".join(f"{row.label} {row.number}" for row in panel.rows) for panel in panels
    )
    return Chart(title, svg.svg(figure, key, title, printable(described) + "."))


def flow(key: str, title: str, drawn: Flow, described: str) -> Chart:
    """Bands between columns of nodes, as broad as the amount."""
    columns = drawn.nodes
    height = max(_tall(column, 0) for column in columns) + 80
    scale = (height - 24) / max(sum(node.size for node in column) for column in columns)
    while max(_tall(column, scale) for column in columns) > height - 20:
        scale *= 0.95
    places = [_places(column, scale, height) for column in columns]
    below = _text_above(columns, places)
    places = [[(top + below, size) for top, size in placed] for placed in places]
    figure, axes = _canvas(height + below)
    last = _WIDTH - _BESIDE - 10
    across = [_BESIDE, last] if len(columns) == 2 else [_BESIDE, _WIDTH / 2 - 5, last]
    entering = [[top for top, _ in placed] for placed in places]
    leaving = [[top for top, _ in placed] for placed in places]
    for (number, source, sink), amount in drawn.bands.items():
        thick = amount * scale
        _band(axes, across[number] + 10, leaving[number][source], across[number + 1], entering[number + 1][sink], thick)
        leaving[number][source] += thick
        entering[number + 1][sink] += thick
    for number, (nodes, placed) in enumerate(zip(columns, places, strict=True)):
        side = "right" if number == 0 else "left" if number == len(columns) - 1 else "center"
        for node, (top, size) in zip(nodes, placed, strict=True):
            _node(axes, node, across[number], top, size, side)
    return Chart(title, svg.svg(figure, key, title, printable(described)))


def _text_above(columns: Sequence[Sequence[Node]], places: Sequence[Sequence[tuple[float, float]]]) -> float:
    """How much room the texts of the middle nodes lack above them."""
    lacking = [0.0]
    for nodes, placed in list(zip(columns, places, strict=True))[1:-1]:
        lacking += [_LINE * len(_lines(node)) + 6 - top for node, (top, _) in zip(nodes, placed, strict=True)]
    return max(lacking)


def _node(axes: Axes, node: Node, x: float, top: float, size: float, side: str) -> None:
    """A node with its name and number: to its `right` or `left` edge, or in the `center` above it."""
    _block(axes, x, top, 10, max(size, 1.5), svg.TOTAL)
    lines = _lines(node)
    at, y = {
        "right": (x - 6, top + size / 2 - _LINE * (len(lines) - 1) / 2),
        "left": (x + 16, top + size / 2 - _LINE * (len(lines) - 1) / 2),
        "center": (x + 5, top - 4 - _LINE * (len(lines) - 0.5)),
    }[side]
    for offset, (line, weight) in enumerate(lines):
        axes.text(at, y + _LINE * offset, line, ha=side, va="center", color=svg.INK, weight=weight)


def _canvas(height: float) -> tuple[Figure, Axes]:
    """An empty drawing, measured in pixels from its upper left corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH / 72, height / 72), dpi=72, frameon=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, _WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _range(panel: Panel) -> tuple[int, int]:
    """The least and the greatest amount that a panel reaches, 0 among them."""
    ends = [0, *(end for row in panel.rows for end in (row.start, row.end))]
    return min(ends), max(ends)


def _tall_panel(panel: Panel) -> float:
    return _head(panel) + sum(map(_high, panel.rows)) + 8


def _head(panel: Panel) -> float:
    """The height of a panel's title, on as many lines as it takes."""
    return _HEAD + _LINE * (len(_wrapped(panel.title, _TITLE_LETTERS)) - 1) if panel.title else 0


def _panel(axes: Axes, panel: Panel, top: float, reach: tuple[int, int], left: float, length: float) -> None:
    least, most = reach
    scale = length / ((most - least) or 1)

    def across(amount: int) -> float:
        return left + (amount - least) * scale

    zero = across(0)
    tops = list(accumulate(map(_high, panel.rows), initial=top))
    middles = [(upper + lower) / 2 for upper, lower in pairwise(tops)]
    axes.plot([zero, zero], [top, tops[-1]], color=svg.LINE, linewidth=1)
    for row, middle in zip(panel.rows, middles, strict=True):
        start, end = sorted((across(row.start), across(row.end)))
        rising = row.end >= row.start
        if row.total:
            axes.barh(middle, end - start, _BAR, left=start, color=svg.TOTAL, edgecolor=svg.INK, linewidth=0.8)
        elif row.start != row.end:
            face, mark, hatch = (svg.GAIN, svg.GAIN_MARK, "//") if rising else (svg.LOSS, svg.LOSS_MARK, "--")
            bar = axes.barh(middle, end - start, _BAR, left=start, color=face, linewidth=0, hatch=hatch, edgecolor=mark)
            axes.add_patch(_outline(bar[0].get_bbox(), mark))
        lines = _wrapped(row.label, _LETTERS)
        for offset, line in enumerate(lines):
            axes.text(0, middle + _LINE * (offset - (len(lines) - 1) / 2), line, va="center", color=svg.INK)
        axes.text(_WIDTH - 1, middle, row.number, va="center", ha="right", color=svg.INK, weight="bold" if row.total else "normal")
    if panel.joined:
        for (row, following), (middle, next_middle) in zip(pairwise(panel.rows), pairwise(middles), strict=True):
            if row.end in (following.start, following.end):
                x = across(row.end)
                axes.plot([x, x], [middle + _BAR / 2, next_middle - _BAR / 2], color=svg.MUTED, linewidth=0.8)


def _high(row: Row) -> float:
    """The height of a row, for its label on as many lines as it takes."""
    return _ROW + _LINE * (len(_wrapped(row.label, _LETTERS)) - 1)


def _outline(box: Any, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((box.x0, box.y0), box.width, box.height, fill=False, edgecolor=colour, linewidth=0.8)


def _block(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=svg.INK, linewidth=0.8))


def _band(axes: Axes, x0: float, y0: float, x1: float, y1: float, thick: float) -> None:
    """A curved band from one node to another."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    bend = (x0 + x1) / 2
    corners = [(x0, y0), (bend, y0), (bend, y1), (x1, y1), (x1, y1 + thick), (bend, y1 + thick), (bend, y0 + thick), (x0, y0 + thick)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path([*corners, corners[0]], codes), facecolor=svg.BAND, edgecolor=svg.TOTAL, linewidth=0.6))


def _tall(column: Iterable[Node], scale: float) -> float:
    return sum(max(node.size * scale + 8, _room(node)) for node in column)


def _room(node: Node) -> float:
    """The least height of a node, for its lines of text."""
    return _LINE * len(_lines(node)) + 8


def _places(column: Sequence[Node], scale: float, height: float) -> list[tuple[float, float]]:
    """Top and height of each node; a thin one has room for its text all the same."""
    top = (height - _tall(column, scale)) / 2
    places = []
    for node in column:
        size = node.size * scale
        room = max(size + 8, _room(node))
        places.append((top + (room - size) / 2, size))
        top += room
    return places


def _lines(node: Node) -> list[tuple[str, str]]:
    """The name of a node and its number, each line with its weight."""
    numbers = textwrap.wrap(node.number, _NODE_LETTERS - 2, break_long_words=False)
    return [(line, "normal") for line in _wrapped(node.label, _NODE_LETTERS)] + [(line, "bold") for line in numbers]


def _wrapped(label: str, letters: int) -> list[str]:
    """A name on up to three lines; a longer one is shortened in the middle, since names that begin alike end differently."""
    text = " ".join(printable(label).split())
    for gap in range(len(text)):
        kept = (len(text) - gap) // 2
        lines = textwrap.wrap(_hyphenated(f"{text[: len(text) - gap - kept]}…{text[-kept:]}" if gap else text, letters), letters)
        if len(lines) <= _LINES:
            return lines or [""]
    return [""]


def shortened(label: str) -> str:
    """What a chart shows of a name, where it has the least room."""
    return " ".join(_wrapped(label, _NODE_LETTERS))


def _hyphenated(text: str, letters: int) -> str:
    """The text with the words that are longer than a line taken apart, where Swedish words are: names come from Swedish agreements."""
    import pyphen

    swedish, parts = pyphen.Pyphen(lang="sv_SE"), []
    for word in text.split():
        rest = word
        while len(rest) > letters:
            head, rest = swedish.wrap(rest, letters) or (f"{rest[: letters - 1]}-", rest[letters - 1 :])
            parts.append(head)
        parts.append(rest)
    return " ".join(parts)


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """The settings under which the drawings of a page are made, whatever the user's own are; these are left as they were."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(svg.SETTINGS)
        yield
