"""What a result rests on: the sources and notes that a file states, and what it assumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...engine.results import YearResult
from ...model.agreement import Agreement
from .tables import Cell, Lines
from .words import Words

Said = tuple[str, str | None, str | None]
"""Whose source and note it is, the source and the note."""


def notes(agreement: Agreement, year: YearResult) -> Iterator[Said]:
    """Whose source and note may be shown with a year: an id, or nothing for the file itself, with both."""
    yield "", agreement.source, agreement.note
    yield str(year.year), year.source, year.note
    yield from ((party.id, agreement.parties[party.id].source, agreement.parties[party.id].note) for party in year.parties)
    yield from ((row.id, agreement.activities[row.id].source, agreement.activities[row.id].note) for row in year.activities)
    yield from ((name, series.source, series.note) for name, series in agreement.series.items())


def sources_and_notes(said: Iterable[Said], words: Words) -> Iterator[Lines]:
    """Each source and note as a line of its own."""
    lines = []
    for label, source, note in said:
        whose = f"{label}: " if label else ""
        lines += [Cell(whose + words("Source: {text}", text=source))] if source else []
        lines += [Cell(whose + words("Note: {text}", text=note))] if note else []
    if lines:
        yield Lines(words("Sources and notes"), lines)


def assumptions(assumed: Iterable[str], words: Words) -> Iterator[Lines]:
    """What is assumed, as a list."""
    lines = [Cell(f"- {line}") for line in assumed]
    if lines:
        yield Lines(words("Assumptions"), lines)
