"""Evaluation effects for programs: JSON, schema ``socsam.evaluation/1``, and tidy CSV.

Effects are exact fractions inside; here amounts are kronor rounded to the öre, and percentages of the frame to four decimals.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any, Final, TextIO

from ..engine.steps import Step
from ..evaluation.effect import Effect, Measure
from ..model.evaluation import ROUNDING, Evaluation, FrameBounds
from ..money import round_fraction
from .csv import harmless
from .json import Kronor, kronor, write

SCHEMA: Final = "socsam.evaluation/1"

Case = tuple[str, Effect, Sequence[Effect] | None, Mapping[str, Effect] | None]
"""A file, its effect, the effects under every base year, and those without each item, where asked for."""

_DERIVED: Final = ("effect", "per_year", "per_inhabitant", "per_year_and_inhabitant")


def document(evaluations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, one evaluation at a time."""
    yield f'{{"schema": {encode_basestring(SCHEMA)}, "currency": "SEK", "evaluations": ['
    separator = "\n"
    for evaluation in evaluations:
        yield separator + write(evaluation)
        separator = ",\n"
    yield "\n]}\n"


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


def write_csv(stream: TextIO, cases: Iterable[Case], *, rows: str, excel: bool) -> None:
    """Tidy rows: one for each file, choice and item, with the transfers and the total; or one for each item and year.

    ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas.
    """
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    head = ["file", "area", "base_year", "left_out", "level", "id", "name", "kind"]
    if rows == "items":
        writer.writerow([*head, "published", *_DERIVED, "percent_of_frame_low", "percent_of_frame_high"])
    else:
        writer.writerow([*head, "year", "actual", "expected", "effect"])
    for file, effect, base_years, without in cases:
        chosen = [("", one) for one in (base_years or [effect])] + list((without or {}).items())
        for left_out, one in chosen:
            labels = [file, one.evaluation.area, one.base_year, left_out]
            for labelled, numbers in _item_rows(one) if rows == "items" else _year_rows(one):
                texts = ["" if text is None else text for text in (*labels, *labelled)]
                figures = ["" if number is None else str(number) for number in numbers]
                writer.writerow(
                    [
                        *((harmless(text) for text in texts) if excel else texts),
                        *(text.replace(".", ",") if excel else text for text in figures),
                    ]
                )


_Row = tuple[Sequence[object], Sequence[Kronor | int | None]]


def _item_rows(effect: Effect) -> Iterator[_Row]:
    measures: list[tuple[Sequence[object], Measure]] = [
        (("item", item.id, item.name, item.kind, "yes" if item.published else "no"), item.measure) for item in effect.items
    ]
    if effect.transfers is not None:
        measures.append((("transfers", "", "", "transfer", ""), effect.transfers))
    for labels, measure in [*measures, (("total", "", "", "", ""), effect.total)]:
        held = measure.percent_of_frame
        percent = [None, None] if held is None else [_percent(step) for step in held]
        yield labels, [*(_amount(getattr(measure, name)) for name in _DERIVED), *percent]


def _year_rows(effect: Effect) -> Iterator[_Row]:
    for item in effect.items:
        for year, one in item.years.items():
            yield ("item", item.id, item.name, item.kind, year), [_amount(one.actual), _amount(one.expected), _amount(one.effect)]
