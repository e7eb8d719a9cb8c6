"""The batch over terms that random agreements seldom have, held against the engine; and how far its programs reach."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from random_scenarios import Scenarios, differences, random_scenarios
from test_rules import CASES, STATED, laid_over

from socsam_calc import AgreementError, load
from socsam_calc.batch.dividing import Basis
from socsam_calc.batch.engine import Batch, Reach
from socsam_calc.batch.graph import Graph, Value, needed
from socsam_calc.batch.machine import Program
from socsam_calc.batch.plain import Plain
from socsam_calc.batch.sharing import entitlement
from socsam_calc.model.terms import terms_by_year

TESTS = Path(__file__).parent
EXAMPLE = TESTS / "worked_example.yaml"

# --- years that run -------------------------------------------------------------------------------------------------------------

RUNNING = """format: socsam/1
area: Exempelby
period: {start: 2024-01-01, end: 2024-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
activities:
  sjuk: {funder: kassa, cost: sickness_benefit}
  omsorg: {funder: kommun, cost: social_services}
profiles:
  omsorg: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
sharing: {surplus: frame, deficit: equal}
years:
  2024:
    frame: {sjuk: 1 200, omsorg: 600}
    to_date:
      through: 2024-%02d-%d
      actual: {sjuk: 500, omsorg: %d}
      remaining: {sjuk: %s, omsorg: %s}
"""


@pytest.mark.parametrize(
    ("month", "booked", "sjuk", "omsorg"),
    [
        ((9, 30), 90, "pace", "profile"),
        ((9, 30), 90, "frame", "frame"),
        ((9, 30), 90, "400", "profile"),
        ((6, 30), 0, "pace", "profile"),  # nothing is booked, and the months so far weigh nothing: the frame's rest is taken
        ((9, 30), 0, "profile", "profile"),
    ],
)
def test_a_year_that_runs_is_settled_as_the_engine_does(month: tuple[int, int], booked: int, sjuk: str, omsorg: str) -> None:
    agreement = load("running.yaml", text=RUNNING % (*month, booked, sjuk, omsorg)).agreement
    for seed, share in enumerate((0.5, 0.9, 1.0, 1.0)):
        found, _, _ = differences(random_scenarios(agreement, np.random.default_rng(seed), 12, share, 0.5), 12)
        assert found == []


def test_what_runs_goes_on_at_its_pace_or_as_the_frame_has_it() -> None:
    """500 in nine months at their pace leave 166,67 for three; of 600 by a profile of the second half, half stands after September.

    With nothing booked the three months of `omsorg` cost 300 of the frame's 600, with 90 another 90, with −10 again 300.
    """
    path = "years.2024.to_date.actual.omsorg"
    batch = Batch(load("running.yaml", text=RUNNING % (9, 30, 90, "pace", "profile")).agreement, {path: 1})
    result = batch.run({path: np.array([90, 0, -10, 1])})
    assert result.values["2024.to_date.activities.omsorg.remaining"].tolist() == [90, 300, 300, 1]
    assert result.values["2024.to_date.activities.sjuk.remaining"].tolist() == [167] * 4
    assert result.values["2024.activities.omsorg.actual"].tolist() == [180, 300, 290, 2]
    assert not result.refused.any()


@pytest.mark.parametrize("share", [0.4, 1.0])
@pytest.mark.parametrize("file", ["running.yaml", "association.yaml", "three_years.yaml", "leaver.yaml"])
def test_files_of_today_are_settled_as_the_engine_does(file: str, share: float) -> None:
    agreement = load(TESTS / file).agreement
    for seed in range(3):
        found, _, _ = differences(random_scenarios(agreement, np.random.default_rng(seed), 6, share, 0.1), 6)
        assert found == []


@pytest.mark.parametrize("code", CASES)
def test_the_agreements_of_the_rules_are_settled_as_the_engine_does(code: str) -> None:
    """Each has something that others have not: gaps, joiners and leavers, keys by year, plans, own capital, splits."""
    for case in ("breaks", "keeps"):
        stated = laid_over(STATED[CASES[code].get("over", "sound")], CASES[code][case])
        if "figures" in stated:
            continue
        agreement = load("agreement.yaml", text=json.dumps(stated, ensure_ascii=False)).agreement
        found, _, _ = differences(random_scenarios(agreement, np.random.default_rng(7), 4, 0.7, 0.3), 4)
        assert found == []


CAPITAL = """format: socsam/1
area: Exempelby
law: 2003:1210
period: {start: 2020-01-01, end: 2022-12-31}
parties: {fk: {role: insurance_office}, region: {role: county_council}}
activities: {kansli: {by: equal, performer: body, cost: administration}}
sharing: {surplus: equal, deficit: equal, flow: real, reserve: %s}
opening: {reserve: 100}
years:
  2020: {frame: {kansli: 1 000}, actual: {kansli: %d}}
  2021: {%s}
  2022: {frame: {kansli: 800}, actual: {kansli: 750}}
"""


@pytest.mark.parametrize(
    "between", ["note: no frame is agreed yet", "frame: {kansli: 900}", "result: 40", "frame: {kansli: 900}, actual: {kansli: 990}"]
)
@pytest.mark.parametrize("spent", [900, 1_000, 1_250])
@pytest.mark.parametrize(
    "reserve",
    [
        "{ceiling: 150}",
        "{ceiling: 150, above: divide}",
        "{ceiling: 20 %, above: divide}",
        "{ceiling: [{to: 950, limit: 20 %}, {to: 1 000, limit: 120}, {limit: 90}], above: divide}",
        "{surplus: 50 %, deficit: 50 %, floor: 30}",
        "{floor: 500}",
    ],
)
def test_own_capital_is_settled_as_the_engine_does(reserve: str, spent: int, between: str) -> None:
    """Of every shape: below, at and above a ceiling and a floor, in years with a result alone, without costs, or without a frame."""
    try:
        agreement = load("capital.yaml", text=CAPITAL % (reserve, spent, between)).agreement
    except AgreementError:
        assert between.startswith("result") and "%" in reserve  # a ceiling of a frame that is not known
        return
    names = ["opening.reserve", "years.2020.actual.kansli", "years.2022.frame.kansli"]
    values = {
        "opening.reserve": np.array([100, 0, 29, 30, 31, 150, 151, 2_000]),
        "years.2020.actual.kansli": np.array([spent, 1_000, 999, 1_001, 850, 1_000, 900, 0]),
        "years.2022.frame.kansli": np.array([800, 750, 749, 950, 951, 1_000, 1_001, 0]),
    }
    found, _, _ = differences(Scenarios(Batch(agreement, dict.fromkeys(names, 1)), values), 8)
    assert found == []


# --- how far a program reaches --------------------------------------------------------------------------------------------------


def test_the_widest_reach_is_the_last_that_64_bits_are_proven_to_hold() -> None:
    """Two amounts are multiplied, so each may have some thirty bits; one more is too many."""
    path = "years.1998.frame.family_care"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, ["1998.parties.kommun.settled"])
    widest = batch.widest()
    assert widest is not None
    ((lo, hi),) = widest
    assert lo == 0 and hi & (hi + 1) == 0 and 20 < hi.bit_length() < 63
    assert batch.program([Reach(0, hi)]) is not None and batch.program([Reach(0, 2 * hi + 1)]) is None


def test_an_amount_of_any_sign_reaches_as_far_on_both_sides() -> None:
    path = "opening.kommun"
    text = EXAMPLE.read_text(encoding="utf-8").split("    expect:")[0].replace("years:", "opening: {kommun: 5}\nyears:")
    batch = Batch(load("example", text=text).agreement, {path: 1}, ["1998.parties.kommun.transfer"])
    widest = batch.widest()
    assert widest is not None and widest[0].lo == -(widest[0].hi + 1)
    assert batch.seen(path, np.array([-3, 9, 2])) == Reach(-3, 9)
    assert batch.roomier(path, Reach(-3, 4), room=0) == Reach(-3, 4)
    assert batch.roomier(path, Reach(-3, 4), room=1) == Reach(-5, 6) and batch.roomier(path, Reach(-3, 4), room=2) == Reach(-7, 8)
    assert batch.roomier(path, Reach(-100, -60), room=2) == Reach(-128, -32)  # 2 × (40 ÷ 4 + 100 ÷ 32 + 1)


def test_what_was_seen_bounds_the_next_program_with_some_room() -> None:
    """Of amounts of 0 and more one look at all bits will do: 5 and 2 have those of 7. Others are bounded exactly."""
    cost, index, change = "years.1998.actual.family_care", "series.national_sickness_cost.outcome.1998", "sharing.shared"
    batch = Batch(load(EXAMPLE).agreement, {cost: 1, index: 10, change: 100})
    assert batch.seen(cost, np.array([5, 2])) == Reach(0, 7) and batch.seen(cost, np.array([0, 0])) == Reach(0, 0)
    assert batch.seen(cost, np.array([5, -2])) == Reach(-2, 5)
    assert batch.seen(index, np.array([5, 2])) == Reach(2, 5)
    assert batch.seen(cost, np.array([], np.int64)) == Reach(0, 0)
    assert batch.roomier(cost, Reach(5, 6), room=0) == Reach(0, 7) and batch.roomier(cost, Reach(5, 6), room=2) == Reach(0, 15)
    assert batch.roomier(cost, Reach(60, 99), room=1) == Reach(0, 127) and batch.roomier(cost, Reach(60, 120), room=1) == Reach(0, 255)
    assert batch.roomier(cost, Reach(-3, 4), room=0) == Reach(0, 7)  # a cost below 0 no file may hold
    assert batch.roomier(cost, Reach(60, 100), room=1, known=True) == Reach(46, 114)  # nobody looks at its bits
    assert batch.roomier(index, Reach(900, 1_000), room=1) == Reach(843, 1_057) and batch.roomier(index, Reach(1, 2), room=2) == Reach(1, 4)
    assert batch.roomier(change, Reach(20, 80), room=1) == Reach(2, 98) and batch.roomier(change, Reach(20, 80), room=2) == Reach(0, 100)
    assert batch.roomier(cost, Reach(0, 2**62), room=2) == Reach(0, 2**63 - 1)


def test_sixteen_programs_are_remembered() -> None:
    path = "years.1998.actual.family_care"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, ["1998.totals.result"])
    programs = [batch.program([Reach(0, 1_000 + number)]) for number in range(16)]
    assert batch.program([Reach(0, 1_000)]) is programs[0]
    assert batch.program([Reach(0, 5_000)]) is not None
    assert batch.program([Reach(0, 1_000)]) is not programs[0]


def test_a_result_lends_its_arrays_to_the_next_of_its_length() -> None:
    path = "years.1998.actual.family_care"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, ["1998.totals.result"])
    first = batch.run({path: np.array([73_900, 74_000])})
    array = first.values["1998.totals.result"]
    assert batch.run({path: np.array([73_901, 74_001])}, first).values["1998.totals.result"] is array
    assert array.tolist() == [929, 829]
    other = batch.run({path: np.array([73_902])}, first).values["1998.totals.result"]
    assert other is not array and other.tolist() == [928]


def test_without_anything_that_varies_there_is_one_scenario() -> None:
    result = Batch(load(EXAMPLE).agreement, {}, ["1998.totals.result"]).run({})
    assert result.values["1998.totals.result"].tolist() == [930] and result.refused.tolist() == [False]


@pytest.mark.parametrize(("bound", "usable"), [((0, 2**62), True), ((-(2**62), 0), True), ((0, 2**64), False), ((-(2**64), 0), False)])
def test_plain_integers_are_used_where_64_bits_would_do(bound: tuple[int, int], usable: bool) -> None:
    """Far below 0 as well as far above it."""
    text = EXAMPLE.read_text(encoding="utf-8").split("    expect:")[0].replace("years:", "opening: {kommun: 5}\nyears:")
    agreement = load("example", text=text).agreement
    assert Plain(agreement, {"opening.kommun": bound}, {"opening.kommun": 1}, ["1998.parties.kommun.transfer"]).usable == usable


def test_a_result_of_either_sign_is_divided_once_where_both_keys_name_the_same_parties() -> None:
    """Two divisions, of a surplus and of a deficit, would come to the same and take twice as long."""
    parties = ("kassa", "landsting", "kommun")
    basis = Basis(parties, dict.fromkeys(parties, 0), {})

    def divisions(deficit: str) -> int:
        settings = ["sharing.surplus={kassa: 1/2, landsting: 1/4, kommun: 1/4}", f"sharing.deficit={deficit}"]
        terms = terms_by_year(load(EXAMPLE, settings=settings).agreement)[1998]
        graph = Graph()
        parts = entitlement(graph, terms, graph.input("rest", -100, 100), basis)
        assert [outcome(parts[party], graph, 7) for party in parties] == [
            3,
            2,
            2,
        ]  # 3,5, 1,75 and 1,75: the two units left go to the latter
        return sum(node.op in ("floor_divide", "right_shift") and node.hi - node.lo > 1 for node in needed(parts.values()))

    assert divisions("{kassa: 1/4, landsting: 1/4, kommun: 1/2}") == 1


def outcome(value: Value, graph: Graph, rest: int) -> int:
    """What a part of a rest comes to."""
    program = Program(graph, {"it": value}, {})
    found = np.empty(1, program.widths["it"])
    program.run({"rest": np.array([rest])}, {"it": found}, {}, 1)
    return int(found[0])


def test_a_program_has_room_where_that_is_safe_and_none_where_it_is_not() -> None:
    """Here 64 bits are said to hold a cost of up to 7 beside any index: so there is room around 2, and none around 7."""
    cost, index = "years.1998.actual.family_care", "series.national_sickness_cost.outcome.1998"
    for seen, reach in ((2, 7), (7, 7)):
        batch = Batch(load(EXAMPLE).agreement, {cost: 1, index: 10}, ["1998.totals.result"])
        proven = batch.program
        batch.program = lambda reaches, narrow, proven=proven: proven(reaches, narrow) if reaches[0].hi <= 7 else None  # type: ignore[method-assign,misc]
        batch.widest = lambda: None  # type: ignore[method-assign]
        result = batch.run({cost: np.array([seen]), index: np.array([1_182])})
        assert (batch.latest[0][0], result.slow) == (Reach(0, reach), 0)
        assert result.values["1998.totals.result"].tolist() == [930 + 73_900 - seen]


@pytest.mark.parametrize("bands", ["[{to: 10, shared: 100 %}, {shared: 50 %}]", "{deficit: [{to: 10, shared: 100 %}, {shared: 0 %}]}"])
@pytest.mark.parametrize("shared", ["100 %", "50 %"])
def test_who_ends_with_what_of_a_total_is_known_where_all_of_it_is_shared(bands: str, shared: str) -> None:
    """Up to 10 nothing is withheld, and each party's part is known; beyond, who keeps the rest is not."""
    text = f"""format: socsam/1
area: Exempelby
period: {{start: 1998-01-01, end: 1998-12-31}}
parties: {{kassa: {{role: insurance_office}}, kommun: {{role: municipality}}}}
sharing: {{surplus: equal, deficit: equal, shared: {shared}, bands: {bands}}}
years:
  1998: {{result: 8}}
"""
    results = np.array([8, 10, 11, 30, 0, -8, -10, -11, -30, 1, -1, 12])
    scenarios = Scenarios(Batch(load("total.yaml", text=text).agreement, {"years.1998.result": 1}), {"years.1998.result": results})
    assert differences(scenarios, len(results))[0] == []
    varied = {"years.1998.result": results, "sharing.shared": np.array([100, 50] * 6)}
    both = Scenarios(Batch(scenarios.batch.agreement, {"years.1998.result": 1, "sharing.shared": 100}), varied)
    assert differences(both, len(results))[0] == []


def test_a_reach_holds_another_that_lies_within_it() -> None:
    """So the next piece of a run is computed by the same program, and none is made anew for it."""
    reach = Reach(-3, 5)
    assert reach.holds(Reach(-3, 5)) is True and reach.holds(Reach(0, 0)) is True
    assert reach.holds(Reach(-4, 5)) is False and reach.holds(Reach(-3, 6)) is False
    path = "years.1998.actual.family_care"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, ["1998.totals.result"])
    batch.run({path: np.array([73_900])})
    before = batch.latest
    batch.run({path: np.array([70_000, 1])})
    assert batch.latest is before


