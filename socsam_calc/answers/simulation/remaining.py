"""What the rest of a year that still runs may come to: around what is expected, with a spread that is stated, or that of the months so far."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import mean, stdev
from typing import Final

from ...engine.results import Settlement
from ...problems import AgreementError
from ...source.scenarios import Uncertain

FEWEST: Final = 4
"""Fewer months than this say nothing of how much one differs from another."""


def around_the_expected(settlement: Settlement, one: Uncertain) -> dict[str, float]:
    """Mean and deviation, in rounding units, of what remains of an activity, never below 0; ``months`` says of how many months the spread
    is, where it is not stated.

    With s the sample deviation of e months of n, what remains of the year has the deviation s × √((n − e) × n / e): the months that come
    differ from each other as those so far, and the mean of e months is itself uncertain by s / √e. That supposes that months are
    independent. With a profile each month is first divided by its weight, in parts of the mean weight.

    Raises AgreementError, with the input's place, where that is no year that runs, or fewer than four months are known.
    """
    match one.path:
        case ("years", str(year), "to_date", "remaining", str(activity)):
            pass
        case _:
            remedy = "name `years.YEAR.to_date.remaining.ACTIVITY`, or another distribution"
            raise AgreementError.of(
                "bad-parameter", one.place, "only what remains of a year that runs is drawn around what is expected", remedy
            )
    running = settlement.year(int(year)).to_date
    rows = {row.id: row for row in running.activities} if running is not None else {}
    if running is None or activity not in rows:
        text = f"{year} has no books so far of `{activity}`"
        raise AgreementError.of("bad-parameter", one.place, text, "name an activity under `to_date.actual`")
    expected = float(rows[activity].units("remaining") or 0)
    parameters = {"mean": expected, "min": 0.0}
    if "part" in one.parameters:
        return {**parameters, "sd": expected * float(one.parameters["part"])}
    if "sd" in one.parameters:
        return {**parameters, "sd": float(one.parameters["sd"])}
    counted = settlement.agreement.period.counted(int(year))
    past = [month for month in counted if month <= int(running.through[5:7])]
    if running.months is None or len(past) < FEWEST:
        known = "no month by itself" if running.months is None else f"{len(past)} months"
        text = f"the spread of what remains of `{activity}` cannot be taken from the months so far: of {year} {known} is known"
        raise AgreementError.of("bad-parameter", one.place, text, "write `sd:` as an amount, or in per cent of what is expected")
    booked = {found.month: found.booked for found in running.months if found.activity == activity}
    weights = settlement.agreement.profiles.get(activity)
    costs = _alike([booked.get(month, 0) for month in past], None if weights is None else [weights[m - 1] for m in past])
    if len(costs) < FEWEST:
        text = f"the profile of `{activity}` gives fewer than four of the months so far a weight"
        raise AgreementError.of("bad-parameter", one.place, text, "write `sd:` as an amount, or in per cent of what is expected")
    return {**parameters, "sd": deviation(costs, len(counted)), "months": float(len(costs))}


def deviation(costs: Sequence[float], year: int) -> float:
    """The deviation of what remains of a year of so many months, of the costs of those so far."""
    so_far = len(costs)
    return stdev(costs) * sqrt((year - so_far) * year / so_far)


def _alike(costs: Sequence[int], weights: Sequence[Fraction] | None) -> list[float]:
    """Each month's cost as it would be in a month of mean weight; months without weight say nothing."""
    if weights is None:
        return [float(cost) for cost in costs]
    held = [(cost, float(weight)) for cost, weight in zip(costs, weights, strict=True) if weight]
    usual = mean(weight for _, weight in held) if held else 1.0
    return [cost * usual / weight for cost, weight in held]
