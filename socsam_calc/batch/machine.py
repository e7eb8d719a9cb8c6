"""Runs a graph over arrays of scenarios, a piece at a time, so that everything stays in the processor's cache.

The steps are put in order once and given a width: 32 bits where their bounds prove that they do, 64 elsewhere; half the width is twice
the speed. Then they are given registers, each a buffer that is used again as soon as its value is no longer needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .graph import FLAG, LARGEST, SMALL, WHOLE, Graph, Node, Value, needed

PIECE: Final = 16_384
"""Scenarios that are computed together; measured as the best size."""

Array = NDArray[Any]


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
        self.places: dict[int, int] = {}
        in_full = set(map(id, wanted))
        for node in order:
            self._lower(node)
            if id(node) in in_full:
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


class TooLarge(Exception):
    """A step of the computation might leave 64 bits."""


def _convert(value: Any, out: Array) -> None:
    np.copyto(out, value, casting="unsafe")  # the bounds have proven that it fits


def _look_up(table: Array, index: Array, out: Array) -> None:
    np.take(table, index, out=out, mode="clip")  # every index lies within: to clip is cheaper than to check


def _never(out: Array) -> None:
    out.fill(False)


class Program:
    """The steps that the wanted figures need. Raises TooLarge where one of them might leave 64 bits."""

    def __init__(self, graph: Graph, wanted: Mapping[str, Value], known: Mapping[str, Value]) -> None:
        self.fixed = {path: value for path, value in wanted.items() if isinstance(value, int)}
        self.wanted = {path: value for path, value in wanted.items() if isinstance(value, Node)}
        self.known = {path: value for path, value in known.items() if isinstance(value, Node) and path in wanted}
        conditions = list(dict.fromkeys(graph.conditions))
        roots = [*self.wanted.values(), *self.known.values(), *conditions]
        order = needed(roots)
        if any(max(-node.lo, node.hi) > LARGEST for node in order) or any(abs(value) > LARGEST for value in self.fixed.values()):
            raise TooLarge
        self.inputs = {name: node for name, node in graph.inputs.items() if any(node is one for one in order)}
        lowered = Lowered(order, [root for root in roots if isinstance(root, Node)] + list(self.inputs.values()))
        place = lowered.places
        self.conditions = [place[id(node)] for node in conditions]
        taken: set[int] = set()
        self.direct: dict[str, int] = {}
        self.copied: dict[str, int] = {}
        for path, node in self.wanted.items():
            first = id(node) not in taken and node.op != "input"
            (self.direct if first else self.copied)[path] = place[id(node)]
            taken.add(id(node))
        self.flags = {path: place[id(node)] for path, node in self.known.items()}
        self.input_places = {name: place[id(node)] for name, node in self.inputs.items()}
        self._views = lowered.views
        given = {*self.direct.values(), *self.input_places.values()}
        register, kinds = _registers(lowered, given, {*self.conditions, *self.flags.values()})
        self._buffers = [np.zeros(PIECE, kind) for kind in kinds]
        self._buffer_of = register
        self._constants = {number: np.array(value, lowered.kinds[number]) for number, value in lowered.constants.items()}
        self._size = len(lowered.kinds)
        self.steps = [(_FUNCTIONS[step.op], step.args, step.out) for step in lowered.instructions]

    def run(self, inputs: Mapping[str, Array], outputs: Mapping[str, Array], flags: Mapping[str, Array], width: int) -> Array | None:
        """Compute a piece of ``width`` scenarios, at most ``PIECE``. Where the conditions hold is returned; None where they all do everywhere.

        What is computed for a scenario in which a condition does not hold means nothing.
        """
        registers: list[Any] = [None] * self._size
        for number, constant in self._constants.items():
            registers[number] = constant
        for number, buffer in self._buffer_of.items():
            registers[number] = self._buffers[buffer][:width]
        for name, number in self.input_places.items():
            registers[number] = inputs[name]
        for path, number in self.direct.items():
            registers[number] = outputs[path]
        for view, number in self._views.items():
            registers[view] = registers[number].view(SMALL)
        for function, places, out in self.steps:
            if len(places) == 2:
                function(registers[places[0]], registers[places[1]], out=registers[out])
            else:
                function(*(registers[place] for place in places), out=registers[out])
        for path, place in self.copied.items():
            outputs[path][...] = registers[place]
        for path, place in self.flags.items():
            flags[path][...] = registers[place]
        holds: Array | None = None
        for place in self.conditions:
            if not registers[place].all():
                holds = registers[place].copy() if holds is None else holds & registers[place]
        return holds


def _registers(lowered: Lowered, given: set[int], lasting: set[int]) -> tuple[dict[int, int], list[str]]:
    """A buffer for each value that is computed, and what each buffer holds. A buffer is used again when its value is no longer needed.

    Values that are ``given`` stand in the caller's arrays; those that are ``lasting`` are read at the end.
    """
    last_use: dict[int, int] = {}
    for number, step in enumerate(lowered.instructions):
        last_use |= {lowered.views.get(arg, arg): number for arg in step.args}
    register: dict[int, int] = {}
    kinds: list[str] = []
    free: dict[str, list[int]] = {}
    for number, step in enumerate(lowered.instructions):
        ended = [arg for arg in {lowered.views.get(arg, arg) for arg in step.args} if arg in register and last_use[arg] == number]
        released = [(lowered.kinds[arg], register[arg]) for arg in ended if arg not in lasting]
        if step.op != "look_up":  # whatever else reads a buffer may write its result over it
            for kind, buffer in released:
                free.setdefault(kind, []).append(buffer)
        if step.out not in given:
            kind = lowered.kinds[step.out]
            if free.get(kind):
                register[step.out] = free[kind].pop()
            else:
                register[step.out] = len(kinds)
                kinds.append(kind)
        if step.op == "look_up":
            for kind, buffer in released:
                free.setdefault(kind, []).append(buffer)
    return register, kinds


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "floor_divide": np.floor_divide,
    "right_shift": np.right_shift,
    "bitwise_and": np.bitwise_and,
    "bitwise_xor": np.bitwise_xor,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "absolute": np.absolute,
    "greater": np.greater,
    "greater_equal": np.greater_equal,
    "equal": np.equal,
    "logical_and": np.logical_and,
    "look_up": _look_up,
    "narrow": _convert,
    "convert": _convert,
    "never": _never,
}
