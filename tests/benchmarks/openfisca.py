"""The plain formula in OpenFisca-core: a variable for each figure, computed for all scenarios at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from .formulas import ACTIVITIES, ADJUSTED, DEFICIT, OUTCOME, PARTIES, SERIES, SURPLUS, Formula, amount

Scenario = build_entity(key="scenario", plural="scenarios", label="a scenario", is_person=True)


def variable(name: str, formula: Any = None) -> type[Variable]:
    """A variable of a scenario for a year; without a formula an input."""
    members: dict[str, Any] = {"value_type": float, "entity": Scenario, "definition_period": YEAR, "label": name}
    if formula is not None:
        members["formula"] = formula
    return type(name, (Variable,), members)


def system(share: float, *, rounds: bool) -> TaxBenefitSystem:
    """The formula as a tax and benefit system; ``rounds``: to whole kronor, parts by largest remainder, as the formula has it."""
    made = TaxBenefitSystem([Scenario])
    made.add_variable(variable("growth"))
    for i in range(ACTIVITIES):
        made.add_variable(variable(f"cost_{i}"))
        made.add_variable(variable(f"result_{i}", _row(i, rounds)))
        made.add_variable(variable(f"shared_{i}", _shared(i, share, rounds)))
    made.add_variable(variable("result", lambda scenario, period: sum(scenario(f"result_{i}", period) for i in range(ACTIVITIES))))
    made.add_variable(variable("shared", lambda scenario, period: sum(scenario(f"shared_{i}", period) for i in range(ACTIVITIES))))
    for p in range(PARTIES):
        made.add_variable(variable(f"floor_{p}", _floor(p)))
        made.add_variable(variable(f"remainder_{p}", _remainder(p)))
        made.add_variable(variable(f"settled_{p}", _settled(p, rounds)))
        made.add_variable(variable(f"transfer_{p}", _transfer(p)))
    return made


def _half_away(values: Any) -> Any:
    return np.sign(values) * np.floor(np.abs(values) + 0.5)


def _row(i: int, rounds: bool) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        final = amount(i) * scenario("growth", period) if i < ADJUSTED else amount(i)
        return (np.floor(final + 0.5) if rounds and i < ADJUSTED else final) - scenario(f"cost_{i}", period)

    return formula


def _shared(i: int, share: float, rounds: bool) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        values = scenario(f"result_{i}", period)
        return values if share == 1 else _half_away(share * values) if rounds else share * values

    return formula


def _key(shared: Any, p: int) -> Any:
    return np.where(shared > 0, np.float32(SURPLUS[p]), np.float32(DEFICIT[p]))


def _floor(p: int) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        shared = scenario("shared", period)
        return np.floor(np.abs(shared) * _key(shared, p))

    return formula


def _remainder(p: int) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        shared = scenario("shared", period)
        return np.abs(shared) * _key(shared, p) - scenario(f"floor_{p}", period)

    return formula


def _settled(p: int, rounds: bool) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        shared = scenario("shared", period)
        kept = sum(scenario(f"result_{i}", period) - scenario(f"shared_{i}", period) for i in range(p, ACTIVITIES, PARTIES))
        if not rounds:
            return shared * _key(shared, p) + kept
        left = np.abs(shared) - sum(scenario(f"floor_{q}", period) for q in range(PARTIES))
        own = scenario(f"remainder_{p}", period)
        ahead = sum(
            (scenario(f"remainder_{q}", period) >= own) if q < p else (scenario(f"remainder_{q}", period) > own)
            for q in range(PARTIES)
            if q != p
        )
        return np.sign(shared) * (scenario(f"floor_{p}", period) + (ahead < left)) + kept

    return formula


def _transfer(p: int) -> Callable[..., Any]:
    def formula(scenario: Any, period: Any) -> Any:
        return scenario(f"settled_{p}", period) - sum(scenario(f"result_{i}", period) for i in range(p, ACTIVITIES, PARTIES))

    return formula


def simulation_of(formula: Formula, inputs: dict[str, Any], *, rounds: bool) -> Callable[[], dict[str, Any]]:
    """A run of the formula: the inputs set, every figure computed."""
    share = 1.0 if "100 %" in formula.text else 0.5
    made = system(share, rounds=rounds)
    names = {f"cost_{i}": inputs[f"years.1998.actual.a{i}"].astype(np.float32) for i in range(ACTIVITIES)}
    names["growth"] = (inputs[OUTCOME.format(1998)] / SERIES / 108).astype(np.float32)
    size = len(names["growth"])
    figures = {"1998.totals.result": "result", "1998.totals.shared": "shared"}
    for p in range(PARTIES):
        figures[f"1998.parties.p{p}.settled"], figures[f"1998.parties.p{p}.transfer"] = f"settled_{p}", f"transfer_{p}"

    def run() -> dict[str, Any]:
        simulation = SimulationBuilder().build_default_simulation(made, count=size)
        for name, values in names.items():
            simulation.set_input(name, "1998", values)
        return {path: simulation.calculate(name, "1998") for path, name in figures.items()}

    return run
