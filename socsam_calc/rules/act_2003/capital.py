"""An association's own capital: results are carried from year to year, and are divided only when the association ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Final

from ...engine.results import YearResult
from ..facts import Case, by_value, year_path
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Money, Years, say
from . import rule


@rule(
    "SOC560",
    WARNING,
    """
    title: A result divided while the association lives
    statement: Results are the association's own capital: opening, contributions and costs make the closing balance, and nothing is paid
        out before the end.
    why: The money was put in for people who need several authorities at once. Paid back it is lost for that, and the members' books say
        that it was a claim, which the association's do not.
    remedy: Write `reserve:` under `sharing`, without a part for the members (`surplus: 100 %`, `deficit: 100 %`, `floor: 0`, `above:
        keep`), and `opening: {reserve: …}`.
    message: {years}, while the association lives: {what}
    sources: guidance, Försäkringskassan 2015-01-22
    """,
    reads="figures",
    supersedes=("SOC563",),
)
def nothing_paid_out(case: Case) -> Iterator[Hit]:
    parts = {
        year.year: part for year in case.settled_years if _before_the_end(case, year.year) and (part := _settled_with_members(case, year))
    }
    for sign, text in ((1, _DIVIDED), (-1, _BORNE)):
        told = {year: abs(part) for year, part in parts.items() if part * sign > 0}
        for place, years in by_value(told, lambda year: _keeps(case, year)).items():
            yield hit(place, years=years, what=say(text, amount=Money(sum(told[year] for year in years))))
        for place, years in by_value(case.agreement.years, partial(_gives_members, case, sign)).items():
            if silent := [year for year in years if year not in told]:
                yield hit(place, years=Years(silent), what=say(_TERMS[sign]))


_DIVIDED: Final = "{amount} of surplus is divided between the members"
_BORNE: Final = "the members bear {amount} of deficit, and the association still has own capital"
_TERMS: Final = {
    1: "by these terms a part of a surplus is divided between the members",
    -1: "by these terms the members bear a part of a deficit that own capital can carry",
}


def _before_the_end(case: Case, year: int) -> bool:
    """Whether what the year leaves is paid while the association lives."""
    paid = next((one for one in case.distribution_years() if one >= year), None)
    return paid is not None and paid != case.agreement.period.last_year


def _settled_with_members(case: Case, year: YearResult) -> int:
    """What of the year's result the members get (+) beyond what is used, or bear (−) while own capital is left; else 0."""
    divided = sum(party.units("allocated") or 0 for party in year.parties)
    if divided > 0:
        return max(0, divided - (year.totals.units("uses") or 0))
    left = year.reserve.units("closing") if year.reserve is not None and case.terms[year.year].reserve is not None else None
    return divided if left is not None and left > 0 else 0


def _gives_members(case: Case, sign: int, year: int) -> tuple[str | int, ...] | None:
    """Where the terms of the year give the members a part of a surplus (sign above 0) or of a deficit, whatever own capital is."""
    reserve = case.terms[year].reserve
    if reserve is None or not _before_the_end(case, year):
        return None
    part = reserve.surplus if sign > 0 else reserve.deficit
    if part.value < 1:
        return part.place
    return (*reserve.place, "above") if sign > 0 and reserve.divides_above else None


def _keeps(case: Case, year: int) -> tuple[str | int, ...]:
    """Where it stands what becomes of a surplus."""
    terms = case.terms[year]
    return terms.place("reserve") if terms.reserve is not None else terms.place("surplus")


@rule(
    "SOC563",
    WARNING,
    """
    title: Own capital not in the file
    statement: The file carries the association's own capital from year to year.
    why: What a year leaves is neither paid out nor lost: it is there when the next one begins. Without `reserve` the file settles it
        between the members, as claims that no agreement gives them, and nobody can hold the closing balance against the annual report.
    remedy: Write `reserve: {}` under `sharing` and the balance that the first year begins with under `opening: {reserve: …}`.
    message: {years}: the association's own capital is not in the file; what a year leaves is settled between the members
    sources: guidance, Försäkringskassan 2015-01-22
    """,
    reads="terms",
)
def capital_stated(case: Case) -> Iterator[Hit]:
    known = [year for year in case.years_with_costs if case.terms[year].reserve is None]
    known += [year for year in case.agreement.years if case.only_total(year) and case.terms[year].reserve is None]
    if known:
        yield hit(("sharing",), years=Years(known))


@rule(
    "SOC564",
    WARNING,
    """
    title: Own capital that begins with nothing
    statement: Where the file begins later than the association, it says what own capital there was.
    why: Without it the balance of every later year is wrong by the same amount, and a ceiling is missed or met by accident.
    remedy: Write the closing balance of the year before under `opening: {reserve: …}`, 0 if it was that.
    message: the association began in {start}, the file in {first}: own capital at its start is not stated, and taken for 0
    sources: arithmetic; guidance, Försäkringskassan 2015-01-22
    """,
)
def opening_stated(case: Case) -> Iterator[Hit]:
    first, start = min(case.agreement.years), case.agreement.period.start.year
    if case.terms[first].reserve is not None and case.agreement.opening.reserve is None and start < first:
        yield hit(case.terms[first].place("reserve"), start=start, first=first)


