"""The door to the files of a run: which may be read, and how far; and which they are, so that no result takes the place of one."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from ..problems import OutputError

_DESCRIPTOR: Final = re.compile(r"/dev/(?:stdin|stdout|stderr|fd/[0-9]+)|/proc/(?:self|thread-self|[0-9]+)/fd/[0-9]+")

Identity = tuple[int, int]
"""What the file system knows a file by, whatever its names: those of a link, in other capitals, in another Unicode form are the same."""


class NotAFile(OSError):
    """Raised for a named pipe, a device or a socket: nobody knows when it ends, or whether it ever begins."""


class OwnFile(OutputError):
    """A result that would take the place of a file of the same run."""


class Files:
    """The files that a run reads or names, and those that it writes to: no file is both."""

    def __init__(self) -> None:
        self._read: dict[Identity, str] = {}
        self._written: dict[Identity, str] = {}

    def reads(self, name: str, status: os.stat_result) -> None:
        """A file is read, or named by one that is. Raises OwnFile where a result is to take its place."""
        if (identity := _identity(status)) is not None:
            self._read.setdefault(identity, name)
            self._refuse(identity)

    def writes(self, name: str, status: os.stat_result) -> None:
        """A result is to take the place of a file. Raises OwnFile where this run reads it."""
        if (identity := _identity(status)) is not None:
            self._written[identity] = name
            self._refuse(identity)

    def _refuse(self, identity: Identity) -> None:
        if identity in self._read and identity in self._written:
            read, output = self._read[identity], self._written[identity]
            which = "it" if read == output else f"it is {read}; that"
            raise OwnFile(f"{output}: {which} is a file of this run, and is left alone\n   name another file for the result")


_OF_THIS_RUN: Final[ContextVar[Files | None]] = ContextVar("files of this run", default=None)


@contextlib.contextmanager
def files_of_a_run() -> Iterator[Files]:
    """While this lasts, every file that is read or named is remembered."""
    files = Files()
    token = _OF_THIS_RUN.set(files)
    try:
        yield files
    finally:
        _OF_THIS_RUN.reset(token)


def is_descriptor(name: str | Path) -> bool:
    """Whether a name stands for something that is open already: `/dev/stdin`, or what a shell makes of `<(…)` and `>(…)`."""
    return _DESCRIPTOR.fullmatch(str(name)) is not None


def content(name: str | Path, most: int) -> bytes:
    """The content of a file, and no more than ``most`` bytes and one of it.

    Raises OSError or ValueError where it cannot be read, NotAFile where that might take for ever.
    """
    if is_descriptor(name):
        with Path(name).open("rb") as stream:
            _note(str(name), os.fstat(stream.fileno()))
            return stream.read(most + 1)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a named pipe that nobody writes to is not waited for
    with os.fdopen(os.open(name, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(f"{name} is no file")
        _note(str(name), status)
        return stream.read(most + 1)


def standard_input(most: int) -> bytes:
    """What standard input holds, and no more than ``most`` bytes and one of it. Raises OSError where it cannot be read."""
    import sys

    if sys.stdin is None:
        raise OSError("standard input is closed")
    with contextlib.suppress(OSError, ValueError):  # it need not be a file
        _note("standard input", os.fstat(sys.stdin.fileno()))
    return sys.stdin.buffer.read(most + 1)


def is_named(name: str | Path) -> None:
    """A file that one of this run names and that need not be read: it is one of the run all the same."""
    with contextlib.suppress(OSError, ValueError):  # one that is not there cannot be lost
        _note(str(name), Path(name).stat())


def which(name: str) -> Identity | None:
    """Which file a name of the command line stands for, `-` for standard input; None for what is no file or not there."""
    import sys

    with contextlib.suppress(OSError, ValueError):
        if name != "-":
            return _identity(Path(name).stat())
        return _identity(os.fstat(sys.stdin.fileno())) if sys.stdin is not None else None
    return None


def _note(name: str, status: os.stat_result) -> None:
    if (files := _OF_THIS_RUN.get()) is not None:
        files.reads(name, status)


def is_written(name: str, status: os.stat_result) -> None:
    """A result is to take the place of a file. Raises OwnFile where this run reads it."""
    if (files := _OF_THIS_RUN.get()) is not None:
        files.writes(name, status)


def _identity(status: os.stat_result) -> Identity | None:
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
