"""The file of the format's description, settled digit by digit as its arithmetic is worked out there.

Preliminary sickness row 40 000 × 110/100 = 44 000; final 40 000 × 118,2/100 = 47 280. Final frame 47 280 + 55 000 + 72 500 + 1 500
= 176 280, of which kassa 48 280, landsting 55 000, kommun 73 000. Cost 45 800 + 54 200 + 73 900 + 1 450 = 175 350: result +930.
By the frame: 930 × 48 280/176 280 = 254,71; 290,16; 385,12: floors 254, 290, 385, and the unit left goes to kassa.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from socsam_calc import Settlement, load, settle

TKR = 1000


@pytest.fixture(scope="module")
def settlement() -> Settlement:
    return settle(load(Path(__file__).parent / "worked_example.yaml"))


def test_the_frame(settlement: Settlement) -> None:
    year = settlement.year(1998)
    assert year.status == "final"
    assert year.totals.preliminary_frame == 173_000 * TKR
    assert year.totals.final_frame == 176_280 * TKR
    assert year.activity("sickness").preliminary == 44_000 * TKR
    assert year.activity("sickness").adjustment == 3_280 * TKR
    assert year.activity("sickness").final == 47_280 * TKR
    assert [party.contribution for party in year.parties] == [48_280 * TKR, 55_000 * TKR, 73_000 * TKR]


def test_the_result(settlement: Settlement) -> None:
    year = settlement.year(1998)
    assert year.totals.result == 930 * TKR
    assert [row.result for row in year.activities] == [1_480 * TKR, 800 * TKR, -1_400 * TKR, 50 * TKR]
    assert year.totals.shared == 930 * TKR
    assert year.totals.kept == 0


def test_who_is_entitled_to_what(settlement: Settlement) -> None:
    year = settlement.year(1998)
    assert [party.settled for party in year.parties] == [255 * TKR, 290 * TKR, 385 * TKR]
    assert [party.before_sharing for party in year.parties] == [2_480 * TKR, 800 * TKR, -900 * TKR]
    assert year.body.paid == 1_450 * TKR


def test_who_pays_whom(settlement: Settlement) -> None:
    year = settlement.year(1998)
    assert [party.transfer for party in year.parties] == [-2_225 * TKR, -510 * TKR, 1_285 * TKR]
    assert year.body.transfer == 1_450 * TKR
    assert year.payments == (("kassa", "kommun", 1_285), ("kassa", "body", 940), ("landsting", "body", 510))


def test_the_expectations_are_met(settlement: Settlement) -> None:
    assert [expectation.met for expectation in settlement.year(1998).expectations] == [True, True]
    assert not list(settlement.unmet())
