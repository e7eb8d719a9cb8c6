"""A job: what a file of scenarios draws and which figures it wants; and a piece of it, draws numbered from … to, settled and tallied.

A piece is the same wherever and whenever it is done.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from os.path import relpath
from pathlib import Path as FilePath
from typing import Any, Final, NamedTuple

import numpy as np
from pydantic_core import PydanticCustomError

from ...batch.engine import Batch, BatchResult, units_at
from ...batch.inputs import kind_of
from ...engine.results import Settlement
from ...engine.values import all_ore, known_figures
from ...model.agreement import Agreement
from ...model.paths import dotted
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context, unreadable
from ...source.kinds import Kind, parse, reason, spelled
from ...source.loader import Override, overlaid
from ...source.opened import content
from ...source.scenarios import ScenarioFile, Uncertain
from ...source.tree import Tree
from ...source.yaml import LARGEST_FILE, decode
from ..bounds import located
from ..effect import MOST, Idle, idle_in_cases
from ..settle import settle, whole
from .capital import Watched, counted, watched
from .draws import BLOCK, Drawn, Draws, Input, Whole, common_denominator, denominator_for, draw
from .remaining import around_the_expected
from .tally import Limits, Steps, Tally

MOST_LINES: Final = 1_000_000
"""Lines that a CSV file to draw from may have."""

TOGETHER: Final = 4 * BLOCK
"""Draws that are in memory at a time."""

Settler = Callable[[Drawn, BatchResult | None], BatchResult]
"""What settles draws: a batch, or one after the other. A result that is no longer needed lends its arrays."""


@dataclass(frozen=True)
class Job:
    """A simulation of one agreement, as it is sent to other processes: everything that decides the result, except how many draws.

    ``agreement`` holds a value wherever one is drawn. ``document`` is set where the ordinary engine must settle draw by draw,
    ``paths`` then being where each input stands in the file. ``capital`` are the years in which a body has capital of its own.
    """

    name: str
    agreement: Agreement
    inputs: tuple[Input, ...]
    figures: tuple[str, ...]
    bounds: tuple[Limits, ...]
    seed: int
    document: Document | None = None
    paths: tuple[tuple[str | int, ...], ...] = ()
    capital: tuple[Watched, ...] = ()
    about: str = ""
    """The agreement's file."""
    idle: tuple[Idle, ...] = ()
    """What is drawn and has no effect."""

    def settler(self) -> Settler:
        """What settles draws of this job in batches, or one by one."""
        if self.document is not None:
            return OneByOne(self, self.document)
        batch = Batch(self.agreement, {one.name: one.denominator for one in self.inputs}, self.figures)
        return lambda drawn, into: batch.run(drawn.values, into, drawn.reaches)


class Part(NamedTuple):
    """What a piece came to: its tally, and its draws as CSV where they are wanted."""

    tally: Tally
    rows: str


def prepare(stated: ScenarioFile, seed: int, year: int | None = None, figures: Sequence[str] = ()) -> Job:
    """The job of a file of scenarios. Raises AgreementError with the place of whatever is wrong with its uncertain inputs or the figures."""
    if not stated.uncertain:
        place = stated.tree.place(("uncertain",)) if "uncertain" in stated.tree.data else Place(stated.file)
        remedy = "write `uncertain:` with a path and its distribution, or use `socsam whatif` for the scenarios"
        raise AgreementError.of("nothing-uncertain", place, "the file states no uncertain input, so there is nothing to draw", remedy)
    columns, inputs, problems = _Columns(), list[Input](), list[Problem]()
    now = settle(stated.base) if any(one.distribution == "expected" for one in stated.uncertain) else None
    for one in stated.uncertain:
        try:
            inputs.append(_input(one, stated, columns, now))
        except AgreementError as error:
            problems += error.problems
    if problems:
        raise AgreementError(problems)
    central = _central(stated, inputs)
    settlement = settle(central)
    bounds = tuple(_bounds(stated, settlement))
    wanted = _figures(stated, settlement, year, figures)
    wanted = list(dict.fromkeys([*wanted, *(part for bound in bounds for part in bound.parts)]))
    idle = tuple(_idle(stated, inputs, seed))
    paths = tuple(one.path for one in stated.uncertain)
    capital = tuple(watched(settlement, _settled(settlement, year), paths))
    wanted += [path for one in capital for path in (one.closing, one.ceiling) if path is not None and path not in wanted]
    job = Job(
        stated.file, central.agreement, tuple(inputs), tuple(wanted), bounds, seed, capital=capital, about=stated.base.file, idle=idle
    )
    return job if _batched(job, paths) else replace(job, document=stated.base, paths=paths)


