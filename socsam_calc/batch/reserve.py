"""§ 4a of the arithmetic on graphs: own capital. The counterpart of ``engine/reserve.py``."""

from __future__ import annotations

from fractions import Fraction

from ..model.terms import CeilingStep, Terms
from .graph import Graph, Value, high, low
from .rounding import scaled


def ceiling_of(graph: Graph, terms: Terms, final_frame: Value) -> Value | None:
    """How much own capital there should be at most; None where nothing limits it."""
    if terms.reserve is None or not terms.reserve.ceiling:
        return None
    *below, last = terms.reserve.ceiling
    chosen = _limit(graph, last, final_frame)
    for step in reversed(below):
        assert step.to is not None, "the model lets the last step alone reach all the way"
        small = graph.negative(graph.subtract(final_frame, step.to.value + 1))  # −1 up to the step's end
        chosen = graph.chosen(small, _limit(graph, step, final_frame), chosen)
    return chosen


def _limit(graph: Graph, step: CeilingStep, final_frame: Value) -> Value:
    limit: int | Fraction = step.limit.value
    return limit if isinstance(limit, int) else scaled(graph, [limit, final_frame])


def set_aside(graph: Graph, terms: Terms, shared: Value, uses: Value, opening: Value, ceiling: Value | None) -> Value:
    """A: what of a surplus own capital takes; below 0 what it gives for a deficit. One of the two is 0."""
    reserve = terms.reserve
    if reserve is None:
        return 0
    saved = scaled(graph, [reserve.surplus.value, graph.maximum(graph.subtract(shared, uses), 0)])
    if reserve.divides_above and ceiling is not None:
        saved = graph.minimum(saved, graph.maximum(graph.subtract(ceiling, opening), 0))
    deficit = scaled(graph, [reserve.deficit.value, graph.maximum(graph.subtract(0, shared), 0)])
    covered = graph.minimum(deficit, graph.maximum(graph.subtract(opening, reserve.floor.value), 0))
    return graph.subtract(saved, covered, within=_within(shared))


def left(graph: Graph, shared: Value, aside: Value) -> Value:
    """D: what own capital leaves to the parties."""
    return graph.subtract(shared, aside, within=_within(shared))


def _within(shared: Value) -> tuple[int, int]:
    return min(low(shared), 0), max(high(shared), 0)
