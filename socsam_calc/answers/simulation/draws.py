"""Draws of the uncertain inputs from counter-based streams: draw k is the same whatever the pieces, the processes or the number of draws.

Every input has a stream of its own, NumPy's Philox generator keyed by the seed and the input's path; its counter is set to the number
of the block of 8,192 draws. So a block can be made anywhere and in any order, and another input more or less changes no other draw.
A draw is rounded to what the file can hold: an amount to the rounding unit, a share or a percentage to 0.0001 %, a number of a series
to seven digits. No float goes further than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...source.kinds import Name

BLOCK: Final = 8_192
"""Draws that are made together; part of what defines a draw, so never to be changed."""

Whole = NDArray[np.signedinteger[Any]]
"""Whole numbers in 32 bits where all of them fit, else in 64."""

Real = NDArray[np.float64]

FARTHEST: Final = 2.0**62
"""No draw lies farther from 0, whatever its distribution: it must fit into 64 bits."""


class Input(NamedTuple):
    """An uncertain input. Its draws are whole numbers, of rounding units or of ``1 / denominator``.

    ``parameters`` are those of the distribution, in the same count. ``least`` and ``greatest`` are what a file may hold, None where
    there is no limit. ``column`` holds the lines of a column that is drawn, and ``stream`` names the stream: the path, or the CSV file.
    """

    name: str
    kind: Name
    denominator: int
    distribution: str
    parameters: dict[str, float]
    least: int | None
    greatest: int | None
    column: tuple[int, ...]
    stream: str


class Drawn(NamedTuple):
    """Draws of all inputs, the least and the greatest of each, and how many were set to the nearest value that a file may hold."""

    values: dict[str, Whole]
    reaches: dict[str, tuple[int, int]]
    clipped: dict[str, int]


def draw(inputs: Iterable[Input], seed: int, start: int, stop: int) -> Drawn:
    """The draws numbered ``start`` to ``stop`` − 1."""
    return Draws(inputs, seed).between(start, stop)


class Draws:
    """The draws of some inputs, from streams that stay open and in memory that is used again."""

    def __init__(self, inputs: Iterable[Input], seed: int) -> None:
        self._streams = [(one, Stream(one.stream, seed), _narrowed(np.array(one.column, np.int64))) for one in inputs]
        self._room = Room(*(np.empty(BLOCK) for _ in range(3)))

    def between(self, start: int, stop: int, into: Drawn | None = None) -> Drawn:
        """The draws numbered ``start`` to ``stop`` − 1. ``into``, as many draws that are no longer needed, lends its arrays."""
        lent = into.values if into is not None else {}
        drawn = Drawn({}, {}, {})
        lines: dict[str, Whole] = {}
        for one, stream, column in self._streams:
            numbers = lent.get(one.name)
            if numbers is None or len(numbers) != stop - start:
                numbers = np.empty(stop - start, column.dtype)
            ends, beyond = list[int](one.column), 0
            if one.distribution == "drawn":
                if one.stream not in lines:  # columns of one file are drawn by the line
                    lines[one.stream] = _lines(stream, len(column), start, stop)
                np.take(column, lines[one.stream], out=numbers, mode="clip")  # every line is there: to clip is cheaper than to check
            else:
                for block, piece, place in _blocks(start, stop):
                    made = _FORMS[one.distribution](stream.at(block), one.parameters, self._room)[piece]
                    whole, least, most, outside = _rounded(made, one)
                    if numbers.dtype == np.int32 and not _narrow(least, most):
                        numbers = numbers.astype(np.int64)
                    numbers[place] = whole
                    ends += (least, most)
                    beyond += outside
            drawn.values[one.name], drawn.clipped[one.name] = numbers, beyond
            drawn.reaches[one.name] = min(ends), max(ends)
        return drawn


def _blocks(start: int, stop: int) -> Iterator[tuple[int, slice, slice]]:
    """The blocks of the draws numbered ``start`` to ``stop`` − 1: what is wanted of each, and its place among the draws."""
    for block in range(start // BLOCK, -(-stop // BLOCK)):
        first, last = max(start, block * BLOCK), min(stop, (block + 1) * BLOCK)
        yield block, slice(first - block * BLOCK, last - block * BLOCK), slice(first - start, last - start)


def _lines(stream: Stream, count: int, start: int, stop: int) -> NDArray[np.int64]:
    """Which of ``count`` lines each draw takes."""
    drawn = np.empty(stop - start, np.int64)
    for block, piece, place in _blocks(start, stop):
        drawn[place] = stream.at(block).integers(0, count, BLOCK)[piece]
    return drawn


class Room(NamedTuple):
    """Where the floats of a block are made: memory that stays in the processor's cache from block to block."""

    values: Real
    second: Real
    third: Real


