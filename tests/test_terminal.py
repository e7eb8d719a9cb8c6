"""A result on a terminal: what one looks for stays together at 80 columns, and what has no room is told beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import check, load, settle

Socsam = Callable[..., Outcome]
COMPLETE: Final = EXAMPLES / "complete.yaml"


def shown(width: int, *years: int, lang: str = "en") -> list[str]:
    settlement = settle(load(COMPLETE))
    return (settlement.only(*years) if years else settlement).to_text(lang="sv" if lang == "sv" else "en", width=width).splitlines()


def heads(lines: list[str]) -> list[list[str]]:
    """The last word of each column's title, table by table: it stands above the rule below the head."""
    above = [lines[at - 1] for at, line in enumerate(lines) if at > 1 and line.startswith("──") and not re.search(r"\d", lines[at - 1])]
    return [[title.split()[-1] for title in re.split(" {3,}", line.strip()) if title] for line in above if line.strip()]


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize(
    ("lang", "frame", "settlement"),
    [
        ("en", ["final", "cost", "result"], ["settled", "receives/pays"]),
        ("sv", ["fastställd", "utfall", "resultat"], ["avräknat", "får/betalar"]),
    ],
)
def test_what_one_looks_for_stands_side_by_side(width: int, lang: str, frame: list[str], settlement: list[str]) -> None:
    lines = shown(width, 2000, lang=lang)
    assert max(map(len, lines)) <= width
    assert [head[-3:] for head in heads(lines) if frame[-1] in head] == [frame]
    assert [head[-2:] for head in heads(lines) if settlement[0] in head] == [settlement]


def test_what_is_zero_throughout_goes_where_there_is_no_room_and_nothing_else_does() -> None:
    """In 2000 of the example nothing is corrected, converted or used: the column of other changes holds zeros alone."""
    wide, narrow = shown(200, 2000), shown(80, 2000)
    assert "other changes" in "\n".join(wide) and "other changes" not in "\n".join(narrow)
    gone = {title for head in heads(wide) for title in head} - {title for head in heads(narrow) for title in head}
    assert gone == {"changes", "name"}
    assert any("changes" in head for head in heads(shown(80, 1999))), "there something was corrected"


def test_names_that_have_no_room_are_told_below_and_once() -> None:
    wide, narrow = ("\n".join(shown(width, 2000)) for width in (200, 80))
    unwrapped = " ".join(narrow.split())
    for key, name in (("work_injury", "Arbetsskadesjukpenning"), ("kassa", "Försäkringskassan"), ("grannkommun", "Grannby kommun")):
        assert f"{key}: {name}" in unwrapped and f"{key}: {name}" not in wide
        assert unwrapped.count(f"{key}: {name}") == 1


def test_titles_of_two_words_stand_on_two_lines_before_columns_part() -> None:
    """What four parties end with, beside the year's result, fits 80 columns."""
    lines = shown(80)
    years = lines.index("Years")
    assert lines[years + 1].split() == ["settled", "settled", "settled", "settled"]
    assert lines[years + 2].split() == ["year", "status", "result", "kassa", "landsting", "kommun", "grannkommun"]
    assert max(map(len, lines)) <= 80


# --- check ------------------------------------------------------------------------------------------------------------------------


def test_check_shows_each_line_that_it_finds_something_in_with_its_mark(socsam: Socsam) -> None:
    """Line 44 of the example has `adjust: outcome`, its value in column 13; line 51 is what two rules speak of."""
    out = socsam("check", "examples/gotland.yaml").out
    assert (
        "\n44:13 SOC401\n   44 |     adjust: outcome          # one of two readings: see the assumptions\n      |             ^^^^^^^\n"
        in out
    )
    assert "\n51:1 SOC520, SOC532\n   51 | sharing:\n      | ^^^^^^^\n" in out
    swedish = socsam("check", "examples/gotland.yaml", "--lang", "sv").out
    assert "\nI filen\n44:13 SOC401\n   44 |     adjust: outcome" in swedish
    assert "          44 |" not in out and "In the file" not in socsam("check", "examples/", "--quiet").out, (
        "of several files only what is found"
    )


def test_a_long_line_is_cut_around_its_mark_where_the_terminal_is_narrow() -> None:
    lines = check(EXAMPLES / "gotland.yaml").to_text(width=60).splitlines()
    shown = [(line, lines[at + 1]) for at, line in enumerate(lines) if re.match(r" +\d+ \| ", line)]
    assert shown and max(len(line) for pair in shown for line in pair) <= 60
    [(source, mark)] = [pair for pair in shown if "adjust" in pair[0]]
    assert source[mark.index("^") : mark.rindex("^") + 1] == "outcome"


def test_markdown_shows_it_as_code(socsam: Socsam) -> None:
    assert "- 44:13 SOC401\n\n         44 |     adjust: outcome" in socsam("check", "examples/gotland.yaml", "--format", "markdown").out
