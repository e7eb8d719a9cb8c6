"""Files of scenarios: named cases, and bounds that make them a test of a budget."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc.model.scenarios import Scenarios
from socsam_calc.problems import AgreementError
from socsam_calc.source.scenarios import load_scenarios
from socsam_calc.source.schema import json_schema

Socsam = Callable[..., Outcome]
WORKED = Path(__file__).parent / "worked_example.yaml"
FILES = sorted((EXAMPLES / "whatif").glob("*.yaml"))


def file(folder: Path, body: str) -> Path:
    """A file of scenarios about the agreement of the format's description, which lies beside it."""
    (folder / "agreement.yaml").write_text(WORKED.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "scenarios.yaml"
    path.write_text(f"format: socsam-scenarios/1\nagreement: agreement.yaml\n{body}", encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_an_example_works_and_only_the_one_that_is_to_fail_fails(socsam: Socsam, path: Path, form: str) -> None:
    outcome = socsam("whatif", path, "--format", form)
    assert outcome.status == (1 if path.stem == "over-budget" else 0)
    assert outcome.out


def test_the_scenarios_of_the_format_description(socsam: Socsam, tmp_path: Path) -> None:
    # The country's outcome 121: sickness row 40 000 × 1,21 = 48 400, frame 177 400, result +2 050; kommun 2 050 × 73 000/177 400 = 843,57
    body = (
        "scenarios:\n  half shared:\n    set: {sharing.shared: 50 %}\n"
        "  wage drift:\n    set: {series.national_sickness_cost.outcome.1998: 121}\n    expect: {settled: {kommun: {min: −6 000}}}\n"
    )
    outcome = socsam("whatif", file(tmp_path, body), "-f", "json")
    assert (outcome.status, outcome.err) == (0, "")
    base, half, drift = json.loads(outcome.out)["files"][0]["scenarios"]
    assert (base["name"], half["name"], drift["name"]) == ("", "half shared", "wage drift")
    assert [party["settled"] for party in drift["years"][0]["parties"]][2] == 844_000
    assert drift["bounds"] == [
        {
            "figure": "1998.parties.kommun.settled", "min": -6_000_000, "max": None, "equals": None, "reason": None, "value": 844_000,
            "met": True, "own": None,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "missed"),
    [
        ("settled: {kommun: {min: 386}}", "1998.parties.kommun.settled is 385 tkr; it should be at least 386 tkr"),
        ("settled: {kommun: {max: 384}}", "1998.parties.kommun.settled is 385 tkr; it should be at most 384 tkr"),
        ("settled: {kommun: 386}", "1998.parties.kommun.settled is 385 tkr; it should be just 386 tkr"),
        ("result: {min: 0, max: 900}", "1998.totals.result is 930 tkr; it should be at least 0 tkr and at most 900 tkr"),
        ("1998.activities.family_care.result: {min: −1 000}", "1998.activities.family_care.result is −1 400 tkr"),
        ("1998.body.transfer: {max: 1.4 mkr}", "1998.body.transfer is 1 450 tkr; it should be at most 1 400 tkr"),
        ("settled: {kommun: {min: 385, max: 385}}", ""),
        ("settled: {kommun: 385}", ""),
        ("1998.totals.final_frame: 176 280", ""),
    ],
)
def test_a_bound_that_is_missed_is_status_1_and_says_what_where_and_by_how_much(
    socsam: Socsam, tmp_path: Path, bound: str, missed: str
) -> None:
    path = file(tmp_path, f"expect:\n  {bound}\nscenarios: {{}}\n")
    outcome = socsam("whatif", path)
    assert outcome.status == (1 if missed else 0)
    assert missed in outcome.err
    if missed:
        assert f"{path}:4:" in outcome.err and "as it stands: " in outcome.err
        assert "0 of 1 bound met" in outcome.out
    assert socsam("whatif", path, "-f", "json").status == outcome.status


def test_a_missed_bound_is_told_in_the_unit_asked_for(socsam: Socsam, tmp_path: Path) -> None:
    path = file(tmp_path, "expect:\n  settled: {kommun: {min: 386}}\nscenarios: {}\n")
    assert "settled is 385 000 kr; it should be at least 386 000 kr" in socsam("whatif", path, "--unit", "kr").err


def test_on_github_a_missed_bound_stands_at_its_line(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    err = socsam("whatif", "examples/whatif/over-budget.yaml").err
    assert "::error file=examples/whatif/over-budget.yaml,line=14,col=23,title=bound::no ceiling: 2000.parties.kommun.settled" in err


def test_a_general_bound_holds_in_every_case_and_the_message_names_the_case(socsam: Socsam, tmp_path: Path) -> None:
    body = "expect: {settled: {kommun: {min: 300}}}\nscenarios:\n  dearer care:\n    set: {years.1998.actual.primary_care: 54 600}\n"
    outcome = socsam("whatif", file(tmp_path, body))
    # 930 − 400 = 530: by the frame 145,16; 165,36; 219,48: floors, and the unit left goes to kommun
    assert outcome.status == 1
    assert "dearer care: 1998.parties.kommun.settled is 220 tkr; it should be at least 300 tkr" in outcome.err
    assert "1 of 2 bounds met" in outcome.out


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("scenarios: {a: {set: {sharing.shard: 1}}}", 3, "did you mean `sharing.shared`?"),
        ("scenarios: {a: {sett: {sharing.shared: 1}}}", 3, "did you mean `set`?"),
        ("scenarios: {a: {expect: {1998.parties.komun.settled: 1}}}", 3, "did you mean `1998.parties.kommun.settled`?"),
        ("scenarios: {a: {expect: {settled: {komun: 1}}}}", 3, "did you mean `kommun`?"),
        ("scenarios: {a: {expect: {reslut: 1}}}", 3, "did you mean `result`?"),
        ("scenarios: {a: {expect: {result: {mn: 1}}}}", 3, "did you mean `min`?"),
        ("scenarios: {a: {expect: {result: {}}}}", 3, "the bound says nothing"),
        ("scenarios: {a: {expect: {result: {min: 2, max: 1}}}}", 3, "no figure can hold this bound"),
        ("scenarios: {a: {expect: {result: {min: 1,5}}}}", 3, "was split at the comma"),
        ("scenarios: {a: {set: {sharing.shared: 110 %}}}", 3, "a: `110 %` is more than the whole"),
        ("scenarios:\n  a:\n    set:\n      years.1998.actual: {sickness: x}\n", 6, "a: `x` is not an amount"),
        ("scenarios: {a: {terms: nowhere.yaml}}", 3, "there is no agreement `nowhere.yaml`"),
        ("uncertain: {years.1998.actual.sickness: {normal: {mean: 5 %, sd: 1}}}", 3, "a percentage stands where an amount should be"),
        ("uncertain: {years.1998.actual.sickness: {normal: {mean: 5, sd: 0}}}", 3, "the standard deviation is not above 0"),
        ("uncertain: {sharing.surplus: {uniform: {min: 1, max: 2}}}", 3, "is not a number of the agreement"),
        ("uncertain: {years.1998.actual.sickness: {}}", 3, "no distribution stands here"),
        ("uncertain: {years.1998.actual.sicknes: {uniform: {min: 1, max: 2}}}", 3, "did you mean `sickness`?"),
        ("uncertain: {years.1998.actual.sickness: {triangular: {min: 1, mode: 3, max: 2}}}", 3, "`max` is less than `mode`"),
    ],
)  # fmt: skip
def test_a_slip_in_the_file_is_named_with_its_line(socsam: Socsam, tmp_path: Path, body: str, line: int, said: str) -> None:
    path = file(tmp_path, body + "\n")
    outcome = socsam("whatif", path)
    assert outcome.status == 2 and "Traceback" not in outcome.err
    assert said in outcome.err
    assert not line or f"{path}:{line}:" in outcome.err


def test_every_slip_is_named_at_once(socsam: Socsam, tmp_path: Path) -> None:
    body = "scenarios:\n  a:\n    set: {sharing.shard: 1}\n  b:\n    expect: {result: {min: x}}\n  c:\n    sett: {}\n"
    err = socsam("whatif", file(tmp_path, body)).err
    assert all(said in err for said in ("`sharing.shard`", "`x` is not an amount", "`sett`"))


def test_a_missing_agreement_is_named_where_it_is_named(socsam: Socsam, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("format: socsam-scenarios/1\nagreement: nowhere.yaml\n", encoding="utf-8")
    outcome = socsam("whatif", path)
    assert outcome.status == 2 and f"{path}:2:12: there is no agreement `nowhere.yaml`" in outcome.err


def test_one_bad_case_does_not_hide_the_others(socsam: Socsam, tmp_path: Path) -> None:
    body = "scenarios:\n  bad: {set: {sharing.shared: 110 %}}\n  good: {set: {sharing.shared: 50 %}}\n"
    outcome = socsam("whatif", file(tmp_path, body))
    assert outcome.status == 2 and "good" in outcome.out
    assert re.search(r"(?m)^bad .* `110 %` is more than the whole", outcome.out)
    target = tmp_path / "out.json"
    assert socsam("whatif", tmp_path / "scenarios.yaml", "-o", target).status == 2
    assert not target.exists()


def test_the_options_add_cases_to_those_of_the_file(socsam: Socsam, tmp_path: Path) -> None:
    path = file(tmp_path, "scenarios:\n  half: {set: {sharing.shared: 50 %}}\n")
    found = json.loads(socsam("whatif", path, "--set", "sharing.surplus=equal", "-f", "json").out)["files"][0]["scenarios"]
    assert [one["name"] for one in found] == ["", "half", "sharing.surplus=equal"]


def test_a_folder_stands_for_its_files_of_scenarios(socsam: Socsam) -> None:
    outcome = socsam("whatif", EXAMPLES / "whatif", "-f", "json")
    assert outcome.status == 1  # one of them fails on purpose
    assert len(json.loads(outcome.out)["files"]) == len(FILES)


def test_uncertain_inputs_are_read_in_the_units_of_the_agreement(tmp_path: Path) -> None:
    body = (
        "uncertain:\n"
        "  years.1998.actual.sickness: {normal: {mean: 46 mkr, sd: 5 %, min: 0}}\n"
        "  series.national_sickness_cost.outcome.1998: {triangular: {min: 110, mode: 118.2, max: 130}}\n"
        "  sharing.shared: {uniform: {min: 50 %, max: 1}}\n"
        "  years.1998.actual.family_care: {drawn: {file: history.csv, column: care}}\n"
    )
    found = {".".join(map(str, one.path)): one for one in load_scenarios(file(tmp_path, body)).uncertain}
    sickness = found["years.1998.actual.sickness"]
    assert (sickness.distribution, sickness.kind.name) == ("normal", "amount")
    assert sickness.parameters == {"mean": 46_000, "sd": 2_300, "min": 0}  # tkr, the rounding unit
    assert found["series.national_sickness_cost.outcome.1998"].parameters["mode"] == Fraction(1182, 10)
    assert found["sharing.shared"].parameters == {"min": Fraction(1, 2), "max": 1}
    assert found["years.1998.actual.family_care"].drawn == (str(tmp_path / "history.csv"), "care")


def test_a_file_from_standard_input(socsam: Socsam) -> None:
    body = "format: socsam-scenarios/1\nagreement: tests/worked_example.yaml\nscenarios: {half: {set: {sharing.shared: 50 %}}}\n"
    outcome = socsam("whatif", "-", text=body)
    assert outcome.status == 0 and "half" in outcome.out


def test_a_goal_is_sought_in_an_agreement(socsam: Socsam) -> None:
    outcome = socsam("whatif", FILES[0], "--solve", "sharing.shared", "--for", "1998.totals.result=0")
    assert outcome.status == 2 and "it takes an agreement" in outcome.err


def test_the_library_raises_with_all_problems(tmp_path: Path) -> None:
    with pytest.raises(AgreementError) as refused:
        load_scenarios(file(tmp_path, "scenarios: {a: {set: {x: 1, y: 2}}}\n"))
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_editor_takes_the_examples_and_flags_a_slip(path: Path) -> None:
    import jsonschema
    import yaml

    validator = jsonschema.Draft202012Validator(json_schema(Scenarios, "socsam-scenarios/1"))
    stated = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert list(validator.iter_errors(stated)) == []
    assert list(validator.iter_errors({**stated, "scenario": {}}))
    assert list(validator.iter_errors({**stated, "expect": {"reslut": "1"}}))
    assert list(validator.iter_errors({**stated, "expect": {"2000.totals.result": {"mn": "1"}}}))
    assert not list(validator.iter_errors({**stated, "expect": {"2000.totals.result": {"min": "1"}}}))
