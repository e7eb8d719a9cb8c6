"""What is copied into other repositories works there: the hook and the job run, and end as they should."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EXAMPLES, ROOT

from socsam_calc.cli.app import COMMANDS

BIN = Path(sys.executable).parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
JOB: dict[str, Any] = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of agreements: one that comes out as it says."""
    (tmp_path / "agreements").mkdir()
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path / "agreements")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return subprocess.run(["bash", "-e", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)


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
    for file, taken in (("agreements/complete.yaml", True), ("agreements/ledger.xlsx", True), (".github/workflows/ci.yaml", False)):
        assert bool(re.search(hook["files"], file)) == taken  # a ledger that changes alone changes the settlement too
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


def test_the_budget_job_fails_a_missed_bound_at_its_line_and_shows_what_a_change_does(repository: Path) -> None:
    _, bounds, compared = (step["run"] for step in JOB["jobs"]["budgets"]["steps"] if "run" in step)
    (repository / "budgets").mkdir()
    budget = (EXAMPLES / "whatif/over-budget.yaml").read_text(encoding="utf-8").replace("../complete.yaml", "../agreements/complete.yaml")
    (repository / "budgets/budget.yaml").write_text(budget, encoding="utf-8")
    done = run(f"export GITHUB_ACTIONS=true; {bounds}", repository)
    assert done.returncode == 1
    assert "kommun.settled is −1 320 tkr; it should be at least −1 100 tkr" in done.stderr
    assert re.search(r"^::error file=budgets/budget.yaml,line=14,", done.stderr, re.MULTILINE)
    git = "git -c user.name=n -c user.email=e@example.org"
    assert (
        run(
            f"git init -q -b main && git add agreements && {git} commit -qm a && git update-ref refs/remotes/origin/main main", repository
        ).returncode
        == 0
    )
    spoil(repository)
    assert run(f"{git} commit -qam b && export GITHUB_BASE_REF=main RUNNER_TEMP=. && {compared}", repository).returncode == 0
    assert "59 001" in (repository / "summary.md").read_text(encoding="utf-8").replace("\u00a0", " ")
