"""Every command has help, and every example in it works as printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import pytest
from conftest import Outcome

from socsam_calc.cli.declared import COMMANDS

Socsam = Callable[..., Outcome]


def test_the_program_lists_its_commands(socsam: Socsam) -> None:
    outcome = socsam("--help")
    assert outcome.status == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", outcome.out, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_the_same_of_itself_as_the_list_does(socsam: Socsam, command: str) -> None:
    outcome = socsam(command, "--help")
    assert outcome.status == 0
    assert " ".join(COMMANDS[command].split()) in " ".join(outcome.out.split())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_examples_in_the_help_work_as_printed(socsam: Socsam, command: str, tmp_path: object) -> None:
    shown = socsam(*([command] if command else []), "--help").out
    examples = [line.strip() for line in shown.split("xample", 1)[1].splitlines() if line.strip().startswith("socsam ")]
    assert examples, f"socsam {command} --help shows no example"
    for example in examples:
        words = [word.replace("OUT/", f"{tmp_path}/") for word in shlex.split(example)[1:]]
        for before, option in enumerate(words[:-1]):
            if option in ("-o", "--output") and words[before + 1] != "-" and not words[before + 1].startswith(str(tmp_path)):
                words[before + 1] = f"{tmp_path}/{words[before + 1]}"  # as printed, but not into this folder
        outcome = socsam(*words)
        assert outcome.status in (0, 1), f"{example}: {outcome.err}"


def test_the_version(socsam: Socsam) -> None:
    from importlib.metadata import version

    assert socsam("--version").out == f"socsam {version('socsam-calc')}\n"


def test_without_a_command_the_help_is_shown(socsam: Socsam) -> None:
    outcome = socsam()
    assert outcome.status == 2 and "Commands:" in outcome.out + outcome.err
