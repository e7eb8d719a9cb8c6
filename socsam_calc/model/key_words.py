"""The words that stand for a key: one more of them is added here, and mypy names what else must know it."""

from __future__ import annotations

from typing import Final, Literal, TypeGuard, get_args

KeyWord = Literal["frame", "equal", "contributed"]
"""The keys that a word stands for: the year's final contributions, equal parts, or what each has put in over the years."""

KEY_WORDS: Final[tuple[str, ...]] = get_args(KeyWord)

OF_CONTRIBUTIONS: Final = ("frame", "contributed")
"""Those that depend on contributions, and so cannot divide what makes these."""


def is_word(text: str) -> TypeGuard[KeyWord]:
    """Whether this is one of the words, and not the name of a key of the file."""
    return text in KEY_WORDS
