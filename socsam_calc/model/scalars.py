"""The scalars of an agreement file: how each kind of text is read, and how it is refused.

Every scalar arrives as the text that stands in the file and is read by its field. A validator learns what the rest of the file
says (its unit, its parties …) from the :class:`Context` that the loader passes along.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, get_args

from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from ..money import LARGEST, ORE_PER
from ..problems import nearest
from . import misspelt, schemas
from .in_words import in_words
from .key_words import KEY_WORDS
from .meant import meant
from .reading import Exactly, Reads, choice, context_of, problem, refuse, scalar_text, shown

SPACES: Final = " \u00a0\u202f"
"""What may group digits: a normal, a no-break and a narrow no-break space."""

_GROUPED: Final = rf"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+|[0-9]+"
_AMOUNT: Final = re.compile(rf"([-−]?)({_GROUPED})(?:([.,])([0-9]+))?[{SPACES}]*(öre|kr|tkr|mkr)?")
_DECIMAL: Final = re.compile(rf"({_GROUPED})(?:[.,]([0-9]+))?")
_FRACTION: Final = re.compile(r"([0-9]+) ?/ ?([0-9]+)")
_THOUSANDS_POINT: Final = r"([-−]?)([0-9]{1,3}(?:[.,][0-9]{3})+)(?:[.,]([0-9]{1,2}))?[ \u00a0\u202f]*(öre|kr|tkr|mkr)?"

Called = Sequence[tuple[str, str]]
"""Full names, each with the short one that the file has for it."""

UnitWord = Literal["kr", "tkr", "mkr"]
"""What the bare amounts of a file may count."""

RESERVED: Final = ("others", "rest", "body", "state", "total")
RESERVED_FOR_PARTIES: Final = (*RESERVED, "reserve", "weights", "contributed")
RESERVED_FOR_KEYS: Final = tuple(dict.fromkeys((*RESERVED_FOR_PARTIES, *KEY_WORDS, "share", "by", "none")))


# --- amounts ---------------------------------------------------------------------------------------------------------


def parse_amount(value: Any, info: ValidationInfo) -> int:
    """An amount as a whole number of the agreement's rounding units, with its sign."""
    context = context_of(info)
    text = scalar_text(value, "an amount")
    sign, ore = _ore(text, context.unit or "kr")
    units = ore / ORE_PER[context.rounding] if context.unit and context.rounding else Fraction(int(ore))
    if units.denominator != 1:
        fitting = next((name for name in ("tkr", "kr", "öre") if (ore / ORE_PER[name]).denominator == 1), None)
        if wrong := misspelt.binary(text, ore, ORE_PER[_unit_of(text) or context.unit or "kr"]):
            raise problem("too-fine", *wrong)
        if fitting is None:
            raise problem("too-fine", f"`{text}` is finer than one öre", "write whole öre")
        raise problem(
            "too-fine",
            f"`{text}` is finer than the file's rounding ({context.rounding})",
            f"say `rounding: {fitting}`, or round the amount",
        )
    return -units.numerator if sign else units.numerator


def _unit_of(text: str) -> str | None:
    """The unit that a written amount states, if any."""
    match = _AMOUNT.fullmatch(text)
    return match[5] if match else None


def exact_amount(text: str, unit: str = "kr") -> int:
    """An amount of a file of figures in öre, with its sign; in ``unit`` where it states none. Raises PydanticCustomError where it is none."""
    sign, ore = _ore(scalar_text(text, "an amount"), unit if unit in ORE_PER else "kr")
    if ore.denominator != 1:
        raise problem("too-fine", f"`{text}` is finer than one öre", "write whole öre")
    return -ore.numerator if sign else ore.numerator


def _ore(text: str, unit: str) -> tuple[str, Fraction]:
    """The sign of a written amount, and its size in öre; ``unit`` is that of an amount that states none."""
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise _bad_amount(text)
    sign, digits, _, decimals, stated = match.groups()
    whole = ungrouped(digits)
    _refuse_ambiguous(text, sign, whole, decimals, stated)
    decimals = decimals or ""
    ore = Fraction(int(whole + decimals) * ORE_PER[stated or unit], 10 ** len(decimals))
    if ore > LARGEST:
        raise problem("too-large", f"`{text}` is more than 10^13 kronor", "is the unit right?")
    return sign, ore


