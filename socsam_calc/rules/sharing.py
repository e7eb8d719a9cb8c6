"""What is shared, by which keys, over which frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, assert_never

from ..engine.results import Settlement
from ..model.agreement import Agreement
from ..model.terms import ByContributions, ByWeights, Key, Terms, terms_by_year
from .facts import by_value, one_sided, only_total, out_of_hands, party_name, party_names, places_of_term, shares_nothing
from .rule import ANY_LAW, INFO, WARNING, Hit, Wording, hit, rule
from .said import pm, report


@rule(
    "SOC501",
    INFO,
    en=Wording(
        title="Deficit shared as the frame",
        statement="The shares of a deficit are agreed by themselves; they need not be the shares of the frame.",
        why="With `frame` a party pays for deficits by how much it put in, after the year's adjustments: a party whose part rises with the country's costs takes a growing share without any decision.",
        remedy="Keep it if it was agreed; else write each party's share.",
        message="a deficit is shared by the year's final contributions ({years}); the agreement may set other shares",
    ),
    sv=Wording(
        title="Underskott delas som ramen",
        statement="Andelarna av ett underskott avtalas för sig; de behöver inte vara andelarna av ramen.",
        why="Med `frame` betalar en part underskott efter hur mycket den fört in, efter årets justeringar: en part vars del stiger med rikets kostnader tar en växande andel utan något beslut.",
        remedy="Behåll om det är avtalat; annars skriv varje parts andel.",
        message="underskott delas efter årets slutliga tillskott ({years}); avtalet kan ange andra andelar",
    ),
    sources=(pm("Över- och underskott"), pm("Fastställande av finansiell ram"), report("4.1.1")),
    laws=ANY_LAW,
    reads="terms",
)
def deficit_key_agreed(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    places = places_of_term(
        agreement,
        "deficit",
        lambda year, terms: isinstance(terms.deficit, ByContributions) and not shares_nothing(terms, agreement.rows(year)),
    )
    for path, years in places.items():
        yield hit(path, years=years)


@rule(
    "SOC502",
    INFO,
    en=Wording(
        title="A share of surplus, none of deficit",
        statement="A party that may gain also bears a part of the loss.",
        why="Each party covers a loss by the share that it agreed to. A share of nought frees it from joint cost responsibility while it keeps the gain, and the others carry its risk.",
        remedy="Give the party a share of the deficit, or say in the party's `note` why it has none.",
        message="{party} takes part in a surplus but not in a deficit ({years})",
    ),
    sv=Wording(
        title="Andel i överskott, ingen i underskott",
        statement="En part som kan vinna bär också en del av förlusten.",
        why="Varje part täcker en förlust efter den andel den avtalat. Andelen noll befriar den från gemensamt kostnadsansvar medan den behåller vinsten, och de andra bär dess risk.",
        remedy="Ge parten en andel av underskottet, eller skriv i partens `note` varför den inte har någon.",
        message="{party} får del av ett överskott men inte av ett underskott ({years})",
    ),
    sources=(pm("Över- och underskott"), report("4.2.2")),
    laws=ANY_LAW,
    reads="terms",
)
def gain_and_loss(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    for party, stated in agreement.parties.items():
        if stated.note is None:
            gains = partial(_only_gains, agreement, settlement, party)
            for path, years in places_of_term(agreement, "deficit", gains).items():
                yield hit(path, party=party_name(agreement, party), years=years)


def _only_gains(agreement: Agreement, settlement: Settlement | None, party: str, year: int, terms: Terms) -> bool:
    """Whether the keys in force give the party a part of a surplus and none of a deficit."""
    if party not in agreement.parties_of(year) or _takes_part(terms.deficit, party, lambda: True):
        return False
    return _takes_part(
        terms.surplus, party, lambda: settlement is not None and bool(settlement.year(year).party(party).units("contribution"))
    )


def _takes_part(key: Key, party: str, contributes: Callable[[], bool]) -> bool:
    """Whether a key gives the party anything."""
    match key:
        case ByContributions():
            return contributes()
        case ByWeights():
            return bool(key.weights[party].value)
        case _:
            assert_never(key)


@rule(
    "SOC503",
    INFO,
    en=Wording(
        title="Nothing is shared",
        statement="Some part of the result is shared.",
        why="Joint cost responsibility is what financial coordination adds; with nothing shared each party keeps its own result and the keys are idle. Even Hisingen shared its disposable frame.",
        remedy="Set `shared` for the activities whose result is joint.",
        message="{years}: nothing of the result is shared",
    ),
    sv=Wording(
        title="Inget delas",
        statement="Någon del av resultatet delas.",
        why="Det gemensamma kostnadsansvaret är vad den finansiella samordningen tillför; delas inget behåller varje part sitt eget resultat och fördelningsnycklarna är utan verkan. Även Hisingen delade sin disponibla ram.",
        remedy="Ange `shared` för de verksamheter vars resultat är gemensamt.",
        message="{years}: inget av resultatet delas",
    ),
    sources=(report("4.1, 4.2.2"),),
    laws=("1994:566", "none"),
    reads="terms",
)
def something_shared(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    terms = terms_by_year(agreement)
    nothing = [year for year in agreement.years if shares_nothing(terms[year], agreement.rows(year) or agreement.activities)]
    if len(nothing) < len(agreement.years):  # a year of which only the total is known must have one share, which may then be none
        nothing = [year for year in nothing if not only_total(agreement, year)]
    for path, years in by_value(nothing, lambda year: terms[year].place("bands" if _by_bands(terms[year]) else "shared")).items():
        yield hit(path, years=years)


def _by_bands(terms: Terms) -> bool:
    """Whether it is the bands that leave nothing to share."""
    return any((terms.shared.others, *(terms.shared.named or {}).values()))


@rule(
    "SOC510",
    WARNING,
    en=Wording(
        title="Whole result, frame out of the body's hands",
        statement="The part of the result that is shared matches what the body controls.",
        why="A body that decides only on projects cannot influence the bulk of the frame; sharing its whole result passes on the effects of others' priorities. Hisingen therefore shared its disposable frame alone, Laholm and Haninge a part.",
        remedy="Share the joint activities only, or a part of the rest; or give the body the mandate over the whole frame.",
        message="the body decides on projects only, yet the whole result of the frame is shared ({years})",
    ),
    sv=Wording(
        title="Hela resultatet, ramen utom ledningsorganets makt",
        statement="Den del av resultatet som delas motsvarar det som ledningsorganet styr över.",
        why="Ett ledningsorgan som bara beslutar om projekt kan inte påverka huvuddelen av ramen; delas hela resultatet förs följderna av andras prioriteringar vidare. Hisingen delade därför bara den disponibla ramen, Laholm och Haninge en del.",
        remedy="Dela bara de gemensamma verksamheterna, eller en del av resten; eller ge ledningsorganet mandat över hela ramen.",
        message="ledningsorganet beslutar bara om projekt, men hela ramens resultat delas ({years})",
    ),
    sources=(report("4.2.2, 4.4"), report("“Övergripande bedömningar och slutsatser: Det gemensamma kostnadsansvaret”"), report("5.4")),
    laws=ANY_LAW,
    reads="terms",
)
def within_the_mandate(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    terms = terms_by_year(agreement)
    for path, years in by_value(out_of_hands(agreement), lambda year: terms[year].shared.place).items():
        yield hit(path, years=years, related=(("governance", "mandate"),))


@rule(
    "SOC511",
    WARNING,
    en=Wording(
        title="The Gotland pattern",
        statement="No agreement shares the whole result of a frame that the body does not control while only one side is adjusted.",
        why="This is how Gotland's trial ended: the office's part was adjusted by outcome, the municipality's was not, its boards kept the power over care, and the office was to make good a deficit of 61 797 tkr for 1998 and 1999 that arose in the municipality. They could not agree, and the trial stopped at the end of 2000.",
        remedy="Change one of the three: share only what the body controls, adjust the other part too, or give the body the mandate over the whole frame.",
        message="the Gotland pattern ({years}): the whole result is shared over a frame that the body does not control, while one side is adjusted ({adjusted}) and the other is not ({unadjusted})",
    ),
    sv=Wording(
        title="Gotlandsmönstret",
        statement="Inget avtal delar hela resultatet av en ram som ledningsorganet inte styr medan bara ena sidan justeras.",
        why="Så slutade försöket på Gotland: kassans del justerades efter utfall, kommunens inte, vårdnämnderna behöll makten över vården, och kassan skulle ersätta ett underskott på 61 797 tkr för 1998 och 1999 som uppstått i kommunen. Parterna kunde inte enas, och försöket upphörde vid utgången av 2000.",
        remedy="Ändra en av de tre: dela bara det som ledningsorganet styr över, justera även den andra delen, eller ge ledningsorganet mandat över hela ramen.",
        message="Gotlandsmönstret ({years}): hela resultatet delas över en ram som ledningsorganet inte styr, medan ena sidan justeras ({adjusted}) och den andra inte ({unadjusted})",
    ),
    sources=(report("5.3.1, 5.4"), report("4.1.2, table 8"), report("4.2.2")),
    laws=ANY_LAW,
    reads="terms",
    supersedes=("SOC404", "SOC510"),
)
def gotland_pattern(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    terms, sides = terms_by_year(agreement), one_sided(agreement)
    both = [year for year in out_of_hands(agreement) if year in sides]
    for (path, adjusted, others), years in by_value(both, lambda year: (terms[year].shared.place, *sides[year][:2])).items():
        activity = sides[years[0]][2][0]
        yield hit(
            path,
            years=years, adjusted=party_names(agreement, adjusted), unadjusted=party_names(agreement, others),
            related=(("governance", "mandate"), ("activities", activity)),
        )  # fmt: skip


RULES: Final = (deficit_key_agreed, gain_and_loss, something_shared, within_the_mandate, gotland_pattern)
