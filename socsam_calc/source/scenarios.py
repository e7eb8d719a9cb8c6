"""Load a file of scenarios: the agreement that it names, what each scenario sets, its bounds, and its uncertain inputs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from ..model.reading import Context
from ..model.scenarios import FORMAT, Bound, Bounds, Drawn, Quantity, Scenario, Scenarios
from ..money import ORE_PER
from ..problems import AgreementError, Fault, Path, Place, Problem
from .kinds import Kind, kind_at, spelled
from .loader import Document, context, in_order, load, read_tree, refuse_other
from .overlay import Override, locate, overlaid
from .settings import keys
from .validation import validate
from .yaml import Tree


class BoundAt(NamedTuple):
    """A bound of a figure, and where it stands. ``figure`` is a whole path, or one without its year: that of the last year."""

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
    terms_place: Place
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


def load_scenarios(file: str | FilePath, *, text: str | None = None, tree: Tree | None = None, figures: str | None = None) -> ScenarioFile:
    """Read a file of scenarios and the agreement that it names, found from the file's own folder; ``-`` reads standard input.

    ``figures`` is a file with the agreement's figures, in place of the one that it names.

    Raises AgreementError with every problem of either file.
    """
    name = str(file)
    tree = tree or read_tree(name, text)
    refuse_other(tree, FORMAT)
    folder = FilePath(name).parent if name != "-" else FilePath()
    base = _agreement(tree, folder, figures)
    known = context(base.tree.data)
    stated, problems = validate(tree, Scenarios, known, lambda made: _faults(made, base, known, folder), {"format": FORMAT})
    problems = [*tree.problems, *problems]
    if problems or stated is None:
        raise AgreementError(in_order(problems, name))
    scenarios = tuple(_stated(one, scenario, tree, base, folder) for one, scenario in stated.scenarios.items())
    uncertain = tuple(_uncertain(stated, base, tree, folder))
    return ScenarioFile(name, stated, tree, base, tuple(bounds_of(stated.expect, ("expect",), tree)), scenarios, uncertain)


def beside(folder: FilePath, name: str) -> str:
    """A file named in a file of that folder, ready to open; `a/../b` is shown as `b` where that is the same file."""
    path = folder / name
    short = os.path.normpath(path)
    with contextlib.suppress(OSError, ValueError):
        return short if path.samefile(short) else str(path)
    return str(path)


def _agreement(tree: Tree, folder: FilePath, figures: str | None) -> Document:
    """The agreement that the scenarios are about."""
    named = tree.data.get("agreement")
    if not isinstance(named, str) or not named.strip():
        text = "`agreement` is missing" if "agreement" not in tree.data else "no agreement is named here"
        raise AgreementError(
            [*tree.problems, Problem("missing", tree.place(("agreement",)), text, "write `agreement:` and the agreement's file")]
        )
    path = beside(folder, named.strip())
    if not os.path.isfile(path):
        place = tree.place(("agreement",))
        remedy = f"the name is read from the folder of the scenarios: {path}"
        raise AgreementError([*tree.problems, Problem("unreadable", place, f"there is no agreement `{named.strip()}`", remedy)])
    return load(path, figures=figures)


def bounds_of(bounds: Bounds | None, at: Path, tree: Tree) -> Iterator[BoundAt]:
    """Each bound by its figure's path."""
    if bounds is None:
        return
    for figure in type(bounds).model_fields:
        if figure not in ("settled", "figures") and (bound := getattr(bounds, figure)) is not None:
            yield BoundAt(f"totals.{figure}", bound, (*at, figure), tree)
    for party, bound in bounds.settled.items():
        yield BoundAt(f"parties.{party}.settled", bound, (*at, "settled", party), tree)
    for figure, bound in bounds.figures.items():
        yield BoundAt(figure, bound, (*at, figure), tree)


def _stated(name: str, scenario: Scenario, tree: Tree, base: Document, folder: FilePath) -> Stated:
    at: Path = ("scenarios", name)
    overrides = []
    for path, value in scenario.set.items():
        found = locate(base.tree.data, keys(path), tree.place((*at, "set", path), on_key=True))
        assert not isinstance(found, Problem), "refused with the file's other problems"
        overrides.append(Override(found, value, tree, (*at, "set", path)))
    terms = beside(folder, scenario.terms) if scenario.terms is not None else None
    bounds = tuple(bounds_of(scenario.expect, (*at, "expect"), tree))
    return Stated(name, scenario, tuple(overrides), terms, tree.place((*at, "terms")), bounds)


# --- what no field can see alone ---------------------------------------------------------------------------------------


