"""Everything of the command line is one call, and its result gives what the command prints, as every format; and as data frames, exact."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from conftest import EXAMPLES, ROOT, Outcome
from test_notebook import HOSTILE, Tags

from socsam_calc import (
    AgreementError,
    OutputError,
    Rules,
    Settlements,
    books,
    check,
    evaluate,
    explain,
    figures_template,
    incentives,
    init,
    load,
    load_evaluation,
    norm,
    report_page,
    rule_catalogue,
    schema,
    settle,
    simulate,
    whatif,
)

Socsam = Callable[..., Outcome]
GOTLAND, COMPLETE = "examples/gotland.yaml", "examples/complete.yaml"
UNCERTAIN, BUDGET = "examples/whatif/uncertain.yaml", "examples/whatif/budget.yaml"
LAND, MEDELBY = "examples/norm/land.csv", "examples/norm/terms.yaml"
LEDGER, BOOKED = "examples/books/huvudbok-2024.se", "examples/books/sjobygden.yaml"
EXEMPELBY, HISINGEN = "examples/evaluation/exempelby.yaml", "examples/evaluation/hisingen.yaml"


class Case(NamedTuple):
    """A command, and the call that does the same; ``rows`` are the kinds of rows of its CSV, empty where there is only one."""

    command: list[str]
    call: Callable[[], Any]
    rows: tuple[str, ...] = ("",)


CASES: Mapping[str, Case] = {
    "settle": Case(["settle", COMPLETE], lambda: settle(COMPLETE), ("parties", "activities")),
    "settle to the öre": Case(["settle", "-"], lambda: settle(load("-", text=HOSTILE)), ("parties", "activities")),
    "settle several": Case(["settle", GOTLAND, COMPLETE], lambda: settle([GOTLAND, Path(COMPLETE)]), ("parties", "activities")),
    "check": Case(["check", GOTLAND], lambda: check(GOTLAND)),
    "check several": Case(["check", GOTLAND, COMPLETE], lambda: check([load(GOTLAND), COMPLETE])),
    "check some rules": Case(
        ["check", "examples/haninge.yaml", "--select", "SOC6", "--ignore", "SOC611", "--lang", "sv"],
        lambda: check("examples/haninge.yaml", "sv", select="SOC6", ignore=["SOC611"]),
    ),
    "incentives": Case(["incentives", GOTLAND], lambda: incentives(load(GOTLAND)), ("activities", "payments")),
    "incentives of a year": Case(
        ["incentives", COMPLETE, GOTLAND, "--year", "1998"],
        lambda: incentives([COMPLETE, GOTLAND], year=1998),
        ("activities", "payments"),
    ),
    "incentives with terms set": Case(
        ["incentives", GOTLAND, "--set", "sharing.shared=50 %"],
        lambda: incentives(GOTLAND, settings="sharing.shared=50 %"),
        ("activities", "payments"),
    ),
    "whatif set": Case(["whatif", GOTLAND, "--set", "sharing.shared=50 %"], lambda: whatif(GOTLAND, settings=["sharing.shared=50 %"])),
    "whatif vary": Case(
        ["whatif", GOTLAND, "--vary", "sharing.shared=0 %..100 %", "--steps", "4"],
        lambda: whatif(GOTLAND, vary=["sharing.shared=0 %..100 %"], steps=4),
    ),
    "whatif grid": Case(
        ["whatif", COMPLETE, "--year", "2000", "--vary", "years.2000.actual.sickness=40 000..45 000",
         "--vary", "sharing.shared=80 %..100 %", "--steps", "3", "--steps", "2", "--figure", "transfer"],
        lambda: whatif(
            load(COMPLETE), year=2000, vary=["years.2000.actual.sickness=40 000..45 000", "sharing.shared=80 %..100 %"], steps=[3, 2],
            figure="transfer",
        ),
    ),
    "whatif terms": Case(
        ["whatif", GOTLAND, "--terms", "examples/laholm.yaml", "--terms", "examples/hisingen.yaml"],
        lambda: whatif(load(GOTLAND), terms=[load("examples/laholm.yaml"), "examples/hisingen.yaml"]),
    ),
    "whatif against": Case(
        ["whatif", GOTLAND, "--against", "examples/laholm.yaml"], lambda: whatif(GOTLAND, against=Path("examples/laholm.yaml"))
    ),
    "whatif solve": Case(
        ["whatif", GOTLAND, "--solve", "sharing.shared", "--for", "1998.parties.kassa.settled=0"],
        lambda: whatif(load(GOTLAND), solve="sharing.shared", goal="1998.parties.kassa.settled=0"),
    ),
    "whatif of scenarios": Case(["whatif", BUDGET], lambda: whatif(BUDGET)),
    "simulate": Case(["simulate", UNCERTAIN, "--draws", "3000"], lambda: simulate(UNCERTAIN, draws=3000)),
    "simulate a year": Case(
        ["simulate", UNCERTAIN, "--draws", "500", "--seed", "7", "--year", "2000", "--figure", "2000.body.transfer"],
        lambda: simulate(UNCERTAIN, draws=500, seed=7, year=2000, figure="2000.body.transfer"),
    ),
    "simulate a folder": Case(["simulate", "examples/whatif/", "--draws", "500"], lambda: simulate(["examples/whatif/"], draws=500)),
    "books": Case(
        ["books", LEDGER, "--agreement", BOOKED],
        lambda: books(LEDGER, agreement=BOOKED),
    ),
    "books in Swedish": Case(["books", LEDGER, "--lang", "sv"], lambda: books(LEDGER, lang="sv")),
    "evaluate": Case(["evaluate", EXEMPELBY], lambda: evaluate(EXEMPELBY), ("items", "years")),
    "evaluate choices": Case(
        ["evaluate", EXEMPELBY, "--base-year", "all", "--leave-one-out"],
        lambda: evaluate(load_evaluation(EXEMPELBY), base_year="all", leave_one_out=True),
        ("items", "years"),
    ),
    "evaluate an item": Case(
        ["evaluate", EXEMPELBY, "--base-year", "1996", "--item", "sickness_benefit"],
        lambda: evaluate(EXEMPELBY, base_year=1996, items="sickness_benefit"),
        ("items", "years"),
    ),
    "evaluate several": Case(["evaluate", EXEMPELBY, HISINGEN], lambda: evaluate([EXEMPELBY, HISINGEN]), ("items", "years")),
    "norm": Case(
        ["norm", LAND, "--base", "fixed:1995,moving", "--draws", "30", "--agreement", MEDELBY, "--activity", "sickness"],
        lambda: norm(LAND, base=["fixed:1995", "moving"], draws=30, agreement=load(MEDELBY), activity="sickness"),
        ("areas", "years", "bases", "terms"),
    ),
    "norm of an index": Case(
        ["norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996"],
        lambda: norm(Path("examples/norm/report.csv"), country="Riket", base="fixed:1996"),
        ("areas", "years", "bases"),
    ),
    "whatif norm": Case(["whatif", MEDELBY, "--norm", "fixed:1995,moving"], lambda: whatif(MEDELBY, norm=["fixed:1995", "moving"])),
    "explain": Case(
        ["explain", COMPLETE, "2000.parties.kommun.settled"], lambda: explain(load(COMPLETE), "2000.parties.kommun.settled")
    ),
    "explain a year": Case(
        ["explain", COMPLETE, "--year", "1999", "--lang", "sv", "--unit", "mkr"],
        lambda: explain(COMPLETE, year=1999, lang="sv", unit="mkr"),
    ),
    "explain an evaluation": Case(["explain", EXEMPELBY], lambda: explain(EXEMPELBY)),
    "rules": Case(["rules"], rule_catalogue),
    "a rule": Case(["rules", "SOC511", "--lang", "sv"], lambda: rule_catalogue("SOC511", lang="sv")),
}  # fmt: skip


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.chdir(ROOT)
    made: Case = request.param
    return made


def printed(socsam: Socsam, case: Case, *options: str) -> str:
    """What the command prints; standard input is the agreement to the öre."""
    done = socsam(*case.command, *options, text=HOSTILE)
    assert done.status in (0, 1), done.err
    return done.out


def test_the_result_is_what_the_command_prints(socsam: Socsam, case: Case) -> None:
    result = case.call()
    assert result.to_json() == printed(socsam, case, "-f", "json")
    assert result.to_dict() == json.loads(printed(socsam, case, "-f", "json"), parse_float=Decimal)
    assert result.to_text() == printed(socsam, case, "-q")
    assert result.to_markdown() == printed(socsam, case, "-q", "-f", "markdown")


def test_its_language_and_unit_are_arguments(socsam: Socsam, case: Case) -> None:
    has_none = case.command[0] in ("check", "rules", "books") or "examples/norm/report.csv" in map(
        str, case.command
    )  # an index has no unit
    options = ["--lang", "sv"] + ([] if has_none else ["--unit", "kr"])
    assert case.call().to_text(lang="sv", unit="kr") == printed(socsam, case, "-q", *options)


def floats(value: Any) -> list[float]:
    """The binary floats in data."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value] if isinstance(value, float) else [one for entry in held for one in floats(entry)]


