"""Who bears one more krona of cost, who keeps one saved; and how much of each party's own result ends at whom.

Up to rounding a settlement is piecewise linear in every cost (between the rows from which bands withhold it is a smooth ratio). The
slopes are derived exactly, on one side of a point: at the present cost, beyond the cost at which the shared result changes its sign,
and beyond each limit of the bands. The arithmetic is the engine's own, over numbers that are not rounded and know how they move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from fractions import Fraction
from typing import Literal, NamedTuple

from ...engine.course import Course
from ...engine.frame import build
from ...engine.reserve import ceiling_of
from ...engine.results import Settlement, YearResult
from ...engine.sharing import band_limit, entitlement, through_bands
from ...engine.steps import Money
from ...engine.years import CostedYear, FromTotal, settle_year
from ...model.agreement import Agreement
from ...model.terms import Terms
from ...problems import AgreementError, Path, Refused
from ...source.document import Document
from ..settle import settle
from .alike import Others, connected
from .crossing import RESERVE, CrossPayments, cross_payments
from .germ import Germ, germ, moving, step

UNSETTLED = (Refused, ZeroDivisionError)
"""What tells that nobody is there to bear an amount."""

Where = Literal["now", "more", "saved", "zero", "row_zero", "band", "uses", "floor", "ceiling"]


class Point(NamedTuple):
    """A point and a direction of the cost, and who bears its next krona there, or keeps it saved.

    ``where``: ``now``; ``more`` and ``saved`` where these differ now; ``zero``, beyond the cost where the shared result is 0;
    ``row_zero``, where the activity's own is; ``band``, beyond the limit ``band``; ``uses``, where the uses take all of a surplus; ``floor``,
    where own capital covers no more; ``ceiling``, where it takes no more, or the ceiling changes. ``cost`` counts rounding units, not rounded.
    ``sign`` is that of the shared result just beyond. ``bears`` are parts of the krona that add up to 1 with ``unknown``, the part that
    stays with whoever funds the activity where only the total is known; ``next_year`` is what it moves in the next year's settlement
    where that year's frame is based on this cost: + bears more, − bears less, together 0.
    """

    where: Where
    direction: int
    cost: Fraction
    sign: int
    band: Fraction | int | None
    bears: Mapping[str, Fraction]
    unknown: Fraction = Fraction(0)
    next_year: Mapping[str, Fraction] = {}


class ActivityIncentives(NamedTuple):
    """An activity's points, the present one first, then by distance. ``id`` None stands for the whole year of a known total."""

    id: str | None
    name: str
    cost: int
    points: tuple[Point, ...]


class YearIncentives(NamedTuple):
    """A year with a result. Who pays for whom is None where costs are not known by activity, or a row is funded by nobody."""

    year: int
    activities: tuple[ActivityIncentives, ...]
    cross_payments: CrossPayments | None


class Studied(NamedTuple):
    """An agreement and its incentives in the years that were asked for."""

    document: Document
    settlement: Settlement
    years: tuple[YearIncentives, ...]


def study(document: Document, year: int | None = None) -> Studied:
    """The incentives of a loaded agreement, in one year or in all that have a result.

    Raises AgreementError where it cannot be settled, or has no result in that year.
    """
    settlement = settle(document)
    found = tuple(incentives(settlement))
    years = tuple(one for one in found if year in (None, one.year))
    if year is not None and not years:
        remedy = f"it has one in {', '.join(str(one.year) for one in found)}" if found else "incentives need costs"
        place = document.place(("years",), on_key=True)
        raise AgreementError.of("no-such-year", place, f"the agreement has no result in {year}", remedy)
    return Studied(document, settlement, years)


