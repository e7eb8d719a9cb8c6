"""How often own capital ends a year at its floor, where the members begin to bear a deficit, or above its ceiling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from ...batch.engine import BatchResult
from ...engine.results import Settlement
from ...model.terms import terms_by_year
from ...problems import Path

Limit = Literal["floor", "ceiling"]


class Watched(NamedTuple):
    """Own capital of a settled year: the floor in rounding units, and the paths of its balance and its ceiling; None for what there is not."""

    year: int
    floor: int | None
    closing: str
    ceiling: str | None


def watched(settlement: Settlement, years: Iterable[int], drawn: Sequence[Path]) -> Iterator[Watched]:
    """The years in which a body has own capital. A floor that is drawn is no one amount, and is not watched."""
    terms, floor_drawn = terms_by_year(settlement.agreement), any(path[-1] == "floor" for path in drawn)
    for number in years:
        year = settlement.year(number)
        if year.reserve is not None:
            reserve, known = terms[number].reserve, year.reserve.units("ceiling") is not None
            floor = None if reserve is None or floor_drawn else reserve.floor.value
            yield Watched(number, floor, f"{number}.reserve.closing", f"{number}.reserve.ceiling" if known else None)


def counted(years: Iterable[Watched], settled: BatchResult) -> Counter[tuple[int, Limit]]:
    """In how many settled draws own capital ends at its floor or below it, and above its ceiling, by year."""
    found: Counter[tuple[int, Limit]] = Counter()
    for one in years:
        closing = settled.values[one.closing]
        if one.floor is not None:
            found[one.year, "floor"] += int(np.count_nonzero((closing <= one.floor) & ~settled.refused))
        if one.ceiling is not None:
            found[one.year, "ceiling"] += int(np.count_nonzero((closing > settled.values[one.ceiling]) & ~settled.refused))
    return found
