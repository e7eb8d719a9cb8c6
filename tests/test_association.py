"""An association of today: keys with groups, rows that a key divides, own capital, a period without an end.

The figures are worked out by hand, from `settlement.md`'s worked example and beside each test.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import check, load, settle
from socsam_calc.answers.incentives.crossing import RESERVE
from socsam_calc.answers.incentives.incentives import study
from socsam_calc.engine.payments import Payment, fewest_payments
from socsam_calc.engine.results import Settlement

Socsam = Callable[..., Outcome]
FILE = Path(__file__).parent / "association.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def settled(*changes: tuple[str, str]) -> Settlement:
    """The association with some lines of its file written otherwise."""
    text = TEXT
    for line, other in changes:
        assert line in text
        text = text.replace(line, other)
    return settle(load("association.yaml", text=text))


def test_it_comes_out_digit_by_digit() -> None:
    """1 400 001: 700 000,5 + 350 000,25 + 350 000,25; the municipalities' 350 000 by 24 300 to 8 700 inhabitants: 257 727,27 and 92 272,73."""
    year = settled().year(2023)
    cells = {party: step.value for party, step in year.activity("kansli").cells.items()}
    assert cells == {"fk": 700_001, "region": 350_000, "storby": 257_727, "lillby": 92_273}
    assert (year.totals.final_frame, year.totals.result, year.totals.settled) == (6_200_001, -260_649, 0)
    assert year.reserve is not None
    assert (year.reserve.opening, year.reserve.set_aside, year.reserve.closing) == (1_150_000, -260_649, 889_351)
    assert year.reserve.ceiling == 1_240_000  # 20 % of 6 200 001 is 1 240 000,2
    assert year.sharing.key is None and year.payments == ()
    assert all(expectation.met for expectation in year.expectations)


def test_a_budget_without_costs_leaves_own_capital_alone() -> None:
    budget = settled().year(2024)
    assert budget.reserve is not None and budget.status == "budget"
    assert (budget.reserve.opening, budget.reserve.set_aside, budget.reserve.closing) == (889_351, 0, 889_351)
    assert budget.reserve.ceiling == 1_260_000


def test_what_own_capital_does_not_cover_falls_to_the_members_by_their_key() -> None:
    """A floor of 1 000 000 leaves 150 000 to cover with; of the 110 649 left, half is 55 324,5 and a quarter 27 662,25."""
    year = settled(("reserve: {ceiling: 20 %}", "reserve: {ceiling: 20 %, floor: 1 000 000}"), (", reserve: 889 351", "")).year(2023)
    assert year.reserve is not None and (year.reserve.set_aside, year.reserve.closing) == (-150_000, 1_000_000)
    assert year.sharing.key == "deficit"
    assert {party.id: party.allocated for party in year.parties} == {
        "fk": -55_325, "af": 0, "region": -27_662, "storby": -20_369, "lillby": -7_293,
    }  # fmt: skip
    assert year.totals.settled == -110_649


def test_what_exceeds_the_ceiling_is_divided_where_the_terms_say_so() -> None:
    """A surplus of 6 200 001 − 5 000 000; there is room for 90 000 below 1 240 000."""
    terms = ("reserve: {ceiling: 20 %}", "reserve: {ceiling: 20 %, above: divide}")
    costs = ("actual: {kansli: 1 310 250, insatser: 5 150 400}", "actual: {kansli: 1 000 000, insatser: 4 000 000}")
    year = settled(terms, costs, ("expect: {result: −260 649, reserve: 889 351}", "note: a good year")).year(2023)
    assert year.reserve is not None and (year.reserve.set_aside, year.reserve.closing) == (90_000, 1_240_000)
    assert sum(party.allocated or 0 for party in year.parties) == 1_200_001 - 90_000


