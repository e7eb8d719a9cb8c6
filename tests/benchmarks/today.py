"""The table of speed and memory, each row side by side with an older build or with a peer: CPU seconds (user and system), medians in rotation.

    pip install '.[test,benchmarks]'
    python tests/benchmarks/today.py                   all rows, about half an hour
    python tests/benchmarks/today.py start incentives  some of them
    python tests/benchmarks/today.py --turns 3         fewer turns

The older build is commit 3201936, taken out of this repository's history. A row says what was measured of it, of this one, and the ratio.
Times of the processor do not wait for it: another program beside makes them longer by a fifth, and both sides alike.
"""

from __future__ import annotations

import argparse
import compileall
import io
import os
import platform
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
OLDER = "3201936"
BARE = "import typer, yaml, rich.console, rich.table\nfrom pydantic import BaseModel\nclass A(BaseModel):\n    a: int\n"
GRID = ("--vary", "sharing.shared=0 %..100 %", "--vary", "years.1999.actual.services=600 000..800 000")
ROUNDS = """import sys, time
from socsam_calc import incentives, load, settle
document = load(sys.argv[1])
def took(work, times):
    work(document)
    start = time.process_time()
    for _ in range(times):
        work(document)
    return (time.process_time() - start) / times
print(took(incentives, 1) / took(settle, 20))
"""
PAYMENTS = """from socsam_calc.engine.payments import fewest_payments
owed = [101 + 7 * i * i for i in range(7)]
print(len(fewest_payments([(f"a{i}", amount) for i, amount in enumerate(owed)] + [(f"b{i}", -amount) for i, amount in enumerate(owed[::-1])])))
"""
BATCHES = """import sys
sys.path[:0] = [sys.argv[1], "tests"]
import time
import numpy as np
from benchmarks.formulas import BANDS, PLAIN_HALF, PLAIN_WHOLE
from socsam_calc import load
try:
    from socsam_calc.batch.engine import Batch
except ImportError:
    from socsam_calc.scenario.batch.engine import Batch
SIZE, PIECE = 1 << 18, 8_192
for formula in (PLAIN_WHOLE, PLAIN_HALF, BANDS):
    inputs = formula.inputs(SIZE, np.random.default_rng(1))
    batch = Batch(load("benchmark", text=formula.text).agreement, {name: formula.denominators.get(name, 1) for name in inputs}, formula.figures)
    floats = {name: values / formula.denominators.get(name, 1) for name, values in inputs.items()}
    outputs = {path: np.empty(SIZE) for path in formula.figures}
    def plain():
        for start in range(0, SIZE, PIECE):
            piece = slice(start, start + PIECE)
            for path, values in formula.plain({name: values[piece] for name, values in floats.items()}).items():
                outputs[path][piece] = values
    result = batch.run(inputs)
    assert result.slow == 0
    best = {}
    for _ in range(15):
        for name, work in (("exact", lambda: batch.run(inputs, result)), ("plain", plain)):
            start = time.process_time()
            work()
            best[name] = min(best.get(name, 9.0), time.process_time() - start)
    print(f"{best['plain'] / best['exact']:.2f}")
"""


class Ran(NamedTuple):
    """What a process took: seconds of the processor, MiB of memory at most, and what it printed."""

    seconds: float
    memory: float
    out: str


