"""The house rules, read from the imports: arrows point one way, the core needs four libraries, nothing loads what it does not use."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "socsam_calc"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "problems": 0,
    "money": 0,
    "model": 1,
    "engine": 2,
    "source": 3,
    "rules": 4,
    "evaluation": 4,
    "scenario": 5,
    "settling": 4,
    "report": 6,
    "checking": 6,
    "explaining": 6,
    "library": 7,
    "cli": 8,
    "__main__": 9,
    "__init__": 9,
}
"""Each part of the package imports only from its own floor downwards; the front door and the public names stand above all."""

CORE = {"typer", "pydantic", "pydantic_core", "yaml", "rich"}
ARRAYS = ("scenario/batch/", "scenario/simulation/")
"""Packages that are nothing without NumPy, and are loaded by nothing else when it is loaded itself."""


def part(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(module: Path) -> list[tuple[str, bool]]:
    """The names that a module imports, absolute, and whether it does so when it is loaded."""
    package = ["socsam_calc", *module.relative_to(PACKAGE).parent.parts]
    found = []
    tree = ast.parse(module.read_text(encoding="utf-8"))
    inside_functions = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    for_types = {
        id(node)
        for condition in ast.walk(tree)
        if isinstance(condition, ast.If) and isinstance(condition.test, ast.Name) and condition.test.id == "TYPE_CHECKING"
        for node in ast.walk(condition)
    }
    for node in ast.walk(tree):
        at_load = id(node) not in inside_functions | for_types
        if isinstance(node, ast.Import):
            found += [(alias.name, at_load) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            found.append((".".join([*base, *([node.module] if node.module else [])]), at_load))
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(module: Path) -> None:
    for name, _ in imports(module):
        if name.startswith("socsam_calc."):
            other = name.split(".")[1]
            assert FLOORS[other] <= FLOORS[part(module)], f"{part(module)} imports {other}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_its_own_floor_knows_the_world(module: Path) -> None:
    known = {name.split(".")[0] for name, _ in imports(module)}
    if part(module) not in ("cli", "report"):
        assert "rich" not in known
    if part(module) != "cli":
        assert "typer" not in known
    if part(module) in ("engine", "model", "money", "problems", "rules"):
        assert not known & {"yaml", "pathlib", "os", "sys", "time", "random", "io", "subprocess"}
    if part(module) == "engine":
        assert not known & {"datetime", "locale", "logging"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_needs_more_than_the_core_to_be_loaded(module: Path) -> None:
    within = module.relative_to(PACKAGE).as_posix().startswith(ARRAYS)
    for name, at_load in imports(module):
        top = name.split(".")[0]
        if within and top == "numpy":
            continue
        if at_load and top != "socsam_calc" and top not in sys.stdlib_module_names:
            assert top in CORE


def test_there_are_no_circles() -> None:
    names = {
        ".".join(["socsam_calc", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__"): path for path in MODULES
    }
    arrows = {
        name: [other for other, at_load in imports(path) if at_load and other in names and other != name] for name, path in names.items()
    }

    def reach(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        for other in arrows[name]:
            reach(other, (*trail, name))

    for name in arrows:
        reach(name, ())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_on_a_few_screens(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 480


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "common", "manager", "misc")]


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a run of the program has loaded when it ends."""
    script = (
        "import sys\n"
        f"sys.argv = ['socsam', *{list(arguments)!r}]\n"
        "from socsam_calc.cli.app import run\n"
        "import io, contextlib\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())): run()\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


def test_help_loads_neither_models_nor_yaml_nor_rich() -> None:
    assert not loaded_by("--help") & {"pydantic", "yaml", "rich", "socsam_calc.model.agreement", "socsam_calc.engine.settle"}


def test_settle_loads_only_what_it_uses() -> None:
    loaded = loaded_by("settle", "examples/laholm.yaml")
    assert "socsam_calc.engine.settle" in loaded
    ours = {name for name in loaded if name.startswith("socsam_calc.")}
    assert not {name for name in ours if name.split(".")[1] in ("rules", "scenario", "evaluation")}
    assert {name for name in ours if name.startswith("socsam_calc.cli.")} == {
        f"socsam_calc.cli.{name}" for name in ("app", "options", "output", "settle")
    }
    assert not loaded & {"socsam_calc.report.json", "socsam_calc.report.csv", "numpy", "jinja2", "pandas"}


def test_the_top_level_holds_what_it_should() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
    tops = {name.split("/")[0] for name in tracked}
    assert {top for top in tops if not top.startswith(".")} == {"socsam_calc", "examples", "tests", "pyproject.toml", "README.md"}
