"""Settle a document: the engine's arithmetic, its refusals with their places in the file; and the year or the figure that a person names."""

from __future__ import annotations

from collections.abc import Mapping

from ..engine.results import Settlement
from ..engine.settle import settle as settle_agreement
from ..problems import AgreementError, Problem, Refused, nearest
from ..source.document import Document


def settle(document: Document) -> Settlement:
    """The settlement of a loaded agreement, every year of it.

    Amounts of the result are exact kronor; + is a gain or a claim, − a burden or a debt. Raises AgreementError, with the place of
    each cause, where a cell falls below 0, uses exceed the surplus that there is, or nobody is there to bear an amount.
    """
    try:
        return settle_agreement(document.agreement)
    except Refused as refused:
        raise AgreementError(map(document.problem, refused.faults)) from None


def no_such_year(document: Document, year: int) -> Problem:
    """A year was asked for that the agreement does not hold; those that it holds."""
    held = ", ".join(map(str, document.agreement.years))
    return Problem("no-such-year", document.place(("years",), on_key=True), f"the agreement holds no year {year}", f"it holds {held}")


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
