"""The command line as a user meets it: statuses, streams, files, settings, languages, terminals."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc import AgreementError, settle
from socsam_calc.cli.declared import COMMANDS

Socsam = Callable[..., Outcome]
LAHOLM = "examples/laholm.yaml"
WORKED = "tests/worked_example.yaml"
PROGRAM = Path(sys.executable).with_name("socsam")


# --- statuses ----------------------------------------------------------------------------------------------------------


def test_a_settlement_with_nothing_to_object_is_status_0(socsam: Socsam) -> None:
    assert socsam("settle", WORKED).status == 0


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_failed_expectation_is_status_1_in_every_format(socsam: Socsam, form: str) -> None:
    outcome = socsam("settle", WORKED, "--set", "years.1998.actual.projects=1 460", "--format", form)
    assert outcome.status == 1
    assert outcome.err.startswith("tests/worked_example.yaml:54:44: 1998.totals.result should be 930 tkr, and is 920 tkr\n")
    assert outcome.out


def test_a_failed_expectation_is_told_in_the_unit_asked_for(socsam: Socsam) -> None:
    def told(setting: str, *options: str) -> str:
        return socsam("settle", WORKED, "--set", setting, "-q", *options).err.split("54:", 1)[1].partition(" ")[2].splitlines()[0]

    assert told("years.1998.actual.projects=1 460", "--unit", "kr") == "1998.totals.result should be 930 000 kr, and is 920 000 kr"
    assert told("years.1998.actual.projects=1 460", "--unit", "mkr") == "1998.totals.result should be 0,93 mkr, and is 0,92 mkr"
    assert told("years.1998.actual.projects=5 000") == "1998.totals.result should be 930 tkr, and is −2 620 tkr"


def test_frames_and_costs_have_no_sign_and_what_is_gained_or_borne_has_one(socsam: Socsam) -> None:
    """A frame of 59 000 is no gain: only results and what comes of them are."""
    wrong = "years.1998.expect={final_frame: 1, actual: 2, result: 3, settled: {kommun: 4}}"
    for form in ("table", "markdown"):
        told = socsam("settle", WORKED, "--set", wrong, "--year", "1998", "-f", form).out.replace("\u00a0", " ")
        assert "1998 final frame: expected 1, computed 176 280" in told
        assert "1998 actual cost: expected 2, computed 175 350" in told
        assert "1998 result: expected +3, computed +930" in told
        assert "1998 settled (kommun): expected +4, computed +385" in told


def test_a_known_error_that_comes_out_and_an_unknown_figure_are_told(socsam: Socsam) -> None:
    known = "years.1998.expect={result: {value: 930, known_error: a slip}}"
    assert ": 1998.totals.result is the known error after all: 930 tkr\n" in socsam("settle", WORKED, "--set", known).err
    half = ("--set", "sharing.shared=50 %", "--set", "years.2000.expect={settled: {kommun: 1}}")
    assert "2000.parties.kommun.settled should be 1 tkr, and is not known\n" in socsam("settle", "examples/grastorp.yaml", *half).err


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_bad_file_is_status_2_and_the_good_ones_are_still_settled(socsam: Socsam, form: str) -> None:
    outcome = socsam("settle", "nowhere.yaml", WORKED, "--format", form)
    assert outcome.status == 2
    assert outcome.err == "nowhere.yaml: there is no such file\n   is the name spelt right, and the folder the right one?\n"
    assert "255" in outcome.out


@pytest.mark.parametrize("arguments", [["settle"], ["setle", LAHOLM], ["settle", LAHOLM, "--unit", "kg"], ["settle", "--nonsense", LAHOLM]])
def test_a_bad_command_line_is_status_2(socsam: Socsam, arguments: list[str]) -> None:
    outcome = socsam(*arguments)
    assert outcome.status == 2
    assert "Usage: socsam" in outcome.err


def test_a_misspelt_command_is_answered_with_the_nearest(socsam: Socsam) -> None:
    assert "Did you mean 'settle'" in socsam("setle", LAHOLM).err


def test_a_fault_of_the_program_is_status_3_and_says_how_to_report_it(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socsam_calc.library.settlements.settle_document", lambda document: {}["missing"])
    outcome = socsam("settle", LAHOLM)
    assert outcome.status == 3
    assert "a fault of the program, not of your file: KeyError" in outcome.err and "please report it" in outcome.err
    assert "Traceback" not in outcome.err


# --- where results go --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "start"), [(".json", '{"schema": "socsam.settlement/1"'), (".csv", "file,area,year"), (".md", "# Exempelköping")]
)
def test_output_takes_its_format_from_the_suffix(socsam: Socsam, tmp_path: Path, suffix: str, start: str) -> None:
    target = tmp_path / f"settlement{suffix}"
    assert socsam("settle", WORKED, "--output", target) == (0, "", "")
    assert target.read_text(encoding="utf-8").startswith(start)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("command", [["settle", WORKED], ["check", LAHOLM], ["explain", WORKED], ["rules"], ["schema"], ["report", LAHOLM]])
def test_a_dash_is_standard_output_as_when_none_is_named(socsam: Socsam, command: list[str]) -> None:
    assert socsam(*command, "-o", "-") == socsam(*command)
    assert not (ROOT / "-").exists()


@pytest.mark.parametrize(
    "command", [["settle", WORKED, "-f", "json", "-o", "-"], ["report", WORKED, "-o", "-"], ["settle", WORKED, "-f", "html"]]
)
@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_what_programs_read_is_utf_8_whatever_the_locale(command: list[str], locale: dict[str, str]) -> None:
    done = subprocess.run([PROGRAM, *command], cwd=ROOT, env={**os.environ, **locale}, capture_output=True, check=True)
    assert "Exempelköping" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_output_is_written_whole_or_not_at_all(socsam: Socsam, tmp_path: Path) -> None:
    target = tmp_path / "settlement.json"
    target.write_text("what was there before")
    outcome = socsam("settle", WORKED, "nowhere.yaml", "-o", target)
    assert outcome.status == 2
    assert f"{target} was not written" in outcome.err
    assert target.read_text() == "what was there before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("target", ["no/such/folder/x.json", ".", "/dev/full"])
def test_output_that_cannot_be_written_is_one_message_and_status_2(socsam: Socsam, target: str) -> None:
    outcome = socsam("settle", WORKED, "--format", "json", "-o", target)
    assert outcome.status == 2
    assert "cannot be written: " in outcome.err and len(outcome.err.splitlines()) == 1


def test_a_suffix_that_says_nothing_is_refused(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("settle", WORKED, "-o", tmp_path / "settlement.doc")
    assert outcome.status == 2 and "the suffix does not say which format to write" in outcome.err


def test_a_full_disk_behind_a_pipe_is_one_message_and_status_2() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([PROGRAM, "settle", ROOT / WORKED], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "standard output cannot be written: No space left on device\n")


def test_a_reader_that_has_gone_ends_the_program_quietly(tmp_path: Path) -> None:
    """Copies of examples of which nothing looks wrong, or a line would say so; more than a pipe holds."""
    files = [
        shutil.copy(path, tmp_path / f"{number}-{path.name}")
        for number in range(10)
        for path in sorted(EXAMPLES.glob("*.yaml"))
        if "figures:" not in path.read_text(encoding="utf-8")
    ]
    done = subprocess.Popen([PROGRAM, "settle", "-f", "json", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout is not None and done.stderr is not None
    done.stdout.read(100)
    done.stdout.close()
    assert (done.wait(), done.stderr.read()) == (141, b"")
    done.stderr.close()


@pytest.mark.parametrize(
    "command",
    [["whatif", "examples/gotland.yaml", "--vary", "sharing.shared=0 %..100 %", "--steps", "999"], ["explain", "examples/complete.yaml"]],
)
def test_a_reader_that_has_gone_ends_tables_quietly_too(command: list[str]) -> None:
    done = subprocess.Popen([PROGRAM, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert done.stdout is not None and done.stderr is not None
    done.stdout.close()
    assert (done.wait(), done.stderr.read()) == (141, b"")
    done.stderr.close()


# --- files -------------------------------------------------------------------------------------------------------------


def test_a_dash_is_standard_input(socsam: Socsam) -> None:
    outcome = socsam("settle", "-", "--format", "json", text=(ROOT / WORKED).read_bytes())
    assert json.loads(outcome.out)["settlements"][0]["file"] == "-"


def test_a_folder_stands_for_its_agreements_sorted_by_name(socsam: Socsam, tmp_path: Path) -> None:
    text = (ROOT / WORKED).read_text(encoding="utf-8")
    for name in ("c.yaml", "a.yaml", "b.yml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other.yaml").write_text("format: something/1\n")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.yaml").write_text(text, encoding="utf-8")
    settled = json.loads(socsam("settle", tmp_path, "--format", "json").out)["settlements"]
    assert [Path(one["file"]).name for one in settled] == ["a.yaml", "b.yml", "c.yaml"]


COMPOSE = "services:\n  # reads socsam/1\n  settle: {image: example.org/socsam/1, command: socsam settle --format json}\nformat: json\n"


@pytest.mark.parametrize("name", ["evaluation.yaml", "scenarios.yml", "compose.yaml"])
def test_a_folder_may_hold_files_of_the_other_formats_and_of_other_programs(socsam: Socsam, tmp_path: Path, name: str) -> None:
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path)
    others = {"evaluation": EXAMPLES / "evaluation/exempelby.yaml", "scenarios": EXAMPLES / "whatif/budget.yaml"}
    other = others.get(Path(name).stem)
    (tmp_path / name).write_text(COMPOSE if other is None else other.read_text(encoding="utf-8"), encoding="utf-8")
    outcome = socsam("settle", tmp_path, "--quiet")
    assert outcome.status == 0 and outcome.err == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("format: socsam/2", "did you mean `socsam/1`?"),
        ("format: socsam-scenario/1", "`socsam-scenario/1` is not a format that this program reads"),
        ("format: socam/1", "did you mean `socsam/1`?"),
        ("Format: SOCSAM/1", "in this file `format`"),
        ("forma: socsam/1", "did you mean `format`?"),
        ("\tformat: socsam/1", "a tab stands in the indentation"),
        ("format:socsam/1", "a space is missing after the colon of `format:`"),
        ("format = socsam/1", "a second `: ` stands where a value should be"),
        ("format: !!str socsam/1", "tags (`!…`) are not allowed"),
        ("format：socsam/1", "a second `: ` stands where a value should be"),
        ("socsam/1", "a second `: ` stands where a value should be"),
        ("# format: socsam/1", "`format` is missing"),
        ("", "`format` is missing"),
    ],
)
def test_an_agreement_with_a_slip_in_its_format_is_not_passed_over(socsam: Socsam, tmp_path: Path, line: str, said: str) -> None:
    """The other agreement of the folder is settled, but the run does not end well."""
    text = (ROOT / WORKED).read_text(encoding="utf-8")
    (tmp_path / "good.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "slip.yaml").write_text(re.sub("^format: .*", line, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    outcome = socsam("settle", tmp_path, "--format", "json")
    assert outcome.status == 2
    assert "slip.yaml:" in outcome.err and said in outcome.err and "good.yaml" not in outcome.err
    assert [Path(one["file"]).name for one in json.loads(outcome.out)["settlements"]] == ["good.yaml"]
    with pytest.raises(AgreementError, match=re.escape(said)):
        settle([tmp_path])


def test_an_agreement_in_unusual_but_good_yaml_is_one_of_the_folder(socsam: Socsam, tmp_path: Path) -> None:
    text = (ROOT / WORKED).read_text(encoding="utf-8")
    (tmp_path / "indented.yaml").write_text("\n".join(f"  {line}" for line in text.splitlines()), encoding="utf-8")
    assert socsam("settle", tmp_path).status == 0
    assert "holds no *.yaml or *.yml file that states `format: socsam-evaluation/1`" in socsam("evaluate", tmp_path).err


@pytest.mark.parametrize(
    ("command", "file"),
    [("whatif", "whatif/budget.yaml"), ("simulate", "whatif/uncertain.yaml"), ("evaluate", "evaluation/exempelby.yaml")],
)
def test_a_file_that_lost_its_format_is_missed_by_the_command_that_reads_it(
    socsam: Socsam, tmp_path: Path, command: str, file: str
) -> None:
    """An expectation in a file that is passed over could not fail."""
    text = (EXAMPLES / file).read_text(encoding="utf-8")
    (tmp_path / "slip.yaml").write_text(re.sub("^format: .*", "", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    outcome = socsam(command, tmp_path)
    assert outcome.status == 2 and "slip.yaml:" in outcome.err and "holds no" not in outcome.err


def test_an_agreement_that_was_emptied_is_not_passed_over(socsam: Socsam, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path)
    (tmp_path / "emptied.yaml").write_text("\n")
    outcome = socsam("settle", tmp_path)
    assert outcome.status == 2 and "emptied.yaml: the file is empty" in outcome.err


def test_a_name_that_is_too_long_is_refused_as_such(socsam: Socsam) -> None:
    outcome = socsam("settle", "x" * 300)
    assert outcome.status == 2 and "the file cannot be read: File name too long" in outcome.err


def test_a_link_that_leads_nowhere_is_not_passed_over(socsam: Socsam, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "complete.yaml", tmp_path)
    (tmp_path / "moved.yaml").symlink_to(tmp_path / "nowhere.yaml")
    outcome = socsam("settle", tmp_path)
    assert outcome.status == 2 and "moved.yaml: there is no such file" in outcome.err


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a.yaml", "a.yaml"], ["a.yaml: it is named twice; it counts once"]),
        (
            ["a.yaml", "./a.yaml", "{folder}/a.yaml"],
            ["./a.yaml: it is a.yaml; it counts once", "{folder}/a.yaml: it is a.yaml; it counts once"],
        ),
        (["a.yaml", "link.yaml"], ["link.yaml: it is a.yaml; it counts once"]),
        (["hard.yaml", "a.yaml"], ["a.yaml: it is hard.yaml; it counts once"]),
        (["sub", "a.yaml"], ["a.yaml: it is sub/other.yaml; it counts once"]),
        (["a.yaml", "sub"], ["sub/other.yaml: it is a.yaml; it counts once"]),
        (["-", "-"], ["-: it is named twice; it counts once"]),
    ],
)
def test_a_file_that_is_named_twice_counts_once_and_that_is_said(tmp_path: Path, names: list[str], told: list[str]) -> None:
    """By its name, another name, a link or a folder: Laholm's five years are five lines and not ten."""
    text = (EXAMPLES / "laholm.yaml").read_text(encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    (tmp_path / "hard.yaml").hardlink_to(tmp_path / "a.yaml")
    (tmp_path / "sub/other.yaml").symlink_to("../a.yaml")

    def run(*arguments: str) -> tuple[int, str, list[str]]:
        done = subprocess.run([PROGRAM, *arguments], cwd=tmp_path, input=text, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr.splitlines()

    names, told = ([one.format(folder=tmp_path) for one in some] for some in (names, told))
    status, out, _ = run("settle", names[0], "-f", "csv")
    assert run("settle", *names, "-f", "csv") == (status, out, told)
    assert run("settle", *names, "-f", "csv", "-q") == (0, out, [])
    status, out, said = run("check", *names, "-f", "json")
    assert (status, len(json.loads(out)["files"]), said) == (0, 1, told)
    assert [line.endswith("; den räknas en gång") for line in run("settle", *names, "--lang", "sv", "-f", "csv")[2]] == [True] * len(told)


def test_a_folder_without_agreements_is_refused(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("settle", tmp_path)
    assert outcome.status == 2 and "holds no *.yaml or *.yml file that states `format: socsam/1`" in outcome.err


@pytest.mark.parametrize("command", ["settle", "check", "explain", "incentives", "report", "evaluate"])
def test_a_file_of_scenarios_is_sent_to_the_command_that_reads_it(socsam: Socsam, command: str) -> None:
    outcome = socsam(command, "examples/whatif/budget.yaml")
    reads = "socsam-evaluation/1" if command == "evaluate" else "socsam/1"
    told = outcome.err.removesuffix("files refused and not checked: 1\n" if command == "check" else "")
    assert outcome.status == 2 and told.count("\n") == 4
    assert told.startswith(
        f"examples/whatif/budget.yaml:4:9: this file is of another format, `socsam-scenarios/1`; here `{reads}` is read\n"
    )
    assert told.endswith("   `socsam whatif examples/whatif/budget.yaml` reads it\n")


def test_an_agreement_is_not_a_file_of_scenarios(socsam: Socsam) -> None:
    outcome = socsam("simulate", LAHOLM)
    assert outcome.status == 2 and "`socsam/1`; here `socsam-scenarios/1` is read\n" in outcome.err


def test_a_year_that_no_file_holds_is_refused(socsam: Socsam) -> None:
    outcome = socsam("settle", LAHOLM, "--year", 1990)
    assert outcome.status == 2 and "the agreement holds no year 1990" in outcome.err and "it holds 1998, 1999, 2000" in outcome.err


@pytest.mark.parametrize(("command", "lacks"), [("settle", "holds no year 1997"), ("incentives", "has no result in 1997")])
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_files_without_the_year_are_passed_over_with_a_hint_where_others_hold_it(
    socsam: Socsam, command: str, lacks: str, form: str
) -> None:
    files = [LAHOLM, "examples/gotland.yaml", "examples/hyllie.yaml", "--year", "1997", "-f", form]
    outcome = socsam(command, *files)
    assert outcome.status == 0 and "gotland" in outcome.out.lower() and "laholm" not in outcome.out.lower()
    assert outcome.err.splitlines() == [f"{name}: the agreement {lacks}; it is passed over" for name in (LAHOLM, "examples/hyllie.yaml")]
    quiet = socsam(command, *files, "--quiet")
    assert quiet.status == 0 and quiet.err == "" and quiet.out


def test_where_no_file_holds_the_year_each_is_refused_however_quiet(socsam: Socsam) -> None:
    outcome = socsam("settle", LAHOLM, "examples/hyllie.yaml", "--year", "1997", "-q")
    assert outcome.status == 2 and outcome.err.count("the agreement holds no year 1997") == 2


# --- settings ------------------------------------------------------------------------------------------------------------


WITHOUT_FRAME = """format: socsam/1
area: Exempelby
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 2000-12-31}
parties:
  kassa: {role: insurance_office}
  kommun: {role: municipality}
sharing: {surplus: equal, deficit: equal}
years:
  1998: {result: −20}
  1999: {result: −20, frame: {kassa: 100, kommun: 300}}
  2000: {}
"""


def test_a_frame_that_is_not_stated_is_not_known_and_neither_is_the_cost(socsam: Socsam) -> None:
    """With a frame of 400 and a result of −20 the cost is 420; without a frame a result of −20 says nothing of either."""
    outcome = socsam("settle", "-", "-f", "json", text=WITHOUT_FRAME)
    unknown, known, nothing = json.loads(outcome.out)["settlements"][0]["years"]
    frames = ("preliminary_frame", "final_frame", "actual")
    assert [unknown["totals"][name] for name in frames] == [None, None, None]
    assert [known["totals"][name] for name in frames] == [400_000, 400_000, 420_000]
    assert [nothing["totals"][name] for name in frames] == [None, None, None] and nothing["status"] == "budget"
    assert [(one["preliminary"], one["contribution"], one["settled"]) for one in unknown["parties"]] == [(None, None, -10_000)] * 2
    first = next(csv.DictReader(io.StringIO(socsam("settle", "-", "-f", "csv", text=WITHOUT_FRAME).out)))
    assert (first["year"], first["contribution"], first["settled"]) == ("1998", "", "-10000")
    told = socsam("settle", "-", "--year", "2000", text=WITHOUT_FRAME).out
    assert "No frame is given for this year, and no cost is known yet.\n" in told
    expected = socsam("settle", "-", "--set", "years.1998.expect={final_frame: 0}", text=WITHOUT_FRAME)
    assert expected.status == 1 and "1998.totals.final_frame should be 0 tkr, and is not known\n" in expected.err


def test_many_cases_in_a_batch_know_as_little_of_it(socsam: Socsam, tmp_path: Path) -> None:
    path = tmp_path / "without.yaml"
    path.write_text(WITHOUT_FRAME, encoding="utf-8")
    vary = ("whatif", path, "--vary", "years.1998.result=−900..0", "-f", "json", "--steps")
    few, many = (json.loads(socsam(*vary, steps).out)["files"][0]["scenarios"] for steps in (10, 900))
    assert len(many) > 900 and [case for case in many if case["set"] == few[-2]["set"]] == [few[-2]]
    assert few[-2]["years"][0]["totals"] == {"final_frame": None, "result": -90_000, "shared": -90_000}


def result(outcome: Outcome) -> dict[str, Any]:
    year: dict[str, Any] = json.loads(outcome.out)["settlements"][0]["years"][0]
    return year


def test_what_is_set_is_settled_as_if_it_stood_in_the_file(socsam: Socsam) -> None:
    """930 + 450 less than in the file's project cost of 1 450: a result of 1 380, half of it shared."""
    outcome = socsam("settle", WORKED, "-f", "json", "--set", "years.1998.actual.projects=1 000", "--set", "sharing.shared=50 %")
    assert result(outcome)["totals"]["result"] == 1_380_000
    assert result(outcome)["totals"]["shared"] == 690_000


def test_a_whole_mapping_can_be_set(socsam: Socsam) -> None:
    outcome = socsam("settle", WORKED, "-f", "json", "--set", 'sharing.surplus={kassa: "12,5 %", kommun: rest}')
    assert [party["allocated"] for party in result(outcome)["parties"]] == [116_000, 0, 814_000]  # 116,25 and 813,75


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("years.1998.actual.sicknes=5", "there is no activity `sicknes`"),
        ("years.1999.actual.sickness=5", "there is no `years.1999`"),
        ("sharing.sharde=50 %", "did you mean `sharing.shared`?"),
        ("series.national_sickness_cost.outcom.1998=5", "did you mean `series.national_sickness_cost.outcome.1998`?"),
        ("area.name=X", "`area` is a single value"),
        ("sharing.shared=half", "`half` is not a share"),
        ("sharing.shared", "this is not PATH=VALUE"),
        ("sharing.surplus={kassa: 50 %", "this `{…}` is not closed properly"),
        ("parties.new.role=municipality", "there is no `parties.new`"),
        ("sharing.surplus={kassa: ???}", "`???` is still to be filled in"),
    ],
)
def test_a_bad_setting_is_refused_by_its_name(socsam: Socsam, setting: str, said: str) -> None:
    outcome = socsam("settle", WORKED, "--set", setting)
    assert outcome.status == 2
    assert outcome.err.startswith(f"--set {setting}: ") and said in outcome.err


@pytest.mark.parametrize("setting", ["area=\udcff", "sharing.surplus={\udcff: 1}", "\udcff=1", 'area="\udcff"'])
def test_a_setting_with_bytes_that_are_no_text_is_refused(socsam: Socsam, setting: str) -> None:
    outcome = socsam("settle", WORKED, "--set", setting)
    shown = setting.replace("\udcff", "\\udcff")
    assert (outcome.status, outcome.err) == (
        2,
        f"--set {shown}: the byte 0xff is not UTF-8\n   write it in UTF-8: is the terminal set to it?\n",
    )


# --- formats -------------------------------------------------------------------------------------------------------------

SCHEMA = {
    "settlement": "file area title unit rounding assumptions years",
    "year": "year status months source note totals activities sharing parties body reserve to_date transferred instalments payments state_split shortfall expectations",
    "totals": "preliminary_frame final_frame actual result shared kept uses budget settled",
    "activity": "id name preliminary adjustment correction conversion final budget cells actual result shared kept",
    "party": "id name role preliminary contribution paid before_sharing kept allocated used settled transfer carried divided",
    "body": "paid transfer carried",
    "sharing": "key withheld distribution",
    "reserve": "opening set_aside divided closing ceiling",
    "to_date": "through totals activities months",
    "running": "budget booked remaining expected difference",
    "transferred": "party stated computed difference paid_in",
    "instalment": "date party amount",
    "payment": "from to amount",
    "state_split": "party office state limited measured",
    "shortfall": "amount parties",
    "expectation": "path expected computed met source known_error min max",
}


@pytest.mark.parametrize("example", [*sorted(EXAMPLES.glob("*.yaml")), EXAMPLES / "books/sjobygden.yaml"], ids=lambda path: path.stem)
def test_json_holds_every_key_always_in_the_order_of_the_schema(socsam: Socsam, example: Path) -> None:
    document = json.loads(socsam("settle", example, "-f", "json").out)
    assert list(document) == ["schema", "currency", "settlements"]
    assert (document["schema"], document["currency"]) == ("socsam.settlement/1", "SEK")
    (settlement,) = document["settlements"]
    assert list(settlement) == SCHEMA["settlement"].split()
    for year in settlement["years"]:
        assert list(year) == SCHEMA["year"].split()
        assert list(year["totals"]) == SCHEMA["totals"].split()
        assert list(year["body"]) == SCHEMA["body"].split()
        assert list(year["sharing"]) == SCHEMA["sharing"].split()
        assert all(list(row) == SCHEMA["activity"].split() for row in year["activities"])
        assert all(list(party) == SCHEMA["party"].split() for party in year["parties"])
        assert all(list(held) == SCHEMA["expectation"].split() for held in year["expectations"])
        assert all(list(sent) == SCHEMA["payment"].split() for sent in year["payments"])
        assert all(list(due) == SCHEMA["instalment"].split() for due in year["instalments"])
        assert all(list(closed) == SCHEMA["transferred"].split() for closed in year["transferred"])
        for part in ("reserve", "state_split", "shortfall", "to_date"):
            assert year[part] is None or list(year[part]) == SCHEMA[part].split()
        if year["to_date"] is not None:
            assert list(year["to_date"]["totals"]) == SCHEMA["running"].split()
            assert all(list(row) == ["id", "name", *SCHEMA["running"].split()] for row in year["to_date"]["activities"])


def test_amounts_are_written_exactly_however_large(socsam: Socsam, tmp_path: Path) -> None:
    """A binary float would write 79 999 999 999 999,92 as …,91 or …,94."""
    text = (
        (ROOT / WORKED).read_text(encoding="utf-8").replace("rounding: tkr", "rounding: öre").replace("55 000", "9 999 999 999 999,99 kr")
    )
    file = tmp_path / "large.yaml"
    file.write_text(text.replace("72 500", "9 999 999 999 999,98 kr"), encoding="utf-8")
    assert '"final_frame": 20000048779999.97' in socsam("settle", file, "-f", "json").out


def test_csv_is_tidy(socsam: Socsam) -> None:
    rows = list(csv.DictReader(io.StringIO(socsam("settle", WORKED, "-f", "csv").out)))
    assert [(row["id"], row["settled"], row["transfer"]) for row in rows] == [
        ("kassa", "255000", "-2225000"),
        ("landsting", "290000", "-510000"),
        ("kommun", "385000", "1285000"),
    ]


def test_csv_of_activities(socsam: Socsam) -> None:
    rows = list(csv.DictReader(io.StringIO(socsam("settle", WORKED, "-f", "csv", "--rows", "activities").out)))
    assert [row["result"] for row in rows] == ["1480000", "800000", "-1400000", "50000"]


def test_csv_for_a_swedish_excel(tmp_path: Path, socsam: Socsam) -> None:
    file = tmp_path / "formula.yaml"
    text = (ROOT / WORKED).read_text(encoding="utf-8").replace("rounding: tkr", "rounding: öre").replace("1 450", "1 450,25 kr")
    file.write_text(text.replace("Primärvård", "'=1+1'"), encoding="utf-8")
    target = tmp_path / "settlement.csv"
    socsam("settle", file, "--excel", "--rows", "activities", "-o", target)
    raw = target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbffile;area;year;status;id;") and b"\r\n" in raw
    assert ";'=1+1;" in raw.decode("utf-8-sig")
    assert ";1450,25;" in raw.decode("utf-8-sig")


SHAPING = {
    "settle": [LAHOLM, "parties", "activities"],
    "incentives": ["examples/gotland.yaml", "activities", "payments"],
    "evaluate": ["examples/evaluation/exempelby.yaml", "items", "years"],
    "norm": ["examples/norm/land.csv", "areas", "years", "bases", "terms"],
    "whatif": ["examples/whatif/budget.yaml"],
    "check": ["examples/gotland.yaml"],
    "books": ["examples/books/huvudbok-2024.se"],
    "explain": ["examples/gotland.yaml"],
    "rules": ["SOC5"],
}
"""The commands that shape their CSV: what they are given, and the kinds of rows that they know, the one by default first."""


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (command, option)
        for command, (_, *rows) in SHAPING.items()
        for option in [["--excel"], *(["--rows", kind] for kind in reversed(rows))]
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given),
)
@pytest.mark.parametrize(
    "form", [[], ["-f", "json"], ["-f", "markdown"], ["-o", "{tmp}/out.json"]], ids=["table", "json", "markdown", "file"]
)
def test_what_shapes_csv_is_refused_where_none_is_written(
    socsam: Socsam, tmp_path: Path, command: str, form: list[str], option: list[str]
) -> None:
    file = SHAPING[command][0]
    given = [text.format(tmp=tmp_path) for text in (*form, *option)]
    outcome = socsam(command, file, *given)
    assert outcome.status == 2 and outcome.out == "" and not list(tmp_path.iterdir())
    assert outcome.err == f"{option[0]} shapes CSV, and no CSV is written here\n   write CSV (--format csv), or leave {option[0]} out\n"
    assert socsam(command, file, "-f", "csv", *given[len(form) :]).status in (0, 1)


