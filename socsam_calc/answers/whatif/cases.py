"""Cases of an agreement: what is set in each, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, NamedTuple

from ...engine.values import ore_at
from ...problems import AgreementError, Problem
from ...source.document import Document
from ...source.overlay import Override, overlaid, warm
from ...source.scenarios import BoundAt
from ..settle import settle
from .many import ENOUGH, TOGETHER, Many

Row = tuple[int | None, ...]
"""The figures asked for, in öre; None where one is not known."""


class Change(NamedTuple):
    """What is set at a path, as a person reads it; ``number`` is its value for a chart: kronor, or a plain decimal of twelve digits at most."""

    path: str
    text: str
    number: str | None = None


class Remark(NamedTuple):
    """Something that should be known of a case: a text, and the values to be filled in."""

    text: str
    values: tuple[tuple[str, str], ...] = ()


class Case(NamedTuple):
    """An agreement under other assumptions: what is set, and the bounds that its figures are held against.

    ``terms`` is the file whose terms it is under, ``area`` that agreement's area where the case is named by it. ``remarks`` is what should
    be known of it; a case that is ``refused`` already is not settled.
    """

    name: str
    overrides: tuple[Override, ...] = ()
    changes: tuple[Change, ...] = ()
    bounds: tuple[BoundAt, ...] = ()
    terms: str | None = None
    area: str | None = None
    note: str | None = None
    remarks: tuple[Remark, ...] = ()
    refused: tuple[Problem, ...] = ()


class Held(NamedTuple):
    """A bound and what came out, in öre. ``missed`` names the sides that it misses; ``value`` None means that the figure is not known."""

    figure: str
    bound: BoundAt
    value: int | None
    missed: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether the figure is known and within the bound."""
        return self.value is not None and not self.missed


def settle_cases(base: Document, cases: Iterable[Sequence[Override]], figures: Sequence[str]) -> Iterator[Row | AgreementError]:
    """Settle the agreement once for each case: the figures asked for, or why the case cannot be settled.

    This is the one place where scenarios are settled. Many of them go through the engine in batches, as far as it can take them.
    """
    source = iter(cases)
    first = list(islice(source, ENOUGH))
    read = warm(base)
    if len(first) < ENOUGH:
        yield from _one_by_one(base, first, figures, read)
        return
    many, source = Many(base, figures), chain(first, source)
    while piece := list(islice(source, TOGETHER)):
        for overrides, row in zip(piece, many.rows(piece), strict=True):
            if row is not None:
                yield row
            else:
                yield from _one_by_one(base, [overrides], figures, read)


def _one_by_one(
    base: Document, cases: Iterable[Sequence[Override]], figures: Sequence[str], read: Mapping[str, Any] | None
) -> Iterator[Row | AgreementError]:
    for overrides in cases:
        try:
            settlement = settle(overlaid(base, overrides, read))
        except AgreementError as error:
            yield error
        else:
            yield tuple(ore_at(settlement, figure) for figure in figures)


def hold(bounds: Iterable[tuple[str, BoundAt]], amounts: dict[str, int | None], per_unit: int) -> tuple[Held, ...]:
    """Hold figures, in öre, against their bounds; ``per_unit`` is how many öre the rounding unit has in which bounds are written."""
    held = []
    for figure, bound in bounds:
        value = amounts.get(figure)
        missed = () if value is None else tuple(_missed(bound, value, per_unit))
        held.append(Held(figure, bound, value, missed))
    return tuple(held)


def _missed(bound: BoundAt, value: int, per_unit: int) -> Iterator[str]:
    stated = bound.bound
    if stated.min is not None and value < stated.min * per_unit:
        yield "min"
    if stated.max is not None and value > stated.max * per_unit:
        yield "max"
    if stated.equals is not None and value != stated.equals * per_unit:
        yield "equals"


def minus(now: int | None, before: int | None) -> int | None:
    """The difference of two figures, where both are known."""
    return None if now is None or before is None else now - before


def in_case(problem: Problem, case: str) -> Problem:
    """A problem that a case made, with the case's name."""
    return replace(problem, text=f"{case}: {problem.text}")