@rule(
    "SOC565",
    ERROR,
    """
    title: Capital that does not follow from the year before
    statement: What a year begins with is what the year before left: its opening balance and contributions less its costs.
    why: Entered by hand, own capital can be any sum; one that the year before did not leave has no ground, and every later balance
        carries the error on.
    remedy: Correct the amount or the year before; or write `reserve:`, which carries own capital by itself.
    message: {year}: {amount} is entered as held from before, but {before} left {left}
    sources: arithmetic; guidance, Försäkringskassan 2015-01-22
    """,
    reads="figures",
)
def follows_from_the_year_before(case: Case) -> Iterator[Hit]:
    for before, year in pairwise(case.settled_years):
        entered = _entered(case, year)
        result = before.totals.units("result")
        if not entered or result is None or case.terms[before.year].reserve is not None:
            continue
        left = result - (before.totals.units("uses") or 0)
        if sum(entered.values()) != left:
            path = year_path(year.year, "frame", min(entered, key=list(case.agreement.activities).index))
            yield hit(path, year=year.year, amount=Money(sum(entered.values())), before=before.year, left=Money(left))


def _entered(case: Case, year: YearResult) -> dict[str, int]:
    """What stands in the year's frame as money that the association held already, by row."""
    rows = [row for row in year.activities if case.agreement.activities[row.id].is_only("opening_balance")]
    return {row.id: amount for row in rows if (amount := row.units("final"))}


@rule(
    "SOC567",
    INFO,
    """
    title: Own capital never held against the books
    statement: The closing balance of a closed year is held against that of the annual report.
    why: The file carries own capital by arithmetic; only a figure from outside shows whether an income, a cost or a correction is
        missing from it.
    remedy: Write `expect: {reserve: …}` in the last closed year, from the annual report.
    message: no year's own capital is held against the annual report: its closing balance comes to {closing} in {year}
    sources: this program's reading
    """,
    reads="figures",
)
def held_against_the_books(case: Case) -> Iterator[Hit]:
    stated = case.agreement.years
    closed = [year for year in case.settled_years if stated[year.year].actual is not None and case.terms[year.year].reserve is not None]
    expected = any(year.expect is not None and year.expect.reserve is not None for year in stated.values())
    if closed and not expected and closed[-1].reserve is not None:
        closing = closed[-1].reserve.units("closing") or 0
        yield hit(year_path(closed[-1].year), closing=Money(closing), year=closed[-1].year)


@rule(
    "SOC569",
    WARNING,
    """
    title: An end without liquidation
    statement: Where the association ends, it is stated who has what is left: debts first, the rest as the charter says.
    why: When the last year is closed own capital has no owner any more but the members. What each is to have is in the charter; the
        program takes what each has contributed over the years, which is how it goes on a merger.
    remedy: Write the charter's key under `reserve: {at_end: …}`, or leave `period.end` out where the association goes on.
    message: the association ends on {end}, and it is not stated who has what is then left
    sources: Act of 2003 15 §; guidance, finsam.se
    """,
)
def end_with_terms(case: Case) -> Iterator[Hit]:
    agreement = case.agreement
    stated = [agreement.sharing.reserve, *(year.sharing.reserve for year in agreement.years.values() if year.sharing is not None)]
    in_force = [reserve for reserve in stated if reserve is not None]
    if agreement.period.end is not None and (not in_force or in_force[-1].at_end is None):
        yield hit(("period", "end"), end=agreement.period.end)


@rule(
    "SOC571",
    WARNING,
    """
    title: Members' claims on the association
    statement: Members have no claims on the association from earlier results: these are its own capital.
    why: Kept as claims, own capital is paid out with the next settlement, though nobody has decided to pay it.
    remedy: Write the sum under `opening: {reserve: …}`; keep a claim only for a contribution paid twice or not at all.
    message: the file begins with claims and debts of {parties}
    sources: guidance, Försäkringskassan 2015-01-22
    """,
    reads="figures",
)
def no_claims(case: Case) -> Iterator[Hit]:
    claims = [party for party, amount in case.agreement.opening.claims.items() if amount]
    if claims:
        yield hit(("opening", claims[0]), parties=case.parties(claims))


@rule(
    "SOC572",
    WARNING,
    """
    title: A shortfall beside own capital
    statement: An association that cannot pay a debt has no own capital left.
    why: The members fill a gap only where the association's own means do not reach. If it has own capital, the gap is that much smaller,
        or the balance in the file is wrong.
    remedy: Let own capital pay first, as costs of the year; or correct `shortfall` or `opening: {reserve: …}`.
    message: {year}: the association could not pay {amount}, but ends the year with own capital of {capital}
    sources: arithmetic; this program's reading
    """,
    reads="figures",
)
def nothing_short_beside_capital(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        capital = year.reserve.units("closing") if year.reserve is not None else None
        if year.shortfall is not None and capital is not None and capital > 0:
            amount = Money(year.shortfall.amount.value)
            yield hit(year_path(year.year, "shortfall"), year=year.year, amount=amount, capital=Money(capital))
