"""The JSON Schema of a file format, read from its model: what an editor offers, explains and flags while a file is written."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ..model.reading import Apart
from ..model.schemas import having, named_by
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
    return {"$schema": DIALECT, **schema, "title": format_}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, in the words of the format: nothing may be null, the names in a mapping are checked, and fields are described."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().model_schema(schema)
        cls: type[BaseModel] = schema["cls"]
        made["title"] = re.sub("(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()  # what an editor calls it that finds something else there
        if cls.__doc__:
            made["description"] = _plain(cls.__doc__.partition("\n\n")[0])
        described = descriptions(cls)
        for name, field in cls.model_fields.items():
            stated = made["properties"][field.alias or name]
            if name in described:
                stated["description"] = " ".join([described[name], *filter(None, [stated.get("description")])])
            if (field.alias or name).startswith("‹"):  # its entries stand in the file beside the other fields
                ((pattern, entry),) = made["properties"].pop(field.alias or name)["patternProperties"].items()
                own = [other for other in made["properties"] if re.search(pattern, other)]
                made["patternProperties"] = {f"^(?!({'|'.join(own)})$){pattern.removeprefix('^')}" if own else pattern: entry}
        if needed := made.pop("required", None):  # beside the fields, an editor would offer all of them together, by the title
            made["allOf"] = [having(*needed)]
        return made

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        """Names by a pattern of properties: editors hand a name such as 1998 to ``propertyNames`` as a number, and skip its pattern."""
        names = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        if "enum" in names:
            return {"type": "object", "properties": dict.fromkeys(names["enum"], values), "additionalProperties": False}
        pattern = named_by(names)
        if pattern is None:
            return {"type": "object", "additionalProperties": values}
        return {"type": "object", "patternProperties": {pattern: values}, "additionalProperties": False}

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    default_schema = nullable_schema

    def function_plain_schema(self, schema: Any) -> JsonSchemaValue:
        """A part that is read apart; every other reader says itself what may stand there."""
        return self.generate_inner(Apart.schema_of(schema))

    def tagged_union_schema(self, schema: Any) -> JsonSchemaValue:
        ways = [self.generate_inner(choice) for choice in schema["choices"].values()]
        return {"anyOf": [one for way in ways for one in (way["anyOf"] if set(way) == {"anyOf"} else [way])]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def required_in(stated: Mapping[str, Any]) -> list[str]:
    """The fields that a part of a file must have, as its schema says."""
    return [name for part in stated.get("allOf", ()) for name in part["required"]]


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
