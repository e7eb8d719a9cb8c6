"""Cases of an agreement: what is set in each, one by one or along a line or a grid, and what comes of it.

Many cases at once are translated into sums on whole numbers; those that this cannot take are left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice
from math import lcm
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...engine.values import ore_at
from ...model.paths import dotted, value_at
from ...model.reading import Context, Exactly
from ...money import ORE_PER, round_fraction
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context
from ...source.kinds import Kind, decimal_text, kind_at, parse, reason, shown, spelled
from ...source.loader import Override, locate, overlaid, warm
from ...source.relative import changed, is_change, takes_change
from ...source.scenarios import BoundAt
from ...source.tree import Tree
from ..bounds import Bounded, Side
from ..settle import settle

ENOUGH: Final = 16
"""From this many cases on, translating the agreement pays."""

ENOUGH_FOR_ARRAYS: Final = 2_000
"""From this many cases on, loading NumPy pays."""

TOGETHER: Final = 65_536
"""Cases that are settled together."""

_FINEST: Final = 10**9

Row = tuple[int | None, ...]
"""The figures asked for, in öre; None where one is not known."""

Units = Sequence[int | None]
"""The same in rounding units."""


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


# --- many at once ------------------------------------------------------------------------------------------------------


class Many:
    """Settles many cases. Cases that differ in anything but numbers of the agreement come back as None."""

    def __init__(self, base: Document, figures: Sequence[str]) -> None:
        self.base, self.figures = base, list(figures)
        self.context: Context = context(base.tree.data)
        self.usable = all(self._settled_alike(figure) for figure in figures)

    def _settled_alike(self, figure: str) -> bool:
        """Whether the ordinary engine has the figure in every case or in none; a cell of nothing and a party that left come and go."""
        year, group, *rest = figure.split(".")
        if "cells" in rest or (group == "shortfall" and rest[0] == "amount") or not year.isdecimal():
            return False
        return group != "parties" or rest[0] in self.base.agreement.parties_of(int(year)) or self._to_come(rest[0], int(year))

    def _to_come(self, party: str, year: int) -> bool:
        """Whether a party has no part in a year because it comes later."""
        begins = self.base.agreement.parties[party].from_
        return begins is not None and begins > year and party not in self.base.agreement.opening.claims

    def rows(self, cases: Sequence[Sequence[Override]]) -> list[Row | None]:
        """The figures of each case in öre, None for a case that is left to the ordinary engine."""
        from ...batch.inputs import kind_of

        left: list[Row | None] = [None] * len(cases)
        paths = tuple(override.path for override in next(filter(None, cases), ()))
        if not self.usable or not paths or len(set(paths)) < len(paths):
            return left
        if any(kind_of(self.base.agreement, path) is None for path in paths):
            return left
        kinds = [kind_at(path) for path in paths]
        read = [self._values(overrides, paths, kinds) for overrides in cases]
        values = [one for one in read if one is not None]
        denominators = [lcm(*{case[column].denominator for case in values}) for column in range(len(paths))]
        if not values or max(denominators) > _FINEST:
            return left
        varying = dict(zip(map(dotted, paths), denominators, strict=True))
        numbers = [[int(value * one) for value, one in zip(case, denominators, strict=True)] for case in values]
        figures, settled = self._in_arrays(varying, numbers) or self._in_integers(varying, numbers)
        if not self._never_known(figures):
            return left
        size = ORE_PER[self.base.agreement.rounding]
        for index, row in zip((index for index, values in enumerate(read) if values is not None), settled, strict=True):
            if row is not None:
                held = {figure: None if units is None else units * size for figure, units in zip(figures, row, strict=True)}
                left[index] = tuple(map(held.get, self.figures))
        return left

    def _in_integers(self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]) -> tuple[Sequence[str], Iterable[Units | None]]:
        """The figures that can be computed, and each case's in rounding units, without NumPy."""
        from ...batch.plain import Plain

        bounds = {name: (min(column), max(column)) for name, column in zip(varying, zip(*numbers, strict=True), strict=True)}
        plain = Plain(self.base.agreement, bounds, varying, self.figures)
        return plain.figures, map(plain.settle, numbers) if plain.usable else [None] * len(numbers)

    def _in_arrays(
        self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]
    ) -> tuple[Sequence[str], Iterable[Units | None]] | None:
        """The same by the engine in batches; None where the cases are few, or without NumPy."""
        if len(numbers) < ENOUGH_FOR_ARRAYS:
            return None
        try:
            import numpy as np

            from ...batch.engine import Batch
        except ImportError:
            return None
        has = set(Batch(self.base.agreement, varying).figures)
        figures = [figure for figure in self.figures if figure in has]
        result = Batch(self.base.agreement, varying, figures).run(dict(zip(varying, np.array(numbers, np.int64).T, strict=True)))
        everywhere = np.ones(len(numbers), np.bool_)
        columns = [
            [units if held else None for units, held in zip(result.values[figure].tolist(), known, strict=True)]
            for figure, known in ((figure, result.known.get(figure, everywhere).tolist()) for figure in figures)
        ]
        rows = zip(*columns, strict=True)
        return figures, [None if refused else row for row, refused in zip(rows, result.refused.tolist(), strict=True)]

    def _never_known(self, computed: Collection[str]) -> bool:
        """Whether what is not computed is not known of the agreement as it stands: because of its form, and so in every case."""
        missing = [figure for figure in self.figures if figure not in computed]
        if not missing:
            return True
        settlement = settle(self.base)
        return all(ore_at(settlement, figure) is None for figure in missing)

    def _values(self, overrides: Sequence[Override], paths: tuple[Path, ...], kinds: Sequence[Kind | None]) -> tuple[Fraction, ...] | None:
        """The numbers that a case sets at the paths; None where it sets something else, or what a file may not hold."""
        if tuple(override.path for override in overrides) != paths:
            return None
        found = []
        for override, kind in zip(overrides, kinds, strict=True):
            if kind is None or not isinstance(override.value, str):
                return None
            try:
                value = override.value.exact if isinstance(override.value, Exactly) else parse(kind, override.value, self.context)
            except PydanticCustomError:
                return None
            if not kind.holds(value) or abs(value) >= 1 << 62:
                return None
            found.append(value)
        return tuple(found)


