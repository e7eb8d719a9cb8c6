"""What is refused, in the reader's language: a message is known by its words, and what stands between them is the file's own.

Messages are made where something is wrong, far below the words of any language, as English sentences with the file's names and figures
in them. To be told in another language a sentence is held against those that the language has: what fills a place of the one is put
into the place of the other, and is itself told where it is one of our phrases. What stands in back quotes is the file's, and stays.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ...problems import Place, Problem
from .words import Words

_GAP: Final = re.compile(r"\{(\w+)\}")
_DEEPEST: Final = 8


class _Sentence(NamedTuple):
    """A sentence with gaps: its English, the letters of it that are not in gaps, and what it is in the other language."""

    parts: list[str]
    letters: int
    other: str

    @classmethod
    def of(cls, english: str, other: str) -> _Sentence:
        parts = _GAP.split(english)  # text, name, text, name … text
        return cls(parts, sum(map(len, parts[::2])), other)

    def gaps(self, text: str) -> dict[str, str] | None:
        """What fills its gaps in a text; None where the text is another one."""
        if not all(part in text for part in self.parts[::2]):
            return None
        names: set[str] = set()
        pattern = ""
        for position, part in enumerate(self.parts):
            if position % 2 == 0:
                pattern += re.escape(part)
            else:
                pattern += f"(?P={part})" if part in names else f"(?P<{part}>.*?)"
                names.add(part)
        found = re.fullmatch(pattern, text, re.DOTALL)
        return found.groupdict() if found else None

    def quoted(self, name: str) -> bool:
        """Whether a gap stands in back quotes."""
        at = self.parts.index(name, 1)
        return self.parts[at - 1].endswith("`") and self.parts[at + 1].startswith("`")


class Refusals:
    """Tells what is wrong in one language."""

    def __init__(self, words: Words) -> None:
        texts = words.refused()
        self._whole = texts
        self._open = sorted((_Sentence.of(*entry) for entry in texts.items() if _GAP.search(entry[0])), key=lambda one: -one.letters)

    def problem(self, problem: Problem) -> Problem:
        """A problem with its cause, its remedy and the name of its place in this language."""
        place: Place = problem.place
        cell = self.sentence(place.cell)
        return problem._replace(place=place._replace(cell=cell), text=self.sentence(problem.text), remedy=self.sentence(problem.remedy))

    def lines(self, text: str) -> str:
        """A text of several lines, each a sentence of its own."""
        told = []
        for line in text.split("\n"):
            bare = line.lstrip(" ")
            told.append(line[: len(line) - len(bare)] + self.sentence(bare))
        return "\n".join(told)

    def sentence(self, text: str) -> str:
        """One sentence in this language; as it is where there is no such sentence."""
        told = self.known(text)
        return text if told is None else told

    def known(self, text: str, depth: int = 0) -> str | None:
        """The same, or None where there is no such sentence."""
        if text in self._whole:
            return self._whole[text]
        for one in self._open if text and depth < _DEEPEST else ():
            if (gaps := one.gaps(text)) is not None:
                filled = {name: gap if one.quoted(name) else self.known(gap, depth + 1) or gap for name, gap in gaps.items()}
                return _GAP.sub(lambda gap: filled[gap[1]], one.other)  # noqa: B023
        return self._parts(text, depth)

    def _parts(self, text: str, depth: int) -> str | None:
        """Two sentences with a semicolon between them, or one behind the name of what it is about."""
        for mark in ("; ", ": "):
            before, between, after = text.partition(mark)
            if between and depth < _DEEPEST and (told := self.known(after, depth + 1)) is not None:
                return (self.known(before, depth + 1) or before) + between + told
        return None


def tell(wrong: object, words: Words) -> object:
    """A problem, or a text about one, in these words; it is said as its text."""
    refusals = Refusals(words)
    return refusals.problem(wrong) if isinstance(wrong, Problem) else refusals.lines(str(wrong))
