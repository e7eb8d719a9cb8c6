"""Load an agreement: text to model, or all the problems of the file at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from ..model.agreement import Agreement
from ..model.coherence import faults
from ..model.scalars import Context, parse_date, shown
from ..money import ORE_PER
from ..problems import AgreementError, Fault, Path, Place, Problem, nearest
from .yaml import Tree, decode, read

_MOST_ROUNDS: Final = 20


class Document:
    """An agreement with the text that it was read from: where every figure stands, for messages and explanations."""

    __slots__ = ("agreement", "file", "tree")

    def __init__(self, file: str, agreement: Agreement, tree: Tree) -> None:
        self.file = file
        self.agreement = agreement
        self.tree = tree

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


def load(file: str | FilePath, *, settings: Sequence[str] = (), text: str | None = None) -> Document:
    """Read an agreement file; ``-`` reads standard input. ``settings`` are ``PATH=VALUE`` changes, ``text`` stands for the file's content.

    Raises AgreementError carrying every problem of the file.
    """
    name = str(file)
    tree = read(decode(_bytes(name), name) if text is None else text, name)
    if tree.data is None or not isinstance(tree.data, dict):
        if not tree.problems:
            place = tree.spot(0, 0)
            tree.problems.append(Problem("not-a-mapping", place, "the file is not an agreement: it does not consist of `name: value` lines", "begin with `format: socsam/1`"))
        raise AgreementError(tree.problems)
    problems = list(tree.problems)
    if settings:
        from .settings import apply

        problems += apply(tree, settings)
    if "figures" in tree.data:
        from .figures import merge

        problems += merge(tree, FilePath(name).parent if name != "-" else FilePath())
    agreement, found = validate(tree)
    problems += found
    if problems or agreement is None:
        raise AgreementError(sorted(problems, key=lambda problem: (problem.place.file != name, problem.place.line, problem.place.column)))
    return Document(name, agreement, tree)


def _bytes(name: str) -> bytes:
    """The content of a file. Raises AgreementError when it cannot be read."""
    try:
        if name == "-":
            return sys.stdin.buffer.read()
        with FilePath(name).open("rb") as stream:
            return stream.read()
    except OSError as error:
        raise AgreementError([unreadable(name, error)]) from None


def unreadable(name: str, error: OSError) -> Problem:
    """Why a file cannot be read, in plain words."""
    reasons = {
        FileNotFoundError: ("there is no such file", "is the name spelt right, and the folder the right one?"),
        IsADirectoryError: ("this is a folder, not a file", "name a file in it"),
        PermissionError: ("the file may not be read", "check its permissions"),
    }
    text, remedy = next((why for kind, why in reasons.items() if isinstance(error, kind)), (f"the file cannot be read: {error.strerror or error}", ""))
    return Problem("unreadable", Place(name), text, remedy)


def validate(tree: Tree) -> tuple[Agreement | None, list[Problem]]:
    """The agreement that a tree states, and every problem found.

    What a field refuses is cut out and the rest is read again, so that one slip does not hide the others; a later finding that
    rests on something cut out is held back.
    """
    context = _context(tree.data)
    problems: list[Problem] = []
    refused: list[Path] = []
    data = tree.data
    for _ in range(_MOST_ROUNDS):
        try:
            agreement = Agreement.model_validate(data, context=context)
        except ValidationError as error:
            found = list(_findings(error, data))
            if not refused:
                data = _copy(data)
            problems += [_problem(tree, finding) for finding in found]
            cut = [finding.path for finding in found if finding.kind != "missing"]
            if len(cut) < len(found) or not cut or not all(_cut(data, path) for path in sorted(set(cut), key=_depth_first)):
                return None, problems
            refused += cut
        else:
            for fault in faults(agreement):
                if not any(_overlaps(path, other) for path in (fault.path, *fault.rests_on) for other in refused):
                    problems.append(Problem(fault.code, tree.place(fault.path, fault.on_key), fault.text, fault.remedy))
            return (None if refused else agreement), problems
    return None, problems


def _context(data: Mapping[str, Any]) -> Context:
    """What the validators must know of the file, read from the raw tree."""

    def word(name: str, default: str) -> str:
        value = data.get(name)
        return value if isinstance(value, str) and value in ORE_PER else default

    def ids(name: str) -> frozenset[str] | None:
        value = data.get(name)
        return frozenset(value) if isinstance(value, dict) else None

    parties = ids("parties")
    activities = ids("activities") if data.get("activities") is not None or "activities" in data else parties
    first = last = None
    period = data.get("period")
    if isinstance(period, dict):
        try:
            start, end = parse_date(period.get("start")), parse_date(period.get("end"))
            first, last = start.year + (start.month == 12 and start.day > 1), end.year
        except PydanticCustomError:  # the field itself says what is wrong with it
            first = last = None
    return Context(word("unit", "kr"), word("rounding", "kr"), parties, activities, ids("series") or frozenset(), first, last)


class _Finding(NamedTuple):
    """One complaint of the model: where, what, and what it was about."""

    path: Path
    kind: str
    code: str
    text: str
    remedy: str
    on_key: bool


def _findings(error: ValidationError, data: Any) -> Iterator[_Finding]:
    """The model's complaints in our own words, one for each cause."""
    seen: set[tuple[Path, str]] = set()
    for line in error.errors(include_url=False):
        path, on_key = _path(line["loc"], data)
        context = line.get("ctx", {})
        kind = line["type"]
        if kind == "socsam":
            code, text, remedy = context["code"], context["text"], context["remedy"]
        elif kind == "missing":
            name = str(line["loc"][-1])
            code, text, remedy = "missing", f"`{name}` is missing", f"write `{name}:` here"
        elif kind == "extra_forbidden":
            name, known = str(path[-1]), fields_at(Agreement, path[:-1])
            near = nearest(name, known)
            code, text, on_key = "unknown-field", f"there is no field `{name}` here", True
            remedy = f"did you mean `{near}`?" if near else "the fields here are: " + ", ".join(f"`{field}`" for field in known)
        else:
            wanted = {"dict_type": "`name: value` entries", "model_type": "`name: value` entries", "list_type": "a list (`- …` or `[…]`)"}.get(kind)
            if line.get("input") is None:
                code, text, remedy = "empty-value", "no value stands here", f"write {wanted or 'a value'}, or take the line away"
            elif wanted:
                code, text, remedy = "wrong-shape", f"{shown(line.get('input'))} stands where {wanted} should be", f"write {wanted}"
            else:
                code, text, remedy = kind, line["msg"], ""
        if (path, text) not in seen:
            seen.add((path, text))
            yield _Finding(path, kind, code, text, remedy, on_key)


