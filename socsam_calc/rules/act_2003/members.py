"""Who is a member of a coordination association, since when there are any, and how a member leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ..facts import Case, by_value
from ..rule import ERROR, WARNING, Hit, hit
from ..vocabulary import MEMBERS
from . import rule

_IN_FORCE: Final = date(2004, 1, 1)
_YEARS_OF_NOTICE: Final = 3


@rule(
    "SOC120",
    ERROR,
    """
    title: Members of the association
    statement: Försäkringskassan, Arbetsförmedlingen, a region and a municipality are members; a region is missing only where the
        municipality belongs to none.
    why: The law pools the money of all four: the measures are for people who need more than one of them. An association without one of
        the four is none that the law knows, whoever pays its part.
    remedy: Add the member with its role (insurance_office, employment_service, county_council, municipality), or
        `outside_county_council: true` on a municipality that belongs to no region; correct `from` and `to`.
    message: {years}: {missing} is no member of the association
    sources: Act of 2003 3 §, 4 §
    """,
)
def four_members(case: Case) -> Iterator[Hit]:
    for missing, years in by_value(case.period_years, lambda year: _missing(case, year) or None).items():
        yield hit(("parties",), years=years, missing=[MEMBERS[role] for role in missing])


def _missing(case: Case, year: int) -> tuple[str, ...]:
    """The roles without a member in the year; a region is not missed where no municipality belongs to one."""
    present = {case.agreement.parties[name].role for name in case.agreement.parties_of(year)}
    municipalities = case.with_role(year, "municipality")
    if municipalities and all(case.agreement.parties[name].outside_county_council for name in municipalities):
        present.add("county_council")
    return tuple(role for role in MEMBERS if role not in present)


@rule(
    "SOC121",
    ERROR,
    """
    title: Before the law
    statement: A coordination association begins on 1 January 2004 at the earliest.
    why: The law came into force on that day; coordination before it rested on the trial Acts of 1992 and 1994, with other parties and
        other money.
    remedy: Correct `period`, or write the `law` that the agreement rests on.
    message: the period begins on {date}; the law has been in force since 2004-01-01
    sources: Act of 2003, in force 2004-01-01
    """,
)
def since_2004(case: Case) -> Iterator[Hit]:
    start = case.agreement.period.start
    if start < _IN_FORCE:
        yield hit(("period", "start"), date=start)


@rule(
    "SOC122",
    WARNING,
    """
    title: Leaving without three years' notice
    statement: A member that leaves has given notice three years before, unless the charter says a shorter time.
    why: The others have planned measures, staff and premises with the member's part; the time lets them find another share or end the
        association.
    remedy: Correct the day under `governance.notice` or the party's `to`; if the charter has a shorter time, say so under `ignore`.
    message: {member} leaves after {year} on a notice of {date}: less than three years
    sources: guidance on Act of 2003 15 §
    """,
)
def three_years_notice(case: Case) -> Iterator[Hit]:
    for name, year in leaving(case):
        given = case.governance.notice.get(name)
        if given is not None and (given.year + _YEARS_OF_NOTICE, given.month, given.day) > (year, 12, 31):
            yield hit(("governance", "notice", name), member=case.party(name), year=year, date=given)


def leaving(case: Case) -> Iterator[tuple[str, int]]:
    """The members that leave while the association goes on, each with its last year; one that has a successor of its kind does not leave."""
    parties, end = case.agreement.parties, case.agreement.period.last_year
    for name, party in parties.items():
        if party.to is None or (end is not None and party.to >= end):
            continue
        if not any(other.role == party.role and other.from_ == party.to + 1 for other in parties.values()):
            yield name, party.to
