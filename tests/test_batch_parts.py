"""The parts of the batch, each held against figures by hand, and whole agreements against the engine: which figures there are, and their bounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from random_scenarios import Scenarios, differences, random_scenarios
from test_batch_terms import CAPITAL, RUNNING
from test_graph import assert_sound, every, outcomes

from socsam_calc import load
from socsam_calc.batch.costs import RowCost, row_cost
from socsam_calc.batch.dividing import Basis, divide
from socsam_calc.batch.engine import Batch, BatchResult, Reach
from socsam_calc.batch.graph import Graph, Value, high, low, needed
from socsam_calc.batch.inputs import path_of
from socsam_calc.batch.leaves import Leaves
from socsam_calc.batch.machine import Program
from socsam_calc.batch.plain import Plain, _function
from socsam_calc.batch.reserve import ceiling_of, left, set_aside
from socsam_calc.batch.rounding import Exact, over_cells
from socsam_calc.batch.sharing import after_withholding, entitlement, kept_parts, through_bands
from socsam_calc.batch.split import SplitSoFar
from socsam_calc.batch.years import translate
from socsam_calc.engine.settle import settle
from socsam_calc.engine.values import known_figures
from socsam_calc.model.agreement import Agreement
from socsam_calc.model.costs import AsFrame, AsSoFar, CostsToDate, Weighed, costs_of
from socsam_calc.model.dividing import ByContributed, ByContributions, ByGroups, ByWeights, Stated
from socsam_calc.model.terms import Terms, terms_by_year
from socsam_calc.money import apportion, round_half_away

TESTS = Path(__file__).parent
EXAMPLE = TESTS / "worked_example.yaml"
FILES = [TESTS / f"{name}.yaml" for name in ("worked_example", "three_years", "leaver", "association", "running")]
CASES = sorted((TESTS / "cases").glob("case-*.yaml"))

# --- whole agreements -----------------------------------------------------------------------------------------------------------

ONLY_TOLD = ("payments", "instalments")
"""Lists that a batch does not hold: who pays whom follows from the transfers."""


def assert_same_figures(agreement: Agreement) -> BatchResult:
    """What the engine knows, a batch has; beside it, cells that are 0 and are not told, and whether the cap limits the office's part."""
    told = {path: step.value for path, step in known_figures(settle(agreement)).items() if step is not None}
    wanted = {path for path in told if path.split(".")[1] not in ONLY_TOLD and not path.endswith(".shortfall.amount")}
    batch = Batch(agreement, {})
    result = batch.run({})
    cells = {path for path in batch.figures if ".cells." in path and result.values[path][0] == 0}
    limited = {path.replace(".office", ".limited") for path in wanted if path.endswith(".state_split.office")}
    assert set(batch.figures) - cells == wanted | limited
    assert {path: int(result.values[path][0]) for path in wanted} == {path: told[path] for path in wanted}
    return result


@pytest.mark.parametrize("file", [*FILES, *CASES], ids=lambda path: path.stem)
def test_a_batch_has_the_figures_that_the_engine_knows(file: Path) -> None:
    assert_same_figures(load(file).agreement)


def assert_within_bounds(agreement: Agreement, scenarios: Scenarios) -> None:
    """Every step of every scenario that is not left to the engine lies within the bounds that were proven for it."""
    bounds = {name: (int(values.min()), int(values.max())) for name, values in scenarios.inputs.items()}
    graph = Graph()
    figures = translate(graph, agreement, bounds, scenarios.batch.denominators)
    order = needed([*graph.conditions, *figures.values.values(), *figures.known.values()])
    names = {node: name for name, node in graph.inputs.items()}
    for index in range(len(next(iter(scenarios.inputs.values())))):
        held: dict[Value, int] = {}
        for node in order:
            args = [arg if isinstance(arg, int) else held[arg] for arg in node.args]
            held[node] = int(scenarios.inputs[names[node]][index]) if node in names else int(_function(node)(*args))
            if node in graph.conditions and not held[node]:
                break
        else:
            assert all(node.lo <= held[node] <= node.hi for node in order)


@pytest.mark.parametrize("file", [*FILES, *CASES[::6]], ids=lambda path: path.stem)
def test_no_step_of_an_agreement_comes_to_more_than_it_says(file: Path) -> None:
    agreement = load(file).agreement
    for seed, spread in enumerate((0.0, 0.3)):
        assert_within_bounds(agreement, random_scenarios(agreement, np.random.default_rng(seed), 3, 1.0, spread))


SMALL = """format: socsam/1
area: Exempelby
period: {start: 2000-01-01, end: 2001-12-31}
parties: {a: {role: insurance_office}, b: {role: county_council}, c: {role: municipality%s}}
activities:
  x: {funder: a, cost: sickness_benefit}
  y: {funder: b, cost: health_care}
  z: {funder: c, cost: social_services}
sharing: {surplus: frame, deficit: frame%s}
years:
  2000: {%s}
  2001: {%s}
"""


def small(year: str, then: str = "note: nothing yet", *, sharing: str = "", party: str = "") -> Agreement:
    return load("small.yaml", text=SMALL % (party, sharing, year, then)).agreement


@pytest.mark.parametrize(
    "year",
    [
        "frame: {x: 5, y: 4}, actual: {x: 3, y: 9}",
        "frame: {x: 5, y: 4}, actual: {x: 3, y: 9}, budget: {x: 4, y: 5}, transferred: {a: 2, b: -2, c: 0}",
        "frame: {x: 5, y: 4}, estimate: {x: 3, y: 9}",
        "frame: {x: 5, y: 4}",
        "frame: {x: 5, y: 4}, result: 8",
        "note: nothing yet",
    ],
)
def test_years_of_every_kind_have_their_figures(year: str) -> None:
    assert assert_same_figures(small("frame: {x: 5}, actual: {x: 5}", year)).slow == 0


