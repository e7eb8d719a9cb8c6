"""§ 0 of the arithmetic on graphs: an amount divided by a key, inside groups too. The counterpart of ``engine/dividing.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from ..model.dividing import ByContributed, ByContributions, ByGroups, ByWeights, Key
from .graph import Graph, Value
from .rounding import apportion, whole_weights

Cells = dict[str, Value]


class Basis(NamedTuple):
    """What keys divide by in a year: its parties, what each contributes to the frame, and what each has put in over the years."""

    parties: Sequence[str]
    contributions: Mapping[str, Value]
    contributed: Mapping[str, Value]


def divide(graph: Graph, total: Value, key: Key, basis: Basis) -> Cells:
    """An amount divided by a key over the parties of a year. Scenarios in which nobody is there to bear it are left to the engine."""
    match key:
        case ByContributions() | ByContributed() | ByWeights():
            weights = plain_weights(key, basis)
            assert weights is not None
            return dict(zip(weights, by_weights(graph, total, list(weights.values())), strict=True))
        case ByGroups():
            held = [entry for entry in key.shares if entry in key.groups or entry in basis.parties]
            parts = by_weights(graph, total, whole_weights([key.shares[entry].value for entry in held]))
            divided: Cells = {}
            for entry, part in zip(held, parts, strict=True):
                divided |= divide(graph, part, key.groups[entry], basis) if entry in key.groups else {entry: part}
            return {party: divided[party] for party in basis.parties if party in divided}
        case _:
            assert_never(key)


def plain_weights(key: Key, basis: Basis) -> Cells | None:
    """The weights of a key over the parties of the year, as whole numbers; None where groups stand in it."""
    match key:
        case ByContributions():
            return {party: basis.contributions[party] for party in basis.parties if party in basis.contributions}
        case ByContributed():
            return {party: basis.contributed[party] for party in basis.parties if party in basis.contributed}
        case ByWeights():
            held = [party for party in basis.parties if party in key.weights]
            return dict(zip(held, whole_weights([key.weights[party].value for party in held]), strict=True))
        case ByGroups():
            return None
        case _:
            assert_never(key)


def by_weights(graph: Graph, total: Value, weights: Sequence[Value]) -> list[Value]:
    """An amount apportioned; scenarios in which it is not 0 and all weights are, are refused."""
    whole = graph.total(weights)
    graph.require(graph.compare("equal", graph.subtract(total, graph.multiply(total, graph.some(whole))), 0))
    return apportion(graph, total, weights, whole)
