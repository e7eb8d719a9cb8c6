"""How long 200 scenarios of `socsam whatif` take beside one `socsam settle` of the same file: whole processes in turn, medians.

    python -m compileall -q socsam_calc && python tests/benchmarks/whatif.py

NumPy is not used for so few. The bound is 3.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOCSAM = [sys.executable, "-m", "socsam_calc"]
BOUND = 3
GOTLAND, COMPLETE = "examples/gotland.yaml", "examples/complete.yaml"
SHARED, COST = "sharing.shared=0 %..100 %", "years.1999.actual.services=660 000..700 000"
CASES = {
    "Gotland, a line": (GOTLAND, "--vary", SHARED, "--steps", "199"),
    "Gotland, a grid": (GOTLAND, "--vary", SHARED, "--vary", COST, "--steps", "19", "--steps", "9"),
    "Gotland, as JSON": (GOTLAND, "--vary", SHARED, "--steps", "199", "--format", "json"),
    "the complete example, a share": (COMPLETE, "--vary", "sharing.shared.primary_care=10 %..100 %", "--steps", "199"),
    "the complete example, a cost": (COMPLETE, "--vary", "years.1999.actual.primary_care=30 000..33 000", "--steps", "199"),
}


def seconds(*arguments: str) -> float:
    """One process, from start to end."""
    start = time.perf_counter()
    subprocess.run([*SOCSAM, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(say: Callable[[str, str, str], None], rounds: int = 7) -> bool:
    """Say the ratios of the medians; whether all are below the bound."""
    settle: dict[str, list[float]] = {GOTLAND: [], COMPLETE: []}
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for file, times in settle.items():
            times.append(seconds("settle", file))
        for name, arguments in CASES.items():
            taken[name].append(seconds("whatif", *arguments))
    ratios = {name: statistics.median(times) / statistics.median(settle[CASES[name][0]]) for name, times in taken.items()}
    for name, ratio in ratios.items():
        say(name, f"{ratio:.2f} × one settle", f"wanted < {BOUND} ({statistics.median(taken[name]) * 1000:.0f} ms)")
    return max(ratios.values()) < BOUND


if __name__ == "__main__":
    sys.exit(not main(lambda what, figure, wanted: print(f"  {what:40} {figure:>20}   {wanted}", flush=True)))
