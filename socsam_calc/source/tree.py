"""A file as it was read: nested dicts, lists and text, with the place of every node."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Final

from ..problems import Fault, Path, Place, Problem

MOST_PROBLEMS: Final = 50
LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line."""


class Tree:
    """A file as nested dicts, lists and text; ``place(path)`` says where any of it stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.data: Any = None
        self.problems: list[Problem] = []
        self.refused: list[Path] = []  # values of which everything has been said
        # path -> key line, key column, key length, value line, value column, value length (from 0; -1: no key; length 0: a collection)
        self._marks: dict[Path, tuple[int, int, int, int, int, int]] = {}
        self.elsewhere: dict[Path, Place] = {}
        self.key_elsewhere: dict[Path, Place] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return LINE_BREAK.split(self.text)

    def spot(self, line: int, column: int, length: int = 1) -> Place:
        """The place of a spot in this text, counted from 0."""
        excerpt = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, max(1, length), excerpt)

    def spot_at(self, index: int) -> Place:
        """The place of a character of this text."""
        before = LINE_BREAK.split(self.text[:index])
        return self.spot(len(before) - 1, len(before[-1]))

    def place(self, path: Path, on_key: bool = False) -> Place:
        """Where the value at ``path`` stands: a scalar itself, a collection by its key; for what is not there, what holds it."""
        for end in range(len(path), -1, -1):
            part = path[:end]
            if on_key and part in self.key_elsewhere:
                return self.key_elsewhere[part]
            if part in self.elsewhere:
                return self.elsewhere[part]
            if mark := self._marks.get(part):
                key_line, key_column, key_length, line, column, length = mark
                if key_line >= 0 and (on_key or not length or end < len(path)):
                    return self.spot(key_line, key_column, key_length)
                return self.spot(line, column, length)
        return Place(self.file)

    def knows(self, path: Path) -> bool:
        """Whether the path stands in this text itself."""
        return path in self._marks

    def problem(self, fault: Fault) -> Problem:
        """A fault with its place."""
        return Problem(fault.code, self.place(fault.path, fault.on_key), fault.text, fault.remedy)

    def refuse(self, path: Path, holder: Any, mark: tuple[int, int, int, int, int, int]) -> None:
        """Keep the place of a value of which everything has been said, and nothing of the value."""
        if isinstance(holder, dict):
            holder[path[-1]] = None
        else:
            holder.append(None)
        self._marks[path] = mark
        self.refused.append(path)

    def complain(self, code: str, mark: Any, length: int, text: str, remedy: str) -> None:
        """Collect a problem at one of the parser's marks."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code, self.spot(mark.line, mark.column, length), text, remedy))
