"""A file of scenarios (``socsam-scenarios/1``): an agreement under other assumptions, bounds for its figures, and uncertain inputs.

Amounts are read in the unit and the rounding of the agreement that the file names. A path is a dotted name of the agreement file
(``years.2000.actual.sickness``), a figure one of its settlement (``2000.parties.kommun.settled``); both are held against the agreement
when it is at hand, by ``source/scenarios.py``.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, NamedTuple, Self, get_args

from pydantic import model_validator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .bounds import Bounds, DottedPath
from .reading import Reads, Strict, choice, problem, scalar_text, shown
from .scalars import SPACES, Text, decimal

FORMAT: Final = "socsam-scenarios/1"

DistributionWord = Literal["normal", "lognormal", "uniform", "triangular", "drawn", "expected"]
DISTRIBUTIONS: Final[tuple[DistributionWord, ...]] = get_args(DistributionWord)


Anything = Annotated[Any, Reads(lambda value, info: value, {})]
"""A value of the agreement file: read and checked there."""


class Scenario(Strict):
    """The agreement under other assumptions: under the terms of another file, with values set, in that order."""

    set: dict[DottedPath, Anything] = {}
    """What is set: a dotted name of the agreement file, and the value that takes the place of its own."""
    terms: Text | None = None
    """Another agreement's file, beside this one: its sharing section takes the place of this agreement's."""
    expect: Bounds | None = None
    """Bounds for this scenario."""
    note: Text | None = None
    """Shown beside what is set."""


# --- uncertain inputs --------------------------------------------------------------------------------------------------


class Quantity(NamedTuple):
    """A parameter of a distribution as written: ``unit`` is öre, kr, tkr, mkr, ``%`` or None for a bare number.

    What it counts depends on the path that it belongs to: ``source/scenarios.py`` turns it into rounding units or a plain fraction.
    """

    number: Fraction
    unit: str | None


_QUANTITY: Final = re.compile(rf"([-−]?)(.+?)[{SPACES}]*(%|öre|kr|tkr|mkr)?")


def _quantity(value: Any, info: ValidationInfo | None = None) -> Quantity:
    text = scalar_text(value, "a number")
    match = _QUANTITY.fullmatch(text)
    number = decimal(match[2]) if match else None
    if match is None or number is None:
        raise problem(
            "bad-number", f"{shown(text)} is not a number", "write digits, and a unit if you like: `118,2`, `46 000`, `51 mkr`, `8 %`"
        )
    return Quantity(-number if match[1] else number, match[3])


Parameter = Annotated[Quantity, Reads(_quantity, schemas.QUANTITY)]


class Normal(Strict):
    """A normal distribution. ``sd`` in per cent is a part of the mean. A draw beyond ``min`` or ``max`` is set to it."""

    mean: Parameter
    """The mean."""
    sd: Parameter
    """The standard deviation, above 0; in per cent it is a part of the mean."""
    min: Parameter | None = None
    """A draw below this is set to it."""
    max: Parameter | None = None
    """A draw above this is set to it."""


class Lognormal(Normal):
    """A lognormal distribution with this mean and standard deviation of the quantity itself (not of its logarithm); else as Normal."""

    mean: Parameter
    """The mean of the quantity itself, above 0."""
    sd: Parameter
    """The standard deviation of the quantity itself, above 0; in per cent it is a part of the mean."""


class Uniform(Strict):
    """Every value from ``min`` to ``max`` alike."""

    min: Parameter
    """The least value."""
    max: Parameter
    """The greatest value."""


class Triangular(Strict):
    """From ``min`` to ``max``, most often near ``mode``."""

    min: Parameter
    """The least value."""
    mode: Parameter
    """The most frequent value."""
    max: Parameter
    """The greatest value."""


class Drawn(Strict):
    """A column of a CSV file beside the scenarios: each draw takes one line of the file, the same for all columns of that file.

    That is how correlation comes in: inputs that moved together in the lines move together in the draws.
    """

    file: Text
    """The CSV file, beside the scenarios."""
    column: Text
    """The name of the column, as the file's first line has it."""


MONTHS: Final = "months"
"""The word for a spread that is that of the months so far."""


def _spread(value: Any, info: ValidationInfo | None = None) -> Quantity | None:
    return None if isinstance(value, str) and value.strip() == MONTHS else _quantity(value)


class Expected(Strict):
    """Around what the agreement itself expects to remain of a year that runs, never below 0."""

    sd: Annotated[Quantity | None, Reads(_spread, schemas.SPREAD)]
    """The standard deviation of what remains: an amount, a percentage of what is expected, or months (that of the months so far, four at least, as if they were independent)."""


class Distribution(Strict):
    """How an uncertain input is drawn: just one of the fields."""

    normal: Normal | None = None
    """Around a mean, either side alike."""
    lognormal: Lognormal | None = None
    """Around a mean, above 0 and with a long upper tail."""
    uniform: Uniform | None = None
    """Every value of a range alike."""
    triangular: Triangular | None = None
    """Within a range, most often near one value."""
    drawn: Drawn | None = None
    """Taken from a line of a CSV file, together with the other columns."""
    expected: Expected | None = None
    """For to_date.remaining.ACTIVITY: around what is expected to remain."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        stated = [kind for kind in DISTRIBUTIONS if getattr(self, kind) is not None]
        if len(stated) != 1:
            what = "no distribution stands here" if not stated else f"both `{stated[0]}` and `{stated[1]}` stand here"
            raise problem("distribution", what, "write one of " + ", ".join(f"`{kind}`" for kind in DISTRIBUTIONS))
        return self

    @property
    def kind(self) -> DistributionWord:
        """Which of the distributions it is."""
        return next(kind for kind in DISTRIBUTIONS if getattr(self, kind) is not None)

    @property
    def parameters(self) -> Normal | Lognormal | Uniform | Triangular | Drawn | Expected:
        """The distribution's own fields."""
        stated: Normal | Lognormal | Uniform | Triangular | Drawn | Expected = getattr(self, self.kind)
        return stated


class Scenarios(Strict):
    """A file of scenarios. ``expect`` holds in every case: the base case, each scenario, and each draw of ``socsam simulate``."""

    format: Annotated[Literal["socsam-scenarios/1"], choice(FORMAT, what="a format of scenarios that this program reads")]
    """What kind of file this is."""
    agreement: Text
    """The agreement's file, named from the folder of this one."""
    title: Text | None = None
    """What the scenarios are about; stands above the result."""
    source: Text | None = None
    """Where the assumptions come from."""
    note: Text | None = None
    """Anything a reader should know."""
    expect: Bounds | None = None
    """Bounds that hold in every case: the agreement as it stands, each scenario, each draw of `socsam simulate`."""
    scenarios: dict[Text, Scenario] = {}
    """The scenarios by their names, in the order in which they are shown."""
    uncertain: dict[DottedPath, Distribution] = {}
    """Uncertain inputs: a dotted name of the agreement file, and how its number is drawn."""
