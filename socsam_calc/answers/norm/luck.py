"""Luck: how a panel's areas would have fared had each met the development of another of its size, drawn again and again.

Who takes part, in which groups, and what is told of the draws; they are made in ``drawing``, which needs NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from ...model.panel import Cost, Panel
from ...problems import AgreementError, Place
from .norm import BaseResult

SHARES: Final = (1, 5, 25, 50, 75, 95, 99)
"""The percentiles of the result that are told, in percent …"""

OVER_DRAWS: Final = (5, 50, 95)
"""… and those of what a draw comes to."""

GROUPS: Final = 5
FEWEST_AREAS: Final = 20
FEWEST_YEARS: Final = 4


class Group(NamedTuple):
    """Areas of about one size: its number, from 0 for the smallest, and their names in the order of their mean cost."""

    number: int
    areas: Sequence[str]


class GroupLuck(NamedTuple):
    """The result in percent of the frame over a base's years, of all areas of a group and all draws together."""

    group: int
    areas: int
    percentiles: Mapping[int, Fraction | None]


class Standing(NamedTuple):
    """An area's place in its group by its real result in percent: 1 is the highest, and equal ones have the mean of theirs."""

    area: str
    group: int
    place: Fraction


class Luck(NamedTuple):
    """What the draws come to under one base.

    ``surplus`` and ``sum_surplus`` are percentiles over the draws of how many areas have a surplus and of what their surpluses add up to,
    in rounding units, the real ones beside them; those of an index are None.
    """

    draws: int
    seed: int
    groups: Sequence[GroupLuck]
    places: Sequence[Standing]
    surplus: Mapping[int, Fraction | None]
    sum_surplus: Mapping[int, Fraction | None]
    real_surplus: int
    real_sum: Cost


class Drawn(NamedTuple):
    """The luck of a panel: the groups, the areas that take no part, and what it comes to under each base, by its name."""

    groups: Sequence[Group]
    aside: Sequence[str]
    by_base: Mapping[str, Luck]


def taking_part(panel: Panel) -> list[str]:
    """The areas with a cost above 0 in every year of the panel. Raises AgreementError where they, or the years, are too few, or a year is missing."""
    years = panel.years
    gap = next((later - 1 for earlier, later in pairwise(years) if later != earlier + 1), None)
    part = [area for area, costs in panel.costs.items() if all(costs.get(year) for year in years)]
    whole = panel.whole
    wrong = (
        (len(years) < FEWEST_YEARS, f"the panel has {len(years)} years, and luck is drawn from {FEWEST_YEARS} or more", "give more years"),
        (
            gap is not None,
            f"the panel has no year {gap}, and luck is drawn from years that follow each other",
            "fill the gap, or begin after it",
        ),
        (
            whole is not None and not all(whole.get(year) for year in years),
            f"{panel.country} has not a cost above 0 in every year of the panel",
            "fill in its row, or leave --country out",
        ),
        (
            len(part) < FEWEST_AREAS,
            f"{len(part)} areas have a cost above 0 in every year, and luck is drawn among {FEWEST_AREAS} or more",
            "leave --draws out",
        ),
    )
    for shows, text, remedy in wrong:
        if shows:
            raise AgreementError.of("no-luck", Place(panel.file), text, remedy)
    return part


def grouped(panel: Panel, areas: Sequence[str], count: int = GROUPS) -> list[Group]:
    """The areas by mean cost, ties by name, in so many groups, or in fewer so that each has 20 areas: place r of n from 0 in group ⌊r × G / n⌋."""
    ascending = sorted(areas, key=lambda area: (sum(panel.costs[area].values()), area))
    while count > 1 and len(ascending) // count < FEWEST_AREAS:  # the smallest group has ⌊n / G⌋
        count -= 1
    held: list[list[str]] = [[] for _ in range(count)]
    for place, area in enumerate(ascending):
        held[place * count // len(ascending)].append(area)
    return [Group(number, names) for number, names in enumerate(held)]


def standings(base: BaseResult, groups: Sequence[Group]) -> list[Standing]:
    """The place of each area in its group, in the order of the panel; without those that have no result in percent."""
    shares = {one.area: one.percent for one in base.results}
    found: dict[str, Standing] = {}
    for group in groups:
        held = {area: share for area in group.areas if (share := shares.get(area)) is not None}
        for area, share in held.items():
            above = sum(1 for one in held.values() if one > share)
            same = sum(1 for one in held.values() if one == share)
            found[area] = Standing(area, group.number, above + Fraction(same + 1, 2))
    return [found[one.area] for one in base.results if one.area in found]
