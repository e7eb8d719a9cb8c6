"""``socsam whatif``: the same agreement under other assumptions or other terms, beside the base case."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ..problems import AgreementError, Problem
from ..source.inputs import expand
from . import app as statuses
from .options import (
    Excel,
    Figures,
    Format,
    Lang,
    NoColor,
    Output,
    Quiet,
    Run,
    Settings,
    Unit,
    command_app,
    one_ledger,
    refuse_outside_csv,
    write_blocks,
    write_workbook,
)
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..answers.whatif.ask import Answered, Question
    from ..answers.whatif.whatif import Comparison
    from ..report.told.tables import Block

_MOST_SHOWN: Final = 5  # problems of cases, before the rest is counted

app = command_app()


@app.command()
def whatif_command(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An agreement, a file of scenarios, or a folder of these; - for standard input.",
            show_default=False,
        ),
    ],
    settings: Settings = None,
    figures: Figures = None,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", metavar="PATH=A..B", help="Take a number from A to B; twice for a grid.", show_default=False),
    ] = None,
    steps: Annotated[
        list[int] | None,
        typer.Option(
            "--steps", metavar="N", min=1, max=999_999, help="In N equal steps (N + 1 values); 10 by default.", show_default=False
        ),
    ] = None,
    terms: Annotated[
        list[str] | None,
        typer.Option("--terms", metavar="OTHER.yaml", help="Under the terms of another agreement; may be repeated.", show_default=False),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="BASE.yaml", help="What differs from another version of the file.", show_default=False),
    ] = None,
    solve: Annotated[
        str | None,
        typer.Option(
            "--solve", metavar="PATH[=A..B]", help="Find the value of a number (from A to B) that meets --for.", show_default=False
        ),
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--for", metavar="FIGURE=AMOUNT", help="What a figure is to come out at.", show_default=False)
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option("--figure", metavar="NAME", help="Which figure of each party to show: settled, transfer …", show_default=False),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only this year.", show_default=False)] = None,
    format_: Format = None,
    output: Output = None,
    unit: Unit = None,
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """The same agreement under other assumptions or other terms, beside the base case.

    \b
    Examples:
      socsam whatif examples/gotland.yaml --set 'sharing.shared=50 %'
      socsam whatif examples/gotland.yaml --vary 'sharing.shared=0 %..100 %' --steps 4
      socsam whatif examples/gotland.yaml --terms examples/laholm.yaml --terms examples/hisingen.yaml
      socsam whatif examples/gotland.yaml --solve sharing.shared --for 1998.parties.kassa.settled=0
      socsam whatif examples/whatif/budget.yaml
    """
    chosen = format_for(format_, output)
    refuse_outside_csv(context, chosen)
    from ..answers.whatif.ask import Question

    question = Question(settings or [], vary or [], steps or [], terms or [], against, solve, goal, figure, year, one_ledger(figures))
    run = _WhatIfRun(unit)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        done = run.results(file, question)
        if chosen == "json":
            _json(opened, done)
        elif chosen == "csv":
            _csv(opened, done, excel=excel)
        elif chosen == "xlsx":
            from ..library.scenarios import WhatIf

            write_workbook(opened, list(map(WhatIf, done)), lang)
        else:
            for blocks in _blocks(done, lang, unit, hints=not quiet):
                write_blocks(opened, blocks, chosen, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _blocks(done: Iterable[Answered], lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterable[Block]]:
    from ..report.told.answered import blocks
    from ..report.told.words import Words

    words = Words(lang)
    return (blocks(one, words, unit, hints=hints) for one in done)


def _json(opened: Target, done: Iterable[Answered]) -> None:
    from ..report.data.whatif import document
    from ..report.told.answered import data

    opened.stream.writelines(document(map(data, done)))


def _csv(opened: Target, done: Iterator[Answered], *, excel: bool) -> None:
    from ..answers.whatif.against import Versions
    from ..answers.whatif.ask import Solved
    from ..report.data.whatif import answer_records, comparison_records, versions_records
    from ..report.render.csv import write

    def comparisons() -> Iterator[Comparison]:
        for one in done:
            if isinstance(one, Solved):
                write(opened.stream, answer_records(one.answer), excel=excel)
            elif isinstance(one, Versions):
                write(opened.stream, versions_records(one), excel=excel)
            else:
                yield one

    compared = comparisons()
    for first in compared:  # without any there is no head either
        write(opened.stream, comparison_records(chain([first], compared)), excel=excel)


class _WhatIfRun(Run):
    """A run of this command; ``unit`` is that of messages, None for the file's own."""

    def __init__(self, unit: str | None) -> None:
        super().__init__()
        self.unit = unit

    def results(self, name: str, question: Question) -> Iterator[Answered]:
        """What was asked of each file, as it comes; the bad ones are complained of and passed over."""
        from ..answers.whatif.ask import Solved, ask
        from ..answers.whatif.whatif import Comparison
        from ..model.scenarios import FORMAT

        problems = list(question.problems())
        if problems:
            self.complain(problems, statuses.BAD_INPUT)
            return
        for one in expand([name], FORMAT):
            try:
                if one.problem is not None:
                    raise one.problem
                result = ask(one.name, question)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
                continue
            if isinstance(result, Comparison):
                self._judge(result)
            elif isinstance(result, Solved) and not result.answer.found:
                self.status = max(self.status, statuses.UNMET)
            yield result

    def _judge(self, comparison: Comparison) -> None:
        """Say which cases cannot be settled, and which bounds are missed."""
        from ..answers.whatif.cases import in_case
        from ..report.told.amount_cells import OreScale
        from ..report.told.whatif import bound_text, case_label
        from ..report.told.words import Words

        words, agreement = Words("en"), comparison.document.agreement
        refused = [in_case(problem, case_label(outcome.case, words)) for outcome in comparison.refused() for problem in outcome.problems]
        if refused:
            self.complain(refused[:_MOST_SHOWN], statuses.BAD_INPUT)
            if more := len(refused[_MOST_SHOWN:]):
                self.complain([f"… and {more} {'problem' if more == 1 else 'problems'} more of this kind"], statuses.BAD_INPUT)
        scale = OreScale(agreement.rounding, self.unit or agreement.unit)
        for outcome, held in comparison.missed():
            wanted = bound_text(held, scale, words)
            value = "is not known" if held.value is None else f"is {scale.with_unit(held.value)}"
            text = f"{case_label(outcome.case, words)}: {held.figure} {value}; it should be {wanted}".replace("\u00a0", " ")
            place = held.bound.side(*held.missed[:1]) if held.bound.tree.knows((*held.bound.path, *held.missed[:1])) else held.bound.place
            problem = Problem("bound", place, text, held.bound.bound.reason or "")
            self.complain([problem], statuses.UNMET)
            if os.environ.get("GITHUB_ACTIONS") == "true":  # where a pull request shows it at its line
                from ..report.told.findings import github_problem

                typer.echo(github_problem(problem), err=True, nl=False)
