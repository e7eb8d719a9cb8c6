"""A workbook as data, and written as .xlsx: sheets of typed cells, sums as live formulas that give the figures beside them.

Text is only ever written as text, so that no name can become a formula. A formula is held against its figure before it is written.
"""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, assert_never

from ...amounts import DASH
from ...problems import OutputError
from .grid import Amount, Area, Piece, Row, Said, Sheet, Span, Spot, Terms, Written

DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767
_LONGEST_PIECE: Final = 200  # a text in a formula has 255 characters at most, quotation marks counted twice
_WIDEST: Final = 70
_LINE_HEIGHT: Final = 15
_HEADING_LINE: Final = 19
_HEADING_WIDER: Final = 1.5  # letters of 14 points, bold, against those that columns are measured in
_HIGHEST: Final = 408  # what a row may have
_PRINTED: Final = 1026  # pixels between the margins of a lying A4
_PIXELS, _GAP = 9, 5  # what a character of a column takes, and a column beside them; 7 where the font is there that spreadsheets want
_SMALLEST: Final = 65  # per cent: letters of 11 points are then above 7
_HEAD: Final = 1  # the row of the column titles, from 0; the heading stands above it
_HEADS: Final = {"bottom": 1, "text_wrap": True, "valign": "bottom"}
_ENTERED: Final = {"bg_color": "#fff8dc", "font_color": "#0b3d91"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "heading": {"font_size": 14},
    "heading in lines": {"font_size": 14, "text_wrap": True},
    "head": {**_HEADS, "align": "left"},
    "number head": {**_HEADS, "align": "right"},
    "text": {"text_wrap": True},
    "year": {"num_format": "0", "align": "left"},
    "unknown": {"align": "right"},
    "signed": {"font_color": "#1a7f37"},  # a gain; the number's format has the colours of the rest
    "entered": _ENTERED,
    "entered units": _ENTERED,
    "check": {"align": "left"},
}
_ALARM: Final = {"bg_color": "#b3261e", "font_color": "#ffffff", "bold": True}
_RED: Final = {"font_color": "#b3261e", "bold": True}  # of a text that runs on over cells beside its own: white letters would be lost there
_CALM: Final = {"font_color": "#1a7f37"}
_BELOW_A_LINE: Final = ("text", "year", "unknown", "plain", "signed")  # what stands in a row of sums
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # shown as on a terminal
_UNWRITABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")  # XML has no way to hold them


def xlsx(sheets: Sequence[Sheet], title: str, names: Mapping[str, Spot] | None = None, finest: int = 0) -> bytes:
    """The workbook's bytes, the same for the same sheets. ``names`` are defined for cells; sums keep ``finest`` decimals at least.

    Raises OutputError when XlsxWriter is missing, or something is larger than a spreadsheet holds: a number of more than 15 digits
    would not stay exact, so it is refused, not rounded.
    """

    def fill(book: Any) -> None:
        writer = _Writer(book, sheets, _text(title), finest)
        for sheet in sheets:
            writer.write(sheet)
        for name, spot in (names or {}).items():
            book.define_name(name, f"={writer.absolute(spot)}")

    return book_of(_text(title), fill)


def book_of(title: str, fill: Callable[[Any], None]) -> bytes:
    """The bytes of a workbook of XlsxWriter, with the sheets that ``fill`` adds to it. Raises OutputError when that library is missing."""
    try:
        import xlsxwriter
    except ImportError:
        raise OutputError("writing a workbook needs XlsxWriter\n   pip install 'socsam-calc[excel]'") from None
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # the same settlement gives the same bytes: the date is the one that the zip entries carry, not today's
    book.set_properties({"title": title, "created": datetime.datetime(1980, 1, 1)})
    fill(book)
    book.close()
    return raw.getvalue()


def set_up(page: Any, title: str, sheet: Sheet, widths: Sequence[int]) -> None:
    """Make a sheet ready to be printed: on A4, each page with what it is about, file name and date, never smaller than can be read.

    ``widths`` are those of the columns, in characters. What is too wide for that goes on more pages, each with the columns kept, and with the
    sheet's heading above: in its cell it would be cut where these end.
    """
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    page.repeat_rows(0, _HEAD)
    page.set_footer("&L&F&C&D&R&P / &N")
    if _on_one_page(widths):
        page.set_header(_header(title))
        page.fit_to_pages(1, 0)
        return
    page.set_header(_header(sheet.heading))
    page.set_print_scale(_SMALLEST)
    if sheet.kept and _on_one_page([*widths[: sheet.kept]] * 2):
        page.repeat_columns(0, sheet.kept - 1)
    if sheet.warned is None and sheet.rows:  # what turns red is printed
        page.repeat_rows(_HEAD, _HEAD)
        page.print_area(_HEAD, 0, _line(len(sheet.rows) - 1, sheet.rows[-1]), len(widths) - 1)


