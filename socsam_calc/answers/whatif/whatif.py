"""The base case and every other case side by side: each party's figures, the differences, and the bounds that were missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ...engine.figures import PartyResult
from ...engine.results import Settlement
from ...engine.values import all_ore
from ...money import ORE_PER
from ...problems import AgreementError, Place, Problem, nearest
from ...source.document import Document
from ...source.scenarios import BoundAt
from ..bounds import Bounded, located
from ..effect import MOST, Idle, idle_in_cases, spread
from ..settle import no_such_year, settle
from .cases import Case, Change, Held, minus
from .outcomes import Outcome, Outcomes, Piece
from .settling import Settler

OWN_CAPITAL: Final = "reserve.closing"
TOTALS: Final = ("final_frame", "result", "shared")
PREFERRED: Final = ("settled", "allocated", "contribution")
"""Which figure of a party is shown: the first that is known."""


class Comparison(NamedTuple):
    """An agreement in several cases; the first outcome is that of the base case, the agreement as it stands.

    ``figure`` is the party's figure to show, ``years`` are those in which any case knows it, ``varied`` the numbers of a line or
    grid, as the agreement states them.
    ``parties`` are those of these years, and any other with a figure in any case: one that left and still owes, one that a case lets in.
    Every output shows these and no others.
    """

    file: str
    title: str | None
    document: Document
    settlement: Settlement
    figure: str
    years: tuple[int, ...]
    parties: tuple[str, ...]
    varied: tuple[Change, ...]
    outcomes: Outcomes
    idle: tuple[Idle, ...] = ()
    """What is set or varied and has no effect."""

    @property
    def base(self) -> Outcome:
        """The agreement as it stands."""
        return self.outcomes.base

    @property
    def asked(self) -> list[int]:
        """The years that were asked for."""
        return [year.year for year in self.settlement.years if f"{year.year}.totals.result" in self.base.amounts]

    def compared(self, outcome: Outcome, path: str) -> tuple[int | None, int | None]:
        """A figure in öre, and how far it is from that of the base case."""
        now, before = outcome.amounts.get(path), self.base.amounts.get(path)
        return now, minus(now, before)

    def amount(self, outcome: Outcome, party: str, years: Sequence[int] | None = None) -> int | None:
        """The party's figure in öre, added up over the years in which the case has it; None where it has none, or a year is not known."""
        shown = years or self.years
        if any(all(outcome.amounts.get(path) is None for path in _paths(year, self.parties, self.figure)) for year in shown):
            return None
        amounts = [outcome.amounts.get(f"{year}.parties.{party}.{self.figure}") for year in shown]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known else None

    def difference(self, outcome: Outcome, party: str, years: Sequence[int] | None = None) -> int | None:
        """The party's figure minus that of the base case."""
        return minus(self.amount(outcome, party, years), self.amount(self.base, party, years))

    def differs_instead(self) -> str | None:
        """A figure of the parties that some case changes, where none changes the one that is shown."""

        def differs(figure: str) -> bool:
            return self.outcomes.differs([path for year in self.years for path in _paths(year, self.parties, figure)])

        return None if differs(self.figure) else next(filter(differs, PREFERRED), None)

    def result(self, outcome: Outcome, years: Sequence[int] | None = None) -> int | None:
        """The financial result in öre, added up over the years."""
        return _together(outcome, (f"{year}.totals.result" for year in years or self.years))

    def own_capital(self, outcome: Outcome, years: Sequence[int] | None = None) -> int | None:
        """The body's own capital in öre at the end of the last of the years; None where there is none, or it is not known."""
        return outcome.amounts.get(f"{(years or self.years)[-1]}.{OWN_CAPITAL}")

    def missed(self) -> Iterable[tuple[Outcome, Held]]:
        """The bounds that were not met."""
        return ((outcome, held) for outcome in self.outcomes.bounded() for held in outcome.held if not held.met)

    def refused(self) -> Iterable[Outcome]:
        """The cases that could not be settled."""
        return self.outcomes.refused()


def _together(outcome: Outcome, paths: Iterable[str]) -> int | None:
    """Figures added up; None where one of them is not known, or there are none."""
    amounts = [outcome.amounts.get(path) for path in paths]
    return None if None in amounts or not amounts else sum(amount or 0 for amount in amounts)


