"""What a coordination association may pay for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..facts import Case
from ..rule import ERROR, WARNING, Hit, hit
from ..vocabulary import COSTS
from . import rule

_BENEFITS: Final = (
    "sickness_benefit", "work_injury_benefit", "rehabilitation_benefit", "social_assistance", "disability_support",
    "disability_pension", "unemployment_benefit",
)  # fmt: skip
"""What is paid, or decided on, for an individual."""
_OWN_TASKS: Final = ("health_care", "travel_reimbursement", "social_services", "labour_market_measures")
"""What one member does by itself."""


@rule(
    "SOC310",
    ERROR,
    """
    title: A benefit among the costs
    statement: A coordination association pays no benefit to anybody: it finances measures and its own administration.
    why: Benefits are decided by the authority that answers for them, by its own law; an association decides nothing about individuals.
        The ranges of costs of the trial Act of 1994 do not apply.
    remedy: Take the activity out; what the association pays for is a measure (joint_measures, rehabilitation_services) or its
        administration.
    message: {activity}: {cost} is a benefit, and no cost of a coordination association
    sources: Act of 2003 7 §; guidance, finsam.se
    """,
)
def no_benefits(case: Case) -> Iterator[Hit]:
    yield from _of_kinds(case, _BENEFITS)


@rule(
    "SOC311",
    WARNING,
    """
    title: A member's own task among the costs
    statement: What a coordination association finances concerns at least two of the four kinds of members.
    why: Money that all four put in is for what none of them does alone; health care, social services or labour market measures of one
        member stay in its own budget.
    remedy: If it is a measure of several members write `cost: joint_measures`; else take it out.
    message: {activity}: {cost} is one member's own task; an association's measures concern at least two
    sources: guidance, finsam.se
    """,
)
def not_one_members_task(case: Case) -> Iterator[Hit]:
    yield from _of_kinds(case, _OWN_TASKS)


def _of_kinds(case: Case, kinds: tuple[str, ...]) -> Iterator[Hit]:
    """A finding for each of these kinds of cost."""
    for name, activity in case.agreement.activities.items():
        for position, cost in enumerate(activity.cost):
            if cost in kinds:
                yield hit(("activities", name, "cost", position), activity=case.activity(name), cost=COSTS[cost])
