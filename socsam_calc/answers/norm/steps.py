"""The figures of a norm with their derivation: how each area's frame, result and percent follow from the costs of the panel.

The arithmetic is that of ``norm``, a Step for every number: base cost × the country's cost ÷ its cost in the base years, rounded once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...engine.steps import Step, given, less, product, ratio, scaled, total
from ...model.panel import Panel
from .bases import base_years
from .norm import AreaYear, BaseResult


def paths(base: BaseResult) -> Iterator[str]:
    """The path of every figure of every area that a base settles."""
    for area in base.results:
        at = f"{base.name}.results.{area.area}"
        for where, frame in ((at, area.frame), *((f"{at}.{year.year}", year.frame) for year in area.years)):
            yield from (f"{where}.{name}" for name in ("frame", "cost", "result", *(("percent",) if frame else ())))


def figures(panel: Panel, base: BaseResult) -> dict[str, Step[Any]]:
    """Every figure of every area that a base settles, by its path in the JSON with lists by id or year: ``moving.results.Storby.1998.result``.

    Money counts rounding units; a percent is a share of the frame, and there is none where the frame is 0.
    """
    steps, found = _Steps(panel, base), dict[str, Step[Any]]()
    for area in base.results:
        years = [steps.of_year(area.area, year) for year in area.years]
        frame, cost = (total(name, 0, (area.area,), [year[name] for year in years]) for name in ("frame", "cost"))
        at = f"{base.name}.results.{area.area}"
        found |= {f"{at}.{name}": step for name, step in _with_result(area.area, 0, frame, cost).items()}
        for year, held in zip(area.years, years, strict=True):
            found |= {f"{at}.{year.year}.{name}": step for name, step in held.items()}
    return found


def _with_result(area: str, year: int, frame: Step[Any], cost: Step[Any]) -> dict[str, Step[Any]]:
    result = less("result", year, (area,), frame, cost)
    held: dict[str, Step[Any]] = {"frame": frame, "cost": cost, "result": result}
    return held | ({"percent": ratio("percent", year, (area,), result, frame)} if frame.value else {})


class _Steps:
    """The steps of one base, each made once."""

    def __init__(self, panel: Panel, base: BaseResult) -> None:
        self.panel, self.base = panel, base.base
        self._costs: dict[tuple[str, int], Step[Any]] = {}
        self._country: dict[tuple[int, ...], tuple[Step[Any], Step[Any]]] = {}

    def of_year(self, area: str, year: AreaYear) -> dict[str, Step[Any]]:
        """An area's figures in a year."""
        from_years = base_years(self.base, self.panel.years, year.year)
        start = self._of_base("base cost", (area,), [self._cost(area, one) for one in from_years])
        then, now = self._paces(from_years, year.year)
        if self.panel.rounding is None:
            pace = ratio("development", year.year, (), now, then)
            frame: Step[Any] = product("frame", year.year, (area,), pace, start)
        else:
            frame = scaled("frame", year.year, (area,), [start, now], [then])
        return _with_result(area, year.year, frame, self._cost(area, year.year))

    def _cost(self, area: str, year: int) -> Step[Any]:
        if (area, year) not in self._costs:
            held = self.panel.whole if area == self.panel.country and self.panel.whole is not None else self.panel.costs[area]
            self._costs[area, year] = given("cost", year, (area,), held[year], (area, year))
        return self._costs[area, year]

    def _paces(self, from_years: Sequence[int], year: int) -> tuple[Step[Any], Step[Any]]:
        """What the country cost in the base years and in the year: its row, or the sum of the areas with a cost in all of these."""
        needed = (*from_years, year)
        if needed not in self._country:
            of_years = [self._whole(one, needed) for one in needed]
            self._country[needed] = self._of_base("country's base cost", (), of_years[:-1]), of_years[-1]
        return self._country[needed]

    def _whole(self, year: int, needed: Sequence[int]) -> Step[Any]:
        if self.panel.country is not None:
            return self._cost(self.panel.country, year)
        areas = [area for area, costs in self.panel.costs.items() if all(one in costs for one in needed)]
        return total("country's cost", year, (), [self._cost(area, year) for area in areas])

    def _of_base(self, name: str, about: tuple[str, ...], years: Sequence[Step[Any]]) -> Step[Any]:
        """Several base years added up; one is what it is."""
        return years[0] if len(years) == 1 else total(name, 0, about, years)
