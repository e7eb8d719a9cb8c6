"""Costs of months in a file of figures: added up to what a year has cost, or has cost so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...model.agreement import Period
from ...model.reading import told
from ...model.scalars import exact_amount
from ...money import ORE_PER
from ...problems import Place, Problem
from ..tree import Tree
from .booked import Booked, OfFile
from .entered import outcome_of, put
from .year import last_day

MONTH: Final = re.compile(r"(?:([0-9]{4})-)?(0?[1-9]|1[0-2])")
"""A month as figures have it: 1 to 12, or with its year."""

_YEAR: Final = re.compile("[0-9]{4}")


class Cost(NamedTuple):
    """An amount in öre, and where it stands."""

    ore: int
    place: Place


class ByMonth:
    """The costs of months that a file of figures gives, by year and activity."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.costs: dict[int, dict[str, dict[int, Cost]]] = {}

    def add(self, row: Mapping[str, Any]) -> Iterator[Problem]:
        """The cost of a month; or what is wrong with the row. Rows that say which account or object they are of are added."""
        year, month, activity, amount = row["year"], row["month"], row["activity"], row["actual"]
        dated = MONTH.fullmatch(month.text)
        if not month.text:
            yield Problem(
                "figures", month.place, "the month is missing", "write 1 to 12; costs of a whole year stand in a file without months"
            )
        elif not _YEAR.fullmatch(year.text):
            yield Problem("figures", year.place, f"`{year.text}` is not a year", "write four digits, such as `2024`")
        elif dated is None or dated[1] not in (None, year.text):
            yield Problem("figures", month.place, f"`{month.text}` is not a month of {year.text}", f"write 1 to 12, or `{year.text}-08`")
        elif "party" in row and row["party"].text:
            text, remedy = "a cost belongs to the activity, not to a party", "leave the party out on the line that gives the cost"
            yield Problem("figures", amount.place, text, remedy)
        else:
            unit = self.tree.data.get("unit", "kr")
            try:
                ore = exact_amount(amount.text, unit if isinstance(unit, str) else "kr")
            except PydanticCustomError as error:
                code, text, remedy = told(error)
                yield Problem(code, amount.place, text, remedy)
                return
            name = unicodedata.normalize("NFC", activity.text)
            months = self.costs.setdefault(int(year.text), {}).setdefault(name, {})
            held = months.get(int(dated[2]))
            if held is not None and not {"account", "object"} & set(row):
                yield Problem("given-twice", amount.place, f"this amount is also given at {held.place}", "keep one of them")
                return
            months[int(dated[2])] = Cost(ore + (held.ore if held else 0), held.place if held else amount.place)

    def enter(self, file: str, period: Period, place: Place) -> tuple[list[Problem], list[Booked]]:
        """Put what the months come to into the tree, each year through the last month that any row names."""
        problems: list[Problem] = []
        booked: list[Booked] = []
        unit = self.tree.data.get("rounding", "kr")
        size = ORE_PER.get(unit, 1) if isinstance(unit, str) else 1
        for year, activities in sorted(self.costs.items()):
            through = last_day(year, max(month for months in activities.values() for month in months))
            outcome, months = outcome_of(year, through, period)
            named = {month for held in activities.values() for month in held}
            ore = {name: sum(cost.ore for month, cost in held.items() if month in months) for name, held in activities.items()}
            later = sum(cost.ore for held in activities.values() for month, cost in held.items() if month not in months)
            silent = tuple(month for month in months if month not in named)
            whole = all(cost.ore % size == 0 for held in activities.values() for cost in held.values())
            by_month = {
                name: {month: held[month].ore // size if month in held else 0 for month in months} for name, held in activities.items()
            }
            places = {name: next(iter(held.values())).place for name, held in activities.items()}
            of_file = OfFile(file, ("figures",), (), None, None, None, later, silent, (), {})
            made = Booked(year, through, outcome, {}, by_month if whole else {}, places, (of_file,))
            booked.append(made)
            problems += put(self.tree, made, ore, place)
        return problems, booked
