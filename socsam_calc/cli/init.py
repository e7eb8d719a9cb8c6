"""``socsam init``: a commented agreement file to fill in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from ..problems import OutputError, nearest
from .options import Lang, Quiet, command_app
from .output import target

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

app = command_app()


@app.command()
def init_command(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The name of the area.", show_default=False)],
    form: Annotated[
        Literal["commissioning_association", "local_federation", "municipal_committee"],
        typer.Option("--form", help="The form of the joint body."),
    ] = "commissioning_association",
    parties: Annotated[
        str | None,
        typer.Option(
            "--parties",
            metavar="ID[:ROLE],...",
            help="Short names of the parties, with their roles where the names do not tell. By default those of the form.",
            show_default=False,
        ),
    ] = None,
    years: Annotated[str, typer.Option("--years", metavar="FIRST-LAST", help="The years of the agreement.")] = "1998-2000",
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write, - for standard output; AREA.yaml by default.", show_default=False
        ),
    ] = None,
    workbook: Annotated[
        bool, typer.Option("--workbook", help="Write a workbook too, for the amounts of every year, beside the agreement file.")
    ] = False,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Write a commented agreement file to fill in.

    It is AREA.yaml in this folder, or what --output names; a file that is there already is left alone. With --workbook the years'
    amounts go into an .xlsx file of the same name.

    \b
    Examples:
      socsam init Exempelby --output OUT/exempelby.yaml
      socsam init Storby --workbook --output OUT/storby.yaml
      socsam init Storköping --form local_federation --years 1999-2002 --lang sv -o -
      socsam init "Två byar" --parties kassa,region,norra:municipality,södra:municipality -o -
    """
    from ..report.starting_file import StartingFile, file_name, marked

    if not area.strip() or any(0xD800 <= ord(character) < 0xE000 for character in area):
        raise OutputError("the name of the area is empty, or not text\n   write, for example, socsam init Exempelby")
    roles = _parties(parties or _DEFAULT_PARTIES[form], form)
    first, last = _years(years)
    name = output or file_name(area)
    if workbook and name == "-":
        raise OutputError("--workbook writes a file beside the agreement file, and that has no name\n   name it with --output")
    book = str(Path(name).with_suffix(".xlsx")) if workbook else None
    for file in filter(None, (name, book)):
        if file != "-" and os.path.lexists(file):
            raise OutputError(f"{file} is there already, and is left alone\n   name another file with --output")
    text = StartingFile(area.strip(), form, roles, first, last, lang, Path(book).name if book else None).text()
    if book is not None:
        _write_workbook(book, name, text, lang)
    with target(None if name == "-" else name, machine=True) as opened:
        opened.stream.write(text)
    if not quiet and name != "-":
        typer.echo(_said(name, marked(text), lang, book), err=True)


def _write_workbook(book: str, name: str, text: str, lang: str) -> None:
    from ..report.template import template
    from ..report.words import Words
    from ..source.outline import outline

    content = template(outline(name, text), Words(lang))
    with target(book, machine=True) as opened:
        opened.write_bytes(content)


def _said(name: str, figures: int, lang: str, book: str | None) -> str:
    shown = f"'{name}'" if re.search(r"[^\w./\\:-]", name) else name
    if book is not None and lang == "sv":
        return f"{Path(name)} och {Path(book).name} är skrivna; fyll i de {figures} uppgifter som är märkta ??? och arbetsbokens vita celler, och kör sedan\n   socsam settle {shown}"
    if book is not None:
        return f"{Path(name)} and {Path(book).name} are written; fill in the {figures} figures marked ??? and the workbook's white cells, and then run\n   socsam settle {shown}"
    if lang == "sv":
        return f"{Path(name)} är skriven; fyll i de {figures} uppgifter som är märkta ???, och kör sedan\n   socsam settle {shown}"
    return f"{Path(name)} is written; fill in the {figures} figures marked ???, and then run\n   socsam settle {shown}"


def _parties(text: str, form: str) -> dict[str, str]:
    """Each party's role. Raises OutputError for a bad name, an unknown role, or parties that the form is not open to."""
    from pydantic_core import PydanticCustomError

    from ..model.scalars import parse_id
    from ..report.starting_file import roles_of

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


def _years(text: str) -> Sequence[int]:
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
