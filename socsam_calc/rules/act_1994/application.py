"""What an application had to show, and where an agreement shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...model.governance import APPLICATION_ITEMS
from ...problems import Path
from ..facts import Case, year_path
from ..rule import INFO, Hit, hit
from ..said import words
from ..vocabulary import APPLICATION
from . import rule

IN_FILE, ELSEWHERE, MISSING = "in_file", "elsewhere", "missing"


class Entry(NamedTuple):
    """One of the eleven items: its state, the path in the file that shows it, and the text of the file's `application`."""

    item: str
    state: str
    path: Path
    text: str | None


def checklist(case: Case) -> list[Entry]:
    """The eleven items of an application, each with where it is settled."""
    paths = _in_file(case)
    entries = []
    for item in APPLICATION_ITEMS:
        path, text = paths.get(item, ()), case.agreement.application.get(item)
        entries.append(Entry(item, IN_FILE if path else ELSEWHERE if text is not None else MISSING, path, text))
    return entries


def _in_file(case: Case) -> dict[str, Path]:
    """Where the file itself shows an item; consultation and evaluation are settled elsewhere or not at all."""
    governance = case.agreement.governance
    paths: dict[str, Path] = {"parties": ("parties",), "result_shares": ("sharing",)}
    if governance is not None and governance.form is not None:  # the period alone shows the duration, not the design
        paths["design_and_duration"] = ("governance", "form")
    if case.states_activities and all(activity.cost for activity in case.agreement.activities.values()):
        paths["money_in_frame"] = ("activities",)
    for item, field in (("flow_of_money", "flow"), ("time_of_distribution", "distribute")):  # a default states nothing
        if case.is_written(field):
            paths[item] = ("sharing", field)
    if with_frame := [year for year in case.agreement.years if case.agreement.rows(year)]:
        paths["frame_shares"] = year_path(with_frame[0], "frame")
    adjusted = [name for name, activity in case.agreement.activities.items() if activity.adjust is not None]
    if adjusted:
        paths["indexation"] = ("activities", adjusted[0], "adjust")
    if governance is not None and governance.mandate is not None:
        paths["tasks_of_body"] = ("governance", "mandate")
    elif governance is not None and "tasks_and_powers" in (governance.charter or ()):
        paths["tasks_of_body"] = ("governance", "charter")
    return paths


@rule(
    "SOC601",
    INFO,
    """
    title: Application items missing
    statement: The agreement shows the eleven items that an application must show.
    why: The memorandum wants them in the cooperation agreement; two applications, from Burlöv and Jämtland, were held not to meet the
        formal demands.
    remedy: State the item in the file, or say under `application` where it is settled.
    message: {count} of eleven application items not settled in the file or elsewhere: {missing}
    sources: PM “Ansökningsförfarandet”; Report 1.3
    """,
)
def application_complete(case: Case) -> Iterator[Hit]:
    missing = [entry.item for entry in checklist(case) if entry.state == MISSING]
    if any(item != "time_of_distribution" for item in missing):  # which SOC520 names
        yield hit(("application",), count=len(missing), missing=words(missing, APPLICATION))
