"""An agreement under other assumptions: what is set stands in the place of what the file says, and the file's text is not read again.

What is set is checked as if it stood in the file; its problems name where it was set: an option, or a line of a file of scenarios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from ..model.agreement import Agreement
from ..model.coherence import faults
from ..model.fields import fields_at
from ..model.paths import dotted, steps, value_at, with_value, within
from ..problems import Path, Place, Problem, nearest
from .document import STAND_INS, Document, context, held
from .yaml import Tree

_OWN_NAMES: Final = ("parties", "activities", "series", "years")
"""The parts of a file whose entries are named by the user: a setting changes one that is there, and adds none."""

_READ_BY: Final = ("unit", "rounding", "period", "figures")
"""What decides how the rest of the file is read."""


@dataclass(frozen=True, slots=True)
class Override:
    """A value in the place of what the file says at ``path``. It stands at ``at`` in ``tree``: an option's, or another file's."""

    path: Path
    value: Any
    tree: Tree
    at: Path = ()

    @property
    def name(self) -> str:
        """The path as a person writes it."""
        return dotted(self.path)

    @property
    def place(self) -> Place:
        """Where it is set."""
        return self.tree.place(self.at)


class Overlaid(Tree):
    """A tree of which some parts stand elsewhere; an override holds in the place of those before it."""

    def __init__(self, under: Tree, overrides: Sequence[Override]) -> None:
        super().__init__(under.file, under.text)
        self.under = under
        self.refused = under.refused
        self.data = under.data
        for override in overrides:
            self.data = with_value(self.data, override.path, override.value)
        self.overrides = overrides

    def place(self, path: Path, on_key: bool = False) -> Place:
        """Where the value at ``path`` was set last, or where it stands in the file."""
        for override in reversed(self.overrides):
            if within(path, override.path):
                return override.tree.place((*override.at, *path[len(override.path) :]), on_key)
        for end in range(len(path), 0, -1):  # what is there for the sake of an override alone stands where that does
            if value_at(self.under.data, path[:end]) is not None:
                break
            for override in self.overrides:
                if within(override.path, path[:end]):
                    return override.place
        return self.under.place(path, on_key)


def warm(document: Document) -> dict[str, Any]:
    """The document's data with what is read already in the place of its text, so that a change costs no more than its own part."""
    data, agreement = dict(document.tree.data), document.agreement
    for name in _OWN_NAMES:
        if isinstance(stated := data.get(name), dict):
            read: dict[Any, Any] = getattr(agreement, name)
            data[name] = {key: read[int(key) if name == "years" else key] for key in stated}
    data["sharing"] = agreement.sharing
    if agreement.governance is not None:
        data["governance"] = agreement.governance
    return data


def overlaid(document: Document, overrides: Sequence[Override], read: Mapping[str, Any] | None = None) -> Document:
    """The agreement with the overrides in force, in their order. ``read`` is what ``warm`` made of the document, to be quick about many cases.

    Raises AgreementError with every problem that the overrides make.
    """
    if not overrides:
        return document
    tree = Overlaid(document.tree, overrides)
    if read is not None and (quick := _quickly(tree.data, overrides, read)) is not None:
        return Document(document.file, quick, tree)
    return Document(document.file, held(tree, Agreement, context(tree.data), faults, STAND_INS), tree)


def _quickly(data: Mapping[str, Any], overrides: Sequence[Override], read: Mapping[str, Any]) -> Agreement | None:
    """The agreement read anew only where it was changed; None where that is not enough, or something is wrong with it."""
    partly = dict(read)
    for name, *inside in (override.path for override in overrides):
        if name in _READ_BY or (name in _OWN_NAMES and not inside):
            return None
        if name in _OWN_NAMES:
            partly[str(name)] = {**partly[str(name)], inside[0]: data[str(name)][inside[0]]}
        else:
            partly[str(name)] = data[str(name)]
    try:
        agreement = Agreement.model_validate(partly, context=context(data))
    except ValidationError:
        return None
    return None if any(True for _ in faults(agreement)) else agreement


def locate(data: Any, name: str, place: Place) -> Path | Problem:
    """The path that a dotted name leads to, or why it leads nowhere. It need not be there yet, as long as the format knows it."""
    here: Any = data
    path: list[str | int] = []
    keys = steps(name)
    for position, key in enumerate(keys):
        if isinstance(here, list):
            if not (key.isascii() and key.isdecimal()) or int(key) >= len(here):
                count = f"its entries are numbered 0 to {len(here) - 1}" if here else "it has none"
                return Problem("unknown-path", place, f"`{dotted(path)}` has no entry `{key}`", count)
            path.append(int(key))
        elif not (here is None or isinstance(here, dict)):
            text = f"`{dotted(path)}` is a single value: there is no `{key}` in it"
            return Problem("unknown-path", place, text, "leave the rest of the path out")
        else:
            known = _known(here or {}, path) if here is None or key not in here else None
            if known is not None and key not in known:
                near = nearest(key, known)
                right = dotted((*path, near or "", *keys[position + 1 :]))
                remedy = f"did you mean `{right}`?" if near else "there is: " + ", ".join(f"`{one}`" for one in known)
                return Problem("unknown-path", place, f"there is no `{dotted((*path, key))}`", remedy)
            path.append(key)
        here = value_at(here, path[-1:])
    return tuple(path)


def _known(here: dict[str, Any], path: Sequence[str | int]) -> list[str] | None:
    """The names that may stand at a path, or None where any name may (its reference is checked with the file)."""
    if len(path) == 1 and path[0] in _OWN_NAMES:
        return [str(key) for key in here]
    return fields_at(Agreement, path) or None
