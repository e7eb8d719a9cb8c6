"""``--set PATH=VALUE``: what is set is read and checked as if it stood in the file; problems name the option."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from ..model.agreement import Agreement
from ..problems import Path, Place, Problem, nearest
from .validation import fields_at
from .yaml import Tree, read

_OWN_NAMES: Final = ("parties", "activities", "series", "years")
"""The parts of a file whose entries are named by the user: a setting changes one that is there, and adds none."""


def apply(tree: Tree, settings: Sequence[str]) -> list[Problem]:
    """Change the tree as the settings say; the problems of those that cannot be."""
    return [problem for setting in settings for problem in _apply_one(tree, setting)]


def _apply_one(tree: Tree, setting: str) -> Iterator[Problem]:
    option = f"--set {setting}"
    name, equals, text = setting.partition("=")
    whole = Place(option)
    if not equals or not name.strip():
        yield Problem("bad-setting", whole, "this is not PATH=VALUE", "write, for example, --set 'sharing.shared=50 %'")
        return
    value_tree = _value(text, option)
    if value_tree.problems:
        yield from value_tree.problems
        return
    keys = [unicodedata.normalize("NFC", key) for key in name.strip().split(".")]
    here: Any = tree.data
    path: list[str | int] = []
    for position, key in enumerate(keys):
        last = position == len(keys) - 1
        if isinstance(here, list):
            if not key.isdecimal() or int(key) >= len(here):
                yield Problem(
                    "unknown-path",
                    whole,
                    f"`{'.'.join(map(str, path))}` has no entry `{key}`",
                    f"its entries are numbered 0 to {len(here) - 1}",
                )
                return
            step: str | int = int(key)
        else:
            step = key
            if not isinstance(here, dict):
                yield Problem(
                    "unknown-path",
                    whole,
                    f"`{'.'.join(map(str, path))}` is a single value: there is no `{key}` in it",
                    "leave the rest of the path out",
                )
                return
            if key not in here and (known := _known(here, path)) is not None and key not in known:
                near = nearest(key, known)
                full = ".".join(map(str, (*path, near, *keys[position + 1 :]))) if near else ""
                remedy = f"did you mean `{full}`?" if near else "there is: " + ", ".join(f"`{one}`" for one in known)
                yield Problem("unknown-path", whole, f"there is no `{'.'.join(map(str, (*path, key)))}`", remedy)
                return
        path.append(step)
        if last:
            here[step] = value_tree.data
        else:
            if isinstance(here, dict) and (step not in here or here[step] is None):
                here[step] = {}
                tree.elsewhere[tuple(path)] = whole
            here = here[step]
    _remember(tree, tuple(path), whole)


def _known(here: dict[str, Any], path: Sequence[str | int]) -> list[str] | None:
    """The names that may stand at a path, or None where any name may (its reference is checked with the file)."""
    if len(path) == 1 and path[0] in _OWN_NAMES:
        return [str(key) for key in here]
    return fields_at(Agreement, path) or None


def _value(text: str, option: str) -> Tree:
    """The value as the file would hold it: text, or a mapping or list in braces or brackets."""
    stripped = text.strip()
    if not stripped.startswith(("{", "[", '"', "'")):
        tree = Tree(option, stripped)
        tree.data = stripped or None
        return tree
    tree = read(stripped, option)
    tree.problems = [replace(problem, place=Place(option)) for problem in tree.problems]
    return tree


def _remember(tree: Tree, path: Path, place: Place) -> None:
    """From now on this path, and all that stood in it, stands in the option."""
    for known in [known for known in tree.elsewhere if known[: len(path)] == path]:
        del tree.elsewhere[known]
    tree.forget(path)
    tree.elsewhere[path] = place