# --- a line or a grid --------------------------------------------------------------------------------------------------


class Range(NamedTuple):
    """A number of the agreement and the values that it is to have; amounts count rounding units."""

    option: str
    path: Path
    kind: Kind
    first: Fraction
    last: Fraction
    known: Context

    @property
    def name(self) -> str:
        """The path as a person writes it."""
        return dotted(self.path)

    def override(self, value: Fraction) -> Override:
        """The number set to a value: exactly, or to the nearest amount of the rounding."""
        text = spelled(self.kind, value, self.known.rounding)
        return Override(self.path, text, Tree(f"{self.option} ({self.text(value)})", text))

    def text(self, value: Fraction) -> str:
        """The value as a person reads it; an amount in the rounding unit, grouped."""
        if self.kind.name == "amount":
            units = round_fraction(value)
            return f"{'−' if units < 0 else ''}{abs(units):,} {self.known.rounding}".replace(",", " ")
        return shown(self.kind, value)

    def plain(self, value: Fraction) -> str:
        """The value for a chart: kronor, or a plain decimal of twelve digits at most."""
        if self.kind.name == "amount":
            value = value * ORE_PER[self.known.rounding] / 100
        return decimal_text(value, 12)

    def points(self, steps: int) -> list[Fraction]:
        """The values in equal steps, both ends included; amounts between the ends to the nearest rounding unit.

        Raises AgreementError where fewer amounts than steps lie between the ends.
        """
        values = [self.first + (self.last - self.first) * step / steps for step in range(steps + 1)]
        if self.kind.name != "amount":
            return values
        rounded = [Fraction(round_fraction(value)) for value in values]
        if len(set(rounded)) < len(rounded):
            most = int(abs(self.last - self.first))
            raise AgreementError.of(
                "too-many-steps",
                Place(self.option),
                f"only {most} {'step' if most == 1 else 'steps'} of one {self.known.rounding} {'lies' if most == 1 else 'lie'} between the ends",
                f"ask for --steps {most} or fewer",
            )
        return rounded


