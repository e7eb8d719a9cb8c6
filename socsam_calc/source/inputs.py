"""The files that a command is given: single ones, ``-`` for standard input, or a folder's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ..problems import AgreementError, Place
from .document import unreadable
from .formats import FORMATS
from .ours import resembles, stated
from .yaml import LARGEST_FILE, decode, read

_SUFFIXES: Final = (".yaml", ".yml")


class Input(NamedTuple):
    """A file to read, or why it cannot be."""

    name: str
    problem: AgreementError | None = None


def expand(names: Iterable[str], format_: str) -> Iterator[Input]:
    """The files named; a folder stands for its ``*.yaml`` and ``*.yml`` that state ``format_``, sorted by name, subfolders not.

    Files of the other formats, and YAML of other programs, are passed over. One that seems to be ours and states no format that there is
    comes along, to be refused with its reason: passed over in silence, nobody would miss what it says.
    """
    for name in names:
        if name == "-" or not os.path.isdir(name):
            yield Input(name)
            continue
        try:
            held = sorted(path for path in Path(name).iterdir() if path.suffix in _SUFFIXES and not _is_no_file(path))
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
