"""Where a result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TextIO

from ..problems import OutputError

Chosen = Literal["table", "json", "csv", "markdown", "xlsx", "html", "github"]
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
    suffix = Path(output).suffix.lower()
    if SUFFIXES.get(suffix) not in formats:
        known = ", ".join(suffix for suffix, format_ in SUFFIXES.items() if format_ in formats)
        raise OutputError(
            f"{output}: the suffix does not say which format to write\n   use one of {known}, or name the format with --format"
        )
    return SUFFIXES[suffix]


@dataclass
class Target:
    """An open result: write to ``stream``; what is not ``kept`` in the end leaves the output file as it was."""

    stream: TextIO
    terminal: bool
    kept: bool = True

    def write_bytes(self, content: bytes) -> None:
        """Write what is not text."""
        self.stream.flush()
        self.stream.buffer.write(content)


def target(output: str | None, *, machine: bool, encoding: str = "utf-8") -> contextlib.AbstractContextManager[Target]:
    """Open the place for a result. ``machine`` formats are UTF-8 everywhere; text follows the terminal.

    Raises OutputError when it cannot be written, BrokenPipeError when the reader of a pipe has gone.
    """
    return _standard(machine, encoding) if output is None else _file(Path(output), encoding)


@contextlib.contextmanager
def _standard(machine: bool, encoding: str) -> Iterator[Target]:
    codecs.register_error("plainer", _plainer)
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        if machine:
            stream.reconfigure(encoding=encoding, newline="\n", errors="backslashreplace")  # a file name may hold any bytes
        else:
            stream.reconfigure(errors="plainer")
    try:
        yield Target(stream, terminal=stream.isatty())
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter tries once more at its end
        raise OutputError(f"standard output cannot be written: {error.strerror}") from None


@contextlib.contextmanager
def _file(path: Path, encoding: str) -> Iterator[Target]:
    """Write beside the file and move into its place, so that nobody ever sees half a result."""
    path = path.resolve() if os.path.islink(path) else path  # of these, unlike Path's own, none raises where one may not look
    special = os.path.exists(path) and not os.path.isfile(path)
    mode = path.stat().st_mode if os.path.isfile(path) else None
    draft = path if special else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if os.path.isdir(path):
            raise IsADirectoryError(21, "it is a folder")
        with draft.open("w", encoding=encoding, newline="\n", errors="backslashreplace") as stream:
            if mode is not None:
                draft.chmod(mode)
            opened = Target(stream, terminal=False)
            yield opened
            stream.flush()
            if not special:
                os.fsync(stream.fileno())
        if not special and opened.kept:
            draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        if not special:
            with contextlib.suppress(OSError):
                draft.unlink()
