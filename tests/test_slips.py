"""Slips as people make them and spellings as programs have them, wherever a value may be given: options, scenarios, evaluations, ledgers.

The gallery in `tests/bad` has those of agreements. Each slip stands for its kind; a message names the cause where it is, and the way out.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from conftest import ROOT, Outcome
from pydantic_core import PydanticCustomError

from socsam_calc import AgreementError, load, settle
from socsam_calc.model.meant import meant
from socsam_calc.model.reading import Context
from socsam_calc.model.reading import told as finding
from socsam_calc.model.scalars import parse_amount

Socsam = Callable[..., Outcome]
WORKED: Final = "tests/worked_example.yaml"


# --- amounts ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "cause", "remedy"),
    [
        ("45,000", "could group thousands", "write `45 000` for forty-five thousand, or `45,0000` for exactly forty-five"),
        ("44.000", "could group thousands", "write `44 000` for forty-four thousand, or `44,0000` for exactly forty-four"),
        ("1,100", "could group thousands", "write `1 100` for one thousand one hundred, or `1,1000` for a little over one"),
        ("1e+05", "power of ten", "write `100 000`; "),
        ("1E5", "power of ten", "write `100 000`; "),
        ("4.5e3 tkr", "is not an amount", "write digits"),
        ("2,5e+06", "power of ten", "write `2 500 000`; "),
        ("−1e3", "power of ten", "write `−1 000`; "),
        ("1e400", "power of ten", "let the program"),
        ("NA", "missing value", "0 where there was none"),
        ("NaN", "missing value", "0 where there was none"),
        (".", "missing value", "0 where there was none"),
        ("#SAKNAS!", "missing value", "0 where there was none"),
        ("null", "missing value", "0 where there was none"),
        ("–1 200", "is a dash", "write `−1 200`, or `-1 200`"),
        ("1 200-", "a minus sign stands before", "write `−1 200`"),
        ("(1 200)", "a minus sign stands before", "write `−1 200`"),
        ("1'200", "grouped by spaces", "write `1 200`"),
        ("1_200", "grouped by spaces", "write `1 200`"),
        ("1 200:-", "as a price", "write `1 200 kr`"),
        ("1 200,-", "as a price", "write `1 200 kr`"),
        ("SEK 1 200", "the unit stands after", "write `1 200 kr`"),
        ("tkr 1 200", "the unit stands after", "write `1 200 tkr`"),
        ("=44+1", "is a formula", "it comes to"),
        ("5 MSEK", "is not a unit", "write `mkr`"),
        ("5 kronor", "is not a unit", "write `kr`"),
        ("”5”", "is no quotation mark", 'write `5`, or "5" in straight quotes'),
        ("”1,5”", "is no quotation mark", 'write "1,5" in straight quotes'),
    ],
)
def test_an_amount_is_refused_with_its_cause(written: str, cause: str, remedy: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_amount(written, SimpleNamespace(context=Context(rounding="öre")))  # type: ignore[arg-type]
    _, text, wanted = finding(caught.value)
    assert cause in text and remedy in wanted


@pytest.mark.parametrize(
    ("written", "unit", "right"),
    [
        ("90000.29999999999", "kr", "90 000,30"),
        ("0.30000000000000004", "kr", "0,30"),
        ("90.00029999999999", "tkr", "90,0003"),
        ("1234.5600000000001", "kr", "1 234,56"),
    ],
)
def test_a_binary_fraction_is_refused_with_the_amount_that_it_stands_for(written: str, unit: str, right: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_amount(written, SimpleNamespace(context=Context(unit=unit, rounding="öre")))  # type: ignore[arg-type]
    told = caught.value.context or {}
    assert "binary fractions" in str(told["text"]) and f"write `{right}`, two decimals of a krona" in str(told["remedy"])


def test_an_amount_that_is_only_too_fine_is_no_binary_fraction() -> None:
    with pytest.raises(PydanticCustomError, match="finer than one öre"):
        parse_amount("90000.3004", SimpleNamespace(context=Context(rounding="öre")))  # type: ignore[arg-type]
    assert parse_amount("90000.30", SimpleNamespace(context=Context(rounding="öre"))) == 9_000_030  # type: ignore[arg-type]


# --- words ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "known", "is_meant"),
    [
        ("parter", ("parties", "period"), "parties"),
        ("Parter", ("parties", "period"), "parties"),
        ("år", ("years", "area"), "years"),
        ("år", ("year", "amount"), "year"),
        ("kommun", ("municipality", "county_council"), "municipality"),
        ("försäkringskassa", ("insurance_office", "municipality"), "insurance_office"),
        ("försäkringskasan", ("insurance_office", "municipality"), "insurance_office"),
        ("region", ("county_council",), "county_council"),
        ("utfall", ("actual", "estimate"), "actual"),
        ("utfall", ("outcome", "forecast"), "outcome"),
        ("prognos", ("outcome", "forecast"), "forecast"),
        ("eget kapital", ("reserve",), "reserve"),
        ("hälso- och sjukvård", ("health_care", "travel_reimbursement"), "health_care"),
        ("lika", ("equal", "frame"), "equal"),
        ("muncipality", ("municipality",), "municipality"),
        ("xyz", ("municipality", "frame"), None),
        ("af", ("from", "area"), None),
    ],
)
def test_a_word_of_the_format_is_known_in_swedish_and_through_a_slip(said: str, known: tuple[str, ...], is_meant: str | None) -> None:
    assert meant(said, known) == is_meant


def test_a_word_that_the_place_does_not_take_is_not_offered() -> None:
    assert meant("kommun", ("equal", "frame")) is None


# --- where a value is given beside a file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("years.1998.frame.primary_care=45,000", "could group thousands"),
        ("years.1998.frame.primary_care=1e+05", "power of ten"),
        (
            "years.1998.frame={primary_care:55 000}",
            "a space is missing after the colon of `primary_care:`\n   write `primary_care: 55 000`",
        ),
        ("series.national_sickness_cost.outcome.1998=”118,2”", "is no quotation mark of a file"),
        ("activities.family_care.funder=Landstinget", "did you mean `landsting`, the short name of `Landstinget`?"),
        ("parties.kommun.role=kommun", "did you mean `municipality`?"),
        ("parties.kommun.roll=municipality", "did you mean `parties.kommun.role`?"),
        ("år.1998.frame.primary_care=5", "did you mean `years.1998.frame.primary_care`?"),
        ("sharing.överskott=equal", "did you mean `sharing.surplus`?"),
        ("years.1998.sharing.deficit.kassa=50 %", "the shares add up to 50 %, not 100 %"),
        ("sharing.deficit={kassa: 50 %, landsting: 25 %}", "the shares add up to 75 %, not 100 %"),
        ("sharing.deficit.kassa=NA", "stands for a missing value"),
    ],
)
def test_what_is_wrong_with_a_setting_names_the_option(socsam: Socsam, setting: str, told: str) -> None:
    outcome = socsam("settle", WORKED, "--set", setting)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"--set {setting}: ") and told in outcome.err
    assert "worked_example.yaml:" not in outcome.err


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("years.1998.frame.primary_care=45,000..46 000", "could group thousands"),
        ("years.1998.frame.primary_care=45 000..1e+05", "power of ten"),
        ("years.1998.frame.primary_care=–5..5", "is a dash"),
        ("sharing.delat=0 %..100 %", "did you mean `sharing.shared`?"),
        ("sharing.shared=0 %..”50 %”", "is no quotation mark"),
    ],
)
def test_what_is_wrong_with_what_is_varied_names_the_option(socsam: Socsam, path: str, told: str) -> None:
    outcome = socsam("whatif", WORKED, "--vary", path)
    assert outcome.status == 2 and outcome.err.startswith(f"--vary {path}") and told in outcome.err


def scenarios(folder: Path, body: str) -> Path:
    """A file of scenarios about the worked example, beside a copy of it."""
    (folder / "worked.yaml").write_text((ROOT / WORKED).read_text(encoding="utf-8"), encoding="utf-8")
    file = folder / "scenarios.yaml"
    file.write_text(f"format: socsam-scenarios/1\nagreement: worked.yaml\n{body}", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("scenarios:\n  a:\n    set: {years.1998.frame.primary_care: 1e+05}\n", ":5:42: a: `1e+05` is written with a power of ten"),
        ("scenarios:\n  a:\n    set: {years.1998.frame.primary_care:5}\n", ":5:11: a space is missing after the colon"),
        ("scenarios:\n  a:\n    set: {parties.kommun.name: Norra, södra}\n", "`Norra, södra` was split at the comma"),
        ("scenarios:\n  a:\n    sätt: {sharing.shared: 50 %}\n", "in this file `set`"),
        ("scenarios:\n  a:\n    set: {sharing.shared: 50 %}\n    expect: {settled: {Landstinget: {min: 5}}}\n", "did you mean `landsting`, the short name"),
        ("scenarios:\n  a:\n    set: {sharing.shared: ”50 %”}\n", "is no quotation mark"),
        ("scenarier:\n  a:\n    set: {sharing.shared: 50 %}\n", "in this file `scenarios`"),
    ],
)  # fmt: skip
def test_a_slip_in_a_file_of_scenarios_is_told_there(socsam: Socsam, tmp_path: Path, body: str, told: str) -> None:
    outcome = socsam("whatif", scenarios(tmp_path, body))
    assert outcome.status == 2 and told in outcome.err and "scenarios.yaml:" in outcome.err


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("population: ", "invånare: ", "in this file `population`"),
        ("items:", "poster:", "in this file `items`"),
        ("kind: transfer", "kind: bidrag", "did you mean `transfer`?"),
        ("unit: tkr", "unit: TSEK", "did you mean `tkr`?"),
    ],
)
def test_a_slip_in_an_evaluation_is_told_there(socsam: Socsam, tmp_path: Path, right: str, wrong: str, told: str) -> None:
    text = (ROOT / "examples" / "evaluation" / "exempelby.yaml").read_text(encoding="utf-8")
    if right not in text:
        pytest.skip("the example is written otherwise")
    file = tmp_path / "evaluation.yaml"
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    outcome = socsam("evaluate", file)
    assert outcome.status == 2 and told in outcome.err and "evaluation.yaml:" in outcome.err


@pytest.mark.parametrize("command", ["settle", "check", "incentives", "evaluate"])
def test_a_workbook_given_as_a_file_is_named_as_one(socsam: Socsam, tmp_path: Path, command: str) -> None:
    file = tmp_path / "ledger.xlsx"
    file.write_bytes((ROOT / "tests" / "bad" / "a_workbook.yaml").read_bytes())
    outcome = socsam(command, file)
    assert outcome.status == 2
    assert (
        "this is a workbook, not a text file\n   a workbook's figures are read by an agreement that names it: `figures: ledger.xlsx`"
        in outcome.err
    )


def test_a_ledger_given_as_an_agreement_is_sent_to_one(socsam: Socsam, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("year;activity;frame\n1998;care;5\n", encoding="utf-8")
    assert "an agreement that names their file: `figures: ledger.csv`" in socsam("settle", tmp_path / "ledger.csv").err


# --- ledgers ----------------------------------------------------------------------------------------------------------------------

AGREEMENT: Final = """format: socsam/1
area: Exempelby
rounding: öre
period: {start: 1998-01-01, end: 1999-12-31}
parties:
  kassa: {name: Kassan, role: insurance_office}
  kommun: {name: Kommunen, role: municipality}
