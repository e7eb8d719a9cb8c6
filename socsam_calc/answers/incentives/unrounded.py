"""The arithmetic of ``settlement.md`` §§ 1–4 without its rounding, over numbers that know how they move.

It serves one purpose: exact slopes. Amounts come from the engine and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...model.agreement import Agreement, YearBase
from ...model.sharing import Band, Sharing
from .germ import Germ, add

Costs = Mapping[tuple[int, str], Germ]
"""Costs by year and activity, in rounding units; what is missing is taken from the file."""

Cells = dict[str, Germ]


class Unrounded(NamedTuple):
    """One year: everything in rounding units, not rounded.

    ``bears`` is what a party bears in all, its contribution minus what it ends with (F_p − Q_p): together the cost and the uses.
    """

    frame: Germ
    contributions: Mapping[str, Germ]
    results: Mapping[str, Germ]
    before_bands: Germ
    withheld: Germ
    shared: Germ
    allocated: Mapping[str, Germ]
    bears: Mapping[str, Germ]


class NoWeights(Exception):
    """Nobody is there to bear an amount: the engine refuses such a year."""


def cost(agreement: Agreement, costs: Costs, year: int, activity: str) -> Germ:
    """What the activity cost in the year."""
    if (stated := costs.get((year, activity))) is not None:
        return stated
    return Germ((agreement.years[year].costs or {}).get(activity, 0))


def year_from_costs(agreement: Agreement, number: int, terms: Sharing, costs: Costs) -> Unrounded:
    """A year with costs by activity. Raises NoWeights where the engine would refuse it for want of anybody to bear an amount."""
    parties = agreement.parties_of(number)
    rows = _frame(agreement, number, costs)
    finals = {name: add(cells.values()) for name, cells in rows.items()}
    contributions = {party: add(cells[party] for cells in rows.values() if party in cells) for party in parties}
    results = {name: finals[name] - cost(agreement, costs, number, name) for name in rows}
    before = {name: results[name] * terms.share_of(name) for name in rows}
    whole = add(before.values())
    frame = add(finals.values())
    shared = through_bands(terms, whole, frame)
    withheld = whole - shared
    shared_rows = dict(before)
    if withheld.sign:
        bearing = {name: abs(amount) for name, amount in before.items() if amount.sign == whole.sign}
        sizes = add(bearing.values())
        shared_rows |= {name: before[name] - withheld * (size / sizes) for name, size in bearing.items()}
    kept: Cells = {party: Germ(0) for party in parties}
    for name, cells in rows.items():
        amount = results[name] - shared_rows[name]
        if not amount.sign:
            continue
        for party, part in _spread(amount, _funders(agreement, name, cells, contributions)).items():
            kept[party] += part
    allocated = divide(terms, shared, parties, contributions)
    stated_uses = agreement.years[number].uses
    used = _spread(Germ(sum(use.amount for use in stated_uses)), weights(terms, "surplus", parties, contributions)) if stated_uses else {}
    bears = {party: contributions[party] - kept[party] - allocated[party] + used.get(party, Germ(0)) for party in parties}
    return Unrounded(frame, contributions, results, whole, withheld, shared, allocated, bears)


def through_bands(terms: Sharing, before: Germ, frame: Germ) -> Germ:
    """§ 3.2: what of S⁰ is really shared."""
    scale = terms.scale(before.sign)
    if scale is None or not before.sign:
        return before
    size, below, inside = abs(before), Germ(0), Germ(0)
    for band in scale:
        upper = size if band.to is None else min(size, limit(band, frame))
        if below < upper:
            inside += (upper - below) * band.shared
            below = upper
    return inside if before.sign > 0 else -inside


def limit(band: Band, frame: Germ) -> Germ:
    """A band's upper limit."""
    assert band.to is not None
    return frame * band.to if isinstance(band.to, Fraction) else Germ(band.to)


def weights(terms: Sharing, sign: str, parties: Sequence[str], contributions: Mapping[str, Germ]) -> Cells:
    """The weights of the key for a sign."""
    key = terms.surplus if sign == "surplus" else terms.deficit
    if key == "equal":
        return {party: Germ(1) for party in parties}
    if key == "frame":
        return {party: contributions[party] for party in parties}
    assert isinstance(key, dict)
    return {party: Germ(key.get(party, Fraction(0))) for party in parties}


