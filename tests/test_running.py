"""A year that runs, its plan, its instalments, and a closed year that is corrected. The figures are worked out by hand, in the comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isclose, sqrt
from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome

from socsam_calc import AgreementError, load, report_page, settle
from socsam_calc.answers.simulation.remaining import deviation

Socsam = Callable[..., Outcome]
FILE = Path(__file__).parent / "running.yaml"


def year(number: int, *settings: str) -> dict[str, Any]:
    """A year of the file as JSON has it, with some values set."""
    document = json.loads("".join(settle(load(FILE, settings=settings)).only(number).to_json()))
    held: dict[str, Any] = document["settlements"][0]["years"][0]
    return held


def rows(held: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in held["to_date"]["activities"]}


def refusals(*settings: str) -> str:
    with pytest.raises(AgreementError) as error:
        settle(load(FILE, settings=settings))
    return str(error.value)


# --- costs to date ------------------------------------------------------------------------------------------------------


def test_the_rest_goes_on_at_the_pace_of_the_months_so_far() -> None:
    """Kansli: 905 000 in eight months, so 905 000 × 4/8 = 452 500 more, 1 357 500 in all; budget 1 400 000."""
    held = year(2024)
    kansli = rows(held)["kansli"]
    assert held["status"] == "estimate" and held["to_date"]["through"] == "2024-08-31"
    assert [kansli[name] for name in ("budget", "booked", "remaining", "expected", "difference")] == [
        1400000,
        905000,
        452500,
        1357500,
        42500,
    ]


def test_a_profile_scales_the_months_so_far() -> None:
    """Insatser: July weighs nothing, so seven weights so far and four to come: 2 960 000 × 4/7 = 1 691 428,57…"""
    assert rows(year(2024))["insatser"]["remaining"] == 1691429


def test_the_frame_gives_what_it_has_for_the_months_that_remain() -> None:
    """By the profile 4 of 11 weights: 4 900 000 × 4/11 = 1 781 818,18…; kansli has none: 1 400 000 × 4/12 = 466 666,67."""
    held = rows(year(2024, "years.2024.to_date.remaining=frame"))
    assert [held[name]["remaining"] for name in ("insatser", "kansli")] == [1781818, 466667]


def test_nothing_booked_takes_the_frame_in_place_of_the_pace() -> None:
    held = rows(year(2024, "years.2024.to_date.actual.kansli=0"))
    assert held["kansli"]["remaining"] == 466667
    held = rows(year(2024, "years.2024.to_date.actual.kansli=−1 000"))
    assert (held["kansli"]["remaining"], held["kansli"]["expected"]) == (466667, 465667)


def test_an_amount_is_taken_as_it_stands() -> None:
    assert rows(year(2024, "years.2024.to_date.remaining={insatser: 2 100 000}"))["insatser"]["expected"] == 5060000


def test_a_plan_beside_the_books_is_the_budget() -> None:
    held = year(2024, "years.2024.budget={kansli: 1 300 000, insatser: 4 800 000}")
    assert held["to_date"]["totals"]["budget"] == 6100000
    assert held["to_date"]["totals"]["difference"] == 6100000 - 1357500 - 4651429


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("through=2024-08-30", "is not the last day of its month"),
        ("through=2024-12-31", "nothing of 2024 remains"),
        ("through=2023-08-31", "does not lie in 2024"),
        ("remaining={kansli: face}", "did you mean `pace`?"),
        ("remaining={kansli: −1}", "is below 0"),
        ("actual.kansli=−900 000", "would cost less than nothing in 2024"),
        ("remaining={fansli: pace}", "there is no activity `fansli`"),
    ],
)
def test_what_the_books_so_far_may_not_say(setting: str, says: str) -> None:
    assert says in refusals(f"years.2024.to_date.{setting}")


def test_a_profile_without_weight_where_it_divides_is_refused() -> None:
    zeros = ", ".join(["0"] * 8 + ["1"] * 4)
    assert "gives the months so far no weight" in refusals(f"profiles.insatser=[{zeros}]")
    assert "a profile of 2 weights" in refusals("profiles.insatser=[1, 2]")


# --- a plan alone ---------------------------------------------------------------------------------------------------------


def test_a_plan_alone_is_settled_as_a_budget() -> None:
    """2025: frame 6 400 000, plan 6 500 000; half of the 100 000 is fk's. Later years would be preliminary, own capital apart."""
    held = year(2025)
    assert (held["status"], held["totals"]["result"], held["parties"][0]["settled"]) == ("budget", -100000, -50000)
    assert held["to_date"] is None and held["totals"]["budget"] == 6500000


