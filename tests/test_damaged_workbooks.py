"""Workbooks that cannot be read, or hold what nobody expects: a sentence of our own says which part, and what to do; and quickly."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from test_figures_from_workbooks import TERMS, TIDY, WORKED_OUT, refusal, settled, workbook

SHEET = "xl/worksheets/sheet1.xml"
SAVE_AGAIN = "open it in a spreadsheet program and save it again, or take a copy that is whole"


def rewritten(path: Path, **parts: Callable[[bytes], bytes | None]) -> None:
    """The workbook with some of its parts changed, or taken away; a part by the last piece of its name."""
    packed = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            change = parts.get(Path(entry).name.split(".")[0])
            content = old.read(entry) if change is None else change(old.read(entry))
            if content is not None:
                new.writestr(entry, content)


def zipped(*names: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return raw.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = bytearray(zipped(SHEET))
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1  # the mark of an entry that a password locks


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty\n   save the workbook again as .xlsx"),
        (b"year;activity\n", "this is not an .xlsx workbook\n   save it as .xlsx; the name of a plain table of text ends in .csv"),
        (b"PK\x05\x06" + bytes(18), "this is not an .xlsx workbook\n   save it as .xlsx: another ending of the name is not enough"),
        (zipped("mimetype", "content.xml"), "this is not an .xlsx workbook\n   save it as .xlsx: another ending"),
        (zipped("word/document.xml"), "this is not an .xlsx workbook\n   save it as .xlsx: another ending"),
        (zipped("xl/workbook.bin"), "this is a binary workbook (.xlsb) under another name\n   save it as .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook has a password\n   save it as .xlsx without one"),
        (OLE + "Workbook".encode("utf-16-le"), "this is an old workbook (.xls) under another name\n   save it as .xlsx"),
        (OLE, "this is not an .xlsx workbook"),
        (bytes(LOCKED), "the file has a password\n   save it as .xlsx without one"),
        (zipped(SHEET), "the workbook is damaged: its part [Content_Types].xml is missing\n   open it in a spreadsheet program"),
    ],
)
def test_files_that_are_no_workbooks(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "ledger.xlsx").write_bytes(content)
    assert refusal(tmp_path)[0].startswith(f"ledger.xlsx: {said}")


def test_a_workbook_that_was_cut_short(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    path.write_bytes(path.read_bytes()[:-400])
    assert refusal(tmp_path) == [f"ledger.xlsx: the workbook is damaged: its end is missing\n   {SAVE_AGAIN}"]


def test_each_damaged_sheet_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """Two sheets of three are broken, and the third has a wrong figure: three problems at once."""
    bad = [["year", "activity", "frame"], [1998, "sickness", "x"]]
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY, costs=TIDY, more=bad)
    rewritten(path, sheet1=lambda xml: xml[: len(xml) // 2], sheet2=lambda xml: xml[:-1])
    messages = refusal(tmp_path)
    assert f"ledger.xlsx, sheet `ledger`: the workbook is damaged: its part {SHEET} cannot be read\n   {SAVE_AGAIN}" in messages
    assert (
        f"ledger.xlsx, sheet `costs`: the workbook is damaged: its part xl/worksheets/sheet2.xml cannot be read\n   {SAVE_AGAIN}"
        in messages
    )
    assert any(message.startswith("ledger.xlsx, sheet `more`, cell C2: `x` is not an amount") for message in messages)


@pytest.mark.parametrize("part", ["workbook", "styles"])
def test_another_damaged_part_is_named(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    rewritten(path, **{part: lambda xml: xml[:-9]})
    assert re.match(rf"ledger.xlsx: the workbook is damaged: its parts? .*xl/{part}.xml.* cannot be read", refusal(tmp_path)[0])


def test_a_sheet_that_is_missing_is_named(tmp_path: Path) -> None:
    """openpyxl passes it over without a word, and its figures with it."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY, costs=TIDY)
    rewritten(path, sheet2=lambda xml: None)
    assert refusal(tmp_path) == [f"ledger.xlsx, sheet `costs`: the workbook is damaged: this sheet is missing\n   {SAVE_AGAIN}"]


def test_a_strict_workbook_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    rewritten(
        path,
        **dict.fromkeys(
            ("workbook", "sheet1"), lambda xml: xml.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict)
        ),
    )
    assert refusal(tmp_path)[0].startswith(
        "ledger.xlsx, sheet `ledger`: this is a Strict Open XML workbook, which is not read\n   save it as an ordinary workbook"
    )


def test_a_cell_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=[*TIDY, [1998, "sickness", None, None, "much"]])
    rewritten(path, sheet1=lambda xml: xml.replace(b"<v>45800</v>", b"<v>45 800 kr</v>"))
    messages = refusal(tmp_path)
    assert (
        messages[0]
        == "ledger.xlsx, sheet `ledger`, cell E2: the cell cannot be read: the workbook is damaged here\n   write its number or text anew"
    )
    assert messages[1].startswith("ledger.xlsx, sheet `ledger`, cell E9: `much` is not an amount")


