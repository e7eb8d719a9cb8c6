"""``--set PATH=VALUE``: what is set is read and checked as if it stood in the file; problems name the option."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..problems import Path, Place, Problem
from .overlay import Override, locate
from .yaml import Tree, read


def apply(tree: Tree, settings: Sequence[str]) -> list[Problem]:
    """Change the tree as the settings say; the problems of those that cannot be."""
    problems: list[Problem] = []
    for setting in settings:
        override = parse(tree.data, setting)
        if isinstance(override, Override):
            _enter(tree, override)
        else:
            problems += override
    return problems


def parse(data: Any, setting: str) -> Override | list[Problem]:
    """What an option says about the data of a file, or what is wrong with it."""
    option = f"--set {setting}"
    try:
        setting.encode()
    except UnicodeEncodeError as error:  # Python hands on what it could not decode as half a character for each byte
        byte = f"0x{ord(setting[error.start]) & 0xFF:02x}"
        return [Problem("encoding", Place(option), f"the byte {byte} is not UTF-8", "write it in UTF-8: is the terminal set to it?")]
    name, equals, text = setting.partition("=")
    if not equals or not name.strip():
        return [Problem("bad-setting", Place(option), "this is not PATH=VALUE", "write, for example, --set 'sharing.shared=50 %'")]
    value = _value(text, option)
    if value.problems:
        return value.problems
    path = locate(data, keys(name), Place(option))
    return [path] if isinstance(path, Problem) else Override(path, value.data, value)


def keys(name: str) -> list[str]:
    """The steps of a dotted name."""
    return [unicodedata.normalize("NFC", key) for key in name.strip().split(".")]


def _value(text: str, option: str) -> Tree:
    """The value as the file would hold it: text, or a mapping or list in braces or brackets."""
    stripped = text.strip()
    tree = Tree(option, stripped)
    if stripped.startswith(("{", "[", '"', "'")):
        stated = read(stripped, option)
        tree.data = stated.data
        tree.problems = [replace(problem, place=Place(option)) for problem in stated.problems]
    else:
        tree.data = stripped or None
    return tree


def _enter(tree: Tree, override: Override) -> None:
    """Put the value into the tree. From now on this path, and all that stood in it, stands in the option."""
    here: Any = tree.data
    path, place = override.path, Place(override.tree.file)
    for position, step in enumerate(path[:-1], 1):
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
            tree.elsewhere[path[:position]] = place
        here = here[step]
    here[path[-1]] = override.value
    for known in [known for known in tree.elsewhere if _inside(known, path)]:
        del tree.elsewhere[known]
    tree.forget(path)
    tree.elsewhere[path] = place


def _inside(path: Path, whole: Path) -> bool:
    return path[: len(whole)] == whole
