"""What a call of the library is given: texts, files and whole numbers, refused in words where they are something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import index
from pathlib import Path
from typing import Any

from ..problems import OutputError


def listed(name: str, given: str | Iterable[str]) -> list[str]:
    """Texts that may be given once or several times, as an option of the command line may. Raises OutputError for what is no text."""
    texts: list[Any] = list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else [given]
    for one in texts:
        text(name, one)
    return texts


def text(name: str, value: object) -> None:
    """Raise OutputError for what is no text."""
    if not isinstance(value, str):
        raise _refused(name, value, "text", "give it as a text")


def content(value: str | None) -> str | None:
    """The text that stands for a file's content, where one is given; a kind of text that is not Python's own is made one. Raises OutputError for bytes."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise _refused("text", value, "text", "give decoded text, such as content.decode()")
    return str(value)


def named(name: str, value: object) -> None:
    """Raise OutputError for what is not the name of a file."""
    if not isinstance(value, (str, Path)):
        raise _refused(name, value, "the name of a file", "give a text or a pathlib.Path")


def yes_or_no(name: str, value: object) -> None:
    """Raise OutputError for what is neither True nor False: `"no"` would count as yes."""
    if not isinstance(value, bool):
        raise _refused(name, value, "True or False", "give one of them")


def called(name: str, value: object) -> None:
    """Raise OutputError for what cannot be called."""
    if not callable(value):
        raise _refused(name, value, "a function", "give one that takes a number, or leave it out")


def within(name: str, value: int, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``, one of NumPy's included. Raises OutputError for anything else."""
    remedy = f"give one from {least} to {most}"
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise _refused(name, value, "a whole number", remedy)
    if not least <= number <= most:
        raise OutputError(f"{name}={value}: this is not from {least} to {most}\n   give a number that is")
    return number


def a_year(name: str, value: int | None) -> int | None:
    """A year, where one is given. Raises OutputError for what is none."""
    return None if value is None else within(name, value, 1000, 9999)


def counts(name: str, given: int | Sequence[int], least: int, most: int) -> list[int]:
    """Whole numbers that may be given once or several times. Raises OutputError for what is none."""
    several = isinstance(given, Iterable) and not isinstance(given, (str, bytes))
    numbers: Iterable[Any] = given if several else [given]  # type: ignore[assignment]
    return [within(name, number, least, most) for number in numbers]


def _refused(name: str, value: object, wanted: str, remedy: str) -> OutputError:
    shown = repr(value)
    return OutputError(f"{name}={shown if len(shown) <= 60 else type(value).__name__}: this is not {wanted}\n   {remedy}")
