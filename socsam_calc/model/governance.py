"""What an agreement says about its law and its body: for ``check`` alone, settling ignores it."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator
from pydantic_core.core_schema import ValidationInfo

from .scalars import Date, PartyId, Reads, Shapes, Text, Yes, _text, choice, problem, shown
from .sharing import Strict

CHARTER_ITEMS: Final = (
    "purpose_and_members", "name_and_seat", "duration", "board", "tasks_and_powers", "debt_limits",
    "asset_shares", "notices_and_archive", "procedure", "liquidation", "remaining_assets", "economic_relations",
)  # fmt: skip
"""The twelve things that a charter states (Act 8 §), in the Act's order."""

APPLICATION_ITEMS: Final = (
    "parties", "design_and_duration", "money_in_frame", "flow_of_money", "frame_shares", "result_shares",
    "time_of_distribution", "indexation", "tasks_of_body", "consultation", "evaluation_plan",
)  # fmt: skip
"""The eleven things that the application had to show (PM "Ansökningsförfarandet"), in its order."""


def _count(value: object, info: ValidationInfo) -> int:
    text = _text(value, "a number of people")
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise problem("bad-count", f"{shown(text)} is not a number of people", "write digits, such as `9`")
    return int(text)


Count = Annotated[int, Reads(_count, {"type": ["integer", "string"]})]


class Seats(Strict):
    """One party's places on the board."""

    members: Count | None = None
    substitutes: Count | None = None


class Board(Strict):
    """The association's board, in all and by party."""

    members: Count | None = None
    substitutes: Count | None = None
    per_party: dict[PartyId, Seats] = {}


class Permission(Strict):
    """The government's permission for the trial."""

    date: Date | None = None
    frame_approved: Yes | None = None


def _all_twelve(stated: str | list[str]) -> list[str]:
    return list(CHARTER_ITEMS) if isinstance(stated, str) else stated


_CharterItem = Annotated[str, choice(*CHARTER_ITEMS, what="an item of the charter")]
Charter = Annotated[
    list[str],
    Shapes(word=Annotated[str, choice("all", what="a charter (`all`, or a list of its items)")], items=list[_CharterItem]),
    AfterValidator(_all_twelve),
]
"""Which of the twelve items the charter states; `all` for every one of them."""


class Governance(Strict):
    """The body that runs the trial, and what it rests on."""

    form: Annotated[
        Literal["commissioning_association", "local_federation", "municipal_committee"] | None,
        choice("commissioning_association", "local_federation", "municipal_committee", what="a form of the body"),
    ] = None
    mandate: Annotated[Literal["whole_frame", "projects"] | None, choice("whole_frame", "projects", what="a mandate")] = None
    permission: Permission | None = None
    written_agreement: Yes | None = None
    arbitration: Yes | None = None
    board: Board | None = None
    charter: Charter | None = None
    source: Text | None = None
    note: Text | None = None


class Ignore(Strict):
    """A rule that ``check`` is to pass over in this file, and why."""

    rule: Text
    because: Text


ApplicationItem = Annotated[str, choice(*APPLICATION_ITEMS, what="an item of the application")]
