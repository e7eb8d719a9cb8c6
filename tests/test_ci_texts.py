"""What is copied into other repositories works there: the hook and the job run, and end as they should."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EXAMPLES, ROOT
from programs import program

from socsam_calc.cli.declared import COMMANDS

BIN = Path(sys.executable).parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "socsam_calc" / "guide" / "en" / "ci.md").read_text(encoding="utf-8")
JOB: dict[str, Any] = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of agreements: one that comes out as it says."""
    (tmp_path / "agreements").mkdir()
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path / "agreements")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return subprocess.run([program("bash", "bash"), "-e", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)


def spoil(folder: Path) -> None:
    """Make an expectation fail."""
    path = folder / "agreements" / "complete.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"final_frame: 59 000", "final_frame: 59 001", text), encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_says_all_that_pre_commit_asks_for_and_runs(hook: dict[str, Any], repository: Path) -> None:
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    assert hook["language"] == "python"
    program, command, *_ = shlex.split(hook["entry"])
    assert program == "socsam" and command in COMMANDS
    assert hook["pass_filenames"] is False
    call = shlex.join([*shlex.split(hook["entry"]), *hook["args"]])
    assert run(call, repository).returncode == 0
    spoil(repository)
    done = run(call, repository)
    assert done.returncode == 1 and re.search(r"59.001", done.stdout + done.stderr)


def test_the_job_settles_and_keeps_what_came_out(repository: Path) -> None:
    assert True in JOB  # YAML 1.1 reads the key `on` so; GitHub does not
    job = JOB["jobs"]["settle"]
    commands = [step["run"] for step in job["steps"] if step.get("run", "").startswith("socsam ")]
    assert len(commands) == 3
    assert [run(command, repository).returncode for command in commands] == [0, 0, 0]
    assert (repository / "summary.md").read_text(encoding="utf-8").startswith("# ")
    assert (repository / "settlements.xlsx").read_bytes()[:2] == b"PK"
    spoil(repository)
    assert [run(command, repository).returncode for command in commands] == [1, 1, 1]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("agreements/terms.yaml", True),
        ("agreements/terms.yml", True),
        ("agreements/below/terms.yaml", False),
        ("budgets/terms.yaml", False),
        ("old/agreements/terms.yaml", False),
    ],
)
def test_a_hook_runs_for_the_files_that_are_read_and_for_no_others(hook: dict[str, Any], repository: Path, file: str, read: bool) -> None:
    """A hook that runs for a file and does not read it would say that all is well with it."""
    (repository / file).parent.mkdir(parents=True, exist_ok=True)
    (repository / file).write_text("format: socsam/2\n", encoding="utf-8")
    done = run(shlex.join([*shlex.split(hook["entry"]), *hook["args"]]), repository)
    assert bool(re.search(hook["files"], file)) == read == (done.returncode == 2)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize("ledger", ["led.csv", "ledgers/1998.XLSX"])
def test_a_hook_runs_where_a_ledger_alone_changed(hook: dict[str, Any], ledger: str) -> None:
    assert re.search(hook["files"], f"agreements/{ledger}") and not re.search(hook["files"], f"other/{ledger}")


def test_what_is_installed_reads_figures_in_workbooks_and_says_where_to_get_it() -> None:
    """There is no distribution on the index yet; a name that nobody explains cannot be copied."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for job in JOB["jobs"].values():
        assert "pip install 'socsam-calc[excel]'" in [step.get("run") for step in job["steps"]]
    lines = (EXAMPLES / "github-actions.yml").read_text(encoding="utf-8").splitlines()
    first, second = [number for number, line in enumerate(lines) if "run: pip install" in line]
    assert "Until the package is on an index" in lines[first - 2] and "OWNER being" in lines[first - 2]
    assert "pip install 'socsam-calc[excel] @ git+https://github.com/OWNER/socsam-calc@COMMIT'" in lines[first - 1]
    assert "until the package is on an index" in lines[second]
    (block,) = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("repos:")]
    (source,) = yaml.safe_load(block)["repos"]
    assert [hook["id"] for hook in source["hooks"]] == [hook["id"] for hook in reversed(HOOKS)]
    assert all(set(hook["additional_dependencies"]) <= set(extras["excel"]) for hook in source["hooks"])
    assert re.search(r"OWNER/socsam-calc +# .*OWNER is", block) and re.search(rf"rev: {source['rev']} +# a tag", block)


# --- the job that holds budgets and compares ---------------------------------------------------------------------------


_, BOUNDS, COMPARED = (step["run"] for step in JOB["jobs"]["budgets"]["steps"] if "run" in step)
LEDGER = "year,activity,frame,actual\n1998,care,55 000,54 200\n1998,family,72 500,73 900\n"
TERMS = """format: socsam/1
area: Exempelby
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 1998-12-31}
figures: led.csv
parties:
  landsting: {role: county_council}
  kommun: {role: municipality}
