"""What one cell of a workbook comes to, by its value and its number format; and which sheets hold figures that would be passed over."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from socsam_calc.problems import AgreementError, Place, Problem
from socsam_calc.source.ledger import stored
from socsam_calc.source.ledger.cell import field_of
from socsam_calc.source.ledger.ledger import Field
from socsam_calc.source.ledger.workbook import _between, _is_nothing, _uncalculated, _unheaded, _without_tail, sheets, tables

AT = Place("book.xlsx", 2, 3, cell="sheet `s`, cell C2")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (5, "General", "5"), (5, "", "5"), (5, "Standard", "5"), (5, "@", "5"), (-5, "General", "-5"), (0, "General", "0"),
        (1.5, "0.0", "1,5"),
        (1.125, "0.000", "1,1250"),  # three decimals, so that no comma is taken for one of thousands
        (1.12, "0.00", "1,12"), (1.1234, "0.0", "1,1234"),
        (0.1 + 0.2, "0.0", "0,3"),  # what is beyond fifteen digits no spreadsheet shows
        (123_456_789_012_345, "0", "123456789012345"), (1_234_567_890_123_456, "0", "1234567890123460"), (1e20, "0", "100000000000000000000"),
        (5, "0E+00", "5"), (5, "[Red]0", "5"), (5, "0_-", "5"), (5, "0*x", "5"), (5, "#,##0", "5"), (5, "0,0", "5"),
        # the unit beside it: quoted, escaped, as a currency, in letters; with a point, in capitals
        (5, '0" kr"', "5 kr"), (5, r"\k\r 0", "5 kr"), (5, "[$kr-41D] 0", "5 kr"), (5, "SEK 0", "5 kr"), (5, '0 "kr."', "5 kr"),
        (5, '0" Tkr"', "5 tkr"), (5, '0" mkr"', "5 mkr"), (5, '0" öre"', "5 öre"), (5, '0":-"', "5 kr"), (5, '0",-"', "5 kr"),
        # of several parts the one of its sign; the minus or the brackets of a negative one are no texts
        (-5, "0;(0)", "-5"), (-5, "0;-0", "-5"), (-5, '0 "kr";(0 "tkr")', "-5 tkr"), (-5, '0" kr";-0" tkr"', "-5 tkr"), (-5, '-0 "kr"', "-5 kr"),
        (5, '0 "kr";0 %', "5 kr"), (0, '0" kr";-0" kr";0" euro"', "0"), (0, "0;-0;0", "0"), (0, "0;0 %", "0"),
        (0.5, '0.0 "kr";-0.0 "tkr";0.0 "mkr"', "0,5 kr"), (1, '0 "kr";-0 "tkr";0 "mkr"', "1 kr"), (-0.5, '0.0 "kr";-0.0 "tkr";0.0 "mkr"', "-0,5 tkr"),
        (5, '[>100]0;0;0;0 %', "5"),  # a fourth part is for texts
    ],
)  # fmt: skip
def test_a_number_is_what_its_cell_shows(value: float, number_format: str, text: str) -> None:
    assert field_of(AT, "n", value, number_format) == Field(text, AT)


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (5, "0 %", "the cell is shown in percent, and holds 5"),
        (0, "0 %;-0", "the cell is shown in percent, and holds 0"),
        (0, "0;-0;0 %", "the cell is shown in percent, and holds 0"),
        (-5, "0;0 %", "the cell is shown in percent, and holds -5"),
        (5, "[>100]0 %;0", "the cell is shown in percent, and holds 5"),  # by which part, a condition says
        (5, "[<=1]0;0 %;0", "the cell is shown in percent, and holds 5"),
        (5, "0,", "the cell is shown in thousands or millions, and holds 5"),
        (5, "0.0,", "the cell is shown in thousands or millions, and holds 5"),
        (5, '0,,"mkr"', "the cell is shown in thousands or millions, and holds 5"),
        (5, ";;;", "the cell's format hides what it holds: 5"),
        (5, '"x"', "the cell's format hides what it holds: 5"),
        (-5, "0;;0", "the cell's format hides what it holds: -5"),
        (5, "[$€-2] 0", "the cell is shown in €, and holds 5"),
        (5, "[$USD] 0", "the cell is shown in USD, and holds 5"),
        (5, '0" stycken"', "the cell shows `stycken` beside its number, and holds 5"),
        (-5, '0;"x"0', "the cell shows `x` beside its number, and holds -5"),
        (5, '"kr" 0 "tkr"', "the cell's format names several units, and it holds 5"),
        (float("inf"), "0", "the cell holds inf"),
    ],
)  # fmt: skip
def test_a_number_that_could_mean_something_else_is_refused(value: float, number_format: str, said: str) -> None:
    field = field_of(AT, "n", value, number_format)
    assert field.text == "" and field.place == AT
    assert field.problem is not None and (field.problem.text, field.problem.place) == (said, AT)


@pytest.mark.parametrize(
    ("kind", "value", "number_format", "text", "said"),
    [
        ("s", "  text ", "General", "text", ""),
        ("s", "text", "0;0;0;@", "text", ""),
        ("s", "text", ";;;", "", "the cell's format hides what it holds: text"),
        ("s", "text", "0;0;", "text", ""),
        ("s", "   ", ";;;", "", ""),
        ("n", 5, "0", "5", ""),
        ("e", "#REF!", "0", "", "the cell holds the error #REF!"),
        ("b", True, "0", "", "the cell holds TRUE"),
        ("d", Place, "0", "", "the cell holds a date or a time (<class 'socsam_calc.problems.Place'>)"),
    ],
)
def test_a_cell_is_a_text_a_number_or_refused(kind: str, value: object, number_format: str, text: str, said: str) -> None:
    field = field_of(AT, kind, value, number_format)
    assert field.text == text and (field.problem.text if field.problem is not None else "") == said


@pytest.mark.parametrize(
    ("title", "rows", "said"),
    [
        ("blad", [["sjuk", "100"]], ""),  # a list of something: nothing says that it is an amount
        ("blad", [["annat", "100"], ["1998", "5"]], ""),
        ("Ram", [["sjuk", "100"]], "1: an activity stands here with amounts"),
        ("ram", [["sjuk", "text"]], ""),
        ("1998", [["sjuk", "1 100,5 tkr"]], "1: an activity stands here with amounts"),
        (" 1998 ", [["sjuk", "100"]], "1: an activity stands here with amounts"),
        ("blad", [["1998"], ["sjuk", "100"]], "2: an activity stands here with amounts"),
        ("blad", [["1998"], ["annat"], ["sjuk", "100"]], "3: an activity stands here with amounts"),
        ("blad", [["sjuk", "1998"]], ""),
        ("blad", [["sjuk", "1998", "100"]], "1: an activity stands here with amounts"),
        ("blad", [["Ram 1998"], ["sjuk", "5"]], "2: an activity stands here with amounts"),
        ("blad", [["anteckning"], ["sjuk", "5"]], ""),
        ("blad", [["rubrik"], ["year", "activity", "frame"], ["1998", "sjuk", "5"]], "2: the columns are named in row 2"),
        ("blad", [["rubrik"], ["verksamhet", "1998"], ["sjuk", "5"]], "2: the columns are named in row 2"),
        ("blad", [["verksamhet", "text"], ["sjuk", "5"]], ""),
        ("blad", [["1898"], ["sjuk", "100"]], ""),  # no year of ours
    ],
)  # fmt: skip
def test_a_sheet_whose_first_row_names_no_columns_is_passed_over_only_if_it_holds_no_figures(
    title: str, rows: list[list[str]], said: str
) -> None:
    fields = {
        number: {column: Field(text, Place("b", number, column)) for column, text in enumerate(row, 1)}
        for number, row in enumerate(rows, 1)
    }
    problem = _unheaded(title, fields, {"sjuk", "omsorg"})
    assert ("" if problem is None else f"{problem.place.line}: {problem.text}").startswith(said) and (problem is None) == (not said)


@pytest.mark.parametrize(("count", "held"), [(2, "`s0`, `s1`"), (12, "`s10`, `s11`"), (13, "`s10`, `s11` …")])
def test_twelve_sheets_of_a_workbook_without_figures_are_named(count: int, held: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(count):
        book.create_sheet(f"s{number}").append(["name", number])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(AgreementError) as caught:
        list(sheets("b.xlsx", stream.getvalue()))
    assert caught.value.problems[0].text.endswith(f"{held})")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1998</v></c></row><row r="2"><c r="B2"><v>5</v></c></row>',
        '<row r="2"><c r="A2"><v>1998</v></c><c r="A2"><v>1999</v></c></row>',
    ],
    ids=["a row", "a cell"],
)
def test_what_stands_twice_in_a_sheet_is_damage(rows: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["year", "activity", "frame"])
    plain, damaged = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(damaged, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b"</sheetData>", rows.encode() + b"</sheetData>") if "sheet1" in name else content)
    (found,) = sheets("b.xlsx", damaged.getvalue())
    assert isinstance(found, Problem) and found.text.startswith("the workbook is damaged")


def test_a_workbook_of_more_rows_and_cells_than_can_be_read_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sheets of a row of headings and one of figures, four cells each: 20 rows and cells."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for sheet in (first, book.create_sheet("more")):
        for row in (("year", "activity", "frame", "actual"), (1998, sheet.title, 1, 1)):
            sheet.append(row)
    book.save(stream := io.BytesIO())
    monkeypatch.setattr(stored, "MOST_CELLS", 20)
    assert len(list(sheets("b.xlsx", stream.getvalue()))) == 2
    monkeypatch.setattr(stored, "MOST_CELLS", 19)
    with pytest.raises(AgreementError) as refused:
        list(sheets("b.xlsx", stream.getvalue()))
    assert [problem.text for problem in refused.value.problems] == ["the workbook has more than 19 rows and cells"]


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        ("<a><sheetData/></a>", "<a><sheetData/></a>"),
        ("<a><sheetData><row><c>1</c></row><row/></sheetData><b/></a>", "<a><sheetData><row><c>1</c></row></sheetData><b/></a>"),
        ("<a><sheetData><row><c>1</c></row></sheetData></a>", "<a><sheetData><row><c>1</c></row></sheetData></a>"),
        ("<a><sheetData ><row></row><row></row></sheetData><b/></a>", "<a><sheetData ></sheetData><b/></a>"),
        ("<x:a><x:sheetData><x:row><x:c>1</x:c></x:row><x:row/></x:sheetData></x:a>", "<x:a><x:sheetData><x:row><x:c>1</x:c></x:row></x:sheetData></x:a>"),
        ("<a><sheetData><row><c>1</c>", "<a><sheetData><row><c>1</c>"),  # cut short: the reader says so
        ("<a><sheetData><row><c>1</c></row>", "<a><sheetData><row><c>1</c></row>"),
    ],
)  # fmt: skip
def test_rows_after_the_last_cell_are_left_out(xml: str, kept: str) -> None:
    assert _without_tail(xml.encode()) == kept.encode()


def test_columns_outside_of_those_that_a_sheet_speaks_of() -> None:
    """A sheet has 16 384; what is from a column to the one before it is none."""
    assert list(_between([])) == [(1, 16_384)]
    assert list(_between([(5, 5), (2, 3)])) == [(1, 1), (4, 4), (6, 16_384)]
    assert list(_between([(1, 3), (4, 16_384)])) == [(1, 0), (4, 3), (16_385, 16_384)]


def test_a_size_of_nothing_hides() -> None:
    """Nothing, or less than the least that can be read; a size that is not stated is the usual one."""
    assert [_is_nothing(size, 0.5) for size in (None, "0", "0.0", "0.49", "0.5", "8.43")] == [False, True, True, True, False, False]


@pytest.mark.parametrize(
    ("cell", "value", "waits", "told"),
    [
        ("<c><v>5</v></c>", 5, True, False),
        ("<c><f>1+1</f><v>2</v></c>", 2, False, False),
        ("<c><f>1+1</f><v>2</v></c>", 2, True, False),
        ("<c><f>1-1</f><v>0</v></c>", 0, False, False),
        ("<c><f>1-1</f><v>0</v></c>", 0, True, True),
        ("<c><f>1+1</f></c>", None, False, True),
        ('<c t="str"><f>A1</f></c>', None, False, True),
        ('<c t="str"><f>A1</f><v></v></c>', None, False, False),  # the empty text
        ("<c><f>A1</f><v></v></c>", None, False, True),
    ],
)
def test_a_formula_without_a_stored_value_is_not_yet_calculated(cell: str, value: object, waits: bool, told: bool) -> None:
    """A 0 may only keep its place where the book is yet to be calculated."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    element = ElementTree.fromstring(cell.replace("<c", f'<c xmlns="{space}"', 1))
    assert _uncalculated(element, value, book_waits=waits) is told


