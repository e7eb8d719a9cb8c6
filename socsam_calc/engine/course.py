"""What one year leaves to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from ..model.agreement import Agreement
from ..model.terms import terms_by_year
from .figures import TransferredResult
from .steps import Exact, Money, given, total, zero

BODY: Final = "body"
T = TypeVar("T")


class Course:
    """What one year leaves to the next: balances, what is undistributed, own capital, what is still open, the sums of the split."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.terms = terms_by_year(agreement)
        first = next(iter(agreement.years))
        self.carried: dict[str, Money] = {
            party: given("opening claim", first, (party,), claim, ("opening", party))
            for party, claim in in_order(agreement, agreement.opening.claims)
            if claim
        }
        opening = total("opening claims", first, (), self.carried.values())
        self.undistributed = opening.value
        held, at = agreement.opening.reserve, ("opening", "reserve")
        self.capital = zero("own capital", first) if held is None else given("own capital", first, (), held, at)
        self.contributed: dict[str, Money] = {
            party: given("contributed before", first, (party,), amount, ("opening", "contributed", party))
            for party, amount in in_order(agreement, agreement.opening.contributed)
        }
        self.differences: list[TransferredResult] = []
        self.open = False
        self.split_entitled: list[Exact] = []
        self.split_limits: list[Exact] = []
        self.split_before: Money | None = None

    def paid_in(self, number: int) -> int | None:
        """The year in which a difference of a closed year is paid: the next year of distribution that is settled and not closed itself."""
        later = (year for year in self.agreement.years if year > number and self.terms[year].distributes)
        years = self.agreement.years
        return next((year for year in later if years[year].costs is not None and years[year].transferred is None), None)


def in_order(agreement: Agreement, by_party: Mapping[str, T]) -> list[tuple[str, T]]:
    """Entries by party, in the order of the agreement's parties."""
    return [(party, by_party[party]) for party in agreement.parties if party in by_party]
