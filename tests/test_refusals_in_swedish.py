"""What is refused is told in Swedish where that is asked for: files, ledgers, options, and what a command line lacks.

Sentences are made in English, with names and figures of the file in them, and known again by their words. These tests hold that each is
known, and that what is the file's own stays.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from conftest import ROOT, Outcome

from socsam_calc import AgreementError, load, settle
from socsam_calc.problems import Place, Problem
from socsam_calc.report.swedish import REFUSED
from socsam_calc.report.swedish.refused_run import OF_OTHERS
from socsam_calc.report.told.refusals import Refusals
from socsam_calc.report.told.words import Words

Socsam = Callable[..., Outcome]
SWEDISH: Final = Refusals(Words("sv"))
GALLERY = sorted((ROOT / "tests" / "bad").glob("*.yaml"))
PACKAGE = ROOT / "socsam_calc"
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "swedish" not in path.parts]


# --- every sentence is known ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", GALLERY, ids=lambda path: path.stem)
def test_every_message_of_the_gallery_has_its_swedish(file: Path) -> None:
    with pytest.raises(AgreementError) as caught:
        settle(load(file))
    said = [text for problem in caught.value.problems for text in (problem.text, problem.remedy) if text]
    assert [text for text in said if SWEDISH.known(text) is None] == []


MADE_BY: Final = ("Problem", "Fault", "problem", "OutputError", "one", "_bad", "Wrong", "of")
"""What the pieces of a message are given to, last of all."""

OF_CALLS: Final = ("source/arguments.py", "library/", "report/data/records.py", "report/derivation/", "engine/figures.py")
"""Modules whose messages are for those who call them from Python, in English as its own are; and those that tell no refusal."""


def sentences(node: ast.expr) -> Iterator[str]:
    """Each line that an argument may come to, with a mark for each gap."""
    match node:
        case ast.Constant(value=str(text)):
            yield from text.split("\n")
        case ast.JoinedStr(values=parts):
            yield from "".join(str(part.value) if isinstance(part, ast.Constant) else "\u2038" for part in parts).split("\n")
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*sentences(body), *sentences(orelse))
        case ast.Tuple(elts=entries):
            for entry in entries:
                yield from sentences(entry)


@pytest.mark.parametrize("module", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_sentence_of_a_refusal_has_its_swedish(module: Path) -> None:
    if module.relative_to(PACKAGE).as_posix().startswith(OF_CALLS):
        return
    found = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        for argument in node.args if isinstance(node, ast.Call) and called in MADE_BY else ():
            found += [line.strip() for line in sentences(argument)]
    whole = [line for line in found if re.search("[a-z]{2,} [a-z]{2,}", line) and not line.startswith("pip install")]
    assert [line for line in whole if SWEDISH.known(line) is None and line not in COMPOSED] == []


COMPOSED: Final = {
    "in the evaluation of \u2038", "in what is settled of \u2038", "in what \u2038 settles", "in this norm", "\u2038 \u2038", "\u2038: \u2038", "\u2038let the program write numbers without exponents", "\u2038 not known", "the \u2038 is missing",
    "there is no \u2038 `\u2038`", "\u2038 has no line to draw", "`\u2038` is still to be filled in", "only \u2038 \u2038 of one \u2038 \u2038 between the ends",
}  # fmt: skip
"""Sentences whose words are themselves put together; each way in which they end is in Swedish."""


PUT_TOGETHER: Final = {
    "there is no party `{name}`", "there is no series `{name}`",
    "{name}: there is no such file beside the agreement", "{number} field stands here, and {width} in the header",
    "{number} fields stand here, and {width} in the header", "the activity is missing", "the account is missing", "the amount is missing",
    "a filter hides them: clear the filter, or take the rows away", "its figures are not known",
    "only {number} step of one {unit} lies between the ends", "`{text}` is finer than the rounding ({rounding})", "… and {number} problem more of this kind",
    "… and {number} problems more of this kind", "{name}: it is a file of this run, and is left alone",
    "{name}: it is {read}; that is a file of this run, and is left alone",
}  # fmt: skip
"""Sentences of which no longer part stands in the code as it is."""


def test_no_sentence_is_left_over() -> None:
    """The longest part of each Swedish sentence's English stands in the code; of what libraries and the system say it does not."""
    code = re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)).replace("\\n", "\n")
    left = []
    for english in REFUSED:
        parts = re.split(r"\{\w+\}|[`:;,?.()']", english)
        if max((part.strip(" -") for part in parts), key=len) not in code:
            left.append(english)
    assert set(left) - set(OF_OTHERS) == PUT_TOGETHER


