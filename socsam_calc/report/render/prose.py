"""Markdown as a page of text on a terminal."""

from __future__ import annotations

from typing import Final, TextIO

_WIDEST: Final = 100
"""Longer lines of prose are hard to follow."""


def show(text: str, stream: TextIO, *, width: int, colour: bool) -> None:
    """Print Markdown as wide as the terminal, but no wider than a page; headings and words in code stand out."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    console = Console(
        file=stream,
        width=min(width, _WIDEST),
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        theme=Theme({"markdown.code": "cyan"}),  # Rich's own has a black ground, on a light terminal too
    )
    console.print(Markdown(text, hyperlinks=False, justify="left"))
