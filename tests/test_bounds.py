"""Bounds: in an agreement's own `expect` and in files of scenarios, in every year, over the years together, and of a change.

Figures of `three_years.yaml` by hand. 1998: the row of sickness is 44 000 × 118,2/110 = 47 280, the frame 174 780, the cost 173 900, the
result +880, by the frame 238, 277 and 365. 1999: 49 000 × 124/120 = 50 633, the frame 180 633, the cost 184 600, the result −3 967, in
thirds −1 323, −1 322 and −1 322. 2000 is a budget: its frame is 185 000. Amounts are tkr.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome

from socsam_calc.engine.results import ExpectationResult

Socsam = Callable[..., Outcome]
THREE_YEARS = Path(__file__).parent / "three_years.yaml"
LEAVER = Path(__file__).parent / "leaver.yaml"


def scenarios(folder: Path, expect: str, body: str = "scenarios: {}", agreement: Path = THREE_YEARS) -> Path:
    """A file of scenarios beside a copy of the agreement."""
    (folder / "agreement.yaml").write_text(agreement.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "scenarios.yaml"
    path.write_text(f"format: socsam-scenarios/1\nagreement: agreement.yaml\nexpect:\n  {expect}\n{body}\n", encoding="utf-8")
    return path


def held(socsam: Socsam, file: Path) -> list[dict[str, Any]]:
    """The bounds of the base case, as JSON has them."""
    bounds: list[dict[str, Any]] = json.loads(socsam("whatif", file, "-f", "json").out)["files"][0]["scenarios"][0]["bounds"]
    return bounds


# --- in which years ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "status", "figures"),
    [
        ("settled: {kommun: {min: −1 200}}", 1, {"1998.parties.kommun.settled": True, "1999.parties.kommun.settled": False}),
        ("settled: {kommun: {min: −1 322}}", 0, {"1998.parties.kommun.settled": True, "1999.parties.kommun.settled": True}),
        ("result: {max: 0}", 1, {"1998.totals.result": False, "1999.totals.result": True}),
        ("parties.kassa.kept: 0", 0, {"1998.parties.kassa.kept": True, "1999.parties.kassa.kept": True}),
        ("1999.totals.result: {max: 0}", 0, {"1999.totals.result": True}),
        ("2000.totals.final_frame: 185 000", 0, {"2000.totals.final_frame": True}),
        # a frame is known of the budget too, and held there: what is shown must not break a bound that is called met
        ("final_frame: {max: 181 000}", 1, {"1998.totals.final_frame": True, "1999.totals.final_frame": True, "2000.totals.final_frame": False}),
    ],
)  # fmt: skip
def test_a_bound_without_its_year_holds_in_every_year(
    socsam: Socsam, tmp_path: Path, expect: str, status: int, figures: dict[str, bool]
) -> None:
    file = scenarios(tmp_path, expect)
    assert socsam("whatif", file).status == status
    assert {one["figure"]: one["met"] for one in held(socsam, file)} == figures


def test_a_year_whose_books_are_entered_turns_no_missed_bound_green(socsam: Socsam, tmp_path: Path) -> None:
    """With the costs of 2000 at their frame the last year is met, and 1999 is missed as before."""
    costs = "scenarios:\n  books:\n    set: {years.2000.actual: {sickness: 52 500, care: 57 000, family: 75 500}}"
    outcome = socsam("whatif", scenarios(tmp_path, "settled: {kommun: {min: −1 200}}", costs))
    assert outcome.status == 1
    assert "books: 1999.parties.kommun.settled is −1 322 tkr; it should be at least −1 200 tkr" in outcome.err
    shown = outcome.out.replace("\u00a0", " ")
    assert "- books: 2000.parties.kommun.settled is 0 tkr: at least −1 200 tkr, met" in shown
    assert "- 1998.parties.kommun.settled is 365 tkr: at least −1 200 tkr, met in 2 of 2 cases" in shown
    assert "3 of 5 bounds met" in shown


def test_a_party_that_is_not_there_is_not_missed(socsam: Socsam, tmp_path: Path) -> None:
    """Norra left after 1998 and has figures all the same, as what it is owed waits until 2000; södra has none of 1998."""
    figures = [one["figure"] for one in held(socsam, scenarios(tmp_path, "settled: {norra: {min: 0}, sodra: {min: −1}}", agreement=LEAVER))]
    assert figures == [
        *(f"{year}.parties.norra.settled" for year in (1998, 1999, 2000)),
        "1999.parties.sodra.settled",
        "2000.parties.sodra.settled",
    ]


# --- over the years ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "status", "value"),
    [
        ("together.parties.kommun.settled: {min: −957}", 0, -957_000),  # 365 − 1 322
        ("together.parties.kommun.settled: {min: −956}", 1, -957_000),
        ("together.totals.result: −3 087", 0, -3_087_000),
        ("together.totals.final_frame: {max: 540 413}", 0, 540_413_000),  # 174 780 + 180 633 + 185 000
        ("together.activities.care.actual: {max: 111 700}", 0, 111_700_000),
    ],
)
def test_together_bounds_the_sum_over_the_years(socsam: Socsam, tmp_path: Path, expect: str, status: int, value: int) -> None:
    file = scenarios(tmp_path, expect)
    assert socsam("whatif", file).status == status
    assert [one["value"] for one in held(socsam, file)] == [value]


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("together.parties.kommun.carried", "bound it in a year, such as `2000.parties.kommun.carried`"),
        ("together.body.carried", "is no sum"),
        ("together.payments.0", "bound what a party receives or pays, such as `together.parties.kassa.transfer`"),
        ("together.totals.reslt", "did you mean `together.totals.result`?"),
        ("totals.reslt", "did you mean `totals.result`?"),
    ],
)
def test_what_is_no_sum_over_years_is_refused(socsam: Socsam, tmp_path: Path, figure: str, said: str) -> None:
    outcome = socsam("whatif", scenarios(tmp_path, f"{figure}: {{min: 0}}"))
    assert outcome.status == 2 and said in outcome.err and "scenarios.yaml:4:" in outcome.err


CAPITAL = """format: socsam/1
area: Sjöbygden
law: 2003:1210
period: {start: 2023-01-01}
parties:
  fk: {role: insurance_office}
  region: {role: county_council}
