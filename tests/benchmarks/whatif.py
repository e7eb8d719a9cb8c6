"""How long 200 scenarios take beside one `socsam settle`: whole processes, side by side, medians. The bound is 3.

Run from the repository's root, with the program compiled: ``python -m compileall -q socsam_calc && python tests/benchmarks/whatif.py``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOCSAM = [sys.executable, "-m", "socsam_calc"]
BOUND = 3
LINE = ("--vary", "sharing.shared=0 %..100 %", "--steps", "199")
GRID = ("--vary", "sharing.shared=0 %..100 %", "--vary", "years.1999.actual.services=660 000..700 000", "--steps", "19", "--steps", "9")
CASES = {
    "settle gotland": ("settle", "examples/gotland.yaml"),
    "whatif gotland, a line of 200": ("whatif", "examples/gotland.yaml", *LINE),
    "whatif gotland, a grid of 200": ("whatif", "examples/gotland.yaml", *GRID),
    "whatif gotland, 200 as JSON": ("whatif", "examples/gotland.yaml", *LINE, "--format", "json"),
}


def seconds(arguments: tuple[str, ...]) -> float:
    """One process, from start to end."""
    start = time.perf_counter()
    subprocess.run([*SOCSAM, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(rounds: int = 7) -> int:
    """Print the medians; 1 where the bound is missed."""
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for name, arguments in CASES.items():
            taken[name].append(seconds(arguments))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    base = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:<32} {median * 1000:7.0f} ms  {median / base:5.2f} ×")
    return int(max(medians.values()) / base >= BOUND)


if __name__ == "__main__":
    sys.exit(main())
