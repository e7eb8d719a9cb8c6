"""The workbook of a settlement, recalculated by LibreOffice: each figure is that of the JSON, and each sum is alive."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from programs import program

from socsam_calc import OutputError, load, settle
from socsam_calc.engine.results import YearResult
from socsam_calc.report.render import grid as sheets
from socsam_calc.report.render.grid import Column, Row, Sheet, Span, Spot, Terms
from socsam_calc.report.render.sheets import xlsx
from socsam_calc.report.told.settlement import Writer
from socsam_calc.report.told.tables import Amount, Cell, Table, in_workbook, on_screen
from socsam_calc.report.told.words import Words

ROOT = Path(__file__).parent.parent
AGREEMENTS = [*sorted((ROOT / "examples").glob("*.yaml")), ROOT / "tests" / "worked_example.yaml"]
ORE = """
format: socsam/1
area: "=1+1"
title: "@SUM(A1)"
rounding: öre
period: {start: 2000-01-01, end: 2000-12-31}
assumptions: ["=HYPERLINK(\\"http://example.org\\")", "+46 8", "{=1}", "_x0041_ \\x07 \\uffff", "å ä ö"]
parties:
  a: {name: "=cmd|'/c calc'!A0", role: municipality}
  b: {name: http://example.org, role: county_council}
sharing: {surplus: frame, deficit: equal}
years:
  2000: {frame: {a: "0,10", b: "0,20"}, actual: {a: "0,03", b: "0,14"}}
"""

Run = Callable[..., Any]
Pages = dict[str, list[list[Any]]]


def pages(path: Path) -> Pages:
    """The values of each sheet below its head, and the head as the first row."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {page.title: [list(row) for row in page.iter_rows(min_row=2, values_only=True)] for page in book}


def recalculated(folder: Path, books: Sequence[Path]) -> dict[str, Pages]:
    """What LibreOffice makes of the formulas alone: every stored value is taken out before."""
    office = program("soffice", "libreoffice-calc-nogui")
    bare, out = folder / "bare", folder / "out"
    bare.mkdir()
    for path in books:
        openpyxl.load_workbook(path).save(bare / path.name)  # keeps the formulas, and none of their values
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, *(str(bare / path.name) for path in books)], check=True, capture_output=True, timeout=120)
    return {path.stem: pages(out / path.name) for path in books}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Pages], dict[str, Any]]:
    """All examples in kronor, one in mkr and one in öre, with one of its costs changed: recalculated, and as JSON."""
    from socsam_calc.cli.app import run

    folder = tmp_path_factory.mktemp("office")
    ore = folder / "ore.yaml"
    ore.write_text(ORE, encoding="utf-8")
    books, data = [], {}
    for path in [*AGREEMENTS, ore]:
        assert run(["settle", str(path), "-o", str(folder / f"{path.stem}.xlsx"), "--unit", "kr"]) in (0, 1)
        assert run(["settle", str(path), "-o", str(folder / f"{path.stem}.json")]) in (0, 1)
        books.append(folder / f"{path.stem}.xlsx")
        data[path.stem] = json.loads((folder / f"{path.stem}.json").read_text(encoding="utf-8"), parse_float=Decimal)["settlements"][0]
    millions = folder / "millions.xlsx"
    assert run(["settle", str(ROOT / "examples" / "complete.yaml"), "-o", str(millions), "--unit", "mkr", "--lang", "sv"]) == 0
    changed = folder / "changed.xlsx"
    assert openpyxl.load_workbook(folder / "worked_example.xlsx", data_only=True)["Frame"]["D3"].value == 44_000_000
    book = openpyxl.load_workbook(folder / "worked_example.xlsx")
    book["Frame"]["D3"] = 44_000_000 + 7
    book["Balances"]["D3"] = 0
    book.save(changed)
    return recalculated(folder, [*books, millions, changed]), data


def figures(page: list[list[Any]], names: int) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Each row of a sheet: its first cells, and the others by their column's title; a dash is None."""
    head, *rows = page
    for row in (row for row in rows if any(cell is not None for cell in row)):
        yield tuple(row[:names]), {title: None if value == "–" else value for title, value in zip(head[names:], row[names:], strict=True)}


