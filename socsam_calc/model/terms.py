"""The terms in force in a year, resolved once, with the place where each was agreed.

:mod:`.sharing` holds what a file may say; here it is turned into what the arithmetic needs: closed types, a kind for each way of
computing. Who chooses between kinds does so by ``match`` and ends in ``assert_never``, so that mypy names every place that a new kind
was forgotten in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from ..problems import Path
from . import sharing
from .agreement import Agreement
from .dividing import ByContributed, Key, Stated, resolved


class Shared(NamedTuple):
    """How much of the result is shared: of the activities ``named``, and of the ``others``; one share for all where none is named."""

    place: Path
    named: Mapping[str, Fraction] | None
    others: Fraction

    def of(self, activity: str) -> Stated[Fraction]:
        """The share of this activity's result that is shared."""
        if self.named is None:
            return Stated(self.others, self.place)
        return Stated(self.named.get(activity, self.others), (*self.place, activity if activity in self.named else "others"))


class Scale(NamedTuple):
    """The bands for one sign."""

    place: Path
    bands: Sequence[sharing.Band]


class Bands(NamedTuple):
    """How much of the shared result is really shared, by its size; a sign without a scale is shared whole."""

    surplus: Scale | None
    deficit: Scale | None


class Split(NamedTuple):
    """How the office's part is divided with the state. ``administration`` is None where its share is computed from the costs."""

    cap: Stated[Fraction]
    administration: Stated[Fraction] | None
    measured: sharing.MeasuredWord


class CeilingStep(NamedTuple):
    """A ceiling for frames up to ``to``, or for all larger ones: a Fraction of the final frame, or an int of rounding units."""

    to: Stated[int] | None
    limit: Stated[int] | Stated[Fraction]


class Reserve(NamedTuple):
    """The body's own capital. ``ceiling`` holds its steps by the size of the frame, one where it is the same for all, none where there is none."""

    place: Path
    surplus: Stated[Fraction]
    deficit: Stated[Fraction]
    floor: Stated[int]
    ceiling: Sequence[CeilingStep]
    divides_above: bool


class Terms(NamedTuple):
    """What is in force in one year. ``distributes``: whether money moves in it; ``origin``: where the terms that changed were agreed.

    ``at_end`` divides own capital if this is the year in which the period ends: that of the last ``reserve`` that was in force.
    """

    year: int
    shared: Shared
    bands: Bands | None
    surplus: Key
    deficit: Key
    split: Split | None
    reserve: Reserve | None
    at_end: Key
    association_shares: Key | None
    distributes: bool
    flow: sharing.FlowWord
    origin: Mapping[str, Path]

    def place(self, name: str) -> Path:
        """Where a term was agreed, by its name in the file."""
        return (*self.origin.get(name, ("sharing",)), name)

    def scale(self, sign: int) -> Scale | None:
        """The bands for a surplus (sign above 0) or a deficit, or None where the whole is shared."""
        if self.bands is None:
            return None
        return self.bands.surplus if sign > 0 else self.bands.deficit

    def key(self, sign: int) -> Key:
        """The key for a surplus (sign above 0) or a deficit."""
        return self.surplus if sign > 0 else self.deficit


def terms_by_year(agreement: Agreement, years: Iterable[int] = ()) -> dict[int, Terms]:
    """The terms in force in each year of the file, and in other ``years`` that are asked for."""
    in_force, origin = agreement.sharing, dict[str, Path]()
    reserve = in_force.reserve  # the last one that is not none
    reserve_at: Path = ("sharing", "reserve")
    end = agreement.period.last_year
    terms = {}
    for number in sorted({*agreement.years, *years}):
        change = agreement.years[number].sharing if number in agreement.years else None
        if change is not None:
            in_force = change.applied_to(in_force)
            origin = origin | dict.fromkeys(change.model_fields_set, ("years", str(number), "sharing"))
            if change.reserve is not None:
                reserve, reserve_at = change.reserve, ("years", str(number), "sharing", "reserve")
        at_end = _at_end(agreement, reserve, reserve_at, number)
        terms[number] = _resolved(agreement, in_force, origin, number, at_end, distributes=in_force.distributes(number, end))
    return terms


