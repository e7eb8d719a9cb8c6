"""A line for each of what is planned, booked and expected, cumulated month by month through a year that runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..render.line import printable
from .svg import LINE, WIDTH, Chart, Drawing, Stroke, wide

_TALL: Final = 170
_HEAD: Final = 10
_LOW: Final = 8
_MARK: Final = 22


class Course(NamedTuple):
    """What an amount has come to at the end of each of some months: points (month, amount), the first where it begins. ``number`` is the last amount as written."""

    label: str
    points: Sequence[tuple[int, int]]
    number: str
    stroke: Stroke


def courses(key: str, title: str, lines: Sequence[Course], months: Sequence[int], axis: tuple[str, str]) -> Chart:
    """The lines on one scale from 0; below them the first and the last month as ``axis`` names them, and what each line is."""
    held = [amount for line in lines for _, amount in line.points]
    least, most = min(0, *held), max(1, *held)
    first, last = months[0] - 1, months[-1]
    left, right = 4.0, WIDTH - 4.0

    def at(month: int, amount: int) -> tuple[float, float]:
        across = left + (month - first) / (last - first) * (right - left)
        return across, _HEAD + (most - amount) / (most - least) * _TALL

    drawing = Drawing(key)
    ground = at(first, 0)[1]
    drawing.course([(left, ground), (right, ground)], "axis")
    for line in lines:
        drawing.course([at(*point) for point in line.points], line.stroke)
    top = _HEAD + _TALL + _LOW + LINE / 2
    drawing.lines(left, top, [axis[0]], WIDTH / 2)
    drawing.lines(right, top, [axis[1]], WIDTH / 2, "end")
    for line in lines:
        top += LINE + 4
        drawing.course([(left, top), (left + _MARK, top)], line.stroke)
        drawing.lines(left + _MARK + 8, top, [line.label], right - left - _MARK - 16 - wide(line.number, strong=True))
        drawing.lines(right, top, [line.number], WIDTH / 2, "end", strong=1)
    described = "; ".join(f"{line.label} {line.number}" for line in lines)
    return drawing.chart(top + LINE, title, printable(described) + ".")
