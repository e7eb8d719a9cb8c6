"""``--figures`` and ``figures=``: whatever is asked of terms and a ledger, the answer is that of one file which holds both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc import AgreementError, OutputError, check, explain, incentives, load, load_evaluation, whatif

Socsam = Callable[..., Outcome]

WORKED = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")
TERMS = WORKED[: WORKED.index("years:\n  1998:\n    frame:")]
WHOLE = f"""{TERMS}
years:
  1998:
    frame:
      primary_care: 55 000
      family_care: 72 500
      projects: {{kassa: 1 000, kommun: 500}}
    actual: {{sickness: 45 800, primary_care: 54 200, family_care: 73 900, projects: 1 450}}
"""
LEDGER = """year;activity;party;frame;actual
1998;sickness;;;45 800
1998;primary_care;;55 000;54 200
1998;family_care;;72 500;73 900
1998;projects;kassa;1 000;
1998;projects;kommun;500;
1998;projects;;;1 450
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Signed terms alone, the same with half of the result shared, each with a scenario; the ledger lies elsewhere."""
    for name in ("parted", "joined", "ledgers"):
        (tmp_path / name).mkdir()
    for name, text in (("parted", TERMS), ("joined", WHOLE)):
        (tmp_path / name / "terms.yaml").write_text(text, encoding="utf-8")
        (tmp_path / name / "half.yaml").write_text(text.replace("shared: 100 %", "shared: 50 %"), encoding="utf-8")
        scenarios = "format: socsam-scenarios/1\nagreement: terms.yaml\nscenarios:\n  half: {set: {sharing.shared: 50 %}}\n"
        (tmp_path / name / "scenarios.yaml").write_text(scenarios, encoding="utf-8")
    (tmp_path / "ledgers" / "1998.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path


ASKED = [
    ["settle", "terms.yaml"],
    ["settle", "terms.yaml", "half.yaml"],
    ["explain", "terms.yaml", "1998.totals.result", "--unit", "kr"],
    ["incentives", "terms.yaml"],
    ["incentives", "terms.yaml", "half.yaml", "--year", "1998"],
    ["whatif", "terms.yaml", "--set", "sharing.shared=50 %"],
    ["whatif", "terms.yaml", "--vary", "years.1998.actual.projects=1 000..2 000", "--steps", "2"],
    ["whatif", "terms.yaml", "--terms", EXAMPLES / "laholm.yaml"],
    ["whatif", "terms.yaml", "--terms", "half.yaml"],
    ["whatif", "terms.yaml", "--solve", "years.1998.actual.projects", "--for", "1998.parties.kommun.settled=0"],
    ["whatif", "terms.yaml", "--against", "half.yaml"],
    ["whatif", "scenarios.yaml"],
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda words: " ".join(Path(word).name for word in words))
def test_a_command_says_of_terms_and_ledger_what_it_says_of_one_file(socsam: Socsam, folder: Path, asked: list[Any]) -> None:
    def answer(part: str, *more: object) -> Any:
        named = [folder / part / word if str(word).endswith(".yaml") and (folder / part / word).is_file() else word for word in asked]
        outcome = socsam(*named, "--format", "json", *more)
        assert outcome.status == 0, outcome.err
        return json.loads(outcome.out.replace(f"{folder / part}/", ""), parse_float=str)

    parted, joined = answer("parted", "--figures", folder / "ledgers" / "1998.csv"), answer("joined")
    if asked[0] == "explain":  # the steps are the same, and their places another file's
        assert "ledgers/1998.csv" in json.dumps(parted)
        parted, joined = ([step["value"] for step in told["steps"]] for told in (parted, joined))
    assert parted == joined


def test_check_reads_the_ledger_too(socsam: Socsam, folder: Path) -> None:
    """A rule about the figures, SOC404, finds in both what it finds in one."""

    def found(*arguments: object) -> list[list[str]]:
        findings = json.loads(socsam("check", *arguments, "--format", "json").out)["files"][0]["findings"]
        return sorted([finding["code"], finding["message"]] for finding in findings)

    both = found(folder / "parted" / "terms.yaml", "--figures", folder / "ledgers" / "1998.csv")
    assert both == found(folder / "joined" / "terms.yaml")
    assert "SOC404" in [code for code, _ in both]


def test_the_calls_take_figures_as_the_commands_do(folder: Path) -> None:
    """930 tkr are shared by the frame, so that 385 are the municipality's; of half the result −499."""
    parted, ledger = folder / "parted" / "terms.yaml", folder / "ledgers" / "1998.csv"
    assert "385" in explain(parted, "1998.parties.kommun.settled", figures=ledger).to_text()
    assert "SOC404" in check(parted, figures=str(ledger)).to_text()
    assert incentives([parted], figures=ledger)[0].year(1998).year == 1998
    half = whatif(parted, settings="sharing.shared=50 %", figures=ledger).to_dict()["files"][0]["scenarios"][1]
    assert [party["settled"] for party in half["years"][0]["parties"] if party["id"] == "kommun"] == [-499_000]


