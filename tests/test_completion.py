"""Completion in the shells themselves: bash, zsh and fish are started, the program's script is loaded, and Tab is pressed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome
from programs import program
from terminal import Terminal

Socsam = Callable[..., Outcome]
BIN = Path(sys.executable).parent
PACKAGES = {"bash": "bash", "zsh": "zsh", "fish": "fish"}
ZSHRC = 'autoload -Uz compinit && compinit -u\neval "$(_SOCSAM_COMPLETE=source_zsh socsam)"\n'
WANTED = [
    ("socsam se", "socsam settle "),
    ("socsam settle --fo", "socsam settle --format "),
    ("socsam settle --format j", "socsam settle --format json "),
    ("socsam explain examples/complete.yaml 2000.parties.kommun.se", "socsam explain examples/complete.yaml 2000.parties.kommun.settled "),
    ("socsam settle examples/complete.yaml --year 2", "socsam settle examples/complete.yaml --year 2000 "),
    ("socsam check --select SOC43", "socsam check --select SOC430 "),
    ("socsam settle examples/complete.yaml --set sharing.fl", "socsam settle examples/complete.yaml --set sharing.flow="),
]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment that no start-up file of the machine reaches."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("COMP", "_TYPER", "ZDOTDIR", "XDG_"))}
    return {
        **env,
        "HOME": str(tmp_path),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "PS1": "> ",
        "PROMPT": "> ",
    }


def install(shell: str, env: dict[str, str]) -> None:
    """``socsam --install-completion``, run inside the shell as a person does."""
    done = subprocess.run([shell, "-c", "socsam --install-completion; true"], env=env, capture_output=True, text=True, check=True)
    assert f"{Path(shell).name} completion installed" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_completes_commands_options_and_values(shell: str, home: dict[str, str]) -> None:
    path = program(shell, PACKAGES[shell])
    if shell == "bash":
        install(path, home)
    else:  # what Typer installs for zsh only sets itself up at the first Tab, and completes from the second on
        (Path(home["HOME"]) / ".zshrc").write_text(ZSHRC, encoding="utf-8")
    terminal = Terminal([path, "-i"], home)
    try:
        terminal.type("echo rea''dy\n")
        assert "ready" in terminal.read_until("ready\r\n")
        for typed, completed in [*WANTED, ("socsam settle examples/lah", "socsam settle examples/laholm.yaml ")]:
            terminal.type(f"{typed}\t")
            assert completed in terminal.read_until(completed), f"{shell}: {typed}"
            terminal.type("\x15")  # clear the line
    finally:
        terminal.close()


def test_fish_completes_commands_options_and_values(home: dict[str, str], tmp_path: Path) -> None:
    """Fish tells what Tab would offer: the completion, and what it is."""
    path = program("fish", PACKAGES["fish"])
    install(path, home)
    for typed, completed in [*WANTED, ("socsam settle examples/lah", "examples/laholm.yaml")]:
        done = subprocess.run([path, "-c", f"complete -C '{typed}'"], env=home, cwd=tmp_path, capture_output=True, text=True, check=True)
        offered = [line.partition("\t")[0] for line in done.stdout.splitlines()]
        assert completed.split()[-1] in offered, f"{typed}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("shell", "script"),
    [("bash", ".bash_completions/socsam.sh"), ("zsh", ".zfunc/_socsam"), ("fish", ".config/fish/completions/socsam.fish")],
)
@pytest.mark.parametrize("form", ["{option} {shell}", "{option}={shell}"])
def test_the_shell_that_is_named_is_set_up_whichever_one_asks(shell: str, script: str, form: str, home: dict[str, str]) -> None:
    """Run from `sh`, which has no completion at all."""
    command = f"socsam {form.format(option='--install-completion', shell=shell)}"
    done = subprocess.run(["sh", "-c", f"{command}; echo status $?"], env=home, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{shell} completion installed in {home['HOME']}/{script}\n") and done.stdout.endswith("status 0\n")
    made = {path.relative_to(home["HOME"]).as_posix() for path in Path(home["HOME"]).rglob("*") if path.is_file()} - {".bashrc", ".zshrc"}
    assert {name for name in made if not name.startswith("examples/")} == {script}
    shown = subprocess.run(
        ["sh", "-c", f"socsam {form.format(option='--show-completion', shell=shell)}"], env=home, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == (Path(home["HOME"]) / script).read_text(encoding="utf-8").strip()


def test_a_shell_that_is_not_known_is_refused(socsam: Socsam) -> None:
    outcome = socsam("--install-completion", "tcsh")
    assert outcome == (
        2,
        "",
        "--install-completion tcsh: completion can be set up for bash, zsh, fish\n   name one of them, or none for the shell that you are in\n",
    )


def test_nothing_else_is_done_beside_setting_it_up(socsam: Socsam) -> None:
    for form in (["--install-completion", "zsh"], ["--install-completion=zsh"]):
        outcome = socsam(*form, "settle", "examples/laholm.yaml")
        assert outcome == (
            2,
            "",
            "--install-completion zsh settle examples/laholm.yaml: completion is set up by itself\n   leave out what comes after `zsh`\n",
        )


def test_the_help_says_that_a_shell_may_be_named(socsam: Socsam) -> None:
    assert "or for bash, zsh or fish by name: --install-completion zsh." in " ".join(socsam("--help").out.split())


def test_naming_the_commands_loads_none_of_them() -> None:
    """Completion is waited for with a finger on the key: the list of commands comes from their names alone."""
    script = (
        "import sys, os\n"
        "os.environ.update(COMP_WORDS='socsam ', COMP_CWORD='1', _SOCSAM_COMPLETE='complete_bash')\n"
        "from socsam_calc.cli.app import run\n"
        "run()\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "settle" in done.stdout.split()
    assert done.stderr
    assert not set(done.stderr.split()) & {"socsam_calc.cli.settle", "socsam_calc.engine.settle", "yaml"}


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("socsam explain examples/complete.yaml 2000.totals.re", ["2000.totals.result"]),
        ("socsam explain examples/complete.yaml 1999.par", ["1999.parties"]),
        ("socsam explain examples/evaluation/exempelby.yaml total.e", ["total.effect"]),
        ("socsam explain examples/norm/report-social.csv fixed:1996.results.Gotland.2000.r", ["fixed:1996.results.Gotland.2000.result"]),
        ("socsam check examples/gotland.yaml --ignore SOC6", ["SOC6", "SOC601"]),
        ("socsam rules SOC290", ["SOC290"]),
        ("socsam report examples/complete.yaml --year ", ["1998", "1999", "2000"]),
        ("socsam whatif examples/complete.yaml --vary years.2000.actual.sick", ["years.2000.actual.sickness="]),
        ("socsam whatif examples/complete.yaml --for 2000.totals.re", ["2000.totals.result="]),
        ("socsam whatif examples/complete.yaml --figure sett", ["settled"]),
        ("socsam guide settl", ["settlement"]),
        ("socsam settle no-such-file.yaml --year 1", []),
        ("socsam explain tests/bad/unknown_role.yaml 2", []),
        ("socsam explain 2", []),
    ],
)
def test_words_of_the_file_that_is_named_are_offered(line: str, offered: list[str]) -> None:
    env = {**os.environ, "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_SOCSAM_COMPLETE": "complete_bash"}
    done = subprocess.run([sys.executable, "-m", "socsam_calc"], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert [word for word in done.stdout.split() if word in offered] == offered and done.stderr == ""
    assert offered or not done.stdout.split()
