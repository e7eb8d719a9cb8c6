"""The headings of rows that a Swedish spreadsheet opens, under the names that they have for programs."""

from __future__ import annotations

from typing import Final

COLUMNS: Final = {
    "file": "fil", "area": "område", "year": "år", "status": "status", "id": "kortnamn", "name": "namn", "role": "roll",
    "preliminary": "preliminärt", "contribution": "bidrag", "paid": "betalt", "before_sharing": "före delning", "kept": "behålls",
    "allocated": "tilldelas", "used": "används", "settled": "avräknat", "transfer": "får/betalar", "carried": "förs vidare",
    "divided": "fördelat", "adjustment": "justering", "correction": "korrigering", "conversion": "överföring", "final": "fastställt",
    "actual": "utfall", "result": "resultat", "shared": "delas", "line": "rad", "column": "kolumn", "code": "kod", "severity": "grad",
    "title": "rubrik", "message": "meddelande", "remedy": "åtgärd", "assumed": "vilar på antagande", "ignored": "bortses från",
    "because": "därför att", "step": "steg", "label": "benämning", "kind": "slag", "value": "värde", "formula": "formel",
    "words": "i ord", "numbers": "i tal", "section": "avsnitt", "rules": "regler", "sources": "källor", "text": "text",
    "base_year": "basår", "left_out": "utelämnat", "level": "nivå", "published": "publicerat", "effect": "effekt",
    "per_year": "per år", "per_inhabitant": "per invånare", "per_year_and_inhabitant": "per år och invånare",
    "percent_of_frame_low": "procent av ramen, lägst", "percent_of_frame_high": "procent av ramen, högst", "expected": "förväntat",
    "activity": "verksamhet", "where": "var", "direction": "riktning", "cost": "kostnad", "limit": "gräns", "party": "part",
    "part": "del", "own_result_of": "eget resultat för", "ends_at": "hamnar hos", "amount": "belopp", "scenario": "scenario",
    "seed": "frö", "partial": "ofullständigt", "figure": "uppgift", "inputs": "bygger på", "draws": "dragningar", "mean": "medelvärde",
    "sd": "standardavvikelse", "min": "minst", "p5": "p5", "p50": "p50", "p95": "p95", "max": "högst", "quantile_error": "kvantilfel",
    "chance_negative": "sannolikhet under noll", "path": "sökväg", "before": "före", "after": "efter", "difference": "skillnad",
    "from": "från", "to": "till", "goal": "mål", "payer": "betalar", "payee": "får", "budget": "budget", "from_name": "från, namn",
    "to_name": "till, namn", "date": "datum", "months": "månader", "booked": "bokfört", "remaining": "återstår", "own_capital": "eget kapital",
}  # fmt: skip

SWEDISH: Final = {f"column.{name}": heading for name, heading in COLUMNS.items()} | {
    "{figure}, difference": "{figure}, skillnad",
    "value.true": "SANT",
    "value.false": "FALSKT",
}
