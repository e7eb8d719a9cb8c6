"""Corners of tables of bookings and of costs by month: places, several years, several sheets, what is hidden. All figures are invented."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from ledgers import HEAD as SIE
from ledgers import TERMS, changed, voucher, write

from socsam_calc import AgreementError, load, settle
from socsam_calc.problems import Place
from socsam_calc.source import limits
from socsam_calc.source.document import Document
from socsam_calc.source.ledger import rows as from_rows
from socsam_calc.source.ledger import sie
from socsam_calc.source.ledger.ledger import Hidden, Unseen, is_total

OF_ROWS = changed(TERMS, ("ledger.se", "rows.csv"), ("{6: [P1, P2]}", "[P1]"))
BY_ACTIVITY = TERMS[: TERMS.index("figures:")] + "figures: costs.csv\n" + TERMS[TERMS.index("years:") :]


def of_rows(folder: Path, rows: str | bytes, terms: str = OF_ROWS, file: str = "rows.csv") -> Document:
    return load(write(folder, rows, terms, file))


def refused(folder: Path, rows: str | bytes, terms: str = OF_ROWS, file: str = "rows.csv") -> list[str]:
    with pytest.raises(AgreementError) as caught:
        of_rows(folder, rows, terms, file)
    return [f"{problem.place.line}:{problem.place.column}: {problem.text}" for problem in caught.value.problems]


HEAD = "year;month;account;object;amount\n"


def test_rows_alike_but_for_their_amounts_are_one_sum_at_the_first_of_them(tmp_path: Path) -> None:
    """1 + 20,50 − 0,25 + 300 kr on one account and object; with another object 4 000 stand apart, in their own line."""
    rows = HEAD + "2024;12;4010;P1;1,00\n2024;12;4010;P1;20,50\n2024;12;4010;P1;-0.25\n2024;12;4010;P1;300\n2024;12;4010;;4 000\n"
    (year,) = of_rows(tmp_path, rows).booked
    told = {name: [(one.account, one.amount, one.place.line, one.place.column) for one in sums] for name, sums in year.accounts.items()}
    assert told == {"insatser": [("4010", 321_25, 2, 9)], "kansli": [("4010", 4_000_00, 6, 9)]}


def test_each_year_of_a_file_counts_by_itself(tmp_path: Path) -> None:
    """2023 goes through May and 2024 through its end, as each one's last row says."""
    terms = changed(OF_ROWS, ("  2024:\n", "  2023:\n    frame: {insatser: {region: 5}}\n  2024:\n"))
    rows = HEAD + "2023;5;5010;;11\n2024;12;5010;;200\n2023;2;5010;;3\n2023;2;4010;P1;9\n2024;12;4010;P1;9\n"
    first, second = of_rows(tmp_path, rows, terms).booked
    assert [(one.year, one.through.isoformat(), one.outcome, sum(one.months["kansli"].values())) for one in (first, second)] == [
        (2023, "2023-05-31", "to_date", 14), (2024, "2024-12-31", "actual", 200),
    ]  # fmt: skip
    assert [one.files[0].silent for one in (first, second)] == [(1, 3, 4), tuple(range(1, 12))]


def test_a_mapping_names_one_year_or_a_day_of_those_that_there_are(tmp_path: Path) -> None:
    rows = HEAD + "2023;5;5010;;11\n2024;12;5010;;200\n2024;12;4010;P1;0\n"
    named = changed(OF_ROWS, ("  rounding: nearest\n", "  rounding: nearest\n  year: 2024\n"))
    assert [one.year for one in of_rows(tmp_path, rows, named).booked] == [2024]
    assert refused(tmp_path, rows, named.replace("year: 2024", "year: 2022")) == [
        "15:9: " + str(tmp_path / "rows.csv") + " holds no year 2022"
    ]
    through = changed(named, ("  year: 2024\n", "  year: 2024\n  through: 2024-11-30\n"))
    (year,) = of_rows(tmp_path, rows, through).booked
    assert (year.through.isoformat(), year.outcome, year.files[0].later) == ("2024-11-30", "to_date", 200_00)
    assert refused(tmp_path, rows, through.replace("2024-11-30", "2024-11-29"))[0].endswith("2024-11-29 is not the last day of a month")
    assert refused(tmp_path, rows, through.replace("2024-11-30", "2021-11-30"))[0].endswith(
        "2021-11-30 lies in no year of " + str(tmp_path / "rows.csv")
    )
    assert refused(tmp_path, HEAD)[0].endswith("the file holds no bookings yet")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (";12;5010;;1", "2:1: the year is missing"),
        ("2024;;5010;;1", "2:6: the month is missing"),
        ("2024;12;;;1", "2:9: the account is missing"),
        ("2024;12;5010;;", "2:15: the amount is missing"),
        ("2024;0;5010;;1", "2:6: `0` is not a month"),
        ("2024;12;5010;Summa;1", "2:14: `Summa`: this row adds up others, and would count twice"),
        ("2024;12;5010;;1e5", "2:15: "),
    ],
)
def test_a_row_is_refused_at_the_field_that_is_wrong(tmp_path: Path, row: str, told: str) -> None:
    (only,) = refused(tmp_path, HEAD + row + "\n")
    assert only.startswith(told)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("year;month;account;amount;amount", ["1:27: the column `amount` stands here twice"]),
        ("year;month;account;konto;amount", ["1:20: the column `konto` stands here twice"]),
        ("year;month;account", ["1:1: the column `amount` is missing"]),
        ("year;amount", ["1:1: the columns `month`, `account` are missing"]),
    ],
)
def test_a_head_is_refused_once_for_each_column(tmp_path: Path, head: str, told: list[str]) -> None:
    assert refused(tmp_path, head + "\n") == told