def test_when_the_period_ends_own_capital_goes_to_those_who_put_it_in_and_left_too() -> None:
    """100 put in by a before, 100 by a and 300 by b now: 90 of capital and a surplus of 10 are divided 200 to 300, and c, who left with 500, has half."""
    text = """
format: socsam/1
area: Avvecklad
law: none
period: {start: 2010-01-01, end: 2011-12-31}
parties:
  a: {role: insurance_office}
  b: {role: municipality}
  c: {role: municipality, to: 2010}
sharing: {surplus: equal, deficit: equal, reserve: {}}
opening: {reserve: 90, contributed: {a: 100, c: 500}}
years:
  2011: {frame: {a: 100, b: 300}, actual: {a: 95, b: 295}}
"""
    year = settle(load("", text=text)).year(2011)
    assert {party.id: party.divided for party in year.parties} == {"a": 20, "b": 30, "c": 50}
    assert year.reserve is not None and (year.reserve.set_aside, year.reserve.divided, year.reserve.closing) == (10, 100, 0)
    assert year.totals.settled == 100
    assert {party.id: party.transfer for party in year.parties} == {"a": 15, "b": 25, "c": 50} and year.body.transfer == Decimal(-90)


def test_a_key_may_have_other_weights_from_a_year_on() -> None:
    weights = ("{weights: {storby: 24 300, lillby: 8 700}}", "{weights: {2023: {storby: 1, lillby: 1}, 2024: {storby: 3, lillby: 1}}}")
    found = settled(weights)
    assert [found.year(2024).activity("insatser").cells[party].value for party in ("storby", "lillby")] == [918_750, 306_250]
    assert found.year(2023).party("storby").contribution == found.year(2023).party("lillby").contribution == 775_000


def test_the_next_krona_falls_to_own_capital_and_beyond_its_floor_to_the_members_inside_their_group_too() -> None:
    """Own capital covers a deficit of 1 150 000: 889 351 more than the year's. Of the municipalities' quarter storby bears 243/330."""
    points = {point.where: point for point in study(load(FILE), 2023).years[0].activities[0].points}
    assert points["now"].bears[RESERVE] == 1 and not any(points["now"].bears[party] for party in ("fk", "region", "storby", "lillby"))
    beyond = points["floor"]
    assert beyond.cost == 1_310_250 + 889_351
    assert beyond.bears == {
        "fk": Fraction(1, 2), "af": 0, "region": Fraction(1, 4), "storby": Fraction(243, 1320), "lillby": Fraction(87, 1320), RESERVE: 0,
    }  # fmt: skip


def test_among_more_than_twelve_those_who_cancel_exactly_pay_each_other_first() -> None:
    nodes = [(f"n{number}", amount) for number, amount in enumerate([5, -7, 3, -5, 7, -1, -2, 4, -4, 6, -6, 8, -8])]
    payments = fewest_payments(nodes)
    assert payments[:2] == [Payment("n3", "n0", 5), Payment("n1", "n4", 7)]
    assert payments[-2:] == [Payment("n5", "n2", 1), Payment("n6", "n2", 2)] and len(payments) == 7


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_command_takes_it(socsam: Socsam, lang: str) -> None:
    for command in ("settle", "settle --year=2023", "explain --year=2023", "incentives", "check"):
        name, *options = command.split()
        outcome = socsam(name, str(FILE), *options, "--lang", lang)
        assert outcome.status == 0, outcome.err
    explained = socsam("explain", str(FILE), "2023.activities.kansli.cells.storby", "--lang", lang).out
    assert ("part of the group" if lang == "en" else "gruppens del") in explained and "association.yaml:16:" in explained


def test_a_share_that_is_set_leaves_the_rest_to_the_group(socsam: Socsam) -> None:
    """The region's 30 % leave 20 % of 6 300 000 to the municipalities: 1 260 000, of which storby 243/330 is 927 818,18."""
    out = socsam("settle", str(FILE), "--year", "2024", "--set", "keys.members.region=30 %").out
    assert "927 818" in out and "332 182" in out


