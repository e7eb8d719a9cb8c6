"""Load a file of scenarios: the agreement that it names, what each scenario sets, its bounds, and its uncertain inputs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path as FilePath
from typing import NamedTuple

from ..model.bounds import Bound, Bounds
from ..model.paths import value_at
from ..model.reading import Context
from ..model.scenarios import FORMAT, Distribution, Drawn, Expected, Quantity, Scenario, Scenarios
from ..money import ORE_PER
from ..problems import AgreementError, Fault, Path, Place, Problem, cut
from .document import Document, context, held, read_tree, refuse_other
from .kinds import Kind, kind_at, spelled
from .loader import Override, load, locate, overlaid
from .opened import is_named
from .relative import as_set
from .tree import Tree


class BoundAt(NamedTuple):
    """A bound of a figure, and where it stands. ``figure`` is a whole path, one without its year, or one of the sum over the years."""

    figure: str
    bound: Bound
    path: Path
    tree: Tree

    @property
    def place(self) -> Place:
        """The bound's line."""
        return self.side()

    def side(self, *names: str) -> Place:
        """The line of one of its sides, or the bound's own."""
        return self.tree.place((*self.path, *names), on_key=not names)


class Stated(NamedTuple):
    """A scenario as the file states it, its paths found in the agreement. ``terms`` is the other agreement's file, ready to open."""

    name: str
    scenario: Scenario
    overrides: tuple[Override, ...]
    terms: str | None
    bounds: tuple[BoundAt, ...]


class Uncertain(NamedTuple):
    """An uncertain input: where it stands in the agreement, what kind of number it is, and how it is drawn.

    ``parameters`` count rounding units for an amount, and are plain fractions otherwise (8 % is 2/25). ``drawn`` stands for the other
    distributions' parameters where ``distribution`` is ``drawn``: the CSV file, ready to open, and its column.
    """

    path: Path
    kind: Kind
    distribution: str
    parameters: Mapping[str, Fraction]
    drawn: tuple[str, str] | None
    place: Place


class ScenarioFile(NamedTuple):
    """A file of scenarios with the agreement that it is about."""

    file: str
    stated: Scenarios
    tree: Tree
    base: Document
    bounds: tuple[BoundAt, ...]
    scenarios: tuple[Stated, ...]
    uncertain: tuple[Uncertain, ...]


def is_scenarios(tree: Tree) -> bool:
    """Whether a file's tree says that it is a file of scenarios."""
    return isinstance(tree.data, dict) and str(tree.data.get("format", "")).startswith("socsam-scenarios/")


def load_scenarios(
    file: str | FilePath,
    *,
    text: str | None = None,
    tree: Tree | None = None,
    figures: str | None = None,
    allow_outside: bool = False,
) -> ScenarioFile:
    """Read a file of scenarios and the agreement that it names, found from the file's own folder; ``-`` reads standard input.

    ``figures`` is a file with the agreement's figures, in place of the one that it names. The files that it names lie beside or below it,
    or the folder that the command was started in; ``allow_outside`` reads others too.

    Raises AgreementError with every problem of either file.
    """
    name = str(file)
    tree = tree or read_tree(name, text)
    refuse_other(tree, FORMAT)
    folder = FilePath(name).parent if name != "-" else FilePath()
    roots = None if allow_outside else _roots(folder)
    base = _agreement(tree, folder, figures, roots)
    reading = _Reading(base, tree, folder, roots)
    stated = held(tree, Scenarios, reading.known, reading.faults, {"format": FORMAT})
    bounds = tuple(bounds_of(stated.expect, ("expect",), tree))
    return ScenarioFile(name, stated, tree, base, bounds, tuple(reading.scenarios), tuple(reading.uncertain))


def beside(folder: FilePath, name: str) -> str:
    """A file named in a file of that folder, ready to open; `a/../b` is shown as `b` where that is the same file."""
    path = folder / name
    short = os.path.normpath(path)
    with contextlib.suppress(OSError, ValueError):
        return short if path.samefile(short) else str(path)
    return str(path)


def _roots(folder: FilePath) -> tuple[str, ...]:
    """The folders that a file of scenarios may read from: its own and the one that the command was started in; of two that lie in one another the higher."""
    found = []
    for one in (folder, FilePath(os.curdir)):
        with contextlib.suppress(FileNotFoundError):  # the folder that one is in may be gone
            found.append(os.path.realpath(one))
    return tuple(one for one in dict.fromkeys(found) if not any(_holds(other, one) for other in found if other != one))


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _outside(folder: FilePath, name: str, roots: tuple[str, ...] | None) -> tuple[str, str] | None:
    """Why a file is not read that lies elsewhere, and what to do; nothing is said of whether it is there. None for ``roots`` are all folders."""
    try:
        path = os.path.realpath(folder / name)
    except (OSError, ValueError):
        return None  # it is refused when it is read
    if roots is None or any(_holds(root, path) for root in roots):
        return None
    text = f"`{cut(name)}` lies outside the folder that scenarios are read from: {' and '.join(roots)}"
    return text, "put it beside the scenarios or below them, start from a folder above both, or allow it with --allow-outside"


