"""A panel: what many areas cost, year by year, and what the whole country did; as it was read, before anything is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, NamedTuple

from ..problems import Path, Place

PanelUnit = Literal["kr", "tkr", "mkr", "index"]
PanelRounding = Literal["öre", "kr", "tkr", "mkr"]
UNITS: Final[tuple[PanelUnit, ...]] = ("kr", "tkr", "mkr", "index")
ROUNDINGS: Final[tuple[PanelRounding, ...]] = ("öre", "kr", "tkr", "mkr")

Cost = int | Fraction
"""Money as a count of rounding units; of an index, the exact number. 0 or more."""

Costs = Mapping[int, Cost]
"""What an area cost, by year; a year without a cost is not in it."""


@dataclass(frozen=True)
class Panel:
    """The areas of a country in the order of their file, each with its costs by year.

    ``rounding`` is the smallest amount that a frame is rounded to, None of an index, which is no money. ``inhabitants`` holds those that
    the file states. ``country`` names the row that is the country's, None where the country is the sum of its areas; ``whole`` are its costs.
    """

    file: str
    unit: PanelUnit
    rounding: PanelRounding | None
    costs: Mapping[str, Costs]
    inhabitants: Mapping[str, Mapping[int, Fraction]]
    country: str | None = None
    whole: Costs | None = None

    @cached_property
    def years(self) -> Sequence[int]:
        """The years in which some area has a cost, ascending."""
        return sorted({year for costs in self.costs.values() for year in costs})

    def total(self, year: int, with_years: Sequence[int]) -> Cost | None:
        """What the country cost in a year: its own row; else the sum of the areas that have a cost in each of ``with_years``, ``year`` among them.

        None where the country's row has no cost in that year.
        """
        if self.whole is not None:
            return self.whole.get(year)
        return sum(costs[year] for costs in self.costs.values() if all(one in costs for one in with_years))


class PanelDocument(NamedTuple):
    """A panel, with the place of each cost of an area in a year."""

    panel: Panel
    places: Mapping[tuple[str, int], Callable[[], Place]]

    @property
    def file(self) -> str:
        return self.panel.file

    def place(self, path: Path, *, on_key: bool = False) -> Place:
        """Where the cost of an area (its name, and a year) stands."""
        area, year = path
        return self.places[str(area), int(year)]()
