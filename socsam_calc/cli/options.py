"""The options that commands have in common, each with its help; those that go together as one thing that a command takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from ..problems import OutputError
from .declared import Argument, Option, Options
from .output import Chosen

if TYPE_CHECKING:
    from ..source.document import Document


def to_file(output: str | None) -> str | None:
    """The file that --output names; ``-`` names none, as it stands for standard output."""
    return None if output == "-" else output


def files_of(help_: str) -> Argument:
    """The argument of a command that takes files, or a folder for those in it."""
    return Argument(metavar="FILE...", help=help_, show_default=False)


def option(name: str, help_: str, *, short: str | None = None, **more: Any) -> Option:
    """An option without a value of its own where it is left out; ``more`` as an Option has it."""
    return Option(name, *([short] if short else []), help=help_, show_default=False, **more)


def output_to(help_: str) -> Option:
    """The option that names a file to write."""
    return option("--output", help_, short="-o", metavar="FILE", made=to_file)


def format_as(help_: str) -> Option:
    """The option that says how to print."""
    return option("--format", help_, short="-f")


AS_TABLE: Final = format_as("How to print; a table by default.")
Files = Annotated[list[str], files_of("Agreement files; a folder stands for the agreements in it, - for standard input.")]
Output = Annotated[str | None, output_to("Write to a file: .json, .csv, .md or .xlsx.")]
ROWS: Final = Option("--rows", help="What a row of CSV is.")
Excel = Annotated[bool, Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")]
Year = Annotated[int | None, option("--year", "Show only this year, in full.", metavar="YEAR", completes="years")]
Unit = Annotated[Literal["kr", "tkr", "mkr"] | None, option("--unit", "The unit of tables; the file's by default.")]
Lang = Annotated[Literal["en", "sv"], Option("--lang", envvar="SOCSAM_LANG", help="The language of results, messages and help.")]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Only the result and what is wrong: no hints.")]


Country = Annotated[str | None, option("--country", "The row of the whole country; else it is the sum of the areas.", metavar="AREA")]
PanelUnit = Annotated[
    Literal["kr", "tkr", "mkr", "index"] | None,
    option("--panel-unit", "The unit of the costs where the heading does not say it; kr by default."),
]
Rounding = Annotated[
    Literal["öre", "kr", "tkr", "mkr"] | None, option("--rounding", "What frames are rounded to; the costs' unit by default.")
]
Outside = Annotated[
    bool, Option("--allow-outside", help="Scenarios may name files that lie neither beside nor below them or the folder you are in.")
]


class Destination(Options):
    """Where a result goes, and in which format; None is standard output, and what the output's name or the command says."""

    format_: Chosen | None = None
    output: str | None = None


class To(Destination):
    """Where most results go."""

    format_: Annotated[Literal["table", "json", "csv", "markdown"] | None, AS_TABLE] = None
    output: Output = None


class Manner(Options):
    """How a result is told."""

    lang: Lang = "en"
    no_color: Annotated[bool, Option("--no-color", help="No colours, even on a terminal.")] = False
    no_pager: Annotated[bool, Option("--no-pager", help="Write long results as they are, even on a terminal.")] = False
    quiet: Quiet = False


class Changed(Options):
    """What takes the place of what an agreement's file says."""

    settings: Annotated[
        list[str] | None,
        option("--set", "As if the file said this; may be repeated.", metavar="PATH=VALUE", completes="paths"),
    ] = None
    figures: Annotated[
        list[str] | None,
        option("--figures", "Take the figures from this .csv or .xlsx file.", metavar="FILE"),
    ] = None

    @property
    def ledger(self) -> str | None:
        """The file of figures, where one is named. Raises OutputError for several: of an option given twice the first would be lost unseen."""
        if self.figures is not None and len(self.figures) > 1:
            raise OutputError("--figures names several files\n   put their figures into one, a workbook's sheets for instance")
        return self.figures[0] if self.figures else None

    @property
    def typed(self) -> str:
        """The options as they are typed for a shell."""
        import shlex

        given = (("--set", self.settings), ("--figures", self.figures))
        return "".join(f" {name} {shlex.quote(value)}" for name, values in given for value in values or ())

    def loader(self) -> Callable[[str], Document]:
        """What loads an agreement so changed, by its name. Raises OutputError where the options do not go together."""
        from ..source.loader import load

        settings, ledger = self.settings or [], self.ledger
        return lambda name: load(name, settings=settings, figures=ledger)
