"""A first mapping of books to activities, to be filled in: what the accounts and the objects of a file suggest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ...answers.books import Account, Looked, Object
from ...model.scalars import RESERVED
from ..told.words import Words
from .asked import Asked
from .association import FRAME, AssociationFile
from .commented import scalar

_CLASSES: Final = (
    ("purchases", "Bought services", "4000-4999", "4"),
    ("other_costs", "Premises and other costs", "5000-6999", "56"),
    ("staff", "Staff and depreciation", "7000-7999", "7"),
)
"""What the classes of the common charts of accounts hold: costs by their kind, where no objects tell activities apart."""

_DIMENSIONS: Final = ("6", "1", "")
"""Projects first, then cost centres, then the objects of a column of their own."""

_COSTS: Final = "4000-7999"
_OUTSIDE: Final = "1000-3999, 8000-8999"
_MOST_OBJECTS: Final = 30
_MOST_NAMED: Final = 6


class Suggested(NamedTuple):
    """An activity that the books suggest: its id, its name, and how its accounts and objects stand in the mapping."""

    id: str
    name: str
    row: str
    comment: str = ""


class FirstMapping(NamedTuple):
    """A file's mapping to fill in, and the activities in it."""

    file: str
    year: int
    rows: Sequence[Suggested]
    words: Words

    @classmethod
    def of(cls, looked: Looked, words: Words) -> FirstMapping:
        """What the books suggest."""
        return cls(Path(looked.books.file).name, looked.books.year, list(_rows(looked, words)), words)

    def lines(self) -> Iterator[str]:
        """The lines of `figures:` in an agreement."""
        words = self.words
        yield "figures:"
        yield f"  file: {scalar(self.file)}"
        yield f"  rounding: nearest  # {words('öre are rounded to whole kronor, once a month')}"
        yield f"  accounts:  # {words('rename the activities, and let each account stand in one of them')}"
        for row in self.rows:
            yield f"    {row.id}: {row.row}" + (f"  # {row.comment}" if row.comment else "")
        yield f"  outside: [{_OUTSIDE}]  # {words('balances, income and financial items: read and left out')}"
        yield f"  # contributions: 3500-3599  # {words('the accounts of the members’ contributions, for check')}"
        yield f"  # capital: 2010-2099  # {words('the accounts of own capital, for check')}"

    def text(self) -> str:
        """The mapping as text."""
        return "".join(f"{line}\n" for line in self.lines())


_ACTIVITY: Final = """\
  {id}:
    name: {name}
    by: {key}
    cost: ???  # the kind of cost, such as joint_measures or administration
"""


class BooksFile(AssociationFile):
    """The file of an association whose activities and costs come from books: what is left to fill in is the frame, and own capital."""

    def __init__(self, asked: Asked, words: Words, mapping: FirstMapping) -> None:
        super().__init__(asked, words)
        self.mapping = mapping

    def _head(self) -> Iterator[str]:
        yield from super()._head()
        yield from self.mapping.lines()

    def _activities(self) -> Iterator[str]:
        yield from self.written("activities:  # those of the books; rename them here and under `figures`")
        for row in self.mapping.rows:
            yield from self.written(_ACTIVITY, id=row.id, name=scalar(row.name), key=self.key)

    def _years(self) -> Iterator[str]:
        yield from self.written("years:  # the costs come from the books")
        for year in self.years:
            yield from [""] if year > self.years[0] else []
            yield f"  {year}:"
            yield from self.written(FRAME, year=year)
            yield from self.each("      {each}: ???", [row.id for row in self.mapping.rows])


def _rows(looked: Looked, words: Words) -> Iterator[Suggested]:
    costs = [one for one in looked.accounts if one.is_result and one.number[:1] in "4567"]
    for dimension in _DIMENSIONS:
        objects = [one for one in looked.objects if one.dimension == dimension]
        if 0 < len(objects) <= _MOST_OBJECTS:
            yield from _by_object(objects, costs, words)
            return
    taken = False
    for name, title, accounts, digits in _CLASSES:
        if held := [one for one in costs if one.number[:1] in digits]:
            taken = True
            yield Suggested(words(name), words(title), f"[{accounts}]", _named(held))
    if not taken:
        yield Suggested(words("costs"), words("Costs"), f"[{_COSTS}]")


def _by_object(given: Sequence[Object], costs: Sequence[Account], words: Words) -> Iterator[Suggested]:
    """An activity for each object, and one for what belongs to none."""
    seen: set[str] = set()
    for dimension, number, name, _ in given:
        id_ = _id(number, words("activity"), seen)
        objects = f"[{_quoted(number)}]" if not dimension else f"{{{_quoted(dimension)}: [{_quoted(number)}]}}"
        yield Suggested(id_, name or number, f"{{accounts: {_COSTS}, objects: {objects}}}")
    yield Suggested(_id(words("office"), words("activity"), seen), words("Office and board"), f"[{_COSTS}]", _named(costs))


def _id(text: str, start: str, seen: set[str]) -> str:
    """A short name that no other has: the object's number, with a word before it where it does not begin with a letter."""
    made = re.sub(r"\W+", "_", text.lower()).strip("_")
    made = made if made[:1].isalpha() and made not in RESERVED else f"{start}_{made}".rstrip("_")
    number, first = 2, made
    while made in seen:
        made, number = f"{first}_{number}", number + 1
    seen.add(made)
    return made


def _named(accounts: Sequence[Account]) -> str:
    """Some accounts as a comment names them."""
    told = [" ".join(f"{one.number} {one.name}".split()) for one in accounts[:_MOST_NAMED]]
    return ", ".join(told) + (" …" if len(accounts) > _MOST_NAMED else "")


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else "'" + text.replace("'", "''") + "'"