@pytest.mark.parametrize("first", [True, False])
def test_beside_an_agreement_without_own_capital_it_keeps_its_column(socsam: Socsam, tmp_path: Path, first: bool) -> None:
    files = [FILE, EXAMPLES / "gotland.yaml"]
    lines = socsam("settle", *(files if first else files[::-1])).out.splitlines()
    (heading,) = [line for line in lines if line.startswith("area")]
    of_capital = {line[heading.index("own capital") :].strip() for line in lines if line.startswith("Samordnings") and " 2023 " in line}
    assert of_capital == {"+889 351"}
    for name in ("both.xlsx", "both.html"):
        assert socsam("settle", *files, "-o", tmp_path / name).status == 0


def test_what_if_shows_own_capital_and_how_far_it_moves(socsam: Socsam) -> None:
    """A cost of 5 250 400 in place of 5 150 400 leaves 100 000 less of it; the members settle nothing either way."""
    setting = ("--set", "years.2023.actual.insatser=5 250 400")
    out = socsam("whatif", FILE, "--year", "2023", *setting).out
    assert "± own capital" in out and "+789 351" in out and "−100 000" in out
    told = json.loads(socsam("whatif", FILE, "--year", "2023", *setting, "--format", "json").out)
    assert [case["years"][0]["reserve"] for case in told["files"][0]["scenarios"]] == [
        {"closing": 889_351, "closing_difference": 0},
        {"closing": 789_351, "closing_difference": -100_000},
    ]
    rows = list(csv.DictReader(io.StringIO(socsam("whatif", FILE, "--year", "2023", *setting, "-f", "csv").out)))
    assert [(row["party"], row["own_capital"], row["own_capital_difference"]) for row in rows if row["own_capital"]] == [
        ("body", "889351", "0"),
        ("body", "789351", "-100000"),
    ]
    assert "own capital" not in socsam("whatif", EXAMPLES / "gotland.yaml", "--set", "sharing.shared=50 %").out


TRIALS = {
    "en": r"national|trial|committee|county council|\bbody\b|sickness|social services|1994|memorandum|\bReport \d|\bPM\b",
    "sv": r"riket|nationell|försök|nämnd|ledningsorgan|landsting|sjukpenning|socialtjänst|1994|promemori|\bRapporten\b|\bPM\b",
}
"""Words of the trials under lag (1994:566): what an association has nothing to do with."""


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_that_is_said_of_an_association_speaks_of_a_trial(socsam: Socsam, tmp_path: Path, lang: str) -> None:
    """Every year in full, findings, derivations, other assumptions, incentives, draws, page and workbook; what stands in the file itself aside."""
    file, risk = EXAMPLES / "samordningsforbund.yaml", tmp_path / "risk.yaml"
    shutil.copy(file, tmp_path)
    draws = "uncertain: {years.2023.actual.rehab: {normal: {mean: 4 512 208, sd: 9 %}}}"
    risk.write_text(f"format: socsam-scenarios/1\nagreement: {file.name}\n{draws}\n", encoding="utf-8")
    years = [("--year", year) for year in (2021, 2022, 2023, 2024)]
    commands: list[tuple[object, ...]] = [
        ("settle", file),
        *(("settle", file, *year) for year in years),
        ("check", file),
        ("explain", file),
    ]
    commands += [("explain", file, "2021"), ("whatif", file, "--set", "years.2023.actual.rehab=6 600 000"), ("incentives", file)]
    commands += [("simulate", risk, "--draws", 300), ("settle", file, "--format", "markdown"), ("report", file)]
    for command in commands:
        outcome = socsam(*command, "--lang", lang)
        assert outcome.status in (0, 1) and outcome.out, outcome.err
        said = re.sub(r"<style>.*?</style>|<[^>]*>", "\n", outcome.out, flags=re.DOTALL)
        assert re.findall(f"(?i).*(?:{TRIALS[lang]}).*", said) == [], command
    assert socsam("settle", file, "--lang", lang, "-o", tmp_path / "settled.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "settled.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in [*book.sheetnames, *cells] if re.search(f"(?i){TRIALS[lang]}", cell)] == []
    names = {"en": ("Own capital", "association"), "sv": ("Eget kapital", "förbundet")}[lang]
    assert names[0] in book.sheetnames and names[1] in cells


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_a_trial_is_told_in_its_own_words(socsam: Socsam, lang: str) -> None:
    out = socsam("explain", EXAMPLES / "complete.yaml", "1999", "--lang", lang).out
    assert re.search(TRIALS[lang], out)
    assert ("body" if lang == "en" else "ledningsorganet") in socsam(
        "settle", EXAMPLES / "complete.yaml", "--year", "1999", "--lang", lang
    ).out


