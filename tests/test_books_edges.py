"""The edges of books and tables of figures: the last day, letter and byte that is still read, and the first that is not. By hand, and invented."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ledgers import HEAD, RESULTS, TERMS, VOUCHERS, WHOLE, balances, changed, voucher, without, write

from socsam_calc import AgreementError, load, settle
from socsam_calc.problems import Place
from socsam_calc.source.ledger import letters, stored
from socsam_calc.source.ledger.accounts import _above
from socsam_calc.source.ledger.booked import Booked, OfFile
from socsam_calc.source.ledger.figures import named_files, replaced
from socsam_calc.source.ledger.foreign import recognised
from socsam_calc.source.ledger.headings import head_of as head_of_column
from socsam_calc.source.ledger.headings import listed, swedish
from socsam_calc.source.ledger.ledger import Field, _limited
from socsam_calc.source.ledger.letters import text_of
from socsam_calc.source.ledger.separated import Separated, head_of
from socsam_calc.source.yaml import LARGEST_FILE

PLAIN = changed(TERMS, ("{accounts: 4000-6999, objects: {6: [P1, P2]}}", "4000-4999"), ("[4000-7999]", "[5000-7999]"))


def year(folder: Path, ledger: str | bytes, terms: str = TERMS, file: str = "ledger.se") -> Booked:
    (booked,) = load(write(folder, ledger, terms, file)).booked
    return booked


def of_file(folder: Path, ledger: str | bytes, terms: str = TERMS, file: str = "ledger.se") -> OfFile:
    (only,) = year(folder, ledger, terms, file).files
    return only


def wrong(folder: Path, ledger: str | bytes, terms: str = TERMS, file: str = "ledger.se") -> list[str]:
    """What is refused."""
    with pytest.raises(AgreementError) as caught:
        load(write(folder, ledger, terms, file))
    return [problem.text for problem in caught.value.problems]


# --- tables as text ----------------------------------------------------------------------------------------------------------------


def test_a_line_may_say_first_what_separates_the_fields() -> None:
    assert head_of('sep=;\nyear; "activity"\t,x\n1;2') == ["year", "activity", "", "x"]
    assert head_of("SEP=| \nyear;activity") == ["year", "activity"]
    assert head_of("sep=;") == ["sep=", ""] and head_of("") == [""] and head_of("year\nsep=;") == ["year"]
    with pytest.raises(AgreementError, match="the first line names no column of figures"):
        Separated("t.csv", b"sep=;\n", lambda name: name == "year", "`year`")


def test_of_a_first_line_two_thousand_letters_are_looked_at() -> None:
    long = "a" * 1998
    assert head_of(f"{long};b;c") == [long, "b"]
    assert head_of(f"{long}b;;c") == [long + "b", ""]
    assert head_of(f"sep=;\n{long};b;c") == [long, "b"]


def test_the_place_of_an_empty_field_has_room_for_a_letter() -> None:
    table = Separated("t.csv", b"year;;activity\n1998;;a\n", lambda name: name == "year", "`year`")
    spots = [(place.column, place.length) for place in (table.place(2, 0), table.place(2, 1), table.place(2, 2), table.place_of(2, 1))]
    assert spots == [(1, 4), (6, 1), (7, 1), (7, 1)]


def test_a_field_of_two_hundred_letters_is_read_and_none_that_is_longer() -> None:
    place = Place("t.csv", 2, 1)
    assert _limited(Field("x" * 200, place)) == Field("x" * 200, place)
    longer = _limited(Field("x" * 201, place))
    assert longer.text == "" and longer.problem is not None and longer.problem.place == place
    assert longer.problem.text.startswith("a text of 201 letters stands here: `xxx")


# --- letters -----------------------------------------------------------------------------------------------------------------------


def test_books_may_have_64_mib(monkeypatch: pytest.MonkeyPatch) -> None:
    assert letters.LARGEST_BOOKS == 67_108_864
    monkeypatch.setattr(letters, "LARGEST_BOOKS", 10)
    assert text_of(b"#FLAGGA 0\n", "x.se") == "#FLAGGA 0\n"
    with pytest.raises(AgreementError, match="the file has more than 64 MiB"):
        text_of(b"#FLAGGA 00\n", "x.se")


def test_utf_16_is_known_by_its_beginning() -> None:
    """By its mark, or by a zero among its first 4 096 bytes."""
    for raw in ("#FLAGGA 0".encode("utf-16"), "#FLAGGA 0".encode("utf-16-be"), b"#" * 4095 + b"\0"):
        with pytest.raises(AgreementError, match="the file is in UTF-16"):
            text_of(raw, "x.se")
    assert text_of(b"#" * 4096 + b"\0", "x.se") == "#" * 4096 + "\0"


@pytest.mark.parametrize("page", ["utf-8", "utf-8-sig", "cp437", "cp1252"])
def test_swedish_letters_are_told_apart_by_themselves(page: str) -> None:
    assert text_of('#FNAMN "Blåbär, Ödön, Åre"\r\n#X\r'.encode(page), "x.se") == '#FNAMN "Blåbär, Ödön, Åre"\n#X\n'


def test_where_both_code_pages_have_as_many_swedish_letters_it_is_that_of_sie() -> None:
    """å of the one and å of the other; with one more of the other it is that one."""
    assert text_of(b"\x86\xe5", "x.se")[0] == "å" and text_of(b"\x86\xe5\xe4", "x.se")[1:] == "åä"


# --- workbooks ---------------------------------------------------------------------------------------------------------------------


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(stream := io.BytesIO())
    return stream.getvalue()


def test_a_workbook_may_have_its_size_and_no_byte_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 times the largest file when it is unpacked, and 512 MiB at most."""
    assert (stored.MOST_CELLS, stored._UNPACKED, stored._MOST_UNPACKED, LARGEST_FILE) == (1_000_000, 20, 536_870_912, 5_242_880)
    raw = workbook([["year", "activity", "frame"], [1998, "a", 1]])
    opened = stored.opened("b.xlsx", raw, len(raw))
    with pytest.raises(AgreementError, match="the file is larger than 3 MiB"):
        stored.opened("b.xlsx", b"PK" + b" " * (3 << 20), 3 << 20)
    unpacked = sum(entry.file_size for entry in opened.archive.infolist())
    monkeypatch.setattr(stored, "_MOST_UNPACKED", unpacked)
    stored.opened("b.xlsx", raw, len(raw))
    monkeypatch.setattr(stored, "_MOST_UNPACKED", unpacked - 1)
    with pytest.raises(AgreementError, match="the workbook is larger than 0 MiB when unpacked"):
        stored.opened("b.xlsx", raw, len(raw))
    monkeypatch.undo()
    monkeypatch.setattr(stored, "_UNPACKED", 1)
    assert unpacked > len(raw)
    with pytest.raises(AgreementError, match="the workbook is larger than 0 MiB when unpacked"):
        stored.opened("b.xlsx", raw, len(raw))
    stored.opened("b.xlsx", raw, unpacked)


