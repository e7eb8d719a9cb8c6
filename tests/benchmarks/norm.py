"""Luck of 290 areas over 10 years, 100,000 draws, beside plain NumPy float64 for the same draws and sums; CPU seconds, medians in rotation.

    python tests/benchmarks/norm.py            a few minutes
    python tests/benchmarks/norm.py 10000      fewer draws

Plain NumPy draws whom each area follows, chains the costs, sums frames and results for each base and takes the percentiles, all in arrays of
1,000 draws; it keeps the results in memory to sort them, and depends on nothing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from socsam_calc.answers.norm.drawing import draw
from socsam_calc.answers.norm.luck import SHARES, grouped, taking_part
from socsam_calc.answers.norm.norm import Norm, norm
from socsam_calc.answers.simulation.simulate import Here
from socsam_calc.source.panel import load_panel

LAND = Path(__file__).parent.parent.parent / "examples" / "norm" / "land.csv"
BASES = ("fixed:1995", "moving", "mean:3")
TOGETHER = 1_000
TURNS = 3


def plain(found: Norm, draws: int) -> list[np.ndarray]:
    """The percentiles of each base and group, in a straightforward way."""
    panel, rng = found.panel, np.random.default_rng(1)
    groups = grouped(panel, taking_part(panel))
    years = panel.years
    tables = [np.array([[float(panel.costs[area][year]) for year in years] for area in group.areas]) for group in groups]
    nation = sum(table.sum(axis=0) for table in tables)
    paths = [(table / table[:, :1]) * ((nation / nation[0]) / (table.sum(axis=0) / table[:, 0].sum())) for table in tables]
    kept = np.empty((len(BASES), draws, sum(map(len, tables))))
    surplus, sums = np.empty((len(BASES), draws)), np.empty((len(BASES), draws))
    for start in range(0, draws, TOGETHER):
        stop = min(start + TOGETHER, draws)
        drawn = [
            path[rng.integers(0, len(path), (stop - start, len(path)))] * table[:, 0][None, :, None]
            for path, table in zip(paths, tables, strict=True)
        ]
        costs = np.concatenate(drawn, axis=1)
        country = costs.sum(axis=1)
        for number, name in enumerate(BASES):
            if name == "moving":
                frame, cost = (costs[:, :, :-1] * (country[:, 1:] / country[:, :-1])[:, None, :]).sum(axis=2), costs[:, :, 1:].sum(axis=2)
            else:
                base = slice(years.index(1995), years.index(1995) + 1) if name.startswith("fixed") else slice(0, 3)
                frame = costs[:, :, base].sum(axis=2) * (country[:, base.stop :].sum(axis=1) / country[:, base].sum(axis=1))[:, None]
                cost = costs[:, :, base.stop :].sum(axis=2)
            result = frame - cost
            kept[number, start:stop] = 100 * result / frame
            surplus[number, start:stop], sums[number, start:stop] = (result > 0).sum(axis=1), np.maximum(result, 0).sum(axis=1)
    ends = np.cumsum([0, *map(len, tables)])
    told = [
        np.percentile(kept[number, :, ends[group] : ends[group + 1]], SHARES)
        for number in range(len(BASES))
        for group in range(len(groups))
    ]
    return [*told, *np.percentile(surplus, (5, 50, 95), axis=1), *np.percentile(sums, (5, 50, 95), axis=1)]


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main(draws: int) -> None:
    found = norm(load_panel(str(LAND)), BASES)
    runs: dict[str, Callable[[], object]] = {
        "socsam norm --draws": lambda: draw(found, draws, 1, 5, Here(), lambda done: None),
        "plain NumPy float64": lambda: plain(found, draws),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(TURNS):
        for name, run in runs.items():
            times[name].append(seconds(run))
    ours, theirs = (statistics.median(times[name]) for name in runs)
    print(f"290 areas × 10 years × {draws:,} draws, bases {', '.join(BASES)}".replace(",", " ", 1))
    for name in runs:
        print(f"  {name:24} {statistics.median(times[name]):8.2f} s of CPU")
    print(f"  ratio                    {ours / theirs:8.2f}   (wanted ≤ 3)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draws", nargs="?", type=int, default=100_000)
    main(parser.parse_args().draws)
