"""What a file of books gives of one year, whatever kind of file it is: sums booked, by account, objects and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, assert_never

from ...problems import Place
from .sie_fields import Objects


class Booking(NamedTuple):
    """A sum in öre, debit +, credit −, on an account and its objects in a month (1–12), and the line where it is booked first."""

    account: str
    objects: Objects
    month: int
    amount: int
    line: int


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Bookings one by one (SIE `#TRANS`): each with all objects that it belongs to."""

    bookings: Sequence[Booking]


@dataclass(frozen=True, slots=True)
class Months:
    """Balances of months (SIE `#PSALDO`): the movement of each account, and ``parts`` of it by object, which repeat it in each dimension."""

    totals: Sequence[Booking]
    parts: Sequence[Booking]


@dataclass(frozen=True, slots=True)
class Results:
    """The result of each account over the whole time (SIE `#RES`), in its last month; of objects nothing is known."""

    totals: Sequence[Booking]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a CSV file or a workbook: each is a booking, or a sum of some."""

    bookings: Sequence[Booking]


Source = Vouchers | Months | Results | Rows
"""What of a file its figures are taken from, chosen once for the year that is read."""


def totals(source: Source) -> Sequence[Booking]:
    """Every krona once: the bookings, or the totals of accounts."""
    match source:
        case Vouchers(bookings) | Rows(bookings):
            return bookings
        case Months(totals=sums) | Results(totals=sums):
            return sums
        case _:
            assert_never(source)


@dataclass(frozen=True, slots=True)
class BooksOfYear:
    """What a file gives of a year.

    ``through`` is the last day that counts. ``names`` are those of accounts, ``results`` the accounts that have a result (`#RES`),
    ``declared`` the accounts and ``objects`` the objects that the file declares or books, with
    their names in ``object_names``. ``opening`` and ``closing`` are balances by
    account, in öre with SIE's signs, where the file states any. ``left`` is what of the file belongs to no month that counts.
    """

    file: str
    year: int
    source: Source
    through: date
    place: Callable[[int], Place]
    names: Mapping[str, str] = field(default_factory=dict)
    results: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    objects: frozenset[tuple[str, str]] = frozenset()
    object_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    vouchers: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    opening: Mapping[str, int] | None = None
    closing: Mapping[str, int] | None = None
    silent: Sequence[int] = ()

    def is_result(self, account: str) -> bool:
        """Whether it is a result account: its first digit is 3 to 8, or the file states its result."""
        return account[:1] in "345678" or account in self.results

    def called(self, account: str) -> str:
        """An account as a message names it: its number and its name."""
        return called(account, self.names)


def called(account: str, names: Mapping[str, str]) -> str:
    """An account's number, and its name where it has one."""
    return f"{account} {names[account]}" if names.get(account) else account


def summed(bookings: Iterable[Booking]) -> dict[str, int]:
    """The sum of each account."""
    sums: dict[str, int] = {}
    for booking in bookings:
        sums[booking.account] = sums.get(booking.account, 0) + booking.amount
    return sums
