"""An .xlsx file as it is stored: opened, or why it cannot be (no workbook at all, a password, a damaged part), and read cell by cell.

A library's words never reach a person. This is the door to openpyxl's own parser: the one module that knows what is not public in that
library. Its public rows tell neither what is hidden nor which formula has no value; they count on through a million empty rows, and end
at the first damaged cell. So the sheet's XML is walked here, and the parser is given one cell after the other. What is used of it
(``WorkSheetParser``, and the private names below) is that of openpyxl 3.1: `pyproject.toml` asks for `>=3.1,<3.2`.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from ...problems import AgreementError, Place, Problem, cut
from ..yaml import LARGEST_FILE

_UNPACKED: Final = 20
"""As many times the largest file a workbook may have when it is unpacked …"""

_MOST_UNPACKED: Final = 512 * 1024 * 1024
"""… and no more than this."""

MOST_CELLS: Final = 1_000_000
"""Of all sheets together, with the rows that they stand in: each takes some fifteen microseconds to read."""

BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What the libraries raise for a file that is not what it says it is: not a zip, cut short, encrypted, with parts missing or amiss."""

_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that a workbook's parts may be (ECMA-376, part 2). Other ways have errors of their own, and newer Pythons unpack more of them."""

_WORKBOOK: Final = "xl/workbook.xml"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_STREAMS: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_SAVE_AGAIN: Final = "open it in a spreadsheet program and save it again, or take a copy that is whole"
_MOST_NAMED: Final = 5


class Opened(NamedTuple):
    """A workbook: what the library tells of it, and its parts as they stand in the file.

    ``uncalculated``: it asks to be calculated when it is opened, so that a formula's 0 may only keep the place of a value.
    ``met`` counts the rows and cells of its sheets as they are read.
    """

    file: str
    book: Any
    archive: zipfile.ZipFile
    uncalculated: bool
    met: Counter[str]

    def meet(self, row: Any) -> None:
        """A row is to be read. Raises AgreementError where it is one too many."""
        self.met["cells"] += 1 + len(row)
        if self.met["cells"] > MOST_CELLS:
            text = f"the workbook has more than {MOST_CELLS:_} rows and cells".replace("_", " ")
            raise AgreementError.of(
                "file-size", Place(self.file), text, "is it the right file? books of many bookings are read as SIE or .csv"
            )

    def damaged(self, worksheet: Any, error: Exception) -> Problem:
        """Why a sheet cannot be read."""
        part = part_of(worksheet)
        lost = f"the workbook is damaged: its part {cut(part)} cannot be read", _SAVE_AGAIN
        why = _why_not(self.archive, error) if _whole(self.archive, part) else lost
        return Problem("figures", Place(self.file, cell=f"sheet `{cut(worksheet.title)}`"), *why)


def opened(file: str, raw: bytes, largest: int = LARGEST_FILE) -> Opened:
    """The workbook with its stored values. Raises AgreementError where it cannot be read, or is larger than ``largest`` bytes."""
    try:
        import openpyxl
    except ImportError:
        raise AgreementError.of(
            "missing-library", Place(file), "reading a workbook needs openpyxl", "pip install 'socsam-calc[excel]'"
        ) from None
    if len(raw) > largest:
        raise AgreementError.of("file-size", Place(file), f"the file is larger than {largest >> 20} MiB", "is it the right file?")
    archive = _archive(file, raw)
    unpacked = min(_UNPACKED * largest, _MOST_UNPACKED)
    if sum(entry.file_size for entry in archive.infolist()) > unpacked:
        text = f"the workbook is larger than {unpacked >> 20} MiB when unpacked"
        raise AgreementError.of("file-size", Place(file), text, "is it the right file?")
    try:
        with warnings.catch_warnings(action="ignore"):  # of what the library passes over: styles, validation, drawings
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        names, uncalculated = _stated(archive)
        missing = sorted(names - set(book.sheetnames))  # the library passes them over, and their figures with them
    except BROKEN as error:
        raise AgreementError.of("figures", Place(file), *_why_not(archive, error)) from None
    if missing:
        places = (Place(file, cell=f"sheet `{cut(name)}`") for name in missing)
        raise AgreementError(Problem("figures", place, "the workbook is damaged: this sheet is missing", _SAVE_AGAIN) for place in places)
    return Opened(file, book, archive, uncalculated, Counter())


def _stated(archive: zipfile.ZipFile) -> tuple[set[str], bool]:
    """The names of the sheets that the workbook says it has, and whether it asks to be calculated."""
    try:
        part = archive.read(_WORKBOOK)
    except KeyError:
        return set(), False
    elements = list(ElementTree.fromstring(part).iter())
    names = {element.get("name", "") for element in elements if element.tag.endswith("}sheet")}
    return names, any(element.get("fullCalcOnLoad") in ("1", "true") for element in elements if element.tag.endswith("}calcPr"))