def same(shown: Any, stated: Any) -> bool:
    """A number of the workbook is a figure of the JSON, to the last öre."""
    if stated is None:
        return shown is None
    return shown is not None and Decimal(repr(shown)) == stated


@pytest.mark.parametrize("name", [*(path.stem for path in AGREEMENTS), "ore"])
def test_every_figure_is_that_of_the_json(office: tuple[dict[str, Pages], dict[str, Any]], name: str) -> None:
    books, data = office
    book, stated = books[name], {year["year"]: year for year in data[name]["years"]}
    if "Frame" in book:
        for (year, activity), row in figures(book["Frame"], 2):
            wanted = stated[year]["totals"] if activity == "total" else next(a for a in stated[year]["activities"] if a["id"] == activity)
            names = {"preliminary": "preliminary_frame", "final": "final_frame"} if activity == "total" else {}
            for title, key in {
                "preliminary": "preliminary",
                "final": "final",
                "actual cost": "actual",
                "result": "result",
                "shared": "shared",
                "kept": "kept",
            }.items():
                assert same(row[title], wanted[names.get(key, key)]), (year, activity, title)
            for title in () if activity == "total" else ("adjustment", "correction", "conversion"):
                assert same(row[title], wanted[title]), (year, activity, title)
            for party in stated[year]["parties"]:
                cell = party["contribution"] if activity == "total" else wanted["cells"].get(party["id"], 0)
                assert same(row.get(f"of which {party['id']}"), cell), (year, activity, party["id"])
    shown = {names for names, _ in figures(book.get("Settlement", [[]]), 2)}
    assert {(year, one["id"]) for year, data in stated.items() if data["activities"] for one in data["parties"]} <= shown
    for (year, party), row in figures(book.get("Settlement", [[]]), 2):
        titles = {
            "kept": "kept",
            "allocated": "allocated",
            "settled": "settled",
            "receives/pays": "transfer",
            "before sharing": "before_sharing",
            "actual cost": "paid",
            "contribution": "contribution",
            "preliminary": "preliminary",
        }
        wanted = next((one for one in stated[year]["parties"] if one["id"] == party), None)
        if wanted is not None:
            known = {
                title: key for title, key in titles.items() if stated[year]["activities"] or key not in ("contribution", "preliminary")
            }
            assert all(same(row[title], wanted[key]) for title, key in known.items()), (year, party)
            assert same(row["to uses"], None if wanted["used"] is None else -wanted["used"])
        elif party in ("body", "association"):  # as the law of the agreement calls it
            assert same(row["actual cost"], stated[year]["body"]["paid"])
            assert same(row["receives/pays"], stated[year]["body"]["transfer"])
        else:
            totals = stated[year]["totals"]
            assert all(same(row[key], totals[key]) for key in ("kept",))
            assert same(row["allocated"], totals["shared"])
            assert same(row["settled"], totals["result"])  # the body's row holds what is used
    payments = [(year, payer, payee, row["amount"]) for (year, payer, payee), row in figures(book["Payments"], 3) if payee]
    wanted = [(year, one["from"], one["to"], one["amount"]) for year, data in stated.items() for one in data["payments"]]
    paid = [
        (year, *("body" if name == "association" else name for name in names), Decimal(repr(amount))) for year, *names, amount in payments
    ]
    assert paid == wanted
    for (year, party, _), row in figures(book.get("Balances", [[]]), 3):
        holders = {one["id"]: one for one in stated[year]["parties"]} | dict.fromkeys(("body", "association"), stated[year]["body"])
        if party == "total":
            assert set(row.values()) == {0}
        else:
            assert same(row["carried"], holders[party]["carried"])
            assert same(row["receives/pays"], holders[party]["transfer"])
    for (year, _), row in figures(book["Overview"], 2):
        if year is None:
            whole = [one["totals"]["result"] for one in stated.values() if one["status"] != "budget"]  # plans are added up with nothing
            assert same(row["result"], None if None in whole else sum(whole))
            continue
        totals = stated[year]["totals"]
        assert all(same(row[key], totals[key]) for key in ("result", "shared", "kept")), year
        assert same(row["frame"], totals["final_frame"] if stated[year]["activities"] else None)
        assert all(same(row[f"settled {one['id']}"], one["settled"]) for one in stated[year]["parties"])
    for (year, path), row in figures(book.get("Expectations", [[]]), 2):
        held = next(one for one in stated[year]["expectations"] if one["path"] == path)
        assert same(row["expected"], held["expected"])
        assert same(row["computed"], held["computed"])


