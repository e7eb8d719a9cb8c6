"""Which width each step is done in: 32 bits where its bounds prove that they do, 64 elsewhere. Half the width is twice the speed.

A graph comes out as a plain list of instructions on numbered values, with the conversions between widths that it takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from .graph import FLAG, SMALL, WHOLE, Node, Value

NARROW: Final = "int32"
"""What holds amounts that are proven to fit into 32 bits."""

_NARROW_OPS: Final = frozenset(
    ("add", "subtract", "multiply", "floor_divide", "right_shift", "bitwise_and", "bitwise_xor", "maximum", "minimum", "absolute")
)


class Instruction(NamedTuple):
    """``op`` on the values numbered ``args`` gives the value numbered ``out``."""

    op: str
    args: tuple[int, ...]
    out: int


class Lowered:
    """The instructions for an ordered graph. ``kinds`` says what each numbered value is, ``places`` which one a wanted node is in full.

    ``constants`` are values that never change, ``views`` conditions that are seen as counts of 0 and 1.
    """

    def __init__(self, order: Sequence[Node], wanted: Iterable[Node]) -> None:
        self.kinds: list[str] = []
        self.constants: dict[int, int | tuple[int, ...]] = {}
        self.views: dict[int, int] = {}
        self.instructions: list[Instruction] = []
        self._held: dict[tuple[int, str], int] = {}
        self._known_constants: dict[tuple[int | tuple[int, ...], str], int] = {}
        self._uses = Counter(id(arg) for node in order for arg in node.args if isinstance(arg, Node))
        self.places = dict.fromkeys(map(id, wanted), -1)
        for node in order:
            self._lower(node)
            if id(node) in self.places:
                self.places[id(node)] = self._as(node, node.kind)

    def _new(self, kind: str) -> int:
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def _constant(self, value: int | tuple[int, ...], kind: str) -> int:
        key = (value, kind)
        if key not in self._known_constants:
            place = self._known_constants[key] = self._new(kind)
            self.constants[place] = value
        return self._known_constants[key]

    def _emit(self, op: str, args: Sequence[int], node: Node, kind: str) -> None:
        place = self._held[id(node), kind] = self._new(kind)
        self.instructions.append(Instruction(op, tuple(args), place))

    def _lower(self, node: Node) -> None:
        if node.op == "input":
            self._held[id(node), WHOLE] = self._new(WHOLE)
        elif node.op == "look_up":
            kind = NARROW if _fits(node) else WHOLE
            self._emit("look_up", (self._constant(node.table, kind), self._arg(node.args[0], WHOLE)), node, kind)
        else:
            kind = NARROW if self._is_narrow(node) else node.kind
            args = node.args
            if kind == NARROW and node.op == "right_shift" and isinstance(args[1], int):
                args = (args[0], min(args[1], 31))  # beyond, what is left is the sign
            self._emit(node.op, [self._arg(arg, of) for arg, of in zip(args, self._kinds_of(node, kind), strict=True)], node, kind)

    def _is_narrow(self, node: Node) -> bool:
        """Whether a step is done in 32 bits: it can be, and some value that it needs is there in 32 bits, or will be of use in them."""
        if node.op not in _NARROW_OPS or node.kind != WHOLE or not _fits(node):
            return False
        if not all(_fits(arg) for arg in node.args):
            return False
        nodes = [arg for arg in node.args if isinstance(arg, Node) and arg.kind == WHOLE]
        return any((id(arg), NARROW) in self._held or self._uses[id(arg)] > 1 for arg in nodes)

    def _kinds_of(self, node: Node, kind: str) -> list[str]:
        """What each value that a step needs is taken as."""
        if kind == SMALL and node.op != "narrow":
            return [SMALL] * len(node.args)
        nodes = [arg for arg in node.args if isinstance(arg, Node)]
        if node.kind == FLAG:
            if any(arg.kind == SMALL for arg in nodes):
                return [SMALL] * len(node.args)
            there = any((id(arg), NARROW) in self._held for arg in nodes)
            kind = NARROW if there and all(_fits(arg) for arg in node.args) else WHOLE
        elif node.op == "narrow":
            kind = NARROW if any((id(arg), NARROW) in self._held for arg in nodes) else WHOLE
        return [FLAG if isinstance(arg, Node) and arg.kind == FLAG else kind for arg in node.args]

    def _arg(self, arg: Value, kind: str) -> int:
        return self._constant(arg, kind) if isinstance(arg, int) else self._as(arg, kind)

    def _as(self, node: Node, kind: str) -> int:
        """The number of a node's value in a width; converted where it is not there."""
        key = (id(node), kind)
        if key not in self._held:
            if kind == SMALL and node.kind == FLAG:
                place = self._held[key] = self._new(SMALL)
                self.views[place] = self._held[id(node), FLAG]
            else:
                other = self._held[id(node), NARROW if kind == WHOLE else WHOLE]
                self._emit("convert", (other,), node, kind)
        return self._held[key]


def _fits(value: Value) -> bool:
    lo, hi = (value, value) if isinstance(value, int) else (value.lo, value.hi)
    return lo >= -(1 << 31) and hi < 1 << 31
