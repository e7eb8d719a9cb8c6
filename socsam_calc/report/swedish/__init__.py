"""Swedish for everything that a person reads in a result, by what is reported; the English text is the key, or the code of a rule or step."""

from __future__ import annotations

from typing import Final

from . import (
    act_1994,
    act_2003,
    any_law,
    check,
    evaluation,
    explanation,
    fields,
    findings,
    finsam_1992,
    guide,
    norm,
    page,
    settlement,
    starting,
    steps,
    whatif,
)

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
    explanation,
    steps,
    whatif,
    starting,
    guide,
    norm,
    fields,
)
SWEDISH: Final = {key: text for part in PARTS for key, text in part.SWEDISH.items()}
