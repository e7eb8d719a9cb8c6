"""Amounts of one scale as cells: those that somebody gains or bears with their sign and tone, the others without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...amounts import Scale
from ...money import ORE_PER
from .tables import Amount, Cell, money


class OreScale(Scale):
    """Writes amounts that count öre; ``factor`` is how many of them the agreement's rounding unit has."""

    def __init__(self, rounding: str, unit: str, amounts: Iterable[int | None] = ()) -> None:
        super().__init__("öre", unit, amounts)
        self.factor = ORE_PER[rounding]


class AmountCells:
    """Writes amounts of one scale as cells. ``figure`` is the path of the one that a cell shows, ``claims`` of those that it adds up."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def plain(self, units: int | None, figure: str = "", claims: Sequence[str] = ()) -> Cell:
        """An amount that nobody gains or bears."""
        return money(Amount(units, self.scale), figure, claims)

    def signed(self, units: int | None, figure: str = "") -> Cell:
        """An amount that somebody gains (+) or bears (−)."""
        return money(Amount(units, self.scale, signed=True), figure)

    def shown(self, *, gained: bool) -> Callable[..., Cell]:
        """What writes a figure that is ``gained``, or one that is not."""
        return self.signed if gained else self.plain
