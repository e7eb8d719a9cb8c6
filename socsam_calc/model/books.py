"""What an agreement says of its books: which file of an accounting program it reads, and which accounts make the cost of which activity."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .reading import Apart, Reads, Shapes, Strict, choice, problem, scalar_text
from .scalars import ActivityId, Date, Text, YearNumber, Yes

_SPAN: Final = r"([0-9]+)\s*[-–−]\s*([0-9]+)"
_ACCOUNT: Final = r"[^\s,;{}\[\]\"]+"
_LONGEST: Final = 20


class Span(NamedTuple):
    """Accounts from one to another, both included; or one account alone, where both are the same text and ``alone``.

    Account numbers are digits read from the left: the ends and an account are compared at the end's length, a shorter account filled
    with zeros, so that `4000-6999` holds 403, 4031 and 40312. An account alone is that account and no other.
    """

    first: str
    last: str
    alone: bool = False

    def holds(self, account: str) -> bool:
        """Whether the account is one of these."""
        if self.alone:
            return account == self.first
        if not (account.isascii() and account.isdecimal()):
            return False
        return _at(account, self.first) >= self.first and _at(account, self.last) <= self.last

    def __str__(self) -> str:
        return self.first if self.alone else f"{self.first}-{self.last}"


def _at(account: str, end: str) -> str:
    """The account at the length of an end."""
    return account[: len(end)].ljust(len(end), "0")


OWN_RESULTS: Final = (Span("899", "899", True), Span("8990", "8999"))
"""The account of the year's own result: its bookings repeat what stands on the others."""


def is_own_result(account: str) -> bool:
    """Whether the account is that of the year's own result (899, 8990–8999)."""
    return any(span.holds(account) for span in OWN_RESULTS)


def _span(value: Any, info: ValidationInfo | None = None) -> Span:
    text = scalar_text(value, "an account, or a range of accounts", "write `4010`, `4000-4999`, or a list of these")
    if match := re.fullmatch(_SPAN, text):
        first, last = match.groups()
        if max(len(first), len(last)) > _LONGEST:
            raise problem("bad-account", f"`{text}` is no range of accounts", "write `4000-4999`")
        length = max(len(first), len(last))
        if first.ljust(length, "0") > last.ljust(length, "9"):
            raise problem("bad-account", f"the range `{text}` runs backwards", f"write `{last}-{first}`")
        return Span(first, last)
    if re.fullmatch(_ACCOUNT, text) and not re.search("[0-9][-–−]$|^[-–−]", text):
        return Span(unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", text), True)
    raise problem("bad-account", f"`{text}` is no account", "write `4010`, `4000-4999`, or a list of these; a range has both its ends")


def _one(value: Span | list[Span]) -> list[Span]:
    return [value] if isinstance(value, Span) else value


OneSpan = Annotated[Span, Reads(_span, schemas.ACCOUNT)]
Spans = Annotated[list[Span], Shapes(word=OneSpan, items=list[OneSpan]), AfterValidator(_one)]
"""Accounts: one, a range, or a list of these."""


def _object(value: Any, info: ValidationInfo | None = None) -> str:
    return unicodedata.normalize("NFC", scalar_text(value, "an object's number"))


ObjectName = Annotated[str, Reads(_object, schemas.OBJECT)]
Dimension = Annotated[str, Reads(_object, schemas.DIMENSION)]


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


Objects = Annotated[list[str], Shapes(word=ObjectName, items=list[ObjectName]), AfterValidator(_listed)]
ANY_DIMENSION: Final = ""
"""The dimension of the objects in a column `object`."""


def _by_dimension(value: Any) -> Any:
    """A list of objects is one of the column `object`."""
    return value if isinstance(value, dict) else {ANY_DIMENSION: [value] if isinstance(value, str) else value}


class Row(Strict):
    """What counts as the cost of an activity: accounts, of certain objects alone where these are named."""

    accounts: Spans
    """Its accounts: a number, a range with both ends, or a list of these."""
    objects: Annotated[
        dict[str, list[str]], Shapes(word=Objects, items=Objects, entries=dict[Dimension, Objects]), AfterValidator(_by_dimension)
    ] = {}
    """Which objects count, by dimension (SIE: 1 cost centre, 6 project); of several dimensions all must hold, of several objects any."""


def _row(value: Row | list[Span] | Span) -> Row:
    """Accounts alone are a row without objects."""
    return value if isinstance(value, Row) else Row.model_construct(accounts=_one(value), objects={})


RowOf = Annotated[Row, Shapes(word=OneSpan, items=list[OneSpan], entries=Row), AfterValidator(_row)]


class Books(Strict):
    """An export of an accounting program, or a file of bookings, and what its accounts mean here."""

    file: Text
    """The file: SIE 4, or .csv or .xlsx with the columns year, month, account, object and amount; or one of figures by activity."""
    rounding: Annotated[Literal["refused", "nearest"], choice("refused", "nearest", what="a way to round")] = "refused"
    """Of sums finer than the agreement's rounding: refused, by default, or rounded to the nearest, halves away from zero."""
    accounts: dict[ActivityId, RowOf] | None = None
    """Activity by activity the accounts that make its cost."""
    outside: Spans = []
    """Accounts that are read and left out."""
    contributions: Spans = []
    """The accounts on which the members' contributions are booked; for check, which holds them against the frame."""
    capital: Spans = []
    """The accounts of own capital; for check, which holds them against the balances."""
    through: Date | None = None
    """Through which day the books are counted: the last of a month. By default what the file itself says."""
    closed: Yes = True
    """Whether the books of a whole year are closed; if not, its costs are an estimate."""
    year: YearNumber | None = None
    """The year that is read, where the file states several."""


_Books = Annotated[Books, Apart()]
FigureFile = Annotated[str | Books, Shapes(word=Text, entries=_Books)]
Figures = Annotated[str | Books | list[str | Books], Shapes(word=Text, entries=_Books, items=list[FigureFile])]
"""Where the figures come from: a file, an export with its accounts, or a list of these."""
