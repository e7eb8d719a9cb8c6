"""One year of an agreement: its frame, what changed in it, what it cost, and the figures that must come out."""

from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from .reading import Apart, Shapes, Strict, choice, problem, refuse
from .running import Instalments, ToDate
from .scalars import (
    ActivityId,
    Amount,
    AmountOrOfBudget,
    Cost,
    Note,
    PartyId,
    Percent,
    PositiveAmount,
    Reason,
    Source,
    Text,
    Yes,
    backwards,
)
from .schemas import at_most_one, one_of
from .sharing import Agreed, Consulted, SharingChange

FrameRow = Annotated[int | dict[str, int], Shapes(word=Cost, entries=dict[PartyId, Cost])]
"""A row of the frame: the funder's amount, or an amount for each party."""


class Correction(Strict):
    """A change of a row that the parties agreed on, as an amount or in percent of the row."""

    model_config = ConfigDict(json_schema_extra=one_of(["amount"], ["percent"]))

    activity: ActivityId
    """The row that is changed."""
    amount: Amount | None = None
    """The change, with its sign; or percent."""
    percent: Percent | None = None
    """The change in percent of the row; or amount."""
    reason: Reason | None = None
    agreed: Agreed | None = None
    """The parties that agreed to it."""
    consulted: Consulted | None = None
    """The authorities that were consulted."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.amount is None) == (self.percent is None):
            what = "both `amount` and `percent`" if self.amount is not None else "neither `amount` nor `percent`"
            raise problem("correction", f"the correction has {what}", "give one of them")
        return self


class Conversion(Strict):
    """Money moved from one row to another; it keeps its owner."""

    from_: Annotated[ActivityId, Field(alias="from")]
    """The row that the money leaves."""
    to: ActivityId
    """The row that it enters; one is made where there is none."""
    amount: PositiveAmount
    """How much, above 0."""
    reason: Reason | None = None

    @model_validator(mode="after")
    def _two_rows(self) -> Self:
        if self.from_ == self.to:
            raise problem("conversion", f"the money leaves and enters the same row, `{self.to}`", "name two activities")
        return self


Purpose = Literal["activities", "staff", "reallocation"]


class Use(Strict):
    """A part of the shared surplus that is used in the area instead of being divided."""

    for_: Annotated[Purpose, choice(*get_args(Purpose), what="a use"), Field(alias="for")]
    """What it is used for."""
    amount: PositiveAmount
    """How much, above 0."""
    reason: Reason | None = None


class Expectation(Strict):
    """A figure that must come out, or bounds that it must keep; with ``known_error`` the source is known to be wrong, and a match is the failure."""

    value: Amount | None = None
    """The figure that must come out."""
    min: AmountOrOfBudget | None = None
    """In its place: the figure must be at least this: an amount, or a percent of the year's budget."""
    max: AmountOrOfBudget | None = None
    """In its place: the figure must be at most this: an amount, or a percent of the year's budget."""
    source: Text | None = None
    """Where it is published, or why it is bounded."""
    known_error: Text | None = None
    """Why the source is known to be wrong: then this figure must not come out."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        limits = [limit for limit in (self.min, self.max) if limit is not None]
        refuse(
            "expectation",
            (not limits and self.value is None, "the expectation says nothing", "give it `value:`, or `min:` and `max:`"),
            (bool(limits) and self.value is not None, "the expectation has `value` beside `min` or `max`", "keep one or the other"),
            (backwards(limits), "no figure can hold this bound: `min` is more than `max`", "swap or correct them"),
            (bool(limits) and self.known_error is not None, "a bound has no known error", "give the source's figure as `value:`"),
        )
        return self


def _with_value(value: "int | Expectation") -> Expectation:
    return Expectation.model_construct(value=value) if isinstance(value, int) else value


Expected = Annotated[Expectation, Shapes(word=Amount, entries=Expectation), AfterValidator(_with_value)]


class Expectations(Strict):
    """The figures of a year that must come out."""

    preliminary_frame: Expected | None = None
    """The year's preliminary frame."""
    final_frame: Expected | None = None
    """The year's final frame."""
    actual: Expected | None = None
    """The year's actual cost."""
    result: Expected | None = None
    """Final frame minus actual cost: + surplus, − deficit."""
    shared: Expected | None = None
    """What of the result is shared."""
    kept: Expected | None = None
    """Result minus shared."""
    reserve: Expected | None = None
    """The body's own capital at the end of the year."""
    settled: dict[PartyId, Expected] = {}
    """What each party ends with: + gains, − bears."""


