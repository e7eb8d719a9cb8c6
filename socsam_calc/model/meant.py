"""What a person probably meant by a word that the format does not have: a slip of the pen, the Swedish for it, or another's spelling.

A file's words are English. Who writes in Swedish all day writes `år:` and `role: kommun`: the hint then names the word of the format.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from ..problems import nearest

SWEDISH_WORDS: Final[dict[str, tuple[str, ...]]] = {
    # the parts of a file
    "format": ("format",), "område": ("area",), "ort": ("area",), "titel": ("title",), "rubrik": ("title",), "enhet": ("unit",),
    "avrundning": ("rounding",), "avtalstid": ("period",), "avtalsperiod": ("period",), "försöksperiod": ("period",), "lag": ("law",),
    "lagen": ("law",), "antaganden": ("assumptions",), "förutsättningar": ("assumptions",), "källa": ("source",), "källor": ("source",),
    "anmärkning": ("note",), "kommentar": ("note",), "not": ("note",), "siffror": ("figures",), "uppgifter": ("figures", "items"),
    "bokföring": ("figures",), "part": ("party", "parties"), "parter": ("parties",), "huvudman": ("parties",), "huvudmän": ("parties",),
    "medlemmar": ("parties",), "verksamhet": ("activity", "activities"), "verksamheter": ("activities",), "aktiviteter": ("activities",),
    "insatser": ("activities", "joint_measures"), "serie": ("series",), "serier": ("series",), "index": ("series",),
    "nyckel": ("keys", "by"), "nycklar": ("keys",), "fördelningsnycklar": ("keys",), "fördelning": ("sharing", "by"),
    "fördelas": ("sharing", "by"), "delning": ("sharing",), "villkor": ("sharing",), "ingående": ("opening",),
    "ingående balans": ("opening", "opening_balance"), "ingående behållning": ("opening_balance",), "år": ("years", "year"),
    "åren": ("years",), "ledning": ("governance",), "styrning": ("governance",), "ansökan": ("application",), "bortse": ("ignore",),
    "bortse från": ("ignore",), "ignorera": ("ignore",),
    # what stands in them
    "namn": ("name",), "benämning": ("name",), "roll": ("role",), "början": ("start",), "börjar": ("start", "from"), "startdatum": ("start",),
    "från": ("from", "start"), "till": ("to", "end"), "till och med": ("to", "end"), "slut": ("end", "to"), "slutar": ("end", "to"),
    "slutdatum": ("end",), "finansiär": ("funder",), "finansieras av": ("funder",), "betalare": ("funder",), "utförare": ("performer",),
    "utförs av": ("performer",), "kostnad": ("cost", "costs", "actual"), "kostnader": ("cost", "costs", "actual"), "kostnadsslag": ("cost",),
    "justering": ("adjust", "corrections"), "justeras": ("adjust",), "uppräkning": ("adjust",), "bas": ("base",), "basår": ("base_year", "base", "year"),
    "belopp": ("amount",), "andel": ("share", "shared"), "andelar": ("share", "shared"), "vikt": ("weights",), "vikter": ("weights",),
    "invånare": ("inhabitants", "weights", "population"), "befolkning": ("population",), "ram": ("frame",), "ramen": ("frame",),
    "budget": ("frame",), "preliminär ram": ("preliminary_frame",), "slutlig ram": ("final_frame",), "utfall": ("actual", "outcome"),
    "utfallet": ("actual", "outcome"), "bokslut": ("actual",), "faktisk kostnad": ("actual",), "prognos": ("forecast", "estimate"),
    "beräknat utfall": ("estimate",), "uppskattning": ("estimate",), "resultat": ("result",), "resultatet": ("result",),
    "korrigering": ("corrections",), "korrigeringar": ("corrections",), "överföring": ("conversions",), "överföringar": ("conversions",),
    "växling": ("conversions",), "användning": ("uses",), "används": ("uses",), "förväntat": ("expect",), "förväntas": ("expect",),
    "orsak": ("reason",), "skäl": ("reason", "because"), "därför": ("because",), "eftersom": ("because",), "regel": ("rule",),
    "inbetalning": ("instalments",), "inbetalningar": ("instalments",), "inbetalningsplan": ("instalments",), "rat": ("instalments",),
    "rater": ("instalments",), "delbetalning": ("instalments",), "delbetalningar": ("instalments",), "faktura": ("instalments",),
    "fakturering": ("instalments",), "rekvisition": ("instalments",), "kvartal": ("quarterly", "instalments"),
    "kvartalsvis": ("quarterly", "instalments"), "månadsvis": ("monthly", "instalments"),
    "samtyckt": ("agreed",), "överenskommet": ("agreed",), "samråd": ("consulted",), "underskott att täcka": ("shortfall",),
    "värde": ("value",), "procent": ("percent",), "avtal": ("agreement",), "scenarier": ("scenarios",), "sätt": ("set",),
    # the terms of sharing
    "delad": ("shared",), "delas": ("shared",), "delat": ("shared",), "gemensamt": ("shared",), "överskott": ("surplus",),
    "vinst": ("surplus",), "underskott": ("deficit",), "förlust": ("deficit",), "band": ("bands",), "intervall": ("bands",),
    "eget kapital": ("reserve",), "reserv": ("reserve",), "golv": ("floor",), "tak": ("ceiling", "cap"), "kapitaltak": ("ceiling",),
    "gräns": ("limit", "to"), "utbetalas": ("distribute",), "utbetalning": ("distribute",), "betalas": ("distribute",), "flöde": ("flow",),
    "penningflöde": ("flow",), "lika": ("equal",), "lika delar": ("equal",), "resten": ("rest",), "återstoden": ("rest",),
    "övrig": ("others",), "övriga": ("others",), "insatt": ("contributed",), "inbetalt": ("contributed",), "ingen": ("none",),
    "inget": ("none",), "inga": ("none",), "årligen": ("yearly",), "årsvis": ("yearly",), "vid slutet": ("at_end",), "i slutet": ("at_end",),
    "verklig": ("real",), "verkliga": ("real",), "reell": ("real",), "beräknad": ("notional",), "fiktiv": ("notional",),
    "förbundet": ("body",), "organet": ("body",), "ledningsorganet": ("body",), "behåll": ("keep",), "behålls": ("keep",),
    "fördela": ("divide",), "ja": ("true",), "sant": ("true",), "nej": ("false",), "falskt": ("false",), "alla": ("all",),
    "föregående år": ("previous_year",),
    # units
    "krona": ("kr",), "kronor": ("kr",), "sek": ("kr",), "tusen": ("tkr",), "tusental": ("tkr",), "tusen kronor": ("tkr",),
    "tusental kronor": ("tkr",), "tusen kr": ("tkr",), "tusental kr": ("tkr",), "1000 kr": ("tkr",), "1 000 kr": ("tkr",),
    "1000 kronor": ("tkr",), "1 000 kronor": ("tkr",), "miljon kr": ("mkr",), "miljoner kr": ("mkr",), "milj kr": ("mkr",), "tsek": ("tkr",), "ksek": ("tkr",), "kkr": ("tkr",), "k": ("tkr",), "miljon": ("mkr",), "miljoner": ("mkr",),
    "miljoner kronor": ("mkr",), "mn": ("mkr",), "mnkr": ("mkr",), "mnsek": ("mkr",), "milj": ("mkr",), "msek": ("mkr",), "ören": ("öre",),
    "miljard": (), "miljarder": (), "miljarder kronor": (), "mdkr": (), "mdr": (), "mdsek": (),
    # roles
    "försäkringskassa": ("insurance_office",), "försäkringskassan": ("insurance_office",), "kassa": ("insurance_office",),
    "kassan": ("insurance_office",), "fk": ("insurance_office",), "landsting": ("county_council",), "landstinget": ("county_council",),
    "region": ("county_council",), "regionen": ("county_council",), "kommun": ("municipality",), "kommunen": ("municipality",),
    "stad": ("municipality",), "arbetsförmedling": ("employment_service",), "arbetsförmedlingen": ("employment_service",),
    "af": ("employment_service",), "länsarbetsnämnd": ("employment_service",), "länsarbetsnämnden": ("employment_service",),
    # kinds of cost
    "hälso- och sjukvård": ("health_care",), "sjukvård": ("health_care",), "hälsovård": ("health_care",), "vård": ("health_care",),
    "primärvård": ("health_care",), "sjukresor": ("travel_reimbursement",), "sjukreseersättning": ("travel_reimbursement",),
    "reseersättning": ("travel_reimbursement",), "socialtjänst": ("social_services",), "omsorg": ("social_services",),
    "individ- och familjeomsorg": ("social_services",), "socialbidrag": ("social_assistance",), "försörjningsstöd": ("social_assistance",),
    "ekonomiskt bistånd": ("social_assistance",), "sjukpenning": ("sickness_benefit",), "arbetsskada": ("work_injury_benefit",),
    "arbetsskadesjukpenning": ("work_injury_benefit",), "rehabiliteringspenning": ("rehabilitation_benefit",),
    "rehabersättning": ("rehabilitation_benefit",), "rehabiliteringstjänster": ("rehabilitation_services",),
    "rehabilitering": ("rehabilitation_services",), "förvaltning": ("administration",), "administration": ("administration",),
    "gemensamma åtgärder": ("joint_measures",), "samverkan": ("joint_measures",), "samverkansinsatser": ("joint_measures",),
    "förtidspension": ("disability_pension",), "arbetslöshetsersättning": ("unemployment_benefit",), "a-kassa": ("unemployment_benefit",),
    "arbetsmarknadsåtgärder": ("labour_market_measures",), "lss": ("disability_support",),
    # uses of a surplus, and forms of a body
    "aktivitet": ("activities",), "personal": ("staff",), "omfördelning": ("reallocation",), "kommunalförbund": ("local_federation",),
    "samordningsförbund": ("coordination_association",), "beställarförbund": ("commissioning_association",),
    "nämnd": ("municipal_committee",), "kommunal nämnd": ("municipal_committee",), "hela ramen": ("whole_frame",), "projekt": ("projects",),
    # an evaluation
    "poster": ("items",), "slag": ("kind",), "typ": ("kind",), "bidrag": ("transfer",), "transferering": ("transfer",),
    "tjänst": ("service",), "försök": ("trial",), "försöksområde": ("trial",), "jämförelse": ("control",), "kontroll": ("control",),
    "kontrollområde": ("control_area", "control"), "kommuner": ("municipalities",), "effekt": ("effect",), "folkmängd": ("population",),
    # languages
    "se": ("sv",), "svenska": ("sv",), "swe": ("sv",), "swedish": ("sv",), "sv_se": ("sv",), "engelska": ("en",), "eng": ("en",),
    "english": ("en",), "en_gb": ("en",), "en_us": ("en",), "uk": ("en",),
    # formats and tables
    "tabell": ("table",), "excel": ("xlsx", "csv"), "kalkylblad": ("xlsx",), "md": ("markdown",), "webbsida": ("html",),
    "betalningar": ("payments",), "rader": ("rows",),
}  # fmt: skip
"""What stands for a word of the format in Swedish, or as others write it; the first that is known where a word stands is meant.

