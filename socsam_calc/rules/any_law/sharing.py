"""What is shared, by which keys, over which frame; when it is distributed, used and made good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...model.dividing import ByContributions, Key, bears
from ...model.terms import Terms
from ..facts import Case, by_value, shares_nothing, year_path
from ..rule import AS_IN_TRIALS, ERROR, INFO, WARNING, Hit, hit, hits
from ..said import Money, Said, Years, say
from . import rule


@rule(
    "SOC501",
    INFO,
    """
    title: Deficit shared as the frame
    statement: The shares of a deficit are agreed by themselves; they need not be the shares of the frame.
    why: With `frame` a party pays for deficits by how much it put in, after the year's adjustments: a party whose part rises with the
        country's costs takes a growing share without any decision.
    remedy: Keep it if it was agreed; else write each party's share.
    message: a deficit is shared by the year's final contributions ({years}); the agreement may set other shares
    sources: PM “Över- och underskott”; PM “Fastställande av finansiell ram”; Report 4.1.1
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def deficit_key_agreed(case: Case) -> Iterator[Hit]:
    def as_the_frame(year: int, terms: Terms) -> bool:
        return isinstance(terms.deficit, ByContributions) and not shares_nothing(terms, case.agreement.rows(year))

    return hits(case.places_of_term("deficit", as_the_frame))


@rule(
    "SOC502",
    INFO,
    """
    title: A share of surplus, none of deficit
    statement: A party that may gain also bears a part of the loss.
    why: Each party covers a loss by the share that it agreed to. A share of nought frees it from joint cost responsibility while it
        keeps the gain, and the others carry its risk.
    remedy: Give the party a share of the deficit, or say in the party's `note` why it has none.
    message: {party} takes part in a surplus but not in a deficit ({years})
    sources: PM “Över- och underskott”; Report 4.2.2
    elsewhere: this program's reading
    """,
    reads="terms",
)
def gain_and_loss(case: Case) -> Iterator[Hit]:
    for party, stated in case.agreement.parties.items():
        if stated.note is None:
            yield from hits(case.places_of_term("deficit", partial(_only_gains, case, party)), party=case.party(party))


def _only_gains(case: Case, party: str, year: int, terms: Terms) -> bool:
    """Whether the keys in force give the party a part of a surplus and none of a deficit."""
    if party not in case.agreement.parties_of(year) or _takes_part(terms.deficit, party, lambda: True):
        return False
    settled = {one.year: one for one in case.settled_years}
    return _takes_part(terms.surplus, party, lambda: year in settled and bool(settled[year].party(party).units("contribution")))


def _takes_part(key: Key, party: str, contributes: Callable[[], bool]) -> bool:
    """Whether a key gives the party anything."""
    given = bears(key, party)
    return contributes() if given is None else given


@rule(
    "SOC503",
    INFO,
    """
    title: Nothing is shared
    statement: Some part of the result is shared.
    why: Joint cost responsibility is what financial coordination adds; with nothing shared each party keeps its own result and the keys
        are idle. Even Hisingen shared its disposable frame.
    remedy: Set `shared` for the activities whose result is joint.
    message: {years}: nothing of the result is shared
    sources: Report 4.1, 4.2.2
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def something_shared(case: Case) -> Iterator[Hit]:
    terms = case.terms
    nothing = [year for year in case.agreement.years if shares_nothing(terms[year], case.agreement.rows(year) or case.agreement.activities)]
    if len(nothing) < len(case.agreement.years):  # a year of which only the total is known must have one share, which may then be none
        nothing = [year for year in nothing if not case.only_total(year)]
    return hits(by_value(nothing, lambda year: terms[year].place("bands" if _by_bands(terms[year]) else "shared")))


def _by_bands(terms: Terms) -> bool:
    """Whether it is the bands that leave nothing to share."""
    return any((terms.shared.others, *(terms.shared.named or {}).values()))


@rule(
    "SOC510",
    WARNING,
    """
    title: Whole result, frame out of the body's hands
    statement: The part of the result that is shared matches what the body controls.
    why: A body that decides only on projects cannot influence the bulk of the frame; sharing its whole result passes on the effects of
        others' priorities. Hisingen shared its disposable frame alone, on account of the body's mandate. Laholm and Haninge shared a
        part, because the frame may carry the parties' other priorities; Laholm's body had the mandate over the whole.
    remedy: Share the joint activities only, or a part of the rest; or give the body the mandate over the whole frame.
    message: the body decides on projects only, yet the whole result of the frame is shared ({years})
    sources: Report 4.2.2, 4.4; Report “Övergripande bedömningar och slutsatser: Det gemensamma kostnadsansvaret”; Report 5.4
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
)
def within_the_mandate(case: Case) -> Iterator[Hit]:
    places = by_value(case.out_of_hands(), lambda year: case.terms[year].shared.place)
    return hits(places, related=(("governance", "mandate"),))


