"""``socsam report``: settlements as one self-contained page of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..problems import OutputError
from .app import DONE
from .options import Figures, Files, Lang, Settings, Unit, Year, command_app, one_ledger, to_file
from .output import Target, target
from .settle import SettleRun

app = command_app()


@app.command()
def report_command(
    files: Files,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page to write: .html; - for standard output.", show_default=False, callback=to_file
        ),
    ] = None,
    year: Year = None,
    unit: Unit = None,
    settings: Settings = None,
    figures: Figures = None,
    lang: Lang = "en",
) -> None:
    """Write settlements as one page of HTML, with tables and charts.

    With all that they rest on, for the screen and for A4. The page holds everything it needs: it can be mailed, opened without a network and printed.
    Needs the extra `report`: pip install 'socsam-calc[report]'.

    \b
    Examples:
      socsam report examples/complete.yaml -o complete.html
      socsam report examples/stenungsund.yaml --lang sv -o stenungsund.html
      socsam report examples/ -o trials.html
    """
    if output is not None and Path(output).suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"{output}: a report is a page of HTML\n   end the name in .html")
    run = SettleRun(settings or [], one_ledger(figures), year, unit)
    with target(output, machine=True) as opened:
        if opened.terminal:
            raise OutputError("a page is not for the terminal\n   name the file to write with --output FILE.html")
        write_page(opened, run, files, lang)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def write_page(opened: Target, run: SettleRun, files: Sequence[str], lang: str) -> None:
    """The page for what was settled; nothing where every file was bad. Raises OutputError where a library is missing."""
    from ..report.page.page import render, too_large
    from ..report.told.words import Words

    shown = [(one.document, one.settlement, one.years) for one in run.settled(files)]
    if shown:
        page = render(shown, Words(lang), run.unit)
        opened.stream.write(page)
        hint = too_large(page, years=run.year is None and any(len(years) > 1 for _, _, years in shown))
        if hint and run.hints:
            run.complain([hint], DONE)
