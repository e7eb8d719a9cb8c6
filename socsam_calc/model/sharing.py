"""The terms of sharing: how much of the result is shared, by which keys, when it is paid and how money flows."""

from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, assert_never, get_args

from pydantic import AfterValidator, Field, model_validator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .keys import Key
from .reading import Apart, Reads, Shapes, Strict, choice, problem, scalar_text, shown
from .scalars import (
    Cost,
    PartyId,
    Percent,
    PeriodYear,
    PositiveAmount,
    Share,
    Text,
    parse_activity,
    parse_cost,
    parse_percent,
    parse_positive,
)


def _activity_or_others(value: Any, info: ValidationInfo) -> str:
    return "others" if value == "others" else parse_activity(value, info)


_ActivityOrOthers = Annotated[str, Reads(_activity_or_others, schemas.REFERENCE)]
SharedParts = Annotated[Fraction | dict[str, Fraction], Shapes(word=Share, entries=dict[_ActivityOrOthers, Share])]
"""How much of the result is shared: one share for every activity, or a share for each."""


def _limit(value: Any, info: ValidationInfo) -> int | Fraction:
    """A band's upper limit: a Fraction of the final frame, or an int of rounding units."""
    text = scalar_text(value, "a limit")
    if not text.endswith("%"):
        return parse_positive(value, info)
    percent = parse_percent(text)
    if percent <= 0:
        raise problem("not-positive", f"{shown(text)} is not above 0", "bands are counted from zero upwards, for surplus and deficit alike")
    return percent


class Band(Strict):
    """One step of the scale: of what lies below ``to`` and above the band before, ``shared`` is really shared.

    ``to`` is a Fraction of the final frame, an int of rounding units, or None for the last band, which has no end.
    """

    to: Annotated[Fraction | int | None, Reads(_limit, schemas.LIMIT)] = None
    """The upper limit: in percent of the final frame, or an amount. Left out of the last band."""
    shared: Share
    """How much of what lies inside the band is shared."""


def _ascending(bands: list[Band]) -> list[Band]:
    if not bands:
        raise problem("bands", "the list of bands is empty", "write `bands: none`, or at least `- shared: 100 %`")
    limits = [band.to for band in bands[:-1]]
    if bands[-1].to is not None:
        raise problem("bands", "the last band has a limit", "leave `to` out of the last band: it reaches all the way")
    if any(limit is None for limit in limits):
        raise problem("bands", "a band before the last has no limit", "give it `to:`")
    known = [limit for limit in limits if limit is not None]
    if len({isinstance(limit, Fraction) for limit in known}) > 1:
        raise problem("bands", "the limits mix percentages and amounts", "use one of them throughout")
    if any(after <= before for before, after in pairwise(known)):
        raise problem("bands", "the limits are not ascending", "order the bands from the smallest limit to the largest")
    return bands


Scale = Annotated[list[Band], AfterValidator(_ascending), Field(json_schema_extra=schemas.one_without("to"))]


class SignedBands(Strict):
    """Bands for each sign apart; an absent sign is shared whole."""

    surplus: Scale | None = None
    """The bands for a surplus."""
    deficit: Scale | None = None
    """The bands for a deficit."""


def _both_signs(value: SignedBands | list[Band] | None) -> SignedBands | None:
    return SignedBands.model_construct(surplus=value, deficit=value) if isinstance(value, list) else value


def none_of(what: str) -> Reads:
    """The word `none`, which ends what was agreed before."""
    word = choice("none", what=what)

    def parse(value: Any, info: ValidationInfo) -> None:
        word.parse(value, info)

    return Reads(parse, {"const": "none"})


_NoBands = Annotated[None, none_of("a list of bands")]
Bands = Annotated[
    SignedBands | None, Shapes(word=_NoBands, items=Scale, entries=Annotated[SignedBands, Apart()]), AfterValidator(_both_signs)
]


MeasuredWord = Literal["trial", "office", "office_in_trial"]
"""What administration's share is computed from: of all costs, of the office's own, or the office's administration of all costs."""


