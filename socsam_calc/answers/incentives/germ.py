"""Numbers that know how they move: a value and its slope as one input moves, both exact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

Plain = int | Fraction


class Germ:
    """A value and its slope on one side of a point: ``value`` + ``slope`` × ε for an ε above 0, smaller than any number.

    Arithmetic is exact, and comparison looks at the slope where the values are equal, so that minima, signs and bands are decided as
    they are just beside the point. The quotient of two germs that are both 0 in value is that of their slopes: its own slope is lost,
    which is harmless where it is multiplied by something that is 0 there too.
    """

    __slots__ = ("slope", "value")

    def __init__(self, value: Plain, slope: Plain = 0) -> None:
        self.value = Fraction(value)
        self.slope = Fraction(slope)

    def __add__(self, other: Germ) -> Germ:
        return Germ(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Germ) -> Germ:
        return Germ(self.value - other.value, self.slope - other.slope)

    def __neg__(self) -> Germ:
        return Germ(-self.value, -self.slope)

    def __mul__(self, other: Germ | Plain) -> Germ:
        if isinstance(other, Germ):
            return Germ(self.value * other.value, self.value * other.slope + self.slope * other.value)
        return Germ(self.value * other, self.slope * other)

    def __truediv__(self, other: Germ) -> Germ:
        if other.value:
            ratio = self.value / other.value
            return Germ(ratio, (self.slope - ratio * other.slope) / other.value)
        if self.value or not other.slope:
            raise ZeroDivisionError("a germ that does not vanish divided by one that does")
        return Germ(self.slope / other.slope)

    @property
    def sign(self) -> int:
        """The sign just beside the point: 1, 0 or −1."""
        first = self.value or self.slope
        return (first > 0) - (first < 0)

    def __lt__(self, other: Germ) -> bool:
        return (self - other).sign < 0

    def __abs__(self) -> Germ:
        return -self if self.sign < 0 else self

    def __repr__(self) -> str:
        return f"Germ({self.value}, {self.slope})"


def add(germs: Iterable[Germ]) -> Germ:
    """The germs added up."""
    whole = Germ(0)
    for germ in germs:
        whole += germ
    return whole
