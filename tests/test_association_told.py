"""What the board of an association reads: findings, sentences and tables of its file, in English and in Swedish.

The figures are worked out by hand, beside each test.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import Outcome

from socsam_calc import check, load
from socsam_calc.rules.vocabulary import CHARTER, CHARTER_OF_TODAY

Socsam = Callable[..., Outcome]
TEXT = (Path(__file__).parent / "association.yaml").read_text(encoding="utf-8")

Told = Callable[..., Outcome]


@pytest.fixture
def told(socsam: Socsam, tmp_path: Path) -> Told:
    """Run a command on the association with some lines of its file written otherwise; amounts with plain spaces, lines not broken."""

    def call(command: str, *changes: tuple[str, str], arguments: tuple[object, ...] = ()) -> Outcome:
        text = TEXT
        for line, other in changes:
            assert line in text
            text = text.replace(line, other)
        file = tmp_path / "association.yaml"
        file.write_text(text, encoding="utf-8")
        done = socsam(command, file, *arguments)
        return Outcome(done.status, plain(done.out), plain(done.err))

    return call


def plain(text: str) -> str:
    """The same words on one line, with plain spaces."""
    return " ".join(text.split())


SWEDISH = ("--lang", "sv")
EXPECTED = "expect: {result: −260 649, reserve: 889 351}"


# --- bounds that are missed -------------------------------------------------------------------------------------------------------


def test_a_bounded_expectation_is_missed_in_one_language(told: Told) -> None:
    """Own capital ends 2023 at 889 351 (`settlement.md`, worked example), below both bounds."""
    bounded = (EXPECTED, "expect: {reserve: {min: 900 000, max: 950 000}}")
    assert "2023.reserve.closing should be at least 900 000 kr and at most 950 000 kr, and is 889 351 kr" in told("settle", bounded).err
    done = told("settle", bounded, arguments=SWEDISH)
    assert done.status == 1
    assert "2023.reserve.closing borde vara minst 900 000 kr och högst 950 000 kr, och är 889 351 kr" in done.err


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ("{min: 890 000}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara minst 890 000 kr"),
        ("{max: 100}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara högst 100 kr"),
        ("{equals: 5}", "som det är: 2023.reserve.closing är 889 351 kr; det borde vara precis 5 kr"),
        ("{change: {min: 7}}", "det borde vara minst 889 358 kr, eftersom det i avtalet är 889 351 kr"),
    ],
)
def test_a_missed_bound_of_a_case_is_told_in_one_language(socsam: Socsam, tmp_path: Path, bound: str, said: str) -> None:
    (tmp_path / "association.yaml").write_text(TEXT, encoding="utf-8")
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        f"format: socsam-scenarios/1\nagreement: association.yaml\nexpect: {{2023.reserve.closing: {bound}}}\n", encoding="utf-8"
    )
    done = socsam("whatif", cases, "--lang", "sv")
    assert done.status == 1
    assert said in plain(done.err)


# --- a result that the members get or bear ----------------------------------------------------------------------------------------


def found(code: str, language: str, *changes: tuple[str, str]) -> list[str]:
    """What a rule says of the association with some lines of its file written otherwise."""
    text = TEXT
    for line, other in changes:
        assert line in text
        text = text.replace(line, other)
    checked = check(load("association.yaml", text=text), language)
    assert checked.problems == ()
    return [plain(finding.message) for finding in checked.findings if finding.code == code]


RESERVE = "reserve: {ceiling: 20 %}"
COSTS = "actual: {kansli: 1 310 250, insatser: 5 150 400}"
GOOD_YEAR = (COSTS, "actual: {kansli: 1 000 000, insatser: 4 800 000}")
"""A surplus of 6 200 001 − 5 800 000 = 400 001."""


def test_a_surplus_that_is_used_whole_is_not_divided() -> None:
    """Without own capital the members' parts of 400 001 are used to the krona; of 400 000 used, 1 krona is left to divide."""
    alone = ((RESERVE, "reserve: none"), (EXPECTED, "note: a good year"))

    def used(amount: str) -> list[str]:
        costs = f"actual: {{kansli: 1 000 000, insatser: 4 800 000}}\n    uses: [{{for: activities, amount: {amount}, reason: mer av det}}]"
        return found("SOC560", "sv", *alone, (COSTS, costs))

    assert used("400 001") == []
    assert used("400 000") == ["2023, medan förbundet består: 1 kr i överskott delas mellan medlemmarna"]


