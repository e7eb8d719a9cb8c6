"""A batch: one agreement settled under many scenarios, fast where whole numbers of 64 bits are proven to do, else one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.results import Settlement
from ..engine.settle import settle
from ..engine.values import units_at as value_of
from ..model.agreement import Agreement
from ..problems import Refused
from .graph import WHOLE, Graph
from .inputs import EXACT, Kind, allowed, kind_of, path_of, value_at, with_values
from .machine import PIECE, Program, TooLarge
from .years import translate

MOST: Final = 2**63 - 1

MOST_PROGRAMS: Final = 16
"""As many programs are remembered: each holds its buffers."""

Whole = NDArray[np.signedinteger[Any]]
"""Whole numbers in 64 bits, or in 32 where they are proven to do."""

Flags = NDArray[np.bool_]


class Reach(NamedTuple):
    """The least and the greatest that an input may be for a program."""

    lo: int
    hi: int

    def holds(self, other: Reach) -> bool:
        return self.lo <= other.lo and other.hi <= self.hi


class BatchResult(NamedTuple):
    """Figures by path, an entry for each scenario, in rounding units: in 32 bits where these are proven to hold every one, else in 64.

    ``known`` holds, for a figure that some scenarios do not know, where it is known. ``refused`` tells which scenarios the engine
    refuses, or have a figure that 64 bits do not hold; their figures mean nothing. ``slow`` counts the scenarios that were settled one by one, and ``reasons`` says why.
    """

    values: dict[str, Whole]
    known: dict[str, Flags]
    refused: Flags
    slow: int
    reasons: tuple[str, ...]


class Batch:
    """An agreement made ready to be settled under many scenarios.

    ``varying`` names the values that vary, each with the denominator in which its numbers are given: 1 for amounts (counts of the
    rounding unit), any for numbers of a series, shares and percentages. ``figures`` are the paths of the figures that are wanted; all
    by default. Raises KeyError for a varying path at which the agreement holds no number, or a figure that it does not have.
    """

    def __init__(self, agreement: Agreement, varying: Mapping[str, int], figures: Iterable[str] | None = None) -> None:
        self.agreement, self.denominators = agreement, dict(varying)
        self.kinds: dict[str, Kind] = {}
        for name in varying:
            kind = kind_of(agreement, path_of(name))
            if kind is None:
                raise KeyError(name)
            self.kinds[name] = kind
        self._wanted = None if figures is None else list(dict.fromkeys(figures))
        self._programs: dict[tuple[tuple[Reach, ...], frozenset[str]], Program | None] = {}
        self._widest: tuple[Reach, ...] | None = None
        self.latest: tuple[tuple[Reach, ...], Program | None, frozenset[str]] = ((), None, frozenset())
        self.figures = self._figures()

    def _figures(self) -> list[str]:
        """The paths of the figures; with the narrowest bounds, since only their names matter."""
        held = translate(Graph(), self.agreement, dict.fromkeys(self.denominators, (1, 2)), self.denominators).values
        if self._wanted is None:
            return list(held)
        for path in self._wanted:
            if path not in held:
                raise KeyError(path)
        return self._wanted

    def program(self, reaches: Sequence[Reach], narrow: frozenset[str] = frozenset()) -> Program | None:
        """The program for inputs of these reaches, some in 32 bits, or None where a step of it might leave 64 bits."""
        key = tuple(reaches), narrow
        if key not in self._programs:
            if len(self._programs) >= MOST_PROGRAMS:
                self._programs.clear()
            graph = Graph()
            bounds = dict(zip(self.denominators, reaches, strict=True))
            figures = translate(graph, self.agreement, bounds, self.denominators)
            try:
                self._programs[key] = Program(graph, {path: figures.values[path] for path in self.figures}, figures.known, narrow)
            except TooLarge:
                self._programs[key] = None
        return self._programs[key]

    def run(
        self, inputs: Mapping[str, Whole], into: BatchResult | None = None, reaches: Mapping[str, tuple[int, int]] | None = None
    ) -> BatchResult:
        """Settle every scenario. ``inputs`` holds an array for each varying value, of 64 bits or of 32, all of one length.

        ``into``, a result of the same length that is no longer needed, lends its arrays: new memory costs a tenth of the time. ``reaches``
        are the least and the greatest of every input, where they are known; else the inputs are looked through.
        """
        size = len(next(iter(inputs.values()))) if inputs else 1
        arrays = {name: _contiguous(inputs[name]) for name in self.denominators}
        known = None if reaches is None else tuple(Reach(*reaches[name]) for name in self.denominators)
        return _Run(self, arrays, size, into, known).result()

    def widest(self) -> tuple[Reach, ...] | None:
        """The widest reaches that are proven to stay within 64 bits, the same for every amount; None where there are none.

        Numbers of a series, shares and percentages may be from a quarter to four times what the agreement says.
        """
        if self._widest is None:
            least, most = 1, 63
            while least < most:
                bits = (least + most) // 2
                reaches = tuple(self._reach(name, bits) for name in self.denominators)
                if self.program(reaches) is not None:
                    self._widest, least = reaches, bits + 1
                else:
                    most = bits
        return self._widest

    def _reach(self, name: str, bits: int) -> Reach:
        if self.kinds[name] in EXACT:
            stated = int(value_at(self.agreement, path_of(name)) * self.denominators[name])
            ends = sorted((stated // 4, stated * 4))
            return Reach(ends[0], ends[1]) if self.kinds[name] != "share" else Reach(0, self.denominators[name])
        return Reach(-(1 << bits) if self.may_be_negative(name) else 0, (1 << bits) - 1)

    def seen(self, name: str, values: Whole) -> Reach:
        """Bounds of the values: for amounts that are 0 or more, by one look at all their bits together."""
        if not len(values):
            return Reach(0, 0)
        if self.by_bits(name) and (together := int(np.bitwise_or.reduce(values))) >= 0:
            return Reach(0, together)
        return _between(values)

    def roomier(self, name: str, reach: Reach, *, room: int, known: bool = False) -> Reach:
        """The reach with room on both sides, so that the next piece needs no program of its own; within what a file may hold.

        ``room`` counts quarters of the reach, 32nds of its farthest end and ones. Where the values are not ``known`` but looked through,
        amounts of 0 and more have room in the bits that they are seen by.
        """
        lo, hi = reach
        more = ((hi - lo) // 4 + max(-lo, hi) // 32 + 1) * room
        lo, hi = lo - more, hi + more
        if not known and self.by_bits(name):
            lo, hi = 0, (1 << max(hi, 0).bit_length()) - 1
        least = None if self.may_be_negative(name) else 1 if self.kinds[name] == "number" else 0
        most = self.denominators[name] if self.kinds[name] == "share" else MOST
        return Reach(max(lo, -MOST - 1 if least is None else least), min(hi, most))

    def by_bits(self, name: str) -> bool:
        """Whether the values are looked at by their bits together."""
        return self.kinds[name] in ("cost", "positive")

    def may_be_negative(self, name: str) -> bool:
        """Whether a file might hold a value below 0 here."""
        return self.kinds[name] in ("amount", "percent")

    def one(self, values: Mapping[str, int]) -> Settlement | None:
        """One scenario by the ordinary engine; None where it is refused."""
        exact: dict[str, int | Fraction] = {
            name: Fraction(value, self.denominators[name]) if self.kinds[name] in EXACT else value for name, value in values.items()
        }
        if not all(allowed(self.kinds[name], value) for name, value in exact.items()):
            return None
        try:
            return settle(with_values(self.agreement, exact))
        except Refused:
            return None


class _Run:
    """One run of a batch."""

    def __init__(
        self, batch: Batch, inputs: Mapping[str, Whole], size: int, into: BatchResult | None, known: tuple[Reach, ...] | None
    ) -> None:
        self.batch, self.inputs, self.size, self.reaches = batch, inputs, size, known
        self.lent = into.values if into is not None and len(into.refused) == size else {}
        self.narrow = frozenset(name for name, values in inputs.items() if values.dtype == np.int32)
        self.values: dict[str, Whole] = {}
        self.known: dict[str, Flags] = {}
        self.refused = np.zeros(size, np.bool_)
        self.slow = 0
        self.reasons: dict[str, None] = {}

    def array(self, path: str, width: str = WHOLE) -> Whole:
        """The array of a figure, wide enough for numbers of this width."""
        held = self.values.get(path)
        if held is None:
            lent = self.lent.get(path)
            held = lent if lent is not None and lent.dtype == width else np.empty(self.size, width)
        elif held.dtype != WHOLE and width == WHOLE:
            held = held.astype(WHOLE)
        self.values[path] = held
        return held

    def result(self) -> BatchResult:
        reaches, program, narrow = self.batch.latest
        program = program if narrow == self.narrow else None
        for start in range(0, self.size, PIECE):
            piece = slice(start, min(start + PIECE, self.size))
            left, inside = self._computed(program, piece, reaches)
            outside: Flags | None = None
            if not inside:
                seen = self.reaches or tuple(_between(self.inputs[name][piece]) for name in self.batch.denominators)
                before = program
                reaches, program = self._wider(reaches, seen)
                self.batch.latest = reaches, program, self.narrow
                if program is not before:
                    left, _ = self._computed(program, piece, reaches)
                if not _hold(reaches, seen):
                    outside = self._outside(piece, reaches)
            self._one_by_one(program, piece, left, outside)
        values = {path: self.array(path) if path not in self.values else self.values[path] for path in self.batch.figures}
        return BatchResult(values, self.known, self.refused, self.slow, tuple(self.reasons))

    def _wider(self, reaches: tuple[Reach, ...], seen: tuple[Reach, ...]) -> tuple[tuple[Reach, ...], Program | None]:
        """Reaches that cover what was seen too, with some room where a program for them is safe; else the widest safe ones."""
        both = [Reach(min(one.lo, two.lo), max(one.hi, two.hi)) for one, two in zip(reaches or seen, seen, strict=True)]
        for room in (2, 0):
            tried = tuple(
                self.batch.roomier(name, reach, room=room, known=self.reaches is not None)
                for name, reach in zip(self.batch.denominators, both, strict=True)
            )
            program = self.batch.program(tried, self.narrow)
            if program is not None:
                return tried, program
        widest = self.batch.widest()
        return (widest, self.batch.program(widest, self.narrow)) if widest is not None else (tuple(Reach(1, 0) for _ in seen), None)

    def _outside(self, piece: slice, reaches: Sequence[Reach]) -> Flags:
        """The scenarios of a piece in which an input lies outside its reach."""
        outside = np.zeros(piece.stop - piece.start, np.bool_)
        for name, (lo, hi) in zip(self.batch.denominators, reaches, strict=True):
            values = self.inputs[name][piece]
            outside |= (values < lo) | (values > hi)
        return outside

    def _computed(self, program: Program | None, piece: slice, reaches: tuple[Reach, ...]) -> tuple[Flags | None, bool]:
        """The figures of a piece by a program for these reaches: in which scenarios a condition does not hold, and whether the inputs lie within."""
        if program is None or not (inside := self.reaches is None or _hold(reaches, self.reaches)):
            return None, False
        width = piece.stop - piece.start
        unseen = dict(zip(self.batch.denominators, reaches, strict=True))
        inputs = {name: self.inputs[name][piece] for name in unseen}

        def look(name: str) -> None:
            nonlocal inside
            inside = inside and unseen.pop(name).holds(self.batch.seen(name, inputs[name]))

        for path in program.known:
            if path not in self.known:
                self.known[path] = np.ones(self.size, np.bool_)
        found = {path: self.array(path, kind)[piece] for path, kind in program.widths.items()}
        apart = {path: np.empty(width, program.widths[path]) for path, held in found.items() if held.dtype != program.widths[path]}
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            holds = program.run(
                inputs,
                found | apart,
                {path: self.known[path][piece] for path in program.known},
                width,
                look if self.reaches is None else None,
            )
        for path, computed in apart.items():
            found[path][:] = computed
        for path, value in program.fixed.items():
            self.array(path)[piece] = value
        if self.reaches is None:
            for name in list(unseen):
                look(name)
        return None if holds is None else ~holds, inside

    def _one_by_one(self, program: Program | None, piece: slice, left: Flags | None, outside: Flags | None) -> None:
        """The scenarios of a piece that a program could not settle: all where there is none."""
        if program is None:
            left = np.ones(piece.stop - piece.start, np.bool_)
        elif outside is not None:
            left = outside if left is None else left | outside
        if left is not None:
            if outside is not None or program is None:
                self.reasons["values too large for 64 bits, or that no file may hold"] = None
            for index in np.flatnonzero(left):
                self._slowly(piece.start + int(index))

    def _slowly(self, index: int) -> None:
        """One scenario by the ordinary engine."""
        self.slow += 1
        settlement = self.batch.one({name: int(values[index]) for name, values in self.inputs.items()})
        found = {} if settlement is None else {path: units_at(settlement, path) for path in self.batch.figures}
        if settlement is None or any(units is not None and abs(units) > MOST for units in found.values()):
            self.refused[index] = True
            return
        for path, units in found.items():
            if units is None and path not in self.known:
                self.known[path] = np.ones(self.size, np.bool_)
            if path in self.known:
                self.known[path][index] = units is not None
            self.array(path)[index] = units or 0


def _contiguous(values: NDArray[Any]) -> Whole:
    return np.ascontiguousarray(values, None if values.dtype == np.int32 else np.int64)


def _between(values: Whole) -> Reach:
    return Reach(int(values.min()), int(values.max())) if len(values) else Reach(0, 0)


def _hold(reaches: Sequence[Reach], seen: Sequence[Reach]) -> bool:
    return all(reach.holds(one) for reach, one in zip(reaches, seen, strict=True))


def units_at(settlement: Settlement, path: str) -> int | None:
    """The figure at a path of a settlement, in rounding units; None where it is not known. A party or a cell that is not there has 0."""
    number, part, *_ = path.split(".")
    if path.endswith(".state_split.limited"):
        split = settlement.year(int(number)).state_split
        return None if split is None else int(split.limited)
    shortfall = settlement.year(int(number)).shortfall if part == "shortfall" else None
    there = part in ("parties", "activities") or (shortfall is not None and bool(shortfall.parties))
    return value_of(settlement, path, absent=0 if there else None)
