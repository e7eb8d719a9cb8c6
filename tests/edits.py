"""Random edits of an agreement: numbers typed over in its workbook, and the same as ``--set`` has them for the program."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from socsam_calc import AgreementError, Settlement, settle
from socsam_calc.report.calculation.workbook import calculation
from socsam_calc.report.told.words import Words
from socsam_calc.source.loader import load as read

KEYS = ("share of a surplus", "share of a deficit", "share", "share in assets and liabilities", "share of own capital")
"""What the numbers of a key are called that have to add up to 1."""


class Number(NamedTuple):
    """A number that may be typed over: its place in the file, what it is called, today's value; and of how many it is typed, in which steps."""

    place: str
    what: str
    value: Decimal
    of: int
    counted: bool

    def setting(self, typed: Decimal, rounding: str) -> str:
        """The same for ``--set``."""
        if not self.counted:
            return f"{self.place}={typed:f} {rounding}"
        if self.of == 1:
            return f"{self.place}={typed:f}"
        if self.of == 100:
            return f"{self.place}={typed:f} %"
        return f"{self.place}={Fraction(typed) / self.of}"


class Edit(NamedTuple):
    """Numbers typed over, by the names of their cells; the same as settings; and what the program makes of it."""

    typed: dict[str, Decimal]
    settings: list[str]
    settled: Settlement


def numbers(settlement: Settlement) -> list[Number]:
    """Every number that may be typed over; none where the workbook is not live."""
    made = calculation([settlement], Words("en"), "")
    found = []
    for sheet in made.sheets:
        for row in sheet.rows:
            cells = {key: getattr(cell, "value", cell) for key, cell in row.cells.items()}
            if "number" in cells:
                assert isinstance(cells["number"], Decimal)
                found.append(
                    Number(str(cells["place"]), str(cells["what"]), cells["number"], int(str(cells.get("of", 1))), "steps" in cells)
                )
    return found


def edits(text: str, settlement: Settlement, rng: Random, count: int) -> list[Edit]:
    """As many edits that the program accepts, of one to three numbers each; fewer only where hardly any is accepted."""
    among, found = numbers(settlement), list[Edit]()
    for _ in range(count * 12):
        typed: dict[str, Decimal] = {}
        settings: list[str] = []
        for number in rng.sample(among, min(len(among), rng.choice([1, 1, 2, 3]))):
            for one, value in changed(number, among, rng):
                typed[one.place] = value
                settings.append(one.setting(value, settlement.agreement.rounding))
        try:
            found.append(Edit(typed, settings, settle(read("-", text=text, settings=settings))))
        except AgreementError:
            continue
        if len(found) == count:
            break
    return found


def changed(number: Number, among: Sequence[Number], rng: Random) -> list[tuple[Number, Decimal]]:
    """Another value for the number; of a key's shares, as much is taken from another one."""
    if not number.counted:
        size = int(number.value)
        return [
            (
                number,
                Decimal(
                    rng.choice([size + rng.randint(-9, 9), 0, size * 2, -size, round(size * rng.uniform(0.4, 1.7)), rng.randint(0, 1000)])
                ),
            )
        ]
    if number.what in KEYS:
        others = [one for one in among if one is not number and one.what == number.what and table(one) == table(number)]
        if not others:
            return []
        other = rng.choice(others)
        moved = Decimal(rng.randint(0, int(min(number.value, other.value * 3) * 100) or 1)) / 100
        return [(number, number.value - moved), (other, other.value + moved)]
    if number.of != 1:
        return [(number, Decimal(rng.randint(0, number.of * 100)) / 100)]
    return [(number, max(Decimal("0.01"), Decimal(round(float(number.value) * 100 * rng.uniform(0.6, 1.5))) / 100))]


def table(number: Number) -> list[str]:
    """The key that a share belongs to: a group's share stands one step deeper."""
    steps = number.place.split(".")
    return steps[:-2] if steps[-1] == "share" else steps[:-1]
