"""``socsam evaluate``: the evaluation effect of an invented area followed by hand, its sensitivity, its file and its faces.

The invented area, in mkr (examples/evaluation/exempelby.yaml), base year 1997, years 1998, 1999, 2000:

- Sjukpenning: the control area's index is 115, 135, 160 on 100, so 40 would have become 46, 54, 64; it was 44, 52, 61: +2 +2 +3 = +7.
- Socialbidrag: 380, 340, 320 on 400, so 25 would have become 23,75, 21,25, 20; it was 22, 19, 18: +1,75 +2,25 +2 = +6.
- IFO: 156, 159, 165 on 150, so 30 would have become 31,2, 31,8, 33; it was 33, 35, 36: −1,8 −3,2 −3 = −8.

Transfers 13, total 5. Three years, 20 000 inhabitants, a frame of 600: total 1,67 a year, 250 kr an inhabitant, 83,33 kr a year, 0,83 %.

Other base years: Sjukpenning cost 36 in 1996 (index 104) and 38 in 1995 (110), and its years cost 157 together, the index adding up to 410:
36 × 410/104 − 157 = −15,08; 38 × 410/110 − 157 = −15,36. Socialbidrag, 24 × 1 040/360 − 59 = +10,33 and 20 × 1 040/300 − 59 = +10,33.
IFO, 30 × 480/153 − 104 = −9,88 and 30 × 480/150 − 104 = −8. Totals −14,63 for 1996 and −13,03 for 1995.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from conftest import EXAMPLES, Outcome
from hypothesis import given
from hypothesis import strategies as st

import socsam_calc
from socsam_calc import AgreementError
from socsam_calc.answers.evaluate import Effect, by_base_year, evaluate, figures, leaving_one_out
from socsam_calc.problems import Refused
from socsam_calc.report.data.json import write
from socsam_calc.report.derivation.evaluation import EvaluationExplanation
from socsam_calc.report.render.markdown import render
from socsam_calc.report.swedish import SWEDISH
from socsam_calc.report.told.evaluation import bars, base_years
from socsam_calc.report.told.words import Words
from socsam_calc.source.document import model_of
from socsam_calc.source.evaluation import load_evaluation
from socsam_calc.source.schema import json_schema
from socsam_calc.source.yaml import read

Socsam = Callable[..., Outcome]
FOLDER = EXAMPLES / "evaluation"
INVENTED = FOLDER / "exempelby.yaml"
SMALL = (Path(__file__).parent / "evaluation.yaml").read_text(encoding="utf-8")
MKR = 100_000_000


def effect_of(text: str | None = None) -> Effect:
    return evaluate(load_evaluation(INVENTED if text is None else "small.yaml", text=text).evaluation)


# --- the effect by hand ------------------------------------------------------------------------------------------------------


def test_the_effect_of_each_item_and_year() -> None:
    effect = effect_of()
    yearly = {item.id: [year.effect.value / Fraction(MKR) for year in item.years.values()] for item in effect.items}
    assert yearly == {
        "sickness_benefit": [2, 2, 3],
        "social_assistance": [Fraction("1.75"), Fraction("2.25"), 2],
        "family_care": [Fraction("-1.8"), Fraction("-3.2"), -3],
    }
    assert [year.expected.value / MKR for year in effect.item("sickness_benefit").years.values()] == [46, 54, 64]
    assert [step.value / MKR for step in effect.yearly.values()] == [Fraction("1.95"), Fraction("1.05"), 2]


def test_the_totals_and_what_follows_from_them() -> None:
    effect = effect_of()
    total, transfers = effect.total, effect.transfers
    assert transfers is not None and transfers.effect.value == 13 * MKR
    assert total.effect.value == 5 * MKR
    assert total.per_year.value == Fraction(5, 3) * MKR
    assert total.per_inhabitant.value == 250 * 100
    assert total.per_year_and_inhabitant.value == Fraction(250, 3) * 100
    assert total.percent_of_frame is not None
    assert [step.value for step in total.percent_of_frame] == [Fraction(5, 600)] * 2


def test_the_base_year_decides_the_sign() -> None:
    evaluation = load_evaluation(INVENTED).evaluation
    found = {effect.base_year: effect.total.effect.value / MKR for effect in by_base_year(evaluation)}
    assert list(found) == [1995, 1996, 1997, 1998, 1999, 2000]
    assert found[1997] == 5
    assert found[1996] == Fraction(36 * 410, 104) - 157 + Fraction(24 * 1040, 360) - 59 + Fraction(30 * 480, 153) - 104
    assert [round(float(found[year]), 2) for year in (1995, 1996)] == [-13.03, -14.63]


def test_leaving_one_out_takes_its_effect_away() -> None:
    evaluation = load_evaluation(INVENTED).evaluation
    without = {name: effect.total.effect.value / MKR for name, effect in leaving_one_out(evaluation).items()}
    assert without == {"sickness_benefit": -2, "social_assistance": -1, "family_care": 13}
    assert leaving_one_out(evaluation, items=["family_care"]) == {}


def test_a_published_effect_beside_computed_ones() -> None:
    """300 × 100/90 − 310 = 23 1/3; 300 × 95/90 − 350 = −33 1/3: −10 together, and −8 as published."""
    effect = effect_of(SMALL)
    assert effect.item("sickness").measure.effect.value == -10 * 100_000
    assert [year.effect.value / 100_000 for year in effect.item("sickness").years.values()] == [Fraction(70, 3), Fraction(-100, 3)]
    assert effect.total.effect.value == -18 * 100_000
    assert effect.item("care").published and not effect.item("care").years
    assert effect.yearly == {}  # of the single years the sum is not known


counts = st.integers(min_value=1, max_value=10**6)


@given(base=counts, level=counts, paces=st.lists(counts, min_size=1, max_size=4), saved=counts)
def test_only_the_pace_counts(base: int, level: int, paces: list[int], saved: int) -> None:
    """Whoever grows as the control area has no effect, whatever its index counts; a krona saved is an effect of one."""

    def file(first_year: int) -> str:
        series = {
            "trial": {1997: base, **{year: base * pace for year, pace in enumerate(paces, 1998)}, 1998: first_year},
            "control": {1997: level, **{year: level * pace for year, pace in enumerate(paces, 1998)}},
        }
        lines = [f"    {name}:\n" + "".join(f"      {year}: {cost}\n" for year, cost in costs.items()) for name, costs in series.items()]
        head = f"format: socsam-evaluation/1\narea: A\npopulation: 1\nbase_year: 1997\nyears: 1998–{1997 + len(paces)}\n"
        return head + "items:\n  one:\n    kind: transfer\n" + "".join(lines)

    assert effect_of(file(base * paces[0])).total.effect.value == 0
    less = min(saved, base * paces[0])
    assert effect_of(file(base * paces[0] - less)).total.effect.value == less * 100


# --- the file ----------------------------------------------------------------------------------------------------------------

BAD = [
    ("years: 1998–1999", "years: 1998–2000", "`sickness` has no cost of the trial for 2000"),
    ("years: 1998–1999", "years: 1999–1998", "the years end (1998) before they begin (1999)"),
    ("years: 1998–1999", "years: soon", "`soon` does not say which years"),
    ("years: 1998–1999", "years: [1998, 1998]", "1998 stands here twice"),
    ("base_year: 1997\n", "", "`sickness` has yearly costs, and the file no base year"),
    ("base_year: 1997", "base_year: 1998", "the base year 1998 does not lie before the first year evaluated, 1998"),
    ("base_year: 1997", "base_year: 1996", "`sickness` has no cost of the control area for 1996"),
    ("population: 100", "population: 0", "`0` is not a number of inhabitants"),
    ("population: 100", "population: 20.277", "`20.277` is not a whole number"),
    ("population: 100\n", "", "`population` is missing"),
    ("kind: service", "kind: servce", "`servce` is not a kind of item"),
    ("effect: −8", "effects: −8", "there is no field `effects` here"),
    ("effect: −8", "effect: −8\n    trial: {1998: 4}", "the item has both `effect` and `trial`"),
    ("    effect: −8\n", "", "the item has neither costs nor an effect"),
    ("1998: 100", "1998: 0", "`0` is not a number above 0"),
    ("1998: 100", "1998: 1.234", "`1.234` could be 1 234 or 1 and a fraction"),
    ("1998: 310", "1998: −310", "`−310` is below 0"),
    ("1998: 310", "1998: 3x", "`x` is not a unit"),
    ("frame: 10 000", "frame: {at_least: 9 000, at_most: 8 000}", "the frame's upper limit lies below the lower one"),
    ("frame: 10 000", "frame: 0", "`0` is not above 0"),
    ("evaluation/1", "evaluation/2", "`socsam-evaluation/2` is not a format that this command reads"),
    ("socsam-evaluation/1", "socsam/1", "this file is of another format, `socsam/1`"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), BAD, ids=[message for _, _, message in BAD])
def test_a_bad_file_says_what_is_wrong_once_and_where(right: str, wrong: str, message: str) -> None:
    assert SMALL.count(right) >= 1
    with pytest.raises(AgreementError) as caught:
        load_evaluation("bad.yaml", text=SMALL.replace(right, wrong, 1))
    said = [problem.text for problem in caught.value.problems]
    assert any(message in text for text in said)
    assert len(said) <= 2
    assert all(problem.place.line and problem.remedy for problem in caught.value.problems)


def test_all_problems_of_a_file_come_at_once() -> None:
    text = SMALL.replace("population: 100", "population: many").replace("kind: service", "kind: x").replace("1998: 310", "1998: ten")
    with pytest.raises(AgreementError) as caught:
        load_evaluation("bad.yaml", text=text)
    assert [problem.place.line for problem in caught.value.problems] == [4, 13, 20]


def test_an_agreement_command_names_the_right_one(socsam: Socsam) -> None:
    outcome = socsam("settle", INVENTED)
    assert outcome.status == 2 and "`socsam evaluate" in outcome.err and outcome.err.count("\n") == 4


def test_the_control_area_may_be_amounts_of_any_unit_or_an_index() -> None:
    as_amounts = SMALL.replace("1997: 90", "1997: 90").replace("1998: 100", "1998: 100 000 kr").replace("1999: 95", "1999: 0,095 mkr")
    assert effect_of(as_amounts).total.effect.value == effect_of(SMALL).total.effect.value


def test_the_library_gives_exact_kronor_and_places() -> None:
    document = socsam_calc.load_evaluation(INVENTED)
    effect = socsam_calc.evaluate(document, items=["sickness_benefit", "family_care"])
    assert (effect.total.kronor(), effect.total.kronor("per_year")) == (-1_000_000, Fraction(-1_000_000, 3))
    with pytest.raises(AgreementError) as caught:
        socsam_calc.evaluate(document, base_year=1980, items=["family_care"])
    assert [problem.place.line for problem in caught.value.problems] == [document.place(("items", "family_care"), on_key=True).line]


def test_the_arithmetic_refuses_an_item_or_a_base_year_that_is_not_there() -> None:
    evaluation = load_evaluation(INVENTED).evaluation
    with pytest.raises(Refused, match="there is no item `x`"):
        evaluate(evaluation, items=["x"])
    with pytest.raises(Refused, match="lacks a cost of 1980"):
        evaluate(evaluation, base_year=1980)


# --- what is printed ---------------------------------------------------------------------------------------------------------


def test_the_table_of_one_area(socsam: Socsam) -> None:
    out = socsam("evaluate", INVENTED).out
    assert "Exempelby (invented): evaluation effect 1998–2000, base year 1997. Amounts in mkr." in out
    assert re.search(r"^total +\+5,00 +\+1,67 +\+250 +\+83 +\+0,8$", out, re.M)
    assert re.search(r"^transfers +\+13,00 ", out, re.M)
    assert re.search(r"^IFO +−1,80 +−3,20 +−3,00 +−8,00$", out, re.M)
    assert "All figures are invented." in out


def test_the_folder_is_one_comparison_of_tables_13_16_and_17(socsam: Socsam) -> None:
    outcome = socsam("evaluate", FOLDER)
    assert outcome.status == 0 and outcome.err == ""
    head = next(line for line in outcome.out.splitlines() if line.startswith("area"))
    assert re.split(r" {3,}", head) == [
        "area", "years", "Sjukpenning", "Rehabiliteringspenning", "Socialbidrag", "IFO", "ÄHO",
        "total", "total per year", "total kr/inhabitant", "total kr/inhabitant a year", "total % of the frame",
        "transfers", "transfers per year", "transfers kr/inhabitant", "transfers kr/inhabitant a year", "transfers % of the frame",
    ]  # fmt: skip
    hisingen = next(line for line in outcome.out.splitlines() if line.startswith("Hisingen"))
    assert re.split(r" {3,}", hisingen) == [
        "Hisingen", "1997–2000", "+36,17", "−2,59", "+6,92", "−54,21", "–", "−13,71", "−3,43", "−116", "−29", "−0,39 to −0,36",
        "+40,50", "+10,13", "+343", "+86", "+1,05 to +1,15",
    ]  # fmt: skip
    assert "As published, not computed here" in outcome.out


def test_published_effects_are_said_to_be_published(socsam: Socsam) -> None:
    for path in sorted(FOLDER.glob("*.yaml")):
        shown = socsam("evaluate", path).out
        assert ("The effects are those published" in shown) == (path != INVENTED)
        assert ("invented" in shown) == (path == INVENTED)


def test_the_base_years_are_compared_and_drawn_on_a_terminal_only(socsam: Socsam) -> None:
    out = socsam("evaluate", INVENTED, "--base-year", "all").out
    assert re.search(r"^1996 +before the trial +−4,74 +−14,63 +−19,63$", out, re.M)
    assert "Base years before the trial: from −14,63 mkr to +5,00 mkr, a spread of 19,63 mkr. The choice decides even the sign." in out
    assert "█" not in out
    effect = effect_of()
    drawn = list(base_years(effect, by_base_year(effect.evaluation), Words("en"), drawn=True))
    assert any("█" in cell.text for block in drawn if hasattr(block, "rows") for row in block.rows for cell in row)


def test_bars_share_one_zero_line() -> None:
    assert [bar.replace("\u00a0", " ") for bar in bars([Fraction(-2), Fraction(0), Fraction(6)], 8)] == ["██│", "  │", "  │██████"]
    assert [bar.replace("\u00a0", " ") for bar in bars([Fraction(-1), Fraction(10_000)], 4)] == ["█│", " │████"]
    assert bars([Fraction(0), Fraction(0)]) == ["│", "│"]


def test_another_base_year(socsam: Socsam) -> None:
    assert re.search(r"^total .*−14,63", socsam("evaluate", INVENTED, "--base-year", "1996").out, re.M)
    for wrong in ("1980", "soon"):
        outcome = socsam("evaluate", INVENTED, "--base-year", wrong)
        assert outcome.status == 2 and outcome.out == "" and wrong in outcome.err


def test_published_effects_have_no_other_base_year(socsam: Socsam) -> None:
    outcome = socsam("evaluate", FOLDER / "laholm.yaml", "--base-year", "all")
    assert outcome.status == 2 and "only published effects" in outcome.err


def test_some_items_only_as_in_table_18(socsam: Socsam) -> None:
    """Stenungsund's two benefits: −8,65 − 0,28 = −8,93, in seven years −1,28 a year, −63 kr for each of 20 277 inhabitants."""
    out = socsam("evaluate", FOLDER / "stenungsund.yaml", "--item", "sickness_benefit", "--item", "rehabilitation_benefit").out
    assert re.search(r"^total +−8,93 +−1,28 +−440 +−63 ", out, re.M)
    assert socsam("evaluate", INVENTED, "--item", "socal").status == 2


