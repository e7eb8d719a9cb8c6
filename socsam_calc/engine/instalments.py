"""§ 1 of the arithmetic, instalments: on which day which party pays what of its preliminary contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..model.agreement import Agreement
from .frame import Frame
from .steps import Money, given, less, parts

QUARTERS = (1, 4, 7, 10)


class Instalment(NamedTuple):
    """What a party pays in on a day."""

    day: date
    party: str
    amount: Money


def days(agreement: Agreement, number: int, party: str) -> list[date]:
    """The days on which a party pays by the year's plan, in their order; none where it pays outside the plan."""
    plan = agreement.years[number].instalments
    if isinstance(plan, dict):
        plan = plan.get(party)
    if plan is None:
        return []
    if isinstance(plan, list):
        return plan
    return [date(number, month, 1) for month in agreement.period.counted(number) if plan == "monthly" or month in QUARTERS]


def plan_of(agreement: Agreement, frame: Frame, preliminary: Mapping[str, Money], parties: Sequence[str]) -> list[Instalment]:
    """The year's instalments by day, then party: each party's preliminary contribution, money that the body holds already apart, in equal parts."""
    number, found = frame.year, list[Instalment]()
    for party in parties:
        when = days(agreement, number, party)
        held = [
            row.preliminary[party]
            for row in frame.rows.values()
            if party in row.preliminary and agreement.activities[row.activity].is_only("opening_balance")
        ]
        due = less("to pay in", number, (party,), preliminary[party], *held) if held else preliminary[party]
        if when and due.value:
            alike = {day.isoformat(): given("equal weight", number, (day.isoformat(),), Fraction(1), None) for day in when}
            amounts = parts("instalment", number, (party,), due, alike)
            found += [Instalment(day, party, amounts[day.isoformat()]) for day in when]
    return sorted((one for one in found if one.amount.value), key=lambda one: (one.day, parties.index(one.party)))
