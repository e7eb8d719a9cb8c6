"""§§ 3 and 4 as formulas: bands, what they withhold, what is kept, who is entitled to what. The counterpart of ``engine/sharing.py``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from ...model.dividing import ByContributions, Key, Stated
from ...model.sharing import Band
from ...model.terms import Scale, Terms
from ...problems import Path
from .cells import Value, listed, summed, units
from .dividing import Basis, Cells, divide
from .entered import Entered
from .steps import Label, Steps


class Sharer:
    """Writes what is shared in a year, and by whom."""

    def __init__(self, steps: Steps, entered: Entered, terms: Terms) -> None:
        self.steps, self.entered, self.terms = steps, entered, terms

    def _label(self, name: str, activity: str = "", party: str = "") -> Label:
        return Label(name, self.terms.year, activity, party)

    def before_bands(self, activity: str, result: Value) -> Value:
        """§ 3.1: S⁰_a = round(shared_a × R_a)."""
        stated, terms = self.terms.shared.of(activity), self.terms
        name = "shared before bands" if terms.bands is not None else "shared"
        share = self.entered.exact("share that is shared", stated, str(stated.place[-1]) if terms.shared.named is not None else "")
        return self.steps.scaled(self._label(name, activity), result, [share.counted], [share.of])

    def through_bands(self, before: Value, final_frame: Value) -> Value:
        """§ 3.2: S, what of S⁰ is really shared, by its size."""
        bands = self.terms.bands
        if bands is None or isinstance(before, int):
            return before
        size = self.steps.computed(self._label("size"), abs(before.value), "ABS(", before, ")")
        gained = self._inside(bands.surplus, size, final_frame, "surplus")
        borne = gained if bands.deficit is bands.surplus or _same(bands.surplus, bands.deficit) else self._inside(bands.deficit, size, final_frame, "deficit")  # fmt: skip
        today = units(gained) if before.value > 0 else -units(borne)
        return self.steps.computed(self._label("shared"), today, "IF(", before, ">0,", gained, ",-", borne, ")")

    def _inside(self, scale: Scale | None, size: Value, final_frame: Value, sign: str) -> Value:
        """The size walked up through the bands of a sign, each with its share; rounded once."""
        if scale is None:
            return size
        shares = {f"{sign} {at + 1}": Stated(band.shared, (*scale.place, at, "shared")) for at, band in enumerate(scale.bands)}
        inside, limits, over = list[tuple[Value, Value]](), list[Value](), 1
        for at, (band, share) in enumerate(zip(scale.bands, self.entered.table("share inside the band", shares).values(), strict=True)):
            below: list[Value] = [*limits]
            limit = self._limit(band, (*scale.place, at), final_frame, f"{sign} {at + 1}")
            upper = units(size) if limit is None else min(units(size), units(limit))
            under = max(map(units, below), default=0)
            top = ["MIN(", size, ",", limit, ")"] if limit is not None else [size]
            part = self.steps.computed(self._label("shared", f"{sign} {at + 1}"), max(0, upper - under), "MAX(0,", *top, "-MAX(0", *([",", *listed(below)] if below else []), "))")  # fmt: skip
            limits += [] if limit is None else [limit]
            over = share.of
            inside.append(self.steps.quotient(self._label("shared", f"{sign} {at + 1}"), part, share.counted, over))
        wholes, rests = [whole for whole, _ in inside], [rest for _, rest in inside]
        today = sum(map(units, wholes)) + (2 * sum(map(units, rests)) + over) // (2 * over)
        return self.steps.computed(
            self._label("shared", sign), today, *summed(wholes), "+INT((2*(", *summed(rests), f")+{over})/{2 * over})"
        )

    def _limit(self, band: Band, place: Path, final_frame: Value, whose: str) -> Value | None:
        """Where a band ends; None for the last one."""
        match band.to:
            case None:
                return None
            case Fraction():
                percent = self.entered.exact("band limit in percent", Stated(band.to, (*place, "to")), whose)
                return self.steps.scaled(self._label("band limit", whose), final_frame, [percent.counted], [percent.of])
            case int():
                return self.entered.amount("band limit", band.to, (*place, "to"), activity=whose)
            case _:
                assert_never(band.to)

    def after_withholding(self, before: Mapping[str, Value], total: Value, shared: Value) -> dict[str, Value]:
        """§ 3.3: what the bands withhold comes out of the rows that have the sign of S⁰, by their size."""
        if self.terms.bands is None or isinstance(total, int):
            return dict(before)
        withheld, sign = self.steps.less(self._label("withheld"), total, shared), 1 if units(total) > 0 else -1
        sizes: dict[str, Value] = {
            name: self.steps.computed(self._label("size", name), max(0, units(value) * sign), "MAX(0,SIGN(", total, ")*", value, ")")
            for name, value in before.items()
        }
        taken = self.steps.parts(self._label("withheld part"), withheld, sizes, "activity")
        return {name: self.steps.less(self._label("shared", name), value, taken[name]) for name, value in before.items()}

    def kept(self, activity: str, kept: Value, cells: Cells, performer: str, by: Key | None, basis: Basis) -> Cells:
        """§ 3.4: what is not shared stays with those who fund the activity; an empty row's with its performer, else by a key."""
        if set(cells) == {performer} or isinstance(kept, int):
            return {performer: kept} if performer in basis.parties and set(cells) == {performer} else {}
        label, held = self._label("kept part", activity), list(cells.values())
        filled = bool(sum(map(units, held)))
        funded = (
            self.steps.computed(label, units(kept) if filled else 0, "IF(", *self.steps.sum_of(label, held), "=0,0,", kept, ")")
            if held
            else 0
        )
        parts = self.steps.parts(label, funded, cells)
        rest = self.steps.less(label, kept, funded)
        others: Cells = {performer: rest}
        if performer not in basis.parties:
            others = divide(self.steps, self.entered, label, rest, by or ByContributions(()), basis)
        found = {**parts, **others}
        return {party: self.steps.total(label._replace(party=party), [parts.get(party, 0), others.get(party, 0)]) for party in found}

    def entitlement(self, rest: Value, basis: Basis) -> Cells:
        """§ 4: T = divide(D, key of its sign)."""
        terms, label = self.terms, self._label("allocated")
        if isinstance(rest, int):
            return {}
        if _alike(terms.surplus, terms.deficit):
            return divide(self.steps, self.entered, label, rest, terms.surplus, basis)
        gain = self.steps.not_below_zero(label._replace(activity="surplus"), ("", rest))
        gains = divide(self.steps, self.entered, label._replace(activity="surplus"), gain, terms.surplus, basis)
        burden = self.steps.least(label._replace(activity="deficit"), rest, 0)
        burdens = divide(self.steps, self.entered, label._replace(activity="deficit"), burden, terms.deficit, basis)
        found = {**gains, **burdens}
        return {party: self.steps.total(label._replace(party=party), [gains.get(party, 0), burdens.get(party, 0)]) for party in found}


def _same(one: Scale | None, other: Scale | None) -> bool:
    return one is not None and other is not None and one.place == other.place


def _alike(one: Key, other: Key) -> bool:
    """Whether two keys are the same one, so that a change of it changes both."""
    return type(one) is type(other) and (one.place == other.place or isinstance(one, ByContributions))
