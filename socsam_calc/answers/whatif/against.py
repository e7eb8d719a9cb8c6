"""Two versions of an agreement side by side: only the fields and the figures that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from ...engine.results import Settlement
from ...engine.values import all_ore
from ...model.paths import dotted, leaves
from ...money import ORE_PER
from ...problems import AgreementError, Path, Problem
from ...source.document import Document, context
from ...source.kinds import kind_at, parse
from ..settle import settle
from .cases import minus


class Field(NamedTuple):
    """A field that differs, as each file states it; None where it does not."""

    path: str
    before: str | None
    after: str | None


class FigureChange(NamedTuple):
    """A figure that differs, in öre; None where it is not known or does not exist."""

    path: str
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        """After minus before, where both are known."""
        return minus(self.after, self.before)


class Versions(NamedTuple):
    """An agreement and an earlier version of it, and what differs."""

    before: Document
    after: Document
    settled_before: Settlement
    settled_after: Settlement
    fields: tuple[Field, ...]
    figures: tuple[FigureChange, ...]


def versions(before: Document, after: Document, year: int | None = None) -> Versions:
    """What differs between two versions of an agreement, in one year or in all.

    Raises AgreementError where one cannot be settled, or neither holds the year.
    """
    first, second = settle(before), settle(after)
    held = sorted({*before.agreement.years, *after.agreement.years})
    if year is not None and year not in held:
        text, remedy = f"neither version holds the year {year}", f"they hold {', '.join(map(str, held))}"
        raise AgreementError([Problem("no-such-year", after.place(("years",), on_key=True), text, remedy)])
    was, is_now = all_ore(first), all_ore(second)
    figures = [
        FigureChange(path, was.get(path), is_now.get(path))
        for path in {**is_now, **was}
        if (year is None or path.startswith(f"{year}."))
        and ".payments." not in path  # their numbers say nothing
        and was.get(path) != is_now.get(path)
    ]
    figures.sort(key=lambda change: (change.path[:4], _weight(change.path)))
    return Versions(before, after, first, second, tuple(_fields(before, after)), tuple(figures))


def _weight(path: str) -> int:
    """What people ask first comes first: who ends with what, then the year as a whole, then the rest."""
    part, figure = path.split(".")[1], path.rsplit(".", 1)[1]
    return 0 if part == "parties" and figure == "settled" else 1 if part == "totals" else 2 if part == "parties" else 3


def _fields(before: Document, after: Document) -> list[Field]:
    was, is_now = dict(leaves(before.tree.data)), dict(leaves(after.tree.data))
    known = {id(was): context(before.tree.data), id(is_now): context(after.tree.data)}

    def meaning(stated: Mapping[Path, Any], path: Path) -> Any:
        """What a field says, whatever its spelling; an amount in öre."""
        text = stated.get(path)
        if not isinstance(text, str) or (kind := kind_at(path, text)) is None:
            return text
        try:
            value = parse(kind, text, known[id(stated)])
        except PydanticCustomError:
            return text  # `rest`, or another word of the field
        return value * ORE_PER[known[id(stated)].rounding] if kind.name == "amount" else value

    changed = []
    for path in dict.fromkeys([*is_now, *was]):
        if meaning(was, path) != meaning(is_now, path) or (path in was) != (path in is_now):
            changed.append(Field(dotted(path), _text(was, path), _text(is_now, path)))
    return changed


def _text(stated: Mapping[Path, Any], path: Path) -> str | None:
    if path not in stated:
        return None
    value = stated[path]
    return value if isinstance(value, str) else "" if value is None else "{}" if isinstance(value, dict) else "[]"
