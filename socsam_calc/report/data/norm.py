"""The norm for programs: JSON, schema ``socsam.norm/1``, and rows.

Amounts are exact kronor, those of an index null; percents have two decimals and correlations six, rounded only here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ...answers.norm.luck import Drawn, Luck
from ...answers.norm.norm import SHARES, AreaResult, BaseResult, Block, Norm
from ...answers.norm.statistics import DECIMALS, Percentiles
from ...answers.norm.terms import Applied, AreaTerms
from ...model.panel import Cost, Panel
from ...money import ORE_PER, round_fraction
from .json import Kronor, decimal, kronor, write
from .records import ORE, Field, Records, Value, amounts, numbers, percents, texts

SCHEMA: Final = "socsam.norm/1"
PERCENT: Final = 2
"""The decimals of a percent."""

ROWS: Final = ("areas", "years", "bases", "terms")


class Case(NamedTuple):
    """A norm, with its luck and an agreement's terms applied to it where these were asked for."""

    norm: Norm
    luck: Drawn | None = None
    terms: Applied | None = None


def document(case: Case) -> str:
    """The whole JSON document."""
    return write(norm_data(case)) + "\n"


def norm_data(case: Case) -> dict[str, Any]:
    """The norm of a panel, as the schema has it."""
    norm, panel = case.norm, case.norm.panel
    return {
        "schema": SCHEMA,
        "currency": "SEK",
        "file": panel.file,
        "unit": panel.unit,
        "rounding": panel.rounding,
        "country": panel.country,
        "years": list(panel.years),
        "areas": [
            {"area": area, "first": min(costs, default=None), "last": max(costs, default=None)} for area, costs in panel.costs.items()
        ],
        "compared": {"years": list(norm.compared_years), "areas": norm.compared_areas},
        "regression": {
            "pairs": norm.regression.pairs,
            "slope": _decimals(norm.regression.slope, DECIMALS),
            "correlation": _decimals(norm.regression.correlation, DECIMALS),
            "noise": _decimals(norm.regression.noise, DECIMALS),
            "shifts": _decimals(norm.regression.shifts, DECIMALS),
        },
        "bases": [_base(case, base) for base in norm.bases],
    }


def _base(case: Case, base: BaseResult) -> dict[str, Any]:
    panel = case.norm.panel
    compared = case.norm.compared(base)
    return {
        "base": base.name,
        "compared": None if compared is None else _block(compared, panel),
        "together": _block(base.together, panel),
        "years": [{"year": year, **_block(one, panel)} for year, one in base.years.items()],
        "spearman": {"areas": base.spearman.areas, "rho": _decimals(base.spearman.rho, DECIMALS)},
        "left_out": [{"area": one.area, "years": list(one.years)} for one in base.left_out],
        "results": [_result(one, panel) for one in base.results],
        "luck": None if case.luck is None else _luck(case.luck.by_base[base.name], panel),
        "terms": None if case.terms is None else [_terms(one, case.terms.rounding) for one in case.terms.by_base[base.name]],
    }


def _block(one: Block, panel: Panel) -> dict[str, Any]:
    weighted: Percentiles = dict.fromkeys(SHARES) if panel.rounding is None else one.weighted
    return {
        "areas": one.areas,
        "surplus": one.surplus,
        "deficit": one.deficit,
        "sum_surplus": amount(one.sum_surplus, panel),
        "sum_deficit": amount(one.sum_deficit, panel),
        "frame": amount(one.frame, panel),
        "result": amount(one.result, panel),
        "no_percent": one.no_percent,
        "percentiles": _percents(one.percentiles),
        "weighted": _percents(weighted),
    }


def _result(one: AreaResult, panel: Panel) -> dict[str, Any]:
    return {
        "area": one.area,
        **_amounts(one.frame, one.cost, one.percent, panel),
        "years": [{"year": year.year, **_amounts(year.frame, year.cost, year.percent, panel)} for year in one.years],
    }


def _amounts(frame: Cost, cost: Cost, percent: Fraction | None, panel: Panel) -> dict[str, Any]:
    return {
        "frame": amount(frame, panel),
        "cost": amount(cost, panel),
        "result": amount(frame - cost, panel),
        "percent": _decimals(percent, PERCENT),
    }


