"""The arithmetic of single steps, each worked out by hand: what it comes to, and what an explanation shows of how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from socsam_calc import load, money, settle
from socsam_calc.engine import figures
from socsam_calc.engine.payments import Payment, derivations
from socsam_calc.engine.steps import (
    Money,
    Rung,
    Step,
    Unrounded,
    added,
    banded,
    exceeding,
    given,
    least,
    less,
    limited,
    not_below_zero,
    parts,
    product,
    ratio,
    rungs,
    scaled,
    total,
    zero,
)
from socsam_calc.money import Quota, apportion, quotas, round_fraction, round_half_away


def kr(value: int, name: str = "amount") -> Money:
    return given(name, 2000, ("kommun",), value, ("years", "2000", name))


def share(value: str) -> Step[Fraction]:
    return given("share", 2000, (), Fraction(value), ("sharing", "shared"))


# --- money -----------------------------------------------------------------------------------------------------------------------


def test_units_are_worth_their_ore() -> None:
    """A krona is a hundred öre, a tkr a thousand of them, a mkr a million; 10^13 kr is the largest amount."""
    assert money.ORE_PER == {"öre": 1, "kr": 100, "tkr": 100 * 1_000, "mkr": 100 * 1_000_000}
    assert money.LARGEST == 100 * 10_000_000_000_000
    assert {"öre": Decimal("0.01"), "kr": Decimal("1"), "tkr": Decimal("1000")} == figures.KRONOR


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (0, 3, 0), (1, 3, 0), (2, 3, 1), (1, 2, 1), (3, 2, 2), (5, 2, 3), (-1, 2, -1), (-3, 2, -2), (-1, 3, 0), (-2, 3, -1),
        (7, 1, 7), (-7, 1, -7), (149, 100, 1), (150, 100, 2), (-149, 100, -1), (-150, 100, -2),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_away(numerator, denominator) == rounded == round_fraction(Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("whole", "weights", "expected"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # 3⅓ each: the one left over goes to the first
        (11, [1, 1, 1], [4, 4, 3]),
        (-10, [1, 1, 1], [-4, -3, -3]),
        (10, [0, 1, 1], [0, 5, 5]),
        (10, [1, 2, 4], [1, 3, 6]),  # 1 3⁄7, 2 6⁄7, 5 5⁄7: the two left over go to the largest remainders
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
        (0, [1, 2], [0, 0]),
        (1, [0, 0, 5], [0, 0, 1]),
        (6, [1, 2], [2, 4]),  # nothing is left over
    ],
)  # fmt: skip
def test_a_whole_is_divided_by_largest_remainder(whole: int, weights: list[int | Fraction], expected: list[int]) -> None:
    assert apportion(whole, weights) == expected


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [1, -2], [-1, 1]])
def test_no_weight_is_below_0_and_one_is_above(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights must be 0 or more, and not all 0"):
        apportion(10, weights)


def test_a_quota_is_shown_without_its_sign() -> None:
    """−10 by 1, 2 and 4: 1 3⁄7, 2 6⁄7 and 5 5⁄7, whose two largest remainders get one each."""
    expected = [Quota(1, Fraction(3, 7), 0), Quota(2, Fraction(6, 7), 1), Quota(5, Fraction(5, 7), 1)]
    assert quotas(10, [1, 2, 4]) == quotas(-10, [1, 2, 4]) == expected
    assert quotas(0, [1, 1]) == [Quota(0, Fraction(0), 0)] * 2


# --- steps -----------------------------------------------------------------------------------------------------------------------


def test_a_step_says_what_it_was_made_of() -> None:
    a, b, c = kr(700, "a"), kr(200, "b"), kr(50, "c")
    assert a == Step("a", 2000, ("kommun",), 700, "given", (), ("years", "2000", "a"), 0)
    assert zero("nothing", 2001, ("x",)) == Step("nothing", 2001, ("x",), 0, "sum", (), None, 0)
    assert zero("nothing", 2001).about == ()
    assert total("sum of all", 2000, ("x",), iter([a, b, c])) == Step("sum of all", 2000, ("x",), 950, "sum", (a, b, c))
    assert less("rest", 2000, (), a, b, c) == Step("rest", 2000, (), 450, "less", (a, b, c))
    assert least("smaller", 2000, (), a, b) == Step("smaller", 2000, (), 200, "least", (a, b))
    assert not_below_zero("room", 2000, (), a) == Step("room", 2000, (), 700, "greatest", (a, zero("nothing", 2000)))
    assert not_below_zero("room", 2000, (), kr(-3)).value == 0 == not_below_zero("room", 2000, (), kr(0)).value
    half = share("1/2")
    assert product("part", 2000, (), half, kr(7, "odd")) == Step("part", 2000, (), Fraction(7, 2), "product", (half, kr(7, "odd")))
    assert ratio("part of", 2000, (), b, a) == Step("part of", 2000, (), Fraction(2, 7), "ratio", (b, a))
    assert ratio("part of", 2000, (), b, zero("none", 2000)).value == 0
    assert ratio("part of", 2000, (), b, kr(1)).value == 200
    assert added("together", 2000, (), [half, share("1/3")]) == Step("together", 2000, (), Fraction(5, 6), "sum", (half, share("1/3")))
    assert added("together", 2000, (), []).value == Fraction(0)
    assert exceeding("over", 2000, (), share("15/2"), kr(7)) == Step("over", 2000, (), Fraction(1, 2), "less", (share("15/2"), kr(7)))


def test_a_product_is_rounded_once_after_all_its_divisors() -> None:
    """1 000 × 7 ÷ 12 ÷ 5 = 116,67 is 117; `position` is where the divisors begin."""
    factors, divisors = (
        [kr(1000), given("months", 2000, (), 7, None)],
        [given("year", 2000, (), 12, None), given("five", 2000, (), 5, None)],
    )
    assert scaled("cell", 2000, ("x",), factors, divisors) == Step("cell", 2000, ("x",), 117, "scale", (*factors, *divisors), None, 2)
    assert scaled("half", 2000, (), [kr(1), share("1/2")]) == Step("half", 2000, (), 1, "scale", (kr(1), share("1/2")), None, 2)
    assert scaled("half", 2000, (), [kr(-1), share("1/2")]).value == -1


def test_parts_are_numbered_from_one_behind_their_whole() -> None:
    weights = {"a": kr(1, "wa"), "b": kr(2, "wb")}
    inputs = (kr(100), weights["a"], weights["b"])
    assert parts("part", 2000, ("row",), kr(100), weights) == {
        "a": Step("part", 2000, ("row", "a"), 33, "part", inputs, None, 1),
        "b": Step("part", 2000, ("row", "b"), 67, "part", inputs, None, 2),
    }
    with pytest.raises(ValueError, match="not all 0"):
        parts("part", 2000, (), kr(1), {"a": zero("w", 2000)})


class Free(Unrounded):
    """An amount that is never rounded: here a fraction with a name."""

    def __init__(self, value: Fraction) -> None:
        self.value = value

    def divided(self, weights: Sequence[Any]) -> list[Free]:
        return [Free(self.value * weight / sum(weights)) for weight in weights]


def test_what_is_not_rounded_is_divided_exactly() -> None:
    free = Step("amount", 2000, (), Free(Fraction(10)), "given")  # type: ignore[type-var]
    made = parts("part", 2000, (), free, {"a": kr(1), "b": kr(2)})  # type: ignore[arg-type]
    assert [one.value.value for one in made.values()] == [Fraction(10, 3), Fraction(20, 3)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "limit", "limited_to"),
    [
        ("7/2", "5", 4),
        ("5", "5", 5),
        ("11/2", "5", 5),
        ("-11/2", "5", -5),
        ("-7/2", "5", -4),
        ("-5", "5", -5),
        ("0", "0", 0),
        ("1", "0", 0),
    ],
)
def test_a_limit_holds_both_ways(value: str, limit: str, limited_to: int) -> None:
    assert limited("part", 2000, (), share(value), share(limit)) == Step(
        "part", 2000, (), limited_to, "limit", (share(value), share(limit))
    )


def test_an_amount_is_walked_up_through_its_bands() -> None:
    """250 through bands to 100 and 200 and without end: 100, 100 and 50 lie inside them; of 150 nothing reaches the last."""
    bands: list[Step[Any]] = [kr(100, "to"), share("1"), kr(200, "to"), share("1/2"), share("1/10")]
    whole = [Rung(0, 100, 100, Fraction(1)), Rung(100, 200, 100, Fraction(1, 2)), Rung(200, None, 50, Fraction(1, 10))]
    assert rungs(250, bands) == whole
    assert [rung.inside for rung in rungs(150, bands)] == [100, 50, 0]
    assert [rung.inside for rung in rungs(100, bands)] == [100, 0, 0]
    assert [rung.inside for rung in rungs(0, bands)] == [0, 0, 0]


def test_a_band_that_ends_below_the_one_before_it_holds_nothing() -> None:
    """As a band in percent of a frame may: the third begins where the first ended."""
    bands: list[Step[Any]] = [kr(100, "to"), share("1"), kr(60, "to"), share("1/2"), share("1/10")]
    assert rungs(250, bands) == [Rung(0, 100, 100, Fraction(1)), Rung(100, 60, 0, Fraction(1, 2)), Rung(100, None, 150, Fraction(1, 10))]


@pytest.mark.parametrize(("before", "left"), [(250, 155), (-250, -155), (1, 1), (-1, -1), (0, 0), (101, 101), (-101, -101), (103, 102)])
def test_bands_leave_what_they_let_through_with_its_sign(before: int, left: int) -> None:
    """250: 100 + 50 + 5. Of 101 half a krona of the second band is rounded up: 100,5; of 103 it is 101,5."""
    bands: list[Step[Any]] = [kr(100, "to"), share("1"), kr(200, "to"), share("1/2"), share("1/10")]
    assert banded("shared", 2000, kr(before), bands) == Step("shared", 2000, (), left, "bands", (kr(before), *bands))


# --- payments --------------------------------------------------------------------------------------------------------------------


def test_a_payment_is_the_smaller_of_what_is_owed_and_what_is_due() -> None:
    """The body owes 30, a 20; b is due 35 and c 15. The body pays b its 30; a pays b the 5 that are left, and c 15."""
    moved = {"a": kr(-20, "a"), "b": kr(35, "b"), "c": kr(15, "c"), "body": kr(-30, "body")}
    made = derivations(2000, moved, [Payment("body", "b", 30), Payment("a", "b", 5), Payment("a", "c", 15)])
    first, second, third = made
    assert [(one.name, one.about, one.value, one.formula) for one in made] == [
        ("payment", ("body", "b"), 30, "least"), ("payment", ("a", "b"), 5, "least"), ("payment", ("a", "c"), 15, "least"),
    ]  # fmt: skip
    owes, due = first.inputs
    assert owes == less("still to pay", 2000, ("body",), zero("nothing", 2000), moved["body"])
    assert due == less("still to receive", 2000, ("b",), moved["b"])
    owes, due = second.inputs
    assert owes == less("still to pay", 2000, ("a",), zero("nothing", 2000), moved["a"])
    assert due == less("still to receive", 2000, ("b",), moved["b"], first)
    owes, due = third.inputs
    assert owes == less("still to pay", 2000, ("a",), zero("nothing", 2000), moved["a"], second)
    assert (owes.value, due.value) == (15, 15)


@pytest.mark.parametrize(("cost", "key", "settled"), [(9, "surplus", [1, 0]), (11, "deficit", [0, -1]), (10, None, [0, 0])])
def test_one_unit_is_divided_by_the_key_of_its_sign(cost: int, key: str | None, settled: list[int]) -> None:
    """A surplus is all a's here, and a deficit all b's."""
    text = f"""
format: socsam/1
area: A
law: none
period: {{start: 2000-01-01, end: 2000-12-31}}
parties: {{a: {{role: municipality}}, b: {{role: county_council}}}}
activities: {{x: {{funder: a}}}}
sharing: {{surplus: {{a: 1}}, deficit: {{b: 1}}}}
years: {{2000: {{frame: {{x: 10}}, actual: {{x: {cost}}}}}}}
"""
    (year,) = settle(load("one.yaml", text=text)).years
    assert year.sharing.key == key
    assert [party.units("allocated") for party in year.parties] == settled
