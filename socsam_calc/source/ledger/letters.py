"""The letters of an accounting export: UTF-8, or one of the two code pages of Swedish programs, told apart by the letters themselves."""

from __future__ import annotations

import re
from typing import Final

from ...problems import AgreementError, Place

LARGEST_BOOKS: Final = 64 * 1024 * 1024

_CP437: Final = b"\x86\x84\x94\x8f\x8e\x99"
_WINDOWS_1252: Final = b"\xe5\xe4\xf6\xc5\xc4\xd6"
"""å ä ö Å Ä Ö in each of the code pages."""

_MARKUP: Final = re.compile(rb"\s*<(!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<(\?xml|sie\b)", re.IGNORECASE)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def text_of(raw: bytes, file: str) -> str:
    """The text of an export, with `\n` at the end of its lines. Raises AgreementError for a file that is too large, empty, or no text of an accounting program.

    Valid UTF-8 is read as such; any other file is CP437 or Windows-1252, whichever gives more of å ä ö Å Ä Ö, CP437 where they are equal.
    What the file says of its own letters does not matter.
    """
    if len(raw) > LARGEST_BOOKS:
        raise AgreementError.of("file-size", Place(file), "the file has more than 64 MiB", "export one year a file")
    if raw.startswith(_UTF_16) or b"\0" in raw[:4096]:
        raise AgreementError.of(
            "encoding", Place(file), "the file is in UTF-16, which SIE does not allow", "export it again, or save it as UTF-8"
        )
    if _MARKUP.match(raw):
        text = "the file is a web page (HTML), not the export itself"
        raise AgreementError.of(
            "figures", Place(file), text, "download it again: a page of a login, or of an error, may have been saved in its place"
        )
    if _XML.match(raw):
        raise AgreementError.of("figures", Place(file), "the file is XML, as SIE 5 is", "export SIE 4 (type 4E) instead")
    text = _decoded(raw)
    if not text.strip():
        raise AgreementError.of("empty", Place(file), "the file is empty", "export it again")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    in_dos, in_windows = (len(raw) - len(raw.translate(None, page)) for page in (_CP437, _WINDOWS_1252))
    return raw.decode("cp1252" if in_windows > in_dos else "cp437", errors="replace")
