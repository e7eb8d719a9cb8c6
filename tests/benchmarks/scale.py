"""The figures of many scenarios, side by side in one run of about ten minutes.

    pip install '.[test,benchmarks]'
    python tests/benchmarks/scale.py                      all of it
    python tests/benchmarks/scale.py kernel memory        some of it

Parts: kernel (against plain NumPy float64), openfisca, grid (of whatif), whatif (200 scenarios without NumPy), processes, dask,
memory (to 10^8 draws), equality (100,000 random scenarios against the ordinary engine).
Times are the best of several turns taken in alternation, those of whole processes medians. Wants an idle machine with two cores.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from oracle.generate import generate
from random_scenarios import differences, random_scenarios

from benchmarks.formulas import BANDS, PLAIN_HALF, PLAIN_WHOLE, Formula
from benchmarks.whatif import main as whatif_main
from socsam_calc import AgreementError, load, settle
from socsam_calc.answers.simulation.job import prepare
from socsam_calc.answers.simulation.simulate import Cluster, Here, Pool, Processes, Simulation
from socsam_calc.answers.whatif.ranges import Grid, read_range
from socsam_calc.answers.whatif.settling import settle_cases
from socsam_calc.batch.engine import Batch
from socsam_calc.engine.values import ore_at
from socsam_calc.source.loader import overlaid, warm
from socsam_calc.source.scenarios import load_scenarios

ROOT = Path(__file__).parent.parent.parent
PIECE = 8_192
SIZE = 64 * PIECE


def best(turns: int, *runs: Callable[[], object]) -> list[float]:
    """The shortest time of the processor of each, taken in turns, so that a busy moment of the machine hits all of them."""
    times = [float("inf")] * len(runs)
    for run in runs:
        run()
    for _ in range(turns):
        for number, run in enumerate(runs):
            start = time.process_time()
            run()
            times[number] = min(times[number], time.process_time() - start)
    return times


def say(what: str, figure: str, wanted: str = "") -> None:
    print(f"  {what:62} {figure:>22}   {wanted}", flush=True)


def load_now() -> str:
    return f"load {os.getloadavg()[0]:.2f}"


def batch_of(formula: Formula, inputs: dict[str, Any]) -> Batch:
    return Batch(
        load("benchmark", text=formula.text).agreement, {name: formula.denominators.get(name, 1) for name in inputs}, formula.figures
    )


def kernel() -> None:
    print(f"batches against plain NumPy float64 in chunks of 8,192, one core ({load_now()})")
    for formula, wanted in ((PLAIN_WHOLE, 1.5), (PLAIN_HALF, 1), (BANDS, 0.9)):
        inputs = formula.inputs(SIZE, np.random.default_rng(1))
        batch = batch_of(formula, inputs)
        floats = {name: values / formula.denominators.get(name, 1) for name, values in inputs.items()}
        outputs = {path: np.empty(SIZE) for path in formula.figures}

        def plain(formula: Formula = formula, floats: Any = floats, outputs: Any = outputs) -> None:
            for start in range(0, SIZE, PIECE):
                piece = slice(start, start + PIECE)
                for path, values in formula.plain({name: values[piece] for name, values in floats.items()}).items():
                    outputs[path][piece] = values

        result = batch.run(inputs)
        exact, inexact = best(9, lambda batch=batch, inputs=inputs, result=result: batch.run(inputs, result), plain)  # type: ignore[misc]
        apart = max(float(np.abs(outputs[path] - result.values[path]).max()) for path in formula.figures)
        say(f"{formula.name}: batch", f"{SIZE / exact / 1e6:.1f} million/s", f"(settled one by one: {result.slow})")
        say(f"{formula.name}: float64", f"{SIZE / inexact / 1e6:.1f} million/s", f"(wrong by up to {apart:.1f} kronor: it does not round)")
        say(f"{formula.name}: ratio", f"{inexact / exact:.2f}", f"wanted ≥ {wanted}")


def openfisca() -> None:
    print(f"against OpenFisca-core's vectorised run of the same formula, one core ({load_now()})")
    try:
        from benchmarks.openfisca import simulation_of
    except ImportError:
        say("OpenFisca-core is not installed", "–", "pip install openfisca-core")
        return
    for formula in (PLAIN_WHOLE, PLAIN_HALF):
        inputs = formula.inputs(SIZE, np.random.default_rng(1))
        batch, fisca = batch_of(formula, inputs), simulation_of(formula, inputs, rounds=True)
        unrounded = simulation_of(formula, inputs, rounds=False)
        result = batch.run(inputs)
        runs = (lambda batch=batch, inputs=inputs, result=result: batch.run(inputs, result), fisca, unrounded)
        ours, theirs, without = best(6, *runs)  # type: ignore[arg-type]
        found = fisca()
        apart = max(float(np.abs(found[path] - result.values[path]).max()) for path in formula.figures)
        say(f"{formula.name}: OpenFisca-core", f"{SIZE / theirs / 1e6:.2f} million/s", f"(wrong by up to {apart:.1f} kronor)")
        say(f"{formula.name}: times as fast", f"{theirs / ours:.1f}", "wanted ≥ 4")
        say(f"{formula.name}: times as fast as OpenFisca without any rounding", f"{without / ours:.1f}")


def scenario_file(folder: Path) -> Path:
    """A file of scenarios with nine uncertain inputs: the costs of eight activities and a national outcome."""
    (folder / "agreement.yaml").write_text(PLAIN_HALF.text, encoding="utf-8")
    costs = "\n".join(f"  years.1998.actual.a{i}: {{normal: {{mean: {(i + 2) * 10_000_000}, sd: 5 %}}}}" for i in range(8))
    text = f"format: socsam-scenarios/1\nagreement: agreement.yaml\nuncertain:\n{costs}\n"
    text += "  series.riket.outcome.1998: {triangular: {min: 105, mode: 110, max: 115}}\n"
    path = folder / "uncertain.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def timed(pool: Pool, draws: int) -> tuple[float, tuple[Any, ...]]:
    """How long a simulation takes in a pool that is warm, and its sums."""
    with tempfile.TemporaryDirectory() as folder:
        job = prepare(load_scenarios(scenario_file(Path(folder))), 1)
    Simulation([job], 1 << 18).run(pool)
    times = []
    for _ in range(2):
        simulation = Simulation([job], draws)
        start = time.perf_counter()
        simulation.run(pool)
        times.append(time.perf_counter() - start)
    tally = simulation.simulated[0].tally
    return min(times), tuple((one.total, one.squares, *one.quantiles([]), one.negative) for one in tally.figures.values())


DRAWS = 64_000_000
"""So many that what a run costs once, whatever its length, does not hide how the work divides."""


def processes() -> None:
    print(f"draws settled by two processes against one, nine uncertain inputs ({load_now()})")
    one, sums = timed(Here(), DRAWS)
    pool = Processes(2)
    two, same = timed(pool, DRAWS)
    pool.close()
    say("one process", f"{DRAWS / one / 1e6:.1f} million/s")
    say("two processes", f"{DRAWS / two / 1e6:.1f} million/s", "equal to the last bit" if same == sums else "DIFFERENT")
    say("ratio", f"{one / two:.2f}", "wanted ≥ 1.8")


def dask() -> None:
    from distributed import LocalCluster

    print(f"draws settled by two Dask workers, nothing set for them, against one process ({load_now()})")
    one, sums = timed(Here(), DRAWS)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pool = Cluster(cluster.scheduler_address)
        two, same = timed(pool, DRAWS)
        pool.close()
    say("one process", f"{DRAWS / one / 1e6:.1f} million/s")
    say("two Dask workers", f"{DRAWS / two / 1e6:.1f} million/s", "equal to the last bit" if same == sums else "DIFFERENT")
    say("ratio", f"{one / two:.2f}", "wanted ≥ 1.7")


PEAK = """import sys
from socsam_calc.cli.app import run
assert run(sys.argv[1:]) == 0
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""A process that says how much memory it had at most; what the system says of a child would include this process."""


def memory() -> None:
    print(f"memory of `socsam simulate`, one process ({load_now()})")
    with tempfile.TemporaryDirectory() as folder:
        file = scenario_file(Path(folder))
        for draws in (10**6, 10**7, 10**8):
            start = time.perf_counter()
            arguments = ["simulate", str(file), "--draws", str(draws), "-q", "-o", f"{folder}/out.json"]
            done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=True)
            say(f"{draws:,} draws", f"{int(done.stdout) / 1024:.0f} MiB", f"wanted < 500 MiB ({time.perf_counter() - start:.0f} s)")


def _equal(seed: int, size: int) -> tuple[int, int, int, int]:
    """Scenarios compared, refused by both, left to the ordinary engine, different; of one agreement."""
    cases = sorted((ROOT / "tests" / "cases").glob("case-*.yaml"))
    rng = np.random.default_rng(seed)
    try:
        agreement = load(cases[seed % 80] if seed % 2 else "random", text=None if seed % 2 else generate(seed)).agreement
    except AgreementError:
        return 0, 0, 0, 0
    scenarios = random_scenarios(agreement, rng, size, rng.choice([0.2, 0.6, 1.0]), rng.choice([0.01, 0.1, 0.4]))
    found, refused, slow = differences(scenarios, size)
    for line in found[:3]:
        print(f"seed {seed}: {line}", flush=True)
    return size, refused, slow, len(found)


def equality(count: int = 100_000, size: int = 100) -> None:
    print(f"batch against the ordinary engine, every figure of every scenario ({load_now()})")
    start = time.perf_counter()
    compared = refused = slow = different = seed = 0
    with ProcessPoolExecutor(2) as pool:
        while compared - refused - slow < count:
            seeds = range(seed, seed + 64)
            for one in pool.map(_equal, seeds, [size] * len(seeds)):
                compared, refused, slow, different = compared + one[0], refused + one[1], slow + one[2], different + one[3]
            seed += 64
    what = f"{compared:,} random scenarios of {seed} agreements"
    say(what, f"{different} differences", f"wanted 0 ({time.perf_counter() - start:.0f} s)")
    say("of these settled in the batch", f"{compared - refused - slow:,}", f"wanted ≥ {count:,}")
    say("refused by both, left to the ordinary engine", f"{refused:,}, {slow:,}")


def grid(cases: int = 100) -> None:
    """A grid of cases × cases scenarios of Gotland's agreement, as `socsam whatif --vary … --vary …` settles it."""
    print(f"a grid of {cases * cases:,} scenarios of whatif against settling each in a loop ({load_now()})")
    base = load(ROOT / "examples/gotland.yaml")
    ranges = [read_range(base, text) for text in ("years.1999.actual.services=660 000..700 000", "sharing.shared=0 %..100 %")]
    settings = [case.overrides for case in Grid(ranges, [cases - 1, cases - 1], ())]
    figures = [f"{year}.parties.{party}.settled" for year in (1997, 1998, 1999) for party in base.agreement.parties]

    def loop() -> list[Any]:
        return [tuple(ore_at(settle(overlaid(base, overrides)), figure) for figure in figures) for overrides in settings[::50]]

    def quick_loop() -> list[Any]:
        known = warm(base)
        return [tuple(ore_at(settle(overlaid(base, overrides, known)), figure) for figure in figures) for overrides in settings[::50]]

    together, one_by_one, quickly = best(2, lambda: list(settle_cases(base, settings, figures)), loop, quick_loop)
    one_by_one, quickly = (time * len(settings) / len(settings[::50]) for time in (one_by_one, quickly))
    same = list(settle_cases(base, settings, figures))[::50] == loop()
    say("in batches", f"{together:.2f} s", "equal" if same else "DIFFERENT")
    say("one by one in a loop (measured on every fiftieth)", f"{one_by_one:.1f} s")
    say("the same, reading only what a case changes", f"{quickly:.1f} s", "as whatif does below 16 cases")
    say("ratio to either", f"{one_by_one / together:.0f}, {quickly / together:.0f}", "wanted ≥ 20")


def whatif() -> None:
    print(f"200 scenarios of whatif without NumPy, whole processes ({load_now()})")
    whatif_main(say)


def processor() -> str:
    """What the system calls the processor."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


PARTS: dict[str, Callable[[], None]] = {
    "kernel": kernel,
    "openfisca": openfisca,
    "grid": grid,
    "whatif": whatif,
    "processes": processes,
    "dask": dask,
    "memory": memory,
    "equality": equality,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help="which parts; all by default")
    asked = parser.parse_args().parts
    for name in set(asked).difference(PARTS):
        parser.error(f"there is no part `{name}`: choose from {', '.join(PARTS)}")
    print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy {np.__version__}")
    for name in asked or PARTS:
        PARTS[name]()
