"""The register of figures: each amount of a settled year once, with all that is to be known of it wherever it is shown.

A figure is named by its path, as the JSON has it, lists by id: ``1998.parties.kommun.settled``. What is declared here is in the JSON, the
CSV and the data frames; ``explain``, ``whatif --figure``, ``simulate --figure``, ``--for`` and bounds take it. Every figure is an amount,
counted in the agreement's rounding unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final, NoReturn, dataclass_transform, overload

from .steps import Money

KRONOR = {"öre": Decimal("0.01"), "kr": Decimal(1), "tkr": Decimal(1000)}
"""What one rounding unit is worth in kronor."""


class Figure:
    """A figure and what is known of it. As an attribute of a result: an exact amount in kronor as a Decimal, or None where it does not
    exist or is not known.

    ``words`` is what people call it, in English; the Swedish stands in ``report/swedish``. ``section`` is that of the arithmetic. A figure
    that is ``gained`` shows its sign, + for whom it is good; the others are frames and costs, which nobody gains or bears. A ``stock`` is
    what there is at a time, and is never added up over years; the others are what a year brings.
    """

    def __init__(self, words: str, section: str, doc: str, *, gained: bool = True, stock: bool = False) -> None:
        self.words, self.section, self.gained, self.stock = words, section, gained, stock
        self.__doc__ = f"{doc} (§ {section})."
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
        units = result.units(self.name)
        return None if units is None else units * KRONOR[result.rounding]


class PartyFigure(Figure):
    """A figure of a party; ``of_each`` says in English what it is of every party, where cases of an agreement are compared by it."""

    def __init__(self, words: str, of_each: str, section: str, doc: str, *, gained: bool = True, stock: bool = False) -> None:
        super().__init__(words, section, doc, gained=gained, stock=stock)
        self.of_each = of_each


@dataclass_transform(eq_default=False, frozen_default=True)
class Frozen:
    """Fields that are set once, declared as a dataclass declares them. Eight dataclasses would take as long to make as a file to read."""

    fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields = (*cls.fields, *(name for name in cls.__annotations__ if not hasattr(cls, name)))

    def __init__(self, *stated: Any) -> None:
        vars(self).update(zip(self.fields, stated, strict=True))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")


class Result(Frozen):
    """A part of a settlement. ``steps`` holds the derivation of each of its figures, None for what is not known."""

    figures: ClassVar[Mapping[str, Figure]] = {}
    steps: Mapping[str, Money | None]
    rounding: str

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.figures = {name: value for name, value in vars(cls).items() if isinstance(value, Figure)}

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

    preliminary_frame = Figure("preliminary frame", "1.1", "Sum of the preliminary cells, F⁰", gained=False)
    final_frame = Figure("final frame", "1", "Sum of the final cells, F", gained=False)
    actual = Figure("actual cost", "2", "What the activities cost, C", gained=False)
    result = Figure("result", "2", "Final frame minus actual cost, R; + surplus, − deficit")
    shared = Figure("shared", "3", "What of the result is shared, S")
    kept = Figure("kept", "3.4", "Result minus shared: what stays with those who fund")
    uses = Figure("used", "4", "What of the surplus is used in the area, U; 0 or more")
    budget = Figure("planned cost", "1", "What the activities were planned to cost together; where the year has a plan", gained=False)
    settled = Figure("settled", "4", "Result minus uses and what is set aside, plus what is divided: what the parties end with together")


class ActivityResult(Result):
    """One line of the frame."""

    id: str
    name: str
    cells: Mapping[str, Money]
    preliminary = Figure("preliminary", "1.1", "The row's preliminary cells together", gained=False)
    adjustment = Figure("adjustment", "1.2", "What the national adjustment changed; 0 while the outcome is unknown")
    correction = Figure("correction", "1.3", "What the agreed corrections changed")
    conversion = Figure("conversion", "1.4", "What conversions brought (+) or took (−)")
    final = Figure("final", "1", "The row's final cells together, F_a", gained=False)
    budget = Figure("planned cost", "1", "What the activity was planned to cost; where the year has a plan", gained=False)
    actual = Figure("actual cost", "2", "What the activity cost, C_a", gained=False)
    result = Figure("result", "2", "Final minus actual, R_a; + surplus, − deficit")
    shared = Figure("shared", "3", "What of its result is shared, S_a")
    kept = Figure("kept", "3.4", "What of its result is not shared, K_a")

    def _content(self) -> tuple[Any, ...]:
        return (self.id, tuple((party, cell.value) for party, cell in self.cells.items()), *super()._content())


class PartyResult(Result):
    """One party's year."""

    figures: ClassVar[Mapping[str, PartyFigure]]
    id: str
    name: str
    role: str
    preliminary = PartyFigure(
        "preliminary contribution", "each party's preliminary contribution", "1.1", "Sum of its preliminary cells, F⁰_p", gained=False
    )
    contribution = PartyFigure(
        "contribution", "each party's contribution", "1", "Sum of its final cells, F_p: what it puts into the frame", gained=False
    )
    paid = PartyFigure("paid", "what each party paid", "2", "What the activities cost that it performs, P_p", gained=False)
    before_sharing = PartyFigure(
        "before sharing", "what each party has before sharing", "2", "What stayed in its pocket before sharing, B_p = F_p − O_p − P_p"
    )
    kept = PartyFigure(
        "kept", "what each party keeps of the result that is not shared", "3.4", "Its part of the result that is not shared, K_p"
    )
    allocated = PartyFigure("allocated", "each party's part of what is shared", "4", "Its part of the shared result, T_p; + gain, − burden")
    used = PartyFigure("used", "each party's part of what is used", "4", "Its part of the uses, U_p")
    settled = PartyFigure("settled", "what each party ends with", "4", "What it ends with, Q_p = K_p + T_p − U_p + L_p; + gains, − bears")
    transfer = PartyFigure(
        "receives/pays", "what each party receives (+) or pays (−)", "5", "What it receives (+) or pays (−) this year, X_p"
    )
    carried = PartyFigure(
        "carried",
        "each party's claim (+) or debt (−) carried on",
        "5",
        "What waits for a year of distribution; + claim, − debt",
        stock=True,
    )
    divided = PartyFigure(
        "own capital divided", "each party's part of own capital divided", "4a", "Its part of own capital when the period ends, L_p"
    )

    def _content(self) -> tuple[Any, ...]:
        return (self.id, self.role, *super()._content())