def _idle(stated: ScenarioFile, inputs: Sequence[Input], seed: int) -> Iterator[Idle]:
    """What is drawn and has no effect, in the first draws."""
    values = draw(inputs, seed, 0, MOST).values
    columns = [_texts(one, values[one.name].tolist(), stated.base.agreement.rounding) for one in inputs]
    cases = [
        [
            Override(one.path, text, stated.tree, ("uncertain", made.name))
            for one, made, text in zip(stated.uncertain, inputs, row, strict=True)
        ]
        for row in zip(*columns, strict=True)
    ]
    return idle_in_cases(stated.base, cases, [one.path for one in stated.uncertain], some=True)


def _texts(one: Input, values: Sequence[int], rounding: str) -> list[str]:
    """Values of an input as a file could hold them."""
    return [spelled(Kind(one.kind), Fraction(value, one.denominator), rounding) for value in values]


def _batched(job: Job, paths: Sequence[Path]) -> bool:
    """Whether draws can be settled in batches: all that varies is a number, and a batch has every figure that is wanted."""
    varying = {one.name: one.denominator for one in job.inputs}
    return all(kind_of(job.agreement, path) for path in paths) and set(job.figures) <= set(Batch(job.agreement, varying).figures)


def _input(one: Uncertain, stated: ScenarioFile, columns: _Columns, now: Settlement | None) -> Input:
    column: Sequence[Fraction] = ()
    if one.drawn is not None:
        column = columns.column(one, stated.base)
        denominator = common_denominator(column)
    else:
        size = max((abs(float(value)) for name, value in one.parameters.items() if name != "sd"), default=1.0)
        denominator = denominator_for(one.kind.name, size)
    least = None if one.kind.least is None else int(one.kind.least * denominator) + one.kind.open_below
    greatest = None if one.kind.greatest is None else int(one.kind.greatest * denominator)
    parameters = {name: float(value * denominator) for name, value in one.parameters.items()}
    if now is not None and one.distribution == "expected":
        parameters = around_the_expected(now, one)
    stream = dotted(one.path) if one.drawn is None else f"lines of {_beside(one.drawn[0], stated.file)}"
    lines = tuple(int(value * denominator) for value in column)
    return Input(dotted(one.path), one.kind.name, denominator, one.distribution, parameters, least, greatest, lines, stream)


def _beside(file: str, other: str) -> str:
    """A file's path as seen from another's folder: the same on every machine."""
    return FilePath(relpath(file, FilePath(other).parent)).as_posix()


