"""How amounts are written where an agreement's own unit does not say it all: in öre, as cells, with or without their sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...amounts import Scale
from ...money import ORE_PER
from .tables import Cell, tone


class OreScale(Scale):
    """Writes amounts that count öre; ``factor`` is how many of them the agreement's rounding unit has."""

    def __init__(self, rounding: str, unit: str, amounts: Iterable[int | None] = ()) -> None:
        super().__init__("öre", unit, amounts)
        self.factor = ORE_PER[rounding]


class AmountCells:
    """Writes amounts of one scale as cells."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def plain(self, units: int | None) -> Cell:
        """An amount that nobody gains or bears."""
        return Cell(self.scale.amount(units))

    def signed(self, units: int | None) -> Cell:
        """An amount that somebody gains (+) or bears (−)."""
        return Cell(self.scale.amount(units, signed=True), tone(units))

    def shown(self, *, gained: bool) -> Callable[[int | None], Cell]:
        """What writes a figure that is ``gained``, or one that is not."""
        return self.signed if gained else self.plain
