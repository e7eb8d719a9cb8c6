"""``socsam explain``: any figure derived step by step, or a whole year told in order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from ..problems import AgreementError, OutputError
from . import app as statuses
from .options import (
    Excel,
    Figures,
    File,
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
    from ..report.derivation.evaluation import EvaluationExplanation
    from ..report.derivation.explanation import Explanation

app = command_app()


@app.command()
def explain_command(
    context: typer.Context,
    file: File,
    figure: Annotated[
        str | None,
        typer.Argument(
            metavar="[FIGURE]",
            help="Its path in the JSON of settle, lists by id: 2000.parties.kommun.settled; a part of a path names all in it. "
            "Without it, the whole year; of an evaluation file, its total effect.",
            show_default=False,
        ),
    ] = None,
    format_: Format = None,
    output: Output = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="The year to tell; by default the last one that is settled.", show_default=False),
    ] = None,
    unit: Unit = None,
    settings: Settings = None,
    figures: Figures = None,
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Derive a figure step by step, down to the lines of the file.

    Each step shows its formula, the formula with its numbers, its rule and its source. Without FIGURE the whole year is told in order.

    \b
    Examples:
      socsam explain examples/complete.yaml 2000.parties.kommun.settled
      socsam explain examples/complete.yaml --year 1999
      socsam explain examples/complete.yaml 1999.payments --lang sv
      socsam explain examples/evaluation/exempelby.yaml items.sickness_benefit.1999.effect
    """
    chosen = format_for(format_, output)
    refuse_outside_csv(context, chosen)
    if os.path.isdir(file):
        raise OutputError(f"{file} is a folder; an explanation is one of a single agreement\n   name a file in it")
    from ..answers.explain import explain, load_either

    run, ledger = Run(), one_ledger(figures)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        for document in run.documents([file], "socsam/1", lambda name: load_either(name, settings=settings or [], figures=ledger)):
            try:
                if chosen == "xlsx":
                    from ..library.explanations import Explanation as Result

                    write_workbook(opened, [Result(document, figure, year, unit, lang)], lang)
                    continue
                explanation = explain(document, figure, year=year, lang=lang, unit=unit)
                _show(opened, explanation, chosen, excel=excel, no_color=no_color, hints=not quiet)
            except AgreementError as error:
                run.complain(error.problems, statuses.BAD_INPUT)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _show(
    opened: Target, explanation: Explanation | EvaluationExplanation, chosen: str, *, excel: bool, no_color: bool, hints: bool
) -> None:
    if chosen == "json":
        from ..report.data.json import write

        opened.stream.write(write(explanation.data()) + "\n")
    elif chosen == "csv":
        from ..report.data.steps import step_records
        from ..report.render.csv import write as write_csv

        write_csv(opened.stream, step_records([explanation.data()]), excel=excel)
    else:
        write_blocks(opened, explanation.blocks(hints=hints), chosen, no_color=no_color)