def test_a_scenario_within_the_reaches_that_are_proven_is_settled_with_the_others_and_one_beyond_by_itself() -> None:
    """The costs at the ends of the widest reach, and one krona beyond each; the engine settles a cost above it, and refuses one below 0."""
    agreement = small("frame: {x: 5, y: 4}, actual: {x: 3, y: 9}", sharing=", shared: 999979/999983")
    path = "years.2000.actual.x"
    batch = Batch(agreement, {path: 1}, ["2000.totals.result", "2000.totals.shared"])
    (reach,) = batch.widest() or ()
    assert reach.lo == 0 and batch.program((Reach(0, 2 * reach.hi + 1),)) is None
    for values, slow in (([0, reach.hi], 0), ([0, reach.hi, reach.hi + 1], 1), ([-1, 0, reach.hi, reach.hi + 1], 2)):
        found = batch.run({path: np.array(values)})
        assert found.slow == slow
        assert found.refused.tolist() == [value < 0 for value in values]
        results = found.values["2000.totals.result"].tolist()
        assert [result for result, value in zip(results, values, strict=True) if value >= 0] == [
            0 - value for value in values if value >= 0
        ]


@pytest.mark.parametrize("year", ["result: 8", "actual: {}", "frame: {}"])
def test_a_year_without_rows_has_its_figures(year: str) -> None:
    """With costs, though there are none, it has a frame, though that is 0."""
    agreement = load(
        "small.yaml", text=(SMALL % ("", "", year, "note: nothing yet")).replace("frame, deficit: frame", "equal, deficit: equal")
    ).agreement
    assert_same_figures(agreement)
    assert ("2000.totals.final_frame" in Batch(agreement, {}).figures) == (year == "actual: {}")


def test_who_has_left_answers_for_a_debt_that_the_shares_name_it_for() -> None:
    """Of 8 by halves and quarters; `d`, who has no share, is told with 0 in the year in which it takes part, and `c`, who has left, with its 2."""
    text = """format: socsam/1
area: Exempelby
law: 2003:1210
period: {start: 2020-01-01, end: 2021-12-31}
parties:
  a: {role: insurance_office}
  b: {role: county_council}
  c: {role: municipality, to: 2020}
  d: {role: municipality}
activities: {kansli: {by: {a: 1/2, b: 1/2}, performer: body, cost: administration}}
sharing: {surplus: equal, deficit: equal, association_shares: {a: 1/2, b: 1/4, c: 1/4}}
years:
  2020: {frame: {kansli: 10}, actual: {kansli: 10}}
  2021: {frame: {kansli: 10}, actual: {kansli: 10}, shortfall: 8}
"""
    agreement = load("left.yaml", text=text).agreement
    assert_same_figures(agreement)
    values = Batch(agreement, {}).run({}).values
    told = {path: int(value[0]) for path, value in values.items() if "shortfall" in path}
    assert told == {f"2021.shortfall.parties.{party}": part for party, part in {"a": 4, "b": 2, "c": 2, "d": 0}.items()}


def test_a_row_without_a_cost_costs_nothing() -> None:
    """Neither in all, nor booked, nor expected: in a year without costs, and where the file gives none of it."""
    running = load("running.yaml", text=RUNNING % (9, 30, 0, "pace", "profile")).agreement
    leaves = Leaves(Graph(), running, {}, {})
    known = costs_of(running, 2024)
    assert row_cost(leaves, None, "sjuk", 7) == RowCost(0, 0, 0) == row_cost(leaves, known, "other", 7)
    assert row_cost(leaves, known, "sjuk", 7) == RowCost(667, 500, 167)


def weighed(total: int) -> Weighed:
    return Weighed([1], [Stated(Fraction(total), ())])


def holds(graph: Graph, value: Value, **inputs: tuple[int, int]) -> list[bool]:
    """For which of all that the inputs can be the conditions of the graph hold."""
    columns = np.array(list(every(inputs))).T
    given = dict(zip(inputs, columns, strict=True))
    program = Program(graph, {"it": value}, {})
    size = columns.shape[1]
    found = program.run({name: given[name] for name in program.inputs}, {"it": np.empty(size, program.widths["it"])}, {}, size)
    return [True] * size if found is None else found.tolist()


def running_row(booked: tuple[int, int], rest: AsSoFar | AsFrame, unbooked: AsFrame | None = None) -> tuple[Graph, RowCost]:
    """What a row of a frame of 8 costs in a year that runs."""
    agreement = load("running.yaml", text=RUNNING % (9, 30, 0, "pace", "profile")).agreement
    known = costs_of(agreement, 2024)
    assert isinstance(known, CostsToDate)
    stated = known._replace(rest={"omsorg": rest}, unbooked={} if unbooked is None else {"omsorg": unbooked})
    path = "years.2024.to_date.actual.omsorg"
    graph = Graph()
    return graph, row_cost(Leaves(graph, agreement, {path: booked}, {path: 1}), stated, "omsorg", 8)


BOOKED = "years.2024.to_date.actual.omsorg"


