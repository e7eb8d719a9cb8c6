"""Hold a tree against a model: every complaint in our own words, with its place, and no complaint twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..model.scalars import Context, shown
from ..problems import Fault, Path, Problem, nearest
from .yaml import Tree

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS: Final = 20


def validate(tree: Tree, model: type[M], context: Context, faults: Callable[[M], Iterable[Fault]]) -> tuple[M | None, list[Problem]]:
    """What a tree states, as the model has it, and every problem found. ``faults`` finds what no field can see alone.

    What a field refuses is cut out and the rest is read again, so that one slip does not hide the others; a later finding that
    rests on something cut out is held back.
    """
    problems: list[Problem] = []
    refused: list[Path] = []
    data = tree.data
    for _ in range(_MOST_ROUNDS):
        try:
            stated = model.model_validate(data, context=context)
        except ValidationError as error:
            found = list(_findings(error, data, model))
            if not refused:
                data = _copy(data)
            problems += [_problem(tree, finding) for finding in found]
            cut = [finding.path for finding in found if finding.kind != "missing"]
            if len(cut) < len(found) or not cut or not all(_cut(data, path) for path in sorted(set(cut), key=_depth_first)):
                return None, problems
            refused += cut
        else:
            for fault in faults(stated):
                if not any(_overlaps(path, other) for path in (fault.path, *fault.rests_on) for other in refused):
                    problems.append(Problem(fault.code, tree.place(fault.path, fault.on_key), fault.text, fault.remedy))
            return (None if refused else stated), problems
    return None, problems


class _Finding(NamedTuple):
    """One complaint of the model: where, what, and what it was about."""

    path: Path
    kind: str
    code: str
    text: str
    remedy: str
    on_key: bool


def _findings(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[_Finding]:
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
            name, known = str(path[-1]), fields_at(model, path[:-1])
            near = nearest(name, known)
            code, text, on_key = "unknown-field", f"there is no field `{name}` here", True
            remedy = f"did you mean `{near}`?" if near else "the fields here are: " + ", ".join(f"`{field}`" for field in known)
        else:
            wanted = {
                "dict_type": "`name: value` entries",
                "model_type": "`name: value` entries",
                "list_type": "a list (`- …` or `[…]`)",
            }.get(kind)
            if line.get("input") is None:
                code, text, remedy = "empty-value", "no value stands here", f"write {wanted or 'a value'}, or take the line away"
            elif wanted:
                code, text, remedy = "wrong-shape", f"{shown(line.get('input'))} stands where {wanted} should be", f"write {wanted}"
            else:
                code, text, remedy = kind, line["msg"], ""
        if (path, text) not in seen:
            seen.add((path, text))
            yield _Finding(path, kind, code, text, remedy, on_key)


def _path(location: Sequence[str | int], tree: Any) -> tuple[Path, bool]:
    """The model's location as a path of the file: without the names of union branches, and no deeper than the file goes."""
    path: list[str | int] = []
    on_key = False
    data: Any = tree
    for step in location:
        if step == "[key]":
            on_key = True
        elif not str(step).startswith("‹"):
            child = _child(data, step)
            if child is None:
                break
            name, data = child
            path.append(name)
    return tuple(path), on_key


def _child(data: Any, step: str | int) -> tuple[str | int, Any] | None:
    """What stands under a step of the model's location; the model knows years as numbers, the file as text."""
    if isinstance(data, dict):
        return (str(step), data[str(step)]) if str(step) in data else None
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return step, data[step]
    return None


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
    return [
        field.alias or name
        for kind in here
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    ]


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
    with suppress(KeyError, IndexError, TypeError):
        del data[path[-1]]
    return True


def _overlaps(path: Path, other: Path) -> bool:
    """Whether one path is the other, or lies inside it."""
    shorter = min(len(path), len(other))
    return path[:shorter] == other[:shorter]
