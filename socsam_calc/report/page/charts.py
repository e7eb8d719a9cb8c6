"""Charts of horizontal bars: waterfalls, and parties year by year.

Every bar carries its number, gains and burdens differ by pattern and sign as well as by colour, and a text says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from ..render.terminal import printable
from .labels import LINE, wide, wrapped
from .svg import WIDTH, Chart, Drawing, Kind

_ROW: Final = 24
_HEAD: Final = 26
_LABELS: Final = 140  # the most room for the labels at the left; the numbers end at the right edge
_SHEET: Final = 720  # what the first sheet of paper holds below its heading, with two charts side by side
_BAR: Final = 14
_APART: Final = 12
_LETTERS: Final = 18
_TITLE_LETTERS: Final = 44


class Row(NamedTuple):
    """A bar from ``start`` to ``end``; ``total`` for an amount as a whole, else what is added or taken."""

    label: str
    start: int
    end: int
    number: str
    total: bool = False

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
        ends = [0, *(end for row in self.rows for end in (row.start, row.end))]
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
    length = WIDTH - left - max(wide(row.number, strong=True) for row in rows) - _APART
    for number, sheet in enumerate(sheets, 1):
        yield _bars(next(keys), f"{title} ({number}/{len(sheets)})" if len(sheets) > 1 else title, sheet, left, length)


def _pieces(panel: Panel) -> Iterator[Panel]:
    """The panel in pieces that each fit on a sheet."""
    rows: list[Row] = []
    for row in panel.rows:
        if rows and panel._replace(rows=[*rows, row]).tall > _SHEET:
            yield panel._replace(rows=rows)
            rows = []
        rows.append(row)
    yield panel._replace(rows=rows)


def _bars(key: str, title: str, panels: Sequence[_Scaled], left: float, length: float) -> Chart:
    """Horizontal bars, panel under panel, each as far as it is told to reach; ``left`` is the room for labels, ``length`` that for bars."""
    drawing, top = Drawing(key), 4.0
    for panel, reach in panels:
        drawing.lines(0, top + panel.head / 2, panel.lines, WIDTH, strong=len(panel.lines))
        _panel(drawing, panel, top + panel.head, reach, left, length)
        top += panel.tall
    described = ". ".join(
        (f"{panel.title}: " if panel.title else "") + "; ".join(f"{row.label} {row.number}" for row in panel.rows) for panel, _ in panels
    )
    return drawing.chart(top, title, printable(described) + ".")


def _panel(drawing: Drawing, panel: Panel, top: float, reach: tuple[int, int], left: float, length: float) -> None:
    least, most = reach
    scale = length / ((most - least) or 1)

    def across(amount: int) -> float:
        return left + (amount - least) * scale

    tops = list(accumulate((row.tall for row in panel.rows), initial=top))
    middles = [(upper + lower) / 2 for upper, lower in pairwise(tops)]
    for row, middle in zip(panel.rows, middles, strict=True):
        start, end = sorted((across(row.start), across(row.end)))
        if row.total or row.start != row.end:
            kind: Kind = "total" if row.total else "gained" if row.end > row.start else "lost"
            drawing.box(start, middle - _BAR / 2, end - start, _BAR, kind)
        drawing.lines(0, middle, row.lines, left - _APART / 3)
        drawing.lines(WIDTH - 1, middle, [row.number], WIDTH - left, "end", strong=row.total)
    drawing.upright(across(0), top, tops[-1], "axis")
    if panel.joined:
        for (row, following), (middle, next_middle) in zip(pairwise(panel.rows), pairwise(middles), strict=True):
            if row.end in (following.start, following.end):
                drawing.upright(across(row.end), middle + _BAR / 2, next_middle - _BAR / 2, "joint")
