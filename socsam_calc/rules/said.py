"""What a rule says: texts in English with values, written out only when the language and the unit are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ..model.keys import ABOUT, percent_text


class Years(tuple[int, ...]):
    """Years, written as runs: 1998–2000, 2002."""

    __slots__ = ()

    def __str__(self) -> str:
        years = sorted(self)
        breaks = [0, *(place for place, (before, after) in enumerate(pairwise(years), 1) if after != before + 1), len(years)]
        runs = [years[start:end] for start, end in pairwise(breaks)]
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class Money(NamedTuple):
    """An amount in the agreement's rounding units, written with the unit asked for."""

    units: int


class Ore(NamedTuple):
    """An amount of the books, in öre, written exactly in kronor."""

    ore: int


class Source(str):
    """A source as it is cited in English: an Act, the memorandum (PM) or the report, and the place in it."""

    __slots__ = ()


class Said(NamedTuple):
    """A text in English. ``values`` fill its braces; they may be texts of this kind themselves.

    Its Swedish stands under ``code`` where the English alone could mean several things.
    """

    text: str
    values: Mapping[str, Value] = {}
    code: str = ""


Value = str | int | date | Years | Money | Ore | Source | Said | Sequence["Value"]


def say(text: str, /, code: str = "", **values: Value) -> Said:
    """A text with its values."""
    return Said(text, values, code)


def percent(share: Fraction) -> Said:
    """A share as a percentage; as the fraction, too, where it does not end."""
    gaps = percent_text(share, "{share};{number}").split(";")
    return say(ABOUT, share=gaps[0], number=gaps[-1]) if len(gaps) > 1 else say("{percent}", percent=gaps[0])


def words(names: Iterable[str], meanings: Mapping[str, Said]) -> list[Said]:
    """The names of a file's vocabulary in plain words."""
    return [meanings[name] for name in names]


SOURCES = (
    say(
        "Act: lag (1994:566) om lokal försöksverksamhet med finansiell samordning mellan socialförsäkring, hälso- och sjukvård och socialtjänst, as amended through SFS 2002:1139."
    ),
    say(
        "Act of 2003: lag (2003:1210) om finansiell samordning av rehabiliteringsinsatser, as read in published texts through SFS 2011:1517."
    ),
    say(
        "FINSAM Act: lag (1992:863) om lokal försöksverksamhet med finansiell samordning mellan socialförsäkring och hälso- och sjukvård, as amended through SFS 1996:1540."
    ),
    say("guidance: what Nationella rådet writes on finsam.se, or Försäkringskassan in its paper of 22 January 2015; it is no law."),
    say("PM: the memorandum to circular 1995:101, by its headings."),
    say("Report: Riksförsäkringsverket and Socialstyrelsen, SOCSAM – försök med politisk och finansiell samordning, 29 November 2001."),
)
"""What the short names of the sources stand for."""