# --- instalments ----------------------------------------------------------------------------------------------------------


def test_contributions_are_paid_in_by_quarters() -> None:
    """fk's half of 6 300 000 in four parts of 787 500, as the worked example has it."""
    plan = [one for one in year(2024)["instalments"] if one["party"] == "fk"]
    assert [(one["date"], one["amount"]) for one in plan] == [(f"2024-{month}-01", 787500) for month in ("01", "04", "07", "10")]


def test_each_party_may_have_a_plan_of_its_own() -> None:
    """fk 3 200 000 in twelve: eight of 266 667, four of 266 666. storby, of 1 600 000 × 243/330 = 1 178 181,8…, two days; lillby none.

    By rows: 1 500 000 gives the municipalities 375 000, storby 276 136,36 → 276 136; 4 900 000 gives 1 225 000, storby 902 045,45 → 902 045.
    """
    plan = year(2025)["instalments"]
    assert [one["amount"] for one in plan if one["party"] == "fk"] == [266667] * 8 + [266666] * 4
    assert [(one["date"], one["amount"]) for one in plan if one["party"] == "storby"] == [("2024-12-15", 589091), ("2025-06-15", 589090)]
    assert not [one for one in plan if one["party"] == "lillby"]
    assert [one["date"] for one in plan] == sorted(one["date"] for one in plan)


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("weekly", "is not a plan"),
        ("[2023-11-30]", "is no day for contributions of 2024"),
        ("[2024-05-01, 2024-02-01]", "does not come after"),
        ("{ghost: monthly}", "there is no party `ghost`"),
    ],
)
def test_what_a_plan_may_not_say(plan: str, says: str) -> None:
    assert says in refusals(f"years.2024.instalments={plan}")


# --- a closed year that is corrected ----------------------------------------------------------------------------------------


def test_the_difference_of_a_closed_year_is_paid_in_the_next() -> None:
    """2022 comes to +119 675 for fk, and 100 000 was paid: 19 675 is carried, and added to the −130 325 of 2023."""
    fk = year(2022)["transferred"][0]
    assert fk == {"party": "fk", "stated": 100000, "computed": 119675, "difference": 19675, "paid_in": 2023}
    parties = {party["id"]: party for party in year(2023)["parties"]}
    assert parties["fk"]["transfer"] == -130325 + 19675
    assert sum(one["difference"] for one in year(2022)["transferred"]) == -year(2022)["body"]["carried"]


def test_what_one_closed_year_left_is_told_once_with_the_difference_of_the_next(socsam: Socsam, tmp_path: Path) -> None:
    """kassa's row comes to +10, −10 and +10 tkr, in halves: it owes 5, is owed 5, owes 5. It paid 6 in 1998, so 5 + 1 were due in 1999;
    5 were paid, and 1 still remains: of the 5 in 2000 it pays 4."""
    text = """format: socsam/1
area: Påhittad
law: none
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 2000-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
activities: {a: {funder: kassa}}
sharing: {surplus: equal, deficit: equal, flow: notional}
years:
  1998: {frame: {a: 100}, actual: {a: 90}, transferred: {kassa: -6, kommun: 6}}
  1999: {frame: {a: 100}, actual: {a: 110}, transferred: {kassa: 5, kommun: -5}}
  2000: {frame: {a: 100}, actual: {a: 90}}
"""
    (file := tmp_path / "two.yaml").write_text(text, encoding="utf-8")
    years = json.loads(socsam("settle", file, "-f", "json").out)["settlements"][0]["years"]
    assert [[one["difference"] for one in year["transferred"]] for year in years] == [[1000, -1000], [1000, -1000], []]
    assert years[2]["payments"] == [{"from": "kassa", "to": "kommun", "amount": 4000}]
    assert {one["paid_in"] for year in years[:2] for one in year["transferred"]} == {2000}
    told = socsam("settle", file, "--year", 2000).out
    assert "Correction of 1999, in what is received and paid: kassa +1, kommun −1." in told
    assert "Correction of 1998" not in told