def test_fifty_bad_rows_are_told_and_no_more(tmp_path: Path) -> None:
    assert len(refused(tmp_path, HEAD + "24;12;5010;;1\n" * 60)) == 50


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str = "", hidden_row: int = 0) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(line, column, value)
            if name == hidden:
                sheet.hide()
            if hidden_row:
                sheet.set_row(hidden_row - 1, None, None, {"hidden": True})
    return stream.getvalue()


TABLE: list[list[object]] = [["year", "month", "account", "object", "amount"], [2024, 12, 4010, "P1", 450_000], [2024, 12, 5010, None, 200]]
IN_BOOK = OF_ROWS.replace("rows.csv", "rows.xlsx")


def test_the_sheets_of_a_workbook_are_one_table(tmp_path: Path) -> None:
    """A row without anything in it counts nothing; what a cell cannot mean is refused at its cell."""
    raw = workbook(("a", TABLE), ("b", [TABLE[0], [None] * 5, [2024, 12, 5010, None, 1]]))
    (year,) = of_rows(tmp_path, raw, IN_BOOK, "rows.xlsx").booked
    assert sum(year.months["kansli"].values()) == 201
    bad = workbook(("a", [*TABLE, [2024, 12, 5010, None, True]]))
    assert refused(tmp_path, bad, IN_BOOK, "rows.xlsx") == ["4:5: the cell holds TRUE"]


def test_what_of_a_workbook_nobody_sees_is_refused(tmp_path: Path) -> None:
    whole = refused(tmp_path, workbook(("a", TABLE), ("b", TABLE), hidden="b"), IN_BOOK, "rows.xlsx")
    assert whole == ["0:0: the sheet is hidden, and holds figures"]
    assert refused(tmp_path, workbook(("a", TABLE), hidden_row=3), IN_BOOK, "rows.xlsx") == ["3:1: the row is hidden, and holds figures"]


# --- costs by month ----------------------------------------------------------------------------------------------------------------


def by_month(folder: Path, rows: str, terms: str = BY_ACTIVITY) -> Document:
    return load(write(folder, "year;month;activity;actual\n" + rows, terms, "costs.csv"))


def test_costs_of_months_stand_at_the_first_row_of_their_activity(tmp_path: Path) -> None:
    """100 000 in January and 20 000,50 in March: 120 000,50 to date, which only öre can hold; so nothing is told of single months."""
    terms = changed(BY_ACTIVITY, ("law: none\n", "law: none\nrounding: öre\n"))
    rows = "2024;03;insatser;20 000,50\n2024;1;insatser;100 000\n2024;3;kansli;5\n"
    (year,) = by_month(tmp_path, rows, terms).booked
    assert year.months == {"insatser": {1: 100_000_00, 2: 0, 3: 20_000_50}, "kansli": {1: 0, 2: 0, 3: 500}}
    assert {name: (place.line, place.column) for name, place in year.places.items()} == {"insatser": (2, 18), "kansli": (4, 15)}
    assert year.files[0].silent == (2,) and year.files[0].later == 0
    settled = settle(by_month(tmp_path, rows, terms)).year(2024)
    assert settled.to_date is not None and settled.to_date.totals.units("booked") == 120_005_50


