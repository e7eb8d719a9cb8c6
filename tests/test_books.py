"""Books as accounting programs export them: every sentence of "Books" with a ledger that it is about. All ledgers are invented."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
from ledgers import HEAD, RESULTS, TERMS, VOUCHERS, WHOLE, balances, changed, lines, voucher, without, write

from socsam_calc import AgreementError, load, settle
from socsam_calc.source.ledger import sie
from socsam_calc.source.ledger.booked import Booked


def costs(
    folder: Path, ledger: str | bytes = WHOLE, terms: str = TERMS, *, year: int = 2024, file: str = "ledger.se"
) -> dict[str, Decimal]:
    """What each activity costs in kronor."""
    settled = settle(load(write(folder, ledger, terms, file))).year(year)
    return {one.id: one.actual for one in settled.activities if one.actual is not None}


def refusals(folder: Path, ledger: str | bytes = WHOLE, terms: str = TERMS, file: str = "ledger.se") -> list[str]:
    """What is refused, each as `line: text; remedy`."""
    with pytest.raises(AgreementError) as caught:
        load(write(folder, ledger, terms, file))
    return [f"{problem.place.line}: {problem.text}; {problem.remedy}" for problem in caught.value.problems]


def refusal(folder: Path, ledger: str | bytes = WHOLE, terms: str = TERMS, file: str = "ledger.se") -> str:
    """The one thing that is refused."""
    (one,) = refusals(folder, ledger, terms, file)
    return one


def booked(folder: Path, ledger: str | bytes = WHOLE, terms: str = TERMS, file: str = "ledger.se") -> Booked:
    """What the books of the year came to."""
    (one,) = load(write(folder, ledger, terms, file)).booked
    return one


YEAR = {"insatser": 450_000, "kansli": 200_001}


# --- accounts ----------------------------------------------------------------------------------------------------------------


def test_a_year_comes_from_an_export(tmp_path: Path) -> None:
    """450 000 kr on the two projects; 80 000,50 + 120 000 = 200 000,50 kr for the office, a half away from zero. Closed, so final."""
    assert costs(tmp_path) == YEAR
    assert settle(load(tmp_path / "agreement.yaml")).year(2024).status == "final"


def test_account_numbers_are_read_from_the_left(tmp_path: Path) -> None:
    """403 and 40312 lie in 4000-6999 as 4031 does: 1 + 20 + 300. 7000 does not."""
    rows = ("403 {} 1.00", "4031 {} 20.00", "40312 {} 300.00", "7000 {} 4000.00", "1930 {} -4321.00")
    ledger = HEAD + balances(0, "RES", [("403", "1"), ("4031", "20"), ("40312", "300"), ("7000", "4000")]) + voucher(1, "20240115", *rows)
    terms = changed(
        TERMS, ("insatser: {accounts: 4000-6999, objects: {6: [P1, P2]}}", "insatser: 4000-6999"), ("[4000-7999]", "[7000-7999]")
    )
    assert costs(tmp_path, ledger, terms) == {"insatser": 321, "kansli": 4000}


def test_a_number_alone_is_that_account_and_no_other(tmp_path: Path) -> None:
    """`4010` is not 40100; a leading 0 stays; an account that is no number is named in full."""
    rows = ("4010 {} 1.00", "40100 {} 20.00", "04010 {} 300.00", "INT {} 4000.00", "1930 {} -4321.00")
    ledger = HEAD + balances(0, "RES", [("4010", "1"), ("40100", "20"), ("04010", "300"), ("INT", "4000")]) + voucher(1, "20240115", *rows)
    terms = changed(
        TERMS, ("insatser: {accounts: 4000-6999, objects: {6: [P1, P2]}}", "insatser: [4010, INT]"), ("[4000-7999]", "[40100, 04010]")
    )
    assert costs(tmp_path, ledger, terms) == {"insatser": 4001, "kansli": 320}


def test_rows_with_objects_take_their_bookings_first(tmp_path: Path) -> None:
    """Both rows hold 4010: what belongs to a project goes to insatser, 100 kr without one to kansli."""
    ledger = changed(WHOLE, ("#RES 0 4010 450000.00", "#RES 0 4010 450100.00")) + voucher(
        5, "20241101", "4010 {} 100.00", "1930 {} -100.00"
    )
    assert costs(tmp_path, ledger) == {"insatser": 450_000, "kansli": 200_101}


def test_several_dimensions_must_all_hold_and_of_several_objects_any(tmp_path: Path) -> None:
    """Cost centre 10 or 20, and project P1: 1 + 20 kr. Cost centre 10 without a project is not both, nor is P1 at cost centre 30."""
    rows = (
        '4010 {1 "10" 6 "P1"} 1.00',
        '4010 {6 "P1" 1 "20"} 20.00',
        '4010 {"1" "10"} 300.00',
        '4010 {6 "P1" 1 "30"} 4000.00',
        "1930 {} -4321.00",
    )
    ledger = HEAD + balances(0, "RES", [("4010", "4321.00")]) + voucher(1, "20240115", *rows)
    terms = changed(TERMS, ("{6: [P1, P2]}", "{1: [10, 20], 6: P1}"))
    assert costs(tmp_path, ledger, terms) == {"insatser": 21, "kansli": 4300}


def test_a_booking_under_two_rows_with_objects_is_refused(tmp_path: Path) -> None:
    terms = changed(
        TERMS,
        ("    kansli: [4000-7999]\n", "    kansli: {accounts: 4000-7999, objects: {6: [P2]}}\n"),
        ("[1000-3999, 8000-8999]", "[1000-3999, 5000-8999]"),
    )
    assert refusals(tmp_path, WHOLE, terms) == [
        "36: 4010 Köpta tjänster: the booking belongs to `insatser` and to `kansli`, whose accounts and objects both hold it; "
        "name each object, or its accounts, in one of them"
    ]


def test_an_account_under_two_rows_without_objects_is_refused(tmp_path: Path) -> None:
    """`outside` is such a row."""
    terms = changed(TERMS, ("outside: [1000-3999", "outside: [1000-3999, 7010"))
    assert refusal(tmp_path, WHOLE, terms).startswith("15: account 7010 Löner: under `kansli` and under `outside`")


def test_a_result_account_that_stands_nowhere_is_refused(tmp_path: Path) -> None:
    """One booking on an unmapped account: with its number, its name and its sum, where it is booked first."""
    terms = changed(TERMS, ("[4000-7999]", "[4000-6999]"))
    assert refusal(tmp_path, WHOLE, terms) == (
        "42: account 7010 Löner stands nowhere in the mapping, and 120 000 kr is booked on it; "
        "let it belong to an activity, or write it under `outside`"
    )


def test_bookings_that_come_to_nothing_still_need_a_place(tmp_path: Path) -> None:
    ledger = WHOLE + voucher(5, "20241101", "8410 {} 50.00", "8410 {} -50.00")
    assert "account 8410 stands nowhere in the mapping, and 0 kr" in refusal(tmp_path, ledger, changed(TERMS, (", 8000-8999]", "]")))


def test_what_rows_with_objects_leave_over_is_refused(tmp_path: Path) -> None:
    """P2's 150 000 kr of 4010 belong to no row."""
    terms = changed(TERMS, ("[P1, P2]", "[P1]"), ("[4000-7999]", "[5000-7999]"))
    assert "account 4010 Köpta tjänster: rows with objects take a part of it, and 150 000 kr is left over" in refusal(
        tmp_path, WHOLE, terms
    )