def test_a_difference_that_no_year_takes_up_remains(socsam: Socsam, tmp_path: Path) -> None:
    lines = FILE.read_text(encoding="utf-8")
    alone = tmp_path / "alone.yaml"
    alone.write_text(lines[: lines.index("  2023:\n")], encoding="utf-8")
    assert "remains to be paid" in socsam("settle", alone, "--year", 2022).out
    assert "SOC541" in socsam("check", alone).out


def test_every_party_of_the_year_is_named() -> None:
    assert "`af` is a party in 2022" in refusals("years.2022.transferred={fk: 1, region: 0, storby: 0, lillby: 0}")
    assert "is not closed" in refusals("years.2024.transferred={fk: 0, af: 0, region: 0, storby: 0, lillby: 0}")


def test_a_corrected_version_says_who_pays_whom(socsam: Socsam, tmp_path: Path) -> None:
    """10 000 more cost in 2022 is a half, a quarter, and of the last quarter 243/330 and 87/330: 5 000, 2 500, 1 841, 659."""
    corrected = tmp_path / "corrected.yaml"
    corrected.write_text(FILE.read_text(encoding="utf-8").replace("insatser: 4 650 400", "insatser: 4 660 400"), encoding="utf-8")
    told = socsam("whatif", corrected, "--against", FILE).out.split("Because of it, over all years\n")[1].splitlines()
    assert [line.split(" receives ")[1] for line in told[:4]] == [
        "5 000 kr from fk", "2 500 kr from region", "1 841 kr from storby", "659 kr from lillby"
    ]  # fmt: skip


# --- several series, agreed indexes, relative values --------------------------------------------------------------------------

INDEXED = """\
format: socsam/1
area: Exempelby
period: {start: 2023-01-01}
parties: {region: {role: county_council}, kommun: {role: municipality}}
activities:
  care: {funder: region, adjust: [wages, prices], base: previous_year}
series:
  wages: {agreed: true, forecast: {2023: 100, 2024: 103}}
  prices: {agreed: true, forecast: {2023: 100, 2024: 102}}
sharing: {surplus: equal, deficit: equal}
years:
  2023: {frame: {care: 990 000}, actual: {care: 1 000 000}}
  2024: {}
"""


def test_a_budget_of_next_year_comes_from_this_year_and_agreed_indexes() -> None:
    """1 000 000 × 1,03 × 1,02 = 1 050 600; nothing is awaited. The first year's amount stands as it is: the indexes are in it."""
    settlement = settle(load("next.yaml", text=INDEXED))
    assert [year.totals.final_frame for year in settlement.years] == [990_000, 1_050_600]
    assert [year.status for year in settlement.years] == ["final", "budget"]


def test_an_outcome_makes_the_product_wait() -> None:
    """With prices not agreed: 1 000 000 × 1,03 × 1,02 by the forecast, and × 1,03 × 1,04 = 1 071 200 once the outcome is known."""
    text = INDEXED.replace(
        "prices: {agreed: true, forecast: {2023: 100, 2024: 102}}", "prices: {outcome: {2023: 100}, forecast: {2023: 100, 2024: 102}}"
    )
    waits = settle(load("x", text=text.replace("2024: {}", "2024: {actual: {care: 0}}"))).year(2024)
    assert (waits.totals.final_frame, waits.status) == (1_050_600, "preliminary")
    known = text.replace("outcome: {2023: 100}", "outcome: {2023: 100, 2024: 104}")
    assert settle(load("x", text=known)).year(2024).totals.final_frame == 1_071_200


def _refused(text: str) -> str:
    with pytest.raises(AgreementError) as error:
        load("x.yaml", text=text)
    return str(error.value)


def test_what_is_agreed_has_no_outcome_and_adjusts_no_amount() -> None:
    assert "has nothing to be adjusted by" in _refused(INDEXED.replace(", base: previous_year", ""))
    assert "so it has no outcome" in _refused(INDEXED.replace("forecast: {2023: 100, 2024: 103}", "outcome: {2023: 1}"))
    assert "needs the forecast of `wages`" in _refused(INDEXED.replace("2024: 103", "2025: 103"))