def test_what_is_booked_goes_on_and_where_nothing_is_the_frame_has_the_rest() -> None:
    """Of weights 2 so far, 3 ahead and 4 in all: 1, 2 and 3 become 1,5, 3 and 4,5 more; of the frame of 8 three quarters are 6."""
    so_far, of_frame = AsSoFar(weighed(2), weighed(3)), AsFrame(weighed(3), weighed(4))
    graph, row = running_row((-1, 3), so_far, of_frame)
    assert outcomes(graph, row.remaining, **{BOOKED: (-1, 3)}) == [6, 6, 2, 3, 5]
    assert outcomes(graph, row.cost, **{BOOKED: (-1, 3)}) == [5, 6, 3, 5, 8] and all(holds(graph, row.cost, **{BOOKED: (-1, 3)}))
    graph, row = running_row((1, 3), AsFrame(weighed(3), weighed(4)))
    assert row.remaining == 6 and not graph.conditions


def test_months_that_weigh_nothing_divide_nothing() -> None:
    """Then the engine refuses what is booked, or what is not; where such a rest is never taken, nothing is left to it."""
    nothing_past, nothing_in_all = AsSoFar(weighed(0), weighed(3)), AsFrame(weighed(0), weighed(0))
    so_far, of_frame = AsSoFar(weighed(2), weighed(3)), AsFrame(weighed(3), weighed(4))
    graph, row = running_row((-1, 3), nothing_past, of_frame)
    assert holds(graph, row.cost, **{BOOKED: (-1, 3)}) == [True, True, False, False, False]
    assert outcomes(graph, row.remaining, **{BOOKED: (-1, 0)}) == [6, 6]
    graph, row = running_row((0, 3), so_far, nothing_in_all)
    assert holds(graph, row.cost, **{BOOKED: (0, 3)}) == [False, True, True, True]
    graph, row = running_row((-3, 0), nothing_past, of_frame)
    assert row.remaining == 6 and all(high(condition) for condition in graph.conditions)
    graph, row = running_row((1, 3), so_far, nothing_in_all)
    assert not graph.conditions and outcomes(graph, row.remaining, **{BOOKED: (1, 3)}) == [2, 3, 5]
    graph, row = running_row((1, 3), nothing_in_all)
    assert row.remaining == 0 and not any(holds(graph, row.cost, **{BOOKED: (1, 3)}))


# --- cells ----------------------------------------------------------------------------------------------------------------------

CELLS = """format: socsam/1
area: Exempelby
period: {start: 2000-01-01, end: 2000-12-31}
parties: {a: {role: insurance_office}, b: {role: county_council}, c: {role: municipality}}
activities:
  x: {cost: sickness_benefit%s}
  y: {funder: b, cost: health_care}
sharing: {surplus: equal, deficit: equal}
years:
  2000: {frame: {x: {b: 3, c: 0}, y: 4}, actual: {x: 7, y: 9}%s}
"""


@pytest.mark.parametrize("funder", [True, False])
@pytest.mark.parametrize("outcome", [True, False])
def test_what_comes_to_a_row_of_nothing_falls_to_its_funder(*, funder: bool, outcome: bool) -> None:
    """Cells of 3 and 0 have what the row costs, or is corrected by, where there is something in them. Where there is nothing in them
    the funder has it; where the row has none, the scenario is refused, unless nothing is to be had."""
    stated = (", funder: a" if funder else "") + (", adjust: outcome" if outcome else "")
    text = CELLS % (stated, "" if outcome else ", corrections: [{activity: x, amount: 7}]")
    frame, amount = "years.2000.frame.x.b", "years.2000.actual.x" if outcome else "years.2000.corrections.0.amount"
    batch = Batch(load("cells.yaml", text=text).agreement, {frame: 1, amount: 1})
    inputs = {frame: np.array([3, 0, 0, 1]), amount: np.array([7, 7, 0, 1])}
    result = batch.run(inputs)
    assert differences(Scenarios(batch, inputs), 4) == ([], 0 if funder else 1, 0 if funder else 1)
    assert result.refused.tolist() == [False, not funder, False, False]
    told = {party: result.values[f"2000.parties.{party}.contribution"][~result.refused].tolist() for party in ("a", "b", "c")}
    own = [7, 0, 0, 1] if outcome else [10, 0, 0, 2]
    assert (
        told == {"a": [0, 7, 0, 0], "b": [4 + x for x in own], "c": [0] * 4}
        if funder
        else {"a": [0] * 3, "b": [4 + own[i] for i in (0, 2, 3)], "c": [0] * 3}
    )


def test_a_row_that_follows_its_cost_is_its_funders() -> None:
    """A cost of 1 on cells of nothing is the funder's 1; and a row of its funder alone is its cost, without any step on the way."""
    text = CELLS.replace("b: 3", "b: 0").replace("x: 7", "x: 1") % (", funder: a, adjust: outcome", "")
    assert int(assert_same_figures(load("cells.yaml", text=text).agreement).values["2000.parties.a.contribution"][0]) == 1
    alone = load("cells.yaml", text=CELLS.replace("{b: 3, c: 0}", "5") % (", funder: a, adjust: outcome", "")).agreement
    graph, path = Graph(), "years.2000.actual.x"
    assert translate(graph, alone, {path: (0, 9)}, {path: 1}).values["2000.activities.x.final"] is graph.inputs[path]


