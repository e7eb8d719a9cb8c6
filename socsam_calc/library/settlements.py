"""Settlements: what agreements come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast

from ..answers.settle import no_such_year
from ..answers.settle import settle as settle_document
from ..engine import results as derived
from ..problems import AgreementError, OutputError
from .files import FORMAT, OneOrSeveral, Source, answered, loaded
from .formats import Lang, OfOwnFormat, Result, Several, Unit, Way

if TYPE_CHECKING:
    from ..model.agreement import Agreement
    from ..report.data.records import Records
    from ..report.data.settlement_rows import Rows
    from ..report.page.svg import Chart
    from ..report.told.tables import Block
    from ..report.told.words import Words
    from ..source.document import Document

T = TypeVar("T")

_ORE: Final = 2
_PIECE: Final = 100
"""Agreements in one table: of more, each hundred has its own, so that memory stays flat."""


class Settlement(derived.Settlement, Result):
    """What an agreement comes to, year by year. Frozen; amounts are exact kronor. A notebook shows it as tables.

    ``years``, ``year(1998)``, ``party("kommun")`` and their figures are the derivation's own; the ``to_…`` methods give every format
    of ``socsam settle``. A row is one of `parties`, `activities`, `payments`, `instalments` or `figures`.
    """

    row_kinds = ("parties", "activities", "payments", "instalments", "figures")
    called = "settlement"
    file: str = "-"

    def __new__(cls, agreement: Agreement, years: tuple[derived.YearResult, ...], file: str = "-") -> Self:
        settlement = super().__new__(cls, agreement, years)
        settlement.__dict__["file"] = file
        return settlement

    @property
    def source(self) -> str:
        return self.file

    def only(self, *numbers: int) -> Settlement:
        """The same settlement with these years alone, in their order; a single year is shown in full.

        Raises NotFoundError, a KeyError, for a year it does not hold, OutputError where none is named.
        """
        if not numbers:
            raise OutputError("only() names no year\n   name one or several, such as only(1998)")
        wanted = {self.year(number).year for number in numbers}
        return Settlement(self.agreement, tuple(year for year in self.years if year.year in wanted), self.file)

    @property
    def met(self) -> bool:
        """Whether every expectation of the file is met; the command's status is 0 then."""
        return not any(True for _ in self.unmet())

    def to_workbook(self, *, unit: Unit | None = None, lang: Lang | None = None) -> bytes:
        """The content of an .xlsx file, as ``socsam settle --output FILE.xlsx`` writes it.

        Raises OutputError when XlsxWriter is missing, or an amount has more than the 15 digits that a spreadsheet keeps.
        """
        return self._workbook(unit, lang)

    def __repr__(self) -> str:
        return f"<Settlement of {self.agreement.area}: {', '.join(str(year.year) for year in self.years)}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterator[Block]:
        from ..report.told.settlement import comparison, report

        if not way.several:
            for one in results:
                yield from report(one, one.years, way.words, way.unit, hints=way.hints)
            return
        given = iter(results)
        while piece := [(one, one.years) for one in islice(given, _PIECE)]:
            yield from comparison(piece, way.words, way.unit, hints=way.hints)

    @classmethod
    def _charts(cls, results: Sequence[Self], way: Way) -> Iterator[Chart]:
        """Those of a page: of one agreement over its years, or of the year where there is one."""
        from ..report.page.pictures import of_settlement
        from ..report.told.settlement import Writer

        if not way.several:
            for one in results:
                yield from of_settlement(Writer(one, list(one.years), way.words, way.unit or one.agreement.unit, names=True))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.json import document, settlement_data

        return document(settlement_data(one.file, one, one.years) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.settlement_rows import settlement_records

        places = decimals(results, lambda one: one.agreement)
        return settlement_records(((one.file, one, one.years) for one in results), cast("Rows", kind), places=places)

    @classmethod
    def _book(cls, results: Sequence[Self], words: Words, unit: str | None) -> bytes:
        from ..report.calculation.workbook import workbook

        return workbook(results, words, unit)


class Settled(Settlement, OfOwnFormat):
    """A settlement with the document that it was made from and all its years, as a page of it needs them."""

    document: Document
    whole: derived.Settlement

    @classmethod
    def of(cls, document: Document, year: int | None = None) -> Self:
        """What it comes to, in one year or in all. Raises AgreementError as ``settle`` does, and where it does not hold the year."""
        whole = settle_document(document)
        years = tuple(one for one in whole.years if year in (None, one.year))
        if year is not None and not years:
            raise AgreementError([no_such_year(document, year)])
        settled = cls(whole.agreement, years, document.file)
        settled.__dict__.update(document=document, whole=whole)
        return settled

    @classmethod
    def _own_format(cls, results: Iterable[Self], way: Way) -> Iterator[tuple[str, str]]:
        """A page of HTML."""
        from ..report.page.page import render, too_large
        from ..report.told.made import made

        shown = [(one.document, one.whole, one.years) for one in results]
        if shown:
            page = render(shown, way.words, way.unit, made=made(), without=way.without)
            several = any(len(years) > 1 for _, _, years in shown)
            yield page, too_large(page, years=several)


class Settlements(Several[Settlement]):
    """Several settlements, in order: a tuple that shows them side by side, and turns into the same formats as one."""

    def __new__(cls, settlements: Iterable[Settlement] = ()) -> Self:
        return super().__new__(cls, Settlement, settlements)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (tuple(self),)

    def _of(self, results: Iterable[Settlement]) -> Self:
        return type(self)(results)

    def to_workbook(self, *, unit: Unit | None = None, lang: Lang | None = None) -> bytes:
        """The content of an .xlsx file, as ``socsam settle --output FILE.xlsx`` writes it.

        Raises OutputError when XlsxWriter is missing, or an amount has more than the 15 digits that a spreadsheet keeps.
        """
        return self._workbook(unit, lang)

    def __repr__(self) -> str:
        return f"<Settlements of {', '.join(settlement.agreement.area for settlement in self) or 'nothing'}>"


@OneOrSeveral[Source, Settlement, Settlements]()
def settle(agreements: Any, *, settings: str | Sequence[str] = (), figures: str | Path | None = None) -> Settlement | Settlements:
    """What an agreement comes to, every year of it; of a list, in which a folder stands for its agreements, all of them side by side.

    An agreement is a loaded document or a file's name; ``settings`` (``PATH=VALUE``) and ``figures`` (a .csv or .xlsx file) are those
    of ``load``, for files. Amounts of the result are exact kronor; + is a gain or a claim, − a burden or a debt. Raises AgreementError,
    with the place of each cause, where a file is bad, a cell falls below 0, uses exceed the surplus that there is, or nobody is there
    to bear an amount; with the problems of all where there are several. An empty list gives an empty result, whose tables, rows and
    JSON are empty; only a page or a workbook of nothing is refused.
    """

    def settled(source: str | Document) -> Settlement:
        document = loaded(source, settings, figures)
        return Settlement(*settle_document(document), document.file)

    return answered(Settlements, agreements, FORMAT, settled)


def decimals(results: Iterable[T], agreement: Callable[[T], Agreement]) -> int:
    """How many decimals the amounts of these may have in kronor; of results that come one by one, as many as any may have."""
    if isinstance(results, Sequence) and not any(agreement(one).rounding == "öre" for one in results):
        return 0
    return _ORE
