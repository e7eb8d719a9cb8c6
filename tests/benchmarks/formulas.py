"""The formulas that are measured: as an agreement file, and as the plain NumPy float64 code that somebody would write for it by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

PARTIES, ACTIVITIES, ADJUSTED = 3, 8, 2
SURPLUS, DEFICIT = (0.31, 0.27, 0.42), (0.22, 0.18, 0.6)
OUTCOME, SERIES = "series.riket.outcome.{}", 1_000


class Formula(NamedTuple):
    """An agreement, its random inputs, the figures that are computed, and the same by hand."""

    name: str
    text: str
    figures: list[str]
    denominators: dict[str, int]
    inputs: Callable[[int, np.random.Generator], dict[str, Any]]
    plain: Callable[[dict[str, Any]], dict[str, Any]]


def amount(activity: int) -> int:
    return (activity + 2) * 10_000_000


def agreement(years: range, sharing: str) -> str:
    activities = "\n".join(
        f"  a{i}: {{funder: p{i % PARTIES}, cost: health_care{', adjust: riket' if i < ADJUSTED else ''}}}" for i in range(ACTIVITIES)
    )
    rows = ", ".join(f"a{i}: {amount(i)}" for i in range(ACTIVITIES))
    stated = "\n".join(f"  {year}:\n    frame: {{{rows}}}\n    actual: {{{rows}}}" for year in years)
    return f"""format: socsam/1
area: Benchmark
period: {{start: {years[0]}-01-01, end: {years[-1]}-12-31}}
parties:
  p0: {{role: insurance_office}}
  p1: {{role: county_council}}
  p2: {{role: municipality}}
activities:
{activities}
series:
  riket:
    outcome: {{{", ".join(f"{year}: 110" for year in years)}}}
    forecast: {{{", ".join(f"{year}: 108" for year in years)}}}
sharing:
{sharing}
years:
{stated}
"""


def inputs_of(years: range) -> Callable[[int, np.random.Generator], dict[str, Any]]:
    """Costs within some per cent of the frame, and the national outcome."""

    def inputs(size: int, rng: np.random.Generator) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for year in years:
            for i in range(ACTIVITIES):
                costs = np.rint(amount(i) * (1.02 + 0.05 * rng.standard_normal(size)))
                found[f"years.{year}.actual.a{i}"] = costs.astype(np.int64)
            found[OUTCOME.format(year)] = rng.integers(105_000, 115_000, size)
        return found

    return inputs


def figures_of(years: range) -> list[str]:
    paths = []
    for year in years:
        paths += [f"{year}.totals.result", f"{year}.totals.shared"]
        paths += [f"{year}.parties.p{p}.{name}" for p in range(PARTIES) for name in ("settled", "transfer")]
    return paths


def plain_for(share: float) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def plain(values: dict[str, Any]) -> dict[str, Any]:
        growth = values[OUTCOME.format(1998)] / 108
        result: Any = 0.0
        shared: Any = 0.0
        before: list[Any] = [0.0] * PARTIES
        kept: list[Any] = [0.0] * PARTIES
        for i in range(ACTIVITIES):
            final = amount(i) * growth if i < ADJUSTED else amount(i)
            row = final - values[f"years.1998.actual.a{i}"]
            result = result + row
            before[i % PARTIES] = before[i % PARTIES] + row
            if share < 1:
                row_shared = share * row
                shared = shared + row_shared
                kept[i % PARTIES] = kept[i % PARTIES] + (row - row_shared)
        if share == 1:
            shared = result
        gained = shared > 0
        found = {"1998.totals.result": result, "1998.totals.shared": shared}
        for p in range(PARTIES):
            settled = shared * np.where(gained, SURPLUS[p], DEFICIT[p]) + kept[p]
            found[f"1998.parties.p{p}.settled"] = settled
            found[f"1998.parties.p{p}.transfer"] = settled - before[p]
        return found

    return plain


_KEYS = """  surplus: {p0: 31 %, p1: 27 %, p2: rest}
  deficit: {p0: 22 %, p1: 18 %, p2: rest}"""
_ONE, _THREE = range(1998, 1999), range(1998, 2001)

PLAIN_WHOLE = Formula(
    "plain, all shared",
    agreement(_ONE, f"  shared: 100 %\n{_KEYS}"),
    figures_of(_ONE),
    {OUTCOME.format(1998): SERIES},
    inputs_of(_ONE),
    plain_for(1),
)
PLAIN_HALF = Formula(
    "plain, half shared",
    agreement(_ONE, f"  shared: 50 %\n{_KEYS}"),
    figures_of(_ONE),
    {OUTCOME.format(1998): SERIES},
    inputs_of(_ONE),
    plain_for(0.5),
)


def plain_bands(values: dict[str, Any]) -> dict[str, Any]:
    """Three years; 90 % of each result shared, through bands; the surplus by the frame; paid in the last year."""
    found: dict[str, Any] = {}
    carried: list[Any] = [0.0] * PARTIES
    for year in _THREE:
        growth = values[OUTCOME.format(year)] / 108
        final = [amount(i) * growth if i < ADJUSTED else amount(i) for i in range(ACTIVITIES)]
        rows = [final[i] - values[f"years.{year}.actual.a{i}"] for i in range(ACTIVITIES)]
        contributions = [sum(final[i] for i in range(p, ACTIVITIES, PARTIES)) for p in range(PARTIES)]
        frame = sum(contributions)
        stated = [0.9 * row for row in rows]
        total = sum(stated)
        size, sign = np.abs(total), np.sign(total)
        inside = np.minimum(size, 0.01 * frame) * 0.5 + np.clip(size - 0.01 * frame, 0, 0.02 * frame)
        inside = inside + np.maximum(size - 0.03 * frame, 0) * 0.8
        shared = sign * inside
        bearing = [np.maximum(sign * row, 0) for row in stated]
        part = sign * (size - inside) / np.maximum(sum(bearing), 1)
        kept = [rows[i] - (stated[i] - bearing[i] * part) for i in range(ACTIVITIES)]
        gained = shared > 0
        found[f"{year}.totals.result"], found[f"{year}.totals.shared"] = sum(rows), shared
        for p in range(PARTIES):
            own = range(p, ACTIVITIES, PARTIES)
            settled = shared * np.where(gained, contributions[p] / frame, DEFICIT[p]) + sum(kept[i] for i in own)
            carried[p] = carried[p] + settled - sum(rows[i] for i in own)
            found[f"{year}.parties.p{p}.settled"] = settled
            found[f"{year}.parties.p{p}.transfer"] = carried[p] if year == _THREE[-1] else 0.0
    return found


BANDS = Formula(
    "three years with bands",
    agreement(
        _THREE,
        "  shared: 90 %\n  bands: [{to: 1 %, shared: 50 %}, {to: 3 %, shared: 100 %}, {shared: 80 %}]\n"
        "  surplus: frame\n  deficit: {p0: 22 %, p1: 18 %, p2: rest}\n  distribute: at_end",
    ),
    figures_of(_THREE),
    {OUTCOME.format(year): SERIES for year in _THREE},
    inputs_of(_THREE),
    plain_bands,
)
