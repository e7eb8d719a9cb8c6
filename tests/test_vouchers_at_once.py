"""Vouchers that are read at once: the second of a day and any after it, as most programs write them. Each sum and line by hand."""

from __future__ import annotations

import zlib

import pytest
from ledgers import HEAD, voucher

from socsam_calc import AgreementError
from socsam_calc.source.ledger import sie
from socsam_calc.source.ledger.sie import Export, read
from socsam_calc.source.ledger.sie_fields import Field, fields_of

FIRST = voucher(1, "20240105", "7010 {} 1.00", "1930 {} -1.00")
"""The first voucher of a day is read field by field; the day is known then."""

START = HEAD + FIRST + voucher(2, "20240229", "7010 {} 1.00 20240131", "1930 {} -1.00 20240131")
BASE = START.count("\n")
"""The lines before the next voucher: its `#VER` stands in the line after them, its first booking two lines further on."""


def export(more: str) -> Export:
    return read("x.se", (START + more).encode())


def booked(more: str) -> dict[tuple[str, str, int], tuple[int, int]]:
    """What a further voucher books: by account, objects and month the öre, and the line counted from its own `#VER` as 1; without 7010 and 1930."""
    return {
        (account, " ".join(f"{dimension}:{one}" for dimension, one in objects), month): (amount, line - BASE)
        for (account, objects, month), (amount, line) in export(more).booked.items()
        if account not in ("7010", "1930")
    }


def wrong(more: str, start: str = START) -> list[str]:
    """What is refused, each as `line: text`, the line counted from the first after the start."""
    with pytest.raises(AgreementError) as caught:
        read("x.se", (start + more).encode())
    return [f"{problem.place.line - start.count(chr(10))}: {problem.text}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        (["4010 {} 5.00"], {("4010", "", 202401): (500, 3)}),
        (["4010 {} 5.5"], {("4010", "", 202401): (550, 3)}),
        (["4010 {} 5.05"], {("4010", "", 202401): (505, 3)}),
        (["4010 {} 5"], {("4010", "", 202401): (500, 3)}),
        (["4010 {} -0.01"], {("4010", "", 202401): (-1, 3)}),
        (["5010 {} 9.00", "4010 {} 5.00", "4010 {} 0.25"], {("5010", "", 202401): (900, 3), ("4010", "", 202401): (525, 4)}),
        (['4010 {6 "P1"} 5.00', "4010 {} 2.00"], {("4010", "6:P1", 202401): (500, 3), ("4010", "", 202401): (200, 4)}),
        (['4010 {6 "P1"} 5.00', "4010 { 6 P1 } 2.00"], {("4010", "6:P1", 202401): (700, 3)}),
        # a booking may have its own day, in quotes or bare; of an empty one the voucher's counts
        (['4010 {} 5.00 "20240229" "text"'], {("4010", "", 202402): (500, 3)}),
        (["4010 {} 5.00 20240229"], {("4010", "", 202402): (500, 3)}),
        (['4010 {} 5.00 "" "text"'], {("4010", "", 202401): (500, 3)}),
        # a day that no voucher has had is looked up; the bookings before and after it stand as they did
        (
            ["4010 {} 5.00", "4010 {} 7.00 20240315", "4010 {} 0.50"],
            {("4010", "", 202401): (550, 3), ("4010", "", 202403): (700, 4)},
        ),
        # a row that is written in some other way makes all of them be read field by field
        (
            ["4010 {} 5.00", r'4010 {6 "a\"b"} 7.00', "4010 {} 0.50"],
            {("4010", "", 202401): (550, 3), ("4010", '6:a"b', 202401): (700, 4)},
        ),
        (["4010 5.00"], {("4010", "", 202401): (500, 3)}),
        (["4010 5.00 20240229"], {("4010", "", 202402): (500, 3)}),
    ],
)  # fmt: skip
def test_a_further_voucher_of_a_day_is_summed(rows: list[str], sums: dict[tuple[str, str, int], tuple[int, int]]) -> None:
    """Whatever comes to it is balanced on 1930."""
    balance = -sum(amount for amount, _ in sums.values())
    even = f"1930 {{}} {'-' if balance < 0 else ''}{abs(balance) // 100}.{abs(balance) % 100:02}"
    assert booked(voucher(9, "20240105", *rows, even)) == sums


