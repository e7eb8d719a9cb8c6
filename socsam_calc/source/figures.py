"""The ledger's figures from a CSV file beside the agreement: the signed terms and the numbers live apart (``format.md``)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, Final

from ..problems import AgreementError, Place, Problem, nearest
from .yaml import LARGEST_FILE, Tree, decode

COLUMNS: Final = ("year", "activity", "party", "frame", "actual", "estimate")
_NEEDED: Final = ("year", "activity")


def merge(tree: Tree, folder: FilePath) -> list[Problem]:
    """Put the figures of the file that ``figures:`` names into the tree, as if they stood in the agreement; the problems found."""
    name = tree.data["figures"]
    if not isinstance(name, str):
        return []  # the field itself says what is wrong with it
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside or FilePath(name).is_absolute():
        remedy = "put the figures beside the agreement, or in a folder under it"
        return [Problem("figures-outside", tree.place(("figures",)), "the figures lie outside the agreement's folder", remedy)]
    try:
        with path.open("rb") as stream:
            text = decode(stream.read(LARGEST_FILE + 1), str(path))
    except AgreementError as error:
        return list(error.problems)
    except (OSError, ValueError) as error:
        reason = (
            "there is no such file beside the agreement" if isinstance(error, FileNotFoundError) else f"the file cannot be read: {error}"
        )
        return [Problem("unreadable", tree.place(("figures",)), f"{name}: {reason}", "correct the name under `figures:`, or add the file")]
    return list(_Sheet(tree, str(path), text).merge())


class _Sheet:
    """The rows of one CSV file, with the place of each field."""

    def __init__(self, tree: Tree, file: str, text: str) -> None:
        self.tree, self.file = tree, file
        self.lines = text.splitlines()
        first = self.lines[0] if self.lines else ""
        self.header: list[str] = []
        self.delimiter = ";" if first.count(";") >= first.count(",") else ","

    def place(self, line: int, column: int) -> Place:
        """The spot of a field: ``line`` counts from 1, ``column`` is the field's number from 0."""
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        start, quoted, number = 0, False, 0
        for position, character in enumerate(source):
            if character == '"':
                quoted = not quoted
            elif character == self.delimiter and not quoted:
                number += 1
                if number == column:
                    start = position + 1
        end = start
        quoted = False
        while end < len(source) and (quoted or source[end] != self.delimiter):
            quoted ^= source[end] == '"'
            end += 1
        return Place(self.file, line, start + 1, max(1, end - start), source)

    def merge(self) -> Iterator[Problem]:
        reader = csv.reader(self.lines, delimiter=self.delimiter, strict=True)
        try:
            header = [name.strip().lower() for name in next(reader)]
        except (StopIteration, csv.Error) as error:
            yield Problem("figures", Place(self.file, 1, 1), f"the header cannot be read: {error}", "write `year;activity;frame;actual`")
            return
        self.header = header
        wrong = list(self._header(header))
        yield from wrong
        if wrong:
            return
        while True:
            line = reader.line_num + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem("figures", self.place(line, 0), f"this line cannot be read: {error}", "are all quotes closed?")
                return
            if not any(field.strip() for field in fields):
                continue
            if len(fields) != len(header):
                hint = (
                    "an amount with a decimal comma needs quotes where commas separate the fields"
                    if self.delimiter == ","
                    else f"separate the fields by `{self.delimiter}`"
                )
                yield Problem("figures", self.place(line, 0), f"{len(fields)} fields stand here, and {len(header)} in the header", hint)
                continue
            yield from self._row(line, header, [field.strip() for field in fields])

    def _header(self, header: list[str]) -> Iterator[Problem]:
        for number, name in enumerate(header):
            if name not in COLUMNS:
                near = nearest(name, COLUMNS)
                remedy = f"did you mean `{near}`?" if near else "the columns are " + ", ".join(f"`{column}`" for column in COLUMNS)
                yield Problem("figures", self.place(1, number), f"there is no column `{name}`", remedy)
            elif name in header[:number]:
                yield Problem("figures", self.place(1, number), f"the column `{name}` stands here twice", "keep one of them")
        for needed in _NEEDED:
            if needed not in header:
                yield Problem("figures", self.place(1, 0), f"the column `{needed}` is missing", "write `year;activity;frame;actual`")
        if not set(header) & {"frame", "actual", "estimate"}:
            yield Problem("figures", self.place(1, 0), "there is no column of amounts", "add `frame`, `actual` or `estimate`")

    def _row(self, line: int, header: list[str], fields: list[str]) -> Iterator[Problem]:
        row = dict(zip(header, fields, strict=True))
        year, activity, party = (
            row["year"],
            unicodedata.normalize("NFC", row["activity"]),
            unicodedata.normalize("NFC", row.get("party", "")),
        )
        for needed in _NEEDED:
            if not row[needed]:
                yield Problem("figures", self.place(line, header.index(needed)), f"the {needed} is missing", "fill it in")
                return
        years = self.tree.data.setdefault("years", {})
        if not isinstance(years, dict):
            return
        stated = years.setdefault(year, {})
        if stated is None:
            stated = years[year] = {}
        if not isinstance(stated, dict):
            return
        self._stands(("years", year), line, header.index("year"))
        for kind in ("frame", "actual", "estimate"):
            if not row.get(kind):
                continue
            column = header.index(kind)
            if party and kind != "frame":
                yield Problem(
                    "figures",
                    self.place(line, column),
                    "a cost belongs to the activity, not to a party",
                    "leave the party out on the line that gives the cost",
                )
                continue
            yield from self._put(stated, (year, kind, activity), party, row[kind], line, column)

    def _put(self, stated: dict[str, Any], key: tuple[str, str, str], party: str, amount: str, line: int, column: int) -> Iterator[Problem]:
        year, kind, activity = key
        entries = stated.setdefault(kind, {})
        if not isinstance(entries, dict):
            return
        self._stands(("years", year, kind), line, column)
        path = ("years", year, kind, activity, party) if party else ("years", year, kind, activity)
        if party:
            cells = entries.setdefault(activity, {})
            self._stands(path[:-1], line, column)
            taken = not isinstance(cells, dict) or party in cells
            entries, name = (cells, party) if isinstance(cells, dict) else (entries, activity)
        else:
            taken, name = activity in entries, activity
        if taken:
            first = self.tree.place(path)
            yield Problem("given-twice", self.place(line, column), f"this amount is also given at {first}", "keep one of them")
            return
        entries[name] = amount
        self.tree.elsewhere[path] = self.place(line, column)
        self.tree.key_elsewhere[path] = self.place(line, self.header.index("party" if party else "activity"))

    def _stands(self, path: tuple[str, ...], line: int, column: int) -> None:
        """A node that this file made stands where it was first needed; one of the agreement keeps its place."""
        if not self.tree.knows(path):
            self.tree.elsewhere.setdefault(path, self.place(line, column))