def test_what_is_converted_comes_out_of_the_cells_by_their_size() -> None:
    """Of 3 and 1, 2 leave as 1,5 and 0,5: 2 and 0, the odd unit from the earlier; of 4 all leaves, and 5 are refused."""
    text = CELLS.replace("c: 0", "c: 1") % ("", ", conversions: [{from: x, to: y, amount: 1, reason: r}]")
    path = "years.2000.conversions.0.amount"
    batch = Batch(load("cells.yaml", text=text).agreement, {path: 1})
    inputs = {path: np.array([2, 4, 5, 0])}
    result = batch.run(inputs)
    assert differences(Scenarios(batch, inputs), 4) == ([], 2, 2)
    assert result.refused.tolist() == [False, False, True, True]
    told = {path[5:]: values[:2].tolist() for path, values in result.values.items() if ".cells." in path}
    assert told == {
        "activities.x.cells.b": [1, 0],
        "activities.x.cells.c": [1, 0],
        "activities.y.cells.b": [6, 7],
        "activities.y.cells.c": [0, 1],
    }
    assert_within_bounds(batch.agreement, Scenarios(batch, {path: np.array([1, 4])}))


# --- uses -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("distribute", "affordable"), [("at_end", [True, True, True, False, False]), ("yearly", [True, False, False, False, False])]
)
def test_what_is_used_was_left_undistributed_or_is_of_the_year(distribute: str, affordable: list[bool]) -> None:
    """50 of 2000, where they were not distributed, and 20 of 2001 pay for 20 and 70, and not for 71, or 21; no use is 0."""
    years = (
        "frame: {x: 100}, actual: {x: 50}",
        "frame: {x: 100}, actual: {x: 80}, uses: [{for: staff, amount: 20}]",
    )
    agreement = small(*years, sharing=f", distribute: {distribute}")
    path = "years.2001.uses.0.amount"
    batch = Batch(agreement, {path: 1})
    inputs = {path: np.array([20, 21, 70, 71, 0])}
    result = batch.run(inputs)
    assert (~result.refused).tolist() == affordable and result.slow == affordable.count(False)
    assert differences(Scenarios(batch, inputs), 5)[0] == []


def test_who_has_left_with_a_debt_and_is_not_said_to_have_paid_it_paid_nothing() -> None:
    """Of the 3 that `c` saved by 5 : 4 : 3, 2 are others'; nothing moved in 2000, and in 2001 only what the others paid is told."""
    year = "frame: {x: 5, y: 4, z: 3}, actual: {x: 5, y: 4, z: 0}, transferred: {a: 0, b: 0, c: 0}"
    agreement = small(year, "frame: {x: 5, y: 4}, actual: {x: 5, y: 4}, transferred: {a: 1, b: -1}", party=", to: 2000")
    values = assert_same_figures(agreement).values
    assert [int(values[f"2001.parties.c.{figure}"][0]) for figure in ("transfer", "carried")] == [0, -2]
    assert int(values["2000.parties.c.carried"][0]) == -2


def test_what_parties_have_put_in_counts_from_what_they_had_put_in_before() -> None:
    """8 by 4 : 4, and by 4 : 12 once `b` had put in 8 before the period; whoever is not said to have put in anything had not."""
    for opening, expected in (("", [4, 4, 0]), ("opening: {contributed: {b: 8}}\n", [2, 6, 0])):
        text = SMALL % ("", "", "frame: {x: 4, y: 4}, actual: {x: 0, y: 0}", "note: nothing yet")
        text = text.replace("surplus: frame", "surplus: contributed").replace("years:", f"{opening}years:")
        values = assert_same_figures(load("small.yaml", text=text).agreement).values
        assert [int(values[f"2000.parties.{party}.allocated"][0]) for party in ("a", "b", "c")] == expected


@pytest.mark.parametrize(("funder", "office", "limited"), [("a", [0, 2, -1, -2], [0, 1, 0, 1]), ("b", [0, 0, 0, 0], [0, 1, 1, 1])])
def test_the_office_has_administrations_share_of_its_result(funder: str, office: list[int], limited: list[int]) -> None:
    """All costs are for administration, so its share is 1, and 0 of no costs, of a surplus of 2 and deficits of 1 and 2 that are all the office's; the cap is a half of the 3 that it put in for administration, 1,5 and so 2, or of nothing where another party put them in."""
    text = CELLS % ("", "")
    text = text.replace("x: {cost: sickness_benefit}", f"x: {{funder: {funder}, cost: administration}}").replace(
        "{b: 3, c: 0}, y: 4", "3, y: 0"
    )
    text = text.replace("y: 9", "y: 0").replace(
        "surplus: equal, deficit: equal", "surplus: {a: 1}, deficit: {a: 1}, state_split: {cap: 50 %}"
    )
    agreement = load("split.yaml", text=text).agreement
    path = "years.2000.actual.x"
    batch = Batch(agreement, {path: 1})
    inputs = {path: np.array([0, 1, 4, 5])}
    values = batch.run(inputs).values
    assert values["2000.state_split.office"].tolist() == office and values["2000.state_split.limited"].tolist() == limited
    assert differences(Scenarios(batch, inputs), 4) == ([], 0, 0)


def test_a_year_of_which_the_total_alone_is_known_pays_no_claims() -> None:
    """`a` owes 2 for 2000: paid, the year after is settled; not paid, it is refused."""
    agreement = small("frame: {x: 5, y: 4}, actual: {x: 3, y: 6}, transferred: {a: -2, b: 2, c: 0}", "frame: {x: 5, y: 4}, result: 3")
    path = "years.2000.transferred.a"
    batch = Batch(agreement, {path: 1})
    inputs = {path: np.array([-2, 0, -1])}
    assert batch.run(inputs).refused.tolist() == [False, True, True]
    assert differences(Scenarios(batch, inputs), 3) == ([], 2, 2)


