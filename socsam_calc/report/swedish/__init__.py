"""Swedish for everything that a person reads in a result, by what is reported; the English text is the key, or the code of a rule or step."""

from __future__ import annotations

from typing import Final

from . import (
    act_1994,
    act_2003,
    any_law,
    books,
    check,
    columns,
    evaluation,
    explanation,
    fields,
    findings,
    finsam_1992,
    guide,
    help,
    looks_wrong,
    manual,
    norm,
    opening,
    options,
    page,
    refused_agreement,
    refused_books,
    refused_form,
    refused_ledger,
    refused_norm,
    refused_run,
    refused_years,
    settlement,
    starting,
    steps,
    whatif,
)

_OF_REFUSALS: Final = (refused_form, refused_agreement, refused_years, refused_ledger, refused_norm, refused_books, refused_run)
PARTS: Final = (
    settlement,
    evaluation,
    page,
    check,
    findings,
    act_1994,
    act_2003,
    finsam_1992,
    any_law,
    books,
    looks_wrong,
    explanation,
    steps,
    whatif,
    starting,
    guide,
    help,
    manual,
    norm,
    opening,
    options,
    fields,
    columns,
    *_OF_REFUSALS,
)
SWEDISH: Final = {key: text for part in PARTS for key, text in part.SWEDISH.items()}

_SAID_ELSEWHERE_TOO: Final = (
    "it is not known", "share", "`true` or `false`", "as it stands", "terms of {area}", "not known", "just {amount}",
    "at least {amount}", "at most {amount}", "{bound}, as in the agreement it is {own}", "{bound}, as the budget is {budget}",
    "at least {least} and at most {most}",
)  # fmt: skip
REFUSED: Final = {key: text for part in _OF_REFUSALS for key, text in part.SWEDISH.items()} | {
    key: SWEDISH[key] for key in _SAID_ELSEWHERE_TOO
}
"""What is said of things that are refused: whole sentences, and such with gaps."""
