"""The lines of a starting file: its parts filled in, each comment in the reader's language; and the name that such a file gets."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from ...model.reading import UNFILLED
from ..told.words import Words

_COLUMN: Final = 31
"""Where comments beside a line begin."""


class Commented:
    """Parts of a file as they stand in it: what follows a # is told in the reader's language, and {…} is filled in."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def written(self, template: str, **values: object) -> Iterator[str]:
        """The lines of a part, filled in; comments beside a line one below the other."""
        for line in template.splitlines():
            text, mark, comment = line.partition("# ")
            filled = text.rstrip().format(**values)
            said = mark and mark + self.words(comment, **values)
            yield f"{filled:<{_COLUMN - 1}} {said}" if filled and said else filled + said

    def each(self, template: str, names: Iterable[object]) -> Iterator[str]:
        """The part once for each of these names."""
        for name in names:
            yield from self.written(template, each=name)


def joined(parts: Iterable[Iterable[str]]) -> str:
    """The whole file: its parts, with an empty line between them; a part without lines leaves none."""
    return "\n".join(text for part in parts if (text := "".join(f"{line}\n" for line in part)))


def marked(text: str) -> int:
    """How many figures are still to be filled in."""
    return len(re.findall(rf": {re.escape(UNFILLED)}(?=\s|$)", text))


def scalar(text: str) -> str:
    """A text as the value of a field: plain where YAML takes it as it stands, else in double quotes."""
    plain = re.fullmatch(r"[^\W\d_][\w .,()/–-]*", text) and not text.endswith(" ")
    return text if plain else json.dumps(text, ensure_ascii=False)


def one_line(text: str) -> str:
    """A text inside a comment."""
    return "".join(character if character.isprintable() else " " for character in text)


def file_name(area: str) -> str:
    """A file name for an area that every system takes: `Exempelköping` gives `exempelkoping.yaml`."""
    folded = unicodedata.normalize("NFKD", area.lower().replace("ß", "ss").replace("æ", "ae").replace("ø", "o"))
    name = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    return f"{name or 'agreement'}.yaml"
