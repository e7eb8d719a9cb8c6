"""The fields of the file formats as the guide lists them, read from the models: a new field is told as soon as it has its docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from ..model import schemas
from ..model.keys import percent_text
from ..report.told.words import Words
from ..source.document import FORMATS, model_of
from ..source.schema import descriptions, json_schema, required_in

_BLOCK: Final = re.compile(r"<!-- fields (\S+) (\w+) -->\n.*?<!-- /fields -->\n", re.DOTALL)

_KINDS: Final = {
    "amount": schemas.AMOUNT, "amount of 0 or more": schemas.COST, "amount above 0": schemas.POSITIVE, "share": schemas.SHARE,
    "share, or `rest` for one of them": schemas.SHARE_OR_REST, "percentage": schemas.PERCENT,
    "percentage of the final frame, or amount": schemas.LIMIT, "amount, or percentage of the budget": schemas.OF_BUDGET, "number above 0": schemas.NUMBER, "amount or index": schemas.LEVEL,
    "number of inhabitants": schemas.INHABITANTS, "years": schemas.SPAN, "count": schemas.COUNT, "year": schemas.YEAR,
    "date": schemas.DATE, "text": schemas.TEXT, "`true` or `false`": schemas.YES, "short name": schemas.REFERENCE,
    "number, with a unit if you like": schemas.QUANTITY, "dotted name": schemas.DOTTED_PATH,
    "number, with a unit if you like, or `months`": schemas.SPREAD,
    "account or range of accounts": schemas.ACCOUNT, "object": schemas.OBJECT, "dimension": schemas.DIMENSION,
}  # fmt: skip
_YEARS: Final = schemas.named_by(schemas.YEAR)
_ONE_OF: Final = {
    "parties": "PARTY", "activities": "ACTIVITY", "accounts": "ACTIVITY", "series": "SERIES", "items": "ITEM", "scenarios": "SCENARIO",
}  # fmt: skip
"""What stands in a path for a name that the file gives, by the field that holds it; a year is YEAR, anything else NAME."""

_MANY: Final = 3
"""More fields than this that hold the same part are told as one."""


class Part(NamedTuple):
    """A part of a format: a model, where in a file it stands, and its fields in the JSON Schema."""

    format: str
    name: str
    paths: tuple[str, ...]
    schema: Mapping[str, Any]
    model: type[BaseModel]


def parts(format_: str) -> list[Part]:
    """Every part of a format, the file itself first, then in the order in which a file comes to them."""
    root = model_of(format_)
    schema = json_schema(root, format_)
    schemas_ = {**schema.get("$defs", {}), root.__name__: schema}
    models = {model.__name__: model for model in _models(BaseModel)}
    found: dict[str, list[str]] = {root.__name__: [""]}
    _enter(found, schemas_, (root.__name__,), "")
    return [Part(format_, name, _shortened(paths), schemas_[name], models[name]) for name, paths in found.items()]


def _enter(found: dict[str, list[str]], schemas_: Mapping[str, Any], chain: tuple[str, ...], path: str) -> None:
    """Enter where the parts that the last part of ``chain`` holds stand; one that holds itself is not followed again."""
    for field, stated in schemas_[chain[-1]].get("properties", {}).items():
        for place, other in _parts_in(stated, f"{path}.{field}" if path else field, field):
            if other not in chain and place not in found.setdefault(other, []):
                found[other].append(place)
                _enter(found, schemas_, (*chain, other), place)


def _shortened(paths: Sequence[str]) -> tuple[str, ...]:
    """Many fields of one part that hold the same are told as one: `expect.FIGURE`."""
    parents = [path.rpartition(".")[0] for path in paths]
    told = [f"{parent}.FIGURE" if parents.count(parent) > _MANY else path for path, parent in zip(paths, parents, strict=True)]
    return tuple(dict.fromkeys(told))


def _parts_in(stated: Mapping[str, Any], path: str, field: str) -> Iterator[tuple[str, str]]:
    """The other parts that a field holds, each with its path."""
    if "$ref" in stated:
        yield path, stated["$ref"].rpartition("/")[2]
    for choice in stated.get("anyOf", ()):
        yield from _parts_in(choice, path, field)
    if "items" in stated:
        yield from _parts_in(stated["items"], path, field)
    for names, inner in _named(stated):
        yield from _parts_in(inner, f"{path}.{'YEAR' if names == _YEARS else _ONE_OF.get(field, 'NAME')}", field)


def _named(stated: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the entries of a mapping are, by the pattern of their names, which is empty where any name will do."""
    yield from stated.get("patternProperties", {}).items()
    if isinstance(inner := stated.get("additionalProperties"), dict):
        yield "", inner


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield from (model, *_models(model))