def test_what_stands_after_a_voucher_is_told_in_its_own_line() -> None:
    """A voucher of two bookings has five lines, one of three has six."""
    even = voucher(9, "20240105", "4010 {} 5.00", "1930 {} -5.00")
    assert wrong(even + "no label\n") == ["6: this line begins with no label"]
    assert wrong(even + voucher(10, "20240105", "4010 {} 5.00", "4010 {} 1.00", "1930 {} -6.00") + "no label") == [
        "12: this line begins with no label"
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["4010 {} 5.00", "1930 {} -4.99"], ["1: the voucher does not add up to 0: its bookings come to 0,01 kr"]),
        (["4010 {} 5.00", "1930 {} -4.00 20240131", "1930 {} -0.50 20240317"], ["1: the voucher does not add up to 0: its bookings come to 0,50 kr"]),
        (["4010 {} 5.00", "1930 {} x"], ["4: `x` is no amount of SIE"]),
        (["4010 {} x", "1930 {} y"], ["3: `x` is no amount of SIE", "4: `y` is no amount of SIE"]),
        (["4010 {} 5.00", "1930 {} -5.00 20240230"], ["4: `20240230` is no day"]),
        (["4010 {6} 5.00", "1930 {} -5.00"], ["3: `{6}` is no list of objects"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_further_voucher_is_told_at_its_line(rows: list[str], told: list[str]) -> None:
    assert wrong(voucher(9, "20240105", *rows)) == told
    assert f"{len(rows) + 4}: this line begins with no label" in wrong(voucher(9, "20240105", *rows) + "no label\n")


def test_a_booking_outside_of_the_year_counts_on_the_day_of_its_voucher() -> None:
    """It is the voucher's day that says which year it belongs to."""
    assert booked(voucher(9, "20240105", "4010 {} 5.00 20231231", "1930 {} -5.00")) == {("4010", "", 202401): (500, 3)}
    assert booked(voucher(9, "20240105", '4010 {} 5.00 "20250101" "x"', "1930 {} -5.00")) == {("4010", "", 202401): (500, 3)}


def test_every_voucher_with_a_number_is_remembered_at_its_first_line() -> None:
    rows = ("4010 {} 5.00", "1930 {} -5.00")
    more = voucher(9, "20240105", *rows) + voucher(9, "20240105", *rows) + voucher(10, "20240105", *rows).replace(" 10 ", ' "" ')
    kept = {key: line - BASE for key, line in export(more).vouchers.items() if line > BASE}
    assert kept == {("A", "9", "20240105"): 1}


def test_of_bookings_of_one_sum_the_first_line_is_kept() -> None:
    """One read field by field before, one at once after it, and the other way round."""
    first = HEAD.count("\n") + 3
    twice = HEAD + FIRST + voucher(9, "20240105", "7010 {} 5.00", "1930 {} -5.00")
    assert read("x.se", twice.encode()).booked["7010", (), 202401] == [600, first]
    mixed = (
        twice + voucher(10, "20240105", "7010 {6 P1} 5.00", "1930 {} -5.00") + voucher(11, "20240106", "7010 {6 P1} 5.00", "1930 {} -5.00")
    )
    assert read("x.se", mixed.encode()).booked["7010", (("6", "P1"),), 202401] == [1000, first + 10]


def test_what_is_late_is_told_by_the_day_of_each_booking() -> None:
    """Through January: of 5 kr on 29 February and 7 kr on 31 January only the 5 are late."""
    short = START.replace("#OMFATTN 20241231", "#OMFATTN 20240131")
    rows = ("4010 {} 5.00 20240229", "4010 {} 7.00 20240131", "1930 {} -12.00 20240131")
    late = read("x.se", (short + voucher(9, "20240229", *rows)).encode()).late
    assert {account: ore for account, ore in late.items() if ore} == {"4010": 500}


def test_the_last_line_counts_whether_it_ends_or_not() -> None:
    """A voucher read at once, and any other line."""
    assert wrong("no label") == ["1: this line begins with no label"]
    assert booked(voucher(9, "20240105", "4010 {} 5.00", "1930 {} -5.00").rstrip("\n")) == {("4010", "", 202401): (500, 3)}


# --- other lines -----------------------------------------------------------------------------------------------------------------


def test_a_voucher_may_be_the_first_line_of_a_file() -> None:
    """Where its year is given further down."""
    text = FIRST + "#RAR 0 20240101 20241231\n"
    assert read("x.se", text.encode()).booked == {("7010", (), 202401): [100, 3], ("1930", (), 202401): [-100, 4]}


def test_the_place_of_a_line_is_its_text_without_what_is_before_it() -> None:
    """An empty line has one letter's room, and so has a line that is not there."""
    made = read("x.se", b"#FLAGGA 0\n\n   #RAR 0 20240101 20241231  \n")
    shown = [(made.place(line).line, made.place(line).column, made.place(line).length) for line in (0, 1, 2, 3, 9)]
    assert shown == [(0, 1, 1), (1, 1, 9), (2, 1, 1), (3, 4, 24), (9, 1, 1)]
    assert made.place(3).excerpt == "   #RAR 0 20240101 20241231"


def test_balances_of_months_are_read_with_braces_and_without() -> None:
    text = HEAD + '#PSALDO 0 202401 4010 5.00\n#PSALDO 0 202401 4010 {6 "P1"} 3.00 7\n#PSALDO -1 202312 4010 {} 2.00\n'
    line = HEAD.count("\n") + 1
    assert read("x.se", text.encode()).periods == {
        (202401, "4010", ()): (500, line),
        (202401, "4010", (("6", "P1"),)): (300, line + 1),
        (202312, "4010", ()): (200, line + 2),
    }


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("#RES 0 4010 1.00\n#RES 0 4010 1.00\n", "2: #RES of account 4010 is stated twice, first in line {}"),
        ("#RES 0 4010 1.00\n\n#RES 0 4010 1.00\n", "3: #RES of account 4010 is stated twice, first in line {}"),
        (
            "#PSALDO 0 202401 4010 {} 1.00\n#PSALDO 0 202401 4010 2.00\n",
            "2: `#PSALDO` of 202401, account 4010 and these objects is stated twice, first in line {}",
        ),
    ],
)
def test_what_is_stated_twice_is_told_with_the_line_before(more: str, told: str) -> None:
    assert wrong(more, HEAD) == [told.format(HEAD.count("\n") + 1)]


