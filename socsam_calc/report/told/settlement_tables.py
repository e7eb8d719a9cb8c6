"""The tables of a settlement, with every column that a workbook has room for; a screen shows some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Self

from ...amounts import DASH
from ...engine.figures import ActivityResult, PartyResult, Result
from ...engine.results import YearResult
from .notes import total_only
from .pen import ROLES, Pen
from .tables import SCREEN, WORKBOOK, Cell, Column, Table, added, keyed, money
from .words import ASSOCIATION, Words


class Groups(NamedTuple):
    """What has a column of its own: each party of one agreement, or each role where there are several; own capital where a body has any.

    ``titles`` is what a party or role is called, by its key.
    """

    titles: Mapping[str, str]
    by_role: bool
    own_capital: bool

    @classmethod
    def by_party(cls, pen: Pen) -> Self:
        """The parties that take part in a year shown, in the file's order."""
        met = {party.id for year in pen.years for party in year.parties}
        return cls(
            {name: pen.words("settled {party}", party=pen.node(name)) for name in pen.agreement.parties if name in met},
            False,
            _has_capital([pen]),
        )

    @classmethod
    def none(cls, pen: Pen) -> Self:
        """Nobody: what each ends with stands elsewhere."""
        return cls({}, False, _has_capital([pen]))

    @classmethod
    def by_roles(cls, pens: Sequence[Pen], words: Words) -> Self:
        """The roles of the parties of these agreements that take part in a year shown."""
        if all(pen.agreement.law == ASSOCIATION for pen in pens):
            words = words.under(ASSOCIATION)
        met = {party.role for pen in pens for year in pen.years for party in year.parties}
        return cls(
            {role: words("settled {party}", party=words(name)) for role, name in ROLES.items() if role in met}, True, _has_capital(pens)
        )

    def held(self, key: str, year: YearResult) -> list[PartyResult]:
        """The parties of the year that belong to it."""
        return [party for party in year.parties if key == (party.role if self.by_role else party.id)]


def _has_capital(pens: Iterable[Pen]) -> bool:
    """Whether a body has own capital in a year shown."""
    return any(year.reserve is not None for pen in pens for year in pen.years)


def overview(pen: Pen, groups: Groups, years: Sequence[YearResult] | None = None) -> Table:
    """One line a year: status, frame, result, shared, settled per party or role, carried; ``years`` None are all that are shown."""
    words, years = pen.words, pen.years if years is None else years
    columns = [
        Column(words("year"), False, key="year"),
        Column(words("status"), False, key="status", only=SCREEN),
        Column(words("status"), False, key="standing", only=WORKBOOK),
        Column(words("frame"), key="final_frame"),
        Column(words("actual cost"), key="actual", only=WORKBOOK),
        Column(words("result"), key="result", wanted=True),
        Column(words("shared"), key="shared"),
        Column(words("kept"), key="kept", only=WORKBOOK),
        *(Column(title, key=f"settled.{key}", wanted=True) for key, title in groups.titles.items()),
        Column(words("claims carried"), key="carried"),
        *([Column(words("of the parties, net"), key="net")] if any(year.body.units("carried") for year in years) else []),
        *([Column(words("own capital"), key="closing", wanted=not groups.by_role)] if groups.own_capital else []),
    ]
    return keyed(words("Years"), columns, [_row(pen, year, groups) for year in years])


def real_and_planned(pen: Pen) -> tuple[list[YearResult], list[YearResult]]:
    """The years shown that are more than a plan, and the plans: what is planned is added to nothing that came about."""
    return [year for year in pen.years if year.status != "budget"], [year for year in pen.years if year.status == "budget"]


def over_the_years(table: Table, words: Words, label: str = "standing", total: str = "total") -> Table:
    """An overview with its years added up below them; claims are not, as one may wait through several of them.

    ``label`` is the column that says so, by the word for a ``total``.
    """
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
    sums = added(rows, [column.key for column in table.columns if column.key not in ("carried", "net", "closing")])
    added_up = {label: Cell(words(total)), **{key: money(amount) for key, amount in sums.items()}}
    return keyed(table.title, table.columns, [*rows, added_up], 1)


