"""Figures that could mislead: "final" with what it rests on, units, what waits with its sign, the readings of a split, and slips of the pen."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Outcome

Socsam = Callable[..., Outcome]
HERE = Path(__file__).parent
THREE_YEARS, LEAVER, GOTLAND = HERE / "three_years.yaml", HERE / "leaver.yaml", EXAMPLES / "gotland.yaml"


# --- final, and what it rests on --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "final", "says"), [("en", "final", "rests on assumptions"), ("sv", "fastställd", "vilar på antaganden")])
@pytest.mark.parametrize("form", ["table", "markdown", "html"])
@pytest.mark.parametrize("year", [None, 1998])
def test_final_is_never_without_what_it_rests_on(socsam: Socsam, form: str, year: int | None, lang: str, final: str, says: str) -> None:
    if form == "html":
        pytest.importorskip("jinja2")
        pytest.importorskip("pyphen")
    chosen = ["--year", year] if year else []
    out = socsam("settle", GOTLAND, "-f", form, "--lang", lang, *chosen).out
    status = r'class="(?:badge|text)">(?:\(6 [^)]*\), )?' if form == "html" else r"(?m)^(?:## |\| |)(?:199[789])[^\n]*?"
    shown = re.findall(rf"{status}\b{final}\b(.{{0,40}})", out)
    assert len(shown) == (1 if year else 3) * (2 if form == "html" and not year else 1) and all(says in after for after in shown)
    if form != "html":
        assert out.splitlines()[2].lower().find(says) >= 0, "at the top"


def test_a_year_that_rests_on_nothing_is_final_alone(socsam: Socsam) -> None:
    """1999 of this file is final and no assumption is stated."""
    out = socsam("settle", THREE_YEARS, "--year", 1999).out
    assert "1999, final\n" in out and "assumptions" not in out


def test_a_workbook_says_it_on_every_sheet(tmp_path: Path, socsam: Socsam) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    socsam("settle", GOTLAND, "-o", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert all("Rests on assumptions" in sheet["A1"].value for sheet in book if sheet.title != "Checks")
    assert [cell.value for cell in book["Overview"]["B"]][2:5] == ["final, rests on assumptions"] * 3


# --- units ------------------------------------------------------------------------------------------------------------


def test_agreements_of_several_units_are_shown_in_the_smallest(socsam: Socsam) -> None:
    """Gotland counts tkr, the other kronor and öre: 826 406 tkr are 826 406 000,00 kr."""
    out = socsam("settle", LEAVER, GOTLAND).out.replace("\u00a0", " ")
    assert out.startswith("Settlements. Amounts in kr.\n")
    assert "826 406 000 " in out and " 300,00" in out


def test_a_page_of_several_has_a_unit_at_every_table_of_amounts(socsam: Socsam) -> None:
    pytest.importorskip("jinja2")
    pytest.importorskip("pyphen")
    page = socsam("settle", LEAVER, GOTLAND, "-f", "html").out
    titles = re.findall(r'<h3 id="[^"]*-t[0-9]+">([^<]*)</h3>', page)
    amounts = [title for title in titles if not title.startswith(("Findings", "What an application"))]
    assert len(amounts) > 8 and all(re.search(r", (kr|tkr)$", title) for title in amounts)


# --- what waits -------------------------------------------------------------------------------------------------------

EQUITY = """format: socsam/1
area: Sjöbygden
period: {start: 2000-01-01, end: 2003-12-31}
parties: {a: {role: insurance_office}, b: {role: municipality, outside_county_council: true}}
activities: {work: {performer: body, cost: joint_measures}}
sharing: {surplus: equal, deficit: equal, distribute: at_end, flow: real}
years:
  2000: {frame: {work: {a: 500, b: 500}}, actual: {work: 750}}
  2001: {frame: {work: {a: 500, b: 500}}, actual: {work: 1 960}}
  2002: {frame: {work: {a: 500, b: 500}}, actual: {work: 800}}
