"""How the frame is adjusted, its base, and what it may not carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..engine.results import Settlement
from ..model.agreement import Agreement, YearBase
from .facts import activity_name, by_value, has_costs, one_sided, only_total, party_names, states_activities, year_path
from .rule import ANY_LAW, INFO, WARNING, Hit, Wording, hit, rule
from .said import Money, pm, report, say


@rule(
    "SOC401",
    WARNING,
    en=Wording(
        title="Sickness benefit without national adjustment",
        statement="The frame for sickness and rehabilitation benefit follows the cost development of the whole country.",
        why="All trials adjusted this part every year by the country's development, so that the trial gains or loses only by its own doing. Unadjusted, the parties share the business cycle; a row that follows its own cost can never give a result at all.",
        remedy="Write `adjust:` with a series of the country's cost, and the series' outcome and forecast.",
        message="{activity}: the row {how}",
    ),
    sv=Wording(
        title="Sjukpenning utan justering efter riket",
        statement="Ramen för sjuk- och rehabiliteringspenning följer kostnadsutvecklingen i hela riket.",
        why="Alla försök justerade denna del varje år efter utvecklingen i riket, så att försöket vinner eller förlorar bara på vad det självt gjort. Utan justering delar parterna konjunkturen; en rad som följer sitt eget utfall kan aldrig ge något resultat.",
        remedy="Skriv `adjust:` med en serie över rikets kostnad, och seriens utfall och prognos.",
        message="{activity}: raden {how}",
    ),
    sources=(report("4.1.2"), report("“Övergripande bedömningar och slutsatser: Den finansiella samordningen”")),
    laws=("1994:566", "none"),
    reads="terms",
)
def follows_the_country(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    for name, activity in agreement.activities.items():
        years = [year for year in agreement.years if not only_total(agreement, year) and name in agreement.rows(year)]
        if not years or not {"sickness_benefit", "rehabilitation_benefit"}.intersection(activity.cost):
            continue
        if activity.adjust == "outcome":
            how = say(
                "follows its own cost, not the country's cost development", "följer sitt eget utfall, inte kostnadsutvecklingen i riket"
            )
            yield hit(("activities", name, "adjust"), activity=activity_name(agreement, name), how=how)
        elif activity.adjust is None and not _corrected_by_hand(agreement, name):
            yield hit(
                ("activities", name),
                activity=activity_name(agreement, name),
                how=say("is not adjusted by the country's cost development", "justeras inte efter kostnadsutvecklingen i riket"),
            )


def _corrected_by_hand(agreement: Agreement, activity: str) -> bool:
    """Whether the row is corrected in every year that has costs."""
    corrections = [agreement.years[year].corrections for year in has_costs(agreement)]
    return bool(corrections) and all(any(one.activity == activity for one in year) for year in corrections)


@rule(
    "SOC402",
    INFO,
    en=Wording(
        title="Base that stays or moves",
        statement="The agreement chooses whether the base stays at one year or moves with each year's outcome.",
        why="A base that stays keeps the level of its year for the whole trial: many sick at the start give room for years. A base that moves takes each year's gain out of the next year's frame. The sources leave the choice to the parties.",
        remedy="Keep it if it is meant; else write `base: {year, amount}` or `base: previous_year`.",
        message="{activity}: the base {kind}",
    ),
    sv=Wording(
        title="Bas som ligger kvar eller flyttas",
        statement="Avtalet väljer om basen ligger kvar på ett år eller flyttas med varje års utfall.",
        why="En bas som ligger kvar behåller sitt års nivå under hela försöket: många sjukskrivna vid starten ger utrymme i flera år. En bas som flyttas tar varje års vinst ur nästa års ram. Källorna överlåter valet åt parterna.",
        remedy="Behåll om det är avsett; annars skriv `base: {year, amount}` eller `base: previous_year`.",
        message="{activity}: basen {kind}",
    ),
    sources=(report("“Övergripande bedömningar och slutsatser: Den finansiella samordningen”"), report("4.1.1, 4.1.2")),
    laws=ANY_LAW,
    reads="terms",
)
def base_stays_or_moves(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    if len(agreement.years) < 2:
        return
    for name, activity in agreement.activities.items():
        if isinstance(activity.base, YearBase):
            kind = say(
                "stays at {year}, so a gain recurs every year",
                "ligger kvar på {year}, så en vinst återkommer varje år",
                year=activity.base.year,
            )
        elif activity.base is not None:
            kind = say("moves with the year before, so a gain lowers the next frame", "flyttas med året före, så en vinst sänker nästa ram")
        else:
            continue
        yield hit(("activities", name, "base"), activity=activity_name(agreement, name), kind=kind)


@rule(
    "SOC403",
    INFO,
    en=Wording(
        title="Base year away from the start",
        statement="The base is the cost of the last known year before the trial.",
        why="The parties' contributions at the start rest on the year before, the office's on the last known outcome. A base inside the trial already carries its effects; an old one carries rules that no longer hold.",
        remedy="Take the year before the trial, or say in `note` why not.",
        message="{activity}: base year {base_year}, the trial began {start}",
    ),
    sv=Wording(
        title="Basår långt från starten",
        statement="Basen är kostnaden det senast kända året före försöket.",
        why="Parternas insatser vid starten vilar på året före, kassans på senast kända utfall. En bas inne i försöket bär redan dess verkningar; en gammal bär regler som inte längre gäller.",
        remedy="Ta året före försöket, eller skriv i `note` varför inte.",
        message="{activity}: basår {base_year}, försöket började {start}",
    ),
    sources=(report("4.1.1"), pm("Fastställande av finansiell ram")),
    laws=("1994:566", "none"),
    reads="terms",
)
def base_before_the_start(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    start = agreement.period.start
    for name, activity in agreement.activities.items():
        if isinstance(activity.base, YearBase) and activity.note is None and not start.year - 2 <= activity.base.year < start.year:
            yield hit(
                ("activities", name, "base", "year"), activity=activity_name(agreement, name), base_year=activity.base.year, start=start
            )


@rule(
    "SOC404",
    WARNING,
    en=Wording(
        title="One side adjusted, the other not",
        statement="Where one party's part is adjusted after the year, the others' are too, or their result is not shared whole.",
        why="An unadjusted part carries savings targets and price changes that the trial did not cause; shared whole, they land on the party whose part was adjusted. On Gotland this gave deficits of 26 219 tkr in 1998 and 35 578 tkr in 1999.",
        remedy="Agree how the other parts are adjusted (`adjust` or `corrections`), or share only a part of their result.",
        message="adjusted after the year: {adjusted}; not adjusted, yet their whole result is shared: {unadjusted} ({activities}; {years})",
    ),
    sv=Wording(
        title="Ena sidan justeras, den andra inte",
        statement="Justeras en parts del efter året så justeras även de andras, eller så delas inte hela deras resultat.",
        why="En ojusterad del bär sparkrav och prisändringar som försöket inte orsakat; delas den helt hamnar de på den part vars del justerats. På Gotland gav det underskott på 26 219 tkr 1998 och 35 578 tkr 1999.",
        remedy="Kom överens om hur de andra delarna justeras (`adjust` eller `corrections`), eller dela bara en del av deras resultat.",
        message="justeras efter året: {adjusted}; justeras inte, men hela resultatet delas: {unadjusted} ({activities}; {years})",
    ),
    sources=(report("4.1.2, table 8"), report("4.2.2, 5.3.1")),
    laws=ANY_LAW,
    reads="terms",
)
def both_sides_adjusted(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    sides = one_sided(agreement)
    for (adjusted, others, activities), years in by_value(sides, sides.get).items():
        own = states_activities(agreement)
        yield hit(
            ("activities", activities[0]) if own else ("sharing", "shared"),
            adjusted=party_names(agreement, adjusted), unadjusted=party_names(agreement, others),
            activities=[activity_name(agreement, name) for name in activities], years=years,
        )  # fmt: skip


@rule(
    "SOC410",
    WARNING,
    en=Wording(
        title="Earlier trial's balance in the frame",
        statement="The frame carries no surplus or deficit from before the trial.",
        why="A frame meant to show what this trial does cannot start with another's money. Gotland brought the accumulated surplus of its FINSAM trial into the frame; amount and owner were never published.",
        remedy="Settle the old balance between its owners, or carry it as `opening` beside the frame.",
        message="{activity}: {amount} from before the trial stands in the frame of its first year ({year})",
    ),
    sv=Wording(
        title="Tidigare försöks behållning i ramen",
        statement="Ramen bär inget över- eller underskott från tiden före försöket.",
        why="En ram som ska visa vad detta försök åstadkommer kan inte börja med ett annats pengar. Gotland förde in det samlade överskottet från sitt FINSAM-försök i ramen; belopp och ägare har aldrig publicerats.",
        remedy="Gör upp det gamla saldot mellan dess ägare, eller för det som `opening` vid sidan av ramen.",
        message="{activity}: {amount} från tiden före försöket står i ramen för dess första år ({year})",
    ),
    sources=(report("4.1.1"), report("5.3.1")),
    laws=ANY_LAW,
    reads="figures",
)
def no_earlier_balance(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    year = agreement.period.start.year
    frame = agreement.years[year].frame if year in agreement.years else {}
    for name, amount in frame.items():
        whole = amount if isinstance(amount, int) else sum(amount.values())
        if whole and "opening_balance" in agreement.activities[name].cost:
            yield hit(year_path(year, "frame", name), activity=activity_name(agreement, name), year=year, amount=Money(whole))


@rule(
    "SOC411",
    INFO,
    en=Wording(
        title="Claims from before the trial",
        statement="Claims and debts that the trial begins with are known to come from outside it.",
        why="They are paid with the first distribution and are no part of any year's result, but a reader of the payments cannot tell them apart.",
        remedy="Say in `note` or `assumptions` where the balances come from.",
        message="balances from before the trial are paid together with its first distribution (from {year})",
    ),
    sv=Wording(
        title="Fordringar från tiden före försöket",
        statement="Det framgår varifrån de fordringar och skulder kommer som försöket börjar med.",
        why="De betalas vid första fördelningen och ingår inte i något års resultat, men den som läser betalningarna kan inte skilja dem åt.",
        remedy="Skriv i `note` eller `assumptions` varifrån saldona kommer.",
        message="saldon från tiden före försöket betalas tillsammans med dess första fördelning (från {year})",
    ),
    sources=(report("4.1.1"), report("5.3.1")),
    laws=ANY_LAW,
    reads="figures",
)
def claims_explained(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    first = min(agreement.years)
    explained = agreement.note is not None or agreement.assumptions
    if any(agreement.opening.values()) and first == agreement.period.start.year and not explained:
        yield hit(("opening",), year=first)


RULES: Final = (follows_the_country, base_stays_or_moves, base_before_the_start, both_sides_adjusted, no_earlier_balance, claims_explained)
