"""What a year that runs, a plan and a closed year must be to the rest of the agreement: the refusals that no field can see alone (``format.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ..problems import Fault, Path
from .agreement import Agreement
from .year import Year


def faults(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """Everything about the year's costs to date, plan, instalments, transfers and bounds that keeps it from being settled."""
    yield from _outcome(number, year)
    yield from _to_date(agreement, number, year)
    yield from _plan(agreement, number, year)
    yield from _instalments(agreement, number, year)
    yield from _transferred(agreement, number, year)
    yield from _of_budget(agreement, number, year)


def _at(number: int, *names: str | int) -> Path:
    return ("years", str(number), *names)


def _outcome(number: int, year: Year) -> Iterator[Fault]:
    given = year.outcomes
    if len(given) > 1:
        yield Fault(
            _at(number, given[1]), "two-outcomes", f"{number} has both `{given[0]}` and `{given[1]}`", "keep one of them", on_key=True
        )


def _to_date(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """The books go through the last day of a month that counts, and some month is left."""
    if year.to_date is None:
        return
    from calendar import monthrange  # loads locales too, which few files need

    through, path = year.to_date.through, _at(number, "to_date", "through")
    counted = agreement.period.counted(number)
    last = monthrange(through.year, through.month)[1]
    before = [date(number, month, monthrange(number, month)[1]) for month in counted[:-1]]
    period: tuple[Path, ...] = (("period",),)
    if not before:
        text = f"{number} has one month inside the period, so nothing of it remains"
        yield Fault(path, "through", text, "give what it cost under `actual:` or `estimate:`", rests_on=period)
    elif through.year != number:
        remedy = f"write the last day of one of its months, such as `{before[-1]}`"
        yield Fault(path, "through", f"{through} does not lie in {number}", remedy)
    elif through.day != last:
        remedy = f"write `{date(number, through.month, last)}`, or the last day of the month before"
        yield Fault(path, "through", f"{through} is not the last day of its month", remedy)
    elif through.month == counted[-1]:
        remedy = "give what the year cost under `actual:`, or under `estimate:` before the books are closed"
        yield Fault(path, "through", f"nothing of {number} remains after {through}", remedy, rests_on=period)
    elif through not in before:
        remedy = f"write a day from {before[0]} to {before[-1]}"
        yield Fault(path, "through", f"the month of {through} lies outside the period", remedy, rests_on=period)
    for name in year.to_date.remaining if isinstance(year.to_date.remaining, dict) else ():
        if name not in year.to_date.actual:
            yield Fault(
                _at(number, "to_date", "remaining", name), "missing-cost", f"`{name}` has no costs so far in {number}",
                f"write `{name}:` under `to_date.actual` too, 0 where nothing is booked", rests_on=(_at(number, "to_date", "actual"),), on_key=True,
            )  # fmt: skip


def _plan(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """A plan beside costs names every row; one that is all that there is of costs is held as costs are."""
    if year.budget is None or year.planned:
        return
    for name in agreement.rows(number):
        if name not in year.budget and not agreement.activities[name].is_only("opening_balance"):
            yield Fault(
                _at(number, "budget"), "missing-cost", f"`{name}` has a row in the frame of {number} but no planned cost",
                f"write `{name}:` here, 0 where there is none", rests_on=(_at(number, "frame", name), ("activities", name)), on_key=True,
            )  # fmt: skip


def _instalments(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """Every plan has a day, from 1 December of the year before to the year's end, and is that of a party of the year."""
    if year.instalments is None:
        return
    path, present = _at(number, "instalments"), agreement.parties_of(number)
    by_party = year.instalments if isinstance(year.instalments, dict) else {}
    plans = [((*path, party), plan) for party, plan in by_party.items()] or [(path, year.instalments)]
    for party in by_party:
        if party not in present:
            yield Fault(
                (*path, party), "absent-party", f"`{party}` is not a party in {number}, and pays nothing in", "take the line away",
                rests_on=(("parties", party),), on_key=True,
            )  # fmt: skip
    counted = agreement.period.counted(number)
    for at, plan in plans:
        if isinstance(plan, list):
            for position, day in enumerate(plan):
                if not date(number - 1, 12, 1) <= day <= date(number, 12, 31):
                    remedy = f"contributions of {number} are paid in from {number - 1}-12-01 to {number}-12-31"
                    yield Fault((*at, position), "instalments", f"{day} is no day for contributions of {number}", remedy)
        elif plan == "quarterly" and not {1, 4, 7, 10} & set(counted):
            text = f"no quarter of {number} begins inside the period, so there is no day to pay in"
            yield Fault(at, "instalments", text, "write `monthly`, or the days", rests_on=(("period",),))
        elif isinstance(plan, dict):
            yield Fault(at, "instalments", "nobody's plan stands here", "write one for each party, or one for all", on_key=True)


def _transferred(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """What was really paid belongs to a closed year, and names every party of it."""
    if year.transferred is None:
        return
    path = _at(number, "transferred")
    if year.actual is None:
        yield Fault(
            path, "transferred", f"{number} has no `actual` costs, so it is not closed and nothing was transferred for good",
            "give its costs under `actual:`, or take `transferred` out", rests_on=(_at(number, "actual"),), on_key=True,
        )  # fmt: skip
    for party in agreement.parties_of(number):
        if party not in year.transferred:
            yield Fault(
                path, "missing-party", f"`{party}` is a party in {number}, but what it received or paid is not here",
                f"write `{party}:` here, 0 where nothing moved", rests_on=(("parties", party),), on_key=True,
            )  # fmt: skip
    for party in year.transferred:
        first = agreement.parties[party].from_ if party in agreement.parties else None
        if first is not None and first > number and party not in agreement.opening.claims:
            yield Fault(
                (*path, party), "absent-party", f"`{party}` came in {first}, so nothing was due to it or from it in {number}",
                "take the line away, or correct the party's `from`", rests_on=(("parties", party),), on_key=True,
            )  # fmt: skip


def _of_budget(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """A percentage of the budget needs one."""
    if year.expect is None or agreement.rows(number):
        return
    named = {name: getattr(year.expect, name) for name in type(year.expect).model_fields if name != "settled"}
    stated = {(name,): one for name, one in named.items()} | {("settled", name): one for name, one in year.expect.settled.items()}
    for names, one in stated.items():
        for side in ("min", "max") if one is not None else ():
            if isinstance(getattr(one, side), Fraction):
                text = f"a percentage is one of the budget, and {number} has neither a plan nor a frame"
                yield Fault(_at(number, "expect", *names, side), "no-budget", text, "write an amount, or give the year its frame")