def test_in_millions_and_in_swedish_the_decimals_are_exact(office: tuple[dict[str, Pages], dict[str, Any]]) -> None:
    books, data = office
    settled = {(year, party): row for (year, party), row in figures(books["millions"]["Avräkning"], 2)}
    for year in data["complete"]["years"]:
        for party in year["parties"]:
            shown = settled[year["year"], party["id"]]["avräknat"]
            assert (None if shown is None else Decimal(repr(shown)) * 1_000_000) == party["settled"]
    assert list(books["millions"]) == [
        "Översikt",
        "Ram",
        "Avräkning",
        "Betalningar",
        "Saldon",
        "Kassa och stat",
        "Brist",
        "Förväntade belopp",
        "Källor och antaganden",
        "Villkor",
        "Årens belopp",
        "Beräkning",
        "Avrundning",
        "Fördelning",
        "Kontroller",
    ]


def test_the_sums_are_alive(office: tuple[dict[str, Pages], dict[str, Any]]) -> None:
    """Seven kronor more in the first activity's preliminary frame: its final frame, the result and the overview follow."""
    (_, changed), year = next(figures(office[0]["changed"]["Overview"], 2)), office[1]["worked_example"]["years"][0]
    assert changed["result"] == year["totals"]["result"] + 7
    assert changed["frame"] == year["totals"]["final_frame"] + 7


def test_text_is_never_a_formula(office: tuple[dict[str, Pages], dict[str, Any]], tmp_path: Path, socsam: Run) -> None:
    book = office[0]["ore"]
    assert [row[2] for row in book["Settlement"][1:3]] == ["=cmd|'/c calc'!A0", "http://example.org"]
    assert [row[2] for row in book["Sources and assumptions"][1:]] == [
        '=HYPERLINK("http://example.org")', "+46 8", "{=1}", "_x0041_ \\x07 \ufffd", "å ä ö",
    ]  # fmt: skip
    path = tmp_path / "text.xlsx"
    assert socsam("settle", "-", "-o", path, text=ORE).status == 0
    formulas = [cell.value for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    quoted = re.compile(r"\"(?:[^\"]|\"\")*\"|'[^']*'!")  # texts, and names of sheets
    bare = [quoted.sub("", value) for value in formulas]
    assert {word for value in bare for word in re.findall(r"[^\W\d_]+(?![\d$])", value)} <= {
        "ROUND", "SUM", "SUMIF", "SUMPRODUCT", "IF", "INT", "MOD", "ABS", "SIGN", "MAX", "MIN", "AND",
    }  # fmt: skip
    with zipfile.ZipFile(path) as archive:
        links = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".rels")]
        assert not any("hyperlink" in link or "External" in link for link in links)


def test_the_page_is_set_up(tmp_path: Path, socsam: Run) -> None:
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "examples/complete.yaml", "-o", path).status == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Overview",
        "Frame",
        "Settlement",
        "Payments",
        "Balances",
        "Office and state",
        "Shortfall",
        "Expectations",
        "Sources and assumptions",
        "Terms",
        "Amounts of the years",
        "Calculation",
        "Rounding",
        "Division",
        "Checks",
    ]
    page = book["Settlement"]
    assert page.freeze_panes == "C3"
    assert page["A1"].value == "Exempelby: Settlement. Amounts in tkr. Rests on assumptions."
    assert page["G3"].number_format == '"+"#,##0;[Red]"−"#,##0;[Black]#,##0'
    assert page.column_dimensions["C"].width > len("Försäkringskassan")


