"""What a settlement is: frozen results whose figures are exact amounts in kronor, each with the step that it was made by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from ..problems import NotFoundError
from .payments import Payment
from .steps import Money

if TYPE_CHECKING:
    from ..model.agreement import Agreement

KRONOR = {"öre": Decimal("0.01"), "kr": Decimal(1), "tkr": Decimal(1000)}
"""What one rounding unit is worth in kronor."""


class Figure:
    """A named figure of a result: an exact amount in kronor as a Decimal, or None where it does not exist or is not known."""

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, result: None, owner: type) -> Figure: ...
    @overload
    def __get__(self, result: Result, owner: type) -> Decimal | None: ...
    def __get__(self, result: Result | None, owner: type) -> Figure | Decimal | None:
        if result is None:
            return self
        step = result.steps.get(self.name)
        return None if step is None else step.value * KRONOR[result.rounding]


class Result:
    """A part of a settlement. ``steps`` holds the derivation of each of its figures, None for what is not known."""

    __slots__ = ("rounding", "steps")
    figures: tuple[str, ...] = ()

    def __init__(self, steps: Mapping[str, Money | None], rounding: str) -> None:
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "rounding", rounding)

    steps: Mapping[str, Money | None]
    rounding: str

    def __init_subclass__(cls) -> None:
        cls.figures = tuple(name for name, value in vars(cls).items() if isinstance(value, Figure))

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a result is frozen")

    def __setstate__(self, state: tuple[None, Mapping[str, Any]]) -> None:
        """Pickling and copying fill what nobody else may."""
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    def units(self, figure: str) -> int | None:
        """The figure as a count of the agreement's rounding units."""
        step = self.steps.get(figure)
        return None if step is None else step.value

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Result) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[Any, ...]:
        return (self.rounding, *((name, self.units(name)) for name in self.figures))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)}" for name in self.figures if self.steps.get(name) is not None)
        return f"{type(self).__name__}({shown})"


class Totals(Result):
    """The year as a whole."""

    __slots__ = ()
    preliminary_frame = Figure("Sum of the preliminary cells, F⁰ (§ 1.1).")
    final_frame = Figure("Sum of the final cells, F (§ 1).")
    actual = Figure("What the activities cost, C (§ 2).")
    result = Figure("Final frame minus actual cost, R; + surplus, − deficit (§ 2).")
    shared = Figure("What of the result is shared, S (§ 3).")
    kept = Figure("Result minus shared: what stays with those who fund (§ 3.4).")
    uses = Figure("What of the surplus is used in the area, U; 0 or more (§ 4).")
    settled = Figure("Result minus uses: what the parties end with together (§ 4).")


class ActivityResult(Result):
    """One line of the frame."""

    __slots__ = ("cells", "id", "name")
    id: str
    name: str
    cells: Mapping[str, Money]
    preliminary = Figure("The row's preliminary cells together (§ 1.1).")
    adjustment = Figure("What the national adjustment changed; 0 while the outcome is unknown (§ 1.2).")
    correction = Figure("What the agreed corrections changed (§ 1.3).")
    conversion = Figure("What conversions brought (+) or took (−) (§ 1.4).")
    final = Figure("The row's final cells together, F_a (§ 1).")
    actual = Figure("What the activity cost, C_a (§ 2).")
    result = Figure("Final minus actual, R_a; + surplus, − deficit (§ 2).")
    shared = Figure("What of its result is shared, S_a (§ 3).")
    kept = Figure("What of its result is not shared, K_a (§ 3.4).")

    def __init__(self, id_: str, name: str, cells: Mapping[str, Money], steps: Mapping[str, Money | None], rounding: str) -> None:
        super().__init__(steps, rounding)
        object.__setattr__(self, "id", id_)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "cells", cells)

    def _content(self) -> tuple[Any, ...]:
        return (self.id, tuple((party, cell.value) for party, cell in self.cells.items()), *super()._content())


