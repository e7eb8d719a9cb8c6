"""Closed years whose figures are corrected afterwards: what was paid stays, and the difference is paid later, or by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.results import YearResult
from ..facts import Case, year_path
from ..rule import ERROR, WARNING, Hit, hit
from ..said import Money, Said, say
from . import rule


@rule(
    "SOC541",
    WARNING,
    """
    title: Correction of a closed year not yet paid
    statement: What the corrected figures of a closed year add to, or take from, what was paid is paid in a later year.
    why: What was paid when a year was closed stays as it was. A difference that no later year of distribution takes up is owed by
        somebody to somebody, and appears in no payment.
    remedy: Give the next year of distribution with its costs; the difference is paid in it.
    message: correction of {year}, remaining to be paid: {parts}
    sources: this program's reading
    """,
    reads="figures",
)
def correction_is_paid(case: Case) -> Iterator[Hit]:
    if not _ended(case):
        yield from _unpaid(case)


@rule(
    "SOC542",
    ERROR,
    """
    title: Correction of a closed year that nobody pays
    statement: When the period has ended, no correction of a closed year is left to be paid.
    why: There is no later year of distribution that could take it up, so those who are owed never get it.
    remedy: Settle the difference between the parties, and put what was then received and paid into `transferred` of that year.
    message: correction of {year}, which no year pays any more: {parts}
    sources: this program's reading
    """,
    reads="figures",
)
def correction_has_a_year(case: Case) -> Iterator[Hit]:
    if _ended(case):
        yield from _unpaid(case)


@rule(
    "SOC543",
    WARNING,
    """
    title: What was paid at a closing does not fit together
    statement: Where the body has no part in a year's payments, what the parties received and paid when it was closed adds up to 0; and
        not every sign is the opposite of what the figures give.
    why: What one pays another receives. A sum that is left over becomes money of the body, and a sign that is turned makes a debt of a
        claim, twice as large in the next year of distribution.
    remedy: Compare `transferred` with the vouchers: what a party received is +, what it paid −.
    message: {year}, when it was closed: {what}
    sources: arithmetic; this program's reading
    """,
    reads="figures",
)
def payments_fit_together(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        paid = [(one.units("stated") or 0, one.units("computed") or 0) for one in year.transferred]
        left, waits = sum(stated for stated, _ in paid), year.body.units("carried") or 0
        what = None
        if left and waits == left:  # the body's −left is all that it is said to have, and nothing is what the figures give it
            what = say("what the parties received and paid adds up to {amount}, and the body has no part in it", amount=Money(left))
        elif sum(stated != 0 for stated, _ in paid) > 1 and all(stated == -computed for stated, computed in paid):
            what = say("every sign is the opposite of what the figures give")
        if what is not None:
            yield hit(year_path(year.year, "transferred"), year=year.year, what=what)


def _ended(case: Case) -> bool:
    """Whether the year in which the period ends is in the file with a known outcome."""
    last = case.agreement.period.last_year
    return last in case.agreement.years and case.agreement.years[last].closed if last is not None else False


def _unpaid(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        parts = list(_parts(year))
        if parts:
            yield hit(year_path(year.year, "transferred"), year=year.year, parts=parts)


def _parts(year: YearResult) -> Iterator[Said]:
    """Whose difference of a closed year no later year takes up."""
    for one in year.transferred:
        difference = one.units("difference") or 0
        if difference and one.paid_in is None:
            yield say("{party} {amount}", party=one.party, amount=Money(difference))
