"""Bounds held against figures: which years each is about, what it comes to in amounts, and whether a case keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import gt, lt, ne
from typing import Final, NamedTuple

from ..engine.figures import figure_at
from ..engine.results import Settlement
from ..model.bounds import TOGETHER
from ..problems import AgreementError, Problem, nearest
from ..source.scenarios import BoundAt

SIDES: Final[Mapping[str, Callable[[int, Fraction], bool]]] = {"min": lt, "max": gt, "equals": ne}
"""By the side of a bound, what misses it."""


Figures = Mapping[str, int | None]
"""Every figure of a settlement by its path, in rounding units; None for what is not known."""


class Side(NamedTuple):
    """One side of a bound: the names that it has in the file (`change`, `min`), and its limit in rounding units of the figure itself."""

    names: tuple[str, ...]
    limit: Fraction

    def missed(self, units: int) -> bool:
        """Whether a figure misses it."""
        return SIDES[self.names[-1]](units, self.limit)


class Bounded(NamedTuple):
    """A figure that is bounded: in one year, or ``together`` the sum over several, by the paths of its ``parts``.

    Those that are ``needed`` must be known in every case; another counts where a case knows it. Amounts are rounding units: ``least``,
    ``most`` and ``equals`` are what the bound comes to, ``own`` is the agreement's own figure where the bound is one of its change,
    ``budget`` the agreement's own budget where it is a percentage of that.
    """

    figure: str
    parts: tuple[str, ...]
    needed: frozenset[str]
    sides: tuple[Side, ...]
    own: int | None
    at: BoundAt
    budget: int | None = None

    def value(self, figures: Figures) -> int | None:
        """What the figure comes to where its parts are these; None where one that is needed is not known."""
        held = {part: figures.get(part) for part in self.parts}
        if any(held[part] is None for part in self.needed):
            return None
        known = [units for units in held.values() if units is not None]
        return sum(known) if known else None

    def about(self, figures: Figures) -> bool:
        """Whether the bound is about anything in this case: a year that is settled, or one in which the figure is known all the same."""
        return bool(self.needed) or any(figures.get(part) is not None for part in self.parts)

    def missed(self, units: int) -> tuple[Side, ...]:
        """The sides that a figure misses."""
        return tuple(side for side in self.sides if side.missed(units))

    @property
    def least(self) -> int | None:
        """The least figure that holds the bound."""
        return max((_ceil(side.limit) for side in self.sides if side.names[-1] == "min"), default=None)

    @property
    def most(self) -> int | None:
        """The greatest figure that holds the bound."""
        return min((side.limit.__floor__() for side in self.sides if side.names[-1] == "max"), default=None)

    @property
    def equals(self) -> int | None:
        """What the figure must be."""
        return next((int(side.limit) for side in self.sides if side.names[-1] == "equals"), None)


def _ceil(value: Fraction) -> int:
    return value.__ceil__()


def located(settlement: Settlement, known: Figures, bounds: Sequence[BoundAt], own: Figures | None = None) -> list[Bounded]:
    """Bounds with their figures, one for each year that they hold in. ``known`` are those of the settlement, ``own`` those that a change
    is one from, by default the same.

    Raises AgreementError with what is wrong with them, all at once.
    """
    found: list[Bounded] = []
    problems: list[Problem] = []
    for bound in bounds:
        try:
            found += _located(settlement, known, bound, known if own is None else own)
        except AgreementError as error:
            problems += error.problems
    if problems:
        raise AgreementError(problems)
    return found


def _located(settlement: Settlement, known: Figures, bound: BoundAt, own: Figures) -> Iterator[Bounded]:
    """A bound for each year that it holds in, or one for all years together."""
    year, _, rest = bound.figure.partition(".")
    if year == TOGETHER:
        yield _together(settlement, known, bound, rest, own)
    elif year.isdecimal():
        if bound.figure not in known:
            raise _unknown(settlement, known, bound)
        yield _bounded(bound, bound.figure, (bound.figure,), frozenset([bound.figure]), own)
    else:
        parts, needed = _parts(settlement, known, bound.figure)
        if not any(part in known for part in parts):
            raise _unknown(settlement, known, bound)
        if not needed and all(known.get(part) is None for part in parts):  # nothing of it is known yet: that is said, and not passed over
            needed = frozenset(part for part in parts if part in known)
        for part in parts:
            yield _bounded(bound, part, (part,), needed & {part}, own)


def _parts(settlement: Settlement, known: Figures, figure: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """A figure in each year, and in which it must be known: where the agreement is settled and has it."""
    parts = tuple(f"{year.year}.{figure}" for year in settlement.years)
    settled = {f"{year.year}.{figure}" for year in settlement.years if year.status != "budget"}
    return parts, frozenset(part for part in parts if part in settled and part in known)


def _together(settlement: Settlement, known: Figures, bound: BoundAt, figure: str, own: Figures) -> Bounded:
    """A bound of the sum over the years."""
    parts, needed = _parts(settlement, known, figure)
    there = [part for part in parts if part in known]
    if not there:
        raise _unknown(settlement, known, bound)
    if figure_at(there[-1]).stock:
        text = f"`{bound.figure}` is no sum: what there is at the end of each year is not added up over the years"
        raise AgreementError.of("stock", bound.place, text, f"bound it in a year, such as `{there[-1]}`")
    if figure.startswith("payments."):
        text = f"`{bound.figure}` is no sum: which payment has which number changes from year to year"
        raise AgreementError.of("stock", bound.place, text, f"bound what a party receives or pays, such as `{TOGETHER}.parties.{next(iter(settlement.agreement.parties))}.transfer`")  # fmt: skip
    if not needed and all(known.get(part) is None for part in parts):
        needed = frozenset(there)
    return _bounded(bound, bound.figure, parts, needed, own)


def _bounded(bound: BoundAt, figure: str, parts: tuple[str, ...], needed: frozenset[str], owned: Figures) -> Bounded:
    """The bound with its limits. Raises AgreementError where it is one of a change of what is not known, or a percent of nothing."""
    stated = bound.bound
    budget = _budget(figure, parts, owned, bound) if stated.of_budget else None
    limits = {name: limit for name in SIDES if (limit := getattr(stated, name)) is not None}
    sides = [
        Side((name,), limit * budget if budget is not None and isinstance(limit, Fraction) else Fraction(limit))
        for name, limit in limits.items()
    ]
    bare = Bounded(figure, parts, needed, tuple(sides), None, bound, budget)
    if stated.change is None:
        return bare
    own = bare.value(owned)
    if own is None and not needed:
        return bare  # a year that only a case could settle: it has no figure of its own to move from
    if own is None:
        remedy = "bound the figure itself, with `min:` or `max:`, or name a year in which it is known"
        raise AgreementError.of("no-change", bound.side("change"), f"{figure} is not known in the agreement, so no change of it is", remedy)
    for name in ("min", "max"):
        move = getattr(stated.change, name)
        if isinstance(move, Fraction) and not own:
            text = f"{figure} is 0 in the agreement, and a percent of it is nothing"
            raise AgreementError.of("no-change", bound.side("change", name), text, "give the change as an amount")
        if move is not None:
            sides.append(Side(("change", name), own + (abs(own) * move if isinstance(move, Fraction) else Fraction(move))))
    return bare._replace(sides=tuple(sides), own=own)


def _budget(figure: str, parts: Sequence[str], owned: Figures, bound: BoundAt) -> int:
    """What the agreement plans for the years of a figure: the costs, or the final frame. Raises AgreementError where it is not known."""
    years = [part.partition(".")[0] for part in parts]
    names = [[f"{year}.to_date.totals.budget", f"{year}.totals.budget", f"{year}.totals.final_frame"] for year in years]
    budgets = [next((units for name in of_year if (units := owned.get(name)) is not None), None) for of_year in names]
    known = [units for units in budgets if units is not None]
    if len(known) < len(budgets):
        text = f"{figure} is bounded in percent of the budget, which is not known in the agreement"
        raise AgreementError.of("no-budget", bound.place, text, "give the bound as an amount, or the year its frame")
    return sum(known)


def _unknown(settlement: Settlement, known: Figures, bound: BoundAt) -> AgreementError:
    """There is no such figure; the nearest one."""
    year, _, rest = bound.figure.partition(".")
    prefix, name = (f"{year}.", rest) if year == TOGETHER or year.isdecimal() else ("", bound.figure)
    own = year if f"{year}.totals.result" in known else str(settlement.years[-1].year)
    near = nearest(f"{own}.{name}", known)
    party = next(iter(settlement.agreement.parties))
    named = f"a figure is named like `{own}.totals.result` or `{own}.parties.{party}.settled`"
    meant = f"{own if year.isdecimal() else year}.{near.partition('.')[2]}" if near and prefix else near and near.partition(".")[2]
    return AgreementError.of(
        "unknown-figure", bound.place, f"there is no figure `{bound.figure}`", f"did you mean `{meant}`?" if meant else named
    )
