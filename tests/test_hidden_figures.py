"""What nobody sees does not count: hidden sheets, rows and columns that hold figures are refused, all at once; others may be hidden freely."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from test_damaged_workbooks import rewritten
from test_figures_from_workbooks import TIDY, WORKED_OUT, refusal, settled, workbook

from socsam_calc.source.ledger.workbook import _between

UNHIDE_ROW = "unhide it, or clear the filter if one hides it, or take it away"


def hidden(folder: Path, change: Callable[[Any], None], **more: list[list[Any]]) -> None:
    """The worked example's ledger with something hidden; ``more`` are other sheets."""
    path = workbook(folder / "ledger.xlsx", ledger=TIDY, **more)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def hide_rows(*numbers: int) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for number in numbers:
            book["ledger"].row_dimensions[number].hidden = True

    return change


def test_a_hidden_row_with_an_amount(tmp_path: Path) -> None:
    hidden(tmp_path, hide_rows(3))
    assert refusal(tmp_path) == [f"ledger.xlsx, sheet `ledger`, row 3: the row is hidden, and holds figures\n   {UNHIDE_ROW}"]


def test_hidden_rows_are_said_once(tmp_path: Path) -> None:
    hidden(tmp_path, hide_rows(2, 3, 4, 6))
    (message,) = refusal(tmp_path)
    assert message.startswith("ledger.xlsx, sheet `ledger`, rows 2–4, 6: these rows are hidden, and hold figures\n   unhide them, or clear")


def test_many_hidden_rows_are_counted(tmp_path: Path) -> None:
    """Every other row of forty: eight are named, twelve are counted."""
    rows = [["year", "activity", "frame"], *([1998, "family_care", None if number % 2 else number] for number in range(2, 42))]
    path = workbook(tmp_path / "ledger.xlsx", ledger=rows)
    book = openpyxl.load_workbook(path)
    hide_rows(*range(2, 42))(book)
    book.save(path)
    said = "\n".join(refusal(tmp_path))
    assert "sheet `ledger`, rows 2, 4, 6, 8, 10, 12, 14, 16 and 12 more: these rows are hidden" in said


