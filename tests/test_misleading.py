"""Figures that could mislead: "final" with what it rests on, units, what waits with its sign, the readings of a split, and slips of the pen."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
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
    ("the frame as costs", COSTS, "{sickness: 44 000, care: 55 000, family: 72 500}", "SOC716"),
    ("two costs exchanged", COSTS, "{sickness: 72 500, care: 54 200, family: 45 800}", "SOC717"),
    ("a forecast that lost a digit", "2000: 130}", "2000: 13.0}", "SOC718"),
    ("debts in kronor in a file of tkr", "years:\n", "opening: {kassa: 1 150 000, kommun: −1 150 000}\nyears:\n", "SOC714"),
    (
        "payments in kronor in a file of tkr",
        COSTS + "\n",
        COSTS + "\n    transferred: {kassa: 638 000, landsting: −523 000, kommun: −115 000}\n",
        "SOC715",
    ),
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


@pytest.mark.parametrize(("lost", "years"), [((2000,), ""), ((2001,), "2001"), ((2002,), ""), ((2000, 2001, 2002), "2000–2002")])
def test_an_activity_whose_line_was_lost_is_told(socsam: Socsam, lost: Sequence[int], years: str) -> None:
    """In a year between others, or in all of them; an activity may begin and end."""
    text = EQUITY.replace("{work: {", "{flats: {performer: body, cost: joint_measures}, work: {", 1)
    for year in {2000, 2001, 2002} - set(lost):
        before, line, after = text.partition(f"  {year}: ")
        text = before + line + after.replace("frame: {", "frame: {flats: {a: 10}, ", 1).replace("actual: {", "actual: {flats: 10, ", 1)
    said = f"flats: no frame and no cost in {years}" if years else ""
    found = json.loads(socsam("check", "-", "--select", "SOC719", "-f", "json", text=text).out)["files"][0]["findings"]
    assert [one["message"] for one in found] == [said] * bool(said)


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


# --- remedies that must not be a thousandth of what was meant ---------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("Tkr", "write `tkr`"), ("Mkr", "write `mkr`"), ("MKR", "write `mkr`"), ("Kr", "write `kr`"), ("tusen kronor", "write `tkr`"),
        ("tusental kr", "write `tkr`"), ("tusentals kronor", "write `tkr`"), ("miljoner kronor", "write `mkr`"), ("milj. kr", "write `mkr`"),
        ("kr.", "write `kr`"), ("mdkr", "the units are öre, kr, tkr and mkr"), ("miljarder kronor", "the units are öre, kr, tkr and mkr"),
    ],
)  # fmt: skip
def test_a_unit_is_told_by_its_own_size(socsam: Socsam, written: str, remedy: str) -> None:
    outcome = socsam("settle", THREE_YEARS, "--set", f"years.1998.actual.care=55 000 {written}")
    said = [line.strip() for line in outcome.err.splitlines()]
    assert outcome.status == 2 and f"`{written}` is not a unit" in outcome.err and said[-1] == remedy


@pytest.mark.parametrize(("written", "remedy"), [("Tkr", "tkr"), ("kkr", "tkr"), ("tusen kronor", "tkr"), ("Mkr", "mkr"), ("SEK", "kr")])
def test_a_panel_s_unit_too(tmp_path: Path, socsam: Socsam, written: str, remedy: str) -> None:
    panel = tmp_path / "p.csv"
    panel.write_text(f"area;year;cost ({written})\nA;1995;10\nA;1996;20\n", encoding="utf-8")
    outcome = socsam("norm", panel)
    assert outcome.status == 2 and outcome.err.rstrip().endswith(f"write `{remedy}`")


# --- what a program reads, and a person --------------------------------------------------------------------------------

USED = """format: socsam/1
area: Sjöbygden
period: {start: 2000-01-01, end: 2003-12-31}
parties: {a: {role: insurance_office}, b: {role: municipality, outside_county_council: true}}
activities: {work: {performer: body, cost: joint_measures}}
sharing: {surplus: equal, deficit: equal, flow: real}
years:
  2000:
    frame: {work: {a: 600, b: 400}}
    actual: {work: 800}
    uses: [{for: staff, amount: 60, reason: More}]
