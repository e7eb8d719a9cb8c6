"""Figures from an .xlsx workbook: the values as they are stored, those of formulas included, each with its sheet and cell."""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from ...problems import AgreementError, Place, Problem, cut
from .cell import bad, field_of
from .headings import HEADINGS, KINDS, head_of, meaning
from .ledger import Field, Hidden, Sheet
from .stored import BROKEN, Cells, Opened, opened, part_of

_NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA: Final = re.compile(rb"<((?:\w+:)?)sheetData\s*>")
_OF_CELLS: Final = frozenset(f"{_NAMESPACE}{name}" for name in ("c", "v", "f", "is", "t"))
"""What stands in a row is read when the row is whole."""

_FORMULA: Final = f"{_NAMESPACE}f"
_ON: Final = ("1", "true")
_MOST_NAMED: Final = 12
_LAST_COLUMN: Final = 16_384
_LOW: Final = 2.0
"""Points; of a lower row nothing can be read, and there is hardly a line to be seen."""
_NARROW: Final = 0.5
"""Letters; of a narrower column nothing can be read."""
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_NUMBER: Final = re.compile(r"[-−]?[0-9][0-9\s]*([.,][0-9]+)?( (öre|kr|tkr|mkr))?")
_WANTED: Final = "`year`, `activity`, `frame` and `actual` in the first row of one (or `år`, `verksamhet`, `ram` and `utfall`)"
_ELSEWHERE: Final = "a sheet that is not to count goes into another workbook"

Row = dict[int, Field]
"""The cells of a row that hold something, by column."""


def sheets(
    file: str, raw: bytes, activities: Collection[str] = (), headings: Collection[str] = HEADINGS, wanted: str = _WANTED
) -> Iterator[Sheet | Problem]:
    """The sheets that hold figures: those whose first row names one of the ``headings``. The hidden come last: what others state stands.

    A sheet without such a row that gives amounts of the ``activities`` all the same is a Problem. Raises AgreementError where the file cannot be read, or there are none.
    """
    workbook = opened(file, raw)
    worksheets = workbook.book.worksheets
    found = False
    for worksheet in sorted(worksheets, key=lambda sheet: bool(sheet.sheet_state != "visible")):
        try:
            rows, hidden = _grid(workbook, worksheet)
        except BROKEN as error:
            found = True  # or not: what it holds is not known
            yield workbook.damaged(worksheet, error)
            continue
        lost = _unheaded(worksheet.title, rows, activities) if worksheet.sheet_state == "visible" else None
        head = rows.pop(min(rows), {}) if rows else {}
        if any(head_of(cell.text)[0] in headings for cell in head.values()):
            found = True
            columns = sorted(head)
            yield Sheet(worksheet.title, [head[column] for column in columns], _rows(rows, columns), hidden)
        elif lost is not None:
            found = True
            yield lost
    if not found:
        held = ", ".join(f"`{cut(worksheet.title)}`" for worksheet in worksheets[:_MOST_NAMED])
        held = f"{held} …" if len(worksheets) > _MOST_NAMED else held or "none"
        raise AgreementError.of(
            "figures",
            Place(file),
            f"no sheet of the workbook holds figures (it has {held})",
            f"write {wanted}",
        )


def tables(file: str, raw: bytes, named: Callable[[str], bool], largest: int) -> Iterator[Sheet | Problem]:
    """The sheets of any other workbook whose first row has a heading that is ``named``; a Problem for one that cannot be read.

    Raises AgreementError where the file cannot be read, or is larger than ``largest`` bytes.
    """
    workbook = opened(file, raw, largest)
    for worksheet in workbook.book.worksheets:
        try:
            rows, hidden = _grid(workbook, worksheet)
        except BROKEN as error:
            yield workbook.damaged(worksheet, error)
            continue
        head = rows.pop(min(rows), {}) if rows else {}
        if any(named(cell.text) for cell in head.values()):
            columns = sorted(head)
            yield Sheet(worksheet.title, [head[column] for column in columns], _rows(rows, columns), hidden)


def _rows(rows: Mapping[int, Row], columns: Sequence[int]) -> Iterator[Sequence[Field] | Problem]:
    """Each row as its named columns have it; a column that holds something and has no name is refused where it begins."""
    named = set(columns)
    for row in rows.values():
        some = next(iter(row.values())).place
        yield [row.get(column) or Field("", _place(some.file, some.cell.rpartition(", cell ")[0], some.line, column)) for column in columns]
        for column, cell in row.items():
            if column not in named:
                named.add(column)
                yield Problem("figures", cell.place, "this column has no name", "name it in the first row, or take its contents away")


# --- the sheet's XML ---------------------------------------------------------------------------------------------------