def test_no_number_of_the_dict_is_a_binary_float(case: Case) -> None:
    assert not floats(case.call().to_dict())


def as_text(value: Any, stated: str) -> str:
    """A value of a data frame as CSV has it; a number that is the one stated, as stated."""
    import pandas

    if str(value) in ("True", "False"):
        return str(value).lower()
    if value is None or (not isinstance(value, str) and pandas.isna(value)):
        return ""
    return stated if stated and not isinstance(value, str) and Decimal(stated) == Decimal(str(value)) else str(value)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_csv_is_the_commands_and_the_data_frame_holds_the_same(socsam: Socsam, case: Case, library: str) -> None:
    result = case.call()
    for rows in case.rows:
        options = ["--rows", rows] if rows else []
        assert result.to_csv(rows or None) == printed(socsam, case, "-f", "csv", *options)
        if case.command[0] != "simulate":
            assert "\ufeff" + result.to_csv(rows or None, excel=True) == printed(socsam, case, "-f", "csv", "--excel", *options)
        head, *written = csv.reader(io.StringIO(result.to_csv(rows or None)))
        frame = result.to_frame(rows or None, library=library)
        assert list(frame.columns) == head
        assert len(frame) == len(written) > 0
        for number, name in enumerate(head):
            stated = [row[number] for row in written]
            assert [as_text(value, text) for value, text in zip(list(frame[name]), stated, strict=True)] == stated


