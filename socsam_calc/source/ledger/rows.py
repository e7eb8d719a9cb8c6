"""Bookings from a CSV file or a workbook: a row is a booking, or a sum of some, with its year, month, account, objects and amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path as FilePath
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...model.books import ANY_DIMENSION
from ...model.reading import told
from ...model.scalars import exact_amount
from ...problems import AgreementError, Place, Problem, nearest
from ..limits import MOST_APART, too_many_apart
from .bookings import Booking, BooksOfYear, Rows
from .by_month import MONTH
from .headings import meaning
from .ledger import Sheet, Unseen, is_total, total_row
from .letters import LARGEST_BOOKS
from .separated import Separated
from .year import Wanted, last_day

COLUMNS: Final = ("year", "month", "account", "amount")
_OBJECT: Final = re.compile(r"(?:object|objekt)(?:\s+(\S+))?")
_YEAR: Final = re.compile("[0-9]{4}")
_WRITTEN: Final = "`year;month;account;object;amount` (or `år;månad;konto;objekt;belopp`)"
_MOST_PROBLEMS: Final = 50
_PLAIN_AMOUNT: Final = re.compile(r"(-?[0-9]{1,12})[.,]([0-9]{2})")
"""The commonest way to write an amount of a ledger. Any other is read as every amount is."""

Row = tuple[int, Sequence[str], Callable[[int], Place]]
"""A row's number, its fields, and where each of them stands."""


class _Table(NamedTuple):
    """A table of bookings: the headings with their places, and the rows below them."""

    head: Sequence[str]
    head_place: Callable[[int], Place]
    rows: Iterable[Row | Problem]
    unseen: Unseen | None = None


def is_heading(field: str) -> bool:
    """Whether a heading names a column of bookings, or is meant for one."""
    name = meaning(field)
    return name in COLUMNS or _OBJECT.fullmatch(name) is not None or nearest(name, COLUMNS) is not None


def years_of(file: str, raw: bytes, wanted: Wanted) -> list[BooksOfYear]:
    """The years that a file of bookings gives. Raises AgreementError with every problem of the file."""
    reading = _Reading(file)
    for table in _tables(file, raw):
        reading.add(table)
    if reading.problems:
        raise AgreementError(reading.problems)
    return list(reading.years(wanted))


def _tables(file: str, raw: bytes) -> Iterator[_Table]:
    if FilePath(file).suffix.lower() != ".xlsx":
        table = Separated(file, raw, is_heading, _WRITTEN, most=LARGEST_BOOKS)
        yield _Table(table.head, lambda column: table.place_of(table.first, column), _separated(table))
        return
    from .workbook import sheets

    for sheet in sheets(file, raw, headings=("account", "amount"), wanted=f"{_WRITTEN} in the first row of one"):
        if isinstance(sheet, Problem):
            yield _Table([], lambda column: Place(file), [sheet])
        else:
            yield _Table([field.text for field in sheet.head], _head_place(sheet), _of_sheet(sheet), Unseen(sheet.hidden))


def _separated(table: Separated) -> Iterator[Row | Problem]:
    for line in table.rows():
        if isinstance(line, Problem):
            yield line
        else:
            number = line.number
            yield number, line.fields, lambda column, number=number: table.place_of(number, column)


def _head_place(sheet: Sheet) -> Callable[[int], Place]:
    return lambda column: sheet.head[column].place


def _of_sheet(sheet: Sheet) -> Iterator[Row | Problem]:
    for row in sheet.rows:
        if isinstance(row, Problem):
            yield row
            continue
        bad = [field.problem for field in row if field.problem is not None]
        yield from bad
        if not bad and any(field.text for field in row):
            yield row[0].place.line, [field.text for field in row], lambda column, row=row: row[column].place