def _row(pen: Pen, year: YearResult, groups: Groups) -> dict[str, Cell]:
    return {
        "year": Cell(year.year),
        "status": Cell(pen.status(year, year.status), short=pen.words(year.status)),
        "standing": Cell(pen.stage(year)),
        **{name: pen.figure(year.totals, name, f"{year.year}.totals") for name in year.totals.figures},
        **{f"settled.{key}": _settled(pen, year, groups.held(key, year)) for key in groups.titles},
        "carried": _waiting(pen, year),
        "net": _net(pen, year),
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


def _net(pen: Pen, year: YearResult) -> Cell:
    """What waits between the parties and the body: + what the parties are owed together, − what they owe."""
    carried = year.body.units("carried")
    return pen.signed(None if carried is None else -carried)._replace(live=f"−{year.year}.body.carried")


_REALLY: Final = "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer."
_WILL_REALLY: Final = "Money really changes hands: the parties pay their preliminary contributions in, and the body repays every performer."


def really(year: YearResult) -> str:
    """That money really flowed, in English; of a plan and of a year that is not over, that it is to."""
    return _WILL_REALLY if year.status in ("budget", "estimate") else _REALLY


_FRAMES: Final = {"preliminary": "preliminary_frame", "final": "final_frame"}
_OF_ACTIVITIES: Final = ("preliminary", "final", "actual", "result", "shared", "kept")
_OF_PARTIES: Final = {
    "preliminary": "preliminary_frame",
    "contribution": "final_frame",
    "paid": "actual",
    "kept": "kept",
    "allocated": "shared",
    "settled": "result",
}
"""What the year calls the sum of a party's figure, where it knows one."""
_KNOWN_AS_A_WHOLE: Final = ("paid", "kept", "settled")
"""Whose sum is known where not all its parts are."""


class TableWriter(Pen):
    """Writes the tables of one year."""

    def frame_table(self, year: YearResult, parties: Sequence[str] = ()) -> Table:
        """A row for each activity, and their sum; of the final frame also what each of these ``parties`` puts in."""
        words, of_year = self.words, "" if year.settled else WORKBOOK
        changed = "" if self._may_change(year) else WORKBOOK
        columns = [
            Column(words("activity"), False, key="activity"),
            Column(words("name"), False, True, key="name"),
            Column(words("preliminary"), key="preliminary", only=changed),
            Column(words("adjustment"), key="adjustment", only=changed),
            Column(words("correction"), key="correction", only=WORKBOOK),
            Column(words("conversion"), key="conversion", only=WORKBOOK),
            Column(words("other changes"), key="other", made="correction + conversion", only=changed),
            Column(words("final"), key="final", made="preliminary + adjustment + other", wanted=True),
            *(Column(words("of which {party}", party=party), key=_cell_of(party), only=WORKBOOK) for party in parties),
            Column(words("planned cost" if year.status == "budget" else "actual cost"), key="actual", only=of_year, wanted=True),
            Column(words("result"), key="result", made="final − actual", only=of_year, wanted=True),
            Column(words("shared"), key="shared", only=WORKBOOK),
            Column(words("kept"), key="kept", made="result − shared", only=WORKBOOK),
        ]
        rows = [self._of_activity(activity, f"{year.year}.activities.{activity.id}", parties) for activity in year.activities]
        total = {"activity": Cell(words("total")), **self._sums(rows, columns)}
        total |= {key: self.figure(year.totals, _FRAMES.get(key, key), f"{year.year}.totals") for key in _OF_ACTIVITIES}
        return keyed(words("Frame"), columns, [*rows, total], 1)

    def _may_change(self, year: YearResult) -> bool:
        """Whether the frame table shows how the frame came about: an association's contributions are decided once, as a rule."""
        if self.agreement.law != ASSOCIATION:
            return True
        changes = ("adjustment", "correction", "conversion")
        return any(row.units(change) for row in year.activities for change in changes) or any(
            activity.adjust is not None for activity in self.agreement.activities.values()
        )

    def _of_activity(self, activity: ActivityResult, path: str, parties: Sequence[str]) -> dict[str, Cell]:
        changes = [change for change in ("correction", "conversion") if activity.units(change)]
        held = {party: cell.value for party, cell in activity.cells.items()}
        return {
            "activity": Cell(activity.id),
            "name": Cell(activity.name),
            **{figure: self.figure(activity, figure, path) for figure in activity.figures},
            "other": self.signed(
                sum(activity.units(change) or 0 for change in changes), " ".join(f"{path}.{change}" for change in changes)
            ),
            **{_cell_of(party): self.plain(held.get(party, 0), f"{path}.cells.{party}") for party in parties},
        }

    def settlement_table(self, year: YearResult) -> Table:
        """By party, the body last. Every column adds up, and so does every row:

        kept + allocated + used + own capital divided = settled, and settled − before sharing + carried in = receives/pays in a year when money moves; where
        it really flowed, what each has in hand takes the place of before sharing. Of a budget year what each party contributes is known,
        and nothing else.
        """
        words, budget = self.words, not year.settled
        of_year = WORKBOOK if budget else ""
        capital = year.reserve is not None and bool(year.reserve.units("divided"))
        columns = [
            *self._who(),
            Column(words("preliminary"), key="preliminary", only=WORKBOOK),
            Column(words("contribution"), key="contribution", only=of_year),
            Column(words("actual cost"), key="paid", only=WORKBOOK),
            Column(words("before sharing"), key="before_sharing", only=of_year),
            Column(words("in hand"), key="in_hand", only=of_year),
            Column(words("kept"), key="kept", only=of_year),
            Column(words("allocated"), key="allocated", only=of_year),
            Column(words("to uses"), key="used", only=of_year if year.totals.units("uses") else WORKBOOK),
            *([Column(words("own capital"), key="divided", only=of_year)] if capital else []),
            Column(
                words("settled"), key="settled", made=f"kept + allocated + used{' + divided' if capital else ''}", only=of_year, wanted=True
            ),
            Column(words("carried in"), key="brought", only=of_year),
            Column(words("receives/pays"), key="transfer", only=of_year, wanted=True),
        ]
        if budget:
            columns.insert(3, Column(words("preliminary contribution"), key="preliminary", only=SCREEN))
            columns.insert(4, Column(words("final contribution"), key="contribution", only=SCREEN))
        absent = [] if not budget and self.really_flowed(year) else ["in_hand"]
        absent += [] if any(party.units("brought") for party in year.parties) else ["brought"]
        columns = [column for column in columns if column.key not in absent]
        figures = [column.key for column in columns if column.numeric]
        rows = [self._of_party(party, f"{year.year}.parties.{party.id}") for party in year.parties]
        if not budget:
            rows.append(self._of_body(year))
        total = {"party": Cell(words("total"))}
        for key, amount in added(rows, figures).items():
            whole = year.totals.units(_OF_PARTIES[key]) if amount.units is None and key in _KNOWN_AS_A_WHOLE else amount.units
            total[key] = money(amount._replace(units=whole), f"{year.year}.totals.{_OF_PARTIES[key]}" if key in _OF_PARTIES else "")
        return keyed(words("Contributions" if budget else "Settlement"), columns, [*rows, total], 1)

    def _of_party(self, party: PartyResult, path: str) -> dict[str, Cell]:
        """A party's row; what is used counts against it."""
        used = party.units("used")
        return {
            "party": Cell(party.id),
            "name": Cell(party.name),
            **{figure: self.figure(party, figure, path) for figure in party.figures},
            **{figure: self.signed(party.units(figure), f"{path}.{figure}") for figure in ("in_hand", "brought")},
            "used": self.signed(-used if used else used, f"{path}.used")._replace(live=f"−{path}.used"),
        }

    def _of_body(self, year: YearResult) -> dict[str, Cell]:
        """The body's row: it holds what is used and set aside, so that the column of what is settled adds up to the result.

        What it has before sharing are opening balances that it holds, less what it paid; in hand, where money really flowed, the
        preliminary contributions less all costs.
        """
        totals, body, uses = year.totals, year.body, year.totals.units("uses") or 0
        known = any(party.units("settled") is not None for party in year.parties)
        before = [party.units("before_sharing") for party in year.parties]
        result, actual = totals.units("result"), totals.units("actual")
        aside, divided = ((year.reserve.units(name) or 0) if year.reserve is not None else 0 for name in ("set_aside", "divided"))
        put_in = self.plain(None if totals.units("final_frame") is None else 0)
        amounts = {
            "before_sharing": None if result is None or None in before else result - sum(amount or 0 for amount in before),
            "in_hand": None if actual is None else (totals.units("preliminary_frame") or 0) - actual,
            "kept": 0 if known else None,
            "allocated": aside,
            "used": uses,
            "divided": -divided,
            "settled": uses + aside - divided if known else None,
            "brought": body.units("brought"),
        }
        of_body = {name: f"{year.year}.body.{name}" for name in ("before_sharing", "in_hand", "brought")}
        at = {
            **of_body,
            "allocated": f"{year.year}.reserve.set_aside",
            "used": f"{year.year}.totals.uses",
            "divided": f"−{year.year}.reserve.divided",
        }
        return {
            "party": Cell(self.words("body")),
            "preliminary": put_in,
            "contribution": put_in,
            **{figure: self.figure(body, figure, f"{year.year}.body") for figure in ("paid", "transfer")},
            **{figure: self.signed(units)._replace(live=at.get(figure, "")) for figure, units in amounts.items()},
        }

    def really_flowed(self, year: YearResult) -> bool:
        """Whether the parties paid in and the body paid out, and it is known how much."""
        return not total_only(year) and self.flow(year) == "real"

    def reserve_table(self, year: YearResult) -> Table | None:
        """Own capital: opening + set aside or used − divided = closing; beside it the ceiling, and by how much it is exceeded."""
        words, reserve, path = self.words, year.reserve, f"{year.year}.reserve"
        if reserve is None:
            return None
        ceiling, closing = reserve.units("ceiling"), reserve.units("closing") or 0
        divided, limited = "" if reserve.units("divided") else WORKBOOK, "" if ceiling is not None else WORKBOOK
        columns = [
            Column(words("opening"), key="opening"),
            Column(words("set aside/used"), key="set_aside"),
            Column(words("divided"), key="divided", only=divided),
            Column(words("closing"), key="closing", made="opening + set_aside − divided"),
            Column(words("ceiling"), key="ceiling", only=limited),
            Column(words("above the ceiling"), key="above", only=limited),
        ]
        above = None if ceiling is None else max(0, closing - ceiling)
        row = {**{figure: self.figure(reserve, figure, path) for figure in reserve.figures}, "above": self.plain(above)}
        return keyed(words("Own capital"), columns, [row])

    def balances_table(self, year: YearResult) -> Table:
        """Carried in + this year's claim − received or paid = carried; over all who take part each column comes to 0."""
        words = self.words
        columns = [
            *self._who(),
            Column(words("carried in"), key="brought", only=WORKBOOK),
            Column(words("claim of the year"), key="claim", only=WORKBOOK),
            Column(words("receives/pays"), key="transfer", only=WORKBOOK),
            Column(words("carried"), key="carried", made="brought + claim − transfer", only=WORKBOOK),
            Column(words("claim or debt"), key="carried", only=SCREEN),
        ]
        rows = [self._balance(party.id, party.name, party, f"{year.year}.parties.{party.id}") for party in year.parties]
        rows.append(self._balance(words("body"), "", year.body, f"{year.year}.body"))
        return keyed(words("Balances"), columns, [*rows, {"party": Cell(words("total")), **self._sums(rows, columns)}], 1)

    def _balance(self, label: str, name: str, holder: Result, path: str) -> dict[str, Cell]:
        brought, transfer, carried = (holder.units(figure) for figure in ("brought", "transfer", "carried"))
        return {
            "party": Cell(label),
            "name": Cell(name),
            "brought": self.signed(brought or 0, f"{path}.brought"),
            "claim": self.signed(None if carried is None else (transfer or 0) + carried - (brought or 0))._replace(live=f"{path}.claim"),
            "transfer": self.signed(transfer or 0, f"{path}.transfer"),
            "carried": self.signed(carried, f"{path}.carried"),
        }

    def _who(self) -> list[Column]:
        """A party's id and name."""
        return [Column(self.words("party"), False, key="party"), Column(self.words("name"), False, True, key="name")]

    def _sums(self, rows: Sequence[Mapping[str, Cell]], columns: Sequence[Column]) -> dict[str, Cell]:
        return {key: money(amount) for key, amount in added(rows, [column.key for column in columns]).items()}


def _cell_of(party: str) -> str:
    """The key of a column of what the party puts into each activity."""
    return f"cells.{party}"
