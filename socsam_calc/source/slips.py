"""Slips in the form of a file: an entry without its space, a text cut in two by its comma, a line that the parser cannot read."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from ..model.misspelt import QUOTES, quoted
from ..model.reading import UNFILLED
from ..problems import Path, Place, Problem, cut
from .tree import LINE_BREAK, MOST_PROBLEMS, Tree

DEEPEST: Final = 50

_DASH_AND_ENTRY: Final = r"\s*-(?P<entry>[^\W\d].*)"
_NAME_AND_VALUE: Final = r"\s*(?:- +)?(?P<name>\w[\w-]*):(?P<rest>[^\s:/\\#][^#]*?)\s*(?:#.*)?"
# The parser's own words for what people get wrong most, and what to say instead.
_PARSER_WORDS: Final = {
    "could not find expected ':'": ("this line is not `name: value`", "is a colon missing, or is the line indented too little?"),
    "mapping values are not allowed": ("a second `: ` stands where a value should be", "put text that holds a colon in quotes, or check the indentation"),
    "did not find expected ',' or '}'": ("this `{…}` is not closed properly", "write `{name: value, name: value}`, or one entry a line"),
    "did not find expected ',' or ']'": ("this `[…]` is not closed properly", "write `[value, value]`"),
    "did not find expected '-' indicator": ("a line stands where a list entry `- …` should be", "is it indented like its neighbours?"),
    "did not find expected key": ("a line stands where a name should be", "is it indented like its neighbours, and are all quotes closed?"),
    "found unexpected end of stream": ("the file ends in the middle of a quoted text", "close the quote"),
    "found character that cannot start any token": ("this character cannot begin a value", "put the value in quotes"),
    "control characters are not allowed": ("the file holds a control character", "take it out: the file must be plain text in UTF-8"),
    "exceeded maximum nesting depth": (f"more than {DEEPEST} levels of nesting", "write it flatter"),
    "did not find expected node content": ("a value is missing here", "is a comma or a bracket out of place?"),
    "block sequence entries are not allowed": ("a list entry `- …` may not stand here", "begin the list on a line of its own"),
    "found unknown escape character": ("a backslash in double quotes means something else", "use single quotes"),
}  # fmt: skip


def without_colon(
    tree: Tree, container: dict[str, Any], path: Path, key: str, last: tuple[Any, int] | None, began: int, ended: int
) -> str | None:
    """What an entry in braces without a colon of its own means: its value where only a space is missing, None where it is part of the text before it.

    An entry of which nothing can be said but that it has no value keeps the empty one.
    """
    name, colon, rest = key.partition(":")
    if colon and rest and name.strip() and name.strip() not in container:
        spot = tree.spot_at(ended - len(key))
        tree.problems.append(Problem("colon", spot._replace(length=len(key)), *no_space(name, rest)))
        return rest.strip()
    if last is None:
        return ""
    here = (*path, last[0])
    text = tree.text[began:ended]
    if not (bare := text.strip(QUOTES)) or bare == text:
        said = f"`{cut(text)}` was split at the comma", f'quote it ("{cut(text)}"), or write one entry a line'
        found = Problem("split-comma", tree.place(here)._replace(length=len(text)), *said)
    else:
        found = Problem("quotes", tree.place(here)._replace(length=len(text)), *(quoted(text) or ("", "")))
    tree.problems = [one for one in tree.problems if one.place.line != found.place.line or one.place.column != found.place.column] + [found]
    if here not in tree.refused:
        tree.refused.append(here)
    return None


def no_space(name: str, rest: str) -> tuple[str, str]:
    """What is wrong with `name:rest`, and what would be right."""
    return f"a space is missing after the colon of `{cut(name.strip())}:`", f"write `{cut(name.strip())}: {cut(rest.strip())}`"


def refuse_tabs(tree: Tree) -> None:
    """Complain of each line indented by a tab; a tab in a comment or in quoted text is harmless."""
    for number, line in enumerate(LINE_BREAK.split(tree.text)):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip() and not line.strip().startswith("#") and len(tree.problems) < MOST_PROBLEMS:
            spot = tree.spot(number, indent.index("\t"))
            tree.problems.append(Problem("tab", spot, "a tab stands in the indentation", "indent with spaces"))


def missing_spaces(tree: Tree, error: yaml.YAMLError) -> list[Problem]:
    """The lines that made the parser stumble later: `name:value` and `-entry`, above each other up to where it did."""
    mark = getattr(error, "problem_mark", None)
    found: list[Problem] = []
    line = stumbled = mark.line if mark is not None else -1
    while 0 <= line < len(tree.lines) and len(found) < MOST_PROBLEMS:
        text = tree.lines[line]
        if name := re.fullmatch(_NAME_AND_VALUE, text):
            spot = tree.spot(line, name.start("name"), len(name["name"]) + 1 + len(name["rest"]))
            found.append(Problem("colon", spot, *no_space(name["name"], name["rest"])))
        elif dash := re.fullmatch(_DASH_AND_ENTRY, text):
            spot = tree.spot(line, dash.start("entry") - 1, 1)
            found.append(Problem("dash", spot, "a space is missing after the dash", f"write `- {cut(dash['entry'])}`"))
        elif line < stumbled and text.strip() and not text.lstrip().startswith("#"):
            break
        line -= 1
    return found[::-1]


def syntax_problem(tree: Tree, error: yaml.YAMLError) -> Problem:
    """The parser's error in plain words, at its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if mark is not None:
        place = tree.spot(mark.line, mark.column)
    elif isinstance(position := getattr(error, "position", None), int):
        place = tree.spot_at(position)
    else:
        place = Place(tree.file)
    if getattr(error, "context_mark", None) and any(words in said for words in ("end of stream", "',' or")):
        place = tree.spot(error.context_mark.line, error.context_mark.column)  # type: ignore[attr-defined]
    for gap in re.finditer(re.escape(UNFILLED), place.excerpt):
        if gap.start() < place.column <= gap.end() + 1:  # a question mark means something else inside braces
            return Problem(
                "not-filled-in",
                tree.spot(place.line - 1, gap.start(), len(UNFILLED)),
                f"`{UNFILLED}` is still to be filled in",
                "write a figure in its place",
            )
    for words, (text, remedy) in _PARSER_WORDS.items():
        if words in said:
            return Problem("syntax", place, text, remedy)
    return Problem("syntax", place, f"this is not YAML that can be read: {said}", "`socsam init AREA` writes a file to compare with")
