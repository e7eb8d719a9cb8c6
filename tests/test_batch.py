"""The engine in batches: equal to the ordinary engine in every figure of every scenario, and aware of its limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path as FilePath
from random import Random

import numpy as np
import pytest
from oracle.generate import generate
from random_scenarios import differences, random_scenarios

from socsam_calc import AgreementError, load
from socsam_calc.answers.whatif.settling import ENOUGH, ENOUGH_FOR_ARRAYS, settle_cases
from socsam_calc.batch import rounding, sharing
from socsam_calc.batch.dividing import Basis
from socsam_calc.batch.engine import Batch, Reach
from socsam_calc.batch.graph import Graph, Value
from socsam_calc.batch.machine import PIECE, Program, TooLarge
from socsam_calc.model.terms import terms_by_year
from socsam_calc.money import apportion, round_half_away
from socsam_calc.problems import Path
from socsam_calc.source.loader import Override
from socsam_calc.source.tree import Tree

TESTS = FilePath(__file__).parent
ROOT = TESTS.parent
EXAMPLE = TESTS / "worked_example.yaml"


def computed(graph: Graph, wanted: dict[str, Value], inputs: dict[str, list[int]]) -> dict[str, list[int]]:
    """Values of the graph for some scenarios."""
    size = len(next(iter(inputs.values())))
    program = Program(graph, wanted, {})
    outputs = {path: np.empty(size, width) for path, width in program.widths.items()}
    program.run({name: np.array(inputs[name]) for name in program.inputs}, outputs, {}, size)
    return {path: outputs[path].tolist() if path in outputs else [program.fixed[path]] * size for path in wanted}


@pytest.mark.parametrize("seed", range(60))
def test_amounts_of_both_signs_are_apportioned_as_the_core_does(seed: int) -> None:
    rng = Random(seed)
    parts = rng.randint(2, 6)
    least = rng.choice([-40, -40, 0])
    totals = [rng.randint(least, 40) for _ in range(60)]
    weights = [[rng.choice([0, 1, 1, 2, 3, 5]) for _ in range(60)] for _ in range(parts)]
    weights[0] = [1 + weight for weight in weights[0]]
    graph = Graph()
    total = graph.input("total", least, 40)
    shares = rounding.apportion(graph, total, [graph.input(f"w{i}", 0, 6) for i in range(parts)])
    inputs = {"total": totals} | {f"w{i}": weights[i] for i in range(parts)}
    found = computed(graph, {str(i): share for i, share in enumerate(shares)}, inputs)
    for scenario in range(60):
        expected = apportion(totals[scenario], [weight[scenario] for weight in weights])
        assert [found[str(i)][scenario] for i in range(parts)] == expected


@pytest.mark.parametrize(("top", "bottom"), [(1, 2), (1, 3), (5, 6), (7, 4), (0, 5), (3, 1), (50, 100)])
def test_halves_are_rounded_away_from_zero(top: int, bottom: int) -> None:
    values = list(range(-30, 31))
    graph = Graph()
    result = rounding.rounded(graph, [graph.input("x", -30, 30), top], [bottom])
    found = computed(graph, {"y": result}, {"x": values})["y"]
    assert found == [round_half_away(value * top, bottom) for value in values]


def test_the_worked_example_under_three_costs() -> None:
    """By hand: with a family care cost of 73 900 + x the result is 930 − x; it is divided by 48 280 : 55 000 : 73 000 while above 0,
    in thirds below, the odd unit to the earlier party (largest remainder, ties in the order of the parties)."""
    batch = Batch(load(EXAMPLE).agreement, {"years.1998.actual.family_care": 1})
    result = batch.run({"years.1998.actual.family_care": np.array([73_900, 74_830, 75_830])})
    settled = [[int(result.values[f"1998.parties.{party}.settled"][i]) for party in ("kassa", "landsting", "kommun")] for i in range(3)]
    assert settled == [[255, 290, 385], [0, 0, 0], [-334, -333, -333]]
    # before sharing kommun has 73 000 − cost: the first transfer is 385 + 900, as settlement.md has it, the last −333 + 2 830
    assert result.values["1998.parties.kommun.transfer"].tolist() == [1_285, 1_830, 2_497]
    assert result.slow == 0


@pytest.mark.parametrize("case", sorted((TESTS / "cases").glob("case-*.yaml")), ids=lambda path: path.stem)
def test_a_case_with_perturbed_figures_is_settled_as_the_engine_does(case: FilePath) -> None:
    agreement = load(case).agreement
    for share, spread in ((0.4, 0.02), (1.0, 0.2)):
        found, _, _ = differences(random_scenarios(agreement, np.random.default_rng(int(case.stem[5:])), 4, share, spread), 4)
        assert found == []


def test_random_agreements_are_settled_as_the_engine_does() -> None:
    compared = slow = refused = 0
    for seed in range(60):
        try:
            agreement = load("random", text=generate(10_000 + seed)).agreement
        except AgreementError:  # terms that the program refuses and the oracle does not
            continue
        found, out, left = differences(random_scenarios(agreement, np.random.default_rng(seed), 4, 0.5, 0.05), 4)
        assert found == []
        compared, refused, slow = compared + 4, refused + out, slow + left
    assert compared > 150
    assert slow < compared / 2  # the amounts of these agreements go up to 10^12 kronor


def test_amounts_too_large_for_64_bits_are_settled_exactly_all_the_same() -> None:
    """A surplus by the frame multiplies two amounts: 10^10 units each do not fit. The note says so, the figures are the engine's."""
    agreement = load(EXAMPLE).agreement
    scenarios = random_scenarios(agreement, np.random.default_rng(1), 6, 0.0)
    path = "years.1998.frame.family_care"
    batch = Batch(agreement, {path: 1}, ["1998.parties.kommun.settled"])
    values = np.array([72_500, 10**15, 72_501])
    result = batch.run({path: values})
    assert result.slow == 1
    assert "64 bits" in result.reasons[0]
    for index, value in enumerate(values.tolist()):
        settlement = batch.one({path: value})
        assert settlement is not None
        assert result.values["1998.parties.kommun.settled"][index] == settlement.year(1998).party("kommun").units("settled")
    assert scenarios.batch.figures


