"""The ledger's figures in a file beside the agreement: CSV and workbook, tidy or with a column for each year, say the same."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from socsam_calc import AgreementError, load, settle

WORKED = (Path(__file__).parent / "worked_example.yaml").read_text(encoding="utf-8")
TERMS = (
    WORKED[: WORKED.index("  1998:\n    frame:")]
    .replace("years:\n", "years: {}\n")
    .replace("format: socsam/1", "format: socsam/1\nfigures: ledger.xlsx")
)
CSV = """year;activity;party;frame;actual
1998;sickness;;;45 800
1998;primary_care;;55 000;54 200
1998;family_care;;72 500;73 900
1998;projects;kassa;1 000;
1998;projects;kommun;500;
1998;projects;;;1 450
"""
TIDY = [
    ["year", "activity", "party", "frame", "actual"],
    [1998, "sickness", None, None, 45800],
    [1998, "primary_care", None, "55 000", 54200.0],
    [1998, "family_care", None, 72500, "73 900 tkr"],
    [1998, "projects", "kassa", 1000],
    [1998, "projects", "kommun", 500, None],
    [None, None],
    [1998, "projects", None, None, 1450],
]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def settled(folder: Path, terms: str = TERMS, **options: Any) -> list[object]:
    """What the parties of the worked example end with, in kronor: 255, 290 and 385 tkr."""
    (folder / "agreement.yaml").write_text(terms, encoding="utf-8")
    year = settle(load(folder / "agreement.yaml", **options)).year(1998)
    return [party.settled for party in year.parties]


def refusal(folder: Path, terms: str = TERMS, **options: Any) -> list[str]:
    (folder / "agreement.yaml").write_text(terms, encoding="utf-8")
    with pytest.raises(AgreementError) as caught:
        load(folder / "agreement.yaml", **options)
    return [str(problem).replace(str(folder) + "/", "") for problem in caught.value.problems]


WORKED_OUT = [255_000, 290_000, 385_000]


def test_csv(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text(CSV, encoding="utf-8")
    assert settled(tmp_path, TERMS.replace("ledger.xlsx", "ledger.csv")) == WORKED_OUT


def test_a_tidy_sheet(tmp_path: Path) -> None:
    workbook(tmp_path / "ledger.xlsx", notes=[["For the books of 1998"]], ledger=TIDY)
    assert settled(tmp_path) == WORKED_OUT


def test_a_column_for_each_year(tmp_path: Path) -> None:
    """The sheet's name says what its figures are, or a column does."""
    frame = [
        ["activity", "party", 1998],
        ["primary_care", None, 55000],
        ["family_care", None, 72500],
        ["projects", "kassa", 1000],
        ["projects", "kommun", 500],
    ]
    costs = [
        ["activity", "figure", "1998"],
        ["sickness", "actual", 45800],
        ["primary_care", "actual", 54200],
        ["family_care", "actual", 73900],
        ["projects", "Actual", 1450],
    ]
    workbook(tmp_path / "ledger.xlsx", Frame=frame, costs=costs)
    assert settled(tmp_path) == WORKED_OUT


SWEDISH = [["År", "VERKSAMHET", "Part", "Ram", "Utfall"], *TIDY[1:]]


def test_swedish_headings(tmp_path: Path) -> None:
    """In capitals or not, and å in one character or in two, as some systems write it."""
    for year in ("År", "a\u030ar"):
        workbook(tmp_path / "ledger.xlsx", ledger=[[year, *SWEDISH[0][1:]], *TIDY[1:]])
        assert settled(tmp_path) == WORKED_OUT


def test_swedish_headings_in_csv(tmp_path: Path) -> None:
    text = CSV.replace("year;activity;party;frame;actual", "år;verksamhet;huvudman;ram;utfall")
    (tmp_path / "ledger.csv").write_text(text, encoding="utf-8")
    assert settled(tmp_path, TERMS.replace("ledger.xlsx", "ledger.csv")) == WORKED_OUT


@pytest.mark.parametrize("word", ["Prognos", "beräknat  utfall", "estimate"])
def test_a_swedish_forecast_is_an_estimate(tmp_path: Path, word: str) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=[[*SWEDISH[0][:4], word], *TIDY[1:]])
    (tmp_path / "agreement.yaml").write_text(TERMS, encoding="utf-8")
    assert settle(load(tmp_path / "agreement.yaml")).year(1998).status == "estimate"


