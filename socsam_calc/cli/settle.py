"""``socsam settle``: frame, result, settlement, payments and balances of each agreement and year."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

import typer

from ..answers.settle import no_such_year, settle
from ..engine.results import Settlement, YearResult
from ..problems import AgreementError, Problem
from ..source.document import Document
from ..source.loader import load
from . import app as statuses
from .options import (
    ROWS,
    Excel,
    Figures,
    Files,
    Lang,
    NoColor,
    Quiet,
    Run,
    Settings,
    Unit,
    Year,
    command_app,
    one_ledger,
    refuse_outside_csv,
    several,
    to_file,
    write_blocks,
)
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..report.told.tables import Block

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
    context: typer.Context,
    files: Files,
    format_: Annotated[
        Literal["table", "json", "csv", "markdown", "html"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to a file: .json, .csv, .md, .xlsx or .html.",
            show_default=False,
            callback=to_file,
        ),
    ] = None,
    year: Year = None,
    unit: Unit = None,
    settings: Settings = None,
    figures: Figures = None,
    rows: Annotated[Literal["parties", "activities"], ROWS] = "parties",
    excel: Excel = False,
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
    refuse_outside_csv(context, chosen)
    run = SettleRun(settings or [], one_ledger(figures), year, unit, hints=not quiet)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        settled = run.settled(files)
        if chosen == "json":
            from ..report.data.json import document, settlement_data

            opened.stream.writelines(document(settlement_data(one.document.file, one.settlement, one.years) for one in settled))
        elif chosen == "csv":
            from ..report.data.settlement_rows import settlement_records
            from ..report.render.csv import write

            entries = ((one.document.file, one.settlement, one.years) for one in settled)
            write(opened.stream, settlement_records(entries, rows), excel=excel)
        elif chosen == "xlsx":
            _write_workbook(opened, settled, lang, unit)
        elif chosen == "html":
            from .report import write_page

            write_page(opened, run, files, lang)
        else:
            for blocks in _reports(settled, several(files), lang, unit, hints=not quiet):
                write_blocks(opened, blocks, chosen, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _reports(settled: Iterator[Settled], many: bool, lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterable[Block]]:
    """One agreement in full; several agreements a line for each year, in pieces so that memory stays flat."""
    from ..report.told.comparison import comparison
    from ..report.told.settlement import report
    from ..report.told.words import Words

    words = Words(lang)
    if not many:
        for one in settled:
            yield report(one.settlement, one.years, words, unit, hints=hints)
        return
    while piece := list(islice(settled, _PIECE)):
        yield comparison([(one.settlement, one.years) for one in piece], words, unit, hints=hints)


def _write_workbook(opened: Target, settled: Iterator[Settled], lang: str, unit: str | None) -> None:
    from ..report.render.sheets import xlsx
    from ..report.told.words import Words
    from ..report.workbook.workbook import sheets, title

    everything = [(one.settlement, one.years) for one in settled]
    if everything:
        words = Words(lang)
        opened.write_bytes(xlsx(sheets(everything, words, unit), title(everything, words)))


class SettleRun(Run):
    """A run of this command: what to settle, which year of it to show, in which unit, and whether with hints."""

    def __init__(self, settings: Sequence[str], figures: str | None, year: int | None, unit: str | None, *, hints: bool = True) -> None:
        super().__init__()
        self.settings, self.figures, self.year, self.unit, self.hints = settings, figures, year, unit, hints

    def settled(self, files: Sequence[str]) -> Iterator[Settled]:
        """Each agreement settled, as it comes; the bad ones are complained of and passed over."""
        shown = False
        without: list[Problem] = []
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
                without += [] if self.year is None else [no_such_year(document, self.year)]
                continue
            self._hold(document, years)
            shown = True
            yield Settled(document, settlement, years)
        self.pass_over(without, others=shown, hints=self.hints)

    def _hold(self, document: Document, years: Iterable[YearResult]) -> None:
        """Complain of each expectation that failed, with its line."""
        failed = [expectation for year in years for expectation in year.expectations if not expectation.met]
        if not failed:
            return
        from ..amounts import SPACE, Scale

        agreement = document.agreement
        for expectation in failed:
            scale = Scale(agreement.rounding, self.unit or agreement.unit, (expectation.expected, expectation.computed))
            expected = scale.with_unit(expectation.expected)
            if expectation.known_error:
                text = f"{expectation.path} is the known error after all: {expected}"
            else:
                computed = "not known" if expectation.computed is None else scale.with_unit(expectation.computed)
                text = f"{expectation.path} should be {expected}, and is {computed}"
            self.complain([Problem("expectation", document.place(expectation.place), text.replace(SPACE, " "))], statuses.UNMET)
