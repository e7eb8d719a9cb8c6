"""Evaluation effects for programs: JSON, schema ``socsam.evaluation/1``, and rows.

Effects are exact fractions inside; here amounts are kronor rounded to the öre, and percentages of the frame to four decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from ...answers.evaluate import Effect, Measure
from ...engine.steps import Step
from ...model.evaluation import ROUNDING, Evaluation, FrameBounds
from ...money import round_fraction
from .json import Kronor, entries, kronor
from .records import ORE, Field, Records, Value, amounts, percents, texts

SCHEMA: Final = "socsam.evaluation/1"

Case = tuple[str, Effect, Sequence[Effect] | None, Mapping[str, Effect] | None]
"""A file, its effect, the effects under every base year, and those without each item, where asked for."""

_DERIVED: Final = ("effect", "per_year", "per_inhabitant", "per_year_and_inhabitant")


def document(evaluations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, one evaluation at a time."""
    return entries(SCHEMA, "evaluations", evaluations)


def evaluation_data(file: str, effect: Effect, base_years: Sequence[Effect] | None, without: Mapping[str, Effect] | None) -> dict[str, Any]:
    """One file's evaluation effect, as the schema has it."""
    evaluation = effect.evaluation
    area = evaluation.control_area
    return {
        "file": file,
        "area": evaluation.area,
        "title": evaluation.title,
        "unit": evaluation.unit,
        "population": evaluation.population,
        "base_year": effect.base_year,
        "years": list(evaluation.years),
        "control_area": None if area is None else {"name": area.name, "municipalities": list(area.municipalities)},
        "frame": _frame(evaluation),
        "assumptions": list(evaluation.assumptions),
        "items": [
            {
                "id": item.id,
                "name": item.name,
                "kind": item.kind,
                "published": item.published,
                **_measure(item.measure),
                "years": [
                    {"year": year, "actual": _amount(one.actual), "expected": _amount(one.expected), "effect": _amount(one.effect)}
                    for year, one in item.years.items()
                ],
            }
            for item in effect.items
        ],
        "years_total": [{"year": year, "effect": _amount(one)} for year, one in effect.yearly.items()],
        "transfers": None if effect.transfers is None else _measure(effect.transfers),
        "total": _measure(effect.total),
        "base_years": None if base_years is None else _cases(base_years, [{"base_year": one.base_year} for one in base_years]),
        "left_out": None if without is None else _cases(list(without.values()), [{"item": name} for name in without]),
    }


def _frame(evaluation: Evaluation) -> dict[str, Any] | None:
    frame = evaluation.frame
    if frame is None:
        return None
    least, most = (frame.at_least, frame.at_most) if isinstance(frame, FrameBounds) else (frame, frame)
    return {"at_least": kronor(least, ROUNDING), "at_most": kronor(most, ROUNDING)}


def _cases(effects: Sequence[Effect], labels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The effect under several choices, the lowest and the highest, and what lies between them."""
    values = [effect.total.effect.value for effect in effects]
    low, high = (kronor(round_fraction(value), ROUNDING) for value in (min(values), max(values)))
    return {
        "low": low,
        "high": high,
        "spread": kronor(round_fraction(max(values) - min(values)), ROUNDING),
        "cases": [
            {
                **label,
                "transfers": None if effect.transfers is None else _amount(effect.transfers.effect),
                "total": _amount(effect.total.effect),
            }
            for label, effect in zip(labels, effects, strict=True)
        ],
    }


def _amount(step: Step[Any]) -> Kronor | int | None:
    """Öre, exact, as kronor rounded to the öre."""
    return kronor(round_fraction(Fraction(step.value)), ROUNDING)


def _percent(step: Step[Any]) -> Kronor:
    """A share as a percentage with four decimals."""
    count = round_fraction(step.value * 10**6)
    whole, rest = divmod(abs(count), 10**4)
    return Kronor(f"{'-' if count < 0 else ''}{whole}.{rest:04}")


def _measure(measure: Measure) -> dict[str, Any]:
    held = measure.percent_of_frame
    return {
        **{name: _amount(getattr(measure, name)) for name in _DERIVED},
        "percent_of_frame": None if held is None else {"low": _percent(held[0]), "high": _percent(held[1])},
    }


def evaluation_records(cases: Iterable[Case], rows: str = "items") -> Records:
    """A row for each file, choice and item, with the transfers and the total; or, ``rows`` being `years`, for each item and year."""
    labels = [*texts("file", "area"), Field("base_year", 0), *texts("left_out", "level", "id", "name", "kind")]
    if rows == "items":
        percent = percents(4, "percent_of_frame_low", "percent_of_frame_high")
        return Records([*labels, Field("published"), *amounts(ORE, *_DERIVED), *percent], _rows(cases, _item_rows))
    return Records([*labels, Field("year", 0), *amounts(ORE, "actual", "expected", "effect")], _rows(cases, _year_rows))


def _rows(cases: Iterable[Case], of: Callable[[Effect], Iterable[list[Value]]]) -> Iterator[list[Value]]:
    for file, effect, base_years, without in cases:
        chosen: list[tuple[str | None, Effect]] = [(None, one) for one in (base_years or [effect])]
        chosen += (without or {}).items()
        for left_out, one in chosen:
            labels: list[Value] = [file, one.evaluation.area, one.base_year, left_out]
            yield from (labels + row for row in of(one))


def _item_rows(effect: Effect) -> Iterator[list[Value]]:
    measures: list[tuple[list[Value], Measure]] = [
        (["item", item.id, item.name, item.kind, "yes" if item.published else "no"], item.measure) for item in effect.items
    ]
    if effect.transfers is not None:
        measures.append((["transfers", None, None, "transfer", None], effect.transfers))
    measures.append((["total", None, None, None, None], effect.total))
    for labels, measure in measures:
        held = measure.percent_of_frame
        percent: list[Value] = [None, None] if held is None else [_percent(step) for step in held]
        yield [*labels, *(_amount(getattr(measure, name)) for name in _DERIVED), *percent]


def _year_rows(effect: Effect) -> Iterator[list[Value]]:
    for item in effect.items:
        for year, one in item.years.items():
            yield ["item", item.id, item.name, item.kind, year, _amount(one.actual), _amount(one.expected), _amount(one.effect)]
