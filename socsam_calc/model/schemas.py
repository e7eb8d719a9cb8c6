"""What an editor may expect of each kind of scalar: JSON Schema (2020-12) of a file as YAML 1.2 reads it.

There ``40 000`` is a string, ``45800`` and ``118.2`` are numbers, ``1998-01-01`` is a string. A pattern holds for strings alone and a
bound for numbers alone, so one schema says both without alternatives, which editors would report badly.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any, Final

from .key_words import KEY_WORDS
from .reading import LONGEST, UNFILLED

Schema = dict[str, Any]

_SPACE: Final = "[ \\u00a0\\u202f]"
_DIGITS: Final = rf"([0-9]{{1,3}}({_SPACE}[0-9]{{3}})+|[0-9]+)"
_DECIMALS: Final = "([.,][0-9]+)?"
_UNIT: Final = rf"{_SPACE}*(öre|kr|tkr|mkr)?"
_AMBIGUOUS: Final = r"(?![-−]?(?!0[.,])[0-9]{1,3}[.,][0-9]{3}([^0-9]|$))"
"""`1.234` and `1,234` could be either, and are refused."""
_AMBIGUOUS_POINT: Final = r"(?![-−]?[1-9][0-9]{0,2}\.[0-9]{3}([^0-9]|$))"
"""Where an index may stand as well, three decimals after a comma are what they seem."""
_LETTER: Final = r"[^\u0000-\u0060\u007b-\u00de\u00f7\u2000-\u206f]"
"""A lower-case letter, å ä ö and the like among them: what is no ASCII sign, digit or capital."""


_PERCENTAGE: Final = rf"(100([.,]0+)?|0*[0-9]{{1,2}}([.,][0-9]+)?){_SPACE}*%"
_SHARE_PATTERN: Final = rf"({_PERCENTAGE}|[0-9]+ ?/ ?0*[1-9][0-9]*|0([.,][0-9]+)?|1([.,]0+)?)"
_PERCENT_PATTERN: Final = rf"{_DIGITS}{_DECIMALS}{_SPACE}*%"


def _written(pattern: str, right: str, says: str = "", number: Schema | None = None) -> Schema:
    """What is written as ``pattern`` has it, or as a ``number`` within its bounds, where it may be one; ``says`` describes it to an editor.

    ``right`` is what the person is told who wrote anything else: validators quote a constant as it stands, and a pattern too. It has no
    keyword of its own that only editors know, so that a validator which is strict about these takes the schema as well.
    """
    wrong: Schema = {"const": right}
    otherwise = wrong if number is None else {"if": {"type": "number", **number}, "else": wrong}
    return {**({"description": says} if says else {}), "if": {"type": "string", "pattern": f"^{pattern}$"}, "else": otherwise}


def _amount(sign: str, which: str, **bounds: int) -> Schema:
    more = "(?=.*[1-9])" if "exclusiveMinimum" in bounds else ""
    return _written(
        f"{_AMBIGUOUS}{more}{sign}{_DIGITS}{_DECIMALS}{_UNIT}",
        f"{which}, written 12 191 or 1 089,50 or 51 mkr",
        f"{which[0].upper()}{which[1:]}: digits, in threes if you like (12 191), decimals after a comma or a point, and optionally öre, kr, tkr or mkr.",
        bounds,
    )


def _share(pattern: str, also: str, says: str) -> Schema:
    return _written(pattern, f"a share, written 31 % or 31,25 % or 1/3 or 0,31{also}", says, {"minimum": 0, "maximum": 1})


AMOUNT: Final = _amount("[-−]?", "an amount with its sign")
COST: Final = _amount("", "an amount of 0 or more", minimum=0)
POSITIVE: Final = _amount("", "an amount above 0", exclusiveMinimum=0)
SHARE: Final = _share(_SHARE_PATTERN, "", "A share: 31 %, 31,25 %, 1/3, or a decimal from 0 to 1.")
CEILING: Final = _written(
    f"({_PERCENT_PATTERN}|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
    "a percentage of the final frame such as 20 %, or an amount such as 500 tkr",
    "A ceiling of 0 or more: in percent of the final frame, or an amount.",
    number={"minimum": 0},
)
OF_BUDGET: Final = _written(
    f"([-−+]?{_PERCENT_PATTERN}|{_AMBIGUOUS}[-−]?{_DIGITS}{_DECIMALS}{_UNIT})",
    "an amount such as −500 tkr, or a percentage of the budget such as 102 %",
    "An amount with its sign, or a percent of the year's budget: what it is planned to cost, its final frame where it has no plan.",
    number={},
)
MOVE: Final = _written(
    f"([-−+]?{_PERCENT_PATTERN}|{_AMBIGUOUS}[-−]?{_DIGITS}{_DECIMALS}{_UNIT})",
    "an amount such as −500 tkr, or a percentage such as −5 %",
    "How far a figure may move, with its sign: an amount, or a percent of the figure's size.",
    number={},
)
SHARE_OR_REST: Final = _share(
    f"({_SHARE_PATTERN}|rest)",
    ", or rest for one of them",
    "A share: 31 %, 31,25 %, 1/3, a decimal from 0 to 1, or rest for at most one party.",
)
PERCENT: Final = _written(f"[-−+]?{_PERCENT_PATTERN}", "a number with a % sign, such as 3,7 %", "A number with a % sign: 3,7 %.")
LIMIT: Final = _written(
    f"(?=.*[1-9])({_PERCENT_PATTERN}|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
    "a percentage of the final frame such as 3 %, or an amount such as 500 tkr",
    "A limit above 0: in percent of the final frame, or an amount.",
    number={"exclusiveMinimum": 0},
)
NUMBER: Final = _written(
    f"(?=.*[1-9]){_DIGITS}{_DECIMALS}",
    "a number above 0, with a decimal comma or point, such as 118,2",
    "A number above 0.",
    {"exclusiveMinimum": 0},
)
REMAINING: Final = {
    "examples": ["pace", "frame", "profile"],
    **_written(
        f"(pace|frame|profile|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
        "pace or frame or profile, or an amount of 0 or more",
        "pace (as the months so far), frame (what the final frame has for them), profile (the months so far, scaled by the activity's profile), or an amount of 0 or more.",
        number={"minimum": 0},
    ),
}
WEIGHT: Final = _written(
    f"{_AMBIGUOUS}{_DIGITS}{_DECIMALS}",
    "a number of 0 or more, such as 24 300",
    "A weight of 0 or more: only proportions count.",
    {"minimum": 0},
)
LEVEL: Final = _written(
    f"{_AMBIGUOUS_POINT}(?=.*[1-9]){_DIGITS}{_DECIMALS}{_UNIT}",
    "an amount or an index above 0, such as 380 or 118,2 or 51 mkr",
    "An amount above 0, or an index: only ratios count.",
    number={"exclusiveMinimum": 0},
)
INHABITANTS: Final = _written(
    f"(?=.*[1-9]){_DIGITS}", "a whole number of inhabitants, such as 20 277", number={"multipleOf": 1, "minimum": 1}
)
SPAN: Final = _written(
    "[0-9]{4}( ?[-–—] ?[0-9]{4})?",
    "the first and the last year, such as 1997–2000",
    number={"multipleOf": 1, "minimum": 1000, "maximum": 9999},
)
COUNT: Final = _written("[0-9]{1,6}", "a number of people, such as 9", number={"multipleOf": 1, "minimum": 0, "maximum": 999_999})
YEAR: Final = _written("[0-9]{4}", "a year in four digits, such as 1998", number={"multipleOf": 1, "minimum": 1000, "maximum": 9999})
DATE: Final = _written("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date, year-month-day, such as 1998-01-01")
TEXT: Final[Schema] = {
    "if": {"anyOf": [{"type": "string", "pattern": rf"^\s*(?!{re.escape(UNFILLED)}\s*$)\S"}, {"type": "number"}, {"type": "boolean"}]},
    "else": {"const": "a text, in quotes if it holds a colon or #"},
}
"""Any scalar: a title that is a year is read as the text that stands there."""
QUANTITY: Final = _written(
    f"[-−]?{_DIGITS}{_DECIMALS}{_SPACE}*(%|öre|kr|tkr|mkr)?",
    "a number, with a unit if you like: 118,2 or 46 000 or 51 mkr or 8 %",
    number={},
)
SPREAD: Final = {
    "examples": ["months"],
    **_written(
        f"(months|{_DIGITS}{_DECIMALS}{_SPACE}*(%|öre|kr|tkr|mkr)?)",
        "months, or a number with a unit if you like: 46 000 or 51 mkr or 8 %",
        number={},
    ),
}
YES: Final[Schema] = {"examples": [True, False], "if": {"enum": [True, False, "true", "false"]}, "else": {"const": "true or false"}}
_NAME: Final = f"{_LETTER}([0-9_]|{_LETTER}){{0,{LONGEST - 1}}}"
DOTTED_PATH: Final = _written(r"[^\s.]+(\.[^\s.]+)*", "a dotted name, such as sharing.shared")
FIGURE_PATH: Final = _written(r"[^\s.]+(\.[^\s.]+)+", "a figure's path, such as 2000.totals.result")
REFERENCE: Final = _written(_NAME, "a short name: a letter, then letters, digits or _, in lower case")
KEY_NAME: Final = {
    "examples": list(KEY_WORDS),
    **_written(_NAME, f"{' or '.join(KEY_WORDS)}, the name of a key, or a share for each party"),
}
ACCOUNT: Final = _written(
    r"([0-9]+ *[-–−] *[0-9]+|[^\s,;{}\[\]]+)",
    "an account, or a range of accounts with both ends, such as 4010 or 4000-4999",
    number={"multipleOf": 1},
)
OBJECT: Final = _written(r".*\S.*", "the number of an object, as the books have it", number={})
DIMENSION: Final = _written(r"[^ ].*", "a dimension of objects, such as 6")


def described(says: str) -> Schema:
    """A text that says the same wherever it stands."""
    return {**TEXT, "description": says}


def new_id(reserved: tuple[str, ...]) -> Schema:
    """A name that the file gives: any but those with a meaning of their own."""
    return _written(f"(?!({'|'.join(reserved)})$){_NAME}", f"a short name other than {', '.join(reserved)}")


def words(texts: Mapping[str, str], outside: Container[str] = ()) -> Schema:
    """One of some words, each with its text; those ``outside`` the law are marked, for a file may hold them and be found wanting."""
    marks = {word: {"deprecated": True} if word in outside else {} for word in texts}
    return {"anyOf": [{"const": word, "description": text, **marks[word]} for word, text in texts.items()]}


def named_by(names: Schema) -> str | None:
    """The pattern of the names that a mapping may hold; None where any will do."""
    pattern: str | None = names.get("if", {}).get("pattern") if names.get("if", {}).get("type") == "string" else None
    return pattern


def at_most_one(*fields: Sequence[str]) -> Schema:
    """Fields of which the first, or the first ones together, exclude those after them: the later one is told that it is one too many."""
    shut = {
        name: {"properties": {other: False for later in fields[number + 1 :] for other in later}}
        for number, names in enumerate(fields[:-1])
        for name in names
    }
    return {"dependentSchemas": shut}


def one_of(*fields: Sequence[str]) -> Schema:
    """The same, and one of them must be there."""
    return {"anyOf": [having(*names) for names in fields], **at_most_one(*fields)}


def having(*fields: str) -> Schema:
    """Entries that hold these fields, whatever stands there."""
    return {"properties": dict.fromkeys(fields, True), "required": list(fields)}


def one_without(field: str) -> Schema:
    """A list of entries of which just one, the last, lacks a field."""
    return {"minItems": 1, "contains": {"type": "object", "properties": {field: False}}, "minContains": 1, "maxContains": 1}
