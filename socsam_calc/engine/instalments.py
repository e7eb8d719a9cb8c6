"""§ 1 of the arithmetic, instalments: on which day which party pays what of its preliminary contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..model.agreement import Agreement
from ..model.running import pay_days
from .frame import Frame
from .steps import Money, given, less, parts


class Instalment(NamedTuple):
    """What a party pays in on a day (year-month-day)."""

    day: str
    party: str
    amount: Money


def plan_of(agreement: Agreement, frame: Frame, preliminary: Mapping[str, Money], parties: Sequence[str]) -> list[Instalment]:
    """The year's instalments by day, then party: each party's preliminary contribution, money that the body holds already apart, in equal parts."""
    number, found = frame.year, list[Instalment]()
    stated, counted = agreement.years[number].instalments, agreement.period.counted(number)
    for party in parties:
        when = [day.isoformat() for day in pay_days(stated, party, number, counted)]
        held = [
            row.preliminary[party]
            for row in frame.rows.values()
            if party in row.preliminary and agreement.activities[row.activity].is_only("opening_balance")
        ]
        due = less("to pay in", number, (party,), preliminary[party], *held) if held else preliminary[party]
        if when and due.value:
            alike = {day: given("equal part", number, (day,), 1, None) for day in when}
            amounts = parts("instalment", number, (party,), due, alike)
            found += [Instalment(day, party, amounts[day]) for day in when]
    return sorted((one for one in found if one.amount.value), key=lambda one: (one.day, parties.index(one.party)))
