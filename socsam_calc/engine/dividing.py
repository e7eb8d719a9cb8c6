"""§ 0 of the arithmetic: an amount divided by a key over the parties of a year, inside groups too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, assert_never

from ..model.dividing import ByContributed, ByContributions, ByGroups, ByWeights, Key
from .refusing import one
from .steps import Money, Step, given, parts, zero

GROUP: Final = "group's part"
"""What the step is called that holds what falls to a group."""


class Basis(NamedTuple):
    """What keys divide by in a year: its parties, what each contributes to the frame, and what each has put in over the years.

    ``framed`` is whether the year has a frame at all.
    """

    year: int
    parties: Sequence[str]
    contributions: Mapping[str, Money]
    contributed: Mapping[str, Money]
    framed: bool = True


def divide(name: str, whole: Money, key: Key, basis: Basis, about: tuple[str, ...] = ()) -> dict[str, Money]:
    """§ 0: an amount apportioned by a key over the parties. Refused where none of them has a weight.

    ``about`` comes before the party's id. With groups it is divided at the top first, a group counting as one, and then inside each group.
    """
    match key:
        case ByContributions():
            weights: Mapping[str, Step[Any]] = {
                party: basis.contributions[party] for party in basis.parties if party in basis.contributions
            }
            return _apportioned(name, whole, weights, key, basis, about, ("key `frame`", "nobody contributes to the frame"))
        case ByContributed():
            weights = {party: basis.contributed[party] for party in basis.parties if party in basis.contributed}
            return _apportioned(name, whole, weights, key, basis, about, ("key `contributed`", "nobody has put anything in"))
        case ByWeights():
            stated = {party: key.weights[party] for party in basis.parties if party in key.weights}
            weights = {party: given(key.name, basis.year, (party,), weight.value, weight.place) for party, weight in stated.items()}
            said = ("key", "none of the year's parties has one")
            if key.name == "weight":
                said = ("key", "none of the parties that it names takes part with a weight above 0")
            return _apportioned(name, whole, weights, key, basis, about, said)
        case ByGroups():
            return _by_groups(name, whole, key, basis, about)
        case _:
            assert_never(key)


def _by_groups(name: str, whole: Money, key: ByGroups, basis: Basis, about: tuple[str, ...]) -> dict[str, Money]:
    held = {entry: share for entry, share in key.shares.items() if entry in key.groups or entry in basis.parties}
    weights = {entry: given(key.name, basis.year, (entry,), share.value, share.place) for entry, share in held.items()}
    top = parts(name, basis.year, about, whole, weights)
    divided: dict[str, Money] = {}
    for entry, part in top.items():
        if entry not in key.groups:
            divided[entry] = part
        else:
            divided |= divide(name, part._replace(name=GROUP), key.groups[entry], basis, about)
    return {party: divided[party] for party in basis.parties if party in divided}


def _apportioned(
    name: str, whole: Money, weights: Mapping[str, Step[Any]], key: Key, basis: Basis, about: tuple[str, ...], said: tuple[str, str]
) -> dict[str, Money]:
    """By these weights; ``said`` names the key and the reason why none has one. What is 0 falls to nobody, whatever the weights."""
    if not any(weight.value for weight in weights.values()):
        if not whole.value and whole.name == GROUP:
            return {party: zero(name, basis.year, (*about, party)) for party in weights}
        if isinstance(key, ByContributions | ByContributed) and not basis.framed:
            text = f"no frame is given for {basis.year}, and the {said[0]} divides by what was put into it"
            raise one(("years", str(basis.year)), text, "give that year its frame, or write the shares out, party by party", on_key=True)
        what, reason = said
        weighed = isinstance(key, ByWeights) and key.name == "weight"
        remedy = "give that year its weights, or write the shares out" if weighed else "write the shares out, party by party"
        raise one(key.place, f"the {what} has no weight in {basis.year}: {reason}", remedy)
    return parts(name, basis.year, about, whole, weights)
