"""What the tests share: running the command line in this process, and the two ways to re-record or widen a test."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from programs import left_out

from socsam_calc.cli.app import run

# A shell lets what it starts in the background ignore Ctrl-C, and `nohup` the end of the terminal; what a test starts would inherit that.
for name, usual in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record", action="store_true", help="record anew what a test compares with a file; read the diff before you commit it"
    )
    parser.addoption("--agreements", type=int, default=200, help="how many random agreements to hold against the oracle")
    parser.addoption("--panels", type=int, default=150, help="how many random panels to hold against the second computation of the norm")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which programs were missing, and how many tests that left out."""
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", ())]
    lines = left_out(place[2] for place in skipped if isinstance(place, tuple))
    if lines:
        terminalreporter.section("left out")
        for line in lines:
            terminalreporter.write_line(line)


class Outcome(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


@pytest.fixture
def socsam(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Run ``socsam`` in this process, from the repository's root; ``text`` is its standard input."""

    def call(*arguments: object, text: str | bytes = "") -> Outcome:
        raw = text.encode() if isinstance(text, str) else text
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patched:
            patched.chdir(ROOT)
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
            patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
            patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True))
            status = run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            return Outcome(status, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))

    return call


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test depends on the colours, the language or the pager of the machine that it runs on; nobody turns the pages of a test's terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOCSAM_LANG", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAGER", "cat")
    yield