def test_a_sheet_on_several_pages_has_its_heading_whole_above_each(tmp_path: Path, socsam: Run) -> None:
    """The frame has more columns than a page: in a cell the heading would be cut where the columns kept on the second page end."""
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "examples/complete.yaml", "-o", path).status == 0
    book = openpyxl.load_workbook(path)
    frame, payments = book["Frame"], book["Payments"]
    assert frame.oddHeader.left.text == frame["A1"].value == "Exempelby: Frame. Amounts in tkr. Rests on assumptions."
    assert frame.print_area.startswith("'Frame'!$A$2:") and frame.print_title_rows == "$2:$2"
    assert frame.max_row == int(frame.print_area.rpartition("$")[2]) and frame["A3"].value == 1998
    assert payments.oddHeader.left.text == "Exempelby" and not payments.print_area and payments.print_title_rows == "$1:$2"


def test_a_heading_that_can_turn_red_is_whole_on_each_printed_page(tmp_path: Path, socsam: Run) -> None:
    """The overview has more columns than a page: the cell is as wide as the columns that each page keeps, and its text in lines."""
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "examples/complete.yaml", "-o", path).status == 0
    overview = openpyxl.load_workbook(path)["Overview"]
    assert [str(merged) for merged in overview.merged_cells.ranges] == ["A1:B1"] and overview["A1"].alignment.wrap_text
    assert overview.print_title_cols == "$A:$B" and overview.print_title_rows == "$1:$2"


def test_a_heading_that_turns_red_is_read_over_the_cells_beside_it_too(tmp_path: Path, socsam: Run) -> None:
    """It runs on over cells that have no colour, so it is its letters that turn red: white ones on a red cell would be white on white there."""
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "examples/complete.yaml", "-o", path).status == 0
    for name in ("Overview", "Payments", "Office and state"):
        (look,) = [
            rule.dxf for found in openpyxl.load_workbook(path)[name].conditional_formatting if "A1" in found.sqref for rule in found.rules
        ]
        assert look.font.color.rgb == "FFB3261E" and look.fill is None, name


def test_the_header_of_a_printed_sheet_has_the_ampersands_of_its_name(tmp_path: Path, socsam: Run) -> None:
    """An ampersand begins a code there: it is written twice, and of a long name none is left alone at the end."""
    path = tmp_path / "a.xlsx"
    for name, written in (("Hus & Hem", "Hus && Hem"), ("x" + "&" * 150, "x" + "&" * 198)):
        assert socsam("settle", "tests/worked_example.yaml", "--set", f"area={name}", "-o", path).status == 0
        with zipfile.ZipFile(path) as archive:
            sheet = archive.read("xl/worksheets/sheet3.xml").decode()
        assert f"<oddHeader>&L{written}&R&A</oddHeader>".replace("&", "&amp;") in sheet


def test_an_expected_frame_has_no_sign_and_an_expected_result_has_one(tmp_path: Path, socsam: Run) -> None:
    path = tmp_path / "a.xlsx"
    wanted = "years.1998.expect={final_frame: 176 280, result: 930}"
    assert socsam("settle", "tests/worked_example.yaml", "--set", wanted, "-o", path).status == 0
    (_, _, *frame), (_, _, *result) = openpyxl.load_workbook(path)["Expectations"].iter_rows(min_row=3, max_row=4)
    assert [cell.number_format[:4] for cell in frame[:3]] == ["#,##", "#,##", '"+"#']
    assert [cell.number_format[:4] for cell in result[:3]] == ['"+"#', '"+"#', '"+"#']


