"""``socsam lsp``: a language server, for editors."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import BinaryIO, cast

from ..report.told.words import Words
from .declared import command
from .options import Lang
from .streams import PIPE_CLOSED


@command
def lsp_command(lang: Lang = "en") -> None:
    """Run a language server, for editors.

    An editor starts it, and talks to it over standard input and output. It says what is wrong with a file while it is written, in the words of settle and check; completes fields, kinds of cost and the file's own names; and shows
    what the guide says of a field, and what a figure comes to. `socsam guide editor` says how editors are set up.

    Needs the extra `editor`: pip install 'socsam-calc[editor]'.

    \b
    Example:
      socsam lsp --lang sv
    """
    from ..editor.server import serve

    if sys.stdin is None:
        raise SystemExit(PIPE_CLOSED)
    serve(Words(lang), version("socsam-calc"), sys.stdin.buffer, cast(BinaryIO, sys.stdout.buffer))
