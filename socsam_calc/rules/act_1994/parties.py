"""Who may be a party to a trial, when it may run, and which costs are whose task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ...model.agreement import FORBIDDEN_COSTS, Party
from ...problems import Path
from ..facts import NEUTRAL_COSTS, Case, by_value
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Said, Years, say
from ..vocabulary import COSTS, ROLES
from . import rule

_EARLIEST: Final = date(1994, 7, 1)
_LATEST: Final = date(2003, 12, 31)


@rule(
    "SOC101",
    ERROR,
    """
    title: One insurance office
    statement: Every year of the trial has exactly one insurance office among its parties.
    why: The Act permits a trial between one office and those responsible for care and social services; without the office there is no
        benefit money to pool. Offices that were merged (Bohuslän, Skaraborg, Göteborg in 1999) have a successor.
    remedy: Give one party the role insurance_office; where one took over from another, write `to` on the first and `from` on the
        second.
    message: {years}: {count} insurance offices are parties, there must be exactly one
    sources: Act 1 §; PM “Vilka får bedriva försök?”; Report 2.1.1–2.1.3
    """,
)
def one_office(case: Case) -> Iterator[Hit]:
    counts = by_value(case.period_years, lambda year: len(case.with_role(year, "insurance_office")))
    return (hit(("parties",), years=years, count=count) for count, years in counts.items() if count != 1)


@rule(
    "SOC102",
    ERROR,
    """
    title: A municipality takes part
    statement: Every year of the trial has at least one municipality among its parties.
    why: Social services are the municipality's task, and they are what distinguishes this Act from the earlier trial of office and
        county council alone (FINSAM).
    remedy: Add the municipality with role municipality, or correct its `from` and `to`.
    message: {years}: no municipality is a party
    sources: Act 1 §; PM “Vilka får bedriva försök?”; Report 2.2
    """,
)
def a_municipality(case: Case) -> Iterator[Hit]:
    years = Years(year for year in case.period_years if not case.with_role(year, "municipality"))
    if years:
        yield hit(("parties",), years=years)


@rule(
    "SOC103",
    ERROR,
    """
    title: One county council, or a municipality outside
    statement: Every year has exactly one county council, or none and a municipality that belongs to no county council.
    why: Health care needs its own responsible party in the trial: the county council, or the municipality itself where it runs health
        care (Gotland; Göteborg and Malmö until the regions took over in 1999).
    remedy: Add the county council, or write `outside_county_council: true` on the municipality that runs health care itself.
    message: {years}: {parties} – health care needs exactly one county council, or a municipality outside county councils
    sources: Act 1 §; PM “Vilka får bedriva försök?”; Report 2.1.3, 2.1.5, 2.1.6
    """,
)
def one_council(case: Case) -> Iterator[Hit]:
    def wrong(year: int) -> tuple[str, ...] | None:
        councils, municipalities = case.with_role(year, "county_council"), case.with_role(year, "municipality")
        if len(councils) > 1:
            return councils
        inside = tuple(name for name in municipalities if not case.agreement.parties[name].outside_county_council)
        return inside if inside and not councils else None

    for parties, years in by_value(case.period_years, wrong).items():
        several = case.agreement.parties[parties[0]].role == "county_council"
        yield hit(("parties",) if several else ("parties", parties[0]), years=years, parties=case.parties(parties))


@rule(
    "SOC104",
    ERROR,
    """
    title: Outside a county council means alone
    statement: A municipality that belongs to no county council takes part with the office alone.
    why: The Act knows two combinations: office, county council and municipalities within it; or office and one municipality outside. A
        mixture fits neither, and the program reads the municipality's tasks from the flag.
    remedy: Drop `outside_county_council`, or the party that does not belong; where a county council took over later, give it `from`.
    message: {municipality} is said to be outside every county council, but {other} is a party beside it ({years})
    sources: Act 1 §; PM “Vilka får bedriva försök?”
    """,
)
def outside_alone(case: Case) -> Iterator[Hit]:
    for name, party in case.agreement.parties.items():
        if party.outside_county_council:
            for beside, years in _beside(case, name).items():
                yield hit(
                    ("parties", name, "outside_county_council"),
                    municipality=case.party(name),
                    other=case.parties(beside),
                    years=years,
                )


def _beside(case: Case, name: str) -> dict[tuple[str, ...], Years]:
    """Who takes part beside a municipality that is said to be outside: other municipalities, or a county council from the beginning."""

    def others(year: int) -> tuple[str, ...] | None:
        return tuple(one for one in case.with_role(year, "municipality") if one != name) or None

    present = [year for year in case.period_years if case.agreement.parties[name].present(year)]
    alone = [year for year in present if not case.with_role(year, "county_council")]
    if alone:  # a county council that comes later, as on Hisingen in 1999, is no contradiction
        return by_value(alone, others)
    return by_value(present, lambda year: case.with_role(year, "county_council") or None)


@rule(
    "SOC105",
    ERROR,
    """
    title: Employment service is not a party
    statement: The employment service is not a party to the agreement.
    why: The Act leaves the labour market authorities out of the financial coordination. The trials made separate agreements between the
        body and the county labour board instead and often co-opted its people, without a share in frame or result.
    remedy: Remove the party; make a cooperation agreement between the body and the employment service beside this one.
    message: {party}: the employment service may not be a party to the financial coordination
    sources: Act 1 §; PM “Vilka får bedriva försök?”; Report 2.3.1, 7.3.3
    """,
)
def no_employment_service(case: Case) -> Iterator[Hit]:
    services = [name for name, party in case.agreement.parties.items() if party.role == "employment_service"]
    return (hit(("parties", name, "role"), party=case.party(name)) for name in services)


@rule(
    "SOC106",
    ERROR,
    """
    title: Several municipalities before 1998
    statement: Until 1998 only one municipality may be a party.
    why: The Act of 1994 spoke of one municipality; several within the same county council came with the amendment of 1998.
    remedy: Give the further municipalities `from: 1998` or later, or make one agreement for each.
    message: {years}: {municipalities} are parties together; several municipalities only since SFS 1998:103
    sources: Act 1 §, before SFS 1998:103; PM “Vilka får bedriva försök?”
    """,
)
def one_municipality_at_first(case: Case) -> Iterator[Hit]:
    def together(year: int) -> tuple[str, ...] | None:
        municipalities = case.with_role(year, "municipality")
        outside = any(case.agreement.parties[name].outside_county_council for name in municipalities)
        mixed = outside and not case.with_role(year, "county_council")  # SOC104 says it better
        return municipalities if len(municipalities) > 1 and not mixed else None

    for municipalities, years in by_value((year for year in case.period_years if year < 1998), together).items():
        yield hit(("parties", municipalities[1]), years=years, municipalities=case.parties(municipalities))


@rule(
    "SOC110",
    ERROR,
    """
    title: Period outside the Act's
    statement: The trial begins on 1 July 1994 at the earliest and ends on 31 December 2003 at the latest.
    why: Money may be pooled only while the Act permits trials. They began on 1 July 1994; the end was first set at 1997, then moved to
        2002 and last to 2003.
    remedy: Correct `period`, or write `law:` for coordination under other rules.
    message: the period {side} on {date}; trials ran from 1994-07-01 to 2003-12-31
    sources: Act, as amended through SFS 2002:1139; Report 1.3
    """,
)
def inside_the_acts_time(case: Case) -> Iterator[Hit]:
    period = case.agreement.period
    if period.start < _EARLIEST:
        yield hit(("period", "start"), date=period.start, side=say("begins"))
    if period.end is not None and period.end > _LATEST:
        yield hit(("period", "end"), date=period.end, side=say("ends"))


_FORBIDDEN: Final = {
    "disability_support": "PM “Vilka medel får omfattas av den finansiella samordningen?”",
    "disability_pension": "PM “Vilka medel får omfattas av den finansiella samordningen?”; Report 7.3.2",
    "unemployment_benefit": "Report 7.3.3",
    "labour_market_measures": "Report 7.3.3",
}
"""The costs that may not be in the frame, and beside the Act the place that bears on each."""

TASKS: Final = {
    "insurance_office": ("sickness_benefit", "work_injury_benefit", "rehabilitation_benefit", "rehabilitation_services"),
    "county_council": ("health_care", "travel_reimbursement"),
    "municipality": ("social_services", "social_assistance", "health_care"),  # the PM counts health care among the tasks of both
    "employment_service": (),
}
"""The kinds of cost that are each role's task; a municipality outside county councils also reimburses travel."""

