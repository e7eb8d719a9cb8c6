"""Explanations: every printed formula, recomputed by a calculator of the test's own, gives the printed value."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT
from oracle.generate import generate

from socsam_calc import AgreementError, load, settle
from socsam_calc.engine.values import figures, known_figures
from socsam_calc.money import apportion, quotas
from socsam_calc.report.data.json import write
from socsam_calc.report.derivation.explanation import Explanation
from socsam_calc.report.derivation.steps import STEPS
from socsam_calc.report.told.words import Words

CASES = sorted((ROOT / "tests" / "cases").glob("case-*.yaml"))
ORE = {"öre": Fraction(1), "kr": Fraction(100), "tkr": Fraction(100_000), "mkr": Fraction(100_000_000)}
NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?")


# --- the calculator ----------------------------------------------------------------------------------------------------


def half_away(value: Fraction) -> Fraction:
    """To the nearest integer, halves away from zero."""
    whole, rest = divmod(abs(value), 1)
    size = whole + (rest >= Fraction(1, 2))
    return Fraction(size if value >= 0 else -size)


def calculated(text: str, smallest: Fraction) -> Fraction:
    """What a printed formula comes to. ``smallest`` is the rounding unit in the unit of the amounts."""
    text = re.sub(r"\((.*) (?:within|inom) ±(.*)\)$", r"(within(\1, \2))", text)
    text = NUMBER.sub(lambda match: f"Fraction('{match[0].replace(' ', '').replace(',', '.')}')", text)
    text = text.replace(" %", " * Fraction(1, 100)").replace("−", "-").replace("×", "*").replace(";", ",")

    def rounded(value: Fraction) -> Fraction:
        return half_away(value / smallest) * smallest

    def within(value: Fraction, limit: Fraction) -> Fraction:
        return max(-limit, min(limit, value))

    names = {"Fraction": Fraction, "round": rounded, "avrunda": rounded, "within": within, "min": min, "max": max, "__builtins__": {}}
    return Fraction(eval(text, names))


def test_the_calculator_reads_what_the_program_prints() -> None:
    assert calculated("round(40 000 × 118,2 × 12 / (100 × 12))", Fraction(1)) == 47_280
    assert calculated("−1 350 + (−2 773)", Fraction(1)) == -4_123
    assert calculated("−round(2 988 × 100 % + 12 × 25 %)", Fraction(1)) == -2_991
    assert calculated("round(−10,5 within ±4,5)", Fraction(1)) == -5
    assert calculated("avrunda(−10,5 inom ±4,5)", Fraction(1)) == -5
    assert calculated("min(4 123; 420)", Fraction(1)) == 420


def recomputed(told: dict[str, Any]) -> Iterator[str]:
    """Every step of an explanation held against its formula; what does not agree."""
    smallest = ORE[told["rounding"]] / ORE[told["unit"]]
    in_kronor = ORE[told["unit"]] / 100
    steps = {step["id"]: step for step in told["steps"]}
    for step in told["steps"]:
        value, inputs = Fraction(str(step["value"])), [steps[number] for number in step["inputs"]]
        if not inputs:
            if step["formula"] not in ("given", "figure") and value:
                yield f"{step['label']} is {value} and rests on nothing"
            continue
        if step["formula"] == "part":
            yield from divided(step, inputs, value, ORE[told["rounding"]] / 100)
            continue
        got = calculated(step["numbers"], smallest) * (in_kronor if step["kind"] == "amount" else 1)
        if got != value:
            yield f"{step['label']}: {step['numbers']} is {got}, not {value}"
        from_inputs = [Fraction(str(one["value"])) for one in inputs]
        if step["formula"] == "sum" and sum(from_inputs) != value:
            yield f"{step['label']}: its inputs do not add up"


def divided(step: dict[str, Any], inputs: list[dict[str, Any]], value: Fraction, smallest: Fraction) -> Iterator[str]:
    """Largest remainder, from the printed parts: quotas rounded down, the units left over to the largest remainders, earlier first."""
    whole = Fraction(str(inputs[0]["value"]))
    weights = [Fraction(str(one["value"])) for one in inputs[1:]]
    parts = step["division"]
    if Fraction(str(parts[step["position"] - 1]["part"])) != value:
        yield f"{step['label']}: another part than its own"
    if sum(Fraction(str(part["part"])) for part in parts) != whole:
        yield f"{step['label']}: the parts do not add up to {whole}"
    exact = [abs(whole) / smallest * weight / sum(weights) for weight in weights]
    left = abs(whole) / smallest - sum(quota // 1 for quota in exact)
    served = sorted(range(len(exact)), key=lambda index: (-(exact[index] % 1), index))[: int(left)]
    for index, (part, quota) in enumerate(zip(parts, exact, strict=True)):
        expected = (quota // 1 * smallest, quota % 1, int(index in served))
        if (Fraction(str(part["whole"])), Fraction(str(part["remainder"])), part["extra"]) != expected:
            yield f"{step['label']}: the part of {part['id']} is wrong"


def explained(file: Path | str, unit: str | None = None, text: str | None = None) -> dict[str, Any]:
    """Every figure of every year of a file, as the program prints it in JSON."""
    document = load(file, text=text)
    settlement = settle(document)
    known = {path: step for path, step in known_figures(settlement).items() if step is not None}
    year = settlement.years[-1]
    explanation = Explanation(document, settlement, year, known, Words("en"), unit, subject="everything")
    told: dict[str, Any] = json.loads(write(explanation.data()), parse_float=str)
    return told


@pytest.mark.parametrize("file", [*CASES, *sorted(EXAMPLES.glob("*.yaml"))], ids=lambda file: file.stem)
def test_every_printed_formula_gives_the_printed_value(file: Path) -> None:
    assert not list(recomputed(explained(file)))


@pytest.mark.parametrize("seed", range(900, 930))
def test_so_it_does_in_random_agreements(seed: int) -> None:
    try:
        told = explained("random", text=generate(seed))
    except AgreementError:
        return  # one that the program refuses
    assert not list(recomputed(told))


def test_so_it_does_in_another_unit() -> None:
    told = explained(EXAMPLES / "complete.yaml", "mkr")
    assert told["unit"] == "mkr" and not list(recomputed(told))


def test_a_figure_has_the_value_that_settle_prints(socsam: Callable[..., Any]) -> None:
    settled = json.loads(socsam("settle", "examples/complete.yaml", "--format", "json").out)["settlements"][0]
    by_path = {}
    for year in settled["years"]:
        for part in ("totals", "body", "state_split"):
            by_path |= {f"{year['year']}.{part}.{name}": value for name, value in (year[part] or {}).items()}
        for part in ("parties", "activities"):
            for one in year[part]:
                by_path |= {f"{year['year']}.{part}.{one['id']}.{name}": value for name, value in one.items() if name != "cells"}
                by_path |= {f"{year['year']}.{part}.{one['id']}.cells.{party}": value for party, value in one.get("cells", {}).items()}
        by_path |= {f"{year['year']}.payments.{number}": payment["amount"] for number, payment in enumerate(year["payments"])}
        by_path[f"{year['year']}.sharing.withheld"] = year["sharing"]["withheld"]
        if year["shortfall"]:
            by_path[f"{year['year']}.shortfall.amount"] = year["shortfall"]["amount"]
            by_path |= {f"{year['year']}.shortfall.parties.{one['id']}": one["amount"] for one in year["shortfall"]["parties"]}
    told = explained(EXAMPLES / "complete.yaml")
    values = {step["id"]: step["value"] for step in told["steps"]}
    assert {figure["path"]: values[figure["step"]] for figure in told["figures"]} == {
        path: value for path, value in by_path.items() if isinstance(value, int) and not isinstance(value, bool)
    }


# --- the catalogue -------------------------------------------------------------------------------------------------------


def test_every_step_of_the_engine_is_in_the_catalogue() -> None:
    """By the names that stand in the engine's source, and by those that come up when every case is settled."""
    makers = {"given", "zero", "total", "less", "scaled", "parts", "product", "ratio", "added", "limited", "least", "banded", "_by_party"}
    makers |= {"_spread", "_enter", "_divided", "divide", "not_below_zero", "resolved", "ByWeights"}
    named = set()
    for source in [*(ROOT / "socsam_calc" / "engine").glob("*.py"), ROOT / "socsam_calc" / "model" / "dividing.py"]:
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if function in makers:
                    named |= {one.value for one in call.args[:3] if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    used = set()
    for file in [*CASES, EXAMPLES / "complete.yaml"]:
        for year in settle(load(file)).years:
            waiting = [step for step in figures(year).values() if step is not None]
            while waiting:
                step = waiting.pop()
                used.add(step.name)
                waiting += step.inputs
    assert named - STEPS.keys() == set()
    assert used - STEPS.keys() == set()
    assert STEPS.keys() - named - used == set(), "no step has these names any more"


def test_every_entry_says_what_it_rests_on() -> None:
    plain = {"nothing", "months", "months in a year", "months past", "months ahead", "months of the year", "equal part"}
    plain |= {"weight of a month", "weights past", "weights ahead", "weights of the year"}  # the file's own, which no source prescribes
    for name, entry in STEPS.items():
        if name not in plain:
            assert entry.section and entry.rules and entry.sources, name
            assert all(source.startswith(("Act ", "PM ", "Report ")) for source in entry.sources), name
        Words("sv")(entry.when_empty)


def test_quotas_are_those_of_the_apportionment() -> None:
    # 10 over 1:1:1: 3,33 each, and one unit more for the first; −10 is the mirror image.
    assert [(one.whole, one.remainder, one.extra) for one in quotas(10, [1, 1, 1])] == [
        (3, Fraction(1, 3), 1),
        (3, Fraction(1, 3), 0),
        (3, Fraction(1, 3), 0),
    ]
    assert [-(one.whole + one.extra) for one in quotas(-10, [1, 1, 1])] == apportion(-10, [1, 1, 1]) == [-4, -3, -3]


# --- what a person reads ---------------------------------------------------------------------------------------------------


def test_a_figure_can_be_followed_with_a_pocket_calculator(socsam: Callable[..., Any]) -> None:
    """The worked example: 930 × 73 000/176 280 = 385,12…, and the unit left over goes to kassa's 254,71…"""
    told = socsam("explain", "tests/worked_example.yaml", "1998.parties.kommun.settled")
    assert told.status == 0 and told.err == ""
    lines = [line.strip() for line in told.out.splitlines()]
    assert "kassa: 930 × 48 280 / 176 280 = 254,7106…: down to 254, remainder 0,7106…, and one tkr more: 255" in lines
    assert "kommun: 930 × 73 000 / 176 280 = 385,1259…: down to 385, remainder 0,1259…" in lines
    assert "left over: 1 tkr, one each to the largest remainders" in lines
    assert "= round(40 000 × 118,2 × 12 / (100 × 12))" in lines
    assert "tests/worked_example.yaml:50:17  |  sickness: 45 800" in lines


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_formula_of_the_text_too_gives_its_value(socsam: Callable[..., Any], lang: str) -> None:
    """The last `= …` line under `[n] label: value` is the formula with numbers."""
    checked = 0
    for year in ("1998", "1999", "2000"):
        text = socsam("explain", "examples/complete.yaml", "--year", year, "--lang", lang).out
        for entry in re.split(r"\n(?= *\[\d+\] )", text):
            head = re.match(r" *\[\d+\] .*: (−?[\d ,]+)\n", entry)
            formulas = re.findall(r"\n +(?:\w+: )?= ?([^\n\[]*)(?=\n)", entry)
            formulas = [one for one in formulas if not re.search(r"[a-zåäö]{2,}(?<!round)(?<!within)(?<!avrunda)(?<!inom)(?<!min)\b", one)]
            if head and formulas:
                assert calculated(formulas[-1], Fraction(1)) == calculated(head[1], Fraction(1)), entry
                checked += 1
    assert checked > 150


def test_in_swedish_what_a_formula_does_has_swedish_names_and_the_legend_explains_them(socsam: Callable[..., Any]) -> None:
    """In the JSON too, whose words follow the language; what a step does stands there under `formula` for programs, in any language the same."""
    for option, done, other in (("sv", "avrunda", "round"), ("en", "round", "avrunda")):
        told = socsam("explain", "tests/worked_example.yaml", "1998.parties.kommun.settled", "--lang", option).out
        assert f"= {done}(40 000 × 118,2 × 12 / (100 × 12))" in told
        assert f"{done}: " in told
        assert not re.search(rf"\b{other}\b", told)
    steps = {
        lang: json.loads(socsam("explain", "tests/worked_example.yaml", "1998", "--lang", lang, "-f", "json").out)["steps"]
        for lang in ("en", "sv")
    }
    assert [step["formula"] for step in steps["sv"]] == [step["formula"] for step in steps["en"]]
    assert "round(" not in json.dumps([step["numbers"] for step in steps["sv"]])


def test_what_is_needed_twice_is_told_once(socsam: Callable[..., Any]) -> None:
    numbers = re.findall(r"^ *\[(\d+)\] ", socsam("explain", "examples/complete.yaml", "2000.parties").out, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_the_year_without_a_figure_is_the_last_one_settled(socsam: Callable[..., Any], tmp_path: Path) -> None:
    text = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")
    file = tmp_path / "budget.yaml"
    file.write_text(text + "  1999:\n    frame:\n      sickness: 48 000\n      primary_care: 56 000\n", encoding="utf-8")
    assert socsam("explain", file).out.startswith("Exempelköping: 1998.")
    budget = socsam("explain", file, "--year", "1999")
    assert budget.status == 0 and "Frame (§ 1)" in budget.out and "Result (§ 2)" not in budget.out


def test_a_figure_may_leave_its_year_out(socsam: Callable[..., Any]) -> None:
    assert socsam("explain", "examples/complete.yaml", "totals.result", "--year", "1999").out.startswith("Exempelby: 1999.totals.result.")


def test_the_file_is_silent(socsam: Callable[..., Any]) -> None:
    """`rest` and what the format takes silence for are said, and an option is a place like any other."""
    told = socsam("explain", "examples/complete.yaml", "2000.parties.grannkommun.allocated").out
    assert "`rest`: what the other shares leave of the whole" in told
    told = socsam("explain", "examples/complete.yaml", "1999.totals.uses", "--set", "years.1999.uses.0.amount=250").out
    assert "--set years.1999.uses.0.amount=250" in told


def test_years_before_are_derived_with_a_figure_and_cited_in_a_year(socsam: Callable[..., Any]) -> None:
    assert "opening claim (kassa, 1998)" in socsam("explain", "examples/complete.yaml", "1999.parties.kassa.transfer").out
    told = socsam("explain", "examples/complete.yaml", "--year", "1999").out
    assert "opening claim" not in told
    assert "derived by `socsam explain examples/complete.yaml 1998.parties.kassa.carried`" in told


def test_swedish_and_markdown(socsam: Callable[..., Any]) -> None:
    swedish = socsam("explain", "examples/complete.yaml", "1999.parties.kassa.settled", "--lang", "sv").out
    assert "[1] avräknat (kassa): 400" in swedish and "enligt största rest" in swedish and "Rapporten 4.1.2" in swedish
    markdown = socsam("explain", "examples/complete.yaml", "1999.totals.result", "--format", "markdown").out
    assert "- **\\[1\\] result: 1 541**\\\n  = result (sickness)" in markdown


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("1999.parties.komun.settled", "did you mean `1999.parties.kommun.settled`?"),
        ("1999.partys.kommun.settled", "did you mean `1999.parties.kommun.settled`?"),
        ("1999.totals.zork", "there is: `1999.totals.preliminary_frame`"),
        ("1999.totals.result.more", "there is no such figure"),
        ("1998.payments", "nobody pays anybody"),
        ("1997.totals.result", "the agreement holds no year 1997"),
    ],
)
def test_a_wrong_path_is_refused_with_the_nearest(socsam: Callable[..., Any], figure: str, said: str) -> None:
    told = socsam("explain", "examples/complete.yaml", figure)
    assert told.status == 2 and said in told.err and told.out == ""


