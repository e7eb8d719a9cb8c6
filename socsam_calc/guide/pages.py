"""The guide's pages: Markdown files beside this module, and the places in them that a reader can ask for by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ..report.starting.examples import content
from ..report.told.words import Words

PAGES: Final = {
    "first-agreement": "A first agreement: from nothing to a settlement in ten minutes.",
    "association": "A coordination association: from its charter and annual report to a settled year; keys, own capital, laws.",
    "format": "The files: every field, what it means, its default, what it excludes.",
    "settlement": "The arithmetic, § 0 to § 7: the sections that `explain` cites.",
    "domain": "The rules of the domain, 1 to 34, with their sources.",
    "init": "A file to start from, the examples, and an editor that helps.",
    "books": "Costs from the books: exports of accounting programs, accounts, months.",
    "examples": "The examples that come with the program, and what each shows.",
    "check": "Whether an agreement holds: findings, severities, CI.",
    "explain": "Where a figure comes from.",
    "whatif": "The same agreement under other assumptions or other terms; budgets as tests.",
    "simulate": "Uncertain inputs drawn many times, on one machine or many.",
    "evaluate": "The evaluation effect, which is not the financial result.",
    "norm": "What frames by the country's development would have given all its areas.",
    "report": "The page for a board.",
    "workbooks": "Spreadsheets: results as workbooks, figures from workbooks.",
    "notebook": "The calls from Python and notebooks.",
    "ci": "Expectations, statuses, GitHub, pre-commit.",
    "terminal": "The terminal: narrow windows, long results, depth, completion, language, the manual page.",
    "editor": "Editors: what is wrong while you write, completion, the guide under the pointer.",
    "outputs": "Every key of JSON and every column of CSV.",
    "glossary": "Every column and word.",
}
"""Each page, in the order in which they are listed, with what it is about."""

_HOME: Final = Path(__file__).parent
_HEADING: Final = re.compile(r"(#+) +(.*)")
_ENTRY: Final = re.compile(r"- \*\*(.+?)\*\*(?: \((.*?)\))?:(?: |$)")
_TERM: Final = re.compile(r"`([^`]+)`|\*([^*]+)\*")
_UNSHOWN: Final = re.compile(r"^(<!--.*-->|!\[.*\]\(.*\))\n", re.MULTILINE)


class Place(NamedTuple):
    """A section of a page, or an entry of a list in it: its names, the headings that it stands under, and its Markdown.

    ``paths`` are those of a field in its file, with capitals for names that a file gives (`parties.PARTY.role`); ``more`` says
    whether names of the file may follow the last of them.
    """

    page: str
    names: tuple[str, ...]
    above: tuple[str, ...]
    text: str
    paths: tuple[str, ...] = ()
    more: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a list, not a section with a heading of its own."""
        return self.text.startswith("- ")


def spoken(page: str, language: str) -> str:
    """The language that a page is shown in: English where it has no Swedish."""
    return language if (_HOME / language / f"{page}.md").is_file() else "en"


def source(page: str, language: str) -> str:
    """A page's Markdown as it stands in its file; that of the examples stands with them."""
    if page == "examples":
        return content("README.md").decode("utf-8")
    return (_HOME / spoken(page, language) / f"{page}.md").read_text(encoding="utf-8")


def text(page: str, language: str) -> str:
    """A page's Markdown as it is shown: without pictures, and the notes that say where its generated parts begin and end."""
    return _UNSHOWN.sub("", source(page, language))


def places(page: str, language: str) -> Iterator[Place]:
    """Everything in a page that can be asked for by itself, in its order."""
    lines = text(page, language).splitlines()
    fenced = False
    headings: list[tuple[int, int, str]] = []  # line, level, title
    entries: list[int] = []
    for number, line in enumerate(lines):
        fenced ^= line.startswith("```")
        if not fenced and (match := _HEADING.fullmatch(line)):
            headings.append((number, len(match[1]), match[2]))
        elif not fenced and _ENTRY.match(line):
            entries.append(number)
    above: list[tuple[int, str]] = []
    for position, (start, level, title) in enumerate(headings):
        above = [*(entry for entry in above if entry[0] < level), (level, title)]
        trail = tuple(name for _, name in above[:-1])
        end = next((line for line, other, _ in headings[position + 1 :] if other <= level), len(lines))
        own = headings[position + 1][0] if position + 1 < len(headings) else len(lines)
        shown = lines[start:own] if level == 1 else lines[start:end]  # of a page what it begins with, for its sections come after it
        yield Place(page, (_plain(title), *_terms(title)), trail, "\n".join(shown).rstrip())
        prefixes = _prefixes(lines[start:own], Words(language))
        for first in (first for first in entries if start < first < own):
            yield _entry(page, (*trail, title), _whole(lines, first), prefixes)


def _whole(lines: Sequence[str], start: int) -> str:
    """An entry with the lines that continue it."""
    end = start + 1
    while end < len(lines) and lines[end].startswith("  "):
        end += 1
    return "\n".join(lines[start:end])


def _entry(page: str, above: tuple[str, ...], entry: str, prefixes: Sequence[str]) -> Place:
    match = _ENTRY.match(entry)
    assert match
    names = [_plain(name) for name in match[1].split(", ")]
    paths = tuple(f"{prefix}.{name}" if prefix else name for prefix in prefixes for name in names)
    also = _terms(match[2] or "")
    return Place(page, (*names, *also), above, entry, paths, "→" in (match[2] or ""))


def _prefixes(lines: Sequence[str], words: Words) -> tuple[str, ...]:
    """Where the fields of a section stand in their file: the line before them says so. Empty for the file itself."""
    before, after = words("Stands at {paths}.", paths="\0").split("\0")
    top = words("Stands at the top of a file of the format {format}.", format="\0").partition("\0")[0]
    for line in lines:
        if line.startswith(top):
            return ("",)
        if line.startswith(f"{before}`") and line.endswith(f"`{after}"):
            return tuple(re.findall(r"`([^`]+)`", line))
    return ()


def _terms(text: str) -> tuple[str, ...]:
    """The words in code or italics."""
    return tuple(code or italic for code, italic in _TERM.findall(text))


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text)
