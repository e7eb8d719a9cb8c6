"""Settlements as the sheets of a workbook: overview, frame, settlement, payments, balances, and what stands beside them."""

from __future__ import annotations

from ..render.sheets import Sheet
from ..render.stacked import stacked
from ..told.sheets import Settled, stacks, title
from ..told.words import Words

__all__ = ["sheets", "title"]


def sheets(settled: Settled, words: Words, unit: str | None = None) -> list[Sheet]:
    """The sheets of one agreement or several. ``unit`` None is that of the first file; years are those to show."""
    unit = unit or settled[0][0].agreement.unit
    return stacked(stacks(settled, words, unit), title(settled, words), words("Amounts in {unit}", unit=unit))