def _grid(workbook: Opened, worksheet: Any) -> tuple[dict[int, Row], Hidden]:
    """A sheet, read from its XML once: the rows that hold something, by number, and what is hidden."""
    from openpyxl.xml.functions import iterparse

    rows: dict[int, Row] = {}
    hidden: set[int] = set()
    columns: list[tuple[int, int]] = []
    merged: list[str] = []
    stated: list[tuple[int, int]] = []
    filtered = narrow = False
    usual = None
    cells = Cells(worksheet)
    with warnings.catch_warnings(action="ignore"):  # of a date that is none: the cell itself is refused
        held_in: Any = None
        for event, element in iterparse(io.BytesIO(_without_tail(workbook.archive.read(part_of(worksheet)))), events=("start", "end")):
            tag = element.tag
            if tag in _OF_CELLS:
                continue
            if event == "start":
                held_in = element if tag == f"{_NAMESPACE}sheetData" else held_in
                continue
            match tag.split(_NAMESPACE):
                case ["", "row"]:
                    workbook.meet(element)
                    number = cells.begin_row(element.get("r"))
                    if element.get("hidden") in _ON or _is_nothing(element.get("ht", usual), _LOW):
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
                    narrow = _is_nothing(element.get("defaultColWidth"), _NARROW)
                    usual = element.get("defaultRowHeight") if element.get("customHeight") in _ON else None
                case ["", "col"]:
                    span = (int(element.get("min")), int(element.get("max")))
                    stated.append(span)
                    if element.get("hidden") in _ON or _is_nothing(element.get("width"), _NARROW):
                        columns.append(span)
                case ["", "mergeCell"]:
                    merged.append(element.get("ref"))
                case ["", "filterColumn"]:
                    filtered = True
        if not element.tag.startswith(_NAMESPACE):
            raise ValueError("this is the XML of something else")
    if narrow:  # every column is hidden that the sheet does not speak of
        columns += _between(stated)
    _refuse_merged(rows, merged)
    return dict(sorted(rows.items())), Hidden(worksheet.sheet_state, hidden, columns, filtered)


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


def _is_nothing(size: str | None, least: float) -> bool:
    """Whether a height or a width is 0, or so small that nothing can be read there, which hides as well."""
    return size is not None and float(size) < least


def _cells(workbook: Opened, worksheet: Any, cells: Cells, row: Any) -> Iterator[tuple[int, Field]]:
    """The cells of a row that hold something, each by its column."""
    sheet = f"sheet `{cut(worksheet.title)}`"
    passed = None
    for element in row:
        if len(element) == 0 and element.get("r"):  # styled and empty: there may be very many
            passed = element
            continue
        if passed is not None and not element.get("r"):  # it stands to the right of the one before it
            cells.read(passed)
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
            made = field_of(place, cell.kind, cell.value, cell.number_format)
            if made.text or made.problem:
                yield cell.column, made


def _uncalculated(element: Any, value: Any, *, book_waits: bool) -> bool:
    """Whether a cell holds a formula whose value nobody has computed: it has none, or the 0 of a book that is yet to be calculated."""
    if element.find(_FORMULA) is None:
        return False
    if value is None:
        stored = element.find(f"{_NAMESPACE}v")
        return stored is None or element.get("t") != "str"  # else it is the empty text
    return book_waits and value == 0


def _refuse_merged(rows: Mapping[int, Row], merged: Sequence[str]) -> None:
    """What stands in merged cells is a figure for several of them, or one that nobody sees."""
    from openpyxl.utils import range_boundaries

    numbers = sorted(rows)
    for name in merged:
        left, top, right, bottom = range_boundaries(name)
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            row = rows[number]
            for column, cell in row.items():
                if left <= column <= right:
                    text = f"the cells {name} are merged, so that one figure stands for several"
                    row[column] = bad(cell.place, text, "take them apart, and write each figure in its own cell")


def _place(file: str, sheet: str, row: int, column: int) -> Place:
    return Place(file, row, column, cell=f"{sheet}, cell {_letters(column)}{row}")


@cache
def _letters(column: int) -> str:
    """The name of a column: there are 16 384, and millions of cells."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _unheaded(title: str, rows: Mapping[int, Mapping[int, Field]], activities: Collection[str]) -> Problem | None:
    """What is wrong with a sheet that names activities of the agreement beside numbers, as figures do; None for any other sheet.

    ``rows`` are those that hold something, in their order.
    """
    told = [[cell.text for cell in row.values()] for row in rows.values()]
    if not any(text in activities for texts in told for text in texts):
        return None
    amounts = meaning(title) in KINDS or _YEAR.fullmatch(title.strip()) is not None  # the sheet's own name says which amounts these are
    for (number, row), texts in zip(rows.items(), told, strict=True):
        place = next(iter(row.values())).place
        named = {head_of(text)[0] for text in texts} & HEADINGS
        dated = [text for text in texts if _YEAR.fullmatch(text)]
        if len(named) > 1 or (named and dated):
            text = f"the columns are named in row {number}, and the first row names none"
            return Problem("figures", place, text, f"take away what stands above them; {_ELSEWHERE}")
        if not any(text in activities for text in texts):
            spoken = {meaning(word) for text in texts for word in re.findall(r"\w+", text)}
            amounts = amounts or bool(dated) or not spoken.isdisjoint(KINDS)  # a row of years, or headings such as `Ram 1998`
            continue
        numbers = [text for text in texts if _NUMBER.fullmatch(text)]
        if numbers and (amounts or len(numbers) > len(dated) > 0):
            text = "an activity stands here with amounts, but the first row of the sheet does not name its columns"
            wanted = "write `year`, `activity`, `frame` and `actual` there (or `år`, `verksamhet`, `ram` and `utfall`)"
            return Problem("figures", place, text, f"{wanted}; {_ELSEWHERE}")
    return None
