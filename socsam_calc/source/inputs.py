"""The files that a command is given: single ones, ``-`` for standard input, or a folder's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ..problems import AgreementError, Place, nearest
from .document import unreadable
from .formats import FORMATS
from .yaml import LARGEST_FILE, decode, read

_SUFFIXES: Final = (".yaml", ".yml")
_STATED: Final = re.compile(
    rb"^(?:\xef\xbb\xbf)?[\"']?format[\"']?[ \t]*:[ \t]*[\"']?(%s)[\"']?[ \t]*(?:#.*)?\r?$" % "|".join(FORMATS).encode(), re.MULTILINE
)
_ENTRY: Final = re.compile(r"\W*(?:(?P<key>[\w-]+)[\"'`]?(?:\s*[:：=;]\s*|\s+)(?:[&!]\S*\s+)*[\"'`]?)?(?P<value>[^\s\"'`#,}]+)")
_NAME: Final = re.compile(r"^[\"']?(\w+)[\"']?[ \t]*:", re.MULTILINE)
_FIRST_LINES: Final = 20  # those that say something: comments and empty ones do not count
_FIELDS: Final = {
    "socsam/1": [{"parties", "sharing"}],
    "socsam-evaluation/1": [{"population", "items"}],
    "socsam-scenarios/1": [{"agreement", "scenarios"}, {"agreement", "expect"}, {"agreement", "uncertain"}],
}
"""What a file of each format holds, and hardly any other YAML: one that does, and states no format, has lost its line."""


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
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError:
        return True
    stated = {name.decode() for name in _STATED.findall(raw)}
    if stated:
        return format_ in stated
    if not raw.strip() or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not _resembles(raw.decode("utf-8", "replace"), format_):
        return False
    try:  # unusual, but perhaps good YAML all the same: the parser knows
        data = read(decode(raw, str(path)), str(path)).data
    except AgreementError:
        return True
    known = data.get("format") if isinstance(data, dict) else None
    return known == format_ or known not in FORMATS


def _resembles(text: str, format_: str) -> bool:
    """Whether a file without a readable line `format:` seems to be one of ours: a slip in that line, or the line is not there."""
    names = set(_NAME.findall(text))
    if any(fields <= names for fields in _FIELDS[format_]):
        return True
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for entry in filter(None, map(_ENTRY.match, lines[:_FIRST_LINES])):
        key, value = (entry["key"] or "").lower(), entry["value"].lower()
        if re.match(r"socsam[\w-]*/[0-9]", value):
            return True
        if nearest(key, ["format"]) and (value.startswith("socsam") or nearest(value, FORMATS)):
            return True
    return False
