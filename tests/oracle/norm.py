"""The norm computed a second time, from the description of the command alone and without the program: plain loops over fractions.

A panel is a mapping of areas to their costs by year, whole numbers; None of a year is none. What comes out is the JSON's figures, in
rounding units, percents and correlations as exact or as decimal text.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from typing import Any

PERCENTS = (5, 25, 50, 75, 95)


def nearest_whole(value: Fraction) -> int:
    """Halves away from zero."""
    doubled = abs(value) * 2
    return (1 if value >= 0 else -1) * int((doubled + 1) // 2)


def places(value: Fraction | Decimal | None, decimals: int) -> Decimal | None:
    """A number rounded to so many decimals."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return Decimal(nearest_whole(value * 10**decimals)) / 10**decimals
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class Panel:
    """Costs and inhabitants of areas, and the row of the country where there is one."""

    def __init__(self, costs: dict[str, dict[int, int]], people: dict[str, dict[int, int]], country: dict[int, int] | None) -> None:
        self.costs, self.people, self.country = costs, people, country
        found: set[int] = set()
        for of_area in costs.values():
            found.update(of_area)
        self.years = sorted(found)

    def bases(self, name: str) -> dict[int, list[int]]:
        """The years that a base settles, each with the years that it is carried forward from."""
        kind, _, rest = name.partition(":")
        if kind == "fixed":
            return {year: [int(rest)] for year in self.years if year > int(rest)}
        if kind == "moving":
            return {year: [year - 1] for year in self.years if year - 1 in self.years}
        years = list(range(int(rest[:4]), int(rest[-4:]) + 1)) if "-" in rest else self.years[: int(rest)]
        if "-" not in rest and len(years) < int(rest):
            return {}
        return {year: years for year in self.years if year > years[-1]}

    def nation(self, year: int, together: list[int]) -> int | None:
        if self.country is not None:
            return self.country.get(year)
        total = 0
        for costs in self.costs.values():
            if all(one in costs for one in together):
                total += costs[year]
        return total


class ZeroCountry(Exception):
    """The country cost nothing in the base years."""


def settle(panel: Panel, name: str) -> dict[str, dict[int, tuple[int, int]]]:
    """Each area's frame and cost in each year that a base settles it in."""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for year, base in panel.bases(name).items():
        together = [*base, year]
        able = [area for area, costs in panel.costs.items() if all(one in costs for one in together)]
        whole = [panel.nation(one, together) for one in together]
        if not able or None in whole:
            continue
        *before, now = (number or 0 for number in whole)
        if sum(before) == 0:
            raise ZeroCountry
        for area in able:
            start = sum(panel.costs[area][one] for one in base)
            found.setdefault(area, {})[year] = (nearest_whole(Fraction(start * now, sum(before))), panel.costs[area][year])
    return found


def told(pairs: list[tuple[int, int]]) -> dict[str, Any]:
    """The block of some areas, each with its frame and cost."""
    results = [frame - cost for frame, cost in pairs]
    shares = sorted((Fraction(100 * (frame - cost), frame), frame) for frame, cost in pairs if frame)
    plain: dict[str, Decimal | None] = {}
    weighted: dict[str, Decimal | None] = {}
    for p in PERCENTS:
        plain[str(p)] = weighted[str(p)] = None
        if shares:
            plain[str(p)] = places(shares[math.ceil(Fraction(p * len(shares), 100)) - 1][0], 2)
            whole, reached = sum(frame for _, frame in shares), 0
            for share, frame in shares:
                reached += frame
                if Fraction(reached, whole) >= Fraction(p, 100):
                    weighted[str(p)] = places(share, 2)
                    break
    return {
        "areas": len(pairs),
        "surplus": sum(1 for one in results if one > 0),
        "deficit": sum(1 for one in results if one < 0),
        "sum_surplus": sum(one for one in results if one > 0),
        "sum_deficit": sum(one for one in results if one < 0),
        "frame": sum(frame for frame, _ in pairs),
        "result": sum(results),
        "no_percent": sum(1 for frame, _ in pairs if not frame),
        "percentiles": plain,
        "weighted": weighted,
    }


def ranks(values: list[Fraction]) -> list[Fraction]:
    """1 for the lowest; equal ones share the mean of their places."""
    return [
        Fraction(1 + sum(one < value for one in values)) + Fraction(sum(one == value for one in values) - 1, 2) for value in values
    ]  # fmt: skip


