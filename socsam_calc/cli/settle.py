"""``socsam settle``: frame, result, settlement, payments and balances of each agreement and year."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

import typer

from ..engine.results import Settlement, YearResult
from ..problems import AgreementError, Problem
from ..settling import no_such_year, settle
from ..source.loader import Document, load
from . import app as statuses
from .options import Figures, Files, Lang, NoColor, Quiet, Run, Settings, Unit, Year, command_app, several, show_blocks
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..report.tables import Block

FORMAT: Final = "socsam/1"
_MANY: Final = 50  # from here on, garbage is collected again
_PIECE: Final = 100  # agreements in one table

app = command_app()


class Settled(NamedTuple):
    """An agreement that settled, and the years of it that were asked for."""

    document: Document
    settlement: Settlement
    years: Sequence[YearResult]


@app.command()
def settle_command(
    files: Files,
    format_: Annotated[
        Literal["table", "json", "csv", "markdown", "html"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .json, .csv, .md, .xlsx or .html.", show_default=False),
    ] = None,
    year: Year = None,
    unit: Unit = None,
    settings: Settings = None,
    figures: Figures = None,
    rows: Annotated[Literal["parties", "activities"], typer.Option("--rows", help="What a row of CSV is.")] = "parties",
    excel: Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")] = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Settle agreements: frame, result, who is entitled to what, who pays whom.

    \b
    Examples:
      socsam settle examples/laholm.yaml
      socsam settle examples/ --format json
      socsam settle examples/complete.yaml --output OUT/settlement.xlsx
      socsam settle examples/laholm.yaml --set 'sharing.shared=100 %'
    """
    chosen = format_for(format_, output, ("json", "csv", "markdown", "xlsx", "html"))
    run = SettleRun(settings or [], figures, year)
    encoding = "utf-8-sig" if excel and chosen == "csv" else "utf-8"
    with target(output, machine=chosen != "table", encoding=encoding) as opened:
        settled = run.settled(files)
        if chosen == "json":
            from ..report.json import document, settlement_data

            opened.stream.writelines(document(settlement_data(one.document.file, one.settlement, one.years) for one in settled))
        elif chosen == "csv":
            from ..report.csv import write
            from ..report.settlement_rows import settlement_records

            entries = ((one.document.file, one.settlement, one.years) for one in settled)
            write(opened.stream, settlement_records(entries, rows), excel=excel)
        elif chosen == "xlsx":
            _write_workbook(opened, settled, lang, unit)
        elif chosen == "html":
            from .report import write_page

            write_page(opened, settled, lang, unit)
        else:
            for blocks in _reports(settled, several(files), lang, unit, hints=not quiet):
                _show(opened, blocks, chosen, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _reports(settled: Iterator[Settled], many: bool, lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterable[Block]]:
    """One agreement in full; several agreements a line for each year, in pieces so that memory stays flat."""
    from ..report.comparison import comparison
    from ..report.settlement import report
    from ..report.words import Words

    words = Words(lang)
    if not many:
        for one in settled:
            yield report(one.settlement, one.years, words, unit, hints=hints)
        return
    while piece := list(islice(settled, _PIECE)):
        yield comparison([(one.settlement, one.years) for one in piece], words, unit, hints=hints)


def _write_workbook(opened: Target, settled: Iterator[Settled], lang: str, unit: str | None) -> None:
    from ..report.sheets import xlsx
    from ..report.words import Words
    from ..report.workbook import sheets, title

    everything = [(one.settlement, one.years) for one in settled]
    if everything:
        words = Words(lang)
        opened.write_bytes(xlsx(sheets(everything, words, unit), title(everything, words)))


def _show(opened: Target, blocks: Iterable[Block], chosen: str, *, no_color: bool) -> None:
    if chosen == "markdown":
        from ..report.markdown import render

        opened.stream.writelines(render(blocks))
    else:
        show_blocks(opened, blocks, no_color=no_color)


class SettleRun(Run):
    """A run of this command: what to settle, and which year of it to show."""

    def __init__(self, settings: Sequence[str], figures: str | None, year: int | None) -> None:
        super().__init__()
        self.settings, self.figures, self.year = settings, figures, year

    def settled(self, files: Sequence[str]) -> Iterator[Settled]:
        """Each agreement settled, as it comes; the bad ones are complained of and passed over."""
        shown = 0
        without_year: list[Problem] = []
        for number, document in enumerate(
            self.documents(files, FORMAT, lambda name: load(name, settings=self.settings, figures=self.figures))
        ):
            if number == _MANY:
                gc.enable()
            try:
                settlement = settle(document)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
                continue
            years = [year for year in settlement.years if self.year in (None, year.year)]
            if not years:
                without_year += [] if self.year is None else [no_such_year(document, self.year)]
                continue
            self._hold(document, years)
            shown += 1
            yield Settled(document, settlement, years)
        if without_year and not shown:
            self.complain(without_year, statuses.BAD_INPUT)

    def _hold(self, document: Document, years: Iterable[YearResult]) -> None:
        """Complain of each expectation that failed, with its line."""
        failed = [expectation for year in years for expectation in year.expectations if not expectation.met]
        if not failed:
            return
        from ..report.json import kronor

        for expectation in failed:
            expected, computed = (kronor(units, document.agreement.rounding) for units in (expectation.expected, expectation.computed))
            if expectation.known_error:
                text = f"{expectation.path} is the known error after all: {expected} kr"
            else:
                text = f"{expectation.path} should be {expected} kr, and is {'not known' if computed is None else f'{computed} kr'}"
            self.complain([Problem("expectation", document.place(expectation.place), text)], statuses.UNMET)
