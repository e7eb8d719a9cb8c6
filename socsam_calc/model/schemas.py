"""What an editor may expect of each kind of scalar: JSON Schema (2020-12) of a file as YAML 1.2 reads it.

There ``40 000`` is a string, ``45800`` and ``118.2`` are numbers, ``1998-01-01`` is a string. A pattern holds for strings alone and a
bound for numbers alone, so one schema says both without alternatives, which editors would report badly.
"""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

_SPACE: Final = "[ \\u00a0\\u202f]"
_DIGITS: Final = rf"([0-9]{{1,3}}({_SPACE}[0-9]{{3}})+|[0-9]+)"
_DECIMALS: Final = "([.,][0-9]+)?"
_UNIT: Final = rf"{_SPACE}*(öre|kr|tkr|mkr)?"
_AMBIGUOUS: Final = r"(?![-−]?[1-9][0-9]{0,2}\.[0-9]{3}([^0-9]|$))"
"""`1.234` could be either, and is refused."""
_LETTER: Final = r"[^\u0000-\u0060\u007b-\u00de\u00f7\u2000-\u206f]"
"""A lower-case letter, å ä ö and the like among them: what is no ASCII sign, digit or capital."""


def _amount(sign: str, says: str, **bounds: Any) -> Schema:
    more = "(?=.*[1-9])" if "exclusiveMinimum" in bounds else ""
    return {
        "type": ["string", "number"],
        "pattern": f"^{_AMBIGUOUS}{more}{sign}{_DIGITS}{_DECIMALS}{_UNIT}$",
        **bounds,
        "description": f"{says}: digits, in threes if you like (12 191), decimals after a comma or a point, and optionally öre, kr, tkr or mkr.",
        "patternErrorMessage": "An amount is written 12 191, 1 089,50 or 51 mkr"
        + (", with a minus sign where it is below 0." if sign else "."),
    }


AMOUNT: Final = _amount("[-−]?", "An amount with its sign")
COST: Final = _amount("", "An amount of 0 or more", minimum=0)
POSITIVE: Final = _amount("", "An amount above 0", exclusiveMinimum=0)

_PERCENTAGE: Final = rf"(100([.,]0+)?|0*[0-9]{{1,2}}([.,][0-9]+)?){_SPACE}*%"
_SHARE_PATTERN: Final = rf"({_PERCENTAGE}|[0-9]+ ?/ ?0*[1-9][0-9]*|0([.,][0-9]+)?|1([.,]0+)?)"


def _share(pattern: str, says: str) -> Schema:
    return {
        "type": ["string", "number"],
        "pattern": f"^{pattern}$",
        "minimum": 0,
        "maximum": 1,
        "description": says,
        "patternErrorMessage": "A share is written 31 %, 31,25 %, 1/3 or 0,31.",
    }


SHARE: Final = _share(_SHARE_PATTERN, "A share: 31 %, 31,25 %, 1/3, or a decimal from 0 to 1.")
SHARE_OR_REST: Final = _share(
    f"({_SHARE_PATTERN}|rest)", "A share: 31 %, 31,25 %, 1/3, a decimal from 0 to 1, or rest for at most one party."
)

_PERCENT_PATTERN: Final = rf"{_DIGITS}{_DECIMALS}{_SPACE}*%"
PERCENT: Final[Schema] = {
    "type": "string",
    "pattern": f"^[-−+]?{_PERCENT_PATTERN}$",
    "description": "A number with a % sign: 3,7 %.",
    "patternErrorMessage": "A percentage is a number with a % sign: 3,7 %.",
}
LIMIT: Final[Schema] = {
    "type": ["string", "number"],
    "exclusiveMinimum": 0,
    "pattern": f"^(?=.*[1-9])({_PERCENT_PATTERN}|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})$",
    "description": "A limit above 0: in percent of the final frame, or an amount.",
    "patternErrorMessage": "A limit is a percentage of the final frame (3 %) or an amount (500 tkr).",
}
NUMBER: Final[Schema] = {
    "type": ["string", "number"],
    "exclusiveMinimum": 0,
    "pattern": f"^(?=.*[1-9]){_DIGITS}{_DECIMALS}$",
    "description": "A number above 0.",
    "patternErrorMessage": "A number is written with digits and a decimal comma or point: 118,2.",
}
LEVEL: Final[Schema] = {
    "type": ["string", "number"],
    "exclusiveMinimum": 0,
    "pattern": f"^{_AMBIGUOUS}(?=.*[1-9]){_DIGITS}{_DECIMALS}{_UNIT}$",
    "description": "An amount above 0, or an index: only ratios count.",
    "patternErrorMessage": "An amount or an index is written 380, 118,2 or 51 mkr.",
}
INHABITANTS: Final[Schema] = {
    "type": ["integer", "string"],
    "minimum": 1,
    "pattern": f"^(?=.*[1-9]){_DIGITS}$",
    "patternErrorMessage": "A number of inhabitants is whole: 20 277.",
}
SPAN: Final[Schema] = {
    "type": ["string", "integer"],
    "minimum": 1000,
    "maximum": 9999,
    "pattern": "^[0-9]{4}( ?[-–—] ?[0-9]{4})?$",
    "patternErrorMessage": "Years are written 1997–2000.",
}
COUNT: Final[Schema] = {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999, "pattern": "^[0-9]{1,6}$"}
YEAR: Final[Schema] = {"type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": "^[0-9]{4}$"}
DATE: Final[Schema] = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "patternErrorMessage": "A date is written year-month-day: 1998-01-01.",
}
TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
"""Any scalar: a title that is a year is read as the text that stands there."""


def described(says: str) -> Schema:
    """A text that says the same wherever it stands."""
    return {**TEXT, "description": says}


YES: Final[Schema] = {"enum": [True, False, "true", "false"]}
REFERENCE: Final[Schema] = {
    "type": "string",
    "maxLength": 60,
    "pattern": f"^{_LETTER}([0-9_]|{_LETTER})*$",
    "patternErrorMessage": "A short name is a letter, then letters, digits or _, in lower case.",
}


def new_id(reserved: tuple[str, ...]) -> Schema:
    """A name that the file gives: any but those with a meaning of their own."""
    return {**REFERENCE, "not": {"enum": list(reserved)}}
