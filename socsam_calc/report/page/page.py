"""Settlements as one page of HTML that holds everything it needs: no network, no script."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from ...amounts import DASH, SPACE, rounded
from ...answers.check import check
from ...engine.results import Settlement, YearResult
from ...problems import OutputError
from ...source.loader import Document
from ..render.terminal import printable
from ..told.comparison import comparison
from ..told.findings import findings_report
from ..told.pen import ROLES
from ..told.settlement import Writer
from ..told.tables import Block, Cell, Heading, Lines, Table
from ..told.words import Words
from .charts import Chart, settings
from .folded import Cited, Derivations, Step, derived
from .page_blocks import in_pieces, in_quotes, letters, quoted
from .pictures import of_year, of_years
from .svg import CLASSES

if TYPE_CHECKING:
    from jinja2 import Environment

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
    undrawn: bool = False

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
    def changed(self) -> bool:
        """Whether it rests on more than its file: the command line set something."""
        return bool(self.document.changes)

    @property
    def unit(self) -> str:
        """The unit of all its amounts."""
        return self.writer.scale.unit


LARGEST: Final = 1_000_000
"""How many bytes a page may have before derivations are left out of it, the oldest years' first, and charts after them; tables never are.

The charts of all years together go last.
"""


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
        """The page without the derivations of so many years; beyond all of them, without the charts of so many, and then without any."""
        undrawn = {f"{report}-{year}" for year, report in oldest[: max(0, left_out - len(oldest))]}
        if left_out > 2 * len(oldest):
            undrawn |= {section.id for report in reports for section in report.sections}
        told, cited = _derived(reports, frozenset(oldest[:left_out]), undrawn)
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
    return page(bisect_left(range(1, 2 * len(oldest) + 1), True, key=lambda left_out: _fits(page(left_out))) + 1)


def _fits(page: str) -> bool:
    return len(page.encode()) <= LARGEST


def too_large(page: str, *, years: bool) -> str:
    """What is said of a page whose tables alone are more than a page should have, in program English; empty of any other.

    ``years`` says whether it holds several, so that one alone would be smaller.
    """
    if _fits(page):
        return ""
    size, largest = (rounded(Fraction(bytes_, 1_000_000), 1).removesuffix(",0") for bytes_ in (len(page.encode()), LARGEST))
    way_out = "--year makes a smaller one" if years else "no derivation and no chart is in it"
    return f"the page has {size} MB: its tables alone are larger than {largest} MB; {way_out}"


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
        loader=jinja2.PackageLoader("socsam_calc", "report/page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = printable
    environment.filters["bare"] = _bare
    environment.filters["in_quotes"] = in_quotes
    environment.filters["steps"] = _steps
    environment.filters["letters"] = letters
    environment.filters["drawing"] = Markup  # a chart comes escaped, from a serialiser of XML
    environment.tests["table"] = lambda block: isinstance(block, Table)
    environment.tests["lines"] = lambda block: isinstance(block, Lines)
    return environment


def _report(key: str, document: Document, writer: Writer, charts: Iterator[str]) -> Report:
    """An agreement's part of the page, before its figures are derived."""
    agreement, words = writer.agreement, writer.words
    sections = []
    if len(writer.years) > 1:
        blocks = [*in_pieces(writer.overview()), *writer.unknown(writer.years)]
        sections.append(Section(f"{key}-years", words("Overview"), "", [], [], list(of_years(writer, charts)), blocks))
    sections += [_year(key, writer, year, charts) for year in writer.years]
    sections.append(Section(f"{key}-check", words("Check"), "", [], [], [], _findings(document, writer)))
    ending = [*_set(document, words), *writer.assumptions(), *writer.all_expectations(), *writer.notes(writer.years)]
    if ending:
        sections.append(Section(f"{key}-ending", words("What this rests on"), "", [], [], [], ending))
    parties = [(writer.name(name), words(ROLES[party.role])) for name, party in agreement.parties.items()]
    period = f"{agreement.period.start} – {agreement.period.end}".replace(" ", SPACE)
    file = PurePath(document.file).name  # not the folders that it lies in
    return Report(key, document, writer, file, writer.title(), parties, period, sections)


def _derived(reports: Iterable[Report], underived: Collection[tuple[int, str]], undrawn: Collection[str]) -> tuple[list[Report], Cited]:
    """The reports with their figures derived, and the rules and sources cited in them.

    Some years, each with its report's id, are left ``underived``, some sections ``undrawn`` as well.
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
        sections = [
            section._replace(charts=[], undrawn=True) if section.charts and section.id in undrawn else section for section in sections
        ]
        derivations = [section.derivations for section in sections if section.derivations]
        own = {path: step for one in derivations for path, step in one.own.items()}
        legend = derivations[0].legend if derivations else []
        told.append(report._replace(sections=sections, own=own, first=First(), legend=legend))
    return told, cited


def _set(document: Document, words: Words) -> Iterator[Block]:
    """What the command line changed of the file: the page's figures rest on that too."""
    if document.changes:
        yield Lines(words("What is set"), [Cell(f"{path} = {value}") for path, value in document.changes])


def _findings(document: Document, writer: Writer) -> list[Block]:
    """What the rules find in the agreement. Raises AgreementError where the file ignores a rule that does not exist."""
    words = writer.words
    checked = check(document, years={year.year for year in writer.years})
    blocks = findings_report(checked, words, full=True, application=True, unit=writer.scale.unit)
    return [quoted(block, words) for block in blocks if not isinstance(block, Heading)]


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
    blocks = [piece for block in writer.figures(year) for piece in in_pieces(block)]
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
            yield from in_pieces(block._replace(rows=rows))
        elif isinstance(block, Lines) and not block.title:
            yield block


def _leading(cell: Cell, report: Report) -> Cell:
    step = report.own.get(cell.figure)
    return cell._replace(figure=f"#{step.id}" if step else "")


def _steps(figures: str, own: Mapping[str, Step]) -> list[Step]:
    """The last step of each figure of a cell; none where one of them has nothing to tell."""
    found = [own[path] for path in figures.split() if path in own]
    return found if len(found) == len(figures.split()) else []


def _bare(line: str) -> str:
    """A line without the dash that marks it in plain text; a page has bullets."""
    return line.removeprefix("- ").removeprefix(f"{DASH} ")
