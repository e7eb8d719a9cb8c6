"""``socsam evaluate``: the evaluation effect, cost development against a control area; how much rests on one choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..answers.evaluation.evaluate import Evaluated, weigh
from ..model.evaluation import FORMAT
from ..problems import AgreementError, OutputError
from ..source.evaluation import load_evaluation
from . import app as statuses
from .options import (
    ROWS,
    Excel,
    Format,
    Lang,
    NoColor,
    Output,
    Quiet,
    Run,
    Unit,
    command_app,
    refuse_outside_csv,
    several,
    write_blocks,
    write_workbook,
)
from .output import format_for, target

if TYPE_CHECKING:
    from ..report.told.tables import Block
    from ..report.told.words import Words

app = command_app()


@app.command()
def evaluate_command(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Evaluation files; a folder stands for those in it, - for standard input.", show_default=False
        ),
    ],
    format_: Format = None,
    output: Output = None,
    base_year: Annotated[
        str | None,
        typer.Option("--base-year", metavar="YEAR|all", help="Another base year than the file's; all compares them.", show_default=False),
    ] = None,
    leave_one_out: Annotated[bool, typer.Option("--leave-one-out", help="The effect without each item in turn.")] = False,
    item: Annotated[
        list[str] | None, typer.Option("--item", metavar="ID", help="Count only this item; may be repeated.", show_default=False)
    ] = None,
    unit: Unit = None,
    rows: Annotated[Literal["items", "years"], ROWS] = "items",
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """The evaluation effect: cost development against a control area, not the financial result.

    \b
    Examples:
      socsam evaluate examples/evaluation/
      socsam evaluate examples/evaluation/exempelby.yaml --base-year all
      socsam evaluate examples/evaluation/hisingen.yaml --item sickness_benefit --item rehabilitation_benefit
      socsam explain examples/evaluation/exempelby.yaml items.sickness_benefit.effect
    """
    chosen = format_for(format_, output)
    refuse_outside_csv(context, chosen)
    run = _EvaluateRun(base_year, item, leave_one_out=leave_one_out)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        evaluated = run.evaluated(files)
        if chosen == "json":
            from ..report.data.evaluation import document, evaluation_data

            opened.stream.writelines(document(evaluation_data(one.document.file, *one[1:]) for one in evaluated))
        elif chosen == "csv":
            from ..report.data.evaluation import evaluation_records
            from ..report.render.csv import write

            write(opened.stream, evaluation_records(((one.document.file, *one[1:]) for one in evaluated), rows), excel=excel)
        elif chosen == "xlsx":
            from ..library.evaluations import Effect

            write_workbook(opened, list(map(Effect.of_evaluated, evaluated)), lang)
        else:
            from ..report.told.words import Words

            together = several(files) and not run.compares
            drawn = opened.terminal and chosen == "table"
            reports = _reports(evaluated, together, Words(lang), unit, drawn=drawn, hints=not quiet)
            for blocks in reports:
                write_blocks(opened, blocks, chosen, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _reports(
    evaluated: Iterator[Evaluated], together: bool, words: Words, unit: str | None, *, drawn: bool, hints: bool
) -> Iterator[Iterable[Block]]:
    """One area in full, several side by side; each choice that the effect depends on by itself."""
    from ..report.told.evaluation import comparison
    from ..report.told.sensitivity import told

    if together:
        if effects := [one.effect for one in evaluated]:
            yield comparison(effects, words, unit, hints=hints)
        return
    for one in evaluated:
        yield told((one.document.file, *one[1:]), words, unit, drawn=drawn, hints=hints)


class _EvaluateRun(Run):
    """A run of this command: which items count, and against which base year."""

    def __init__(self, base_year: str | None, items: Sequence[str] | None, *, leave_one_out: bool) -> None:
        super().__init__()
        self.items, self.leave_one_out = items or None, leave_one_out
        self.base_year: int | Literal["all"] | None = None
        if base_year is not None and base_year != "all":
            if not (base_year.isascii() and base_year.isdecimal() and len(base_year) == 4):
                raise OutputError(f"--base-year {base_year}: this is not a year\n   write four digits, such as 1996, or `all`")
            self.base_year = int(base_year)
        elif base_year is not None:
            self.base_year = "all"

    @property
    def compares(self) -> bool:
        """Whether the effect is shown under several choices."""
        return self.base_year == "all" or self.leave_one_out

    def evaluated(self, files: Sequence[str]) -> Iterator[Evaluated]:
        """Each file evaluated, as it comes; the bad ones are complained of and passed over."""
        for document in self.documents(files, FORMAT, load_evaluation):
            try:
                yield weigh(document, base_year=self.base_year, items=self.items, leave_one_out=self.leave_one_out)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
