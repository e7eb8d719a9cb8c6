"""Figures explained: an indented derivation down to the lines of the file, or the whole year told in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ...amounts import plain
from ...engine.figures import figures
from ...engine.results import Settlement, YearResult
from ...engine.steps import Money
from ...problems import Path, Place
from ...source.loader import Document
from ..told.tables import Block, Cell, Heading, Item, Lines, Outline
from ..told.words import Words
from .derivation import Derivation, Node, Told, paths_of
from .formula import Formulas
from .steps import SECTIONS, STEPS

_NOT_TOLD: Final = "cells"
"""Figures that the year's story tells with the row that they belong to."""


class Explained(NamedTuple):
    """A figure with its derivation: the section that it belongs to, its path, the number of its step, and the steps told with it."""

    section: str
    path: str
    number: int
    items: Sequence[Item]


class Explanation:
    """Some figures of a year with all that they rest on.

    ``chosen`` are the figures by their path, ``subject`` the path that names them all; where that is the year alone, they are told in
    the order of the arithmetic.
    """

    def __init__(
        self,
        document: Document,
        settlement: Settlement,
        year: YearResult,
        chosen: Mapping[str, Money],
        words: Words,
        unit: str | None = None,
        *,
        subject: str,
    ) -> None:
        self.document, self.settlement, self.year, self.words, self.subject = document, settlement, year, words, subject
        self.whole_year = whole_year = subject == str(year.year)
        agreement = settlement.agreement
        self.agreement = agreement
        self.formulas = Formulas(agreement.rounding, unit or agreement.unit, words)
        held = [figures(one) for one in settlement.years if one.year != year.year]
        wanted = _in_order(chosen) if whole_year else dict(chosen)
        self._held = (held, chosen)  # steps are known by their identity, so they must live as long as this
        self.derivation = Derivation(wanted, paths_of([chosen, *held]), year.year if whole_year else None)
        self._divided: dict[tuple[int, ...], int] = {}

    # --- for people --------------------------------------------------------------------------------------------------------

    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""
        words, agreement, unit = self.words, self.agreement, self.formulas.unit
        told = self.derivation.told
        rounding = words("Amounts in {unit}", unit=unit)
        if agreement.rounding != unit:
            rounding += ", " + words("settled in whole {unit}", unit=agreement.rounding)
        yield Heading(f"{agreement.area}: {self.subject}. {rounding}.")
        self._divided.clear()
        if not self.whole_year:
            yield Outline("", [item for one in told for item in self._items(one)])
        else:
            for section, title in SECTIONS.items():
                items = [item for one in told if _section(one.root) == section for item in self._items(one)]
                if items:
                    yield Heading(f"{words(title)} (§ {section})", 2)
                    yield Outline("", items)
        if hints:
            yield Lines("", [Cell(line) for line in self.legend()])

    def figures(self) -> Iterator[Explained]:
        """Each figure that is told, in the order of the blocks."""
        self._divided.clear()
        for section, title in SECTIONS.items():
            for one in self.derivation.told:
                if _section(one.root) == section:
                    yield Explained(f"{self.words(title)} (§ {section})", one.path, one.root.number, list(self._items(one)))

    def _items(self, told: Told) -> Iterator[Item]:
        """A figure and what is told with it; where that is done already, where to find it."""
        if not told.nodes:
            root = told.root
            yield Item(0, f"{self._label(root)}: {self.formulas.value(root.step)}, {self.words('see')} [{root.number}]")
        for node in told.nodes:
            yield self._item(node, self._details(node))

    def _item(self, node: Node, details: Iterable[str]) -> Item:
        elsewhere = node.figure or "" if node.told_elsewhere else ""
        return Item(node.depth, f"[{node.number}] {self._label(node)}: {self.formulas.value(node.step)}", list(details), elsewhere)

    def alone(self, step: Money) -> Item | None:
        """A figure by itself, once all are told: how it was made, and from which line of the file; None where no step tells of it."""
        node = self.derivation.node(step)
        return None if node is None else self._item(node, self._details(node, alone=True))

    def _label(self, node: Node) -> str:
        return self.formulas.label(node.step, self.year.year)

    def _details(self, node: Node, *, alone: bool = False) -> Iterator[str]:
        yield from self._made(node, alone=alone)
        if node.inputs and not node.told_elsewhere:
            entry = STEPS[node.step.name]
            rules = ", ".join(map(str, entry.rules))
            numbered = self.words("rule {numbers}" if len(entry.rules) == 1 else "rules {numbers}", numbers=rules)
            yield self.rests_on(f"§ {entry.section}, {numbered}", [self._cited(source) for source in entry.sources])

    def _made(self, node: Node, *, alone: bool) -> Iterator[str]:
        step = node.step
        if node.told_elsewhere:
            yield self.words("derived by `socsam explain {file} {figure}`", file=self.file, figure=node.figure)
            return
        if step.formula == "given":
            yield from self._stated(node)
            return
        if not node.inputs:
            yield self.words(STEPS[step.name].when_empty)
            return
        formulas = self.formulas
        if step.formula == "part" and alone and self._first(node) != node.number:
            whole = node.inputs[0]
            named = f"{self._label(whole)} [{whole.number}]"
            yield "= " + self.words("part of {whole} by largest remainder, all parts in [{number}]", whole=named, number=self._first(node))
            yield from formulas.own_part(node)
        elif step.formula == "part":
            yield from self._division(node, formulas.in_words(node, self.year.year))
        else:
            yield f"= {formulas.in_words(node, self.year.year)}"
            if step.formula == "bands":
                yield from formulas.band_lines(node)
            numbers = formulas.with_numbers(node)
            if numbers != formulas.number(step):
                yield f"= {numbers}"
            elif alone and len(node.inputs) == 1 and not node.inputs[0].told_elsewhere:
                yield from self._made(node.inputs[0], alone=True)  # the same number by another name

    def _division(self, node: Node, in_words: str) -> Iterator[str]:
        """A division by largest remainder is shown once, with the first of its parts."""
        first = self._first(node)
        if first == node.number:
            yield f"= {in_words}"
            yield from self.formulas.division(node)
        else:
            yield "= " + self.words("part of the division in [{number}]", number=first)

    def _first(self, node: Node) -> int:
        """The step that shows the division which a part belongs to."""
        return self._divided.setdefault(tuple(one.number for one in node.inputs), node.number)

    def _stated(self, node: Node) -> Iterator[str]:
        """Where a figure stands in the file; what stands for it where the file is silent."""
        place, note = self._place(node), self._note(node)
        if note:
            yield note
        if place is not None:
            yield self.located(place) + (f"  |  {place.excerpt.strip()}" if place.excerpt else "")

    def rests_on(self, rules: str, sources: Sequence[str]) -> str:
        """What a step rests on, as it is written below it."""
        return "; ".join([rules, *sources])

    @property
    def file(self) -> str:
        """The file as a command names it."""
        return self.document.file

    def located(self, place: Place) -> str:
        """Where a figure stands, as it is written before the line itself."""
        return str(place)

    def _cited(self, source: str) -> str:
        """A source as it is cited in the language of the reader."""
        document, _, where = source.partition(" ")
        if self.words.language == "sv":
            where = where.replace("“", "”")
        return f"{self.words(document)} {where}"

    def legend(self) -> Iterator[str]:
        """What the signs and the sources of an explanation mean."""
        words = self.words
        yield words("round: to the nearest whole {unit}, halves away from zero.", unit=self.agreement.rounding)
        sections = "; ".join(f"§ {section} {words(title)}" for section, title in SECTIONS.items())
        yield words("The parts of the arithmetic: {sections}. Rules are those of the domain that they rest on.", sections=sections)
        yield words("Act: lag (1994:566). PM: the memorandum to circular 1995:101. Report: the final report of 2001.")

    # --- places ------------------------------------------------------------------------------------------------------------

    def _place(self, node: Node) -> Place | None:
        path = node.step.place
        return None if path is None else self.document.place(path)

    def _note(self, node: Node) -> str | None:
        """What the file's line does not say by itself."""
        step = node.step
        if step.place is None:
            return None
        if step.name == "months":
            return self.words("months whose first day lies in the period")
        stated, text = _raw(self.document.tree.data, step.place)
        if not stated:
            return self.words("not stated in the file: this is what the format takes it for")
        if text == "rest":
            return self.words("`rest`: what the other shares leave of the whole")
        return None

    # --- for programs ------------------------------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The explanation as ``socsam.explanation/1`` has it."""
        agreement = self.agreement
        nodes = [*self.derivation.nodes, *self.derivation.constants]
        return {
            "schema": "socsam.explanation/1",
            "currency": "SEK",
            "file": self.document.file,
            "area": agreement.area,
            "title": agreement.title,
            "unit": self.formulas.unit,
            "rounding": agreement.rounding,
            "year": self.year.year,
            "figures": [{"path": told.path, "step": told.root.number} for told in self.derivation.told],
            "steps": [self._step(node) for node in nodes],
        }

    def _step(self, node: Node) -> dict[str, Any]:
        from ..data.json import exact, kronor

        step, entry, formulas = node.step, STEPS[node.step.name], self.formulas
        amount = entry.kind == "amount"
        place = self._place(node)
        derived = bool(node.inputs)
        division = None
        if step.formula == "part" and derived:
            division = [
                {
                    "id": part.owner,
                    "weight": part.weight.number,
                    "whole": kronor(part.quota.whole, agreement_rounding),
                    "remainder": exact(part.quota.remainder),
                    "extra": part.quota.extra,
                    "part": kronor(part.part, agreement_rounding),
                }
                for agreement_rounding in [self.agreement.rounding]
                for part in formulas.parts(node)
            ]
        return {
            "id": node.number,
            "name": step.name,
            "label": formulas.label(step, self.year.year),
            "year": step.year,
            "about": list(step.about),
            "kind": entry.kind,
            "value": exact(step.value, self.agreement.rounding if amount else None),
            "formula": "figure" if node.told_elsewhere else step.formula,
            "words": plain(formulas.in_words(node, self.year.year, numbered=False)) if derived else None,
            "numbers": plain(formulas.with_numbers(node)) if derived else None,
            "inputs": [one.number for one in node.inputs],
            "position": step.position if step.formula in ("part", "scale") else None,
            "division": division,
            "section": entry.section or None,
            "rules": list(entry.rules),
            "sources": [self._cited(source) for source in entry.sources],
            "figure": node.figure,
            "place": None
            if place is None
            else {"file": place.file, "line": place.line or None, "column": place.column or None, "text": place.excerpt.strip() or None},
            "note": self._note(node),
        }


