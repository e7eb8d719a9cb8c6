"""Files of figures in formats that are not read: recognised by what they hold, so that a person is told what to do instead."""

from __future__ import annotations

import re
from typing import Final

_PC_AXIS: Final = re.compile(
    rb"\s*(\xef\xbb\xbf)?(CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|DECIMALS|MATRIX|TITLE|SUBJECT-AREA)(\[\w+\])?="
)
_JSON_STAT: Final = re.compile(rb'"class"\s*:\s*"(dataset|collection|dimension)"|"dataset"\s*:\s*\{|"dimension"\s*:\s*\{')
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_AS_CSV: Final = "ask for the table as CSV or Excel where you fetched it, and name that"


def recognised(raw: bytes) -> tuple[str, str] | None:
    """What a file is that is not read, and what to do instead; None for any other file."""
    start = raw[:4096]
    if _PC_AXIS.match(start):
        return "this is a PC-Axis file (.px)", _AS_CSV
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        stat = _JSON_STAT.search(raw[:65536])
        return (
            ("this is a JSON-stat file", _AS_CSV) if stat else ("this is a JSON file", "save its figures as .csv or .xlsx, and name that")
        )
    if start.startswith(b"PK\x03\x04") and _is_open_document(raw):
        return "this is an OpenDocument file (.ods)", "save it as .xlsx or .csv, and name that"
    return None


def _is_open_document(raw: bytes) -> bool:
    """Told by the names of its parts, which no archive packs: a damaged one need not be opened for it."""
    return _OPEN_DOCUMENT in raw[:200] or (b"content.xml" in raw and b"META-INF/manifest.xml" in raw)
