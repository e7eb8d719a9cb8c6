"""What the books hold beside the costs that they give: money left out, ranges without an account, contributions and own capital."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...engine.results import YearResult
from ...money import ORE_PER, round_half_away
from ...source.ledger.booked import Booked, OfFile
from ..facts import Case
from ..rule import INFO, WARNING, Hit, hit
from ..said import Money, Ore, Said, say
from . import rule

_MOST_NAMED: Final = 8


def _files(case: Case) -> Iterator[tuple[Booked, OfFile]]:
    return ((year, file) for year in case.booked for file in year.files)


def _year(case: Case, number: int) -> YearResult | None:
    return next((year for year in case.settled_years if year.year == number), None)


def _rounded_up(year: Booked, size: int) -> int:
    """By how much, in öre, the year's costs are larger here than in the books, because they are rounded; ``size`` is that of a rounding unit."""
    costs = sum(sum(months.values()) for months in year.months.values())
    return costs * size - sum(one.amount for accounts in year.accounts.values() for one in accounts)


@rule(
    "SOC620",
    WARNING,
    """
    title: Range without an account
    statement: Every range of accounts that an activity names holds an account of the books.
    why: A range that meets nothing is a slip of the pen, or the chart of accounts has changed; the cost that it should hold stands
        elsewhere, or nowhere.
    remedy: Correct the range, or take it away.
    message: {activity}: no account of {file} lies in {range}
    sources: this program's reading
    """,
    reads="figures",
)
def every_range_meets_an_account(case: Case) -> Iterator[Hit]:
    for _, file in _files(case):
        for activity, span in file.unmet:
            yield hit((*file.path, "accounts", activity), activity=case.activity(activity), file=file.file, range=str(span))


@rule(
    "SOC621",
    WARNING,
    """
    title: Objects of a sub-dimension
    statement: What is booked on objects of a sub-dimension alone is named where an activity asks for objects of the dimension above it.
    why: Objects count as they are written: one of a sub-dimension does not count as its parent's, so its money goes to another row.
    remedy: Name the objects of the sub-dimension in an activity, or let the books name the object above too.
    message: {activity}: {amount} of {file} is booked on objects of the sub-dimension {dimension} alone, and counts elsewhere
    sources: SIE 4B
    """,
    reads="figures",
)
def sub_dimensions_are_named(case: Case) -> Iterator[Hit]:
    for _, file in _files(case):
        for (activity, dimension), amount in file.below.items():
            path = (*file.path, "accounts", activity)
            yield hit(path, activity=case.activity(activity), amount=Ore(amount), file=file.file, dimension=dimension)


@rule(
    "SOC622",
    WARNING,
    """
    title: Result accounts left outside
    statement: The result accounts that are left outside, contributions apart, hold no money.
    why: The body's result is that of all its accounts: what is left outside is a cost that nobody bears here, or income that lowers no
        cost.
    remedy: Let the accounts belong to an activity, or name those of contributions under `contributions`; else say in `ignore` why they
        do not belong here.
    message: {year}: {amount} of {file} is left outside ({accounts})
    sources: this program's reading
    """,
    reads="figures",
)
def nothing_is_left_outside(case: Case) -> Iterator[Hit]:
    for year, file in _files(case):
        if file.outside:
            named: list[Said] = [
                say("{account}: {amount}", account=f"{one.account} {one.name}".rstrip(), amount=Ore(one.amount))
                for one in file.outside[:_MOST_NAMED]
            ]
            if len(file.outside) > _MOST_NAMED:
                named.append(say("and {number} more", number=len(file.outside) - _MOST_NAMED))
            amount = Ore(sum(one.amount for one in file.outside))
            yield hit((*file.path, "outside"), year=year.year, amount=amount, file=file.file, accounts=named)


