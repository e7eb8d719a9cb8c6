"""The steps by which a batch computes two measured formulas and three whole agreements, as they are recorded in `tests/batch_steps/`.

That the figures are right is tested elsewhere. What stands here decides how fast they are: which values are in 32 bits, which are put off
until they are asked for, converted, or looked up, and how many buffers they share. A change of it is made on purpose: measured with
`tests/benchmarks/scale.py kernel`, recorded with `--record`, and its diff read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from benchmarks.formulas import PLAIN_HALF, PLAIN_WHOLE

from socsam_calc import load
from socsam_calc.batch.engine import Batch, Reach
from socsam_calc.batch.inputs import path_of, value_at
from socsam_calc.batch.machine import Program

TESTS = Path(__file__).parent
FORMULAS = {"whole": PLAIN_WHOLE, "half": PLAIN_HALF}


def formula(name: str) -> Batch:
    held = FORMULAS[name]
    return Batch(load("formula", text=held.text).agreement, {path: held.denominators.get(path, 1) for path in varying(name)}, held.figures)


def varying(name: str) -> list[str]:
    return list(FORMULAS[name].inputs(1, np.random.default_rng(1)))


def around(batch: Batch) -> tuple[Reach, ...]:
    """From half to twice what the agreement states of each input."""
    stated = [int(value_at(batch.agreement, path_of(name)) * denominator) for name, denominator in batch.denominators.items()]
    return tuple(Reach(min(one // 2, one * 2), max(one // 2, one * 2)) for one in stated)


def costs(file: str) -> Batch:
    """An agreement of which every cost that it states may vary."""
    agreement = load(TESTS / file).agreement
    named = [f"years.{year}.actual.{activity}" for year, stated in agreement.years.items() for activity in stated.actual or {}]
    return Batch(agreement, dict.fromkeys(named, 1))


def listed(program: Program) -> Iterator[str]:
    """Each step with what it takes and gives: the width, and the buffer or what else holds it."""
    inputs = {place: name for name, place in program.input_places.items()}
    given = {place: path for path, place in program.direct.items()}
    for step in program.lowered.instructions:
        named = []
        for place in (*step.args, step.out):
            constant = program.lowered.constants.get(place)
            held = (
                f"buffer {program.buffer_of[place]}"
                if place in program.buffer_of
                else inputs.get(place) or given.get(place) or f"view {program.lowered.views.get(place)}"
            )
            text = str(constant) if constant is not None else held
            named.append(f"{program.lowered.kinds[place]} {text[:60]}{' everywhere' * (place in program.lowered.spread)}")
        yield f"{step.op}: {', '.join(named[:-1])} -> {named[-1]}"


def programs(name: str) -> Iterator[str]:
    batch = formula(name) if name in FORMULAS else costs(f"{name}.yaml")
    widest = batch.widest()
    assert widest is not None
    for reaches, narrow in ((around(batch), frozenset[str]()), (around(batch), frozenset(batch.denominators)), (widest, frozenset[str]())):
        program = batch.program(reaches, narrow)
        assert program is not None
        yield f"{len(batch.denominators)} inputs, {'of 32 bits' if narrow else 'of 64 bits'}, the first from {reaches[0].lo} to {reaches[0].hi}"
        yield from listed(program)


@pytest.mark.parametrize("name", ["whole", "half", "association", "worked_example", "three_years"])
def test_the_steps_of_a_batch_are_those_recorded(request: pytest.FixtureRequest, name: str) -> None:
    recorded = TESTS / "batch_steps" / f"{name}.txt"
    steps = "".join(f"{line}\n" for line in programs(name))
    if request.config.getoption("--record"):
        recorded.write_text(steps, encoding="utf-8")
    assert steps == recorded.read_text(encoding="utf-8"), "measure it, record it with --record, and read the diff"