OUTCOMES: Final = ("actual", "estimate", "to_date", "result")
"""What may be known of a year's outcome; one of them at most."""


class Year(Strict):
    """One year: its frame, and what is known of its outcome."""

    model_config = ConfigDict(json_schema_extra=at_most_one(*([outcome] for outcome in OUTCOMES)))

    frame: dict[ActivityId, FrameRow] = {}
    """The frame by activity: the funder's amount, or an amount for each party."""
    annual_amounts: Yes = False
    """The frame's amounts are those of a whole year, and are scaled by the year's months inside the period."""
    actual: dict[ActivityId, Cost] | None = None
    """What each activity cost, 0 where there was none. One of actual, estimate, to_date and result; none of them makes a budget."""
    estimate: dict[ActivityId, Cost] | None = None
    """What each activity is thought to cost, before the books are closed."""
    to_date: Annotated[ToDate, Apart()] | None = None
    """What is booked so far in a year that still runs, and what the rest is expected to cost."""
    result: Amount | None = None
    """The result, where only the total is known: + surplus, − deficit."""
    budget: dict[ActivityId, Cost] | None = None
    """What each activity is planned to cost. Alone it is settled like an estimate; beside costs it is compared with them."""
    corrections: list[Annotated[Correction, Apart()]] = []
    """Changes of the frame that the parties agreed on, in this order."""
    conversions: list[Annotated[Conversion, Apart()]] = []
    """Money moved from one row to another, in this order."""
    uses: list[Annotated[Use, Apart()]] = []
    """What of the shared surplus is used in the area."""
    sharing: Annotated[SharingChange, Apart()] | None = None
    """New terms, for this year and the following ones: each field named replaces the one in force, whole."""
    shortfall: Cost | None = None
    """A debt that an association could not pay."""
    instalments: Instalments | None = None
    """On which days the parties pay their preliminary contributions in, in equal parts: monthly, quarterly, a list of days, or a plan for each party (one not named pays outside the plan). It changes no claim."""
    transferred: dict[PartyId, Amount] | None = None
    """What each party really received (+) or paid (−) when the year was closed. If its figures are corrected afterwards, the difference is paid in the next year of distribution."""
    expect: Annotated[Expectations, Apart()] | None = None
    """Figures that must come out; a mismatch is reported with its line."""
    source: Source | None = None
    note: Note | None = None

    @property
    def planned(self) -> bool:
        """Whether its plan is all that there is of costs, so that it is settled from that."""
        return self.budget is not None and not self.outcomes

    @property
    def costs(self) -> dict[str, int] | None:
        """The costs that stand in the file by activity: actual, estimated, booked so far, or planned where that is all; None where there are none."""
        if self.to_date is not None:
            return self.to_date.actual
        if self.planned:
            return self.budget
        return self.actual if self.actual is not None else self.estimate

    @property
    def outcomes(self) -> list[str]:
        """Which of the ways to say what came of the year it uses; one is right, or none in a budget."""
        return [name for name in OUTCOMES if getattr(self, name) is not None]

    @property
    def costs_at(self) -> tuple[str, ...]:
        """Where these costs stand in the year."""
        if self.to_date is not None:
            return ("to_date", "actual")
        if self.planned:
            return ("budget",)
        return ("actual",) if self.actual is not None else ("estimate",)

    @property
    def closed(self) -> bool:
        """Whether its outcome is known, neither estimated nor planned."""
        return self.actual is not None or self.result is not None