def _refuse_ambiguous(text: str, sign: str, whole: str, decimals: str | None, unit: str | None) -> None:
    """A comma or a point with one to three digits before it and three after it could group thousands or begin decimals."""
    if decimals is None or len(decimals) != 3 or len(whole) > 3 or whole == "0":
        return
    tail = f" {unit}" if unit else ""
    size = "exactly" if not int(decimals) else "a little over" if int(decimals) < 500 else "nearly"
    near = int(whole) + (int(decimals) >= 500)
    raise problem(
        "ambiguous-point",
        f"`{text}` could group thousands or begin decimals",
        f"write `{sign}{_grouped(whole + decimals)}{tail}` for {in_words(int(whole + decimals))}, "
        f"or `{sign}{whole},{decimals}0{tail}` for {size} {in_words(near)}",
    )


def ungrouped(text: str) -> str:
    """Digits without the spaces that group them."""
    for space in SPACES:
        text = text.replace(space, "")
    return text


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", " ")


def _bad_amount(text: str) -> PydanticCustomError:
    if text.startswith("+"):
        return problem("bad-amount", f"`{text}` has a plus sign", f"leave it out: `{text[1:].strip()}`")
    if match := re.fullmatch(_THOUSANDS_POINT, text):
        sign, groups, decimals, unit = match.groups()
        right = sign + _grouped(re.sub("[.,]", "", groups)) + (f",{decimals}" if decimals else "") + (f" {unit}" if unit else "")
        return problem("bad-amount", f"`{text}`: thousands are grouped by spaces, and a comma is a decimal mark", f"write `{right}`")
    if wrong := misspelt.amount(text):
        return problem("bad-amount", *wrong)
    match = re.fullmatch(r"[-−]?[0-9][0-9\s.,]*([^\W\d_][^\d%]*)", text)
    if match and match[1] not in ORE_PER:
        near = meant(match[1], ORE_PER)
        return problem("bad-unit", f"`{match[1]}` is not a unit", f"write `{near}`" if near else "the units are öre, kr, tkr and mkr")
    if text.endswith("%"):
        return problem("bad-amount", f"`{text}` is a percentage where an amount should be", "write an amount, such as `12 191`")
    return problem("bad-amount", f"{shown(text)} is not an amount", "write digits, in threes if you like: `12 191`, `−1 089,50`, `51 mkr`")


def parse_cost(value: Any, info: ValidationInfo) -> int:
    """An amount that is not negative."""
    amount = parse_amount(value, info)
    refuse("negative", (amount < 0, f"{shown(value)} is below 0", "write 0 or more"))
    return amount


def parse_positive(value: Any, info: ValidationInfo) -> int:
    """An amount above 0."""
    amount = parse_amount(value, info)
    refuse("not-positive", (amount <= 0, f"{shown(value)} is not above 0", "write an amount above 0, or take the entry away"))
    return amount


# --- shares, percentages, numbers --------------------------------------------------------------------------------------


def decimal(text: str) -> Fraction | None:
    """A number without a sign, after a decimal comma or point as well; None where the text is none."""
    match = _DECIMAL.fullmatch(text)
    if not match:
        return None
    decimals = match[2] or ""
    return Fraction(int(ungrouped(match[1]) + decimals), 10 ** len(decimals))


def _refuse_misspelt(code: str, text: str) -> None:
    """Refuse a number as a program may write it, with the cause."""
    bare = text[:-1].rstrip(SPACES) if text.endswith("%") else text
    if wrong := misspelt.number(bare):
        raise problem(code, *wrong)


def parse_share(value: Any, info: ValidationInfo | None = None) -> Fraction:
    """A share from 0 to 1: `31 %`, `31,25 %`, `1/3` or `0,31`."""
    text = scalar_text(value, "a share")
    share: Fraction | None
    if isinstance(text, Exactly):
        share = text.exact
    elif text.endswith("%"):
        number = decimal(text[:-1].rstrip(SPACES))
        share = None if number is None else number / 100
    elif match := _FRACTION.fullmatch(text):
        if not int(match[2]):
            raise problem("bad-share", f"`{text}` divides by zero", "write a fraction such as `1/3`")
        share = Fraction(int(match[1]), int(match[2]))
    else:
        share = decimal(text)
        if share is not None and share > 1:
            raise problem("bad-share", f"`{text}` is more than the whole", f"write `{text} %`")
    if share is None or share < 0:
        if text.startswith(("-", "−")):
            raise problem("bad-share", f"`{text}` is below 0", "a share lies between 0 % and 100 %")
        _refuse_misspelt("bad-share", text)
        raise problem("bad-share", f"{shown(text)} is not a share", "write `31 %`, `31,25 %`, `1/3` or `0,31`")
    if share > 1:
        raise problem("bad-share", f"`{text}` is more than the whole", "a share lies between 0 % and 100 %")
    return share