def test_rows_that_a_filter_hides(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["ledger"].auto_filter.ref = "A1:E9"
        book["ledger"].auto_filter.add_filter_column(1, ["projects"])
        hide_rows(2, 3)(book)

    hidden(tmp_path, change)
    assert refusal(tmp_path)[0].endswith(
        "these rows are hidden, and hold figures\n   a filter hides them: clear the filter, or take the rows away"
    )


def test_a_hidden_column_that_counts(tmp_path: Path) -> None:
    """That of the amounts; and that of the parties, without which it is not seen whose an amount is."""

    def change(book: Any) -> None:
        for column in "CE":
            book["ledger"].column_dimensions[column].hidden = True

    hidden(tmp_path, change)
    assert refusal(tmp_path) == [
        "ledger.xlsx, sheet `ledger`, column C: the column is hidden, and `party` in it counts\n   unhide it, or take it away",
        "ledger.xlsx, sheet `ledger`, column E: the column is hidden, and `actual` in it counts\n   unhide it, or take it away",
    ]


@pytest.mark.parametrize(
    ("place", "attributes"),
    [
        ("row", 'hidden="1"'),
        ("row", "hidden='true'"),
        ("row", 'ht="0" customHeight="1"'),
        ("row", "ht='0.0'"),
        ("row", 'ht="0.75" customHeight="1"'),
        ("column", '<cols><col min="4" max="4" width="0.08" customWidth="1"/></cols>'),
        ("column", '<cols><col min="4" max="5" width="9" hidden="1"/></cols>'),
        ("column", "<cols><col hidden='true' max='16384' min='4'/></cols>"),
        ("column", '<cols><col max="4" width="0" customWidth="1" min="4"/></cols>'),
        ("column", '<sheetFormatPr defaultColWidth="0.1" defaultRowHeight="15"/><cols><col min="1" max="3" width="9"/></cols>'),
        ("column", '<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/><cols><col min="1" max="3" width="9"/></cols>'),
    ],
)
def test_however_it_is_written(tmp_path: Path, place: str, attributes: str) -> None:
    """The order of the attributes, their quotes, a height or a width of zero; and an XML whose names have a prefix, as other programs write it."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)

    def change(xml: bytes) -> bytes:
        text = re.sub(r"<sheetFormatPr[^>]*/>|<cols>.*</cols>", "", xml.decode())
        if place == "row":
            text = re.sub(r'<row r="3"[^>]*>', f'<row {attributes} spans="1:5" r="3">', text)
        else:
            text = text.replace("<sheetData>", f"{attributes}<sheetData>")
        return text.encode()

    rewritten(path, sheet1=change)
    plain = refusal(tmp_path)
    assert re.search(r"row 3: the row is hidden" if place == "row" else r"column D: the column is hidden, and `frame`", plain[0])
    rewritten(path, sheet1=lambda xml: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b" xmlns=", b" xmlns:x="))
    assert refusal(tmp_path) == plain


def test_rows_of_a_usual_height_of_nothing(tmp_path: Path) -> None:
    """All that state no height of their own are hidden, the first one of the headings too; without `customHeight` they are as high as their text."""
    for stated in (True, False):
        path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
        attributes = b'defaultRowHeight="0"' + (b' customHeight="1"' if stated else b"")
        rewritten(path, sheet1=lambda xml, new=attributes: re.sub(rb"<sheetFormatPr[^>]*/>", b"<sheetFormatPr " + new + b"/>", xml))
        if stated:
            assert re.search(r"sheet `ledger`, rows 2–6, 8: these rows are hidden", refusal(tmp_path)[0])
        else:
            assert settled(tmp_path) == WORKED_OUT


def test_a_low_row_and_a_narrow_column_that_can_be_read_count(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["ledger"].row_dimensions[3].height = 5
        book["ledger"].column_dimensions["D"].width = 1

    hidden(tmp_path, change)
    assert settled(tmp_path) == WORKED_OUT


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_figures(tmp_path: Path, state: str) -> None:
    """An old copy of the ledger: one problem, not one for each amount that stands there again."""

    def change(book: Any) -> None:
        book["old"].sheet_state = state
        book.move_sheet("old", -1)

    hidden(tmp_path, change, old=TIDY)
    (message,) = refusal(tmp_path)
    assert message.startswith("ledger.xlsx, sheet `old`: the sheet is hidden, and holds figures\n   unhide it, or take it away")
    assert ("only the macro editor unhides it" in message) == (state == "veryHidden")


def test_all_at_once(tmp_path: Path) -> None:
    """A hidden sheet with a wrong amount, a hidden row, a hidden column, and an amount that is none."""

    def change(book: Any) -> None:
        hide_rows(3)(book)
        book["ledger"].column_dimensions["E"].hidden = True
        book["ledger"]["D4"] = "x"
        book["more"].sheet_state = "hidden"

    hidden(tmp_path, change, more=[["year", "activity", "frame"], [1999, "family_care", "y"]])
    said = "\n".join(refusal(tmp_path))
    for part in ("row 3: the row", "column E: the column", "sheet `more`: the sheet", "cell D4: `x`", "sheet `more`, cell C2: `y`"):
        assert part in said


def test_what_counts_nothing_may_be_hidden(tmp_path: Path) -> None:
    """Rows without amounts, empty columns, sheets with a list or a title, or ours without an amount."""

    def change(book: Any) -> None:
        hide_rows(7, 9, 10, 200)(book)  # an empty row, one without amounts, rows that are not there
        book["ledger"].column_dimensions["F"].hidden = True
        for name in ("list", "notes", "next"):
            book[name].sheet_state = "hidden"

    rows = [*TIDY, [1999, "sickness"]]
    path = workbook(
        tmp_path / "ledger.xlsx", ledger=rows, list=[["activity", "name"], ["sickness", 17]], notes=[["To do"], [5]], next=[TIDY[0]]
    )
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    assert settled(tmp_path) == WORKED_OUT


def test_a_filter_that_hides_nothing_is_no_matter(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["ledger"].auto_filter.ref = "A1:E9"
        book["ledger"].auto_filter.add_filter_column(0, ["1998"])

    hidden(tmp_path, change)
    assert settled(tmp_path) == WORKED_OUT


def test_a_format_that_shows_nothing_hides_an_amount(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for cell in ("D3", "D4"):
            book["ledger"][cell].number_format = ";;;"
        book["ledger"]["E3"].number_format = "#,##0;-#,##0;"  # hides zeros alone

    hidden(tmp_path, change)
    assert [message.split("\n")[0] for message in refusal(tmp_path)] == [
        "ledger.xlsx, sheet `ledger`, cell D3: the cell's format hides what it holds: 55 000",
        "ledger.xlsx, sheet `ledger`, cell D4: the cell's format hides what it holds: 72500",
    ]


def test_merged_cells_hide_what_stands_below_the_first(tmp_path: Path) -> None:
    """LibreOffice keeps it there when it is told to; an empty range that is merged holds nothing."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    rewritten(
        path,
        sheet1=lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="2"><mergeCell ref="C3:D3"/><mergeCell ref="A20:E20"/></mergeCells>'
        ),
    )
    (message,) = refusal(tmp_path)
    assert message.startswith("ledger.xlsx, sheet `ledger`, cell D3: the cells C3:D3 are merged")


def test_a_sheet_whose_columns_are_of_no_width_shows_those_alone_that_have_one() -> None:
    """Of all that there can be, to XFD: before, between and after those that the sheet speaks of, in whatever order it does."""
    assert [span for span in _between([(5, 6), (2, 2)]) if span[0] <= span[1]] == [(1, 1), (3, 4), (7, 16_384)]
    assert list(_between([])) == [(1, 16_384)]
    assert [span for span in _between([(1, 16_384)]) if span[0] <= span[1]] == []
