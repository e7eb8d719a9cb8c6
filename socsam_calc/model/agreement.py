"""The agreement: parties, activities, series and terms; the years that they hold for."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .books import Figures
from .governance import ApplicationItem, Governance, Ignore
from .keys import Key
from .reading import Apart, Reads, Shapes, Strict, choice, problem
from .running import twelve
from .scalars import (
    ActivityId,
    Amount,
    Cost,
    Date,
    Id,
    Name,
    NewKey,
    NewParty,
    Note,
    Number,
    PartyId,
    PeriodYear,
    Source,
    Text,
    Unit,
    Weight,
    YearNumber,
    Yes,
    parse_party,
    parse_series,
)
from .sharing import Sharing
from .thresholds import Thresholds
from .year import Year

ELIGIBLE_COSTS: Final = {
    "health_care": "Health care with patient transport (Act 3 §).",
    "travel_reimbursement": "Reimbursement of patients' travel (Act 3 §).",
    "social_services": "Social services and the other tasks of the social committee (Act 3 §).",
    "social_assistance": "Social assistance, a part of the social services (Act 3 §).",
    "sickness_benefit": "Sickness benefit (Act 3 §).",
    "work_injury_benefit": "Sickness benefit for work injuries (Act 3 §).",
    "rehabilitation_benefit": "Rehabilitation benefit (Act 3 §).",
    "rehabilitation_services": "The office's purchase of vocational rehabilitation (Act 3 §).",
    "administration": "The parties' administration (Act 3 §).",
    "joint_measures": "Measures that the body runs for all parties.",
    "opening_balance": "Money from before that the body already holds: set aside earlier, or an earlier trial's.",
}
"""The kinds of cost that may be in the frame of a trial, each as an editor says it."""

FORBIDDEN_COSTS: Final = {
    "disability_support": "May not be in the frame: support under LSS and LASS (PM “Vilka medel får omfattas…”).",
    "disability_pension": "May not be in the frame: disability pension (PM “Vilka medel får omfattas…”).",
    "unemployment_benefit": "May not be in the frame: unemployment benefit (PM “Vilka medel får omfattas…”).",
    "labour_market_measures": "May not be in the frame: labour market measures (PM “Vilka medel får omfattas…”).",
}
"""The kinds that may not be in it: a file may name them, and `check` finds them."""

COSTS: Final = {**ELIGIBLE_COSTS, **FORBIDDEN_COSTS}

Role = Literal["insurance_office", "county_council", "municipality", "employment_service"]
ROLES: Final = get_args(Role)

RoundingWord = Literal["öre", "kr", "tkr"]
Law = Literal["1994:566", "1992:863", "2003:1210", "none"]


class Period(Strict):
    """First and last day of the trial."""

    start: Date
    """First day of the trial, year-month-day."""
    end: Date | None = None
    """Last day of the trial, year-month-day; left out where it has no end."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise problem("period", f"the period ends ({self.end}) before it starts ({self.start})", "swap or correct the dates")
        return self

    def counted(self, year: int) -> list[int]:
        """The months of the year whose first day lies inside the period."""
        return [month for month in range(1, 13) if self.start <= date(year, month, 1) <= (self.end or date.max)]

    def months(self, year: int) -> int:
        """How many months of the year have their first day inside the period."""
        return len(self.counted(year))

    @property
    def last_year(self) -> int | None:
        """The year in which it ends; None where it has no end."""
        return None if self.end is None else self.end.year


class Party(Strict):
    """One of those that put money into the frame."""

    name: Name | None = None
    role: Annotated[Role, choice(*ROLES, what="a role")]
    """What it is: social insurance office, county council (region), municipality or employment service."""
    outside_county_council: Yes = False
    """A municipality that belongs to no county council, and is responsible for health care too."""
    from_: Annotated[YearNumber | None, Field(alias="from")] = None
    """Its first year, where it came later than the trial."""
    to: YearNumber | None = None
    """Its last year, where it left before the trial ended."""
    source: Source | None = None
    note: Note | None = None

    def present(self, year: int) -> bool:
        """Whether it is a party in this year."""
        return (self.from_ is None or self.from_ <= year) and (self.to is None or year <= self.to)


class YearBase(Strict):
    """The base of an adjusted row: what a whole year cost in the base year."""

    year: YearNumber
    """The base year, whose national outcome the series must hold."""
    amount: Cost
    """What the whole base year cost."""


_PreviousYear = Annotated[str, choice("previous_year", what="a base (`previous_year`, or `year:` and `amount:`)")]
Base = Annotated[Literal["previous_year"] | YearBase, Shapes(word=_PreviousYear, entries=YearBase)]


OUTCOME: Final = "outcome"
"""The word for a row that follows its actual cost."""


def _adjust(value: Any, info: ValidationInfo) -> list[str]:
    """A series is read as a list of one; the outcome, which is none, stands alone as well."""
    return [OUTCOME] if value == OUTCOME else [parse_series(value, info, OUTCOME)]


def _series(value: Any, info: ValidationInfo) -> str:
    if value == OUTCOME:
        raise problem("outcome-and-series", "`outcome` stands beside series", "write `adjust: outcome` alone, or series only")
    return parse_series(value, info)


