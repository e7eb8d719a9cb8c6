"""Bounds of figures in a file of scenarios: amounts that a figure must keep, and how far it may move from the agreement's own."""

from fractions import Fraction
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .paths import DOTTED, dotted, steps
from .reading import Reads, Shapes, Strict, problem, refuse, shown
from .scalars import Amount, AmountOrOfBudget, PartyId, Text, backwards, parse_bound

WHOLE_PATHS: Final = "‹whole paths›"
"""Where the model gathers the bounds written under a figure's path; like all names in ‹…›, it is no part of a place in the file."""

TOGETHER: Final = "together"
"""What stands in the place of the year where a figure is added up over the years."""


def _dotted(value: Any, info: ValidationInfo | None = None) -> str:
    """A dotted name, in NFC; long ids are allowed, so the usual limit on a scalar's length is not."""
    if not isinstance(value, str) or not DOTTED.fullmatch(value.strip()):
        raise problem("bad-path", f"{shown(value)} is not a dotted name", "write, for example, `sharing.shared` or `2000.totals.result`")
    return dotted(steps(value))


DottedPath = Annotated[str, Reads(_dotted, schemas.DOTTED_PATH)]

FigurePath = Annotated[str, Reads(_dotted, schemas.FIGURE_PATH)]


Move = Annotated[Fraction | int, Reads(parse_bound, schemas.MOVE)]
"""How far a figure may move: an int of rounding units, or a Fraction of its size."""


class Change(Strict):
    """How far a figure may move from the agreement's own: an amount, or a percent of the size of that figure."""

    min: Move | None = None
    """The figure minus the agreement's own must be at least this."""
    max: Move | None = None
    """The figure minus the agreement's own must be at most this."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        limits = [limit for limit in (self.min, self.max) if limit is not None]
        refuse(
            "bound",
            (not limits, "the change says nothing", "give it `min:` or `max:`"),
            (backwards(limits), "no figure can hold this bound: `min` is more than `max`", "swap or correct them"),
        )
        return self


class Bound(Strict):
    """What a figure must be: at least ``min``, at most ``max``, or just ``equals``, in rounding units with their sign; or how far it may move."""

    min: AmountOrOfBudget | None = None
    """The figure must be at least this: an amount, or a percent of the year's budget."""
    max: AmountOrOfBudget | None = None
    """The figure must be at most this: an amount, or a percent of the year's budget."""
    equals: Amount | None = None
    """The figure must be just this."""
    change: Change | None = None
    """How far it may move from the agreement's own."""
    reason: Text | None = None
    """Why; shown where the bound is missed."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        limits = [limit for limit in (self.min, self.max) if limit is not None]
        beside = "`min` or `max`" if limits else "`change`"
        refuse(
            "bound",
            (
                not limits and self.equals is None and self.change is None,
                "the bound says nothing", "give it `min:`, `max:`, `equals:` or `change:`",
            ),
            (
                self.equals is not None and (bool(limits) or self.change is not None),
                f"the bound has `equals` beside {beside}", "keep one or the other",
            ),
            (backwards(limits), "no figure can hold this bound: `min` is more than `max`", "swap or correct them"),
        )  # fmt: skip
        return self

    @property
    def of_budget(self) -> bool:
        """Whether it is a percent of the year's budget."""
        return isinstance(self.min, Fraction) or isinstance(self.max, Fraction)


def _with_equals(value: int | Bound) -> Bound:
    return Bound.model_construct(equals=value) if isinstance(value, int) else value


BoundOrAmount = Annotated[Bound, Shapes(word=Amount, entries=Bound), AfterValidator(_with_equals)]
"""A bound; a plain amount is one with ``equals``."""


class Bounds(Strict):
    """Bounds by the names that the agreement's own ``expect`` has, which hold in every settled year; and for any figure, by its path.

    Under a path with its year, `2000.totals.result`, a bound holds in that year; without, `parties.kommun.transfer`, in every settled
    year; under `together.totals.result` it is one of the sum over the years.
    """

    preliminary_frame: BoundOrAmount | None = None
    """The preliminary frame."""
    final_frame: BoundOrAmount | None = None
    """The final frame."""
    actual: BoundOrAmount | None = None
    """The actual cost."""
    result: BoundOrAmount | None = None
    """Final frame minus actual cost: + surplus, − deficit."""
    shared: BoundOrAmount | None = None
    """What of the result is shared."""
    kept: BoundOrAmount | None = None
    """What of the result is not shared."""
    reserve: BoundOrAmount | None = None
    """The body's own capital at the end of the year."""
    settled: dict[PartyId, BoundOrAmount] = {}
    """What each party ends with."""
    figures: Annotated[dict[FigurePath, BoundOrAmount], Field(alias=WHOLE_PATHS)] = {}
    """Any figure by its path: `2000.totals.result` in that year, `parties.kommun.transfer` in every settled year, `together.totals.result` over all."""

    @model_validator(mode="before")
    @classmethod
    def _whole_paths(cls, data: Any) -> Any:
        """An entry with a point in its name is a figure's path."""
        if not isinstance(data, dict):
            return data
        whole = {name: bound for name, bound in data.items() if "." in str(name)}
        if not whole:
            return data
        return {**{name: bound for name, bound in data.items() if name not in whole}, WHOLE_PATHS: whole}