def _faults(stated: Scenarios, base: Document, known: Context, folder: FilePath) -> Iterator[Fault]:
    for name, scenario in stated.scenarios.items():
        if scenario.terms is not None and not os.path.isfile(path := beside(folder, scenario.terms)):
            remedy = f"the name is read from the folder of the scenarios: {path}"
            yield Fault(("scenarios", name, "terms"), "unreadable", f"there is no agreement `{scenario.terms}`", remedy)
        for path in scenario.set:
            yield from _found(base, path, ("scenarios", name, "set", path))
    for path, distribution in stated.uncertain.items():
        at: Path = ("uncertain", path)
        missing = list(_found(base, path, at))
        yield from missing
        if missing:
            continue
        kind = kind_at(_path(base, path), _example(distribution.parameters))
        if kind is None:
            yield Fault(
                at, "not-a-number", f"`{path}` is not a number of the agreement", "name an amount, a share or a series' value", on_key=True
            )
            continue
        values: dict[str, Fraction] = {}
        for name, quantity in _quantities(distribution.parameters):
            value = _value(quantity, kind, known, values.get("mean") if name == "sd" else None)
            if isinstance(value, str):
                yield Fault((*at, distribution.kind, name), "bad-parameter", value, _WANTED[kind.name])
            else:
                values[name] = value
        yield from _sensible(values, distribution.kind, (*at, distribution.kind))
        yield from _takes(base, _path(base, path), kind, next(iter(values.values()), None), known, at)


def _takes(base: Document, path: Path, kind: Kind, value: Fraction | None, known: Context, at: Path) -> Iterator[Fault]:
    """Whether the agreement can hold such a number at all: an activity that it does not have is found here."""
    here: Any = base.tree.data
    for step in path:
        here = here[step] if isinstance(here, list) and isinstance(step, int) else here.get(step) if isinstance(here, dict) else None
    if here is not None:
        return
    if value is None:
        yield Fault(at, "unknown-path", "nothing stands there in the agreement", "name a number that it states", on_key=True)
        return
    try:
        overlaid(base, [Override(path, spelled(kind, value, known.rounding), base.tree)])
    except AgreementError as error:
        problem = error.problems[0]
        yield Fault(at, problem.code, problem.text, problem.remedy, on_key=True)


_WANTED = {
    "amount": "write an amount, such as `46 000`; `sd` may be in per cent of the mean",
    "share": "write a share, such as `50 %`",
    "percent": "write a percentage, such as `3,7 %`",
    "number": "write a plain number; `sd` may be in per cent of the mean",
}


def _found(base: Document, path: str, at: Path) -> Iterator[Fault]:
    found = locate(base.tree.data, keys(path), Place(""))
    if isinstance(found, Problem):
        yield Fault(at, found.code, found.text, found.remedy, on_key=True)
    elif found == ("figures",):
        yield Fault(
            at, "figures", "the ledger's figures are read before anything is set", "name the years' amounts themselves", on_key=True
        )


def _path(base: Document, path: str) -> Path:
    found = locate(base.tree.data, keys(path), Place(""))
    assert not isinstance(found, Problem)
    return found


def _quantities(parameters: object) -> Iterator[tuple[str, Quantity]]:
    for name in ("mean", "sd", "min", "mode", "max"):
        if isinstance(quantity := getattr(parameters, name, None), Quantity):
            yield name, quantity


def _example(parameters: object) -> str:
    """Whether the parameters are percentages, for a path where an amount or a percentage may stand."""
    return "%" if any(quantity.unit == "%" for name, quantity in _quantities(parameters) if name != "sd") else ""


def _value(quantity: Quantity, kind: Kind, known: Context, mean: Fraction | None) -> Fraction | str:
    """A parameter in rounding units, or as a plain fraction; or what is wrong with it."""
    number, unit = quantity
    if unit == "%" and mean is not None and kind.name in ("amount", "number"):
        return abs(mean) * number / 100
    if kind.name == "amount":
        if unit == "%":
            return "a percentage stands where an amount should be"
        return number * ORE_PER[unit or known.unit] / ORE_PER[known.rounding]
    if unit is not None and unit != "%":
        return f"an amount ({unit}) stands where a {kind.name} should be"
    if unit == "%":
        return "a percentage stands where a plain number should be" if kind.name == "number" else number / 100
    return "a plain number stands where a percentage should be" if kind.name == "percent" else number


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


def _uncertain(stated: Scenarios, base: Document, tree: Tree, folder: FilePath) -> Iterator[Uncertain]:
    known = context(base.tree.data)
    for name, distribution in stated.uncertain.items():
        path, parameters = _path(base, name), distribution.parameters
        kind = kind_at(path, _example(parameters))
        assert kind is not None, "refused with the file's other problems"
        values: dict[str, Fraction] = {}
        for parameter, quantity in _quantities(parameters):
            value = _value(quantity, kind, known, values.get("mean") if parameter == "sd" else None)
            assert not isinstance(value, str), "refused with the file's other problems"
            values[parameter] = value
        drawn = (beside(folder, parameters.file), parameters.column) if isinstance(parameters, Drawn) else None
        yield Uncertain(path, kind, distribution.kind, values, drawn, tree.place(("uncertain", name), on_key=True))
