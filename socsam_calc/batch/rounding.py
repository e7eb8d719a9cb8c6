"""§ 0 of the arithmetic on graphs: round half away from zero, apportion by largest remainder, both on signed numbers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import gcd, lcm, prod
from typing import Final, NamedTuple

from ..money import apportion as apportion_numbers
from .graph import NEAR, SMALL, WHOLE, Graph, Value, high, low


class Exact(NamedTuple):
    """A share, a ratio or an amount that is not yet rounded: ``numerator / denominator``, the denominator above 0."""

    numerator: Value
    denominator: Value = 1


def exact(value: Value | Fraction | Exact) -> Exact:
    """Any number as a ratio of whole numbers."""
    if isinstance(value, Exact):
        return value
    return Exact(value.numerator, value.denominator) if isinstance(value, Fraction) else Exact(value)


def scaled(graph: Graph, factors: Sequence[Value | Fraction | Exact], divisors: Sequence[Value | Fraction | Exact] = ()) -> Value:
    """The product of the factors over that of the divisors (all above 0), rounded once, halves away from zero."""
    above, below = [exact(factor) for factor in factors], [exact(divisor) for divisor in divisors]
    return rounded(
        graph,
        [*(one.numerator for one in above), *(one.denominator for one in below)],
        [*(one.denominator for one in above), *(one.numerator for one in below)],
    )


def rounded(graph: Graph, numerators: Sequence[Value], denominators: Sequence[Value]) -> Value:
    """round(Π numerators ÷ Π denominators), halves away from zero."""
    top, bottom = _fixed(numerators), _fixed(denominators)
    common = gcd(top, bottom)
    top, bottom = top // common, bottom // common
    varying = [one for one in denominators if not isinstance(one, int)]
    amount = graph.product([top, *(one for one in numerators if not isinstance(one, int))])
    if not varying:
        return _over_fixed(graph, amount, bottom)
    divisor = graph.product([bottom, *varying])
    if amount == 0:
        return 0
    below = graph.negative(amount)
    doubled = graph.add(graph.add(graph.multiply(amount, 2), divisor), below)
    return graph.floor_divide(doubled, graph.multiply(graph.maximum(divisor, 1), 2))


def _fixed(values: Sequence[Value]) -> int:
    return prod(value for value in values if isinstance(value, int))


def _over_fixed(graph: Graph, amount: Value, divisor: int) -> Value:
    """An amount over a fixed divisor. With an odd divisor there are no halves, so the sign does not matter."""
    if divisor % 2:
        return graph.floor_divide(graph.add(amount, divisor // 2), divisor)
    return graph.floor_divide(graph.add(graph.add(amount, graph.negative(amount)), divisor // 2), divisor)


def whole_weights(weights: Sequence[int | Fraction]) -> list[int]:
    """Weights as whole numbers in the same proportions."""
    scale = lcm(*(weight.denominator for weight in weights))
    numbers = [int(weight * scale) for weight in weights]
    common = max(gcd(*numbers), 1)
    return [number // common for number in numbers]


LONGEST_TABLE: Final = 4_096
"""Entries for each sign: a table stays in the processor's nearest cache."""


MOST_COUNTED: Final = 127
"""The most that a small count holds."""


