"""Settle a document: the engine's arithmetic, its refusals with their places in the file."""

from __future__ import annotations

from ..engine.results import Settlement
from ..engine.settle import settle as settle_agreement
from ..problems import AgreementError, Problem, Refused
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
