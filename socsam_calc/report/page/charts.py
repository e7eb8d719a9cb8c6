"""Charts of a settlement, drawn by Matplotlib: waterfalls, and parties year by year.

Every bar, and every band of a flow, carries its number, gains and burdens differ by pattern and sign as well as by colour, and a text says the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..render.terminal import printable
from . import svg
from .labels import LETTER, LINE, wide, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 372
"""Little more than the narrowest window holds, so that texts are hardly smaller there than around them."""
FONT: Final = 12
_ROW: Final = 24
_HEAD: Final = 26
_LABELS: Final = 140  # the most room for the labels at the left; the numbers end at the right edge
_SHEET: Final = 720  # what the first sheet of paper holds below its heading, with two charts side by side
_BAR: Final = 14
_LETTERS: Final = 18
_TITLE_LETTERS: Final = 44


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


_Scaled = tuple[Panel, tuple[int, int]]
"""A panel, and the least and the greatest amount that its scale reaches."""


def on_one_scale(keys: Iterator[str], title: str, panels: Sequence[Panel]) -> Iterator[Chart]:
    """Horizontal bars, all panels on one scale."""
    reach = min(_range(panel)[0] for panel in panels), max(_range(panel)[1] for panel in panels)
    yield from _on_sheets(keys, title, [(panel, reach) for panel in panels])


def bars(keys: Iterator[str], title: str, panels: Sequence[Panel]) -> Iterator[Chart]:
    """Horizontal bars, panel under panel, each on a scale of its own."""
    yield from _on_sheets(keys, title, [(panel, _range(panel)) for panel in panels])


def _on_sheets(keys: Iterator[str], title: str, panels: Sequence[_Scaled]) -> Iterator[Chart]:
    """One chart, or several where one would be higher than a sheet of paper: then panels may go on in the next, on the same scale."""
    sheets: list[list[_Scaled]] = [[]]
    for panel, reach in panels:
        for piece in _pieces(panel):
            if sheets[-1] and sum(_tall(held) for held, _ in sheets[-1]) + _tall(piece) > _SHEET:
                sheets.append([])
            sheets[-1].append((piece, reach))
    rows = [row for panel, _ in panels for row in panel.rows]
    left = min(_LABELS, LETTER * max(len(row.label) for row in rows) + 12)
    length = WIDTH - left - max(wide(row.number) for row in rows) - 12
    for number, sheet in enumerate(sheets, 1):
        yield _bars(next(keys), f"{title} ({number}/{len(sheets)})" if len(sheets) > 1 else title, sheet, left, length)


def _pieces(panel: Panel) -> Iterator[Panel]:
    """The panel in pieces that each fit on a sheet."""
    rows: list[Row] = []
    for row in panel.rows:
        if rows and _tall(panel._replace(rows=[*rows, row])) > _SHEET:
            yield panel._replace(rows=rows)
            rows = []
        rows.append(row)
    yield panel._replace(rows=rows)


def _bars(key: str, title: str, panels: Sequence[_Scaled], left: float, length: float) -> Chart:
    """Horizontal bars, panel under panel, each as far as it is told to reach; ``left`` is the room for labels, ``length`` that for bars."""
    figure, axes = canvas(sum(_tall(panel) for panel, _ in panels) + 4)
    top = 4.0
    for panel, reach in panels:
        for number, line in enumerate(wrapped(panel.title, _TITLE_LETTERS) if panel.title else ()):
            axes.text(0, top + _HEAD / 2 + LINE * number, line, va="center", weight="bold", color=svg.INK)
        _panel(axes, panel, top + _head(panel), reach, left, length)
        top += _tall(panel)
    described = ". ".join(
        (f"{panel.title}: " if panel.title else "") + "; ".join(f"{row.label} {row.number}" for row in panel.rows) for panel, _ in panels
    )
    return Chart(title, svg.svg(figure, key, title, printable(described) + "."))


def canvas(height: float) -> tuple[Figure, Axes]:
    """An empty drawing, measured in pixels from its upper left corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, frameon=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _range(panel: Panel) -> tuple[int, int]:
    """The least and the greatest amount that a panel reaches, 0 among them."""
    ends = [0, *(end for row in panel.rows for end in (row.start, row.end))]
    return min(ends), max(ends)


def _tall(panel: Panel) -> float:
    return _head(panel) + sum(map(_high, panel.rows)) + 8


def _head(panel: Panel) -> float:
    """The height of a panel's title, on as many lines as it takes."""
    return _HEAD + LINE * (len(wrapped(panel.title, _TITLE_LETTERS)) - 1) if panel.title else 0


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
        lines = wrapped(row.label, _LETTERS)
        for offset, line in enumerate(lines):
            axes.text(0, middle + LINE * (offset - (len(lines) - 1) / 2), line, va="center", color=svg.INK)
        axes.text(WIDTH - 1, middle, row.number, va="center", ha="right", color=svg.INK, weight="bold" if row.total else "normal")
    if panel.joined:
        for (row, following), (middle, next_middle) in zip(pairwise(panel.rows), pairwise(middles), strict=True):
            if row.end in (following.start, following.end):
                x = across(row.end)
                axes.plot([x, x], [middle + _BAR / 2, next_middle - _BAR / 2], color=svg.MUTED, linewidth=0.8)


def _high(row: Row) -> float:
    """The height of a row, for its label on as many lines as it takes."""
    return _ROW + LINE * (len(wrapped(row.label, _LETTERS)) - 1)


def _outline(box: Any, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((box.x0, box.y0), box.width, box.height, fill=False, edgecolor=colour, linewidth=0.8)


def block(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    """A rectangle with an edge."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=svg.INK, linewidth=0.8))


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """The settings under which the drawings of a page are made, whatever the user's own are; these are left as they were."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(svg.SETTINGS)
        yield
