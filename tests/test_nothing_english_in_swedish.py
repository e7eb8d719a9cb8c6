"""Every command over every example in Swedish: no English sentence but those that the examples themselves hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc.cli.declared import COMMANDS

Socsam = Callable[..., Outcome]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in EXAMPLES.glob("*.yaml"))
ENGLISH: Final = re.compile(
    "the|of|and|is|are|was|were|which|with|from|that|this|not|by|be|have|has|than|each|only|does|do|what|who|or|an|it|its|nothing|cannot|must",
    re.IGNORECASE,
)
"""Words without which hardly any English sentence is made, and that Swedish does not have."""
TYPED: Final = re.compile(r"`[^`]*`|”[^”]*”|\"[^\"]*\"|--[\w-]+|\S*/\S*|<[^>]*>|\S+_\S+")
"""What one types, or what stands so in a file: the same in every language."""
OTHERS: Final = [
    ["settle", "examples"],
    ["check", "examples"],
    ["rules"],
    ["rules", "SOC511"],
    ["books", "examples/books/huvudbok-2024.se", "--agreement", "examples/books/sjobygden.yaml"],
    ["norm", "examples/norm/land.csv"],
    ["norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996", "--area", "Laholm"],
    ["simulate", "examples/whatif/uncertain.yaml", "--draws", "20"],
    ["whatif", "examples/whatif/budget.yaml"],
    ["whatif", "examples/gotland.yaml", "--solve", "sharing.shared", "--for", "1998.parties.kassa.settled=0"],
    ["whatif", "examples/gotland.yaml", "--terms", "examples/laholm.yaml"],
    ["whatif", "examples/gotland.yaml", "--against", "examples/laholm.yaml"],
    ["whatif", "examples/complete.yaml", "--norm", "fixed:1996,moving"],
    ["whatif", "examples/complete.yaml", "--set", "years.1999.uses.0.amount=99 999"],
    ["evaluate", "examples/evaluation/exempelby.yaml", "--base-year", "all"],
    ["init", "Storby", "-o", "-"],
    ["init", "Storby", "--years", "1998-2000", "--governance", "-o", "-"],
    ["guide", "association"],
    ["explain", "examples/complete.yaml", "1999.parties.nobody"],
    ["settle", "examples/complete.yaml", "--year", "1901"],
    ["settle", "nowhere.yaml", "--format", "tabel"],
    ["settle", "examples/complete.yaml", "--set", "sharing.sharde=1"],
    ["report", "examples/laholm.yaml", "--without", "everything"],
    ["norm", "examples/norm/land.csv", "--base", "fixed:1801"],
    *([command, "--help"] for command in COMMANDS),
]


@cache
def own() -> str:
    """The words of all examples, in their order."""
    texts = (path.read_text(encoding="utf-8") for path in EXAMPLES.rglob("*") if path.suffix in (".yaml", ".csv", ".se"))
    words = re.findall(r"[^\W_]+", " ".join(texts).lower())
    return f" {' '.join(words)} "


def english(text: str) -> Iterator[str]:
    """Where a line has an English word, with its neighbours: not where an example has these words one after another, nor in its cited terms."""
    for line in text.splitlines():
        words = re.findall(r"[^\W_]+|§", TYPED.sub(" § ", line))
        for at, word in enumerate(words):
            around = [" ".join(words[max(0, at - before) : at + after + 1]) for before, after in ((0, 1), (1, 0), (1, 1))]
            if ENGLISH.fullmatch(word) and not any(len(one.split()) > 1 and f" {one.lower()} " in own() for one in around):
                yield f"… {' '.join(words[max(0, at - 4) : at + 5])} …"


def test_english_is_found_where_it_stands() -> None:
    assert list(english("användningen är the uses exceed it")) == ["… användningen är the uses exceed it …", "… är the uses exceed it …"]
    assert list(english("- Every party, amount, share, date and decision is invented.")) == []
    assert list(english("kör `socsam rules of`; delas med <the>")) == []


@pytest.mark.parametrize("command", ["settle", "check", "explain", "incentives"])
@pytest.mark.parametrize("file", FILES)
def test_no_english_is_said_of_an_example(socsam: Socsam, file: str, command: str) -> None:
    outcome = socsam(command, file, "--lang", "sv")
    assert outcome.status in (0, 1)
    assert list(english(f"{outcome.out}\n{outcome.err}")) == []


@pytest.mark.parametrize("command", OTHERS, ids=" ".join)
def test_no_english_is_said_by_any_other_command(socsam: Socsam, command: list[str], tmp_path: Path) -> None:
    outcome = socsam(*command, "--lang", "sv")
    assert outcome.status in (0, 1, 2)
    assert list(english(f"{outcome.out}\n{outcome.err}")) == []