def incentives(settlement: Settlement) -> Iterator[YearIncentives]:
    """The incentives of each year that has a result; a budget year has none."""
    agreement = _as_expected(settlement)
    after = Course(agreement)
    for year in settlement.years:
        course = copy(after)
        settle_year(after, build(agreement, year.year))  # own capital and what was put in are those before each year
        if agreement.years[year.year].costs is not None:
            study = _Study(course, after, year.year)
            activities = tuple(study.activity(one.id, one.name) for one in year.activities)
            yield YearIncentives(year.year, activities, cross_payments(course, year))
        elif year.totals.units("result") is not None:
            yield YearIncentives(year.year, (_whole_year(course, year),), None)


def _as_expected(settlement: Settlement) -> Agreement:
    """The agreement with the whole cost of a year that still runs in the place of what is booked of it: the next krona is one of that."""
    agreement = settlement.agreement
    running = {year.year: year.to_date for year in settlement.years if year.to_date is not None}
    whole = {number: {row.id: row.steps["expected"] for row in known.activities} for number, known in running.items()}
    expected = {
        number: agreement.years[number].model_copy(
            update={"to_date": None, "estimate": {name: step.value for name, step in costs.items() if step is not None}}
        )
        for number, costs in whole.items()
    }
    return agreement.model_copy(update={"years": {**agreement.years, **expected}}) if expected else agreement


class _Beside(NamedTuple):
    """A year just beside a point: its frame, the results of its rows, S⁰, and what each party bears in all.

    That is its contribution minus what it ends with (F_p − Q_p), and what own capital loses: together the cost and the uses.
    """

    frame: Money
    results: Mapping[str, Germ]
    before_bands: Germ
    uses: Germ
    ceiling: Money | None
    bears: Mapping[str, Germ]


