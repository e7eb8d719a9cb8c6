"""Sums on whole numbers as a graph: each node knows the least and the greatest value that it can take.

A value is an ``int``, the same in every scenario, or a ``Node``, computed for each. Bounds follow from those of the inputs by
interval arithmetic in Python's unlimited integers, so that a step that might leave 64 bits is known before any scenario is run.
Two's complement makes sums and products right whenever the result itself fits, whatever happened on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

WHOLE, FLAG, SMALL = "int64", "bool", "int8"
"""What a node holds: amounts, conditions, or small counts."""

LARGEST: Final = 2**63 - 1

NEAR: Final = 1 << 15
"""What lies closer than one part of so many to a whole number is next to it."""


class Node:
    """One step: what is done (``op``), to which values, and the bounds of what comes out. ``table`` is what a look-up looks in."""

    __slots__ = ("args", "hi", "kind", "lo", "op", "table")

    def __init__(self, op: str, args: tuple[Value, ...], lo: int, hi: int, kind: str, table: tuple[int, ...] = ()) -> None:
        self.op, self.args, self.lo, self.hi, self.kind, self.table = op, args, lo, hi, kind, table


Value = int | Node


def low(value: Value) -> int:
    """The least that a value can be."""
    return value if isinstance(value, int) else value.lo


def high(value: Value) -> int:
    """The greatest that a value can be."""
    return value if isinstance(value, int) else value.hi


class Graph:
    """Builds nodes, each only once, and folds what is the same in every scenario."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Node] = {}
        self.inputs: dict[str, Node] = {}
        self.conditions: list[Node] = []

    def input(self, name: str, lo: int, hi: int) -> Node:
        """An array that is given for each run."""
        if name not in self.inputs:
            self.inputs[name] = Node("input", (), lo, hi, WHOLE)
        return self.inputs[name]

    def node(self, op: str, args: tuple[Value, ...], lo: int, hi: int, kind: str = WHOLE) -> Value:
        """A step, made once. A step that has only one possible outcome is that number."""
        if lo == hi:
            return lo
        key = (op, args, kind)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Node(op, args, lo, hi, kind)
        return known

    # --- sums and products -----------------------------------------------------------------------------------------------

    def add(self, a: Value, b: Value) -> Value:
        if isinstance(a, int):
            if isinstance(b, int):
                return a + b
            a, b = b, a
        if b == 0:
            return a
        return self.node("add", (a, b), a.lo + low(b), a.hi + high(b))

    def total(self, values: Iterable[Value]) -> Value:
        """The values added up, what is fixed first."""
        return _folded(self.add, values, 0)

    def subtract(self, a: Value, b: Value, within: tuple[int, int] | None = None) -> Value:
        """a − b; ``within`` states bounds that are narrower than those of two unrelated values."""
        if isinstance(b, int):
            return self.add(a, -b)
        if a is b:
            return 0
        lo, hi = within or (low(a) - b.hi, high(a) - b.lo)
        return self.node("subtract", (a, b), lo, hi)

    def multiply(self, a: Value, b: Value) -> Value:
        if isinstance(a, int):
            if isinstance(b, int):
                return a * b
            a, b = b, a
        if b == 1:
            return a
        corners = [x * y for x in (a.lo, a.hi) for y in (low(b), high(b))]
        return self.node("multiply", (a, b), min(corners), max(corners))

    def product(self, values: Iterable[Value]) -> Value:
        """The values multiplied, what is fixed first."""
        return _folded(self.multiply, values, 1)

    def floor_divide(self, a: Value, b: Value) -> Value:
        """⌊a ÷ b⌋, b above 0 (what may be 0 is taken as 1: its scenarios are held back by a condition)."""
        if isinstance(b, int):
            if isinstance(a, int):
                return a // b
            if b == 1:
                return a
            if b.bit_count() == 1:
                return self.node("right_shift", (a, b.bit_length() - 1), a.lo // b, a.hi // b)
        else:
            b = self.maximum(b, 1)
            if isinstance(b, int):
                return self.floor_divide(a, b)
        corners = [x // y for x in (low(a), high(a)) for y in (low(b), high(b))]
        return self.node("floor_divide", (a, b), min(corners), max(corners))

    def near_floor(self, a: Value, b: Value) -> Value:
        """⌊a ÷ b⌋, b above 0, or one beside it where a ÷ b lies next to a whole number: closer than 1 / ``NEAR``."""
        floor = self.floor_divide(a, b)
        if isinstance(floor, int) or floor.op != "floor_divide" or isinstance(floor.args[1], int):
            return floor
        return self.node("near_floor", floor.args, floor.lo - 1, floor.hi + 1)

    # --- comparisons -----------------------------------------------------------------------------------------------------

    def maximum(self, a: Value, b: int) -> Value:
        return a if low(a) >= b else self.node("maximum", (a, b), b, max(high(a), b))

    def minimum(self, a: Value, b: Value) -> Value:
        if high(a) <= low(b):
            return a
        if high(b) <= low(a):
            return b
        return self.node("minimum", (a, b), min(low(a), low(b)), min(high(a), high(b)))

    def absolute(self, a: Value) -> Value:
        if low(a) >= 0:
            return a
        if isinstance(a, int):
            return -a
        return self.node("absolute", (a,), max(0, -a.hi), max(-a.lo, a.hi))

    def negative(self, a: Value) -> Value:
        """−1 where a is below 0, else 0: a mask."""
        if low(a) >= 0:
            return 0
        return -1 if high(a) < 0 else self.node("right_shift", (a, 63), -1, 0)

    def unset(self, mask: Value) -> Value:
        """The mask the other way round."""
        return -1 - mask if isinstance(mask, int) else self.node("bitwise_xor", (mask, -1), -1, 0)

    def signed(self, size: Value, mask: Value) -> Value:
        """``size``, negated where the mask is set."""
        if isinstance(mask, int):
            return self.subtract(0, size) if mask else size
        return self.multiply(size, self.node("bitwise_or", (mask, 1), -1, 1))

    def chosen(self, mask: Value, set_: Value, unset: Value) -> Value:
        """``set_`` where the mask is −1, ``unset`` where it is 0."""
        if isinstance(mask, int):
            return set_ if mask else unset
        if set_ is unset or (isinstance(set_, int) and set_ == unset):
            return unset
        lo, hi = min(low(set_), low(unset)), max(high(set_), high(unset))
        if isinstance(unset, int) and unset == 0:
            return self.node("bitwise_and", (set_, mask), lo, hi)
        if isinstance(set_, int) and isinstance(unset, int):
            return self.add(self.node("bitwise_and", (mask, set_ - unset), min(0, set_ - unset), max(0, set_ - unset)), unset)
        reach = 1 << max(hi, ~lo).bit_length()
        apart = self.node("bitwise_xor", (set_, unset), -reach, reach - 1)
        return self.node("bitwise_xor", (self.node("bitwise_and", (apart, mask), -reach, reach - 1), unset), lo, hi)

    def look_up(self, table: Sequence[int], index: Value) -> Value:
        """The entry of the table at an index, which lies within it."""
        if isinstance(index, int):
            return table[index]
        held = tuple(table)
        key = ("look_up", index, held)
        if min(held) == max(held):
            return held[0]
        if key not in self._known:
            self._known[key] = Node("look_up", (index,), min(held), max(held), WHOLE, held)
        return self._known[key]

    def last_bits(self, a: Value, count: int, within: tuple[int, int]) -> Value:
        """The number that the last bits of a value of 0 or more make, known to lie within bounds."""
        mask = (1 << count) - 1
        return a & mask if isinstance(a, int) else self.node("bitwise_and", (a, mask), *within)

    def some(self, a: Value) -> Value:
        """1 where a, which is 0 or more, is above 0; else 0."""
        return self.minimum(self.maximum(a, 0), 1)

    def compare(self, op: str, a: Value, b: Value) -> Value:
        """A condition: ``greater``, ``greater_equal`` or ``equal``. A condition that is the same everywhere is 1 or 0."""
        if op != "equal":
            reach = 1 if op == "greater" else 0
            if low(a) >= high(b) + reach:
                return 1
            if high(a) < low(b) + reach:
                return 0
        elif isinstance(a, int) and isinstance(b, int):
            return int(a == b)
        elif a is b:
            return 1
        elif low(a) > high(b) or high(a) < low(b):
            return 0
        return self.node(op, (a, b), 0, 1, FLAG)

    def both(self, a: Value, b: Value) -> Value:
        """A condition that holds where both do."""
        if 0 in (a, b):
            return 0
        return a if b == 1 else b if a == 1 else self.node("logical_and", (a, b), 0, 1, FLAG)

    def require(self, condition: Value) -> None:
        """Scenarios in which the condition does not hold are left to the ordinary engine, which refuses them or settles them."""
        if isinstance(condition, Node):
            self.conditions.append(condition)
        elif not condition:
            self.conditions.append(Node("never", (), 0, 0, FLAG))

    def at_least_zero(self, a: Value) -> Value:
        """The value, required to be 0 or more."""
        self.require(self.compare("greater_equal", a, 0))
        return self.maximum(a, 0)


def _folded(step: Callable[[Value, Value], Value], values: Iterable[Value], neutral: int) -> Value:
    """The values put together one after the other, what is fixed first."""
    result: Value = neutral
    for value in sorted(values, key=lambda value: isinstance(value, Node)):
        result = step(value, result)
    return result


def needed(roots: Iterable[Value]) -> list[Node]:
    """The nodes that the roots rest on, each after those that it needs, and close to where it is used."""
    order: list[Node] = []
    seen: set[int] = set()
    for root in roots:
        stack: list[tuple[Value, bool]] = [(root, False)]
        while stack:
            value, done = stack.pop()
            if isinstance(value, int):
                continue
            if done:
                order.append(value)
            elif id(value) not in seen:
                seen.add(id(value))
                stack.append((value, True))
                stack.extend((arg, False) for arg in reversed(value.args))
    return order
