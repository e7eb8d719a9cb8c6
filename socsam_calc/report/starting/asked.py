"""What a starting file is asked for: its law, the form of the body, its parties and years, found to go together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, get_args

from pydantic_core import PydanticCustomError

from ...model.agreement import Law
from ...model.reading import told
from ...model.scalars import parse_new_party
from ...problems import OutputError, nearest

_ASSOCIATION: Final = "2003:1210"
_FORMS: Final[Mapping[str, Law]] = {
    "commissioning_association": "1994:566",
    "local_federation": "1994:566",
    "municipal_committee": "1994:566",
    "coordination_association": _ASSOCIATION,
}
"""The forms of a body, and the law that knows each; that of lag (1992:863) could not be read."""
_PARTIES: Final = {
    "municipal_committee": "kassa,kommun",
    "coordination_association": "fk,af,region,kommun",
    "": "kassa,landsting",
}
"""Who takes part where nobody is named: by the form, or under the law that has none; else `_TRIAL`."""
_TRIAL: Final = "kassa,landsting,kommun"
_ROLES: Final = ("insurance_office", "county_council", "municipality", "employment_service")
_TELLING: Final = {
    "insurance_office": ("kassa", "office"),
    "county_council": ("landsting", "region", "county", "council"),
    "employment_service": ("arbetsf", "employment", "länsarbetsnämnd"),
    "municipality": ("kommun", "municipality", "stad"),
}
"""What in a short name tells the role of a party."""
_SHORT: Final = {"fk": "insurance_office", "af": "employment_service"}
"""Short names that are one role's and nothing else's."""
_FIRST: Final = {"1992:863": "1993", "1994:566": "1 July 1994", "none": "1 July 1994", _ASSOCIATION: "2004"}
"""When a law allows a beginning at the earliest; files without a law are those of trials."""
_LAST: Final = {"1992:863": 1997, "1994:566": 2003}
_MOST_YEARS: Final = 20


class Asked(NamedTuple):
    """What the file is to hold. ``form`` is empty under the law whose forms could not be read."""

    area: str
    law: Law
    form: str
    roles: dict[str, str]
    first: int
    last: int
    governance: bool

    @classmethod
    def of(cls, area: str, law: str | None, form: str | None, parties: str | None, years: str | None, *, governance: bool = False) -> Asked:
        """``parties`` is ``ID[:ROLE],...`` and ``years`` ``FIRST-LAST``; None for those of the law and the form.

        Without a law that of the form holds, or that of the years. Raises OutputError for what is wrong, or does not go together.
        """
        if not area.strip() or any(0xD800 <= ord(character) < 0xE000 for character in area):
            raise OutputError("the name of the area is empty, or not text\n   write, for example, socsam init Exempelby")
        span = None if years is None else _years(years)
        chosen = _law(law, form, span)
        first, last = span or _usual_years(chosen)
        _in_force(chosen, first, last)
        form = form or (
            "" if chosen == "1992:863" else "coordination_association" if chosen == _ASSOCIATION else "commissioning_association"
        )
        roles = _parties(parties or _PARTIES.get(form, _TRIAL), chosen, form)
        return cls(area.strip(), chosen, form, roles, first, last, governance)


def _law(law: str | None, form: str | None, years: tuple[int, int] | None) -> Law:
    """The law that was named; else that of the form, else that of the years."""
    if form is not None and form not in _FORMS:
        near = nearest(form, _FORMS)
        raise OutputError(
            f"--form {form}: there is no such form\n   " + (f"did you mean `{near}`?" if near else f"the forms are {', '.join(_FORMS)}")
        )
    laws: tuple[Law, ...] = get_args(Law)
    named: Law | None = next((one for one in laws if one == law), None)
    if law is not None and named is None:
        near = nearest(law, laws)
        raise OutputError(
            f"--law {law}: no law that this program knows\n   " + (f"did you mean `{near}`?" if near else f"the laws are {', '.join(laws)}")
        )
    if named is None:
        of_form = _FORMS[form] if form else None
        if of_form == _ASSOCIATION or (of_form is None and years is not None and years[0] > _LAST["1994:566"]):
            return _ASSOCIATION
        return "none" if years is not None and years[1] > _LAST["1994:566"] else "1994:566"
    if form is not None and _FORMS[form] != ("1994:566" if named == "none" else named):
        raise OutputError(f"--law {named} --form {form}: no form of a body under that law\n   leave --form out, or correct --law")
    return named


def _usual_years(law: Law) -> tuple[int, int]:
    """The years of a file where none are named: an association's last whole one, the first three of a trial."""
    if law == _ASSOCIATION:
        before = date.today().year - 1
        return before, before
    return (1993, 1995) if law == "1992:863" else (1998, 2000)


