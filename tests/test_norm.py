"""The norm for a whole country: its figures by hand, beside a second computation of them, and what is refused of a panel."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Outcome
from oracle import norm as second

from socsam_calc import AgreementError, OutputError, norm

Socsam = Callable[..., Outcome]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def data(outcome: Outcome) -> Any:
    """The JSON of a run, its numbers exact."""
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out, parse_float=Decimal)


# --- by hand -----------------------------------------------------------------------------------------------------------------

THREE = """\
area,year,cost (tkr),inhabitants
Norr,1996,100,10
Norr,1997,110,10
Norr,1998,130,10
Mitt,1996,200,40
Mitt,1997,200,40
Mitt,1998,210,40
Syd,1996,300,50
Syd,1997,350,50
Syd,1998,320,50
"""
"""The country cost 600, 660 and 660."""


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return written(tmp_path / "three.csv", THREE)


def test_a_frame_is_the_base_cost_at_the_country_s_pace(three: Path) -> None:
    """Fixed on 1996: Norr 100 × 660/600 = 110, Mitt 220, Syd 330 in both years; the results of a year are nothing together."""
    fixed = norm(three, base="fixed:1996").base("fixed:1996")
    frames = {one.area: [year.frame for year in one.years] for one in fixed.results}
    assert frames == {"Norr": [110, 110], "Mitt": [220, 220], "Syd": [330, 330]}
    assert {one.area: [year.result for year in one.years] for one in fixed.results} == {
        "Norr": [0, -20],
        "Mitt": [20, 10],
        "Syd": [-20, 10],
    }
    assert [year.result for year in fixed.years.values()] == [0, 0]
    assert (fixed.together.surplus, fixed.together.deficit, fixed.together.sum_surplus, fixed.together.sum_deficit) == (1, 2, 30, -30)


def test_a_moving_base_follows_the_year_before(three: Path) -> None:
    """1998 from 1997: the country stood still, so that each frame is the year before's cost."""
    moving = norm(three, base="moving").base("moving")
    assert [moving.area(name).year(1998).frame for name in ("Norr", "Mitt", "Syd")] == [110, 200, 350]
    assert moving.area("Syd").year(1998).result == 30
    assert moving.area("Syd").percent == Fraction(100 * (330 + 350 - 670), 680)


def test_a_mean_of_years_is_carried_on_as_one(three: Path) -> None:
    """Norr: (100 + 110) × 660 / (600 + 660) = 110; Mitt 400 × 660/1260 = 209,52 → 210; Syd 650 × 660/1260 = 340,48 → 340."""
    for name in ("mean:2", "mean:1996-1997"):
        mean = norm(three, base=name).base(name)
        assert [mean.area(one).frame for one in ("Norr", "Mitt", "Syd")] == [110, 210, 340]
        assert list(mean.years) == [1998]


def test_percentiles_are_values_that_there_are(three: Path) -> None:
    """In percent of the frame Norr has −20/220, Mitt 30/440 and Syd −10/660; the second of three is the median.

    By frames (220, 440, 660 of 1 320): Norr reaches 16,7 %, Syd 66,7 % and so 25 and 50 %, Mitt the rest.
    """
    block = norm(three, base="fixed:1996").to_dict()["bases"][0]["together"]
    assert block["percentiles"] == {
        "5": Decimal("-9.09"),
        "25": Decimal("-9.09"),
        "50": Decimal("-1.52"),
        "75": Decimal("6.82"),
        "95": Decimal("6.82"),
    }
    assert block["weighted"] == {
        "5": Decimal("-9.09"),
        "25": Decimal("-1.52"),
        "50": Decimal("-1.52"),
        "75": Decimal("6.82"),
        "95": Decimal("6.82"),
    }


def test_the_rank_correlation_is_that_of_the_cost_per_inhabitant(three: Path) -> None:
    """Norr 10 an inhabitant, Syd 6, Mitt 5; results in percent Mitt, Syd, Norr: the ranks are each other's opposite."""
    assert norm(three, base="fixed:1996").to_dict()["bases"][0]["spearman"] == {"areas": 3, "rho": -1}


