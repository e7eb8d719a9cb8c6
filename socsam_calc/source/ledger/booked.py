"""What the books of an agreement came to, year by year, once every krona has its place: for explanations and for check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from ...model.books import Span
from ...problems import Path, Place
from .accounts import AccountSum

Outcome = Literal["actual", "estimate", "to_date"]
"""Under what the costs of a year stand: its books are closed, whole but not closed, or go through a month before the last."""


class OfFile(NamedTuple):
    """What one file gave a year, by the mapping that stands at ``path`` of the agreement; amounts in öre.

    ``outside`` are the result accounts that are left out and no contributions, ``contributed`` what members have paid in, ``opening`` and
    ``closing`` own capital; None where the mapping asks for none, or the file states none. ``later`` is what stands in months that do
    not count, ``silent`` the months without a row. ``unmet`` are ranges of an activity that hold no account of the file, ``below`` by
    activity and sub-dimension what belongs to objects of a sub-dimension of one that the activity asks for.
    """

    file: str
    path: Path
    outside: tuple[AccountSum, ...]
    contributed: int | None
    opening: int | None
    closing: int | None
    later: int
    silent: tuple[int, ...]
    unmet: tuple[tuple[str, Span], ...]
    below: Mapping[tuple[str, str], int]


class Booked(NamedTuple):
    """A year as its books have it, through the last day of a month.

    ``accounts`` says of each activity what its cost is made of, ``months`` what of it falls to each month (1–12), in the agreement's
    rounding units; ``places`` is where each cost is stated.
    """

    year: int
    through: date
    outcome: Outcome
    accounts: Mapping[str, tuple[AccountSum, ...]]
    months: Mapping[str, Mapping[int, int]]
    places: Mapping[str, Place]
    files: tuple[OfFile, ...]

    def path(self, activity: str) -> Path:
        """Where the activity's cost stands."""
        within = ("to_date", "actual") if self.outcome == "to_date" else (self.outcome,)
        return ("years", str(self.year), *within, activity)
