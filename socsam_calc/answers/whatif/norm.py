"""One agreement under other norms: its adjusted rows carried forward from one base or another, everything else as it stands.

A row that a series adjusts gets the frame round(Σ C_b × N_y / Σ N_b × m/12), C being its cost and N the country's. The file gives them, by its
settled years, its base and its series; where it does not hold a year, a panel does. All bases are compared over the same years.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple

from ...engine.results import Settlement, YearResult
from ...engine.settle import settle as settle_agreement
from ...engine.values import all_ore
from ...model.agreement import Agreement, YearBase
from ...model.panel import Panel
from ...model.year import FrameRow, Year
from ...money import ORE_PER, apportion, round_fraction
from ...problems import AgreementError, Place, Refused, spans
from ...source.document import Document
from ..norm.bases import Base, base_years, every_base, read_bases, settled_years
from ..norm.norm import known_area
from ..settle import settle
from .cases import Case, Remark
from .outcomes import Outcomes, Piece
from .whatif import PREFERRED, TOTALS, Comparison

Cannot = tuple[str, tuple[tuple[str, str], ...]]
"""Why a base cannot be formed: a text, and the values to be filled in."""

_NO_COST = "`{row}` has no cost of {year}"
_NO_COUNTRY = "the country's development from {years} to {year} is not known"
_NO_YEAR = "no settled year of the agreement comes after its base years"
_NOT_COMPARED = "not compared, as it does not settle them: {years}"
_REFUSED = "the year cannot be settled with it: {why}"


class Known(NamedTuple):
    """What is known of an adjusted row: its costs of whole years in rounding units, the country by the file's series, and the panel."""

    row: str
    costs: Mapping[int, Fraction]
    outcomes: Mapping[int, Fraction]
    panel: Panel | None

    def pace(self, base: Sequence[int], year: int) -> Fraction | None:
        """N_y / Σ N_b, by the file's series where it knows all of these years; else over the areas of the panel that have a cost in each."""
        needed = (*base, year)
        if all(one in self.outcomes for one in needed):
            whole = {one: self.outcomes[one] for one in needed}
        elif self.panel is not None:
            totals = {one: self.panel.total(one, needed) for one in needed}
            whole = {one: Fraction(total) for one, total in totals.items() if total is not None}
        else:
            return None
        start = sum((whole.get(one, Fraction(0)) for one in base), Fraction(0))
        return whole[year] / start if start and len(whole) == len(set(needed)) else None


def compare_norms(document: Document, names: Sequence[str], panel: Panel | None = None, area: str | None = None) -> Comparison:
    """The agreement as it stands, and under each base. Raises AgreementError where no row is adjusted by a series or no base can be formed."""
    settlement = settle(document)
    agreement = document.agreement
    rows = list(_known(settlement, panel, area))
    if not rows:
        text = "no row of the agreement is adjusted by a series, so no norm decides a frame"
        raise AgreementError.of("no-norm", document.place(("activities",), on_key=True), text, "choose another agreement")
    settled = [one for one in settlement.years if one.status != "budget" and one.totals.units("final_frame") is not None and one.activities]
    frames: dict[str, dict[int, dict[str, int]]] = {}
    whys: dict[str, Cannot] = {}
    without: dict[str, dict[int, Cannot]] = {}
    for base in _bases(names, rows):
        made = {one.year: _frames(agreement, base, rows, one) for one in settled}
        lacking = {year: why for year, why in made.items() if not isinstance(why, dict)}
        if held := {year: frame for year, frame in made.items() if isinstance(frame, dict)}:
            frames[base.name], without[base.name] = held, lacking
        else:
            whys[base.name] = next(iter(lacking.values()), (_NO_YEAR, ()))
    years = tuple(one.year for one in settled if frames and all(one.year in held for held in frames.values()))
    if not years:
        first = next(iter(whys), "")
        text = f"{first}: {_filled(whys[first])}" if whys and not frames else "there is no year that all the bases settle"
        raise AgreementError.of(
            "no-norm", Place(document.file), text, "choose other bases, or give the missing years with --panel and --area"
        )
    figure = PREFERRED[0]
    parties = tuple(party for party in agreement.parties if any(party in agreement.parties_of(year) for year in years))
    cases: list[tuple[Case, Mapping[str, int | None]]] = [(Case(""), all_ore(settlement))]
    for base_name in [*dict.fromkeys(base.name for base in _bases(names, rows))]:
        case = Case(base_name)
        if base_name in whys:
            cases.append((case._replace(remarks=(Remark(*whys[base_name]),)), {}))
            continue
        try:
            made_anew = settle_agreement(_under(settlement, rows, {year: frames[base_name][year] for year in years}))
        except Refused as refused:
            cases.append((case._replace(remarks=(Remark(_REFUSED, (("why", refused.faults[0].text),)),)), {}))
        else:
            lacking = without[base_name]
            reasons = [
                Remark(_NOT_COMPARED, (("years", spans(list(lacking))),)),
                *dict.fromkeys(Remark(*why) for why in lacking.values() if why[0] != _NO_YEAR),
            ]
            cases.append((case._replace(remarks=tuple(reasons) if lacking else ()), all_ore(made_anew)))
    known = {f"{year}.totals.{name}" for year in years for name in TOTALS}
    known |= {f"{year}.parties.{party}.{name}" for year in years for party in parties for name in PREFERRED}
    shown = {path: None for _, amounts in cases for path in amounts if path in known}
    columns = {path: [amounts.get(path) for _, amounts in cases] for path in shown}
    outcomes = Outcomes(Piece([case for case, _ in cases], columns, {}))
    return Comparison(document.file, None, document, settlement, figure, years, parties, (), outcomes)


