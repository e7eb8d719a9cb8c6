"""Corners of books that whole exports seldom show, each by hand. The ledger is that of `ledgers.py`; all figures are invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from ledgers import HEAD, RESULTS, TERMS, VOUCHERS, WHOLE, balances, changed, voucher, without, write

from socsam_calc import AgreementError, load
from socsam_calc.problems import Problem
from socsam_calc.source.ledger.booked import OfFile
from socsam_calc.source.ledger.books import is_export
from socsam_calc.source.ledger.foreign import recognised

PLAIN = changed(TERMS, ("{accounts: 4000-6999, objects: {6: [P1, P2]}}", "4000-4999"), ("[4000-7999]", "[5000-7999]"))
MONTHS = (
    ("202401", "3510", "-800000.00"),
    ("202403", "4010", "350000.00"),
    ("202406", "5010", "80000.50"),
    ("202406", "7010", "120000.00"),
    ("202410", "4010", "100000.00"),
)


def of_months(rows: tuple[tuple[str, str, str], ...] = MONTHS, head: str = HEAD + RESULTS) -> str:
    """The year as balances of months, without vouchers."""
    return head + "".join(f"#PSALDO 0 {month} {account} {{}} {amount}\n" for month, account, amount in rows)


def wrong(folder: Path, ledger: str, terms: str = TERMS) -> list[Problem]:
    """What is refused."""
    with pytest.raises(AgreementError) as caught:
        load(write(folder, ledger, terms))
    return list(caught.value.problems)


def of_file(folder: Path, ledger: str, terms: str = TERMS) -> OfFile:
    """What is remembered of the one file of the year."""
    (year,) = load(write(folder, ledger, terms)).booked
    (file,) = year.files
    return file


def two(folder: Path, other: str, terms: str = TERMS, second: str = "") -> list[str]:
    """What is refused where a second file of the year stands under the same mapping."""
    (folder / "again.se").write_bytes(other.encode())
    start, rest = terms.split("figures:\n")
    mapping, years = rest.split("years:")
    indented = "".join(f"    {line.removeprefix('  ')}\n" for line in mapping.splitlines())
    both = "  -" + indented[3:] + "  -" + indented[3:].replace("ledger.se", "again.se") + second
    return [problem.text for problem in wrong(folder, WHOLE, f"{start}figures:\n{both}years:{years}")]


# --- balances of months -----------------------------------------------------------------------------------------------------------


def test_an_account_that_comes_to_nothing_needs_no_place_where_only_balances_are_known(tmp_path: Path) -> None:
    """8410 has 50 in January and −50 in February. With 40 in February 10 is left, and wants a place; so it does where it has a result."""
    terms = changed(PLAIN, (", 8000-8999]", "]"))
    nothing = (*MONTHS, ("202401", "8410", "50.00"), ("202402", "8410", "-50.00"))
    (year,) = load(write(tmp_path, of_months(nothing), terms)).booked
    assert sum(year.months["insatser"].values()) == 450_000
    some = (*MONTHS, ("202401", "8410", "50.00"), ("202402", "8410", "-40.00"))
    (only,) = wrong(tmp_path, of_months(some, HEAD + RESULTS + "#RES 0 8410 10.00\n"), terms)
    assert only.text == "account 8410 stands nowhere in the mapping, and 10 kr is booked on it"


def test_an_earlier_year_is_whole_whatever_day_the_file_goes_through(tmp_path: Path) -> None:
    """The file covers 2024 to August. Of 2023 the results are those of the year, and are not to be met by its months to August alone."""
    head = changed(HEAD, ("#OMFATTN 20241231", "#OMFATTN 20240831"), ("#GEN 20250120", "#GEN 20240905"))
    months = tuple((f"2023{month[4:]}", account, amount) for month, account, amount in MONTHS)
    terms = changed(PLAIN, ("  rounding: nearest\n", "  rounding: nearest\n  year: 2023\n"), ("  2024:\n", "  2023:\n"))
    whole = [("3510", "-800000"), ("4010", "450000"), ("5010", "80000.50"), ("7010", "120000")]
    (year,) = load(write(tmp_path, of_months(months, head + balances(-1, "RES", whole)), terms)).booked
    assert (year.year, year.through.isoformat()) == (2023, "2023-12-31")
    to_august = [("4010", "350000") if account == "4010" else (account, amount) for account, amount in whole]
    (only,) = wrong(tmp_path, of_months(months, head + balances(-1, "RES", to_august)), terms)
    assert "its stated result (`#RES`) is 350 000 kr" in only.text and "come to 450 000 kr" in only.text


@pytest.mark.parametrize("month", ["202400", "202413", "20241", "2024-01"])
def test_a_month_is_six_digits(tmp_path: Path, month: str) -> None:
    assert any(f"`{month}` is no month" in problem.text for problem in wrong(tmp_path, of_months(((month, "4010", "1.00"),)), PLAIN))


# --- several files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "more"), [(1, ""), (2, ", and 1 more"), (3, ", and 2 more")])
def test_vouchers_that_stand_twice_are_counted(tmp_path: Path, count: int, more: str) -> None:
    kept = "".join(f"#VER{part}" for part in VOUCHERS.split("#VER")[1 : 1 + count])
    other = HEAD + "#RES 0 3510 -800000.00\n" * (count > 0) + "#RES 0 4010 350000.00\n" * (count > 1)
    other += "#RES 0 5010 80000.50\n#RES 0 7010 120000.00\n" * (count > 2)
    told = [text for text in two(tmp_path, other + kept) if "stands in" in text]
    assert len(told) == 1 and told[0].startswith("voucher A 1 of 20240115 stands in ") and told[0].endswith(f"ledger.se too{more}")


def test_files_of_a_year_go_through_the_same_month(tmp_path: Path) -> None:
    """One through August, the other through December; two through December differ in nothing else than their vouchers' numbers."""
    other = HEAD + "#RES 0 7010 5.00\n" + voucher(7, "20240515", "7010 {} 5.00", "1930 {} -5.00", series="B")
    short = changed(other, ("#OMFATTN 20241231", "#OMFATTN 20240831"), ("#GEN 20250120", "#GEN 20240905"))
    told = two(tmp_path, short)
    assert any("goes through 2024-08-31, and " in text and text.endswith("ledger.se through 2024-12-31") for text in told)
    (tmp_path / "again.se").write_text(other, encoding="utf-8")
    (year,) = load(tmp_path / "agreement.yaml").booked
    assert year.through.isoformat() == "2024-12-31" and sum(year.months["kansli"].values()) == 200_006  # 200 000,50 and 5 kr