activities:
  sjuk: {name: Sjukpenning, funder: kassa, cost: sickness_benefit}
  omsorg: {name: Omsorg, funder: kommun, cost: social_services}
sharing: {surplus: frame, deficit: equal}
figures: ledger.csv
"""


def settled(folder: Path, ledger: str, agreement: str = AGREEMENT) -> Any:
    (folder / "agreement.yaml").write_text(agreement, encoding="utf-8")
    (folder / "ledger.csv").write_text(ledger, encoding="utf-8")
    return settle(load(folder / "agreement.yaml"))


def refused(folder: Path, ledger: str, agreement: str = AGREEMENT) -> list[str]:
    with pytest.raises(AgreementError) as caught:
        settled(folder, ledger, agreement)
    return [str(problem).replace(str(folder) + "/", "") for problem in caught.value.problems]


PLAIN: Final = "year;activity;frame;actual\n1998;sjuk;100;90\n1998;omsorg;200;195\n"


@pytest.mark.parametrize(
    "ledger",
    [
        "year;activity;frame;actual;\n1998;sjuk;100;90;\n1998;omsorg;200;195;\n",
        "year;activity;frame;actual\n1998;sjuk;100;90;\n1998;omsorg;200;195;;\n",
        "year;activity;;frame;actual;;;\n1998;sjuk;;100;90;;;\n1998;omsorg;;200;195;;;\n",
        ";year;activity;frame;actual\n;1998;sjuk;100;90\n;1998;omsorg;200;195\n",
        "year;activity;frame;actual\n;;;\n1998;sjuk;100;90\n;;;;\n1998;omsorg;200;195\n",
        "year,activity,frame,actual,\n1998,sjuk,100,90,\n1998,omsorg,200,195,\n",
        "År;Verksamhet;Ram (kr);Utfall, kr\n1998;sjuk;100;90\n1998;omsorg;200;195\n",
        "year;activity;ram (tkr);utfall [tkr]\n1998;sjuk;0,1;0,09\n1998;omsorg;0,2;195 kr\n",
        "year;activity;ram_tkr;utfall_tusen kr\n1998;sjuk;0,1;0,09\n1998;omsorg;0,2;195 kr\n",
        "year;activity;ram i tkr;utfall (SEK)\n1998;sjuk;0,1;90\n1998;omsorg;0,2;195\n",
        "year;activity;ram (1000 kr);utfall (1 000 kr)\n1998;sjuk;0,1;0,09\n1998;omsorg;0,2;195 kr\n",
        "year;activity;ram 1000 kr;utfall, 1 000 kr\n1998;sjuk;0,1;0,09\n1998;omsorg;0,2;195 kr\n",
        "year;activity;Ram (1\u00a0000 kronor);utfall i tusental kr\n1998;sjuk;0,1;0,09\n1998;omsorg;0,2;195 kr\n",
        "year;activity;ram (miljoner kr);utfall tusen kr\n1998;sjuk;0,0001;0,09\n1998;omsorg;0,0002;195 kr\n",
        "activity;figure;1998 (1 000 kr)\nsjuk;ram;0,1\nsjuk;utfall;0,09\nomsorg;ram;0,2\nomsorg;utfall;195 kr\n",
        "activity;figure;1998 (tkr)\nsjuk;ram;0,1\nsjuk;utfall;0,09\nomsorg;ram;0,2\nomsorg;utfall;195 kr\n",
        "activity;figure;1998\nsjuk;ram (tkr);0,1\nsjuk;utfall (kr);90\nomsorg;ram (tkr);0,2\nomsorg;utfall;195\n",
    ],
)
def test_a_ledger_says_the_same_with_empty_columns_and_units_in_its_headings(tmp_path: Path, ledger: str) -> None:
    """Frames of 100 and 200 kr against costs of 90 and 195: a surplus of 15 kr, divided by the frame: 5 and 10."""
    year = settled(tmp_path, ledger).year(1998)
    assert year.totals.result == Fraction(15)
    assert [year.party(name).settled for name in ("kassa", "kommun")] == [Fraction(5), Fraction(10)]
    assert settled(tmp_path, PLAIN).year(1998).totals.result == Fraction(15)


@pytest.mark.parametrize(
    ("ledger", "told"),
    [
        ("year;activity;frame;actual;\n1998;sjuk;100;90;x\n1998;omsorg;200;195;\n", "ledger.csv:2:18: this column has no name"),
        ("year;activity;frame;actual\n1998;sjuk;100;90;x\n1998;omsorg;200;195\n", "ledger.csv:2:1: 5 fields stand here, and 4 in the header"),
        ("year;activity;ram (euro)\n1998;sjuk;100\n", "`euro` beside `ram` is not a unit"),
        ("year;activity;Ram (%)\n1998;sjuk;100\n", "`%` beside `ram` is not a unit"),
        ("year;activity;frame;actual\n", "ledger.csv holds no figures yet"),
        ("year;activity;frame;actual\n;;;\n", "ledger.csv holds no figures yet"),
        ("year;activity;frame;actual\n1998;sjuk;;\n1998;omsorg;;\n", "ledger.csv holds no figures yet"),
        ("year;activity;frame;actual\n;sjuk;100;90\n", "ledger.csv:2:1: the year is missing"),
        ("year;activity;frame;actual\n1998;;100;90\n", "ledger.csv:2:6: the activity is missing"),
        ("activity;figure;1998\nsjuk;;100\n", "ledger.csv:2:6: the figure is missing"),
        ('year,activity,frame\n1998,sjuk,"1,100"\n', "write `1 100` for one thousand one hundred, or `1,1000` for a little over one"),
        ("year;activity;frame;actual\n1998;sjuk;100;90\n1998;omsorg;200;\n", "ledger.csv:3:17: `omsorg` has a row in the frame of 1998 but no cost"),
        ("year;activity;frame;actual\n1998;omsorg;200;\n1998;sjuk;100;90\n", "ledger.csv:2:17: `omsorg` has a row in the frame of 1998 but no cost"),
        ("activity;figure;1998\nsjuk;ram;100\nsjuk;utfall;90\nomsorg;ram;200\n", "ledger.csv:4:1: `omsorg` has a row in the frame of 1998 but no cost"),
        ("activity;figure;1998\nsjuk;ram;100\nsjuk;utfall;90\nomsorg;ram;200\nomsorg;utfall;\n", "ledger.csv:5:15: `omsorg` has a row in the frame of 1998"),
        ("year;activity;frame;actual\n1998;Sjukpenning;100;90\n", "did you mean `sjuk`, the short name of `Sjukpenning`?"),
        ("year;activity;frame;actual\n1998;SJUKPENNING;100;90\n", "did you mean `sjuk`, the short name of `Sjukpenning`?"),
        ("year;activity;party;frame\n1998;sjuk;Kommunen;100\n", "did you mean `kommun`, the short name of `Kommunen`?"),
        ("year;activity;frame\n1998.0;sjuk;100\n", "`1998.0` is not a year\n    2 | 1998.0;sjuk;100\n      | ^^^^^^\n   write `1998`"),
        ("year;activity;frame\n1998;sjuk;90000.29999999999\n", "write `90 000,30`, two decimals of a krona; or mark the column as a decimal type"),
        ("year;activity;frame\n1998;sjuk;1e+05\n", "written with a power of ten"),
    ],
)  # fmt: skip
def test_a_ledger_is_refused_where_it_is_wrong(tmp_path: Path, ledger: str, told: str) -> None:
    assert any(told in message for message in refused(tmp_path, ledger)), refused(tmp_path, ledger)


def test_a_cost_that_is_missing_is_told_once_and_not_at_another(tmp_path: Path) -> None:
    (only,) = refused(tmp_path, "year;activity;frame;actual\n1998;sjuk;100;90\n1998;omsorg;200;\n")
    assert only.endswith("   give `omsorg` its cost here, 0 where there was none")


def test_a_ledger_with_headings_alone_is_refused_though_the_agreement_has_a_frame(tmp_path: Path) -> None:
    stated = AGREEMENT + "years:\n  1998:\n    frame: {sjuk: 100, omsorg: 200}\n"
    (only,) = refused(tmp_path, "year;activity;frame;actual\n", stated)
    assert "ledger.csv holds no figures yet" in only


def test_years_that_are_no_entries_are_refused_beside_a_ledger(tmp_path: Path) -> None:
    told = refused(tmp_path, PLAIN, AGREEMENT + "years:\n  1998: none\n")
    assert any("`none` stands where `name: value` entries should be" in message for message in told)


# --- the key of a year without a frame --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["frame", "contributed"])
def test_a_year_without_a_frame_says_so_and_not_that_nobody_contributes(key: str) -> None:
    text = AGREEMENT.replace("figures: ledger.csv\n", "").replace("deficit: equal", f"deficit: {key}")
    with pytest.raises(AgreementError) as caught:
        settle(load("x.yaml", text=text + "years:\n  1998:\n    actual: {sjuk: 100, omsorg: 5}\n"))
    (problem,) = caught.value.problems
    assert problem.text == f"no frame is given for 1998, and the key `{key}` divides by what was put into it"
    assert problem.place.line == 13


def test_a_frame_of_nothing_is_one_to_which_nobody_contributes() -> None:
    text = AGREEMENT.replace("figures: ledger.csv\n", "").replace("deficit: equal", "deficit: frame")
    with pytest.raises(AgreementError, match="nobody contributes to the frame"):
        settle(load("x.yaml", text=text + "years:\n  1998:\n    frame: {sjuk: 0, omsorg: 0}\n    actual: {sjuk: 100, omsorg: 5}\n"))
