"""The evaluation file: what the trial and its control area cost, or the effects that were published (``socsam-evaluation/1``).

Amounts count öre, so that a published `−8,65 mkr` and a cost to the öre are both exact; what the control area cost may be an index,
since only its ratios count.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, ConfigDict, model_validator
from pydantic_core.core_schema import ValidationInfo

from ..money import ORE_PER
from . import schemas
from .reading import Reads, Shapes, Strict, choice, context_of, problem, refuse, scalar_text, shown
from .scalars import (
    SPACES,
    Amount,
    Cost,
    Id,
    Name,
    Note,
    PositiveAmount,
    Source,
    Text,
    Unit,
    YearNumber,
    parse_number,
    parse_year,
    ungrouped,
)

FORMAT = "socsam-evaluation/1"
ROUNDING = "öre"
"""Every amount of an evaluation file counts these."""

Kind = Literal["transfer", "service"]
_LONGEST_SPAN = 100


def _level(value: Any, info: ValidationInfo) -> Fraction:
    """What the control area cost in a year, in the file's unit, or an index of it: a number above 0, with a unit or without."""
    text = scalar_text(value, "an amount or an index")
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
    text = scalar_text(value, "a number of inhabitants")
    pointed = re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", text) is not None
    whole = re.fullmatch(rf"(?=.*[1-9])([0-9]{{1,3}}([{SPACES}][0-9]{{3}})+|[0-9]+)", text) is not None
    refuse(
        "bad-population",
        (pointed, f"`{text}` is not a whole number", f"write `{text.replace('.', ' ')}`"),
        (not whole, f"{shown(text)} is not a number of inhabitants", "write a whole number above 0, such as `20 277`"),
    )
    return int(ungrouped(text))


def _span(value: Any, info: ValidationInfo) -> tuple[int, ...]:
    """The years from the first to the last: `1994–2000`; or a single one."""
    text = scalar_text(value, "the years")
    stated = re.fullmatch(r"([0-9]{4})(?: ?[-–—] ?([0-9]{4}))?", text)
    if not stated:
        raise problem("bad-years", f"{shown(text)} does not say which years", "write the first and the last, such as `1997–2000`")
    first, last = int(stated[1]), int(stated[2] or stated[1])
    refuse(
        "bad-years",
        (last < first, f"the years end ({last}) before they begin ({first})", f"write `{last}–{first}`"),
        (last - first >= _LONGEST_SPAN, f"`{text}` is more than {_LONGEST_SPAN} years", "correct the first or the last year"),
    )
    return tuple(range(first, last + 1))


def _each_once(years: Any) -> tuple[int, ...]:
    if not years:
        raise problem("bad-years", "the list of years is empty", "write the first and the last, such as `1997–2000`")
    if len(set(years)) < len(years):
        twice = next(year for year in years if years.count(year) > 1)
        raise problem("bad-years", f"{twice} stands here twice", "write each year once")
    return tuple(sorted(years))


Level = Annotated[Fraction, Reads(_level, schemas.LEVEL)]
Inhabitants = Annotated[int, Reads(_inhabitants, schemas.INHABITANTS)]
_Span = Annotated[tuple[int, ...], Reads(_span, schemas.SPAN)]
Years = Annotated[tuple[int, ...], Shapes(word=_Span, items=list[YearNumber]), AfterValidator(_each_once)]
"""The years that are evaluated: `1994–2000`, or a list."""


class FrameBounds(Strict):
    """The accumulated frame, where only limits of it are known."""

    at_least: PositiveAmount
    """The least that it can have been."""
    at_most: PositiveAmount
    """The most that it can have been."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_most < self.at_least:
            raise problem("frame-bounds", "the frame's upper limit lies below the lower one", "swap `at_least` and `at_most`")
        return self


AccumulatedFrame = Annotated[int | FrameBounds, Shapes(word=PositiveAmount, entries=FrameBounds)]


class ControlArea(Strict):
    """The municipalities that the trial area is compared with."""

    name: Name | None = None
    municipalities: list[Text] = []
    """The municipalities, by name."""
    source: Source | None = None
    note: Note | None = None


class Item(Strict):
    """One kind of cost: what it cost in the trial and in the control area year by year, or the effect that was published."""

    model_config = ConfigDict(json_schema_extra=schemas.one_of(["trial", "control"], ["effect"]))

    name: Name | None = None
    kind: Annotated[Kind, choice(*get_args(Kind), what="a kind of item")]
    """transfer for sickness benefit, rehabilitation benefit and social assistance; service for what is care."""
    trial: dict[YearNumber, Cost] | None = None
    """Year by year what it cost in the trial area, the base year among them."""
    control: dict[YearNumber, Level] | None = None
    """Year by year what it cost in the control area, or an index of it: only ratios count."""
    effect: Amount | None = None
    """The published evaluation effect of all years together, where the yearly costs are not known."""
    source: Source | None = None
    note: Note | None = None

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
    refuse("no-items", (not items, "no item stands here", "write at least one, with its `kind:` and its costs"))
    return items


class Evaluation(Strict):
    """An evaluation file. Amounts count öre, whatever the unit that they are written in."""

    format: Annotated[Literal["socsam-evaluation/1"], choice(FORMAT, what="a format that this command reads")]
    """The format of the file."""
    area: Text
    """The trial area."""
    title: Text | None = None
    """The trial's name."""
    unit: Unit = "kr"
    """The unit of every bare amount in the file; kr by default."""
    population: Inhabitants
    """How many people live in the trial area."""
    base_year: Annotated[int | None, Reads(parse_year, schemas.YEAR)] = None
    """The year before the trial began. Needed where there are yearly costs."""
    years: Years
    """The years that are evaluated: the first and the last (1997–2000), or a list."""
    frame: AccumulatedFrame | None = None
    """What the parties put in over these years together, or at_least and at_most where only bounds are known."""
    control_area: ControlArea | None = None
    """The municipalities that the trial area is compared with."""
    assumptions: list[Text] = []
    """What is assumed; printed under every evaluation."""
    source: Source | None = None
    note: Note | None = None
    items: Annotated[dict[Id, Item], AfterValidator(_some)]
    """The kinds of cost, each under a short name of its own. Health care is not evaluated."""

    def with_costs(self, names: Iterable[str] | None = None) -> list[str]:
        """Of these items, all by default, those whose effect is computed from yearly costs."""
        return [name for name in (self.items if names is None else names) if self.items[name].effect is None]

    def base_years(self, names: Iterable[str] | None = None) -> list[int]:
        """Every year that could be the base of these items: the cost of each, here and in the control area, is known."""
        known = [self.items[name].known_years for name in self.with_costs(names)]
        return sorted(frozenset.intersection(*known)) if known else []
