"""The manual page: made from the help, as current as that, and read without a complaint by the programs that show such pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from conftest import ROOT, Outcome
from programs import program

from socsam_calc.cli.declared import COMMANDS
from socsam_calc.cli.manual import manual
from socsam_calc.report.told.words import LANGUAGES

Socsam = Callable[..., Outcome]
UPPER = {"Options:", "Flaggor:", "Commands:", "Kommandon:"}
"""Headings of the help that stand in capitals on the page."""
PAGES = {lang: ROOT / "socsam_calc" / "guide" / lang / "socsam.1" for lang in LANGUAGES}


def shown(lang: str) -> str:
    """The page as `man` shows it in a wide window, where nothing is taken apart."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "300", "MANPAGER": "cat"}
    done = subprocess.run([program("man", "man-db"), "-l", PAGES[lang]], env=env, capture_output=True, text=True, check=True)
    return re.sub("\x1b\\[[0-9;]*m|.\b", "", done.stdout)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_that_of_the_help(lang: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--record"):
        PAGES[lang].write_text(manual(lang), encoding="utf-8")
        return
    assert PAGES[lang].read_text(encoding="utf-8") == manual(lang), "record it with --record, and read the diff"


def test_it_is_the_same_in_every_environment() -> None:
    code = "from socsam_calc.cli.manual import manual; print(manual('sv'), end='')"
    for env in ({"COLUMNS": "40", "SOCSAM_LANG": "sv"}, {"COLUMNS": "200", "LC_ALL": "C", "PYTHONHASHSEED": "7"}):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **env, "PYTHONUTF8": "1"}, cwd=ROOT, capture_output=True, check=True
        )
        assert done.stdout.decode() == manual("sv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_man_shows_what_every_help_says(socsam: Socsam, lang: str) -> None:
    """Each word of each command's help, and each of its examples, in the part of that command."""
    page = shown(lang)
    for command in ("", *COMMANDS):
        part = page[page.index(f"   socsam {command} [") :] if command else page
        words = set(part.replace("|\n       ", "|").split())
        told = socsam(*([command] if command else []), "--help", "--lang", lang).out.replace("…", "...")
        examples = [line.strip() for line in told.splitlines() if line.startswith("    socsam ")]
        assert examples and all(example in part for example in examples)
        said = re.sub(r"`|(?<=[\w>]-)\n +|(?<=\|)\n +", "", told.split("\n", 1)[1].rpartition("\n\n")[0])
        assert {word for word in said.split() if not {word, word.removesuffix(":")} & words and "/" not in word} <= UPPER


def test_it_names_every_status_and_every_variable_of_the_environment_that_the_program_heeds() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "socsam_calc").rglob("*.py"))
    read = {*re.findall(r'environ(?:\.get\(|\[)"(\w+)"|"(\w+)" (?:not )?in os\.environ|envvar="(\w+)"|_VARIABLE: Final = "(\w+)"', code)}
    names = {name for found in read for name in found if name}
    assert {"SOCSAM_LANG", "PAGER", "NO_COLOR", "SOURCE_DATE_EPOCH"} < names
    page = manual("en")
    assert [name for name in names if f"\n\\fB\\%{name}\\fR\n" not in page] == []
    assert [status for status in (0, 1, 2, 3, 130, 141) if f"\n\\fB\\%{status}\\fR\n" not in page] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_program_that_shows_such_pages_complains(lang: str) -> None:
    """Nor that an author's tool does, but of the date: a page that is always the same bears none, its version stands below."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    for command in ([program("man", "man-db"), "--warnings", "-l"], [program("groff", "groff"), "-k", "-ww", "-man", "-Tutf8"]):
        done = subprocess.run([*command, PAGES[lang]], capture_output=True, text=True, check=True, env=env)
        assert done.stdout and done.stderr == ""
    linted = subprocess.run([program("mandoc", "mandoc"), "-T", "lint", PAGES[lang]], capture_output=True, text=True, check=False)
    assert [line.split(": ", 2)[2] for line in linted.stdout.splitlines()] == ['WARNING: missing date, using "": TH']


def test_the_list_of_pages_knows_what_it_is_about() -> None:
    for lang, first in (
        ("en", "settle joint budgets between public bodies"),
        ("sv", "avräkna gemensamma budgetar mellan offentliga huvudmän"),
    ):
        told = subprocess.run(
            [program("lexgrog", "man-db"), PAGES[lang]], capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        assert f'"socsam - {first}: ' in told.stdout


def test_it_is_installed_where_man_looks() -> None:
    installed = distribution("socsam-calc")
    if "editable" in (installed.read_text("direct_url.json") or ""):
        pytest.skip("installed as a link to the checkout, which has no files beside the package")
    for folder in ("man1", "sv/man1"):
        page = Path(sys.prefix) / "share" / "man" / folder / "socsam.1"
        assert page.read_text(encoding="utf-8") == PAGES["sv" if folder.startswith("sv") else "en"].read_text(encoding="utf-8")