# --- which year, and through which day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "period", "fine"),
    [
        ("20240630", "{start: 2023-01-01, end: 2024-06-30}", True),
        ("20240629", "{start: 2023-01-01, end: 2024-06-30}", False),
        ("20240630", "{start: 2023-01-01, end: 2025-06-30}", False),
        ("20240630", "{start: 2023-01-01}", False),
    ],
)
def test_a_last_year_ends_with_a_month_and_with_the_agreement(tmp_path: Path, ends: str, period: str, fine: bool) -> None:
    terms = changed(TERMS, ("{start: 2023-01-01}", period))
    ledger = changed(HEAD, ("#RAR 0 20240101 20241231", f"#RAR 0 20240101 {ends}"), ("#OMFATTN 20241231", "#OMFATTN 20240630"))
    ledger += "#RES 0 7010 5.00\n" + voucher(1, "20240105", "7010 {} 5.00", "1930 {} -5.00")
    if fine:
        assert year(tmp_path, ledger, terms).through == date(2024, 6, 30)
    else:
        assert wrong(tmp_path, ledger, terms) == [
            f"the file's year is 2024-01-01–2024-06-{ends[-2:]}, and an agreement is settled by calendar years"
        ]


@pytest.mark.parametrize(
    ("through", "said"),
    [
        ("2023-12-31", "2023-12-31 lies outside the year 2024-01-01–2024-12-31 of "),
        ("2025-01-31", "2025-01-31 lies outside the year 2024-01-01–2024-12-31 of "),
        ("2024-02-28", "2024-02-28 is not the last day of a month"),
        ("2024-02-29", ""),
        ("2024-01-31", ""),
        ("2024-12-31", ""),
    ],
)
def test_a_mapping_may_say_through_which_month_of_the_year(tmp_path: Path, through: str, said: str) -> None:
    terms = changed(TERMS, ("  rounding: nearest\n", f"  rounding: nearest\n  through: {through}\n"))
    if said:
        (text,) = wrong(tmp_path, WHOLE, terms)
        assert text.startswith(said)
    else:
        assert year(tmp_path, WHOLE, terms).through == date.fromisoformat(through)


