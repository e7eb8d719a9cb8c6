"""The outline of an agreement whose figures are still to come: what a file to fill in is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..problems import AgreementError
from .document import entries, period_years, read_tree


class Party(NamedTuple):
    """A party: its name, and first and last year where they are stated."""

    name: str
    first: int
    last: int


class Activity(NamedTuple):
    """A line of the frame: its name, who funds it alone (or nobody), whether a base takes the place of its frame amount, or a key divides it."""

    name: str
    funder: str | None
    based: bool
    by: bool


class Outline(NamedTuple):
    """What the figures of an agreement hang on. ``stated`` has year, kind and activity of each amount that the file gives itself."""

    area: str
    unit: str
    years: range
    parties: Mapping[str, Party]
    activities: Mapping[str, Activity]
    stated: frozenset[tuple[str, str, str]]


def outline(file: str, text: str | None = None) -> Outline:
    """The outline of an agreement file. Raises AgreementError where it cannot be read, or names no period or no parties."""
    tree = read_tree(file, text)
    if tree.problems:
        raise AgreementError(tree.problems)
    data = tree.data
    years = period_years(data.get("period"))
    if years is None:
        remedy = "write `period: {start: 1998-01-01, end: 2002-12-31}`"
        raise AgreementError.of("period", tree.place(("period",)), "the period is missing, or not two dates", remedy)
    stated_years = [int(year) for year in entries(data.get("years")) if year.isdecimal()]
    first, last = years[0], max([years[0], *stated_years]) if years[1] is None else years[1]
    held = {id_: entry if isinstance(entry, dict) else {} for id_, entry in entries(data.get("parties")).items()}
    if not held:
        raise AgreementError.of("missing", tree.place(("parties",)), "`parties` is missing", "name those that put money into the frame")
    parties = {
        id_: Party(_text(entry.get("name")), _year(entry.get("from"), first), _year(entry.get("to"), last)) for id_, entry in held.items()
    }
    activities = {
        id_: Activity(_text(entry.get("name")), entry.get("funder"), entry.get("base") is not None, "by" in entry)
        for id_, entry in entries(data.get("activities")).items()
        if isinstance(entry, dict)
    } or {id_: Activity(party.name, id_, False, False) for id_, party in parties.items()}
    years_stated = {year: entries(entry) for year, entry in entries(data.get("years")).items()}
    kinds = ("frame", "actual", "estimate")
    stated = {(year, kind, name) for year, entry in years_stated.items() for kind in kinds for name in entries(entry.get(kind))}
    stated |= {(year, "result", "") for year, entry in years_stated.items() if "result" in entry}
    unit = data.get("unit", "kr")
    return Outline(_text(data.get("area")), _text(unit), range(first, last + 1), parties, activities, frozenset(stated))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _year(value: Any, otherwise: int) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else otherwise
