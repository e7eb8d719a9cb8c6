"""One area of a norm in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ...amounts import Scale, rounded
from ...answers.norm.luck import Luck
from ...answers.norm.norm import AreaResult, BaseResult
from ...answers.norm.terms import YearTerms
from ...model.panel import Cost
from ...problems import cut
from .norm_pen import NormPen
from .pen import ROLES
from .tables import Block, Cell, Column, Item, Lines, Outline, Table


class OneArea(NormPen):
    """Writes what a norm says of an area."""

    def blocks(self, area: str) -> Iterator[Block | Outline]:
        """Its figures by each base and year, how they come about, and what else is to be known of it."""
        yield self.heading()
        words = self.words
        held = [(base, one) for base in self.norm.bases for one in base.results if one.area == area]
        columns = [Column(words("base"), False), Column(words("year"), False), *(Column(words(name)) for name in self._columns())]
        rows = []
        for base, one in held:
            rows += [[Cell(base.name), Cell(year.year), *self._cells(year.frame, year.cost, year.percent)] for year in one.years]
            rows.append([Cell(base.name), Cell(words("together")), *self._cells(one.frame, one.cost, one.percent)])
        yield Table(words("{area} by each base", area=cut(area)), columns, rows)
        yield Outline(words("How it comes about"), list(self._derived(held)))
        yield Lines("", list(self._notes(area)))

    def _columns(self) -> Sequence[str]:
        names = ("frame", "actual cost", "result", "% of the frame")
        return names if self.scale else names[-1:]

    def _cells(self, frame: Cost, cost: Cost, percent: Fraction | None) -> list[Cell]:
        amounts = [self.amount(frame, signed=False), self.amount(cost, signed=False), self.amount(frame - cost)] if self.scale else []
        return [*amounts, self.share(percent)]

    def _derived(self, held: Iterable[tuple[BaseResult, AreaResult]]) -> Iterator[Item]:
        words = self.words
        for base, one in held:
            for year in one.years:
                result = self.plain(year.result, signed=True)
                title = words("{base}, {year}: result {result} = frame {frame} − cost {cost}", base=base.name, year=year.year, result=result,
                              frame=self.plain(year.frame), cost=self.plain(year.cost))  # fmt: skip
                formula = words("frame = base cost × the country's cost in {year} / its cost in the base years", year=year.year)
                numbers = (
                    f"{self.plain(year.base)} × {self.plain(year.country)} / {self.plain(year.country_base)} = {self.plain(year.frame)}"
                )
                yield Item(0, title, [formula + (words(", rounded") if self.scale else ""), numbers])

    def _notes(self, area: str) -> Iterator[Cell]:
        words = self.words
        for base in self.norm.bases:
            yield from (Cell(f"- {base.name}: {self.why(one)}") for one in base.left_out if one.area == area)
            places: Mapping[str, Luck] = {} if self.case.luck is None else self.case.luck.by_base
            for one in places[base.name].places if base.name in places else []:
                if one.area == area:
                    size = next(group.areas for group in places[base.name].groups if group.group == one.group)
                    text = (
                        "{base}: place {place} of {areas} in group {group}. Somebody is always first: a place is no evidence of an effect."
                    )
                    place = rounded(one.place, 0 if one.place.denominator == 1 else 1)
                    yield Cell("- " + words(text, base=base.name, place=place, areas=size, group=one.group))
            for settled in self.case.terms.by_base[base.name] if self.case.terms else []:
                if settled.area == area and self.case.terms:
                    yield from self._settled(base.name, settled.years, Scale(self.case.terms.rounding, self.case.terms.unit))

    def _settled(self, base: str, years: Iterable[YearTerms], scale: Scale) -> Iterator[Cell]:
        for one in years:
            told = ", ".join(f"{self.words(ROLES[role])} {scale.with_unit(units, signed=True)}" for role, units in one.settled.items())
            yield Cell("- " + self.words("{base}, {year}: settled {parties}", base=base, year=one.year, parties=told))
