"""A line or a grid of cases: one or two numbers of the agreement taken from one value to another in equal steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from ...model.paths import dotted, value_at
from ...model.reading import Context
from ...money import ORE_PER, round_fraction
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context
from ...source.kinds import Kind, decimal_text, kind_at, parse, reason, shown, spelled
from ...source.overlay import Override, locate
from ...source.yaml import Tree
from .cases import Case, Change


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
        """The value as a person reads it."""
        return value_text(self.kind, value, self.known)

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


def value_text(kind: Kind, value: Fraction, known: Context) -> str:
    """A value of a kind as a person reads it; an amount in the rounding unit, grouped."""
    if kind.name == "amount":
        units = round_fraction(value)
        return f"{'−' if units < 0 else ''}{abs(units):,} {known.rounding}".replace(",", " ")
    return shown(kind, value)


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


def read(base: Document, text: str, named: str = "--vary") -> Range:
    """The option ``named``: PATH=A..B. Raises AgreementError with what is wrong with it."""
    option = f"{named} {text}"
    name, equals, ends = text.partition("=")
    match = re.fullmatch(r"(.*?[^.\s])\s*\.\.\s*([^.\s].*)", ends.strip())
    if not equals or not name.strip() or match is None:
        raise AgreementError.of(
            "bad-range", Place(option), "this is not PATH=A..B", f"write, for example, {named} 'sharing.shared=0 %..100 %'"
        )
    path, kind = find_number(base, option, name, ends)
    known = context(base.tree.data)
    first, last = (number(option, kind, end, known) for end in match.groups())
    if first == last:
        raise AgreementError.of("bad-range", Place(option), "both ends are the same", "write two different values, or use --set")
    return Range(option, path, kind, first, last, known)


def cases(
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
