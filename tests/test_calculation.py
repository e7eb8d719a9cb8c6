"""The workbook calculates: what is typed over in it comes, in LibreOffice, to what the program makes of the same change."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
from conftest import EXAMPLES, ROOT
from oracle.generate import generate
from programs import program
from recalculation import agreements, held
from spreadsheet import Place, Workbook, read, recalculated

from socsam_calc import Settlement, load, settle
from socsam_calc.engine.values import known_figures
from socsam_calc.report.calculation.workbook import calculation
from socsam_calc.report.told.words import Words
from socsam_calc.source.loader import load as read_text

FILES = [
    *sorted(EXAMPLES.glob("*.yaml")),
    *(ROOT / "tests" / f"{name}.yaml" for name in ("worked_example", "association", "three_years", "leaver", "running")),
]
COST, OUTCOME = "years.1998.actual.sickness", "series.national_sickness_cost.outcome.1998"
EDITS: dict[str, dict[str, Decimal]] = {
    "nothing": {},
    "a cost": {COST: Decimal(45_700)},
    "the outcome": {OUTCOME: Decimal(110)},
    "a share": {"sharing.deficit.kassa": Decimal(2)},
    "too fine": {OUTCOME: Decimal("118.205")},
    "below 0": {"years.1998.frame.family_care": Decimal(-1)},
    "too large": {COST: Decimal(10**13)},
    "no frame": {"years.1998.frame.primary_care": Decimal(0), "years.1998.frame.family_care": Decimal(0)},
}
"""What is typed over in the worked example of the arithmetic, in tkr."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, int | str | None]]:
    """What LibreOffice makes of each edit: every named cell, and the heading of each sheet."""
    folder = tmp_path_factory.mktemp("edits")
    path = folder / "example.xlsx"
    path.write_bytes(settle(load(ROOT / "tests" / "worked_example.yaml")).to_workbook())
    book = Workbook(path)
    places = book.names | {title: Place(part, "A1") for title, part in book.sheets.items()}
    edited = [book.edited(values, folder / f"{number}.xlsx") for number, values in enumerate(EDITS.values())]
    return {name: read(stored, places) for name, stored in zip(EDITS, recalculated(edited, folder), strict=True)}


def settled(found: Mapping[str, int | str | None]) -> list[int | str | None]:
    return [found[f"_1998.parties.{party}.settled"] for party in ("kassa", "landsting", "kommun")]


def test_untouched_it_is_the_worked_example(found: Mapping[str, Mapping[str, int | str | None]]) -> None:
    """`settlement.md`: the surplus of 930 by the frame: 254.71…, 290.16…, 385.12…"""
    assert settled(found["nothing"]) == [255, 290, 385]
    assert {value for name, value in found["nothing"].items() if name.startswith("check.")} == {0}
    assert "NOT" not in str(found["nothing"]["Payments"]) + str(found["nothing"]["Overview"])


def test_a_cost_changes_what_everybody_is_settled(found: Mapping[str, Mapping[str, int | str | None]]) -> None:
    """A cost of 100 less: 1 030 × 48 280 / 176 280 = 282.09…, × 55 000 = 321.36…, × 73 000 = 426.53…, whose fraction is the largest."""
    assert settled(found["a cost"]) == [282, 321, 427]
    assert found["a cost"]["_1998.totals.result"] == 1_030
    # kassa: before sharing 48 280 − 45 700 = 2 580, so it pays 2 580 − 282
    assert found["a cost"]["_1998.parties.kassa.transfer"] == -2_298


def test_a_series_changes_the_frame_and_the_key(found: Mapping[str, Mapping[str, int | str | None]]) -> None:
    """An outcome as forecast: 40 000 × 110/100, frame 173 000, deficit 2 350 in thirds of 783.33…; the unit left is the first party's."""
    assert found["the outcome"]["_1998.totals.final_frame"] == 173_000
    assert settled(found["the outcome"]) == [-784, -783, -783]


def test_what_is_not_live_turns_red(found: Mapping[str, Mapping[str, int | str | None]]) -> None:
    """Payments are those of the file: while transfers are the same ones, they hold; after any change the sheet says that they do not."""
    assert found["a share"]["check.payments"] == 0
    assert found["a cost"]["check.payments"] != 0
    assert str(found["a cost"]["Payments"]).endswith("NOT LIVE: something was changed, and this sheet is still that of the file")
    assert str(found["a cost"]["Overview"]).endswith("NOT TO BE TRUSTED: see the sheet of checks")
    assert "NOT" not in str(found["a cost"]["Settlement"])


@pytest.mark.parametrize(
    ("edit", "check"),
    [
        ("a share", "sums"),  # 2/3, 1/3 and 1/3
        ("too fine", "counted"),  # a third decimal
        ("below 0", "below"),  # a cell of the frame
        ("too large", "large"),
    ],
)
def test_what_the_program_refuses_or_a_spreadsheet_cannot_do_turns_red(
    found: Mapping[str, Mapping[str, int | str | None]], edit: str, check: str
) -> None:
    assert found[edit][f"check.{check}"] not in (0, None)
    assert found["a cost"][f"check.{check}"] == 0
    assert found[edit]["check.changed"] == 1


def test_random_edits_come_to_what_the_program_makes_of_them(tmp_path: Path) -> None:
    """A short sample; ``tests/recalculation.py`` does fifty edits of thirty agreements."""
    count, figures, wrong = held(agreements(700, 4), 4, Random(15), tmp_path)
    assert wrong == []
    assert count == 16
    assert figures > 1_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_that_is_settled_is_live(path: Path) -> None:
    """Every figure is a cell of the calculation, or the same whatever is changed; but for payments and the split, and for what its sheet has as
    a difference of others."""
    settlement = settle(load(path))
    figures, *_ = calculation([settlement], Words("en"), "").figures
    left = {path.split(".", 1)[1] for path, step in known_figures(settlement).items() if step is not None and path not in figures}
    assert {name for name in left if not name.startswith(("payments.", "state_split."))} <= {"sharing.withheld"} | {
        name for name in left if name.endswith(".difference")
    }


