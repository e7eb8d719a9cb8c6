"""Explanations: any figure derived step by step, down to the lines of its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from ..answers import explain as explaining
from ..model.panel import ROUNDINGS, UNITS, PanelDocument, PanelRounding, PanelUnit
from ..problems import OutputError
from ..source.arguments import a_year, listed, text, within
from ..source.evaluation import EvaluationDocument
from .files import Source, a_file, unchanged
from .formats import LANGS, Lang, Result, Unit, Way, one_of, unit_of, unit_of_amounts

if TYPE_CHECKING:
    from ..report.data.records import Records
    from ..report.derivation.telling import Telling
    from ..report.told.tables import Block, Outline
    from ..report.told.words import Words


MOST_LEVELS: Final = 10_000


class Explanation(Result):
    """Some figures with all that they rest on: every format of ``socsam explain``. A row is a step; amounts are in exact kronor.

    ``subject`` is the path that names the figures.
    """

    rows_called = "Steps"
    document: explaining.Explained
    subject: str
    language: Lang
    _found: explaining.Found
    _unit: Unit | None
    _depth: int | None

    def __init__(
        self,
        document: explaining.Explained,
        figure: str | None,
        year: int | None,
        unit: Unit | None,
        language: Lang,
        depth: int | None = None,
    ) -> None:
        if isinstance(document, PanelDocument):
            unit_of_amounts(unit, document.panel)
        found = explaining.explain(document, figure, year=year)
        self.__dict__.update(document=document, subject=found.subject, language=language, _found=found, _unit=unit, _depth=depth)

    @property
    def source(self) -> str:
        return self.document.file

    def __repr__(self) -> str:
        return f"<Explanation of {self.subject} in {self.document.file}>"

    def _told(self, words: Words | None = None, unit: str | None = None) -> Telling:
        from ..report.derivation.explanation import explained
        from ..report.told.words import Words

        return explained(self._found, words or Words(self.language), unit or self._unit, self._depth)

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block | Outline]:
        return (block for one in results for block in one._told(way.words, way.unit).blocks(hints=way.hints))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.json import write

        return (write(one._told().data()) + "\n" for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.records import Records
        from ..report.derivation.telling import step_records

        told = [one._told().data() for one in results]
        return step_records(told) if told else Records([], [])


def explain(
    file: Source | EvaluationDocument,
    figure: str | None = None,
    *,
    year: int | None = None,
    unit: Unit | None = None,
    lang: Lang = "en",
    settings: str | Sequence[str] = (),
    figures: str | Path | None = None,
    depth: int | None = None,
    country: str | None = None,
    panel_unit: PanelUnit | None = None,
    rounding: PanelRounding | None = None,
) -> Explanation:
    """Derive a figure of an agreement, of an evaluation or of an area in the norm of a panel: each step with its formula, its numbers, its rule and the rule's source.

    ``figure`` is its path in the JSON, lists by id (``2000.parties.kommun.settled``); a part of a path names all in it, and without it
    the whole ``year`` is told, or the last one that is settled; of an evaluation file, its total effect. In a
    panel (.csv or .xlsx) it begins with the base, ``fixed:1996.results.Storby.1998.result``; ``country``, ``panel_unit`` and ``rounding``
    are those of ``norm``. ``unit`` and ``lang`` are
    those of the texts; ``settings`` and ``figures`` are those of ``load``. With ``depth`` tables show so many levels of steps; data hold all. Raises AgreementError for a path that names nothing, with the nearest one, and for a figure that is not known.
    """
    one_of("lang", lang, LANGS)
    unit_of(unit)
    a_file(file)
    year = a_year("year", year)
    if depth is not None:
        within("depth", depth, 1, MOST_LEVELS)
    if figure is not None:
        text("figure", figure)
    if isinstance(file, (str, Path)):
        for name, value, allowed in (("panel_unit", panel_unit, UNITS), ("rounding", rounding, ROUNDINGS)):
            if value is not None:
                one_of(name, value, allowed)
        if country is not None:
            text("country", country)
        document = explaining.load_any(
            file, settings=listed("settings", settings), figures=figures, country=country, panel_unit=panel_unit, rounding=rounding
        )
        return Explanation(document, figure, year, unit, lang, depth)
    unchanged(file, settings, figures)
    if (country, panel_unit, rounding) != (None, None, None):
        raise OutputError(f"{file.file} is no panel\n   leave `country`, `panel_unit` and `rounding` out")
    return Explanation(file, figure, year, unit, lang, depth)
