"""The derivation of an evaluation effect, from the figure down to the lines of the file."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from ..engine.steps import Step
from ..evaluation.effect import Effect, Measure
from ..money import ORE_PER
from ..source.evaluation import EvaluationDocument
from .evaluation import Figures, heading
from .numbers import MINUS, SPACE, rounded
from .tables import Block, Cell, Heading, Lines
from .words import Words

_AMOUNTS: Final = {
    "published effect": "published effect",
    "base cost": "cost in the base year",
    "actual cost": "actual cost",
    "expected cost": "cost at the control area's pace",
    "effect of the year": "effect of the year",
    "effect": "evaluation effect",
    "effect per year": "evaluation effect per year",
    "accumulated frame": "accumulated frame",
}
"""Steps that count öre, by their names for people."""

_PER_HEAD: Final = {
    "effect per inhabitant": "evaluation effect per inhabitant",
    "effect per year and inhabitant": "evaluation effect per year and inhabitant",
}
_NUMBERS: Final = {
    "control cost": "the control area's cost or index",
    "control pace": "the control area's cost over that of its base year",
    "number of years": "number of years",
    "population": "inhabitants",
}
_MOST_DECIMALS: Final = 6


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
    if measure.percent_of_frame is not None:
        low, high = measure.percent_of_frame
        if low is high or low.value == high.value:
            yield f"{path}.percent_of_frame", low
        else:
            yield f"{path}.percent_of_frame.low", low
            yield f"{path}.percent_of_frame.high", high


def derivation(document: EvaluationDocument, effect: Effect, figure: str, words: Words, unit: str | None = None) -> Iterator[Block]:
    """A figure with all that it rests on, each step indented below the one that needs it."""
    told = _Told(document, words, unit or effect.evaluation.unit)
    yield heading(effect, Figures(words, told.unit))
    yield Heading(figure, 2)
    yield Lines("", [Cell(line) for line in told.lines(figures(effect)[figure], 0)])
    formula = "effect = Σ over the years (cost in the base year × control area's cost / its cost in the base year − actual cost)"
    yield Lines(
        "",
        [
            Cell(words(formula)),
            Cell(words("The formula is inferred from the Report of 2001, 7.2; ≈ stands before what is rounded here only.")),
        ],
    )


class _Told:
    """Steps as lines of text; one that was told before is only named."""

    def __init__(self, document: EvaluationDocument, words: Words, unit: str) -> None:
        self.document, self.words, self.unit = document, words, unit
        self._before: set[tuple[Any, ...]] = set()

    def lines(self, step: Step[Any], depth: int) -> Iterator[str]:
        margin = SPACE * 2 * depth
        content = (step.name, step.year, step.about, step.value)
        known = content in self._before
        self._before.add(content)
        yield f"{margin}{self.label(step)}: {self.value(step)}" + (f" ({self.words('as above')})" if known else "")
        if known:
            return
        if step.place is not None:
            place = self.document.place(step.place)
            yield f"{margin}{SPACE * 4}{place}" + (f"  |  {place.excerpt.strip()}" if place.excerpt else "")
        if len(step.inputs) > 1:
            yield f"{margin}{SPACE * 4}= {self.formula(step)}"
        for one in step.inputs:
            yield from self.lines(one, depth + 1)

    def label(self, step: Step[Any]) -> str:
        """What the step is called, whose it is, and its year."""
        name = {**_AMOUNTS, **_PER_HEAD, **_NUMBERS}.get(step.name, step.name)
        about = [self.words(one) if one in ("total", "transfers") else one for one in step.about]
        about += [str(step.year)] if step.year else []
        label = self.words(name)
        return f"{label} ({', '.join(about)})" if about else label

    def value(self, step: Step[Any], *, bare: bool = False) -> str:
        """The step's value: exact where it ends within a few decimals."""
        if step.name in _AMOUNTS:
            text, unit = _number(Fraction(step.value) / ORE_PER[self.unit]), self.unit
        elif step.name in _PER_HEAD:
            text, unit = _number(Fraction(step.value) / ORE_PER["kr"]), "kr"
        elif step.name in _NUMBERS:
            return _number(Fraction(step.value))
        else:
            text, unit = _number(step.value * 100), "%"
        return text if bare else f"{text}{SPACE}{unit}"

    def formula(self, step: Step[Any]) -> str:
        """The formula with its numbers."""
        sign = {"sum": "+", "less": MINUS, "product": "×", "ratio": "/"}[step.formula]
        bare = step.formula in ("sum", "less")
        numbers = [self.value(one, bare=bare) for one in step.inputs]
        return f" {sign} ".join(f"({one})" if place and one.startswith(MINUS) else one for place, one in enumerate(numbers))


def _number(value: Fraction) -> str:
    """A number with the decimals that it needs; ≈ before one that does not end within six."""
    for decimals in range(_MOST_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return rounded(value, decimals)
    return "≈" + SPACE + rounded(value, _MOST_DECIMALS)
