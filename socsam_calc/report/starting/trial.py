"""The starting file of a trial: under lag (1994:566) for each form of the body, or under lag (1992:863)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ...model.reading import UNFILLED
from ..told.words import Words
from .asked import Asked
from .commented import Commented, joined, one_line, scalar


class _Row(NamedTuple):
    """A line of the frame: its id, its name, the role of whoever pays for it (None: all together), and its kinds of cost.

    ``performs`` is the role of whoever bears what it costs, where that is not who pays.
    """

    id: str
    name: str
    role: str | None
    costs: tuple[str, ...]
    performs: str | None = None


_ROWS: Final = (
    _Row("sickness", "Sickness and rehabilitation benefit", "insurance_office", ("sickness_benefit", "rehabilitation_benefit")),
    _Row("rehabilitation", "Purchase of vocational rehabilitation", "insurance_office", ("rehabilitation_services",)),
    _Row("primary_care", "Primary care", "county_council", ("health_care",)),
    _Row("family_care", "Individual and family care", "municipality", ("social_services",)),
    _Row("projects", "Joint projects", None, ("joint_measures",)),
)
"""What every trial included (Report 4.1), and joint projects."""

_FINSAM_ROWS: Final = (
    _Row(
        "sickness", "Sickness, rehabilitation and work injury benefit", "insurance_office",
        ("sickness_benefit", "rehabilitation_benefit", "work_injury_benefit"),
    ),
    _Row("measures", "Measures that lower the benefits", "insurance_office", ("health_care",), "county_council"),
    _Row("care", "Health care", "county_council", ("health_care",)),
)  # fmt: skip
"""What lag (1992:863) coordinates: the benefits of 2 §, and health care; money of the benefits may pay for measures that lower them."""

_ROLES: Final = {
    "insurance_office": "Social insurance office",
    "county_council": "County council",
    "municipality": "Municipality of {area}",
}

# The parts of the file as they stand in it; what follows a # is told in the reader's language, and {…} is filled in.
_HEAD: Final = """\
# {one_line}: an agreement to fill in.
# Put a figure in the place of every ???, and take away what the agreement does not have.
# Amounts: 12 191, −1 089,50 or 51 mkr. Shares: 31 %, 31,25 % or 1/3, and `rest` for one of them.

format: socsam/1
area: {area}
unit: tkr  # of every amount in this file: kr, tkr or mkr
rounding: kr  # the smallest amount that is settled: öre, kr or tkr
"""
_WORKBOOK: Final = "figures: {figures}  # the workbook with every year's amounts"
_NO_LAW: Final = "law: none  # the trials under lag (1994:566) ended with 2003"
_LAW: Final = "law: {law}"
_PERIOD: Final = """\
period:  # first and last day of the trial
  start: {first}-{month}-01
  end: {last}-12-31
"""
_PARTY: Final = """\
  {party}:
    name: {name}
    role: {role}
"""
_BASE: Final = """\
    adjust: {series}  # fixed after year-end by the country's development
    base:
      year: {before}
      amount: ???  # what it cost in the whole of {before}
"""
_SERIES: Final = """\
series:  # national developments; in any unit, only ratios count
  {series}:
    name: {name}
    outcome:  # a year that is not known yet is left out
"""
_KEYS: Final = {
    "surplus": "  surplus:  # who gets how much of a surplus",
    "deficit": "  deficit:  # who bears how much of a deficit",
    "association_shares": "  association_shares:  # in assets and liabilities (8 §, 20 §); not the deficit's key",
}
_PAYMENT: Final = """\
  distribute: yearly  # when it is paid: yearly, at_end or [1999, 2002]
  flow: notional  # settled afterwards; `real` where money changes hands
"""
_FOR_CHECK: Final = """\
# For `socsam check` alone, which holds the agreement against the law; settling does not read what follows.
governance:
"""
_FORM: Final = """\
  form: {form}
  mandate: ???  # what the body decides on: whole_frame or projects
"""
_PERMISSION: Final = """\
  permission:  # the government's
    date: ???  # year-month-day
"""
_FRAME_APPROVED: Final = "    frame_approved: ???  # true or false"
_WRITTEN_AGREEMENT: Final = "  written_agreement: ???  # with the insurance office (2 §): true or false"
_ARBITRATION: Final = "  arbitration: ???  # for disputes (6 §): true or false"
_BOARD: Final = """\
  board:  # at least five members, and one and a substitute from each (9 §)
    members: ???
    substitutes: ???
    per_party:
"""
_SEATS: Final = """\
      {each}:
        members: ???
        substitutes: ???
"""
_CHARTER: Final = "  charter: ???  # all (of the twelve items of 8 §), or a list of those stated"
_APPLICATION: Final = """\

application:  # where these are settled, as this file does not say
  tasks_of_body: ???
  consultation: ???
  evaluation_plan: ???
