"""Numbers set relative to what the file says: `+3 %` of an amount, a weight or a number of a series."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from pydantic_core import PydanticCustomError

from ..model.paths import dotted, value_at
from ..model.reading import Context
from ..model.scalars import parse_percent
from ..problems import Path, Place, Problem
from .document import context
from .kinds import Kind, kind_at, parse, reason, spelled

_CHANGE: Final = re.compile(r"[-+−]\s*[0-9][0-9 \u00a0\u202f]*([.,][0-9]+)?[ \u00a0\u202f]*%|0+([.,]0+)?[ \u00a0\u202f]*%")


def is_change(text: str) -> bool:
    """Whether a text is a change in percent, with its sign: `+3 %`, `−1,5 %`; no change is `0 %`."""
    return _CHANGE.fullmatch(text.strip()) is not None


def takes_change(kind: Kind | None) -> bool:
    """Whether a number of this kind may be changed in percent of itself: a percentage or a share means what it says."""
    return kind is not None and kind.name in ("amount", "number", "weight")


def changed(kind: Kind, path: Path, stated: Any, text: str, known: Context, option: str) -> Fraction | Problem:
    """What the file says at the path, changed by the percentage; an amount counts rounding units and need not be whole yet."""
    if not isinstance(stated, str):
        return Problem(
            "bad-setting",
            Place(option),
            f"no number stands at `{dotted(path)}` that {text.strip()} could change",
            "write the number itself",
        )
    try:
        return parse(kind, stated, known) * (1 + parse_percent(text.replace(" ", "").replace("+", "")))
    except PydanticCustomError as error:
        return Problem("bad-setting", Place(option), *reason(error))


def as_set(data: Mapping[str, Any], path: Path, text: str, option: str) -> str | Problem:
    """What `--set PATH=+3 %` puts in the place of the file's number; the text itself where it is no such change."""
    stated = value_at(data, path)
    kind = kind_at(path, stated if isinstance(stated, str) else "")
    if kind is None or not is_change(text) or not takes_change(kind):
        return text
    known = context(data)
    value = changed(kind, path, stated, text, known, option)
    return value if isinstance(value, Problem) else spelled(kind, value, known.rounding)
