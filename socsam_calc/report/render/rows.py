"""Rows for programs: as tidy CSV, and as the sheets of a workbook with what is said beside them on a sheet of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat
from types import SimpleNamespace
from typing import Final, TextIO, assert_never

from ...engine.figures import ActivityResult, PartyResult
from ..data.json import Kronor
from ..data.records import Field, Interleaved, Records, Value
from ..told.tables import Bars, Block, Excerpts, Heading, Lines, Outline, Table
from ..told.words import Words
from .grid import Amount, Column, Row, Sheet
from .sheets import xlsx

_FIGURES: Final = {**ActivityResult.figures, **PartyResult.figures}
_SAID: Final = ("status", "role", "severity")
"""Columns of words of ours, which a person reads in the language asked for."""


def write(stream: TextIO, records: Records, words: Words, *, excel: bool = False) -> None:
    """Write the rows as they come. ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas.

    That one is for people: its headings, and what is a word of ours, are in ``words``. Programs find the same names in every language.
    """
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    if not excel:
        writer.writerow(field.name for field in records.fields)
        if isinstance(records.rows, Interleaved):
            stream.writelines(_lines(records.fields, records.rows))
            return
        writer.writerows([_plain(value) for value in row] for row in records.rows)
        return
    said = [field.name in _SAID for field in records.fields]
    writer.writerow(_heading(field.name, words) for field in records.fields)
    writer.writerows(
        [_for_excel(_in_words(value, words) if own or isinstance(value, bool) else value) for value, own in zip(row, said, strict=True)]
        for row in records.rows
    )


def _lines(fields: Sequence[Field], rows: Interleaved) -> Iterator[str]:
    """Rows by their columns as CSV, some at a time: what rows have in common is put into words once."""
    for piece in rows.pieces:
        known: dict[int, Iterable[str]] = {}
        for columns in piece:
            known |= {id(column): _written(field, column) for field, column in zip(fields, columns, strict=True) if id(column) not in known}
        lines = [map(",".join, zip(*(known[id(column)] for column in columns), strict=False)) for columns in piece]
        yield "".join(f"{line}\n" for of_case in zip(*lines, strict=True) for line in of_case)


def _written(field: Field, column: Iterable[Value]) -> Iterable[str]:
    """A column as it stands in CSV."""
    if isinstance(column, repeat):
        return repeat(*_written(field, [next(column)]))
    if field.places is not None:
        return ["" if value is None else str(value) for value in column]
    written: list[str] = []
    # a field alone in its row would be quoted where it is empty
    csv.writer(SimpleNamespace(write=written.append), lineterminator="").writerows((None, _plain(value)) for value in column)
    return [text[1:] for text in written]


def _heading(name: str, words: Words) -> str:
    """A column's heading; a path of the file, and a name that is none of ours, stays. A figure that has no shorter one is called by its words."""
    figure, difference, rest = name.rpartition("_difference")
    if difference and not rest:
        return words("{figure}, difference", figure=_heading(figure, words)) if words.has(f"column.{figure}") else name
    if words.has(f"column.{name}"):
        return words.of(f"column.{name}", name)
    return words(_FIGURES[name].words) if name in _FIGURES and words.has(_FIGURES[name].words) else name


def _in_words(value: Value, words: Words) -> Value:
    """A word of ours in the reader's language; true and false as a spreadsheet of that language knows them."""
    if isinstance(value, bool):
        code = f"value.{str(value).lower()}"
        return words.of(code, str(value).lower()) if words.has(code) else value
    return words(value.replace("_", " ")) if isinstance(value, str) and words.has(value.replace("_", " ")) else value


def _plain(value: Value) -> Value:
    return str(value).lower() if isinstance(value, bool) else value


def _for_excel(value: Value) -> Value:
    """A number with a decimal comma; text that a spreadsheet would take for a formula, marked as text."""
    if isinstance(value, Kronor):
        return value.replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else _plain(value)


UNIT: Final = "kr"
"""The unit of the amounts, as in CSV."""

_COUNTED: Final = ("year", "base_year", "line", "column", "step", "seed", "direction")
"""Whole numbers that are no amounts: years and places, which have no gaps between their digits."""


def workbook(kinds: Sequence[tuple[str, Records]], files: Sequence[str], blocks: Iterable[Block | Outline], words: Words) -> bytes:
    """The workbook's bytes: a sheet for each kind of rows, with its name in English, and one about them. ``blocks`` are those of the report in kronor.

    Raises OutputError when XlsxWriter is missing, or a number needs more digits than a spreadsheet keeps.
    """
    told = list(blocks)
    title = next((block.text for block in told if isinstance(block, Heading)), "") if len(files) == 1 else ""
    sheets = [_rows(name, title or words(name), records, words) for name, records in kinds]
    return xlsx([*(sheet for sheet in sheets if sheet.rows), _about(files, told, words)], title or words(kinds[0][0]))


def _rows(name: str, title: str, records: Records, words: Words) -> Sheet:
    columns = [
        Column(field.name, field.name, "text" if field.places is None or field.name in _COUNTED else "exact") for field in records.fields
    ]
    rows = [
        Row({column.key: _cell(column.key, value) for column, value in zip(columns, row, strict=True) if value not in (None, "")})
        for row in records.rows
    ]
    amounts = words("Amounts in {unit}", unit=UNIT)
    held = any(isinstance(cell, Amount) for row in rows for cell in row.cells.values())
    heading = title if amounts in title or not held else f"{title.rstrip('.')}. {amounts}."
    return Sheet(words(name), heading, columns, rows, 0)


def _cell(name: str, value: Value) -> str | int | Amount:
    """A value by what it is: yes or no, a number, text."""
    if isinstance(value, bool) or (isinstance(value, int) and name in _COUNTED):
        return value
    if isinstance(value, (int, Kronor)):
        return Amount(Decimal(value), kind="exact")
    return str(value)


def _about(files: Sequence[str], told: Iterable[Block | Outline], words: Words) -> Sheet:
    """The files, and all that the report says outside its tables: what is shown, bounds, assumptions, notes."""
    rows = [Row({"about": words("File"), "text": file}) for file in files if file]
    for block in told:
        match block:
            case Heading(text):
                rows.append(Row({"text": text}))
            case Lines(title, lines):
                rows += [Row({"about": title, "text": line.text.removeprefix("- ")}) for line in lines]
            case Table() | Bars() | Outline() | Excerpts():
                pass  # the rows say it
            case _:
                assert_never(block)
    return Sheet(words("About"), words("About"), [Column("about", words("about"), "text"), Column("text", words("text"), "text")], rows)