def test_a_column_for_each_year_in_swedish(tmp_path: Path) -> None:
    """A sheet whose name is the figure's, and one with a column that says it."""
    frame = [["verksamhet", "part", 1998], ["primary_care", None, 55000], ["family_care", None, 72500]]
    frame += [["projects", "kassa", 1000], ["projects", "kommun", 500]]
    costs = [["verksamhet", "uppgift", 1998], ["sickness", "utfall", 45800], ["primary_care", "Utfall", 54200]]
    costs += [["family_care", "actual", 73900], ["projects", "UTFALL", 1450]]
    workbook(tmp_path / "ledger.xlsx", Ram=frame, kostnader=costs)
    assert settled(tmp_path) == WORKED_OUT


def test_the_option_takes_the_place_of_the_files_figures(tmp_path: Path, socsam: Any) -> None:
    (tmp_path / "elsewhere").mkdir()
    book = workbook(tmp_path / "elsewhere" / "other.xlsx", ledger=TIDY)
    assert settled(tmp_path, figures=book) == WORKED_OUT
    outcome = socsam("settle", tmp_path / "agreement.yaml", "--figures", book, "--format", "csv")
    assert outcome.status == 0
    assert next(csv.DictReader(outcome.out.splitlines()))["settled"] == "255000"
    missing = socsam("settle", tmp_path / "agreement.yaml", "--figures", tmp_path / "none.xlsx")
    assert missing.status == 2
    assert "there is no such file" in missing.err


def test_a_setting_changes_a_figure_of_the_ledger(tmp_path: Path) -> None:
    """930 − 100 = 830, by the frame: 227,3; 259,0 (258,97); 343,7."""
    workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    assert settled(tmp_path, settings=["years.1998.actual.primary_care=54 300"]) == [227_000, 259_000, 344_000]


def test_decimals_are_exact(tmp_path: Path) -> None:
    """A number cell is the decimal number that it shows: 55 000,1 tkr, not the binary fraction beside it; 1,234 is no thousands mark."""
    rows = [[*row] for row in TIDY]
    rows[2] = [1998, "primary_care", None, 55000.1, 1.234]
    workbook(tmp_path / "ledger.xlsx", ledger=rows)
    (tmp_path / "a.yaml").write_text(TERMS.replace("rounding: tkr", "rounding: kr"), encoding="utf-8")
    row = settle(load(tmp_path / "a.yaml")).year(1998).activity("primary_care")
    assert (row.final, row.actual) == (55_000_100, 1_234)


@pytest.mark.parametrize(
    ("cell", "number_format", "said"),
    [
        (0.5, "0 %", "the cell is shown in percent, and holds 0,5"),
        (55_000_000, "#,##0,", "the cell is shown in thousands or millions, and holds 55000000"),
        (55_000, "#,##0.00 [$€-2]", "the cell is shown in €, and holds 55000"),
        (55_000, '"kr" #,##0 "mkr"', "the cell's format names several units, and it holds 55000"),
        (55, '#,##0 "mnkr"', "the cell shows `mnkr` beside its number, and holds 55"),
        (55, '0 "MSEK"', "the cell shows `MSEK` beside its number"),
        (55, '0"k"', "the cell shows `k` beside its number"),
        (55, r"0\ \t\u\s\e\n\ \k\r", "the cell shows `tusen kr` beside its number"),
        (55, '#,##0" 000"', "the cell shows `000` beside its number"),
        (55, '#,##0 "st"', "the cell shows `st` beside its number"),
        (55, '"-"#,##0', "the cell shows `-` beside its number"),
        (55, '"("#,##0")"', "the cell shows `(` beside its number"),
        (55, '"okänt"', "the cell's format hides what it holds: 55"),
        (55, '[>=1000]#,##0" tkr";0" kr"', "the cell's format names several units"),
        (True, "General", "the cell holds TRUE"),
        ("#REF!", "General", "the cell holds the error #REF!"),
        (__import__("datetime").date(1998, 1, 1), "yyyy-mm-dd", "the cell holds a date or a time (1998-01-01 00:00:00)"),
        ("=SUM(A1:A3)", "General", "the formula has no stored value"),
        ("a lot", "General", "`a lot`"),
        (-1, "General", "−1"),
    ],
)
def test_what_could_mean_two_things_is_refused_by_its_cell(tmp_path: Path, cell: Any, number_format: str, said: str) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"]["D3"] = cell
    book["ledger"]["D3"].number_format = number_format
    book.save(path)
    messages = refusal(tmp_path)
    assert messages[0].startswith("ledger.xlsx, sheet `ledger`, cell D3: ")
    assert said.replace("−", "-") in messages[0].replace("−", "-")