@pytest.mark.parametrize(
    ("reserve", "borne"),
    [
        # all but 150 000 of 260 649 is left to the members; at a floor of 1 000 000 that much is still there
        ("reserve: {ceiling: 20 %, floor: 1 000 000}", "110 649"),
        # own capital covers round(60 % × 260 649) = 156 389
        ("reserve: {ceiling: 20 %, deficit: 60 %}", "104 260"),
    ],
)
def test_a_deficit_that_members_bear_beside_own_capital_is_found(reserve: str, borne: str) -> None:
    changes = ((RESERVE, reserve), (EXPECTED, "note: a bad year"))
    english, swedish = found("SOC560", "en", *changes), found("SOC560", "sv", *changes)
    assert (
        f"2023, while the association lives: the members bear {borne} kr of deficit, and the association still has own capital" in english
    )
    assert f"2023, medan förbundet består: medlemmarna bär {borne} kr av underskottet, och förbundet har eget kapital kvar" in swedish


def test_a_deficit_that_own_capital_cannot_carry_is_the_members_and_no_fault() -> None:
    """Of 260 649 the 100 000 that are there are used up, and nothing is left."""
    assert found("SOC560", "en", ("opening: {reserve: 1 150 000}", "opening: {reserve: 100 000}"), (EXPECTED, "note: a bad year")) == []


@pytest.mark.parametrize(
    ("reserve", "says"),
    [
        ("{surplus: 75 %}", ["2023–2024, while the association lives: by these terms a part of a surplus is divided between the members"]),
        (
            "{ceiling: 20 %, above: divide}",
            ["2023–2024, while the association lives: by these terms a part of a surplus is divided between the members"],
        ),
        ("{ceiling: 20 %, above: keep}", []),
    ],
)
def test_terms_that_give_members_a_part_are_found_before_there_is_one(reserve: str, says: list[str]) -> None:
    assert found("SOC560", "en", (RESERVE, f"reserve: {reserve}")) == says


def test_terms_are_not_told_of_a_year_whose_figures_say_it() -> None:
    """A quarter of 400 001 is divided in 2023; the budget of 2024 has no result yet."""
    assert found("SOC560", "en", (RESERVE, "reserve: {surplus: 75 %}"), GOOD_YEAR, (EXPECTED, "note: a good year")) == [
        "2023, while the association lives: 100 000 kr of surplus is divided between the members",
        "2024, while the association lives: by these terms a part of a surplus is divided between the members",
    ]


# --- what a page draws ------------------------------------------------------------------------------------------------------------


def described(page: str, title: str) -> str:
    """What a chart of a page tells those who do not see it."""
    # drawn for narrow windows and for wide ones, and described alike
    (found,) = set(re.findall(rf"<svg[^>]*>\s*<title[^>]*>{title}, kr</title>\s*<desc[^>]*>(.*?)</desc>", page, re.DOTALL))
    return plain(html.unescape(found))


HELD = (
    ("insatser: {name: Insatser", "kvar: {name: Kvar, by: members, performer: body, cost: opening_balance}\n  insatser: {name: Insatser"),
    ("frame:  {kansli: 1 400 001, insatser: 4 800 000}", "frame:  {kansli: 1 400 001, insatser: 4 800 000, kvar: 200 000}"),
    ("opening: {reserve: 1 150 000}", "opening: {reserve: 0}"),
    (RESERVE, "reserve: none"),
    (EXPECTED, "instalments: quarterly"),
)
"""200 000 are there already: half of it counts as Försäkringskassan's, a quarter as the region's."""


def test_what_the_association_held_already_is_not_paid_in(told: Told) -> None:
    """Försäkringskassan's 700 001 + 2 400 000; the region's 350 000 + 1 200 000: what their instalments add up to."""
    page = told("report", *HELD, arguments=("--year", "2023", "--lang", "sv", "-o", "-")).out
    chart = described(page, "Pengar genom förbundet före avräkningen, 2023")
    assert "Försäkringskassan 3 100 001" in chart and "Regionen 1 550 000" in chart
    assert "Behållning sedan tidigare 200 000" in chart
    # 6 460 650 was paid, of 6 400 001
    assert "Förskott av förbundet 60 649" in chart


def test_what_own_capital_covers_is_no_advance(told: Told) -> None:
    page = told("report", arguments=("--year", "2023", "-o", "-")).out
    chart = described(page, "Money through the association before the settlement, 2023")
    assert "From own capital 260 649" in chart and "dvance" not in chart


# --- plans beside what came about -------------------------------------------------------------------------------------------------

PLANNED = ("frame: {kansli: 1 400 000, insatser: 4 900 000}", "frame: {kansli: 1 400 000, insatser: 4 900 000}\n    budget: {kansli: 1 400 000, insatser: 5 350 000}")  # fmt: skip
THREE_YEARS = (
    "  2024:",
    "  2022:\n    frame: {kansli: 1 000 000, insatser: 4 000 000}\n    actual: {kansli: 900 000, insatser: 4 000 000}\n  2024:",
)
"""100 000 left in 2022; in 2023 a deficit of 260 649; and 450 000 that a plan for 2024 draws on own capital."""


