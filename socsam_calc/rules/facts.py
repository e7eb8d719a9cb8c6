"""What several rules ask of an agreement: its years, who pays for what, which rows are shared whole, which terms changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, assert_never

from ..engine.results import Settlement, YearResult
from ..model import keys
from ..model.agreement import Agreement
from ..model.dividing import bears, resolved
from ..model.governance import Governance
from ..model.sharing import SharingChange
from ..model.terms import Terms, terms_by_year
from ..problems import Path
from .said import Said, Years, say

if TYPE_CHECKING:
    from ..source.ledger.booked import Booked

NEUTRAL_COSTS: Final = ("administration", "joint_measures", "opening_balance")
"""Kinds of cost that are nobody's task alone."""

K = TypeVar("K", bound=Hashable)


def year_path(number: int, *names: str | int) -> Path:
    """A path inside a year."""
    return ("years", str(number), *names)


def by_value(years: Iterable[int], value: Callable[[int], K | None]) -> dict[K, Years]:
    """The years that have each value; a year whose value is None has none."""
    found: dict[K, list[int]] = {}
    for year in years:
        if (held := value(year)) is not None:
            found.setdefault(held, []).append(year)
    return {held: Years(those) for held, those in found.items()}


def breaks_month(day: date, *, end: bool) -> bool:
    """Whether a first day is not the first of its month, or a last day not the last."""
    return day.month == date.fromordinal(day.toordinal() + 1).month if end else day.day != 1


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


