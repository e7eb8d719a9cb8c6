"""Rows of figures entered into an agreement's tree, whatever kind of file they come from.

A sheet is tidy (``year``, ``activity`` and the amounts ``frame``, ``actual``, ``estimate``, each a column), or has a column for each
year and says in the column ``figure``, or by its own name, which amounts these are. The headings may be Swedish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...model.meant import meant
from ...model.reading import told
from ...model.scalars import exact_amount, known_name, unknown
from ...problems import Place, Problem, cut, nearest, spans
from ..document import called
from ..tree import Tree
from .by_month import ByMonth
from .headings import BREAKDOWN, COLUMNS, KINDS, UNIT_BESIDE, YEARLY_COLUMNS, head_of, listed, meaning, swedish

LONGEST: Final = 200
"""Letters of a field: what is longer is no number and no name, and would drown the message that quotes it."""

_YEAR: Final = re.compile(r"[0-9]{4}")
_TOTAL: Final = re.compile(r"(?:(?:del|sub)?(?:summa|sum|total|totalt|totals|totalsumma))\b.*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-−]?[0-9][0-9 \u00a0\u202f.,]*")
_MOST_SPANS: Final = 8
_DEEPLY: Final = "veryHidden"
_FILL_IN: Final = "fill it in, or take the row away if it is a sum or a note"


class Field(NamedTuple):
    """One field of a sheet: its text, where it stands, and what is wrong with it where it cannot be read."""

    text: str
    place: Place
    problem: Problem | None = None


class Hidden(NamedTuple):
    """What of a sheet is hidden: all of it, where ``state`` is not `visible`; rows by their numbers; columns from one to another."""

    state: str = "visible"
    rows: Container[int] = frozenset()
    columns: Sequence[tuple[int, int]] = ()
    filtered: bool = False

    @property
    def whole(self) -> bool:
        """Whether the sheet itself is hidden."""
        return self.state != "visible"

    def holds(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.columns)


class Sheet(NamedTuple):
    """A table of figures: its name, the fields of its head, and its rows, each as long as the head; a Problem in the place of a bad row."""

    name: str
    head: Sequence[Field]
    rows: Iterable[Sequence[Field] | Problem]
    hidden: Hidden = Hidden()


class Ledger:
    """The tree of an agreement, with figures entered into it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._entered: set[tuple[str, ...]] = set()
        self.by_month = ByMonth(tree)
        self.holds_figures = False
        """Whether an amount was entered."""
        self.headings: dict[str, Place] = {}

    @property
    def activities(self) -> frozenset[str]:
        """The ids of the agreement's activities; where it has none, of its parties."""
        known = self.tree.data.get("activities", self.tree.data.get("parties"))
        return frozenset(known) if isinstance(known, dict) else frozenset()

    def enter(self, sheet: Sheet) -> Iterator[Problem]:
        """Enter a sheet's figures; the problems found. What the agreement already states is refused, not replaced."""
        head = [_limited(field) for field in sheet.head]
        read = [head_of(field.text) for field in head]
        names, units = [name for name, _ in read], dict(read)
        yearly = "year" not in names and any(_YEAR.fullmatch(name) for name in names)
        wrong = list(_yearly_head(sheet.name, head, names) if yearly else _tidy_head(sheet.name, head, names))
        if wrong:
            if not sheet.hidden.whole:  # else it is somebody's list of something, and counts nothing
                yield from wrong
            return
        unseen = Unseen(sheet.hidden)
        for field, name in zip(head, names, strict=True):
            self.headings.setdefault(name, field.place)
        for problem in self._rows(sheet, names, units, unseen, yearly=yearly):
            if not (sheet.hidden.whole and problem.code == "given-twice"):  # what it repeats goes with the sheet
                yield problem
        yield from unseen.problems()

    def _rows(self, sheet: Sheet, names: Sequence[str], units: Mapping[str, str], unseen: Unseen, *, yearly: bool) -> Iterator[Problem]:
        needed = ("activity",) if yearly else ("year", "activity")
        for given in sheet.rows:
            if isinstance(given, Problem):
                yield given
                continue
            row = [_limited(field) for field in given]
            bad = [field.problem for field in row if field.problem is not None]
            yield from bad
            fields = {name: _in_unit(field, units[name]) for name, field in zip(names, row, strict=True)}
            held = [(name, field.place) for name, field in fields.items() if field.text or field.problem]
            if any(name in KINDS or _YEAR.fullmatch(name) for name, _ in held):
                unseen.note(held)
            if not held or bad:
                continue
            total = next((fields[name] for name in names if is_total(fields[name].text) and fields[name].text not in self.activities), None)
            if total is not None:
                yield total_row(total.place, total.text)
            elif missing := next((name for name in needed if not fields[name].text), None):
                yield Problem("figures", fields[missing].place, f"the {missing} is missing", _FILL_IN)
            else:
                yield from self._yearly_row(sheet.name, fields) if yearly else self._tidy_row(fields)

    def _tidy_row(self, row: dict[str, Field]) -> Iterator[Problem]:
        for kind in KINDS:
            if kind not in row:
                continue
            if not row[kind].text:
                self._lacks(row["year"].text, kind, row, row[kind].place)
            elif "month" in row and kind == "actual":
                self.holds_figures = True
                yield from self.by_month.add(row)
            elif "month" in row and row["month"].text:
                text = f"the {kind} is that of a year, and this row is one of a month"
                yield Problem("figures", row[kind].place, text, "write it on a row without a month; a month has its cost under `actual`")
            else:
                yield from self._enter(row["year"], kind, row, row[kind])

    def _yearly_row(self, name: str, row: dict[str, Field]) -> Iterator[Problem]:
        kind, unit = head_of(row["figure"].text if "figure" in row else name)
        if kind not in KINDS:
            near = nearest(kind, [*KINDS, *swedish(KINDS)])
            remedy = f"did you mean `{near}`?" if near else f"write {listed(KINDS)}"
            yield Problem("figures", row["figure"].place, f"`{kind}` is not a figure" if kind else "the figure is missing", remedy)
            return
        for year, field in row.items():
            if _YEAR.fullmatch(year) and field.text:
                yield from self._enter(Field(year, field.place), kind, row, _in_unit(field, unit))
            elif _YEAR.fullmatch(year):
                self._lacks(year, kind, row, field.place)

    def _lacks(self, year: str, kind: str, row: dict[str, Field], place: Place) -> None:
        """An empty cell: where the amount is missed, it is missed there."""
        path = ("years", year, kind, _id(row["activity"].text))
        if not self.tree.knows(path):
            self.tree.elsewhere.setdefault(path, place)

    def place_what_lacks(self) -> None:
        """A cost that no row gives is missed in the row of its frame, or where its column begins; not at another activity's cost."""
        years = self.tree.data.get("years")
        for year, stated in years.items() if isinstance(years, dict) else ():
            for kind in ("actual", "estimate"):
                if isinstance(stated, dict) and isinstance(stated.get(kind), dict) and not self.tree.knows(("years", year, kind)):
                    for activity in self.activities - stated[kind].keys():
                        frame = ("years", year, "frame", activity)
                        framed = isinstance(stated.get("frame"), dict) and activity in stated["frame"]
                        place = self.tree.place(frame, on_key=True) if framed else self.headings.get(kind) or self.headings.get(year)
                        if place is not None:
                            self.tree.elsewhere.setdefault(("years", year, kind, activity), place)

    def _enter(self, year: Field, kind: str, row: dict[str, Field], amount: Field) -> Iterator[Problem]:
        """One amount; ``row`` says whose it is."""
        years = self.tree.data.setdefault("years", {})
        stated = self._entries(years, ("years", year.text), year.place)
        if stated is None:
            return
        if "party" in row and row["party"].text and kind != "frame":
            remedy = "leave the party out on the line that gives the cost"
            yield Problem("figures", amount.place, "a cost belongs to the activity, not to a party", remedy)
            yield from self._unknown(row)
            return
        entries = self._entries(stated, ("years", year.text, kind), amount.place)
        twice = None if entries is None else self._put(entries, ("years", year.text, kind), amount, row)
        if twice is not None:  # what is not entered is not read with the rest of the file
            yield twice
            yield from self._unknown(row)

    def _entries(self, holder: Any, path: tuple[str, ...], place: Place) -> dict[str, Any] | None:
        """What stands at a path, made where nothing does; None where it has no entries, which the reading of the file refuses."""
        if not isinstance(holder, dict):
            return None
        if holder.get(path[-1]) is None:
            holder[path[-1]] = {}
        if not isinstance(entries := holder[path[-1]], dict):
            return None
        self._stands(path, place)
        return entries

    def _unknown(self, row: dict[str, Field]) -> Iterator[Problem]:
        """The names in a row that the agreement does not have."""
        parties = self.tree.data.get("parties")
        for column, what, known in (("activity", "an activity", self.tree.data.get("activities", parties)), ("party", "a party", parties)):
            name = _id(row[column].text) if column in row else ""
            if name and isinstance(known, dict) and name not in known:
                yield Problem("unknown-id", row[column].place, unknown(name, what), known_name(name, known, called(self.tree.data)))

    def _put(self, entries: Any, path: tuple[str, ...], amount: Field, row: dict[str, Field]) -> Problem | None:
        """Put an amount where its activity has it, or its party; or why it cannot stand there."""
        whose = row["activity"]
        path = (*path, _id(whose.text))
        if "party" in row and row["party"].text:
            entries = entries.setdefault(path[-1], {})
            if not self.tree.knows(path):
                self.tree.key_elsewhere.setdefault(path, whose.place)
            self._stands(path, amount.place)
            whose = row["party"]
            path = (*path, _id(whose.text))
        if isinstance(entries, dict) and path in self._entered and any(name in row for name in BREAKDOWN):
            return self._add(entries, path, amount)
        if not isinstance(entries, dict) or path[-1] in entries:
            return Problem("given-twice", amount.place, f"this amount is also given at {self.tree.place(path)}", "keep one of them")
        entries[path[-1]] = amount.text
        self._entered.add(path)
        self.holds_figures = True
        self.tree.elsewhere[path] = amount.place
        self.tree.key_elsewhere[path] = whose.place
        return None

    def _add(self, entries: dict[str, Any], path: tuple[str, ...], amount: Field) -> Problem | None:
        """Add an amount to the one that an earlier row of its activity gave; or why it cannot be added."""
        unit = self.tree.data.get("unit", "kr")
        try:
            before, here = (exact_amount(text, unit if isinstance(unit, str) else "kr") for text in (entries[path[-1]], amount.text))
        except PydanticCustomError as error:
            code, text, remedy = told(error)
            return Problem(code, amount.place, text, remedy)
        entries[path[-1]] = f"{before + here} öre"
        return None

    def _stands(self, path: tuple[str, ...], place: Place) -> None:
        """A node that these figures made stands where it was first needed; one of the agreement keeps its place."""
        if not self.tree.knows(path):
            self.tree.elsewhere.setdefault(path, place)


