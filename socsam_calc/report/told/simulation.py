"""A simulation as blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ...amounts import SPACE, Scale, grouped
from ...engine.figures import PartyResult
from ...money import round_fraction
from ..data.simulation import BARS, SHARES
from .effect import without_effect
from .notes import assumptions
from .pen import AmountCells, figure_name, full_title, gained
from .tables import BAD, Block, Cell, Column, Heading, Lines, Table
from .words import Words

if TYPE_CHECKING:
    from ...answers.simulation.simulate import Simulated
    from ...answers.simulation.tally import Limits

_BAR: Final = 30
"""How long the longest bar of a histogram is."""


def report(one: Simulated, words: Words, unit: str | None = None, *, histograms: bool = True) -> Iterator[Block]:
    """The simulation's blocks. Amounts are rounded to the agreement's rounding unit."""
    yield from _Writer(one, words, unit).blocks(histograms=histograms)


class _Writer(AmountCells):
    def __init__(self, one: Simulated, words: Words, unit: str | None) -> None:
        self.one, self.tally, self.agreement = one, one.tally, one.job.agreement
        self.words = words.under(self.agreement.law)
        self.quantiles = {path: figure.quantiles(SHARES) for path, figure in self.tally.figures.items()}
        super().__init__(Scale(self.agreement.rounding, unit or self.agreement.unit, self._amounts()))

    def _amounts(self) -> Iterator[int | None]:
        for path, figure in self.tally.figures.items():
            yield from (
                None if value is None else round_fraction(value) for value in (figure.mean, *self.quantiles[path], figure.deviation)
            )
        for bound in self.tally.bounds:
            yield from (bound.least, bound.most, bound.equals)

    def blocks(self, *, histograms: bool) -> Iterator[Block]:
        words, agreement = self.words, self.agreement
        done = words("{draws} draw" if self.tally.draws == 1 else "{draws} draws", draws=grouped(self.tally.draws))
        if self.one.partial:
            done = words("partial: {draws} of {wanted} draws", draws=grouped(self.tally.draws), wanted=grouped(self.one.wanted))
        yield Heading(f"{full_title(agreement)}, {done}. {words('Amounts in {unit}', unit=self.scale.unit)}.")
        yield from self._tables()
        if histograms:
            yield from self._histograms()
        if self.one.job.capital:
            yield Lines(words("Own capital"), list(self._capital()))
        if self.tally.bounds:
            yield Lines(words("Bounds"), list(self._bounds()))
        yield Lines(words("How it was drawn"), list(self._notes()))
        yield from without_effect(self.one.job.idle, self.one.job.about, words)
        yield from assumptions(agreement.assumptions, words)

    def _tables(self) -> Iterator[Table]:
        """A table for each year and figure of the parties, the result under what each ends with; then the figures that are no party's."""
        words = self.words
        columns = [
            Column(words("party"), False),
            *(Column(words(name)) for name in ("mean", "sd", "5 %", "median", "95 %", "chance of deficit")),
        ]
        of_parties: dict[tuple[str, str], list[str]] = {}
        others: dict[str, str] = {}
        for path in self.tally.figures:
            match path.split("."):
                case [year, "parties", _, figure]:
                    of_parties.setdefault((year, figure), []).append(path)
                case [year, *_]:
                    others[path] = year
        for (year, figure), paths in of_parties.items():
            rows = [self._row(path, path.split(".")[2]) for path in paths]
            result = f"{year}.totals.result"
            if figure == self._end(year) and others.pop(result, None) is not None:
                rows.append(self._row(result, words("result")))
            said = words(PartyResult.figures[figure].of_each)
            yield Table(words("{year}: {figure} ({id})", year=year, figure=said, id=figure), columns, rows, len(rows) - len(paths))
        if others:
            yield Table(words("Figures"), [Column(words("figure"), False), *columns[1:]], [self._row(path, path) for path in others])

    def _end(self, year: str) -> str:
        """The figure that the result of the year stands under: what a party ends with, or its part where no more is known."""
        settled = any(path.startswith(f"{year}.parties.") and path.endswith(".settled") for path in self.tally.figures)
        return "settled" if settled else "allocated"

    def _row(self, path: str, name: str) -> list[Cell]:
        figure, shown = self.tally.figures[path], self.shown(gained=gained(path))
        mean, spread, *quantiles = (
            None if value is None else round_fraction(value) for value in (figure.mean, figure.deviation, *self.quantiles[path])
        )
        return [Cell(name), shown(mean), self.plain(spread), *map(shown, quantiles), Cell(percent(figure.negative, figure.count))]

    def _histograms(self) -> Iterator[Table]:
        """How own capital at the end of the last year, and what each party ends with in it, are distributed; not what nearly all draws agree on."""
        paths = [path for path in self.tally.figures if path.split(".")[1] == "parties"]
        years = {path.split(".")[0] for path in paths}  # those that a bound alone names are no years that were asked for
        last = max({year for year in years if f"{year}.totals.result" in self.tally.figures} or years, default="")
        words, capital = self.words, f"{last}.reserve.closing"
        named = {path: path.split(".")[2] for path in paths if path.startswith(f"{last}.")}
        if capital in self.tally.figures:
            named = {capital: words("Own capital"), **named}
        for path, name in named.items():
            lowest, *_, highest = self.quantiles[path]
            if lowest == highest:
                continue
            bars, shown = self.tally.figures[path].histogram(BARS), self.shown(gained=gained(path))
            most = max((count for _, _, count in bars), default=0)
            if len(bars) < 2:
                continue
            rows = [
                [
                    shown(least), shown(above), Cell(percent(count, self.tally.figures[path].count)),
                    Cell("#" * round(_BAR * count / most), BAD if above <= 0 else ""),
                ]
                for least, above, count in bars
            ]  # fmt: skip
            columns = [Column(words("from")), Column(words("below")), Column(words("draws")), Column("", False)]
            yield Table(words("{party}, {year}: {figure}", party=name, year=last, figure=figure_name(path, words)), columns, rows)

    def _capital(self) -> Iterator[Cell]:
        """How often own capital ends at its floor, or above its ceiling."""
        words, settled = self.words, self.tally.draws - self.tally.refused
        for one in self.one.job.capital:
            if one.floor is not None:
                share = percent(self.tally.capital[one.year, "floor"], settled)
                text = words(
                    "{year}: at its floor of {floor}, or below it, in {share} of the draws",
                    year=one.year, floor=self.scale.with_unit(one.floor), share=share,
                )  # fmt: skip
                yield Cell(f"- {text}")
            if one.ceiling is not None:
                share = percent(self.tally.capital[one.year, "ceiling"], settled)
                yield Cell("- " + words("{year}: above its ceiling in {share} of the draws", year=one.year, share=share))

    def _bounds(self) -> Iterator[Cell]:
        words, settled = self.words, self.tally.draws - self.tally.refused
        for bound, missed in zip(self.tally.bounds, self.tally.missed, strict=True):
            text = words("{bound}: missed in {share} of the draws", bound=self._bound(bound), share=percent(missed, settled))
            yield Cell(f"- {text}", BAD if missed else "")
        if len(self.tally.bounds) > 1:
            text = words("Some bound is missed in {share} of the draws", share=percent(self.tally.missed_any, settled))
            yield Cell(f"- {text}", BAD if self.tally.missed_any else "")

    def _bound(self, bound: Limits) -> str:
        words, figure = self.words, bound.figure
        least, most, exactly = (self.scale.amount(units, signed=False) for units in (bound.least, bound.most, bound.equals))
        match bound.least, bound.most, bound.equals:
            case _, _, int():
                return words("{figure} exactly {bound}", figure=figure, bound=exactly)
            case int(), int(), _:
                return words("{figure} between {least} and {most}", figure=figure, least=least, most=most)
            case int(), _, _:
                return words("{figure} at least {bound}", figure=figure, bound=least)
            case _:
                return words("{figure} at most {bound}", figure=figure, bound=most)

    def _notes(self) -> Iterator[Cell]:
        words, tally = self.words, self.tally
        yield Cell("- " + words("Seed {seed}: the same seed gives the same draws.", seed=self.one.job.seed))
        error = max((figure.error for figure in tally.figures.values()), default=Fraction(0))
        text = "The quantiles are within {error} of those of the draws." if error else "The quantiles are those of these draws, exactly."
        yield Cell("- " + words(text, error=self.scale.with_unit(-(-error.numerator // error.denominator))))
        if tally.refused:
            text = words(
                "{count} draw is left out: under it the agreement cannot be settled."
                if tally.refused == 1
                else "{count} draws are left out: under them the agreement cannot be settled.",
                count=grouped(tally.refused),
            )
            yield Cell(f"- {text}", BAD)
        for one in self.one.job.inputs:
            if one.distribution == "expected":
                text = (
                    "{name} is drawn around {mean}, which is expected to remain, with the deviation {sd} that its {months} months so far give, as if they were independent."
                    if "months" in one.parameters
                    else "{name} is drawn around {mean}, which is expected to remain, with the deviation {sd}."
                )
                amounts = {name: self.scale.with_unit(round_fraction(Fraction(one.parameters[name]))) for name in ("mean", "sd")}
                yield Cell("- " + words(text, name=one.name, months=int(one.parameters.get("months", 0)), **amounts))
        for name, count in tally.clipped.items():
            if count:
                text = words(
                    "{count} draw of {name} lay outside what the file may hold, and was set to its limit."
                    if count == 1
                    else "{count} draws of {name} lay outside what the file may hold, and were set to its limit.",
                    count=grouped(count),
                    name=name,
                )
                yield Cell(f"- {text}")
        if tally.slow:
            text = words(
                "{count} draw was settled by itself, exactly but slowly."
                if tally.slow == 1
                else "{count} draws were settled one by one, exactly but slowly.",
                count=grouped(tally.slow),
            )
            yield Cell(f"- {text}")
        if self.one.partial:
            text = "It was ended early: {draws} of {wanted} draws were done."
            yield Cell("- " + words(text, draws=grouped(tally.draws), wanted=grouped(self.one.wanted)), BAD)


def percent(count: int, whole: int) -> str:
    """A share of the draws, to a tenth of a per cent; what is neither none nor all is never shown as such."""
    if not whole:
        return "–"
    tenths = (2000 * count + whole) // (2 * whole)
    if count and not tenths:
        return f"<{SPACE}0,1{SPACE}%"
    if tenths == 1000 and count < whole:
        return f">{SPACE}99,9{SPACE}%"
    return f"{tenths // 10},{tenths % 10}{SPACE}%"
