"""How frame and terms are changed, and when a year is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...problems import Path
from ..facts import Case, year_path
from ..rule import AS_IN_TRIALS, ERROR, INFO, Hit, hit
from ..said import Said, say
from . import rule


@rule(
    "SOC420",
    ERROR,
    title="Change without everybody's consent",
    statement="Frame, shares and principles of sharing are changed only by all parties together.",
    why="The frame may be changed during the trial, but only in agreement; a change that one party has not accepted does not bind it, and figures settled by it will be contested.",
    remedy="Obtain the missing consent and add the party to `agreed`, or drop the change.",
    message="{year}: {what} lacks the consent of {missing}",
    sources="PM “Fastställande av finansiell ram”; Report 4.1.2",
    elsewhere="this program's reading",
)
def everybody_agrees(case: Case) -> Iterator[Hit]:
    for change in changes_made(case):
        missing = [party for party in case.agreement.parties_of(change.year) if party not in (change.agreed or ())]
        if change.agreed is not None and missing:
            yield hit((*change.path, "agreed"), year=change.year, what=change.what, missing=case.parties(missing))


class Change(NamedTuple):
    """A correction or a change of terms: where it stands, what it is called, who agreed to it and who was consulted."""

    year: int
    path: Path
    what: Said
    agreed: Sequence[str] | None
    consulted: Sequence[str] | None


def changes_made(case: Case) -> Iterator[Change]:
    """Every correction of the frame, year by year, then every change of terms."""
    for number, year in case.agreement.years.items():
        for position, one in enumerate(year.corrections):
            what = say("the correction of {activity}", activity=case.activity(one.activity))
            yield Change(number, year_path(number, "corrections", position), what, one.agreed, one.consulted)
    for number, terms in case.changes_of_terms():
        what = say("the change of terms")
        yield Change(number, year_path(number, "sharing"), what, terms.agreed, terms.consulted)


@rule(
    "SOC422",
    INFO,
    title="Consent or consultation not stated",
    statement="Each change says who agreed and who was consulted.",
    why="Years later the file is what remains; a change without names looks like one party's own.",
    remedy="Add `agreed` with every party of the year and `consulted: [rfv, socialstyrelsen]`.",
    message="{year}, {changes}: it is not stated {missing}",
    sources="PM “Fastställande av finansiell ram”",
    laws=AS_IN_TRIALS,
)
def consent_stated(case: Case) -> Iterator[Hit]:
    asked = case.agreement.law == "1994:566"
    by_year: dict[int, list[Change]] = {}
    for change in changes_made(case):
        if change.agreed is None or (asked and change.consulted is None):
            by_year.setdefault(change.year, []).append(change)
    for year, changes in sorted(by_year.items()):
        missing = [say("who agreed")] if any(change.agreed is None for change in changes) else []
        if asked and any(change.consulted is None for change in changes):
            missing.append(say("who was consulted"))
        yield hit(changes[0].path, year=year, changes=[change.what for change in changes], missing=missing)


@rule(
    "SOC440",
    INFO,
    title="Years still open",
    statement="A year is settled for good once its costs are booked and the country's outcome is known.",
    why="The frame is preliminary until then, which the trials' project leaders found troublesome; a later figure moves every year that carries it on.",
    remedy="Put in the outcome of the series, or turn `estimate` into `actual`, when they are known.",
    message="not final: {years}",
    sources="Report 4.1.2, 4.3; Report “Övergripande bedömningar och slutsatser: Den finansiella samordningen”",
    elsewhere="this program's reading",
    reads="figures",
)
def years_closed(case: Case) -> Iterator[Hit]:
    if years := case.open_years():
        entries = [say("{year} ({reason})", year=year, reason=reason) for year, reason in years.items()]
        yield hit(year_path(min(years)), years=entries)
