"""Explain a document: what a path names, derived down to the lines of the file; figures of an agreement, an evaluation or a norm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, assert_never

from ..engine.results import Settlement, YearResult
from ..engine.steps import Money, Step
from ..engine.values import known_figures
from ..model.evaluation import FORMAT as EVALUATION
from ..model.panel import PanelDocument, PanelRounding
from ..problems import AgreementError, Place, Problem
from ..source.document import Document, bytes_of, read_tree, text_of
from ..source.evaluation import EvaluationDocument, load_evaluation
from ..source.loader import load
from ..source.yaml import decode
from .evaluate import Effect, effect_of
from .evaluate import figures as figures_of_effect
from .paths import remedy_for, under
from .settle import no_such_year, settle

_TABLES: Final = (".csv", ".xlsx")


class OfYear(NamedTuple):
    """Figures of an agreement's year, by their path; ``subject`` names them all. A Step leads to all that it rests on."""

    document: Document
    settlement: Settlement
    year: YearResult
    figures: Mapping[str, Money]
    subject: str


class OfEvaluation(NamedTuple):
    """Figures of an evaluation, by their path; ``subject`` names them all."""

    document: EvaluationDocument
    effect: Effect
    figures: Mapping[str, Step[Any]]
    subject: str


class OfNorm(NamedTuple):
    """Figures of the areas of a panel by one base, by their path; ``subject`` names them all."""

    document: PanelDocument
    figures: Mapping[str, Step[Any]]
    subject: str


Found = OfYear | OfEvaluation | OfNorm


Explained = Document | EvaluationDocument | PanelDocument
"""What can be explained."""


def load_any(
    file: str | Path,
    *,
    settings: Sequence[str] = (),
    figures: str | Path | None = None,
    country: str | None = None,
    panel_unit: str | None = None,
    rounding: PanelRounding | None = None,
) -> Explained:
    """The file, whichever of the formats it states; a table is a panel, which ``country``, ``panel_unit`` and ``rounding`` are about.

    Raises AgreementError with its problems.
    """
    name = str(file)
    stated = [f"--set {setting}" for setting in settings[:1]] + ([] if figures is None else [f"--figures {figures}"])
    raw, table = _stream() if name == "-" else (None, name.lower().endswith(_TABLES))
    if table:
        from ..source.panel import load_panel_document

        _refuse(stated, "a panel is explained as its file stands", "change the file, and leave the option out")
        return load_panel_document(name, country=country, unit=panel_unit, rounding=rounding, raw=raw)
    of_panel = {"--country": country, "--panel-unit": panel_unit, "--rounding": rounding}
    _refuse([f"{option} {value}" for option, value in of_panel.items() if value is not None], "it is about a panel, .csv or .xlsx, and this is none", "leave it out")  # fmt: skip
    text = text_of(name) if raw is None else decode(raw, name)
    try:
        return load(name, settings=settings, figures=figures, text=text)
    except AgreementError as error:
        if error.problems[0].code != "other-format" or read_tree(name, text).data["format"] != EVALUATION:
            raise
    document = load_evaluation(name, text=text)
    _refuse(stated, "an evaluation is explained as its file stands", "change the file, and leave the option out")
    return document


def _refuse(options: Sequence[str], text: str, remedy: str) -> None:
    """Raise AgreementError where one of the options is given."""
    if options:
        raise AgreementError([Problem("no-settings", Place(option), text, remedy) for option in options])


def explain(document: Explained, figure: str | None = None, *, year: int | None = None) -> Found:
    """A figure, all in a part of a path, or a whole year; of an evaluation, its total effect by default: each a Step, to be told.

    Of a panel a path begins with the base of the norm: ``fixed:1996.results.Storby.1998.result``.

    ``figure`` is its path in the JSON, lists by id: ``2000.parties.kommun.settled``; without its year it is one of ``year``, or of the
    last year that is settled. Raises AgreementError for a path that names nothing, and for a figure that is not known.
    """
    if isinstance(document, EvaluationDocument):
        return _of_evaluation(document, figure, year)
    if isinstance(document, PanelDocument):
        from .norm.explained import figures_at

        return OfNorm(document, *figures_at(document.panel, figure, year))
    settlement = settle(document)
    told = _year(document, settlement, figure, year)
    path = _path(figure, told.year)
    return OfYear(document, settlement, told, _figures(settlement, path), path)