def compare(
    base: Document,
    cases: Sequence[Case],
    *,
    grid: Sequence[Case] = (),
    file: str | None = None,
    title: str | None = None,
    bounds: Sequence[BoundAt] = (),
    year: int | None = None,
    figure: str | None = None,
    varied: Sequence[Change] = (),
) -> Comparison:
    """Settle the base case, every other, and those of a line or ``grid``. ``bounds`` hold in all of them.

    Raises AgreementError where the base case cannot be settled, or a bound, the year or the figure names nothing that it has.
    """
    settlement = settle(base)
    numbers = _years(base, settlement, year)
    known = all_ore(settlement)
    per_unit = ORE_PER[base.agreement.rounding]
    units = {path: None if amount is None else amount // per_unit for path, amount in known.items()}
    in_all, *own = _bounds(settlement, units, [bounds, *(case.bounds for case in cases)])
    wanted = _wanted(numbers, tuple(base.agreement.parties), figure)
    wanted += [f"{one.year}.{OWN_CAPITAL}" for one in settlement.years if one.year in numbers and one.reserve is not None]
    figures = tuple(dict.fromkeys([*wanted, *(part for of_case in (in_all, *own) for one in of_case for part in one.parts)]))
    first = Piece([Case("")], {name: [known.get(name)] for name in figures}, {})
    outcomes = Outcomes(first, [cases, grid], Settler(base, figures), in_all, own, per_unit)
    parties = _shown(base, outcomes.known, numbers, [*PREFERRED, *([figure] if figure else [])])
    chosen = figure or _preferred(outcomes, numbers, parties)
    told = tuple(number for number in numbers if _knows(outcomes.known, number, parties, chosen))
    idle = tuple(_idle(base, [case for case in cases if not case.refused], grid))
    return Comparison(file or base.file, title, base, settlement, chosen, told or numbers, parties, tuple(varied), outcomes, idle)


def _idle(base: Document, cases: Sequence[Case], grid: Sequence[Case]) -> Iterator[Idle]:
    """What the cases set and has no effect: in a case by itself, or in all cases of a line or grid."""
    groups = [*([case] for case in cases), *([spread(grid, MOST)] if grid else [])]
    for group in groups:
        set_here = {change.path for change in group[0].changes}
        wanted = [override.path for override in group[0].overrides if override.name in set_here]
        for idle in idle_in_cases(base, [case.overrides for case in group], wanted, some=len(grid) > MOST and len(group) > 1):
            yield idle._replace(case=group[0].name if len(groups) > 1 and len(group) == 1 else "")


def _bounds(settlement: Settlement, units: Mapping[str, int | None], stated: Iterable[Sequence[BoundAt]]) -> list[list[Bounded]]:
    """The bounds of all cases and of each, by their figures. Raises AgreementError with all that is wrong with them."""
    found: list[list[Bounded]] = []
    problems: list[Problem] = []
    for bounds in stated:
        try:
            found.append(located(settlement, units, bounds))
        except AgreementError as error:
            problems += error.problems
    if problems:
        raise AgreementError(problems)
    return found


def _shown(base: Document, known: Collection[str], numbers: Sequence[int], figures: Sequence[str]) -> tuple[str, ...]:
    """The parties of the years, and every other with a figure in any case, in the order of the file."""
    agreement = base.agreement
    return tuple(
        name
        for name, party in agreement.parties.items()
        if any(party.present(year) or any(_knows(known, year, [name], figure) for figure in figures) for year in numbers)
    )


def _years(base: Document, settlement: Settlement, year: int | None) -> tuple[int, ...]:
    numbers = tuple(one.year for one in settlement.years)
    if year is not None and year not in numbers:
        raise AgreementError([no_such_year(base, year)])
    return numbers if year is None else (year,)


def _preferred(outcomes: Outcomes, numbers: Sequence[int], parties: Sequence[str]) -> str:
    """The figure of a party to show: what it ends with, or its part, if the base case knows it; else what any case knows."""
    of_base = [path for path, amount in outcomes.base.amounts.items() if amount is not None]
    tried = [*((of_base, figure) for figure in PREFERRED[:-1]), *((outcomes.known, figure) for figure in PREFERRED)]
    return next((figure for known, figure in tried if any(_knows(known, number, parties, figure) for number in numbers)), PREFERRED[-1])


def _knows(known: Collection[str], year: int, parties: Sequence[str], figure: str) -> bool:
    """Whether a figure of the parties is among those that are known, in the year."""
    return any(path in known for path in _paths(year, parties, figure))


def _paths(year: int, parties: Sequence[str], figure: str) -> Iterator[str]:
    return (f"{year}.parties.{party}.{figure}" for party in parties)


def party_figure(name: str) -> Problem | None:
    """What is wrong with the name of a party's figure, if anything."""
    if name in PartyResult.figures:
        return None
    near = nearest(name, PartyResult.figures)
    remedy = f"did you mean `{near}`?" if near else "there is: " + ", ".join(f"`{figure}`" for figure in PartyResult.figures)
    return Problem("unknown-figure", Place(f"--figure {name}"), f"a party has no figure `{name}`", remedy)


def _wanted(numbers: Sequence[int], parties: Sequence[str], figure: str | None) -> list[str]:
    """The figures of the years that are shown, of the whole and of each party."""
    shown = dict.fromkeys([*PREFERRED, *([figure] if figure else [])])
    of_year = [*(f"totals.{name}" for name in TOTALS), *(f"parties.{party}.{name}" for party in parties for name in shown)]
    return [f"{number}.{path}" for number in numbers for path in of_year]
