"""What a report is written with: amounts as cells, and of a settlement its words, unit and names too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from ...amounts import Scale
from ...engine.figures import Result, figure_at
from ...engine.results import ExpectationResult, Settlement, YearResult
from ...model.agreement import Agreement
from ...model.terms import Terms, split_measured, terms_by_year
from ...money import ORE_PER
from .tables import Amount, Cell, Heading, money
from .words import Words


class OreScale(Scale):
    """Writes amounts that count öre; ``factor`` is how many of them the agreement's rounding unit has."""

    def __init__(self, rounding: str, unit: str, amounts: Iterable[int | None] = ()) -> None:
        super().__init__("öre", unit, amounts)
        self.factor = ORE_PER[rounding]


class AmountCells:
    """Writes amounts of one scale as cells. ``figure`` is the path of the one that a cell shows, ``claims`` of those that it adds up."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def plain(self, units: int | None, figure: str = "", claims: Sequence[str] = ()) -> Cell:
        """An amount that nobody gains or bears."""
        return money(Amount(units, self.scale), figure, claims)

    def signed(self, units: int | None, figure: str = "") -> Cell:
        """An amount that somebody gains (+) or bears (−)."""
        return money(Amount(units, self.scale, signed=True), figure)

    def shown(self, *, gained: bool) -> Callable[..., Cell]:
        """What writes a figure that is ``gained``, or one that is not."""
        return self.signed if gained else self.plain


STATUS: Final = {
    "budget": "budget: only the frame is known",
    "plan": "budget: the costs are planned",
    "to_date": "estimate: the costs are booked through {through} and expected after that",
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


SPLIT_READINGS: Final = {
    "trial": (
        "Administration's share is read as all administration's part of all costs (`measured: trial`); `office` and `office_in_trial` are other readings."
        " That the cap works on the sum over the trial is a reading too."
    ),
    "office": (
        "Administration's share is read as the office's administration of the office's costs (`measured: office`); `trial` and `office_in_trial` are other readings."
        " That the cap works on the sum over the trial is a reading too."
    ),
    "office_in_trial": (
        "Administration's share is read as the office's administration of all costs (`measured: office_in_trial`); `trial` and `office` are other readings."
        " That the cap works on the sum over the trial is a reading too."
    ),
    "stated": (
        "Administration's share is the one that the file states (`administration`); measured, it could be read in three ways (`trial`, `office`, `office_in_trial`)."
        " That the cap works on the sum over the trial is a reading too."
    ),
}
"""What the memorandum's sentence on the split leaves open, and how it is read."""


def gained(path: str) -> bool:
    """Whether the figure at this path is one that somebody gains or bears, and shows its sign; frames and costs do not.

    What is no figure is a sum or a difference of a table, and shows its sign too.
    """
    try:
        return figure_at(path).gained
    except KeyError:
        return True


def common_unit(units: Iterable[str]) -> str:
    """The unit in which the amounts of several agreements are shown together: the smallest of theirs."""
    return min(units, key=lambda unit: ORE_PER[unit])


def wanted_text(wanted: ExpectationResult, amount: Callable[[int], str], words: Words) -> str:
    """What a figure should be: an amount, or within bounds."""
    if wanted.expected is not None:
        return amount(wanted.expected)
    limits = (("at least {amount}", wanted.least), ("at most {amount}", wanted.most))
    text = words(" and ").join(words(text, amount=amount(limit)) for text, limit in limits if limit is not None)
    return text if wanted.budget is None else words("{bound}, as the budget is {budget}", bound=text, budget=amount(wanted.budget))


def figure_name(path: str, words: Words) -> str:
    """What people call the figure at this path."""
    return words(figure_at(path).words)


def full_title(agreement: Agreement) -> str:
    """The area, and what the trial is called there."""
    return f"{agreement.area}: {agreement.title}" if agreement.title and agreement.title != agreement.area else agreement.area


