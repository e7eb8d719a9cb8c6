"""Records as tidy CSV: plain decimal points, empty where there is nothing; or as a Swedish Excel opens it."""

from __future__ import annotations

import csv
from typing import TextIO

from ..data.json import Kronor
from ..data.records import Records, Value


def write(stream: TextIO, records: Records, *, excel: bool = False) -> None:
    """Write the rows as they come. ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas."""
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow(field.name for field in records.fields)
    written = _for_excel if excel else _plain
    writer.writerows([written(value) for value in row] for row in records.rows)


def _plain(value: Value) -> Value:
    return str(value).lower() if isinstance(value, bool) else value


def _for_excel(value: Value) -> Value:
    """A number with a decimal comma; text that a spreadsheet would take for a formula, marked as text."""
    if isinstance(value, Kronor):
        return value.replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else _plain(value)
