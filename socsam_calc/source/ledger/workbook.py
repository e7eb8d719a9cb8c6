"""Figures from an .xlsx workbook: the values as they are stored, those of formulas included, each with its sheet and cell.

A number becomes the decimal text that stands for it, in the 15 digits that a spreadsheet keeps and shows. What could mean two things
(a date, a percentage, a number shown in thousands, or beside a text that is no unit) is refused.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ...problems import AgreementError, Place, Problem, cut
from .headings import HEADINGS, KINDS, head_of, meaning
from .ledger import Field, Hidden, Sheet
from .stored import BROKEN, Cells, Opened, opened, part_of

_NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA: Final = re.compile(rb"<((?:\w+:)?)sheetData\s*>")
_ON: Final = ("1", "true")
_MOST_NAMED: Final = 12
_LAST_COLUMN: Final = 16_384
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_NUMBER: Final = re.compile(r"[-−]?[0-9][0-9\s]*([.,][0-9]+)?( (öre|kr|tkr|mkr))?")
_WANTED: Final = "`year`, `activity`, `frame` and `actual` in the first row of one (or `år`, `verksamhet`, `ram` and `utfall`)"
_ELSEWHERE: Final = "a sheet that is not to count goes into another workbook"

_DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<symbol>[^]-]*)[^]]*\]|\[(?P<bracket>[^]]*)\]|[_*].|General|Standard|E[+-]|(?P<number>[0#?@])|(?P<plain>.)',
    re.S,
)
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
_UNITS: Final = {"öre": "öre", "kr": "kr", "sek": "kr", ":-": "kr", ",-": "kr", "tkr": "tkr", "mkr": "mkr"}
_CURRENCY: Final = re.compile(r"[€$£¥]|eur|usd|gbp|dkk|nok", re.IGNORECASE)
_BLANK: Final = " \u00a0\u202f.)/'"

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
            cells.read(passed)
        passed = None
        try:
            cell = cells.read(element)
        except BROKEN:
            number, column = cells.spot(element)
            place = _place(workbook.file, sheet, number, column)
            yield column, _bad(place, "the cell cannot be read: the workbook is damaged here", "write its number or text anew")
            continue
        if cell.row != cells.row:
            raise ValueError("a cell stands in another row")
        place = _place(workbook.file, sheet, cell.row, cell.column)
        if _uncalculated(element, cell.value, book_waits=workbook.uncalculated):
            remedy = "open and save the workbook in a spreadsheet program, or write the number itself"
            yield cell.column, _bad(place, "the formula has no stored value", remedy)
        elif cell.value is not None:
            made = _field(place, cell.kind, cell.value, cell.number_format)
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


def _refuse_merged(rows: Mapping[int, Row], merged: Sequence[str]) -> None:
    """What stands in merged cells is a figure for several of them, or one that nobody sees."""
    from openpyxl.utils import range_boundaries

    for name in merged:
        left, top, right, bottom = range_boundaries(name)
        numbers = range(top, bottom + 1) if bottom - top < len(rows) else [number for number in rows if top <= number <= bottom]
        for number in numbers:
            row = rows.get(number, {})
            for column, cell in row.items():
                if left <= column <= right:
                    text = f"the cells {name} are merged, so that one figure stands for several"
                    row[column] = _bad(cell.place, text, "take them apart, and write each figure in its own cell")


def _place(file: str, sheet: str, row: int, column: int) -> Place:
    from openpyxl.utils import get_column_letter

    return Place(file, row, column, cell=f"{sheet}, cell {get_column_letter(column)}{row}")


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


# --- one cell: the text that stands for its value, or what is wrong with it --------------------------------------------


def _field(place: Place, kind: str, value: Any, number_format: str) -> Field:
    """The field of a cell that holds ``value``; ``kind`` is `e` for an error."""
    match value:
        case _ if kind == "e":
            return _bad(place, f"the cell holds the error {cut(str(value))}", "mend the formula")
        case bool():
            return _bad(place, f"the cell holds {str(value).upper()}", "write a number or a text")
        case str():
            hides = value.strip() and number_format.count(";") == 3 and number_format.endswith(";")
            return _unshown(place, cut(value.strip())) if hides else Field(value.strip(), place)
        case int() | float():
            return _number(place, value, number_format)
        case _:
            return _bad(place, f"the cell holds a date or a time ({value})", "write a number, and set the cell's format to a number")


def _unshown(place: Place, text: str) -> Field:
    return _bad(place, f"the cell's format hides what it holds: {text}", "set its format to a number, or take it away")


def _bad(place: Place, text: str, remedy: str) -> Field:
    """A field that is refused."""
    return Field("", place, Problem("figures", place, text, remedy))


def _number(place: Place, value: int | float, number_format: str) -> Field:
    """A number as the decimal text that stands for it, with a decimal comma: a comma is never taken for thousands."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return _bad(place, f"the cell holds {value}", "write a number")
    if len(exact.normalize().as_tuple().digits) > _DIGITS:  # a sum of 0,1 and 0,2: what is beyond these digits no spreadsheet shows
        exact = Decimal(f"{value:.{_DIGITS}g}")
    text = format(exact.normalize(), "f").replace(".", ",")
    section = _section(number_format, value)
    if value and number_format and not any(token["number"] or token[0] in ("General", "Standard") for token in section):
        return _unshown(place, text)
    if any(token["plain"] == "%" for token in section):
        return _bad(place, f"the cell is shown in percent, and holds {text}", "set its format to a number")
    if _THOUSANDS.search("".join(token[0] for token in section if token["number"] or token["plain"] in (".", ","))):
        return _bad(place, f"the cell is shown in thousands or millions, and holds {text}", "set its format to a plain number")
    field = Field(f"{text}0" if len(text.partition(",")[2]) == 3 else text, place)  # three decimals might be thousands, were they written
    return _in_unit(field, _beside(section, value)) if value else field