def _agreement(tree: Tree, folder: FilePath, figures: str | None, roots: tuple[str, ...] | None) -> Document:
    """The agreement that the scenarios are about."""
    named, place = tree.data.get("agreement"), tree.place(("agreement",))
    if not isinstance(named, str) or not named.strip():
        text = "`agreement` is missing" if "agreement" not in tree.data else "no agreement is named here"
        raise AgreementError([*tree.problems, Problem("missing", place, text, "write `agreement:` and the agreement's file")])
    if (outside := _outside(folder, named.strip(), roots)) is not None:
        raise AgreementError([*tree.problems, Problem("outside", place, *outside)])
    path = beside(folder, named.strip())
    if not os.path.isfile(path):
        remedy = f"the name is read from the folder of the scenarios: {path}"
        raise AgreementError([*tree.problems, Problem("unreadable", place, f"there is no agreement `{named.strip()}`", remedy)])
    return load(path, figures=figures)


def bounds_of(bounds: Bounds | None, at: Path, tree: Tree) -> Iterator[BoundAt]:
    """Each bound by its figure's path."""
    if bounds is None:
        return
    for figure in type(bounds).model_fields:
        if figure not in ("settled", "figures") and (bound := getattr(bounds, figure)) is not None:
            yield BoundAt("reserve.closing" if figure == "reserve" else f"totals.{figure}", bound, (*at, figure), tree)
    for party, bound in bounds.settled.items():
        yield BoundAt(f"parties.{party}.settled", bound, (*at, "settled", party), tree)
    for figure, bound in bounds.figures.items():
        yield BoundAt(figure, bound, (*at, figure), tree)


# --- what the agreement has for the paths that the file names ------------------------------------------------------------


class _Reading:
    """A file's scenarios and uncertain inputs held against the agreement: what they are, and on the way what no field can see alone."""

    def __init__(self, base: Document, tree: Tree, folder: FilePath, roots: tuple[str, ...] | None) -> None:
        self.base, self.tree, self.folder, self.roots = base, tree, folder, roots
        self.known = context(base.tree.data)
        self.scenarios: list[Stated] = []
        self.uncertain: list[Uncertain] = []

    def faults(self, stated: Scenarios) -> Iterator[Fault]:
        """Everything about the file as a whole that keeps it from being used."""
        for name, scenario in stated.scenarios.items():
            yield from self._scenario(name, scenario)
        for path, distribution in stated.uncertain.items():
            yield from self._input(path, distribution)

    def _scenario(self, name: str, scenario: Scenario) -> Iterator[Fault]:
        at: Path = ("scenarios", name)
        terms = beside(self.folder, scenario.terms) if scenario.terms is not None else None
        if scenario.terms is not None and (outside := _outside(self.folder, scenario.terms, self.roots)) is not None:
            yield Fault((*at, "terms"), "outside", *outside)
        elif terms is not None and os.path.isfile(terms):
            is_named(terms)
        elif terms is not None:
            remedy = f"the name is read from the folder of the scenarios: {terms}"
            yield Fault((*at, "terms"), "unreadable", f"there is no agreement `{scenario.terms}`", remedy)
        overrides = []
        for path, value in scenario.set.items():
            found = self._found(path, (*at, "set", path))
            if isinstance(found, Fault):
                yield found
                continue
            put = as_set(self.base.tree.data, found, value, path) if isinstance(value, str) else value
            if isinstance(put, Problem):
                yield Fault((*at, "set", path), put.code, put.text, put.remedy)
            else:
                overrides.append(Override(found, put, self.tree, (*at, "set", path)))
        bounds = tuple(bounds_of(scenario.expect, (*at, "expect"), self.tree))
        self.scenarios.append(Stated(name, scenario, tuple(overrides), terms, bounds))

    def _input(self, name: str, distribution: Distribution) -> Iterator[Fault]:
        at: Path = ("uncertain", name)
        path, parameters = self._found(name, at), distribution.parameters
        if isinstance(path, Fault):
            yield path
            return
        if isinstance(parameters, Expected):
            yield from self._expected(path, parameters, at)
            return
        kind = kind_at(path, _example(parameters))
        if kind is None:
            remedy = "name an amount, a share or a series' value"
            yield Fault(at, "not-a-number", f"`{name}` is not a number of the agreement", remedy, on_key=True)
            return
        values: dict[str, Fraction] = {}
        for parameter, quantity in _quantities(parameters):
            value = _value(quantity, kind, self.known, values.get("mean") if parameter == "sd" else None)
            if isinstance(value, str):
                yield Fault((*at, distribution.kind, parameter), "bad-parameter", value, _WANTED[kind.name])
            else:
                values[parameter] = value
        yield from _sensible(values, distribution.kind, (*at, distribution.kind))
        yield from self._takes(path, kind, next(iter(values.values()), None), at)
        drawn = None
        if isinstance(parameters, Drawn):
            if (outside := _outside(self.folder, parameters.file, self.roots)) is not None:
                yield Fault((*at, "drawn", "file"), "outside", *outside)
            drawn = (beside(self.folder, parameters.file), parameters.column)
            is_named(drawn[0])
        self.uncertain.append(Uncertain(path, kind, distribution.kind, values, drawn, self.tree.place(at, on_key=True)))

    def _expected(self, path: Path, stated: Expected, at: Path) -> Iterator[Fault]:
        """Around what is expected: the deviation is an amount, a part of that, or left to the months so far."""
        kind = kind_at(path)
        if kind is None or kind.name != "amount":
            yield Fault(
                at, "not-a-number", "what remains of a year is an amount", "name `years.YEAR.to_date.remaining.ACTIVITY`", on_key=True
            )
            return
        values: dict[str, Fraction] = {}
        if stated.sd is not None and stated.sd.unit == "%":
            values["part"] = stated.sd.number / 100
        elif stated.sd is not None:
            values["sd"] = stated.sd.number * ORE_PER[stated.sd.unit or self.known.unit] / ORE_PER[self.known.rounding]
        if any(value <= 0 for value in values.values()):
            text = "the standard deviation is not above 0"
            yield Fault((*at, "expected", "sd"), "bad-parameter", text, "write an amount or a percentage above 0, or `months`")
        self.uncertain.append(Uncertain(path, kind, "expected", values, None, self.tree.place(at, on_key=True)))

    def _found(self, name: str, at: Path) -> Path | Fault:
        """The path that a name of the file leads to in the agreement."""
        found = locate(self.base.tree.data, name, Place(""))
        if isinstance(found, Problem):
            return Fault(at, found.code, found.text, found.remedy, on_key=True)
        if found == ("figures",):
            text = "the ledger's figures are read before anything is set"
            return Fault(at, "figures", text, "name the years' amounts themselves", on_key=True)
        return found

    def _takes(self, path: Path, kind: Kind, value: Fraction | None, at: Path) -> Iterator[Fault]:
        """Whether the agreement can hold such a number at all: an activity that it does not have is found here."""
        if value_at(self.base.tree.data, path) is not None:
            return
        if value is None:
            yield Fault(at, "unknown-path", "nothing stands there in the agreement", "name a number that it states", on_key=True)
            return
        try:
            overlaid(self.base, [Override(path, spelled(kind, value, self.known.rounding), self.base.tree)])
        except AgreementError as error:
            problem = error.problems[0]
            yield Fault(at, problem.code, problem.text, problem.remedy, on_key=True)


