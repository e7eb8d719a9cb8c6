"""A year that still runs: what is booked so far, what the rest is expected to cost, and when contributions are paid in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, PrivateAttr
from pydantic_core.core_schema import ValidationInfo

from ..problems import nearest
from . import schemas
from .reading import Reads, Shapes, Strict, choice, problem, scalar_text
from .scalars import ActivityId, Amount, Date, PartyId, parse_cost

RemainingWord = Literal["pace", "frame", "profile"]
"""How the rest of a year is expected from what is known: as the months so far, as its frame has it, or by the row's profile."""

REMAINING_WORDS: Final = get_args(RemainingWord)

MONTHS: Final = 12


def parse_rest(value: Any, info: ValidationInfo) -> str | int:
    """One of the words, or an amount of 0 or more."""
    text = scalar_text(
        value, "what the remaining months cost: a word, or an amount", f"write one of {', '.join(REMAINING_WORDS)}, or an amount"
    )
    if text in REMAINING_WORDS:
        return text
    if text[0].isalpha():
        near = nearest(text, REMAINING_WORDS)
        listed = ", ".join(f"`{word}`" for word in REMAINING_WORDS)
        remedy = f"did you mean `{near}`?" if near else f"write one of {listed}, or an amount of 0 or more"
        raise problem("bad-choice", f"`{text}` says nothing of the remaining months", remedy)
    return parse_cost(text, info)


_Rest = Annotated[RemainingWord | int, Reads(parse_rest, schemas.REMAINING)]
Remaining = Annotated[
    RemainingWord | dict[str, RemainingWord | int],
    Shapes(word=Annotated[RemainingWord, choice(*REMAINING_WORDS, what="a way to expect the rest")], entries=dict[ActivityId, _Rest]),
]
"""What the remaining months are expected to cost: one word for all activities, or for each a word or an amount."""


class ToDate(Strict):
    """The books of a year that still runs, through the last day of a month; the year is then an estimate."""

    through: Date
    """The last day of the month through which the books go."""
    actual: dict[ActivityId, Amount]
    """What is booked for each activity so far, 0 where nothing is."""
    remaining: Remaining = "pace"
    """What the remaining months are expected to cost: pace (as the months so far), frame (what the final frame has for them), profile
    (the months so far, scaled by the activity's profile), or for each activity one of these or an amount. Activities not named: pace."""

    _months: Mapping[str, Mapping[int, int]] = PrivateAttr(default_factory=dict)

    @property
    def months(self) -> Mapping[str, Mapping[int, int]]:
        """By activity what is booked in each of the months so far (1–12), in rounding units; empty where only their sum is known."""
        return self._months

    def known_by_month(self, months: Mapping[str, Mapping[int, int]]) -> None:
        """Say what is booked in each month: figures by month, whose sums are what the file then states."""
        self._months = months

    def rest_of(self, activity: str) -> RemainingWord | int:
        """How the rest of this activity is expected."""
        return self.remaining.get(activity, "pace") if isinstance(self.remaining, dict) else self.remaining


def twelve(weights: list[Any]) -> list[Any]:
    """A profile's weights: one for each month."""
    if len(weights) != MONTHS:
        raise problem("profile", f"a profile of {len(weights)} weights", "write twelve, January to December")
    return weights


PlanWord = Literal["monthly", "quarterly"]
_PlanWord = Annotated[PlanWord, choice(*get_args(PlanWord), what="a plan")]


def _ascending(dates: list[Any]) -> list[Any]:
    if not dates:
        raise problem("instalments", "no date stands here", "write the days on which contributions are paid in, or `quarterly`")
    for before, day in pairwise(dates):
        if day <= before:
            raise problem("instalments", f"{day} does not come after {before}", "write the days in their order, each once")
    return dates


_Dates = Annotated[list[Date], AfterValidator(_ascending)]
Plan = Annotated[PlanWord | list[Any], Shapes(word=_PlanWord, items=_Dates)]
"""On which days a party pays: the first of each month, of each quarter, or the days named."""

QUARTERS: Final = (1, 4, 7, 10)
"""The months in which a quarter begins."""


def pay_days(plan: Any, party: str, year: int, counted: Sequence[int]) -> list[date]:
    """The days on which a party pays by a plan for all, or for each party, in their order; none where it pays outside the plan.

    ``counted`` are the months of the year that lie inside the period.
    """
    if isinstance(plan, dict):
        plan = plan.get(party)
    if plan is None or isinstance(plan, list):
        return plan or []
    return [date(year, month, 1) for month in counted if plan == "monthly" or month in QUARTERS]


Instalments = Annotated[PlanWord | list[Any] | dict[str, Any], Shapes(word=_PlanWord, items=_Dates, entries=dict[PartyId, Plan])]
"""On which days the parties pay their preliminary contributions in, all by the same plan or each by its own."""
