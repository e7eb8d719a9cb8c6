"""The JSON Schema, held by an independent validator against files as an editor reads them (YAML 1.2, core schema)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import EXAMPLES, ROOT
from pydantic_core import PydanticCustomError

from socsam_calc import AgreementError, load
from socsam_calc.model import schemas
from socsam_calc.model.reading import Context
from socsam_calc.model.scalars import parse_amount, parse_id, parse_share
from socsam_calc.source.document import FORMATS, model_of
from socsam_calc.source.schema import json_schema

CASES = sorted((ROOT / "tests" / "cases").glob("case-*.yaml"))
BAD = sorted((ROOT / "tests" / "bad").glob("*.yaml"))


class Editor(yaml.SafeLoader):
    """YAML 1.2's core schema: `no` and `1:30` and 1998-01-01 are text, 010 is ten; 40 000 is text, 45800 and 118.2 are numbers."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for _kind, _pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_pattern})$"), None)
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0 if node.value.startswith(("0o", "0x")) else 10))
Editor.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value.replace(".inf", "inf").replace(".nan", "nan")))


def as_an_editor_reads(file: Path) -> Any:
    return named_by_text(yaml.load(file.read_text(encoding="utf-8-sig"), Editor))


def named_by_text(value: Any) -> Any:
    """JSON knows names only as text."""
    if isinstance(value, dict):
        return {str(name): named_by_text(entry) for name, entry in value.items()}
    return [named_by_text(entry) for entry in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema(model_of("socsam/1"), "socsam/1")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def flagged(validator: Any, file: Path) -> list[str]:
    return [f"{'.'.join(map(str, error.path))}: {error.message[:150]}" for error in validator.iter_errors(as_an_editor_reads(file))]


def test_an_editor_reads_as_the_docstring_says() -> None:
    read = yaml.load("{a: 40 000, b: 45800, c: 118.2, d: 1998-01-01, e: no, f: 010, g: 1:30, h: true, i: }", Editor)
    assert list(read.values()) == ["40 000", 45800, 118.2, "1998-01-01", "no", 10, "1:30", True, None]


@pytest.mark.parametrize(
    "file", [*sorted(EXAMPLES.glob("*.yaml")), *CASES, ROOT / "tests" / "worked_example.yaml"], ids=lambda file: file.stem
)
def test_a_good_file_is_not_flagged(validator: Any, file: Path) -> None:
    if "format: socsam/1" in file.read_text(encoding="utf-8"):
        assert flagged(validator, file) == []


SEEN = {
    "bad-amount", "bad-choice", "bad-date", "bad-id", "bad-number", "bad-percent", "bad-share", "bad-unit", "bad-year", "correction",
    "empty-value", "merge", "missing", "negative", "no-years", "not-a-mapping", "not-a-scalar", "not-filled-in", "not-positive", "parties",
    "reserved", "split-comma", "two-outcomes", "unknown-field", "wrong-shape",
}  # fmt: skip
"""Problems that a schema sees. The others need the rest of the file, the arithmetic, or a spelling that YAML has taken away (54.000)."""


def codes(file: Path) -> set[str]:
    try:
        load(file)
    except AgreementError as error:
        return {problem.code for problem in error.problems}
    return set()


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_what_is_wrong_in_the_form_of_a_bad_file_is_flagged(validator: Any, file: Path) -> None:
    try:
        as_an_editor_reads(file)
    except (ValueError, yaml.YAMLError, RecursionError):
        return  # an editor says so itself
    if codes(file) & SEEN:
        assert flagged(validator, file)


def test_the_gallery_holds_enough_that_a_schema_sees() -> None:
    assert len(set.union(*map(codes, BAD)) & SEEN) >= 20


@pytest.mark.parametrize(
    ("given", "good"),
    [
        ("12 191", True), ("12191", True), ("−1 089,50", True), ("-5", True), ("51 mkr", True), ("0,5 tkr", True), ("1.5", True),
        ("12 19", False), ("1,000.50", False), ("+5", False), ("5 sek", False), ("5 %", False), ("", False), ("1.234 tkr", False),
    ],
)  # fmt: skip
def test_amounts(given: str, good: bool) -> None:
    assert jsonschema.Draft202012Validator({"pattern": schemas.AMOUNT["pattern"]}).is_valid(given) == good
    assert accepted(parse_amount, given) == good


@pytest.mark.parametrize(
    ("given", "good"),
    [
        ("31 %", True), ("31,25 %", True), ("100 %", True), ("0 %", True), ("1/3", True), ("0,31", True), ("1", True), ("0.5%", True),
        ("101 %", False), ("31", False), ("1/0", False), ("−5 %", False), ("rest", False), ("half", False), ("1,5", False),
    ],
)  # fmt: skip
def test_shares(given: str, good: bool) -> None:
    assert jsonschema.Draft202012Validator({"pattern": schemas.SHARE["pattern"]}).is_valid(given) == good
    assert accepted(parse_share, given) == good


@pytest.mark.parametrize(
    ("given", "good"),
    [
        ("kassa", True),
        ("åäö_2", True),
        ("é1", True),
        ("ß", True),
        ("Kassa", False),
        ("2a", False),
        ("_a", False),
        ("a b", False),
        ("a-b", False),
    ],
)
def test_short_names(given: str, good: bool) -> None:
    assert jsonschema.Draft202012Validator({"pattern": schemas.REFERENCE["pattern"]}).is_valid(given) == good
    assert accepted(parse_id, given) == good


def accepted(parse: Callable[..., Any], given: str) -> bool:
    """Whether the program itself takes the text, in a file that settles to the öre."""
    try:
        parse(given, SimpleNamespace(context=Context(rounding="öre")))
    except PydanticCustomError:
        return False
    return True


# --- what an editor shows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_field_of_every_format_is_described(name: str) -> None:
    """Nothing may be null, nothing is called by the program's own names, and every field says what it is."""

    def parts(schema: Any) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            yield schema
        for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            yield from parts(value)

    schema = json_schema(model_of(name), name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in parts(schema):
        assert part.get("type") != "null" and "default" not in part and not any("‹" in str(key) for key in part)
        if isinstance(part.get("properties"), dict):
            assert part["additionalProperties"] is False
            for field, says in part["properties"].items():
                assert says.get("description"), field


def test_the_command(socsam: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "socsam.schema.json"
    told = socsam("schema", "--output", out)
    assert told.status == 0 and told.out == f"# yaml-language-server: $schema={out.as_posix()}\n"
    printed = socsam("schema")
    assert json.loads(printed.out) == json.loads(out.read_text(encoding="utf-8"))
    assert socsam("schema", "socsam/11").status == 2 and "did you mean `socsam/1`?" in socsam("schema", "socsam/11").err
