"""Settlements as rows: one per file, year and party, or per file, year and activity; amounts in kronor, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from ...engine.figures import ActivityResult, PartyResult, Result
from ...engine.results import Settlement, YearResult
from .json import kronor
from .records import ORE, Field, Records, Value, numbers, texts

Settled = tuple[str, Settlement, Sequence[YearResult]]
"""A file, what it comes to, and the years of it that were asked for."""

_KINDS: Final[dict[str, tuple[type[Result], list[str]]]] = {
    "parties": (PartyResult, ["id", "name", "role"]),
    "activities": (ActivityResult, ["id", "name"]),
}


def settlement_records(settled: Iterable[Settled], rows: str = "parties", *, places: int = ORE) -> Records:
    """The rows of the settlements, as they come. ``rows`` is `parties` or `activities`, ``places`` the decimals of the amounts."""
    kind, labels = _KINDS[rows]
    fields = [*texts("file", "area"), Field("year", 0), *texts("status", *labels), *numbers(places, *kind.figures)]
    return Records(fields, _rows(settled, kind, labels, rows))


def _rows(settled: Iterable[Settled], kind: type[Result], labels: Sequence[str], rows: str) -> Iterator[list[Value]]:
    for file, settlement, years in settled:
        for year in years:
            results: Sequence[Any] = year.parties if rows == "parties" else year.activities
            for result in results:
                amounts = (kronor(result.units(figure), result.rounding) for figure in kind.figures)
                yield [file, settlement.agreement.area, year.year, year.status, *(getattr(result, label) for label in labels), *amounts]
