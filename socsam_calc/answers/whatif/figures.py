"""A settlement's figures by their path, as the JSON has them: ``2000.parties.kommun.settled``, ``2000.totals.result``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...engine.figures import figures
from ...engine.results import Settlement, YearResult
from ...model.agreement import Agreement
from ...money import ORE_PER
from ...problems import nearest


def names(settlement: Settlement) -> list[str]:
    """The path of every figure that the settlement has, known or not."""
    return [name for year in settlement.years for name in figures(year)]


def ore(settlement: Settlement, figure: str) -> int | None:
    """The figure in öre; None where it is not known, or where this settlement has no such figure."""
    number, *path = figure.split(".")
    year = next((year for year in settlement.years if str(year.year) == number), None)
    units = None if year is None else _units(year, path)
    return None if units is None else units * ORE_PER[settlement.agreement.rounding]


def _units(year: YearResult, path: list[str]) -> int | None:
    match path:
        case ["totals", figure]:
            return year.totals.units(figure)
        case ["parties", party, figure]:
            return next((one.units(figure) for one in year.parties if one.id == party), None)
        case ["activities", activity, "cells", party]:
            cell = next((one.cells.get(party) for one in year.activities if one.id == activity), None)
            return None if cell is None else cell.value
        case ["activities", activity, figure]:
            return next((one.units(figure) for one in year.activities if one.id == activity), None)
        case ["body", figure]:
            return year.body.units(figure)
        case ["sharing", "withheld"]:
            return None if year.sharing.withheld is None else year.sharing.withheld.value
        case ["payments", position] if position.isdecimal() and int(position) < len(year.payments):
            return year.payments[int(position)].amount
        case ["state_split", figure]:
            return None if year.state_split is None else year.state_split.units(figure)
        case ["shortfall", "amount"]:
            return None if year.shortfall is None else year.shortfall.amount.value
        case ["shortfall", "parties", party]:
            part = None if year.shortfall is None else year.shortfall.parties.get(party)
            return None if part is None else part.value
    return None


def whole(settlement: Settlement, figure: str, known: Sequence[str]) -> str | tuple[str, str]:
    """The whole path of a figure; one without its year is that of the last year in which it is known. Or what is wrong, and the remedy.

    ``known`` is what ``names`` gives.
    """
    if figure in known:
        return figure
    years = [str(year.year) for year in settlement.years]
    short = figure.split(".", 1)[0] not in years and not figure[:4].isdecimal()
    if short:
        having = [f"{year}.{figure}" for year in reversed(years) if f"{year}.{figure}" in known]
        if having:
            return next((name for name in having if ore(settlement, name) is not None), having[0])
    near = nearest(figure, known) or nearest(f"{years[-1]}.{figure}", known)
    remedy = (
        f"did you mean `{near}`?"
        if near
        else f"a figure is named like `{years[-1]}.totals.result` or `{years[-1]}.parties.{_first_party(settlement.agreement)}.settled`"
    )
    return f"there is no figure `{figure}`", remedy


def _first_party(agreement: Agreement) -> str:
    return next(iter(agreement.parties))


def both(first: Settlement, second: Settlement) -> Iterable[str]:
    """The paths of the figures that either settlement has, in the order of the first; not the payments, whose numbers say nothing."""
    return dict.fromkeys(name for name in [*names(first), *names(second)] if ".payments." not in name)
