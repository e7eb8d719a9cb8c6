"""A workbook edited and recalculated by LibreOffice: numbers typed over, every stored value of a formula taken out, and what the formulas give."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import unescape

from programs import program

_NAME = re.compile(r'<definedName name="([^"]+)"[^>]*>\'?([^<]*?)\'?!\$([A-Z]+)\$(\d+)</definedName>')
_CACHED = re.compile(r"(</f>)<v>[^<]*</v>")
AT_ONCE = 60
"""As many workbooks go through one start of LibreOffice."""


class Place(NamedTuple):
    """A cell: the file of its sheet inside the workbook, and its name."""

    part: str
    cell: str


class Workbook:
    """An .xlsx file as its parts, and where its names stand."""

    def __init__(self, content: Path) -> None:
        with zipfile.ZipFile(content) as archive:
            self.parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
        titles = [
            unescape(title, {"&quot;": '"', "&apos;": "'"}) for title in re.findall(r'<sheet name="([^"]*)"', self.parts["xl/workbook.xml"])
        ]
        self.sheets = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, 1)}
        found = _NAME.findall(self.parts["xl/workbook.xml"])
        self.names = {unescape(name): Place(self.sheets[unescape(sheet)], f"{column}{row}") for name, sheet, column, row in found}

    def edited(self, values: Mapping[str, Decimal], into: Path) -> Path:
        """A copy with other numbers in cells, by their names; no formula has a stored value left."""
        parts = {name: _CACHED.sub(r"\1", text) if name.startswith("xl/worksheets/") else text for name, text in self.parts.items()}
        for name, value in values.items():
            part, cell = self.names[name]
            parts[part], count = re.subn(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>', rf"\g<1><v>{value}</v>", parts[part])
            assert count == 1, f"{name} is no number that could be typed over"
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return into


def recalculated(books: Sequence[Path], folder: Path) -> Iterable[Path]:
    """The same workbooks as LibreOffice stores them, in their order."""
    office = program("soffice", "libreoffice-calc-nogui")
    out = folder / "out"
    for start in range(0, len(books), AT_ONCE):
        piece = [str(path) for path in books[start : start + AT_ONCE]]
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            *piece,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=3600)
        for path in books[start : start + AT_ONCE]:
            yield out / path.name


def read(path: Path, places: Mapping[str, Place]) -> dict[str, int | str | None]:
    """What stands in cells, by the names given: whole numbers, the text of an error, or None where nothing does."""
    found: dict[str, int | str | None] = {}
    with zipfile.ZipFile(path) as archive:
        for part in {place.part for place in places.values()}:
            cells = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</c>)', archive.read(part).decode("utf-8"), re.DOTALL))
            for name, place in places.items():
                if place.part == part:
                    value = re.search(r"<v>([^<]*)</v>", cells.get(place.cell, ""))
                    found[name] = None if value is None else _whole(value[1])
    return found


def _whole(text: str) -> int | str:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return int(number) if number == int(number) else text
