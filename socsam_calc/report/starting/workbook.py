"""A workbook to fill in: a row for each year and activity of an agreement, as ``figures:`` reads it, and what its names mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..render.sheets import book_of
from ..told.words import Words

if TYPE_CHECKING:
    from ...source.outline import Outline

COLUMNS: Final = ("year", "activity", "party", "frame", "actual", "estimate")
_COSTS: Final = frozenset({"actual", "estimate"})


class Line(NamedTuple):
    """A row of the template, and which of its amounts are to be filled in."""

    year: int
    activity: str
    party: str
    wanted: frozenset[str]


def lines(terms: Outline) -> Iterator[Line]:
    """The rows that an agreement leaves to be filled in: all years of its period, and nothing that it states or computes itself."""
    for year in terms.years:
        present = [id_ for id_, party in terms.parties.items() if party.first <= year <= party.last]

        def stated(*kinds: str, activity: str, of: str = str(year)) -> bool:
            return any((of, kind, activity) in terms.stated for kind in kinds)

        whole_result = stated("result", activity="")
        for name, activity in terms.activities.items():
            costs = frozenset() if whole_result or stated("actual", "estimate", activity=name) else _COSTS
            if activity.based or stated("frame", activity=name):
                frame, payers = frozenset[str](), list[str]()
            elif activity.by:
                frame, payers = frozenset({"frame"}), []
            elif activity.funder is None:
                frame, payers = frozenset[str](), present
            else:
                frame, payers = frozenset({"frame"} if activity.funder in present else ()), []
            yield from (Line(year, name, party, frozenset({"frame"})) for party in payers)
            if (frame or costs) and (activity.funder is None or activity.funder in present or not activity.based):
                yield Line(year, name, "", frame | costs)


def template(terms: Outline, words: Words) -> bytes:
    """The content of an .xlsx file. Grey cells stay empty; amounts are in the agreement's unit.

    Raises OutputError when XlsxWriter is missing.
    """

    def fill(book: Any) -> None:
        _figures(book, terms, words)
        _meanings(book, terms, words)

    return book_of(terms.area, fill)


def _figures(book: Any, terms: Outline, words: Words) -> None:
    page = book.add_worksheet(words("figures"))
    head, text, year = book.add_format({"bold": True, "bottom": 1}), book.add_format(), book.add_format({"align": "left"})
    amount, closed = (
        book.add_format({"num_format": "#,##0.##" if terms.unit == "mkr" else "#,##0"}),
        book.add_format({"bg_color": "#d9d9d9", "pattern": 1}),
    )
    headings = [words("year"), words("activity"), words("party"), words("frame"), words("actual"), words("estimate")]
    for column, name in enumerate(headings):
        page.write_string(0, column, name, head)
    row = 0
    for row, line in enumerate(lines(terms), 1):
        page.write_number(row, 0, line.year, year)
        page.write_string(row, 1, line.activity, text)
        if line.party:
            page.write_string(row, 2, line.party, text)
        for column, kind in enumerate(COLUMNS[3:], 3):
            page.write_blank(row, column, None, amount if kind in line.wanted else closed)
    page.freeze_panes(1, 3)
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, 6)
    page.set_column(1, 2, max([10, *map(len, terms.activities), *map(len, terms.parties)]) + 2)
    page.set_column(3, 5, 16)
    if row:
        page.data_validation(1, 3, row, 5, {
            "validate": "decimal", "criteria": ">=", "value": 0, "input_message": words("An amount in {unit}, 0 or more.", unit=terms.unit),
            "error_title": "socsam", "error_message": words("An amount in {unit}, 0 or more.", unit=terms.unit),
        })  # fmt: skip


def _meanings(book: Any, terms: Outline, words: Words) -> None:
    """What to fill in, and the names behind the ids."""
    page = book.add_worksheet(words("About"))
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, terms.area[:255], bold)
    texts = [
        words("Amounts in {unit}", unit=terms.unit) + ".",
        words("Fill in the white cells of the first sheet. Grey ones stay empty: the agreement states or computes them."),
        words("Give what a year cost as actual, or as estimate before the books are closed. A row without amounts says nothing."),
        words("A formula counts with the value that it shows."),
    ]
    for row, line in enumerate(texts, 1):
        page.write_string(row, 0, line)
    parties = {id_: party.name for id_, party in terms.parties.items() if id_ not in terms.activities}
    named = {id_: activity.name for id_, activity in terms.activities.items()} | parties
    for row, (id_, name) in enumerate(named.items(), len(texts) + 2):
        page.write_string(row, 0, id_, bold)
        page.write_string(row, 1, (name or "")[:255], plain)
    page.set_column(0, 0, max(map(len, named)) + 2)
    page.set_column(1, 1, 60)
    page.fit_to_pages(1, 0)
