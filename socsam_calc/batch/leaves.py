"""The values of the file as a graph sees them: fixed ones as they stand, varying ones as inputs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..model.agreement import Agreement
from ..model.paths import dotted
from .graph import Graph, Node, Value
from .inputs import kind_of
from .rounding import Exact, exact


class Leaves:
    """The values of the file: fixed ones as they stand, varying ones as inputs of the graph."""

    def __init__(self, graph: Graph, agreement: Agreement, bounds: Mapping[str, tuple[int, int]], denominators: Mapping[str, int]) -> None:
        self.graph, self.agreement, self.bounds, self.denominators = graph, agreement, bounds, denominators

    def amount(self, value: int, *path: str | int) -> Value:
        """An amount in rounding units."""
        name = dotted(path)
        if name not in self.bounds:
            return value
        kind = kind_of(self.agreement, path)
        node = self._input(name, None if kind == "amount" else 0)
        if kind == "positive":
            self.graph.require(self.graph.compare("greater", node, 0))
        return node

    def exact(self, value: Fraction, *path: str | int) -> Exact:
        """A number of a series, a share or a percentage."""
        name = dotted(path)
        if name not in self.bounds:
            return exact(value)
        kind = kind_of(self.agreement, path)
        node = self._input(name, None if kind == "percent" else 0)
        if kind == "number":
            self.graph.require(self.graph.compare("greater", node, 0))
        if kind == "share":
            self.graph.require(self.graph.compare("greater_equal", self.denominators[name], node))
        return Exact(node, self.denominators[name])

    def _input(self, name: str, least: int | None) -> Node:
        lo, hi = self.bounds[name]
        return self.graph.input(name, lo if least is None else max(lo, least), hi)