def test_leaving_one_out_is_printed(socsam: Socsam) -> None:
    out = socsam("evaluate", FOLDER / "hisingen.yaml", "--leave-one-out").out
    assert re.search(r"^IFO +\+40,50 +\+40,50 +\+54,21$", out, re.M)
    assert "from −49,88 mkr to +40,50 mkr, a spread of 90,38 mkr" in out
    assert socsam("evaluate", INVENTED, "--item", "family_care", "--leave-one-out").status == 2


def test_json_is_kronor_and_complete(socsam: Socsam) -> None:
    data = json.loads(socsam("evaluate", INVENTED, "--base-year", "all", "--leave-one-out", "--format", "json").out)
    assert data["schema"] == "socsam.evaluation/1"
    (one,) = data["evaluations"]
    assert one["total"] == {
        "effect": 5_000_000, "per_year": 1_666_666.67, "per_inhabitant": 250, "per_year_and_inhabitant": 83.33,
        "percent_of_frame": {"low": 0.8333, "high": 0.8333},
    }  # fmt: skip
    assert one["items"][1]["years"][0] == {"year": 1998, "actual": 22_000_000, "expected": 23_750_000, "effect": 1_750_000}
    assert (one["base_years"]["low"], one["base_years"]["high"], one["base_years"]["spread"]) == (-14_625_942.68, 5_000_000, 19_625_942.68)
    assert [case["item"] for case in one["left_out"]["cases"]] == ["sickness_benefit", "social_assistance", "family_care"]
    (plain,) = json.loads(socsam("evaluate", FOLDER / "laholm.yaml", "-f", "json").out)["evaluations"]
    assert plain["base_years"] is None and plain["left_out"] is None and plain["years_total"] == []
    assert plain["frame"] == {"at_least": 911_000_000, "at_most": 995_000_000}
    assert "resultat" not in json.dumps(plain) and '"result' not in json.dumps(plain)


