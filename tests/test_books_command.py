"""`socsam books` and `socsam init --books`: what an export holds, where its money goes, and a file to begin with."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Outcome
from ledgers import HEAD, TERMS, WHOLE, changed, voucher, write

from socsam_calc import books, load, settle

Socsam = Callable[..., Outcome]
LEDGER, AGREEMENT = EXAMPLES / "books" / "huvudbok-2024.se", EXAMPLES / "books" / "sjobygden.yaml"


def row(table: str, start: str) -> list[str]:
    """The fields of the line of a table that begins so."""
    (line,) = [line for line in table.splitlines() if line.startswith(start)]
    return re.split(r"\s{2,}", line.strip())


def test_accounts_are_shown_with_their_months(socsam: Socsam) -> None:
    outcome = socsam("books", LEDGER)
    assert outcome.status == 0
    assert row(outcome.out, "4010") == ["4010", "Köpta tjänster", "0,00", "350 000,00", "0,00", "100 000,00", "450 000,00"]
    assert row(outcome.out, "total") == ["total", "−800 000,00", "350 000,00", "200 000,50", "100 000,00", "−149 999,50"]
    assert "Ungdomsspåret" in outcome.out


def test_with_an_agreement_each_account_says_where_it_goes(socsam: Socsam) -> None:
    out = socsam("books", LEDGER, "--agreement", AGREEMENT).out
    assert [row(out, account)[-1] for account in ("3510", "4010", "5010", "7010")] == ["outside", "insatser", "kansli", "kansli"]
    assert row(out, "insatser") == ["insatser", "1", "450 000,00"] and row(out, "kansli") == ["kansli", "2", "200 000,50"]
    assert "No result account is left over." in out


def test_what_is_mapped_to_nothing_is_named_with_what_settle_refuses(tmp_path: Path, socsam: Socsam) -> None:
    file = write(tmp_path, terms=changed(TERMS, ("[4000-7999]", "[4000-6999]")))
    outcome = socsam("books", tmp_path / "ledger.se", "--agreement", file)
    assert outcome.status == 0
    assert "7010 Löner: 120 000 kr is mapped to nothing" in outcome.out
    assert "account 7010 Löner stands nowhere in the mapping" in outcome.out
    assert (
        "7010 Löner: 120 000 kr är inte kopplat till något"
        in socsam("books", tmp_path / "ledger.se", "--agreement", file, "--lang", "sv").out
    )


def test_another_export_is_held_against_the_only_mapping(tmp_path: Path, socsam: Socsam) -> None:
    file = write(tmp_path)
    (tmp_path / "augusti.se").write_text(WHOLE, encoding="utf-8")
    assert row(socsam("books", tmp_path / "augusti.se", "--agreement", file).out, "kansli")[-1] == "200 000,50"


def test_an_export_that_does_not_say_its_month_is_shown_whole(tmp_path: Path, socsam: Socsam) -> None:
    """Somebody who looks into it learns what it holds; settling it asks for `through:`."""
    ledger = changed(WHOLE, ("#GEN 20250120", "#GEN 20241101"))
    (tmp_path / "ledger.se").write_text(ledger, encoding="utf-8")
    outcome = socsam("books", tmp_path / "ledger.se")
    assert outcome.status == 0 and "2024, through 2024-12-31" in outcome.out


def test_json_and_csv_hold_the_same_sums(socsam: Socsam) -> None:
    """Kronor exact: the sum of the result accounts' months is −149 999,50."""
    document = json.loads(socsam("books", LEDGER, "--agreement", AGREEMENT, "-f", "json").out)
    (year,) = document["books"]
    assert (document["schema"], year["year"], year["through"], year["source"]) == ("socsam.books/1", 2024, "2024-12-31", "#TRANS")
    assert [(one["account"], one["activities"]) for one in year["accounts"] if one["activities"]] == [
        ("4010", [{"id": "insatser", "sum": 450_000}]), ("5010", [{"id": "kansli", "sum": 80_000.5}]), ("7010", [{"id": "kansli", "sum": 120_000}]),
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(socsam("books", LEDGER, "-f", "csv").out)))
    assert (
        sum(float(one["sum"]) for one in rows if one["account"][0] in "3457")
        == sum(one["sum"] for one in year["accounts"] if one["result"])
        == -149_999.5
    )


