"""What a file of ours says, beside the text that it stands in: every figure knows its place, and every problem is told with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError

from ..model.agreement import Agreement
from ..model.reading import Context
from ..model.scalars import parse_date
from ..money import ORE_PER
from ..problems import AgreementError, Fault, OutputError, Path, Place, Problem, nearest
from .opened import NotAFile, content, standard_input
from .ours import is_ours
from .tree import Tree
from .validation import M, validate
from .yaml import LARGEST_FILE, decode, read

if TYPE_CHECKING:
    from .ledger.booked import Booked

STAND_INS: Final = {
    "format": "socsam/1", "area": "-", "role": "municipality", "surplus": "equal", "deficit": "equal", "unit": "kr", "rounding": "öre",
    "year": "1998", "value": "0", "because": "-",
}  # fmt: skip
"""What is read in the place of a value that the model needs and a field refused, so that the rest of the file is still looked at."""

FORMATS: Final = {
    "socsam/1": ("agreement", "Agreement", "socsam settle"),
    "socsam-evaluation/1": ("evaluation", "Evaluation", "socsam evaluate"),
    "socsam-scenarios/1": ("scenarios", "Scenarios", "socsam whatif"),
}
"""The file formats of ours, each with the module and the name of its model, and the command that reads it first of all."""


LEDGERS: Final = (".csv", ".tsv", ".txt")
"""What the names of ledgers end in that are text."""


def model_of(format_: str) -> Any:
    """The model of a format. Raises OutputError for one that the program does not read."""
    if format_ not in FORMATS:
        near = nearest(format_, FORMATS)
        remedy = f"did you mean `{near}`?" if near else f"it reads {', '.join(FORMATS)}"
        raise OutputError(f"there is no format `{format_}`\n   {remedy}")
    module, name, _ = FORMATS[format_]
    return getattr(import_module(f"..model.{module}", __package__), name)


class Placed:
    """What was read from a file, with the tree that says where all of it stands."""

    __slots__ = ()
    file: str
    tree: Tree

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.tree.text

    def place(self, path: Path, on_key: bool = False) -> Place:
        """Where the value at ``path`` stands in the file."""
        return self.tree.place(path, on_key)

    def problem(self, fault: Fault) -> Problem:
        """A fault with its place."""
        return self.tree.problem(fault)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Document(Placed):
    """An agreement with the text that it was read from: where every figure stands, for messages and explanations."""

    file: str
    agreement: Agreement
    tree: Tree
    changes: Sequence[tuple[str, str]] = ()
    """What was set beside the file: the path and the value of each, as they were written; a file of figures without its folders."""
    booked: Sequence[Booked] = ()
    """What the books that its `figures` name came to, year by year."""

    def __repr__(self) -> str:
        return f"<Document of {self.agreement.area}: {self.file}>"


def period_years(period: Any) -> tuple[int, int | None] | None:
    """First and last year in which a month begins inside the period, which may have no end; None where it does not state its dates."""
    if not isinstance(period, dict):
        return None
    try:
        start, end = parse_date(period.get("start")), parse_date(period["end"]) if "end" in period else None
    except PydanticCustomError:  # the field itself says what is wrong with it
        return None
    return start.year + (start.month == 12 and start.day > 1), None if end is None else end.year


def context(data: Mapping[str, Any]) -> Context:
    """What the validators must know of the file, read from the raw tree."""

    def word(name: str, default: str) -> str:
        value = data.get(name, default)
        return value if isinstance(value, str) and value in ORE_PER else ""

    def ids(name: str) -> frozenset[str] | None:
        value = data.get(name)
        return frozenset(value) if isinstance(value, dict) else None

    parties = ids("parties")
    activities = ids("activities") if "activities" in data else parties
    series = ids("series") if "series" in data else frozenset()
    keys = ids("keys") if "keys" in data else frozenset()
    first, last = period_years(data.get("period")) or (None, None)
    if first is not None and last is not None and first > last:  # no month at all: said of the period
        first = last = None
    return Context(word("unit", "kr"), word("rounding", "kr"), parties, activities, series, keys, first, last, called(data))


def called(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The full name of each party, activity and series that has one, with its short name."""
    named = [
        (entry.get("name"), short)
        for part in ("parties", "activities", "series")
        for short, entry in entries(data.get(part)).items()
        if isinstance(entry, dict)
    ]
    return tuple((name, short) for name, short in named if isinstance(name, str))


