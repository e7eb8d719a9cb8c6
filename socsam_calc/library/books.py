"""What a file of books holds: accounts, months, objects, and which activity of an agreement each krona goes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..answers.books import Looked, look
from ..report.starting.books import FirstMapping
from ..report.told.books import document, records, report
from ..report.told.tables import Cell, Lines
from ..report.told.words import Words
from ..source.arguments import named
from .formats import LANGS, Lang, Result, Way, one_of

if TYPE_CHECKING:
    from ..report.data.records import Records
    from ..report.told.tables import Block


class Books(Result):
    """The books of a file, as ``socsam books`` shows them: ``years`` has each year with its accounts and objects, amounts in öre.

    A row is an account in a month.
    """

    rows_called = "Accounts"
    called = "file of books"
    years: Sequence[Looked]

    def __init__(self, file: str, years: Sequence[Looked], language: str = "en") -> None:
        self.__dict__.update(file=file, years=tuple(years), language=language)

    @property
    def source(self) -> str:
        return str(self.__dict__["file"])

    def first_mapping(self, lang: Lang | None = None) -> str:
        """The text of a first mapping to fill in: `figures:` of an agreement, for the last year that the file gives."""
        return FirstMapping.of(self.years[-1], Words(one_of("lang", lang or self.language, LANGS))).text()

    def __repr__(self) -> str:
        return f"<Books of {self.source}: {', '.join(str(one.books.year) for one in self.years)}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterator[Block]:
        for one in results:
            yield from report(one.years, way.words)
            if all(year.assigned is None for year in one.years):
                lines = FirstMapping.of(one.years[-1], way.words).lines()
                yield Lines(way.words("A first mapping, to fill in"), [Cell(line) for line in lines])

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        words = Words(language)
        return document((year, FirstMapping.of(year, words).text()) for one in results for year in one.years)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        return records(year for one in results for year in one.years)


def books(file: str | Path, *, agreement: str | Path | None = None, lang: Lang = "en") -> Books:
    """What a file of books holds: SIE 4, or .csv or .xlsx of bookings; with an agreement, what its mapping makes of them.

    Raises AgreementError where a file cannot be read, or the agreement has no mapping for this one.
    """
    named("file", file)
    other: Any = None if agreement is None else str(agreement)
    return Books(str(file), look(str(file), other), one_of("lang", lang, LANGS))
