"""Settle an agreement: every year's frame, then year by year what is shared, who is entitled to what, and who pays whom."""

from __future__ import annotations

from ..model.agreement import Agreement
from ..problems import Fault, Refused
from .course import Course
from .frame import Frame, build
from .results import Settlement
from .years import settle_year


def settle(agreement: Agreement) -> Settlement:
    """Settle every year of the agreement.

    Raises Refused, with a fault for each year that cannot be settled, where a cell falls below 0, uses exceed the surplus, or an
    amount has nobody to bear it.
    """
    faults: list[Fault] = []
    frames: dict[int, Frame] = {}
    for number in agreement.years:
        try:
            frames[number] = build(agreement, number)
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    course = Course(agreement)
    years = []
    for frame in frames.values():
        try:
            years.append(settle_year(course, frame))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return Settlement(agreement, tuple(years))