def test_the_overview_of_a_workbook_adds_up_no_plan(told: Told, tmp_path: Path) -> None:
    """100 000 − 260 649, and 4 900 000 + 6 460 650."""
    target = tmp_path / "out.xlsx"
    told("settle", PLANNED, THREE_YEARS, (EXPECTED, "note: without"), arguments=("--lang", "sv", "-o", target))
    sheet = openpyxl.load_workbook(target, data_only=True)["Översikt"]
    heads = {
        str(cell.value): cell.column for row in sheet.iter_rows() for cell in row if cell.value in ("status", "resultat", "utfall", "år")
    }
    (total,) = [row[0].row for row in sheet.iter_rows() if any(cell.value == "summa utan planer" for cell in row)]
    assert sheet.cell(total, heads["resultat"]).value == -160_649
    assert sheet.cell(total, heads["utfall"]).value == 11_360_650
    assert [sheet.cell(row, heads["resultat"]).value for row in range(total - 4, total - 1)] == [100_000, -260_649, -450_000]


def test_whatif_says_which_of_the_years_are_plans(told: Told) -> None:
    setting = ("--set", "years.2023.actual.kansli=1 310 251")
    shown = told("whatif", PLANNED, (EXPECTED, "note: without"), arguments=setting).out
    assert "2024, planned" in shown and "2023–2024 together, of which planned: 2024" in shown
    shown = told("whatif", PLANNED, (EXPECTED, "note: without"), arguments=(*setting, "--lang", "sv")).out
    assert "2024, planerat" in shown and "2023–2024 tillsammans, varav planerat: 2024" in shown
    assert "planned" not in told("whatif", arguments=setting).out


# --- words and years --------------------------------------------------------------------------------------------------------------


def test_a_share_that_does_not_end_is_told_in_one_language() -> None:
    """2/7 is 28,571428… %."""
    shares = ("association_shares: members", "association_shares: {fk: 2/7, region: 1/4, storby: 1/4, lillby: rest}")
    (english,), (swedish,) = found("SOC551", "en", shares), found("SOC551", "sv", shares)
    assert "the state 2/7 (about 28,5714 %) (not 50 %)" in english
    assert "2/7 (omkring 28,5714 %)" in swedish and "about" not in swedish


@pytest.mark.parametrize(
    ("later", "when"),
    [("frame: {kansli: 1 400 000, insatser: 4 900 000}", "2023"), ("frame: {kansli: {fk: 700 000, af: 1, region: 1, storby: 1}, insatser: 4 900 000}", "2023 (2023–2024)")],
)  # fmt: skip
def test_a_year_is_told_once(later: str, when: str) -> None:
    given = ("{kansli: 1 400 001, insatser: 4 800 000}", "{kansli: {fk: 350 001, af: 350 000, region: 350 000, storby: 350 000}, insatser: 4 800 000}")  # fmt: skip
    changes = (given, ("frame: {kansli: 1 400 000, insatser: 4 900 000}", later))
    assert found("SOC451", "en", *changes) == [f"Arbetsförmedlingen puts in 350 000 kr in {when}; the state's half is Försäkringskassan's"]
    assert found("SOC451", "sv", *changes) == [f"Arbetsförmedlingen bidrar med 350 000 kr {when}; statens hälft är Försäkringskassans"]


def test_associations_side_by_side_have_regions(socsam: Socsam, tmp_path: Path) -> None:
    file = tmp_path / "association.yaml"
    file.write_text(TEXT, encoding="utf-8")
    today = ("tests/association.yaml", file)
    assert "region" in socsam("settle", *today, "--lang", "sv").out
    assert "landsting" not in socsam("settle", *today, "--lang", "sv").out
    assert "landsting" in socsam("settle", file, "examples/complete.yaml", "--lang", "sv").out


@pytest.mark.parametrize("name", ["reserve", "weights", "contributed", "total", "rest"])
def test_a_starting_file_has_no_party_that_the_format_refuses(socsam: Socsam, name: str) -> None:
    done = socsam("init", "Sjöbygden", "--law", "2003:1210", "--parties", f"fk,af,region,storby,{name}", "-o", "-")
    assert done.status == 2 and done.out == ""
    assert f"`{name}` has a meaning of its own in the format" in done.err


def test_a_list_that_is_still_to_be_filled_in_is_counted_with_the_rest(socsam: Socsam, tmp_path: Path) -> None:
    """Every ??? of a starting file, the auditors' list as well as the amounts."""
    file = tmp_path / "start.yaml"
    assert socsam("init", "Sjöbygden", "--law", "2003:1210", "--parties", "fk,af,region,storby", "--governance", "-o", file).status == 0
    unfilled = len(re.findall(r": \?\?\?(?=\s|$)", file.read_text(encoding="utf-8")))
    done = socsam("settle", file)
    assert done.status == 2
    assert f"{unfilled - 1} more" in done.err and "stands where" not in done.err


