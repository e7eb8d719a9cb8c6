"""An association's board and charter, and the office's places in a committee."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.governance import CHARTER_1994, Board
from ...problems import Path
from ..facts import Case
from ..rule import ERROR, INFO, Hit, hit
from ..said import say, words
from ..vocabulary import ALL_SEATS, CHARTER, SEATS
from . import rule


@rule(
    "SOC206",
    ERROR,
    title="Board of at least five",
    statement="The board of a commissioning association has at least five members.",
    why="The Act sets the minimum. The six associations had boards of seven to eleven.",
    remedy="Appoint at least five members.",
    message="the board has {members} {what}, an association's has at least 5",
    sources="Act 9 §; PM “Bildande av beställarförbund”; Report 2.3.1, table 4",
)
def five_members(case: Case) -> Iterator[Hit]:
    members = case.governance.board.members if case.governance.board else None
    if case.form == "commissioning_association" and members is not None and members < 5:
        what = SEATS["members"] if members == 1 else ALL_SEATS["members"]
        yield hit(("governance", "board", "members"), members=members, what=what)


@rule(
    "SOC207",
    ERROR,
    title="A member and a substitute from each party",
    statement="Each party has at least one member and one substitute on the association's board.",
    why="The body decides on every party's money; each must be able to take part even when its member is absent.",
    remedy="Give each party at least `{members: 1, substitutes: 1}` in per_party.",
    message="{party} has no {what} on the board; each party has at least one member and one substitute",
    sources="Act 9 §",
)
def seats_for_each(case: Case) -> Iterator[Hit]:
    if case.form != "commissioning_association" or (board := case.governance.board) is None:
        return
    path = ("governance", "board")
    for what, one in SEATS.items():
        found = list(_without_seat(case, board, what))
        for name, at in found:
            yield hit((*path, *at), party=case.party(name), what=one)
        most = max(len(_entitled(case, year)) for year in case.period_years)
        if not found and (seats := getattr(board, what)) is not None and seats < most:
            yield hit((*path, what), party=say("at least one party"), what=one)


def _entitled(case: Case, year: int) -> list[str]:
    """The parties that must have seats: an employment service must not even be one (SOC105)."""
    return [name for name in case.agreement.parties_of(year) if case.agreement.parties[name].role != "employment_service"]


def _without_seat(case: Case, board: Board, what: str) -> Iterator[tuple[str, Path]]:
    """The parties that have no seat of this kind, or for which none is left; and where that is said."""
    seats = {name: getattr(stated, what) for name, stated in board.per_party.items()}
    for name, number in seats.items():
        if number == 0 and case.agreement.parties[name].role != "employment_service":
            yield name, ("per_party", name, what)
    if seats and None not in seats.values() and sum(seats.values()) == getattr(board, what):
        always = [name for name in case.agreement.parties if all(name in _entitled(case, year) for year in case.period_years)]
        yield from ((name, ("per_party",)) for name in always if name not in seats)


@rule(
    "SOC209",
    ERROR,
    title="The charter's twelve items",
    statement="A commissioning association's charter states all twelve items of the Act.",
    why="The Act lists what a charter must hold, among it the shares in assets and liabilities that decide who fills a gap. An item left out is argued about later.",
    remedy="Add the missing items to the charter, then to `governance.charter`.",
    message="the charter lacks {count} of twelve items: {missing}",
    sources="Act 8 §; PM “Bildande av beställarförbund”",
)
def twelve_items(case: Case) -> Iterator[Hit]:
    charter = case.governance.charter if case.form == "commissioning_association" else None
    missing = [name for name in CHARTER_1994 if name not in charter] if charter is not None else []
    if missing:
        yield hit(("governance", "charter"), count=len(missing), missing=words(missing, CHARTER))


@rule(
    "SOC211",
    INFO,
    title="The office has no seat in the committee",
    statement="In a municipal committee the insurance office's influence must be secured by agreement.",
    why="The committee is the municipality's own. On Gotland three of its six members were chosen on the office's proposal; in Hyllie the written agreement settled the office's influence.",
    remedy="State in the written agreement how the office takes part, and its places in board.per_party.",
    message="{office} has no member in the committee: make sure that the written agreement gives it a say",
    sources="Report 2.3.1",
)
def office_in_committee(case: Case) -> Iterator[Hit]:
    seats = case.governance.board.per_party if case.governance.board else {}
    offices = [name for name, party in case.agreement.parties.items() if party.role == "insurance_office"]
    if case.form == "municipal_committee" and seats and offices and not any(name in seats and seats[name].members for name in offices):
        yield hit(("governance", "board", "per_party"), office=case.parties(offices))
