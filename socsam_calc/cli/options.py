"""The options that commands have in common, each with its help; and what a run of any command keeps track of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

import typer

from ..problems import AgreementError, OutputError, Problem
from ..source.inputs import expand
from . import app as statuses
from .output import Target

if TYPE_CHECKING:
    from ..library.formats import Result
    from ..report.told.tables import Block, Outline

D = TypeVar("D")


def to_file(output: str | None) -> str | None:
    """The file that --output names; ``-`` names none, as it stands for standard output."""
    return None if output == "-" else output


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...", help="Agreement files; a folder stands for the agreements in it, - for standard input.", show_default=False
    ),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="An agreement file; - for standard input.", show_default=False)]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to a file: .json, .csv, .md or .xlsx.", show_default=False, callback=to_file
    ),
]
Format = Annotated[
    Literal["table", "json", "csv", "markdown"] | None,
    typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
]
ROWS: Final = typer.Option("--rows", help="What a row of CSV is.")
Excel = Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Show only this year, in full.", show_default=False)]
Unit = Annotated[
    Literal["kr", "tkr", "mkr"] | None, typer.Option("--unit", help="The unit of tables; the file's by default.", show_default=False)
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="As if the file said this; may be repeated.", show_default=False),
]
Figures = Annotated[
    list[str] | None,
    typer.Option("--figures", metavar="FILE", help="Take the figures from this .csv or .xlsx file.", show_default=False),
]
Lang = Annotated[Literal["en", "sv"], typer.Option("--lang", envvar="SOCSAM_LANG", help="The language of results.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours, even on a terminal.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result and what is wrong: no hints.")]


def one_ledger(figures: Sequence[str] | None) -> str | None:
    """The file of figures, where one is named. Raises OutputError for several: of an option given twice the first would be lost unseen."""
    if figures is not None and len(figures) > 1:
        raise OutputError("--figures names several files\n   put their figures into one, a workbook's sheets for instance")
    return figures[0] if figures else None


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

    def pass_over(self, without: Sequence[Problem], *, others: bool, hints: bool) -> None:
        """Files that lack the year asked for: beside ``others`` that have it they are passed over, with a hint; alone they are refused."""
        if not others:
            self.complain(without, statuses.BAD_INPUT)
        elif hints:
            self.complain([f"{problem.place.file}: {problem.text}; it is passed over" for problem in without], statuses.DONE)

    def finish(self, opened: Target | None = None, output: str | None = None) -> None:
        """After a bad file an output file is left as it was, and that is said."""
        if self.status == statuses.BAD_INPUT and output is not None and opened is not None:
            opened.discard()
            self.complain([f"{output} was not written"], self.status)


def refuse_outside_csv(context: typer.Context, chosen: str) -> None:
    """Refuse an option that shapes CSV alone where another format is written. Raises OutputError."""
    for parameter in context.command.params if chosen != "csv" else ():
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in ("rows", "excel") and source is not None and source.name == "COMMANDLINE":
            option = parameter.opts[0]
            raise OutputError(f"{option} shapes CSV, and no CSV is written here\n   write CSV (--format csv), or leave {option} out")


def several(files: Sequence[str]) -> bool:
    """Whether more than one file may be meant."""
    return len(files) > 1 or any(map(os.path.isdir, files))


def write_blocks(opened: Target, blocks: Iterable[Block | Outline], chosen: str, *, no_color: bool) -> None:
    """Blocks in Markdown where that is ``chosen``, else as tables."""
    if chosen == "markdown":
        from ..report.render.markdown import render

        opened.stream.writelines(render(blocks))
    else:
        show_blocks(opened, blocks, no_color=no_color)


def write_workbook(opened: Target, results: Sequence[Result], lang: Literal["en", "sv"]) -> None:
    """The results as a workbook; nothing where every file was bad."""
    from ..library.formats import Several

    if results:
        opened.write_bytes(Several(type(results[0]), results).to_workbook(lang=lang))


def show_blocks(opened: Target, blocks: Iterable[Block | Outline], *, no_color: bool) -> None:
    """Blocks as tables: as wide as the terminal, or of their natural width in a pipe; colours only on a terminal that wants them."""
    from ..report.render.terminal import show

    width = shutil.get_terminal_size().columns if opened.terminal else None
    colour = opened.terminal and not no_color and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    show(blocks, opened.stream, width=width, colour=colour)
