"""Whether books are whole: what a file states of its results is held against what it books, and files of one year against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, assert_never

from ...problems import Problem
from .bookings import BooksOfYear, Months, Results, Rows, Source, Vouchers, called, summed
from .sie import Export, Stated
from .sie_fields import kronor

_MOST_NAMED: Final = 10


def incomplete(export: Export, number: int, source: Source) -> list[Problem]:
    """Where the results that the file states (`#RES`) are not what it books: all of it, or through the day that it names (`#OMFATTN`).

    ``number`` is the year of the file that is read, 0 or below. An account without one of the two has 0 there.
    """
    stated = {account: one for (year, account), one in export.results.items() if year == number}
    if not stated:
        return []
    first, last = export.years[number]
    runs = export.until is not None and number == 0 and first <= export.until <= last
    match source:
        case Vouchers(bookings):
            all_of_it = summed(bookings)
            until = {account: amount - export.late.get(account, 0) for account, amount in all_of_it.items()}
            text = "account {}: its stated result (`#RES`) is {}, and its bookings come to {}"
            remedy = "the file is not whole, or was changed: export it again"
            lines = _first_lines((one.account, one.line) for one in bookings)
        case Months(totals):
            all_of_it = summed(totals)
            until = summed(one for one in totals if runs and export.until is not None and one.month <= export.until.month)
            text = "account {}: its stated result (`#RES`) is {}, and the balances of its months (`#PSALDO`, totals) come to {}"
            remedy = "some programs write there only what has no object: export with vouchers (type 4E)"
            lines = _first_lines((one.account, one.line) for one in totals)
        case Results() | Rows():
            return []
        case _:
            assert_never(source)
    found = min((_differences(stated, sums) for sums in ([all_of_it, until] if runs else [all_of_it])), key=len)
    return [
        Problem(
            "figures",
            export.place(stated[account].line if account in stated else lines.get(account, 0)),
            text.format(called(account, export.names), kronor(result), kronor(booked)),
            remedy,
        )
        for account, result, booked in found[:_MOST_NAMED]
    ] + ([_more(export, found)] if len(found) > _MOST_NAMED else [])


def _more(export: Export, found: Sequence[tuple[str, int, int]]) -> Problem:
    rest = len(found) - _MOST_NAMED
    return Problem("figures", export.place(0), f"so it is with {rest} more", "export the file again")


def _differences(stated: Mapping[str, Stated], booked: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """The accounts whose stated result is not what is booked, with both."""
    accounts = {*stated, *(account for account in booked if account[:1] in "345678")}
    pairs = ((account, stated[account].amount if account in stated else 0, booked.get(account, 0)) for account in sorted(accounts))
    return [(account, result, sum_) for account, result, sum_ in pairs if result != sum_]


def _first_lines(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for account, line in pairs:
        lines[account] = min(line, lines.get(account, line))
    return lines


def vouchers_twice(books: Sequence[BooksOfYear]) -> Iterator[Problem]:
    """The same voucher in two files of a year: their bookings would count twice."""
    for number, one in enumerate(books):
        for other in books[:number]:
            shared = [voucher for voucher in one.vouchers if voucher in other.vouchers]
            if not shared:
                continue
            series, count, day = shared[0]
            more = f", and {len(shared) - 1} more" if len(shared) > 1 else ""
            text = f"voucher {series} {count} of {day} stands in {other.file} too{more}".replace("  ", " ")
            yield Problem(
                "figures",
                one.place(one.vouchers[shared[0]]),
                text,
                "name each file of the year once; an export that holds the other takes its place",
            )
