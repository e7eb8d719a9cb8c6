"""Figures from an .xlsx workbook: the values as they are stored, those of formulas included, each with its sheet and cell."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ...problems import AgreementError, Place, Problem, cut
from .cells import bad, field
from .hidden import Hidden
from .ledger import HEADINGS, Field, Sheet, meaning
from .opening import BROKEN, Opened, opened
from .stored import Cells, part_of
from .unheaded import unheaded

_NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA: Final = re.compile(rb"<((?:\w+:)?)sheetData\s*>")
_ON: Final = ("1", "true")
_MOST_NAMED: Final = 12
_LAST_COLUMN: Final = 16_384

Row = dict[int, Field]
"""The cells of a row that hold something, by column."""


class _Grid(NamedTuple):
    """A sheet as it stands in the file: the rows that hold something, by number; what is hidden; the ranges of merged cells."""

    rows: dict[int, Row]
    hidden: Hidden
    merged: Sequence[str]


def sheets(file: str, raw: bytes, activities: Collection[str] = ()) -> Iterator[Sheet | Problem]:
    """The sheets that hold figures: those whose first row names one of our columns. The hidden come last: what others state stands.

    A sheet without such a row that gives amounts of the ``activities`` all the same is a Problem. Raises AgreementError where the file cannot be read, or there are none.
    """
    workbook = opened(file, raw)
    worksheets = workbook.book.worksheets
    found = False
    for worksheet in sorted(worksheets, key=lambda sheet: bool(sheet.sheet_state != "visible")):
        try:
            grid = _grid(workbook, worksheet)
        except BROKEN as error:
            found = True  # or not: what it holds is not known
            yield workbook.damaged(worksheet, error)
            continue
        lost = unheaded(worksheet.title, grid.rows, activities) if worksheet.sheet_state == "visible" else None
        head = grid.rows.pop(min(grid.rows), {}) if grid.rows else {}
        if any(meaning(cell.text) in HEADINGS for cell in head.values()):
            found = True
            columns = sorted(head)
            yield Sheet(worksheet.title, [head[column] for column in columns], _rows(grid.rows, columns), grid.hidden)
        elif lost is not None:
            found = True
            yield lost
    if not found:
        held = ", ".join(f"`{cut(worksheet.title)}`" for worksheet in worksheets[:_MOST_NAMED])
        held = f"{held} …" if len(worksheets) > _MOST_NAMED else held or "none"
        text = f"no sheet of the workbook holds figures (it has {held})"
        raise AgreementError.of(
            "figures",
            Place(file),
            text,
            "write `year`, `activity`, `frame` and `actual` in the first row of one (or `år`, `verksamhet`, `ram` and `utfall`)",
        )


def _rows(rows: Mapping[int, Row], columns: Sequence[int]) -> Iterator[Sequence[Field] | Problem]:
    """Each row as its named columns have it; a column that holds something and has no name is refused where it begins."""
    named, nameless = set(columns), set[int]()
    for row in rows.values():
        some = next(iter(row.values())).place
        yield [row.get(column) or Field("", _place(some.file, some.cell.rpartition(", cell ")[0], some.line, column)) for column in columns]
        for column, cell in row.items():
            if column not in named and column not in nameless:
                nameless.add(column)
                yield Problem("figures", cell.place, "this column has no name", "name it in the first row, or take its contents away")


# --- the sheet's XML ---------------------------------------------------------------------------------------------------


def _grid(workbook: Opened, worksheet: Any) -> _Grid:
    """A sheet, read from its XML once: what holds something, and what is hidden."""
    from openpyxl.xml.functions import iterparse

    rows: dict[int, Row] = {}
    hidden: set[int] = set()
    columns: list[tuple[int, int]] = []
    merged: list[str] = []
    stated: list[tuple[int, int]] = []
    filtered = narrow = False
    cells = Cells(worksheet)
    with warnings.catch_warnings(action="ignore"):  # of a date that is none: the cell itself is refused
        held_in: Any = None
        for event, element in iterparse(io.BytesIO(_without_tail(workbook.archive.read(part_of(worksheet)))), events=("start", "end")):
            if event == "start":
                held_in = element if element.tag == f"{_NAMESPACE}sheetData" else held_in
                continue
            match element.tag.split(_NAMESPACE):
                case ["", "row"]:
                    number = cells.begin_row(element.get("r"))
                    if element.get("hidden") in _ON or _is_nothing(element.get("ht")):
                        hidden.add(number)
                    held = list(_cells(workbook, worksheet, cells, element))
                    if held:
                        if number in rows or len(dict(held)) < len(held):
                            raise ValueError("a row or a cell stands in the sheet twice")
                        rows[number] = dict(held)
                    element.clear()
                    if held_in is not None:
                        del held_in[:]  # rows that are read take no room any more, however many there are
                case ["", "sheetFormatPr"]:
                    narrow = _is_nothing(element.get("defaultColWidth"))
                case ["", "col"]:
                    span = (int(element.get("min")), int(element.get("max")))
                    stated.append(span)
                    if element.get("hidden") in _ON or _is_nothing(element.get("width")):
                        columns.append(span)
                case ["", "mergeCell"]:
                    merged.append(element.get("ref"))
                case ["", "filterColumn"]:
                    filtered = True
        if not element.tag.startswith(_NAMESPACE):
            raise ValueError("this is the XML of something else")
    if narrow:  # every column is hidden that the sheet does not speak of
        columns += _between(stated)
    grid = _Grid(dict(sorted(rows.items())), Hidden(worksheet.sheet_state, hidden, columns, filtered), merged)
    _refuse_merged(grid)
    return grid


def _without_tail(xml: bytes) -> bytes:
    """The XML of a sheet without the rows after the last cell that holds something: a million of them may be there for their colour alone."""
    start = _DATA.search(xml)
    if start is None:
        return xml
    prefix, begin = start[1], start.end()
    last = xml.rfind(b"</%bc>" % prefix)
    end = xml.find(b"</%bsheetData>" % prefix, max(last, begin))
    if last >= 0:
        row = b"</%brow>" % prefix
        begin = xml.find(row, last) + len(row)
    return xml[:begin] + xml[end:] if last < begin <= end else xml


def _between(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The columns outside these spans."""
    following = 1
    for first, last in sorted(spans):
        yield following, first - 1
        following = last + 1
    yield following, _LAST_COLUMN


