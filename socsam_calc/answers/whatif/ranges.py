"""Numbers of an agreement that go from one value to another: a line of cases, or a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Final, NamedTuple, overload

from pydantic_core import PydanticCustomError

from ...model.paths import dotted, value_at
from ...model.reading import Context
from ...money import ORE_PER, round_fraction
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context
from ...source.kinds import Kind, decimal_text, kind_at, parse, reason, shown, spelled, stated
from ...source.loader import Override, locate
from ...source.relative import changed, is_change, takes_change
from ...source.tree import Tree
from .cases import Case, Change

_REMEMBERED: Final = 10_000
"""So many points of a range are made once; a grid comes back to each again and again."""


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

    def stated(self, value: Fraction) -> str:
        """The value as `--set` takes it."""
        return self.text(value) if self.kind.name == "amount" else stated(self.kind, value)

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

    def as_stated(self, base: Document) -> Change:
        """The number as the agreement states it, which it need not do: a text and a number only where it does."""
        try:
            value = parse(self.kind, stated, self.known) if isinstance(stated := value_at(base.tree.data, self.path), str) else None
        except PydanticCustomError:  # another kind of number, or a word
            value = None
        return Change(self.name, "") if value is None else Change(self.name, self.text(value), self.plain(value))

    def point(self, step: int, steps: int) -> Fraction:
        """The value after so many of ``steps`` equal steps, both ends included; an amount between the ends to the nearest rounding unit."""
        value = self.first + (self.last - self.first) * step / steps
        return Fraction(round_fraction(value)) if self.kind.name == "amount" else value

    def refuse_too_many(self, steps: int) -> None:
        """Raise AgreementError where fewer amounts than steps lie between the ends."""
        most = int(abs(self.last - self.first))
        if self.kind.name == "amount" and steps > most:
            raise AgreementError.of(
                "too-many-steps",
                Place(self.option),
                f"only {most} {'step' if most == 1 else 'steps'} of one {self.known.rounding} {'lies' if most == 1 else 'lie'} between the ends",
                f"ask for --steps {most} or fewer",
            )


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


class _Point(NamedTuple):
    """A value of a range: how it is set, what is told of it, and both in a case's name."""

    override: Override
    change: Change
    name: str


class Grid(Sequence[Case]):
    """The cases of a line, or of a grid: the last range moves fastest. Each is made when it is asked for, so that many need no memory.

    ``always`` is set in every case, ``everywhere`` as it is read. Without ranges there are none. Raises AgreementError where fewer amounts
    than steps lie between the ends of a range.
    """

    def __init__(
        self,
        ranges: Sequence[Range] = (),
        steps: Sequence[int] = (),
        always: tuple[Override, ...] = (),
        everywhere: tuple[Change, ...] = (),
    ) -> None:
        self.ranges, self.always, self.everywhere = list(zip(ranges, steps, strict=True)), always, everywhere
        for one, count in self.ranges:
            one.refuse_too_many(count)
        self._counts = [count + 1 for count in steps]
        self._every = [prod(self._counts[place + 1 :]) for place in range(len(self._counts))]
        self._points: list[dict[int, _Point]] = [{} for _ in self.ranges]

    def __len__(self) -> int:
        return prod(self._counts) if self._counts else 0

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> list[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | list[Case]:
        numbers = range(len(self))[at]
        if isinstance(numbers, int):
            return next(self._from(numbers, numbers + 1))
        return list(self._from(numbers.start, numbers.stop)) if numbers.step == 1 else [self[number] for number in numbers]

    def _from(self, start: int, stop: int) -> Iterator[Case]:
        """Those numbered ``start`` to ``stop`` − 1: along the last range, with what the others have in common put together once."""
        *outer, last = range(len(self.ranges))
        count = self._counts[last]
        for first in range(start - start % count, stop, count):
            points = [self._point(place, first // self._every[place] % self._counts[place]) for place in outer]
            name = "".join(f"{one}, " for one in (*map(_named, self.everywhere), *(point.name for point in points)))
            overrides = (*self.always, *(point.override for point in points))
            changes = (*self.everywhere, *(point.change for point in points))
            for step in range(max(start - first, 0), min(stop - first, count)):
                point = self._point(last, step)
                yield Case(name + point.name, (*overrides, point.override), (*changes, point.change))

    def _point(self, place: int, step: int) -> _Point:
        known = self._points[place]
        if step not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            one, steps = self.ranges[place]
            value = one.point(step, steps)
            change = Change(one.name, one.text(value), one.plain(value), one.stated(value))
            known[step] = _Point(one.override(value), change, _named(change))
        return known[step]


def _named(change: Change) -> str:
    return f"{change.path}={change.text}"
