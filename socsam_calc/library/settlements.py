"""Settlements: what agreements come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, overload

from ..answers.settle import settle as settle_document
from ..engine import results as derived
from ..problems import OutputError
from .files import FORMAT, Source, alone, loaded, of_each, of_one
from .formats import Lang, Result, Several, Unit, lang_of, unit_of

if TYPE_CHECKING:
    from ..model.agreement import Agreement
    from ..report.data.records import Records
    from ..report.told.tables import Block
    from ..report.told.words import Words
    from ..source.document import Document


class Settlement(derived.Settlement, Result):
    """What an agreement comes to, year by year. Frozen; amounts are exact kronor. A notebook shows it as tables.

    ``years``, ``year(1998)``, ``party("kommun")`` and their figures are the derivation's own; the ``to_…`` methods give every format
    of ``socsam settle``. A row is one of `parties` or of `activities`.
    """

    row_kinds = ("parties", "activities")
    file: str = "-"

    def __new__(cls, agreement: Agreement, years: tuple[derived.YearResult, ...], file: str = "-") -> Settlement:
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
        return Settlements([self]).to_workbook(unit=unit, lang=lang)

    def __repr__(self) -> str:
        return f"<Settlement of {self.agreement.area}: {', '.join(str(year.year) for year in self.years)}>"

    @classmethod
    def _shown(cls, results: Sequence[Self], words: Words, unit: str | None) -> Iterable[Block]:
        from ..report.told.comparison import comparison
        from ..report.told.settlement import report

        if len(results) == 1:
            return report(results[0], results[0].years, words, unit, hints=False)
        return comparison([(one, one.years) for one in results], words, unit, hints=False)

    @classmethod
    def _json(cls, results: Sequence[Self]) -> Iterable[str]:
        from ..report.data.json import document, settlement_data

        return document(settlement_data(one.file, one, one.years) for one in results)

    @classmethod
    def _rows(cls, results: Sequence[Self], kind: str) -> Records:
        from ..report.data.settlement_rows import settlement_records

        return settlement_records(((one.file, one, one.years) for one in results), kind, places=decimals(one.agreement for one in results))


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
        from ..report.render.sheets import xlsx
        from ..report.told.words import Words
        from ..report.workbook.workbook import sheets, title

        if not self:
            raise OutputError("there is no settlement to write")
        words = Words(lang_of(lang, "en"))
        settled = [(settlement, settlement.years) for settlement in self]
        return xlsx(sheets(settled, words, unit_of(unit)), title(settled, words))

    def __repr__(self) -> str:
        return f"<Settlements of {', '.join(settlement.agreement.area for settlement in self) or 'nothing'}>"


@overload
def settle(agreements: Source, *, settings: str | Sequence[str] = (), figures: str | Path | None = None) -> Settlement: ...  # type: ignore[overload-overlap]
@overload
def settle(agreements: Iterable[Source], *, settings: str | Sequence[str] = (), figures: str | Path | None = None) -> Settlements: ...
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

    return of_one(agreements, settled) if alone(agreements) else Settlements(of_each(agreements, FORMAT, settled))


def decimals(agreements: Iterable[Agreement]) -> int:
    """How many decimals the amounts of these agreements may have in kronor."""
    return 2 if any(agreement.rounding == "öre" for agreement in agreements) else 0