_WANTED = {
    "amount": "write an amount, such as `46 000`; `sd` may be in per cent of the mean",
    "share": "write a share, such as `50 %`",
    "percent": "write a percentage, such as `3,7 %`",
    "number": "write a plain number; `sd` may be in per cent of the mean",
}


def _quantities(parameters: object) -> Iterator[tuple[str, Quantity]]:
    for name in ("mean", "sd", "min", "mode", "max"):
        if isinstance(quantity := getattr(parameters, name, None), Quantity):
            yield name, quantity


def _example(parameters: object) -> str:
    """Whether the parameters are percentages, for a path where an amount or a percentage may stand."""
    return "%" if any(quantity.unit == "%" for name, quantity in _quantities(parameters) if name != "sd") else ""


def _value(quantity: Quantity, kind: Kind, known: Context, mean: Fraction | None) -> Fraction | str:
    """A parameter in rounding units, or as a plain fraction; or what is wrong with it."""
    number = quantity.number
    match kind.name, quantity.unit:
        case "amount" | "number", "%" if mean is not None:
            return abs(mean) * number / 100
        case "amount", "%":
            return "a percentage stands where an amount should be"
        case "amount", unit:
            return number * ORE_PER[unit or known.unit] / ORE_PER[known.rounding]
        case "number", "%":
            return "a percentage stands where a plain number should be"
        case _, "%":
            return number / 100
        case wanted, str(unit):
            return f"an amount ({unit}) stands where a {wanted} should be"
        case "percent", _:
            return "a plain number stands where a percentage should be"
        case _:
            return number


def _sensible(values: Mapping[str, Fraction], distribution: str, at: Path) -> Iterator[Fault]:
    """Parameters that no such distribution has."""
    if values.get("sd", Fraction(1)) <= 0:
        yield Fault((*at, "sd"), "bad-parameter", "the standard deviation is not above 0", "write a number above 0")
    if distribution == "lognormal" and values.get("mean", Fraction(1)) <= 0:
        yield Fault((*at, "mean"), "bad-parameter", "a lognormal quantity has a mean above 0", "correct the mean, or choose `normal`")
    ordered = [name for name in ("min", "mode", "max") if name in values]
    for before, after in pairwise(ordered):
        if values[before] > values[after]:
            yield Fault((*at, after), "bad-parameter", f"`{after}` is less than `{before}`", "swap or correct them")
