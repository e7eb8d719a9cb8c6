"""Simulations for programs: JSON, schema ``socsam.simulation/1``, and rows. Amounts in kronor, rounded to the öre; chances from 0 to 1."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ...money import ORE_PER, round_fraction
from ...problems import OutputError
from .json import Kronor, decimal, entries, idle_data, kronor
from .records import ORE, Field, Records, Value, amounts, texts

if TYPE_CHECKING:
    from ...answers.simulation.simulate import Simulated
    from ...answers.simulation.tally import Figure

SCHEMA: Final = "socsam.simulation/1"
SHARES: Final = (Fraction(1, 20), Fraction(1, 2), Fraction(19, 20))
"""The quantiles that are shown."""

BARS: Final = 12
"""How many bars a histogram has, about."""


def _exact(units: Fraction | int | None, rounding: str) -> Any:
    """Rounding units as kronor, rounded to the öre."""
    if units is None:
        return None
    if isinstance(units, int):
        return kronor(units, rounding)
    return kronor(round_fraction(units * ORE_PER[rounding]), "öre")


def _share(count: int, whole: int) -> Kronor | None:
    """A chance as a decimal, to nine digits."""
    return decimal(Fraction(count, whole), 9) if whole else None


def simulation_data(one: Simulated) -> dict[str, Any]:
    """One simulation, as the schema has it. Amounts in kronor, chances from 0 to 1."""
    tally, agreement, rounding = one.tally, one.job.agreement, one.job.agreement.rounding
    settled = tally.draws - tally.refused
    return {
        "file": one.job.name,
        "area": agreement.area,
        "title": agreement.title,
        "unit": agreement.unit,
        "rounding": rounding,
        "assumptions": list(agreement.assumptions),
        "seed": one.job.seed,
        "draws": tally.draws,
        "wanted": one.wanted,
        "partial": one.partial,
        "refused": tally.refused,
        "one_by_one": tally.slow,
        "inputs": [
            {"path": item.name, "distribution": item.distribution, "set_to_limit": tally.clipped.get(item.name, 0)}
            for item in one.job.inputs
        ],
        "without_effect": [idle_data(item) for item in one.job.idle],
        "figures": [_figure(path, figure, rounding) for path, figure in tally.figures.items()],
        "bounds": [
            {
                "figure": bound.figure,
                "min": _exact(bound.least, rounding),
                "max": _exact(bound.most, rounding),
                "equals": _exact(bound.equals, rounding),
                "chance_missed": _share(missed, settled),
            }
            for bound, missed in zip(tally.bounds, tally.missed, strict=True)
        ],
        "chance_any_missed": _share(tally.missed_any, settled) if tally.bounds else None,
        "reserve": [
            {
                "year": watched.year,
                "floor": _exact(watched.floor, rounding),
                "chance_at_floor": None if watched.floor is None else _share(tally.capital[watched.year, "floor"], settled),
                "chance_above_ceiling": None if watched.ceiling is None else _share(tally.capital[watched.year, "ceiling"], settled),
            }
            for watched in one.job.capital
        ],
    }


def _figure(path: str, figure: Figure, rounding: str) -> dict[str, Any]:
    low, middle, high = figure.quantiles(SHARES)
    return {
        "path": path,
        "draws": figure.count,
        "mean": _exact(figure.mean, rounding),
        "sd": _exact(figure.deviation, rounding),
        "min": _exact(figure.least, rounding),
        "p5": _exact(low, rounding),
        "p50": _exact(middle, rounding),
        "p95": _exact(high, rounding),
        "max": _exact(figure.most, rounding),
        "quantile_error": _exact(figure.error, rounding),
        "chance_negative": _share(figure.negative, figure.count),
        "histogram": [
            {"from": _exact(least, rounding), "below": _exact(above, rounding), "draws": count}
            for least, above, count in figure.histogram(BARS)
        ],
    }


def document(simulations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole JSON document in pieces."""
    return entries(SCHEMA, "simulations", simulations)


_MEASURES: Final = (
    Field("draws", 0),
    *amounts(ORE, "mean", "sd", "min", "p5", "p50", "p95", "max", "quantile_error"),
    Field("chance_negative", 9),
)
"""What is known of a figure's draws."""


def simulation_records(simulations: Iterable[Simulated]) -> Records:
    """A row for each file and figure; amounts in kronor."""
    fields = [*texts("file", "area"), Field("seed", 0), *texts("partial", "figure"), *_MEASURES]
    return Records(fields, _figure_rows(simulations))


def _figure_rows(simulations: Iterable[Simulated]) -> Iterator[list[Value]]:
    for one in simulations:
        for path, figure in one.tally.figures.items():
            data = _figure(path, figure, one.job.agreement.rounding)
            yield [one.job.name, one.job.agreement.area, one.job.seed, one.partial, path, *(data[measure.name] for measure in _MEASURES)]


def draw_records(simulations: Sequence[Simulated]) -> Records:
    """A row for each draw, drawn and settled anew: its inputs and its figures, amounts in kronor.

    Raises OutputError where the files draw different inputs or have different figures.
    """
    from ...answers.simulation.job import header

    if not simulations:
        return Records([], [])
    jobs = [one.job for one in simulations]
    names = header(jobs[0])
    if any(header(job) != names for job in jobs):
        raise OutputError("the files draw different inputs or have different figures\n   take the draws of one file at a time")
    ore = ORE if any(job.agreement.rounding == "öre" for job in jobs) else 0
    inputs = [Field(one.name, ore, "kr") if one.kind == "amount" else Field(one.name, 18) for one in jobs[0].inputs]
    fields = [Field("file"), Field("draw", 0), *inputs, *amounts(ore, *jobs[0].figures)]
    return Records(fields, chain.from_iterable(map(_draw_rows, simulations)))


def _draw_rows(one: Simulated) -> Iterator[list[Value]]:
    from ...answers.simulation.job import TOGETHER, run
    from ...answers.simulation.tally import Steps

    for start in range(0, one.tally.draws, TOGETHER):
        part = run(one.job, {path: Steps(0, None) for path in one.job.figures}, start, min(start + TOGETHER, one.tally.draws), rows=True)
        for name, *written in csv.reader(io.StringIO(part.rows)):
            yield [name, *(Kronor(text) if "." in text else int(text) if text else None for text in written)]
