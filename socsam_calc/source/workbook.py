"""Figures from an .xlsx workbook: the values as they are stored, those of formulas included, each with its sheet and cell.

A number becomes the decimal text that stands for it. What could mean two things (a date, a percentage, a number shown in thousands,
more digits than a spreadsheet keeps) is refused.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from ..problems import AgreementError, Place, Problem
from .ledger import COLUMNS, YEARLY_COLUMNS, Field, Sheet, refused
from .yaml import LARGEST_FILE

DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

MOST_UNPACKED: Final = 20 * LARGEST_FILE
MOST_COLUMNS: Final = 200

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What the libraries raise for a file that is not what it says it is: not a zip, cut short, encrypted, with parts missing or amiss."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")
_LITERAL: Final = re.compile(r'"([^"]*)"|\[\$([^]-]+)[^]]*\]|((?:\\.)+)')
_UNIT: Final = re.compile(r"\W*(öre|kr|tkr|mkr|sek)(?!\w)", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\W*?([€$£¥]|(?:eur|usd|gbp|dkk|nok)(?!\w))", re.IGNORECASE)


def sheets(file: str, raw: bytes) -> Iterator[Sheet]:
    """The sheets that hold figures: those whose first row names one of our columns. Raises AgreementError where there are none."""
    values, formulas = _open(file, raw)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    names: list[str] = []
    found = False
    for worksheet in values.worksheets:
        names.append(worksheet.title)
        reader = _Reader(file, worksheet.title, _merged(file, archive, worksheet))
        rows = reader.rows(worksheet, formulas[worksheet.title])
        head = next((row for row in rows if any(field.text or field.problem for field in row)), [])
        while head and not head[-1].text and not head[-1].problem:
            head.pop()
        if {field.text.lower() for field in head} & {*COLUMNS, *YEARLY_COLUMNS}:
            found = True
            yield Sheet(worksheet.title, head, (reader.fitted(row, len(head)) for row in rows))
    if not found:
        held = ", ".join(f"`{name}`" for name in names)
        text = f"no sheet of the workbook holds figures (it has {held})"
        raise refused("figures", Place(file), text, "write `year`, `activity`, `frame` and `actual` in the first row of one")


def _open(file: str, raw: bytes) -> tuple[Any, Any]:
    """The workbook with its stored values, and once more with its formulas."""
    try:
        import openpyxl
    except ImportError:
        raise refused("missing-library", Place(file), "reading a workbook needs openpyxl", "pip install 'socsam-calc[excel]'") from None
    if len(raw) > LARGEST_FILE:
        raise refused("file-size", Place(file), "the file is larger than 5 MiB", "is it the right file?")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise refused("file-size", Place(file), "the workbook is larger than 100 MiB when unpacked", "is it the right file?")
        with warnings.catch_warnings(action="ignore"):  # of what the library passes over: styles, validation, drawings
            return tuple(openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=only) for only in (True, False))
    except _BROKEN as error:
        remedy = "save it again as .xlsx, without a password"
        raise refused("figures", Place(file), f"this is not a workbook that can be read: {error}", remedy) from None


def _merged(file: str, archive: zipfile.ZipFile, worksheet: Any) -> dict[tuple[int, int], str]:
    """The merged ranges of a sheet by row and column of their first cell. A sheet that is read row by row does not tell them itself."""
    from openpyxl.utils import range_boundaries

    ranges = {}
    try:
        content = archive.read(worksheet._worksheet_path.lstrip("/"))
    except _BROKEN as error:
        raise _unreadable(file, worksheet.title, error) from None
    for found in _MERGED.findall(content):
        name = found.decode("ascii")
        column, row, *_ = range_boundaries(name)
        ranges[row, column] = name
    return ranges


def _unreadable(file: str, title: str, error: Exception) -> AgreementError:
    return refused("figures", Place(file), f"the sheet `{title}` cannot be read: {error}", "save it again as .xlsx")


class _Reader:
    """One sheet's cells as fields."""

    def __init__(self, file: str, title: str, merged: Mapping[tuple[int, int], str]) -> None:
        self.file, self.title, self.merged = file, title, merged

    def rows(self, values: Any, formulas: Any) -> Iterator[list[Field]]:
        """Every row, as long as it stands in the file. Raises AgreementError where the sheet cannot be read."""
        values.reset_dimensions()  # a stated size may be wrong, or pad every row to the last column there is
        formulas.reset_dimensions()
        try:
            for row, (stored, written) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), 1):
                cells = enumerate(zip(islice(stored, MOST_COLUMNS), written, strict=False), 1)
                yield [self._field(row, column, *pair) for column, pair in cells]
        except _BROKEN as error:
            raise _unreadable(self.file, self.title, error) from None

    def fitted(self, row: Sequence[Field], width: int) -> list[Field] | Problem:
        """A row as long as the head; what stands to the right of the head is refused."""
        for field in row[width:]:
            if field.text or field.problem:
                return Problem("figures", field.place, "this column has no name", "name it in the first row, or take its contents away")
        number = row[0].place.line if row else 1
        return [*row[:width], *(Field("", self._place(number, column)) for column in range(len(row) + 1, width + 1))]

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, row, column, cell=f"sheet `{self.title}`, cell {_letters(column)}{row}")

    def _field(self, row: int, column: int, stored: Any, written: Any) -> Field:
        place = self._place(row, column)
        value = stored.value
        if (row, column) in self.merged:
            text = f"the cells {self.merged[row, column]} are merged, so that one figure stands for several"
            return _bad(place, text, "take them apart, and write each figure in its own cell")
        if value is None:
            if written.data_type == "f":
                remedy = "open and save the workbook in a spreadsheet program, or write the number itself"
                return _bad(place, "the formula has no stored value", remedy)
            return Field("", place)
        if stored.data_type == "e":
            return _bad(place, f"the cell holds the error {value}", "mend the formula")
        if isinstance(value, bool):
            return _bad(place, f"the cell holds {str(value).upper()}", "write a number or a text")
        if isinstance(value, str):
            return Field(value.strip(), place)
        if isinstance(value, (int, float)):
            return _number(place, value, stored.number_format or "")
        return _bad(place, f"the cell holds a date or a time ({value})", "write a number, and set the cell's format to a number")


