"""Settlements as one page of HTML that holds everything it needs: no network, no script."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from ...amounts import DASH, rounded
from ...engine.values import Steps as Figures
from ...engine.values import figures
from ...problems import OutputError, cut
from ..render.line import printable
from ..told.settlement import Writer, comparison
from ..told.tables import Block, Cell, Heading, Lines, Table
from ..told.words import Words
from .blocks import in_pieces, in_quotes, letters, of_gains, row_names
from .folded import Cited, Derivations, Step, derived
from .languages import marked
from .sections import Report, Section, Shown, report_of

if TYPE_CHECKING:
    from markupsafe import Markup

_RUNNING: Final = 80  # letters of a title at the head of a sheet
INSTALL: Final = "pip install 'socsam-calc[report]'"

LARGEST: Final = 1_000_000
"""How many bytes a page may have before derivations are left out of it, the oldest years' first, and charts after them; tables never are.

The charts of all years together go last.
"""


def render(settled: Iterable[Shown], words: Words, unit: str | None = None, *, made: str, without: Collection[str] = frozenset()) -> str:
    """The page for these agreements. ``unit`` None is each file's own; ``made`` is when and by what, ``without`` what is left out of it.

    The same figures always give the same page. Raises OutputError where the libraries that it needs are not installed.
    """
    pages = _Pages(list(settled), words, unit, made, without)
    years = len(pages.oldest)

    def fits(left_out: int) -> bool:
        return _fits(pages.page(left_out))

    least = 0
    if pages.drawn > LARGEST / 4:  # where not even the newest year's derivations have room, no others are made
        least = 0 if fits(years) and fits(years - 1) else years
        pages.forget()
    page = pages.page(least)
    return page if _fits(page) else pages.page(bisect_left(range(least + 1, 2 * years + 1), True, key=fits) + least + 1)


class _Pages:
    """The page with more or less left out. Each of its sections is derived, and rendered, once for each way in which it is shown."""

    def __init__(self, shown: Sequence[Shown], words: Words, unit: str | None, made: str, without: Collection[str]) -> None:
        self._shown, self._words, self._unit, self._template = shown, words, unit, template(words)
        self._made, self._without = made, without
        charts, ids = (f"chart{number}" for number in count(1)), (f"s{number}" for number in count(1))
        self._reports = [
            report_of(
                f"a{number}",
                document,
                Writer(settlement, list(years), words, unit or settlement.agreement.unit, names=True),
                charts,
                without,
            )
            for number, (document, settlement, years) in enumerate(shown, 1)
        ]
        sections = [(report.id, section) for report in self._reports for section in report.sections]
        years = sorted((section.year.year, report, section.id) for report, section in sections if section.year)
        self.oldest: Sequence[str] = [id_ for _, _, id_ in years]
        """The ids of the years' sections, in the order in which derivations and charts are left out of them."""
        self.drawn = sum(len(chart.drawing) + len(chart.wide) for _, section in sections for chart in section.charts)
        """How long all the charts are together."""
        self._all = [section.id for _, section in sections]
        self._ids = {section.id: next(ids) for _, section in sections if section.year}
        self._cited = Cited()
        self._known: dict[str, dict[int, Figures]] = {}
        self._derived: dict[tuple[str, frozenset[str]], Derivations] = {}
        self._rendered: dict[tuple[str, bool, tuple[Derivations, ...]], str] = {}

    def forget(self) -> None:
        """Derive anew what is derived, so that what it rests on is numbered in the order of the page."""
        self._cited = Cited()
        self._derived.clear()

    def page(self, left_out: int) -> str:
        """The page without the derivations of so many years; beyond all of them, without the charts of so many, and then without any."""
        underived, undrawn = frozenset(self.oldest[:left_out]), self.oldest[: max(0, left_out - len(self.oldest))]
        made, owns = [], []
        for report in self._reports:
            found = self._derivations(report, underived)
            without = self._all if left_out > 2 * len(self.oldest) else undrawn
            sections = [self._section(report, section, found, section.id in without) for section in report.sections]
            made.append((report, sections[0], sections[1:], next((one.legend for one in found.values()), [])))
            owns.append(_own(found.values()))
        whole = "".join(section for _, answer, sections, _ in made for section in (answer, *sections))
        title = self._words("Settlements") if len(made) > 1 else self._reports[0].title
        text = self._template.page(
            title,
            made,
            self._made,
            running(title, self._made),
            _compared(self._shown, owns, self._words, self._unit) if len(made) > 1 else [],
            {cited: id_ for cited, id_ in self._cited.items() if f'"#{id_}"' in whole},
            any(document.changes for document, _, _ in self._shown),
        )
        return "\n".join([*filter(str.strip, str(text).splitlines()), ""])  # as text: each line of markup would be made markup anew

    def _derivations(self, report: Report, underived: frozenset[str]) -> dict[str, Derivations]:
        """Those of a report's years by section, in their order: a later one leads to the earlier ones that are there.

        Which earlier years one leads to is known once it was derived with all of them.
        """
        earlier: dict[str, str] = {}
        found = {}
        known = self._known.setdefault(report.id, {})
        for section in report.sections:
            if section.year and section.id not in underived and "derivations" not in self._without:
                whole = self._derived.get((section.id, frozenset()))
                key = section.id, underived & {f"{report.id}-{year}" for year in whole.leads} if whole else underived
                if key not in self._derived:
                    known |= {} if known else {year.year: figures(year) for year in report.writer.settlement.years}
                    self._derived[key] = derived(
                        self._ids[section.id], report.document, report.writer, section.year, known, earlier, self._cited
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
            self._rendered[key] = self._template.section(
                section, report, derivations, own, _first(), undrawn, len(self._ids) > 1, "derivations" in self._without
            )
        return self._rendered[key]


def running(title: str, made: str) -> Markup:
    """What stands at the head of each printed sheet but the first, which has the title itself."""
    from markupsafe import Markup

    left, right = (
        "".join(letter if letter.isalnum() and letter.isascii() else f"\\{ord(letter):x} " for letter in text)
        for text in (cut(printable(title), _RUNNING), made)
    )
    font = "font: 8pt sans-serif; color: #555555"
    boxes = f'@top-left {{ content: "{left}"; {font} }} @top-right {{ content: "{right}"; {font} }}'
    return Markup(f"@page {{ {boxes} }} @page :first {{ @top-left {{ content: none }} @top-right {{ content: none }} }}")


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
        "row_names": row_names,
        "in_file": lambda place: str(place._replace(file=PurePath(place.file).name)),  # not the folders that it lies in
        "marked": lambda text, otherwise="": marked(text, words, otherwise),
        "drawing": Markup,  # a chart comes escaped
    }
    environment.tests |= {"table": lambda block: isinstance(block, Table), "lines": lambda block: isinstance(block, Lines)}
    return environment.get_template("page.html", globals={"words": words}).module


