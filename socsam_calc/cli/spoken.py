"""The help of commands in the reader's language, with what the library under the commands says of its own: Usage, Options, default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final

from typer.core import TyperCommand

from ..report.told.words import LANGUAGES, Words

_TYPE: Final = re.compile(r" <(?:list\[)?(?:str|int)\]?>$")
_REQUIRED: Final = re.compile(r"\{([^{}]*?)(?:\.\.\.)?\}(\.\.\.)?")
_OPTIONAL: Final = re.compile(r"\[+([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?)\]+")
_EXTRA: Final = re.compile(r"(?:(?P<text>.*)  )?\[(?P<extra>[^\[\]]*)\]", re.DOTALL)


class Told:
    """What a command and the group of them have in common: their help is told in the language of the run, the context's object."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, _told_by(ctx, formatter))  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        super().format_usage(ctx, _told_by(ctx, formatter))  # type: ignore[misc]


class Command(Told, TyperCommand):
    """A command whose help is told in the language of the run."""


def _told_by(ctx: Any, formatter: Any) -> Formatter:
    return formatter if isinstance(formatter, Formatter) else Formatter(formatter, words_of(ctx))


def words_of(ctx: Any) -> Words:
    """The words of the run's language."""
    return words_in(ctx.obj)


def words_in(lang: object) -> Words:
    """The words of a language; English where it is none that there is."""
    return Words(lang if isinstance(lang, str) and lang in LANGUAGES else LANGUAGES[0])


def in_words(command: Any, words: Words) -> Any:
    """A command with its help, its options' and the names of what they take in these words."""
    command.help = help_in(command.help or "", words)
    command.epilog = told(command.epilog, words) if command.epilog else None
    for parameter in command.params:
        parameter.help = told(paragraph(parameter.help or ""), words)
        if parameter.metavar:
            parameter.metavar = told(parameter.metavar, words)
    return command


def help_in(text: str, words: Words) -> str:
    """A command's help, paragraph by paragraph; under the heading of examples stand commands, which are the same in every language."""
    return "\n\n".join(_part_in(part, words) for part in text.split("\n\n"))


def _part_in(part: str, words: Words) -> str:
    mark, heading, *lines = part.split("\n") if part.startswith("\b\n") else ("", part)
    return "\n".join([mark, told(heading, words), *lines]) if mark else told(paragraph(part), words)


def paragraph(text: str) -> str:
    """A paragraph as its translation stands under it: on one line."""
    return " ".join(text.split())


def told(text: str, words: Words) -> str:
    """A text in these words; one that they do not have stands as it is, as what a newer version of the library says."""
    return words(text) if words.has(text) else text


class Formatter:
    """What the library writes help with, in the words of a language; the library's names of types are no help, and are left out."""

    def __init__(self, formatter: Any, words: Words) -> None:
        self._formatter = formatter
        self._words = words

    def __getattr__(self, name: str) -> Any:
        return getattr(self._formatter, name)

    def write_usage(self, program: str, arguments: str = "", prefix: str | None = None) -> None:
        """The first line: the command and what it takes."""
        plain = _OPTIONAL.sub(lambda found: f"[{found[1]}]", _REQUIRED.sub(r"\1\2", arguments))
        pieces = [told(piece, self._words) for piece in plain.split(" ")]
        self._formatter.write_usage(program, " ".join(pieces), told(prefix or "Usage: ", self._words))

    def section(self, name: str) -> AbstractContextManager[None]:
        """A part of the help, such as that of the options."""
        part: AbstractContextManager[None] = self._formatter.section(told(name, self._words))
        return part

    def write_dl(self, rows: Iterable[tuple[str, str]], *given: Any, **named: Any) -> None:
        """A list of names and what they are."""
        self._formatter.write_dl(list(self._rows(rows)), *given, **named)

    def _rows(self, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for name, text in rows:
            found = _EXTRA.fullmatch(text)
            said = told((found["text"] or "") if found else text, self._words)
            extra = "; ".join(map(self._extra, found["extra"].split("; "))) if found else ""
            yield _TYPE.sub("", name), "  ".join(filter(None, (said, f"[{extra}]" if extra else "")))

    def _extra(self, extra: str) -> str:
        """Something in brackets behind an option's text: its default, that it is required, the range of its number."""
        name, colon, value = extra.partition(": ")
        return told(name, self._words) + colon + value
