"""What a file states of its period, its board and its kinds of cost, and whether that can be used."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Case, breaks_month
from ..rule import ERROR, INFO, Hit, hit
from ..said import say
from ..vocabulary import ALL_SEATS, SEATS
from . import rule


@rule(
    "SOC111",
    INFO,
    """
    title: Period that breaks a month
    statement: The period begins on the first and ends on the last day of a month.
    why: Amounts for a whole year are scaled by the months whose first day lies in the period: a month begun late counts nothing, a
        month ended early counts whole. Every trial began on the first of a month.
    remedy: Move the date to a turn of the month, or give the amounts for the actual time without `annual_amounts`.
    message: {date} is inside a month: {year} counts as {months}
    sources: Report 1.3; this program's reading
    elsewhere: this program's reading
    """,
)
def whole_months(case: Case) -> Iterator[Hit]:
    for name, day in (("start", case.agreement.period.start), ("end", case.agreement.period.end)):
        stated = None if day is None else case.agreement.years.get(day.year)
        if (
            day is not None
            and stated is not None
            and breaks_month(day, end=name == "end")
            and (stated.annual_amounts or any(case.agreement.based(day.year, activity) for activity in case.agreement.activities))
        ):
            number = case.agreement.period.months(day.year)
            months = say("{number} month", number=number) if number == 1 else say("{number} months", number=number)
            yield hit(("period", name), date=day, year=day.year, months=months)


@rule(
    "SOC208",
    ERROR,
    """
    title: Board that does not add up
    statement: The members and substitutes of the parties add up to those of the board.
    why: The charter states both figures; if they disagree one of them is wrong.
    remedy: Correct the total or the parties' numbers.
    message: board: {total} {what} in all, but the parties' add up to {sum}
    sources: Act 8 §; arithmetic
    elsewhere: arithmetic
    """,
)
def board_adds_up(case: Case) -> Iterator[Hit]:
    board = case.governance.board
    for what, several in ALL_SEATS.items() if board else ():
        total = getattr(board, what)
        listed = {name: seats for name, stated in board.per_party.items() if (seats := getattr(stated, what)) is not None} if board else {}
        if total is None or not listed:
            continue
        present = [case.agreement.parties_of(year) for year in case.period_years]
        sums = [sum(listed.get(name, 0) for name in parties) for parties in present]
        everybody = all(name in listed for parties in present for name in parties)
        if max(sums) > total or (everybody and total not in sums):
            yield hit(("governance", "board", what), what=SEATS[what] if total == 1 else several, total=total, sum=max(sums))


@rule(
    "SOC304",
    INFO,
    """
    title: Kind of cost not stated
    statement: Each activity says what kind of cost it is.
    why: Without it nobody can see from the file whether the money may be in the frame, whose task it is and whether it should follow
        the country's development.
    remedy: Write `cost:` on the activity.
    message: kind of cost not stated, hence not checked: {activities}
    sources: Act 3 §; PM “Vilka medel får omfattas av den finansiella samordningen?”; PM “Ansökningsförfarandet”
    elsewhere: this program's reading
    """,
)
def kind_stated(case: Case) -> Iterator[Hit]:
    without = [name for name, activity in case.agreement.activities.items() if not activity.cost]
    if case.states_activities and without:
        yield hit(("activities", without[0]), activities=[case.activity(name) for name in without])
