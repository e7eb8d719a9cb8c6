"""A year of an invented association from twelve exports, each holding the year so far: a forecast after each, the year after the last."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from conftest import Outcome
from ledgers import HEAD, TERMS, changed, voucher, write

from socsam_calc import explain, load, settle

Socsam = Callable[..., Outcome]

PROJECT = [21_000, 18_500, 40_250, 33_000, 27_750, 61_000, 12_000, 30_500, 45_000, 52_250, 38_000, 70_750]
"""What project P1 costs in each month, in whole kronor: 450 000 in all."""
RENT = Decimal("8250.45")
"""The office's rent, every month: 99 005,40 kr in all."""


def last_day(month: int) -> date:
    return date(2024, month, monthrange(2024, month)[1])


def export(month: int) -> str:
    """The export of the year so far, made on the tenth of the following month."""
    made = date(2024 + month // 12, month % 12 + 1, 10)
    results = f"#RES 0 4010 {sum(PROJECT[:month])}.00\n#RES 0 5010 {RENT * month}\n"
    vouchers = "".join(
        voucher(number, f"2024{number:02d}15", f'4010 {{6 "P1"}} {cost}.00', f"5010 {{}} {RENT}", f"1930 {{}} {-(cost + RENT)}")
        for number, cost in enumerate(PROJECT[:month], 1)
    )
    head = changed(HEAD, ("#GEN 20250120", f"#GEN {made:%Y%m%d}"), ("#OMFATTN 20241231", f"#OMFATTN {last_day(month):%Y%m%d}"))
    return head + results + vouchers


def nearest(amount: Decimal) -> int:
    """To whole kronor, halves away from zero."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, export(12), changed(TERMS, ("[P1, P2]", "P1")))
    for month in range(1, 13):
        (tmp_path / f"{month:02d}.se").write_text(export(month), encoding="cp437")
    return tmp_path


@pytest.mark.parametrize("month", range(1, 12))
def test_after_each_month_the_year_is_what_is_booked_and_the_rest_at_the_same_pace(folder: Path, month: int) -> None:
    """Booked, rounded once; the rest is booked × the months left ÷ the months so far: a pocket calculator does it."""
    year = settle(load(folder / "agreement.yaml", settings=f"figures.file={month:02d}.se")).year(2024)
    booked = {"insatser": sum(PROJECT[:month]), "kansli": nearest(RENT * month)}
    rest = {name: nearest(Decimal(amount) * (12 - month) / month) for name, amount in booked.items()}
    assert year.status == "estimate" and year.to_date is not None and year.to_date.through == last_day(month).isoformat()
    assert [(row.id, row.booked, row.remaining) for row in year.to_date.activities] == [(name, booked[name], rest[name]) for name in booked]
    assert {row.id: row.actual for row in year.activities} == {name: booked[name] + rest[name] for name in booked}
    assert year.totals.result == 800_000 - sum(booked.values()) - sum(rest.values())


def test_after_the_last_export_the_year_is_final(folder: Path) -> None:
    """450 000 and 99 005,40 kr: of the frame of 800 000 kr 250 995 are left, a half each."""
    year = settle(load(folder / "agreement.yaml", settings="figures.file=12.se")).year(2024)
    assert year.status == "final" and year.to_date is None
    assert {row.id: row.actual for row in year.activities} == {"insatser": 450_000, "kansli": 99_005}
    assert (year.totals.result, [party.settled for party in year.parties]) == (250_995, [125_498, 125_497])


def test_months_add_up_to_what_is_booked(folder: Path) -> None:
    """The rent is 8 250,45 a month: sums of 8 250, 16 501, 24 751 and so on, so a month is 8 250 or 8 251."""
    year = settle(load(folder / "agreement.yaml", settings="figures.file=11.se")).year(2024)
    assert year.to_date is not None and year.to_date.months is not None
    rent = [one.booked for one in year.to_date.months if one.activity == "kansli"]
    assert rent[:4] == [8_250, 8_251, 8_250, 8_251] and sum(rent) == nearest(RENT * 11)
    assert [one.booked for one in year.to_date.months if one.activity == "insatser"] == PROJECT[:11]


@pytest.mark.parametrize("month", [1, 6, 12])
def test_any_of_these_figures_leads_to_accounts_and_lines(folder: Path, month: int) -> None:
    document = load(folder / "agreement.yaml", settings=f"figures.file={month:02d}.se")
    text = explain(document, "2024.activities.insatser.actual").to_text().replace("\u00a0", " ")
    line = export(month).splitlines().index('#TRANS 4010 {6 "P1"} 21000.00') + 1
    assert (
        f"4010 Köpta tjänster: {f'{sum(PROJECT[:month]):,}'.replace(',', ' ')} kr, first at {folder / f'{month:02d}.se'}:{line}:1" in text
    )


def test_an_option_names_the_months_export_under_the_same_mapping(folder: Path, socsam: Socsam) -> None:
    outcome = socsam("settle", folder / "agreement.yaml", "--figures", folder / "08.se", "-f", "json")
    assert outcome.status == 0, outcome.err
    (year,) = json.loads(outcome.out)["settlements"][0]["years"]
    assert year["to_date"]["through"] == "2024-08-31"
    assert [one["booked"] for one in year["to_date"]["activities"]] == [sum(PROJECT[:8]), 66_004]
    assert year["to_date"]["months"][0] == {"month": 1, "activity": "insatser", "booked": 21_000}


def test_what_is_left_out_is_told_beside_the_result(folder: Path, socsam: Socsam) -> None:
    """Through June, of the export of the whole year: from July on 248 500 kr of the project and 6 × 8 250,45 of rent, 298 002,70 in all."""
    outcome = socsam("settle", folder / "agreement.yaml", "--set", "figures.file=12.se", "--set", "figures.through=2024-06-30")
    assert outcome.status == 0
    assert (
        outcome.err == "12.se: 298 002,70 kr is booked in months of 2024 that do not count (they go through 2024-06-30), and is left out\n"
    )
    quiet = socsam("settle", folder / "agreement.yaml", "--set", "figures.file=12.se", "--set", "figures.through=2024-06-30", "-q")
    assert quiet.err == ""
