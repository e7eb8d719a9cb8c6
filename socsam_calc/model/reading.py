"""How a field of a file is read: from the text that stands there, with what the rest of the file says, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError, core_schema
from pydantic_core.core_schema import ValidationInfo

from . import misspelt
from .meant import meant

LONGEST: Final = 60
"""No number anybody means has more characters than this."""

UNFILLED: Final = "???"
"""What stands in a starting file where a figure is to be filled in."""


class Strict(BaseModel):
    """A part of a file: frozen once read, and with no field that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Context(NamedTuple):
    """What a validator must know of the rest of the file.

    A set is None, and ``unit`` or ``rounding`` empty, where that part of the file is itself refused.
    """

    unit: str = "kr"
    rounding: str = "kr"
    parties: frozenset[str] | None = None
    activities: frozenset[str] | None = None
    series: frozenset[str] | None = None
    keys: frozenset[str] | None = None
    first_year: int | None = None
    last_year: int | None = None
    called: tuple[tuple[str, str], ...] = ()
    """Full name and short name of what the file names, for who writes the one in the place of the other."""


class Reads:
    """Says how a field is read: by ``parse``, which is given the value and what is known of the file; and what an editor may expect there.

    Put into ``Annotated``. Pydantic's own markers would do, but importing them costs as much as building all our models.
    """

    __slots__ = ("parse", "schema")

    def __init__(self, parse: Callable[[Any, ValidationInfo], Any], schema: dict[str, Any]) -> None:
        self.parse, self.schema = parse, schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return dict(self.schema)


class Shapes:
    """Says that a field may be written as one word, as entries, or as a list, and which type each of these has.

    The shape alone decides, so that a mistake inside one way of writing is never also reported as not being another. Entries may be
    told apart further: ``weights`` are those that hold the name `weights`, ``tables`` those of which one holds entries itself.
    """

    __slots__ = ("types",)

    def __init__(self, *, word: Any = None, entries: Any = None, items: Any = None, weights: Any = None, tables: Any = None) -> None:
        stated = {"‹word›": word, "‹entries›": entries, "‹items›": items, "‹weights›": weights, "‹tables›": tables}
        self.types = {shape: kind for shape, kind in stated.items() if kind is not None}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        choices = {shape: handler.generate_schema(kind) for shape, kind in self.types.items()}
        return core_schema.tagged_union_schema(choices, self._shape)

    def _shape(self, value: Any) -> str:
        shape = self._of_entries(value) if isinstance(value, dict) else "‹items›" if isinstance(value, list) else "‹word›"
        return shape if shape in self.types else next(iter(self.types))

    def _of_entries(self, value: dict[Any, Any]) -> str:
        if "‹weights›" in self.types and "weights" in value:
            return "‹weights›"
        tables = "‹tables›" in self.types and any(isinstance(entry, dict) for entry in value.values())
        return "‹tables›" if tables else "‹entries›"


class Apart:
    """Says of a part of a file that few files have it: how it is read is only made where one does, for that takes longer than reading it."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: type[BaseModel], handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(partial(_apart, source))

    @staticmethod
    def schema_of(schema: Any) -> core_schema.CoreSchema:
        """How the part is read, from what stands in its place."""
        (part,) = schema["function"]["function"].args
        part.model_rebuild()
        made: core_schema.CoreSchema = part.__pydantic_core_schema__
        return made


def _apart(part: type[BaseModel], value: Any, info: ValidationInfo) -> BaseModel:
    return part.model_validate(value, context=info.context)


class Exactly(str):
    """A share, percentage or number that the program put in the place of a written one: ``exact`` is its value, the text only shows it."""

    __slots__ = ("exact",)
    exact: Fraction

    def __new__(cls, text: str, exact: Fraction) -> Exactly:
        made = super().__new__(cls, text)
        made.exact = exact
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.exact


class Later(NamedTuple):
    """A remedy that takes a search, made when it is told: a file may hold many more slips than are told of it."""

    made: Callable[[], str]

    def __str__(self) -> str:
        return ""  # what stands in Pydantic's own message, which nobody reads


def problem(code: str, text: str, remedy: str | Later = "") -> PydanticCustomError:
    """A finding inside a validator, in the form that the loader turns into a Problem."""
    return PydanticCustomError("socsam", "{text}", {"code": code, "text": text, "remedy": remedy})


def told(finding: PydanticCustomError | Mapping[str, Any]) -> tuple[str, str, str]:
    """The code, the text and the remedy of such a finding, or of its context."""
    context: Mapping[str, Any] = finding if isinstance(finding, Mapping) else finding.context or {}
    remedy = context["remedy"]
    return context["code"], context["text"], remedy.made() if isinstance(remedy, Later) else remedy


def refuse(code: str, *signs: tuple[bool, str, str]) -> None:
    """Raise the first of these findings that shows: whether it does, what is wrong, and what would be right."""
    for shows, text, remedy in signs:
        if shows:
            raise problem(code, text, remedy)


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    if isinstance(value, str):
        return f"`{value}`" if len(value) <= LONGEST else f"`{value[:LONGEST]}…`"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "an empty value" if value is None else f"`{value}`"


def scalar_text(value: Any, wanted: str, remedy: str = "", *, longest: int | None = LONGEST) -> str:
    """The scalar's text, stripped; refuses collections (``remedy`` says what to write instead), empty values and texts that are far too long."""
    if isinstance(value, Exactly):
        return value
    if not (value is None or isinstance(value, str)):
        raise problem("not-a-scalar", f"{shown(value)} stands where {wanted} should be", remedy or f"write {wanted}")
    stripped = (value or "").strip()
    if not stripped:
        raise problem("empty-value", "no value stands here", f"write {wanted}, or take the line away")
    if stripped == UNFILLED:
        raise problem("not-filled-in", f"`{UNFILLED}` is still to be filled in", f"write {wanted} in its place")
    if longest is not None and (wrong := misspelt.quoted(stripped)):
        raise problem("quotes", *wrong)
    if longest is not None and len(stripped) > longest:
        raise problem("too-long", f"{shown(stripped)} is too long to be {wanted}", f"write {wanted}")
    return stripped


def context_of(info: ValidationInfo) -> Context:
    return info.context if isinstance(info.context, Context) else Context()


def one_of(text: str, words: Collection[str]) -> str:
    """The remedy for a text that is none of these words."""
    near = meant(text, words)
    return f"did you mean `{near}`?" if near else f"write one of {', '.join(f'`{word}`' for word in words)}"


def choice(*words: str, what: str = "a word", schema: dict[str, Any] | None = None) -> Reads:
    """A validator for one of a few words; ``schema`` is what an editor may expect, the bare words where it is None."""

    def parse(value: Any, info: ValidationInfo | None = None) -> str:
        text = scalar_text(value, what)
        if text not in words:
            raise problem("bad-choice", f"{shown(text)} is not {what}", Later(partial(one_of, text, words)))
        return text

    return Reads(parse, schema or {"enum": list(words)})
