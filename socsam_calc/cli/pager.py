"""Long results on a terminal, a screen at a time: through the pager that the environment names, or the machine's own."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from .output import Target

_OWN: Final = ("less", "more")
"""What is taken where the environment names none; the first that the machine has."""

_LESS: Final = "FRX"
"""How less behaves where nobody says: it leaves what was read on the screen, shows colours, and ends by itself where all fits."""


@contextlib.contextmanager
def paged(opened: Target, *, wanted: bool) -> Iterator[TextIO]:
    """A stream whose text is shown by the pager once it is whole, if it is longer than the screen and a pager is ``wanted``.

    What no pager shows, because there is none, it does not start or it fails, is written to ``opened`` as it is, and so is what there is
    of a result that breaks off.
    """
    pager = _pager() if wanted and opened.terminal else []
    if not pager:
        yield opened.stream
        return
    held = io.StringIO()
    shown = False
    try:
        yield held
        text = held.getvalue()
        opened.stream.flush()
        shown = text.count("\n") >= shutil.get_terminal_size().lines and _shown_by(pager, text, opened.stream.encoding or "utf-8")
    finally:
        if not shown:
            opened.stream.write(held.getvalue())


def _pager() -> Sequence[str]:
    """The command of the pager; nothing where none is wanted, or there is none."""
    if os.environ.get("TERM") == "dumb":
        return []
    named = os.environ.get("PAGER")
    if named is None:
        return [own] if (own := next(filter(shutil.which, _OWN), None)) else []
    try:
        return [] if named.strip() in ("", "cat") else shlex.split(named)
    except ValueError:  # a quotation mark that nothing closes
        return []


def _shown_by(pager: Sequence[str], text: str, encoding: str) -> bool:
    """Whether the pager has shown the text, as far as it says. One that is left before the end has."""
    try:
        process = subprocess.Popen(pager, stdin=subprocess.PIPE, env={"LESS": _LESS, **os.environ})
    except OSError:
        return False
    with _left_to_it():
        try:
            process.communicate(text.encode(encoding, "plainer"))
        except BrokenPipeError:
            process.wait()
    return process.returncode == 0


@contextlib.contextmanager
def _left_to_it() -> Iterator[None]:
    """While this lasts, Ctrl-C is the pager's alone: the program would end under it, and leave it without a reader of keys."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