def test_a_result_account_is_one_whose_first_digit_is_3_to_8_or_that_has_a_result(tmp_path: Path) -> None:
    """9100 without `#RES` is no result account; with it, it must stand somewhere."""
    more = voucher(5, "20241101", "9100 {} 50.00", "1930 {} -50.00")
    assert costs(tmp_path, WHOLE + more) == YEAR
    assert "account 9100 stands nowhere" in refusal(tmp_path, HEAD + RESULTS + "#RES 0 9100 50.00\n" + VOUCHERS + more)


@pytest.mark.parametrize("account", ["899", "8990", "8999"])
def test_the_account_of_the_own_result_is_left_out_by_itself(tmp_path: Path, account: str) -> None:
    """It repeats what stands on the others; a row without objects that would take it is refused."""
    ledger = (
        HEAD
        + RESULTS
        + f"#RES 0 {account} 149999.50\n"
        + VOUCHERS
        + voucher(5, "20241231", f"{account} {{}} 149999.50", "2010 {} -149999.50")
    )
    assert costs(tmp_path, ledger, changed(TERMS, (", 8000-8999]", "]"))) == YEAR
    terms = changed(TERMS, ("[4000-7999]", "[4000-8999]"), (", 8000-8999]", "]"))
    assert f"`kansli` would take account {account}, the year's own result" in refusal(tmp_path, ledger, terms)


