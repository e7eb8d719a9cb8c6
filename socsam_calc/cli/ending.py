"""How a run ends that somebody else ends: Ctrl-C, a closed terminal, a request to stop. What is half done is undone first."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, Final

SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

Handler = Callable[[int, FrameType | None], Any]


class Ended(SystemExit):
    """Raised where a request to stop is to be heard by what is under way, which then leaves with the signal's status."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


@contextlib.contextmanager
def undone(undo: Callable[[], None]) -> Iterator[None]:
    """While this lasts, a signal that ends the program undoes what is half done, and is passed on to whoever heard of it before.

    It is done here and now, in the handler: an exception might be raised in the middle of the very lines that clear up.
    """
    before: dict[int, Any] = {}

    def heard(number: int, frame: FrameType | None) -> None:
        undo()
        if callable(former := before.get(number)):
            former(number, frame)
        else:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    with _heard_by(heard, before):
        yield


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """While this lasts, Ctrl-C is a KeyboardInterrupt and a request to stop is ``Ended``: what is under way ends in order."""

    def heard(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise Ended(number)

    with _heard_by(heard, {}):
        yield


@contextlib.contextmanager
def _heard_by(handler: Handler, before: dict[int, Any]) -> Iterator[None]:
    """Each signal's handler, and those ``before`` put back in the end. What is ignored stays so: `nohup` means it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears of signals
        return
    for number in SIGNALS:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            before[number] = signal.getsignal(number)
    try:
        for number in before:
            signal.signal(number, handler)
        yield
    finally:
        _restore(before)


def _restore(before: Mapping[int, Any]) -> None:
    for number, former in before.items():
        signal.signal(number, former)
