"""Numbers as programs, word processors and other countries write them: why they are refused, and how they are written here.

A statistics program writes 100 000 as `1e+05` and a missing value as `NA`; a word processor turns `"` into `”` and `-` into `–`; an
accounting system puts a minus behind its number. None is taken for what it seems to be: the message names the cause and the way out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

QUOTES: Final = "”“„‟»«’‘‚‛′″´`"
"""Marks that stand for quotation marks on paper, and are none in a file."""

_POWER: Final = r"([-−+]?)([0-9]+)(?:[.,]([0-9]+))?[eE]([-−+]?[0-9]{1,3})"
_MISSING: Final = (
    r"(?i)na|n/a|#n/a|nan|-nan|null|none|nil|inf|-inf|\+inf|infinity|-infinity|\.|\.\.|-|–|—|\?|#saknas!|#värdefel!|#value!|#ref!|#referens!|#div/0!"
    r"|#division/0!|#num!|#ogiltigt!|#name\?|#namn\?|missing|saknas|<na>|\\n"
)
_NUMBER: Final = r"[0-9][0-9 \u00a0\u202f.,]*"
_DASHED: Final = rf"[‐‑‒–—―]\s*({_NUMBER}.*)"
_BEHIND: Final = rf"({_NUMBER}?)\s*[-−–]"
_BRACKETED: Final = rf"\(\s*({_NUMBER}?)\s*\)"
_OTHER_GROUPS: Final = r"([-−]?)([0-9]{1,3}(?:['’_\u2009\u2007][0-9]{3})+)([.,][0-9]+)?"
_SUFFIXED: Final = rf"({_NUMBER}?)\s*[:,.]\s*[-–—]"
_BEFORE: Final = rf"(?i)(öre|kr|tkr|mkr|sek|tsek|ksek|msek)\.?\s*([-−]?{_NUMBER})"
_UNITS: Final = {"sek": "kr", "tsek": "tkr", "ksek": "tkr", "msek": "mkr"}
_MOST_DIGITS: Final = 16  # more than this no amount anybody settles has, and a power of ten may have any number of them
_BINARY: Final = Fraction(1, 10**11)
"""How near a decimal number of a program lies to the one that it stands for, as part of it."""


class Wrong(NamedTuple):
    """What is wrong with a spelling, and what would be right."""

    text: str
    remedy: str


def quoted(text: str) -> Wrong | None:
    """A value in marks that are no quotation marks of a file."""
    bare = text.strip(QUOTES).strip()
    if bare == text or not bare:
        return None
    mark = text[0] if text[0] in QUOTES else text[-1]
    written = f'write "{bare}" in straight quotes' if "," in bare else f'write `{bare}`, or "{bare}" in straight quotes'
    return Wrong(f"`{mark}` is no quotation mark of a file: a word processor sets it", written)


def number(text: str, missing: str = "write a number, or leave it out") -> Wrong | None:
    """A number as a program may write it; ``missing`` says what to do where it stands for none."""
    if match := re.fullmatch(_POWER, text):
        sign, whole, decimals, power = match.groups()
        value = Decimal(f"{whole}.{decimals or 0}e{power.replace('−', '-')}")
        minus = "−" if sign in ("-", "−") else ""
        written = "" if value and not -6 <= value.adjusted() < _MOST_DIGITS else f"write `{minus}{_plain(value)}`; "
        return Wrong(
            f"`{text}` is written with a power of ten, as programs do (1e+05 is 100 000)",
            f"{written}let the program write numbers without exponents",
        )
    if re.fullmatch(_MISSING, text):
        return Wrong(f"`{text}` stands for a missing value", missing)
    if match := re.fullmatch(_DASHED, text):
        return Wrong(f"`{text[0]}` is a dash, not a minus sign", f"write `−{match[1]}`, or `-{match[1]}`")
    if (match := re.fullmatch(_BRACKETED, text)) or (match := re.fullmatch(_BEHIND, text)):
        return Wrong(f"`{text}`: a minus sign stands before its number", f"write `−{match[1].strip()}`")
    return None


def amount(text: str) -> Wrong | None:
    """An amount as a program, another country or a price list may write it."""
    if match := re.fullmatch(_OTHER_GROUPS, text):
        sign, groups, decimals = match.groups()
        right = sign + re.sub(r"\D", " ", groups) + (decimals or "").replace(".", ",")
        return Wrong(f"`{text}`: thousands are grouped by spaces", f"write `{right}`")
    if match := re.fullmatch(_SUFFIXED, text):
        return Wrong(f"`{text}` is written as a price", f"write `{match[1].strip()} kr`")
    if match := re.fullmatch(_BEFORE, text):
        unit = match[1].lower()
        return Wrong(f"`{text}`: the unit stands after the number", f"write `{match[2].strip()} {_UNITS.get(unit, unit)}`")
    if text.startswith("="):
        return Wrong(f"`{text}` is a formula", "write the amount that it comes to")
    return number(text, "write the amount, 0 where there was none")


def binary(text: str, ore: Fraction, unit_of_ore: int) -> Wrong | None:
    """An amount that a program computed with binary fractions: 90000.29999999999 for 90 000,30.

    ``ore`` is its size in öre, ``unit_of_ore`` how many of them its unit has.
    """
    near = Fraction(round(ore))
    if near == ore or abs(ore - near) > _BINARY * (abs(near) + 1):
        return None
    whole, rest = divmod(int(near), unit_of_ore)
    width = len(str(unit_of_ore)) - 1
    decimals = f"{rest:0{width}}" if width else ""
    decimals = decimals[:2] + decimals[2:].rstrip("0")
    right = f"{whole:,}".replace(",", " ") + (f",{decimals}0" if len(decimals) == 3 else f",{decimals}" if decimals else "")
    return Wrong(
        f"`{text}` is no amount that anybody wrote: a program computed it with binary fractions",
        f"write `{right}`, two decimals of a krona; or mark the column as a decimal type in that program",
    )


def _plain(value: Decimal) -> str:
    """A number in digits, in threes, with a decimal comma."""
    whole, _, decimals = format(value.normalize(), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped},{decimals}0" if len(decimals) == 3 else f"{grouped},{decimals}" if decimals else grouped
