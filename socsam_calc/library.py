"""What the command line does, as calls: the same settlements, shown in a notebook, or as data, text, a workbook or a data frame."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .engine import results
from .problems import AgreementError, OutputError, Problem
from .settling import settle as settle_document
from .source.loader import Document, load

if TYPE_CHECKING:
    from .model.agreement import Agreement
    from .report.tables import Block

Lang = Literal["en", "sv"]
Unit = Literal["kr", "tkr", "mkr"]
Rows = Literal["parties", "activities"]
Entries = Sequence[tuple[str, results.Settlement, Sequence[results.YearResult]]]


class _Shown:
    """What one settlement and several have in common: every format of ``socsam settle``, as a method."""

    def _entries(self) -> Entries:
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The JSON document (schema ``socsam.settlement/1``) as Python data; amounts in kronor, exact: int, or Decimal where there are öre."""
        from .report.json import SCHEMA, settlement_data

        return {"schema": SCHEMA, "currency": "SEK", "settlements": [_decimals(settlement_data(*entry)) for entry in self._entries()]}

    def to_json(self) -> str:
        """As ``socsam settle --format json`` prints it."""
        from .report.json import document, settlement_data

        return "".join(document(settlement_data(*entry) for entry in self._entries()))

    def to_csv(self, rows: Rows = "parties", *, excel: bool = False) -> str:
        """As ``socsam settle --format csv`` prints it; ``excel`` is the variant for a Swedish Excel (save it as utf-8-sig)."""
        from .report.csv import write

        stream = io.StringIO()
        write(stream, self._entries(), rows=rows, excel=excel)
        return stream.getvalue()

    def to_markdown(self, *, unit: Unit | None = None, lang: Lang = "en") -> str:
        """As ``socsam settle --format markdown`` prints it."""
        from .report.markdown import render

        return "".join(render(self._blocks(unit, lang)))

    def to_text(self, *, unit: Unit | None = None, lang: Lang = "en", width: int | None = None) -> str:
        """The tables as ``socsam settle`` prints them; of their natural width, or to fit ``width`` columns."""
        from .report.terminal import show

        stream = io.StringIO()
        show(self._blocks(unit, lang), stream, width=width)
        return stream.getvalue()

    def to_html(self, *, unit: Unit | None = None, lang: Lang = "en") -> str:
        """The tables as a piece of HTML, every text escaped."""
        from .report.fragment import render

        return render(self._blocks(unit, lang), lang)

    def to_workbook(self, *, unit: Unit | None = None, lang: Lang = "en") -> bytes:
        """The content of an .xlsx file, as ``socsam settle --output FILE.xlsx`` writes it.

        Raises OutputError when XlsxWriter is missing, or an amount has more than the 15 digits that a spreadsheet keeps.
        """
        from .report.sheets import xlsx
        from .report.words import Words
        from .report.workbook import sheets, title

        words = Words(lang)
        settled = [(settlement, years) for _, settlement, years in self._entries()]
        if not settled:
            raise OutputError("there is no settlement to write")
        return xlsx(sheets(settled, words, unit), title(settled, words))

    def to_frame(self, rows: Rows = "parties", library: Literal["pandas", "polars"] | None = None) -> Any:
        """A data frame, one row per file, year and party (or activity), the columns those of the CSV; amounts in kronor.

        ``library`` None takes pandas, or else polars. Whole kronor are Int64; where an agreement settles to the öre the amounts are
        exact decimals. Raises OutputError, with what to install, where the library is missing.
        """
        from .report.records import frame

        return frame(self._entries(), rows, library)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _blocks(self, unit: str | None, lang: str) -> Iterable[Block]:
        from .report.comparison import comparison
        from .report.settlement import report
        from .report.words import Words

        entries = self._entries()
        if not entries:
            return []
        if len(entries) == 1:
            return report(*entries[0][1:], Words(lang), unit, hints=False)
        return comparison([entry[1:] for entry in entries], Words(lang), unit, hints=False)


class Settlement(results.Settlement, _Shown):
    """What an agreement comes to, year by year. Frozen; amounts are exact kronor. A notebook shows it as tables.

    ``years``, ``year(1998)``, ``party("kommun")`` and their figures are the derivation's own; the ``to_…`` methods give every format
    of the command line.
    """

    file: str = "-"

    def __new__(cls, agreement: Agreement, years: tuple[results.YearResult, ...], file: str = "-") -> Settlement:
        settlement = super().__new__(cls, agreement, years)
        settlement.__dict__["file"] = file
        return settlement

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a settlement is frozen")

    def only(self, *numbers: int) -> Settlement:
        """The same settlement with these years alone; a single year is shown in full. Raises KeyError for a year it does not hold."""
        return Settlement(self.agreement, tuple(self.year(number) for number in numbers), self.file)

    def __repr__(self) -> str:
        years = ", ".join(str(year.year) for year in self.years)
        return f"<Settlement of {self.agreement.area}: {years}>"

    def _entries(self) -> Entries:
        return [(self.file, self, self.years)]


class Settlements(tuple[Settlement, ...], _Shown):
    """Several settlements, in order: a tuple that shows side by side, and turns into the same formats as one."""

    def __repr__(self) -> str:
        return f"<Settlements of {', '.join(settlement.agreement.area for settlement in self)}>"

    def _entries(self) -> Entries:
        return [(settlement.file, settlement, settlement.years) for settlement in self]


def settle(document: Document) -> Settlement:
    """The settlement of a loaded agreement, every year of it.

    Amounts of the result are exact kronor; + is a gain or a claim, − a burden or a debt. Raises AgreementError, with the place of
    each cause, where a cell falls below 0, uses exceed the surplus that there is, or nobody is there to bear an amount.
    """
    agreement, years = settle_document(document)
    return Settlement(agreement, years, document.file)


def settle_all(files: Iterable[str | Path], *, settings: Sequence[str] = (), figures: str | Path | None = None) -> Settlements:
    """Load and settle files, and the agreements in folders, as ``socsam settle FILE…`` does.

    Raises AgreementError with the problems of all of them.
    """
    from .cli.inputs import expand

    settled: list[Settlement] = []
    problems: list[Problem] = []
    for name, problem in expand(map(str, files), "socsam/1"):
        try:
            if problem is not None:
                raise problem
            settled.append(settle(load(name, settings=settings, figures=figures)))
        except AgreementError as error:
            problems += error.problems
    if problems:
        raise AgreementError(problems)
    return Settlements(settled)


def figures_template(file: str | Path, *, text: str | None = None, lang: Lang = "en") -> bytes:
    """The content of an .xlsx file with a row for each figure that an agreement file leaves to ``figures:``, to be filled in.

    The file may lack its years, and what ``socsam init`` left open. ``text`` stands for its content. Raises AgreementError where its
    period or its parties cannot be read, OutputError when XlsxWriter is missing.
    """
    from .report.template import template
    from .report.words import Words
    from .source.outline import outline

    return template(outline(str(file), text), Words(lang))


def _decimals(value: Any) -> Any:
    """The data with each number that JSON writes with decimals as a Decimal."""
    from .report.json import Kronor

    if isinstance(value, Kronor):
        return Decimal(str.__str__(value))
    if isinstance(value, dict):
        return {key: _decimals(entry) for key, entry in value.items()}
    return [_decimals(entry) for entry in value] if isinstance(value, list) else value