# --- what is remembered, and where it is refused ----------------------------------------------------------------------------------


def test_ranges_that_hold_no_account_are_remembered(tmp_path: Path) -> None:
    """No account of the file lies in 6000-6999; all others hold one."""
    terms = changed(PLAIN, ("[5000-7999]", "[5000-5999, 6000-6999, 7010]"))
    ((activity, span),) = of_file(tmp_path, WHOLE, terms).unmet
    assert activity == "kansli" and span.holds("6500") and not span.holds("5010")
    assert of_file(tmp_path, WHOLE).unmet == ()


def test_what_is_left_out_is_remembered_and_contributions_apart(tmp_path: Path) -> None:
    """800 000 kr of fees, with their sign turned where the mapping calls them contributions."""
    outside = of_file(tmp_path, WHOLE)
    assert [(one.account, one.name, one.amount) for one in outside.outside] == [("3510", "Medlemsavgifter", -800_000_00)]
    assert outside.contributed is None and outside.opening is None and outside.closing is None
    terms = changed(TERMS, ("  outside:", "  contributions: 3510\n  outside:"))
    apart = of_file(tmp_path, WHOLE, terms)
    assert apart.outside == () and apart.contributed == 800_000_00


def test_own_capital_is_what_the_other_balances_come_to(tmp_path: Path) -> None:
    """500 000 at first; at last 149 999,50 of result are not yet carried to it, so 649 999,50."""
    file = of_file(tmp_path, WHOLE, changed(TERMS, ("  outside:", "  capital: 2000-2099\n  outside:")))
    assert (file.opening, file.closing) == (500_000_00, 649_999_50)
    none = of_file(tmp_path, without(WHOLE, "#IB"), changed(TERMS, ("  outside:", "  capital: 2000-2099\n  outside:")))
    assert (none.opening, none.closing) == (None, 649_999_50)


def test_what_is_too_fine_is_refused_at_the_name_of_its_activity(tmp_path: Path) -> None:
    (only,) = wrong(tmp_path, WHOLE, changed(TERMS, ("  rounding: nearest\n", "")))
    assert (only.place.line, only.place.column, only.place.length) == (16, 5, len("kansli"))