def test_an_agreement_too_large_for_a_spreadsheet_says_so() -> None:
    """10^13 kr in kr: the file may hold it, a float cannot divide it exactly. The sheets are those of the file, and the check is red."""
    text = (ROOT / "tests" / "worked_example.yaml").read_text(encoding="utf-8")
    settlement = settle(read_text("-", text=text, settings=["rounding=öre", "years.1998.actual.sickness=200000000 tkr"]))
    made = calculation([settlement], Words("en"), "")
    assert [sheet.name for sheet in made.sheets] == ["Checks"]
    book = openpyxl.load_workbook(io.BytesIO(Settlement(settlement.agreement, settlement.years).to_workbook()), data_only=True)
    assert [cell.value for cell in book["Checks"][3]][:2] == ["not live: everything", 1]


def test_several_agreements_stand_below_each_other() -> None:
    settlements = [settle(load(EXAMPLES / f"{name}.yaml")) for name in ("laholm", "hisingen")]
    made = calculation(settlements, Words("en"), "")
    areas = {row.cells["area"] for sheet in made.sheets if sheet.name == "Calculation" for row in sheet.rows}
    assert areas == {settlement.agreement.area for settlement in settlements}
    assert len(made.figures) == 2 and not made.names


def test_in_swedish(tmp_path: Path) -> None:
    path = tmp_path / "sv.xlsx"
    path.write_bytes(settle(load(EXAMPLES / "samordningsforbund.yaml")).to_workbook(lang="sv"))
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames[-6:] == ["Villkor", "Årens belopp", "Beräkning", "Avrundning", "Fördelning", "Kontroller"]
    assert [cell.value for cell in book["Villkor"][2]] == [
        "vad",
        "vems",
        "tal",
        "av",
        "steg i 1",
        "räknat i steg",
        "i filen",
        "måste vara",
        "plats i filen",
    ]


@pytest.mark.parametrize("name", ["complete", "samordningsforbund", "laholm"])
def test_every_sheet_is_a_table_that_prints_readably(name: str) -> None:
    """Letters of 11 points are shown at 65 per cent at least; sums stand apart from what is filtered; who prints it is told what it is."""
    book = openpyxl.load_workbook(io.BytesIO(settle(load(EXAMPLES / f"{name}.yaml")).to_workbook()))
    for page in book:
        (area,) = [table.ref for table in page.tables.values()] or [page.auto_filter.ref]
        first, last = page[area][0], page[area][-1]
        assert first[0].row == 2
        below = [row for row in page.iter_rows(min_row=last[0].row + 1, values_only=True) if any(value is not None for value in row)]
        assert page.max_row <= last[0].row or (below and page.cell(last[0].row + 1, 1).value is None), page.title
        assert all(any(str(value).startswith("total") for value in row) for row in below), page.title
        pixels = sum(7 * page.column_dimensions[cell.column_letter].width + 5 for cell in first)
        fitted = bool(page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage)
        assert (1026 / pixels if fitted else (page.page_setup.scale or 100) / 100) * 11 > 7, page.title
        live = page["A1"].data_type == "f"  # it turns red
        assert page.print_title_rows == ("$1:$2" if fitted or live else "$2:$2")
        told = str(page["A1"].value) if fitted else str(page.oddHeader.left.text).replace("&&", "&")
        assert f": {page.title}." in told, (
            "on several pages the cell is cut where the columns kept on each end: the header has the whole of it"
        )
        assert "&F" in str(page.oddFooter.left.text) + str(page.oddFooter.left)


def test_no_sheet_that_libreoffice_prints_has_letters_below_seven_points(tmp_path: Path) -> None:
    """Whatever font it has in the place of the one that spreadsheets want: others are broader, and a sheet shrunk to its page is smaller then."""
    from pypdf import PdfReader

    office = program("soffice", "libreoffice-calc-nogui")
    (tmp_path / "book.xlsx").write_bytes(settle(load(EXAMPLES / "complete.yaml")).to_workbook())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    sizes: set[float] = set()

    def measure(text: str, of_page: Sequence[float], of_text: Sequence[float], _: object, size: float) -> None:
        if text.strip():
            sizes.add(abs(size * of_page[3] * of_text[3]))

    for sheet in PdfReader(tmp_path / "book.pdf").pages:
        sheet.extract_text(visitor_text=measure)
    assert sizes and min(sizes) >= 7


def test_random_agreements_are_written_with_their_own_figures() -> None:
    """The formulas' figures, computed beside them in whole numbers, are those of the engine: ``calculation`` holds one against the other."""
    for seed in range(40):
        calculation([settle(read_text("-", text=generate(seed)))], Words("en"), "")


def test_an_office_that_has_left_is_settled_nothing_on_its_sheet() -> None:
    """The split between office and state goes on in the agreement of this seed when the office no longer takes part: nothing is left to split."""
    settlement = settle(read_text("-", text=generate(29)))
    left = [year for year in settlement.years if year.state_split and year.state_split.party not in {party.id for party in year.parties}]
    book = openpyxl.load_workbook(io.BytesIO(settlement.to_workbook()))
    rows = [row for row in book["Office and state"].iter_rows(values_only=True) if row[0] in {year.year for year in left}]
    assert left and len(rows) == len(left) and all(0 in row for row in rows)
