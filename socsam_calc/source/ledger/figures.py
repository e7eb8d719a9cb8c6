"""The ledger's figures from a file beside the agreement, a workbook or CSV: the signed terms and the numbers live apart (``format.md``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path as FilePath
from typing import Final

from ...problems import AgreementError, Place, Problem, nearest
from ..document import unreadable
from ..opened import content
from ..tree import Tree
from ..yaml import LARGEST_FILE, decode
from .headings import HEADINGS, head_of
from .ledger import Field, Ledger, Sheet

WORKBOOK: Final = ".xlsx"
_OTHER_WORKBOOKS: Final = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_LONGEST_HEAD: Final = 2000
_YEAR: Final = re.compile("[0-9]{4}")
_QUOTED: Final = re.compile('"[^"]*("|$)')


def merge(tree: Tree, folder: FilePath, option: str | None = None) -> list[Problem]:
    """Put the figures of a file into the tree, as if they stood in the agreement; the problems found.

    The file is the one that ``figures:`` names, inside ``folder``; or ``option``, a path that a person gave on the command line.
    """
    if option is not None:
        return _merge_file(tree, FilePath(option), option, Place(f"--figures {option}"))
    name = tree.data["figures"]
    if not isinstance(name, str):
        return []  # the field itself says what is wrong with it
    place = tree.place(("figures",))
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside or FilePath(name).is_absolute():
        remedy = "put the figures beside the agreement, or in a folder under it"
        return [Problem("figures-outside", place, "the figures lie outside the agreement's folder", remedy)]
    return _merge_file(tree, path, name, place)


def _merge_file(tree: Tree, path: FilePath, name: str, place: Place) -> list[Problem]:
    suffix = path.suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        return [
            Problem(
                "figures", place, f"{name}: figures are read from .csv and .xlsx, not {suffix}", "save the file as .xlsx, and name that"
            )
        ]
    try:
        raw = content(path, LARGEST_FILE)
        ledger = Ledger(tree)
        sheets = _sheets(path, raw, ledger.activities)
        problems = [wrong for sheet in sheets for wrong in ([sheet] if isinstance(sheet, Problem) else ledger.enter(sheet))]
        if not problems and not ledger.entered:
            problems.append(Problem("figures", place, f"{name} holds no figures yet", "fill in a frame or a cost"))
        ledger.place_what_lacks()
        return problems
    except AgreementError as error:
        return list(error.problems)
    except (OSError, ValueError) as error:
        optional = place.file.startswith("--figures")
        beside, remedy = (
            ("", "correct the name") if optional else (" beside the agreement", "correct the name under `figures:`, or add the file")
        )
        reason = unreadable(name, error).text + (beside if isinstance(error, FileNotFoundError) else "")
        return [Problem("unreadable", place, f"{name or path}: {reason}", remedy)]


def _sheets(path: FilePath, raw: bytes, activities: Collection[str]) -> Iterable[Sheet | Problem]:
    """The tables that a file holds. Raises AgreementError where the file, or the head of a CSV file, cannot be read."""
    if path.suffix.lower() != WORKBOOK:
        return [_table(str(path), raw)]
    from .workbook import sheets

    return sheets(str(path), raw, activities)


# --- CSV: `,` or `;`, BOM or not ---------------------------------------------------------------------------------------


def _table(file: str, raw: bytes) -> Sheet:
    """The table that a CSV file holds. Raises AgreementError where the file or its head cannot be read."""
    text = decode(raw, file, _names_columns)
    if not _names_columns(text):
        remedy = "write `year;activity;frame;actual`; separate the columns by `;` or `,`"
        raise AgreementError.of("figures", Place(file, 1, 1), "the first line names no column of figures", remedy)
    return _Reader(file, text).sheet()


def _names_columns(text: str) -> bool:
    """Whether the first line names a column of ours, or something that is meant for one; else the file is somebody's, and is not shown."""
    first = next(iter(text.splitlines()), "")[:_LONGEST_HEAD]
    fields = [head_of(field.strip('" \t'))[0] for field in re.split("[;,\t]", first)]
    return any(field in HEADINGS or _YEAR.fullmatch(field) or nearest(field, HEADINGS) for field in fields)


class _Reader:
    """The lines of one CSV file, with the place of each field."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.delimiter = ";" if self.lines[0].count(";") >= self.lines[0].count(",") else ","
        self.reader = csv.reader(self.lines, delimiter=self.delimiter, strict=True)

    def sheet(self) -> Sheet:
        try:
            head = next(self.reader)
        except csv.Error as error:
            raise AgreementError.of(
                "figures", Place(self.file, 1, 1), f"the header cannot be read: {error}", "write `year;activity;frame;actual`"
            ) from None
        if not head:
            raise AgreementError.of("figures", Place(self.file, 1, 1), "the first line is empty", "write `year;activity;frame;actual`")
        rows = list(self._rows())
        filled = {number for row in rows if not isinstance(row, Problem) for number, text in enumerate(row[1]) if text.strip()}
        columns = [number for number, name in enumerate(head) if name.strip() or number in filled]
        fields = self._fields(1, head)
        return Sheet("", [fields[number] for number in columns], self._shaped(rows, columns, len(head)))

    def _rows(self) -> Iterator[tuple[int, list[str]] | Problem]:
        """Each line that holds something: its number and its fields."""
        while True:
            line = self.reader.line_num + 1
            try:
                fields = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem("figures", self._place(line, 0), f"this line cannot be read: {error}", "are all quotes closed?")
                return
            if any(field.strip() for field in fields):
                yield line, fields

    def _shaped(
        self, rows: Iterable[tuple[int, list[str]] | Problem], columns: Sequence[int], width: int
    ) -> Iterator[list[Field] | Problem]:
        """Each row in the ``columns`` that are any: one without a name and without contents is none, at the end of a line or inside it."""
        for row in rows:
            if isinstance(row, Problem):
                yield row
                continue
            line, given = row
            if len(given) > width and not any(field.strip() for field in given[width:]):
                given = given[:width]
            if len(given) != width:
                hint = (
                    "an amount with a decimal comma needs quotes where commas separate the fields"
                    if self.delimiter == ","
                    else f"separate the fields by `{self.delimiter}`"
                )
                stand = "field stands" if len(given) == 1 else "fields stand"
                yield Problem("figures", self._place(line, 0), f"{len(given)} {stand} here, and {width} in the header", hint)
                continue
            fields = self._fields(line, given)
            yield [fields[number] for number in columns]

    def _fields(self, line: int, fields: list[str]) -> list[Field]:
        return [Field(text.strip(), self._place(line, number)) for number, text in enumerate(fields)]

    def _place(self, line: int, column: int) -> Place:
        """The spot of a field: ``line`` counts from 1, ``column`` is the field's number from 0."""
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        fields = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), source).split(self.delimiter)
        here = column if column < len(fields) else 0
        return Place(self.file, line, sum(len(text) + 1 for text in fields[:here]) + 1, max(1, len(fields[here])), source)
