"""The options that commands have in common, each with its help; and what a run of any command keeps track of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from ..problems import AgreementError
from ..source.inputs import expand
from . import app as statuses
from .output import Target

if TYPE_CHECKING:
    from ..report.tables import Block, Outline

D = TypeVar("D")

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...", help="Agreement files; a folder stands for the agreements in it, - for standard input.", show_default=False
    ),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="An agreement file; - for standard input.", show_default=False)]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .json, .csv or .md.", show_default=False)
]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Show only this year, in full.", show_default=False)]
Unit = Annotated[
    Literal["kr", "tkr", "mkr"] | None, typer.Option("--unit", help="The unit of tables; the file's by default.", show_default=False)
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="As if the file said this; may be repeated.", show_default=False),
]
Figures = Annotated[
    str | None,
    typer.Option("--figures", metavar="FILE", help="Take the figures from this .csv or .xlsx file.", show_default=False),
]
Lang = Annotated[Literal["en", "sv"], typer.Option("--lang", envvar="SOCSAM_LANG", help="The language of results.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours, even on a terminal.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result and what is wrong: no hints.")]


def command_app() -> typer.Typer:
    """The Typer application of a command's module."""
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )


class Run:
    """One run of a command: the worst that happened so far decides its status."""

    def __init__(self) -> None:
        self.status = statuses.DONE

    def complain(self, problems: Iterable[object], status: int) -> None:
        """Say what is wrong, on standard error."""
        for problem in problems:
            typer.echo(str(problem), err=True)
        self.status = max(self.status, status)

    def documents(self, files: Sequence[str], format_: str, load: Callable[[str], D]) -> Iterator[D]:
        """Each file loaded by ``load(name)``, as it comes; the bad ones are complained of and passed over."""
        for name, problem in expand(files, format_):
            try:
                if problem is not None:
                    raise problem
                document = load(name)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
            else:
                yield document

    def finish(self, opened: Target | None = None, output: str | None = None) -> None:
        """After a bad file an output file is left as it was, and that is said."""
        if self.status == statuses.BAD_INPUT and output is not None and opened is not None:
            opened.discard()
            self.complain([f"{output} was not written"], self.status)


def several(files: Sequence[str]) -> bool:
    """Whether more than one file may be meant."""
    return len(files) > 1 or any(Path(name).is_dir() for name in files)


def show_blocks(opened: Target, blocks: Iterable[Block | Outline], *, no_color: bool) -> None:
    """Blocks as tables: as wide as the terminal, or of their natural width in a pipe; colours only on a terminal that wants them."""
    from ..report.terminal import show

    width = shutil.get_terminal_size().columns if opened.terminal else None
    colour = opened.terminal and not no_color and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    show(blocks, opened.stream, width=width, colour=colour)