def _of_evaluation(document: EvaluationDocument, figure: str | None, year: int | None) -> OfEvaluation:
    """The evaluation effect, or another figure of it."""
    if year is not None:
        remedy = "name the year in the path, such as `years_total.1998.effect`"
        raise AgreementError.of("no-year", Place(f"--year {year}"), "an evaluation is explained over all its years", remedy)
    effect = effect_of(document)
    path = figure.strip(".") if figure and figure.strip(".") else "total.effect"
    known = figures_of_effect(effect)
    named = under(path, list(known))
    if not named:
        raise AgreementError.of("unknown-figure", Place(path), "there is no such figure", remedy_for(path, list(known)))
    return OfEvaluation(document, effect, {one: known[one] for one in named}, path)


def known_paths(document: Explained) -> Iterable[str]:
    """The path of every figure that can be asked for."""
    match document:
        case Document():
            return known_figures(settle(document))
        case EvaluationDocument():
            return figures_of_effect(effect_of(document))
        case PanelDocument(panel, _):
            from .norm.explained import known_paths as paths_of_norm

            return paths_of_norm(panel)
        case _:
            assert_never(document)


def _stream() -> tuple[bytes, bool]:
    """Standard input, and whether it is a panel."""
    from ..source.panel import LARGEST_PANEL, is_panel

    raw = bytes_of("-", LARGEST_PANEL)
    return raw, is_panel(raw)


def _path(figure: str | None, year: int) -> str:
    """The path asked for, with its year."""
    if figure is None or not figure.strip("."):
        return str(year)
    return figure if re.match(r"[0-9]{4}(\.|$)", figure) else f"{year}.{figure}"


def _year(document: Document, settlement: Settlement, figure: str | None, year: int | None) -> YearResult:
    """The year that is meant: that of the path, or of `--year`, or the last one settled. Raises AgreementError where there is none."""
    stated = re.match(r"([0-9]{4})(\.|$)", figure or "")
    if stated and year is not None and int(stated[1]) != year:
        text = f"the figure `{figure}` is one of {stated[1]}"
        raise AgreementError.of("two-years", Place(f"--year {year}"), text, "leave one of them out")
    wanted = int(stated[1]) if stated else year
    if wanted is None:
        settled = [one for one in settlement.years if one.settled]
        return (settled or settlement.years)[-1]
    for one in settlement.years:
        if one.year == wanted:
            return one
    raise AgreementError([no_such_year(document, wanted)])


def _figures(settlement: Settlement, path: str) -> Mapping[str, Money]:
    """The figures that a path names. Raises AgreementError where there are none, or they are not known."""
    known = known_figures(settlement)
    named = {one: known[one] for one in under(path, list(known))}
    if told := {one: step for one, step in named.items() if step is not None}:
        return told
    place = Place(path)
    if named:
        text = f"{'it is' if path in named else 'its figures are'} not known"
        raise AgreementError.of("not-known", place, text, _why(settlement, path))
    if re.fullmatch(r"[0-9]{4}\.payments", path):
        text = "nobody pays anybody in this year, so there is nothing to derive"
        raise AgreementError.of("no-payments", place, text, "`carried` and `transfer` of a party say why")
    raise AgreementError.of("unknown-figure", place, "there is no such figure", remedy_for(path, list(known)))


def _why(settlement: Settlement, path: str) -> str:
    year = settlement.year(int(path.partition(".")[0]))
    if not year.settled:
        return f"{year.year} is a budget: only its frame is computed until the costs are given"
    needed = "the frame or the costs by activity" if year.totals.units("final_frame") is None else "the costs by activity"
    return f"of {year.year} only the total result is given: what needs {needed} is not computed"
