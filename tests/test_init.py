"""Starting files: once their marked figures are filled in they settle, and pass `check`."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from socsam_calc import load
from socsam_calc.model.reading import UNFILLED
from socsam_calc.report.starting.file import StartingFile, file_name, marked, roles_of
from socsam_calc.report.told.words import Words

FORMS = ("commissioning_association", "local_federation", "municipal_committee")


def filled(text: str) -> str:
    """The file with something plausible in the place of every mark, as its field asks."""
    words = {
        "shared": "100 %", "date": "1997-11-20", "frame_approved": "true", "arbitration": "true", "written_agreement": "true",
        "mandate": "whole_frame", "charter": "all", "tasks_of_body": "Charter 5", "consultation": "Agreement 9", "evaluation_plan": "Plan of 1998",
    }  # fmt: skip
    lines, within, parties = [], "", 0
    for line in text.splitlines():
        name = line.split(":")[0].strip()
        parties += name == "role"
        if line.split("#")[0].rstrip().endswith(":"):
            within = (
                name
                if name in ("outcome", "forecast", "surplus", "deficit", "association_shares", "board", "per_party", "frame")
                else within
            )
        value = words.get(name)
        if value is None:
            value = {"outcome": "110", "forecast": "105", "surplus": "30 %", "deficit": "25 %", "association_shares": "1/4"}.get(
                within, "1 000"
            )
            if name in ("members", "substitutes"):
                value = str((3 if name == "members" else 1) * (1 if within == "per_party" else parties))
        lines.append(line.replace(UNFILLED, value) if not line.startswith("#") else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("form", FORMS)
def test_a_starting_file_settles_once_it_is_filled_in(socsam: Callable[..., Any], form: str, lang: str) -> None:
    written = socsam("init", "Exempelköping", "--form", form, "--lang", lang, "--years", "1998-1999", "-o", "-")
    assert written.status == 0 and marked(written.out) > 20
    text = filled(written.out)
    assert UNFILLED not in re.sub("#.*", "", text)
    settled = socsam("settle", "-", "--format", "json", text=text)
    assert settled.status == 0 and settled.err == ""
    years = json.loads(settled.out)["settlements"][0]["years"]
    # the base of 1 000 tkr follows the country from 110 to 110: a frame of 1 000 for a cost of 1 000; the projects' frame is 1 000 a party
    parties = 2 if form == "municipal_committee" else 3
    assert [year["totals"]["result"] for year in years] == [(parties - 1) * 1_000_000] * 2
    if importlib.util.find_spec("socsam_calc.cli.check") is not None:
        checked = socsam("check", "-", text=text)
        assert checked.status == 0, checked.out + checked.err


def test_nobody_has_filled_it_in(socsam: Callable[..., Any]) -> None:
    """One message that says what, where and how many; not one for each."""
    text = socsam("init", "Exempelköping", "-o", "-").out
    told = socsam("settle", "-", text=text)
    assert told.status == 2 and told.out == ""
    assert f"`???` is still to be filled in, here and in {marked(text) - 1} more places" in told.err
    assert len(told.err.splitlines()) == 4
    few = filled(text).replace("shared: 100 %", "shared: ???")
    assert "write a share in its place" in socsam("settle", "-", text=few).err


def test_a_file_is_written_and_never_overwritten(socsam: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "byar.yaml"
    first = socsam("init", "Två byar", "-o", file)
    assert first.status == 0 and first.out == ""
    assert f"fill in the {marked(file.read_text(encoding='utf-8'))} figures marked ???" in first.err
    before = file.read_bytes()
    second = socsam("init", "Annan by", "-o", file)
    assert second.status == 2 and "is there already" in second.err and file.read_bytes() == before


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("Exempelköping", "exempelkoping.yaml"),
        ("Upplands Väsby", "upplands-vasby.yaml"),
        ("../etc", "etc.yaml"),
        ("東京", "agreement.yaml"),
    ],
)
def test_the_name_of_the_file_is_one_that_every_system_takes(area: str, name: str) -> None:
    assert file_name(area) == name


@pytest.mark.parametrize("area", ["A: B", "# x", "- y", "'q\" \\", "a\nb: c", "{x}", "no", "1998", "[röd]", "tab\there", "å" * 300, "x #y"])
def test_any_name_of_an_area_is_text(area: str) -> None:
    text = filled(StartingFile(area, FORMS[0], {"kassa": "insurance_office", "kommun": "municipality"}, 1998, 1998, Words("sv")).text())
    assert load("", text=text).agreement.area == area


def test_own_parties(socsam: Callable[..., Any]) -> None:
    """Roles that the names tell and roles that are stated; two municipalities have a row each."""
    text = socsam("init", "Två byar", "--parties", "kassa,regionen,norra:municipality,södra:municipality", "-o", "-").out
    agreement = load("", text=filled(text)).agreement
    assert {name: party.role for name, party in agreement.parties.items()} == {
        "kassa": "insurance_office", "regionen": "county_council", "norra": "municipality", "södra": "municipality",
    }  # fmt: skip
    assert {"family_care_norra", "family_care_södra"} < agreement.activities.keys()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--parties", "kassa,gruppen"], "does not tell its role"),
        (["--parties", "kassa:insurance,kommun"], "did you mean `insurance_office`?"),
        (["--parties", "kassa,Kommun"], "has capital letters"),
        (["--parties", "kassa,kassa"], "stands there twice"),
        (["--parties", "landsting,kommun"], "one insurance office takes part"),
        (["--parties", "kassa,kommun,arbetsförmedlingen"], "the employment service may not be a party"),
        (["--form", "municipal_committee", "--parties", "kassa,landsting,kommun"], "belongs to no county council"),
        (["--form", "local_federation", "--parties", "kassa,kommun"], "county council and municipality"),
        (["--years", "98-99"], "write, for example, --years 1998-2000"),
        (["--years", "2000-1998"], "the last year comes before the first"),
        (["--years", "1990-1995"], "1 July 1994 at the earliest"),
        (["--years", "1994-2094"], "more than 20 years"),
    ],
)
def test_what_cannot_be_is_refused(socsam: Callable[..., Any], options: list[str], said: str) -> None:
    told = socsam("init", "Exempelby", *options, "-o", "-")
    assert told.status == 2 and said in told.err and told.out == ""


def test_every_form_is_open_to_its_default_parties() -> None:
    assert roles_of("commissioning_association", ["insurance_office", "municipality"]) is None
    assert roles_of("local_federation", ["insurance_office", "county_council", "municipality"]) is None
    assert roles_of("municipal_committee", ["insurance_office", "municipality"]) is None


def test_years_under_and_after_the_act(socsam: Callable[..., Any]) -> None:
    assert "  start: 1994-07-01" in socsam("init", "A", "--years", "1994-1996", "-o", "-").out
    assert "law: none" in socsam("init", "A", "--years", "2004", "-o", "-").out


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_for_the_amounts_settles_once_both_are_filled_in(
    socsam: Callable[..., Any], tmp_path: Path, form: str, lang: str
) -> None:
    """The file and the workbook together say what the file alone would: the same result as above."""
    file, book = tmp_path / "by.yaml", tmp_path / "by.xlsx"
    written = socsam("init", "By", "--form", form, "--lang", lang, "--years", "1998-1999", "--workbook", "-o", file)
    assert written.status == 0 and "by.xlsx" in written.err
    file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    empty = socsam("settle", file)
    assert empty.status == 2 and "by.xlsx holds no amounts yet" in empty.err and len(empty.err.splitlines()) == 4
    ledger = openpyxl.load_workbook(book)
    assert ledger.sheetnames[0] == ("uppgifter" if lang == "sv" else "figures")
    for row in ledger.worksheets[0].iter_rows(min_row=2, max_col=5):
        for cell in row[3:]:
            if cell.fill.fill_type is None:
                cell.value = 1000
    ledger.save(book)
    settled = socsam("settle", file, "--format", "json")
    assert settled.status == 0, settled.err
    parties = 2 if form == "municipal_committee" else 3
    years = json.loads(settled.out)["settlements"][0]["years"]
    assert [year["totals"]["result"] for year in years] == [(parties - 1) * 1_000_000] * 2


def test_a_workbook_is_never_overwritten(socsam: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "by.xlsx").write_bytes(b"mine")
    outcome = socsam("init", "By", "--workbook", "-o", tmp_path / "by.yaml")
    assert outcome.status == 2 and "by.xlsx is there already" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["by.xlsx"]
    nameless = socsam("init", "By", "--workbook", "-o", "-")
    assert nameless.status == 2 and "name it with --output" in nameless.err
