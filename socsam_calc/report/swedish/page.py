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
    "To the content": "Till innehållet",
    "In short": "I korthet",
    "Year by year": "År för år",
    "Plans": "Planer",
    "What each party ends with": "Vad varje part slutar på",
    "What each party pays in": "Vad varje part betalar in",
    "all years": "alla år",
    "What each party ends with is not known of every year.": "Vad varje part slutar på är inte känt för alla år.",
    "{one} receives {parts}": "{one} får {parts}",
    "{amount} from {other}": "{amount} av {other}",
    "{one} pays {parts}": "{one} betalar {parts}",
    "{amount} to {other}": "{amount} till {other}",
    "{number} parties": "{number} parter",
    "{number} payments move {amount}.": "{number} betalningar flyttar {amount}.",
    "Nothing is paid this year: it is carried.": "Inget betalas i år: det förs vidare.",
    "What to do, and where it stands": "Vad man kan göra, och var det står",
    "{settled} of the {all} items of an application are settled.": "{settled} av de {all} punkterna i en ansökan är uppgjorda.",
    "Missing: {items}.": "Det saknas: {items}.",
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
    # the workbook's calculation
    "step": "steg",
    "quotient, roughly": "kvot, ungefär",
    "what that leaves": "vad den lämnar",
    "whole part": "heltalsdel",
    "remainder": "rest",
    "Calculation": "Beräkning",
    "must be": "måste vara",
    "multiplied by": "gånger",
    "divided by": "delat med",
    "Rounding": "Avrundning",
    "sum of the weights": "vikternas summa",
    "one unit more": "en enhet till",
    "part of it": "del av det",
    "Division": "Fördelning",
    "place in the file": "plats i filen",
    "what": "vad",
    "whose": "vems",
    "number": "tal",
    "in the file": "i filen",
    "of": "av",
    "steps in 1": "steg i 1",
    "counted in steps": "räknat i steg",
    "Amounts of the years": "Årens belopp",
    "Checks": "Kontroller",
    "check": "kontroll",
    "found": "funna",
    "what it means": "vad det betyder",
    "payments": "betalningar",
    "instalments": "delbetalningar",
    "state split": "delning med staten",
    "NOT LIVE: something was changed, and this sheet is still that of the file": (
        "INTE LEVANDE: något har ändrats, och detta blad är fortfarande filens"
    ),
    "NOT TO BE TRUSTED: see the sheet of checks": "INTE ATT LITA PÅ: se bladet med kontroller",
    "Amounts here count {unit}, the smallest amount that is settled": "Beloppen här räknar {unit}, det minsta belopp som avräknas",
    "numbers that are not those of the file": "tal som inte är filens",
    "amounts below 0 that must not be": "belopp under 0 som inte får vara det",
    "sums that do not add up": "summor som inte går ihop",
    "amounts that nobody bears": "belopp som ingen bär",
    "numbers that are not counted whole": "tal som inte räknas hela",
    "numbers of 10 000 000 000 000 and more": "tal från 10 000 000 000 000",
    "not live: payments": "inte levande: betalningar",
    "not live: state split": "inte levande: delningen med staten",
    "not live: instalments of who paid none in": "inte levande: delbetalningar från den som inte hade några",
    "not live: everything": "inte levande: allt",
    "They stand beside those of the file.": "De står bredvid filens.",
    "The program refuses such an agreement: an amount or a share below 0, or more converted or used than there is.": (
        "Programmet avvisar ett sådant avtal: ett belopp eller en andel under 0, eller mer omvandlat eller använt än det som finns."
    ),
    "A key's shares do not add up to 1, an amount has nobody to bear it, or of a year only the total is known and not all is shared.": (
        "En nyckels andelar blir inte 1 tillsammans, ett belopp har ingen som bär det, eller av ett år är bara summan känd och inte allt delas."
    ),
    "All the weights are 0 by which an amount is divided.": "Alla vikter som ett belopp delas efter är 0.",
    "An amount is no whole number, or another number has more decimals than its steps count: it is rounded.": (
        "Ett belopp är inget heltal, eller ett annat tal har fler decimaler än dess steg räknar: det avrundas."
    ),
    "A spreadsheet computes in floats of 64 bits: with larger numbers the last digits of a division may be wrong.": (
        "Ett kalkylprogram räknar med flyttal på 64 bitar: med större tal kan en delnings sista siffror bli fel."
    ),
    "The sheet of payments is that of the file. What each party receives or pays is live.": (
        "Bladet med betalningar är filens. Vad varje part får eller betalar är levande."
    ),
    "How the office's part is divided with the state is that of the file.": "Hur kassans del delas med staten är filens.",
    "Who paid nothing in when the file was written has no rows on the sheet of instalments; all other rows are live.": (
        "Den som inte betalade något när filen skrevs har inga rader på bladet med delbetalningar; alla andra rader är levande."
    ),
    "A number of 10 000 000 000 000 or more, or more rows than anybody follows: all figures are those of the file, sums apart.": (
        "Ett tal från 10 000 000 000 000, eller fler rader än någon följer: alla siffror är filens, utom summor."
    ),
    "how to use this": "så används detta",
    "Change numbers in the coloured cells of the two sheets of terms and amounts alone: all else follows, to what each party is settled.": (
        "Ändra bara tal i de färgade cellerna på de två bladen med villkor och belopp: allt annat följer, till det som varje part avräknas."
    ),
    "A share is typed as so many of how many: 31 of 100 is 31 %. A number of a series is typed as it is published.": (
        "En andel skrivs som så många av hur många: 31 av 100 är 31 %. En series tal skrivs som det är publicerat."
    ),
    "Parties, activities, who pays and performs what, months, which key divides what, years of distribution and the flow of money are those of the file.": (
        "Parter, verksamheter, vem som betalar och utför vad, månader, vilken nyckel som delar vad, fördelningsår och penningflöde är filens."
    ),
}
