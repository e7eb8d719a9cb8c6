"""The files that a command is given: single ones, ``-`` for standard input, or a folder's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..problems import AgreementError, Place, Problem
from .loader import unreadable


class Input(NamedTuple):
    """A file to read, or why it cannot be."""

    name: str
    problem: AgreementError | None = None


def expand(names: Iterable[str], format_: str) -> Iterator[Input]:
    """The files named; a folder stands for its ``*.yaml`` that state ``format_``, sorted by name, subfolders not."""
    for name in names:
        if name == "-" or not Path(name).is_dir():
            yield Input(name)
            continue
        try:
            held = sorted(path for path in Path(name).glob("*.yaml") if path.is_file())
            files = [path for path in held if _states(path, format_)]
        except OSError as error:
            yield Input(name, AgreementError([unreadable(name, error)]))
            continue
        if not files:
            problem = Problem(
                "empty-folder",
                Place(name),
                f"the folder holds no *.yaml file that states `format: {format_}`",
                "name a file, or another folder",
            )
            yield Input(name, AgreementError([problem]))
        for path in files:
            yield Input(str(path))


def _states(path: Path, format_: str) -> bool:
    """Whether the file says that it is of this format. One that cannot be looked into is taken along, to be refused with its reason."""
    try:
        with path.open("rb") as stream:
            start = stream.read(65_536)
    except OSError:
        return True
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    stated = rb"^(\xef\xbb\xbf)?[\"']?format[\"']?[ \t]*:[ \t]*[\"']?" + re.escape(format_.encode()) + rb"[\"']?[ \t]*(#.*)?\r?$"
    return re.search(stated, start, re.MULTILINE) is not None
