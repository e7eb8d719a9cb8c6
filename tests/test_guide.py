"""The guide tells everything that the program says: whatever an output, a message or a page cites is found in it, and nothing in it has rotted."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome
from test_readme import GUIDE, PROGRAM, README, assert_prints, commands, with_examples

from socsam_calc import OutputError, guide_page, load
from socsam_calc.guide.fields import parts, with_fields
from socsam_calc.guide.pages import PAGES, places, source, text
from socsam_calc.report.derivation.steps import STEPS
from socsam_calc.report.render.prose import show
from socsam_calc.report.starting.examples import names
from socsam_calc.report.swedish import SWEDISH
from socsam_calc.report.told.rules import citations
from socsam_calc.report.told.words import Words
from socsam_calc.rules.catalogue import RULES
from socsam_calc.source.document import FORMATS
from socsam_calc.source.schema import descriptions

Socsam = Callable[..., Outcome]
LANGUAGES = ("en", "sv")
TRANSLATED = {"association", "books", "editor", "first-agreement", "format", "domain", "glossary", "norm", "terminal"}

FIELDS = [
    (part, name, field) for format_ in FORMATS for part in parts(format_) for name, field in part.model.model_fields.items() if "‹" not in str(field.alias)
]  # fmt: skip


# --- the pages -------------------------------------------------------------------------------------------------------------


def test_every_page_is_listed_and_some_are_in_swedish_too() -> None:
    written = {language: {path.stem for path in (GUIDE / language).glob("*.md")} for language in LANGUAGES}
    assert written["en"] == set(PAGES) - {"examples"}  # that one stands with them
    assert written["sv"] == TRANSLATED
    for language in LANGUAGES:
        listed = guide_page(lang=language)
        assert all(f"`socsam guide {page}`" in listed for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_found_by_its_name_and_that_of_its_file(page: str) -> None:
    assert guide_page(page) == guide_page(f"{page}.md") == text(page, "en")
    assert guide_page(page).startswith("# ")


@pytest.mark.parametrize("page", sorted(set(PAGES) - TRANSLATED))
def test_a_page_that_is_in_english_alone_says_so(page: str) -> None:
    assert guide_page(page, lang="sv").startswith("*Den här sidan finns bara på engelska.*\n\n# ")


def test_both_languages_have_the_same_rules_fields_and_exclusions() -> None:
    for page in ("domain", "format"):
        english, swedish = [
            [re.sub("[^#-]", "", line[:4]) for line in source(page, language).splitlines() if line[:1] in "#-"] for language in LANGUAGES
        ]
        assert english == swedish
    glossaries = [[place for place in places("glossary", language) if place.is_entry] for language in LANGUAGES]
    assert len(glossaries[0]) == len(glossaries[1])


@pytest.mark.parametrize("page", [*sorted(set(PAGES) - {"first-agreement", "init"})])
def test_the_commands_of_a_page_print_what_it_says(page: str, tmp_path: Path) -> None:
    with_examples(tmp_path)
    for command, shown in commands(source(page, "en")):
        assert_prints(command, shown, tmp_path)


@pytest.mark.parametrize("page", ["association", "terminal"])
def test_the_commands_of_a_page_work_in_swedish_too(page: str, tmp_path: Path) -> None:
    with_examples(tmp_path)
    for command, shown in commands(source(page, "sv")):
        assert_prints(command, shown, tmp_path)


def test_the_commands_about_starting_files_print_what_the_page_says(tmp_path: Path) -> None:
    for command, shown in commands(source("init", "en")):
        assert_prints(command, shown, tmp_path)


@pytest.mark.parametrize(("language", "file", "series"), [("en", "ours.yaml", "series"), ("sv", "vart.yaml", "series")])
def test_the_tutorial_can_be_followed(language: str, file: str, series: str, tmp_path: Path) -> None:
    """Its file settles as shown; each of its commands works; with the series of its fifth step the deficit becomes a surplus of 880."""
    page = source("first-agreement", language)
    written, changed = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / file
    path.write_text(written, encoding="utf-8")
    for command, shown in commands(page):
        assert_prints(command, shown, tmp_path)
    activity = re.findall(r"^  \w+: \{.*adjust.*\}$", changed, re.MULTILINE)[0]
    before = next(line for line in written.splitlines() if line.startswith(activity.split(":")[0] + ": {"))
    added = changed[changed.index("series:") :]
    path.write_text(written.replace(before, activity).replace("sharing:", f"{added}sharing:", 1), encoding="utf-8")
    assert_prints(f"socsam settle {file}", "The frame is 174 780 tkr and the cost 173 900 tkr: a surplus of 880 tkr.", tmp_path)


def test_what_the_arithmetic_works_out_by_hand_is_what_the_program_settles(socsam: Socsam) -> None:
    """The example at the end of the page is that of the worked file."""
    page = source("settlement", "en")
    settled = json.loads(socsam("settle", ROOT / "tests" / "worked_example.yaml", "--format", "json").out)["settlements"][0]["years"][0]
    shown = [
        f"{amount // 1000:,}".replace(",", " ") for amount in (settled["totals"]["preliminary_frame"], settled["totals"]["final_frame"])
    ]
    shown += [str(party["allocated"] // 1000) for party in settled["parties"]]
    shown += [f"{payment['amount'] // 1000:,}".replace(",", " ") for payment in settled["payments"]]
    example = page[page.index("## An example by hand") :]
    assert all(re.search(rf"(?<!\d)(?<!\d ){amount}(?!\d)", example) for amount in shown), shown


# --- the fields are those of the models --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_of_the_format_are_read_from_the_models(language: str, request: pytest.FixtureRequest) -> None:
    path = GUIDE / language / "format.md"
    page = path.read_text(encoding="utf-8")
    anew = with_fields(page, Words(language))
    if request.config.getoption("--record"):
        path.write_text(anew, encoding="utf-8")
        return
    assert page == anew, "record it with --record, and read the diff"


def test_what_the_models_say_of_their_fields_has_its_swedish() -> None:
    said = {
        descriptions(part.model).get(name) or part.schema["properties"][field.alias or name].get("description", "")
        for part, name, field in FIELDS
    }
    assert said - set(SWEDISH) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_found_at_its_path(language: str) -> None:
    everything = [place for place in places("format", language) if place.paths]
    listed = {path for place in everything for path in place.paths}
    for part, name, field in FIELDS:
        assert {f"{path}.{field.alias or name}" if path else field.alias or name for path in part.paths} <= listed
    for topic in (
        "sharing.deficit",
        "years.2000.actual.sickness",
        "years.1999.corrections.0.percent",
        "parties.kassa.role",
        "uncertain.x.normal.sd",
    ):
        assert guide_page(topic, lang=language).startswith("## format › ")
    found = guide_page("years.2000.result")
    assert "+ surplus, − deficit" in found and "exclude one another" in found and "expect" not in found


def test_a_field_that_the_format_does_not_have_is_refused_with_the_nearest(socsam: Socsam) -> None:
    outcome = socsam("guide", "deficitt")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "the guide has nothing under `deficitt`\n   did you mean `deficit`?\n"
    with pytest.raises(OutputError, match="handledningen har inget under"):
        guide_page("sharing.xyzzy", lang="sv")


# --- what is cited -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_and_rule_that_a_step_cites_opens(language: str) -> None:
    for name, entry in STEPS.items():
        if entry.section:
            assert f"# § {entry.section} " in guide_page(f"§ {entry.section}", lang=language), name
            assert f"# § {entry.section} " in guide_page(f"settlement {entry.section}", lang=language), name
        for number in entry.rules:
            assert re.search(rf"### (Rule|Regel) {number}: ", guide_page(f"rule {number}", lang=language)), name
    assert len(re.findall(r"^### (?:Rule|Regel) \d+: ", source("domain", language), re.MULTILINE)) == 34


@pytest.mark.parametrize(("language", "word"), [("en", "rules?"), ("sv", "regel")])
def test_a_line_that_explain_cites_opens_as_it_stands(language: str, word: str, socsam: Socsam) -> None:
    for file in ("complete.yaml", "gotland.yaml", "stenungsund.yaml"):
        shown = socsam("explain", f"examples/{file}", "--lang", language).out
        cited = set(re.findall(rf"^ *(§ [0-9.]+, {word} .*)$", shown, re.MULTILINE))
        assert cited
        for line in cited:
            found = guide_page(line, lang=language)
            assert f"§ {line.split(',')[0][2:]} " in found
            for number in re.findall(r"\d+", line.partition(";")[0].partition(",")[2]):
                assert re.search(rf"(Rule|Regel) {number}: ", found), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_check_opens(language: str) -> None:
    for rule in RULES:
        assert guide_page(rule.code, lang=language).startswith(f"# {rule.code} ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_that_a_rule_cites_is_told(language: str) -> None:
    """Where no rule of the domain cites that place of it, what the source is."""
    for cited in {one for rule in RULES for one in citations(rule.sources, Words(language))}:
        assert guide_page(cited, lang=language), cited
    assert "### Rule 5: " in guide_page("Act 8 §") and "final report" in guide_page("Report 5.4")


def test_whatever_the_program_or_a_page_sends_a_reader_to_is_there() -> None:
    """Every `socsam guide …` in the program's texts, its pages and the README."""
    written = [README, *(path.read_text(encoding="utf-8") for path in (ROOT / "socsam_calc").rglob("*") if path.suffix in (".py", ".md"))]
    topics = {topic for page in written for topic in re.findall(r"`socsam guide ([^`…{]*?)(?: --lang sv)?`", page)}
    topics |= {
        topic for page in written for topic in re.findall(r"^(?:\$|     ) ?socsam guide ([^\n]*?)(?: --lang sv)?$", page, re.MULTILINE)
    }
    assert len(topics) > 15
    for topic in topics:
        assert guide_page(topic) or guide_page(topic, lang="sv"), topic


