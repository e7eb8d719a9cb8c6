"""Panels: the costs of many areas from a CSV file or a workbook, tidy or with a column for each year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Final, NamedTuple, TypeVar

from pydantic_core import PydanticCustomError

from ..model.meant import meant
from ..model.panel import UNITS, Cost, Panel, PanelDocument, PanelRounding, PanelUnit
from ..model.reading import Context, problem, scalar_text
from ..model.scalars import decimal, parse_cost, parse_weight
from ..problems import AgreementError, Place, Problem, cut, nearest
from .document import bytes_of, in_order
from .kinds import reason
from .ledger.ledger import Field, Hidden, Sheet, Unseen
from .ledger.separated import Separated
from .tree import MOST_PROBLEMS

LARGEST_PANEL: Final = 64 * 1024 * 1024
"""Bytes that a panel may have."""

TIDY: Final = ("area", "year", "cost", "inhabitants")
SWEDISH: Final = {
    "område": "area", "kommun": "area", "år": "year", "kostnad": "cost", "invånare": "inhabitants", "folkmängd": "inhabitants",
}  # fmt: skip
"""What stands for a heading in Swedish."""

_LONGEST_HEAD: Final = 2000
_WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""What a workbook begins with: an archive, or what an old one and one with a password are, to be told so."""

_YEAR: Final = re.compile("[0-9]{4}")
_WITH_UNIT: Final = re.compile(r"(?P<name>[^()\[\]]*?)\s*[(\[]\s*(?P<unit>[^()\[\]]*?)\s*[)\]]")
_SHAPES: Final = "write `area,year,cost` (or `område,år,kostnad`), or `area` and a column for each year"

T = TypeVar("T")


class Column(NamedTuple):
    """A column by its heading: what it holds, a year where that is of four digits; and the unit that stands in the heading, or nothing."""

    name: str
    unit: str
    place: Place


class Line(NamedTuple):
    """A row of the panel: its texts, and where each stands."""

    texts: Sequence[str]
    place: Callable[[int], Place]


def load_panel(name: str, *, country: str | None = None, unit: str | None = None, rounding: PanelRounding | None = None) -> Panel:
    """The panel of a file, as ``load_panel_document`` reads it, without the places."""
    return load_panel_document(name, country=country, unit=unit, rounding=rounding).panel


def load_panel_document(
    name: str, *, country: str | None = None, unit: str | None = None, rounding: PanelRounding | None = None, raw: bytes | None = None
) -> PanelDocument:
    """The panel of a file; ``-`` reads standard input, unless it has been read (``raw``). ``country`` is the row that is the whole country.

    ``unit`` is that of costs without one of their own, `kr` where neither it nor the heading says otherwise; ``rounding`` the smallest
    amount, by default the unit. Raises AgreementError with every problem and its place.
    """
    raw = bytes_of(name, LARGEST_PANEL) if raw is None else raw
    if raw.startswith(_WORKBOOKS) or name.lower().endswith(".xlsx"):
        found = _of_workbook(name, raw)
        head, lines, finish = found.head, found.lines(), found.unseen
    else:
        table = Separated(name, raw, _is_named, "`area,year,cost` (or `område,år,kostnad`)", most=LARGEST_PANEL)
        head = [Field(text, table.place_of(table.first, number)) for number, text in enumerate(table.head)]
        lines = _text_lines(table)
        finish = None
    reading = _Reading(name, head, unit, rounding)
    for line in lines:
        if isinstance(line, Problem):
            reading.problems.append(line)
        else:
            reading.take(line)
        if len(reading.problems) >= MOST_PROBLEMS:
            break
    if finish is not None:
        reading.problems += finish.problems()
    return PanelDocument(reading.panel(country), reading.at)


# --- the two kinds of files --------------------------------------------------------------------------------------------


def is_panel(raw: bytes) -> bool:
    """Whether what has no name to tell it by is a panel: a workbook, or a table whose first row names a column of areas."""
    head = raw[:_LONGEST_HEAD].partition(b"\n")[0].decode("utf-8-sig", "replace")
    return raw.startswith(_WORKBOOKS) or any(_meaning(field)[0] == "area" for field in re.split("[;,\t]", head))


