"""The sums that the batch is made of: what each step can come to is known exactly, so that no scenario is slower or wider than it must be.

Whatever a step claims is held against all pairs of small numbers, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from socsam_calc.batch import rounding
from socsam_calc.batch.graph import FLAG, SMALL, WHOLE, Graph, Node, Value, high, low, needed
from socsam_calc.batch.machine import Program, TooLarge
from socsam_calc.batch.plain import _function
from socsam_calc.batch.widths import NARROW, Lowered
from socsam_calc.money import apportion, round_half_away

Range = tuple[int, int]
RANGES: tuple[Range, ...] = ((-3, 2), (-4, -1), (0, 5), (2, 7), (-1, 0), (0, 1))


def outcomes(graph: Graph, value: Value, **inputs: Range) -> list[int]:
    """What a value comes to for all that its inputs can be."""
    scenarios = np.array(list(every(inputs)))
    program = Program(graph, {"it": value}, {})
    if "it" in program.fixed:
        return [program.fixed["it"]] * len(scenarios)
    found = np.empty(len(scenarios), program.widths["it"])
    columns = dict(zip(inputs, scenarios.T, strict=True))
    program.run({name: np.ascontiguousarray(columns[name]) for name in program.inputs}, {"it": found}, {}, len(scenarios))
    return [int(one) for one in found]


def every(inputs: dict[str, Range]) -> Iterator[tuple[int, ...]]:
    """All that the inputs can be together."""
    return product(*(range(lo, hi + 1) for lo, hi in inputs.values()))


Pair = Callable[[Graph, Value, Value], Value]
STEPS: dict[str, tuple[Pair, Callable[[int, int], int]]] = {
    "add": (lambda graph, a, b: graph.add(a, b), lambda x, y: x + y),
    "subtract": (lambda graph, a, b: graph.subtract(a, b), lambda x, y: x - y),
    "multiply": (lambda graph, a, b: graph.multiply(a, b), lambda x, y: x * y),
    "minimum": (lambda graph, a, b: graph.minimum(a, b), min),
    "absolute": (lambda graph, a, b: graph.absolute(a), lambda x, y: abs(x)),
    "negative": (lambda graph, a, b: graph.negative(a), lambda x, y: -(x < 0)),
    "unset": (lambda graph, a, b: graph.unset(graph.negative(a)), lambda x, y: -(x >= 0)),
    "some": (lambda graph, a, b: graph.some(a), lambda x, y: int(x > 0)),
    "greater": (lambda graph, a, b: graph.compare("greater", a, b), lambda x, y: int(x > y)),
    "greater_equal": (lambda graph, a, b: graph.compare("greater_equal", a, b), lambda x, y: int(x >= y)),
    "equal": (lambda graph, a, b: graph.compare("equal", a, b), lambda x, y: int(x == y)),
    "both": (
        lambda graph, a, b: graph.both(graph.compare("greater", a, 0), graph.compare("greater", b, 1)),
        lambda x, y: int(x > 0 and y > 1),
    ),
    "at least zero": (lambda graph, a, b: graph.at_least_zero(a), lambda x, y: max(x, 0)),
    "total": (lambda graph, a, b: graph.total([a, 3, b, -1]), lambda x, y: x + y + 2),
    "product": (lambda graph, a, b: graph.product([a, -2, b]), lambda x, y: -2 * x * y),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_knows_the_least_and_the_greatest_that_it_comes_to(name: str) -> None:
    step, plain = STEPS[name]
    others: tuple[Range | int, ...] = (*RANGES, 0, 1, -1, 2, 3)
    for a, b in product(RANGES, others):
        inputs = {"a": a} | ({} if isinstance(b, int) else {"b": b})
        graph = Graph()
        value = step(graph, graph.input("a", *a), b if isinstance(b, int) else graph.input("b", *b))
        expected = [plain(x, b if isinstance(b, int) else rest[0]) for x, *rest in every(inputs)]
        assert outcomes(graph, value, **inputs) == expected, (a, b)
        assert (low(value), high(value)) == (min(expected), max(expected)), (a, b)
        assert isinstance(value, int) or value.kind == FLAG or len(set(expected)) > 1, "what is the same everywhere is a number"


def test_a_quotient_knows_its_bounds() -> None:
    """What divides is taken as 1 where it could be 0: those scenarios are held back by a condition."""
    others: tuple[Range | int, ...] = ((1, 3), (0, 4), (0, 1), (2, 2), 1, 2, 3, 4, 8)
    for a, b in product(RANGES, others):
        inputs = {"a": a} | ({} if isinstance(b, int) else {"b": b})
        graph = Graph()
        value = graph.floor_divide(graph.input("a", *a), b if isinstance(b, int) else graph.input("b", *b))
        expected = [x // max(b if isinstance(b, int) else rest[0], 1) for x, *rest in every(inputs)]
        assert outcomes(graph, value, **inputs) == expected, (a, b)
        assert (low(value), high(value)) == (min(expected), max(expected)), (a, b)


@pytest.mark.parametrize(("number", "expected"), [(-5, (2, 7)), (2, (2, 7)), (3, (3, 7)), (7, (7, 7)), (9, (9, 9))])
def test_a_floor_under_a_value_raises_its_bounds(number: int, expected: tuple[int, int]) -> None:
    graph = Graph()
    value = graph.maximum(graph.input("a", 2, 7), number)
    assert (low(value), high(value)) == expected
    assert isinstance(value, int) == (number >= 7)
    assert outcomes(graph, value, a=(2, 7)) == [max(x, number) for x in range(2, 8)]


@pytest.mark.parametrize("unset", [(-2, 1), (3, 4), 0, 5, -5])
@pytest.mark.parametrize("set_", [(-2, 1), (0, 6), (-7, -5), 0, 5])
@pytest.mark.parametrize("by", RANGES)
def test_one_of_two_values_is_chosen_by_a_sign(by: Range, set_: Range | int, unset: Range | int) -> None:
    graph = Graph()

    def made(name: str, of: Range | int) -> Value:
        return of if isinstance(of, int) else graph.input(name, *of)

    inputs = {"by": by} | {name: of for name, of in (("set", set_), ("unset", unset)) if not isinstance(of, int)}
    value = graph.chosen(graph.negative(graph.input("by", *by)), made("set", set_), made("unset", unset))
    columns = [dict(zip(inputs, one, strict=True)) for one in every(inputs)]
    fixed = {name: of for name, of in (("set", set_), ("unset", unset)) if isinstance(of, int)}
    expected = [(fixed | one)["set" if one["by"] < 0 else "unset"] for one in columns]
    assert outcomes(graph, value, **inputs) == expected
    assert (low(value), high(value)) == (min(expected), max(expected))


@pytest.mark.parametrize("size", [(-2, 5), (0, 6), (3, 4), 4])
@pytest.mark.parametrize("by", RANGES)
def test_a_value_takes_a_sign(by: Range, size: Range | int) -> None:
    """Its bounds are as wide on both sides where the sign varies, and exact where it does not."""
    graph = Graph()
    value = graph.signed(size if isinstance(size, int) else graph.input("size", *size), graph.negative(graph.input("by", *by)))
    inputs = {"by": by} | ({} if isinstance(size, int) else {"size": size})
    expected = [(-1 if x < 0 else 1) * (size if isinstance(size, int) else rest[0]) for x, *rest in every(inputs)]
    assert outcomes(graph, value, **inputs) == expected
    widest = max(abs(one) for one in expected)
    assert (low(value), high(value)) == ((-widest, widest) if by[0] < 0 <= by[1] else (min(expected), max(expected)))


def test_what_changes_nothing_is_no_step() -> None:
    graph = Graph()
    a, b = graph.input("a", -3, 9), graph.input("b", -3, 9)
    for same in (
        graph.add(a, 0), graph.add(0, a), graph.subtract(a, 0), graph.multiply(a, 1), graph.multiply(1, a), graph.floor_divide(a, 1),
        graph.maximum(a, -3), graph.minimum(a, 9), graph.minimum(9, a), graph.both(a, 1), graph.both(1, a), graph.total([a]), graph.product([a]),
    ):  # fmt: skip
        assert same is a
    for nothing in (graph.subtract(a, a), graph.multiply(a, 0), graph.multiply(0, a), graph.both(a, 0), graph.both(0, a), graph.total([])):
        assert nothing == 0 and isinstance(nothing, int)
    assert (graph.floor_divide(7, 2), graph.floor_divide(-7, 2), graph.floor_divide(-6, 2)) == (3, -4, -3)
    count = graph.input("count", 0, 9)
    assert graph.absolute(count) is count and graph.at_least_zero(count) is count and graph.negative(count) == 0
    assert graph.compare("equal", a, a) == 1 and graph.product([]) == 1
    assert graph.look_up([4, 5, 6], 1) == 5 and graph.look_up([4, 4], graph.input("i", 0, 1)) == 4
    assert graph.look_up([4], graph.input("only", 0, 0)) == 4
    for op in ("add", "subtract", "multiply", "minimum"):
        step = getattr(graph, op)
        assert step(a, b) is step(a, b) and step(a, int("70000")) is step(a, int("70000")), "a step is made once"
    assert graph.input("a", -3, 9) is a
    assert graph.add(a, b) is not graph.subtract(a, b)


def test_what_can_only_come_to_one_number_is_that_number() -> None:
    graph = Graph()
    two, three, small = graph.input("two", 2, 2), graph.input("three", 3, 3), graph.input("small", 0, 5)
    assert (graph.add(two, three), graph.multiply(two, three), graph.subtract(three, two), graph.floor_divide(small, 8)) == (5, 6, 1, 0)
    assert (graph.maximum(graph.subtract(small, 5), 0), graph.maximum(-4, 0), graph.maximum(4, 0)) == (0, 0, 4)
    assert (rounding.rounded(graph, [3], [2]), rounding.rounded(graph, [-3], [2]), rounding.rounded(graph, [-5], [3])) == (2, -2, -2)
    assert rounding.rounded(graph, [small, 3], [3]) is small


def steps_of(*values: Value) -> list[str]:
    """What is done on the way to some values."""
    return sorted(node.op for node in needed(values) if node.op != "input")


def test_each_sum_takes_as_few_steps_as_it_can() -> None:
    """Counted by hand: each step saved is saved in every scenario."""
    graph = Graph()
    a, b = graph.input("a", -9, 9), graph.input("b", -9, 9)
    mask = graph.negative(b)
    assert steps_of(graph.floor_divide(a, 8)) == ["right_shift"] and steps_of(graph.floor_divide(a, 6)) == ["floor_divide"]
    assert mask is graph.floor_divide(b, 2**63), "a sign is what stands above 63 bits"
    assert steps_of(graph.chosen(mask, a, 0)) == ["bitwise_and", "right_shift"]
    assert steps_of(graph.chosen(mask, a, 1)) == ["bitwise_and", "bitwise_xor", "bitwise_xor", "right_shift"]
    assert steps_of(graph.chosen(mask, 7, 4)) == ["add", "bitwise_and", "right_shift"]
    assert steps_of(rounding.rounded(graph, [a], [3])) == ["add", "floor_divide"], "with an odd divisor there are no halves"
    assert steps_of(rounding.rounded(graph, [a], [4])) == ["add", "add", "right_shift", "right_shift"]
    assert steps_of(graph.at_least_zero(graph.absolute(a))) == ["absolute"] and not graph.conditions
    assert graph.signed(a, 0) is a and steps_of(graph.signed(a, -1)) == ["subtract"]
    assert graph.chosen(mask, a, a) is a and graph.chosen(mask, 4, 4) == 4
    assert (graph.absolute(-3), graph.compare("equal", 3, 3), graph.compare("equal", 3, 4)) == (3, 1, 0)


def test_a_table_serves_both_signs_where_no_remainders_are_ever_equal() -> None:
    """Sevenths, 2/7 and 4/7 of a whole number are never equally far from the next; thirds are. There a deficit has a table of its own."""
    graph = Graph()
    total = graph.input("total", -50, 50)

    def tables(weights: Sequence[int]) -> set[int]:
        return {len(node.table) for node in needed(rounding.apportion(graph, total, weights)) if node.op == "look_up"}

    assert tables([1, 2, 4]) == {7} and tables([1, 1, 1]) == {6}
    assert rounding.LONGEST_TABLE * 8 == 32 * 1024, "as many bytes as the nearest cache of a processor has"


def test_who_has_no_weight_has_no_part_and_who_is_alone_has_all() -> None:
    graph = Graph()
    total, weight = graph.input("total", -9, 9), graph.input("weight", 0, 4)
    nobody: list[Value] = [graph.input(name, 0, 0) for name in ("x", "y", "z")]
    for parts in (2, 3):
        assert rounding.apportion(graph, total, nobody[:parts]) == [0] * parts
    assert rounding.apportion(graph, total, [0, weight, nobody[0]]) == [0, total, 0]
    assert rounding.apportion(graph, total, []) == [] and rounding.apportion(graph, total, [0, 0]) == [0, 0]
    varying: list[Value] = [1, weight, graph.input("other", 0, 4)]
    assert rounding.apportion(graph, 0, varying) == [0, 0, 0]
    assert outcomes(graph, rounding.apportion(graph, 1, varying)[0], weight=(0, 4), other=(0, 0)) == [1, 1, 0, 0, 0]


def test_one_unit_over_weights_of_which_one_varies_goes_to_the_greatest() -> None:
    """Of 1 over a : 1 : 2, the last has the unit up to a = 1; at a = 2 the first has it, who is as great and stands before."""
    graph = Graph()
    parts = rounding.apportion(graph, 1, [graph.input("a", 0, 3), 1, 2])
    assert [outcomes(graph, part, a=(0, 3)) for part in parts] == [[0, 0, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0]]


@pytest.mark.parametrize("total", [-2, -1, 1, 2, 5, (-3, 3)])
@pytest.mark.parametrize("fixed", [(1, 2), (2, 1), (1, 1), (0, 3), (1, 1, 1), (2, 1, 2)])
def test_fixed_and_varying_weights_divide_together(total: int | Range, fixed: Sequence[int]) -> None:
    """Wherever the varying ones stand among the fixed, and whether or not what is divided varies too."""
    for places in ([0], [len(fixed)], [1, 1], [0, 2]):
        graph = Graph()
        inputs: dict[str, Range] = {}
        weights: list[int | str] = list(fixed)
        for number, place in enumerate(places):
            inputs[f"w{number}"] = (0, 3)
            weights.insert(place, f"w{number}")
        if not isinstance(total, int):
            inputs["total"] = total
        amount = total if isinstance(total, int) else graph.input("total", *total)
        taken = [weight if isinstance(weight, int) else graph.input(weight, 0, 3) for weight in weights]
        found = [outcomes(graph, part, **inputs) for part in rounding.apportion(graph, amount, taken)]
        for scenario, values in enumerate(every(inputs)):
            known = dict(zip(inputs, values, strict=True))
            divided = known.get("total", total)
            assert isinstance(divided, int)
            expected = apportion(divided, [weight if isinstance(weight, int) else known[weight] for weight in weights])
            assert [part[scenario] for part in found] == expected


@pytest.mark.parametrize(("op", "a", "b", "holds"), [("greater_equal", 1, 2, False), ("greater", 3, 2, True), ("equal", 2, 1, False)])
def test_numbers_alone_are_compared_as_numbers(op: str, a: int, b: int, *, holds: bool) -> None:
    graph = Graph()
    assert outcomes(graph, graph.add(graph.node(op, (a, b), 0, 1, FLAG), graph.input("of", 0, 1)), of=(0, 1)) == [holds, holds + 1]


def test_a_number_is_never_taken_for_the_step_that_bears_its_mark() -> None:
    """Steps are told apart by the marks of what they take; a mark is a whole number too."""
    graph = Graph()
    a, b = graph.input("a", 0, 9), graph.input("b", 0, 9)
    by_step, by_number = graph.add(a, b), graph.add(a, id(b))
    assert by_step is not by_number
    assert outcomes(graph, by_step, a=(0, 2), b=(0, 2)) == [0, 1, 2, 1, 2, 3, 2, 3, 4]


@pytest.mark.parametrize(("table", "bounds"), [((5, 1, 3), (1, 5)), ((-2, -9), (-9, -2))])
def test_a_table_knows_its_bounds_and_gives_its_entries(table: tuple[int, ...], bounds: tuple[int, int]) -> None:
    graph = Graph()
    index = graph.input("i", 0, len(table) - 1)
    value = graph.look_up(table, index)
    assert isinstance(value, Node) and (value.lo, value.hi) == bounds and graph.look_up(list(table), index) is value
    assert outcomes(graph, value, i=(0, len(table) - 1)) == list(table)


def test_a_condition_that_never_holds_holds_back_every_scenario() -> None:
    graph = Graph()
    a = graph.input("a", -5, 5)
    graph.require(1)
    assert not graph.conditions
    graph.require(graph.compare("greater", a, 6))
    assert [(low(condition), high(condition)) for condition in graph.conditions] == [(0, 0)]
    program = Program(graph, {"a": a}, {})
    holds = program.run({"a": np.arange(3)}, {"a": np.empty(3, program.widths["a"])}, {}, 3)
    assert holds is not None and not holds.any()


def test_conditions_hold_together_or_not_at_all() -> None:
    """Of −5 … 5: one asks for more than −2, the other for less than 3; both are asked though neither is a figure."""
    graph = Graph()
    a = graph.input("a", -5, 5)
    graph.require(graph.compare("greater", a, -2))
    graph.require(graph.compare("greater", 3, a))
    program = Program(graph, {"a": a}, {})

    def holds(least: int, most: int) -> list[bool] | None:
        values = np.arange(least, most + 1)
        found = program.run({"a": values}, {"a": np.empty(len(values), program.widths["a"])}, {}, len(values))
        return None if found is None else found.tolist()

    assert holds(-5, 5) == [-2 < x < 3 for x in range(-5, 6)]
    assert holds(-1, 2) is None
    assert holds(0, 4) == [True, True, True, False, False] and holds(-3, 0) == [False, False, True, True]


def test_each_step_stands_after_what_it_needs_and_only_once() -> None:
    graph = Graph()
    a, b = graph.input("a", 0, 9), graph.input("b", 0, 9)
    both = graph.add(a, b)
    twice = graph.multiply(both, 2)
    root = graph.subtract(twice, both)
    order = needed([root, twice, 7])
    assert order == [a, b, both, twice, root]


# --- widths -----------------------------------------------------------------------------------------------------------------------


def kinds(graph: Graph, *values: Value) -> list[str]:
    """The width that each step of a graph is given, of those that compute."""
    order = needed(values)
    lowered = Lowered(order, {value: value.kind for value in values if isinstance(value, Node)})
    return [lowered.kinds[step.out] for step in lowered.instructions]


FITS, BEYOND = 2**31 - 1, 2**31


@pytest.mark.parametrize(
    ("edge", "narrow"),
    [(FITS - 2, 2), (FITS - 1, 1), (FITS, 0), (1 - BEYOND + 1, 2), (1 - BEYOND, 1), (-BEYOND, 0), (-BEYOND - 1, 0)],
)
def test_a_step_is_narrow_where_it_and_what_it_takes_fit_into_32_bits(edge: int, narrow: int) -> None:
    """One and two more than an edge, away from 0: whichever is beyond −2^31 … 2^31 − 1 is wide, as all are where the edge itself is."""
    graph = Graph()
    a = graph.input("a", min(edge, 0), max(edge, 0))
    sign = 1 if edge > 0 else -1
    steps = [graph.add(a, sign), graph.add(a, 2 * sign)]
    order = needed(steps)
    lowered = Lowered(order, {step: step.kind for step in steps if isinstance(step, Node)})
    assert [lowered.kinds[step.out] for step in lowered.instructions if step.op == "add"] == [NARROW] * narrow + [WHOLE] * (2 - narrow)


def test_a_value_of_one_use_is_not_converted_for_it() -> None:
    graph = Graph()
    a = graph.input("a", 0, 100)
    assert kinds(graph, graph.add(a, 1)) == [WHOLE]
    one, two = graph.add(a, 1), graph.add(a, 2)
    assert kinds(graph, one, two) == [NARROW, NARROW, WHOLE, NARROW, WHOLE]  # a, a + 1, as it is wanted, a + 2, as it is wanted


def test_a_shift_beyond_31_bits_leaves_the_sign_in_32_bits_too() -> None:
    graph = Graph()
    a = graph.input("a", -9, 9)
    mask, more = graph.negative(a), graph.absolute(a)
    assert NARROW in kinds(graph, mask, more)
    program = Program(graph, {"mask": mask, "size": more}, {})
    found = {name: np.empty(3, width) for name, width in program.widths.items()}
    program.run({"a": np.array([-9, 0, 9])}, found, {}, 3)
    assert found["mask"].tolist() == [-1, 0, 0] and found["size"].tolist() == [9, 0, 9]


def test_conditions_are_compared_narrow_where_both_sides_are_there() -> None:
    graph = Graph()
    a, b = graph.input("a", 0, 100), graph.input("b", 0, 100)
    one, two, three = graph.add(a, b), graph.subtract(a, b), graph.minimum(a, b)
    condition = graph.compare("greater", one, two)
    assert isinstance(condition, Node)
    lowered = Lowered(needed([one, two, three, condition]), {condition: FLAG})
    greater = next(step for step in lowered.instructions if step.op == "greater")
    assert [lowered.kinds[arg] for arg in greater.args] == [NARROW, NARROW]
    wide = graph.compare("greater", one, graph.input("c", 0, 1 << 40))
    assert isinstance(wide, Node)
    lowered = Lowered(needed([one, two, three, wide]), {wide: FLAG})
    greater = next(step for step in lowered.instructions if step.op == "greater")
    assert [lowered.kinds[arg] for arg in greater.args] == [WHOLE, WHOLE]


def quotients(tops: list[int], bottoms: list[int], hi: int, by: tuple[int, int]) -> tuple[list[int], list[str]]:
    """⌊a × w ÷ b⌋ for some a, w and b of stated reaches, and the steps that it is computed by."""
    graph = Graph()
    a, w, b = graph.input("a", -hi, hi), graph.input("w", 0, by[1]), graph.input("b", *by)
    part = graph.floor_divide(graph.multiply(a, w), b)
    assert isinstance(part, Node)
    part.lo, part.hi = max(part.lo, -hi), min(part.hi, hi)  # w is no more than b
    program = Program(graph, {"it": part}, {})
    found = np.empty(len(tops), program.widths["it"])
    rows = {"a": np.array(tops), "w": np.array(bottoms) - 1, "b": np.array(bottoms)}
    program.run(rows, {"it": found}, {}, len(tops))
    return found.tolist(), [step.op for step in Lowered(needed([part]), {part: WHOLE}).instructions]


def test_a_quotient_that_a_float_holds_is_that_of_the_float() -> None:
    """Up to 2⁵³ the float is exact: also one below a multiple, and below 0, where the floor lies further from 0."""
    pairs = [(sign * (k * b + rest), b) for sign in (1, -1) for b in (2, 3, 1_000, 2**20) for k in (1, 2, 5) for rest in (-1, 0, 1)]
    pairs += [(2**21 - 1, 2**21), (-(2**21) + 1, 2**21), (0, 7)]
    found, steps = quotients([a for a, _ in pairs], [b for _, b in pairs], 2**31 - 2, (1, 2**21))
    assert found == [a * (b - 1) // b for a, b in pairs]
    assert "floor" in steps and "rint" not in steps and "floor_divide" not in steps


def test_a_float_divides_no_number_that_it_does_not_hold() -> None:
    """2⁵³ + 1 is the first whole number that no float of 64 bits is."""
    first = 2**53 + 1
    for largest, by_float in ((first, False), (2**53 - 2, True)):
        graph = Graph()
        part = graph.floor_divide(graph.input("a", 0, largest), graph.input("b", 1, 2))
        assert isinstance(part, Node)
        program = Program(graph, {"it": part}, {})
        found = np.empty(3, program.widths["it"])
        program.run({"a": np.array([largest, largest, 1]), "b": np.array([1, 2, 2])}, {"it": found}, {}, 3)
        assert found.tolist() == [largest, largest // 2, 0]
        steps = [step.op for step in Lowered(needed([part]), {part: WHOLE}).instructions]
        assert ("floor" in steps, "floor_divide" in steps) == (by_float, not by_float)


def test_a_quotient_beyond_that_is_guessed_and_set_right_by_its_remainder() -> None:
    """a × (b − 1) ÷ b is a − a ÷ b: just below a whole number, or just above, where a float of 53 bits cannot tell."""
    tops = [2**31 - 2, -(2**31) + 2, 2**30 + 1, -(2**30) - 1, 1, -1, 0, 2**31 - 3, 12_345_678]
    pairs = [(a, b) for a in tops for b in (2**31 - 1, 2**31 - 2, 2**30, 2**30 + 1, 3, 1)]
    found, steps = quotients([a for a, _ in pairs], [b for _, b in pairs], 2**31 - 2, (1, 2**31 - 1))
    assert found == [a * (b - 1) // b for a, b in pairs]
    assert "rint" in steps and "floor_divide" not in steps


def test_a_quotient_that_neither_holds_is_divided_whole() -> None:
    pairs = [(a, b) for a in (2**32 - 1, -(2**32) + 1, 5) for b in (2**29, 2**29 - 1, 3)]
    found, steps = quotients([a for a, _ in pairs], [b for _, b in pairs], 2**32, (1, 2**29))
    assert found == [a * (b - 1) // b for a, b in pairs]
    assert "floor_divide" in steps


@pytest.mark.parametrize("seed", range(3))
def test_random_quotients_are_those_of_whole_numbers(seed: int) -> None:
    rng = Random(seed)
    for bits in (10, 21, 31):
        tops = [rng.randint(-(2**31) + 2, 2**31 - 2) for _ in range(500)]
        bottoms = [rng.randint(1, 2**bits - 1) for _ in tops]
        assert quotients(tops, bottoms, 2**31 - 2, (1, 2**bits - 1))[0] == [a * (b - 1) // b for a, b in zip(tops, bottoms, strict=True)]


def test_inputs_of_32_bits_are_taken_as_they_come() -> None:
    graph = Graph()
    a, b = graph.input("a", -9, 9), graph.input("b", 0, 2**40)
    program = Program(graph, {"sum": graph.add(a, b), "twice": graph.multiply(a, 2), "a": a}, {}, {"a"})
    assert program.widths == {"sum": WHOLE, "twice": NARROW, "a": NARROW}
    found = {name: np.empty(2, width) for name, width in program.widths.items()}
    program.run({"a": np.array([-9, 4], np.int32), "b": np.array([2**40, 1])}, found, {}, 2)
    assert [found[name].tolist() for name in ("sum", "twice", "a")] == [[2**40 - 9, 5], [-18, 8], [-9, 4]]


@pytest.mark.parametrize(("most", "small"), [(2**63 - 1, True), (2**63, False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_64_bits_hold_what_they_hold_and_no_more(most: int, small: bool, sign: int) -> None:
    lo, hi = sorted((0, sign * most))
    graph = Graph()
    for wanted in ({"a": graph.input("a", lo, hi)}, {"fixed": sign * most}):
        if small:
            assert Program(graph, wanted, {})
        else:
            with pytest.raises(TooLarge):
                Program(graph, wanted, {})


def test_buffers_are_used_again_and_never_while_they_are_needed() -> None:
    """A sum of a chain of thirty: each needs the one before alone, and all of them do with few buffers."""
    graph = Graph()
    a, b = graph.input("a", -9, 9), graph.input("b", -9, 9)
    here: Value = graph.add(a, b)
    for number in range(30):
        here = graph.subtract(graph.multiply(here, 1 + number % 2), a if number % 3 else b)
    program = Program(graph, {"it": here}, {})
    assert len(program._buffers) <= 3

    def plain(x: int, y: int) -> int:
        at = x + y
        for number in range(30):
            at = at * (1 + number % 2) - (x if number % 3 else y)
        return at

    assert outcomes(graph, here, a=(-2, 2), b=(-2, 2)) == [plain(x, y) for x in range(-2, 3) for y in range(-2, 3)]


# --- rounding ---------------------------------------------------------------------------------------------------------------------


def test_a_varying_divisor_rounds_halves_away_from_zero() -> None:
    graph = Graph()
    top, bottom = graph.input("top", -9, 9), graph.input("bottom", 1, 6)
    value = rounding.rounded(graph, [top, 3], [bottom, 2])
    expected = [round_half_away(3 * x, 2 * y) for x in range(-9, 10) for y in range(1, 7)]
    assert outcomes(graph, value, top=(-9, 9), bottom=(1, 6)) == expected
    assert low(value) <= min(expected) and high(value) >= max(expected)
    assert rounding.rounded(graph, [0, top], [bottom]) == 0
    whole = rounding.rounded(graph, [top], [bottom])
    assert outcomes(graph, whole, top=(-9, 9), bottom=(1, 6)) == [round_half_away(x, y) for x in range(-9, 10) for y in range(1, 7)]


WEIGHTS: dict[str, list[tuple[int, ...]]] = {
    "two": [(1, 2), (1, 1), (0, 3)],
    "three": [(1, 1, 1), (1, 2, 4), (0, 1, 2), (5, 0, 1)],
    "four": [(1, 1, 1, 1), (3, 0, 2, 2), (0, 0, 4, 3)],
    "beyond a table": [(5_000, 1, 2), (1, 5_000, 5_000)],
}


@pytest.mark.parametrize("whole", [(-12, 12), (0, 12), (-12, -1), 7, -7])
@pytest.mark.parametrize("kind", WEIGHTS)
def test_fixed_weights_divide_a_total_as_the_core_does(kind: str, whole: Range | int) -> None:
    lo, hi = (whole, whole) if isinstance(whole, int) else whole
    for weights in WEIGHTS[kind]:
        for deficit in WEIGHTS[kind]:
            graph = Graph()
            total: Value = whole if isinstance(whole, int) else graph.input("total", lo, hi)
            parts = rounding.apportion_by_sign(graph, total, weights, deficit)
            told = [outcomes(graph, part, total=(lo, hi)) for part in parts]
            expected = [apportion(x, deficit if x < 0 else weights) for x in range(lo, hi + 1)]
            assert [list(row) for row in zip(*told, strict=True)] == [list(row) for row in expected]
            assert all(min(lo, 0) <= low(part) and high(part) <= max(hi, 0) for part in parts)


def test_three_fixed_weights_are_looked_up_and_two_or_large_ones_are_not() -> None:
    """A table costs less than comparing remainders; with two parts there is nothing to compare, and a large table is slow."""
    graph = Graph()
    total = graph.input("total", -50, 50)
    many = rounding.LONGEST_TABLE

    def looks_up(weights: Sequence[int]) -> bool:
        return any(node.op == "look_up" for node in needed(rounding.apportion(graph, total, weights)))

    assert looks_up([1, 1, 1]) and looks_up([0, 1, 2, 4]) and looks_up([many - 2, 1, 1])
    assert not looks_up([1, 2]) and not looks_up([0, 1, 2]) and not looks_up([many - 1, 1, 1])
    assert not any(node.op == "look_up" for node in needed(rounding.apportion_by_sign(graph, total, [1, 2], [2, 1])))


# --- no step comes to more than it says -----------------------------------------------------------------------------------------


def all_reached(graph: Graph, wanted: Sequence[Value], inputs: dict[str, Range]) -> list[tuple[Node, Range]]:
    """Every step on the way, with the least and the greatest that it comes to for all that the inputs can be."""
    order = needed([*wanted, *graph.conditions])
    reached: dict[int, list[int]] = {id(node): [] for node in order}
    for scenario in every(inputs):
        given = dict(zip(inputs, scenario, strict=True))
        held: dict[int, int] = {}
        for node in order:
            if node.op == "input":
                held[id(node)] = next(given[name] for name, one in graph.inputs.items() if one is node)
            else:
                args = [arg if isinstance(arg, int) else held[id(arg)] for arg in node.args]
                held[id(node)] = int(_function(node)(*args))
        if all(held[id(condition)] for condition in graph.conditions):
            for node in order:
                reached[id(node)].append(held[id(node)])
    return [(node, (min(reached[id(node)]), max(reached[id(node)]))) for node in order]


def assert_sound(graph: Graph, wanted: Sequence[Value], inputs: dict[str, Range]) -> None:
    """Every step on the way, for all that the inputs can be, lies within its bounds."""
    for node, (least, greatest) in all_reached(graph, wanted, inputs):
        assert node.lo <= least and greatest <= node.hi, (node.op, node.lo, node.hi)


def test_every_step_on_the_way_to_a_choice_or_a_sign_comes_to_its_bounds() -> None:
    graph = Graph()
    by, size = graph.negative(graph.input("by", -1, 1)), graph.input("size", 0, 6)
    eight, other = graph.input("eight", -8, 7), graph.input("other", -8, 7)
    for value, inputs in (
        (graph.chosen(by, eight, other), {"by": (-1, 1), "eight": (-8, 7), "other": (-8, 7)}),
        (graph.chosen(by, 7, 4), {"by": (-1, 1)}),
        (graph.signed(size, by), {"by": (-1, 1), "size": (0, 6)}),
    ):
        for node, found in all_reached(graph, [value], inputs):
            assert (node.lo, node.hi) == found, node.op


def test_every_step_on_the_way_to_a_part_looked_up_comes_to_its_bounds() -> None:
    """Of −24 … 24 by thirds and by 1 : 3 : 2: rests of twelfths up to 5, and 6 more below 0; no part is larger than the whole."""
    graph = Graph()
    parts = rounding.apportion_by_sign(graph, graph.input("total", -24, 24), [2, 2, 2], [1, 3, 2])
    indices = {node.args[0] for node in needed(parts) if node.op == "look_up"}
    assert {(low(index), high(index)) for index in indices} == {(0, 11)}
    assert_sound(graph, parts, {"total": (-24, 24)})
    assert all(low(part) >= -24 and high(part) <= 24 for part in parts) and (low(parts[-1]), high(parts[-1])) == (-24, 24)
    gained = rounding.apportion_by_sign(graph, graph.input("gained", 6, 24), [2, 2, 2], [1, 3, 2])
    borne = rounding.apportion_by_sign(graph, graph.input("borne", -24, -6), [2, 2, 2], [1, 3, 2])
    assert all(low(part) >= 0 and high(part) <= 24 for part in gained) and (low(gained[-1]), high(gained[-1])) == (0, 24)
    assert all(low(part) >= -24 and high(part) <= 0 for part in borne) and (low(borne[-1]), high(borne[-1])) == (-24, 0)
    assert [outcomes(graph, part, borne=(-6, -6)) for part in borne] == [[-1], [-3], [-2]]
    assert [outcomes(graph, part, gained=(6, 6)) for part in gained] == [[2], [2], [2]]


@pytest.mark.parametrize("lo", [-7, 0, 3])
@pytest.mark.parametrize("parts", [2, 3, 4])
def test_no_step_of_a_division_comes_to_more_than_it_says(parts: int, lo: int) -> None:
    graph = Graph()
    inputs = {"total": (lo, 7)} | {f"w{number}": (0, 2) for number in range(1, parts)}
    weights: list[Value] = [1, *(graph.input(f"w{number}", 0, 2) for number in range(1, parts))]
    shares = rounding.apportion(graph, graph.input("total", lo, 7), weights)
    assert_sound(graph, shares, inputs)
    steps = needed(shares)
    if parts > 2:
        counts = {
            (node.lo, node.hi) for node in steps if node.kind == SMALL or any(then.op == "narrow" and node in then.args for then in steps)
        }
        assert counts == {(0, parts - 1), (0, parts)}, (
            "so many may be before one, and one more be left, where a quotient is next to a whole number"
        )
        whole = 1 + 2 * (parts - 1)
        assert [(node.lo, node.hi) for node in steps if node.op == "subtract"].count((-1, whole + 1)) == parts
    assert {(node.lo, node.hi) for node in steps if node.kind == FLAG} <= {(0, 1)}
    assert all(min(lo, 0) <= low(share) and high(share) <= 7 for share in shares), "no part is more than the whole, or has another sign"
    assert (low(shares[-1]), high(shares[-1])) == (min(lo, 0), 7)


@pytest.mark.parametrize("lo", [-9, 0])
def test_no_step_of_a_sign_or_a_table_comes_to_more_than_it_says(lo: int) -> None:
    graph = Graph()
    total, size = graph.input("total", lo, 9), graph.input("size", -3, 5)
    signed = graph.signed(size, graph.negative(total))
    parts = rounding.apportion_by_sign(graph, total, [1, 2, 2], [3, 1, 1])
    chosen = graph.chosen(graph.negative(total), graph.absolute(size), size)
    rounded = rounding.rounded(graph, [total, 3], [graph.input("divisor", 1, 4), 2])
    assert_sound(graph, [signed, *parts, chosen, rounded], {"total": (lo, 9), "size": (-3, 5), "divisor": (1, 4)})


def test_weights_become_whole_numbers_in_the_same_proportions() -> None:
    """Halves and thirds are counted in sixths; whole numbers are made as small as they can be."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    assert rounding.whole_weights([1, half, third]) == [6, 3, 2] and rounding.whole_weights([4, 6, 0]) == [2, 3, 0]
    assert rounding.whole_weights([0, 0]) == [0, 0] and rounding.whole_weights([]) == []


def test_more_parts_than_a_small_count_holds_are_counted_in_full() -> None:
    """130 parts, 129 of them of the weight 1: what is left of a total may be 129 units, and each goes where money has it."""
    graph = Graph()
    total, first = graph.input("total", -10_000, 10_000), graph.input("first", 1, 9)
    weights = [first, *[1] * 129]
    parts = rounding.apportion(graph, total, weights, graph.total(weights))
    rows = {"total": np.array([-10_000, -129, -1, 0, 1, 129, 131, 9_999]), "first": np.array([1, 1, 9, 3, 1, 1, 2, 7])}
    program = Program(graph, {str(place): part for place, part in enumerate(parts)}, {})
    found = {name: np.empty(8, width) for name, width in program.widths.items()}
    program.run(rows, found, {}, 8)
    for scenario, (amount, weight) in enumerate(zip(rows["total"].tolist(), rows["first"].tolist(), strict=True)):
        assert [int(found[str(place)][scenario]) for place in range(130)] == list(apportion(amount, [weight, *[1] * 129]))