def test_the_country_s_own_row_gives_the_ratio_and_is_no_area(tmp_path: Path, socsam: Socsam) -> None:
    panel = written(tmp_path / "p.csv", "area;1996;1997\nRiket;100;150\nNorr;10;12\nSyd;20;40\n")
    found = data(socsam("norm", panel, "--country", "Riket", "--panel-unit", "mkr", "--base", "moving", "--format", "json"))
    assert found["country"] == "Riket" and [one["area"] for one in found["areas"]] == ["Norr", "Syd"]
    assert [one["frame"] for one in found["bases"][0]["results"]] == [15_000_000, 30_000_000]
    assert found["bases"][0]["together"]["result"] == -7_000_000
    assert (found["unit"], found["rounding"]) == ("mkr", "mkr")


def test_an_index_has_percents_and_no_amounts(tmp_path: Path) -> None:
    """Costs that rose from 100 to 195,1 where the country's rose to 205,7: a frame of 205,7, and 10,6 of it left."""
    panel = written(tmp_path / "p.csv", "area,1996,2000\nGrästorp,100,195.1\nRiket,100,205.7\n")
    found = norm(panel, base="fixed:1996", country="Riket", panel_unit="index").to_dict()
    block, [result] = found["bases"][0]["together"], found["bases"][0]["results"]
    assert result == {
        "area": "Grästorp", "frame": None, "cost": None, "result": None, "percent": Decimal("5.15"),
        "years": [{"year": 2000, "frame": None, "cost": None, "result": None, "percent": Decimal("5.15")}],
    }  # fmt: skip
    assert (block["surplus"], block["sum_surplus"], block["frame"], block["weighted"]["50"]) == (1, None, None, None)
    assert found["unit"] == "index" and found["rounding"] is None


def test_who_is_left_out_is_listed_with_the_years(tmp_path: Path, socsam: Socsam) -> None:
    panel = written(tmp_path / "p.csv", "area,1996,1997,1998\nA,10,10,10\nB,,20,20\nC,5,0,\n")
    found = data(socsam("norm", panel, "--base", "fixed:1996,moving", "--format", "json"))
    fixed, moving = found["bases"]
    assert fixed["left_out"] == [{"area": "B", "years": [1997, 1998]}, {"area": "C", "years": [1998]}]
    assert moving["left_out"] == [{"area": "B", "years": [1997]}, {"area": "C", "years": [1998]}]
    assert found["areas"][1:] == [{"area": "B", "first": 1997, "last": 1998}, {"area": "C", "first": 1996, "last": 1997}]
    assert found["compared"] == {"years": [1997, 1998], "areas": 2}
    said = socsam("norm", panel, "--base", "fixed:1996").out
    assert "B is left out in 1997–1998: it has no cost in 1996." in said and "C has costs from 1996 to 1997." in said


def test_all_bases_leave_out_what_settles_nobody(tmp_path: Path, socsam: Socsam) -> None:
    panel = written(tmp_path / "p.csv", "area,1996,1997,1998\nA,10,10,10\nB,10,20,20\n")
    assert [one["base"] for one in data(socsam("norm", panel, "--format", "json"))["bases"]] == ["fixed:1996", "moving", "mean:2"]
    assert "- mean:3 settles no area here, and is left out." in socsam("norm", panel).out
    refused = socsam("norm", panel, "--base", "mean:3")
    assert refused.status == 2 and "mean:3 settles no year: the panel's are 1996 to 1998" in refused.err


def test_the_years_compared_may_be_narrowed(three: Path, socsam: Socsam) -> None:
    found = data(socsam("norm", three, "--base", "fixed:1996,moving", "--years", "1998-1998", "--format", "json"))
    assert found["compared"] == {"years": [1998], "areas": 3}
    assert [base["compared"]["frame"] for base in found["bases"]] == [660_000, 660_000]
    assert [base["together"]["frame"] for base in found["bases"]] == [1_320_000, 1_320_000]


def test_a_country_that_cost_nothing_is_refused_by_name(tmp_path: Path) -> None:
    panel = written(tmp_path / "p.csv", "area,1996,1997\nA,0,10\n")
    with pytest.raises(AgreementError, match="fixed:1996: the areas together cost nothing in 1996"):
        norm(panel, base="fixed:1996")


