"""What the format has at a path, read from its models: the fields of a part, and how a single value is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from .reading import Reads, Shapes


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