"""
_LAST_YEAR_OF_THE_ACT: Final = 2003


class TrialFile(Commented):
    """The file of a trial. ``figures`` names a workbook that holds the years' amounts; without it the file has places for them itself."""

    def __init__(self, asked: Asked, words: Words, figures: str | None = None) -> None:
        super().__init__(words)
        self.asked, self.figures = asked, figures
        self.parties, self.first, self.last = asked.roles, asked.first, asked.last
        self.finsam = asked.law == "1992:863"
        self.series = words("national_sickness_cost")
        self._alone = "county_council" not in self.parties.values()
        self.activities = {name: (row, funder) for name, row, funder in self._lines_of_the_frame()}

    def text(self) -> str:
        """The whole file."""
        years = [self._years()] if self.figures is None else []
        governance = [self._governance()] if self.asked.governance else []
        return joined((self._head(), self._parties(), self._activities(), self._series(), self._sharing(), *years, *governance))

    # --- the parts -----------------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        yield from self.written(_HEAD, one_line=one_line(self.asked.area), area=scalar(self.asked.area))
        if self.figures is not None:
            yield from self.written(_WORKBOOK, figures=scalar(self.figures))
        if self.asked.law != "1994:566":
            no_more = self.last > _LAST_YEAR_OF_THE_ACT
            yield from self.written(_NO_LAW if no_more else _LAW, law=self.asked.law)
        month = "07" if self.first == 1994 and not self.finsam else "01"
        yield from self.written(_PERIOD, first=self.first, month=month, last=self.last)

    def _parties(self) -> Iterator[str]:
        yield from self.written("parties:  # in the order in which they are shown")
        roles = list(self.parties.values())
        for party, role in self.parties.items():
            name = self.words(_ROLES[role], area=self.asked.area) if roles.count(role) == 1 else party.capitalize()
            yield from self.written(_PARTY, party=party, name=scalar(name), role=role)
            if role == "municipality" and self._alone:
                yield from self.written("    outside_county_council: true  # it is responsible for health care too")

    def _activities(self) -> Iterator[str]:
        yield from self.written("activities:  # the lines of the frame, and who pays for each")
        for name, (row, funder) in self.activities.items():
            yield from self.written("  {id}:\n    name: {name}", id=name, name=scalar(self.words(row.name)))
            yield from self.written(
                "    funder: {funder}" if funder else "    performer: body  # the body bears what these cost", funder=funder
            )
            if row.performs is not None:
                yield f"    performer: {self._with_role(row.performs)[0]}"
            yield "    cost:"
            yield from self.each("      - {each}", row.costs)
            if row.id == "sickness":
                yield from self.written(_BASE, series=self.series, before=self.first - 1)

    def _series(self) -> Iterator[str]:
        name = scalar(self.words("Sickness and rehabilitation benefit, the whole country"))
        yield from self.written(_SERIES, series=self.series, name=name)
        yield from self.each("      {each}: ???", range(self.first - 1, self.last + 1))
        yield from self.written("    forecast:  # what was expected when the year's budget was set")
        yield from self.each("      {each}: ???", range(self.first, self.last + 1))

    def _sharing(self) -> Iterator[str]:
        yield from self.written("sharing:\n  shared: ???  # how much of the result is shared: 100 % is the whole")
        *others, last = self.parties
        for key, line in _KEYS.items():
            if key != "association_shares" or self.asked.form == "commissioning_association":
                yield from self.written(line)
                yield from self.each("    {each}: ???", others)
                yield f"    {last}: rest"
        yield from self.written(_PAYMENT)

    def _years(self) -> Iterator[str]:
        yield from self.written("years:  # a year without `actual:` is a budget")
        for year in range(self.first, self.last + 1):
            yield from [""] if year > self.first else []
            yield from self.written("  {year}:\n    frame:  # what the parties put in", year=year)
            for name, (row, funder) in self.activities.items():
                if funder is None:
                    yield f"      {name}:"
                    yield from self.each("        {each}: ???", self.parties)
                elif row.id != "sickness":
                    yield f"      {name}: {UNFILLED}"
            yield from self.written("    actual:  # what the activities cost")
            yield from self.each("      {each}: ???", self.activities)

    def _governance(self) -> Iterator[str]:
        association = self.asked.form == "commissioning_association"
        yield from self.written(_FOR_CHECK)
        if self.finsam:
            yield from self.written(_PERMISSION)
            return
        yield from self.written(_FORM + _PERMISSION + _FRAME_APPROVED, form=self.asked.form)
        yield from [] if association else self.written(_WRITTEN_AGREEMENT)
        yield from self.written(_ARBITRATION)
        if association:
            yield from self.written(_BOARD)
            yield from self.each(_SEATS, self.parties)
            yield from self.written(_CHARTER)
        yield from self.written(_APPLICATION)

    # --- what the parts need -------------------------------------------------------------------------------------------------

    def _lines_of_the_frame(self) -> Iterator[tuple[str, _Row, str | None]]:
        """The activities of the file: id, line of the frame, and who pays; one for each where several parties have the role."""
        for row in _FINSAM_ROWS if self.finsam else _ROWS:
            payers = self._with_role(row.role)
            for party in payers if row.role else [None]:
                yield self.words(row.id) + (f"_{party}" if len(payers) > 1 else ""), row, party

    def _with_role(self, role: str | None) -> list[str]:
        """The parties with a role; where there is no county council its part is the municipality's."""
        sought = "municipality" if self._alone and role == "county_council" else role
        return [party for party, its in self.parties.items() if its == sought]