def test_an_object_that_no_file_has_is_refused_with_the_nearest(tmp_path: Path) -> None:
    assert refusal(tmp_path, WHOLE, changed(TERMS, ("[P1, P2]", "[P1, P2, P22]"))) == (
        "16: `insatser`: no file of 2024 has the object `P22` in dimension 6; did you mean `P2`?"
    )


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("4000-", "`4000-` is no account"),
        ("6999-4000", "the range `6999-4000` runs backwards"),
        ("40 10", "`40 10` is no account"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused_where_it_stands(tmp_path: Path, row: str, text: str) -> None:
    assert text in refusal(tmp_path, WHOLE, changed(TERMS, ("[4000-7999]", f"['{row}']")))


def test_an_export_without_a_mapping_is_refused_with_the_command_that_begins_one(tmp_path: Path) -> None:
    start, rest = TERMS.split("figures:")
    terms = f"{start}figures: ledger.se\nyears:{rest.split('years:')[1]}"
    assert refusal(tmp_path, WHOLE, terms).endswith("`socsam books ledger.se` begins it for you")


# --- amounts and rounding ----------------------------------------------------------------------------------------------------


def test_amounts_are_kronor_whatever_the_unit_is(tmp_path: Path) -> None:
    """In thousands, rounded to whole ones: 450 and 200 tkr."""
    terms = changed(TERMS, ("law: none\n", "law: none\nunit: tkr\nrounding: tkr\n"), ("300 000", "300"), ("100 000", "100"))
    assert costs(tmp_path, WHOLE, terms) == {"insatser": 450_000, "kansli": 200_000}


def test_income_lowers_the_cost_of_its_range(tmp_path: Path) -> None:
    ledger = changed(WHOLE, ("#RES 0 5010 80000.50", "#RES 0 5010 70000.50")) + voucher(
        5, "20241101", "5010 {} -10000.00", "1930 {} 10000.00"
    )
    assert costs(tmp_path, ledger)["kansli"] == 190_001


def test_a_cost_below_0_is_refused_with_its_largest_credits(tmp_path: Path) -> None:
    ledger = changed(WHOLE, ("#RES 0 5010 80000.50", "#RES 0 5010 -219999.50")) + voucher(
        5, "20241101", "5010 {} -300000.00", "1930 {} 300000.00"
    )
    assert refusal(tmp_path, ledger) == (
        "17: `kansli` costs −100 000 kr, which is below 0; its largest credits: 5010 Lokalhyra −219 999,50 kr; "
        "leave income outside, or let the activity hold the costs that it belongs to"
    )


def test_a_month_may_be_below_0(tmp_path: Path) -> None:
    """In February 10 000 kr of credit before any cost."""
    ledger = changed(WHOLE, ("#RES 0 5010 80000.50", "#RES 0 5010 70000.50")) + voucher(
        5, "20240201", "5010 {} -10000.00", "1930 {} 10000.00"
    )
    assert booked(tmp_path, ledger).months["kansli"][2] == -10_000


def test_finer_sums_are_refused_by_default(tmp_path: Path) -> None:
    assert refusal(tmp_path, WHOLE, changed(TERMS, ("  rounding: nearest\n", ""))) == (
        "16: `kansli`: 200 000,50 kr through 2024-06 is finer than the agreement's rounding (kr); "
        "say `rounding: nearest` in the mapping, or `rounding: öre` in the agreement"
    )


def test_each_sum_from_the_years_start_is_rounded_once_and_months_add_up(tmp_path: Path) -> None:
    """0,50 in each of three months: sums 0,50, 1,00 and 1,50 become 1, 1 and 2, so the months are 1, 0 and 1; halves away from zero."""
    rows = "".join(voucher(month, f"2024{month:02d}10", "7010 {} 0.50", "1930 {} -0.50") for month in (1, 2, 3))
    months = booked(tmp_path, HEAD + "#RES 0 7010 1.50\n" + rows).months["kansli"]
    assert [months[month] for month in range(1, 13)] == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]


# --- through which month, and of which year ----------------------------------------------------------------------------------

RUNNING = without(WHOLE, "#RES", "#VER A 4", "#OMFATTN", "#GEN")


def running(generated: str, until: str, through: str = "") -> tuple[str, str]:
    """The export of a year that still runs, and the agreement: made on one day, and covering what it says of itself."""
    ledger = WHOLE.split("#VER A 4")[0]
    ledger = changed(
        ledger,
        ("#GEN 20250120", f"#GEN {generated}"),
        ("#OMFATTN 20241231\n", until and f"#OMFATTN {until}\n"),
        ("#RES 0 4010 450000.00", "#RES 0 4010 350000.00"),
    )
    return ledger, changed(TERMS, ("  rounding: nearest\n", f"  rounding: nearest\n{through and f'  through: {through}'}\n"))


@pytest.mark.parametrize(
    ("generated", "until", "through", "expected"),
    [
        ("20240905", "20240831", "", "2024-08-31"),  # what the file says of itself
        ("20240905", "20240831", "2024-07-31", "2024-07-31"),  # the mapping's word comes first
        ("20240905", "20241231", "2024-08-31", "2024-08-31"),  # `#OMFATTN` at the end of a year that still runs: not valid
        ("20250120", "19700101", "", "2024-12-31"),  # some programs write 1970: the year's end, as the file was made after it
        ("20250120", "", "", "2024-12-31"),
    ],
)
def test_books_go_through_a_month(tmp_path: Path, generated: str, until: str, through: str, expected: str) -> None:
    assert booked(tmp_path, *running(generated, until, through)).through.isoformat() == expected


@pytest.mark.parametrize(
    ("generated", "until", "through", "text"),
    [
        ("20240905", "20241231", "", "the file does not say through which month its books go (made 2024-09-05)"),
        ("20240905", "19700101", "", "the file does not say through which month its books go"),
        ("20240905", "20240815", "", "the file says that its books go through 2024-08-15, which is not the last day of a month"),
        ("20240905", "20240831", "2024-08-30", "2024-08-30 is not the last day of a month"),
        ("20240905", "20240831", "2025-01-31", "2025-01-31 lies outside the year 2024-01-01–2024-12-31"),
    ],
)
def test_books_that_do_not_say_through_which_month_are_refused(tmp_path: Path, generated: str, until: str, through: str, text: str) -> None:
    assert text in refusal(tmp_path, *running(generated, until, through))


def test_books_through_a_month_before_the_last_are_costs_to_date(tmp_path: Path) -> None:
    """Through August: insatser 350 000 kr in 8 months, so 175 000 expected for the other 4; kansli 200 001, so 100 000 (100 000,5 away from zero: 100 001)."""
    year = settle(load(write(tmp_path, *running("20240905", "20240831")))).year(2024)
    assert year.status == "estimate" and year.to_date is not None
    assert [(row.id, row.booked, row.remaining) for row in year.to_date.activities] == [
        ("insatser", 350_000, 175_000),
        ("kansli", 200_001, 100_001),
    ]


