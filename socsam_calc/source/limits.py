"""How much a file may hold: more than people agree on anywhere, and little enough for every command to be done in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..amounts import grouped
from ..problems import AgreementError, Problem
from .yaml import Tree

MOST_YEARS: Final = 200
MOST_NAMED: Final = 1_000
"""Parties, activities, series or keys: Sweden has 290 municipalities and 21 regions."""

MOST_FIGURES: Final = 20_000
"""Years times parties and activities: for each of them every year has figures of its own."""


def refuse_too_much(tree: Tree) -> None:
    """Raise AgreementError for an agreement that holds more than can be settled in seconds."""
    if problems := list(_beyond(tree)):
        raise AgreementError(problems)


def _beyond(tree: Tree) -> Iterator[Problem]:
    counts = {
        name: len(held) for name in ("years", "parties", "activities", "series", "keys") if isinstance(held := tree.data.get(name), dict)
    }
    for name, count in counts.items():
        most = MOST_YEARS if name == "years" else MOST_NAMED
        if count > most:
            text = f"{grouped(count)} {name} stand here, more than the {grouped(most)} that one file may hold"
            yield Problem("too-many", tree.place((name,), on_key=True), text, "write a file for each part of them")
    years, named = counts.get("years", 0), counts.get("parties", 0) + counts.get("activities", 0)
    if years <= MOST_YEARS and named <= 2 * MOST_NAMED and years * named > MOST_FIGURES:
        text = f"{grouped(years)} years of {grouped(named)} parties and activities are more than the {grouped(MOST_FIGURES)} that one file may hold"
        yield Problem("too-many", tree.place(("years",), on_key=True), text, "write a file for each part of the years")