def find_number(base: Document, option: str, name: str, text: str = "") -> tuple[Path, Kind]:
    """The number of the agreement that an option names. Where the format leaves a choice, ``text`` says whether it is an amount or a
    percentage, or else the file does. Raises AgreementError where there is none."""
    path = locate(base.tree.data, name, Place(option))
    if isinstance(path, Problem):
        raise AgreementError([path])
    stated = value_at(base.tree.data, path)
    kind = kind_at(path, text or (stated if isinstance(stated, str) else ""))
    if kind is None:
        raise AgreementError.of(
            "not-a-number",
            Place(option),
            f"`{dotted(path)}` is not a number",
            "name an amount, a share, a percentage or a value of a series",
        )
    return path, kind


def number(option: str, kind: Kind, text: str, known: Context) -> Fraction:
    """A number as an option states it. Raises AgreementError with what is wrong with it."""
    try:
        return parse(kind, text, known)
    except PydanticCustomError as error:
        raise AgreementError.of("bad-number", Place(option), *reason(error)) from None


def read_range(base: Document, text: str, named: str = "--vary") -> Range:
    """The option ``named``: PATH=A..B. Raises AgreementError with what is wrong with it."""
    option = f"{named} {text}"
    name, equals, ends = text.partition("=")
    match = re.fullmatch(r"(.*?[^.\s])\s*\.\.\s*([^.\s].*)", ends.strip())
    if not equals or not name.strip() or match is None:
        raise AgreementError.of(
            "bad-range", Place(option), "this is not PATH=A..B", f"write, for example, {named} 'sharing.shared=0 %..100 %'"
        )
    relative = all(map(is_change, match.groups()))
    path, kind = find_number(base, option, name, "" if relative else ends)
    known = context(base.tree.data)
    if relative and takes_change(kind):
        first, last = (_changed(base, option, path, kind, end, known) for end in match.groups())
    else:
        first, last = (number(option, kind, end, known) for end in match.groups())
    if first == last:
        raise AgreementError.of("bad-range", Place(option), "both ends are the same", "write two different values, or use --set")
    return Range(option, path, kind, first, last, known)


def _changed(base: Document, option: str, path: Path, kind: Kind, text: str, known: Context) -> Fraction:
    """An end of a range that is a change in percent of what the file says."""
    value = changed(kind, path, value_at(base.tree.data, path), text, known, option)
    if isinstance(value, Problem):
        raise AgreementError([value])
    return Fraction(round_fraction(value)) if kind.name == "amount" else value


def grid(
    ranges: Sequence[Range], steps: Sequence[int], always: tuple[Override, ...], everywhere: tuple[Change, ...] = ()
) -> Iterator[Case]:
    """The cases of a line, or of a grid: the last range moves fastest. ``always`` is set in every case, ``everywhere`` as it is read."""
    points = [one.points(count) for one, count in zip(ranges, steps, strict=True)]
    made: list[list[tuple[Range, Fraction]]] = [[]]
    for one, values in zip(ranges, points, strict=True):
        made = [[*before, (one, value)] for before in made for value in values]
    spelled_out = {
        (one.path, value): (one.override(value), Change(one.name, one.text(value), one.plain(value)))
        for one, values in zip(ranges, points, strict=True)
        for value in values
    }
    for values_set in made:
        entries = [spelled_out[one.path, value] for one, value in values_set]
        changes = (*everywhere, *(change for _, change in entries))
        name = ", ".join(f"{change.path}={change.text}" for change in changes)
        yield Case(name, (*always, *(override for override, _ in entries)), changes)
