"""Settle an agreement: every year's frame, then year by year what is shared, who is entitled to what, and who pays whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from ..model.agreement import Agreement
from ..problems import Fault, Refused
from .course import Course
from .frame import Frame, build
from .results import Settlement
from .years import settle_year

T = TypeVar("T")
R = TypeVar("R")


def settle(agreement: Agreement) -> Settlement:
    """Settle every year of the agreement.

    Raises Refused, with a fault for each year that cannot be settled, where a cell falls below 0, uses exceed the surplus, or an
    amount has nobody to bear it.
    """
    frames: dict[int, Frame] = {}

    def frame(number: int) -> Frame:
        frames[number] = build(agreement, number, before=frames.get(number - 1))
        return frames[number]

    built = _each(agreement.years, frame)
    return Settlement(agreement, tuple(_each(built, partial(settle_year, Course(agreement)))))


def _each(years: Iterable[T], work: Callable[[T], R]) -> list[R]:
    """What comes of each year. Raises Refused with the faults of all."""
    faults: list[Fault] = []
    made = []
    for year in years:
        try:
            made.append(work(year))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return made
