"""Cells of the calculation: what each holds today, where it stands, and the formulas in which it is used.

A value is an ``int``, the same whatever is changed, or a ``Held``, a cell. Every number of the calculation is whole and below ``LIMIT``:
a spreadsheet computes in floats of 64 bits, and the exact product of two such numbers is formed in halves (:func:`exact_rest`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ..render.grid import Area, Piece, Spot

LIMIT: Final = 10**13
"""Every number of the calculation lies below this, without its sign: all halves and their products then stay below 10^14, which every
spreadsheet computes exactly and compares exactly."""

MOST_CELLS: Final = 200
"""As many cells are added up by one formula, which takes 255 arguments and 8 192 characters at most."""

HALF: Final = 2**22
"""A number below ``LIMIT`` has a high half below 2.4 million and a low half below this."""


class Beyond(Exception):
    """A number of the agreement is larger than a spreadsheet computes exactly."""


class Held(NamedTuple):
    """A cell of the calculation: the whole number that it holds today, and where it stands."""

    value: int
    spot: Spot


Value = int | Held


def units(value: Value) -> int:
    """What a value is today."""
    return value if isinstance(value, int) else value.value


def written(*pieces: Value | str) -> list[Piece]:
    """A formula of texts and values; a number is written as one."""
    return [f"({piece})" if isinstance(piece, int) and piece < 0 else str(piece) if isinstance(piece, int) else piece.spot if isinstance(piece, Held) else piece for piece in pieces]  # fmt: skip


def listed(values: Iterable[Value]) -> list[Piece]:
    """Values as a function's arguments, with commas between them; cells below one another are one range."""
    found: list[Piece] = []
    for piece in _areas(values):
        found += [",", piece] if found else [piece]
    return found


def summed(values: Sequence[Value]) -> list[Piece]:
    """The values added up."""
    if len(values) <= 3:
        return joined("+", values)
    return ["SUM(", *listed(values), ")"]


def pieces_of(values: Sequence[Value]) -> list[Sequence[Value]]:
    """The values in as many pieces as a formula takes cells of."""
    return [values[start : start + MOST_CELLS] for start in range(0, len(values), MOST_CELLS)]


def joined(sign: str, values: Sequence[Value]) -> list[Piece]:
    """The values with a sign between each two."""
    found: list[Piece] = []
    for value in values:
        found += [sign, *written(value)] if found else written(value)
    return found


def _areas(values: Iterable[Value]) -> Iterator[Piece]:
    first: Spot | None = None
    last = -1
    for value in values:
        if isinstance(value, Held) and first is not None and value.spot == first._replace(row=last + 1):
            last += 1
            continue
        if first is not None:
            yield first if last == first.row else Area(first, last)
        first = None
        if isinstance(value, Held):
            first, last = value.spot, value.spot.row
        else:
            yield from written(value)
    if first is not None:
        yield first if last == first.row else Area(first, last)


def exact_rest(size: Sequence[Piece], times: Spot, estimate: Spot, over: Spot) -> list[Piece]:
    """size × times − estimate × over, exactly: a spreadsheet's own products lose their last digits beyond 2^53.

    With high and low halves, ``estimate`` at most 1 off the true quotient, all that is added up stays below 10^14.
    """

    def high(*number: Piece) -> list[Piece]:
        return ["INT(", *number, f"/{HALF})"]

    def low(*number: Piece) -> list[Piece]:
        return ["MOD(", *number, f",{HALF})"]

    return [
        "((", *high(*size), "*", *high(times), "-", *high(estimate), "*", *high(over), f")*{HALF}+",
        *high(*size), "*", *low(times), "+", *low(*size), "*", *high(times), "-", *high(estimate), "*", *low(over), "-", *low(estimate), "*", *high(over),
        f")*{HALF}+", *low(*size), "*", *low(times), "-", *low(estimate), "*", *low(over),
    ]  # fmt: skip