def test_a_year_that_cost_nothing_gives_frames_of_nothing(tmp_path: Path) -> None:
    block = norm(written(tmp_path / "p.csv", "area,1996,1997\nA,5,0\nB,6,0\n"), base="moving").base("moving").together
    assert (block.frame, block.no_percent, block.surplus, block.percentiles[50]) == (0, 2, 0, None)


# --- a second computation ----------------------------------------------------------------------------------------------------


def panels(count: int) -> Iterator[tuple[int, second.Panel, list[str]]]:
    """Random panels, each with bases that settle somebody; areas come late, go early and have gaps, costs may be 0."""
    for seed in range(count):
        draw = random.Random(seed)
        years = [year for year in range(1990, 1990 + draw.randint(2, 9)) if draw.random() < 0.93]
        size = draw.choice([3, 30, 1000, 10**7])
        costs: dict[str, dict[int, int]] = {}
        people: dict[str, dict[int, int]] = {}
        for number in range(draw.randint(1, 14)):
            held = [year for year in years if draw.random() < draw.choice([0.6, 0.95, 1])]
            costs[f"Ort {number}"] = {year: draw.randint(0, size) for year in held}
            people[f"Ort {number}"] = {year: draw.randint(0, 40) for year in held if draw.random() < 0.9}
        country = {year: draw.randint(0, 20 * size) for year in years if draw.random() < 0.97} if draw.random() < 0.4 else None
        panel = second.Panel(costs, people, country)
        first = panel.years[0] if panel.years else 1990
        names = ["moving", "mean:2", "mean:3", f"mean:{first}-{first + 1}", *(f"fixed:{year}" for year in panel.years)]
        draw.shuffle(names)
        usable = []
        for name in names:
            try:
                usable += [name] if second.settle(panel, name) else []
            except second.ZeroCountry:
                continue
        if usable:
            yield seed, panel, usable[: draw.randint(1, 5)]


def as_csv(panel: second.Panel, *, tidy: bool) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    rows: dict[str, dict[int, int]] = {**panel.costs, **({"Riket": panel.country} if panel.country is not None else {})}
    years = sorted({year for costs in rows.values() for year in costs})
    if tidy:
        writer.writerow(["area", "year", "cost", "inhabitants"])
        for area, costs in rows.items():
            for year in years:
                writer.writerow([area, year, costs.get(year, ""), panel.people.get(area, {}).get(year, "")])
    else:
        writer.writerow(["area", *years])
        for area, costs in rows.items():
            writer.writerow([area, *(costs.get(year, "") for year in years)])
    return stream.getvalue()