def test_what_is_not_known_says_why(socsam: Callable[..., Any]) -> None:
    told = socsam("explain", "examples/laholm.yaml", "2000.body.paid")
    assert told.status == 2 and "only the total result is given" in told.err


def test_a_part_of_a_path_names_all_in_it(socsam: Callable[..., Any]) -> None:
    """The association's debt of 120 in four quarters."""
    told = socsam("explain", "examples/complete.yaml", "2000.shortfall").out
    assert told.startswith("Exempelby: 2000.shortfall.")
    assert re.findall(r"^\[\d+\] shortfall \((\w+)\): (\d+)$", told, re.MULTILINE) == [
        (party, "30") for party in ("kassa", "landsting", "kommun", "grannkommun")
    ]


def test_figures_of_a_ledger_stand_in_the_ledger(socsam: Callable[..., Any], tmp_path: Path) -> None:
    text = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8").replace("      sickness: 45 800\n", "")
    (tmp_path / "agreement.yaml").write_text("figures: ledger.csv\n" + text, encoding="utf-8")
    (tmp_path / "ledger.csv").write_text("year;activity;actual\n1998;sickness;45 800\n", encoding="utf-8")
    told = socsam("explain", tmp_path / "agreement.yaml", "1998.activities.sickness.actual").out
    assert "ledger.csv:2:15  |  1998;sickness;45 800" in told


