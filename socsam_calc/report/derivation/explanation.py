"""Figures explained: an indented derivation down to the lines of the file, or the whole year told in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple, assert_never

from ...amounts import Scale
from ...answers.explain import Found, OfEvaluation, OfNorm, OfYear
from ...engine.results import Settlement, YearResult
from ...engine.steps import Money
from ...engine.values import Steps as Figures
from ...engine.values import figures
from ...model.terms import split_measured
from ...problems import Path
from ...source.document import Document
from ...source.ledger.accounts import AccountSum
from ..data.json import exact, kronor
from ..told.pen import SPLIT_READINGS
from ..told.tables import Block, Cell, Heading, Item, Lines, Outline
from ..told.words import Words
from .derivation import Derivation, Node, paths_of
from .evaluation import EvaluationExplanation
from .formula import Formulas
from .norm import NormExplanation
from .opening import opening
from .steps import SECTIONS, STEPS, Entry
from .telling import Telling

OTHER_LAWS: Final = ("1992:863", "2003:1210")
"""The laws under which the memorandum of 1995 and the report on the trials say nothing."""
_NOT_TOLD: Final = "cells"
"""Figures that the year's story tells with the row that they belong to."""


class Explained(NamedTuple):
    """A figure with its derivation: the section that it belongs to, its path, the number of its step, and the steps told with it."""

    section: str
    path: str
    number: int
    items: Sequence[Item]