def test_who_is_given_own_capital_alone_has_nothing_of_the_result() -> None:
    """`c` left after putting in 5 of 10; when the period ends with a result of 4, what is held goes by what was put in, the result to `a` and `b`."""
    text = """format: socsam/1
area: Exempelby
law: 2003:1210
period: {start: 2020-01-01, end: 2021-12-31}
parties: {a: {role: insurance_office}, b: {role: county_council}, c: {role: municipality, to: 2020}}
activities: {x: {funder: a, cost: sickness_benefit}, z: {funder: c, cost: social_services}}
sharing: {surplus: equal, deficit: equal, flow: real, reserve: {surplus: 50 %}}
opening: {reserve: 20}
years:
  2020: {frame: {x: 5, z: 5}, actual: {x: 5, z: 5}}
  2021: {frame: {x: 0}, result: 4}
"""
    values = assert_same_figures(load("given.yaml", text=text).agreement).values
    told = {figure: [int(values[f"2021.parties.{party}.{figure}"][0]) for party in ("a", "b", "c")] for figure in ("allocated", "divided")}
    assert told == {"allocated": [1, 1, 0], "divided": [11, 0, 11]}


# --- keys -----------------------------------------------------------------------------------------------------------------------


def test_keys_divide_over_those_who_take_part() -> None:
    """8 by 3 : 1 is 6 and 2; 5 in halves is 3 and 2, and the group's 2 are 1 and 1. Who has left, or is not named, has nothing."""
    graph, basis = Graph(), Basis(("a", "b", "c"), {"a": 1, "b": 1, "gone": 5}, {"a": 3, "b": 1, "gone": 5})
    assert divide(graph, 8, ByContributed(()), basis) == {"a": 6, "b": 2}
    assert divide(graph, 8, ByContributions(()), basis) == {"a": 4, "b": 4}
    assert divide(graph, 8, shares(c=2, gone=1, a=2), basis) == {"a": 4, "c": 4}
    half = Stated(Fraction(1, 2), ())
    grouped = ByGroups((), "share", {"c": half, "group": half, "gone": half}, {"group": shares(a=1, b=1)})
    divided = divide(graph, 5, grouped, basis)
    assert divided == {"a": 1, "b": 1, "c": 3} and list(divided) == ["a", "b", "c"]
    assert not graph.conditions


def test_nobody_bears_an_amount_that_is_not_there() -> None:
    """Where all weights are 0, only an amount of 0 is divided; the engine refuses the others."""
    graph = Graph()
    amount, weight = graph.input("amount", -1, 1), graph.input("weight", 0, 1)
    parts = divide(graph, amount, ByContributions(()), Basis(("a",), {"a": weight}, {}))
    assert holds(graph, parts["a"], amount=(-1, 1), weight=(0, 1)) == [False, True, True, True, False, True]


# --- sharing --------------------------------------------------------------------------------------------------------------------

PARTIES = ("kassa", "landsting", "kommun")


def terms(*settings: str) -> Terms:
    return terms_by_year(load(EXAMPLE, settings=[f"sharing.{setting}" for setting in settings]).agreement)[1998]


def shares(**weights: int) -> ByWeights:
    return ByWeights((), "share", {party: Stated(weight, ()) for party, weight in weights.items()})


def test_bands_withhold_what_lies_beyond_them() -> None:
    """Up to 10 all is shared, beyond a half of it: 30 is 20; 11 is 10,5, rounded away from 0 on either side."""
    graph = Graph()
    value = through_bands(graph, terms("bands=[{to: 10, shared: 100 %}, {shared: 50 %}]"), graph.input("s", -30, 30), 0)
    expected = {-30: -20, -11: -11, -10: -10, -1: -1, 0: 0, 1: 1, 10: 10, 11: 11, 12: 11, 30: 20}
    found = dict(zip(range(-30, 31), outcomes(graph, value, s=(-30, 30)), strict=True))
    assert {before: found[before] for before in expected} == expected
    assert (low(value), high(value)) == (-20, 20)
    assert_sound(graph, [value], {"s": (-30, 30)})


def test_bands_of_many_parts_are_rounded_from_their_half() -> None:
    """95 % beyond 10: 21 leaves 10 + 10,45, 22 leaves 10 + 11,4. In twentieths a half is ten, however they are counted."""
    graph = Graph()
    value = through_bands(graph, terms("bands=[{to: 10, shared: 100 %}, {shared: 95 %}]"), graph.input("s", 0, 40), 0)
    found = outcomes(graph, value, s=(0, 40))
    assert {before: found[before] for before in (19, 20, 21, 22, 30, 31)} == {19: 19, 20: 20, 21: 20, 22: 21, 30: 29, 31: 30}


def test_bands_of_one_sign_leave_the_other_as_it_is() -> None:
    graph = Graph()
    of_deficit = terms("bands={deficit: [{to: 10, shared: 100 %}, {shared: 0 %}]}")
    gain = graph.input("gain", 0, 30)
    assert through_bands(graph, of_deficit, gain, 0) is gain
    assert through_bands(graph, of_deficit, 0, 0) == 0 and through_bands(graph, of_deficit, -30, 0) == -10
    assert through_bands(graph, terms(), gain, 0) is gain
    either = through_bands(graph, of_deficit, graph.input("s", -12, 12), 0)
    assert outcomes(graph, either, s=(-12, 12)) == [max(before, -10) for before in range(-12, 13)]


