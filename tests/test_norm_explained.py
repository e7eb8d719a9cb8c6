"""``socsam explain PANEL FIGURE``: an area's figures of the norm, down to the lines of the panel. The figures are by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc import AgreementError, OutputError, explain, load, norm
from socsam_calc.answers.explain import known_paths
from socsam_calc.answers.norm.norm import AreaResult, AreaYear
from socsam_calc.answers.norm.steps import figures, paths
from socsam_calc.source.panel import load_panel, load_panel_document

Socsam = Callable[..., Outcome]

THREE = """\
area,year,cost (tkr)
Norr,1996,100
Norr,1997,110
Norr,1998,130
Mitt,1996,200
Mitt,1997,200
Mitt,1998,211
Syd,1996,300
Syd,1997,
Syd,1998,320
"""
"""The country cost 300 and 310 in 1996 and 1997, 600 and 661 in 1996 and 1998: Syd has no cost of 1997."""


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.csv"
    path.write_text(THREE, encoding="utf-8")
    return path


def steps_of(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.status == 0, outcome.err
    found: list[dict[str, Any]] = json.loads(outcome.out)["steps"]
    return found


def test_a_result_is_derived_down_to_the_lines_of_the_panel(socsam: Socsam, three: Path) -> None:
    """Norr 1998: 100 × 661 / 600 = 110,17 is 110, less 130 is −20 tkr."""
    done = socsam("explain", three, "fixed:1996.results.Norr.1998.result")
    assert done.status == 0
    text = done.out.replace("\u00a0", " ")
    assert (
        "[1] result (Norr, 1998): −20 tkr\n    = frame by the country's development (Norr, 1998) [2] − cost in the panel (Norr, 1998) "
        in text
    )
    assert "= round(100 × 661 / 600)" in text and "= 130 + 211 + 320\n" in text and "= 100 + 200 + 300\n" in text
    assert f"{three}:4:11  |  Norr,1998,130\n" in text and f"{three}:10:10  |  Syd,1998,320\n" in text
    assert "rule 12; Report “Övergripande bedömningar: Den finansiella samordningen”; Report 4.1.2" in text
    assert "round: to the nearest whole tkr, halves away from zero." in text


def test_the_country_is_the_areas_that_have_a_cost_in_all_these_years(socsam: Socsam, three: Path) -> None:
    """Mitt 1997: 200 × 310 / 300 = 206,67 is 207, less 200 is +7 tkr, and Syd counts in neither sum."""
    steps = steps_of(socsam("explain", three, "fixed:1996.results.Mitt.1997.result", "-f", "json"))
    by_name = {(step["name"], step["year"]): step["value"] for step in steps}
    assert by_name["result", 1997] == 7_000
    assert (by_name["country's cost", 1996], by_name["country's cost", 1997]) == (300_000, 310_000)
    assert not [step for step in steps if step["about"] == ["Syd"]]


def test_over_its_years_frames_and_costs_are_added_up(socsam: Socsam, three: Path) -> None:
    """Norr: frames 103 (100 × 310/300 = 103,33) and 110, costs 110 and 130: −27 of 213 tkr. By the mean of 1996 and 1997,
    1998 alone: (100 + 110) × 341 / (300 + 310) = 117,39 is 117, less 130 is −13."""
    fixed = {
        step["name"]: step["value"]
        for step in steps_of(socsam("explain", three, "fixed:1996.results.Norr.percent", "-f", "json"))
        if step["year"] is None
    }
    assert (fixed["percent"], fixed["result"], fixed["frame"], fixed["cost"]) == ("-900/71", -27_000, 213_000, 240_000)
    mean = steps_of(socsam("explain", three, "mean:1996-1997.results.Norr.1998.result", "-f", "json"))
    assert mean[0]["value"] == -13_000
    assert [step["numbers"] for step in mean if step["name"] == "base cost"] == ["100 + 110"]
    assert [step["value"] for step in mean if step["name"] == "country's base cost"] == [610_000]


def test_an_index_is_not_rounded(socsam: Socsam) -> None:
    """What the Report prints: Gotland 100 and 214,1, the country 100 and 205,7: 205,7 − 214,1 = −8,4, which is −4,083617 %."""
    done = socsam("explain", "examples/norm/report.csv", "fixed:1996.results.Gotland.2000", "--country", "Riket")
    assert done.status == 0
    text = done.out.replace("\u00a0", " ")
    assert "An index: percents only." in text and "The country is the row Riket, and no area." in text
    assert "result (Gotland, 2000): −8,4\n" in text and "= 205,7 − 214,1\n" in text and "≈ −4,083617 %" in text
    assert 'examples/norm/report.csv:17:12  |  Riket,2000,"205,7"' in text and "tkr" not in text


PANELS = [(EXAMPLES / "norm/land.csv", None), (EXAMPLES / "norm/report.csv", "Riket"), (EXAMPLES / "norm/report-social.csv", None)]


@pytest.mark.parametrize(("file", "country"), PANELS, ids=lambda one: getattr(one, "stem", one))
def test_every_figure_that_is_derived_is_the_norm_s(file: Path, country: str | None) -> None:
    """Of every base: each path is known, and its value that of the result which is told of the area."""
    panel = load_panel(str(file), country=country)
    told = norm(file, country=country, base=[f"fixed:{panel.years[0]}", "all"])
    for base in told.bases:
        steps = figures(panel, base)
        assert set(paths(base)) == set(steps)
        for area in base.results:
            at = f"{base.name}.results.{area.area}"
            held: list[tuple[str, AreaResult | AreaYear]] = [(at, area), *((f"{at}.{year.year}", year) for year in area.years)]
            for where, one in held:
                assert (steps[f"{where}.frame"].value, steps[f"{where}.cost"].value) == (one.frame, one.cost)
                assert steps[f"{where}.result"].value == one.result
                assert one.percent is None or steps[f"{where}.percent"].value * 100 == one.percent
    assert set(known_paths(load_panel_document(str(file), country=country))) == {path for base in told.bases for path in paths(base)}


def test_a_frame_of_nothing_has_no_percent(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("area,year,cost\nA,1996,0\nA,1997,5\nB,1996,10\nB,1997,10\n", encoding="utf-8")
    assert explain(path, "fixed:1996.results.A.1997.result").to_dict()["steps"][0]["value"] == -5
    with pytest.raises(AgreementError, match="there is no such figure"):
        explain(path, "fixed:1996.results.A.1997.percent")


def test_a_workbook_s_cells_are_named(socsam: Socsam, tmp_path: Path) -> None:
    book, file = openpyxl.Workbook(), tmp_path / "panel.xlsx"
    for row in (["area", "1996", "1997"], ["A", 100, 121], ["B", 100, 99]):
        book.active.append(row)
    book.save(file)
    done = socsam("explain", file, "moving.results.A.1997.result", "--rounding", "öre")
    text = done.out.replace("\u00a0", " ")
    assert done.status == 0 and "= round(100 × 220 / 200)" in text and "−11 kr" in text
    assert "C2" in text


def test_depth_language_and_every_format(socsam: Socsam, three: Path, tmp_path: Path) -> None:
    figure = "fixed:1996.results.Norr.1998.result"
    short = socsam("explain", three, figure, "--depth", 2, "--lang", "sv")
    assert "[1] resultat (Norr, 1998): −20" in short.out.replace("\u00a0", " ") and "ram efter rikets utveckling (Norr, 1998)" in short.out
    assert "djupare steg är utelämnade" in short.out and "(Syd, 1998)" not in short.out
    rows = socsam("explain", three, figure, "-f", "csv").out.splitlines()
    assert rows[1].startswith("1,result,") and len(rows) == 1 + len(explain(three, figure).to_dict()["steps"])
    assert socsam("explain", three, figure, "-f", "markdown").status == 0
    assert socsam("explain", three, figure, "-o", tmp_path / "told.xlsx").status == 0
    assert "−20" in explain(three, figure, lang="sv").to_text()


def test_a_sum_over_many_areas_is_told_by_their_number(socsam: Socsam) -> None:
    done = socsam("explain", "examples/norm/land.csv", "fixed:1995.results.Ort 017.1999.result", "--depth", 3)
    assert "= the cost in 1999 of the 290 areas that count\n" in done.out and len(done.out.splitlines()) < 40
    assert "579 deeper steps are left out" in done.out


@pytest.mark.parametrize(
    ("figure", "said", "remedy"),
    [
        ("", "none is named", "name one, such as `fixed:1996.results.Norr.1998.result`"),
        ("fixed:1996.results.Nor.1998.result", "there is no such figure", "did you mean `fixed:1996.results.Norr.1998.result`?"),
        ("fixed:1996.results.Norr.1998.results", "there is no such figure", "did you mean `fixed:1996.results.Norr.1998.result`?"),
        ("fxed:1996.results.Norr", "`fxed:1996` is no base", "did you mean `fixed:1996.results.Norr`?"),
        ("Norr.1998.result", "`Norr` is no base", "begin with a base, such as `fixed:1996.results.Norr.1998.result`"),
        ("moving.results.Syd.1997.result", "it is not known: Syd has no cost in 1997", "choose another base, or another year"),
        ("fixed:1996.results.Norr.1996.result", "fixed:1996 settles no 1996", "it settles 1997–1998"),
        ("fixed:1996.together.surplus", "figures over all areas are not derived", "`socsam norm` has them"),
        ("moving.spearman.rho", "figures over all areas are not derived", "`socsam norm` has them"),
        ("fixed:1998.results.Norr", "fixed:1998 settles no year: the panel's are 1996 to 1998", "choose an earlier base"),
    ],
)
def test_what_names_nothing_is_refused_with_what_is_near(socsam: Socsam, three: Path, figure: str, said: str, remedy: str) -> None:
    done = socsam("explain", three, figure)
    assert done.status == 2 and not done.out
    assert said in done.err and remedy in done.err
    swedish = socsam("explain", three, figure, "--lang", "sv").err
    assert said not in swedish and remedy not in swedish and swedish


def test_options_that_are_about_another_kind_of_file(socsam: Socsam, three: Path) -> None:
    for option, value in (("--set", "a=1"), ("--figures", "x.csv"), ("--year", "1998")):
        assert socsam("explain", three, "moving", option, value).status == 2
    done = socsam("explain", "examples/gotland.yaml", "--country", "Riket")
    assert done.status == 2 and "it is about a panel, .csv or .xlsx, and this is none" in done.err
    with pytest.raises(OutputError, match="is no panel"):
        explain(load(ROOT / "examples/gotland.yaml"), country="Riket")
    with pytest.raises(OutputError, match="there is no such panel_unit"):
        explain(three, "moving", panel_unit="indx")  # type: ignore[arg-type]


def test_a_bad_panel_is_refused_with_its_lines(socsam: Socsam, tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("area,year,cost\nA,1996,-4\nA,97,5\n", encoding="utf-8")
    done = socsam("explain", path, "moving")
    assert done.status == 2 and f"{path}:2:8" in done.err and f"{path}:3:3" in done.err


def test_a_percent_is_a_share_of_the_frame(three: Path) -> None:
    told = explain(three, "fixed:1996.results.Norr.1998").to_dict()
    assert [figure["path"].rpartition(".")[2] for figure in told["figures"]] == ["frame", "cost", "result", "percent"]
    assert Fraction(next(step["value"] for step in told["steps"] if step["name"] == "percent")) == Fraction(-20, 110) * 100
    assert (told["area"], told["unit"], told["rounding"]) == (None, "tkr", "tkr")


def test_the_country_has_no_result_of_its_own(socsam: Socsam, three: Path) -> None:
    done = socsam("explain", three, "moving.results.Mitt.1997.result", "--country", "Mitt")
    assert done.status == 2 and "Mitt is the country, whose costs are the norm" in done.err and "name one of its areas" in done.err
    assert "är landet" in socsam("explain", three, "moving.results.Mitt.1997.result", "--country", "Mitt", "--lang", "sv").err


@pytest.mark.parametrize("head", ["area,year,cost (tkr)", "område;år;kostnad (tkr)"])
def test_a_panel_comes_from_standard_input_too(socsam: Socsam, three: Path, head: str) -> None:
    figure = "fixed:1996.results.Norr.1998.result"
    table = THREE.replace(THREE.splitlines()[0], head).replace(",", ";" if ";" in head else ",")
    done = socsam("explain", "-", figure, text=table)
    named = socsam("explain", three, figure)
    assert done.status == 0 and done.out.replace("-: ", f"{three}: ").splitlines()[2:8] == named.out.splitlines()[2:8]
