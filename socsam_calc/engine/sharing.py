"""§§ 2–4 of the arithmetic: the result, what of it is shared, what is kept, and who is entitled to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..model.agreement import Agreement
from ..model.sharing import Sharing
from ..problems import Path
from .frame import Row, one
from .steps import Exact, Money, Step, banded, given, less, parts, scaled, total, zero


class Terms(NamedTuple):
    """The terms in force in a year, and where in the file each of them stands."""

    year: int
    sharing: Sharing
    origin: Mapping[str, Path]

    def path(self, *names: str) -> Path:
        """The place of a term: ``path("deficit", "kommun")``."""
        return (*self.origin.get(names[0], ("sharing",)), *names)


def terms_by_year(agreement: Agreement) -> dict[int, Terms]:
    """The terms in force in each year, with the place where each was agreed last."""
    in_force = agreement.terms()
    origin: dict[str, Path] = {}
    terms = {}
    for number, year in agreement.years.items():
        if year.sharing is not None:
            origin = {**origin, **dict.fromkeys(year.sharing.model_fields_set, ("years", str(number), "sharing"))}
        terms[number] = Terms(number, in_force[number], origin)
    return terms


def shared_before_bands(terms: Terms, results: Mapping[str, Money]) -> dict[str, Money]:
    """§ 3.1: S⁰_a = round(shared_a × R_a) for each activity."""
    name = "shared before bands" if terms.sharing.bands is not None else "shared"
    before = {}
    for activity, result in results.items():
        share = _share(terms, activity)
        before[activity] = scaled(name, terms.year, (activity,), [share, result])
    return before


def _share(terms: Terms, activity: str) -> Exact:
    shared = terms.sharing.shared
    if isinstance(shared, Fraction):
        return given("share that is shared", terms.year, (), shared, terms.path("shared"))
    entry = activity if activity in shared else "others"
    return given("share that is shared", terms.year, (activity,), terms.sharing.share_of(activity), terms.path("shared", entry))


def through_bands(terms: Terms, before: Money, final_frame: Money) -> Money:
    """§ 3.2: what of S⁰ is really shared, by size; S⁰ itself where there are no bands for its sign."""
    scale = terms.sharing.scale(before.value)
    if scale is None or not before.value:
        return total("shared", terms.year, (), [before])
    sign = "surplus" if before.value > 0 else "deficit"
    bands: list[Step[Any]] = []
    for position, band in enumerate(scale):
        place = (*_bands_path(terms, sign), position)
        if isinstance(band.to, Fraction):
            percent = given("band limit in percent", terms.year, (), band.to, (*place, "to"))
            bands.append(scaled("band limit", terms.year, (sign,), [percent, final_frame]))
        elif band.to is not None:
            bands.append(given("band limit", terms.year, (sign,), band.to, (*place, "to")))
        bands.append(given("share inside the band", terms.year, (sign,), band.shared, (*place, "shared")))
    return banded("shared", terms.year, before, bands)


def _bands_path(terms: Terms, sign: str) -> Path:
    """Where the bands for a sign stand: one list may serve both."""
    bands = terms.sharing.bands
    assert bands is not None
    return terms.path("bands") if bands.surplus is bands.deficit else terms.path("bands", sign)


def after_withholding(terms: Terms, before: Mapping[str, Money], withheld: Money, sign: int) -> dict[str, Money]:
    """§ 3.3: what the bands withhold comes out of the rows that have the sign of S⁰, by their size."""
    if terms.sharing.bands is None:
        return dict(before)
    bearing = {activity: step for activity, step in before.items() if step.value * sign > 0}
    if not withheld.value:
        return {activity: total("shared", terms.year, (activity,), [step]) for activity, step in before.items()}
    sizes = {
        activity: step if sign > 0 else less("size", terms.year, (activity,), zero("nothing", terms.year), step)
        for activity, step in bearing.items()
    }
    taken = parts("withheld part", terms.year, (), withheld, sizes)
    return {
        activity: less("shared", terms.year, (activity,), step, *([taken[activity]] if activity in taken else []))
        for activity, step in before.items()
    }


def kept_by_party(agreement: Agreement, terms: Terms, row: Row, kept: Money, contributions: Mapping[str, Money]) -> dict[str, Money]:
    """§ 3.4: what is not shared stays with those who fund the activity; an empty row's with its performer, else by the contributions."""
    if not kept.value:
        return {}
    about = (row.activity,)
    if any(cell.value for cell in row.final.values()):
        return parts("kept part", terms.year, about, kept, row.final)
    performer = agreement.performer(row.activity)
    if performer != "body":
        return {performer: total("kept part", terms.year, (*about, performer), [kept])}
    if not any(cell.value for cell in contributions.values()):
        raise one(
            ("years", str(terms.year)),
            f"nobody bears the part of `{row.activity}` that is not shared in {terms.year}: it has no money in the frame, and nobody contributes",
            "give the activity a frame or a `performer` that is a party",
        )
    return parts("kept part", terms.year, about, kept, contributions)


def key_weights(
    terms: Terms, sign: str, parties: Sequence[str], contributions: Mapping[str, Money]
) -> dict[str, Step[int]] | dict[str, Step[Fraction]]:
    """The weights of the key for ``sign`` (`surplus` or `deficit`) over the parties of the year. Refused where all are zero."""
    key = terms.sharing.surplus if sign == "surplus" else terms.sharing.deficit
    if key == "equal":
        return {party: given("equal weight", terms.year, (party,), 1, terms.path(sign)) for party in parties}
    if key == "frame":
        weights = {party: contributions[party] for party in parties}
        if not any(weight.value for weight in weights.values()):
            raise one(
                terms.path(sign),
                f"the key `frame` has no weight in {terms.year}: nobody contributes to the frame",
                "write the shares out, party by party",
            )
        return weights
    assert isinstance(key, dict)
    return {
        party: given("share of the " + sign, terms.year, (party,), key.get(party, Fraction(0)), terms.path(sign, party))
        for party in parties
    }


def entitlement(terms: Terms, shared: Money, parties: Sequence[str], contributions: Mapping[str, Money]) -> dict[str, Money]:
    """§ 4: T = apportion(S, key of its sign)."""
    if not shared.value:
        return {party: zero("allocated", terms.year, (party,)) for party in parties}
    sign = "surplus" if shared.value > 0 else "deficit"
    return parts("allocated", terms.year, (), shared, key_weights(terms, sign, parties, contributions))


def uses_by_party(
    agreement: Agreement, terms: Terms, shared: Money, undistributed: int, parties: Sequence[str], contributions: Mapping[str, Money]
) -> tuple[Money, dict[str, Money]]:
    """§ 4: the uses, apportioned by the `surplus` key. Refused where they exceed S and what earlier years left undistributed."""
    number = terms.year
    path: Path = ("years", str(number), "uses")
    uses = [
        given("use", number, (use.for_,), use.amount, (*path, position, "amount"))
        for position, use in enumerate(agreement.years[number].uses)
    ]
    used = total("uses", number, (), uses)
    if not uses:
        return used, {party: zero("used", number, (party,)) for party in parties}
    if used.value > shared.value + undistributed:
        raise one(
            path,
            f"the uses of {number} exceed the shared surplus that there is",
            "use no more than is shared this year and was left undistributed before",
            on_key=True,
        )
    return used, parts("used", number, (), used, key_weights(terms, "surplus", parties, contributions))
