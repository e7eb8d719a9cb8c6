"""Everything that a person reads in a result, in English and Swedish. The key to the Swedish is the English text, or a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("en", "sv")


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values filled in. Raises KeyError for a text that is not translated."""
        return self.of(text, text, **values)

    def of(self, code: str, text: str, /, **values: object) -> str:
        """The text in this language, its Swedish the one that stands under the code. Raises KeyError where none does."""
        if self.language == "sv":
            from ..swedish import SWEDISH  # only who reads Swedish loads it

            text = SWEDISH[code]
        return text.format(**values) if values else text

    def has(self, code: str) -> bool:
        """Whether this language has its own text under a code or an English text; English has none."""
        if self.language == "sv":
            from ..swedish import SWEDISH

            return code in SWEDISH
        return False

    def refused(self) -> Mapping[str, str]:
        """What is said of things refused, in this language, under its English; nothing where that is the language."""
        if self.language == "sv":
            from ..swedish import REFUSED

            return REFUSED
        return {}
