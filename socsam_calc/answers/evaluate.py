"""The evaluation effect (Report 7.2): what the trial would have cost at the control area's pace, less what it cost.

For item i, base year b and the years Y:  effect = Σ_{y∈Y} (C_{i,b} × K_{i,y} / K_{i,b} − C_{i,y}), C the trial's cost and K the
control area's. Above 0 the cost grew more slowly than there. This is not the financial result, which is frame less actual cost.

Exact fractions of öre, rounded only where they are shown. Every figure is a Step, so that it can be derived to the file's lines.
The formula is inferred from the report's description: the model paper that it cites is not at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from ..engine.results import found
from ..engine.steps import Exact, Money, Step, added, exceeding, given, product, ratio
from ..model.evaluation import Evaluation, FrameBounds
from ..money import ORE_PER
from ..problems import AgreementError, Fault, Path, Refused
from ..source.evaluation import EvaluationDocument

ALWAYS: Final = 0
"""The year of a step that belongs to the whole time of the trial."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An effect over all years, and what the report derives from it; Steps in fractions of öre, + slower growth, − faster.

    ``percent_of_frame`` is the effect over the accumulated frame, as a share: its lowest and highest value, the same Step twice
    where the frame is known, None where nothing is known of it. A pair of different values says that only bounds are known.
    """

    effect: Exact
    per_year: Exact
    per_inhabitant: Exact
    per_year_and_inhabitant: Exact
    percent_of_frame: tuple[Exact, Exact] | None

    def kronor(self, figure: str = "effect") -> Fraction:
        """One of the amounts in exact kronor: `effect`, `per_year`, `per_inhabitant` or `per_year_and_inhabitant`."""
        step: Exact = getattr(self, figure)
        return step.value / ORE_PER["kr"]


@dataclass(frozen=True, slots=True)
class YearEffect:
    """One item in one year: its cost, its cost at the control area's pace since the base year, and the second less the first."""

    actual: Money
    expected: Exact
    effect: Exact


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """One item. ``years`` is empty where only the effect was published."""

    id: str
    name: str
    kind: str
    published: bool
    measure: Measure
    years: Mapping[int, YearEffect]


@dataclass(frozen=True, slots=True)
class Effect:
    """The evaluation effect of some items of a file against one base year.

    ``yearly`` adds up the items of a year, where the costs of all are known; ``transfers`` is None where there is none.
    """

    evaluation: Evaluation
    base_year: int | None
    items: Sequence[ItemEffect]
    transfers: Measure | None
    total: Measure
    yearly: Mapping[int, Exact]

    def item(self, name: str) -> ItemEffect:
        """The item with this id. Raises NotFoundError, a KeyError, where it is not among those evaluated."""
        return found("item", name, {item.id: item for item in self.items}, f" in the evaluation of {self.evaluation.area}")

    def of(self, names: Iterable[str], title: str = "group") -> Measure:
        """The effect of some of the items together. Raises NotFoundError, a KeyError, for one that is not among those evaluated."""
        return _measure(self.evaluation, title, [self.item(name).measure.effect for name in names])


def evaluate(evaluation: Evaluation, *, base_year: int | None = None, items: Sequence[str] | None = None) -> Effect:
    """The evaluation effect. ``base_year`` takes the place of the file's, ``items`` are those counted (all by default).

    Published effects stay as they are under any base year. Raises Refused where an item is not in the file, or lacks the
    costs of the base year.
    """
    names = list(evaluation.items) if items is None else list(dict.fromkeys(items))
    base = evaluation.base_year if base_year is None else base_year
    _check(evaluation, names, base)
    found = [_item(evaluation, name, base) for name in names]
    transfers = [item.measure.effect for item in found if item.kind == "transfer"]
    yearly = {}
    if found and not any(item.published for item in found):
        yearly = {year: added("effect of the year", year, (), [item.years[year].effect for item in found]) for year in evaluation.years}
    return Effect(
        evaluation,
        base,
        found,
        _measure(evaluation, "transfers", transfers) if transfers else None,
        _measure(evaluation, "total", [item.measure.effect for item in found]),
        yearly,
    )


