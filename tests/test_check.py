"""``socsam check`` and ``socsam rules`` as a user meets them: formats, choices, statuses, languages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, Outcome
from test_rules import CASES, SOUND, laid_over

from socsam_calc.answers.check import check
from socsam_calc.problems import Place
from socsam_calc.report.render.terminal import show
from socsam_calc.report.told.findings import command, findings
from socsam_calc.report.told.tables import Cell, Column, Table
from socsam_calc.report.told.words import Words
from socsam_calc.rules.catalogue import RULES
from socsam_calc.source.loader import load

Socsam = Callable[..., Outcome]
GOTLAND = "examples/gotland.yaml"


def breaking(code: str, **more: Any) -> str:
    """An agreement that breaks this rule, and none that would make it unreadable."""
    return json.dumps(laid_over(laid_over(SOUND, CASES[code]["breaks"]), more), ensure_ascii=False)


# --- the table -----------------------------------------------------------------------------------------------------------


def test_a_file_is_told_its_findings_what_to_do_and_what_an_application_lacks(socsam: Socsam) -> None:
    outcome = socsam("check", GOTLAND)
    assert (outcome.status, outcome.err) == (0, "")
    lines = [line.rstrip() for line in outcome.out.splitlines()]
    assert lines[0] == "examples/gotland.yaml: Gotland, SOCSAM på Gotland"
    row = next(line for line in lines if "SOC511" in line)
    assert row.startswith("52:11   warning *   SOC511   the Gotland pattern (1997–2000)")
    assert "errors: 0, warnings: 2, for information: 5." in lines
    assert "* The file states assumptions; this finding may rest on one of them." in lines
    assert any(line.startswith("- SOC511 The Gotland pattern. Change one of the three") and "Report 5.3.1, 5.4" in line for line in lines)
    assert any(line.split() == ["flow", "of", "money", "missing"] for line in lines)
    assert "how the frame is indexed          stated in the file   activities.insurance.adjust (44:5)" in lines


def test_the_worst_comes_first_then_the_order_of_the_file(socsam: Socsam) -> None:
    text = breaking("SOC530", governance={"board": {"members": "4", "per_party": "~"}}, sharing={"flow": "~", "distribute": "~"})
    (file,) = json.loads(socsam("check", "-", "--format", "json", text=text).out)["files"]
    assert [(one["severity"], one["code"]) for one in file["findings"]] == [
        ("error", "SOC206"),
        ("warning", "SOC530"),
        ("info", "SOC520"),  # its place, `sharing`, stands before `application`
        ("info", "SOC601"),
    ]


def test_several_files_are_shorter_and_are_summed_up(socsam: Socsam) -> None:
    out = socsam("check", "examples/").out
    for example in EXAMPLES.glob("*.yaml"):
        assert f"examples/{example.name}: " in out
    assert "files: 12, errors: 0, warnings: 3." in out
    assert "Report 5.3.1, 5.4; Report 4.1.2, table 8" in out, "the source stands beside each finding"
    assert "What to do" not in out and "`socsam rules CODE`" in out
    assert "`socsam rules CODE`" not in socsam("check", "examples/", "-q").out


def test_what_the_file_ignores_is_shown_with_its_reason(socsam: Socsam) -> None:
    out = socsam("check", "examples/hisingen.yaml").out
    assert "warnings: 0" in out and "ignored: 2." in out
    assert "- 44:3 SOC401: The office's part was adjusted by the country's development" in out


def test_in_swedish_nothing_of_the_program_is_left_in_english(socsam: Socsam) -> None:
    out = socsam("check", GOTLAND, "--lang", "sv").out
    assert "Gotlandsmönstret (1997–2000)" in out and "Rapporten 4.1.2, tabell 8" in out
    ours = "\n".join(line for line in out.splitlines() if not re.match(r" +\d+ \| ", line))  # the file's own lines stay
    assert not {"the", "warning", "missing", "findings", "Report"} & set(ours.replace(",", " ").split())
    assert "Varför det är viktigt" in socsam("rules", "SOC511", "--lang", "sv").out


@pytest.mark.parametrize("width", [44, 60, 80, 200])
def test_a_text_in_a_table_is_wrapped_never_cut(width: int) -> None:
    texts = ["Individ- och familjeomsorg", "stated elsewhere", "a longer text with 925\u00a0155\u00a0tkr in it, which must not lose a word"]
    table = Table("", [Column("label", False), Column("state", False), Column("where", False)], [[Cell(text) for text in texts]])
    written = io.StringIO()
    show([table], written, width=width)
    lines = written.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    words = written.getvalue().split()
    assert all(word in words for text in texts for word in text.replace("\u00a0", " ").split())
    assert any("925 155 tkr" in line for line in lines), "nor is a number broken"


def test_text_from_the_file_is_shown_literally(socsam: Socsam) -> None:
    text = breaking("SOC105", parties={"af": {"name": "[bold]AF[/bold] {0}"}})
    assert "[bold]AF[/bold] {0}: the employment service" in socsam("check", "-", text=text).out
    assert r"\[bold\]AF" in socsam("check", "-", "--format", "markdown", text=text).out


# --- statuses and choices --------------------------------------------------------------------------------------------------


def test_an_error_is_status_1_and_a_warning_with_strict(socsam: Socsam) -> None:
    assert socsam("check", "-", text=breaking("SOC206")).status == 1
    assert socsam("check", "-", text=breaking("SOC530")).status == 0
    assert socsam("check", "-", "--strict", text=breaking("SOC530")).status == 1
    assert socsam("check", "-", "--strict", text=breaking("SOC520")).status == 0
    reason = {"ignore": [{"rule": "SOC206", "because": "A board of four was allowed"}]}
    assert socsam("check", "-", text=breaking("SOC206", **reason)).status == 0


def codes(outcome: Outcome) -> set[str]:
    return {finding["code"] for file in json.loads(outcome.out)["files"] for finding in file["findings"]}


def test_rules_are_chosen_by_code_and_by_family(socsam: Socsam) -> None:
    chosen = lambda *options: codes(socsam("check", GOTLAND, "--format", "json", *options))  # noqa: E731
    assert chosen("--select", "SOC511") == {"SOC511"}
    assert chosen("--select", "SOC5", "--ignore", "SOC52,SOC532") == {"SOC501", "SOC511"}
    assert chosen("--ignore", "soc511") >= {"SOC404", "SOC510"}, "without the pattern its two halves speak"
    assert "What an application had to show" not in socsam("check", GOTLAND, "--select", "SOC5").out


def test_unknown_codes_are_refused_with_the_nearest(socsam: Socsam) -> None:
    outcome = socsam("check", GOTLAND, "--select", "SOC5111", "--ignore", "FOO")
    assert (outcome.status, outcome.out) == (2, "")
    assert "--select SOC5111: there is no rule `SOC5111`\n   did you mean `SOC511`?" in outcome.err
    assert "--ignore FOO: there is no rule `FOO`" in outcome.err
    assert socsam("rules", "SOC9999").status == 2


def test_an_unmet_expectation_is_a_finding_with_its_line(socsam: Socsam) -> None:
    outcome = socsam("check", "examples/laholm.yaml", "--set", "years.2000.expect.result=−9 599")
    assert outcome.status == 1
    assert "2000.totals.result: expected −9 599 tkr, computed −9 598 tkr (difference 1 tkr)" in outcome.out


def test_a_bad_file_does_not_keep_the_good_ones_from_being_checked(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("check", "tests/bad/a_list.yaml", GOTLAND, "--format", "json")
    assert outcome.status == 2 and "does not consist of" in outcome.err
    assert [file["file"] for file in json.loads(outcome.out)["files"]] == [GOTLAND]
    kept = tmp_path / "findings.json"
    assert socsam("check", "tests/bad/a_list.yaml", GOTLAND, "-o", kept).status == 2
    assert not kept.exists()


def test_what_cannot_be_settled_says_so_and_shows_what_was_found(socsam: Socsam) -> None:
    years = {"1998": {"conversions": [{"from": "sickness", "to": "projects", "amount": "9 000"}]}}
    outcome = socsam("check", "-", text=breaking("SOC530", years=years))
    assert outcome.status == 2 and "takes more than `sickness` holds" in outcome.err
    assert "SOC530" in outcome.out and "cannot be settled" in outcome.out


def test_findings_can_be_told_in_another_unit_and_for_some_years_alone() -> None:
    """For a page of one year: an expectation of another year is none of its business, what holds for all years is."""
    missed = ["years.1998.expect={result: 5}", "years.1999.expect={result: 6}"]
    document = load(EXAMPLES / "gotland.yaml", settings=missed)

    def told(**options: Any) -> list[str]:
        found = findings(check(document, years=options.get("years")), Words("en"), options.get("unit"))
        return [one.message.replace("\u00a0", " ") for one in found if one.code in ("SOC610", "SOC511")]

    whole = told()
    assert [text.partition(":")[0] for text in whole] == ["1998.totals.result", "1999.totals.result", "the Gotland pattern (1997–2000)"]
    assert told(years=[1999]) == whole[1:]
    assert told(years=[1999], unit="mkr")[0] == "1999.totals.result: expected 0,006 mkr, computed −35,578 mkr (difference −35,584 mkr)"


def test_an_output_file_is_written_in_the_format_of_its_suffix(socsam: Socsam, tmp_path: Path) -> None:
    assert socsam("check", GOTLAND, "-o", tmp_path / "f.json").status == 0
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["schema"] == "socsam.check/1"
    assert socsam("rules", "-o", tmp_path / "rules.md").status == 0
    assert "| SOC511 | warning |" in (tmp_path / "rules.md").read_text(encoding="utf-8")
    for command_, first in ((("check", GOTLAND), "file,line,column,code,"), (("rules",), "code,subject,severity,")):
        assert socsam(*command_, "-o", tmp_path / "f.csv").status == 0
        assert (tmp_path / "f.csv").read_text(encoding="utf-8").startswith(first)
        refused = socsam(*command_, "-o", tmp_path / "f.html")
        assert refused.status == 2 and ".json, .csv, .md, .xlsx" in refused.err
    assert not (tmp_path / "f.html").exists()


# --- JSON and GitHub -------------------------------------------------------------------------------------------------------


def test_json_names_place_rule_and_ground(socsam: Socsam) -> None:
    document = json.loads(socsam("check", GOTLAND, "--select", "SOC511", "--format", "json").out)
    assert (document["schema"], document["language"]) == ("socsam.check/1", "en")
    (file,) = document["files"]
    assert file["counts"] == {"error": 0, "warning": 1, "info": 0, "ignored": 0}
    assert (file["settled"], file["law"], len(file["application"])) == (True, "1994:566", 11)
    (finding,) = file["findings"]
    assert finding["sources"] == ["Report 5.3.1, 5.4", "Report 4.1.2, table 8", "Report 4.2.2"]
    assert (finding["path"], finding["file"], finding["line"], finding["column"]) == ("sharing.shared", GOTLAND, 52, 11)
    assert [place["line"] for place in finding["related"]] == [103, 45]
    assert finding["may_rest_on_assumption"] is True and finding["because"] is None
    assert json.loads(socsam("check", "tests/bad/a_list.yaml", "-f", "json").out)["files"] == []


def test_json_lists_the_catalogue(socsam: Socsam) -> None:
    document = json.loads(socsam("rules", "--format", "json").out)
    assert document["schema"] == "socsam.rules/1"
    assert [rule["code"] for rule in document["rules"]] == [rule.code for rule in RULES]
    assert all(rule["statement"] and rule["why"] and rule["remedy"] and rule["sources"] for rule in document["rules"])


def test_under_github_actions_findings_are_shown_at_their_lines(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = socsam("check", GOTLAND).out.splitlines()
    assert len(lines) == 7
    assert lines[1].startswith("::warning file=examples/gotland.yaml,line=52,col=11,title=SOC511::the Gotland pattern (1997–2000)")
    assert "%0AReport 5.3.1, 5.4; Report 4.1.2, table 8; Report 4.2.2%0A" in lines[1]
    assert sum(line.startswith("::notice ") for line in lines) == 5
    assert "SOC401" not in socsam("check", "examples/hisingen.yaml").out, "what the file ignores is not shown"
    bad = socsam("check", "tests/bad/a_list.yaml")
    assert bad.status == 2 and bad.out.startswith("::error file=tests/bad/a_list.yaml,line=1,col=1,title=not-a-mapping::")
    assert socsam("check", GOTLAND, "--format", "table").out.startswith("examples/gotland.yaml: Gotland")


def test_a_workflow_command_escapes_what_has_a_meaning_there() -> None:
    place = Place("a:b,c%d.yaml", 3, 4)
    shown = command("error", place, "SOC101", "50 % here, there: two\r\nlines\n::error::not this")
    assert shown == "::error file=a%3Ab%2Cc%25d.yaml,line=3,col=4,title=SOC101::50 %25 here, there: two%0D%0Alines%0A::error::not this\n"
    assert command("notice", Place("-", 3, 4), "SOC101", "x") == "::notice title=SOC101::x\n", "standard input is no file of the repository"


# --- the catalogue ---------------------------------------------------------------------------------------------------------


def test_the_catalogue_is_a_line_a_rule(socsam: Socsam) -> None:
    out = socsam("rules").out
    for rule in RULES:
        assert any(line.startswith(f"{rule.code}   {rule.severity}") and rule.texts.statement in line for line in out.splitlines())
    assert "Act: lag (1994:566)" in out
    assert out.count("SOC5") == socsam("rules", "SOC5").out.count("SOC5")


def test_one_rule_in_full(socsam: Socsam) -> None:
    out = socsam("rules", "soc511").out
    assert out.startswith("SOC511 The Gotland pattern\n")
    for part in (
        "Why it matters\n",
        "What to do\n",
        "- Report 5.3.1, 5.4\n",
        "- severity: warning\n",
        "- checked under `law:`: 1994:566, none\n",
    ):
        assert part in out
    assert "- checked under `law:`: under any law\n" in socsam("rules", "SOC208").out
