"""A piece of a simulation: draws numbered from … to, settled and tallied. It is the same wherever and whenever it is done."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from ...batch.engine import Batch, BatchResult, units_at
from ...model.agreement import Agreement
from ...problems import AgreementError
from ...source.document import Document
from ...source.kinds import Kind, spelled
from ...source.overlay import Override, overlaid
from ...source.yaml import Tree
from ..settle import settle
from .draws import BLOCK, Drawn, Input, draw
from .tally import Bounded, Steps, Tally

TOGETHER: Final = 4 * BLOCK
"""Draws that are in memory at a time."""


@dataclass(frozen=True)
class Job:
    """A simulation of one agreement, as it is sent to other processes: everything that decides the result, except how many draws.

    ``agreement`` holds a value wherever one is drawn. ``document`` is set where the ordinary engine must settle draw by draw,
    ``paths`` then being where each input stands in the file.
    """

    name: str
    agreement: Agreement
    inputs: tuple[Input, ...]
    figures: tuple[str, ...]
    bounds: tuple[Bounded, ...]
    seed: int
    document: Document | None = None
    paths: tuple[tuple[str | int, ...], ...] = ()

    def settler(self) -> Settler:
        """What settles draws of this job in batches, or one by one."""
        return OneByOne(self) if self.document is not None else InBatches(self)


class Part(NamedTuple):
    """What a piece came to: its tally, and its draws as CSV where they are wanted."""

    tally: Tally
    rows: str


class InBatches:
    """Settles draws by the engine in batches."""

    def __init__(self, job: Job) -> None:
        self.batch = Batch(job.agreement, {one.name: one.denominator for one in job.inputs}, job.figures)

    def __call__(self, drawn: Drawn) -> BatchResult:
        return self.batch.run(drawn.values)


class OneByOne:
    """Settles draws by reading each into the agreement as a file would state it: slower, and able to vary whatever a file can say."""

    def __init__(self, job: Job) -> None:
        assert job.document is not None
        self.job, self.document = job, job.document
        self.tree = Tree("uncertain", "")

    def __call__(self, drawn: Drawn) -> BatchResult:
        size = len(next(iter(drawn.values.values())))
        values = {path: np.zeros(size, np.int64) for path in self.job.figures}
        known = {path: np.ones(size, np.bool_) for path in self.job.figures}
        refused = np.zeros(size, np.bool_)
        reasons: dict[str, None] = {}
        for index in range(size):
            try:
                settlement = settle(self._with(drawn, index))
            except AgreementError as error:
                refused[index] = True
                reasons.setdefault(error.problems[0].text)
                continue
            for path in self.job.figures:
                units = units_at(settlement, path)
                known[path][index] = units is not None
                values[path][index] = units or 0
        return BatchResult(values, known, refused, size, tuple(list(reasons)[:3]))

    def _with(self, drawn: Drawn, index: int) -> Document:
        overrides = []
        for one, path in zip(self.job.inputs, self.job.paths, strict=True):
            value = Fraction(int(drawn.values[one.name][index]), one.denominator)
            overrides.append(Override(path, spelled(Kind(one.kind), value, self.job.agreement.rounding), self.tree))
        return overlaid(self.document, overrides)


Settler = InBatches | OneByOne


def run(job: Job, steps: Mapping[str, Steps], start: int, stop: int, rows: bool, settler: Settler | None = None) -> Part:
    """Settle and tally the draws numbered ``start`` to ``stop`` − 1. ``rows``: write them out as well."""
    settler = settler or job.settler()
    tally = Tally(steps, job.bounds)
    text = io.StringIO()
    for first in range(start, stop, TOGETHER):
        last = min(first + TOGETHER, stop)
        drawn = draw(job.inputs, job.seed, first, last)
        settled = settler(drawn)
        tally.add(settled.values, settled.known, settled.refused, settled.slow)
        tally.reasons |= dict.fromkeys(settled.reasons)
        for name, times in drawn.clipped.items():
            tally.clipped[name] = tally.clipped.get(name, 0) + times
        if rows:
            _write(csv.writer(text, lineterminator="\n"), job, first, drawn, settled)
    return Part(tally, text.getvalue())


def header(job: Job) -> list[str]:
    """The columns of the draws: amounts in kronor, other numbers as plain decimals."""
    return ["file", "draw", *(one.name for one in job.inputs), *job.figures]


def _write(writer: Any, job: Job, first: int, drawn: Drawn, settled: BatchResult) -> None:
    rounding = job.agreement.rounding
    columns: list[list[str]] = []
    for one in job.inputs:
        values = drawn.values[one.name].tolist()
        columns.append(_kronor(values, rounding) if one.kind == "amount" else [_decimal(value, one.denominator) for value in values])
    for path in job.figures:
        texts = _kronor(settled.values[path].tolist(), rounding)
        held = settled.known.get(path)
        usable = ~settled.refused if held is None else held & ~settled.refused
        columns.append([text if use else "" for text, use in zip(texts, usable.tolist(), strict=True)])
    for index, row in enumerate(zip(*columns, strict=True)):
        writer.writerow([job.name, first + index, *row])


def _kronor(values: list[int], rounding: str) -> list[str]:
    """Rounding units as exact kronor."""
    if rounding == "kr":
        return list(map(str, values))
    if rounding == "tkr":
        return [str(value * 1000) for value in values]
    return [_decimal(value, 100) for value in values]


def _decimal(value: int, denominator: int) -> str:
    """A fraction as a decimal: exact where it ends within 18 places, as those of drawn numbers do."""
    whole, rest = divmod(abs(value), denominator)
    sign = "-" if value < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    places = next((n for n in range(1, 19) if 10**n % denominator == 0), 18)
    return f"{sign}{whole}.{rest * 10**places // denominator:0{places}}".rstrip("0")
