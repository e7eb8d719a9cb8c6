"""The same agreement under other assumptions or other terms, or under many draws of what is uncertain; who bears its next krona of cost.

Simulations need NumPy, which is loaded when one is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..answers.incentives.incentives import Studied, YearIncentives, study
from ..engine.results import found
from ..problems import AgreementError, OutputError
from ..source.arguments import a_year, called, counts, listed, text, within
from ..source.document import Document
from .files import FORMAT, OneOrSeveral, Source, a_file, alone, answered, loaded, of_each, of_one, refuse_evaluation, unchanged
from .formats import HeldAgainst, Result, Several, Way
from .settlements import decimals

if TYPE_CHECKING:
    from ..answers.simulation import simulate as drawn
    from ..answers.simulation.job import Job
    from ..answers.whatif.ask import Answered
    from ..report.data.records import Records
    from ..report.data.verdicts import Verdict
    from ..report.told.tables import Block
    from ..source.scenarios import ScenarioFile

MOST_STEPS, MOST_DRAWS, LARGEST_SEED, MOST_WORKERS = 999_999, 10**12, 2**64 - 1, 1024


class WhatIf(HeldAgainst):
    """What came of a question: every format of ``socsam whatif``. Amounts are what each party ends with and its difference to the base case.

    ``answer`` is a Comparison of cases, the Versions that differ, or a Solved goal; amounts in it count öre. A row is one of a case, year
    and party; or a field or figure that differs; or a value that was found.
    """

    answer: Answered

    def __init__(self, answer: Answered) -> None:
        called = {"Comparison": "Cases", "Versions": "Differences", "Solved": "Values"}[type(answer).__name__]
        self.__dict__.update(answer=answer, rows_called=called)

    @property
    def met(self) -> bool:
        """Whether every case could be settled, every bound is met and the goal is reached; the command's status is 0 then."""
        from ..answers.whatif.ask import Solved, Versions

        if isinstance(self.answer, Versions):
            return True
        if isinstance(self.answer, Solved):
            return bool(self.answer.answer.found)
        return not any(True for _ in self.answer.missed()) and not any(True for _ in self.answer.refused())

    @property
    def source(self) -> str:
        from ..answers.whatif.ask import Versions
        from ..answers.whatif.whatif import Comparison

        if isinstance(self.answer, Comparison):
            return self.answer.file
        return (self.answer.after if isinstance(self.answer, Versions) else self.answer.document).file

    def __repr__(self) -> str:
        from ..answers.whatif.whatif import Comparison

        if isinstance(self.answer, Comparison):
            return f"<WhatIf of {self.answer.file}: {len(self.answer.outcomes)} cases>"
        return f"<WhatIf: {type(self.answer).__name__.lower()}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block]:
        from ..report.told.answered import blocks

        return (block for one in results for block in blocks(one.answer, way.words, way.unit, hints=way.hints))

    @classmethod
    def _verdicts(cls, results: Iterable[Self], way: Way) -> Iterable[Verdict]:
        """Of each bound whether it is met; none of a question that has no bounds."""
        from ..answers.whatif.whatif import Comparison
        from ..report.told.whatif import verdicts

        for one in results:
            if isinstance(one.answer, Comparison):
                yield from verdicts(one.answer, way.words, way.unit)

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.whatif import data, document

        return document(data(one.answer) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.whatif import records, streamed

        if not isinstance(results, Sequence):
            return streamed(one.answer for one in results)
        return records([one.answer for one in results])


class Incentives(Studied, Result):
    """An agreement's incentives in each year that has a result: every format of ``socsam incentives``.

    Parts of a krona are exact fractions, costs count rounding units. A row is one of `activities` (each point, each party) or of
    `payments` (whose own result ends at whom).
    """

    row_kinds = ("activities", "payments")

    def year(self, number: int) -> YearIncentives:
        """One year. Raises NotFoundError, a KeyError, where it has no result, or was not asked for."""
        years = {year.year: year for year in self.years}
        return found("year", number, years, f" in the incentives of {self.settlement.agreement.area}")

    @property
    def source(self) -> str:
        return self.document.file

    def __repr__(self) -> str:
        return f"<Incentives of {self.settlement.agreement.area}: {', '.join(str(year.year) for year in self.years)}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block]:
        from ..report.told.incentives import report

        return (block for one in results for block in report(one.settlement, one.years, way.words, way.unit, hints=way.hints))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.told.incentives import data, document

        return document(data(one.document.file, one.settlement, one.years) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.told.incentives import payment_records, point_records

        found = ((one.document.file, one.settlement, one.years) for one in results)
        if kind == "payments":
            return payment_records(found, places=decimals(results, lambda one: one.settlement.agreement))
        return point_records(found)


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
        figures: dict[str, dict[str, Any]] = {figure["path"]: figure for figure in self.to_dict()["simulations"][0]["figures"]}
        return found("figure", path, figures, f" in the simulation of {self._simulated.job.name}")

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


@OneOrSeveral[Source, WhatIf, Several[WhatIf]]()
def whatif(
    files: Any,
    *,
    settings: str | Sequence[str] = (),
    vary: str | Sequence[str] = (),
    steps: int | Sequence[int] = (),
    terms: Source | Sequence[Source] = (),
    against: Source | None = None,
    solve: str | None = None,
    goal: str | None = None,
    figure: str | None = None,
    year: int | None = None,
    figures: str | Path | None = None,
    allow_outside: bool = False,
    norm: str | Sequence[str] = (),
    panel: str | Path | None = None,
    area: str | None = None,
) -> WhatIf | Several[WhatIf]:
    """The same agreement under other assumptions or other terms, beside the base case; or every case of a file of scenarios.

    ``settings`` (``PATH=VALUE``) hold in every case, and make one by themselves; ``vary`` (``PATH=A..B``, one or two) a line or a grid, in ``steps`` equal steps; ``terms``
    one for each other agreement; ``against`` compares with another version; ``solve`` (``PATH`` or ``PATH=A..B``) finds the value
    that meets ``goal`` (``FIGURE=AMOUNT``, the command's ``--for``). ``norm`` (`fixed:1996`, `moving`, `mean:3`) carries the adjusted rows
    forward from one base or another; costs that the file lacks come from the ``area`` of a ``panel``. ``figure`` is the party's figure to show, ``settled`` by default.
    ``figures`` (a .csv or .xlsx file) takes the place of those that the agreement names, and in a file given as ``against`` as well. ``allow_outside`` lets scenarios read files that lie neither beside nor below them.

    + is what a party gains, − what it bears, exact kronor in every format. Raises AgreementError where a file is bad, an option does not
    fit, or the base case cannot be settled; a case that cannot be is left out, and ``met`` is False.
    """
    from ..answers.whatif.ask import Question, ask, ask_of
    from ..model.scenarios import FORMAT as SCENARIOS

    steps, year = counts("steps", steps, 1, MOST_STEPS), a_year("year", year)
    others: Any = [terms] if alone(terms) else terms
    under = [_named(one) for one in others]
    other = None if against is None else _named(against)
    for name, value in (("solve", solve), ("goal", goal), ("figure", figure), ("area", area)):
        if value is not None:
            text(name, value)
    ledger = None if figures is None else str(figures)
    question = Question(
        listed("settings", settings), listed("vary", vary), steps, under, other, solve, goal, figure, year, ledger, allow_outside,
        listed("norm", norm), None if panel is None else str(panel), area,
    )  # fmt: skip
    if problems := list(question.problems()):
        raise AgreementError(problems)

    def asked(source: str | Document) -> WhatIf:
        refuse_evaluation(source)
        if isinstance(source, Document):
            unchanged(source, figures=figures)
            return WhatIf(ask_of(source, question))
        return WhatIf(ask(source, question))

    return answered(partial(Several, WhatIf), files, SCENARIOS, asked)


def _named(source: Source) -> str | Document:
    a_file(source)
    refuse_evaluation(source)
    return source if isinstance(source, Document) else str(source)


@OneOrSeveral[Source, Incentives, Several[Incentives]]()
def incentives(
    agreements: Any, *, year: int | None = None, settings: str | Sequence[str] = (), figures: str | Path | None = None
) -> Incentives | Several[Incentives]:
    """Who bears the next krona of cost in each activity of an agreement, now and beyond each point where that changes; who pays for whom.

    In one ``year``, or in all that have a result. Parts of the krona are exact fractions, + borne by the party; of the payments, + is a
    gain and − a burden. Derived from the terms without rounding. ``settings`` and ``figures`` are those of ``load``. Of a
    list, agreements without a result in the year are left out. Raises AgreementError where a file is bad, or none has a result in that year.
    """

    year = a_year("year", year)

    def studied(source: str | Document) -> Incentives:
        return Incentives(*study(loaded(source, settings, figures), year))

    return answered(partial(Several, Incentives), agreements, FORMAT, studied, passed_over="no-such-year")


def prepared(stated: ScenarioFile, seed: int, year: int | None, figures: Sequence[str]) -> Job:
    """A file of scenarios made ready. Raises OutputError where NumPy is missing, AgreementError as ``prepare`` does."""
    try:
        from ..answers.simulation.job import prepare
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
    from ..model.scenarios import FORMAT as SCENARIOS
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
    jobs = of_each(scenarios, SCENARIOS, ready, passed_over="nothing-uncertain")
    return Several(Simulated, _run(jobs, draws, workers, dask, progress) if jobs else ())


def _run(jobs: Sequence[Job], draws: int, workers: int, dask: str | None, progress: Callable[[int], None] | None) -> list[Simulated]:
    from ..answers.simulation.simulate import Simulation, pool_for

    simulation = Simulation(jobs, draws)
    if progress is not None:
        simulation.progress = progress
    with closing(pool_for(workers, dask)) as pool:
        simulation.run(pool)
    return [Simulated(one) for one in simulation.simulated]