class _Study:
    """One year, looked at through each of its costs."""

    def __init__(self, course: Course, after: Course, number: int) -> None:
        self.course, self.agreement, self.number = copy(course), course.agreement, number
        self.courses = {number: self.course, number + 1: copy(after)}
        self._standing: dict[int, Others] = {}
        for one in self.courses.values():
            one.capital = step(Germ(one.capital.value))
        self.terms = course.terms[number]
        self.stated = self.agreement.years[number]

    def activity(self, name: str, full_name: str) -> ActivityIncentives:
        """The points of one activity."""
        present = Fraction((self.stated.costs or {}).get(name, 0))
        try:
            now = self._at(name, present, 1, self.number)
        except UNSETTLED:
            now = None
        up = None if now is None else self._point("more", name, present, 1, now=now)
        if up is not None and now is not None and present and self._straight(name) and now.before_bands.value:
            down: Point | None = up._replace(where="saved", direction=-1)
        else:
            down = self._point("saved", name, present, -1) if present else None
        beyond = () if now is None else self._edges(name, present, now)
        return ActivityIncentives(name, full_name, int(present), _in_order(present, up, down, beyond))

    def _straight(self, name: str) -> bool:
        """Whether nothing but the sign of the shared result bends what the activity's cost moves: no bands, own capital, or later year."""
        return self.terms.bands is None and self.terms.reserve is None and self.agreement.activities[name].base != "previous_year"

    def _others(self, number: int) -> Others:
        """The rows of a year as they stand."""
        if number not in self._standing:
            self._standing[number] = Others(self.courses[number], number)
        return self._standing[number]

    def _at(self, name: str, value: Fraction, direction: int, number: int) -> _Beside:
        """A year (this one, or the next) with the activity's cost at a value and about to move."""
        place: Path = ("years", str(self.number), *self.stated.costs_at, name)
        amount = moving(place, value, direction)
        moved = build(self.agreement, number, amount, only=connected(self.agreement, number, name))
        year = CostedYear(self.courses[number], self._others(number).beside(moved), amount)
        found = year.outcome()
        bears = {
            party: germ(year.contributions[party].value)
            - sum(part.value for part in found.kept_parts[party])
            - (found.allocated[party].value if party in found.allocated else 0)
            + (found.used[party].value if party in found.used else 0)
            for party in year.parties
        }
        for party, part in found.capital.parts.items():
            if party in bears or part.value:
                bears[party] = bears.get(party, Germ(0)) - part.value
        if self.agreement.has_capital:
            bears[RESERVE] = germ(found.capital.divided.value) - found.capital.set_aside.value
        results = {name: germ(one.value) for name, one in found.results.items()}
        uses, ceiling = germ(found.uses.value), found.capital.ceiling
        return _Beside(year.final_frame, results, germ(found.before.value), uses, ceiling, bears)

    def _point(
        self, where: Where, name: str, value: Fraction, direction: int, band: Fraction | int | None = None, now: _Beside | None = None
    ) -> Point | None:
        """The slopes just beyond a cost; None where the agreement cannot be settled there. ``now`` is the year there, where it is known."""
        try:
            year = self._at(name, value, direction, self.number) if now is None else now
            later = self._next_year(name, value, direction)
        except UNSETTLED:
            return None
        bears = {party: amount.slope * direction for party, amount in year.bears.items()}
        return Point(where, direction, value, year.before_bands.sign, band, bears, Fraction(0), later)

    def _next_year(self, name: str, value: Fraction, direction: int) -> dict[str, Fraction]:
        """What the cost moves in the next year, where that year's frame is based on it."""
        following = self.agreement.years.get(self.number + 1)
        if following is None or following.costs is None or self.agreement.activities[name].base != "previous_year":
            return {}
        year = self._at(name, value, direction, self.number + 1)
        moved = {party: amount.slope * direction for party, amount in year.bears.items()}
        return moved if any(moved.values()) else {}

    def _edges(self, name: str, present: Fraction, now: _Beside) -> Iterator[Point | None]:
        """The points beyond zero, the activity's own zero, and each band's limit, at costs of 0 or more."""
        before = now.before_bands
        seen = {present}
        if before.slope and (place := present - before.value / before.slope) >= 0 and place not in seen:
            seen.add(place)
            yield self._point("zero", name, place, 1 if place > present else -1)
        for sign, to, limit in _limits(self.terms, now.frame):
            if (edge := _edge(present, before, limit, sign)) is not None and edge not in seen:
                seen.add(edge)
                yield self._point("band", name, edge, 1 if edge > present else -1, to)
        for where, edge in self._capital_edges(present, now):
            if edge not in seen:
                seen.add(edge)
                yield self._point(where, name, edge, 1 if edge > present else -1)
        own = now.results[name]
        if not self._straight(name) and own.slope and (place := present - own.value / own.slope) >= 0 and place not in seen:
            direction = 1 if place > present else -1
            beyond, here = self._point("row_zero", name, place, direction), self._point("row_zero", name, place, -direction)
            if beyond is not None and here is not None and not _alike(beyond, here):
                yield beyond

    def _capital_edges(self, present: Fraction, now: _Beside) -> Iterator[tuple[Where, Fraction]]:
        """The costs at which own capital begins or ends to take, or to give."""
        reserve, opening = self.terms.reserve, germ(self.course.capital.value)
        if reserve is None:
            return
        sought: list[tuple[Where, Germ, int]] = [("uses", now.uses, 1)] if now.uses else []
        above = opening - reserve.floor.value
        if reserve.deficit.value and above.sign > 0:
            sought.append(("floor", above / reserve.deficit.value, -1))
        if reserve.divides_above and now.ceiling is not None:
            room = germ(now.ceiling.value) - opening
            if reserve.surplus.value and room.sign > 0:
                sought.append(("ceiling", now.uses + room / reserve.surplus.value, 1))
            frame = germ(now.frame.value)
            for step in reserve.ceiling if frame.slope else ():
                place = None if step.to is None else present + (step.to.value - frame.value) / frame.slope
                if place is not None and place >= 0:
                    yield "ceiling", place
        for where, limit, sign in sought:
            if (edge := _edge(present, now.before_bands, limit, sign)) is not None:
                yield where, edge


def _in_order(present: Fraction, up: Point | None, down: Point | None, beyond: Iterable[Point | None]) -> tuple[Point, ...]:
    """The present point, or the two where one more krona and one saved differ; then those beyond, by distance."""
    here = (up._replace(where="now"),) if up is not None and down is not None and _alike(up, down) else (up, down)
    farther = sorted((point for point in beyond if point is not None), key=lambda point: (abs(point.cost - present), point.direction))
    return tuple(point for point in (*here, *farther) if point is not None)


