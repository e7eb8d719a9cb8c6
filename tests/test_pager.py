"""Long results on a terminal go through a pager, and nothing is ever lost on the way."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

fcntl, pty, termios = pytest.importorskip("fcntl"), pytest.importorskip("pty"), pytest.importorskip("termios")

LONG = ["settle", "examples/complete.yaml", "--year", "2000"]
FIRST, LAST = "Exempelby: Projekt Exempel", "the rise from 1996 to 2000."


def on_a_terminal(arguments: list[str], *, rows: int = 24, **env: str) -> str:
    """What stands on a terminal of 80 columns after a run."""
    own, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("PAGER", "LESS", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "socsam_calc", *arguments],
        stdin=other, stdout=other, stderr=subprocess.PIPE, cwd=ROOT, env={**plain, "TERM": "xterm", "NO_COLOR": "1", **env},
    )  # fmt: skip
    os.close(other)
    shown = b""
    while True:
        try:
            piece = os.read(own, 65536)
        except OSError:  # nobody holds the other end any more
            break
        if not piece:
            break
        shown += piece
    os.close(own)
    assert process.wait(30) == 0, process.stderr.read() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode()).replace("\r\n", "\n")


def pager(folder: Path, does: str) -> str:
    """A pager that a test has made."""
    script = folder / "a pager"
    script.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    script.chmod(0o755)
    return f"'{script}' -R"


@pytest.mark.parametrize("command", [LONG, ["guide", "glossary"], ["rules"], ["explain", *LONG[1:]]], ids=lambda one: one[0])
def test_what_is_longer_than_the_screen_goes_through_the_pager(command: list[str], tmp_path: Path) -> None:
    shown = on_a_terminal(command, PAGER=pager(tmp_path, 'echo "with $1"; cat > "$OUT"'), OUT=str(tmp_path / "out"))
    assert shown == "with -R\n"
    direct = on_a_terminal([*command, "--no-pager"])
    assert (tmp_path / "out").read_text(encoding="utf-8") == direct


def test_what_fits_the_screen_does_not(tmp_path: Path) -> None:
    assert LAST in on_a_terminal(LONG, rows=200, PAGER=pager(tmp_path, "cat >/dev/null"))


@pytest.mark.parametrize("broken", ["there-is-no-such-pager -x", "false", "'unclosed", "", "cat", "/"])
def test_a_pager_that_does_not_work_loses_nothing(broken: str) -> None:
    shown = on_a_terminal(LONG, PAGER=broken)
    assert shown.startswith(FIRST) and LAST in shown


def test_a_pager_that_is_left_early_ends_the_run_well(tmp_path: Path) -> None:
    shown = on_a_terminal(["guide", "format"], PAGER=pager(tmp_path, "head -n 2"))
    assert 0 < len(shown.splitlines()) <= 2


def test_a_terminal_that_can_do_nothing_has_no_pager(tmp_path: Path) -> None:
    assert LAST in on_a_terminal(LONG, TERM="dumb", PAGER=pager(tmp_path, "cat >/dev/null"))


def test_a_pipe_and_a_file_never_meet_a_pager(tmp_path: Path) -> None:
    env = {**os.environ, "TERM": "xterm", "PAGER": pager(tmp_path, "cat >/dev/null")}
    for more in ([], ["--format", "markdown"], ["--format", "json"]):
        done = subprocess.run(
            [sys.executable, "-m", "socsam_calc", *LONG, *more], capture_output=True, text=True, check=True, cwd=ROOT, env=env
        )
        assert "Exempelby" in done.stdout
