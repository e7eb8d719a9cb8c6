"""Corners of the arithmetic that random agreements seldom reach, each computed by hand beside it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from conftest import Outcome

from socsam_calc import AgreementError, Settlement, load, settle
from socsam_calc.engine.payments import MOST_NODES, Payment, fewest_payments


def settled(text: str) -> Settlement:
    return settle(load("corner.yaml", text=f"format: socsam/1\narea: Exempelby\n{text}"))


# --- § 5: payments between more nodes than groups are looked for among ------------------------------------------------------------


def test_among_many_nodes_pairs_that_cancel_come_first_and_then_groups() -> None:
    """Fourteen: a and d, b and c, m and n cancel, in the order of the first of each; the eight that are left fall into two groups of four."""
    transfers = [
        ("a", 5), ("b", 7), ("c", -7), ("d", -5), ("e", 6), ("f", -1), ("g", -2), ("h", -3), ("m", 8), ("n", -8),
        ("i", 40), ("j", -9), ("k", -10), ("l", -21),
    ]  # fmt: skip
    assert len(transfers) > MOST_NODES
    assert fewest_payments(transfers) == [
        Payment("d", "a", 5), Payment("c", "b", 7), Payment("n", "m", 8),
        Payment("f", "e", 1), Payment("g", "e", 2), Payment("h", "e", 3),
        Payment("j", "i", 9), Payment("k", "i", 10), Payment("l", "i", 21),
    ]  # fmt: skip


def test_more_nodes_that_do_not_cancel_are_one_group() -> None:
    """Thirteen without a pair: the first that owes pays the first that is owed, though +3, −1 and −2 would make a group of their own."""
    owing = [("b", -10), ("d", -1), ("e", -2), ("f", -11), ("g", -12), ("h", -13), ("i", -14), ("j", -15), ("k", -16), ("l", -4), ("m", -5)]
    payments = fewest_payments([owing[0], ("c", 3), *owing[1:], ("n", 100)])
    assert payments[:3] == [Payment("b", "c", 3), Payment("b", "n", 7), Payment("d", "n", 1)]
    assert len(payments) == 12 and sum(one.amount for one in payments) == 103


def test_twelve_nodes_are_still_looked_through_for_groups() -> None:
    """The same without one of those that owe 16: now 3, 1 and 2 settle among themselves."""
    owing = [("b", -10), ("d", -1), ("e", -2), ("f", -11), ("g", -12), ("h", -13), ("i", -14), ("j", -15), ("l", -4), ("m", -5)]
    payments = fewest_payments([owing[0], ("c", 3), *owing[1:], ("n", 84)])
    assert {Payment("d", "c", 1), Payment("e", "c", 2), Payment("b", "n", 10)} <= set(payments)


def zero_groups(amounts: tuple[int, ...], nodes: tuple[int, ...]) -> int:
    """The greatest number of groups that each add up to zero, tried one by one."""
    if not nodes:
        return 0
    first, rest = nodes[0], nodes[1:]
    return max(
        1 + zero_groups(amounts, tuple(node for node in rest if node not in others))
        for size in range(len(rest) + 1)
        for others in combinations(rest, size)
        if not amounts[first] + sum(amounts[node] for node in others)
    )


def expected_payments(amounts: tuple[int, ...]) -> list[Payment]:
    """As the description has it: the groups in their order, and inside each the first that owes pays the first that is owed."""
    left = tuple(node for node, amount in enumerate(amounts) if amount)
    payments = []
    while left:
        group = next(
            (left[0], *others)
            for size in range(len(left))
            for others in combinations(left[1:], size)
            if not amounts[left[0]] + sum(amounts[node] for node in others)
            and 1 + zero_groups(amounts, tuple(node for node in left if node not in (left[0], *others))) == zero_groups(amounts, left)
        )
        due = {node: amounts[node] for node in group}
        while any(due.values()):
            payer, payee = next(node for node in group if due[node] < 0), next(node for node in group if due[node] > 0)
            paid = min(-due[payer], due[payee])
            payments.append(Payment(str(payer), str(payee), paid))
            due[payer], due[payee] = due[payer] + paid, due[payee] - paid
        left = tuple(node for node in left if node not in group)
    return payments


def test_pairs_that_cancel_are_groups_of_their_own() -> None:
    assert fewest_payments([("a", 5), ("b", 3), ("c", -3), ("d", -5)]) == [Payment("d", "a", 5), Payment("c", "b", 3)]


@pytest.mark.parametrize("seed", range(60))
def test_payments_are_those_of_the_description(seed: int) -> None:
    """Small amounts, of which many add up to zero, against a second computation that tries every group."""
    choose = Random(seed)
    amounts = [choose.randint(-4, 4) for _ in range(choose.randint(1, 6))]
    every = (*amounts, -sum(amounts))
    assert fewest_payments([(str(node), amount) for node, amount in enumerate(every)]) == expected_payments(every)


# --- § 6: the split ---------------------------------------------------------------------------------------------------------------

OFFICES = """
period: {start: 1998-01-01, end: 1999-12-31}
parties:
  first: {role: insurance_office, to: 1998}
  second: {role: insurance_office, from: 1999}
  kommun: {role: municipality}
