"""Bars on a terminal: what each party ends with, year by year in a settlement, case by case in what-if."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from conftest import EXAMPLES, Outcome
from rich.cells import cell_len

from socsam_calc import load, settle
from socsam_calc.answers.whatif.ask import Question, ask
from socsam_calc.answers.whatif.whatif import Comparison
from socsam_calc.report.render.terminal import show
from socsam_calc.report.told.settlement import report
from socsam_calc.report.told.tables import Bar, Bars, Cell
from socsam_calc.report.told.whatif import report as whatif_report
from socsam_calc.report.told.words import Words

Socsam = Callable[..., Outcome]


def drawn(*bars: Bar, width: int = 40) -> list[str]:
    """The bars as they stand on a terminal of this width, without their title."""
    stream = io.StringIO()
    show([Bars("Settled", bars)], stream, width=width)
    title, *lines = stream.getvalue().rstrip("\n").split("\n")
    assert title == "Settled"
    return [line.rstrip() for line in lines]


def bar(group: str, label: str, length: int) -> Bar:
    return Bar(group, label, length, Cell(f"{length:+}"))


def test_bars_stand_about_a_common_zero() -> None:
    """40 columns: 1 for the name, 4 for the year, 3 for the number, 6 between and 1 for the axis leave 25; −40 and +60 share them 10 to 15."""
    assert drawn(bar("a", "1998", 60), bar("a", "1999", -40), bar("b", "1999", 20), bar("b", "2000", 0)) == [
        "a  1998            │███████████████  +60",
        "   1999  ██████████│                 -40",
        "b  1999            │█████            +20",
        "   2000            │                  +0",
    ]


@pytest.mark.parametrize("tiny", [1, 8, 50, 100])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_side_that_is_tiny_beside_the_other_cuts_no_number(tiny: int, sign: int, width: int) -> None:
    lines = drawn(bar("a", "1998", -sign * 2_467), bar("a", "1999", sign * tiny), width=width)
    assert [line.split()[-1] for line in lines] == [f"{-sign * 2_467:+}", f"{sign * tiny:+}"]
    assert max(map(cell_len, lines)) <= width


def test_gains_alone_begin_at_the_left() -> None:
    assert drawn(bar("a", "1998", 10), bar("a", "1999", 5)) == [
        "a  1998  │█████████████████████████  +10",
        "   1999  │████████████▌               +5",
    ]


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("name", ["complete", "stenungsund", "gotland"])
def test_they_fit(name: str, width: int) -> None:
    settlement = settle(load(EXAMPLES / f"{name}.yaml"))
    [bars] = [block for block in report(settlement, settlement.years, Words("sv")) if isinstance(block, Bars)]
    stream = io.StringIO()
    show([bars], stream, width=width)
    lines = stream.getvalue().splitlines()
    assert len(lines) == len(bars.bars) + 2
    assert max(map(cell_len, lines)) <= width
    for line, one in zip(lines[1:], bars.bars, strict=False):
        assert line.rstrip().endswith(one.number.text.replace("\u00a0", " "))
        left, _, _ = line.partition("│")
        assert (one.length < 0) == any(block in left for block in "█▐▕")


def test_a_long_label_gives_way_to_the_bar() -> None:
    assert drawn(Bar("a", "years.1999.actual.sickness=1", 10, Cell("+10")), width=30) == ["a  years.199…  │█████████  +10"]


def test_a_pipe_gets_no_bars(socsam: Socsam) -> None:
    for format_ in ("table", "markdown"):
        assert "█" not in socsam("settle", EXAMPLES / "stenungsund.yaml", "--format", format_).out
        assert "█" not in socsam("whatif", EXAMPLES / "whatif" / "budget.yaml", "--format", format_).out


def test_too_many_years_and_parties_have_no_bars() -> None:
    settlement = settle(load(EXAMPLES / "stenungsund.yaml"))
    many = [year for year in settlement.years if year.parties[0].units("settled") is not None] * 12
    assert [block for block in report(settlement, many[:3], Words("en")) if isinstance(block, Bars)]
    assert not [block for block in report(settlement, many, Words("en")) if isinstance(block, Bars)]


# --- what if ----------------------------------------------------------------------------------------------------------------------


def asked(file: str, *, lang: str = "en", **question: Any) -> tuple[Comparison, list[Bars]]:
    """The answer to a question, and the bars of its report."""
    stated = {
        "settings": [],
        "vary": [],
        "steps": [],
        "terms": [],
        "against": None,
        "solve": None,
        "goal": None,
        "figure": None,
        "year": None,
    }
    comparison = ask(str(EXAMPLES / file), Question(**{**stated, **question}))
    assert isinstance(comparison, Comparison)
    return comparison, [block for block in whatif_report(comparison, Words(lang)) if isinstance(block, Bars)]


def test_cases_stand_below_one_another() -> None:
    """Each party's amounts are those of the table of all years."""
    comparison, [bars] = asked("whatif/budget.yaml")
    assert bars.title == "What each party ends with, 1998–2000 together"
    names = ["as it stands", "faster growth in the country", "primary care one per cent dearer", "shared in full"]
    assert [(one.group, one.label) for one in bars.bars] == [(party, name) for party in comparison.parties for name in names]
    amounts = [comparison.amount(outcome, party) for party in comparison.parties for outcome in comparison.outcomes]
    assert [one.length for one in bars.bars] == amounts
    assert bars.bars[0].number.text == "−1\u00a0173" and bars.bars[0].number.tone == "bad"