def capital(text: str) -> str:
    """A text as it begins a line."""
    return text[:1].upper() + text[1:]


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id; those that are alike are followed by their ids."""
    alike = Counter(name.casefold() for name in names.values())
    return {id_: f"{name} ({id_})" if alike[name.casefold()] > 1 else name for id_, name in names.items()}


class Pen(AmountCells):
    """Writes the amounts, names and standing of one settlement in one language and unit.

    With ``names`` parties are called by their names in sentences and headings, where they are called by their ids otherwise.
    """

    def __init__(self, settlement: Settlement, years: list[YearResult], words: Words, unit: str, *, names: bool = False) -> None:
        self.settlement, self.agreement, self.years, self.words = (
            settlement,
            settlement.agreement,
            years,
            words.under(settlement.agreement.law),
        )
        super().__init__(Scale(settlement.agreement.rounding, unit, _amounts(years)))
        called = {party: self.name(party) for party in self.agreement.parties}
        self._called = told_apart(called | {"body": self.words("the body")}) if names else dict.fromkeys(called, "")

    def figure(self, result: Result, name: str, owner: str) -> Cell:
        """A figure of a result, whose path is its name below ``owner``."""
        path = f"{owner}.{name}"
        return self.shown(gained=gained(path))(result.units(name), path)

    def heading(self) -> Heading:
        return Heading(f"{full_title(self.agreement)}. {self.words('Amounts in {unit}', unit=self.scale.unit)}.")

    def standing(self, year: YearResult) -> str:
        """What follows the year in its heading: how long it was, and whether it is closed."""
        length = self.words("{months} month" if year.months == 1 else "{months} months", months=year.months)
        months = f" ({length})" if year.months < 12 else ""
        return f"{months}, {self.stage(year)}"

    def stage(self, year: YearResult) -> str:
        """Whether the year is closed, in a few words."""
        if year.to_date is not None:
            return self.words(STATUS["to_date"], through=year.to_date.through)
        return self.status(year, STATUS["plan" if year.status == "budget" and year.settled else year.status])

    def status(self, year: YearResult, said: str) -> str:
        """The year's status as ``said``; a year that is final is never called so without a word of what it rests on."""
        text = self.words(said)
        return self.words("{status}, rests on assumptions", status=text) if year.status == "final" and self.agreement.assumptions else text

    def name(self, party: str) -> str:
        """A party's full name, or the body in the reader's language."""
        return self.words("body") if party == "body" else self.agreement.parties[party].name or party

    def node(self, party: str) -> str:
        """What a party is called in a sentence, or the body in the reader's language."""
        return self._called.get(party) or (self.words("body") if party == "body" else party)

    def split_reading(self, year: YearResult) -> str:
        """Which reading of the memorandum the split between office and state takes, in English; others are named."""
        return SPLIT_READINGS[split_measured(self.agreement, year.year)]

    @cached_property
    def _terms(self) -> Mapping[int, Terms]:
        return terms_by_year(self.agreement)

    def flow(self, year: YearResult) -> str:
        """How money flowed in the year."""
        return self._terms[year.year].flow


def _amounts(years: Iterable[YearResult]) -> Iterator[int | None]:
    """Every amount that a report of these years may show."""
    for year in years:
        of_some = [one for one in (year.state_split, year.reserve) if one is not None]
        results: list[Result] = [year.totals, *year.activities, *year.parties, year.body, *of_some]
        for result in results:
            for figure in result.figures:
                yield result.units(figure)
        if year.to_date is not None:
            for row in (*year.to_date.activities, year.to_date.totals):
                yield from (row.units(figure) for figure in row.figures)
        yield from (one.units(figure) for one in year.transferred for figure in one.figures)
        yield from (one.amount.value for one in year.instalments)
        if year.shortfall is not None:
            yield year.shortfall.amount.value
            yield from (part.value for part in year.shortfall.parties.values())
        for expectation in year.expectations:
            yield from expectation.amounts
        if year.sharing.withheld is not None:
            yield year.sharing.withheld.value
