"""What rules say, told in a language and a unit: a text with its values, a source as it is cited, a rule's own texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from ...rules.rule import Rule, Wording
from ...rules.said import Money, Said, Source, Value, Years
from .words import Words

_TERMS: Final = (
    "Act of 2003", "FINSAM Act", "Act", "guidance on", "guidance", "in force", "Report", "table", "before", "as amended through",
    "arithmetic", "this program's reading",
)  # fmt: skip
_CITED: Final = re.compile("“(.*?)”|" + "|".join(_TERMS))
"""What of a source differs between the languages: a heading's quotes, and these words."""


def tell(value: Value, words: Words, amount: Callable[[int], str] = str) -> str:
    """A value as a person reads it; ``amount`` writes a count of rounding units."""
    match value:
        case Said(text, values, code):
            return words.of(code or text, text, **{name: tell(one, words, amount) for name, one in values.items()})
        case Money(units):
            return amount(units)
        case Source():
            return cited(value, words)
        case str() | int() | date() | Years():
            return str(value)
        case _:
            return ", ".join(tell(one, words, amount) for one in value)


def cited(source: str, words: Words) -> str:
    """A source as it is cited in the language of the reader."""
    return _CITED.sub(lambda found: words("“{heading}”", heading=found[1]) if found[1] else words(found[0]), source)


def citations(sources: Iterable[str], words: Words) -> tuple[str, ...]:
    """Sources as they are cited in the language of the reader."""
    return tuple(cited(source, words) for source in sources)


def wording(rule: Rule, words: Words) -> Wording:
    """A rule's texts in the language of the reader; its message with the braces that a finding fills."""
    return Wording(*(words.of(f"{rule.code}.{name}", text) for name, text in rule.texts._asdict().items()))
