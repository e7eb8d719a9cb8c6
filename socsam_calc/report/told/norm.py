"""The norm as blocks of a report: the bases side by side, each over its own years, and what is told of the panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ...amounts import DASH, SPACE, Scale, grouped, rounded
from ...answers.norm.luck import FEWEST_YEARS, OVER_DRAWS, Luck
from ...answers.norm.luck import SHARES as LUCK_SHARES
from ...answers.norm.norm import SHARES, BaseResult
from ...answers.norm.norm import Block as Told
from ...model.panel import Cost
from ...money import round_fraction
from ...problems import cut
from ..data.norm import Case
from .evaluation import span
from .norm_area import OneArea
from .norm_pen import NormPen
from .pen import ROLES
from .tables import Amount, Block, Cell, Column, Lines, Number, Outline, Table, money, tone
from .words import Words

_MOST_NAMED: Final = 8
_MOST_DRAWN: Final = 4
"""Of more bases no distribution is drawn: their percentiles say it."""

_BARS: Final = 12
_BAR: Final = 30


def report(case: Case, words: Words, unit: str | None = None, area: str | None = None, *, hints: bool = True) -> Iterator[Block | Outline]:
    """The norm's blocks; ``unit`` None is the panel's own, ``area`` the one that is told in full."""
    if area is not None:
        yield from OneArea(case, words, unit).blocks(area)
    else:
        yield from Writer(case, words, unit).blocks(hints=hints)


class Writer(NormPen):
    """Writes the norm of all areas."""

    # --- the blocks ---------------------------------------------------------------------------------------------------------

    def blocks(self, *, hints: bool) -> Iterator[Block]:
        """Everything that is told."""
        yield self.heading()
        yield Lines("", list(self._opening()))
        yield from self._compared()
        yield self._own()
        yield from self._percents()
        yield from self._by_year()
        if len(self.norm.bases) <= _MOST_DRAWN:
            yield from self._distributions()
        yield from self._luck()
        yield from self._terms()
        if notes := list(self._notes()):
            yield Lines(self.words("What else shows"), notes)
        if hints:
            lines = ["`--area` shows one area in full, and how each of its figures comes about."]
            lines += ["`--base` with fewer bases draws how their results are distributed."] if len(self.norm.bases) > _MOST_DRAWN else []
            lines += [] if self.case.luck or len(self.panel.years) < FEWEST_YEARS else ["`--draws 10000` shows how much of it is luck."]
            yield Lines("", [Cell(self.words(line)) for line in lines])

    def _opening(self) -> Iterator[Cell]:
        words = self.words
        yield Cell(words("Each area's frame is its base cost × the country's development, and its result the frame less its cost."))
        if self.panel.country is None:
            yield Cell(words("The country is the sum of the areas that have a cost in these years."))
        else:
            yield Cell(words("The country is the row {country}, and no area.", country=cut(self.panel.country)))
        for base in self.norm.bases if len(self.norm.bases) <= _MOST_DRAWN else []:  # else the tables say it
            one = base.together
            text = words(
                "{base}: {surplus} of {areas} areas have a surplus, {deficit} a deficit",
                base=base.name, surplus=grouped(one.surplus), areas=grouped(one.areas), deficit=grouped(one.deficit),
            )  # fmt: skip
            amounts = "" if self.scale is None else f" ({self.amount(one.sum_surplus).text}, {self.amount(one.sum_deficit).text})"
            yield Cell(f"- {text}{amounts}.")
        yield from self._from_base_to_base()

    def _from_base_to_base(self) -> Iterator[Cell]:
        """How far the choice of a base moves what is told of the same areas and years."""
        told = [(base.name, one) for base in self.norm.bases if (one := self.norm.compared(base)) is not None]
        if len(told) < 2:
            return
        surplus = [one.surplus for _, one in told]
        text, years = "By the base, from {least} to {most} of {areas} areas have a surplus in {years}.", span(self.norm.compared_years)
        areas = grouped(self.norm.compared_areas)
        yield Cell(self.words(text, least=grouped(min(surplus)), most=grouped(max(surplus)), areas=areas, years=years))
        if self.scale is not None:
            (low, least), *_, (high, most) = sorted(told, key=lambda one: one[1].sum_surplus)
            text = "Their surpluses together go from {least} ({low}) to {most} ({high})."
            sums = {"least": self._with_unit(least.sum_surplus), "most": self._with_unit(most.sum_surplus)}
            yield Cell(self.words(text, low=low, high=high, **sums))

    def _with_unit(self, units: Cost) -> str:
        assert self.scale is not None
        return self.scale.with_unit(round_fraction(Fraction(units)))

    def _compared(self) -> Iterator[Block]:
        words, norm = self.words, self.norm
        if len(norm.bases) < 2:
            return
        if not norm.cells:
            yield Lines("", [Cell(words("There is no area and year that all bases settle: nothing stands side by side."))])
            return
        years, areas = span(norm.compared_years), grouped(norm.compared_areas)
        title = words("Side by side, {years}: {areas} areas that all bases settle", years=years, areas=areas)
        rows = [[Cell(base.name), *self._told(one)] for base in norm.bases if (one := norm.compared(base)) is not None]
        yield Table(title, [Column(words("base"), False), *self._told_columns()], rows)

    def _told_columns(self) -> list[Column]:
        words = self.words
        counts = [Column(words(name)) for name in ("areas", "with surplus", "with deficit")]
        sums = [Column(words(name)) for name in ("sum of surpluses", "sum of deficits", "result")] if self.scale else []
        return [*counts, *sums, *(Column(self._quantile(p)) for p in SHARES)]

    def _quantile(self, p: int) -> str:
        return self.words("median") if p == 50 else f"{p}{SPACE}%"

    def _told(self, one: Told) -> list[Cell]:
        counts = [Cell(Number(Fraction(count))) for count in (one.areas, one.surplus, one.deficit)]
        sums = [self.amount(units) for units in (one.sum_surplus, one.sum_deficit, one.result)] if self.scale else []
        return [*counts, *sums, *(self.share(one.percentiles[p]) for p in SHARES)]

    def _own(self) -> Table:
        """Each base over all the areas and years that it settles itself."""
        words = self.words
        columns = [Column(words("base"), False), Column(words("years"), False), *self._told_columns()]
        rows = [[Cell(base.name), Cell(span(list(base.years))), *self._told(base.together)] for base in self.norm.bases]
        return Table(words("Each base over its own areas and years"), columns, rows)

    def _percents(self) -> Iterator[Table]:
        """The percentiles again, each area counted by its frame."""
        if self.scale is None:
            return
        columns = [Column(self.words("base"), False), *(Column(self._quantile(p)) for p in SHARES)]
        rows = [[Cell(base.name), *(self.share(base.together.weighted[p]) for p in SHARES)] for base in self.norm.bases]
        yield Table(self.words("Result in percent of the frame, areas weighted by their frames"), columns, rows)

    def _by_year(self) -> Iterator[Table]:
        """How many areas have a surplus and a deficit, year by year; and what all results of a year come to."""
        words = self.words
        years = sorted({year for base in self.norm.bases for year in base.years})
        columns = [Column(words("base"), False), *(Column(str(year)) for year in years)]
        for title, of in (("Areas with a surplus, by year", "surplus"), ("Areas with a deficit, by year", "deficit")):
            rows = [
                [
                    Cell(base.name),
                    *(Cell(Number(None if year not in base.years else Fraction(getattr(base.years[year], of)))) for year in years),
                ]
                for base in self.norm.bases
            ]
            yield Table(words(title), columns, rows)
        if self.scale:
            rows = [
                [Cell(base.name), *(self.amount(base.years[year].result) if year in base.years else Cell(DASH) for year in years)]
                for base in self.norm.bases
            ]
            yield Table(words("All results of a year together"), columns, rows)

    def _distributions(self) -> Iterator[Table]:
        words = self.words
        columns = [Column(words("from")), Column(words("below")), Column(words("areas")), Column("", False)]
        for base in self.norm.bases:
            bars = histogram([one.percent for one in base.results if one.percent is not None])
            most = max((count for _, _, count in bars), default=0)
            if len(bars) < 2:
                continue
            rows = [
                [
                    Cell(Number(Fraction(low), 0, signed=True)), Cell(Number(Fraction(high), 0, signed=True)), Cell(Number(Fraction(count))),
                    Cell("#" * round(_BAR * count / most), tone(high if high <= 0 else low)),
                ]
                for low, high, count in bars
            ]  # fmt: skip
            yield Table(words("{base}: areas by result in percent of the frame", base=base.name), columns, rows)

    # --- what stands below -----------------------------------------------------------------------------------------------

    def _notes(self) -> Iterator[Cell]:
        words, norm = self.words, self.norm
        for base in norm.bases:
            if base.spearman.rho is not None:
                text = "{base}: rank correlation of the result with the cost per inhabitant in the base years {rho} ({areas} areas)."
                yield Cell("- " + words(text, base=base.name, rho=rounded(base.spearman.rho, 2, signed=True), areas=base.spearman.areas))
            if base.together.no_percent:
                text = "{base}: {count} areas have a frame of 0, and no result in percent."
                yield Cell("- " + words(text, base=base.name, count=base.together.no_percent))
        found = norm.regression
        if found.slope is not None:
            text = "A year's development on that of the year before ({pairs} pairs, logarithms): slope {slope}, correlation {correlation}. Pure noise about a level gives −0,5, lasting shifts alone 0."
            correlation = DASH if found.correlation is None else rounded(found.correlation, 2, signed=True)
            yield Cell("- " + words(text, pairs=grouped(found.pairs), slope=rounded(found.slope, 2, signed=True), correlation=correlation))
        for one in norm.unsettled:
            yield Cell("- " + words("{base} settles no area here, and is left out.", base=one.name))
        yield from self._uneven()
        for base in norm.bases:
            yield from self._left_out(base)

    def _uneven(self) -> Iterator[Cell]:
        """The areas whose first or last year is not the panel's."""
        words, first, last = self.words, self.panel.years[0], self.panel.years[-1]
        lines = []
        for area, costs in self.panel.costs.items():
            if not costs:
                lines.append(words("{area} has no cost in any year.", area=cut(area)))
            elif (min(costs), max(costs)) != (first, last):
                lines.append(words("{area} has costs from {first} to {last}.", area=cut(area), first=min(costs), last=max(costs)))
        yield from self._named(lines)

    def _left_out(self, base: BaseResult) -> Iterator[Cell]:
        yield from self._named([f"{base.name}: {self.why(one)}" for one in base.left_out if self.panel.costs[one.area]])

    def _named(self, lines: Sequence[str]) -> Iterator[Cell]:
        """So many lines as a reader takes in, and how many there are more."""
        yield from (Cell(f"- {line}") for line in lines[:_MOST_NAMED])
        if len(lines) > _MOST_NAMED:
            yield Cell("- " + self.words("… and {count} more, in JSON all of them.", count=grouped(len(lines) - _MOST_NAMED)))

    # --- luck ----------------------------------------------------------------------------------------------------------------

    def _luck(self) -> Iterator[Block]:
        if self.case.luck is None:
            return
        words, drawn = self.words, self.case.luck
        columns = [Column(words("group")), Column(words("areas")), *(Column(self._quantile(p)) for p in LUCK_SHARES)]
        for base in self.norm.bases:
            luck = drawn.by_base[base.name]
            rows = [
                [
                    Cell(Number(Fraction(one.group))),
                    Cell(Number(Fraction(one.areas))),
                    *(self.share(one.percentiles[p]) for p in LUCK_SHARES),
                ]
                for one in luck.groups
            ]
            title = words("{base}: luck, {draws} draws, result in percent of the frame", base=base.name, draws=grouped(luck.draws))
            yield Table(title, columns, rows)
            yield self._beside(luck)
        lines = [
            Cell(
                words(
                    "Somebody is always first in a group: a place is no evidence of an effect. The places are in JSON and CSV, and with `--area`."
                )
            )
        ]
        lines += [
            Cell(words("Seed {seed}: the same seed gives the same draws.", seed=luck.seed)) for luck in list(drawn.by_base.values())[:1]
        ]
        named = [words("{area} takes no part: it has not a cost above 0 in every year.", area=cut(area)) for area in drawn.aside]
        yield Lines(words("How luck was drawn"), [*lines, *self._named(named)])

    def _beside(self, luck: Luck) -> Table:
        """What the draws come to beside what really happened in the areas that take part."""
        words = self.words
        columns = [Column(words("over the draws"), False), *(Column(self._quantile(p)) for p in OVER_DRAWS), Column(words("really"))]
        counts = [Cell(Number(luck.surplus[p])) for p in OVER_DRAWS]
        rows = [[Cell(words("areas with a surplus")), *counts, Cell(Number(Fraction(luck.real_surplus)))]]
        if self.scale:
            sums = [self.amount(luck.sum_surplus[p] or 0) for p in OVER_DRAWS]
            rows.append([Cell(words("sum of surpluses")), *sums, self.amount(luck.real_sum)])
        return Table("", columns, rows)

    # --- an agreement's terms ------------------------------------------------------------------------------------------------

    def _terms(self) -> Iterator[Block]:
        terms = self.case.terms
        if terms is None:
            return
        words = self.words
        scale = Scale(terms.rounding, terms.unit)
        for base in self.norm.bases:
            held = terms.by_base[base.name]
            totals: dict[str, dict[int, int]] = {}
            for one in held:
                for year in one.years:
                    for role, units in year.settled.items():
                        of_role = totals.setdefault(role, {})
                        of_role[year.year] = of_role.get(year.year, 0) + units
            years = sorted({year for of_role in totals.values() for year in of_role})
            if not years:
                continue
            title = words(
                "{base}: settled by the terms of {file}, {areas} areas together", base=base.name, file=terms.file, areas=grouped(len(held))
            )
            columns = [Column(words("role"), False), *(Column(str(year)) for year in years), Column(words("total"))]
            rows = [self._role(scale, role, [of_role.get(year) for year in years]) for role, of_role in totals.items()]
            yield Table(f"{title}. {words('Amounts in {unit}', unit=terms.unit)}.", columns, rows)
        lines = [
            words("{base}: the terms cannot be applied to {area}: {why}", base=one.base, area=cut(one.area), why=one.why)
            for one in terms.unsettled
        ]
        if lines:
            yield Lines("", list(self._named(lines)))

    def _role(self, scale: Scale, role: str, units: Sequence[int | None]) -> list[Cell]:
        amounts = [*units, sum(one or 0 for one in units)]
        return [Cell(self.words(ROLES[role])), *(money(Amount(one, scale, signed=True)) for one in amounts)]


def histogram(shares: Sequence[Fraction]) -> list[tuple[int, int, int]]:
    """Bars of a round width in percent: from, to (not included), areas; about a dozen."""
    if not shares:
        return []
    least, most = min(shares), max(shares)
    width = next(lead * 10**power for power in range(9) for lead in (1, 2, 5) if (most - least) / (lead * 10**power) <= _BARS)
    first = least // width
    counts = [0] * int(most // width - first + 1)
    for share in shares:
        counts[int(share // width - first)] += 1
    return [(int(first + number) * width, int(first + number + 1) * width, count) for number, count in enumerate(counts)]
