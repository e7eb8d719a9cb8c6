"""A simulation: pieces of draws done somewhere, merged as they come, and what is known when it ends or is ended."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .draws import BLOCK
from .pools import Done, Piece, Pool, work
from .tally import MOST_KEPT, Steps, Tally, steps_for
from .work import Job, run

PILOT: Final = 65_536
"""The first draws decide the steps in which the figures are counted; the same ones, however the rest is divided."""

SECONDS: Final = 0.7
"""How long a piece should take: short enough for Ctrl-C and the progress bar, long enough for its way to a worker to be nothing."""

FEWEST, LARGEST_PIECE, LARGEST_ROWS = 256, 1 << 20, 1 << 16


@dataclass
class Simulated:
    """What is known of one agreement's draws. ``wanted`` is how many were asked for."""

    job: Job
    tally: Tally
    wanted: int

    @property
    def partial(self) -> bool:
        return self.tally.draws < self.wanted


class Simulation:
    """Several jobs, each with the same number of draws. ``progress`` is told how many draws are done; ``rows`` takes the draws as CSV text."""

    def __init__(
        self,
        jobs: Sequence[Job],
        draws: int,
        progress: Callable[[int], None] = lambda done: None,
        rows: Callable[[str], object] | None = None,
    ) -> None:
        self.draws, self.progress, self.rows = draws, progress, rows
        self.simulated = [Simulated(job, Tally(self._exact(job), job.bounds), draws) for job in jobs]
        self._waiting: dict[int, str] = {}
        self._next_row = 0

    def _exact(self, job: Job) -> dict[str, Steps]:
        return {path: Steps(0, None) for path in job.figures}

    def run(self, pool: Pool) -> None:
        """Do all draws. May be interrupted at any time: what was done until then is in ``simulated``."""
        for done in pool.results(self._pieces(pool.workers)):
            self._merge(done)

    def _pieces(self, workers: Callable[[], int]) -> Iterator[Piece]:
        number = 0
        for which, simulated in enumerate(self.simulated):
            job = simulated.job
            data = pickle.dumps(job)
            steps = self._steps(simulated)
            simulated.tally = Tally(steps, job.bounds)
            size = min(FEWEST if job.document is not None else BLOCK, self.draws)
            first = Piece(number, which, data, steps, 0, size, self.rows is not None)
            work(first)  # makes the job ready; only then does its time say how long the next ones take
            started = time.perf_counter()
            part = work(first)
            rate = size / max(time.perf_counter() - started, 1e-6)
            self._merge(Done(first, part))
            number += 1
            most = LARGEST_PIECE if self.rows is None else LARGEST_ROWS
            length = max(FEWEST, min(most, 1 << int(rate * SECONDS).bit_length() - 1))
            start = size
            while start < self.draws:
                stop = min(start + self._length(self.draws - start, length, workers()), self.draws)
                yield Piece(number, which, data, steps, start, stop, self.rows is not None)
                start, number = stop, number + 1

    def _length(self, left: int, length: int, workers: int) -> int:
        """How long the next piece is: shorter towards the end, so that no worker is still at a long one when the others have ended."""
        if workers == 1:
            return length
        shorter = max(left // (2 * workers), length // 16)
        return min(length, -(-shorter // BLOCK) * BLOCK if length >= BLOCK else shorter)

    def _steps(self, simulated: Simulated) -> dict[str, Steps]:
        """Every value is kept where all of them fit; else the range of the first draws is divided into steps."""
        job = simulated.job
        if self.draws * len(job.figures) <= MOST_KEPT:
            return self._exact(job)
        pilot = run(job, self._exact(job), 0, min(PILOT, self.draws), rows=False).tally
        return {
            path: steps_for(figure.least if figure.least is not None else 0, figure.most if figure.most is not None else 0)
            for path, figure in pilot.figures.items()
        }

    def _merge(self, done: Done) -> None:
        self.simulated[done.piece.which].tally.merge(done.part.tally)
        self.progress(done.piece.stop - done.piece.start)
        if self.rows is not None:
            self._waiting[done.piece.number] = done.part.rows
            while self._next_row in self._waiting:
                self.rows(self._waiting.pop(self._next_row))
                self._next_row += 1
