"""Many cases of an agreement settled, piece by piece: the one place where cases are settled.

A piece is translated into sums on whole numbers; those of its cases that this cannot take are left to the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import lcm
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...engine.values import ore_at
from ...model.paths import dotted
from ...model.reading import Context, Exactly
from ...money import ORE_PER
from ...problems import AgreementError, Path
from ...source.document import Document, context
from ...source.kinds import Kind, kind_at, parse
from ...source.loader import Override, overlaid, warm
from ..settle import settle

if TYPE_CHECKING:
    from ...batch.engine import Batch

ENOUGH: Final = 16
"""From this many cases on, translating the agreement pays."""

ENOUGH_FOR_ARRAYS: Final = 2_000
"""From this many cases on, loading NumPy pays."""

TOGETHER: Final = 4_096
"""Cases that are settled together."""

_KEPT: Final = 50_000
"""So many cases that the engine settled one by one are remembered, for whoever goes through the pieces again."""

_FINEST: Final = 10**9

Settings = Sequence[Override]
"""What is set in a case."""

Column = Sequence[int | None]
"""A figure in öre, an entry for each case; None where it is not known."""

Row = tuple[int | None, ...]
"""The figures of a case, in the order asked for."""


class Settled(NamedTuple):
    """What came of cases that were settled together: a column for each figure, and why cases were refused, by their place among them."""

    columns: Sequence[Column]
    refused: Mapping[int, AgreementError]


def settle_cases(base: Document, cases: Iterable[Settings], figures: Sequence[str]) -> Iterator[Row | AgreementError]:
    """Settle the agreement once for each case: the figures asked for in öre, or why the case cannot be settled."""
    source, settler = iter(cases), Settler(base, figures)
    while piece := list(islice(source, TOGETHER)):
        settled = settler.settle(piece)
        for place, row in enumerate(zip(*settled.columns, strict=True)):
            yield settled.refused.get(place, row)


class Settler:
    """Settles cases of an agreement, some at a time: ``figures`` of each, at least one."""

    def __init__(self, base: Document, figures: Sequence[str]) -> None:
        self.base, self.figures = base, list(figures)
        self._kept: dict[int, Row | AgreementError] = {}
        self._denominators: dict[str, int] = {}
        self._batch: Batch | None = None
        self._translated = False

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: not what can be made again."""
        return {"base": self.base, "figures": self.figures, "_kept": self._kept, "_denominators": {}, "_batch": None, "_translated": False}

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        return warm(self.base)

    @cached_property
    def _known(self) -> Context:
        return context(self.base.tree.data)

    @cached_property
    def _usable(self) -> bool:
        """Whether the engine in batches has the figures in the same cases as the ordinary one."""
        return all(self._settled_alike(figure) for figure in self.figures)

    def settle(self, cases: Sequence[Settings], first: int = 0) -> Settled:
        """Settle a piece; ``first`` is the number of its first case among all, by which those that took long are remembered."""
        columns: list[list[int | None]] = [[None] * len(cases) for _ in self.figures]
        left: Iterable[int] = range(len(cases))
        if self._translated or len(cases) >= ENOUGH:
            self._translated = True
            columns, left = self._together(cases) or (columns, left)
        refused: dict[int, AgreementError] = {}
        for place in left:
            row = self._kept.get(first + place) or self._one(cases[place])
            if len(self._kept) < _KEPT:
                self._kept[first + place] = row
            if isinstance(row, AgreementError):
                refused[place] = row
            for number, column in enumerate(columns):
                column[place] = None if isinstance(row, AgreementError) else row[number]
        return Settled(columns, refused)

    def _one(self, overrides: Settings) -> Row | AgreementError:
        """A case by the ordinary engine."""
        try:
            settlement = settle(overlaid(self.base, overrides, self._read))
        except AgreementError as error:
            return AgreementError(error.problems)  # without what led to it, which would be remembered with it
        return tuple(ore_at(settlement, figure) for figure in self.figures)

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

    def _together(self, cases: Sequence[Settings]) -> tuple[list[list[int | None]], list[int]] | None:
        """Each figure of the cases, and the places of those that are left to the ordinary engine; None where all are.

        Cases that differ in anything but numbers of the agreement are left.
        """
        from ...batch.inputs import kind_of

        paths = tuple(override.path for override in next(filter(None, cases), ()))
        if not self._usable or not paths or len(set(paths)) < len(paths):
            return None
        if any(kind_of(self.base.agreement, path) is None for path in paths):
            return None
        places, values = self._values(cases, paths)
        if not places:
            return None
        denominators = self._common(paths, values)
        if max(denominators.values()) > _FINEST:
            return None
        numbers: list[list[int]] = []
        for column, (held, one) in enumerate(zip(values, denominators.values(), strict=True)):
            counted = {key: int(value * one) for key, value in held.items()}
            numbers.append([counted[id(cases[place][column])] for place in places])
        figures, settled, refused = self._in_arrays(denominators, numbers) or self._in_integers(denominators, numbers)
        if not self._never_known(figures):
            return None
        found = dict(zip(figures, settled, strict=True))
        nothing: Column = [None] * len(places)
        columns = [list(found.get(figure, nothing)) for figure in self.figures]
        left = [places[place] for place in refused]
        if len(places) < len(cases):
            columns = [in_places(column, places, len(cases)) for column in columns]
            left = sorted({*left, *set(range(len(cases))).difference(places)})
        return columns, left

    def _values(self, cases: Sequence[Settings], paths: tuple[Path, ...]) -> tuple[list[int], list[dict[int, Fraction]]]:
        """The places of the cases that set numbers at the paths and nothing else; and of each path the numbers, by the identity of what
        sets them, since the cases of a grid have that in common."""
        places = [place for place, overrides in enumerate(cases) if tuple(one.path for one in overrides) == paths]
        values: list[dict[int, Fraction]] = []
        for number, path in enumerate(paths):
            kind, stated = kind_at(path), {id(one): one for one in (cases[place][number] for place in places)}
            read = {key: self._value(one, kind) for key, one in stated.items()}
            values.append({key: value for key, value in read.items() if value is not None})
            if len(values[-1]) < len(read):
                places = [place for place in places if id(cases[place][number]) in values[-1]]
        return places, values

    def _value(self, override: Override, kind: Kind | None) -> Fraction | None:
        """The number that is set; None where it is none, or what a file may not hold."""
        if kind is None or not isinstance(override.value, str):
            return None
        try:
            value = override.value.exact if isinstance(override.value, Exactly) else parse(kind, override.value, self._known)
        except PydanticCustomError:
            return None
        return value if kind.holds(value) and abs(value) < 1 << 62 else None

    def _common(self, paths: tuple[Path, ...], values: Sequence[Mapping[int, Fraction]]) -> dict[str, int]:
        """The denominators in which the numbers are counted, those of earlier pieces where they serve: what was translated then does too."""
        own = {dotted(path): lcm(*{value.denominator for value in held.values()}) for path, held in zip(paths, values, strict=True)}
        both = {name: lcm(one, self._denominators.get(name, 1)) for name, one in own.items()}
        self._denominators = both if max(both.values()) <= _FINEST else own
        return self._denominators

    def _in_integers(
        self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]
    ) -> tuple[Sequence[str], Sequence[Column], Sequence[int]]:
        """The figures that can be computed, each case's in öre, and which cases are left to the engine: without NumPy."""
        from ...batch.plain import Plain

        bounds = {name: (min(column), max(column)) for name, column in zip(varying, numbers, strict=True)}
        plain, size = Plain(self.base.agreement, bounds, varying, self.figures), ORE_PER[self.base.agreement.rounding]
        rows = list(map(plain.settle, zip(*numbers, strict=True))) if plain.usable else [None] * len(numbers[0])
        nothing = [None] * len(plain.figures)
        columns = [
            [None if units is None else units * size for units in column] for column in zip(*(row or nothing for row in rows), strict=True)
        ]
        return plain.figures, columns, [place for place, row in enumerate(rows) if row is None]

    def _in_arrays(
        self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]
    ) -> tuple[Sequence[str], Sequence[Column], Sequence[int]] | None:
        """The same by the engine in batches; None where the cases are few, or without NumPy."""
        if self._batch is None and len(numbers[0]) < ENOUGH_FOR_ARRAYS:
            return None
        try:
            import numpy as np

            from ...batch.engine import MOST as LARGEST
            from ...batch.engine import Batch
        except ImportError:
            return None
        if self._batch is None or self._batch.denominators != varying:
            has = set(Batch(self.base.agreement, varying).figures)
            self._batch = Batch(self.base.agreement, varying, [figure for figure in self.figures if figure in has])
        result = self._batch.run({name: np.array(column, np.int64) for name, column in zip(varying, numbers, strict=True)})
        size = ORE_PER[self.base.agreement.rounding]
        columns: list[Column] = []
        for figure in self._batch.figures:
            units = result.values[figure]
            fits = int(units.max()) <= LARGEST // size and int(units.min()) >= -LARGEST // size
            ore = (units * size).tolist() if fits else [one * size for one in units.tolist()]
            known = result.known.get(figure)
            columns.append(ore if known is None else [one if held else None for one, held in zip(ore, known.tolist(), strict=True)])
        return self._batch.figures, columns, np.flatnonzero(result.refused).tolist()

    def _never_known(self, computed: Collection[str]) -> bool:
        """Whether what is not computed is not known of the agreement as it stands: because of its form, and so in every case."""
        missing = [figure for figure in self.figures if figure not in computed]
        if not missing:
            return True
        settlement = settle(self.base)
        return all(ore_at(settlement, figure) is None for figure in missing)


def in_places(column: Column, places: Sequence[int], size: int) -> list[int | None]:
    """A column of some cases as one of all, with nothing for the others."""
    spread: list[int | None] = [None] * size
    for place, value in zip(places, column, strict=True):
        spread[place] = value
    return spread
