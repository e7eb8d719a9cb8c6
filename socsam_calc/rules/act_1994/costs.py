"""What may be in the frame, and whose task it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model.agreement import FORBIDDEN_COSTS, Party
from ...problems import Path
from ..facts import NEUTRAL_COSTS, Case
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Said, say
from ..vocabulary import COSTS, ROLES
from . import rule

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
    title="Cost that may not be in the frame",
    statement="The frame holds only money that the Act allows to be pooled.",
    why="Support under LSS and LASS and disability pension are left out by the Act; unemployment benefit and labour market measures belong to an authority that is no party.",
    remedy="Take the activity out of the frame and follow its cost beside it.",
    message="{activity}: {cost} may not be in the frame",
    sources="Act 3 §; PM “Vilka medel får omfattas av den finansiella samordningen?”; Report 7.3.2; Report 7.3.3",
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
    title="Cost that is not its funder's task",
    statement="Each party puts in money for costs that are its own task.",
    why="A frame is what the parties' own activities cost before the trial. If one funds another's task in the frame, the shares of the frame no longer say who is responsible, and costs shift before anything is shared.",
    remedy="Name the right funder; money meant for another's activity enters as a conversion or through a joint activity (joint_measures).",
    message="{activity}: {party} pays for {cost}, a task of {task_of}",
    sources="Act 3 §; PM “Vilka medel får omfattas av den finansiella samordningen?”; Report 4.1, 4.1.1",
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
    title="What every trial included",
    statement="All trials had individual and family care, sickness and rehabilitation benefit, purchased rehabilitation and primary care in the frame.",
    why="A narrower frame is allowed, but it moves the limit across which costs can be shifted, and comparison with the published trials is no longer like with like.",
    remedy="Add the activity, or say in the agreement why it stays outside.",
    message="not in the frame, though it was in every trial: {missing}",
    sources="Report 4.1",
)
def as_in_every_trial(case: Case) -> Iterator[Hit]:
    stated = [activity.cost for activity in case.agreement.activities.values()]
    if not case.states_activities or not all(stated):
        return
    present = {cost for costs in stated for cost in costs}
    missing = [said for kinds, said in _IN_EVERY_TRIAL if not present.intersection(kinds)]
    if missing:
        yield hit(("activities",), missing=missing)
