"""The fields of an export one by one, and which year, month and lines of it count; each by hand from the specification of SIE 4."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ledgers import HEAD, RESULTS, TERMS, VOUCHERS, WHOLE, changed, lines, voucher, write

from socsam_calc import AgreementError, load
from socsam_calc.source.ledger.separated import Line, Separated
from socsam_calc.source.ledger.sie import read
from socsam_calc.source.ledger.sie_fields import BadField, Listed, amount_of, day_of, fields_of, named, objects_of, text_at


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("#VER A 1 20240115", ["#VER", "A", "1", "20240115"]),
        ('#KONTO 1930 "Bank och kassa"', ["#KONTO", "1930", "Bank och kassa"]),
        (r'#X "ett \"ord\" här" "c:\mapp"', ["#X", 'ett "ord" här', r"c:\mapp"]),
        ('#TRANS 4010 {6 "P 1"} -5.00 "" "text"', ["#TRANS", "4010", Listed('6 "P 1"'), "-5.00", "", "text"]),
        ("#TRANS 4010 {} 5", ["#TRANS", "4010", Listed(""), "5"]),
        ('#X {1 "a}b"} z', ["#X", Listed('1 "a}b"'), "z"]),
        ("\t#X\ty", ["#X", "y"]),
        ("#VER A 1 20240115 {", ["#VER", "A", "1", "20240115"]),  # its rows begin on its own line
    ],
)
def test_a_line_falls_into_fields(line: str, fields: list[object]) -> None:
    assert fields_of(line) == fields


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('#X "open', "a quotation mark is not closed on this line"),
        ("#X {6 P1", "a brace `{` is not closed on this line"),
        ('#X {6 "P1} 5', "a brace `{` is not closed on this line"),
    ],
)
def test_what_is_not_closed_is_refused(line: str, said: str) -> None:
    with pytest.raises(BadField) as caught:
        fields_of(line)
    assert caught.value.text == said


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("", ()), ('6 "P1"', (("6", "P1"),)), ("6 P1", (("6", "P1"),)), ('"6" "P1" 1 "10"', (("1", "10"), ("6", "P1"))),
        (r'6 "a\"b"', (("6", 'a"b'),)), ('6 " P1 "', (("6", "P1"),)),
    ],
)  # fmt: skip
def test_objects_are_read_in_pairs_and_put_in_order(text: str, objects: object) -> None:
    assert objects_of(text) == objects


@pytest.mark.parametrize("text", ["6", '6 "P1" 1', '6 "P1', '6 P1"'])
def test_what_is_no_list_of_objects_is_refused(text: str) -> None:
    with pytest.raises(BadField, match="is no list of objects"):
        objects_of(text)


def test_names_are_compared_whatever_letters_they_are_made_of() -> None:
    assert named(" Vård\t") == named("Va\u030ard") == "Vård"


@pytest.mark.parametrize(
    ("text", "ore"),
    [("0", 0), ("5", 500), ("5.5", 550), ("5.05", 505), ("-5.50", -550), ("-0.01", -1), ("12345678901234.99", 1_234_567_890_123_499)],
)
def test_an_amount_is_counted_in_ore(text: str, ore: int) -> None:
    assert amount_of(text) == ore


@pytest.mark.parametrize("text", ["", "-", ".5", "5.", "5.555", "5,50", "+5", "123456789012345", Listed("5")])
def test_what_is_no_amount_is_refused(text: str | Listed) -> None:
    with pytest.raises(BadField, match="is no amount of SIE"):
        amount_of(text)


def test_a_day_is_eight_digits_or_none() -> None:
    assert day_of("20240229") == date(2024, 2, 29) and day_of("") is None
    for text in ("20230229", "2024022", "202402291", "2024-02-29", "00000101", Listed("20240229")):
        with pytest.raises(BadField, match="is no day"):
            day_of(text)


def test_a_field_that_is_not_there_is_empty_and_so_is_a_list() -> None:
    assert [text_at(["a", Listed("b"), "c"], index) for index in range(4)] == ["a", "", "c", ""]


# --- lines ------------------------------------------------------------------------------------------------------------------------


def test_what_an_export_states_is_read_line_by_line() -> None:
    """Its line numbers count from 1, and a line that says the same of an account's name again changes nothing."""
    export = read("x.se", (WHOLE + '#KONTO 1930 "Annat"\n#OBJEKT 6 "P1" "Annat"\n#UNDERDIM 21 "Delprojekt" 6\n').encode())
    assert export.generated == date(2025, 1, 20) and export.until == date(2024, 12, 31)
    assert export.years == {0: (date(2024, 1, 1), date(2024, 12, 31)), -1: (date(2023, 1, 1), date(2023, 12, 31))}
    assert export.names["1930"] == "Bank" and export.objects == {("6", "P1"): "Rehabgruppen", ("6", "P2"): "Ungdomsspåret"}
    assert export.parents == {"21": "6"} and export.has_vouchers
    told = WHOLE.splitlines()
    assert export.results[0, "4010"] == (450_000_00, told.index("#RES 0 4010 450000.00") + 1)
    assert export.opening[0, "2010"] == (-500_000_00, told.index("#IB 0 2010 -500000.00") + 1)
    assert export.closing[0, "1930"].amount == 649_999_50
    assert export.booked["4010", (("6", "P1"),), 202403] == [200_000_00, told.index('#TRANS 4010 {6 "P1"} 200000.00') + 1]
    assert export.vouchers["A", "3", "20240630"] == next(number for number, line in enumerate(told, 1) if line.startswith("#VER A 3"))
    place = export.place(2)
    assert (place.line, place.column, place.excerpt, place.length) == (2, 1, told[1], len(told[1]))
    assert export.place(0).excerpt == "" and export.place(len(export.lines) + 1).excerpt == "" and export.place(len(told)).excerpt == "}"