def test_the_last_year_that_can_be_counted_has_two_digits() -> None:
    assert read("x.se", (HEAD + "#RES -99 4010 1.00\n#RES 99 4010 2.00\n").encode()).results.keys() == {(-99, "4010"), (99, "4010")}


def test_a_booking_that_is_struck_belongs_to_the_voucher_before_it() -> None:
    """Another voucher, or another label, in the place of its `#TRANS` leaves it alone; and the one after it is met by itself."""
    alone = "after `#RTRANS` the same booking must stand as `#TRANS`, with its account, objects and amount"
    both = "#VER A 9 20240106\n{\n#RTRANS 4010 {} 5.00\n#RTRANS 4010 {} 5.00\n#TRANS 4010 {} 5.00\n#TRANS 1930 {} -5.00\n}\n"
    assert wrong(both) == [f"3: {alone}"]
    twice = "#VER A 9 20240106\n{\n#RTRANS 4010 {} 5.00\n#TRANS 4010 {} 5.00\n#RTRANS 1930 {} -5.00\n#TRANS 1930 {} -5.00\n}\n"
    assert booked(twice) == {("4010", "", 202401): (500, 4)}


def crc(text: bytes) -> int:
    return zlib.crc32(text)


@pytest.mark.parametrize("form", ["{0}", "{1}"])
def test_a_checksum_may_be_written_with_a_sign(form: str) -> None:
    """Some programs write the 32 bits as a number with a sign: from 2 147 483 648 on it is 4 294 967 296 less."""
    fields = "#RAR02024010120241231#KONTO1930Bank"
    number = crc(fields.encode())
    stated = form.format(number, number - 2**32)
    body = '#RAR 0 20240101 20241231\n#KONTO 1930 "Bank"\n'
    assert read("x.se", f"#FLAGGA 0\n#KSUMMA\n{body}#KSUMMA {stated}\n".encode()).names == {"1930": "Bank"}
    text = "3: the file does not have the checksum that it states (#KSUMMA)"
    assert wrong(f"#KSUMMA\n#RAR 0 20240101 20241231\n#KSUMMA {stated}\n", "#FLAGGA 0\n") == [text]
    assert wrong("#KSUMMA\n#KSUMMA x\n", "#FLAGGA 0\n") == [text.replace("3", "2")]


