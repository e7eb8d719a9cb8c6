"""The frame: how it is adjusted, what it rests on, how it is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...model.agreement import YearBase
from ...problems import Path
from ..facts import Case, by_value, year_path
from ..rule import AS_IN_TRIALS, ERROR, INFO, WARNING, Hit, hit
from ..said import Money, Said, say
from . import rule


@rule(
    "SOC401",
    WARNING,
    """
    title: Sickness benefit without national adjustment
    statement: The frame for sickness and rehabilitation benefit follows the cost development of the whole country.
    why: The report says of all trials that they adjusted this part every year by the country's development (4.1.2), so that a trial
        gains or loses only by its own doing; of Gotland it says elsewhere that the office's part followed the real outcome (5.3.1), its
        own or the country's. Unadjusted, the parties share the business cycle; a row that follows its own cost gives no result but what
        conversions take out of it.
    remedy: Write `adjust:` with a series of the country's cost, and the series' outcome and forecast.
    message: {activity}: the row {how}
    sources: Report 4.1.2; Report 5.3.1; Report “Övergripande bedömningar och slutsatser: Den finansiella samordningen”
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def follows_the_country(case: Case) -> Iterator[Hit]:
    for name, activity in case.agreement.activities.items():
        years = [year for year in case.agreement.years if not case.only_total(year) and name in case.agreement.rows(year)]
        if not years or not {"sickness_benefit", "rehabilitation_benefit"}.intersection(activity.cost):
            continue
        if activity.follows_outcome:
            how = say("follows its own cost, not the country's cost development")
            yield hit(("activities", name, "adjust"), activity=case.activity(name), how=how)
        elif activity.adjust is None and not _corrected_by_hand(case, name):
            how = say("is not adjusted by the country's cost development")
            yield hit(("activities", name), activity=case.activity(name), how=how)


def _corrected_by_hand(case: Case, activity: str) -> bool:
    """Whether the row is corrected in every year that has costs."""
    corrections = [case.agreement.years[year].corrections for year in case.years_with_costs]
    return bool(corrections) and all(any(one.activity == activity for one in year) for year in corrections)


@rule(
    "SOC402",
    INFO,
    """
    title: Base that stays or moves
    statement: It is known whether the base stays at one year or moves with each year's outcome.
    why: A base that stays keeps the level of its year for the whole trial: many sick at the start give room for years. A base that
        moves takes each year's gain out of the next year's frame. The report says that the part follows the country, not from which
        year: that there is a choice is this program's reading.
    remedy: Keep it if it is meant; else write `base: {year, amount}` or `base: previous_year`.
    message: {activity}: the base {kind}
    sources: Report 4.1.1, 4.1.2; this program's reading
    elsewhere: this program's reading
    """,
    reads="terms",
)
def base_stays_or_moves(case: Case) -> Iterator[Hit]:
    if len(case.agreement.years) < 2:
        return
    for name, activity in case.agreement.activities.items():
        if isinstance(activity.base, YearBase):
            kind = say("stays at {year}, so a gain recurs every year", year=activity.base.year)
        elif activity.base is not None:
            kind = say("moves with the year before, so a gain lowers the next frame")
        else:
            continue
        yield hit(("activities", name, "base"), activity=case.activity(name), kind=kind)


