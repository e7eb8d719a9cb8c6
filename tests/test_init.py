"""Starting files: once their marked figures are filled in they settle, and pass `check`."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from socsam_calc import check, init, load, settle
from socsam_calc.model.reading import UNFILLED
from socsam_calc.report.starting.asked import roles_of
from socsam_calc.report.starting.commented import file_name, marked

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
    written = socsam("init", "Exempelköping", "--form", form, "--lang", lang, "--years", "1998-1999", "--governance", "-o", "-")
    assert written.status == 0 and marked(written.out) > 20
    text = filled(written.out)
    assert UNFILLED not in re.sub("#.*", "", text)
    settled = socsam("settle", "-", "--format", "json", "--quiet", text=text)
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
    assert load("", text=filled(init(area, years=1998, lang="sv"))).agreement.area == area
    assert load("", text=associated(init(area, law="2003:1210", years=2023, lang="sv"))).agreement.area == area


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
        (["--law", "2003:1210", "--parties", "fk,region,storby"], "Arbetsförmedlingen is a member"),
        (["--law", "2003:1210", "--parties", "af,region,storby"], "Försäkringskassan is a member"),
        (["--law", "2003:1210", "--parties", "fk,af,region"], "a municipality is a member"),
        (["--law", "2003:1210", "--parties", "fk,af,storby,lillby"], "a region is a member"),
        (["--law", "2003:1210", "--years", "2003"], "coordination associations run from 2004"),
        (["--law", "2003:1210", "--form", "local_federation"], "no form of a body under that law"),
        (["--law", "1992:863", "--parties", "kassa,landsting,kommun"], "one principal of health care"),
        (["--law", "1992:863", "--years", "1997-1998"], "end with 1997"),
    ],
)
def test_what_cannot_be_is_refused(socsam: Callable[..., Any], options: list[str], said: str) -> None:
    told = socsam("init", "Exempelby", *options, "-o", "-")
    assert told.status == 2 and said in told.err and told.out == ""


def test_every_form_is_open_to_its_default_parties() -> None:
    assert roles_of("1994:566", "commissioning_association", ["insurance_office", "municipality"]) is None
    assert roles_of("1994:566", "local_federation", ["insurance_office", "county_council", "municipality"]) is None
    assert roles_of("1994:566", "municipal_committee", ["insurance_office", "municipality"]) is None
    for law in ("1994:566", "1992:863", "2003:1210", "none"):
        assert marked(init("A", law=law)) > 5


def test_years_under_and_after_the_act(socsam: Callable[..., Any]) -> None:
    assert "  start: 1994-07-01" in socsam("init", "A", "--years", "1994-1996", "-o", "-").out
    assert "law: none" in socsam("init", "A", "--years", "2003-2004", "-o", "-").out
    assert "law: 2003:1210" in socsam("init", "A", "--years", "2004", "-o", "-").out


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
    assert empty.status == 2 and "by.xlsx holds no figures yet" in empty.err and len(empty.err.splitlines()) == 4
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


# --- an association of today, and a trial of the early 1990s ---------------------------------------------------------------------

MEMBERS = "fk,af,region,älvsta,björkhult,dalby,ekfors,forsnäs"


def associated(text: str) -> str:
    """An association's file with a figure in the place of every mark: 400 000 put in, and 350 000 spent, for each of its two activities."""
    values = {"ceiling": "20 %", "board": "9", "charter": "all", "auditors": "[fk, region]"}
    lines, part = [], ""
    for line in text.splitlines():
        name = line.split(":")[0].strip()
        part = name if name in ("weights", "frame", "actual", "opening", "expect", "board") else part
        value = values.get(name) or values.get(part) or {"weights": "1 000", "frame": "400 000", "actual": "350 000"}.get(part)
        value = value or {"opening": "50 000", "expect": "150 000"}.get(part, "0")  # 50 000 + 800 000 − 700 000
        lines.append(line if line.startswith("#") else line.replace(UNFILLED, value))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_an_association_settles_and_passes_check_as_soon_as_its_figures_are_in(socsam: Callable[..., Any], lang: str) -> None:
    """At most fifteen figures for one year. The municipalities' quarter of 800 000 is 200 000, for each of five alike 40 000."""
    written = socsam("init", "Storby", "--law", "2003:1210", "--parties", MEMBERS, "--years", "2023", "--lang", lang, "-o", "-")
    assert written.status == 0 and marked(written.out) == 12 <= 15
    text = associated(written.out)
    settled = socsam("settle", "-", "--format", "json", "--quiet", text=text)
    assert settled.status == 0 and settled.err == ""
    [year] = json.loads(settled.out)["settlements"][0]["years"]
    assert {party["id"]: party["contribution"] for party in year["parties"]} == {
        "fk": 400_000, "af": 0, "region": 200_000, "älvsta": 40_000, "björkhult": 40_000, "dalby": 40_000, "ekfors": 40_000, "forsnäs": 40_000,
    }  # fmt: skip
    assert year["reserve"] == {"opening": 50_000, "set_aside": 100_000, "divided": 0, "closing": 150_000, "ceiling": 160_000}
    assert all(expectation["met"] for expectation in year["expectations"]) and year["payments"] == []
    assert [finding.code for finding in check(load("", text=text)).findings] == ["SOC291"]  # board, charter and auditors were not asked for


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_what_only_check_reads_is_asked_for_on_request(socsam: Callable[..., Any], lang: str) -> None:
    for law, *parties in (("2003:1210", "--parties", MEMBERS), ("1994:566",), ("1992:863",)):
        assert "governance" not in socsam("init", "Storby", "--law", law, *parties, "--lang", lang, "-o", "-").out
        assert "governance:\n" in socsam("init", "Storby", "--law", law, *parties, "--lang", lang, "--governance", "-o", "-").out
    text = socsam("init", "Storby", "--law", "2003:1210", "--parties", MEMBERS, "--lang", lang, "--governance", "-o", "-").out
    said = associated(text).replace("[fk, region]", f"[{MEMBERS.replace('af,', '')}]")
    assert check(load("", text=said)).findings == ()


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_an_associations_workbook(socsam: Callable[..., Any], tmp_path: Path, lang: str) -> None:
    """The workbook takes contributions and costs; the file keeps the weights, the ceiling and the two balances."""
    file, book = tmp_path / "storby.yaml", tmp_path / "storby.xlsx"
    asked = ("init", "Storby", "--law", "2003:1210", "--parties", MEMBERS, "--years", "2023-2024", "--lang", lang, "--workbook", "-o", file)
    assert socsam(*asked).status == 0
    text = associated(file.read_text(encoding="utf-8"))
    balances = re.sub("(2024:\n.*\n.*reserve: )150 000", r"\g<1>250 000", text)
    file.write_text(balances, encoding="utf-8")
    ledger = openpyxl.load_workbook(book)
    for row in ledger.worksheets[0].iter_rows(min_row=2, min_col=4, max_col=5):
        for cell, amount in zip(row, (400_000, 350_000), strict=True):
            cell.value = amount
    ledger.save(book)
    settled = settle(load(file))
    assert [year.reserve.closing for year in settled.years if year.reserve is not None] == [150_000, 250_000]
    assert all(expectation.met for year in settled.years for expectation in year.expectations)


