"""One cell of a workbook as a field: the text that stands for its value, or what is wrong with it.

A number becomes the decimal text that stands for it, in the 15 digits that a spreadsheet keeps and shows. What could mean two things
(a date, a percentage, a number shown in thousands, or beside a text that is no unit) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ...problems import Place, Problem, cut
from .ledger import Field

DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<symbol>[^]-]*)[^]]*\]|\[(?P<bracket>[^]]*)\]|[_*].|General|Standard|E[+-]|(?P<number>[0#?@])|(?P<plain>.)',
    re.S,
)
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
_UNITS: Final = {"öre": "öre", "kr": "kr", "sek": "kr", ":-": "kr", ",-": "kr", "tkr": "tkr", "mkr": "mkr"}
_CURRENCY: Final = re.compile(r"[€$£¥]|eur|usd|gbp|dkk|nok", re.IGNORECASE)
_BLANK: Final = " \u00a0\u202f.)/'"


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
    if len(exact.normalize().as_tuple().digits) > DIGITS:  # a sum of 0,1 and 0,2: what is beyond these digits no spreadsheet shows
        exact = Decimal(f"{value:.{DIGITS}g}")
    text = format(exact.normalize(), "f").replace(".", ",")
    shown = _shown(number_format, value)
    if not shown.number:
        return _unshown(place, text)
    if shown.percent:
        return bad(place, f"the cell is shown in percent, and holds {text}", "set its format to a number")
    if shown.scaled:
        return bad(place, f"the cell is shown in thousands or millions, and holds {text}", "set its format to a plain number")
    return _in_unit(Field(text, place), shown.beside) if value else Field(text, place)


class _Shown(NamedTuple):
    """What a number format makes of a number: whether it shows it, in percent, divided by thousands, and what stands beside it."""

    number: bool
    percent: bool
    scaled: bool
    beside: Sequence[str]


def _shown(number_format: str, value: float) -> _Shown:
    """The part of a number format that this number is shown by."""
    sections: list[list[re.Match[str]]] = [[]]
    conditional = False
    for token in _TOKEN.finditer(number_format):
        if token["plain"] == ";":
            sections.append([])
            continue
        conditional = conditional or (token["bracket"] or " ")[0] in "<>="
        sections[-1].append(token)
    section = sections[0]
    if not conditional and len(sections) > 1:
        section = sections[1] if value < 0 else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    elif conditional:
        section = [token for one in sections[:3] for token in one]
    placeholders = "".join(token[0] for token in section if token["number"] or token["plain"] in (".", ","))
    texts, text = [], ""
    for token in section:
        literal = (
            token["quoted"] or token["escaped"] or token["symbol"] or (token["plain"] if token["plain"] not in (".", ",", "%") else "")
        )
        if token["number"]:
            texts.append(text)
            text = ""
        text += literal or ""
    if value < 0:  # its minus, or the brackets that stand for one
        texts = [one.replace("(", "").replace(")", "") if one.strip(_BLANK) in ("(", ")") else one.lstrip("-−–") for one in [*texts, text]]
    else:
        texts.append(text)
    general = any(token[0] in ("General", "Standard") for token in section) or not number_format
    number = general or any(token["number"] for token in section) or value == 0
    percent = any(token["plain"] == "%" for token in section)
    return _Shown(number, percent, bool(_THOUSANDS.search(placeholders)), [one for one in texts if one.strip(_BLANK)])


def _in_unit(field: Field, beside: Sequence[str]) -> Field:
    """The number with the unit that its cell shows beside it, as a text cell would state it; anything else beside it is refused."""
    texts = [text.strip(_BLANK) for text in beside]
    others = [found.group() for text in texts if (found := _CURRENCY.fullmatch(text))]
    if others:
        return bad(
            field.place, f"the cell is shown in {others[0]}, and holds {field.text}", "write the amount in kronor, and set its format"
        )
    units = {_UNITS.get(text.lower(), "") for text in texts}
    if "" in units:
        strange = next(text for text in texts if text.lower() not in _UNITS)
        text = f"the cell shows `{cut(strange)}` beside its number, and holds {field.text}"
        return bad(field.place, text, "set its format to a plain number, or to one with kr, tkr or mkr")
    if len(units) > 1:
        return bad(field.place, f"the cell's format names several units, and it holds {field.text}", "set its format to a plain number")
    return field._replace(text=f"{field.text} {units.pop()}") if units else field
