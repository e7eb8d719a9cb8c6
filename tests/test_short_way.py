"""A command line that says plainly what it wants is read without Typer; every other one by Typer. Both ways give the same bytes and status."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from socsam_calc.cli import app, short
from socsam_calc.cli.commands import typed
from socsam_calc.cli.declared import COMMANDS, Option, declaration

Socsam = Callable[..., Outcome]

EXAMPLES = sorted(
    {
        line.strip()
        for name in COMMANDS
        for line in (declaration(name).function.__doc__ or "").splitlines()
        if line.strip().startswith("socsam ") and "OUT/" not in line and "-o " not in line and "lsp" not in line
    }
)
WRITTEN = """
settle
settle examples/laholm.yaml examples/gotland.yaml -q
settle examples/laholm.yaml -f json --quiet
settle examples/laholm.yaml -fjson
settle examples/laholm.yaml --format=csv --rows payments
settle examples/laholm.yaml --rows payments
settle examples/laholm.yaml --excel
settle examples/laholm.yaml --excel --format csv
settle examples/laholm.yaml --format yaml
settle examples/laholm.yaml --year 1998 --year 1999
settle examples/laholm.yaml --year x
settle examples/laholm.yaml --year -1
settle examples/laholm.yaml --year 0001998
settle examples/laholm.yaml --year
settle examples/laholm.yaml --lang sv --unit kr
settle examples/laholm.yaml --lang de
settle --lang=sv examples/laholm.yaml
settle examples/laholm.yaml --set sharing.shared=50%
settle examples/laholm.yaml --set=sharing.shared=50% --set unit=kr
settle examples/laholm.yaml --set -x
settle examples/laholm.yaml --set=
settle examples/laholm.yaml --figures a.csv --figures b.csv
settle examples/laholm.yaml --quiet --quiet
settle examples/laholm.yaml --quiet=true
settle examples/laholm.yaml --qui
settle examples/laholm.yaml -qf json
settle -- examples/laholm.yaml
settle --nonsense examples/laholm.yaml
settle nowhere.yaml
settle examples/laholm.yaml -o -
settle examples/laholm.yaml -o nowhere.txt
settle -
settle --help
settle -h
check examples/gotland.yaml --select SOC4 --select SOC6 --strict
check examples/gotland.yaml --select
explain examples/complete.yaml 2000.totals.result 1999.totals.result
explain examples/complete.yaml
rules SOC4 SOC5
rules SOC999
guide norm sv
guide sharing deficit
schema socsam/1 -o -
schema socsam/9
simulate examples/whatif/uncertain.yaml --draws 0
simulate examples/whatif/uncertain.yaml --draws 20 --seed 18446744073709551615
simulate examples/whatif/uncertain.yaml --draws 20 --seed 18446744073709551616
whatif examples/gotland.yaml --vary 'sharing.shared=0 %..100 %' --steps 2 --year 1998
whatif examples/gotland.yaml --steps 0 --vary 'sharing.shared=0 %..100 %'
norm examples/norm/report.csv --country Riket --base fixed:1996 --seed 1
evaluate examples/evaluation/exempelby.yaml --item sickness_benefit --leave-one-out
books examples/books/huvudbok-2024.se --mapping
init --example laholm -o -
init
nonsense
--lang sv settle examples/laholm.yaml
""".strip().splitlines()


def by_typer(monkeypatch: pytest.MonkeyPatch, socsam: Socsam, words: list[str]) -> Outcome:
    with monkeypatch.context() as patched:
        patched.setattr(app, "plainly", lambda command, words: None)
        return socsam(*words)


@pytest.mark.parametrize("line", [*(example.removeprefix("socsam ") for example in EXAMPLES), *WRITTEN])
def test_both_ways_give_the_same(monkeypatch: pytest.MonkeyPatch, socsam: Socsam, line: str) -> None:
    words = shlex.split(line)
    assert socsam(*words) == by_typer(monkeypatch, socsam, words)


def test_a_variable_of_the_environment_counts_both_ways(monkeypatch: pytest.MonkeyPatch, socsam: Socsam) -> None:
    for lang in ("sv", "en", "", "de"):
        monkeypatch.setenv("SOCSAM_LANG", lang)
        words = ["settle", "examples/laholm.yaml"]
        assert socsam(*words) == by_typer(monkeypatch, socsam, words)


@pytest.mark.parametrize("name", COMMANDS)
def test_typer_is_told_all_that_is_declared(name: str) -> None:
    told = {parameter.name: set(parameter.opts) for parameter in typed(name, "en").params if parameter.name != "help"}
    declared = {
        one.name: set(one.declared.names) if isinstance(one.declared, Option) else {one.name} for one in declaration(name).parameters
    }
    assert told == declared


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        (["a.yaml"], True),
        (["a.yaml", "b.yaml", "-q", "--set", "x=1", "--set=y=2", "-o", "-"], True),
        (["a.yaml", "--year", "1998"], True),
        ([], False),
        (["a.yaml", "--year", "19x8"], False),
        (["a.yaml", "--set", "-q"], False),
        (["a.yaml", "--help"], False),
        (["a.yaml", "-qf", "json"], False),
    ],
)
def test_only_what_is_plain_goes_the_short_way(words: list[str], plain: bool) -> None:
    assert (short.plainly(declaration("settle"), words) is not None) is plain


def test_what_a_shell_asks_and_patterns_on_windows_are_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert short.as_they_stand(["settle", "*.yaml"])
    monkeypatch.setattr(os, "name", "nt")
    assert not short.as_they_stand(["settle", "*.yaml"]) and short.as_they_stand(["settle", "a.yaml"])
    monkeypatch.setenv("_SOCSAM_COMPLETE", "complete_bash")
    assert not short.as_they_stand(["settle", "a.yaml"])


def program(*words: str | Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """The program as a person starts it; on standard error last, the modules that it loaded."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['socsam', *{[str(word) for word in words]!r}]\n"
        f"{before}\n"
        "from socsam_calc.__main__ import main\n"
        "main()\n"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)


