"""An invented country of 290 areas, with areas whose work had an effect and areas where luck alone decides. Shares no code with the norm.

    python tests/invented_country.py > examples/norm/land.csv        the example
    python tests/invented_country.py --seed 7                        another one

What an area costs an inhabitant follows the country, its region's shocks and its own noise, which is the smaller the larger the area. In five
areas each, spread over sizes, the cost is 2, 5, 10 and 20 % lower from 1996 on: that is the effect that a norm is to find. Twenty others
have one lasting shift, up or down, in a year of their own: nobody's work, and what a fixed base pays for as long as it lasts.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from typing import NamedTuple, TextIO

AREAS, REGIONS = 290, 21
YEARS = range(1991, 2001)
FROM = 1996
EFFECTS = (0.02, 0.05, 0.10, 0.20)
EACH = 5
SHIFTS = 20
NOISE = 4.0
"""The standard deviation of an area's own noise is this over the root of its inhabitants: 7 % for 3 000, 1 % for 130 000."""


class Area(NamedTuple):
    """An area: its inhabitants, its costs by year in thousand kronor, its effect and its lasting shift, 0 where it has none."""

    name: str
    inhabitants: int
    costs: dict[int, int]
    effect: float
    shift: float


def country(seed: int = 1) -> list[Area]:
    """The areas of one country."""
    draw = random.Random(seed)
    growth = {year: draw.gauss(0.04, 0.03) for year in YEARS}
    shocks = {(region, year): draw.gauss(0, 0.015) for region in range(REGIONS) for year in YEARS}
    people = sorted(round(math.exp(draw.gauss(9.75, 0.9))) + 2_400 for _ in range(AREAS))
    effects = _spread(draw)
    free = [place for place in range(AREAS) if place not in effects]
    shifted = {place: draw.choice([-1, 1]) * draw.uniform(0.05, 0.2) for place in draw.sample(free, SHIFTS)}
    names = [f"Ort {number:03}" for number in range(1, AREAS + 1)]
    draw.shuffle(names)
    made = []
    for place, (name, inhabitants) in enumerate(zip(names, people, strict=True)):
        level, region, year_of_shift = draw.gauss(math.log(2.4), 0.2), draw.randrange(REGIONS), draw.choice(list(YEARS)[1:])
        costs, common = {}, 0.0
        for year in YEARS:
            common += growth[year] + shocks[region, year]
            own = draw.gauss(0, NOISE / math.sqrt(inhabitants))
            cost = inhabitants * math.exp(level + common + own)
            if year >= FROM:
                cost *= 1 - effects.get(place, 0)
            if year >= year_of_shift:
                cost *= 1 + shifted.get(place, 0)
            costs[year] = round(cost)
        made.append(Area(name, inhabitants, costs, effects.get(place, 0), shifted.get(place, 0)))
    return sorted(made)


def _spread(draw: random.Random) -> dict[int, float]:
    """The place by size of each area with an effect: of every effect one in each fifth of the sizes."""
    effects = {}
    fifth = AREAS // EACH
    for part in range(EACH):
        places = draw.sample(range(part * fifth, (part + 1) * fifth), len(EFFECTS))
        effects |= dict(zip(places, EFFECTS, strict=True))
    return effects


def write(areas: list[Area], stream: TextIO) -> None:
    """The panel, tidy."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["area", "year", "cost (tkr)", "inhabitants"])
    for area in areas:
        writer.writerows([area.name, year, cost, area.inhabitants] for year, cost in area.costs.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    write(country(parser.parse_args().seed), sys.stdout)
