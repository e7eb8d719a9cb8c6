"""Several agreements side by side: a line for each year, the parties by their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...engine.results import Settlement, YearResult
from .known import total_only, why_unknown
from .notes import assumptions
from .overview import Groups, overview
from .settlement import Writer
from .tables import Block, Cell, Column, Heading, Lines, Table, on_screen
from .words import Words


def comparison(
    settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str | None = None, *, hints: bool = True
) -> Iterator[Block]:
    """Several agreements side by side: a line for each year, the parties by their roles, and what each agreement assumes."""
    unit = unit or settled[0][0].agreement.unit
    writers = [Writer(settlement, list(years), words, unit) for settlement, years in settled]
    groups = Groups.by_roles(writers, words)
    compared = [on_screen(overview(writer, groups)) for writer in writers]
    rows = [[Cell(writer.agreement.area), *row] for writer, table in zip(writers, compared, strict=True) for row in table.rows]
    yield Heading(f"{words('Settlements')}. {words('Amounts in {unit}', unit=unit)}.")
    yield Table("", [Column(words("area"), False), *compared[0].columns], rows)
    if any(_shares_a_role(writer) for writer in writers):
        yield Lines("", [Cell(words("Parties with the same role are added up."))])
    yield from why_unknown(words, [year for writer in writers for year in writer.years if total_only(year)])
    lines: list[Cell] = []
    for writer in writers:
        lines += writer.expectation_lines(
            [(year.year, expectation) for year in writer.years for expectation in year.expectations], writer.agreement.area
        )
    if lines:
        yield Lines(words("Expectations"), lines)
    yield from assumptions((f"{writer.agreement.area}: {line}" for writer in writers for line in writer.agreement.assumptions), words)
    if hints:
        yield Lines("", [Cell(words("One file alone, or `--year`, is shown in more detail."))])


def _shares_a_role(writer: Writer) -> bool:
    """Whether two parties of the agreement have the same role."""
    roles = [party.role for party in writer.agreement.parties.values()]
    return len(set(roles)) < len(roles)