SILENT = """
format: socsam/1
area: Förbundet
law: 2003:1210
period: {start: 2005-01-01}
parties:
  fk: {role: insurance_office}
  af: {role: employment_service}
  region: {role: county_council}
  kommun: {role: municipality}
keys:
  members: {fk: 1/2, region: 1/4, kommun: rest}
activities:
  insatser: {by: members, cost: joint_measures}
sharing: {surplus: members, deficit: members, association_shares: members, reserve: {}}
opening: {reserve: 300}
years:
  2022: {frame: {insatser: 4 000}, actual: {insatser: 3 900}, expect: {reserve: 400}}
  2023: {frame: {insatser: 4 000}, actual: {insatser: 4 100}}
"""


@pytest.mark.parametrize(
    ("changes", "code", "section"),
    [
        ({"  region: {role: county_council}\n": "", "fk: 1/2, region: 1/4": "fk: 3/4"}, "SOC120", "Act of 2003 3 §"),
        ({"  region: {role: county_council}\n": "", "fk: 1/2, region: 1/4": "fk: 3/4"}, "SOC450", "Act of 2003 5 §"),
        (
            {
                "  insatser:": "  kapital: {funder: fk, performer: body, cost: opening_balance}\n  insatser:",
                ", reserve: {}}\nopening: {reserve: 300}": "}",
                ", expect: {reserve: 400}": "",
                "2023: {frame: {insatser: 4 000}": "2023: {frame: {insatser: 4 000, kapital: 950}",
            },
            "SOC565",
            "guidance, Försäkringskassan 2015-01-22",
        ),
        ({"association_shares: members": "association_shares: {fk: 60 %, region: 20 %, kommun: 20 %}"}, "SOC551", "Act of 2003 9 §"),
    ],
    ids=["no region", "office three quarters", "capital by hand", "shares unlike contributions"],
)
def test_what_an_association_used_to_pass_with_is_an_error_with_its_section(
    socsam: Socsam, changes: dict[str, str], code: str, section: str
) -> None:
    """The file itself passes; each change is found, on stderr's status and with the section that it breaks."""
    assert socsam("check", "-", "--strict", text=SILENT).status == 0
    text = SILENT
    for line, other in changes.items():
        assert line in text
        text = text.replace(line, other)
    outcome = socsam("check", "-", text=text)
    assert outcome.status == 1
    [found] = [finding for finding in check(load("", text=text)).findings if finding.code == code]
    assert found.severity == "error" and any(source.startswith(section) for source in found.sources)
    assert code in outcome.out and section in outcome.out


# --- everywhere ------------------------------------------------------------------------------------------------------------------