def test_what_is_dated_after_the_day_that_the_file_goes_through_is_late() -> None:
    """Through September: the 100 000 kr of October, on both accounts; a booking on the last day is not late."""
    ledger = changed(WHOLE, ("#OMFATTN 20241231", "#OMFATTN 20240930")) + voucher(9, "20240930", "7010 {} 7.00", "1930 {} -7.00")
    late = read("x.se", ledger.encode()).late
    assert {account: amount for account, amount in late.items() if amount} == {"4010": 100_000_00, "1930": -100_000_00}


def wrong(text: str) -> list[str]:
    """What is refused, each as `line: text`."""
    with pytest.raises(AgreementError) as caught:
        read("x.se", text.encode())
    return [f"{problem.place.line}: {problem.text}" for problem in caught.value.problems]


FIRST = HEAD.count("\n") + 1
"""The line after the head."""


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("no label\n", [f"{FIRST}: this line begins with no label"]),
        ("#TRANS 7010 {} 5.00\n", [f"{FIRST}: `#TRANS` stands outside a voucher"]),
        ("#RES x 7010 5\n", [f"{FIRST}: `x` is no year of SIE"]),
        ("#RES 100 7010 5\n", [f"{FIRST}: `100` is no year of SIE"]),
        ("#RAR 0 20240101\n", [f"{FIRST}: `#RAR` does not state a first and a last day"]),
        ("#RAR 0 20241231 20240101\n", [f"{FIRST}: `#RAR` does not state a first and a last day"]),
        ("#VALUTA EUR\n", [f"{FIRST}: the books are kept in `EUR`, not in kronor"]),
        ("#VALUTA sek\n#VALUTA\n", [f"{FIRST + 1}: the books are kept in ``, not in kronor"]),
        ('#VER A 9 ""\n{\n}\n', [f"{FIRST}: the voucher has no date"]),
        ("#VER A 9 20250101\n{\n}\n", [f"{FIRST}: the voucher's date 2025-01-01 lies outside the year 2024-01-01–2024-12-31"]),
        ("#VER A 9 20231231\n{\n}\n", [f"{FIRST}: the voucher's date 2023-12-31 lies outside the year 2024-01-01–2024-12-31"]),
        (voucher(9, "20240105", "7010 {} 5.00", "1930 {} -4.00"), [f"{FIRST}: the voucher does not add up to 0: its bookings come to 1 kr"]),
        ("#VER A 9 20240105\n{\n#TRANS 7010 {} x\n#TRANS 1930 {} -4.00\n}\n", [f"{FIRST + 2}: `x` is no amount of SIE"]),
        ("#VER A 9 20240105\n{\n#TRANS 7010 {} 5.00\n", [f"{FIRST + 1}: the file ends in the middle of a voucher"]),
        (
            "#VER A 9 20240105\n{\n#TRANS 7010 {} 5.00\n#VER A 10 20240106\n{\n}\n",
            [f"{FIRST + 1}: the file ends in the middle of a voucher"],
        ),
        (
            voucher(9, "20240105", "7010 {} 5.00", "1930 {} -5.00") + "{\n#TRANS 7010 {} 5.00\n}\n",
            [f"{FIRST + 6}: `#TRANS` stands outside a voucher"],
        ),
        (
            "#VER A 9 20240105\n{\n#RTRANS 7010 {} 5.00\n}\n",
            [f"{FIRST + 2}: after `#RTRANS` the same booking must stand as `#TRANS`, with its account, objects and amount"],
        ),
        (
            "#VER A 9 20240105\n{\n#RTRANS 7010 {} 5.00\n#TRANS 7010 {} 6.00\n#TRANS 1930 {} -6.00\n}\n",
            [f"{FIRST + 2}: after `#RTRANS` the same booking must stand as `#TRANS`, with its account, objects and amount"],
        ),
        (
            "#VER A 9 20240105\n{\n#RTRANS 7010 {} 5.00\n#BTRANS 7010 {} 4.00\n#TRANS 7010 {} 5.00\n#TRANS 1930 {} -5.00\n}\n",
            [f"{FIRST + 2}: after `#RTRANS` the same booking must stand as `#TRANS`, with its account, objects and amount"],
        ),
        (
            "#VER A 9 20240105\n{\n#TRANS 7010 {6} 5.00\n#TRANS 1930 {} -5.00\n}\n",
            [f"{FIRST + 2}: `{{6}}` is no list of objects"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line_and_once(more: str, told: list[str]) -> None:
    assert wrong(HEAD + more) == told


def test_fifty_problems_are_told_and_no_more() -> None:
    assert len(wrong(HEAD + "no label\n" * 60)) == 50


@pytest.mark.parametrize(
    "rows",
    [
        "#VER A 9 20240105 {\n#TRANS 7010 {} 5.00\n#TRANS 1930 {} -5.00\n}\n",
        " #VER A 9 20240105\n  {\n  #TRANS 7010 {} 5.00\n  #TRANS 1930 {} -5\n  }\n",
        '#ver "A" "9" "20240105" "text"\n{\n#trans "7010" {} "5.00" "" "text"\n#Trans 1930 {} -5.0\n}\n',
        "#VER A 9 20240105\n\n{\n\n#TRANS 7010 {} 5.00 20240131\n#BTRANS 7010 {} 9.00\n#TRANS 1930 {} -5.00 20240101\n}\n",
        "#VER A 9 20240105\n{\n#RTRANS 7010 {} 5.00\n#TRANS 7010 {} 5.00\n#TRANS 1930 {} -5.00\n}\n",
    ],
)
def test_a_voucher_is_read_however_it_is_written(rows: str) -> None:
    """One of 5 kr in January."""
    booked = read("x.se", (HEAD + rows).encode()).booked
    assert {key: amount for key, (amount, _) in booked.items()} == {("7010", (), 202401): 500, ("1930", (), 202401): -500}


def test_the_time_that_a_file_is_of_is_known_before_its_vouchers_whatever_stands_first() -> None:
    late = lines("#RAR 0 20240101 20241231", "#OMFATTN 20240131", "#GEN 20240202")
    export = read("x.se", ("#FLAGGA 0\n" + voucher(1, "20240105", "7010 {} 5.00", "1930 {} -5.00") + late).encode())
    assert export.booked["7010", (), 202401][0] == 500 and export.until == date(2024, 1, 31)


def test_a_year_may_be_a_day_long() -> None:
    assert read("x.se", b"#FLAGGA 0\n#RAR 0 20240131 20240131\n").years == {0: (date(2024, 1, 31), date(2024, 1, 31))}


# --- through which day -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("generated", "until", "through"),
    [
        ("20240831", "20240831", "2024-08-31"),  # made on the day that it goes through
        ("20240830", "20240831", None),  # and no day before it
        ("20250101", "", "2024-12-31"),  # made after the year's end
        ("20241231", "", None),
        ("20250120", "20240131", "2024-01-31"),
        ("20250120", "20241231", "2024-12-31"),
        ("20250120", "20250131", "2024-12-31"),  # of another year: it says nothing of this one
        ("20250120", "20231231", "2024-12-31"),
    ],
)
def test_a_file_goes_through_the_day_that_it_names_where_that_can_be_so(
    tmp_path: Path, generated: str, until: str, through: str | None
) -> None:
    ledger = changed(HEAD, ("#GEN 20250120", f"#GEN {generated}"), ("#OMFATTN 20241231\n", f"#OMFATTN {until}\n" if until else ""))
    ledger += "#RES 0 7010 5.00\n" + voucher(1, "20240105", "7010 {} 5.00", "1930 {} -5.00")
    if through is None:
        with pytest.raises(AgreementError, match="the file does not say through which month its books go"):
            load(write(tmp_path, ledger, TERMS))
    else:
        (year,) = load(write(tmp_path, ledger, TERMS)).booked
        assert year.through.isoformat() == through
        assert year.outcome == ("actual" if through == "2024-12-31" else "to_date")


@pytest.mark.parametrize(
    ("start", "end", "read_"), [("20240301", "20241231", True), ("20240315", "20241231", False), ("20240401", "20241231", False)]
)
def test_a_first_year_begins_with_a_month_and_not_after_the_agreement(tmp_path: Path, start: str, end: str, read_: bool) -> None:
    terms = changed(TERMS, ("start: 2023-01-01", "start: 2024-03-01"))
    ledger = changed(HEAD, ("#RAR 0 20240101 20241231", f"#RAR 0 {start} {end}")) + "#RES 0 7010 5.00\n"
    ledger += voucher(1, "20240505", "7010 {} 5.00", "1930 {} -5.00")
    if read_ or start == "20240401":  # a year whose first month is one of the agreement's first year may be its first
        assert load(write(tmp_path, ledger, terms)).booked[0].year == 2024
    else:
        with pytest.raises(AgreementError, match="an agreement is settled by calendar years"):
            load(write(tmp_path, ledger, terms))


# --- separated fields -------------------------------------------------------------------------------------------------------------


def table(text: str) -> Separated:
    return Separated("t.csv", text.encode(), lambda name: name in ("year", "activity"), "`year;activity`")


def test_rows_have_the_numbers_of_their_lines_and_their_fields_a_place() -> None:
    """A quoted separator parts nothing; the place of a field is where it begins in its line."""
    read_ = table('sep=;\nyear;"activity"; frame \n\n1998;"a;b";  5\n;;\n1999;c;6;\n')
    assert (read_.first, read_.delimiter, read_.head, read_.width) == (2, ";", ["year", "activity", "frame"], 3)
    assert list(read_.rows()) == [Line(4, ["1998", "a;b", "5"]), Line(6, ["1999", "c", "6"])]
    place = read_.place_of(4, 2)
    assert (place.line, place.column, place.length) == (4, 12, 3)
    assert read_.place_of(4, 0).column == 1 and read_.place(4, 9).column == 1 and read_.place(99, 0).excerpt == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year;activity\n1998\n", "1 field stands here, and 2 in the header"),
        ("year;activity\n1998;a;b\n", "3 fields stand here, and 2 in the header"),
        ("year;;activity\n1998;x;a\n1999;y;b\n", "this column has no name"),
        ('year;activity\n1998;"a\n', "this line cannot be read: unexpected end of data"),
    ],
)
def test_a_bad_row_is_a_problem_in_its_place(text: str, said: str) -> None:
    """A column without a name is told once, however many rows hold something in it."""
    told = [row.text for row in table(text).rows() if not isinstance(row, Line)]
    assert told == [said]


