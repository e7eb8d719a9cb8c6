"""§ 6 of the arithmetic: the office's part, divided between the insurance office and the state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from ..model.sharing import MeasuredWord
from .course import Course
from .figures import SplitResult
from .frame import Frame
from .steps import Exact, Money, Step, added, given, less, limited, product, ratio, total, zero


def split(course: Course, frame: Frame, costs: Mapping[str, Money], settled: Mapping[str, Mapping[str, Money]]) -> SplitResult | None:
    """§ 6: the office's cumulated part, limited by the cap on its administration, less that of the year before.

    That the limit works on the sum over the trial, and that the share is of all costs, are this program's readings of the
    memorandum (PM "Över- och underskott"). None where the agreement has no split in the year.
    """
    agreement, number = course.agreement, frame.year
    terms = course.terms[number].split
    if terms is None:
        return None
    offices = [name for name, party in agreement.parties.items() if party.role == "insurance_office"]
    office = next((name for name in offices if agreement.parties[name].present(number)), offices[0])  # one that has left bears 0
    bears = settled[office]["settled"] if office in settled else zero("settled", number, (office,))
    capital = settled[office]["divided"] if office in settled else zero("divided", number, (office,))
    divisible = less("settled without own capital", number, (office,), bears, capital) if capital.value else bears
    if terms.administration is not None:
        share = given("administration's share", number, (), terms.administration.value, terms.administration.place)
    else:
        share = _measured(course, frame, costs, terms.measured, office)
    own = [
        row.final[office]
        for row in frame.rows.values()
        if office in row.final and agreement.activities[row.activity].is_only("administration")
    ]
    cap = given("cap", number, (), terms.cap.value, terms.cap.place)
    course.split_entitled.append(product("office's share", number, (office,), share, divisible))
    course.split_limits.append(product("limit", number, (office,), cap, total("administration in the frame", number, (office,), own)))
    entitled = added("office's shares so far", number, (office,), course.split_entitled)
    limit = added("limit so far", number, (office,), course.split_limits)
    cumulated = limited("office's part so far", number, (office,), entitled, limit)
    part = less("office", number, (office,), cumulated, *([course.split_before] if course.split_before is not None else []))
    course.split_before = cumulated
    state = less("state", number, (office,), bears, part)
    return SplitResult({"office": part, "state": state}, agreement.rounding, office, abs(entitled.value) > limit.value)


def _measured(course: Course, frame: Frame, costs: Mapping[str, Money], measured: MeasuredWord, office: str) -> Exact:
    """Administration's share of the costs, computed as the agreement has it; 0 where there is nothing to compute it of."""
    number, name = frame.year, "administration's share"
    administration = [activity for activity in costs if course.agreement.activities[activity].is_only("administration")]
    everything = total("actual", number, (), costs.values())
    match measured:
        case "trial":
            return ratio(
                name, number, (), total("cost of administration", number, (), [costs[activity] for activity in administration]), everything
            )
        case "office":
            return ratio(
                name,
                number,
                (),
                _of_office(frame, costs, administration, office, "office's administration"),
                _of_office(frame, costs, costs, office, "office's cost"),
            )
        case "office_in_trial":
            return ratio(name, number, (), _of_office(frame, costs, administration, office, "office's administration"), everything)
        case _:
            assert_never(measured)


def _of_office(frame: Frame, costs: Mapping[str, Money], activities: Iterable[str], office: str, name: str) -> Exact:
    """The office's part of what activities cost, not rounded: each row's cost by the office's cell in it; 0 of an empty row."""
    parts: list[Step[Any]] = []
    for activity in activities:
        cells = frame.rows[activity].final
        if office in cells and cells[office].value:
            about = (activity, office)
            share = ratio(
                "office's part of the row", frame.year, about, cells[office], total("final", frame.year, (activity,), cells.values())
            )
            parts.append(product("office's part of the cost", frame.year, about, share, costs[activity]))
    return added(name, frame.year, (office,), parts)