def test_plain_number_formats_are_not_taken_for_scaled_ones(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    for cell in book["ledger"]["D"]:
        cell.number_format = '#,##0.00 "tkr";[Red]-#,##0 "% av kr,"'
    book.save(path)
    assert settled(tmp_path) == WORKED_OUT


def test_a_sum_of_decimals_counts_in_the_digits_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    """44 000,1 + 0,2 is 44 000,299999999996 to a computer, and 44 000,3 in every spreadsheet; a third stays too fine for tkr."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"]["D3"] = 44_000.1 + 0.2
    book.save(path)
    assert "`44000,3` is finer than the file's rounding (tkr)" in refusal(tmp_path)[0]
    (tmp_path / "a.yaml").write_text(TERMS.replace("rounding: tkr", "rounding: kr"), encoding="utf-8")
    assert settle(load(tmp_path / "a.yaml")).year(1998).activity("primary_care").final == 44_000_300


@pytest.mark.parametrize(
    ("amount", "number_format"),
    [
        (55_000_000, "#,##0.00 [$kr-41D]"),
        (55_000_000, '#,##0":-"'),
        (55_000_000, r'_-* #,##0\ "kr"_-;\-* #,##0\ "kr"_-;_-* "-"\ "kr"_-;_-@_-'),
        (55_000_000, '#,##0 "kr";-#,##0 "mkr"'),
        (55_000, "#,##0;[Red]-#,##0"),
        (55_000, "#,##0;(#,##0)"),
        (55_000, r"_-* #,##0_-;\-* #,##0_-;_-* \-_-;_-@_-"),
        (55_000_000, '_-* #,##0.00 "kr"_-;-* #,##0.00 "kr"_-'),
        (55_000_000, r"#,##0\ \k\r"),
        (55_000_000, "[$SEK] #,##0"),
        (55, '#,##0 "mkr"'),
        (55_000, '#,##0 "tkr"'),
        (55_000, "[$-41D]#,##0"),
    ],
)
def test_a_number_counts_in_the_unit_that_its_cell_shows(tmp_path: Path, amount: int, number_format: str) -> None:
    """The file is in tkr; a cell that reads 55 000 000 kr is 55 000 of them."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"]["D3"] = amount
    book["ledger"]["D3"].number_format = number_format
    book.save(path)
    assert settled(tmp_path) == WORKED_OUT


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    """A frame that is drawn over two rows is a figure for neither: the second would count as 0."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"].merge_cells("D3:D4")
    book["ledger"].merge_cells("A2:A3")
    book.save(path)
    messages = refusal(tmp_path)
    assert messages[0].startswith("ledger.xlsx, sheet `ledger`, cell A2: the cells A2:A3 are merged")
    assert messages[1].startswith("ledger.xlsx, sheet `ledger`, cell D3: the cells D3:D4 are merged")


def test_the_stored_value_of_a_formula_counts(tmp_path: Path) -> None:
    """A spreadsheet program stores each formula's value beside it; openpyxl does not, so the file is made as such a program would."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=[*TIDY[:2], [1998, "primary_care", None, "=50000+5000", 54200], *TIDY[3:]])
    changed(path, rb"(<f>50000\+5000</f>)<v ?/>|(<f>50000\+5000</f>)<v></v>", rb"<f>50000+5000</f><v>55000</v>")
    assert settled(tmp_path) == WORKED_OUT


def changed(path: Path, pattern: bytes, replacement: bytes) -> None:
    """A workbook with something else in the XML of its first sheet."""
    packed = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry.endswith("sheet1.xml"):
                content, number = re.subn(pattern, replacement, content)
                assert number == 1
            new.writestr(entry, content)


