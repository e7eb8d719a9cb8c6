"""What is set or varied and has no effect is said, with the place of what replaces it; and nothing is said of what has one.

`noeffect.yaml`: 1998 sets its own share and its own key for a deficit, which hold from then on; both years end in a deficit, so nothing
reads the key for a surplus.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

Socsam = Callable[..., Outcome]
HERE = Path(__file__).parent
NO_EFFECT, THREE_YEARS, LEAVER, COMPLETE = (
    HERE / "noeffect.yaml",
    HERE / "three_years.yaml",
    HERE / "leaver.yaml",
    ROOT / "examples/complete.yaml",
)


def said(outcome: Outcome) -> list[str]:
    """The lines that say what has no effect."""
    return [line.removeprefix("- ") for line in (outcome.out + outcome.err).splitlines() if " has no effect: " in line]


IDLE = [
    (NO_EFFECT, "sharing.shared=50 %", "sharing.shared has no effect: 1998 sets its own (line 25)"),
    (NO_EFFECT, "sharing.shared=100 %", "sharing.shared has no effect: 1998 sets its own (line 25)"),  # what the file says already
    (NO_EFFECT, "sharing.deficit=equal", "sharing.deficit has no effect: 1998 sets its own (line 25)"),
    (NO_EFFECT, "sharing.deficit.kassa=1/3", "sharing.deficit.kassa has no effect: 1998 sets its own (line 25)"),
    (NO_EFFECT, "sharing.surplus=equal", "sharing.surplus has no effect: nothing reads it"),
    (NO_EFFECT, "activities.sjuk.base={year: 1998, amount: 900}", "activities.sjuk.base has no effect: the frame of 1998, 1999 states the row (lines 28, 31)"),
    (NO_EFFECT, "keys={halves: {kassa: 1/2, region: 1/2}}", "keys has no effect: nothing reads it"),
    (NO_EFFECT, "opening.contributed={kassa: 5}", "opening.contributed has no effect: nothing reads it"),
    (NO_EFFECT, "sharing.association_shares=equal", "sharing.association_shares has no effect: nothing reads it"),
    (NO_EFFECT, "series.riket.forecast={1998: 100, 1999: 104, 2000: 108}", ""),  # its years are read
    (NO_EFFECT, "series.riket.forecast.2000=108", "series.riket.forecast.2000 has no effect: nothing reads it"),
    (THREE_YEARS, "sharing.bands=[{to: 50 %, shared: 100 %}, {shared: 0 %}]", ""),  # both bands are walked
    (LEAVER, "sharing.distribute=[2000]", "sharing.distribute has no effect: nothing reads it"),  # the end is in 2000 too
    (LEAVER, "sharing.distribute=yearly", ""),
    (THREE_YEARS, "sharing.flow=real", ""),
    (THREE_YEARS, "sharing.flow=notional", ""),  # what holds already
    (THREE_YEARS, "sharing.surplus=equal", ""),
    (THREE_YEARS, "sharing.deficit.kassa=30 %", ""),
    (THREE_YEARS, "years.1998.actual.care=54 300", ""),
    (THREE_YEARS, "years.1998.actual.care=54 200", ""),
    (COMPLETE, "sharing.state_split.measured=office", ""),
    (COMPLETE, "sharing.state_split={administration: 4 %, measured: office}", ""),
]  # fmt: skip


@pytest.mark.parametrize(("agreement", "setting", "text"), IDLE, ids=[f"{agreement.stem} {setting}" for agreement, setting, _ in IDLE])
def test_what_is_set_and_has_no_effect_is_said_with_what_replaces_it(socsam: Socsam, agreement: Path, setting: str, text: str) -> None:
    wanted = [text] if text else []
    for command in ("whatif", "settle"):
        assert said(socsam(command, agreement, "--set", setting)) == wanted, command
    held = json.loads(socsam("whatif", agreement, "--set", setting, "-f", "json").out)["files"][0]["without_effect"]
    assert len(held) == len(wanted)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_settle_says_it_whatever_the_format_and_in_both_languages(socsam: Socsam, form: str) -> None:
    asked = ("settle", NO_EFFECT, "--set", "sharing.shared=50 %", "-f", form)
    assert socsam(*asked).err.startswith("sharing.shared has no effect: 1998 sets its own (line 25)\n")
    assert socsam(*asked, "--lang", "sv").err.startswith("sharing.shared har ingen verkan: 1998 sätter sitt eget (rad 25)\n")
    assert socsam(*asked, "-q").err == ""


@pytest.mark.parametrize("command", [["explain"], ["incentives"]])
def test_other_commands_that_set_say_it_too(socsam: Socsam, command: list[str]) -> None:
    assert said(socsam(*command, NO_EFFECT, "--set", "sharing.shared=50 %")) == [
        "sharing.shared has no effect: 1998 sets its own (line 25)"
    ]


def test_two_years_that_set_their_own_are_both_named(socsam: Socsam, tmp_path: Path) -> None:
    text = NO_EFFECT.read_text(encoding="utf-8").replace("  1999:\n", "  1999:\n    sharing: {shared: 60 %}\n")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert said(socsam("whatif", tmp_path / "a.yaml", "--set", "sharing.shared=50 %")) == [
        "sharing.shared has no effect: 1998, 1999 set their own (lines 25, 31)"
    ]


def test_what_is_set_again_has_no_effect(socsam: Socsam) -> None:
    asked = ("--set", "years.1998.actual.care=1", "--set", "years.1998.actual.care=54 300")
    assert said(socsam("settle", THREE_YEARS, *asked)) == [
        "years.1998.actual.care=1 has no effect: it is set again (--set years.1998.actual.care=54 300)"
    ]


def test_a_series_that_nothing_follows(socsam: Socsam, tmp_path: Path) -> None:
    text = NO_EFFECT.read_text(encoding="utf-8").replace(", adjust: riket", "")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert said(socsam("whatif", tmp_path / "a.yaml", "--set", "series.riket.outcome.1998=120")) == [
        "series.riket.outcome.1998 has no effect: no activity follows this series"
    ]


# --- lines, grids, goals, files of scenarios, draws --------------------------------------------------------------------


@pytest.mark.parametrize("steps", [2, 40, 300])
def test_a_line_of_cases_says_it_once(socsam: Socsam, steps: int) -> None:
    asked = ("whatif", NO_EFFECT, "--vary", "sharing.shared=0 %..100 %", "--steps", steps)
    assert said(socsam(*asked)) == ["sharing.shared has no effect: 1998 sets its own (line 25)"]
    assert said(socsam(*asked, "-f", "csv")) == ["sharing.shared has no effect: 1998 sets its own (line 25)"]


def test_of_a_grid_the_side_that_does_nothing_is_named(socsam: Socsam) -> None:
    sides = ("--vary", "sharing.shared=0 %..100 %", "--vary", "years.1998.sharing.shared=0 %..100 %")
    assert said(socsam("whatif", NO_EFFECT, *sides, "--steps", 2)) == ["sharing.shared has no effect: 1998 sets its own (line 25)"]


def test_a_line_that_reaches_both_signs_reads_both_keys(socsam: Socsam) -> None:
    """The cost of care decides whether 1998 ends in a surplus: only then is the key for it read, in some of the cases."""
    asked = ("whatif", NO_EFFECT, "--vary", "years.1998.actual.vard=500..1500", "--set", "sharing.surplus=equal", "--steps", 2)
    assert said(socsam(*asked)) == []
    assert said(
        socsam("whatif", NO_EFFECT, "--vary", "years.1998.actual.vard=1400..1500", "--set", "sharing.surplus=equal", "--steps", 2)
    ) == ["sharing.surplus has no effect: nothing reads it"]


def test_a_goal_seek_says_why_nothing_moves(socsam: Socsam) -> None:
    asked = ("whatif", NO_EFFECT, "--solve", "sharing.shared", "--for", "1998.parties.kassa.settled=0")
    assert said(socsam(*asked)) == ["sharing.shared has no effect: 1998 sets its own (line 25)"]
    assert said(socsam(*asked, "--set", "sharing.surplus=equal"))[0] == "sharing.surplus has no effect: nothing reads it"
    assert said(socsam("whatif", THREE_YEARS, "--solve", "sharing.shared", "--for", "1998.parties.kassa.settled=0")) == []


def stated(folder: Path, body: str) -> Path:
    """A file of scenarios about the agreement, which lies beside it."""
    (folder / "noeffect.yaml").write_text(NO_EFFECT.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "scenarios.yaml"
    path.write_text(f"format: socsam-scenarios/1\nagreement: noeffect.yaml\n{body}", encoding="utf-8")
    return path


def test_a_scenario_is_named_that_sets_what_does_nothing(socsam: Socsam, tmp_path: Path) -> None:
    body = "scenarios:\n  a: {set: {sharing.shared: 50 %}}\n  b: {set: {years.1998.sharing.shared: 50 %}}\n"
    assert said(socsam("whatif", stated(tmp_path, body))) == ["a: sharing.shared has no effect: 1998 sets its own (line 25)"]


def test_a_simulation_names_the_input_that_does_nothing(socsam: Socsam, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    body = "uncertain:\n  sharing.shared: {uniform: {min: 0 %, max: 100 %}}\n  series.riket.outcome.1998: {uniform: {min: 100, max: 110}}\n"
    file = stated(tmp_path, body)
    assert said(socsam("simulate", file, "--draws", 50)) == ["sharing.shared has no effect: 1998 sets its own (line 25)"]
    assert json.loads(socsam("simulate", file, "--draws", 50, "-f", "json").out)["simulations"][0]["without_effect"] == [
        {"path": "sharing.shared", "scenario": None, "why": "years", "years": [1998], "replaced_by": [{"file": str(tmp_path / "noeffect.yaml"), "line": 25}]}
    ]  # fmt: skip


@pytest.mark.parametrize("file", ["budget.yaml", "gotland-terms.yaml", "over-budget.yaml"])
def test_what_the_examples_set_has_its_effect(socsam: Socsam, file: str) -> None:
    assert said(socsam("whatif", ROOT / "examples/whatif" / file)) == []
