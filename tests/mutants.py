"""Change one thing at a time in the arithmetic, and see whether a test notices: `python tests/mutants.py 300 [SEED]`. Takes an hour, so it is no test of CI.

Mutated are `engine/`, `batch/`, `money.py` and the ledger, in a copy of the project: a comparison, an operator, a number, a condition, a
returned value. A mutant is killed by the first test that fails among those that look at what it is in. Each that lives is listed; one that
changes nothing that can be seen is no gap, and belongs into `EQUIVALENT` with its reason.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
PLACES: Final = ("engine", "batch", "money.py", "source/ledger")
TESTS: Final = {
    "engine": (
        "test_conformance",
        "test_worked_example",
        "test_terms_in_force",
        "test_association",
        "test_examples",
        "test_explain",
        "test_properties",
    ),
    "batch": ("test_batch", "test_simulate", "test_whatif"),
    "money.py": ("test_conformance", "test_worked_example", "test_properties"),
    "source": (
        "test_figures",
        "test_figures_from_workbooks",
        "test_hidden_figures",
        "test_damaged_workbooks",
        "test_figures_option",
        "test_bad_files",
    ),
}
"""What looks at each, the quickest first."""

EQUIVALENT: Final[dict[str, str]] = {}
"""Mutants that change nothing: as they are listed, each with the reason."""

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Pow: ast.Mult,
}  # fmt: skip


class Mutant(NamedTuple):
    """A change: in which file and line, what stood there and what stands there now, and the whole text."""

    file: Path
    line: int
    before: str
    after: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(ROOT)}: {self.before} -> {self.after}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Every change that is made in a file, one at a time."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    raw = source.encode()

    def changed(node: ast.expr, to: str) -> Mutant:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        text = (raw[:start] + to.encode() + raw[end:]).decode()
        return Mutant(file, node.lineno, " ".join(raw[start:end].decode().split()), " ".join(to.split()), text)

    tree = ast.parse(source)
    typed = {id(inner) for node in ast.walk(tree) for outer in _types(node) for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        match node:
            case ast.Compare(ops=[one]) if type(one) in COMPARISONS:
                yield changed(node, f"({ast.unparse(ast.Compare(node.left, [COMPARISONS[type(one)]()], node.comparators))})")
            case ast.BinOp(op=op) if type(op) in OPERATORS:
                yield changed(node, f"({ast.unparse(ast.BinOp(node.left, OPERATORS[type(op)](), node.right))})")
            case ast.BoolOp(op=ast.And() | ast.Or() as op):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield changed(node, f"({ast.unparse(ast.BoolOp(other, node.values))})")
            case ast.UnaryOp(op=ast.USub() | ast.Not()):
                yield changed(node, f"({ast.unparse(node.operand)})")
            case ast.IfExp():
                yield changed(node, f"({ast.unparse(ast.IfExp(node.test, node.orelse, node.body))})")
            case ast.Constant(value=bool() as value):
                yield changed(node, str(not value))
            case ast.Constant(value=int() as value):
                yield changed(node, str(value + 1))
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield changed(value, "None")


def _types(node: ast.AST) -> list[ast.AST]:
    """What of a node is a type, or is only read by people: no run sees it."""
    match node:
        case ast.FunctionDef():
            arguments = [one.annotation for one in (*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs) if one.annotation]
            return [*arguments, *([node.returns] if node.returns else []), *node.decorator_list]
        case ast.AnnAssign():
            return [node.annotation]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return [node]
        case ast.Raise():
            return [node]
        case ast.JoinedStr():
            return [node]
        case _:
            return []


def fails(tests: Iterable[str], copy: Path) -> bool:
    """Whether one of the tests fails in the copy. If they take far too long they do: the program hangs."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *(f"tests/{test}.py" for test in tests)]
    try:
        return bool(subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=1200, check=False).returncode)
    except subprocess.TimeoutExpired:
        return True


def killed(mutant: Mutant, copy: Path) -> bool:
    """Whether a test notices."""
    target = copy / mutant.file.relative_to(ROOT)
    before = target.read_bytes()
    target.write_text(mutant.text, encoding="utf-8")
    try:
        return fails(TESTS[mutant.file.relative_to(ROOT / "socsam_calc").parts[0]], copy)
    finally:
        target.write_bytes(before)


def main(count: int, seed: int) -> int:
    """A sample of the mutants; status 1 where more than one in twenty lives, or is called equivalent."""
    files = sorted(
        file
        for place in PLACES
        for file in ((ROOT / "socsam_calc" / place).rglob("*.py") if "." not in place else [ROOT / "socsam_calc" / place])
    )
    every = [mutant for file in files for mutant in mutants(file)]
    sample = random.Random(seed).sample(every, min(count, len(every)))
    lived: list[Mutant] = []
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "project"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "__pycache__", "fuzzed", ".hypothesis"), symlinks=True)
        wanted = {mutant.file.relative_to(ROOT / "socsam_calc").parts[0] for mutant in sample}
        if any(fails(TESTS[place], copy) for place in wanted):
            sys.stdout.write("a test fails though nothing is changed: mend that first\n")
            return 2
        for number, mutant in enumerate(sample, 1):
            if not killed(mutant, copy):
                lived.append(mutant)
                reason = EQUIVALENT.get(mutant.name, "")
                sys.stdout.write(f"{number}/{len(sample)} lives: {mutant.name} (line {mutant.line}) {reason}\n")
                sys.stdout.flush()
    equivalent = sum(mutant.name in EQUIVALENT for mutant in lived)
    counted = len(lived) - min(equivalent, len(sample) // 20)
    share = 1 - counted / len(sample)
    sys.stdout.write(
        f"seed {seed}: {len(sample)} of {len(every)} mutants, {len(lived)} lived, {equivalent} of them equivalent: {share:.1%} killed\n"
    )
    return int(share < 0.95)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
