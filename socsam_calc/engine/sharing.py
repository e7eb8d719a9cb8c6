"""§§ 2–4 of the arithmetic: the result, what of it is shared, what is kept, and who is entitled to what."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

from ..model.agreement import Agreement
from ..model.dividing import resolved
from ..model.sharing import Band
from ..model.terms import Terms
from ..problems import Path
from .costs import Given
from .dividing import Basis, divide
from .frame import Row
from .refusing import one
from .steps import Money, Step, banded, given, less, parts, scaled, total, zero


def shared_before_bands(terms: Terms, results: Mapping[str, Money]) -> dict[str, Money]:
    """§ 3.1: S⁰_a = round(shared_a × R_a) for each activity."""
    name = "shared before bands" if terms.bands is not None else "shared"
    before = {}
    for activity, result in results.items():
        stated, about = terms.shared.of(activity), () if terms.shared.named is None else (activity,)
        share = given("share that is shared", terms.year, about, stated.value, stated.place)
        before[activity] = scaled(name, terms.year, (activity,), [share, result])
    return before


def through_bands(terms: Terms, before: Money, final_frame: Money) -> Money:
    """§ 3.2: what of S⁰ is really shared, by size; S⁰ itself where there are no bands for its sign."""
    scale = terms.scale(before.value)
    if scale is None or not before.value:
        return total("shared", terms.year, (), [before])
    about = ("surplus" if before.value > 0 else "deficit",)
    bands: list[Step[Any]] = []
    for position, band in enumerate(scale.bands):
        place = (*scale.place, position)
        if (limit := band_limit(band, terms.year, about, place, final_frame)) is not None:
            bands.append(limit)
        bands.append(given("share inside the band", terms.year, about, band.shared, (*place, "shared")))
    return banded("shared", terms.year, before, bands)


def band_limit(band: Band, year: int, about: tuple[str, ...], place: Path, final_frame: Money) -> Money | None:
    """Where a band ends, in rounding units without sign; None for the last band. ``place`` is the band's own."""
    match band.to:
        case None:
            return None
        case Fraction():
            percent = given("band limit in percent", year, (), band.to, (*place, "to"))
            return scaled("band limit", year, about, [percent, final_frame])
        case int():
            return given("band limit", year, about, band.to, (*place, "to"))
        case _:
            assert_never(band.to)


def after_withholding(terms: Terms, before: Mapping[str, Money], withheld: Money, *, surplus: bool) -> dict[str, Money]:
    """§ 3.3: what the bands withhold comes out of the rows that have the sign of S⁰, by their size."""
    if terms.bands is None:
        return dict(before)
    bearing = {activity: step for activity, step in before.items() if (step.value > 0 if surplus else step.value < 0)}
    if not withheld.value:
        return {activity: total("shared", terms.year, (activity,), [step]) for activity, step in before.items()}
    sizes = {
        activity: step if surplus else less("size", terms.year, (activity,), zero("nothing", terms.year), step)
        for activity, step in bearing.items()
    }
    taken = parts("withheld part", terms.year, (), withheld, sizes)
    return {
        activity: less("shared", terms.year, (activity,), step, *([taken[activity]] if activity in taken else []))
        for activity, step in before.items()
    }


def kept_by_party(agreement: Agreement, terms: Terms, row: Row, kept: Money, basis: Basis) -> dict[str, Money]:
    """§ 3.4: what is not shared stays with those who fund the activity.

    An empty row's is its performer's, if that is a party, else it is divided by the activity's key, or by the contributions.
    """
    if not kept.value:
        return {}
    about = (row.activity,)
    if any(cell.value for cell in row.final.values()):
        return parts("kept part", terms.year, about, kept, row.final)
    performer = agreement.performer(row.activity)
    if performer != "body":
        return {performer: total("kept part", terms.year, (*about, performer), [kept])}
    by = agreement.activities[row.activity].by
    if by is not None:
        key = resolved(agreement, by, "share", ("activities", row.activity, "by"), terms.year)
        return divide("kept part", kept, key, basis, about)
    contributions = {party: basis.contributions[party] for party in basis.parties}
    if not any(cell.value for cell in contributions.values()):
        raise one(
            ("years", str(terms.year)),
            f"nobody bears the part of `{row.activity}` that is not shared in {terms.year}: it has no money in the frame, and nobody contributes",
            "give the activity a frame or a `performer` that is a party",
        )
    return parts("kept part", terms.year, about, kept, contributions)


def entitlement(terms: Terms, shared: Money, rest: Money, basis: Basis) -> dict[str, Money]:
    """§ 4: T = divide(D, key of the sign of S)."""
    if not rest.value:
        return {party: zero("allocated", terms.year, (party,)) for party in basis.parties}
    return divide("allocated", rest, terms.key(shared.value), basis)


def uses_of(agreement: Agreement, number: int, amount: Given = given) -> Money:
    """§ 4: what of the surplus is used in the area, U."""
    path: Path = ("years", str(number), "uses")
    uses = [amount("use", number, (use.for_,), use.amount, (*path, at, "amount")) for at, use in enumerate(agreement.years[number].uses)]
    return total("uses", number, (), uses)


def use_up(terms: Terms, uses: Money, basis: Basis) -> dict[str, Money]:
    """§ 4: the uses, divided by the `surplus` key."""
    if not uses.value:
        return {party: zero("used", terms.year, (party,)) for party in basis.parties}
    return divide("used", uses, terms.surplus, basis)
