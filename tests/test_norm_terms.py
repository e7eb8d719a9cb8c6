"""The norm and an agreement: its terms applied to every area of a panel, and its own adjusted rows by one base or another."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, Outcome
from oracle.norm import nearest_whole

from socsam_calc import load, norm, settle, whatif

Socsam = Callable[..., Outcome]

TERMS = """\
format: socsam/1
area: Medelby
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 2000-06-30}
parties:
  kassa: {role: insurance_office}
  kommun: {role: municipality}
  grannkommun: {role: municipality}
activities:
  sickness: {funder: kassa, adjust: riket, base: {year: 1996, amount: 1 000}}
  care: {funder: kommun}
  more: {funder: grannkommun}
series:
  riket:
    outcome: {1996: 100, 1997: 110, 1998: 110, 1999: 121}
sharing:
  shared: 50 %
  surplus: frame
  deficit:
    kassa: 1/2
    kommun: rest
years:
  1998:
    frame: {care: 600, more: 400}
    actual: {sickness: 1 000, care: 700, more: 400}
  1999:
    frame: {care: 600, more: 401}
    actual: {sickness: 1 300, care: 600, more: 300}
"""

PANEL = "area,1996 (tkr),1998 (tkr),1999 (tkr)\nNorr,100,90,150\nSyd,2900,3210,3480\n"
"""The country: 3 000, 3 300, 3 630. Frames fixed on 1996: Norr 110 and 121, Syd 3 190 and 3 509."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    panel, terms = tmp_path / "panel.csv", tmp_path / "terms.yaml"
    panel.write_text(PANEL, encoding="utf-8")
    terms.write_text(TERMS, encoding="utf-8")
    return panel, terms


def applied(panel: Path, terms: Path, base: str) -> dict[str, dict[int, dict[str, int]]]:
    """What each role is settled, by area and year, in kronor."""
    [one] = norm(panel, base=base, agreement=terms, activity="sickness").to_dict()["bases"]
    return {
        area["area"]: {year["year"]: {held["role"]: held["settled"] for held in year["parties"]} for year in area["years"]}
        for area in one["terms"]
    }


def test_the_terms_are_applied_to_every_area(files: tuple[Path, Path]) -> None:
    """Norr is a tenth of Medelby: k = 100/1000, so care is 60 and more 40, and each costs what its frame is.

    1998: 110 − 90 = +20, of which 10 is shared by the frame, 110 : 60 : 40 → 5, 3, 2, and 10 kept by kassa. 1999: 121 − 150 = −29; half of it, −14,5, is
    −15 (halves away from zero), so that −14 is kept; the key gives −8 and −7, the first being the earlier party: kassa −22, kommun −7.
    """
    panel, terms = files
    assert applied(panel, terms, "fixed:1996")["Norr"] == {
        1998: {"insurance_office": 15_000, "municipality": 5_000},
        1999: {"insurance_office": -22_000, "municipality": -7_000},
    }


def test_a_base_of_several_years_is_measured_by_their_mean(files: tuple[Path, Path]) -> None:
    """(100 + 90) / 2 = 95 is k = 0,095: care 57, more 38,095 → 38. Frame 190 × 3 630 / 6 300 = 109,48 → 109, result −41: shared −21 (of −20,5)."""
    panel, terms = files
    assert applied(panel, terms, "mean:2")["Norr"] == {1999: {"insurance_office": -20_000 - 11_000, "municipality": -10_000}}


def test_what_is_settled_of_all_roles_is_the_norm_s_result(tmp_path: Path) -> None:
    """In every area and year, whatever the terms: nothing comes or goes."""
    draw = random.Random(3)
    panel, terms = tmp_path / "panel.csv", EXAMPLES / "norm" / "terms.yaml"
    rows = [[f"Ort {n}", *(draw.randint(0, 90_000) for _ in range(1995, 2001))] for n in range(12)]
    panel.write_text(
        "area," + ",".join(f"{year} (tkr)" for year in range(1995, 2001)) + "\n" + "\n".join(",".join(map(str, row)) for row in rows) + "\n"
    )
    found = norm(panel, base="all", agreement=terms, activity="sickness")
    seen = 0
    for base in found.to_dict()["bases"]:
        results = {one["area"]: {year["year"]: year["result"] for year in one["years"]} for one in base["results"]}
        for area in base["terms"]:
            for year in area["years"]:
                assert sum(one["settled"] for one in year["parties"]) == results[area["area"]][year["year"]]
                seen += 1
    assert seen > 100


