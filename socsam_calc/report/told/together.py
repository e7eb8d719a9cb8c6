"""Several years of one agreement together: who pays whom, year by year and net, and the one sentence that a board needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ...engine.payments import fewest_payments
from ...engine.results import YearResult
from .pen import Pen
from .tables import Block, Cell, Column, Lines, keyed


def paid_years(years: list[YearResult]) -> list[YearResult]:
    """The years whose payments are more than planned."""
    return [year for year in years if year.payments and year.status != "budget"]


def payments_over_the_years(pen: Pen) -> Iterator[Block]:
    """Who pays whom in each of several years, and what these come to net, in the fewest payments; nothing where fewer than two have payments."""
    years = paid_years(pen.years)
    if len(years) < 2:
        return
    words = pen.words
    order = _order(pen)
    pairs = sorted(
        {(payment.payer, payment.payee) for year in years for payment in year.payments}, key=lambda pair: [order.index(one) for one in pair]
    )
    columns = [Column(words(title), False, key=title) for title in ("from", "to")]
    columns += [Column(str(year.year), key=str(year.year)) for year in years]
    rows = []
    for pair in pairs:
        cells = {"from": Cell(pen.node(pair[0])), "to": Cell(pen.node(pair[1]))}
        for year in years:
            own = [at for at, payment in enumerate(year.payments) if (payment.payer, payment.payee) == pair]
            if own:
                figures = " ".join(f"{year.year}.payments.{at}" for at in own)
                cells[str(year.year)] = pen.plain(sum(year.payments[at].amount for at in own), figures)
        rows.append(cells)
    yield keyed(words("Payments"), columns, rows)
    lines = [Cell(line) for line in told_payments(pen, net_payments(pen, years))] or [Cell(words("Nobody pays anybody."))]
    yield Lines(words("Net over {years}", years=span(years)), lines)


Paid = tuple[str, str, int]
"""Who pays, whom, and how much in rounding units."""


def net_payments(pen: Pen, years: Iterable[YearResult]) -> list[Paid]:
    """What the payments of these years come to together, in the fewest payments."""
    left: Counter[str] = Counter()
    for year in years:
        for payer, payee, amount in year.payments:
            left[payer] -= amount
            left[payee] += amount
    return [(payer, payee, amount) for payer, payee, amount in fewest_payments([(one, left[one]) for one in _order(pen)])]


def told_payments(pen: Pen, payments: Iterable[Paid]) -> list[str]:
    """Each payment in words."""
    return [
        pen.words(
            "{payee} receives {amount} from {payer}", payee=pen.node(payee), amount=pen.scale.with_unit(amount), payer=pen.node(payer)
        )
        for payer, payee, amount in payments
    ]


def _order(pen: Pen) -> list[str]:
    return [*pen.agreement.parties, "body"]


def for_the_board(pen: Pen) -> Iterator[Block]:
    """What came of the years shown, and who bore or gained it, in one sentence; nothing where that is not known."""
    if sentence := what_came_of(pen, pen.years):
        yield Lines("", [Cell(sentence)])


def what_came_of(pen: Pen, shown: Iterable[YearResult], most: int | None = None) -> str:
    """What came of these years, and who bore or gained it, in one sentence; plans are left out.

    Empty where a part of that is not known, or there is no result. Of more than ``most`` who bore or gained something it says how many they are.
    """
    years = [year for year in shown if year.settled and year.status != "budget"]
    settled = [(party.id, party.units("settled")) for year in years for party in year.parties]
    if not years or any(units is None for _, units in settled):
        return ""
    words = pen.words
    ends: Counter[str] = Counter()
    for party, units in settled:
        ends[party] += units or 0
    moved = [(year.reserve.units("set_aside") or 0) - (year.reserve.units("divided") or 0) for year in years if year.reserve is not None]
    touched = [(pen.node(party), ends[party]) for party in pen.agreement.parties if ends[party]]
    if most is not None and len(touched) > most:
        sides = [[units for _, units in touched if (units > 0) is gained] for gained in (True, False)]
        touched = [(words("{number} parties", number=len(side)), sum(side)) for side in sides if side]
    touched += [(words("own capital"), sum(moved))] if sum(moved) else []
    used, amount = sum(year.totals.units("uses") or 0 for year in years), pen.scale.with_unit
    parts = [
        words("{party} gained {amount}" if units > 0 else "{party} bore {amount}", party=party, amount=amount(abs(units)))
        for party, units in touched
    ]
    parts += [words("{amount} was used in the area", amount=amount(used))] if used else []
    whole = the_result(pen, years)
    sentence = f"{whole}; {', '.join(parts)}." if parts else f"{whole}."
    if estimated := [year.year for year in years if year.status == "estimate"]:
        sentence += " " + words("Estimated: {years}.", years=", ".join(map(str, estimated)))
    return sentence


def the_result(pen: Pen, years: list[YearResult]) -> str:
    """What came of these years together, as the beginning of a sentence."""
    result = sum(year.totals.units("result") or 0 for year in years)
    kind = "surplus" if result > 0 else "deficit" if result < 0 else "none"
    when = "one" if len(years) == 1 else "several"
    return pen.words(_BOARD[when, kind], years=span(years), result=pen.scale.with_unit(abs(result)))


_BOARD: Final = {
    ("one", "surplus"): "In {years} the surplus was {result}",
    ("one", "deficit"): "In {years} the deficit was {result}",
    ("one", "none"): "In {years} there was neither surplus nor deficit",
    ("several", "surplus"): "Over {years} the surplus was {result}",
    ("several", "deficit"): "Over {years} the deficit was {result}",
    ("several", "none"): "Over {years} there was neither surplus nor deficit",
}


def span(years: list[YearResult]) -> str:
    """The first year and the last."""
    return str(years[0].year) if len(years) == 1 else f"{years[0].year}–{years[-1].year}"
