"""Draws of the uncertain inputs from counter-based streams: draw k is the same whatever the pieces, the processes or the number of draws.

Every input has a stream of its own, NumPy's Philox generator keyed by the seed and the input's path; its counter is set to the number
of the block of 8,192 draws. So a block can be made anywhere and in any order, and another input more or less changes no other draw.
A draw is rounded to what the file can hold: an amount to the rounding unit, a share or a percentage to 0.0001 %, a number of a series
to seven digits. No float goes further than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...source.kinds import Name

BLOCK: Final = 8_192
"""Draws that are made together; part of what defines a draw, so never to be changed."""

Whole = NDArray[np.int64]
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
    """Draws of all inputs, and how many of each were set to the nearest value that a file may hold."""

    values: dict[str, Whole]
    clipped: dict[str, int]


def draw(inputs: Iterable[Input], seed: int, start: int, stop: int) -> Drawn:
    """The draws numbered ``start`` to ``stop`` − 1."""
    values: dict[str, Whole] = {}
    clipped: dict[str, int] = {}
    room = Room(*(np.empty(BLOCK) for _ in range(3)))
    for one in inputs:
        numbers = np.empty(stop - start, np.int64)
        stream, column = Stream(one.stream, seed), np.array(one.column, np.int64)
        beyond = 0
        for block in range(start // BLOCK, -(-stop // BLOCK)):
            first, last = max(start, block * BLOCK), min(stop, (block + 1) * BLOCK)
            piece, out = slice(first - block * BLOCK, last - block * BLOCK), numbers[first - start : last - start]
            numbers_of_block = stream.at(block)
            if one.distribution == "drawn":
                out[:] = column[numbers_of_block.integers(0, len(column), BLOCK)[piece]]
            else:
                beyond += _rounded(_FORMS[one.distribution](numbers_of_block, one.parameters, room)[piece], one, out)
        values[one.name] = numbers
        clipped[one.name] = beyond
    return Drawn(values, clipped)


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
    np.copyto(falling, rising, where=values < turn)
    return falling


_FORMS: Final[dict[str, Any]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "triangular": _triangular,
    "expected": _normal,
}


def _rounded(values: Real, one: Input, out: Whole) -> int:
    """Round the values in place and put them out, set to the nearest value that a file may hold; how many had to be."""
    np.rint(values, out=values)
    if not len(values):
        return 0
    low, high = float(values.min()), float(values.max())
    if not (low >= -FARTHEST and high <= FARTHEST):
        np.clip(values, -FARTHEST, FARTHEST, out=values)
    out[:] = values
    if (one.least is None or low >= one.least) and (one.greatest is None or high <= one.greatest):
        return 0
    rounded = out.copy()
    np.clip(rounded, one.least, one.greatest, out=out)
    return int(np.count_nonzero(out != rounded))


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