def _some_series(names: list[str]) -> list[str]:
    if not names:
        raise problem("empty-value", "no series stands here", "name the series that adjust it, or take the line away")
    return names


def _performer(value: Any, info: ValidationInfo) -> str:
    return "body" if value == "body" else parse_party(value, info, "body")


def _one_cost(cost: str | list[str]) -> list[str]:
    return [cost] if isinstance(cost, str) else cost


_CostWord = Annotated[str, choice(*COSTS, what="a kind of cost", schema=schemas.words(COSTS, FORBIDDEN_COSTS))]


class Activity(Strict):
    """One line of the frame."""

    name: Name | None = None
    cost: Annotated[list[str], Shapes(word=_CostWord, items=list[_CostWord]), AfterValidator(_one_cost)] = []
    """The kind of cost, or a list of kinds; the Act says which may be in the frame."""
    funder: PartyId | None = None
    """The party that pays it into the frame, unless the year's frame names parties."""
    by: Key | None = None
    """In the funder's place: the key that divides the activity's frame amount between the parties."""
    performer: Annotated[str | None, Reads(_performer, schemas.REFERENCE)] = None
    """Who bears the actual cost: a party, or body. The funder by default, or the body where there is none."""
    adjust: Annotated[
        list[str] | None,
        Shapes(
            word=Annotated[list[str], Reads(_adjust, schemas.REFERENCE)],
            items=Annotated[list[Annotated[str, Reads(_series, schemas.REFERENCE)]], AfterValidator(_some_series)],
        ),
    ] = None
    """What the frame is adjusted by after year-end: a series, a list of series (their product), or outcome (the frame follows the actual cost). Absent: not at all."""
    base: Base | None = None
    """With a series: what the frame is computed from, a year and its amount, or previous_year."""
    source: Source | None = None
    note: Note | None = None

    @property
    def follows_outcome(self) -> bool:
        """Whether its frame is what it costs."""
        return self.adjust == [OUTCOME]

    @property
    def series(self) -> list[str]:
        """The series whose product adjusts it; none where nothing does, or its outcome."""
        return [] if self.adjust is None or self.follows_outcome else self.adjust

    def is_only(self, kind: str) -> bool:
        """Whether this kind of cost is all that the activity lists."""
        return self.cost == [kind]


class Series(Strict):
    """A national development: only its ratios count."""

    name: Name | None = None
    outcome: dict[YearNumber, Number] = {}
    """Year by year what it came to; in any unit, only ratios count."""
    forecast: dict[YearNumber, Number] = {}
    """Year by year what was expected when the budget was set."""
    agreed: Yes = False
    """An index that the parties settle on in advance: its forecast is final, it has no outcome, and no year waits for one."""
    source: Source | None = None
    note: Note | None = None

    def point(self, kind: Literal["outcome", "forecast"], year: int) -> tuple[str, Fraction] | None:
        """Its outcome or forecast of a year, with the name under which the file has it; None where it is not known."""
        stated = "forecast" if self.agreed else kind
        value = (self.outcome if stated == "outcome" else self.forecast).get(year)
        return None if value is None else (stated, value)


CLAIMS: Final = "‹claims›"
"""Where the model gathers the parties' opening claims; like all names in ‹…›, it is no part of a place in the file."""


class Opening(Strict):
    """What is there when the first year begins: each party's claim (+) or debt (−), and what the body holds of its own."""

    reserve: Amount | None = None
    """The body's own capital; below 0 where it is used up and more."""
    contributed: dict[PartyId, Cost] = {}
    """What each party had put in before the first year; for the key `contributed`."""
    claims: Annotated[dict[PartyId, Amount], Field(alias=CLAIMS)] = {}
    """What each party is owed (+) or owes (−)."""

    @model_validator(mode="before")
    @classmethod
    def _by_party(cls, data: Any) -> Any:
        """Every other entry is a party's."""
        if not isinstance(data, dict):
            return data
        own = {name: value for name, value in data.items() if name in ("reserve", "contributed")}
        return {**own, CLAIMS: {name: value for name, value in data.items() if name not in own}}


def _some(years: dict[int, Year]) -> dict[int, Year]:
    if not years:
        raise problem("no-years", "no year stands here", "write at least one year with its `frame:`")
    return dict(sorted(years.items()))


def _two(parties: dict[str, Party]) -> dict[str, Party]:
    if len(parties) < 2:
        raise problem("parties", "an agreement needs two parties or more", "name those that put money into the frame")
    return parties


def _years_from_figures(schema: dict[str, Any]) -> None:
    """A file of figures may be all that an agreement says of its years."""
    schema["required"] = [name for name in schema["required"] if name != "years"]
    schema["anyOf"] = [schemas.having("years"), schemas.having("figures")]


