"""What can be wrong with a file or a command line, as data; and the exceptions that carry it.

A problem is a value: it is collected, shown with its place and its remedy, and never swallowed. The tree of exceptions:

    SocsamError            anything that the user can mend (exit status 2)
    ├── AgreementError     a file that is refused, with all its problems
    ├── OutputError        a result that could not be written, or an argument that makes no sense
    └── NotFoundError      a year, a party … that a result does not hold; a KeyError too
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_MOST_NAMED: Final = 12  # things that there are, before the rest is counted
_MOST_SHOWN: Final = 120  # letters of a source line

Path = tuple[str | int, ...]
"""Where a value stands in a file: the keys and list positions that lead to it."""


class Place(NamedTuple):
    """A spot in a text: ``line`` and ``column`` count from 1, in characters; ``line`` 0 means the whole file or option.

    In a workbook they are the row and the column of a cell, and ``cell`` says which, as a spreadsheet does.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    excerpt: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}, {self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def marked(self, most: int = _MOST_SHOWN) -> list[str]:
        """The source line with its number, and below it a mark under the spot; of a long line ``most`` letters around it. Nothing where it is not known."""
        if not self.excerpt:
            return []
        number = f"{self.line:>5}" if self.line else " " * 5
        excerpt, start, width = _shorten(self.excerpt, self.column - 1, self.length, most)
        return [f"{number} | {excerpt}", f"      | {' ' * start}{'^' * width}"]


class Fault(NamedTuple):
    """A problem before its place is known: what is wrong at ``path``, and what would be right.

    ``rests_on`` lists other paths whose values the finding needs: where one of them is refused already, this finding is noise.
    ``on_key`` puts the mark on the key instead of the value.
    """

    path: Path
    code: str
    text: str
    remedy: str = ""
    rests_on: tuple[Path, ...] = ()
    on_key: bool = False


class Problem(NamedTuple):
    """Something a person must mend: a stable ``code``, where it is, what is wrong and what would be right."""

    code: str
    place: Place
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        """The problem as a person reads it: place and fact, the source line with the spot marked, the remedy."""
        lines = [f"{self.place}: {self.text}", *self.place.marked()]
        if self.remedy:
            lines.append(f"   {self.remedy}")
        return "\n".join(lines)


def _shorten(line: str, start: int, width: int, most: int) -> tuple[str, int, int]:
    """Cut a long source line to a window around the marked spot, and show what cannot be printed as a plain mark."""
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in line)
    width = max(1, min(width, len(shown) - start))
    if len(shown) <= most:
        return shown, start, width
    before, room = most // 3, most - 20
    first = max(0, start - before)
    window = ("…" if first else "") + shown[first : first + room] + ("…" if first + room < len(shown) else "")
    return window, start - first + (1 if first else 0), min(width, most // 2, room - (start - first))


class SocsamError(Exception):
    """Anything that the user can mend; the text is written for that user."""


class AgreementError(SocsamError):
    """A file that is refused. ``problems`` holds every problem found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def of(cls, code: str, place: Place, text: str, remedy: str = "") -> AgreementError:
        """A file, or what is asked of it, refused for one reason."""
        return cls([Problem(code, place, text, remedy)])

    def __reduce__(self) -> tuple[type[AgreementError], tuple[Sequence[Problem]]]:
        """What it is made from again where it comes out of another process: the problems, not their text."""
        return type(self), (self.problems,)


class OutputError(SocsamError):
    """A result that could not be written, or an argument of a call that makes no sense."""


class NotFoundError(SocsamError, KeyError):
    """A year, a party, an activity … that a result does not hold; the text says which there are.

    It is a KeyError, as Python's own look-ups raise, and a SocsamError, whose text is written for people.
    """

    def __str__(self) -> str:
        return Exception.__str__(self)  # a KeyError shows the quoted form of what it was given

    @classmethod
    def of(cls, kind: str, wanted: object, known: Iterable[object], where: str = "") -> NotFoundError:
        """There is no such thing ``where``; the nearest one, or those that there are."""
        there = [repr(one) for one in known]
        near = nearest(repr(wanted), there) if isinstance(wanted, str) else None
        more = f", and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
        remedy = f"did you mean {near}? " if near else ""
        remedy += f"there is: {', '.join(there[:_MOST_NAMED])}{more}" if there else "there is none at all"
        return cls(f"there is no {kind} {wanted!r}{where}\n   {remedy}")


class Refused(Exception):
    """Raised by the engine for an agreement that cannot be settled; ``faults`` says where and why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("; ".join(fault.text for fault in self.faults))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` is probably a slip for, if any."""
    from difflib import get_close_matches  # a file without a slip needs none of it

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def spans(numbers: Sequence[int], most: int | None = None) -> str:
    """Ascending numbers, those that follow each other as one span: 3, 5–8. No more than ``most`` spans are written out."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number <= found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [str(start) if start == end else f"{start}–{end}" for start, end in found]
    if most is not None and len(shown) > most:
        left = sum(end - start + 1 for start, end in found[most:])
        return ", ".join(shown[:most]) + f" and {left} more"
    return ", ".join(shown)


def cut(text: str, most: int = 60) -> str:
    """A text of a file as a message may quote it: on one line, and not without end."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: most + 1])
    return shown if len(shown) <= most else f"{shown[:most]}…"
