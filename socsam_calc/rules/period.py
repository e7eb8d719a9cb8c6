"""When a trial may run, and under which Act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ..engine.results import Settlement
from ..model.agreement import Agreement
from .facts import breaks_month
from .rule import ANY_LAW, ERROR, INFO, Hit, Wording, hit, rule
from .said import READING, Said, report, say

EARLIEST: Final = date(1994, 7, 1)
LATEST: Final = date(2003, 12, 31)


@rule(
    "SOC110",
    ERROR,
    en=Wording(
        title="Period outside the Act's",
        statement="The trial begins on 1 July 1994 at the earliest and ends on 31 December 2003 at the latest.",
        why="Money may be pooled only while the Act permits trials. They began on 1 July 1994; the end was first set at 1997, then moved to 2002 and last to 2003.",
        remedy="Correct `period`, or write `law:` for coordination under other rules.",
        message="the period {side} on {date}; trials ran from 1994-07-01 to 2003-12-31",
    ),
    sv=Wording(
        title="Period utanför lagens",
        statement="Försöket börjar tidigast den 1 juli 1994 och slutar senast den 31 december 2003.",
        why="Medel får föras samman bara under den tid då lagen medger försök. De började den 1 juli 1994; slutet sattes först till 1997, flyttades till 2002 och sist till 2003.",
        remedy="Rätta `period`, eller ange `law:` för samordning enligt andra regler.",
        message="perioden {side} {date}; försök pågick 1994-07-01 till 2003-12-31",
    ),
    sources=(Said("Act, as amended through SFS 2002:1139", "Lagen, ändrad till och med SFS 2002:1139"), report("1.3")),
)
def inside_the_acts_time(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    period = agreement.period
    if period.start < EARLIEST:
        yield hit(("period", "start"), date=period.start, side=say("begins", "börjar"))
    if period.end > LATEST:
        yield hit(("period", "end"), date=period.end, side=say("ends", "slutar"))


@rule(
    "SOC111",
    INFO,
    en=Wording(
        title="Period that breaks a month",
        statement="The period begins on the first and ends on the last day of a month.",
        why="Amounts for a whole year are scaled by the months whose first day lies in the period: a month begun late counts nothing, a month ended early counts whole. Every trial began on the first of a month.",
        remedy="Move the date to a turn of the month, or give the amounts for the actual time without `annual_amounts`.",
        message="{date} is inside a month: {year} counts as {months}",
    ),
    sv=Wording(
        title="Period som delar en månad",
        statement="Perioden börjar den första och slutar den sista dagen i en månad.",
        why="Belopp för helt år räknas om efter de månader vars första dag ligger i perioden: en månad som börjats sent räknas inte alls, en som slutat tidigt räknas hel. Alla försök började den första i en månad.",
        remedy="Flytta dagen till ett månadsskifte, eller ange beloppen för den verkliga tiden utan `annual_amounts`.",
        message="{date} ligger inne i en månad: {year} räknas som {months}",
    ),
    sources=(report("1.3"), READING),
    laws=ANY_LAW,
)
def whole_months(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    for name, day in (("start", agreement.period.start), ("end", agreement.period.end)):
        stated = agreement.years.get(day.year)
        if stated is None or not breaks_month(day, end=name == "end"):
            continue
        if stated.annual_amounts or any(agreement.based(day.year, activity) for activity in agreement.activities):
            number = agreement.period.months(day.year)
            months = (
                say("{number} month", "{number} månad", number=number)
                if number == 1
                else say("{number} months", "{number} månader", number=number)
            )
            yield hit(("period", name), date=day, year=day.year, months=months)


@rule(
    "SOC190",
    INFO,
    en=Wording(
        title="Another Act",
        statement="The catalogue holds the rules of the trial Act of 1994 only.",
        why="For an agreement under lag (2003:1210) only arithmetic and known causes of trouble are checked; silence says nothing about that Act.",
        remedy="Hold the agreement against lag (2003:1210) by other means.",
        message="law 2003:1210: its own rules are not in the catalogue; only arithmetic and known causes of trouble are checked",
    ),
    sv=Wording(
        title="En annan lag",
        statement="Katalogen innehåller bara reglerna i 1994 års försökslag.",
        why="För ett avtal enligt lag (2003:1210) prövas bara räkning och kända orsaker till tvist; tystnad säger inget om den lagen.",
        remedy="Pröva avtalet mot lag (2003:1210) på annat sätt.",
        message="lag 2003:1210: dess egna regler finns inte i katalogen; bara räkning och kända orsaker till tvist prövas",
    ),
    sources=(READING,),
    laws=("2003:1210",),
)
def another_act(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    if agreement.law == "2003:1210":
        yield hit(("law",))


RULES: Final = (inside_the_acts_time, whole_months, another_act)
