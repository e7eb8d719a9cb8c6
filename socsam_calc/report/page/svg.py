"""A drawing as one piece of SVG: rectangles, lines, bands and texts placed by hand, and a text alternative."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final, Literal, NamedTuple

from ...amounts import SPACE
from ..render.line import printable

FONT: Final = 12
"""The size of all text, as the page's style sheet has it."""
LINE: Final = 15
"""The height of a line of text: Noto Sans is 1.36 of its size."""
NODE_LETTERS: Final = 17
"""Letters of a line beside a flow, where a chart has the least room."""
_LINES: Final = 3
_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (0.29, "ijlIJ'"),
        (0.34, f" {SPACE},.:;·’/"),
        (0.41, "frt-()[]!"),
        (0.53, "sz–"),
        (0.59, "ckvxyLFP"),
        (0.7, "ABCRVXZÅÄ"),
        (0.8, "DGHNOQUÖÜ&w"),
        (0.86, "M+−"),
        (1.0, "mW%@…"),
    )
    for letter in letters
}
"""How wide letters are, as parts of the font's size: the advance widths of DejaVu Sans, rounded up; hardly any system has a broader font."""
_OTHER: Final = 0.64  # small letters, digits, narrow capitals
_FOREIGN: Final = 1.0  # other scripts
_BOLD: Final = 1.15


def wide(text: str, *, strong: bool = False) -> float:
    """The width of a text in pixels, in whatever font the reader has."""
    parts = sum(_WIDTHS.get(letter, _OTHER if letter < "Ā" else _FOREIGN) for letter in text)
    return parts * FONT * (_BOLD if strong else 1)


@lru_cache(maxsize=4096)
def wrapped(label: str, letters: int) -> tuple[str, ...]:
    """A name on up to three lines; a longer one is shortened in the middle, since names that begin alike end differently."""
    text = " ".join(_words(printable(label)))

    def lines(gap: int) -> tuple[str, ...]:
        kept = (len(text) - gap) // 2
        shorter = f"{text[: len(text) - gap - kept]}…{text[-kept:]}" if gap else text
        return tuple(textwrap.wrap(_hyphenated(shorter, letters), letters)) or ("",)

    return lines(bisect_left(range(max(0, len(text) - letters)), True, key=lambda gap: len(lines(gap)) <= _LINES))


def _words(text: str) -> list[str]:
    """The words of a text; a number is one, with the spaces inside it."""
    return re.findall(rf"(?:\S|{SPACE})+", text)


def shortened(label: str) -> str:
    """What a chart shows of a name, where it has the least room."""
    return " ".join(wrapped(label, NODE_LETTERS))


def _hyphenated(text: str, letters: int) -> str:
    """The text with the words that are longer than a line taken apart, where Swedish words are: names come from Swedish agreements."""
    words = _words(text)
    if all(len(word) <= letters for word in words):
        return " ".join(words)  # to read where Swedish words are taken apart is a twentieth of the time of a long page
    import pyphen

    swedish, parts = pyphen.Pyphen(lang="sv_SE"), []
    for word in words:
        rest = word
        while len(rest) > letters:
            head, rest = swedish.wrap(rest, letters) or (f"{rest[: letters - 1]}-", rest[letters - 1 :])
            parts.append(head)
        parts.append(rest)
    return " ".join(parts)


WIDTH: Final = 372
"""Little more than the narrowest window holds, so that texts are hardly smaller there than around them."""
_BASELINE: Final = 4.1  # from the middle of a line of text down to what its letters stand on
_HATCHED: Final = {"gained": ("gain", "M-1 1L1 -1M0 12L12 0M11 13L13 11"), "lost": ("loss", "M0 3L12 3M0 9L12 9")}
"""What is added or taken, by the class of its outline: the variable of its colour, and its pattern, which tells them apart without colour."""

Anchor = Literal["start", "middle", "end"]
Kind = Literal["total", "changed", "gained", "lost"]
"""What a box stands for: an amount as a whole, what is added or taken, or what somebody gains or bears."""


Stroke = Literal["axis", "planned", "booked", "expected"]
"""What a line through points stands for."""


class Chart(NamedTuple):
    """A drawing with its caption: the SVG has its own text alternative. Some are drawn anew for ``wide`` windows."""

    title: str
    drawing: str
    wide: str = ""


