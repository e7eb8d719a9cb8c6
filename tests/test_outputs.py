"""Nothing of the user's is lost: where a result may go, how it gets there, and what streams and signals make of a run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome

Socsam = Callable[..., Outcome]
PROGRAM = Path(sys.executable).with_name("socsam")
TERMS = """format: socsam/1
area: Exempelby
unit: tkr
rounding: tkr
period: {start: 1998-01-01, end: 1998-12-31}
figures: led.csv
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
sharing: {surplus: equal, deficit: equal}
"""
LEDGER = "year;activity;frame;actual\n1998;kassa;100;90\n1998;kommun;300;290\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agreement with its ledger, another ledger, and scenarios that draw from a CSV file."""
    (tmp_path / "terms.yaml").write_text(TERMS, encoding="utf-8")
    (tmp_path / "led.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "other.csv").write_text(LEDGER.replace("290", "280"), encoding="utf-8")
    (tmp_path / "drawn.csv").write_text("cost\n280\n290\n", encoding="utf-8")
    text = "format: socsam-scenarios/1\nagreement: terms.yaml\nscenarios: {half: {set: {sharing.shared: 50 %}}}\n"
    text += "uncertain: {years.1998.actual.kommun: {drawn: {file: drawn.csv, column: cost}}}\n"
    (tmp_path / "scenarios.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("settle terms.yaml", "led.csv"),
        ("settle terms.yaml --figures other.csv", "other.csv"),
        ("settle terms.yaml --figures other.csv", "led.csv"),  # which the agreement names, though it is not read
        ("check terms.yaml", "led.csv"),
        ("explain terms.yaml", "led.csv"),
        ("incentives terms.yaml", "led.csv"),
        ("whatif scenarios.yaml", "led.csv"),
        ("whatif scenarios.yaml", "drawn.csv"),
        ("simulate scenarios.yaml --draws 20", "led.csv"),
        ("simulate scenarios.yaml --draws 20", "drawn.csv"),
        ("settle terms.yaml -f json", "terms.yaml"),
        ("whatif terms.yaml --set sharing.shared=1/2 -f json", "terms.yaml"),
        ("schema", "terms.yaml"),
        ("rules -f json", "terms.yaml"),
    ],
)
@pytest.mark.parametrize("way", ["name", "hard", "symbolic", "roundabout"])
def test_no_result_takes_the_place_of_a_file_of_the_run(socsam: Socsam, folder: Path, command: str, output: str, way: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    name = folder / output
    if way == "hard":
        name = folder / f"link{name.suffix}"
        os.link(folder / output, name)
    elif way == "symbolic":
        name = folder / f"link{name.suffix}"
        name.symlink_to(output)
    elif way == "roundabout":
        (folder / "below").mkdir()
        name = folder / "below" / ".." / output
    words = [str(folder / word) if word.endswith((".yaml", ".csv")) else word for word in command.split()]
    outcome = socsam(*words, "-o", name)
    assert outcome.status == 2 and "is left alone\n   name another file for the result\n" in outcome.err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == before
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]