def test_a_file_that_goes_through_the_middle_of_a_month_has_to_be_told_how_far(tmp_path: Path) -> None:
    ledger = changed(WHOLE, ("#OMFATTN 20241231", "#OMFATTN 20241130"))
    assert year(tmp_path, changed(ledger, ("#RES 0 4010 450000.00", "#RES 0 4010 450000.00"))).through == date(2024, 11, 30)
    (text,) = wrong(tmp_path, changed(WHOLE, ("#OMFATTN 20241231", "#OMFATTN 20241129")))
    assert text == "the file says that its books go through 2024-11-29, which is not the last day of a month"


def test_a_file_that_states_no_year_is_refused(tmp_path: Path) -> None:
    (text,) = wrong(tmp_path, changed(WHOLE, ("#RAR 0 20240101 20241231\n", "")))
    assert text == "the file does not say which year it gives: `#RAR 0` is missing"


def test_a_result_is_held_against_the_bookings_through_the_day_that_the_file_names(tmp_path: Path) -> None:
    """Through its first day the year has 5 kr of its 12; a result of 12, of all that it books, is as good, and one of 7 is neither."""
    terms = changed(TERMS, ("  rounding: nearest\n", "  rounding: nearest\n  through: 2024-01-31\n"))
    head = changed(HEAD, ("#OMFATTN 20241231", "#OMFATTN 20240101"))
    rows = voucher(1, "20240101", "7010 {} 5.00", "1930 {} -5.00") + voucher(2, "20240105", "7010 {} 7.00", "1930 {} -7.00")
    for result in ("5.00", "12.00"):
        assert year(tmp_path, f"{head}#RES 0 7010 {result}\n{rows}", terms).months["kansli"] == {1: 12}
    (text,) = wrong(tmp_path, f"{head}#RES 0 7010 7.00\n{rows}", terms)
    assert text in (
        "account 7010 Löner: its stated result (`#RES`) is 7 kr, and its bookings come to 5 kr",
        "account 7010 Löner: its stated result (`#RES`) is 7 kr, and its bookings come to 12 kr",
    )


def test_a_result_is_held_against_the_balances_of_months_through_the_one_that_the_file_names(tmp_path: Path) -> None:
    """To August, with it: 350 000 kr in March, 5 in August, and 100 000 later."""
    head = changed(HEAD, ("#OMFATTN 20241231", "#OMFATTN 20240831"), ("#GEN 20250120", "#GEN 20240905"))
    months = "".join(
        f"#PSALDO 0 {month} {account} {{}} {amount}\n"
        for month, account, amount in (
            ("202403", "4010", "350000.00"), ("202408", "4010", "5.00"), ("202410", "4010", "100000.00"), ("202406", "7010", "1.00"),
        )
    )  # fmt: skip
    told = head + balances(0, "RES", [("4010", "350005.00"), ("7010", "1.00")]) + months
    assert sum(year(tmp_path, told, PLAIN).months["insatser"].values()) == 350_005
    (text,) = wrong(tmp_path, changed(told, ("350005.00", "350000.00")), PLAIN)
    assert text.startswith("account 4010 Köpta tjänster: its stated result (`#RES`) is 350 000 kr")


def test_balances_of_other_years_months_do_not_count(tmp_path: Path) -> None:
    """November and December before the year and January after it; the first and the last month of the year do."""
    amounts = {"202311": 7, "202312": 1, "202401": 20, "202412": 300, "202501": 4000}
    months = "".join(f"#PSALDO 0 {month} 4010 {{}} {amount}.00\n" for month, amount in amounts.items())
    booked = year(tmp_path, HEAD + months + "#PSALDO 0 202401 7010 {} 9.00\n", PLAIN)
    assert {month: amount for month, amount in booked.months["insatser"].items() if amount} == {1: 20, 12: 300}