def test_what_separates_the_fields_is_the_sign_that_stands_most_often() -> None:
    for sign in (";", ",", "\t"):
        assert table(f"year{sign}activity{sign}b\n").delimiter == sign
    with pytest.raises(AgreementError, match=r"the fields are separated by `\|`"):
        table("sep=|\nyear;activity|b\n")
    with pytest.raises(AgreementError, match="the first line names no column of figures"):
        table("a;b\n1;2\n")


def test_vouchers_alone_count_where_balances_say_that_they_are_all(tmp_path: Path) -> None:
    """With closing balances and without results the export is whole, with neither it is only a part."""
    closing = HEAD + VOUCHERS
    assert load(write(tmp_path, closing, TERMS)).booked[0].months["insatser"][3] == 350_000
    with pytest.raises(AgreementError, match="holds vouchers and no balances"):
        load(write(tmp_path, "".join(line for line in closing.splitlines(True) if not line.startswith("#UB")), TERMS))
    assert load(write(tmp_path, HEAD.replace("#UB", "#X") + RESULTS + VOUCHERS, TERMS)).booked[0].year == 2024


def test_a_year_that_a_file_does_not_hold_is_refused_with_those_that_it_holds(tmp_path: Path) -> None:
    """A year to come, which some programs name too, is none that can be read."""
    terms = changed(TERMS, ("  rounding: nearest\n", "  rounding: nearest\n  year: 2025\n"))
    ledger = changed(WHOLE, ("#RAR -1 20230101 20231231\n", "#RAR -1 20230101 20231231\n#RAR 1 20250101 20251231\n"))
    with pytest.raises(AgreementError) as caught:
        load(write(tmp_path, ledger, terms))
    (problem,) = caught.value.problems
    assert problem.text.endswith("ledger.se holds no year 2025")
    assert problem.remedy == "it holds 2023-01-01–2023-12-31, 2024-01-01–2024-12-31"