class StateSplit(Strict):
    """How the office's part is divided between the office and the state."""

    cap: Percent = Fraction(1, 10)
    """The most that the office takes, of what it put in for administration; 10 % by default."""
    administration: Share | None = None
    """Administration's share of the costs; computed from the costs where it is left out."""
    measured: Annotated[MeasuredWord, choice(*get_args(MeasuredWord), what="a way of measuring administration")] = "trial"
    """How administration's share is computed: trial (of all costs; the default), office (of the office's own) or office_in_trial."""

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.cap < 0:
            raise problem("negative", "the cap is below 0", "write a percentage such as `10 %`")
        return self


Split = Annotated[
    StateSplit | None,
    Shapes(word=Annotated[None, none_of("a split (`cap:` and `administration:`)")], entries=Annotated[StateSplit, Apart()]),
]


def _ceiling(value: Any, info: ValidationInfo) -> int | Fraction:
    """How much own capital there should be at most: a Fraction of the final frame, or an int of rounding units."""
    text = scalar_text(value, "a ceiling")
    if "/" in text:
        raise problem(
            "bad-ceiling", f"{shown(text)} is a share; a ceiling is a percentage or an amount", "write a fifth of the frame as `20 %`"
        )
    if not text.endswith("%"):
        return parse_cost(value, info)
    percent = parse_percent(text)
    if percent < 0:
        raise problem("negative", f"{shown(text)} is below 0", "write 0 % or more")
    return percent


Ceiling = Annotated[Fraction | int, Reads(_ceiling, schemas.CEILING)]


class CeilingStep(Strict):
    """One step of a ceiling by the size of the year's frame: for frames up to ``to``, or for all larger ones."""

    to: PositiveAmount | None = None
    """The largest final frame that this step is for, an amount. Left out of the last step."""
    limit: Ceiling
    """The ceiling for such a frame: in percent of it, or an amount."""


def _ascending_steps(steps: list[CeilingStep]) -> list[CeilingStep]:
    if not steps:
        raise problem("ceiling", "the list of steps is empty", "write a ceiling such as `20 %`, or take the line away")
    tops = [step.to for step in steps[:-1]]
    if steps[-1].to is not None:
        raise problem("ceiling", "the last step has a `to`", "leave it out of the last step: it reaches all the way")
    if any(top is None for top in tops):
        raise problem("ceiling", "a step before the last has no `to`", "give it the largest frame that it is for")
    if any(after <= before for before, after in pairwise(top for top in tops if top is not None)):
        raise problem("ceiling", "the steps are not ascending", "order them from the smallest frame to the largest")
    return steps


_CeilingSteps = Annotated[list[CeilingStep], AfterValidator(_ascending_steps), Field(json_schema_extra=schemas.one_without("to"))]
AboveWord = Literal["keep", "divide"]


class Reserve(Strict):
    """The body's own capital: what of a surplus it takes and what of a deficit it gives, before the parties do."""

    surplus: Share = Fraction(1)
    """How much of a surplus, after uses, is set aside; 100 % by default."""
    deficit: Share = Fraction(1)
    """How much of a deficit own capital covers; 100 % by default."""
    floor: Cost = 0
    """It covers no deficit below this; 0 by default."""
    ceiling: Annotated[Fraction | int | list[CeilingStep] | None, Shapes(word=Ceiling, items=_CeilingSteps)] = None
    """How much there should be at most: an amount, a percentage of the year's final frame, or steps by the size of that frame."""
    above: Annotated[AboveWord, choice(*get_args(AboveWord), what="what becomes of a surplus above the ceiling")] = "keep"
    """Whether what would exceed the ceiling is kept (the default) or divided between the parties by the `surplus` key."""
    at_end: Key | None = None
    """The key that divides own capital when the period ends; contributed by default."""

    @model_validator(mode="after")
    def _divides_above_something(self) -> Self:
        if self.above == "divide" and self.ceiling is None:
            raise problem(
                "ceiling", "what lies above the ceiling is divided, but there is none", "write `ceiling:`, or take `above: divide` out"
            )
        return self


