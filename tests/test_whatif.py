"""``socsam whatif``: the same agreement under other assumptions, beside the base case.

The agreement of the format's description (tests/worked_example.yaml): final frame 176 280 tkr (kassa 48 280, landsting 55 000,
kommun 73 000), result +930, all of it shared by the frame: +255, +290, +385. The deficit key is a third each.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome
from hypothesis import given
from hypothesis import strategies as st

from socsam_calc import load, settle
from socsam_calc.answers.settle import whole
from socsam_calc.answers.whatif.settling import settle_cases
from socsam_calc.engine.values import all_ore, ore_at
from socsam_calc.source.loader import Override, locate, overlaid, warm
from socsam_calc.source.tree import Tree

Socsam = Callable[..., Outcome]
FILE = Path(__file__).parent / "worked_example.yaml"
TKR = 1000


def scenarios_of(outcome: Outcome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(outcome.out)["files"][0]["scenarios"]
    return found


def settled(scenario: dict[str, Any], year: int = 1998) -> dict[str, int]:
    return {party["id"]: party["settled"] for one in scenario["years"] if one["year"] == year for party in one["parties"]}


# --- one case ----------------------------------------------------------------------------------------------------------


def test_one_case_stands_beside_the_agreement_as_it_stands(socsam: Socsam) -> None:
    # Primary care 5 000 dearer: result 930 − 5 000 = −4 070, a deficit, a third each: 1 356,67 → −1 357, −1 357, −1 356
    base, case = scenarios_of(socsam("whatif", FILE, "--set", "years.1998.actual.primary_care=59 200", "-f", "json"))
    assert base["base"] and base["set"] == [] and settled(base) == {"kassa": 255 * TKR, "landsting": 290 * TKR, "kommun": 385 * TKR}
    assert settled(case) == {"kassa": -1357 * TKR, "landsting": -1357 * TKR, "kommun": -1356 * TKR}
    kommun = case["years"][0]["parties"][2]
    assert kommun["settled_difference"] == (-1356 - 385) * TKR
    assert case["set"] == [{"path": "years.1998.actual.primary_care", "value": "59 200", "number": None}]


def test_several_settings_make_one_case_together(socsam: Socsam) -> None:
    both = socsam("whatif", FILE, "--set", "sharing.shared=50 %", "--set", "sharing.surplus=equal", "-f", "json")
    _, case = scenarios_of(both)
    # Half of +1 480, +800, −1 400, +50 is +740, +400, −700, +25: shared +465, equally +155; kept 740, 400, −700 and of the 25 left
    # in projects (cells 1 000 : 500) 17 and 8
    assert settled(case) == {"kassa": (155 + 740 + 17) * TKR, "landsting": (155 + 400) * TKR, "kommun": (155 - 700 + 8) * TKR}


def test_the_table_shows_each_party_and_its_difference(socsam: Socsam) -> None:
    out = socsam("whatif", FILE, "--set", "sharing.surplus=equal").out
    rows = {line[:21].strip(): line[21:].split() for line in out.splitlines()}
    assert rows["as it stands"] == ["+930", "+255", "+290", "+385"]
    assert rows["sharing.surplus=equal"] == ["+930", "+310", "+55", "+310", "+20", "+310", "−75"]


def test_a_bad_setting_names_the_option_and_the_nearest_path(socsam: Socsam) -> None:
    outcome = socsam("whatif", FILE, "--set", "sharing.shard=50 %")
    assert outcome.status == 2 and outcome.out == ""
    assert "--set sharing.shard=50 %: there is no `sharing.shard`" in outcome.err and "did you mean `sharing.shared`?" in outcome.err


def test_nothing_to_compare_is_said(socsam: Socsam) -> None:
    outcome = socsam("whatif", FILE)
    assert outcome.status == 2 and "nothing to compare" in outcome.err


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
def test_every_format_in_both_languages(socsam: Socsam, form: str, language: str) -> None:
    outcome = socsam("whatif", FILE, "--set", "sharing.shared=50 %", "--lang", language, "--format", form)
    assert (outcome.status, outcome.err) == (0, "") and "50 %" in outcome.out
    if language == "sv" and form == "table":
        assert "som det är" in outcome.out


def test_csv_is_tidy(socsam: Socsam) -> None:
    rows = list(csv.DictReader(socsam("whatif", FILE, "--vary", "sharing.shared=0 %..100 %", "--steps", "4", "-f", "csv").out.splitlines()))
    assert len(rows) == (1 + 5) * 3
    assert [row["sharing.shared"] for row in rows[::3]] == ["", "0", "0.25", "0.5", "0.75", "1"]
    assert {row["party"] for row in rows} == {"kassa", "landsting", "kommun"}


def test_where_only_totals_are_known_the_shared_part_is_shown(socsam: Socsam) -> None:
    # Laholm 2000: −9 598, of which 63 798/339 288 falls to the office of whatever is shared: of half −902, of all −1 805
    outcome = socsam("whatif", EXAMPLES / "laholm.yaml", "--set", "sharing.shared=100 %", "--year", 2000)
    assert "allocated" in outcome.out and "Only total results are known" in outcome.out
    assert "−902" in outcome.out and "−1 805" in outcome.out


# --- lines and grids ---------------------------------------------------------------------------------------------------


def test_the_values_between_are_exact(socsam: Socsam) -> None:
    cases = scenarios_of(socsam("whatif", FILE, "--vary", "sharing.shared=0 %..100 %", "--steps", "3", "-f", "json"))[1:]
    assert [case["set"][0]["value"] for case in cases] == ["0 %", "1/3", "2/3", "100 %"]
    # a third of +1 480, +800, −1 400, +50: 493, 267, −467, 17 (rounded), together 310
    assert cases[1]["years"][0]["totals"]["shared"] == 310 * TKR


def test_an_amount_between_is_rounded_to_what_the_file_settles(socsam: Socsam) -> None:
    cases = scenarios_of(socsam("whatif", FILE, "--vary", "years.1998.actual.projects=0..10", "--steps", "4", "-f", "json"))[1:]
    assert [case["set"][0]["value"] for case in cases] == ["0 tkr", "3 tkr", "5 tkr", "8 tkr", "10 tkr"]
    assert [case["set"][0]["number"] for case in cases] == [0, 3000, 5000, 8000, 10_000]


def test_more_steps_than_amounts_are_refused(socsam: Socsam) -> None:
    outcome = socsam("whatif", FILE, "--vary", "years.1998.actual.projects=0..10", "--steps", "11")
    assert outcome.status == 2 and "only 10 steps of one tkr lie between the ends" in outcome.err


def test_the_party_with_the_rest_takes_up_the_difference(socsam: Socsam) -> None:
    base = socsam(
        "whatif", FILE, "--set", "years.1998.actual.primary_care=59 200", "--vary", "sharing.deficit.kassa=0 %..60 %",
        "--steps", "2", "-f", "json",
    )  # fmt: skip
    cases = scenarios_of(base)[1:]
    # −4 070: landsting 1/3, kassa 0, 30 and 60 %, kommun 2/3, 11/30 and 2/30 of it
    assert [settled(case)["kassa"] for case in cases] == [0, -1221 * TKR, -2442 * TKR]
    assert [settled(case)["kommun"] for case in cases] == [-2713 * TKR, -1492 * TKR, -271 * TKR]


def test_without_a_rest_the_shares_must_still_add_up(socsam: Socsam) -> None:
    outcome = socsam("whatif", FILE, "--vary", "sharing.deficit.kommun=0 %..60 %", "--steps", "2")
    assert outcome.status == 2
    assert "sharing.deficit.kommun=60 %: the shares add up to 19/15" in outcome.err
    table = next(part.splitlines() for part in outcome.out.split("\n\n") if "cannot be settled, because" in part)
    for share, total in (("0 %", "2/3"), ("30 %", "29/30"), ("60 %", "19/15")):
        [row] = [line for line in table if line.startswith(share)]
        assert f"–   the shares add up to {total}" in row


def test_a_grid_has_a_row_for_each_pair(socsam: Socsam) -> None:
    cases = scenarios_of(
        socsam(
            "whatif",
            FILE,
            "--vary",
            "sharing.shared=0 %..100 %",
            "--vary",
            "years.1998.actual.primary_care=54 200..59 200",
            "--steps",
            "2",
            "--steps",
            "5",
            "-f",
            "json",
        )
    )
    assert len(cases) == 1 + 3 * 6
    assert [entry["value"] for entry in cases[-1]["set"]] == ["100 %", "59 200 tkr"]
    assert settled(cases[-1])["kassa"] == -1357 * TKR


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--vary", "sharing.shared=10..50 %"], "write `10 %`"),
        (["--vary", "sharing.surplus=1..2"], "is not a number"),
        (["--vary", "sharing.shared=1..1"], "both ends are the same"),
        (["--vary", "sharing.shared"], "this is not PATH=A..B"),
        (["--steps", "3"], "nothing to vary"),
        (["--solve", "sharing.shared"], "it needs --for"),
        (["--set", "sharing.shared=1", "--against", "x.yaml"], "two files as they are"),
        (["--against", str(FILE), "--figure", "kept"], "--against shows none"),
        (["--against", str(FILE), "--year", "1997"], "neither version holds the year 1997"),
        (["--solve", "sharing.shared", "--for", "1998.parties.kassa.settled=0", "--year", "1998"], "whose path names its year"),
        (["--set", "sharing.shared=1", "--figure", "setled"], "did you mean `settled`?"),
        (["--set", "sharing.shared=1", "--year", "2001"], "holds no year 2001"),
        (["--solve", "sharing.shared", "--for", "1998.parties.komun.settled=0"], "did you mean `1998.parties.kommun.settled`?"),
    ],
)  # fmt: skip
def test_a_bad_option_gets_one_clear_message(socsam: Socsam, options: list[str], said: str) -> None:
    outcome = socsam("whatif", FILE, *options)
    assert outcome.status == 2 and said in outcome.err and "Traceback" not in outcome.err


# --- the one place where scenarios are settled ---------------------------------------------------------------------------


def override(document: Any, path: str, value: Any) -> Override:
    found = locate(document.tree.data, path, Tree("test", "").place(()))
    assert isinstance(found, tuple)
    return Override(found, value, Tree("test", ""))


SETTINGS = [
    ("sharing.shared", "37 %"), ("sharing.bands", "none"), ("sharing.bands.deficit.0.to", "1 %"), ("years.1999.actual.sickness", "40 000"),
    ("years.1999.uses", []), ("years.1999.sharing", {}), ("series.national_sickness_cost.outcome.1999", "170"), ("rounding", "kr"),
    ("parties.grannkommun.from", "2000"), ("activities.work_injury.performer", "body"), ("opening.kommun", "300"), ("unit", "kr"),
    ("years.2000.frame.day_work", {"kassa": "5"}), ("sharing.deficit", {"kassa": "1/2", "kommun": "rest"}), ("years.1998.result", "5"),
    ("years.1999.actual.services", "-5"), ("years.1999.frame.office", "1.234"), ("sharing.deficit.kassa", "101 %"),
    ("sharing.surplus", "fram"), ("activities.office.funder", "nobody"), ("activities.office.base", {"year": "x", "amonut": "5"}),
    ("parties.kommun", {"name": "Kommunen"}), ("years.2000.corrections", [{"activity": "office"}]), ("governance.board.members", "many"),
    ("years.2000.sharing", {"reserve": {"floor": "-1"}}), ("keys.half", {"kassa": "1/2"}), ("thresholds.row", "0 %"), ("years.1999", {}),
]  # fmt: skip


@given(st.lists(st.sampled_from(SETTINGS), min_size=1, max_size=4, unique_by=lambda setting: setting[0]))
def test_a_case_is_what_the_file_would_be_with_the_text_changed(chosen: list[tuple[str, Any]]) -> None:
    """Reading only what changed finds the same agreement, or the same problems, as reading all of it."""
    base = load(EXAMPLES / "complete.yaml")
    overrides = [override(base, path, value) for path, value in chosen]
    outcomes = []
    for read in (None, warm(base)):
        try:
            outcomes.append(overlaid(base, overrides, read).agreement)
        except Exception as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


def test_settling_cases_gives_the_engines_figures() -> None:
    base = load(EXAMPLES / "complete.yaml")
    figures = [name for name in all_ore(settle(base)) if not name.endswith("uses")]
    changed = override(base, "years.2000.actual.sickness", "41 000")
    (row,) = settle_cases(base, [(changed,)], figures)
    settlement = settle(load(EXAMPLES / "complete.yaml", settings=["years.2000.actual.sickness=41 000"]))
    assert row == tuple(ore_at(settlement, figure) for figure in figures)


def test_a_figure_without_its_year_is_that_of_the_last_year_that_knows_it() -> None:
    settlement = settle(load(EXAMPLES / "gotland.yaml"))
    assert whole(settlement, "totals.result", all_ore(settlement)) == "1999.totals.result"
    assert whole(settlement, "totals.final_frame", all_ore(settlement)) == "2000.totals.final_frame"


# --- two versions ------------------------------------------------------------------------------------------------------


def test_what_is_set_in_every_case_of_a_line_is_said_in_every_format(socsam: Socsam) -> None:
    line = ("whatif", FILE, "--set", "years.1998.actual.projects=1 950", "--vary", "sharing.shared=0 %..100 %", "--steps", 1, "-q")
    assert "What is set in every case\n- years.1998.actual.projects = 1 950\n" in socsam(*line).out
    assert "Vad som är satt i varje fall" in socsam(*line, "--lang", "sv").out
    assert "years.1998.actual.projects=1 950, sharing.shared=100 %" in socsam(*line, "--format", "csv").out
    case = json.loads(socsam(*line, "--format", "json").out)["files"][0]["scenarios"][-1]
    assert [(change["path"], change["value"]) for change in case["set"]] == [
        ("years.1998.actual.projects", "1 950"),
        ("sharing.shared", "100 %"),
    ]


def test_a_budget_year_that_a_case_gives_costs_shows_what_each_ends_with(socsam: Socsam) -> None:
    """Gotland's 2000 is a budget; costs of 38 235 tkr more than the frame are a deficit, divided by the frame: 164 641 of 826 406."""
    costs = "years.2000.actual={insurance: 164 641, services: 700 000}"
    done = socsam("whatif", "examples/gotland.yaml", "--set", costs, "--year", 2000, "-q")
    row = next(line for line in done.out.splitlines() if line.startswith("years.2000"))
    assert all(amount in row.replace("\u00a0", " ") for amount in ("−38 235", "−7 617", "−30 618"))


