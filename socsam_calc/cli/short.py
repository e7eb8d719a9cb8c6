"""The short way: a command line that says plainly what it wants, read by the declaration of its command alone.

Whatever is unusual about it, help and mistakes among them, is none of this module's business: it is left to Typer, which knows all of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from .declared import Argument, Command, Given, Option, Parameter

_COMPLETING: Final = "_SOCSAM_COMPLETE"
_EXPANDED: Final = frozenset("*?[~$%")
"""What a pattern may hold, or a name that stands for another."""


def as_they_stand(words: Sequence[str]) -> bool:
    """Whether the words are what is meant: no shell asks how they may go on, and none is a pattern of files that Windows leaves to the program."""
    return _COMPLETING not in os.environ and not (os.name == "nt" and any(_EXPANDED & set(word) for word in words))


def plainly(command: Command, words: Sequence[str]) -> tuple[dict[str, Any], Given] | None:
    """A value for each parameter of the command, and which of them the words give; None where the words are not plain."""
    read = _read(command, words)
    return None if read is None else _values(command, *read)


def _read(command: Command, words: Sequence[str]) -> tuple[dict[str, list[str]], list[str]] | None:
    """What stands by name and what stands by place, as it is written."""
    named = {name: one for one in command.parameters if isinstance(one.declared, Option) for name in one.declared.names}
    said: dict[str, list[str]] = {}
    placed: list[str] = []
    left = iter(words)
    for word in left:
        if not word.startswith("-") or word == "-":
            placed.append(word)
            continue
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        parameter = named.get(name)
        if parameter is None:
            return None
        if parameter.kind is bool:
            if equals:
                return None
        elif not equals:
            value = next(left, "")
            if not value or (value.startswith("-") and value != "-"):
                return None
        if said.get(parameter.name) and not _is_list(parameter.kind):
            return None
        said.setdefault(parameter.name, []).append(value)
    return said, placed


def _values(command: Command, said: dict[str, list[str]], placed: list[str]) -> tuple[dict[str, Any], Given] | None:
    places = [one for one in command.parameters if isinstance(one.declared, Argument)]
    for number, one in enumerate(places):
        if _is_list(one.kind) and number < len(places) - 1:
            return None
        taken = placed if _is_list(one.kind) else placed[:1]
        placed = placed[len(taken) :]
        if taken:
            said[one.name] = taken
        elif one.required:
            return None
    if placed:
        return None
    given = Given(said)
    values: dict[str, Any] = {}
    for one in command.parameters:
        texts = said.get(one.name) or _of_the_environment(one)
        value = _value(one, texts) if texts else one.default
        if texts and value is None:
            return None
        made = one.declared.made if isinstance(one.declared, Option) else None
        values[one.name] = made(value) if made else value
    return values, given


def _of_the_environment(parameter: Parameter) -> list[str]:
    name = parameter.declared.envvar if isinstance(parameter.declared, Option) else None
    return [text] if name and (text := os.environ.get(name)) else []


def _value(parameter: Parameter, texts: list[str]) -> Any:
    """What the texts mean; None where they are not plainly of the parameter's kind."""
    kind = _without_none(parameter.kind)
    if get_origin(kind) is list:
        (kind,) = get_args(kind)
        values = [_one(kind, parameter, text) for text in texts]
        return None if None in values else values
    return _one(kind, parameter, texts[0])


def _one(kind: Any, parameter: Parameter, text: str) -> Any:
    if kind is str:
        return text
    if kind is bool:
        return True
    if get_origin(kind) is Literal:
        return text if text in get_args(kind) else None
    if kind is int and text.isascii() and text.isdecimal() and len(text) < 20:
        number, declared = int(text), parameter.declared
        least, most = (declared.min, declared.max) if isinstance(declared, Option) else (None, None)
        return number if (least is None or number >= least) and (most is None or number <= most) else None
    return None


def _is_list(kind: Any) -> bool:
    return get_origin(_without_none(kind)) is list


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not type(None))
    return kind
