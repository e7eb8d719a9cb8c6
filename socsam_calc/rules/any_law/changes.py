"""How frame and terms are changed, and when a year is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ...problems import Path
from ..facts import Case, year_path
from ..rule import ERROR, INFO, TRIAL_ACT, WARNING, Hit, hit
from ..said import Said, say, words
from ..vocabulary import AUTHORITIES
from . import rule

_CONVERTIBLE: Final = frozenset({"sickness_benefit", "social_assistance", "social_services"})  # the last holds social assistance
_BENEFITS: Final = frozenset({"sickness_benefit", "work_injury_benefit", "rehabilitation_benefit", "social_assistance"})


@rule(
    "SOC420",
    ERROR,
    title="Change without everybody's consent",
    statement="Frame, shares and principles of sharing are changed only by all parties together.",
    why="The frame may be changed during the trial, but only in agreement; a change that one party has not accepted does not bind it, and figures settled by it will be contested.",
    remedy="Obtain the missing consent and add the party to `agreed`, or drop the change.",
    message="{year}: {what} lacks the consent of {missing}",
    sources="PM “Fastställande av finansiell ram”; Report 4.1.2",
)
def everybody_agrees(case: Case) -> Iterator[Hit]:
    for change in _changes(case):
        missing = [party for party in case.agreement.parties_of(change.year) if party not in (change.agreed or ())]
        if change.agreed is not None and missing:
            yield hit((*change.path, "agreed"), year=change.year, what=change.what, missing=case.parties(missing))


class _Change(NamedTuple):
    """A correction or a change of terms: where it stands, what it is called, who agreed to it and who was consulted."""

    year: int
    path: Path
    what: Said
    agreed: Sequence[str] | None
    consulted: Sequence[str] | None


def _changes(case: Case) -> Iterator[_Change]:
    for number, year in case.agreement.years.items():
        for position, one in enumerate(year.corrections):
            name = case.activity(one.activity)
            what = say("the correction of {activity}", activity=name)
            yield _Change(number, year_path(number, "corrections", position), what, one.agreed, one.consulted)
    for number, terms in case.changes_of_terms():
        what = say("the change of terms")
        yield _Change(number, year_path(number, "sharing"), what, terms.agreed, terms.consulted)


@rule(
    "SOC421",
    WARNING,
    title="Change without consultation",
    statement="A change of frame, shares or principles is preceded by consultation with Riksförsäkringsverket and Socialstyrelsen.",
    why="The two authorities prepared the government's approval and followed all trials; the memorandum asks for consultation with both, at the start and at every change.",
    remedy="Consult the missing authority and add it to `consulted`.",
    message="{year}: {what} was made without consulting {missing}",
    sources="PM “Fastställande av finansiell ram”; Report 1.3",
    laws=TRIAL_ACT,
)
def authorities_consulted(case: Case) -> Iterator[Hit]:
    for change in _changes(case):
        missing = [authority for authority in AUTHORITIES if authority not in (change.consulted or ())]
        if change.consulted is not None and missing:
            yield hit((*change.path, "consulted"), year=change.year, what=change.what, missing=words(missing, AUTHORITIES))


@rule(
    "SOC422",
    INFO,
    title="Consent or consultation not stated",
    statement="Each change says who agreed and who was consulted.",
    why="Years later the file is what remains; a change without names looks like one party's own.",
    remedy="Add `agreed` with every party of the year and `consulted: [rfv, socialstyrelsen]`.",
    message="{year}, {changes}: it is not stated {missing}",
    sources="PM “Fastställande av finansiell ram”",
)
def consent_stated(case: Case) -> Iterator[Hit]:
    asked = case.agreement.law == "1994:566"
    by_year: dict[int, list[_Change]] = {}
    for change in _changes(case):
        if change.agreed is None or (asked and change.consulted is None):
            by_year.setdefault(change.year, []).append(change)
    for year, changes in sorted(by_year.items()):
        missing = [say("who agreed")] if any(change.agreed is None for change in changes) else []
        if asked and any(change.consulted is None for change in changes):
            missing.append(say("who was consulted"))
        yield hit(changes[0].path, year=year, changes=[change.what for change in changes], missing=missing)


@rule(
    "SOC430",
    INFO,
    title="Conversion that is not one",
    statement="A conversion turns sickness benefit or social assistance money into active measures.",
    why="Only these two kinds are counted as converted in the published table, and using sickness benefit money so is possible under this Act only (before it, in FINSAM). Moving other money is a reallocation, which the body may decide, but it says something else about who gave up what.",
    remedy="If it is a reallocation keep it and say so in `reason`; if the wrong row is named, correct `from` or `to`.",
    message="{year}: a conversion {direction} {activity} is a reallocation, not benefit money turned into active measures",
    sources="Report 4.2.1, table 9; Report 4.1; PM “Ledningsorganets ansvar”",
    laws=TRIAL_ACT,
)
def benefit_into_measures(case: Case) -> Iterator[Hit]:
    for number, year in case.agreement.years.items():
        for position, conversion in enumerate(year.conversions):
            path = year_path(number, "conversions", position)
            given, taken = case.agreement.activities[conversion.from_].cost, case.agreement.activities[conversion.to].cost
            if given and not _CONVERTIBLE.intersection(given):
                name = case.activity(conversion.from_)
                yield hit((*path, "from"), year=number, activity=name, direction=say("from"))
            elif taken and _BENEFITS.issuperset(taken):
                name = case.activity(conversion.to)
                yield hit((*path, "to"), year=number, activity=name, direction=say("to"))


@rule(
    "SOC440",
    INFO,
    title="Years still open",
    statement="A year is settled for good once its costs are booked and the country's outcome is known.",
    why="The frame is preliminary until then, which the trials' project leaders found troublesome; a later figure moves every year that carries it on.",
    remedy="Put in the outcome of the series, or turn `estimate` into `actual`, when they are known.",
    message="not final: {years}",
    sources="Report 4.1.2, 4.3; Report “Övergripande bedömningar och slutsatser: Den finansiella samordningen”",
    reads="figures",
)
def years_closed(case: Case) -> Iterator[Hit]:
    if years := case.open_years():
        entries = [say("{year} ({reason})", year=year, reason=reason) for year, reason in years.items()]
        yield hit(year_path(min(years)), years=entries)