def test_the_workbook_is_the_commands_and_holds_the_rows_of_the_csv(socsam: Socsam, case: Case, tmp_path: Path) -> None:
    """Numbers as numbers, equal to the last digit; text as text; nothing is a formula. A settlement has sheets of its own (`test_workbook.py`)."""
    result, path, kinds = case.call(), tmp_path / "book.xlsx", {"simulate": ("figures",)}
    assert socsam(*case.command, "-o", path, text=HOSTILE).status in (0, 1)
    asked = "sv" if "sv" in case.command else None
    assert result.to_workbook(lang=asked) == path.read_bytes()
    if case.command[0] == "settle":
        return
    book = openpyxl.load_workbook(path)
    for page, rows in zip(book, kinds.get(case.command[0], case.rows), strict=False):
        stated = list(csv.reader(io.StringIO(result.to_csv(rows or None))))
        held = list(page.iter_rows(min_row=2))
        (area,) = [table.ref for table in page.tables.values()] or [page.auto_filter.ref]
        assert area == f"A2:{held[-1][-1].coordinate}" and page.freeze_panes == "A3"
        assert [cell.value for cell in held[0]] == stated[0]
        assert len(held) == len(stated) > 1
        for cells, texts in zip(held[1:], stated[1:], strict=True):
            assert [as_stated(cell, text) for cell, text in zip(cells, texts, strict=True)] == texts
        assert not [cell for line in page.iter_rows() for cell in line if cell.data_type == "f"]


def as_stated(cell: Any, stated: str) -> str:
    """A cell as CSV has it; a number that is the one stated, as stated."""
    if cell.data_type == "n" and cell.value is not None:
        return stated if Decimal(repr(cell.value)) == Decimal(stated) else repr(cell.value)
    return "" if cell.value is None else str(cell.value).lower() if cell.data_type == "b" else cell.value


def test_beside_the_rows_a_workbook_says_what_they_rest_on(socsam: Socsam, tmp_path: Path) -> None:
    """The file, the unit, the assumptions, what was shown: in the language asked for; the columns are those of the CSV in both."""
    for lang, sheets, heading, file, about in (
        ("en", ["Cases", "About"], "Gotland: what if. Amounts in kr.", "File", "Assumptions"),
        ("sv", ["Fall", "Om"], "Gotland: tänk om. Belopp i kr.", "Fil", "Antaganden"),
    ):
        path = tmp_path / f"{lang}.xlsx"
        assert socsam("whatif", GOTLAND, "--set", "sharing.shared=50 %", "--unit", "mkr", "--lang", lang, "-o", path).status == 0
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == sheets
        assert book[sheets[0]]["A1"].value == heading
        assert [cell.value for cell in book[sheets[0]][2]][:4] == ["file", "area", "scenario", "year"]
        told = [(row[0].value, row[1].value) for row in book[sheets[1]].iter_rows(min_row=3)]
        assert told[0] == (file, GOTLAND)
        stated = [text for title, text in told if title == about]
        assert stated == list(load(ROOT / GOTLAND).agreement.assumptions)


def test_what_is_about_no_file_names_none() -> None:
    """The catalogue of rules."""
    book = openpyxl.load_workbook(io.BytesIO(rule_catalogue("SOC5").to_workbook()))
    assert "File" not in [row[0].value for row in book["About"].iter_rows()]


