"""Goal seek: which value of a number of the agreement makes a figure come out as asked; every answer is verified by settling it.

A figure is a piecewise smooth, mostly piecewise linear function of a share or an amount, in steps of the rounding. The range is cut
until each piece is straight within the rounding; where the figure passes the goal between two values, bisection over exact fractions
(or whole amounts) finds the ends of what meets it. A solution narrower than the smallest piece that was looked at can be missed, which
the answer states by giving the range and the number of settlements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Final, NamedTuple

from ..money import ORE_PER, round_fraction
from ..problems import AgreementError
from ..settling import settle
from ..source.kinds import Kind
from ..source.loader import Document
from .cases import settle_cases
from .vary import Range

PIECES: Final = 32
"""Into how many pieces the range is cut before any of them is looked at more closely."""

_DEEPEST: Final = 6
_FINEST: Final = 60  # halvings of a piece of shares or numbers: 2^-60 of it


class Found(NamedTuple):
    """Values that meet the goal: all from ``first`` to ``last``, and the simplest of them as ``value``."""

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


class _Search:
    """One search: what was settled so far, and what was found."""

    def __init__(self, base: Document, over: Range, figure: str, goal: int) -> None:
        self.base, self.over, self.figure, self.goal = base, over, figure, goal
        self.low, self.high = sorted((over.first, over.last))
        self.whole = over.kind.name == "amount"
        self.noise = 4 * len(base.agreement.activities) * ORE_PER[base.agreement.rounding]
        self.known: dict[Fraction, int | None] = {}
        self.refused: AgreementError | None = None
        self.found: list[Found] = []
        self.jumps: list[Jump] = []

    def at(self, value: Fraction) -> int | None:
        """The figure at a value, in öre; None where it is not known or the agreement is refused there."""
        if value not in self.known:
            row = next(settle_cases(self.base, [(self.over.override(value),)], [self.figure]))
            if isinstance(row, AgreementError):
                self.refused = self.refused or row
                self.known[value] = None
            else:
                self.known[value] = row[0]
        return self.known[value]

    def run(self) -> None:
        """Cut the range into pieces, and look at each."""
        points = self._points(self.low, self.high, PIECES)
        if self.over.kind.open_below and points[0] <= 0:
            points = points[1:]
        for value in points:
            self.at(value)
        if all(self.known[value] is None for value in points) and self.refused is not None:
            raise self.refused
        for low, high in pairwise(points):
            self._piece(low, high, 0)

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
        elif self.at(start) == self.goal:
            self._keep(start, start)

    def _bracket(self, low: Fraction, high: Fraction) -> None:
        """Between two values whose figures lie on either side of the goal, or at it: the ends of what meets it."""
        at_low, at_high = self.at(low), self.at(high)
        assert at_low is not None and at_high is not None
        if not min(at_low, at_high) <= self.goal <= max(at_low, at_high):
            return
        if at_low == self.goal == at_high:
            self._keep(low, high)
            return
        rising = at_low < at_high

        def reached(value: int) -> bool:
            return value >= self.goal if rising else value <= self.goal

        def passed(value: int) -> bool:
            return value > self.goal if rising else value < self.goal

        before, first = self._first(low, high, reached)
        last, _ = self._first(low, high, passed) if passed(at_high) else (high, high)
        if self.at(first) == self.goal:
            self._keep(first, max(first, last))
        else:
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

    def _keep(self, first: Fraction, last: Fraction) -> None:
        self.found.append(Found(first, first, last))

    def answer(self) -> Answer:
        """What was found, neighbouring pieces joined, each with its simplest value settled once more."""
        joined: list[Found] = []
        for found in sorted(self.found, key=lambda one: one.first):
            if joined and self._adjoin(joined[-1].last, found.first):
                joined[-1] = joined[-1]._replace(last=max(joined[-1].last, found.last))
            else:
                joined.append(found)
        answers = tuple(found._replace(value=self._simplest(found)) for found in joined)
        known = [value for value in self.known.values() if value is not None]
        jumps = tuple(jump for jump in self.jumps if not any(found.first <= jump.after and jump.before <= found.last for found in answers))
        lowest, highest = (min(known), max(known)) if known else (None, None)
        return Answer(self.over, self.figure, self.goal, answers, jumps, lowest, highest, len(self.known))

    def _adjoin(self, end: Fraction, start: Fraction) -> bool:
        return start - end <= (1 if self.whole else (self.high - self.low) / 2**40)

    def _simplest(self, found: Found) -> Fraction:
        """The value that is shortest to write, of those that settle to the goal."""
        for value in _by_simplicity(found.first, found.last, self.whole, self.over.kind):
            if self.at(value) == self.goal:
                return value
        return found.first


def _by_simplicity(first: Fraction, last: Fraction, whole: bool, kind: Kind) -> Iterator[Fraction]:
    """Values of an interval, the shortest to write first: amounts by their round numbers, others by their decimals or as fractions."""
    if whole:
        for zeros in range(15, -1, -1):
            size = 10**zeros
            if (value := Fraction(ceil(first / size) * size)) <= last:
                yield value
        return
    scale = 100 if kind.name in ("share", "percent") else 1
    for decimals in range(13):
        size = Fraction(1, scale * 10**decimals)
        if (value := ceil(first / size) * size) <= last:
            yield value
            break
    yield simplest_between(first, last)


def simplest_between(first: Fraction, last: Fraction) -> Fraction:
    """The fraction with the smallest denominator from ``first`` to ``last`` (Stern and Brocot's tree). Both are 0 or more, or mirrored."""
    if first < 0 < last or first == 0 or last == 0:
        return Fraction(0)
    if last < 0:
        return -simplest_between(-last, -first)
    whole = floor(first)
    if whole == first:
        return Fraction(whole)
    if whole + 1 <= last:
        return Fraction(whole + 1)
    return whole + 1 / simplest_between(1 / (last - whole), 1 / (first - whole))
