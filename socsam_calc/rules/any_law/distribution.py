"""When results are distributed, used and made good."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Case, year_path
from ..rule import AS_IN_TRIALS, ERROR, INFO, WARNING, Hit, hit
from ..said import Money, Said, Years, say
from . import rule


@rule(
    "SOC520",
    INFO,
    title="Time of distribution not stated",
    statement="The agreement says when surplus and deficit are distributed.",
    why="The time is for the parties to decide and is asked for in the application; the program settles every year where nothing is written, which moves money that the parties may have meant to keep.",
    remedy="Write `distribute: yearly`, `at_end` or a list of years.",
    message="time of distribution not stated in the file{elsewhere}: every year is assumed",
    sources="PM “Över- och underskott”; PM “Ansökningsförfarandet”",
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
    title="A result that is never distributed",
    statement="Every year of the period is followed, or is itself, a year of distribution.",
    why="The last chosen year lies before the end, so that results after it wait for ever; they are claims that nobody may call in.",
    remedy="Add a later year to `distribute`, the last year of the period for instance.",
    message="results of {years} are never distributed (last year of distribution: {last})",
    sources="PM “Över- och underskott”; Report 4.2.1",
    elsewhere="this program's reading",
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
    title="Year of distribution not in the file",
    statement="The file reaches the year in which what it carries is distributed.",
    why="Until that year is in the file nothing moves, repayments of costs included; the balances shown are claims, not payments.",
    remedy="Add the year, with its figures, when they are known.",
    message="{amount} from {years} waits for {next}, which the file does not reach",
    sources="PM “Över- och underskott”; this program's reading",
    elsewhere="this program's reading",
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
    title="Surplus spent before it is final",
    statement="A surplus is used once the year is final.",
    why="A surplus may pay for more care, rehabilitation and service, but until the country's outcome and the books are known it can still turn; money spent is then taken from the parties' later results.",
    remedy="Wait for the outcome, or use less than the uncertain part.",
    message="{year}: {amount} of the surplus is used while the year is open ({reason})",
    sources="PM “Över- och underskott”; Report 4.1.2, 4.3",
    elsewhere="this program's reading",
    reads="figures",
)
def spent_when_final(case: Case) -> Iterator[Hit]:
    for year, reason in case.open_years().items():
        if uses := case.agreement.years[year].uses:
            yield hit(year_path(year, "uses"), year=year, amount=Money(sum(use.amount for use in uses)), reason=reason)


@rule(
    "SOC550",
    ERROR,
    title="Shortfall without shares",
    statement="A shortfall needs the parties' shares in assets and liabilities.",
    why="When an association cannot pay a debt each party fills the gap by the share that the charter gives it. That is not the key for a deficit, so the program cannot guess it.",
    remedy="Write `association_shares` as the charter has them, or as the parties agreed otherwise.",
    message="{year}: a shortfall of {amount} cannot be divided, association_shares are not stated",
    sources="Act 20 §; PM “Ekonomisk förvaltning”",
    elsewhere="this program's reading",
)
def shares_of_a_shortfall(case: Case) -> Iterator[Hit]:
    if case.agreement.governance is not None and case.agreement.governance.form == "municipal_committee":
        return  # SOC210 speaks
    terms = case.terms
    for number, year in case.agreement.years.items():
        if year.shortfall is not None and terms[number].association_shares is None:
            yield hit(year_path(number, "shortfall"), year=number, amount=Money(year.shortfall))
