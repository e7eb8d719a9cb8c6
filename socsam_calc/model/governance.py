"""What an agreement says about its law and its body: for ``check`` alone, settling ignores it."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator
from pydantic_core.core_schema import ValidationInfo

from . import schemas
from .reading import Reads, Shapes, Strict, choice, problem, scalar_text, shown
from .scalars import Date, Note, PartyId, Source, Text, Yes

CHARTER_1994: Final = (
    "purpose_and_members", "name_and_seat", "duration", "board", "tasks_and_powers", "debt_limits",
    "asset_shares", "notices_and_archive", "procedure", "liquidation", "remaining_assets", "economic_relations",
)  # fmt: skip
"""The twelve things that a commissioning association's charter states (lag 1994:566, 8 §), in the Act's order."""

CHARTER_2003: Final = (
    "name_and_seat", "purpose_and_members", "organisation", "board", "tasks_and_powers", "raising_matters", "qualified_majority",
    "notices", "asset_shares", "debt_limits", "insight", "budget_process", "auditors", "leaving_or_liquidation",
)  # fmt: skip
"""Fourteen of the things that a coordination association's charter states (lag 2003:1210, 9 §), in this program's grouping."""

CHARTER_ITEMS: Final = tuple(dict.fromkeys((*CHARTER_1994, *CHARTER_2003)))
"""Every item that a file may name; which of them are asked for depends on its law."""

APPLICATION_ITEMS: Final = (
    "parties", "design_and_duration", "money_in_frame", "flow_of_money", "frame_shares", "result_shares",
    "time_of_distribution", "indexation", "tasks_of_body", "consultation", "evaluation_plan",
)  # fmt: skip
"""The eleven things that the application had to show (PM "Ansökningsförfarandet"), in its order."""


def _count(value: object, info: ValidationInfo) -> int:
    text = scalar_text(value, "a number of people")
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise problem("bad-count", f"{shown(text)} is not a number of people", "write digits, such as `9`")
    return int(text)


Count = Annotated[int, Reads(_count, schemas.COUNT)]


class Seats(Strict):
    """One party's places on the board."""

    members: Count | None = None
    """How many members."""
    substitutes: Count | None = None
    """How many substitutes."""


class Board(Strict):
    """The association's board, in all and by party."""

    members: Count | None = None
    """How many members in all."""
    substitutes: Count | None = None
    """How many substitutes in all."""
    per_party: dict[PartyId, Seats] = {}
    """Each party's members and substitutes."""


class Permission(Strict):
    """The government's permission for the trial."""

    date: Date | None = None
    """The day of the decision."""
    frame_approved: Yes | None = None
    """Whether the government approved the frame."""


def _all_items(stated: str | list[str]) -> list[str]:
    return list(CHARTER_ITEMS) if isinstance(stated, str) else stated


_CharterItem = Annotated[str, choice(*CHARTER_ITEMS, what="an item of the charter")]
Charter = Annotated[
    list[str],
    Shapes(word=Annotated[str, choice("all", what="a charter (`all`, or a list of its items)")], items=list[_CharterItem]),
    AfterValidator(_all_items),
]
"""Which of the law's items the charter states; `all` for every one of them."""


Form = Literal["commissioning_association", "local_federation", "municipal_committee", "coordination_association"]
Mandate = Literal["whole_frame", "projects"]


class Governance(Strict):
    """The body that the parties run together, and what it rests on."""

    form: Annotated[Form | None, choice(*get_args(Form), what="a form of the body")] = None
    """The form of the body."""
    mandate: Annotated[Mandate | None, choice(*get_args(Mandate), what="a mandate")] = None
    """Whether the body decides on the whole frame, or on projects alone."""
    permission: Permission | None = None
    """The government's permission."""
    written_agreement: Yes | None = None
    """Whether there is a written agreement with the insurance office."""
    arbitration: Yes | None = None
    """Whether disputes go to arbitration."""
    board: Board | None = None
    """The association's board."""
    charter: Charter | None = None
    """Which of the law's items the charter states, or all."""
    auditors: list[PartyId] | None = None
    """The members whose account in a coordination association has an auditor; one auditor may serve several."""
    notice: dict[PartyId, Date] = {}
    """The day on which a member that leaves gave notice."""
    source: Source | None = None
    note: Note | None = None


class Ignore(Strict):
    """A rule that ``check`` is to pass over in this file, and why."""

    rule: Text
    """The code of the rule."""
    because: Text
    """Why it does not matter here."""


ApplicationItem = Annotated[str, choice(*APPLICATION_ITEMS, what="an item of the application")]
