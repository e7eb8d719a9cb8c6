"""What may stand where the cursor is: fields, words such as the kinds of cost, and the names that the file gives its own things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from ..model.key_words import KEY_WORDS
from ..model.paths import Spot as Way
from ..model.paths import spots, value_at
from ..model.reading import Context, Reads
from ..problems import Path
from ..report.told.words import Words
from ..source.document import FORMATS, context, model_of
from ..source.ours import is_ours
from ..source.schema import descriptions
from ..source.yaml import read
from .cursor import Spot, lines_of, spot
from .opinions import format_of

Kind = Literal["field", "word", "name"]

_OF_THE_FILE: Final = ("parties", "activities", "series", "keys")
_WORDS: Final = (*KEY_WORDS, "rest", "others", "body", "outcome")
"""Words with a meaning of their own where a name of the file may stand as well."""
_NONSENSE: Final = "no_such_name_in_any_file"
"""A reader that takes this takes anything, and there is nothing to propose."""


class Proposal(NamedTuple):
    """Something that may stand here: a field, a word of the format, or a name of the file; ``detail`` is what the file calls it."""

    kind: Kind
    label: str
    detail: str = ""
    says: str = ""
    marked: bool = False


def proposals(text: str, line: int, column: int, words: Words) -> list[Proposal]:
    """What may stand at a line and a column, both from 0; nothing in a file that is none of ours."""
    if not is_ours(text) or (here := spot(text, line, column)) is None:
        return []
    format_ = _format(text)
    model = model_of(format_)
    data = recovered(text, line)
    known = context(data)
    if here.name is not None:
        return list(_values(model, here, data, known, words))
    there = value_at(data, here.holder)
    taken = (here.beside | set(there if isinstance(there, dict) else ())) - {here.whole}
    return [one for one in _names(model, here.holder, data, known, words) if one.label not in taken]


def _format(text: str) -> str:
    """The format whose fields are proposed; that of an agreement while the line that states it is still being written."""
    named = format_of(text)
    return named if named in FORMATS else next((one for one in FORMATS if f"format: {one}" in text), "socsam/1")


def recovered(text: str, line: int) -> dict[str, Any]:
    """What the file states; without the line that is being written where it is no YAML with it, and its names alone where it is none without."""
    lines = lines_of(text)
    for tried in (text, "\n".join([*lines[:line], "", *lines[line + 1 :]])):
        data = read(tried, "").data
        if isinstance(data, dict):
            return data
    return {part: names for part in _OF_THE_FILE if (names := _named_under(lines, part))}


def _named_under(lines: list[str], part: str) -> dict[str, Any]:
    """The names that stand below a part of the file, each line by itself."""
    found: dict[str, Any] = {}
    for number, line in enumerate(lines):
        here = spot(line, 0, len(line.rstrip())) if line.startswith(" ") and ":" in line else None
        if here is not None:
            within = spot("\n".join(lines[: number + 1]), number, len(line) - len(line.lstrip()))
            name = line.split(":")[0].strip("\"' ")
            if within is not None and within.holder == (part,) and name:
                found[name] = {}
    return found


# --- names: fields, and what a mapping of the file is keyed by -------------------------------------------------------------------


def _names(model: type[BaseModel], holder: Path, data: Mapping[str, Any], known: Context, words: Words) -> Iterator[Proposal]:
    for annotation, _ in spots(model, holder):
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from _fields(annotation, words)
        elif get_origin(annotation) is dict:
            key = get_args(annotation)[0]
            marks = getattr(key, "__metadata__", ())
            yield from _read(marks, data, known, words)


def _fields(model: type[BaseModel], words: Words) -> Iterator[Proposal]:
    said = descriptions(model)
    for name, field in model.model_fields.items():
        shown = field.alias or name
        if not shown.startswith("‹"):
            own = next((mark.schema.get("description", "") for mark in field.metadata if isinstance(mark, Reads)), "")
            text = said.get(name) or own
            yield Proposal("field", shown, says=words(text) if text else "")


# --- values --------------------------------------------------------------------------------------------------------------------


def _values(model: type[BaseModel], here: Spot, data: Mapping[str, Any], known: Context, words: Words) -> Iterator[Proposal]:
    seen: set[str] = set()
    ways: list[Way] = spots(model, here.path)
    if isinstance(here.name, str):  # one entry of a list may be written without its dash
        ways += [way for way in spots(model, (*here.path, 0)) if way.marks]
    for _, marks in ways:
        for one in _read(marks, data, known, words):
            if one.label not in seen:
                seen.add(one.label)
                yield one


def _read(marks: Any, data: Mapping[str, Any], known: Context, words: Words) -> Iterator[Proposal]:
    """What the reader of a value, or of a name, takes: the words that it lists, and those names of the file that it accepts."""
    for reader in [mark for mark in marks if isinstance(mark, Reads)][:1]:
        yield from listed(reader, words)
        if not _takes(reader, _NONSENSE, known):
            years = range(known.first_year, (known.last_year or known.first_year + 1) + 1) if known.first_year is not None else ()
            for word in (*_WORDS, *map(str, years)):
                if _takes(reader, word, known) and word not in reader.schema.get("examples", ()):
                    yield Proposal("word", word)
            for part in _OF_THE_FILE:
                entries = data.get(part)
                for name, entry in entries.items() if isinstance(entries, dict) else ():
                    if _takes(reader, name, known):
                        called = entry.get("name") if isinstance(entry, dict) else None
                        yield Proposal("name", name, called if isinstance(called, str) else "")


def listed(reader: Reads, words: Words) -> Iterator[Proposal]:
    """The words that the schema of a value lists, each with its text; those that the law keeps out are marked."""
    schema = reader.schema
    for word in schema.get("enum", [schema["const"]] if "const" in schema else schema.get("examples", ())):
        yield Proposal("word", str(word).lower() if isinstance(word, bool) else str(word))
    for one in schema.get("anyOf", ()):
        if "const" in one:
            yield Proposal("word", one["const"], says=words(one["description"]), marked=one.get("deprecated", False))


def _takes(reader: Reads, word: str, known: Context) -> bool:
    info: Any = SimpleNamespace(context=known)
    try:
        reader.parse(word, info)
    except PydanticCustomError:
        return False
    return True
