"""What several rules ask of an agreement: its years, who pays for what, which rows are shared whole, which terms changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import Any, Final, TypeVar

from ..engine.results import Settlement
from ..model.agreement import Activity, Agreement
from ..model.governance import Governance
from ..model.sharing import SharingChange
from ..model.terms import Terms, terms_by_year
from ..problems import Path
from .said import Said, Years, say

NEUTRAL_COSTS: Final = ("administration", "joint_measures", "opening_balance")
"""Kinds of cost that are nobody's task alone."""

K = TypeVar("K", bound=Hashable)


def year_path(number: int, *names: str | int) -> Path:
    """A path inside a year."""
    return ("years", str(number), *names)


def period_years(agreement: Agreement) -> range:
    """Every calendar year of the period, in the file or not."""
    return range(agreement.period.start.year, agreement.period.end.year + 1)


def by_value(years: Iterable[int], value: Callable[[int], K | None]) -> dict[K, Years]:
    """The years that have each value; a year whose value is None has none."""
    found: dict[K, list[int]] = {}
    for year in years:
        if (held := value(year)) is not None:
            found.setdefault(held, []).append(year)
    return {held: Years(those) for held, those in found.items()}


def with_role(agreement: Agreement, year: int, role: str) -> tuple[str, ...]:
    """The parties of the year that have this role."""
    return tuple(party for party in agreement.parties_of(year) if agreement.parties[party].role == role)


def party_name(agreement: Agreement, party: str) -> str:
    """The party as people call it."""
    return agreement.parties[party].name or party


def party_names(agreement: Agreement, parties: Iterable[str]) -> list[str]:
    """The parties as people call them."""
    return [party_name(agreement, party) for party in parties]


def activity_name(agreement: Agreement, activity: str) -> str:
    """The activity as people call it."""
    return agreement.activities[activity].name or activity


def states_activities(agreement: Agreement) -> bool:
    """Whether the file has activities of its own, and not only the parties' totals."""
    return "activities" in agreement.model_fields_set


def payers(agreement: Agreement, year: int, activity: str) -> dict[str, Path]:
    """Who pays into the activity's row of the year, before conversions, and where that is said."""
    amount = agreement.years[year].frame.get(activity)
    funder = agreement.activities[activity].funder
    if isinstance(amount, dict):
        return {party: year_path(year, "frame", activity, party) for party, part in amount.items() if part}
    if funder is not None and (amount or agreement.based(year, activity)):
        return {funder: ("activities", activity, "funder")}
    return {}


def is_party_row(agreement: Agreement, activity: str) -> bool:
    """Whether a party performs the activity as its own task: not the body, and not only administration or joint measures."""
    stated: Activity = agreement.activities[activity]
    return agreement.performer(activity) != "body" and (not stated.cost or any(cost not in NEUTRAL_COSTS for cost in stated.cost))


def party_rows(agreement: Agreement, year: int) -> list[str]:
    """The year's rows that a party performs as its own task."""
    return [activity for activity in agreement.rows(year) if is_party_row(agreement, activity)]


def shared_whole(terms: Terms, activity: str) -> bool:
    """Whether a deficit of the activity is shared in full."""
    scale = terms.scale(-1)
    return terms.shared.of(activity).value == 1 and (scale is None or all(band.shared == 1 for band in scale.bands))


def shares_nothing(terms: Terms, activities: Iterable[str]) -> bool:
    """Whether no result of these activities is shared at all, of either sign."""
    scales = [terms.scale(1), terms.scale(-1)]
    return all(scale is not None and not any(band.shared for band in scale.bands) for scale in scales) or not any(
        terms.shared.of(activity).value for activity in activities
    )


def adjusted_parties(agreement: Agreement) -> set[str]:
    """The parties one of whose rows is adjusted after the year: by a series, by its outcome, or by a correction."""
    corrected = {correction.activity for year in agreement.years.values() for correction in year.corrections}
    adjusted = {name for name, activity in agreement.activities.items() if activity.adjust is not None} | corrected
    return {party for year in agreement.years for name in adjusted for party in payers(agreement, year, name)}


