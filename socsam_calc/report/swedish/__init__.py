"""Swedish for everything that a person reads in a result, by what is reported; the English text is the key."""

from __future__ import annotations

from typing import Final

from . import check, evaluation, explanation, page, settlement, whatif

SWEDISH: Final = {
    **settlement.SWEDISH,
    **evaluation.SWEDISH,
    **page.SWEDISH,
    **check.SWEDISH,
    **explanation.SWEDISH,
    **whatif.SWEDISH,
}
