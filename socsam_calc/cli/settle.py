"""``socsam settle``: frame, result, settlement, payments and balances of each agreement and year."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

import typer

from ..engine.results import Settlement, YearResult
from ..problems import AgreementError, Problem
from ..settling import settle
from ..source.loader import Document, load
from . import app as statuses
from .inputs import expand
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..report.tables import Block

FORMAT: Final = "socsam/1"
_MANY: Final = 50  # from here on, garbage is collected again
_PIECE: Final = 100  # agreements in one table

app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, context_settings={"help_option_names": ["--help", "-h"]}
)


class Settled(NamedTuple):
    """An agreement that settled, and the years of it that were asked for."""

    document: Document
    settlement: Settlement
    years: Sequence[YearResult]


class _Run:
    """One call of the command: what was asked for, and the worst that happened so far."""

    def __init__(self, settings: Sequence[str], year: int | None) -> None:
        self.settings, self.year = settings, year
        self.status = statuses.DONE
        self.shown = 0
        self.without_year: list[Problem] = []

    def complain(self, problems: Iterable[object], status: int) -> None:
        """Say what is wrong, on standard error."""
        for problem in problems:
            typer.echo(str(problem), err=True)
        self.status = max(self.status, status)

    def settled(self, files: Sequence[str]) -> Iterator[Settled]:
        """Each agreement settled, as it comes; the bad ones are complained of and passed over."""
        for number, (name, problem) in enumerate(expand(files, FORMAT)):
            if number == _MANY:
                gc.enable()
            try:
                if problem is not None:
                    raise problem
                document = load(name, settings=self.settings)
                settlement = settle(document)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
                continue
            years = [year for year in settlement.years if self.year in (None, year.year)]
            if not years:
                held = ", ".join(str(year.year) for year in settlement.years)
                place = document.place(("years",), on_key=True)
                self.without_year.append(Problem("no-such-year", place, f"the agreement holds no year {self.year}", f"it holds {held}"))
                continue
            self._hold(document, years)
            self.shown += 1
            yield Settled(document, settlement, years)
        if not self.shown:
            self.complain(self.without_year, statuses.BAD_INPUT if self.without_year else self.status)

    def _hold(self, document: Document, years: Iterable[YearResult]) -> None:
        """Complain of each expectation that failed, with its line."""
        from ..report.json import kronor

        rounding = document.agreement.rounding
        for year in years:
            for expectation in year.expectations:
                if not expectation.met:
                    computed, expected = kronor(expectation.computed, rounding), kronor(expectation.expected, rounding)
                    text = (
                        f"{expectation.path} is the known error after all: {expected} kr"
                        if expectation.known_error
                        else f"{expectation.path} should be {expected} kr, and is {'not known' if computed is None else f'{computed} kr'}"
                    )
                    self.complain([Problem("expectation", document.place(expectation.place), text)], statuses.UNMET)


@app.command()
def settle_command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Agreement files; a folder stands for the agreements in it, - for standard input.", show_default=False
        ),
    ],
    format_: Annotated[
        Literal["table", "json", "csv", "markdown"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .json, .csv or .md.", show_default=False)
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Show only this year, in full.", show_default=False)] = None,
    unit: Annotated[
        Literal["kr", "tkr", "mkr"] | None, typer.Option("--unit", help="The unit of tables; the file's by default.", show_default=False)
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Settle as if the file said this; may be repeated.", show_default=False),
    ] = None,
    rows: Annotated[Literal["parties", "activities"], typer.Option("--rows", help="What a row of CSV is.")] = "parties",
    excel: Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")] = False,
    lang: Annotated[Literal["en", "sv"], typer.Option("--lang", envvar="SOCSAM_LANG", help="The language of tables.")] = "en",
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours, even on a terminal.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the result and what is wrong: no hints.")] = False,
) -> None:
    """Settle agreements: frame, result, who is entitled to what, who pays whom.

    \b
    Examples:
      socsam settle examples/laholm.yaml
      socsam settle examples/ --format json
      socsam settle examples/laholm.yaml --set 'years.2000.result=−5 000'
    """
    chosen = format_for(format_, output)
    run = _Run(settings or [], year)
    encoding = "utf-8-sig" if excel and chosen == "csv" else "utf-8"
    with target(output, machine=chosen != "table", encoding=encoding) as opened:
        writer = _Writer(opened, lang, unit, rows, excel, colour=not no_color, hints=not quiet)
        getattr(writer, chosen)(run.settled(files), several=len(files) > 1 or any(Path(name).is_dir() for name in files))
        if run.status == statuses.BAD_INPUT and output is not None:
            opened.discard()
    if run.status == statuses.BAD_INPUT and output is not None:
        typer.echo(f"{output} was not written", err=True)
    raise typer.Exit(run.status)


class _Writer:
    """Writes settlements in one of the formats, one agreement at a time."""

    def __init__(self, opened: Target, lang: str, unit: str | None, rows: str, excel: bool, *, colour: bool, hints: bool) -> None:
        self.opened, self.stream, self.lang, self.unit, self.rows, self.excel, self.hints = (
            opened,
            opened.stream,
            lang,
            unit,
            rows,
            excel,
            hints,
        )
        self.colour = colour and opened.terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    def json(self, settled: Iterator[Settled], *, several: bool) -> None:
        from ..report.json import document, settlement_data

        self.stream.writelines(document(settlement_data(one.document.file, one.settlement, one.years) for one in settled))

    def csv(self, settled: Iterator[Settled], *, several: bool) -> None:
        from ..report.csv import write

        write(self.stream, ((one.document.file, one.settlement, one.years) for one in settled), rows=self.rows, excel=self.excel)

    def markdown(self, settled: Iterator[Settled], *, several: bool) -> None:
        from ..report.markdown import render

        self._blocks(settled, several, lambda blocks: self.stream.writelines(render(blocks)))

    def table(self, settled: Iterator[Settled], *, several: bool) -> None:
        import shutil

        from ..report.terminal import show

        width = shutil.get_terminal_size().columns if self.opened.terminal else None
        self._blocks(settled, several, lambda blocks: show(blocks, self.stream, width=width, colour=self.colour))

    def _blocks(self, settled: Iterator[Settled], several: bool, show: Callable[[Iterable[Block]], None]) -> None:
        """One agreement in full; several agreements a line for each year, in pieces so that memory stays flat."""
        from ..report.settlement import comparison, report
        from ..report.words import Words

        words = Words(self.lang)
        if not several:
            for one in settled:
                show(report(one.settlement, one.years, words, self.unit, hints=self.hints))
            return
        while piece := list(islice(settled, _PIECE)):
            show(comparison([(one.settlement, one.years) for one in piece], words, self.unit, hints=self.hints))