class BodyResult(Result):
    """The joint body's year."""

    paid = Figure("paid", "2", "What the activities cost that the body performs, P_b", gained=False)
    transfer = Figure("receives/pays", "5", "What the body receives (+) or pays (−) this year")
    carried = Figure("carried", "5", "What waits for a year of distribution; + claim, − debt", stock=True)


class ReserveResult(Result):
    """The body's own capital."""

    opening = Figure("own capital, opening", "4a", "The body's own capital at the start of the year, G", stock=True)
    set_aside = Figure("set aside", "4a", "What is set aside in the year, A; below 0 what is used")
    divided = Figure("divided", "4a", "What the parties are given of it when the period ends, L")
    closing = Figure("own capital, closing", "4a", "The body's own capital at the end of the year, G + A − L", stock=True)
    ceiling = Figure("ceiling", "4a", "How much own capital there should be at most", gained=False, stock=True)


class SplitResult(Result):
    """How the office's part is divided between the office and the state (§ 6)."""

    party: str
    limited: bool
    office = Figure("falls to the office", "6", "The year's part that falls to the insurance office")
    state = Figure("falls to the state", "6", "The year's part that falls to the state")


class ToDateRow(Result):
    """One row of a year that still runs, or all of them together where it has no ``id`` (§ 1, costs to date)."""

    id: str
    name: str
    budget = Figure("budget", "1", "What the row was planned to cost; its final frame where the year has no plan", gained=False)
    booked = Figure("booked", "1", "What is booked for the row so far", gained=False)
    remaining = Figure("expected to remain", "1", "What its remaining months are expected to cost", gained=False)
    expected = Figure("expected cost", "2", "What is booked and what is expected to remain", gained=False)
    difference = Figure("difference to the budget", "1", "Budget minus expected cost; + less, − more than planned")