def _filled(why: Cannot) -> str:
    text, values = why
    return text.format(**dict(values))


def _bases(names: Sequence[str], rows: Sequence[Known]) -> list[Base]:
    """The bases asked for; `all` stands for those of the years whose costs are known of every row."""
    years = _years(rows)
    asked = read_bases(names)
    return list(dict.fromkeys(base for one in asked for base in (every_base(years) if isinstance(one, str) else [one])))


def _years(rows: Sequence[Known]) -> list[int]:
    return sorted(set.intersection(*(set(row.costs) for row in rows)))


def _known(settlement: Settlement, panel: Panel | None, area: str | None) -> Iterator[Known]:
    """What is known of each row that a series adjusts; what the file states goes before what the panel does."""
    agreement = settlement.agreement
    of_area: dict[int, Fraction] = {}
    if panel is not None and area is not None:
        name = known_area(panel, area)
        unit = Fraction(ORE_PER[panel.rounding], ORE_PER[agreement.rounding]) if panel.rounding else Fraction(1)
        of_area = {year: cost * unit for year, cost in panel.costs[name].items()}
    for row, activity in agreement.activities.items():
        if not activity.series:
            continue
        costs = dict(of_area)
        if isinstance(activity.base, YearBase):
            costs[activity.base.year] = Fraction(activity.base.amount)
        for year in settlement.years:
            months = agreement.period.months(year.year)
            for one in year.activities:
                if one.id == row and (cost := one.units("actual")) is not None and months and year.status != "budget":
                    costs[year.year] = Fraction(cost * 12, months)
        yield Known(row, costs, _outcomes(agreement, row), panel if of_area else None)


def _outcomes(agreement: Agreement, row: str) -> Mapping[int, Fraction]:
    """The country's development as the row's series have it, their product where there are several, by the years that all of them know."""
    found: dict[int, Fraction] = {}
    held = [agreement.series[name] for name in agreement.activities[row].series]
    for year in sorted({year for one in held for year in (*one.outcome, *one.forecast)}):
        points = [one.point("outcome", year) for one in held]
        known = [point[1] for point in points if point is not None]
        if len(known) == len(held):
            found[year] = prod(known, start=Fraction(1))
    return found


def _frames(agreement: Agreement, base: Base, rows: Sequence[Known], year: YearResult) -> dict[str, int] | Cannot:
    """The frame of each adjusted row in a year, or why the base does not give it."""
    found = {}
    known = _years(rows)
    if year.year not in settled_years(base, sorted({*known, year.year})):
        return _NO_YEAR, ()
    from_years = base_years(base, known, year.year)
    for row in rows:
        if row.row not in {one.id for one in year.activities}:
            continue
        for one in from_years:
            if one not in row.costs:
                return _NO_COST, (("row", row.row), ("year", str(one)))
        pace = row.pace(from_years, year.year)
        if pace is None:
            return _NO_COUNTRY, (("years", ", ".join(map(str, from_years))), ("year", str(year.year)))
        months = agreement.period.months(year.year)
        found[row.row] = round_fraction(sum((row.costs[one] for one in from_years), Fraction(0)) * pace * months / 12)
    return found


def _under(settlement: Settlement, rows: Sequence[Known], frames: Mapping[int, Mapping[str, int]]) -> Agreement:
    """The agreement with these frames; an adjusted row of another year keeps the frame that it has."""
    agreement = settlement.agreement
    years = {}
    for one in settlement.years:
        stated = agreement.years[one.year]
        frame = _of_its_months(stated, agreement.period.months(one.year))
        for row in one.activities:
            if row.id in {known.row for known in rows}:
                whole = frames.get(one.year, {}).get(row.id)
                own = (row.units("preliminary") or 0) + (row.units("adjustment") or 0)
                frame[row.id] = _row(stated, row.id, own if whole is None else whole)
        years[one.year] = stated.model_copy(update={"frame": frame, "expect": None, "annual_amounts": False})
    plain = {"adjust": None, "base": None}
    kept = {known.row for known in rows}
    activities = {name: one.model_copy(update=plain) if name in kept else one for name, one in agreement.activities.items()}
    return agreement.model_copy(update={"years": years, "activities": activities})


def _of_its_months(stated: Year, months: int) -> dict[str, FrameRow]:
    """The year's frame as § 1.1 has it: of amounts of a whole year the part of its months, so that they stand beside a frame of these."""
    part = Fraction(months if stated.annual_amounts else 12, 12)
    frame: dict[str, FrameRow] = {}
    for row, amount in stated.frame.items():
        cells = {party: round_fraction(cell * part) for party, cell in amount.items()} if isinstance(amount, dict) else None
        frame[row] = round_fraction(amount * part) if isinstance(amount, int) else cells or {}
    return frame


def _row(stated: Year, row: str, whole: int) -> int | dict[str, int]:
    """A row's amount as the year has it: the funder's or the key's to divide, or over the parties in proportion to what they put in."""
    match stated.frame.get(row):
        case dict() as cells if any(cells.values()):
            return dict(zip(cells, apportion(whole, list(cells.values())), strict=True))
        case _:
            return whole
