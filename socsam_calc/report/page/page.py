"""Settlements as one page of HTML that holds everything it needs: no network, no script."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import count
from pathlib import PurePath
from typing import Any, Final, NamedTuple, assert_never

from ...amounts import DASH, SPACE, rounded
from ...answers.check import check
from ...engine.results import Settlement, YearResult
from ...problems import OutputError
from ...source.document import Document
from ..render.fitting import printable
from ..told.findings import findings_report
from ..told.pen import ROLES, full_title
from ..told.settlement import Writer, comparison
from ..told.tables import Amount, Block, Cell, Heading, Lines, Number, Table, pieces
from ..told.words import Words
from .folded import Cited, Derivations, Step, derived, in_quotes
from .pictures import of_year, of_years
from .svg import Chart

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
    year: YearResult | None = None

    @property
    def shown(self) -> frozenset[str]:
        """The paths of the figures that its tiles and tables show."""
        rows = [row for block in self.blocks if isinstance(block, Table) for row in block.rows]
        lines = [block.lines for block in self.blocks if isinstance(block, Lines)]
        return frozenset(
            path for cells in ([tile.cell for tile in self.tiles], *rows, *lines) for cell in cells for path in cell.figure.split()
        )


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
    pages = _Pages(list(settled), words, unit)
    years = len(pages.oldest)

    def fits(left_out: int) -> bool:
        return _fits(pages.page(left_out))

    least = years if pages.drawn > LARGEST / 2 and not fits(years) else 0  # where no derivation has room, none is made
    page = pages.page(least)
    return page if _fits(page) else pages.page(bisect_left(range(least + 1, 2 * years + 1), True, key=fits) + least + 1)


class _Pages:
    """The page with more or less left out. Each of its sections is derived, and rendered, once for each way in which it is shown."""

    def __init__(self, shown: Sequence[Shown], words: Words, unit: str | None) -> None:
        self._shown, self._words, self._unit, self._template = shown, words, unit, template(words)
        charts, ids = (f"chart{number}" for number in count(1)), (f"s{number}" for number in count(1))
        self._reports = [
            _report(f"a{number}", document, Writer(settlement, list(years), words, unit or settlement.agreement.unit), charts)
            for number, (document, settlement, years) in enumerate(shown, 1)
        ]
        sections = [(report.id, section) for report in self._reports for section in report.sections]
        years = sorted((section.year.year, report, section.id) for report, section in sections if section.year)
        self.oldest: Sequence[str] = [id_ for _, _, id_ in years]
        """The ids of the years' sections, in the order in which derivations and charts are left out of them."""
        self.drawn = sum(len(chart.drawing) for _, section in sections for chart in section.charts)
        """How long all the charts are together."""
        self._all = [section.id for _, section in sections]
        self._ids = {section.id: next(ids) for _, section in sections if section.year}
        self._cited = Cited()
        self._derived: dict[tuple[str, frozenset[str]], Derivations] = {}
        self._rendered: dict[tuple[str, bool, tuple[Derivations, ...]], str] = {}

    def page(self, left_out: int) -> str:
        """The page without the derivations of so many years; beyond all of them, without the charts of so many, and then without any."""
        underived, undrawn = frozenset(self.oldest[:left_out]), self.oldest[: max(0, left_out - len(self.oldest))]
        made, owns = [], []
        for report in self._reports:
            found = self._derivations(report, underived)
            without = self._all if left_out > 2 * len(self.oldest) else undrawn
            sections = [self._section(report, section, found, section.id in without) for section in report.sections]
            made.append((report, sections, next((one.legend for one in found.values()), [])))
            owns.append(_own(found.values()))
        whole = "".join(section for _, sections, _ in made for section in sections)
        text = self._template.page(
            self._words("Settlements") if len(made) > 1 else self._reports[0].title,
            made,
            _compared(self._shown, owns, self._words, self._unit) if len(made) > 1 else [],
            {cited: id_ for cited, id_ in self._cited.items() if f'"#{id_}"' in whole},
            any(document.changes for document, _, _ in self._shown),
        )
        return "".join(line + "\n" for line in text.splitlines() if line.strip())

    def _derivations(self, report: Report, underived: frozenset[str]) -> dict[str, Derivations]:
        """Those of a report's years by section, in their order: a later one leads to the earlier ones that are there.

        The first page that holds any holds all of them.
        """
        earlier: dict[str, str] = {}
        found = {}
        for section in report.sections:
            if section.year and section.id not in underived:
                whole = self._derived.get((section.id, frozenset()))
                key = section.id, underived & {f"{report.id}-{year}" for year in whole.leads} if whole else frozenset()
                if key not in self._derived:
                    self._derived[key] = derived(
                        self._ids[section.id], report.document, report.writer, section.year, section.shown, earlier, self._cited
                    )
                found[section.id] = self._derived[key]
                earlier |= {path: step.id for path, step in found[section.id].own.items()}
        return found

    def _section(self, report: Report, section: Section, found: Mapping[str, Derivations], undrawn: bool) -> str:
        """A section as HTML. A year opens its own figures, other sections those of all years."""
        rests_on = tuple(one for id_, one in found.items() if id_ == section.id or not section.year)
        key = section.id, undrawn, rests_on
        if key not in self._rendered:
            own, derivations = _own(rests_on), found.get(section.id)
            self._rendered[key] = self._template.section(section, report, derivations, own, _first(), undrawn, len(self._ids) > 1)
        return self._rendered[key]


def _own(derivations: Iterable[Derivations]) -> dict[str, Step]:
    """The last step of each figure, by its path."""
    return {path: step for one in derivations for path, step in one.own.items()}


