"""The examples that come with the program, and what each needs beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from ...problems import OutputError, nearest

ALL: Final = "all"
FOLDER: Final = "examples"
"""Where all of them are written; the pages and the helps name them in it."""

COMMANDS: Final = {"whatif": "whatif", "evaluation": "evaluate"}
"""What to run with an example in one of the folders among them; `settle` with any other."""

_PACKAGE: Final = Path(__file__).parent.parent.parent
_NAMED: Final = re.compile(r"[\w./-]+\.(?:ya?ml|csv|xlsx|se)")


def names() -> list[str]:
    """Every example, by its path in their folder."""
    home = _home()
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() and not path.name.startswith("."))


def content(name: str) -> bytes:
    """An example as it stands."""
    return (_home() / name).read_bytes()


def _home() -> Path:
    """Their folder: inside the installed package; beside it, where it runs from a checkout."""
    installed = _PACKAGE / FOLDER
    return installed if installed.is_dir() else _PACKAGE.parent / FOLDER


def wanted(asked: str) -> list[str]:
    """The example that is asked for, with its ending or without, and what it needs; or `all`. Raises OutputError for one that there is not."""
    known = names()
    if asked == ALL:
        return known
    short = {name.removesuffix(".yaml"): name for name in known}
    name = asked.removeprefix(f"{FOLDER}/")
    if name not in known and name not in short:
        near = nearest(name, [*short, ALL])
        agreements = ", ".join(one for one, whole in short.items() if "/" not in one and whole != one)
        raise OutputError(
            f"there is no example `{asked}`\n   " + (f"did you mean `{near}`?" if near else f"there are {agreements}, and {ALL}")
        )
    return list(dict.fromkeys(_with_needs(short.get(name, name))))


def _with_needs(name: str) -> Iterator[str]:
    """An example, and the files that its text names from its own folder."""
    yield name
    if not name.endswith((".yaml", ".yml")):
        return
    here, known = PurePosixPath(name).parent, set(names())
    for mentioned in _NAMED.findall(content(name).decode("utf-8")):
        other = os.path.normpath(here / mentioned).replace(os.sep, "/")
        if other in known and other != name:
            yield from _with_needs(other)
