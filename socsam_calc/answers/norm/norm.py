"""Frames by the country's cost development for every area of a panel, and what the areas' results come to (Report, "Övergripande bedömningar").

With C_b an area's cost in the base year b, or Σ C_b over several, and N the country's:  frame = round(C_b × N_y / N_b), result = frame − cost.
Money counts rounding units, exactly; of an index nothing is rounded. Without a row of the country N is summed over the areas that have
a cost in all these years, so that a year's results add up to nothing but rounding: at most half a unit an area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from ...engine.results import found
from ...model.panel import Cost, Panel
from ...money import round_fraction
from ...problems import AgreementError, OutputError, Place, Problem, nearest
from .bases import ALL, Base, MeanOf, MeanOfFirst, base_years, every_base, read_bases, settled_years
from .statistics import Percentiles, Regression, Spearman, percentiles, regression, spearman, weighted_percentiles

SHARES: Final = (5, 25, 50, 75, 95)
"""The percentiles that are told, in percent."""


class AreaYear(NamedTuple):
    """An area in a year: the cost of its base years, the country's then and now, its frame and its cost, in rounding units."""

    year: int
    base: Cost
    country_base: Cost
    country: Cost
    frame: Cost
    cost: Cost

    @property
    def result(self) -> Cost:
        """Frame less cost: + a surplus, − a deficit."""
        return self.frame - self.cost

    @property
    def percent(self) -> Fraction | None:
        """The result in percent of the frame; None where the frame is 0."""
        return percent(self.frame, self.cost)


def percent(frame: Cost, cost: Cost) -> Fraction | None:
    """Frame less cost in percent of the frame; None where the frame is 0."""
    return Fraction(frame - cost) * 100 / frame if frame else None


@dataclass(frozen=True)
class AreaResult:
    """An area under one base, year by year; amounts are sums over its years."""

    area: str
    years: Sequence[AreaYear]

    @cached_property
    def frame(self) -> Cost:
        return sum(year.frame for year in self.years)

    @cached_property
    def cost(self) -> Cost:
        return sum(year.cost for year in self.years)

    @property
    def result(self) -> Cost:
        """Frame less cost: + a surplus, − a deficit."""
        return self.frame - self.cost

    @property
    def percent(self) -> Fraction | None:
        """The result in percent of the frame; None where the frame is 0."""
        return percent(self.frame, self.cost)

    def year(self, number: int) -> AreaYear:
        """One year. Raises NotFoundError, a KeyError, where the base does not settle the area in it."""
        return found("year", number, {year.year: year for year in self.years}, f" in what is settled of {self.area}")


@dataclass(frozen=True)
class Block:
    """What is told of several areas, each with its frame and cost over the same years or over its own.

    ``surplus`` and ``deficit`` count the areas by the sign of their result, 0 being neither, and ``sum_surplus`` (+) and ``sum_deficit``
    (−) add it up; ``no_percent`` counts those whose frame is 0. Percentiles are of the result in percent of the frame.
    """

    areas: int
    surplus: int
    deficit: int
    sum_surplus: Cost
    sum_deficit: Cost
    frame: Cost
    result: Cost
    no_percent: int
    percentiles: Percentiles
    weighted: Percentiles


def block(held: Iterable[tuple[Cost, Cost]]) -> Block:
    """The areas' frames and costs, told together."""
    pairs = list(held)
    results = [frame - cost for frame, cost in pairs]
    gained, lost = [one for one in results if one > 0], [one for one in results if one < 0]
    shares = sorted((Fraction(frame - cost) * 100 / frame, Fraction(frame)) for frame, cost in pairs if frame)
    return Block(
        len(pairs),
        len(gained),
        len(lost),
        sum(gained),
        sum(lost),
        sum(frame for frame, _ in pairs),
        sum(results),
        len(pairs) - len(shares),
        percentiles([share for share, _ in shares], SHARES),
        weighted_percentiles(shares, SHARES),
    )


class LeftOut(NamedTuple):
    """An area that a base does not settle in some of its years: those years, and the years without a cost that each of them needs.

    ``country`` says that it is the country's row that lacks them.
    """

    area: str
    years: Sequence[int]
    lacking: Sequence[int]
    country: bool