def test_every_command_that_shapes_csv_refuses_to_do_so_in_vain(socsam: Socsam) -> None:
    shaping = {name for name in COMMANDS if re.search(r"^  --(rows|excel)\b", socsam(name, "--help").out, re.MULTILINE)}
    assert shaping == set(SHAPING), "add the command to the test above"


def test_markdown_shows_text_literally(tmp_path: Path, socsam: Socsam) -> None:
    file = tmp_path / "marked.yaml"
    file.write_text((ROOT / WORKED).read_text(encoding="utf-8").replace("Landstinget", '"<b>|*x*"'), encoding="utf-8")
    assert r"\<b\>\|\*x\*" in socsam("settle", file, "-f", "markdown").out


# --- tables --------------------------------------------------------------------------------------------------------------


def test_one_year_in_full(socsam: Socsam) -> None:
    out = socsam("settle", WORKED).out
    assert "kommun receives 1 285 tkr from kassa\nbody receives 940 tkr from kassa\nbody receives 510 tkr from landsting\n" in out
    assert [line.split() for line in out.splitlines() if line.startswith("kassa")] == [
        ["kassa", "Försäkringskassan", "48", "280", "+2", "480", "0", "+255", "+255", "−2", "225"]
    ]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("1998-12-01", {"en": ("1998 (1 month), budget", "1 of 1 expectation met"), "sv": ("1998 (1 månad), budget", "1 av 1 förväntat belopp stämmer")}),
        ("1998-11-01", {"en": ("1998 (2 months), budget", "1 of 1 expectation met"), "sv": ("1998 (2 månader), budget", "1 av 1 förväntat belopp stämmer")}),
    ],
)  # fmt: skip
def test_one_of_a_kind_is_not_told_in_the_plural(socsam: Socsam, first: str, said: dict[str, tuple[str, str]]) -> None:
    agreement = f"""format: socsam/1
area: Exempelby
period: {{start: {first}, end: 2000-12-31}}
parties:
  kassa: {{role: insurance_office}}
  kommun: {{role: municipality}}
sharing: {{surplus: equal, deficit: equal}}
years: {{1998: {{frame: {{kassa: 10, kommun: 20}}, expect: {{final_frame: 30}}}}}}
"""
    for language, texts in said.items():
        out = socsam("settle", "-", "--lang", language, text=agreement).out
        assert all(text in out for text in texts)