def test_months_are_told_where_those_of_every_row_are_known(tmp_path: Path) -> None:
    """By the books 350 000 in March and 200 001 in June; with one row's cost set by hand, its months are nobody's, and none are told."""
    running = changed(
        WHOLE.split("#VER A 4")[0],
        ("#GEN 20250120", "#GEN 20240905"),
        ("#OMFATTN 20241231", "#OMFATTN 20240831"),
        ("#RES 0 4010 450000.00", "#RES 0 4010 350000.00"),
    )
    file = write(tmp_path, running, TERMS, "ledger.se")
    months: list[set[tuple[int, str, int]] | None] = []
    for settings in ((), ("years.2024.to_date.actual.kansli=200001",)):
        found = settle(load(file, settings=settings)).year(2024).to_date
        assert found is not None
        months.append(found.months and {(one.month, one.activity, one.booked) for one in found.months if one.booked})
    assert months == [{(3, "insatser", 350_000), (6, "kansli", 200_001)}, None]


def test_what_is_booked_is_there_whether_it_is_declared_or_not(tmp_path: Path) -> None:
    """Objects of vouchers, accounts of vouchers, and accounts of balances of months, without `#OBJEKT` and `#KONTO`."""
    assert of_file(tmp_path, without(WHOLE, "#OBJEKT")).unmet == ()
    assert of_file(tmp_path, without(HEAD, "#KONTO", "#UB") + "#UB 0 1930 1.00\n" + VOUCHERS, PLAIN).unmet == ()
    months = "#PSALDO 0 202403 4010 {} 350000.00\n#PSALDO 0 202406 7010 {} 1.00\n"
    assert of_file(tmp_path, without(HEAD, "#KONTO") + months, PLAIN).unmet == ()


# --- where accounts belong --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "more"), [(7010, ""), (5010, ", and 1 more")])
def test_accounts_of_two_rows_are_told_once_with_the_number_of_the_others(tmp_path: Path, first: int, more: str) -> None:
    """5010 and 7010 are declared."""
    name = {7010: "Löner", 5010: "Lokalhyra"}[first]
    terms = changed(PLAIN, ("insatser: 4000-4999", f"insatser: [4000-4999, {first}-7999]"))
    assert wrong(tmp_path, WHOLE, terms) == [f"account {first} {name}{more}: under `insatser` and under `kansli`"]


@pytest.mark.parametrize(
    ("rows", "balance", "told"),
    [
        (["7010 {} -300000.00"], "300000.00", "−100 000 kr, which is below 0; its largest credits: 7010 Löner −180 000 kr"),
        (
            ["7010 {} -300000.00", "5011 {} -4.00", "5012 {} -3.00", "5013 {} -2.00"],
            "300009.00",
            "−100 009 kr, which is below 0; its largest credits: 7010 Löner −180 000 kr, 5011 −4 kr, 5012 −3 kr",
        ),
    ],
)
def test_a_cost_below_0_is_told_with_its_three_largest_credits(tmp_path: Path, rows: list[str], balance: str, told: str) -> None:
    """80 000,50 and 120 000 less 300 000 are −99 999,50, half a krona rounded away from 0; less 9 kr more −100 008,50. On 7010 −180 000."""
    ledger = without(WHOLE, "#RES") + voucher(9, "20241101", *rows, f"1930 {{}} {balance}")
    (text,) = wrong(tmp_path, ledger)
    assert text.replace("\u00a0", " ") == f"`kansli` costs {told}"


def test_of_a_year_whose_books_are_refused_nothing_is_entered(tmp_path: Path) -> None:
    """8410 stands nowhere; that öre do not fit is not told before that is mended."""
    terms = changed(TERMS, (", 8000-8999]", "]"), ("  rounding: nearest\n", ""))
    ledger = without(WHOLE, "#RES") + voucher(9, "20240105", "8410 {} 5.00", "1930 {} -5.00")
    assert wrong(tmp_path, ledger, terms) == ["account 8410 stands nowhere in the mapping, and 5 kr is booked on it"]


def test_where_a_mapping_is_refused_its_costs_are_not_missed(tmp_path: Path) -> None:
    """The year states a part of its costs, so that those of the books would be missed."""
    terms = changed(TERMS, ("    insatser: {accounts: 4000-6999, objects: {6: [P1, P2]}}", "    insatser: 5000-4000"))
    terms = changed(terms, ("  2024:\n", "  2024:\n    to_date: {remaining: {insatser: 40 000, kansli: frame}}\n"))
    with pytest.raises(AgreementError) as caught:
        load(write(tmp_path, WHOLE, terms))
    assert {problem.place.line for problem in caught.value.problems} == {16}