@pytest.mark.parametrize("word", ["inbetalning", "rater", "delbetalning", "fakturering", "kvartal"])
def test_the_guide_knows_what_instalments_are_called(socsam: Socsam, word: str) -> None:
    done = socsam("guide", word, "--lang", "sv")
    assert done.status == 0 and "**`instalments`**" in done.out


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_says_what_each_item_of_a_charter_is(socsam: Socsam, language: str) -> None:
    told = [line for line in socsam("guide", "charter", "--lang", language).out.splitlines() if line.startswith("- `charter`")]
    for line, items in zip(told, (CHARTER_OF_TODAY, CHARTER), strict=True):
        assert {*re.findall(r"`(\w+)`", line)} - {"charter", "all"} == set(items)
    assert len(CHARTER_OF_TODAY) == 14 and "9 §" in told[0]
    assert ("fourteen" if language == "en" else "fjorton") in told[0]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("2023.storby.contribution", "2023.parties.storby.contribution"),
        ("2023.kansli.final", "2023.activities.kansli.final"),
        ("2023.storby", "2023.parties.storby"),
        ("2023.closing", "2023.reserve.closing"),
    ],
)
def test_a_path_with_a_level_left_out_is_known_again(told: Told, asked: str, meant: str) -> None:
    done = told("explain", arguments=(asked,))
    assert done.status == 2 and f"did you mean `{meant}`?" in done.err


# --- what own capital takes, and what is only planned -----------------------------------------------------------------------------


def test_what_own_capital_covers_whole_is_not_said_to_be_shared(told: Told) -> None:
    whole = told("settle", arguments=("--year", "2023", "--lang", "sv")).out
    assert "Täcks av eget kapital: 260 649 kr." in whole and "Delas:" not in whole
    in_part = (RESERVE, "reserve: {ceiling: 20 %, floor: 1 000 000}")
    assert "Shared: −260 649 kr, by the key for a deficit. Covered by own capital: 150 000 kr." in told(
        "settle", in_part, (EXPECTED, "note: a bad year"), arguments=("--year", "2023")
    ).out  # fmt: skip


def test_what_is_planned_is_told_as_a_plan(told: Told) -> None:
    """6 300 000 put in and 6 750 000 planned."""
    shown = told("settle", PLANNED, arguments=("--year", "2024", "--lang", "sv")).out
    assert "Ramen är 6 300 000 kr och den planerade kostnaden 6 750 000 kr: ett underskott på 450 000 kr." in shown
    assert "Pengarna betalas verkligen" in shown and "betalade in" not in shown and "utfall" not in shown
    closed = told("settle", PLANNED, arguments=("--year", "2023", "--lang", "sv")).out
    assert "Pengarna betalades verkligen" in closed and "utfall" in closed


def test_a_budget_without_planned_costs_says_why_own_capital_stands_still(told: Told) -> None:
    assert "Own capital is shown unchanged: no costs are planned." in told("settle", arguments=("--year", "2024")).out
    assert "Eget kapital visas oförändrat: inga planerade kostnader." in told("settle", arguments=("--year", "2024", "--lang", "sv")).out
    assert "unchanged" not in told("settle", PLANNED, arguments=("--year", "2024")).out


def test_simulation_draws_own_capital_and_not_what_hardly_moves(socsam: Socsam, tmp_path: Path) -> None:
    """Own capital takes every result: what the members end with is 0 in all draws."""
    pytest.importorskip("numpy")
    (tmp_path / "association.yaml").write_text(TEXT.replace(EXPECTED, "note: drawn"), encoding="utf-8")
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        "format: socsam-scenarios/1\nagreement: association.yaml\nuncertain:\n  years.2023.actual.insatser: {normal: {mean: 5 000 000, sd: 100 000}}\n",
        encoding="utf-8",
    )
    done = socsam("simulate", cases, "--draws", "200", "--year", "2023")
    assert done.status == 0
    titles = re.findall(r"^(.+), 2023: ", done.out, re.MULTILINE)
    assert titles == ["Own capital"]
    assert re.findall(r"^(.+), 2023: ", socsam("simulate", cases, "--draws", "200", "--year", "2023", "--lang", "sv").out, re.MULTILINE) == ["Eget kapital"]  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "by a krona or more"), ("sv", "en krona eller mer")])
def test_the_guide_says_how_far_rows_may_be_from_the_whole(socsam: Socsam, language: str, word: str) -> None:
    """Of 1 and 1 a half each is 1 and 0, row by row 2 and 0; of 2 at once it is 1 and 1."""
    assert word in socsam("guide", "association", "--lang", language).out