def test_a_value_is_set_relative_to_the_file(socsam: Socsam) -> None:
    """4 900 000 + 3 % = 5 047 000; 1 400 000 − 1,5 % = 1 379 000."""
    assert year(2024, "years.2024.frame.insatser=+3 %")["activities"][1]["final"] == 5047000
    assert year(2024, "years.2024.frame.kansli=−1,5 %")["activities"][0]["final"] == 1379000
    done = socsam("whatif", FILE, "--year", 2024, "--vary", "years.2024.frame.insatser=−5 %..+5 %", "--steps", 2)
    assert "4 655 000 kr" in done.out and "5 145 000 kr" in done.out
    assert "is a percentage where an amount should be" in refusals("years.2024.frame.kansli=3 %")


# --- over several years ------------------------------------------------------------------------------------------------------


def test_who_pays_whom_net_and_year_by_year(socsam: Socsam) -> None:
    """fk: +100 000, −110 650, +145 535 = +134 885 over the three years that are more than planned."""
    told = socsam("settle", FILE).out
    assert "fk receives 134 885 kr from association" in told.split("Net over 2022–2024\n")[1]
    assert "Over 2022–2024 the surplus was 269 772 kr" in told  # 239 350 − 260 649 + 291 071


def test_rows_of_payments_and_instalments(socsam: Socsam) -> None:
    payments = socsam("settle", FILE, "-f", "csv", "--rows", "payments").out.splitlines()
    assert payments[0] == "file,area,year,status,from,from_name,to,to_name,amount"
    assert payments[1].endswith(",2022,final,body,body,fk,Försäkringskassan,100000")
    instalments = socsam("settle", FILE, "-f", "csv", "--rows", "instalments").out.splitlines()
    assert instalments[1].endswith(",2024,estimate,2024-01-01,fk,Försäkringskassan,787500")


def test_rows_of_figures_hold_every_figure_by_its_path(socsam: Socsam) -> None:
    """What has no row of its own elsewhere, such as own capital and what remains of a year, stands among them."""
    held = dict(line.rsplit(",", 2)[1:] for line in socsam("settle", FILE, "-f", "csv", "--rows", "figures").out.splitlines())
    assert held["path"] == "amount"
    assert held["2022.payments.0"] == "100000"
    assert held["2024.instalments.0"] == "787500"
    assert {"2024.to_date.totals.remaining", "2024.totals.result", "2024.body.transfer"} <= held.keys()


# --- what remains is uncertain -----------------------------------------------------------------------------------------------


def test_the_spread_of_what_remains_is_that_of_the_months_so_far() -> None:
    """Months of 90, 110, 100 and 100: mean 100, squares 100 + 100, s = √(200/3). Of twelve months eight remain: s × √(8 × 12 / 4)."""
    assert isclose(deviation([90, 110, 100, 100], 12), sqrt(200 / 3) * sqrt(24))


def test_what_remains_is_drawn_around_what_is_expected(socsam: Socsam, tmp_path: Path) -> None:
    """8 % of 1 691 429 and 20 000 apart: √(135 314² + 20 000²) = 136 784."""
    file = tmp_path / "uncertain.yaml"
    file.write_text(
        f"format: socsam-scenarios/1\nagreement: {FILE}\nuncertain:\n"
        "  years.2024.to_date.remaining.insatser: {expected: {sd: 8 %}}\n  years.2024.to_date.remaining.kansli: {expected: {sd: 20 000}}\n",
        encoding="utf-8",
    )
    done = socsam("simulate", file, "--draws", 20_000, "--year", 2024, "-f", "json", "-q")
    figures = {one["path"]: one for one in json.loads(done.out)["simulations"][0]["figures"]}
    assert abs(figures["2024.totals.result"]["sd"] - 136_784) < 1_500
    file.write_text(file.read_text(encoding="utf-8").replace("8 %", "months"), encoding="utf-8")
    assert "no month by itself is known" in socsam("simulate", file, "--draws", 20).err


def test_the_page_draws_cost_against_the_budget_month_by_month() -> None:
    document = load(FILE)
    running = document.agreement.years[2024].to_date
    assert running is not None
    running.known_by_month({"kansli": dict.fromkeys(range(1, 9), 113_125), "insatser": dict.fromkeys(range(1, 9), 370_000)})
    page = report_page(document)
    assert "Cost against the budget, month by month, 2024" in page
    assert "Budget 6 300 000; Booked 3 865 000; Expected cost 6 008 929." in page.replace("\u00a0", " ")


