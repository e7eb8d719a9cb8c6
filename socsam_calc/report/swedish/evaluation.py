"""The evaluation effect: never `resultat` alone, which is the financial one."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    # the evaluation effect: never `resultat` alone, which is the financial one
    "evaluation effect {years}": "ekonomiskt utvärderingsresultat {years}",
    "Evaluation effects": "Ekonomiska utvärderingsresultat",
    "Evaluation effect by item": "Utvärderingsresultat per post",
    "Evaluation effect by year": "Utvärderingsresultat per år",
    "Evaluation effect by base year": "Utvärderingsresultat per basår",
    "Evaluation effect without each item": "Utvärderingsresultat utan var och en av posterna",
    "base year": "basår",
    "base year {year}": "basår {year}",
    "item": "post",
    "kind": "slag",
    "transfer": "transferering",
    "service": "tjänst",
    "effect": "utvärderingsresultat",
    "per year": "per år",
    "kr/inhabitant": "kr/invånare",
    "kr/inhabitant a year": "kr/invånare och år",
    "% of the frame": "% av ramen",
    "transfers": "transfereringar",
    "years": "år",
    "difference": "skillnad",
    "left out": "utelämnad",
    "nothing": "ingen",
    "of the file": "filens",
    "before the trial": "före försöket",
    "inside the trial": "under försöket",
    "{low} to {high}": "{low} till {high}",
    "Control area": "Kontrollområde",
    "Costs grew more slowly than in the control area: an evaluation effect of {amount}.": (
        "Kostnaderna växte långsammare än i kontrollområdet: ett utvärderingsresultat på {amount}."
    ),
    "Costs grew faster than in the control area: an evaluation effect of {amount}.": (
        "Kostnaderna växte snabbare än i kontrollområdet: ett utvärderingsresultat på {amount}."
    ),
    "Costs grew as in the control area: the evaluation effect is 0.": "Kostnaderna växte som i kontrollområdet: utvärderingsresultatet är 0.",
    "The effects are those published: they are not computed here, as the yearly costs are not known.": (
        "Utvärderingsresultaten är de publicerade: de är inte beräknade här, eftersom kostnaderna år för år inte är kända."
    ),
    "As published, not computed here, as the yearly costs are not known: {items}.": (
        "Som publicerade, inte beräknade här, eftersom kostnaderna år för år inte är kända: {items}."
    ),
    "{item} cost nothing in the base year: its effect is minus all that it cost.": (
        "{item} kostade inget under basåret: utvärderingsresultatet är minus hela kostnaden."
    ),
    "The accumulated frame is not known.": "Den sammanlagda ramen är inte känd.",
    "The accumulated frame is {amount}.": "Den sammanlagda ramen är {amount}.",
    "Of the accumulated frame only bounds are known, {least} and {most}: hence the range of percentages.": (
        "Av den sammanlagda ramen är bara gränser kända, {least} och {most}: därför anges procenten som ett intervall."
    ),
    "Where only bounds of the accumulated frame are known, the percentage is a range: {areas}.": (
        "Där bara gränser för den sammanlagda ramen är kända är procenten ett intervall: {areas}."
    ),
    "Evaluation effect: the base year's cost at the control area's pace, less actual cost; + slower growth, − faster.": (
        "Utvärderingsresultat: basårets kostnad i kontrollområdets takt, minus den verkliga kostnaden; + långsammare ökning, − snabbare."
    ),
    "It is not the financial result, which is frame less actual cost and is what the parties settle.": (
        "Det är inte det finansiella resultatet, som är ram minus utfall och är vad parterna avräknar."
    ),
    "One file alone is shown in more detail.": "En ensam fil visas mer i detalj.",
    "`--base-year all` shows what other base years would give.": "`--base-year all` visar vad andra basår skulle ge.",
    "`--leave-one-out` shows the effect without each item in turn.": "`--leave-one-out` visar utvärderingsresultatet utan var och en av posterna.",
    "Base years before the trial": "Basår före försöket",
    "All base years": "Alla basår",
    "Without one item": "Utan en av posterna",
    "from {low} to {high}, a spread of {spread}.": "från {low} till {high}, en spännvidd på {spread}.",
    "The choice decides even the sign.": "Valet avgör till och med tecknet.",
    "A base year inside the trial already holds what the trial did: it shows sensitivity, not the effect.": (
        "Ett basår under försöket innehåller redan det som försöket gjorde: det visar känslighet, inte utvärderingsresultatet."
    ),
    "Published effects stay as they are under any base year: {items}.": "Publicerade utvärderingsresultat är desamma under varje basår: {items}.",
    "effect = Σ over the years (cost in the base year × control area's cost / its cost in the base year − actual cost)": (
        "utvärderingsresultat = Σ över åren (kostnaden under basåret × kontrollområdets kostnad / dess kostnad under basåret − verklig kostnad)"
    ),
    "The formula is inferred from the Report of 2001, 7.2; ≈ stands before what is rounded here only.": (
        "Formeln är en slutsats av rapporten 2001, 7.2; ≈ står före det som är avrundat bara här."
    ),
    "cost in the base year": "kostnad under basåret",
    "cost at the control area's pace": "kostnad i kontrollområdets takt",
    "effect of the year": "årets utvärderingsresultat",
    "evaluation effect": "utvärderingsresultat",
    "evaluation effect per year": "utvärderingsresultat per år",
    "evaluation effect per inhabitant": "utvärderingsresultat per invånare",
    "evaluation effect per year and inhabitant": "utvärderingsresultat per år och invånare",
    "effect in percent of the frame": "utvärderingsresultat i procent av ramen",
    "accumulated frame": "sammanlagd ram",
    "the control area's cost or index": "kontrollområdets kostnad eller index",
    "the control area's cost over that of its base year": "kontrollområdets kostnad mot dess basår",
    "number of years": "antal år",
    "inhabitants": "invånare",
}
