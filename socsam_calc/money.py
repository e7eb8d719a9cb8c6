"""Money: rounding units, and the two places where the arithmetic rounds (``settlement.md`` § 0).

Every amount inside the program is an integer that counts the agreement's rounding unit (öre, kr or tkr);
every share, ratio and factor is a fraction. No binary float touches money.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

ORE_PER = {"öre": 1, "kr": 100, "tkr": 100_000, "mkr": 100_000_000}
"""How many öre there are in each unit that an amount may carry."""

LARGEST = 10**15
"""The largest amount that a file may hold, in öre: 10^13 kronor."""


def round_half_away(numerator: int, denominator: int) -> int:
    """Round ``numerator / denominator`` to the nearest integer, halves away from zero. ``denominator`` is above 0."""
    if numerator < 0:
        return -((2 * -numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def round_fraction(value: Fraction) -> int:
    """Round an exact fraction to the nearest integer, halves away from zero."""
    return round_half_away(value.numerator, value.denominator)


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Divide ``total`` into integers that add up to it, by largest remainder (Hamilton's method).

    ``total`` counts rounding units and may be negative: the parts of −x mirror those of x.
    Ties go to the earlier entry. Raises ValueError when a weight is negative or none is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    if total < 0:
        return [-part for part in apportion(-total, weights)]
    exact = [divmod(total * weight, whole) for weight in weights]
    parts = [int(part) for part, _ in exact]
    left = total - sum(parts)
    if left:
        for index in sorted(range(len(parts)), key=lambda i: -exact[i][1])[:left]:
            parts[index] += 1
    return parts


class Quota(NamedTuple):
    """How one part of an apportioned whole came about: ``whole`` + ``remainder`` is its exact quota of the whole without sign.

    ``extra`` is 1 for the parts that got one of the units left over, else 0; the part is ±(whole + extra).
    """

    whole: int
    remainder: Fraction
    extra: int


def quotas(total: int, weights: Sequence[int | Fraction]) -> list[Quota]:
    """The same division as ``apportion``, with what an explanation shows of it."""
    sign = -1 if total < 0 else 1
    exact = [Fraction(abs(total)) * weight / sum(weights) for weight in weights]
    return [
        Quota(int(quota), quota - int(quota), sign * part - int(quota))
        for quota, part in zip(exact, apportion(total, weights), strict=True)
    ]
