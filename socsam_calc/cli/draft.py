"""A file that is written whole or not at all: beside it as a draft, and then moved into its place."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .ending import undone

if TYPE_CHECKING:
    import fcntl
else:
    try:
        import fcntl
    except ImportError:  # not on Windows, where a file that is open cannot be taken away
        fcntl = None

_NAME: Final = re.compile(r"\.socsam-[0-9a-f]{16}\.part")


class Draft:
    """A file that is being written: its open descriptor, and whether it is to take the place that it is meant for."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor


@contextlib.contextmanager
def draft_of(path: Path, before: os.stat_result | None) -> Iterator[Draft]:
    """A new file in the same folder, with a name that nobody can foresee; gone when this ends, unless it was moved. ``before`` is the file that it is to replace.

    Raises OSError where it cannot be made. The drafts of runs that were killed are cleared away first.
    """
    _clear(path.parent)
    while True:
        name = path.with_name(f".socsam-{secrets.token_hex(8)}.part")
        with undone(partial(_unlink, name)):
            try:
                descriptor = _created(name, before)
                if descriptor is None:
                    continue
                yield Draft(name, descriptor)
                return
            finally:
                _unlink(name)


def _created(name: Path, before: os.stat_result | None) -> int | None:
    """The open file; None where another run took it for one that was left behind, between its making and its lock."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(name, flags, 0o666 if before is None else 0o600)
    if before is not None and hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):  # only the administrator may give files away
            if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode) & 0o777)
    if not _locked(descriptor) or not os.path.exists(name):
        os.close(descriptor)
        return None
    return descriptor


def _locked(descriptor: int) -> bool:
    """Whether the file is ours alone now. The lock goes with the process, however that ends; some file systems know none."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _clear(folder: Path) -> None:
    """Take away what runs that were killed left in a folder: drafts of ours that no process holds any more."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _clear_one(folder / entry.name)


def _clear_one(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where the run that writes it still lives
            path.unlink()
    finally:
        os.close(descriptor)


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
