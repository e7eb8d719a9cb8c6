"""What a starting file is asked for: the area, the form of its body, the parties with their roles, the years. Refused in the options' words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ...model.scalars import parse_id
from ...problems import OutputError, nearest
from ..told.words import Words
from .file import StartingFile, roles_of

_DEFAULT_PARTIES: Final = {
    "commissioning_association": "kassa,landsting,kommun",
    "local_federation": "kassa,landsting,kommun",
    "municipal_committee": "kassa,kommun",
}
_ROLES: Final = ("insurance_office", "county_council", "municipality", "employment_service")
_TELLING: Final = {
    "insurance_office": ("kassa", "office"),
    "county_council": ("landsting", "region", "county", "council"),
    "employment_service": ("arbetsf", "employment", "länsarbetsnämnd"),
    "municipality": ("kommun", "municipality", "stad"),
}
"""What in a short name tells the role of a party."""
_EARLIEST: Final = 1994
_MOST_YEARS: Final = 20


class Asked(NamedTuple):
    """What the file is to hold, found to go together."""

    area: str
    form: str
    roles: dict[str, str]
    first: int
    last: int

    @classmethod
    def of(cls, area: str, form: str, parties: str | None, years: str) -> Asked:
        """``parties`` is ``ID[:ROLE],...``, None for those of the form; ``years`` is ``FIRST-LAST``. Raises OutputError for what is wrong."""
        if not area.strip() or any(0xD800 <= ord(character) < 0xE000 for character in area):
            raise OutputError("the name of the area is empty, or not text\n   write, for example, socsam init Exempelby")
        if form not in _DEFAULT_PARTIES:
            near = nearest(form, _DEFAULT_PARTIES)
            remedy = f"did you mean `{near}`?" if near else f"the forms are {', '.join(_DEFAULT_PARTIES)}"
            raise OutputError(f"--form {form}: there is no such form\n   {remedy}")
        roles = _parties(parties or _DEFAULT_PARTIES[form], form)
        return cls(area.strip(), form, roles, *_years(years))

    def text(self, lang: str, workbook: str | None = None) -> str:
        """The commented file; ``workbook`` is the name of the one that is to hold the years' amounts, if any."""
        return StartingFile(self.area, self.form, self.roles, self.first, self.last, Words(lang), workbook).text()


def _parties(text: str, form: str) -> dict[str, str]:
    """Each party's role. Raises OutputError for a bad name, an unknown role, or parties that the form is not open to."""
    roles: dict[str, str] = {}
    for part in text.split(","):
        name, colon, role = (piece.strip() for piece in part.partition(":"))
        try:
            party = parse_id(name)
        except PydanticCustomError as error:
            context = error.context or {}
            raise OutputError(f"--parties {text}: {context.get('text')}\n   {context.get('remedy')}") from None
        if party in roles:
            raise OutputError(f"--parties {text}: `{party}` stands there twice\n   keep one of them")
        roles[party] = _role(text, party, role if colon else None)
    if why := roles_of(form, list(roles.values())):
        told = ", ".join(f"{party}:{role}" for party, role in roles.items())
        raise OutputError(f"--form {form} --parties {told}: {why}\n   correct the parties or their roles, or choose another form")
    return roles


def _role(text: str, party: str, stated: str | None) -> str:
    """The role stated, or the one that the name tells."""
    if stated is None:
        for role, words in _TELLING.items():
            if any(word in party for word in words):
                return role
        raise OutputError(
            f"--parties {text}: the name `{party}` does not tell its role\n   write {party}:municipality, or another of: {', '.join(_ROLES)}"
        )
    if stated not in _ROLES:
        near = nearest(stated, _ROLES)
        remedy = f"did you mean `{near}`?" if near else f"the roles are {', '.join(_ROLES)}"
        raise OutputError(f"--parties {text}: there is no role `{stated}`\n   {remedy}")
    return stated


def _years(text: str) -> tuple[int, int]:
    """First and last year. Raises OutputError where these are not years, or too many."""
    match = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?\s*", text)
    if match is None:
        raise OutputError(f"--years {text}: this is not FIRST-LAST\n   write, for example, --years 1998-2000")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise OutputError(f"--years {text}: the last year comes before the first\n   swap them")
    if first < _EARLIEST:
        raise OutputError(f"--years {text}: trials run from 1 July {_EARLIEST} at the earliest\n   begin with {_EARLIEST} or later")
    if last - first >= _MOST_YEARS:
        raise OutputError(f"--years {text}: these are more than {_MOST_YEARS} years\n   write fewer; more can be added to the file")
    return first, last
