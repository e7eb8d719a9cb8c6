"""Which files are read for their figures, in this run or another: those that a file of ours beside them names, and those that look it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..problems import AgreementError
from .ledger.headings import COLUMNS, head_of
from .ledger.ledger import Sheet
from .ledger.separated import head_of as first_line
from .ledger.workbook import tables
from .ours import YAML_SUFFIXES, is_ours
from .panel import SWEDISH, TIDY

_BOOKS: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*#FLAGGA\b")
_TABLES: Final = (".csv", ".tsv", ".txt")
_WORKBOOK: Final = ".xlsx"
_HEADINGS: Final = frozenset({*COLUMNS, *TIDY, "amount"})
_OF_RESULTS: Final = frozenset({"file", "fil"})
"""What the first column of every table of ours is called that is a result of several files."""
_YEAR: Final = re.compile("[0-9]{4}")
_LARGEST: Final = 5 * 1024 * 1024  # bytes, of a file of ours
_START: Final = 8192  # bytes that show what a text is
_MOST_FILES: Final = 200  # that are looked into, in one folder


def holds_figures(path: Path) -> bool:
    """Whether a file holds figures as we read them: an accounting export, a ledger, bookings, a panel. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(_START)
    if _BOOKS.match(start):
        return True
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return _are_read(first_line(start.decode("utf-8-sig", "replace")))
    return suffix == _WORKBOOK and any(map(_are_read, _heads(path)))


def named_by(path: Path) -> Path | None:
    """The file of ours, in the folder of ``path`` or the one above, that names it for its figures; None where there is none."""
    name = re.compile(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])")
    for folder in dict.fromkeys((path.parent, path.parent.parent)):
        for one in _agreements(folder):
            text = one.read_bytes().decode("utf-8-sig", "replace")
            if any(name.search(line) for line in text.splitlines() if not line.lstrip().startswith("#")) and is_ours(text):
                return one
    return None


def _agreements(folder: Path) -> Iterator[Path]:
    try:
        held = sorted(one for one in folder.iterdir() if one.suffix.lower() in YAML_SUFFIXES)
        yield from (one for one in held[:_MOST_FILES] if one.is_file() and one.stat().st_size <= _LARGEST)
    except OSError:
        return  # a folder that nobody may look into names nothing


def _are_read(headings: Iterable[str]) -> bool:
    """Whether a table with these headings is one that we read; two of ours show it, and none of ours is a result."""
    names = [head_of(heading)[0] for heading in headings]
    return bool(names) and names[0] not in _OF_RESULTS and len(set(filter(_known, names))) > 1


def _known(name: str) -> bool:
    """Whether a column of this name is one of a table that we read."""
    return SWEDISH.get(name, name) in _HEADINGS or _YEAR.fullmatch(name) is not None


def _heads(path: Path) -> Iterator[list[str]]:
    """The headings of every sheet that has some of ours; none of a workbook that cannot be read: what it holds is not read either."""
    try:
        for sheet in tables(str(path), path.read_bytes(), lambda heading: _known(head_of(heading)[0]), _LARGEST):
            if isinstance(sheet, Sheet):
                yield [field.text for field in sheet.head]
    except AgreementError:
        return
