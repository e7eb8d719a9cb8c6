"""Evaluation effects as blocks of a report: one area in full, how much one choice moves it, or several areas side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ...amounts import SPACE, Scale, rounded
from ...answers.evaluate import Effect, Measure
from ...model.evaluation import ROUNDING, ControlArea, Evaluation, FrameBounds, Item
from ...money import ORE_PER, round_fraction
from .notes import assumptions, sources_and_notes
from .tables import Block, Cell, Column, Heading, Lines, Number, Table, tone
from .words import Words

_DECIMALS: Final = {"kr": 0, "tkr": 0, "mkr": 2}
"""How many decimals amounts have in each unit; in mkr two, as in the report of 2001."""


class Figures:
    """How effects are written in one language and one unit: signed, rounded only here."""

    def __init__(self, words: Words, unit: str) -> None:
        self.words, self.unit = words, unit

    def amount(self, value: Fraction | int | None, *, signed: bool = True) -> Cell:
        """An amount of öre in the unit."""
        return _toned(None if value is None else Fraction(value) / ORE_PER[self.unit], _DECIMALS[self.unit], signed=signed)

    def with_unit(self, value: Fraction | int, *, signed: bool = True) -> str:
        """An amount of öre followed by its unit, for sentences."""
        return f"{self.amount(value, signed=signed).text}{SPACE}{self.unit}"

    def percent(self, measure: Measure | None) -> Cell:
        """The effect in percent of the frame: one decimal, or two for a range where only bounds of the frame are known."""
        if measure is None or measure.percent_of_frame is None:
            return Cell(Number(None))
        low, high = (step.value * 100 for step in measure.percent_of_frame)
        if low == high:
            return _toned(low, 1)
        first, last = rounded(low, 2, signed=True), rounded(high, 2, signed=True)
        text = first if first == last else self.words("{low} to {high}", low=first, high=last).replace(" ", SPACE)
        return Cell(text, tone(low))

    def derived(self, measure: Measure | None) -> list[Cell]:
        """Per year, kronor per inhabitant, kronor per year and inhabitant, percent of the frame."""
        if measure is None:
            return [Cell(Number(None))] * 4
        kronor = [_toned(step.value / ORE_PER["kr"], 0) for step in (measure.per_inhabitant, measure.per_year_and_inhabitant)]
        return [self.amount(measure.per_year.value), *kronor, self.percent(measure)]

    def effect(self, measure: Measure | None) -> Cell:
        """The effect over all years."""
        return self.amount(None if measure is None else measure.effect.value)


def _toned(value: Fraction | None, decimals: int, *, signed: bool = True) -> Cell:
    """A number with the tone of what it is as shown: what is rounded to 0 has none."""
    count = round_fraction((value or Fraction(0)) * 10**decimals)
    return Cell(Number(value, decimals, signed), tone(count) if signed else "")


def span(years: Sequence[int]) -> str:
    """Years as people write them: `1997–2000`, or each one where some are missing."""
    if len(years) == 1:
        return str(years[0])
    whole = len(years) == years[-1] - years[0] + 1
    return f"{years[0]}–{years[-1]}" if whole else ", ".join(map(str, years))


def report(effect: Effect, words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """One area: the effect by item with what follows from it, then year by year, then what it rests on. ``unit`` None is the file's own."""
    evaluation = effect.evaluation
    figures = Figures(words, unit or evaluation.unit)
    yield heading(effect, figures)
    yield Lines("", list(_opening(effect, figures)))
    yield _by_item(effect, figures)
    if any(item.years for item in effect.items):
        yield _by_year(effect, figures)
    yield Lines("", [*frame_lines(evaluation, figures), *meaning(words)])
    yield from _sources(evaluation, words)
    if hints:
        lines = ["`--leave-one-out` shows the effect without each item in turn."] if len(effect.items) > 1 else []
        if len(evaluation.base_years([item.id for item in effect.items])) > 1:
            lines.insert(0, "`--base-year all` shows what other base years would give.")
        yield Lines("", [Cell(words(line)) for line in lines])


