"""The program's name, its commands, and what every run of it has in common: statuses, broken pipes, faults of our own."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer._completion_shared import get_completion_script, install
from typer.core import TyperCommand, TyperGroup

from ..problems import AgreementError, OutputError, SocsamError
from ..report.told.words import LANGUAGES, Words
from ..source.opened import files_of_a_run
from .options import Lang
from .spoken import Told, in_words, told, words_of
from .streams import complain, guarded

COMMANDS: Final = {
    "settle": "Settle agreements: frame, result, who is entitled to what, who pays whom.",
    "report": "Write settlements as one page of HTML, with tables and charts.",
    "check": "Hold agreements against the Act, the memorandum and their own figures.",
    "rules": "List the rules that check knows, or one of them in full.",
    "explain": "Derive a figure step by step, down to the lines of the file.",
    "evaluate": "The evaluation effect: cost development against a control area, not the financial result.",
    "books": "Show what an accounting export holds: accounts, months, and the activity that each goes to.",
    "init": "Write a commented agreement file to fill in.",
    "schema": "Write the JSON Schema of a file format, for editors.",
    "lsp": "Run a language server, for editors.",
    "whatif": "The same agreement under other assumptions or other terms, beside the base case.",
    "incentives": "Who bears the next krona of cost in each activity; who pays for whom.",
    "simulate": "Draw the uncertain inputs many times: how each party's settlement is distributed.",
    "norm": "What frames by the country's cost development would have given all areas of a country.",
    "guide": "The guide: first agreement, the files, the arithmetic, the rules, every column and word.",
}
"""Each command's name and what it does; its module in this folder is loaded when it runs."""

EXAMPLES: Final = "The folder `examples` comes with the program: `socsam init --example all` writes it here."
"""Stands under the help of every command."""

COMPLETION: Final = ("--install-completion", "--show-completion")
SHELLS: Final = ("bash", "zsh", "fish")

_NONE_OF: Final = re.compile(r"'(?P<given>[^']*)' is not one of (?P<choices>'[^']*'(?:, '[^']*')*)")

DONE, UNMET, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3


class Commands(Told, TyperGroup):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(getattr(import_module(f".{cmd_name}", __package__), f"{cmd_name}_command"))
        command.name = cmd_name
        command.epilog = EXAMPLES
        return in_words(command, words_of(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """A shell may be named after an option of completion. The library reads none there, and would set up the one that it runs in."""
        option, equals, shell = args[0].partition("=") if args else ("", "", "")
        if option in COMPLETION and (equals or len(args) > 1):
            shell, *more = [shell, *args[1:]] if equals else args[1:]
            _complete(option, shell, more)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named, and what it is given; a language that stands before its name is given to it too."""
        self.commands = dict.fromkeys(COMMANDS, self)  # only the names matter here, for "did you mean"
        name, command, rest = super().resolve_command(ctx, args)
        source = ctx.get_parameter_source("lang")
        return name, command, ["--lang", ctx.params["lang"], *rest] if source is not None and source.name == "COMMANDLINE" else rest

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands that begin like this; no module is loaded to say so."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        words = words_of(ctx)
        named = TyperGroup(commands=[TyperCommand(name, help=told(text, words)) for name, text in COMMANDS.items()])
        return named.shell_complete(typer.Context(named), incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=Commands,
    name="socsam",
    help="Settle joint budgets between public bodies: financial frames, national adjustment, shares of surplus and deficit.\n\n"
    "The options of completion are for the shell that they are run in, or for bash, zsh or fish by name: --install-completion zsh.\n\n"
    "\b\nExample:\n  socsam settle examples/laholm.yaml",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _complete(option: str, shell: str, more: Sequence[str]) -> None:
    """Install completion for the shell named, or print its script. Raises OutputError for another, and where more is asked for."""
    if more:
        raise OutputError(f"{option} {shell} {' '.join(more)}: completion is set up by itself\n   leave out what comes after `{shell}`")
    if shell not in SHELLS:
        raise OutputError(
            f"{option} {shell}: completion can be set up for {', '.join(SHELLS)}\n   name one of them, or none for the shell that you are in"
        )
    if option == COMPLETION[1]:
        typer.echo(get_completion_script(prog_name="socsam", complete_var="_SOCSAM_COMPLETE", shell=shell))
    else:
        _, path = install(shell, "socsam", "_SOCSAM_COMPLETE")
        typer.echo(f"{shell} completion installed in {path}\nCompletion will take effect once you restart the terminal")
    raise typer.Exit


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"socsam {version('socsam-calc')}")
        raise typer.Exit


@app.callback()
def socsam(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)] = False,
    lang: Lang = "en",
) -> None:
    """Only the options that stand before a command."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, that of the process by default; the exit status."""
    lang = language(sys.argv[1:] if arguments is None else arguments)
    with guarded(), files_of_a_run():
        status = _ran(lang, _run, arguments, lang)
        return max(status, _ran(lang, sys.stdout.flush))  # what was written may still be on its way


def language(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, known before it is read: what is wrong with it is told in that language too."""
    asked = [os.environ.get("SOCSAM_LANG", "")]
    for at, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option == "--lang":
            asked += [value] if equals else arguments[at + 1 : at + 2]
    return next((one for one in reversed(asked) if one in LANGUAGES), LANGUAGES[0])


def _run(arguments: Sequence[str] | None, lang: str) -> int:
    group = in_words(typer.main.get_command(app), Words(lang))
    left = group.main(arguments, prog_name="socsam", standalone_mode=False, obj=lang)
    return left if isinstance(left, int) else DONE


def _ran(lang: str, work: Callable[..., int | None], *given: Any) -> int:
    """Do something; the status that it ends with, and on standard error why."""
    try:
        return work(*given) or DONE
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except AgreementError as error:
        for problem in error.problems:
            complain(problem, lang)
        return BAD_INPUT
    except SocsamError as error:
        complain(str(error), lang)
        return BAD_INPUT
    except Exception as fault:
        if hasattr(fault, "format_message"):  # a command line that the library under the commands refuses; its class moves between versions
            complain(_misused(fault), lang)
            return BAD_INPUT
        # whatever else it is, the user gets a sentence and a status, not a traceback
        if os.environ.get("SOCSAM_TRACEBACK"):
            raise
        complain(
            f"socsam: a fault of the program, not of your file: {type(fault).__name__}: {fault}\n"
            "   please report it with the command line, the file and `socsam --version`; SOCSAM_TRACEBACK=1 prints the details to enclose",
            lang,
        )
        return OUR_FAULT


def _misused(error: Any) -> str:
    """What is wrong with a command line, as the library says it; of a word that is none of a few, the one that was probably meant."""
    from io import StringIO

    from ..model.meant import meant

    stream = StringIO()
    error.show(stream)
    said = stream.getvalue().rstrip("\n").replace("Value error, ", "")
    wrong = _NONE_OF.search(said)
    near = meant(wrong["given"], re.findall("'([^']*)'", wrong["choices"])) if wrong else None
    return f"{said}\n   did you mean `{near}`?" if near else said
