"""Results as rows for programs: what CSV files and data frames are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Final, NamedTuple

from ...problems import OutputError

Value = str | int | None
"""What stands in a field: text, yes or no, or a number, one with decimals written out as ``Kronor``; None where there is or is known none."""

ORE: Final = 2
"""The decimals of an amount in kronor."""


class Field(NamedTuple):
    """A column: its name, and how many decimals its numbers have at most, 0 where they are whole; None for text, and for yes or no.

    ``unit`` is what they count: `kr` for amounts, `%`; empty for years, numbers of something, and what varies from row to row.
    """

    name: str
    places: int | None = None
    unit: str = ""


class Records(NamedTuple):
    """Rows, each with a value for every field. ``rows`` may come one by one, and then only once."""

    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]


Columns = Sequence[Iterable[Value]]
"""Rows by their columns, one for each field; what is the same in all of them may be a ``repeat``."""


class Interleaved:
    """Rows by their columns, some at a time: the first row of each case, the second of each … told a case after the other."""

    def __init__(self, pieces: Iterable[Sequence[Columns]]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[Sequence[Value]]:
        return chain.from_iterable(
            chain.from_iterable(zip(*(zip(*columns, strict=False) for columns in piece), strict=True)) for piece in self.pieces
        )


def texts(*names: str) -> list[Field]:
    """Fields of text."""
    return [Field(name) for name in names]


def numbers(places: int, *names: str) -> list[Field]:
    """Fields of numbers with at most so many decimals."""
    return [Field(name, places) for name in names]


def amounts(places: int, *names: str) -> list[Field]:
    """Fields of amounts in kronor."""
    return [Field(name, places, "kr") for name in names]


def percents(places: int, *names: str) -> list[Field]:
    """Fields of percentages."""
    return [Field(name, places, "%") for name in names]


def frame(records: Records, library: str | None, *, units: bool = False) -> Any:
    """The records as a data frame of ``library``, `pandas` or `polars`; None is the first of them that is installed.

    Columns of whole numbers are Int64; other numbers are exact decimals (Decimal objects in pandas, Decimal in polars). What they count
    stands in the names of the columns where ``units`` are asked for, and in pandas always in ``attrs["units"]``. Raises OutputError
    where there is no such library.
    """
    module = _library(library)
    rows = list(records.rows)
    names = {field: _named(field) if units else field.name for field in records.fields}
    made = module.DataFrame(
        {
            names[field]: _series(module, [row[number] for row in rows], field.places)
            for number, field in enumerate(records.fields)
        }
    )  # fmt: skip
    if module.__name__ == "pandas":
        made.attrs["units"] = {name: field.unit for field, name in names.items() if field.unit}
    return made


def _named(field: Field) -> str:
    """The name of a column with its unit, which a name may have already."""
    unit = {"%": "percent"}.get(field.unit, field.unit)
    return field.name if unit in field.name else f"{field.name}_{unit}"


def _series(module: Any, values: Sequence[Value], places: int | None) -> Any:
    pandas = module.__name__ == "pandas"
    if places == 0:
        return module.Series(values, dtype="Int64" if pandas else module.Int64)
    if places is not None:
        exact = [None if value is None else Decimal(value) for value in values]
        return module.Series(exact, dtype=object if pandas else module.Decimal(38, places))
    if any(isinstance(value, bool) for value in values):
        return module.Series(values, dtype="boolean" if pandas else module.Boolean)
    plain = [None if value is None else str(value) for value in values]
    return module.Series(plain, dtype="str" if pandas else module.String)


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
