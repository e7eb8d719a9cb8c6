"""An agreement's terms applied to every area of a panel: what each role would have been settled, had the norm's result of one row been its only one.

The row's frame and cost are the area's; every other cell of the agreement is scaled by k, the area's base over the row's own, and costs what
its frame is. Percents, keys and shares stay as they are. All in the agreement's rounding units, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...engine.results import Settlement
from ...engine.settle import settle as settle_agreement
from ...model.agreement import Agreement, YearBase
from ...model.panel import Panel
from ...model.sharing import Sharing, SharingChange
from ...model.year import Year
from ...money import ORE_PER, round_fraction
from ...problems import AgreementError, Fault, Path, Place, Refused, nearest
from ...source.document import Document
from ..settle import settle
from .bases import base_years
from .norm import AreaResult, AreaYear, BaseResult, Norm

_CHANGES = ("uses", "corrections", "conversions", "transferred", "result")
"""What a year may state that cannot be scaled, by its name in the file."""


class YearTerms(NamedTuple):
    """What each role is settled in a year, in rounding units: + gains, − bears; parties of one role are added up."""

    year: int
    settled: Mapping[str, int]


class AreaTerms(NamedTuple):
    """An area's years under the agreement's terms."""

    area: str
    years: Sequence[YearTerms]


class Unsettled(NamedTuple):
    """An area that the terms cannot be applied to under a base, and why."""

    base: str
    area: str
    why: str


class Applied(NamedTuple):
    """The terms of an agreement's file applied under each base, by its name; amounts count ``rounding``, tables are in ``unit``."""

    file: str
    activity: str
    rounding: str
    unit: str
    by_base: Mapping[str, Sequence[AreaTerms]]
    unsettled: Sequence[Unsettled]


def apply(norm: Norm, document: Document, activity: str) -> Applied:
    """The terms of an agreement applied to every area that a base settles.

    Raises AgreementError, with the places in its file, for what cannot be scaled, and where the panel is finer than its rounding.
    """
    agreement, panel = document.agreement, norm.panel
    if faults := list(_refused(agreement, activity)):
        raise AgreementError(map(document.problem, faults))
    scale = _scale(panel, agreement)
    own = settle(document)
    found: dict[str, list[AreaTerms]] = {}
    unsettled: list[Unsettled] = []
    for base in norm.bases:
        found[base.name] = []
        for area in base.results:
            years = [year for year in area.years if year.year in agreement.years and agreement.period.months(year.year) == 12]
            if not years:
                continue
            one = AreaResult(area.area, years)
            try:
                settled = settle_agreement(_scaled(own, activity, norm, base, one, scale))
            except Refused as refused:
                unsettled.append(Unsettled(base.name, area.area, refused.faults[0].text))
            else:
                found[base.name].append(AreaTerms(area.area, list(_by_role(settled))))
    if not any(found.values()) and not unsettled:
        text = "the file holds no year of twelve months that a base settles"
        raise AgreementError.of("no-years", document.place(("years",), on_key=True), text, "choose another base, or another panel")
    return Applied(document.file, activity, agreement.rounding, agreement.unit, found, unsettled)


def _refused(agreement: Agreement, activity: str) -> Iterator[Fault]:
    """What keeps the agreement from being scaled, each at its place."""
    if activity not in agreement.activities:
        near = nearest(activity, agreement.activities)
        remedy = f"did you mean `{near}`?" if near else f"there is: {', '.join(f'`{one}`' for one in agreement.activities)}"
        yield Fault(("activities",), "unknown-id", f"there is no activity `{activity}`", remedy, (), True)
        return
    base, place = agreement.activities[activity].base, ("activities", activity)
    if not isinstance(base, YearBase):
        text = f"`{activity}` has no `base` of a year and an amount, which says how large an area is beside it"
        yield Fault((*place, "base") if base else place, "norm-terms", text, "write `base: {year: 1996, amount: …}`", (), True)
    elif not base.amount:
        yield Fault((*place, "base", "amount"), "norm-terms", "the base is 0, and no area can be measured by it", "choose another activity")
    if agreement.opening.claims or agreement.opening.contributed or agreement.opening.reserve is not None:
        yield _unscaled(("opening",), "an opening balance")
    changes: list[tuple[Path, Sharing | SharingChange]] = [(("sharing",), agreement.sharing)]
    for number, year in agreement.years.items():
        if year.sharing is not None:
            changes.append((("years", str(number), "sharing"), year.sharing))
        for name in _CHANGES:
            if getattr(year, name, None) not in (None, [], {}):
                yield _unscaled(("years", str(number), name), "a year of which only the total is known" if name == "result" else name)
    for path, terms in changes:
        if "reserve" in terms.model_fields_set:
            yield _unscaled((*path, "reserve"), "own capital")
        if _in_amounts(terms.bands):
            yield _unscaled((*path, "bands"), "bands with limits in amounts")