# --- told ----------------------------------------------------------------------------------------------------------------


def block(part: Part, words: Words) -> str:
    """The fields of a part as Markdown: where it stands, then an entry for each field."""
    if part.paths == ("",):
        where = words("Stands at the top of a file of the format {format}.", format=f"`{part.format}`")
    else:
        where = words("Stands at {paths}.", paths=", ".join(f"`{path}`" for path in part.paths))
    return "\n".join([where, "", *entries(part, words), ""])


def entries(part: Part, words: Words) -> Iterator[str]:
    """An entry for each field: its name, what may stand there, its default, and what it means."""
    said, required = descriptions(part.model), required_in(part.schema)
    for name, field in part.model.model_fields.items():
        shown = field.alias or name
        if shown.startswith("‹"):
            continue
        notes = [words("required")] if shown in required else []
        stated = part.schema["properties"][shown]
        notes.append(_kind(stated, words))
        if (default := _default(field.default)) is not None:
            notes.append(words("default {value}", value=f"`{default}`"))
        beside = "; ".join(filter(None, notes))
        yield f"- **`{shown}`**{f' ({beside})' if beside else ''}: {words(said.get(name) or stated['description'])}"


def _default(value: object) -> str | None:
    """A default as a file would state it; None where nothing stands for it."""
    if value is PydanticUndefined or value is None or value in ({}, []):
        return None
    if isinstance(value, Fraction):
        return percent_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(stated: Mapping[str, Any], words: Words) -> str:
    """What may stand in a field, in words."""
    plain = {name: value for name, value in stated.items() if name not in ("description", "title")}
    for kind, schema in _KINDS.items():
        if plain == {name: value for name, value in schema.items() if name != "description"}:
            return words(kind)
    if "enum" in plain:
        return _joined([f"`{word}`" for word in plain["enum"]], words)
    if "const" in plain:
        return f"`{plain['const']}`"
    if "$ref" in plain:
        return words("fields of its own")
    if "anyOf" in plain:
        return _choices(plain["anyOf"], words)
    if "items" in plain:
        return words("list of {entries}", entries=words("entries") if "$ref" in plain["items"] else _kind(plain["items"], words))
    if "properties" in plain:
        names = _joined([f"`{name}`" for name in plain["properties"]], words)
        return f"{names} → {_kind(next(iter(plain['properties'].values())), words)}"
    for names, inner in _named(plain):
        kinds = (kind for kind, schema in _KINDS.items() if names and names == schemas.named_by(schema))
        return f"{words(next(kinds, 'short name' if names else 'name'))} → {_kind(inner, words) or words('value')}"
    return ""


def _choices(choices: Sequence[Mapping[str, Any]], words: Words) -> str:
    """Ways to write one field; a word, or a list of such words, is told as that."""
    told = list(dict.fromkeys(filter(None, (_kind(choice, words) for choice in choices))))
    one = _joined(told[:-1], words)
    if len(told) > 1 and told[-1] == words("list of {entries}", entries=one):
        return words("{entry}; or a list of these", entry=one)
    return _joined(told, words)


def _joined(told: Sequence[str], words: Words) -> str:
    return "".join(told) if len(told) < 2 else words("{first} or {last}", first=", ".join(told[:-1]), last=told[-1])


# --- into the page ---------------------------------------------------------------------------------------------------------


def with_fields(page: str, words: Words) -> str:
    """The page with its lists of fields written anew from the models; a part that it does not have yet is put at its end."""
    all_parts = {(part.format, part.name): part for format_ in FORMATS for part in parts(format_)}
    shown: set[tuple[str, str]] = set()

    def anew(match: re.Match[str]) -> str:
        part = all_parts.get((match[1], match[2]))
        if part is None:
            return ""
        shown.add((part.format, part.name))
        return _marked(part, words)

    page = _BLOCK.sub(anew, page)
    for key, part in all_parts.items():
        if key not in shown:
            page = f"{page.rstrip()}\n\n## `{part.paths[0] or part.format}`\n{_marked(part, words)}"
    return page


def _marked(part: Part, words: Words) -> str:
    return f"<!-- fields {part.format} {part.name} -->\n{block(part, words)}<!-- /fields -->\n"
