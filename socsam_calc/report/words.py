"""Everything that a person reads in a result, in English and Swedish. The English text is the key."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "sv")

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
    "{months} months": "{months} månader",
    "Frame": "Ram",
    "Settlement": "Avräkning",
    "Payments": "Betalningar",
    "Balances": "Saldon",
    "Years": "År",
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
    "actual cost": "utfall",
    "result": "resultat",
    "contribution": "bidrag",
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
    "claim or debt": "fordran eller skuld",
    "total": "summa",
    "body": "ledningsorganet",
    "figure": "belopp",
    "expected": "förväntat",
    "computed": "beräknat",
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
    # figures named in expectations
    "preliminary frame": "preliminär ram",
    "final frame": "fastställd ram",
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
    "The frame is {frame}; no cost is known yet.": "Ramen är {frame}; inget utfall är känt ännu.",
    "Shared: {shared}.": "Delas: {shared}.",
    "Shared: {shared}, by the key for a surplus.": "Delas: {shared}, efter nyckeln för överskott.",
    "Shared: {shared}, by the key for a deficit.": "Delas: {shared}, efter nyckeln för underskott.",
    "The bands withhold {withheld}.": "Skalan undantar {withheld}.",
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
        "Där bara det samlade resultatet är känt: inte vad varje verksamhet kostade, vad varje part betalade eller betalningarna."
    ),
    "Where moreover only a part of the result is shared: what each party keeps and ends with is not known either.": (
        "Där dessutom bara en del av resultatet delas: inte heller vad varje part behåller och slutar på."
    ),
    "Of the {settled} of {office}, the office takes {part} and the state {state}.": "Av de {settled} för {office} tar kassan {part} och staten {state}.",
    "The cap on administration limits the office's part.": "Taket för förvaltningen begränsar kassans del.",
    "The association could not pay {amount}.": "Förbundet kunde inte betala {amount}.",
    "{party} adds {amount}": "{party} skjuter till {amount}",
    "Who adds how much is not known: the agreement states no association shares.": "Vem som skjuter till hur mycket är inte känt: avtalet anger inga andelar i förbundet.",
    "{met} of {all} expectations met": "{met} av {all} förväntade belopp stämmer",
    "expected {expected}, computed {computed}": "förväntat {expected}, beräknat {computed}",
    "the source prints {expected}, the program computes {computed}; known error: {why}": "källan anger {expected}, programmet räknar fram {computed}; känt fel: {why}",
    "the known error did come out: {why}": "det kända felet kom ändå ut: {why}",
    "Source: {text}": "Källa: {text}",
    "Note: {text}": "Anmärkning: {text}",
    # page and charts
    "Contents": "Innehåll",
    "Joint budget and settlement": "Gemensam budget och avräkning",
    "Parties": "Parter",
    "Period": "Tid",
    "Unit": "Enhet",
    "File": "Fil",
    "Check": "Granskning",
    "How the figures of {year} came about": "Hur siffrorna för {year} räknas fram",
    "What this rests on": "Vad detta bygger på",
    "table, scrolls sideways": "tabell, rullas i sidled",
    "What each party ends with, year by year": "Vad varje part slutar på, år för år",
    "Balances at the end of the year: claims (+) and debts (−)": "Saldon vid årets slut: fordringar (+) och skulder (−)",
    "From the preliminary frame to the parts settled, {year}": "Från preliminär ram till avräknade delar, {year}",
    "Who ends with the result, {year}": "Hos vem resultatet hamnar, {year}",
    "Who ends with the result (its own scale)": "Hos vem resultatet hamnar (egen skala)",
    "What the parties put into the frame, and what it is for, {year}": "Vad parterna lägger i ramen, och vad den går till, {year}",
    "Money through the body before the settlement, {year}": "Pengar genom ledningsorganet före avräkningen, {year}",
    "Who pays whom, {year}": "Vem som betalar vem, {year}",
    "used in the area": "används i området",
    "kept (by whom is not known)": "behålls (av vem är inte känt)",
    "allocated {party}": "tilldelas {party}",
    "the body's own costs": "ledningsorganets egna kostnader",
    "left with the body": "kvar hos ledningsorganet",
    "advanced by the body": "förskott av ledningsorganet",
    "paid in": "inbetalt",
    "paid out": "utbetalt",
    "pays {amount}": "betalar {amount}",
    "receives {amount}": "får {amount}",
    "+ is a gain or a claim, − a burden or a debt. A dash stands for what is not known or does not exist.": (
        "+ är en vinst eller fordran, − en börda eller skuld. Ett streck står för det som inte är känt eller inte finns."
    ),
    "Computed by socsam-calc from the file named; amounts are exact.": "Beräknat av socsam-calc ur den angivna filen; beloppen är exakta.",
    "`--year {year}` shows a year in full.": "`--year {year}` visar ett år i sin helhet.",
    # check and rules
    "line": "rad",
    "severity": "grad",
    "error": "fel",
    "warning": "varning",
    "info": "upplysning",
    "rule": "regel",
    "finding": "anmärkning",
    "source": "källa",
    "Findings": "Anmärkningar",
    "Ignored": "Undantagna",
    "What to do": "Att göra",
    "What to do, and on which ground": "Att göra, och på vilken grund",
    "errors: {number}": "fel: {number}",
    "warnings: {number}": "varningar: {number}",
    "for information: {number}": "upplysningar: {number}",
    "ignored: {number}": "undantagna: {number}",
    "The file states assumptions; this finding may rest on one of them.": "Filen anger antaganden; anmärkningen kan vila på ett av dem.",
    "The agreement cannot be settled, so the rules that read results found nothing.": (
        "Avtalet kan inte avräknas, så de regler som läser resultat fann ingenting."
    ),
    "files: {files}, errors: {errors}, warnings: {warnings}.": "filer: {files}, fel: {errors}, varningar: {warnings}.",
    "`socsam rules CODE` tells why a rule matters and what to do.": "`socsam rules KOD` säger varför en regel är viktig och vad man kan göra.",
    "What an application had to show": "Vad en ansökan skulle visa",
    "Application": "Ansökan",
    "where": "var",
    "stated in the file": "anges i filen",
    "stated elsewhere": "anges på annat håll",
    "missing": "saknas",
    "Rules": "Regler",
    "what it asks": "vad den kräver",
    "Severities": "Grader",
    "Sources": "Källor",
    "forbidden by the Act, or arithmetically impossible": "förbjudet enligt lagen, eller räknemässigt omöjligt",
    "a known cause of trouble": "en känd orsak till tvist",
    "not stated, or worth knowing": "inte angivet, eller värt att veta",
    "Why it matters": "Varför det är viktigt",
    "Source": "Källa",
    "subject": "ämne",
    "checked under `law:`": "prövas under `law:`",
    "under any law": "vilken lag som helst",
    "none": "ingen",
    "reads": "läser",
    "what the file states": "vad filen anger",
    "terms of sharing or adjustment, which a file may assume": "villkor för delning eller justering, som en fil kan anta",
    "amounts, which a file may assume": "belopp, som en fil kan anta",
    # explanations
    "What is shared": "Vad som delas",
    "Result": "Resultat",
    "Who is entitled to what": "Vem som har rätt till vad",
    "When it is paid, and who pays whom": "När det betalas, och vem som betalar vem",
    "activities": "verksamhet",
    "staff": "personal",
    "reallocation": "omfördelning",
    "settled in whole {unit}": "avräknade i hela {unit}",
    "see": "se",
    "rounded": "avrundat",
    "rule {numbers}": "regel {numbers}",
    "rules {numbers}": "regel {numbers}",
    "Act": "Lagen",
    "PM": "PM",
    "Report": "Rapporten",
    "derived by `socsam explain … {figure}`": "härleds av `socsam explain … {figure}`",
    "{value}, but at most ± {limit}, rounded": "{value}, dock högst ± {limit}, avrundat",
    "the smaller of {one} and {other}": "det minsta av {one} och {other}",
    "{amount}, band by band: {bands}": "{amount}, steg för steg i skalan: {bands}",
    "part of {whole} by largest remainder, in proportion to {weights}": "del av {whole} enligt största rest, i proportion till {weights}",
    "part of the division in [{number}]": "del av fördelningen i [{number}]",
    "{whole} is divided without its sign, which is put back in the end": "{whole} fördelas utan sitt tecken, som sätts tillbaka till slut",
    ": down to {whole}, remainder {remainder}": ": nedåt till {whole}, rest {remainder}",
    ", and one {unit} more: {part}": ", och en {unit} till: {part}",
    "left over: {left} {unit}, one each to the largest remainders": "över: {left} {unit}, en var till de största resterna",
    "of equal remainders the earlier one comes first": "av lika rester kommer den tidigare först",
    "above {below}: {inside} inside": "över {below}: {inside} ligger där",
    "from {below} to {upper}: {inside} inside": "från {below} till {upper}: {inside} ligger där",
    "months whose first day lies in the period": "månader vars första dag ligger i perioden",
    "not stated in the file: this is what the format takes it for": "står inte i filen: så tolkar formatet det",
    "`rest`: what the other shares leave of the whole": "`rest`: vad de andra andelarna lämnar av det hela",
    "round: to the nearest whole {unit}, halves away from zero.": "round: till närmaste hela {unit}, halva bort från noll.",
    "The parts of the arithmetic: {sections}. Rules are those of the domain that they rest on.": (
        "Räknereglernas delar: {sections}. Reglerna är de på området som de vilar på."
    ),
    "Act: lag (1994:566). PM: the memorandum to circular 1995:101. Report: the final report of 2001.": (
        "Lagen: lag (1994:566). PM: promemorian till cirkulär 1995:101. Rapporten: slutrapporten 2001."
    ),
    "nothing enters it": "inget ingår",
    "nothing is shared with it": "inget delas med den",
    "no year of distribution: nothing moves": "inget fördelningsår: inget betalas",
    "in a year of distribution nothing is carried further": "i ett fördelningsår förs inget vidare",
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
    "An amount in {unit}, 0 or more.": "Ett belopp i {unit}, 0 eller mer.",
    "Fill in the white cells of the first sheet. Grey ones stay empty: the agreement states or computes them.": (
        "Fyll i de vita cellerna på första bladet. De grå lämnas tomma: avtalet anger eller räknar fram dem."
    ),
    "Give what a year cost as actual, or as estimate before the books are closed. A row without amounts says nothing.": (
        "Ange årets utfall som actual, eller som estimate (prognos) innan böckerna är stängda. En rad utan belopp betyder ingenting."
    ),
    "A formula counts with the value that it shows.": "En formel räknas med det värde som den visar.",
    "No cost is known yet.": "Inget utfall är känt ännu.",
    "Only the total result is known.": "Bara det samlade resultatet är känt.",
    "No year of distribution: nothing moves this year.": "Inget fördelningsår: inget betalas i år.",
    # incentives
    "incentives": "drivkrafter",
    "Who bears one more krona of cost, and keeps one saved": "Vem som bär en krona till i kostnad, och behåller en sparad",
    "Öre of the krona, derived from the terms without rounding. Costs are where the row begins to hold.": (
        "Öre av kronan, härlett ur villkoren utan avrundning. Utfallet är det från vilket raden gäller."
    ),
    "cost": "utfall",
    "at cost": "vid utfall",
    "at result": "vid resultat",
    "now": "nu",
    "one more, now": "en till, nu",
    "one saved, now": "en sparad, nu",
    "beyond zero, in surplus": "bortom noll, i överskott",
    "beyond zero, in deficit": "bortom noll, i underskott",
    "beyond zero": "bortom noll",
    "beyond its own zero": "bortom verksamhetens eget noll",
    "beyond {limit} of surplus": "bortom {limit} överskott",
    "beyond {limit} of deficit": "bortom {limit} underskott",
    "the whole": "allt",
    "The rest of the krona stays with whoever funds the activity; only totals are known, so who that is is not.": (
        "Resten av kronan stannar hos den som finansierar verksamheten; bara det samlade resultatet är känt, så vem det är är det inte."
    ),
    "Next year": "Nästa år",
    "One more krona in {activity} raises the frame of {year} too. What each then bears more (+) or less (−), in öre: {moved}.": (
        "En krona till i {activity} höjer också ramen för {year}. Vad var och en då bär mer (+) eller mindre (−), i öre: {moved}."
    ),
    "Who pays for whom": "Vem som betalar för vem",
    "own result of": "eget resultat hos",
    "ends at {party}": "hamnar hos {party}",
    "own result": "eget resultat",
    "A party's own result is that of the activities that it funds. Each row says where it ends; each column what a party keeps and is allocated.": (
        "En parts eget resultat är det i verksamheter som den finansierar. Varje rad visar var det hamnar; varje kolumn vad en part behåller och tilldelas."
    ),
    "No year has a result yet.": "Inget år har något resultat ännu.",
    "Shown: {year}. `--year` shows another year: {others}.": "Visas: {year}. `--year` visar ett annat år: {others}.",
    # what if
    "what if": "tänk om",
    "as it stands": "som det är",
    "terms of {area}": "villkoren i {area}",
    "scenario": "scenario",
    "{years} together": "{years} tillsammans",
    "Shown: {figure} ({id}); ± is the difference to the agreement as it stands.": "Visas: {figure} ({id}); ± är skillnaden mot avtalet som det är.",
    "each party's preliminary contribution": "varje parts preliminära bidrag",
    "each party's contribution": "varje parts bidrag",
    "what each party paid": "vad varje part betalade",
    "what each party has before sharing": "vad varje part har före delning",
    "what each party keeps of the result that is not shared": "vad varje part behåller av det resultat som inte delas",
    "each party's part of what is shared": "varje parts del av det som delas",
    "each party's part of what is used": "varje parts del av det som används",
    "what each party ends with": "vad varje part slutar på",
    "what each party receives (+) or pays (−)": "vad varje part får (+) eller betalar (−)",
    "each party's claim (+) or debt (−) carried on": "varje parts fordran (+) eller skuld (−) som förs vidare",
    "Left out, because it is not known: {years}.": "Utelämnat, eftersom det inte är känt: {years}.",
    "Only total results are known, so what each party keeps of the part that is not shared is not.": (
        "Bara det samlade resultatet är känt, så vad varje part behåller av den del som inte delas är det inte."
    ),
    "`--year {year}` shows one year alone; JSON and CSV hold every year.": "`--year {year}` visar ett år för sig; JSON och CSV har alla år.",
    "What is set": "Vad som är satt",
    "Bounds": "Gränser",
    "{met} of {all} bounds met": "{met} av {all} gränser hålls",
    "{figure} is {value}; it should be {bound}": "{figure} är {value}; det borde vara {bound}",
    "not known": "inte känt",
    "just {amount}": "precis {amount}",
    "at least {amount}": "minst {amount}",
    "at most {amount}": "högst {amount}",
    " and ": " och ",
    "How the terms were carried over": "Hur villkoren fördes över",
    "the part of `{party}` falls to `{other}`, which answers for health care itself": (
        "delen för `{party}` faller på `{other}`, som själv svarar för hälso- och sjukvården"
    ),
    "`{activity}` ({kinds}) has no counterpart in {file}, so its share applies to nothing": (
        "`{activity}` ({kinds}) har ingen motsvarighet i {file}, så dess andel gäller ingenting"
    ),
    "years of distribution outside the period are left out": "fördelningsår utanför perioden är utelämnade",
    "Left out, because they cannot be settled: {count}.": "Utelämnade, eftersom de inte kan avräknas: {count}.",
    "{after} against {before}": "{after} mot {before}",
    "Fields that differ": "Fält som skiljer sig",
    "Figures that differ": "Belopp som skiljer sig",
    "No field differs.": "Inget fält skiljer sig.",
    "No figure differs.": "Inget belopp skiljer sig.",
    "field": "fält",
    "before": "före",
    "after": "efter",
    "goal seek": "målsökning",
    "{path} = {value} makes {figure} {goal}.": "{path} = {value} ger {figure} {goal}.",
    "So does what lies near it, from about {first} to {last}.": "Det gör också det som ligger intill, från omkring {first} till {last}.",
    "No value of {path} from {first} to {last} makes {figure} {goal}.": "Inget värde på {path} från {first} till {last} ger {figure} {goal}.",
    "It lies between {lowest} and {highest} there.": "Det ligger där mellan {lowest} och {highest}.",
    "It passes it without meeting it: {before} up to {value_before}, {after} from {value_after}.": (
        "Det passerar målet utan att träffa det: {before} till och med {value_before}, {after} från {value_after}."
    ),
    "{count} answers: each of them is right.": "{count} svar: vart och ett av dem är rätt.",
    "Searched from {first} to {last}, with {count} settlements; each answer was settled.": (
        "Sökt från {first} till {last}, med {count} avräkningar; varje svar är avräknat."
    ),
    # simulation
    "{draws} draws": "{draws} dragningar",
    "partial: {draws} of {wanted} draws": "ofullständigt: {draws} av {wanted} dragningar",
    "{year}: what each ends with": "{year}: vad var och en slutar på",
    "Figures": "Belopp",
    "mean": "medel",
    "sd": "std",
    "5 %": "5 %",
    "median": "median",
    "95 %": "95 %",
    "chance of deficit": "risk för underskott",
    "{party}, {year}: {figure}": "{party}, {year}: {figure}",
    "from": "från",
    "below": "under",
    "draws": "dragningar",
    "{figure} at least {bound}": "{figure} minst {bound}",
    "{figure} at most {bound}": "{figure} högst {bound}",
    "{figure} between {least} and {most}": "{figure} mellan {least} och {most}",
    "{figure} exactly {bound}": "{figure} exakt {bound}",
    "{bound}: missed in {share} of the draws": "{bound}: bryts i {share} av dragningarna",
    "Some bound is missed in {share} of the draws": "Någon gräns bryts i {share} av dragningarna",
    "How it was drawn": "Hur det drogs",
    "Seed {seed}: the same seed gives the same draws.": "Frö {seed}: samma frö ger samma dragningar.",
    "The quantiles are those of these draws, exactly.": "Kvantilerna är dragningarnas egna, exakt.",
    "The quantiles are within {error} of those of the draws.": "Kvantilerna ligger inom {error} från dragningarnas egna.",
    "{count} draws are left out: under them the agreement cannot be settled.": (
        "{count} dragningar är utelämnade: med dem går avtalet inte att avräkna."
    ),
    "{count} draws of {name} lay outside what the file may hold, and were set to its limit.": (
        "{count} dragningar av {name} låg utanför vad filen får innehålla och sattes till gränsen."
    ),
    "{count} draws were settled one by one, exactly but slowly.": "{count} dragningar avräknades en och en, exakt men långsamt.",
    "It was ended early: {draws} of {wanted} draws were done.": "Det avbröts: {draws} av {wanted} dragningar var gjorda.",
}


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values filled in. Raises KeyError for a text that is not translated."""
        chosen = SWEDISH[text] if self.language == "sv" else text
        return chosen.format(**values) if values else chosen
