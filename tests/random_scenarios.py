"""Random scenarios of an agreement, and the comparison of a batch with the ordinary engine, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from socsam_calc.batch.engine import Batch, units_at
from socsam_calc.batch.inputs import kind_of, path_of, value_at
from socsam_calc.batch.plain import Plain
from socsam_calc.engine.results import Settlement
from socsam_calc.model.agreement import Agreement

DENOMINATOR = 100_000
"""Of the random numbers of series, shares and percentages, unless the agreement's own need another."""


def varying_values(agreement: Agreement) -> Iterator[tuple[str, int | Fraction]]:
    """Every value of the agreement that a batch can vary, by its path."""
    names: list[str] = []
    for number, year in agreement.years.items():
        at = f"years.{number}"
        for kind in ("actual", "estimate", "budget", "transferred"):
            names += [f"{at}.{kind}.{name}" for name in getattr(year, kind) or {}]
        if year.to_date is not None:
            names += [f"{at}.to_date.actual.{activity}" for activity in year.to_date.actual]
            named = year.to_date.remaining if isinstance(year.to_date.remaining, dict) else {}
            names += [f"{at}.to_date.remaining.{activity}" for activity, rest in named.items() if isinstance(rest, int)]
        for activity, amount in year.frame.items():
            names += [f"{at}.frame.{activity}"] if isinstance(amount, int) else [f"{at}.frame.{activity}.{party}" for party in amount]
        names += [f"{at}.corrections.{i}.{'percent' if c.amount is None else 'amount'}" for i, c in enumerate(year.corrections)]
        names += [f"{at}.conversions.{i}.amount" for i in range(len(year.conversions))]
        names += [f"{at}.uses.{i}.amount" for i in range(len(year.uses))]
        names += [f"{at}.{name}" for name in ("result", "shortfall") if getattr(year, name) is not None]
        if year.sharing is not None and "shared" in year.sharing.model_fields_set:
            shared = year.sharing.shared
            names += [f"{at}.sharing.shared"] if isinstance(shared, Fraction) else [f"{at}.sharing.shared.{name}" for name in shared]
    names += [f"activities.{name}.base.amount" for name, activity in agreement.activities.items() if hasattr(activity.base, "amount")]
    for name, series in agreement.series.items():
        names += [f"series.{name}.{kind}.{year}" for kind in ("outcome", "forecast") for year in getattr(series, kind)]
    names += [f"opening.{party}" for party in agreement.opening.claims]
    names += [f"opening.contributed.{party}" for party in agreement.opening.contributed]
    names += ["opening.reserve"] if agreement.opening.reserve is not None else []
    shared = agreement.sharing.shared
    names += ["sharing.shared"] if isinstance(shared, Fraction) else [f"sharing.shared.{name}" for name in shared]
    for name in names:
        yield name, value_at(agreement, path_of(name))


class Scenarios(NamedTuple):
    """A batch and its inputs."""

    batch: Batch
    inputs: dict[str, Any]


def random_scenarios(agreement: Agreement, rng: np.random.Generator, size: int, share: float = 0.6, spread: float = 0.3) -> Scenarios:
    """Vary a random ``share`` of the agreement's values around what they are; a tenth of the amounts become 0, some change sign."""
    denominators: dict[str, int] = {}
    inputs: dict[str, Any] = {}
    for name, value in varying_values(agreement):
        kind = kind_of(agreement, path_of(name))
        if rng.random() > share or kind is None:
            continue
        factor = 1 + spread * rng.standard_normal(size)
        if kind in ("number", "share", "percent"):
            denominators[name] = DENOMINATOR if abs(value) >= Fraction(1, DENOMINATOR) or not value else value.denominator
            around = np.rint(float(value) * denominators[name] * factor)
            if kind == "share":
                around = np.where(rng.random(size) < 0.2, rng.choice([0, denominators[name]], size), np.clip(around, 0, denominators[name]))
            inputs[name] = np.maximum(around, 1 if kind == "number" else -(2.0**62)).astype(np.int64)
            continue
        denominators[name] = 1
        amounts = np.rint(float(value) * factor + rng.integers(-3, 4, size))
        if kind == "amount":
            amounts *= rng.choice([1, 1, 1, -1, 0], size)
        else:
            amounts = np.where(rng.random(size) < 0.1, 0, np.abs(amounts)) + (kind == "positive")
        inputs[name] = amounts.astype(np.int64)
    if not inputs:
        return random_scenarios(agreement, rng, size, 1, spread)
    return Scenarios(Batch(agreement, denominators), inputs)


def differences(scenarios: Scenarios, size: int) -> tuple[list[str], int, int]:
    """Where the batch, or the same in plain integers, and the ordinary engine differ; how many scenarios both refuse, and how many the
    batch left to the engine."""
    batch, inputs = scenarios
    result = batch.run(inputs)
    bounds = {name: (int(values.min()), int(values.max())) for name, values in inputs.items()}
    plain = Plain(batch.agreement, bounds, batch.denominators, batch.figures)
    found = []
    for index in range(size):
        settlement = batch.one({name: int(values[index]) for name, values in inputs.items()})
        row = plain.settle([int(values[index]) for values in inputs.values()]) if plain.usable else None
        if row is not None and settlement is None:
            found.append(f"scenario {index}: settled in plain integers, and refused by the engine")
        elif row is not None and settlement is not None:
            wanted = [units_at(settlement, path) for path in plain.figures]
            found += [
                f"scenario {index}: {path} is {got} in plain integers, {expected} in the engine"
                for path, got, expected in zip(plain.figures, row, wanted, strict=True)
                if got != expected
            ]
        if settlement is not None and any(abs(units_at(settlement, path) or 0) >= 2**63 for path in batch.figures):
            settlement = None  # a batch holds figures of 64 bits
        if (settlement is None) != bool(result.refused[index]):
            found.append(f"scenario {index}: refused {bool(result.refused[index])}, and the engine {settlement is None}")
        elif settlement is not None:
            found += [f"scenario {index}: {line}" for line in unequal(settlement, index, result.values, result.known)]
    return found, int(result.refused.sum()), result.slow


def unequal(settlement: Settlement, index: int, values: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """The figures of one scenario that differ."""
    for path, array in values.items():
        expected = units_at(settlement, path)
        got = int(array[index]) if path not in known or known[path][index] else None
        if expected != got:
            yield f"{path} is {got} in the batch, {expected} in the engine"
