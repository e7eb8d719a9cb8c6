"""Every command has help, and every example in it works as printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator

import pytest
from conftest import Outcome

from socsam_calc.cli.commands import EXAMPLES, group, typed
from socsam_calc.cli.declared import COMMANDS
from socsam_calc.cli.spoken import paragraph
from socsam_calc.report.swedish import SWEDISH
from socsam_calc.source.document import FORMATS

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


# --- in Swedish ---------------------------------------------------------------------------------------------------------------------


def texts(command: str) -> Iterator[str]:
    """What the help of a command says in words of ours: its paragraphs, its options' texts, and the names of what they take."""
    made = typed(command, "en") if command else group("en")
    for part in (made.help or "").split("\n\n"):
        yield part.split("\n")[1] if part.startswith("\b\n") else paragraph(part)
    for parameter in made.params:
        yield from filter(None, (paragraph(getattr(parameter, "help", "") or ""), parameter.metavar or ""))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_text_of_the_help_has_its_swedish(command: str) -> None:
    said = [*texts(command), EXAMPLES, *COMMANDS.values()]
    assert len(said) > len(COMMANDS) + 3
    assert [text for text in said if text not in SWEDISH] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_swedish_from_usage_to_the_last_line(socsam: Socsam, command: str) -> None:
    """No line is the same in both languages but those of examples, and of an option whose name is too long for its text to follow it."""
    arguments = [command] if command else []
    english, swedish = socsam(*arguments, "--help").out, socsam(*arguments, "--help", "--lang", "sv").out
    alike = {line.strip() for line in english.splitlines()} & {line.strip() for line in swedish.splitlines()}
    assert {line for line in alike if line and not re.fullmatch(r"socsam .*|(-\w, )?--[\w-]+ <.*>|[0-9x<=]+\]", line)} == set()
    for own in ("Usage", "OPTIONS", "Options:", "Arguments:", "[required]", "default:", "env var", "Show this message"):
        assert own in english or own in ("Arguments:", "[required]", "default:", "env var")
        assert own not in swedish


def test_a_command_line_that_lacks_something_is_told_what_in_swedish(socsam: Socsam) -> None:
    assert socsam("settle", "--lang", "sv") == (
        2,
        "",
        "Användning: socsam settle [FLAGGOR] FIL...\nSkriv 'socsam settle --help' för hjälp.\n\nFel: Argumentet 'FIL...' saknas.\n",
    )
    assert "Användning: socsam explain [FLAGGOR] FIL [BELOPP]\n" in socsam("explain", "--lang", "sv").err


def test_a_language_may_stand_before_the_command(socsam: Socsam) -> None:
    assert socsam("--lang", "sv", "settle", "--help") == socsam("settle", "--help", "--lang", "sv")
    assert socsam("--lang", "sv", "settle", "examples/laholm.yaml") == socsam("settle", "examples/laholm.yaml", "--lang", "sv")
    later = socsam("--lang", "sv", "settle", "examples/laholm.yaml", "--lang", "en")
    assert later == socsam("settle", "examples/laholm.yaml")


def test_the_formats_of_which_there_is_a_schema_are_named(socsam: Socsam) -> None:
    assert ",".join(FORMATS) in "".join(socsam("schema", "--help").out.split())


def test_types_of_the_library_are_no_help(socsam: Socsam) -> None:
    for command in COMMANDS:
        assert not re.search(r"<(str|int|list)|[{}]", socsam(command, "--help").out)
