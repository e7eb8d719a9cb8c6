"""Many cases of one agreement at once, translated into sums on whole numbers; those that it cannot take are left to the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from pydantic_core import PydanticCustomError

from ...engine.values import ore_at
from ...model.paths import dotted
from ...model.reading import Context, Exactly
from ...money import ORE_PER
from ...problems import Path
from ...source.document import Document, context
from ...source.kinds import Kind, kind_at, parse
from ...source.overlay import Override
from ..settle import settle

ENOUGH: Final = 16
"""From this many cases on, translating the agreement pays."""

ENOUGH_FOR_ARRAYS: Final = 2_000
"""From this many cases on, loading NumPy pays."""

TOGETHER: Final = 65_536
"""Cases that are settled together."""

_FINEST: Final = 10**9

Row = tuple[int | None, ...]


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
        left: list[Row | None] = [None] * len(cases)
        if not self.usable or not cases:
            return left
        paths = tuple(override.path for override in next((case for case in cases if case), ()))
        from ...batch.inputs import kind_of

        if not paths or len(set(paths)) < len(paths) or any(kind_of(self.base.agreement, path) is None for path in paths):
            return left
        kinds = [kind_at(path) for path in paths]
        read = [self._values(overrides, paths, kinds) for overrides in cases]
        taken = [index for index, values in enumerate(read) if values is not None]
        values = [one for one in read if one is not None]
        denominators = [lcm(*{case[column].denominator for case in values}) for column in range(len(paths))]
        if not values or max(denominators) > _FINEST:
            return left
        varying = dict(zip(map(dotted, paths), denominators, strict=True))
        numbers = [[int(value * one) for value, one in zip(case, denominators, strict=True)] for case in values]
        settled = self._in_arrays(varying, numbers) if len(numbers) >= ENOUGH_FOR_ARRAYS else None
        if settled is None:
            settled = self._in_integers(varying, numbers)
        size = ORE_PER[self.base.agreement.rounding]
        for index, row in zip(taken, settled, strict=True):
            left[index] = None if row is None else tuple(None if units is None else units * size for units in row)
        return left

    def _in_integers(self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]) -> Iterable[Row | None]:
        """The figures in rounding units, case by case, without NumPy."""
        from ...batch.plain import Plain

        bounds = {name: (min(column), max(column)) for name, column in zip(varying, zip(*numbers, strict=True), strict=True)}
        plain = Plain(self.base.agreement, bounds, varying, self.figures)
        if not plain.usable or not self._never_known(set(plain.figures)):
            return [None] * len(numbers)
        return (self._in_full(plain.figures, plain.settle(one)) for one in numbers)

    def _in_arrays(self, varying: Mapping[str, int], numbers: Sequence[Sequence[int]]) -> Iterable[Row | None] | None:
        """The same by the engine in batches; None without NumPy."""
        try:
            import numpy as np

            from ...batch.engine import Batch
        except ImportError:
            return None
        has = set(Batch(self.base.agreement, varying).figures)
        if not self._never_known(has):
            return [None] * len(numbers)
        figures = [figure for figure in self.figures if figure in has]
        columns = np.array(numbers, np.int64).T
        result = Batch(self.base.agreement, varying, figures).run(dict(zip(varying, columns, strict=True)))
        everywhere = [True] * len(numbers)
        known = [result.known[figure].tolist() if figure in result.known else everywhere for figure in figures]
        rows = zip(*(result.values[figure].tolist() for figure in figures), strict=True)
        return (
            None if refused else self._in_full(figures, [units if held else None for units, held in zip(row, knows, strict=True)])
            for row, knows, refused in zip(rows, zip(*known, strict=True), result.refused.tolist(), strict=True)
        )

    def _never_known(self, computed: Collection[str]) -> bool:
        """Whether what is not computed is not known of the agreement as it stands: because of its form, and so in every case."""
        missing = [figure for figure in self.figures if figure not in computed]
        if not missing:
            return True
        settlement = settle(self.base)
        return all(ore_at(settlement, figure) is None for figure in missing)

    def _in_full(self, figures: Sequence[str], row: Sequence[int | None] | None) -> Row | None:
        """A row of all figures that were asked for; what is never known is None."""
        if row is None or len(figures) == len(self.figures):
            return None if row is None else tuple(row)
        held = dict(zip(figures, row, strict=True))
        return tuple(held.get(figure) for figure in self.figures)

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