def test_csv_is_tidy(socsam: Socsam) -> None:
    rows = list(csv.DictReader(io.StringIO(socsam("evaluate", INVENTED, "--base-year", "all", "-f", "csv").out)))
    totals = {row["base_year"]: row["effect"] for row in rows if row["level"] == "total"}
    assert totals["1997"] == "5000000" and totals["1996"] == "-14625942.68"
    assert len(rows) == 6 * (3 + 2)
    years = list(csv.DictReader(io.StringIO(socsam("evaluate", INVENTED, "-f", "csv", "--rows", "years").out)))
    assert [row["effect"] for row in years[:3]] == ["2000000", "2000000", "3000000"]
    excel = socsam("evaluate", INVENTED, "-f", "csv", "--excel").out
    assert excel.startswith("\ufeff") and "1666666,67" in excel


def test_an_output_file_is_written_whole_or_not_at_all(socsam: Socsam, tmp_path: Path) -> None:
    written = tmp_path / "effects.md"
    assert socsam("evaluate", FOLDER, "-o", written).status == 0
    assert written.read_text(encoding="utf-8").count("| Hisingen |") == 1
    before = written.read_text(encoding="utf-8")
    assert socsam("evaluate", FOLDER / "laholm.yaml", tmp_path / "none.yaml", "-o", written).status == 2
    assert written.read_text(encoding="utf-8") == before