class Drawing:
    """A drawing in the making, measured in pixels from its upper left corner. ``key`` begins every id, so that no other drawing has it.

    ``kind`` is what the style sheet calls it beside a chart.
    """

    def __init__(self, key: str, kind: str = "", width: float = WIDTH) -> None:
        self._key, self._kind, self.width = key, kind, width
        self._shapes: list[str] = []
        self._texts: list[str] = []
        self._hatched: dict[str, str] = {}

    def box(self, x: float, y: float, width: float, height: float, kind: Kind) -> None:
        """A rectangle with an edge, and the pattern of its kind."""
        fill = ""
        if kind in _HATCHED:
            colour, lines = _HATCHED[kind]
            fill = f' fill="url(#{self._key}-{colour})"'
            self._hatched[kind] = (
                f'<pattern id="{self._key}-{colour}" patternUnits="userSpaceOnUse" width="12" height="12">'
                f'<rect width="12" height="12" fill="var(--{colour})"/>'
                f'<path d="{lines}" stroke="var(--{colour}-mark)" stroke-width="1.2"/></pattern>'
            )
        self._shapes.append(f'<rect {self._across(x, width)} y="{_short(y)}" height="{_short(height)}" class="{kind}"{fill}/>')

    def upright(self, x: float, top: float, bottom: float, kind: Literal["axis", "joint", "limit"]) -> None:
        """A line from ``top`` to ``bottom``."""
        self._shapes.append(f'<line {self._at(x)} y1="{_short(top)}" y2="{_short(bottom)}" class="{kind}"/>')

    def course(self, points: Sequence[tuple[float, float]], kind: Stroke) -> None:
        """A line through points."""
        self._path("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points), kind)

    def band(self, start: tuple[float, float], end: tuple[float, float], thick: float) -> None:
        """A curved band between two upright edges, each told by its upper end."""
        (x0, y0), (x1, y1) = start, end
        bend = (x0 + x1) / 2
        there = f"{_short(x0)} {_short(y0)}C{_points(bend, y0, bend, y1, x1, y1)}"
        back = f"{_short(x1)} {_short(y1 + thick)}C{_points(bend, y1 + thick, bend, y0 + thick, x0, y0 + thick)}"
        self._path(f"M{there}L{back}z", "band")

    def _path(self, course: str, kind: str) -> None:
        self._shapes.append(f'<path d="{course}" class="{kind}"/>')

    def lines(self, x: float, middle: float, lines: Sequence[str], room: float, anchor: Anchor = "start", *, strong: int = 0) -> None:
        """Lines of text around ``middle``, the last ``strong`` of them bold; one that may be longer than its ``room`` is squeezed into it."""
        for number, line in enumerate(lines):
            bold = number >= len(lines) - strong
            y = middle + LINE * (number - (len(lines) - 1) / 2) + _BASELINE
            kind = {"end": "sum" if bold else "right"}.get(anchor, "strong" if bold else "")
            attributes = f' class="{kind}"' if kind else ""
            attributes += ' text-anchor="middle"' if anchor == "middle" else ""
            if wide(line, strong=bold) > room:
                attributes += f' textLength="{_short(room)}" lengthAdjust="spacingAndGlyphs"'
            self._texts.append(f'<text{attributes} x="{self._text_at(x, anchor)}" y="{_short(y)}">{escape(line, quote=False)}</text>')

    def chart(self, height: float, title: str, described: str) -> Chart:
        """What was drawn as one ``<svg>`` element, ``height`` pixels high. ``described`` says all that it shows."""
        key = self._key
        patterns = f"<defs>{''.join(self._hatched.values())}</defs>" if self._hatched else ""
        parts = (
            f'<svg {self._size(height)} role="img" aria-labelledby="{key}-title {key}-desc" focusable="false">',
            f'<title id="{key}-title">{escape(title, quote=False)}</title><desc id="{key}-desc">{escape(described, quote=False)}</desc>',
            *(patterns, *self._shapes, *self._texts, "</svg>"),
        )
        return Chart(title, "".join(parts))

    def _across(self, x: float, width: float) -> str:
        """From where to where a box reaches."""
        return f'x="{_short(x)}" width="{_short(width)}"'

    def _at(self, x: float) -> str:
        """Where an upright line stands."""
        return f'x1="{_short(x)}" x2="{_short(x)}"'

    def _text_at(self, x: float, anchor: Anchor) -> str:
        """Where a text begins, or ends."""
        return _short(x)

    def _size(self, height: float) -> str:
        """How large it is."""
        return f'class="{" ".join(filter(None, ("chart", self._kind)))}" viewBox="0 0 {_short(self.width)} {_short(height)}"'


class Stretched(Drawing):
    """A drawing as broad as its room: texts stand at its edges, and shapes, measured in parts of the width between, ``left`` and ``right`` of them.

    The page's style sheet says where a part of that width is.
    """

    def __init__(self, key: str, left: float, right: float) -> None:
        super().__init__(key)
        self._edges = left, left + right

    def _across(self, x: float, width: float) -> str:
        return f'style="--x:{x:.4g};--w:{width:.4g}"'

    def _at(self, x: float) -> str:
        return f'style="--x:{x:.4g}"'

    def _text_at(self, x: float, anchor: Anchor) -> str:
        return "100%" if anchor == "end" else _short(x)

    def _size(self, height: float) -> str:
        left, both = map(_short, self._edges)
        return f'class="chart stretched" width="100%" height="{_short(height)}" style="--left:{left}px;--room:calc(100% - {both}px)"'


def _points(*numbers: float) -> str:
    return " ".join(map(_short, numbers))


def _short(number: float) -> str:
    """A number of pixels with at most one decimal."""
    return f"{round(number, 1) + 0.0:.8g}"