_IN_EVERY_TRIAL: Final = (
    (("social_services", "social_assistance"), say("individual and family care")),
    (("sickness_benefit",), COSTS["sickness_benefit"]),
    (("rehabilitation_benefit",), COSTS["rehabilitation_benefit"]),
    (("rehabilitation_services",), COSTS["rehabilitation_services"]),
    (("health_care",), say("primary care")),
)


@rule(
    "SOC301",
    ERROR,
    """
    title: Cost that may not be in the frame
    statement: The frame holds only money that the Act allows to be pooled.
    why: Support under LSS and LASS and disability pension are left out by the Act; unemployment benefit and labour market measures
        belong to an authority that is no party.
    remedy: Take the activity out of the file: what is not in the frame has no place in its settlement.
    message: {activity}: {cost} may not be in the frame
    sources: Act 3 §; PM “Vilka medel får omfattas av den finansiella samordningen?”; Report 7.3.2; Report 7.3.3
    """,
)
def nothing_forbidden(case: Case) -> Iterator[Hit]:
    stated = [(name, position, cost) for name, one in case.agreement.activities.items() for position, cost in enumerate(one.cost)]
    for name, position, cost in stated:
        if cost in _FORBIDDEN:
            sources = f"Act 3 §; {_FORBIDDEN[cost]}"
            yield hit(("activities", name, "cost", position), sources=sources, activity=case.activity(name), cost=COSTS[cost])


