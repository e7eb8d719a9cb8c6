"""Which language a text of a file is in, so that it is read aloud as it should be: told by the commonest words of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..told.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

_COMMON: Final = {
    "sv": re.compile(
        r"\b(?:och|att|det|som|en|ett|av|med|den|till|inte|om|har|de|i|kan|eller|men|vid|efter|var|hur|sin|ingen|alla|utan|under|enligt)\b"
    ),
    "en": re.compile(
        r"\b(?:the|of|and|to|in|is|that|for|on|with|as|are|was|by|be|not|this|from|or|an|it|at|which|but|has|have|their|its|than|no|all|only)\b"
    ),
}
_OF_SWEDISH: Final = re.compile(r"\w*[åäö]\w*")
"""A word with letters that only Swedish has."""


def language_of(text: str, otherwise: str) -> str:
    """The language whose words a text has most of; ``otherwise`` where it has those of none."""
    lower = text.lower()
    found = {language: len(common.findall(lower)) for language, common in _COMMON.items()}
    found["sv"] += len(_OF_SWEDISH.findall(lower))
    best = max(found, key=lambda language: (found[language], language == otherwise))
    return best if found[best] else otherwise


def marked(text: str, words: Words, otherwise: str = "") -> Markup:
    """The attribute that says which language a text of a file is in, with a space before it; nothing where it is the page's.

    ``otherwise`` is the language of one that does not tell; that of the page where it is empty.
    """
    from markupsafe import Markup

    language = language_of(text, otherwise or words.language)
    return Markup("") if language == words.language else Markup(' lang="{}"').format(language)
