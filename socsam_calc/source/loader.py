"""Load an agreement: text to model, or all the problems of the file at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any, Final

from pydantic_core import PydanticCustomError

from ..model.agreement import Agreement
from ..model.coherence import faults
from ..model.reading import Context
from ..model.scalars import parse_date
from ..money import ORE_PER
from ..problems import AgreementError, Fault, Path, Place, Problem, spans
from .arguments import content, listed, named
from .validation import validate
from .yaml import LARGEST_FILE, Tree, decode, read

STAND_INS: Final = {
    "format": "socsam/1", "area": "-", "role": "municipality", "surplus": "equal", "deficit": "equal", "unit": "kr", "rounding": "öre",
    "year": "1998", "value": "0", "because": "-",
}  # fmt: skip
"""What is read in the place of a value that the model needs and a field refused, so that the rest of the file is still looked at."""

_READERS: Final = {"socsam/1": "socsam settle", "socsam-evaluation/1": "socsam evaluate", "socsam-scenarios/1": "socsam whatif"}
"""The formats of ours, each with the command that reads it first of all."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Document:
    """An agreement with the text that it was read from: where every figure stands, for messages and explanations."""

    file: str
    agreement: Agreement
    tree: Tree
    changes: Sequence[tuple[str, str]] = ()
    """What was set beside the file: the path and the value of each, as they were written; a file of figures without its folders."""

    def __repr__(self) -> str:
        return f"<Document of {self.agreement.area}: {self.file}>"

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.tree.text

    def place(self, path: Path, on_key: bool = False) -> Place:
        """Where the value at ``path`` stands in the file."""
        return self.tree.place(path, on_key)

    def problem(self, fault: Fault) -> Problem:
        """A fault with its place."""
        return Problem(fault.code, self.place(fault.path, fault.on_key), fault.text, fault.remedy)


def load(
    file: str | FilePath, *, settings: str | Sequence[str] = (), figures: str | FilePath | None = None, text: str | None = None
) -> Document:
    """Read an agreement file; ``-`` reads standard input. ``text`` stands for its content, ``settings`` are ``PATH=VALUE`` changes: one, or several.

    ``figures`` is a .csv or .xlsx file with the ledger's figures, in place of the one that the agreement names.
    Raises AgreementError carrying every problem of the file, OutputError for an argument that is no text.
    """
    named("file", file)
    name, settings = str(file), listed("settings", settings)
    if figures is not None:
        named("figures", figures)
    tree = read_tree(name, content(text))
    refuse_other(tree, "socsam/1")
    problems = list(tree.problems)
    lost: list[Problem] = []
    if settings:
        from .settings import apply

        # which file holds the figures is settled first, so that the other settings find them in their places
        problems += apply(tree, [setting for setting in settings if _sets_figures(setting)])
    if figures is not None:
        tree.data["figures"] = str(figures)
        tree.elsewhere[("figures",)] = Place(f"--figures {figures}")
    if "figures" in tree.data:
        from .ledger.figures import merge

        folder = FilePath(name).parent if name != "-" else FilePath()
        lost = merge(tree, folder, None if figures is None else str(figures))
        problems += lost
    if settings:
        problems += apply(tree, [setting for setting in settings if not _sets_figures(setting)])
    agreement, found = validate(tree, Agreement, context(tree.data), faults, STAND_INS)
    problems += [problem for problem in found if not (lost and _misses_years(problem))]
    if problems or agreement is None:
        raise AgreementError(unfilled_as_one(in_order(problems, name)))
    return Document(name, agreement, tree, _changes(settings, figures))


def _changes(settings: Sequence[str], figures: str | FilePath | None) -> list[tuple[str, str]]:
    stated = [(path.strip(), value.strip()) for path, _, value in (setting.partition("=") for setting in settings)]
    named = [("figures", str(figures))] if figures is not None else []
    return [(path, FilePath(value).name if path == "figures" else value) for path, value in [*named, *stated]]


def text_of(name: str) -> str:
    """The text of a file; ``-`` reads standard input. Raises AgreementError where it cannot be read."""
    return decode(_bytes(name), name)