# --- tables of costs -------------------------------------------------------------------------------------------------------------------

BY_ACTIVITY = TERMS[: TERMS.index("figures:")] + "figures: costs.csv\n" + TERMS[TERMS.index("years:") :]


def refused_at(folder: Path, rows: str, terms: str = BY_ACTIVITY) -> list[str]:
    with pytest.raises(AgreementError) as caught:
        load(write(folder, rows, terms, "costs.csv"))
    return [
        f"{Path(problem.place.file).name}:{problem.place.line}:{problem.place.column}: {problem.text}" for problem in caught.value.problems
    ]


def test_costs_of_a_year_are_added_by_account_and_a_bad_one_is_refused_in_its_place(tmp_path: Path) -> None:
    """5 + 7,50 kr; a row whose amount cannot be read is told where it stands, though another is there already."""
    rows = "year;activity;account;actual\n2024;kansli;4010;5\n2024;kansli;4020;7,50\n2024;insatser;4010;1\n"
    terms = changed(BY_ACTIVITY, ("law: none\n", "law: none\nrounding: öre\n"))
    costs = load(write(tmp_path, rows, terms, "costs.csv")).agreement.years[2024].actual
    assert costs == {"kansli": 12_50, "insatser": 1_00}
    (told,) = refused_at(tmp_path, rows + "2024;kansli;4030;1e5\n", terms)
    assert told.startswith("costs.csv:5:18: `1e5` is written with a power of ten")


def test_a_cost_that_no_row_gives_is_missed_in_the_row_of_its_frame(tmp_path: Path) -> None:
    """Where the agreement states the frame, or in the empty field of the row that does. Without a frame nothing is missed."""
    alone = BY_ACTIVITY[: BY_ACTIVITY.index("years:")]
    rows = "year;activity;actual\n2024;kansli;5\n"
    missed = "`insatser` has a row in the frame of 2024 but no cost"
    assert refused_at(tmp_path, rows) == [f"agreement.yaml:16:7: {missed}"]
    framed = "year;activity;party;frame;actual\n2024;kansli;;;5\n2024;insatser;region;3;\n"
    assert refused_at(tmp_path, framed, alone) == [f"costs.csv:3:24: {missed}"]
    assert load(write(tmp_path, rows, alone, "costs.csv")).agreement.years[2024].actual == {"kansli": 5}


# --- what a file is refused for, and where ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ledger", "label"),
    [
        (changed(HEAD, ("20240101 20241231", "20240201 20250131")), "#RAR 0"),
        (changed(WHOLE, ("#GEN 20250120", "#GEN 20241230"), ("#OMFATTN 20241231\n", "")), "#GEN"),
        (changed(WHOLE, ("#OMFATTN 20241231", "#OMFATTN 20241129")), "#OMFATTN"),
        (without(WHOLE, "#RAR 0"), ""),
        (HEAD, ""),
    ],
)
def test_a_year_that_cannot_be_read_is_refused_at_the_line_that_says_so(tmp_path: Path, ledger: str, label: str) -> None:
    """At none where it is missing."""
    with pytest.raises(AgreementError) as caught:
        load(write(tmp_path, ledger))
    (problem,) = caught.value.problems
    line = next((number for number, one in enumerate(ledger.splitlines(), 1) if label and one.startswith(label)), 0)
    assert problem.place.line == line and Path(problem.place.file).name == "ledger.se"


def test_results_alone_are_those_through_one_day(tmp_path: Path) -> None:
    """The file was made after its year's end; another that says nothing of its time goes through no day at all."""
    alone = HEAD + RESULTS
    through = changed(PLAIN, ("  rounding: nearest\n", "  rounding: nearest\n  through: 2024-08-31\n"))
    (text,) = wrong(tmp_path, alone, through)
    assert text.endswith("ledger.se holds results alone (`#RES`), which are those through 2024-12-31")
    (text,) = wrong(tmp_path, without(alone, "#GEN", "#OMFATTN"), through)
    assert text.endswith("ledger.se holds results alone (`#RES`), and does not say through which day")
    assert wrong(tmp_path, alone) == ["the file holds results of accounts alone (`#RES`), and `insatser` asks for objects"]
    assert year(tmp_path, alone, PLAIN).months["insatser"][12] == 450_000


