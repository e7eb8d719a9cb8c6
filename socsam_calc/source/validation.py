"""Hold a tree against a model: every complaint in our own words, with its place, and no complaint twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..model.reading import Context, shown
from ..problems import Fault, Path, Problem, nearest
from .yaml import Tree

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS: Final = 20
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def validate(
    tree: Tree, model: type[M], context: Context, faults: Callable[[M], Iterable[Fault]], stand_ins: Mapping[str, str] = _NONE
) -> tuple[M | None, list[Problem]]:
    """What a tree states, as the model has it, and every problem found. ``faults`` finds what no field can see alone.

    What a field refuses is cut out, or replaced by its stand-in where the model needs a value, and the rest is read again: so one
    slip does not hide the others. A later finding that rests on something refused is held back: one problem for each cause.
    """
    data = _copy(tree.data)
    empty = list(_empty(data, ()))
    problems = [Problem("empty-value", tree.place(path), "no value stands here", "write a value, or take the line away") for path in empty]
    refused = [*tree.refused, *empty]
    for spoilt in refused:
        _mend(data, spoilt, stand_ins)
    for _ in range(_MOST_ROUNDS):
        try:
            stated = model.model_validate(data, context=context)
        except ValidationError as error:
            found = list(_findings(error, data, model))
            problems += [_problem(tree, finding) for finding in found if not any(_holds(finding.path, path) for path in refused)]
            new = [path for finding in found if (path := _answer(data, finding, stand_ins)) is not None]
            if not new:
                return None, problems
            refused += new
        else:
            return (None if refused else stated), problems + _unless_refused(tree, faults(stated), refused)
    return None, problems


def _unless_refused(tree: Tree, faults: Iterable[Fault], refused: Sequence[Path]) -> list[Problem]:
    """The faults that rest on nothing refused, neither by a field nor by an earlier fault."""
    problems = []
    doubtful: list[Path] = []
    for fault in faults:
        grounds = [path for path in fault.rests_on if path != fault.path]
        if any(_overlaps(path, other) for path in (fault.path, *grounds) for other in refused):
            continue
        if any(_overlaps(path, other) for path in grounds for other in doubtful):
            continue
        doubtful.append(fault.path)
        problems.append(Problem(fault.code, tree.place(fault.path, fault.on_key), fault.text, fault.remedy))
    return problems


def _answer(data: Any, finding: _Finding, stand_ins: Mapping[str, str]) -> Path | None:
    """Make the tree readable where a finding stands; the path that is refused by it, or None where nothing could be done."""
    path = finding.path
    if finding.missing:
        if finding.missing not in stand_ins:
            return path if _cut(data, path) else None
        path = (*path, finding.missing)
    if finding.kind == "extra_forbidden":
        return path if _cut(data, path) else None
    return path if _mend(data, path, stand_ins) else None


def _mend(data: Any, path: Path, stand_ins: Mapping[str, str]) -> bool:
    """Put the stand-in of a refused value in its place, or cut it out."""
    if path and path[-1] in stand_ins:
        return _set(data, path, stand_ins[str(path[-1])])
    return _cut(data, path)


def _empty(data: Any, path: Path) -> Iterator[Path]:
    """Where a name has no value at all."""
    entries: Iterable[tuple[str | int, Any]] = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in entries:
        if value is None:
            yield (*path, name)
        else:
            yield from _empty(value, (*path, name))


class _Finding(NamedTuple):
    """One complaint of the model: where, what, and what it was about."""

    path: Path
    kind: str
    code: str
    text: str
    remedy: str
    on_key: bool
    missing: str = ""


def _findings(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[_Finding]:
    """The model's complaints in our own words, one for each cause."""
    seen: set[tuple[Path, str]] = set()
    lines = error.errors(include_url=False)
    strange = {(_path(line["loc"], data)[0][:-1], str(line["loc"][-1])) for line in lines if line["type"] == "extra_forbidden"}
    for line in lines:
        path, on_key = _path(line["loc"], data)
        context = line.get("ctx", {})
        kind = line["type"]
        if kind == "socsam":
            code, text, remedy = context["code"], context["text"], context["remedy"]
        elif kind == "missing":
            name = str(line["loc"][-1])
            if any(holder == path and nearest(stranger, fields_at(model, path)) == name for holder, stranger in strange):
                continue  # a slip of the pen: the misspelt name says it
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
            yield _Finding(path, kind, code, text, remedy, on_key, str(line["loc"][-1]) if kind == "missing" else "")


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
                    elif (field.alias or name).startswith("‹"):  # its entries stand in the file beside the other fields
                        following += [inner for entries in _inner(field.annotation) for inner in _inner(get_args(entries)[1])]
            else:
                arguments = get_args(kind)
                following += [inner for argument in arguments[1:] or arguments for inner in _inner(argument)]
        here = following
    return [
        field.alias or name
        for kind in here
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
        if not (field.alias or name).startswith("‹")
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


def _holder(data: Any, path: Path) -> Any:
    """What holds the value at ``path``; None where it is gone already."""
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _cut(data: Any, path: Path) -> bool:
    """Take the value at ``path`` out of the tree; a list keeps its length, so that later places stay right. False at the root."""
    if not path:
        return False
    holder = _holder(data, path)
    if isinstance(holder, list):
        return _cut(data, path[:-1])  # the whole list: an entry without a value would be refused again
    with suppress(KeyError, TypeError):
        del holder[path[-1]]
    return True


def _set(data: Any, path: Path, value: str) -> bool:
    """Put a stand-in at ``path``. False where it stands there already, and so did not help."""
    holder = _holder(data, path)
    if not isinstance(holder, dict):
        return True
    if holder.get(str(path[-1])) == value:
        return _cut(data, path[:-1])
    holder[str(path[-1])] = value
    return True


def _holds(path: Path, other: Path) -> bool:
    """Whether ``other`` is ``path`` or lies inside it."""
    return other[: len(path)] == path


def _overlaps(path: Path, other: Path) -> bool:
    """Whether one path is the other, or lies inside it."""
    shorter = min(len(path), len(other))
    return path[:shorter] == other[:shorter]