def _in_unit(field: Field, unit: str) -> Field:
    """An amount in the unit that its heading states, where it states none itself."""
    return field._replace(text=f"{field.text} {unit}") if unit and _NUMBER.fullmatch(field.text) else field


def is_total(text: str) -> bool:
    """Whether a field says that its row adds up others."""
    return _TOTAL.fullmatch(text) is not None


def total_row(place: Place, text: str) -> Problem:
    """A row that adds up others: what it holds would count twice."""
    return Problem("figures", place, f"`{cut(text)}`: this row adds up others, and would count twice", "take it away")


def _id(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _limited(field: Field) -> Field:
    """The field; refused where it is longer than any number or name."""
    if len(field.text) <= LONGEST:
        return field
    text = f"a text of {len(field.text)} letters stands here: `{cut(field.text)}`"
    return Field("", field.place, Problem("figures", field.place, text, "write a number or a short name, or take it away"))


def _tidy_head(name: str, head: Sequence[Field], names: Sequence[str]) -> Iterator[Problem]:
    yield from _known(head, names, COLUMNS, ())
    for needed in ("year", "activity"):
        if needed not in names:
            yield _missing(name, head, needed, "write `year;activity;frame;actual`")
    if not set(names) & set(KINDS):
        yield Problem("figures", head[0].place, "there is no column of amounts", f"add {listed(KINDS)}{_or_none(name)}")


def _yearly_head(name: str, head: Sequence[Field], names: Sequence[str]) -> Iterator[Problem]:
    yield from _known(head, names, YEARLY_COLUMNS, [one for one in names if _YEAR.fullmatch(one)])
    if "activity" not in names:
        yield _missing(name, head, "activity", "write `activity;figure` and a column for each year")
    if "figure" not in names and meaning(name) not in KINDS:
        remedy = f"add a column {listed(['figure'])} that says {listed(KINDS)}{', or give the sheet one of these names' if name else ''}"
        yield Problem("figures", head[0].place, "it is not said which figures the years' columns hold", remedy)


def _missing(sheet: str, head: Sequence[Field], column: str, remedy: str) -> Problem:
    return Problem("figures", head[0].place, f"the column {listed([column])} is missing", remedy + _or_none(sheet))


def _or_none(sheet: str) -> str:
    """How a sheet of a workbook is told apart from those with figures."""
    return "; a sheet without figures begins with a title of its own" if sheet else ""


def _known(head: Sequence[Field], names: Sequence[str], columns: Sequence[str], years: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the names of the columns."""
    for number, (field, name) in enumerate(zip(head, names, strict=True)):
        if field.problem is not None:
            yield field.problem
        elif not name:
            yield Problem("figures", field.place, "this column has no name", "name it in the first row, or take its contents away")
        elif name in names[:number]:
            first, here = head[names.index(name)].text.lower(), field.text.lower()
            text = f"the column `{here}` stands here twice" if first == here else f"the columns `{first}` and `{here}` are the same"
            yield Problem("figures", field.place, text, "keep one of them")
        elif name not in columns and name not in years:
            beside = UNIT_BESIDE.fullmatch(name)
            if beside is not None and beside["inside"] and meaning(beside["name"]) in (*columns, *years):
                text = f"`{cut(beside['inside'])}` beside `{beside['name']}` is not a unit"
                yield Problem("figures", field.place, text, "write kr, tkr or mkr there, or take it away")
                continue
            near = nearest(name, [*columns, *swedish(columns)]) or meant(name, columns)
            known = f"the columns are {listed(columns, 'and')}{', and the years' if years else ''}; a note goes onto a sheet of its own"
            remedy = f"did you mean `{near}`?" if near else known
            yield Problem("figures", field.place, f"there is no column `{name}`", remedy)


# --- what a workbook does not show: figures there would count unseen, and are refused -----------------------------------


class Unseen:
    """What of a sheet's figures stands where nobody sees it, noted row by row."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self.rows: dict[int, Place] = {}
        self.columns: dict[int, tuple[str, Place]] = {}
        self.first: Place | None = None

    def note(self, cells: Iterable[tuple[str, Place]]) -> None:
        """A row that counts: of each cell that holds something, the column's name and the cell's place."""
        for name, place in cells:
            self.first = self.first or place
            if place.line in self.hidden.rows:
                self.rows.setdefault(place.line, place)
            if self.hidden.holds(place.column):
                self.columns.setdefault(place.column, (name, place))

    def problems(self) -> Iterator[Problem]:
        """One for the sheet; or one for all rows, and one for each column."""
        if self.first is None:
            return
        if self.hidden.whole:
            deeply = "; it is hidden so deeply that only the macro editor unhides it" if self.hidden.state == _DEEPLY else ""
            remedy = f"unhide it, or take it away{deeply}"
            yield _of(self.first._replace(line=0, column=0), "", "the sheet is hidden, and holds figures", remedy)
            return
        if self.rows:
            one = len(self.rows) == 1
            what, them = ("the row is hidden, and holds figures", "it") if one else ("these rows are hidden, and hold figures", "them")
            unhide = f"unhide {them}, or clear the filter if one hides {them}, or take {them} away"
            unfilter = f"a filter hides {them}: clear the filter, or take {'the row' if one else 'the rows'} away"
            where = f"{'row' if one else 'rows'} {spans(list(self.rows), _MOST_SPANS)}"
            yield _of(next(iter(self.rows.values())), where, what, unfilter if self.hidden.filtered else unhide)
        for _, (name, place) in sorted(self.columns.items()):
            where = "column " + place.cell.rpartition(" ")[2].rstrip("0123456789")
            yield _of(place._replace(line=1), where, f"the column is hidden, and `{name}` in it counts", "unhide it, or take it away")


def _of(place: Place, where: str, text: str, remedy: str) -> Problem:
    """A problem of a whole row, column or sheet: the place of its first cell, named as what it stands for."""
    sheet = place.cell.rpartition(", cell ")[0]
    return Problem("hidden-figures", place._replace(cell=f"{sheet}, {where}" if where else sheet), text, remedy)