def test_a_year_that_is_not_closed_is_an_estimate(tmp_path: Path) -> None:
    assert costs(tmp_path, WHOLE, changed(TERMS, ("  rounding: nearest\n", "  rounding: nearest\n  closed: false\n"))) == YEAR
    assert settle(load(tmp_path / "agreement.yaml")).year(2024).status == "estimate"


def test_the_year_may_say_what_remains_alone(tmp_path: Path) -> None:
    """With 40 000 kr expected for the rest; once the whole year is booked, nothing remains, and the line says nothing."""
    ledger, terms = running("20240905", "20240831")
    terms = changed(terms, ("  2024:\n", "  2024:\n    to_date: {remaining: {insatser: 40 000, kansli: frame}}\n"))
    year = settle(load(write(tmp_path, ledger, terms))).year(2024)
    assert year.to_date is not None and [row.remaining for row in year.to_date.activities] == [40_000, Decimal(round(200_000 * 4 / 12))]
    (tmp_path / "later").mkdir()
    assert costs(tmp_path / "later", WHOLE, terms) == YEAR


def test_what_is_booked_later_is_left_out_and_told_with_its_sum(tmp_path: Path) -> None:
    """Through June the 100 000 kr of October are not counted."""
    year = booked(tmp_path, WHOLE, changed(TERMS, ("  rounding: nearest\n", "  rounding: nearest\n  through: 2024-06-30\n")))
    assert sum(year.months["insatser"].values()) == 350_000
    assert [file.later for file in year.files] == [100_000_00]


def test_months_outside_the_agreement_are_left_out_and_told(tmp_path: Path) -> None:
    """From July 2024 on: of the whole year's books only October counts, 550 000,50 kr before it do not."""
    year = booked(tmp_path, WHOLE, changed(TERMS, ("start: 2023-01-01", "start: 2024-07-01")))
    assert {name: sum(months.values()) for name, months in year.months.items()} == {"insatser": 100_000, "kansli": 0}
    assert [file.later for file in year.files] == [550_000_50]


@pytest.mark.parametrize("span", ["20230701 20240630", "20240101 20250630", "20240401 20241231"])
def test_a_broken_fiscal_year_is_refused(tmp_path: Path, span: str) -> None:
    ledger = (
        changed(HEAD, ("#RAR 0 20240101 20241231", f"#RAR 0 {span}"))
        + "#RES 0 7010 10\n"
        + voucher(1, "20240515", "7010 {} 10", "1930 {} -10")
    )
    assert "an agreement is settled by calendar years" in refusal(tmp_path, ledger)


def test_a_first_year_may_begin_with_a_month_of_the_agreement(tmp_path: Path) -> None:
    """An association of March 2024: its books begin then too."""
    ledger = (
        changed(HEAD, ("#RAR 0 20240101", "#RAR 0 20240301"))
        + "#RES 0 7010 10.00\n"
        + voucher(1, "20240310", "7010 {} 10.00", "1930 {} -10.00")
    )
    assert costs(tmp_path, ledger, changed(TERMS, ("start: 2023-01-01", "start: 2024-03-01"))) == {"insatser": 0, "kansli": 10}


def test_an_earlier_year_is_read_where_the_mapping_names_it(tmp_path: Path) -> None:
    """2023 from `#RES -1`, whole, without its vouchers; 2022 the file does not hold."""
    results = balances(-1, "RES", [("3510", "-700000"), ("4010", "300000"), ("7010", "100000.4")])
    terms = changed(
        TERMS,
        ("  rounding: nearest\n", "  rounding: nearest\n  year: 2023\n"),
        ("  2024:\n", "  2023:\n"),
        ("{accounts: 4000-6999, objects: {6: [P1, P2]}}", "4000-6999"),
        ("[4000-7999]", "[7000-7999]"),
    )
    assert costs(tmp_path, HEAD + RESULTS + results + VOUCHERS, terms, year=2023) == {"insatser": 300_000, "kansli": 100_000}
    assert "holds no year 2022; it holds 2023-01-01–2023-12-31, 2024-01-01–2024-12-31" in refusal(
        tmp_path, WHOLE, changed(terms, ("year: 2023", "year: 2022"))
    )


# --- the source: vouchers, balances of months, results -------------------------------------------------------------------------


def test_a_rows_own_date_says_its_month(tmp_path: Path) -> None:
    """In voucher 3 of 30 June a row is dated 15 May; one outside the year falls back on the voucher's date."""
    months = booked(
        tmp_path, changed(WHOLE, ("120000.00 20240615", "120000.00 20240515"), ("80000.50 20240630", "80000.50 20231231"))
    ).months["kansli"]
    assert (months[5], months[6]) == (120_000, 80_001)


def test_a_voucher_outside_the_year_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, WHOLE + voucher(5, "20250102", "7010 {} 1.00", "1930 {} -1.00")).startswith(
        "50: the voucher's date 2025-01-02 lies outside the year"
    )


