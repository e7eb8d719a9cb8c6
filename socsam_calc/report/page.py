"""Settlements as one page of HTML that holds everything it needs: no network, no script."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from ..checking import check
from ..engine.results import Settlement, YearResult
from ..problems import OutputError
from ..source.loader import Document
from .charts import Chart, settings
from .comparison import comparison
from .findings import findings_report
from .folded import Cited, Derivations, Step, derived
from .numbers import DASH, SPACE
from .pen import ROLES
from .pictures import of_year, of_years
from .settlement import Writer
from .svg import CLASSES
from .tables import Block, Cell, Heading, Lines, Table, pieces
from .terminal import printable
from .words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

_WRAPPED: Final = 24  # letters of a text before it is wrapped
_BETWEEN: Final = 2
_WIDEST: Final = 150  # letters of a line that a sheet of paper lying down holds at 8 points
INSTALL: Final = "pip install 'socsam-calc[report]'"
_TILES: Final = {"final_frame": "final frame", "actual": "actual cost", "result": "result", "shared": "shared"}


Shown = tuple[Document, Settlement, Sequence[YearResult]]
"""An agreement, what it comes to, and the years of it that the page shows."""


class Tile(NamedTuple):
    """A figure that stands out."""

    label: str
    cell: Cell


class Section(NamedTuple):
    """A part of an agreement's report: a year, or what holds for all of them."""

    id: str
    title: str
    detail: str
    tiles: Sequence[Tile]
    lines: Sequence[Cell]
    charts: Sequence[Chart]
    blocks: Sequence[Block]
    is_year: bool = False
    derivations: Derivations | None = None

    @property
    def shown(self) -> frozenset[str]:
        """The paths of the figures that its tiles and tables show."""
        cells = [tile.cell for tile in self.tiles] + [cell for block in self.blocks for cell in _cells(block)]
        return frozenset(path for cell in cells for path in cell.figure.split())


class First:
    """Says of an id whether it is asked for the first time: only there may it stand in the page."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def __call__(self, id_: str) -> bool:
        met = id_ in self._met
        self._met.add(id_)
        return not met


class Report(NamedTuple):
    """One agreement's part of the page."""

    id: str
    document: Document
    writer: Writer
    file: str
    title: str
    parties: Sequence[tuple[str, str]]
    period: str
    sections: Sequence[Section]
    own: Mapping[str, Step] = {}
    first: First | None = None
    legend: Sequence[str] = ()

    @property
    def unit(self) -> str:
        """The unit of all its amounts."""
        return self.writer.scale.unit


LARGEST: Final = 1_000_000
"""How many bytes a page may have before derivations are left out of it, the oldest years' first, and charts after them; tables never are."""


def render(settled: Iterable[Shown], words: Words, unit: str | None = None) -> str:
    """The page for these agreements. ``unit`` None is each file's own. The same figures always give the same page.

    Raises OutputError where the libraries that it needs are not installed.
    """
    environment = _environment()
    shown = list(settled)
    charts = (f"chart{number}" for number in count(1))
    with settings():
        reports = [
            _report(f"a{number}", document, Writer(settlement, list(years), words, unit or settlement.agreement.unit), charts)
            for number, (document, settlement, years) in enumerate(shown, 1)
        ]
    oldest = sorted((year.year, report.id) for report in reports for year in report.writer.years)

    def page(left_out: int) -> str:
        """The page without the derivations of so many years; beyond all of them, without the charts of so many."""
        told, cited = _derived(reports, frozenset(oldest[:left_out]), frozenset(oldest[: max(0, left_out - len(oldest))]))
        text = environment.get_template("page.html").render(
            title=told[0].title if len(told) == 1 else words("Settlements"),
            reports=told,
            compared=_compared(shown, told, words, unit) if len(shown) > 1 else [],
            cited=cited,
            words=words,
            chart_styles=CLASSES,
        )
        return "".join(line + "\n" for line in text.splitlines() if line.strip())

    whole = page(0)
    if _fits(whole):
        return whole
    return page(bisect_left(range(1, 2 * len(oldest)), True, key=lambda left_out: _fits(page(left_out))) + 1)


def _fits(page: str) -> bool:
    return len(page.encode()) <= LARGEST


def missing(library: str) -> OutputError:
    """What is said where a library is not installed."""
    return OutputError(f"a page needs {library}, which is not installed\n   {INSTALL}")


