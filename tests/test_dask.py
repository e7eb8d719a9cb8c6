"""Draws on a Dask cluster of two workers on this machine: the same to the last bit, also where one of them is killed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from socsam_calc.answers.simulation.job import Job, prepare
from socsam_calc.answers.simulation.simulate import Cluster, Done, Here, Piece, Pool, Simulation
from socsam_calc.source.scenarios import load_scenarios

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parent.parent
DRAWS = 5_000_000

pytestmark = pytest.mark.filterwarnings("ignore")  # the library's own


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture(scope="module")
def job() -> Job:
    return prepare(load_scenarios(ROOT / "examples/whatif/uncertain.yaml"), 1, 2000)


def sums(job: Job, pool: Pool) -> Any:
    simulation = Simulation([job], DRAWS)
    simulation.run(pool)
    tally = simulation.simulated[0].tally
    return (
        tally.draws,
        tally.missed,
        {path: (one.total, one.squares, one.negative, one.histogram(20)) for path, one in tally.figures.items()},
    )


class Losing(Cluster):
    """Kills a worker as soon as the first piece is done, while others are under way."""

    def results(self, pieces: Iterable[Piece]) -> Iterator[Done]:
        for number, done in enumerate(super().results(pieces)):
            if number == 1:
                os.kill(next(iter(self.client.run(os.getpid).values())), signal.SIGKILL)
            yield done


def test_a_worker_that_is_killed_costs_time_and_nothing_else(cluster: Any, job: Job) -> None:
    expected = sums(job, Here())
    for kind in (Cluster, Losing):
        pool = kind(cluster.scheduler_address)
        try:
            assert sums(job, pool) == expected
        finally:
            pool.close()


class Falling(Here):
    """Ends in the middle, as Ctrl-C would."""

    def results(self, pieces: Iterable[Piece]) -> Iterator[Done]:
        for number, done in enumerate(super().results(pieces)):
            if number == 1:
                raise KeyboardInterrupt
            yield done


def test_what_was_done_before_an_interruption_is_known(job: Job) -> None:
    simulation = Simulation([job], DRAWS)
    with pytest.raises(KeyboardInterrupt):
        simulation.run(Falling())
    assert 0 < simulation.simulated[0].tally.draws < DRAWS
    assert simulation.simulated[0].partial
