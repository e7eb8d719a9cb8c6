"""Where a result may go: the one place that decides. Never over a file of this run, never over one that is protected."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

from ..problems import OutputError
from ..source.opened import is_descriptor, is_written

_MOST_LOOKED_AT: Final = 5 * 1024 * 1024  # bytes: what is larger is no agreement
_MOST_LINKS: Final = 40  # as many as the system follows
_STANDARD: Final = {"stdin": 0, "stdout": 1, "stderr": 2}


class OutputPlace(NamedTuple):
    """A place for a result: a file, with what stands there ``before``; or what is written to directly, open already or not."""

    name: str
    path: Path
    before: os.stat_result | None = None
    direct: bool = False
    descriptor: int | None = None


def place_of(name: str) -> OutputPlace:
    """Where a result goes that was given this name. Raises OutputError where none may go there."""
    try:
        if (number := _descriptor(name)) is not None:
            return OutputPlace(name, Path(name), direct=True, descriptor=number)
        before = _status(Path(name))
        path = Path(os.path.realpath(name))
    except (OSError, ValueError) as error:
        raise _refused(name, getattr(error, "strerror", None) or str(error)) from None
    if before is None:
        if name.endswith(os.sep) or not path.name:
            raise _refused(name, "Is a directory")
        return OutputPlace(name, path)
    if stat.S_ISDIR(before.st_mode):
        raise _refused(name, "it is a folder")
    if not stat.S_ISREG(before.st_mode):
        return OutputPlace(name, Path(name), before, direct=True)
    if _protected(path, before):
        raise _refused(name, "it is write-protected")
    is_written(name, before)
    if _is_ours(path, before):
        raise OutputError(f"{name}: it is a file that socsam reads, and is left alone\n   name another file for the result")
    return OutputPlace(name, path, before)


def same_place(one: str, other: str) -> bool:
    """Whether two outputs would be the same file; capitals and the form of letters do not tell two files apart everywhere."""
    import unicodedata

    if is_descriptor(one) or is_descriptor(other):
        return one == other
    try:
        first, second = (unicodedata.normalize("NFC", os.path.realpath(name)).casefold() for name in (one, other))
        return first == second or (Path(one).samefile(other) and Path(one).is_file())
    except (OSError, ValueError):
        return False


def _descriptor(name: str) -> int | None:
    """The number of what this process has open already and a name leads to, through whatever links; None of any other name.

    It is written to through that number: opened anew by its name, a file that a shell appends to would lose what it holds.
    """
    for _ in range(_MOST_LINKS):
        path = Path(os.path.realpath(Path(name).parent), Path(name).name)
        if is_descriptor(name := str(path).replace("//", "/")):
            own = not name.startswith("/proc/") or name.startswith(("/proc/self/", "/proc/thread-self/", f"/proc/{os.getpid()}/"))
            last = path.name
            return _STANDARD.get(last, int(last) if last.isdigit() else None) if own else None
        try:
            name = str(path.parent / path.readlink())
        except (OSError, ValueError):
            return None
    return None


def _status(path: Path) -> os.stat_result | None:
    """What stands there. Raises OSError where nobody can say, as for a link that leads to itself."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _protected(path: Path, before: os.stat_result) -> bool:
    """Whether the file is protected, against the administrator too, who could write it all the same."""
    return not os.access(path, os.W_OK) or not before.st_mode & 0o222


def _is_ours(path: Path, before: os.stat_result) -> bool:
    """Whether the file is read, in this run or another: no result takes the place of what somebody wrote, booked or exported."""
    from ..source.inputs import holds_figures, named_by
    from ..source.ours import is_by_hand

    if not before.st_size:
        return False
    try:
        by_hand = before.st_size <= _MOST_LOOKED_AT and is_by_hand(path.read_bytes(), path.suffix)
        return by_hand or holds_figures(path) or named_by(path) is not None
    except OSError:
        return False  # one that may be written and not read


def _refused(name: str, why: str) -> OutputError:
    return OutputError(f"{name} cannot be written: {why}")
