"""What a settlement is: its years, each with its parts, and what came out of the figures that the file expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, TypeVar

from ..model.agreement import Agreement
from ..model.year import Expectation
from ..problems import NotFoundError, Path
from .course import in_order
from .figures import ActivityResult, BodyResult, PartyResult, ReserveResult, SplitResult, ToDateRow, Totals, TransferredResult
from .instalments import Instalment
from .payments import Payment
from .steps import Money

Key = TypeVar("Key")
Part = TypeVar("Part")


class Shortfall(NamedTuple):
    """A debt that an association could not pay, and what each party adds (§ 7); in rounding units."""

    amount: Money
    parties: Mapping[str, Money]


class SharingResult(NamedTuple):
    """Which key divided the year's result, what bands withheld (None in a budget year), and whether money moves."""

    key: str | None
    withheld: Money | None
    distribution: bool | None


class MonthResult(NamedTuple):
    """What an activity cost in a month (1–12) by the books, in rounding units; below 0 where income exceeds it."""

    month: int
    activity: str
    booked: int


class ToDateResult(NamedTuple):
    """A year that still runs: the day (year-month-day) through which its books go, and what is booked and what is expected, in all and of each row.

    ``months`` is what is booked month by month; None where only the sum of the months so far is known.
    """

    through: str
    totals: ToDateRow
    activities: tuple[ToDateRow, ...]
    months: tuple[MonthResult, ...] | None


class ExpectationResult(NamedTuple):
    """An expectation and what came out; amounts in rounding units.

    ``expected`` is None where it is bounded, by ``least`` and ``most``; ``budget`` is what these are percentages of, where they are.
    """

    path: str
    expected: int | None
    computed: int | None
    met: bool
    source: str | None
    known_error: str | None
    place: Path
    least: int | None = None
    most: int | None = None
    budget: int | None = None

    @property
    def amounts(self) -> tuple[int | None, ...]:
        """Every amount of it."""
        return self.expected, self.least, self.most, self.budget, self.computed

    @property
    def missed_by(self) -> int | None:
        """How far the figure lies from what is expected, or outside its bounds; None where it is not known."""
        if self.computed is None:
            return None
        if self.expected is not None:
            return self.computed - self.expected
        below = 0 if self.least is None else min(0, self.computed - self.least)
        above = 0 if self.most is None else max(0, self.computed - self.most)
        return below or above


def found(kind: str, wanted: Key, there: Mapping[Key, Part], where: str) -> Part:
    """What is named so. Raises NotFoundError, a KeyError, with the nearest name, or with those that there are."""
    if wanted in there:
        return there[wanted]
    raise NotFoundError.of(kind, wanted, there, where)


class YearResult(NamedTuple):
    """One year of a settlement."""

    year: int
    status: str
    months: int
    source: str | None
    note: str | None
    totals: Totals
    activities: tuple[ActivityResult, ...]
    sharing: SharingResult
    parties: tuple[PartyResult, ...]
    body: BodyResult
    reserve: ReserveResult | None
    payments: tuple[Payment, ...]
    state_split: SplitResult | None
    shortfall: Shortfall | None
    expectations: tuple[ExpectationResult, ...]
    to_date: ToDateResult | None
    transferred: tuple[TransferredResult, ...]
    takes_up: tuple[TransferredResult, ...]
    """The differences of earlier closed years that are paid in this one; what the first of two left is in that of the second."""
    instalments: tuple[Instalment, ...]

    @property
    def settled(self) -> bool:
        """Whether the year has a result: of a budget without planned costs only the frame is known."""
        return self.totals.units("result") is not None

    def party(self, id_: str) -> PartyResult:
        """The party with this id. Raises NotFoundError, a KeyError, when it is neither a party of the year nor carries a balance."""
        return found("party", id_, {party.id: party for party in self.parties}, f" in {self.year}")

    def activity(self, id_: str) -> ActivityResult:
        """The activity with this id. Raises NotFoundError, a KeyError, when it has no row in the year."""
        return found("activity", id_, {activity.id: activity for activity in self.activities}, f" in {self.year}")


class Settlement(NamedTuple):
    """What an agreement comes to, year by year."""

    agreement: Agreement
    years: tuple[YearResult, ...]

    def year(self, number: int) -> YearResult:
        """One year. Raises NotFoundError, a KeyError, when the file does not hold it."""
        return found("year", number, {year.year: year for year in self.years}, f" in the settlement of {self.agreement.area}")

    def unmet(self) -> Iterator[tuple[int, ExpectationResult]]:
        """The expectations that failed, with their year."""
        return ((year.year, expectation) for year in self.years for expectation in year.expectations if not expectation.met)


def held(
    agreement: Agreement, number: int, totals: Totals, reserve: ReserveResult | None, parties: Iterable[PartyResult], budget: int
) -> Iterator[ExpectationResult]:
    """Each expectation of the year with what came out; None where the figure is not known. ``budget`` is what a percentage is one of."""
    expect = agreement.years[number].expect
    if expect is None:
        return
    path: Path = ("years", str(number), "expect")
    for figure in type(expect).model_fields:
        if figure in totals.figures and figure != "settled" and (expectation := getattr(expect, figure)) is not None:
            yield _held(f"{number}.totals.{figure}", expectation, totals.units(figure), (*path, figure), budget)
    if expect.reserve is not None:
        closing = None if reserve is None else reserve.units("closing")
        yield _held(f"{number}.reserve.closing", expect.reserve, closing, (*path, "reserve"), budget)
    settled = {party.id: party.units("settled") for party in parties}
    for party, expectation in in_order(agreement, expect.settled):
        yield _held(f"{number}.parties.{party}.settled", expectation, settled.get(party), (*path, "settled", party), budget)


def _held(path: str, stated: Expectation, computed: int | None, place: Path, budget: int) -> ExpectationResult:
    """Hold a figure against its expectation; a known error of the source must not come out."""
    least = None if stated.min is None else ceil(_limit(stated.min, budget))
    most = None if stated.max is None else floor(_limit(stated.max, budget))
    of_budget = budget if isinstance(stated.min, Fraction) or isinstance(stated.max, Fraction) else None
    held = ExpectationResult(path, stated.value, computed, False, stated.source, stated.known_error, place, least, most, of_budget)
    agrees = held.missed_by == 0
    return held._replace(met=computed is not None and (not agrees if stated.known_error else agrees))


def _limit(stated: int | Fraction, budget: int) -> int | Fraction:
    """A limit in rounding units: as it is stated, or a percentage of the budget."""
    return stated * budget if isinstance(stated, Fraction) else stated