class Explanation(Telling):
    """Some figures of a year with all that they rest on.

    ``known`` are the figures of the settlement's years, where somebody has them already. ``chosen`` are those told, by their path, ``subject`` the path that names them all; where that is the year alone, they are told in
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
        known: Mapping[int, Figures] | None = None,
    ) -> None:
        self.settlement, self.year, self.year_told = settlement, year, year.year
        self.booked, self._data = document.booked, document.tree.data
        self.whole_year = subject == str(year.year)
        self.agreement = self.stated = settlement.agreement
        self.rounding = self.agreement.rounding
        held = [known[one.year] if known else figures(one) for one in settlement.years if one.year != year.year]
        wanted = _in_order(chosen) if self.whole_year else dict(chosen)
        self._held = (held, chosen)  # steps are known by their identity, so they must live as long as this
        derivation = Derivation(wanted, paths_of([chosen, *held]), year.year if self.whole_year else None)
        super().__init__(
            document, derivation, Formulas(self.rounding, unit or self.agreement.unit, words.under(self.agreement.law)), subject
        )
        self._divided: dict[tuple[int, ...], int] = {}

    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""
        words, agreement, unit = self.words, self.agreement, self.formulas.unit
        rounding = words("Amounts in {unit}", unit=unit)
        if agreement.rounding != unit:
            rounding += ", " + words("settled in whole {unit}", unit=agreement.rounding)
        yield Heading(f"{agreement.area}: {self.subject}. {rounding}.")
        first, scale = self._label(self.derivation.told[0].root), Scale(agreement.rounding, unit)
        if sentence := opening(self.year, self._held[1], self.subject, agreement, scale, words, first):
            yield Lines("", [Cell(sentence)])
        if self.whole_year:
            for title, held in groupby(self.figures(), key=lambda one: one.section):
                yield Heading(title, 2)
                yield Outline("", self.as_deep([item for one in held for item in one.items]))
        else:
            self._divided.clear()
            yield Outline("", self.as_deep([item for told in self.derivation.told for item in self._items(told)]))
        if hints:
            yield from self.left_out()
            yield Lines("", [Cell(line) for line in self.legend()])

    def figures(self) -> Iterator[Explained]:
        """Each figure that is told, in the order of the blocks."""
        self._divided.clear()
        for section, title in SECTIONS.items():
            for one in self.derivation.told:
                if _section(one.root) == section:
                    yield Explained(f"{self.words(title)} (§ {section})", one.path, one.root.number, list(self._items(one)))

    def alone(self, step: Money) -> Item | None:
        """A figure by itself, once all are told: how it was made, and from which line of the file; None where no step tells of it."""
        node = self.derivation.node(step)
        return None if node is None else self._item(node, self._details(node, alone=True))

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
            named = f"{self._label(node.inputs[0])} [{node.inputs[0].number}]"
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

    def _details(self, node: Node, *, alone: bool = False) -> Iterator[str]:
        """As for every step; and of administration's share which reading of the memorandum it is."""
        yield from super()._details(node, alone=alone)
        if node.step.name == "administration's share" and not node.told_elsewhere:
            yield self.words(SPLIT_READINGS[split_measured(self.agreement, node.step.year)])

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

    def legend(self) -> Iterator[str]:
        """What the signs and the sources of an explanation mean."""
        words = self.words
        yield words("round: to the nearest whole {unit}, halves away from zero.", unit=self.agreement.rounding)
        keyed = bool(self.agreement.keys) or any(activity.by is not None for activity in self.agreement.activities.values())
        absent = {"0" if not keyed else "", "4a" if not self.agreement.has_capital else "", "6" if self.agreement.law in OTHER_LAWS else ""}
        sections = "; ".join(f"§ {section} {words(title)}" for section, title in SECTIONS.items() if section not in absent)
        yield words(
            "The parts of the arithmetic: {sections}. Rules are those of the domain that they rest on. `socsam guide` opens both.",
            sections=sections,
        )
        if self.agreement.law not in OTHER_LAWS:
            yield words("Act: lag (1994:566). PM: the memorandum to circular 1995:101. Report: the final report of 2001.")

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """Under a law of its own an agreement does not rest on what was written of the trials."""
        law = self.agreement.law
        return tuple(one for one in entry.sources if one.startswith(f"Act {law} ")) if law in OTHER_LAWS else entry.sources

    def _booked(self, node: Node) -> Sequence[AccountSum]:
        """The accounts that make a cost, where books say it and nothing that is set takes its place."""
        path = node.step.place
        for booked in self.booked if path is not None else ():
            for activity, accounts in booked.accounts.items():
                if booked.path(activity) == path and self._place(node) == booked.places[activity]:
                    return accounts
        return ()

    def _note(self, node: Node) -> str | None:
        """What the file's line does not say by itself."""
        step = node.step
        if step.place is None:
            return None
        if step.name == "months":
            return self.words("months whose first day lies in the period")
        stated, text = _raw(self._data, step.place)
        if not stated:
            return self.words("not stated in the file: this is what the format takes it for")
        if text == "rest":
            return self.words("`rest`: what the other shares leave of the whole")
        return None

    def _division_data(self, node: Node) -> list[dict[str, Any]] | None:
        if node.step.formula != "part" or not node.inputs:
            return None
        rounding = self.agreement.rounding
        return [
            {
                "id": part.owner,
                "weight": part.weight.number,
                "whole": kronor(part.quota.whole, rounding),
                "remainder": exact(part.quota.remainder),
                "extra": part.quota.extra,
                "part": kronor(part.part, rounding),
            }
            for part in self.formulas.parts(node)
        ]


def _section(root: Node) -> str:
    return _part_of(root.step.name)


def _part_of(name: str) -> str:
    """The part of the arithmetic that a step belongs to: own capital is one of its own."""
    section = STEPS[name].section
    return section if section in SECTIONS else section[0]


def _in_order(chosen: Mapping[str, Money]) -> dict[str, Money]:
    """The year's figures in the order of the arithmetic, without those that nothing enters and those told with their row."""
    told = {path: step for path, step in chosen.items() if _has_content(step) and path.split(".")[-2] != _NOT_TOLD}
    return dict(sorted(told.items(), key=lambda entry: _part_of(entry[1].name)))


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


def explained(found: Found, words: Words, unit: str | None = None, depth: int | None = None) -> Telling:
    """The derivation of the figures that were found; ``unit`` None is the file's own. A report shows no more than ``depth`` levels of steps."""
    told: Telling
    match found:
        case OfYear(document, settlement, year, figures, subject):
            told = Explanation(document, settlement, year, figures, words, unit, subject=subject)
        case OfEvaluation(evaluation, effect, figures, subject):
            told = EvaluationExplanation(evaluation, effect, figures, words, unit, subject=subject)
        case OfNorm():
            told = NormExplanation(found, words, unit)
        case _:
            assert_never(found)
    told.depth = depth
    return told
