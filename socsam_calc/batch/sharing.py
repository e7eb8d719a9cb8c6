"""§§ 3 and 4 of the arithmetic on graphs: bands, what they withhold, what is kept, who is entitled to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeGuard, assert_never

from ..model.sharing import Band
from ..model.terms import ByContributions, ByWeights, Key, Scale, Terms
from .frame import Cells
from .graph import Graph, Value, high, low
from .rounding import apportion, apportion_by_sign, over_cells, rounded, scaled, whole_weights


def through_bands(graph: Graph, terms: Terms, before: Value, final_frame: Value) -> Value:
    """§ 3.2: what of S⁰ is really shared, by size."""
    if terms.bands is None or before == 0:
        return before
    size, below = graph.absolute(before), graph.negative(before)
    surplus, deficit = terms.scale(1), terms.scale(-1)
    if high(before) <= 0 or _bands(surplus) == _bands(deficit):
        return graph.signed(_inside(graph, deficit, size, final_frame), below)
    gained = _inside(graph, surplus, size, final_frame)
    borne = _inside(graph, deficit, size, final_frame) if low(before) < 0 else gained
    return graph.signed(graph.chosen(below, borne, gained), below)


def _bands(scale: Scale | None) -> Sequence[Band] | None:
    return None if scale is None else scale.bands


def _inside(graph: Graph, scale: Scale | None, size: Value, final_frame: Value) -> Value:
    """The size walked up through the bands: Σ over the limits of what lies below each × how much the share drops there."""
    if scale is None:
        return size
    denominator = lcm(*(band.shared.denominator for band in scale.bands))
    shares = [int(band.shared * denominator) for band in scale.bands]
    terms = [graph.multiply(size, shares[-1])]
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
        terms.append(graph.multiply(graph.minimum(size, limit), share - after))
    return rounded(graph, [_positive(graph, graph.total(terms))], [denominator])


def _positive(graph: Graph, value: Value) -> Value:
    """A value that is never below 0, whatever its parts could be one by one."""
    if not isinstance(value, int):
        value.lo = max(value.lo, 0)
    return value


def after_withholding(graph: Graph, before: Mapping[str, Value], total: Value, shared: Value) -> dict[str, Value]:
    """§ 3.3: what the bands withhold comes out of the rows that have the sign of S⁰, by their size."""
    below = graph.negative(total)
    withheld = graph.subtract(total, shared, within=(min(low(total), 0), max(high(total), 0)))
    if withheld == 0:
        return dict(before)
    sizes = [graph.maximum(graph.signed(value, below), 0) for value in before.values()]
    taken = apportion(graph, withheld, sizes)
    return {
        activity: graph.subtract(value, part, within=(min(low(value), 0), max(high(value), 0)))
        for (activity, value), part in zip(before.items(), taken, strict=True)
    }


def kept_parts(graph: Graph, kept: Value, cells: Cells, performer: str, contributions: Cells) -> Cells:
    """§ 3.4: what is not shared of a row, by party."""
    if kept == 0:
        return {}
    if list(cells) == [performer]:
        return {performer: kept}
    parts, rest = over_cells(graph, kept, cells)
    if rest == 0:
        return parts
    if performer != "body":
        others: Cells = {performer: rest}
    else:
        others = dict(zip(contributions, by_weights(graph, rest, list(contributions.values())), strict=True))
    return {party: graph.add(parts.get(party, 0), others.get(party, 0)) for party in {**parts, **others}}


def by_weights(graph: Graph, total: Value, weights: Sequence[Value]) -> list[Value]:
    """An amount apportioned; scenarios in which it is not 0 and all weights are, are refused."""
    whole = graph.total(weights)
    graph.require(graph.compare("equal", graph.subtract(total, graph.multiply(total, graph.some(whole))), 0))
    return apportion(graph, total, weights, whole)


def key_weights(key: Key, contributions: Cells) -> list[Value]:
    """The weights of a key over the parties of the year, as whole numbers."""
    match key:
        case ByContributions():
            return list(contributions.values())
        case ByWeights():
            return whole_weights([key.weights[party].value for party in contributions])
        case _:
            assert_never(key)


def entitlement(graph: Graph, terms: Terms, shared: Value, contributions: Cells) -> Cells:
    """§ 4: T = apportion(S, key of its sign)."""
    surplus, deficit = key_weights(terms.surplus, contributions), key_weights(terms.deficit, contributions)
    return dict(zip(contributions, _divided(graph, shared, surplus, deficit), strict=True))


def _divided(graph: Graph, shared: Value, surplus: Sequence[Value], deficit: Sequence[Value]) -> list[Value]:
    if high(shared) <= 0 or surplus == deficit:
        return by_weights(graph, shared, deficit)
    if low(shared) >= 0:
        return by_weights(graph, shared, surplus)
    gains, burdens = (list(filter(_fixed, weights)) for weights in (surplus, deficit))
    if len(gains) == len(burdens) == len(surplus) and any(gains) and any(burdens):
        return apportion_by_sign(graph, shared, gains, burdens)
    below = graph.negative(shared)
    return by_weights(graph, shared, [graph.chosen(below, burden, gain) for gain, burden in zip(surplus, deficit, strict=True)])


def _fixed(weight: Value) -> TypeGuard[int]:
    return isinstance(weight, int)
