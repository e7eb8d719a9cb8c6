"""Everything that a person reads in a result, in English and Swedish. The key to the Swedish is the English text, or a code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Final

LANGUAGES: Final = ("en", "sv")
ASSOCIATION: Final = "2003:1210"
"""The law whose body is an association of its members."""


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values filled in. Raises KeyError for a text that is not translated."""
        return self.of(text, text, **values)

    def of(self, code: str, text: str, /, **values: object) -> str:
        """The text in this language, its Swedish the one that stands under the code. Raises KeyError where none does."""
        if (other := self._other()) is not None:
            text = other.SWEDISH[code]
        text = self._called(text)
        return text.format(**values) if values else text

    def under(self, law: str) -> Words:
        """The words for what is told of an agreement under a law."""
        return WordsOfAnAssociation(self.language) if law == ASSOCIATION else self

    def _called(self, text: str) -> str:
        """The text with the body, and the parties, called what they are."""
        return text

    def has(self, code: str) -> bool:
        """Whether this language has its own text under a code or an English text; English has none."""
        other = self._other()
        return other is not None and code in other.SWEDISH

    def refused(self) -> Mapping[str, str]:
        """What is said of things refused, in this language, under its English; nothing where that is the language."""
        other = self._other()
        return {} if other is None else other.REFUSED

    def _other(self) -> ModuleType | None:
        """The texts of a language other than English; only who reads it loads it."""
        if self.language == "sv":
            from .. import swedish

            return swedish
        return None


class WordsOfAnAssociation(Words):
    """The words for a coordination association: the joint body is the association, and a county council a region."""

    def _called(self, text: str) -> str:
        return _of_an_association(text)


_TODAY: Final = (
    (r"\b([Aa]) body\b", r"\1n association"),
    (r"\bbody\b", "association"),
    (r"\bBody\b", "Association"),
    (r"\bcounty council\b", "region"),
    (r"\bledningsorgan(?=(et|ets)?\b)", "förbund"),
    (r"\bLedningsorgan(?=(et|ets)?\b)", "Förbund"),
    (r"\blandsting\b", "region"),
)
"""What a trial's words are in an association, in both languages. What stands between backticks is a word of the format and stays."""


@lru_cache(maxsize=1024)
def _of_an_association(text: str) -> str:
    parts = text.split("`")
    for number in range(0, len(parts), 2):
        for word, today in _TODAY:
            parts[number] = re.sub(word, today, parts[number])
    return "`".join(parts)
