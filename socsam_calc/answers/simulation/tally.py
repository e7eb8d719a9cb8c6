"""What is remembered of any number of draws in bounded memory: exact sums and counts, and quantiles with a stated error.

All that is kept are whole numbers that are added up, so tallies may be merged in any order and come out the same to the last bit.
That is why the quantiles come from plain counts in fixed steps and not from one of the sketch libraries: KLL and t-digest depend on the
order of merging, and DDSketch bounds the error in relation to the value, which is of no use where settlements lie around zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...problems import Place

Whole = NDArray[np.int64]

STEPS: Final = 1 << 15
"""Into how many steps the range of the first draws is divided."""

MOST_KEPT: Final = 1 << 24
"""As many values are kept one by one, for exact quantiles; beyond that they are counted in steps."""


class Steps(NamedTuple):
    """Steps of 2^``shift`` rounding units, counted from ``origin``; None for ``shift`` keeps every value."""

    origin: int
    shift: int | None


class Figure:
    """One figure: sums, extremes, and its values or their counts in steps."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.count = self.total = self.squares = self.negative = 0
        self.least: int | None = None
        self.most: int | None = None
        self.values: list[Whole] = []
        self.counts: Counter[int] = Counter()
        self.base = 0
        self.dense: Whole = np.zeros(0, np.int64)

    def add(self, values: NDArray[np.signedinteger[Any]], room: Whole | None = None) -> None:
        """Count a piece of values; ``room``, at least as long, is memory that may be written over."""
        if not len(values):
            return
        least, most = int(values.min()), int(values.max())
        self._reach(least, most)
        origin, count = self.steps.origin, len(values)
        self.count += count
        if self.steps.shift is None:
            self.values.append(values.astype(np.int64))
        if least == most:  # as in every figure that nothing drawn reaches
            self.negative += count if least < 0 else 0
            self.total += least * count
            self.squares += (least - origin) ** 2 * count
            if self.steps.shift is not None:
                self.counts[(least - origin) >> self.steps.shift] += count
            return
        self.negative += int(np.count_nonzero(values < 0)) if least < 0 else 0
        apart = np.empty(count, np.int64) if room is None else room[:count]
        apart[:] = values
        apart -= origin
        farthest = max(origin - least, most - origin)
        self.total += _sum(apart, farthest) + origin * count
        self.squares += _squares(apart, farthest)
        if self.steps.shift is not None:
            np.right_shift(apart, self.steps.shift, out=apart)
            self._count(apart, (least - origin) >> self.steps.shift, (most - origin) >> self.steps.shift)

    def _reach(self, least: int | None, most: int | None) -> None:
        """Take in the extremes of other values, if there are any."""
        self.least = min((one for one in (self.least, least) if one is not None), default=None)
        self.most = max((one for one in (self.most, most) if one is not None), default=None)

    def _count(self, steps: Whole, first: int, last: int) -> None:
        """Count steps, of which ``first`` is the lowest and ``last`` the highest. They are written over."""
        if last - first > 64 * STEPS:  # a few draws far out must not need memory for all that lies between
            self.counts.update(steps.tolist())
            return
        self._room(first, last)
        steps -= self.base
        np.add.at(self.dense, steps, 1)

    def _room(self, first: int, last: int) -> None:
        """Make the dense counts reach from ``first`` to ``last`` too."""
        if not len(self.dense):
            self.base, self.dense = first, np.zeros(last - first + 1, np.int64)
        start, end = min(first, self.base), max(last + 1, self.base + len(self.dense))
        if end - start > 128 * STEPS:
            self._scatter()
            self.base, self.dense = first, np.zeros(last - first + 1, np.int64)
        elif (start, end) != (self.base, self.base + len(self.dense)):
            wider = np.zeros(end - start, np.int64)
            wider[self.base - start : self.base - start + len(self.dense)] = self.dense
            self.base, self.dense = start, wider

    def _scatter(self) -> None:
        self.counts.update({self.base + step: int(self.dense[step]) for step in np.flatnonzero(self.dense).tolist()})
        self.dense = np.zeros(0, np.int64)

    def merge(self, other: Figure) -> None:
        """Add what another tally counted, in the same steps."""
        self.count, self.total, self.squares = self.count + other.count, self.total + other.total, self.squares + other.squares
        self.negative += other.negative
        self._reach(other.least, other.most)
        self.values += other.values
        if len(other.dense):
            first, last = other.base, other.base + len(other.dense) - 1
            self._room(first, last)
            self.dense[first - self.base : last + 1 - self.base] += other.dense
        self.counts.update(other.counts)

    # --- what it comes to ------------------------------------------------------------------------------------------------

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.total, self.count) if self.count else None

    @property
    def variance(self) -> Fraction | None:
        """The variance of the draws, with n − 1; None for fewer than two."""
        if self.count < 2:
            return None
        shifted = self.total - self.count * self.steps.origin
        return (self.squares - Fraction(shifted * shifted, self.count)) / (self.count - 1)

    @property
    def deviation(self) -> Fraction | None:
        """The standard deviation of the draws, in rounding units, to a hundredth."""
        return None if self.variance is None else deviation(self.variance, 2)

    @property
    def error(self) -> Fraction:
        """A quantile may be this far, in rounding units, from that of the draws."""
        return Fraction(0) if self.steps.shift is None else Fraction((1 << self.steps.shift) - 1, 2)

    def quantiles(self, shares: Sequence[Fraction]) -> list[Fraction | None]:
        """The smallest draw with at least this share of the draws at or below it; in steps, the middle of that draw's step."""
        if not self.count:
            return [None] * len(shares)
        ranks = [max(1, -(-self.count * share.numerator // share.denominator)) for share in shares]
        if self.steps.shift is None:
            values = np.sort(np.concatenate(self.values))
            return [Fraction(int(values[rank - 1])) for rank in ranks]
        steps, counts = self._sorted()
        reached = np.cumsum(counts)
        found = [int(steps[int(np.searchsorted(reached, rank))]) for rank in ranks]
        assert self.least is not None and self.most is not None
        middle = [self.steps.origin + (step << self.steps.shift) + self.error for step in found]
        return [min(max(value, Fraction(self.least)), Fraction(self.most)) for value in middle]

    def _sorted(self) -> tuple[Whole, Whole]:
        self._scatter()
        steps = np.array(sorted(self.counts), np.int64)
        return steps, np.array([self.counts[int(step)] for step in steps], np.int64)

    def histogram(self, bars: int) -> list[tuple[int, int, int]]:
        """Bars of one width: from, to (not included), draws. Their width is a round number of rounding units."""
        if not self.count or self.least is None or self.most is None:
            return []
        finest = 1 if self.steps.shift is None else 1 << self.steps.shift
        width = round_width(max(1, -(-(self.most - self.least + 1) // bars)), finest)
        first = self.least // width
        counts = [0] * (self.most // width - first + 1)
        if self.steps.shift is None:
            numbers, times = np.unique(np.concatenate(self.values) // width, return_counts=True)
        else:
            steps, times = self._sorted()
            middles = self.steps.origin + (steps << self.steps.shift) + finest // 2
            numbers = np.clip(middles, self.least, self.most) // width
        for number, time in zip(numbers, times, strict=True):
            counts[int(number) - first] += int(time)
        return [((first + index) * width, (first + index + 1) * width, count) for index, count in enumerate(counts)]


def round_width(least: int, finest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is at least ``least`` and not finer than ``finest``."""
    enough = max(least, finest)
    power: int = 10 ** (len(str(enough)) - 1)
    return next(lead * power for lead in (1, 2, 5, 10) if lead * power >= enough)


def _sum(values: Whole, most: int) -> int:
    return int(values.sum()) if most * len(values) < 1 << 62 else sum(values.tolist())


def _squares(values: Whole, most: int) -> int:
    """Σ value², exactly: in 64 bits where they do, else in Python's integers; between, floats tell how often 64 bits have run over."""
    if most * most * len(values) < 1 << 62:
        return int(np.dot(values, values))
    if most < 1 << 42 and len(values) <= 1 << 17:  # then the floats' sum, of pairs, is wrong by less than 2^54
        unsigned = values.view(np.uint64)
        rest = int(np.dot(unsigned, unsigned))
        return rest + (round((int(np.square(values, dtype=np.float64).sum()) - rest) / (1 << 64)) << 64)
    return sum(value * value for value in values.tolist())


class Limits(NamedTuple):
    """A bound that every draw is held against: of a figure, or of the sum of its ``parts``, in rounding units; and where it stands.

    Parts that are ``needed`` must be known in a draw; another counts in those that know it.
    """

    figure: str
    parts: tuple[str, ...]
    needed: frozenset[str]
    least: int | None
    most: int | None
    equals: int | None
    place: Place

    def missed(self, values: Mapping[str, NDArray[np.signedinteger[Any]]], known: Mapping[str, Any]) -> NDArray[np.bool_]:
        """In which draws it is missed, or the figure is not known."""
        size = len(values[self.parts[0]])
        whole, missing, about = np.zeros(size, np.int64), np.zeros(size, np.bool_), np.full(size, bool(self.needed))
        for part in self.parts:
            held = known.get(part)
            whole += values[part] if held is None else np.where(held, values[part], 0)
            if part in self.needed and held is not None:
                missing |= ~held
            about |= True if held is None else held
        missed: NDArray[np.bool_] = missing
        for limit, misses in ((self.least, np.less), (self.most, np.greater), (self.equals, np.not_equal)):
            if limit is not None:
                missed = missed | misses(whole, limit)
        return np.asarray(missed & about)


class Tally:
    """What is remembered of the draws of one agreement."""

    def __init__(self, steps: Mapping[str, Steps], bounds: Sequence[Limits]) -> None:
        self.figures = {path: Figure(one) for path, one in steps.items()}
        self.bounds = tuple(bounds)
        self.missed = [0] * len(bounds)
        self.missed_any = self.draws = self.refused = self.slow = 0
        self.clipped: Counter[str] = Counter()
        self.capital: Counter[tuple[int, Literal["floor", "ceiling"]]] = Counter()
        self.reasons: dict[str, None] = {}

    def add(
        self, values: Mapping[str, NDArray[np.signedinteger[Any]]], known: Mapping[str, Any], refused: NDArray[np.bool_], slow: int
    ) -> None:
        """Count a piece of settled draws."""
        self.draws += len(refused)
        self.slow += slow
        settled = None if not refused.any() else ~refused
        self.refused += 0 if settled is None else int(np.count_nonzero(refused))
        room = np.empty(len(refused), np.int64)
        for path, figure in self.figures.items():
            keep = known.get(path)
            if settled is not None:
                keep = settled if keep is None else keep & settled
            figure.add(values[path] if keep is None else values[path][keep], room)
        if not self.bounds:
            return
        any_missed = np.zeros(len(refused), np.bool_)
        for number, bound in enumerate(self.bounds):
            missed = bound.missed(values, known)
            if settled is not None:
                missed &= settled
            self.missed[number] += int(np.count_nonzero(missed))
            any_missed |= missed
        self.missed_any += int(np.count_nonzero(any_missed))

    def merge(self, other: Tally) -> None:
        """Add what another tally of the same agreement counted."""
        for path, figure in self.figures.items():
            figure.merge(other.figures[path])
        self.missed = [ours + theirs for ours, theirs in zip(self.missed, other.missed, strict=True)]
        self.missed_any += other.missed_any
        self.draws, self.refused, self.slow = self.draws + other.draws, self.refused + other.refused, self.slow + other.slow
        self.clipped.update(other.clipped)
        self.capital.update(other.capital)
        self.reasons |= other.reasons


def steps_for(least: int, most: int) -> Steps:
    """Steps fine enough to divide a range into ``STEPS`` of them or more; of one unit each where the range is small."""
    span = max(most - least, 1)
    return Steps((least + most) // 2, max(0, span.bit_length() - STEPS.bit_length() + 1))


def deviation(variance: Fraction, places: int = 0) -> Fraction:
    """The square root of a variance, rounded to ``places`` decimals, halves away from zero."""
    scale = 4 * 10 ** (2 * places)
    return Fraction((isqrt(variance.numerator * scale // variance.denominator) + 1) // 2, 10**places)
