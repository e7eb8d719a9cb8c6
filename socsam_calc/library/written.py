"""What is written whole: the report's page, a page of the guide, a starting file, a workbook to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from ..problems import OutputError
from ..source.arguments import a_year, content, listed, named, text
from .files import FORMAT, Source, alone, loaded, of_each
from .formats import LANGS, Lang, LeftOut, Unit, Way, left_out_of_page, one_of, unit_of

Law = Literal["1994:566", "1992:863", "2003:1210", "none"]
Form = Literal["commissioning_association", "local_federation", "municipal_committee", "coordination_association"]


def report_page(
    agreements: Source | Iterable[Source],
    *,
    year: int | None = None,
    unit: Unit | None = None,
    lang: Lang = "en",
    settings: str | Sequence[str] = (),
    figures: str | Path | None = None,
    without: LeftOut | Iterable[LeftOut] = (),
) -> str:
    """One self-contained page of HTML with tables and charts of the agreements, as ``socsam report`` writes it; save it as UTF-8.

    ``without`` names parts that are left out: `check`, `derivations`, `charts`. With ``year`` an agreement that does not hold it is left out. Raises AgreementError where a file is bad, cannot be settled, or none holds
    the year, OutputError where Jinja2 or Pyphen is missing.
    """
    from ..report.told.words import Words
    from .settlements import Settled

    words, year = Words(one_of("lang", lang, LANGS)), a_year("year", year)
    parts = left_out_of_page([without] if isinstance(without, str) else without)
    way = Way(words, unit_of(unit), without=parts)
    given: Any = [agreements] if alone(agreements) else agreements
    shown = of_each(given, FORMAT, lambda source: Settled.of(loaded(source, settings, figures), year), passed_over="no-such-year")
    for page, _ in Settled._own_format(shown, way):
        return page
    raise OutputError("there is no agreement to write of\n   name a file, or a folder that holds one")


def guide_page(topic: str = "", *, lang: Lang = "en") -> str:
    """What the guide says of a topic, as Markdown: a page, a section, a rule, a field, a column, a word; the list of pages without one.

    As ``socsam guide`` finds it. Raises OutputError, with the nearest topic, where there is nothing of that name.
    """
    from ..guide.find import found
    from ..report.told.words import Words

    text("topic", topic)
    return found(topic, Words(one_of("lang", lang, LANGS)))


def init(
    area: str,
    *,
    law: Law | None = None,
    form: Form | None = None,
    parties: str | Iterable[str] | None = None,
    years: str | int | None = None,
    governance: bool = False,
    lang: Lang = "en",
    workbook: str | Path | None = None,
    books: str | Path | None = None,
) -> str:
    """The text of a commented agreement file to fill in, ??? where a figure is due, as ``socsam init`` writes it.

    ``law`` and ``form`` say what the body is; without them the years do, and a trial under lag (1994:566) is meant where these are not
    named either. ``parties`` are short names, with their roles where the names do not tell them (``"norra:municipality"``); ``years`` is
    ``FIRST-LAST``, of an association its last whole year by default. ``governance`` adds what only ``check`` reads. ``workbook`` is the
    name of one that is to hold the years' amounts; ``figures_template`` makes it from the text. ``books`` is an accounting export that an
    association's activities and costs come from. Raises OutputError where these do not go together (Act 1–2 §§; Act of 2003 3 §; FINSAM
    Act 1 §), AgreementError where the books cannot be read.
    """
    from ..report.starting.asked import Asked
    from ..report.starting.file import starting_file

    one_of("lang", lang, LANGS)
    text("area", area)
    for name, word in (("law", law), ("form", form)):
        if word is not None:
            text(name, word)
    if workbook is not None:
        named("workbook", workbook)
    who = None if parties is None else ",".join(listed("parties", parties))
    if books is not None:
        return _from_books(area, law, form, who, years, str(books), governance=governance, lang=lang, workbook=workbook is not None)
    asked = Asked.of(area, law, form, who, None if years is None else str(years), governance=governance)
    return starting_file(asked, lang, None if workbook is None else Path(workbook).name)


def _from_books(
    area: str,
    law: str | None,
    form: str | None,
    who: str | None,
    years: str | int | None,
    books: str,
    *,
    governance: bool,
    lang: Lang,
    workbook: bool,
) -> str:
    """The text of an association's file whose activities and costs come from books."""
    from ..answers.books import look
    from ..report.starting.asked import Asked
    from ..report.starting.books import BooksFile, FirstMapping
    from ..report.told.words import Words

    if workbook:
        raise OutputError("the costs come from the books or from a workbook, not from both\n   leave one of them out")
    last, words = look(books)[-1], Words(lang)
    asked = Asked.of(area, law, form, who, str(years or last.books.year), governance=governance)
    if asked.law != "2003:1210":
        raise OutputError("books begin the file of a coordination association\n   leave out --law and --form, or the books")
    return BooksFile(asked, words, FirstMapping.of(last, words)).text()


def figures_template(file: str | Path, *, text: str | None = None, lang: Lang = "en") -> bytes:
    """The content of an .xlsx file with a row for each figure that an agreement file leaves to ``figures:``, to be filled in.

    The file may lack its years, and what ``init`` left open. ``text`` stands for its content. Raises AgreementError where its period or
    its parties cannot be read, OutputError when XlsxWriter is missing.
    """
    from ..report.starting.workbook import template
    from ..report.told.words import Words
    from ..source.outline import outline

    named("file", file)
    return template(outline(str(file), content(text)), Words(one_of("lang", lang, LANGS)))
