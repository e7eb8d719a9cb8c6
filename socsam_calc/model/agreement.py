"""The agreement: parties, activities, series, terms, and year by year the frame and what it cost."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core.core_schema import ValidationInfo

from .governance import ApplicationItem, Governance, Ignore
from .scalars import (
    ActivityId,
    Amount,
    Cost,
    Date,
    Id,
    Number,
    PartyId,
    Percent,
    PeriodYear,
    PositiveAmount,
    Reads,
    Shapes,
    Text,
    YearNumber,
    Yes,
    choice,
    parse_party,
    parse_series,
    problem,
)
from .sharing import Agreed, Consulted, Sharing, SharingChange, Strict

ELIGIBLE_COSTS = (
    "health_care", "travel_reimbursement", "social_services", "social_assistance", "sickness_benefit", "work_injury_benefit",
    "rehabilitation_benefit", "rehabilitation_services", "administration", "joint_measures", "opening_balance",
)  # fmt: skip
FORBIDDEN_COSTS = ("disability_support", "disability_pension", "unemployment_benefit", "labour_market_measures")
ROLES = ("insurance_office", "county_council", "municipality", "employment_service")

Role = Literal["insurance_office", "county_council", "municipality", "employment_service"]


class Period(Strict):
    """First and last day of the trial."""

    start: Date
    end: Date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise problem("period", f"the period ends ({self.end}) before it starts ({self.start})", "swap or correct the dates")
        return self

    def months(self, year: int) -> int:
        """How many months of the year have their first day inside the period."""
        return sum(self.start <= date(year, month, 1) <= self.end for month in range(1, 13))


class Party(Strict):
    """One of those that put money into the frame."""

    name: Text | None = None
    role: Annotated[Role, choice(*ROLES, what="a role")]
    outside_county_council: Yes = False
    from_: Annotated[YearNumber | None, Field(alias="from")] = None
    to: YearNumber | None = None
    source: Text | None = None
    note: Text | None = None

    def present(self, year: int) -> bool:
        """Whether it is a party in this year."""
        return (self.from_ is None or self.from_ <= year) and (self.to is None or year <= self.to)


class YearBase(Strict):
    """The base of an adjusted row: what a whole year cost in the base year."""

    year: YearNumber
    amount: Cost


_PreviousYear = Annotated[str, choice("previous_year", what="a base (`previous_year`, or `year:` and `amount:`)")]
Base = Annotated[Literal["previous_year"] | YearBase, Shapes(word=_PreviousYear, entries=YearBase)]


def _adjust(value: Any, info: ValidationInfo) -> str:
    return "outcome" if value == "outcome" else parse_series(value, info)


def _performer(value: Any, info: ValidationInfo) -> str:
    return "body" if value == "body" else parse_party(value, info)


def _one_cost(cost: str | list[str]) -> list[str]:
    return [cost] if isinstance(cost, str) else cost


_CostWord = Annotated[str, choice(*ELIGIBLE_COSTS, *FORBIDDEN_COSTS, what="a kind of cost")]


class Activity(Strict):
    """One line of the frame."""

    name: Text | None = None
    cost: Annotated[list[str], Shapes(word=_CostWord, items=list[_CostWord]), AfterValidator(_one_cost)] = []
    funder: PartyId | None = None
    performer: Annotated[str | None, Reads(_performer, {"type": "string"})] = None
    adjust: Annotated[str | None, Reads(_adjust, {"type": "string"})] = None
    base: Base | None = None
    source: Text | None = None
    note: Text | None = None

    def is_only(self, kind: str) -> bool:
        """Whether this kind of cost is all that the activity lists."""
        return self.cost == [kind]


class Series(Strict):
    """A national development: only its ratios count."""

    name: Text | None = None
    outcome: dict[YearNumber, Number] = {}
    forecast: dict[YearNumber, Number] = {}
    source: Text | None = None
    note: Text | None = None


FrameRow = Annotated[int | dict[str, int], Shapes(word=Cost, entries=dict[PartyId, Cost])]
"""A row of the frame: the funder's amount, or an amount for each party."""


class Correction(Strict):
    """A change of a row that the parties agreed on, as an amount or in percent of the row."""

    activity: ActivityId
    amount: Amount | None = None
    percent: Percent | None = None
    reason: Text | None = None
    agreed: Agreed | None = None
    consulted: Consulted | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.amount is None) == (self.percent is None):
            what = "both `amount` and `percent`" if self.amount is not None else "neither `amount` nor `percent`"
            raise problem("correction", f"the correction has {what}", "give one of them")
        return self


