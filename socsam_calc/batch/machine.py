"""Runs a graph over arrays of scenarios, a piece at a time, so that everything stays in the processor's cache.

The steps are put in order once, given a width, and then registers, each a buffer that is used again as soon as its value is no longer needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .graph import LARGEST, SMALL, WHOLE, Graph, Node, Value, needed
from .widths import NARROW, Instruction, Lowered, fits

PIECE: Final = 65_536
"""Scenarios that are computed together at most; measured as the best size: with fewer, the calls of NumPy would take longer than what they do."""

Array = NDArray[Any]


class TooLarge(Exception):
    """A step of the computation might leave 64 bits."""


def _look_up(table: Array, index: Array, out: Array) -> None:
    table.take(index, out=out, mode="clip")  # every index lies within: to clip is cheaper than to check


def _never(out: Array) -> None:
    out.fill(False)


class Step(NamedTuple):
    """What is called, with the values numbered ``places``: in a piece as wide as the buffers these ``arrays``, unless some are the caller's."""

    function: Callable[..., Any]
    places: tuple[int, ...]
    arrays: tuple[Any, ...] | None


class Stretch(NamedTuple):
    """The inputs that are used here for the first time, and the steps until the next one is."""

    inputs: list[str]
    steps: list[Step]


class Program:
    """The steps that the wanted figures need, from inputs in 64 bits, or in 32 where they are ``narrow``.

    ``widths`` says in how many bits each figure comes. Raises TooLarge where a step might leave 64 bits.
    """

    def __init__(
        self, graph: Graph, wanted: Mapping[str, Value], known: Mapping[str, Value], narrow: Collection[str] = frozenset()
    ) -> None:
        self.fixed = {path: value for path, value in wanted.items() if isinstance(value, int)}
        self.wanted = {path: value for path, value in wanted.items() if isinstance(value, Node)}
        self.known = {path: value for path, value in known.items() if isinstance(value, Node) and path in wanted}
        self.widths = {path: NARROW if fits(node) else WHOLE for path, node in self.wanted.items()}
        conditions = list(dict.fromkeys(graph.conditions))
        flags = [*self.known.values(), *conditions]
        order = needed([*self.wanted.values(), *flags])
        if any(max(-node.lo, node.hi) > LARGEST for node in order) or any(abs(value) > LARGEST for value in self.fixed.values()):
            raise TooLarge
        self.inputs = {name: node for name, node in graph.inputs.items() if any(node is one for one in order)}
        kinds_of = {node: self.widths[path] for path, node in self.wanted.items()} | {node: node.kind for node in flags}
        self.lowered = lowered = Lowered(order, kinds_of, {node for name, node in self.inputs.items() if name in narrow})
        place = lowered.places
        self.conditions = [place[node] for node in conditions]
        taken: set[Node] = set()
        self.direct: dict[str, int] = {}
        self.copied: dict[str, int] = {}
        for path, node in self.wanted.items():
            first = node not in taken and node.op != "input"
            (self.direct if first else self.copied)[path] = place[node]
            taken.add(node)
        self.flags = {path: place[node] for path, node in self.known.items()}
        self.input_places = {name: lowered.inputs[node] for name, node in self.inputs.items()}
        self._views = lowered.views
        given = {*self.direct.values(), *self.input_places.values()}
        self.buffer_of, self._kinds = _registers(lowered, given, {*self.conditions, *self.flags.values(), *self.copied.values()})
        self._constants = {number: np.array(value, lowered.kinds[number]) for number, value in lowered.constants.items()}
        self._spread_constants = {number: self._constants.pop(number) for number in lowered.spread}
        self._size = len(lowered.kinds)
        self._bind(0)

    def _bind(self, width: int) -> None:
        """Buffers as wide as the widest piece so far, and the steps on them."""
        self._width = width
        self._buffers = [np.zeros(width, kind) for kind in self._kinds]
        self._spread = {number: np.full(width, constant) for number, constant in self._spread_constants.items()}
        self._whole = self._registers(width)
        self.stretches = self._stretches(self.lowered.instructions)

    def _registers(self, width: int) -> list[Any]:
        """The arrays of the numbered values, as far as they are the program's own."""
        registers: list[Any] = [None] * self._size
        for number, constant in self._constants.items():
            registers[number] = constant
        for number, spread in self._spread.items():
            registers[number] = spread[:width]
        for number, buffer in self.buffer_of.items():
            registers[number] = self._buffers[buffer][:width]
        for view, number in self._views.items():
            registers[view] = registers[number].view(SMALL)
        return registers

    def _stretches(self, instructions: Sequence[Instruction]) -> list[Stretch]:
        """The instructions, parted where an input is first used."""
        names = {place: name for name, place in self.input_places.items()}
        stretches = [Stretch([], [])]
        for op, args, out in instructions:
            if first := [names.pop(place) for place in args if place in names]:
                stretches.append(Stretch(first, []))
            stretches[-1].steps.append(self._bound(op, args, out))
        return [*stretches, Stretch(list(names.values()), [])]

    def _bound(self, op: str, args: Sequence[int], out: int) -> Step:
        places = (out, *args) if op in _CONVERSIONS else (*args, out)
        arrays = tuple(self._whole[place] for place in places)
        return Step(_FUNCTIONS[op], places, None if any(array is None for array in arrays) else arrays)

    def run(
        self,
        inputs: Mapping[str, Array],
        outputs: Mapping[str, Array],
        flags: Mapping[str, Array],
        width: int,
        look: Callable[[str], None] | None = None,
    ) -> Array | None:
        """Compute a piece of ``width`` scenarios into ``outputs`` of the program's ``widths``. Where the conditions hold is returned; None where they all do everywhere.

        What is computed for a scenario in which a condition does not hold means nothing. ``look`` is called for each input just before it
        is used, so that it is fetched from memory once.
        """
        if width > self._width:
            self._bind(width)
        registers = self._whole.copy() if width == self._width else self._registers(width)
        for name, number in self.input_places.items():
            registers[number] = inputs[name]
        for path, number in self.direct.items():
            registers[number] = outputs[path]
        for first, steps in self.stretches:
            if look is not None:
                for name in first:
                    look(name)
            for function, places, arrays in steps:
                if arrays is None or width != self._width:
                    function(*[registers[place] for place in places])
                else:
                    function(*arrays)
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


_convert: Final = partial(np.copyto, casting="unsafe")  # the bounds have proven that it fits
_CONVERSIONS: Final = frozenset(("narrow", "convert"))
"""What takes the array that it writes into first."""

_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "floor_divide": np.floor_divide,
    "near_floor": np.floor_divide,
    "divide": np.divide,
    "floor": np.floor,
    "rint": np.rint,
    "right_shift": np.right_shift,
    "bitwise_and": np.bitwise_and,
    "bitwise_or": np.bitwise_or,
    "bitwise_xor": np.bitwise_xor,
    "maximum": lambda a, b, out: np.maximum(a, b, out=out),  # these two want the place of their outcome named
    "minimum": lambda a, b, out: np.minimum(a, b, out=out),
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
