"""Books: what an accounting export holds, a first mapping of it, what the rules find in it, and the fields of a mapping."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    # what a file holds
    "{file}: {year}, through {through}. Amounts in kr.": "{file}: {year}, till och med {through}. Belopp i kr.",
    "Result accounts": "Resultatkonton",
    "account": "konto",
    "accounts": "konton",
    "Accounts": "Konton",
    "sum": "summa",
    "goes to": "går till",
    "outside": "utanför",
    "Read from {source}; costs are positive, income is negative.": "Läst ur {source}; kostnader är positiva, intäkter negativa.",
    "its rows": "dess rader",
    "Balance accounts with bookings, which are not shown: {number}.": "Balanskonton med bokningar, som inte visas: {number}.",
    "Objects of result accounts": "Resultatkontonas objekt",
    "account or range of accounts": "konto eller intervall av konton",
    "dimension": "dimension",
    "object": "objekt",
    "Mapped to nothing": "Kopplat till inget",
    "{account}: {amount} is mapped to nothing": "{account}: {amount} är inte kopplat till något",
    "No result account is left over.": "Inget resultatkonto blir över.",
    "What `settle` refuses": "Vad `settle` avvisar",
    "A first mapping, to fill in": "En första koppling, att fylla i",
    "{account}: {amount}, first at {place}": "{account}: {amount}, först i {place}",
    "{file}: {amount} is booked in months of {year} that do not count (they go through {through}), and is left out": (
        "{file}: {amount} är bokfört i månader av {year} som inte räknas (de går till och med {through}), och lämnas utanför"
    ),
    "{file}: there is no row of {months}, so they count as 0": "{file}: det finns ingen rad för {months}, så de räknas som 0",
    # a first mapping
    "öre are rounded to whole kronor, once a month": "öre avrundas till hela kronor, en gång i månaden",
    "rename the activities, and let each account stand in one of them": "byt namn på verksamheterna, och låt varje konto stå i en av dem",
    "balances, income and financial items: read and left out": "balanser, intäkter och finansiella poster: läses och lämnas utanför",
    "the accounts of the members’ contributions, for check": "kontona för medlemmarnas bidrag, för check",
    "the accounts of own capital, for check": "kontona för eget kapital, för check",
    "purchases": "inköp",
    "Bought services": "Köpta tjänster",
    "other_costs": "övriga_kostnader",
    "Premises and other costs": "Lokaler och övriga kostnader",
    "Staff and depreciation": "Personal och avskrivningar",
    "Costs": "Kostnader",
    "the kind of cost, such as joint_measures or administration": "slaget av kostnad, som joint_measures eller administration",
    "those of the books; rename them here and under `figures`": "bokföringens; byt namn på dem här och under `figures`",
    "the costs come from the books": "kostnaderna kommer ur bokföringen",
    # the fields of a mapping
    "Frames and costs from files beside the agreement: figures, an accounting export with its accounts, or a list of these.": (
        "Ramar och kostnader ur filer bredvid avtalet: siffror, en export ur bokföringen med sina konton, eller en lista med sådana."
    ),
    "The file: SIE 4, or .csv or .xlsx with the columns year, month, account, object and amount; or one of figures by activity.": (
        "Filen: SIE 4, eller .csv eller .xlsx med kolumnerna år, månad, konto, objekt och belopp; eller en med siffror per verksamhet."
    ),
    "Of sums finer than the agreement's rounding: refused, by default, or rounded to the nearest, halves away from zero.": (
        "Om summor som är finare än avtalets avrundning: avvisas (refused), om inget sägs, eller avrundas till närmaste (nearest), halva bort från noll."
    ),
    "Activity by activity the accounts that make its cost.": "Verksamhet för verksamhet de konton som utgör kostnaden.",
    "Accounts that are read and left out.": "Konton som läses och lämnas utanför.",
    "The accounts on which the members' contributions are booked; for check, which holds them against the frame.": (
        "Kontona där medlemmarnas bidrag bokförs; för check, som håller dem mot ramen."
    ),
    "The accounts of own capital; for check, which holds them against the balances.": "Kontona för eget kapital; för check, som håller dem mot balanserna.",
    "Through which day the books are counted: the last of a month. By default what the file itself says.": (
        "Till och med vilken dag bokföringen räknas: den sista i en månad. Om inget sägs, det som filen själv anger."
    ),
    "Whether the books of a whole year are closed; if not, its costs are an estimate.": (
        "Om bokföringen för ett helt år är avslutad; annars är årets kostnader en prognos."
    ),
    "The year that is read, where the file states several.": "Året som läses, när filen har flera.",
    "Its accounts: a number, a range with both ends, or a list of these.": "Dess konton: ett nummer, ett intervall med båda ändarna, eller en lista.",
    "Which objects count, by dimension (SIE: 1 cost centre, 6 project); of several dimensions all must hold, of several objects any.": (
        "Vilka objekt som räknas, per dimension (SIE: 1 kostnadsställe, 6 projekt); av flera dimensioner måste alla gälla, av flera objekt något."
    ),
    # what the rules find
    "when it begins": "när det börjar",
    "when it ends": "när det slutar",
    "{account}: {amount}": "{account}: {amount}",
    "and {number} more": "och {number} till",
    "SOC620.title": "Intervall utan konto",
    "SOC620.statement": "Varje intervall av konton som en verksamhet nämner rymmer ett konto i bokföringen.",
    "SOC620.why": "Ett intervall som inte träffar något är ett skrivfel, eller så har kontoplanen ändrats; kostnaden som det skulle rymma står någon annanstans, eller ingenstans.",
    "SOC620.remedy": "Rätta intervallet, eller ta bort det.",
    "SOC620.message": "{activity}: inget konto i {file} ligger i {range}",
    "SOC621.title": "Objekt i en underdimension",
    "SOC621.statement": "Det som bokförts enbart på objekt i en underdimension nämns där en verksamhet frågar efter objekt i dimensionen ovanför.",
    "SOC621.why": "Objekt räknas som de är skrivna: ett i en underdimension räknas inte som sin förälders, så pengarna går till en annan rad.",
    "SOC621.remedy": "Nämn underdimensionens objekt i en verksamhet, eller låt bokföringen nämna även objektet ovanför.",
    "SOC621.message": "{activity}: {amount} i {file} är bokfört enbart på objekt i underdimensionen {dimension}, och räknas på annat håll",
    "SOC622.title": "Resultatkonton som lämnats utanför",
    "SOC622.statement": "De resultatkonton som lämnats utanför, bidragen undantagna, har inga pengar på sig.",
    "SOC622.why": "Organets resultat är det av alla dess konton: det som lämnas utanför är en kostnad som ingen bär här, eller en intäkt som inte sänker någon kostnad.",
    "SOC622.remedy": "Låt kontona höra till en verksamhet, eller nämn bidragens konton under `contributions`; säg annars i `ignore` varför de inte hör hit.",
    "SOC622.message": "{year}: {amount} i {file} är lämnat utanför ({accounts})",
    "SOC623.title": "Bidrag som inte är de bokförda",
    "SOC623.statement": "Det som bokförts som medlemmarnas bidrag ett år är vad ramen säger att de satsar.",
    "SOC623.why": "Ramen fördelar ett resultat efter vad var och en har satsat; betalades andra belopp är andelarna ett annat avtals.",
    "SOC623.remedy": "Rätta ramen, eller kontona under `contributions`; en ändring som parterna kommit överens om hör hemma under `corrections`.",
    "SOC623.message": "{year}: {booked} är bokfört som bidrag, och ramen har {frame}",
    "SOC624.title": "Eget kapital som inte är balansernas",
    "SOC624.statement": "Eget kapital vid ett års början och slut är vad bokföringens balanser säger.",
    "SOC624.why": "Eget kapital är vad alla resultat har lämnat efter sig; har bokföringen en annan summa är ett resultat, en överföring eller den ingående balansen fel här eller där.",
    "SOC624.remedy": "Jämför resultaten år för år med kontona; rätta `opening: {reserve}`, kostnaderna eller kontona under `capital`.",
    "SOC624.message": "{year}: eget kapital är {computed} {when}, och {balance} enligt balanserna i {file}",
    "SOC625.title": "Bokningar i månader som inte räknas",
    "SOC625.statement": "Det framgår vad bokföringen har vid sidan av de månader som räknas.",
    "SOC625.why": "Det som bokförts efter dagen som bokföringen räknas till, eller i månader utanför avtalets period, lämnas utanför: det går inte förlorat av misstag om någon vet om det.",
    "SOC625.remedy": "Ingen behövs; skriv `through:` om en annan månad menas.",
    "SOC625.message": "{year}: {amount} på verksamheternas konton i {file} är bokfört i månader som inte räknas (de går till och med {through})",
    "SOC626.title": "Månader utan rad",
    "SOC626.statement": "Det framgår i vilka månader en fil med siffror saknar rad.",
    "SOC626.why": "En månad utan rad räknas som 0: det kan stämma, eller så blev månaden aldrig införd.",
    "SOC626.remedy": "För in månaden, eller låt den vara om den inte kostade något.",
    "SOC626.message": "{year}: {file} saknar rad för {months}",
}
