"""What is written in a chart: names on as many lines as they take, and how much room a text takes."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from ...amounts import SPACE
from ..render.terminal import printable

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
    text = " ".join(printable(label).split())

    def lines(gap: int) -> tuple[str, ...]:
        kept = (len(text) - gap) // 2
        shorter = f"{text[: len(text) - gap - kept]}…{text[-kept:]}" if gap else text
        return tuple(textwrap.wrap(_hyphenated(shorter, letters), letters)) or ("",)

    return lines(bisect_left(range(max(0, len(text) - letters)), True, key=lambda gap: len(lines(gap)) <= _LINES))


def shortened(label: str) -> str:
    """What a chart shows of a name, where it has the least room."""
    return " ".join(wrapped(label, NODE_LETTERS))


def _hyphenated(text: str, letters: int) -> str:
    """The text with the words that are longer than a line taken apart, where Swedish words are: names come from Swedish agreements."""
    import pyphen

    swedish, parts = pyphen.Pyphen(lang="sv_SE"), []
    for word in text.split():
        rest = word
        while len(rest) > letters:
            head, rest = swedish.wrap(rest, letters) or (f"{rest[: letters - 1]}-", rest[letters - 1 :])
            parts.append(head)
        parts.append(rest)
    return " ".join(parts)
