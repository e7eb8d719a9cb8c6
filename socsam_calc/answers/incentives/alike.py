"""Rows whose next krona goes the same ways, taken together: beside one row that moves, a year has few others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable
from typing import Final, NamedTuple

from ...engine.costs import RowCost
from ...engine.course import Course
from ...engine.frame import Frame, Row, build
from ...model.agreement import Agreement
from ...model.terms import Terms
from .germ import Germ, germ, moving, step

_STANDING: Final = moving((), germ(0).value, 0)
"""Every amount as the file has it; none moves."""


class _Standing(NamedTuple):
    """What a row holds as it stands: its cells, which are not rounded, and its cost."""

    cells: dict[str, Germ]
    cost: Germ

    def plus(self, other: _Standing, sign: int = 1) -> _Standing:
        cells = dict(self.cells)
        for party, cell in other.cells.items():
            cells[party] = cells.get(party, Germ(0)) + cell * sign
        return _Standing(cells, self.cost + other.cost * sign)


class Others:
    """The rows of a year as they stand, those that are alike as one.

    Two rows are alike where the same parties fund them in the same proportions, the same part of their results is shared, and bands
    withhold from both or from neither. Nothing of a row but the sums of its cells and its cost then reaches what a party ends with.
    """

    def __init__(self, course: Course, number: int) -> None:
        agreement, terms = course.agreement, course.terms[number]
        frame = build(agreement, number, _STANDING)
        self._frame = frame
        self._rows: dict[str, _Standing] = {}
        self._members: dict[Hashable, list[str]] = defaultdict(list)
        self._together: dict[Hashable, _Standing] = {}
        for name, row in frame.rows.items():
            cost = frame.costs[name].cost.value if frame.costs is not None else 0
            self._rows[name] = stands = _Standing({party: germ(cell.value) for party, cell in row.final.items()}, germ(cost))
            kind = _kind(agreement, terms, name, stands)
            self._members[kind].append(name)
            self._together[kind] = self._together.get(kind, _Standing({}, Germ(0))).plus(stands)
        self._kinds = {name: kind for kind, members in self._members.items() for name in members}

    def beside(self, moving: Frame) -> Frame:
        """The year with these rows in the place of their own, and all others as they stand."""
        rows, costs = dict(moving.rows), dict(moving.costs or {})
        together = dict(self._together)
        for name in moving.rows:
            kind = self._kinds[name]
            together[kind] = together[kind].plus(self._rows[name], -1)
        for kind, stands in together.items():
            for name in self._members[kind]:
                if name not in moving.rows:  # it stands for all of them that do not move
                    rows[name] = Row(name, {}, final={party: step(cell) for party, cell in stands.cells.items()})
                    costs[name] = RowCost(step(stands.cost))
                    break
        return Frame(moving.year, moving.months, rows, moving.awaits, costs)


def connected(agreement: Agreement, number: int, name: str) -> Collection[str]:
    """The rows that a row's money may reach by conversions, itself among them."""
    found, left = {name}, [name]
    while left:
        one = left.pop()
        for conversion in agreement.years[number].conversions:
            for here, there in ((conversion.from_, conversion.to), (conversion.to, conversion.from_)):
                if here == one and there not in found:
                    found.add(there)
                    left.append(there)
    return found


def _kind(agreement: Agreement, terms: Terms, name: str, stands: _Standing) -> Hashable:
    """Equal for rows that are alike. One without money in the frame is like no other: who has its result depends on more."""
    whole = sum(stands.cells.values(), Germ(0))
    if not whole:
        return name
    share = terms.shared.of(name).value
    proportions = tuple(sorted((party, cell.value / whole.value) for party, cell in stands.cells.items() if cell))
    withheld = ((whole - stands.cost) * share).sign if terms.bands is not None else 0
    return proportions, share, withheld, agreement.activities[name].is_only("opening_balance")
