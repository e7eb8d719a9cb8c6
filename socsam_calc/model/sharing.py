"""The terms of sharing: how much of the result is shared, by which keys, when it is paid and how money flows."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self, assert_never, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core.core_schema import ValidationInfo

from ..problems import nearest
from . import schemas
from .reading import Reads, Shapes, choice, problem, scalar_text, shown
from .scalars import PartyId, Percent, PeriodYear, Share, Text, parse_activity, parse_percent, parse_positive, parse_share


class Strict(BaseModel):
    """A part of a file: frozen once read, and with no field that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def shares_sum(shares: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    """Shares that add up to exactly 1, with `rest` (None) filled in."""
    given = sum((share for share in shares.values() if share is not None), Fraction(0))
    open_ones = [name for name, share in shares.items() if share is None]
    if len(open_ones) > 1:
        raise problem(
            "two-rests", "`rest` stands at " + " and ".join(f"`{name}`" for name in open_ones), "only one of them can take the rest"
        )
    if (open_ones and given > 1) or (not open_ones and given != 1):
        remedy = "write one of them as `rest`, or three equal ones as 1/3" if not open_ones else "make the others smaller"
        raise problem("shares-sum", f"the shares add up to {percent_text(given)}, not 100 %", remedy)
    return {name: 1 - given if share is None else share for name, share in shares.items()}


def percent_text(share: Fraction) -> str:
    """A share as a percentage, exact where it ends within four decimals, else also as the fraction."""
    number = share * 100
    if (number * 10_000).denominator == 1:
        return f"{float(number):.4f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
    return f"{share} (about {float(number):.4f} %)".replace(".", ",")


def _share_or_rest(value: Any, info: ValidationInfo) -> Fraction | None:
    if isinstance(value, str) and (word := value.strip()).isalpha():
        if word == "rest":
            return None
        if nearest(word.lower(), ["rest"]):
            raise problem("bad-share", f"`{word}` is not a share", "did you mean `rest`?")
    return parse_share(value)


def _activity_or_others(value: Any, info: ValidationInfo) -> str:
    return "others" if value == "others" else parse_activity(value, info)


ShareOrRest = Annotated[
    Fraction | None,
    Reads(_share_or_rest, schemas.SHARE_OR_REST),
]
Shares = Annotated[dict[str, Fraction], Shapes(entries=dict[PartyId, ShareOrRest]), AfterValidator(shares_sum)]
KeyWord = Literal["frame", "equal"]
"""The keys that a word stands for."""

_KEY_WORDS: Final = get_args(KeyWord)
_KeyWord = Annotated[str, choice(*_KEY_WORDS, what=f"a key ({', '.join(f'`{word}`' for word in _KEY_WORDS)}, or a share for each party)")]
Key = Annotated[KeyWord | dict[str, Fraction], Shapes(word=_KeyWord, entries=Shares)]
"""How a surplus or a deficit is divided: by the year's contributions, equally, or by agreed shares."""

_ActivityOrOthers = Annotated[str, Reads(_activity_or_others, schemas.REFERENCE)]
SharedParts = Annotated[Fraction | dict[str, Fraction], Shapes(word=Share, entries=dict[_ActivityOrOthers, Share])]
"""How much of the result is shared: one share for every activity, or a share for each."""


def _limit(value: Any, info: ValidationInfo) -> int | Fraction:
    """A band's upper limit: a Fraction of the final frame, or an int of rounding units."""
    text = scalar_text(value, "a limit")
    if not text.endswith("%"):
        return parse_positive(value, info)
    percent = parse_percent(text)
    if percent <= 0:
        raise problem("not-positive", f"{shown(text)} is not above 0", "bands are counted from zero upwards, for surplus and deficit alike")
    return percent


class Band(Strict):
    """One step of the scale: of what lies below ``to`` and above the band before, ``shared`` is really shared.

    ``to`` is a Fraction of the final frame, an int of rounding units, or None for the last band, which has no end.
    """

    to: Annotated[Fraction | int | None, Reads(_limit, schemas.LIMIT)] = None
    """The upper limit: in percent of the final frame, or an amount. Left out of the last band."""
    shared: Share
    """How much of what lies inside the band is shared."""


def _ascending(bands: list[Band]) -> list[Band]:
    if not bands:
        raise problem("bands", "the list of bands is empty", "write `bands: none`, or at least `- shared: 100 %`")
    limits = [band.to for band in bands[:-1]]
    if bands[-1].to is not None:
        raise problem("bands", "the last band has a limit", "leave `to` out of the last band: it reaches all the way")
    if any(limit is None for limit in limits):
        raise problem("bands", "a band before the last has no limit", "give it `to:`")
    known = [limit for limit in limits if limit is not None]
    if len({isinstance(limit, Fraction) for limit in known}) > 1:
        raise problem("bands", "the limits mix percentages and amounts", "use one of them throughout")
    if any(after <= before for before, after in pairwise(known)):
        raise problem("bands", "the limits are not ascending", "order the bands from the smallest limit to the largest")
    return bands


Scale = Annotated[list[Band], AfterValidator(_ascending), Field(json_schema_extra={"minItems": 1})]


class SignedBands(Strict):
    """Bands for each sign apart; an absent sign is shared whole."""

    surplus: Scale | None = None
    """The bands for a surplus."""
    deficit: Scale | None = None
    """The bands for a deficit."""


def _both_signs(value: SignedBands | list[Band] | None) -> SignedBands | None:
    return SignedBands.model_construct(surplus=value, deficit=value) if isinstance(value, list) else value


def none_of(what: str) -> Reads:
    """The word `none`, which ends what was agreed before."""
    word = choice("none", what=what)

    def parse(value: Any, info: ValidationInfo) -> None:
        word.parse(value, info)

    return Reads(parse, {"const": "none"})


_NoBands = Annotated[None, none_of("a list of bands")]
Bands = Annotated[SignedBands | None, Shapes(word=_NoBands, items=Scale, entries=SignedBands), AfterValidator(_both_signs)]


class StateSplit(Strict):
    """How the office's part is divided between the office and the state."""

    cap: Percent = Fraction(1, 10)
    """The most that the office takes, of what it put in for administration; 10 % by default."""
    administration: Share | None = None
    """Administration's share of the costs; computed from the costs where it is left out."""

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.cap < 0:
            raise problem("negative", "the cap is below 0", "write a percentage such as `10 %`")
        return self


Split = Annotated[StateSplit | None, Shapes(word=Annotated[None, none_of("a split (`cap:` and `administration:`)")], entries=StateSplit)]

TimeWord = Literal["yearly", "at_end"]
_TimeWord = Annotated[str, choice(*get_args(TimeWord), what="a time of distribution (`yearly`, `at_end` or a list of years)")]
Distribute = Annotated[TimeWord | list[int], Shapes(word=_TimeWord, items=list[PeriodYear])]
"""When the result is paid: every year, in the year in which the period ends, or in the years listed."""

FlowWord = Literal["notional", "real"]
Flow = Annotated[FlowWord, choice(*get_args(FlowWord), what="a flow")]


class Sharing(Strict):
    """The terms in force: what is shared, by which keys, when, and how the money flows."""

    shared: SharedParts = Fraction(1)
    """How much of the result is shared: one share, or a share for each activity with others for the rest; 100 % by default."""
    bands: Bands = None
    """How much of the shared result is really shared, by its size; none ends them."""
    surplus: Key
    """The key for a surplus: frame (by the final contributions), equal, or a share for each party, together 100 %."""
    deficit: Key
    """The key for a deficit: frame (by the final contributions), equal, or a share for each party, together 100 %."""
    state_split: Split = None
    """How the office's part is divided between the office and the state; none turns it off."""
    association_shares: Shares | None = None
    """Each party's share in the association's assets and liabilities, together 100 %."""
    distribute: Distribute = "yearly"
    """When the result is paid: yearly (the default), at_end, or a list of years."""
    flow: Flow = "notional"
    """Whether money changes hands during the year (real) or is settled afterwards (notional, the default)."""

    def scale(self, sign: int) -> list[Band] | None:
        """The bands for a surplus (sign above 0) or a deficit, or None where the whole is shared."""
        if self.bands is None:
            return None
        return self.bands.surplus if sign > 0 else self.bands.deficit

    def distributes(self, year: int, period_end: int) -> bool:
        """Whether money moves in this year."""
        match self.distribute:
            case "yearly":
                return True
            case "at_end":
                return year == period_end
            case list():
                return year in self.distribute
            case _:
                assert_never(self.distribute)


Agreed = list[PartyId]
Consulted = list[Annotated[str, choice("rfv", "socialstyrelsen", what="an authority that is consulted")]]


class SharingChange(Strict):
    """New terms from a year on: each field named replaces the one in force, whole."""

    shared: SharedParts = Fraction(1)
    """How much of the result is shared: one share, or a share for each activity with others for the rest."""
    bands: Bands = None
    """How much of the shared result is really shared, by its size; none ends them."""
    surplus: Key | None = None
    """The key for a surplus: frame (by the final contributions), equal, or a share for each party, together 100 %."""
    deficit: Key | None = None
    """The key for a deficit: frame (by the final contributions), equal, or a share for each party, together 100 %."""
    state_split: Split = None
    """How the office's part is divided between the office and the state; none turns it off."""
    association_shares: Shares | None = None
    """Each party's share in the association's assets and liabilities, together 100 %."""
    distribute: Distribute = "yearly"
    """When the result is paid: yearly, at_end, or a list of years."""
    flow: Flow = "notional"
    """Whether money changes hands during the year (real) or is settled afterwards (notional)."""
    agreed: Agreed | None = None
    """The parties that agreed to it."""
    consulted: Consulted | None = None
    """The authorities that were consulted."""
    note: Text | None = None
    """A remark."""

    def applied_to(self, terms: Sharing) -> Sharing:
        """The terms in force once this change is made."""
        named = self.model_fields_set - {"agreed", "consulted", "note"}
        return terms.model_copy(update={name: getattr(self, name) for name in named})