def test_lines_and_terms_have_bars_too() -> None:
    _, [bars] = asked("gotland.yaml", vary=["sharing.shared=0 %..100 %"], steps=[2], year=1998, lang="sv")
    assert bars.title == "Vad varje part slutar på"
    assert [one.label for one in bars.bars] == ["som det är", "0 %", "50 %", "100 %"] * 2
    _, [bars] = asked("gotland.yaml", terms=[str(EXAMPLES / "laholm.yaml")], year=1998)
    assert [one.label for one in bars.bars] == ["as it stands", "terms of Laholm"] * 2
    grid = ["sharing.shared=0 %..100 %", "years.1998.actual.services=680 000..690 000"]
    _, [bars] = asked("gotland.yaml", vary=grid, steps=[1, 1], year=1998)
    assert [one.label for one in bars.bars[:3]] == ["as it stands", "0 %, 680 000 tkr", "0 %, 690 000 tkr"]


def test_large_amounts_that_are_alike_show_their_difference() -> None:
    settings = ["series.national_sickness_cost.outcome.1999=150", "years.1999.actual.sickness=30 000"]
    _, [bars] = asked("complete.yaml", settings=settings, year=1999, figure="contribution")
    assert bars.title == "Each party's contribution: difference to the agreement as it stands"
    assert len(bars.bars) == 4 and bars.bars[0].length < 0 and not bars.bars[1].length


def test_many_cases_or_none_have_no_bars() -> None:
    assert asked("gotland.yaml", vary=["sharing.shared=0 %..100 %"], steps=[19], year=1998)[1] == []
    assert asked("gotland.yaml", vary=["sharing.shared=0 %..100 %"], steps=[18], year=1998)[1] != []
    refused = asked("gotland.yaml", settings=["period.end=1990-01-01"], year=1998)
    assert refused[0].outcomes[1].problems and refused[1] == []


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_they_fit_in_what_if(width: int, lang: str) -> None:
    _, [bars] = asked("whatif/budget.yaml", lang=lang)
    stream = io.StringIO()
    show([bars], stream, width=width)
    lines = stream.getvalue().splitlines()
    assert len(lines) == len(bars.bars) + 2
    assert max(map(cell_len, lines)) <= width
    assert all(line.rstrip().endswith(one.number.text.replace("\u00a0", " ")) for line, one in zip(lines[1:], bars.bars, strict=False))


def test_one_year_or_nothing_known_has_no_bars() -> None:
    for name, years in (("stenungsund", [2000]), ("haninge", [1998, 1999, 2000])):
        settlement = settle(load(EXAMPLES / f"{name}.yaml"))
        blocks = report(settlement, [settlement.year(year) for year in years], Words("en"))
        assert not [block for block in blocks if isinstance(block, Bars)]
