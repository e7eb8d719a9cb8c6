"""Rows of figures entered into an agreement's tree, whatever kind of file they come from.

A sheet is tidy (``year``, ``activity`` and the amounts ``frame``, ``actual``, ``estimate``, each a column), or has a column for each
year and says in the column ``figure``, or by its own name, which amounts these are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from ..problems import AgreementError, Place, Problem, nearest
from .yaml import Tree

KINDS: Final = ("frame", "actual", "estimate")
COLUMNS: Final = ("year", "activity", "party", *KINDS)
YEARLY_COLUMNS: Final = ("activity", "party", "figure")
_YEAR: Final = re.compile(r"[0-9]{4}")


class Field(NamedTuple):
    """One field of a sheet: its text, where it stands, and what is wrong with it where it cannot be read."""

    text: str
    place: Place
    problem: Problem | None = None


class Sheet(NamedTuple):
    """A table of figures: its name, the fields of its head, and its rows, each as long as the head; a Problem in the place of a bad row."""

    name: str
    head: Sequence[Field]
    rows: Iterable[Sequence[Field] | Problem]


class Ledger:
    """The tree of an agreement, with figures entered into it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def enter(self, sheet: Sheet) -> Iterator[Problem]:
        """Enter a sheet's figures; the problems found. What the agreement already states is refused, not replaced."""
        names = [field.text.strip().lower() for field in sheet.head]
        yearly = "year" not in names and any(_YEAR.fullmatch(name) for name in names)
        wrong = list(_yearly_head(sheet, names) if yearly else _tidy_head(sheet.head, names))
        yield from wrong
        if wrong:
            return
        for row in sheet.rows:
            if isinstance(row, Problem):
                yield row
                continue
            bad = [field.problem for field in row if field.problem is not None]
            yield from bad
            fields = dict(zip(names, row, strict=True))
            if not bad and any(field.text for field in row):
                yield from self._yearly_row(sheet.name, fields) if yearly else self._tidy_row(fields)

    def _tidy_row(self, row: dict[str, Field]) -> Iterator[Problem]:
        for needed in ("year", "activity"):
            if not row[needed].text:
                yield Problem("figures", row[needed].place, f"the {needed} is missing", "fill it in")
                return
        for kind in KINDS:
            if kind in row and row[kind].text:
                yield from self._enter(row["year"], kind, row, row[kind])

    def _yearly_row(self, name: str, row: dict[str, Field]) -> Iterator[Problem]:
        if not row["activity"].text:
            yield Problem("figures", row["activity"].place, "the activity is missing", "fill it in")
            return
        kind = row["figure"].text.lower() if "figure" in row else name.strip().lower()
        if kind not in KINDS:
            near = nearest(kind, KINDS)
            remedy = f"did you mean `{near}`?" if near else "write `frame`, `actual` or `estimate`"
            yield Problem("figures", row["figure"].place, f"`{kind}` is not a figure", remedy)
            return
        for year, field in row.items():
            if _YEAR.fullmatch(year) and field.text:
                yield from self._enter(Field(year, field.place), kind, row, field)

    def _enter(self, year: Field, kind: str, row: dict[str, Field], amount: Field) -> Iterator[Problem]:
        """One amount; ``row`` says whose it is."""
        activity = _id(row["activity"].text)
        party = _id(row["party"].text) if "party" in row else ""
        years = self.tree.data.setdefault("years", {})
        if not isinstance(years, dict):
            return
        stated = years.get(year.text)
        if stated is None:
            stated = years[year.text] = {}
        if not isinstance(stated, dict):
            return
        self._stands(("years", year.text), year.place)
        if party and kind != "frame":
            remedy = "leave the party out on the line that gives the cost"
            yield Problem("figures", amount.place, "a cost belongs to the activity, not to a party", remedy)
            return
        yield from self._put(stated, (year.text, kind, activity), party, amount, row["party" if party else "activity"].place)

    def _put(self, stated: dict[str, Any], key: tuple[str, str, str], party: str, amount: Field, named: Place) -> Iterator[Problem]:
        year, kind, activity = key
        entries = stated.get(kind)
        if entries is None:
            entries = stated[kind] = {}
        if not isinstance(entries, dict):
            return
        self._stands(("years", year, kind), amount.place)
        path = ("years", year, kind, activity, party) if party else ("years", year, kind, activity)
        if party:
            cells = entries.setdefault(activity, {})
            self._stands(path[:-1], amount.place)
            taken = not isinstance(cells, dict) or party in cells
            entries, name = (cells, party) if isinstance(cells, dict) else (entries, activity)
        else:
            taken, name = activity in entries, activity
        if taken:
            first = self.tree.place(path)
            yield Problem("given-twice", amount.place, f"this amount is also given at {first}", "keep one of them")
            return
        entries[name] = amount.text
        self.tree.elsewhere[path] = amount.place
        self.tree.key_elsewhere[path] = named

    def _stands(self, path: tuple[str, ...], place: Place) -> None:
        """A node that these figures made stands where it was first needed; one of the agreement keeps its place."""
        if not self.tree.knows(path):
            self.tree.elsewhere.setdefault(path, place)


def _id(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _tidy_head(head: Sequence[Field], names: Sequence[str]) -> Iterator[Problem]:
    yield from _known(head, names, COLUMNS, ())
    for needed in ("year", "activity"):
        if needed not in names:
            yield Problem("figures", head[0].place, f"the column `{needed}` is missing", "write `year;activity;frame;actual`")
    if not set(names) & set(KINDS):
        yield Problem("figures", head[0].place, "there is no column of amounts", "add `frame`, `actual` or `estimate`")


def _yearly_head(sheet: Sheet, names: Sequence[str]) -> Iterator[Problem]:
    yield from _known(sheet.head, names, YEARLY_COLUMNS, [name for name in names if _YEAR.fullmatch(name)])
    if "activity" not in names:
        yield Problem(
            "figures", sheet.head[0].place, "the column `activity` is missing", "write `activity;figure` and a column for each year"
        )
    if "figure" not in names and sheet.name.strip().lower() not in KINDS:
        remedy = "add a column `figure` that says `frame`, `actual` or `estimate`"
        remedy += ", or give the sheet one of these names" if sheet.name else ""
        yield Problem("figures", sheet.head[0].place, "it is not said which figures the years' columns hold", remedy)


def _known(head: Sequence[Field], names: Sequence[str], columns: Sequence[str], years: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the names of the columns."""
    for number, (field, name) in enumerate(zip(head, names, strict=True)):
        if field.problem is not None:
            yield field.problem
        elif not name:
            yield Problem("figures", field.place, "this column has no name", "name it in the first row, or take its contents away")
        elif name in names[:number]:
            yield Problem("figures", field.place, f"the column `{name}` stands here twice", "keep one of them")
        elif name not in columns and name not in years:
            near = nearest(name, columns)
            remedy = f"did you mean `{near}`?" if near else "the columns are " + ", ".join(f"`{column}`" for column in columns)
            remedy += " and the years" if years and not near else ""
            yield Problem("figures", field.place, f"there is no column `{name}`", remedy)


def refused(code: str, place: Place, text: str, remedy: str) -> AgreementError:
    """A file of figures that is refused as a whole."""
    return AgreementError([Problem(code, place, text, remedy)])
