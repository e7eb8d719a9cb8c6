"""A commented agreement file to fill in, for the form of the area's body: shares and amounts one a line, ??? where a figure is due."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ...model.reading import UNFILLED
from ..told.words import Words

COLUMN: Final = 31
"""Where comments beside a line begin."""


class _Row(NamedTuple):
    """A line of the frame: its id, its name, the role of whoever pays for it (None: all together), and its kinds of cost."""

    id: str
    name: str
    role: str | None
    costs: tuple[str, ...]


_ROWS: Final = (
    _Row("sickness", "Sickness and rehabilitation benefit", "insurance_office", ("sickness_benefit", "rehabilitation_benefit")),
    _Row("rehabilitation", "Purchase of vocational rehabilitation", "insurance_office", ("rehabilitation_services",)),
    _Row("primary_care", "Primary care", "county_council", ("health_care",)),
    _Row("family_care", "Individual and family care", "municipality", ("social_services",)),
    _Row("projects", "Joint projects", None, ("joint_measures",)),
)
"""What every trial included (Report 4.1), and joint projects."""

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
_GOVERNANCE: Final = """\
# For `socsam check` alone, which holds the agreement against the law; settling does not read what follows.
governance:
  form: {form}
  mandate: ???  # what the body decides on: whole_frame or projects
  permission:  # the government's
    date: ???  # year-month-day
    frame_approved: ???  # true or false
"""
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


class StartingFile:
    """The file for an area: its ``form``, its parties with their roles, its first and last year, and the words for its comments.

    ``figures`` names a workbook that holds the years' amounts; without it the file has places for them itself.
    """

    def __init__(
        self, area: str, form: str, parties: Mapping[str, str], first: int, last: int, words: Words, figures: str | None = None
    ) -> None:
        self.area, self.form, self.parties, self.words, self.figures = area, form, dict(parties), words, figures
        self.first, self.last = first, last
        self.series = words("national_sickness_cost")
        self._alone = "county_council" not in self.parties.values()
        self.activities = {name: (row, funder) for name, row, funder in self._lines_of_the_frame()}

    def text(self) -> str:
        """The whole file."""
        years = [self._years()] if self.figures is None else []
        parts = (self._head(), self._parties(), self._activities(), self._series(), self._sharing(), *years, self._governance())
        return "\n".join("".join(f"{line}\n" for line in part) for part in parts)

    # --- the parts -----------------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        yield from self._written(_HEAD, one_line=_one_line(self.area), area=_scalar(self.area))
        if self.figures is not None:
            yield from self._written(_WORKBOOK, figures=_scalar(self.figures))
        if self.last > _LAST_YEAR_OF_THE_ACT:
            yield from self._written(_NO_LAW)
        yield from self._written(_PERIOD, first=self.first, month="07" if self.first == 1994 else "01", last=self.last)

    def _parties(self) -> Iterator[str]:
        yield from self._written("parties:  # in the order in which they are shown")
        roles = list(self.parties.values())
        for party, role in self.parties.items():
            name = self.words(_ROLES[role], area=self.area) if roles.count(role) == 1 else party.capitalize()
            yield from self._written(_PARTY, party=party, name=_scalar(name), role=role)
            if role == "municipality" and self._alone:
                yield from self._written("    outside_county_council: true  # it is responsible for health care too")

    def _activities(self) -> Iterator[str]:
        yield from self._written("activities:  # the lines of the frame, and who pays for each")
        for name, (row, funder) in self.activities.items():
            yield from self._written("  {id}:\n    name: {name}", id=name, name=_scalar(self.words(row.name)))
            yield from self._written(
                "    funder: {funder}" if funder else "    performer: body  # the body bears what these cost", funder=funder
            )
            yield "    cost:"
            yield from self._each("      - {each}", row.costs)
            if row.id == "sickness":
                yield from self._written(_BASE, series=self.series, before=self.first - 1)

    def _series(self) -> Iterator[str]:
        name = _scalar(self.words("Sickness and rehabilitation benefit, the whole country"))
        yield from self._written(_SERIES, series=self.series, name=name)
        yield from self._each("      {each}: ???", range(self.first - 1, self.last + 1))
        yield from self._written("    forecast:  # what was expected when the year's budget was set")
        yield from self._each("      {each}: ???", range(self.first, self.last + 1))

    def _sharing(self) -> Iterator[str]:
        yield from self._written("sharing:\n  shared: ???  # how much of the result is shared: 100 % is the whole")
        *others, last = self.parties
        for key, line in _KEYS.items():
            if key != "association_shares" or self.form == "commissioning_association":
                yield from self._written(line)
                yield from self._each("    {each}: ???", others)
                yield f"    {last}: rest"
        yield from self._written(_PAYMENT)

    def _years(self) -> Iterator[str]:
        yield from self._written("years:  # a year without `actual:` is a budget")
        for year in range(self.first, self.last + 1):
            yield from [""] if year > self.first else []
            yield from self._written("  {year}:\n    frame:  # what the parties put in", year=year)
            for name, (row, funder) in self.activities.items():
                if funder is None:
                    yield f"      {name}:"
                    yield from self._each("        {each}: ???", self.parties)
                elif row.id != "sickness":
                    yield f"      {name}: {UNFILLED}"
            yield from self._written("    actual:  # what the activities cost")
            yield from self._each("      {each}: ???", self.activities)

    def _governance(self) -> Iterator[str]:
        association = self.form == "commissioning_association"
        yield from self._written(_GOVERNANCE, form=self.form)
        yield from [] if association else self._written(_WRITTEN_AGREEMENT)
        yield from self._written(_ARBITRATION)
        if association:
            yield from self._written(_BOARD)
            yield from self._each(_SEATS, self.parties)
            yield from self._written(_CHARTER)
        yield from self._written(_APPLICATION)

    # --- what the parts need -------------------------------------------------------------------------------------------------

    def _lines_of_the_frame(self) -> Iterator[tuple[str, _Row, str | None]]:
        """The activities of the file: id, line of the frame, and who pays; one for each where several parties have the role."""
        for row in _ROWS:
            role = "municipality" if self._alone and row.role == "county_council" else row.role
            payers = [party for party, its in self.parties.items() if its == role]
            for party in payers if role else [None]:
                yield self.words(row.id) + (f"_{party}" if len(payers) > 1 else ""), row, party

    def _written(self, template: str, **values: object) -> Iterator[str]:
        """The lines of a part, filled in; each comment in the reader's language, those beside a line one below the other."""
        for line in template.splitlines():
            text, mark, comment = line.partition("# ")
            filled = text.rstrip().format(**values)
            said = mark and mark + self.words(comment, **values)
            yield f"{filled:<{COLUMN - 1}} {said}" if filled and said else filled + said

    def _each(self, template: str, names: Iterable[object]) -> Iterator[str]:
        """The part once for each of these names."""
        for name in names:
            yield from self._written(template, each=name)