def _on_one_page(widths: Sequence[int]) -> bool:
    """Whether columns so wide stand side by side on a page and can be read."""
    return sum(_PIXELS * width + _GAP for width in widths) * _SMALLEST <= _PRINTED * 100


def _header(text: str) -> str:
    """A page's header: a text, and the sheet's name. An ampersand is written twice, and never cut in half."""
    text = _text(text).replace("&", "&&")[:_LONGEST_PIECE]
    return f"&L{text[: len(text) - text.count('&') % 2]}&R&A"


class _Writer:
    """Writes sheets into a workbook, all amounts with the same number of decimals."""

    def __init__(self, book: Any, sheets: Sequence[Sheet], title: str, finest: int) -> None:
        self.book, self.title = book, title
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.places = {sheet.name: {column.key: number for number, column in enumerate(sheet.columns)} for sheet in sheets}
        kinds = {(sheet.name, column.key): column.kind for sheet in sheets for column in sheet.columns}
        amounts = [
            cell.value
            for sheet in sheets
            for row in sheet.rows
            for key, cell in row.cells.items()
            if isinstance(cell, Amount) and (cell.kind or kinds[sheet.name, key]) in ("plain", "signed", "text")
        ]
        self.decimals = max((_decimals(amount) for amount in amounts if amount is not None), default=0)
        self.kept_decimals = max(self.decimals, finest)
        digits = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        self.number = {
            "units": '#,##0;"−"#,##0',
            "entered units": '#,##0;"−"#,##0',
            "check": "0",
            "plain": f'{digits};"−"{digits}',
            "signed": f'"+"{digits};[Red]"−"{digits};[Black]{digits}',
        }
        self.formats: dict[tuple[str, bool, str], Any] = {}
        self.own_decimals = {sheet.name: _own_decimals(sheet) for sheet in sheets}

    def write(self, sheet: Sheet) -> None:
        if len(sheet.rows) + _HEAD + 1 > MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
            raise OutputError(f"the sheet `{sheet.name}` has more rows or columns than a spreadsheet holds\n   take fewer files at a time")
        page = self.book.add_worksheet(sheet.name)
        page.freeze_panes(_HEAD + 1, sheet.kept)
        widths, looks = list[int](), self._heads(sheet)
        for number, column in enumerate(sheet.columns):
            page.write_string(_HEAD, number, _text(column.title), looks[number])
            texts = [self._write(page, sheet, line, number, row) for line, row in enumerate(sheet.rows)]
            widths.append(max(map(len, [column.title, *texts])))
        widths = [min(width, _WIDEST) + 2 for width in widths]
        for number, width in enumerate(widths):
            page.set_column(number, number, width)
        self._write_heading(page, sheet, widths)
        set_up(page, self.title, sheet, widths)
        self._make_table(page, sheet)
        for number, column in enumerate(sheet.columns):
            if column.kind == "check" and sheet.rows:
                for criteria, colours in ((">", _ALARM), ("=", _CALM)):
                    look = {"type": "cell", "criteria": criteria, "value": 0, "format": self.book.add_format(colours)}
                    page.conditional_format(_HEAD + 1, number, _HEAD + len(sheet.rows), number, look)
        for line, row in enumerate(sheet.rows):
            lines = max((_lines(cell) for cell in row.cells.values() if isinstance(cell, str)), default=1)
            if lines > 1:  # not every program makes room for what is wrapped
                page.set_row(_line(line, row), min(_LINE_HEIGHT * lines, _HIGHEST))

    def _make_table(self, page: Any, sheet: Sheet) -> None:
        """The rows as a table of the spreadsheet's; with a filter alone where two of its columns have the same title, which no table may."""
        last = _HEAD + sum(not row.total for row in sheet.rows)
        titles = [_text(column.title) for column in sheet.columns]
        if last == _HEAD:
            return
        if len({title.casefold() for title in titles}) < len(titles) or not all(titles):
            page.autofilter(_HEAD, 0, last, len(titles) - 1)
            return
        heads = [{"header": title, "header_format": look} for title, look in zip(titles, self._heads(sheet), strict=True)]
        name = re.sub(r"\W", "_", f"Table_{sheet.name}")
        page.add_table(_HEAD, 0, last, len(titles) - 1, {"columns": heads, "name": name, "style": "Table Style Light 1"})

    def _heads(self, sheet: Sheet) -> list[Any]:
        """How the title of each column looks."""
        kinds = [
            "number head" if column.kind != "text" else "head after" if self._after_number(sheet, number) else "head"
            for number, column in enumerate(sheet.columns)
        ]
        return [self._format(kind, True) for kind in kinds]

    def _write_heading(self, page: Any, sheet: Sheet, widths: Sequence[int]) -> None:
        """Write the heading. One that can turn red, of a sheet on several pages, has the columns kept to itself, and there as many lines as it takes."""
        look = self._format("heading", True)
        if sheet.warned is None:
            page.write_string(0, 0, _text(sheet.heading), look)
            return
        spots, warning = sheet.warned
        found = "+".join(self.absolute(spot) for spot in spots)
        longest = f"{sheet.heading} {warning}"
        plain, warned = (quoted(_text(text)) for text in (sheet.heading, longest))
        if not _on_one_page(widths):
            look = self._format("heading in lines", True)
            if sheet.kept > 1:
                page.merge_range(0, 0, 0, sheet.kept - 1, "", look)
            lines = math.ceil(len(longest) * _HEADING_WIDER / sum(widths[: max(sheet.kept, 1)]))
            page.set_row(0, min(_HEADING_LINE * lines, _HIGHEST))
        page.write_formula(0, 0, f"=IF(({found})=0,{plain},{warned})", look, _text(sheet.heading))
        page.conditional_format(0, 0, 0, 0, {"type": "formula", "criteria": f"=({found})<>0", "format": self.book.add_format(_RED)})

    def _after_number(self, sheet: Sheet, number: int) -> bool:
        """Whether a text stands at the right of a number, and needs a gap between."""
        return number > 0 and sheet.columns[number - 1].kind != "text"

    def _write(self, page: Any, sheet: Sheet, line: int, number: int, held: Row) -> str:
        """Write one cell; its text, as wide as it will be shown."""
        row, total, column = _line(line, held), held.total, sheet.columns[number]
        after = " after" if self._after_number(sheet, number) else ""
        match cell := held.cells.get(column.key):
            case None:
                if total:
                    page.write_blank(row, number, None, self._format("text", total))  # the line above the sums has no gap
                return ""
            case str():
                text = _text(cell)
                page.write_string(row, number, text, self._format(f"text{after}", total))
                return max(text.split("\n"), key=len)
            case Said(text, formula):
                page.write_formula(row, number, self._written(sheet, formula), self._format(f"text{after}", total), _text(text))
                return text
            case bool():
                page.write_boolean(row, number, cell, self._format("text", total))
                return str(cell)
            case int():
                page.write_number(row, number, cell, self._format(f"year{after}", total))
                return str(cell)
            case Amount(value, _, kind):
                if value is None:
                    page.write_string(row, number, DASH, self._format("unknown", total))
                    return DASH
                exact = (kind or column.kind) in ("exact", "entered")
                decimals = self.own_decimals[sheet.name][column.key] if exact else self.decimals
                look = self._format(kind or column.kind, total, _digits(decimals) if exact else "")
                self._write_amount(page, row, number, value, self._formula(sheet, cell), look)
                return f"{value:+,.{decimals}f}"
            case _:
                assert_never(cell)

    def _write_amount(self, page: Any, row: int, number: int, value: Decimal, formula: str | None, look: Any) -> None:
        if len(value.normalize().as_tuple().digits) > DIGITS:
            raise OutputError(
                f"{value} has more than the {DIGITS} digits that a spreadsheet keeps\n   write .json or .csv, which are exact, or round in the agreement"
            )
        if formula is None:
            page.write_number(row, number, value, look)
        else:
            page.write_formula(row, number, formula, look, float(value))

    def _formula(self, sheet: Sheet, cell: Amount) -> str | None:
        """The cell's formula; None where there is none, or where not all that enters it is known."""
        positive = False
        match formula := cell.formula:
            case None:
                return None
            case Terms(cells):
                terms = list(cells)
                text = "".join(f"{'+' if sign > 0 else '-'}{self._name(sheet, spot)}" for sign, spot in cells).removeprefix("+")
            case Written():
                return self._written(sheet, formula)
            case Span(first, last, positive):
                rows = self.sheets[first.sheet].rows
                terms = [(1, first._replace(row=row)) for row in range(first.row, last + 1) if first.column in rows[row].cells]
                span = f"{self._name(sheet, first)}:{self._cell(first._replace(row=last))}"
                text = f'SUMIF({span},">0")' if positive else f"SUM({span})"
            case _:
                assert_never(formula)
        values = [(sign, self._value(spot)) for sign, spot in terms]
        known = [sign * value for sign, value in values if value is not None]
        if not values or len(known) < len(values):
            return None
        computed = sum((value for value in known if value > 0 or not positive), Decimal(0))
        if computed != cell.value:
            raise AssertionError(f"{formula} gives {computed}, not {cell.value}")
        # binary sums of decimals stray in the sixteenth digit; rounded, they are the figure itself again
        return f"=ROUND({text},{self.kept_decimals})" if self.kept_decimals else f"={text}"

    def _written(self, sheet: Sheet, formula: Written) -> str:
        return "=" + "".join(self._piece(sheet, piece) for piece in formula.pieces)

    def _piece(self, sheet: Sheet, piece: Piece) -> str:
        match piece:
            case str():
                return piece
            case Spot():
                return self._name(sheet, piece)
            case Area(first, last):
                return f"{self._name(sheet, first)}:{self._cell(first._replace(row=last))}"
            case _:
                assert_never(piece)

    def absolute(self, spot: Spot) -> str:
        """A cell's name that stays the same wherever it is copied to."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        place = xl_rowcol_to_cell(*self._place(spot), row_abs=True, col_abs=True)
        return f"'{spot.sheet}'!{place}"

    def _place(self, spot: Spot) -> tuple[int, int]:
        """Row and column of a cell, from 0."""
        return _line(spot.row, self.sheets[spot.sheet].rows[spot.row]), self.places[spot.sheet][spot.column]

    def _value(self, spot: Spot) -> Decimal | None:
        cell = self.sheets[spot.sheet].rows[spot.row].cells.get(spot.column)
        return cell.value if isinstance(cell, Amount) else None

    def _name(self, sheet: Sheet, spot: Spot) -> str:
        """A cell's name as a formula of this sheet has it."""
        return self._cell(spot) if spot.sheet == sheet.name else f"'{spot.sheet}'!{self._cell(spot)}"

    def _cell(self, spot: Spot) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(*self._place(spot)))

    def _format(self, kind: str, strong: bool, digits: str = "") -> Any:
        """The look of a kind of cell, ` after` it for one that stands at the right of a number; ``digits`` is how an exact number is written."""
        key = kind, strong, digits
        if key not in self.formats:
            name = kind.removesuffix(" after")
            looks = {"bold": strong, "valign": "top", **_LOOKS.get(name, {})}
            if digits or name in self.number:
                looks["num_format"] = f'{digits};"−"{digits}' if digits else self.number[name]
            if name != kind:
                looks |= {"indent": 1, "align": "left"}
            if strong and name in _BELOW_A_LINE and not digits:
                looks["top"] = 1
            self.formats[key] = self.book.add_format(looks)
        return self.formats[key]