def test_all_problems_of_a_workbook_at_once_each_with_its_cell(tmp_path: Path) -> None:
    rows = [
        ["year", "activity", "party", "frame", "actual"],
        [1998, "sickness", None, None, "x"],
        [None, "projects", None, 1],
        [1998, "hospital", None, 1],
    ]
    workbook(tmp_path / "ledger.xlsx", ledger=rows)
    places = [message.split(": ")[0] for message in refusal(tmp_path)]
    assert "ledger.xlsx, sheet `ledger`, cell E2" in places
    assert "ledger.xlsx, sheet `ledger`, cell A3" in places
    assert "ledger.xlsx, sheet `ledger`, cell B4" in places


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["year", "activty", "frame"], "cell B1: there is no column `activty`\n   did you mean `activity`?"),
        (["year", "activity", "frame", "frame"], "cell D1: the column `frame` stands here twice"),
        (["year", "activity", None, "frame"], "cell C2: this column has no name"),
        (["year", "Verksamhet", "activity", "frame"], "cell C1: the columns `verksamhet` and `activity` are the same\n   keep one of them"),
        (["year", "activity", "prognos", "Beräknat utfall"], "cell D1: the columns `prognos` and `beräknat utfall` are the same"),
        (["år", "verksamet", "ram"], "cell B1: there is no column `verksamet`\n   did you mean `verksamhet`?"),
        (
            ["år", "verksamhet", "ram", "saldo"],
            "cell D1: there is no column `saldo`\n   the columns are `year` (`år`), `month` (`månad`), `activity` (`verksamhet`), `party` (`part`), "
            "`frame` (`ram`), `actual` (`utfall`), `estimate` (`prognos`), `account` (`konto`) and `object` (`objekt`)",
        ),
        (
            ["verksamhet", 1998],
            "add a column `figure` (`uppgift`) that says `frame` (`ram`), `actual` (`utfall`) or `estimate` (`prognos`)",
        ),
        (["år", "invånare"], "is missing\n   write `year;activity;frame;actual`; a sheet without figures begins with a title of its own"),
        (["activity", 1998], "cell A1: it is not said which figures the years' columns hold"),
        (["activity", "figure", 1998, 1998.5], "cell D1: there is no column `1998,5`"),
        (["year", "activity"], "cell A1: there is no column of amounts"),
        (["year", "area", "frame"], "cell A1: the column `activity` (`verksamhet`) is missing"),
        (["a", "b"], "cell A2: an activity stands here with amounts, but the first row of the sheet does not name its columns"),
        (["year", "activity", "Ram (euro)"], "cell C1: `euro` beside `ram` is not a unit\n   write kr, tkr or mkr there, or take it away"),
    ],
)
def test_heads_that_are_refused(tmp_path: Path, head: list[Any], said: str) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=[head, [1998, "sickness", 1, 1]])
    assert any(said in message for message in refusal(tmp_path))


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"1998": [["Budget och utfall 1998, tkr"], *TIDY]}, "sheet `1998`, cell A2: the columns are named in row 2, and the first row names none"),
        ({"1998": [["Verksamhets-id", "Ramen, tkr"], ["sickness", 44_000]]}, "sheet `1998`, cell A2: an activity stands here with amounts"),
        ({"Ram": [[None, 1998], ["sickness", 44_000]]}, "sheet `Ram`, cell A2: an activity stands here with amounts"),
        ({"Blad1": [[None, 1998, 1999], ["sickness", 44_000, 45_000]]}, "sheet `Blad1`, cell A2: an activity stands here with amounts"),
        ({"Blad1": [["Verksamheter", "Ram 1998"], ["sickness", 44_000]]}, "sheet `Blad1`, cell A2: an activity stands here with amounts"),
        ({"Blad1": [["Yaer", "Aktivity", "Fraim"], [1998, "sickness", 44_000]]}, "sheet `Blad1`, cell A2: an activity stands here with amounts"),
    ],
)  # fmt: skip
def test_no_figures_are_passed_over_because_their_columns_are_not_named(tmp_path: Path, sheets: dict[str, Any], said: str) -> None:
    """Beside a sheet that is right, they would be lost without a word."""
    workbook(tmp_path / "ledger.xlsx", ledger=TIDY, **sheets)
    assert [said in message for message in refusal(tmp_path)] == [True]


@pytest.mark.parametrize(
    "rows",
    [
        [["Anteckningar"], ["sickness", "as agreed in 1997"], ["Möte", 1998]],
        [["Om"], ["sickness", "Sjukpenning"], ["primary_care", "Primärvård"]],
        [["Besök per år"], [None, 1998, 1999], ["Mottagningen", 1200, 1300]],
        [["Andel"], ["sickness", 0.5]],
    ],
)
def test_notes_lists_and_statistics_are_passed_over(tmp_path: Path, rows: list[list[Any]]) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=TIDY, other=rows)
    assert settled(tmp_path) == WORKED_OUT


