"""Throw damaged files, settings and command lines at the program, in one process: `python tests/fuzz.py 100000 [SEED]`. Takes hours, so it is no test of CI.

Each input is one of ours with a few slips: letters, words, lines or whole parts taken from another. The run must end with 0, 1 or 2, say no
traceback, take less than ten seconds, and lose no krona: what the parties of a settled year end with, adds up to what is settled of
its result, and what is paid to what is received. Every input that fails is written into the folder `fuzzed`, with its command line.

2026-11-30: 100 000 inputs (seeds 101 to 120, 5 000 each): none failed; five of six were refused.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from test_robust import DAMAGE

ROOT: Final = Path(__file__).parent.parent
SECONDS: Final = 10
WORDS: Final = (
    *DAMAGE,
    "body",
    "contributed",
    "none",
    "−1 200",
    "1e+05",
    "???",
    "05",
    "1998-02-30",
    ";",
    ",",
    "\n",
    "\n  ",
    "years:",
    "inf",
    "NaN",
    "0x10",
    "\ud800",
)


def slipped(choose: random.Random, text: str, others: list[str]) -> str:
    """A text with no slip, or up to four."""
    for _ in range(choose.choice((0, 1, 1, 1, 2, 4))):
        lines = text.split("\n")
        at = choose.randrange(len(lines))
        match choose.randrange(7):
            case 0 | 1:
                start = choose.randrange(len(text) + 1)
                text = text[:start] + choose.choice(WORDS) + text[start + choose.randrange(9) :]
                continue
            case 2:
                del lines[at]
            case 3:
                lines.insert(at, choose.choice(lines))
            case 4:
                lines[at] = "  " * choose.randrange(3) + lines[at].strip()
            case 5:
                other = choose.choice(others).split("\n")
                start = choose.randrange(len(other))
                lines[at:at] = other[start : start + choose.randrange(1, 6)]
            case _:
                key, colon, _ = lines[at].partition(":")
                lines[at] = f"{key}{colon} {choose.choice(WORDS)}"
        text = "\n".join(lines)
    return text


def command_line(choose: random.Random, kind: str) -> list[str]:
    """What is asked of a file of a kind."""
    path = choose.choice(
        (
            "sharing.shared",
            "years.1998.actual.sickness",
            "sharing.deficit",
            "years",
            "series",
            "unit",
            "years.1998.frame",
            "x.y",
            "",
            "figures",
        )
    )
    setting = f"{path}={choose.choice(WORDS)}"
    lines = {
        "agreement": [
            ["settle", "F"], ["settle", "F", "-f", "json"], ["settle", "F", "--set", setting], ["check", "F"], ["check", "F", "--set", setting, "--lang", "sv"],
            ["explain", "F"], ["incentives", "F"], ["whatif", "F", "--set", setting], ["whatif", "F", "--vary", f"{path}=1..{choose.choice(WORDS)}"],
            ["settle", "F", "--year", choose.choice(WORDS)], ["explain", "F", choose.choice(WORDS)], ["report", "F"], ["settle", "F", "--unit", choose.choice(WORDS)],
        ],
        "scenarios": [["whatif", "F"], ["simulate", "F", "--draws", "20"], ["simulate", "F", "--draws", "5", "--risk", choose.choice(WORDS)]],
        "evaluation": [["evaluate", "F"], ["evaluate", "F", "-f", "csv"], ["evaluate", "F", "--base-year", choose.choice(WORDS)]],
        "ledger": [["settle", "terms.yaml", "-f", "json"], ["check", "terms.yaml"]],
    }  # fmt: skip
    words = choose.choice(lines[kind])
    if choose.random() < 0.05:
        words = [*words, choose.choice(WORDS)]
    return words


def unbalanced(written: str) -> str:
    """What of a settlement does not add up; nothing where it is not told as JSON."""
    if not written.startswith('{"schema": "socsam.settlement/1"'):
        return ""
    told: Any = json.loads(written, parse_float=Fraction, parse_int=Fraction)
    for settlement in told["settlements"]:
        for year in settlement["years"]:
            settled = [party["settled"] for party in year["parties"]]
            if None not in settled and year["totals"]["settled"] is not None and sum(settled) != year["totals"]["settled"]:
                return f"{year['year']}: the parties end with {sum(settled)}, settled is {year['totals']['settled']}"
            moved = [party["transfer"] for party in year["parties"]] + [(year["body"] or {}).get("transfer")]
            if None not in moved and sum(moved):
                return f"{year['year']}: {sum(moved)} is received that nobody pays"
    return ""


class Hang(BaseException):
    """Raised by the alarm, past whoever hears of faults."""


def _alarmed(*_: object) -> None:
    raise Hang


def tried(words: list[str]) -> tuple[int, str]:
    """The status of a command line, and what is wrong with what came of it."""
    from socsam_calc.cli.app import run

    out, err = io.StringIO(), io.StringIO()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of the processor: how busy the machine is does not count
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run(words)
    except Hang:
        return -1, f"more than {SECONDS} seconds"
    except BaseException as fault:  # whatever gets out of it is what is looked for
        return -2, f"{type(fault).__name__}: {fault}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if status not in (0, 1, 2) or "Traceback" in err.getvalue():
        return status, err.getvalue()[-400:]
    return status, unbalanced(out.getvalue())


def main(count: int, seed: int) -> int:
    """So many inputs; status 1 where one fails."""
    choose, statuses, failed = random.Random(seed), Counter[int](), 0
    signal.signal(signal.SIGPROF, _alarmed)
    texts = {
        "agreement": [path.read_text("utf-8") for folder in ("examples", "tests/cases") for path in sorted((ROOT / folder).glob("*.yaml"))],
        "scenarios": [path.read_text("utf-8").replace("../", "") for path in sorted((ROOT / "examples/whatif").glob("*.yaml"))],
        "evaluation": [path.read_text("utf-8") for path in sorted((ROOT / "examples/evaluation").glob("*.yaml"))],
    }
    texts["agreement"] = [text for text in texts["agreement"] if text.find("format: socsam/1") >= 0]
    texts["scenarios"] = [text for text in texts["scenarios"] if "socsam-scenarios/1" in text]
    rows = "".join(f"{year};{row};{amount};{amount - 3}\n" for year in (1998, 1999) for row, amount in (("kassa", 100), ("kommun", 300)))
    texts["ledger"] = [f"year;activity;frame;actual\n{rows}"]
    started, kept = time.monotonic(), Path.cwd() / "fuzzed"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for path in [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "examples/whatif").glob("*.csv")]:
            Path(path.name).write_bytes(path.read_bytes())
        Path("terms.yaml").write_text(
            "format: socsam/1\narea: A\nunit: tkr\nrounding: tkr\nperiod: {start: 1998-01-01, end: 1999-12-31}\nfigures: led.csv\n"
            "parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}\nsharing: {surplus: equal, deficit: equal}\n",
            encoding="utf-8",
        )
        for number in range(count):
            kind = choose.choices(tuple(texts), (6, 2, 1, 1))[0]
            text, words = slipped(choose, choose.choice(texts[kind]), texts[kind]), command_line(choose, kind)
            name = "led.csv" if kind == "ledger" else "f.yaml"
            Path(name).write_bytes(text.encode("utf-8", "surrogatepass"))
            status, wrong = tried([name if word == "F" else word for word in words])
            statuses[status] += 1
            if wrong:
                failed += 1
                kept.mkdir(exist_ok=True)
                (kept / f"{seed}-{number}-{name}").write_bytes(text.encode("utf-8", "surrogatepass"))
                sys.stdout.write(f"{number}: {words!r}: {status} {wrong}\n")
                sys.stdout.flush()
    took = time.monotonic() - started
    sys.stdout.write(f"seed {seed}, {count} inputs in {took:.0f} s: statuses {dict(statuses)}, {failed} failed\n")
    return min(1, failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="?", type=int, default=100_000, help="how many inputs are tried")
    parser.add_argument("seed", nargs="?", type=int, default=1)
    given = parser.parse_args()
    sys.exit(main(given.inputs, given.seed))
