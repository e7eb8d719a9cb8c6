"""Settlements: statuses, headings, columns, sentences."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    # statuses and headings
    "budget": "budget",
    "estimate": "prognos",
    "preliminary": "preliminär",
    "final": "fastställd",
    "budget: only the frame is known": "budget: bara ramen är känd",
    "estimate: the costs are estimated": "prognos: kostnaderna är uppskattade",
    "preliminary: a national outcome or an earlier year is still open": "preliminär: ett riksutfall eller ett tidigare år är ännu öppet",
    "Amounts in {unit}": "Belopp i {unit}",
    "{months} month": "{months} månad",
    "{months} months": "{months} månader",
    "Frame": "Ram",
    "Contributions": "Bidrag",
    "Settlement": "Avräkning",
    "Payments": "Betalningar",
    "Balances": "Saldon",
    "Years": "År",
    "Own capital": "Eget kapital",
    "own capital, opening": "eget kapital, ingående",
    "own capital, closing": "eget kapital, utgående",
    "own capital divided": "fördelat eget kapital",
    "set aside": "avsätts",
    "own capital": "eget kapital",
    "opening": "ingående",
    "set aside/used": "avsätts/används",
    "divided": "fördelas",
    "closing": "utgående",
    "ceiling": "tak",
    "above the ceiling": "över taket",
    "Set aside in own capital: {amount}.": "Avsätts till eget kapital: {amount}.",
    "Covered by own capital: {amount}.": "Täcks av eget kapital: {amount}.",
    "Administration's share is read as all administration's part of all costs (`measured: trial`); `office` and `office_in_trial` are other readings."
    " That the cap works on the sum over the trial is a reading too.": (
        "Förvaltningens andel läses som all förvaltnings del av allt utfall (`measured: trial`); `office` och `office_in_trial` är andra läsningar."
        " Att taket gäller summan över försöket är också en läsning."
    ),
    "Administration's share is read as the office's administration of the office's costs (`measured: office`); `trial` and `office_in_trial` are other readings."
    " That the cap works on the sum over the trial is a reading too.": (
        "Förvaltningens andel läses som kassans förvaltning av kassans utfall (`measured: office`); `trial` och `office_in_trial` är andra läsningar."
        " Att taket gäller summan över försöket är också en läsning."
    ),
    "Administration's share is read as the office's administration of all costs (`measured: office_in_trial`); `trial` and `office` are other readings."
    " That the cap works on the sum over the trial is a reading too.": (
        "Förvaltningens andel läses som kassans förvaltning av allt utfall (`measured: office_in_trial`); `trial` och `office` är andra läsningar."
        " Att taket gäller summan över försöket är också en läsning."
    ),
    "Administration's share is the one that the file states (`administration`); measured, it could be read in three ways (`trial`, `office`, `office_in_trial`)."
    " That the cap works on the sum over the trial is a reading too.": (
        "Förvaltningens andel är den som filen anger (`administration`); mätt kunde den läsas på tre sätt (`trial`, `office`, `office_in_trial`)."
        " Att taket gäller summan över försöket är också en läsning."
    ),
    "reading": "läsning",
    "Split between office and state": "Fördelning mellan kassa och stat",
    "Shortfall": "Brist",
    "Assumptions": "Antaganden",
    "Sources and notes": "Källor och anmärkningar",
    "Expectations": "Förväntade belopp",
    # columns
    "activity": "verksamhet",
    "name": "namn",
    "party": "part",
    "year": "år",
    "status": "status",
    "adjustment": "justering",
    "other changes": "andra ändringar",
    "actual": "utfall",
    "actual cost": "utfall",
    "result": "resultat",
    "contribution": "bidrag",
    "preliminary contribution": "preliminärt bidrag",
    "final contribution": "fastställt bidrag",
    "before sharing": "före delning",
    "in hand": "i hand",
    "kept": "behålls",
    "allocated": "tilldelas",
    "used": "används",
    "settled": "avräknat",
    "carried in": "förs in",
    "receives/pays": "får/betalar",
    "frame": "ram",
    "shared": "delas",
    "Settled": "Avräknat",
    "settled {party}": "avräknat {party}",
    "carried": "förs vidare",
    "claims carried": "fordringar som förs vidare",
    "of the parties, net": "parternas, netto",
    "{status}, rests on assumptions": "{status}, vilar på antaganden",
    "Rests on assumptions": "Vilar på antaganden",
    "Rests on assumptions, which stand at the end.": "Vilar på antaganden, som står sist.",
    "Rest on assumptions, which stand at the end: {areas}.": "Vilar på antaganden, som står sist: {areas}.",
    "claim or debt": "fordran eller skuld",
    "total": "summa",
    "body": "ledningsorganet",
    "figure": "belopp",
    "expected": "förväntat",
    "computed": "beräknat",
    # other figures of the register
    "preliminary frame": "preliminär ram",
    "final frame": "fastställd ram",
    "paid": "betalt",
    "withheld": "undantaget",
    "payment": "betalning",
    "shortfall": "brist",
    "area": "område",
    "insurance office": "försäkringskassa",
    "county council": "landsting",
    "municipality": "kommun",
    "employment service": "arbetsförmedling",
    # sentences
    "Settlements": "Avräkningar",
    "Parties with the same role are added up.": "Parter med samma roll är hopräknade.",
    "One file alone, or `--year`, is shown in more detail.": "En ensam fil, eller `--year`, visas mer i detalj.",
    "surplus": "överskott",
    "deficit": "underskott",
    "The frame is {frame} and the cost {actual}: a surplus of {result}.": "Ramen är {frame} och utfallet {actual}: ett överskott på {result}.",
    "The frame is {frame} and the cost {actual}: a deficit of {result}.": "Ramen är {frame} och utfallet {actual}: ett underskott på {result}.",
    "The frame is {frame} and the cost {actual}: neither surplus nor deficit.": "Ramen är {frame} och utfallet {actual}: varken överskott eller underskott.",
    "No frame is given for this year; the result is {result}.": "Ingen ram är angiven för året; resultatet är {result}.",
    "No frame is given for this year, and no cost is known yet.": "Ingen ram är angiven för året, och inget utfall är känt ännu.",
    "The frame is {frame}; no cost is known yet.": "Ramen är {frame}; inget utfall är känt ännu.",
    "Shared: {shared}.": "Delas: {shared}.",
    "Shared: {shared}, by the key for a surplus.": "Delas: {shared}, efter nyckeln för överskott.",
    "Shared: {shared}, by the key for a deficit.": "Delas: {shared}, efter nyckeln för underskott.",
    "Before the bands: {before}; they withhold {withheld}.": "Före skalan: {before}; den undantar {withheld}.",
    "Used in the area: {uses}.": "Används i området: {uses}.",
    "{payee} receives {amount} from {payer}": "{payee} får {amount} av {payer}",
    "Nobody pays anybody.": "Ingen betalar någon.",
    "No year of distribution: nothing moves this year, repayments of costs included. What each is owed (+) or owes (−) is carried.": (
        "Inget fördelningsår: inget betalas i år, inte heller ersättning för kostnader. Vars och ens fordran (+) eller skuld (−) förs vidare."
    ),
    "Money really changed hands: the parties paid their preliminary contributions in, and the body repaid every performer.": (
        "Pengarna betalades verkligen: parterna betalade in sina preliminära bidrag, och ledningsorganet ersatte varje utförare."
    ),
    "Where no frame is given, contributions and cost are not known.": "Där ingen ram är angiven är bidrag och utfall inte kända.",
    "Where only the total result is known: what each activity cost, what each party paid, and payments are not.": (
        "Där bara det samlade resultatet är känt är det inte känt vad varje verksamhet kostade, vad varje part betalade eller vilka betalningar som gjordes."
    ),
    "Where moreover only a part of the result is shared: what each party keeps and ends with is not known either.": (
        "Där dessutom bara en del av resultatet delas är inte heller känt vad varje part behåller och slutar på."
    ),
    "Of the {settled} of {office}, the office takes {part} and the state {state}.": "Av de {settled} för {office} tar kassan {part} och staten {state}.",
    "The cap on administration limits the office's part.": "Taket för förvaltningen begränsar kassans del.",
    "The association could not pay {amount}.": "Förbundet kunde inte betala {amount}.",
    "{party} adds {amount}": "{party} skjuter till {amount}",
    "Who adds how much is not known: the agreement states no association shares.": "Vem som skjuter till hur mycket är inte känt: avtalet anger inga andelar i förbundet.",
    "{met} of {all} expectation met": "{met} av {all} förväntat belopp stämmer",
    "{met} of {all} expectations met": "{met} av {all} förväntade belopp stämmer",
    "{computed}, as expected: {expected}": "{computed}, som förväntat: {expected}",
    "at least": "minst",
    "at most": "högst",
    "expected {expected}, computed {computed}": "förväntat {expected}, beräknat {computed}",
    "the source prints {expected}, the program computes {computed}; known error: {why}": "källan anger {expected}, programmet räknar fram {computed}; känt fel: {why}",
    "the known error did come out: {why}": "det kända felet kom ändå ut: {why}",
    "Source: {text}": "Källa: {text}",
    "Note: {text}": "Anmärkning: {text}",
}
