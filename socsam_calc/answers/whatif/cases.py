"""Cases of an agreement: what is set in each, and the bounds that its figures are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...problems import Problem
from ...source.loader import Override
from ...source.scenarios import BoundAt
from ..bounds import Bounded, Side


class Change(NamedTuple):
    """What is set at a path, as a person reads it; ``number`` is its value for a chart: kronor, or a plain decimal of twelve digits at most.

    ``stated`` is the value as `--set` takes it, where the text is not.
    """

    path: str
    text: str
    number: str | None = None
    stated: str | None = None


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
    """A bound and what came out, in rounding units. ``missed`` are the sides that it misses; ``value`` None means that the figure is not known."""

    bounded: Bounded
    value: int | None
    missed: tuple[Side, ...]

    @property
    def figure(self) -> str:
        """The figure's path."""
        return self.bounded.figure

    @property
    def reason(self) -> str | None:
        """Why it is bounded."""
        return self.bounded.at.bound.reason

    @property
    def met(self) -> bool:
        """Whether the figure is known and within the bound."""
        return self.value is not None and not self.missed


def hold(bounds: Iterable[Bounded], amounts: Mapping[str, int | None], per_unit: int) -> Iterator[Held]:
    """Hold figures, in öre, against their bounds; ``per_unit`` is how many öre the rounding unit has in which bounds are counted."""
    units = {figure: None if amount is None else amount // per_unit for figure, amount in amounts.items()}
    for bounded in bounds:
        if bounded.about(units):
            value = bounded.value(units)
            yield Held(bounded, value, () if value is None else bounded.missed(value))


def minus(now: int | None, before: int | None) -> int | None:
    """The difference of two figures, where both are known."""
    return None if now is None or before is None else now - before


def in_case(problem: Problem, case: str) -> Problem:
    """A problem that a case made, with the case's name."""
    return problem._replace(text=f"{case}: {problem.text}")
