"""Numbers as people read them: Swedish style, exact, in the unit asked for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Final

from .money import ORE_PER, round_fraction

SPACE: Final = "\u00a0"
"""Groups digits, so that no line is broken inside a number; written as a plain space in the end."""
MINUS: Final = "−"
DASH: Final = "–"
"""Stands for what is not known or does not exist."""


class Scale:
    """How the amounts of a table are written: in which unit, and with how many decimals for all of them to be exact."""

    def __init__(self, rounding: str, unit: str, amounts: Iterable[int | None] = ()) -> None:
        self.unit = unit
        self._factor = ORE_PER[rounding]
        self._size = ORE_PER[unit]
        self._decimals = 0
        if self._size > self._factor:
            self._decimals = len(str(self._size // self._factor)) - 1
            common = 0
            for amount in amounts:
                common = gcd(common, amount or 0)
            while self._decimals and common % 10 == 0:
                common //= 10
                self._decimals -= 1

    def amount(self, units: int | None, *, signed: bool = False) -> str:
        """An amount; ``signed`` also marks what is above 0. A dash for None."""
        if units is None:
            return DASH
        ore = abs(units) * self._factor
        whole, rest = divmod(ore, self._size)
        decimals = self._decimals
        text = grouped(whole)
        if decimals or rest:
            digits = f"{rest:0{len(str(self._size)) - 1}}"
            text += "," + digits[: max(decimals, len(digits.rstrip("0")))]
        sign = MINUS if units < 0 else "+" if signed and units > 0 else ""
        return sign + text

    def exact(self, units: int) -> Decimal:
        """The amount in the unit as an exact number."""
        return Decimal(units * self._factor) / self._size

    def with_unit(self, units: int | None, *, signed: bool = False) -> str:
        """An amount followed by its unit, for sentences."""
        return f"{self.amount(units, signed=signed)}{SPACE}{self.unit}"


def in_kronor(ore: int) -> str:
    """An amount of öre in kronor: with both decimals, or none where it is whole."""
    kronor, rest = divmod(abs(ore), 100)
    return f"{MINUS if ore < 0 else ''}{grouped(kronor)}{f',{rest:02d}' if rest else ''}{SPACE}kr"


def rounded(value: Fraction, decimals: int, *, signed: bool = False) -> str:
    """An exact number with so many decimals, halves away from zero; ``signed`` also marks what is above 0 as shown."""
    count = round_fraction(value * 10**decimals)
    whole, rest = divmod(abs(count), 10**decimals)
    text = grouped(whole) + (f",{rest:0{decimals}}" if decimals else "")
    return (MINUS if count < 0 else "+" if signed and count > 0 else "") + text


def grouped(number: int) -> str:
    """Digits in groups of three."""
    return f"{number:,}".replace(",", SPACE)


def plain(text: str) -> str:
    """The spaces inside numbers as ordinary ones, once no line can be broken there any more."""
    return text.replace(SPACE, " ")
