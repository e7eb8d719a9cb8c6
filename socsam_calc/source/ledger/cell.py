"""One cell of a workbook: the text that stands for its value, or what is wrong with it.

A number becomes the decimal text that stands for it, in the 15 digits that a spreadsheet keeps and shows. What could mean two things
(a date, a percentage, a number shown in thousands, or beside a text that is no unit) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ...problems import Place, Problem, cut
from .ledger import Field

_MOST_FORMATS: Final = 1024
"""Of number formats that are remembered: a workbook has a handful."""

_DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<symbol>[^]-]*)[^]]*\]|\[(?P<bracket>[^]]*)\]|[_*].|General|Standard|E[+-]|(?P<number>[0#?@])|(?P<plain>.)',
    re.S,
)
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
_UNITS: Final = {"öre": "öre", "kr": "kr", "sek": "kr", ":-": "kr", ",-": "kr", "tkr": "tkr", "mkr": "mkr"}
_CURRENCY: Final = re.compile(r"[€$£¥]|eur|usd|gbp|dkk|nok", re.IGNORECASE)
_BLANK: Final = " \u00a0\u202f.)/'"


def field_of(place: Place, kind: str, value: Any, number_format: str) -> Field:
    """The field of a cell that holds ``value``; ``kind`` is `e` for an error."""
    match value:
        case _ if kind == "e":
            return bad(place, f"the cell holds the error {cut(str(value))}", "mend the formula")
        case bool():
            return bad(place, f"the cell holds {str(value).upper()}", "write a number or a text")
        case str():
            hides = value.strip() and number_format.count(";") == 3 and number_format.endswith(";")
            return _unshown(place, cut(value.strip())) if hides else Field(value.strip(), place)
        case int() | float():
            return _number(place, value, number_format)
        case _:
            return bad(place, f"the cell holds a date or a time ({value})", "write a number, and set the cell's format to a number")


def _unshown(place: Place, text: str) -> Field:
    return bad(place, f"the cell's format hides what it holds: {text}", "set its format to a number, or take it away")


def bad(place: Place, text: str, remedy: str) -> Field:
    """A field that is refused."""
    return Field("", place, Problem("figures", place, text, remedy))


def _number(place: Place, value: int | float, number_format: str) -> Field:
    """A number as the decimal text that stands for it, with a decimal comma: a comma is never taken for thousands."""
    text = _decimal(value)
    if text is None:
        return bad(place, f"the cell holds {value}", "write a number")
    shown = _shown(number_format, (value > 0) - (value < 0))
    if value and number_format and not shown.digits:
        return _unshown(place, text)
    if shown.percent:
        return bad(place, f"the cell is shown in percent, and holds {text}", "set its format to a number")
    if shown.thousands:
        return bad(place, f"the cell is shown in thousands or millions, and holds {text}", "set its format to a plain number")
    field = Field(f"{text}0" if len(text.partition(",")[2]) == 3 else text, place)  # three decimals might be thousands, were they written
    return _in_unit(field, shown.beside) if value and shown.beside else field


def _decimal(value: int | float) -> str | None:
    """A number in the 15 digits that a spreadsheet keeps, with a decimal comma; None where it is none."""
    written = repr(value)
    if len(written) <= _DIGITS and written.isdecimal():
        return written
    exact = Decimal(f"{value:.{_DIGITS}g}")  # a sum of 0,1 and 0,2: what is beyond these digits no spreadsheet shows
    if not exact.is_finite():
        return None
    return format(exact.normalize(), "f").replace(".", ",")


class _Shown(NamedTuple):
    """What a number format shows of a number: any digits, percent, thousands or millions, and the texts ``beside`` it."""

    digits: bool
    percent: bool
    thousands: bool
    beside: Sequence[str]


@lru_cache(maxsize=_MOST_FORMATS)
def _shown(number_format: str, sign: int) -> _Shown:
    """What a number format shows of a number of this sign (-1, 0 or 1)."""
    section = _section(number_format, sign)
    return _Shown(
        any(token["number"] or token[0] in ("General", "Standard") for token in section),
        any(token["plain"] == "%" for token in section),
        _THOUSANDS.search("".join(token[0] for token in section if token["number"] or token["plain"] in (".", ","))) is not None,
        _beside(section, sign),
    )


def _section(number_format: str, sign: int) -> list[re.Match[str]]:
    """The part of a number format that a number is shown by of this ``sign``."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["plain"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    if any((token["bracket"] or " ")[0] in "<>=" for one in sections for token in one):  # which of them it is, a condition says
        return [token for one in sections[:3] for token in one]
    which = 1 if sign < 0 else 2 if sign == 0 else 0
    return sections[which if which < len(sections) else 0]


def _beside(section: Sequence[re.Match[str]], sign: int) -> list[str]:
    """The texts that a part of a number format shows beside a number of this ``sign``."""
    texts = [""]  # before, between and after its digits
    for token in section:
        if token["number"]:
            texts.append("")
        plain = token["plain"] if token["plain"] not in (".", ",", "%") else ""
        texts[-1] += token["quoted"] or token["escaped"] or token["symbol"] or plain or ""
    if sign < 0:  # its minus, or the brackets that stand for one
        texts = [one.replace("(", "").replace(")", "") if one.strip(_BLANK) in ("(", ")") else one.lstrip("-−–") for one in texts]
    return [one for one in texts if one.strip(_BLANK)]


def _in_unit(field: Field, beside: Sequence[str]) -> Field:
    """The number with the unit that its cell shows beside it, as a text cell would state it; anything else beside it is refused."""
    texts = [text.strip(_BLANK) for text in beside]
    if other := next(filter(_CURRENCY.fullmatch, texts), None):
        return bad(field.place, f"the cell is shown in {other}, and holds {field.text}", "write the amount in kronor, and set its format")
    units = {_UNITS.get(text.lower(), "") for text in texts}
    if "" in units:
        strange = next(text for text in texts if text.lower() not in _UNITS)
        text = f"the cell shows `{cut(strange)}` beside its number, and holds {field.text}"
        return bad(field.place, text, "set its format to a plain number, or to one with kr, tkr or mkr")
    if len(units) > 1:
        return bad(field.place, f"the cell's format names several units, and it holds {field.text}", "set its format to a plain number")
    return field._replace(text=f"{field.text} {units.pop()}") if units else field
