"""The sheets of a workbook that hold the parts of a settlement: frame, settlement, payments, balances, split, shortfall."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...engine.figures import PartyResult
from ...engine.results import Settlement, YearResult
from ...model.terms import terms_by_year
from ..render.sheets import Amount, Row, Span, Spot
from ..told.known import total_only
from .book import Book, Part

_CELL: Final = "cell "
SETTLED: Final = "settled "
"""What a column's key begins with that shows what a party ends with."""

_CHANGES: Final = {"adjustment": "adjustment", "correction": "correction", "conversion": "conversion"}
_RESULTS: Final = {"result": "result", "shared": "shared", "kept": "kept"}
_ACTIVITY_FORMULAS: Final = {
    "final": "preliminary + adjustment + correction + conversion",
    "result": "final − actual",
    "kept": "result − shared",
}
_SETTLEMENT: Final = {
    "before_sharing": "before sharing", "kept": "kept", "allocated": "allocated", "used": "used", "settled": "settled",
    "transfer": "receives/pays",
}  # fmt: skip
_BALANCES: Final = {"brought": "carried in", "claim": "claim of the year", "transfer": "receives/pays", "carried": "carried"}


def settlement_sheets(book: Book) -> list[Part]:
    """The sheets in the order in which they are read; one without rows has nothing to show."""
    return [_frame(book), _settlement(book), _payments(book), _balances(book), _split(book), _shortfall(book)]


def _frame(book: Book) -> Part:
    """A row for each activity: preliminary + adjustment + correction + conversion = final, final − actual = result."""
    words = book.words
    parties = [] if book.several else list(book.settled[0][0].agreement.parties)
    part = book.part(
        words("Frame"),
        ("activity", words("activity"), "text"),
        ("name", words("name"), "text"),
        ("preliminary", words("preliminary"), "plain"),
        *((figure, words(title), "signed") for figure, title in _CHANGES.items()),
        ("final", words("final"), "plain"),
        *((_CELL + party, words("of which {party}", party=party), "plain") for party in parties),
        ("actual", words("actual cost"), "plain"),
        *((figure, words(title), "signed") for figure, title in _RESULTS.items()),
    )
    for number, (settlement, year) in enumerate(book.years):
        first = len(part.rows)
        label = book.label(settlement, year)
        for activity in year.activities:
            cells: dict[str, str | int | Amount] = {**label, "activity": activity.id, "name": activity.name}
            cells |= {figure: book.exact(settlement, activity.units(figure)) for figure in activity.figures}
            held = {party: cell.value for party, cell in activity.cells.items()}
            cells |= {_CELL + party: book.exact(settlement, held.get(party, 0)) for party in parties}
            for figure, text in _ACTIVITY_FORMULAS.items():
                cells[figure] = Amount(book.exact(settlement, activity.units(figure)).value, part.terms(text))
            part.rows.append(Row(cells))
        if year.activities:
            totals = {figure: book.exact(settlement, year.totals.units(figure)) for figure in ("actual", "result", "shared", "kept")}
            totals |= {
                figure: book.exact(settlement, sum(row.units(figure) or 0 for row in year.activities))
                for figure in ("preliminary", *_CHANGES, "final")
            }
            for party in parties:
                totals[_CELL + party] = book.exact(settlement, sum(row.cells[party].value for row in year.activities if party in row.cells))
            book.spots |= {(number, figure): part.here(figure) for figure in totals}
            part.total({**label, "activity": words("total")}, first, totals)
    return part


def _settlement(book: Book) -> Part:
    """A row for each party and the body: kept + allocated + used = settled. What the body is given to use it holds.

    Of a budget year what each party contributes is known, and nothing else.
    """
    words = book.words
    part = book.part(
        words("Settlement"),
        ("party", words("party"), "text"),
        ("name", words("name"), "text"),
        ("preliminary", words("preliminary"), "plain"),
        ("contribution", words("contribution"), "plain"),
        ("paid", words("actual cost"), "plain"),
        *((figure, words(title), "signed") for figure, title in _SETTLEMENT.items()),
    )
    for number, (settlement, year) in enumerate(book.years):
        budget = year.status == "budget"
        if budget and not year.activities:
            continue
        first, label = len(part.rows), book.label(settlement, year)
        entries = [(party.id, party.name, _of_party(year, party)) for party in year.parties]
        if not budget:
            entries.append((words("body"), "", _of_body(year)))
        for id_, name, figures in entries:
            cells: dict[str, str | int | Amount] = {figure: book.exact(settlement, units) for figure, units in figures.items()}
            cells["settled"] = Amount(book.exact(settlement, figures["settled"]).value, part.terms("kept + allocated + used"))
            book.spots[number, SETTLED + id_] = part.here("settled")
            part.rows.append(Row({**label, "party": id_, "name": name, **cells}))
        sums: dict[str, Amount] = {}
        for figure in _of_body(year):
            amounts = [figures[figure] for _, _, figures in entries]
            known = [amount for amount in amounts if amount is not None]
            whole = sum(known) if len(known) == len(amounts) else _known_total(year, figure)
            sums[figure] = book.exact(settlement, whole)
        book.spots[number, "settled"] = part.here("settled")
        part.total({**label, "party": words("total")}, first, sums)
    return part


