"""A figure as a person names it: its whole path, or the nearest one."""

from __future__ import annotations

from collections.abc import Mapping

from ..engine.results import Settlement
from ..problems import nearest


def whole(settlement: Settlement, figure: str, known: Mapping[str, int | None]) -> str | tuple[str, str]:
    """The whole path of a figure; one without its year is that of the last year in which it is known. Or what is wrong, and the remedy.

    ``known`` is every figure of the settlement by its path.
    """
    if figure in known:
        return figure
    years = [str(year.year) for year in settlement.years]
    if figure.split(".", 1)[0] not in years and not figure[:4].isdecimal():
        having = [f"{year}.{figure}" for year in reversed(years) if f"{year}.{figure}" in known]
        if having:
            return next((name for name in having if known[name] is not None), having[0])
    near = nearest(figure, known) or nearest(f"{years[-1]}.{figure}", known)
    party = next(iter(settlement.agreement.parties))
    named = f"a figure is named like `{years[-1]}.totals.result` or `{years[-1]}.parties.{party}.settled`"
    return f"there is no figure `{figure}`", f"did you mean `{near}`?" if near else named