NAMED = re.compile(r"`(#?[^\W\d][\w.]*(?:[;,][^\W\d]\w*)*)(?:: ?[^`]*| \d+)?`")
"""A word in a text, or several as the heading of a table, with what is entered in it: `` `state_split: none` ``, `` `year;activity;frame` ``."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_text_of_the_program_names_is_found(language: str) -> None:
    """In all that it can say: refusals with their remedies, findings, notes, headings, helps. What a file or a person gave is no word of its own."""
    english = [*SWEDISH, *(part for rule in RULES for part in rule.texts)]
    said = english if language == "en" else [text for text in SWEDISH.values() if isinstance(text, str)]
    words = {word for text in said for entered in NAMED.findall(text) for word in re.split("[;,]", entered)}
    assert len(words) > 120 and {"state_split", "to_date.actual", "#RAR"} <= words
    lost = []
    for word in words - {"socsam", "_", "dumb"}:  # a sign, and a kind of terminal
        try:
            assert guide_page(word, lang=language)
        except OutputError:
            lost.append(word)
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_is_found_with_what_is_entered_in_it_and_by_the_end_of_its_path(language: str) -> None:
    """As messages write it."""
    assert guide_page("state_split: {cap: 10 %}", lang=language) == guide_page("state_split", lang=language)
    assert guide_page("to_date.actual", lang=language).startswith("## format › years.YEAR.to_date\n")


def test_the_files_that_outputs_name_are_told() -> None:
    for name in names():
        if name.endswith((".yaml", ".yml", ".ipynb")):
            assert guide_page(Path(name).name if "README" not in name else "examples")
    for page in ("format.md", "settlement.md", "domain.md"):
        assert guide_page(page)


# --- what outputs hold -------------------------------------------------------------------------------------------------------

PROGRAMS: dict[str, list[str]] = {
    "settlement": ["settle", "examples/complete.yaml", "examples/haninge.yaml"],
    "activities": ["settle", "examples/complete.yaml", "--rows", "activities"],
    "whatif": ["whatif", "examples/whatif/gotland-terms.yaml"],
    "bounds": ["whatif", "examples/whatif/budget.yaml"],
    "against": ["whatif", "examples/complete.yaml", "--against", "examples/gotland.yaml"],
    "solve": ["whatif", "examples/gotland.yaml", "--solve", "sharing.shared", "--for", "1999.parties.kassa.settled=−5000"],
    "incentives": ["incentives", "examples/complete.yaml", "--year", "1999"],
    "payments": ["incentives", "examples/complete.yaml", "--rows", "payments"],
    "simulation": ["simulate", "examples/whatif/uncertain.yaml", "--draws", "100"],
    "evaluation": ["evaluate", "examples/evaluation/exempelby.yaml", "examples/evaluation/gotland.yaml", "--base-year", "all", "--leave-one-out"],
    "norm": ["norm", "examples/norm/land.csv", "--base", "fixed:1996,moving", "--draws", "10", "--agreement", "examples/norm/terms.yaml", "--activity", "sickness"],
    "norm by year": ["norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996", "--rows", "years"],
    "norm by base": ["norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996", "--rows", "bases"],
    "norm and terms": ["norm", "examples/norm/land.csv", "--base", "moving", "--agreement", "examples/norm/terms.yaml", "--activity", "sickness", "--rows", "terms"],
    "years": ["evaluate", "examples/evaluation/exempelby.yaml", "--rows", "years"],
    "explanation": ["explain", "examples/complete.yaml", "2000.parties.kommun.settled"],
    "check": ["check", "examples/gotland.yaml"],
    "rules": ["rules"],
    "books": ["books", "examples/books/huvudbok-2024.se", "--agreement", "examples/books/sjobygden.yaml"],
    "books explained": ["explain", "examples/books/sjobygden.yaml", "2024.activities.kansli.actual"],
}  # fmt: skip


def keys(value: Any) -> Iterator[str]:
    """Every key of a document, but not the short names that a file gives."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield key
            if key != "cells":
                yield from keys(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from keys(entry)


def told(name: str, page: str, language: str = "en") -> bool:
    """Whether a page has an entry of just this name."""
    try:
        return guide_page(f"{page} {name}", lang=language).startswith(f"## {page}") and any(
            line.startswith("- **") for line in guide_page(f"{page} {name}", lang=language).splitlines()
        )
    except OutputError:
        return False


@pytest.mark.parametrize("kind", PROGRAMS)
def test_every_key_and_column_for_programs_is_told(kind: str, socsam: Socsam) -> None:
    call = PROGRAMS[kind]
    columns = next(csv.reader(io.StringIO(socsam(*call, "--format", "csv").out)))
    held = set(columns)
    if "--rows" not in call:
        held |= set(keys(json.loads(socsam(*call, "--format", "json").out)))
    entries = {name for place in places("outputs", "en") if place.is_entry for name in place.names}
    assert held - entries == set()


PEOPLE = [
    "settle examples/complete.yaml", "settle examples/complete.yaml --year 1999", "settle examples/", "settle examples/laholm.yaml",
    "settle examples/complete.yaml --set sharing.flow=real --year 2000", "whatif examples/whatif/budget.yaml",
    "whatif examples/complete.yaml --against examples/gotland.yaml", "incentives examples/complete.yaml --year 1999",
    "incentives examples/laholm.yaml", "evaluate examples/evaluation/", "evaluate examples/evaluation/exempelby.yaml --base-year all --leave-one-out",
    "norm examples/norm/land.csv --base fixed:1995,moving --draws 10 --agreement examples/norm/terms.yaml --activity sickness",
    "norm examples/norm/report.csv --country Riket --base fixed:1996 --area Laholm",
    "settle examples/books/sjobygden.yaml", "settle examples/samordningsforbund.yaml --year 2023", "settle tests/running.yaml --year 2025",
    "incentives examples/", "whatif examples/whatif/uttrade.yaml", "whatif examples/complete.yaml --norm fixed:1996,moving",
    "simulate examples/whatif/uncertain.yaml --draws 100", "check examples/gotland.yaml", "rules", "books examples/books/huvudbok-2024.se --agreement examples/books/sjobygden.yaml",
]  # fmt: skip
OF_A_FILE = re.compile(r"[0-9]{4}(-[0-9]{2})?|Sjukpenning|Rehabiliteringspenning|Socialbidrag|IFO|ÄHO|")
"""Columns that are called like a year or a month, or like something in the example."""
OF_AGREEMENTS = {party for file in [*EXAMPLES.glob("*.yaml"), ROOT / "tests" / "running.yaml"] for party in load(file).agreement.parties}


def from_a_file(column: str) -> bool:
    return OF_A_FILE.fullmatch(column) is not None or column in OF_AGREEMENTS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", PEOPLE)
def test_every_column_of_a_table_is_in_the_glossary(call: str, language: str, socsam: Socsam) -> None:
    lines = socsam(*call.split(), "--lang", language, "--format", "markdown").out.splitlines()
    heads = [lines[number - 1] for number, line in enumerate(lines) if re.fullmatch(r"\|[:|-]+\|", line)]
    columns = {column.strip().replace("\\", "") for head in heads for column in head.strip("|").split("|")}
    assert columns
    assert [column for column in columns if not from_a_file(column) and not told(column, "glossary", language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_workbook_is_in_the_glossary(language: str, socsam: Socsam, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert socsam("settle", "examples/complete.yaml", "-o", tmp_path / "w.xlsx", "--lang", language).status == 0
    for page in openpyxl.load_workbook(tmp_path / "w.xlsx"):
        heads = [cell.value for cell in page[2] if isinstance(cell.value, str) and not cell.value.startswith("=")]
        assert heads
        assert [head for head in heads if not from_a_file(head) and not told(head, "glossary", language)] == []


# --- how it is shown ---------------------------------------------------------------------------------------------------------


def test_a_pipe_gets_markdown_and_a_file_too(socsam: Socsam, tmp_path: Path) -> None:
    piped = socsam("guide", "settlement")
    assert (piped.status, piped.out, piped.err) == (0, text("settlement", "en"), "")
    written = socsam("guide", "settlement", "--output", tmp_path / "page.md")
    assert (written.status, written.out) == (0, "")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == piped.out


@pytest.mark.parametrize("width", [40, 60, 200])
@pytest.mark.parametrize("page", PAGES)
def test_on_a_terminal_a_page_is_as_wide_as_that_and_has_no_marks(page: str, width: int) -> None:
    stream = io.StringIO()
    show(text(page, "sv"), stream, width=width, colour=False)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert max(map(len, shown.splitlines())) <= min(width, 100)
    assert "**" not in shown and "<!--" not in shown and "\n# " not in shown


def test_a_terminal_that_lacks_a_letter_is_shown_another() -> None:
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for page in ("sharing.deficit", "settlement 3.1", "years.2000.frame"):
        done = subprocess.run([PROGRAM, "guide", page], env=env, capture_output=True, text=True, check=True)
        assert "?" not in done.stdout, page


def test_several_words_are_one_topic(socsam: Socsam) -> None:
    assert socsam("guide", "before", "sharing").out == socsam("guide", "before sharing").out != ""
    assert "### § 3.4 " in socsam("guide", "settlement", "3.4").out
    assert socsam("guide").out == guide_page()


# --- the examples travel -----------------------------------------------------------------------------------------------------


def test_an_example_is_written_with_what_it_needs_and_runs(socsam: Socsam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from socsam_calc.cli.app import run

    monkeypatch.chdir(tmp_path)
    assert run(["init", "--example", "whatif/gotland-terms", "--quiet"]) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"whatif/gotland-terms.yaml", "gotland.yaml", "laholm.yaml", "hisingen.yaml"}
    assert all((tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes() for name in written)
    assert run(["whatif", "whatif/gotland-terms.yaml", "-o", "cases.json"]) == 0
    assert run(["init", "--example", "whatif/uncertain", "--quiet"]) == 0  # its agreement and its draws
    assert (tmp_path / "complete.yaml").is_file() and (tmp_path / "whatif" / "uncertain.csv").is_file()


def test_an_example_never_takes_the_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from socsam_calc.cli.app import run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "laholm.yaml").write_text("mine", encoding="utf-8")
    for example in ("laholm", "whatif/gotland-terms"):
        assert run(["init", "--example", example]) == 2
        assert capsys.readouterr().err.startswith("laholm.yaml is there already, and is left alone\n")
    assert [path.name for path in tmp_path.iterdir()] == ["laholm.yaml"]
    assert (tmp_path / "laholm.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_examples_are_written_into_their_folder(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from socsam_calc.cli.app import run

    monkeypatch.chdir(tmp_path)
    assert run(["init", "--example", "all", "--lang", language]) == 0
    assert capsys.readouterr().err.endswith("\n   socsam settle examples/complete.yaml\n")
    written = sorted(path.relative_to(tmp_path / "examples").as_posix() for path in (tmp_path / "examples").rglob("*") if path.is_file())
    assert written == names()
    shutil.rmtree(tmp_path / "examples" / "evaluation")
    assert run(["init", "--example", "all", "--quiet"]) == 0  # what is there just so stays, the rest is written anew
    assert (tmp_path / "examples" / "evaluation" / "gotland.yaml").is_file()


def test_an_example_that_there_is_not_is_refused_with_the_nearest(socsam: Socsam) -> None:
    assert socsam("init", "--example", "gotlan").err == "there is no example `gotlan`\n   did you mean `gotland`?\n"
    assert "there are avveckling, complete, finsam, finspang, gotland" in socsam("init", "--example", "xyz").err
    assert socsam("init", "--example", "gotland", "Storby").status == 2
    assert socsam("init").status == 2
    assert socsam("init", "--example", "laholm", "-o", "-").out == (EXAMPLES / "laholm.yaml").read_text(encoding="utf-8")


def test_who_has_only_the_package_is_told_where_the_examples_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from socsam_calc.cli.app import run

    monkeypatch.chdir(tmp_path)
    for name in ("examples/laholm.yaml", "examples/"):
        assert run(["settle", name]) == 2
        assert capsys.readouterr().err == f"{name}: there is no such file\n   `socsam init --example all` writes the examples here\n"
    assert "`socsam init --example all` writes it here" in " ".join(_help(capsys).split())


def _help(capsys: pytest.CaptureFixture[str]) -> str:
    from socsam_calc.cli.app import run

    assert run(["settle", "--help"]) == 0
    return capsys.readouterr().out
