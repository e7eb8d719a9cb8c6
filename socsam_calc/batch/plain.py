"""Runs a graph for one scenario at a time in Python's own integers: what the core can do without NumPy."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ..model.agreement import Agreement
from .graph import LARGEST, Graph, Node, Value, needed
from .years import translate


class Plain:
    """An agreement made ready for scenarios in which each varying value, by its path, stays within ``bounds``.

    The values are counted in ``denominators``, as in a batch. ``figures`` are those asked for that the agreement has; ``usable`` is false
    where a step might leave the 64 bits that the graph is made for.
    """

    def __init__(
        self, agreement: Agreement, bounds: Mapping[str, tuple[int, int]], denominators: Mapping[str, int], figures: Sequence[str]
    ) -> None:
        graph = Graph()
        made = translate(graph, agreement, bounds, denominators)
        self.figures = [path for path in figures if path in made.values]
        wanted = [(made.values[path], made.known.get(path, 1)) for path in self.figures]
        order = needed([*graph.conditions, *(value for pair in wanted for value in pair)])
        self.usable = all(max(-node.lo, node.hi) <= LARGEST for node in order)
        inputs = {node: list(bounds).index(name) for name, node in graph.inputs.items()}
        steps = [node for node in order if node.op != "input"]
        used: list[Value] = [*(arg for node in steps for arg in node.args), *(value for pair in wanted for value in pair)]
        fixed = list(dict.fromkeys(value for value in used if isinstance(value, int)))
        held: list[Value] = [*inputs, *fixed, *steps]
        place = {value: number for number, value in enumerate(held)}
        self._fixed, self._inputs = fixed, list(inputs.values())
        self._wanted = [(place[value], place[known]) for value, known in wanted]
        conditions = set(graph.conditions)
        self._stretches: list[list[tuple[Callable[..., Any], tuple[int, ...]]]] = [[]]
        for node in steps:
            self._stretches[-1].append((_function(node), tuple(place[arg] for arg in node.args)))
            if node in conditions:
                self._stretches.append([])

    def settle(self, values: Sequence[int]) -> list[int | None] | None:
        """The figures in rounding units, None for one that is not known; None altogether for a scenario that is left to the engine."""
        held: list[Any] = [*(values[column] for column in self._inputs), *self._fixed]
        *conditional, last = self._stretches
        for steps in conditional:  # each ends with a condition; beyond one that does not hold, bounds mean nothing, and a divisor may be 0
            for function, args in steps:
                held.append(function(*[held[arg] for arg in args]))
            if not held[-1]:
                return None
        for function, args in last:
            held.append(function(*[held[arg] for arg in args]))
        return [held[value] if held[known] else None for value, known in self._wanted]


def _function(node: Node) -> Callable[..., Any]:
    return node.table.__getitem__ if node.op == "look_up" else _FUNCTIONS[node.op]


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "floor_divide": operator.floordiv,
    "near_floor": operator.floordiv,
    "right_shift": operator.rshift,
    "bitwise_and": operator.and_,
    "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor,
    "maximum": max,
    "minimum": min,
    "absolute": abs,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "logical_and": operator.and_,
    "narrow": int,
    "never": bool,
}