activities:
  insatser: {performer: body, cost: joint_measures}
sharing: {surplus: equal, deficit: equal, flow: real, reserve: {}}
opening: {reserve: 1 000}
years:
  2023: {frame: {insatser: {fk: 500, region: 500}}, actual: {insatser: 900}}
  2024: {frame: {insatser: {fk: 500, region: 500}}, actual: {insatser: 1 300}}
"""


def test_own_capital_is_bounded_by_name_and_never_added_up(socsam: Socsam, tmp_path: Path) -> None:
    """1 000 + 100 = 1 100, then 1 100 − 300 = 800."""
    (tmp_path / "capital.yaml").write_text(CAPITAL, encoding="utf-8")
    agreement = tmp_path / "capital.yaml"
    file = scenarios(tmp_path, "reserve: {min: 800}\n  2024.reserve.closing: 800\n  together.reserve.set_aside: −200", agreement=agreement)
    assert socsam("whatif", file).status == 0
    assert {one["figure"]: one["value"] for one in held(socsam, file)} == {
        "2023.reserve.closing": 1_100, "2024.reserve.closing": 800, "together.reserve.set_aside": -200,
    }  # fmt: skip
    assert socsam("whatif", scenarios(tmp_path, "reserve: {min: 801}", agreement=agreement)).status == 1
    assert "is no sum" in socsam("whatif", scenarios(tmp_path, "together.reserve.closing: 800", agreement=agreement)).err


# --- of a change ------------------------------------------------------------------------------------------------------

DEARER = "scenarios:\n  dearer:\n    set: {years.1999.actual.family: 75 400}\n    expect: {%s}"
"""300 tkr more: the result of 1999 is −4 267, in thirds −1 423, −1 422 and −1 422."""


@pytest.mark.parametrize(
    ("bound", "status"),
    [
        ("1999.totals.result: {change: {min: −300}}", 0),
        ("1999.totals.result: {change: {min: −299}}", 1),
        ("1999.totals.result: {change: {min: −8 %}}", 0),  # 8 % of 3 967 is 317,36
        ('1999.totals.result: {change: {min: "−7,5 %"}}', 1),  # 297,525
        ('1999.totals.result: {change: {max: "−7,5 %"}}', 0),
        ("result: {change: {min: −300, max: 0}}", 0),  # in both years
        ("1999.parties.kommun.settled: {min: −1 400, change: {min: −10 %}}", 1),  # 10 % would hold, the amount does not
        ("together.totals.result: {change: {min: −10 %}}", 0),  # −3 087 and 308,7
        ('together.totals.result: {change: {min: "−9,7 %"}}', 1),  # 299,439
    ],
)
def test_a_change_is_an_amount_or_a_percent_of_the_size_of_the_agreements_own_figure(
    socsam: Socsam, tmp_path: Path, bound: str, status: int
) -> None:
    assert socsam("whatif", scenarios(tmp_path, "1998.totals.result: 880", DEARER % bound)).status == status


def test_a_missed_change_names_the_agreements_own_figure_and_its_side(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("whatif", scenarios(tmp_path, "1998.totals.result: 880", DEARER % "1999.totals.result: {change: {min: −5 %}}"))
    # 5 % of 3 967 is 198,35: the least whole amount is −4 165
    assert "1999.totals.result is −4 267 tkr; it should be at least −4 165 tkr, as in the agreement it is −3 967 tkr" in outcome.err
    assert "scenarios.yaml:8:49: dearer" in outcome.err


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ("1999.totals.kept: {change: {min: −5 %}}", "1999.totals.kept is 0 in the agreement, and a percent of it is nothing"),
        ("2000.totals.result: {change: {min: 0}}", "2000.totals.result is not known in the agreement, so no change of it is"),
        ("result: {change: {}}", "the change says nothing"),
        ("result: {change: {min: 1, max: 0}}", "no figure can hold this bound"),
        ("result: {equals: 1, change: {min: 0}}", "the bound has `equals` beside `change`"),
        ("result: {change: {min: 5 percent}}", "`percent` is not a unit"),
    ],
)
def test_a_change_that_says_nothing_is_refused(socsam: Socsam, tmp_path: Path, bound: str, said: str) -> None:
    outcome = socsam("whatif", scenarios(tmp_path, bound))
    assert outcome.status == 2 and said in outcome.err and "scenarios.yaml:4:" in outcome.err


def test_an_amount_may_change_a_figure_of_nothing(socsam: Socsam, tmp_path: Path) -> None:
    assert socsam("whatif", scenarios(tmp_path, "1999.totals.kept: {change: {min: −5, max: 5}}")).status == 0


# --- simulate ---------------------------------------------------------------------------------------------------------


def test_simulate_holds_the_same_bounds(socsam: Socsam, tmp_path: Path) -> None:
    """The cost of family care is 75 100 or 75 400: −3 967 or −4 267; the change is one from the agreement, not from a draw."""
    pytest.importorskip("numpy")
    drawn = "uncertain:\n  years.1999.actual.family:\n    drawn: {file: costs.csv, column: cost}"
    (tmp_path / "costs.csv").write_text("cost\n75 100\n75 400\n", encoding="utf-8")
    expect = "result: {change: {min: −100}}\n  together.parties.kommun.settled: {min: −957}\n  settled: {kommun: {min: −1 322}}"
    done = socsam("simulate", scenarios(tmp_path, expect, drawn), "--draws", 400, "-f", "json")
    bounds = {one["figure"]: one for one in json.loads(done.out)["simulations"][0]["bounds"]}
    assert list(bounds) == [
        "1998.totals.result", "1999.totals.result", "1998.parties.kommun.settled", "1999.parties.kommun.settled",
        "together.parties.kommun.settled",
    ]  # fmt: skip
    assert (bounds["1999.totals.result"]["min"], bounds["1998.totals.result"]["chance_missed"]) == (-4_067_000, 0)
    missed = bounds["1999.totals.result"]["chance_missed"]
    assert 0.4 < missed < 0.6
    assert bounds["together.parties.kommun.settled"]["chance_missed"] == bounds["1999.parties.kommun.settled"]["chance_missed"] == missed


# --- in an agreement's own expect -------------------------------------------------------------------------------------


def agreement(folder: Path, expect: str) -> Path:
    """The agreement with an expectation of 1999."""
    path = folder / "agreement.yaml"
    path.write_text(THREE_YEARS.read_text(encoding="utf-8").replace("  2000:\n", f"    expect: {{{expect}}}\n  2000:\n"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("expect", "status", "said"),
    [
        ("settled: {kommun: {min: −1 322}}", 0, "1999 settled (kommun): −1 322, as expected: at least −1 322"),
        ("settled: {kommun: {min: −1 300}}", 1, "1999 settled (kommun): expected at least −1 300, computed −1 322"),
        ("result: {min: −4 000, max: −3 000}", 0, "1999 result: −3 967, as expected: at least −4 000 and at most −3 000"),
        ("actual: {max: 184 000}", 1, "1999 actual cost: expected at most 184 000, computed 184 600"),
    ],
)
def test_a_year_may_bound_its_figures(socsam: Socsam, tmp_path: Path, expect: str, status: int, said: str) -> None:
    file = agreement(tmp_path, expect)
    outcome = socsam("settle", file)
    assert outcome.status == status and said in outcome.out.replace("\u00a0", " ")
    assert socsam("settle", file, "--lang", "sv").status == status
    assert socsam("check", file).status == status
    if status:
        assert "agreement.yaml:33:" in outcome.err and "should be at" in outcome.err
        assert "SOC610" in socsam("check", file).out


def test_json_has_both_limits_of_a_bounded_figure(socsam: Socsam, tmp_path: Path) -> None:
    out = socsam("settle", agreement(tmp_path, "result: {min: −4 000}"), "-f", "json").out
    assert json.loads(out)["settlements"][0]["years"][1]["expectations"] == [
        {
            "path": "1999.totals.result", "expected": None, "computed": -3_967_000, "met": True, "source": None, "known_error": None,
            "min": -4_000_000, "max": None,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("result: {}", "the expectation says nothing"),
        ("result: {value: 1, min: 0}", "the expectation has `value` beside `min` or `max`"),
        ("result: {min: 1, max: 0}", "no figure can hold this bound"),
        ("result: {min: 1, known_error: so}", "a bound has no known error"),
    ],
)
def test_a_bound_that_cannot_be_held_is_refused(socsam: Socsam, tmp_path: Path, expect: str, said: str) -> None:
    outcome = socsam("settle", agreement(tmp_path, expect))
    assert outcome.status == 2 and said in outcome.err


@pytest.mark.parametrize(
    ("expected", "least", "most", "computed", "missed"),
    [
        (5, None, None, 5, 0),
        (5, None, None, 3, -2),
        (5, None, None, None, None),
        (None, 4, None, 4, 0),
        (None, 4, None, 1, -3),
        (None, -4, None, -6, -2),
        (None, None, 9, 9, 0),
        (None, None, 9, 12, 3),
        (None, 4, 9, 6, 0),
        (None, 4, 9, 3, -1),
        (None, 4, 9, 10, 1),
        (None, None, None, 7, 0),
    ],
)
def test_a_figure_misses_by_what_lacks_or_is_too_much(
    expected: int | None, least: int | None, most: int | None, computed: int | None, missed: int | None
) -> None:
    held = ExpectationResult("1998.totals.result", expected, computed, False, None, None, (), least, most)
    assert held.missed_by == missed
    assert held.amounts == (expected, least, most, None, computed)