def heading(effect: Effect, figures: Figures) -> Heading:
    """Whose evaluation effect, of which years, against which base year."""
    words, evaluation = figures.words, effect.evaluation
    title = f"{evaluation.area}: {words('evaluation effect {years}', years=span(evaluation.years))}"
    if effect.base_year is not None:
        title += ", " + words("base year {year}", year=effect.base_year)
    return Heading(f"{title}. {words('Amounts in {unit}', unit=figures.unit)}.")


def _opening(effect: Effect, figures: Figures) -> Iterator[Cell]:
    """What the figures say, in a sentence; and where they come from."""
    words, value = figures.words, effect.total.effect.value
    amount = figures.with_unit(value)
    if value > 0:
        yield Cell(words("Costs grew more slowly than in the control area: an evaluation effect of {amount}.", amount=amount))
    elif value < 0:
        yield Cell(words("Costs grew faster than in the control area: an evaluation effect of {amount}.", amount=amount))
    else:
        yield Cell(words("Costs grew as in the control area: the evaluation effect is 0."))
    published = [item.name for item in effect.items if item.published]
    if published and len(published) == len(effect.items):
        yield Cell(words("The effects are those published: they are not computed here, as the yearly costs are not known."))
    elif published:
        text = "As published, not computed here, as the yearly costs are not known: {items}."
        yield Cell(words(text, items=", ".join(published)))
    for item in effect.items:
        if item.years and _base_is_zero(effect, item.id):
            yield Cell(words("{item} cost nothing in the base year: its effect is minus all that it cost.", item=item.name))


def _base_is_zero(effect: Effect, name: str) -> bool:
    """Whether the item cost nothing in the base year, so that no development can be expected of it."""
    costs = effect.evaluation.items[name].trial
    return costs is not None and effect.base_year is not None and costs[effect.base_year] == 0


def _by_item(effect: Effect, figures: Figures) -> Table:
    words = figures.words
    columns = [Column(words("item"), False), Column(words("kind"), False), Column(words("effect")), *derived_columns(words)]
    rows = [
        [Cell(item.name), Cell(words(item.kind)), figures.effect(item.measure), *figures.derived(item.measure)] for item in effect.items
    ]
    totals: list[tuple[str, Measure]] = [("total", effect.total)]
    if effect.transfers is not None:
        totals.insert(0, ("transfers", effect.transfers))
    rows += [[Cell(words(name)), Cell(""), figures.effect(measure), *figures.derived(measure)] for name, measure in totals]
    return Table(words("Evaluation effect by item"), columns, rows, len(totals))


def derived_columns(words: Words) -> list[Column]:
    """The titles of what is derived from an effect."""
    return [Column(words(title)) for title in ("per year", "kr/inhabitant", "kr/inhabitant a year", "% of the frame")]


def _by_year(effect: Effect, figures: Figures) -> Table:
    """Each item's effect year by year; of a published one only the sum is known."""
    words, years = figures.words, effect.evaluation.years
    columns = [Column(words("item"), False), *(Column(str(year)) for year in years), Column(words("effect"))]
    rows = [
        [
            Cell(item.name),
            *(figures.amount(item.years[year].effect.value if item.years else None) for year in years),
            figures.effect(item.measure),
        ]
        for item in effect.items
    ]
    totals = [effect.yearly[year].value if effect.yearly else None for year in years]
    rows.append([Cell(words("total")), *map(figures.amount, totals), figures.effect(effect.total)])
    return Table(words("Evaluation effect by year"), columns, rows, 1)


def frame_lines(evaluation: Evaluation, figures: Figures) -> Iterator[Cell]:
    """What is known of the accumulated frame."""
    words, exact = figures.words, Scale(ROUNDING, figures.unit).with_unit
    match evaluation.frame:
        case None:
            yield Cell(words("The accumulated frame is not known."))
        case FrameBounds() as frame:
            text = "Of the accumulated frame only bounds are known, {least} and {most}: hence the range of percentages."
            yield Cell(words(text, least=exact(frame.at_least), most=exact(frame.at_most)))
        case frame:
            yield Cell(words("The accumulated frame is {amount}.", amount=exact(frame)))


def meaning(words: Words) -> list[Cell]:
    """What the measure is, and what it is not."""
    return [
        Cell(words("Evaluation effect: the base year's cost at the control area's pace, less actual cost; + slower growth, − faster.")),
        Cell(words("It is not the financial result, which is frame less actual cost and is what the parties settle.")),
    ]


