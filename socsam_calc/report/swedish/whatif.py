"""What-if, incentives, goal seek and simulation."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "{year}: at its floor of {floor}, or below it, in {share} of the draws": "{year}: vid sitt golv på {floor}, eller under det, i {share} av dragningarna",
    "{year}: above its ceiling in {share} of the draws": "{year}: över sitt tak i {share} av dragningarna",
    "Because of it, over all years": "På grund av det, över alla år",
    "{name} is drawn around {mean}, which is expected to remain, with the deviation {sd} that its {months} months so far give, as if they were independent.": (
        "{name} dras kring {mean}, som väntas återstå, med den standardavvikelse, {sd}, som de {months} månaderna hittills ger, som om de vore oberoende."
    ),
    "{name} is drawn around {mean}, which is expected to remain, with the deviation {sd}.": (
        "{name} dras kring {mean}, som väntas återstå, med standardavvikelsen {sd}."
    ),
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
    "beyond what is used": "bortom det som används",
    "beyond what own capital covers": "bortom det som eget kapital täcker",
    "where own capital covers all again": "där eget kapital åter täcker allt",
    "beyond the room below the ceiling": "bortom utrymmet under taket",
    "where there is room below the ceiling again": "där det åter finns utrymme under taket",
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
    "{years}, planned": "{years}, planerat",
    "{years}, of which planned: {planned}": "{years}, varav planerat: {planned}",
    "It is the same in every case. What differs is {figure}: `--figure {id}`.": "Detsamma i varje fall. Det som skiljer sig är {figure}: `--figure {id}`.",
    "Shown: {figure} ({id}); ± is the difference to the agreement as it stands.": "Visas: {figure} ({id}); ± är skillnaden mot avtalet som det är.",
    "each party's preliminary contribution": "varje parts preliminära bidrag",
    "each party's contribution": "varje parts bidrag",
    "what each party paid": "vad varje part betalade",
    "what each party has before sharing": "vad varje part har före delning",
    "what each party keeps of the result that is not shared": "vad varje part behåller av det resultat som inte delas",
    "each party's part of what is shared": "varje parts del av det som delas",
    "each party's part of own capital divided": "varje parts del av det egna kapital som fördelas",
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
    "What is set in every case": "Vad som är satt i varje fall",
    "`{party}` has no counterpart in {file}: the keys give it nothing": "`{party}` saknar motsvarighet i {file}: nycklarna ger den inget",
    "Bounds": "Gränser",
    "{met} of {all} bound met": "{met} av {all} gräns hålls",
    "{met} of {all} bounds met": "{met} av {all} gränser hålls",
    "{figure} is {value}; it should be {bound}": "{figure} är {value}; det borde vara {bound}",
    "{bound}, as the budget is {budget}": "{bound}, eftersom budgeten är {budget}",
    "{bound}, as in the agreement it is {own}": "{bound}, eftersom det i avtalet är {own}",
    "{figure} is {value}: {bound}, met": "{figure} är {value}: {bound}, hålls",
    "{figure} is {value}: {bound}, met in {met} of {all} cases": "{figure} är {value}: {bound}, hålls i {met} av {all} fall",
    "from {first} to {last}": "från {first} till {last}",
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
    "cannot be settled, because": "går inte att avräkna, eftersom",
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
    "From about {first} to {last} it is that or, where rounding has it so, a little beside it.": "Från omkring {first} till {last} är det så eller, där avrundningen gör det, strax bredvid.",
    "No value of {path} from {first} to {last} was found that makes {figure} {goal}.": "Inget värde på {path} från {first} till {last} hittades som ger {figure} {goal}.",
    "It lies between {lowest} and {highest} there.": "Det ligger där mellan {lowest} och {highest}.",
    "It is not known there.": "Där är det inte känt.",
    "It is not known there: {year} is a budget.": "Där är det inte känt: {year} är en budget.",
    "From about {first} to {last} it cannot be settled: {reason}.": "Från omkring {first} till {last} kan det inte avräknas: {reason}.",
    "From about {first} to {last} it is not known.": "Från omkring {first} till {last} är det inte känt.",
    "It passes it without meeting it: {before} up to {value_before}, {after} from {value_after}.": (
        "Det passerar målet utan att träffa det: {before} till och med {value_before}, {after} från {value_after}."
    ),
    "{count} answers: each of them is right.": "{count} svar: vart och ett av dem är rätt.",
    "Searched from {first} to {last}, with {count} settlements; each answer was settled.": (
        "Sökt från {first} till {last}, med {count} avräkningar; varje svar är avräknat."
    ),
    # what has no effect
    "Without effect": "Utan verkan",
    "{path} has no effect: {years} sets its own ({places})": "{path} har ingen verkan: {years} sätter sitt eget ({places})",
    "{path} has no effect: {years} set their own ({places})": "{path} har ingen verkan: {years} sätter sina egna ({places})",
    "{path} has no effect: the frame of {years} states the row ({places})": "{path} har ingen verkan: ramen för {years} anger raden ({places})",
    "{path} has no effect: no activity follows this series": "{path} har ingen verkan: ingen verksamhet följer den serien",
    "{path} has no effect: it is set again ({places})": "{path} har ingen verkan: det sätts igen ({places})",
    "{path} has no effect: `administration` is stated ({places})": "{path} har ingen verkan: `administration` är angiven ({places})",
    "{path} has no effect: nothing reads it": "{path} har ingen verkan: ingenting läser det",
    "{path} has no effect: none of the {count} cases that were looked at reads it": (
        "{path} har ingen verkan: inget av de {count} fall som prövats läser det"
    ),
    "line {lines}": "rad {lines}",
    "lines {lines}": "raderna {lines}",
    # simulation
    "{draws} draw": "{draws} dragning",
    "{draws} draws": "{draws} dragningar",
    "partial: {draws} of {wanted} draws": "ofullständigt: {draws} av {wanted} dragningar",
    "{year}: {figure} ({id})": "{year}: {figure} ({id})",
    "Figures": "Belopp",
    "{figure}: difference to the agreement as it stands": "{figure}: skillnad mot avtalet som det är",
    "mean": "medel",
    "sd": "std",
    "5 %": "5 %",
    "median": "median",
    "95 %": "95 %",
    "chance of deficit": "risk för underskott",
    "{party}, {year}: {figure}": "{party}, {year}: {figure}",
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
    "{count} draw is left out: under it the agreement cannot be settled.": (
        "{count} dragning är utelämnad: med den går avtalet inte att avräkna."
    ),
    "{count} draws are left out: under them the agreement cannot be settled.": (
        "{count} dragningar är utelämnade: med dem går avtalet inte att avräkna."
    ),
    "{count} draw of {name} lay outside what the file may hold, and was set to its limit.": (
        "{count} dragning av {name} låg utanför vad filen får innehålla och sattes till gränsen."
    ),
    "{count} draws of {name} lay outside what the file may hold, and were set to its limit.": (
        "{count} dragningar av {name} låg utanför vad filen får innehålla och sattes till gränsen."
    ),
    "{count} draw was settled by itself, exactly but slowly.": "{count} dragning avräknades för sig, exakt men långsamt.",
    "{count} draws were settled one by one, exactly but slowly.": "{count} dragningar avräknades en och en, exakt men långsamt.",
    "It was ended early: {draws} of {wanted} draws were done.": "Det avbröts: {draws} av {wanted} dragningar var gjorda.",
}
