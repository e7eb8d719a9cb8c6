"""What is written in a chart: names on as many lines as they take, and how much room a text takes."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from ...amounts import SPACE
from ..render.terminal import printable

LETTER: Final = 7.6
"""The width of a letter, in whatever font the reader has."""
_DIGIT: Final = 8.6  # bold, as broad as Verdana has it
_NARROW: Final = {SPACE: 4.4, ",": 4.8}  # what stands between digits
LINE: Final = 14
"""The height of a line of text."""
NODE_LETTERS: Final = 17
"""Letters of a line beside a flow, where a chart has the least room."""
_LINES: Final = 3


def wide(number: str) -> float:
    """The width of a number in bold."""
    return sum(_NARROW.get(letter, _DIGIT) for letter in number)


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
