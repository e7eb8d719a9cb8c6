"""§ 4a of the arithmetic: the body's own capital, what a year sets aside in it or takes out, and who has it when the period ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model.agreement import Agreement
from ..model.dividing import ByContributed
from ..model.terms import Reserve, Terms
from .dividing import Basis, divide
from .steps import Money, given, least, less, not_below_zero, scaled, total, zero


class Capital(NamedTuple):
    """Own capital in a year: at its start, what is set aside (below 0: used), and what the parties are given of it when the period ends.

    ``rest`` is what is left of the shared result for the parties, D; ``parts`` are theirs of what is given out, L_p; ``closing`` is what the body then has.
    """

    opening: Money
    set_aside: Money
    rest: Money
    ceiling: Money | None
    divided: Money
    parts: Mapping[str, Money]
    closing: Money


def at_the_end(opening: Money, set_aside: Money, divided: Money) -> Money:
    """What the body has at the end of the year, G + A − L."""
    year = set_aside.year
    held = total("closing", year, (), [opening, set_aside])
    return less("closing", year, (), held._replace(name="own capital held"), divided) if divided.value else held


def ceiling_of(terms: Terms, final_frame: Money) -> Money | None:
    """How much own capital there should be at most, by the terms in force and the year's frame; None where nothing limits it."""
    for step in terms.reserve.ceiling if terms.reserve is not None else ():
        if step.to is None or not final_frame.value > step.to.value:
            value: Any = step.limit.value
            if isinstance(value, int):
                return given("ceiling", terms.year, (), value, step.limit.place)
            percent = given("ceiling in percent", terms.year, (), value, step.limit.place)
            return scaled("ceiling", terms.year, (), [percent, final_frame])
    return None


def set_aside(terms: Terms, shared: Money, uses: Money, opening: Money, ceiling: Money | None) -> Money:
    """A: what of a surplus, after uses, own capital takes; below 0 what it gives for a deficit."""
    year, reserve = terms.year, terms.reserve
    if reserve is None or not shared.value:
        return zero("set aside", year)
    if shared.value > 0:
        return _saved(year, reserve, shared, uses, opening, ceiling)
    deficit = less("deficit without its sign", year, (), zero("nothing", year), shared)
    part = given("part of the deficit covered", year, (), reserve.deficit.value, reserve.deficit.place)
    floor = given("floor", year, (), reserve.floor.value, reserve.floor.place)
    there = not_below_zero("above the floor", year, (), less("own capital less the floor", year, (), opening, floor))
    covered = least("covered by own capital", year, (), scaled("to be covered", year, (), [part, deficit]), there)
    return less("set aside", year, (), zero("nothing", year), covered)


def _saved(year: int, reserve: Reserve, shared: Money, uses: Money, opening: Money, ceiling: Money | None) -> Money:
    """Of a surplus: a part of what uses leave of it, and, where what lies above the ceiling is divided, no more than has room below it."""
    part = given("part of the surplus set aside", year, (), reserve.surplus.value, reserve.surplus.place)
    left = shared
    if uses.value:
        left = not_below_zero("surplus after uses", year, (), less("shared less uses", year, (), shared, uses))
    saved = scaled("set aside", year, (), [part, left])
    if not reserve.divides_above or ceiling is None:
        return saved
    room = not_below_zero("room below the ceiling", year, (), less("ceiling less own capital", year, (), ceiling, opening))
    return least("set aside", year, (), saved._replace(name="to be set aside"), room)


def given_out(agreement: Agreement, terms: Terms, held: Money, basis: Basis) -> dict[str, Money]:
    """L by party, when the period ends: own capital by the key `at_end`; by what they contributed, those that left have their part too."""
    if not held.value:
        return {}
    if isinstance(terms.at_end, ByContributed):
        basis = basis._replace(parties=list(agreement.parties))
    return divide("divided", held, terms.at_end, basis)
