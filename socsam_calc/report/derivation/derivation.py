"""The steps behind some figures as a numbered list: each step once, after the one that first needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ...engine.steps import Money, Step

CONSTANTS: Final = ("nothing", "months in a year")
"""Steps that stand for a plain 0 or 12 in a formula, and need no line of their own."""


class Node:
    """A step with its number, how deep it stands below the figure that first needed it, and the nodes that it was made from.

    ``figure`` is its path where it is a figure of a settlement; ``told_elsewhere`` where its derivation belongs to another year's.
    """

    __slots__ = ("depth", "figure", "inputs", "number", "step", "told_elsewhere")

    def __init__(self, step: Step[Any], inputs: tuple[Node, ...], figure: str | None, told_elsewhere: bool) -> None:
        self.step, self.inputs, self.figure, self.told_elsewhere = step, inputs, figure, told_elsewhere
        self.number = 0
        self.depth = 0


class Told(NamedTuple):
    """A figure, and the nodes that are told with it: none where an earlier figure has told them."""

    path: str
    root: Node
    nodes: Sequence[Node]


class Derivation:
    """All that some figures rest on. Steps that say the same thing of the same things are one node.

    ``figures`` are those to derive, by path; ``paths`` names the figures of every year by the identity of their step. Where
    ``year`` is given, a figure of another year is only cited.
    """

    def __init__(self, figures: Mapping[str, Money], paths: Mapping[int, str], year: int | None = None) -> None:
        self._paths, self._year = paths, year
        self._by_identity: dict[int, Node] = {}
        self._by_content: dict[tuple[Any, ...], Node] = {}
        self.roots = [(path, self._node(step)) for path, step in figures.items()]
        self.nodes: list[Node] = []
        self.told: list[Told] = []
        for path, root in self.roots:
            before = len(self.nodes)
            self._number(root)
            self.told.append(Told(path, root, self.nodes[before:]))
        self.constants = [node for node in self._by_content.values() if not node.number]
        for number, node in enumerate(self.constants, len(self.nodes) + 1):
            node.number = number

    def _node(self, root: Step[Any]) -> Node:
        """The node of a step. Without recursion: a balance may have been carried through hundreds of years."""
        waiting = [root]
        while waiting:
            step = waiting[-1]
            inputs = () if self._cited(step) else step.inputs
            missing = [one for one in inputs if id(one) not in self._by_identity]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if id(step) not in self._by_identity:
                self._by_identity[id(step)] = self._same(step, tuple(self._by_identity[id(one)] for one in inputs))
        return self._by_identity[id(root)]

    def node(self, step: Step[Any]) -> Node | None:
        """The node of a step that is told; None for one that no figure needed, or that needs no line of its own."""
        node = self._by_identity.get(id(step))
        return None if node is None or node.step.name in CONSTANTS else node

    def _cited(self, step: Step[Any]) -> bool:
        """Whether the step is a figure of a year that is not told here."""
        return self._year is not None and step.year != self._year and bool(step.inputs) and id(step) in self._paths

    def _same(self, step: Step[Any], inputs: tuple[Node, ...]) -> Node:
        if step.formula == "sum" and len(inputs) == 1 and _alike(step, inputs[0].step):
            inputs[0].figure = inputs[0].figure or self._paths.get(id(step))
            return inputs[0]
        year = 0 if step.name in CONSTANTS else step.year
        content = (step.name, year, step.about, step.value, step.formula, tuple(map(id, inputs)), step.place, step.position)
        node = self._by_content.get(content)
        if node is None:
            node = self._by_content[content] = Node(step, inputs, self._paths.get(id(step)), self._cited(step))
        elif node.figure is None:
            node.figure = self._paths.get(id(step))
        return node

    def _number(self, root: Node) -> None:
        waiting = [(root, 0)]
        while waiting:
            node, depth = waiting.pop()
            if node.number or node.step.name in CONSTANTS:
                continue
            self.nodes.append(node)
            node.number, node.depth = len(self.nodes), depth
            waiting += [(one, depth + 1) for one in reversed(node.inputs)]


def _alike(step: Step[Any], other: Step[Any]) -> bool:
    """Whether a sum of one says nothing that the one does not say itself."""
    return (step.name, step.year, step.about) == (other.name, other.year, other.about)


def paths_of(figures: Iterable[Mapping[str, Money | None]]) -> dict[int, str]:
    """The path of every figure by the identity of its step; where several figures are one step, the first, one of the step's own year before others."""
    paths: dict[int, str] = {}
    for held in figures:
        for path, step in held.items():
            if step is not None and (id(step) not in paths or (_of_its_year(path, step) and not _of_its_year(paths[id(step)], step))):
                paths[id(step)] = path
    return paths


def _of_its_year(path: str, step: Money) -> bool:
    return path.startswith(f"{step.year}.")
