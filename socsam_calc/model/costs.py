"""The costs of a year as closed kinds, resolved once: those that stand in the file, and those to date whose rest is expected (§ 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from ..problems import Path
from .agreement import Agreement
from .dividing import Stated


class StatedCosts(NamedTuple):
    """Actual, estimated or planned costs: each activity's as it stands under ``place``."""

    place: Path
    amounts: Mapping[str, int]


class AsSoFar(NamedTuple):
    """The rest as the months so far: ``past`` and ``ahead`` weigh them and those that remain, each month alike or by a profile."""

    past: Weighed
    ahead: Weighed


class AsFrame(NamedTuple):
    """The rest as the frame has it: of the frame, what ``ahead`` is of ``whole``."""

    ahead: Weighed
    whole: Weighed


Rest = AsSoFar | AsFrame | Stated[int]
"""How the rest of a row's cost is expected; Stated where the file gives its amount."""


class Weighed(NamedTuple):
    """Some months of a year: their weights with the places where these stand; where no profile weighs them, each counts 1."""

    months: Sequence[int]
    weights: Sequence[Stated[Fraction]] | None

    @property
    def total(self) -> Fraction:
        """What they weigh together."""
        return Fraction(len(self.months)) if self.weights is None else sum((weight.value for weight in self.weights), Fraction(0))


class CostsToDate(NamedTuple):
    """Costs of a year that still runs, through a ``month``: what is booked under ``place``, how each row's rest is expected, and what
    its rest is where nothing, or less, is booked."""

    place: Path
    month: int
    booked: Mapping[str, int]
    rest: Mapping[str, Rest]
    unbooked: Mapping[str, AsFrame]


Costs = StatedCosts | CostsToDate


def costs_of(agreement: Agreement, number: int) -> Costs | None:
    """The costs of a year; None for a budget without planned ones, and where only the total is known."""
    year = agreement.years[number]
    if year.costs is None:
        return None
    place: Path = ("years", str(number), *year.costs_at)
    if year.to_date is None:
        return StatedCosts(place, year.costs)
    counted, through = agreement.period.counted(number), year.to_date.through.month
    rest: dict[str, Rest] = {}
    unbooked: dict[str, AsFrame] = {}
    for activity in year.to_date.actual:
        past, ahead, whole = (
            _weighed(agreement, activity, months)
            for months in ([m for m in counted if m <= through], [m for m in counted if m > through], counted)
        )
        unbooked[activity] = AsFrame(ahead, whole)
        match year.to_date.rest_of(activity):
            case "pace":
                rest[activity] = AsSoFar(past._replace(weights=None), ahead._replace(weights=None))
            case "profile":
                rest[activity] = AsSoFar(past, ahead)
            case "frame":
                rest[activity] = unbooked[activity]
            case int() as amount:
                rest[activity] = Stated(amount, (*place[:-1], "remaining", activity))
            case other:
                assert_never(other)
    return CostsToDate(place, through, year.to_date.actual, rest, unbooked)


def _weighed(agreement: Agreement, activity: str, months: Iterable[int]) -> Weighed:
    """Some months, weighed by the activity's profile where it has one."""
    profile, held = agreement.profiles.get(activity), list(months)
    if profile is None:
        return Weighed(held, None)
    return Weighed(held, [Stated(profile[month - 1], ("profiles", activity, month - 1)) for month in held])