def test_struck_rows_never_count_and_added_rows_count_once(tmp_path: Path) -> None:
    """`#BTRANS` was struck; `#RTRANS` was added and stands again as the `#TRANS` after it, whose date and text may differ."""
    rows = lines(
        "#BTRANS 4010 {} 999.00",
        '#RTRANS 7010 {} 5000.00 20240701 "rättat" 0 "AB"',
        '#TRANS 7010 {} 5000.00 20240702 ""',
        "#TRANS 1930 {} -5000.00",
    )
    ledger = changed(WHOLE, ("#RES 0 7010 120000.00", "#RES 0 7010 125000.00")) + f'#VER A 5 20240701 "Rättelse"\n{{\n{rows}}}\n'
    assert costs(tmp_path, ledger)["kansli"] == 205_001


@pytest.mark.parametrize("twin", ["#TRANS 7010 {} 5001.00", "#TRANS 7011 {} 5000.00", '#TRANS 7010 {6 "P1"} 5000.00', ""])
def test_an_added_row_without_its_twin_is_refused(tmp_path: Path, twin: str) -> None:
    rows = f"#RTRANS 7010 {{}} 5000.00\n{twin}\n" + "#TRANS 1930 {} -5000.00\n"
    ledger = WHOLE + f'#VER A 5 20240701 "Rättelse"\n{{\n{rows}}}\n'
    assert any("after `#RTRANS` the same booking must stand as `#TRANS`" in one for one in refusals(tmp_path, ledger))


MONTHS = [
    ("0", "202401", "3510", "{}", "-800000.00"),
    ("0", "202403", "4010", "{}", "350000.00"),
    ("0", "202403", "4010", '{6 "P1"}', "200000.00"),
    ("0", "202403", "4010", '{6 "P2"}', "150000.00"),
    ("0", "202406", "5010", "{}", "80000.50"),
    ("0", "202406", "7010", "{}", "120000.00"),
    ("0", "202410", "4010", "{}", "100000.00"),
    ("0", "202410", "4010", '{6 "P1"}', "100000.00"),
    ("0", "202410", "1930", "{}", "-100000.00"),
]


def of_months(rows: list[tuple[str, str, str, str, str]]) -> str:
    """The same year as balances of months, with no vouchers."""
    return HEAD + RESULTS + "".join(f"#PSALDO {' '.join(row)}\n" for row in rows)


def test_balances_of_months_are_read_where_there_are_no_vouchers(tmp_path: Path) -> None:
    """The month says when; the label of the year may be wrong."""
    assert costs(tmp_path, of_months(MONTHS)) == YEAR
    assert booked(tmp_path, of_months([("-1", *row[1:]) for row in MONTHS])).months["insatser"][3] == 350_000


def test_balances_of_months_repeat_the_money_in_each_dimension(tmp_path: Path) -> None:
    """Cost centres and projects side by side: rows that name projects alone are read, rows that name both are refused."""
    more = [("0", "202403", "4010", '{1 "10"}', "350000.00"), ("0", "202410", "4010", '{1 "10"}', "100000.00")]
    assert costs(tmp_path, of_months(MONTHS + more)) == YEAR
    terms = changed(TERMS, ("{6: [P1, P2]}", "{1: 10, 6: [P1, P2]}"))
    assert "the rows name objects of several dimensions; export with vouchers (type 4E)" in refusal(
        tmp_path, of_months(MONTHS + more), terms
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (('0 202403 4010 {6 "P1" 1 "10"} 1.00',), "some balances belong to several objects at once"),
        (('0 202403 4010 {21 "D1"} 1.00',), "a sub-dimension of the one that the rows name is in use"),
    ],
)
def test_balances_of_months_that_do_not_tell_objects_apart_are_refused(tmp_path: Path, more: tuple[str, ...], why: str) -> None:
    ledger = of_months(MONTHS) + '#UNDERDIM 21 "Delprojekt" 6\n' + "".join(f"#PSALDO {row}\n" for row in more)
    assert why in refusal(tmp_path, ledger)


def test_totals_of_months_that_hold_only_what_has_no_object_are_refused(tmp_path: Path) -> None:
    """Some programs write in `{}` what has no object: 4010 has none there, so its total is 0 and not 450 000."""
    rows = [row for row in MONTHS if not (row[2] == "4010" and row[3] == "{}")]
    (text,) = refusals(tmp_path, of_months(rows))
    assert "its stated result (`#RES`) is 450 000 kr, and the balances of its months (`#PSALDO`, totals) come to 0 kr" in text
    assert "export with vouchers" in text


PLAIN = changed(TERMS, ("{accounts: 4000-6999, objects: {6: [P1, P2]}}", "4000-4999"), ("[4000-7999]", "[5000-7999]"))


def test_results_are_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    assert costs(tmp_path, HEAD + RESULTS, PLAIN) == YEAR


def test_results_are_those_through_the_day_that_the_file_names(tmp_path: Path) -> None:
    ledger = changed(HEAD, ("#OMFATTN 20241231", "#OMFATTN 20240831"), ("#GEN 20250120", "#GEN 20240905")) + RESULTS
    assert booked(tmp_path, ledger, PLAIN).through.isoformat() == "2024-08-31"
    other = changed(PLAIN, ("  rounding: nearest\n", "  rounding: nearest\n  through: 2024-07-31\n"))
    assert "holds results alone (`#RES`), which are those through 2024-08-31; export it with vouchers" in refusal(tmp_path, ledger, other)


def test_results_know_no_objects_and_no_part_of_a_year(tmp_path: Path) -> None:
    assert "the file holds results of accounts alone (`#RES`), and `insatser` asks for objects" in refusal(tmp_path, HEAD + RESULTS)
    part = changed(PLAIN, ("start: 2023-01-01", "start: 2024-07-01"))
    assert "not all of its months lie inside the agreement's period" in refusal(tmp_path, HEAD + RESULTS, part)


