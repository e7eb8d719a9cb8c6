"""§§ 3 and 4 of the arithmetic on graphs: bands, what they withhold, what is kept, who is entitled to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeGuard, assert_never

from ..model.dividing import Key
from ..model.terms import Scale, Terms
from .dividing import Basis, Cells, by_weights, divide, plain_weights
from .graph import Graph, Node, Value, high, low
from .rounding import apportion, apportion_by_sign, over_cells, scaled


def through_bands(graph: Graph, terms: Terms, before: Value, final_frame: Value) -> Value:
    """§ 3.2: what of S⁰ is really shared, by size."""
    if terms.bands is None:
        return before
    size, below = graph.absolute(before), graph.negative(before)
    gained, borne = (_inside(graph, scale, size, final_frame) for scale in (terms.bands.surplus, terms.bands.deficit))
    return graph.signed(graph.chosen(below, borne, gained), below)


def _inside(graph: Graph, scale: Scale | None, size: Value, final_frame: Value) -> Value:
    """The size less what is withheld of it, walked up through the bands: Σ over the limits of what lies below each × how much more
    the share is there. This is a smaller number than what is shared, and more often fits into 32 bits."""
    if scale is None:
        return size
    denominator = lcm(*(band.shared.denominator for band in scale.bands))
    shares = [int(band.shared * denominator) for band in scale.bands]
    parts, most = [graph.multiply(size, denominator - shares[-1])], high(size) * shares[-1]
    for band, share, after in zip(scale.bands, shares, shares[1:], strict=False):
        match band.to:
            case int():
                limit: Value = band.to
            case Fraction():
                limit = scaled(graph, [band.to, final_frame])
            case None:
                raise AssertionError("refused by the model: a band before the last has a limit")
            case _:
                assert_never(band.to)
        below = graph.minimum(size, limit)
        parts.append(graph.multiply(below, after - share))
        most += max(end * (share - after) for end in (low(below), high(below)))
    half = (denominator - 1) // 2  # what is withheld is rounded down at a half, so that what is shared is rounded up
    withheld = graph.floor_divide(graph.add(_positive(graph, graph.total(parts)), half), denominator)
    return graph.subtract(size, withheld, within=(0, min(high(size), (most + denominator // 2) // denominator)))


def _positive(graph: Graph, value: Value) -> Value:
    """A value that is never below 0, whatever its parts could be one by one."""
    if not isinstance(value, int):
        value.lo = max(value.lo, 0)
    return value


def after_withholding(graph: Graph, before: Mapping[str, Value], total: Value, shared: Value) -> dict[str, Value]:
    """§ 3.3: what the bands withhold comes out of the rows that have the sign of S⁰, by their size."""
    below = graph.negative(total)
    withheld = graph.subtract(total, shared, within=(min(low(total), 0), max(high(total), 0)))
    sizes = [graph.maximum(graph.signed(value, below), 0) for value in before.values()]
    taken = apportion(graph, withheld, sizes)
    return {
        activity: graph.subtract(value, part, within=(min(low(value), 0), max(high(value), 0)))
        for (activity, value), part in zip(before.items(), taken, strict=True)
    }


def kept_parts(graph: Graph, kept: Value, cells: Cells, performer: str, by: Key, basis: Basis) -> Cells:
    """§ 3.4: what is not shared of a row, by party; ``by`` divides an empty row's that no party performs."""
    parts, rest = over_cells(graph, kept, cells)
    if rest == 0:
        return parts
    if performer != "body":
        others: Cells = {performer: rest}
    else:
        others = divide(graph, rest, by, basis)
    return {party: graph.add(parts.get(party, 0), others.get(party, 0)) for party in {**parts, **others}}


def entitlement(graph: Graph, terms: Terms, rest: Value, basis: Basis) -> Cells:
    """§ 4: T = divide(D, key of its sign)."""
    surplus, deficit = plain_weights(terms.surplus, basis), plain_weights(terms.deficit, basis)
    if surplus is not None and deficit is not None and list(surplus) == list(deficit):
        return dict(zip(surplus, _divided(graph, rest, list(surplus.values()), list(deficit.values())), strict=True))
    gains = divide(graph, graph.maximum(rest, 0), terms.surplus, basis)
    burdens = divide(graph, graph.minimum(rest, 0), terms.deficit, basis)
    return {party: graph.add(gains.get(party, 0), burdens.get(party, 0)) for party in basis.parties}


def _divided(graph: Graph, shared: Value, surplus: Sequence[Value], deficit: Sequence[Value]) -> list[Value]:
    below = graph.negative(shared)
    gains, burdens = (list(filter(_fixed, weights)) for weights in (surplus, deficit))
    if isinstance(below, Node) and len(gains) == len(burdens) == len(surplus) and any(gains) and any(burdens):
        return apportion_by_sign(graph, shared, gains, burdens)
    return by_weights(graph, shared, [graph.chosen(below, burden, gain) for gain, burden in zip(surplus, deficit, strict=True)])


def _fixed(weight: Value) -> TypeGuard[int]:
    return isinstance(weight, int)
