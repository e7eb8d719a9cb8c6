"""A commented agreement file to fill in, for the form of the area's body: what it is asked for, and its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...model.reading import UNFILLED
from ...model.scalars import parse_id
from ...problems import OutputError, nearest
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
unit: {unit}  # of every amount in this file: kr, tkr or mkr
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

    unit = "tkr"

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
        years = [self.part_of_years()] if self.figures is None else []
        parts = (
            self.head(),
            self._parties(),
            self.part_of_activities(),
            self.part_of_series(),
            self._sharing(),
            *years,
            self._governance(),
        )
        return "\n".join(text for part in parts if (text := "".join(f"{line}\n" for line in part)))

    # --- the parts -----------------------------------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        yield from self.written(_HEAD, one_line=_one_line(self.area), area=scalar(self.area), unit=self.unit)
        if self.figures is not None:
            yield from self.written(_WORKBOOK, figures=scalar(self.figures))
        if self.last > _LAST_YEAR_OF_THE_ACT:
            yield from self.written(_NO_LAW)
        yield from self.written(_PERIOD, first=self.first, month="07" if self.first == 1994 else "01", last=self.last)

    def _parties(self) -> Iterator[str]:
        yield from self.written("parties:  # in the order in which they are shown")
        roles = list(self.parties.values())
        for party, role in self.parties.items():
            name = self.words(_ROLES[role], area=self.area) if roles.count(role) == 1 else party.capitalize()
            yield from self.written(_PARTY, party=party, name=scalar(name), role=role)
            if role == "municipality" and self._alone:
                yield from self.written("    outside_county_council: true  # it is responsible for health care too")

    def part_of_activities(self) -> Iterator[str]:
        yield from self.written("activities:  # the lines of the frame, and who pays for each")
        for name, (row, funder) in self.activities.items():
            yield from self.written("  {id}:\n    name: {name}", id=name, name=scalar(self.words(row.name)))
            yield from self.written(
                "    funder: {funder}" if funder else "    performer: body  # the body bears what these cost", funder=funder
            )
            yield "    cost:"
            yield from self.each("      - {each}", row.costs)
            if row.id == "sickness":
                yield from self.written(_BASE, series=self.series, before=self.first - 1)

    def part_of_series(self) -> Iterator[str]:
        name = scalar(self.words("Sickness and rehabilitation benefit, the whole country"))
        yield from self.written(_SERIES, series=self.series, name=name)
        yield from self.each("      {each}: ???", range(self.first - 1, self.last + 1))
        yield from self.written("    forecast:  # what was expected when the year's budget was set")
        yield from self.each("      {each}: ???", range(self.first, self.last + 1))

    def _sharing(self) -> Iterator[str]:
        yield from self.written("sharing:\n  shared: ???  # how much of the result is shared: 100 % is the whole")
        *others, last = self.parties
        for key, line in _KEYS.items():
            if key != "association_shares" or self.form == "commissioning_association":
                yield from self.written(line)
                yield from self.each("    {each}: ???", others)
                yield f"    {last}: rest"
        yield from self.written(_PAYMENT)

    def part_of_years(self) -> Iterator[str]:
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
        association = self.form == "commissioning_association"
        yield from self.written(_GOVERNANCE, form=self.form)
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
        for row in _ROWS:
            role = "municipality" if self._alone and row.role == "county_council" else row.role
            payers = [party for party, its in self.parties.items() if its == role]
            for party in payers if role else [None]:
                yield self.words(row.id) + (f"_{party}" if len(payers) > 1 else ""), row, party

    def written(self, template: str, **values: object) -> Iterator[str]:
        """The lines of a part, filled in; each comment in the reader's language, those beside a line one below the other."""
        for line in template.splitlines():
            text, mark, comment = line.partition("# ")
            filled = text.rstrip().format(**values)
            said = mark and mark + self.words(comment, **values)
            yield f"{filled:<{COLUMN - 1}} {said}" if filled and said else filled + said

    def each(self, template: str, names: Iterable[object]) -> Iterator[str]:
        """The part once for each of these names."""
        for name in names:
            yield from self.written(template, each=name)


def marked(text: str) -> int:
    """How many figures are still to be filled in."""
    return len(re.findall(rf": {re.escape(UNFILLED)}(?=\s|$)", text))


def scalar(text: str) -> str:
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


