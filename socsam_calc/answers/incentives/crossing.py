"""Who pays for whom: of the result of the activities that each party funds, what ends at each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from ...engine.course import Course
from ...engine.dividing import divide
from ...engine.frame import build
from ...engine.results import YearResult
from ...engine.sharing import kept_by_party
from ...engine.steps import given
from ...engine.years import CostedYear
from ...money import round_fraction
from ...problems import Refused

RESERVE: Final = "reserve"
"""What stands among the parties for the body's own capital, which bears a part of its own; no party can be called so."""


class CrossPayments(NamedTuple):
    """How much of each party's own result ends at each, in rounding units; + gains, − burdens.

    ``ends[p][q]``: of the result of the activities that p funds, what ends at q. A row adds up to p's own result, a column to what q keeps
    and is allocated (before uses). Each party's shared part is divided by the year's key; that it is the same key for what one
    party brings in surplus and another in deficit is how the agreements work: the shared result is divided as a whole.
    """

    own: Mapping[str, int]
    ends: Mapping[str, Mapping[str, int]]


def cross_payments(course: Course, year: YearResult) -> CrossPayments | None:
    """Of the result of the activities that each party funds, what ends at each, and what in own capital. None where nobody funds one."""
    agreement, terms = course.agreement, course.terms[year.year]
    costed = CostedYear(course, build(agreement, year.year))
    rows, basis = costed.frame.rows, costed.basis()
    parties = [party.id for party in year.parties]
    own, brought = dict.fromkeys(parties, 0), dict.fromkeys(parties, 0)
    places = [*parties, *([RESERVE] if agreement.has_capital else [])]
    ends = {party: dict.fromkeys(places, 0) for party in parties}
    for activity in year.activities:
        shared, kept = (given(name, year.year, (activity.id,), activity.units(name) or 0, ()) for name in ("shared", "kept"))
        try:  # whose the row's result is, shared or not
            into, stays = (kept_by_party(agreement, terms, rows[activity.id], part, basis) for part in (shared, kept))
        except Refused:
            return None
        for party, part in into.items():
            own[party] += part.value
            brought[party] += part.value
        for party, part in stays.items():
            own[party] += part.value
            ends[party][party] += part.value
    total = sum(brought.values())
    key = terms.deficit if total < 0 else terms.surplus
    aside = (year.reserve.units("set_aside") or 0) if year.reserve is not None else 0
    so_far, before = 0, dict.fromkeys(places, 0)
    for party in parties:  # added up so far and divided anew each time: rows and columns add up to the last unit
        so_far += brought[party]
        kept_aside = round_fraction(Fraction(aside * so_far, total)) if total else 0
        rest = so_far - kept_aside
        divided = divide("", given("", year.year, (), rest, ()), key, basis) if rest else {}
        reached = {other: divided[other].value if other in divided else 0 for other in parties}
        if RESERVE in before:
            reached[RESERVE] = kept_aside
        for other, now in reached.items():
            ends[party][other] += now - before[other]
            before[other] = now
    return CrossPayments(own, ends)
