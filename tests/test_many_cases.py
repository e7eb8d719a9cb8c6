"""A line or a grid of many cases: settled in pieces, told of as they come, the same in every format as if they were few."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from socsam_calc import load
from socsam_calc.answers.whatif import outcomes, settling
from socsam_calc.answers.whatif.outcomes import Outcomes
from socsam_calc.answers.whatif.ranges import Grid, read_range
from socsam_calc.answers.whatif.whatif import compare

Socsam = Callable[..., Outcome]
GOTLAND = ROOT / "examples/gotland.yaml"
SHARED, COST = "sharing.shared=0 %..100 %", "years.1999.actual.services=600 000..800 000"


def grid_of(*steps: int) -> Grid:
    base = load(GOTLAND)
    return Grid([read_range(base, text) for text in (SHARED, COST)], steps)


def test_a_grid_of_a_million_millions_is_there_at_once() -> None:
    """The last range moves fastest: one case on from 1/2 and 700 000 tkr is 1/2 and the next of 200 001 amounts, 700 001 tkr."""
    grid = grid_of(999_998, 200_000)
    assert len(grid) == 999_999 * 200_001
    middle = 499_999 * 200_001 + 100_000
    assert grid[middle].name == "sharing.shared=50 %, years.1999.actual.services=700 000 tkr"
    assert [case.name for case in grid[middle + 1 : middle + 2]] == ["sharing.shared=50 %, years.1999.actual.services=700 001 tkr"]
    assert grid[-1].name == "sharing.shared=100 %, years.1999.actual.services=800 000 tkr"
    assert [change.number for change in grid[0].changes] == ["0", "600000000"]


def test_slices_of_a_grid_are_its_cases() -> None:
    grid = grid_of(3, 4)
    cases = list(grid)
    assert len(cases) == 20 and [case.name for case in cases] == sorted({case.name for case in cases}, key=[one.name for one in grid].index)
    for at in (slice(3, 11), slice(None, None, 3), slice(17, 2, -4), slice(0, 0)):
        assert grid[at] == cases[at]


SCENARIOS = f"""format: socsam-scenarios/1
agreement: {GOTLAND}
expect: {{settled: {{kommun: {{min: −20 000, reason: what the municipality can bear}}}}}}
scenarios:
  half:
    set: {{sharing.shared: 50 %}}
    expect: {{1998.parties.kassa.settled: {{max: 0}}}}
  impossible:
    set: {{years.1998.uses: [{{for: staff, amount: 90 000}}]}}
"""
REFUSED = ("years.1999.uses=[{for: staff, amount: 1 500}]",)
"""1 500 tkr are used in 1999. A surplus of that much is left where the services cost 660 265 tkr at most, of a frame of 661 765."""


@pytest.mark.parametrize("together", [1, 7, 64])
@pytest.mark.parametrize("format_", ["csv", "json", "table", "junit"])
def test_how_many_are_settled_together_changes_nothing(
    socsam: Socsam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int, format_: str
) -> None:
    """Bounds, refusals, the first case and the last: pieces of one, of seven that do not divide the cases, and all at once."""
    file = tmp_path / "scenarios.yaml"
    file.write_text(SCENARIOS, encoding="utf-8")
    lines = [
        ("whatif", file, "--vary", SHARED, "--steps", 19, "--allow-outside", "-f", format_),
        ("whatif", GOTLAND, *(word for one in REFUSED for word in ("--set", one)), "--vary", COST, "--steps", 40, "-f", format_),
    ]
    for line in lines:
        if format_ == "junit" and file not in line:
            continue
        with monkeypatch.context() as patched:
            patched.setattr(settling, "TOGETHER", together)
            patched.setattr(outcomes, "TOGETHER", together)
            few = socsam(*line)
        assert few == socsam(*line)
        assert few.status == 2 and few.out
    # 600 000, 605 000 … 660 000 are 13 cases of 41; of the others five are named
    assert format_ == "junit" or "… and 23 problems more of this kind" in few.err


def test_many_cases_are_not_held_in_memory() -> None:
    """Going through four times as many cases takes no more memory: a piece at a time is there."""
    base = load(GOTLAND)

    def peak(steps: int) -> int:
        comparison = compare(base, [], grid=Grid([read_range(base, text) for text in (SHARED, COST)], [steps, 99]))
        tracemalloc.start()
        assert sum(len(piece.cases) for piece in comparison.outcomes.pieces()) == (steps + 1) * 100 + 1
        return tracemalloc.get_traced_memory()[1]

    try:
        few = peak(99)
        tracemalloc.stop()
        many = peak(399)
    finally:
        tracemalloc.stop()
    assert many < 1.2 * few


def test_json_of_many_cases_is_written_as_it_comes(socsam: Socsam, tmp_path: Path) -> None:
    """A row of CSV for each case, year and party is an entry of JSON too, in the same order and with the same amounts."""
    out = tmp_path / "grid.json"
    line = ("whatif", GOTLAND, "--vary", SHARED, "--vary", COST, "--steps", 70, "--steps", 60, "--year", 1999)
    assert socsam(*line, "-o", out).status == 0
    scenarios = json.loads(out.read_text(encoding="utf-8"))["files"][0]["scenarios"]
    assert len(scenarios) == 71 * 61 + 1 > settling.TOGETHER
    rows = [row.rsplit(",", 4) for row in socsam(*line, "-f", "csv").out.splitlines()[1:]]
    parties = [party for one in scenarios for party in one["years"][0]["parties"]]
    assert [row[1:] for row in rows] == [
        [str(party[name]) for name in ("settled", "settled_difference", "allocated", "allocated_difference")] for party in parties
    ]


def test_a_case_is_found_by_its_number() -> None:
    base = load(GOTLAND)
    comparison = compare(base, [], grid=grid_of(70, 60))
    found: Outcomes = comparison.outcomes
    every = list(found)
    assert len(found) == len(every) > settling.TOGETHER
    for at in (0, 1, 61, settling.TOGETHER, -1):
        assert found[at] == every[at]
    assert found[4100:4110] == every[4100:4110]
    with pytest.raises(IndexError):
        found[len(every)]
