"""``socsam lsp`` with a real client over standard input and output; and what it answers, by itself."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT
from language_client import Editor, editor
from lsprotocol import types

from socsam_calc import AgreementError, check, load
from socsam_calc.editor.cursor import spot
from socsam_calc.editor.opinions import opinions
from socsam_calc.editor.proposals import proposals
from socsam_calc.editor.server import characters, marked, units
from socsam_calc.editor.shown import shown
from socsam_calc.problems import Place
from socsam_calc.report.told.words import Words

ENGLISH = Words("en")
BAD = sorted((ROOT / "tests" / "bad").glob("*.yaml"))
WORKED = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")

SMALL = """\
format: socsam/1
area: Åby 𝄞
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 1999-12-31}
parties:
  kassa: {name: Försäkringskassan, role: insurance_office}
  kommun: {name: Åby kommun, role: municipality}
activities:
  sjuk: {name: Sjukpenning, funder: kassa, cost: sickness_benefit}
  omsorg: {name: Omsorg, funder: kommun, cost: social_services}
sharing:
  surplus: equal
  deficit: {kassa: 50 %, kommun: 50 %}
years:
  1998:
    frame: {sjuk: 40 000, omsorg: 20 000}
    actual: {sjuk: 41 000, omsorg: 21 000}
"""


def served(work: Callable[[Editor], Awaitable[Any]], *options: str, **given: Any) -> Any:
    """What ``work`` makes of a server that was started for it."""

    async def run() -> Any:
        async with editor([sys.executable, "-m", "socsam_calc", "lsp", *options], **given) as opened:
            return await work(opened)

    return asyncio.run(run())


# --- what is wrong ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_refused_file_is_told_in_the_words_of_settle_at_its_places(file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8")
        load(file)
    except UnicodeDecodeError:
        return  # an editor has its text in characters
    except AgreementError as error:
        expected = [(one.code, f"{one.text}\n{one.remedy}".strip()) for one in error.problems]
        told = [(one.code, one.text) for one in opinions(str(file), text, ENGLISH)]
        beside = {code for code, _ in expected} & {"figures", "unreadable", "figures-outside"} or "figures" in file.stem
        assert beside or told == expected or not told


def test_what_check_finds_is_told_with_its_severity_and_its_source() -> None:
    file = EXAMPLES / "gotland.yaml"
    told = list(opinions(str(file), file.read_text(encoding="utf-8"), ENGLISH))
    found = [one for one in check(file).findings if not one.ignored]
    assert [(one.code, one.severity, one.place) for one in told] == [(one.code, one.severity, one.place) for one in found]
    assert all(one.sources[0] in opinion.text for one, opinion in zip(found, told, strict=True))


def test_an_expectation_that_fails_is_told_at_its_line() -> None:
    text = SMALL + "    expect: {settled: {kassa: −1 200}}\n"
    (told,) = [one for one in opinions("-", text, ENGLISH) if one.code == "expectation"]
    # a deficit of 2 000 tkr, half of which each bears
    assert (told.place.line, told.text) == (19, "1998.parties.kassa.settled should be −1 200 tkr, and is −1 000 tkr")


def test_a_file_of_figures_is_read_from_the_disk_and_told_where_it_is_named(tmp_path: Path) -> None:
    text = SMALL.replace("    frame: {sjuk: 40 000, omsorg: 20 000}\n    actual: {sjuk: 41 000, omsorg: 21 000}\n", "    note: closed\n")
    text = text.replace("parties:\n", "figures: led.csv\nparties:\n", 1)
    (tmp_path / "led.csv").write_text(
        "year;activity;frame;actual\n1998;sjuk;40 000;41 000\n1998;omsorg;about 20;21 000\n", encoding="utf-8"
    )
    told = [one for one in opinions(str(tmp_path / "a.yaml"), text, ENGLISH) if one.place.line == 6]
    assert told and all("led.csv" in one.text and one.related[0].line == 3 for one in told)


@pytest.mark.parametrize("text", ["", "name: something else\n", "on: [push]\njobs: {a: {steps: []}}\n", "a: [1, 2\n", "\tx"])
def test_of_what_is_not_ours_nothing_is_said(text: str) -> None:
    assert list(opinions("a.yaml", text, ENGLISH)) == [] == proposals(text, 0, 0, ENGLISH)
    assert shown("a.yaml", text, 0, 0, ENGLISH) == ""


def test_an_editor_is_told_while_one_types_and_unsaved_text_counts(tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()  # it need not be on the disk at all

    async def work(opened: Editor) -> Any:
        opened.open(uri, SMALL.replace("omsorg: 21 000", "omsrg: 21 000"))
        wrong = await opened.told(uri)
        opened.change(uri, SMALL)
        return wrong, await opened.told(uri), opened.client.answer  # type: ignore[attr-defined]

    wrong, right, answer = served(work)
    first = next(one for one in wrong if one.code == "unknown-id")
    assert first.message == "there is no activity `omsrg`\ndid you mean `omsorg`?"
    assert (first.severity, first.source) == (types.DiagnosticSeverity.Error, "socsam")
    assert (first.range.start, first.range.end) == (types.Position(17, 27), types.Position(17, 32))
    assert {one.code for one in right} == {one.code for one in check(load("-", text=SMALL)).findings if not one.ignored}
    assert answer.capabilities.position_encoding == "utf-16"


@pytest.mark.parametrize(("encoding", "column"), [("utf-16", 15), ("utf-8", 19), ("utf-32", 14)])
def test_columns_count_as_was_agreed(encoding: str, column: int) -> None:
    """`area: "Åby 𝄞"x` has its slip after a letter of two bytes and a sign of four: characters, pairs of bytes, bytes."""
    text = SMALL.replace("area: Åby 𝄞", "opening: {å𝄞: 5, x: 1}").replace("format: socsam/1\n", "format: socsam/1\narea: Åby\n")

    async def work(opened: Editor) -> Any:
        opened.open("file:///a.yaml", text)
        return await opened.told("file:///a.yaml")

    told = served(work, encodings=[encoding] if encoding != "utf-16" else None)
    assert [one.range.start.character for one in told if "`x`" in one.message] == [{"utf-16": 18, "utf-8": 21, "utf-32": 17}[encoding]]


def test_nothing_but_the_protocol_reaches_standard_output_and_yaml_of_others_is_left_in_silence() -> None:
    """The bytes themselves, of a run that ends because the editor is gone."""

    def sent(method: str, params: Any, **also: Any) -> bytes:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **also}).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    document = {"uri": "file:///w.yaml", "languageId": "yaml", "version": 1, "text": "on: push\njobs: {}\n"}
    given = sent("initialize", {"capabilities": {}, "processId": None, "rootUri": None}, id=1) + sent("initialized", {})
    given += sent("textDocument/didOpen", {"textDocument": document}) + sent("shutdown", None, id=2) + sent("exit", None)
    done = subprocess.run(
        [sys.executable, "-m", "socsam_calc", "lsp"], input=given, capture_output=True, timeout=120, check=False, cwd=ROOT
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    rest, bodies = done.stdout, []
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(dict(line.split(b": ") for line in head.split(b"\r\n"))[b"Content-Length"])
        bodies.append(json.loads(rest[:length]))
        rest = rest[length:]
    assert not [one for one in bodies if one.get("params", {}).get("diagnostics")]


def test_without_pygls_one_line_says_what_to_install() -> None:
    script = "import sys; sys.modules['pygls'] = None; from socsam_calc.cli.app import run; sys.exit(run(['lsp']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "socsam lsp needs pygls\n   pip install 'socsam-calc[editor]'\n"


# --- where the cursor is, and what may stand there ---------------------------------------------------------------------------------


def at(text: str) -> tuple[str, int, int]:
    """The text without its mark `▮`, and where that stood."""
    before, _, after = text.partition("▮")
    return before + after, before.count("\n"), len(before) - before.rfind("\n") - 1


@pytest.mark.parametrize(
    ("text", "holder", "name", "written"),
    [
        ("pa▮", (), None, "pa"),
        ("parties:\n  ▮", ("parties",), None, ""),
        ("parties:\n  kassa: {role: ins▮", ("parties", "kassa"), "role", "ins"),
        ("parties:\n  kassa: {name: 'A, b', ▮", ("parties", "kassa"), None, ""),
        ("years:\n  1998:\n    frame:\n      sjuk: {ka▮}", ("years", "1998", "frame", "sjuk"), None, "ka"),
        (
            "years:\n  1998:\n    corrections:\n      - activity: x\n      - activity: ▮",
            ("years", "1998", "corrections", 1),
            "activity",
            "",
        ),
        ("years:\n  1998:\n    corrections:\n    - activity: x\n    - act▮", ("years", "1998", "corrections"), 1, "act"),
        ("years:\n  1998:\n    corrections:\n    - activity: x\n      ▮", ("years", "1998", "corrections", 0), None, ""),
        ("activities:\n  vard: {cost: [health_care, so▮", ("activities", "vard", "cost"), 1, "so"),
        ("activities:\n  vard: {cost: [a\nsharing:\n  surplus: ▮", ("sharing",), "surplus", ""),
        ("sharing:\n  deficit: {kassa: 1/2,\n    ▮", ("sharing", "deficit"), None, ""),
    ],
)
def test_the_cursor_is_found_in_what_is_no_yaml_yet(text: str, holder: tuple[Any, ...], name: Any, written: str) -> None:
    here = spot(*at(text))
    assert here is not None and (here.holder, here.name, here.written) == (holder, name, written)


def test_in_a_comment_nothing_is_proposed() -> None:
    assert spot(*at("area: x # the ▮")) is None


HEAD = SMALL.partition("years:\n")[0]


@pytest.mark.parametrize(
    ("text", "among", "not_among"),
    [
        (SMALL + "▮", {"series", "keys", "governance", "note"}, {"parties", "area", "Agreement"}),
        (SMALL + "  1999:\n    fra▮", {"frame", "actual", "corrections"}, {"sjuk"}),
        (SMALL + "  1999:\n    frame:\n      ▮", {"sjuk", "omsorg"}, {"kassa", "frame"}),
        (SMALL + "  1999:\n    frame: {sjuk: 1, ▮", {"omsorg"}, {"sjuk", "kassa"}),
        (SMALL + "  1999:\n    corrections: [{activity: ▮", {"sjuk", "omsorg"}, {"kassa", "percent"}),
        (SMALL + "  ▮", {"1999"}, {"1998", "2000"}),
        (
            HEAD + "keys:\n  half: {kassa: 1/2, kommun: 1/2}\nyears:\n  1998:\n    sharing: {surplus: ▮",
            {"half", "frame", "equal"},
            {"kassa"},
        ),
        (HEAD + "years:\n  1998:\n    sharing: {surplus: {▮", {"kassa", "kommun", "weights"}, {"sjuk"}),
        (HEAD.replace("cost: social_services", "cost: ▮"), {"health_care", "disability_pension"}, {"sjuk"}),
        (HEAD.replace("funder: kommun", "funder: ▮"), {"kassa", "kommun"}, {"sjuk", "body"}),
        (HEAD.replace("funder: kommun", "performer: ▮"), {"kassa", "kommun", "body"}, {"sjuk"}),
        (HEAD.replace("50 %}", "▮}"), {"rest"}, {"kassa"}),
        (HEAD.replace("area: Åby 𝄞", "area: ▮"), set(), {"kassa", "rest", "area"}),
    ],
)
def test_what_may_stand_here_is_proposed(text: str, among: set[str], not_among: set[str]) -> None:
    proposed = {one.label: one for one in proposals(*at(text), ENGLISH)}
    assert among <= set(proposed) and not not_among & set(proposed)


def test_proposals_say_what_they_are() -> None:
    proposed = {one.label: one for one in proposals(*at(HEAD.replace("cost: social_services", "cost: ▮")), ENGLISH)}
    assert proposed["disability_pension"].marked and not proposed["health_care"].marked
    assert "may not be in the frame" in proposed["disability_pension"].says.lower()
    proposed = {one.label: one for one in proposals(*at(SMALL + "  1999:\n    frame: {▮"), ENGLISH)}
    assert proposed["sjuk"].detail == "Sjukpenning"
    swedish = {one.label: one.says for one in proposals(*at(SMALL + "  1999:\n    ▮"), Words("sv"))}
    assert swedish["frame"].startswith("Ramen")


def test_an_editor_completes_and_shows() -> None:
    text, line, column = at(SMALL + "  1999:\n    frame: {sj▮")

    async def work(opened: Editor) -> Any:
        opened.open("file:///a.yaml", text)
        opened.open("file:///b.yaml", SMALL)
        return await opened.completed("file:///a.yaml", line, column), await opened.hovered("file:///b.yaml", 16, 13)

    items, said = served(work, "--lang", "sv")
    assert [(one.label, one.detail) for one in items] == [("sjuk", "Sjukpenning"), ("omsorg", "Omsorg")]
    assert "41 000 tkr" in said and "1998.activities.sjuk.result" in said


# --- what is shown ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("▮deficit:", ["The key for a deficit", "1998", "−2 000 tkr"]),
        ("actual: {▮sjuk", ["`1998.activities.sjuk.result`", "−1 000 tkr", "What each activity cost"]),
        ("cost: ▮sickness_benefit", ["Sickness benefit (Act 3 §)", "The kind of cost"]),
        ("{▮kassa: 50 %", ["`1998.parties.kassa.allocated`", "−1 000 tkr"]),
        ("▮1998:", ["`1998.totals.final_frame`", "60 000 tkr"]),
    ],
)
def test_the_guide_and_what_a_figure_comes_to_are_shown(mark: str, says: list[str]) -> None:
    """A frame of 60 000, a cost of 62 000: a deficit of 2 000 tkr, which the two bear by halves."""
    assert SMALL.count(mark.replace("▮", "")) >= 1
    said = shown("-", *at(SMALL.replace(mark.replace("▮", ""), mark, 1)), ENGLISH)
    assert [one for one in says if one not in said] == [], said


@pytest.mark.parametrize("format_", ["socsam/1", "socsam-evaluation/1"])
def test_a_field_that_two_formats_have_is_told_as_that_of_the_file(format_: str) -> None:
    said = shown("-", f"format: {format_}\nunit: tkr\n", 1, 0, ENGLISH)
    assert "The unit of every bare amount" in said
    assert [one for one in ("socsam/1", "socsam-evaluation/1") if one in said] == [format_]


def test_what_cannot_be_settled_yet_still_has_its_page() -> None:
    assert "The key for a deficit" in shown("-", *at(SMALL.replace("deficit:", "▮deficit:").replace("21 000", "???")), ENGLISH)


# --- columns --------------------------------------------------------------------------------------------------------------------


def test_a_column_inside_a_sign_is_where_the_sign_begins() -> None:
    line = "å𝄞x"
    assert [units(line, one) for one in ("utf-8", "utf-16", "utf-32")] == [7, 4, 3]
    assert [characters(line, column, "utf-16") for column in range(6)] == [0, 1, 1, 2, 3, 3]
    assert marked(line, Place("a", 1, 3), "utf-8") == (0, 6, 7)
    assert marked(f"{line}\nb", Place("a"), "utf-16") == (0, 0, 4)