def test_of_any_workbook_the_sheets_are_tables_whose_first_row_names_a_column() -> None:
    """Not the empty sheet, nor the one of other headings; the first row that holds something is the head, wherever it stands."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "a"
    for row in ((), ("name", None, "x"), ("b", 1, 2), ("c",)):
        first.append(row)
    first["A1"].value = None
    book.create_sheet("empty")
    book.create_sheet("other").append(["something", "else"])
    book.save(stream := io.BytesIO())
    raw = stream.getvalue()
    (table,) = tables("b.xlsx", raw, lambda text: text == "name", len(raw))
    assert not isinstance(table, Problem)
    assert (table.name, [(field.text, field.place.line, field.place.column) for field in table.head]) == (
        "a",
        [("name", 2, 1), ("x", 2, 3)],
    )
    rows = [row if isinstance(row, Problem) else [field.text for field in row] for row in table.rows]
    unnamed = rows.pop(1)
    assert rows == [["b", "2"], ["c", ""]] and isinstance(unnamed, Problem)
    assert (unnamed.text, unnamed.place.cell) == ("this column has no name", "sheet `a`, cell B3")
    with pytest.raises(AgreementError, match="the file is larger than 0 MiB"):
        list(tables("b.xlsx", raw, lambda text: True, len(raw) - 1))


def test_an_empty_field_of_a_sheet_stands_in_its_cell() -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in (("name", "x"), ("b",)):
        first.append(row)
    book.save(stream := io.BytesIO())
    (table,) = tables("b.xlsx", stream.getvalue(), lambda text: text == "name", 1 << 20)
    assert not isinstance(table, Problem)
    ((_, empty),) = (row for row in table.rows if not isinstance(row, Problem))
    assert (empty.text, empty.place) == ("", Place("b.xlsx", 2, 2, cell="sheet `Sheet`, cell B2"))


def archive(**parts: str) -> zipfile.ZipFile:
    """A workbook's archive with these parts, each under its name in `xl/`."""
    with zipfile.ZipFile(stream := io.BytesIO(), "w") as packed:
        for name, content in parts.items():
            packed.writestr(f"xl/{name}.xml", content)
    return zipfile.ZipFile(stream)


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (1, "its part xl/a.xml cannot be read"),
        (2, "its parts xl/a.xml, xl/b.xml cannot be read"),
        (5, "its parts xl/a.xml, xl/b.xml, xl/c.xml, xl/d.xml, xl/e.xml cannot be read"),
        (6, "its parts xl/a.xml, xl/b.xml, xl/c.xml, xl/d.xml, xl/e.xml and 1 more cannot be read"),
    ],
)
def test_five_damaged_parts_are_named_and_the_others_counted(damaged: int, said: str) -> None:
    held = archive(**dict.fromkeys("abcdef"[:damaged], "<cut"), whole="<a/>")
    assert stored._why_not(held, ValueError())[0] == f"the workbook is damaged: {said}"


