"""Charts as images for a notebook: each holds its own style, so that nothing around it changes it and it changes nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from importlib.util import find_spec
from itertools import count, groupby
from pathlib import Path
from typing import Final

from ..told.tables import Bars, Block, Outline
from .charts import Panel, Row, bars
from .svg import Chart

_IMAGE: Final = "display: block; width: 100%; max-width: 45em; box-sizing: border-box; padding: 0.6em; background: #ffffff"
"""White whatever the notebook's colours are, as the images of other libraries."""
_TITLE: Final = "margin: 1em 0 0.3em; font-weight: bold; text-align: left"


def can_be_drawn() -> bool:
    """Whether the library is there that takes long names apart."""
    return find_spec("pyphen") is not None


def images(charts: Iterable[Chart], lang: str) -> str:
    """The charts as one ``div``, each under its title; the tables beside them say all that they show. Empty where there are none."""
    shown = "\n".join(map(_image, charts))
    return f'<div lang="{lang}">\n{shown}\n</div>' if shown else ""


def of_bars(blocks: Iterable[Block | Outline]) -> Iterator[Chart]:
    """The bars among the blocks as charts: a panel for each group, all on one scale."""
    keys = (f"bars{number}" for number in count(1))
    for block in blocks:
        if isinstance(block, Bars):
            panels = [
                Panel(group, [Row(bar.label, 0, bar.length, bar.number.text, gain=bool(bar.number.tone)) for bar in held])
                for group, held in groupby(block.bars, key=lambda bar: bar.group)
            ]
            yield from bars(keys, block.title, panels, one_scale=True)


def _image(chart: Chart) -> str:
    drawing = chart.wide or chart.drawing
    style = (Path(__file__).parent / "charts.css").read_text(encoding="utf-8")
    whole = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" ', 1)
    styled = whole.replace(">", f"><style>{style}</style>", 1)
    source = b64encode(styled.encode()).decode("ascii")
    title = escape(chart.title)
    return f'<p style="{_TITLE}">{title}</p>\n<img alt="{title}" style="{_IMAGE}" src="data:image/svg+xml;base64,{source}">'
