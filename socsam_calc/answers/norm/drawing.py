"""Luck drawn: every area meets the development of one of its group. Needs NumPy (``pip install 'socsam-calc[scale]'``).

Whom an area follows comes from a stream of its own, as the uncertain inputs of a simulation do (``answers/simulation/draws.py``), so a draw
is the same whatever the processes. Costs are floats here and nowhere else: nothing is rounded before it is counted, in hundredths of a
percent and in öre.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...model.panel import Panel
from ...money import ORE_PER
from ..simulation.draws import BLOCK, stream_of
from ..simulation.simulate import Pool
from .bases import base_years, settled_years
from .luck import OVER_DRAWS, SHARES, Drawn, Group, GroupLuck, Luck, grouped, standings, taking_part
from .norm import BaseResult, Norm

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

TOGETHER: Final = 512
"""Draws that are computed at a time; a divisor of ``BLOCK``."""

_LOWEST: Final = 10_000
"""Hundredths of a percent below 0 that are counted in a row: a result cannot lie above 100 % of its frame, and seldom lies below −100 %."""

_STEPS: Final = 2 * _LOWEST + 1
_NOTHING: Final = 1e-10
"""Percent that count as none: what is left of 0 when floats were chained."""


class Carried(NamedTuple):
    """A base as positions in the panel's years: those that it carries forward from, None for the year before each."""

    name: str
    from_years: tuple[int, ...] | None


@dataclass(frozen=True)
class Plan:
    """What the processes are sent: everything that decides a draw. ``first`` is each area's first cost, group after group.

    ``growth`` has a table for each group: of each of its areas, by year, the cost over the first year's, at the country's pace instead of
    the group's. ``country`` is the row's, None where the country is summed anew. ``ore`` is how many a rounding unit has, 0 of an index.
    """

    names: tuple[tuple[str, ...], ...]
    first: Real
    growth: tuple[Real, ...]
    country: Real | None
    bases: tuple[Carried, ...]
    seed: int
    ore: int


@dataclass
class Count:
    """What is counted of some draws under one base: results in hundredths of a percent by group, and of each draw its surpluses."""

    shares: list[Whole]
    below: list[Counter[int]]
    surplus: list[Whole] = field(default_factory=list)
    sums: list[Whole] = field(default_factory=list)

    def merge(self, other: Count) -> None:
        """Add what was counted of other draws."""
        for ours, theirs in zip(self.shares, other.shares, strict=True):
            np.add(ours, theirs, out=ours)
        for far, farther in zip(self.below, other.below, strict=True):
            far.update(farther)
        self.surplus += other.surplus
        self.sums += other.sums


def _nothing(groups: int) -> Count:
    return Count([np.zeros(_STEPS, np.int64) for _ in range(groups)], [Counter() for _ in range(groups)])


class Blocks(NamedTuple):
    """A piece of work: draws ``start`` to ``stop`` − 1, all in the block of that number."""

    number: int
    plan: bytes
    start: int
    stop: int

    def done(self) -> list[Count]:
        """Its draws, counted for each base."""
        return counted(_plan(self.plan), self.number, self.stop - self.start)


@lru_cache(maxsize=2)
def _plan(data: bytes) -> Plan:
    made: Plan = pickle.loads(data)
    return made


def draw(norm: Norm, draws: int, seed: int, groups: int, pool: Pool, progress: Callable[[int], None]) -> Drawn:
    """The luck of a panel under each base of its norm. Raises AgreementError where the panel is too small for it."""
    panel = norm.panel
    part = taking_part(panel)
    held = grouped(panel, part, groups)
    plan = plan_of(norm, held, seed)
    totals = [_nothing(len(held)) for _ in norm.bases]
    for done in pool.results(_pieces(pickle.dumps(plan), draws)):
        for total, count in zip(totals, done.part, strict=True):
            total.merge(count)
        progress(done.piece.stop - done.piece.start)
    by_base = {base.name: _told(base, held, total, draws, seed, plan.ore) for base, total in zip(norm.bases, totals, strict=True)}
    return Drawn(held, [area for area in panel.costs if area not in set(part)], by_base)


def _pieces(plan: bytes, draws: int) -> Iterator[Blocks]:
    for number, start in enumerate(range(0, draws, BLOCK)):
        yield Blocks(number, plan, start, min(start + BLOCK, draws))


def plan_of(norm: Norm, groups: Sequence[Group], seed: int) -> Plan:
    """The tables that draws are made from."""
    panel, years = norm.panel, norm.panel.years
    pace = [Fraction(1)]
    for before, year in pairwise(years):
        then, now = panel.total(before, (before, year)), panel.total(year, (before, year))
        pace.append(pace[-1] * Fraction(now or 0) / Fraction(then or 1))
    growth = []
    for group in groups:
        sums = [Fraction(sum(panel.costs[area][year] for area in group.areas)) for year in years]
        at_pace = [one * sums[0] / whole for one, whole in zip(pace, sums, strict=True)]
        growth.append(
            np.array(
                [
                    [float(Fraction(panel.costs[area][year]) / panel.costs[area][years[0]] * one) for area in group.areas]
                    for year, one in zip(years, at_pace, strict=True)
                ]
            )
        )
    first = np.array([float(panel.costs[area][years[0]]) for group in groups for area in group.areas])
    whole = panel.whole
    country = None if whole is None else np.array([float(whole[year]) for year in years])
    ore = 0 if panel.rounding is None else ORE_PER[panel.rounding]
    return Plan(
        tuple(tuple(group.areas) for group in groups),
        first,
        tuple(growth),
        country,
        tuple(_carried(panel, one) for one in norm.bases),
        seed,
        ore,
    )