OwnCapital = Annotated[
    Reserve | None,
    Shapes(
        word=Annotated[None, none_of("own capital (`surplus:`, `deficit:`, `floor:`, `ceiling:` …)")], entries=Annotated[Reserve, Apart()]
    ),
]

TimeWord = Literal["yearly", "at_end"]
_TimeWord = Annotated[str, choice(*get_args(TimeWord), what="a time of distribution (`yearly`, `at_end` or a list of years)")]
Distribute = Annotated[TimeWord | list[int], Shapes(word=_TimeWord, items=list[PeriodYear])]
"""When the result is paid: every year, in the year in which the period ends, or in the years listed."""

FlowWord = Literal["notional", "real"]
Flow = Annotated[FlowWord, choice(*get_args(FlowWord), what="a flow")]


class Sharing(Strict):
    """The terms in force: what is shared, by which keys, when, and how the money flows."""

    shared: SharedParts = Fraction(1)
    """How much of the result is shared: one share, or a share for each activity with others for the rest; 100 % by default."""
    bands: Bands = None
    """How much of the shared result is really shared, by its size; none ends them."""
    surplus: Key
    """The key for a surplus: a word such as frame (by the final contributions), a key's name, or shares, together 100 %."""
    deficit: Key
    """The key for a deficit: a word such as frame (by the final contributions), a key's name, or shares, together 100 %."""
    state_split: Split = None
    """How the office's part is divided between the office and the state; none turns it off."""
    reserve: OwnCapital = None
    """The body's own capital: what it takes of a surplus and gives for a deficit; none stops both, and the balance stays."""
    association_shares: Key | None = None
    """The key of the association's assets and liabilities: shares, together 100 %, or any other key."""
    distribute: Distribute = "yearly"
    """When the result is paid: yearly (the default), at_end, or a list of years."""
    flow: Flow = "notional"
    """Whether money changes hands during the year (real) or is settled afterwards (notional, the default)."""

    def scale(self, sign: int) -> list[Band] | None:
        """The bands for a surplus (sign above 0) or a deficit, or None where the whole is shared."""
        if self.bands is None:
            return None
        return self.bands.surplus if sign > 0 else self.bands.deficit

    def distributes(self, year: int, period_end: int | None) -> bool:
        """Whether money moves in this year."""
        match self.distribute:
            case "yearly":
                return True
            case "at_end":
                return year == period_end
            case list():
                return year in self.distribute
            case _:
                assert_never(self.distribute)


Agreed = list[PartyId]
Consulted = list[Annotated[str, choice("rfv", "socialstyrelsen", what="an authority that is consulted")]]


class SharingChange(Strict):
    """New terms from a year on: each field named replaces the one in force, whole."""

    shared: SharedParts = Fraction(1)
    """How much of the result is shared: one share, or a share for each activity with others for the rest."""
    bands: Bands = None
    """How much of the shared result is really shared, by its size; none ends them."""
    surplus: Key | None = None
    """The key for a surplus: a word such as frame (by the final contributions), a key's name, or shares, together 100 %."""
    deficit: Key | None = None
    """The key for a deficit: a word such as frame (by the final contributions), a key's name, or shares, together 100 %."""
    state_split: Split = None
    """How the office's part is divided between the office and the state; none turns it off."""
    reserve: OwnCapital = None
    """The body's own capital: what it takes of a surplus and gives for a deficit; none stops both, and the balance stays."""
    association_shares: Key | None = None
    """The key of the association's assets and liabilities: shares, together 100 %, or any other key."""
    distribute: Distribute = "yearly"
    """When the result is paid: yearly, at_end, or a list of years."""
    flow: Flow = "notional"
    """Whether money changes hands during the year (real) or is settled afterwards (notional)."""
    agreed: Agreed | None = None
    """The parties that agreed to it."""
    consulted: Consulted | None = None
    """The authorities that were consulted."""
    note: Text | None = None
    """A remark."""

    def applied_to(self, terms: Sharing) -> Sharing:
        """The terms in force once this change is made."""
        named = self.model_fields_set - {"agreed", "consulted", "note"}
        return terms.model_copy(update={name: getattr(self, name) for name in named})