def _is_named(heading: str) -> bool:
    name = _meaning(heading)[0]
    return name in TIDY or nearest(name, (*TIDY, *SWEDISH)) is not None


def _text_lines(table: Separated) -> Iterator[Line | Problem]:
    for row in table.rows():
        if isinstance(row, Problem):
            yield row
        else:
            yield Line(row.fields, lambda column, number=row.number: table.place_of(number, column))  # type: ignore[misc]


class _Workbook(NamedTuple):
    """The one sheet of a workbook that holds a panel."""

    head: Sequence[Field]
    rows: Iterable[Sequence[Field] | Problem]
    unseen: Unseen

    def lines(self) -> Iterator[Line | Problem]:
        for row in self.rows:
            if isinstance(row, Problem):
                yield row
                continue
            bad = [field.problem for field in row if field.problem is not None]
            yield from bad
            self.unseen.note((title.text, field.place) for title, field in zip(self.head, row, strict=True) if field.text or field.problem)
            if not bad:
                yield Line([field.text for field in row], lambda column, row=row: row[column].place)  # type: ignore[misc]


def _of_workbook(name: str, raw: bytes) -> _Workbook:
    """The sheet with a panel. Raises AgreementError where the workbook has none, or several: nothing is merged."""
    from .ledger.workbook import tables

    held = list(tables(name, raw, _is_named, LARGEST_PANEL))
    if problems := [one for one in held if isinstance(one, Problem)]:
        raise AgreementError(problems)
    sheets = [one for one in held if isinstance(one, Sheet)]
    if not sheets:
        raise AgreementError.of("panel", Place(name), "no sheet of the workbook holds a panel", f"{_SHAPES} in the first row of one")
    if len(sheets) > 1:
        named = ", ".join(f"`{cut(sheet.name)}`" for sheet in sheets)
        raise AgreementError.of("panel", Place(name), f"several sheets hold panels: {named}", "keep one of them: panels are not merged")
    [sheet] = sheets
    hidden: Hidden = sheet.hidden
    return _Workbook(sheet.head, sheet.rows, Unseen(hidden))


# --- what it says ------------------------------------------------------------------------------------------------------


def _meaning(heading: str) -> tuple[str, str]:
    """The column that a heading names, in English where it is one of ours, in capitals or not; and its unit, or nothing."""
    text = " ".join(unicodedata.normalize("NFC", heading).split())
    match = _WITH_UNIT.fullmatch(text)
    name, unit = (match["name"], match["unit"]) if match else (text, "")
    return SWEDISH.get(name.lower(), name.lower()), unit


