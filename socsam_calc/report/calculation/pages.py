"""The sheets of the calculation as they grow: what is changed on two, what is computed on three."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..render.grid import Area, Column, Content, Row, Spot
from ..told.words import Words
from .cells import Beyond

MOST: Final = 20_000
"""More rows than this nobody follows, and no spreadsheet computes while one waits."""


class Page:
    """A sheet as it grows: its name, its columns, and its rows."""

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        self.name, self.columns, self.rows = name, columns, list[Row]()

    def spot(self, column: str, row: int | None = None) -> Spot:
        """A cell of a row, of the one that comes next where none is named."""
        return Spot(self.name, len(self.rows) if row is None else row, column)

    def whole(self, column: str) -> Area:
        """All cells of a column."""
        return Area(self.spot(column, 0), max(len(self.rows) - 1, 0))

    def add(self, cells: Content) -> None:
        """The next row. Raises Beyond where there are too many."""
        if len(self.rows) >= MOST:
            raise Beyond
        self.rows.append(Row({key: cell for key, cell in cells.items() if cell != ""}))


class Pages:
    """All of them, for one agreement or ``several``."""

    def __init__(self, words: Words, *, several: bool) -> None:
        area = [Column("area", words("area"), "text")] if several else []
        year, activity, party = (Column(title, words(title), "text") for title in ("year", "activity", "party"))
        labels = [*area, year, Column("section", "§", "text"), Column("step", words("step"), "text"), activity, party]
        figures = {"estimate": "quotient, roughly", "rest": "what that leaves", "quotient": "whole part", "remainder": "remainder"}
        quotient = [Column(key, words(title), "units") for key, title in figures.items()]
        amount, result = Column("amount", words("amount"), "units"), Column("result", words("rounded"), "units")
        must = Column("must", words("must be"), "text")
        self.sums = Page(words("Calculation"), [*labels, amount, must])
        factors = [amount, Column("times", words("multiplied by"), "units"), Column("over", words("divided by"), "units")]
        self.roundings = Page(words("Rounding"), [*labels, *factors, *quotient, result])
        weighed = [amount, Column("times", words("weight"), "units"), Column("over", words("sum of the weights"), "units")]
        extra = [Column("extra", words("one unit more"), "units"), result._replace(title=words("part of it"))]
        self.divisions = Page(words("Division"), [*labels, *weighed, *quotient, *extra])
        place, what, of = Column("place", words("place in the file"), "text"), Column("what", words("what"), "text"), Column("whose", words("whose"), "text")  # fmt: skip
        number, stated = Column("number", words("number"), "entered"), Column("stated", words("in the file"), "exact")
        counted = [Column("of", words("of"), "exact"), Column("steps", words("steps in 1"), "units"), Column("counted", words("counted in steps"), "units")]  # fmt: skip
        self.terms = Page(words("Terms"), [*area, what, of, number, *counted, stated, must, place])
        self.amounts = Page(words("Amounts of the years"), [*area, year, what, activity, party, number, stated, must, place])

    @property
    def all(self) -> tuple[Page, ...]:
        """In the order in which they are read."""
        return self.terms, self.amounts, self.sums, self.roundings, self.divisions
