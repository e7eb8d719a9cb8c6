"""Goal seek: which value of a number of the agreement makes a figure come out as asked; every answer is verified by settling it.

A figure is a piecewise smooth, mostly piecewise linear function of a share or an amount, and jumps about it by a few units of the
rounding. So the round values of the range are settled, and finer ones where the figure comes near the goal. Besides, the range is cut
until each piece is straight within the rounding; where the figure passes the goal between two values, bisection over exact fractions
(or whole amounts) finds where. A solution between the values that were looked at can be missed, which the answer states by giving the
range and the number of settlements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import floor
from typing import Final, NamedTuple

from ...money import ORE_PER, round_fraction
from ...problems import AgreementError
from ...source.document import Document
from ...source.kinds import Kind
from ...source.overlay import overlaid
from ..settle import settle
from .cases import settle_cases
from .simplicity import by_simplicity, coarsest, length, multiples
from .vary import Range

PIECES: Final = 32
"""Into how many pieces the range is cut before any of them is looked at more closely."""

NEAR: Final = 3
"""So many rounding units a figure may jump about its line: each part of it is rounded."""

_MOST_NEAR: Final = 40  # stretches that are looked at with a finer step
_DEEPEST: Final = 6
_FINEST: Final = 60  # halvings of a piece of shares or numbers: 2^-60 of it


class Found(NamedTuple):
    """Values that meet the goal, the simplest of them as ``value``. All that were looked at from ``first``, the first of them, to ``last``
    meet it, or miss it by the rounding alone."""

    value: Fraction
    first: Fraction
    last: Fraction


class Jump(NamedTuple):
    """Where the figure passes the goal without meeting it: two neighbouring values, and what comes out at each, in öre."""

    before: Fraction
    figure_before: int
    after: Fraction
    figure_after: int


class Answer(NamedTuple):
    """What was found between ``range.first`` and ``range.last``: values, or the places where the goal is only passed."""

    range: Range
    figure: str
    goal: int
    found: tuple[Found, ...]
    jumps: tuple[Jump, ...]
    lowest: int | None
    highest: int | None
    settlements: int
    refused: tuple[Stretch, ...]
    unknown: tuple[Stretch, ...]


class Stretch(NamedTuple):
    """Where the agreement cannot be settled, and why; or where the figure is not known. The ends are values that were looked at."""

    first: Fraction
    last: Fraction
    reason: str = ""


def default_range(base: Document, kind: Kind, path: tuple[str | int, ...]) -> tuple[Fraction, Fraction]:
    """Where to look if no range is given: a share from 0 to 1; else from 0, or as far below it, to ten times the number that stands
    there, or the largest amount of the agreement; a percentage from −100 % to 100 %."""
    if kind.name == "share":
        return Fraction(0), Fraction(1)
    if kind.name == "percent":
        return Fraction(-1), Fraction(1)
    if kind.name == "number":
        stated = _numbers(base, path)
        most = max(stated) if stated else Fraction(100)
        return min(stated or [Fraction(10)]) / 10, most * 10
    largest = Fraction(1)
    for year in settle(base).years:
        for one in year.activities:
            largest = max(largest, *(Fraction(abs(one.units(figure) or 0)) for figure in ("final", "actual")))
        largest = max(largest, Fraction(abs(year.totals.units("result") or 0)))
    return (Fraction(0) if kind.least is not None else -10 * largest), 10 * largest


def _numbers(base: Document, path: tuple[str | int, ...]) -> list[Fraction]:
    """The values of the series that the path is in."""
    if path[0] == "series" and len(path) > 1 and str(path[1]) in base.agreement.series:
        series = base.agreement.series[str(path[1])]
        return [*series.outcome.values(), *series.forecast.values()]
    return []


def solve(base: Document, over: Range, figure: str, goal: int) -> Answer:
    """The values within the range that make the figure, in öre, come out at the goal.

    Raises AgreementError where no value of the range can be settled.
    """
    search = _Search(base, over, figure, goal)
    search.run()
    return search.answer()


def _with_a_number(base: Document, over: Range) -> Document:
    """The agreement with a number where one is sought: it may say `frame` or list shares there, and is then slow to vary."""
    try:
        return overlaid(base, [over.override((over.first + over.last) / 2)])
    except AgreementError:  # the search says what is wrong with which value
        return base


class _Search:
    """One search: what was settled so far, and what was found."""

    def __init__(self, base: Document, over: Range, figure: str, goal: int) -> None:
        self.over, self.figure, self.goal = over, figure, goal
        self.low, self.high = sorted((over.first, over.last))
        self.base = _with_a_number(base, over)
        self.whole = over.kind.name == "amount"
        self.noise = 4 * len(base.agreement.activities) * ORE_PER[base.agreement.rounding]
        self.near = NEAR * ORE_PER[base.agreement.rounding]
        self.known: dict[Fraction, int | None] = {}
        self.refused: dict[Fraction, AgreementError] = {}
        self.jumps: list[Jump] = []

    def at(self, value: Fraction) -> int | None:
        """The figure at a value, in öre; None where it is not known or the agreement is refused there."""
        if value not in self.known:
            self._settle([value])
        return self.known[value]

    def _settle(self, values: Iterable[Fraction]) -> None:
        new = [value for value in dict.fromkeys(values) if value not in self.known and not (self.over.kind.open_below and value <= 0)]
        rows = settle_cases(self.base, [(self.over.override(value),) for value in new], [self.figure])
        for value, row in zip(new, rows, strict=True):
            self.known[value] = None if isinstance(row, AgreementError) else row[0]
            if isinstance(row, AgreementError):
                self.refused[value] = row

    def run(self) -> None:
        """Look at the round values of the range; cut it into pieces, and look at each."""
        points = self._points(self.low, self.high, PIECES)
        if self.over.kind.open_below and points[0] <= 0:
            points = points[1:]
        self._settle(points)
        self._round_values()
        if len(self.refused) == len(self.known):
            raise next(iter(self.refused.values()))
        for low, high in pairwise(points):
            self._piece(low, high, 0)

    def _round_values(self) -> None:
        """Round values all over the range, and finer ones where the figure comes near the goal and none of them meets it."""
        step = coarsest(self.low, self.high, self.over.kind)
        self._settle(multiples(self.low, self.high, step))
        finest = Fraction(1) if self.whole else step / 10**6
        while step > finest and self.goal not in self.known.values() and (stretches := self._promising()):
            step /= 10
            self._settle(value for low, high in stretches for value in multiples(low, high, step))

    def _promising(self) -> list[tuple[Fraction, Fraction]]:
        """Neighbours between which the goal may be met, and that do not meet it themselves: those nearest to it."""
        found = []
        for low, high in pairwise(sorted(self.known)):
            ends = [figure for figure in (self.known[low], self.known[high]) if figure is not None]
            if len(ends) == 2 and self.goal not in ends and min(ends) - self.near <= self.goal <= max(ends) + self.near:
                found.append((min(abs(end - self.goal) for end in ends), low, high))
        return [(low, high) for _, low, high in sorted(found)[:_MOST_NEAR]]

    def _points(self, low: Fraction, high: Fraction, pieces: int) -> list[Fraction]:
        points = [low + (high - low) * position / pieces for position in range(pieces + 1)]
        return sorted({Fraction(round_fraction(point)) for point in points}) if self.whole else points

    def _piece(self, low: Fraction, high: Fraction, depth: int) -> None:
        """A piece of the range: cut it where it is not straight, else look for the goal between its ends."""
        at_low, at_high = self.at(low), self.at(high)
        if at_low is None and at_high is None:
            return
        if at_low is None or at_high is None:
            self._to_the_edge(low, high, depth)
            return
        middle = self._between(low, high)
        if middle is None or depth >= _DEEPEST:
            self._bracket(low, high)
            return
        inside = [
            point for point in (middle, self._between(low, middle, Fraction(5, 8)), self._between(middle, high, Fraction(3, 8))) if point
        ]
        for point in inside:
            value = self.at(point)
            straight = at_low + (at_high - at_low) * (point - low) / (high - low)
            if value is None or abs(value - straight) > self.noise:
                self._piece(low, middle, depth + 1)
                self._piece(middle, high, depth + 1)
                return
        cuts = sorted({low, high, *inside})
        for start, end in pairwise(cuts):
            self._bracket(start, end)

    def _between(self, low: Fraction, high: Fraction, part: Fraction = Fraction(1, 2)) -> Fraction | None:
        """A value between two others; None where there is none."""
        value = low + (high - low) * part
        if self.whole:
            value = Fraction(floor(value))
        return value if low < value < high else None

    def _to_the_edge(self, low: Fraction, high: Fraction, depth: int) -> None:
        """A piece at one end of which the agreement is refused: up to the edge of what can be settled."""
        good, bad = (low, high) if self.at(low) is not None else (high, low)
        for _ in range(_FINEST):
            middle = self._between(min(good, bad), max(good, bad))
            if middle is None:
                break
            good, bad = (middle, bad) if self.at(middle) is not None else (good, middle)
        start, end = (low, good) if self.at(low) is not None else (good, high)
        if start < end:
            self._piece(start, end, depth)

    def _bracket(self, low: Fraction, high: Fraction) -> None:
        """Between two values whose figures lie on either side of the goal, or at it: the ends of what meets it."""
        at_low, at_high = self.at(low), self.at(high)
        assert at_low is not None and at_high is not None
        if not min(at_low, at_high) <= self.goal <= max(at_low, at_high):
            return
        if at_low == self.goal == at_high:
            return
        rising = at_low < at_high

        def reached(value: int) -> bool:
            return value >= self.goal if rising else value <= self.goal

        def passed(value: int) -> bool:
            return value > self.goal if rising else value < self.goal

        before, first = self._first(low, high, reached)
        if passed(at_high):
            self._first(low, high, passed)  # settles the last value that meets the goal as well
        if self.at(first) != self.goal:
            at_before, at_first = self.at(before), self.at(first)
            assert at_before is not None and at_first is not None
            self.jumps.append(Jump(before, at_before, first, at_first))

    def _first(self, low: Fraction, high: Fraction, holds: Callable[[int], bool]) -> tuple[Fraction, Fraction]:
        """Neighbours: the last value where it does not hold yet, and the first where it does. It does at ``high``."""
        value = self.at(low)
        if value is not None and holds(value):
            return low, low
        for _ in range(_FINEST):
            middle = self._between(low, high)
            if middle is None:
                break
            value = self.at(middle)
            low, high = (low, middle) if value is not None and holds(value) else (middle, high)
        return low, high

    def answer(self) -> Answer:
        """What was found: the values that meet the goal, in groups, each with its simplest value settled once more."""
        order = sorted(self.known)
        groups: list[list[Fraction]] = []
        apart = True
        for value in order:
            figure = self.known[value]
            if figure == self.goal:
                if apart:
                    groups.append([])
                groups[-1].append(value)
                apart = False
            elif figure is None or abs(figure - self.goal) > self.near:
                apart = True
        answers = tuple(Found(self._simplest(group), group[0], group[-1]) for group in groups)
        known = [value for value in self.known.values() if value is not None]
        jumps = tuple(jump for jump in self.jumps if not any(self._beside(jump, found) for found in answers))
        lowest, highest = (min(known), max(known)) if known else (None, None)
        stretches = (tuple(self._stretches(order, refused=refused)) for refused in (True, False))
        return Answer(self.over, self.figure, self.goal, answers, jumps, lowest, highest, len(self.known), *stretches)

    def _beside(self, jump: Jump, found: Found) -> bool:
        """Whether all that was looked at between a jump and an answer is the goal, or misses it by the rounding alone."""
        first, last = min(jump.before, found.first), max(jump.after, found.last)
        between = [figure for value, figure in self.known.items() if first <= value <= last]
        return all(figure is not None and abs(figure - self.goal) <= self.near for figure in between)

    def _stretches(self, order: Sequence[Fraction], *, refused: bool) -> Iterator[Stretch]:
        """Where the agreement is refused, or the figure is not known."""
        for fails, values in groupby(order, lambda value: self.known[value] is None and (value in self.refused) == refused):
            if fails:
                first, *rest = values
                reason = self.refused[first].problems[0].text if refused else ""
                yield Stretch(first, rest[-1] if rest else first, reason)

    def _simplest(self, group: Sequence[Fraction]) -> Fraction:
        """The value that is shortest to write, of those that settle to the goal."""
        for value in by_simplicity(group[0], group[-1], self.whole, self.over.kind):
            if self.at(value) == self.goal:
                return value
        return min(group, key=lambda value: (length(value, self.over.kind), abs(value)))
