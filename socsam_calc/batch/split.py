"""§ 6 of the arithmetic on graphs: the office's cumulated part, limited by the cap. The counterpart of ``engine/split.py``."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from .graph import Graph, Value
from .rounding import Exact, rounded


class SplitSoFar:
    """The sums of the split over the years so far, and the office's part of them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.entitled, self.limit = Exact(0), Exact(0)
        self.before: Value = 0

    def of_year(self, share: Exact, divisible: Value, cap: Fraction, own: Value) -> tuple[Value, Value]:
        """The office's part of a year, and whether the cap limits what it has so far: ``share`` of what is ``divisible``, and the ``cap`` on
        its ``own`` administration in the frame."""
        graph = self.graph
        self.entitled = _added(graph, self.entitled, Exact(graph.multiply(share.numerator, divisible), share.denominator))
        self.limit = _added(graph, self.limit, Exact(graph.multiply(cap.numerator, own), cap.denominator))
        entitled, limit = self.entitled, self.limit
        below = graph.negative(entitled.numerator)
        size = graph.multiply(graph.absolute(entitled.numerator), limit.denominator)
        bound = graph.multiply(limit.numerator, entitled.denominator)
        within = graph.negative(graph.subtract(size, graph.add(bound, 1)))  # −1 where |E| ≤ L
        largest = graph.signed(rounded(graph, [limit.numerator], [limit.denominator]), below)
        part = graph.chosen(within, rounded(graph, [entitled.numerator], [entitled.denominator]), largest)
        office = graph.subtract(part, self.before)
        self.before = part
        return office, graph.add(within, 1)


def _added(graph: Graph, a: Exact, b: Exact) -> Exact:
    """The sum of two exact figures, over a common denominator."""
    if isinstance(a.denominator, int) and isinstance(b.denominator, int):
        common = lcm(a.denominator, b.denominator)
        above = [graph.multiply(one.numerator, common // one.denominator) for one in (a, b) if isinstance(one.denominator, int)]
        return Exact(graph.total(above), common)
    above = [graph.multiply(a.numerator, b.denominator), graph.multiply(b.numerator, a.denominator)]
    return Exact(graph.total(above), graph.multiply(a.denominator, b.denominator))