def test_standard_input_and_swedish(socsam: Socsam) -> None:
    out = socsam("evaluate", "-", "--lang", "sv", text=SMALL).out
    assert "Exempelby: ekonomiskt utvärderingsresultat 1998–1999, basår 1997. Belopp i tkr." in out
    assert "Som publicerade, inte beräknade här" in out


def test_a_figure_is_explained_down_to_the_lines_of_the_file(socsam: Socsam) -> None:
    out = socsam("explain", INVENTED, "items.sickness_benefit.1999.effect").out
    assert "= 54 − 52" in out and "= 1,35 × 40 mkr" in out and "= 135 / 100" in out
    assert "examples/evaluation/exempelby.yaml:28:13  |  1997: 40" in out
    assert "rule 25; Report 7.2" in out


def test_a_published_effect_is_explained_by_its_line(socsam: Socsam) -> None:
    out = socsam("explain", FOLDER / "hisingen.yaml", "total", "--lang", "sv").out
    assert "= 36,17 + (−2,59) + 6,92 + (−54,21)" in out
    assert re.search(r"hisingen\.yaml:[0-9]+:13  \|  effect: 36,17", out)
    assert "= −13,71 mkr / 4" in out


def test_an_explanation_for_programs(socsam: Socsam) -> None:
    data = json.loads(socsam("explain", INVENTED, "--format", "json").out)
    assert data["schema"] == "socsam.explanation/1"
    assert data["figures"] == [{"path": "total.effect", "step": 1}]
    steps = {step["id"]: step for step in data["steps"]}
    assert steps[1]["value"] == 5_000_000 and sum(steps[one]["value"] for one in steps[1]["inputs"]) == 5_000_000
    assert [step["value"] for step in data["steps"] if step["figure"] == "items.family_care.1999.effect"] == [-3_200_000]