@pytest.mark.parametrize("other", [("--vary", "sharing.shared=0 %..50 %"), ("--set", "sharing.shared=50 %")])
def test_a_number_is_varied_once_and_not_set_as_well(socsam: Socsam, other: tuple[str, str]) -> None:
    done = socsam("whatif", FILE, "--vary", "sharing.shared=0 %..100 %", *other)
    assert done.status == 2 and "--vary sharing.shared: it is set or varied more than once" in done.err


def test_only_what_differs_between_two_versions(socsam: Socsam, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    changed = text.replace("primary_care: 54 200", "primary_care: 55 200").replace("kassa: 1/3", "kassa: 33,5 %")
    after = tmp_path / "after.yaml"
    after.write_text(changed.replace("shared: 100 %", "shared: 1"), encoding="utf-8")
    outcome = socsam("whatif", after, "--against", FILE, "-f", "json")
    against = json.loads(outcome.out)["files"][0]["against"]
    assert {field["path"]: (field["before"], field["after"]) for field in against["fields"]} == {
        "years.1998.actual.primary_care": ("54 200", "55 200"),
        "sharing.deficit.kassa": ("1/3", "33,5 %"),
    }  # 100 % written as 1 is no difference
    figures = {figure["path"]: figure["difference"] for figure in against["figures"]}
    # result 930 − 1 000 = −70; by the deficit key 33,5 %, 1/3 and the rest: −23,45; −23,33; −23,22 → −24, −23, −23
    assert figures["1998.totals.result"] == -1000 * TKR
    assert figures["1998.parties.kassa.settled"] == (-24 - 255) * TKR
    assert "1998.totals.final_frame" not in figures
    assert "Fields that differ" in socsam("whatif", after, "--against", FILE).out


def test_two_versions_that_say_the_same(socsam: Socsam) -> None:
    out = socsam("whatif", FILE, "--against", FILE).out
    assert "No field differs." in out and "No figure differs." in out


def test_examples_in_the_repository_root_are_named_as_they_were(socsam: Socsam) -> None:
    assert (ROOT / "examples/whatif").is_dir()
    assert socsam("whatif", "examples/whatif/gotland-terms.yaml").status == 0
