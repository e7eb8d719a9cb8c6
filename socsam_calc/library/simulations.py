"""Simulations: an agreement under many draws of its uncertain inputs. They need NumPy, which is loaded when one is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..model.scenarios import FORMAT
from ..problems import NotFoundError, OutputError
from ..source.arguments import a_year, called, listed, text, within
from .files import OneOrSeveral, alone, of_each, of_one
from .formats import Result, Several, Way

if TYPE_CHECKING:
    from ..answers.simulation import simulate as drawn
    from ..answers.simulation.work import Job
    from ..report.data.records import Records
    from ..report.told.tables import Block
    from ..source.scenarios import ScenarioFile

MOST_DRAWS, LARGEST_SEED, MOST_WORKERS = 10**12, 2**64 - 1, 1024


class Simulated(Result):
    """How the figures of a file of scenarios are distributed over its draws: every format of ``socsam simulate``.

    A row is one of `figures` (mean, sd, quantiles, chance of less than 0), or of `draws` (each draw's inputs and figures, drawn and
    settled anew: the same as ``--draws-output`` writes). Amounts are in kronor, rounded to the öre; chances from 0 to 1.
    """

    row_kinds = ("figures", "draws")
    workbook_rows = ("figures",)

    _simulated: drawn.Simulated

    def __init__(self, simulated: drawn.Simulated) -> None:
        self.__dict__["_simulated"] = simulated

    @property
    def draws(self) -> int:
        """How many draws were made."""
        return self._simulated.tally.draws

    def figure(self, path: str) -> dict[str, Any]:
        """What is known of one figure, such as ``2000.parties.kommun.settled``: ``mean``, ``sd``, ``p5`` … as in the JSON, exact.

        Raises NotFoundError, a KeyError, for a figure that was not asked for.
        """
        figures: list[dict[str, Any]] = self.to_dict()["simulations"][0]["figures"]
        for figure in figures:
            if figure["path"] == path:
                return figure
        raise NotFoundError.of("figure", path, (figure["path"] for figure in figures), f" in the simulation of {self._simulated.job.name}")

    @property
    def source(self) -> str:
        return self._simulated.job.name

    def __repr__(self) -> str:
        return f"<Simulated {self._simulated.job.name}: {self.draws} draws>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block]:
        from ..report.told.simulation import report

        return (block for one in results for block in report(one._simulated, way.words, way.unit, histograms=not way.several))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.simulation import document, simulation_data

        return document(simulation_data(one._simulated) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.simulation import draw_records, simulation_records

        simulated = [one._simulated for one in results]
        return draw_records(simulated) if kind == "draws" else simulation_records(simulated)


def prepared(stated: ScenarioFile, seed: int, year: int | None, figures: Sequence[str]) -> Job:
    """A file of scenarios made ready. Raises OutputError where NumPy is missing, AgreementError as ``prepare`` does."""
    try:
        from ..answers.simulation.prepare import prepare
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != "numpy":
            raise
        raise OutputError("socsam simulate needs NumPy\n   pip install 'socsam-calc[scale]'") from None
    return prepare(stated, seed, year, figures)


def refuse_both(workers: int, dask: str | None) -> None:
    """Raise OutputError where both are asked for."""
    if dask is not None and workers > 1:
        raise OutputError(
            "several workers and a Dask scheduler exclude each other\n   the number of workers is the cluster's own: leave one of them out"
        )


@OneOrSeveral[str | Path, Simulated, Several[Simulated]]()
def simulate(
    scenarios: Any,
    *,
    draws: int = 10_000,
    seed: int = 1,
    year: int | None = None,
    figure: str | Sequence[str] = (),
    workers: int = 1,
    dask: str | None = None,
    progress: Callable[[int], None] | None = None,
    allow_outside: bool = False,
) -> Simulated | Several[Simulated]:
    """Draw the inputs that a file of scenarios states as ``uncertain:`` many times: how each party's settlement is distributed.

    The same ``seed`` gives the same draws, whatever the number of ``workers`` (processes of this machine; a script that asks for
    several calls this under ``if __name__ == "__main__":``) or of the ``dask`` scheduler's (``tcp://host:8786``). ``figure`` names figures to
    follow besides what each party ends with, in ``year`` or in all; ``progress`` is told how many draws more are done. ``allow_outside`` lets the
    file read others that lie neither beside nor below it.

    + is what a party gains, − what it bears. Of a list, files that state nothing uncertain are passed over. Raises
    AgreementError where a file is bad, or none states anything uncertain, OutputError where
    NumPy is missing or a number is out of range, SocsamError where Dask is missing or does not answer.
    """
    from ..source.scenarios import load_scenarios

    draws, seed = within("draws", draws, 1, MOST_DRAWS), within("seed", seed, 0, LARGEST_SEED)
    workers, year = within("workers", workers, 1, MOST_WORKERS), a_year("year", year)
    if dask is not None:
        text("dask", dask)
    if progress is not None:
        called("progress", progress)
    refuse_both(workers, dask)
    wanted = listed("figure", figure)

    def ready(name: Any) -> Job:
        if not isinstance(name, str):
            raise OutputError(f"{name.file} is loaded, and holds no scenarios\n   name the file of scenarios")
        return prepared(load_scenarios(name, allow_outside=allow_outside), seed, year, wanted)

    if alone(scenarios):
        return _run([of_one(scenarios, ready)], draws, workers, dask, progress)[0]
    jobs = of_each(scenarios, FORMAT, ready, passed_over="nothing-uncertain")
    return Several(Simulated, _run(jobs, draws, workers, dask, progress) if jobs else ())


def _run(jobs: Sequence[Job], draws: int, workers: int, dask: str | None, progress: Callable[[int], None] | None) -> list[Simulated]:
    from ..answers.simulation.pools import pool_for
    from ..answers.simulation.simulate import Simulation

    simulation = Simulation(jobs, draws)
    if progress is not None:
        simulation.progress = progress
    pool = pool_for(workers, dask)
    try:
        simulation.run(pool)
    finally:
        pool.close()
    return [Simulated(one) for one in simulation.simulated]
