"""What kind of number stands at a path of the agreement file, so that a number computed by the program can take its place."""

from __future__ import annotations

import re
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Final, Literal, NamedTuple

from pydantic_core import PydanticCustomError

from ..model.agreement import Agreement
from ..model.keys import parse_share_or_rest, percent_text
from ..model.paths import readers_at
from ..model.reading import Context, Exactly
from ..model.running import parse_rest
from ..model.scalars import parse_amount, parse_cost, parse_number, parse_percent, parse_positive, parse_share, parse_weight
from ..model.sharing import _ceiling, _limit
from ..money import round_fraction
from ..problems import Path

Name = Literal["amount", "share", "percent", "number", "weight"]


class Kind(NamedTuple):
    """A kind of number: its name, and the least and the greatest that its field takes (None: no limit; ``open_below``: not the least itself)."""

    name: Name
    least: Fraction | None = None
    greatest: Fraction | None = None
    open_below: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether a file may hold the value."""
        below = self.least is not None and (value < self.least or (self.open_below and value == self.least))
        return not below and (self.greatest is None or value <= self.greatest)


_KINDS: Final[dict[Any, Kind]] = {
    parse_amount: Kind("amount"),
    parse_cost: Kind("amount", Fraction(0)),
    parse_positive: Kind("amount", Fraction(1)),
    parse_rest: Kind("amount", Fraction(0)),
    parse_share: Kind("share", Fraction(0), Fraction(1)),
    parse_share_or_rest: Kind("share", Fraction(0), Fraction(1)),
    parse_percent: Kind("percent"),
    parse_number: Kind("number", Fraction(0), open_below=True),
    parse_weight: Kind("weight", Fraction(0)),
}

AMOUNT: Final = Kind("amount")


def kind_at(path: Path, text: str = "") -> Kind | None:
    """The kind of number that the format has at the path, None where it has none. ``text`` decides where an amount or a percentage may stand."""
    for parse in readers_at(Agreement, path):
        if parse in (_limit, _ceiling):
            return _KINDS[parse_percent] if text.rstrip().endswith("%") else _KINDS[parse_positive if parse is _limit else parse_cost]
        if parse in _KINDS:
            return _KINDS[parse]
    return None


def parse(kind: Kind, text: str, context: Context) -> Fraction:
    """A number of this kind as written: an amount counts rounding units. Raises PydanticCustomError with our words."""
    reads: dict[str, Any] = {
        "amount": parse_amount,
        "share": parse_share,
        "percent": parse_percent,
        "number": parse_number,
        "weight": parse_weight,
    }
    return Fraction(reads[kind.name](text, SimpleNamespace(context=context)))


def reason(error: PydanticCustomError) -> tuple[str, str]:
    """What a parser has against a text, and its remedy."""
    stated = error.context or {}
    return str(stated.get("text", error)), str(stated.get("remedy", ""))


def spelled(kind: Kind, value: Fraction, rounding: str) -> str:
    """The number as the file could hold it, exactly; an amount is rounded to the rounding unit, halves away from zero."""
    if kind.name == "amount":
        return f"{round_fraction(value)} {rounding}"
    return Exactly(str(value) if kind.name in ("number", "weight") else f"{value * 100} %", value)


def shown(kind: Kind, value: Fraction) -> str:
    """A share, percentage or number as a person reads it: exact where it ends, else as a fraction with its approximation."""
    if kind.name in ("number", "weight"):
        return plain_decimal(value) or f"{value} ({round(float(value), 4)})".replace(".", ",")
    return percent_text(value).replace("-", "−")


def stated(kind: Kind, value: Fraction) -> str:
    """A share, percentage, number or weight as `--set` takes it: exact where the format can write it, else to twelve decimals."""
    if kind.name in ("number", "weight"):
        text = plain_decimal(value) or decimal_text(value, 12)
        return f"{text}0" if kind.name == "weight" and re.search(",[0-9]{3}$", text) else text  # `1,234` could group thousands
    exact = plain_decimal(value * 100)
    if exact is None and kind.name == "share":
        return str(value)
    return f"{exact or decimal_text(value * 100, 12)} %"


def plain_decimal(value: Fraction) -> str | None:
    """The number as a decimal with a comma, or None where it does not end within ten digits."""
    return None if (value * 10**10).denominator != 1 else decimal_text(value, 10).replace(".", ",").replace("-", "−")


def decimal_text(value: Fraction, places: int) -> str:
    """The number as a decimal with a point, to the nearest of so many ``places``, and without zeros at its end."""
    scaled = round_fraction(value * 10**places)
    whole, digits = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{digits:0{places}}".rstrip("0").rstrip(".")
