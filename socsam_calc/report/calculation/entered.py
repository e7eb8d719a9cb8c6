"""What a person changes: the numbers of the file, each in a cell of its own with its place in the file.

Terms (shares, weights, bands, capital, series) stand on one sheet, the amounts of the years on another. A share or a number of a series is
counted in whole steps: so many decimals as its table has, two at least.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Final, Literal, NamedTuple

from ...model.agreement import Agreement
from ...model.dividing import Stated
from ...model.paths import dotted
from ...problems import Path
from ..derivation.steps import STEPS
from ..render.grid import Amount, Content, Spot, Written
from .cells import LIMIT, Beyond, Held
from .pages import Page
from .steps import NOT_BELOW, Steps

_DECIMALS: Final = 2
"""How many decimals may be typed where the file has fewer."""

_PERCENT: Final = 100

_SIGNED: Final = ("correction", "percentage", "transferred", "booked", "result", "opening claim", "own capital")
"""What may be below 0."""


class Exact(NamedTuple):
    """A share, a percentage or a number of a series: ``counted`` whole steps of which ``of`` make 1."""

    counted: Held
    of: int


class Entered:
    """Writes the numbers of the file as cells, each once, by its place."""

    def __init__(self, agreement: Agreement, steps: Steps) -> None:
        self.agreement, self.pages, self.words, self.area = agreement, steps.pages, steps.words, steps.area
        self.places: dict[str, Spot] = {}
        self._amounts: dict[Path, Held] = {}
        self._exact: dict[Path, Exact] = {}

    def amount(self, name: str, value: int, path: Path, *, year: int | None = None, activity: str = "", party: str = "") -> Held:
        """An amount in rounding units: of a year, or of the terms."""
        if path not in self._amounts:
            page = self.pages.terms if year is None else self.pages.amounts
            if abs(value) >= LIMIT:
                raise Beyond
            self._amounts[path] = Held(value, page.spot("number"))
            labels: Content = {"whose": activity or party} if year is None else {"year": year, "activity": activity, "party": party}
            number = {"number": Amount(Decimal(value), kind="entered units"), "stated": Amount(Decimal(value), kind="units")}
            self._add(page, path, name, {**labels, **number})
        return self._amounts[path]

    def _add(self, page: Page, path: Path, name: str, cells: Content) -> None:
        """The next row of a sheet: what may be changed, what the file has, and where."""
        place = dotted(path)
        self.places[place] = page.spot("number")
        labels = {"what": self.words.of(f"step.{name}", STEPS[name].label), "must": "" if name in _SIGNED else NOT_BELOW}
        page.add({"area": self.area, "place": place, **labels, **cells})

    def exact(self, name: str, stated: Stated[Any], whose: str = "") -> Exact:
        """A share or a percentage that stands alone."""
        return self.table(name, {whose: stated})[whose]

    def table(self, name: str, stated: Mapping[str, Stated[Any]]) -> dict[str, Exact]:
        """Numbers that belong together, as a key's shares do, all counted in the same steps."""
        if any(one.place not in self._exact for one in stated.values()):
            spelling = Spelling.of_table([Fraction(one.value) for one in stated.values()], share=STEPS[name].kind == "share")
            for whose, one in stated.items():
                self._exact[one.place] = self._number(name, whose, one, spelling)
        return {whose: self._exact[one.place] for whose, one in stated.items()}

    def point(self, kind: Literal["outcome", "forecast"], series: str, year: int) -> Held | None:
        """The outcome or forecast of a series in a year, in steps that all of the series is counted in; None where it is not known."""
        stated = self.agreement.series[series]
        found = stated.point(kind, year)
        if found is None:
            return None
        known = {"outcome": {} if stated.agreed else stated.outcome, "forecast": stated.forecast}
        if ("series", series, found[0], str(year)) not in self._exact:
            spelling = Spelling.of_table([value for points in known.values() for value in points.values()], share=False)
            for which, points in known.items():
                name = "agreed index" if stated.agreed else f"national {which}"
                for number, value in points.items():
                    place = ("series", series, which, str(number))
                    self._exact[place] = self._number(name, f"{series} {number}", Stated(value, place), spelling)
        return self._exact["series", series, found[0], str(year)].counted

    def profile(self, activity: str) -> dict[int, Held]:
        """What each month weighs in an activity's profile, by its number."""
        weights = {f"{activity} {month}": Stated(weight, ("profiles", activity, month - 1)) for month, weight in enumerate(self.agreement.profiles[activity], 1)}  # fmt: skip
        return {month: exact.counted for month, exact in enumerate(self.table("weight of a month", weights).values(), 1)}

    def _number(self, name: str, whose: str, stated: Stated[Any], spelling: Spelling) -> Exact:
        number, counted = spelling.number(Fraction(stated.value))
        if abs(counted) >= LIMIT:
            raise Beyond
        page = self.pages.terms
        formula = Written(["ROUND(", page.spot("number"), "*", page.spot("steps"), ",0)"])
        held = Exact(Held(counted, page.spot("counted")), spelling.of * spelling.steps)
        cells: dict[str, str | int | Amount] = {
            "whose": whose,
            "of": Amount(Decimal(spelling.of)),
            "steps": Amount(Decimal(spelling.steps)),
        }
        cells["counted"] = Amount(Decimal(counted), formula)
        self._add(page, stated.place, name, {**cells, "number": Amount(number), "stated": Amount(number)})
        return held


class Spelling(NamedTuple):
    """How the numbers of a table are typed: so many ``of`` how many (50 of 100 is a half), each 1 of them in so many ``steps``."""

    of: int
    steps: int

    @classmethod
    def of_table(cls, values: list[Fraction], *, share: bool) -> Spelling:
        common = lcm(*(value.denominator for value in values))
        decimals = next((count for count in range(8) if 10**count % common == 0), None)
        if decimals is None:  # thirds and the like: as parts of a whole number
            return cls(common, 10**_DECIMALS)
        if share:
            return cls(_PERCENT, 10 ** max(_DECIMALS, decimals - 2))
        return cls(1, 10 ** max(_DECIMALS, decimals))

    def number(self, value: Fraction) -> tuple[Decimal, int]:
        """What is typed for a value, and how many steps that is."""
        counted = value * self.of * self.steps
        assert counted.denominator == 1, "the table's own values are whole steps"
        return Decimal(int(counted)) / self.steps, int(counted)
