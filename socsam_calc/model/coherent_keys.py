"""What keys must be, to themselves and to the years in which they divide: the refusals that no field can see alone (``format.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple, assert_never

from ..problems import Fault, Path
from .agreement import Agreement
from .key_words import OF_CONTRIBUTIONS, is_word
from .keys import Group, Key, Weights

_DEEPEST: Final = 50
_MOST_TIMES: Final = 4


class Standing(NamedTuple):
    """A key where it stands in the file. ``of_contributions``: whether it may depend on them."""

    key: Key
    place: Path
    of_contributions: bool = True


def faults(agreement: Agreement) -> Iterator[Fault]:
    """Names in a circle, a party twice, groups whose key names nobody, keys that divide what they depend on."""
    if too_deep := list(_too_deep(agreement)):
        yield from too_deep
        return
    circles: dict[frozenset[str], None] = {}
    for standing in _standing(agreement):
        for circle in _circles(agreement, standing.key):
            if circle not in circles:
                circles[circle] = None
                names = ", ".join(f"`{name}`" for name in agreement.keys if name in circle)
                first = next(name for name in agreement.keys if name in circle)
                yield Fault(
                    ("keys", first), "key-circle", f"keys name each other in a circle: {names}" if len(circle) > 1 else f"{names} names itself",
                    "let one of them name its parties", on_key=True,
                )  # fmt: skip
    if circles:
        return
    for standing in _standing(agreement):
        if standing.place[0] == "keys" or not isinstance(standing.key, str):
            yield from _twice(agreement, standing)
            yield from _groups(agreement, standing)
        if not standing.of_contributions:
            yield from _circular(agreement, standing.key, standing.place, "the key of a frame")


def _too_deep(agreement: Agreement) -> Iterator[Fault]:
    """Keys that lead on through too many others to be followed, in a circle or not, or that name more parties than there are."""
    order = TopologicalSorter({name: _named(key) & agreement.keys.keys() for name, key in agreement.keys.items()})
    try:
        names = list(order.static_order())
    except CycleError as circle:
        names = []
        if len(around := circle.args[1][1:]) > _DEEPEST:
            first = next(name for name in agreement.keys if name in around)
            text = f"{len(around)} keys name each other in a circle"
            yield Fault(("keys", first), "key-circle", text, "let one of them name its parties", on_key=True)
    depths: dict[str, int] = {}
    widths: dict[str, int] = {}
    for name in names:
        key = agreement.keys[name]
        depths[name] = 1 + max((depths[one] for one in _named(key) if one in depths), default=0)
        widths[name] = _width(key, widths)
        if depths[name] > _DEEPEST:
            text = f"`{name}` leads on through more than {_DEEPEST} other keys"
            yield Fault(("keys", name), "key-depth", text, "let it name its parties", on_key=True)
            return
        if widths[name] > _MOST_TIMES * max(_DEEPEST, len(agreement.parties)):
            text = f"`{name}` names parties more often than there are any: a party may occur once in a key"
            yield Fault(("keys", name), "party-twice", text, "take it out of all but one of them", on_key=True)
            return


def _named(key: Key) -> set[str]:
    """The names that a key leads on to itself."""
    if isinstance(key, str):
        return {key}
    if isinstance(key, Weights):
        return set()
    inside = [_named(entry.by) for entry in key.values() if isinstance(entry, Group)]
    return set().union(*inside)


def _width(key: Key, widths: Mapping[str, int]) -> int:
    """How many parties a key names, at any depth, each as often as it does."""
    if isinstance(key, str):
        return widths.get(key, 1)
    if isinstance(key, Weights):
        return 1
    return sum(_width(entry.by, widths) if isinstance(entry, Group) else 1 for entry in key.values())


def known(agreement: Agreement, key: Key) -> bool:
    """Whether everything that the key names is there; what is refused elsewhere is not."""
    return all(one is not None for one in _followed(agreement, key, frozenset())) and all(
        party in agreement.parties for party in parties(agreement, key)
    )


def parties(agreement: Agreement, key: Key | None, trail: frozenset[str] = frozenset()) -> list[str]:
    """The parties that a key names, at any depth and in any table, each as often as it does within one table."""
    match key:
        case None:
            return []
        case str():
            return parties(agreement, agreement.keys[key], trail | {key}) if key in agreement.keys and key not in trail else []
        case Weights():
            tables = key.weights.values() if key.by_year else [key.weights]
            return list(dict.fromkeys(str(party) for table in tables if isinstance(table, dict) for party in table))
        case dict():
            return [
                party
                for name, entry in key.items()
                for party in (parties(agreement, entry.by, trail) if isinstance(entry, Group) else [name])
            ]
        case _:
            assert_never(key)


def shares_of_absent(
    agreement: Agreement, key: Key, place: Path, present: Sequence[str], trail: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Path]]:
    """The parties that a key gives a share above 0 though they are none of the year, each with its place."""
    match key:
        case str():
            if key in agreement.keys and key not in trail:
                yield from shares_of_absent(agreement, agreement.keys[key], ("keys", key), present, trail | {key})
        case Weights():
            return
        case dict():
            for name, entry in key.items():
                if isinstance(entry, Group):
                    if entry.share:
                        yield from shares_of_absent(agreement, entry.by, (*place, name, "by"), present, trail)
                elif entry and name not in present:
                    yield name, (*place, name)
        case _:
            assert_never(key)


def _standing(agreement: Agreement) -> Iterator[Standing]:
    """Every key of the file, where it stands; those of groups with the key that they are in."""
    for name, key in agreement.keys.items():
        yield Standing(key, ("keys", name))
    for name, activity in agreement.activities.items():
        if activity.by is not None:
            yield Standing(activity.by, ("activities", name, "by"), of_contributions=False)
    changes: list[tuple[Path, object]] = [(("sharing",), agreement.sharing)]
    changes += [(("years", str(number), "sharing"), year.sharing) for number, year in agreement.years.items()]
    for path, stated in changes:
        for name in ("surplus", "deficit", "association_shares"):
            divides = getattr(stated, name, None)
            if divides is not None:
                yield Standing(divides, (*path, name))
        reserve = getattr(stated, "reserve", None)
        if reserve is not None and reserve.at_end is not None:
            yield Standing(reserve.at_end, (*path, "reserve", "at_end"))


def _followed(agreement: Agreement, key: Key, trail: frozenset[str]) -> Iterator[Key | None]:
    """The key and all that it names; None for a name that is not there."""
    match key:
        case str() if is_word(key):
            yield key
        case str():
            found = agreement.keys.get(key)
            if found is None:
                yield None
            elif key not in trail:
                yield from _followed(agreement, found, trail | {key})
        case Weights():
            yield key
        case dict():
            yield key
            for entry in key.values():
                if isinstance(entry, Group):
                    yield from _followed(agreement, entry.by, trail)
        case _:
            assert_never(key)


def _circles(agreement: Agreement, key: Key, trail: tuple[str, ...] = ()) -> Iterator[frozenset[str]]:
    """The names that lead back to themselves."""
    match key:
        case str():
            if key in trail:
                yield frozenset(trail[trail.index(key) :])
            elif key in agreement.keys:
                yield from _circles(agreement, agreement.keys[key], (*trail, key))
        case Weights():
            return
        case dict():
            for entry in key.values():
                if isinstance(entry, Group):
                    yield from _circles(agreement, entry.by, trail)
        case _:
            assert_never(key)


def _twice(agreement: Agreement, standing: Standing) -> Iterator[Fault]:
    """A party that one key names more than once: which of the two parts would be its own?"""
    if not isinstance(standing.key, dict):
        return
    seen: dict[str, str] = {}
    for name, entry in standing.key.items():
        inside = isinstance(entry, Group)
        held = parties(agreement, entry.by) if isinstance(entry, Group) else [name]
        for party in dict.fromkeys(held):
            here = f"in `{name}`" if inside else "by itself"
            before = seen.get(party) or (here if held.count(party) > 1 else None)
            if before is not None:
                where = f"{before} and {here}" if before != here else f"more than once {here}"
                yield Fault(
                    (*standing.place, name), "party-twice", f"`{party}` stands {where}: a party may occur once in a key",
                    "take it out of one of them", rests_on=(("keys",),), on_key=True,
                )  # fmt: skip
            seen.setdefault(party, here)


def _groups(agreement: Agreement, standing: Standing) -> Iterator[Fault]:
    """A group's key names its parties itself, and depends on no contribution."""
    if not isinstance(standing.key, dict):
        return
    for name, entry in standing.key.items():
        if not isinstance(entry, Group):
            continue
        place = (*standing.place, name, "by")
        end = _end(agreement, entry.by)
        if isinstance(end, str) and end not in OF_CONTRIBUTIONS:
            yield Fault(
                place, "group-without-parties", f"the group `{name}` is divided by `{end}`, but between whom?",
                "name its parties: `weights: {…: 1, …: 1}` divides equally between them", rests_on=(("keys",),),
            )  # fmt: skip
        elif isinstance(end, dict | Weights) and not parties(agreement, end):
            text = f"the group `{name}` names no party"
            yield Fault(place, "group-without-parties", text, "name those that it consists of", rests_on=(("keys",),))
        elif end in OF_CONTRIBUTIONS:
            yield from _circular(agreement, entry.by, place, f"the key of the group `{name}`")
        if isinstance(entry.by, dict):
            yield from _groups(agreement, Standing(entry.by, place))


def _circular(agreement: Agreement, key: Key, place: Path, what: str) -> Iterator[Fault]:
    """A key that may not depend on contributions, and does."""
    end = _end(agreement, key)
    if end in OF_CONTRIBUTIONS:
        through = f"`{key}`, which is `{end}`," if key != end else f"`{end}`"
        yield Fault(
            place,
            "circular-key",
            f"{through} depends on the contributions, so it cannot be {what}",
            "name shares, weights, or a key of these",
        )


def _end(agreement: Agreement, key: Key, trail: frozenset[str] = frozenset()) -> Key | None:
    """What a name leads to in the end; None where it leads nowhere."""
    if isinstance(key, str) and key in agreement.keys and key not in trail:
        return _end(agreement, agreement.keys[key], trail | {key})
    return None if isinstance(key, str) and not is_word(key) else key