def test_the_summary_says_what_bands_withhold_and_of_what(socsam: Socsam) -> None:
    """A deficit of 3 900 tkr in what is shared: in 2000 the bands let −2 991 through, so that −909 are withheld."""
    complete = ("settle", "examples/complete.yaml", "--year", "2000")
    withheld = "Before the bands: −3 900 tkr; they withhold −909 tkr.\n"
    assert "Shared: −2 991 tkr, by the key for a deficit.\n" + withheld in socsam(*complete).out
    assert "Före skalan: −3 900 tkr; den undantar −909 tkr.\n" in socsam(*complete, "--lang", "sv").out
    assert "bands" not in socsam("settle", WORKED).out


BUDGET = (ROOT / WORKED).read_text(encoding="utf-8").split("    actual:")[0]
"""The worked example before its costs are known: 44 000 + 1 000 preliminary and 47 280 + 1 000 final for the office (``settlement.md``)."""


def test_a_budget_year_shows_what_each_party_contributes(socsam: Socsam) -> None:
    numbers = [("kassa", "45 000", "48 280"), ("landsting", "55 000", "55 000"), ("kommun", "73 000", "73 000")]
    for language, total in (("en", "total"), ("sv", "summa")):
        out = socsam("settle", "-", "--lang", language, text=BUDGET).out
        heading = {"en": "Contributions\n", "sv": "Bidrag\n"}[language]
        table = out.split(heading)[1].split("\n\n")[0].splitlines()
        for line, (party, preliminary, final) in zip([*table[2:5], table[6]], [*numbers, (total, "173 000", "176 280")], strict=True):
            assert line.startswith(f"{party} ") and re.search(rf" {preliminary} +{final}$", line)
    parties = json.loads(socsam("settle", "-", "-f", "json", text=BUDGET).out)["settlements"][0]["years"][0]["parties"]
    assert [(one["preliminary"], one["contribution"]) for one in parties] == [
        (45_000_000, 48_280_000),
        (55_000_000,) * 2,
        (73_000_000,) * 2,
    ]
    assert "| kassa | Försäkringskassan | 45 000 | 48 280 |" in socsam("settle", "-", "-f", "markdown", text=BUDGET).out
    assert "Contributions" in socsam("settle", "-", "-f", "html", text=BUDGET).out
    assert "Contributions" not in socsam("settle", WORKED).out