def _line(number: int, row: Row) -> int:
    """Where a row stands on its sheet, from 0: sums have an empty row above them."""
    return number + _HEAD + 1 + row.total


def quoted(text: str) -> str:
    """A text inside a formula, in pieces of what a formula takes of one."""
    pieces = [text[start : start + _LONGEST_PIECE] for start in range(0, len(text), _LONGEST_PIECE)]
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces) or '""'


def _lines(text: str) -> int:
    """How many lines a text takes in its column, when words are not broken."""
    return sum(1 if len(line) <= _WIDEST else math.ceil(len(line) * 1.05 / (_WIDEST + 2)) for line in _text(text).split("\n"))


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _own_decimals(sheet: Sheet) -> dict[str, int]:
    """How many decimals the numbers of each column need."""
    found: dict[str, int] = {}
    for row in sheet.rows:
        for key, cell in row.cells.items():
            if isinstance(cell, Amount) and cell.value is not None:
                found[key] = max(found.get(key, 0), _decimals(cell.value))
    return found


def _digits(decimals: int) -> str:
    """Amounts have all their decimals below each other, öre or none; a share has only its own, or there would be many zeros."""
    if decimals <= 2:
        return "#,##0" + (".00" if decimals else "")
    return "#,##0.0" + "#" * (decimals - 1)


def _text(text: str) -> str:
    """A text as a cell can hold it."""
    text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