def test_what_bands_withhold_comes_out_of_the_rows_of_their_sign() -> None:
    """By their size, by largest remainder; a row of the other sign gives nothing, and none gives more than it has."""
    graph = Graph()
    x, y = graph.input("x", -4, 6), graph.input("y", -2, 5)
    total = graph.add(x, y)
    shared = graph.signed(graph.minimum(graph.absolute(total), 3), graph.negative(total))
    rows = after_withholding(graph, {"x": x, "y": y}, total, shared)
    assert [(low(row), high(row)) for row in rows.values()] == [(-4, 6), (-2, 5)]
    found = list(zip(*(outcomes(graph, row, x=(-4, 6), y=(-2, 5)) for row in rows.values()), strict=True))
    for (of_x, of_y), told in zip(product(range(-4, 7), range(-2, 6)), found, strict=True):
        sign = -1 if of_x + of_y < 0 else 1
        withheld = max(abs(of_x + of_y) - 3, 0)
        taken = apportion(withheld, [max(sign * of_x, 0), max(sign * of_y, 0)]) if withheld else (0, 0)
        assert told == (of_x - sign * taken[0], of_y - sign * taken[1])
    assert_sound(graph, list(rows.values()), {"x": (-4, 6), "y": (-2, 5)})
    assert after_withholding(graph, {"x": x, "y": y}, total, total) == {"x": x, "y": y}


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_withheld_has_the_sign_of_the_result(sign: int) -> None:
    """Rows of 1 to 6 and 1 to 5, of which 3 are shared: what is withheld is between nothing and 11, and no row gets another sign."""
    graph = Graph()
    inputs = {name: (min(sign, sign * most), max(sign, sign * most)) for name, most in (("x", 6), ("y", 5))}
    before: dict[str, Value] = {name: graph.input(name, *reach) for name, reach in inputs.items()}
    total = graph.total(before.values())
    shared = graph.signed(graph.minimum(graph.absolute(total), 3), graph.negative(total))
    rows = after_withholding(graph, before, total, shared)
    (withheld,) = (node for node in needed(rows.values()) if node.op == "subtract" and node.args == (total, shared))
    assert sorted((abs(withheld.lo), abs(withheld.hi))) == [0, 11]
    assert [sorted((abs(low(row)), abs(high(row)))) for row in rows.values()] == [[0, 6], [0, 5]]
    assert_sound(graph, list(rows.values()), inputs)


def test_what_is_kept_of_a_row_goes_to_its_cells_or_to_who_performs_it() -> None:
    """7 over 3 : 1 is 5,25 and 1,75; of a row without money the performer has all, or those whom its key names."""
    graph, basis = Graph(), Basis(PARTIES, {}, {})
    key = shares(kassa=1, landsting=1)
    assert kept_parts(graph, 7, {"kassa": 3, "kommun": 1}, "kassa", key, basis) == {"kassa": 5, "kommun": 2}
    assert kept_parts(graph, 1, {"kassa": 0}, "kassa", key, basis) == {"kassa": 1}
    assert kept_parts(graph, 5, {"kassa": 0}, "kommun", key, basis) == {"kassa": 0, "kommun": 5}
    assert kept_parts(graph, 1, {"kassa": 0, "kommun": 0}, "body", key, basis) == {"kassa": 1, "kommun": 0, "landsting": 0}
    assert kept_parts(graph, 0, {"kassa": 0, "kommun": 2}, "body", key, basis) == {"kassa": 0, "kommun": 0}


def test_a_surplus_and_a_deficit_go_to_those_whom_their_keys_name() -> None:
    graph, basis = Graph(), Basis(PARTIES, {}, {})
    parted = terms("surplus={kassa: 1/2, kommun: 1/2}", "deficit={landsting: 1}")
    parts = entitlement(graph, parted, graph.input("rest", -3, 3), basis)
    assert outcomes(graph, parts["kassa"], rest=(-3, 3)) == [0, 0, 0, 0, 1, 1, 2]
    assert outcomes(graph, parts["kommun"], rest=(-3, 3)) == [0, 0, 0, 0, 0, 1, 1]
    assert outcomes(graph, parts["landsting"], rest=(-3, 3)) == [-3, -2, -1, 0, 0, 0, 0]
    grouped = terms("surplus={kassa: 1/2, kommun: 1/2}", "deficit=equal")
    parts = entitlement(graph, grouped, graph.input("rest", -3, 3), basis)
    assert [outcomes(graph, parts[party], rest=(-3, 3)) for party in PARTIES] == [
        [-1, -1, -1, 0, 1, 1, 2],
        [-1, -1, 0, 0, 0, 0, 0],
        [-1, 0, 0, 0, 0, 1, 1],
    ]
    assert set(entitlement(graph, grouped, 0, basis).values()) == {0}


def test_fixed_keys_of_both_signs_are_looked_up_and_varying_ones_are_divided_once() -> None:
    graph = Graph()
    rest, weight = graph.input("rest", -9, 9), graph.input("weight", 1, 4)

    def steps(key: str) -> list[str]:
        basis = Basis(PARTIES, {"kassa": weight, "landsting": 2, "kommun": 3}, {})
        thirds = terms(f"surplus={key}", "deficit={kassa: 1/2, landsting: 1/4, kommun: 1/4}")
        return [node.op for node in needed(entitlement(graph, thirds, rest, basis).values())]

    assert steps("equal").count("look_up") == 1 and "floor_divide" in steps("equal")
    assert "look_up" not in steps("frame") and steps("frame").count("narrow") == 1


