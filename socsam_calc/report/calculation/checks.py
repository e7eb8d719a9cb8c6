"""What says whether a calculation may be trusted: counts that are 0 while it may, what is not live, and what no number changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ..render.grid import Amount, Area, Column, Piece, Row, Sheet, Spot, Written
from ..told.words import Words
from .cells import LIMIT
from .pages import Page, Pages
from .steps import INSTALMENTS, NOT_BELOW, NOT_LIVE, NOTHING, PAYMENTS, SPLIT

CHANGED, ALL = "changed", "all"
_BELOW, _SUMS, _NOBODY, _COUNTED, _LARGE = "below", "sums", "nobody", "counted", "large"

_COUNTS: Final = {
    CHANGED: "numbers that are not those of the file",
    _BELOW: "amounts below 0 that must not be",
    _SUMS: "sums that do not add up",
    _NOBODY: "amounts that nobody bears",
    _COUNTED: "numbers that are not counted whole",
    _LARGE: "numbers of 10 000 000 000 000 and more",
    PAYMENTS: "not live: payments",
    SPLIT: "not live: state split",
    INSTALMENTS: "not live: instalments of who paid none in",
    ALL: "not live: everything",
}
_MEANINGS: Final = {
    CHANGED: "They stand beside those of the file.",
    _BELOW: "The program refuses such an agreement: an amount or a share below 0, or more converted or used than there is.",
    _SUMS: "A key's shares do not add up to 1, an amount has nobody to bear it, or of a year only the total is known and not all is shared.",
    _NOBODY: "All the weights are 0 by which an amount is divided.",
    _COUNTED: "An amount is no whole number, or another number has more decimals than its steps count: it is rounded.",
    _LARGE: "A spreadsheet computes in floats of 64 bits: with larger numbers the last digits of a division may be wrong.",
    PAYMENTS: "The sheet of payments is that of the file. What each party receives or pays is live.",
    SPLIT: "How the office's part is divided with the state is that of the file.",
    INSTALMENTS: "Who paid nothing in when the file was written has no rows on the sheet of instalments; all other rows are live.",
    ALL: "A number of 10 000 000 000 000 or more, or more rows than anybody follows: all figures are those of the file, sums apart.",
}
_TOLD: Final = (
    "Change numbers in the coloured cells of the two sheets of terms and amounts alone: all else follows, to what each party is settled.",
    "A share is typed as so many of how many: 31 of 100 is 31 %. A number of a series is typed as it is published.",
    "Parties, activities, who pays and performs what, months, which key divides what, years of distribution and the flow of money are those of the file.",
)


class Checks:
    """The sheet of checks, and by what it is about the cell of each count. ``today`` is what all of them are now."""

    def __init__(self, words: Words, heading: str, counted: Sequence[tuple[str, list[Piece]]], today: int = 0) -> None:
        name = words("Checks")
        columns = [
            Column("check", words("check"), "text"),
            Column("found", words("found"), "check"),
            Column("means", words("what it means"), "text"),
        ]
        rows = [
            Row({"check": words(_COUNTS[kind]), "found": Amount(Decimal(today), Written(formula)), "means": words(_MEANINGS[kind])})
            for kind, formula in counted
        ]
        rows += [Row({"check": words("how to use this"), "means": words(text)}) for text in _TOLD]
        self.sheet = Sheet(name, f"{heading}: {name}.", columns, rows, 1)
        self.cells = {kind: Spot(name, at, "found") for at, (kind, _) in enumerate(counted)}


def counts(pages: Pages, words: Words, not_live: Sequence[str]) -> list[tuple[str, list[Piece]]]:
    """What is counted on the sheets of the calculation, and the formula that counts it."""
    sums, divisions = pages.sums, pages.divisions
    numbers = [page for page in (pages.terms, pages.amounts) if page.rows]
    changed = [_count(page.whole("number"), "<>", page.whole("stated")) for page in numbers]
    large = [_count("ABS(", area, f")>={LIMIT}") for area in _numbers(pages)]
    found: dict[str, list[list[Piece]]] = {
        CHANGED: changed,
        _BELOW: [_marked(sums, NOT_BELOW, "<0"), *(_marked(page, NOT_BELOW, "<0", "number") for page in numbers)],
        _SUMS: [_marked(sums, NOTHING, "<>0")],
        _NOBODY: [_count("(", divisions.whole("over"), "=0)*(", divisions.whole("amount"), "<>0)")] if divisions.rows else [],
        _COUNTED: [_uncounted(page) for page in numbers],
        _LARGE: large,
        **{kind: [_marked(sums, words(NOT_LIVE[kind]), "<>0")] for kind in not_live},
    }
    return [(kind, _added(formulas)) for kind, formulas in found.items() if formulas and sums.rows]


def _numbers(pages: Pages) -> list[Area]:
    """Every column of whole numbers that is computed with."""
    computed = [(pages.sums, ("amount",)), *((page, ("amount", "times", "over")) for page in (pages.roundings, pages.divisions))]
    return [page.whole(column) for page, columns in (*computed, (pages.amounts, ("number",)), (pages.terms, ("counted",))) for column in columns if page.rows]  # fmt: skip


def _uncounted(page: Page) -> list[Piece]:
    """Numbers that are not whole, counted in their steps where they have some."""
    if all(column.key != "steps" for column in page.columns):
        return _count(page.whole("number"), "<>ROUND(", page.whole("number"), ",0)")
    steps: list[Piece] = ["(", page.whole("steps"), "+(", page.whole("steps"), "=0))"]
    return _count("ABS(", page.whole("number"), "*", *steps, "-ROUND(", page.whole("number"), "*", *steps, ",0))>0.000001")


def _marked(page: Page, mark: str, holds: str, column: str = "amount") -> list[Piece]:
    return ["SUMPRODUCT((", page.whole("must"), f'="{mark}")*(', page.whole(column), f"{holds}))"]


def _count(*condition: Piece) -> list[Piece]:
    return ["SUMPRODUCT(--(", *condition, "))"]


def _added(formulas: Sequence[list[Piece]]) -> list[Piece]:
    return [piece for at, formula in enumerate(formulas) for piece in (*(["+"] if at else []), *formula)]
