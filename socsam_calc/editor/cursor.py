"""Where the cursor stands in a file that need not be YAML yet: told from the indentation, the dashes and the brackets before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..problems import Path

_NAME: Final = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\"'#{}\[\],&*!|>%@`:\s][^\"'#{}\[\],:]*?)(?P=quote)\s*:(?=\s|$)")
_LINE_BREAK: Final = re.compile(r"\r\n|[\n\r]")


class Spot(NamedTuple):
    """A place in the file: the path of what holds it, the name before its colon where a value stands there, and what is written so far.

    ``whole`` is the whole word that the cursor is in, ``name`` None where a name may begin. ``beside`` are the names that stand before it
    inside the same brackets.
    """

    holder: Path
    name: str | int | None
    written: str
    whole: str
    beside: frozenset[str] = frozenset()

    @property
    def path(self) -> Path:
        """The path of the value here, or of what the name here would hold."""
        return (*self.holder, self.whole if self.name is None else self.name)


class _Part(NamedTuple):
    """A dash or a name of a line, and the column at which it begins."""

    column: int
    name: str | None


def lines_of(text: str) -> list[str]:
    """The lines of a text as the protocol of editors counts them."""
    return _LINE_BREAK.split(text)


def spot(text: str, line: int, column: int) -> Spot | None:
    """What stands at a line and a column, both from 0, in characters; None in a comment."""
    lines = lines_of(text)
    if line >= len(lines):
        return None
    opened = _opened(lines[:line], lines[line][:column])
    if opened is None:
        return None
    rest = lines[line][column:]
    after = re.match(r"[^\s,:{}\[\]#\"']*", rest)
    end = after[0] if after else ""
    if not opened:
        return _in_block(lines, line, lines[line][:column], end)
    row, start = opened[0]
    before = lines[row][:start]
    outside = _in_block(lines, row, before, "")
    inside = "\n".join([*lines[row:line], lines[line][:column]])[start:] if row < line else lines[line][start:column]
    return None if outside is None else _in_flow(outside, inside, end)


def _opened(before: Sequence[str], head: str) -> list[tuple[int, int]] | None:
    """Row and column of each bracket that is open at the end of the head; None where a comment is. A name at the margin closes all."""
    opened: list[tuple[int, int]] = []
    for row, line in enumerate([*before, head]):
        if re.match(r"\w[\w ]*:(\s|$)", line):
            opened = []
        quote, commented, previous = "", False, " "
        for column, letter in enumerate(line):
            if quote:
                quote = "" if letter == quote else quote
            elif letter in "\"'" and previous in " {[,:":
                quote = letter
            elif letter == "#" and previous.isspace():
                commented = True
                break
            elif letter in "{[" and (opened or previous.isspace()):
                opened.append((row, column))
            elif letter in "}]" and opened:
                opened.pop()
            previous = letter
        if commented and row == len(before):
            return None
    return opened


# --- in lines ----------------------------------------------------------------------------------------------------------------


def _in_block(lines: Sequence[str], row: int, head: str, end: str) -> Spot | None:
    """The spot at the end of the head of a line, which no bracket holds."""
    parts, at = _parts(head)
    column = parts[0].column if parts else at
    path = _above(lines, row, column, dashed=bool(parts) and parts[0].name is None)
    for number, part in enumerate(parts):
        if part.name is None:
            path = (*path, _before(lines, row, part.column) if number == 0 else 0)
        elif number + 1 == len(parts):
            written = head[at:].strip()
            return Spot(path, part.name, written, written + end)
    written = head[at:].strip()
    if parts and parts[-1].name is None:  # an entry of a list: a value, or the first name of entries
        return Spot(path[:-1], path[-1], written, written + end) if ":" not in written else None
    return Spot(path, None, written.strip("\"'"), (written + end).strip("\"'"))


def _parts(line: str) -> tuple[list[_Part], int]:
    """The dashes and the name that a line begins with, and the column at which the rest begins."""
    parts: list[_Part] = []
    at = len(line) - len(line.lstrip(" "))
    while match := re.compile(r"-(?: +|$)").match(line, at):
        parts.append(_Part(at, None))
        at = match.end()
    if found := _NAME.match(line, at):
        parts.append(_Part(at, found["name"].strip()))
        at = found.end()
    return parts, at


def _above(lines: Sequence[str], row: int, column: int, *, dashed: bool) -> Path:
    """The names and places that hold what begins at a column of a row."""
    path: list[str | int] = []
    for number in range(row - 1, -1, -1):
        if not lines[number].strip() or lines[number].lstrip().startswith("#"):
            continue
        for part in reversed(_parts(lines[number])[0]):
            inside = part.column < column or (dashed and part.name is not None and part.column == column)
            if not inside:
                continue
            path.append(part.name if part.name is not None else _before(lines, number, part.column))
            column, dashed = part.column, part.name is None
        if column == 0 and not dashed:
            break
    return tuple(reversed(path))


def _before(lines: Sequence[str], row: int, column: int) -> int:
    """How many entries of the list stand before the dash at this column."""
    count = 0
    for number in range(row - 1, -1, -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts, at = _parts(line)
        begins = parts[0].column if parts else at
        if begins < column or (begins == column and not (parts and parts[0].name is None)):
            break
        count += any(part.name is None and part.column == column for part in parts)
    return count


# --- in brackets -------------------------------------------------------------------------------------------------------------


def _in_flow(outside: Spot, inside: str, end: str) -> Spot:
    """The spot at the end of what stands inside brackets, which begin with the first of them."""
    holder = outside.path if outside.name is not None else outside.holder
    stack: list[tuple[Path, str, set[str]]] = []
    name: str | int | None = None
    word = ""
    for kind, token in _tokens(inside):
        if kind == "open":
            inner = holder if not stack else (*stack[-1][0], name if name is not None else word)
            stack.append((inner, token, set()))
            name, word = (0 if token == "[" else None), ""
        elif kind == "close":
            stack.pop()
            name, word = None, ""
        elif kind == "comma":
            name, word = (int(name or 0) + 1 if stack[-1][1] == "[" else None), ""
        elif kind == "colon":
            name, word = word.strip(), ""
            stack[-1][2].add(name)
        else:
            word += token
    written = word.strip()
    path, _, names = stack[-1]
    return Spot(path, name, written, written + end, frozenset(names))


def _tokens(inside: str) -> Iterator[tuple[str, str]]:
    """Brackets, commas, colons, and the text between them; what is quoted is text."""
    for match in re.finditer(r"\"([^\"]*)\"?|'([^']*)'?|[{}\[\]]|,|:(?=\s|$)|[^{}\[\],:\"']+|:", inside):
        token = match[0]
        if token in "{[":
            yield "open", token
        elif token in "}]":
            yield "close", token
        elif token == ",":
            yield "comma", token
        elif token == ":" and (match.end() == len(inside) or inside[match.end()].isspace()):
            yield "colon", token
        else:
            yield "text", next((one for one in match.groups() if one is not None), token)