# --- what is the file's own stays -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("there is no party `one`", "det finns ingen part `one`"),
        ("`a word` is not a role", "`a word` är inte en roll"),
        ("there is no field `a list` here", "det finns inget fält `a list` här"),
        ("a mapping stands where an amount should be", "en samling uppgifter står där ett belopp borde stå"),
        ("write an amount, or take the line away", "skriv ett belopp, eller ta bort raden"),
        (
            "write `44 000` for forty-four thousand, or `44,0000` for exactly forty-four",
            "skriv `44 000` för fyrtiofyra tusen, eller `44,0000` för exakt fyrtiofyra",
        ),
        ("ledger.csv: there is no such file beside the agreement", "ledger.csv: filen finns inte bredvid avtalet"),
        ("half shared: this is a folder, not a file", "half shared: detta är en mapp, inte en fil"),
        ("a sentence that nobody has made", "a sentence that nobody has made"),
    ],
)
def test_a_sentence_in_swedish(english: str, swedish: str) -> None:
    assert SWEDISH.sentence(english) == swedish
    assert Refusals(Words("en")).sentence(english) == english


def test_the_place_of_a_cell_is_named_in_swedish_and_the_rest_of_the_place_stays() -> None:
    place = Place("a row.xlsx", 3, 2, cell="sheet `row 3`, cell B3")
    told = SWEDISH.problem(Problem("figures", place, "this column has no name"))
    assert told.place == place._replace(cell="blad `row 3`, cell B3")
    assert (told.code, told.text) == ("figures", "kolumnen har inget namn")


# --- as a person meets it ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("settle nofile.yaml", "nofile.yaml: filen finns inte\n   är namnet rätt stavat, och mappen den rätta?"),
        ("settle examples/laholm.yaml --year 1900", "avtalet har inget år 1900"),
        ("settle examples/laholm.yaml --set shaered=1", "--set shaered=1: det finns inget `shaered`"),
        ("settle", "Fel: Argumentet 'FIL...' saknas."),
        ("settle examples/laholm.yaml --unit MSEK", "'MSEK' är inte ett av 'kr', 'tkr', 'mkr'.\n   menade du `mkr`?"),
        ("settle examples/laholm.yaml --years 1", "Fel: Det finns ingen flagga --years"),
        ("setle", "Fel: Det finns inget kommando 'setle'. Menade du 'settle'?"),
        ("settle examples/laholm.yaml --figures tests/none.csv", "--figures tests/none.csv: tests/none.csv: filen finns inte"),
        ("settle examples/laholm.yaml --excel", "--excel formar CSV, och här skrivs ingen CSV"),
        ("explain examples/laholm.yaml 2000.none", "det finns inget sådant belopp"),
        ("whatif examples/laholm.yaml", "det finns inget att jämföra med"),
        ("whatif examples/laholm.yaml --vary sharing.shared=1", "detta är inte SÖKVÄG=A..B"),
        ("rules SOC999", "det finns ingen regel `SOC999`"),
        ("check examples/laholm.yaml --select SOC999", "det finns ingen regel `SOC999`"),
        ("evaluate examples/laholm.yaml", "filen har ett annat format"),
        ("schema socsam/11", "det finns inget format `socsam/11`\n   menade du `socsam/1`?"),
        ("init", "inget område är angivet"),
        ("report examples/laholm.yaml -o page.pdf", "page.pdf: en rapport är en HTML-sida"),
    ],
)
def test_a_command_line_is_refused_in_swedish(socsam: Socsam, monkeypatch: pytest.MonkeyPatch, line: str, told: str) -> None:
    monkeypatch.setenv("SOCSAM_LANG", "sv")
    outcome = socsam(*line.split())
    assert (outcome.status, outcome.out) == (2, "")
    assert told in outcome.err


