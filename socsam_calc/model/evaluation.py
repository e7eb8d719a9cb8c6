"""The evaluation file: what the trial and its control area cost, or the effects that were published (``socsam-evaluation/1``).

Amounts count öre, so that a published `−8,65 mkr` and a cost to the öre are both exact; what the control area cost may be an index,
since only its ratios count.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic_core.core_schema import ValidationInfo

from ..money import ORE_PER
from .scalars import (
    SPACES,
    Amount,
    Cost,
    Id,
    PositiveAmount,
    Reads,
    Shapes,
    Text,
    YearNumber,
    _digits,
    _text,
    choice,
    context_of,
    parse_number,
    parse_year,
    problem,
    shown,
)
from .sharing import Strict

FORMAT = "socsam-evaluation/1"
ROUNDING = "öre"
"""Every amount of an evaluation file counts these."""

KINDS = ("transfer", "service")
_LONGEST_SPAN = 100


def _level(value: Any, info: ValidationInfo) -> Fraction:
    """What the control area cost in a year, in the file's unit, or an index of it: a number above 0, with a unit or without."""
    text = _text(value, "an amount or an index")
    stated = re.fullmatch(rf"(.*?)[{SPACES}]*(öre|tkr|mkr|kr)?", text)
    number, unit = (stated[1], stated[2]) if stated else (text, None)
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", number):
        whole, decimals = number.split(".")
        raise problem(
            "ambiguous-point",
            f"`{text}` could be {whole} {decimals} or {whole} and a fraction",
            f"write `{whole} {decimals}` or `{whole},{decimals}`",
        )
    level = parse_number(number)
    return level * Fraction(ORE_PER[unit], ORE_PER[context_of(info).unit]) if unit else level


def _inhabitants(value: Any, info: ValidationInfo) -> int:
    """A number of people: digits, in threes if you like, above 0."""
    text = _text(value, "a number of inhabitants")
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", text):
        raise problem("bad-population", f"`{text}` is not a whole number", f"write `{text.replace('.', ' ')}`")
    if not re.fullmatch(rf"[0-9]{{1,3}}([{SPACES}][0-9]{{3}})+|[0-9]+", text) or not int(_digits(text)):
        raise problem("bad-population", f"{shown(text)} is not a number of inhabitants", "write a whole number above 0, such as `20 277`")
    return int(_digits(text))


def _span(value: Any, info: ValidationInfo) -> tuple[int, ...]:
    """The years from the first to the last: `1994–2000`; or a single one."""
    text = _text(value, "the years")
    stated = re.fullmatch(r"([0-9]{4})(?: ?[-–—] ?([0-9]{4}))?", text)
    if not stated:
        raise problem("bad-years", f"{shown(text)} does not say which years", "write the first and the last, such as `1997–2000`")
    first, last = int(stated[1]), int(stated[2] or stated[1])
    if last < first:
        raise problem("bad-years", f"the years end ({last}) before they begin ({first})", f"write `{last}–{first}`")
    if last - first >= _LONGEST_SPAN:
        raise problem("bad-years", f"`{text}` is more than {_LONGEST_SPAN} years", "correct the first or the last year")
    return tuple(range(first, last + 1))


def _each_once(years: Any) -> tuple[int, ...]:
    if not years:
        raise problem("bad-years", "the list of years is empty", "write the first and the last, such as `1997–2000`")
    if len(set(years)) < len(years):
        twice = next(year for year in years if years.count(year) > 1)
        raise problem("bad-years", f"{twice} stands here twice", "write each year once")
    return tuple(sorted(years))


Level = Annotated[
    Fraction,
    Reads(
        _level,
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "string", "pattern": r"^[0-9 \u00a0\u202f]+([.,][0-9]+)?[ \u00a0\u202f]*(öre|kr|tkr|mkr)?$"},
            ],
            "description": "An amount or an index: only ratios count.",
        },
    ),
]
Inhabitants = Annotated[
    int,
    Reads(
        _inhabitants,
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^[0-9]{1,3}([ \u00a0\u202f]?[0-9]{3})*$"}]},
    ),
]
_Span = Annotated[
    tuple[int, ...],
    Reads(
        _span,
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{4}( ?[-–—] ?[0-9]{4})?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        },
    ),
]
Years = Annotated[tuple[int, ...], Shapes(word=_Span, items=list[YearNumber]), AfterValidator(_each_once)]
"""The years that are evaluated: `1994–2000`, or a list."""


class FrameBounds(Strict):
    """The accumulated frame, where only limits of it are known."""

    at_least: PositiveAmount
    at_most: PositiveAmount

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_most < self.at_least:
            raise problem("frame-bounds", "the frame's upper limit lies below the lower one", "swap `at_least` and `at_most`")
        return self


AccumulatedFrame = Annotated[int | FrameBounds, Shapes(word=PositiveAmount, entries=FrameBounds)]


class ControlArea(Strict):
    """The municipalities that the trial area is compared with."""

    name: Text | None = None
    municipalities: list[Text] = []
    source: Text | None = None
    note: Text | None = None


class Item(Strict):
    """One kind of cost: what it cost in the trial and in the control area year by year, or the effect that was published."""

    name: Text | None = None
    kind: Annotated[Literal["transfer", "service"], choice(*KINDS, what="a kind of item")]
    trial: dict[YearNumber, Cost] | None = None
    control: dict[YearNumber, Level] | None = None
    effect: Amount | None = None
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _costs_or_effect(self) -> Self:
        costs = [name for name in ("trial", "control") if getattr(self, name) is not None]
        if self.effect is not None and costs:
            raise problem("item", f"the item has both `effect` and `{costs[0]}`", "keep the yearly costs, or the published effect")
        if self.effect is None and len(costs) < 2:
            has = f"`{costs[0]}` alone" if costs else "neither costs nor an effect"
            raise problem("item", f"the item has {has}", "give `trial` and `control` year by year, or the published `effect`")
        return self

    @property
    def known_years(self) -> frozenset[int]:
        """The years whose cost is known in both areas; none where only the effect was published."""
        return frozenset(self.trial or {}) & frozenset(self.control or {})


def _some(items: dict[str, Item]) -> dict[str, Item]:
    if not items:
        raise problem("no-items", "no item stands here", "write at least one, with its `kind:` and its costs")
    return items


class Evaluation(Strict):
    """An evaluation file. Amounts count öre, whatever the unit that they are written in."""

    format: Annotated[Literal["socsam-evaluation/1"], choice(FORMAT, what="a format that this command reads")]
    area: Text
    title: Text | None = None
    unit: Annotated[Literal["kr", "tkr", "mkr"], choice("kr", "tkr", "mkr", what="a unit")] = "kr"
    population: Inhabitants
    base_year: Annotated[int | None, Reads(parse_year, {"type": ["integer", "string"]})] = None
    years: Years
    frame: AccumulatedFrame | None = None
    control_area: ControlArea | None = None
    assumptions: list[Text] = []
    source: Text | None = None
    note: Text | None = None
    items: Annotated[dict[Id, Item], AfterValidator(_some)]

    def with_costs(self, names: Iterable[str] | None = None) -> list[str]:
        """Of these items, all by default, those whose effect is computed from yearly costs."""
        return [name for name in (self.items if names is None else names) if self.items[name].effect is None]

    def base_years(self, names: Iterable[str] | None = None) -> list[int]:
        """Every year that could be the base of these items: the cost of each, here and in the control area, is known."""
        known = [self.items[name].known_years for name in self.with_costs(names)]
        return sorted(frozenset.intersection(*known)) if known else []
