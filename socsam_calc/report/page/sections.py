"""What a page tells of an agreement, section by section: the answer, all years, each year, what the rules find, and what it all rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Final, NamedTuple

from ...amounts import SPACE
from ...answers.check import check
from ...engine.results import Settlement, YearResult
from ...source.document import Document
from ..told.answer import one_year, who_ends_with_what, whole_period
from ..told.findings import Finding, findings, told_application, told_counts
from ..told.pen import ROLES, full_title
from ..told.settlement import Writer
from ..told.settlement_tables import Groups, over_the_years, overview, real_and_planned
from ..told.tables import Block, Cell, Lines, Table, chosen_columns
from .blocks import in_pieces, in_unit, of_gains, quoted
from .pictures import of_year, of_years
from .svg import Chart

_TILES: Final = {"final_frame": "final frame", "actual": "actual cost", "result": "result", "shared": "shared"}
_NOT_SHOWN: Final = ("standing", "kept")

Shown = tuple[Document, Settlement, Sequence[YearResult]]
"""An agreement, what it comes to, and the years of it that the page shows."""


class Tile(NamedTuple):
    """A figure that stands out."""

    label: str
    cell: Cell


class Section(NamedTuple):
    """A part of an agreement's report: the answer, a year, or what holds for all of them."""

    id: str
    title: str
    detail: str = ""
    tiles: Sequence[Tile] = ()
    lines: Sequence[Cell] = ()
    charts: Sequence[Chart] = ()
    blocks: Sequence[Block] = ()
    findings: Sequence[Finding] = ()
    year: YearResult | None = None

    @property
    def kind(self) -> str:
        """What the style sheet calls it."""
        return "year" if self.year else self.id.rpartition("-")[2]


class Report(NamedTuple):
    """One agreement's part of the page. ``standing`` says how far its years are closed."""

    id: str
    document: Document
    writer: Writer
    file: str
    title: str
    parties: Sequence[tuple[str, str]]
    period: str
    standing: str
    answer: str
    sections: Sequence[Section]

    @property
    def unit(self) -> str:
        """The unit of all its amounts."""
        return self.writer.scale.unit


def report_of(key: str, document: Document, writer: Writer, charts: Iterator[str], without: Collection[str]) -> Report:
    """An agreement's part of the page, before its figures are derived; ``charts`` gives the key of each chart."""
    agreement, words = writer.agreement, writer.words
    answer = whole_period(writer)
    sections = [_answer(key, document, writer, answer)]
    if len(writer.years) > 1:
        drawn = list(of_years(writer, charts)) if "charts" not in without else []
        blocks = [*_told(writer, *_overviews(writer)), *writer.unknown(writer.years)]
        sections.append(Section(f"{key}-years", words("Overview"), charts=drawn, blocks=blocks))
    sections += [_year(key, writer, year, charts if "charts" not in without else None) for year in writer.years]
    if "check" not in without:
        sections.append(_checked(key, document, writer))
    ending = _told(writer, *writer.expectations(writer.years), *writer.notes(writer.years))
    if ending:
        sections.append(Section(f"{key}-ending", words("What this rests on"), blocks=ending))
    parties = [(writer.name(name), words(ROLES[party.role])) for name, party in agreement.parties.items()]
    period = f"{agreement.period.start} – {agreement.period.end or ''}".rstrip().replace(" ", SPACE)
    file = PurePath(document.file).name  # not the folders that it lies in
    return Report(key, document, writer, file, full_title(agreement), parties, period, _standing(writer), answer, sections)


def _told(writer: Writer, *blocks: Block) -> list[Block]:
    """Blocks as the page shows them."""
    shown = (quoted(of_gains(piece), writer.words) for block in blocks for piece in in_pieces(in_unit(block, writer.scale.unit)))
    return list(shown)


def _standing(writer: Writer) -> str:
    """How far the years are closed: years that follow each other and are alike, together."""
    found = []
    for status, held in groupby(writer.years, key=lambda year: year.status):
        years = [year.year for year in held]
        found.append(f"{years[0]}–{years[-1]} {writer.words(status)}" if len(years) > 1 else f"{years[0]} {writer.words(status)}")
    return ", ".join(found)


def _answer(key: str, document: Document, writer: Writer, answer: str) -> Section:
    """What came of it, in one sentence for the whole period and one for each year; what each ends with; and what that rests on."""
    words = writer.words
    blocks: list[Block] = []
    if (table := who_ends_with_what(writer)) is not None and (len(writer.years) > 1 or len(table.rows) > 2):
        blocks.append(table)
    if len(writer.years) > 1:
        blocks.append(Lines(words("Year by year"), [Cell(one_year(writer, year)) for year in writer.years]))
    if document.changes:
        blocks.append(Lines(words("What is set"), [Cell(f"{path} = {value}") for path, value in document.changes]))
    told = _told(writer, *blocks, *writer.assumptions())
    return Section(f"{key}-answer", words("In short"), lines=[Cell(answer)], blocks=told)


def _overviews(writer: Writer) -> Iterator[Table]:
    """A line for each year that is more than a plan, and their sum; the plans below them in a table of their own."""
    words = writer.words
    real, plans = real_and_planned(writer)
    for years, title in ((real, words("Years")), (plans, words("Plans"))):
        if years:
            whole = overview(writer, Groups.none(writer), years)
            shown = chosen_columns(whole, [at for at, column in enumerate(whole.columns) if column.key not in _NOT_SHOWN], title)
            yield over_the_years(shown, words, "year") if years is real and len(years) > 1 else shown


def _checked(key: str, document: Document, writer: Writer) -> Section:
    """What the rules find, as sentences. Raises AgreementError where the file ignores a rule that does not exist."""
    words = writer.words
    checked = check(document, years={year.year for year in writer.years})
    every = findings(checked, words, writer.scale.unit)
    told = [one for one in every if not one.ignored]
    lines = [Cell(line) for line in told_counts(checked, told, words)]
    blocks: list[Block] = []
    if ignored := [Cell(f"{one.title}: {one.because}") for one in every if one.ignored]:
        blocks.append(Lines(words("Ignored"), ignored))
    if checked.application:
        blocks.append(told_application(checked, words))
    return Section(f"{key}-check", words("Check"), lines=lines, blocks=_told(writer, *blocks), findings=told)


def _year(key: str, writer: Writer, year: YearResult, charts: Iterator[str] | None) -> Section:
    tiles = [
        Tile(
            writer.words(label),
            (writer.plain if figure in ("final_frame", "actual") else writer.signed)(
                year.totals.units(figure), f"{year.year}.totals.{figure}"
            ),
        )
        for figure, label in _TILES.items()
        if year.totals.units(figure) is not None
    ]
    lines, drawn = writer.summary(year).lines, [] if charts is None else list(of_year(writer, year, charts))
    blocks = _told(writer, *writer.figures(year))
    return Section(f"{key}-{year.year}", str(year.year), writer.standing(year).lstrip(", "), tiles, lines, drawn, blocks, year=year)