def split_measured(agreement: Agreement, year: int) -> str:
    """How administration's share of the costs is measured in the year's split, or that it is `stated`."""
    split = terms_by_year(agreement)[year].split
    return "stated" if split is None or split.administration is not None else split.measured


def _at_end(agreement: Agreement, reserve: sharing.Reserve | None, place: Path, year: int) -> Key:
    """The key that divides own capital when the period ends: `contributed` where nothing else was agreed."""
    if reserve is None or reserve.at_end is None:
        return ByContributed(place)
    return resolved(agreement, reserve.at_end, "share of own capital", (*place, "at_end"), year)


def _resolved(
    agreement: Agreement, stated: sharing.Sharing, origin: Mapping[str, Path], year: int, at_end: Key, *, distributes: bool
) -> Terms:
    """The terms as they stand in a year."""

    def place(name: str) -> Path:
        return (*origin.get(name, ("sharing",)), name)

    shares = stated.association_shares
    return Terms(
        year=year,
        shared=_shared(stated.shared, place("shared")),
        bands=_bands(stated.bands, place("bands")),
        surplus=resolved(agreement, stated.surplus, "share of the surplus", place("surplus"), year),
        deficit=resolved(agreement, stated.deficit, "share of the deficit", place("deficit"), year),
        split=_split(stated.state_split, place("state_split")),
        reserve=_reserve(stated.reserve, place("reserve")),
        at_end=at_end,
        association_shares=None if shares is None else resolved(agreement, shares, "association share", place("association_shares"), year),
        distributes=distributes,
        flow=stated.flow,
        origin=origin,
    )


def _reserve(stated: sharing.Reserve | None, place: Path) -> Reserve | None:
    if stated is None:
        return None

    def limit(value: int | Fraction, *at: str | int) -> Stated[int] | Stated[Fraction]:
        match value:
            case int():
                return Stated(value, (*place, *at))
            case Fraction():
                return Stated(value, (*place, *at))
            case _:
                assert_never(value)

    match stated.ceiling:
        case None:
            steps: list[CeilingStep] = []
        case list():
            steps = [
                CeilingStep(
                    None if step.to is None else Stated(step.to, (*place, "ceiling", at, "to")), limit(step.limit, "ceiling", at, "limit")
                )
                for at, step in enumerate(stated.ceiling)
            ]
        case int() | Fraction():
            steps = [CeilingStep(None, limit(stated.ceiling, "ceiling"))]
        case _:
            assert_never(stated.ceiling)
    return Reserve(
        place,
        Stated(stated.surplus, (*place, "surplus")),
        Stated(stated.deficit, (*place, "deficit")),
        Stated(stated.floor, (*place, "floor")),
        steps,
        stated.above == "divide",
    )


def _shared(stated: sharing.SharedParts, place: Path) -> Shared:
    match stated:
        case Fraction():
            return Shared(place, None, stated)
        case dict():
            return Shared(place, stated, stated.get("others", Fraction(0)))
        case _:
            assert_never(stated)


def _bands(stated: sharing.SignedBands | None, place: Path) -> Bands | None:
    """One list may serve both signs, and then stands in one place."""
    if stated is None:
        return None
    same = stated.surplus is stated.deficit
    scales = {"surplus": stated.surplus, "deficit": stated.deficit}
    return Bands(*(None if bands is None else Scale(place if same else (*place, sign), bands) for sign, bands in scales.items()))


def _split(stated: sharing.StateSplit | None, place: Path) -> Split | None:
    if stated is None:
        return None
    administration = None if stated.administration is None else Stated(stated.administration, (*place, "administration"))
    return Split(Stated(stated.cap, (*place, "cap")), administration, stated.measured)