def _is_nothing(size: str | None) -> bool:
    """Whether a height or a width is 0, which hides as well."""
    return size is not None and float(size) == 0


def _cells(workbook: Opened, worksheet: Any, cells: Cells, row: Any) -> Iterator[tuple[int, Field]]:
    """The cells of a row that hold something, each by its column."""
    sheet = f"sheet `{cut(worksheet.title)}`"
    passed = None
    for element in row:
        if len(element) == 0 and element.get("r"):  # styled and empty: there may be very many
            passed = element
            continue
        if passed is not None and not element.get("r"):  # it stands to the right of the one before it
            cells.skip(passed)
        passed = None
        try:
            cell = cells.read(element)
        except BROKEN:
            number, column = cells.spot(element)
            place = _place(workbook.file, sheet, number, column)
            yield column, bad(place, "the cell cannot be read: the workbook is damaged here", "write its number or text anew")
            continue
        if cell.row != cells.row:
            raise ValueError("a cell stands in another row")
        place = _place(workbook.file, sheet, cell.row, cell.column)
        if _uncalculated(element, cell.value, book_waits=workbook.uncalculated):
            remedy = "open and save the workbook in a spreadsheet program, or write the number itself"
            yield cell.column, bad(place, "the formula has no stored value", remedy)
        elif cell.value is not None:
            made = field(place, cell.kind, cell.value, cell.number_format)
            if made.text or made.problem:
                yield cell.column, made


def _uncalculated(element: Any, value: Any, *, book_waits: bool) -> bool:
    """Whether a cell holds a formula whose value nobody has computed: it has none, or the 0 of a book that is yet to be calculated."""
    if element.find(f"{_NAMESPACE}f") is None:
        return False
    if value is None:
        stored = element.find(f"{_NAMESPACE}v")
        return stored is None or element.get("t") != "str"  # else it is the empty text
    return book_waits and value == 0


def _refuse_merged(grid: _Grid) -> None:
    """What stands in merged cells is a figure for several of them, or one that nobody sees."""
    from openpyxl.utils import range_boundaries

    for name in grid.merged:
        left, top, right, bottom = range_boundaries(name)
        numbers = range(top, bottom + 1) if bottom - top < len(grid.rows) else [number for number in grid.rows if top <= number <= bottom]
        for number in numbers:
            row = grid.rows.get(number, {})
            for column, cell in row.items():
                if left <= column <= right:
                    text = f"the cells {name} are merged, so that one figure stands for several"
                    row[column] = bad(cell.place, text, "take them apart, and write each figure in its own cell")


def _place(file: str, sheet: str, row: int, column: int) -> Place:
    from openpyxl.utils import get_column_letter

    return Place(file, row, column, cell=f"{sheet}, cell {get_column_letter(column)}{row}")