def by_base_year(evaluation: Evaluation, items: Sequence[str] | None = None) -> list[Effect]:
    """The effect for every base year whose costs are known, in order: how much the choice decides (Report 7.2)."""
    return [evaluate(evaluation, base_year=year, items=items) for year in evaluation.base_years(items)]


def leaving_one_out(evaluation: Evaluation, *, base_year: int | None = None, items: Sequence[str] | None = None) -> dict[str, Effect]:
    """The effect without each item in turn, by the item left out; nothing where there is only one."""
    names = list(evaluation.items) if items is None else list(dict.fromkeys(items))
    if len(names) < 2:
        return {}
    return {left_out: evaluate(evaluation, base_year=base_year, items=[name for name in names if name != left_out]) for left_out in names}


def _check(evaluation: Evaluation, names: Sequence[str], base: int | None) -> None:
    """Refuse items that are not in the file, and a base year without costs."""
    known = ", ".join(f"`{name}`" for name in evaluation.items)
    faults = [
        Fault(("items",), "unknown-item", f"there is no item `{name}`", f"there is: {known}", (), True)
        for name in names
        if name not in evaluation.items
    ]
    if not faults and base != evaluation.base_year:
        possible = ", ".join(map(str, evaluation.base_years(names))) or "none"
        faults = [
            Fault(
                ("items", name),
                "no-base",
                f"`{name}` lacks a cost of {base}, which cannot be the base year",
                f"possible: {possible}",
                (),
                True,
            )
            for name in evaluation.with_costs(names)
            if base not in evaluation.items[name].known_years
        ]
    if faults:
        raise Refused(faults)


def _item(evaluation: Evaluation, name: str, base: int | None) -> ItemEffect:
    """One item's effect, year by year where its costs are known."""
    item = evaluation.items[name]
    title = item.name or name
    if item.effect is not None:
        effect = given("effect", ALWAYS, (name,), Fraction(item.effect), ("items", name, "effect"))
        return ItemEffect(name, title, item.kind, True, _measure(evaluation, name, [effect]), {})
    if item.trial is None or item.control is None or base is None:
        raise ValueError(f"{name} has no costs, or there is no base year")  # the loader has refused such a file
    here, there = ("items", name, "trial"), ("items", name, "control")
    start = given("base cost", base, (name,), item.trial[base], (*here, str(base)))
    level = given("control cost", base, (name,), item.control[base], (*there, str(base)))
    years = {}
    for year in evaluation.years:
        actual = given("actual cost", year, (name,), item.trial[year], (*here, str(year)))
        reached = given("control cost", year, (name,), item.control[year], (*there, str(year)))
        pace = ratio("control pace", year, (name,), reached, level)
        expected = product("expected cost", year, (name,), pace, start)
        years[year] = YearEffect(actual, expected, exceeding("effect of the year", year, (name,), expected, actual))
    return ItemEffect(name, title, item.kind, False, _measure(evaluation, name, [year.effect for year in years.values()]), years)


def _measure(evaluation: Evaluation, about: str, parts: Iterable[Exact]) -> Measure:
    """Effects added up, and the sum per year, per inhabitant, per both, and over the accumulated frame (Report 7.3)."""
    whose = (about,)
    effect = added("effect", ALWAYS, whose, parts)
    years = given("number of years", ALWAYS, (), len(evaluation.years), ("years",))
    population = given("population", ALWAYS, (), evaluation.population, ("population",))
    per_year = ratio("effect per year", ALWAYS, whose, effect, years)
    return Measure(
        effect,
        per_year,
        ratio("effect per inhabitant", ALWAYS, whose, effect, population),
        ratio("effect per year and inhabitant", ALWAYS, whose, per_year, population),
        _of_frame(evaluation, whose, effect),
    )