def test_vouchers_without_balances_are_only_a_part_of_the_books(tmp_path: Path) -> None:
    """Type 4I, whatever the file says of its type."""
    ledger = without(WHOLE, "#RES", "#UB")
    assert (
        refusal(tmp_path, ledger)
        == "0: the file holds vouchers and no balances (type 4I): it is only a part of the books; export 4E from the accounting program"
    )


# --- complete ------------------------------------------------------------------------------------------------------------------


def test_the_reader_agrees_with_the_results_that_the_file_states(tmp_path: Path) -> None:
    """Account by account: what is booked is what `#RES` says."""
    stated = {found[1]: found[2] for found in re.finditer(r"#RES 0 (\d+) (-?[\d.]+)", WHOLE)}
    year = booked(tmp_path)
    read = {one.account: Decimal(one.amount) / 100 for accounts in year.accounts.values() for one in accounts}
    assert read == {account: Decimal(amount) for account, amount in stated.items() if account != "3510"}


def test_bookings_that_do_not_add_up_to_the_results_are_refused(tmp_path: Path) -> None:
    """An account without a result has 0 there, one without bookings too; each is named."""
    ledger = changed(WHOLE, ("#RES 0 7010 120000.00\n", "#RES 0 7020 120000.00\n"))
    assert refusals(tmp_path, ledger) == [
        "27: account 7020: its stated result (`#RES`) is 120 000 kr, and its bookings come to 0 kr; the file is not whole, or was changed: export it again",
        "42: account 7010 Löner: its stated result (`#RES`) is 0 kr, and its bookings come to 120 000 kr; the file is not whole, or was changed: export it again",
    ]  # fmt: skip


def test_results_may_be_those_through_the_day_that_the_file_names(tmp_path: Path) -> None:
    """`#OMFATTN` 31 August, with a voucher of October that the results do not hold yet: both readings of `#RES` are in use."""
    ledger = changed(
        WHOLE,
        ("#OMFATTN 20241231", "#OMFATTN 20240831"),
        ("#GEN 20250120", "#GEN 20241020"),
        ("#RES 0 4010 450000.00", "#RES 0 4010 350000.00"),
    )
    assert sum(booked(tmp_path, ledger).months["insatser"].values()) == 350_000


def test_a_voucher_that_does_not_add_up_to_0_is_refused(tmp_path: Path) -> None:
    ledger = WHOLE + voucher(5, "20241101", "7010 {} 100.00", "1930 {} -99.99")
    assert (
        refusal(tmp_path, ledger)
        == "50: the voucher does not add up to 0: its bookings come to 0,01 kr; correct it in the books, and export again"
    )


@pytest.mark.parametrize("kept", [-1, -2, -3])
def test_a_truncated_file_is_refused(tmp_path: Path, kept: int) -> None:
    ledger = "".join(WHOLE.splitlines(keepends=True)[:kept])
    assert any("the file ends in the middle of a voucher" in one for one in refusals(tmp_path, ledger))


def test_a_file_cut_between_vouchers_does_not_add_up(tmp_path: Path) -> None:
    assert "its stated result (`#RES`) is 450 000 kr, and its bookings come to 350 000 kr" in refusal(tmp_path, WHOLE.split("#VER A 4")[0])


@pytest.mark.parametrize("label", ["#IB 0 1930 500000.00", "#UB 0 2010 -500000.00", "#RES 0 7010 120000.00"])
def test_a_balance_that_stands_twice_is_refused(tmp_path: Path, label: str) -> None:
    assert "is stated twice, first in line" in refusal(tmp_path, changed(WHOLE, (f"{label}\n", f"{label}\n{label}\n")))


def test_a_balance_of_a_month_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert "of 202403, account 4010 and these objects is stated twice" in refusal(tmp_path, of_months([*MONTHS, MONTHS[2]]))


def test_books_in_another_currency_are_refused(tmp_path: Path) -> None:
    assert "the books are kept in `EUR`, not in kronor" in refusal(tmp_path, changed(WHOLE, ("#SIETYP 4\n", "#SIETYP 4\n#VALUTA EUR\n")))
    assert costs(tmp_path, changed(WHOLE, ("#SIETYP 4\n", "#SIETYP 4\n#VALUTA SEK\n"))) == YEAR


def test_the_same_voucher_in_two_files_of_a_year_is_refused(tmp_path: Path) -> None:
    """The first half and the whole year name the same vouchers; without numbers nobody can tell."""
    (tmp_path / "again.se").write_bytes(WHOLE.encode())
    start, rest = TERMS.split("figures:\n")
    mapping, years = rest.split("years:")
    indented = "".join(f"    {line.removeprefix('  ')}\n" for line in mapping.splitlines())
    both = "  -" + indented[3:] + "  -" + indented[3:].replace("ledger.se", "again.se")
    problems = refusals(tmp_path, WHOLE, f"{start}figures:\n{both}years:{years}")
    assert any("voucher A 1 of 20240115 stands in" in one and "too, and 3 more" in one for one in problems)
    assert any("`insatser` has bookings of 2024-03 here and in" in one for one in problems)