@rule(
    "SOC403",
    INFO,
    """
    title: Base year away from the start
    statement: The base is the cost of the last known year before the trial.
    why: The parties' contributions at the start rest on the year before, the office's on the last known outcome. A base inside the
        trial already carries its effects; an old one carries rules that no longer hold.
    remedy: Take the year before the trial, or say in `note` why not.
    message: {activity}: base year {base_year}, the trial began {start}
    sources: Report 4.1.1; PM “Fastställande av finansiell ram”
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def base_before_the_start(case: Case) -> Iterator[Hit]:
    start = case.agreement.period.start
    for name, activity in case.agreement.activities.items():
        if isinstance(activity.base, YearBase) and activity.note is None and not start.year - 2 <= activity.base.year < start.year:
            yield hit(("activities", name, "base", "year"), activity=case.activity(name), base_year=activity.base.year, start=start)


@rule(
    "SOC404",
    WARNING,
    """
    title: One side adjusted, the other not
    statement: Where one party's part is adjusted after the year, the others' are too, or their result is not shared whole.
    why: An unadjusted part carries savings targets and price changes that the trial did not cause; shared whole, they land on the party
        whose part was adjusted. By this the report explains Gotland's deficits, 26 219 tkr in 1998 and 35 578 tkr in 1999.
    remedy: Agree how the other parts are adjusted (`adjust` or `corrections`), or share only a part of their result.
    message: adjusted after the year: {adjusted}; not adjusted, yet their whole result is shared: {unadjusted} ({activities}; {years})
    sources: Report 4.1.2, table 8; Report 4.2.2, 5.3.1
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def both_sides_adjusted(case: Case) -> Iterator[Hit]:
    sides = case.one_sided()
    for (adjusted, others, activities), years in by_value(sides, sides.get).items():
        yield hit(
            ("activities", activities[0]) if case.states_activities else ("sharing", "shared"),
            adjusted=case.parties(adjusted), unadjusted=case.parties(others),
            activities=[case.activity(name) for name in activities], years=years,
        )  # fmt: skip


@rule(
    "SOC410",
    WARNING,
    """
    title: Earlier trial's balance in the frame
    statement: The frame carries no surplus or deficit from before the trial.
    why: A frame meant to show what this trial does cannot start with another's money. Gotland brought the accumulated surplus of its
        FINSAM trial into the frame; amount and owner were never published.
    remedy: Settle the old balance between its owners, or carry it as `opening` beside the frame.
    message: {activity}: {amount} from before the trial stands in the frame of its first year ({year})
    sources: Report 4.1.1; Report 5.3.1
    """,
    laws=AS_IN_TRIALS,
    reads="figures",
)
def no_earlier_balance(case: Case) -> Iterator[Hit]:
    year = case.agreement.period.start.year
    frame = case.agreement.years[year].frame if year in case.agreement.years else {}
    for name, amount in frame.items():
        whole = amount if isinstance(amount, int) else sum(amount.values())
        if whole and "opening_balance" in case.agreement.activities[name].cost:
            yield hit(year_path(year, "frame", name), activity=case.activity(name), year=year, amount=Money(whole))


@rule(
    "SOC411",
    INFO,
    """
    title: Claims from before the trial
    statement: Claims and debts that the trial begins with are known to come from outside it.
    why: They are paid with the first distribution and are no part of any year's result, but a reader of the payments cannot tell them
        apart.
    remedy: Say in `note` or `assumptions` where the balances come from.
    message: balances from before the trial are paid together with its first distribution (from {year})
    sources: Report 4.1.1; Report 5.3.1
    """,
    laws=AS_IN_TRIALS,
    reads="figures",
)
def claims_explained(case: Case) -> Iterator[Hit]:
    first = min(case.agreement.years)
    explained = case.agreement.note is not None or case.agreement.assumptions
    if any(case.agreement.opening.claims.values()) and first == case.agreement.period.start.year and not explained:
        yield hit(("opening",), year=first)


@rule(
    "SOC420",
    ERROR,
    """
    title: Change without everybody's consent
    statement: Frame, shares and principles of sharing are changed only by all parties together.
    why: The frame may be changed during the trial, but only in agreement; a change that one party has not accepted does not bind it,
        and figures settled by it will be contested.
    remedy: Obtain the missing consent and add the party to `agreed`, or drop the change.
    message: {year}: {what} lacks the consent of {missing}
    sources: PM “Fastställande av finansiell ram”; Report 4.1.2
    elsewhere: this program's reading
    """,
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
    """
    title: Consent or consultation not stated
    statement: Each change says who agreed and who was consulted.
    why: Years later the file is what remains; a change without names looks like one party's own.
    remedy: Add `agreed` with every party of the year and `consulted: [rfv, socialstyrelsen]`.
    message: {year}, {changes}: it is not stated {missing}
    sources: PM “Fastställande av finansiell ram”
    """,
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
    """
    title: Years still open
    statement: A year is settled for good once its costs are booked and the country's outcome is known.
    why: The frame is preliminary until then, which the trials' project leaders found troublesome; a later figure moves every year that
        carries it on.
    remedy: Put in the outcome of the series, or turn `estimate` into `actual`, when they are known.
    message: not final: {years}
    sources: Report 4.1.2, 4.3; Report “Övergripande bedömningar och slutsatser: Den finansiella samordningen”
    elsewhere: this program's reading
    """,
    reads="figures",
)
def years_closed(case: Case) -> Iterator[Hit]:
    if years := case.open_years():
        entries = [say("{year} ({reason})", year=year, reason=reason) for year, reason in years.items()]
        yield hit(year_path(min(years)), years=entries)