def test_the_option_decides_before_the_environment_and_may_stand_anywhere(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "filen finns inte" in socsam("settle", "--lang", "sv", "none.yaml").err
    assert "filen finns inte" in socsam("settle", "none.yaml", "--lang=sv").err
    monkeypatch.setenv("SOCSAM_LANG", "sv")
    assert "there is no such file" in socsam("settle", "none.yaml", "--lang", "en").err


def test_a_word_for_an_option_is_known_in_other_spellings(socsam: Socsam) -> None:
    for option, given, meant in (
        ("--lang", "se", "sv"), ("--lang", "svenska", "sv"), ("--lang", "english", "en"), ("--unit", "MSEK", "mkr"), ("--unit", "tusen", "tkr"),
        ("--unit", "kronor", "kr"), ("--format", "tabell", "table"), ("--format", "jsn", "json"),
    ):  # fmt: skip
        outcome = socsam("settle", "examples/laholm.yaml", option, given)
        assert outcome.status == 2
        assert outcome.err.endswith(f"\n   did you mean `{meant}`?\n") and "Value error" not in outcome.err


@pytest.mark.parametrize("file", ["comma_with_three_digits", "many_problems", "figures_bad_rows", "open_quote"])
def test_a_file_is_refused_in_swedish(socsam: Socsam, file: str) -> None:
    english = socsam("settle", f"tests/bad/{file}.yaml").err.splitlines()
    swedish = socsam("settle", f"tests/bad/{file}.yaml", "--lang", "sv").err.splitlines()
    assert len(english) == len(swedish)
    for one, other in zip(english, swedish, strict=True):
        if re.match(r" +\d+ \| | +\| ", one):  # a line of the file, and the mark under it
            assert one == other
        else:
            assert one != other, one


def test_a_missed_expectation_is_told_in_swedish_and_shown_at_its_line(
    socsam: Socsam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "missed.yaml"
    text = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("result: 930", "result: 931"), encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    outcome = socsam("settle", file, "--lang", "sv")
    assert outcome.status == 1
    told = "1998.totals.result borde vara 931 tkr, och är 930 tkr"
    line = text[: text.index("result: 930")].count("\n") + 1
    assert f"missed.yaml:{line}:" in outcome.err and told in outcome.err
    assert re.search(rf"^::error file=.*missed\.yaml,line={line},col=\d+,title=expectation::{re.escape(told)}$", outcome.err, re.MULTILINE)


def test_a_refused_file_is_shown_at_its_line_whatever_is_printed(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for command in ("settle", "incentives", "explain"):
        told = socsam(command, "tests/bad/unknown_role.yaml", "--lang", "sv").err
        assert re.search(
            r"^::error file=tests/bad/unknown_role\.yaml,line=\d+,col=\d+,title=bad-choice::.* är inte en roll", told, re.MULTILINE
        )


# --- a table for a Swedish spreadsheet --------------------------------------------------------------------------------------------


def test_csv_for_excel_has_swedish_headings_and_words_where_swedish_is_asked_for(socsam: Socsam) -> None:
    heading, first, *_ = socsam("settle", "examples/laholm.yaml", "--format", "csv", "--excel", "--lang", "sv").out.splitlines()
    assert heading.lstrip("\ufeff").startswith("fil;område;år;status;kortnamn;namn;roll;preliminärt;bidrag;betalt;före delning;")
    assert ";fastställd;" in first and ";final;" not in first and ";försäkringskassa;" in first


def test_programs_find_the_same_names_in_every_language(socsam: Socsam) -> None:
    assert socsam("settle", "examples/laholm.yaml", "--format", "csv", "--lang", "sv").out.startswith("file,area,year,status,id,name,role,")
    assert "file;area;year" in socsam("settle", "examples/laholm.yaml", "--format", "csv", "--excel").out


@pytest.mark.parametrize("rows", ["settle --rows activities", "check", "incentives", "explain"])
def test_every_heading_has_its_swedish(socsam: Socsam, rows: str) -> None:
    command, *options = rows.split()
    heading = socsam(command, "examples/complete.yaml", *options, "--format", "csv").out.partition("\n")[0]
    assert [name for name in heading.split(",") if not Words("sv").has(f"column.{name}")] == []


# --- several files ----------------------------------------------------------------------------------------------------------------


def test_check_says_which_files_it_could_not_check(socsam: Socsam) -> None:
    alone = socsam("check", "tests/bad/unknown_role.yaml")
    assert alone.status == 2 and alone.err.endswith("files refused and not checked: 1\n")
    beside = socsam("check", "tests/bad/unknown_role.yaml", "examples/laholm.yaml", "--lang", "sv")
    assert beside.status == 2 and beside.err.endswith("filer som underkändes och inte kontrollerades: 1\n")
    assert "not checked" not in socsam("check", "examples/laholm.yaml").err