def _compared(shown: Sequence[Shown], owns: Sequence[Mapping[str, Step]], words: Words, unit: str | None) -> Iterator[Block]:
    """Several agreements side by side, a line for each year; a figure leads to where it stands with its own agreement."""
    blocks = comparison([(settlement, years) for _, settlement, years in shown], words, unit, hints=False, assumed=False)
    owners = [own for own, (_, _, years) in zip(owns, shown, strict=True) for _ in years]
    amounts = ""
    for block in blocks:
        if isinstance(block, Heading):
            amounts = block.text.partition(". ")[2].rstrip(".")
        elif isinstance(block, Table):
            rows = [[_leading(cell, own) for cell in row] for row, own in zip(block.rows, owners, strict=True)]
            yield from in_pieces(of_gains(block._replace(title=amounts, rows=rows)))
        elif isinstance(block, Lines) and not block.title:
            yield block


def _leading(cell: Cell, own: Mapping[str, Step]) -> Cell:
    step = own.get(cell.figure)
    return cell._replace(figure=f"#{step.id}" if step else "")


def _steps(figures: str, own: Mapping[str, Step]) -> list[Step]:
    """The last step of each figure of a cell; none where one of them has nothing to tell."""
    found = [own[path] for path in figures.split() if path in own]
    return found if len(found) == len(figures.split()) else []