def test_öre_in_a_file_of_kronor_are_refused_and_months_before_the_agreement_left_out(tmp_path: Path) -> None:
    with pytest.raises(AgreementError, match="rounding"):
        by_month(tmp_path, "2024;12;insatser;0,50\n2024;12;kansli;1\n")
    terms = changed(BY_ACTIVITY, ("start: 2023-01-01", "start: 2024-07-01"))
    (year,) = by_month(tmp_path, "2024;6;insatser;300\n2024;8;insatser;50\n2024;8;kansli;1\n", terms).booked
    assert year.months["insatser"] == {7: 0, 8: 50} and year.files[0].later == 300_00


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("24;1;insatser;5", "3:1: `24` is not a year"),
        ("2024;2023-01;insatser;5", "3:6: `2023-01` is not a month of 2024"),
        ("2024;1;kansli;6", "3:15: this amount is also given at "),
    ],
)
def test_a_month_is_refused_at_the_field_that_is_wrong(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(AgreementError) as caught:
        by_month(tmp_path, f"2024;1;kansli;5\n{row}\n")
    (problem,) = caught.value.problems
    assert f"{problem.place.line}:{problem.place.column}: {problem.text}".startswith(told)


def test_a_cost_that_the_agreement_states_too_is_refused(tmp_path: Path) -> None:
    terms = changed(BY_ACTIVITY, ("  2024:\n", "  2024:\n    to_date: {actual: {kansli: 7}}\n"))
    with pytest.raises(AgreementError) as caught:
        by_month(tmp_path, "2024;1;kansli;5\n", terms)
    assert any("the cost of `kansli` is also given at" in problem.text and problem.place.line == 2 for problem in caught.value.problems)


def test_a_day_that_the_agreement_states_too_is_refused(tmp_path: Path) -> None:
    terms = changed(BY_ACTIVITY, ("  2024:\n", "  2024:\n    to_date: {through: 2024-02-29}\n"))
    with pytest.raises(AgreementError) as caught:
        by_month(tmp_path, "2024;1;kansli;5\n", terms)
    assert any("the figures say through which day they go: 2024-01-31" in problem.text for problem in caught.value.problems)


# --- what is hidden, and what adds up --------------------------------------------------------------------------------------------


def test_a_row_that_adds_up_others_is_known_by_its_word() -> None:
    for text in ("Summa", "SUMMA kostnader", "delsumma", "Totalt", "total", "totals 2024", "subtotal", "totalsumma", "sum"):
        assert is_total(text)
    for text in ("", "summary", "Summering", "insatser", "a sum"):
        assert not is_total(text)


def test_hidden_rows_and_columns_are_told_by_where_they_stand() -> None:
    def at(line: int, column: int) -> Place:
        return Place("b.xlsx", line, column, cell=f"sheet `s`, cell {'ABCDE'[column - 1]}{line}")

    unseen = Unseen(Hidden(rows=frozenset({3}), columns=[(2, 3)]))
    assert list(unseen.problems()) == []
    unseen.note([("year", at(2, 1)), ("frame", at(2, 2)), ("actual", at(2, 4))])
    unseen.note([("year", at(3, 1)), ("frame", at(3, 3)), ("actual", at(3, 4))])
    told = [(problem.place.line, problem.place.cell, problem.text) for problem in unseen.problems()]
    assert told == [
        (3, "sheet `s`, row 3", "the row is hidden, and holds figures"),
        (1, "sheet `s`, column B", "the column is hidden, and `frame` in it counts"),
        (1, "sheet `s`, column C", "the column is hidden, and `frame` in it counts"),
    ]
    filtered = Unseen(Hidden(rows=frozenset({3, 4}), filtered=True))
    for line in (3, 4):
        filtered.note([("year", at(line, 1))])
    (only,) = filtered.problems()
    assert (
        only.text == "these rows are hidden, and hold figures"
        and only.remedy == "a filter hides them: clear the filter, or take the rows away"
    )
    (whole,) = (unseen for unseen in [Unseen(Hidden("veryHidden"))])
    whole.note([("year", at(3, 1))])
    (only,) = whole.problems()
    assert (only.place.line, only.place.cell) == (0, "sheet `s`") and "only the macro editor unhides it" in only.remedy
    assert [Hidden(columns=[(2, 3), (5, 5)]).holds(column) for column in range(1, 7)] == [False, True, True, False, True, False]


def test_costs_of_a_month_are_added_where_a_column_says_of_which_account(tmp_path: Path) -> None:
    rows = "year;month;activity;account;actual\n2024;12;kansli;4010;5\n2024;12;kansli;4020;7\n2024;12;insatser;4010;0\n"
    (year,) = load(write(tmp_path, rows, BY_ACTIVITY, "costs.csv")).booked
    assert year.months["kansli"][12] == 12 and year.places["kansli"].line == 2


def test_books_are_summed_by_no_more_accounts_objects_and_months_than_there_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three apart, a fourth that repeats the first; of SIE the accounts of a voucher, two of them."""
    rows = "year;month;account;object;amount\n2024;1;4010;P1;5\n2024;2;4010;P1;5\n2024;2;7010;;5\n2024;1;4010;P1;7\n"
    assert limits.MOST_APART == 500_000
    monkeypatch.setattr(from_rows, "MOST_APART", 3)
    assert sum(of_rows(tmp_path, rows).booked[0].months["insatser"].values()) == 17
    monkeypatch.setattr(from_rows, "MOST_APART", 2)
    assert [line.partition(": ")[0] for line in refused(tmp_path, rows)] == ["4:8"]
    monkeypatch.setattr(sie, "MOST_APART", 1)
    (said,) = refused(tmp_path, SIE + voucher(1, "20240105", "7010 {} 5.00", "1930 {} -5.00"), TERMS, "ledger.se")
    assert said.replace("\u00a0", " ").endswith("books on more than 500 000 accounts, objects and months apart from each other")
