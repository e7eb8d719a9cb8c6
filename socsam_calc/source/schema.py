"""The JSON Schema of a file format, read from its model: what an editor offers, explains and flags while a file is written."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from .arguments import text
from .document import model_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(format_: str = "socsam/1") -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file format: ``socsam/1``, ``socsam-evaluation/1`` or ``socsam-scenarios/1``.

    What an editor offers, explains and flags while such a file is written. Raises OutputError for a format that the program does not read.
    """
    text("format_", format_)
    return json_schema(model_of(format_), format_)


def json_schema(model: type[BaseModel], format_: str) -> dict[str, Any]:
    """The schema of a file as YAML 1.2 reads it: years and dates are text where they are names, ``40 000`` is text, ``45800`` a number."""
    schema = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    return {"$schema": DIALECT, "title": format_, **schema}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, in the words of the format: nothing may be null, the names in a mapping are checked, and fields are described."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().model_schema(schema)
        cls: type[BaseModel] = schema["cls"]
        made.pop("title", None)
        if cls.__doc__:
            made["description"] = _plain(cls.__doc__.partition("\n\n")[0])
        described = descriptions(cls)
        for name, field in cls.model_fields.items():
            stated = made["properties"][field.alias or name]
            if name in described:
                stated["description"] = " ".join([described[name], *filter(None, [stated.get("description")])])
            if (field.alias or name).startswith("‹"):  # its entries stand in the file beside the other fields
                del made["properties"][field.alias or name]
                ((pattern, values),) = stated["patternProperties"].items()
                own = [other for other in made["properties"] if re.search(pattern, other)]
                made["patternProperties"] = {_but(own, pattern): values}
        return made

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        """The names are a pattern of properties, not a schema of their own: an editor's server hands a year to that as a number."""
        names = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        pattern = _pattern(names)
        return {
            "type": "object",
            **({"patternProperties": {pattern: values}} if pattern else {}),
            "additionalProperties": False if pattern else values,
        }

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    default_schema = nullable_schema

    def tagged_union_schema(self, schema: Any) -> JsonSchemaValue:
        return {"anyOf": [self.generate_inner(choice) for choice in schema["choices"].values()]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _pattern(names: JsonSchemaValue) -> str:
    """What a name looks like; nothing where any name may stand."""
    if "enum" in names:
        return f"^({'|'.join(map(re.escape, names['enum']))})$"
    if "pattern" not in names:
        return ""
    longest = f"(?=.{{1,{names['maxLength']}}}$)" if "maxLength" in names else ""
    return _but(names.get("not", {}).get("enum", ()), "^" + longest + names["pattern"].removeprefix("^"))


def _but(others: Sequence[str], pattern: str) -> str:
    """The pattern, for all names but these."""
    return f"^(?!({'|'.join(others)})$){pattern.removeprefix('^')}" if others else pattern


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field of a model. Read from the source, and only here: it would cost every start of the program."""
    found: dict[str, str] = {}
    for cls in reversed([cls for cls in model.__mro__ if issubclass(cls, BaseModel) and cls is not BaseModel]):
        body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, said in zip(body.body, body.body[1:], strict=False):
            match field, said:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = _plain(text)
    return found


def _plain(text: str) -> str:
    """A docstring as an editor shows it."""
    return " ".join(text.replace("``", "`").split())