def parse_percent(value: Any, info: ValidationInfo | None = None) -> Fraction:
    """A percentage of any size, signed: `3,7 %`, `−2 %`."""
    text = scalar_text(value, "a percentage")
    if isinstance(text, Exactly):
        return text.exact
    bare = text.lstrip("-−+")
    number = decimal(bare[:-1].rstrip(SPACES)) if bare.endswith("%") and len(text) - len(bare) <= 1 else None
    if number is None:
        _refuse_misspelt("bad-percent", text)
        remedy = f"write `{text} %`" if decimal(bare) is not None else "write a number with a % sign, such as `3,7 %`"
        raise problem("bad-percent", f"{shown(text)} is not a percentage", remedy)
    return -number / 100 if text[0] in "-−" else number / 100


def parse_bound(value: Any, info: ValidationInfo) -> int | Fraction:
    """An amount, as an int of rounding units; or a percentage of another figure, as a Fraction."""
    text = scalar_text(value, "an amount or a percentage")
    return parse_percent(text) if text.endswith("%") else parse_amount(value, info)


def backwards(limits: Sequence[int | Fraction]) -> bool:
    """Whether a least and a most of one kind exclude each other; an amount and a percentage are not compared."""
    return len(set(map(type, limits))) == 1 and limits != sorted(limits)


def parse_number(value: Any, info: ValidationInfo | None = None) -> Fraction:
    """A number above 0, of a series: only ratios count."""
    text = scalar_text(value, "a number")
    number = text.exact if isinstance(text, Exactly) else decimal(text)
    if number is None or number <= 0:
        _refuse_misspelt("bad-number", text)
        raise problem("bad-number", f"{shown(text)} is not a number above 0", "write digits, with a decimal comma or point: `118,2`")
    return number


def parse_weight(value: Any, info: ValidationInfo | None = None) -> Fraction:
    """A weight of a key, spelt as an amount without unit, 0 or more: only its proportion to the others counts."""
    text = scalar_text(value, "a weight")
    if isinstance(text, Exactly):
        return text.exact
    match = _AMOUNT.fullmatch(text)
    if not match or match[1] or match[5]:
        _refuse_misspelt("bad-weight", text)
        what = "is below 0" if match and match[1] else "has a unit" if match else "is not a weight"
        raise problem("bad-weight", f"{shown(text)} {what}", "write a number of 0 or more, such as `24 300`; only proportions count")
    _, digits, _, decimals, _ = match.groups()
    whole = ungrouped(digits)
    _refuse_ambiguous(text, "", whole, decimals, None)
    return Fraction(f"{whole}.{decimals or 0}")


# --- names, years, dates, words ----------------------------------------------------------------------------------------


def parse_id(value: Any, info: ValidationInfo | None = None, reserved: Sequence[str] = RESERVED) -> str:
    """A new name in the file: a letter, then letters, digits or `_`, lower case; in NFC; none that is ``reserved``."""
    text = unicodedata.normalize("NFC", scalar_text(value, "a name"))
    if text in reserved:
        raise problem("reserved", f"`{text}` has a meaning of its own in the format", "choose another name")
    if text[0].isalpha() and all(c.isalpha() or c.isdecimal() or c == "_" for c in text):
        if text == text.lower():
            return text
        raise problem("bad-id", f"`{text}` has capital letters", f"write `{text.lower()}`; the full name goes under `name:`")
    made = re.sub(r"\W+", "_", text.lower()).strip("_")
    remedy = f"write `{made}`" if made[:1].isalpha() else "begin with a letter"
    raise problem("bad-id", f"{shown(text)} cannot be a short name", f"a letter, then letters, digits or `_`: {remedy}")


def parse_new_party(value: Any, info: ValidationInfo | None = None) -> str:
    return parse_id(value, info, RESERVED_FOR_PARTIES)


def parse_new_key(value: Any, info: ValidationInfo | None = None) -> str:
    return parse_id(value, info, RESERVED_FOR_KEYS)


def _known(value: Any, known: frozenset[str] | None, what: str, called: Called, *also: str) -> str:
    text = unicodedata.normalize("NFC", scalar_text(value, f"the short name of {what}"))
    if known is not None and text not in known:
        raise problem("unknown-id", *unknown(text, known, what, called, *also))
    return text


def unknown(text: str, known: Iterable[str], what: str, called: Called = (), *also: str) -> tuple[str, str]:
    """What is wrong with a short name that the file does not have, and what would be right; ``what`` is `a party`, for example."""
    names = {full.casefold(): (full, short) for full, short in called if short in known}
    near = nearest(text.lower(), (*known, *also))
    if named := names.get(text.casefold()) or (None if near else names.get(nearest(text.casefold(), names) or "")):
        remedy = f"did you mean `{named[1]}`, the short name of `{named[0]}`?"
    elif near:
        remedy = f"did you mean `{near}`?"
    else:
        remedy = "the file has: " + (", ".join(f"`{name}`" for name in sorted(known)) or "none")
    return f"there is no {what.split(' ', 1)[1]} `{text}`", remedy


