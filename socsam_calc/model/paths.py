"""The path of a value in a file: names and list positions, and the dotted name that a person writes for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from ..problems import Path

DOTTED: Final = re.compile(r"[^\s.]+(\.[^\s.]+)*")
"""What a dotted name looks like."""


def dotted(path: Iterable[str | int]) -> str:
    """A path as a person writes it."""
    return ".".join(map(str, path))


def steps(name: str) -> list[str]:
    """The steps of a dotted name, in NFC; which of them are positions in a list, the data says."""
    return [unicodedata.normalize("NFC", step) for step in name.strip().split(".")]


def within(path: Path, whole: Path) -> bool:
    """Whether ``path`` is ``whole``, or lies inside it."""
    return path[: len(whole)] == whole


def overlap(path: Path, other: Path) -> bool:
    """Whether one path is the other, or lies inside it."""
    return within(path, other) or within(other, path)


def value_at(data: Any, path: Sequence[str | int]) -> Any:
    """What stands at a path of the data; None where nothing does."""
    for step in path:
        match data:
            case dict():
                data = data.get(step)
            case list() if isinstance(step, int) and step < len(data):
                data = data[step]
            case _:
                return None
    return data


def with_value(data: Any, path: Path, value: Any) -> Any:
    """A copy of the data with another value at the path; only what leads there is copied."""
    if not path:
        return value
    held: Any = list(data) if isinstance(path[0], int) else dict(data or {})
    held[path[0]] = with_value(value_at(held, path[:1]), path[1:], value)
    return held


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every single value of the data, with its path; an empty collection counts as one."""
    if not (isinstance(data, (dict, list)) and data):
        yield path, data
        return
    for step, value in entries(data):
        yield from leaves(value, (*path, step))


def entries(data: Any) -> Iterable[tuple[str | int, Any]]:
    """What stands in a collection, each entry with its name or its position; nothing in a single value."""
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()