def _number(place: Place, value: int | float, number_format: str) -> Field:
    """A number as the decimal text that stands for it, with a decimal comma: a comma is never taken for thousands."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return _bad(place, f"the cell holds {value}", "write a number")
    digits = exact.normalize()
    text = format(digits, "f").replace(".", ",")
    if len(digits.as_tuple().digits) > DIGITS:
        rounded = format(Decimal(f"{value:.{DIGITS}g}").normalize(), "f").replace(".", ",")
        remedy = f"round it in the cell, as with =ROUND(…); a spreadsheet shows at most {DIGITS} digits: {rounded}"
        return _bad(place, f"the cell holds {text}, more digits than are certain", remedy)
    shown = _QUOTED.sub("", number_format)
    if "%" in shown:
        return _bad(place, f"the cell is shown in percent, and holds {text}", "set its format to a number")
    if _THOUSANDS.search(shown):
        return _bad(place, f"the cell is shown in thousands or millions, and holds {text}", "set its format to a plain number")
    return _in_unit(Field(text, place), number_format)


def _in_unit(field: Field, number_format: str) -> Field:
    """The number with the unit that its cell shows beside it, as a text cell would state it; another currency is refused."""
    written = [(quoted or symbol or escaped).replace("\\", "") for quoted, symbol, escaped in _LITERAL.findall(number_format)]
    units = {found[1].lower().replace("sek", "kr") for text in written if (found := _UNIT.match(text))}
    others = [found[1] for text in written if (found := _CURRENCY.match(text))]
    if others:
        return _bad(
            field.place, f"the cell is shown in {others[0]}, and holds {field.text}", "write the amount in kronor, and set its format"
        )
    if len(units) > 1:
        return _bad(field.place, f"the cell's format names several units, and it holds {field.text}", "set its format to a plain number")
    return field._replace(text=f"{field.text} {units.pop()}") if units else field


def _bad(place: Place, text: str, remedy: str) -> Field:
    return Field("", place, Problem("figures", place, text, remedy))


def _letters(column: int) -> str:
    """The name of a column, from 1: A … Z, AA …"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
