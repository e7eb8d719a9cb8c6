"""The instructions for a graph, each in a width: 32 bits where the bounds prove that they do, 64 elsewhere; half the width is twice the speed.

A quotient of two varying values is taken by a float of 64 bits, as processors divide these several at a time and whole numbers one by one.
It is exact all the same. Whole numbers up to 2⁵³ are floats themselves, and where |a| + b ≤ 2⁵³, ⌊a ÷ b⌋ is that of the rounded quotient:
a ÷ b lies 1 ÷ b or more below the next whole number, and to be rounded up to it would have to lie closer. Elsewhere the float is a guess,
off by less than a half, so that the whole number next to it is the quotient or one more; the remainder, which is whole, tells which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from .graph import FLAG, SMALL, WHOLE, Node, Value

NARROW: Final = "int32"
"""What holds amounts that are proven to fit into 32 bits."""

REAL: Final = "float64"
"""What divides: whole numbers as floats."""

_RESIDUE: Final = "residue"
"""The last 32 bits of a value that does not fit into them: enough for a sum or a product that does."""

_EXACT: Final = 1 << 53
"""Every whole number up to this is a float of 64 bits."""

_RING: Final = frozenset(("add", "subtract", "multiply"))
_NARROW_OPS: Final = _RING | {
    "floor_divide",
    "near_floor",
    "right_shift",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "maximum",
    "minimum",
    "absolute",
}
_LONGEST_WAIT: Final = 4
"""So many steps may wait for one another: what is asked for last is computed by recursion."""


class Instruction(NamedTuple):
    """``op`` on the values numbered ``args`` gives the value numbered ``out``."""

    op: str
    args: tuple[int, ...]
    out: int


class Lowered:
    """The instructions for an ordered graph. ``kinds`` says what each numbered value is, ``inputs`` and ``places`` which of them are given
    and wanted. A node is ``wanted`` as what stands beside it; inputs that are ``narrow`` come in 32 bits.

    ``constants`` are values that never change, those in ``spread`` an array of them, which NumPy compares with faster than with one;
    ``views`` are conditions that are seen as counts of 0 and 1.
    """

    def __init__(self, order: Sequence[Node], wanted: Mapping[Node, str], narrow: Collection[Node] = ()) -> None:
        self.kinds: list[str] = []
        self.constants: dict[int, int | tuple[int, ...]] = {}
        self.views: dict[int, int] = {}
        self.instructions: list[Instruction] = []
        self._held: dict[tuple[int, str], int] = {}
        self._ratios: dict[tuple[int, int], int] = {}
        self._waiting: dict[int, int] = {}
        self._known_constants: dict[tuple[int | tuple[int, ...], str, bool], int] = {}
        self.spread: set[int] = set()
        self._uses = Counter(id(arg) for node in order for arg in node.args if isinstance(arg, Node))
        self.places: dict[Node, int] = {}
        self.inputs: dict[Node, int] = {}
        for node in order:
            if node.op == "input":
                kind = NARROW if node in narrow else WHOLE
                self.inputs[node] = self._held[id(node), kind] = self._new(kind)
            else:
                self._lower(node)
            if node in wanted:
                self.places[node] = self._as(node, wanted[node])

    def _new(self, kind: str) -> int:
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def _constant(self, value: int | tuple[int, ...], kind: str, *, spread: bool = False) -> int:
        key = (value, kind, spread)
        if key not in self._known_constants:
            place = self._known_constants[key] = self._new(kind)
            self.constants[place] = value
            self.spread |= {place} if spread else set()
        return self._known_constants[key]

    def _step(self, op: str, args: Sequence[int], kind: str) -> int:
        place = self._new(kind)
        self.instructions.append(Instruction(op, tuple(args), place))
        return place

    def _emit(self, op: str, args: Sequence[int], node: Node, kind: str) -> int:
        place = self._held[id(node), kind] = self._step(op, args, kind)
        return place

    def _lower(self, node: Node) -> None:
        if node.op == "look_up":
            kind = NARROW if fits(node) else WHOLE
            self._emit("look_up", (self._constant(node.table, kind), self._arg(node.args[0], WHOLE)), node, kind)
        elif not self._divided(node) and not self._put_off(node):
            self._in_width(node, NARROW if self._is_narrow(node) else node.kind)

    def _in_width(self, node: Node, kind: str) -> None:
        args = node.args
        if kind == NARROW and node.op == "right_shift" and isinstance(args[1], int):
            args = (args[0], min(args[1], 31))  # beyond, what is left is the sign
        taken = [self._arg(arg, of) for arg, of in zip(args, self._kinds_of(node, kind), strict=True)]
        if node.op in ("maximum", "minimum"):
            taken = [
                self._constant(arg, kind, spread=True) if isinstance(arg, int) else place for arg, place in zip(args, taken, strict=True)
            ]
        self._emit(node.op, taken, node, kind)

    def _put_off(self, node: Node) -> bool:
        """Whether a step waits to see in which form it is asked for: a sum or product beyond 32 bits often never is in full."""
        if node.op not in _RING or node.kind != WHOLE or self._is_narrow(node):
            return False
        depth = 1 + max((self._waiting.get(id(arg), 0) for arg in node.args if isinstance(arg, Node)), default=0)
        if depth > _LONGEST_WAIT:
            return False
        self._waiting[id(node)] = depth
        return True

    def _is_narrow(self, node: Node) -> bool:
        """Whether a step is done in 32 bits: it can be, and some value that it needs is there in 32 bits, or will be of use in them.

        Two inputs are made narrow one by one, each while it is in the processor's cache.
        """
        if node.op not in _NARROW_OPS or node.kind != WHOLE or not fits(node):
            return False
        if not all(fits(arg) for arg in node.args):
            return node.op in _RING and all(self._has_residue(arg) for arg in node.args)
        nodes = [arg for arg in node.args if isinstance(arg, Node) and arg.kind == WHOLE]
        if len(nodes) > 1 and any(arg.op == "input" for arg in nodes):
            return True
        return any((id(arg), NARROW) in self._held or self._uses[id(arg)] > 1 for arg in nodes)

    def _has_residue(self, value: Value) -> bool:
        """Whether the last 32 bits of a value cost no more than a step in 32 bits."""
        if isinstance(value, int) or any((id(value), kind) in self._held for kind in (NARROW, _RESIDUE)):
            return True
        return id(value) in self._waiting and (id(value), WHOLE) not in self._held and all(map(self._has_residue, value.args))

    def _kinds_of(self, node: Node, kind: str) -> list[str]:
        """What each value that a step needs is taken as."""
        if kind == SMALL and node.op != "narrow":
            return [SMALL] * len(node.args)
        nodes = [arg for arg in node.args if isinstance(arg, Node)]
        if node.kind == FLAG:
            if any(arg.kind == SMALL for arg in nodes):
                return [SMALL] * len(node.args)
            if nodes and all(arg.kind == FLAG for arg in nodes):
                return [FLAG] * len(node.args)
            there = any((id(arg), NARROW) in self._held for arg in nodes)
            kind = NARROW if there and all(fits(arg) for arg in node.args) else WHOLE
        elif node.op == "narrow":
            kind = NARROW if any((id(arg), NARROW) in self._held for arg in nodes) else WHOLE
        return [_RESIDUE if kind == NARROW and not fits(arg) else kind for arg in node.args]

    def _arg(self, arg: Value, kind: str) -> int:
        if kind == _RESIDUE:
            return self._residue(arg)
        return self._constant(arg, kind) if isinstance(arg, int) else self._as(arg, kind)

    def _as(self, node: Node, kind: str) -> int:
        """The number of a node's value in a width; converted where it is not there."""
        key = (id(node), kind)
        if key not in self._held:
            if kind == SMALL and node.kind == FLAG:
                place = self._held[key] = self._new(SMALL)
                self.views[place] = self._held[id(node), FLAG]
            elif node.kind == FLAG:
                self._emit("convert", (self._held[id(node), FLAG],), node, kind)
            elif kind == WHOLE and (id(node), NARROW) not in self._held:
                self._in_width(node, WHOLE)  # it waited for this
            else:
                self._emit("convert", (self._as(node, NARROW if kind == WHOLE else WHOLE),), node, kind)
        return self._held[key]

    def _there(self, node: Node) -> bool:
        return (id(node), NARROW) in self._held or (id(node), WHOLE) in self._held

    def _in_full(self, node: Node) -> int:
        """The number of a node's value in whichever width it is there."""
        narrow = self._held.get((id(node), NARROW))
        return self._as(node, WHOLE) if narrow is None else narrow

    def _residue(self, value: Value) -> int:
        """The last 32 bits of a value."""
        if isinstance(value, int):
            return self._constant((value + (1 << 31)) % (1 << 32) - (1 << 31), NARROW)
        if fits(value):
            return self._as(value, NARROW)
        key = (id(value), _RESIDUE)
        if key not in self._held:
            if (id(value), WHOLE) not in self._held and self._has_residue(value):
                self._held[key] = self._step(value.op, [self._residue(arg) for arg in value.args], NARROW)
            else:
                self._held[key] = self._step("convert", (self._as(value, WHOLE),), NARROW)
        return self._held[key]

    # --- quotients -------------------------------------------------------------------------------------------------------

    def _divided(self, node: Node) -> bool:
        """A quotient by a varying divisor through floats, where that is exact."""
        if node.op not in ("floor_divide", "near_floor"):
            return False
        a, b = node.args
        if isinstance(b, int):
            return False
        if node.op == "near_floor" and fits(node):
            self._emit("convert", (self._step("floor", (self._guessed(a, b),), REAL),), node, NARROW)
            return True
        if _size(a) + _size(b) <= _EXACT:
            quotient = self._step("divide", (self._real(a), self._real(b)), REAL)
            self._emit("convert", (self._step("floor", (quotient,), REAL),), node, NARROW if fits(node) else WHOLE)
            return True
        if not fits(node) or node.hi == (1 << 31) - 1 or not fits(b):
            return False
        guess = self._step("convert", (self._step("rint", (self._guessed(a, b),), REAL),), NARROW)
        taken = self._step("multiply", (guess, self._as(b, NARROW)), NARROW)
        rest = self._step("subtract", (self._residue(a), taken), NARROW)
        one_less = self._step("right_shift", (rest, self._constant(31, NARROW)), NARROW)
        self._emit("add", (guess, one_less), node, NARROW)
        return True

    def _guessed(self, a: Value, b: Node) -> int:
        """a ÷ b as a float, a few roundings off. A factor over the divisor serves all products that are divided by it."""
        if isinstance(a, int) or a.op != "multiply" or self._there(a):
            return self._step("divide", (self._real(a), self._real(b)), REAL)
        factor, other = a.args
        key = (id(factor), id(b))
        if key not in self._ratios:
            self._ratios[key] = self._step("divide", (self._real(factor), self._real(b)), REAL)
        return self._step("multiply", (self._ratios[key], self._real(other)), REAL)

    def _real(self, value: Value) -> int:
        """A value as a float: exact up to 2⁵³, beyond that a few roundings off, each by 2⁻⁵³ of it at most."""
        if isinstance(value, int):
            return self._constant(value, REAL)
        key = (id(value), REAL)
        if key not in self._held:
            exact = all(_size(one) <= _EXACT for one in (value, *value.args))
            if id(value) in self._waiting and not self._there(value) and (exact or value.op == "multiply"):
                self._emit(value.op, [self._real(arg) for arg in value.args], value, REAL)
            else:
                self._emit("convert", (self._in_full(value),), value, REAL)
        return self._held[key]


def _size(value: Value) -> int:
    """How far from 0 a value can be."""
    return abs(value) if isinstance(value, int) else max(-value.lo, value.hi)


def fits(value: Value) -> bool:
    """Whether 32 bits hold a value, whatever it comes to."""
    lo, hi = (value, value) if isinstance(value, int) else (value.lo, value.hi)
    return lo >= -(1 << 31) and hi < 1 << 31
