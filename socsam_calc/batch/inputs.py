"""What may vary from scenario to scenario, by its path in the file; and an agreement with other values put in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, Literal

from ..model.agreement import Agreement, Opening
from ..problems import Path

Kind = Literal["cost", "positive", "amount", "number", "share", "percent"]
"""How a value may vary: amounts that are 0 or more, above 0, or of any sign; numbers of a series, shares, percentages."""

EXACT: Final = ("number", "share", "percent")
"""The kinds whose values are fractions; the others are whole numbers of the rounding unit."""


def kind_of(agreement: Agreement, path: Path) -> Kind | None:
    """How the value at a path may vary, or None where it is not a number that stands in the agreement."""
    value = value_at(agreement, path)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    match path:
        case (
            ("years", _, "actual" | "estimate" | "budget" | "frame", *_)
            | ("years", _, "to_date", "remaining", _)
            | ("activities", _, "base", "amount")
            | ("opening", "contributed", _)
        ):
            return "cost"
        case ("years", _, "conversions" | "uses", _, "amount") | ("years", _, "shortfall"):
            return "positive"
        case ("years", _, "to_date", "actual", _) | ("years", _, "transferred", _):
            return "amount"
        case ("years", _, "result") | ("years", _, "corrections", _, "amount") | ("opening", _):
            return "amount"
        case ("series", _, "outcome" | "forecast", _):
            return "number"
        case ("sharing", "shared", *_) | ("years", _, "sharing", "shared", *_):
            return "share"
        case ("years", _, "corrections", _, "percent"):
            return "percent"
    return None


def allowed(kind: Kind, value: int | Fraction) -> bool:
    """Whether a file might hold this value."""
    if kind == "share":
        return 0 <= value <= 1
    if kind == "cost":
        return value >= 0
    return value > 0 if kind in ("positive", "number") else True


def value_at(agreement: Agreement, path: Path) -> Any:
    """The value at a path of the file, or None where nothing stands there."""
    here: Any = agreement
    for step in path:
        if isinstance(here, dict):
            here = here.get(step, here.get(int(step)) if isinstance(step, str) and step.isdecimal() else None)
        elif isinstance(here, list):
            here = here[int(step)] if str(step).isdecimal() and int(step) < len(here) else None
        else:
            here = _held(here).get(str(step), getattr(here, f"{step}_" if step in ("from", "for") else str(step), None))
        if here is None:
            return None
    return here


def _held(here: Any) -> dict[str, int]:
    """The entries that a file has beside the fields of a part: the parties' claims."""
    return here.claims if isinstance(here, Opening) else {}


def path_of(name: str) -> Path:
    """A path from its dotted name, list positions as numbers: ``years.1998.corrections.0.amount``."""
    steps = name.split(".")
    return tuple(
        int(step) if before in ("corrections", "conversions", "uses") else step for before, step in zip(["", *steps], steps, strict=False)
    )


def with_values(agreement: Agreement, values: Mapping[str, int | Fraction]) -> Agreement:
    """The agreement with other values at some paths, each of which holds a value already. They are not validated anew."""
    changed: Any = agreement
    for name, value in values.items():
        changed = _replaced(changed, path_of(name), value)
    assert isinstance(changed, Agreement)
    return changed


def _replaced(here: Any, path: Path, value: int | Fraction) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(here, dict):
        key: Any = step if step in here else int(step)
        return {**here, key: _replaced(here[key], rest, value)}
    if isinstance(here, list):
        return [_replaced(item, rest, value) if position == int(step) else item for position, item in enumerate(here)]
    name = str(step)
    if name in _held(here):
        return here.model_copy(update={"claims": {**here.claims, name: value}})
    return here.model_copy(update={name: _replaced(getattr(here, name), rest, value)})
