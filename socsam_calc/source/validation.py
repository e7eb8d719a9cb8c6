"""Hold a tree against a model: every complaint in our own words, with its place, and no complaint twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from ..model.meant import led, meant
from ..model.paths import fields_at, leaves, overlap, value_at, within
from ..model.reading import UNFILLED, Context, shown, told
from ..problems import Fault, Path, Problem, cut
from .slips import no_space
from .tree import Tree

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS: Final = 20
MOST_TOLD: Final = 500
_MOST_FAULTS: Final = 100
"""Nobody reads more at once; to find each one's place and the name that is nearest takes time."""


def validate(
    tree: Tree,
    model: type[M],
    context: Context,
    faults: Callable[[M], Iterable[Fault]],
    stand_ins: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
) -> tuple[M | None, list[Problem]]:
    """What a tree states, as the model has it, and every problem found. ``faults`` finds what no field can see alone.

    ``data`` is the tree's, where some of it is read already. What a field refuses is cut out, or replaced by its stand-in where the model
    needs a value, and the rest is read again: so one slip does not hide the others. A later finding that rests on something refused is held back: one problem for each cause.
    """
    data = _copy(tree.data if data is None else data)
    empty = [path for path, value in leaves(data) if value is None and path not in tree.refused]
    said = ("no value stands here", "write a value, or take the line away")
    problems = [Problem("empty-value", tree.place(path), *said) for path in empty[: MOST_TOLD + 1]]
    if len(problems) > MOST_TOLD:
        return None, cut_short(problems, MOST_TOLD)
    refused = [*tree.refused, *empty]
    for spoilt in refused:
        _mend(data, spoilt, stand_ins)
    for _ in range(_MOST_ROUNDS):
        try:
            stated = model.model_validate(data, context=context)
        except ValidationError as error:
            found = list(_findings(error, data, model))
            problems += [tree.problem(fault) for fault, *_ in found if not any(within(path, fault.path) for path in refused)]
            if error.error_count() > MOST_TOLD:
                return None, cut_short(problems, MOST_TOLD)
            new = [path for finding in found if (path := _answer(data, finding, stand_ins)) is not None]
            if not new:
                return None, problems
            refused += new
        else:
            return (None if refused else stated), problems + _unless_refused(tree, faults(stated), refused)
    return None, problems


def _unless_refused(tree: Tree, faults: Iterable[Fault], refused: Sequence[Path]) -> list[Problem]:
    """The faults that rest on nothing refused, neither by a field nor by an earlier fault."""
    problems: list[Problem] = []
    doubtful: list[Path] = []
    for fault in faults:
        if len(problems) > _MOST_FAULTS:
            return cut_short(problems, _MOST_FAULTS)
        grounds = [path for path in fault.rests_on if path != fault.path]
        others = [other for other in doubtful if other[:-1] != fault.path[:-1]]  # entries beside each other may each be missing
        unsure = any(overlap(path, other) for path in grounds for other in (*refused, *others))
        if not unsure and not any(overlap(fault.path, other) for other in refused):
            doubtful.append(fault.path)
            problems.append(tree.problem(fault))
    return problems


def cut_short(problems: Sequence[Problem], most: int) -> list[Problem]:
    """The first of so many problems that nobody reads them all; the last one told says so."""
    *first, last = problems[:most]
    return [*first, last._replace(remedy=f"{last.remedy}\n   more problems follow, and are told when these are mended".lstrip())]


def _answer(data: Any, finding: _Finding, stand_ins: Mapping[str, str]) -> Path | None:
    """Make the tree readable where a finding stands; the path that is refused by it, or None where nothing could be done."""
    path = finding.fault.path
    if finding.missing in stand_ins:
        path = (*path, finding.missing)
    elif finding.missing or finding.strange:
        return path if _cut(data, path) else None
    return path if _mend(data, path, stand_ins) else None


def _mend(data: Any, path: Path, stand_ins: Mapping[str, str]) -> bool:
    """Put the stand-in of a refused value in its place, or cut it out."""
    if path and path[-1] in stand_ins:
        return _set(data, path, stand_ins[str(path[-1])])
    return _cut(data, path)


class _Finding(NamedTuple):
    """One complaint of the model: what it says, the name that is ``missing``, if one is, and whether a name is ``strange`` to the format."""

    fault: Fault
    missing: str
    strange: bool