@rule(
    "SOC511",
    WARNING,
    """
    title: The Gotland pattern
    statement: No agreement shares the whole result of a frame that the body does not control while only one side is adjusted.
    why: So the report tells of Gotland (5.3.1): the office's part was adjusted by the real outcome, its own or, as 4.1.2 has it of all
        trials, the country's; the municipality's was not, its boards kept the power over care, and the office was to make good a
        deficit of 61 797 tkr for 1998 and 1999 that arose in the municipality. They could not agree, and the trial stopped at the end
        of 2000. That set it off; the underlying cause, it says, was that the idea was never anchored.
    remedy: Change one of the three: share only what the body controls, adjust the other part too, or give the body the mandate over the
        whole frame.
    message: the Gotland pattern ({years}): the whole result is shared over a frame that the body does not control, while one side is
        adjusted ({adjusted}) and the other is not ({unadjusted})
    sources: Report 5.3.1, 5.4; Report 4.1.2, table 8; Report 4.2.2
    """,
    laws=AS_IN_TRIALS,
    reads="terms",
    supersedes=("SOC404", "SOC510"),
)
def gotland_pattern(case: Case) -> Iterator[Hit]:
    terms, sides = case.terms, case.one_sided()
    both = [year for year in case.out_of_hands() if year in sides]
    for (path, adjusted, others), years in by_value(both, lambda year: (terms[year].shared.place, *sides[year][:2])).items():
        activity = sides[years[0]][2][0]
        yield hit(
            path,
            years=years, adjusted=case.parties(adjusted), unadjusted=case.parties(others),
            related=(("governance", "mandate"), ("activities", activity)),
        )  # fmt: skip


@rule(
    "SOC531",
    WARNING,
    """
    title: Split without administration rows
    statement: A split between state and office needs rows in which the office funds administration.
    why: Both the share and the cap are measured by administration: without such rows the cap is nought and the state takes everything.
    remedy: Give the office's administration an activity of its own with `cost: administration`, or drop `state_split`.
    message: {office} puts in nothing for administration (`cost: administration` alone): its part is 0, the state takes all
    sources: PM “Över- och underskott”; this program's reading
    elsewhere: this program's reading
    """,
)
def administration_to_split_by(case: Case) -> Iterator[Hit]:
    splits = [(year, year.state_split.party) for year in case.settled_years if year.state_split is not None]
    pays = any(
        office in row.cells and row.cells[office].value and case.agreement.activities[row.id].is_only("administration")
        for year, office in splits
        for row in year.activities
    )
    if splits and not pays:
        first, _ = splits[0]
        yield hit(case.terms[first.year].place("state_split"), office=case.parties(dict.fromkeys(office for _, office in splits)))


@rule(
    "SOC520",
    INFO,
    """
    title: Time of distribution not stated
    statement: The agreement says when surplus and deficit are distributed.
    why: The time is for the parties to decide and is asked for in the application; the program settles every year where nothing is
        written, which moves money that the parties may have meant to keep.
    remedy: Write `distribute: yearly`, `at_end` or a list of years.
    message: time of distribution not stated in the file{elsewhere}: every year is assumed
    sources: PM “Över- och underskott”; PM “Ansökningsförfarandet”
    """,
    laws=AS_IN_TRIALS,
)
def time_stated(case: Case) -> Iterator[Hit]:
    if not case.is_written("distribute"):
        where = case.agreement.application.get("time_of_distribution")
        elsewhere: str | Said = "" if where is None else say(" (settled in: {where})", where=where)
        yield hit(("sharing",), elsewhere=elsewhere)


