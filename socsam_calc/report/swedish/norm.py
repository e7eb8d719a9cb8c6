"""The norm: what frames by the country's development would have given all areas."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "The norm": "Normen",
    "{file}: the norm, {areas} areas, {years}": "{file}: normen, {areas} områden, {years}",
    "An index: percents only": "Ett index: bara procent",
    "Each area's frame is its base cost × the country's development, and its result the frame less its cost.": (
        "Varje områdes ram är dess baskostnad × rikets utveckling, och dess resultat är ramen minus kostnaden."
    ),
    "The country is the sum of the areas that have a cost in these years.": "Riket är summan av de områden som har en kostnad under dessa år.",
    "The country is the row {country}, and no area.": "Riket är raden {country}, som inte är ett område.",
    "{base}: {surplus} of {areas} areas have a surplus, {deficit} a deficit": "{base}: {surplus} av {areas} områden har överskott, {deficit} underskott",
    "By the base, from {least} to {most} of {areas} areas have a surplus in {years}.": (
        "Beroende på bas har från {least} till {most} av {areas} områden överskott {years}."
    ),
    "Their surpluses together go from {least} ({low}) to {most} ({high}).": (
        "Deras överskott tillsammans går från {least} ({low}) till {most} ({high})."
    ),
    "There is no area and year that all bases settle: nothing stands side by side.": (
        "Inget område och år avräknas av alla baser: ingenting står sida vid sida."
    ),
    "Side by side, {years}: {areas} areas that all bases settle": "Sida vid sida, {years}: {areas} områden som alla baser avräknar",
    "Each base over its own areas and years": "Varje bas över sina egna områden och år",
    "Result in percent of the frame, areas weighted by their frames": "Resultat i procent av ramen, områdena vägda med sina ramar",
    "Areas with a surplus, by year": "Områden med överskott, år för år",
    "Areas with a deficit, by year": "Områden med underskott, år för år",
    "All results of a year together": "Ett års alla resultat tillsammans",
    "{base}: areas by result in percent of the frame": "{base}: områden efter resultat i procent av ramen",
    "base": "bas",
    "areas": "områden",
    "with surplus": "med överskott",
    "with deficit": "med underskott",
    "sum of surpluses": "summa överskott",
    "sum of deficits": "summa underskott",
    "What else shows": "Vad som visar sig i övrigt",
    "{base}: rank correlation of the result with the cost per inhabitant in the base years {rho} ({areas} areas).": (
        "{base}: rangkorrelation mellan resultatet och kostnaden per invånare under basåren {rho} ({areas} områden)."
    ),
    "{base}: {count} areas have a frame of 0, and no result in percent.": "{base}: {count} områden har ramen 0, och inget resultat i procent.",
    "A year's development on that of the year before ({pairs} pairs, logarithms): slope {slope}, correlation {correlation}. Pure noise about a level gives −0,5, lasting shifts alone 0.": (
        "Ett års utveckling mot föregående års ({pairs} par, logaritmer): lutning {slope}, korrelation {correlation}. "
        "Rent brus kring en nivå ger −0,5, enbart bestående skift 0."
    ),
    "{base} settles no area here, and is left out.": "{base} avräknar inget område här, och är utelämnad.",
    "{area} has no cost in any year.": "{area} har ingen kostnad under något år.",
    "{area} has costs from {first} to {last}.": "{area} har kostnader från {first} till {last}.",
    "{area} is left out in {years}: the country has no cost in {lacking}.": "{area} är utelämnat {years}: riket har ingen kostnad {lacking}.",
    "{area} is left out in {years}: it has no cost in {lacking}.": "{area} är utelämnat {years}: det har ingen kostnad {lacking}.",
    "… and {count} more, in JSON all of them.": "… och {count} till, i JSON alla.",
    "`--area` shows one area in full, and how each of its figures comes about.": "`--area` visar ett område i sin helhet, och hur vart och ett av dess belopp räknas fram.",
    "`--base` with fewer bases draws how their results are distributed.": "`--base` med färre baser visar hur deras resultat fördelar sig.",
    "`--draws 10000` shows how much of it is luck.": "`--draws 10000` visar hur mycket av det som är slump.",
    "group": "grupp",
    "{base}: luck, {draws} draws, result in percent of the frame": "{base}: slump, {draws} dragningar, resultat i procent av ramen",
    "Somebody is always first in a group: a place is no evidence of an effect. The places are in JSON and CSV, and with `--area`.": (
        "Någon är alltid först i en grupp: en plats är inget belägg för en effekt. Platserna står i JSON och CSV, och med `--area`."
    ),
    "{area} takes no part: it has not a cost above 0 in every year.": "{area} deltar inte: det har inte en kostnad över 0 varje år.",
    "How luck was drawn": "Hur slumpen drogs",
    "over the draws": "över dragningarna",
    "really": "i verkligheten",
    "areas with a surplus": "områden med överskott",
    "{base}: settled by the terms of {file}, {areas} areas together": "{base}: avräknat efter villkoren i {file}, {areas} områden tillsammans",
    "role": "roll",
    "{base}: the terms cannot be applied to {area}: {why}": "{base}: villkoren kan inte tillämpas på {area}: {why}",
    "{area} by each base": "{area} efter varje bas",
    "together": "tillsammans",
    "How it comes about": "Hur det räknas fram",
    "{base}, {year}: result {result} = frame {frame} − cost {cost}": "{base}, {year}: resultat {result} = ram {frame} − kostnad {cost}",
    "frame = base cost × the country's cost in {year} / its cost in the base years": "ram = baskostnad × rikets kostnad {year} / dess kostnad under basåren",
    ", rounded": ", avrundat",
    "{base}: place {place} of {areas} in group {group}. Somebody is always first: a place is no evidence of an effect.": (
        "{base}: plats {place} av {areas} i grupp {group}. Någon är alltid först: en plats är inget belägg för en effekt."
    ),
    "{base}, {year}: settled {parties}": "{base}, {year}: avräknat {parties}",
    # explained
    "cost in the panel": "kostnad i panelen",
    "cost in the base years": "kostnad under basåren",
    "the country's cost": "rikets kostnad",
    "the country's cost in the base years": "rikets kostnad under basåren",
    "frame by the country's development": "ram efter rikets utveckling",
    "the country's development": "rikets utveckling",
    "the cost in {year} of the {count} areas that count": "kostnaden {year} för de {count} områden som räknas",
    "result in percent of the frame": "resultat i procent av ramen",
    # of one agreement: `whatif --norm`
    "What cannot be formed, or not in every year": "Vad som inte kan bildas, eller inte för varje år",
    "`{row}` has no cost of {year}": "`{row}` har ingen kostnad för {year}",
    "the country's development from {years} to {year} is not known": "rikets utveckling från {years} till {year} är inte känd",
    "no settled year of the agreement comes after its base years": "inget avräknat år i avtalet kommer efter dess basår",
    "not compared, as it does not settle them: {years}": "jämförs inte, då den inte avräknar dem: {years}",
    "the year cannot be settled with it: {why}": "året kan inte avräknas med den: {why}",
    "Bases": "Baser",
    "Terms": "Villkor",
    "Areas": "Områden",
}