def test_one_agreement_at_a_time(socsam: Callable[..., Any]) -> None:
    told = socsam("explain", "examples")
    assert told.status == 2 and "is a folder" in told.err


def test_nothing_is_written_for_a_bad_path(socsam: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "figure.json"
    assert socsam("explain", "examples/complete.yaml", "zork", "-o", out).status == 2 and not out.exists()
    assert socsam("explain", "examples/complete.yaml", "1999.totals.result", "-o", out).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))["schema"] == "socsam.explanation/1"
    assert socsam("explain", "examples/complete.yaml", "-o", tmp_path / "figure.html").status == 2


def test_a_balance_carried_through_hundreds_of_years(socsam: Callable[..., Any]) -> None:
    years = "".join(f"  {year}: {{frame: {{a: 100, b: 100}}, actual: {{a: 90, b: 105}}}}\n" for year in range(1700, 1900))
    text = (
        "format: socsam/1\narea: Länge\nrounding: kr\nperiod: {start: 1700-01-01, end: 2600-12-31}\n"
        "parties:\n  a: {role: insurance_office}\n  b: {role: municipality}\n"
        "sharing: {surplus: equal, deficit: equal, distribute: at_end}\nyears:\n" + years
    )
    told = socsam("explain", "-", "1899.parties.a.carried", text=text)
    # each year a saves 10 and b overspends by 5: 5 are shared, 3 and 2 by the order of the parties; a owes 10 − 3 = 7
    assert told.status == 0 and "[1] carried further (a): −1 400" in told.out