def test_a_share_that_is_varied_leaves_the_rest_to_the_group_and_its_parties(socsam: Socsam) -> None:
    """Of 6 300 000 in 2024: the region 20, 25 and 30 %, the municipalities what that and the half leave; storby has 243/330 of it."""
    vary = ("--vary", "keys.members.region=20 %..30 %", "--steps", 2, "--year", 2024, "--figure", "contribution", "--format", "json")
    cases = json.loads(socsam("whatif", FILE, *vary).out)["files"][0]["scenarios"][1:]
    told = [{party["id"]: party["contribution"] for party in case["years"][0]["parties"]} for case in cases]
    assert [(one["fk"], one["region"], one["storby"] + one["lillby"]) for one in told] == [
        (3_150_000, 1_260_000, 1_890_000),
        (3_150_000, 1_575_000, 1_575_000),
        (3_150_000, 1_890_000, 1_260_000),
    ]
    assert all(abs(one["storby"] - Fraction(243, 330) * (one["storby"] + one["lillby"])) <= 2 for one in told)


def test_the_terms_of_another_file_bring_its_own_capital(socsam: Socsam, tmp_path: Path) -> None:
    """Under terms that keep a floor of 1 000 000, own capital gives 150 000 of 260 649 and the members 110 649."""
    other = tmp_path / "other.yaml"
    other.write_text(TEXT.replace("reserve: {ceiling: 20 %}", "reserve: {floor: 1 000 000}"), encoding="utf-8")
    outcome = socsam("whatif", FILE, "--terms", other, "--year", 2023, "--format", "json")
    assert outcome.status == 0, outcome.err
    [case] = json.loads(outcome.out)["files"][0]["scenarios"][1:]
    assert case["years"][0]["reserve"] == {"closing": 1_000_000, "closing_difference": 110_649}
    assert sum(party["settled"] for party in case["years"][0]["parties"]) == -110_649


def test_a_goal_and_a_bound_may_be_own_capital(socsam: Socsam, tmp_path: Path) -> None:
    """Own capital of 900 000 at the end of 2023 in place of 889 351: measures cost 5 150 400 − 10 649 = 5 139 751."""
    goal = ("--solve", "years.2023.actual.insatser", "--for", "2023.reserve.closing=900 000")
    assert "5 139 751" in socsam("whatif", FILE, *goal).out.replace("\u00a0", " ")
    shutil.copy(FILE, tmp_path)
    scenarios = tmp_path / "bounds.yaml"
    expect = "expect: {2023.reserve.closing: {min: 850 000, reason: what the board decided}}"
    case = "scenarios: {dearer: {set: {years.2023.actual.insatser: 5 250 400}}}"
    scenarios.write_text(f"format: socsam-scenarios/1\nagreement: {FILE.name}\n{expect}\n{case}\n", encoding="utf-8")
    outcome = socsam("whatif", scenarios, "--year", 2023)
    assert outcome.status == 1 and "2023.reserve.closing is 789 351 kr" in outcome.err.replace("\u00a0", " ")


def test_own_capital_that_does_not_come_out_is_told_with_its_line(socsam: Socsam) -> None:
    outcome = socsam("settle", "-", text=TEXT.replace("reserve: 889 351", "reserve: 889 350"))
    assert outcome.status == 1 and "889 351" in outcome.err.replace("\u00a0", " ") + outcome.out.replace("\u00a0", " ")


def test_a_part_of_a_group_is_explained_first_and_then_inside_it(socsam: Socsam) -> None:
    """350 000 of 1 400 001 fall to the municipalities; of these 24 300 to 8 700 inhabitants give storby 257 727."""
    told = json.loads(socsam("explain", FILE, "2023.activities.kansli.cells.storby", "--format", "json").out)
    steps = {step["id"]: step for step in told["steps"]}
    root = steps[told["figures"][0]["step"]]
    group = steps[root["inputs"][0]]
    assert (root["value"], group["value"], group["about"]) == (257_727, 350_000, ["kansli", "kommuner"])
    assert [(one["id"], one["part"]) for one in root["division"]] == [("storby", 257_727), ("lillby", 92_273)]
    assert [(one["id"], one["part"]) for one in group["division"]] == [("fk", 700_001), ("region", 350_000), ("kommuner", 350_000)]