def middle(one: Input) -> int:
    """A value in the middle of the input's distribution, such as the file may hold."""
    parameters = one.parameters
    if one.column:
        value = float(sorted(one.column)[len(one.column) // 2])
    else:
        value = parameters["mean"] if "mean" in parameters else parameters.get("mode", (parameters["min"] + parameters["max"]) / 2)
        value = min(max(value, parameters.get("min", value)), parameters.get("max", value))
    rounded = round(value)
    rounded = rounded if one.least is None else max(rounded, one.least)
    return rounded if one.greatest is None else min(rounded, one.greatest)


def _central(stated: ScenarioFile, inputs: Iterable[Input]) -> Document:
    """The agreement with every uncertain input in the middle of its distribution: valid, and with a value wherever one is drawn."""
    rounding = stated.base.agreement.rounding
    overrides = [
        Override(
            one.path, spelled(Kind(made.kind), Fraction(middle(made), made.denominator), rounding), stated.tree, ("uncertain", made.name)
        )
        for one, made in zip(stated.uncertain, inputs, strict=True)
    ]
    return overlaid(stated.base, overrides)


def _figures(stated: ScenarioFile, settlement: Settlement, year: int | None, figures: Sequence[str]) -> list[str]:
    """What each party ends with in each settled year (what it is allocated where no more is known), and the figures asked for."""
    years = [one for one in settlement.years if year in (None, one.year)]
    if not years:
        held = ", ".join(str(one.year) for one in settlement.years)
        raise AgreementError.of("no-such-year", Place(stated.file), f"the agreement holds no year {year}", f"it holds {held}")
    wanted: list[str] = []
    for one in (one for one in years if one.settled):
        ends = {party.id: "settled" if party.units("settled") is not None else "allocated" for party in one.parties}
        wanted += [f"{one.year}.totals.result", *(f"{one.year}.parties.{party}.{figure}" for party, figure in ends.items())]
    wanted += [_figure(settlement, path, Place(f"--figure {path}")) for path in figures]
    if not wanted:
        place = stated.base.place(("years",), on_key=True)
        text = "no year is settled: the file gives frames, but neither costs nor a result"
        remedy = "give the costs (`actual:` or `estimate:`) that are uncertain, or a figure with --figure"
        raise AgreementError.of("nothing-settled", place, text, remedy)
    return list(dict.fromkeys(wanted))


def _settled(settlement: Settlement, year: int | None) -> list[int]:
    """The years that are simulated: those with costs or a result, or the one of them that was asked for."""
    return [one.year for one in settlement.years if year in (None, one.year) and one.settled]


def _bounds(stated: ScenarioFile, settlement: Settlement) -> Iterator[Limits]:
    """The bounds that hold in every draw. A change is one from the agreement as it stands, not from the middle of what is drawn."""
    known = _units(settlement)
    moved = any(bound.bound.change is not None or bound.bound.of_budget for bound in stated.bounds)
    for one in located(settlement, known, stated.bounds, _units(settle(stated.base)) if moved else known):
        parts = tuple(part for part in one.parts if part in one.needed or known.get(part) is not None)
        for part in parts:
            _figure(settlement, part, one.at.place)
        if parts:
            yield Limits(one.figure, parts, one.needed, one.least, one.most, one.equals, one.at.place)


def _units(settlement: Settlement) -> dict[str, int | None]:
    """Every figure of a settlement by its path, in rounding units."""
    return {path: None if step is None else step.value for path, step in known_figures(settlement).items()}


def _figure(settlement: Settlement, path: str, place: Place) -> str:
    """The whole path of a figure that can be simulated. Raises AgreementError, with the place, for one that is not there or not known."""
    known = all_ore(settlement)
    found = whole(settlement, path, known)
    if not isinstance(found, str):
        raise AgreementError.of("no-such-figure", place, *found)
    year = found.split(".", 1)[0]
    if ".payments." in found or found.endswith(".shortfall.amount"):
        text = (
            f"`{found}` is not simulated: which payment it is changes from draw to draw"
            if "payments" in found
            else f"`{found}` is an input"
        )
        remedy = f"name what a party receives or pays, such as `{year}.parties.{next(iter(settlement.agreement.parties))}.transfer`"
        raise AgreementError.of("no-such-figure", place, text, remedy)
    if known[found] is None:
        remedy = f"`socsam explain` says what is known of {year}; of a year with costs every figure is"
        raise AgreementError.of("not-known", place, f"`{found}` is not known, whatever is drawn", remedy)
    return found


class _Columns:
    """The CSV files that are drawn from, each read once. What raises AgreementError raises one without problems where a file's were told."""

    def __init__(self) -> None:
        self.files: dict[str, list[list[str]]] = {}

    def column(self, one: Uncertain, base: Document) -> Sequence[Fraction]:
        """The values of a column, one for each line. Raises AgreementError for a file, a column or a line that cannot be drawn from."""
        assert one.drawn is not None
        file, name = one.drawn
        if file not in self.files:
            self.files[file] = []
            self.files[file] = _lines(file, one)
        if not self.files[file]:
            raise AgreementError([])
        titles, *lines = self.files[file]
        header = [title.strip() for title in titles]
        if name not in header:
            has = ", ".join(f"`{title}`" for title in header)
            raise AgreementError.of("no-such-column", one.place, f"{file} has no column `{name}`", f"it has {has}")
        values, index, known = [], header.index(name), context(base.tree.data)
        for number, line in enumerate(lines, 2):
            text = line[index].strip() if index < len(line) else ""
            place = Place(file, number, 1)
            try:
                values.append(parse(one.kind, text, known))
            except PydanticCustomError as error:
                said, remedy = reason(error)
                raise AgreementError.of("bad-line", place, f"{name}: {said}", remedy) from None
            if not one.kind.holds(values[-1]):
                what = f"{name}: `{text}` is not what the agreement may hold at {dotted(one.path)}"
                raise AgreementError.of("bad-line", place, what, "correct the line")
        return values


def _lines(file: str, one: Uncertain) -> list[list[str]]:
    """The lines of a CSV file, the names of its columns first. Raises AgreementError for one that cannot be read, or has nothing to draw."""
    try:
        text = decode(content(file, LARGEST_FILE), file)
        first = text.split("\n", 1)[0]
        delimiter = ";" if first.count(";") >= first.count(",") else ","
        read = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
        lines = [line for line in read if any(field.strip() for field in line)]
    except (OSError, ValueError, csv.Error) as error:
        why = f"the file cannot be read: {error}" if isinstance(error, csv.Error) else unreadable(file, error).text
        raise AgreementError.of("unreadable", one.place, f"{file}: {why}", "the name is read from the folder of the scenarios") from None
    if not 2 <= len(lines) <= MOST_LINES:
        what = "has no line to draw" if len(lines) < 2 else f"has more than {MOST_LINES} lines"
        raise AgreementError.of("bad-columns", one.place, f"{file} {what}", "write a header and a line for each case")
    return lines


# --- a piece of it -----------------------------------------------------------------------------------------------------


class OneByOne:
    """Settles draws by reading each into the agreement as a file would state it: slower, and able to vary whatever a file can say."""

    def __init__(self, job: Job, document: Document) -> None:
        self.job, self.document = job, document

    def __call__(self, drawn: Drawn, into: BatchResult | None = None) -> BatchResult:
        size = len(next(iter(drawn.values.values())))
        values = {path: np.zeros(size, np.int64) for path in self.job.figures}
        known = {path: np.ones(size, np.bool_) for path in self.job.figures}
        refused = np.zeros(size, np.bool_)
        reasons: dict[str, None] = {}
        for index in range(size):
            try:
                settlement = settle(self._with(drawn.values, index))
            except AgreementError as error:
                refused[index] = True
                reasons.setdefault(error.problems[0].text)
            else:
                for path in self.job.figures:
                    units = units_at(settlement, path)
                    known[path][index], values[path][index] = units is not None, units or 0
        return BatchResult(values, known, refused, size, tuple(list(reasons)[:3]))

    def _with(self, drawn: Mapping[str, Whole], index: int) -> Document:
        tree, rounding = Tree("uncertain", ""), self.job.agreement.rounding
        overrides = [
            Override(path, spelled(Kind(one.kind), Fraction(int(drawn[one.name][index]), one.denominator), rounding), tree)
            for one, path in zip(self.job.inputs, self.job.paths, strict=True)
        ]
        return overlaid(self.document, overrides)


def run(job: Job, steps: Mapping[str, Steps], start: int, stop: int, rows: bool, settler: Settler | None = None) -> Part:
    """Settle and tally the draws numbered ``start`` to ``stop`` − 1. ``rows``: write them out as well."""
    settler = settler or job.settler()
    tally = Tally(steps, job.bounds)
    text = io.StringIO()
    draws = Draws(job.inputs, job.seed)
    drawn: Drawn | None = None
    settled: BatchResult | None = None
    for first in range(start, stop, TOGETHER):
        drawn = draws.between(first, min(first + TOGETHER, stop), drawn)
        settled = settler(drawn, settled)
        tally.add(settled.values, settled.known, settled.refused, settled.slow)
        tally.reasons |= dict.fromkeys(settled.reasons)
        tally.clipped.update(drawn.clipped)
        tally.capital.update(counted(job.capital, settled))
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
