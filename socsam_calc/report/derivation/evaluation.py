"""Evaluation effects explained: an indented derivation, from a figure down to the lines of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ...amounts import MINUS, SPACE, plain, rounded
from ...answers.evaluation.effect import Effect, Measure
from ...engine.steps import Step
from ...money import ORE_PER
from ...problems import Place
from ...source.evaluation import EvaluationDocument
from ..data.json import exact
from ..told.evaluation import Figures, heading
from ..told.tables import Block, Cell, Heading, Item, Lines, Outline
from ..told.words import Words
from .derivation import Derivation, Node, Told, paths_of


class _Entry(NamedTuple):
    """One name of a step: what it is called, what it counts (`amount`: öre; `head`: öre for each inhabitant), and the rule it rests on."""

    label: str
    kind: str
    rule: int


_STEPS: Final = {
    "base cost": _Entry("cost in the base year", "amount", 25),
    "actual cost": _Entry("actual cost", "amount", 25),
    "control cost": _Entry("the control area's cost or index", "number", 25),
    "control pace": _Entry("the control area's cost over that of its base year", "number", 25),
    "expected cost": _Entry("cost at the control area's pace", "amount", 25),
    "effect of the year": _Entry("effect of the year", "amount", 25),
    "effect": _Entry("evaluation effect", "amount", 25),
    "number of years": _Entry("number of years", "number", 27),
    "population": _Entry("inhabitants", "number", 27),
    "accumulated frame": _Entry("accumulated frame", "amount", 27),
    "effect per year": _Entry("evaluation effect per year", "amount", 27),
    "effect per inhabitant": _Entry("evaluation effect per inhabitant", "head", 27),
    "effect per year and inhabitant": _Entry("evaluation effect per year and inhabitant", "head", 27),
    "effect in percent of the frame": _Entry("effect in percent of the frame", "share", 27),
}
_SIGNS: Final = {"sum": "+", "less": MINUS, "product": "×", "ratio": "/"}
_MOST_DECIMALS: Final = 6
_SOURCE: Final = {25: "7.2", 27: "7.3"}


def figures(effect: Effect) -> dict[str, Step[Any]]:
    """Every figure that can be derived, by its path in the JSON, lists by id or year."""
    found: dict[str, Step[Any]] = dict(_measured("total", effect.total))
    if effect.transfers is not None:
        found |= _measured("transfers", effect.transfers)
    for item in effect.items:
        found |= _measured(f"items.{item.id}", item.measure)
        for year, one in item.years.items():
            found |= {f"items.{item.id}.{year}.{name}": getattr(one, name) for name in ("effect", "expected", "actual")}
    return found | {f"years_total.{year}.effect": step for year, step in effect.yearly.items()}


def _measured(path: str, measure: Measure) -> Iterator[tuple[str, Step[Any]]]:
    for name in ("effect", "per_year", "per_inhabitant", "per_year_and_inhabitant"):
        yield f"{path}.{name}", getattr(measure, name)
    for name, step in zip(("low", "high"), measure.percent_of_frame or (), strict=False):
        yield f"{path}.percent_of_frame.{name}", step


class EvaluationExplanation:
    """Some figures of an evaluation with all that they rest on. ``subject`` is the path that names them."""

    def __init__(
        self, document: EvaluationDocument, effect: Effect, chosen: Mapping[str, Step[Any]], words: Words, unit: str | None, *, subject: str
    ) -> None:
        self.document, self.effect, self.words, self.subject = document, effect, words, subject
        self.unit = unit or effect.evaluation.unit
        self._all = figures(effect)  # steps are known by their identity, so they must live as long as this
        self.derivation = Derivation(chosen, paths_of([self._all]))

    # --- for people --------------------------------------------------------------------------------------------------------

    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""
        words = self.words
        yield heading(self.effect, Figures(words, self.unit))
        yield Heading(self.subject, 2)
        yield Outline("", [item for told in self.derivation.told for item in self._items(told)])
        if hints:
            formula = "effect = Σ over the years (cost in the base year × control area's cost / its cost in the base year − actual cost)"
            says = "The formula is inferred from the Report of 2001, 7.2; ≈ stands before what is rounded here only."
            yield Lines("", [Cell(words(formula)), Cell(words(says))])

    def _items(self, told: Told) -> Iterator[Item]:
        """A figure and what is told with it; where that is done already, where to find it."""
        if not told.nodes:
            yield Item(0, f"{self._label(told.root)}: {self._value(told.root.step)}, {self.words('see')} [{told.root.number}]")
        for node in told.nodes:
            yield Item(node.depth, f"[{node.number}] {self._label(node)}: {self._value(node.step)}", list(self._details(node)))

    def _label(self, node: Node) -> str:
        """What the step is called, whose it is, and its year."""
        step = node.step
        about = [self.words(one) if one in ("total", "transfers") else one for one in step.about]
        about += [str(step.year)] if step.year else []
        label = self.words(_STEPS[step.name].label)
        return f"{label} ({', '.join(about)})" if about else label

    def _details(self, node: Node) -> Iterator[str]:
        place = self._place(node)
        if place is not None:
            yield f"{place}" + (f"  |  {place.excerpt.strip()}" if place.excerpt else "")
            return
        named = self._formula(node, [f"{self._label(one)} [{one.number}]" for one in node.inputs])
        numbers = self._numbers(node)
        yield f"= {named}"
        if numbers != self._value(node.step):
            yield f"= {numbers}"
        yield self._rests_on(node)

    def _place(self, node: Node) -> Place | None:
        return None if node.step.place is None else self.document.place(node.step.place)

    def _rests_on(self, node: Node) -> str:
        rule = _STEPS[node.step.name].rule
        return f"{self.words('rule {numbers}', numbers=rule)}; {self.words('Report')} {_SOURCE[rule]}"

    def _formula(self, node: Node, names: list[str]) -> str:
        return f" {_SIGNS[node.step.formula]} ".join(names)

    def _numbers(self, node: Node) -> str:
        """The formula with its numbers."""
        bare = node.step.formula in ("sum", "less")
        numbers = [self._value(one.step, bare=bare) for one in node.inputs]
        return self._formula(node, [f"({one})" if place and one.startswith(MINUS) else one for place, one in enumerate(numbers)])

    def _value(self, step: Step[Any], *, bare: bool = False) -> str:
        """The step's value: exact where it ends within a few decimals."""
        kind = _STEPS[step.name].kind
        if kind == "number":
            return _number(Fraction(step.value))
        if kind == "share":
            text, unit = _number(step.value * 100), "%"
        elif kind == "head":
            text, unit = _number(Fraction(step.value) / ORE_PER["kr"]), "kr"
        else:
            text, unit = _number(Fraction(step.value) / ORE_PER[self.unit]), self.unit
        return text if bare else f"{text}{SPACE}{unit}"

    # --- for programs ------------------------------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The explanation as ``socsam.explanation/1`` has it; amounts in exact kronor."""
        evaluation = self.effect.evaluation
        return {
            "schema": "socsam.explanation/1",
            "currency": "SEK",
            "file": self.document.file,
            "area": evaluation.area,
            "title": evaluation.title,
            "unit": self.unit,
            "rounding": None,
            "year": None,
            "figures": [{"path": told.path, "step": told.root.number} for told in self.derivation.told],
            "steps": [self._step(node) for node in self.derivation.nodes],
        }

    def _step(self, node: Node) -> dict[str, Any]:
        step, entry, place = node.step, _STEPS[node.step.name], self._place(node)
        money = entry.kind in ("amount", "head")
        derived = bool(node.inputs)
        return {
            "id": node.number,
            "name": step.name,
            "label": self._label(node),
            "year": step.year or None,
            "about": list(step.about),
            "kind": "amount" if money else entry.kind,
            "value": exact(step.value, "öre" if money else None),
            "formula": step.formula,
            "words": plain(self._formula(node, [self._label(one) for one in node.inputs])) if derived else None,
            "numbers": plain(self._numbers(node)) if derived else None,
            "inputs": [one.number for one in node.inputs],
            "position": None,
            "division": None,
            "section": None,
            "rules": [entry.rule],
            "sources": [f"{self.words('Report')} {_SOURCE[entry.rule]}"],
            "figure": node.figure,
            "place": None
            if place is None
            else {"file": place.file, "line": place.line or None, "column": place.column or None, "text": place.excerpt.strip() or None},
            "note": None,
        }


def _number(value: Fraction) -> str:
    """A number with the decimals that it needs; ≈ before one that does not end within six."""
    for decimals in range(_MOST_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return rounded(value, decimals)
    return "≈" + SPACE + rounded(value, _MOST_DECIMALS)
