"""Strict YAML: mappings, lists and text, read from the parser's events, with the place of every node.

Every scalar stays the text that stands in the file; an empty one becomes None. What makes YAML files surprising is refused:
anchors, aliases, merge keys, tags, duplicate keys, tabs, several documents, deep nesting. Building from events costs a quarter
of composing a document, and no hostile file can blow it up, since nothing is ever copied or expanded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final

import yaml

from ..problems import AgreementError, Path, Place, Problem
from .ours import is_ours
from .slips import DEEPEST, missing_spaces, refuse_tabs, syntax_problem, without_colon
from .tree import Tree

LARGEST_FILE: Final = 5 * 1024 * 1024

MOST_VALUES: Final = 100_000
_OTHER_FILES: Final = {
    b"\xd0\xcf\x11\xe0": "an older workbook or document",
    b"%PDF": "a PDF", b"\x1f\x8b": "a packed file", b"7z\xbc\xaf": "a packed file", b"{\\rtf": "a document of a word processor",
    b"\x89PNG": "a picture",
}  # fmt: skip
"""What files begin with that are often at hand, and are no text."""

_LOADER: Final = getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader
_SPLIT_VALUE: Final = r"[-−+]?[0-9][0-9 \u00a0\u202f]*"
_SPLIT_REST: Final = r"[0-9]+ *(%|öre|kr|tkr|mkr)?"
_COLON: Final = re.compile(r"\s*:")

_Mark = tuple[int, int, int]
_NO_KEY: Final[_Mark] = (-1, -1, 0)
"""Line, column and length of the key of what has none: an entry of a list, or the whole file."""


def _other(raw: bytes) -> str | None:
    """What a file is that is no text, as far as its first bytes and the names in it show."""
    if raw.startswith(b"PK\x03\x04"):
        if b"word/" in raw or b"opendocument.text" in raw:
            return "a document of a word processor"
        return "a workbook" if b"xl/" in raw or b"opendocument.spreadsheet" in raw else "a packed file"
    return next((what for begins, what in _OTHER_FILES.items() if raw.startswith(begins)), None)


def decode(
    raw: bytes,
    file: str,
    ours: Callable[[str], bool] = is_ours,
    *,
    most: int = LARGEST_FILE,
    empty: str = "`socsam init AREA` writes one to start from",
) -> str:
    """The text of a file; a line of it is shown only where it is one of ``ours``. ``empty`` is what to do about one without any.

    Raises AgreementError when it is too large, empty or not UTF-8.
    """
    if len(raw) > most:
        raise AgreementError.of("file-size", Place(file), f"the file has more than {most // 1024**2} MiB", "is it the right file?")
    if other := _other(raw):
        named = f"a workbook's figures are read by an agreement that names it: `figures: {PurePath(file).name}`"
        remedy = named if "workbook" in other else "save it as plain text in UTF-8, or name another file"
        raise AgreementError.of("encoding", Place(file), f"this is {other}, not a text file", remedy)
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
        raise AgreementError.of("empty", Place(file), "the file is empty", empty)
    return text


def read(text: str, file: str) -> Tree:
    """Build the tree of a text. Problems of form are collected in ``tree.problems``; a syntax error ends the reading."""
    tree = Tree(file, text)
    if "\t" in text:
        refuse_tabs(tree)
    try:
        _build(tree)
        return tree
    except yaml.YAMLError as error:
        if not any(problem.code == "tab" for problem in tree.problems):  # a tab is the cause of what comes after it
            tree.problems += missing_spaces(tree, error) or [syntax_problem(tree, error)]
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
    documents = values = 0
    scalar: Any = yaml.ScalarEvent
    last: tuple[Any, int] | None = None  # the last plain value's key and end, for the split comma
    prior = last  # the same before the pending key
    began = ended = 0  # where that value begins in the text, and where the last key ends

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
            if not dropped and container.__class__ is dict and not isinstance(key, str):
                key = False if key is None else None  # refused as a key, its value goes with it; and so is the value of a refused key
            elif not dropped and container is not None:
                refused = (*path, len(container) if key is None else key)
                tree.refuse(refused, container, (*key_mark, event.start_mark.line, event.start_mark.column, len(event.anchor) + 1))
                key, key_mark, last = None, _NO_KEY, None
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
                prior = last
                key, key_mark, last = _key(tree, event, container, path, last)
                ended = event.end_mark.index
                continue
            if isinstance(key, str) and not value and not event.style and not _COLON.match(tree.text, ended):
                value = without_colon(tree, container, path, key, prior, began, ended)
                if value is None and prior is not None:
                    key, key_mark, last = None, _NO_KEY, (prior[0], ended)
                    continue
                key = key.partition(":")[0] if value else key
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
        values += 1
        if values > MOST_VALUES:
            text = f"the file holds more than {MOST_VALUES // 1000} 000 values"
            tree.complain("file-size", start, 1, text, "is it the right file? amounts by the thousand belong into books (`figures:`)")
            tree.data = None
            return
        tree._marks[here] = (*key_mark, start.line, start.column, length)
        last = (here[-1], event.end_mark.index) if kind is scalar and here and not event.style else None
        began = start.index
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
    if last and start.index == last[1] + 1 and re.fullmatch(_SPLIT_REST, key) and tree.text[last[1] : start.index] == ",":
        before = container[last[0]]
        here = (*path, last[0])
        if here in tree.refused:  # `1,234,567`: said already
            return False, mark, (last[0], end.index)
        if before and re.fullmatch(_SPLIT_VALUE, before):
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