_DEFAULT_PARTIES: Final = {
    "commissioning_association": "kassa,landsting,kommun",
    "local_federation": "kassa,landsting,kommun",
    "municipal_committee": "kassa,kommun",
}
_EVERY_ROLE: Final = (*_ROLES, "employment_service")
_TELLING: Final = {
    "insurance_office": ("kassa", "office"),
    "county_council": ("landsting", "region", "county", "council"),
    "employment_service": ("arbetsf", "employment", "länsarbetsnämnd"),
    "municipality": ("kommun", "municipality", "stad"),
}
"""What in a short name tells the role of a party."""
_EARLIEST: Final = 1994
_MOST_YEARS: Final = 20


class Asked(NamedTuple):
    """What the file is to hold, found to go together."""

    area: str
    form: str
    roles: dict[str, str]
    first: int
    last: int

    @classmethod
    def of(cls, area: str, form: str, parties: str | None, years: str) -> Asked:
        """``parties`` is ``ID[:ROLE],...``, None for those of the form; ``years`` is ``FIRST-LAST``. Raises OutputError for what is wrong."""
        if not area.strip() or any(0xD800 <= ord(character) < 0xE000 for character in area):
            raise OutputError("the name of the area is empty, or not text\n   write, for example, socsam init Exempelby")
        if form not in _DEFAULT_PARTIES:
            near = nearest(form, _DEFAULT_PARTIES)
            remedy = f"did you mean `{near}`?" if near else f"the forms are {', '.join(_DEFAULT_PARTIES)}"
            raise OutputError(f"--form {form}: there is no such form\n   {remedy}")
        roles = _parties(parties or _DEFAULT_PARTIES[form], form)
        return cls(area.strip(), form, roles, *_years(years))

    def text(self, lang: str, workbook: str | None = None, kind: type[StartingFile] = StartingFile) -> str:
        """The commented file, of this kind; ``workbook`` is the name of the one that is to hold the years' amounts, if any."""
        return kind(self.area, self.form, self.roles, self.first, self.last, Words(lang), workbook).text()


def _parties(text: str, form: str) -> dict[str, str]:
    """Each party's role. Raises OutputError for a bad name, an unknown role, or parties that the form is not open to."""
    roles: dict[str, str] = {}
    for part in text.split(","):
        name, colon, role = (piece.strip() for piece in part.partition(":"))
        try:
            party = parse_id(name)
        except PydanticCustomError as error:
            context = error.context or {}
            raise OutputError(f"--parties {text}: {context.get('text')}\n   {context.get('remedy')}") from None
        if party in roles:
            raise OutputError(f"--parties {text}: `{party}` stands there twice\n   keep one of them")
        roles[party] = _role(text, party, role if colon else None)
    if why := roles_of(form, list(roles.values())):
        told = ", ".join(f"{party}:{role}" for party, role in roles.items())
        raise OutputError(f"--form {form} --parties {told}: {why}\n   correct the parties or their roles, or choose another form")
    return roles


def _role(text: str, party: str, stated: str | None) -> str:
    """The role stated, or the one that the name tells."""
    if stated is None:
        for role, words in _TELLING.items():
            if any(word in party for word in words):
                return role
        raise OutputError(
            f"--parties {text}: the name `{party}` does not tell its role\n   write {party}:municipality, or another of: {', '.join(_EVERY_ROLE)}"
        )
    if stated not in _EVERY_ROLE:
        near = nearest(stated, _EVERY_ROLE)
        remedy = f"did you mean `{near}`?" if near else f"the roles are {', '.join(_EVERY_ROLE)}"
        raise OutputError(f"--parties {text}: there is no role `{stated}`\n   {remedy}")
    return stated


def _years(text: str) -> tuple[int, int]:
    """First and last year. Raises OutputError where these are not years, or too many."""
    match = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?\s*", text)
    if match is None:
        raise OutputError(f"--years {text}: this is not FIRST-LAST\n   write, for example, --years 1998-2000")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise OutputError(f"--years {text}: the last year comes before the first\n   swap them")
    if first < _EARLIEST:
        raise OutputError(f"--years {text}: trials run from 1 July {_EARLIEST} at the earliest\n   begin with {_EARLIEST} or later")
    if last - first >= _MOST_YEARS:
        raise OutputError(f"--years {text}: these are more than {_MOST_YEARS} years\n   write fewer; more can be added to the file")
    return first, last
