"""Parties that come or go: one that joins and bears nothing of a deficit, one that leaves with a balance that is never paid."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import keys
from ...model.key_words import OF_CONTRIBUTIONS
from ..facts import Case, by_value, named_by
from ..rule import WARNING, Hit, hit
from ..said import Money, say
from . import rule


@rule(
    "SOC523",
    WARNING,
    """
    title: One that joins and bears nothing
    statement: A party that joins later has a part of a deficit, or the key says that it has none.
    why: A key that was agreed before a party came does not name it, and gives it nothing: it may cause a deficit that the others bear,
        and nobody need have meant that.
    remedy: Agree on a new key from the year in which it comes; if it is to bear nothing write `{party}: 0 %`.
    message: {party} joins in {first} and bears nothing of a deficit ({years}): {how}
    sources: PM “Över- och underskott”; this program's reading
    elsewhere: this program's reading
    """,
    reads="terms",
)
def comer_bears(case: Case) -> Iterator[Hit]:
    start, terms = case.agreement.period.start.year, case.agreement.terms()
    for name, party in case.agreement.parties.items():
        if party.from_ is None or party.from_ <= start or party.role == "employment_service":
            continue
        contributed = {year.year: year.party(name).units("contribution") for year in case.settled_years if party.present(year.year)}
        present = [year for year in case.agreement.years if party.present(year)]
        silent = [year for year in present if not _says(case, terms[year].deficit, name, year, contributed.get(year))]
        for place, years in by_value(silent, lambda year: case.terms[year].place("deficit")).items():
            idle = terms[years[0]].deficit in OF_CONTRIBUTIONS
            how = say("it puts nothing into the frame") if idle else say("the key does not name it")
            yield hit(place, related=(("parties", name, "from"),), party=case.party(name), first=party.from_, years=years, how=how)


def _says(case: Case, key: keys.Key, party: str, year: int, contributed: int | None) -> bool:
    """Whether a key gives the party something, or says itself that it is to have nothing."""
    if isinstance(key, str) and key in OF_CONTRIBUTIONS:
        return contributed != 0
    return party in named_by(case.agreement, key, year)


@rule(
    "SOC524",
    WARNING,
    """
    title: One that left with a balance that is never paid
    statement: What a party owes, or is owed, when it leaves is paid in a year of distribution after that.
    why: One that has left is no longer at the table. Its debt waits with no day to fall due, and what the others were to have of it
        they never get.
    remedy: Let it be paid in its last year (`distribute`), or add a later year of distribution.
    message: {party} left in {last} with {balance}, which is never paid: no year of distribution follows {year}
    sources: PM “Över- och underskott”; this program's reading
    elsewhere: this program's reading
    """,
    reads="figures",
)
def leaver_pays(case: Case) -> Iterator[Hit]:
    for name, party in case.agreement.parties.items():
        carried = {year.year: one.units("carried") for year in case.settled_years for one in year.parties if one.id == name}
        left = {year: units for year, units in carried.items() if party.to is not None and year >= party.to and units}
        if party.to is None or not left or any(year > max(left) for year in case.distribution_years()):
            continue
        last = max(left)
        units = left[last] or 0
        balance = say("a debt of {amount}" if units < 0 else "a claim of {amount}", amount=Money(abs(units)))
        yield hit(("parties", name, "to"), party=case.party(name), last=party.to, year=last, balance=balance)
