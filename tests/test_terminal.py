"""A result on a terminal: what one looks for stays together at 80 columns, and what has no room is told beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import check, load, settle, whatif

Socsam = Callable[..., Outcome]
COMPLETE: Final = EXAMPLES / "complete.yaml"


def shown(width: int, *years: int, lang: str = "en") -> list[str]:
    settlement = settle(load(COMPLETE))
    return (settlement.only(*years) if years else settlement).to_text(lang="sv" if lang == "sv" else "en", width=width).splitlines()


def heads(lines: list[str]) -> list[list[str]]:
    """The last word of each column's title, table by table: it stands above the rule below the head."""
    above = [lines[at - 1] for at, line in enumerate(lines) if at > 1 and line.startswith("──") and not re.search(r"\d", lines[at - 1])]
    return [[title.split()[-1] for title in re.split(" {3,}", line.strip()) if title] for line in above if line.strip()]


def fields(line: str) -> list[str]:
    """The cells of a row."""
    return re.split(" {2,}", line.strip())


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
    assert lines[years + 2].split() == ["year", "status", "frame", "result", "kassa", "landsting", "kommun", "grannkommun"]
    assert max(map(len, lines)) <= 80


def test_of_a_folder_result_and_settled_stand_side_by_side_below_each_area() -> None:
    """The agreements of the examples, in kronor: the trials with three roles, the associations whose employment service ends with nothing."""
    lines = settle([EXAMPLES]).to_text(width=80).splitlines()
    assert max(map(len, lines)) <= 80
    heading, gotland = next(at for at, line in enumerate(lines) if line.startswith("year")), lines.index("Gotland")
    assert fields(lines[heading])[:3] == ["year", "status", "result"] and gotland > heading
    assert fields(lines[gotland + 2]) == ["1998", "final", "−26 219 000", "−5 223 000", "–", "−20 996 000"]
    assert fields(lines[gotland + 4]) == ["2000", "budget", "–", "–", "–", "–"]
    assert "settled employment service = 0" in lines


def test_a_year_says_what_it_rests_on_where_there_is_room_and_the_top_where_there_is_not() -> None:
    assert any("final, rests on assumptions" in line for line in shown(200))
    narrow = shown(80)
    assert "Rests on assumptions, which stand at the end." in narrow and not any("final," in line for line in narrow)


def test_parties_that_end_with_nothing_are_named_in_one_line_where_there_is_no_room() -> None:
    """The association of the examples takes every result into own capital: 8 parties, 0 each, and the columns that say more stay together."""
    document = load(EXAMPLES / "samordningsforbund.yaml")
    lines = settle(document).to_text(width=80).splitlines()
    [head] = [line for line in lines if line.startswith("year")]
    assert head.split() == ["year", "status", "frame", "result", "shared", "own", "capital"]
    parties = ", ".join(f"settled {party}" for party in document.agreement.parties)
    assert f"{parties} = 0" in " ".join(" ".join(lines).split())


# --- what if ----------------------------------------------------------------------------------------------------------------------


def refusing(tmp_path: Path) -> Path:
    """Two cases of the example: shares of 30 % together cannot be settled, the whole result can be shared."""
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        f"format: socsam-scenarios/1\nagreement: {COMPLETE}\nscenarios:\n  no shares:\n    set: {{sharing.deficit: {{kassa: 10 %, kommun: 20 %}}}}\n"
        "  shared in full:\n    set: {sharing.shared: 100 %}\n",
        encoding="utf-8",
    )
    return cases


@pytest.mark.parametrize(("width", "parties"), [(60, 3), (80, 4)])
@pytest.mark.parametrize(
    ("lang", "result", "reason"),
    [("en", "result", "the shares add up to 30 %, not 100 %"), ("sv", "resultat", "andelarna summerar till 30 %, inte 100 %")],
)
def test_cases_show_the_result_and_what_each_ends_with_and_why_one_cannot_be_settled(
    tmp_path: Path, width: int, parties: int, lang: Literal["en", "sv"], result: str, reason: str
) -> None:
    """−4 375 tkr are 2000's result; −1 983, −1 028, −1 085 and −279 what each ends with."""
    lines = whatif(refusing(tmp_path), year=2000, allow_outside=True).to_text(lang=lang, width=width).splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("scenario"))
    assert lines[head].split() == ["scenario", result, "kassa", "landsting", "kommun", "grannkommun"][: 2 + parties]
    assert fields(lines[head + 2])[1:] == ["−4 375", "−1 983", "−1 028", "−1 085", "−279"][: 1 + parties]
    assert lines[head + 3].split() == ["no", "shares", *["–"] * (1 + parties)] and lines[head + 4] == f"  {reason}"
    assert max(map(len, lines)) <= width


def test_differences_stand_together_below_where_there_is_no_room_beside() -> None:
    lines = whatif(EXAMPLES / "whatif" / "budget.yaml", year=2000).to_text(width=80).splitlines()
    first, second = (at for at, line in enumerate(lines) if line.startswith("scenario"))
    assert "±" not in lines[first] and fields(lines[second]) == ["scenario", "± kassa", "± landsting", "± kommun", "± grannkommun"]
    assert lines[second + 2].split()[:2] == ["faster", "growth"], "the agreement as it stands does not differ from itself"


@pytest.mark.parametrize("width", [60, 80, 200, None])
def test_the_agreement_as_it_stands_says_its_own_numbers(width: int | None) -> None:
    """Gotland shares the whole of its result, and its services cost 687 984 tkr in 1998."""
    vary = ["sharing.shared=0 %..100 %", "years.1998.actual.services=600 000..700 000"]
    text = whatif(EXAMPLES / "gotland.yaml", vary=vary, steps=[1, 1], year=1998).to_text(width=width)
    whole = re.search(r"(?m)^(?:sharing\.shared: )?100 % \(as it stands\)\s+687 984 tkr +−26 219", text)
    assert whole, text


def test_what_the_agreement_does_not_state_as_a_number_of_that_kind_is_left_out(socsam: Socsam) -> None:
    """Of `complete.yaml` activities share different parts, so that no one number stands at `sharing.shared`."""
    base = socsam("whatif", "examples/complete.yaml", "--vary", "sharing.shared=0 %..100 %", "--steps", "1", "--year", "2000")
    assert "\nas it stands " in base.out


def test_in_csv_the_agreement_as_it_stands_is_no_point_of_the_line(socsam: Socsam) -> None:
    rows = socsam("whatif", "examples/gotland.yaml", "--vary", "sharing.shared=0 %..100 %", "--steps", "1", "-f", "csv").out.splitlines()
    assert rows[0].split(",")[3] == "sharing.shared" and rows[1].split(",")[2:4] == ["", ""]


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
