"""What a settlement is: its years, each with its parts, whose figures have the steps that they were made by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..problems import NotFoundError
from .figures import ActivityResult, BodyResult, PartyResult, ReserveResult, SplitResult, Totals
from .payments import Payment
from .steps import Money

if TYPE_CHECKING:
    from ..model.agreement import Agreement


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


class ExpectationResult(NamedTuple):
    """An expectation and what came out; amounts in rounding units."""

    path: str
    expected: int
    computed: int | None
    met: bool
    source: str | None
    known_error: str | None
    place: tuple[str | int, ...]


def _found(kind: str, wanted: Key, held: Mapping[Key, Part], where: str) -> Part:
    if wanted in held:
        return held[wanted]
    raise NotFoundError.of(kind, wanted, held, where)


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

    def party(self, id_: str) -> PartyResult:
        """The party with this id. Raises NotFoundError, a KeyError, when it is neither a party of the year nor carries a balance."""
        return _found("party", id_, {party.id: party for party in self.parties}, f" in {self.year}")

    def activity(self, id_: str) -> ActivityResult:
        """The activity with this id. Raises NotFoundError, a KeyError, when it has no row in the year."""
        return _found("activity", id_, {activity.id: activity for activity in self.activities}, f" in {self.year}")


class Settlement(NamedTuple):
    """What an agreement comes to, year by year."""

    agreement: Agreement
    years: tuple[YearResult, ...]

    def year(self, number: int) -> YearResult:
        """One year. Raises NotFoundError, a KeyError, when the file does not hold it."""
        return _found("year", number, {year.year: year for year in self.years}, f" in the settlement of {self.agreement.area}")

    def unmet(self) -> Iterator[tuple[int, ExpectationResult]]:
        """The expectations that failed, with their year."""
        return ((year.year, expectation) for year in self.years for expectation in year.expectations if not expectation.met)
