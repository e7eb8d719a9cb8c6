"""Derivations on a page: the steps of a year stand once, in a list that is folded away; a figure opens its own, and a step those that it was made from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from ...engine.results import YearResult
from ...engine.steps import Money
from ...engine.values import Steps as Figures
from ...problems import Place
from ...source.document import Document
from ..derivation.explanation import Explained, Explanation
from ..render.line import printable
from ..told.pen import told_apart
from ..told.settlement import Writer
from ..told.tables import Item
from .blocks import in_quotes

if TYPE_CHECKING:
    from markupsafe import Markup

_DEEPEST: Final = 8  # levels that are indented
_TABLES_OWN: Final = ("in_hand", "brought")
"""Figures of a party that the settlement's table shows and no path names."""


class Step(NamedTuple):
    """A step of a derivation, and what is said of it; ``id`` is where it stands in the page. One that ``leads`` elsewhere stands there."""

    id: str
    number: str
    depth: int
    text: str
    details: Sequence[Markup]
    leads: bool = False


class Part(NamedTuple):
    """The steps of a section of the arithmetic."""

    title: str
    steps: Sequence[Step]


@dataclass(frozen=True, eq=False)
class Derivations:
    """How the figures of a year came about; ``own`` is the last step of each figure, by its path. ``legend`` says what the signs mean.

    ``leads`` are the earlier years that it leads to.
    """

    legend: Sequence[str]
    parts: Sequence[Part]
    own: Mapping[str, Step]
    leads: Collection[str]


class Cited(dict[tuple[str, Sequence[str]], str]):
    """The rules and sources that steps rest on, each with its id: they stand once, at the end of the page."""

    def link(self, rules: str, sources: Sequence[str]) -> Markup:
        """What leads to them, where a step names the rules."""
        from markupsafe import Markup, escape

        id_ = self.setdefault((rules, sources), f"r{len(self) + 1}")
        return Markup(f'<a href="#{id_}">{escape(rules)}</a>')


class _Explanation(Explanation):
    """An explanation as a page has it: its rules are links, and a file is named without the folders that it lies in."""

    cited: Cited

    def rests_on(self, rules: str, sources: Sequence[str]) -> str:
        return self.cited.link(rules, tuple(sources))

    @property
    def file(self) -> str:
        return PurePath(self.document.file).name

    def located(self, place: Place) -> str:
        file = PurePath(place.file).name
        if place.file != self.document.file or not place.line:
            return str(place._replace(file=file))
        return self.words("line {number}", number=place.line)


def derived(
    key: str, document: Document, writer: Writer, year: YearResult, known: Mapping[int, Figures], earlier: Mapping[str, str], cited: Cited
) -> Derivations:
    """The derivations of a year in the order of the arithmetic. ``key`` begins every id; ``known`` are the figures of every year.

    ``earlier`` holds the ids of the figures of the years before. To ``cited`` is added what they rest on.
    """
    chosen = {path: step for path, step in known[year.year].items() if step is not None}
    told_of = str(year.year)
    explanation = _Explanation(document, writer.settlement, year, chosen, writer.words, writer.scale.unit, subject=told_of, known=known)
    explanation.cited = cited
    explanation.formulas.names = _names(writer)
    told = list(explanation.figures())
    linked = _Linked(key, earlier, writer)
    wanted = {one.path: chosen[one.path] for one in told} | dict(_tables_own(year))
    own = {path: linked.step(item) for path, step in wanted.items() if (item := explanation.alone(step)) is not None}
    alone = {step.id: step for step in own.values()}
    sections = groupby(told, key=lambda one: one.section)
    parts = [Part(title, [step for one in held for step in linked.steps(one, alone)]) for title, held in sections]
    return Derivations([in_quotes(line, writer.words) for line in explanation.legend()], parts, own, linked.leads)


def _names(writer: Writer) -> Mapping[str, str]:
    """What parties and rows are called, by their ids; not one that is both and has two names."""
    agreement = writer.agreement
    parties = {party: writer.node(party) for party in agreement.parties}
    rows = told_apart({row: activity.name or row for row, activity in agreement.activities.items()})
    return {id_: name for id_, name in (rows | parties).items() if rows.get(id_, name) == name}


def _tables_own(year: YearResult) -> Iterator[tuple[str, Money]]:
    for party in year.parties:
        for figure in _TABLES_OWN:
            step = party.steps.get(figure)
            if step is not None and (step.inputs or step.place):
                yield f"{year.year}.parties.{party.id}.{figure}", step


class _Linked:
    """Turns the steps of a year into those of the page, where the number of a step leads to it."""

    def __init__(self, key: str, earlier: Mapping[str, str], writer: Writer) -> None:
        self.key, self.earlier, self.words = key, earlier, writer.words
        self.leads: set[str] = set()

    def steps(self, told: Explained, alone: Mapping[str, Step]) -> Iterator[Step]:
        """The steps told with a figure, those of figures as they are told ``alone``; one that was told before leads there."""
        first, *_ = told.items
        if not first.text.startswith(f"[{told.number}]"):
            yield Step(f"{self.key}-{told.number}", "", 0, printable(first.text), [], leads=True)
            return
        for item in told.items:
            known = alone.get(self._numbered(item)[0])
            yield self.step(item) if known is None else known._replace(depth=min(item.depth, _DEEPEST))

    def step(self, item: Item) -> Step:
        id_, number, text = self._numbered(item)
        return Step(id_, number, min(item.depth, _DEEPEST), printable(text), list(self._details(item)))

    def _numbered(self, item: Item) -> tuple[str, str, str]:
        """The id of a step, its number, and what it says."""
        number, _, text = item.text.removeprefix("[").partition("] ")
        return f"{self.key}-{number}", number, text

    def _details(self, item: Item) -> Iterator[Markup]:
        """What is said of a step. In a formula, the numbers of other steps open them."""
        from markupsafe import Markup, escape

        place = self.earlier.get(item.elsewhere)
        if place is not None:
            year = item.elsewhere.partition(".")[0]
            self.leads.add(year)
            yield Markup('<button type="button" popovertarget="{}">{}</button>').format(place, self.words("derived with {year}", year=year))
            return
        for detail in item.details:
            if isinstance(detail, Markup):
                yield detail
                continue
            told, bar, line = detail.partition("  |  ")
            safe = str(escape(printable(in_quotes(told, self.words) + bar + line)))
            opens = rf'<button type="button" popovertarget="{self.key}-\1">[\1]</button>'
            yield Markup(re.sub(r"\[(\d+)\]", opens, safe) if detail.startswith("= ") else safe)
