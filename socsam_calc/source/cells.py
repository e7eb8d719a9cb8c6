"""One cell of a workbook as a field: the text that stands for its value, or what is wrong with it.

A number becomes the decimal text that stands for it. What could mean two things (a date, a percentage, a number shown in thousands,
more digits than a spreadsheet keeps) is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from ..problems import Place, Problem, cut
from .ledger import Field

DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
_LITERAL: Final = re.compile(r'"([^"]*)"|\[\$([^]-]+)[^]]*\]|((?:\\.)+)')
_UNIT: Final = re.compile(r"\W*(öre|kr|tkr|mkr|sek)(?!\w)", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\W*?([€$£¥]|(?:eur|usd|gbp|dkk|nok)(?!\w))", re.IGNORECASE)


def field(place: Place, kind: str, value: Any, number_format: str) -> Field:
    """The field of a cell that holds ``value``; ``kind`` is `e` for an error."""
    if kind == "e":
        return bad(place, f"the cell holds the error {cut(str(value))}", "mend the formula")
    if isinstance(value, bool):
        return bad(place, f"the cell holds {str(value).upper()}", "write a number or a text")
    if isinstance(value, str):
        if value.strip() and number_format.count(";") == 3 and number_format.endswith(";"):
            return _unshown(place, cut(value.strip()))
        return Field(value.strip(), place)
    if isinstance(value, (int, float)):
        return _number(place, value, number_format)
    return bad(place, f"the cell holds a date or a time ({value})", "write a number, and set the cell's format to a number")


def _unshown(place: Place, text: str) -> Field:
    return bad(place, f"the cell's format hides what it holds: {text}", "set its format to a number, or take it away")


def bad(place: Place, text: str, remedy: str) -> Field:
    """A field that is refused."""
    return Field("", place, Problem("figures", place, text, remedy))


def _number(place: Place, value: int | float, number_format: str) -> Field:
    """A number as the decimal text that stands for it, with a decimal comma: a comma is never taken for thousands."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return bad(place, f"the cell holds {value}", "write a number")
    digits = exact.normalize()
    text = format(digits, "f").replace(".", ",")
    if len(digits.as_tuple().digits) > DIGITS:
        rounded = format(Decimal(f"{value:.{DIGITS}g}").normalize(), "f").replace(".", ",")
        remedy = f"round it in the cell, as with =ROUND(…); a spreadsheet shows at most {DIGITS} digits: {rounded}"
        return bad(place, f"the cell holds {cut(text)}, more digits than are certain", remedy)
    shown = _QUOTED.sub("", number_format)
    sections = number_format.split(";")
    if value and len(sections) > 1 and not sections[value < 0]:
        return _unshown(place, text)
    if "%" in shown:
        return bad(place, f"the cell is shown in percent, and holds {text}", "set its format to a number")
    if _THOUSANDS.search(shown):
        return bad(place, f"the cell is shown in thousands or millions, and holds {text}", "set its format to a plain number")
    return _in_unit(Field(text, place), number_format)


def _in_unit(field: Field, number_format: str) -> Field:
    """The number with the unit that its cell shows beside it, as a text cell would state it; another currency is refused."""
    written = [(quoted or symbol or escaped).replace("\\", "") for quoted, symbol, escaped in _LITERAL.findall(number_format)]
    units = {found[1].lower().replace("sek", "kr") for text in written if (found := _UNIT.match(text))}
    others = [found[1] for text in written if (found := _CURRENCY.match(text))]
    if others:
        return bad(
            field.place, f"the cell is shown in {others[0]}, and holds {field.text}", "write the amount in kronor, and set its format"
        )
    if len(units) > 1:
        return bad(field.place, f"the cell's format names several units, and it holds {field.text}", "set its format to a plain number")
    return field._replace(text=f"{field.text} {units.pop()}") if units else field
