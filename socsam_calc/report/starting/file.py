"""A commented agreement file to fill in, for the form of the area's body: shares and amounts one a line, ??? where a figure is due."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ...model.reading import UNFILLED

COLUMN: Final = 31
"""Where comments beside a line begin."""

# Each text in English and Swedish. {…} is filled in.
_TEXTS: Final = {
    "head": ("{area}: an agreement to fill in.", "{area}: ett avtal att fylla i."),
    "fill": (
        "Put a figure in the place of every {mark}, and take away what the agreement does not have.",
        "Sätt en uppgift i stället för varje {mark}, och ta bort det som avtalet inte har.",
    ),
    "amounts": (
        "Amounts: 12 191, −1 089,50 or 51 mkr. Shares: 31 %, 31,25 % or 1/3, and `rest` for one of them.",
        "Belopp: 12 191, −1 089,50 eller 51 mkr. Andelar: 31 %, 31,25 % eller 1/3, och `rest` för en av dem.",
    ),
    "unit": ("of every amount in this file: kr, tkr or mkr", "för alla belopp i filen: kr, tkr eller mkr"),
    "rounding": ("the smallest amount that is settled: öre, kr or tkr", "det minsta belopp som avräknas: öre, kr eller tkr"),
    "figures": ("the workbook with every year's amounts", "arbetsboken med varje års belopp"),
    "law": ("the trials under lag (1994:566) ended with 2003", "försöken enligt lag (1994:566) upphörde med 2003"),
    "period": ("first and last day of the trial", "försökets första och sista dag"),
    "parties": ("in the order in which they are shown", "i den ordning som de visas"),
    "outside": ("it is responsible for health care too", "den svarar också för hälso- och sjukvården"),
    "activities": ("the lines of the frame, and who pays for each", "ramens rader, och vem som betalar var och en"),
    "adjust": (
        "fixed after year-end by the country's development",
        "fastställs efter årets slut efter rikets utveckling",
    ),
    "base": ("what it cost in the whole of {year}", "vad den kostade under hela {year}"),
    "performer": ("the body bears what these cost", "ledningsorganet bär kostnaden för dessa"),
    "series": ("national developments; in any unit, only ratios count", "rikets utveckling; i valfri enhet, bara kvoter räknas"),
    "outcome": ("a year that is not known yet is left out", "ett år som ännu inte är känt utelämnas"),
    "forecast": ("what was expected when the year's budget was set", "vad som väntades när årets budget lades"),
    "shared": (
        "how much of the result is shared: 100 % is the whole",
        "hur mycket av resultatet som delas: 100 % är hela",
    ),
    "surplus": ("who gets how much of a surplus", "vem som får hur mycket av ett överskott"),
    "deficit": ("who bears how much of a deficit", "vem som bär hur mycket av ett underskott"),
    "distribute": ("when it is paid: yearly, at_end or [1999, 2002]", "när det betalas: yearly, at_end eller [1999, 2002]"),
    "flow": ("settled afterwards; `real` where money changes hands", "avräknas efteråt; `real` där pengar byter ägare"),
    "association_shares": (
        "in assets and liabilities (8 §, 20 §); not the deficit's key",
        "i tillgångar och skulder (8 §, 20 §); inte underskottets nyckel",
    ),
    "years": ("a year without `actual:` is a budget", "ett år utan `actual:` är en budget"),
    "frame": ("what the parties put in", "vad parterna skjuter till"),
    "actual": ("what the activities cost", "vad verksamheterna kostade"),
    "check": (
        "For `socsam check` alone, which holds the agreement against the law; settling does not read what follows.",
        "Bara för `socsam check`, som prövar avtalet mot lagen; avräkningen läser inte det som följer.",
    ),
    "mandate": ("what the body decides on: whole_frame or projects", "vad organet råder över: whole_frame eller projects"),
    "permission": ("the government's", "regeringens"),
    "yes": ("true or false", "true eller false"),
    "date": ("year-month-day", "år-månad-dag"),
    "written_agreement": ("with the insurance office (2 §): true or false", "med försäkringskassan (2 §): true eller false"),
    "arbitration": ("for disputes (6 §): true or false", "för tvister (6 §): true eller false"),
    "board": (
        "at least five members, and one and a substitute from each (9 §)",
        "minst fem ledamöter, och en och en ersättare från var och en (9 §)",
    ),
    "charter": (
        "all (of the twelve items of 8 §), or a list of those stated",
        "all (de tolv punkterna i 8 §), eller en lista över dem som finns",
    ),
    "application": ("where these are settled, as this file does not say", "var detta är reglerat, eftersom filen inte säger det"),
    "sickness": ("Sickness and rehabilitation benefit", "Sjukpenning och rehabiliteringspenning"),
    "rehabilitation": ("Purchase of vocational rehabilitation", "Köp av yrkesinriktade rehabiliteringstjänster"),
    "primary_care": ("Primary care", "Primärvård"),
    "family_care": ("Individual and family care", "Individ- och familjeomsorg"),
    "projects": ("Joint projects", "Samverkansprojekt"),
    "national": ("Sickness and rehabilitation benefit, the whole country", "Sjuk- och rehabiliteringspenning, riket"),
    "insurance_office": ("Social insurance office", "Försäkringskassan"),
    "county_council": ("County council", "Landstinget"),
    "municipality": ("Municipality of {area}", "{area} kommun"),
}

_IDS: Final = {
    "sickness": ("sickness", "sjukpenning"),
    "rehabilitation": ("rehabilitation", "rehabilitering"),
    "primary_care": ("primary_care", "primärvård"),
    "family_care": ("family_care", "familjeomsorg"),
    "projects": ("projects", "projekt"),
    "national": ("national_sickness_cost", "rikets_sjukkostnad"),
}
_COSTS: Final = {
    "sickness": ("sickness_benefit", "rehabilitation_benefit"),
    "rehabilitation": ("rehabilitation_services",),
    "primary_care": ("health_care",),
    "family_care": ("social_services",),
    "projects": ("joint_measures",),
}
_LAST_YEAR_OF_THE_ACT: Final = 2003


class StartingFile:
    """The file for an area: its ``form``, its parties with their roles, its first and last year, and a language for its comments.

    ``figures`` names a workbook that holds the years' amounts; without it the file has places for them itself.
    """

    def __init__(
        self, area: str, form: str, parties: Mapping[str, str], first: int, last: int, language: str, figures: str | None = None
    ) -> None:
        self.area, self.form, self.parties, self.first, self.last = area, form, dict(parties), first, last
        self.figures = figures
        self._language = 1 if language == "sv" else 0
        self._alone = "county_council" not in self.parties.values()
        self.activities = {name: (kind, funder) for name, kind, funder in self._lines_of_the_frame()}

    def text(self) -> str:
        """The whole file."""
        years = [self._years()] if self.figures is None else []
        parts = (self._head(), self._parties(), self._activities(), self._series(), self._sharing(), *years, self._governance())
        return "\n".join("".join(f"{line}\n" for line in part) for part in parts)

    # --- the parts -----------------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        for text in ("head", "fill", "amounts"):
            yield f"# {self._says(text, area=_one_line(self.area), mark=UNFILLED)}"
        yield ""
        yield "format: socsam/1"
        yield f"area: {_scalar(self.area)}"
        yield self._line("unit: tkr", "unit")
        yield self._line("rounding: kr", "rounding")
        if self.figures is not None:
            yield self._line(f"figures: {_scalar(self.figures)}", "figures")
        if self.last > _LAST_YEAR_OF_THE_ACT:
            yield self._line("law: none", "law")
        yield self._line("period:", "period")
        yield f"  start: {self.first}-{'07' if self.first == 1994 else '01'}-01"
        yield f"  end: {self.last}-12-31"

    def _parties(self) -> Iterator[str]:
        yield self._line("parties:", "parties")
        for party, role in self.parties.items():
            alone = list(self.parties.values()).count(role) == 1
            yield f"  {party}:"
            yield f"    name: {_scalar(self._says(role, area=self.area) if alone else party.capitalize())}"
            yield f"    role: {role}"
            if role == "municipality" and self._alone:
                yield self._line("    outside_county_council: true", "outside")

    def _activities(self) -> Iterator[str]:
        yield self._line("activities:", "activities")
        for name, (kind, funder) in self.activities.items():
            yield f"  {name}:"
            yield f"    name: {_scalar(self._says(kind))}"
            if funder is not None:
                yield f"    funder: {funder}"
            else:
                yield self._line("    performer: body", "performer")
            yield "    cost:"
            yield from (f"      - {cost}" for cost in _COSTS[kind])
            if kind == "sickness":
                yield self._line(f"    adjust: {self._id('national')}", "adjust")
                yield "    base:"
                yield f"      year: {self.first - 1}"
                yield self._line(f"      amount: {UNFILLED}", "base", year=self.first - 1)

    def _series(self) -> Iterator[str]:
        yield self._line("series:", "series")
        yield f"  {self._id('national')}:"
        yield f"    name: {_scalar(self._says('national'))}"
        yield self._line("    outcome:", "outcome")
        yield from (f"      {year}: {UNFILLED}" for year in range(self.first - 1, self.last + 1))
        yield self._line("    forecast:", "forecast")
        yield from (f"      {year}: {UNFILLED}" for year in range(self.first, self.last + 1))

    def _sharing(self) -> Iterator[str]:
        yield "sharing:"
        yield self._line(f"  shared: {UNFILLED}", "shared")
        keys = ["surplus", "deficit", *(["association_shares"] if self.form == "commissioning_association" else [])]
        for key in keys:
            yield self._line(f"  {key}:", key)
            *others, last = self.parties
            yield from (f"    {party}: {UNFILLED}" for party in others)
            yield f"    {last}: rest"
        yield self._line("  distribute: yearly", "distribute")
        yield self._line("  flow: notional", "flow")

    def _years(self) -> Iterator[str]:
        yield self._line("years:", "years")
        for year in range(self.first, self.last + 1):
            if year > self.first:
                yield ""
            yield f"  {year}:"
            yield self._line("    frame:", "frame")
            for name, (kind, funder) in self.activities.items():
                if funder is None:
                    yield f"      {name}:"
                    yield from (f"        {party}: {UNFILLED}" for party in self.parties)
                elif kind != "sickness":
                    yield f"      {name}: {UNFILLED}"
            yield self._line("    actual:", "actual")
            yield from (f"      {name}: {UNFILLED}" for name in self.activities)

    def _governance(self) -> Iterator[str]:
        yield f"# {self._says('check')}"
        yield "governance:"
        yield f"  form: {self.form}"
        yield self._line(f"  mandate: {UNFILLED}", "mandate")
        yield self._line("  permission:", "permission")
        yield self._line(f"    date: {UNFILLED}", "date")
        yield self._line(f"    frame_approved: {UNFILLED}", "yes")
        if self.form != "commissioning_association":
            yield self._line(f"  written_agreement: {UNFILLED}", "written_agreement")
        yield self._line(f"  arbitration: {UNFILLED}", "arbitration")
        if self.form == "commissioning_association":
            yield self._line("  board:", "board")
            yield f"    members: {UNFILLED}"
            yield f"    substitutes: {UNFILLED}"
            yield "    per_party:"
            for party in self.parties:
                yield from (f"      {party}:", f"        members: {UNFILLED}", f"        substitutes: {UNFILLED}")
            yield self._line(f"  charter: {UNFILLED}", "charter")
        yield ""
        yield self._line("application:", "application")
        yield from (f"  {item}: {UNFILLED}" for item in ("tasks_of_body", "consultation", "evaluation_plan"))

    # --- what the parts need -------------------------------------------------------------------------------------------------

    def _lines_of_the_frame(self) -> Iterator[tuple[str, str, str | None]]:
        """What every trial included (Report 4.1), and joint projects: name, kind, and who pays."""

        def of(kind: str, role: str) -> Iterator[tuple[str, str, str | None]]:
            payers = [party for party, its in self.parties.items() if its == role]
            for party in payers:
                yield self._id(kind) + (f"_{party}" if len(payers) > 1 else ""), kind, party

        yield from of("sickness", "insurance_office")
        yield from of("rehabilitation", "insurance_office")
        yield from of("primary_care", "municipality" if self._alone else "county_council")
        yield from of("family_care", "municipality")
        yield self._id("projects"), "projects", None

    def _id(self, kind: str) -> str:
        return _IDS[kind][self._language]

    def _says(self, text: str, **values: object) -> str:
        return _TEXTS[text][self._language].format(**values)

    def _line(self, line: str, text: str, **values: object) -> str:
        """A line with a comment beside it."""
        return f"{line:<{COLUMN - 1}} # {self._says(text, **values)}"


def marked(text: str) -> int:
    """How many figures are still to be filled in."""
    return len(re.findall(rf": {re.escape(UNFILLED)}(?=\s|$)", text))


def _scalar(text: str) -> str:
    """A text as the value of a field: plain where YAML takes it as it stands, else in double quotes."""
    plain = re.fullmatch(r"[^\W\d_][\w .,()/–-]*", text) and not text.endswith(" ")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    """A text inside a comment."""
    return "".join(character if character.isprintable() else " " for character in text)


def file_name(area: str) -> str:
    """A file name for an area that every system takes: `Exempelköping` gives `exempelkoping.yaml`."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", area.lower().replace("ß", "ss").replace("æ", "ae").replace("ø", "o"))
    name = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    return f"{name or 'agreement'}.yaml"


def roles_of(form: str, parties: Sequence[str]) -> str | None:
    """Why a body of this form cannot have parties with these roles (Act 1–2 §§; PM "Vilka får bedriva försök?"); None where it can."""
    if parties.count("insurance_office") != 1:
        return "one insurance office takes part, no more and no less (Act 1 §)"
    if "municipality" not in parties:
        return "a municipality takes part (Act 1 §)"
    if "employment_service" in parties:
        return "the employment service may not be a party; it takes part by side agreement (PM, Report 2.3.1)"
    if parties.count("county_council") > 1:
        return "one county council takes part (Act 1 §)"
    if form == "municipal_committee" and ("county_council" in parties or parties.count("municipality") > 1):
        return "a municipal committee is open to a single municipality that belongs to no county council (Act 1–2 §§)"
    if form == "local_federation" and "county_council" not in parties:
        return "a local federation is one of county council and municipality (Act 2 §)"
    if "county_council" not in parties and parties.count("municipality") > 1:
        return "several municipalities take part only together with their county council (Act 1 §)"
    return None
