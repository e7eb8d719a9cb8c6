"""``socsam explain``: any figure derived step by step, or a whole year told in order."""

from __future__ import annotations

import os
from typing import Annotated

from ..answers.explain import load_any
from ..library.explanations import MOST_LEVELS, Explanation
from ..library.files import FORMAT
from ..problems import OutputError
from ..source.document import Document
from .declared import Argument, Given, command
from .options import Changed, Country, Excel, Manner, PanelUnit, Rounding, To, Unit, option
from .run import Run


@command
def explain_command(
    given: Given,
    file: Annotated[
        str,
        Argument(metavar="FILE", help="An agreement, an evaluation or a panel (.csv, .xlsx); - for standard input.", show_default=False),
    ],
    figure: Annotated[
        str | None,
        Argument(
            metavar="[FIGURE]",
            completes="figures",
            help="Its path in the JSON of settle, lists by id: 2000.parties.kommun.settled; a part of a path names all in it. "
            "Without it, the whole year; of an evaluation file, its total effect. Of a panel it begins with the base.",
            show_default=False,
        ),
    ] = None,
    *,
    to: To,
    year: Annotated[
        int | None,
        option("--year", "The year to tell; by default the last one that is settled.", metavar="YEAR", completes="years"),
    ] = None,
    depth: Annotated[int | None, option("--depth", "Show no more than N levels of steps.", metavar="N", min=1, max=MOST_LEVELS)] = None,
    unit: Unit = None,
    changed: Changed,
    country: Country = None,
    panel_unit: PanelUnit = None,
    rounding: Rounding = None,
    excel: Excel = False,
    manner: Manner,
) -> None:
    """Derive a figure step by step, down to the lines of the file.

    Each step shows its formula, the formula with its numbers, its rule and its source. Without FIGURE the whole year is told in order.

    \b
    Examples:
      socsam explain examples/complete.yaml 2000.parties.kommun.settled
      socsam explain examples/complete.yaml 2000.parties.kommun.settled --depth 2
      socsam explain examples/complete.yaml --year 1999
      socsam explain examples/complete.yaml 1999.payments --lang sv
      socsam explain examples/evaluation/exempelby.yaml items.sickness_benefit.1999.effect
      socsam explain examples/norm/land.csv 'fixed:1995.results.Ort 017.1999.result' --depth 3
    """
    run = Run(given, to, manner, unit=unit, excel=excel)
    if depth is not None and run.chosen not in ("table", "markdown"):
        raise OutputError("--depth shortens what people read, and another format is written here\n   leave --depth out")
    if os.path.isdir(file):
        raise OutputError(f"{file} is a folder; an explanation is one of a single agreement\n   name a file in it")
    settings, ledger = changed.settings or [], changed.ledger

    def explain(name: str) -> Explanation:
        document = load_any(name, settings=settings, figures=ledger, country=country, panel_unit=panel_unit, rounding=rounding)
        explanation = Explanation(document, figure, year, unit, manner.lang, depth)
        if isinstance(document, Document):
            run.warn_of_idle(document)
        return explanation

    run.write(Explanation, run.each([file], FORMAT, explain))
