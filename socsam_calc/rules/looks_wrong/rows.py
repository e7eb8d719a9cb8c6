"""Rows and frames against the year before, against their cost, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from ...engine.results import YearResult
from ...problems import Path
from ..facts import Case, year_path
from ..rule import WARNING, Hit, hit
from ..said import Money, Years, say
from . import rule

_WHAT: Final = {"preliminary": say("frame"), "actual": say("cost")}


class _Pair(NamedTuple):
    """A figure of two years that follow each other in the file, each as if its year were a whole one."""

    before: Fraction
    now: Fraction

    @property
    def change(self) -> Fraction:
        """How far they are apart, in parts of the larger."""
        return abs(self.now - self.before) / max(self.before, self.now)


def figures_of_rows(case: Case, year: YearResult, figure: str) -> dict[str, int]:
    """A figure of each row of the year, money from before left out."""
    activities = case.agreement.activities
    found = {row.id: row.units(figure) for row in year.activities if not activities[row.id].is_only("opening_balance")}
    return {name: units for name, units in found.items() if units is not None}


def _both(case: Case, before: YearResult, year: YearResult, figure: str) -> dict[str, _Pair]:
    """The rows that have had something in the year before and are there in this one too."""
    was, now = figures_of_rows(case, before, figure), figures_of_rows(case, year, figure)
    if not before.months or not year.months:
        return {}
    return {
        name: _Pair(Fraction(was[name] * 12, before.months), Fraction(units * 12, year.months))
        for name, units in now.items()
        if was.get(name)
    }


def _place(case: Case, year: int, figure: str, row: str) -> Path:
    """Where a row's frame or cost stands."""
    stated = case.agreement.years[year]
    return year_path(year, "frame" if figure == "preliminary" else "actual" if stated.actual is not None else "estimate", row)


def percent(share: Fraction) -> str:
    """A share in whole percent, as one reads it."""
    return f"{round(share * 100)} %"


@rule(
    "SOC701",
    WARNING,
    """
    title: A row that jumps
    statement: A row's frame and its cost change from year to year by no more than the file's threshold, 60 % of the larger of the two.
    why: Nothing in a joint budget more than doubles or halves of itself. What does has most often lost three digits, or gained them:
        kronor in a file of thousands, `56.0` for `56 000`, a figure of another row.
    remedy: Compare both years with their source; if they are right, say in `note` why, and raise `thresholds: {row: …}` or `ignore` the
        rule.
    message: {activity}: the {what} of {year} is {now}, of {before_year} it was {before}
    """,
)
def row_jumps(case: Case) -> Iterator[Hit]:
    limit = case.agreement.thresholds.row
    for before, year in pairwise(case.settled_years):
        for figure, what in _WHAT.items():
            for name, pair in _both(case, before, year, figure).items():
                if pair.change > limit:
                    was, now = figures_of_rows(case, before, figure)[name], figures_of_rows(case, year, figure)[name]
                    yield hit(
                        _place(case, year.year, figure, name), related=(_place(case, before.year, figure, name),),
                        activity=case.activity(name), what=what, year=year.year, now=Money(now), before_year=before.year, before=Money(was),
                    )  # fmt: skip


@rule(
    "SOC702",
    WARNING,
    """
    title: A frame that jumps
    statement: The frame changes from year to year by no more than the file's threshold, 30 % of the larger of the two, over the rows
        that both years have.
    why: A frame starts from the year before and the development that is expected. One that is a third larger or smaller has a row of
        another unit, of another year, or of half a year.
    remedy: Compare both years with their source; if they are right raise `thresholds: {frame: …}`.
    message: the frame of {year} is {now}, of {before_year} it was {before} in the same rows
    """,
)
def frame_jumps(case: Case) -> Iterator[Hit]:
    for before, year in pairwise(case.settled_years):
        pairs = _both(case, before, year, "preliminary")
        whole = _Pair(sum((pair.before for pair in pairs.values()), Fraction(0)), sum((pair.now for pair in pairs.values()), Fraction(0)))
        if pairs and whole.before and whole.change > case.agreement.thresholds.frame:
            was, now = (sum(figures_of_rows(case, one, "preliminary")[name] for name in pairs) for one in (before, year))
            yield hit(
                year_path(year.year, "frame"), related=(year_path(before.year, "frame"),),
                year=year.year, now=Money(now), before_year=before.year, before=Money(was),
            )  # fmt: skip


