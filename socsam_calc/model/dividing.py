"""Keys resolved for a year: what divides an amount, as closed kinds, each with the place where it was agreed.

:mod:`.keys` holds what a file may say. Here names are followed, of tables by year the one in force is taken, and what is left are four
kinds: by contributions, by what has been contributed over the years, by weights, and by shares in which groups stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Generic, Literal, NamedTuple, TypeVar, assert_never

from ..problems import Path
from . import keys
from .agreement import Agreement
from .key_words import KeyWord, is_word

N = TypeVar("N", int, Fraction)


class Stated(NamedTuple, Generic[N]):
    """A number of the terms, and where it stands."""

    value: N
    place: Path


class ByContributions(NamedTuple):
    """A key that divides by what each party put into the year's frame in the end."""

    place: Path


class ByContributed(NamedTuple):
    """A key that divides by what each party has put in over the settled years, money that the body held already apart."""

    place: Path


WeightName = Literal[
    "share of the surplus", "share of the deficit", "association share", "share of own capital", "share", "equal weight", "weight"
]


class ByWeights(NamedTuple):
    """A key whose weights are agreed: shares, the same for all, or any numbers. ``name`` says what they are; who has none has 0."""

    place: Path
    name: WeightName
    weights: Mapping[str, Stated[Any]]

    def weight(self, party: str) -> Any:
        """The party's weight."""
        return self.weights[party].value if party in self.weights else 0


class ByGroups(NamedTuple):
    """A key by shares, some of which fall to groups that divide their part in their turn.

    ``shares`` are those of parties and groups, in the order in which they are divided; ``groups`` holds the key inside each group.
    """

    place: Path
    name: WeightName
    shares: Mapping[str, Stated[Fraction]]
    groups: Mapping[str, ByWeights | ByGroups]


Key = ByContributions | ByContributed | ByWeights | ByGroups
"""How an amount is divided between the parties of a year."""


def bears(key: Key, party: str) -> bool | None:
    """Whether the key gives the party anything; None where that depends on what it contributes."""
    match key:
        case ByContributions() | ByContributed():
            return None
        case ByWeights():
            return bool(key.weight(party))
        case ByGroups():
            if party in key.shares:
                return bool(key.shares[party].value)
            return any(key.shares[name].value and bears(inside, party) for name, inside in key.groups.items())
        case _:
            assert_never(key)


def resolved(agreement: Agreement, stated: keys.Key, name: WeightName, place: Path, year: int) -> Key:
    """The key that is in force in a year where the file says ``stated`` at ``place``; ``name`` says what its shares are."""
    match stated:
        case str() if is_word(stated):
            return _of_word(agreement, stated, place)
        case str():
            return resolved(agreement, agreement.keys[stated], name, ("keys", stated), year)
        case keys.Weights():
            return _weights(agreement, stated, place, year)
        case dict():
            return _shares(agreement, stated, name, place, year)
        case _:
            assert_never(stated)


def _of_word(agreement: Agreement, word: KeyWord, place: Path) -> Key:
    match word:
        case "frame":
            return ByContributions(place)
        case "contributed":
            return ByContributed(place)
        case "equal":
            return ByWeights(place, "equal weight", dict.fromkeys(agreement.parties, Stated(1, place)))
        case _:
            assert_never(word)


def _weights(agreement: Agreement, stated: keys.Weights, place: Path, year: int) -> ByWeights:
    since, table = stated.table(year)
    at: Path = (*place, "weights") if since is None else (*place, "weights", str(since))
    return ByWeights(place, "weight", {party: Stated(table[party], (*at, party)) for party in agreement.parties if party in table})


def _shares(
    agreement: Agreement, stated: Mapping[str, Fraction | keys.Group], name: WeightName, place: Path, year: int
) -> ByWeights | ByGroups:
    """Shares of parties and groups. A group stands where the first party that it names stands in the file."""
    shares: dict[str, Stated[Fraction]] = {}
    groups: dict[str, ByWeights | ByGroups] = {}
    for entry, what in stated.items():
        if isinstance(what, keys.Group):
            assert what.share is not None, "filled in by the model"
            inside = resolved(agreement, what.by, "share", (*place, entry, "by"), year)
            assert isinstance(inside, ByWeights | ByGroups), "refused by the model: a group's key names its parties"
            groups[entry] = inside
            shares[entry] = Stated(what.share, (*place, entry, "share"))
        else:
            shares[entry] = Stated(what, (*place, entry))
    if not groups:
        whole = name != "share"  # inside a group only those that it names are told of
        weights = {
            party: shares.get(party, Stated(Fraction(0), (*place, party))) for party in agreement.parties if whole or party in shares
        }
        return ByWeights(place, name, weights)
    order = {party: position for position, party in enumerate(agreement.parties)}

    def stands(entry: str) -> int:
        named = named_parties(groups[entry]) if entry in groups else (entry,)
        return min((order[party] for party in named), default=len(order))

    return ByGroups(place, name, {entry: shares[entry] for entry in sorted(shares, key=stands)}, groups)


def named_parties(key: ByWeights | ByGroups) -> tuple[str, ...]:
    """The parties that a key names, at any depth, whether they take part or not."""
    match key:
        case ByWeights():
            return tuple(key.weights)
        case ByGroups():
            inside = [party for group in key.groups.values() for party in named_parties(group)]
            return (*(entry for entry in key.shares if entry not in key.groups), *inside)
        case _:
            assert_never(key)
