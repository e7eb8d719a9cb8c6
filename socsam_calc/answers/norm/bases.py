"""Bases of the norm: from which year's cost, or which years' mean, an area's frame is carried forward."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from ...problems import OutputError, nearest

ALL: Final = "all"
_FIXED: Final = re.compile(r"fixed:([0-9]{4})")
_MEAN_OF: Final = re.compile(r"mean:([0-9]{4})[-–]([0-9]{4})")
_MEAN: Final = re.compile(r"mean:([0-9]{1,3})")
_FORMS: Final = "write `fixed:1996`, `moving`, `mean:3`, `mean:1994-1996` or `all`"


@dataclass(frozen=True, slots=True)
class Fixed:
    """One year's cost; the years after it are settled."""

    year: int

    @property
    def name(self) -> str:
        return f"fixed:{self.year}"


@dataclass(frozen=True, slots=True)
class Moving:
    """Each time the year before's cost."""

    @property
    def name(self) -> str:
        return "moving"


@dataclass(frozen=True, slots=True)
class MeanOfFirst:
    """The mean of the panel's first years, so many of them; the years after the last of them are settled."""

    count: int

    @property
    def name(self) -> str:
        return f"mean:{self.count}"


@dataclass(frozen=True, slots=True)
class MeanOf:
    """The mean of the years from ``first`` to ``last``; the years after it are settled."""

    first: int
    last: int

    @property
    def name(self) -> str:
        return f"mean:{self.first}-{self.last}"


Base = Fixed | Moving | MeanOfFirst | MeanOf


def base_years(base: Base, years: Sequence[int], settled: int) -> tuple[int, ...]:
    """The years whose costs a frame of the year ``settled`` is carried forward from; ``years`` are the panel's."""
    match base:
        case Fixed(year):
            return (year,)
        case Moving():
            return (settled - 1,)
        case MeanOfFirst(count):
            return tuple(years[:count])
        case MeanOf(first, last):
            return tuple(range(first, last + 1))
        case _:
            assert_never(base)


def settled_years(base: Base, years: Sequence[int]) -> list[int]:
    """Those of the panel's ``years`` that a base can settle: the ones after its own, or with a year before."""
    match base:
        case Fixed(year):
            return [one for one in years if one > year]
        case Moving():
            return [one for one in years if one - 1 in years]
        case MeanOfFirst(count):
            return list(years[count:])
        case MeanOf(_, last):
            return [one for one in years if one > last]
        case _:
            assert_never(base)


def read_bases(texts: Iterable[str]) -> list[Base | str]:
    """Bases as they are asked for, each once, in their order; ``all`` stays that word. Raises OutputError for all that are none."""
    found: dict[Base | str, None] = {}
    wrong: list[str] = []
    for name in (name.strip() for text in texts for name in text.split(",")):
        try:
            found.setdefault(_read(name))
        except OutputError as error:
            wrong.append(str(error))
    if wrong:
        raise OutputError("\n".join(dict.fromkeys(wrong)))
    return list(found)


def _read(name: str) -> Base | str:
    if name in (ALL, "moving"):
        return Moving() if name == "moving" else ALL
    if match := _FIXED.fullmatch(name):
        return Fixed(int(match[1]))
    if match := _MEAN_OF.fullmatch(name):
        first, last = int(match[1]), int(match[2])
        if first > last:
            raise OutputError(f"--base {name}: the first year is later than the last\n   write `mean:{last}-{first}`")
        return MeanOf(first, last)
    if (match := _MEAN.fullmatch(name)) and int(match[1]):
        return MeanOfFirst(int(match[1]))
    kind, _, rest = name.partition(":")
    near = None if kind in ("fixed", "mean") and rest else nearest(kind, ("fixed", "moving", "mean", ALL))
    meant = {"fixed": "fixed:1996", "mean": "mean:3"}.get(near or "", near)
    raise OutputError(f"--base {name}: there is no such base\n   {_FORMS}" + (f"; did you mean `{meant}`?" if meant else ""))


def every_base(years: Sequence[int]) -> list[Base]:
    """What ``all`` stands for: each year but the last two, moving, and the means of the first two and three years."""
    return [*map(Fixed, years[:-2]), Moving(), MeanOfFirst(2), MeanOfFirst(3)]
