"""Values that are short to write: the round ones of a range, and the simplest of an interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Final

from ...source.kinds import Kind

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
    scaled = value * (100 if kind.name in ("share", "percent") else 1)
    return next((decimals for decimals in range(14) if (scaled * 10**decimals).denominator == 1), 14 + len(str(value)))


def by_simplicity(first: Fraction, last: Fraction, whole: bool, kind: Kind) -> Iterator[Fraction]:
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