def _environment() -> Environment:
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise missing("Jinja2") from None
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise missing("Matplotlib") from None
    try:
        import pyphen  # noqa: F401
    except ImportError:
        raise missing("Pyphen") from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("socsam_calc", "report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = printable
    environment.filters["bare"] = _bare
    environment.filters["in_quotes"] = in_quotes
    environment.filters["steps"] = _steps
    environment.filters["letters"] = _letters
    environment.filters["drawing"] = Markup  # a chart comes escaped, from a serialiser of XML
    environment.tests["table"] = lambda block: isinstance(block, Table)
    environment.tests["lines"] = lambda block: isinstance(block, Lines)
    return environment


def _report(key: str, document: Document, writer: Writer, charts: Iterator[str]) -> Report:
    """An agreement's part of the page, before its figures are derived."""
    agreement, words = writer.agreement, writer.words
    sections = []
    if len(writer.years) > 1:
        blocks = [*_in_pieces(writer.overview()), *writer.unknown(writer.years)]
        sections.append(Section(f"{key}-years", words("Overview"), "", [], [], list(of_years(writer, charts)), blocks))
    sections += [_year(key, writer, year, charts) for year in writer.years]
    sections.append(Section(f"{key}-check", words("Check"), "", [], [], [], _findings(document, writer)))
    ending = [*writer.assumptions(), *writer.all_expectations(), *writer.notes(writer.years)]
    if ending:
        sections.append(Section(f"{key}-ending", words("What this rests on"), "", [], [], [], ending))
    parties = [(writer.name(name), words(ROLES[party.role])) for name, party in agreement.parties.items()]
    period = f"{agreement.period.start} – {agreement.period.end}".replace(" ", SPACE)
    file = PurePath(document.file).name  # not the folders that it lies in on somebody's machine
    return Report(key, document, writer, file, writer.title(), parties, period, sections)


def _derived(
    reports: Iterable[Report], underived: Collection[tuple[int, str]], undrawn: Collection[tuple[int, str]]
) -> tuple[list[Report], Cited]:
    """The reports with their figures derived, and the rules and sources cited in them.

    Some years, each with its report's id, are left ``underived``, some ``undrawn`` as well.
    """
    ids, cited, told = (f"s{number}" for number in count(1)), Cited(), []
    for report in reports:
        earlier: dict[str, str] = {}
        years = {str(year.year): year for year in report.writer.years if (year.year, report.id) not in underived}
        sections = [
            section._replace(
                derivations=derived(next(ids), report.document, report.writer, years[section.title], section.shown, earlier, cited)
            )
            if section.is_year and section.title in years
            else section
            for section in report.sections
        ]
        bare = {f"{report.id}-{year}" for year, of in undrawn if of == report.id}
        sections = [section._replace(charts=[]) if section.id in bare else section for section in sections]
        derivations = [section.derivations for section in sections if section.derivations]
        own = {path: step for one in derivations for path, step in one.own.items()}
        legend = derivations[0].legend if derivations else []
        told.append(report._replace(sections=sections, own=own, first=First(), legend=legend))
    return told, cited


def _findings(document: Document, writer: Writer) -> list[Block]:
    """What the rules find in the agreement. Raises AgreementError where the file ignores a rule that does not exist."""
    words = writer.words
    checked = check(document, words.language, unit=writer.scale.unit, years={year.year for year in writer.years})
    blocks = findings_report(checked, words, full=True, application=True)
    return [_quoted(block, words) for block in blocks if not isinstance(block, Heading)]


def _quoted(block: Block, words: Words) -> Block:
    """A block with quotation marks around what one would type: backticks are for plain text."""

    def told(cell: Cell) -> Cell:
        return cell._replace(text=in_quotes(cell.text, words))

    if isinstance(block, Table):
        return block._replace(rows=[[told(cell) for cell in row] for row in block.rows])
    return block._replace(lines=[told(line) for line in block.lines]) if isinstance(block, Lines) else block


def in_quotes(text: str, words: Words) -> str:
    """A text with quotation marks in the place of backticks."""
    return re.sub("`([^`]*)`", r"”\1”" if words.language == "sv" else r"“\1”", text)


def _year(key: str, writer: Writer, year: YearResult, charts: Iterator[str]) -> Section:
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
    detail = writer.standing(year).lstrip(", ")
    lines, drawn = writer.summary(year).lines, list(of_year(writer, year, charts))
    blocks = [piece for block in writer.figures(year) for piece in _in_pieces(block)]
    return Section(f"{key}-{year.year}", str(year.year), detail, tiles, lines, drawn, blocks, True)


def _cells(block: Block) -> Iterator[Cell]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    elif isinstance(block, Lines):
        yield from block.lines


def _compared(shown: Sequence[Shown], reports: Sequence[Report], words: Words, unit: str | None) -> Iterator[Block]:
    """Several agreements side by side, a line for each year; a figure leads to where it stands with its own agreement."""
    blocks = comparison([(settlement, years) for _, settlement, years in shown], words, unit, hints=False)
    owners = [report for report, (_, _, years) in zip(reports, shown, strict=True) for _ in years]
    for block in blocks:
        if isinstance(block, Table):
            rows = [[_leading(cell, report) for cell in row] for row, report in zip(block.rows, owners, strict=True)]
            yield block._replace(rows=rows)
        elif isinstance(block, Lines) and not block.title:
            yield block


def _leading(cell: Cell, report: Report) -> Cell:
    step = report.own.get(cell.figure)
    return cell._replace(figure=f"#{step.id}" if step else "")


def _letters(table: Table, columns: Sequence[int] | None = None) -> int:
    """How many letters a line of the table takes, or some of its columns: its numbers, texts wrapped, and the room between columns."""
    widths = []
    for number in range(len(table.columns)) if columns is None else columns:
        column = table.columns[number]
        if column.optional:
            continue  # stands with the name before it
        title = max(map(len, column.title.split(" ")), default=0)
        longest = max([len(row[number].text) for row in table.rows], default=0)
        widths.append(max(title, longest if column.numeric else min(longest, _WRAPPED)) + _BETWEEN)
    return sum(widths)


def _in_pieces(block: Block) -> Iterator[Block]:
    """A table that no sheet of paper holds at a size that can be read, as several."""
    if isinstance(block, Table) and _letters(block) > _WIDEST:
        found = list(pieces(block, range(len(block.columns)), lambda chosen: _letters(block, chosen) <= _WIDEST))
        yield from (piece._replace(title=f"{block.title} ({number}/{len(found)})") for number, piece in enumerate(found, 1))
    else:
        yield block


def _steps(figures: str, own: Mapping[str, Step]) -> list[Step]:
    """The last step of each figure of a cell; none where one of them has nothing to tell."""
    found = [own[path] for path in figures.split() if path in own]
    return found if len(found) == len(figures.split()) else []


def _bare(line: str) -> str:
    """A line without the dash that marks it in plain text; a page has bullets."""
    return line.removeprefix("- ").removeprefix(f"{DASH} ")
