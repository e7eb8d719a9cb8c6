"""The examples: each settles with its expectations met; what they show was worked out by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import EXAMPLES, Outcome
from oracle.settlement import settle_text
from test_conformance import only_known_keys, settled

from socsam_calc import load, settle

Socsam = Callable[..., Outcome]
FILES = sorted(EXAMPLES.glob("*.yaml"))
TABLES = Path(__file__).parent / "tables"
AREAS = ("finspang", "gotland", "grastorp", "haninge", "hisingen", "hyllie", "laholm", "stenungsund")


OTHER_LAWS = {"samordningsforbund": "2003:1210", "avveckling": "2003:1210", "finsam": "1992:863"}


def test_every_trial_has_an_example_one_shows_everything_and_the_other_laws_have_theirs() -> None:
    assert {path.stem for path in FILES} == {*AREAS, "complete", *OTHER_LAWS}
    assert {name: load(EXAMPLES / f"{name}.yaml").agreement.law for name in OTHER_LAWS} == OTHER_LAWS


def test_the_list_of_examples_tells_each_in_words_and_a_command() -> None:
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    scenarios = [f"whatif/{name}.yaml" for name in ("kommuner", "uttrade")]
    for name in (*(f"{path.stem}.yaml" for path in FILES), *scenarios):
        [section, *_] = [part for part in told.split("\n## ") if f"examples/{name}" in part]
        assert len([line for line in section.splitlines()[1:] if line and not line.startswith(" ")]) >= 2, name


@pytest.mark.parametrize("name", OTHER_LAWS)
def test_an_invented_example_comes_out_as_an_independent_settlement_has_it(name: str) -> None:
    """Written from `settlement.md` alone by somebody who had not seen the program (`tests/oracle/`)."""
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    expected = json.loads(json.dumps(settle_text(text), default=float), parse_float=Decimal)
    assert only_known_keys(expected, settled(name, text)) == expected


def test_the_association_ends_2021_above_its_ceiling_and_keeps_it() -> None:
    """Contributions of 8 400 000 less costs of 7 994 427 are 405 573; 1 480 000 + 405 573 = 1 885 573, and 20 % of 8 400 000 is 1 680 000."""
    year = settle(load(EXAMPLES / "samordningsforbund.yaml")).year(2021)
    assert year.reserve is not None
    assert (year.reserve.opening, year.reserve.set_aside, year.reserve.closing, year.reserve.ceiling) == (
        1_480_000,
        405_573,
        1_885_573,
        1_680_000,
    )
    assert {party.allocated for party in year.parties} == {0} and year.payments == ()


def test_what_is_left_of_an_association_goes_to_those_who_put_it_in() -> None:
    """What each has put in, in tkr: before 2021, and half, a quarter and a quarter of 2 800, 2 200 and 1 310.

    fk 21 300 + 3 155 and the region 10 650 + 1 577,5. Of the municipalities' 700 in 2021 granlund's part by 11 480 to 3 920 inhabitants
    is 521,818, tallmo's 178,182; then granlund alone: 7 940 + 521,818 + 550 + 327,5 = 9 339,318, tallmo 2 710 + 178,182 = 2 888,182.
    They add up to 48 910. Own capital of 736,35 − 86,5 − 13,85 = 636: fk 636 × 24 455/48 910 = 318, and so on.
    """
    year = settle(load(EXAMPLES / "avveckling.yaml")).year(2023)
    put_in = {"fk": 24_455_000, "region": 12_227_500, "granlund": 9_339_318, "tallmo": 2_888_182}
    assert sum(put_in.values()) == 48_910_000
    assert {party.id: party.divided for party in year.parties if party.divided} == {
        name: round(Decimal(636_000) * amount / 48_910_000) for name, amount in put_in.items()
    }
    assert year.reserve is not None and (year.reserve.divided, year.reserve.closing) == (636_000, 0)


def test_finsam_frames_follow_the_country() -> None:
    """212 000 × 93,5/100 = 198 220, × 0,912 = 193 344, × 0,94 = 199 280; with measures and care, less costs: 2 760, 5 004, −3 940."""
    years = settle(load(EXAMPLES / "finsam.yaml")).years
    assert [year.activity("sickness").final for year in years] == [198_220_000, 193_344_000, 199_280_000]
    assert [year.totals.result for year in years] == [2_760_000, 5_004_000, -3_940_000]


def test_a_municipality_leaves_and_the_law_takes_four_times_its_part(socsam: Socsam) -> None:
    """Without Forsnäs' 106 109 the quarter is smaller, and 8 550 001 − 4 × 106 109 = 8 125 565 is what half and quarters add up to."""
    told = json.loads(socsam("whatif", "examples/whatif/uttrade.yaml", "--year", 2023, "--figure", "contribution", "--format", "json").out)
    base, taken, shrunk = (
        {party["id"]: party["contribution"] for party in case["years"][0]["parties"]} for case in told["files"][0]["scenarios"]
    )
    assert base["forsnäs"] == 106_109
    assert sum(taken[name] for name in ("älvsta", "björkhult", "dalby", "ekfors")) == 2_137_500
    assert (shrunk["fk"], shrunk["region"], shrunk["björkhult"]) == (4_062_783, 2_031_391, base["björkhult"])


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
