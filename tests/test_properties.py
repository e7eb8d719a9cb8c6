"""What must hold for every agreement, whatever its figures."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

from agreements import PARTIES, agreements, shares
from hypothesis import assume, given
from hypothesis import strategies as st

from socsam_calc import Settlement, load, settle
from socsam_calc.engine.payments import fewest_payments
from socsam_calc.money import apportion, round_half_away

ROWS_AND_MORE = 8
"""How many times an amount on its way to a party is rounded at most: once for each of four rows, bands, withheld, key, kept."""


def settled(agreement: dict[str, Any]) -> Settlement:
    return settle(load("property.yaml", text=json.dumps(agreement)))


# --- nothing is lost ---------------------------------------------------------------------------------------------------


@given(agreements())
def test_every_krona_is_settled_and_paid_once(agreement: dict[str, Any]) -> None:
    for year in settled(agreement).years:
        assert sum(party.units("settled") for party in year.parties) + year.totals.units("uses") == year.totals.units("result")
        assert sum(party.units("contribution") for party in year.parties) == year.totals.units("final_frame")
        assert sum(party.units("paid") for party in year.parties) + year.body.units("paid") == year.totals.units("actual")
        assert sum(row.units("shared") for row in year.activities) == year.totals.units("shared")
        assert sum(row.units("kept") for row in year.activities) == sum(party.units("kept") for party in year.parties)
        for figure in ("transfer", "carried"):
            assert sum(party.units(figure) for party in year.parties) + year.body.units(figure) == 0


@given(agreements())
def test_payments_bring_every_transfer_to_zero(agreement: dict[str, Any]) -> None:
    for year in settled(agreement).years:
        left = {party.id: party.units("transfer") for party in year.parties} | {"body": year.body.units("transfer")}
        for payer, payee, amount in year.payments:
            assert amount > 0
            left[payer] += amount
            left[payee] -= amount
        assert not any(left.values())


@given(agreements())
def test_what_waits_is_paid_in_the_year_of_distribution(agreement: dict[str, Any]) -> None:
    """Over the trial, when the last year distributes, each party has been paid all its claims, whenever that was."""
    distributed = settled(agreement)
    agreement["sharing"]["distribute"] = "yearly"
    yearly = settled(agreement)
    for party in PARTIES:
        assert sum(y.party(party).units("transfer") for y in distributed.years) == sum(
            y.party(party).units("transfer") for y in yearly.years
        )
    assert all(party.units("carried") == 0 for party in distributed.years[-1].parties)


# --- order and scale do not matter -----------------------------------------------------------------------------------


@given(agreements(), st.permutations(PARTIES), st.permutations(["sickness", "care", "family", "projects"]))
def test_order_only_breaks_ties(agreement: dict[str, Any], parties: list[str], rows: list[str]) -> None:
    """Where the parts are told apart by more than a rounding unit, the order of parties and activities changes nothing."""
    other = copy.deepcopy(agreement)
    other["parties"] = {name: agreement["parties"][name] for name in parties}
    other["activities"] = {name: agreement["activities"][name] for name in rows}
    for year, reordered in zip(settled(agreement).years, settled(other).years, strict=True):
        assert year.totals == reordered.totals
        for party in year.parties:
            assert abs(party.units("settled") - reordered.party(party.id).units("settled")) <= ROWS_AND_MORE


@given(
    st.lists(st.integers(1, 1_000), min_size=2, max_size=6, unique=True), st.integers(-10_000, 10_000), st.randoms(use_true_random=False)
)
def test_apportioning_looks_at_the_order_only_where_remainders_are_equal(weights: list[int], total: int, random: Any) -> None:
    remainders = [abs(total) * weight % sum(weights) for weight in weights]
    assume(len(set(remainders)) == len(remainders))
    order = list(range(len(weights)))
    random.shuffle(order)
    parts, reordered = apportion(total, weights), apportion(total, [weights[index] for index in order])
    assert [parts[index] for index in order] == reordered


@given(agreements())
def test_the_unit_of_the_file_does_not_matter(agreement: dict[str, Any]) -> None:
    """The same amounts, written in tkr with four decimals: three after a comma could group thousands."""
    other = copy.deepcopy(agreement)
    other["unit"] = "tkr"
    for year in other["years"].values():
        for part in ("frame", "actual"):
            year[part] = {name: in_tkr(value) for name, value in year[part].items()}
    assert settled(agreement).years == settled(other).years


def in_tkr(value: Any) -> Any:
    return (
        {name: in_tkr(one) for name, one in value.items()} if isinstance(value, dict) else f"{Decimal(value) / 1000:.4f}".replace(".", ",")
    )


# --- a sign change mirrors the result ----------------------------------------------------------------------------------


@given(agreements(mirrored=True, years=1))
def test_a_deficit_mirrors_the_same_surplus(agreement: dict[str, Any]) -> None:
    """Each row's cost reflected in its frame: the result changes sign, and so does everything that is made of it."""
    frame, actual = agreement["years"]["1998"]["frame"], agreement["years"]["1998"]["actual"]
    sums = {name: sum(map(int, row.values())) if isinstance(row, dict) else int(row) for name, row in frame.items()}
    for name, whole in sums.items():
        actual[name] = str(min(int(actual[name]), 2 * whole))
    other = copy.deepcopy(agreement)
    other["years"]["1998"]["actual"] = {name: str(2 * sums[name] - int(cost)) for name, cost in actual.items()}
    year, mirror = settled(agreement).years[0], settled(other).years[0]
    assert mirror.totals.result == -year.totals.result
    assert mirror.totals.shared == -year.totals.shared
    for party in year.parties:
        for figure in ("kept", "allocated", "settled"):
            assert mirror.party(party.id).units(figure) == -party.units(figure)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any), st.integers(0, 10_000))
