"""Rules of lag (1992:863), FINSAM, by their codes."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "SOC130.title": "En kassa och en sjukvårdshuvudman",
    "SOC130.statement": "Två deltar: en försäkringskassa och en sjukvårdshuvudman.",
    "SOC130.why": "Lagen samordnar sjukpenning och hälso- och sjukvård, inget annat. En kommun bredvid ett landsting har ingen del: gemensamma medel med socialtjänsten kom med försökslagen 1994.",
    "SOC130.remedy": "Behåll kassan och sjukvårdshuvudmannen; deltog andra, skriv `law: 1994:566`.",
    "SOC130.message": "{years}: {fault}; lagen känner en försäkringskassa och en sjukvårdshuvudman",
    "SOC131.title": "En kommun som sjukvårdshuvudman",
    "SOC131.statement": "En kommun är sjukvårdshuvudman bara om den inte hör till något landsting, eller driver primärvård på försök.",
    "SOC131.why": "Den andra parten måste svara för den hälso- och sjukvård vars medel den satsar.",
    "SOC131.remedy": "Skriv `outside_county_council: true`, eller säg i partens `note` att den driver primärvård på försök.",
    "SOC131.message": "{municipality} hör till ett landsting, och det sägs inte att den driver primärvård på försök",
    "SOC215.title": "Regeringens medgivande före starten",
    "SOC215.statement": "Regeringen har gett sitt medgivande innan samordningen börjar.",
    "SOC215.why": "Förmånsmedel används till hälso- och sjukvård bara där lagen och regeringens beslut tillåter det.",
    "SOC215.remedy": "Rätta dagen för beslutet eller starten.",
    "SOC215.message": "medgivandet gavs {date}, efter starten {start}",
    "SOC320.title": "Förmåner utanför sin tid",
    "SOC320.statement": "Huvudmannen svarar för sjuk-, rehabiliterings- och arbetsskadeersättning för tid från den 1 januari 1993 till den 31 december 1997, och inte för något som avgjorts efter mars 1998.",
    "SOC320.why": "Utanför den tiden är förmånen kassans ensam; delas dess kostnad bärs den av någon som inte svarar för den.",
    "SOC320.remedy": "Ta bort förmånens rad ur året, eller avsluta perioden senast den 31 mars 1998.",
    "SOC320.message": "{activity} ({years}): {cost} samordnas för 1993–1997, och till mars 1998 där den avgjordes senare",
    "SOC321.title": "Socialtjänsten har ingen del",
    "SOC321.statement": "Socialtjänst och socialbidrag samordnas inte.",
    "SOC321.why": "Lagen förenar socialförsäkring och hälso- och sjukvård. Kostnader för socialtjänst kom in i ramen först med försökslagen 1994.",
    "SOC321.remedy": "Ta bort verksamheten, eller skriv `law: 1994:566` om det var ett försök enligt den lagen.",
    "SOC321.message": "{activity}: {cost} har ingen del i samordningen enligt denna lag",
}
