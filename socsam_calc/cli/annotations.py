"""What is shown at the lines of a pull request: as much as GitHub shows of one step, and the rest in the summary of the run."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Final

MOST: Final = 10
"""So many annotations of a kind does GitHub show of one step, and leaves the others out without a word."""

_COMMAND: Final = re.compile(r"::(?P<kind>\w+) (?P<properties>.*?)::(?P<text>.*)\n?", re.DOTALL)


class Annotations:
    """The annotations of a run, as commands to the workflow."""

    def __init__(self) -> None:
        self._of_kind: Counter[str] = Counter()
        self._left: list[str] = []
        self._summary = os.environ.get("GITHUB_STEP_SUMMARY")

    def takes(self, command: str) -> bool:
        """Whether GitHub shows it too; where it would not, it is kept for the summary, if there is one to write to."""
        match = _COMMAND.fullmatch(command)
        if match is None or not self._summary:
            return True
        self._of_kind[match["kind"]] += 1
        if self._of_kind[match["kind"]] <= MOST:
            return True
        self._left.append(command)
        return False

    def summarise(self) -> int:
        """Write what was kept into the summary of the run; how many that are. Raises OSError where it cannot be written."""
        if self._left and self._summary:
            rows = [_row(command) for command in self._left]
            with Path(self._summary).open("a", encoding="utf-8") as stream:
                stream.write("\n".join(["", "| | | |", "|---|---|---|", *rows, ""]))
        return len(self._left)


def _row(command: str) -> str:
    """An annotation as a row of a Markdown table: its kind and code, its place, its text."""
    match = _COMMAND.fullmatch(command)
    assert match
    said = {name: _plain(value) for name, _, value in (one.partition("=") for one in match["properties"].split(","))}
    place = ":".join(said[name] for name in ("file", "line", "col") if name in said)
    cells = (f"{match['kind']} {said.get('title', '')}", place, _plain(match["text"]).strip())
    return "| " + " | ".join(re.sub(r"\s*\n\s*", "<br>", cell.replace("|", "\\|").replace("<", "&lt;")) for cell in cells) + " |"


def _plain(text: str) -> str:
    for written, letter in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, letter)
    return text
