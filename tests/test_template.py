"""The workbook to fill in: filled in as it asks, it gives the settlement of the agreement that it was made for."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT
from programs import program

from socsam_calc import AgreementError, figures_template, load, settle
from socsam_calc.library.formats import Lang

WORKED = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")
TERMS = WORKED[: WORKED.index("  1998:\n    frame:")].replace("years:\n", "")
FIGURES = {
    ("sickness", "", "actual"): 45800,
    ("primary_care", "", "frame"): 55000,
    ("primary_care", "", "actual"): 54200,
    ("family_care", "", "frame"): 72500,
    ("family_care", "", "actual"): 73900,
    ("projects", "kassa", "frame"): 1000,
    ("projects", "kommun", "frame"): 500,
    ("projects", "", "actual"): 1450,
}


HEADS = {
    "en": ["year", "activity", "party", "frame", "actual", "estimate"],
    "sv": ["år", "verksamhet", "part", "ram", "utfall", "prognos"],
}


def filled(document_text: str, lang: Lang = "en") -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(figures_template("x.yaml", text=document_text, lang=lang)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == HEADS[lang]
    head = HEADS["en"]
    for row in page.iter_rows(min_row=2):
        for cell, kind in zip(row, head, strict=True):
            if row[0].value == 1998 and (key := (row[1].value, row[2].value or "", kind)) in FIGURES:
                assert cell.fill.fill_type is None, f"{cell.coordinate} asks to stay empty"
                cell.value = FIGURES[key]
    return book


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_filled_in_it_gives_the_worked_example(tmp_path: Path, lang: Lang) -> None:
    """255, 290 and 385 tkr; the rows of the years that were not filled in say nothing. A Swedish workbook reads back as it is."""
    filled(TERMS, lang).save(tmp_path / "ledger.xlsx")
    file = tmp_path / "agreement.yaml"
    file.write_text(TERMS, encoding="utf-8")
    settlement = settle(load(file, figures=tmp_path / "ledger.xlsx"))
    assert [year.year for year in settlement.years] == [1998]
    assert [party.settled for party in settlement.year(1998).parties] == [255_000, 290_000, 385_000]


def test_it_asks_for_what_the_agreement_leaves_open() -> None:
    """A base needs no frame; what the file states is not asked for again; a row that nobody funds alone has a line a party."""
    text = TERMS + "years: {1999: {frame: {family_care: 1}, actual: {family_care: 2, sickness: 3}}, 2000: {result: 5}}"
    page = openpyxl.load_workbook(io.BytesIO(figures_template("x.yaml", text=text)))["figures"]
    rows = [tuple(cell.value or "" for cell in row[:3]) for row in page.iter_rows(min_row=2)]
    parties = [(1998, "projects", party) for party in ("kassa", "landsting", "kommun")]
    assert rows[:7] == [(1998, "sickness", ""), (1998, "primary_care", ""), (1998, "family_care", ""), *parties, (1998, "projects", "")]
    assert [row[1] for row in rows if row[0] == 1999] == ["primary_care", *["projects"] * 4]
    assert [row[1:] for row in rows if row[0] == 2000] == [("primary_care", ""), ("family_care", ""), *(row[1:] for row in parties)]
    assert {row[0] for row in rows} == {1998, 1999, 2000, 2001, 2002}
    assert page["D2"].fill.fill_type == "solid"  # the frame of sickness follows from its base
    assert page["E2"].fill.fill_type is None
    assert page.freeze_panes == "D2"
    assert page.data_validations.dataValidation[0].operator == "greaterThanOrEqual"


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_it_opens_in_libreoffice_and_says_what_to_do(tmp_path: Path, lang: str) -> None:
    import subprocess

    office = program("soffice", "libreoffice-calc-nogui")
    (tmp_path / "t.xlsx").write_bytes(figures_template("x.yaml", text=TERMS, lang="sv" if lang == "sv" else "en"))
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "t.xlsx")], check=True, capture_output=True, timeout=120)
    sheet = (tmp_path / f"t-{'uppgifter' if lang == 'sv' else 'figures'}.csv").read_text(encoding="utf-8")
    assert sheet.startswith(",".join(HEADS[lang]) + "\n1998,sickness,")
    about = (tmp_path / f"t-{'Om' if lang == 'sv' else 'About'}.csv").read_text(encoding="utf-8")
    assert ("Belopp i tkr." if lang == "sv" else "Amounts in tkr.") in about
    assert "Individ- och familjeomsorg" in about


def test_gaps_do_not_matter_but_the_period_and_the_parties_do() -> None:
    """A file that was begun, with ??? where a figure is still to come, is enough."""
    assert figures_template(
        "x.yaml", text=TERMS.replace("base: {year: 1997, amount: 40 000}", "base:\n      amount: ???").replace("100 %", "???")
    )
    with pytest.raises(AgreementError, match="the period is missing, or not two dates"):
        figures_template("x.yaml", text="format: socsam/1\n")
    with pytest.raises(AgreementError, match="`parties` is missing"):
        figures_template("x.yaml", text="format: socsam/1\nperiod: {start: 1998-01-01, end: 1999-12-31}\n")


def test_a_party_is_asked_only_in_its_years() -> None:
    text = TERMS.replace("kommun:    {", "kommun:    {from: 2001, ")
    page = openpyxl.load_workbook(io.BytesIO(figures_template("x.yaml", text=text)))["figures"]
    assert min(row[0].value for row in page.iter_rows(min_row=2) if row[2].value == "kommun") == 2001