def marked(text: str) -> int:
    """How many figures are still to be filled in."""
    return len(re.findall(rf": {re.escape(UNFILLED)}(?=\s|$)", text))


def _scalar(text: str) -> str:
    """A text as the value of a field: plain where YAML takes it as it stands, else in double quotes."""
    plain = re.fullmatch(r"[^\W\d_][\w .,()/–-]*", text) and not text.endswith(" ")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    """A text inside a comment."""
    return "".join(character if character.isprintable() else " " for character in text)


def file_name(area: str) -> str:
    """A file name for an area that every system takes: `Exempelköping` gives `exempelkoping.yaml`."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", area.lower().replace("ß", "ss").replace("æ", "ae").replace("ø", "o"))
    name = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    return f"{name or 'agreement'}.yaml"


def roles_of(form: str, parties: Sequence[str]) -> str | None:
    """Why a body of this form cannot have parties with these roles (Act 1–2 §§; PM "Vilka får bedriva försök?"); None where it can."""
    municipalities, councils = parties.count("municipality"), parties.count("county_council")
    reasons = {
        "one insurance office takes part, no more and no less (Act 1 §)": parties.count("insurance_office") != 1,
        "a municipality takes part (Act 1 §)": not municipalities,
        "the employment service may not be a party; it takes part by side agreement (PM, Report 2.3.1)": "employment_service" in parties,
        "one county council takes part (Act 1 §)": councils > 1,
        "a municipal committee is open to a single municipality that belongs to no county council (Act 1–2 §§)": (
            form == "municipal_committee" and bool(councils or municipalities > 1)
        ),
        "a local federation is one of county council and municipality (Act 2 §)": form == "local_federation" and not councils,
        "several municipalities take part only together with their county council (Act 1 §)": not councils and municipalities > 1,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
