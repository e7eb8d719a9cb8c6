"""Who puts in how much: the state half, the regions a quarter, the municipalities a quarter; in money."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from ...engine.results import YearResult
from ...money import round_fraction
from ...problems import Path
from ..facts import Case, year_path
from ..rule import ERROR, WARNING, Hit, hit
from ..said import Money, Said, Years, say
from . import rule

TREASURY: Final = {
    "insurance_office": "state",
    "employment_service": "state",
    "county_council": "regions",
    "municipality": "municipalities",
}
"""Whose money a party's is, by its role: Försäkringskassan puts in the whole state's part."""
NAMES: Final = {
    "state": say("the state"),
    "regions": say("regions"),
    "municipalities": say("municipalities"),
    "together": say("regions and municipalities together"),
}


def parts_of_the_law(case: Case, year: int) -> dict[str, Fraction]:
    """The parts that the law gives to each treasury; one where a municipality belongs to no region has both quarters together with the others."""
    outside = any(case.agreement.parties[name].outside_county_council for name in case.with_role(year, "municipality"))
    if outside:
        return {"state": Fraction(1, 2), "together": Fraction(1, 2)}
    return {"state": Fraction(1, 2), "regions": Fraction(1, 4), "municipalities": Fraction(1, 4)}


def by_treasury(case: Case, amounts: Mapping[str, int | Fraction], parts: Mapping[str, Fraction]) -> dict[str, int | Fraction]:
    """What the parties of each treasury have together."""
    found: dict[str, int | Fraction] = dict.fromkeys(parts, 0)
    for party, amount in amounts.items():
        treasury = TREASURY[case.agreement.parties[party].role]
        found[treasury if treasury in parts else "together"] += amount
    return found


@rule(
    "SOC450",
    ERROR,
    """
    title: Half, a quarter and a quarter
    statement: Of each activity's money Försäkringskassan puts in half, for the whole state; the region or regions together a quarter;
        the municipalities together a quarter.
    why: The law fixes the parts, so that nobody bargains over them and no authority buys the others' measures. Only how several
        municipalities, or several regions, divide their quarter is for them to agree.
    remedy: Correct the amounts; or name the key once under `keys` (half, a quarter, and the rest for a group of the municipalities) and
        write `by:` on the activities.
    message: {activity}: of {total} in {when}, {parts}
    sources: Act of 2003 5 §
    """,
    reads="figures",
)
def half_and_quarters(case: Case) -> Iterator[Hit]:
    wrong: dict[str | None, dict[int, tuple[Contributed, list[Said]]]] = {}
    for year in case.settled_years:
        for row in _rows(case, year):
            if parts := _unlike_the_law(case, year.year, row):
                wrong.setdefault(row.activity, {})[year.year] = (row, parts)
    for activity, by_year in wrong.items():
        first = min(by_year)
        row, parts = by_year[first]
        name = say("all contributions") if activity is None else case.activity(activity)
        total = Money(sum(row.cells.values()))
        yield hit(row.path, activity=name, when=_from(by_year), total=total, parts=parts)


class Contributed(NamedTuple):
    """What the members put into one activity in one year, in rounding units; into all together where the file has no activities.

    ``uncertain`` is how many units a part may differ from the law's by rounding alone.
    """

    activity: str | None
    path: Path
    cells: Mapping[str, int]
    uncertain: Fraction


def _rows(case: Case, year: YearResult) -> Iterator[Contributed]:
    """The rows of a year; money that the association held already is no contribution."""
    if not case.states_activities:
        cells = {party.id: party.units("contribution") or 0 for party in year.parties}
        yield Contributed(None, year_path(year.year, "frame"), cells, Fraction(1))
        return
    stated = case.agreement.years[year.year]
    changed = [change.activity for change in stated.corrections]
    changed += [end for conversion in stated.conversions for end in (conversion.from_, conversion.to)]
    for row in year.activities:
        activity = case.agreement.activities[row.id]
        if activity.is_only("opening_balance"):
            continue
        cells = {party: cell.value for party, cell in row.cells.items()}
        by_cell = stated.annual_amounts or activity.adjust is not None  # then every cell is rounded by itself
        uncertain = Fraction(1 + changed.count(row.id)) + (Fraction(len(cells), 2) if by_cell else 0)
        yield Contributed(row.id, year_path(year.year, "frame", row.id), cells, uncertain)


def put_in(case: Case, year: YearResult) -> Contributed:
    """What each party of the year put in for all activities together."""
    rows = list(_rows(case, year))
    amounts = {party: sum(row.cells.get(party, 0) for row in rows) for party in case.agreement.parties_of(year.year)}
    return Contributed(None, year_path(year.year, "frame"), amounts, sum((row.uncertain for row in rows), Fraction(0)))


def _unlike_the_law(case: Case, year: int, row: Contributed) -> list[Said]:
    """The treasuries that put in another part of a row than the law says, in words."""
    law, total = parts_of_the_law(case, year), sum(row.cells.values())
    return [
        say(
            "{treasury} {amount} (not {due})", treasury=NAMES[name], amount=Money(int(amount)), due=Money(round_fraction(law[name] * total))
        )
        for name, amount in by_treasury(case, row.cells, law).items()
        if abs(amount - law[name] * total) > row.uncertain
    ]


@rule(
    "SOC451",
    ERROR,
    """
    title: No contribution of Arbetsförmedlingen
    statement: Arbetsförmedlingen puts nothing in: the state's whole half comes from Försäkringskassan.
    why: Both are the state's, and one half is all that the state pays. A part of Arbetsförmedlingen's own would be paid twice, or hide
        who answers for it.
    remedy: Move the amount to Försäkringskassan; Arbetsförmedlingen stays a member without a contribution.
    message: {party} puts in {amount} in {when}; the state's half is Försäkringskassan's
    sources: Act of 2003 5 §
    """,
    reads="figures",
)
def nothing_from_the_employment_service(case: Case) -> Iterator[Hit]:
    for name, party in case.agreement.parties.items():
        if party.role == "employment_service" and (paid := _paid_in(case, name)):
            first = min(paid)
            yield hit(paid[first][0], party=case.party(name), years=Years(paid), when=_from(paid), amount=Money(paid[first][1]))


def _from(years: Collection[int]) -> Said:
    """The first of these years, and all of them where there are several."""
    first = min(years)
    return say("{year} ({years})", year=first, years=Years(years)) if len(years) > 1 else say("{year}", year=first)


def _paid_in(case: Case, party: str) -> dict[int, tuple[Path, int]]:
    """By year what a party puts in, and where that is said first."""
    found = {}
    for year in case.settled_years:
        rows = [row for row in year.activities if party in row.cells and row.cells[party].value]
        rows = [row for row in rows if not case.agreement.activities[row.id].is_only("opening_balance")]
        if rows:
            path = case.payers(year.year, rows[0].id).get(party, year_path(year.year, "frame", rows[0].id))
            found[year.year] = (path, sum(row.cells[party].value for row in rows))
    return found


@rule(
    "SOC453",
    WARNING,
    """
    title: A contribution in kind
    statement: Members contribute in money; who performs an activity is paid what it costs.
    why: An activity that one member both pays for and performs is its own, with a price it sets itself. Put in as money, and paid for
        at cost, it shows what the members have really pooled.
    remedy: Put the money in by all members, and name the one that performs under `performer`; or take the activity out.
    message: {activity} ({years}): {party} alone pays for what it performs itself
    sources: guidance, finsam.se
    """,
)
def in_money(case: Case) -> Iterator[Hit]:
    for name, activity in case.agreement.activities.items() if case.states_activities else ():
        performer = case.agreement.performer(name)
        if performer == "body" or activity.is_only("opening_balance"):
            continue
        years = [year for year in case.agreement.years if list(case.payers(year, name)) == [performer]]
        if years:
            path = case.payers(years[0], name)[performer]
            yield hit(path, activity=case.activity(name), years=Years(years), party=case.party(performer))
