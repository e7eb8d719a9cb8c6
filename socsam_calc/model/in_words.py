"""Whole numbers in words, so that their size cannot be misread."""

from __future__ import annotations

from typing import Final

_ONES: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int) -> str:
    """A number from 0 to 999 999 in words."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return f"{in_words(thousands)} thousand" + (f" {in_words(rest)}" if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {in_words(rest)}" if rest else "")
    if number < 20:
        return _ONES[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_ONES[rest]}" if rest else "")
