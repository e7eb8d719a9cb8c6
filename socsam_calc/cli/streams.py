"""Standard input, output and error as they may be: closed, full, a terminal, the log of a workflow; and what may be written to each."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ..problems import OutputError, Problem

PIPE_CLOSED: Final = 141

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What moves the cursor, changes colours or the direction of writing, or is not seen; all but the tab and the end of a line."""

_COMMAND: Final = r"(\A|[\n\r\x85\u2028\u2029])(\s*)::"
_LATER_COMMAND: Final = r"([\n\r\x85\u2028\u2029])(\s*)::"
_OLD_COMMAND: Final = r"##(?=\w*\[)"
"""Compiled when they are used: few runs have anything to say to a workflow."""


def in_actions() -> bool:
    """Whether this runs in a workflow of GitHub Actions, which obeys what stands in its log."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def in_a_log(stream: Any) -> bool:
    """Whether what is written goes into the log of a workflow, as far as can be known: all but a file does."""
    if not in_actions():
        return False
    try:
        return not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return True


def harmless(text: str) -> str:
    """A text with its control characters made visible, line by line."""
    return _CONTROLS.sub(lambda found: _visible(found[0]), text)


def _visible(letter: str) -> str:
    number = ord(letter)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


class Shown:
    """A stream of text that a person or a workflow reads: no control characters where it says so, and no commands to the workflow in its log.

    A command begins a line with `::`, an old one has `##[` anywhere; both are taken apart by a space. In files nothing is changed.
    """

    def __init__(self, stream: Any, *, controls: bool) -> None:
        self._stream = stream
        self._controls = controls
        self._log = in_a_log(stream)
        self._begun = False

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"{type(text).__name__} is not str")
        if self._controls:
            text = harmless(text)
        if self._log and text:
            text = self._without_commands(text)
        self._stream.write(text)
        return len(text)

    def _without_commands(self, text: str) -> str:
        text = re.sub(_OLD_COMMAND, "# #", re.sub(_LATER_COMMAND if self._begun else _COMMAND, r"\1\2: :", text))
        last = re.split("[\n\r\x85\u2028\u2029]", text)
        self._begun = bool(last[-1].strip()) or (self._begun and len(last) == 1)
        return text

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Guarded:
    """Standard output or error, of which nobody knows whether it can be written to."""

    def __init__(self, stream: Any, kind: type[str] | type[bytes] = str) -> None:
        self._stream = stream
        self._kind = kind
        self._lost = False

    def write(self, text: str | bytes) -> int:
        if not isinstance(text, self._kind):  # so is a stream of text told from one of bytes
            raise TypeError(f"{type(text).__name__} is not {self._kind.__name__}")
        if text and not self._lost:
            self._tried("write", text)
        return len(text)

    @property
    def buffer(self) -> Guarded:
        """The bytes below the text, guarded too."""
        return type(self)(None if self._stream is None else self._stream.buffer, bytes)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def close(self) -> None:
        """It is the process's own, and is closed with it."""
        self.flush()

    def flush(self) -> None:
        if not self._lost:
            self._tried("flush")

    def isatty(self) -> bool:
        return self._stream is not None and bool(self._stream.isatty())

    def fileno(self) -> int:
        if self._stream is None:
            raise OSError("the stream is closed")
        number: int = self._stream.fileno()
        return number

    def _tried(self, what: str, *given: str | bytes) -> None:
        try:
            if self._stream is not None:
                getattr(self._stream, what)(*given)
            elif given:
                self._fails(BrokenPipeError())
        except OSError as error:
            self._lost = True
            if self._stream is not None:
                drained(self._stream)
            self._fails(error)

    def _fails(self, error: OSError) -> None:
        """What that means for the run."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class GuardedOutput(Guarded):
    """Standard output: a result that nobody gets is no result. One that is closed is like a pipe whose reader has gone."""

    def _fails(self, error: OSError) -> None:
        self._lost = True
        if isinstance(error, BrokenPipeError):
            raise SystemExit(PIPE_CLOSED) from None
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from None


class GuardedError(Guarded):
    """Standard error: what cannot be said there is not said, and the status tells that something is wrong."""


def drained(stream: Any) -> None:
    """Let what is left in the stream's memory go nowhere, or the interpreter tries once more at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Standard output and error for a run, whatever they are."""
    before = sys.stdout, sys.stderr
    out: Any = GuardedOutput(sys.stdout)
    err: Any = Shown(GuardedError(sys.stderr), controls=True)
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def say(text: str) -> None:
    """Say something that is not the result, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def complain(wrong: object, lang: str, *, annotated: bool = True, taken: Callable[[str], bool] | None = None) -> object:
    """Say what is wrong, a problem or a text about one, in the reader's language.

    Where a workflow runs, a problem is shown at its line in the pull request too: the command is ours, and is not taken apart.
    """
    from ..report.told.refusals import tell
    from ..report.told.words import Words

    told = tell(wrong, Words(lang))
    say(str(told))
    if annotated and isinstance(told, Problem) and in_actions():
        from ..report.told.findings import github_problem

        command = harmless(github_problem(told))
        if taken is None or taken(command):
            stream: Any = getattr(sys.stderr, "_stream", sys.stderr)
            stream.write(command)
            stream.flush()
    return told