def _payments(book: Book) -> Part:
    """A row for each payment, or why there is none."""
    words = book.words
    columns = (("from", words("from"), "text"), ("to", words("to"), "text"), ("amount", words("amount"), "plain"))
    part = book.part(words("Payments"), *columns, ("note", words("note"), "text"))
    for settlement, year in book.years:
        first, label = len(part.rows), book.label(settlement, year)
        for payer, payee, amount in year.payments:
            names = {key: words("body") if name == "body" else name for key, name in (("from", payer), ("to", payee))}
            part.rows.append(Row({**label, **names, "amount": book.exact(settlement, amount)}))
        if year.payments:
            whole = book.exact(settlement, sum(amount for _, _, amount in year.payments))
            part.total({**label, "from": words("total"), **_flow(book, settlement, year)}, first, {"amount": whole})
        else:
            part.rows.append(Row({**label, "note": words(_why_nobody_pays(year))}))
    return part


def _flow(book: Book, settlement: Settlement, year: YearResult) -> dict[str, str | int | Amount]:
    if terms_by_year(settlement.agreement)[year.year].flow != "real":
        return {}
    text = "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer."
    return {"note": book.words(text)}


def _balances(book: Book) -> Part:
    """Carried in + this year's claim − received or paid = carried; over all who take part each column comes to 0."""
    words = book.words
    part = book.part(
        words("Balances"),
        ("party", words("party"), "text"),
        *((figure, words(title), "signed") for figure, title in _BALANCES.items()),
    )
    for number, (settlement, year) in enumerate(book.years):
        if year.body.units("carried") is None:
            continue
        first, label = len(part.rows), book.label(settlement, year)
        holders = [(party.id, party) for party in year.parties] + [(words("body"), year.body)]
        for name, holder in holders:
            units = {figure: holder.units(figure) or 0 for figure in ("brought", "transfer", "carried")}
            claim = units["transfer"] + units["carried"] - units["brought"]
            cells = {figure: book.exact(settlement, amount) for figure, amount in {**units, "claim": claim}.items()}
            cells["carried"] = Amount(cells["carried"].value, part.terms("brought + claim − transfer"))
            part.rows.append(Row({**label, "party": name, **cells}))
        book.balances_of[number] = Span(Spot(part.name, first, "carried"), len(part.rows) - 1, positive=True)
        part.total({**label, "party": words("total")}, first, dict.fromkeys(_BALANCES, Amount(Decimal(0))))
    return part


def _split(book: Book) -> Part:
    """How the office's part is divided between it and the state."""
    words = book.words
    part = book.part(
        words("Office and state"),
        ("party", words("party"), "text"),
        *((key, words(title), "signed") for key, title in (("settled", "settled"), ("office", "falls to the office"), ("state", "falls to the state"))),
        ("limited", words("limited by the cap"), "text"),
    )  # fmt: skip
    for settlement, year in book.years:
        split = year.state_split
        if split is not None:
            amounts = {figure: book.exact(settlement, split.units(figure)) for figure in ("office", "state")}
            whole = book.exact(settlement, year.party(split.party).units("settled"))
            cells = {"settled": whole, **amounts, "state": Amount(amounts["state"].value, part.terms("settled − office"))}
            limited = words("yes") if split.limited else words("no")
            part.rows.append(Row({**book.label(settlement, year), "party": split.party, **cells, "limited": limited}))
    return part


def _shortfall(book: Book) -> Part:
    """What an association could not pay, by who adds it."""
    words = book.words
    part = book.part(words("Shortfall"), ("party", words("party"), "text"), ("amount", words("amount"), "plain"))
    for settlement, year in book.years:
        if year.shortfall is not None:
            first, label = len(part.rows), book.label(settlement, year)
            for party, added in year.shortfall.parties.items():
                part.rows.append(Row({**label, "party": party, "amount": book.exact(settlement, added.value)}))
            whole = book.exact(settlement, year.shortfall.amount.value)
            if year.shortfall.parties:
                part.total({**label, "party": words("total")}, first, {"amount": whole})
            else:
                part.rows.append(Row({**label, "party": words("total"), "amount": whole}, total=True))
    return part


def _of_party(year: YearResult, party: PartyResult) -> dict[str, int | None]:
    """A party's figures; what is used counts against it."""
    figures = {figure: party.units(figure) for figure in ("preliminary", "contribution", "paid", *_SETTLEMENT)}
    used = figures["used"]
    return {**figures, "used": None if used is None else -used}


def _known_total(year: YearResult, figure: str) -> int | None:
    """The sum of a column whose parts are not all known, where the year's total is."""
    total = {"settled": "result", "kept": "kept", "paid": "actual"}.get(figure)
    return None if total is None else year.totals.units(total)


def _of_body(year: YearResult) -> dict[str, int | None]:
    """The body's figures: it holds what is used, and what it brought before sharing is what the parties did not."""
    before = [party.units("before_sharing") for party in year.parties]
    result = year.totals.units("result") or 0
    known = all(party.units("settled") is not None for party in year.parties)
    put_in, uses = (None if year.totals.units("final_frame") is None else 0), year.totals.units("uses")
    return {
        "preliminary": put_in, "contribution": put_in, "paid": year.body.units("paid"),
        "before_sharing": None if None in before else result - sum(amount or 0 for amount in before),
        "kept": 0 if known else None, "allocated": 0, "used": uses, "settled": uses if known else None,
        "transfer": year.body.units("transfer"),
    }  # fmt: skip


def _why_nobody_pays(year: YearResult) -> str:
    if year.status == "budget":
        return "No cost is known yet."
    if total_only(year):
        return "Only the total result is known."
    return "Nobody pays anybody." if year.sharing.distribution else "No year of distribution: nothing moves this year."