def _archive(file: str, raw: bytes) -> zipfile.ZipFile:
    """The parts of the file. Raises AgreementError where it has none."""
    old = raw.startswith(_OLE)
    _refuse(
        file,
        (not raw, "the file is empty", "save the workbook again as .xlsx"),
        (old and "EncryptedPackage".encode("utf-16-le") in raw, "the workbook has a password", "save it as .xlsx without one"),
        (old and any(stream in raw for stream in _OLD_STREAMS), "this is an old workbook (.xls) under another name", "save it as .xlsx"),
        (not raw.startswith(b"PK"), "this is not an .xlsx workbook", "save it as .xlsx; the name of a plain table of text ends in .csv"),
    )
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = archive.infolist()
    except BROKEN:
        raise AgreementError.of("figures", Place(file), "the workbook is damaged: its end is missing", _SAVE_AGAIN) from None
    names = {entry.filename for entry in entries}
    held = any(name.lstrip("/").startswith("xl/") for name in names)
    _refuse(
        file,
        (any(entry.flag_bits & 1 for entry in entries), "the file has a password", "save it as .xlsx without one"),
        (
            any(entry.compress_type not in _PACKED for entry in entries),
            "the workbook is damaged: it is packed as no workbook is",
            _SAVE_AGAIN,
        ),
        ("xl/workbook.bin" in names, "this is a binary workbook (.xlsb) under another name", "save it as .xlsx"),
        (not held, "this is not an .xlsx workbook", "save it as .xlsx: another ending of the name is not enough"),
    )
    return archive


def _refuse(file: str, *signs: tuple[bool, str, str]) -> None:
    """Raise AgreementError for the first sign that a file is no workbook that can be read: whether it shows, what it means, what to do."""
    for shows, text, remedy in signs:
        if shows:
            raise AgreementError.of("figures", Place(file), text, remedy)


def _why_not(archive: zipfile.ZipFile, error: Exception) -> tuple[str, str]:
    """Why a file that looks like a workbook cannot be read, and what to do."""
    names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    damaged = [cut(name) for name in names if not _whole(archive, name)]
    if damaged:
        more = f" and {len(damaged) - _MOST_NAMED} more" if len(damaged) > _MOST_NAMED else ""
        parts = f"its {'part' if len(damaged) == 1 else 'parts'} {', '.join(damaged[:_MOST_NAMED])}{more}"
        return f"the workbook is damaged: {parts} cannot be read", _SAVE_AGAIN
    if _WORKBOOK in names and b"purl.oclc.org/ooxml/spreadsheetml" in archive.read(_WORKBOOK):
        return "this is a Strict Open XML workbook, which is not read", "save it as an ordinary workbook (.xlsx)"
    missing = re.search(r"no item named '([^']+)'", str(error))
    text = f"its part {cut(missing[1])} is missing" if missing else "it does not hold what a workbook holds"
    return f"the workbook is damaged: {text}", _SAVE_AGAIN


def _whole(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part can be unpacked, and is XML to its end."""
    try:
        with archive.open(name) as part:
            for _, element in ElementTree.iterparse(part):
                element.clear()
    except BROKEN:
        return False
    return True


# --- its cells ---------------------------------------------------------------------------------------------------------


class Stored(NamedTuple):
    """A cell as the file stores it; ``kind`` is `e` for an error, and a cell without a value has no number format."""

    row: int
    column: int
    value: Any
    kind: str
    number_format: str


def part_of(worksheet: Any) -> str:
    """The name of the part of the workbook's archive that holds a sheet."""
    name: str = worksheet._worksheet_path
    return name.lstrip("/")


class Cells:
    """The cells of a sheet, one after the other: one that does not say where it stands comes after the one before it."""

    def __init__(self, worksheet: Any) -> None:
        from openpyxl.worksheet._reader import WorkSheetParser

        book = worksheet.parent
        formats = book._date_formats, book._timedelta_formats
        self._sheet = worksheet
        self._parser = WorkSheetParser(io.BytesIO(), worksheet._shared_strings, True, book.epoch, *formats)
        self._formats: dict[int, str] = {}
        """The number format of each style that was met: there are few."""

    def begin_row(self, stated: str | None) -> int:
        """A row begins: its number, the following one where none is stated."""
        self._parser.row_counter, self._parser.col_counter = int(stated or self._parser.row_counter + 1), 0
        return self.row

    @property
    def row(self) -> int:
        """The number of the row that has begun."""
        number: int = self._parser.row_counter
        return number

    def read(self, element: Any) -> Stored:
        """The next cell. Raises one of ``BROKEN`` where it cannot be read."""
        cell = self._parser.parse_cell(element)
        shown = self._format(cell) if cell["value"] is not None else ""
        return Stored(cell["row"], cell["column"], cell["value"], cell["data_type"], shown)

    def _format(self, cell: dict[str, Any]) -> str:
        """The number format of a parsed cell."""
        style = cell["style_id"]
        if style not in self._formats:
            from openpyxl.cell.read_only import ReadOnlyCell

            self._formats[style] = str(ReadOnlyCell(self._sheet, **cell).number_format or "")
        return self._formats[style]

    def spot(self, element: Any) -> tuple[int, int]:
        """Row and column of a cell that could not be read."""
        from openpyxl.utils.cell import coordinate_to_tuple

        stated = element.get("r")
        row, column = coordinate_to_tuple(stated) if stated else (self.row, self._parser.col_counter)
        return row, column