@pytest.mark.parametrize(("rest", "expected"), [(6, [2, 4, 0]), (1, [0, 1, 0]), (-1, [-1, 0, 0]), (-6, [-2, -2, -2]), (0, [0, 0, 0])])
def test_a_rest_that_is_the_same_everywhere_is_divided_by_the_key_of_its_sign(rest: int, expected: list[int]) -> None:
    graph, basis = Graph(), Basis(PARTIES, {"kassa": 1, "landsting": 2, "kommun": 0}, {})
    parts = entitlement(graph, terms("surplus=frame", "deficit=equal"), rest, basis)
    assert [parts[party] for party in PARTIES] == expected and not graph.conditions
    some = graph.input("some", 2, 6) if rest > 0 else graph.input("some", -6, -2)
    varying = entitlement(graph, terms("surplus=frame", "deficit=equal"), some, basis)
    assert all((low(part) >= 0) if rest > 0 else (high(part) <= 0) for part in varying.values())


def test_cells_of_nothing_leave_all_of_an_amount() -> None:
    graph = Graph()
    amount, cell = graph.input("amount", -5, 5), graph.input("cell", 0, 2)
    parts, rest = over_cells(graph, amount, {"a": cell})
    assert outcomes(graph, parts["a"], amount=(3, 3), cell=(0, 2)) == [0, 3, 3] and outcomes(graph, rest, amount=(3, 3), cell=(0, 2)) == [
        3,
        0,
        0,
    ]
    assert over_cells(graph, amount, {"a": 2, "b": 0}) == ({"a": amount, "b": 0}, 0)
    assert over_cells(graph, amount, {"a": 0}) == ({"a": 0}, amount)


def test_the_office_has_its_share_so_far_up_to_what_the_cap_allows_so_far() -> None:
    """Two years in exact fractions: a share that varies with its divisor, then a half; the cap is a fifth of 10, then of 5."""
    graph = Graph()
    inputs = {"administration": (0, 2), "costs": (1, 3), "first": (-4, 4), "second": (-3, 3)}
    nodes = {name: graph.input(name, *reach) for name, reach in inputs.items()}
    split = SplitSoFar(graph)
    one = split.of_year(Exact(nodes["administration"], nodes["costs"]), nodes["first"], Fraction(1, 5), 10)
    two = split.of_year(Exact(1, 2), nodes["second"], Fraction(1, 5), 5)
    expected = []
    for administration, costs, first, second in every(inputs):
        entitled, limit, before = Fraction(0), Fraction(0), 0
        years: list[int] = []
        for share, divisible, own in ((Fraction(administration, costs), first, 10), (Fraction(1, 2), second, 5)):
            entitled, limit = entitled + share * divisible, limit + Fraction(own, 5)
            within = entitled if abs(entitled) <= limit else (limit if entitled > 0 else -limit)
            part = round_half_away(within.numerator, within.denominator)
            years += [part - before, int(abs(entitled) > limit)]
            before = part
        expected.append(tuple(years))
    assert list(zip(*(outcomes(graph, value, **inputs) for value in (*one, *two)), strict=True)) == expected
    assert_sound(graph, [*one, *two], inputs)


def test_fixed_shares_are_added_over_their_least_common_denominator() -> None:
    split = SplitSoFar(Graph())
    assert split.of_year(Exact(1, 4), 3, Fraction(1, 2), 100) == (1, 0) and split.entitled == Exact(3, 4)
    assert split.of_year(Exact(1, 6), 5, Fraction(1, 3), 100) == (1, 0) and split.entitled == Exact(19, 12)
    assert split.limit == Exact(500, 6)
    assert SplitSoFar(Graph()).of_year(Exact(1), 2, Fraction(1, 2), 3) == (2, 1), "2 is limited to 1,5, which is rounded to 2"


# --- own capital ----------------------------------------------------------------------------------------------------------------


def reserve(stated: str) -> Terms:
    return terms_by_year(load("capital.yaml", text=CAPITAL % (stated, 900, "note: nothing yet")).agreement)[2020]


@pytest.mark.parametrize(("limit", "known"), [("150", True), ("20 %", False), ("[{to: 950, limit: 120}, {limit: 90}]", False)])
@pytest.mark.parametrize("between", ["note: no frame is agreed yet", "frame: {kansli: 900}", "frame: {kansli: 900}, actual: {kansli: 990}"])
def test_a_ceiling_is_known_where_the_frame_that_it_is_of_is(limit: str, between: str, *, known: bool) -> None:
    agreement = load("capital.yaml", text=CAPITAL % (f"{{ceiling: {limit}}}", 900, between)).agreement
    assert_same_figures(agreement)
    assert ("2021.reserve.ceiling" in Batch(agreement, {}).figures) == (known or between.startswith("frame"))


@pytest.mark.parametrize(("lo", "hi"), [(-12, 12), (3, 12), (-12, -3)])
def test_own_capital_takes_and_gives_its_part(lo: int, hi: int) -> None:
    """Half of a surplus beyond 2 that are used, and half of a deficit as far as there is more than 4."""
    graph = Graph()
    opening, shared = graph.input("opening", 0, 9), graph.input("shared", lo, hi)
    aside = set_aside(graph, reserve("{surplus: 50 %, deficit: 50 %, floor: 4}"), shared, 2, opening, None)
    rest = left(graph, shared, aside)
    bounds = (min(lo, 0), max(hi, 0))
    assert (low(rest), high(rest)) == bounds and (lo > 0 or (low(aside), high(aside)) == bounds)
    expected = [
        (max(s - 2, 0) + 1) // 2 if s >= 0 else -min((-s + 1) // 2, max(held - 4, 0)) for held, s in product(range(10), range(lo, hi + 1))
    ]
    assert outcomes(graph, aside, opening=(0, 9), shared=(lo, hi)) == expected
    assert_sound(graph, [aside, rest], {"opening": (0, 9), "shared": (lo, hi)})