class PartyResult(Result):
    """One party's year."""

    __slots__ = ("id", "name", "role")
    id: str
    name: str
    role: str
    preliminary = Figure("Sum of its preliminary cells, F⁰_p (§ 1.1).")
    contribution = Figure("Sum of its final cells, F_p: what it puts into the frame (§ 1).")
    paid = Figure("What the activities cost that it performs, P_p (§ 2).")
    before_sharing = Figure("What stayed in its pocket before sharing, B_p = F_p − O_p − P_p (§ 2).")
    kept = Figure("Its part of the result that is not shared, K_p (§ 3.4).")
    allocated = Figure("Its part of the shared result, T_p; + gain, − burden (§ 4).")
    used = Figure("Its part of the uses, U_p (§ 4).")
    settled = Figure("What it ends with, Q_p = K_p + T_p − U_p; + gains, − bears (§ 4).")
    transfer = Figure("What it receives (+) or pays (−) this year, X_p (§ 5).")
    carried = Figure("What waits for a year of distribution; + claim, − debt (§ 5).")

    def __init__(self, id_: str, name: str, role: str, steps: Mapping[str, Money | None], rounding: str) -> None:
        super().__init__(steps, rounding)
        object.__setattr__(self, "id", id_)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "role", role)

    def _content(self) -> tuple[Any, ...]:
        return (self.id, self.role, *super()._content())


class BodyResult(Result):
    """The joint body's year."""

    __slots__ = ()
    paid = Figure("What the activities cost that the body performs, P_b (§ 2).")
    transfer = Figure("What the body receives (+) or pays (−) this year (§ 5).")
    carried = Figure("What waits for a year of distribution; + claim, − debt (§ 5).")


class SplitResult(Result):
    """How the office's part is divided between the office and the state (§ 6)."""

    __slots__ = ("limited", "party")
    party: str
    limited: bool
    office = Figure("The year's part that falls to the insurance office.")
    state = Figure("The year's part that falls to the state.")

    def __init__(self, party: str, limited: bool, steps: Mapping[str, Money | None], rounding: str) -> None:
        super().__init__(steps, rounding)
        object.__setattr__(self, "party", party)
        object.__setattr__(self, "limited", limited)


class Shortfall(NamedTuple):
    """A debt that an association could not pay, and what each party adds (§ 7); in rounding units."""

    amount: Money
    parties: Mapping[str, Money]


class SharingResult(NamedTuple):
    """Which key divided the year's result, what bands withheld (None in a budget year), and whether money moves."""

    key: str | None
    withheld: Money | None
    distribution: bool | None


class ExpectationResult(NamedTuple):
    """An expectation and what came out; amounts in rounding units."""

    path: str
    expected: int
    computed: int | None
    met: bool
    source: str | None
    known_error: str | None
    place: tuple[str | int, ...]


class YearResult(NamedTuple):
    """One year of a settlement."""

    year: int
    status: str
    months: int
    source: str | None
    note: str | None
    totals: Totals
    activities: tuple[ActivityResult, ...]
    sharing: SharingResult
    parties: tuple[PartyResult, ...]
    body: BodyResult
    payments: tuple[Payment, ...]
    state_split: SplitResult | None
    shortfall: Shortfall | None
    expectations: tuple[ExpectationResult, ...]

    def party(self, id_: str) -> PartyResult:
        """The party with this id. Raises NotFoundError, a KeyError, when it is neither a party of the year nor carries a balance."""
        for party in self.parties:
            if party.id == id_:
                return party
        raise NotFoundError.of("party", id_, (party.id for party in self.parties), f" in {self.year}")

    def activity(self, id_: str) -> ActivityResult:
        """The activity with this id. Raises NotFoundError, a KeyError, when it has no row in the year."""
        for activity in self.activities:
            if activity.id == id_:
                return activity
        raise NotFoundError.of("activity", id_, (activity.id for activity in self.activities), f" in {self.year}")


class Settlement(NamedTuple):
    """What an agreement comes to, year by year."""

    agreement: Agreement
    years: tuple[YearResult, ...]

    def year(self, number: int) -> YearResult:
        """One year. Raises NotFoundError, a KeyError, when the file does not hold it."""
        for year in self.years:
            if year.year == number:
                return year
        raise NotFoundError.of("year", number, (year.year for year in self.years), f" in the settlement of {self.agreement.area}")

    def unmet(self) -> Iterator[tuple[int, ExpectationResult]]:
        """The expectations that failed, with their year."""
        return ((year.year, expectation) for year in self.years for expectation in year.expectations if not expectation.met)
