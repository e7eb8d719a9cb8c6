"""Years in a line each: of one agreement with each party, of several with the parties added up by their roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from ...amounts import DASH
from ...engine.figures import PartyResult
from ...engine.results import YearResult
from .pen import ROLES, STATUS, Pen
from .tables import SCREEN, WORKBOOK, Cell, Column, Table, added, keyed, money
from .words import Words


class Groups(NamedTuple):
    """What has a column of its own: each party of one agreement, or each role where there are several. ``titles`` is what it is called, by its key."""

    titles: Mapping[str, str]
    by_role: bool

    @classmethod
    def by_party(cls, pen: Pen) -> Self:
        """The parties that take part in a year shown, in the file's order."""
        met = {party.id for year in pen.years for party in year.parties}
        return cls({name: pen.words("settled {party}", party=name) for name in pen.agreement.parties if name in met}, False)

    @classmethod
    def by_roles(cls, pens: Iterable[Pen], words: Words) -> Self:
        """The roles of the parties of these agreements that take part in a year shown."""
        met = {party.role for pen in pens for year in pen.years for party in year.parties}
        return cls({role: words("settled {party}", party=words(name)) for role, name in ROLES.items() if role in met}, True)

    def held(self, key: str, year: YearResult) -> list[PartyResult]:
        """The parties of the year that belong to it."""
        return [party for party in year.parties if key == (party.role if self.by_role else party.id)]


def overview(pen: Pen, groups: Groups) -> Table:
    """One line a year: status, frame, result, shared, settled per party or role, carried."""
    words = pen.words
    columns = [
        Column(words("year"), False, key="year"),
        Column(words("status"), False, key="status", only=SCREEN),
        Column(words("status"), False, key="standing", only=WORKBOOK),
        Column(words("frame"), key="final_frame"),
        Column(words("actual cost"), key="actual", only=WORKBOOK),
        Column(words("result"), key="result"),
        Column(words("shared"), key="shared"),
        Column(words("kept"), key="kept", only=WORKBOOK),
        *(Column(title, key=f"settled.{key}") for key, title in groups.titles.items()),
        Column(words("carried"), key="carried"),
        *([Column(words("own capital"), key="closing")] if any(year.reserve is not None for year in pen.years) else []),
    ]
    return keyed(words("Years"), columns, [_row(pen, year, groups) for year in pen.years])


def over_the_years(table: Table, words: Words) -> Table:
    """An overview with its years added up below them; balances are not, as they are carried from one to the next."""
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
    sums = added(rows, [column.key for column in table.columns if column.key not in ("carried", "closing")])
    total = {"standing": Cell(words("total")), **{key: money(amount) for key, amount in sums.items()}}
    return keyed(table.title, table.columns, [*rows, total], 1)


def _row(pen: Pen, year: YearResult, groups: Groups) -> dict[str, Cell]:
    return {
        "year": Cell(year.year),
        "status": Cell(pen.words(year.status)),
        "standing": Cell(pen.words(STATUS[year.status])),
        **{name: pen.figure(year.totals, name, f"{year.year}.totals") for name in year.totals.figures},
        **{f"settled.{key}": _settled(pen, year, groups.held(key, year)) for key in groups.titles},
        "carried": _waiting(pen, year),
        "closing": Cell("") if year.reserve is None else pen.figure(year.reserve, "closing", f"{year.year}.reserve"),
    }


def _settled(pen: Pen, year: YearResult, parties: Sequence[PartyResult]) -> Cell:
    """What these end with together; a dash where there are none."""
    if not parties:
        return Cell(DASH)
    settled = [party.units("settled") for party in parties]
    known = [amount for amount in settled if amount is not None]
    figures = " ".join(f"{year.year}.parties.{party.id}.settled" for party in parties)
    return pen.signed(sum(known) if len(known) == len(settled) else None, figures)


def _waiting(pen: Pen, year: YearResult) -> Cell:
    """What waits for a year of distribution: all claims together."""
    balances = {f"{year.year}.parties.{party.id}.carried": party.units("carried") for party in year.parties}
    balances[f"{year.year}.body.carried"] = year.body.units("carried")
    claims = sum(balance for balance in balances.values() if balance and balance > 0)
    return pen.plain(None if None in balances.values() else claims, claims=tuple(balances))
