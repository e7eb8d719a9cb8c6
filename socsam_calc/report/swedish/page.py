"""The page, its charts, and the workbook."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "Own capital at the end of the year, and its ceiling": "Eget kapital vid årets slut, och dess tak",
    "Own capital at the end of the year": "Eget kapital vid årets slut",
    "{year}: ceiling {amount}": "{year}: tak {amount}",
    # page and charts
    "Cost against the budget, month by month, {year}": "Kostnad mot budget, månad för månad, {year}",
    "Contents": "Innehåll",
    "Joint budget and settlement": "Gemensam budget och avräkning",
    "Parties": "Parter",
    "Derivation": "Uträkning",
    "A figure with a dotted line opens how it came about. Numbers in brackets lead on to what it was made from.": (
        "En siffra med prickad linje öppnar hur den räknats fram. Tal inom klamrar leder vidare till det som den bygger på."
    ),
    "Period": "Tid",
    "Unit": "Enhet",
    "File": "Fil",
    "Check": "Granskning",
    "How the figures of {year} came about": "Hur siffrorna för {year} räknas fram",
    "The derivations of {year} are left out, so that this page stays small: `socsam explain {file} {year}` tells them.": (
        "Uträkningarna för {year} har utelämnats, så att sidan förblir liten: `socsam explain {file} {year}` visar dem."
    ),
    "The charts of {year} are left out, so that this page stays small.": "Diagrammen för {year} har utelämnats, så att sidan förblir liten.",
    "The charts of all years together are left out, so that this page stays small.": (
        "Diagrammen över alla år har utelämnats, så att sidan förblir liten."
    ),
    "`--year` makes a page of one year, with its charts.": "`--year` ger en sida för ett enda år, med dess diagram.",
    "standard input": "standard in",
    "line {number}": "rad {number}",
    "Rules and sources of the derivations": "Uträkningarnas regler och källor",
    "What this rests on": "Vad detta bygger på",
    "table, scrolls sideways": "tabell, rullas i sidled",
    "What each party ends with, year by year": "Vad varje part slutar på, år för år",
    "Balances at the end of the year: claims (+) and debts (−)": "Saldon vid årets slut: fordringar (+) och skulder (−)",
    "From the preliminary frame to the parts settled, {year}": "Från preliminär ram till avräknade delar, {year}",
    "Who ends with the result, {year}": "Hos vem resultatet hamnar, {year}",
    "Who ends with the result (its own scale)": "Hos vem resultatet hamnar (egen skala)",
    "What the parties put into the frame, and what it is for, {year}": "Vad parterna lägger i ramen, och vad den går till, {year}",
    "{number} other parties": "{number} övriga parter",
    "{number} other activities": "{number} övriga verksamheter",
    "Money through the body before the settlement, {year}": "Pengar genom ledningsorganet före avräkningen, {year}",
    "Who pays whom, {year}": "Vem som betalar vem, {year}",
    "used in the area": "används i området",
    "kept (by whom is not known)": "behålls (av vem är inte känt)",
    "allocated {party}": "tilldelas {party}",
    "the body's own costs": "ledningsorganets egna kostnader",
    "left with the body": "kvar hos ledningsorganet",
    "advanced by the body": "förskott av ledningsorganet",
    "held from before": "behållning sedan tidigare",
    "from own capital": "ur eget kapital",
    "paid in": "inbetalt",
    "paid out": "utbetalt",
    "pays {amount}": "betalar {amount}",
    "receives {amount}": "får {amount}",
    "+ is a gain or a claim, − a burden or a debt. A dash stands for what is not known or does not exist.": (
        "+ är en vinst eller fordran, − en börda eller skuld. Ett streck står för det som inte är känt eller inte finns."
    ),
    "Computed by socsam-calc from the file named; amounts are exact.": "Beräknat av socsam-calc ur den angivna filen; beloppen är exakta.",
    "Computed by socsam-calc from the file named, with the changes listed; amounts are exact.": (
        "Beräknat av socsam-calc ur den angivna filen, med de ändringar som räknas upp; beloppen är exakta."
    ),
    "`--year {year}` shows a year in full.": "`--year {year}` visar ett år i sin helhet.",
    # the workbook
    "Overview": "Översikt",
    "Office and state": "Kassa och stat",
    "Sources and assumptions": "Källor och antaganden",
    "correction": "rättelse",
    "conversion": "omvandling",
    "of which {party}": "varav {party}",
    "claim of the year": "årets fordran",
    "from": "från",
    "to": "till",
    "amount": "belopp",
    "note": "anmärkning",
    "assumption": "antagande",
    "about": "om",
    "text": "text",
    "falls to the office": "kassans del",
    "falls to the state": "statens del",
    "limited by the cap": "begränsas av taket",
    "met": "stämmer",
    "known error": "känt fel",
    "yes": "ja",
    "no": "nej",
    "About": "Om",
    "figures": "uppgifter",
    "Activities": "Verksamheter",
    "Items": "Poster",
    "Steps": "Steg",
    "Cases": "Fall",
    "Differences": "Skillnader",
    "Values": "Värden",
    "An amount in {unit}, 0 or more.": "Ett belopp i {unit}, 0 eller mer.",
    "Fill in the white cells of the first sheet. Grey ones stay empty: the agreement states or computes them.": (
        "Fyll i de vita cellerna på första bladet. De grå lämnas tomma: avtalet anger eller räknar fram dem."
    ),
    "Give what a year cost as actual, or as estimate before the books are closed. A row without amounts says nothing.": (
        "Ange vad året kostade som utfall, eller som prognos innan böckerna är stängda. En rad utan belopp betyder ingenting."
    ),
    "A formula counts with the value that it shows.": "En formel räknas med det värde som den visar.",
    "No cost is known yet.": "Inget utfall är känt ännu.",
    "Only the total result is known.": "Bara det samlade resultatet är känt.",
    "No year of distribution: nothing moves this year.": "Inget fördelningsår: inget betalas i år.",
}
