"""What the headings of a table of figures mean: columns and kinds of amounts, in English or Swedish, and the unit beside one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from ...model.meant import SWEDISH_WORDS, meant
from ...money import ORE_PER

KINDS: Final = ("frame", "actual", "estimate")
BREAKDOWN: Final = ("account", "object")
"""Columns that say what of an activity a row is: several rows of one activity and year are then added."""
COLUMNS: Final = ("year", "month", "activity", "party", *KINDS, *BREAKDOWN)
YEARLY_COLUMNS: Final = ("activity", "party", "figure")
HEADINGS: Final = frozenset({*COLUMNS, *YEARLY_COLUMNS} - {"month", *BREAKDOWN})
"""What shows that a table holds figures of ours."""
SWEDISH: Final = {
    "år": "year", "verksamhet": "activity", "part": "party", "huvudman": "party", "uppgift": "figure",
    "månad": "month", "konto": "account", "objekt": "object", "belopp": "amount",
    "ram": "frame", "utfall": "actual", "prognos": "estimate", "beräknat utfall": "estimate",
}  # fmt: skip
"""What stands for a heading in Swedish, for the column `figure` too; the first of several is the one that messages name and workbooks of ours have."""

UNIT_BESIDE: Final = re.compile(
    r"(?P<name>.*?)(?:\s*[(\[]\s*(?:i\s+)?(?P<inside>[^()\[\]]+?)\s*[)\]]|(?:\s*,\s*|[\s_]+)(?:i\s+)?(?P<after>(?:1 000|[^\W_]+)(?: kr| kronor)?))"
)
"""A heading with something beside it that may be a unit: in brackets, behind a comma, or as another word."""


def meaning(heading: str) -> str:
    """The column or the figure that a heading names, in English where it is one of ours, in capitals or not."""
    name = " ".join(unicodedata.normalize("NFC", heading).lower().split())
    return SWEDISH.get(name, name)


def head_of(heading: str) -> tuple[str, str]:
    """What a heading names, and the unit that it states beside it or nothing: `Ram (tkr)`, `utfall, mkr`, `1998 i tkr`, `frame (1 000 kr)`."""
    name = meaning(heading)
    match = UNIT_BESIDE.fullmatch(name)
    if match is None or name in SWEDISH:
        return name, ""
    stated = match["inside"] or match["after"]
    unit = stated if stated in ORE_PER else meant(stated, ORE_PER) if stated in SWEDISH_WORDS else None
    return (meaning(match["name"]), unit) if unit is not None else (name, "")


def swedish(columns: Iterable[str]) -> list[str]:
    """What stands for these columns in Swedish."""
    return [heading for heading, column in SWEDISH.items() if column in columns]


def listed(columns: Sequence[str], word: str = "or") -> str:
    """Columns as a message names them, each with its Swedish heading: `frame` (`ram`) or `actual` (`utfall`)."""
    *most, last = [f"`{column}` (`{swedish([column])[0]}`)" for column in columns]
    return f"{', '.join(most)} {word} {last}" if most else last