activities:
  adm: {cost: administration, performer: body}
  omsorg: {funder: kommun, cost: social_services}
sharing: {surplus: equal, deficit: equal, state_split: {administration: 10 %}}
years:
  1998:
    frame: {adm: {first: 100}, omsorg: 100}
    actual: {adm: 100, omsorg: 120}
  1999:
    frame: {adm: {second: 200}, omsorg: 100}
    actual: {adm: 200, omsorg: 140}
"""


def test_a_second_office_goes_on_where_the_first_left_off() -> None:
    """1998: a deficit of 20, the office bears 10, a tenth of it 1 (at most 10 % of 100). 1999: of 40 it bears 20, so 1 + 2 so far, less the 1."""
    settlement = settled(OFFICES)
    told = [(split.party, split.units("office"), split.units("state")) for year in settlement.years if (split := year.state_split)]
    assert told == [("first", -1, -9), ("second", -2, -18)]


@pytest.mark.parametrize("measured", ["trial", "office", "office_in_trial"])
def test_where_nothing_was_spent_administration_has_no_share_and_all_falls_to_the_state(measured: str) -> None:
    settlement = settled(f"""
period: {{start: 1998-01-01, end: 1998-12-31}}
parties:
  kassa: {{role: insurance_office}}
  kommun: {{role: municipality}}
activities:
  adm: {{funder: kassa, cost: administration}}
  omsorg: {{funder: kommun, cost: social_services}}
sharing: {{surplus: frame, deficit: equal, state_split: {{measured: {measured}}}}}
years:
  1998:
    frame: {{adm: 100, omsorg: 300}}
    actual: {{adm: 0, omsorg: 0}}
""")
    split = settlement.year(1998).state_split
    assert split is not None
    assert (split.units("office"), split.units("state"), settlement.year(1998).party("kassa").settled) == (0, 100, 100)


# --- rows of nothing --------------------------------------------------------------------------------------------------------------

LEFT = """
period: {{start: 1998-01-01, end: 1999-12-31}}
parties:
  kassa: {{role: insurance_office}}
  norra: {{role: municipality, to: 1998}}
  sodra: {{role: municipality}}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit}}
  omsorg: {{funder: norra, cost: social_services, performer: body{adjust}}}
  sod: {{funder: sodra, cost: social_services}}
sharing: {{surplus: frame, deficit: equal}}
years:
  1999:
    frame: {{sjuk: 100, sod: 100}}
    {more}
    actual: {{sjuk: 90, {cost}sod: 108}}
"""


@pytest.mark.parametrize(
    ("adjust", "more", "cost"),
    [
        (", adjust: outcome", "note: it follows its outcome of nothing", "omsorg: 0, "),
        ("", "conversions: [{from: sod, to: omsorg, amount: 5}, {from: omsorg, to: sod, amount: 5}]", "omsorg: 0, "),
    ],
)
def test_a_row_of_nothing_needs_nobody_who_funds_it(adjust: str, more: str, cost: str) -> None:
    """Frame 200, cost 198: 2 by the frame, one each; the row whose funder has left is 0 and bears nothing."""
    year = settled(LEFT.format(adjust=adjust, more=more, cost=cost)).year(1999)
    assert [year.party(name).settled for name in ("kassa", "sodra")] == [1, 1]
    assert year.activity("omsorg").final == 0


def test_a_result_of_nothing_is_shared_by_a_frame_of_nothing() -> None:
    year = settled("""