def test_an_account_booked_first_in_any_line_is_shown_there(tmp_path: Path) -> None:
    (year,) = load(write(tmp_path)).booked
    (only,) = year.accounts["insatser"]
    first = WHOLE.splitlines().index('#TRANS 4010 {6 "P1"} 200000.00') + 1
    assert (only.account, only.amount, only.place.line) == ("4010", 450_000_00, first)


# --- files of other formats -------------------------------------------------------------------------------------------------------


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, "x" * 300)
    return stream.getvalue()


def test_an_open_document_is_known_by_its_parts_too() -> None:
    """Some programs do not say first what the file is."""
    told = recognised(archive("META-INF/manifest.xml", "content.xml"))
    assert told is not None and told[0] == "this is an OpenDocument file (.ods)"
    assert recognised(archive("content.xml")) is None and recognised(archive("META-INF/manifest.xml")) is None
    assert recognised(archive("xl/workbook.xml")) is None and recognised(b"PK\x03\x04 cut short") is None


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_json_is_known_whatever_stands_before_it(start: bytes) -> None:
    for raw, kind in ((b"[1]", "a JSON file"), (b'{"a": 1}', "a JSON file"), (b'{"class": "dataset"}', "a JSON-stat file")):
        told = recognised(start + raw)
        assert told is not None and told[0] == f"this is {kind}"
    assert recognised(start + b"year;activity") is None


# --- files of figures -------------------------------------------------------------------------------------------------------------


def test_misspelt_headings_are_told_one_by_one_and_those_of_another_table_are_not_shown(tmp_path: Path) -> None:
    start, rest = TERMS.split("figures:\n")
    terms = f"{start}figures: led.csv\nyears:{rest.split('years:')[1]}"

    def told(text: str) -> list[str]:
        (tmp_path / "led.csv").write_text(text, encoding="utf-8")
        return [f"{problem.text}; {problem.remedy}" for problem in wrong(tmp_path, "", terms)]

    assert set(told("yeer;activty;fram\n2024;kansli;5\n")) >= {
        "there is no column `yeer`; did you mean `year`?",
        "there is no column `activty`; did you mean `activity`?",
        "there is no column `fram`; did you mean `frame`?",
    }
    assert told("kund;pris;vikt\nA;5;6\n") == [
        "the first line names no column of figures; write `year;activity;frame;actual`; separate the columns by `;`, `,` or tabs"
    ]
    assert told("1998;1999\nA;5\n")[0].startswith("the column `activity` (`verksamhet`) is missing")


def test_an_export_is_known_by_its_label_within_the_first_two_hundred_bytes() -> None:
    for label in (b"#FLAGGA", b"#flagga"):
        assert is_export("x.txt", label + b" 0\n") and is_export("x.txt", b"\n" * (199 - len(label)) + label + b" ")
        assert not is_export("x.txt", b"\n" * (200 - len(label)) + label + b" ")
    assert is_export("x.SE", b"") and not is_export("x.csv", b"year;activity\n")


def test_ten_accounts_that_differ_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    """Results of twelve accounts that nothing is booked on: ten are named, two counted. Of ten none is left to count."""

    def told(count: int) -> list[str]:
        results = balances(0, "RES", [(f"40{number:02}", "5.00") for number in range(20, 20 + count)])
        return [problem.text for problem in wrong(tmp_path, HEAD + RESULTS + results + VOUCHERS)]

    twelve = told(12)
    assert set(twelve) == {
        *(f"account {number}: its stated result (`#RES`) is 5 kr, and its bookings come to 0 kr" for number in range(4020, 4030)),
        "so it is with 2 more",
    }
    assert len(told(10)) == 10 and not any(text.startswith("so it is") for text in told(10))


def test_books_wait_for_a_period_that_can_be_read(tmp_path: Path) -> None:
    """The period alone is refused: nothing is said of costs that nobody could enter."""
    (only,) = wrong(tmp_path, WHOLE, changed(TERMS, ("start: 2023-01-01", "start: soon")))
    assert only.place.line == 4


def test_of_books_that_are_refused_nothing_else_is_missed(tmp_path: Path) -> None:
    """The agreement says what it expects of the rest of the year; what is booked so far is not said to be missing beside it."""
    ledger = WHOLE + voucher(9, "20240105", "7010 {} 5.00", "1930 {} -4.00")
    terms = changed(TERMS, ("  2024:\n", "  2024:\n    to_date: {remaining: {insatser: 40 000, kansli: frame}}\n"))
    assert {problem.text for problem in wrong(tmp_path, ledger, terms)} == {"the voucher does not add up to 0: its bookings come to 1 kr"}