def _alike(one: Point, other: Point) -> bool:
    """Whether two points have the same slopes."""
    return one.bears == other.bears and one.next_year == other.next_year


def _limits(terms: Terms, frame: Money) -> Iterator[tuple[int, Fraction | int | None, Germ]]:
    """The limits of the bands: the sign that each is for, as it is stated, and how large it is."""
    for sign in (1, -1):
        scale = terms.scale(sign)
        for band in scale.bands if scale is not None else ():
            if (limit := band_limit(band, terms.year, (), (), frame)) is not None:
                yield sign, band.to, germ(limit.value)


def _edge(present: Fraction, before: Germ, limit: Germ, sign: int) -> Fraction | None:
    """The cost at which the shared result of a sign reaches a band's limit, if there is one of 0 or more."""
    speed = sign * before.slope - limit.slope
    if not speed:
        return None
    move = (limit.value - sign * before.value) / speed
    place = present + move
    return place if place >= 0 and sign * (before.value + before.slope * move) > 0 else None


def _whole_year(course: Course, year: YearResult) -> ActivityIncentives:
    """A year of which only the total is known: who bears what of one more krona, as far as it is shared."""
    agreement, terms = course.agreement, course.terms[year.year]
    known = FromTotal(course, build(agreement, year.year))
    units = year.totals.units("final_frame") or 0
    frame, result = step(Germ(units)), year.totals.units("result") or 0
    present = Fraction(units - result)  # the cost; where no frame is stated, only how far it lies from another counts
    part = terms.shared.of("").value

    def point(where: Where, value: Fraction, direction: int, band: Fraction | int | None = None) -> Point | None:
        before = Germ(result + present - value, -direction) * part
        shared = through_bands(terms, step(before), frame)
        try:
            capital = known.capital(shared, step(Germ(0)))
            allocated = entitlement(terms, shared, capital.rest, known.basis())
        except UNSETTLED:
            return None
        ends = {party: germ(amount.value) for party, amount in allocated.items()}
        for party, amount in capital.parts.items():
            if party in ends or amount.value:
                ends[party] = ends.get(party, Germ(0)) + amount.value
        bears = {party: -amount.slope * direction for party, amount in ends.items()}
        if agreement.has_capital:
            bears[RESERVE] = (germ(capital.divided.value) - capital.set_aside.value).slope * direction
        return Point(where, direction, value, before.sign, band, bears, 1 - sum(bears.values(), Fraction(0)))

    beyond: list[Point | None] = []
    if part and result:
        beyond.append(point("zero", present + result, 1 if result > 0 else -1))
    for where, edge, sign in _capital_limits(course, known) if part else ():
        value = present + result - sign * edge / part
        if value != present:
            beyond.append(point(where, value, 1 if value > present else -1))
    for sign, to, limit in _limits(terms, frame) if part else ():
        value = present + result - sign * limit.value / part
        if value != present:
            beyond.append(point("band", value, 1 if value > present else -1, to))
    points = _in_order(present, point("more", present, 1), point("saved", present, -1), beyond)
    return ActivityIncentives(None, "", int(present), points)


def _capital_limits(course: Course, year: FromTotal) -> Iterator[tuple[Where, Fraction, int]]:
    """The shared results at which own capital gives no more, or takes no more, each with its sign."""
    reserve, opening = year.terms.reserve, course.capital.value
    if reserve is None:
        return
    if reserve.deficit.value and opening > reserve.floor.value:
        yield "floor", (opening - reserve.floor.value) / reserve.deficit.value, -1
    ceiling = ceiling_of(year.terms, year.final_frame)
    if reserve.divides_above and reserve.surplus.value and ceiling is not None and ceiling.value > opening:
        yield "ceiling", (ceiling.value - opening) / reserve.surplus.value, 1
