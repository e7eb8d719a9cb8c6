"""Who is shown: everybody with a figure in any case, decided once for tables, Markdown, bars, CSV and JSON; and which figure it is.

By hand, `leaver.yaml`, kronor. 1998: the result is +10,00, in equal parts 3,34, 3,33 and 3,33; the body performs what norra funds, so
norra has 100,00 in hand and owes 96,67; it leaves, and all is distributed in 2000. With care at 80,00 the result is +20,00, norra's
part 6,66, and it owes 93,34.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from socsam_calc import load
from socsam_calc.answers.whatif.ask import Question, ask_of
from socsam_calc.report.told.answered import blocks
from socsam_calc.report.told.tables import Bars, Table
from socsam_calc.report.told.words import Words

Socsam = Callable[..., Outcome]
LEAVER = Path(__file__).parent / "leaver.yaml"
COMPLETE = ROOT / "examples/complete.yaml"


@pytest.mark.parametrize("year", [None, 2000])
def test_one_that_left_and_still_owes_is_shown_alike_everywhere(socsam: Socsam, year: int | None) -> None:
    options = ["--set", "years.1998.actual.vard=80", "--figure", "transfer", *(["--year", str(year)] if year else [])]
    rows = csv.DictReader(io.StringIO(socsam("whatif", LEAVER, *options, "-f", "csv").out))
    assert [row["transfer"] for row in rows if (row["year"], row["party"]) == ("2000", "norra")] == ["-96.67", "-93.34"]

    cases = json.loads(socsam("whatif", LEAVER, *options, "-f", "json").out)["files"][0]["scenarios"]
    parties = [{party["id"]: party["transfer"] for party in case["years"][-1]["parties"]} for case in cases]
    assert [one["norra"] for one in parties] == [-96.67, -93.34]

    told = list(blocks(ask_of(load(LEAVER), Question(["years.1998.actual.vard=80"], figure="transfer", year=year)), Words("en")))
    tables = [block for block in told if isinstance(block, Table)][-2 if year is None else -1 :]
    for table in tables:  # 2000, and the years together: in 1998 and 1999 nothing moves
        at = [column.title for column in table.columns].index("norra")
        assert [row[at].text for row in table.rows] == ["−96,67", "−93,34"]
        assert table.rows[1][at + 1].text == "+3,33"
    (bars,) = [block for block in told if isinstance(block, Bars)]
    assert [bar.length for bar in bars.bars if bar.group == "norra"] == [-9_667, -9_334]

    markdown = socsam("whatif", LEAVER, *options, "-f", "markdown").out
    assert "| as it stands | −0,01 | +3,33 |  | −6,67 |  | −96,67 |  | −200,00 |  |" in markdown


def test_one_that_a_case_lets_in_is_shown_in_it(socsam: Socsam) -> None:
    """The surplus of 1998 is 1 050, of which 832 is shared: equally among four it is 208 each."""
    options = ["--set", "parties.grannkommun.from=1998", "--set", "sharing.surplus=equal", "--year", "1998"]
    rows = [
        row for row in csv.DictReader(io.StringIO(socsam("whatif", COMPLETE, *options, "-f", "csv").out)) if row["party"] == "grannkommun"
    ]
    assert [row["settled"] for row in rows] == ["", "208000"]
    lines = socsam("whatif", COMPLETE, *options).out.splitlines()
    shown = {line.split("   ")[0].strip(): [cell.strip() for cell in line.split("  ") if cell.strip()][-2:] for line in lines}
    assert shown["as it stands"][-1] == "–"
    assert shown["parties.grannkommun.from=1998, sharing.surplus=equal"] == ["+208", "–"]


def test_the_years_together_count_those_that_a_party_has(socsam: Socsam) -> None:
    """Södra came in 1999: its sum is that of two years, and known."""
    out = socsam("whatif", LEAVER, "--set", "years.2000.actual.omsorg=101").out
    together = out[out.index("1998–2000 together") :].splitlines()
    assert together[3].split()[-1] == "0,00"  # 2000's −0,01 falls to kassa, the first
    assert together[1].split()[-3:] == ["sodra", "±", "sodra"]


FIGURES = ("preliminary", "contribution", "paid", "before_sharing", "kept", "allocated", "used", "transfer", "carried", "divided")


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_a_simulation_says_which_figure_a_table_shows(socsam: Socsam, lang: str) -> None:
    pytest.importorskip("numpy")
    asked = [option for figure in FIGURES for option in ("--figure", f"2000.parties.kommun.{figure}")]
    done = socsam("simulate", "examples/whatif/uncertain.yaml", "--draws", 20, "--year", 2000, "-q", "--lang", lang, *asked)
    assert done.status == 0
    for figure in ("settled", *FIGURES):
        assert sum(line.startswith("2000: ") and line.endswith(f"({figure})") for line in done.out.splitlines()) == 1


def test_no_table_of_a_simulation_has_a_party_twice(socsam: Socsam) -> None:
    pytest.importorskip("numpy")
    done = socsam(
        "simulate", "examples/whatif/uncertain.yaml", "--draws", 20, "--year", 2000, "-q", "--figure", "2000.parties.kommun.allocated"
    )
    for table in done.out.split("\n\n")[1:4]:
        names = [line.split()[0] for line in table.splitlines()[3:] if not line.startswith("─")]
        assert len(set(names)) == len(names) > 0
