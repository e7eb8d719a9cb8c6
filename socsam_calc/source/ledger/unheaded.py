"""A sheet that looks like figures, though its first row names no column: passed over, its money would be lost without a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from ...problems import Problem
from .ledger import HEADINGS, KINDS, Field, meaning

_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_NUMBER: Final = re.compile(r"[-−]?[0-9][0-9\s]*([.,][0-9]+)?( (öre|kr|tkr|mkr))?")
_ELSEWHERE: Final = "a sheet that is not to count goes into another workbook"


def unheaded(title: str, rows: Mapping[int, Mapping[int, Field]], activities: Collection[str]) -> Problem | None:
    """What is wrong with a sheet that names activities of the agreement beside numbers, as figures do; None for any other sheet.

    ``rows`` are those that hold something, in their order.
    """
    told = [[cell.text for cell in row.values()] for row in rows.values()]
    if not any(text in activities for texts in told for text in texts):
        return None
    amounts = meaning(title) in KINDS or _YEAR.fullmatch(title.strip()) is not None  # the sheet's own name says which amounts these are
    for (number, row), texts in zip(rows.items(), told, strict=True):
        place = next(iter(row.values())).place
        named = {meaning(text) for text in texts} & HEADINGS
        dated = [text for text in texts if _YEAR.fullmatch(text)]
        if len(named) > 1 or (named and dated):
            text = f"the columns are named in row {number}, and the first row names none"
            return Problem("figures", place, text, f"take away what stands above them; {_ELSEWHERE}")
        if not any(text in activities for text in texts):
            spoken = {meaning(word) for text in texts for word in re.findall(r"\w+", text)}
            amounts = amounts or bool(dated) or not spoken.isdisjoint(KINDS)  # a row of years, or headings such as `Ram 1998`
            continue
        numbers = [text for text in texts if _NUMBER.fullmatch(text)]
        if numbers and (amounts or len(numbers) > len(dated) > 0):
            text = "an activity stands here with amounts, but the first row of the sheet does not name its columns"
            wanted = "write `year`, `activity`, `frame` and `actual` there (or `år`, `verksamhet`, `ram` and `utfall`)"
            return Problem("figures", place, text, f"{wanted}; {_ELSEWHERE}")
    return None
