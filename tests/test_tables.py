"""A told table holds what its cells are; how they are written comes later, and what is a sum is said once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from socsam_calc.amounts import DASH, Scale
from socsam_calc.report.told.tables import (
    BAD,
    GOOD,
    SCREEN,
    WORKBOOK,
    Amount,
    Cell,
    Column,
    Number,
    Table,
    Value,
    added,
    in_workbook,
    money,
    on_screen,
)

TKR = Scale("kr", "tkr", [1_500])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Grannby", "Grannby"),
        (1998, "1998"),
        (Amount(1_500, TKR), "1,5"),
        (Amount(2_000, TKR, signed=True), "+2,0"),
        (Amount(None, TKR), DASH),
        (Number(Fraction(1, 3), 2), "0,33"),
        (Number(Fraction(-5, 2), signed=True), "−3"),
        (Number(None, 2), DASH),
    ],
)
def test_a_cell_is_written_by_what_it_holds(value: Value, text: str) -> None:
    """A year has no gap between its digits; the amounts of a report have the same decimals."""
    assert Cell(value).text == text


def test_an_amount_that_is_gained_or_borne_has_a_tone_and_one_that_is_not_known_shows_no_figure() -> None:
    assert money(Amount(5, TKR, signed=True), "1998.totals.result") == Cell(Amount(5, TKR, True), GOOD, "1998.totals.result")
    assert money(Amount(-5, TKR, signed=True)).tone == BAD
    assert money(Amount(-5, TKR)).tone == ""
    assert money(Amount(None, TKR), "1998.totals.result").figure == ""


def test_a_sum_is_not_known_where_one_of_its_amounts_is_not() -> None:
    rows = [
        {"a": Cell(Amount(1, TKR)), "b": Cell(Amount(1, TKR)), "text": Cell("x")},
        {"a": Cell(Amount(2, TKR)), "b": Cell(Amount(None, TKR))},
    ]
    assert added(rows, ["a", "b", "text"]) == {"a": Amount(3, TKR), "b": Amount(None, TKR)}


def test_a_screen_and_a_workbook_show_their_columns_of_one_table() -> None:
    columns = [Column("claim or debt", key="carried", only=SCREEN), Column("carried", key="carried", only=WORKBOOK), Column("name", False)]
    table = Table("Balances", columns, [[Cell("1"), Cell("1"), Cell("kassa")]])
    assert [column.title for column in on_screen(table).columns] == ["claim or debt", "name"]
    assert [column.title for column in in_workbook(table).columns] == ["carried", "name"]
