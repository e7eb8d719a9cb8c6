"""Expectations: figures that the file says must come out, held against those that did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.agreement import Agreement
from ..model.year import Expectation
from ..problems import Path
from .course import in_order
from .figures import PartyResult, ReserveResult, Totals
from .results import ExpectationResult


def held(
    agreement: Agreement, number: int, totals: Totals, reserve: ReserveResult | None, parties: Iterable[PartyResult]
) -> Iterator[ExpectationResult]:
    """Each expectation of the year with what came out; None where the figure is not known."""
    expect = agreement.years[number].expect
    if expect is None:
        return
    path: Path = ("years", str(number), "expect")
    for figure in type(expect).model_fields:
        if figure in totals.figures and figure != "settled" and (expectation := getattr(expect, figure)) is not None:
            yield _held(f"{number}.totals.{figure}", expectation, totals.units(figure), (*path, figure))
    if expect.reserve is not None:
        closing = None if reserve is None else reserve.units("closing")
        yield _held(f"{number}.reserve.closing", expect.reserve, closing, (*path, "reserve"))
    settled = {party.id: party.units("settled") for party in parties}
    for party, expectation in in_order(agreement, expect.settled):
        yield _held(f"{number}.parties.{party}.settled", expectation, settled.get(party), (*path, "settled", party))


def _held(path: str, expectation: Expectation, computed: int | None, place: Path) -> ExpectationResult:
    """Hold a figure against its expectation; a known error of the source must not come out."""
    agrees = computed == expectation.value
    met = computed is not None and (not agrees if expectation.known_error else agrees)
    return ExpectationResult(path, expectation.value, computed, met, expectation.source, expectation.known_error, place)
