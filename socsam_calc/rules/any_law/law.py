"""What a file says of its law: the form of its body is one that the law knows; and what it means that no law is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from ...problems import Path
from ..facts import Case
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Said, Years, say
from ..vocabulary import FORMS
from . import rule

_FORMS: Final = {
    "1994:566": ("commissioning_association", "local_federation", "municipal_committee"),
    "2003:1210": ("coordination_association",),
}
"""The forms of a body by law; that of lag (1992:863) could not be read."""
_SOURCES: Final = {"1994:566": "Act 2 §", "2003:1210": "Act of 2003 4 §"}


@rule(
    "SOC190",
    INFO,
    """
    title: No law named
    statement: The file names the law that the agreement rests on.
    why: With `law: none` only arithmetic and known causes of trouble are checked; silence says nothing about any law.
    remedy: Write the `law` that the agreement rests on, if there is one.
    message: law none: no law's own rules are checked, only arithmetic and known causes of trouble
    sources: this program's reading
    """,
    laws=("none",),
)
def no_law(case: Case) -> Iterator[Hit]:
    yield hit(("law",))


@rule(
    "SOC191",
    WARNING,
    """
    title: A body without a law
    statement: A body with a charter, members' keys or capital of its own rests on a law.
    why: Who may be a member, what each puts in, who owns what and what may be paid out is for the law that allows the body. With `law:
        none` nothing of what the file says about it is held against that law.
    remedy: Write `law: 2003:1210` for a coordination association, `1994:566` or `1992:863` for a trial.
    message: law none, yet the file states {stated}: no law's rules on it are checked
    sources: this program's reading
    """,
    laws=("none",),
)
def body_without_law(case: Case) -> Iterator[Hit]:
    found = [one for one in _OF_A_BODY if one.stated(case)]
    if found:
        yield hit(found[0].path, stated=[one.what for one in found])


class _OfABody(NamedTuple):
    """Something that only a body has: where it stands, what it is, and whether a file states it."""

    path: Path
    what: Said
    stated: Callable[[Case], bool]


_OF_A_BODY: Final = (
    _OfABody(("governance",), say("a body"), lambda case: case.agreement.governance is not None),
    _OfABody(
        ("sharing", "association_shares"), say("shares in assets and liabilities"), lambda case: case.is_written("association_shares")
    ),
)


@rule(
    "SOC212",
    ERROR,
    """
    title: A form that the law does not know
    statement: The body has a form that its law knows.
    why: A form decides who is bound: the trial Act knows commissioning associations, local federations and municipal committees, lag
        (2003:1210) a coordination association whose members are the parties.
    remedy: Correct `governance.form`, or `law`.
    message: {form} is no form of a body under {law}
    sources: Act 2 §; Act of 2003 4 §
    """,
    laws=tuple(_FORMS),
)
def form_of_the_law(case: Case) -> Iterator[Hit]:
    law = case.agreement.law
    if case.form is not None and case.form not in _FORMS[law]:
        yield hit(("governance", "form"), form=FORMS[case.form], law=law, sources=_SOURCES[law])


_MEMBERS: Final = {
    "1992:863": ("insurance_office", "county_council", "municipality"),
    "2003:1210": ("insurance_office", "employment_service", "county_council", "municipality"),
}
"""The roles of those whose money a law pools; lag (1994:566) has its own rules of parties and of costs."""


@rule(
    "SOC452",
    ERROR,
    """
    title: Money from one that is no member
    statement: Only those that the law makes members put money in.
    why: What the body may do with money follows from whose it is: the law says who pools, and nobody else's money becomes joint by
        being written into the frame.
    remedy: Take the party's money out of the frame; an agreement with it stands beside this one.
    message: {party} puts money into {activity} ({years}), but cannot be a member under {law}
    sources: Act of 2003 3 §, 5 §; FINSAM Act 1 §
    """,
    laws=tuple(_MEMBERS),
)
def money_of_members(case: Case) -> Iterator[Hit]:
    law = case.agreement.law
    strangers = [name for name, party in case.agreement.parties.items() if party.role not in _MEMBERS[law]]
    for party in strangers:
        for activity in case.agreement.activities:
            paid = {year: case.payers(year, activity)[party] for year in case.agreement.years if party in case.payers(year, activity)}
            if paid:
                yield hit(
                    paid[min(paid)],
                    party=case.party(party), activity=case.activity(activity), years=Years(paid), law=law, sources=_PARTIES[law],
                )  # fmt: skip


_PARTIES: Final = {"1992:863": "FINSAM Act 1 §", "2003:1210": "Act of 2003 3 §, 5 §; guidance, finsam.se"}
