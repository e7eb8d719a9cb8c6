"""A table as text: fields separated by `;`, `,` or tabs, BOM or not, with the place of each field."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ...problems import AgreementError, Place, Problem
from ..yaml import LARGEST_FILE, decode

_LONGEST_HEAD: Final = 2000
_SEPARATOR: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_QUOTED: Final = re.compile('"[^"]*("|$)')
_HINTS: Final = {
    ",": "an amount with a decimal comma needs quotes where commas separate the fields",
    "\t": "separate the fields by tabs",
}
_UNQUOTED: Final = '" \t'


class Line(NamedTuple):
    """The fields of a row, stripped, and the number of its line."""

    number: int
    fields: Sequence[str]


def head_of(text: str) -> list[str]:
    """The headings of a table, as far as they can be told before it is read: of its first line, or the one after `sep=;`."""
    lines = text[: 2 * _LONGEST_HEAD].splitlines()
    first = lines[1] if len(lines) > 1 and _SEPARATOR.fullmatch(lines[0]) else next(iter(lines), "")
    return [field.strip(_UNQUOTED) for field in re.split("[;,\t]", first[:_LONGEST_HEAD])]


class Separated:
    """A table of separated fields. Raises AgreementError where the file or its head cannot be read.

    ``names`` says whether a heading is one of those that are looked for; ``wanted`` is how the first line should be written.
    """

    def __init__(self, file: str, raw: bytes, names: Callable[[str], bool], wanted: str, *, most: int = LARGEST_FILE) -> None:
        self.file = file

        def ours(text: str) -> bool:
            return any(map(names, head_of(text)))

        remedy = f"write {wanted}; separate the columns by `;`, `,` or tabs"
        text = decode(raw, file, ours, most=most, empty=remedy)
        if not ours(text):
            raise AgreementError.of("figures", Place(file, 1, 1), "the first line names no column of figures", remedy)
        self.lines = text.splitlines()
        stated = _SEPARATOR.fullmatch(self.lines[0])
        self.first = 2 if stated else 1
        self.delimiter = stated[1] if stated else _separator(self.lines[0])
        if self.delimiter not in ";,\t":
            raise AgreementError.of(
                "figures", Place(file, 1, 1), f"the fields are separated by `{self.delimiter}`", "separate them by `;`, `,` or tabs"
            )
        self._quoted = '"' in text  # only then can a field go on in the next line
        lines = self.lines[self.first - 1 :]
        self._reader = csv.reader((f"{line}\n" for line in lines) if self._quoted else lines, delimiter=self.delimiter, strict=True)
        try:
            head = next(self._reader)
        except csv.Error as error:
            raise AgreementError.of(
                "figures", Place(file, self.first, 1), f"the header cannot be read: {error}", f"write {wanted}"
            ) from None
        self.width = len(head)
        stripped = self._stripped(head)
        self.columns = [number for number, field in enumerate(stripped) if field]
        self.head = [stripped[number] for number in self.columns]

    def rows(self) -> Iterator[Line | Problem]:
        """The rows that hold something, each as its named columns have it; a Problem in the place of a bad one."""
        columns, width = self.columns, self.width
        every = columns == list(range(width))
        unnamed: set[int] = set()
        while True:
            line = self._reader.line_num + self.first
            try:
                fields = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem("figures", self.place(line, 0), f"this line cannot be read: {error}", "are all quotes closed?")
                return
            fields = self._stripped(fields)
            if not any(fields):
                continue
            if len(fields) != width and (len(fields) < width or any(fields[width:])):
                hint = _HINTS.get(self.delimiter, f"separate the fields by `{self.delimiter}`")
                stand = "field stands" if len(fields) == 1 else "fields stand"
                yield Problem("figures", self.place(line, 0), f"{len(fields)} {stand} here, and {width} in the header", hint)
                continue
            if not every:
                for number in range(width):
                    if fields[number] and number not in columns and number not in unnamed:
                        unnamed.add(number)
                        yield Problem(
                            "figures",
                            self.place(line, number),
                            "this column has no name",
                            "name it in the first row, or take its contents away",
                        )
                fields = [fields[number] for number in columns]
            yield Line(line, fields[:width])

    def _stripped(self, fields: list[str]) -> list[str]:
        """The fields without spaces around them; a break of the line within one parts words."""
        return [field.strip().replace("\n", " ") for field in fields] if self._quoted else list(map(str.strip, fields))

    def place_of(self, line: int, column: int) -> Place:
        """Where a named column's field stands in a line; columns count from 0."""
        return self.place(line, self.columns[column])

    def place(self, line: int, column: int) -> Place:
        """The spot of a field: ``line`` counts from 1, ``column`` is the field's number from 0."""
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        fields = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), source).split(self.delimiter)
        here = column if column < len(fields) else 0
        return Place(self.file, line, sum(len(text) + 1 for text in fields[:here]) + 1, max(1, len(fields[here])), source)


def _separator(head: str) -> str:
    """What separates the fields of a head: the sign that stands there most often."""
    return max(";,\t", key=head.count)