def parse_party(value: Any, info: ValidationInfo, *also: str) -> str:
    """The id of a party; ``also`` lists words that could have been meant instead."""
    return _known(value, context_of(info).parties, "a party", context_of(info).called, *also)


def parse_activity(value: Any, info: ValidationInfo) -> str:
    return _known(value, context_of(info).activities, "an activity", context_of(info).called)


def parse_series(value: Any, info: ValidationInfo, *also: str) -> str:
    """The id of a series; ``also`` lists words that could have been meant instead."""
    return _known(value, context_of(info).series, "a series", context_of(info).called, *also)


def parse_year(value: Any, info: ValidationInfo | None = None) -> int:
    text = scalar_text(value, "a year")
    if not re.fullmatch("[0-9]{4}", text):
        year = re.fullmatch(r"([0-9]{4})(?:[.,]0+|-[0-9]{2}(?:-[0-9]{2})?)", text)
        remedy = f"write `{year[1]}`" if year else "write four digits, such as `1998`"
        raise problem("bad-year", f"{shown(text)} is not a year", remedy)

    return int(text)


def parse_period_year(value: Any, info: ValidationInfo) -> int:
    """A year that must have a month inside the agreement's period."""
    year, context = parse_year(value), context_of(info)
    first, last = context.first_year, context.last_year
    if first is not None and (year < first or (last is not None and year > last)):
        span = f"{first} and later" if last is None else f"{first}–{last}" if first < last else str(first)
        raise problem(
            "outside-period",
            f"{year} has no month inside the agreement's period",
            f"the period covers {span}: correct the year or the period",
        )
    return year


def parse_date(value: Any, info: ValidationInfo | None = None) -> datetime.date:
    text = scalar_text(value, "a date")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise problem("bad-date", f"{shown(text)} is not a date", "write year-month-day, such as `1998-01-01`")


def parse_text(value: Any, info: ValidationInfo | None = None) -> str:
    return scalar_text(value, "a text", "write one text; put it in quotes if it holds `: ` or `#`", longest=None)


def parse_yes(value: Any, info: ValidationInfo | None = None) -> bool:
    text = scalar_text(value, "`true` or `false`")
    refuse("bad-choice", (text not in ("true", "false"), f"{shown(text)} is neither `true` nor `false`", "write `true` or `false`"))
    return text == "true"


Amount = Annotated[int, Reads(parse_amount, schemas.AMOUNT)]
AmountOrOfBudget = Annotated[Fraction | int, Reads(parse_bound, schemas.OF_BUDGET)]
"""An amount, or a percentage of what the year is planned to cost."""
Cost = Annotated[int, Reads(parse_cost, schemas.COST)]
PositiveAmount = Annotated[int, Reads(parse_positive, schemas.POSITIVE)]
Share = Annotated[Fraction, Reads(parse_share, schemas.SHARE)]
Percent = Annotated[Fraction, Reads(parse_percent, schemas.PERCENT)]
Number = Annotated[Fraction, Reads(parse_number, schemas.NUMBER)]
Weight = Annotated[Fraction, Reads(parse_weight, schemas.WEIGHT)]
Id = Annotated[str, Reads(parse_id, schemas.new_id(RESERVED))]
NewParty = Annotated[str, Reads(parse_new_party, schemas.new_id(RESERVED_FOR_PARTIES))]
NewKey = Annotated[str, Reads(parse_new_key, schemas.new_id(RESERVED_FOR_KEYS))]
PartyId = Annotated[str, Reads(parse_party, schemas.REFERENCE)]
ActivityId = Annotated[str, Reads(parse_activity, schemas.REFERENCE)]
YearNumber = Annotated[int, Reads(parse_year, schemas.YEAR)]
PeriodYear = Annotated[int, Reads(parse_period_year, schemas.YEAR)]
Date = Annotated[datetime.date, Reads(parse_date, schemas.DATE)]
Text = Annotated[str, Reads(parse_text, schemas.TEXT)]
Name = Annotated[str, Reads(parse_text, schemas.described("Its full name."))]
Source = Annotated[str, Reads(parse_text, schemas.described("Where this is taken from; shown in full output."))]
Note = Annotated[str, Reads(parse_text, schemas.described("A remark; shown in full output."))]
Reason = Annotated[str, Reads(parse_text, schemas.described("Why."))]
Unit = Annotated[UnitWord, choice(*get_args(UnitWord), what="a unit")]
Yes = Annotated[bool, Reads(parse_yes, schemas.YES)]
