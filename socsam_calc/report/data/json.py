"""Settlements as JSON, schema ``socsam.settlement/1``: every amount in kronor, exactly.

The standard encoder writes a number with decimals only as a binary float, so numbers are written here, text by the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any, Final

from ...answers.effect import Idle
from ...engine.figures import Result
from ...engine.results import ExpectationResult, Settlement, YearResult
from ...engine.steps import Money
from ...model.agreement import Agreement
from ...model.terms import split_measured
from ...money import ORE_PER, round_fraction

SCHEMA: Final = "socsam.settlement/1"
_DECIMALS: Final = 12
"""More than this and a number is written as a fraction."""


class Kronor(str):
    """A number already written out."""

    __slots__ = ()


def kronor(units: int | None, rounding: str) -> Kronor | int | None:
    """A count of rounding units as an exact number of kronor: an integer where whole, else at most two decimals."""
    if units is None or rounding == "kr":
        return units
    if rounding == "tkr":
        return units * 1000
    whole, ore = divmod(abs(units), 100)
    if not ore:
        return whole if units > 0 else -whole
    return Kronor(f"{'-' if units < 0 else ''}{whole}.{ore:02}".rstrip("0"))


def exact(value: int | Fraction, rounding: str | None = None) -> Kronor | int | str:
    """An exact number, in kronor where it counts units of ``rounding``: in decimals where it ends, else as the text of a fraction, `1/3`."""
    number = Fraction(value) * (Fraction(ORE_PER[rounding], 100) if rounding else 1)
    if number.denominator == 1:
        return number.numerator
    return decimal(number, _DECIMALS) if 10**_DECIMALS % number.denominator == 0 else str(number)


def decimal(value: Fraction, places: int) -> Kronor:
    """A number rounded to so many decimals, without zeros at its end."""
    scaled = round_fraction(value * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    return Kronor(f"{'-' if scaled < 0 else ''}{whole}.{rest:0{places}}".rstrip("0").rstrip("."))


def settlement_data(file: str, settlement: Settlement, years: Iterable[YearResult]) -> dict[str, Any]:
    """One agreement's settlement, as the schema has it."""
    agreement = settlement.agreement
    return {**head(file, agreement), "years": [_year(year, agreement) for year in years]}


def _figures(result: Result) -> dict[str, Any]:
    return {name: kronor(result.units(name), result.rounding) for name in result.figures}


def _amounts(steps: Mapping[str, Money], rounding: str) -> list[dict[str, Any]]:
    return [{"id": party, "amount": kronor(step.value, rounding)} for party, step in steps.items()]


def _year(year: YearResult, agreement: Agreement) -> dict[str, Any]:
    rounding = agreement.rounding
    split, shortfall, running = year.state_split, year.shortfall, year.to_date
    activities = []
    for activity in year.activities:
        figures = _figures(activity)
        frame = {name: figures.pop(name) for name, figure in activity.figures.items() if figure.section.startswith("1")}
        activities.append(
            {
                "id": activity.id,
                "name": activity.name,
                **frame,
                "cells": {party: kronor(cell.value, rounding) for party, cell in activity.cells.items()},
                **figures,
            }
        )
    return {
        "year": year.year,
        "status": year.status,
        "months": year.months,
        "source": year.source,
        "note": year.note,
        "totals": _figures(year.totals),
        "activities": activities,
        "sharing": {
            "key": year.sharing.key,
            "withheld": None if year.sharing.withheld is None else kronor(year.sharing.withheld.value, rounding),
            "distribution": year.sharing.distribution,
        },
        "parties": [{"id": party.id, "name": party.name, "role": party.role, **_figures(party)} for party in year.parties],
        "body": _figures(year.body),
        "reserve": None if year.reserve is None else _figures(year.reserve),
        "to_date": None
        if running is None
        else {
            "through": running.through,
            "totals": _figures(running.totals),
            "activities": [{"id": row.id, "name": row.name, **_figures(row)} for row in running.activities],
            "months": None
            if running.months is None
            else [{"month": one.month, "activity": one.activity, "booked": kronor(one.booked, rounding)} for one in running.months],
        },
        "transferred": [{"party": one.party, **_figures(one), "paid_in": one.paid_in} for one in year.transferred],
        "instalments": [{"date": one.day, "party": one.party, "amount": kronor(one.amount.value, rounding)} for one in year.instalments],
        "payments": [{"from": payer, "to": payee, "amount": kronor(amount, rounding)} for payer, payee, amount in year.payments],
        "state_split": None
        if split is None
        else {"party": split.party, **_figures(split), "limited": split.limited, "measured": split_measured(agreement, year.year)},
        "shortfall": None
        if shortfall is None
        else {"amount": kronor(shortfall.amount.value, rounding), "parties": _amounts(shortfall.parties, rounding)},
        "expectations": [_expectation(expectation, rounding) for expectation in year.expectations],
    }


