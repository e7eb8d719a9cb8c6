"""Which year an export gives, through which month, and from what of it: its vouchers, the balances of months, or the results."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ...model.agreement import Period
from ...model.books import Books
from ...problems import AgreementError, Place, Problem
from .bookings import Booking, BooksOfYear, Months, Results, Source, Vouchers
from .complete import incomplete
from .sie import Export

_EXPORT: Final = "export it with vouchers (type 4E)"


class Wanted(NamedTuple):
    """What is asked of a file of books: its mapping, where that and its day stand, and the agreement's period.

    A file that does not say through which month it goes is refused, or, where somebody only looks into it, read ``whole``.
    """

    books: Books
    place: Place
    through_place: Place
    year_place: Place
    period: Period
    whole: bool = False


def year_of(export: Export, wanted: Wanted) -> BooksOfYear:
    """The year that an export gives. Raises AgreementError with every reason why it cannot."""
    number, (first, last) = _fiscal_year(export, wanted)
    _refuse_other_than_calendar(export, wanted, first, last)
    source = _source(export, number, first, last)
    through = _through(export, wanted, number, first, last, source)
    problems = [*_of_results_alone(export, wanted, source, first, last, through), *incomplete(export, number, source)]
    if problems:
        raise AgreementError(problems)
    booked = {account for account, _, _ in export.booked} | {account for _, account, _ in export.periods}
    results = frozenset(account for year, account in export.results if year == number)
    used = {pair for _, objects, _ in export.booked for pair in objects} | {pair for *_, objects in export.periods for pair in objects}
    opening = {account: stated.amount for (year, account), stated in export.opening.items() if year == number}
    closing = {account: stated.amount for (year, account), stated in export.closing.items() if year == number}
    return BooksOfYear(
        export.file, first.year, source, through, export.place, export.names, results,
        declared=frozenset(export.names) | booked | results,
        objects=frozenset(export.objects) | used,
        object_names=export.objects,
        parents=export.parents,
        vouchers=export.vouchers if isinstance(source, Vouchers) else {},
        opening=opening or None, closing=closing or None,
    )  # fmt: skip


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _refused(export: Export, text: str, remedy: str, label: str = "") -> AgreementError:
    """A refusal, at the line with this label where there is one."""
    line = next((number for number, one in enumerate(export.lines, 1) if label and one.lstrip().startswith(label)), 0)
    return AgreementError.of("figures", export.place(line) if line else Place(export.file), text, remedy)


def _fiscal_year(export: Export, wanted: Wanted) -> tuple[int, tuple[date, date]]:
    """Which of its years is read (0, −1 …), and its first and last day."""
    if 0 not in export.years:
        raise _refused(export, "the file does not say which year it gives: `#RAR 0` is missing", "export SIE 4 (type 4E)")
    year = wanted.books.year
    if year is None:
        return 0, export.years[0]
    for number, (first, last) in sorted(export.years.items(), reverse=True):
        if first.year == last.year == year and number <= 0:
            return number, (first, last)
    held = ", ".join(f"{first}–{last}" for number, (first, last) in sorted(export.years.items()) if number <= 0)
    raise AgreementError.of("figures", wanted.year_place, f"{export.file} holds no year {year}", f"it holds {held}")


def _refuse_other_than_calendar(export: Export, wanted: Wanted, first: date, last: date) -> None:
    """Raise AgreementError for a fiscal year that is not the calendar year, but for where the agreement begins or ends."""
    period = wanted.period
    begins = (first.month, first.day) == (1, 1) or (first.day == 1 and first.year == period.start.year)
    ends = (last.month, last.day) == (12, 31) or (last == last_day(last.year, last.month) and last.year == period.last_year)
    if first.year != last.year or not begins or not ends:
        text = f"the file's year is {first}–{last}, and an agreement is settled by calendar years"
        raise _refused(export, text, "export the calendar year; a file of bookings (.csv, .xlsx) may hold any months", "#RAR")


def _source(export: Export, number: int, first: date, last: date) -> Source:
    """From what of the file the year is read."""
    if number == 0 and export.has_vouchers:
        if not export.results and not export.closing:
            text = "the file holds vouchers and no balances (type 4I): it is only a part of the books"
            raise _refused(export, text, "export 4E from the accounting program")
        return Vouchers(
            [Booking(account, objects, month % 100, amount, line) for (account, objects, month), (amount, line) in export.booked.items()]
        )
    low, high = first.year * 100 + first.month, last.year * 100 + last.month
    inside = [
        Booking(account, objects, month % 100, stated.amount, stated.line)
        for (month, account, objects), stated in export.periods.items()
        if low <= month <= high
    ]
    if inside:
        return Months([one for one in inside if not one.objects], [one for one in inside if one.objects])
    totals = [
        Booking(account, (), last.month, stated.amount, stated.line) for (year, account), stated in export.results.items() if year == number
    ]
    if totals:
        return Results(totals)
    raise _refused(export, f"the file holds no bookings, and no balances of months or results, of {first.year}", _EXPORT)


def valid_until(export: Export, first: date, last: date) -> date | None:
    """The day that the file itself says it goes through (`#OMFATTN`), where that can be so: within its year, and not after it was made."""
    until = export.until
    if until is None or export.generated is None or not first <= until <= last or until > export.generated:
        return None
    return until


def _through(export: Export, wanted: Wanted, number: int, first: date, last: date, source: Source) -> date:
    """The last day that counts. Raises AgreementError where nobody says it, or where it cannot be."""
    stated, until = wanted.books.through, valid_until(export, first, last)
    past = export.generated is not None and export.generated > last
    by_itself = last if number else until or (last if past else None)
    if stated is not None:
        if stated != last_day(stated.year, stated.month):
            raise AgreementError.of(
                "figures", wanted.through_place, f"{stated} is not the last day of a month", f"write {last_day(stated.year, stated.month)}"
            )
        if not first <= stated <= last:
            raise AgreementError.of(
                "figures",
                wanted.through_place,
                f"{stated} lies outside the year {first}–{last} of {export.file}",
                "write the last day of a month in it",
            )
        if number and stated != last:
            text = f"an earlier year of a file is read whole, through {last}"
            raise AgreementError.of("figures", wanted.through_place, text, "leave `through:` out, or export that year itself")
        if isinstance(source, Results) and stated != by_itself:
            text = f"{export.file} holds results alone (`#RES`)" + (
                f", which are those through {by_itself}" if by_itself else ", and does not say through which day"
            )
            raise AgreementError.of("figures", wanted.through_place, text, _EXPORT)
        return stated
    if by_itself is None and wanted.whole:
        return last
    if by_itself is None:
        text = f"the file does not say through which month its books go (made {export.generated or 'at no stated time'})"
        raise _refused(export, text, f"say `through: {last}`, or the last day of another month, in the mapping under `figures:`", "#GEN")
    if by_itself != last_day(by_itself.year, by_itself.month):
        text = f"the file says that its books go through {by_itself}, which is not the last day of a month"
        raise _refused(export, text, "say `through:` with the last day of a month in the mapping under `figures:`", "#OMFATTN")
    return by_itself


def _of_results_alone(export: Export, wanted: Wanted, source: Source, first: date, last: date, through: date) -> Iterator[Problem]:
    """Results over the whole time can be told apart neither by month nor by object."""
    if not isinstance(source, Results):
        return
    counted: Sequence[int] = wanted.period.counted(first.year)
    if not set(range(first.month, through.month + 1)) <= set(counted):
        text = "the file holds results of its whole year alone (`#RES`), and not all of its months lie inside the agreement's period"
        yield Problem("figures", Place(export.file), text, _EXPORT)
    for activity, row in (wanted.books.accounts or {}).items():
        if row.objects:
            text = f"the file holds results of accounts alone (`#RES`), and `{activity}` asks for objects"
            yield Problem("figures", Place(export.file), text, _EXPORT)