class Stream:
    """The numbers of the stream with this name, block by block."""

    def __init__(self, name: str, seed: int) -> None:
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "little")
        self._bits = np.random.Philox(key=(key << 64) | seed, counter=0)
        self._fresh: Any = self._bits.state
        self._generator = np.random.Generator(self._bits)

    def at(self, block: int) -> np.random.Generator:
        """The numbers of one block of ``BLOCK`` draws, from its first; it is the same generator each time."""
        self._fresh["state"]["counter"][1] = block  # the counter is block × 2⁶⁴: a new generator would take longer than its setting
        self._bits.state = self._fresh
        return self._generator


def stream_of(name: str, seed: int, block: int) -> np.random.Generator:
    """The numbers of one block of ``BLOCK`` draws of the stream with this name."""
    return Stream(name, seed).at(block)


def _limited(values: Real, parameters: dict[str, float]) -> Real:
    """A draw beyond the stated ``min`` or ``max`` is set to it."""
    if "min" in parameters or "max" in parameters:
        np.clip(values, parameters.get("min"), parameters.get("max"), out=values)
    return values


def _normal(stream: np.random.Generator, parameters: dict[str, float], room: Room) -> Real:
    values = stream.standard_normal(out=room.values)
    values *= parameters["sd"]
    values += parameters["mean"]
    return _limited(values, parameters)


def _lognormal(stream: np.random.Generator, parameters: dict[str, float], room: Room) -> Real:
    """``mean`` and ``sd`` are those of the quantity itself."""
    variance = np.log1p((parameters["sd"] / parameters["mean"]) ** 2)
    values = stream.standard_normal(out=room.values)
    values *= np.sqrt(variance)
    values += np.log(parameters["mean"]) - variance / 2
    return _limited(np.exp(values, out=values), parameters)


def _uniform(stream: np.random.Generator, parameters: dict[str, float], room: Room) -> Real:
    values = stream.random(out=room.values)
    values *= parameters["max"] - parameters["min"]
    values += parameters["min"]
    return values


def _triangular(stream: np.random.Generator, parameters: dict[str, float], room: Room) -> Real:
    """By the inverse of the distribution function; a point where ``min`` and ``max`` are the same."""
    low, mode, high = parameters["min"], parameters["mode"], parameters["max"]
    values = stream.random(out=room.values)
    if low == high:
        values[:] = low
        return values
    turn = (mode - low) / (high - low)
    rising = np.multiply(values, high - low, out=room.second)
    rising *= mode - low
    np.sqrt(rising, out=rising)
    rising += low
    falling = np.subtract(1, values, out=room.third)
    falling *= high - low
    falling *= high - mode
    np.sqrt(falling, out=falling)
    np.subtract(high, falling, out=falling)
    return np.where(values < turn, rising, falling)


_FORMS: Final[dict[str, Any]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "triangular": _triangular,
    "expected": _normal,
}


def _rounded(values: Real, one: Input) -> tuple[NDArray[Any], int, int, int]:
    """The values, of which there are some, rounded and set to the nearest that a file may hold; least, greatest, and how many had to be."""
    np.rint(values, out=values)
    low, high = float(values.min()), float(values.max())
    if not (low >= -FARTHEST and high <= FARTHEST):
        np.clip(values, -FARTHEST, FARTHEST, out=values)
    if (one.least is None or low >= one.least) and (one.greatest is None or high <= one.greatest):
        return values, int(max(low, -FARTHEST)), int(min(high, FARTHEST)), 0
    rounded = values.astype(np.int64)
    held = np.clip(rounded, one.least, one.greatest)
    return held, int(held.min()), int(held.max()), int(np.count_nonzero(held != rounded))


def _narrow(least: int, most: int) -> bool:
    return least >= -(1 << 31) and most < 1 << 31


def _narrowed(values: Whole) -> Whole:
    """The values in 32 bits where all of them fit."""
    return values.astype(np.int32) if not len(values) or _narrow(int(values.min()), int(values.max())) else values


def denominator_for(kind: str, size: float) -> int:
    """The denominator in which draws of this kind are counted; ``size`` is the typical size of a number of a series."""
    if kind == "amount":
        return 1
    if kind != "number":
        return 1_000_000
    return next(int(10**digits) for digits in range(16) if digits == 15 or abs(size) * 10**digits >= 1_000_000)


def common_denominator(numbers: Sequence[Any]) -> int:
    """The smallest number that makes all the fractions whole."""
    return int(np.lcm.reduce([number.denominator for number in numbers])) if len(numbers) else 1