class TransferredResult(Result):
    """What a party really received or paid when the year was closed, beside what the year's figures come to today (§ 5)."""

    party: str
    year: int
    paid_in: int | None
    stated = Figure("received/paid", "5", "What it really received (+) or paid (−)")
    computed = Figure("by today's figures", "5", "What the year's figures come to today")
    difference = Figure("difference", "5", "What is carried because of it: + to receive, − to pay")


CELLS: Final = "cells"

_OTHERS: Final = {
    f"activities.*.{CELLS}.*": Figure("final", "1", "What a party puts into a row of the final frame; the parties by id", gained=False),
    "sharing.withheld": Figure("withheld", "3.2", "What the bands withhold of what would be shared"),
    "instalments.*": Figure("instalment", "1", "What a party pays in on a day; numbered from 0", gained=False),
    "payments.*": Figure("payment", "5", "What one party or the body pays another; numbered from 0"),
    "shortfall.amount": Figure("shortfall", "7", "A debt that an association could not pay"),
    "shortfall.parties.*": Figure("shortfall", "7", "What a party adds to it; the parties by id"),
}

_PARTS: Final[Mapping[str, type[Result]]] = {
    "totals": Totals,
    "activities.*": ActivityResult,
    "parties.*": PartyResult,
    "body": BodyResult,
    "reserve": ReserveResult,
    "state_split": SplitResult,
    "to_date.totals": ToDateRow,
    "to_date.activities.*": ToDateRow,
    "transferred.*": TransferredResult,
}

REGISTER: Final[Mapping[str, Figure]] = {
    **{f"{part}.{name}": figure for part, result in _PARTS.items() for name, figure in result.figures.items()},
    **_OTHERS,
}
"""Every figure of a year by its path, with * for an id or a number."""

STORY: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("activities", ("preliminary", "adjustment", "correction", "conversion", CELLS, "final")),
    ("totals", ("preliminary_frame", "final_frame")),
    ("activities", ("budget",)),
    ("totals", ("budget",)),
    ("parties", ("preliminary", "contribution")),
    ("instalments", ()),
    ("to_date", ()),
    ("activities", ("actual", "result")),
    ("totals", ("actual", "result")),
    ("activities", ("shared",)),
    ("sharing", ()),
    ("totals", ("shared", "kept")),
    ("activities", ()),
    ("totals", ()),
    ("parties", ()),
    ("body", ()),
    ("reserve", ()),
    ("transferred", ()),
    ("payments", ()),
    ("state_split", ()),
    ("shortfall", ()),
)
"""The order of the arithmetic, in which figures are told: of each part in turn those named, or all that are left."""


def figure_at(path: str) -> Figure:
    """What is known of the figure at a path such as ``2000.parties.kommun.settled``. Raises KeyError where there is no such figure."""
    match path.split(".")[1:]:
        case ["activities" | "parties" as part, _, *names]:
            return REGISTER[".".join([part, "*", names[0], *("*" for _ in names[1:])])]
        case ["payments" | "instalments" as part, _]:
            return REGISTER[f"{part}.*"]
        case ["transferred", _, name]:
            return REGISTER[f"transferred.*.{name}"]
        case ["to_date", "activities", _, name]:
            return REGISTER[f"to_date.activities.*.{name}"]
        case ["shortfall", "parties", _]:
            return REGISTER["shortfall.parties.*"]
        case names:
            return REGISTER[".".join(names)]
