"""The README cannot rot: its commands are run, and print what it says they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import socsam_calc
from socsam_calc.cli.app import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).with_name("socsam")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Each command of the README's console blocks with the output that it shows."""
    found = []
    for block in BLOCKS:
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command, output.strip("\n")))
    return found


def set_up(command: str) -> bool:
    return "venv" in command


@pytest.mark.parametrize(("command", "shown"), [pair for pair in commands() if not set_up(pair[0])], ids=lambda text: text[:40])
def test_a_command_prints_what_the_readme_says(command: str, shown: str, tmp_path: Path) -> None:
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    plain = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}  # under which check speaks to GitHub
    env = {**plain, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
    printed = (done.stdout + done.stderr).strip("\n")
    assert done.returncode in (0, 1), done.stderr
    if not shown:
        return
    for piece in re.split("^…$", shown, flags=re.MULTILINE):  # an ellipsis on a line of its own stands for lines left out
        assert piece.strip("\n") in printed


def test_the_set_up_is_two_commands_that_need_nothing_but_python() -> None:
    first, second = [command for command, _ in commands() if set_up(command)]
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install ") and first.endswith(
        "socsam settle examples/stenungsund.yaml --year 2000"
    )
    assert second.startswith("python3 -m venv .venv && .venv/bin/pip install ") and second.endswith("pytest")


def test_the_first_command_ends_in_the_settlement_that_is_shown() -> None:
    (first, shown), _ = [pair for pair in commands() if set_up(pair[0])]
    call = first.rpartition(" && ")[2].split()
    done = subprocess.run([PROGRAM, *call[1:]], capture_output=True, text=True, cwd=ROOT, check=True)
    assert shown == done.stdout.strip("\n")


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_the_readme_and_the_changelog_name_every_command() -> None:
    changes = (ROOT / ".github" / "CHANGELOG.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`socsam {command}`" in changes and f"socsam {command}" in README, command


def test_the_first_agreement_has_the_slip_that_is_shown_and_settles_without_it(tmp_path: Path) -> None:
    text = re.findall(r"```yaml\n(format: socsam/1\n.*?)```", README, re.DOTALL)[0]
    message = re.findall(r"```\n(exempelby.yaml:.*?)```", README, re.DOTALL)[0]
    file = tmp_path / "exempelby.yaml"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([PROGRAM, "settle", "exempelby.yaml"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (2, message)
    file.write_text(text.replace("1998: 118,2}", '1998: "118,2"}'), encoding="utf-8")
    done = subprocess.run([PROGRAM, "settle", "exempelby.yaml"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_notebook_shows_the_calls_that_the_readme_says() -> None:
    """With its output, which `test_notebook.py` holds."""
    (said,) = re.findall(r"\(examples/notebook\.ipynb\) shows (.*?) with their output", README)
    cells = json.loads((ROOT / "examples" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    called = {name for name in socsam_calc.__all__ if re.search(rf"\b{name}\(", code)}
    assert set(re.findall(r"`(\w+)`", said)) == called - {"load"}


def test_the_calls_of_the_readme_work(tmp_path: Path) -> None:
    (calls,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run([sys.executable, "-c", calls], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(re.search(rf"\b{name}\b", calls) for name in socsam_calc.__all__ if name[0].islower() and name != "load_evaluation")