def _path(location: Sequence[str | int], data: Any) -> tuple[Path, bool]:
    """The model's location as a path of the file: without the names of union branches, and no deeper than the file goes."""
    path: list[str | int] = []
    on_key = False
    for step in location:
        if step == "[key]":
            on_key = True
        elif isinstance(step, str) and step.startswith("‹"):
            continue
        elif isinstance(data, dict) and step in data:
            data = data[step]
            path.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            path.append(step)
        elif isinstance(data, dict) and isinstance(step, int) and str(step) in data:
            data = data[str(step)]
            path.append(str(step))
        else:
            break
    return tuple(path), on_key


def _problem(tree: Tree, finding: _Finding) -> Problem:
    return Problem(finding.code, tree.place(finding.path, finding.on_key), finding.text, finding.remedy)


def fields_at(model: Any, path: Sequence[str | int]) -> list[str]:
    """The fields that the format knows at a path, by the names that a file uses."""
    here: list[Any] = [model]
    for step in path:
        following: list[Any] = []
        for kind in here:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                for name, field in kind.model_fields.items():
                    if (field.alias or name) == step:
                        following += _inner(field.annotation)
            else:
                arguments = get_args(kind)
                following += [inner for argument in arguments[1:] or arguments for inner in _inner(argument)]
        here = following
    return [field.alias or name for kind in here if isinstance(kind, type) and issubclass(kind, BaseModel) for name, field in kind.model_fields.items()]


def _inner(annotation: Any) -> list[Any]:
    """The models, dicts and lists inside an annotation, with unions and annotations unwrapped."""
    origin = getattr(annotation, "__origin__", None)
    if origin in (dict, list):
        return [annotation]
    if hasattr(annotation, "__metadata__"):
        return _inner(annotation.__origin__)
    if isinstance(annotation, type):
        return [annotation]
    return [inner for argument in get_args(annotation) for inner in _inner(argument)]


def _copy(data: Any) -> Any:
    """A copy of the tree, so that cutting leaves the original whole."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _depth_first(path: Path) -> tuple[int, tuple[str, ...]]:
    """Later list entries first, so that cutting one does not shift the next."""
    return (-len(path), tuple(f"{99999 - step:05}" if isinstance(step, int) else step for step in path))


def _cut(data: Any, path: Path) -> bool:
    """Take the value at ``path`` out of the tree. False where nothing can be taken out."""
    if not path:
        return False
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return True  # went with something above it
    try:
        del data[path[-1]]
    except (KeyError, IndexError, TypeError):
        pass
    return True


def _overlaps(path: Path, other: Path) -> bool:
    """Whether one path is the other, or lies inside it."""
    shorter = min(len(path), len(other))
    return path[:shorter] == other[:shorter]


