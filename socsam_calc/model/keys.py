"""Keys: what an amount is divided by, as a file may say it: a word, a name, shares in which groups may stand, or weights."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .key_words import KEY_WORDS
from .meant import meant
from .reading import Later, Reads, Shapes, Strict, context_of, one_of, problem, scalar_text, shown
from .scalars import PartyId, Weight, YearNumber, parse_new_key, parse_party, parse_share


class _GroupName(str):
    """The name of an entry that holds entries itself: a group, not a party."""

    __slots__ = ()


def _marked(value: Any) -> Any:
    """Names of groups told from those of parties, by what stands under them."""
    if not isinstance(value, dict):
        return value
    return {_GroupName(name) if isinstance(entry, dict) else name: entry for name, entry in value.items()}


def _party_or_group(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, _GroupName):
        return parse_party(value, info)
    name = parse_new_key(str(value))
    if name in (context_of(info).parties or ()):
        raise problem(
            "group-is-party", f"`{name}` is a party, so it cannot be a group", "write its share alone, or name the group otherwise"
        )
    return name


def parse_share_or_rest(value: Any, info: ValidationInfo) -> Fraction | None:
    """A share, or None for `rest`."""
    if isinstance(value, str) and (word := value.strip()).isalpha():
        if word == "rest":
            return None
        if meant(word, ["rest"]):
            raise problem("bad-share", f"`{word}` is not a share", "did you mean `rest`?")
    return parse_share(value)


def _word_or_name(value: Any, info: ValidationInfo) -> str:
    """One of the words, or the name of a key of the file."""
    text = unicodedata.normalize("NFC", scalar_text(value, "a key"))
    known = context_of(info).keys
    if text in KEY_WORDS or known is None or text in known:
        return text
    words = (*KEY_WORDS, *sorted(known))
    said = ", ".join(f"`{word}`" for word in KEY_WORDS)
    what = f"{shown(text)} is not a key ({said}, the name of one, or a share for each party)"
    raise problem("unknown-key", what, Later(partial(one_of, text, words)))


class Weights(Strict):
    """A key by weights, of which only the proportions count."""

    weights: Annotated[
        dict[str, Fraction] | dict[int, dict[str, Fraction]],
        Shapes(entries=dict[PartyId, Weight], tables=dict[YearNumber, dict[PartyId, Weight]]),
    ]
    """Party by party a weight, such as its inhabitants; or such a table for each year from which it holds."""

    @property
    def by_year(self) -> bool:
        """Whether there is a table for each year, not one for all."""
        return any(isinstance(entry, dict) for entry in self.weights.values())

    def table(self, year: int) -> tuple[int | None, Mapping[str, Fraction]]:
        """The weights in force in a year, those of the latest year that is not after it, and that year; nothing before the first."""
        tables: Any = self.weights
        if not self.by_year:
            return None, tables
        begun = [first for first in tables if first <= year]
        return (max(begun), tables[max(begun)]) if begun else (None, {})


class Group(Strict):
    """Several parties that stand in a key as one, and divide their part in their turn."""

    share: Annotated[Fraction | None, Reads(parse_share_or_rest, schemas.SHARE_OR_REST)]
    """What falls to them together: a share, or rest."""
    by: Key
    """The key that divides it between them, and names them: shares, weights, or the name of such a key."""


class Rest(Fraction):
    """A share that the file writes as `rest`, filled in."""

    __slots__ = ()


def is_rest(entry: Fraction | Group) -> bool:
    """Whether what falls to a party or a group is written as `rest`."""
    return isinstance(entry.share if isinstance(entry, Group) else entry, Rest)


ABOUT: Final = "{share} (about {number} %)"
"""A share that ends within no four decimals of a per cent, and what it nearly is."""


def shares_sum(entries: Mapping[str, Fraction | Group | None]) -> dict[str, Fraction | Group]:
    """Shares that add up to exactly 1, with `rest` (None) filled in, those of groups too."""
    shares = {name: entry.share if isinstance(entry, Group) else entry for name, entry in entries.items()}
    given = sum((share for share in shares.values() if share is not None), Fraction(0))
    open_ones = [name for name, share in shares.items() if share is None]
    if len(open_ones) > 1:
        raise problem(
            "two-rests", "`rest` stands at " + " and ".join(f"`{name}`" for name in open_ones), "only one of them can take the rest"
        )
    if (open_ones and given > 1) or (not open_ones and given != 1):
        remedy = "write one of them as `rest`, or three equal ones as 1/3" if not open_ones else "make the others smaller"
        raise problem("shares-sum", f"the shares add up to {percent_text(given)}, not 100 %", remedy)
    filled = {name: Rest(1 - given) if share is None else share for name, share in shares.items()}
    return {
        name: entry.model_copy(update={"share": filled[name]}) if isinstance(entry, Group) else filled[name]
        for name, entry in entries.items()
    }


def percent_text(share: Fraction, about: str = ABOUT) -> str:
    """A share as a percentage, exact where it ends within four decimals, else also as the fraction, which is said as ``about`` has it."""
    number = f"{float(share * 100):.4f}".replace(".", ",")
    return about.format(share=share, number=number) if (share * 1_000_000).denominator != 1 else f"{number.rstrip('0').rstrip(',')} %"


_Entry = Annotated[
    Fraction | Group | None, Shapes(word=Annotated[Fraction | None, Reads(parse_share_or_rest, schemas.SHARE_OR_REST)], entries=Group)
]
_Name = Annotated[str, Reads(_party_or_group, schemas.new_id(("weights",)))]
Shares = Annotated[dict[str, Fraction | Group], Shapes(entries=dict[_Name, _Entry]), BeforeValidator(_marked), AfterValidator(shares_sum)]
_Word = Annotated[str, Reads(_word_or_name, schemas.KEY_NAME)]
Key = Annotated[str | dict[str, Fraction | Group] | Weights, Shapes(word=_Word, entries=Shares, weights=Weights)]
"""What an amount is divided by: a word, the name of a key, shares of parties and groups, or weights."""

Group.model_rebuild()