"""


def test_what_goes_to_uses_is_taken_from_each_and_has_a_name_of_its_own(tmp_path: Path, socsam: Socsam) -> None:
    """200 left, 100 each; 60 used, 30 of each: each is settled +70. `used` is the size, 30; in the table each gives 30 and the body has 60."""
    file = tmp_path / "a.yaml"
    file.write_text(USED, encoding="utf-8")
    parties = json.loads(socsam("settle", file, "-f", "json").out)["settlements"][0]["years"][0]["parties"]
    assert [(one["allocated"], one["used"], one["settled"]) for one in parties] == [(100, 30, 70)] * 2
    out = socsam("settle", file, "--year", 2000).out.replace("\u00a0", " ")
    head, *rows = [line for line in out[out.index("Settlement") :].splitlines() if line[:2] in ("pa", "a ", "b ", "bo", "to")]
    at = head.index("to uses")
    assert "used" not in head and [row[at - 3 : at + 7].split()[-1] for row in rows[:4]] == ["−30", "−30", "+60", "0"]


def test_a_case_that_cannot_be_settled_has_its_rows_without_figures(socsam: Socsam) -> None:
    """A row cannot lose one and a half times what it has. CSV has a row for each of three parties in that case as in the others."""
    base = ("whatif", THREE_YEARS, "--year", 1998, "--vary", "years.1998.corrections.0.percent=-150 %..0 %", "--steps", 3, "-f", "csv")
    added = THREE_YEARS.read_text(encoding="utf-8").replace(
        "  1998:\n", "  1998:\n    corrections: [{activity: care, percent: 0 %, reason: x, agreed: [kassa, landsting, kommun]}]\n", 1
    )
    outcome = socsam(*[argument if argument != THREE_YEARS else "-" for argument in base], text=added)
    rows = [line.split(",") for line in outcome.out.splitlines()]
    head, known = rows[0], dict.fromkeys(("-1.5", "-1", "-0.5", "0"), 0)
    at = {name: head.index(name) for name in ("settled", "allocated", "years.1998.corrections.0.percent")}
    for row in rows[1:]:
        if row[at["years.1998.corrections.0.percent"]]:
            known[row[at["years.1998.corrections.0.percent"]]] += 1
            refused = row[at["years.1998.corrections.0.percent"]] == "-1.5"
            assert (row[at["settled"]] == "") is refused and (row[at["allocated"]] == "") is refused
    assert outcome.status == 2 and known == {"-1.5": 3, "-1": 3, "-0.5": 3, "0": 3}


@pytest.mark.parametrize(
    ("varied", "steps", "values"),
    [
        ("sharing.shared=20 %..60 %", 3, ["20 %", "1/3", "7/15", "60 %"]),
        ("years.1998.frame.care=55 000..55 010", 2, ["55 000 tkr", "55 005 tkr", "55 010 tkr"]),
        ("series.country.outcome.1998=118..119", 3, ["118", "118.333333333333", "118.666666666667", "119"]),
    ],
)
def test_a_varied_value_is_one_that_set_takes(socsam: Socsam, varied: str, steps: int, values: list[str]) -> None:
    path = varied.partition("=")[0]
    cases = json.loads(socsam("whatif", THREE_YEARS, "--vary", varied, "--steps", steps, "-f", "json").out)["files"][0]["scenarios"][1:]
    assert [case["set"][0]["value"] for case in cases] == values
    for case, value in zip(cases, values, strict=True):
        again = json.loads(socsam("whatif", THREE_YEARS, "--set", f"{path}={value}", "-f", "json").out)["files"][0]["scenarios"][1]
        assert again["years"] == case["years"]


def test_a_figure_in_percent_is_the_same_in_an_explanation(socsam: Socsam) -> None:
    """Ort 017 in 1999: 93 of 40 507 tkr, 0.2296 %; the norm's JSON has 0.23."""
    told = json.loads(socsam("explain", EXAMPLES / "norm/land.csv", "fixed:1995.results.Ort 017.1999.percent", "-f", "json").out)
    assert (told["steps"][0]["kind"], told["steps"][0]["value"]) == ("percent", "9300/40507")
    rows = socsam("explain", EXAMPLES / "norm/land.csv", "fixed:1995.results.Ort 017.1999.percent", "-f", "csv").out.splitlines()
    assert rows[0].endswith(",text,figure,inputs") and rows[1].endswith(',fixed:1995.results.Ort 017.1999.percent,"2, 3"')


