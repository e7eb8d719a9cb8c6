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


class Ending:
    """Hears of requests to stop, and passes the first one on where that breaks nothing off in the middle: while ``listening`` lasts."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._listens = False
        self._passed = False

    def heard(self, number: int, _: FrameType | None) -> None:
        self._number = self._number or number
        if self._listens:
            self.pass_on()

    def pass_on(self) -> None:
        """Raise what was heard, once: Ctrl-C as a KeyboardInterrupt, a request to stop as ``Ended``."""
        self._listens = False
        if self._number is None or self._passed:
            return
        self._passed = True
        if self._number == signal.SIGINT:
            raise KeyboardInterrupt
        raise Ended(self._number)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """While this lasts, what is heard is raised at once; what was heard before, now."""
        self._listens = not self._passed
        if self._number is not None:
            self.pass_on()
        try:
            yield
        finally:
            self._listens = False


@contextlib.contextmanager
def interruptible() -> Iterator[Ending]:
    """While this lasts, a request to stop is heard by the ``Ending`` alone: what is under way ends in order."""
    ending = Ending()
    with _heard_by(ending.heard, {}):
        yield ending
        ending.pass_on()


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
