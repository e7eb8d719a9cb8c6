"""What a call or a command is given: texts, files and whole numbers, refused in words where they are something else; and a folder's files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from operator import index
from pathlib import Path
from typing import Any, NamedTuple

from ..problems import AgreementError, OutputError, Place
from .document import FORMATS, unreadable
from .ours import YAML_SUFFIXES, resembles, stated
from .yaml import LARGEST_FILE, decode, read


def listed(name: str, given: str | Iterable[str]) -> list[str]:
    """Texts that may be given once or several times, as an option of the command line may. Raises OutputError for what is no text."""
    texts = _several(given)
    for one in texts:
        text(name, one)
    return texts


def text(name: str, value: object) -> None:
    """Raise OutputError for what is no text."""
    _require(isinstance(value, str), name, value, "text", "give it as a text")


def content(value: str | None) -> str | None:
    """The text that stands for a file's content, where one is given; a kind of text that is not Python's own is made one. Raises OutputError for bytes."""
    _require(value is None or isinstance(value, str), "text", value, "text", "give decoded text, such as content.decode()")
    return None if value is None else str(value)


def named(name: str, value: object) -> None:
    """Raise OutputError for what is not the name of a file."""
    _require(isinstance(value, (str, Path)), name, value, "the name of a file", "give a text or a pathlib.Path")


def yes_or_no(name: str, value: object) -> None:
    """Raise OutputError for what is neither True nor False: `"no"` would count as yes."""
    _require(isinstance(value, bool), name, value, "True or False", "give one of them")


def called(name: str, value: object) -> None:
    """Raise OutputError for what cannot be called."""
    _require(callable(value), name, value, "a function", "give one that takes a number, or leave it out")


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
    return [within(name, number, least, most) for number in _several(given)]


def _several(given: Any) -> list[Any]:
    return list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else [given]


def _require(holds: bool, name: str, value: object, wanted: str, remedy: str) -> None:
    if not holds:
        raise _refused(name, value, wanted, remedy)


def _refused(name: str, value: object, wanted: str, remedy: str) -> OutputError:
    shown = repr(value)
    return OutputError(f"{name}={shown if len(shown) <= 60 else type(value).__name__}: this is not {wanted}\n   {remedy}")


# --- the files that are named: single ones, `-` for standard input, or a folder's --------------------------------------


class Input(NamedTuple):
    """A file to read, or why it cannot be."""

    name: str
    problem: AgreementError | None = None


def expand(names: Iterable[str], format_: str) -> Iterator[Input]:
    """The files named; a folder stands for its ``*.yaml`` and ``*.yml`` that state ``format_``, sorted by name, subfolders not.

    Files of the other formats, and YAML of other programs, are passed over. One that seems to be ours and states no format that there is
    comes along, to be refused with its reason: passed over in silence, nobody would miss what it says. What has no ``format_`` is read one
    by one, and a folder refused as no file.
    """
    for name in names:
        if name == "-" or not format_ or not os.path.isdir(name):
            yield Input(name)
            continue
        try:
            held = sorted(path for path in Path(name).iterdir() if path.suffix in YAML_SUFFIXES and not _is_no_file(path))
            files = [path for path in held if _is_meant(path, format_)]
        except OSError as error:
            yield Input(name, AgreementError([unreadable(name, error)]))
            continue
        if not files:
            text = f"the folder holds no *.yaml or *.yml file that states `format: {format_}`"
            remedy = "name a file, or another folder; subfolders are not read"
            yield Input(name, AgreementError.of("empty-folder", Place(name), text, remedy))
        for path in files:
            yield Input(str(path))


def _is_no_file(path: Path) -> bool:
    """Whether it is a folder or the like; a link that leads nowhere should be a file."""
    return os.path.exists(path) and not os.path.isfile(path)


def _is_meant(path: Path, format_: str) -> bool:
    """Whether the file is of this format, or must be refused. One that cannot be looked into is taken along, for the same reason."""
    try:
        with path.open("rb") as stream:  # a look, for it may be none of ours
            raw = stream.read(LARGEST_FILE + 1)
    except OSError:
        return True
    if formats := stated(raw):
        return format_ in formats
    if not raw.strip() or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not resembles(raw.decode("utf-8", "replace"), format_):
        return False
    try:  # unusual, but perhaps good YAML all the same: the parser knows
        data = read(decode(raw, str(path)), str(path)).data
    except AgreementError:
        return True
    known = data.get("format") if isinstance(data, dict) else None
    return known == format_ or known not in FORMATS
