"""Steps of the calculation: each a row of one of its sheets, with today's figure and the live formula that gives it (§ 0).

Sums and choices stand on one sheet, what is rounded on another, what is divided by largest remainder on a third, where each part is a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import gcd, prod
from typing import Final, Literal, NamedTuple

from ...money import apportion, round_half_away
from ...problems import Path
from ..derivation.steps import STEPS
from ..render.grid import Amount, Area, Piece, Spot, Written
from ..told.words import Words
from .cells import LIMIT, MOST_CELLS, Beyond, Held, Value, exact_rest, joined, pieces_of, summed, units, written
from .pages import Page, Pages

NOT_BELOW: Final = "≥ 0"
NOTHING: Final = "= 0"
"""What the figure of a step must be, or the program refuses the agreement."""

PAYMENTS, SPLIT, INSTALMENTS = "payments", "split", "instalments"
NOT_LIVE: Final = {PAYMENTS: "payments", SPLIT: "state split", INSTALMENTS: "instalments"}
"""What is that of the file, as long as the steps that are so marked are 0."""


class Label(NamedTuple):
    """What a step is called in the engine's words, and whose it is; ``path`` is that of the figure that it is, if any."""

    name: str
    year: int
    activity: str = ""
    party: str = ""
    path: str = ""


class Steps:
    """Writes the steps. ``figures`` are those by their paths, as cells."""

    def __init__(self, pages: Pages, words: Words, area: str = "") -> None:
        self.pages, self.words, self.area = pages, words, area
        self.figures: dict[str, Value] = {}
        self.whole = set[Path]()  # keys whose shares are held against 1

    def _labels(self, label: Label) -> dict[str, str | int | Amount]:
        entry = STEPS[label.name]
        said = self.words.of(f"step.{label.name}", entry.label)
        return {
            "area": self.area,
            "year": label.year,
            "section": entry.section,
            "step": said,
            "activity": label.activity,
            "party": label.party,
        }

    def _figure(self, label: Label, value: Value) -> Value:
        if label.path:
            self.figures[label.path] = value
        return value

    # --- sums and choices ------------------------------------------------------------------------------------------------

    def computed(self, label: Label, value: int, *pieces: Value | Piece, must: str = "") -> Held:
        """A cell with a formula of its own, and what that gives today; ``must`` is what it has to be, or what else it has to be 0 for."""
        held = Held(value, self.pages.sums.spot("amount"))
        self.pages.sums.add(
            {
                **self._labels(label),
                "amount": _amount(value, _formula(*pieces)),
                "must": self.words(NOT_LIVE[must]) if must in NOT_LIVE else must,
            }
        )
        self._figure(label, held)
        return held

    def total(self, label: Label, values: Iterable[Value]) -> Value:
        """The values added up."""
        held = [value for value in values if not isinstance(value, int) or value]
        if all(isinstance(value, int) for value in held):
            return self._figure(label, sum(map(units, held)))
        if len(held) == 1:
            return self._figure(label, held[0])
        return self.computed(label, sum(map(units, held)), *self.sum_of(label, held))

    def sum_of(self, label: Label, values: Iterable[Value]) -> list[Piece]:
        """A formula's piece that adds the values up; of many, their sums stand in cells of their own."""
        held = list(values)
        while len(held) > MOST_CELLS:
            bare = label._replace(path="")
            held = [self.computed(bare, sum(map(units, piece)), *summed(piece)) for piece in pieces_of(held)]
        return summed(held)

    def less(self, label: Label, first: Value, *others: Value) -> Value:
        """The first minus the others."""
        held = [other for other in others if not isinstance(other, int) or other]
        if not held:
            return self._figure(label, first)
        if isinstance(first, int) and all(isinstance(other, int) for other in held):
            return self._figure(label, first - sum(map(units, held)))
        start = [first, "-"] if not isinstance(first, int) or first else ["-"]
        behind: list[Piece] = joined("-", held) if len(held) <= 3 else self.sum_of(label, held)
        return self.computed(label, units(first) - sum(map(units, held)), *start, *behind)

    def not_below_zero(self, label: Label, *terms: tuple[str, Value]) -> Value:
        """Values with their signs added up, or 0 where they are below."""
        inside = [piece for sign, value in terms for piece in (sign, value)]
        value = sum(-units(value) if sign == "-" else units(value) for sign, value in terms)
        return self.computed(label, max(0, value), "MAX(0,", *inside, ")")

    def least(self, label: Label, first: Value, second: Value) -> Value:
        """The smaller of two."""
        return self.computed(label, min(units(first), units(second)), "MIN(", first, ",", second, ")")

    def must(self, label: Label, kind: str, value: int, *pieces: Value | Piece) -> None:
        """A step that has to be 0, or not below it, for the agreement to be settled."""
        self.computed(label, value, *pieces, must=kind)

    # --- what is rounded -------------------------------------------------------------------------------------------------

    def scaled(self, label: Label, amount: Value, times: Sequence[Value], over: Sequence[Value] = ()) -> Value:
        """amount × the product of ``times`` ÷ that of ``over``, rounded once, halves away from zero; only the amount may be below 0."""
        top, bottom = _fixed(times, over)
        if isinstance(amount, int) and not amount:
            return 0
        if all(isinstance(value, int) for value in (amount, *times, *over)):
            return self._figure(label, round_half_away(units(amount) * top, bottom))
        if top == bottom == 1 and all(isinstance(value, int) for value in (*times, *over)):
            return self._figure(label, amount)
        row, numbers = self._row(self.pages.roundings, label, amount, times, over)
        size, divisor, quotient, remainder = (row[name] for name in ("amount", "over", "quotient", "remainder"))
        value = round_half_away(numbers.amount * numbers.times, numbers.over) if numbers.over else 0
        formula = _formula("SIGN(", size, ")*(", quotient, "+IF(2*", remainder, ">=", divisor, ",1,0))")
        return self._figure(label, self._close(self.pages.roundings, value, formula))

    def quotient(self, label: Label, amount: Value, times: Value, over: int) -> tuple[Held, Held]:
        """amount × times ÷ over, none of them below 0: what of it is whole, and the remainder."""
        row, numbers = self._row(self.pages.roundings, label, amount, [times], [over])
        whole, remainder = divmod(numbers.amount * numbers.times, over)
        self._close(self.pages.roundings, whole, _formula(row["quotient"]))
        return Held(whole, row["quotient"]), Held(remainder, row["remainder"])

    def _row(self, page: Page, label: Label, amount: Value, times: Sequence[Value], over: Sequence[Value]) -> tuple[dict[str, Spot], _Numbers]:  # fmt: skip
        """The cells of a quotient in the row that comes next, which :meth:`_close` ends."""
        top, bottom = _fixed(times, over)
        numbers = _Numbers(units(amount), top * _product(times), bottom * _product(over))
        spots = {name: page.spot(name) for name in ("amount", "times", "over", "estimate", "rest", "quotient", "remainder")}
        self._begun = self._labels(label) | {
            "amount": _amount(numbers.amount, _formula(amount)),
            "times": _amount(numbers.times, _formula(*_factors(top, times))),
            "over": _amount(numbers.over, _formula(*_factors(bottom, over))),
            **_division(spots, numbers),
        }
        return spots, numbers

    def _close(self, page: Page, value: int, formula: Written | None, **others: Amount) -> Held:
        held = Held(value, page.spot("result"))
        page.add({**self._begun, **others, "result": _amount(value, formula)})
        return held

    # --- what is divided -------------------------------------------------------------------------------------------------

    def parts(
        self, label: Label, whole: Value, weights: Mapping[str, Value], whose: Literal["party", "activity"] = "party"
    ) -> dict[str, Value]:
        """``whole`` divided by largest remainder over those in ``weights``, in their order; nothing where all weights are 0.

        One who is alone with a weight has all of it; the parts of an amount below 0 mirror those of its opposite.
        """
        parts: dict[str, Value] = dict.fromkeys(weights, 0)
        bearing = {owner: weight for owner, weight in weights.items() if not isinstance(weight, int) or weight}
        if not bearing or (isinstance(whole, int) and not whole):
            return parts
        if len(bearing) == 1:
            (owner, weight), *_ = bearing.items()
            if not isinstance(weight, int):
                self.must(_of(label, whose, owner), NOTHING, 0 if weight.value else units(whole), "IF(", weight, "=0,", whole, ",0)")
            return {**parts, owner: whole}
        held = [units(weight) for weight in bearing.values()]
        today = apportion(units(whole), held) if any(held) else [0] * len(held)
        sum_of_weights = self.sum_of(label, bearing.values())
        page, first = self.pages.divisions, len(self.pages.divisions.rows)
        last = first + len(bearing) - 1
        columns = {name: Area(page.spot(name, first), last) for name in ("quotient", "remainder")}
        numbers = [_Numbers(units(whole), weight, sum(held)) for weight in held]
        left = abs(units(whole)) - sum(number.quotient for number in numbers) if any(held) else 0
        for at, ((owner, weight), number, part) in enumerate(zip(bearing.items(), numbers, today, strict=True)):
            spots = {name: page.spot(name) for name in ("amount", "times", "over", "estimate", "rest", "quotient", "remainder", "extra")}
            self._begun = self._labels(_of(label, whose, owner)) | {
                "amount": _amount(number.amount, _formula(whole)),
                "times": _amount(number.times, _formula(weight)),
                "over": _amount(number.over, _formula(*sum_of_weights) if not at else _formula(page.spot("over", first))),
                **_division(spots, number),
            }
            before = (
                ["SUMPRODUCT(--(", Area(columns["remainder"].first, last=first + at - 1), "=", spots["remainder"], "))"] if at else ["0"]
            )
            ahead = ["SUMPRODUCT(--(", columns["remainder"], ">", spots["remainder"], "))+", *before]
            one_more = ["IF(", *ahead, "<ABS(", spots["amount"], ")-SUM(", columns["quotient"], "),1,0)"]
            formula = _formula("IF(", spots["over"], "=0,0,SIGN(", spots["amount"], ")*(", spots["quotient"], "+", spots["extra"], "))")
            extra = abs(part) - number.quotient if any(held) else 0
            parts[owner] = self._close(page, part, formula, extra=_amount(extra if left else 0, _formula("IF(", spots["over"], "=0,0,", *one_more, ")")))  # fmt: skip
        return parts