_SHAPES: Final = {"dict_type": "`name: value` entries", "model_type": "`name: value` entries", "list_type": "a list (`- …` or `[…]`)"}
"""What should stand where the model found something of another shape."""

_NO_SPACE: Final = r"(\w[\w-]*):((?!//)\S(?:(?!\s\w[\w-]*:).)*)"
"""An entry without the space after its colon, up to the next one."""


def _findings(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[_Finding]:
    """The model's complaints in our own words, one for each cause."""
    seen: set[tuple[Path, str]] = set()
    lines = error.errors(include_url=False)[: MOST_TOLD + 1]
    strange = {(_path(line["loc"], data)[0][:-1], str(line["loc"][-1])) for line in lines if line["type"] == "extra_forbidden"}
    for line in lines:
        fault = _said(line, model, *_path(line["loc"], data))
        missing = str(line["loc"][-1]) if line["type"] == "missing" else ""
        if any(holder == fault.path and meant(stranger, fields_at(model, fault.path)) == missing for holder, stranger in strange):
            continue  # a slip of the pen: the misspelt name says it
        if (fault.path, fault.text) not in seen:
            seen.add((fault.path, fault.text))
            yield _Finding(fault, missing, line["type"] == "extra_forbidden")


def _said(line: Any, model: type[BaseModel], path: Path, on_key: bool) -> Fault:
    """A complaint of the model in our own words."""
    kind, stated, wanted = line["type"], line.get("input"), _SHAPES.get(line["type"])
    match kind:
        case "socsam":
            return Fault(path, *told(line["ctx"]), on_key=on_key)
        case "missing":
            name = line["loc"][-1]
            return Fault(path, "missing", f"`{name}` is missing", f"write `{name}:` here", on_key=on_key)
        case "extra_forbidden":
            known = fields_at(model, path[:-1])
            remedy = led(str(path[-1]), known) or "the fields here are: " + ", ".join(f"`{field}`" for field in known)
            return Fault(path, "unknown-field", f"there is no field `{path[-1]}` here", remedy, on_key=True)
        case _ if stated is None:
            return Fault(path, "empty-value", "no value stands here", f"write {wanted or 'a value'}, or take the line away", on_key=on_key)
        case _ if wanted and isinstance(stated, str) and stated.strip() == UNFILLED:
            return Fault(path, "not-filled-in", f"`{UNFILLED}` is still to be filled in", f"write {wanted} in its place", on_key=on_key)
        case _ if wanted and isinstance(stated, str) and (pair := re.match(_NO_SPACE, stated)):
            return Fault(path, "colon", *no_space(pair[1], pair[2]), on_key=on_key)
        case "list_type" if isinstance(stated, str) and stated.startswith("-"):
            return Fault(path, "dash", "a space is missing after the dash", f"write `- {cut(stated[1:])}`", on_key=on_key)
        case _ if wanted:
            return Fault(path, "wrong-shape", f"{shown(stated)} stands where {wanted} should be", f"write {wanted}", on_key=on_key)
        case _:
            return Fault(path, kind, line["msg"], on_key=on_key)


def _path(location: Sequence[str | int], tree: Any) -> tuple[Path, bool]:
    """The model's location as a path of the file: without the names of union branches, and no deeper than the file goes."""
    path: list[str | int] = []
    on_key = False
    data: Any = tree
    for step in location:
        if step == "[key]":
            on_key = True
        elif not str(step).startswith("‹"):
            name = step if isinstance(data, list) else str(step)  # the model knows years as numbers, the file as text
            data = value_at(data, (name,))
            if data is None:
                break
            path.append(name)
    return tuple(path), on_key


def _copy(data: Any) -> Any:
    """A copy of the tree, so that cutting leaves the original whole."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _cut(data: Any, path: Path) -> bool:
    """Take the value at ``path`` out of the tree; a list keeps its length, so that later places stay right. False at the root."""
    if not path:
        return False
    holder = value_at(data, path[:-1])
    if isinstance(holder, list):
        return _cut(data, path[:-1])  # the whole list: an entry without a value would be refused again
    with suppress(KeyError, TypeError):
        del holder[path[-1]]
    return True


def _set(data: Any, path: Path, value: str) -> bool:
    """Put a stand-in at ``path``. False where it stands there already, and so did not help."""
    holder = value_at(data, path[:-1])
    if not isinstance(holder, dict):
        return True
    if holder.get(str(path[-1])) == value:
        return _cut(data, path[:-1])
    holder[str(path[-1])] = value
    return True