def _sources(evaluation: Evaluation, words: Words) -> Iterator[Block]:
    """The control area, the file's sources and notes, and what it assumes."""
    area = evaluation.control_area
    if area is not None and (area.name or area.municipalities):
        parts = filter(None, (area.name, ", ".join(area.municipalities)))
        yield Lines(words("Control area"), [Cell(": ".join(parts))])
    held: list[tuple[str, Evaluation | ControlArea | Item]] = [("", evaluation)]
    held += [] if area is None else [(words("Control area"), area)]
    yield from sources_and_notes(((name, part.source, part.note) for name, part in [*held, *evaluation.items.items()]), words)
    yield from assumptions(evaluation.assumptions, words)


def comparison(effects: Sequence[Effect], words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """Several areas side by side: the effect by item, then the total and the transfers with what follows from them.

    They are tables 13, 16 and 17 of the report of 2001 in one.
    """
    figures = Figures(words, unit or effects[0].evaluation.unit)
    names: dict[str, set[str]] = {}
    for effect in sorted(effects, key=lambda one: -len(one.items)):  # the fullest file sets the order
        for item in effect.items:
            names.setdefault(item.id, set()).add(item.name)
    columns = [Column(words("area"), False), Column(words("years"), False)]
    columns += [Column(next(iter(called)) if len(called) == 1 else name) for name, called in names.items()]
    for whole in (words("total"), words("transfers")):
        columns += [Column(whole, wanted=True), *(Column(f"{whole} {column.title}") for column in derived_columns(words))]
    rows = []
    for effect in effects:
        held = {item.id: item.measure for item in effect.items}
        cells = [figures.effect(held.get(name)) for name in names]
        totals = [cell for measure in (effect.total, effect.transfers) for cell in (figures.effect(measure), *figures.derived(measure))]
        rows.append([Cell(effect.evaluation.area), Cell(span(effect.evaluation.years)), *cells, *totals])
    yield Heading(f"{words('Evaluation effects')}. {words('Amounts in {unit}', unit=figures.unit)}.")
    yield Table("", columns, rows)
    lines = []
    published = [effect.evaluation.area for effect in effects if any(item.published for item in effect.items)]
    if published:
        text = "As published, not computed here, as the yearly costs are not known: {items}."
        lines.append(Cell(words(text, items=", ".join(published))))
    bounded = [effect.evaluation.area for effect in effects if isinstance(effect.evaluation.frame, FrameBounds)]
    if bounded:
        text = "Where only bounds of the accumulated frame are known, the percentage is a range: {areas}."
        lines.append(Cell(words(text, areas=", ".join(bounded))))
    yield Lines("", [*lines, *meaning(words)])
    assumed: dict[str, list[str]] = {}
    for effect in effects:
        for line in effect.evaluation.assumptions:
            assumed.setdefault(line, []).append(effect.evaluation.area)
    yield from assumptions((f"{', '.join(areas)}: {line}" for line, areas in assumed.items()), words)
    if hints:
        yield Lines("", [Cell(words("One file alone is shown in more detail."))])


if TYPE_CHECKING:
    from ..data.evaluation import Case

_WIDTH: Final = 32
"""How many characters the longest span of bars takes."""


def told(case: Case, words: Words, unit: str | None = None, *, drawn: bool, hints: bool) -> Iterator[Block]:
    """An effect in full; where it was asked for under several choices, these alone."""
    _, effect, others, without = case
    if others is None and without is None:
        yield from report(effect, words, unit, hints=hints)
    if others is not None:
        yield from base_years(effect, others, words, unit, drawn=drawn)
    if without is not None:
        yield from left_out(effect, without, words, unit, drawn=drawn)


def base_years(effect: Effect, others: Sequence[Effect], words: Words, unit: str | None = None, *, drawn: bool) -> Iterator[Block]:
    """The effect under each base year, and how far the choice moves it. ``drawn`` adds bars, for a terminal."""
    figures = Figures(words, unit or effect.evaluation.unit)
    first = effect.evaluation.years[0]
    yield heading(effect, figures)
    years = [other.base_year or 0 for other in others]
    labels = [
        [
            Cell(str(year)),
            Cell(words("of the file" if year == effect.base_year else "before the trial" if year < first else "inside the trial")),
        ]
        for year in years
    ]
    columns = [Column(words("base year"), False), Column("", False)]
    yield from _cases(words("Evaluation effect by base year"), columns, labels, others, effect, figures, drawn=drawn)
    before = [other for other in others if (other.base_year or 0) < first]
    lines = []
    if len(before) > 1:
        lines.append(_spread("Base years before the trial", before, figures))
    if len(before) < len(others):
        if len(before) < 2 or _extremes(before) != _extremes(others):
            lines.append(_spread("All base years", others, figures))
        lines.append(Cell(words("A base year inside the trial already holds what the trial did: it shows sensitivity, not the effect.")))
    fixed = [item.name for item in effect.items if item.published]
    if fixed:
        lines.append(Cell(words("Published effects stay as they are under any base year: {items}.", items=", ".join(fixed))))
    yield Lines("", [*lines, *meaning(words)])


def left_out(effect: Effect, others: Mapping[str, Effect], words: Words, unit: str | None = None, *, drawn: bool) -> Iterator[Block]:
    """The effect without each item in turn, and how far one item moves it."""
    figures = Figures(words, unit or effect.evaluation.unit)
    yield heading(effect, figures)
    names = {item.id: item.name for item in effect.items}
    labels = [[Cell(words("nothing"))], *([Cell(names[name])] for name in others)]
    columns = [Column(words("left out"), False)]
    cases = [effect, *others.values()]
    yield from _cases(words("Evaluation effect without each item"), columns, labels, cases, effect, figures, drawn=drawn)
    yield Lines("", [_spread("Without one item", list(others.values()), figures), *meaning(words)])


def _cases(
    title: str,
    columns: Sequence[Column],
    labels: Sequence[Sequence[Cell]],
    cases: Sequence[Effect],
    base: Effect,
    figures: Figures,
    *,
    drawn: bool,
) -> Iterator[Table]:
    """The cases as a table; where ``drawn``, then as bars from one zero line."""
    words = figures.words
    head = columns[0]
    columns = [*columns, Column(words("transfers")), Column(words("total")), Column(words("difference"))]
    totals = [case.total.effect.value for case in cases]
    rows = [
        [*label, figures.effect(case.transfers), figures.effect(case.total), figures.amount(total - base.total.effect.value)]
        for label, case, total in zip(labels, cases, totals, strict=True)
    ]
    yield Table(title, columns, rows)
    if drawn:
        bar_rows = [
            [label[0], figures.effect(case.total), Cell(bar, figures.effect(case.total).tone)]
            for label, case, bar in zip(labels, cases, bars(totals), strict=True)
        ]
        yield Table("", [head, Column(words("total")), Column("", False)], bar_rows)


def _spread(name: str, cases: Sequence[Effect], figures: Figures) -> Cell:
    """The lowest and the highest effect, and what lies between them."""
    words = figures.words
    low, high = _extremes(cases)
    amounts = {"low": figures.with_unit(low), "high": figures.with_unit(high), "spread": figures.with_unit(high - low, signed=False)}
    text = f"{words(name)}: {words('from {low} to {high}, a spread of {spread}.', **amounts)}"
    if low < 0 < high:
        text += " " + words("The choice decides even the sign.")
    return Cell(text)


def _extremes(cases: Sequence[Effect]) -> tuple[Fraction, Fraction]:
    values = [case.total.effect.value for case in cases]
    return min(values), max(values)


def bars(values: Sequence[Fraction], width: int = _WIDTH) -> list[str]:
    """A bar for each value, all from one zero line: to its left below 0, to its right above."""
    low, high = min(Fraction(0), *values), max(Fraction(0), *values)
    if low == high:
        return ["│"] * len(values)
    left = max(round(width * -low / (high - low)), int(low < 0))
    drawn = []
    for value in values:
        length = round(width * abs(value) / (high - low))
        bar = "█" * (length or int(value != 0))
        drawn.append(f"{bar.rjust(left, SPACE)}│" if value < 0 else f"{SPACE * left}│{bar}")
    return drawn