def run(folder: Path, *command: str) -> Ran:
    """A process of its own, in the folder of a build."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, *command], cwd=folder, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} in {folder} ended with status {process.returncode}")
        out.seek(0)
        return Ran(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read().decode("utf-8", "replace"))


def rotated(turns: int, sides: Mapping[str, Callable[[], Ran]]) -> dict[str, list[Ran]]:
    """Each side in turn, once to warm up and then so many times."""
    for side in sides.values():
        side()
    taken: dict[str, list[Ran]] = {name: [] for name in sides}
    for _ in range(turns):
        for name, side in sides.items():
            taken[name].append(side())
    return taken


def seconds(runs: Sequence[Ran]) -> float:
    return statistics.median(one.seconds for one in runs)


def say(*cells: str) -> None:
    """A line of the table: what it is of, the older build, this one, and what is wanted."""
    print(f"| {' | '.join(cells)} |", flush=True)


class Builds(NamedTuple):
    """The two builds, and a folder for files."""

    older: Path
    this: Path
    files: Path

    def sides(self, *command: str) -> dict[str, Callable[[], Ran]]:
        """The same command line in both."""
        return {"older": lambda: run(self.older, *command), "this": lambda: run(self.this, *command)}


def start(builds: Builds, turns: int) -> None:
    (builds.files / "bare.py").write_text(BARE, encoding="utf-8")
    for what, words, wanted in (
        ("`socsam settle FILE`, piped, against importing its libraries", ("settle", "examples/laholm.yaml"), "≤ 0.80"),
        ("`socsam settle --help`, against the same", ("settle", "--help"), "≤ 0.40"),
    ):
        sides = {**builds.sides("-m", "socsam_calc", *words), "bare": lambda: run(builds.files, str(builds.files / "bare.py"))}
        taken = rotated(3 * turns, sides)
        say(what, *(f"{seconds(taken[side]) / seconds(taken['bare']):.2f}" for side in ("older", "this")), wanted)


def incentives(builds: Builds, turns: int) -> None:
    file = builds.files / "many.yaml"
    file.write_text(activities(64), encoding="utf-8")
    taken = rotated(turns, builds.sides("-c", ROUNDS, str(file)))
    say(
        "`incentives`, 64 activities, in settlements of the file",
        *(f"{statistics.median(float(one.out) for one in taken[side]):.0f}" for side in ("older", "this")),
        "≤ 30",
    )


def grid(builds: Builds, turns: int) -> None:
    words = ("whatif", "examples/gotland.yaml", *GRID, "--steps", "249", "--steps", "399", "-q", "-o")
    sides = builds.sides("-m", "socsam_calc", *words, str(builds.files / "grid.csv"))
    _both("`whatif` grid, 10⁵ cases to CSV", rotated(turns, sides), "a third", memory=True)


def simulate(builds: Builds, turns: int) -> None:
    folder = builds.files / "nine"
    folder.mkdir(exist_ok=True)
    make = "import sys; sys.path.insert(0, 'tests'); from pathlib import Path; from benchmarks.scale import scenario_file as made; made(Path(sys.argv[1]))"
    run(builds.this, "-c", make, str(folder))
    for what, file in (
        ("complete example", "examples/whatif/uncertain.yaml"),
        ("nine inputs, eight of them normal", str(folder / "uncertain.yaml")),
    ):
        words = ("simulate", file, "--draws", "16000000", "-q", "-o")
        taken = rotated(turns, builds.sides("-m", "socsam_calc", *words, str(builds.files / "draws.json")))
        _both(f"`simulate`, {what}, 16 million draws", taken, "≤ 0.67")


def report(builds: Builds, turns: int) -> None:
    file = builds.files / "long.yaml"
    file.write_text(activities(8, years=40), encoding="utf-8")
    _both(
        "`report` of 40 years",
        rotated(turns, builds.sides("-m", "socsam_calc", "report", str(file), "-o", str(builds.files / "long.html"))),
        "≤ 0.20",
    )


def payments(builds: Builds, turns: int) -> None:
    taken = rotated(1, builds.sides("-c", PAYMENTS))
    say("payments among 14 parties in seven opposite pairs", *(taken[side][0].out.strip() for side in ("older", "this")), "7")


def norm(builds: Builds, turns: int) -> None:
    told = run(builds.this, "tests/benchmarks/norm.py", "100000").out
    say("`norm`, 290 areas × 10 years × 10⁵ draws, against NumPy", "–", told.split("ratio")[1].split()[0], "≤ 3")


def batches(builds: Builds, turns: int) -> None:
    """The script of this build runs in both, so that both meet the same peer."""
    lines = {
        side: run(builds.this, "-c", BATCHES, str(folder)).out.splitlines()
        for side, folder in (("older", builds.older), ("this", builds.this))
    }
    for number, (what, wanted) in enumerate((("all shared", "≥ 1.5"), ("half shared", "≥ 1"), ("three years with bands", "≥ 0.9"))):
        say(f"exact batches, {what}, times as fast as float64", lines["older"][number], lines["this"][number], wanted)


def dask(builds: Builds, turns: int) -> None:
    """Of waiting time, which other programs take too: it wants an idle machine."""
    told = run(builds.this, "tests/benchmarks/scale.py", "dask").out
    say(
        f"two Dask workers, times as fast as one process ({os.getloadavg()[0]:.0f} beside)", "–", told.split("ratio")[1].split()[0], "≥ 1.7"
    )


def _both(what: str, taken: Mapping[str, Sequence[Ran]], wanted: str, *, memory: bool = False) -> None:
    older, this = taken["older"], taken["this"]
    held = [f", {max(one.memory for one in runs):.0f} MiB" if memory else "" for runs in (older, this)]
    ratio = seconds(this) / seconds(older)
    say(what, f"{seconds(older):.2f} s{held[0]}", f"{seconds(this):.2f} s{held[1]} ({ratio:.2f})", wanted)


def activities(count: int, years: int = 1) -> str:
    """An agreement of many activities, invented: four parties, each of which funds every fourth of them."""
    parties = {"kassa": "insurance_office", "landsting": "county_council", "kommun": "municipality", "af": "employment_service"}
    lines = ["format: socsam/1", "area: Stor", "unit: tkr", "rounding: tkr", f"period: {{start: 1998-01-01, end: {1997 + years}-12-31}}"]
    lines += ["parties:", *(f"  {name}: {{name: {name}, role: {role}}}" for name, role in parties.items()), "activities:"]
    lines += [f"  a{i}: {{name: A{i}, funder: {list(parties)[i % 4]}, cost: social_services}}" for i in range(count)]
    lines += ["sharing: {shared: 60 %, surplus: frame, deficit: frame}", "years:"]
    for year in range(years):
        frame = ", ".join(f"a{i}: {1000 + 37 * i}" for i in range(count))
        actual = ", ".join(f"a{i}: {960 + 37 * i + (53 * i + 29 * year) % 91}" for i in range(count))
        lines += [f"  {1998 + year}:", f"    frame: {{{frame}}}", f"    actual: {{{actual}}}"]
    return "\n".join(lines) + "\n"


ROWS: dict[str, Callable[[Builds, int], None]] = {
    "start": start,
    "incentives": incentives,
    "grid": grid,
    "simulate": simulate,
    "report": report,
    "payments": payments,
    "norm": norm,
    "batches": batches,
    "dask": dask,
}


def taken_out(commit: str, folder: Path) -> Path:
    """The package and the examples of a commit, in a folder of their own."""
    packed = subprocess.run(["git", "archive", commit, "socsam_calc", "examples"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def processor() -> str:
    """What the system calls the processor."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"which rows, of {', '.join(ROWS)}; all by default")
    parser.add_argument("--turns", type=int, default=5, help="how often each side runs")
    asked = parser.parse_args()
    for name in set(asked.rows).difference(ROWS):
        parser.error(f"there is no row `{name}`: choose from {', '.join(ROWS)}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as kept:
        files = Path(kept)
        builds = Builds(taken_out(OLDER, files / "older"), ROOT, files)
        for build in builds[:2]:
            compileall.compile_dir(str(build / "socsam_calc"), quiet=2)
        print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}\n")
        say("what", f"commit {OLDER}", "this build", "wanted")
        say("---", "---", "---", "---")
        for name in asked.rows or ROWS:
            ROWS[name](builds, asked.turns)


if __name__ == "__main__":
    main()
