"""What every part of a settlement's report is written with: the words, the unit, and how amounts and names are written."""

from __future__ import annotations

from typing import Final

from ...amounts import Scale
from ...engine.figures import Result, figure_at
from ...engine.results import Settlement, YearResult
from ...model.agreement import Agreement
from ...model.terms import terms_by_year
from .amount_cells import AmountCells
from .known import amounts
from .tables import Cell, Heading
from .words import Words

STATUS: Final = {
    "budget": "budget: only the frame is known",
    "estimate": "estimate: the costs are estimated",
    "preliminary": "preliminary: a national outcome or an earlier year is still open",
    "final": "final",
}
ROLES: Final = {
    "insurance_office": "insurance office",
    "county_council": "county council",
    "municipality": "municipality",
    "employment_service": "employment service",
}


def gained(path: str) -> bool:
    """Whether the figure at this path is one that somebody gains or bears, and shows its sign; frames and costs do not.

    What is no figure is a sum or a difference of a table, and shows its sign too.
    """
    try:
        return figure_at(path).gained
    except KeyError:
        return True


def figure_name(path: str, words: Words) -> str:
    """What people call the figure at this path."""
    return words(figure_at(path).words)


def full_title(agreement: Agreement) -> str:
    """The area, and what the trial is called there."""
    return f"{agreement.area}: {agreement.title}" if agreement.title and agreement.title != agreement.area else agreement.area


class Pen(AmountCells):
    """Writes the amounts, names and standing of one settlement in one language and unit."""

    def __init__(self, settlement: Settlement, years: list[YearResult], words: Words, unit: str) -> None:
        self.settlement, self.agreement, self.years, self.words = settlement, settlement.agreement, years, words
        super().__init__(Scale(settlement.agreement.rounding, unit, amounts(years)))

    def figure(self, result: Result, name: str, owner: str) -> Cell:
        """A figure of a result, whose path is its name below ``owner``."""
        path = f"{owner}.{name}"
        return self.shown(gained=gained(path))(result.units(name), path)

    def title(self) -> str:
        """The area, and what the trial is called there."""
        return full_title(self.agreement)

    def heading(self) -> Heading:
        return Heading(f"{self.title()}. {self.words('Amounts in {unit}', unit=self.scale.unit)}.")

    def standing(self, year: YearResult) -> str:
        """What follows the year in its heading: how long it was, and whether it is closed."""
        length = self.words("{months} month" if year.months == 1 else "{months} months", months=year.months)
        months = f" ({length})" if year.months < 12 else ""
        return f"{months}, {self.words(STATUS[year.status])}"

    def name(self, party: str) -> str:
        """A party's full name, or the body in the reader's language."""
        return self.words("body") if party == "body" else self.agreement.parties[party].name or party

    def node(self, name: str) -> str:
        """A party's id, or the body in the reader's language."""
        return self.words("body") if name == "body" else name

    def flow(self, year: YearResult) -> str:
        """How money flowed in the year."""
        return terms_by_year(self.agreement)[year.year].flow
