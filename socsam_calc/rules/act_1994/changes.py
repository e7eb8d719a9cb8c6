"""Whom a change of frame or terms is discussed with, and what may be converted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..any_law.changes import changes_made
from ..facts import Case, year_path
from ..rule import INFO, WARNING, Hit, hit
from ..said import say, words
from ..vocabulary import AUTHORITIES
from . import rule

_CONVERTIBLE: Final = frozenset({"sickness_benefit", "social_assistance", "social_services"})  # the last holds social assistance
_BENEFITS: Final = frozenset({"sickness_benefit", "work_injury_benefit", "rehabilitation_benefit", "social_assistance"})


@rule(
    "SOC421",
    WARNING,
    title="Change without consultation",
    statement="A change of frame, shares or principles is preceded by consultation with Riksförsäkringsverket and Socialstyrelsen.",
    why="The two authorities prepared the government's approval and followed all trials; the memorandum asks for consultation with both, at the start and at every change.",
    remedy="Consult the missing authority and add it to `consulted`.",
    message="{year}: {what} was made without consulting {missing}",
    sources="PM “Fastställande av finansiell ram”; Report 1.3",
)
def authorities_consulted(case: Case) -> Iterator[Hit]:
    for change in changes_made(case):
        missing = [authority for authority in AUTHORITIES if authority not in (change.consulted or ())]
        if change.consulted is not None and missing:
            yield hit((*change.path, "consulted"), year=change.year, what=change.what, missing=words(missing, AUTHORITIES))


@rule(
    "SOC430",
    INFO,
    title="Conversion that is not one",
    statement="A conversion turns sickness benefit or social assistance money into active measures.",
    why="Only these two kinds are counted as converted in the published table, and using sickness benefit money so is possible under this Act only (before it, in FINSAM). Moving other money is a reallocation, which the body may decide, but it says something else about who gave up what.",
    remedy="If it is a reallocation keep it and say so in `reason`; if the wrong row is named, correct `from` or `to`.",
    message="{year}: a conversion {direction} {activity} is a reallocation, not benefit money turned into active measures",
    sources="Report 4.2.1, table 9; Report 4.1; PM “Ledningsorganets ansvar”",
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
