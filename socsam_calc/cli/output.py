"""Where a result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TextIO, cast

from ..problems import OutputError
from ..source.opened import OwnFile, is_descriptor, is_written
from .streams import PIPE_CLOSED, Shown, drained, in_a_log

if TYPE_CHECKING:
    from .place import OutputPlace

Chosen = Literal["table", "json", "csv", "markdown", "xlsx", "html", "github", "sarif", "junit"]
"""The formats that a result is written in."""

SUFFIXES: Final[dict[str, Chosen]] = {".json": "json", ".csv": "csv", ".md": "markdown", ".xlsx": "xlsx", ".html": "html"}
"""The format that an output file's suffix asks for."""

TO_FILES: Final[tuple[Chosen, ...]] = ("json", "csv", "markdown", "xlsx")
"""The formats that most commands write to files."""

_PLAINER: Final = {
    "−": "-",
    "–": "-",
    "\u00a0": " ",
    "─": "-",
    "…": "...",
    "×": "x",
    "→": "->",
    "›": ">",
    "⁰": "0",
    "≈": "~",
    "±": "+/-",
    "§": "sec.",
    "“": '"',
    "”": '"',
    "█": "#",
    "│": "|",
    **dict.fromkeys("▐▉▊▋▌", "#"),
    **dict.fromkeys("▕▏▎▍", " "),
}


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """What a terminal that lacks a character is shown in its place."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAINER.get(character, "?") for character in error.object[error.start : error.end]), error.end


def format_for(wanted: Chosen | None, output: str | None, formats: Collection[Chosen] = TO_FILES) -> Chosen:
    """The format asked for, by name or by the suffix of the output file; ``formats`` are those that the command writes to files.

    Raises OutputError for a suffix that says nothing.
    """
    if wanted is not None:
        return wanted
    if output is None:
        return "table"
    if is_descriptor(output):
        return "table"
    suffix = Path(output).suffix.lower()
    if SUFFIXES.get(suffix) not in formats:
        known = ", ".join(suffix for suffix, format_ in SUFFIXES.items() if format_ in formats)
        raise OutputError(
            f"{output}: the suffix does not say which format to write\n   use one of {known}, or name the format with --format"
        )
    return SUFFIXES[suffix]


class Target:
    """An open result: write to ``stream``; what is not ``kept`` in the end leaves the output file as it was, unless it is written to ``direct``ly."""

    def __init__(self, stream: TextIO, terminal: bool, direct: bool = False) -> None:
        self.stream, self.terminal, self.direct, self.kept = stream, terminal, direct, True

    def write_bytes(self, content: bytes) -> None:
        """Write what is not text."""
        self.stream.flush()
        self.stream.buffer.write(content)


@contextlib.contextmanager
def target(output: str | None, *, machine: bool, encoding: str = "utf-8", commands: bool = False) -> Iterator[Target]:
    """Open the place for a result. ``machine`` formats are UTF-8 everywhere; text follows the terminal. ``commands`` are ours, for GitHub.

    Raises OutputError when it cannot be written or may not be, SystemExit when the reader of a pipe has gone.
    """
    if output is None:
        try:
            yield _standard(machine, encoding, commands)
            sys.stdout.flush()
        except OwnFile:
            drained(sys.stdout)  # nothing of the result goes into the file
            raise
        return
    from .place import place_of

    place = place_of(output)
    try:
        with _direct(place, encoding) if place.direct else _file(place, encoding) as opened:
            yield opened
    except BrokenPipeError:
        raise SystemExit(PIPE_CLOSED) from None
    except OSError as error:
        raise OutputError(f"{place.name} cannot be written: {error.strerror or error}") from None


def _standard(machine: bool, encoding: str, commands: bool) -> Target:
    codecs.register_error("plainer", _plainer)
    stream = sys.stdout
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it need not be a file
        is_written("standard output", os.fstat(stream.fileno()))
    if hasattr(stream, "reconfigure"):
        if machine:
            stream.reconfigure(encoding=encoding, newline="\n", errors="backslashreplace")  # a file name may hold any bytes
        else:
            stream.reconfigure(errors="plainer")
    terminal = stream.isatty()
    shown = stream if commands else Shown(stream, controls=machine and (terminal or in_a_log(stream)))
    return Target(cast(TextIO, shown), terminal=terminal)


@contextlib.contextmanager
def _direct(place: OutputPlace, encoding: str) -> Iterator[Target]:
    """Write to what has no draft: a device, a named pipe, or what a shell has opened, such as `>(…)`."""
    if place.descriptor in _closed():
        raise BrokenPipeError
    opened = place.path if place.descriptor is None else os.dup(place.descriptor)
    with open(opened, "w", encoding=encoding, newline="\n", errors="backslashreplace") as stream:  # noqa: PTH123 – it may be open already
        with contextlib.suppress(OSError):
            is_written(place.name, os.fstat(stream.fileno()))
        read = stream.isatty() or in_a_log(stream)
        yield Target(cast(TextIO, Shown(stream, controls=True)) if read else stream, terminal=False, direct=True)


def _closed() -> list[int]:
    """The standard streams that were closed when the program began: what stands open in their places now leads nowhere."""
    return [number for number, stream in enumerate((sys.__stdin__, sys.__stdout__, sys.__stderr__)) if stream is None]


@contextlib.contextmanager
def _file(place: OutputPlace, encoding: str) -> Iterator[Target]:
    """Write beside the file and move into its place, so that nobody ever sees half a result."""
    from .draft import draft_of

    with (
        draft_of(place.path, place.before) as draft,
        os.fdopen(draft.descriptor, "w", encoding=encoding, newline="\n", errors="backslashreplace") as stream,
    ):
        opened = Target(stream, terminal=False)
        yield opened
        stream.flush()
        os.fsync(stream.fileno())
        if opened.kept:
            draft.path.replace(place.path)
