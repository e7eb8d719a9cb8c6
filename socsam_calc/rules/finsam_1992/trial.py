"""Who coordinates under lag (1992:863), by whose leave, and for which costs and times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ..facts import Case, by_value
from ..rule import ERROR, WARNING, Hit, hit
from ..said import Said, Years, say
from ..vocabulary import COSTS
from . import rule

_PRINCIPALS: Final = ("county_council", "municipality")
_BENEFITS: Final = ("sickness_benefit", "rehabilitation_benefit", "work_injury_benefit")
_SOCIAL: Final = ("social_services", "social_assistance")
_FIRST_YEAR: Final = 1993
_LAST_YEAR: Final = 1997
_SETTLED_BY: Final = date(1998, 3, 31)


@rule(
    "SOC130",
    ERROR,
    """
    title: An office and a principal of health care
    statement: Two take part: one insurance office and one principal of health care.
    why: The law coordinates sickness benefit and health care, nothing else. A municipality beside a county council has no part: joint
        money with social services came with the trial Act of 1994.
    remedy: Keep the office and the principal of health care; where others took part write `law: 1994:566`.
    message: {years}: {fault}; the law knows one insurance office and one principal of health care
    sources: FINSAM Act 1 §
    """,
)
def two_parties(case: Case) -> Iterator[Hit]:
    for parties, years in by_value(case.period_years, lambda year: tuple(case.agreement.parties_of(year))).items():
        roles = [case.agreement.parties[name].role for name in parties]
        principals = sum(role in _PRINCIPALS for role in roles)
        if len(roles) != 2 or principals != 1 or roles.count("insurance_office") != 1:
            yield hit(("parties",), years=years, fault=_who(case, parties))


def _who(case: Case, parties: tuple[str, ...]) -> Said:
    return say("the parties are {parties}", parties=case.parties(parties))


@rule(
    "SOC131",
    WARNING,
    """
    title: A municipality as principal of health care
    statement: A municipality is the principal of health care only where it belongs to no county council, or runs primary care on trial.
    why: The other party must answer for the health care whose money it puts in.
    remedy: Write `outside_county_council: true`, or say in the party's `note` that it runs primary care on trial.
    message: {municipality} belongs to a county council, and it is not said that it runs primary care on trial
    sources: FINSAM Act 1 §
    """,
)
def principal_of_care(case: Case) -> Iterator[Hit]:
    for name, party in case.agreement.parties.items():
        if party.role == "municipality" and not party.outside_county_council and party.note is None:
            yield hit(("parties", name, "role"), municipality=case.party(name))


@rule(
    "SOC215",
    ERROR,
    """
    title: The government's leave before the start
    statement: The government has given leave before coordination begins.
    why: Benefit money is used for health care only where the law and the government's decision allow it.
    remedy: Correct the day of the decision or the start.
    message: leave was given on {date}, after the start on {start}
    sources: FINSAM Act 1 §
    """,
)
def leave_first(case: Case) -> Iterator[Hit]:
    permission, start = case.governance.permission, case.agreement.period.start
    if permission is not None and permission.date is not None and permission.date > start:
        yield hit(("governance", "permission", "date"), date=permission.date, start=start)


@rule(
    "SOC320",
    ERROR,
    """
    title: Benefits outside their time
    statement: The principal answers for sickness, rehabilitation and work-injury benefit of the time from 1 January 1993 to 31 December
        1997, and for nothing settled after March 1998.
    why: Outside that time the benefit is the office's alone; its cost shared would be somebody's who does not answer for it.
    remedy: Take the benefit's row out of the year, or end the period by 31 March 1998.
    message: {activity} ({years}): {cost} is coordinated for 1993–1997, and until March 1998 where it was settled later
    sources: FINSAM Act 2 §
    """,
)
def in_their_time(case: Case) -> Iterator[Hit]:
    late = case.agreement.period.end
    for name, activity in case.agreement.activities.items():
        benefits = [cost for cost in activity.cost if cost in _BENEFITS]
        years = [year for year in case.agreement.years if name in case.agreement.rows(year)]
        ends = _LAST_YEAR + 1 if late is not None and late <= _SETTLED_BY else _LAST_YEAR
        outside = Years(year for year in years if not _FIRST_YEAR <= year <= ends)
        if benefits and outside:
            yield hit(("activities", name, "cost"), activity=case.activity(name), years=outside, cost=[COSTS[cost] for cost in benefits])


@rule(
    "SOC321",
    ERROR,
    """
    title: Social services have no part
    statement: Social services and social assistance are not coordinated.
    why: The law joins social insurance and health care. Costs of social services entered the frame only with the trial Act of 1994.
    remedy: Take the activity out, or write `law: 1994:566` where it was that Act's trial.
    message: {activity}: {cost} has no part in coordination under this law
    sources: FINSAM Act 1 §
    """,
)
def no_social_services(case: Case) -> Iterator[Hit]:
    for name, activity in case.agreement.activities.items():
        for position, cost in enumerate(activity.cost):
            if cost in _SOCIAL:
                yield hit(("activities", name, "cost", position), activity=case.activity(name), cost=COSTS[cost])
