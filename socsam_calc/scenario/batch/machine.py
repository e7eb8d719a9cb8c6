"""Runs a graph over arrays of scenarios, a piece of 8,192 at a time, so that everything stays in the processor's cache.

The steps are put in order once and given registers, each a buffer that is used again as soon as its value is no longer needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .graph import FLAG, LARGEST, SMALL, WHOLE, Graph, Node, Value, needed

PIECE: Final = 8_192
"""Scenarios that are computed together; measured as the best size."""

Array = NDArray[Any]


class TooLarge(Exception):
    """A step of the computation might leave 64 bits."""


def _narrow(value: Any, out: Array) -> None:
    np.copyto(out, value, casting="unsafe")


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
        self.steps: list[tuple[Callable[..., Any], tuple[int, ...], int]] = []
        self._kinds: list[str] = []
        self._constants: dict[int, Any] = {}
        self._place: dict[int, int] = {}
        self._views: dict[tuple[int, str], int] = {}
        self._views_of: dict[int, tuple[int, str]] = {}
        self._compile(order, roots)
        self.conditions = [self._place[id(node)] for node in conditions]
        taken: set[int] = set()
        self.direct: dict[str, int] = {}
        self.copied: dict[str, int] = {}
        for path, node in self.wanted.items():
            first = id(node) not in taken and node.op != "input"
            (self.direct if first else self.copied)[path] = self._place[id(node)]
            taken.add(id(node))
        self.flags = {path: self._place[id(node)] for path, node in self.known.items()}
        self.input_places = {name: self._place[id(node)] for name, node in self.inputs.items()}
        self._buffers = [np.zeros(PIECE, kind) if kind else np.zeros(0) for kind in self._kinds]

    def _register(self, kind: str) -> int:
        self._kinds.append(kind)
        return len(self._kinds) - 1

    def _constant(self, value: int, kind: str) -> int:
        place = self._register("")
        self._constants[place] = np.array(value, dtype=kind)
        return place

    def _compile(self, order: Sequence[Node], roots: Sequence[Value]) -> None:
        last_use = {id(arg): number for number, node in enumerate(order) for arg in node.args if isinstance(arg, Node)}
        lasting = {id(root) for root in roots}
        given = {id(node) for node in self.wanted.values() if node.op != "input"}  # computed where the caller wants them
        free: dict[str, list[int]] = {WHOLE: [], FLAG: [], SMALL: []}
        constants: dict[tuple[int, str], int] = {}
        for number, node in enumerate(order):
            if node.op == "input":
                self._place[id(node)] = self._register("")
                continue
            places = []
            for arg in node.args:
                if isinstance(arg, int):
                    key = (arg, SMALL if node.kind == SMALL or self._compares_small(node) else WHOLE)
                    if key not in constants:
                        constants[key] = self._constant(*key)
                    places.append(constants[key])
                elif node.kind == SMALL and arg.kind == FLAG:
                    places.append(self._as_small(self._place[id(arg)]))
                else:
                    places.append(self._place[id(arg)])
            for arg in {id(arg): arg for arg in node.args if isinstance(arg, Node)}.values():
                if last_use[id(arg)] == number and id(arg) not in lasting and arg.op != "input":
                    free[arg.kind].append(self._place[id(arg)])
            # a step may write over what it reads last, but only where both have the same width
            kind = "" if id(node) in given else node.kind
            place = free[kind].pop() if free.get(kind) else self._register(kind)
            self._place[id(node)] = place
            self.steps.append((_FUNCTIONS[node.op], tuple(places), place))

    def _compares_small(self, node: Node) -> bool:
        return node.kind == FLAG and any(isinstance(arg, Node) and arg.kind == SMALL for arg in node.args)

    def _as_small(self, place: int) -> int:
        """The register of conditions seen as counts of 0 and 1."""
        key = (place, SMALL)
        if key not in self._views:
            self._views[key] = self._register("")
            self._views_of[self._views[key]] = key
        return self._views[key]

    def run(self, inputs: Mapping[str, Array], outputs: Mapping[str, Array], flags: Mapping[str, Array], width: int) -> Array | None:
        """Compute a piece of ``width`` scenarios, at most ``PIECE``. Where the conditions hold is returned; None where they all do everywhere.

        What is computed for a scenario in which a condition does not hold means nothing.
        """
        registers: list[Any] = self._buffers if width == PIECE else [buffer[:width] for buffer in self._buffers]
        registers = list(registers)
        for place, constant in self._constants.items():
            registers[place] = constant
        for name, place in self.input_places.items():
            registers[place] = inputs[name]
        for path, place in self.direct.items():
            registers[place] = outputs[path]
        for view, (place, kind) in self._views_of.items():
            registers[view] = registers[place].view(kind)
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
    "narrow": _narrow,
    "never": _never,
}
