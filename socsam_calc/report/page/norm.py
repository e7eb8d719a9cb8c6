"""The norm as a page of HTML that holds everything it needs: the distribution of the areas' results by each base, then its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count

from ...amounts import SPACE, grouped, rounded
from ..data.norm import Case
from ..told.norm import histogram, report
from ..told.tables import Block, Cell, Heading, Lines, Outline, Table
from ..told.words import Words
from .blocks import in_pieces
from .charts import Panel, Row, bars
from .page import running, template
from .svg import Chart


def render(case: Case, words: Words, unit: str | None = None, area: str | None = None, *, made: str) -> str:
    """The page of a norm, or of one ``area`` of it; ``made`` is when and by what. What is told first stands above the charts.

    Raises OutputError where the libraries that it needs are not installed."""
    laid_out = template(words)
    told = list(report(case, words, unit, area, hints=False))
    title = next((block.text for block in told if isinstance(block, Heading)), case.norm.panel.file)
    blocks = [_flat(block) for block in told if not isinstance(block, Heading)]
    first = next((at for at, block in enumerate(blocks, 1) if isinstance(block, Table)), len(blocks))
    answer, rest = ([piece for block in part for piece in in_pieces(block)] for part in (blocks[:first], blocks[first:]))
    charts = list(of_norm(case, words)) if area is None else []
    drawn = {chart.title for chart in charts}
    rest = [block for block in rest if not (isinstance(block, Table) and block.title in drawn)]  # its numbers stand at the chart's bars
    page: str = laid_out.told(title, words("The norm"), made, running(title, made), answer, charts, rest, case.norm.panel.file)
    return "".join(line + "\n" for line in page.splitlines() if line.strip())


def _flat(block: Block | Outline) -> Block:
    """An outline as lines: each entry with what it rests on."""
    if isinstance(block, Outline):
        return Lines(block.title, [Cell(": ".join((item.text, "; ".join(item.details)))) for item in block.items])
    return block


def of_norm(case: Case, words: Words) -> Iterator[Chart]:
    """How many areas each base gives which result, in percent of the frame."""
    keys = (f"chart{number}" for number in count(1))
    for base in case.norm.bases:
        held = histogram([one.percent for one in base.results if one.percent is not None])
        if len(held) > 1:
            title = words("{base}: areas by result in percent of the frame", base=base.name)
            yield from bars(keys, title, [Panel("", list(_rows(held)))])


def _rows(held: Iterable[tuple[int, int, int]]) -> Iterator[Row]:
    for low, high, areas in held:
        label = f"{_signed(low)} – {_signed(high)}{SPACE}%"
        yield Row(label, 0, areas, grouped(areas), total=True)


def _signed(number: int) -> str:
    return rounded(Fraction(number), 0, signed=True)
