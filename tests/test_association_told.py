"""What the board of an association reads: findings, sentences and tables of its file, in English and in Swedish.

The figures are worked out by hand, beside each test.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

Socsam = Callable[..., Outcome]
TEXT = (Path(__file__).parent / "association.yaml").read_text(encoding="utf-8")

Told = Callable[..., Outcome]


@pytest.fixture
def told(socsam: Socsam, tmp_path: Path) -> Told:
    """Run a command on the association with some lines of its file written otherwise; amounts with plain spaces, lines not broken."""

    def call(command: str, *changes: tuple[str, str], arguments: tuple[object, ...] = ()) -> Outcome:
        text = TEXT
        for line, other in changes:
            assert line in text
            text = text.replace(line, other)
        file = tmp_path / "association.yaml"
        file.write_text(text, encoding="utf-8")
        done = socsam(command, file, *arguments)
        return Outcome(done.status, plain(done.out), plain(done.err))

    return call


def plain(text: str) -> str:
    """The same words on one line, with plain spaces."""
    return " ".join(text.split())


SWEDISH = ("--lang", "sv")
EXPECTED = "expect: {result: −260 649, reserve: 889 351}"


# --- bounds that are missed -------------------------------------------------------------------------------------------------------


def test_a_bounded_expectation_is_missed_in_one_language(told: Told) -> None:
    """Own capital ends 2023 at 889 351 (`settlement.md`, worked example), below both bounds."""
    bounded = (EXPECTED, "expect: {reserve: {min: 900 000, max: 950 000}}")
    assert "2023.reserve.closing should be at least 900 000 kr and at most 950 000 kr, and is 889 351 kr" in told("settle", bounded).err
    done = told("settle", bounded, arguments=SWEDISH)
    assert done.status == 1
    assert "2023.reserve.closing borde vara minst 900 000 kr och högst 950 000 kr, och är 889 351 kr" in done.err


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ("{min: 890 000}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara minst 890 000 kr"),
        ("{max: 100}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara högst 100 kr"),
        ("{equals: 5}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara precis 5 kr"),
        ("{change: {min: 7}}", "det borde vara minst 889 358 kr, eftersom det i avtalet är 889 351 kr"),
    ],
)
def test_a_missed_bound_of_a_case_is_told_in_one_language(socsam: Socsam, tmp_path: Path, bound: str, said: str) -> None:
    (tmp_path / "association.yaml").write_text(TEXT, encoding="utf-8")
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        f"format: socsam-scenarios/1\nagreement: association.yaml\nexpect: {{2023.reserve.closing: {bound}}}\n", encoding="utf-8"
    )
    done = socsam("whatif", cases, "--lang", "sv")
    assert done.status == 1
    assert said in plain(done.err)