def test_a_formula_that_the_book_is_yet_to_calculate_has_no_value(tmp_path: Path) -> None:
    """Some libraries store 0 in its place, and ask the spreadsheet program to calculate when it opens the book."""
    book = xlsxwriter.Workbook(str(tmp_path / "ledger.xlsx"))
    sheet = book.add_worksheet("ledger")
    for number, row in enumerate(TIDY):
        sheet.write_row(number, 0, row)
    sheet.write_formula("D4", "=70000+2500")
    sheet.write_formula("D3", "=50000+5000", None, 55_000)  # computed by whoever wrote it
    book.close()
    assert [message.split("\n")[0] for message in refusal(tmp_path)][-1] == (
        "ledger.xlsx, sheet `ledger`, cell D4: the formula has no stored value"
    )


def test_the_empty_text_of_a_formula_is_an_empty_cell(tmp_path: Path) -> None:
    """`=IF(…;1;"")` was calculated, and its value is a text without letters: that is how a spreadsheet program stores it."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=[TIDY[0], [1998, "sickness", None, '=IF(E2>0,"",1)', 45800], *TIDY[2:]])
    stored = (rb'<c r="D2"><f>(.*?)</f><v ?/></c>|<c r="D2"><f>(.*?)</f><v></v></c>', rb'<c r="D2" t="str"><f>A1</f><v></v></c>')
    changed(path, *stored)
    assert settled(tmp_path) == WORKED_OUT


def test_values_beyond_the_head_are_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=[["year", "activity", "frame"], [1998, "sickness", None, 17]])
    assert "cell D2: this column has no name" in refusal(tmp_path)[0]


def test_other_kinds_of_workbooks_are_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.ods").write_bytes(b"PK")
    messages = refusal(tmp_path, TERMS.replace("ledger.xlsx", "ledger.ods"))
    assert any("figures are read from .csv and .xlsx, not .ods" in message for message in messages)


def test_an_amount_given_twice(tmp_path: Path) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=[*TIDY, [1998, "sickness", None, None, 1]])
    message = refusal(tmp_path)[0]
    assert message.startswith("ledger.xlsx, sheet `ledger`, cell E9: this amount is also given at")
    assert "ledger.xlsx, sheet `ledger`, cell E2" in message


def test_without_the_library_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    assert "pip install 'socsam-calc[excel]'" in refusal(tmp_path)[0]


def steady(raw: bytes) -> bytes:
    """The same workbook without the time at which it was made, so that a damaged byte is the same one in every run."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", old.read(entry))
            new.writestr(zipfile.ZipInfo(entry.filename), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def refused_when_damaged(folder: Path, copies: Iterator[bytearray]) -> int:
    """How many of the damaged workbooks are refused; all others are read with the figures that were in them."""
    refused = 0
    for damaged in copies:
        (folder / "ledger.xlsx").write_bytes(damaged)
        try:
            agreement = load(folder / "agreement.yaml")
        except AgreementError:
            refused += 1
        else:
            assert [party.settled for party in settle(agreement).year(1998).parties] == WORKED_OUT
    return refused


def test_a_damaged_workbook_is_refused_or_read_but_never_a_fault(tmp_path: Path) -> None:
    """A few bytes changed anywhere: whatever the libraries make of it, a person gets a sentence."""
    raw = steady(workbook(tmp_path / "ledger.xlsx", ledger=TIDY).read_bytes())
    (tmp_path / "agreement.yaml").write_text(TERMS, encoding="utf-8")
    chance = random.Random(1)

    def copies() -> Iterator[bytearray]:
        for _ in range(120):
            damaged = bytearray(raw)
            for _ in range(chance.randint(1, 4)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            yield damaged

    assert refused_when_damaged(tmp_path, copies()) > 30


def test_a_workbook_whose_list_of_parts_is_damaged(tmp_path: Path) -> None:
    """Each byte of the list at its end, which says of every part how it is packed and by which version."""
    raw = steady(workbook(tmp_path / "ledger.xlsx", ledger=TIDY).read_bytes())
    (tmp_path / "agreement.yaml").write_text(TERMS, encoding="utf-8")
    listed = range(raw.index(b"PK\x01\x02"), len(raw))

    def copies() -> Iterator[bytearray]:
        for place in listed:
            damaged = bytearray(raw)
            damaged[place] ^= 84  # 20, the version that every part needs, becomes 64
            yield damaged

    assert len(listed) / 3 < refused_when_damaged(tmp_path, copies()) < len(listed)


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_packed_as_no_spreadsheet_program_packs_it(tmp_path: Path, packed: int) -> None:
    raw = workbook(tmp_path / "plain.xlsx", ledger=TIDY).read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(tmp_path / "ledger.xlsx", "w", packed) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    assert refusal(tmp_path)[0].startswith("ledger.xlsx: the workbook is damaged: it is packed as no workbook is")
