"""Many cases of one agreement by the engine in batches; those that it cannot take are left to the ordinary engine."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from pydantic_core import PydanticCustomError

from ..engine.results import Settlement
from ..model.reading import Context, Exactly
from ..money import ORE_PER
from ..problems import Path
from ..settling import settle
from ..source.kinds import Kind, kind_at, parse
from ..source.loader import Document, context
from ..source.overlay import Override, dotted
from .figures import ore

ENOUGH: Final = 500
"""From this many cases on, loading NumPy and making a batch ready pays."""

TOGETHER: Final = 65_536
"""Cases that are settled together."""

_FINEST: Final = 10**9

Row = tuple[int | None, ...]


class Many:
    """Settles cases in batches. Cases that differ in anything but numbers of the agreement come back as None."""

    def __init__(self, base: Document, figures: Sequence[str]) -> None:
        self.base, self.figures = base, list(figures)
        self.context: Context = context(base.tree.data)
        self.usable = all(self._always_known(figure) for figure in figures)

    def _always_known(self, figure: str) -> bool:
        """Whether the ordinary engine has the figure in every case; a cell of nothing and a party that left come and go."""
        year, group, *rest = figure.split(".")
        if "cells" in rest or (group == "shortfall" and rest[0] == "amount") or not year.isdecimal():
            return False
        return group != "parties" or rest[0] in self.base.agreement.parties_of(int(year))

    def rows(self, cases: Sequence[Sequence[Override]]) -> list[Row | None]:
        """The figures of each case in öre, None for a case that is left to the ordinary engine."""
        left: list[Row | None] = [None] * len(cases)
        if not self.usable or not cases:
            return left
        try:
            import numpy as np

            from .batch.engine import Batch
            from .batch.inputs import kind_of
        except ImportError:
            return left
        paths = tuple(override.path for override in next((case for case in cases if case), ()))
        if not paths or len(set(paths)) < len(paths) or any(kind_of(self.base.agreement, path) is None for path in paths):
            return left
        kinds = [kind_at(path) for path in paths]
        read = [self._values(overrides, paths, kinds) for overrides in cases]
        taken = [index for index, values in enumerate(read) if values is not None]
        values = [one for one in read if one is not None]
        denominators = [lcm(*{case[column].denominator for case in values}) for column in range(len(paths))]
        if not values or max(denominators) > _FINEST:
            return left
        names = [dotted(path) for path in paths]
        varying = dict(zip(names, denominators, strict=True))
        computed = set(Batch(self.base.agreement, varying).figures)
        missing = [figure for figure in self.figures if figure not in computed]
        if missing and any(ore(self._settled(), figure) is not None for figure in missing):
            return left
        batch = Batch(self.base.agreement, varying, [figure for figure in self.figures if figure in computed])
        inputs = {
            name: np.array([int(case[column] * denominators[column]) for case in values], np.int64) for column, name in enumerate(names)
        }
        result = batch.run(inputs)
        size = ORE_PER[self.base.agreement.rounding]
        nothing = [False] * len(values)
        columns = [result.values[figure].tolist() if figure in computed else nothing for figure in self.figures]
        known = [
            nothing if figure not in computed else result.known[figure].tolist() if figure in result.known else None
            for figure in self.figures
        ]
        for row, (index, refused) in enumerate(zip(taken, result.refused.tolist(), strict=True)):
            if not refused:
                left[index] = tuple(
                    column[row] * size if held is None or held[row] else None for column, held in zip(columns, known, strict=True)
                )
        return left

    def _settled(self) -> Settlement:
        """The agreement as it stands: what is not known of it because of its form is not known in any case."""
        return settle(self.base)

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
            if not _within(kind, value) or abs(value) >= 1 << 62:
                return None
            found.append(value)
        return tuple(found)


def _within(kind: Kind, value: Fraction) -> bool:
    """Whether a file may hold the value."""
    if kind.least is not None and (value < kind.least or (kind.open_below and value == kind.least)):
        return False
    return kind.greatest is None or value <= kind.greatest
