"""Settlements as records, one for each party or activity of a year: what CSV rows and data frames are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ..engine.results import ActivityResult, PartyResult, Result, Settlement, YearResult
from ..problems import OutputError
from .json import kronor

_KINDS: Final[dict[str, tuple[type[Result], list[str]]]] = {
    "parties": (PartyResult, ["id", "name", "role"]),
    "activities": (ActivityResult, ["id", "name"]),
}


class Record(NamedTuple):
    """One row: its labels, and its amounts in kronor, exact; None where one does not exist or is not known."""

    labels: tuple[Any, ...]
    amounts: tuple[Any, ...]


def heads(rows: str) -> tuple[list[str], list[str]]:
    """The names of the labels and of the amounts; ``rows`` is `parties` or `activities`."""
    kind, labels = _KINDS[rows]
    return ["file", "area", "year", "status", *labels], list(kind.figures)


def records(settled: Iterable[tuple[str, Settlement, Sequence[YearResult]]], rows: str) -> Iterator[Record]:
    """The rows of the settlements, as they come."""
    kind, labels = _KINDS[rows]
    for file, settlement, years in settled:
        for year in years:
            results: Sequence[Any] = year.parties if rows == "parties" else year.activities
            for result in results:
                texts = (file, settlement.agreement.area, year.year, year.status, *(getattr(result, label) for label in labels))
                yield Record(texts, tuple(kronor(result.units(figure), result.rounding) for figure in kind.figures))


def frame(settled: Sequence[tuple[str, Settlement, Sequence[YearResult]]], rows: str, library: str | None) -> Any:
    """The records as a data frame of ``library``, `pandas` or `polars`; None is the first of them that is installed.

    Amounts are whole kronor (pandas Int64, polars Int64); where an agreement settles to the öre, exact decimals (Decimal objects in
    pandas, Decimal in polars). Raises OutputError where there is no such library.
    """
    module = _library(library)
    labels, figures = heads(rows)
    taken = list(records(settled, rows))
    columns: dict[str, Any] = {label: [record.labels[number] for record in taken] for number, label in enumerate(labels)}
    ore = any(settlement.agreement.rounding == "öre" for _, settlement, _ in settled)
    for number, figure in enumerate(figures):
        amounts = [record.amounts[number] for record in taken]
        if ore:
            exact = [None if amount is None else Decimal(amount) for amount in amounts]
            columns[figure] = (
                module.Series(exact, dtype=object) if module.__name__ == "pandas" else module.Series(exact, dtype=module.Decimal(38, 2))
            )
        else:
            columns[figure] = (
                module.Series(amounts, dtype="Int64") if module.__name__ == "pandas" else module.Series(amounts, dtype=module.Int64)
            )
    return module.DataFrame(columns)


def data_frame(columns: dict[str, list[Any]], library: str | None) -> Any:
    """A data frame of plain values. Raises OutputError where there is no such library."""
    return _library(library).DataFrame(columns)


def _library(name: str | None) -> Any:
    from importlib import import_module

    for wanted in ("pandas", "polars") if name is None else (name,):
        try:
            return import_module(wanted)
        except ImportError:
            continue
    raise OutputError(
        f"a data frame needs {name or 'pandas or polars'}\n   pip install {name or chr(39) + 'socsam-calc[notebook]' + chr(39)}"
    )
