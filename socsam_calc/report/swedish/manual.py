"""The manual page: its headings, and what it says beside the help of the commands."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "User commands": "Användarkommandon",
    "Name": "Namn",
    "Synopsis": "Översikt",
    "Description": "Beskrivning",
    "Exit status": "Slutstatus",
    "Done.": "Klart.",
    "A figure, a bound or a rule does not hold, or what was looked for is not found.": (
        "Ett belopp, en gräns eller en regel håller inte, eller det som söktes finns inte."
    ),
    "A file or the command line is refused; nothing is written.": "En fil eller kommandoraden godtas inte; inget skrivs.",
    "A fault of the program.": "Ett fel i programmet.",
    "Ended by Ctrl-C; what a simulation knows by then is shown.": "Avslutat med Ctrl-C; det som en simulering vet dittills visas.",
    "Nobody reads the output any more.": "Ingen läser resultatet längre.",
    "Environment": "Miljövariabler",
    "What shows results that are longer than the screen; empty, nothing does. Without it, `less` or `more`.": (
        "Det som visar resultat som är längre än skärmen; tom, inget. Utan den `less` eller `more`."
    ),
    "Set, no colours.": "Satt, inga färger.",
    "A terminal that is `dumb` gets neither colours nor a pager.": "En terminal som är `dumb` får varken färger eller bläddrare.",
    "The time that pages and workbooks are dated by, in seconds since 1970-01-01; now by default.": (
        "Tiden som sidor och arbetsböcker dateras med, i sekunder sedan 1970-01-01; nu som förval."
    ),
    "If `true`, what is wrong is shown at its line in the pull request.": (
        "Om `true` visas det som är fel vid sin rad i ändringsförslaget (pull request)."
    ),
    "The file that takes what is wrong beyond ten of a kind.": "Filen som tar emot det som är fel utöver tio av samma slag.",
    "Set, a fault of the program shows its details.": "Satt visar ett fel i programmet sina detaljer.",
}
