"""The body that runs a trial: its form, what it rests on, its board and its charter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model.governance import CHARTER_1994, Board
from ...problems import Path
from ..facts import Case, by_value, year_path
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Years, say, words
from ..vocabulary import ALL_SEATS, CHARTER, FORMS, SEATS
from . import rule

_STATED: Final = {
    "form": say("form of the body"),
    "mandate": say("mandate"),
    "permission": say("the government's permission"),
    "arbitration": say("arbitration"),
    "written_agreement": say("written agreement with the office"),
    "board": say("board"),
    "charter": say("charter"),
}
_STATED_BY_FORM: Final = {
    "commissioning_association": ("board", "charter"),
    "local_federation": ("written_agreement",),
    "municipal_committee": ("written_agreement",),
}
"""What is asked of one form of body, beside what is asked of all."""


@rule(
    "SOC201",
    ERROR,
    """
    title: Permission before the start
    statement: The government has permitted the trial and approved its frame before the trial begins.
    why: The government decides who may take part and on what further conditions, and approves the frame together with the permission;
        money pooled before that has no ground in the Act.
    remedy: Give the date of the decision, move the start, or leave `permission` out while it is not yet there.
    message: the trial lacks the government's permission: {fault}
    sources: Act 1 §; PM “Vilka får bedriva försök?”; PM “Fastställande av finansiell ram”; Report 1.3
    """,
)
def permission_first(case: Case) -> Iterator[Hit]:
    permission = case.governance.permission
    if permission is None:
        return
    path, start = ("governance", "permission"), case.agreement.period.start
    if permission.date is not None and permission.date > start:
        fault = say("decided on {date}, the trial begins on {start}", date=permission.date, start=start)
        yield hit((*path, "date"), fault=fault)
    if permission.frame_approved is False:
        yield hit((*path, "frame_approved"), fault=say("the frame is not approved"))


@rule(
    "SOC202",
    ERROR,
    """
    title: Committee beside a county council
    statement: A municipal committee runs the trial only while no county council is a party.
    why: The form is open to a municipality that is itself responsible for health care. When Region Skåne took over in 1999 Hyllie's
        committee had to be replaced, the parties found no new form, and the trial ended after one year.
    remedy: Form a commissioning association or a local federation from the day on which the county council takes over.
    message: a municipal committee is not possible while {council} is a party ({years})
    sources: Act 2 §; PM “Formen för försök”; Report 2.1.6, 2.3.1, 5.3.2
    """,
)
def committee_without_council(case: Case) -> Iterator[Hit]:
    if case.form == "municipal_committee":
        councils = by_value(case.period_years, lambda year: case.with_role(year, "county_council") or None)
        for names, years in councils.items():
            yield hit(("governance", "form"), council=case.parties(names), years=years)


@rule(
    "SOC203",
    ERROR,
    """
    title: Federation without county council
    statement: A local federation has both a county council and a municipality as members.
    why: The federation is formed by those two, and it makes the agreement with the office; one municipality cannot form a federation
        with itself.
    remedy: Choose commissioning_association, or municipal_committee where the municipality runs health care itself.
    message: a local federation needs a county council and a municipality; no county council is a party in {years}
    sources: Act 2 §; PM “Formen för försök”
    """,
)
def federation_with_council(case: Case) -> Iterator[Hit]:
    def alone(year: int) -> bool:
        municipalities = case.with_role(year, "municipality")
        outside = bool(municipalities) and all(case.agreement.parties[name].outside_county_council for name in municipalities)
        return outside and not case.with_role(year, "county_council")  # else SOC102 or SOC103 speaks

    if case.form == "local_federation" and (years := Years(filter(alone, case.period_years))):
        yield hit(("governance", "form"), years=years)


@rule(
    "SOC204",
    ERROR,
    """
    title: Written agreement with the office
    statement: A local federation or a municipal committee has a written agreement with the insurance office.
    why: In these two forms the office is no member of the body; only the agreement binds it. Hyllie settled the office's influence that
        way.
    remedy: Make the agreement in writing and state `written_agreement: true`.
    message: {form} needs a written agreement with the insurance office
    sources: Act 2 §; PM “Formen för försök”; Report 2.3.1
    """,
)
def written_agreement(case: Case) -> Iterator[Hit]:
    if case.form in ("local_federation", "municipal_committee") and case.governance.written_agreement is False:
        yield hit(("governance", "written_agreement"), form=FORMS[case.form])


@rule(
    "SOC205",
    ERROR,
    """
    title: Disputes go to arbitration
    statement: Disputes between the parties are settled by arbitration.
    why: The Act sends the parties' disputes to arbitrators; on Gotland the disagreement about who should bear the deficit ended the
        trial.
    remedy: State arbitration, or leave the field out.
    message: the agreement excludes arbitration, but the Act prescribes it
    sources: Act 6 §; PM “Ledningsorganets ansvar”; Report 5.3.1, 5.4
    """,
)
def arbitration(case: Case) -> Iterator[Hit]:
    if case.governance.arbitration is False:
        yield hit(("governance", "arbitration"))


@rule(
    "SOC210",
    WARNING,
    """
    title: An association's terms without an association
    statement: Charter, shares in assets and liabilities, and a shortfall belong to a body that is a legal person.
    why: A municipal committee is part of the municipality: it has no charter, owns nothing and owes nothing of its own. The lack of
        such a body was one of Gotland's weaknesses.
    remedy: Remove the field, or correct `governance.form`.
    message: `{field}` has no meaning for a municipal committee
    sources: Act 2 §, 8 §, 20 §; PM “Ekonomisk förvaltning”; Report 5.3.1
    """,
)
def no_association_no_terms(case: Case) -> Iterator[Hit]:
    agreement = case.agreement
    stated: dict[Path, object] = {
        ("governance", "charter"): case.governance.charter,
        ("sharing", "association_shares"): agreement.sharing.association_shares,
    }
    for number, year in agreement.years.items():
        stated[year_path(number, "sharing", "association_shares")] = year.sharing and year.sharing.association_shares
        stated[year_path(number, "shortfall")] = year.shortfall
    for path, value in stated.items() if case.form == "municipal_committee" else ():
        if value is not None:
            yield hit(path, field=str(path[-1]))


@rule(
    "SOC290",
    INFO,
    """
    title: Governance not stated
    statement: The file states what the rules on governance need.
    why: What is not stated cannot be checked: permission, form, the body's mandate, written agreement, arbitration, board, charter and
        shares in assets and liabilities.
    remedy: State under `governance` what the agreement says; the shares go under sharing.association_shares.
    message: not stated, hence not checked: {missing}
    sources: Act 1–2 §, 6 §, 8–9 §, 20 §; PM “Formen för försök”; PM “Bildande av beställarförbund”; PM “Ansökningsförfarandet”; Report
        4.4
    """,
)
def stated(case: Case) -> Iterator[Hit]:
    wanted = ["form", "mandate", "permission", "arbitration", *_STATED_BY_FORM.get(case.form or "", ())]
    missing = [_STATED[name] for name in wanted if getattr(case.governance, name) is None]
    if case.form == "commissioning_association" and not case.is_written("association_shares"):
        missing.append(CHARTER["asset_shares"])
    if missing:
        yield hit(("governance",), missing=missing)


@rule(
    "SOC206",
    ERROR,
    """
    title: Board of at least five
    statement: The board of a commissioning association has at least five members.
    why: The Act sets the minimum. The six associations had boards of seven to eleven.
    remedy: Appoint at least five members.
    message: the board has {members} {what}, an association's has at least 5
    sources: Act 9 §; PM “Bildande av beställarförbund”; Report 2.3.1, table 4
    """,
)
def five_members(case: Case) -> Iterator[Hit]:
    members = case.governance.board.members if case.governance.board else None
    if case.form == "commissioning_association" and members is not None and members < 5:
        yield hit(("governance", "board", "members"), members=members, what=(SEATS if members == 1 else ALL_SEATS)["members"])


@rule(
    "SOC207",
    ERROR,
    """
    title: A member and a substitute from each party
    statement: Each party has at least one member and one substitute on the association's board.
    why: The body decides on every party's money; each must be able to take part even when its member is absent.
    remedy: Give each party at least `{members: 1, substitutes: 1}` in per_party.
    message: {party} has no {what} on the board; each party has at least one member and one substitute
    sources: Act 9 §
    """,
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
    """
    title: The charter's twelve items
    statement: A commissioning association's charter states all twelve items of the Act.
    why: The Act lists what a charter must hold, among it the shares in assets and liabilities that decide who fills a gap. An item left
        out is argued about later.
    remedy: Add the missing items to the charter, then to `governance.charter`.
    message: the charter lacks {count} of twelve items: {missing}
    sources: Act 8 §; PM “Bildande av beställarförbund”
    """,
)
def twelve_items(case: Case) -> Iterator[Hit]:
    charter = case.governance.charter if case.form == "commissioning_association" else None
    missing = [name for name in CHARTER_1994 if name not in charter] if charter is not None else []
    if missing:
        yield hit(("governance", "charter"), count=len(missing), missing=words(missing, CHARTER))


@rule(
    "SOC211",
    INFO,
    """
    title: The office has no seat in the committee
    statement: In a municipal committee the insurance office's influence must be secured by agreement.
    why: The committee is the municipality's own. On Gotland three of its six members were chosen on the office's proposal; in Hyllie
        the written agreement settled the office's influence.
    remedy: State in the written agreement how the office takes part, and its places in board.per_party.
    message: {office} has no member in the committee: make sure that the written agreement gives it a say
    sources: Report 2.3.1
    """,
)
def office_in_committee(case: Case) -> Iterator[Hit]:
    seats = case.governance.board.per_party if case.governance.board else {}
    offices = [name for name, party in case.agreement.parties.items() if party.role == "insurance_office"]
    if case.form == "municipal_committee" and seats and offices and not any(name in seats and seats[name].members for name in offices):
        yield hit(("governance", "board", "per_party"), office=case.parties(offices))
