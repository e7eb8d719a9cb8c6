"""Kill the program at random instants, and look at what is left: `python tests/kills.py 500`. Takes minutes, so it is no test of CI.

Each time a run replaces a file that is there, and is ended by KILL, TERM, HUP or Ctrl-C after a random while. Then the file must be the
old one or the new one, whole; no process of the run may live; nobody may have been shown a traceback; and after one more run that ends
well no draft may be left in the folder. The seed and what was found are printed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
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


def whole(path: Path, new: dict[str, bytes]) -> bool:
    """Whether a file is the old one, or all of the new one: byte for byte, a workbook by its size's neighbourhood and its end."""
    content = path.read_bytes()
    if content in (OLD, new[path.name]):
        return True
    if path.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(path) as book:
            return book.testzip() is None
    return False


def main(kills: int, seed: int) -> int:
    choose, found, statuses = random.Random(seed), Counter[str](), Counter[tuple[str, int]]()
    for number in range(kills):
        command, number_of = choose.choice(COMMANDS), choose.choice(SIGNALS)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            arguments = [sys.executable, "-m", "socsam_calc", *(part.format(folder) for part in command)]
            outputs = [Path(part.format(folder)) for part in command if part.startswith("{}")]
            took = time.monotonic()
            subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True)
            took = time.monotonic() - took
            new = {path.name: path.read_bytes() for path in outputs}
            for path in outputs:
                path.write_bytes(OLD)
            run = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
            time.sleep(choose.uniform(0.05, 1.1 * took))
            os.kill(run.pid, number_of)
            _, said = run.communicate(timeout=60)
            statuses[number_of.name, run.returncode] += 1
            time.sleep(0.3)
            found["torn"] += sum(not whole(path, new) for path in outputs)
            found["running"] += bool(living(run.pid))
            found["traceback"] += b"socsam_calc/" in said  # what the interpreter says before it has begun is not ours
            left = [path for path in folder.iterdir() if path not in outputs]
            found["drafts left"] += len(left) if number_of != signal.SIGKILL else 0
            if left:
                found["drafts left by KILL"] += number_of == signal.SIGKILL
                subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True)
                found["drafts after a later run"] += len(set(folder.iterdir()) - set(outputs))
        if sum(found[name] for name in ("torn", "running", "traceback", "drafts left", "drafts after a later run")):
            sys.stdout.write(f"kill {number}: {number_of.name} {command} {found} {said!r}\n")
            found["bad"] += 1
    sys.stdout.write(f"seed {seed}, {kills} kills: {dict(found)}; statuses {dict(statuses)}\n")
    return min(1, found["bad"])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
