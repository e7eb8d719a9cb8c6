"""The program as Typer runs it: what the command line does not say plainly, help, versions, completion, and every misuse."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal, assert_never, get_args

import typer
from typer._completion_shared import get_completion_script, install
from typer.core import TyperCommand, TyperGroup

from ..problems import OutputError
from .completion import completes
from .declared import COMMANDS, Argument, Command, Given, Option, Parameter, declaration
from .options import Lang
from .spoken import Command as Spoken
from .spoken import Told, in_words, told, words_in, words_of

EXAMPLES: Final = "The folder `examples` comes with the program: `socsam init --example all` writes it here."
"""Stands under the help of every command."""

COMPLETION: Final = ("--install-completion", "--show-completion")
SHELLS: Final = ("bash", "zsh", "fish")


class Commands(Told, TyperGroup):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return typed(cmd_name, ctx.obj) if cmd_name in COMMANDS else None

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
    lang: Annotated[Literal["en", "sv"], _told(get_args(Lang)[1])] = "en",
) -> None:
    """Only the options that stand before a command."""


def group(lang: str) -> Any:
    """The program as Typer has it, in a language."""
    return in_words(typer.main.get_command(app), words_in(lang))


def typed(name: str, lang: str) -> Any:
    """A command as Typer has it, read from its declaration; its help is in a language."""
    command = typer.main.get_command(_app(declaration(name)))
    command.name = name
    command.epilog = EXAMPLES
    return in_words(command, words_in(lang))


def _app(command: Command) -> typer.Typer:
    def run(*, context: typer.Context, **values: Any) -> None:
        sources = {name: context.get_parameter_source(name) for name in values}
        command.run(values, Given(name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"))

    shown = [inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context), *map(_shown, command.parameters)]
    run.__doc__, run.__name__ = command.function.__doc__, command.function.__name__
    run.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.command(cls=Spoken)(run)
    return app


def _shown(parameter: Parameter) -> inspect.Parameter:
    default = inspect.Parameter.empty if parameter.required else parameter.default
    annotation: Any = Annotated[parameter.kind, _told(parameter.declared)]
    return inspect.Parameter(parameter.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _told(declared: Option | Argument) -> Any:
    match declared:
        case Argument(metavar, help_, show_default, what):
            return typer.Argument(metavar=metavar, help=help_, show_default=show_default, autocompletion=completes(what) if what else None)
        case Option():
            return typer.Option(
                *declared.names,
                metavar=declared.metavar,
                help=declared.help,
                show_default=declared.show_default,
                envvar=declared.envvar,
                min=declared.min,
                max=declared.max,
                callback=declared.made,
                autocompletion=completes(declared.completes) if declared.completes else None,
            )
        case _:
            assert_never(declared)
