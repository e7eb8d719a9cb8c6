"""Which activity each krona of the books belongs to: rows of the mapping take their bookings, and nothing is left over unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple, assert_never

from ...model.books import Books, Row, Span, is_own_result
from ...problems import Place, Problem
from .bookings import Booking, BooksOfYear, Months, Results, Rows, Vouchers, totals
from .sie_fields import Objects, kronor

_WITH_VOUCHERS: Final = "export with vouchers (type 4E)"
OUTSIDE: Final = "outside"
_OWN_RESULT: Final = "own result"


class AccountSum(NamedTuple):
    """What is booked on an account: its number and name, the sum in öre, and where it is booked first."""

    account: str
    name: str
    amount: int
    place: Place


@dataclass(slots=True)
class Assigned:
    """The bookings of a year, each with the activity that it belongs to; amounts in öre, costs positive.

    ``rows`` has the accounts of each activity in the months that count, ``monthly`` the sum of each of these months. ``outside`` are the
    accounts left out, ``contributed`` the sum of those for the members' contributions, ``later`` what stands in months that do not
    count, with the number of its sums. ``unmet`` are ranges that hold no account of the file, ``below`` the sums of objects that belong
    to a sub-dimension of one that a row asks for. ``nowhere`` are the accounts with bookings that no part of the mapping names.
    """

    books: BooksOfYear
    rows: dict[str, list[AccountSum]] = field(default_factory=dict)
    monthly: dict[str, dict[int, int]] = field(default_factory=dict)
    outside: list[AccountSum] = field(default_factory=list)
    nowhere: list[AccountSum] = field(default_factory=list)
    contributed: int = 0
    later: int = 0
    unmet: list[tuple[str, Span]] = field(default_factory=list)
    below: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Kept:
    """Sums by account, in the order in which they come."""

    def __init__(self) -> None:
        self.sums: dict[str, list[int]] = {}

    def add(self, booking: Booking, amount: int) -> None:
        held = self.sums.setdefault(booking.account, [0, booking.line])
        held[0] += amount
        held[1] = min(held[1], booking.line)

    def told(self, books: BooksOfYear) -> list[AccountSum]:
        return [
            AccountSum(account, books.names.get(account, ""), amount, books.place(line))
            for account, (amount, line) in sorted(self.sums.items())
        ]


def assigned(books: BooksOfYear, mapping: Books, months: Collection[int], place: Place) -> Assigned:
    """The bookings of a year by the mapping that stands at ``place``; ``months`` are those that count. What is wrong stands in ``problems``."""
    return _Assigning(books, mapping, months, place).done()


class _Assigning:
    def __init__(self, books: BooksOfYear, mapping: Books, months: Collection[int], place: Place) -> None:
        self.books, self.mapping, self.months, self.place = books, mapping, months, place
        stated = mapping.accounts or {}
        self.with_objects = {name: row for name, row in stated.items() if row.objects}
        self.plain: dict[str, Sequence[Span]] = {name: row.accounts for name, row in stated.items() if not row.objects}
        self.result = Assigned(books)
        self.kept: dict[str, _Kept] = {name: _Kept() for name in stated}
        self.outside, self.nowhere = _Kept(), _Kept()
        self.monthly: dict[str, dict[int, int]] = {name: defaultdict(int) for name in stated}
        self.taken: dict[str, int] = defaultdict(int)
        self._homes: dict[str, str | None] = {}
        self._owners: dict[tuple[str, Objects], str | None] = {}

    def done(self) -> Assigned:
        result = self.result
        self._refuse_two_plain()
        self._refuse_own_result()
        match self.books.source:
            case Vouchers(bookings) | Rows(bookings):
                self._each(bookings)
            case Months(sums, parts):
                if self._tells_objects_apart(parts):
                    self._with_parts(sums, parts)
            case Results(sums):
                self._each(sums)
            case _:
                assert_never(self.books.source)
        result.rows = {name: kept.told(self.books) for name, kept in self.kept.items()}
        result.monthly = {name: dict(sums) for name, sums in self.monthly.items()}
        result.outside = self.outside.told(self.books)
        result.nowhere = self.nowhere.told(self.books)
        result.problems += self._left_over()
        result.unmet = [
            (name, span)
            for name, row in (self.mapping.accounts or {}).items()
            for span in row.accounts
            if not any(map(span.holds, self.books.declared))
        ]
        return result

    # --- each booking --------------------------------------------------------------------------------------------------------

    def _each(self, bookings: Iterable[Booking]) -> None:
        for booking in bookings:
            owner = self._owner(booking) if self.with_objects else None
            if owner is not None:
                self._take(owner, booking, booking.amount)
            else:
                self._rest(booking, booking.amount)
            if self.books.parents:
                self._note_below(booking)

    def _owner(self, booking: Booking) -> str | None:
        """The row with objects that a booking belongs to, if any; a booking of two is refused."""
        key = (booking.account, booking.objects)
        if key not in self._owners:
            owners = [name for name, row in self.with_objects.items() if _meets(row, booking)] if not is_own_result(booking.account) else []
            self._owners[key] = owners[0] if owners else None
            for first, second in list(combinations(owners, 2))[:1]:
                text = f"{self.books.called(booking.account)}: the booking belongs to `{first}` and to `{second}`, whose accounts and objects both hold it"
                self._complain(booking, text, "name each object, or its accounts, in one of them")
        return self._owners[key]

    def _take(self, name: str, booking: Booking, amount: int) -> None:
        if booking.month not in self.months:
            self.result.later += amount
            return
        self.kept[name].add(booking, amount)
        self.monthly[name][booking.month] += amount
        if name in self.with_objects:
            self.taken[booking.account] += 1

    def _rest(self, booking: Booking, amount: int) -> None:
        """What rows with objects leave of a booking."""
        account = booking.account
        if account not in self._homes:
            self._homes[account] = self._home(account)
        home = self._homes[account]
        if home in self.plain and home is not None:
            self._take(home, booking, amount)
        elif booking.month in self.months and home != _OWN_RESULT:
            (self.outside if home == OUTSIDE else self.nowhere).add(booking, amount)
            if any(span.holds(account) for span in self.mapping.contributions):
                self.result.contributed -= amount

    def _home(self, account: str) -> str | None:
        """The row without objects that holds an account, `outside`, or what tells the year's own result; None where nothing holds it."""
        if is_own_result(account):
            return _OWN_RESULT
        named = next((name for name, spans in self.plain.items() if any(span.holds(account) for span in spans)), None)
        left_out = [*self.mapping.outside, *self.mapping.contributions]
        return named or (OUTSIDE if any(span.holds(account) for span in left_out) else None)

    def _note_below(self, booking: Booking) -> None:
        """An object of a sub-dimension does not count as one of the dimension above it: how much that concerns."""
        if booking.month not in self.months or is_own_result(booking.account):
            return
        own = {dimension for dimension, _ in booking.objects}
        for name, row in self.with_objects.items():
            if not any(span.holds(booking.account) for span in row.accounts):
                continue
            for dimension in own:
                if any(above in row.objects and above not in own for above in _above(dimension, self.books.parents)):
                    key = (name, dimension)
                    self.result.below[key] = self.result.below.get(key, 0) + booking.amount

    # --- balances of months --------------------------------------------------------------------------------------------------

    def _tells_objects_apart(self, parts: Sequence[Booking]) -> bool:
        """Whether balances of months say what belongs to the objects that rows name; else that is refused."""
        dimensions = {dimension for row in self.with_objects.values() for dimension in row.objects}
        if not dimensions:
            return True
        used = {dimension for part in parts for dimension, _ in part.objects}
        why = (
            "the rows name objects of several dimensions" if len(dimensions) > 1
            else "some balances belong to several objects at once" if any(len(part.objects) > 1 for part in parts)
            else "a sub-dimension of the one that the rows name is in use" if any(dimensions & set(_above(one, self.books.parents)) for one in used)
            else ""
        )  # fmt: skip
        if why:
            text = f"{self.books.file} holds balances of months (`#PSALDO`), which repeat the same money in each dimension: {why}"
            self.result.problems.append(Problem("figures", self.place, text, _WITH_VOUCHERS))
        return not why

    def _with_parts(self, sums: Sequence[Booking], parts: Sequence[Booking]) -> None:
        """Rows with objects take theirs; what they leave of an account's total goes on as a booking without objects."""
        left = {(one.account, one.month): [one.amount, one] for one in sums}
        for part in parts:
            owner = self._owner(part)
            if owner is not None:
                self._take(owner, part, part.amount)
                held = left.setdefault((part.account, part.month), [0, part])
                held[0] -= part.amount  # type: ignore[operator]
        for amount, booking in left.values():
            if amount:
                self._rest(booking, amount)  # type: ignore[arg-type]

    # --- what is refused -----------------------------------------------------------------------------------------------------

    def _refuse_two_plain(self) -> None:
        """An account under two rows without objects, or under one and `outside`."""
        groups = {**self.plain, OUTSIDE: self.mapping.outside}
        found: dict[tuple[str, str], list[str]] = {}
        for account in sorted(self.books.declared):
            holding = [name for name, spans in groups.items() if any(span.holds(account) for span in spans)]
            if len(holding) > 1 and not is_own_result(account):
                found.setdefault((holding[0], holding[1]), []).append(account)
        for (first, second), accounts in found.items():
            more = f", and {len(accounts) - 1} more" if len(accounts) > 1 else ""
            text = f"account {self.books.called(accounts[0])}{more}: under `{first}` and under `{second}`"
            self.result.problems.append(Problem("figures", self.place, text, "let each account stand in one of them"))

    def _refuse_own_result(self) -> None:
        """The account of the year's own result repeats what stands on the others: no row without objects may take it."""
        booked = set(filter(is_own_result, {one.account for one in totals(self.books.source) if one.amount}))
        for name, spans in self.plain.items():
            if taken := sorted(account for account in booked if any(span.holds(account) for span in spans)):
                text = f"`{name}` would take account {self.books.called(taken[0])}, the year's own result, which repeats what stands on the others"
                self.result.problems.append(Problem("figures", self.place, text, "end its range before 8990"))

    def _left_over(self) -> Iterator[Problem]:
        """Result accounts with bookings that stand nowhere."""
        for one in self.result.nowhere:
            if not self.books.is_result(one.account):
                continue
            if isinstance(self.books.source, (Months, Results)) and not one.amount:
                continue
            called, amount = self.books.called(one.account), kronor(one.amount)
            if self.taken.get(one.account):
                text = f"account {called}: rows with objects take a part of it, and {amount} is left over"
                remedy = "name its other objects, or let a row without objects, or `outside`, take the rest"
            else:
                text, remedy = (
                    f"account {called} stands nowhere in the mapping, and {amount} is booked on it",
                    "let it belong to an activity, or write it under `outside`",
                )
            yield Problem("figures", one.place, text, remedy)

    def _complain(self, booking: Booking, text: str, remedy: str) -> None:
        self.result.problems.append(Problem("figures", self.books.place(booking.line), text, remedy))


def _meets(row: Row, booking: Booking) -> bool:
    """Whether a booking is one of the row's: on one of its accounts, and with one of its objects in each dimension that it names."""
    if not any(span.holds(booking.account) for span in row.accounts):
        return False
    return all(any((dimension, one) in booking.objects for one in objects) for dimension, objects in row.objects.items())


def _above(dimension: str, parents: Mapping[str, str]) -> Iterator[str]:
    """The dimensions that a sub-dimension belongs to, the nearest first."""
    seen = {dimension}
    while (dimension := parents.get(dimension, "")) and dimension not in seen:
        seen.add(dimension)
        yield dimension


def unknown_objects(mapping: Books, known: Iterable[BooksOfYear]) -> Iterator[tuple[str, str, str]]:
    """The objects that the mapping names and no file of the year declares or books: activity, dimension, object."""
    there = {pair for books in known for pair in books.objects}
    for name, row in (mapping.accounts or {}).items():
        for dimension, objects in row.objects.items():
            yield from ((name, dimension, one) for one in objects if (dimension, one) not in there)
