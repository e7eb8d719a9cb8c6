"""Kill the program at random instants, and look at what is left: `python tests/kills.py 500`. Takes minutes, so it is no test of CI.

Each time a run replaces a file that is there, and is ended by KILL, TERM, HUP or Ctrl-C after a random while. Then the file must be the
old one or the new one, whole; no process of the run may live; nobody may have been shown a traceback; and after one more run that ends
well no draft may be left in the folder. The seed and what was found are printed.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMANDS = (
    ["settle", "examples/complete.yaml", "-o", "{}/out.json"],
    ["report", "examples/gotland.yaml", "-o", "{}/out.html"],
    ["settle", "examples/complete.yaml", "-o", "{}/out.xlsx"],
    [
        "simulate",
        "examples/whatif/uncertain.yaml",
        "--draws",
        "300000",
        "--workers",
        "2",
        "--draws-output",
        "{}/draws.csv",
        "-o",
        "{}/out.csv",
    ],
)
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
OLD = b"what was there before\n"


def living(session: int) -> list[str]:
    """The processes of a session that have not ended."""
    found = subprocess.run(["ps", "-o", "stat=,pid=", "-s", str(session)], capture_output=True, text=True, check=False).stdout
    return [line for line in found.splitlines() if not line.startswith("Z")]


def whole(path: Path, new: dict[str, bytes], *, asked: bool) -> bool:
    """Whether a file is the old one, or all of the new one: byte for byte, a workbook by its size's neighbourhood and its end.

    Asked to end by Ctrl-C, a simulation writes what is known so far: the same rows and columns, of fewer draws.
    """
    content = path.read_bytes()
    if content in (OLD, new[path.name]):
        return True
    if asked and path.name == "out.csv":
        told, wanted = (list(csv.reader(text.decode().splitlines())) for text in (content, new[path.name]))
        same = told[:1] == wanted[:1] and [len(row) for row in told] == [len(row) for row in wanted]
        return same and content.endswith(b"\n") and new[path.name].endswith(b"\n")
    if path.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(path) as book:
            return book.testzip() is None
    return False


def run_well(command: Sequence[str], folder: Path) -> tuple[dict[str, bytes], float]:
    """What a command writes when nobody ends it, by the files' names; and how many seconds that takes."""
    outputs = [Path(part.format(folder)) for part in command if part.startswith("{}")]
    began = time.monotonic()
    subprocess.run(arguments(command, folder), cwd=ROOT, capture_output=True, check=True)
    return {path.name: path.read_bytes() for path in outputs}, time.monotonic() - began


def arguments(command: Sequence[str], folder: Path) -> list[str]:
    return [sys.executable, "-m", "socsam_calc", *(part.format(folder) for part in command)]


def kill(command: Sequence[str], number: signal.Signals, after: float, new: dict[str, bytes]) -> Counter[str]:
    """End a run after so many seconds; how often what is wrong was found."""
    found = Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outputs = [folder / name for name in new]
        for path in outputs:
            path.write_bytes(OLD)
        run = subprocess.Popen(arguments(command, folder), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(after)
        os.kill(run.pid, number)
        _, said = run.communicate(timeout=60)
        time.sleep(0.3)
        found["torn"] = sum(not whole(path, new, asked=number == signal.SIGINT) for path in outputs)
        found["running"] = len(living(run.pid))
        found["traceback"] = b"socsam_calc/" in said  # what the interpreter says before it has begun is not ours
        if left := set(folder.iterdir()) - set(outputs):
            found["drafts left"] = len(left) * (number != signal.SIGKILL)
            run_well(command, folder)
            found["drafts after a later run"] = len(set(folder.iterdir()) - set(outputs))
        if found.total():
            sys.stdout.write(f"{number.name} after {after:.3f} s: {list(command)}: {+found} {said!r}\n")
        found["drafts that KILL left"] = len(left) * (number == signal.SIGKILL)
        found[f"status {run.returncode} after {number.name}"] = 1
    return found


def main(kills: int, seed: int) -> int:
    choose, found = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        well = [run_well(command, Path(name)) for command in COMMANDS]
    for _ in range(kills):
        which = choose.randrange(len(COMMANDS))
        new, took = well[which]
        found += kill(COMMANDS[which], choose.choice(SIGNALS), choose.uniform(0.05, 1.1 * took), new)
    wrong = {name: found[name] for name in ("torn", "running", "traceback", "drafts left", "drafts after a later run")}
    rest = {name: count for name, count in found.items() if name not in wrong}
    sys.stdout.write(f"seed {seed}, {kills} kills: {wrong}; {rest}\n")
    return min(1, sum(wrong.values()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=500, help="how many runs are ended")
    parser.add_argument("seed", nargs="?", type=int, default=1)
    given = parser.parse_args()
    sys.exit(main(given.kills, given.seed))
