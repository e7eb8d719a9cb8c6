"""The path of a value in a file: names and list positions, the dotted name that a person writes for it; and what the format has there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from ..problems import Path
from .reading import Reads, Shapes

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


# --- what the format has at a path, read from its models ---------------------------------------------------------------


class Spot(NamedTuple):
    """A way in which a value may be written: its type, and what is marked beside it."""

    annotation: Any
    marks: Sequence[Any] = ()


def spots(model: type[BaseModel], path: Sequence[str | int]) -> list[Spot]:
    """Every way in which the value at a path may be written; none where the format knows no such path."""
    here = list(_ways(Spot(model)))
    for step in path:
        here = [way for spot in here for child in _children(spot.annotation, step) for way in _ways(child)]
    return here


def _ways(spot: Spot) -> Iterator[Spot]:
    """A spot as single types: each shape, and each part of a union, apart."""
    shapes = next((mark for mark in spot.marks if isinstance(mark, Shapes)), None)
    if shapes is not None:
        apart = [Spot(kind) for kind in shapes.types.values()]
    elif get_origin(spot.annotation) is Annotated:
        apart = [Spot(spot.annotation.__origin__, spot.annotation.__metadata__)]
    elif get_origin(spot.annotation) in (Union, UnionType):
        apart = [Spot(part, spot.marks) for part in get_args(spot.annotation)]
    else:
        yield spot
        return
    for one in apart:
        yield from _ways(one)


def _children(annotation: Any, step: str | int) -> Iterator[Spot]:
    """What may stand under a step of a path."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            named = field.alias or name
            if named == step:
                yield Spot(field.annotation, field.metadata)
            elif named.startswith("‹"):  # its entries stand in the file beside the other fields
                yield from _children(field.annotation, step)
    elif get_origin(annotation) is (list if isinstance(step, int) else dict):
        yield Spot(get_args(annotation)[-1])


def fields_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The fields that the format knows at a path, by the names that a file uses."""
    return [
        field.alias or name
        for annotation, _ in spots(model, path)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel)
        for name, field in annotation.model_fields.items()
        if not (field.alias or name).startswith("‹")
    ]


def readers_at(model: type[BaseModel], path: Sequence[str | int]) -> Iterator[Any]:
    """The functions that read a single value at a path."""
    for _, marks in spots(model, path):
        yield from [mark.parse for mark in marks if isinstance(mark, Reads)][:1]
