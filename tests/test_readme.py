"""The README cannot rot: its commands are run, and print what it says they print."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from programs import program

import socsam_calc
from socsam_calc.cli.declared import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = ROOT / "socsam_calc" / "guide"
NOTEBOOK = (GUIDE / "en" / "notebook.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).with_name("socsam")


def commands(page: str) -> list[tuple[str, str]]:
    """Each command of a page's console blocks with the output that it shows."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command, output.strip("\n")))
    return found


def set_up(command: str) -> bool:
    return "venv" in command


def with_examples(folder: Path) -> None:
    """Put what the pages' commands read into a folder: the examples as they are in a clone, for scenarios read no file outside it."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "tests").symlink_to(ROOT / "tests")


def assert_prints(command: str, shown: str, folder: Path) -> None:
    """Run a command of a page in a folder, and hold what it prints against what the page shows."""
    plain = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}  # under which check speaks to GitHub
    env = {**plain, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    call = [program("bash", "bash"), "-c", command]
    done = subprocess.run(call, capture_output=True, text=True, env=env, cwd=folder, check=False)
    printed = (done.stdout + done.stderr).strip("\n")
    assert done.returncode in (0, 1), done.stderr
    if shown:
        for piece in re.split("^…$", shown, flags=re.MULTILINE):  # an ellipsis on a line of its own stands for lines left out
            assert piece.strip("\n") in printed


@pytest.mark.parametrize(("command", "shown"), [pair for pair in commands(README) if not set_up(pair[0])], ids=lambda text: text[:40])
def test_a_command_prints_what_the_readme_says(command: str, shown: str, tmp_path: Path) -> None:
    with_examples(tmp_path)
    assert_prints(command, shown, tmp_path)


def test_the_set_up_is_two_commands_that_need_nothing_but_python() -> None:
    first, second = [command for command, _ in commands(README) if set_up(command)]
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install ") and first.endswith(
        "socsam settle examples/stenungsund.yaml --year 2000"
    )
    assert second.startswith("python3 -m venv .venv && .venv/bin/pip install ") and second.endswith(".venv/bin/pytest -n auto")


def test_the_first_command_ends_in_the_settlement_that_is_shown() -> None:
    (first, shown), _ = [pair for pair in commands(README) if set_up(pair[0])]
    call = first.rpartition(" && ")[2].split()
    done = subprocess.run([PROGRAM, *call[1:]], capture_output=True, text=True, cwd=ROOT, check=True)
    for piece in shown.split("\n…"):
        assert piece.strip("\n") in done.stdout


def test_windows_has_the_same_two_commands() -> None:
    (block,) = re.findall(r"```bat\n(.*?)```", README, re.DOTALL)
    here = [command for command, _ in commands(README) if set_up(command)]
    there = [line.replace("py -m", "python3 -m").replace(".venv\\Scripts", ".venv/bin").replace("\\", "/") for line in block.splitlines()]
    assert there == here


def test_the_readme_is_short_and_stands_alone() -> None:
    """Where it is shown by itself, on an index or in a mail, no link of it leads nowhere; of its one picture the words are left there."""
    assert len(README.splitlines()) <= 250
    assert [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith(("https://", "#"))] == [".github/report.png"]
    assert re.search(r"!\[[^\]]{40,}\]\(\.github/report\.png\)", README) and (ROOT / ".github" / "report.png").is_file()


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


def test_the_notebook_shows_the_calls_that_the_guide_says() -> None:
    """With its output, which `test_notebook.py` holds."""
    (said,) = re.findall(r"`examples/notebook\.ipynb` shows (.*?) with their output", NOTEBOOK)
    cells = json.loads((ROOT / "examples" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    called = {name for name in socsam_calc.__all__ if re.search(rf"\b{name}\(", code)}
    assert set(re.findall(r"`(\w+)`", said)) == called - {"load"}


def test_the_calls_of_the_guide_work(tmp_path: Path) -> None:
    (calls,) = re.findall(r"```python\n(.*?)```", NOTEBOOK, re.DOTALL)
    with_examples(tmp_path)
    done = subprocess.run([sys.executable, "-c", calls], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(re.search(rf"\b{name}\b", calls) for name in socsam_calc.__all__ if name[0].islower() and name != "load_evaluation")
