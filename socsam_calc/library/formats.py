"""What all results have in common: what is told for people, for programs and as rows becomes every format of the command line."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, Self, SupportsIndex, TypeVar, overload

from ..model.meant import meant
from ..problems import OutputError, cut
from ..source.arguments import within, yes_or_no

if TYPE_CHECKING:
    from ..model.panel import Panel
    from ..report.data.records import Records
    from ..report.data.verdicts import Verdict
    from ..report.page.svg import Chart
    from ..report.told.tables import Block, Outline
    from ..report.told.words import Words

Lang = Literal["en", "sv"]
LeftOut = Literal["check", "derivations", "charts"]
"""What a page can do without."""
PARTS: tuple[LeftOut, ...] = ("check", "derivations", "charts")
Unit = Literal["kr", "tkr", "mkr"]
LANGS, UNITS = ("en", "sv"), ("kr", "tkr", "mkr")
NARROWEST, WIDEST = 40, 10_000  # columns of text: in fewer, an amount of six digits would be cut


class Way(NamedTuple):
    """How results are told to people: in which language and unit (None is the file's own), one in full or ``several`` side by side.

    ``hints`` say what else there is; what is ``drawn`` is for a terminal. A page is ``without`` some of its parts.
    """

    words: Words
    unit: str | None = None
    several: bool = False
    hints: bool = False
    drawn: bool = False
    without: frozenset[LeftOut] = frozenset()


class _Formats(ABC):
    """Every format of a command, as a method. ``lang`` and ``unit`` None are the result's own: English and the file's, unless asked for.

    Frozen: what a result is made with stands in its ``__dict__`` when it is made, and nothing is set or deleted afterwards.
    """

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a result is frozen: its {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a result is frozen: its {name!r} cannot be deleted")

    @abstractmethod
    def _results(self) -> tuple[type[Result], Sequence[Result]]:
        """The kind of the results, and the results."""

    def to_dict(self) -> dict[str, Any]:
        """The command's JSON document as Python data. Amounts are in kronor and every number is exact: int, or Decimal."""
        import json

        document: dict[str, Any] = json.loads(self.to_json(), parse_float=Decimal)
        return document

    def to_json(self) -> str:
        """The JSON document, as the command prints it with ``--format json``."""
        kind, results = self._results()
        return "".join(kind._json(results, self._lang))

    def to_csv(self, rows: str | None = None, *, excel: bool = False) -> str:
        """Tidy CSV, as the command prints it; ``rows`` says what a row is, as ``--rows`` does.

        ``excel`` is the variant for a Swedish Excel (save it as utf-8-sig).
        """
        from ..report.render.rows import write
        from ..report.told.words import Words

        yes_or_no("excel", excel)
        stream = io.StringIO()
        write(stream, self._records(rows), Words(self._lang), excel=excel)
        return stream.getvalue()

    def to_frame(self, rows: str | None = None, library: Literal["pandas", "polars"] | None = None, *, units: bool = False) -> Any:
        """A data frame with the columns of the CSV; amounts in kronor, missing where one is not known.

        ``library`` None takes pandas, or else polars. ``attrs["units"]`` of pandas says what the numbers of a column count, `kr` or `%`;
        with ``units`` its name does too, in either library (`settled_kr`). Whole numbers are Int64, others exact decimals: amounts are whole unless the
        agreement settles to the öre. Raises OutputError, with what to install, where the library is missing.
        """
        from ..report.data.records import frame

        if library is not None:
            one_of("library", library, ("pandas", "polars"))
        yes_or_no("units", units)
        return frame(self._records(rows), library, units=units)

    def to_markdown(self, *, unit: Unit | None = None, lang: Lang | None = None) -> str:
        """The tables, as the command prints them with ``--format markdown``."""
        from ..report.render.markdown import render

        return "".join(render(self._blocks(unit, lang)))

    def to_text(self, *, unit: Unit | None = None, lang: Lang | None = None, width: int | None = None) -> str:
        """The tables, as the command prints them; of their natural width, or to fit ``width`` columns, 40 at least."""
        from ..report.render.terminal import show

        if width is not None:
            width = within("width", width, NARROWEST, WIDEST)
        stream = io.StringIO()
        show(self._blocks(unit, lang), stream, width=width)
        return stream.getvalue()

    def to_html(self, *, unit: Unit | None = None, lang: Lang | None = None) -> str:
        """The tables as a piece of HTML, every text escaped: readable light or dark, without script or style sheet."""
        from ..report.render.fragment import render

        return render(self._blocks(unit, lang), lang_of(lang, self._lang))

    def to_workbook(self, *, lang: Lang | None = None) -> bytes:
        """The content of an .xlsx file, as the command writes it with ``--output FILE.xlsx``: a sheet for each kind of rows, and one about them.

        The columns are those of the CSV, amounts in kronor. Raises OutputError when XlsxWriter is missing, there is nothing to write, or
        a number has more than the 15 digits that a spreadsheet keeps.
        """
        return self._workbook(None, lang)

    def _workbook(self, unit: str | None, lang: str | None) -> bytes:
        from ..report.told.words import Words

        kind, results = self._results()
        if not results:
            raise OutputError(f"there is no {kind.called} to write")
        return kind._book(results, Words(lang_of(lang, self._lang)), unit_of(unit))

    def _repr_html_(self) -> str:
        """What a notebook shows: the tables, and the charts below them; the tables alone where the library is missing that charts need."""
        from ..report.page.images import can_be_drawn, images
        from ..report.told.words import Words

        kind, results = self._results()
        drawn = images(kind._charts(results, kind._way(results, Words(self._lang), None)), self._lang) if results and can_be_drawn() else ""
        return f"{self.to_html()}\n{drawn}".rstrip()

    @property
    def _lang(self) -> str:
        _, results = self._results()
        return results[0].language if results else "en"

    def _blocks(self, unit: str | None, lang: str | None) -> Iterable[Block | Outline]:
        from ..report.told.words import Words

        kind, results = self._results()
        unit, words = unit_of(unit), Words(lang_of(lang, self._lang))
        return kind._shown(results, kind._way(results, words, unit)) if results else []

    def _records(self, rows: str | None) -> Records:
        kind, results = self._results()
        return kind._rows(results, one_of("rows", rows, kind.row_kinds) if rows is not None else next(iter(kind.row_kinds), ""))


class Result(_Formats):
    """What a call says of one file. A kind tells, of several results at a time, what they are for people, for programs, and as rows."""

    row_kinds: ClassVar[tuple[str, ...]] = ()
    """What a row of CSV or of a data frame may be; the first by default."""

    called: ClassVar[str] = "result"
    """What one is called where there is none."""

    workbook_rows: ClassVar[tuple[str, ...]] = ()
    """The kinds of rows that a workbook holds, where it does not hold all."""

    @property
    def source(self) -> str:
        """The file that it is about; empty where it is about none."""
        return ""

    rows_called: str = ""
    """What the sheet of a workbook is called that holds the rows, where a row can be one thing only; in English."""

    language: str = "en"
    """That in which it was asked for."""

    @classmethod
    def _way(cls, results: Sequence[Self], words: Words, unit: str | None) -> Way:
        """One is told in full, several side by side."""
        return Way(words, unit, several=len(results) > 1)

    @classmethod
    @abstractmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block | Outline]:
        """One in full, or several side by side, as they come."""

    @classmethod
    def _charts(cls, results: Sequence[Self], way: Way) -> Iterable[Chart]:
        """What a notebook draws of them: the bars that a terminal is shown, unless a page has charts of its own."""
        from ..report.page.images import of_bars

        return of_bars(cls._shown(results, way))

    @classmethod
    @abstractmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        """The JSON document that holds them all, in pieces, as they come; ``language`` is that in which they were asked for."""

    @classmethod
    @abstractmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        """The rows of them all, as they come; ``kind`` is one of ``row_kinds``, empty where a row can be one thing only."""

    @classmethod
    def _book(cls, results: Sequence[Self], words: Words, unit: str | None) -> bytes:
        """The content of a workbook."""
        from ..report.render.rows import UNIT, workbook

        rows = [
            (name.capitalize() or results[0].rows_called, cls._rows(results, name)) for name in cls.workbook_rows or cls.row_kinds or ("",)
        ]
        return workbook(rows, [one.source for one in results], cls._shown(results, cls._way(results, words, UNIT)), words)

    def _results(self) -> tuple[type[Self], Sequence[Self]]:
        return type(self), (self,)