def _expectation(expectation: ExpectationResult, rounding: str) -> dict[str, Any]:
    return {
        "path": expectation.path,
        "expected": kronor(expectation.expected, rounding),
        "computed": kronor(expectation.computed, rounding),
        "met": expectation.met,
        "source": expectation.source,
        "known_error": expectation.known_error,
        "min": kronor(expectation.least, rounding),
        "max": kronor(expectation.most, rounding),
    }


def document(settlements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, one settlement at a time, so that many files need no more memory than one."""
    return entries(SCHEMA, "settlements", settlements)


def entries(schema: str, name: str, of_each: Iterable[Mapping[str, Any]], about: tuple[str, str] = ("currency", "SEK")) -> Iterator[str]:
    """A document of a schema, in pieces: its entries stand under ``name``, one for each file; ``about`` is said of all of them."""
    yield f'{{"schema": {encode_basestring(schema)}, "{about[0]}": "{about[1]}", {encode_basestring(name)}: ['
    separator = "\n"
    for entry in of_each:
        yield separator
        yield from _in_pieces(entry)
        separator = ",\n"
    yield "\n]}\n"


def _in_pieces(entry: Mapping[str, Any]) -> Iterator[str]:
    """An entry as it is written otherwise; what of it comes one by one, each a mapping, is written as it comes."""
    if not any(isinstance(value, Iterator) for value in entry.values()):
        yield write(entry)
        return
    before = "{\n "
    for key, value in entry.items():
        yield f"{before}{text(key)}: "
        if isinstance(value, Iterator):
            yield from (f"{',' if number else '['}\n  {write(one, 3)}" for number, one in enumerate(value))
            yield "\n ]"
        else:
            yield write(value, 2)
        before = ",\n "
    yield "\n}"


def head(file: str, agreement: Agreement) -> dict[str, Any]:
    """What the entry of an agreement begins with."""
    return {
        "file": file,
        "area": agreement.area,
        "title": agreement.title,
        "unit": agreement.unit,
        "rounding": agreement.rounding,
        "assumptions": list(agreement.assumptions),
    }


def idle_data(one: Idle) -> dict[str, Any]:
    """What is set and has no effect; ``scenario`` is null where it is so in every case that sets it."""
    replaced = [{"file": place.file, "line": place.line or None} for place in one.places]
    return {"path": one.path, "scenario": one.case or None, "why": one.why, "years": list(one.years), "replaced_by": replaced}


_UNSEEN: Final = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|##\\[")
"""What a terminal obeys or does not show; and how an old command to a workflow begins, which is obeyed wherever it stands in a log."""


def text(value: str) -> str:
    """A text in quotes: what is not seen, or would be obeyed, is written by its number, and is the same text to whoever reads it."""
    quoted: str = encode_basestring(value)
    return _UNSEEN.sub(lambda found: "#\\u0023[" if found[0] == "##[" else f"\\u{ord(found[0]):04x}", quoted)


def write(value: Any, indent: int = 1) -> str:
    """JSON text: what holds only plain values stands on one line, everything else one entry a line."""
    match value:
        case Kronor():
            return str.__str__(value)
        case str():
            return text(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int():
            return str(value)
        case Mapping():
            entries = [f"{text(str(key))}: {write(entry, indent + 1)}" for key, entry in value.items()]
            opening, closing, nested = "{", "}", any(isinstance(entry, (list, dict)) and entry for entry in value.values())
        case _:
            entries = [write(entry, indent + 1) for entry in value]
            opening, closing, nested = "[", "]", any(isinstance(entry, (list, dict)) for entry in value)
    if not nested:
        return opening + ", ".join(entries) + closing
    margin = "\n" + " " * indent
    return opening + margin + ("," + margin).join(entries) + "\n" + " " * (indent - 1) + closing