@pytest.mark.parametrize(("suffix", "start"), [(".md", b"# "), (".xlsx", b"PK"), (".csv", b"file,"), (".json", b'{"schema"')])
def test_it_is_written_in_every_format(tmp_path: Path, socsam: Socsam, suffix: str, start: bytes) -> None:
    assert socsam("books", LEDGER, "--output", tmp_path / f"books{suffix}").status == 0
    assert (tmp_path / f"books{suffix}").read_bytes().startswith(start)


def test_the_first_mapping_settles_as_it_stands(tmp_path: Path) -> None:
    """Its activities are the projects, and the office for the rest: 300 000, 150 000 and 200 000,50 kr."""
    start, rest = TERMS.split("figures:\n")
    activities = "activities:\n" + "".join(f"  {name}: {{performer: body, cost: joint_measures}}\n" for name in ("p1", "p2", "office"))
    start = re.sub(r"activities:\n(  .*\n)+", activities, start)
    (tmp_path / "ledger.se").write_text(WHOLE, encoding="utf-8")
    mapping = books(tmp_path / "ledger.se").first_mapping()
    frame = "years:\n  2024:\n    frame: {p1: {region: 1}, p2: {region: 1}, office: {kommun: 1}}\n"
    (tmp_path / "agreement.yaml").write_text(start + mapping + frame, encoding="utf-8")
    assert {one.id: one.actual for one in settle(load(tmp_path / "agreement.yaml")).year(2024).activities} == {
        "p1": 300_000,
        "p2": 150_000,
        "office": 200_001,
    }
    assert rest


def test_without_objects_the_mapping_follows_the_classes_of_accounts(tmp_path: Path) -> None:
    ledger = HEAD + "#RES 0 4010 1\n#RES 0 7010 2\n" + voucher(1, "20240110", "4010 {} 1", "7010 {} 2", "1930 {} -3")
    (tmp_path / "ledger.se").write_text(ledger, encoding="utf-8")
    mapping = books(tmp_path / "ledger.se", lang="sv").first_mapping()
    assert "    inköp: [4000-4999]  # 4010 Köpta tjänster\n    personal: [7000-7999]  # 7010 Löner\n" in mapping


def test_a_starting_file_takes_its_activities_from_the_books(tmp_path: Path, socsam: Socsam) -> None:
    """Filled in, its costs are those of the books."""
    (tmp_path / "ledger.se").write_text(WHOLE, encoding="utf-8")
    outcome = socsam("init", "Sjöbygden", "--books", tmp_path / "ledger.se", "--lang", "sv", "-o", tmp_path / "sjobygden.yaml")
    assert outcome.status == 0, outcome.err
    text = (tmp_path / "sjobygden.yaml").read_text(encoding="utf-8")
    assert "start: 2024-01-01" in text and "law: 2003:1210" in text and "    name: Rehabgruppen\n" in text and "actual:" not in text
    text = text.replace("cost: ???", "cost: joint_measures").replace("ceiling: ???", "ceiling: 20 %").replace("reserve: ???", "reserve: 0")
    text = text.replace(": ???", ": 1 000")
    (tmp_path / "sjobygden.yaml").write_text(text, encoding="utf-8")
    year = settle(load(tmp_path / "sjobygden.yaml")).year(2024)
    assert {one.id: one.actual for one in year.activities} == {"p1": 300_000, "p2": 150_000, "kansli": 200_001}


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((EXAMPLES / "laholm.yaml",), "the first line names no column of figures"),
        ((LEDGER, "--agreement", EXAMPLES / "laholm.yaml"), "the agreement maps no accounts"),
        (("no-such-file.se",), "there is no such file"),
        ((LEDGER.parent,), "this is a folder, not a file"),
    ],
)
def test_what_cannot_be_shown_is_refused(socsam: Socsam, arguments: tuple[object, ...], text: str) -> None:
    outcome = socsam("books", *arguments)
    assert (outcome.status, outcome.out) == (2, "") and text in outcome.err


def test_no_result_takes_the_place_of_the_ledger(tmp_path: Path, socsam: Socsam) -> None:
    file = write(tmp_path, file="ledger.se")
    (tmp_path / "ledger.csv").write_bytes(b"year;month;account;amount\n2024;1;4010;1\n")
    outcome = socsam("books", tmp_path / "ledger.csv", "-o", tmp_path / "ledger.csv")
    assert outcome.status == 2 and "is a file of this run, and is left alone" in outcome.err
    assert socsam("settle", file, "-o", tmp_path / "ledger.se", "-f", "csv").status == 2
    assert (tmp_path / "ledger.se").read_text(encoding="utf-8") == WHOLE