def test_only_years_of_twelve_months_that_the_base_settles(files: tuple[Path, Path]) -> None:
    panel, terms = files
    panel.write_text("area,1996 (tkr),1998 (tkr),1999 (tkr),2000 (tkr)\nNorr,100,90,150,1\nSyd,2900,3210,,3480\n", encoding="utf-8")
    found = applied(panel, terms, "fixed:1996")
    assert {area: list(years) for area, years in found.items()} == {"Norr": [1998, 1999], "Syd": [1998]}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sharing:\n", "opening: {kassa: 1, kommun: −1}\nsharing:\n", "an opening balance"),
        ("  surplus: frame", "  surplus: frame\n  reserve: {ceiling: 20 %}", "own capital"),
        ("  shared: 50 %", "  bands: [{to: 10 tkr, shared: 100 %}, {shared: 0 %}]", "bands with limits in amounts"),
        ("  1999:\n", "  1999:\n    uses: [{for: staff, amount: 1}]\n", "uses: an amount that is not the same for every area"),
        ("  1999:\n", "  1999:\n    corrections: [{activity: care, amount: 1}]\n", "corrections: an amount"),
        ("  1999:\n", "  1999:\n    conversions: [{from: care, to: more, amount: 1}]\n", "conversions: an amount"),
    ],
)  # fmt: skip
def test_what_cannot_be_scaled_is_refused_by_name(old: str, new: str, said: str, files: tuple[Path, Path], socsam: Socsam) -> None:
    panel, terms = files
    text = TERMS.replace(old, new, 1)
    terms.write_text(
        text.replace("{year: 1996, amount: 1 000}", "previous_year") if new == "base: previous_year" else text, encoding="utf-8"
    )
    outcome = socsam("norm", panel, "--base", "fixed:1996", "--agreement", terms, "--activity", "sickness")
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err and f"{terms}:" in outcome.err


def test_an_activity_that_there_is_not_and_a_panel_that_is_too_fine_are_refused(files: tuple[Path, Path], socsam: Socsam) -> None:
    panel, terms = files
    call = ("norm", panel, "--base", "fixed:1996", "--agreement", terms, "--activity")
    assert "did you mean `sickness`?" in socsam(*call, "sicknes").err
    assert f"{terms}:12:3: `care` has no `base` of a year and an amount" in socsam(*call, "care").err
    panel.write_text("area,1996,1998\nA,1,2\n", encoding="utf-8")
    assert "a cost of the panel is finer than the agreement's rounding (tkr)" in socsam(*call, "sickness").err


def test_an_area_that_was_nothing_in_its_base_year_is_named(files: tuple[Path, Path], socsam: Socsam) -> None:
    """Its frames are 0, and nobody has put anything in by which a deficit could be divided."""
    panel, terms = files
    panel.write_text("area,1996 (tkr),1998 (tkr)\nA,0,0\nB,10,10\nC,0,2\n", encoding="utf-8")
    terms.write_text(TERMS.replace("    kassa: 1/2\n    kommun: rest\n", "").replace("deficit:\n", "deficit: frame\n"), encoding="utf-8")
    outcome = socsam("norm", panel, "--base", "fixed:1996", "--agreement", terms, "--activity", "sickness")
    assert outcome.status == 0
    assert "fixed:1996: the terms cannot be applied to C: " in outcome.out


# --- one agreement by several bases -------------------------------------------------------------------------------------------


def cases(found: Any) -> dict[str, dict[int, int | None]]:
    """The result of each case, by year, in kronor."""
    [entry] = found["files"]
    return {one["name"]: {year["year"]: year["totals"]["result"] for year in one["years"]} for one in entry["scenarios"]}


def test_the_base_of_the_file_gives_what_the_file_says(files: tuple[Path, Path]) -> None:
    """Fixed on 1996 the row is what its own base makes it: 1 100 − 1 000 − 100 of care in 1998, 1 210 − 1 300 + 101 of more in 1999."""
    _, terms = files
    found = cases(whatif(terms, norm="fixed:1996").to_dict())
    assert found["fixed:1996"] == found[""] == {1998: 0, 1999: 11_000}


def test_a_moving_base_takes_the_year_before(files: tuple[Path, Path], tmp_path: Path) -> None:
    """1999 from 1998: 1 000 × 121/110 = 1 100, a cost of 1 300 and what the other rows left, +101: −99. In 1998 it would need the cost of 1997, which a
    panel gives: 500 × 110/110, so that 1998 comes to 500 − 1 000 − 100 = −600."""
    _, terms = files
    alone = cases(whatif(terms, norm=["moving", "fixed:1996"]).to_dict())
    assert alone["moving"] == {1999: -99_000}  # the years that both bases settle
    panel = tmp_path / "orter.csv"
    panel.write_text("area,1997 (tkr)\nMedelby,500\nAnnan,7\n", encoding="utf-8")
    both = cases(whatif(terms, norm="moving", panel=panel, area="Medelby").to_dict())
    assert both["moving"] == {1998: -600_000, 1999: -99_000}


