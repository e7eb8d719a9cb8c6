"""``socsam incentives``: who bears the next krona of cost in each activity; who pays for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from ..problems import AgreementError
from ..scenario.incentives import Studied, study
from ..source.loader import load
from . import app as statuses
from .options import Files, Lang, NoColor, Output, Quiet, Run, Settings, Unit, Year, command_app, show_blocks
from .output import format_for, target

if TYPE_CHECKING:
    from ..report.tables import Block

FORMAT: Final = "socsam/1"

app = command_app()


@app.command()
def incentives_command(
    files: Files,
    format_: Annotated[
        Literal["table", "json", "csv", "markdown"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
    ] = None,
    output: Output = None,
    year: Year = None,
    unit: Unit = None,
    settings: Settings = None,
    rows: Annotated[Literal["activities", "payments"], typer.Option("--rows", help="What CSV holds.")] = "activities",
    excel: Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")] = False,
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
    run = _IncentivesRun(settings or [], year)
    encoding = "utf-8-sig" if excel and chosen == "csv" else "utf-8"
    with target(output, machine=chosen != "table", encoding=encoding) as opened:
        studied = run.studied(files)
        if chosen == "json":
            from ..report.incentives import data, document

            opened.stream.writelines(document(data(one.document.file, one.settlement, one.years) for one in studied))
        elif chosen == "csv":
            from ..report.csv import write
            from ..report.incentives import payment_records, point_records

            entries = ((one.document.file, one.settlement, one.years) for one in studied)
            write(opened.stream, point_records(entries) if rows == "activities" else payment_records(entries), excel=excel)
        else:
            for blocks in _blocks(studied, lang, unit, hints=not quiet):
                if chosen == "markdown":
                    from ..report.markdown import render

                    opened.stream.writelines(render(blocks))
                else:
                    show_blocks(opened, blocks, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _blocks(studied: Iterator[Studied], lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterator[Block]]:
    from ..report.incentives import report
    from ..report.words import Words

    words = Words(lang)
    for one in studied:
        yield report(one.settlement, one.years, words, unit, hints=hints)


class _IncentivesRun(Run):
    """A run of this command."""

    def __init__(self, settings: Sequence[str], year: int | None) -> None:
        super().__init__()
        self.settings, self.year = settings, year

    def studied(self, files: Sequence[str]) -> Iterator[Studied]:
        """The incentives of each agreement, as it comes; the bad ones are complained of and passed over."""
        for document in self.documents(files, FORMAT, lambda name: load(name, settings=self.settings)):
            try:
                yield study(document, self.year)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