class Agreement(Strict):
    """An agreement file. Amounts count the unit of ``rounding``; see `socsam guide format`."""

    model_config = ConfigDict(json_schema_extra=_years_from_figures)

    format: Annotated[Literal["socsam/1"], choice("socsam/1", what="a format that this program reads")]
    """The format of this file."""
    area: Text
    """The area of the trial."""
    title: Text | None = None
    """The name of the trial."""
    unit: Unit = "kr"
    """The unit of every bare amount in the file; kr by default."""
    rounding: Annotated[RoundingWord, choice(*get_args(RoundingWord), what="a rounding unit")] = "kr"
    """The smallest amount that is settled; kr by default."""
    period: Period
    """First and last day of the trial."""
    law: Annotated[Law, choice(*get_args(Law), what="a law that this program knows")] = "1994:566"
    """The law that check holds the agreement against; 1994:566 by default."""
    assumptions: list[Text] = []
    """What is assumed, not known; printed under every result."""
    source: Source | None = None
    note: Note | None = None
    figures: Figures | None = None
    """Frames and costs from files beside the agreement: figures, an accounting export with its accounts, or a list of these."""
    parties: Annotated[dict[NewParty, Party], AfterValidator(_two), Field(json_schema_extra={"minProperties": 2})]
    """Those that put money into the frame, in the order in which they are shown and in which ties are broken."""
    activities: dict[Id, Activity] = {}
    """The lines of the frame. Without them every party is one activity of its own, under its id."""
    series: dict[Id, Series] = {}
    """National developments that rows of the frame are adjusted by."""
    keys: dict[NewKey, Key] = {}
    """Keys by name, for wherever a key stands: shares, groups, weights, or a word."""
    profiles: dict[ActivityId, Annotated[list[Weight], AfterValidator(twelve)]] = {}
    """How an activity's cost falls over the year: twelve weights, January to December. Even where absent; for to_date."""
    sharing: Sharing
    """How a surplus or a deficit is shared."""
    opening: Annotated[Opening, Apart(), Field(default_factory=Opening.model_construct)]
    """What each party is owed (+) or owes (−) when the first year begins; and the body's own capital."""
    years: Annotated[dict[PeriodYear, Year], AfterValidator(_some), Field(json_schema_extra={"minProperties": 1})]
    """Year by year the frame and what it cost."""
    governance: Annotated[Governance, Apart()] | None = None
    """The body that runs the trial, and what it rests on; for check alone."""
    application: dict[ApplicationItem, Text] = {}
    """Items of the application that are settled elsewhere, and where; for check alone."""
    thresholds: Annotated[Thresholds, Apart(), Field(default_factory=Thresholds.model_construct)]
    """From where on figures look wrong to check; for check and for a line of settle."""
    ignore: list[Annotated[Ignore, Apart()]] = []
    """Rules that check is to pass over in this file, and why."""

    @model_validator(mode="after")
    def _a_party_is_an_activity(self) -> Self:
        """Without activities every party is one activity of its own, under its id."""
        if not self.activities:
            own = {name: Activity.model_construct(name=party.name, cost=[], funder=name) for name, party in self.parties.items()}
            object.__setattr__(self, "activities", own)
        return self

    def terms(self) -> dict[int, Sharing]:
        """The terms in force in each year of the file."""
        terms, in_force = {}, self.sharing
        for number, year in self.years.items():
            if year.sharing is not None:
                in_force = year.sharing.applied_to(in_force)
            terms[number] = in_force
        return terms

    def parties_of(self, year: int) -> list[str]:
        """The parties of the year, in the order of the file."""
        return [name for name, party in self.parties.items() if party.present(year)]

    def based(self, year: int, activity: str) -> bool:
        """Whether the activity's row of the year is computed from its base: no frame amount stands there and its funder takes part."""
        stated = self.activities[activity]
        if stated.base is None or activity in self.years[year].frame:
            return False
        if stated.funder is None:
            return stated.by is not None
        return self.parties[stated.funder].present(year)

    def divided_whole(self, year: int, activity: str) -> bool:
        """Whether the activity's row of the year is one amount that its key `by` divides, and no cell of it stands by itself (§ 1)."""
        return self.activities[activity].by is not None and not isinstance(self.years[year].frame.get(activity), dict)

    @property
    def has_capital(self) -> bool:
        """Whether the body has own capital: some are its terms, or its opening balance, that the file states."""
        changes = [year.sharing for year in self.years.values() if year.sharing is not None]
        stated = any("reserve" in terms.model_fields_set for terms in (self.sharing, *changes))
        return stated or self.opening.reserve is not None

    def rows_before_conversions(self, year: int) -> list[str]:
        """The activities that have a frame amount, a cost or a base in the year, in the order of the file."""
        stated = self.years[year]
        costs = stated.costs or {}
        return [name for name in self.activities if name in stated.frame or name in costs or self.based(year, name)]

    def rows(self, year: int) -> list[str]:
        """The activities that have a row in the year (§ 1): conversions make one where there was none."""
        before = {*self.rows_before_conversions(year), *(conversion.to for conversion in self.years[year].conversions)}
        return [name for name in self.activities if name in before]

    def performer(self, activity: str) -> str:
        """Who bears the activity's actual cost: a party, or ``body``."""
        stated = self.activities[activity]
        return stated.performer or stated.funder or "body"