class _Reading:
    """A panel in the making: its columns, and every cost with the place where it was first stated."""

    def __init__(self, file: str, head: Sequence[Field], unit: str | None, rounding: PanelRounding | None) -> None:
        self.file, self.problems = file, list[Problem]()
        self.columns = [Column(*_meaning(field.text), field.place) for field in head]
        self.problems += [field.problem for field in head if field.problem is not None]
        self.names = [column.name for column in self.columns]
        self.yearly = "year" not in self.names and any(_YEAR.fullmatch(name) for name in self.names)
        if not self.problems:
            self.problems += self._head()
        self.unit: PanelUnit = "kr"
        if not self.problems:
            self.unit = self._unit(unit)
        if self.problems:
            raise AgreementError(self.problems)
        self.rounding: PanelRounding | None = None if self.unit == "index" else rounding or self.unit
        if self.unit == "index" and rounding is not None:
            raise AgreementError.of("panel", Place("--rounding"), "an index is no money, and is not rounded", "leave --rounding out")
        self.context = Context(self.unit, self.rounding or "")
        self.costs: dict[str, dict[int, Cost]] = {}
        self.people: dict[str, dict[int, Fraction]] = {}
        self.first: dict[tuple[str, int], Callable[[], Place]] = {}
        self.at: dict[tuple[str, int], Callable[[], Place]] = {}
        self.areas: dict[str, Callable[[], Place]] = {}

    def _head(self) -> Iterator[Problem]:
        """What is wrong with the columns."""
        needed = ("area",) if self.yearly else ("area", "year", "cost")
        for name in needed:
            if name not in self.names:
                yield Problem("panel", self.columns[0].place, f"the column `{name}` is missing", _SHAPES)
        for number, column in enumerate(self.columns):
            known = column.name in ("area",) or bool(_YEAR.fullmatch(column.name)) if self.yearly else column.name in TIDY
            if not column.name:
                yield Problem("panel", column.place, "this column has no name", "name it in the first row, or take its contents away")
            elif column.name in self.names[:number]:
                yield Problem("panel", column.place, f"the column `{cut(column.name)}` stands here twice", "keep one of them")
            elif not known:
                yield self._unknown(column)
            elif column.unit and not (column.name == "cost" or _YEAR.fullmatch(column.name)):
                yield Problem("panel", column.place, f"`{column.name}` has no unit", "the unit stands with the cost: `cost (tkr)`")

    def _unknown(self, column: Column) -> Problem:
        if self.yearly and column.name == "inhabitants":
            text, remedy = "a column for each year leaves none for each year's inhabitants", "write a line for each area and year"
            return Problem("panel", column.place, text, f"{remedy}: `area,year,cost,inhabitants`")
        near = nearest(column.name, ("area",) if self.yearly else (*TIDY, *SWEDISH))
        unit = re.fullmatch(r"(cost|kostnad)[\s,:]+(\w+)", column.name)
        remedy = f"write `{unit[1]} ({unit[2]})`" if unit else f"did you mean `{near}`?" if near else _SHAPES
        return Problem("panel", column.place, f"there is no column `{cut(column.name)}`", remedy)

    def _unit(self, option: str | None) -> PanelUnit:
        """The unit of the heading, or of the option; both where they agree."""
        stated = {column.unit: column.place for column in reversed(self.columns) if column.unit}
        if len(stated) > 1:
            units = " and ".join(f"`{cut(unit)}`" for unit in sorted(stated))
            self.problems.append(Problem("panel", next(iter(stated.values())), f"the headings name {units}", "write one unit in all"))
        for unit, place in stated.items():
            if unit not in UNITS:
                near = meant(unit, UNITS)
                remedy = f"write `{near}`" if near else "the units are kr, tkr, mkr and index"
                self.problems.append(Problem("bad-unit", place, f"`{cut(unit)}` is not a unit", remedy))
            elif option not in (None, unit):
                text = f"the heading says {unit}, and --panel-unit {option}"
                self.problems.append(Problem("panel", place, text, "leave --panel-unit out, or correct the heading"))
        named = option or next(iter(stated), "kr")
        return next((unit for unit in UNITS if unit == named), "kr")

    def take(self, line: Line) -> None:
        """Read a row."""
        held = dict(zip(self.names, line.texts, strict=True))
        at = {name: number for number, name in enumerate(self.names)}
        if not any(line.texts):
            return
        area = unicodedata.normalize("NFC", held["area"])
        if not area:
            self._complain(
                "panel", line.place(at["area"]), "the area is missing", "fill it in, or take the row away if it is a sum or a note"
            )
            return
        if self.yearly:
            if area in self.areas:
                text = f"`{cut(area)}` stands here again; it stands at {self.areas[area]()} too"
                self._complain("given-twice", line.place(at["area"]), text, "keep one of them: areas are not merged")
                return
            self._known(area, line, at["area"])
            for name in self.names:
                if name != "area" and held[name]:
                    self._cost(area, int(name), held[name], line, at[name])
            return
        if not _YEAR.fullmatch(held["year"]):
            text = f"`{cut(held['year'])}` is not a year" if held["year"] else "the year is missing"
            self._complain("bad-year", line.place(at["year"]), text, "write four digits, such as `1998`")
            return
        year = int(held["year"])
        if (area, year) in self.first:
            text = f"`{cut(area)}` and {year} stand here again; they stand at {self.first[area, year]()} too"
            self._complain("given-twice", line.place(at["area"]), text, "keep one of them: costs are not added up")
            return
        self.first[area, year] = lambda: line.place(at["area"])
        self._known(area, line, at["area"])
        if held["cost"]:
            self._cost(area, year, held["cost"], line, at["cost"])
        if held.get("inhabitants"):
            read = self._read(_people, held["inhabitants"], line, at["inhabitants"])
            if read is not None:
                self.people[area][year] = read

    def _known(self, area: str, line: Line, column: int) -> None:
        if area not in self.areas:
            self.areas[area] = lambda: line.place(column)
            self.costs[area], self.people[area] = {}, {}

    def _cost(self, area: str, year: int, text: str, line: Line, column: int) -> None:
        read = self._read(self._amount, text, line, column)
        if read is not None:
            self.costs[area][year] = read
            self.at[area, year] = lambda: line.place(column)

    def _amount(self, text: str) -> Cost:
        """A cost as it is spelt: an amount, or of an index a number of 0 or more. Raises PydanticCustomError."""
        if self.unit != "index":
            return parse_cost(text, SimpleNamespace(context=self.context))
        return _index(text)

    def _read(self, reader: Callable[[str], T], text: str, line: Line, column: int) -> T | None:
        try:
            return reader(text)
        except PydanticCustomError as error:
            said, remedy = reason(error)
            code = str((error.context or {}).get("code", "panel"))
            if code == "too-fine":
                finer = next((one for one in ("tkr", "kr", "öre") if f"rounding: {one}" in remedy), None)
                said = f"`{cut(text)}` is finer than {'one öre' if finer is None else f'the rounding ({self.rounding})'}"
                remedy = f"say `--rounding {finer}`, or round the cost" if finer else remedy
            self._complain(code, line.place(column), said, remedy)
            return None

    def _complain(self, code: str, place: Place, text: str, remedy: str) -> None:
        self.problems.append(Problem(code, place, text, remedy))

    def panel(self, country: str | None) -> Panel:
        """The panel. Raises AgreementError with all problems of the file; or where the country is not in it, or nothing cost anything."""
        whole: Mapping[int, Cost] | None = None
        if country is not None:
            country = unicodedata.normalize("NFC", country.strip())
            whole = self.costs.pop(country, None)
            self.people.pop(country, None)
        if self.problems:
            raise AgreementError(in_order(self.problems, self.file)[:MOST_PROBLEMS])
        if country is not None and whole is None:
            near = nearest(country, self.costs)
            remedy = f"did you mean `{near}`?" if near else "name the row of the whole country, as the panel spells it"
            raise AgreementError.of("no-such-area", Place(f"--country {country}"), f"the panel has no row `{cut(country)}`", remedy)
        if self.unit == "index" and whole is None:
            text = "an index cannot be added up over areas: the country's development must stand in the panel"
            raise AgreementError.of("panel", Place(self.file), text, "name its row with --country")
        if not any(self.costs.values()):
            raise AgreementError.of("panel", Place(self.file), "the panel holds no cost of an area", _SHAPES)
        return Panel(self.file, self.unit, self.rounding, self.costs, self.people, country, whole)


def _people(text: str) -> Fraction:
    """How many inhabitants: a number of 0 or more, in which thousands are not mistaken for decimals. Raises PydanticCustomError."""
    try:
        return parse_weight(text)
    except PydanticCustomError as error:
        said, _ = reason(error)
        if "could group" in said:
            raise
        raise problem(
            "bad-number", said.replace("is not a weight", "is not a number"), "write a number of 0 or more, such as `24 300`"
        ) from None


def _index(text: str) -> Fraction:
    """A number of an index, 0 or more: a point or a comma begins its decimals, as in a series. Raises PydanticCustomError."""
    number = decimal(scalar_text(text, "a number"))
    if number is None:
        raise problem("bad-number", f"`{cut(text)}` is not a number of 0 or more", "write digits, with a decimal comma or point: `118,2`")
    return number