def divide(terms: Sharing, shared: Germ, parties: Sequence[str], contributions: Mapping[str, Germ]) -> Cells:
    """§ 4: T."""
    if not shared.sign:
        return {party: Germ(0) for party in parties}
    return _spread(shared, weights(terms, "surplus" if shared.sign > 0 else "deficit", parties, contributions))


def _spread(amount: Germ, by: Mapping[str, Germ]) -> Cells:
    """An amount divided by weights."""
    whole = add(by.values())
    if not whole.sign:
        raise NoWeights
    return {party: amount * (weight / whole) for party, weight in by.items()}


def _funders(agreement: Agreement, name: str, cells: Cells, contributions: Mapping[str, Germ]) -> Mapping[str, Germ]:
    """§ 3.4: who keeps what is not shared of a row, with weights."""
    if any(cell.sign for cell in cells.values()):
        return cells
    performer = agreement.performer(name)
    return {performer: Germ(1)} if performer != "body" else contributions


# --- § 1 ---------------------------------------------------------------------------------------------------------------


def _frame(agreement: Agreement, number: int, costs: Costs) -> dict[str, Cells]:
    year = agreement.years[number]
    rows = {name: _row(agreement, number, name, costs) for name in agreement.rows(number)}
    for correction in year.corrections:
        cells = rows[correction.activity]
        amount = Germ(correction.amount) if correction.amount is not None else add(cells.values()) * (correction.percent or Fraction(0))
        if amount.sign:
            _enter(cells, _over(agreement, correction.activity, amount, cells))
    for conversion in year.conversions:
        leaving = _spread(Germ(conversion.amount), rows[conversion.from_])
        _enter(rows[conversion.from_], {party: -part for party, part in leaving.items()})
        _enter(rows[conversion.to], leaving)
    return rows


def _enter(cells: Cells, parts: Mapping[str, Germ]) -> None:
    for party, part in parts.items():
        cells[party] = cells.get(party, Germ(0)) + part


def _over(agreement: Agreement, name: str, amount: Germ, cells: Cells) -> Cells:
    """An amount over a row's cells; the funder's where all are zero."""
    if any(cell.sign for cell in cells.values()):
        return _spread(amount, cells)
    funder = agreement.activities[name].funder
    if funder is None:
        raise NoWeights
    return {funder: amount}


def _row(agreement: Agreement, number: int, name: str, costs: Costs) -> Cells:
    """The cells after the national adjustment."""
    activity, year = agreement.activities[name], agreement.years[number]
    months = Fraction(agreement.period.months(number), 12)
    if agreement.based(number, name):
        assert activity.adjust is not None and activity.funder is not None
        series = agreement.series[activity.adjust]
        now = series.outcome.get(number, series.forecast.get(number))
        assert now is not None, "refused by the model: what an adjusted row needs"
        if isinstance(activity.base, YearBase):
            return {activity.funder: Germ(activity.base.amount * now / series.outcome[activity.base.year] * months)}
        before = number - 1
        return {
            activity.funder: cost(agreement, costs, before, name)
            * (now / series.outcome[before] * months * 12 / agreement.period.months(before))
        }
    stated = year.frame.get(name, {})
    given = (
        {activity.funder or "": stated}
        if isinstance(stated, int)
        else {party: stated[party] for party in agreement.parties_of(number) if party in stated}
    )
    cells = {party: Germ(amount * (months if year.annual_amounts else 1)) for party, amount in given.items()}
    if activity.adjust == "outcome":
        amount = cost(agreement, costs, number, name)
        return _over(agreement, name, amount, cells) if amount.sign else {party: Germ(0) for party in cells}
    if activity.adjust is not None:
        series = agreement.series[activity.adjust]
        if number in series.outcome and cells:
            ratio = series.outcome[number] / series.forecast[number]
            return {party: cell * ratio for party, cell in cells.items()}
    return cells
