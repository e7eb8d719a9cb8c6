"""``socsam guide``: the pages that travel with the program, or the place in them that is asked for."""

from __future__ import annotations

import shutil
from typing import Annotated

from ..library.written import guide_page
from .declared import Argument, command
from .options import Manner, output_to
from .output import target
from .run import colours_wanted


@command
def guide_command(
    topic: Annotated[
        list[str] | None,
        Argument(
            metavar="[TOPIC]",
            completes="pages",
            help="A page; or a section of one, a rule, a field, a column or key, a word. Without it, the list of pages.",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[str | None, output_to("Write to a file, as Markdown.")] = None,
    manner: Manner,
) -> None:
    """The guide: first agreement, the files, the arithmetic, the rules, every column and word.

    Whatever an output or a message cites is found here. A pipe gets the page as Markdown.

    \b
    Examples:
      socsam guide
      socsam guide first-agreement
      socsam guide settlement 4
      socsam guide domain 19
      socsam guide sharing.deficit
      socsam guide "before sharing" --lang sv
    """
    text = guide_page(" ".join(topic or []), lang=manner.lang)
    with target(output, machine=output is not None) as opened:
        if not opened.terminal:
            opened.stream.write(text)
            return
        from ..report.render.prose import show
        from .pager import paged

        with paged(opened, wanted=not manner.no_pager) as stream:
            show(text, stream, width=shutil.get_terminal_size().columns, colour=not manner.no_color and colours_wanted())
