"""What a path names in the norm of a panel, as `socsam explain` asks for it: figures of its areas, by one base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ...engine.steps import Step
from ...model.panel import Panel
from ...problems import AgreementError, OutputError, Place, nearest, spans
from ..paths import remedy_for, under
from .bases import ALL, every_base, read_bases
from .norm import norm
from .steps import figures, paths

_OVER_AREAS: Final = ("compared", "together", "years", "spearman")
"""What `socsam norm` tells of a base beside its areas, as the JSON names it."""


def known_paths(panel: Panel) -> Iterator[str]:
    """The path of every figure that can be asked for."""
    bases = norm(panel, [f"fixed:{panel.years[0]}", "all"]).bases
    return (path for base in bases for path in paths(base))


def figures_at(panel: Panel, figure: str | None, year: int | None) -> tuple[dict[str, Step[Any]], str]:
    """The figures that a path names, by their path in full, and what names them all. The path begins with the base of the norm.

    Raises AgreementError for a path that names nothing, for a figure that is not known, and for a ``year`` beside the path.
    """
    path = (figure or "").strip(".")
    bases = [*(f"fixed:{one}" for one in panel.years[:-1]), *(one.name for one in every_base(panel.years))]
    example = f"{bases[0]}.results.{next(iter(panel.costs))}.{panel.years[-1]}.result"
    if year is not None:
        text, remedy = "a norm is explained figure by figure", f"name the year in the path, such as `{example}`"
        raise AgreementError.of("no-year", Place(f"--year {year}"), text, remedy)
    if not path:
        text = "a panel has a norm for each base, and in it figures of every area: none is named"
        raise AgreementError.of("unknown-figure", Place(panel.file), text, f"name one, such as `{example}`")
    name = path.partition(".")[0]
    try:
        [base] = read_bases([name])
    except OutputError:
        base = ALL
    if isinstance(base, str):
        near = nearest(name, bases)
        remedy = f"did you mean `{'.'.join([near, *path.split('.')[1:]])}`?" if near else f"begin with a base, such as `{example}`"
        raise AgreementError.of("unknown-figure", Place(path), f"`{name}` is no base", remedy)
    [found] = norm(panel, [name]).bases
    path = ".".join([found.name, *path.split(".")[1:]])
    known = figures(panel, found)
    if named := under(path, list(known)):
        return {one: known[one] for one in named}, path
    for left in found.left_out:
        for lacking in left.years:
            if f"{path}.".startswith(f"{found.name}.results.{left.area}.{lacking}."):
                whose = "the country" if left.country else left.area
                text = f"it is not known: {whose} has no cost in {spans(left.lacking)}"
                raise AgreementError.of("not-known", Place(path), text, "choose another base, or another year")
    raise AgreementError.of("unknown-figure", Place(path), *_why_none(panel, found.name, list(found.years), path, list(known)))


def _why_none(panel: Panel, base: str, years: Sequence[int], path: str, known: list[str]) -> tuple[str, str]:
    """Why a ``base`` that settles these ``years`` has no such figure, and what to do."""
    section, _, within = path.removeprefix(base).strip(".").partition(".")
    if panel.country is not None and f"{within}.".startswith(f"{panel.country}."):
        return (
            f"{panel.country} is the country, whose costs are the norm: it has no result of its own",
            "name one of its areas",
        )
    for area in panel.costs:
        year = within.removeprefix(f"{area}.").partition(".")[0]
        if section == "results" and f"{within}.".startswith(f"{area}.") and year.isdecimal() and int(year) in {*panel.years} - {*years}:
            return f"{base} settles no {year}", f"it settles {spans(years)}"
    if section and section in _OVER_AREAS:
        return (
            "figures over all areas are not derived, those of an area are",
            "`socsam norm` has them; every area's share in them stands in `results`",
        )
    return "there is no such figure", remedy_for(path, known)
