"""What stands under a result: what its dashes stand for, the sources and notes that a file states, and what it assumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...amounts import DASH
from ...engine.results import YearResult
from ...model.agreement import Agreement
from .tables import Block, Cell, Lines
from .words import Words


def total_only(year: YearResult) -> bool:
    """Whether only the total result of the year is known."""
    return year.settled and year.body.units("paid") is None


def why_unknown(words: Words, years: Sequence[YearResult]) -> Iterator[Block]:
    """The lines that say what the dashes stand for; ``years`` are those of which only the total is known."""
    lines = [
        Cell(f"{DASH} {words(text)}")
        for holds, text in (
            (
                any(year.totals.units("final_frame") is None for year in years),
                "Where no frame is given, contributions and cost are not known.",
            ),
            (
                bool(years),
                "Where only the total result is known: what each activity cost, what each party paid, and payments are not.",
            ),
            (
                any(party.units("settled") is None for year in years for party in year.parties),
                "Where moreover only a part of the result is shared: what each party keeps and ends with is not known either.",
            ),
        )
        if holds
    ]
    if lines:
        yield Lines("", lines)


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
