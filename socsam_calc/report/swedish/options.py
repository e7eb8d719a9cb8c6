"""The help of commands: what each option and argument is for."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    # --- files that are read
    "Agreement files; a folder stands for the agreements in it, - for standard input.": "Avtalsfiler; en mapp står för avtalen i den, - för standard in.",
    "An agreement, an evaluation or a panel (.csv, .xlsx); - for standard input.": "Ett avtal, en utvärdering eller en panel (.csv, .xlsx); - för standard in.",
    "An agreement, a file of scenarios, or a folder of these; - for standard input.": (
        "Ett avtal, en scenariofil, eller en mapp med sådana; - för standard in."
    ),
    "Evaluation files; a folder stands for those in it, - for standard input.": "Utvärderingsfiler; en mapp står för dem i den, - för standard in.",
    "Files of scenarios with `uncertain:`; a folder stands for those in it, - for standard input.": (
        "Scenariofiler med `uncertain:`; en mapp står för dem i den, - för standard in."
    ),
    "SIE 4, or a .csv or .xlsx file of bookings.": "SIE 4, eller en .csv- eller .xlsx-fil med bokföringsposter.",
    "Costs of many areas, .csv or .xlsx: area, year, cost, or a column for each year; - for standard input.": (
        "Många områdens kostnader, .csv eller .xlsx: område, år, kostnad, eller en kolumn för varje år; - för standard in."
    ),
    "Scenarios may name files that lie neither beside nor below them or the folder you are in.": (
        "Scenarier får ange filer som varken ligger bredvid eller under dem eller mappen som du är i."
    ),
    "Take the figures from this .csv or .xlsx file.": "Ta beloppen ur denna .csv- eller .xlsx-fil.",
    "As if the file said this; may be repeated.": "Som om det stod så i filen; kan upprepas.",
    # --- where a result goes, and how it is told
    "Leave these out: check, derivations, charts.": "Utelämna dessa: check (granskning), derivations (härledningar), charts (diagram).",
    "How to print; a table by default.": "I vilken form; som tabell om inget sägs.",
    "How to print; a table by default, github under GitHub Actions.": "I vilken form; som tabell om inget sägs, github under GitHub Actions.",
    "Write to a file: .json, .csv, .md or .xlsx.": "Skriv till en fil: .json, .csv, .md eller .xlsx.",
    "Write to a file: .json, .csv, .md, .xlsx or .html.": "Skriv till en fil: .json, .csv, .md, .xlsx eller .html.",
    "Write to a file, as Markdown.": "Skriv till en fil, som Markdown.",
    "Write to a file, and print the line that tells an editor.": "Skriv till en fil, och visa raden som säger det till en redigerare.",
    "The page to write: .html; - for standard output.": "Sidan som ska skrivas: .html; - för standard ut.",
    "What a row of CSV is.": "Vad en rad i CSV är.",
    "CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.": "CSV som en svensk Excel öppnar den: BOM, semikolon, decimalkomma.",
    "Show only this year, in full.": "Visa bara detta år, i sin helhet.",
    "Only this year.": "Bara detta år.",
    "The year to tell; by default the last one that is settled.": "Året som berättas; annars det sista som är avräknat.",
    "The unit of tables; the file's by default.": "Tabellernas enhet; annars filens.",
    "The language of results, messages and help.": "Språket i resultat, meddelanden och hjälp.",
    "No colours, even on a terminal.": "Inga färger, inte heller på en terminal.",
    "Write long results as they are, even on a terminal.": "Skriv långa resultat som de är, också på terminalen.",
    "Only the result and what is wrong: no hints.": "Bara resultatet och det som är fel: inga tips.",
    # --- explain, check, rules, guide
    "Show no more than N levels of steps.": "Visa högst N nivåer av steg.",
    "Its path in the JSON of settle, lists by id: 2000.parties.kommun.settled; a part of a path names all in it. Without it, the whole year; of an evaluation file, its total effect. Of a panel it begins with the base.": (
        "Beloppets sökväg i JSON från settle, listor efter kortnamn: 2000.parties.kommun.settled; en del av en sökväg anger allt i den. Utan den hela året; "
        "av en utvärderingsfil dess samlade utvärderingsresultat. Av en panel börjar den med basen."
    ),
    "Only this rule, or family such as SOC4; may be repeated.": "Bara denna regel, eller familj som SOC4; kan upprepas.",
    "Not this rule or family; may be repeated.": "Inte denna regel eller familj; kan upprepas.",
    "A warning makes the status 1, as an error does.": "En varning ger statuskod 1, som ett fel gör.",
    "A rule, or a family such as SOC4.": "En regel, eller en familj som SOC4.",
    "A page; or a section of one, a rule, a field, a column or key, a word. Without it, the list of pages.": (
        "En sida; eller ett avsnitt av en, en regel, ett fält, en kolumn eller nyckel, ett ord. Utan det listan över sidorna."
    ),
    # --- whatif and simulate
    "Take a number from A to B; twice for a grid.": "Låt ett tal gå från A till B; två gånger för ett rutnät.",
    "In N equal steps (N + 1 values); 10 by default.": "I N lika steg (N + 1 värden); annars 10.",
    "Under the terms of another agreement; may be repeated.": "Under villkoren i ett annat avtal; kan upprepas.",
    "What differs from another version of the file.": "Vad som skiljer från en annan version av filen.",
    "Find the value of a number (from A to B) that meets --for.": "Sök det värde på ett tal (från A till B) som uppfyller --for.",
    "What a figure is to come out at.": "Vad ett belopp ska bli.",
    "Which figure of each party to show: settled, transfer …": "Vilket av varje parts belopp som visas: settled, transfer …",
    "Frames of adjusted rows by fixed:1996, moving, mean:3 … side by side.": "Justerade raders ramar efter fixed:1996, moving, mean:3 … sida vid sida.",
    "With --norm: costs of years that the file lacks.": "Med --norm: kostnader för år som filen saknar.",
    "With --panel: the agreement's area in it.": "Med --panel: avtalets område i den.",
    "How many draws.": "Hur många dragningar.",
    "The same seed gives the same draws.": "Samma frö ger samma dragningar.",
    "Also this figure, such as 1998.body.transfer; may be repeated.": "Också detta belopp, som 1998.body.transfer; kan upprepas.",
    "Status 1 where a bound is missed in more than this share of the draws.": (
        "Statuskod 1 där en gräns inte hålls i mer än denna andel av dragningarna."
    ),
    "Processes on this machine.": "Processer på denna maskin.",
    "A Dask scheduler, such as tcp://host:8786.": "En Dask-schemaläggare, som tcp://host:8786.",
    "Write every draw to a CSV file too.": "Skriv också varje dragning till en CSV-fil.",
    # --- evaluate
    "Another base year than the file's; all compares them.": "Ett annat basår än filens; all jämför dem.",
    "The effect without each item in turn.": "Resultatet utan var och en av posterna i tur och ordning.",
    "Count only this item; may be repeated.": "Räkna bara denna post; kan upprepas.",
    # --- norm
    "fixed:1996, moving, mean:3, mean:1994-1996 or all, the default; may be repeated.": (
        "fixed:1996, moving, mean:3, mean:1994-1996 eller all, som gäller om inget sägs; kan upprepas."
    ),
    "The row of the whole country; else it is the sum of the areas.": "Raden för hela riket; annars är det summan av områdena.",
    "The unit of the costs where the heading does not say it; kr by default.": "Kostnadernas enhet där rubriken inte säger den; annars kr.",
    "What frames are rounded to; the costs' unit by default.": "Vad ramar avrundas till; annars kostnadernas enhet.",
    "Compare the bases over these years only.": "Jämför baserna bara över dessa år.",
    "Show this area in full.": "Visa detta område i sin helhet.",
    "Luck: let each area meet another's development so often.": "Slump: låt varje område möta ett annats utveckling så många gånger.",
    "Into how many groups by size areas are put.": "I hur många grupper efter storlek områdena läggs.",
    "Apply this agreement's terms to every area.": "Tillämpa detta avtals villkor på varje område.",
    "By this row of the agreement, which has a base.": "Efter denna rad i avtalet, som har en bas.",
    # --- books
    "Show what the mapping of this agreement makes of it.": "Visa vad detta avtals koppling gör av den.",
    "Write only a first mapping of accounts, to fill in.": "Skriv bara en första koppling av konton, att fylla i.",
    # --- init and schema
    "The name of the area.": "Områdets namn.",
    "The law that the body rests on: 2003:1210 for a coordination association. By default that of the form, or of the years.": (
        "Lagen som organet vilar på: 2003:1210 för ett samordningsförbund. Annars den som hör till formen, eller till åren."
    ),
    "The form of the joint body. By default the first that its law knows.": "Det gemensamma organets form. Annars den första som dess lag känner.",
    "Short names of the parties, with their roles where the names do not tell; in an association any other name is a municipality's. By default those of the form.": (
        "Parternas kortnamn, med roller där namnen inte säger dem; i ett förbund är varje annat namn en kommuns. Annars formens parter."
    ),
    "The years of the file. By default that of the books, the last whole year of an association, the first three of a trial.": (
        "Filens år. Annars bokföringens, ett förbunds senaste hela år, ett försöks tre första."
    ),
    "Ask for what only check reads too: board, charter, auditors, permission.": (
        "Fråga också efter det som bara check läser: styrelse, förbundsordning, revisorer, tillstånd."
    ),
    "The file to write, - for standard output; AREA.yaml by default.": "Filen som ska skrivas, - för standard ut; annars OMRÅDE.yaml.",
    "Write a workbook too, for the amounts of every year, beside the agreement file.": (
        "Skriv också en arbetsbok för varje års belopp, bredvid avtalsfilen."
    ),
    "Take activities and costs from this accounting export, which is to lie beside the agreement file.": (
        "Ta verksamheter och utfall ur denna export från bokföringen, som ska ligga bredvid avtalsfilen."
    ),
    "In place of AREA: write an example that comes with the program, and what it needs beside it, into this folder; all writes every one into a folder examples.": (
        "I stället för OMRÅDE: skriv ett exempel som följer med programmet, och det som det behöver bredvid sig, i denna mapp; all skriver alla i en mapp examples."
    ),
    "What the file states as its `format`: socsam/1, socsam-evaluation/1, socsam-scenarios/1.": (
        "Vad filen anger som sitt `format`: socsam/1, socsam-evaluation/1, socsam-scenarios/1."
    ),
}