def test_swedish(socsam: Socsam) -> None:
    out = socsam("settle", WORKED, "--lang", "sv").out
    assert "kommun får 1 285 tkr av kassa" in out and "Avräkning" in out and "överskott" in out
    assert "Settlement" not in out


def test_the_language_can_stand_in_the_environment(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCSAM_LANG", "sv")
    assert "Avräkning" in socsam("settle", WORKED).out


def test_another_unit_is_as_exact(socsam: Socsam) -> None:
    assert "kommun receives 1,285 mkr from kassa" in socsam("settle", WORKED, "--unit", "mkr").out
    assert "kommun receives 1 285 000 kr from kassa" in socsam("settle", WORKED, "--unit", "kr").out


def test_square_brackets_and_control_characters_are_shown_not_obeyed(tmp_path: Path, socsam: Socsam) -> None:
    file = tmp_path / "markup.yaml"
    text = (ROOT / WORKED).read_text(encoding="utf-8").replace("Projekt Exempel", r'"[red]x[/red] \e[31m"')
    file.write_text(text, encoding="utf-8")
    assert r"Exempelköping: [red]x[/red] \x1b[31m." in socsam("settle", file).out


def on_a_terminal(width: int, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the program on a terminal of this width."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "CI")}
    with subprocess.Popen(
        [PROGRAM, *arguments], stdout=theirs, stderr=theirs, cwd=ROOT, env={**env, "TERM": "xterm", **environment}
    ) as running:
        os.close(theirs)
        chunks = []
        while True:
            try:
                chunk = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        status = running.wait()
    os.close(ours)
    return status, b"".join(chunks).decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("example", ["complete", "hisingen", "stenungsund"])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_number_is_cut_or_wrapped_and_no_line_is_too_long(width: int, example: str, language: str) -> None:
    plain = subprocess.run(
        [PROGRAM, "settle", f"examples/{example}.yaml", "--year", "2000", "--lang", language], cwd=ROOT, capture_output=True, check=True
    )
    status, shown = on_a_terminal(width, "settle", f"examples/{example}.yaml", "--year", "2000", "--lang", language, NO_COLOR="1")
    assert status == 0
    assert max(map(len, shown.splitlines())) <= width
    piped = plain.stdout.decode("utf-8")
    for table in (piped.split("\n\n")[index] for index in (2, 3)):
        for line in table.splitlines()[2:]:
            for number in re.findall(r"   ([+−]?\d+(?: \d{3})*)(?=   |$)", line):
                assert number in shown


def test_colours_only_on_a_terminal_that_wants_them(socsam: Socsam) -> None:
    assert "\x1b[" in on_a_terminal(100, "settle", WORKED)[1]
    assert "\x1b[" not in on_a_terminal(100, "settle", WORKED, NO_COLOR="1")[1]
    assert "\x1b[" not in on_a_terminal(100, "settle", WORKED, TERM="dumb")[1]
    assert "\x1b[" not in on_a_terminal(100, "settle", WORKED, "--no-color")[1]
    assert "\x1b[" not in socsam("settle", WORKED).out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_terminal_without_the_characters_gets_plainer_ones(encoding: str) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([PROGRAM, "settle", WORKED, "--lang", "sv"], cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "-2 225" in done.stdout.decode(encoding).replace("−", "-")


def test_machine_formats_are_utf_8_everywhere() -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([PROGRAM, "settle", WORKED, "-f", "json"], cwd=ROOT, env=env, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["settlements"][0]["area"] == "Exempelköping"


def test_ctrl_c_ends_quietly_with_130() -> None:
    import signal

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a runner in the background passes on that it is ignored

    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([PROGRAM, "settle", "-"], preexec_fn=listen, **pipes) as running:  # noqa: PLW1509 - no threads here
        assert running.stdin is not None
        running.stdin.write(b"format: socsam/1\n")
        running.stdin.flush()
        import time

        time.sleep(1)  # until it reads
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")
