"""The division of the office's part between state and office."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...model.keys import percent_text
from ...problems import Path
from ..facts import Case, by_value
from ..rule import INFO, WARNING, Hit, hit
from . import rule


@rule(
    "SOC530",
    WARNING,
    title="Split cap above ten per cent",
    statement="The office takes at most 10 % of what it put in for administration over the trial.",
    why="The office's part of a result is divided between state and office; benefit money is the state's, and the cap keeps the office's own gain or loss within what it can bear.",
    remedy="Write `cap: 10 %` or leave it out.",
    message="cap {cap}: the office's part is at most 10 % of its contribution for administration",
    sources="PM “Över- och underskott”",
)
def cap_of_ten_percent(case: Case) -> Iterator[Hit]:
    def cap(year: int) -> tuple[Path, Fraction] | None:
        split = case.terms[year].split
        return (split.cap.place, split.cap.value) if split is not None and split.cap.value > Fraction(1, 10) else None

    for path, height in by_value(case.agreement.years, cap):
        yield hit(path, cap=percent_text(height))


@rule(
    "SOC532",
    INFO,
    title="Office without split",
    statement="The office's part of surplus and deficit is divided between the state and the office.",
    why="The memorandum says that it shall be divided and proposes how; unwritten, the file shows as the office's what is mostly the state's.",
    remedy="Write `state_split: {cap: 10 %}`, or `state_split: none` if the division is made elsewhere.",
    message="how the part of {office} is divided between state and office is not stated",
    sources="PM “Över- och underskott”",
)
def split_stated(case: Case) -> Iterator[Hit]:
    offices = [name for name, party in case.agreement.parties.items() if party.role == "insurance_office"]
    if offices and case.years_with_costs and not case.is_written("state_split"):
        yield hit(("sharing",), office=case.parties(offices))
