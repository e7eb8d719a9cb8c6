"""What a file of books holds, as blocks of a report, as JSON (schema ``socsam.books/1``) and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from ...amounts import DASH, Scale, in_kronor
from ...answers.books import Account, Looked
from ...problems import Problem
from ...source.ledger.booked import Booked
from ..data.json import entries, kronor
from ..data.records import ORE, Field, Records, Value, amounts, texts
from .tables import BAD, WARN, Amount, Block, Cell, Column, Heading, Lines, Table
from .words import Words

SCHEMA: Final = "socsam.books/1"


def report(looked: Sequence[Looked], words: Words) -> Iterator[Block]:
    """The years of a file, each with its result accounts, its objects, and what is mapped to nothing."""
    for one in looked:
        yield from _year(one, words)


def _year(looked: Looked, words: Words) -> Iterator[Block]:
    books = looked.books
    heading = words("{file}: {year}, through {through}. Amounts in kr.", file=books.file, year=books.year, through=books.through)
    yield Heading(heading)
    told = [one for one in looked.accounts if one.is_result]
    if told:
        yield _accounts(looked, told, words)
    lines = [words("Read from {source}; costs are positive, income is negative.", source=_source(looked, words))]
    if others := len(looked.accounts) - len(told):
        lines.append(words("Balance accounts with bookings, which are not shown: {number}.", number=others))
    yield Lines("", [Cell(line) for line in lines])
    if looked.objects:
        columns = [Column(words("dimension"), False), Column(words("object"), False), Column(words("name"), False), Column(words("sum"))]
        scale = _scale(one.sum for one in looked.objects)
        rows = [[Cell(one.dimension), Cell(one.number), Cell(one.name), Cell(Amount(one.sum, scale))] for one in looked.objects]
        yield Table(words("Objects of result accounts"), columns, rows)
    yield from _mapped(looked, words)


def _scale(amounts: Iterable[int]) -> Scale:
    """How amounts in öre are written: all with both decimals, or none where all are whole kronor."""
    return Scale("öre", "kr", [amount if amount % 100 == 0 else 1 for amount in amounts])


def _source(looked: Looked, words: Words) -> str:
    return words("its rows") if looked.source == "rows" else looked.source


def _accounts(looked: Looked, told: Sequence[Account], words: Words) -> Table:
    """A row for each account: its months, its sum, and where it goes."""
    months = sorted({month for one in told for month in one.months})
    scale = _scale(amount for one in told for amount in (*one.months.values(), one.sum))
    columns = [Column(words("account"), False), Column(words("name"), False)]
    columns += [Column(f"{looked.books.year}-{month:02d}") for month in months]
    columns += [Column(words("sum"))]
    if looked.assigned is not None:
        columns.append(Column(words("goes to"), False))
    rows = [
        [
            Cell(one.number), Cell(one.name), *(Cell(Amount(one.months.get(month, 0), scale)) for month in months), Cell(Amount(one.sum, scale)),
            *([] if looked.assigned is None else [_goes_to(one, words)]),
        ]
        for one in told
    ]  # fmt: skip
    sums = [Cell(Amount(sum(one.months.get(month, 0) for one in told), scale)) for month in months]
    total = [Cell(words("total")), Cell(""), *sums, Cell(Amount(sum(one.sum for one in told), scale))]
    if looked.assigned is not None:
        total.append(Cell(""))
    return Table(words("Result accounts"), columns, [*rows, total], totals=1)


def _goes_to(account: Account, words: Words) -> Cell:
    """The activities that an account goes to; what goes nowhere is marked."""
    parts = [*account.activities]
    if account.outside:
        parts.append(words("outside"))
    elif account.left or not parts:
        parts.append(words("nothing"))
    return Cell(", ".join(parts), BAD if not account.outside and (account.left or not account.activities) else "")


def _mapped(looked: Looked, words: Words) -> Iterator[Block]:
    """What each activity gets, what is mapped to nothing, and what stands in the way of settling."""
    made = looked.assigned
    if made is None:
        return
    sums = {activity: sum(one.amount for one in accounts) for activity, accounts in made.rows.items()}
    scale = _scale(sums.values())
    columns = [Column(words("activity"), False), Column(words("accounts")), Column(words("cost"))]
    rows = [[Cell(name), Cell(str(len(made.rows[name]))), Cell(Amount(amount, scale))] for name, amount in sums.items()]
    yield Table(words("Activities"), columns, rows)
    lost = [one for one in looked.accounts if one.is_result and not one.outside and one.left]
    lines = [
        words("{account}: {amount} is mapped to nothing", account=f"{one.number} {one.name}".rstrip(), amount=in_kronor(one.left))
        for one in lost
    ]
    yield Lines(words("Mapped to nothing"), [Cell(line, WARN) for line in lines] or [Cell(words("No result account is left over."))])
    if made.problems:
        yield Lines(words("What `settle` refuses"), [Cell(_first_line(problem), BAD) for problem in made.problems])


def _first_line(problem: Problem) -> str:
    return f"{problem.place}: {problem.text}"


def left_out(booked: Iterable[Booked], words: Words) -> Iterator[str]:
    """What of its books a settlement leaves out, and in which months there is no row: a line for each file."""
    for year in booked:
        for file in year.files:
            if file.later:
                text = "{file}: {amount} is booked in months of {year} that do not count (they go through {through}), and is left out"
                yield words(text, file=file.file, amount=in_kronor(file.later), year=year.year, through=year.through)
            if file.silent:
                months = ", ".join(f"{year.year}-{month:02d}" for month in file.silent)
                yield words("{file}: there is no row of {months}, so they count as 0", file=file.file, months=months)


def document(looked: Iterable[tuple[Looked, str]]) -> Iterable[str]:
    """The JSON document; beside each year the first mapping that could be filled in for it."""
    return entries(SCHEMA, "books", (_data(one, mapping) for one, mapping in looked))


def _data(looked: Looked, mapping: str) -> dict[str, Any]:
    books, made = looked.books, looked.assigned
    return {
        "file": books.file,
        "year": books.year,
        "through": books.through.isoformat(),
        "source": looked.source,
        "agreement": looked.agreement,
        "accounts": [
            {
                "account": one.number,
                "name": one.name or None,
                "result": one.is_result,
                "sum": kronor(one.sum, "öre"),
                "months": [{"month": month, "sum": kronor(amount, "öre")} for month, amount in one.months.items()],
                "activities": [{"id": name, "sum": kronor(amount, "öre")} for name, amount in one.activities.items()],
                "left": kronor(one.left, "öre"),
                "outside": one.outside,
            }
            for one in looked.accounts
        ],
        "objects": [
            {"dimension": one.dimension, "object": one.number, "name": one.name or None, "sum": kronor(one.sum, "öre")}
            for one in looked.objects
        ],
        "refused": [] if made is None else [_first_line(problem) for problem in made.problems],
        "mapping": mapping,
    }


def records(looked: Iterable[Looked]) -> Records:
    """A row for each account and month; ``activities`` are those that the account goes to."""
    rows: list[list[Value]] = []
    for one in looked:
        for account in one.accounts:
            goes_to = ", ".join(account.activities) or (None if one.assigned is None else DASH)
            for month, amount in account.months.items():
                said: list[Value] = [one.books.file, account.number, account.name or None, goes_to]
                rows.append([*said, one.books.year, month, kronor(amount, "öre")])
    return Records([*texts("file", "account", "name", "activities"), Field("year", 0), Field("month", 0), *amounts(ORE, "sum")], rows)
