"""What came of an agreement's cases, in pieces: columns of figures for who writes rows, a case at a time for who tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, islice
from typing import NamedTuple, overload

from ...problems import Problem
from ..bounds import Bounded
from .cases import Case, Held, hold
from .settling import TOGETHER, Column, Settler, in_places


class Outcome(NamedTuple):
    """What came of a case: figures in öre by their path, bounds, and why it could not be settled, if it could not."""

    case: Case
    amounts: Mapping[str, int | None]
    held: tuple[Held, ...] = ()
    problems: tuple[Problem, ...] = ()


class Piece(NamedTuple):
    """Cases one after the other, and what came of them: figures in öre by their path, a column each; why some are refused, by their place."""

    cases: Sequence[Case]
    columns: Mapping[str, Column]
    refused: Mapping[int, tuple[Problem, ...]]

    def settled(self) -> Piece:
        """Those that could be settled."""
        if not self.refused:
            return self
        use = [place not in self.refused for place in range(len(self.cases))]
        return Piece(list(compress(self.cases, use)), {path: list(compress(column, use)) for path, column in self.columns.items()}, {})


class Outcomes(Sequence[Outcome]):
    """What came of the base case and of every other, in this order.

    ``first`` is settled already, ``more`` are settled when somebody comes to them, and again when the next one does: that is quicker than
    they are told of, and a million of them need no memory. Few are remembered, and those that took long. ``in_all`` are the bounds of
    every case, ``own`` those of the cases of ``more``, as far as they have any; amounts in bounds count ``per_unit`` öre.
    """

    def __init__(
        self,
        first: Piece,
        more: Sequence[Sequence[Case]] = (),
        settler: Settler | None = None,
        in_all: Sequence[Bounded] = (),
        own: Sequence[Sequence[Bounded]] = (),
        per_unit: int = 1,
    ) -> None:
        self._first, self._more, self._settler = first, more, settler
        self._in_all, self._own, self._per_unit = in_all, own, per_unit
        self._kept: dict[int, Piece] = {}

    def __len__(self) -> int:
        return len(self._first.cases) + sum(map(len, self._more))

    def __iter__(self) -> Iterator[Outcome]:
        for number, piece in self._numbered():
            yield from self._each(number, piece)

    @overload
    def __getitem__(self, at: int) -> Outcome: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Outcome]: ...
    def __getitem__(self, at: int | slice) -> Outcome | Sequence[Outcome]:
        wanted = range(len(self))[at]
        if not isinstance(wanted, int):
            found = list(islice(self, min(wanted, default=0), max(wanted, default=-1) + 1))
            return found[:: wanted.step]
        for number, cases, start in self._stretches():
            if number <= wanted < number + TOGETHER and wanted - number < len(cases) - start:
                return next(islice(self._each(number, self._piece(number, cases, start)), wanted - number, None))
        return next(islice(self._each(0, self._first), wanted, None))

    @cached_property
    def base(self) -> Outcome:
        """The agreement as it stands."""
        return next(self._each(0, self._first))

    @property
    def known(self) -> Collection[str]:
        """The paths of the figures that some case knows."""
        return self._seen[0]

    def pieces(self) -> Iterator[Piece]:
        """All cases, with the base case first, some at a time."""
        return (piece for _, piece in self._numbered())

    def bounded(self) -> Iterable[Outcome]:
        """The cases that have bounds."""
        return (one for one in self if one.held) if self._in_all or any(self._own) else ()

    def refused(self) -> Iterable[Outcome]:
        """The cases that could not be settled."""
        return (one for one in self if one.problems) if self._seen[1] else ()

    def differs(self, paths: Collection[str]) -> bool:
        """Whether one of the figures is another in some case that is settled than in the base case."""
        before = {path: self.base.amounts.get(path) for path in paths if path in self._first.columns}
        return any(
            column.count(amount) < len(column)
            for piece in map(Piece.settled, self.pieces())
            for path, amount in before.items()
            for column in [piece.columns[path]]
        )

    @cached_property
    def _seen(self) -> tuple[set[str], bool]:
        """The figures that some case knows, and whether any case is refused: what has to be known before the first case is told of."""
        known, refused = set[str](), False
        for piece in self.pieces():
            known |= {path for path, column in piece.columns.items() if path not in known and column.count(None) < len(column)}
            refused = refused or bool(piece.refused)
        return known, refused

    def _each(self, number: int, piece: Piece) -> Iterator[Outcome]:
        """The cases of a piece, of which the first has this number among all."""
        for place, (case, row) in enumerate(zip(piece.cases, zip(*piece.columns.values(), strict=True), strict=True)):
            if place in piece.refused:
                yield Outcome(case, {}, (), piece.refused[place])
            else:
                amounts, own = dict(zip(piece.columns, row, strict=True)), number + place - len(self._first.cases)
                bounds = [*self._in_all, *(self._own[own] if 0 <= own < len(self._own) else ())]
                yield Outcome(case, amounts, tuple(hold(bounds, amounts, self._per_unit)) if bounds else ())

    def _numbered(self) -> Iterator[tuple[int, Piece]]:
        yield 0, self._first
        for number, cases, start in self._stretches():
            yield number, self._piece(number, cases, start)

    def _stretches(self) -> Iterator[tuple[int, Sequence[Case], int]]:
        """Where pieces begin: the number of the first case among all, the cases that it is one of, and its place among these."""
        number = len(self._first.cases)
        for cases in self._more:
            for start in range(0, len(cases), TOGETHER):
                yield number + start, cases, start
            number += len(cases)

    def _piece(self, number: int, of: Sequence[Case], start: int) -> Piece:
        assert self._settler is not None, "cases to come are given with what settles them"
        if number not in self._kept:
            cases = of[start : start + TOGETHER]
            open_to = [place for place, case in enumerate(cases) if not case.refused]
            settled = self._settler.settle([cases[place].overrides for place in open_to], number)
            columns = settled.columns if len(open_to) == len(cases) else [in_places(one, open_to, len(cases)) for one in settled.columns]
            refused = {place: case.refused for place, case in enumerate(cases) if case.refused}
            refused |= {open_to[place]: tuple(error.problems) for place, error in settled.refused.items()}
            piece = Piece(cases, dict(zip(self._settler.figures, columns, strict=True)), refused)
            if len(self) > TOGETHER:
                return piece
            self._kept[number] = piece
        return self._kept[number]
