"""The starting file of a coordination association (lag 2003:1210): members, their key, own capital; and where each figure is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model.reading import UNFILLED
from ..told.words import Words
from .asked import Asked
from .commented import Commented, joined, one_line, scalar

_HEAD: Final = """\
# {one_line}: a coordination association (lag 2003:1210) to fill in.
# Put a figure in the place of every ???; the comment beside it says where it is found. Amounts in kronor: 12 191 or −1 089.

format: socsam/1
area: {area}
law: 2003:1210
"""
_WORKBOOK: Final = "figures: {figures}  # the workbook with every year's amounts"
_PERIOD: Final = """\
period:
  start: {first}-01-01  # with the first year of this file; an end only where the association is wound up
"""
_PROPER: Final = {"insurance_office": "Försäkringskassan", "employment_service": "Arbetsförmedlingen"}
_NAMES: Final = {"county_council": "Region", "municipality": "Municipality of {area}"}
_PARTY: Final = """\
  {party}:
    name: {name}
    role: {role}
"""
_GROUP: Final = """\
    {group}:
      share: {share}
      by: {key}
"""
_WEIGHTS: Final = {
    "parts": "  {name}:\n    weights:  # how the regions divide their quarter: their agreement",
    "inhabitants": "  {name}:\n    weights:  # each municipality's inhabitants: Statistics Sweden; or what else divides the quarter",
}
_ACTIVITIES: Final = """\
activities:  # what the budget and the accounts tell apart; add more as you need
  {office}:
    name: {office_name}
    by: {key}
    cost: administration
  {measures}:
    name: {measures_name}
    by: {key}
    cost: joint_measures
"""
_SHARING: Final = """\
sharing:
  surplus: {key}  # of what does not go to own capital: with these terms nothing
  deficit: {key}  # of what own capital cannot cover
  association_shares: {key}  # in assets and liabilities (9 §)
  flow: real  # the members pay in, the association pays the costs
  reserve:  # own capital: the result of each year enters it and stays
    ceiling: ???  # its limit, as `20 %` of contributions or an amount: the board's decision, or guidance; none: delete the line

opening:
  reserve: ???  # own capital on 31 December {before}: balance sheet of the annual report for {before}
"""
FRAME: Final = """\
    frame:  # what all members put in together: the budget decided for {year}; not what is planned to be spent
"""
_ACTUAL: Final = """\
    actual:  # what it cost, less other income: statement of income in the annual report for {year}
"""
_EXPECT: Final = """\
    expect:
      reserve: ???  # own capital on 31 December {year}: its balance sheet; `settle` says whether it agrees
"""
_GOVERNANCE: Final = """\
# For `socsam check` alone, which holds the association against the law; settling does not read what follows.
governance:
  form: coordination_association
  board:
    members: ???
    substitutes: ???
  charter: ???  # all (of the items of 9 §), or a list of those stated
  auditors: ???  # the members whose account has an auditor (25 §), as a list: [{paying}]
"""


class AssociationFile(Commented):
    """The file of an association. ``figures`` names a workbook that holds the years' amounts; without it the file has places for them itself."""

    def __init__(self, asked: Asked, words: Words, figures: str | None = None) -> None:
        super().__init__(words)
        self.asked, self.figures = asked, figures
        self.parties = asked.roles
        self.years = range(asked.first, asked.last + 1)
        self.key, self.office, self.measures = words("contributions"), words("office"), words("measures")

    def text(self) -> str:
        """The whole file."""
        governance = [self._governance()] if self.asked.governance else []
        return joined((self._head(), self._parties(), self._keys(), self._activities(), self._sharing(), self._years(), *governance))

    # --- the parts -----------------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        yield from self.written(_HEAD, one_line=one_line(self.asked.area), area=scalar(self.asked.area))
        if self.figures is not None:
            yield from self.written(_WORKBOOK, figures=scalar(self.figures))
        yield from self.written(_PERIOD, first=self.years[0])

    def _parties(self) -> Iterator[str]:
        yield from self.written("parties:  # the members (3 §), in the order in which they are shown")
        roles = list(self.parties.values())
        for party, role in self.parties.items():
            named = _PROPER.get(role) or self.words(_NAMES[role], area=self.asked.area)
            name = named if roles.count(role) == 1 else party.capitalize()
            yield from self.written(_PARTY, party=party, name=scalar(name), role=role)
            if role == "municipality" and "county_council" not in roles:
                yield from self.written("    outside_county_council: true  # it is responsible for health care too")

    def _keys(self) -> Iterator[str]:
        """Half, a quarter and a quarter; a quarter that several share is divided by weights."""
        regions, municipalities = self._with_role("county_council"), self._with_role("municipality")
        yield from self.written("keys:\n  {key}:  # who puts in how much: half, a quarter and a quarter (5 §)", key=self.key)
        yield f"    {self._with_role('insurance_office')[0]}: 1/2"
        by_weights = []
        for parties, share, group, key in ((regions, "1/4", "regions", "parts"), (municipalities, "rest", "municipalities", "inhabitants")):
            if len(parties) == 1:
                yield f"    {parties[0]}: {share}"
            elif parties:
                yield from self.written(_GROUP, group=self._free(group), share=share, key=self.words(key))
                by_weights.append((key, parties))
        for key, parties in by_weights:
            yield from self.written(_WEIGHTS[key], name=self.words(key))
            yield from self.each("      {each}: ???", parties)

    def _activities(self) -> Iterator[str]:
        names = {"office_name": scalar(self.words("Office and board")), "measures_name": scalar(self.words("Joint measures"))}
        yield from self.written(_ACTIVITIES, office=self.office, measures=self.measures, key=self.key, **names)

    def _sharing(self) -> Iterator[str]:
        yield from self.written(_SHARING, key=self.key, before=self.years[0] - 1)

    def _years(self) -> Iterator[str]:
        yield from self.written("years:  # a year without `actual:` is a budget")
        for year in self.years:
            yield from [""] if year > self.years[0] else []
            yield f"  {year}:"
            for part in (FRAME, _ACTUAL) if self.figures is None else ():
                yield from self.written(part, year=year)
                yield from (f"      {name}: {UNFILLED}" for name in (self.office, self.measures))
            yield from self.written(_EXPECT, year=year)

    def _governance(self) -> Iterator[str]:
        paying = [party for party, role in self.parties.items() if role != "employment_service"]
        yield from self.written(_GOVERNANCE, paying=", ".join(paying))

    # --- what the parts need -------------------------------------------------------------------------------------------------

    def _with_role(self, role: str) -> list[str]:
        return [party for party, its in self.parties.items() if its == role]

    def _free(self, word: str) -> str:
        """The name of a group, which no party may have."""
        name = self.words(word)
        while name in self.parties:
            name += "_"
        return name