class Conversion(Strict):
    """Money moved from one row to another; it keeps its owner."""

    from_: Annotated[ActivityId, Field(alias="from")]
    to: ActivityId
    amount: PositiveAmount
    reason: Text | None = None

    @model_validator(mode="after")
    def _two_rows(self) -> Self:
        if self.from_ == self.to:
            raise problem("conversion", f"the money leaves and enters the same row, `{self.to}`", "name two activities")
        return self


class Use(Strict):
    """A part of the shared surplus that is used in the area instead of being divided."""

    for_: Annotated[
        Literal["activities", "staff", "reallocation"], choice("activities", "staff", "reallocation", what="a use"), Field(alias="for")
    ]
    amount: PositiveAmount
    reason: Text | None = None


class Expectation(Strict):
    """A figure that must come out; with ``known_error`` the source is known to be wrong, and a match is the failure."""

    value: Amount
    source: Text | None = None
    known_error: Text | None = None


def _with_value(value: "int | Expectation") -> Expectation:
    return Expectation.model_construct(value=value) if isinstance(value, int) else value


Expected = Annotated[Expectation, Shapes(word=Amount, entries=Expectation), AfterValidator(_with_value)]


class Expectations(Strict):
    """The figures of a year that must come out."""

    preliminary_frame: Expected | None = None
    final_frame: Expected | None = None
    actual: Expected | None = None
    result: Expected | None = None
    shared: Expected | None = None
    kept: Expected | None = None
    settled: dict[PartyId, Expected] = {}


class Year(Strict):
    """One year: its frame, and what is known of its outcome."""

    frame: dict[ActivityId, FrameRow] = {}
    annual_amounts: Yes = False
    actual: dict[ActivityId, Cost] | None = None
    estimate: dict[ActivityId, Cost] | None = None
    result: Amount | None = None
    corrections: list[Correction] = []
    conversions: list[Conversion] = []
    uses: list[Use] = []
    sharing: SharingChange | None = None
    shortfall: Cost | None = None
    expect: Expectations | None = None
    source: Text | None = None
    note: Text | None = None

    @property
    def costs(self) -> dict[str, int] | None:
        """Actual or estimated cost by activity, or None in a budget year and where only the total is known."""
        return self.actual if self.actual is not None else self.estimate


def _some(years: dict[int, Year]) -> dict[int, Year]:
    if not years:
        raise problem("no-years", "no year stands here", "write at least one year with its `frame:`")
    return dict(sorted(years.items()))


def _two(parties: dict[str, Party]) -> dict[str, Party]:
    if len(parties) < 2:
        raise problem("parties", "an agreement needs two parties or more", "name those that put money into the frame")
    return parties


class Agreement(Strict):
    """An agreement file. Amounts count the unit of ``rounding``; see ``format.md``."""

    format: Annotated[Literal["socsam/1"], choice("socsam/1", what="a format that this program reads")]
    area: Text
    title: Text | None = None
    unit: Annotated[Literal["kr", "tkr", "mkr"], choice("kr", "tkr", "mkr", what="a unit")] = "kr"
    rounding: Annotated[Literal["öre", "kr", "tkr"], choice("öre", "kr", "tkr", what="a rounding unit")] = "kr"
    period: Period
    law: Annotated[
        Literal["1994:566", "2003:1210", "none"], choice("1994:566", "2003:1210", "none", what="a law that this program knows")
    ] = "1994:566"
    assumptions: list[Text] = []
    source: Text | None = None
    note: Text | None = None
    figures: Text | None = None
    parties: Annotated[dict[Id, Party], AfterValidator(_two)]
    activities: dict[Id, Activity] = {}
    series: dict[Id, Series] = {}
    sharing: Sharing
    opening: dict[PartyId, Amount] = {}
    years: Annotated[dict[PeriodYear, Year], AfterValidator(_some)]
    governance: Governance | None = None
    application: dict[ApplicationItem, Text] = {}
    ignore: list[Ignore] = []

    @model_validator(mode="after")
    def _a_party_is_an_activity(self) -> Self:
        """Without activities every party is one activity of its own, under its id."""
        if not self.activities:
            own = {name: Activity.model_construct(name=party.name, cost=[], funder=name) for name, party in self.parties.items()}
            object.__setattr__(self, "activities", own)
        return self

    def terms(self) -> dict[int, Sharing]:
        """The terms in force in each year of the file."""
        terms, in_force = {}, self.sharing
        for number, year in self.years.items():
            if year.sharing is not None:
                in_force = year.sharing.applied_to(in_force)
            terms[number] = in_force
        return terms

    def parties_of(self, year: int) -> list[str]:
        """The parties of the year, in the order of the file."""
        return [name for name, party in self.parties.items() if party.present(year)]

    def performer(self, activity: str) -> str:
        """Who bears the activity's actual cost: a party, or ``body``."""
        stated = self.activities[activity]
        return stated.performer or stated.funder or "body"