def test_the_parts_of_minus_x_mirror_those_of_x(weights: list[int], total: int) -> None:
    assert apportion(-total, weights) == [-part for part in apportion(total, weights)]


@given(st.integers(-10_000, 10_000), st.integers(1, 500))
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int) -> None:
    rounded = round_half_away(numerator, denominator)
    assert rounded == -round_half_away(-numerator, denominator)
    assert 2 * abs(rounded * denominator - numerator) <= denominator
    assert abs(rounded) * denominator * 2 != 2 * abs(numerator) - denominator  # never towards zero from a half


# --- saving never costs ----------------------------------------------------------------------------------------------


@given(agreements(years=1), st.sampled_from(["sickness", "care", "family"]), st.integers(0, 40_000))
def test_a_party_never_loses_by_saving_in_what_it_alone_funds_and_performs(agreement: dict[str, Any], row: str, saving: int) -> None:
    """What it bears, contribution less what is settled, does not rise when its own cost falls; rounding apart."""
    owner = {"sickness": "kassa", "care": "landsting", "family": "kommun"}[row]
    before = settled(agreement).years[0].party(owner)
    cost = int(agreement["years"]["1998"]["actual"][row])
    agreement["years"]["1998"]["actual"][row] = str(max(0, cost - saving))
    after = settled(agreement).years[0].party(owner)
    assert after.units("contribution") - after.units("settled") <= before.units("contribution") - before.units("settled") + ROWS_AND_MORE


# --- payments ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=7))
def test_the_payments_are_the_fewest_possible(amounts: list[int]) -> None:
    """By trying out all ways to part the nodes: with g groups that add up to zero, n nodes need n − g payments."""
    amounts = [*amounts, -sum(amounts)]
    nodes = [(f"p{number}", amount) for number, amount in enumerate(amounts)]
    live = [amount for amount in amounts if amount]
    assert len(fewest_payments(nodes)) == len(live) - most_groups(live)


def most_groups(amounts: list[int]) -> int:
    """The greatest number of groups that each add up to zero, by brute force."""
    if not amounts:
        return 0
    best = 0
    for mask in range(1 << (len(amounts) - 1)):
        group = [amounts[0]] + [amount for bit, amount in enumerate(amounts[1:]) if mask >> bit & 1]
        if sum(group) == 0:
            rest = [amount for bit, amount in enumerate(amounts[1:]) if not mask >> bit & 1]
            best = max(best, 1 + most_groups(rest))
    return best


@given(shares(), st.integers(-100_000, 100_000))
def test_no_part_is_further_than_a_unit_from_its_exact_share(key: dict[str, str], total: int) -> None:
    from fractions import Fraction

    weights = [Fraction(share) for share in key.values()]
    for part, weight in zip(apportion(total, weights), weights, strict=True):
        assert abs(part - total * weight) < 1
