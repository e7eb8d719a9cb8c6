"""Settlements as tidy CSV: one row per file, year and party, or per file, year and activity; amounts in kronor, exact."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from ..engine.results import Settlement, YearResult
from .records import heads, records


def write(stream: TextIO, settled: Iterable[tuple[str, Settlement, Sequence[YearResult]]], *, rows: str, excel: bool) -> None:
    """Write the rows. ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas."""
    labels, figures = heads(rows)
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow([*labels, *figures])
    for record in records(settled, rows):
        texts = map(harmless, record.labels) if excel else record.labels
        writer.writerow([*texts, *(_number(amount, excel) for amount in record.amounts)])


def _number(amount: int | str | None, excel: bool) -> str:
    """An amount in kronor; empty where it does not exist or is not known."""
    text = "" if amount is None else str(amount)
    return text.replace(".", ",") if excel else text


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
