"""The door to openpyxl's own parser: the one module that knows what is not public in that library.

Its public rows tell neither what is hidden nor which formula has no value; they count on through a million empty rows, and end at the
first damaged cell. So the sheet's XML is walked here, and the parser is given one cell after the other. What is used of it
(``WorkSheetParser``, and the private names below) is that of openpyxl 3.1: `pyproject.toml` asks for `>=3.1,<3.2`.
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple


class Stored(NamedTuple):
    """A cell as the file stores it; ``kind`` is `e` for an error, and a cell without a value has no number format."""

    row: int
    column: int
    value: Any
    kind: str
    number_format: str


def part_of(worksheet: Any) -> str:
    """The name of the part of the workbook's archive that holds a sheet."""
    name: str = worksheet._worksheet_path
    return name.lstrip("/")


class Cells:
    """The cells of a sheet, one after the other: one that does not say where it stands comes after the one before it."""

    def __init__(self, worksheet: Any) -> None:
        from openpyxl.worksheet._reader import WorkSheetParser

        book = worksheet.parent
        formats = book._date_formats, book._timedelta_formats
        self._sheet = worksheet
        self._parser = WorkSheetParser(io.BytesIO(), worksheet._shared_strings, True, book.epoch, *formats)

    def begin_row(self, stated: str | None) -> int:
        """A row begins: its number, the following one where none is stated."""
        self._parser.row_counter, self._parser.col_counter = int(stated or self._parser.row_counter + 1), 0
        return self.row

    @property
    def row(self) -> int:
        """The number of the row that has begun."""
        number: int = self._parser.row_counter
        return number

    def read(self, element: Any) -> Stored:
        """The next cell. Raises one of ``BROKEN`` where it cannot be read."""
        from openpyxl.cell.read_only import ReadOnlyCell

        cell = self._parser.parse_cell(element)
        shown = str(ReadOnlyCell(self._sheet, **cell).number_format or "") if cell["value"] is not None else ""
        return Stored(cell["row"], cell["column"], cell["value"], cell["data_type"], shown)

    def skip(self, element: Any) -> None:
        """Pass a cell that holds nothing, so that the next one stands beside it."""
        self._parser.parse_cell(element)

    def spot(self, element: Any) -> tuple[int, int]:
        """Row and column of a cell that could not be read."""
        from openpyxl.utils.cell import coordinate_to_tuple

        stated = element.get("r")
        row, column = coordinate_to_tuple(stated) if stated else (self.row, self._parser.col_counter)
        return row, column
