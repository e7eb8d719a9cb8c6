"""The sources and notes that an agreement states, as far as a year's result rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.results import YearResult
from ...model.agreement import Agreement


def notes(agreement: Agreement, year: YearResult) -> Iterator[tuple[str, str | None, str | None]]:
    """Whose source and note may be shown with a year: an id, or nothing for the file itself, with both."""
    yield "", agreement.source, agreement.note
    yield str(year.year), year.source, year.note
    yield from ((party.id, agreement.parties[party.id].source, agreement.parties[party.id].note) for party in year.parties)
    yield from ((row.id, agreement.activities[row.id].source, agreement.activities[row.id].note) for row in year.activities)
    yield from ((name, series.source, series.note) for name, series in agreement.series.items())