@rule(
    "SOC623",
    WARNING,
    """
    title: Contributions that are not those booked
    statement: What is booked as the members' contributions in a year is what the frame says that they put in.
    why: The frame divides a result by what each has put in; if other amounts were paid, the shares are those of another agreement.
    remedy: Correct the frame, or the accounts under `contributions`; a correction that the parties agreed on goes under `corrections`.
    message: {year}: {booked} is booked as contributions, and the frame has {frame}
    sources: arithmetic
    """,
    reads="figures",
)
def contributions_are_those_booked(case: Case) -> Iterator[Hit]:
    for year in case.booked:
        settled = _year(case, year.year)
        stated = [file for file in year.files if file.contributed is not None]
        if settled is None or not stated or year.outcome == "to_date":
            continue
        rows = [row.units("final") for row in settled.activities if not case.agreement.activities[row.id].is_only("opening_balance")]
        booked = sum(file.contributed or 0 for file in stated)
        frame = sum(amount or 0 for amount in rows)
        if None not in rows and round_half_away(booked, ORE_PER[case.agreement.rounding]) != frame:
            yield hit((*stated[0].path, "contributions"), year=year.year, booked=Ore(booked), frame=Money(frame))


@rule(
    "SOC624",
    WARNING,
    """
    title: Own capital that is not that of the balances
    statement: Own capital at the beginning and the end of a year is what the balances of the books say.
    why: Own capital is what all results have left; if the books have another sum, a result, a transfer or the opening balance is wrong
        here or there.
    remedy: Compare the results year by year with the accounts; correct `opening: {reserve}`, the costs, or the accounts under
        `capital`.
    message: {year}: own capital is {computed} {when}, and {balance} by the balances of {file}
    sources: arithmetic
    """,
    reads="figures",
)
def capital_is_that_of_the_balances(case: Case) -> Iterator[Hit]:
    size = ORE_PER[case.agreement.rounding]
    for year, file in _files(case):
        settled = _year(case, year.year)
        if settled is None or settled.reserve is None:
            continue
        ends = [(file.opening, settled.reserve.units("opening"), year.year - 1, say("when it begins"))]
        if year.outcome == "actual":
            ends.append((file.closing, settled.reserve.units("closing"), year.year, say("when it ends")))
        for balance, computed, last, when in ends:
            if balance is None or computed is None:
                continue
            rounded = sum(_rounded_up(one, size) for one in case.booked if one.year <= last)
            if 2 * abs(balance - computed * size - rounded) > size:
                path = (*file.path, "capital")
                yield hit(path, year=year.year, computed=Money(computed), when=when, balance=Ore(balance), file=file.file)


@rule(
    "SOC625",
    INFO,
    """
    title: Bookings in months that do not count
    statement: It is known what the books hold beside the months that count.
    why: What is booked after the day through which the books are counted, or in months outside the agreement's period, is left out: it
        is not lost by mistake if somebody knows it.
    remedy: None is needed; say `through:` if another month is meant.
    message: {year}: {amount} of the activities' accounts in {file} is booked in months that do not count (they go through {through})
    sources: this program's reading
    """,
    reads="figures",
)
def what_is_left_out_is_known(case: Case) -> Iterator[Hit]:
    for year, file in _files(case):
        if file.later:
            yield hit(file.path, year=year.year, amount=Ore(file.later), file=file.file, through=year.through)


@rule(
    "SOC626",
    INFO,
    """
    title: Months without a row
    statement: It is known in which months a file of figures has no row.
    why: A month without a row counts as 0: that may be so, or the month was never entered.
    remedy: Enter the month, or leave it where it cost nothing.
    message: {year}: {file} has no row of {months}
    sources: this program's reading
    """,
    reads="figures",
)
def silent_months_are_known(case: Case) -> Iterator[Hit]:
    for year, file in _files(case):
        if file.silent:
            months = [f"{year.year}-{month:02d}" for month in file.silent]
            yield hit(file.path, year=year.year, file=file.file, months=months)