def _first() -> Callable[[str], bool]:
    """Says of an id whether it is asked for the first time: only there may it stand in the page."""
    met: Counter[str] = Counter()

    def first(id_: str) -> bool:
        met[id_] += 1
        return met[id_] == 1

    return first


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


def template(words: Words) -> Any:
    """The macros that a page is made with. Raises OutputError where a library is missing."""
    for module, library in (("jinja2", "Jinja2"), ("pyphen", "Pyphen")):
        try:
            import_module(module)
        except ImportError:
            raise OutputError(f"a page needs {library}, which is not installed\n   {INSTALL}") from None
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("socsam_calc", "report/page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": printable,
        "bare": lambda line: line.removeprefix("- ").removeprefix(f"{DASH} "),  # a page has bullets
        "in_quotes": in_quotes,
        "steps": _steps,
        "letters": letters,
        "drawing": Markup,  # a chart comes escaped
    }
    environment.tests |= {"table": lambda block: isinstance(block, Table), "lines": lambda block: isinstance(block, Lines)}
    return environment.get_template("page.html", globals={"words": words}).module


def _report(key: str, document: Document, writer: Writer, charts: Iterator[str]) -> Report:
    """An agreement's part of the page, before its figures are derived."""
    agreement, words = writer.agreement, writer.words
    sections = []
    if len(writer.years) > 1:
        blocks = [*in_pieces(in_unit(writer.overview(), writer.scale.unit)), *writer.unknown(writer.years)]
        sections.append(Section(f"{key}-years", words("Overview"), "", [], [], list(of_years(writer, charts)), blocks))
    sections += [_year(key, writer, year, charts) for year in writer.years]
    sections.append(Section(f"{key}-check", words("Check"), "", [], [], [], _findings(document, writer)))
    ending = [*_set(document, words), *writer.assumptions(), *writer.expectations(writer.years), *writer.notes(writer.years)]
    if ending:
        sections.append(Section(f"{key}-ending", words("What this rests on"), "", [], [], [], ending))
    parties = [(writer.name(name), words(ROLES[party.role])) for name, party in agreement.parties.items()]
    period = f"{agreement.period.start} – {agreement.period.end or ''}".rstrip().replace(" ", SPACE)
    file = PurePath(document.file).name  # not the folders that it lies in
    return Report(key, document, writer, file, full_title(agreement), parties, period, sections)


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
    lines, drawn = writer.summary(year).lines, list(of_year(writer, year, charts))
    blocks = [quoted(piece, writer.words) for block in writer.figures(year) for piece in in_pieces(in_unit(block, writer.scale.unit))]
    return Section(f"{key}-{year.year}", str(year.year), writer.standing(year).lstrip(", "), tiles, lines, drawn, blocks, year)


def _compared(shown: Sequence[Shown], owns: Sequence[Mapping[str, Step]], words: Words, unit: str | None) -> Iterator[Block]:
    """Several agreements side by side, a line for each year; a figure leads to where it stands with its own agreement."""
    blocks = comparison([(settlement, years) for _, settlement, years in shown], words, unit, hints=False)
    owners = [own for own, (_, _, years) in zip(owns, shown, strict=True) for _ in years]
    amounts = ""
    for block in blocks:
        if isinstance(block, Heading):
            amounts = block.text.partition(". ")[2].rstrip(".")
        elif isinstance(block, Table):
            rows = [[_leading(cell, own) for cell in row] for row, own in zip(block.rows, owners, strict=True)]
            yield from in_pieces(block._replace(title=amounts, rows=rows))
        elif isinstance(block, Lines) and not block.title:
            yield block


def _leading(cell: Cell, own: Mapping[str, Step]) -> Cell:
    step = own.get(cell.figure)
    return cell._replace(figure=f"#{step.id}" if step else "")


def _steps(figures: str, own: Mapping[str, Step]) -> list[Step]:
    """The last step of each figure of a cell; none where one of them has nothing to tell."""
    found = [own[path] for path in figures.split() if path in own]
    return found if len(found) == len(figures.split()) else []


_WRAPPED: Final = 24  # letters of a text before it is wrapped
_BETWEEN: Final = 2
_WIDEST: Final = 117  # letters of a line that an upright sheet of A4 holds at 7 points


def letters(table: Table, columns: Sequence[int] | None = None) -> int:
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


def in_unit(block: Block, unit: str) -> Block:
    """A table whose title says what its amounts are in."""
    return block._replace(title=f"{block.title}, {unit}") if isinstance(block, Table) else block


def in_pieces(block: Block) -> Iterator[Block]:
    """A table that no sheet of paper holds at a size that can be read, as several."""
    if isinstance(block, Table) and letters(block) > _WIDEST:
        found = list(pieces(block, range(len(block.columns)), lambda chosen: letters(block, chosen) <= _WIDEST))
        yield from (piece._replace(title=f"{block.title} ({number}/{len(found)})".lstrip()) for number, piece in enumerate(found, 1))
    else:
        yield block


def quoted(block: Block, words: Words) -> Block:
    """A block with quotation marks around what one would type: backticks are for plain text."""

    def told(cell: Cell) -> Cell:
        match cell.value:
            case str(text):
                return cell._replace(value=in_quotes(text, words))
            case int() | Amount() | Number():
                return cell
            case _:
                assert_never(cell.value)

    if isinstance(block, Table):
        return block._replace(rows=[[told(cell) for cell in row] for row in block.rows])
    return block._replace(lines=[told(line) for line in block.lines]) if isinstance(block, Lines) else block
