"""``socsam simulate``: many draws of the uncertain inputs, and how each party's settlement is distributed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Final

from ..library import scenarios
from ..model.scenarios import FORMAT
from ..problems import AgreementError, OutputError, Place, Problem
from ..source.scenarios import load_scenarios
from . import app as statuses
from .declared import Given, Option, command
from .ending import interruptible
from .options import Manner, Outside, To, Unit, Year, files_of, option
from .output import Target, target
from .place import same_place
from .run import Run, several

if TYPE_CHECKING:
    from ..answers.simulation.job import Job
    from ..answers.simulation.simulate import Simulated

_INTERRUPTED: Final = 130


@command
def simulate_command(
    given: Given,
    files: Annotated[list[str], files_of("Files of scenarios with `uncertain:`; a folder stands for those in it, - for standard input.")],
    draws: Annotated[int, Option("--draws", metavar="N", min=1, max=10**12, help="How many draws.")] = 10_000,
    seed: Annotated[int, Option("--seed", metavar="N", min=0, max=2**64 - 1, help="The same seed gives the same draws.")] = 1,
    figures: Annotated[
        list[str] | None,
        option("--figure", "Also this figure, such as 1998.body.transfer; may be repeated.", metavar="PATH"),
    ] = None,
    risk: Annotated[
        str | None,
        option("--risk", "Status 1 where a bound is missed in more than this share of the draws.", metavar="SHARE"),
    ] = None,
    workers: Annotated[int, Option("--workers", metavar="N", min=1, max=1024, help="Processes on this machine.")] = 1,
    dask: Annotated[str | None, option("--dask", "A Dask scheduler, such as tcp://host:8786.", metavar="ADDRESS")] = None,
    draws_output: Annotated[str | None, option("--draws-output", "Write every draw to a CSV file too.", metavar="FILE")] = None,
    allow_outside: Outside = False,
    *,
    to: To,
    year: Year = None,
    unit: Unit = None,
    manner: Manner,
) -> None:
    """Draw the uncertain inputs many times: how each party's settlement is distributed.

    Ctrl-C ends it with what is known so far, marked as partial.

    \b
    Examples:
      socsam simulate examples/whatif/uncertain.yaml
      socsam simulate examples/whatif/uncertain.yaml --draws 1000000 --workers 2
      socsam simulate examples/whatif/uncertain.yaml --risk '5 %' --format json
    """
    scenarios.refuse_both(workers, dask)
    if draws_output is not None:
        _refuse_same(draws_output, to.output)
    run = Run(given, to, manner, unit=unit)
    most = None if risk is None else _share(risk)

    def prepare(name: str) -> Job | None:
        """A file made ready; None of one beside others that states nothing uncertain."""
        stated = load_scenarios(name, allow_outside=allow_outside)
        try:
            return scenarios.prepared(stated, seed, year, figures or [])
        except AgreementError as error:
            if stated.uncertain or not several(files):
                raise
            run.complain(error.problems, statuses.DONE)
            return None

    jobs = list(filter(None, run.each(files, FORMAT, prepare)))
    if not jobs:
        raise SystemExit(statuses.BAD_INPUT)
    simulated, ended = _simulated(run, jobs, draws, workers, dask, draws_output, quiet=manner.quiet)
    for job in jobs if run.chosen in ("csv", "xlsx") else ():
        run.say_idle(job.idle, job.about)
    run.write_open(scenarios.Simulated, list(map(scenarios.Simulated, simulated)), several=len(simulated) > 1)
    if most is not None:
        _hold(run, simulated, most)
    raise SystemExit(_INTERRUPTED if ended else run.status)


def _refuse_same(draws_output: str, output: str | None) -> None:
    """The draws and the result are two files. Raises OutputError where they would be one."""
    if draws_output == "-":
        raise OutputError("--draws-output names a file\n   results alone go to standard output")
    if output is not None and same_place(draws_output, output):
        raise OutputError(f"--draws-output {draws_output} is another file of this call\n   give the draws a file of their own")


def _share(text: str) -> Fraction:
    from pydantic_core import PydanticCustomError

    from ..model.scalars import parse_share
    from ..source.kinds import reason

    try:
        return parse_share(text)
    except PydanticCustomError as error:
        raise AgreementError.of("bad-share", Place("--risk"), *reason(error)) from None


def _simulated(
    run: Run, jobs: Sequence[Job], draws: int, workers: int, dask: str | None, draws_output: str | None, *, quiet: bool
) -> tuple[Sequence[Simulated], bool]:
    """The simulation of every job, and whether Ctrl-C ended it early."""
    from ..answers.simulation.job import header
    from ..answers.simulation.simulate import Simulation, pool_for

    simulation = Simulation(jobs, draws)
    with contextlib.ExitStack() as stack:
        written: Target | None = None
        if draws_output is not None:
            if any(header(job) != header(jobs[0]) for job in jobs):
                raise OutputError("the files draw different inputs or have different figures\n   write the draws of one file at a time")
            written = stack.enter_context(target(draws_output, machine=True))
            written.stream.write(",".join(header(jobs[0])) + "\n")
            simulation.rows = written.stream.write
        try:
            simulation.progress = stack.enter_context(progress(draws * len(jobs), quiet=quiet))
            with interruptible() as ending, contextlib.closing(pool_for(workers, dask, ending.listening)) as pool:
                simulation.run(pool)
                if pool.remark and not quiet:
                    run.complain([pool.remark], statuses.DONE)
        except KeyboardInterrupt:
            if written is not None:
                written.kept = False
                run.complain([f"{draws_output} was not written"], statuses.DONE)
            return simulation.simulated, True
    return simulation.simulated, False


@contextlib.contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar with rate and time left, where a person looks on."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=sys.__stderr__), transient=True) as bar:
        task = bar.add_task("", total=total, rate="", count=_grouped(0, total))

        def advance(done: int) -> None:
            bar.advance(task, done)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, rate=f"{_grouped(round(speed))}/s" if speed else "", count=_grouped(int(bar.tasks[0].completed), total))

        yield advance


def _grouped(*counts: int) -> str:
    """Counts with their digits in groups of three, one over the other."""
    return "/".join(f"{count:,}".replace(",", " ") for count in counts)


def _hold(run: Run, simulated: Sequence[Simulated], most: Fraction) -> None:
    """Complain of each bound that is missed more often than was accepted."""
    for one in simulated:
        settled = one.tally.draws - one.tally.refused
        for bound, missed in zip(one.tally.bounds, one.tally.missed, strict=True):
            if settled and Fraction(missed, settled) > most:
                text = f"the bound of {bound.figure} is missed in {missed} of {settled} {'draw' if settled == 1 else 'draws'}, more than --risk allows"
                run.complain([Problem("risk", bound.place, text)], statuses.UNMET)