def test_what_cannot_be_explained_is_said(socsam: Socsam) -> None:
    for arguments, said in (
        (("total.efect",), "did you mean `total.effect`?"),
        (("--year", "1998"), "explained over all its years"),
        (("--set", "population=1"), "as its file stands"),
    ):
        outcome = socsam("explain", INVENTED, *arguments)
        assert outcome.status == 2 and outcome.out == "" and said in outcome.err


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("path", [INVENTED, FOLDER / "finspang.yaml"], ids=lambda path: path.stem)
def test_every_figure_can_be_explained(path: Path, language: str) -> None:
    document = load_evaluation(path)
    effect = evaluate(document.evaluation)
    for figure, step in figures(effect).items():
        explanation = EvaluationExplanation(document, effect, {figure: step}, Words(language), None, subject=figure)
        assert "".join(render(explanation.blocks())).count("\n- **") >= 1
        assert write(explanation.data())


# --- for editors -------------------------------------------------------------------------------------------------------------


def editor_flags(text: str) -> bool:
    """Whether an editor with our schema flags the file; an editor reads numbers where YAML 1.2 has them, `40 000` as text."""
    schema = json_schema(model_of("socsam-evaluation/1"), "socsam-evaluation/1")

    def typed(value: object) -> object:
        if isinstance(value, dict):
            return {name: typed(entry) for name, entry in value.items()}
        if isinstance(value, list):
            return [typed(entry) for entry in value]
        return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) else value

    return not jsonschema.Draft202012Validator(schema).is_valid(typed(read(text, "file.yaml").data))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_editor_finds_nothing_in_the_examples(path: Path) -> None:
    assert not editor_flags(path.read_text(encoding="utf-8"))