def test_without_own_capital_all_is_left() -> None:
    graph = Graph()
    shared = graph.input("shared", -5, 5)
    aside = set_aside(graph, terms(), shared, 0, 7, None)
    assert aside == 0 and left(graph, shared, aside) is shared and ceiling_of(graph, terms(), 100) is None


def test_a_ceiling_is_that_of_the_step_in_which_the_frame_lies() -> None:
    """20 % of a frame up to 10; 3 up to 12; beyond, 5. A step reaches up to its end and not beyond it."""
    graph = Graph()
    stepped = reserve("{ceiling: [{to: 10, limit: 20 %}, {to: 12, limit: 3}, {limit: 5}], above: divide}")
    ceiling = ceiling_of(graph, stepped, graph.input("frame", 0, 14))
    assert ceiling is not None
    assert outcomes(graph, ceiling, frame=(0, 14)) == [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 5, 5]
    assert [ceiling_of(graph, stepped, frame) for frame in (10, 11, 12, 13)] == [2, 3, 3, 5]


@pytest.mark.parametrize(("above", "taken"), [("divide", [5, 4, 0, 0]), ("keep", [5, 5, 5, 5])])
def test_above_a_ceiling_a_surplus_is_divided_where_the_terms_say_so(above: str, taken: Sequence[int]) -> None:
    """Of a surplus of 5, up to 9 in all: beside 4 all, beside 5 another 4, beside 9 and 10 nothing."""
    graph = Graph()
    opening = graph.input("opening", 0, 20)
    aside = set_aside(graph, reserve(f"{{ceiling: 9, above: {above}}}"), 5, 0, opening, 9)
    found = outcomes(graph, aside, opening=(0, 20))
    assert [found[held] for held in (4, 5, 9, 10)] == taken


# --- what may vary, and what is left to the engine -------------------------------------------------------------------------------


def test_a_path_counts_the_entries_of_lists() -> None:
    assert path_of("years.1998.corrections.0.amount") == ("years", "1998", "corrections", 0, "amount")
    assert path_of("years.1998.uses.1.amount")[3] == 1 and path_of("years.1998.conversions.2.amount")[3] == 2
    assert path_of("corrections") == ("corrections",) and path_of("years.0.result") == ("years", "0", "result")


def test_values_that_no_file_may_hold_are_left_to_the_engine() -> None:
    """A number of a series is above 0, a share between nothing and all; a percentage may be below 0, and a share may be 0."""
    index, share, percent = "series.national_sickness_cost.outcome.1998", "sharing.shared", "years.1998.corrections.0.percent"
    text = EXAMPLE.read_text(encoding="utf-8").split("    expect:")[0]
    if "corrections:" not in text:
        text += "    corrections: [{activity: family_care, percent: 2 %}]\n"
    agreement = load("example", text=text).agreement
    bounds = {index: (-5, 2_000), share: (-5, 200), percent: (-50, 50)}
    plain = Plain(agreement, bounds, {index: 10, share: 100, percent: 100}, ["1998.totals.result"])
    assert plain.settle([1_182, 100, 2]) is not None and plain.settle([1_182, 0, -3]) is not None
    assert plain.settle([0, 100, 2]) is None and plain.settle([1, 100, 2]) is not None
    assert plain.settle([1_182, 101, 2]) is None


def test_an_amount_that_must_be_above_0_is_left_to_the_engine_at_0() -> None:
    agreement = small("frame: {x: 5, y: 4}, conversions: [{from: x, to: y, amount: 1, reason: r}], actual: {x: 3, y: 9}")
    path = "years.2000.conversions.0.amount"
    batch = Batch(agreement, {path: 1})
    scenarios = Scenarios(batch, {path: np.array([0, 1, 5, 6])})
    assert differences(scenarios, 4) == ([], 2, 2)
    assert batch.run({path: np.array([0, 1, 5, 6])}).refused.tolist() == [True, False, False, True]


def test_a_figure_that_no_scenario_lacks_is_known_everywhere() -> None:
    """A result that only in part is shared leaves open what each party keeps; the engine settles scenarios of amounts beyond 64 bits."""
    agreement = load(
        "small.yaml",
        text=(SMALL % ("", ", bands: [{to: 10, shared: 100 %}, {shared: 50 %}]", "result: 8", "note: -")).replace(
            "surplus: frame, deficit: frame", "surplus: equal, deficit: equal"
        ),
    ).agreement
    path = "years.2000.result"
    batch = Batch(agreement, {path: 1}, ["2000.parties.a.settled", "2000.totals.result"])
    huge = 2**62
    result = batch.run({path: np.array([8, huge, 20, -huge, 9])})
    assert set(result.known) == {"2000.parties.a.settled"}
    assert result.known["2000.parties.a.settled"].tolist() == [True, False, False, False, True]
    assert result.values["2000.totals.result"].tolist() == [8, huge, 20, -huge, 9] and not result.refused.any()


def test_numbers_reach_from_a_quarter_to_four_times_what_the_file_says_and_shares_from_nothing_to_all() -> None:
    index, share = "series.national_sickness_cost.outcome.1998", "sharing.shared"
    batch = Batch(load(EXAMPLE).agreement, {index: 10, share: 100}, ["1998.totals.result"])
    stated = int(load(EXAMPLE).agreement.series["national_sickness_cost"].outcome[1998] * 10)
    assert batch.widest() == (Reach(stated // 4, 4 * stated), Reach(0, 100))