def test_bounds_are_proven_before_anything_is_computed() -> None:
    graph = Graph()
    amount = graph.input("x", 0, 1 << 32)
    with pytest.raises(TooLarge):
        Program(graph, {"y": graph.multiply(amount, amount)}, {})
    Program(graph, {"y": graph.multiply(amount, 1 << 30)}, {})


@pytest.mark.parametrize("seed", range(40))
def test_steps_on_both_sides_of_32_bits_come_out_alike(seed: int) -> None:
    """Random sums of numbers at the edge of 32 bits, against Python's integers."""
    rng = Random(seed)
    graph = Graph()
    edges = {
        f"x{i}": sorted(rng.sample([-(1 << 31) - 1, -(1 << 31), -(1 << 30), -3, 0, 5, (1 << 30), (1 << 31) - 1, 1 << 31], 2))
        for i in range(4)
    }
    inputs = {name: [lo, hi, *(rng.randint(lo, hi) for _ in range(30))] for name, (lo, hi) in edges.items()}
    made: list[tuple[Value, list[int]]] = [(graph.input(name, *edges[name]), inputs[name]) for name in edges]
    for _ in range(40):
        (a, of_a), (b, of_b) = rng.choice(made), rng.choice(made)
        number = rng.choice([1, 2, 3, 7, 100, 1 << 30, 1 << 33])
        value, expected = rng.choice(
            [
                (graph.add(a, b), [x + y for x, y in zip(of_a, of_b, strict=True)]),
                (graph.subtract(a, b), [x - y for x, y in zip(of_a, of_b, strict=True)]),
                (graph.multiply(a, number), [x * number for x in of_a]),
                (graph.floor_divide(a, number), [x // number for x in of_a]),
                (graph.minimum(a, b), [min(x, y) for x, y in zip(of_a, of_b, strict=True)]),
                (graph.maximum(a, number), [max(x, number) for x in of_a]),
                (graph.absolute(a), [abs(x) for x in of_a]),
                (
                    graph.signed(graph.absolute(a), graph.negative(b)),
                    [-abs(x) if y < 0 else abs(x) for x, y in zip(of_a, of_b, strict=True)],
                ),
                (graph.chosen(graph.negative(a), b, number), [y if x < 0 else number for x, y in zip(of_a, of_b, strict=True)]),
                (graph.some(a), [int(x > 0) for x in of_a]),
            ]
        )
        if not isinstance(value, int) and max(-value.lo, value.hi) < 1 << 62:
            made.append((value, expected))
    wanted = {str(number): value for number, (value, _) in enumerate(made)}
    found = computed(graph, wanted, inputs)
    assert found == {str(number): expected for number, (_, expected) in enumerate(made)}


@pytest.mark.parametrize("parts", [3, 5])
def test_fixed_keys_divide_as_the_core_does_whatever_the_sign(parts: int) -> None:
    rng = Random(parts)
    totals = list(range(-230, 231)) + [rng.randint(-(10**9), 10**9) for _ in range(200)]
    for _ in range(8):
        surplus, deficit = ([rng.choice([0, 1, 2, 3, 7]) + (i == 0) for i in range(parts)] for _ in range(2))
        graph = Graph()
        shares = rounding.apportion_by_sign(graph, graph.input("total", -(10**9), 10**9), surplus, deficit)
        found = computed(graph, {str(i): share for i, share in enumerate(shares)}, {"total": totals})
        for scenario, total in enumerate(totals):
            assert [found[str(i)][scenario] for i in range(parts)] == apportion(total, deficit if total < 0 else surplus)


def test_a_key_without_weights_is_refused_for_its_sign_alone() -> None:
    """Nobody contributes, so a surplus by the frame has nobody to go to; a deficit in halves has."""
    terms = terms_by_year(load(EXAMPLE, settings=["sharing.deficit={kassa: 1/2, landsting: rest}"]).agreement)[1998]
    graph, parties = Graph(), ("kassa", "landsting", "kommun")
    parts = sharing.entitlement(graph, terms, graph.input("shared", -10, 10), Basis(parties, dict.fromkeys(parties, 0), {}))
    program = Program(graph, parts, {})
    outputs = {path: np.empty(3, width) for path, width in program.widths.items()}
    holds = program.run({"shared": np.array([-8, 0, 8])}, outputs, {}, 3)
    assert holds is not None and holds.tolist() == [True, True, False]
    assert [outputs["kassa"][0], outputs["landsting"][0]] == [-4, -4]


def test_what_no_file_may_hold_is_refused() -> None:
    batch = Batch(load(EXAMPLE).agreement, {"years.1998.actual.family_care": 1, "series.national_sickness_cost.outcome.1998": 10})
    inputs = {
        "years.1998.actual.family_care": np.array([73_900, -1, 73_900]),
        "series.national_sickness_cost.outcome.1998": np.array([1_182, 1_182, 0]),
    }
    assert batch.run(inputs).refused.tolist() == [False, True, True]


def test_pieces_and_what_is_left_of_them_come_out_alike() -> None:
    batch = Batch(load(EXAMPLE).agreement, {"years.1998.actual.family_care": 1})
    costs = 60_000 + np.arange(2 * PIECE + 77)
    whole = batch.run({"years.1998.actual.family_care": costs})
    part = batch.run({"years.1998.actual.family_care": costs[PIECE + 5 :]})
    assert all((values[PIECE + 5 :] == part.values[path]).all() for path, values in whole.values.items())


def test_unknown_paths_are_refused() -> None:
    agreement = load(EXAMPLE).agreement
    with pytest.raises(KeyError):
        Batch(agreement, {"years.1998.actual.nothing": 1})
    with pytest.raises(KeyError):
        Batch(agreement, {"years.1998.actual.family_care": 1}, ["1998.parties.nobody.settled"])


def test_settling_does_not_load_numpy() -> None:
    code = f"import sys, socsam_calc; socsam_calc.settle(socsam_calc.load({str(EXAMPLE)!r})); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("count", [150, ENOUGH_FOR_ARRAYS + 3], ids=["in integers", "in arrays"])
def test_many_cases_come_out_as_one_by_one_refusals_included(count: int) -> None:
    """Costs around the point where a use of 880 tkr can no longer be paid; a share that only a fraction states; an unreadable case."""
    text = EXAMPLE.read_text(encoding="utf-8").split("    expect:")[0] + "    uses: [{for: staff, amount: 880}]\n"
    base = load("example", text=text)
    path = ("years", "1998", "actual", "family_care")
    tree = Tree("test", "")
    cases = [(Override(path, f"{73_880 + number} tkr", tree),) for number in range(count)]
    cases[7] = (Override(path, "a lot", tree),)
    cases[9] = ()
    figures = ["1998.parties.kommun.settled", "1998.totals.result"]
    rows = list(settle_cases(base, cases, figures))
    few = ENOUGH - 1
    for start in (0, few, 60, 66):  # few enough to be settled one by one
        piece = slice(start, start + few)
        assert [str(row) for row in rows[piece]] == [str(row) for row in settle_cases(base, cases[piece], figures)]
    assert isinstance(rows[7], AgreementError)
    assert rows[70] == (0, 88_000_000)  # all 880 tkr of the result are used: kommun's part of the one is its part of the other
    assert all(isinstance(row, AgreementError) for row in rows[71:])


def test_many_cases_know_a_party_that_comes_later_as_one_by_one() -> None:
    base = load(ROOT / "examples/complete.yaml")
    path = ("years", "1999", "actual", "primary_care")
    cases = [(Override(path, f"{30_000 + 40 * number}", Tree("test", "")),) for number in range(40)]
    figures = [f"{year}.parties.grannkommun.settled" for year in base.agreement.years]
    rows = list(settle_cases(base, cases, figures))
    assert rows[: ENOUGH - 1] == list(settle_cases(base, cases[: ENOUGH - 1], figures))
    assert all(isinstance(row, tuple) and row[0] is None and row[1] is not None for row in rows)


def test_a_case_that_is_refused_is_not_computed_further() -> None:
    """More is converted than the row holds: taken at its word, the whole frame would be 0, and the key could not divide by it."""
    text = """
format: socsam/1
area: X
period: {start: 2000-01-01, end: 2000-12-31}
parties: {a: {role: insurance_office}, b: {role: county_council}}
activities: {x: {funder: a, cost: rehabilitation_services}, y: {funder: b, cost: health_care}, z: {funder: b, cost: social_services}}
sharing: {surplus: frame, deficit: frame}
years:
  2000: {frame: {x: 500, z: 0}, conversions: [{from: x, to: y, amount: 500, reason: r}], actual: {x: 100, y: 700, z: 0}}
"""
    base, tree = load("conversion", text=text), Tree("test", "")
    stated = [(500 * number, max(number - 1, 0), 500 + max(number - 1, 0)) for number in range(ENOUGH)]
    paths: list[Path] = [("years", "2000", "frame", "x"), ("years", "2000", "frame", "z"), ("years", "2000", "conversions", 0, "amount")]
    cases = [[Override(path, str(amount), tree) for path, amount in zip(paths, amounts, strict=True)] for amounts in stated]
    rows = list(settle_cases(base, cases, ["2000.parties.a.settled", "2000.totals.result"]))
    assert isinstance(rows[0], AgreementError)
    assert rows[1] == (-30_000, -30_000)  # a pays the whole frame of 500 and bears the whole deficit of 300 kronor


def test_many_cases_do_without_numpy() -> None:
    code = "import sys; sys.modules['numpy'] = None\nfrom socsam_calc.cli.app import run\nsys.exit(run(sys.argv[1:]))"
    vary = ["--vary", "sharing.shared=0 %..100 %", "--steps", str(ENOUGH_FOR_ARRAYS + 1), "--format", "csv"]
    command = [sys.executable, "-c", code, "whatif", str(ROOT / "examples/gotland.yaml"), *vary]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1].startswith(f"{ROOT / 'examples/gotland.yaml'},Gotland,sharing.shared=100 %,1")


def test_a_batch_is_refused_whole_where_its_bounds_leave_no_scenario() -> None:
    """A row of up to 149 less a correction of 150 is below 0 in every scenario; the narrow path never asks, and the engine refuses each.

    At 150 it is 0: the costs of 100 and 150 against frames of 0 and 100 leave −150, in halves.
    """
    text = """format: socsam/1
area: Exempelby
period: {start: 1998-01-01, end: 1998-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
activities:
  sjuk: {funder: kassa, cost: sickness_benefit}
  omsorg: {funder: kommun, cost: social_services}
sharing: {surplus: equal, deficit: equal}
years:
  1998:
    frame: {sjuk: 200, omsorg: 100}
    corrections: [{activity: sjuk, amount: -150}]
    actual: {sjuk: 100, omsorg: 150}
"""
    path = "years.1998.frame.sjuk"
    batch = Batch(load("batch.yaml", text=text).agreement, {path: 1}, ["1998.parties.kassa.settled"])
    none = batch.run({path: np.array([0, 10, 149])})
    assert none.refused.all() and none.slow == 3
    some = batch.run({path: np.array([149, 150])})
    assert some.refused.tolist() == [True, False] and some.values["1998.parties.kassa.settled"][1] == -75
    outside = batch.run({path: np.array([-1, -5])})
    assert outside.refused.all() and outside.reasons


def test_amounts_that_fit_are_computed_in_32_bits() -> None:
    """Half the width is twice the speed, and nobody would notice were it gone: the steps of a real agreement are narrow where they fit."""
    batch = Batch(load(EXAMPLE).agreement, {"years.1998.actual.family_care": 1})
    narrow, wide = batch.program([Reach(0, 100_000)]), batch.program([Reach(0, 2**40)])
    assert narrow is not None and wide is not None

    def widths(program: Program) -> list[str]:
        return [buffer.dtype.name for buffer in program._buffers]

    assert "int32" in widths(narrow)
    assert widths(wide).count("int32") < widths(narrow).count("int32")


def test_figures_come_in_32_bits_until_one_does_not_fit() -> None:
    """A later piece of the run needs 64: what was computed before it stands, and the array is of one width."""
    path, figure = "years.1998.actual.family_care", "1998.totals.result"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, [figure])
    costs = np.full(PIECE + 3, 70_000)
    narrow = batch.run({path: costs})
    assert narrow.values[figure].dtype == np.int32
    costs[PIECE:] = 2**40
    wide = batch.run({path: costs}, narrow)
    assert wide.values[figure].dtype == np.int64
    assert (wide.values[figure][:PIECE] == narrow.values[figure][:PIECE]).all() and (wide.values[figure][PIECE:] < -(2**39)).all()
    again = batch.run({path: costs[:5]})
    assert again.values[figure].tolist() == narrow.values[figure][:5].tolist()


def test_reaches_that_are_known_spare_the_look_through_the_inputs() -> None:
    path, figure = "years.1998.actual.family_care", "1998.totals.result"
    batch = Batch(load(EXAMPLE).agreement, {path: 1}, [figure])
    costs = np.array([70_000, 73_900, 80_000], np.int32)
    known = batch.run({path: costs}, reaches={path: (70_000, 80_000)})
    assert known.values[figure].tolist() == batch.run({path: costs.astype(np.int64)}).values[figure].tolist()
    assert known.slow == 0 and not known.refused.any()
