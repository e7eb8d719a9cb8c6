"""What one cell of a workbook comes to, by its value and its number format; and which sheets hold figures that would be passed over."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from socsam_calc.problems import AgreementError, Place, Problem
from socsam_calc.source.ledger import stored
from socsam_calc.source.ledger.cell import field_of
from socsam_calc.source.ledger.ledger import Field
from socsam_calc.source.ledger.workbook import _unheaded, sheets

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
