"""What `socsam settle` costs, side by side with what it cannot avoid. Run: python tests/benchmarks/settle.py

Prints three ratios, each the median of pairs run in turn:
- one agreement against a bare script that imports the same libraries and declares one trivial model (at most 1.15),
- `socsam --help` against the same script (at most 0.5),
- 300 agreements in one call against reading them with PyYAML's C loader alone, libraries imported (below 4).

Both sides run from compiled bytecode, as an installed program does.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import socsam_calc

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(sys.executable).with_name("socsam")
LIBRARIES = "import typer, yaml, rich.console, rich.table\nfrom pydantic import BaseModel\nclass A(BaseModel):\n    a: int\n"
READ = LIBRARIES + (
    "import sys\nfor name in sys.argv[1:]:\n    with open(name, encoding='utf-8') as stream:\n        yaml.load(stream, Loader=yaml.CSafeLoader)\n"
)


def seconds(*command: str | Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
    return time.perf_counter() - start


def compare(label: str, ours: list[str | Path], theirs: list[str | Path], bound: str, pairs: int = 15) -> None:
    """Run the two in turn and print the median of the ratios, pair by pair."""
    seconds(*ours), seconds(*theirs)  # warm up
    times = [(seconds(*ours), seconds(*theirs)) for _ in range(pairs)]
    ratios = [a / b for a, b in times]
    a, b = (statistics.median(side) for side in zip(*times, strict=True))
    print(
        f"{label:<34} {statistics.median(ratios):6.2f}  ({bound})   {a:.3f} s against {b:.3f} s; {min(ratios):.2f}–{max(ratios):.2f} in {pairs} pairs"
    )


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(str(Path(socsam_calc.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        bare, read = Path(folder) / "bare.py", Path(folder) / "read.py"
        bare.write_text(LIBRARIES)
        read.write_text(READ)
        cases = sorted((ROOT / "tests/cases").glob("*.yaml"))
        many: list[str | Path] = (cases * 4)[:300]  # type: ignore[assignment]
        compare("socsam settle examples/laholm.yaml", [PROGRAM, "settle", "examples/laholm.yaml"], [sys.executable, bare], "at most 1.15")
        compare("socsam --help", [PROGRAM, "--help"], [sys.executable, bare], "at most 0.50")
        for form in ("table", "json"):
            compare(f"300 agreements, {form}", [PROGRAM, "settle", "-f", form, *many], [sys.executable, read, *many], "below 4", pairs=5)


if __name__ == "__main__":
    main()
