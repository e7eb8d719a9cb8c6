"""The guide: what its list says of the pages, and what stands around a place that is found. The pages themselves stand in ``guide/sv/``."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "The guide": "Handledningen",
    "in English": "på engelska",
    "*This page is in English alone.*": "*Den här sidan finns bara på engelska.*",
    "A first agreement: from nothing to a settlement in ten minutes.": "Ett första avtal: från ingenting till en avräkning på tio minuter.",
    "A coordination association: from its charter and annual report to a settled year; keys, own capital, laws.": "Ett samordningsförbund: från förbundsordning och årsredovisning till ett avräknat år; nycklar, eget kapital, lagar.",
    "The files: every field, what it means, its default, what it excludes.": "Filerna: varje fält, vad det betyder, vad som annars gäller, vad det utesluter.",
    "The arithmetic, § 0 to § 7: the sections that `explain` cites.": "Räknereglerna, § 0 till § 7: de avsnitt som `explain` hänvisar till.",
    "The rules of the domain, 1 to 34, with their sources.": "Områdets regler, 1 till 34, med källor.",
    "A file to start from, the examples, and an editor that helps.": "En fil att börja från, exemplen, och en redigerare som hjälper.",
    "Costs from the books: exports of accounting programs, accounts, months.": "Kostnader ur bokföringen: exporter ur bokföringsprogram, konton, månader.",
    "The examples that come with the program, and what each shows.": "Exemplen som följer med programmet, och vad vart och ett visar.",
    "Whether an agreement holds: findings, severities, CI.": "Om ett avtal håller: anmärkningar, grader, CI.",
    "Where a figure comes from.": "Var en siffra kommer ifrån.",
    "The same agreement under other assumptions or other terms; budgets as tests.": "Samma avtal under andra antaganden eller villkor; budgetar som prov.",
    "Uncertain inputs drawn many times, on one machine or many.": "Osäkra uppgifter dragna många gånger, på en maskin eller flera.",
    "The evaluation effect, which is not the financial result.": "Det ekonomiska utvärderingsresultatet, som inte är det finansiella.",
    "What frames by the country's development would have given all its areas.": "Vad ramar efter rikets utveckling skulle ha gett alla dess områden.",
    "The page for a board.": "Sidan för en styrelse.",
    "Spreadsheets: results as workbooks, figures from workbooks.": "Kalkylblad: resultat som arbetsböcker, uppgifter ur arbetsböcker.",
    "The calls from Python and notebooks.": "Anropen från Python och anteckningsböcker.",
    "Expectations, statuses, GitHub, pre-commit.": "Förväntade belopp, statuskoder, GitHub, pre-commit.",
    "The terminal: narrow windows, long results, depth, completion, language, the manual page.": (
        "Terminalen: smala fönster, långa resultat, djup, komplettering, språk, manualsidan."
    ),
    "Editors: what is wrong while you write, completion, the guide under the pointer.": "Redigerare: vad som är fel medan du skriver, komplettering, handledningen under pekaren.",
    "Every key of JSON and every column of CSV.": "Varje nyckel i JSON och varje kolumn i CSV.",
    "Every column and word.": "Varje kolumn och ord.",
    "A topic may also be a section (`socsam guide settlement 4`), a rule of the domain (`socsam guide domain 19`), one of check's (`socsam guide SOC511`), a field (`socsam guide sharing.deficit`), a column or key (`socsam guide before_sharing`), or a word. The folder `examples` that the pages name is written by `socsam init --example all`.": (
        "Ett ämne är också ett avsnitt (`socsam guide settlement 4`), en av områdets regler (`socsam guide domain 19`), en av granskningens (`socsam guide SOC511`), ett fält (`socsam guide sharing.deficit`), en kolumn eller nyckel (`socsam guide before_sharing`) eller ett ord. "
        "Mappen `examples` som sidorna nämner skrivs av `socsam init --example all`."
    ),
    "did you mean `{topic}`?": "menade du `{topic}`?",
    "`socsam guide` lists the pages": "`socsam guide` räknar upp sidorna",
    "the guide has nothing under `{topic}`": "handledningen har inget under `{topic}`",
    "{file} is written; now run\n   socsam {command} {first}": "{file} är skriven; kör nu\n   socsam {command} {first}",
    "{files} are written; now run\n   socsam {command} {first}": "{files} är skrivna; kör nu\n   socsam {command} {first}",
}
