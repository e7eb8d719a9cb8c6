"""What a command takes, declared once: its options and arguments, whoever reads the command line."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin, get_type_hints

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


class Argument(NamedTuple):
    """What stands on the command line by its place; a list takes all that is left. ``completes`` is the kind of words that it may be."""

    metavar: str
    help: str
    show_default: bool = True
    completes: str = ""


class Option:
    """What stands there by one of its ``names``; a flag without a value, a list as often as it likes.

    ``envvar`` is the variable of the environment that it is taken from where it is not given, ``made`` what its value becomes,
    ``completes`` the kind of words that its value may be.
    """

    def __init__(
        self,
        *names: str,
        help: str,
        metavar: str | None = None,
        show_default: bool = True,
        envvar: str | None = None,
        min: int | None = None,
        max: int | None = None,
        made: Callable[[Any], Any] | None = None,
        completes: str = "",
    ) -> None:
        self.names, self.help, self.metavar, self.show_default = names, help, metavar, show_default
        self.envvar, self.min, self.max, self.made, self.completes = envvar, min, max, made, completes


class Options:
    """Options that go together: what a command takes as one thing. Each is an attribute with its default."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)


class Given(frozenset[str]):
    """The parameters, by name, that the command line itself gives: a command that takes this is told."""


class Parameter(NamedTuple):
    """One parameter of a command: its kind without what declares it, and its default; none where it must be given."""

    name: str
    kind: Any
    declared: Option | Argument
    default: Any
    required: bool


class Command:
    """A function as a command: of each of its parameters that is a thing of several options, these stand in its place."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.parameters: list[Parameter] = []
        self._together: dict[str, tuple[type[Options], list[str]]] = {}
        self._told = ""
        kinds = get_type_hints(function, include_extras=True)
        defaults = _defaults(function)
        for name, kind in kinds.items():
            if kind is Given:
                self._told = name
            elif isinstance(kind, type) and issubclass(kind, Options):
                fields = get_type_hints(kind, include_extras=True)
                self.parameters += [_parameter(one, option, {one: getattr(kind, one)}) for one, option in fields.items()]
                self._together[name] = (kind, list(fields))
            elif get_origin(kind) is Annotated:
                self.parameters.append(_parameter(name, kind, defaults))

    def run(self, values: dict[str, Any], given: Given) -> None:
        """Do it, with a value for each parameter."""
        bundles: dict[str, Any] = {
            name: kind(**{one: values.pop(one) for one in fields}) for name, (kind, fields) in self._together.items()
        }
        told = {self._told: given} if self._told else {}
        self.function(**values, **bundles, **told)


def command(function: Callable[..., None]) -> Command:
    """Make a function a command."""
    return Command(function)


def _defaults(function: Callable[..., None]) -> dict[str, Any]:
    code, positional = function.__code__, function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    return dict(zip(names[len(names) - len(positional) :], positional, strict=True)) | (function.__kwdefaults__ or {})


def _parameter(name: str, annotated: Any, defaults: dict[str, Any]) -> Parameter:
    kind, declared = get_args(annotated)
    return Parameter(name, kind, declared, defaults.get(name), name not in defaults)


def declaration(name: str) -> Command:
    """The command of this name; its module is loaded."""
    declared: Command = getattr(import_module(f".{name}", __package__), f"{name}_command")
    return declared
