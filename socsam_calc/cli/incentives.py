"""``socsam incentives``: who bears the next krona of cost in each activity; who pays for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from ..answers.incentives.incentives import Studied, study
from ..problems import AgreementError, Problem
from ..source.loader import load
from . import app as statuses
from .options import (
    ROWS,
    Excel,
    Figures,
    Files,
    Format,
    Lang,
    NoColor,
    Output,
    Quiet,
    Run,
    Settings,
    Unit,
    Year,
    command_app,
    one_ledger,
    refuse_outside_csv,
    write_blocks,
    write_workbook,
)
from .output import format_for, target

if TYPE_CHECKING:
    from ..report.told.tables import Block

FORMAT: Final = "socsam/1"

app = command_app()


@app.command()
def incentives_command(
    context: typer.Context,
    files: Files,
    format_: Format = None,
    output: Output = None,
    year: Year = None,
    unit: Unit = None,
    settings: Settings = None,
    figures: Figures = None,
    rows: Annotated[Literal["activities", "payments"], ROWS] = "activities",
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Who bears the next krona of cost in each activity; who pays for whom.

    \b
    Examples:
      socsam incentives examples/gotland.yaml
      socsam incentives examples/gotland.yaml --year 1998 --set 'sharing.shared=50 %'
      socsam incentives examples/ --format json
    """
    chosen = format_for(format_, output)
    refuse_outside_csv(context, chosen)
    run = _IncentivesRun(settings or [], one_ledger(figures), year, hints=not quiet)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        studied = run.studied(files)
        if chosen == "json":
            from ..report.told.incentives import data, document

            opened.stream.writelines(document(data(one.document.file, one.settlement, one.years) for one in studied))
        elif chosen == "csv":
            from ..report.render.csv import write
            from ..report.told.incentives import payment_records, point_records

            entries = ((one.document.file, one.settlement, one.years) for one in studied)
            write(opened.stream, point_records(entries) if rows == "activities" else payment_records(entries), excel=excel)
        elif chosen == "xlsx":
            from ..library.scenarios import Incentives

            write_workbook(opened, [Incentives(*one) for one in studied], lang)
        else:
            for blocks in _blocks(studied, lang, unit, hints=not quiet):
                write_blocks(opened, blocks, chosen, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _blocks(studied: Iterator[Studied], lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterator[Block]]:
    from ..report.told.incentives import report
    from ..report.told.words import Words

    words = Words(lang)
    for one in studied:
        yield report(one.settlement, one.years, words, unit, hints=hints)


class _IncentivesRun(Run):
    """A run of this command."""

    def __init__(self, settings: Sequence[str], figures: str | None, year: int | None, *, hints: bool) -> None:
        super().__init__()
        self.settings, self.figures, self.year, self.hints = settings, figures, year, hints

    def studied(self, files: Sequence[str]) -> Iterator[Studied]:
        """The incentives of each agreement, as it comes; the bad ones are complained of and passed over."""
        shown = False
        without: list[Problem] = []
        for document in self.documents(files, FORMAT, lambda name: load(name, settings=self.settings, figures=self.figures)):
            try:
                studied = study(document, self.year)
            except AgreementError as error:
                if all(problem.code == "no-such-year" for problem in error.problems):
                    without += error.problems
                else:
                    self.complain(error.problems, statuses.BAD_INPUT)
            else:
                shown = True
                yield studied
        self.pass_over(without, others=shown, hints=self.hints)
