"""§ 0 as formulas: an amount divided by a key over the parties of a year, inside groups too. The counterpart of ``engine/dividing.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, assert_never

from ...model.dividing import ByContributed, ByContributions, ByGroups, ByWeights, Key, Stated
from .cells import Value, units
from .entered import Entered
from .steps import NOTHING, Label, Steps

Cells = dict[str, Value]

GROUP: Final = "group's part"


class Basis(NamedTuple):
    """What keys divide by in a year: its parties, what each contributes, and what each has put in over the years."""

    parties: Sequence[str]
    contributions: Mapping[str, Value]
    contributed: Mapping[str, Value]


def divide(steps: Steps, entered: Entered, label: Label, whole: Value, key: Key, basis: Basis) -> Cells:
    """The parts of ``whole`` by party; those that the key does not name have none."""
    match key:
        case ByContributions():
            return steps.parts(label, whole, _of(basis.parties, basis.contributions))
        case ByContributed():
            return steps.parts(label, whole, _of(basis.parties, basis.contributed))
        case ByWeights():
            if key.name == "equal weight":
                return steps.parts(label, whole, {party: 1 for party in basis.parties if party in key.weights})
            return steps.parts(label, whole, _of(basis.parties, _counted(steps, entered, label, key, key.weights)))
        case ByGroups():
            counted = _counted(steps, entered, label, key, key.shares)
            there = {name: share for name, share in counted.items() if name in key.groups or name in basis.parties}
            found: Cells = {}
            for name, part in steps.parts(label._replace(name=GROUP), whole, there).items():
                found |= divide(steps, entered, label, part, key.groups[name], basis) if name in key.groups else {name: part}
            return _of(basis.parties, found)
        case _:
            assert_never(key)


def _counted(steps: Steps, entered: Entered, label: Label, key: ByWeights | ByGroups, stated: Mapping[str, Stated[Any]]) -> Cells:
    """A key's weights as cells. Shares have to add up to 1."""
    table = entered.table(key.name, stated)
    if key.name != "weight" and key.place not in steps.whole and table:
        steps.whole.add(key.place)
        shares, of = [share.counted for share in table.values()], next(iter(table.values())).of
        steps.must(Label(key.name, label.year), NOTHING, sum(map(units, shares)) - of, *steps.sum_of(label, shares), f"-{of}")
    return {name: weight.counted for name, weight in table.items()}


def _of(parties: Sequence[str], held: Mapping[str, Value]) -> Cells:
    return {party: held[party] for party in parties if party in held}
