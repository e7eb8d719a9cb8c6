"""A coordination association's charter, its auditors, and what of its governance a file does not state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model.governance import CHARTER_2003
from ..facts import Case
from ..rule import ERROR, INFO, Hit, hit
from ..said import say, words
from ..vocabulary import CHARTER_OF_TODAY
from . import rule
from .members import leaving

_STATED: Final = {
    "form": say("form of the body"),
    "board": say("board"),
    "charter": say("charter"),
    "auditors": say("auditors"),
}


@rule(
    "SOC213",
    ERROR,
    """
    title: Items of the charter
    statement: A coordination association's charter states the law's items; this program groups them in fourteen.
    why: The charter is all that the members have agreed on: who pays what, who owns what, how the budget is made, who audits it, and
        what happens when one leaves. An item left out is argued about when it is needed.
    remedy: Add the missing items to the charter, then to `governance.charter`; `all` stands for all fourteen.
    message: the charter lacks {count} of fourteen items: {missing}
    sources: Act of 2003 9 §
    """,
)
def fourteen_items(case: Case) -> Iterator[Hit]:
    charter = case.governance.charter
    missing = [name for name in CHARTER_2003 if name not in charter] if charter is not None else []
    if missing:
        yield hit(("governance", "charter"), count=len(missing), missing=words(missing, CHARTER_OF_TODAY))


@rule(
    "SOC214",
    ERROR,
    """
    title: An auditor for each member's account
    statement: Each member's account has an auditor: regions and municipalities may share one, the state's is named through
        Försäkringskassan.
    why: The association spends the money of several treasuries; each must have somebody of its own, or one it shares, who says how it
        was used.
    remedy: Have the auditor named and add the member to `governance.auditors`; Försäkringskassan's auditor is the state's,
        Arbetsförmedlingen needs none of its own.
    message: no auditor for the account of {missing}
    sources: Act of 2003 25 §
    """,
)
def audited(case: Case) -> Iterator[Hit]:
    auditors = case.governance.auditors
    if auditors is None:
        return
    last = max(case.period_years)
    parties = case.agreement.parties
    missing = [name for name in case.agreement.parties_of(last) if parties[name].role != "employment_service" and name not in auditors]
    if missing:
        yield hit(("governance", "auditors"), missing=case.parties(missing))


@rule(
    "SOC291",
    INFO,
    """
    title: Governance of the association not stated
    statement: The file states what the rules on the association's governance need.
    why: What is not stated cannot be checked: form, board, charter, auditors, shares in assets and liabilities, and the notice of a
        member that leaves.
    remedy: State under `governance` what the charter says (`form: coordination_association`); the shares go under
        sharing.association_shares.
    message: not stated, hence not checked: {missing}
    sources: Act of 2003 4 §, 9 §, 25 §; guidance on Act of 2003 15 §
    """,
)
def stated(case: Case) -> Iterator[Hit]:
    missing = [text for name, text in _STATED.items() if getattr(case.governance, name) is None]
    if not case.is_written("association_shares"):
        missing.append(CHARTER_OF_TODAY["asset_shares"])
    missing += [say("notice of {member}", member=case.party(name)) for name, _ in leaving(case) if name not in case.governance.notice]
    if missing:
        yield hit(("governance",), missing=missing)
