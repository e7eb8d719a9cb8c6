"""The house rules, read from the imports: arrows point one way, the core needs four libraries, nothing loads what it does not use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from programs import program

PACKAGE = ROOT / "socsam_calc"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "problems": 0,
    "money": 0,
    "amounts": 1,
    "model": 2,
    "source": 3,
    "engine": 3,
    "rules": 4,
    "batch": 4,
    "answers": 5,
    "report/swedish": 6,
    "report/data": 6,
    "report/told": 7,
    "report/render": 8,
    "report/derivation": 9,
    "report/starting": 9,
    "report/calculation": 10,
    "report/page": 10,
    "guide": 10,
    "editor": 11,
    "library": 11,
    "cli": 12,
    "__main__": 13,
    "__init__": 13,
}
"""Each room imports only from floors below its own, and from itself; the front door and the public names stand above all."""

CORE = {"typer", "pydantic", "pydantic_core", "yaml", "rich"}
ARRAYS = ("batch/", "answers/simulation/", "answers/norm/drawing.py")
"""What is nothing without NumPy, and is loaded by nothing else when it is loaded itself."""


def room(name: str) -> str:
    """The room of a module by its dotted name: a folder at the top of the package; of the report, the folder inside it."""
    names = name.split(".")[1:] or ["__init__"]
    return "/".join(names[:2]) if names[0] == "report" and names[1:] else names[0]


def part(module: Path) -> str:
    return room(dotted(module))


def dotted(module: Path) -> str:
    """A module's name, as it is imported."""
    return ".".join(["socsam_calc", *module.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")


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
            whole = ".".join([*base, *([node.module] if node.module else [])])
            found += [(f"{whole}.{alias.name}", at_load) for alias in node.names]
    return found


NAMES = {dotted(module): module for module in MODULES}


def arrows(module: Path) -> set[str]:
    """The modules of ours that a module imports, wherever in it, in functions and for types too."""
    found = set()
    for imported, _ in imports(module):
        name = imported
        while name and name not in NAMES:
            name = name.rpartition(".")[0]
        found |= {name} - {"", "socsam_calc", dotted(module)}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(module: Path) -> None:
    for name in arrows(module):
        own, other = part(module), room(name)
        assert other == own or FLOORS[other] < FLOORS[own], f"{own} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_its_own_floor_knows_the_world(module: Path) -> None:
    known = {name.split(".")[0] for name, _ in imports(module)}
    if part(module) not in ("cli", "report/render"):
        assert "rich" not in known
    if part(module) != "cli":
        assert "typer" not in known
    if part(module) in ("engine", "model", "money", "amounts", "problems", "rules"):
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


def test_what_is_not_public_in_openpyxl_is_behind_one_door() -> None:
    private = re.compile(r"worksheet\._|book\._|openpyxl[\w.]*\._")
    assert [path.stem for path in MODULES if private.search(path.read_text(encoding="utf-8"))] == ["stored"]


def test_there_are_no_circles() -> None:
    """Not even through imports inside functions, or for types alone."""
    left = {name: arrows(module) for name, module in NAMES.items()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert not left


def test_no_room_is_above_a_quarter_of_the_code() -> None:
    sizes: dict[str, int] = {}
    for module in MODULES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        sizes[part(module)] = sizes.get(part(module), 0) + sum(isinstance(node, ast.stmt) for node in ast.walk(tree))
    assert max(sizes.values()) <= sum(sizes.values()) / 4, sizes


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_on_a_few_screens(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "common", "manager", "misc")]


def rooms() -> str:
    """Every folder of the package and its modules, each in its own words."""
    lines: list[str] = []
    for folder in sorted({module.parent for module in MODULES}):
        lines += ["", f"### `{folder.relative_to(ROOT).as_posix()}/`", said(folder / "__init__.py")]
        lines += [f"- `{module.name}`: {said(module)}" for module in MODULES if module.parent == folder and module.stem != "__init__"]
    return "\n".join(lines) + "\n"


def said(module: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    first = (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    return " ".join(re.sub(r":func:`([\w.]+)`", r"`\1`", first).replace("``", "`").split())


def test_the_map_names_every_room(request: pytest.FixtureRequest) -> None:
    page = ROOT / ".github" / "CONTRIBUTING.md"
    start, heading, rest = page.read_text(encoding="utf-8").partition("\n## The rooms\n")
    words, _, shown = rest.partition("\n\n")
    if request.config.getoption("--record"):
        page.write_text(f"{start}{heading}{words.rstrip()}\n{rooms()}", encoding="utf-8")
        return
    assert heading and f"\n{shown}" == rooms(), "record it with --record, and read the diff"
    assert all(line.partition(": ")[2] for line in shown.splitlines() if line.startswith("- ")), "a module says nothing of itself"


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
    packs = {name for name in ours if name.startswith("socsam_calc.rules.") and name.count(".") == 2}
    assert packs == {f"socsam_calc.rules.{name}" for name in ("facts", "looks_wrong", "rule", "said")}, "figures that look wrong, alone"
    assert not {name for name in ours if name.split(".")[1] == "batch" or name.startswith("socsam_calc.answers.whatif")}
    assert {name for name in ours if name.startswith("socsam_calc.cli.")} == {
        f"socsam_calc.cli.{name}" for name in ("app", "declared", "options", "output", "run", "settle", "short", "streams")
    }
    assert {name for name in ours if name.startswith("socsam_calc.library.")} == {
        f"socsam_calc.library.{name}" for name in ("files", "formats", "settlements")
    }
    assert not loaded & {
        "socsam_calc.report.data.json",
        "socsam_calc.model.evaluation",
        "socsam_calc.report.render.rows",
        "numpy",
        "jinja2",
        "pandas",
    }


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout")
def test_the_top_level_holds_what_it_should() -> None:
    program("git", "git")
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
    tops = {name.split("/")[0] for name in tracked}
    plain = {top for top in tops if not top.startswith(".")}
    assert plain - {"findings"} == {"socsam_calc", "examples", "tests", "pyproject.toml", "README.md"}
