"""``socsam report``: settlements as one self-contained page of HTML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from ..library.files import FORMAT
from ..library.formats import left_out_of_page
from ..library.settlements import Settled
from ..problems import OutputError
from ..source.opened import is_descriptor
from .declared import Given, Option, command
from .options import Changed, Destination, Files, Lang, Manner, Quiet, Unit, Year, output_to
from .run import Run
from .settle import settled


@command
def report_command(
    given: Given,
    files: Files,
    output: Annotated[str | None, output_to("The page to write: .html; - for standard output.")] = None,
    year: Year = None,
    unit: Unit = None,
    *,
    without: Annotated[
        str, Option("--without", metavar="PARTS", help="Leave these out: check, derivations, charts.", show_default=False)
    ] = "",
    changed: Changed,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Write settlements as one page of HTML, with tables and charts.

    With all that they rest on, for the screen and for A4. The page holds everything it needs: it can be mailed, opened without a network and printed.
    Needs the extra `report`: pip install 'socsam-calc[report]'.

    \b
    Examples:
      socsam report examples/complete.yaml -o complete.html
      socsam report examples/stenungsund.yaml --lang sv -o stenungsund.html
      socsam report examples/complete.yaml --without check,derivations -o board.html
      socsam report examples/ -o trials.html
    """
    if output is not None and not is_descriptor(output) and Path(output).suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"{output}: a report is a page of HTML\n   end the name in .html")
    run = Run(given, Destination(format_="html", output=output), Manner(lang=lang, quiet=quiet), unit=unit)
    run.without = left_out_of_page(one for one in map(str.strip, without.split(",")) if one)
    settle = settled(run, changed, year)
    if output is None and sys.stdout.isatty():
        raise OutputError("a page is not for the terminal\n   name the file to write with --output FILE.html")
    run.write(Settled, run.each(files, FORMAT, settle))