def _misses_years(problem: Problem) -> bool:
    """Whether it says that there are no years: noise where they stand in figures that are refused."""
    return problem.code == "no-years" or (problem.code == "missing" and problem.text.startswith("`years`"))


def _sets_figures(setting: str) -> bool:
    return setting.partition("=")[0].strip() == "figures"


def read_tree(name: str, text: str | None = None, format_: str = "socsam/1") -> Tree:
    """The tree of a file of ours. Raises AgreementError where it cannot be read, or does not consist of entries."""
    tree = read(text_of(name) if text is None else text, name)
    if not isinstance(tree.data, dict):
        if not tree.problems:
            text = "the file does not consist of `name: value` lines"
            tree.problems.append(Problem("not-a-mapping", tree.spot(0, 0), text, f"begin with `format: {format_}`"))
        raise AgreementError(tree.problems)
    return tree


def refuse_other(tree: Tree, format_: str) -> None:
    """Raise AgreementError for a file of another format of ours: all else that could be said of it is noise."""
    stated = tree.data.get("format")
    if isinstance(stated, str) and stated != format_ and stated in _READERS:
        text = f"this file is of another format, `{stated}`; here `{format_}` is read"
        raise AgreementError([Problem("other-format", tree.place(("format",)), text, f"`{_READERS[stated]} {tree.file}` reads it")])


def in_order(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Problems in the order of the file; those of options and other files after them, in the order in which they were found."""

    def order(problem: Problem) -> tuple[bool, int, int, str]:
        place, other = problem.place, problem.place.file != name
        return other, place.line, place.column, "" if other else problem.text

    return sorted(dict.fromkeys(problems), key=order)


def unfilled_as_one(problems: list[Problem]) -> list[Problem]:
    """A starting file that nobody has filled in yet has one problem, not fifty."""
    unfilled = [problem for problem in problems if problem.code == "not-filled-in"]
    if len(unfilled) < 4:
        return problems
    first, *others = unfilled
    remedy = f"the others are in lines {spans([problem.place.line for problem in others])}"
    whole = replace(first, text=f"{first.text}, here and in {len(others)} more places", remedy=remedy)
    return [whole if problem is first else problem for problem in problems if problem is first or problem.code != "not-filled-in"]


def _bytes(name: str) -> bytes:
    """The content of a file. Raises AgreementError when it cannot be read."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with FilePath(name).open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)  # one more than allowed, so that even a device without end is refused
    except (OSError, ValueError) as error:
        raise AgreementError([unreadable(name, error)]) from None


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Why a file cannot be read, in plain words."""
    reasons = {
        FileNotFoundError: ("there is no such file", "is the name spelt right, and the folder the right one?"),
        IsADirectoryError: ("this is a folder, not a file", "name a file in it"),
        PermissionError: ("the file may not be read", "check its permissions"),
        ValueError: ("a character of this name may stand in no file's name", "correct the name"),
    }
    other = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
    text, remedy = next((why for kind, why in reasons.items() if isinstance(error, kind)), (other, ""))
    return Problem("unreadable", Place(name.replace("\0", "\N{REPLACEMENT CHARACTER}")), text, remedy)


def context(data: Mapping[str, Any]) -> Context:
    """What the validators must know of the file, read from the raw tree."""

    def word(name: str, default: str) -> str:
        value = data.get(name, default)
        return value if isinstance(value, str) and value in ORE_PER else ""

    def ids(name: str) -> frozenset[str] | None:
        value = data.get(name)
        return frozenset(value) if isinstance(value, dict) else None

    parties = ids("parties")
    activities = ids("activities") if data.get("activities") is not None or "activities" in data else parties
    series = ids("series") if "series" in data else frozenset()
    first = last = None
    period = data.get("period")
    if isinstance(period, dict):
        try:
            start, end = parse_date(period.get("start")), parse_date(period.get("end"))
        except PydanticCustomError:  # the field itself says what is wrong with it
            pass
        else:
            first, last = start.year + (start.month == 12 and start.day > 1), end.year
            if first > last:  # no month at all: said of the period
                first = last = None
    return Context(word("unit", "kr"), word("rounding", "kr"), parties, activities, series, first, last)
