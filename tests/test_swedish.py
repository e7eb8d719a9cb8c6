"""A result in Swedish is Swedish throughout, and å, ä and ö are as wide as other letters."""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from conftest import EXAMPLES, ROOT, Outcome
from rich.cells import cell_len
from test_architecture import loaded_by

from socsam_calc import Books, Checked, Effect, Explanation, Incentives, Norm, Settlement, Simulated, WhatIf, load, settle
from socsam_calc.report.derivation.steps import STEPS
from socsam_calc.report.render.grid import Sheet
from socsam_calc.report.render.stacked import sheets
from socsam_calc.report.render.terminal import show
from socsam_calc.report.swedish import PARTS, REFUSED, SWEDISH
from socsam_calc.report.swedish.columns import COLUMNS
from socsam_calc.report.swedish.help import OF_OTHERS
from socsam_calc.report.told.rules import citations
from socsam_calc.report.told.settlement import comparison, report
from socsam_calc.report.told.tables import Block, Column, Heading, Lines, Table
from socsam_calc.report.told.words import Words
from socsam_calc.rules.catalogue import RULES

Socsam = Callable[..., Outcome]
FILES = [*sorted(EXAMPLES.glob("*.yaml")), *sorted((ROOT / "tests" / "cases").glob("*.yaml"))]


# --- no text without its Swedish: what the code says ----------------------------------------------------------------------------


class Spoken(ast.NodeVisitor):
    """The texts that a module gives to its words: literals, either branch of a condition, what a name or a table of texts may hold."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: set[str] = set()
        self.scopes: list[ast.AST] = [tree]
        self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if called in ("words", "say", "Said") and node.args and not any(keyword.arg == "code" for keyword in node.keywords):
            self.found.update(self.texts(node.args[0]))
        self.generic_visit(node)

    def texts(self, node: ast.expr) -> Iterator[str]:
        """What an expression may come to, as far as its text shows."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from (*self.texts(node.body), *self.texts(node.orelse))
        elif isinstance(node, (ast.Tuple, ast.List)):
            yield from (text for entry in node.elts for text in self.texts(entry))
        elif isinstance(node, ast.Dict):
            yield from (text for entry in node.values for text in self.texts(entry))
        elif isinstance(node, ast.Subscript):
            yield from self.texts(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            yield from (*self.texts(node.func.value), *(text for entry in node.args[1:] for text in self.texts(entry)))
        elif isinstance(node, ast.Name):
            for value in self.bound(node.id):
                yield from self.texts(value)

    def bound(self, name: str) -> Iterator[ast.expr]:
        """What is assigned to a name in the function, or else in the module; and what a loop draws it from."""
        for scope in reversed(self.scopes):
            held = list(self._bound_in(scope, name))
            if held:
                yield from held
                return

    def _bound_in(self, scope: ast.AST, name: str) -> Iterator[ast.expr]:
        for node in ast.walk(scope):
            if (isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)) or (
                isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name and node.value
            ):
                yield node.value
            elif isinstance(node, (ast.For, ast.comprehension)):
                yield from self._drawn(node.target, node.iter, name)

    def _drawn(self, target: ast.expr, source: ast.expr, name: str) -> Iterator[ast.expr]:
        if isinstance(target, ast.Name) and target.id == name and isinstance(source, (ast.Tuple, ast.List)):
            yield source
        elif isinstance(target, ast.Tuple):
            place = next((n for n, entry in enumerate(target.elts) if isinstance(entry, ast.Name) and entry.id == name), None)
            if place is not None and isinstance(source, (ast.Tuple, ast.List)):
                yield from (entry.elts[place] for entry in source.elts if isinstance(entry, ast.Tuple))
            if place == 1 and isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and source.func.attr == "items":
                yield source.func.value


def spoken(code: str) -> set[str]:
    return Spoken(ast.parse(code)).found


def test_the_scan_sees_every_way_to_say_something() -> None:
    code = """
TABLE: Final = {"a": "from a table"}
def f(words, many):
    words("a literal"); self.words("branch" if many else "other branch")
    name = "by name" if many else {"x": "out of a dict"}.get(many, "or its default")
    words(name); words(TABLE[many]); [words(t) for t in ("in a loop", "twice")]
    [words(title) for key, title in (("k", "of a pair"),)]; [words(title2) for _, title2 in TABLE.items()]
"""
    assert spoken(code) == {
        "a literal", "branch", "other branch", "by name", "out of a dict", "or its default", "from a table", "in a loop", "twice", "of a pair",
    }  # fmt: skip