def printed(script: str) -> tuple[str, str]:
    """What a script prints in a Python of its own, and what goes wrong in it."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stdout, done.stderr


def test_settling_loads_no_library_that_it_does_not_use() -> None:
    done = program("settle", "examples/laholm.yaml")
    loaded = set(done.stderr.splitlines()[-1].split())
    assert done.returncode == 0 and "yaml._yaml" in loaded
    assert not loaded & {"typer", "rich", "yaml.reader", "yaml.scanner", "yaml.constructor", "yaml.resolver", "numpy"}
    assert not loaded & {"importlib.metadata._adapters", "email", "zipfile", "difflib", "calendar", "shutil", "hashlib", "random"}


def test_how_a_part_is_read_is_made_where_a_file_has_it() -> None:
    """Laholm has no books, no own capital and no new terms; complete.yaml has new terms."""
    script = (
        "from socsam_calc import load, settle\n"
        "from socsam_calc.model.agreement import Agreement\n"
        "from socsam_calc.model.books import Books\n"
        "from socsam_calc.model.sharing import Reserve, SharingChange\n"
        "for file in ('laholm', 'complete'):\n"
        "    settle(load(f'examples/{file}.yaml'))\n"
        "    print(*(part.__name__ for part in (Agreement, Books, Reserve, SharingChange) if part.__pydantic_complete__))\n"
    )
    assert printed(script) == ("Agreement\nAgreement SharingChange\n", "")


def test_help_of_a_command_loads_neither_models_nor_yaml() -> None:
    done = program("settle", "--help")
    assert not set(done.stderr.splitlines()[-1].split()) & {"pydantic", "yaml", "rich", "socsam_calc.model.agreement"}


BROKEN = [
    "a: [1, 2",
    "a: 'x",
    "\ta: 1",
    "a: &b 1\nc: *b",
    "? [x]: 1",
    "a: \x07",
    "- a\nb: c",
    "a: !!int 3",
    "---\na: 1\n---\nb: 2",
    "a: b: c",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_told_the_same_with_the_whole_of_pyyaml_and_with_its_parser_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(f"format: socsam/1\n{text}\n", encoding="utf-8")
    lean, whole = program("settle", file), program("settle", file, before="import yaml")
    assert lean.returncode == whole.returncode == 2
    without_modules = [re.sub(r"\n?[^\n]*\n\Z", "", done.stderr) for done in (lean, whole)]
    assert without_modules[0] == without_modules[1] != ""


def test_who_wants_more_of_pyyaml_gets_all_of_it() -> None:
    script = (
        "from socsam_calc.cli.lean import leave_out_what_a_short_run_does_not_use as lean\n"
        "lean()\n"
        "import yaml\n"
        "assert [event.__class__.__name__ for event in yaml.parse('a: 1', Loader=yaml.CSafeLoader)][2] == 'MappingStartEvent'\n"
        "assert yaml.safe_load('a: 1') == {'a': 1}\n"
        "import yaml\n"
        "assert yaml.dump({'a': 1}) == 'a: 1\\n'\n"
        "try:\n    yaml.safe_load('a: [')\nexcept yaml.YAMLError:\n    print('told')\n"
    )
    assert printed(script) == ("told\n", "")


def test_who_asks_for_the_installed_packages_gets_them() -> None:
    """By the name in the package, by the module, or by the one function that Pydantic asks; plugins that are not left out are looked for."""
    script = (
        "from socsam_calc.cli.lean import leave_out_what_a_short_run_does_not_use as lean\n"
        "lean()\n"
        "from importlib.metadata import entry_points\n"
        "import importlib.metadata, sys\n"
        "assert 'importlib.metadata._adapters' not in sys.modules\n"
        "{asks}\n"
        "assert 'importlib.metadata._adapters' in sys.modules\n"
        "import importlib.metadata as whole\n"
        "assert whole is importlib.metadata is sys.modules['importlib.metadata'] and issubclass(whole.PackageNotFoundError, ImportError)\n"
    )
    for asks in (
        "assert 'console_scripts' in entry_points().groups and not entry_points(group='nobody.has.this')",
        "assert importlib.metadata.version('pydantic') == __import__('pydantic').VERSION",
        "from importlib.metadata import Distribution; assert Distribution.from_name('pyyaml').version",
    ):
        assert printed(script.format(asks=asks)) == ("", "")


def test_who_wants_a_module_that_was_left_out_gets_it() -> None:
    """By an attribute or a name out of it; and Python itself, which shows the lines of a fault."""
    script = (
        "from socsam_calc.cli.lean import leave_out_what_a_short_run_does_not_use as lean\n"
        "lean()\n"
        "import io, secrets, sys, tokenize\n"
        "assert 'hmac' not in sys.modules\n"
        "from pydantic import SecretStr\n"
        "assert SecretStr('a') == SecretStr('a') and len(secrets.token_hex(4)) == 8 and 'hmac' in sys.modules\n"
        "from tokenize import generate_tokens\n"
        "assert [token.string for token in generate_tokens(io.StringIO('a b').readline)][:2] == ['a', 'b']\n"
        "assert tokenize.generate_tokens is generate_tokens\n"
        "import inspect\n"
        "print(inspect.getsource(lean).splitlines()[0])\n"
    )
    assert printed(script) == ("def leave_out_what_a_short_run_does_not_use() -> None:\n", "")


def test_plugins_of_pydantic_that_somebody_wants_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    without = program("settle", "examples/laholm.yaml")
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "this-one-alone")
    looked = program("settle", "examples/laholm.yaml")
    assert "importlib.metadata._adapters" in looked.stderr.splitlines()[-1].split()
    assert looked.stdout == without.stdout