def test_where_all_parts_are_whole_the_one_that_is_missing_is_named() -> None:
    missing = KeyError("There is no item named 'xl/styles.xml' in the archive")
    assert stored._why_not(archive(workbook="<a/>"), missing)[0] == "the workbook is damaged: its part xl/styles.xml is missing"
    assert stored._why_not(archive(workbook="<a/>"), ValueError())[0] == "the workbook is damaged: it does not hold what a workbook holds"
    strict = "<a xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'/>"
    assert stored._why_not(archive(workbook=strict), ValueError())[0] == "this is a Strict Open XML workbook, which is not read"
    assert stored._why_not(archive(other=strict), ValueError())[0] == "the workbook is damaged: it does not hold what a workbook holds"


@pytest.mark.parametrize(
    ("attributes", "waits"), [("fullCalcOnLoad='1'", True), ("fullCalcOnLoad='true'", True), ("fullCalcOnLoad='0'", False), ("", False)]
)
def test_a_workbook_says_which_sheets_it_has_and_whether_it_waits(attributes: str, waits: bool) -> None:
    text = f"<a xmlns='x'><sheets><sheet name='one'/><sheet name='two'/></sheets><calcPr {attributes}/><other fullCalcOnLoad='1' name='no'/></a>"
    assert stored._stated(archive(workbook=text)) == ({"one", "two"}, waits)
    assert stored._stated(archive(other=text)) == (set(), False)