@pytest.mark.parametrize("module", sorted((ROOT / "socsam_calc").rglob("*.py")), ids=lambda path: path.stem)
def test_every_text_of_a_module_has_its_swedish(module: Path) -> None:
    if "swedish" in module.parts:
        return
    assert spoken(module.read_text(encoding="utf-8")) - set(SWEDISH) == set()


# --- no Swedish without its text, and none elsewhere ------------------------------------------------------------------------------


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module that speaks English, with its tree."""
    for path in sorted((ROOT / "socsam_calc").rglob("*.py")):
        if "swedish" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def codes() -> Iterator[str]:
    """The codes that Swedish stands under."""
    for rule in RULES:
        yield from (f"{rule.code}.{name}" for name in rule.texts._fields)
    yield from (f"step.{name}" for name in STEPS)
    yield from (f"column.{name}" for name in COLUMNS)
    yield from ("value.true", "value.false")


def literals() -> Iterator[str]:
    """Every text of the package as it stands there, and the comments in a starting file's parts; the names of the kinds of rows as headings."""
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
                yield from (line.partition("# ")[2] for line in node.value.splitlines() if "# " in line)
                for part in node.value.split("\n\n"):  # of a command's help
                    yield from (" ".join(part.split()), *(line.strip() for line in part.split("\n")[1:2]))
    for template in (ROOT / "socsam_calc").rglob("*.html"):
        yield from (text for _, text in re.findall(r"""words\((["'])(.*?)\1""", template.read_text(encoding="utf-8")))
    for kind in (Settlement, WhatIf, Incentives, Effect, Simulated, Explanation, Checked, Books, Norm):
        yield from (name.capitalize() for name in (*kind.row_kinds, *kind.workbook_rows))


def composed() -> Iterator[str]:
    """Patterns of the texts that a module puts together when it says them: ``words(f"{number} other {what}")``."""
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr) and "words" in ast.unparse(node.func):
                parts = node.args[0].values
                yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in parts)


def test_no_swedish_text_is_unused() -> None:
    said, patterns = {*literals(), *codes(), *OF_OTHERS}, list(composed())
    assert [
        key for key in SWEDISH if key not in said and key not in REFUSED and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ] == []


def test_no_text_is_translated_twice() -> None:
    keys = Counter(key for part in PARTS for key in part.SWEDISH)
    assert [key for key, times in keys.items() if times > 1] == []


def test_rules_and_steps_have_their_swedish_under_their_codes() -> None:
    assert set(codes()) <= set(SWEDISH)


def test_a_source_is_cited_in_the_language_of_the_reader() -> None:
    sources = {
        "Act 1 §, before SFS 1998:103": "Lagen 1 §, före SFS 1998:103",
        "Act, as amended through SFS 2002:1139": "Lagen, ändrad till och med SFS 2002:1139",
        "PM “Vilka får bedriva försök?”": "PM ”Vilka får bedriva försök?”",
        "Report 4.1.2, table 8": "Rapporten 4.1.2, tabell 8",
        "arithmetic": "räkning",
    }
    assert citations(sources, Words("sv")) == tuple(sources.values())
    assert citations(sources, Words("en")) == tuple(sources)


PROPER: Final = re.compile(
    "(PM|Report|Rapporten) [“”][^”]*”|lag \\(1994:566\\) om [^,]*, [^,]*, |lag \\(\\d+:\\d+\\) om [^,]*,|SOCSAM – [^,]*"
    "|Riksförsäkringsverket|Socialstyrelsen|Försäkringskassan|Arbetsförmedlingen|Nationella rådet"
    "|länsarbetsnämnd|Bohuslän|Jämtland|Burlöv|Göteborg|Malmö|Skåne|[Öö]re"
)
"""Swedish that may stand in an English text: names of sources, authorities and places, and the unit."""
INPUT: Final = {
    "source/ledger/headings.py": "headings that a table of figures may have",
    "model/meant.py": "Swedish words that stand for those of the format",
    "model/misspelt.py": "what programs write for a missing value, and units",
    "source/ledger/figures.py": "the same headings in a remedy",
    "source/ledger/workbook.py": "units in it, and the same headings in a remedy",
    "source/panel.py": "headings that a panel may have",
    "source/ledger/rows.py": "the same headings in a remedy",
    "source/yaml.py": "letters of the units",
    "report/told/words.py": "what a trial's words are in an association, in both languages",
    "report/page/svg.py": "letters, by how wide they are",
    "report/page/languages.py": "letters that show a text to be Swedish",
    "cli/init.py": "names of areas in the examples of a command",
}
"""Modules that read or show words of a file, which may be Swedish."""


