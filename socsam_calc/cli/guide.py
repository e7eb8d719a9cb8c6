"""``socsam guide``: the pages that travel with the program, or the place in them that is asked for."""

from __future__ import annotations

import os
import shutil
from typing import Annotated

import typer

from .options import Lang, NoColor, command_app, to_file
from .output import target

app = command_app()


@app.command()
def guide_command(
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="A page; or a section of one, a rule, a field, a column or key, a word. Without it, the list of pages.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file, as Markdown.", show_default=False, callback=to_file),
    ] = None,
    lang: Lang = "en",
    no_color: NoColor = False,
) -> None:
    """The guide: first agreement, the files, the arithmetic, the rules, every column and word.

    Whatever an output or a message cites is found here. A pipe gets the page as Markdown.

    \b
    Examples:
      socsam guide
      socsam guide first-agreement
      socsam guide settlement 4
      socsam guide "rule 19"
      socsam guide sharing.deficit
      socsam guide "before sharing" --lang sv
    """
    from ..guide.find import found

    text = found(" ".join(topic or []), lang)
    with target(output, machine=output is not None) as opened:
        if not opened.terminal:
            opened.stream.write(text)
            return
        from ..report.render.prose import show

        colour = not no_color and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        show(text, opened.stream, width=shutil.get_terminal_size().columns, colour=colour)
