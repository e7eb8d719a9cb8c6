"""The calculation of agreements as the sheets of a workbook: what is changed, what is computed, and what says whether that may be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ...engine.results import Settlement
from ...engine.values import known_figures
from ...money import ORE_PER
from ..render.grid import Sheet, Spot
from ..render.sheets import xlsx
from ..render.stacked import Taken, sheets
from ..told.pen import common_unit
from ..told.sheets import title_of
from ..told.words import Words
from .cells import Beyond, Held, Value, units
from .checks import ALL, CHANGED, Checks, counts
from .entered import Entered
from .pages import Pages
from .steps import INSTALMENTS, NOT_LIVE, PAYMENTS, SPLIT, Label, Steps
from .years import Course


class Calculation(NamedTuple):
    """The sheets, the cell of each figure by its path, agreement by agreement; cells by their names; and the cells that warn, by what they are about."""

    sheets: Sequence[Sheet]
    figures: Sequence[Mapping[str, Value]]
    names: Mapping[str, Spot]
    warnings: Mapping[str, Spot]


def workbook(settlements: Sequence[Settlement], words: Words, unit: str | None = None) -> bytes:
    """The content of an .xlsx file: what agreements come to, year by year, and the calculation that it comes from, live.

    ``unit`` None is the files' own, the smallest where they differ. Raises OutputError as :func:`~..render.sheets.xlsx` does.
    """
    settled = [(settlement, settlement.years) for settlement in settlements]
    title = title_of(settled, words)
    made = calculation(settlements, words, title)
    live = [
        {path: Taken(units(value), value.spot if isinstance(value, Held) else None) for path, value in held.items()}
        for held in made.figures
    ]
    shown = [_warned(sheet, made.warnings, words) for sheet in sheets(settled, words, unit, live)]
    smallest = min((ORE_PER[settlement.agreement.rounding] for settlement in settlements), default=1)
    size = ORE_PER[unit or common_unit(settlement.agreement.unit for settlement in settlements)]
    finest = len(str(size // smallest)) - 1 if size > smallest else 0
    checks = {f"check.{kind}": spot for kind, spot in made.warnings.items()}
    return xlsx([*shown, *made.sheets], title, {**made.names, **checks}, finest)


_OWN: Final = {"Payments": PAYMENTS, "Office and state": SPLIT, "Instalments": INSTALMENTS}
"""The sheets of which not all is live."""


def _warned(sheet: Sheet, warnings: Mapping[str, Spot], words: Words) -> Sheet:
    """A sheet that says when it is not to be trusted: the first for all checks, those that are not live for their own."""
    own = next((kind for title, kind in _OWN.items() if words(title) == sheet.name), None)
    if own is not None and own in warnings:
        return sheet._replace(warned=([warnings[own]], words("NOT LIVE: something was changed, and this sheet is still that of the file")))
    if sheet.name == words("Overview"):
        spots = [spot for kind, spot in warnings.items() if kind != CHANGED]
        return sheet._replace(warned=(spots, words("NOT TO BE TRUSTED: see the sheet of checks")))
    return sheet


def calculation(settlements: Sequence[Settlement], words: Words, heading: str) -> Calculation:
    """The calculation of agreements, each figure held against that of the engine. ``heading`` says what the workbook is about."""
    pages = Pages(words, several=len(settlements) > 1)
    try:
        made = [_made(pages, words, settlement, len(settlements) > 1) for settlement in settlements]
    except Beyond:
        checks = Checks(words, heading, [(ALL, ["1"])], today=1)
        return Calculation([checks.sheet], [{} for _ in settlements], {}, checks.cells)
    watched = {kind for settlement in settlements for kind in _not_live(settlement)}
    checks = Checks(words, heading, counts(pages, words, [kind for kind in NOT_LIVE if kind in watched]))
    rounding = " / ".join(dict.fromkeys(settlement.agreement.rounding for settlement in settlements))
    about = words("Amounts here count {unit}, the smallest amount that is settled", unit=rounding)
    if any(settlement.agreement.assumptions for settlement in settlements):
        about = f"{about}. {words('Rests on assumptions')}"
    shown = [Sheet(page.name, f"{heading}: {page.name}. {about}.", page.columns, page.rows, 1) for page in pages.all if page.rows]
    names = made[0][1] if len(made) == 1 else {}
    return Calculation([*shown, checks.sheet], [figures for figures, _ in made], names, checks.cells)


def _made(pages: Pages, words: Words, settlement: Settlement, several: bool) -> tuple[Mapping[str, Value], dict[str, Spot]]:
    """Write one agreement; its figures, and the names of its cells."""
    steps = Steps(pages, words.under(settlement.agreement.law), settlement.agreement.area if several else "")
    entered = Entered(settlement.agreement, steps)
    Course(steps, entered)
    for path, step in known_figures(settlement).items():
        if step is not None and path in steps.figures and units(steps.figures[path]) != step.value:
            raise AssertionError(f"the workbook's {path} comes to {units(steps.figures[path])}, not {step.value}")
    _watch(steps, settlement)
    figures = {f"_{path}": value.spot for path, value in steps.figures.items() if isinstance(value, Held)}
    return steps.figures, {**entered.places, **figures}


def _not_live(settlement: Settlement) -> list[str]:
    split = any(year.state_split is not None for year in settlement.years)
    planned = any(year.instalments is not None for year in settlement.agreement.years.values())
    return [PAYMENTS, *([SPLIT] if split else []), *([INSTALMENTS] if planned else [])]


def _watch(steps: Steps, settlement: Settlement) -> None:
    """A row for everything on which something rests that is not live: by how much it differs from the file."""
    of_year: dict[str, list[tuple[list[str], Value]]] = {}
    for path, value in steps.figures.items():
        number, *within = path.split(".")
        of_year.setdefault(number, []).append((within, value))
    for year in settlement.years:
        office = None if year.state_split is None else year.state_split.party
        for (part, *rest), value in of_year.get(str(year.year), ()):
            if isinstance(value, int):
                continue
            owner, figure = rest[0] if len(rest) > 1 else "", rest[-1]
            paid = figure == "transfer"
            split = office is not None and (
                (part == "activities" and figure in ("actual", office))
                or (part == "parties" and owner == office and figure in ("settled", "divided"))
            )
            for kind, rests in ((PAYMENTS, paid), (SPLIT, split)):
                if rests:
                    label = Label("difference", year.year, "" if part == "parties" else owner, owner if part == "parties" else "")
                    steps.computed(label, 0, value, f"-{value.value}" if value.value >= 0 else f"+{-value.value}", must=kind)