def test_a_second_computation_agrees_on_random_panels(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    compared = 0
    for seed, panel, names in panels(request.config.getoption("--panels")):
        tidy = seed % 3 > 0
        if not tidy:
            panel.people = {}
        span = (panel.years[0], panel.years[len(panel.years) // 2]) if seed % 5 == 0 else None
        file = written(tmp_path / "panel.csv", as_csv(panel, tidy=tidy))
        found = norm(
            file,
            base=names,
            country=None if panel.country is None else "Riket",
            years=None if span is None else f"{span[0]}-{span[1]}",
        ).to_dict()
        expected = second.norm(panel, names, span)
        assert {name: found[name] for name in expected} == expected, f"seed {seed}"
        compared += 1
    assert compared > 0.8 * request.config.getoption("--panels")


def test_the_results_of_a_year_add_up_to_nothing_but_rounding(tmp_path: Path) -> None:
    """Under every base, in every year, where the country is the sum of its areas: |Σ result| ≤ half a unit × areas."""
    held = 0
    for _, panel, names in panels(120):
        if panel.country is not None:
            continue
        file = written(tmp_path / "panel.csv", as_csv(panel, tidy=True))
        for base in norm(file, base=names).bases:
            for year, block in base.years.items():
                assert 2 * abs(block.result) <= block.areas, (base.name, year)
                held += 1
    assert held > 100


# --- what is refused -----------------------------------------------------------------------------------------------------------

REFUSED = {
    "area,year,cost\nA,1996,1\nA,1996,2\n": ":3:1: `A` and 1996 stand here again",
    "area,1996\nA,1\n A ,2\n": ":3:1: `A` stands here again",
    "area,year,cost\nA,1996,−1\n": ":2:8: `−1` is below 0",
    "area,year,cost\nA,1996,\"1,5\"\n": ":2:8: `1,5` is finer than the rounding (kr)",
    "area,year,cost (tkr)\nA,1996,1.234\n": "`1.234` could group thousands or begin decimals",
    "area,year,cost (tsek)\nA,1996,1\n": ":1:11: `tsek` is not a unit",
    "area,year,cost tkr\nA,1996,1\n": "write `cost (tkr)`",
    "area,year,costt\nA,1996,1\n": "the column `cost` is missing",
    "area,1996,inhabitants\nA,1,2\n": "a column for each year leaves none for each year's inhabitants",
    "area,1996,1996\nA,1,2\n": "the column `1996` stands here twice",
    "area,1996 (kr),1997 (tkr)\nA,1,2\n": "the headings name `kr` and `tkr`",
    "area,year,cost\n,1996,1\n": "the area is missing",
    "area,year,cost\nA,96,1\n": "`96` is not a year",
    "area,year,cost\nA,1996\n": "2 fields stand here, and 3 in the header",
    "area,year,cost\nA,1996,\n": "the panel holds no cost of an area",
    "x,y\n1,2\n": "the first line names no column of figures",
    "": "the file is empty",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: REFUSED[text][:40])
def test_a_bad_panel_is_refused_with_its_place(text: str, tmp_path: Path, socsam: Socsam) -> None:
    outcome = socsam("norm", written(tmp_path / "bad.csv", text), "-o", tmp_path / "out.json")
    assert (outcome.status, outcome.out) == (2, "")
    assert REFUSED[text] in outcome.err
    assert not (tmp_path / "out.json").exists()


def test_every_problem_of_a_panel_is_said_at_once(tmp_path: Path, socsam: Socsam) -> None:
    said = socsam("norm", written(tmp_path / "bad.csv", "area,year,cost,inhabitants\nA,19,1,1\nB,1996,x,1\nB,1997,1,−2\n")).err
    assert (
        "bad.csv:2:3: `19` is not a year" in said
        and "bad.csv:3:8: `x` is not an amount" in said
        and "bad.csv:4:10: `−2` is below 0" in said
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--base", "fxed:1996"], "did you mean `fixed:1996`?"),
        (["--base", "mean:1998-1996"], "write `mean:1996-1998`"),
        (["--base", "mean:0"], "there is no such base"),
        (["--base", "mean:0,foo", "--base", "fixed:98"], "--base fixed:98: there is no such base"),
        (["--base", "fixed:98,foo,moving"], "--base foo: there is no such base"),
        (["--years", "98"], "these are not years"),
        (["--country", "Rikket"], "the panel has no row `Rikket`"),
        (["--area", "Nord"], "did you mean `Norr`?"),
        (["--panel-unit", "kr"], "the heading says tkr, and --panel-unit kr"),
        (["--agreement", "examples/complete.yaml"], "--activity is missing"),
        (["--draws", "10"], "the panel has 3 years, and luck is drawn from 4 or more"),
        (["--workers", "2", "--dask", "tcp://x:1"], "exclude each other"),
        (["--base", "fixed:1998"], "fixed:1998 settles no year"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(options: list[str], said: str, three: Path, socsam: Socsam) -> None:
    outcome = socsam("norm", three, *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_an_index_needs_its_country(tmp_path: Path, socsam: Socsam) -> None:
    panel = written(tmp_path / "p.csv", "area,1996,1997\nA,100,110\n")
    assert "name its row with --country" in socsam("norm", panel, "--panel-unit", "index").err


# --- what a panel may look like --------------------------------------------------------------------------------------------


def test_names_are_trimmed_and_composed_and_keep_their_case(tmp_path: Path) -> None:
    """`Å` as one letter and as two is the same area; `NORR` and `Norr` are two."""
    panel = written(
        tmp_path / "p.csv", "\ufeffOmråde;År;Kostnad (tkr)\n A\u030anäs ;1996;1 000\nÅnäs;1997;1 100\nNORR;1996;1\nNorr;1997;2\n"
    )
    found = norm(panel, base="moving")
    assert list(found.panel.costs) == ["Ånäs", "NORR", "Norr"]
    assert dict(found.panel.costs["Ånäs"]) == {1996: 1000, 1997: 1100}


def test_a_name_may_go_on_in_the_next_line_of_a_field(tmp_path: Path) -> None:
    """A break of the line parts words, as a space does: `Norra` and `Viken` do not become one word, which is another area."""
    panel = written(
        tmp_path / "p.csv", 'area,year,cost\n"Norra\nViken",1996,1\n"Norra\nViken",1997,2\nNorraViken,1996,3\nNorraViken,1997,4\n'
    )
    assert {area: list(costs.values()) for area, costs in norm(panel, base="moving").panel.costs.items()} == {
        "Norra Viken": [1, 2],
        "NorraViken": [3, 4],
    }


def test_the_panel_s_years_are_those_of_its_areas(tmp_path: Path) -> None:
    """The country's costs go back to 1995, its areas' to 1996: the first two years are 1996 and 1997."""
    panel = written(tmp_path / "p.csv", "area,1995,1996,1997,1998\nRiket,100,110,120,150\nA,,50,70,80\nB,,60,60,61\n")
    found = norm(panel, base="mean:2", country="Riket")
    assert list(found.panel.years) == [1996, 1997, 1998]
    assert [(area.area, area.frame) for area in found.bases[0].results] == [("A", 78), ("B", 78)]  # 60 × 150 / 115


def test_an_amount_s_own_unit_goes_before_the_heading_s(tmp_path: Path) -> None:
    panel = written(tmp_path / "p.csv", 'area,year,cost (tkr)\nA,1996,1 mkr\nA,1997,"12,5"\n')
    assert dict(norm(panel, base="moving", rounding="öre").panel.costs["A"]) == {1996: 100_000_000, 1997: 1_250_000}


def test_a_workbook_holds_the_same_panel(tmp_path: Path, three: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(THREE)):
        book.active.append([int(one) if one.isdecimal() else one for one in row])
    book.create_sheet("Anmärkningar").append(["Källa: påhittad"])
    book.save(tmp_path / "three.xlsx")
    from_book, from_text = norm(tmp_path / "three.xlsx").to_dict(), norm(three).to_dict()
    assert from_book | {"file": ""} == from_text | {"file": ""}


def test_a_workbook_s_problems_have_their_cells(tmp_path: Path, socsam: Socsam) -> None:
    book = openpyxl.Workbook()
    for row in (["area", 1996, 1997], ["A", 1, -2], ["A", 3, 4]):
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "bad.xlsx")
    said = socsam("norm", tmp_path / "bad.xlsx").err
    assert "sheet `Sheet`, cell C2: `-2` is below 0" in said
    assert "cell A3: `A` stands here again" in said
    assert "the column is hidden, and `1997` in it counts" in said


def test_two_sheets_with_panels_are_not_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Andra")):
        sheet.append(["area", 1996, 1997])
        sheet.append([sheet.title, 1, 2])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(AgreementError, match="several sheets hold panels: `Sheet`, `Andra`"):
        norm(tmp_path / "two.xlsx")


def test_a_panel_may_come_from_standard_input(socsam: Socsam) -> None:
    assert data(socsam("norm", "-", "--format", "json", text=THREE))["file"] == "-"


def test_a_panel_of_more_than_64_mib_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socsam_calc.source.panel.LARGEST_PANEL", 1 << 20)
    with pytest.raises(AgreementError, match="the file has more than 1 MiB"):
        norm(written(tmp_path / "p.csv", THREE + "x" * (1 << 20)))
    with pytest.raises(OutputError, match="the name of a file"):
        norm(3)  # type: ignore[arg-type]


def test_the_page_of_a_norm_runs_on_with_its_title_and_draws_each_distribution_once(tmp_path: Path, socsam: Socsam) -> None:
    """Every printed sheet says of what it is; what a chart says at its bars is not said again by a table below it."""
    path = tmp_path / "norm.html"
    assert socsam("norm", "examples/norm/land.csv", "--base", "fixed:1995", "-q", "-o", path).status == 0
    page = path.read_text("utf-8")
    assert '@top-left { content: "examples' in page and "@top-right" in page
    title = "fixed:1995: areas by result in percent of the frame"
    assert f"<figcaption>{title}</figcaption>" in page and f">{title}</h2>" not in page and "####" not in page