@pytest.mark.parametrize(("start", "fine"), [("2024-01-01", True), ("2024-02-01", False)])
def test_results_alone_cannot_leave_out_the_months_before_the_agreement(tmp_path: Path, start: str, fine: bool) -> None:
    terms = changed(PLAIN, ("start: 2023-01-01", f"start: {start}"))
    if fine:
        assert year(tmp_path, HEAD + RESULTS, terms).months["insatser"][12] == 450_000
    else:
        (text,) = wrong(tmp_path, HEAD + RESULTS, terms)
        assert text.endswith("and not all of its months lie inside the agreement's period")


def test_a_mapping_may_name_the_year_that_the_file_is_of(tmp_path: Path) -> None:
    assert year(tmp_path, WHOLE, changed(TERMS, ("  rounding: nearest\n", "  rounding: nearest\n  year: 2024\n"))).year == 2024


def test_a_year_that_begins_in_march_has_no_balances_of_february(tmp_path: Path) -> None:
    terms = changed(PLAIN, ("start: 2023-01-01", "start: 2024-03-01"))
    head = changed(HEAD, ("#RAR 0 20240101", "#RAR 0 20240301"))
    months = "".join(f"#PSALDO 0 {month} {account} {{}} 5.00\n" for month in ("202402", "202403") for account in ("4010", "7010"))
    assert year(tmp_path, head + months, terms).months["insatser"] == {3: 5, **dict.fromkeys(range(4, 13), 0)}


def test_an_account_is_one_of_results_where_the_file_states_a_result_of_it(tmp_path: Path) -> None:
    """One of internal accounts, 9010, too; without a result, or with one of another year alone, it is none."""
    ledger = WHOLE + voucher(9, "20240105", "9010 {} 5.00", "1930 {} -5.00")
    assert wrong(tmp_path, ledger + "#RES 0 9010 5.00\n") == ["account 9010 stands nowhere in the mapping, and 5 kr is booked on it"]
    assert year(tmp_path, ledger + "#RES -1 9010 5.00\n").year == 2024


def test_a_range_holds_an_account_that_is_declared_or_has_a_result(tmp_path: Path) -> None:
    """6110 is only declared, 6120 has only a result, of nothing; 6130 is not there at all."""
    terms = changed(PLAIN, ("[5000-7999]", "[5000-5999, 6110, 6120, 6130, 7000-7999]"))
    ((activity, span),) = of_file(tmp_path, WHOLE + '#KONTO 6110 "Kontorsmaterial"\n#RES 0 6120 0.00\n', terms).unmet
    assert activity == "kansli" and span.holds("6130")


def test_a_sub_dimension_has_those_above_it_each_once() -> None:
    """Two that name each other as the one above are no endless way up."""
    assert list(_above("21", {"21": "6", "6": "1"})) == ["6", "1"] and list(_above("6", {"21": "6"})) == []
    assert list(_above("21", {"21": "22", "22": "21"})) == ["22"] and list(_above("21", {"21": "21"})) == []


# --- headings, and what else a file may be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "column", "unit"),
    [
        ("year", "year", ""), ("  ÅR ", "year", ""), ("Huvudman", "party", ""), ("Beräknat  utfall", "estimate", ""), ("1998", "1998", ""),
        ("Ram (tkr)", "frame", "tkr"), ("utfall, mkr", "actual", "mkr"), ("1998 i tkr", "1998", "tkr"), ("Prognos [i tkr]", "estimate", "tkr"),
        ("ram kr", "frame", "kr"), ("ram (x)", "ram (x)", ""), ("ram, x", "ram, x", ""), ("annat (tkr)", "annat", "tkr"),
    ],
)  # fmt: skip
def test_a_heading_names_a_column_and_perhaps_a_unit(heading: str, column: str, unit: str) -> None:
    assert head_of_column(heading) == (column, unit)


def test_columns_are_named_with_their_swedish_headings() -> None:
    assert listed(["frame"]) == "`frame` (`ram`)" and listed(["party", "year"]) == "`party` (`part`) or `year` (`år`)"
    assert listed(["frame", "actual", "estimate"], "and") == "`frame` (`ram`), `actual` (`utfall`) and `estimate` (`prognos`)"
    assert swedish(["party"]) == ["part", "huvudman"] and swedish(["estimate", "year"]) == ["år", "prognos", "beräknat utfall"]


