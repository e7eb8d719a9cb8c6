"""Figures with their derivation: every figure is a Step that holds its value and the steps it was made from.

The functions here are the only arithmetic of the engine, so an explanation can never drift from the figure that it explains.
A Step's ``value`` is an int of rounding units for money, a Fraction for a share, a ratio or money that is not yet rounded.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from ..money import apportion, round_fraction
from ..problems import Path

N = TypeVar("N", int, Fraction)


class Unrounded:
    """A number that is neither rounded nor divided into whole parts: with such amounts put in, the steps compute without any rounding."""

    __slots__ = ()

    @abstractmethod  # without the metaclass ABC, whose `isinstance` would be slower at every step
    def divided(self, weights: Sequence[Any]) -> list[Any]:
        """Itself divided in proportion to the weights, exactly."""


class Step(NamedTuple, Generic[N]):
    """One figure: what it is called, whose it is, its value, and how it came about.

    ``name`` is the figure's name in the field's words and ``about`` the ids that it belongs to (an activity, a party).
    ``formula`` is one of

    - ``given``     read from the file, at ``place``
    - ``sum``       the inputs added up
    - ``less``      the first input minus the others
    - ``scale``     round(the product of the inputs before ``position`` ÷ the product of those after)
    - ``part``      the part of the first input that falls to input ``position``, by largest remainder over inputs 1…
    - ``bands``     the first input walked up through the bands that follow it
    - ``limit``     the first input limited to ± the second, rounded
    - ``least``     the smallest of the inputs
    - ``greatest``  the largest of the inputs
    - ``ratio``, ``product``   exact, not rounded
    """

    name: str
    year: int
    about: tuple[str, ...]
    value: N
    formula: str
    inputs: tuple[Step[Any], ...] = ()
    place: Path | None = None
    position: int = 0


Money = Step[int]
Exact = Step[Fraction]


def given(name: str, year: int, about: tuple[str, ...], value: N, place: Path | None) -> Step[N]:
    """A figure that stands in the file."""
    return Step(name, year, about, value, "given", (), place)


def zero(name: str, year: int, about: tuple[str, ...] = ()) -> Money:
    """A figure that is 0 because nothing enters it."""
    return Step(name, year, about, 0, "sum")


def total(name: str, year: int, about: tuple[str, ...], parts: Iterable[Money]) -> Money:
    """The parts added up."""
    inputs = tuple(parts)
    return Step(name, year, about, sum(part.value for part in inputs), "sum", inputs)


def less(name: str, year: int, about: tuple[str, ...], first: Money, *others: Money) -> Money:
    """The first minus the others."""
    return Step(name, year, about, first.value - sum(other.value for other in others), "less", (first, *others))


def scaled(name: str, year: int, about: tuple[str, ...], factors: Sequence[Step[Any]], divisors: Sequence[Step[Any]] = ()) -> Money:
    """The product of the factors over that of the divisors, rounded once, halves away from zero."""
    value = Fraction(1)
    for factor in factors:
        value *= factor.value
    for divisor in divisors:
        value /= divisor.value
    return Step(name, year, about, _rounded(value), "scale", (*factors, *divisors), None, len(factors))


def _rounded(value: Any) -> Any:
    return value if isinstance(value, Unrounded) else round_fraction(value)


def parts(name: str, year: int, about: tuple[str, ...], whole: Money, weights: Mapping[str, Step[Any]]) -> dict[str, Money]:
    """``whole`` apportioned over the ids in ``weights``, in their order. ``about`` comes before the id. Raises ValueError on zero weights."""
    inputs = (whole, *weights.values())
    whole_value: Any = whole.value
    by = [weight.value for weight in weights.values()]
    shares = whole_value.divided(by) if isinstance(whole_value, Unrounded) else apportion(whole_value, by)
    return {
        owner: Step(name, year, (*about, owner), share, "part", inputs, None, number)
        for number, (owner, share) in enumerate(zip(weights, shares, strict=True), 1)
    }


def product(name: str, year: int, about: tuple[str, ...], first: Exact, second: Money) -> Exact:
    """A share of an amount, not rounded."""
    return Step(name, year, about, first.value * second.value, "product", (first, second))


def ratio(name: str, year: int, about: tuple[str, ...], part: Step[Any], whole: Step[Any]) -> Exact:
    """The first over the second, not rounded: a part's share of the whole; 0 where the whole is 0."""
    value = Fraction(part.value, whole.value) if whole.value else Fraction(0)
    return Step(name, year, about, value, "ratio", (part, whole))


def added(name: str, year: int, about: tuple[str, ...], parts: Iterable[Exact]) -> Exact:
    """Exact figures added up."""
    inputs = tuple(parts)
    return Step(name, year, about, sum((part.value for part in inputs), Fraction(0)), "sum", inputs)


def exceeding(name: str, year: int, about: tuple[str, ...], first: Exact, second: Money) -> Exact:
    """By how much an exact figure exceeds an amount; below 0 where it falls short."""
    return Step(name, year, about, first.value - second.value, "less", (first, second))


def limited(name: str, year: int, about: tuple[str, ...], value: Exact, limit: Exact) -> Money:
    """The value limited to ± the limit, rounded."""
    bounded = max(-limit.value, min(limit.value, value.value))
    return Step(name, year, about, round_fraction(bounded), "limit", (value, limit))


def least(name: str, year: int, about: tuple[str, ...], first: Money, second: Money) -> Money:
    """The smaller of two."""
    return Step(name, year, about, min(first.value, second.value), "least", (first, second))


def not_below_zero(name: str, year: int, about: tuple[str, ...], value: Money) -> Money:
    """The value, or 0 where it is below."""
    return Step(name, year, about, max(value.value, 0), "greatest", (value, zero("nothing", year)))


class Rung(NamedTuple):
    """The part of an amount that lies inside one band: above ``below``, up to ``upper`` (None: without end)."""

    below: int
    upper: int | None
    inside: int
    share: Fraction


def rungs(size: int, inputs: Iterable[Step[Any]]) -> list[Rung]:
    """An amount without sign, walked up from zero through bands: each a share, after its limit where it has one."""
    walked: list[Rung] = []
    below, limit = 0, None
    for step in inputs:
        if not isinstance(step.value, Fraction):
            limit = step.value
            continue
        upper = size if limit is None else min(size, limit)
        walked.append(Rung(below, limit, max(0, upper - below), step.value))
        below, limit = max(below, limit or 0), None
    return walked


def banded(name: str, year: int, before: Money, bands: Sequence[Step[Any]]) -> Money:
    """What of an amount is left by its bands, with its sign: each band's share of what lies inside it, added up and rounded once."""
    inside = sum((rung.inside * rung.share for rung in rungs(abs(before.value), bands)), Fraction(0))
    value = _rounded(inside)
    return Step(name, year, (), value if before.value > 0 else -value, "bands", (before, *bands))