activities:
  care: {funder: landsting, cost: health_care}
  family: {funder: kommun, cost: social_services}
sharing: {surplus: equal, deficit: equal}
"""


def commit(folder: Path) -> None:
    done = run("git add -A && git -c user.name=n -c user.email=e@example.org commit -q --allow-empty -m changed", folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def request_(tmp_path: Path) -> Path:
    """The working copy of a pull request into `main`; nothing is changed in it yet."""
    copy = tmp_path / "copy"
    ledgers = copy / "agreements/below"
    ledgers.mkdir(parents=True)
    (tmp_path / "runner").mkdir()
    shutil.copy(EXAMPLES / "complete.yaml", copy / "agreements")
    for folder in (ledgers, ledgers.parent):
        (folder / "terms.yml").write_text(TERMS, encoding="utf-8")
        (folder / "led.csv").write_text(LEDGER, encoding="utf-8")
    assert run("git init -q -b main", copy).returncode == 0
    commit(copy)
    assert run("git update-ref refs/remotes/origin/main main && git switch -qc work", copy).returncode == 0
    return copy


def compared(copy: Path) -> tuple[int, str, str]:
    """The status of the step, what it writes into the summary, and what into its log."""
    commit(copy)
    summary = copy.parent / "runner/summary.md"
    variables = f"GITHUB_BASE_REF=main RUNNER_TEMP={copy.parent / 'runner'} GITHUB_STEP_SUMMARY={summary}"
    done = run(f"export {variables}\n{COMPARED}", copy)
    told = summary.read_text(encoding="utf-8") if summary.exists() else ""
    return done.returncode, told.replace("\u00a0", " "), done.stderr


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def headings(told: str) -> list[str]:
    """Which agreements are compared, each by its name in this version."""
    return re.findall(r"^# \w+: (.+) against ", told, re.MULTILINE)


@pytest.mark.parametrize("name", ["Strömstad.yaml", "two words.yaml", "terms.yml", "below/it's [a] $name.yaml", " .yaml"])
def test_what_changed_is_told_whatever_the_agreement_is_called(request_: Path, name: str) -> None:
    file = request_ / "agreements" / name
    file.write_text(TERMS, encoding="utf-8")
    commit(request_)
    assert run("git update-ref refs/remotes/origin/main work", request_).returncode == 0
    change(file, "surplus: equal", "surplus: frame")
    status, told, log = compared(request_)
    assert (status, log) == (0, "")
    assert headings(told.replace("\\", "")) == [f"agreements/{name}"]
    assert "| sharing.surplus | equal | frame |" in told


def test_where_only_a_ledger_changed_its_figures_are_told(request_: Path) -> None:
    """The ledger does not say whose it is: the other agreements are compared too, and nothing differs in them."""
    change(request_ / "agreements/led.csv", "54 200", "54 900")
    status, told, log = compared(request_)
    assert (status, log) == (0, "")
    assert headings(told) == ["agreements/below/terms.yml", "agreements/complete.yaml", "agreements/terms.yml"]
    assert "54 200 | 54 900" in told.partition("# Exempelby: agreements/terms.yml")[2]
    assert told.count("No field differs") == told.count("No figure differs") == 2


def test_an_agreement_is_compared_with_the_ledger_that_it_had(request_: Path) -> None:
    change(request_ / "agreements/terms.yml", "figures: led.csv", "figures: new.csv")
    (request_ / "agreements/led.csv").unlink()
    (request_ / "agreements/new.csv").write_text(LEDGER.replace("73 900", "74 000"), encoding="utf-8")
    status, told, log = compared(request_)
    assert (status, log) == (0, "")
    assert "| figures | led.csv | new.csv |" in told and "73 900 | 74 000" in told


def test_new_deleted_and_renamed_agreements_are_told_as_what_they_are(request_: Path) -> None:
    folder = request_ / "agreements"
    (folder / "complete.yaml").unlink()
    (folder / "terms.yml").rename(folder / "Nya villkor.yaml")
    change(folder / "Nya villkor.yaml", "surplus: equal", "surplus: frame")
    shutil.copy(EXAMPLES / "gotland.yaml", folder / "Gotland.yaml")
    status, told, log = compared(request_)
    assert (status, log) == (0, "")
    assert "\n`agreements/complete.yaml` is deleted.\n" in told and "\n`agreements/Gotland.yaml` is new.\n" in told
    assert headings(told) == ["agreements/Nya villkor.yaml"] and "before/agreements/terms.yml" in told
    assert "| sharing.surplus | equal | frame |" in told


def test_what_is_no_agreement_is_passed_over_and_no_change_says_nothing(request_: Path) -> None:
    shutil.copy(EXAMPLES / "whatif/budget.yaml", request_ / "agreements")
    (request_ / "agreements/compose.yaml").write_text("services: {}\n", encoding="utf-8")
    assert compared(request_) == (0, "", "")
    change(request_ / "agreements/compose.yaml", "{}", "{a: {image: b}}")
    assert run("git worktree remove ../runner/before && git update-ref refs/remotes/origin/main work", request_).returncode == 0
    assert compared(request_) == (0, "", "")


def test_a_version_that_is_refused_is_told_and_the_others_are_compared_all_the_same(request_: Path) -> None:
    change(request_ / "agreements/complete.yaml", "socsam/1", "socsam/1\nnonsense: 1")
    change(request_ / "agreements/terms.yml", "surplus: equal", "surplus: frame")
    status, told, log = compared(request_)
    assert status == 2 and "there is no field `nonsense`" in log
    assert "`agreements/complete.yaml` is not compared" in told and headings(told) == ["agreements/terms.yml"]


def test_a_change_that_mends_a_refused_agreement_does_not_fail(request_: Path) -> None:
    change(request_ / "agreements/terms.yml", "area:", "aera:")
    commit(request_)
    assert run("git update-ref refs/remotes/origin/main work", request_).returncode == 0
    change(request_ / "agreements/terms.yml", "aera:", "area:")
    status, told, log = compared(request_)
    assert status == 0 and "`agreements/terms.yml` is not compared" in told and "aera" in log


def test_what_main_changed_since_is_not_told_as_a_change_of_the_pull_request(request_: Path) -> None:
    change(request_ / "agreements/complete.yaml", "final_frame: 59 000", "final_frame: 59 001")
    commit(request_)
    assert run("git update-ref refs/remotes/origin/main work && git reset -q --hard main", request_).returncode == 0
    change(request_ / "agreements/terms.yml", "surplus: equal", "surplus: frame")
    assert headings(compared(request_)[1]) == ["agreements/terms.yml"]


def test_the_budget_job_fails_a_missed_bound_at_its_line(repository: Path) -> None:
    (repository / "budgets").mkdir()
    budget = (EXAMPLES / "whatif/over-budget.yaml").read_text(encoding="utf-8").replace("../complete.yaml", "../agreements/complete.yaml")
    (repository / "budgets/budget.yaml").write_text(budget, encoding="utf-8")
    done = run(f"export GITHUB_ACTIONS=true; {BOUNDS}", repository)
    assert done.returncode == 1
    assert "kommun.settled is −1 320 tkr; it should be at least −1 100 tkr" in done.stderr
    assert re.search(r"^::error file=budgets/budget.yaml,line=14,", done.stderr, re.MULTILINE)


def test_without_a_folder_of_budgets_the_job_says_so_and_goes_on(repository: Path) -> None:
    done = run(BOUNDS, repository)
    assert done.returncode == 0 and done.stdout.startswith("::notice::There is no folder budgets")