def test_the_same_settlement_gives_the_same_bytes(tmp_path: Path, socsam: Run) -> None:
    for name in ("a", "b"):
        socsam("settle", "examples/hisingen.yaml", "-o", tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_several_agreements_in_one_workbook(tmp_path: Path, socsam: Run) -> None:
    path = tmp_path / "all.xlsx"
    assert socsam("settle", "examples", "-o", path).status == 0
    overview = pages(path)["Overview"]
    assert overview[0][:3] == ["area", "year", "status"]
    assert [row[0] for row in overview[1:]].count("Exempelby") == 3


def test_a_bad_file_leaves_the_workbook_as_it_was(tmp_path: Path, socsam: Run) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    outcome = socsam("settle", "examples/laholm.yaml", tmp_path / "missing.yaml", "-o", path)
    assert outcome.status == 2
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_without_the_library_one_line_says_what_to_install(tmp_path: Path, socsam: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    outcome = socsam("settle", "examples/laholm.yaml", "-o", tmp_path / "a.xlsx")
    assert outcome.status == 2
    assert outcome.err == "writing a workbook needs XlsxWriter\n   pip install 'socsam-calc[excel]'\n"
    assert list(tmp_path.iterdir()) == []


def sheet(*amounts: sheets.Amount) -> Sheet:
    return Sheet("s", "", [Column("a", "a")], [Row({"a": amount}) for amount in amounts])


def test_more_digits_than_a_spreadsheet_keeps_are_refused() -> None:
    """Fifteen significant digits stay exact; zeros at the end cost nothing; the sixteenth is refused, not rounded."""
    assert xlsx([sheet(sheets.Amount(Decimal("9999999999999.99")), sheets.Amount(Decimal(10**18)))], "t")
    with pytest.raises(OutputError, match=r"10000000000000\.01 has more than the 15 digits"):
        xlsx([sheet(sheets.Amount(Decimal("10000000000000.01")))], "t")


def test_an_amount_that_a_spreadsheet_cannot_hold_writes_nothing(tmp_path: Path, socsam: Run) -> None:
    """Twice 9 999 999 999 999,99 kr is 19 999 999 999 999,98 kr: sixteen digits. In JSON it is exact."""
    text = ORE.replace("0,10", "9999999999999,99").replace("0,20", "9999999999999,99")
    outcome = socsam("settle", "-", "-o", tmp_path / "a.xlsx", text=text)
    assert outcome.status == 2 and "has more than the 15 digits that a spreadsheet keeps" in outcome.err
    assert list(tmp_path.iterdir()) == []
    assert "19999999999999.98" in socsam("settle", "-", "-f", "json", text=text).out


def test_a_formula_that_does_not_give_its_figure_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        xlsx([sheet(sheets.Amount(Decimal(1)), sheets.Amount(Decimal(2), Span(Spot("s", 0, "a"), 0)))], "t")
    with pytest.raises(AssertionError):
        xlsx([sheet(sheets.Amount(Decimal(1)), sheets.Amount(Decimal(2), Terms([(-1, Spot("s", 0, "a"))])))], "t")


def test_the_library_gives_the_same_workbook_as_the_command(tmp_path: Path, socsam: Run) -> None:
    path = tmp_path / "a.xlsx"
    socsam("settle", "examples/complete.yaml", "-o", path, "--unit", "mkr", "--lang", "sv")
    settlement = settle(load(ROOT / "examples" / "complete.yaml"))
    assert settlement.to_workbook(unit="mkr", lang="sv") == path.read_bytes()


def test_what_is_wrapped_has_room(tmp_path: Path) -> None:
    """A row is as high as its longest text needs, and a text beside a number keeps its distance."""
    columns = [Column("amount", "amount"), Column("note", "note", "text")]
    rows = [Row({"amount": sheets.Amount(Decimal(1)), "note": note}) for note in ("short", "long " * 40, "a\nb\nc", "x" * 20_000)]
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx([Sheet("one", "One", columns, rows, 1)], "One"))
    page = openpyxl.load_workbook(path)["one"]
    assert [page.row_dimensions[row].height for row in range(3, 7)] == [None, 45, 45, 408]
    assert page["B3"].alignment.indent == page["B2"].alignment.indent == 1


def test_a_year_beside_a_number_keeps_its_distance(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    columns = [Column("share", "share", "exact"), Column("year", "year", "text")]
    path.write_bytes(xlsx([Sheet("one", "One", columns, [Row({"share": sheets.Amount(Decimal("0.25")), "year": 1998})])], "One"))
    page = openpyxl.load_workbook(path)["one"]
    assert (page["B3"].value, page["B3"].number_format, page["B3"].alignment.indent) == (1998, "0", 1)
    assert (page["A3"].value, page["A3"].number_format) == (0.25, '#,##0.00;"−"#,##0.00')


@pytest.mark.parametrize(
    ("values", "shown"),
    [(["1", "2"], "#,##0"), (["1.5", "2"], "#,##0.00"), (["1.25"], "#,##0.00"), (["0.553245295892", "1"], "#,##0.0###########")],
)
def test_an_exact_column_has_the_decimals_that_it_needs(values: list[str], shown: str, tmp_path: Path) -> None:
    """Kronor have öre or none; a share has its own, as zeros to the twelfth place say nothing."""
    path = tmp_path / "book.xlsx"
    rows = [Row({"a": sheets.Amount(Decimal(value))}) for value in values]
    path.write_bytes(xlsx([Sheet("one", "One", [Column("a", "a", "exact")], rows)], "One"))
    page = openpyxl.load_workbook(path)["one"]
    assert {cell.number_format.partition(";")[0] for (cell,) in page.iter_rows(min_row=3)} == {shown}


# --- one description for the screen and the workbook --------------------------------------------------------------------------------


def told_tables(writer: Writer, year: YearResult) -> Iterator[tuple[str, Table]]:
    """The tables of a year that a screen shows in part and a workbook in full, by the sheet's name."""
    if year.activities:
        yield "Frame", writer.frame_table(year)
    if year.activities or year.status != "budget":
        yield "Settlement", writer.settlement_table(year)
    if year.body.units("carried") is not None:
        yield "Balances", writer.balances_table(year)


@pytest.mark.parametrize("path", [*AGREEMENTS, ROOT / "tests" / "cases" / "case-003.yaml"], ids=lambda path: path.stem)
def test_a_sheet_has_the_columns_of_its_table_each_cell_equal_and_each_sum_a_formula(path: Path) -> None:
    settlement = settle(load(path))
    book = openpyxl.load_workbook(io.BytesIO(settlement.to_workbook()), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(settlement.to_workbook()))
    writer = Writer(settlement, list(settlement.years), Words("en"), settlement.agreement.unit)
    for year in settlement.years:
        for sheet, table in told_tables(writer, year):
            head = [cell.value for cell in book[sheet][2]]
            full = in_workbook(table)
            assert {column.key for column in on_screen(table).columns} <= {column.key for column in full.columns}
            places = [row[0].row for row in book[sheet].iter_rows(min_row=3) if row[0].value == year.year]
            for line, (row, total) in zip(places, full.marked(), strict=True):
                known = {column.key: is_known(cell) for column, cell in zip(full.columns, row, strict=True)}
                for number, (column, cell) in enumerate(zip(full.columns, row, strict=True)):
                    title = column.title if column.title in head else "actual cost"  # of a plan a table by itself says "planned"
                    place = line, head.index(title) + 1
                    assert book[sheet].cell(*place).value == in_sheet(cell), (year.year, sheet, column.title)
                    parts = [known[key] for key in column.made.split()[::2]]
                    if total:
                        parts = [is_known(other[number]) for other, sums in full.marked() if not sums]
                    if known[column.key] and column.numeric and parts and all(parts):
                        assert formulas[sheet].cell(*place).data_type == "f", (year.year, sheet, column.title)


def is_known(cell: Cell) -> bool:
    return isinstance(cell.value, Amount) and cell.value.units is not None


def in_sheet(cell: Cell) -> Any:
    """What a sheet holds of a cell: amounts as numbers, a dash for what is not known, nothing for an empty text."""
    match cell.value:
        case Amount(units, scale):
            return "–" if units is None else pytest.approx(float(scale.exact(units)), abs=0)
        case _:
            return cell.value or None


def test_a_workbook_has_what_each_holds_in_hand_where_money_really_flowed_and_what_was_carried_in(tmp_path: Path, socsam: Run) -> None:
    """The two columns that the screen's table has beside those of every settlement."""
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "tests/worked_example.yaml", "--set", "sharing.flow=real", "-o", path).status == 0
    assert "in hand" in pages(path)["Settlement"][0]
    assert socsam("settle", "examples/complete.yaml", "-o", path).status == 0
    assert "carried in" in pages(path)["Settlement"][0]


def test_a_figure_that_another_sheet_has_is_taken_from_there(tmp_path: Path, socsam: Run) -> None:
    """What a party receives or pays is computed with the settlement; the balances show the same cell."""
    path = tmp_path / "a.xlsx"
    assert socsam("settle", "tests/worked_example.yaml", "-o", path).status == 0
    balances = openpyxl.load_workbook(path)["Balances"]
    transfer = [cell.value for cell in balances[2]].index("receives/pays") + 1
    assert balances.cell(3, transfer).value.startswith("='Settlement'!")