@rule(
    "SOC302",
    WARNING,
    """
    title: Cost that is not its funder's task
    statement: Each party puts in money for costs that are its own task.
    why: A frame is what the parties' own activities cost before the trial. If one funds another's task in the frame, the shares of the
        frame no longer say who is responsible, and costs shift before anything is shared.
    remedy: Name the right funder; money meant for another's activity enters as a conversion or through a joint activity
        (joint_measures).
    message: {activity}: {party} pays for {cost}, a task of {task_of}
    sources: Act 3 §; PM “Vilka medel får omfattas av den finansiella samordningen?”; Report 4.1, 4.1.1
    """,
)
def own_tasks(case: Case) -> Iterator[Hit]:
    for name, activity in case.agreement.activities.items():
        payers = _payers(case, name)
        own = {party: [cost for cost in activity.cost if cost in tasks(case.agreement.parties[party])] for party in payers}
        costs = [cost for cost in activity.cost if cost not in FORBIDDEN_COSTS]
        foreign = [cost for cost in costs if cost not in NEUTRAL_COSTS]
        stranger = next((party for party in payers if not own[party]), None) if costs and foreign == costs else None
        unowned = [cost for cost in foreign if not any(cost in tasks for tasks in own.values())]
        if payers and (stranger or unowned):
            cost = foreign[0] if stranger else unowned[0]
            party = stranger or next(iter(payers))
            yield hit(
                payers[party],
                activity=case.activity(name), cost=COSTS[cost],
                party=case.party(party) if stranger else case.parties(payers),
                task_of=_task_of(cost),
            )  # fmt: skip


def tasks(party: Party) -> tuple[str, ...]:
    """The kinds of cost that are the party's own task."""
    return (*TASKS[party.role], "travel_reimbursement") if party.outside_county_council else TASKS[party.role]


def _task_of(cost: str) -> Said:
    """Whose task a kind of cost is, in words."""
    first, *others = [ROLES[role] for role, tasks in TASKS.items() if cost in tasks]
    return say("{first} or {other}", first=first, other=others[0]) if others else first


def _payers(case: Case, activity: str) -> dict[str, Path]:
    """Who pays into the activity in any year, and where that is said first; an employment service is SOC105's."""
    found: dict[str, Path] = {}
    for year in case.agreement.years:
        for party, path in case.payers(year, activity).items():
            if case.agreement.parties[party].role != "employment_service":
                found.setdefault(party, path)
    return found


@rule(
    "SOC303",
    INFO,
    """
    title: What every trial included
    statement: All trials had individual and family care, sickness and rehabilitation benefit, purchased rehabilitation and primary care
        in the frame.
    why: A narrower frame is allowed, but it moves the limit across which costs can be shifted, and comparison with the published trials
        is no longer like with like.
    remedy: Add the activity, or say in the agreement why it stays outside.
    message: not in the frame, though it was in every trial: {missing}
    sources: Report 4.1
    """,
)
def as_in_every_trial(case: Case) -> Iterator[Hit]:
    stated = [activity.cost for activity in case.agreement.activities.values()]
    if not case.states_activities or not all(stated):
        return
    present = {cost for costs in stated for cost in costs}
    missing = [said for kinds, said in _IN_EVERY_TRIAL if not present.intersection(kinds)]
    if missing:
        yield hit(("activities",), missing=missing)
