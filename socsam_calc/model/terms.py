"""The terms in force in a year, resolved once, with the place where each was agreed.

:mod:`.sharing` holds what a file may say; here it is turned into what the arithmetic needs: closed types, a kind for each way of
computing. Who chooses between kinds does so by ``match`` and ends in ``assert_never``, so that mypy names every place that a new kind
was forgotten in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Literal, NamedTuple, TypeVar, assert_never

from ..problems import Path
from . import sharing
from .agreement import Agreement

N = TypeVar("N", int, Fraction)


class Stated(NamedTuple, Generic[N]):
    """A number of the terms, and where it stands."""

    value: N
    place: Path


@dataclass(frozen=True, slots=True)
class ByContributions:
    """A key that divides by what each party put into the year's frame in the end."""

    place: Path


WeightName = Literal["share of the surplus", "share of the deficit", "association share", "equal weight"]


@dataclass(frozen=True, slots=True)
class ByWeights:
    """A key whose weights are agreed: shares, or the same for all. ``name`` says what they are; every party of the file has one."""

    place: Path
    name: WeightName
    weights: Mapping[str, Stated[Any]]


Key = ByContributions | ByWeights
"""How an amount is divided between the parties of a year."""


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


class Terms(NamedTuple):
    """What is in force in one year. ``distributes``: whether money moves in it; ``origin``: where the terms that changed were agreed."""

    year: int
    shared: Shared
    bands: Bands | None
    surplus: Key
    deficit: Key
    split: Split | None
    association_shares: ByWeights | None
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
    resolved = _resolved(agreement, in_force, origin)
    end = agreement.period.end.year
    terms = {}
    for number in sorted({*agreement.years, *years}):
        change = agreement.years[number].sharing if number in agreement.years else None
        if change is not None:
            in_force = change.applied_to(in_force)
            origin = origin | dict.fromkeys(change.model_fields_set, ("years", str(number), "sharing"))
            resolved = _resolved(agreement, in_force, origin)
        terms[number] = resolved._replace(year=number, distributes=in_force.distributes(number, end))
    return terms


def _resolved(agreement: Agreement, stated: sharing.Sharing, origin: Mapping[str, Path]) -> Terms:
    """The terms as they stand, for no year in particular."""

    def place(name: str) -> Path:
        return (*origin.get(name, ("sharing",)), name)

    return Terms(
        year=0,
        shared=_shared(stated.shared, place("shared")),
        bands=_bands(stated.bands, place("bands")),
        surplus=_key(agreement, stated.surplus, "share of the surplus", place("surplus")),
        deficit=_key(agreement, stated.deficit, "share of the deficit", place("deficit")),
        split=_split(stated.state_split, place("state_split")),
        association_shares=None
        if stated.association_shares is None
        else _shares(agreement, stated.association_shares, "association share", place("association_shares")),
        distributes=False,
        flow=stated.flow,
        origin=origin,
    )


def _key(agreement: Agreement, stated: sharing.Key, name: WeightName, place: Path) -> Key:
    match stated:
        case "frame":
            return ByContributions(place)
        case "equal":
            return ByWeights(place, "equal weight", dict.fromkeys(agreement.parties, Stated(1, place)))
        case dict():
            return _shares(agreement, stated, name, place)
        case _:
            assert_never(stated)


def _shares(agreement: Agreement, stated: Mapping[str, Fraction], name: WeightName, place: Path) -> ByWeights:
    """A share for each party; one that is left out has 0."""
    return ByWeights(place, name, {party: Stated(stated.get(party, Fraction(0)), (*place, party)) for party in agreement.parties})


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
    return Split(Stated(stated.cap, (*place, "cap")), administration)