R = TypeVar("R", bound=Result)
T = TypeVar("T")


class HeldAgainst(Result):
    """A result of a command that holds files against rules or bounds: it has verdicts, in the formats of programs that collect such things."""

    @classmethod
    @abstractmethod
    def _verdicts(cls, results: Iterable[Any], way: Way) -> Iterable[Verdict]:
        """What each rule or bound says."""


class OfOwnFormat(Result):
    """A result with a format that no other kind has, such as a page."""

    @classmethod
    @abstractmethod
    def _own_format(cls, results: Iterable[Any], way: Way) -> Iterable[tuple[str, str]]:
        """It in pieces, each with what is to be said of it besides; empty where there is nothing."""


class Several(tuple[R, ...], _Formats, Generic[R]):
    """The results of several files, in order: a tuple that shows them side by side, and turns into the same formats as one."""

    kind: type[R]

    def __new__(cls, kind: type[R], results: Iterable[R] = ()) -> Self:
        made = super().__new__(cls, all_of(kind, results))
        made.__dict__["kind"] = kind
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.kind, tuple(self)

    @overload
    def __getitem__(self, at: SupportsIndex) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: Any) -> Any:
        """One of them; or of a slice several, with the same formats."""
        held = super().__getitem__(at)
        return self._of(held) if isinstance(at, slice) else held

    def _of(self, results: Iterable[R]) -> Self:
        return type(self)(self.kind, results)

    def __repr__(self) -> str:
        return f"<{len(self)} × {self.kind.__name__}{': ' if self else ''}{', '.join(map(repr, self))}>"

    def _results(self) -> tuple[type[R], Sequence[R]]:
        return self.kind, self


