"""Several agreements side by side: a line for each year, the parties by their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...engine.results import Settlement, YearResult
from .known import total_only, why_unknown
from .pen import ROLES
from .settlement import Writer
from .tables import Block, Cell, Column, Heading, Lines, Table
from .words import Words


def comparison(
    settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str | None = None, *, hints: bool = True
) -> Iterator[Block]:
    """Several agreements side by side: a line for each year, the parties by their roles, and what each agreement assumes."""
    unit = unit or settled[0][0].agreement.unit
    writers = [Writer(settlement, list(years), words, unit) for settlement, years in settled]
    roles = [role for role in ROLES if any(party.role == role for writer in writers for year in writer.years for party in year.parties)]
    columns = [Column(words("area"), False), Column(words("year"), False), Column(words("status"), False)]
    columns += [Column(words(title)) for title in ("frame", "result", "shared")]
    columns += [Column(words("settled {party}", party=words(ROLES[role]))) for role in roles] + [Column(words("carried"))]
    rows = [row for writer in writers for row in _compared(writer, roles)]
    yield Heading(f"{words('Settlements')}. {words('Amounts in {unit}', unit=unit)}.")
    yield Table("", columns, rows)
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
    assumed = [Cell(f"- {writer.agreement.area}: {line}") for writer in writers for line in writer.agreement.assumptions]
    if assumed:
        yield Lines(words("Assumptions"), assumed)
    if hints:
        yield Lines("", [Cell(words("One file alone, or `--year`, is shown in more detail."))])


def _compared(writer: Writer, roles: Sequence[str]) -> Iterator[list[Cell]]:
    """A line a year, with the parties added up by role."""
    for year in writer.years:
        path = f"{year.year}.totals"
        row = [Cell(writer.agreement.area), Cell(str(year.year)), Cell(writer.words(year.status))]
        row.append(writer.plain(year.totals.units("final_frame"), f"{path}.final_frame"))
        row += [writer.signed(year.totals.units(figure), f"{path}.{figure}") for figure in ("result", "shared")]
        for role in roles:
            parties = [party for party in year.parties if party.role == role]
            settled = [party.units("settled") for party in parties]
            known = [amount for amount in settled if amount is not None]
            figure = f"{year.year}.parties.{parties[0].id}.settled" if len(parties) == 1 else ""
            row.append(writer.signed(sum(known) if known and len(known) == len(settled) else None, figure))
        row.append(writer.plain(writer.waiting(year)))
        yield row


def _shares_a_role(writer: Writer) -> bool:
    """Whether two parties of the agreement have the same role."""
    roles = [party.role for party in writer.agreement.parties.values()]
    return len(set(roles)) < len(roles)