def crc(text: str) -> int:
    """CRC-32 bit by bit, as the format prints it: polynomial EDB88320."""
    register = 0xFFFFFFFF
    for byte in text.encode("cp437"):
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0xEDB88320 if register & 1 else 0)
    return register ^ 0xFFFFFFFF


def test_a_checksum_is_held(tmp_path: Path) -> None:
    """It covers labels and fields between its two lines, without blanks, quotes and braces."""
    body = HEAD.split("\n", 1)[1] + RESULTS + VOUCHERS
    fields = re.sub(r'"([^"]*)"|[\s{}]+', lambda found: found[1] or "", body)
    ledger = f"#FLAGGA 0\n#KSUMMA\n{body}#KSUMMA {crc(fields)}\n".encode("cp437")
    assert costs(tmp_path, ledger) == YEAR
    assert "does not have the checksum that it states" in refusal(tmp_path, ledger.replace(b'"Hyra"', b'"Myra"'))
    assert "`#KSUMMA` begins a checksum, and its end is missing" in refusal(tmp_path, ledger[: ledger.rindex(b"#KSUMMA")])


# --- letters -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp437", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_letters_are_told_by_the_letters_themselves(tmp_path: Path, letters: str, ending: str) -> None:
    """An object of å ä ö, in each of the three encodings behind one label `#FORMAT PC8`."""
    ledger = changed(WHOLE, ('"P1"', '"Råd ÄÖ"')).replace("\n", ending).encode(letters)
    assert costs(tmp_path, ledger, changed(TERMS, ("[P1, P2]", "[Råd ÄÖ, P2]"))) == YEAR


def test_letters_that_say_nothing_are_read_as_the_label_says(tmp_path: Path) -> None:
    """One å in each reading: CP437, which the format asks for, where both have as many."""
    ledger = without(WHOLE, "#PROGRAM", "#FNAMN", "#KONTO").encode("ascii", "ignore").replace(b'"Rehabgruppen"', b'"\x86 \xe5"')
    assert costs(tmp_path, ledger) == YEAR
    assert load(tmp_path / "agreement.yaml").booked[0].year == 2024


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (WHOLE.encode("utf-16"), "the file is in UTF-16, which SIE does not allow"),
        (WHOLE.encode("utf-16-le"), "the file is in UTF-16, which SIE does not allow"),
        (b"<!DOCTYPE html>\n<html><body>Logga in</body></html>", "the file is a web page (HTML), not the export itself"),
        (b'<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5"/>', "the file is XML, as SIE 5 is"),
        (b"year;account;amount\n", "this is no SIE file"),
        (b"  \r\n", "the file is empty"),
    ],
)
def test_files_that_are_no_export_are_named(tmp_path: Path, raw: bytes, text: str) -> None:
    assert text in refusal(tmp_path, raw)


# --- what is valid too -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#VER A 2", "#VER A2x 2"),
        ("#VER A 2", '#VER "" 2'),
        ("#VER A 2", "#VER # 2"),
        ("#VER A 2", '#VER "A" "2"'),
        ('"Insatser, första kvartalet"', '"Kallas \\"våren\\""'),
        ('"Insatser, första kvartalet"', '"C:\\temp"'),
        ("#SRU 4010 7320\n", ""),
        ("#SRU 4010 7320\n", "#SRU 4010 7320\n#SRU 4010 7321\n"),
        ("800000.00\n#TRANS 3510", "800000\n#TRANS 3510"),
        ("80000.50 20240630", "80000.5 20240630"),
        ("#TRANS 4010 {6", "#TRANS\t4010\t{6"),
        ("#TRANS 4010 {6", "  #TRANS  4010  {6"),
        ("#TRANS 1930 {} -350000.00", "#TRANS 1930 { } -350000.00"),
        ('{6 "P1"} 200000.00', '{"6" "P1"} 200000.00'),
        ('{6 "P1"} 200000.00', "{6 P1} 200000.00"),
        ('{6 "P1"} 200000.00', '{6 "P1"} 200000.00 "" "" 17 "AB"'),
        ('#DIM 6 "Projekt"\n', ""),
        ("#SIETYP 4\n", "#SIETYP 4\n#OKÄND 1 2 3\n#BKOD 9100\n"),
        ("#TRANS 4010 {6", '#TRANS "4010" {6'),
        ("120000.00 20240615", '120000.00 "20240615"'),
    ],
)
def test_what_is_valid_too(tmp_path: Path, before: str, after: str) -> None:
    assert costs(tmp_path, changed(WHOLE, (before, after))) == YEAR


@pytest.mark.parametrize("amount", ["80000,50", "+80000.50", "80 000.50", "8.000050E4", "80000.500", "", "x", "80000."])
def test_amounts_that_are_not_those_of_the_format_are_refused(tmp_path: Path, amount: str) -> None:
    problems = refusals(tmp_path, changed(WHOLE, ("#TRANS 5010 {} 80000.50 20240630", f"#TRANS 5010 {{}} {amount} 20240630")))
    assert any("is no amount of SIE" in one or "is no day" in one for one in problems)


@pytest.mark.parametrize("day", ["20240230", "20241301", "2024-06-30", "240630"])
def test_a_date_is_a_real_day(tmp_path: Path, day: str) -> None:
    assert any("is no day" in one for one in refusals(tmp_path, changed(WHOLE, ("80000.50 20240630", f"80000.50 {day}"))))