@pytest.mark.parametrize("command", [("norm",), ("explain", "fixed:1995.results.A.1996.percent")])
def test_an_index_has_no_unit(tmp_path: Path, socsam: Socsam, command: tuple[str, ...]) -> None:
    panel = tmp_path / "p.csv"
    panel.write_text("area;1995;1996\nRiket;100;110\nA;10;11\n", encoding="utf-8")
    asked = (command[0], panel, *command[1:], "--panel-unit", "index", "--country", "Riket")
    assert socsam(*asked).status == 0
    outcome = socsam(*asked, "--unit", "tkr")
    assert outcome.status == 2 and "is an index, and its figures are no amounts\n   leave --unit out" in outcome.err


def test_what_is_no_panel_is_told_what_it_is(tmp_path: Path, socsam: Socsam) -> None:
    panel = tmp_path / "p.csv"
    panel.write_text("", encoding="utf-8")
    assert "the file is empty\n   write `area,year,cost`" in socsam("norm", panel).err
    panel.write_text("year;activity;frame\n1998;care;5\n", encoding="utf-8")
    for command in (("norm", panel), ("explain", panel)):
        outcome = socsam(*command)
        assert outcome.status == 2 and "no panel of areas" in outcome.err and "`figures: p.csv`" in outcome.err


def test_a_cost_in_a_refused_cell_is_not_called_missing(tmp_path: Path, socsam: Socsam) -> None:
    """The agreement has the frames, the workbook the costs; one is shown in percent: that alone is told."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["year", "activity", "actual"], [1998, "sickness", 45800], [1998, "care", 54200], [1998, "family", 73900]):
        book.active.append(row)
    book.active["C3"].number_format = "0%"
    book.save(tmp_path / "led.xlsx")
    head, _, _ = THREE_YEARS.read_text(encoding="utf-8").partition("years:\n")
    frames = "years:\n  1998:\n    frame: {sickness: 44 000, care: 55 000, family: 72 500}\n"
    (tmp_path / "a.yaml").write_text(f"{head}figures: led.xlsx\n{frames}", encoding="utf-8")
    outcome = socsam("settle", tmp_path / "a.yaml")
    assert outcome.status == 2 and "shown in percent, and holds 54200" in outcome.err and "no cost" not in outcome.err


def test_a_folder_that_is_gone_is_no_fault_of_the_program(tmp_path: Path) -> None:
    """The folder that one is in may be taken away while one works; what is to be written there cannot be, and status 3 is never."""
    commands = [("settle", "{file}", "-o", "x.csv"), ("schema", "-o", "x.json"), ("init", "Exempelby"), ("whatif", "{scenarios}")]
    for number, command in enumerate(commands):
        (gone := tmp_path / f"gone{number}").mkdir()
        words = [word.format(file=THREE_YEARS, scenarios=EXAMPLES / "whatif/budget.yaml") for word in command]
        start = "import os, sys; os.rmdir(os.getcwd()); from socsam_calc.cli.app import run; sys.exit(run(sys.argv[1:]))"
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        done = subprocess.run(
            [sys.executable, "-c", start, *words], cwd=gone, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 2 and "fault of the program" not in done.stderr, (words, done.stderr)


def test_what_was_paid_at_a_closing_adds_up_where_the_body_has_no_part(tmp_path: Path, socsam: Socsam) -> None:
    """Every activity is performed by the party that funds it, so the body has nothing: of +5, −5 and +7, 7 come from nowhere."""
    sums = {"{kassa: 5, landsting: -5, kommun: 0}": False, "{kassa: 5, landsting: -5, kommun: 7}": True}
    for stated, told in sums.items():
        file = tmp_path / "a.yaml"
        file.write_text(
            THREE_YEARS.read_text(encoding="utf-8").replace("  1998:\n", f"  1998:\n    transferred: {stated}\n", 1), encoding="utf-8"
        )
        out = socsam("check", file, "--select", "SOC543", "-f", "json").out
        assert ("adds up to 7 tkr, and the body has no part in it" in out) is told
