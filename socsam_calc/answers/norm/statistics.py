"""What is told of many areas at once: percentiles, ranks, and how one year's development follows from the last. Exact up to logarithms and roots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt
from typing import Final, NamedTuple

DECIMALS: Final = 6
"""Those that a correlation or a slope is told with."""

_EXACT: Final = Context(prec=40)
"""Logarithms in so many digits that six decimals of what is made of them do not depend on whose computer it is."""

_FEWEST: Final = 3


def percentiles(ascending: Sequence[Fraction], at: Sequence[int]) -> dict[int, Fraction | None]:
    """The ⌈p × n / 100⌉th of n values, for each p; None where there is no value."""
    count = len(ascending)
    return {p: ascending[max(1, -(-p * count // 100)) - 1] if count else None for p in at}


def weighted_percentiles(ascending: Sequence[tuple[Fraction, Fraction]], at: Sequence[int]) -> dict[int, Fraction | None]:
    """Of values with their weights, the first whose cumulated weight reaches p % of all; None where there is none."""
    whole = sum((weight for _, weight in ascending), Fraction(0))
    found: dict[int, Fraction | None] = dict.fromkeys(at)
    reached = Fraction(0)
    waiting = sorted(at)
    for value, weight in ascending:
        reached += weight
        while waiting and reached * 100 >= whole * waiting[0]:
            found[waiting.pop(0)] = value
    return found


def mean_ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """The rank of each value, 1 for the lowest; equal values have the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [Fraction(0)] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            ranks[index] = Fraction(start + 1 + end, 2)
        start = end
    return ranks


class Spearman(NamedTuple):
    """A rank correlation over so many areas, rounded to six decimals; None under three areas, or where all have the same rank."""

    areas: int
    rho: Fraction | None


def spearman(first: Sequence[Fraction], second: Sequence[Fraction]) -> Spearman:
    """Spearman's rank correlation: that of the mean ranks."""
    count = len(first)
    if count < _FEWEST:
        return Spearman(count, None)
    ours, theirs = mean_ranks(first), mean_ranks(second)
    middle = Fraction(count + 1, 2)
    both = sum(((x - middle) * (y - middle) for x, y in zip(ours, theirs, strict=True)), Fraction(0))
    spread = sum(((x - middle) ** 2 for x in ours), Fraction(0)) * sum(((y - middle) ** 2 for y in theirs), Fraction(0))
    return Spearman(count, _over_root(both, spread) if spread else None)


def _over_root(number: Fraction, square: Fraction) -> Fraction:
    """``number`` over the root of ``square``, rounded to six decimals, halves away from zero."""
    scaled = 4 * number * number * 10 ** (2 * DECIMALS) / square
    size = Fraction((isqrt(scaled.numerator // scaled.denominator) + 1) // 2, 10**DECIMALS)
    return -size if number < 0 else size


class Regression(NamedTuple):
    """Least squares, with intercept, of the log of one year's relative development on that of the year before.

    ``noise`` is the slope that pure noise about a level gives, ``shifts`` what it would be if all of it were lasting shifts.
    """

    pairs: int
    slope: Fraction | None
    correlation: Fraction | None
    noise: Fraction = Fraction(-1, 2)
    shifts: Fraction = Fraction(0)


def regression(pairs: Sequence[tuple[Fraction, Fraction]]) -> Regression:
    """The regression of log y on log x, over pairs (x, y) above 0; None under three pairs, the slope too where all x are equal."""
    count = len(pairs)
    same_x, same_y = (len({pair[which] for pair in pairs}) < 2 for which in (0, 1))
    if count < _FEWEST or same_x:
        return Regression(count, None, None)
    logs = _Logs()
    x, y = ([logs(pair[which]) for pair in pairs] for which in (0, 1))
    mean_x, mean_y = (sum(values, Fraction(0)) / count for values in (x, y))
    both = sum(((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)), Fraction(0))
    spread_x, spread_y = (sum(((one - mean) ** 2 for one in values), Fraction(0)) for values, mean in ((x, mean_x), (y, mean_y)))
    return Regression(count, both / spread_x, None if same_y else _over_root(both, spread_x * spread_y))


class _Logs:
    """Natural logarithms of exact numbers, to 30 decimals."""

    _STEPS: Final = 10**30

    def __init__(self) -> None:
        self._known: dict[Fraction, Fraction] = {}

    def __call__(self, value: Fraction) -> Fraction:
        if value not in self._known:
            number = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
            log = _EXACT.ln(number)
            self._known[value] = Fraction(int(log.scaleb(30, _EXACT).to_integral_value()), self._STEPS)
        return self._known[value]


Percentiles = Mapping[int, Fraction | None]