"""


def test_what_waits_between_parties_and_body_has_its_sign(socsam: Socsam) -> None:
    """Results of +250, −960 and +200: the parties are owed 250, then owe 710, then 510."""
    rows = [line.split("  ") for line in socsam("settle", "-", text=EQUITY).out.replace("\u00a0", " ").splitlines() if line[:2] == "20"]
    last = [[cell.strip() for cell in row if cell.strip()][-2:] for row in rows]
    assert last == [["250", "+250"], ["710", "−710"], ["510", "−510"]]


# --- the split --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "measured"),
    [
        ("sharing.state_split={cap: 10 %}", "trial"),
        ("sharing.state_split={measured: office}", "office"),
        ("sharing.state_split={measured: office_in_trial}", "office_in_trial"),
        ("sharing.state_split={administration: 4 %}", "stated"),
    ],
)
def test_a_split_says_which_reading_it_takes_and_that_there_are_others(socsam: Socsam, setting: str, measured: str) -> None:
    asked = (EXAMPLES / "complete.yaml", "--set", setting)
    out = socsam("settle", *asked, "--year", 2000).out
    line = next(line for line in out.splitlines() if line.startswith("Administration's share is"))
    assert all(f"`{other}`" in line for other in ("trial", "office", "office_in_trial") if other != measured)
    assert measured == "stated" or f"`measured: {measured}`" in line
    assert json.loads(socsam("settle", *asked, "-f", "json").out)["settlements"][0]["years"][2]["state_split"]["measured"] == measured
    assert line in socsam("explain", asked[0], "2000.state_split.office", *asked[1:]).out


# --- Gotland's two sentences ------------------------------------------------------------------------------------------


def test_both_readings_of_the_report_stand_side_by_side_with_the_published_conversion(socsam: Socsam) -> None:
    """164 641 less 7 433 is 157 208 for benefits, and 697 343 with them 704 776: the published −35 578 comes out under both."""
    done = socsam("whatif", EXAMPLES / "whatif/gotland-readings.yaml", "-f", "json")
    assert done.status == 0
    base, country = json.loads(done.out)["files"][0]["scenarios"]
    assert [year["totals"]["result"] for year in country["years"][:3]] == [4_951_000, -26_219_000, -35_578_000]
    assert [year["totals"] for year in base["years"][:3]] == [year["totals"] for year in country["years"][:3]]


# --- slips of the pen, each as typed ----------------------------------------------------------------------------------

COSTS = "{sickness: 45 800, care: 54 200, family: 73 900}"
SLIPS = [
    ("all costs 0", COSTS, "{sickness: 0, care: 0, family: 0}", "SOC707"),
    ("one cost 0", COSTS, "{sickness: 0, care: 54 200, family: 73 900}", "SOC705"),
    ("kronor in a file of tkr", "sickness: 49 000,", "sickness: 49 000 000,", "SOC701"),
    ("kronor in a file of tkr", "sickness: 49 000,", "sickness: 49 000 000,", "SOC712"),
    ("all of the file in kronor", "unit: tkr ", "unit: mkr ", "SOC713"),
    ("a point that was to group", "care: 56 000", "care: 56.0", "SOC701"),
    ("a digit too many", "care: 56 000", "care: 560 000", "SOC702"),
    ("last year's block", "{sickness: 52 000, care: 57 500, family: 75 100}", COSTS, "SOC708"),
    ("two of one name", "name: Landstinget", "name: Försäkringskassan", "SOC709"),
    ("two activities of one name", "name: Primärvård", "name: SJUKPENNING", "SOC709"),
    ("a forecast in another base", "forecast: {1998: 110", "forecast: {1998: 1.10", "SOC704"),
    ("an outcome that lost a digit", "1999: 124}", "1999: 12.4}", "SOC703"),
    ("0.1 for 1/3", "kassa: 1/3", "kassa: 0.1", "SOC710"),
    (
        "frame and cost exchanged",
        "frame:  {sickness: 44 000, care: 55 000, family: 72 500}\n    actual: " + COSTS,
        "frame:  " + COSTS + "\n    actual: {sickness: 44 000, care: 55 000, family: 72 500}",
        "SOC711",
    ),
]


@pytest.mark.parametrize(("slip", "right", "wrong", "code"), SLIPS, ids=[f"{slip[0]} {slip[3]}" for slip in SLIPS])
def test_a_slip_is_warned_of_and_settle_says_so_in_a_line(
    socsam: Socsam, tmp_path: Path, slip: str, right: str, wrong: str, code: str
) -> None:
    text = THREE_YEARS.read_text(encoding="utf-8")
    assert right in text
    file = tmp_path / "a.yaml"
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    found = json.loads(socsam("check", file, "--select", "SOC7", "-f", "json").out)["files"][0]["findings"]
    assert code in [one["code"] for one in found]
    done = socsam("settle", file, "-f", "csv")
    figures = "1 figure looks wrong" if len(found) == 1 else f"{len(found)} figures look wrong"
    assert (done.status, done.err) == (0, f"{file}: {figures}; see socsam check --select SOC7 {file}\n")
    assert "ser fel ut" in socsam("settle", file, "-f", "csv", "--lang", "sv").err
    assert socsam("settle", file, "-q").err == ""


def test_the_command_that_is_named_finds_what_looks_wrong_as_it_is_typed(socsam: Socsam, tmp_path: Path) -> None:
    """Also in a file that another option changes, and whose name has a space."""
    file = tmp_path / "two words.yaml"
    file.write_text(THREE_YEARS.read_text(encoding="utf-8"), encoding="utf-8")
    told = socsam("settle", file, "--set", "years.1999.actual.care=87 500", "-f", "csv").err
    program, *typed = shlex.split(told.partition("; see ")[2])
    assert program == "socsam" and "2 figures look wrong" in told
    assert {"SOC705", "SOC706"} <= set(re.findall("SOC7[0-9]{2}", socsam(*typed).out))


@pytest.mark.parametrize("file", [THREE_YEARS, LEAVER, *sorted(EXAMPLES.glob("*.yaml"))], ids=lambda path: path.stem)
def test_nothing_looks_wrong_in_the_trials_and_the_invented_examples(socsam: Socsam, file: Path) -> None:
    assert "SOC7" not in socsam("check", file, "--select", "SOC7").out
    assert "wrong" not in socsam("settle", file, "-f", "csv").err


def test_thresholds_and_ignore_in_the_file_are_heeded_by_settle_too(socsam: Socsam, tmp_path: Path) -> None:
    text = THREE_YEARS.read_text(encoding="utf-8").replace("care: 57 500", "care: 87 500")  # 31 500 more: 35,9 % and 18,8 %
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    assert "2 figures look wrong" in socsam("settle", file, "-f", "csv").err
    file.write_text(text + "thresholds: {result: 30 %, row_result: 60 %}\n", encoding="utf-8")
    assert socsam("settle", file, "-f", "csv").err == ""
    file.write_text(text + "ignore:\n  - {rule: SOC705, because: so it was}\n  - {rule: SOC706, because: so it was}\n", encoding="utf-8")
    assert socsam("settle", file, "-f", "csv").err == ""


@pytest.mark.parametrize(
    ("stated", "said"), [("row: 0 %", "a threshold is above 0"), ("row: 50", "write `50 %`"), ("rows: 50 %", "did you mean `row`?")]
)
def test_a_threshold_that_means_nothing_is_refused(socsam: Socsam, tmp_path: Path, stated: str, said: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(THREE_YEARS.read_text(encoding="utf-8") + f"thresholds: {{{stated}}}\n", encoding="utf-8")
    outcome = socsam("settle", file)
    assert outcome.status == 2 and said in outcome.err