def _in_amounts(bands: object) -> bool:
    """Whether a limit of these bands, of a surplus's or of a deficit's, is an amount and not a percentage of the frame."""
    if isinstance(bands, list | tuple):
        return any(isinstance(getattr(band, "to", None), int) for band in bands)
    return any(_in_amounts(getattr(bands, sign, None)) for sign in ("surplus", "deficit")) if hasattr(bands, "surplus") else False


def _unscaled(path: Path, what: str) -> Fault:
    return Fault(path, "norm-terms", f"{what}: an amount that is not the same for every area", "take it away for this question", (), True)


def _scale(panel: Panel, agreement: Agreement) -> Fraction:
    """The agreement's rounding units in one of the panel's. Raises AgreementError where a cost of the panel would be no whole number of them."""
    if panel.rounding is None:
        text = "an index is no money, and no terms can be applied to it"
        raise AgreementError.of("norm-terms", Place(panel.file), text, "give the costs themselves")
    scale = Fraction(ORE_PER[panel.rounding], ORE_PER[agreement.rounding])
    if any((cost * scale).denominator != 1 for costs in panel.costs.values() for cost in costs.values()):
        text = f"a cost of the panel is finer than the agreement's rounding ({agreement.rounding})"
        raise AgreementError.of("norm-terms", Place(panel.file), text, f"give an agreement that says `rounding: {panel.rounding}`")
    return scale


def _scaled(own: Settlement, activity: str, norm: Norm, base: BaseResult, area: AreaResult, scale: Fraction) -> Agreement:
    """The agreement with the area's figures in the place of its own."""
    agreement = own.agreement
    measure = _measure(agreement, activity)
    in_force = agreement.terms()
    years = {}
    for year in area.years:
        mean = year.base * scale / len(base_years(base.base, norm.panel.years, year.year))
        cells = _cells(own, activity, year, mean / measure)
        frame = round_fraction(Fraction(year.base) * year.country / year.country_base * scale)
        changed = {name: getattr(in_force[year.year], name) for name in Sharing.model_fields}
        years[year.year] = Year.model_construct(
            frame={activity: frame, **cells},
            actual={activity: int(year.cost * scale), **{row: sum(of_row.values()) for row, of_row in cells.items()}},
            sharing=SharingChange.model_construct(_fields_set=set(changed), **changed),
        )
    rows = {name: one.model_copy(update={"adjust": None, "base": None}) for name, one in agreement.activities.items()}
    return agreement.model_copy(update={"years": years, "activities": rows, "series": {}})


def _measure(agreement: Agreement, activity: str) -> int:
    """The amount of the row's own base, which says how large an area is beside it."""
    match agreement.activities[activity].base:
        case YearBase(amount=amount):
            return amount
        case other:
            raise ValueError(f"{activity} has the base {other}, which is refused before")


def _cells(own: Settlement, activity: str, year: AreaYear, k: Fraction) -> dict[str, dict[str, int]]:
    """Every other row of the agreement's frame, scaled cell by cell."""
    rows = {}
    for one in own.year(year.year).activities:
        if one.id != activity:
            rows[one.id] = {party: round_fraction(cell.value * k) for party, cell in one.cells.items()}
    return rows


def _by_role(settlement: Settlement) -> Iterator[YearTerms]:
    for year in settlement.years:
        settled: dict[str, int] = {}
        for party in year.parties:
            if (units := party.units("settled")) is not None:
                settled[party.role] = settled.get(party.role, 0) + units
        yield YearTerms(year.year, settled)
