"""Paths of figures: which ones a path names, and what was meant by one that names none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..problems import nearest

_MOST_NAMED: Final = 12


def under(path: str, known: Sequence[str]) -> list[str]:
    """The figures that a path names: itself, or all in it."""
    return [path] if path in known else [one for one in known if one.startswith(f"{path}.")]


def remedy_for(path: str, known: Sequence[str]) -> str:
    """The path that has the same names and others between them; or the nearest, from the first name that is wrong; or what stands there."""
    names = path.split(".")
    if fuller := min(filter(None, (_fuller(names, one) for one in known)), key=len, default=""):
        return f"did you mean `{fuller}`?"
    right = 0
    while any(one.startswith(".".join(names[: right + 1]) + ".") for one in known):
        right += 1
    start = "".join(f"{name}." for name in names[:right])
    following = list(dict.fromkeys(one.split(".")[right] for one in known if one.startswith(start)))
    near = nearest(names[right], following) if right < len(names) else None
    if near is not None:
        whole = ".".join([*names[:right], near, *names[right + 1 :]])
        meant = whole if any(one == whole or one.startswith(f"{whole}.") for one in known) else start + near
        return f"did you mean `{meant}`?"
    listed = ", ".join(f"`{start}{name}`" for name in following[:_MOST_NAMED])
    return f"there is: {listed}" + (" …" if len(following) > _MOST_NAMED else "")


def _fuller(names: Sequence[str], path: str) -> str:
    """What of a path has all these names in their order, the first and the last at its ends; nothing where they do not stand in it."""
    left, passed = list(names), list[str]()
    for name in path.split("."):
        if not passed and name != left[0]:
            return ""
        passed.append(name)
        if name == left[0] and not (left := left[1:]):
            return ".".join(passed)
    return ""