class _Reading:
    """The rows of a file as they come, summed by year, account, objects and month."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.sums: dict[tuple[int, str, tuple[tuple[str, str], ...], int], list[int]] = {}
        self.places: list[Callable[[], Place]] = []
        self.named: dict[int, set[int]] = {}

    def add(self, table: _Table) -> None:
        names = [meaning(name) for name in table.head]
        wrong = list(_head(table, names)) if names else []
        if wrong:
            self.problems += wrong
            return
        dimensions = {number: found[1] or ANY_DIMENSION for number, name in enumerate(names) if (found := _OBJECT.fullmatch(name))}
        at: dict[str, int] = {name: names.index(name) for name in COLUMNS}
        amount_at, beside = at["amount"], itemgetter(*(number for number in range(len(names)) if number != at["amount"]))
        known: dict[tuple[str, ...], list[int]] = {}  # the sum of rows that have been read, by all their fields but the amount
        for row in table.rows:
            if len(self.problems) >= _MOST_PROBLEMS:
                return
            if isinstance(row, Problem):
                self.problems.append(row)
                continue
            fields = row[1]
            if table.unseen is not None:
                table.unseen.note([(name, row[2](number)) for number, name in enumerate(names) if fields[number]])
            if (held := known.get(key := beside(fields))) is not None and (plain := _PLAIN_AMOUNT.fullmatch(fields[amount_at])):
                held[0] += int(plain[1] + plain[2])
            elif (read := self._row(row, at, dimensions)) is not None:
                known[key] = read
        if table.unseen is not None:
            self.problems += table.unseen.problems()

    def _row(self, row: Row, at: Mapping[str, int], dimensions: Mapping[int, str]) -> list[int] | None:
        """The sum that a row has been added to; None where something is wrong with it."""
        _, fields, place = row
        year, month, account, amount = (fields[at[name]] for name in COLUMNS)
        total = next((number for number, field in enumerate(fields) if is_total(field)), None)
        if total is not None:
            self.problems.append(total_row(place(total), fields[total]))
            return None
        for name, text in zip(COLUMNS, (year, month, account, amount), strict=True):
            if not text:
                self.problems.append(
                    Problem(
                        "figures", place(at[name]), f"the {name} is missing", "fill it in, or take the row away if it is a sum or a note"
                    )
                )
                return None
        dated = MONTH.fullmatch(month)
        if not _YEAR.fullmatch(year):
            self.problems.append(Problem("figures", place(at["year"]), f"`{year}` is not a year", "write four digits, such as `2024`"))
        elif dated is None or dated[1] not in (None, year):
            text = f"`{month}` is not a month" if dated is None else f"`{month}` is no month of {year}"
            self.problems.append(Problem("figures", place(at["month"]), text, f"write 1 to 12, or `{year}-08`"))
        else:
            try:
                ore = exact_amount(amount)
            except PydanticCustomError as error:
                code, text, remedy = told(error)
                self.problems.append(Problem(code, place(at["amount"]), text, remedy))
                return None
            objects = tuple(
                sorted((where, unicodedata.normalize("NFC", fields[number])) for number, where in dimensions.items() if fields[number])
            )
            key = (int(year), unicodedata.normalize("NFC", account), objects, int(dated[2]))
            self.named.setdefault(int(year), set()).add(int(dated[2]))
            held = self.sums.get(key)
            if held is None:
                if len(self.sums) == MOST_APART:
                    raise too_many_apart(place(at["account"]))
                held = self.sums[key] = [0, len(self.places)]
                self.places.append(lambda: place(at["account"]))
            held[0] += ore
            return held
        return None

    def years(self, wanted: Wanted) -> Iterator[BooksOfYear]:
        """Each year that the file names, or the one that the mapping names."""
        asked = wanted.books.year
        if asked is not None and asked not in self.named:
            held = ", ".join(map(str, sorted(self.named))) or "none"
            raise AgreementError.of("figures", wanted.year_place, f"{self.file} holds no year {asked}", f"it holds {held}")
        if not self.named:
            raise AgreementError.of(
                "figures", Place(self.file), "the file holds no bookings yet", "fill in a row for each account and month"
            )
        stated = wanted.books.through
        if stated is not None and (stated != last_day(stated.year, stated.month) or stated.year not in self.named):
            what = "is not the last day of a month" if stated.year in self.named else f"lies in no year of {self.file}"
            raise AgreementError.of("figures", wanted.through_place, f"{stated} {what}", "write the last day of a month in it")
        for year in sorted(self.named) if asked is None else [asked]:
            months = self.named[year]
            through = stated if stated is not None and stated.year == year else last_day(year, max(months))
            bookings = [
                Booking(account, objects, month, amount, line)
                for (of_year, account, objects, month), (amount, line) in self.sums.items()
                if of_year == year
            ]
            counted = [month for month in wanted.period.counted(year) if date(year, month, 1) <= through]
            yield BooksOfYear(
                self.file, year, Rows(bookings), through, self._place,
                declared=frozenset(booking.account for booking in bookings),
                objects=frozenset(pair for booking in bookings for pair in booking.objects),
                silent=[month for month in counted if month not in months],
            )  # fmt: skip

    def _place(self, line: int) -> Place:
        return self.places[line]()


def _head(table: _Table, names: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the headings."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield Problem("figures", table.head_place(number), f"the column `{table.head[number]}` stands here twice", "keep one of them")
        elif name not in COLUMNS and not _OBJECT.fullmatch(name):
            near = nearest(name, COLUMNS)
            remedy = f"did you mean `{near}`?" if near else f"a file of bookings has the columns {_WRITTEN}"
            yield Problem("figures", table.head_place(number), f"there is no column `{name}`", remedy)
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        listed = ", ".join(f"`{name}`" for name in missing)
        text = f"the column {listed} is missing" if len(missing) == 1 else f"the columns {listed} are missing"
        yield Problem("figures", table.head_place(0), text, f"a file of bookings has the columns {_WRITTEN}")