Nothing, where the format has none and a word that looks like it would be another thing: `mkr` is a thousandth of a `mdkr`.
"""

_LEAST: Final = 4
"""Letters of a word of which a part may be a slip: of shorter ones every other looks like it."""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one of the ``known`` words that ``word`` probably stands for, if any: spelt a little otherwise, or in Swedish."""
    words = list(known)
    said = _plain(word)
    if said in words:
        return said  # in capitals, `Tkr` is nearer to `kr` than to `tkr`
    if SWEDISH_WORDS.get(said) == ():
        return None
    if (found := _of(said, words)) is not None:
        return found
    if near := nearest(word, words) or nearest(said, words):
        return near
    if len(said) < _LEAST:
        return None
    slip = nearest(said, _swedish_for(tuple(words)))
    return _of(slip, words) if slip else None


@lru_cache(maxsize=64)
def _swedish_for(words: tuple[str, ...]) -> Sequence[str]:
    """The Swedish words, of those that may be misspelt, that stand for one of the ``words``: the same few are asked for again and again."""
    return [swedish for swedish, ours in SWEDISH_WORDS.items() if len(swedish) >= _LEAST and any(one in words for one in ours)]


def led(word: str, known: Iterable[str]) -> str | None:
    """The way from a word to the one that the format has for it, as a remedy; None where there is none."""
    if (near := meant(word, known := list(known))) is None:
        return None
    return f"in this file `{near}`" if _of(_plain(word), known) is not None else f"did you mean `{near}`?"


def in_the_format(word: str) -> tuple[str, ...]:
    """What a Swedish word may stand for, the likeliest first; nothing where it stands for no word of the format."""
    return SWEDISH_WORDS.get(_plain(word), ())


def _of(word: str, known: list[str]) -> str | None:
    return next((one for one in SWEDISH_WORDS.get(word, ()) if one in known), None)


def _plain(word: str) -> str:
    """A word in lower case and NFC, with one space between its parts."""
    text = unicodedata.normalize("NFC", word).lower().strip().rstrip(".:")
    spaced = " ".join(re.split(r"[\s_]+", text))
    return text if text in SWEDISH_WORDS else spaced
