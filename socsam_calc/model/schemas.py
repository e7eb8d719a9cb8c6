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
_AMBIGUOUS: Final = r"(?![-−]?(?!0[.,])[0-9]{1,3}[.,][0-9]{3}([^0-9]|$))"
"""`1.234` and `1,234` could be either, and are refused."""
_AMBIGUOUS_POINT: Final = r"(?![-−]?[1-9][0-9]{0,2}\.[0-9]{3}([^0-9]|$))"
"""Where an index may stand as well, three decimals after a comma are what they seem."""
_LETTER: Final = r"[^\u0000-\u0060\u007b-\u00de\u00f7\u2000-\u206f]"
"""A lower-case letter, å ä ö and the like among them: what is no ASCII sign, digit or capital."""


_PERCENTAGE: Final = rf"(100([.,]0+)?|0*[0-9]{{1,2}}([.,][0-9]+)?){_SPACE}*%"
_SHARE_PATTERN: Final = rf"({_PERCENTAGE}|[0-9]+ ?/ ?0*[1-9][0-9]*|0([.,][0-9]+)?|1([.,]0+)?)"
_PERCENT_PATTERN: Final = rf"{_DIGITS}{_DECIMALS}{_SPACE}*%"


def _written(pattern: str, says: str = "", type_: str | tuple[str, ...] = ("string", "number"), **bounds: Any) -> Schema:
    """What is written as ``pattern`` has it; ``says`` describes it to an editor. Only keywords of the dialect: validators refuse others."""
    return {
        "type": type_ if isinstance(type_, str) else list(type_),
        "pattern": f"^{pattern}$",
        **bounds,
        **({"description": says} if says else {}),
    }


def _amount(sign: str, says: str, **bounds: Any) -> Schema:
    more = "(?=.*[1-9])" if "exclusiveMinimum" in bounds else ""
    return _written(
        f"{_AMBIGUOUS}{more}{sign}{_DIGITS}{_DECIMALS}{_UNIT}",
        f"{says}: digits, in threes if you like (12 191), decimals after a comma or a point, and optionally öre, kr, tkr or mkr.",
        **bounds,
    )


def _share(pattern: str, says: str) -> Schema:
    return _written(pattern, says, minimum=0, maximum=1)


AMOUNT: Final = _amount("[-−]?", "An amount with its sign")
COST: Final = _amount("", "An amount of 0 or more", minimum=0)
POSITIVE: Final = _amount("", "An amount above 0", exclusiveMinimum=0)
SHARE: Final = _share(_SHARE_PATTERN, "A share: 31 %, 31,25 %, 1/3, or a decimal from 0 to 1.")
CEILING: Final = _written(
    f"({_PERCENT_PATTERN}|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
    "A ceiling of 0 or more: in percent of the final frame, or an amount.",
    minimum=0,
)
MOVE: Final = _written(
    f"([-−+]?{_PERCENT_PATTERN}|{_AMBIGUOUS}[-−]?{_DIGITS}{_DECIMALS}{_UNIT})",
    "How far a figure may move, with its sign: an amount, or a percent of the figure's size.",
    "A change is an amount (−500 tkr) or a percentage (−5 %).",
)
SHARE_OR_REST: Final = _share(
    f"({_SHARE_PATTERN}|rest)", "A share: 31 %, 31,25 %, 1/3, a decimal from 0 to 1, or rest for at most one party."
)
PERCENT: Final = _written(f"[-−+]?{_PERCENT_PATTERN}", "A number with a % sign: 3,7 %.", "string")
LIMIT: Final = _written(
    f"(?=.*[1-9])({_PERCENT_PATTERN}|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
    "A limit above 0: in percent of the final frame, or an amount.",
    exclusiveMinimum=0,
)
NUMBER: Final = _written(
    f"(?=.*[1-9]){_DIGITS}{_DECIMALS}",
    "A number above 0.",
    exclusiveMinimum=0,
)
REMAINING: Final = _written(
    f"(pace|frame|profile|{_AMBIGUOUS}{_DIGITS}{_DECIMALS}{_UNIT})",
    "pace (as the months so far), frame (what the final frame has for them), profile (the months so far, scaled by the activity's profile), or an amount of 0 or more.",
    "The rest of a year is pace, frame, profile or an amount of 0 or more.",
    minimum=0,
)
WEIGHT: Final = _written(
    f"{_AMBIGUOUS}{_DIGITS}{_DECIMALS}",
    "A weight of 0 or more: only proportions count.",
    minimum=0,
)
LEVEL: Final = _written(
    f"{_AMBIGUOUS_POINT}(?=.*[1-9]){_DIGITS}{_DECIMALS}{_UNIT}",
    "An amount above 0, or an index: only ratios count.",
    exclusiveMinimum=0,
)
INHABITANTS: Final = _written(f"(?=.*[1-9]){_DIGITS}", type_=("integer", "string"), minimum=1)
SPAN: Final = _written("[0-9]{4}( ?[-–—] ?[0-9]{4})?", type_=("string", "integer"), minimum=1000, maximum=9999)
COUNT: Final = _written("[0-9]{1,6}", type_=("integer", "string"), minimum=0, maximum=999_999)
YEAR: Final = _written("[0-9]{4}", type_=("integer", "string"), minimum=1000, maximum=9999)
DATE: Final = _written("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", type_="string")
TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
"""Any scalar: a title that is a year is read as the text that stands there."""
YES: Final[Schema] = {"enum": [True, False, "true", "false"]}
REFERENCE: Final = _written(f"{_LETTER}([0-9_]|{_LETTER})*", type_="string", maxLength=60)

KEY_NAME: Final = {**REFERENCE, "examples": ["frame", "equal", "contributed"]}


def described(says: str) -> Schema:
    """A text that says the same wherever it stands."""
    return {**TEXT, "description": says}


def new_id(reserved: tuple[str, ...]) -> Schema:
    """A name that the file gives: any but those with a meaning of their own."""
    return {**REFERENCE, "not": {"enum": list(reserved)}}