def _years(text: str) -> tuple[int, int]:
    """First and last year. Raises OutputError where these are not years, or too many."""
    match = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?\s*", text)
    if match is None:
        raise OutputError(f"--years {text}: this is not FIRST-LAST\n   write, for example, --years 1998-2000")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise OutputError(f"--years {text}: the last year comes before the first\n   swap them")
    if last - first >= _MOST_YEARS:
        raise OutputError(f"--years {text}: these are more than {_MOST_YEARS} years\n   write fewer; more can be added to the file")
    return first, last


def _in_force(law: Law, first: int, last: int) -> None:
    """Raises OutputError where the law was not in force in these years."""
    earliest = _FIRST[law]
    if first < int(earliest[-4:]):
        what = "coordination associations" if law == _ASSOCIATION else "trials"
        raise OutputError(f"--years {first}-{last}: {what} run from {earliest} at the earliest\n   begin with {earliest[-4:]} or later")
    if last > _LAST.get(law, last):
        raise OutputError(
            f"--years {first}-{last}: trials under lag ({law}) ended with {_LAST[law]}\n   end with {_LAST[law]}, or correct --law"
        )


def _parties(text: str, law: Law, form: str) -> dict[str, str]:
    """Each party's role. Raises OutputError for a bad name, an unknown role, or parties that the law or the form is not open to."""
    roles: dict[str, str] = {}
    for part in text.split(","):
        name, colon, role = (piece.strip() for piece in part.partition(":"))
        try:
            party = parse_new_party(name)
        except PydanticCustomError as error:
            _, said, remedy = told(error)
            raise OutputError(f"--parties {text}: {said}\n   {remedy}") from None
        if party in roles:
            raise OutputError(f"--parties {text}: `{party}` stands there twice\n   keep one of them")
        roles[party] = _role(text, party, role if colon else None, law)
    if why := roles_of(law, form, list(roles.values())):
        each = ", ".join(f"{party}:{role}" for party, role in roles.items())
        asked = f"--form {form}" if law in ("1994:566", "none") else f"--law {law}"
        raise OutputError(f"{asked} --parties {each}: {why}\n   correct the parties or their roles, or choose another form or law")
    return roles


def _role(text: str, party: str, stated: str | None, law: Law) -> str:
    """The role stated, or the one that the name tells; in an association a name that tells none is a municipality's."""
    if stated is None:
        if party in _SHORT:
            return _SHORT[party]
        for role, words in _TELLING.items():
            if any(word in party for word in words):
                return role
        if law == _ASSOCIATION:
            return "municipality"
        raise OutputError(
            f"--parties {text}: the name `{party}` does not tell its role\n   write {party}:municipality, or another of: {', '.join(_ROLES)}"
        )
    if stated not in _ROLES:
        near = nearest(stated, _ROLES)
        remedy = f"did you mean `{near}`?" if near else f"the roles are {', '.join(_ROLES)}"
        raise OutputError(f"--parties {text}: there is no role `{stated}`\n   {remedy}")
    return stated


def roles_of(law: Law, form: str, parties: Sequence[str]) -> str | None:
    """Why parties with these roles cannot be those of such a body; None where they can.

    Act 1–2 §§ and PM "Vilka får bedriva försök?"; Act of 2003 3 §, 5 §; FINSAM Act 1 §.
    """
    municipalities, councils = parties.count("municipality"), parties.count("county_council")
    one_office = {"one insurance office takes part, no more and no less (Act 1 §)": parties.count("insurance_office") != 1}
    if law == _ASSOCIATION:
        reasons = {
            "Försäkringskassan is a member, once (lag 2003:1210, 3 §)": parties.count("insurance_office") != 1,
            "Arbetsförmedlingen is a member, once (lag 2003:1210, 3 §)": parties.count("employment_service") != 1,
            "a municipality is a member (lag 2003:1210, 3 §)": not municipalities,
            "a region is a member, unless the one municipality belongs to none (lag 2003:1210, 3 §)": not councils and municipalities > 1,
        }
    elif law == "1992:863":
        reasons = {
            "the parties are one insurance office and one principal of health care (lag 1992:863, 1 §)": (
                len(parties) != 2 or parties.count("insurance_office") != 1 or municipalities + councils != 1
            )
        }
    else:
        reasons = one_office | {
            "a municipality takes part (Act 1 §)": not municipalities,
            "the employment service may not be a party; it takes part by side agreement (PM, Report 2.3.1)": "employment_service"
            in parties,
            "one county council takes part (Act 1 §)": councils > 1,
            "a municipal committee is open to a single municipality that belongs to no county council (Act 1–2 §§)": (
                form == "municipal_committee" and bool(councils or municipalities > 1)
            ),
            "a local federation is one of county council and municipality (Act 2 §)": form == "local_federation" and not councils,
            "several municipalities take part only together with their county council (Act 1 §)": not councils and municipalities > 1,
        }
    return next((reason for reason, holds in reasons.items() if holds), None)