def test_a_row_that_does_not_say_its_number_follows_the_one_before() -> None:
    book = openpyxl.Workbook()
    book.save(stream := io.BytesIO())
    cells = stored.Cells(stored.opened("b.xlsx", stream.getvalue()).book.worksheets[0])
    assert [cells.begin_row(stated) for stated in (None, None, "7", None)] == [1, 2, 7, 8] and cells.row == 8
    cell = ElementTree.fromstring("<c xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><v>5</v></c>")
    assert [(read.row, read.column, read.value) for read in (cells.read(cell), cells.read(cell))] == [(8, 1, 5), (8, 2, 5)]
    assert cells.spot(ElementTree.fromstring("<c r='C9'/>")) == (9, 3) and cells.spot(cell) == (8, 2)
    assert cells.begin_row("3") == 3 and cells.read(cell)[:2] == (3, 1)


def test_a_cell_that_does_not_say_where_it_stands_follows_the_one_before() -> None:
    """A styled cell that holds nothing is one, too: behind B2 it is C2."""
    book = openpyxl.Workbook()
    book.active.append(["year", "activity", "frame"])
    plain, written = io.BytesIO(), io.BytesIO()
    book.save(plain)
    row = b'<row><c><v>1998</v></c><c r="B2" s="0"/><c><v>5</v></c></row><row><c><v>1999</v></c></row></sheetData>'
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"</sheetData>", row) if "sheet1" in name else before.read(name))
    (table,) = sheets("b.xlsx", written.getvalue())
    assert not isinstance(table, Problem)
    held = [
        [(field.text, field.place.line, field.place.column) for field in row if field.text]
        for row in table.rows
        if not isinstance(row, Problem)
    ]
    assert held == [[("1998", 2, 1), ("5", 2, 3)], [("1999", 3, 1)]]