class _Numbers(NamedTuple):
    """What a row of a quotient holds today."""

    amount: int
    times: int
    over: int

    @property
    def quotient(self) -> int:
        return abs(self.amount) * self.times // self.over if self.over else 0

    @property
    def remainder(self) -> int:
        return abs(self.amount) * self.times % self.over if self.over else 0


def _of(label: Label, whose: Literal["party", "activity"], owner: str) -> Label:
    """The label of one part of a whole."""
    return label._replace(party=owner, path="") if whose == "party" else label._replace(activity=owner, path="")


def _division(spots: Mapping[str, Spot], numbers: _Numbers) -> dict[str, Amount]:
    """The quotient of |amount| × times and over: an estimate by floats, at most 1 off, and by how much it is, exactly."""
    size, times, over, estimate, rest = (spots[name] for name in ("amount", "times", "over", "estimate", "rest"))
    absolute: list[Piece] = ["ABS(", size, ")"]
    return {
        "estimate": _amount(numbers.quotient, _formula("IF(", over, "=0,0,INT(", *absolute, "*", times, "/", over, "))")),
        "rest": _amount(numbers.remainder, _formula("IF(", over, "=0,0,", *exact_rest(absolute, times, estimate, over), ")")),
        "quotient": _amount(numbers.quotient, _formula("IF(", over, "=0,0,", estimate, "+INT(", rest, "/", over, "))")),
        "remainder": _amount(numbers.remainder, _formula("IF(", over, "=0,0,", rest, "-", over, "*INT(", rest, "/", over, "))")),
    }


def _fixed(times: Sequence[Value], over: Sequence[Value]) -> tuple[int, int]:
    """The products of what is fixed among them, in their lowest terms."""
    top, bottom = (prod(value for value in values if isinstance(value, int)) for values in (times, over))
    common = gcd(top, bottom)
    return top // common, bottom // common


def _product(values: Sequence[Value]) -> int:
    return prod(value.value for value in values if isinstance(value, Held))


def _factors(fixed: int, values: Sequence[Value]) -> list[Piece]:
    held: list[Value] = [value for value in values if isinstance(value, Held)]
    return joined("*", [fixed, *held] if fixed != 1 or not held else held)


def _formula(*pieces: Value | Piece) -> Written | None:
    """A formula of texts, values and cells; None where no cell stands in it."""
    found = [one for piece in pieces for one in (written(piece) if isinstance(piece, int | Held | str) else [piece])]
    return None if all(isinstance(piece, str) for piece in found) else Written(found)


def _amount(value: int, formula: Written | None) -> Amount:
    if abs(value) >= LIMIT:
        raise Beyond
    return Amount(Decimal(value), formula)