@pytest.mark.parametrize(("module", "tree"), list(modules()), ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_no_module_elsewhere_speaks_swedish(module: Path, tree: ast.Module) -> None:
    if module.relative_to(ROOT / "socsam_calc").as_posix() in INPUT:
        return
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in documented]
    texts = [node.value for node in constants if isinstance(node.value, str)]
    assert [text for text in texts if re.search("[åäöÅÄÖ]", PROPER.sub("", text))] == []


def test_no_module_but_the_words_asks_which_language_it_is() -> None:
    assert [
        path.stem for path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Compare) and "'sv'" in ast.unparse(node)
    ] == ["words"]


def test_english_loads_no_swedish() -> None:
    for arguments in (("settle", "examples/laholm.yaml"), ("check", "examples/gotland.yaml"), ("rules",)):
        assert not {name for name in loaded_by(*arguments) if "swedish" in name}


# --- no text without its Swedish: what results show -----------------------------------------------------------------------------


def shown(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Lines):
            yield from (block.title, *(line.text for line in block.lines))
        elif isinstance(block, Table):
            yield from (block.title, *(column.title for column in block.columns), *(cell.text for row in block.rows for cell in row))


def in_sheets(parts: Iterable[Sheet]) -> Iterator[str]:
    for part in parts:
        yield from (part.name, part.heading, *(column.title for column in part.columns))
        yield from (cell for row in part.rows for cell in row.cells.values() if isinstance(cell, str))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_what_is_the_same_in_both_languages_is_the_files_own(file: Path) -> None:
    """Each text of a result, in English and in Swedish: where they do not differ, it stands in the file, or is spelt alike in both."""
    document = load(file)
    settlement = settle(document)
    english, swedish = [
        [
            *shown(report(settlement, settlement.years, words)),
            *(text for year in settlement.years for text in shown(report(settlement, [year], words))),
            *shown(comparison([(settlement, settlement.years)] * 2, words)),
            *in_sheets(sheets([(settlement, settlement.years)], words)),
        ]
        for words in (Words("en"), Words("sv"))
    ]
    alike = {text for text, translated in SWEDISH.items() if text == translated}
    stated = " ".join(document.text.split())
    for one, other in zip(english, swedish, strict=True):
        own = " ".join(one.removeprefix("- ").split())
        if one == other and any(map(str.isalpha, one)) and one not in alike:
            assert own in stated or own.rpartition(": ")[2] in stated or own[:5].rstrip(".").isdecimal(), one


def test_numbers_are_written_the_swedish_way(socsam: Socsam) -> None:
    printed = socsam("settle", "examples/stenungsund.yaml", "--year", "2000", "--lang", "sv", "--unit", "mkr").out
    assert "329,987" in printed and "+12,191" in printed
    assert "summa" in printed and "fastställd" in printed


# --- widths -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [None, 60, 200])
@pytest.mark.parametrize("name", ["Åäö ÅÄÖ", "A\u030aa\u0308o\u0308 A\u030aA\u0308O\u0308", "aao AAO"])
def test_letters_with_marks_are_as_wide_as_others(name: str, width: int | None) -> None:
    """Composed or not, the three letters take a column each: the numbers of all rows end at the same place."""
    from socsam_calc.report.told.tables import Cell

    stream = io.StringIO()
    rows = [[Cell(name), Cell("1")], [Cell("1234567"), Cell("22")]]
    show([Table("", [Column("område", False), Column("år")], rows)], stream, width=width)
    lines = [line for line in stream.getvalue().splitlines() if line.strip()]
    assert len({cell_len(line) for line in lines}) == 1
    assert cell_len(lines[0]) == 7 + 3 + 2


@pytest.mark.parametrize("file", ["hisingen", "stenungsund", "complete"])
def test_swedish_tables_fit_a_narrow_terminal(file: str) -> None:
    settlement = settle(load(EXAMPLES / f"{file}.yaml"))
    for lang in ("en", "sv"):
        text = settlement.to_text(lang="sv" if lang == "sv" else "en", width=60)
        assert max(cell_len(line) for line in text.splitlines()) <= 60


@pytest.mark.parametrize("text", SWEDISH)
def test_a_translation_fills_in_the_same_values(text: str) -> None:
    of_rules = {f"{rule.code}.{name}": said for rule in RULES for name, said in rule.texts._asdict().items()}
    english = of_rules.get(text, text)
    assert set(re.findall(r"{(\w+)}", SWEDISH[text])) == set(re.findall(r"{(\w+)}", english))


def test_a_missing_translation_is_an_error_not_a_silence() -> None:
    with pytest.raises(KeyError):
        Words("sv")("a text that nobody translated")
