"""A batch: one agreement settled under many scenarios, fast where whole numbers of 64 bits are proven to do, else one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...engine.results import Settlement
from ...engine.settle import settle
from ...model.agreement import Agreement
from ...problems import Refused
from .graph import Graph
from .inputs import EXACT, Kind, allowed, kind_of, path_of, with_values
from .machine import PIECE, Program, TooLarge
from .years import translate

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Reach(NamedTuple):
    """What an input may be for a program: numbers of at most ``bits`` bits, below 0 too where ``signed``."""

    bits: int
    signed: bool

    def holds(self, seen: int) -> bool:
        """Whether it covers values whose bits together are ``seen`` (below 0: at least one value is)."""
        return self.signed if seen < 0 else seen.bit_length() <= self.bits

    def bounds(self) -> tuple[int, int]:
        most = (1 << self.bits) - 1
        return (-most - 1 if self.signed else 0, most)


class BatchResult(NamedTuple):
    """Figures by path, an entry for each scenario, in rounding units.

    ``known`` holds, for a figure that some scenarios do not know, where it is known. ``refused`` tells which scenarios the engine
    refuses; their figures mean nothing. ``slow`` counts the scenarios that were settled one by one, and ``reasons`` says why.
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
        self._programs: dict[tuple[Reach, ...], Program | None] = {}
        self._widest: tuple[Reach, ...] | None = None
        self.figures = self._figures()

    def _figures(self) -> list[str]:
        """The paths of the figures; with the narrowest bounds, since only their names matter."""
        held = translate(Graph(), self.agreement, dict.fromkeys(self.denominators, (0, 1)), self.denominators).values
        if self._wanted is None:
            return list(held)
        for path in self._wanted:
            if path not in held:
                raise KeyError(path)
        return self._wanted

    def program(self, reaches: Sequence[Reach]) -> Program | None:
        """The program for inputs of these reaches, or None where a step of it might leave 64 bits."""
        key = tuple(reaches)
        if key not in self._programs:
            graph = Graph()
            bounds = {name: reach.bounds() for name, reach in zip(self.denominators, reaches, strict=True)}
            figures = translate(graph, self.agreement, bounds, self.denominators)
            try:
                self._programs[key] = Program(graph, {path: figures.values[path] for path in self.figures}, figures.known)
            except TooLarge:
                self._programs[key] = None
        return self._programs[key]

    def run(self, inputs: Mapping[str, Whole]) -> BatchResult:
        """Settle every scenario. ``inputs`` holds an array for each varying value, all of one length."""
        size = len(next(iter(inputs.values()))) if inputs else 1
        return _Run(self, {name: np.ascontiguousarray(inputs[name], dtype=np.int64) for name in self.denominators}, size).result()

    def widest(self) -> tuple[Reach, ...] | None:
        """The widest reaches that are proven to stay within 64 bits, the same number of bits for every amount; None where there are none."""
        if self._widest is None:
            fits, least, most = None, 1, 63
            exact_bits = {name: max(self.denominators[name].bit_length() + 8, 20) for name, kind in self.kinds.items() if kind in EXACT}
            while least < most:
                bits = (least + most) // 2
                reaches = tuple(Reach(min(bits, exact_bits.get(name, bits)), self.may_be_negative(name)) for name in self.denominators)
                if self.program(reaches) is not None:
                    fits, least = reaches, bits + 1
                else:
                    most = bits
            self._widest = fits
        return self._widest

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

    def __init__(self, batch: Batch, inputs: Mapping[str, Whole], size: int) -> None:
        self.batch, self.inputs, self.size = batch, inputs, size
        self.values: dict[str, Whole] = {path: np.empty(size, np.int64) for path in batch.figures}
        self.known: dict[str, Flags] = {}
        self.refused = np.zeros(size, np.bool_)
        self.slow = 0
        self.reasons: dict[str, None] = {}

    def result(self) -> BatchResult:
        program: Program | None = None
        reaches: tuple[Reach, ...] = ()
        for start in range(0, self.size, PIECE):
            piece = slice(start, min(start + PIECE, self.size))
            seen = [_seen(self.inputs[name][piece]) for name in self.batch.denominators]
            if program is None or not all(reach.holds(one) for reach, one in zip(reaches, seen, strict=True)):
                reaches, program = self._wider(reaches, seen)
            outside = None
            if not all(reach.holds(one) for reach, one in zip(reaches, seen, strict=True)):
                outside = self._outside(piece, reaches)
            self._piece(program, piece, outside)
        return BatchResult(self.values, self.known, self.refused, self.slow, tuple(self.reasons))

    def _wider(self, reaches: tuple[Reach, ...], seen: Sequence[int]) -> tuple[tuple[Reach, ...], Program | None]:
        """Reaches that cover what was seen too, with some room, where a program for them is safe; else the widest safe ones."""
        room = []
        for name, one, reach in zip(self.batch.denominators, seen, reaches or [Reach(0, False)] * len(seen), strict=True):
            signed = reach.signed or (one < 0 and self.batch.may_be_negative(name))
            bits = max(reach.bits, _bits(self.inputs[name]) if one < 0 else one.bit_length())
            room.append(Reach(min(bits, 63), signed))
        for extra in (1, 0):
            tried = tuple(Reach(min(reach.bits + extra, 63), reach.signed) for reach in room)
            program = self.batch.program(tried)
            if program is not None:
                return tried, program
        widest = self.batch.widest()
        return (widest, self.batch.program(widest)) if widest is not None else (tuple(Reach(-1, False) for _ in seen), None)

    def _outside(self, piece: slice, reaches: Sequence[Reach]) -> Flags:
        """The scenarios of a piece in which an input lies outside its reach."""
        outside = np.zeros(piece.stop - piece.start, np.bool_)
        for name, reach in zip(self.batch.denominators, reaches, strict=True):
            values = self.inputs[name][piece]
            lo, hi = reach.bounds() if reach.bits >= 0 else (1, 0)
            outside |= (values < lo) | (values > hi)
        return outside

    def _piece(self, program: Program | None, piece: slice, outside: Flags | None) -> None:
        width = piece.stop - piece.start
        left: Flags | None = outside
        if program is None:
            left = np.ones(width, np.bool_)
        else:
            for path in program.known:
                if path not in self.known:
                    self.known[path] = np.ones(self.size, np.bool_)
            with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
                holds = program.run(
                    {name: self.inputs[name][piece] for name in program.inputs},
                    {path: self.values[path][piece] for path in program.wanted},
                    {path: self.known[path][piece] for path in program.known},
                    width,
                )
            for path, value in program.fixed.items():
                self.values[path][piece] = value
            if holds is not None:
                left = ~holds if left is None else left | ~holds
        if left is not None:
            if outside is not None or program is None:
                self.reasons["values too large for 64 bits, or that no file may hold"] = None
            for index in np.flatnonzero(left):
                self._slowly(piece.start + int(index))

    def _slowly(self, index: int) -> None:
        """One scenario by the ordinary engine."""
        self.slow += 1
        settlement = self.batch.one({name: int(values[index]) for name, values in self.inputs.items()})
        if settlement is None:
            self.refused[index] = True
            return
        for path in self.batch.figures:
            units = units_at(settlement, path)
            if units is None and path not in self.known:
                self.known[path] = np.ones(self.size, np.bool_)
            if path in self.known:
                self.known[path][index] = units is not None
            self.values[path][index] = units or 0