def _section(root: Node) -> str:
    return STEPS[root.step.name].section[0]


def _in_order(chosen: Mapping[str, Money]) -> dict[str, Money]:
    """The year's figures in the order of the arithmetic, without those that nothing enters and those told with their row."""
    told = {path: step for path, step in chosen.items() if _has_content(step) and path.split(".")[-2] != _NOT_TOLD}
    return dict(sorted(told.items(), key=lambda entry: STEPS[entry[1].name].section[0]))


def _has_content(step: Money) -> bool:
    if step.formula == "given":
        return True
    if step.formula == "less" and len(step.inputs) == 2 and step.inputs[0] is step.inputs[1]:
        return False  # a row that nothing has changed
    return any(one.name != "nothing" and (one.value or one.inputs) for one in step.inputs)


def _raw(data: Any, path: Path) -> tuple[bool, Any]:
    """Whether something stands at the path of the file, and what."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False, None
    return True, data


def known_figures(settlement: Settlement) -> dict[str, Money | None]:
    """Every figure of the settlement by its path."""
    return {path: step for year in settlement.years for path, step in figures(year).items()}


def under(path: str, known: Sequence[str]) -> list[str]:
    """The figures that a path names: itself, or all in it."""
    return [path] if path in known else [one for one in known if one.startswith(f"{path}.")]
