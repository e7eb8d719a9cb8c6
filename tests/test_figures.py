"""The ledger's figures from a CSV file beside the agreement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from socsam_calc import AgreementError, load, settle

Socsam = Callable[..., Outcome]
TERMS = """format: socsam/1
area: Exempelby
unit: tkr
rounding: kr
period: {start: 1998-01-01, end: 1999-12-31}
figures: ledger.csv
parties:
  kassa: {role: insurance_office}
  kommun: {role: municipality}
activities:
  sickness: {funder: kassa, cost: sickness_benefit}
  family: {funder: kommun, cost: social_services}
  projects: {performer: body, cost: joint_measures}
sharing: {surplus: equal, deficit: equal}
"""
ROWS = [
    ("1998", "sickness", "", "40 000", "39 000,5"),
    ("1998", "family", "", "50 000", "50 500"),
    ("1998", "projects", "kassa", "600", ""),
    ("1998", "projects", "kommun", "400", ""),
    ("1998", "projects", "", "", "900"),
]


def write(folder: Path, delimiter: str, start: str = "", terms: str = TERMS) -> Path:
    quoted = [[f'"{field}"' if delimiter == "," and "," in field else field for field in row] for row in ROWS]
    lines = [delimiter.join(["year", "activity", "party", "frame", "actual"]), *(delimiter.join(row) for row in quoted)]
    (folder / "ledger.csv").write_text(start + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    file = folder / "agreement.yaml"
    file.write_text(terms, encoding="utf-8")
    return file


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_figures_are_read_as_if_they_stood_in_the_agreement(tmp_path: Path, delimiter: str, start: str) -> None:
    """Frame 40 000 + 50 000 + 1 000 = 91 000 tkr; cost 39 000,5 + 50 500 + 900 = 90 400,5; result 599,5 tkr."""
    year = settle(load(write(tmp_path, delimiter, start))).year(1998)
    assert year.totals.final_frame == 91_000_000
    assert year.totals.result == 599_500
    assert [party.contribution for party in year.parties] == [40_600_000, 50_400_000]


def test_an_amount_given_in_both_places_is_refused_with_both_places(tmp_path: Path) -> None:
    file = write(tmp_path, ";", terms=TERMS + "years:\n  1998:\n    frame:\n      sickness: 5\n")
    with pytest.raises(AgreementError) as caught:
        load(file)
    (problem,) = caught.value.problems
    assert problem.place.file.endswith("ledger.csv") and (problem.place.line, problem.place.column) == (2, 16)
    assert problem.text == f"this amount is also given at {file}:18:17"


def test_an_estimate_can_come_from_the_ledger_too(tmp_path: Path) -> None:
    file = write(tmp_path, ";")
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("actual", "estimate"), encoding="utf-8")
    assert settle(load(file)).year(1998).status == "estimate"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    file = write(tmp_path / "inside", ";")
    (tmp_path / "inside" / "ledger.csv").rename(tmp_path / "ledger.csv")
    (tmp_path / "inside" / "ledger.csv").symlink_to(tmp_path / "ledger.csv")
    with pytest.raises(AgreementError, match="outside the agreement's folder"):
        load(file)


def test_a_setting_overrides_the_ledger(tmp_path: Path, socsam: Socsam) -> None:
    outcome = socsam("settle", write(tmp_path, ";"), "-f", "json", "--set", "years.1998.actual.projects=1 000")
    assert outcome.status == 0, outcome.err
    assert json.loads(outcome.out)["settlements"][0]["years"][0]["totals"]["result"] == 499_500


def test_figures_beside_standard_input_are_looked_for_here(tmp_path: Path, socsam: Socsam) -> None:
    outcome = socsam("settle", "-", text=TERMS + "years: {1998: {frame: {sickness: 1}}}\n")
    assert outcome.status == 2 and "there is no such file beside the agreement" in outcome.err
    assert not (ROOT / "ledger.csv").exists()