period: {start: 1998-01-01, end: 1998-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
sharing: {surplus: frame, deficit: frame}
years:
  1998: {frame: {kassa: 0, kommun: 0}, actual: {kassa: 0, kommun: 0}}
""").year(1998)
    assert [party.settled for party in year.parties] == [0, 0] and year.totals.result == 0


@pytest.mark.parametrize(("cost", "refused"), [(1, False), (2, True)])
def test_a_group_that_nothing_falls_to_needs_nobody_who_bears(cost: int, refused: bool) -> None:
    """A deficit in halves, the second of a group whose weights begin a year later. Of 1 the first half has all; of 2 the group would bear 1."""
    text = f"""
period: {{start: 1998-01-01, end: 1999-12-31}}
parties: {{kassa: {{role: insurance_office}}, kommun: {{role: municipality}}}}
activities: {{sjuk: {{funder: kassa, cost: sickness_benefit}}}}
keys: {{inhabitants: {{weights: {{1999: {{kommun: 5}}}}}}}}
sharing: {{surplus: equal, deficit: {{kassa: 1/2, kommuner: {{share: 1/2, by: inhabitants}}}}}}
years:
  1998: {{frame: {{sjuk: 0}}, actual: {{sjuk: {cost}}}}}
"""
    if refused:
        with pytest.raises(AgreementError, match="has no weight in 1998"):
            settled(text)
    else:
        year = settled(text).year(1998)
        assert [year.party(name).settled for name in ("kassa", "kommun")] == [-1, 0]


# --- large amounts ----------------------------------------------------------------------------------------------------------------

LARGE = """
period: {{start: 1998-01-01, end: 1998-12-31}}
parties: {{kassa: {{role: insurance_office}}, kommun: {{role: municipality}}}}
rounding: öre
sharing: {{surplus: frame, deficit: equal}}
years:
  1998: {{frame: {{kassa: "{frame}", kommun: 3}}, actual: {{kassa: "{cost}", kommun: 3}}}}
"""


@pytest.mark.parametrize("frame", ["1 000 000 000 000,01", "5 000 000 000 000,07", "9 999 999 999 999,99", "10 000 000 000 000"])
def test_amounts_up_to_ten_thousand_milliards_are_exact_to_the_ore(frame: str) -> None:
    """Two öre are left; by the frame the first has nearly all of it and the three kronor too little for one."""
    exact = Fraction(frame.replace(" ", "").replace(",", "."))
    whole, ore = divmod(int(exact * 100) - 2, 100)
    cost = f"{whole},{ore:02}"
    year = settled(LARGE.format(frame=frame, cost=cost)).year(1998)
    assert year.totals.final_frame == exact + 3 and year.totals.result == Fraction(2, 100)
    assert [party.settled for party in year.parties] == [Fraction(2, 100), 0]


@pytest.mark.parametrize("frame", ["10 000 000 000 000,01", "10 000 001 mkr"])
def test_more_than_ten_thousand_milliards_is_refused(frame: str) -> None:
    with pytest.raises(AgreementError, match=r"is more than 10\^13 kronor"):
        settled(LARGE.format(frame=frame, cost="0"))


# --- places in an explanation -----------------------------------------------------------------------------------------------------

EXPLAINED = """format: socsam/1
area: Exempelby
period: {start: 1998-01-01, end: 1999-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
activities:
  sjuk: {funder: kassa, cost: sickness_benefit, adjust: country, base: previous_year}
  omsorg: {funder: kommun, cost: social_services}
series:
  country: {outcome: {1998: 100, 1999: 110}, forecast: {1998: 100}}
sharing:
  surplus: equal
  deficit: equal
  bands:
    surplus:
      - {to: 10, shared: 0 %}
      - {shared: 50 %}
    deficit:
      - {to: 20, shared: 100 %}
      - {shared: 0 %}
years:
  1998:
    frame: {sjuk: 100, omsorg: 100}
    actual: {sjuk: 100, omsorg: 150}
  1999:
    frame: {omsorg: 100}
    actual: {sjuk: 90, omsorg: 90}
"""


@pytest.mark.parametrize(
    ("figure", "value", "lines", "said"),
    [
        ("1999.activities.sjuk.final", "110", [23, 9], "national outcome"),  # 100 × 110 / 100: last year's cost, and the outcomes
        (
            "1998.totals.shared",
            "−20",
            [18, 18, 19],
            "band limit (deficit): 20",
        ),  # of 50, the first 20 whole and the rest not: limit and shares of the deficit's bands
        (
            "1999.totals.shared",
            "10",
            [15, 15, 16],
            "band limit (surplus): 10",
        ),  # of 30, nothing of the first 10 and half of the other 20: those of the surplus'
    ],
)
def test_a_figure_leads_to_the_lines_of_its_base_and_its_bands(
    socsam: Callable[..., Outcome], tmp_path: Path, figure: str, value: str, lines: list[int], said: str
) -> None:
    file = tmp_path / "explained.yaml"
    file.write_text(EXPLAINED, encoding="utf-8")
    told = socsam("explain", file, figure).out
    assert f": {value}\n" in told and said in told
    cited = [int(line.split("explained.yaml:")[1].split(":")[0]) for line in told.splitlines() if "explained.yaml:" in line]
    left = list(cited)
    for line in lines:
        assert line in left, (line, cited)
        left.remove(line)


# --- § 4: what is used, and what was left undistributed -------------------------------------------------------------------------


@pytest.mark.parametrize(("use", "refused"), [(90, False), (91, True)])
def test_uses_are_held_against_what_earlier_years_left(use: int, refused: bool) -> None:
    """1998: a surplus of 100, of which 60 are used, leaves 40; 1999: one of 50. In 1999 at most 90 can be used."""
    text = f"""
period: {{start: 1998-01-01, end: 2000-12-31}}
parties: {{kassa: {{role: insurance_office}}, kommun: {{role: municipality}}}}
sharing: {{surplus: equal, deficit: equal, distribute: at_end}}
years:
  1998: {{frame: {{kassa: 300, kommun: 300}}, actual: {{kassa: 250, kommun: 250}}, uses: [{{for: staff, amount: 60}}]}}
  1999: {{frame: {{kassa: 300, kommun: 300}}, actual: {{kassa: 300, kommun: 250}}, uses: [{{for: staff, amount: {use}}}]}}
"""
    if refused:
        with pytest.raises(AgreementError, match="the uses of 1999 exceed the shared surplus that there is"):
            settled(text)
    else:
        assert settled(text).year(1999).totals.uses == use


# --- § 1: an outcome that nobody bears ------------------------------------------------------------------------------------------


def test_a_cost_that_nobody_bears_is_refused_where_it_stands() -> None:
    """The row follows its outcome, and the party that funds it has left: its cost of 7 is the file's line, not the year's."""
    text = LEFT.format(adjust=", adjust: outcome", more="note: nobody pays for it", cost="omsorg: 7, ")
    with pytest.raises(AgreementError, match="nobody bears this amount: `omsorg` has no money in the frame of 1999") as caught:
        settled(text)
    (problem,) = caught.value.problems
    assert problem.place.excerpt.lstrip().startswith("actual: {sjuk: 90, omsorg: 7")
    assert problem.place.excerpt[problem.place.column - 1 :].startswith("7")


# --- § 4a: a surplus of one unit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reserve", "aside"), [("{surplus: 0 %}", 0), ("{surplus: 49 %}", 0), ("{surplus: 50 %}", 1), ("{ceiling: 5, above: divide}", 0)]
)
@pytest.mark.parametrize("result", [1, -1])
def test_the_least_surplus_is_one(reserve: str, aside: int, result: int) -> None:
    """Of a surplus of 1 own capital takes what its part, rounded, and its ceiling let it; of a deficit of 1 it bears all."""
    year = settled(f"""
law: 2003:1210
period: {{start: 2020-01-01}}
parties: {{fk: {{role: insurance_office}}, region: {{role: county_council}}}}
activities: {{kansli: {{by: equal, performer: body, cost: administration}}}}
sharing: {{surplus: equal, deficit: equal, flow: real, reserve: {reserve}}}
opening: {{reserve: 5}}
years:
  2020: {{frame: {{kansli: 100}}, actual: {{kansli: {100 - result}}}}}
""").year(2020)
    assert year.reserve is not None
    assert (year.reserve.set_aside, year.reserve.closing) == ((aside, 5 + aside) if result > 0 else (-1, 4))
    assert sum(party.settled or 0 for party in year.parties) == (result - aside if result > 0 else 0)