@pytest.mark.parametrize("left", ["", ", to: 1998"])
@pytest.mark.parametrize("row", ["adjust: outcome", "performer: body"])
def test_a_row_whose_funder_has_left_bears_nothing_or_is_refused(left: str, row: str) -> None:
    """It follows its outcome, or is corrected: of 0 nothing falls to anybody, of more the funder bears all, where it takes part."""
    text = f"""format: socsam/1
area: Exempelby
period: {{start: 1998-01-01, end: 1999-12-31}}
parties:
  kassa: {{role: insurance_office}}
  norra: {{role: municipality{left}}}
  sodra: {{role: municipality}}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit}}
  omsorg: {{funder: norra, cost: social_services, {row}}}
sharing: {{surplus: frame, deficit: equal}}
years:
  1999:
    frame: {{sjuk: 100}}
    corrections: [{{activity: omsorg, amount: 4}}]
    actual: {{sjuk: 90, omsorg: 7}}
"""
    changed = text if row != "adjust: outcome" else text.replace("    corrections: [{activity: omsorg, amount: 4}]\n", "")
    if left:
        changed = changed.replace("omsorg: 7}", "omsorg: 0}").replace("    corrections: [{activity: omsorg, amount: 4}]\n", "")
    names = ["years.1999.actual.omsorg", "years.1999.frame.sjuk"]
    values = {names[0]: np.array([0, 7, 1, 0, 500, 0]), names[1]: np.array([100, 100, 0, 0, 90, 91])}
    scenarios = Scenarios(Batch(load("left.yaml", text=changed).agreement, dict.fromkeys(names, 1)), values)
    found, refused, _ = differences(scenarios, 6)
    assert found == []
    assert refused == (3 if left and row == "adjust: outcome" else 0)
