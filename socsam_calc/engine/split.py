"""§ 6 of the arithmetic: the office's part, divided between the insurance office and the state."""

from __future__ import annotations

from collections.abc import Mapping

from .course import Course
from .figures import SplitResult
from .frame import Frame
from .steps import Money, added, given, less, limited, product, ratio, total, zero


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
    if terms.administration is not None:
        share = given("administration's share", number, (), terms.administration.value, terms.administration.place)
    else:
        administration = [cost for name, cost in costs.items() if agreement.activities[name].is_only("administration")]
        share = ratio(
            "administration's share",
            number,
            (),
            total("cost of administration", number, (), administration),
            total("actual", number, (), costs.values()),
        )
    own = [
        row.final[office]
        for row in frame.rows.values()
        if office in row.final and agreement.activities[row.activity].is_only("administration")
    ]
    cap = given("cap", number, (), terms.cap.value, terms.cap.place)
    course.split_entitled.append(product("office's share", number, (office,), share, bears))
    course.split_limits.append(product("limit", number, (office,), cap, total("administration in the frame", number, (office,), own)))
    entitled = added("office's shares so far", number, (office,), course.split_entitled)
    limit = added("limit so far", number, (office,), course.split_limits)
    cumulated = limited("office's part so far", number, (office,), entitled, limit)
    part = less("office", number, (office,), cumulated, *([course.split_before] if course.split_before is not None else []))
    course.split_before = cumulated
    state = less("state", number, (office,), bears, part)
    return SplitResult({"office": part, "state": state}, agreement.rounding, office, abs(entitled.value) > limit.value)
