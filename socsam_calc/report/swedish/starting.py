"""A starting file: its comments, and the names in it."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "{one_line}: an agreement to fill in.": "{one_line}: ett avtal att fylla i.",
    "Put a figure in the place of every ???, and take away what the agreement does not have.": "Sätt en uppgift i stället för varje ???, och ta bort det som avtalet inte har.",
    "Amounts: 12 191, −1 089,50 or 51 mkr. Shares: 31 %, 31,25 % or 1/3, and `rest` for one of them.": "Belopp: 12 191, −1 089,50 eller 51 mkr. Andelar: 31 %, 31,25 % eller 1/3, och `rest` för en av dem.",
    "of every amount in this file: kr, tkr or mkr": "för alla belopp i filen: kr, tkr eller mkr",
    "the smallest amount that is settled: öre, kr or tkr": "det minsta belopp som avräknas: öre, kr eller tkr",
    "the workbook with every year's amounts": "arbetsboken med varje års belopp",
    "the trials under lag (1994:566) ended with 2003": "försöken enligt lag (1994:566) upphörde med 2003",
    "first and last day of the trial": "försökets första och sista dag",
    "in the order in which they are shown": "i den ordning som de visas",
    "it is responsible for health care too": "den svarar också för hälso- och sjukvården",
    "the lines of the frame, and who pays for each": "ramens rader, och vem som betalar var och en",
    "fixed after year-end by the country's development": "fastställs efter årets slut efter rikets utveckling",
    "what it cost in the whole of {before}": "vad den kostade under hela {before}",
    "the body bears what these cost": "ledningsorganet bär kostnaden för dessa",
    "national developments; in any unit, only ratios count": "rikets utveckling; i valfri enhet, bara kvoter räknas",
    "a year that is not known yet is left out": "ett år som ännu inte är känt utelämnas",
    "what was expected when the year's budget was set": "vad som väntades när årets budget lades",
    "how much of the result is shared: 100 % is the whole": "hur mycket av resultatet som delas: 100 % är hela",
    "who gets how much of a surplus": "vem som får hur mycket av ett överskott",
    "who bears how much of a deficit": "vem som bär hur mycket av ett underskott",
    "when it is paid: yearly, at_end or [1999, 2002]": "när det betalas: yearly, at_end eller [1999, 2002]",
    "settled afterwards; `real` where money changes hands": "avräknas efteråt; `real` där pengar byter ägare",
    "in assets and liabilities (8 §, 20 §); not the deficit's key": "i tillgångar och skulder (8 §, 20 §); inte underskottets nyckel",
    "a year without `actual:` is a budget": "ett år utan `actual:` är en budget",
    "what the parties put in": "vad parterna skjuter till",
    "what the activities cost": "vad verksamheterna kostade",
    "For `socsam check` alone, which holds the agreement against the law; settling does not read what follows.": "Bara för `socsam check`, som prövar avtalet mot lagen; avräkningen läser inte det som följer.",
    "what the body decides on: whole_frame or projects": "vad organet råder över: whole_frame eller projects",
    "the government's": "regeringens",
    "true or false": "true eller false",
    "year-month-day": "år-månad-dag",
    "with the insurance office (2 §): true or false": "med försäkringskassan (2 §): true eller false",
    "for disputes (6 §): true or false": "för tvister (6 §): true eller false",
    "at least five members, and one and a substitute from each (9 §)": "minst fem ledamöter, och en och en ersättare från var och en (9 §)",
    "all (of the twelve items of 8 §), or a list of those stated": "all (de tolv punkterna i 8 §), eller en lista över dem som finns",
    "where these are settled, as this file does not say": "var detta är reglerat, eftersom filen inte säger det",
    "Sickness and rehabilitation benefit": "Sjukpenning och rehabiliteringspenning",
    "Purchase of vocational rehabilitation": "Köp av yrkesinriktade rehabiliteringstjänster",
    "Primary care": "Primärvård",
    "Individual and family care": "Individ- och familjeomsorg",
    "Joint projects": "Samverkansprojekt",
    "Sickness and rehabilitation benefit, the whole country": "Sjuk- och rehabiliteringspenning, riket",
    "Social insurance office": "Försäkringskassan",
    "County council": "Landstinget",
    "Municipality of {area}": "{area} kommun",
    "sickness": "sjukpenning",
    "rehabilitation": "rehabilitering",
    "primary_care": "primärvård",
    "family_care": "familjeomsorg",
    "projects": "projekt",
    "national_sickness_cost": "rikets_sjukkostnad",
    # what `socsam init` says when it has written it
    "{file} is written; fill in the {figures} figures marked ???, and then run\n   socsam settle {shown}": (
        "{file} är skriven; fyll i de {figures} uppgifter som är märkta ???, och kör sedan\n   socsam settle {shown}"
    ),
    "{file} and {book} are written; fill in the {figures} figures marked ??? and the workbook's white cells, and then run\n   socsam settle {shown}": (
        "{file} och {book} är skrivna; fyll i de {figures} uppgifter som är märkta ??? och arbetsbokens vita celler, och kör sedan\n   socsam settle {shown}"
    ),
}
