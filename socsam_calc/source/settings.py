"""``--set PATH=VALUE``: what is set is read and checked as if it stood in the file; problems name the option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..model.paths import with_value
from ..problems import Place, Problem
from .overlay import Override, locate
from .yaml import Tree, read


def overrides(data: Any, settings: Sequence[str]) -> Iterator[Override | Problem]:
    """What the settings say about the data of a file, each beside those before it; or what is wrong with one."""
    for setting in settings:
        for read_one in _read(data, setting):
            if isinstance(read_one, Override):
                data = with_value(data, read_one.path, read_one.value)
            yield read_one


def _read(data: Any, setting: str) -> Sequence[Override | Problem]:
    """What an option says about the data of a file, or what is wrong with it."""
    option = Place(f"--set {setting}")
    try:
        setting.encode()
    except UnicodeEncodeError as error:  # Python hands on what it could not decode as half a character for each byte
        byte = f"0x{ord(setting[error.start]) & 0xFF:02x}"
        return [Problem("encoding", option, f"the byte {byte} is not UTF-8", "write it in UTF-8: is the terminal set to it?")]
    name, equals, text = setting.partition("=")
    if not equals or not name.strip():
        return [Problem("bad-setting", option, "this is not PATH=VALUE", "write, for example, --set 'sharing.shared=50 %'")]
    value = _value(text.strip(), option)
    if value.problems:
        return value.problems
    path = locate(data, name, option)
    return [path if isinstance(path, Problem) else Override(path, value.data, value)]


def _value(text: str, option: Place) -> Tree:
    """The value as the file would hold it: text, or a mapping or list in braces or brackets."""
    tree = Tree(option.file, text)
    tree.data = text or None
    if text.startswith(("{", "[", '"', "'")):
        stated = read(text, option.file)
        tree.data = stated.data
        tree.problems = [replace(problem, place=option) for problem in stated.problems]
    return tree
