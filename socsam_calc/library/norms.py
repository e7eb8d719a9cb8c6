"""The norm: what frames by the country's cost development would have given all its areas. Luck needs NumPy, which is loaded when it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from ..answers.norm import norm as derived
from ..answers.norm.bases import read_bases
from ..answers.norm.luck import GROUPS, Drawn
from ..model.panel import ROUNDINGS, UNITS, PanelRounding, PanelUnit
from ..problems import OutputError
from ..source.arguments import called, listed, named, text, within
from ..source.panel import load_panel
from .files import Source, loaded
from .formats import OfOwnFormat, Way, one_of
from .scenarios import LARGEST_SEED, MOST_WORKERS, refuse_both

if TYPE_CHECKING:
    from ..answers.norm.terms import Applied
    from ..report.data.norm import Case
    from ..report.data.records import Records
    from ..report.page.svg import Chart
    from ..report.told.tables import Block, Outline

MOST_DRAWS, MOST_GROUPS = 1_000_000, 1_000


@dataclass(frozen=True, repr=False)
class Norm(derived.Norm, OfOwnFormat):
    """The norm of a panel by several bases: every format of ``socsam norm``.

    ``base("fixed:1996")`` is one of them, ``.area("Storby")`` an area of it; amounts count ``panel.rounding``, exactly, + a surplus and − a
    deficit. ``luck`` and ``terms`` are None unless asked for. A row is one of `areas` (each base, each area), `years` (each year of it),
    `bases` (what is told of each) or `terms` (what each role is settled).
    """

    row_kinds = ("areas", "years", "bases", "terms")

    luck: Drawn | None = None
    terms: Applied | None = None
    shown_area: str | None = None

    @property
    def source(self) -> str:
        return self.panel.file

    def __repr__(self) -> str:
        return f"<Norm of {self.panel.file}: {len(self.panel.costs)} areas, {', '.join(base.name for base in self.bases)}>"

    @property
    def _case(self) -> Case:
        from ..report.data.norm import Case

        return Case(self, self.luck, self.terms)

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block | Outline]:
        from ..report.told.norm import report

        return (block for one in results for block in report(one._case, way.words, way.unit, one.shown_area, hints=way.hints))

    @classmethod
    def _charts(cls, results: Sequence[Self], way: Way) -> Iterable[Chart]:
        """Those of a page."""
        from ..report.page.norm import of_norm

        return (chart for one in results if one.shown_area is None for chart in of_norm(one._case, way.words))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.norm import document

        return (document(one._case) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.norm import norm_records

        return norm_records([one._case for one in results], kind)

    @classmethod
    def _own_format(cls, results: Iterable[Self], way: Way) -> Iterator[tuple[str, str]]:
        """A page of HTML."""
        from ..report.page.norm import render
        from ..report.told.made import made

        for one in results:
            yield render(one._case, way.words, way.unit, one.shown_area, made=made()), ""


def norm(
    panel: str | Path,
    *,
    base: str | Sequence[str] = "all",
    country: str | None = None,
    panel_unit: PanelUnit | None = None,
    rounding: PanelRounding | None = None,
    years: str | None = None,
    area: str | None = None,
    draws: int | None = None,
    seed: int = 1,
    groups: int = GROUPS,
    workers: int = 1,
    dask: str | None = None,
    agreement: Source | None = None,
    activity: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Norm:
    """What frames by the country's cost development would have given every area of a panel (CSV or .xlsx), by one base or several.

    ``base`` is `fixed:1996`, `moving`, `mean:3`, `mean:1994-1996` or `all`; ``country`` names the row of the country, which is the sum of
    the areas without it; ``panel_unit`` is the costs' unit, `index` for what is no money; ``years`` (`1999-2000`) narrows what is compared;
    ``area`` is told in full. ``draws`` asks for luck, drawn with ``seed`` among areas in ``groups`` of about one size, in ``workers``
    processes or by a ``dask`` scheduler. The terms of an ``agreement`` are applied to all areas, by the row of its ``activity``.

    + is a surplus, − a deficit. Raises AgreementError where the panel is bad, a base settles nobody or the panel is too small for luck,
    OutputError for an argument that makes no sense or where NumPy is missing.
    """
    named("panel", panel)
    found = derive(
        str(panel),
        base=listed("base", base),
        country=country,
        panel_unit=None if panel_unit is None else _one("panel_unit", panel_unit, UNITS),
        rounding=None if rounding is None else _rounding(rounding),
        years=years,
        area=area,
    )
    if draws is not None:
        found = with_luck(
            found,
            draws=within("draws", draws, 1, MOST_DRAWS),
            seed=within("seed", seed, 0, LARGEST_SEED),
            groups=within("groups", groups, 1, MOST_GROUPS),
            workers=within("workers", workers, 1, MOST_WORKERS),
            dask=dask,
            progress=progress,
        )
    return with_terms(found, agreement, activity)


def derive(
    panel: str,
    *,
    base: Sequence[str] = ("all",),
    country: str | None = None,
    panel_unit: str | None = None,
    rounding: PanelRounding | None = None,
    years: str | None = None,
    area: str | None = None,
) -> Norm:
    """The norm of a panel, without luck and terms. Raises as ``norm`` does."""
    for name, value in (("country", country), ("years", years), ("area", area)):
        if value is not None:
            text(name, value)
    span = None if years is None else derived.read_span(years)
    read_bases(base)  # what is no base is said before a large panel is read
    read = load_panel(panel, country=country, unit=panel_unit, rounding=rounding)
    known = None if area is None else derived.known_area(read, area)
    found = derived.norm(read, base, span)
    return Norm(**{field.name: getattr(found, field.name) for field in fields(found)}, shown_area=known)


def with_luck(
    found: Norm,
    *,
    draws: int,
    seed: int,
    groups: int,
    workers: int,
    dask: str | None,
    progress: Callable[[int], None] | None = None,
    listening: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Norm:
    """The same, with its luck; it may be ended while it is ``listening``. Raises OutputError where NumPy is missing, SocsamError where Dask is missing or does not answer."""
    if dask is not None:
        text("dask", dask)
    if progress is not None:
        called("progress", progress)
    refuse_both(workers, dask)
    try:
        from ..answers.norm.drawing import draw
        from ..answers.simulation.simulate import pool_for
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != "numpy":
            raise
        raise OutputError("socsam norm --draws needs NumPy\n   pip install 'socsam-calc[scale]'") from None
    with closing(pool_for(workers, dask, listening)) as pool:
        luck = draw(found, draws, seed, groups, pool, progress or _nobody)
    return _with(found, luck=luck)


def _nobody(done: int) -> None:
    """Nobody asks how far it is."""


def with_terms(found: Norm, agreement: Source | None, activity: str | None) -> Norm:
    """The same, with the terms of an agreement applied to every area. Raises OutputError where one of the two is missing."""
    if agreement is None and activity is None:
        return found
    if agreement is None or activity is None:
        missing = "--activity" if activity is None else "--agreement"
        raise OutputError(
            f"{missing} is missing: an agreement's terms are applied by one of its rows\n   give --agreement FILE --activity ID"
        )
    from ..answers.norm.terms import apply

    text("activity", activity)
    return _with(found, terms=apply(found, loaded(str(agreement) if isinstance(agreement, Path) else agreement), activity))


def _with(found: Norm, *, luck: Drawn | None = None, terms: Applied | None = None) -> Norm:
    held = {field.name: getattr(found, field.name) for field in fields(found)}
    return Norm(**{**held, "luck": luck or found.luck, "terms": terms or found.terms})


def _one(name: str, value: str, allowed: Sequence[str]) -> str:
    return one_of(name, value, allowed)


def _rounding(value: str) -> Literal["öre", "kr", "tkr", "mkr"]:
    found = one_of("rounding", value, ROUNDINGS)
    return next(one for one in ROUNDINGS if one == found)