def one_sided(agreement: Agreement) -> dict[int, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The years in which one party is adjusted, while others are not and have activities that are shared whole.

    By year: the adjusted parties, the others, and those activities.
    """
    adjusted = adjusted_parties(agreement)
    if not adjusted:
        return {}
    found = {}
    terms = terms_by_year(agreement)
    for year in agreement.years:
        others: dict[str, None] = {}
        activities = []
        for activity in party_rows(agreement, year):
            unadjusted = [party for party in payers(agreement, year, activity) if party not in adjusted]
            if unadjusted and shared_whole(terms[year], activity):
                activities.append(activity)
                others.update(dict.fromkeys(unadjusted))
        if activities:
            present = tuple(party for party in agreement.parties_of(year) if party in adjusted)
            found[year] = (present or tuple(sorted(adjusted)), tuple(others), tuple(activities))
    return found


def out_of_hands(agreement: Agreement) -> list[int]:
    """The years in which the body decides on projects only, and every party's own row is shared whole."""
    if agreement.governance is None or agreement.governance.mandate != "projects":
        return []
    terms = terms_by_year(agreement)
    rows = {year: party_rows(agreement, year) for year in agreement.years}
    return [year for year, own in rows.items() if own and all(shared_whole(terms[year], activity) for activity in own)]


def changes_of_terms(agreement: Agreement) -> Iterator[tuple[int, SharingChange]]:
    """The years whose `sharing` really changes what was in force; what the file's first year says is no change."""
    in_force = agreement.sharing
    for position, (number, year) in enumerate(agreement.years.items()):
        if year.sharing is not None:
            after = year.sharing.applied_to(in_force)
            if position and any(getattr(after, name) != getattr(in_force, name) for name in type(after).model_fields):
                yield number, year.sharing
            in_force = after


def is_written(agreement: Agreement, field: str) -> bool:
    """Whether the file says something about this field of sharing anywhere."""
    changes = (year.sharing for year in agreement.years.values())
    return field in agreement.sharing.model_fields_set or any(change is not None and field in change.model_fields_set for change in changes)


def places_of_term(agreement: Agreement, field: str, value: Callable[[int, Terms], Any]) -> dict[Path, Years]:
    """Where a term stands that has a true ``value`` in the years in which it is in force."""
    terms = terms_by_year(agreement)
    return by_value(agreement.years, lambda year: terms[year].place(field) if value(year, terms[year]) else None)


def distribution_years(agreement: Agreement) -> list[int]:
    """The years of the period in which money moves, by the terms then in force."""
    return [year for year, terms in terms_by_year(agreement, period_years(agreement)).items() if terms.distributes]


def has_costs(agreement: Agreement) -> list[int]:
    """The years with costs by activity, actual or estimated."""
    return [number for number, year in agreement.years.items() if year.costs is not None]


def only_total(agreement: Agreement, year: int) -> bool:
    """Whether only the year's total result is known."""
    stated = agreement.years[year]
    return stated.result is not None and stated.costs is None


def breaks_month(day: date, *, end: bool) -> bool:
    """Whether a first day is not the first of its month, or a last day not the last."""
    if not end:
        return day.day != 1
    return day.month == date.fromordinal(day.toordinal() + 1).month


def governance_of(agreement: Agreement) -> Governance:
    """What the file states about the body; nothing where it says nothing."""
    return agreement.governance or Governance.model_construct()


def open_years(agreement: Agreement, settlement: Settlement | None) -> dict[int, Said]:
    """The settled years that are not final, and why."""
    reasons = {}
    for year in settlement.years if settlement else ():
        if year.status == "estimate":
            reasons[year.year] = say("estimated costs")
        elif year.status == "preliminary":
            series = [agreement.series.get(agreement.activities[activity.id].adjust or "") for activity in year.activities]
            awaits = any(one is not None and year.year not in one.outcome for one in series)
            reasons[year.year] = say("national outcome unknown") if awaits else say("an earlier year is open")
    return reasons
