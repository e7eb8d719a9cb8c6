"""Numbers that know how they move: a value and its slope as one input moves, both exact.

Put into the engine's steps in place of whole amounts, they come out as what each figure is without rounding, and how it moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...engine.costs import Given
from ...engine.steps import Money, Step, Unrounded
from ...problems import Path

Plain = int | Fraction


class Germ(Unrounded):
    """A value and its slope on one side of a point: ``value`` + ``slope`` × ε for an ε above 0, smaller than any number.

    Arithmetic is exact, and comparison looks at the slope where the values are equal, so that minima, signs and bands are decided as
    they are just beside the point. The quotient of two germs that are both 0 in value is that of their slopes: its own slope is lost,
    which is harmless where it is multiplied by something that is 0 there too.
    """

    __slots__ = ("_slope", "_value")

    def __init__(self, value: Plain, slope: Plain = 0) -> None:
        self._value = value  # whole numbers stay so as long as they can: most are, and they are added up much faster
        self._slope = slope

    @property
    def value(self) -> Fraction:
        return Fraction(self._value)

    @property
    def slope(self) -> Fraction:
        return Fraction(self._slope)

    def __add__(self, other: Germ | Plain) -> Germ:
        if isinstance(other, Germ):  # most do not move, and an exact sum with 0 takes as long as any
            moves, too = self._slope, other._slope
            return Germ(self._value + other._value, moves + too if moves and too else moves or too)
        return Germ(self._value + other if other else self._value, self._slope)

    __radd__ = __add__

    def __neg__(self) -> Germ:
        return Germ(-self._value, -self._slope)

    def __sub__(self, other: Germ | Plain) -> Germ:
        if isinstance(other, Germ):
            return Germ(self._value - other._value, self._slope - other._slope)
        return Germ(self._value - other, self._slope)

    def __rsub__(self, other: Plain) -> Germ:
        return -self + other

    def __mul__(self, other: Germ | Plain) -> Germ:
        if isinstance(other, Germ):
            moves, too = self._slope, other._slope
            first, second = (self._value * too if too else 0), (moves * other._value if moves else 0)
            return Germ(self._value * other._value, first + second if first and second else first or second)
        return Germ(self._value * other, self._slope * other if self._slope else 0)

    __rmul__ = __mul__

    def __truediv__(self, other: Germ | Plain) -> Germ:
        if not isinstance(other, Germ):
            return Germ(self.value / other, self.slope / other if self._slope else 0)
        if other._value:
            ratio = self.value / other._value
            moves = self._slope - ratio * other._slope if other._slope else self._slope
            return Germ(ratio, Fraction(moves) / other._value if moves else 0)
        if self._value or not other._slope:
            raise ZeroDivisionError("a germ that does not vanish divided by one that does")
        return Germ(self.slope / other._slope)

    @property
    def sign(self) -> int:
        """The sign just beside the point: 1, 0 or −1."""
        first = self._value or self._slope
        return (first > 0) - (first < 0)

    def __bool__(self) -> bool:
        return bool(self._value or self._slope)

    def __lt__(self, other: Germ | Plain) -> bool:
        return (self - other).sign < 0

    def __gt__(self, other: Germ | Plain) -> bool:
        return (self - other).sign > 0

    def __abs__(self) -> Germ:
        return -self if self.sign < 0 else self

    def divided(self, weights: Sequence[Any]) -> list[Any]:
        """Itself divided in proportion to the weights, exactly. Raises ZeroDivisionError where there is none."""
        whole = sum(weights)
        if not whole:
            raise ZeroDivisionError("no weight to divide by")
        return [self * (germ(weight) / whole) for weight in weights]

    def __repr__(self) -> str:
        return f"Germ({self._value}, {self._slope})"


def germ(number: Any) -> Germ:
    """A number that came out of the steps: one that nothing entered has no slope."""
    return number if isinstance(number, Germ) else Germ(number)


def step(number: Germ, name: str = "", year: int = 0, about: tuple[str, ...] = (), place: Path | None = None) -> Money:
    """A germ as an amount of the engine."""
    amount: Any = number
    return Step(name, year, about, amount, "given", (), place)


def moving(at: Path, value: Fraction, slope: int) -> Given:
    """Every amount of the file as it stands, but at one place another value, about to move."""

    def amount(name: str, year: int, about: tuple[str, ...], stated: int, place: Path) -> Money:
        return step(Germ(value, slope) if place == at else Germ(stated), name, year, about, place)

    return amount
