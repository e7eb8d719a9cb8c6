"""§ 4a of the arithmetic on graphs: own capital. The counterpart of ``engine/reserve.py``."""

from __future__ import annotations

from fractions import Fraction

from ..model.terms import Terms
from .graph import Graph, Value, high, low
from .rounding import scaled


def ceiling_of(graph: Graph, terms: Terms, final_frame: Value) -> Value | None:
    """How much own capital there should be at most; None where nothing limits it."""
    if terms.reserve is None or not terms.reserve.ceiling:
        return None
    chosen: Value = 0
    for step in reversed(terms.reserve.ceiling):
        stated: int | Fraction = step.limit.value
        limit: Value = stated if isinstance(stated, int) else scaled(graph, [stated, final_frame])
        small = -1 if step.to is None else graph.negative(graph.subtract(final_frame, step.to.value + 1))  # −1 up to the step's end
        chosen = graph.chosen(small, limit, chosen)
    return chosen


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
    return shared if isinstance(aside, int) and aside == 0 else graph.subtract(shared, aside, within=_within(shared))


def _within(shared: Value) -> tuple[int, int]:
    return min(low(shared), 0), max(high(shared), 0)
