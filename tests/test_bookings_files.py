"""Bookings and costs by month from CSV files and workbooks; files in formats that are not read. All figures are invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from conftest import Outcome
from ledgers import TERMS, changed, write

from socsam_calc import AgreementError, check, load, settle

Socsam = Callable[..., Outcome]
OF_ROWS = changed(TERMS, ("ledger.se", "bokfört.csv"), ("{6: [P1, P2]}", "[P1, P2]"))
ROWS = """\
year;month;account;object;amount
2024;1;3510;;-800 000,00
2024;3;4010;P1;200 000
2024;3;4010;P2;150 000
2024;6;5010;;80 000,50
2024;6;7010;;120 000
2024;12;4010;P1;100 000
"""


def costs(folder: Path, rows: str | bytes, terms: str = OF_ROWS, file: str = "bokfört.csv") -> dict[str, Decimal | None]:
    return {one.id: one.actual for one in settle(load(write(folder, rows, terms, file))).year(2024).activities}


def refusals(folder: Path, rows: str | bytes, terms: str = OF_ROWS, file: str = "bokfört.csv") -> list[str]:
    with pytest.raises(AgreementError) as caught:
        load(write(folder, rows, terms, file))
    return [f"{problem.place.line}:{problem.place.column}: {problem.text}; {problem.remedy}" for problem in caught.value.problems]


YEAR = {"insatser": 450_000, "kansli": 200_001}


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        "\ufeff" + ROWS,
        "sep=;\n" + ROWS,
        ROWS.replace(";", "\t"),
        "sep=\t\n" + ROWS.replace(";", "\t"),
        ROWS.replace("\n", ";;\n"),
        ROWS.replace("year;month", "year;;month").replace("2024;", "2024;;"),
        ROWS.replace("year;month;account;object;amount", "år;månad;konto;objekt;belopp"),
        ROWS.replace(";1;", ";2024-01;").replace(";12;", ";2024-12;"),
        ROWS.replace(",", ".").replace(";", ","),
    ],
    ids=["plain", "BOM", "sep", "tabs", "sep and tabs", "empty columns last", "an empty column", "Swedish", "months with years", "commas"],
)
def test_a_year_comes_from_rows_of_bookings(tmp_path: Path, rows: str) -> None:
    """450 000 kr on the two objects; 80 000,50 + 120 000 for the office. The last row is of December, so the year is whole."""
    assert costs(tmp_path, rows) == YEAR


def test_objects_of_several_dimensions_have_a_column_each(tmp_path: Path) -> None:
    rows = "year;month;account;object 1;object 6;amount\n2024;12;4010;10;P1;1\n2024;12;4010;20;P1;20\n2024;12;4010;10;;300\n"
    assert costs(tmp_path, rows, changed(OF_ROWS, ("[P1, P2]", "{1: 10, 6: P1}"))) == {"insatser": 1, "kansli": 320}


def test_rows_go_through_the_last_month_that_one_names(tmp_path: Path) -> None:
    """Through June: the year still runs; February, April and May have no row."""
    document = load(write(tmp_path, ROWS.replace("2024;12;4010;P1;100 000\n", ""), OF_ROWS, "bokfört.csv"))
    year = settle(document).year(2024)
    assert year.to_date is not None and year.to_date.through == "2024-06-30"
    assert [file.silent for file in document.booked[0].files] == [(2, 4, 5)]
    (finding,) = (one for one in check(document).findings if one.code == "SOC626")
    assert finding.message.endswith("has no row of 2024-02, 2024-04, 2024-05")


def test_bookings_come_from_a_workbook(tmp_path: Path) -> None:
    """The same rows, as numbers in cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Bokfört")
        for line, row in enumerate(ROWS.splitlines()):
            for column, text in enumerate(row.split(";")):
                plain = text.replace(" ", "").replace(",", ".")
                if line and column in (0, 1, 2, 4):
                    sheet.write_number(line, column, float(plain))
                else:
                    sheet.write_string(line, column, text)
        book.add_worksheet("Anteckningar").write(0, 0, "Hör inte hit")
    assert costs(tmp_path, stream.getvalue(), OF_ROWS.replace(".csv", ".xlsx"), "bokfört.xlsx") == YEAR


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("2024;6;7010;;120 000", "Summa;;;;350 000", "7:1: `Summa`: this row adds up others, and would count twice; take it away"),
        ("2024;6;7010;;120 000", "2024;6;Totalt;;350 000", "7:8: `Totalt`: this row adds up others"),
        ("2024;6;7010;;120 000", "2024;6;;;350 000", "7:8: the account is missing"),
        ("2024;6;7010;;120 000", "2024;13;7010;;120 000", "7:6: `13` is not a month; write 1 to 12, or `2024-08`"),
        ("2024;6;7010;;120 000", "2024;2023-06;7010;;120 000", "7:6: `2023-06` is no month of 2024"),
        ("2024;6;7010;;120 000", "24;6;7010;;120 000", "7:1: `24` is not a year"),
        ("2024;6;7010;;120 000", "2024;6;7010;;120,000", "7:14: `120,000` could group thousands or begin decimals"),
        ("2024;6;7010;;120 000", "2024;6;7010;;120 000,005", "7:14: `120 000,005` is finer than one öre"),
        ("account", "acount", "1:12: there is no column `acount`; did you mean `account`?"),
        ("object", "text", "1:20: there is no column `text`"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_where_it_stands(tmp_path: Path, before: str, after: str, text: str) -> None:
    lines = changed(ROWS.replace("2024;6;5010;;80 000,50\n", "2024;6;5010;;80 000,50\n2024;5;5010;;0\n"), (before, after))
    assert any(one.startswith(text) for one in refusals(tmp_path, lines))


def test_rows_obey_the_mapping_as_an_export_does(tmp_path: Path) -> None:
    (text,) = refusals(tmp_path, ROWS, changed(OF_ROWS, ("[4000-7999]", "[4000-6999]")))
    assert text.startswith("6:8: account 7010 stands nowhere in the mapping, and 120 000 kr is booked on it")


# --- figures by activity, of months and accounts -----------------------------------------------------------------------------

BY_ACTIVITY = changed(TERMS[: TERMS.index("figures:")] + "figures: kostnader.csv\n" + TERMS[TERMS.index("years:") :])


def by_activity(folder: Path, rows: str) -> dict[str, Decimal | None]:
    return costs(folder, rows, BY_ACTIVITY, "kostnader.csv")


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("start", ["", "sep={}\n"])
def test_figures_by_activity_may_be_separated_by_tabs_and_have_empty_columns(tmp_path: Path, separator: str, start: str) -> None:
    rows = "year;;activity;actual;\n2024;;insatser;450 000;\n2024;;kansli;200 001;\n"
    assert by_activity(tmp_path, start.format(separator) + rows.replace(";", separator)) == YEAR


@pytest.mark.parametrize("column", ["account", "konto", "object", "objekt"])
def test_several_rows_of_one_activity_are_added_where_a_column_says_why(tmp_path: Path, column: str) -> None:
    rows = f"year;activity;{column};actual\n2024;insatser;4010;400 000\n2024;insatser;4020;50 000\n2024;kansli;5010;200 001\n"
    assert by_activity(tmp_path, rows) == YEAR
    lost = changed(rows, (f"{column};", ""), ("4010;", ""), ("4020;", ""), ("5010;", ""))
    assert any("this amount is also given at" in one for one in refusals(tmp_path, lost, BY_ACTIVITY, "kostnader.csv"))


def test_a_row_of_totals_is_told_as_such(tmp_path: Path) -> None:
    rows = "year;activity;actual\n2024;insatser;450 000\n2024;kansli;200 001\n2024;Summa kostnader;650 001\n"
    assert refusals(tmp_path, rows, BY_ACTIVITY, "kostnader.csv") == [
        "4:6: `Summa kostnader`: this row adds up others, and would count twice; take it away"
    ]


OF_MONTHS = "year;month;activity;actual\n2024;1;insatser;100 000\n2024;2024-02;insatser;120 000\n2024;2;kansli;30 000\n"


def test_costs_by_month_are_those_to_date(tmp_path: Path) -> None:
    """Through February 220 000 and 30 000; ten months at the same pace: 1 100 000 and 150 000 more."""
    year = settle(load(write(tmp_path, OF_MONTHS, BY_ACTIVITY, "kostnader.csv"))).year(2024)
    assert year.to_date is not None and year.to_date.through == "2024-02-29"
    assert [(row.id, row.booked, row.remaining) for row in year.to_date.activities] == [
        ("insatser", 220_000, 1_100_000),
        ("kansli", 30_000, 150_000),
    ]
    assert [(one.month, one.activity, one.booked) for one in year.to_date.months or ()] == [
        (1, "insatser", 100_000), (1, "kansli", 0), (2, "insatser", 120_000), (2, "kansli", 30_000),
    ]  # fmt: skip


def test_costs_of_all_months_are_those_of_the_year(tmp_path: Path) -> None:
    """December is the last; the months between have no row, and are told."""
    document = load(write(tmp_path, OF_MONTHS + "2024;12;kansli;1\n", BY_ACTIVITY, "kostnader.csv"))
    assert {one.id: one.actual for one in settle(document).year(2024).activities} == {"insatser": 220_000, "kansli": 30_001}
    assert document.booked[0].files[0].silent == (3, 4, 5, 6, 7, 8, 9, 10, 11)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("2024;;kansli;1", "the month is missing"),
        ("2024;13;kansli;1", "`13` is not a month of 2024"),
        ("2024;2;kansli;1", "this amount is also given at"),
        ("2024;3;kansli;1,2345", "`1,2345` is finer than one öre"),
    ],
)
def test_a_month_that_cannot_be_read_is_refused(tmp_path: Path, row: str, text: str) -> None:
    assert any(text in one for one in refusals(tmp_path, OF_MONTHS + row + "\n", BY_ACTIVITY, "kostnader.csv"))


# --- formats that are not read ------------------------------------------------------------------------------------------------


def open_document() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            b'CHARSET="ANSI";\nAXIS-VERSION="2000";\nMATRIX="BE0101";\nDATA=\n1 2;\n',
            "this is a PC-Axis file (.px); ask for the table as CSV or Excel",
        ),
        (json.dumps({"version": "2.0", "class": "dataset", "value": [1]}).encode(), "this is a JSON-stat file; ask for the table as CSV"),
        (json.dumps({"dataset": {"dimension": {}, "value": []}}).encode(), "this is a JSON-stat file"),
        (b'{"a": 1}', "this is a JSON file; save its figures as .csv or .xlsx"),
        (open_document(), "this is an OpenDocument file (.ods); save it as .xlsx or .csv"),
    ],
)
@pytest.mark.parametrize("terms", [OF_ROWS, BY_ACTIVITY.replace("kostnader.csv", "bokfört.csv")])
def test_formats_that_are_not_read_are_recognised(tmp_path: Path, raw: bytes, text: str, terms: str) -> None:
    assert any(text in one for one in refusals(tmp_path, raw, terms))