def test_the_country_of_a_panel_is_the_areas_that_have_a_cost_in_both_years(files: tuple[Path, Path], tmp_path: Path) -> None:
    """1998 on 1997: Annan has both years, Tredje only one of them, and what comes after is no matter: 500 × (550 + 10) ÷ (500 + 10) is
    549, less 1 000, and 100 of care."""
    _, terms = files
    terms.write_text(re.sub(r"1997: [0-9]+, ", "", TERMS), encoding="utf-8")
    panel = tmp_path / "orter.csv"
    found = []
    for later in ("", "44"):
        panel.write_text(f"area,1997 (tkr),1998,1999\nMedelby,500,550,\nAnnan,10,10,{later}\nTredje,,99,{later}\n", encoding="utf-8")
        found.append(cases(whatif(terms, norm="fixed:1997", panel=panel, area="Medelby").to_dict())["fixed:1997"][1998])
    assert found == [-551_000, -551_000]


def test_years_that_a_base_does_not_settle_are_told_and_the_year_compared_is_named(files: tuple[Path, Path], socsam: Socsam) -> None:
    out = socsam("whatif", files[1], "--norm", "moving,fixed:1996").out
    assert re.search(r"^1999\nscenario ", out, re.MULTILINE)
    assert "- moving: not compared, as it does not settle them: 1998" in out
    swedish = socsam("whatif", files[1], "--norm", "moving,fixed:1996", "--lang", "sv").out
    assert "- moving: jämförs inte, då den inte avräknar dem: 1998" in swedish


def test_a_base_that_cannot_be_formed_is_named_and_the_others_are_shown(files: tuple[Path, Path], socsam: Socsam) -> None:
    _, terms = files
    outcome = socsam("whatif", terms, "--norm", "fixed:1997,fixed:1996")
    assert outcome.status == 0
    assert "- fixed:1997: `sickness` has no cost of 1997" in outcome.out
    assert socsam("whatif", terms, "--norm", "fixed:1997").status == 2
    assert "kostnad för 1997" in socsam("whatif", terms, "--norm", "fixed:1997,fixed:1996", "--lang", "sv").out


def test_the_other_rows_stay_as_they_stand_where_amounts_are_those_of_a_whole_year(files: tuple[Path, Path]) -> None:
    """Ten months of 1998: the row's frame of 1 100 becomes 917, care 600 becomes 500 and more 400 becomes 333; 1 000, 700 and 400 were spent."""
    _, terms = files
    text = TERMS.replace("1998-01-01", "1998-03-01").replace("  1998:\n", "  1998:\n    annual_amounts: true\n", 1)
    terms.write_text(text, encoding="utf-8")
    assert settle(load(terms)).year(1998).totals.result == (917 - 1_000 + 500 - 700 + 333 - 400) * 1_000
    assert cases(whatif(terms, norm="fixed:1996").to_dict())["fixed:1996"][1998] == (917 + 500 + 333 - 2_100) * 1_000
    assert nearest_whole(Fraction(1_100 * 10, 12)) == 917


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--norm", "moving", "--set", "sharing.shared=50 %"], "it compares the bases of one agreement as it stands"),
        (["--norm", "moving", "--panel", "x.csv"], "give --panel PANEL --area AREA"),
        (["--norm", "fxed:1"], "there is no such base"),
    ],
)
def test_options_that_do_not_go_together(options: list[str], said: str, files: tuple[Path, Path], socsam: Socsam) -> None:
    outcome = socsam("whatif", files[1], *options)
    assert outcome.status == 2 and said in outcome.err


def test_json_of_the_terms_is_exact(files: tuple[Path, Path], socsam: Socsam) -> None:
    panel, terms = files
    out = socsam("norm", panel, "--base", "moving", "--agreement", terms, "--activity", "sickness", "--format", "json").out
    assert all(isinstance(one["settled"], int | Decimal) for base in json.loads(out, parse_float=Decimal)["bases"] for area in base["terms"] for year in area["years"] for one in year["parties"])  # fmt: skip


def test_several_causes_of_one_row_are_their_product(files: tuple[Path, Path]) -> None:
    """1 000 × 110/100 × 120/100 = 1 320 in 1998 and 1 000 × 121/100 × 130/100 = 1 573 in 1999, as the file's own base has it."""
    _, terms = files
    several = TERMS.replace("adjust: riket", "adjust: [riket, fler]").replace(
        "series:\n", "series:\n  fler: {outcome: {1996: 100, 1998: 120, 1999: 130}}\n"
    )
    terms.write_text(several, encoding="utf-8")
    found = cases(whatif(terms, norm=["fixed:1996", "moving"]).to_dict())
    assert found["fixed:1996"][1999] == found[""][1999] == (1_573 + 1_001 - 2_200) * 1_000
    assert found["moving"][1999] == (nearest_whole(Fraction(1_000 * 121 * 130, 110 * 120)) + 1_001 - 2_200) * 1_000
