"""Costs that come by month, put where the agreement has those of its years: as actual costs, an estimate, or what is booked to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...model.agreement import Period
from ...problems import Path, Place, Problem
from ..tree import Tree
from .booked import Booked, Outcome


def outcome_of(year: int, through: date, period: Period, *, closed: bool = True) -> tuple[Outcome, Sequence[int]]:
    """What costs through a day come to, by the months of the year that lie inside the period; and those of them that have passed."""
    counted = period.counted(year)
    months = [month for month in counted if date(year, month, 1) <= through]
    return ("to_date" if months != counted else "actual" if closed else "estimate"), months


def put(tree: Tree, booked: Booked, ore: Mapping[str, int], place: Place) -> Iterator[Problem]:
    """Put the costs, in öre, where the agreement has those of its years; what it states itself is refused, not replaced.

    ``place`` is where it is said that they come from books or figures by month.
    """
    holder = tree.data.setdefault("years", {})
    path: Path = ("years",)
    if booked.outcome != "to_date" and isinstance(holder, dict):
        _drop_rest(holder.get(str(booked.year)))
    for step in [str(booked.year), *booked.path("")[2:-1]]:
        if not isinstance(holder, dict):
            return  # the reading of the file refuses it
        if holder.get(step) is None:
            holder[step] = {}
        path = (*path, str(step))
        if not tree.knows(path):
            tree.elsewhere.setdefault(path, place)
        if step == "to_date" and isinstance(holder[step], dict):
            through, stated = (*path, "through"), holder[step].get("through")
            if stated is not None and (through not in tree.elsewhere or stated != booked.through.isoformat()):
                text = f"the figures say through which day they go: {booked.through}"
                yield Problem("given-twice", tree.place(through), text, "take this line away")
                return
            holder[step]["through"] = booked.through.isoformat()
            tree.elsewhere.setdefault(through, place)
        holder = holder[step]
    if not isinstance(holder, dict):
        return
    for activity, amount in ore.items():
        here = (*path, activity)
        if activity in holder:
            where = booked.places[activity]
            yield Problem("given-twice", where, f"the cost of `{activity}` is also given at {tree.place(here)}", "keep one of them")
            continue
        holder[activity] = f"{amount} öre"
        tree.elsewhere[here] = tree.key_elsewhere[here] = booked.places[activity]


def _drop_rest(year: object) -> None:
    """What a running year expects of the months that remain says nothing once they are booked."""
    if isinstance(year, dict) and isinstance(year.get("to_date"), dict) and set(year["to_date"]) == {"remaining"}:
        del year["to_date"]
