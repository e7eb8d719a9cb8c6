"""Derivations on a page: folded, each figure of a table linked to its own, each step to those that it was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from ..engine.figures import figures
from ..engine.results import YearResult
from ..source.loader import Document
from .explanation import Explained, Explanation
from .settlement import Writer
from .terminal import printable

if TYPE_CHECKING:
    from markupsafe import Markup

_DEEPEST: Final = 8  # levels that are indented


class Step(NamedTuple):
    """A step of a derivation, and what is said of it."""

    id: str
    depth: int
    text: str
    details: Sequence[Markup]


class Derived(NamedTuple):
    """A figure's derivation; ``id`` is where it stands in the page."""

    path: str
    id: str
    text: str
    steps: Sequence[Step]


class Part(NamedTuple):
    """The figures of a section of the arithmetic."""

    title: str
    figures: Sequence[Derived]


class Derivations(NamedTuple):
    """How the figures of a year came about, and what the signs in it mean."""

    legend: Sequence[str]
    parts: Sequence[Part]


def derived(key: str, document: Document, writer: Writer, year: YearResult) -> Derivations:
    """The derivations of a year in the order of the arithmetic. ``key`` begins every id."""
    chosen = {path: step for path, step in figures(year).items() if step is not None}
    explanation = Explanation(document, writer.settlement, year, chosen, writer.words, writer.scale.unit, subject=str(year.year))
    sections = groupby(explanation.figures(), key=lambda one: one.section)
    parts = [Part(title, [_figure(key, one) for one in told]) for title, told in sections]
    return Derivations(list(explanation.legend()), parts)


def _figure(key: str, told: Explained) -> Derived:
    """A figure that was told before, with another, leads there."""
    first, *_ = told.items
    here = first.text.startswith(f"[{told.number}]")
    steps = []
    for item in told.items if here else []:
        number = re.match(r"\[(\d+)\]", item.text)
        steps.append(
            Step(
                f"{key}-{number[1]}" if number else "",
                min(item.depth, _DEEPEST),
                printable(item.text),
                [_linked(key, detail) for detail in item.details],
            )
        )
    return Derived(told.path, f"{key}-{told.number}", printable(first.text), steps)


def _linked(key: str, detail: str) -> Markup:
    """A line of a derivation; in a formula, the numbers of other steps lead to them. Formulas hold ids, never free text."""
    from markupsafe import Markup, escape

    safe = str(escape(printable(detail)))
    return Markup(re.sub(r"\[(\d+)\]", rf'<a href="#{key}-\1">[\1]</a>', safe) if detail.startswith("= ") else safe)