@dataclass(frozen=True)
class BaseResult:
    """All areas under one base: those that it settles, in the order of the panel, and those left out."""

    base: Base
    results: Sequence[AreaResult]
    left_out: Sequence[LeftOut]
    spearman: Spearman

    @property
    def name(self) -> str:
        """The base as it is asked for."""
        return self.base.name

    @cached_property
    def together(self) -> Block:
        """All areas over all their years."""
        return block((one.frame, one.cost) for one in self.results)

    @cached_property
    def years(self) -> Mapping[int, Block]:
        """Each year that some area is settled in."""
        found: dict[int, list[tuple[Cost, Cost]]] = {}
        for area in self.results:
            for year in area.years:
                found.setdefault(year.year, []).append((year.frame, year.cost))
        return {year: block(found[year]) for year in sorted(found)}

    def area(self, name: str) -> AreaResult:
        """One area. Raises NotFoundError, a KeyError, where the base settles it in no year."""
        return found("area", name, {one.area: one for one in self.results}, f" in what {self.name} settles")


@dataclass(frozen=True)
class Norm:
    """The norm of a panel by several bases. ``unsettled`` are bases of ``all`` that settle nobody; ``span`` narrows what is compared."""

    panel: Panel
    bases: Sequence[BaseResult]
    unsettled: Sequence[Base]
    regression: Regression
    span: tuple[int, int] | None = None

    @cached_property
    def cells(self) -> frozenset[tuple[str, int]]:
        """The areas and years that all bases settle, inside the span."""
        settled = [{(area.area, year.year) for area in base.results for year in area.years} for base in self.bases]
        first, last = self.span or (min(self.panel.years), max(self.panel.years))
        return frozenset(cell for cell in set.intersection(*settled) if first <= cell[1] <= last)

    @property
    def compared_years(self) -> Sequence[int]:
        """The years in which something is compared."""
        return sorted({year for _, year in self.cells})

    @property
    def compared_areas(self) -> int:
        """How many areas are compared in some year."""
        return len({area for area, _ in self.cells})

    def compared(self, base: BaseResult) -> Block | None:
        """A base over the areas and years that all settle; None where there is none."""
        pairs = []
        for area in base.results:
            if years := [year for year in area.years if (area.area, year.year) in self.cells]:
                pairs.append((sum(year.frame for year in years), sum(year.cost for year in years)))
        return block(pairs) if pairs else None

    def base(self, name: str) -> BaseResult:
        """One base, by the name that it was asked for. Raises NotFoundError, a KeyError, where it was not."""
        return found("base", name, {one.name: one for one in self.bases}, " in this norm")


def norm(panel: Panel, bases: Sequence[str] = (ALL,), span: tuple[int, int] | None = None) -> Norm:
    """The norm of a panel by each base. Raises OutputError for what is no base, AgreementError for one that settles nobody or has a country without cost."""
    asked = read_bases(bases)
    named = [one for one in asked if not isinstance(one, str)]
    wanted = dict.fromkeys(base for one in asked for base in ([one] if not isinstance(one, str) else every_base(panel.years)))
    found, unsettled, problems = list[BaseResult](), list[Base](), list[Problem]()
    for base in wanted:
        try:
            result = _settled(panel, base)
        except AgreementError as error:
            problems += error.problems
            continue
        if result.results:
            found.append(result)
        elif base in named:
            problems.append(Problem("no-base", Place(panel.file), *_why_nobody(panel, base)))
        else:
            unsettled.append(base)
    if problems:
        raise AgreementError(problems)
    if not found:
        text = "no base settles any area: the panel has no area with costs in two years that follow each other"
        raise AgreementError.of("no-base", Place(panel.file), text, f"name a base, such as fixed:{panel.years[0]}, or give more years")
    return Norm(panel, found, unsettled, regression(_pairs(panel)), span)


def known_area(panel: Panel, name: str) -> str:
    """The area of a panel with this name. Raises AgreementError, with the nearest, where there is none."""
    if name in panel.costs:
        return name
    near = nearest(name, panel.costs)
    remedy = f"did you mean `{near}`?" if near else "name an area as the panel spells it"
    raise AgreementError.of("no-such-area", Place(f"--area {name}"), f"the panel has no area `{name}`", remedy)


def read_span(text: str) -> tuple[int, int]:
    """Years `A-B`, or one year. Raises OutputError for anything else."""
    years = text.replace("–", "-").split("-")
    if len(years) in (1, 2) and all(len(one) == 4 and one.isascii() and one.isdecimal() for one in years):
        first, last = int(years[0]), int(years[-1])
        if first <= last:
            return first, last
    raise OutputError(f"--years {text}: these are not years\n   write the first and the last, such as 1999-2000")


# --- one base ----------------------------------------------------------------------------------------------------------


