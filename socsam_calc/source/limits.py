"""How much a file may hold: more than people agree on anywhere, and little enough for every command to be done in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..amounts import grouped
from ..problems import AgreementError, Path, Place, Problem
from .tree import Tree

MOST_YEARS: Final = 200
MOST_NAMED: Final = 400
"""Parties, activities, series or keys: Sweden has 290 municipalities and 21 regions."""

MOST_FIGURES: Final = 20_000
"""Years times parties and activities: for each of them every year has figures of its own."""

MOST_MOVED: Final = 40_000
"""Years times activities times parties and activities: what moves with each cost, as incentives tell."""

MOST_APART: Final = 500_000
"""Accounts with their objects and a month, on which something is booked: what a file of books is summed by."""

MOST_BANDS: Final = 100
MOST_CHANGES: Final = 1_000
"""Corrections, conversions or uses of a year."""


def refuse_too_much(tree: Tree) -> None:
    """Raise AgreementError for an agreement that holds more than can be settled in seconds."""
    if problems := list(_beyond(tree)):
        raise AgreementError(problems)


def too_many_apart(place: Place) -> AgreementError:
    """What is raised for books that are summed by more than ``MOST_APART`` accounts, objects and months."""
    text = f"from here on the file books on more than {grouped(MOST_APART)} accounts, objects and months apart from each other"
    return AgreementError.of(
        "too-many", place, text, "is it the right file? else export fewer accounts, or without the objects that the mapping does not name"
    )


def _beyond(tree: Tree) -> Iterator[Problem]:
    counts = {name: len(_mapping(tree.data.get(name))) for name in ("years", "parties", "activities", "series", "keys")}
    for name, count in counts.items():
        yield from _too_many(tree, (name,), count, MOST_YEARS if name == "years" else MOST_NAMED)
    years, parties, activities = counts["years"], counts["parties"], counts["activities"]
    if years <= MOST_YEARS and max(parties, activities) <= MOST_NAMED:
        held = f"{grouped(years)} years of {grouped(parties)} parties and {grouped(activities)} activities"
        if years * (parties + activities) > MOST_FIGURES or years * activities * (parties + activities) > MOST_MOVED:
            text = f"{held} have more figures than one file may hold"
            yield Problem("too-many", tree.place(("years",), on_key=True), text, "write a file for each part of the years")
    places: dict[Path, Any] = {("sharing",): tree.data.get("sharing")}
    for number, year in _mapping(tree.data.get("years")).items():
        for name in ("corrections", "conversions", "uses"):
            held_there = _mapping(year).get(name)
            yield from _too_many(tree, ("years", number, name), len(held_there) if isinstance(held_there, list) else 0, MOST_CHANGES)
        places["years", number, "sharing"] = _mapping(year).get("sharing")
    for path, sharing in places.items():
        bands = _mapping(sharing).get("bands")
        for side, listed in {"": bands, **_mapping(bands)}.items():
            if isinstance(listed, list):
                yield from _too_many(tree, (*path, "bands", side) if side else (*path, "bands"), len(listed), MOST_BANDS)


def _too_many(tree: Tree, path: Path, count: int, most: int) -> Iterator[Problem]:
    if count > most:
        text = f"{grouped(count)} {'bands' if 'bands' in path else path[-1]} stand here, more than the {grouped(most)} that there may be"
        yield Problem("too-many", tree.place(path, on_key=True), text, "is it the right file? else write one for each part of them")


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}