@pytest.mark.parametrize(
    ("start", "more", "told"),
    [
        ("#FLAGGA 0\n#RAR 0 20240101 20241231\n", "{\n#TRANS 7010 {} 5.00\n}\n", "2: `#TRANS` stands outside a voucher"),
        (START, "#TRANS 7010 {} 5.00\n", "1: `#TRANS` stands outside a voucher"),
        (START, "#RES 0 4010\n", "1: `` is no amount of SIE"),
        (START, "#RES\n", "1: `` is no year of SIE"),
        (START, "#KSUMMA\n", "1: `#KSUMMA` begins a checksum, and its end is missing"),
    ],
)
def test_what_is_not_there_is_missed(start: str, more: str, told: str) -> None:
    """No voucher has begun yet, or none is open any more; no amount stands at the end of the line."""
    assert wrong(more, start) == [told]


def test_after_a_voucher_that_is_cut_off_the_next_has_to_begin_too() -> None:
    cut = "#VER A 9 20240105\n{\n#TRANS 7010 {} 5.00\n#VER A 10 20240106\n#TRANS 7010 {} 5.00\n"
    assert wrong(cut) == ["2: the file ends in the middle of a voucher", "5: `#TRANS` stands outside a voucher"]


def test_a_voucher_without_a_number_is_not_remembered() -> None:
    """Many may have none."""
    assert (
        export(voucher(9, "20240106", "4010 {} 5.00", "1930 {} -5.00").replace(" 9 ", ' "" ')).vouchers.keys() == export("").vouchers.keys()
    )


def test_only_what_is_written_in_some_other_way_is_read_field_by_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two further vouchers the one with a text between its bookings; the other takes no time."""
    slowly: list[str] = []

    def counted(line: str) -> list[Field]:
        slowly.append(line)
        return fields_of(line)

    monkeypatch.setattr(sie, "fields_of", counted)
    common = voucher(9, "20240105", "4010 {} 5.00", "1930 {} -5.00")
    export(
        common
        + common
        + voucher(10, "20240105", "4010 {} 5.00", "1930 {} -5.00").replace("#TRANS 1930", "#BTRANS 1930 {} 1.00\n#TRANS 1930")
    )
    further = slowly[slowly.index("#TRANS 1930 {} -1.00 20240131") + 1 :]
    assert [line.split()[0] for line in further] == ["#VER", "#TRANS", "#BTRANS", "#TRANS"]


def test_a_number_behind_the_one_checksum_of_a_file_says_nothing() -> None:
    assert read("x.se", b"#FLAGGA 0\n#KSUMMA 5\n#RAR 0 20240101 20241231\n").years.keys() == {0}
