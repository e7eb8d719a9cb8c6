"""``socsam init``: a commented agreement file to fill in."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from ..problems import OutputError
from ..report.told.words import Words
from .declared import Argument, Option, command
from .options import Lang, Quiet, option
from .output import target
from .place import same_place
from .streams import say


@command
def init_command(
    area: Annotated[str | None, Argument(metavar="AREA", help="The name of the area.", show_default=False)] = None,
    law: Annotated[
        Literal["1994:566", "1992:863", "2003:1210", "none"] | None,
        option(
            "--law",
            "The law that the body rests on: 2003:1210 for a coordination association. By default that of the form, or of the years.",
        ),
    ] = None,
    form: Annotated[
        Literal["commissioning_association", "local_federation", "municipal_committee", "coordination_association"] | None,
        option("--form", "The form of the joint body. By default the first that its law knows."),
    ] = None,
    parties: Annotated[
        str | None,
        option(
            "--parties",
            "Short names of the parties, with their roles where the names do not tell; in an association any other name is a "
            "municipality's. By default those of the form.",
            metavar="ID[:ROLE],...",
        ),
    ] = None,
    years: Annotated[
        str | None,
        option(
            "--years",
            "The years of the file. By default that of the books, the last whole year of an association, the first three of a trial.",
            metavar="FIRST-LAST",
        ),
    ] = None,
    governance: Annotated[
        bool, Option("--governance", help="Ask for what only check reads too: board, charter, auditors, permission.")
    ] = False,
    output: Annotated[
        str | None,
        option("--output", "The file to write, - for standard output; AREA.yaml by default.", metavar="FILE", short="-o"),
    ] = None,
    workbook: Annotated[
        bool, Option("--workbook", help="Write a workbook too, for the amounts of every year, beside the agreement file.")
    ] = False,
    books: Annotated[
        str | None,
        option(
            "--books", "Take activities and costs from this accounting export, which is to lie beside the agreement file.", metavar="FILE"
        ),
    ] = None,
    example: Annotated[
        str | None,
        option(
            "--example",
            "In place of AREA: write an example that comes with the program, and what it needs beside it, into this folder; "
            "all writes every one into a folder examples.",
            metavar="NAME",
        ),
    ] = None,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Write a commented agreement file to fill in.

    It is AREA.yaml in this folder, or what --output names; a file that is there already is left alone. With --workbook the years'
    amounts go into an .xlsx file of the same name; with --books the activities and their costs come from an accounting export.

    \b
    Examples:
      socsam init Storby --law 2003:1210 --parties fk,af,region,storby,lillby --output OUT/storby.yaml
      socsam init Exempelby --workbook --output OUT/exempelby.yaml
      socsam init Storköping --form local_federation --years 1999-2002 --lang sv -o -
      socsam init "Två byar" --parties kassa,region,norra:municipality,södra:municipality -o -
      socsam init Sjöbygden --books examples/books/huvudbok-2024.se -o -
      socsam init --example gotland --output OUT/gotland.yaml
    """
    if example is not None:
        if area is not None or workbook or governance or books is not None or (law, form, parties, years) != (None, None, None, None):
            raise OutputError("--example writes a file as it stands\n   leave the area and its options out")
        from .example import write_example

        write_example(example, output, lang, quiet=quiet)
        return
    if area is None:
        raise OutputError("no area is named\n   socsam init AREA, or socsam init --example NAME")
    from ..library.written import figures_template, init
    from ..report.starting.commented import file_name, marked

    name = output or file_name(area)
    book = str(Path(name).with_suffix(".xlsx")) if workbook else None
    text = init(area, law=law, form=form, parties=parties, years=years, governance=governance, lang=lang, workbook=book, books=books)
    if workbook and name == "-":
        raise OutputError("--workbook writes a file beside the agreement file, and that has no name\n   name it with --output")
    if book is not None and same_place(name, book):
        raise OutputError(f"{name} cannot be both the agreement file and its workbook\n   end the name in .yaml")
    for file in filter(None, (name, book)):
        if file != "-" and os.path.lexists(file):
            raise OutputError(f"{file} is there already, and is left alone\n   name another file with --output")
    if book is not None:
        content = figures_template(name, text=text, lang=lang)
        with target(book, machine=True) as opened:
            opened.write_bytes(content)
    with target(None if name == "-" else name, machine=True) as opened:
        opened.stream.write(text)
    if not quiet and name != "-":
        say(_said(name, marked(text), lang, book))


def _said(name: str, figures: int, lang: str, book: str | None) -> str:
    shown = f"'{name}'" if re.search(r"[^\w./\\:-]", name) else name
    words, file = Words(lang), Path(name)
    if book is not None:
        both = "{file} and {book} are written; fill in the {figures} figures marked ??? and the workbook's white cells, and then run\n   socsam settle {shown}"
        return words(both, file=file, book=Path(book).name, figures=figures, shown=shown)
    alone = "{file} is written; fill in the {figures} figures marked ???, and then run\n   socsam settle {shown}"
    return words(alone, file=file, figures=figures, shown=shown)