# --- the file ----------------------------------------------------------------------------------------------------------


def text_of(name: str) -> str:
    """The text of a file; ``-`` reads standard input. Raises AgreementError where it cannot be read."""
    return decode(bytes_of(name, LARGEST_FILE), name)


def bytes_of(name: str, largest: int) -> bytes:
    """The bytes of a file, or of standard input for ``-``: of one that is larger, one more than it may have, so that even what has no end is refused.

    Raises AgreementError where it cannot be read.
    """
    try:
        return standard_input(largest) if name == "-" else content(name, largest)
    except (OSError, ValueError) as error:
        raise AgreementError([unreadable(name, error)]) from None


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Why a file cannot be read, in plain words."""
    travels = name.split("/")[0] == "examples" and not FilePath("examples").exists()
    where = "`socsam init --example all` writes the examples here" if travels else "is the name spelt right, and the folder the right one?"
    reasons = {
        FileNotFoundError: ("there is no such file", where),
        IsADirectoryError: ("this is a folder, not a file", "name a file in it"),
        NotAFile: ("this is a pipe or a device, not a file", "name a file, or `-` for standard input"),
        PermissionError: ("the file may not be read", "check its permissions"),
        ValueError: ("a character of this name may stand in no file's name", "correct the name"),
    }
    other = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
    text, remedy = next((why for kind, why in reasons.items() if isinstance(error, kind)), (other, ""))
    return Problem("unreadable", Place(name.replace("\0", "\N{REPLACEMENT CHARACTER}")), text, remedy)


def read_tree(name: str, text: str | None = None, format_: str = "socsam/1") -> Tree:
    """The tree of a file of ours. Raises AgreementError where it cannot be read, or does not consist of entries."""
    tree = read(text_of(name) if text is None else text, name)
    stated = tree.data.get("format") if isinstance(tree.data, dict) else None
    if not (isinstance(stated, str) and stated in FORMATS) and not is_ours(tree.text):
        remedy = f"begin it with `format: {format_}`"
        if FilePath(name).suffix.lower() in LEDGERS:
            remedy = f"figures are read by an agreement that names their file: `figures: {FilePath(name).name}`"
        raise AgreementError.of("not-ours", Place(name, 1, 1), "the file states no format of ours", remedy)
    if not isinstance(tree.data, dict):
        if not tree.problems:
            text = "the file does not consist of `name: value` lines"
            tree.problems.append(Problem("not-a-mapping", tree.spot(0, 0), text, f"begin with `format: {format_}`"))
        raise AgreementError(tree.problems)
    return tree


def refuse_other(tree: Tree, format_: str) -> None:
    """Raise AgreementError for a file of another format of ours: all else that could be said of it is noise."""
    stated = tree.data.get("format")
    if isinstance(stated, str) and stated != format_ and stated in FORMATS:
        text = f"this file is of another format, `{stated}`; here `{format_}` is read"
        raise AgreementError([Problem("other-format", tree.place(("format",)), text, f"`{FORMATS[stated][-1]} {tree.file}` reads it")])


def held(
    tree: Tree,
    model: type[M],
    known: Context,
    faults: Callable[[M], Iterable[Fault]],
    stand_ins: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
) -> M:
    """What a tree states, as the model has it; ``data`` is the tree's, where some of it is read already.

    Raises AgreementError with every problem of the file.
    """
    stated, problems = validate(tree, model, known, faults, stand_ins, data)
    if tree.problems or problems or stated is None:
        raise AgreementError(in_order([*tree.problems, *problems], tree.file))
    return stated


def in_order(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Problems in the order of the file; those of options and other files after them, in the order in which they were found."""

    def order(problem: Problem) -> tuple[bool, int, int, str]:
        place, other = problem.place, problem.place.file != name
        return other, place.line, place.column, "" if other else problem.text

    return sorted(dict.fromkeys(problems), key=order)


def entries(value: Any) -> dict[str, Any]:
    """The entries of a mapping; none of anything else."""
    return value if isinstance(value, dict) else {}