def test_a_long_text_is_quoted_in_part(tmp_path: Path) -> None:
    """30 000 letters in a cell, as a head and as an error; and 200 000 that a few entities of the XML unfold to."""
    long = "å" * 30_000
    workbook(tmp_path / "ledger.xlsx", ledger=[*TIDY, [1998, long, None, 1], [1998, "projects", None, None, long]])
    messages = refusal(tmp_path)
    assert messages[0].startswith(
        f"ledger.xlsx, sheet `ledger`, cell B9: a text of 30000 letters stands here: `{'å' * 60}…`\n   write a number"
    )
    assert messages[1].startswith("ledger.xlsx, sheet `ledger`, cell E10: a text of 30000 letters")
    path = workbook(tmp_path / "ledger.xlsx", ledger=[[*TIDY[0], long], *TIDY[1:]])
    assert "cell F1: a text of 30000 letters" in refusal(tmp_path)[0]
    (tmp_path / "ledger.csv").write_text(f"year;activity;frame\n1998;{long};1\n", encoding="utf-8")
    messages += refusal(tmp_path, TERMS.replace("ledger.xlsx", "ledger.csv"))
    assert messages[-1].startswith("ledger.csv:2:6: a text of 30000 letters stands here")
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    entities = b'<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "%s">]>' % (b"a" * 2000, b"&a;" * 100)
    unfolded = b'<c r="A9" t="str"><v>&b;</v></c>'
    rewritten(path, sheet1=lambda xml: entities + re.sub(rb"</sheetData>", b'<row r="9">' + unfolded + b"</row></sheetData>", xml))
    messages += refusal(tmp_path)
    assert max(map(len, messages)) < 400


def test_a_stray_cell_far_away_is_refused_at_once(tmp_path: Path) -> None:
    """It may be a slip of the mouse, or the last piece of a figure: in a column without a name it counts for nothing, so that is said."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"]["XFD1048576"] = 7
    book["ledger"]["XFC5"] = 7
    book.save(path)
    began = time.process_time()
    assert [message.split("\n")[0] for message in refusal(tmp_path)] == [
        "ledger.xlsx, sheet `ledger`, cell XFC5: this column has no name",
        "ledger.xlsx, sheet `ledger`, cell XFD1048576: this column has no name",
    ]
    assert time.process_time() - began < 2  # it took 9 s when every row and column up to it was walked through


def test_a_name_far_to_the_right_is_one_column_more(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ledger=TIDY)
    book = openpyxl.load_workbook(path)
    book["ledger"]["XFD1"] = "frme"
    book.save(path)
    (message,) = refusal(tmp_path)
    assert message.startswith("ledger.xlsx, sheet `ledger`, cell XFD1: there is no column `frme`\n   did you mean `frame`?")


def test_empty_columns_and_far_empty_rows_are_passed_over(tmp_path: Path) -> None:
    """Colour to the end of the sheet, and a spacer between the columns."""
    path = workbook(tmp_path / "ledger.xlsx", ledger=[[*row[:3], None, *row[3:]] for row in TIDY])
    book = openpyxl.load_workbook(path)
    for cell in ("A1048576", "XFD3", "XFD1048576"):
        book["ledger"][cell].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF")
    book.save(path)
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(20, 1_048_576)).encode()
    rewritten(path, sheet1=lambda xml: xml.replace(b'<row r="1048576"', rows + b'<row r="1048576"'))
    began = time.process_time()
    assert settled(tmp_path) == WORKED_OUT
    assert time.process_time() - began < 2


def test_an_unknown_party_is_named_also_where_its_amount_is_given_twice(tmp_path: Path) -> None:
    """The second row would not be read with the rest of the file: the amount of `projects` stands already, for nobody in particular."""
    (tmp_path / "ledger.csv").write_text(
        "year;activity;party;frame\n1998;projects;;5\n1998;projects;kasa;5\n1998;projcts;kassa;5\n", encoding="utf-8"
    )
    messages = refusal(tmp_path, TERMS.replace("ledger.xlsx", "ledger.csv"))
    assert any(message.startswith("ledger.csv:3:20: this amount is also given at") for message in messages)
    assert any(
        message.startswith("ledger.csv:3:15: there is no party `kasa`") and "did you mean `kassa`?" in message for message in messages
    )
    assert any(message.startswith("ledger.csv:4:6: there is no activity `projcts`") for message in messages)


def test_a_cost_of_a_party_names_an_unknown_party_as_well(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("year;activity;party;actual\n1998;projects;kasa;5\n", encoding="utf-8")
    said = "\n".join(refusal(tmp_path, TERMS.replace("ledger.xlsx", "ledger.csv")))
    assert "a cost belongs to the activity, not to a party" in said and "there is no party `kasa`" in said


def test_no_message_is_in_a_librarys_words(tmp_path: Path) -> None:
    """One byte changed in each of many places: what is said begins as our sentences do."""
    raw = workbook(tmp_path / "ledger.xlsx", ledger=TIDY).read_bytes()
    for place in range(0, len(raw), 97):
        damaged = bytearray(raw)
        damaged[place] ^= 0xFF
        (tmp_path / "ledger.xlsx").write_bytes(damaged)
        try:
            settled(tmp_path)
        except Exception as error:
            assert not re.search(r"zip file|File is|decompress|not well-formed|KeyError|item named|CRC", str(error)), error