IN_BRACES = "{format: socsam/1, area: Exempelby}\n"
AS_JSON = '{"area": "Exempelby", "format": "socsam/1"}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", IN_BRACES.encode()),
        ("a.json", AS_JSON.encode()),
        ("a.yaml", TERMS.encode("utf-16")),
        ("a.txt", TERMS.replace("\n", "\r").encode()),
        ("a.yaml", TERMS.replace("format: socsam/1", "fromat: socsam/1").encode()),
        ("a.yaml", TERMS.replace("format: socsam/1\n", "").encode()),
        ("a.txt", TERMS.replace("format: ", "format: !!str &f ").encode()),
    ],
)
@pytest.mark.parametrize(
    "command", [("schema",), ("guide", "format"), ("rules", "-f", "json"), ("settle", "examples/laholm.yaml", "-f", "csv")]
)
def test_no_result_takes_the_place_of_a_file_of_ours_however_it_is_written(
    socsam: Socsam, tmp_path: Path, command: tuple[str, ...], name: str, content: bytes
) -> None:
    """Also one that this run does not read, in braces, as JSON, in UTF-16, with a slip in the line that says what it is."""
    path = tmp_path / name
    path.write_bytes(content)
    outcome = socsam(*command, "-o", path)
    assert (outcome.status, outcome.err) == (
        2,
        f"{path}: it is a file that socsam reads, and is left alone\n   name another file for the result\n",
    )
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("huvudbok.se", b"#FLAGGA 0\n#SIETYP 4\n"),
        ("export.txt", b"\xef\xbb\xbf  #FLAGGA\t0\r\n"),
        ("ledger.csv", b"year,activity,frame\n1998,care,1\n"),
        ("liggare.csv", "sep=;\nÅr;Verksamhet;Ram (tkr)\n1998;care;1\n".encode()),
        ("bookings.tsv", b"date\taccount\tamount\n2024-01-01\t4010\t1\n"),
        ("panel.csv", "område,år,kostnad\nLaholm,1996,1\n".encode()),
        ("wide.csv", b"area,1996,1997\nLaholm,1,2\n"),
    ],
)
def test_no_result_takes_the_place_of_figures_that_another_run_reads(socsam: Socsam, tmp_path: Path, name: str, content: bytes) -> None:
    (path := tmp_path / name).write_bytes(content)
    outcome = socsam("settle", "examples/laholm.yaml", "-f", "csv", "-o", path)
    assert outcome.status == 2 and "it is a file that socsam reads, and is left alone" in outcome.err
    assert path.read_bytes() == content


def test_nor_of_a_workbook_that_somebody_fills_in(socsam: Socsam, tmp_path: Path) -> None:
    assert socsam("init", "Storby", "--workbook", "-o", tmp_path / "storby.yaml").status == 0
    (path := tmp_path / "moved.xlsx").write_bytes(before := (tmp_path / "storby.xlsx").read_bytes())
    assert socsam("check", "examples/laholm.yaml", "-o", path).status == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", [".", "figures"])
def test_nor_of_what_a_file_beside_or_above_it_names(socsam: Socsam, tmp_path: Path, folder: str) -> None:
    """Columns that are drawn have whatever headings; a comment that names a result is no reason."""
    (path := tmp_path / folder / "draws.csv").parent.mkdir(exist_ok=True)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    scenarios = tmp_path / "s.yaml"
    for before, status in (("# ", 0), ("", 2)):
        drawn = f"{before}uncertain: {{drawn: {{file: {folder}/draws.csv}}}}"
        scenarios.write_text(f"format: socsam-scenarios/1\nagreement: a.yaml\n{drawn}\n", encoding="utf-8")
        assert socsam("rules", "-f", "csv", "-o", path).status == status


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("guide", "format"), "page.md"),
        (("guide", "first-agreement"), "page.md"),
        (("schema",), "s.json"),
        (("rules", "-f", "json"), "r.json"),
        (("settle", "examples/laholm.yaml"), "out.json"),
        (("settle", "examples/laholm.yaml"), "out.csv"),
        (("settle", "examples/laholm.yaml", "-f", "csv", "--excel", "--lang", "sv"), "out.csv"),
        (("settle", "examples/laholm.yaml"), "out.xlsx"),
        (("norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996"), "out.csv"),
        (("norm", "examples/norm/report.csv", "--country", "Riket", "--base", "fixed:1996"), "out.xlsx"),
        (("report", "examples/laholm.yaml"), "out.html"),
    ],
)
def test_a_result_takes_the_place_of_an_earlier_one(socsam: Socsam, tmp_path: Path, command: tuple[str, ...], name: str) -> None:
    """The guide shows files of ours, and is none."""
    assert [socsam(*command, "-o", tmp_path / name).status for _ in range(2)] == [0, 0]


def test_the_draws_and_the_result_are_two_files(socsam: Socsam, folder: Path) -> None:
    outcome = socsam("simulate", folder / "scenarios.yaml", "--draws-output", folder / "a.csv", "-o", folder / "A.csv")
    assert outcome.status == 2 and "is another file of this call" in outcome.err