def _seen(values: Whole) -> int:
    """The bits of all the values together; below 0 where one of them is."""
    return int(np.bitwise_or.reduce(values)) if len(values) else 0


def _bits(values: Whole) -> int:
    """The bits that the values need beside their sign."""
    return _seen(values ^ (values >> 63)).bit_length()


def units_at(settlement: Settlement, path: str) -> int | None:
    """The figure at a path of a settlement, in rounding units; None where it is not known. A party that is not listed has 0."""
    number, group, *rest = path.split(".")
    year = settlement.year(int(number))
    readers: dict[str, Callable[[], Any]] = {
        "totals": lambda: year.totals.units(rest[0]),
        "body": lambda: year.body.units(rest[0]),
        "sharing": lambda: None if year.sharing.withheld is None else year.sharing.withheld.value,
        "activities": lambda: _activity(year.activity(rest[0]), rest[1:]),
        "parties": lambda: next((party.units(rest[1]) for party in year.parties if party.id == rest[0]), 0),
        "state_split": lambda: (
            None if year.state_split is None else int(year.state_split.limited) if rest[0] == "limited" else year.state_split.units(rest[0])
        ),
        "shortfall": lambda: None if year.shortfall is None else year.shortfall.parties[rest[1]].value,
    }
    found = readers[group]()
    return None if found is None else int(found)


def _activity(activity: Any, names: Sequence[str]) -> int | None:
    if names[0] == "cells":
        return activity.cells[names[1]].value if names[1] in activity.cells else 0
    return activity.units(names[0])  # type: ignore[no-any-return]
