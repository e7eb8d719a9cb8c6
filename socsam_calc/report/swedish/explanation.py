"""Derivations."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
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
    "round": "avrunda",
    "within": "inom",
    "rule {numbers}": "regel {numbers}",
    "rules {numbers}": "regel {numbers}",
    "derived with {year}": "härledd med {year}",
    "derived by `socsam explain {file} {figure}`": "härleds av `socsam explain {file} {figure}`",
    "{value}, but at most ± {limit}, rounded": "{value}, dock högst ± {limit}, avrundat",
    "{one}, but not below {other}": "{one}, men inte under {other}",
    "Division by a key": "Delning enligt en nyckel",
    "nothing was put in": "inget har skjutits till",
    "the file states none": "filen anger inget",
    "nothing is set aside or used": "inget avsätts eller används",
    "own capital is not divided this year": "eget kapital fördelas inte i år",
    "the smaller of {one} and {other}": "det minsta av {one} och {other}",
    "{amount}, band by band: {bands}": "{amount}, steg för steg i skalan: {bands}",
    "part of {whole} by largest remainder, in proportion to {weights}": "del av {whole} enligt största rest, i proportion till {weights}",
    "part of {whole} by largest remainder, all parts in [{number}]": "del av {whole} enligt största rest, alla delar i [{number}]",
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
    "round: to the nearest whole {unit}, halves away from zero.": "avrunda: till närmaste hela {unit}, halva bort från noll.",
    "The parts of the arithmetic: {sections}. Rules are those of the domain that they rest on. `socsam guide` opens both.": (
        "Räknereglernas delar: {sections}. Reglerna är de på området som de vilar på. `socsam guide` öppnar båda."
    ),
    "Act: lag (1994:566). PM: the memorandum to circular 1995:101. Report: the final report of 2001.": (
        "Lagen: lag (1994:566). PM: promemorian till cirkulär 1995:101. Rapporten: slutrapporten 2001."
    ),
    "nothing enters it": "inget ingår",
    "nothing is booked": "inget är bokfört",
    "nothing remains": "inget återstår",
    "nothing is shared with it": "inget delas med den",
    "no year of distribution: nothing moves": "inget fördelningsår: inget betalas",
    "in a year of distribution nothing is carried further": "i ett fördelningsår förs inget vidare",
}
