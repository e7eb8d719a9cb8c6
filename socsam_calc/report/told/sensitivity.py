"""How much an evaluation effect depends on one choice, as blocks of a report: the base year, or an item that is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ...amounts import SPACE
from ...answers.evaluate import Effect
from .evaluation import Figures, heading, meaning, report
from .tables import Block, Cell, Column, Lines, Table
from .words import Words

if TYPE_CHECKING:
    from ..data.evaluation import Case

_WIDTH: Final = 32
"""How many characters the longest span of bars takes."""


def told(case: Case, words: Words, unit: str | None = None, *, drawn: bool, hints: bool) -> Iterator[Block]:
    """An effect in full; where it was asked for under several choices, these alone."""
    _, effect, others, without = case
    if others is None and without is None:
        yield from report(effect, words, unit, hints=hints)
    if others is not None:
        yield from base_years(effect, others, words, unit, drawn=drawn)
    if without is not None:
        yield from left_out(effect, without, words, unit, drawn=drawn)


def base_years(effect: Effect, others: Sequence[Effect], words: Words, unit: str | None = None, *, drawn: bool) -> Iterator[Block]:
    """The effect under each base year, and how far the choice moves it. ``drawn`` adds bars, for a terminal."""
    figures = Figures(words, unit or effect.evaluation.unit)
    first = effect.evaluation.years[0]
    yield heading(effect, figures)
    labels = []
    for other in others:
        year = other.base_year or 0
        when = "of the file" if year == effect.base_year else "before the trial" if year < first else "inside the trial"
        labels.append([Cell(str(year)), Cell(words(when))])
    columns = [Column(words("base year"), False), Column("", False)]
    yield from _cases(words("Evaluation effect by base year"), columns, labels, others, effect, figures, drawn=drawn)
    before = [other for other in others if (other.base_year or 0) < first]
    lines = []
    if len(before) > 1:
        lines.append(_spread("Base years before the trial", before, figures))
    if len(before) < len(others):
        if len(before) < 2 or _extremes(before) != _extremes(others):
            lines.append(_spread("All base years", others, figures))
        lines.append(Cell(words("A base year inside the trial already holds what the trial did: it shows sensitivity, not the effect.")))
    fixed = [item.name for item in effect.items if item.published]
    if fixed:
        lines.append(Cell(words("Published effects stay as they are under any base year: {items}.", items=", ".join(fixed))))
    yield Lines("", [*lines, *meaning(words)])


def left_out(effect: Effect, others: Mapping[str, Effect], words: Words, unit: str | None = None, *, drawn: bool) -> Iterator[Block]:
    """The effect without each item in turn, and how far one item moves it."""
    figures = Figures(words, unit or effect.evaluation.unit)
    yield heading(effect, figures)
    names = {item.id: item.name for item in effect.items}
    labels = [[Cell(words("nothing"))], *([Cell(names[name])] for name in others)]
    columns = [Column(words("left out"), False)]
    cases = [effect, *others.values()]
    yield from _cases(words("Evaluation effect without each item"), columns, labels, cases, effect, figures, drawn=drawn)
    yield Lines("", [_spread("Without one item", list(others.values()), figures), *meaning(words)])


def _cases(
    title: str,
    columns: Sequence[Column],
    labels: Sequence[Sequence[Cell]],
    cases: Sequence[Effect],
    base: Effect,
    figures: Figures,
    *,
    drawn: bool,
) -> Iterator[Table]:
    """The cases as a table; where ``drawn``, then as bars from one zero line."""
    words = figures.words
    head = columns[0]
    columns = [*columns, Column(words("transfers")), Column(words("total")), Column(words("difference"))]
    totals = [case.total.effect.value for case in cases]
    rows = []
    for label, case, total in zip(labels, cases, totals, strict=True):
        difference = total - base.total.effect.value
        rows.append([*label, figures.effect(case.transfers), figures.effect(case.total), figures.amount(difference)])
    yield Table(title, columns, rows)
    if drawn:
        bar_rows = [
            [label[0], figures.effect(case.total), Cell(bar, figures.effect(case.total).tone)]
            for label, case, bar in zip(labels, cases, bars(totals), strict=True)
        ]
        yield Table("", [head, Column(words("total")), Column("", False)], bar_rows)


def _spread(name: str, cases: Sequence[Effect], figures: Figures) -> Cell:
    """The lowest and the highest effect, and what lies between them."""
    words = figures.words
    low, high = _extremes(cases)
    amounts = {"low": figures.with_unit(low), "high": figures.with_unit(high), "spread": figures.with_unit(high - low, signed=False)}
    text = f"{words(name)}: {words('from {low} to {high}, a spread of {spread}.', **amounts)}"
    if low < 0 < high:
        text += " " + words("The choice decides even the sign.")
    return Cell(text)


def _extremes(cases: Sequence[Effect]) -> tuple[Fraction, Fraction]:
    values = [case.total.effect.value for case in cases]
    return min(values), max(values)


def bars(values: Sequence[Fraction], width: int = _WIDTH) -> list[str]:
    """A bar for each value, all from one zero line: to its left below 0, to its right above."""
    low, high = min(Fraction(0), *values), max(Fraction(0), *values)
    if low == high:
        return ["│"] * len(values)
    left = max(round(width * -low / (high - low)), int(low < 0))
    drawn = []
    for value in values:
        length = round(width * abs(value) / (high - low))
        bar = "█" * (length or int(value != 0))
        drawn.append(f"{bar.rjust(left, SPACE)}│" if value < 0 else f"{SPACE * left}│{bar}")
    return drawn
