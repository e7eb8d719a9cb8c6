"""Figures of a norm explained: from an area's frame, result or percent down to the costs that the panel states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...amounts import grouped
from ...answers.explain import OfNorm
from ..told.tables import Block, Cell, Heading, Lines, Outline
from ..told.words import Words
from .derivation import Derivation, Node, paths_of
from .evaluation import InDecimals
from .steps import Entry
from .telling import Telling

_RULES: Final = (12,)
_MOST_ADDED: Final = 12
"""A sum over more areas than this is told by their number, not in one line."""
_SOURCES: Final = ("Report “Övergripande bedömningar: Den finansiella samordningen”", "Report 4.1.2")


def _entries(kind: str) -> dict[str, Entry]:
    """The names of the steps; ``kind`` is that of what areas cost: an amount, or a number of an index."""
    called = {
        "cost": "cost in the panel", "base cost": "cost in the base years", "country's cost": "the country's cost",
        "country's base cost": "the country's cost in the base years", "frame": "frame by the country's development", "result": "result",
    }  # fmt: skip
    entries = {name: Entry(label, "", _RULES, _SOURCES, kind) for name, label in called.items()}
    entries["development"] = Entry("the country's development", "", _RULES, _SOURCES, "number")
    return entries | {"percent": Entry("result in percent of the frame", "", _RULES, _SOURCES, "percent")}


class _OfMoney(InDecimals):
    """How they are written; a sum over many areas is told by their number."""

    own_words = frozenset()
    steps = _entries("amount")

    def in_words(self, node: Node, year: int | None = None, *, numbered: bool = True) -> str:
        if _over_areas(node):
            return self.words("the cost in {year} of the {count} areas that count", year=node.step.year, count=grouped(len(node.inputs)))
        return super().in_words(node, year, numbered=numbered)

    def with_numbers(self, node: Node) -> str:
        if _over_areas(node):
            return self.number(node.step)
        if node.step.formula == "scale":
            bare, position = [self.value(one.step, bare=True) for one in node.inputs], node.step.position
            return f"{self.words('round')}({self._quotient(bare[:position], bare[position:])})"
        return super().with_numbers(node)


class _OfIndex(_OfMoney):
    steps = _entries("number")


def _over_areas(node: Node) -> bool:
    return node.step.name == "country's cost" and len(node.inputs) > _MOST_ADDED


class NormExplanation(Telling):
    """Some figures of a norm with all that they rest on."""

    def __init__(self, found: OfNorm, words: Words, unit: str | None) -> None:
        self.panel = found.document.panel
        self.rounding = self.panel.rounding
        derivation = Derivation(found.figures, paths_of([found.figures]))
        if self.panel.rounding is None or self.panel.unit == "index":
            formulas: InDecimals = _OfIndex("kr", "kr", words)
            formulas.unit = "index"
        else:
            formulas = _OfMoney(self.panel.rounding, unit or self.panel.unit, words)
        super().__init__(found.document, derivation, formulas, found.subject)

    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""
        words, panel = self.words, self.panel
        unit = words("An index: percents only") if panel.rounding is None else words("Amounts in {unit}", unit=self.formulas.unit)
        yield Heading(f"{panel.file}: {self.subject}. {unit}.")
        says = [words("Each area's frame is its base cost × the country's development, and its result the frame less its cost.")]
        if panel.country is None:
            says.append(words("The country is the sum of the areas that have a cost in these years."))
        else:
            says.append(words("The country is the row {country}, and no area.", country=panel.country))
        yield Lines("", [Cell(line) for line in says])
        yield Outline("", self.as_deep([item for told in self.derivation.told for item in self._items(told)]))
        if hints:
            yield from self.left_out()
            if panel.rounding is not None:
                yield Lines("", [Cell(words("round: to the nearest whole {unit}, halves away from zero.", unit=panel.rounding))])