def test_numbers_of_a_workbook_are_shown_as_what_they_are(socsam: Socsam, tmp_path: Path) -> None:
    """Half of −7 088 tkr is −3 544 000 kr; a year has no gap; a share has its own decimals."""
    path = tmp_path / "a.xlsx"
    socsam("whatif", GOTLAND, "--vary", "sharing.shared=0 %..100 %", "--steps", "4", "--year", "1999", "-o", path)
    head, *rows = openpyxl.load_workbook(path)["Cases"].iter_rows(min_row=2)
    at = {cell.value: number for number, cell in enumerate(head)}
    half = next(row for row in rows if row[at["sharing.shared"]].value == 0.5 and row[at["party"]].value == "kassa")
    shown = {name: (half[at[name]].value, half[at[name]].number_format) for name in ("sharing.shared", "year", "settled")}
    assert shown == {
        "sharing.shared": (0.5, '#,##0.00;"−"#,##0.00'),
        "year": (1999, "0"),
        "settled": (-3_544_000, '#,##0;"−"#,##0'),
    }


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_numbers_of_a_data_frame_are_whole_or_exact(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    compared = whatif(GOTLAND, vary="sharing.shared=0 %..100 %", steps=3).to_frame(library=library)
    assert str(compared["settled"].dtype) == "Int64"
    assert [value for value in list(compared["sharing.shared"]) if isinstance(value, Decimal)]
    borne = incentives(COMPLETE).to_frame(library=library)
    parts = [part for part, party in zip(borne["part"], borne["party"], strict=True) if party == "kassa"]
    assert parts[0] == Decimal("0.553245295892")
    assert all(isinstance(mean, Decimal) for mean in simulate(UNCERTAIN, draws=100).to_frame(library=library)["mean"])
    assert str(check(GOTLAND).to_frame(library=library)["assumed"].dtype).lower().startswith("bool")


# --- what only the library gives ---------------------------------------------------------------------------------------


def test_two_workers_give_the_result_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done: list[int] = []
    one = simulate(UNCERTAIN, draws=20_000)
    two = simulate(UNCERTAIN, draws=20_000, workers=2, progress=done.append)
    assert two.to_dict() == one.to_dict()
    assert sum(done) == one.draws == 20_000


def test_every_draw_as_rows_is_what_the_command_writes(socsam: Socsam, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    file = tmp_path / "draws.csv"
    assert socsam("simulate", UNCERTAIN, "--draws", "300", "--draws-output", file).status == 0
    simulated = simulate(UNCERTAIN, draws=300)
    assert simulated.to_csv("draws") == file.read_text(encoding="utf-8")
    frame = simulated.to_frame("draws")
    mean = sum(frame["2000.parties.kommun.settled"]) / Decimal(300)
    assert abs(mean - simulated.figure("2000.parties.kommun.settled")["mean"]) <= Decimal("0.01")


def test_a_question_tells_whether_it_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert whatif(GOTLAND, settings="sharing.shared=50 %").met
    assert not whatif("examples/whatif/over-budget.yaml").met
    assert not whatif(GOTLAND, solve="sharing.shared", goal="1998.parties.kassa.settled=900 000").met
    assert not whatif(COMPLETE, settings="sharing.shared=0 %").met  # under which the uses of 1999 exceed the surplus


def test_effects_and_incentives_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert evaluate(EXEMPELBY).total.kronor() == 5_000_000
    year = incentives(GOTLAND).year(1998)
    assert all(sum(point.bears.values()) + point.unknown == 1 for activity in year.activities for point in activity.points)
    with pytest.raises(KeyError):
        incentives(GOTLAND, year=1998).year(1999)


def test_the_page_is_the_commands(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert (
        report_page(COMPLETE, year=1999, lang="sv", unit="mkr")
        == socsam("report", COMPLETE, "--year", "1999", "--lang", "sv", "--unit", "mkr").out
    )
    assert report_page([load(GOTLAND), COMPLETE]) == socsam("report", GOTLAND, COMPLETE).out
    with pytest.raises(AgreementError, match="holds no year 1990"):
        report_page([GOTLAND], year=1990)


def test_a_file_without_the_year_is_left_out_where_another_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert report_page([GOTLAND, COMPLETE], year=1997) == report_page(GOTLAND, year=1997)
    assert [one.document.file for one in incentives([COMPLETE, GOTLAND], year=1997)] == [GOTLAND]
    with pytest.raises(AgreementError) as caught:
        incentives([COMPLETE, GOTLAND], year=1990)
    assert len(caught.value.problems) == 2
    with pytest.raises(AgreementError, match="there is no such file"):
        incentives([GOTLAND, COMPLETE, "none.yaml"], year=1997)


def test_a_starting_file_its_workbook_and_a_schema_are_the_commands(socsam: Socsam, tmp_path: Path) -> None:
    options = ["--form", "local_federation", "--parties", "kassa,region,norra:municipality", "--years", "1999-2001", "--lang", "sv"]
    parties = ["kassa", "region", "norra:municipality"]
    text = init("Två byar", form="local_federation", parties=parties, years="1999-2001", lang="sv")
    assert text == socsam("init", "Två byar", *options, "-o", "-").out
    file = tmp_path / "byar.yaml"
    assert socsam("init", "Byar", "--workbook", "-o", file).status == 0
    text = init("Byar", workbook=tmp_path / "byar.xlsx")
    assert text == file.read_text(encoding="utf-8")
    assert figures_template(file, text=text)[:2] == b"PK"
    for format_ in ("socsam/1", "socsam-evaluation/1", "socsam-scenarios/1"):
        assert schema(format_) == json.loads(socsam("schema", format_).out)


def test_several_results_are_a_tuple_that_can_be_copied_and_may_be_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for call in (settle, incentives, check, whatif, evaluate, simulate):
        assert list(call([])) == []
        assert call([]).to_text() == ""
        assert call([]).to_frame().empty
        assert not any(held for key, held in call([]).to_dict().items() if isinstance(held, list))
        assert call([]).to_csv().count("\n") <= 1  # the head
    assert repr(settle([])) == "<Settlements of nothing>"
    with pytest.raises(OutputError, match="there is no settlement to write"):
        settle([]).to_workbook()
    with pytest.raises(OutputError, match="there is no result to write"):
        check([]).to_workbook()
    for several in (settle([GOTLAND]), incentives([GOTLAND])):
        assert isinstance(several, tuple)
        assert copy.copy(several).to_json() == several.to_json()


def test_a_part_of_several_results_has_the_same_formats(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    settlements = settle([GOTLAND, COMPLETE])
    assert isinstance(settlements[:1], Settlements) and settlements[0] == settle(GOTLAND)
    assert settlements[1:].to_json() == socsam("settle", COMPLETE, "-f", "json").out
    assert check([GOTLAND, COMPLETE])[:1].to_json() == check([GOTLAND]).to_json()
    assert rule_catalogue("SOC5", lang="sv")[:1].to_text() == rule_catalogue("SOC501", lang="sv").to_text()


def test_a_settlement_of_some_years_has_each_once_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert [year.year for year in settle(GOTLAND).only(1999, 1997, 1999).years] == [1997, 1999]


def test_a_settlement_tells_whether_what_the_file_expects_is_met(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    setting = "years.2000.expect.result=1"
    for settings, status in (([], 0), ([setting], 1)):
        options = [word for one in settings for word in ("--set", one)]
        assert socsam("settle", "examples/stenungsund.yaml", *options).status == status
        assert settle("examples/stenungsund.yaml", settings=settings).met == (status == 0)


def test_every_result_goes_through_another_process(case: Case) -> None:
    """Pickled, as `multiprocessing` and Dask do: its formats are the same afterwards."""
    result = case.call()
    returned = pickle.loads(pickle.dumps(result))
    assert (returned.to_json(), returned.to_text()) == (result.to_json(), result.to_text())


def test_results_name_themselves_in_a_line(case: Case) -> None:
    shown = repr(case.call())
    assert shown.startswith("<") and "\n" not in shown and " object at 0x" not in shown


# --- hostile text ------------------------------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>"
SCENARIOS = f"""
format: socsam-scenarios/1
agreement: evil.yaml
title: "{EVIL}"
expect: {{settled: {{a: {{min: 5, reason: "{EVIL}"}}}}}}
scenarios:
  "{EVIL}":
    note: "{EVIL}"
    set: {{"years.2000.actual.a": "0,04"}}
uncertain:
  years.2000.actual.a:
    uniform: {{min: "0,01", max: "0,20"}}
"""
EVALUATION = f"""
format: socsam-evaluation/1
area: "{EVIL}"
unit: tkr
population: 100
base_year: 1997
years: 1998–1999
source: "{EVIL}"
items:
  care: {{kind: service, name: "{EVIL}", effect: −8}}
  more: {{kind: service, name: "{EVIL}", effect: 8}}
"""


def test_text_of_a_file_never_becomes_markup(tmp_path: Path) -> None:
    agreement, scenarios, evaluation = tmp_path / "evil.yaml", tmp_path / "scenarios.yaml", tmp_path / "evaluation.yaml"
    agreement.write_text(HOSTILE, encoding="utf-8")
    scenarios.write_text(SCENARIOS, encoding="utf-8")
    evaluation.write_text(EVALUATION, encoding="utf-8")
    document = load(agreement)
    results = [
        *(kind(source) for kind in (settle, check, incentives) for source in (document, [document, document])),
        whatif(document, settings="sharing.shared=50 %"),
        whatif(document, against=load(agreement, settings=["sharing.shared=50 %", f'area="{EVIL}"'])),
        whatif(document, solve="sharing.shared", goal="2000.parties.a.settled=0"),
        whatif(scenarios),
        simulate(scenarios, draws=50),
        explain(document, "2000.parties.a.settled"),
        explain(document, year=2000),
        evaluate(evaluation),
        evaluate(evaluation, leave_one_out=True),
        evaluate([evaluation, evaluation]),
        explain(evaluation),
    ]
    for result in results:
        page = Tags(result._repr_html_())
        assert page.tags <= {
            "div",
            "h3",
            "h4",
            "p",
            "strong",
            "ul",
            "li",
            "table",
            "pre",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "img",
        }, result
        assert EVIL in page.text, result
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(result.to_workbook())) for row in sheet.iter_rows() for cell in row]
        assert not [
            cell for cell in cells if cell.hyperlink or (cell.data_type == "f" and EVIL in re.sub(r'"[^"]*"', "", str(cell.value)))
        ], result
    assert EVIL not in report_page([document])


# --- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: whatif(GOTLAND), "there is nothing to compare it with"),
        (lambda: whatif(GOTLAND, solve="sharing.shared"), "it needs --for"),
        (lambda: whatif(GOTLAND, vary="sharing.shard=0 %..100 %"), "sharing.shared"),
        (lambda: incentives([GOTLAND, COMPLETE], year=1990), "has no result in 1990"),
        (lambda: explain(GOTLAND, "1998.parties.kassa.setled"), "did you mean `1998.parties.kassa.settled`?"),
        (lambda: explain(GOTLAND, year=1990), "holds no year 1990"),
        (lambda: evaluate(EXEMPELBY, items="nothing"), "nothing"),
        (lambda: check(GOTLAND, select="SOC99"), "there is no rule `SOC99`"),
        (lambda: rule_catalogue("X"), "there is no rule `X`"),
        (lambda: simulate(BUDGET), "states no uncertain input"),
        (lambda: simulate(["examples/whatif/budget.yaml"]), "states no uncertain input"),
        (lambda: settle("examples"), "this is a folder, not a file"),
        (lambda: report_page(["examples/none.yaml"]), "there is no such file"),
    ],
)
def test_a_refusal_is_that_of_the_command_line(call: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(AgreementError, match=said.replace("?", r"\?")):
        call()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: simulate(UNCERTAIN, draws=0), "draws=0: this is not from 1 to"),
        (lambda: simulate(UNCERTAIN, seed=-1), "seed=-1"),
        (lambda: simulate(UNCERTAIN, draws="10"), "draws='10': this is not a whole number\n   give one from 1 to"),  # type: ignore[call-overload]
        (lambda: simulate(UNCERTAIN, draws=10.0), "draws=10.0: this is not a whole number"),  # type: ignore[call-overload]
        (lambda: simulate(UNCERTAIN, draws=True), "draws=True: this is not a whole number"),
        (lambda: simulate(UNCERTAIN, workers=None), "workers=None: this is not a whole number"),  # type: ignore[call-overload]
        (lambda: simulate(UNCERTAIN, dask=8786), "dask=8786: this is not text"),  # type: ignore[call-overload]
        (lambda: simulate(UNCERTAIN, figure=2000), "figure=2000: this is not text"),  # type: ignore[call-overload]
        (lambda: simulate(load(COMPLETE)), "is loaded, and holds no scenarios"),  # type: ignore[call-overload]
        (lambda: whatif(GOTLAND, vary="sharing.shared=0 %..100 %", steps=2.5), "steps=2.5: this is not a whole number"),  # type: ignore[call-overload]
        (lambda: whatif(GOTLAND, vary="sharing.shared=0 %..100 %", steps="4"), "steps='4': this is not a whole number"),  # type: ignore[call-overload]
        (lambda: whatif(GOTLAND, vary="sharing.shared=0 %..100 %", steps=[4, "5"]), "steps='5': this is not a whole number"),  # type: ignore[list-item]
        (lambda: whatif(GOTLAND, solve="sharing.shared", goal=0), "goal=0: this is not text"),  # type: ignore[call-overload]
        (lambda: whatif(GOTLAND, terms=5), "this is of the type int"),  # type: ignore[call-overload]
        (lambda: whatif(load_evaluation(EXEMPELBY), settings="a=b"), "is an evaluation, not an agreement\n   `evaluate` takes it"),  # type: ignore[call-overload]
        (lambda: explain(GOTLAND, year="1998"), "year='1998': this is not a whole number"),  # type: ignore[arg-type]
        (lambda: explain(GOTLAND, 1998), "figure=1998: this is not text"),  # type: ignore[arg-type]
        (lambda: incentives(GOTLAND, year=[1998]), "year=[1998]: this is not a whole number"),  # type: ignore[call-overload]
        (lambda: report_page(GOTLAND, year=98), "year=98: this is not from 1000 to 9999"),
        (lambda: load(GOTLAND, settings=5), "settings=5: this is not text"),  # type: ignore[arg-type]
        (lambda: load(GOTLAND, figures=["ledger.csv"]), "figures=['ledger.csv']: this is not the name of a file"),  # type: ignore[arg-type]
        (lambda: settle(None), "a call takes the name of a file, or what `load` gave"),  # type: ignore[call-overload]
        (lambda: settle([GOTLAND, 5]), "this is of the type int"),  # type: ignore[list-item]
        (lambda: settle(load_evaluation(EXEMPELBY)), "is an evaluation, not an agreement"),  # type: ignore[call-overload]
        (lambda: evaluate(load(GOTLAND)), "is an agreement, not an evaluation\n   `settle` takes it"),  # type: ignore[call-overload]
        (lambda: evaluate(EXEMPELBY, base_year="1996"), "base_year='1996': this is not a whole number"),  # type: ignore[call-overload]
        (lambda: check(GOTLAND, select=4), "select=4: this is not text"),  # type: ignore[call-overload]
        (lambda: rule_catalogue(511), "code=511: this is not text"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_text(unit=1000), "unit=1000: there is no such unit"),  # type: ignore[arg-type]
        (lambda: init(5), "area=5: this is not text"),  # type: ignore[arg-type]
        (lambda: simulate(UNCERTAIN, workers=2, dask="tcp://x:1"), "exclude each other"),
        (lambda: whatif(GOTLAND, vary="sharing.shared=0 %..100 %", steps=0), "steps=0"),
        (lambda: settle(GOTLAND).to_text(unit="mk"), "unit='mk': there is no such unit\n   did you mean 'mkr'"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_html(lang="se"), "lang='se'"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_frame("partys"), "did you mean 'parties'"),
        (lambda: whatif(GOTLAND, settings="sharing.shared=1").to_csv("parties"), "leave it out"),
        (lambda: settle(GOTLAND).to_frame(library="panda"), "did you mean 'pandas'"),  # type: ignore[arg-type]
        (lambda: explain(GOTLAND, unit="öre"), "unit='öre'"),  # type: ignore[arg-type]
        (lambda: settle(load(GOTLAND), settings="sharing.shared=50 %"), "is loaded already"),
        (lambda: settle(GOTLAND).to_text(unit=""), "unit='': there is no such unit"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_text(unit=[]), "unit=[]: there is no such unit"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_workbook(unit=""), "unit='': there is no such unit"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_html(lang=""), "lang='': there is no such lang"),  # type: ignore[arg-type]
        (lambda: report_page(GOTLAND, unit=""), "unit='': there is no such unit"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_text(width="80"), "width='80': this is not a whole number"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_text(width=1.5), "width=1.5: this is not a whole number"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).to_text(width=-1), "width=-1: this is not from 40 to"),
        (lambda: settle(GOTLAND).to_csv(excel="no"), "excel='no': this is not True or False"),  # type: ignore[arg-type]
        (lambda: settle(GOTLAND).only(), "only() names no year\n   name one or several"),
        (lambda: simulate(UNCERTAIN, progress=0), "progress=0: this is not a function"),  # type: ignore[call-overload]
        (lambda: evaluate(EXEMPELBY, items=[]), "items=[]: the effect of no item is none"),
        (lambda: evaluate(EXEMPELBY, leave_one_out="no"), "leave_one_out='no': this is not True or False"),  # type: ignore[call-overload]
        (lambda: Settlements([3]), "this takes a list of Settlement, and was given 3"),  # type: ignore[list-item]
        (lambda: Settlements(settle(GOTLAND)), "this takes a list of Settlement, and was given <Settlement of Gotland"),  # type: ignore[arg-type]
        (lambda: Rules(["SOC511"]), "this takes a list of Rule, and was given 'SOC511'"),  # type: ignore[list-item]
        (lambda: schema(None), "format_=None: this is not text"),  # type: ignore[arg-type]
        (lambda: schema(3), "format_=3: this is not text"),  # type: ignore[arg-type]
        (lambda: schema([]), "format_=[]: this is not text"),  # type: ignore[arg-type]
        (lambda: schema(Path("x")), "this is not text"),  # type: ignore[arg-type]
        (lambda: init("  "), "the name of the area is empty"),
        (lambda: init("X", form="federation"), "did you mean `local_federation`"),  # type: ignore[arg-type]
        (lambda: schema("socsam/2"), "did you mean `socsam/1`"),
        (lambda: report_page([]), "there is no agreement"),
    ],
)
def test_an_argument_that_it_does_not_take_is_named(call: Callable[[], object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(OutputError) as caught:
        call()
    assert said in str(caught.value)


@pytest.mark.parametrize("call", [settle, check, whatif, incentives, simulate, evaluate, report_page, explain])
def test_a_call_that_takes_files_says_what_it_is_given_instead(call: Callable[[object], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """A settlement is a tuple, and is no list of files for that."""
    monkeypatch.chdir(ROOT)
    for given in (settle(GOTLAND), check(GOTLAND), rule_catalogue("SOC511"), incentives(GOTLAND, year=1998)):
        with pytest.raises(OutputError) as caught:
            call(given)
        assert f"this is a result, {given!r}\n   give what it was made from" in str(caught.value)
    for given in (None, 5, b"a.yaml"):
        with pytest.raises(OutputError, match=f"the name of a file, or what `load` gave, .* this is of the type {type(given).__name__}"):
            call(given)


@pytest.mark.parametrize("call", [load, load_evaluation, figures_template])
def test_a_call_that_reads_takes_the_name_of_one_file_and_decoded_text(
    call: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for given in (None, load(GOTLAND), settle(GOTLAND), [GOTLAND]):
        with pytest.raises(OutputError) as caught:
            call(given)
        assert str(caught.value) == f"file={given!r}: this is not the name of a file\n   give a text or a pathlib.Path"
    for text in (b"area: X", 3):
        with pytest.raises(OutputError) as caught:
            call("a.yaml", text=text)
        assert str(caught.value) == f"text={text!r}: this is not text\n   give decoded text, such as content.decode()"


def test_text_may_be_of_another_librarys_kind() -> None:
    """A cell of an array of texts is a text."""
    import numpy

    for read, file in ((load, GOTLAND), (load_evaluation, EXEMPELBY), (figures_template, GOTLAND)):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert read(file, text=numpy.str_(text))  # type: ignore[operator]


NO_NAME = "a\0b.yaml"


@pytest.mark.parametrize(
    "call",
    [
        *(partial(call, NO_NAME) for call in (load, load_evaluation, figures_template)),
        *(
            partial(call, given)
            for call in (settle, check, whatif, incentives, simulate, evaluate, report_page)
            for given in (NO_NAME, [NO_NAME])
        ),
        partial(explain, NO_NAME),
        partial(settle, "a\ud800b.yaml"),
        partial(whatif, GOTLAND, terms=NO_NAME),
        partial(whatif, GOTLAND, against=NO_NAME),
        partial(load, GOTLAND, figures="a\0b.csv"),
    ],
)
def test_a_name_that_no_file_can_have_is_refused(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(AgreementError, match="a character of this name may stand in no file's name\n   correct the name"):
        call()


def test_it_may_stand_beside_other_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(AgreementError, match="there is no such file"):
        whatif(GOTLAND, against=NO_NAME, figures="none.csv")


def test_so_is_one_in_a_file_of_scenarios(tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text(HOSTILE, encoding="utf-8")
    file = tmp_path / "scenarios.yaml"
    for said, stated in (
        ("there is no agreement", SCENARIOS.replace("evil.yaml", '"a\\0b.yaml"')),
        ("a\0b", SCENARIOS.replace("    set: {", '    terms: "a\\0b.yaml"\n    set: {')),
        ("this name may stand in no file's name", SCENARIOS.partition("    uniform")[0] + '    drawn: {file: "a\\0b.csv", column: x}\n'),
    ):
        file.write_text(stated, encoding="utf-8")
        with pytest.raises(AgreementError) as caught:
            simulate(file)
        assert said in str(caught.value)


def test_no_name_of_figures_is_a_folder(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(AgreementError, match="this is a folder, not a file"):
        load(GOTLAND, figures="")
    assert "Errno" not in socsam("settle", GOTLAND, "--figures", "").err


WITHOUT = """
import sys
for name in ("numpy", "pandas", "polars", "jinja2", "pyphen", "xlsxwriter", "openpyxl", "distributed", "IPython"):
    sys.modules[name] = None
from socsam_calc import *
from socsam_calc import OutputError
calls = [
    lambda: simulate("examples/whatif/uncertain.yaml"),
    lambda: report_page(["examples/laholm.yaml"]),
    lambda: settle("examples/laholm.yaml").to_workbook(),
    lambda: incentives("examples/laholm.yaml").to_frame(),
]
for call in calls:
    try:
        call()
    except OutputError as error:
        print(str(error).splitlines()[-1].strip())
print(len(whatif("examples/gotland.yaml", settings="sharing.shared=50 %")._repr_html_()) > 1000)
"""


def test_what_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, cwd=ROOT, check=False)
    extras = ("scale", "report", "excel", "notebook")
    assert (done.stdout.splitlines(), done.stderr) == ([*(f"pip install 'socsam-calc[{extra}]'" for extra in extras), "True"], "")


def test_settling_from_python_loads_no_more_than_it_uses() -> None:
    script = "import sys, socsam_calc as s; s.settle('examples/laholm.yaml').to_dict(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(done.stdout.split())
    assert "socsam_calc.engine.settle" in loaded
    assert not loaded & {"numpy", "pandas", "rich", "typer", "socsam_calc.rules", "socsam_calc.cli"}


def test_negative_numbers_are_numbers_in_a_swedish_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that looks like a formula gets an apostrophe; a number below 0 is no text."""
    monkeypatch.chdir(EXAMPLES)
    borne = incentives("gotland.yaml").to_csv(excel=True)
    assert ";-0,025405806987\r\n" in borne and "'-" not in borne