def test_several_regions_divide_their_quarter_and_one_municipality_has_its_own(socsam: Callable[..., Any]) -> None:
    text = socsam("init", "A", "--years", "2023", "--parties", "fk,af,norra:county_council,södra:county_council,storby", "-o", "-").out
    year = settle(load("", text=associated(text))).year(2023)
    assert [party.contribution for party in year.parties] == [400_000, 0, 100_000, 100_000, 200_000]


def test_a_municipality_that_belongs_to_no_region_puts_in_both_quarters() -> None:
    text = associated(init("Ön", law="2003:1210", years=2023, parties=["fk", "af", "kommunen"]))
    assert [party.contribution for party in settle(load("", text=text)).year(2023).parties] == [400_000, 0, 400_000]
    assert [finding.code for finding in check(load("", text=text)).findings] == ["SOC291"]


def test_a_party_may_be_called_what_the_file_calls_a_group() -> None:
    text = init("A", law="2003:1210", years=2023, parties="fk,af,region,municipalities:municipality,lillby")
    assert settle(load("", text=associated(text))).year(2023).party("lillby").contribution == 100_000


def test_an_associations_year_is_the_last_whole_one() -> None:
    before = datetime.now(tz=UTC).astimezone().year - 1
    assert f"  {before}:\n    frame:" in init("Storby", law="2003:1210")


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("parties", ["kassa,landsting", "kassa,kommun"])
def test_a_finsam_trial_settles_and_passes_check_once_it_is_filled_in(socsam: Callable[..., Any], lang: str, parties: str) -> None:
    """Benefits follow the country from 110 to 110, a frame of 1 000 tkr; every cost is 1 000 tkr too."""
    options = ("--law", "1992:863", "--parties", parties, "--governance", "--lang", lang)
    text = filled(socsam("init", "Lindeby", *options, "-o", "-").out).replace("1997-11-20", "1992-11-20")
    settled = settle(load("", text=text))
    assert [(year.totals.final_frame, year.totals.result) for year in settled.years] == [(3_000_000, 0)] * 3
    found = [one for one in check(load("", text=text)).findings if one.severity != "info"]
    assert {one.code[:4] for one in found} <= {"SOC7"}  # the same figures in every place look wrong, as they should