def _section(number_format: str, value: float) -> list[re.Match[str]]:
    """The part of a number format that this number is shown by."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["plain"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    if any((token["bracket"] or " ")[0] in "<>=" for one in sections for token in one):  # which of them it is, a condition says
        return [token for one in sections[:3] for token in one]
    which = 1 if value < 0 else 2 if value == 0 else 0
    return sections[which if which < len(sections) else 0]


def _beside(section: Sequence[re.Match[str]], value: float) -> list[str]:
    """The texts that a part of a number format shows beside the number."""
    texts = [""]  # before, between and after its digits
    for token in section:
        if token["number"]:
            texts.append("")
        plain = token["plain"] if token["plain"] not in (".", ",", "%") else ""
        texts[-1] += token["quoted"] or token["escaped"] or token["symbol"] or plain or ""
    if value < 0:  # its minus, or the brackets that stand for one
        texts = [one.replace("(", "").replace(")", "") if one.strip(_BLANK) in ("(", ")") else one.lstrip("-−–") for one in texts]
    return [one for one in texts if one.strip(_BLANK)]


def _in_unit(field: Field, beside: Sequence[str]) -> Field:
    """The number with the unit that its cell shows beside it, as a text cell would state it; anything else beside it is refused."""
    texts = [text.strip(_BLANK) for text in beside]
    if other := next(filter(_CURRENCY.fullmatch, texts), None):
        return _bad(field.place, f"the cell is shown in {other}, and holds {field.text}", "write the amount in kronor, and set its format")
    units = {_UNITS.get(text.lower(), "") for text in texts}
    if "" in units:
        strange = next(text for text in texts if text.lower() not in _UNITS)
        text = f"the cell shows `{cut(strange)}` beside its number, and holds {field.text}"
        return _bad(field.place, text, "set its format to a plain number, or to one with kr, tkr or mkr")
    if len(units) > 1:
        return _bad(field.place, f"the cell's format names several units, and it holds {field.text}", "set its format to a plain number")
    return field._replace(text=f"{field.text} {units.pop()}") if units else field
