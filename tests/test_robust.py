"""Whatever stands in a file, the answer is a settlement or problems with their places: never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socsam_calc import AgreementError, load, settle
from socsam_calc.source.yaml import decode

CASES = sorted((Path(__file__).parent / "cases").glob("case-*.yaml"))
WORDS = [
    "kassa",
    "kommun",
    "sickness",
    "frame",
    "actual",
    "result",
    "rest",
    "none",
    "body",
    "others",
    "equal",
    "frame",
    "1/3",
    "0",
    "-1",
    "31",
    "31%",
    "1.234",
    "1,5",
    "1998",
    "2010",
    "[]",
    "{}",
    "[{}]",
    "{a:b}",
    "''",
    "~",
    "null",
    "&",
    "*",
    "!",
    "-",
    "?",
    ":",
    "|",
    ">",
    "#",
    "%",
    "@",
    "`",
    '"',
    "'",
    "\t",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "å",
    "𝟙",
    "²",
    "9999999999999999999999",
    "true",
    "yes",
]


def outcome(text: str) -> None:
    try:
        settle(load("fuzz.yaml", text=text))
    except AgreementError as error:
        assert error.problems
        for problem in error.problems:
            assert str(problem)


@given(
    case=st.sampled_from(CASES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(WORDS)), min_size=1, max_size=4),
)
def test_a_damaged_agreement_is_settled_or_refused(case: Path, edits: list[tuple[float, int, str]]) -> None:
    text = case.read_text(encoding="utf-8")
    for where, cut, word in edits:
        start = int(where * len(text))
        text = text[:start] + word + text[start + cut :]
    outcome(text)


@given(
    case=st.sampled_from(CASES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["cut", "copy", "swap", "indent"])), min_size=1, max_size=3),
)
def test_lines_out_of_place_are_settled_or_refused(case: Path, edits: list[tuple[float, str]]) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()
    for where, edit in edits:
        at = min(int(where * len(lines)), len(lines) - 2)
        if edit == "cut":
            del lines[at]
        elif edit == "copy":
            lines.insert(at, lines[at])
        elif edit == "swap":
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        else:
            lines[at] = "  " + lines[at]
    outcome("\n".join(lines))


@given(st.text(max_size=200))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(AgreementError):
        settle(load("fuzz.yaml", text=text))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        decode(raw, "fuzz.yaml")
    except AgreementError as error:
        assert error.problems


@pytest.mark.parametrize(
    "text",
    [
        "[" * 2_500_000 + "]" * 2_500_000,
        "{a: " * 1_000_000,
        "- " * 1_000_000,
        "a: &a [1]\nb: &b [" + "*a," * 300_000 + "]\n",
        "'" * 5_000_000,
    ],
    ids=["brackets", "braces", "lists", "aliases", "quotes"],
)
def test_a_hostile_file_costs_little(text: str) -> None:
    with pytest.raises(AgreementError) as caught:
        load("hostile.yaml", text=text)
    assert 1 <= len(caught.value.problems) <= 60


def test_more_than_five_mebibytes_are_not_read() -> None:
    with pytest.raises(AgreementError, match="more than 5 MiB"):
        decode(b" " * (5 * 1024 * 1024 + 1), "large.yaml")