def test_dimensions_that_the_format_knows_need_no_declaration(tmp_path: Path) -> None:
    """Dimension 7, employee, is used without `#DIM`."""
    ledger = changed(WHOLE, ("7010 {} 120000.00", '7010 {7 "12"} 120000.00'))
    terms = changed(
        TERMS,
        ("    kansli: [4000-7999]\n", "    kansli: {accounts: 7010, objects: {7: 12}}\n"),
        ("[1000-3999, 8000-8999]", "[1000-3999, 5000-8999]"),
    )
    assert costs(tmp_path, ledger, terms) == {"insatser": 450_000, "kansli": 120_000}


def test_every_problem_of_a_ledger_is_told_at_once(tmp_path: Path) -> None:
    ledger = WHOLE + voucher(5, "20241101", "7010 {} 100,00", "1930 {} -99.99") + voucher(6, "20240230", "7010 {} 1.00")
    assert len(refusals(tmp_path, ledger)) >= 3


# --- own capital -------------------------------------------------------------------------------------------------------------------


def test_own_capital_is_that_of_the_balances(tmp_path: Path) -> None:
    """When it begins 500 000 kr; when it ends the account still has 500 000, and 149 999,50 is the result not yet carried: 649 999,50."""
    (file,) = booked(tmp_path, WHOLE, changed(TERMS, ("  outside:", "  capital: 2010-2099\n  outside:"))).files
    assert (file.opening, file.closing) == (500_000_00, 649_999_50)


# --- explained -------------------------------------------------------------------------------------------------------------------


def test_explain_leads_to_accounts_and_the_first_line_of_each(tmp_path: Path) -> None:
    from socsam_calc import explain

    text = explain(load(write(tmp_path)), "2024.activities.kansli.actual").to_text()
    assert f"5010 Lokalhyra: 80 000,50 kr, first at {tmp_path / 'ledger.se'}:41:1" in text
    assert f"7010 Löner: 120 000 kr, first at {tmp_path / 'ledger.se'}:42:1" in text


def test_a_cost_that_is_set_is_no_sum_of_accounts(tmp_path: Path) -> None:
    from socsam_calc import explain

    document = load(write(tmp_path), settings=["years.2024.actual.kansli=1 000"])
    assert "5010" not in explain(document, "2024.activities.kansli.actual").to_text()


def accounts(year: Booked) -> Mapping[str, list[str]]:
    return {name: [one.account for one in held] for name, held in year.accounts.items()}


def test_a_sub_dimension_alone_does_not_count_as_its_parent(tmp_path: Path) -> None:
    """250 kr on a part of project P1, without P1 itself: it goes to the row without objects, and is named."""
    ledger = changed(
        WHOLE, ("#RES 0 4010 450000.00", "#RES 0 4010 450250.00"), ('#DIM 6 "Projekt"\n', '#DIM 6 "Projekt"\n#UNDERDIM 21 "Delprojekt" 6\n')
    )
    year = booked(tmp_path, ledger + voucher(5, "20241101", '4010 {21 "P1a"} 250.00', "1930 {} -250.00"))
    assert sum(year.months["insatser"].values()) == 450_000
    assert accounts(year)["kansli"] == ["4010", "5010", "7010"]
    assert year.files[0].below == {("insatser", "21"): 250_00}


# --- the short way -------------------------------------------------------------------------------------------------------------

SPOTS = ("{", "}", '"', "\\", " ", "\n", "1", "-", ".", "P1", '""', "{}", "20240231", "20230101", "#VER", "#TRANS", "#RTRANS", "{\n", "}\n")


def test_vouchers_read_at_once_are_read_as_field_by_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand ledgers, most of them damaged in some spots: the short way through a voucher gives and refuses what the long way does."""
    chance = random.Random(16)
    odd = '#VER "" "" 20240505 "t" {\n#TRANS 4010 {} 5.5\n#RTRANS 1930 {} -5.5\n#TRANS 1930 {} -5.5\n}\n'
    quoted = WHOLE.replace("#VER A ", '#VER "A" ').replace("#OMFATTN 20241231", "#OMFATTN 20240630")
    ledgers = [WHOLE, quoted, WHOLE + odd]
    for _ in range(1000):
        ledger = chance.choice(ledgers[:3])
        for _ in range(chance.choice((1, 1, 2, 4))):
            at = chance.randrange(len(ledger))
            ledger = ledger[:at] + chance.choice((*SPOTS, "")) + ledger[at + chance.choice((0, 1, 1, 9)) :]
        ledgers.append(ledger)
    short = [read_or_refused(ledger) for ledger in ledgers]
    monkeypatch.setattr(sie, "_VOUCHER", re.compile("(?!)"))
    assert short == [read_or_refused(ledger) for ledger in ledgers]
    assert 300 < sum(isinstance(one, set) for one in short) < 1000


def read_or_refused(ledger: str) -> set[str] | Mapping[str, object]:
    """What an export states, or what is wrong with it."""
    try:
        export = sie.read("ledger.se", ledger.encode())
    except AgreementError as error:
        return set(map(str, error.problems))
    stated = {field.name: getattr(export, field.name) for field in fields(export)}
    return stated | {"late": {account: amount for account, amount in export.late.items() if amount}}
