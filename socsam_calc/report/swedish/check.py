"""Findings and rules."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "In the file": "I filen",
    # check and rules
    "line": "rad",
    "severity": "grad",
    "error": "fel",
    "warning": "varning",
    "info": "upplysning",
    "rule": "regel",
    "finding": "anmärkning",
    "source": "källa",
    "Findings": "Anmärkningar",
    "Ignored": "Undantagna",
    "What to do": "Att göra",
    "What to do, and on which ground": "Att göra, och på vilken grund",
    "errors: {number}": "fel: {number}",
    "warnings: {number}": "varningar: {number}",
    "for information: {number}": "upplysningar: {number}",
    "ignored: {number}": "undantagna: {number}",
    "The file states assumptions; this finding may rest on one of them.": "Filen anger antaganden; anmärkningen kan vila på ett av dem.",
    "The agreement cannot be settled, so the rules that read results found nothing.": (
        "Avtalet kan inte avräknas, så de regler som läser resultat fann ingenting."
    ),
    "files: {files}, errors: {errors}, warnings: {warnings}.": "filer: {files}, fel: {errors}, varningar: {warnings}.",
    "`socsam rules CODE` tells why a rule matters and what to do.": "`socsam rules KOD` säger varför en regel är viktig och vad man kan göra.",
    "What an application had to show": "Vad en ansökan skulle visa",
    "Application": "Ansökan",
    "where": "var",
    "stated in the file": "anges i filen",
    "stated elsewhere": "anges på annat håll",
    "missing": "saknas",
    "Rules": "Regler",
    "what it asks": "vad den kräver",
    "Severities": "Grader",
    "Sources": "Källor",
    "forbidden by the law, or arithmetically impossible": "förbjudet enligt lagen, eller räknemässigt omöjligt",
    "a known cause of trouble": "en känd orsak till tvist",
    "not stated, or worth knowing": "inte angivet, eller värt att veta",
    "Why it matters": "Varför det är viktigt",
    "Source": "Källa",
    "subject": "ämne",
    "checked under `law:`": "prövas under `law:`",
    "under any law": "vilken lag som helst",
    "none": "ingen",
    "reads": "läser",
    "what the file states": "vad filen anger",
    "terms of sharing or adjustment, which a file may assume": "villkor för delning eller justering, som en fil kan anta",
    "amounts, which a file may assume": "belopp, som en fil kan anta",
}
