"""A simulation: pieces of draws done somewhere, merged as they come, and what is known when it ends or is ended.

Somewhere is this process, several on this machine, or a Dask cluster; the result is the same to the last bit.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from ...problems import SocsamError
from .draws import BLOCK
from .job import Job, Part, Settler, run
from .memory import HANDED_BACK, kept
from .tally import MOST_KEPT, Steps, Tally, steps_for

PILOT: Final = 65_536
"""The first draws decide the steps in which the figures are counted; the same ones, however the rest is divided."""

SECONDS: Final = 0.7
"""How long a piece should take: short enough for Ctrl-C and the progress bar, long enough for its way to a worker to be nothing."""

_TIMES: Final = 3  # the shortest of a few short times: a machine that does something else meanwhile says nothing of the pieces
_LOOK: Final = 0.2  # seconds between two looks at what is done

FEWEST, LARGEST_PIECE, LARGEST_ROWS = 16, 1 << 22, 1 << 16

Listening = Callable[[], AbstractContextManager[None]]
"""While what it gives lasts, whoever wants to end the simulation may raise: nothing is broken off in the middle there."""


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
        for done in pool.results(self._pieces(pool.workers, pool.listening)):
            self._merge(done)

    def _pieces(self, workers: Callable[[], int], listening: Listening) -> Iterator[Piece]:
        number = 0
        for which, simulated in enumerate(self.simulated):
            job = simulated.job
            data = pickle.dumps(job)
            with listening():
                steps = self._steps(simulated)
            simulated.tally = Tally(steps, job.bounds)
            size = min(FEWEST if job.document is not None else BLOCK, self.draws)
            first = Piece(number, which, data, steps, 0, size, self.rows is not None)
            with listening():
                part = work(first)  # makes the job ready; only then does its time say how long the next ones take
                taken = min(_seconds(first) for _ in range(_TIMES))
            rate = size / max(taken, 1e-6)
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
        return {path: steps_for(figure.least or 0, figure.most or 0) for path, figure in pilot.figures.items()}

    def _merge(self, done: Done[Piece]) -> None:
        self.simulated[done.piece.which].tally.merge(done.part.tally)
        self.progress(done.piece.stop - done.piece.start)
        if self.rows is not None:
            self._waiting[done.piece.number] = done.part.rows
            while self._next_row in self._waiting:
                self.rows(self._waiting.pop(self._next_row))
                self._next_row += 1


# --- where pieces are done ---------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """Draws ``start`` to ``stop`` − 1 of one job. ``number`` counts the pieces of a simulation, ``which`` its jobs."""

    number: int
    which: int
    job: bytes
    steps: Mapping[str, Steps]
    start: int
    stop: int
    rows: bool

    def done(self) -> Part:
        """Its draws settled and tallied."""
        job, settler = _ready(self.job)
        return run(job, self.steps, self.start, self.stop, self.rows, settler)


class Errand(Protocol):
    """What a pool does somewhere: a piece of work with its number, that knows how it is done."""

    @property
    def number(self) -> int: ...
    def done(self) -> Any: ...


E = TypeVar("E", bound=Errand)


class Done(NamedTuple, Generic[E]):
    """A piece and what it came to."""

    piece: E
    part: Any


class Pool(Protocol):
    """Does pieces, in whatever order, and gives each back as it is ready. It may be ended while it is ``listening``."""

    listening: Listening
    remark: str
    """What should be known of how the pieces were done; empty where there is nothing."""

    def workers(self) -> int:
        """How many pieces are done at the same time."""
        ...

    def results(self, pieces: Iterable[E]) -> Iterator[Done[E]]: ...
    def close(self) -> None: ...


@lru_cache(maxsize=8)
def _ready(job: bytes) -> tuple[Job, Settler]:
    """A job made ready, so that the next piece of it finds it compiled. A memory of what is expensive to make, and nothing else."""
    import pickle

    made: Job = pickle.loads(job)
    return made, made.settler()


def _seconds(piece: Errand) -> float:
    """How long a piece takes."""
    started = time.perf_counter()
    work(piece)
    return time.perf_counter() - started


def work(piece: Errand) -> Any:
    """Do a piece."""
    return piece.done()


def work_in_cluster(piece: Errand) -> tuple[Any, bool]:
    """Do a piece in a Dask worker; also whether the worker keeps its memory for the next."""
    keeps = kept()
    return work(piece), keeps


class Here:
    """One after the other in this process."""

    remark = ""

    def __init__(self, listening: Listening = nullcontext) -> None:
        self.listening = listening

    def workers(self) -> int:
        return 1

    def results(self, pieces: Iterable[E]) -> Iterator[Done[E]]:
        for piece in pieces:
            with self.listening():
                part = work(piece)
            yield Done(piece, part)

    def close(self) -> None:
        """Nothing to close."""


def _quiet() -> None:
    """Ctrl-C is for the process that the user started: it decides, and ends the others. Where it is killed they end by themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, which nobody else would tell: a piece's result has no taker then."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _shielded() -> Iterator[None]:
    """A process that is started meanwhile never hears of Ctrl-C, not even before it can say so itself; ours hears of it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Processes:
    """Several processes on this machine. Raises SocsamError when one of them dies more often than a piece is worth."""

    remark = ""

    def __init__(self, count: int, listening: Listening = nullcontext) -> None:
        self.count = count
        self.listening = listening
        self.executor = self._start()
        self.left = 3

    def workers(self) -> int:
        return self.count

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, mp_context=get_context("spawn"), initializer=_quiet)

    def results(self, pieces: Iterable[E]) -> Iterator[Done[E]]:
        """Two pieces for each process are under way at a time; what a process that died was doing is done again."""
        source, running, again = iter(pieces), dict[Future[Any], E](), list[E]()
        while True:
            waiting = [*again, *islice(source, max(0, 2 * self.count - len(running) - len(again)))]
            again = []
            for piece in waiting:
                try:
                    with _shielded():
                        running[self.executor.submit(work, piece)] = piece
                except BrokenProcessPool:
                    again.append(piece)
            if not running and not again:
                return
            ready = set() if again else self._waited(running)
            for future in ready:
                piece = running.pop(future)
                try:
                    part = future.result()
                except BrokenProcessPool:
                    again.append(piece)
                else:
                    yield Done(piece, part)
            if again:
                again += running.values()
                running.clear()
                self._restart()

    def _waited(self, running: Iterable[Future[Part]]) -> set[Future[Part]]:
        """Those that are done, at least one. Only between two looks is there nothing of the executor's to break off."""
        while True:
            with self.listening():
                pass
            if ready := wait(running, _LOOK, FIRST_COMPLETED).done:
                return ready

    def _restart(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise SocsamError("the processes that settle the draws are ended again and again\n   is there memory enough? try fewer workers")
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self._start()

    def close(self) -> None:
        """Drop what waits, and let the processes end the piece that they are at: a second or two.

        To terminate them instead might cut a result off in the middle, and whoever reads it would wait for the rest for ever.
        """
        self.executor.shutdown(wait=True, cancel_futures=True)
        del self.executor
        gc.collect()  # its locks have names that the system keeps until they are cleared away


class Cluster:
    """A Dask cluster. A worker that is lost costs time: Dask does its pieces again elsewhere."""

    def __init__(self, address: str, listening: Listening = nullcontext) -> None:
        self.listening, self.remark, self._threads = listening, "", 1
        try:
            import distributed
        except ImportError:
            raise SocsamError("a Dask scheduler needs Dask here too\n   pip install 'socsam-calc[scale]'") from None
        try:
            make: Any = distributed.Client
            with listening():
                self.client: Any = make(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise SocsamError(
                f"no Dask scheduler answers at {address}: {error or 'no answer'}\n   start one with `dask scheduler`"
            ) from None

    def results(self, pieces: Iterable[E]) -> Iterator[Done[E]]:
        """Two pieces for each thread of a worker are under way at a time."""
        import distributed

        source, running = iter(pieces), dict[str, E]()
        make: Any = distributed.as_completed
        finished: Any = make([], loop=self.client.loop)
        self._threads = self._counted()
        for piece in islice(source, 2 * self._threads):
            self._submit(piece, running, finished)
        while running:
            with self.listening():
                future = next(finished)
            piece = running.pop(future.key)
            part, keeps = future.result()
            if not keeps:
                self.remark = HANDED_BACK
            future.release()
            self._threads = self._counted()
            for following in islice(source, max(1, 2 * self._threads - len(running))):
                self._submit(following, running, finished)
            yield Done(piece, part)

    def workers(self) -> int:
        return self._threads

    def _counted(self) -> int:
        """The threads that the cluster has now: workers come and go. To ask takes time, so it is done once for each piece that ends."""
        return max(1, sum(map(int, self.client.nthreads().values())))

    def _submit(self, piece: E, running: dict[str, E], finished: Any) -> None:
        future = self.client.submit(work_in_cluster, piece, pure=False, key=f"socsam-{os.getpid()}-{id(self)}-{piece.number}")
        running[future.key] = piece
        finished.add(future)

    def close(self) -> None:
        """Leave the cluster; what it is still doing for this simulation is dropped."""
        self.client.close(timeout=2)


def pool_for(workers: int, dask: str | None, listening: Listening = nullcontext) -> Pool:
    """The place where the pieces are done."""
    if dask is not None:
        return Cluster(dask, listening)
    return Processes(workers, listening) if workers > 1 else Here(listening)
