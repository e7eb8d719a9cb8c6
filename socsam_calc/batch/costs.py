"""§ 1 of the arithmetic on graphs, costs to date: what a row costs in a year. The counterpart of ``engine/costs.py``."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from ..model.costs import AsFrame, AsSoFar, Costs, CostsToDate, StatedCosts
from ..model.dividing import Stated
from .graph import Graph, Value
from .leaves import Leaves
from .rounding import scaled


class RowCost(NamedTuple):
    """What a row costs in a year, and in a year that still runs what of it is booked and what is expected to remain."""

    cost: Value
    booked: Value = 0
    remaining: Value = 0


def row_cost(leaves: Leaves, costs: Costs | None, activity: str, frame: Value) -> RowCost:
    """What an activity costs in the year, 0 where the file gives nothing; ``frame`` is the row's amount that its rest is taken from."""
    match costs:
        case None:
            return RowCost(0)
        case StatedCosts():
            return RowCost(leaves.amount(costs.amounts.get(activity, 0), *costs.place, activity))
        case CostsToDate():
            return _expected(leaves, costs, activity, frame)
        case _:
            assert_never(costs)


def _expected(leaves: Leaves, costs: CostsToDate, activity: str, frame: Value) -> RowCost:
    if activity not in costs.booked:
        return RowCost(0)
    graph = leaves.graph
    booked, rest = leaves.amount(costs.booked[activity], *costs.place, activity), costs.rest[activity]
    match rest:
        case AsSoFar():
            nothing = graph.negative(graph.add(booked, -1))  # −1 where nothing is booked, or less
            something = graph.compare("greater", booked, 0)
            remaining = graph.chosen(nothing, _of_frame(graph, costs.unbooked[activity], frame, something), _so_far(graph, rest, booked))
        case AsFrame():
            remaining = _of_frame(graph, rest, frame, 0)
        case Stated():
            remaining = leaves.amount(rest.value, *rest.place)
        case _:
            assert_never(rest)
    return RowCost(graph.at_least_zero(graph.add(booked, remaining)), booked, remaining)


def _so_far(graph: Graph, rest: AsSoFar, booked: Value) -> Value:
    """The rest as the months so far; where they weigh nothing, scenarios in which something is booked are left to the engine."""
    if not rest.past.total:
        graph.require(graph.compare("greater_equal", 0, booked))
        return 0
    return scaled(graph, [booked, rest.ahead.total], [rest.past.total])


def _of_frame(graph: Graph, rest: AsFrame, frame: Value, otherwise: Value) -> Value:
    """The rest as the frame has it; where the year weighs nothing, scenarios in which nothing else is taken (``otherwise``) are left to the engine."""
    if not rest.whole.total:
        graph.require(otherwise)
        return 0
    return scaled(graph, [frame, rest.ahead.total], [rest.whole.total])
