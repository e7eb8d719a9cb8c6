"""From a file of scenarios to a job: where each input stands, what its draws count, which figures are wanted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from os.path import relpath
from pathlib import Path as FilePath
from typing import Final

from pydantic_core import PydanticCustomError

from ...batch.engine import Batch
from ...batch.inputs import kind_of
from ...engine.results import Settlement
from ...engine.values import all_ore
from ...model.paths import dotted
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context, unreadable
from ...source.kinds import Kind, parse, reason, spelled
from ...source.opened import content
from ...source.overlay import Override, overlaid
from ...source.scenarios import ScenarioFile, Uncertain
from ...source.yaml import LARGEST_FILE, decode
from ..figure_path import whole
from ..settle import settle
from .draws import Input, common_denominator, denominator_for
from .tally import Bounded
from .work import Job

MOST_LINES: Final = 1_000_000
"""Lines that a CSV file to draw from may have."""


def prepare(stated: ScenarioFile, seed: int, year: int | None = None, figures: Sequence[str] = ()) -> Job:
    """The job of a file of scenarios. Raises AgreementError with the place of whatever is wrong with its uncertain inputs or the figures."""
    if not stated.uncertain:
        place = stated.tree.place(("uncertain",)) if "uncertain" in stated.tree.data else Place(stated.file)
        remedy = "write `uncertain:` with a path and its distribution, or use `socsam whatif` for the scenarios"
        raise _wrong("nothing-uncertain", place, "the file states no uncertain input, so there is nothing to draw", remedy)
    columns, inputs, problems = _Columns(), list[Input](), list[Problem]()
    for one in stated.uncertain:
        try:
            inputs.append(_input(one, stated, columns))
        except AgreementError as error:
            problems += error.problems
    if problems:
        raise AgreementError(problems)
    central = _central(stated, inputs)
    settlement = settle(central)
    bounds = list(_bounds(stated, settlement))
    wanted = _figures(stated, settlement, year, figures)
    wanted += [bound.figure for bound in bounds if bound.figure not in wanted]
    job = Job(stated.file, central.agreement, tuple(inputs), tuple(wanted), tuple(bounds), seed)
    paths = tuple(one.path for one in stated.uncertain)
    return job if _batched(job, paths) else replace(job, document=stated.base, paths=paths)


def _batched(job: Job, paths: Sequence[Path]) -> bool:
    """Whether draws can be settled in batches: all that varies is a number, and a batch has every figure that is wanted."""
    if any(kind_of(job.agreement, path) is None for path in paths):
        return False
    return set(job.figures) <= set(Batch(job.agreement, {one.name: one.denominator for one in job.inputs}).figures)


def _input(one: Uncertain, stated: ScenarioFile, columns: _Columns) -> Input:
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
    wanted = []
    years = [one for one in settlement.years if year in (None, one.year)]
    if not years:
        held = ", ".join(str(one.year) for one in settlement.years)
        raise _wrong("no-such-year", Place(stated.file), f"the agreement holds no year {year}", f"it holds {held}")
    for one in years:
        if one.status == "budget":
            continue
        wanted.append(f"{one.year}.totals.result")
        for party in one.parties:
            figure = "settled" if party.units("settled") is not None else "allocated"
            wanted.append(f"{one.year}.parties.{party.id}.{figure}")
    wanted += [_figure(settlement, path, Place(f"--figure {path}")) for path in figures]
    if not wanted:
        place = stated.base.place(("years",), on_key=True)
        text = "no year is settled: the file gives frames, but neither costs nor a result"
        remedy = "give the costs (`actual:` or `estimate:`) that are uncertain, or a figure with --figure"
        raise _wrong("nothing-settled", place, text, remedy)
    return list(dict.fromkeys(wanted))


def _figure(settlement: Settlement, path: str, place: Place) -> str:
    """The whole path of a figure that can be simulated. Raises AgreementError, with the place, for one that is not there or not known."""
    known = all_ore(settlement)
    found = whole(settlement, path, known)
    if not isinstance(found, str):
        raise _wrong("no-such-figure", place, *found)
    year = found.split(".", 1)[0]
    if ".payments." in found or found.endswith(".shortfall.amount"):
        text = (
            f"`{found}` is not simulated: which payment it is changes from draw to draw"
            if "payments" in found
            else f"`{found}` is an input"
        )
        remedy = f"name what a party receives or pays, such as `{year}.parties.{next(iter(settlement.agreement.parties))}.transfer`"
        raise _wrong("no-such-figure", place, text, remedy)
    if known[found] is None:
        remedy = f"`socsam explain` says what is known of {year}; of a year with costs every figure is"
        raise _wrong("not-known", place, f"`{found}` is not known, whatever is drawn", remedy)
    return found


def _bounds(stated: ScenarioFile, settlement: Settlement) -> Iterable[Bounded]:
    for one in stated.bounds:
        yield Bounded(_figure(settlement, one.figure, one.place), one.bound.min, one.bound.max, one.bound.equals, one.place)


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
            raise _wrong("no-such-column", one.place, f"{file} has no column `{name}`", f"it has {has}")
        values, index, known = [], header.index(name), context(base.tree.data)
        for number, line in enumerate(lines, 2):
            text = line[index].strip() if index < len(line) else ""
            place = Place(file, number, 1)
            try:
                values.append(parse(one.kind, text, known))
            except PydanticCustomError as error:
                said, remedy = reason(error)
                raise _wrong("bad-line", place, f"{name}: {said}", remedy) from None
            if not one.kind.holds(values[-1]):
                what = f"{name}: `{text}` is not what the agreement may hold at {dotted(one.path)}"
                raise _wrong("bad-line", place, what, "correct the line")
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
        raise _wrong("unreadable", one.place, f"{file}: {why}", "the name is read from the folder of the scenarios") from None
    if not 2 <= len(lines) <= MOST_LINES:
        what = "has no line to draw" if len(lines) < 2 else f"has more than {MOST_LINES} lines"
        raise _wrong("bad-columns", one.place, f"{file} {what}", "write a header and a line for each case")
    return lines


def _wrong(code: str, place: Place, text: str, remedy: str) -> AgreementError:
    return AgreementError([Problem(code, place, text, remedy)])