def test_other_files_are_known_by_so_much_of_their_beginning() -> None:
    """JSON by its first sign among 4 096 bytes, JSON-stat by a word within 65 536, an OpenDocument file by one within 200."""

    def told(raw: bytes) -> str:
        return (recognised(raw) or ("nothing",))[0]

    assert told(b" " * 4095 + b"{") == "this is a JSON file" and told(b" " * 4096 + b"{") == "nothing"
    stat = b'"class":"dataset"'
    assert told(b"{" + b" " * (65_535 - len(stat)) + stat) == "this is a JSON-stat file"
    assert told(b"{" + b" " * (65_536 - len(stat)) + stat) == "this is a JSON file"
    document = b"application/vnd.oasis.opendocument"
    assert told(b"PK\x03\x04" + b" " * (196 - len(document)) + document) == "this is an OpenDocument file (.ods)"
    assert told(b"PK\x03\x04" + b" " * (197 - len(document)) + document) == "nothing"
    assert told(b"\xef\xbb\xbfMATRIX=1") == told(b"CHARSET=1") == "this is a PC-Axis file (.px)"


def test_figures_are_named_alone_or_in_a_list_with_a_mapping_or_without() -> None:
    assert list(named_files("a.csv")) == [(("figures",), "a.csv")]
    assert list(named_files({"file": "a.se", "accounts": {}})) == [(("figures", "file"), "a.se")]
    assert list(named_files(["a.csv", {"file": "b.se"}, {"accounts": {}}, 5])) == [
        (("figures", 0), "a.csv"),
        (("figures", 1, "file"), "b.se"),
    ]
    assert list(named_files(None)) == [] == list(named_files({"file": 5}))


def test_another_file_takes_the_place_of_the_one_that_is_named() -> None:
    """Under the same mapping, where it has one; of several it is not known which is meant."""
    place = Place("a.yaml", 3)
    assert replaced("a.csv", "b.csv", place) == replaced({"file": "a.csv"}, "b.csv", place) == replaced(None, "b.csv", place) == "b.csv"
    assert replaced({"file": "a.se", "accounts": {"x": "1"}}, "b.se", place) == {"file": "b.se", "accounts": {"x": "1"}}
    with pytest.raises(AgreementError, match="the agreement names several files of figures"):
        replaced(["a.csv"], "b.csv", place)


@pytest.mark.parametrize(("count", "told"), [(1, "there is: `Q01`"), (12, "`Q11`, `Q12`"), (13, "`Q11`, `Q12`")])
def test_of_an_unknown_object_twelve_others_are_named(tmp_path: Path, count: int, told: str) -> None:
    ledger = without(WHOLE, "#OBJEKT").replace('"P1"', '"Q01"').replace('"P2"', '"Q01"')
    ledger += "".join(f'#OBJEKT 6 "Q{number:02}" "x"\n' for number in range(2, count + 1))
    with pytest.raises(AgreementError) as caught:
        load(write(tmp_path, ledger, changed(TERMS, ("[P1, P2]", "[XXXX]"))))
    first = caught.value.problems[0]
    assert first.text == "`insatser`: no file of 2024 has the object `XXXX` in dimension 6" and first.remedy.endswith(told)
    assert (first.place.line, first.place.excerpt.strip().partition(":")[0]) == (16, "insatser")


def test_books_without_any_object_say_so(tmp_path: Path) -> None:
    """And one that is nearly written so is named alone."""
    none = without(WHOLE, "#OBJEKT").replace('{6 "P1"}', "{}").replace('{6 "P2"}', "{}")
    for ledger, remedy in ((none, "there is: none"), (WHOLE, "did you mean `P1`?")):
        with pytest.raises(AgreementError) as caught:
            load(write(tmp_path, ledger, changed(TERMS, ("[P1, P2]", "[P1x]"))))
        assert caught.value.problems[0].remedy == remedy


def test_a_rounding_that_is_not_known_is_all_that_is_told(tmp_path: Path) -> None:
    """Not that 5,01 kr are too fine for it."""
    terms = changed(TERMS, ("law: none\n", "law: none\nrounding: x\n"), ("  rounding: nearest\n", ""))
    ledger = HEAD + "#RES 0 7010 5.01\n" + voucher(1, "20240105", "7010 {} 5.01", "1930 {} -5.01") + '#OBJEKT 6 "P1" "x"\n'
    with pytest.raises(AgreementError) as caught:
        load(write(tmp_path, ledger, terms))
    assert [problem.place.line for problem in caught.value.problems] == [4]