@rule(
    "SOC521",
    WARNING,
    """
    title: A result that is never distributed
    statement: Every year of the period is followed, or is itself, a year of distribution.
    why: The last chosen year lies before the end, so that results after it wait for ever; they are claims that nobody may call in.
    remedy: Add a later year to `distribute`, the last year of the period for instance.
    message: results of {years} are never distributed (last year of distribution: {last})
    sources: PM “Över- och underskott”; Report 4.2.1
    elsewhere: this program's reading
    """,
)
def all_distributed(case: Case) -> Iterator[Hit]:
    chosen = case.distribution_years()
    never = Years(year for year in case.period_years if not chosen or year > chosen[-1])
    if never:
        in_force = list(case.terms.values())[-1]
        yield hit(in_force.place("distribute"), years=never, last=chosen[-1] if chosen else say("none", code="SOC521.none"))


@rule(
    "SOC522",
    INFO,
    """
    title: Year of distribution not in the file
    statement: The file reaches the year in which what it carries is distributed.
    why: Until that year is in the file nothing moves, repayments of costs included; the balances shown are claims, not payments.
    remedy: Add the year, with its figures, when they are known.
    message: {amount} from {years} waits for {next}, which the file does not reach
    sources: PM “Över- och underskott”; this program's reading
    elsewhere: this program's reading
    """,
    reads="figures",
)
def distribution_reached(case: Case) -> Iterator[Hit]:
    waiting: dict[int, dict[int, int]] = {}
    for year in case.settled_years:
        claims = sum(max(0, party.units("carried") or 0) for party in year.parties) + max(0, year.body.units("carried") or 0)
        following = next((one for one in case.distribution_years() if one > year.year), None)
        if claims and following is not None and not _settled(case, following):
            waiting.setdefault(following, {})[year.year] = claims
    for following, claims_by_year in waiting.items():
        last = max(claims_by_year)
        path = case.terms[last].place("distribute")
        yield hit(path, years=Years(claims_by_year), next=following, amount=Money(claims_by_year[last]))


def _settled(case: Case, year: int) -> bool:
    """Whether the file holds the year with an outcome."""
    stated = case.agreement.years.get(year)
    return stated is not None and (stated.costs is not None or stated.result is not None)


@rule(
    "SOC540",
    WARNING,
    """
    title: Surplus spent before it is final
    statement: A surplus is used once the year is final.
    why: A surplus may pay for more care, rehabilitation and service, but until the country's outcome and the books are known it can
        still turn; money spent is then taken from the parties' later results.
    remedy: Wait for the outcome, or use less than the uncertain part.
    message: {year}: {amount} of the surplus is used while the year is open ({reason})
    sources: PM “Över- och underskott”; Report 4.1.2, 4.3
    elsewhere: this program's reading
    """,
    reads="figures",
)
def spent_when_final(case: Case) -> Iterator[Hit]:
    for year, reason in case.open_years().items():
        if uses := case.agreement.years[year].uses:
            yield hit(year_path(year, "uses"), year=year, amount=Money(sum(use.amount for use in uses)), reason=reason)


@rule(
    "SOC550",
    ERROR,
    """
    title: Shortfall without shares
    statement: A shortfall needs the parties' shares in assets and liabilities.
    why: When an association cannot pay a debt each party fills the gap by the share that the charter gives it. That is not the key for
        a deficit, so the program cannot guess it.
    remedy: Write `association_shares` as the charter has them, or as the parties agreed otherwise.
    message: {year}: a shortfall of {amount} cannot be divided, association_shares are not stated
    sources: Act 20 §; PM “Ekonomisk förvaltning”
    elsewhere: this program's reading
    """,
)
def shares_of_a_shortfall(case: Case) -> Iterator[Hit]:
    for number, year in case.agreement.years.items() if case.form != "municipal_committee" else ():  # of which SOC210 speaks
        if year.shortfall is not None and case.terms[number].association_shares is None:
            yield hit(year_path(number, "shortfall"), year=number, amount=Money(year.shortfall))