def apportion_by_sign(graph: Graph, total: Value, surplus: Sequence[int], deficit: Sequence[int]) -> list[Value]:
    """Divide ``total`` by largest remainder over fixed weights: those of ``surplus``, or of ``deficit`` where it is below 0."""
    whole = lcm(sum(surplus), sum(deficit))
    gains = [weight * (whole // sum(surplus)) for weight in surplus]
    burdens = [weight * (whole // sum(deficit)) for weight in deficit]
    below = graph.negative(total)
    weights = [graph.chosen(below, burden, gain) for gain, burden in zip(gains, burdens, strict=True)]
    bearing = [index for index, weight in enumerate(weights) if weight != 0]
    if len(bearing) <= 2 or whole > LONGEST_TABLE:
        return apportion(graph, total, weights, whole)
    return _among(len(weights), bearing, _looked_up(graph, total, [(gains[index], burdens[index]) for index in bearing], whole))


def _among(count: int, bearing: Sequence[int], parts: Sequence[Value]) -> list[Value]:
    """The parts of those that bear a weight, in their places among all; 0 for the others."""
    held = dict(zip(bearing, parts, strict=True))
    return [held.get(index, 0) for index in range(count)]


def _looked_up(graph: Graph, total: Value, weights: Sequence[tuple[int, int]], whole: int) -> list[Value]:
    """Parts by weights for a total of 0 or more and for one below, that each add up to ``whole``.

    The parts of k × whole + t are k × the weights and, beyond that, what depends on t alone. This is looked up in tables that the
    ordinary ``apportion`` made.
    """
    below = graph.negative(total)
    times = graph.floor_divide(total, whole)
    above, under = (_tables(tuple(pair[sign] for pair in weights), whole, negative=bool(sign)) for sign in (0, 1))
    if isinstance(below, int) or above == under:
        taken, entries, tables = times, whole, under if below == -1 else above
    else:  # the entries for totals below 0 stand after the others
        taken, entries, tables = graph.add(times, below), 2 * whole, [[*one, *two] for one, two in zip(above, under, strict=True)]
    index = graph.subtract(total, graph.multiply(taken, whole), within=(0, entries - 1))
    within = (min(0, low(total)), max(0, high(total)))
    parts: list[Value] = []
    for (gain, burden), beyond in zip(weights[:-1], _entries(graph, tables[:-1], index), strict=True):
        part = graph.add(graph.multiply(times, graph.chosen(below, burden, gain)), beyond)
        parts.append(_bounded(graph, part, within))
    return [*parts, graph.subtract(total, graph.total(parts), within)]


def _entries(graph: Graph, tables: Sequence[Sequence[int]], index: Value) -> list[Value]:
    """What tables of numbers of 0 or more have at an index. As many as 31 bits hold are looked up as one number: to part it takes less time
    than to look up again."""
    bits = max(1, max(max(table) for table in tables).bit_length())
    found: list[Value] = []
    for start in range(0, len(tables), 31 // bits):
        *before, last = tables[start : start + 31 // bits]
        rows = zip(*before, last, strict=True)
        packed = graph.look_up([sum(entry << bits * place for place, entry in enumerate(row)) for row in rows], index)
        for table in before:
            found.append(graph.last_bits(packed, bits, (min(table), max(table))))
            packed = graph.floor_divide(packed, 1 << bits)
        found.append(packed)
    return found


@lru_cache(maxsize=64)
def _tables(weights: tuple[int, ...], whole: int, *, negative: bool) -> list[list[int]]:
    """For each part, and t = 0 … W − 1, what it has of k × W + t beyond k × its weight; ``negative``: where that total is below 0."""
    if negative:  # its parts mirror those of the opposite, which is (−k − 1) × W + (W − t)
        divided = [
            [weight + part for weight, part in zip(weights, apportion_numbers(t - whole, weights), strict=True)] for t in range(whole)
        ]
    else:
        divided = [apportion_numbers(t, weights) for t in range(whole)]
    return [list(column) for column in zip(*divided, strict=True)]


def apportion(graph: Graph, total: Value, weights: Sequence[Value], whole: Value | None = None) -> list[Value]:
    """Divide ``total`` by largest remainder over whole weights of 0 or more, whose sum ``whole`` is above 0 wherever total is not 0.

    With floors taken downwards for both signs, a negative total differs in one thing alone: among equal remainders the *later* part
    is the one that is rounded up, which is what mirroring the parts of −total comes to.
    """
    whole = graph.total(weights) if whole is None else whole
    bearing = [index for index, weight in enumerate(weights) if high(weight) > 0]
    if not bearing or total == 0:
        return [0] * len(weights)
    if len(bearing) == 1:
        return _among(len(weights), bearing, [total])
    fixed = [weight for weight in weights if isinstance(weight, int)]
    if len(fixed) == len(weights):
        if isinstance(total, int):
            return list(apportion_numbers(total, fixed))
        if len(bearing) > 2 and sum(fixed) <= LONGEST_TABLE:
            return apportion_by_sign(graph, total, fixed, fixed)
    return _among(len(weights), bearing, _parts(graph, total, [weights[index] for index in bearing], whole))


def over_cells(graph: Graph, amount: Value, cells: Mapping[str, Value]) -> tuple[dict[str, Value], Value]:
    """An amount apportioned over the cells of a row, and what is left of it: all, where all of them are zero."""
    whole = graph.total(cells.values())
    backed = graph.some(whole)
    over = graph.multiply(amount, backed)
    parts = dict(zip(cells, apportion(graph, over, list(cells.values()), whole), strict=True))
    return parts, graph.subtract(amount, over)


def _parts(graph: Graph, total: Value, weights: Sequence[Value], whole: Value) -> list[Value]:
    """Parts by weights of which some vary, by quotients that may be one beside the floor where they lie next to a whole number.

    That changes no part. Let ``whole`` be 1, a remainder next to a whole number be below e or above 1 − e with e = 1 / ``NEAR``, and k units
    be left, which is what the true remainders add up to; there are fewer parts than 1 / e. A floor that is one too high has its unit already:
    k is one less, and its remainder, below 0, is the last. In truth it is among the first k: else k + 1 remainders are above 1 − e, and
    add up to more than k. A floor that is one too low leaves one unit more, and its remainder, above 1, is the first to be given one. In
    truth it is given none beyond that: else all but k − 1 remainders are below e, and add up with the others to less than k.
    """
    within = (min(0, low(total)), max(0, high(total)))
    if len(weights) == 2:  # the greater remainder is the one that is half or more, and a tie goes to the first
        first = _bounded(graph, rounded(graph, [total, weights[0]], [whole]), within)
        return [first, graph.subtract(total, first, within)]
    floors, remainders = [], []
    count, beside = len(weights), high(whole) // NEAR + 1
    for weight in weights:
        amount = graph.multiply(total, weight)
        floor = _bounded(graph, graph.near_floor(amount, whole), (within[0] - 1, within[1] + 1))
        floors.append(floor)
        remainders.append(graph.subtract(amount, graph.multiply(floor, whole), within=(-beside, high(whole) + beside)))
    below = (within[0] - 2 * count, within[1] + count)  # parts that are rounded down have one sign, so some of them are no more than all
    left = graph.subtract(total, _sum(graph, floors, below), within=(0, count))
    kind = SMALL if count <= MOST_COUNTED else WHOLE
    if kind == SMALL:
        left = graph.node("narrow", (left,), 0, count, SMALL)
    tie = graph.unset(graph.negative(total))  # −1 where the earlier wins, 0 where the later
    last = len(weights) - 1
    beats = {(i, j): _beats(graph, remainders[i], remainders[j], tie) for i, j in combinations(range(len(weights)), 2)}
    parts: list[Value] = []
    for i in range(last):
        ahead: Value = last - i  # how many of the others are rounded up before this one
        for j in range(last + 1):
            if j < i:
                ahead = _counted(graph, "add", ahead, beats[j, i], last, kind)
            elif j > i:
                ahead = _counted(graph, "subtract", ahead, beats[i, j], last, kind)
        gains = graph.compare("greater", left, ahead)
        parts.append(_bounded(graph, graph.add(floors[i], gains), within))
    return [*parts, graph.subtract(total, _sum(graph, parts, within), within)]


def _counted(graph: Graph, op: str, count: Value, one: Value, most: int, kind: str) -> Value:
    """A count up to ``most`` with one added or subtracted where a condition holds; where both are the same everywhere, that number."""
    if isinstance(count, int) and isinstance(one, int):
        return count + one if op == "add" else count - one
    return graph.node(op, (count, one), 0, most, kind)


def _sum(graph: Graph, values: Sequence[Value], within: tuple[int, int]) -> Value:
    """The values added up, where their sum, and that of any of them, is known to lie within bounds."""
    added: Value = 0
    for value in values:
        added = _bounded(graph, graph.add(value, added), within)
    return added


def _beats(graph: Graph, earlier: Value, later: Value, tie: Value) -> Value:
    """Whether the earlier of two remainders is rounded up before the later."""
    if isinstance(tie, int):
        return graph.compare("greater_equal" if tie else "greater", earlier, later)
    return graph.compare("greater", earlier, graph.add(later, tie))


def _bounded(graph: Graph, value: Value, within: tuple[int, int]) -> Value:
    """The same value, known to lie within narrower bounds."""
    if not isinstance(value, int):
        value.lo, value.hi = max(value.lo, within[0]), min(value.hi, within[1])
    return value