def _settled(panel: Panel, base: Base) -> BaseResult:
    """What a base gives every area. Raises AgreementError where the country cost nothing in the base years of some area."""
    held: dict[str, list[AreaYear]] = {}
    out: dict[str, list[tuple[int, list[int], bool]]] = {}
    for year in settled_years(base, panel.years):
        from_years = base_years(base, panel.years, year)
        needed = (*from_years, year)
        country = _country(panel, base, from_years, year)
        for area, costs in panel.costs.items():
            lacking = [one for one in needed if one not in costs]
            if not lacking and isinstance(country, tuple):
                then, now = country
                start = sum(costs[one] for one in from_years)
                frame = Fraction(start) * now / then
                rounded: Cost = frame if panel.rounding is None else round_fraction(frame)
                held.setdefault(area, []).append(AreaYear(year, start, then, now, rounded, costs[year]))
            else:
                own = bool(lacking)
                out.setdefault(area, []).append(
                    (year, lacking if own else [one for one in needed if one not in (panel.whole or ())], not own)
                )
    results = [AreaResult(area, held[area]) for area in panel.costs if area in held]
    left_out = [
        LeftOut(
            area,
            [year for year, _, _ in out[area]],
            sorted({one for _, lacking, _ in out[area] for one in lacking}),
            all(c for _, _, c in out[area]),
        )
        for area in panel.costs
        if area in out
    ]
    return BaseResult(base, results, left_out, _by_size(panel, base, results))


def _country(panel: Panel, base: Base, from_years: Sequence[int], year: int) -> tuple[Cost, Cost] | None:
    """What the country cost in the base years and in the year; None where its row lacks one of these, or nobody is settled."""
    needed = (*from_years, year)
    if not any(all(one in costs for one in needed) for costs in panel.costs.values()):
        return None
    then = [panel.total(one, needed) for one in from_years]
    now = panel.total(year, needed)
    if now is None or None in then:
        return None
    start = sum(one for one in then if one is not None)
    if not start:
        named = panel.country or "the areas together"
        which = ", ".join(map(str, from_years))
        text = f"{base.name}: {named} cost nothing in {which}, and no development can be taken from it to {year}"
        raise AgreementError.of("no-base", Place(panel.file), text, "choose another base")
    return start, now


def _by_size(panel: Panel, base: Base, results: Sequence[AreaResult]) -> Spearman:
    """Whether the result goes with the cost per inhabitant in the base years of each area's first settled year."""
    shares, costs = list[Fraction](), list[Fraction]()
    for one in results:
        from_years = base_years(base, panel.years, one.years[0].year)
        people = panel.inhabitants.get(one.area, {})
        whole = sum((people[year] for year in from_years if year in people), Fraction(0))
        if one.percent is not None and whole and all(year in people for year in from_years):
            shares.append(one.percent)
            costs.append(one.years[0].base / whole)
    return spearman(shares, costs)


def _why_nobody(panel: Panel, base: Base) -> tuple[str, str]:
    """Why a base settles no area in any year."""
    first, last = panel.years[0], panel.years[-1]
    years = settled_years(base, panel.years)
    if not years:
        text = f"{base.name} settles no year: the panel's are {first} to {last}"
    elif panel.whole is not None and any(one not in panel.whole for one in base_years(base, panel.years, years[0])):
        text = f"{base.name} settles no area: {panel.country} has no cost in the base years"
    else:
        text = f"{base.name} settles no area: none has a cost in its base years and in a year after them"
    remedy = "choose an earlier base" if not years else "choose another base"
    if isinstance(base, MeanOfFirst | MeanOf) and not years:
        remedy = "choose fewer years"
    return text, remedy


# --- one year after the other -------------------------------------------------------------------------------------------


def developments(panel: Panel) -> dict[str, dict[int, Fraction]]:
    """Each area's development beside the country's, by year: d(y) = (C_y / C_{y−1}) / (N_y / N_{y−1}), where all of these exist."""
    found: dict[str, dict[int, Fraction]] = {area: {} for area in panel.costs}
    for before, year in pairwise(panel.years):
        if year != before + 1:
            continue
        then, now = panel.total(before, (before, year)), panel.total(year, (before, year))
        if not then or not now:
            continue
        for area, costs in panel.costs.items():
            if year in costs and costs.get(before):
                found[area][year] = Fraction(costs[year] * then) / (costs[before] * now)
    return found


def _pairs(panel: Panel) -> list[tuple[Fraction, Fraction]]:
    """The developments of two years that follow each other, for every area; without those of 0."""
    return [
        (years[year], years[year + 1]) for years in developments(panel).values() for year in years if years[year] and years.get(year + 1)
    ]
