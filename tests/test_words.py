"""Nothing that a person reads in a result lacks its Swedish."""

from __future__ import annotations

import ast
import re

import pytest
from conftest import ROOT

from socsam_calc.report.words import SWEDISH, Words

REPORT = sorted((ROOT / "socsam_calc").rglob("*.py"))


def texts(node: ast.expr) -> list[str]:
    """The texts that an expression can be: a literal, or one of several."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    return []


def spoken() -> set[str]:
    """Every literal that is given to the words of a language."""
    found = set()
    for module in REPORT:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                if name == "words":
                    found |= set(texts(node.args[0]))
    return found


def test_every_text_has_its_swedish() -> None:
    assert spoken(), "the scan finds nothing: it has lost its subject"
    assert spoken() <= set(SWEDISH)


@pytest.mark.parametrize("text", SWEDISH)
def test_a_translation_fills_in_the_same_values(text: str) -> None:
    assert set(re.findall(r"{(\w+)}", SWEDISH[text])) == set(re.findall(r"{(\w+)}", text))


def test_a_missing_translation_is_an_error_not_a_silence() -> None:
    with pytest.raises(KeyError):
        Words("sv")("a text that nobody translated")
