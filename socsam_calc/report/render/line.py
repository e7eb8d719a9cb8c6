"""What may stand on a line, and how wide it is there."""

from __future__ import annotations

from typing import Final

from ...amounts import SPACE

DEEPEST: Final = 40
"""Levels of an outline: a balance may have come through hundreds of years."""

_ONE_WIDE: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x300)))) | set("−–…“”→─│±≈×")


def cell_len(text: str) -> int:
    """How many columns of a screen a text takes. Rich knows every letter, and is asked where one is none that we see every day."""
    if _ONE_WIDE.issuperset(text):
        return len(text)
    from rich import cells

    return cells.cell_len(text)


def printable(text: str) -> str:
    """Text from a file as it may reach a terminal: on one line, with control characters made visible."""
    text = text.replace("\n", " ")
    return text if text.isprintable() else "".join(c if c.isprintable() or c == SPACE else f"\\x{ord(c):02x}" for c in text)