def _luck(luck: Luck, panel: Panel) -> dict[str, Any]:
    return {
        "draws": luck.draws,
        "seed": luck.seed,
        "groups": [{"group": one.group, "areas": one.areas, "percentiles": _percents(one.percentiles)} for one in luck.groups],
        "places": [{"area": one.area, "group": one.group, "place": _decimals(one.place, 1)} for one in luck.places],
        "surplus": {str(p): None if value is None else int(value) for p, value in luck.surplus.items()},
        "sum_surplus": {str(p): None if value is None else amount(value, panel) for p, value in luck.sum_surplus.items()},
    }


def _terms(one: AreaTerms, rounding: str) -> dict[str, Any]:
    return {
        "area": one.area,
        "years": [
            {"year": year.year, "parties": [{"role": role, "settled": kronor(units, rounding)} for role, units in year.settled.items()]}
            for year in one.years
        ],
    }


def amount(units: Cost, panel: Panel) -> Kronor | int | None:
    """Rounding units as kronor, to the öre where they were not rounded; None of an index."""
    return None if panel.rounding is None else kronor(round_fraction(Fraction(units) * ORE_PER[panel.rounding]), "öre")


def _decimals(value: Fraction | None, places: int) -> Kronor | None:
    return None if value is None else decimal(value, places)


def _percents(held: Mapping[int, Fraction | None]) -> dict[str, Kronor | None]:
    return {str(p): _decimals(value, PERCENT) for p, value in held.items()}


# --- rows --------------------------------------------------------------------------------------------------------------


def norm_records(cases: Sequence[Case], kind: str) -> Records:
    """A row for each base and area (`areas`), each year of it (`years`), each base with what is told of it (`bases`), or each role settled (`terms`)."""
    labels = texts("file", "base", "area")
    of_area = [*amounts(ORE, "frame", "cost", "result"), *percents(PERCENT, "percent")]
    match kind:
        case "areas":
            fields = [*labels, *numbers(0, "years", "left_out"), *of_area, Field("group", 0), Field("place", 1)]
            return Records(fields, (row for case in cases for row in _area_rows(case)))
        case "years":
            return Records([*labels, Field("year", 0), *of_area], (row for case in cases for row in _year_rows(case)))
        case "bases":
            counted = numbers(0, "areas", "surplus", "deficit")
            summed = amounts(ORE, "sum_surplus", "sum_deficit", "frame", "result")
            shares = percents(PERCENT, *(f"p{p}" for p in SHARES), *(f"weighted_p{p}" for p in SHARES))
            fields = [*texts("file", "base", "over"), *counted, *summed, Field("no_percent", 0), *shares]
            return Records(fields, (row for case in cases for row in _base_rows(case)))
        case _:
            fields = [*labels, Field("year", 0), Field("role"), *amounts(ORE, "settled")]
            return Records(fields, (row for case in cases for row in _term_rows(case)))


def _area_rows(case: Case) -> Iterator[list[Value]]:
    panel = case.norm.panel
    for base in case.norm.bases:
        places = {} if case.luck is None else {one.area: one for one in case.luck.by_base[base.name].places}
        out = {one.area: len(one.years) for one in base.left_out}
        held = {one.area: one for one in base.results}
        for area in panel.costs:
            one, place = held.get(area), places.get(area)
            told: list[Value] = [None] * 4 if one is None else list(_amounts(one.frame, one.cost, one.percent, panel).values())
            stands: list[Value] = [None, None] if place is None else [place.group, _decimals(place.place, 1)]
            yield [panel.file, base.name, area, 0 if one is None else len(one.years), out.get(area, 0), *told, *stands]


def _year_rows(case: Case) -> Iterator[list[Value]]:
    panel = case.norm.panel
    for base in case.norm.bases:
        for one in base.results:
            for year in one.years:
                yield [panel.file, base.name, one.area, year.year, *_amounts(year.frame, year.cost, year.percent, panel).values()]


def _base_rows(case: Case) -> Iterator[list[Value]]:
    panel = case.norm.panel
    for base in case.norm.bases:
        over: list[tuple[str, Block | None]] = [("compared", case.norm.compared(base)), ("together", base.together)]
        for name, told in [*over, *((str(year), one) for year, one in base.years.items())]:
            if told is None:
                continue
            data = _block(told, panel)
            yield [panel.file, base.name, name, *_flat(data.values())]


def _flat(values: Iterable[Any]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, dict):
            yield from value.values()
        else:
            yield value


def _term_rows(case: Case) -> Iterator[list[Value]]:
    terms = case.terms
    if terms is None:
        return
    for base in case.norm.bases:
        for one in terms.by_base[base.name]:
            for year in one.years:
                for role, units in year.settled.items():
                    yield [case.norm.panel.file, base.name, one.area, year.year, role, kronor(units, terms.rounding)]
