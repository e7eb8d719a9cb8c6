"""The JSON Schema, held by an independent validator against files as an editor reads them (YAML 1.2, core schema)."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import EXAMPLES, ROOT
from language_client import editor
from programs import npm_package, program
from pydantic_core import PydanticCustomError
from test_init import filled

from socsam_calc import AgreementError, Problem, init, load
from socsam_calc.model import schemas
from socsam_calc.model.reading import UNFILLED, Context
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


def problems(file: Path) -> Sequence[Problem]:
    """What the program says of it."""
    try:
        load(file)
    except AgreementError as error:
        return error.problems
    return ()


IN_AN_EDITOR = (
    "bad_date", "bad_number", "bad_percent", "bad_year", "bad_yes", "bands_without_end", "bare_share", "capital_name", "comma_with_three_digits",
    "conversion_of_nothing", "correction_twice", "empty_value", "english_comma", "many_problems", "missing_fields", "name_with_space",
    "negative_cost", "negative_frame", "not_filled_in", "percent_for_amount", "plus_sign", "reserved_key", "reserved_name", "reserved_party",
    "share_above_whole", "share_by_zero", "share_text", "text_amount", "thousands_point", "two_outcomes", "unknown_amount_unit", "unknown_cost",
    "unknown_field", "unknown_field_below", "unknown_role", "unknown_unit", "weight_below_zero", "weight_with_a_comma", "wrong_format",
    "wrong_groups", "wrong_shape",
)  # fmt: skip
"""Refused files in which an editor marks the very line."""


def codes(file: Path) -> set[str]:
    """What is wrong in the file itself; what a ledger beside it holds, no editor sees."""
    return {problem.code for problem in problems(file) if problem.place.file == str(file)}


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
    assert jsonschema.Draft202012Validator(schemas.AMOUNT).is_valid(given) == good
    assert accepted(parse_amount, given) == good


@pytest.mark.parametrize(
    ("given", "good"),
    [
        ("31 %", True), ("31,25 %", True), ("100 %", True), ("0 %", True), ("1/3", True), ("0,31", True), ("1", True), ("0.5%", True),
        ("101 %", False), ("31", False), ("1/0", False), ("−5 %", False), ("rest", False), ("half", False), ("1,5", False),
    ],
)  # fmt: skip
def test_shares(given: str, good: bool) -> None:
    assert jsonschema.Draft202012Validator(schemas.SHARE).is_valid(given) == good
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
    assert jsonschema.Draft202012Validator(schemas.REFERENCE).is_valid(given) == good
    assert accepted(parse_id, given) == good


def accepted(parse: Callable[..., Any], given: str) -> bool:
    """Whether the program itself takes the text, in a file that settles to the öre."""
    try:
        parse(given, SimpleNamespace(context=Context(rounding="öre")))
    except PydanticCustomError:
        return False
    return True


# --- the programs that read it ---------------------------------------------------------------------------------------------

NUMBERS = [int(1e9), 0, -5, 2.5, True, None, [], {}, "???", " ", "12 191"]


def test_what_is_wrong_is_told_in_words_and_not_as_a_pattern() -> None:
    """A validator quotes a constant: of whatever stands where an amount should be, it says how one is written."""
    validator = jsonschema.Draft202012Validator(schemas.COST)
    refused = {str(value): error.message for value in NUMBERS for error in validator.iter_errors(value)}
    assert list(refused) == ["-5", "True", "None", "[]", "{}", "???", " "]
    assert set(refused.values()) == {"'an amount of 0 or more, written 12 191 or 1 089,50 or 51 mkr' was expected"}


def test_every_kind_of_cost_has_a_text_and_those_that_may_not_be_in_the_frame_are_marked() -> None:
    cost = json_schema(model_of("socsam/1"), "socsam/1")["$defs"]["Activity"]["properties"]["cost"]
    *kinds, _ = cost["anyOf"]
    assert all(kind["description"] for kind in kinds)
    assert [kind["const"] for kind in kinds if kind.get("deprecated")] == [
        "disability_support",
        "disability_pension",
        "unemployment_benefit",
        "labour_market_measures",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_it_compiles_where_unknown_words_loose_types_and_fields_are_refused(name: str) -> None:
    """ajv in its strictest mode."""
    script = "const A = require('ajv/dist/2020'); new A({strict: true}).compile(JSON.parse(require('fs').readFileSync(0)))"
    done = subprocess.run(
        [program("node", "nodejs"), "-e", script],
        check=False, input=json.dumps(json_schema(model_of(name), name)), cwd=npm_package("ajv", "8.20.0"), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def told_in_an_editor(texts: dict[str, str], schema: Path) -> dict[str, list[str]]:
    """What the YAML language server says of each text: ``line: message``."""
    settings = {"yaml": {"schemas": {schema.as_uri(): "*.yaml"}, "validate": True, "schemaStore": {"enable": False}}}
    server = npm_package("yaml-language-server", "2.0.0") / "node_modules" / ".bin" / "yaml-language-server"

    async def all_told() -> dict[str, list[str]]:
        async with editor([server, "--stdio"], settings=settings) as opened:
            for name, text in texts.items():
                opened.open(f"file:///{name}.yaml", re.sub("^# yaml-language-server: .*$", "#", text, flags=re.MULTILINE))
            told = {name: await opened.told(f"file:///{name}.yaml") for name in texts}
        return {name: [f"{one.range.start.line + 1}: {one.message}" for one in said] for name, said in told.items()}

    return asyncio.run(all_told())


def good_files() -> dict[str, str]:
    """Every example, every case of conformance, the README's agreement; and what ``init`` writes, filled in."""
    files = [*sorted(EXAMPLES.glob("*.yaml")), *CASES, ROOT / "tests" / "worked_example.yaml", ROOT / "tests" / "association.yaml"]
    texts = {f"{number}-{file.stem}": file.read_text(encoding="utf-8") for number, file in enumerate(files)}
    readme = re.search(r"```yaml\n(format: socsam/1\n.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert readme
    texts["readme"] = readme[1]
    for form in ("commissioning_association", "local_federation", "municipal_committee"):
        texts[form] = filled(init("Exempelby", form=form))  # type: ignore[arg-type]
    return {name: text for name, text in texts.items() if "format: socsam/1\n" in text}


@pytest.fixture
def schema_file(tmp_path: Path) -> Path:
    file = tmp_path / "socsam.schema.json"
    file.write_text(json.dumps(json_schema(model_of("socsam/1"), "socsam/1")), encoding="utf-8")
    return file


def test_an_editor_has_nothing_to_say_on_good_files(schema_file: Path) -> None:
    texts = good_files()
    assert len(texts) > 80
    assert {name: said for name, said in told_in_an_editor(texts, schema_file).items() if said} == {}


def test_of_a_starting_file_an_editor_says_one_plain_thing_at_each_gap(schema_file: Path) -> None:
    text = init("Exempelby")
    gaps = [number for number, line in enumerate(text.splitlines(), 1) if f": {UNFILLED}" in line.partition("#")[0]]
    (said,) = told_in_an_editor({"start": text}, schema_file).values()
    assert [int(one.partition(":")[0]) for one in sorted(said, key=lambda one: int(one.partition(":")[0]))] == gaps
    assert [one for one in said if not re.fullmatch(r'[0-9]+: Value (must be|is not accepted. Valid values:) "[^^\\]*"\.', one)] == []


SLIPS = {
    "98:": "Property 98 is not allowed.",
    "19980:": "Property 19980 is not allowed.",
    "199:": "Property 199 is not allowed.",
}


def test_an_editor_marks_what_a_schema_can_see(schema_file: Path) -> None:
    """Of the gallery of refused files: what is wrong is marked in its own line, in words that hold no pattern and no name of a class."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in BAD if file.stem in IN_AN_EDITOR}
    texts |= {
        slip: (ROOT / "tests" / "bad" / "bad_year.yaml").read_text(encoding="utf-8").replace("\n  98:", f"\n  {slip}") for slip in SLIPS
    }
    told = told_in_an_editor(texts, schema_file)
    assert {slip: [one.partition(": ")[2] for one in told[slip]] for slip in SLIPS} == {slip: [said] for slip, said in SLIPS.items()}
    for name in IN_AN_EDITOR:
        lines = {problem.place.line for problem in problems(ROOT / "tests" / "bad" / f"{name}.yaml")}
        assert lines & {int(one.partition(":")[0]) for one in told[name]}, (name, lines, told[name])
    everything = " ".join(one for said in told.values() for one in said)
    assert "not allowed schema" not in everything and "pattern" not in everything and "schema that is not allowed" not in everything


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
        if isinstance(part.get("title"), str):
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
