"""How a trial's terms are made: whom a change is discussed with, what may be converted, how the office's part is divided."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ...problems import Path
from ..any_law.frame import changes_made
from ..facts import Case, by_value, year_path
from ..rule import INFO, WARNING, Hit, hit
from ..said import percent, say, words
from ..vocabulary import AUTHORITIES
from . import rule

_CONVERTIBLE: Final = frozenset({"sickness_benefit", "social_assistance", "social_services"})  # the last holds social assistance
_BENEFITS: Final = frozenset({"sickness_benefit", "work_injury_benefit", "rehabilitation_benefit", "social_assistance"})


@rule(
    "SOC421",
    WARNING,
    """
    title: Change without consultation
    statement: A change of frame, shares or principles is preceded by consultation with Riksförsäkringsverket and Socialstyrelsen.
    why: The two authorities prepared the government's approval and followed all trials; the memorandum asks for consultation with both,
        at the start and at every change.
    remedy: Consult the missing authority and add it to `consulted`.
    message: {year}: {what} was made without consulting {missing}
    sources: PM “Fastställande av finansiell ram”; Report 1.3
    """,
)
def authorities_consulted(case: Case) -> Iterator[Hit]:
    for change in changes_made(case):
        missing = [authority for authority in AUTHORITIES if authority not in (change.consulted or ())]
        if change.consulted is not None and missing:
            yield hit((*change.path, "consulted"), year=change.year, what=change.what, missing=words(missing, AUTHORITIES))


@rule(
    "SOC430",
    INFO,
    """
    title: Conversion that is not one
    statement: A conversion turns sickness benefit or social assistance money into active measures.
    why: Only these two kinds are counted as converted in the published table, and using sickness benefit money so is possible under
        this Act only (before it, in FINSAM). Moving other money is a reallocation, which the body may decide, but it says something
        else about who gave up what.
    remedy: If it is a reallocation keep it and say so in `reason`; if the wrong row is named, correct `from` or `to`.
    message: {year}: a conversion {direction} {activity} is a reallocation, not benefit money turned into active measures
    sources: Report 4.2.1, table 9; Report 4.1; PM “Ledningsorganets ansvar”
    """,
)
def benefit_into_measures(case: Case) -> Iterator[Hit]:
    for number, year in case.agreement.years.items():
        for position, conversion in enumerate(year.conversions):
            path = year_path(number, "conversions", position)
            given, taken = case.agreement.activities[conversion.from_].cost, case.agreement.activities[conversion.to].cost
            if given and not _CONVERTIBLE.intersection(given):
                yield hit((*path, "from"), year=number, activity=case.activity(conversion.from_), direction=say("from"))
            elif taken and _BENEFITS.issuperset(taken):
                yield hit((*path, "to"), year=number, activity=case.activity(conversion.to), direction=say("to"))


@rule(
    "SOC530",
    WARNING,
    """
    title: Split cap above ten per cent
    statement: The office takes at most 10 % of what it put in for administration over the trial.
    why: The office's part of a result is divided between state and office; benefit money is the state's, and the cap keeps the office's
        own gain or loss within what it can bear.
    remedy: Write `cap: 10 %` or leave it out.
    message: cap {cap}: the office's part is at most 10 % of its contribution for administration
    sources: PM “Över- och underskott”
    """,
)
def cap_of_ten_percent(case: Case) -> Iterator[Hit]:
    def cap(year: int) -> tuple[Path, Fraction] | None:
        split = case.terms[year].split
        return (split.cap.place, split.cap.value) if split is not None and split.cap.value > Fraction(1, 10) else None

    return (hit(path, cap=percent(height)) for path, height in by_value(case.agreement.years, cap))


@rule(
    "SOC532",
    INFO,
    """
    title: Office without split
    statement: The office's part of surplus and deficit is divided between the state and the office.
    why: The memorandum says that it shall be divided and proposes how; unwritten, the file shows as the office's what is mostly the
        state's.
    remedy: Write `state_split: {cap: 10 %}`, or `state_split: none` if the division is made elsewhere.
    message: how the part of {office} is divided between state and office is not stated
    sources: PM “Över- och underskott”
    """,
)
def split_stated(case: Case) -> Iterator[Hit]:
    offices = [name for name, party in case.agreement.parties.items() if party.role == "insurance_office"]
    if offices and case.years_with_costs and not case.is_written("state_split"):
        yield hit(("sharing",), office=case.parties(offices))