@rule(
    "SOC705",
    WARNING,
    """
    title: A row far from its frame
    statement: A row's result is no more than the file's threshold, 50 % of its final frame.
    why: An activity that costs half of what it was given, or half as much again, is rare; a figure of another unit or another row is
        not. A cost of 0 in a row that has money is most often one that nobody entered.
    remedy: Compare frame and cost with their source; if they are right raise `thresholds: {row_result: …}`.
    message: {activity}: {year} has a frame of {frame} and a cost of {cost}, a result of {percent} of the frame
    """,
)
def row_far_from_its_frame(case: Case) -> Iterator[Hit]:
    for year in _years_with_costs(case):
        costs = figures_of_rows(case, year, "actual")
        for name, frame in figures_of_rows(case, year, "final").items() if any(costs.values()) else ():
            share = Fraction(abs(frame - costs[name]), frame) if frame else Fraction(0)
            if share > case.agreement.thresholds.row_result:
                path = _place(case, year.year, "actual", name)
                yield hit(
                    path, activity=case.activity(name), year=year.year, frame=Money(frame), cost=Money(costs[name]), percent=percent(share)
                )  # fmt: skip


@rule(
    "SOC706",
    WARNING,
    """
    title: A result large against the frame
    statement: The year's result is no more than the file's threshold, 15 % of the final frame.
    why: The largest result that the report prints is 5 % of its frame (Stenungsund 1998, −15 864 tkr, against the frame of 2000). A
        larger one is more often a slip than a year.
    remedy: Look at the rows with the largest results; if they are right raise `thresholds: {result: …}`.
    message: {year}: the result is {result}, {percent} of the frame of {frame}
    sources: Report 4.1.2, table 8; arithmetic; this program's reading
    elsewhere: arithmetic; this program's reading
    """,
)
def result_against_frame(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        frame, result = year.totals.units("final_frame"), year.totals.units("result")
        if frame and result is not None and Fraction(abs(result), frame) > case.agreement.thresholds.result:
            stated = case.agreement.years[year.year]
            path = year_path(year.year, "actual" if stated.actual is not None else "estimate" if stated.estimate is not None else "result")
            yield hit(path, year=year.year, result=Money(result), frame=Money(frame), percent=percent(Fraction(abs(result), frame)))


@rule(
    "SOC707",
    WARNING,
    """
    title: A year without any cost
    statement: A year whose costs are given has some.
    why: Costs that are 0 in every row make the whole frame a surplus, which is then divided and paid. They are a form that nobody has
        filled in.
    remedy: Enter the costs; a year of which only the frame is known has no `actual` and no `estimate`.
    message: {year}: every cost is 0, while the frame is {frame}
    """,
)
def some_cost(case: Case) -> Iterator[Hit]:
    for year in _years_with_costs(case):
        frame = sum(figures_of_rows(case, year, "final").values())
        if frame and not any(figures_of_rows(case, year, "actual").values()):
            stated = case.agreement.years[year.year]
            yield hit(year_path(year.year, "actual" if stated.actual is not None else "estimate"), year=year.year, frame=Money(frame))


@rule(
    "SOC708",
    WARNING,
    """
    title: A year equal to the one before
    statement: No year has the costs of the year before in every row, or its total result.
    why: Books do not repeat themselves. The block of last year was copied, and the figures were not changed.
    remedy: Enter the year's own figures.
    message: {year}: {what} that of {before}
    """,
)
def own_figures(case: Case) -> Iterator[Hit]:
    for before, year in pairwise(case.settled_years):
        costs = [{name: units for name, units in figures_of_rows(case, one, "actual").items() if units} for one in (before, year)]
        stated, former = case.agreement.years[year.year], case.agreement.years[before.year]
        if costs[1] and costs[0] == costs[1]:
            path = year_path(year.year, "actual" if stated.actual is not None else "estimate")
            yield hit(path, year=year.year, before=before.year, what=say("the cost of every row is"))
        elif stated.result and stated.result == former.result:
            yield hit(year_path(year.year, "result"), year=year.year, before=before.year, what=say("the result is"))


@rule(
    "SOC719",
    WARNING,
    """
    title: An activity without figures
    statement: Every activity has a frame or a cost in some year, and in each between the first and the last in which it has.
    why: An activity that has neither in a year takes no part in it, and is in no table. Where it did take part, its line was lost.
    remedy: Enter its frame and its cost, 0 where there was none; or take it out of `activities`.
    message: {activity}: no frame and no cost in {years}
    """,
)
def takes_part(case: Case) -> Iterator[Hit]:
    years = {year.year: {row.id for row in year.activities} for year in case.settled_years if not case.only_total(year.year)}
    for name, activity in case.agreement.activities.items():
        there = [year for year, rows in years.items() if name in rows]
        without = [year for year, rows in years.items() if name not in rows and (not there or there[0] < year < there[-1])]
        if without and not activity.is_only("opening_balance"):
            yield hit(("activities", name), activity=case.activity(name), years=Years(without))


@rule(
    "SOC711",
    WARNING,
    """
    title: Frame and cost exchanged
    statement: The booked costs of a year are not rounder figures than its frame: rounder in more than half of the rows, and in none
        less round.
    why: A frame is decided and ends in noughts; costs come out of books and do not. Where it is the other way round the two columns or
        blocks have most likely changed places, and every surplus is a deficit.
    remedy: Compare with the source which is which.
    message: {year}: the costs end in more noughts than the frame ({activities})
    """,
)
def not_exchanged(case: Case) -> Iterator[Hit]:
    for number, year in case.agreement.years.items():
        frames: Mapping[str, int] = {
            name: amount if isinstance(amount, int) else sum(amount.values()) for name, amount in year.frame.items()
        }
        both = {name: (amount, (year.actual or {}).get(name, 0)) for name, amount in frames.items()}
        more = {name: _noughts(cost) - _noughts(frame) for name, (frame, cost) in both.items() if frame and cost and frame != cost}
        rounder = [name for name, noughts in more.items() if noughts > 0]
        if len(rounder) > 1 and 2 * len(rounder) > len(more) and min(more.values()) >= 0:
            yield hit(year_path(number, "frame"), year=number, activities=[case.activity(name) for name in rounder])


def _noughts(units: int) -> int:
    text = str(units)
    return len(text) - len(text.rstrip("0"))


@rule(
    "SOC712",
    WARNING,
    """
    title: A row of another size
    statement: The largest row of a year's frame is no more than the file's threshold, 200 times as large as the next one.
    why: A row a thousand times as large as the others is in another unit: kronor in a file of thousands.
    remedy: Write the amount in the file's unit, or give it its own: `49 000 000 kr`; if it is right raise `thresholds: {times: …}`.
    message: {activity}: the frame of {year} is {largest}, that of the next largest row, {other}, is {next}
    """,
)
def alike_in_size(case: Case) -> Iterator[Hit]:
    for year in case.settled_years:
        own = set(case.party_rows(year.year))
        rows = sorted(((units, name) for name, units in figures_of_rows(case, year, "preliminary").items() if name in own), reverse=True)
        if len(rows) > 1 and rows[1][0] and rows[0][0] > rows[1][0] * case.agreement.thresholds.most_times:
            (largest, name), (following, other) = rows[:2]
            path = _place(case, year.year, "preliminary", name)
            yield hit(
                path, activity=case.activity(name), year=year.year, largest=Money(largest), other=case.activity(other), next=Money(following)
            )  # fmt: skip


@rule(
    "SOC713",
    WARNING,
    """
    title: A frame too large to be believed
    statement: A year's frame is no larger than the file's threshold, 50 000 mkr.
    why: The sickness benefit of the whole country was less than that in 2000. The amounts are kronor, and the file counts thousands or
        millions.
    remedy: Correct `unit`; if the frame is right raise `thresholds: {largest: …}`.
    message: {year}: the frame is {frame}
    """,
)
def believable(case: Case) -> Iterator[Hit]:
    limit = case.agreement.thresholds.largest_frame(case.agreement.rounding)
    for year in case.settled_years:
        frame = year.totals.units("final_frame")
        if frame is not None and frame > limit:
            yield hit(year_path(year.year, "frame"), year=year.year, frame=Money(frame))


def _years_with_costs(case: Case) -> Iterator[YearResult]:
    return (year for year in case.settled_years if case.agreement.years[year.year].costs is not None)