def one_of(name: str, value: str, allowed: Collection[str]) -> str:
    """The value of an argument that takes one of a few. Raises OutputError for another."""
    if isinstance(value, str) and value in allowed:
        return value
    near = meant(value, allowed) if isinstance(value, str) else None
    remedy = f"did you mean {near!r}?" if near else f"it may be {', '.join(map(repr, allowed))}" if allowed else "leave it out"
    raise OutputError(f"{name}={value!r}: there is no such {name}\n   {remedy}")


def lang_of(lang: str | None, own: str) -> str:
    """The language asked for, or the result's own. Raises OutputError for one that there is not."""
    return one_of("lang", own if lang is None else lang, LANGS)


def unit_of(unit: str | None) -> str | None:
    """The unit asked for; None is the file's own. Raises OutputError for one that there is not."""
    return None if unit is None else one_of("unit", unit, UNITS)


def unit_of_amounts(unit: str | None, panel: Panel) -> None:
    """Raises OutputError where amounts are asked for in a unit and the panel is an index, which has none."""
    if unit is not None and panel.unit == "index":
        raise OutputError(f"--unit {unit}: {panel.file} is an index, and its figures are no amounts\n   leave --unit out")


def left_out_of_page(given: Iterable[str]) -> frozenset[LeftOut]:
    """What a page is to do without. Raises OutputError for what it does not have, or always has."""
    wanted = list(given)
    for one in wanted:
        if one not in PARTS:
            raise OutputError(f"without {one!r}: a page has no such part\n   it may be {', '.join(PARTS)}")
    return frozenset(part for part in PARTS if part in wanted)


def all_of(kind: type[T], given: Iterable[T]) -> list[T]:
    """What is given, each of the kind. Raises OutputError for anything else."""
    if isinstance(given, Iterable) and not isinstance(given, kind):
        held = list(given)
        strangers = [one for one in held if not isinstance(one, kind)]
        if not strangers:
            return held
        given = strangers[0]  # type: ignore[assignment]
    raise OutputError(f"this takes a list of {kind.__name__}, and was given {cut(repr(given))}\n   give a list of what the calls return")
