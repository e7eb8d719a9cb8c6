"""Rules of lag (2003:1210), by their codes."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "SOC190.title": "En annan lag",
    "SOC190.statement": "Katalogen innehåller bara reglerna i 1994 års försökslag.",
    "SOC190.why": "För ett avtal enligt lag (2003:1210) prövas bara räkning och kända orsaker till tvist; tystnad säger inget om den lagen.",
    "SOC190.remedy": "Pröva avtalet mot lag (2003:1210) på annat sätt.",
    "SOC190.message": "lag 2003:1210: dess egna regler finns inte i katalogen; bara räkning och kända orsaker till tvist prövas",
}