def correlation(xs: list[Decimal], ys: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Slope and correlation."""
    n = len(xs)
    mx, my = sum(xs) / n, sum(ys) / n
    sxy = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    sxx, syy = sum((x - mx) ** 2 for x in xs), sum((y - my) ** 2 for y in ys)
    slope = None if sxx == 0 else sxy / sxx
    return slope, None if sxx == 0 or syy == 0 else Decimal(sxy) / (Decimal(sxx) * Decimal(syy)).sqrt()


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def spearman(panel: Panel, name: str, settled: dict[str, dict[int, tuple[int, int]]]) -> dict[str, Any]:
    shares, costs = [], []
    for area, years in settled.items():
        frame, cost = sum(one for one, _ in years.values()), sum(one for _, one in years.values())
        base = panel.bases(name)[min(years)]
        people = panel.people.get(area, {})
        if frame and all(year in people for year in base) and sum(people[year] for year in base):
            shares.append(Fraction(100 * (frame - cost), frame))
            costs.append(Fraction(sum(panel.costs[area][year] for year in base), sum(people[year] for year in base)))
    rho = None
    if len(shares) >= 3:
        getcontext().prec = 50
        rho = correlation([decimal(one) for one in ranks(shares)], [decimal(one) for one in ranks(costs)])[1]
    return {"areas": len(shares), "rho": places(rho, 6)}


def regression(panel: Panel) -> dict[str, Any]:
    """Of the log of a year's development beside the country's on that of the year before."""
    found: dict[tuple[str, int], Fraction] = {}
    for year in panel.years:
        if year - 1 not in panel.years:
            continue
        before, now = panel.nation(year - 1, [year - 1, year]), panel.nation(year, [year - 1, year])
        if not before or not now:
            continue
        for area, costs in panel.costs.items():
            if costs.get(year - 1) and year in costs:
                found[area, year] = Fraction(costs[year], costs[year - 1]) / Fraction(now, before)
    pairs = [(one, found[area, year + 1]) for (area, year), one in found.items() if one and found.get((area, year + 1))]
    slope = rho = None
    if len(pairs) >= 3 and len({x for x, _ in pairs}) > 1:
        getcontext().prec = 50
        logs = [(decimal(x).ln(), decimal(y).ln()) for x, y in pairs]
        slope, rho = correlation([x for x, _ in logs], [y for _, y in logs])
        rho = rho if len({y for _, y in pairs}) > 1 else None
    return {
        "pairs": len(pairs), "slope": places(slope, 6), "correlation": places(rho, 6), "noise": Decimal("-0.5"), "shifts": Decimal(0),
    }  # fmt: skip


def norm(panel: Panel, names: list[str], span: tuple[int, int] | None = None) -> dict[str, Any]:
    """What the JSON of the norm says, for bases that each settle somebody."""
    settled = {name: settle(panel, name) for name in names}
    cells = set.intersection(*({(area, year) for area, years in held.items() for year in years} for held in settled.values()))
    if span:
        cells = {(area, year) for area, year in cells if span[0] <= year <= span[1]}
    bases = []
    for name, held in settled.items():
        compared = []
        for area, years in held.items():
            kept = [pair for year, pair in years.items() if (area, year) in cells]
            if kept:
                compared.append((sum(frame for frame, _ in kept), sum(cost for _, cost in kept)))
        sums = {area: (sum(frame for frame, _ in years.values()), sum(cost for _, cost in years.values())) for area, years in held.items()}
        by_year: dict[int, list[tuple[int, int]]] = {}
        for years in held.values():
            for year, pair in years.items():
                by_year.setdefault(year, []).append(pair)
        out = {area: [year for year in panel.bases(name) if year not in held.get(area, {})] for area in panel.costs}
        bases.append(
            {
                "base": name,
                "compared": told(compared) if compared else None,
                "together": told(list(sums.values())),
                "years": [{"year": year, **told(by_year[year])} for year in sorted(by_year)],
                "spearman": spearman(panel, name, held),
                "left_out": [{"area": area, "years": years} for area, years in out.items() if years],
                "results": [
                    {
                        "area": area,
                        **figures(*sums[area]),
                        "years": [{"year": year, **figures(*held[area][year])} for year in sorted(held[area])],
                    }
                    for area in panel.costs
                    if area in held
                ],
                "luck": None,
                "terms": None,
            }
        )
    return {
        "years": panel.years,
        "areas": [
            {"area": area, "first": min(costs, default=None), "last": max(costs, default=None)} for area, costs in panel.costs.items()
        ],
        "compared": {"years": sorted({year for _, year in cells}), "areas": len({area for area, _ in cells})},
        "regression": regression(panel),
        "bases": bases,
    }


def figures(frame: int, cost: int) -> dict[str, Any]:
    share = places(Fraction(100 * (frame - cost), frame), 2) if frame else None
    return {"frame": frame, "cost": cost, "result": frame - cost, "percent": share}