def test_a_file_and_its_workbook_are_two_files(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("init", "Exempelby", "--workbook", "-o", tmp_path / "e.xlsx")
    assert outcome.status == 2 and "cannot be both the agreement file and its workbook" in outcome.err
    assert not list(tmp_path.iterdir())


def test_a_protected_file_stays_as_it_is(socsam: Socsam, tmp_path: Path) -> None:
    """For the administrator too, who could write to it."""
    target = tmp_path / "out.json"
    target.write_text("kept")
    target.chmod(0o444)
    outcome = socsam("settle", "examples/laholm.yaml", "-o", target)
    assert (outcome.status, outcome.err) == (2, f"{target} cannot be written: it is write-protected\n")
    assert target.read_text() == "kept"


def test_a_link_that_leads_to_itself_is_refused(socsam: Socsam, tmp_path: Path) -> None:
    (tmp_path / "loop.json").symlink_to("loop.json")
    outcome = socsam("settle", "examples/laholm.yaml", "-o", tmp_path / "loop.json")
    assert outcome.status == 2 and "cannot be written: Too many levels of symbolic links" in outcome.err


def test_a_name_as_long_as_the_system_allows_will_do(socsam: Socsam, tmp_path: Path) -> None:
    target = tmp_path / ("n" * 250 + ".json")
    assert socsam("settle", "examples/laholm.yaml", "-o", target).status == 0
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_keeps_its_mode_and_a_new_one_has_what_is_usual(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text("old")
    old.chmod(0o640)
    for path in (old, new):
        subprocess.run(["sh", "-c", f"umask 027; exec {PROGRAM} settle examples/laholm.yaml -o {path}"], cwd=ROOT, check=True)
    assert [oct(path.stat().st_mode & 0o777) for path in (old, new)] == ["0o640", "0o640"]


def test_a_draft_of_a_run_that_was_killed_is_cleared_away(socsam: Socsam, tmp_path: Path) -> None:
    """Only one that nobody holds, and only one of ours."""
    import fcntl

    left, held, other = (tmp_path / name for name in (f".socsam-{'0' * 16}.part", f".socsam-{'1' * 16}.part", ".other.part"))
    for path in (left, held, other):
        path.write_text("half")
    with held.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert socsam("settle", "examples/laholm.yaml", "-o", tmp_path / "out.json").status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([held.name, other.name, "out.json"])


def test_what_a_shell_opened_is_written_to_directly() -> None:
    command = f"{PROGRAM} settle examples/laholm.yaml -f json -o /dev/stdout; {PROGRAM} settle examples/laholm.yaml -f json -o >(cat)"
    done = subprocess.run(["bash", "-c", command + "; wait; sleep 0.2"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.count('{"schema": "socsam.settlement/1"') == 2


@pytest.mark.parametrize("name", ["/dev/stdout", "//dev/stdout", "/dev/fd/../fd/1", "/proc/self/fd/1", "out.csv", "/dev/fd/1"])
@pytest.mark.parametrize("where", ["| cat", ">> log"])
def test_standard_output_by_any_name_is_added_to(tmp_path: Path, name: str, where: str) -> None:
    """Through a link too; what a shell appends to keeps what it held."""
    (tmp_path / "out.csv").symlink_to("/dev/stdout")
    (tmp_path / "log").write_text("before\n", encoding="utf-8")
    command = f"{PROGRAM} settle {EXAMPLES}/laholm.yaml -f csv -o {name} {where}; cat log"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == "" and "before\n" in done.stdout and done.stdout.count("file,area,year,status") == 1
    assert (tmp_path / "out.csv").is_symlink()


@pytest.mark.parametrize("place", ["/dev/stdout", ">(cat)"])
def test_a_page_goes_there_too(place: str) -> None:
    command = f"{PROGRAM} report examples/laholm.yaml -o {place}; wait; sleep 0.2"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("<!DOCTYPE html>") and done.stdout.endswith("</html>\n")


def test_what_is_written_to_at_once_is_not_said_to_be_unwritten(socsam: Socsam, tmp_path: Path) -> None:
    """A pipe has the good files' settlements when a later file is refused; a file would not."""
    missing = tmp_path / "nowhere.yaml"
    assert "was not written" not in socsam("settle", "examples/laholm.yaml", missing, "-f", "csv", "-o", "/dev/null").err
    assert "was not written" in socsam("settle", "examples/laholm.yaml", missing, "-o", tmp_path / "out.csv").err


def test_a_ledger_is_not_appended_to_by_its_own_settlement(folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{PROGRAM} settle terms.yaml -f csv >> terms.yaml"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "standard output: it is terms.yaml; that is a file of this run" in done.stderr
    assert (folder / "terms.yaml").read_text(encoding="utf-8") == TERMS


# --- streams ------------------------------------------------------------------------------------------------------------


COMMANDS = [
    *("settle examples/laholm.yaml", "--help", "--version", "schema", "rules", "init Exempelby -o -", "check examples/gotland.yaml"),
    "init --example laholm -o -",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("streams", "status", "said"),
    [
        (">&-", 141, ""),
        (">/dev/full", 2, "standard output cannot be written: No space left on device\n"),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        (">&- 2>&- <&-", 141, ""),
        (">/dev/full 2>/dev/full", 2, ""),
    ],
)
def test_closed_and_full_streams_have_their_status(command: str, streams: str, status: int, said: str) -> None:
    done = subprocess.run(["sh", "-c", f"{PROGRAM} {command} {streams}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, said)


@pytest.mark.parametrize(("streams", "status"), [(">&-", 141), (">/dev/full", 2), (">&- 2>&-", 141), ("2>/dev/full", 0)])
def test_a_result_for_a_stream_by_its_name_is_not_lost_unsaid(streams: str, status: int) -> None:
    command = f"{PROGRAM} settle examples/laholm.yaml -f csv -o /dev/stdout {streams}"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False).returncode == status


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&- 2>&- <&-"])
def test_a_refusal_that_nobody_hears_has_its_status_all_the_same(streams: str) -> None:
    done = subprocess.run(["sh", "-c", f"{PROGRAM} settle nowhere.yaml {streams}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (2, "")


def test_standard_input_that_is_closed_is_said_to_be() -> None:
    done = subprocess.run(["sh", "-c", f"{PROGRAM} settle - <&-"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "standard input is closed" in done.stderr


def test_names_reach_a_terminal_without_control_characters(socsam: Socsam) -> None:
    outcome = socsam("settle", "\x1b[31mred\u202e\x9b.yaml")
    assert outcome.status == 2
    assert outcome.err.startswith("\\x1b[31mred\\u202e\\x9b.yaml: there is no such file")


HOSTILE = TERMS.replace("area: Exempelby", 'area: "Exempelby ##[error]a\\u202e\\x9b"').replace("figures: led.csv\n", "")
HOSTILE += "years: {1998: {result: 20}}\n"


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_a_log_obeys_nothing_that_stands_in_a_file(socsam: Socsam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """A file's name begins each line of CSV; an old command counts wherever it stands."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(tmp_path)
    name = "::error ::x.yaml"
    (ROOT / name).write_text(HOSTILE, encoding="utf-8")
    try:
        outcome = socsam("settle", name, "-f", form)
    finally:
        (ROOT / name).unlink()
    assert outcome.status == 0, outcome.err
    for line in (outcome.out + outcome.err).splitlines():
        assert not line.lstrip().startswith("::") and "##[" not in line
        assert not set(line) & set("\u202e\x9b\x1b")


@pytest.mark.parametrize("command", ["settle -f csv -o /dev/stdout", "check -f github", "schema -o"])
def test_a_log_obeys_no_name_wherever_it_is_told(folder: Path, command: str) -> None:
    """A stream that is named is the log too; of annotations, which are commands of ours, the letters are harmless all the same."""
    name = "::error ::\x1b\u202e.yaml"
    (folder / name).write_text(HOSTILE, encoding="utf-8")
    first, *more = command.split()
    arguments = [first, "a\n::error ::\x1b.json"] if first == "schema" else [first, name]
    arguments = [first, *more, arguments[1]] if first == "schema" else [*arguments, *more]
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env={**os.environ, "GITHUB_ACTIONS": "true"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == (1 if first == "check" else 0), done.stderr
    for line in (done.stdout + done.stderr).splitlines():
        assert not set(line) & set("\u202e\x9b\x1b")
        assert not line.lstrip().startswith("::") or (
            first == "check" and line.startswith(("::error file=", "::warning file=", "::notice file="))
        )


def test_under_actions_a_refusal_and_a_missed_expectation_stand_at_their_lines(
    socsam: Socsam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    bad = tmp_path / "bad.yaml"
    bad.write_text(TERMS.replace("figures: led.csv\n", "nonsense: 1\n") + "years: {1998: {result: 20}}\n", encoding="utf-8")
    outcome = socsam("settle", bad)
    assert outcome.status == 2 and f"\n::error file={bad},line=6,col=1,title=" in outcome.err
    missed = tmp_path / "missed.yaml"
    text = TERMS.replace("figures: led.csv\n", "") + "years:\n  1998:\n    result: 20\n    expect: {settled: {kassa: 11, kommun: 9}}\n"
    missed.write_text(text, encoding="utf-8")
    outcome = socsam("settle", missed)
    assert outcome.status == 1 and f"\n::error file={missed},line=11," in outcome.err


# --- what is read --------------------------------------------------------------------------------------------------------


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(socsam: Socsam, folder: Path) -> None:
    (folder / "led.csv").unlink()
    os.mkfifo(folder / "led.csv")
    outcome = socsam("settle", folder / "terms.yaml")
    assert outcome.status == 2 and "this is a pipe or a device, not a file" in outcome.err


@pytest.mark.parametrize("option", ["FILE", "--figures", "--terms"])
def test_no_line_of_somebody_elses_file_is_shown(socsam: Socsam, tmp_path: Path, option: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("admin:x:0:0:hunter2\npassword: [hunter2\n", encoding="utf-8")
    arguments = [secret] if option == "FILE" else [EXAMPLES / "gotland.yaml", option, secret]
    outcome = socsam("whatif" if option == "--terms" else "settle", *arguments)
    assert outcome.status == 2 and "hunter2" not in outcome.err and "admin" not in outcome.err


def test_scenarios_name_files_beside_and_below_them(socsam: Socsam, folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    shutil.move(folder / "scenarios.yaml", below)
    text = (below / "scenarios.yaml").read_text(encoding="utf-8").replace("agreement: terms", "agreement: ../terms")
    (below / "scenarios.yaml").write_text(text, encoding="utf-8")
    outcome = socsam("whatif", below / "scenarios.yaml")
    assert outcome.status == 2 and "`../terms.yaml` lies outside the folder" in outcome.err and "--allow-outside" in outcome.err
    assert socsam("whatif", below / "scenarios.yaml", "--allow-outside").status == 0
    done = subprocess.run([PROGRAM, "whatif", "below/scenarios.yaml"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- signals --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGHUP, -1), (signal.SIGKILL, -9)])
def test_a_run_that_is_ended_leaves_the_file_as_it_was(tmp_path: Path, number: Any, status: int) -> None:
    """It waits for a pipe while its draft is open; what KILL leaves is cleared away by the next run."""
    if number != signal.SIGKILL and signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the tests run where this signal is ignored (nohup), and so is what they start")
    target = tmp_path / "out.json"
    target.write_text("before")
    command = [PROGRAM, "settle", "-", "-o", target]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.02)
    running.send_signal(number)
    _, said = running.communicate()
    assert (running.returncode, said) == (status, b"") and target.read_text() == "before"
    if number == signal.SIGKILL:
        subprocess.run([PROGRAM, "settle", "examples/laholm.yaml", "-o", target], cwd=ROOT, check=True)
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_loaded_before_ctrl_c_is_heard() -> None:
    """Of what takes time: a person who presses it at once would be shown where in `typing` the program was."""
    script = "import sys, socsam_calc.__main__; print({'typing', 're', 'enum', 'signal'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-S", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.3, 0.5])
def test_ctrl_c_is_quiet_while_the_program_is_still_loading(after: float) -> None:
    """From its first line on: what the interpreter does before that is not the program's."""
    script = "import sys; from socsam_calc.__main__ import main; sys.argv[1:] = ['settle', '-']; print('here', flush=True); main()"
    running = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None and running.stdout.readline() == b"here\n"
    time.sleep(after)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()
    assert (running.returncode, said) == (130, b"")
