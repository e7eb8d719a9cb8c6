"""The guide has a table of the format's words in Swedish: those, and no others, that messages know."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from socsam_calc.model.meant import SWEDISH_WORDS

HEADINGS = {"sv": "## Formatets ord på svenska", "en": "## The format's words in Swedish"}
LEADS = {
    "sv": "En fils ord är engelska. Skrivs ett svenskt ord i stället säger meddelandet vad det heter i filen; står flera här avgör platsen vilket.",
    "en": "A file's words are English. Where a Swedish word stands in its place, the message says what it is called in the file; of several here the place decides.",
}
TITLES = {"sv": ("i filen", "på svenska"), "en": ("in the file", "in Swedish")}


def rows() -> list[tuple[str, str]]:
    """Each word of the format with the Swedish that leads to it, in the order of the list."""
    of_format: dict[str, list[str]] = {}
    for swedish, words in SWEDISH_WORDS.items():
        for word in words:
            of_format.setdefault(word, []).append(swedish)
    return [(word, ", ".join(swedish)) for word, swedish in of_format.items()]


def section(language: str) -> str:
    first, second = TITLES[language]
    lines = [
        HEADINGS[language],
        LEADS[language],
        "",
        f"| {first} | {second} |",
        "|:---|:---|",
        *(f"| `{word}` | {said} |" for word, said in rows()),
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_table_is_that_of_the_program(language: str, request: pytest.FixtureRequest) -> None:
    page = ROOT / "socsam_calc" / "guide" / language / "glossary.md"
    before, heading, _ = page.read_text(encoding="utf-8").partition(HEADINGS[language])
    if request.config.getoption("--record"):
        page.write_text(f"{before.rstrip()}\n\n{section(language)}", encoding="utf-8")
        return
    assert heading and page.read_text(encoding="utf-8").endswith(section(language)), "record it with --record, and read the diff"


def test_what_one_writes_in_swedish_is_in_it() -> None:
    table = dict(rows())
    for word, swedish in (("years", "år"), ("parties", "parter"), ("frame", "ram"), ("sharing", "fördelning"), ("municipality", "kommun")):
        assert swedish in re.split(", ", table[word])
