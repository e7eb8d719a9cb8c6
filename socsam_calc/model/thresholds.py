"""From where on a figure looks wrong to ``check``: what the program takes for a slip, unless the file says otherwise."""

from fractions import Fraction
from typing import Annotated, Final

from pydantic import AfterValidator

from ..money import ORE_PER
from .reading import Strict, problem
from .scalars import Amount, Number, Percent


def _above_nothing(percent: Fraction) -> Fraction:
    if percent <= 0:
        raise problem("not-positive", "a threshold is above 0", "write, for example, `60 %`; `ignore` passes a rule over")
    return percent


Threshold = Annotated[Percent, AfterValidator(_above_nothing)]


class Thresholds(Strict):
    """From where on a figure looks wrong. A change is measured in percent of the larger of the two figures, so 50 % is half or double."""

    row: Threshold = Fraction(60, 100)
    """A row's frame, or its cost, from one year to the next; 60 % by default."""
    frame: Threshold = Fraction(30, 100)
    """The whole frame from one year to the next, over the rows that both have; 30 % by default."""
    series: Threshold = Fraction(40, 100)
    """A series' outcome from one year to the next, or a forecast whose outcome is not known; 40 % by default."""
    forecast: Threshold = Fraction(20, 100)
    """A series' outcome against its forecast; 20 % by default."""
    row_result: Threshold = Fraction(50, 100)
    """A row's result in percent of its frame; 50 % by default."""
    result: Threshold = Fraction(15, 100)
    """The whole result in percent of the frame; 15 % by default."""
    rest: Threshold = Fraction(50, 100)
    """What `rest` comes to in a key of three or more; 50 % by default."""
    opening: Threshold = Fraction(500, 100)
    """Own capital, a claim or a debt that the file begins with, in percent of the first frame that is known; 500 % by default."""
    transferred: Threshold = Fraction(200, 100)
    """What a party received or paid when a year was closed, in percent of the year's frame, or of what the figures give where that is more; 200 % by default."""
    exchanged: Threshold = Fraction(25, 100)
    """How far two costs that are each other's frames are from their own; 25 % by default."""
    times: Number | None = None
    """How many times as large as the next one the largest row of a year may be; 200 by default."""
    largest: Amount | None = None
    """The largest frame that is believed; 50 000 mkr by default."""

    @property
    def most_times(self) -> Fraction:
        """How many times as large as the next one the largest row may be."""
        return TIMES if self.times is None else self.times

    def largest_frame(self, rounding: str) -> int:
        """The largest frame that is believed, in rounding units."""
        return LARGEST * 100 // ORE_PER[rounding] if self.largest is None else self.largest


TIMES: Final = Fraction(200)
"""A thousand times as large is another unit; a fifth of that leaves room for small rows."""
LARGEST: Final = 50_000_000_000
"""The largest frame that is believed, in kronor: more than the whole country's sickness benefit of 2000."""
