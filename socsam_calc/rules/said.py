"""What a rule says, in both languages: texts with values that are written out only when the language and the unit are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Language = Literal["en", "sv"]


class Years(tuple[int, ...]):
    """Years, written as runs: 1998–2000, 2002."""

    __slots__ = ()

    def __str__(self) -> str:
        years = sorted(self)
        breaks = [0, *(place for place, (before, after) in enumerate(pairwise(years), 1) if after != before + 1), len(years)]
        runs = [years[start:end] for start, end in pairwise(breaks)]
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class Money(NamedTuple):
    """An amount in the agreement's rounding units, written with the file's unit."""

    units: int


class Said(NamedTuple):
    """A text in both languages. ``values`` fill its braces; they may be texts of this kind themselves."""

    en: str
    sv: str
    values: Mapping[str, Any] = {}


Value = str | int | date | Years | Money | Said | Sequence[Any]


def say(en: str, sv: str, **values: Value) -> Said:
    """A text in both languages with its values."""
    return Said(en, sv, values)


def write(value: Any, language: str, amount: Callable[[int], str]) -> str:
    """A Value as a person reads it in ``language`` (`en` or `sv`); ``amount`` writes a count of rounding units."""
    if isinstance(value, Said):
        text = value.sv if language == "sv" else value.en
        return fill(text, value.values, language, amount)
    if isinstance(value, Money):
        return amount(value.units)
    if isinstance(value, (str, int, date, Years)):
        return str(value)
    return ", ".join(write(entry, language, amount) for entry in value)


def fill(text: str, values: Mapping[str, Any], language: str, amount: Callable[[int], str]) -> str:
    """A text with its values written out."""
    return text.format(**{name: write(value, language, amount) for name, value in values.items()}) if values else text


def words(names: Iterable[str], meanings: Mapping[str, Said]) -> list[Said]:
    """The names of a file's vocabulary in plain words."""
    return [meanings[name] for name in names]


def act(section: str) -> Said:
    """A place in the Act, lag (1994:566)."""
    return Said(f"Act {section}", f"Lagen {section}")


def pm(heading: str) -> Said:
    """A heading of the memorandum to circular 1995:101."""
    return Said(f"PM “{heading}”", f"PM ”{heading}”")


def report(place: str) -> Said:
    """A section or table of the final report of 2001."""
    return Said(f"Report {place}", f"Rapporten {place.replace('table', 'tabell').replace('“', '”')}")


ARITHMETIC = Said("arithmetic", "räkning")
READING = Said("this program's reading", "programmets egen läsning")

SOURCES = (
    Said(
        "Act: lag (1994:566) om lokal försöksverksamhet med finansiell samordning mellan socialförsäkring, hälso- och sjukvård och socialtjänst, as amended through SFS 2002:1139.",
        "Lagen: lag (1994:566) om lokal försöksverksamhet med finansiell samordning mellan socialförsäkring, hälso- och sjukvård och socialtjänst, ändrad till och med SFS 2002:1139.",
    ),
    Said("PM: the memorandum to circular 1995:101, by its headings.", "PM: promemorian till cirkulär 1995:101, efter dess rubriker."),
    Said(
        "Report: Riksförsäkringsverket and Socialstyrelsen, SOCSAM – försök med politisk och finansiell samordning, 29 November 2001.",
        "Rapporten: Riksförsäkringsverket och Socialstyrelsen, SOCSAM – försök med politisk och finansiell samordning, 29 november 2001.",
    ),
)
"""What the short names of the sources stand for."""