def _carried(panel: Panel, base: BaseResult) -> Carried:
    years = panel.years
    if base.name == "moving":
        return Carried(base.name, None)
    settled = settled_years(base.base, years)
    return Carried(base.name, tuple(years.index(year) for year in base_years(base.base, years, settled[0])))


def counted(plan: Plan, block: int, draws: int) -> list[Count]:
    """The first ``draws`` of a block, counted for each base."""
    counts = [_nothing(len(plan.names)) for _ in plan.bases]
    donors = [
        np.array([stream_of(f"luck of {area}", plan.seed, block).integers(0, len(names), BLOCK) for area in names]) for names in plan.names
    ]
    ends = np.cumsum([len(names) for names in plan.names])
    for start in range(0, draws, TOGETHER):
        stop = min(start + TOGETHER, draws)
        costs = _costs(plan, [table[:, start:stop] for table in donors])
        country = costs.sum(axis=1) if plan.country is None else np.repeat(plan.country[:, None], stop - start, axis=1)
        later = np.cumsum(costs[::-1], axis=0)[::-1]
        country_later = np.cumsum(country[::-1], axis=0)[::-1]
        for count, base in zip(counts, plan.bases, strict=True):
            frame, cost = _over_years(base, costs, later, country, country_later)
            _count(count, frame, cost, ends, plan.ore)
    return counts


def _costs(plan: Plan, donors: Sequence[Whole]) -> Real:
    """What every area would have cost: years × areas × draws."""
    years = len(plan.growth[0])
    costs = np.empty((years, len(plan.first), donors[0].shape[1]))
    first = plan.first[:, None]
    top = 0
    for growth, whom in zip(plan.growth, donors, strict=True):
        rows = slice(top, top + len(whom))
        for year in range(years):
            np.multiply(growth[year][whom], first[rows], out=costs[year, rows])
        top = rows.stop
    return costs


def _over_years(base: Carried, costs: Real, later: Real, country: Real, country_later: Real) -> tuple[Real, Real]:
    """Each area's frame and cost, added up over the base's years."""
    if base.from_years is None:
        frame = costs[0] * (country[1] / country[0])
        for year in range(2, len(costs)):
            frame += costs[year - 1] * (country[year] / country[year - 1])
        return frame, later[1]
    after = base.from_years[-1] + 1
    held = list(base.from_years)
    start, then = (costs[held[0]], country[held[0]]) if len(held) == 1 else (costs[held].sum(axis=0), country[held].sum(axis=0))
    return start * (country_later[after] / then), later[after]


def _count(count: Count, frame: Real, cost: Real, ends: Whole, ore: int) -> None:
    """Count the results of all areas in some draws."""
    results = frame - cost
    shares = results / frame
    shares *= 100
    gained = shares > _NOTHING
    count.surplus.append(np.count_nonzero(gained, axis=0))
    if ore:
        count.sums.append(np.rint(np.where(gained, results, 0.0).sum(axis=0) * ore).astype(np.int64))
    shares *= 100
    shares += np.copysign(0.5, shares)
    steps = shares.astype(np.int64)
    steps += _LOWEST
    top = 0
    for group, end in enumerate(ends.tolist()):
        held = steps[top:end].ravel()
        if held.min() < 0:
            count.below[group].update((held[held < 0] - _LOWEST).tolist())
            held = held[held >= 0]
        count.shares[group] += np.bincount(held, minlength=_STEPS)
        top = end


def _told(base: BaseResult, groups: Sequence[Group], count: Count, draws: int, seed: int, ore: int) -> Luck:
    """The percentiles of what was counted, beside what really happened."""
    told = [
        GroupLuck(group.number, len(group.areas), _percentiles(shares, below, len(group.areas) * draws))
        for group, shares, below in zip(groups, count.shares, count.below, strict=True)
    ]
    part = {area for group in groups for area in group.areas}
    real = [one.result for one in base.results if one.area in part]
    gained = [one for one in real if one > 0]
    surplus: dict[int, Fraction | None] = {p: Fraction(int(one)) for p, one in _of_sorted(np.sort(np.concatenate(count.surplus)))}
    sums: dict[int, Fraction | None] = dict.fromkeys(OVER_DRAWS)
    if ore:
        sums = {p: Fraction(int(one), ore) for p, one in _of_sorted(np.sort(np.concatenate(count.sums)))}
    return Luck(draws, seed, told, standings(base, groups), surplus, sums, len(gained), sum(gained))


def _of_sorted(values: Any) -> Iterator[tuple[int, Any]]:
    for p in OVER_DRAWS:
        yield p, values[max(1, -(-p * len(values) // 100)) - 1]


def _percentiles(shares: Whole, below: Counter[int], whole: int) -> dict[int, Fraction | None]:
    """The ⌈p × n / 100⌉th of n results, each rounded to a hundredth of a percent; to round them first changes none of these."""
    found: dict[int, Fraction | None] = {}
    far = sorted(below.items())
    reached = np.cumsum(shares)
    beyond = sum(below.values())
    for p in SHARES:
        rank = -(-p * whole // 100)
        if rank > beyond:
            found[p] = Fraction(int(np.searchsorted(reached, rank - beyond)) - _LOWEST, 100)
            continue
        passed = 0
        for step, times in far:
            passed += times
            if passed >= rank:
                found[p] = Fraction(step, 100)
                break
    return found
