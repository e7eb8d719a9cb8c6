"""Bars on a terminal: what each party ends with, year by year, when several years are shown."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from conftest import EXAMPLES, Outcome
from rich.cells import cell_len

from socsam_calc import load, settle
from socsam_calc.report.settlement import report
from socsam_calc.report.tables import Bar, Bars, Cell
from socsam_calc.report.terminal import show
from socsam_calc.report.words import Words

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


def test_a_pipe_gets_no_bars(socsam: Socsam) -> None:
    for format_ in ("table", "markdown"):
        assert "█" not in socsam("settle", EXAMPLES / "stenungsund.yaml", "--format", format_).out


def test_one_year_or_nothing_known_has_no_bars() -> None:
    for name, years in (("stenungsund", [2000]), ("haninge", [1998, 1999, 2000])):
        settlement = settle(load(EXAMPLES / f"{name}.yaml"))
        blocks = report(settlement, [settlement.year(year) for year in years], Words("en"))
        assert not [block for block in blocks if isinstance(block, Bars)]