def _of_frame(evaluation: Evaluation, whose: tuple[str, ...], effect: Exact) -> tuple[Exact, Exact] | None:
    frame = evaluation.frame
    if frame is None:
        return None
    limits: list[tuple[int, Path]]
    if isinstance(frame, FrameBounds):
        limits = [(frame.at_least, ("frame", "at_least")), (frame.at_most, ("frame", "at_most"))]
    else:
        limits = [(frame, ("frame",))]
    found = [
        ratio("effect in percent of the frame", ALWAYS, whose, effect, given("accumulated frame", ALWAYS, (), amount, place))
        for amount, place in limits
    ]
    return min(found, key=lambda step: step.value), max(found, key=lambda step: step.value)


def figures(effect: Effect) -> dict[str, Step[Any]]:
    """Every figure that can be derived, by its path in the JSON, lists by id or year."""
    found: dict[str, Step[Any]] = dict(_measured("total", effect.total))
    if effect.transfers is not None:
        found |= _measured("transfers", effect.transfers)
    for item in effect.items:
        found |= _measured(f"items.{item.id}", item.measure)
        for year, one in item.years.items():
            found |= {f"items.{item.id}.{year}.{name}": getattr(one, name) for name in ("effect", "expected", "actual")}
    return found | {f"years_total.{year}.effect": step for year, step in effect.yearly.items()}


def _measured(path: str, measure: Measure) -> Iterator[tuple[str, Step[Any]]]:
    for name in ("effect", "per_year", "per_inhabitant", "per_year_and_inhabitant"):
        yield f"{path}.{name}", getattr(measure, name)
    for name, step in zip(("low", "high"), measure.percent_of_frame or (), strict=False):
        yield f"{path}.percent_of_frame.{name}", step


class Evaluated(NamedTuple):
    """A file with its effect, and the effects under other base years or without an item where these were asked for."""

    document: EvaluationDocument
    effect: Effect
    base_years: Sequence[Effect] | None
    without: Mapping[str, Effect] | None


def effect_of(document: EvaluationDocument, *, base_year: int | None = None, items: Sequence[str] | None = None) -> Effect:
    """The evaluation effect of a loaded file: cost development against a control area, not the financial result.

    ``base_year`` takes the place of the file's, ``items`` are the ids counted. Exact; + is slower growth than in the control area,
    − faster. Raises AgreementError, with the place of each cause, for an item that is not there or a base year without costs.
    """
    try:
        return evaluate(document.evaluation, base_year=base_year, items=items)
    except Refused as refused:
        raise AgreementError(map(document.problem, refused.faults)) from None


def weigh(
    document: EvaluationDocument,
    *,
    base_year: int | Literal["all"] | None = None,
    items: Sequence[str] | None = None,
    leave_one_out: bool = False,
) -> Evaluated:
    """The effect, and how much of it rests on one choice: the base year where it is ``all``, each item where one is left out.

    Raises AgreementError as ``effect_of`` does, and where the file holds nothing that the choice could change.
    """
    evaluation = document.evaluation
    year = None if base_year == "all" else base_year
    effect = effect_of(document, base_year=year, items=items)
    if base_year is not None and not evaluation.with_costs(items):
        text = "only published effects stand here, and they cannot be computed against another base year"
        raise _refused(document, "only-published", text, "leave `--base-year` out, or give `trial` and `control` year by year")
    without = leaving_one_out(evaluation, base_year=year, items=items) if leave_one_out else None
    if leave_one_out and not without:
        raise _refused(document, "one-item", "there is only one item, and nothing without it", "leave `--leave-one-out` out")
    return Evaluated(document, effect, by_base_year(evaluation, items) if base_year == "all" else None, without)


def _refused(document: EvaluationDocument, code: str, text: str, remedy: str) -> AgreementError:
    return AgreementError.of(code, document.place(("items",), on_key=True), text, remedy)
