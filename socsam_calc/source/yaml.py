"""Strict YAML: mappings, lists and text, read from the parser's events, with the place of every node.

Every scalar stays the text that stands in the file; an empty one becomes None. What makes YAML files surprising is refused:
anchors, aliases, merge keys, tags, duplicate keys, tabs, several documents, deep nesting. Building from events costs a quarter
of composing a document, and no hostile file can blow it up, since nothing is ever copied or expanded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import yaml

from ..model.reading import UNFILLED
from ..problems import AgreementError, Fault, Path, Place, Problem
from .ours import is_ours

LARGEST_FILE: Final = 5 * 1024 * 1024
DEEPEST: Final = 50
MOST_PROBLEMS: Final = 50

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML 1.1 counts as the end of a line
_SPLIT_VALUE: Final = re.compile(r"[-−+]?[0-9][0-9 \u00a0\u202f]*")
_SPLIT_REST: Final = re.compile(r"[0-9]+ *(%|öre|kr|tkr|mkr)?")

_Mark = tuple[int, int, int]
_NO_KEY: Final[_Mark] = (-1, -1, 0)
"""Line, column and length of the key of what has none: an entry of a list, or the whole file."""

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
    def _lines(self) -> list[str]:
        return _LINE_BREAK.split(self.text)

    def spot(self, line: int, column: int, length: int = 1) -> Place:
        """The place of a spot in this text, counted from 0."""
        excerpt = self._lines[line] if line < len(self._lines) else ""
        return Place(self.file, line + 1, column + 1, max(1, length), excerpt)

    def spot_at(self, index: int) -> Place:
        """The place of a character of this text."""
        before = _LINE_BREAK.split(self.text[:index])
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

    def complain(self, code: str, mark: Any, length: int, text: str, remedy: str) -> None:
        """Collect a problem at one of the parser's marks."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code, self.spot(mark.line, mark.column, length), text, remedy))