# --- a bound in percent of the budget -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "bound", "met", "limits", "budget"),
    [
        # 2024 has no plan: the budget is the frame, 6 300 000; 905 000 × 12/8 and 2 960 000 × 11/7 make 6 008 929, 95,379… % of it
        (2024, "{max: 96 %}", True, (None, 6_048_000), "6 300 000"),
        (2024, "{max: 95.3 %}", False, (None, 6_003_900), "6 300 000"),
        # 2022 has one, of 6 000 000 beside a frame of 6 200 000: the cost of 5 960 650 is 99,344… % of it
        (2022, "{max: 99 %}", False, (None, 5_940_000), "6 000 000"),
        (2022, "{min: 99 %, max: 5 970 000}", True, (5_940_000, 5_970_000), "6 000 000"),
        # a part of a krona is no krona: 6 000 000 × 99,344166 % = 5 960 649,96, so the cost of 5 960 650 is above it
        (2022, "{max: 99.344166 %}", False, (None, 5_960_649), "6 000 000"),
    ],
)
def test_a_bound_may_be_a_percentage_of_the_budget(
    socsam: Socsam, number: int, bound: str, met: bool, limits: tuple[int | None, int | None], budget: str
) -> None:
    setting = f"years.{number}.expect={{actual: {bound}}}"
    outcome = socsam("settle", FILE, "--set", setting, "--year", number)
    assert outcome.status == (0 if met else 1)
    assert f"as the budget is {budget}" in outcome.out.replace("\u00a0", " ")
    (one,) = year(number, setting)["expectations"]
    assert (one["met"], one["min"], one["max"]) == (met, *limits)


def test_a_missed_percentage_is_told_with_the_budget_in_both_languages(socsam: Socsam) -> None:
    line = ("--set", "years.2024.expect={actual: {max: 95.3 %}}")
    told = socsam("settle", FILE, *line).err.replace("\u00a0", " ")
    assert "2024.totals.actual should be at most 6 003 900 kr, as the budget is 6 300 000 kr, and is 6 008 929 kr" in told
    told = socsam("settle", FILE, *line, "--lang", "sv").err.replace("\u00a0", " ")
    assert "2024.totals.actual borde vara högst 6 003 900 kr, eftersom budgeten är 6 300 000 kr, och är 6 008 929 kr" in told


def test_a_percentage_without_a_budget_and_a_bound_that_runs_backwards_are_refused() -> None:
    assert "no figure can hold this bound" in refusals("years.2024.expect={actual: {min: 103 %, max: 102 %}}")
    text = (
        "format: socsam/1\narea: A\nlaw: none\nperiod: {start: 2000-01-01}\nparties: {a: {role: municipality}, b: {role: county_council}}\n"
        "sharing: {surplus: equal, deficit: equal}\nyears: {2000: {result: −9 598, expect: {result: {max: 1 %}}}}\n"
    )
    with pytest.raises(AgreementError, match="a percentage is one of the budget, and 2000 has neither a plan nor a frame"):
        load("a.yaml", text=text)


def test_scenarios_take_the_percentage_of_the_agreements_own_budget(socsam: Socsam, tmp_path: Path) -> None:
    """5 % more in the frame of 4 900 000 does not raise the limit of 6 048 000; 150 000 more booked make 225 000 more, which misses it."""
    (tmp_path / "running.yaml").write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "bounds.yaml"
    file.write_text(
        "format: socsam-scenarios/1\nagreement: running.yaml\nexpect: {2024.totals.actual: {max: 96 %}}\nscenarios:\n"
        "  more frame: {set: {years.2024.frame.insatser: 5 145 000}}\n"
        "  more cost: {set: {years.2024.to_date.actual.kansli: 1 055 000}}\n",
        encoding="utf-8",
    )
    outcome = socsam("whatif", file)
    assert outcome.status == 1
    assert "more cost: 2024.totals.actual is 6 233 929 kr; it should be at most 6 048 000 kr, as the budget is 6 300 000 kr" in (
        outcome.err.replace("\u00a0", " ")
    )
    assert "more frame: 2024" not in outcome.err


def test_check_tells_a_missed_percentage_with_the_budget(socsam: Socsam) -> None:
    outcome = socsam("check", FILE, "--set", "years.2024.expect={actual: {max: 95.3 %}}")
    told = " ".join(outcome.out.replace("\u00a0", " ").split())
    assert "at most 6 003 900 kr, as the budget is 6 300 000 kr" in told and outcome.status == 1
