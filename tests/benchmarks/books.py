"""What reading and settling a ledger costs, side by side with ``csv.reader``. Run: python tests/benchmarks/books.py

Prints, for 50 000, 200 000 and 800 000 bookings of SIE 4 and of CSV, the CPU seconds that ``socsam settle`` takes beyond its start-up (the
same agreement with forty bookings) over those that ``csv.reader`` needs for as many rows (at most 20), and the most memory that it holds
(below 300 MiB at 200 000). The ratio stays the same where the time grows linearly. The ledger is invented, and drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

PROGRAM = Path(sys.executable).with_name("socsam")
TERMS = """format: socsam/1
area: Benchmark
law: none
period: {start: 2024-01-01}
parties: {region: {role: county_council}, kommun: {role: municipality}}
activities: {insatser: {performer: body}, kansli: {performer: body}}
sharing: {surplus: equal, deficit: equal}
figures:
  file: ledger.se
  rounding: nearest
  accounts:
    insatser: {accounts: 4000-6999, objects: {6: [P1, P2, P3]}}
    kansli: [4000-7999]
  outside: [1000-3999, 8000-8999]
years: {2024: {frame: {insatser: {region: 1}, kansli: {kommun: 1}}}}
"""
ACCOUNTS = range(4010, 8000, 50)
"""80 accounts, beside 10 cost centres and 3 projects: a chart as associations have."""
HEAD = '#FLAGGA 0\n#FORMAT PC8\n#GEN 20250120\n#SIETYP 4\n#RAR 0 20240101 20241231\n#OMFATTN 20241231\n#DIM 6 "Projekt"\n#OBJEKT 6 P1 ett\n#OBJEKT 6 P2 två\n#OBJEKT 6 P3 tre\n'


def ledger(bookings: int) -> tuple[str, list[list[str]]]:
    """A ledger of so many bookings, four in a voucher, and the same bookings as rows."""
    chance = random.Random(20241231)
    lines, rows = [], []
    results: dict[int, int] = {}
    for number in range(max(1, bookings // 4)):
        day = f"2024{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        lines += [f'#VER A {number} {day} "Faktura {number}" {day}', "{"]
        total = 0
        for _ in range(3):
            account, ore, project = chance.choice(ACCOUNTS), chance.randint(1, 900_000), chance.randint(1, 3)
            results[account], total = results.get(account, 0) + ore, total + ore
            lines.append(f'#TRANS {account} {{1 "{chance.randint(1, 10)}" 6 "P{project}"}} {kronor(ore)} {day} "Påhittad text" 0')
            rows.append(["2024", day[4:6], str(account), f"P{project}", kronor(ore)])
        lines += [f"#TRANS 1930 {{}} {kronor(-total)} {day}", "}"]
        rows.append(["2024", day[4:6], "1930", "", kronor(-total)])
    stated = [f"#RES 0 {account} {kronor(ore)}" for account, ore in results.items()]
    return HEAD + "\n".join([*stated, *lines]) + "\n", rows


def kronor(ore: int) -> str:
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02d}"


def settled(folder: Path) -> tuple[float, float]:
    """CPU seconds of a run that settles the folder's agreement, and the most memory that it held, in MiB."""
    process = subprocess.Popen([PROGRAM, "settle", folder / "agreement.yaml", "-q"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read_rows(file: Path) -> float:
    """CPU seconds that the library's own reader takes for the rows."""
    with file.open(encoding="utf-8", newline="") as stream:
        start = process_time()
        count = sum(1 for _ in csv.reader(stream, delimiter=";"))
        assert count
        return process_time() - start


def files(bookings: int) -> dict[str, str]:
    """A ledger of so many bookings as SIE 4, and as the rows of a CSV file."""
    text, rows = ledger(bookings)
    lines = [";".join(row) for row in (["year", "month", "account", "object", "amount"], *rows)]
    return {"ledger.se": text, "rows.csv": "\n".join(lines) + "\n"}


def main(pairs: int = 5) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = files(40)
        for bookings in (50_000, 200_000, 800_000):
            large = files(bookings)
            (folder / "same.csv").write_text(large["rows.csv"], encoding="utf-8")
            for file, text in large.items():
                objects = "objects: {6: [P1, P2, P3]}" if file == "ledger.se" else "objects: [P1, P2, P3]"
                terms = TERMS.replace("ledger.se", file).replace("objects: {6: [P1, P2, P3]}", objects)
                (folder / "agreement.yaml").write_text(terms, encoding="utf-8")
                ratios, memory, ours = [], 0.0, []
                for _ in range(pairs):
                    (folder / file).write_text(small[file], encoding="cp437")
                    start, _ = settled(folder)
                    (folder / file).write_text(text, encoding="cp437")
                    whole, held = settled(folder)
                    ours.append(whole - start)
                    ratios.append((whole - start) / read_rows(folder / "same.csv"))
                    memory = max(memory, held)
                print(
                    f"{bookings:>7} bookings, {file[-3:].strip('.')}: {statistics.median(ratios):5.1f} × csv.reader (at most 20), "
                    f"{statistics.median(ours):.2f} s of CPU, {memory:.0f} MiB; {min(ratios):.1f}–{max(ratios):.1f} in {pairs} pairs"
                )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=int, default=5, help="how often each is measured")
    main(parser.parse_args().pairs)
