"""Evaluation effects explained: an indented derivation, from a figure down to the lines of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from ...amounts import MINUS, SPACE, rounded
from ...answers.evaluate import Effect, figures
from ...engine.steps import Step
from ...model.evaluation import ROUNDING
from ...money import ORE_PER
from ...source.evaluation import EvaluationDocument
from ..told.evaluation import Figures, heading
from ..told.tables import Block, Cell, Heading, Lines, Outline
from ..told.words import Words
from .derivation import Derivation, Node, paths_of
from .formula import SIGNS, Formulas
from .steps import Entry
from .telling import Telling

_MOST_DECIMALS: Final = 6
_SOURCE: Final = {25: "Report 7.2", 27: "Report 7.3"}


def _entry(called: str, kind: str, rule: int) -> Entry:
    """A name of a step; ``kind`` counts öre where it is `amount`, öre for each inhabitant where it is `head`."""
    return Entry(called, "", (rule,), (_SOURCE[rule],), kind)


_STEPS: Final = {
    "base cost": _entry("cost in the base year", "amount", 25),
    "actual cost": _entry("actual cost", "amount", 25),
    "control cost": _entry("the control area's cost or index", "number", 25),
    "control pace": _entry("the control area's cost over that of its base year", "number", 25),
    "expected cost": _entry("cost at the control area's pace", "amount", 25),
    "effect of the year": _entry("effect of the year", "amount", 25),
    "effect": _entry("evaluation effect", "amount", 25),
    "number of years": _entry("number of years", "number", 27),
    "population": _entry("inhabitants", "number", 27),
    "accumulated frame": _entry("accumulated frame", "amount", 27),
    "effect per year": _entry("evaluation effect per year", "amount", 27),
    "effect per inhabitant": _entry("evaluation effect per inhabitant", "head", 27),
    "effect per year and inhabitant": _entry("evaluation effect per year and inhabitant", "head", 27),
    "effect in percent of the frame": _entry("effect in percent of the frame", "percent", 27),
}


class EvaluationExplanation(Telling):
    """Some figures of an evaluation with all that they rest on."""

    def __init__(
        self, document: EvaluationDocument, effect: Effect, chosen: Mapping[str, Step[Any]], words: Words, unit: str | None, *, subject: str
    ) -> None:
        self.effect, self.stated = effect, effect.evaluation
        self._all = figures(effect)  # steps are known by their identity, so they must live as long as this
        formulas = InDecimals(ROUNDING, unit or effect.evaluation.unit, words)
        super().__init__(document, Derivation(chosen, paths_of([self._all])), formulas, subject)

    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""
        words = self.words
        yield heading(self.effect, Figures(words, self.formulas.unit))
        yield Heading(self.subject, 2)
        if (root := self.derivation.told[0].root).step.name == "effect" and self.subject == "total.effect":
            above = "Over all years the area's costs were {amount} lower than at the pace of the control area."
            below = "Over all years the area's costs were {amount} higher than at the pace of the control area."
            yield Lines("", [Cell(words(below if root.step.value < 0 else above, amount=self.formulas.value(root.step).lstrip(MINUS)))])
        yield Outline("", self.as_deep([item for told in self.derivation.told for item in self._items(told)]))
        if hints:
            yield from self.left_out()
            formula = "effect = Σ over the years (cost in the base year × control area's cost / its cost in the base year − actual cost)"
            says = "The formula is inferred from the Report of 2001, 7.2; ≈ stands before what is rounded here only."
            yield Lines("", [Cell(words(formula)), Cell(words(says))])


class InDecimals(Formulas):
    """How steps are written in decimals, with their units: exact where a number ends within a few of them. ``steps`` are their names."""

    own_words = frozenset({"total", "transfers"})
    steps: Mapping[str, Entry] = _STEPS

    def entry(self, step: Step[Any]) -> Entry:
        return self.steps[step.name]

    def called(self, step: Step[Any]) -> str:
        return self.words(self.entry(step).label)

    def value(self, step: Step[Any], *, bare: bool = False) -> str:
        """The step's value with its unit, or ``bare``."""
        kind = self.entry(step).kind
        if kind == "number":
            return _number(Fraction(step.value))
        if kind == "percent":
            text, unit = _number(step.value * 100), "%"
        else:
            unit = "kr" if kind == "head" else self.unit
            text = _number(Fraction(step.value) * Fraction(ORE_PER[self.rounding], ORE_PER[unit]))
        return text if bare else f"{text}{SPACE}{unit}"

    number = value

    def with_numbers(self, node: Node) -> str:
        if node.step.formula not in SIGNS:
            return super().with_numbers(node)
        numbers = [self.value(one.step, bare=node.step.formula in ("sum", "less")) for one in node.inputs]
        signed = [f"({one})" if place and one.startswith(MINUS) else one for place, one in enumerate(numbers)]
        return SIGNS[node.step.formula].join(signed)


def _number(value: Fraction) -> str:
    """A number with the decimals that it needs; ≈ before one that does not end within six."""
    for decimals in range(_MOST_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return rounded(value, decimals)
    return "≈" + SPACE + rounded(value, _MOST_DECIMALS)
