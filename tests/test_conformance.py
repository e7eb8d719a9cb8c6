"""The conformance cases, made by an independent program; and the program's own oracle over random agreements."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from oracle.generate import generate
from oracle.settlement import settle_text

from socsam_calc import load, settle
from socsam_calc.report.data.json import settlement_data, write

CASES = Path(__file__).parent / "cases"


def settled(name: str, text: str | None = None) -> Any:
    """The years of an agreement as `socsam settle --format json` prints them."""
    settlement = settle(load(name, text=text))
    return json.loads(write(settlement_data(name, settlement, settlement.years)), parse_float=Decimal)["years"]


def only_known_keys(expected: Any, got: Any) -> Any:
    """What was computed, reduced to the keys that the expectation holds: the program prints more."""
    if isinstance(expected, dict):
        return {key: only_known_keys(value, got[key]) for key, value in expected.items()}
    if isinstance(expected, list) and all(isinstance(one, dict) and "booked" in one for one in expected):
        rows = {row["id"]: row for row in got}  # the cases have them in any order, and leave out what cannot cost anything
        got = [rows[one["id"]] for one in expected]
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [only_known_keys(one, other) for one, other in zip(expected, got, strict=True)]
    return got


@pytest.mark.parametrize("case", sorted(CASES.glob("case-*.yaml")), ids=lambda path: path.stem)
def test_a_case_comes_out_to_the_ore(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"), parse_float=Decimal)["years"]
    got = settled(str(case))
    assert only_known_keys(expected, got) == expected


def test_all_cases_agree_through_the_command_line() -> None:
    program = Path(sys.executable).with_name("socsam")
    done = subprocess.run([sys.executable, CASES / "compare.py", program], capture_output=True, text=True, check=False)
    count = len(list(CASES.glob("case-*.yaml")))
    assert count == 140
    assert done.stdout.splitlines()[-1] == f"{count} of {count} cases agree", done.stdout + done.stderr


def test_random_agreements_come_out_as_the_oracle_has_them(request: pytest.FixtureRequest) -> None:
    """Every kind of row, key, band, flow, balance and gap, far beyond the cases; seeds 0, 1, 2 …"""
    compared = 0
    for seed in range(request.config.getoption("--agreements")):
        text = generate(seed)
        if leaves_a_balance_to_a_total(text):
            continue
        expected = json.loads(json.dumps(settle_text(text), default=float), parse_float=Decimal)
        assert only_known_keys(expected, settled(f"seed {seed}", text)) == expected, text
        compared += 1
    assert compared > 0.9 * request.config.getoption("--agreements")


def leaves_a_balance_to_a_total(text: str) -> bool:
    """Whether an undistributed year comes before one of which only the total is known: the program refuses that, the oracle does not."""
    from socsam_calc import AgreementError

    try:
        load("", text=text)
    except AgreementError as error:
        return all("left undistributed" in problem.text for problem in error.problems)
    return False
