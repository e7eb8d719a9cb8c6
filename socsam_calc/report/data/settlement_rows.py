"""Settlements as rows: one per file, year and party, activity, payment, instalment or figure; amounts in kronor, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, assert_never

from ...engine.figures import ActivityResult, PartyResult, Result
from ...engine.results import Settlement, YearResult
from ...engine.values import figures
from ...model.agreement import Agreement
from .json import kronor
from .records import ORE, Field, Records, Value, amounts, texts

Settled = tuple[str, Settlement, Sequence[YearResult]]
"""A file, what it comes to, and the years of it that were asked for."""

Rows = Literal["parties", "activities", "payments", "instalments", "figures"]

_LABELS: Final[dict[Rows, list[str]]] = {
    "parties": ["id", "name", "role"],
    "activities": ["id", "name"],
    "payments": ["from", "from_name", "to", "to_name"],
    "instalments": ["date", "party", "name"],
    "figures": ["path"],
}
_FIGURES: Final[dict[Rows, list[str]]] = {
    "parties": list(PartyResult.figures),
    "activities": list(ActivityResult.figures),
    "payments": ["amount"],
    "instalments": ["amount"],
    "figures": ["amount"],
}


def settlement_records(settled: Iterable[Settled], rows: Rows = "parties", *, places: int = ORE) -> Records:
    """The rows of the settlements, as they come. ``rows`` says what each is one of, ``places`` the decimals of the amounts."""
    fields = [*texts("file", "area"), Field("year", 0), *texts("status", *_LABELS[rows]), *amounts(places, *_FIGURES[rows])]
    return Records(fields, _rows(settled, rows))


def _rows(settled: Iterable[Settled], rows: Rows) -> Iterator[list[Value]]:
    for file, settlement, years in settled:
        for year in years:
            for row in _of_year(settlement.agreement, year, rows):
                yield [file, settlement.agreement.area, year.year, year.status, *row]


def _of_year(agreement: Agreement, year: YearResult, rows: Rows) -> Iterator[list[Value]]:
    rounding = agreement.rounding
    match rows:
        case "parties":
            for party in year.parties:
                yield [party.id, party.name, party.role, *_amounts(party)]
        case "activities":
            for activity in year.activities:
                yield [activity.id, activity.name, *_amounts(activity)]
        case "payments":
            for payer, payee, amount in year.payments:
                yield [payer, _name(agreement, payer), payee, _name(agreement, payee), kronor(amount, rounding)]
        case "instalments":
            for one in year.instalments:
                yield [one.day, one.party, _name(agreement, one.party), kronor(one.amount.value, rounding)]
        case "figures":
            for path, step in figures(year).items():
                yield [path, kronor(None if step is None else step.value, rounding)]
        case _:
            assert_never(rows)


def _amounts(result: Result) -> Iterator[Any]:
    return (kronor(result.units(figure), result.rounding) for figure in result.figures)


def _name(agreement: Agreement, node: str) -> str:
    """A party's full name; the body's is its id."""
    return node if node == "body" else agreement.parties[node].name or node
