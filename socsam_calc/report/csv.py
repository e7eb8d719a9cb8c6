"""Settlements as tidy CSV: one row per file, year and party, or per file, year and activity; amounts in kronor, exact."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from ..engine.results import ActivityResult, PartyResult, Result, Settlement, YearResult
from .json import kronor


def write(stream: TextIO, settled: Iterable[tuple[str, Settlement, Sequence[YearResult]]], *, rows: str, excel: bool) -> None:
    """Write the rows. ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas."""
    kind: type[Result] = PartyResult if rows == "parties" else ActivityResult
    labels = ["id", "name", "role"] if rows == "parties" else ["id", "name"]
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow(["file", "area", "year", "status", *labels, *kind.figures])
    for file, settlement, years in settled:
        for year in years:
            results: Sequence[Any] = year.parties if rows == "parties" else year.activities
            for result in results:
                texts = [file, settlement.agreement.area, year.year, year.status, *(getattr(result, label) for label in labels)]
                amounts = [_number(result.units(figure), result.rounding, excel) for figure in kind.figures]
                writer.writerow([*(harmless(text) if excel else text for text in texts), *amounts])


def _number(units: int | None, rounding: str, excel: bool) -> str:
    """An amount in kronor; empty where it does not exist or is not known."""
    amount = kronor(units, rounding)
    text = "" if amount is None else str(amount)
    return text.replace(".", ",") if excel else text


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