def test_a_version_that_is_loaded_keeps_the_figures_that_it_was_loaded_with(folder: Path) -> None:
    """So two ledgers can be held against each other: 100 tkr dearer, and the result is 830."""
    parted, ledger = folder / "parted" / "terms.yaml", folder / "ledgers" / "1998.csv"
    dearer = folder / "ledgers" / "dearer.csv"
    dearer.write_text(LEDGER.replace("54 200", "54 300"), encoding="utf-8")
    text = whatif(parted, against=load(parted, figures=ledger), figures=dearer).to_csv()
    assert "1998.totals.result,930000,830000,-100000" in text
    with pytest.raises(OutputError, match="is loaded already"):
        whatif(load(parted, figures=ledger), settings="sharing.shared=50 %", figures=dearer)


def test_both_versions_take_the_figures_so_a_file_is_not_held_against_itself(socsam: Socsam, folder: Path) -> None:
    terms, ledger = folder / "parted" / "terms.yaml", folder / "ledgers" / "1998.csv"
    outcome = socsam("whatif", terms, "--against", terms, "--figures", ledger)
    assert outcome.status == 2
    assert outcome.err.startswith(
        "--against: both versions are the same file with the same figures, so nothing can differ\n   name another"
    )


def test_an_amount_in_both_versions_and_the_ledger_is_refused_with_both_places(socsam: Socsam, folder: Path) -> None:
    outcome = socsam(
        "whatif", folder / "parted" / "terms.yaml", "--against", folder / "joined" / "half.yaml", "--figures", folder / "ledgers/1998.csv"
    )
    assert outcome.status == 2
    assert f"1998.csv:2:17: this amount is also given at {folder}/joined/half.yaml:" in outcome.err


def test_an_evaluation_takes_no_figures(socsam: Socsam, folder: Path) -> None:
    file = EXAMPLES / "evaluation" / "exempelby.yaml"
    outcome = socsam("explain", file, "--figures", folder / "ledgers" / "1998.csv")
    assert outcome.status == 2
    assert "--figures" in outcome.err and "an evaluation is explained as its file stands" in outcome.err
    with pytest.raises(AgreementError, match="as its file stands"):
        explain(file, figures="ledger.csv")
    with pytest.raises(OutputError, match="is loaded already"):
        explain(load_evaluation(file), figures="ledger.csv")


@pytest.mark.parametrize("command", ["explain", "check", "whatif", "incentives"])
def test_a_ledger_that_is_not_there_is_named_by_its_option(socsam: Socsam, folder: Path, command: str) -> None:
    outcome = socsam(command, folder / "joined" / "terms.yaml", "--figures", folder / "none.xlsx")
    assert outcome.status == 2
    assert f"--figures {folder}/none.xlsx: {folder}/none.xlsx: there is no such file\n   correct the name" in outcome.err


def test_a_folder_of_scenarios_takes_them_for_each(socsam: Socsam, folder: Path) -> None:
    shutil.copy(folder / "parted" / "scenarios.yaml", folder / "parted" / "more.yaml")
    outcome = socsam("whatif", folder / "parted", "--figures", folder / "ledgers" / "1998.csv", "--format", "json")
    assert outcome.status == 0, outcome.err
    assert len(json.loads(outcome.out)["files"]) == 2


def test_terms_alone_are_lent_with_the_figures_and_are_no_agreement_without(socsam: Socsam, folder: Path) -> None:
    asked = ("whatif", folder / "joined" / "terms.yaml", "--terms", folder / "parted" / "half.yaml")
    alone = socsam(*asked)
    assert alone.status == 2 and "`years` is missing" in alone.err


@pytest.mark.parametrize("command", ["settle", "report", "check", "explain", "incentives", "whatif"])
def test_one_file_of_figures_is_taken_not_the_last_of_several(socsam: Socsam, folder: Path, command: str) -> None:
    done = socsam(command, folder / "parted" / "terms.yaml", "--figures", "a.csv", "--figures", folder / "ledgers" / "1998.csv")
    assert done.status == 2 and done.err.startswith("--figures names several files\n   put their figures into one")