def decode(raw: bytes, file: str, ours: Callable[[str], bool] = is_ours, largest: int = LARGEST_FILE) -> str:
    """The text of a file; a line of it is shown only where it is one of ``ours``. Raises AgreementError when it is too large, empty or not UTF-8."""
    if len(raw) > largest:
        raise AgreementError.of("file-size", Place(file), f"the file has more than {largest >> 20} MiB", "is it the right file?")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AgreementError.of("encoding", Place(file), "the file is in UTF-16, not UTF-8", "save it again as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        *before, start = raw[: error.start].split(b"\n")
        shown = raw.decode("utf-8", "replace")
        excerpt = shown.split("\n")[len(before)].rstrip("\r") if ours(shown) else ""
        raise AgreementError.of(
            "encoding",
            Place(file, len(before) + 1, len(start.decode("utf-8", "replace")) + 1, 1, excerpt),
            f"the byte 0x{raw[error.start]:02x} is not UTF-8",
            "save the file as UTF-8 (it may be in Latin-1 or Windows-1252)",
        ) from None
    if not text.strip():
        raise AgreementError.of("empty", Place(file), "the file is empty", "`socsam init AREA` writes one to start from")
    return text


def read(text: str, file: str) -> Tree:
    """Build the tree of a text. Problems of form are collected in ``tree.problems``; a syntax error ends the reading."""
    tree = Tree(file, text)
    if "\t" in text:
        _refuse_tabs(tree)
    try:
        _build(tree)
        return tree
    except yaml.YAMLError as error:
        if not any(problem.code == "tab" for problem in tree.problems):  # a tab is the cause of what comes after it
            tree.problems.append(_syntax_problem(tree, error))
    except UnicodeEncodeError as error:
        tree.problems.append(
            Problem("encoding", tree.spot_at(error.start), "half a character stands here", "write the text in whole characters")
        )
    except RecursionError:  # the parser without C recurses; the C one counts
        tree.problems.append(Problem("depth", Place(file), f"more than {DEEPEST} levels of nesting", "write it flatter"))
    tree.data = None
    return tree


def _build(tree: Tree) -> None:
    """Walk the events once. ``stack`` holds for each collection around the open one: container and path."""
    stack: list[tuple[Any, Path]] = []
    container: Any = None
    path: Path = ()
    key: Any = None  # the pending key of an open mapping, None when a key is due
    key_mark = _NO_KEY
    dropped = 0  # levels inside something refused, which is walked but not kept
    documents = 0
    scalar: Any = yaml.ScalarEvent
    last: tuple[Any, int] | None = None  # the last plain value's key and end, for the split comma

    event: Any
    for event in yaml.parse(tree.text, Loader=_LOADER):
        kind = event.__class__
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if dropped:
                dropped -= 1
                continue
            container, path = stack.pop()
            key, key_mark, last = None, _NO_KEY, None
            continue
        if kind is yaml.AliasEvent:
            tree.complain("alias", event.start_mark, len(event.anchor) + 1, "aliases (`*name`) are not allowed", "write the value out")
            if not dropped and container.__class__ is dict:
                key = False if key is None else None  # refused as a key, its value goes with it; as a value, its key does
            continue
        if kind is not scalar and kind is not yaml.MappingStartEvent and kind is not yaml.SequenceStartEvent:
            documents += kind is yaml.DocumentStartEvent
            if documents == 2:
                tree.complain(
                    "documents", event.start_mark, 3, "the file holds more than one document", "one agreement a file: take out the `---`"
                )
                return
            continue
        start = event.start_mark
        if event.anchor is not None:
            tree.complain(
                "anchor", start, len(event.anchor) + 1, "anchors (`&name`) are not allowed", "write the value out where it is needed"
            )
        if event.tag is not None:
            tree.complain("tag", start, 1, "tags (`!…`) are not allowed", "leave the tag out: every field knows its own type")
        if dropped:
            dropped += kind is not scalar
            continue

        if kind is scalar:
            value = event.value
            if container.__class__ is dict and key is None:  # a key
                key, key_mark, last = _key(tree, event, container, path, last)
                continue
            length = event.end_mark.index - start.index if event.end_mark.line == start.line else len(value)
            if not value and not event.style:
                value, length = None, 0
        elif container.__class__ is dict and key is None:
            tree.complain("key", start, 1, "a name must be plain text", "write `name: value`")
            dropped, key = 1, False
            continue
        else:
            if len(stack) >= DEEPEST:
                tree.complain("depth", start, 1, f"more than {DEEPEST} levels of nesting", "write it flatter")
                tree.data = None
                return
            value = {} if kind is yaml.MappingStartEvent else []
            length = 0

        if container is None:
            here: Path = ()
            tree.data = value
        elif container.__class__ is dict:
            if key is False:  # refused key: its value goes with it
                key = None
                dropped = int(kind is not scalar)
                continue
            here = (*path, key)
            container[key] = value
        else:
            here = (*path, len(container))
            container.append(value)
        tree._marks[here] = (*key_mark, start.line, start.column, length)
        last = (here[-1], event.end_mark.index) if kind is scalar and here and not event.style else None
        key, key_mark = None, _NO_KEY
        if kind is not scalar:
            stack.append((container, path))
            container, path = value, here


def _key(tree: Tree, event: Any, container: dict[str, Any], path: Path, last: tuple[Any, int] | None) -> tuple[Any, _Mark, Any]:
    """A mapping's next key: its text in NFC, or False where it is refused and its value must be passed over."""
    key = unicodedata.normalize("NFC", event.value).strip()
    start, end = event.start_mark, event.end_mark
    length = max(1, end.index - start.index) if end.line == start.line else 1
    mark = (start.line, start.column, length)
    if key == "<<" and not event.style:
        tree.complain("merge", start, 2, "merge keys (`<<`) are not allowed", "write the entries out")
        return False, mark, None
    if last and start.index == last[1] + 1 and _SPLIT_REST.fullmatch(key) and tree.text[last[1] : start.index] == ",":
        before = container[last[0]]
        here = (*path, last[0])
        if here in tree.refused:  # `1,234,567`: said already
            return False, mark, (last[0], end.index)
        if before and _SPLIT_VALUE.fullmatch(before):
            joined = f"{before},{key}"
            tree.problems.append(
                Problem(
                    "split-comma",
                    tree.place(here)._replace(length=len(joined)),
                    f"{before},{key.rstrip(' %öketmr')} was split at the comma",
                    f'quote it ("{joined}"), or write one entry a line',
                )
            )
            tree.refused.append(here)
            return False, mark, (last[0], end.index)
    if not key:
        tree.complain("key", start, 1, "a name is missing before the colon", "write `name: value`")
        return False, mark, None
    if key in container:
        first = tree.place((*path, key), on_key=True)
        tree.complain("duplicate", start, length, f"`{key}` stands here twice (first in line {first.line})", "keep one of them")
        return False, mark, None
    return key, mark, None


def _refuse_tabs(tree: Tree) -> None:
    """Complain of each line indented by a tab; a tab in a comment or in quoted text is harmless."""
    for number, line in enumerate(_LINE_BREAK.split(tree.text)):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip() and not line.strip().startswith("#") and len(tree.problems) < MOST_PROBLEMS:
            spot = tree.spot(number, indent.index("\t"))
            tree.problems.append(Problem("tab", spot, "a tab stands in the indentation", "indent with spaces"))


def _syntax_problem(tree: Tree, error: yaml.YAMLError) -> Problem:
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