def test_an_editor_sees_what_is_wrong_in_the_form() -> None:
    assert not editor_flags(SMALL)
    for right, wrong in (
        ("kind: service", "kind: servce"), ("effect: −8", "effects: −8"), ("population: 100", "population: many"),
        ("years: 1998–1999", "years: soon"), ("    effect: −8\n", ""), ("1998: 100", "1998: none"), ("area: Exempelby\n", ""),
    ):  # fmt: skip
        assert editor_flags(SMALL.replace(right, wrong, 1)), wrong


# --- the two measures --------------------------------------------------------------------------------------------------------


def test_the_two_measures_have_different_names_everywhere(socsam: Socsam) -> None:
    """The evaluation effect is never called a result, nor the financial result an effect, in either language."""
    for options in ((), ("--base-year", "all"), ("--leave-one-out",)):
        english = socsam("evaluate", INVENTED, *options).out + socsam("explain", INVENTED).out
        swedish = socsam("evaluate", INVENTED, *options, "--lang", "sv").out + socsam("explain", INVENTED, "--lang", "sv").out
        assert "result" not in english.replace("the financial result", "")
        assert "resultat" not in re.sub("utvärderingsresultat|det finansiella resultatet", "", swedish, flags=re.I)
    assert "effect" not in socsam("settle", EXAMPLES / "laholm.yaml").out
    for english, swedish in SWEDISH.items():
        if re.search(r"\beffects?\b", english, re.I):
            assert "resultat" not in re.sub("utvärderingsresultat|det finansiella resultatet", "", swedish, flags=re.I)


def test_the_printed_text_says_what_the_measure_is_not(socsam: Socsam) -> None:
    for arguments in ((INVENTED,), (FOLDER,), (INVENTED, "--base-year", "all")):
        assert "It is not the financial result" in socsam("evaluate", *arguments).out
