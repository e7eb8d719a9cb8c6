"""The examples: each settles with its expectations met; what they show was worked out by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import load, settle

Socsam = Callable[..., Outcome]
FILES = sorted(EXAMPLES.glob("*.yaml"))
TABLES = Path(__file__).parent / "tables"
AREAS = ("finspang", "gotland", "grastorp", "haninge", "hisingen", "hyllie", "laholm", "stenungsund")


def test_every_trial_has_an_example_and_one_shows_everything() -> None:
    assert {path.stem for path in FILES} == {*AREAS, "complete"}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_an_example_settles_with_its_expectations_met(socsam: Socsam, file: Path, language: str) -> None:
    outcome = socsam("settle", file, "--lang", language)
    assert (outcome.status, outcome.err) == (0, "")
    for year in settle(load(file)).years:
        assert socsam("settle", file, "--lang", language, "--year", year.year).status == 0


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_an_example_says_what_it_assumes(socsam: Socsam, file: Path) -> None:
    agreement = load(file).agreement
    assert agreement.assumptions
    shown = socsam("settle", file).out
    assert all(f"- {assumption}" in shown for assumption in agreement.assumptions)


def published(table: str) -> dict[str, dict[str, str]]:
    with (TABLES / table).open(encoding="utf-8") as stream:
        return {row["area"]: row for row in csv.DictReader(stream)}


@pytest.mark.parametrize("name", [area for area in AREAS if area != "hyllie"])
def test_the_published_results_and_frames_are_those_of_the_report(name: str) -> None:
    settlement = settle(load(EXAMPLES / f"{name}.yaml"))
    area = settlement.agreement.area
    results = published("table_08.csv")[area]
    for year in settlement.years:
        printed = results[f"result_{year.year}_tkr"]
        if printed:
            assert year.totals.result == int(printed) * 1000
            assert f"{year.year}.totals.result" in {held.path for held in year.expectations}
    frames = published("table_07.csv")[area]
    parts = [int(frames[column]) * 1000 for column in ("insurance_office_tkr", "region_tkr", "municipality_tkr") if frames[column]]
    final = settlement.year(2000).totals.final_frame
    assert final == sum(parts) + (51_000_000 if name == "hisingen" else 0)  # beside the frame: Report 4.2.1


def test_haninges_printed_total_is_a_known_error_of_the_source() -> None:
    (frame, result) = settle(load(EXAMPLES / "haninge.yaml")).year(2000).expectations
    assert (frame.expected, frame.computed, frame.met) == (925_155, 349_670 + 363_708 + 153_900, True)
    assert frame.known_error and result.met


def test_stenungsund_divides_the_surplus_of_2000_by_the_frame() -> None:
    """12 191 × 102 911/329 987 = 3 801,91; × 54 985/329 987 = 2 031,36; × 172 091/329 987 = 6 357,73.

    Floors 3 801 + 2 031 + 6 357 = 12 189; the two units left go to the largest remainders, 0,91 and 0,73.
    """
    year = settle(load(EXAMPLES / "stenungsund.yaml")).year(2000)
    assert [party.settled for party in year.parties] == [3_802_000, 2_031_000, 6_358_000]


def test_gotland_makes_the_office_pay_for_deficits_that_arose_with_the_municipality() -> None:
    """1999: −35 578 × 164 641/826 406 = −7 088,05 for the office, which had followed its own outcome to the krona."""
    year = settle(load(EXAMPLES / "gotland.yaml")).year(1999)
    assert year.party("kassa").before_sharing == 0
    assert [party.settled for party in year.parties] == [-7_088_000, -28_490_000]
    assert year.payments == (("kassa", "kommun", 7_088),)


def test_hisingen_shares_nothing_of_its_surplus() -> None:
    year = settle(load(EXAMPLES / "hisingen.yaml")).year(2000)
    assert (year.totals.result, year.totals.shared) == (61_128_000, 0)
    assert [(payment.payer, payment.amount) for payment in year.payments] == [("kassa", 17_000), ("region", 17_000), ("kommun", 17_000)]
