"""Goal seek: which value of a number of the agreement makes a figure come out as asked; every answer is verified by settling it.

A figure is a piecewise smooth, mostly piecewise linear function of a share or an amount, and jumps about it by a few units of the
rounding. So the round values of the range are settled, and finer ones where the figure comes near the goal. Besides, the range is cut
until each piece is straight within the rounding; where the figure passes the goal between two values, bisection over exact fractions
(or whole amounts) finds where. A solution between the values that were looked at can be missed, which the answer states by giving the
range and the number of settlements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import groupby, islice, pairwise
from math import ceil, floor
from operator import ge, gt, le, lt
from typing import Final, NamedTuple

from ...money import ORE_PER, round_fraction
from ...problems import AgreementError
from ...source.document import Document
from ...source.kinds import Kind
from ...source.loader import overlaid
from ..settle import settle
from .ranges import Range
from .settling import settle_cases

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
        series = base.agreement.series.get(str(path[1])) if path[0] == "series" and len(path) > 1 else None
        stated = [*series.outcome.values(), *series.forecast.values()] if series is not None else []
        return min(stated, default=Fraction(10)) / 10, max(stated, default=Fraction(100)) * 10
    years = settle(base).years
    amounts = [one.units(figure) for year in years for one in year.activities for figure in ("final", "actual")]
    amounts += [year.totals.units("result") for year in years]
    largest = Fraction(max(1, *(abs(amount or 0) for amount in amounts)))
    return (Fraction(0) if kind.least is not None else -10 * largest), 10 * largest


def solve(base: Document, over: Range, figure: str, goal: int) -> Answer:
    """The values within the range that make the figure, in öre, come out at the goal.

    Raises AgreementError where no value of the range can be settled.
    """
    with suppress(AgreementError):  # it may say `frame` or list shares there, and is then slow to vary
        base = overlaid(base, [over.override((over.first + over.last) / 2)])
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
        for start, end in pairwise(sorted({low, high, *inside})):
            self._bracket(start, end)

    def _between(self, low: Fraction, high: Fraction, part: Fraction = Fraction(1, 2)) -> Fraction | None:
        """A value between two others; None where there is none."""
        value = low + (high - low) * part
        if self.whole:
            value = Fraction(floor(value))
        return value if low < value < high else None

    def _to_the_edge(self, low: Fraction, high: Fraction, depth: int) -> None:
        """A piece at one end of which the agreement is refused: up to the edge of what can be settled."""
        if self.at(low) is not None:
            high, _ = self._first(low, high, lambda figure: figure is None)
        else:
            _, low = self._first(low, high, lambda figure: figure is not None)
        if low < high:
            self._piece(low, high, depth)

    def _bracket(self, low: Fraction, high: Fraction) -> None:
        """Between two values whose figures lie on either side of the goal, or at it: the ends of what meets it."""
        at_low, at_high = self.at(low), self.at(high)
        assert at_low is not None and at_high is not None
        if not min(at_low, at_high) <= self.goal <= max(at_low, at_high) or at_low == at_high:
            return
        reached, passed = (ge, gt) if at_low < at_high else (le, lt)
        before, first = self._first(low, high, lambda figure: figure is not None and reached(figure, self.goal))
        if passed(at_high, self.goal):  # settles the last value that meets the goal as well
            self._first(low, high, lambda figure: figure is not None and passed(figure, self.goal))
        at_before, at_first = self.at(before), self.at(first)
        if at_before is not None and at_first is not None and at_first != self.goal:
            self.jumps.append(Jump(before, at_before, first, at_first))

    def _first(self, low: Fraction, high: Fraction, holds: Callable[[int | None], bool]) -> tuple[Fraction, Fraction]:
        """Neighbours: the last value where it does not hold yet, and the first where it does. It does at ``high``."""
        if holds(self.at(low)):
            return low, low
        for _ in range(_FINEST):
            middle = self._between(low, high)
            if middle is None:
                break
            low, high = (low, middle) if holds(self.at(middle)) else (middle, high)
        return low, high

    def answer(self) -> Answer:
        """What was found: the values that meet the goal, in groups, each with its simplest value settled once more."""
        order = sorted(self.known)
        close = (list(values) for near, values in groupby(order, self._is_near) if near)
        groups = [meeting for values in close if (meeting := [value for value in values if self.known[value] == self.goal])]
        answers = tuple(Found(self._simplest(group), group[0], group[-1]) for group in groups)
        known = [value for value in self.known.values() if value is not None]
        jumps = tuple(jump for jump in self.jumps if not any(self._beside(jump, found) for found in answers))
        lowest, highest = (min(known), max(known)) if known else (None, None)
        stretches = (tuple(self._stretches(order, refused=refused)) for refused in (True, False))
        return Answer(self.over, self.figure, self.goal, answers, jumps, lowest, highest, len(self.known), *stretches)

    def _beside(self, jump: Jump, found: Found) -> bool:
        """Whether all that was looked at between a jump and an answer is the goal, or misses it by the rounding alone."""
        first, last = min(jump.before, found.first), max(jump.after, found.last)
        return all(map(self._is_near, (value for value in self.known if first <= value <= last)))

    def _is_near(self, value: Fraction) -> bool:
        """Whether what comes out at a value that was looked at is the goal, or misses it by the rounding alone."""
        figure = self.known[value]
        return figure is not None and abs(figure - self.goal) <= self.near

    def _stretches(self, order: Sequence[Fraction], *, refused: bool) -> Iterator[Stretch]:
        """Where the agreement is refused, or the figure is not known."""
        for fails, values in groupby(order, lambda value: self.known[value] is None and (value in self.refused) == refused):
            if fails:
                first, *rest = values
                reason = self.refused[first].problems[0].text if refused else ""
                yield Stretch(first, rest[-1] if rest else first, reason)

    def _simplest(self, group: Sequence[Fraction]) -> Fraction:
        """The value that is shortest to write, of those that settle to the goal."""
        for value in by_simplicity(group[0], group[-1], self.over.kind):
            if self.at(value) == self.goal:
                return value
        return min(group, key=lambda value: (length(value, self.over.kind), abs(value)))


# --- values that are short to write ------------------------------------------------------------------------------------


MOST: Final = 1_000
"""Round values of a range."""


def coarsest(low: Fraction, high: Fraction, kind: Kind) -> Fraction:
    """A power of ten of what the kind counts, so large that no more than ``MOST`` steps of it lie between two values."""
    step = Fraction(1, 100 * 10**13) if kind.name != "amount" else Fraction(1)
    while (high - low) / step > MOST:
        step *= 10
    return step


def multiples(low: Fraction, high: Fraction, step: Fraction) -> list[Fraction]:
    """The multiples of a step from one value to another, both included."""
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def length(value: Fraction, kind: Kind) -> int:
    """How many digits a value takes to write: of an amount those before its last zeros, of others the decimals; a fraction comes last."""
    if kind.name == "amount":
        return len(str(value.numerator).rstrip("0"))
    scaled = value * _written_as(kind)
    return next((decimals for decimals in range(14) if (scaled * 10**decimals).denominator == 1), 14 + len(str(value)))


def by_simplicity(first: Fraction, last: Fraction, kind: Kind) -> Iterator[Fraction]:
    """Values of an interval, the shortest to write first: amounts by their round numbers, others by their decimals or as fractions."""
    if kind.name == "amount":
        rounded = (Fraction(ceil(first / 10**zeros) * 10**zeros) for zeros in range(15, -1, -1))
        yield from (value for value in rounded if value <= last)
        return
    sizes = (Fraction(1, _written_as(kind) * 10**decimals) for decimals in range(13))
    rounded = (ceil(first / size) * size for size in sizes)
    yield from islice((value for value in rounded if value <= last), 1)
    yield simplest_between(first, last)


def _written_as(kind: Kind) -> int:
    """What a value of a kind is multiplied by where it is written: a share as a percentage."""
    return 100 if kind.name in ("share", "percent") else 1


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