def named_by(agreement: Agreement, key: keys.Key, year: int | None = None) -> set[str]:
    """The parties that a key names at any depth: everybody where it is a word; of weights by year those of the ``year``, or of any."""
    match key:
        case str():
            return named_by(agreement, agreement.keys[key], year) if key in agreement.keys else set(agreement.parties)
        case keys.Weights():
            tables = [key.table(year)[1]] if year is not None else [key.table(one)[1] for one in agreement.years]
            return {party for table in tables for party in table}
        case dict():
            inside = [named_by(agreement, entry.by, year) for entry in key.values() if isinstance(entry, keys.Group)]
            return {name for name, entry in key.items() if not isinstance(entry, keys.Group)}.union(*inside)
        case _:
            assert_never(key)


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """An agreement that is held against rules, with its settlement where it has one."""

    agreement: Agreement
    settlement: Settlement | None
    booked: Sequence[Booked] = ()
    """What the books came to that the agreement's figures are taken from."""

    # --- its years and its terms ---------------------------------------------------------------------------------------------

    @property
    def period_years(self) -> range:
        """Every calendar year of the period, in the file or not; where it has no end, through the last year of the file."""
        first, last = self.agreement.period.start.year, self.agreement.period.last_year
        return range(first, (max(first, *self.agreement.years) if last is None else last) + 1)

    @property
    def settled_years(self) -> tuple[YearResult, ...]:
        """The settled years; none without a settlement."""
        return self.settlement.years if self.settlement else ()

    @property
    def years_with_costs(self) -> list[int]:
        """The years with costs by activity, actual or estimated."""
        return [number for number, year in self.agreement.years.items() if year.costs is not None]

    def only_total(self, year: int) -> bool:
        """Whether only the year's total result is known."""
        stated = self.agreement.years[year]
        return stated.result is not None and stated.costs is None

    def open_years(self) -> dict[int, Said]:
        """The settled years that are not final, and why."""
        reasons = {}
        for year in self.settled_years:
            if year.status == "estimate":
                reasons[year.year] = say("estimated costs")
            elif year.status == "preliminary":
                adjusted = (name for activity in year.activities for name in self.agreement.activities[activity.id].series)
                awaits = any(self.agreement.series[name].point("outcome", year.year) is None for name in adjusted)
                unknown = say("a series' outcome unknown") if self.agreement.law == "2003:1210" else say("national outcome unknown")
                reasons[year.year] = unknown if awaits else say("an earlier year is open")
        return reasons

    @cached_property
    def terms(self) -> Mapping[int, Terms]:
        """The terms in force in each year of the file."""
        return terms_by_year(self.agreement)

    def places_of_term(self, field: str, value: Callable[[int, Terms], Any]) -> dict[Path, Years]:
        """Where a term stands that has a true ``value`` in the years in which it is in force."""
        return by_value(self.agreement.years, lambda year: self.terms[year].place(field) if value(year, self.terms[year]) else None)

    def distribution_years(self) -> list[int]:
        """The years of the period in which money moves, by the terms then in force."""
        return self._distribution_years

    @cached_property
    def _distribution_years(self) -> list[int]:
        return [year for year, terms in terms_by_year(self.agreement, self.period_years).items() if terms.distributes]

    def changes_of_terms(self) -> Iterator[tuple[int, SharingChange]]:
        """The years whose `sharing` really changes what was in force; what the file's first year says is no change."""
        in_force = self.agreement.sharing
        for position, (number, year) in enumerate(self.agreement.years.items()):
            if year.sharing is not None:
                after = year.sharing.applied_to(in_force)
                if position and any(getattr(after, name) != getattr(in_force, name) for name in type(after).model_fields):
                    yield number, year.sharing
                in_force = after

    def is_written(self, field: str) -> bool:
        """Whether the file says something about this field of sharing anywhere."""
        stated = (self.agreement.sharing, *(year.sharing for year in self.agreement.years.values()))
        return any(one is not None and field in one.model_fields_set for one in stated)

    # --- its parties and its body --------------------------------------------------------------------------------------------

    @property
    def governance(self) -> Governance:
        """What the file states about the body; nothing where it says nothing."""
        return self.agreement.governance or Governance.model_construct()

    @property
    def form(self) -> str | None:
        """The form of the body, where the file states it."""
        return self.governance.form

    def with_role(self, year: int, role: str) -> tuple[str, ...]:
        """The parties of the year that have this role."""
        return tuple(party for party in self.agreement.parties_of(year) if self.agreement.parties[party].role == role)

    def party(self, party: str) -> str:
        """The party as people call it."""
        return self.agreement.parties[party].name or party

    def parties(self, parties: Iterable[str]) -> list[str]:
        """The parties as people call them."""
        return [self.party(party) for party in parties]

    # --- its activities, and who pays for them -------------------------------------------------------------------------------

    @property
    def states_activities(self) -> bool:
        """Whether the file has activities of its own, and not only the parties' totals."""
        return "activities" in self.agreement.model_fields_set

    def activity(self, activity: str) -> str:
        """The activity as people call it."""
        return self.agreement.activities[activity].name or activity

    def payers(self, year: int, activity: str) -> dict[str, Path]:
        """Who pays into the activity's row of the year, before conversions, and where that is said."""
        amount = self.agreement.years[year].frame.get(activity)
        funder = self.agreement.activities[activity].funder
        if isinstance(amount, dict):
            return {party: year_path(year, "frame", activity, party) for party, part in amount.items() if part}
        by = self.agreement.activities[activity].by
        if by is not None and (amount or self.agreement.based(year, activity)):
            key = resolved(self.agreement, by, "share", ("activities", activity, "by"), year)
            return {party: ("activities", activity, "by") for party in self.agreement.parties_of(year) if bears(key, party)}
        if funder is not None and (amount or self.agreement.based(year, activity)):
            return {funder: ("activities", activity, "funder")}
        return {}

    def party_rows(self, year: int) -> list[str]:
        """The year's rows that a party performs as its own task: not the body, and not only administration or joint measures."""
        costs = {name: activity.cost for name, activity in self.agreement.activities.items() if self.agreement.performer(name) != "body"}
        own = {name for name, kinds in costs.items() if not kinds or not set(NEUTRAL_COSTS).issuperset(kinds)}
        return [activity for activity in self.agreement.rows(year) if activity in own]

    def adjusted_parties(self) -> set[str]:
        """The parties one of whose rows is adjusted after the year: by a series, by its outcome, or by a correction."""
        corrected = {correction.activity for year in self.agreement.years.values() for correction in year.corrections}
        adjusted = {name for name, activity in self.agreement.activities.items() if activity.adjust is not None} | corrected
        return {party for year in self.agreement.years for name in adjusted for party in self.payers(year, name)}

    def one_sided(self) -> dict[int, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
        """The years in which one party is adjusted, while others are not and have activities that are shared whole.

        By year: the adjusted parties, the others, and those activities.
        """
        adjusted = self.adjusted_parties()
        found = {}
        for year in self.agreement.years if adjusted else ():
            whole = [activity for activity in self.party_rows(year) if shared_whole(self.terms[year], activity)]
            unadjusted = {activity: [party for party in self.payers(year, activity) if party not in adjusted] for activity in whole}
            activities = tuple(activity for activity, others in unadjusted.items() if others)
            if activities:
                present = tuple(party for party in self.agreement.parties_of(year) if party in adjusted)
                others = tuple(dict.fromkeys(party for parties in unadjusted.values() for party in parties))
                found[year] = (present or tuple(sorted(adjusted)), others, activities)
        return found

    def out_of_hands(self) -> list[int]:
        """The years in which the body decides on projects only, and every party's own row is shared whole."""
        rows = {year: self.party_rows(year) for year in self.agreement.years if self.governance.mandate == "projects"}
        return [year for year, own in rows.items() if own and all(shared_whole(self.terms[year], activity) for activity in own)]
