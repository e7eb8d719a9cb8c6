"""``socsam books``: what an accounting export holds, and which activity of an agreement each account goes to."""

from __future__ import annotations

from typing import Annotated

from ..library.books import Books, books
from .declared import Argument, Given, Option, command
from .options import Excel, Manner, To, option
from .output import target
from .run import Run


@command
def books_command(
    given: Given,
    file: Annotated[str, Argument(metavar="FILE", help="SIE 4, or a .csv or .xlsx file of bookings.", show_default=False)],
    *,
    agreement: Annotated[
        str | None,
        option("--agreement", "Show what the mapping of this agreement makes of it.", metavar="FILE"),
    ] = None,
    mapping: Annotated[bool, Option("--mapping", help="Write only a first mapping of accounts, to fill in.")] = False,
    to: To,
    excel: Excel = False,
    manner: Manner,
) -> None:
    """Show what an accounting export holds: accounts, months, and the activity that each goes to.

    With --agreement also what is mapped to nothing, and what settle would refuse. With --mapping it writes a first mapping of the
    accounts to activities, to fill in and to put into an agreement.

    \b
    Examples:
      socsam books examples/books/huvudbok-2024.se
      socsam books examples/books/huvudbok-2024.se --agreement examples/books/sjobygden.yaml
      socsam books examples/books/huvudbok-2024.se --mapping --output OUT/figures.yaml
    """
    if mapping:
        text = books(file, lang=manner.lang).first_mapping()
        with target(to.output, machine=True) as opened:
            opened.stream.write(text)
        return
    run = Run(given, to, manner, excel=excel)
    run.write(Books, run.each([file], "", lambda name: books(name, agreement=agreement, lang=manner.lang)))
