"""Settlements as the sheets of a workbook: overview, frame, settlement, payments, balances, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...engine.results import Settlement, YearResult
from ..render.sheets import Amount, Column, Row, Sheet
from ..told.notes import notes
from ..told.pen import STATUS, gained
from ..told.words import Words
from .book import Book, Part
from .settlement_sheets import SETTLED, settlement_sheets


def sheets(settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words, unit: str | None = None) -> list[Sheet]:
    """The sheets of one agreement or several. ``unit`` None is that of the first file; years are those to show."""
    book = Book(settled, words, unit or settled[0][0].agreement.unit)
    parts = [*settlement_sheets(book), _expectations(book), _sources(book)]
    heading, amounts = title(settled, words), words("Amounts in {unit}", unit=book.unit)
    return [
        Sheet(part.name, f"{heading}: {part.name}. {amounts}.", part.columns, part.rows, part.kept)
        for part in [_overview(book), *parts]
        if part.rows
    ]


def title(settled: Sequence[tuple[Settlement, Sequence[YearResult]]], words: Words) -> str:
    """What the workbook is about."""
    return settled[0][0].agreement.area if len(settled) == 1 else words("Settlements")


def _overview(book: Book) -> Part:
    """A row a year, every amount taken live from its sheet; with one agreement, the years added up."""
    words = book.words
    everybody = [(settlement, party) for settlement, year in book.years for party in year.parties]
    if book.several:
        shown = list(dict.fromkeys(party.role for _, party in everybody))
        titles = {role: words("settled {party}", party=words(role.replace("_", " "))) for role in shown}
    else:
        shown = [name for name in book.settled[0][0].agreement.parties if any(party.id == name for _, party in everybody)]
        titles = {name: words("settled {party}", party=name) for name in shown}
    part = book.part(
        words("Overview"),
        ("status", words("status"), "text"),
        ("final", words("frame"), "plain"),
        ("actual", words("actual cost"), "plain"),
        *((figure, words(figure), "signed") for figure in ("result", "shared", "kept")),
        *((SETTLED + key, titles[key], "signed") for key in shown),
        ("carried", words("carried"), "plain"),
    )
    for number, (settlement, year) in enumerate(book.years):
        cells: dict[str, str | int | Amount] = {**book.label(settlement, year), "status": words(STATUS[year.status])}
        for column in ("final", "actual", "result", "shared", "kept"):
            units = year.totals.units("final_frame" if column == "final" else column)
            cells[column] = book.linked(settlement, units, [(number, column)])
        for key in shown:
            held = [party for party in year.parties if key == (party.role if book.several else party.id)]
            if not held:
                continue  # nobody of this kind takes part in the year
            amounts = [party.units("settled") for party in held]
            known = [amount for amount in amounts if amount is not None]
            whole = sum(known) if len(known) == len(held) else None
            cells[SETTLED + key] = book.linked(settlement, whole, [(number, SETTLED + party.id) for party in held])
        carried = [holder.units("carried") for holder in (*year.parties, year.body)]
        waiting = None if None in carried else sum(amount for amount in carried if amount and amount > 0)
        cells["carried"] = Amount(book.exact(settlement, waiting).value, book.balances_of.get(number))
        part.rows.append(Row(cells))
    if not book.several and len(part.rows) > 1:
        _over_the_years(book, part, [column.key for column in part.columns if column.kind != "text" and column.key != "carried"])
    return part


def _expectations(book: Book) -> Part:
    """What should come out, and what did."""
    words = book.words
    part = book.part(
        words("Expectations"),
        ("figure", words("figure"), "text"),
        *((figure, words(figure), "signed") for figure in ("expected", "computed", "difference")),
        ("met", words("met"), "text"),
        *((key, words(title), "text") for key, title in (("source", "source"), ("known_error", "known error"))),
    )
    for settlement, year in book.years:
        for held in year.expectations:
            kind = "signed" if gained(held.path) else "plain"
            stated = {"expected": held.expected, "computed": held.computed}
            amounts = {key: book.exact(settlement, units)._replace(kind=kind) for key, units in stated.items()}
            apart = None if held.computed is None else held.computed - held.expected
            amounts["difference"] = Amount(book.exact(settlement, apart).value, part.terms("computed − expected"))
            texts = {"figure": held.path, "met": words("yes") if held.met else words("no")}
            texts |= {"source": held.source or "", "known_error": held.known_error or ""}
            part.rows.append(Row({**book.label(settlement, year), **texts, **amounts}))
    return part


def _sources(book: Book) -> Part:
    """Assumptions, sources and notes, each once."""
    words = book.words
    labels = [Column("area", words("area"), "text")] if book.several else []
    columns = [
        *labels,
        Column("about", words("about"), "text"),
        Column("kind", words("kind"), "text"),
        Column("text", words("text"), "text"),
    ]
    part = Part(words("Sources and assumptions"), columns, 1)
    for settlement, years in book.settled:
        label: dict[str, str | int | Amount] = {"area": settlement.agreement.area} if book.several else {}
        for line in settlement.agreement.assumptions:
            part.rows.append(Row({**label, "kind": words("assumption"), "text": line}))
        held = dict.fromkeys(entry for year in years for entry in notes(settlement.agreement, year))
        for about, source, note in held:
            for kind, text in ((words("source"), source), (words("note"), note)):
                if text:
                    part.rows.append(Row({**label, "about": about, "kind": kind, "text": text}))
    return part


def _over_the_years(book: Book, part: Part, keys: Sequence[str]) -> None:
    sums: dict[str, Amount] = {}
    for key in keys:
        cells = [row.cells[key] for row in part.rows if key in row.cells]
        values = [cell.value if isinstance(cell, Amount) else None for cell in cells]
        known = [value for value in values if value is not None]
        sums[key] = Amount(sum(known, Decimal(0)) if len(known) == len(values) else None)
    part.total({"status": book.words("total")}, 0, sums)
